#include "slices/analysis/grid_study.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "base/long_work.h"
#include "base/national_grid.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/evidence/crime_types.h"
#include "slices/register/zones.h"
#include "statistics/local_chance.h"

namespace tithing::analysis {
namespace {

constexpr double kMostSquares = 4'000'000;  // of the window, cells or not

using Rings = std::vector<std::vector<GridPoint>>;

// Each polygon by itself: those of LSOAs lie side by side, those of an area have holes.
std::vector<Rings> projected(const geometry::MultiPolygon& shape) {
  std::vector<Rings> out;
  for (const auto& polygon : shape) {
    Rings rings;
    for (const auto& ring : polygon) {
      rings.emplace_back();
      for (const geometry::Point& point : ring) rings.back().push_back(to_national_grid(point));
    }
    out.push_back(std::move(rings));
  }
  return out;
}

double square_metres(const std::vector<Rings>& polygons) {
  double sum = 0;
  for (const Rings& rings : polygons)
    for (std::size_t r = 0; r < rings.size(); ++r) {
      double twice = 0;
      for (std::size_t i = 0; i < rings[r].size(); ++i) {
        const GridPoint &a = rings[r][i], &b = rings[r][(i + 1) % rings[r].size()];
        twice += (a.easting - rings[r][0].easting) * (b.northing - rings[r][0].northing) -
                 (b.easting - rings[r][0].easting) * (a.northing - rings[r][0].northing);
      }
      sum += (r == 0 ? 0.5 : -0.5) * std::abs(twice);
    }
  return sum;
}

// Marks the squares whose middle lies in the polygon, row by row between its crossings (even-odd).
void mark_inside(const Rings& rings, const Grid& grid, std::vector<bool>& inside) {
  std::vector<std::vector<double>> crossings(grid.rows);
  const double side = grid.side;
  for (const auto& ring : rings)
    for (std::size_t i = 0; i < ring.size(); ++i) {
      GridPoint a = ring[i], b = ring[(i + 1) % ring.size()];
      if (a.northing == b.northing) continue;
      if (b.northing < a.northing) std::swap(a, b);
      // Rows whose middle lies in [a, b): a corner belongs to one of its two sides.
      const double first = std::ceil((a.northing - grid.y0) / side - 0.5),
                   end = std::ceil((b.northing - grid.y0) / side - 0.5);
      for (double row = std::max(first, 0.0); row < std::min(end, static_cast<double>(grid.rows)); ++row) {
        const double y = grid.y0 + (row + 0.5) * side;
        crossings[static_cast<std::size_t>(row)].push_back(a.easting + (b.easting - a.easting) * (y - a.northing) /
                                                                           (b.northing - a.northing));
      }
    }
  for (std::size_t row = 0; row < grid.rows; ++row) {
    std::sort(crossings[row].begin(), crossings[row].end());
    for (std::size_t k = 0; k + 1 < crossings[row].size(); k += 2) {
      const double first = std::ceil((crossings[row][k] - grid.x0) / side - 0.5),
                   end = std::ceil((crossings[row][k + 1] - grid.x0) / side - 0.5);
      for (double column = std::max(first, 0.0); column < std::min(end, static_cast<double>(grid.columns)); ++column)
        inside[row * grid.columns + static_cast<std::size_t>(column)] = true;
    }
  }
}

std::string too_many(const std::string& area, int side, double area_km2) {
  const auto fit = possible_sides(area_km2);
  return "Cells of " + grouped(side) + " metres make a grid of more than " +
         grouped(static_cast<std::int64_t>(kMostGridCells)) + " in " + area + ". Choose " +
         (fit.empty() ? std::string("a smaller area.") : grouped(fit.front()) + " metres or more.");
}

// The square of a position, or -1 outside the window.
std::int64_t square_of(const Grid& grid, const GridPoint& point) {
  const double column = std::floor((point.easting - grid.x0) / grid.side),
               row = std::floor((point.northing - grid.y0) / grid.side);
  if (!(column >= 0) || !(row >= 0) || column >= static_cast<double>(grid.columns) ||
      row >= static_cast<double>(grid.rows))
    return -1;
  return static_cast<std::int64_t>(row) * static_cast<std::int64_t>(grid.columns) + static_cast<std::int64_t>(column);
}

std::vector<GridPoint> places_of_points(const evidence::PointCounts& counted) {
  std::vector<GridPoint> places;
  places.reserve(counted.points.size());
  for (const auto& point : counted.points)
    places.push_back(to_national_grid({point.longitude / 1e6, point.latitude / 1e6}));
  return places;
}

std::int64_t crimes_at(const evidence::PointCounts& counted, std::size_t point) {
  const auto width = static_cast<std::size_t>(counted.months.months());
  std::int64_t sum = 0;
  for (std::size_t m = 0; m < width; ++m) sum += counted.counts[point * width + m];
  return sum;
}

statistics::NeighbourGraph eight_around(const Grid& grid) {
  std::vector<std::vector<std::uint32_t>> lists(grid.cells.size());
  const auto columns = static_cast<std::int64_t>(grid.columns), rows = static_cast<std::int64_t>(grid.rows);
  for (std::size_t i = 0; i < grid.cells.size(); ++i) {
    const std::int64_t column = grid.cells[i] % columns, row = grid.cells[i] / columns;
    for (std::int64_t y = std::max<std::int64_t>(row - 1, 0); y <= std::min(row + 1, rows - 1); ++y)
      for (std::int64_t x = std::max<std::int64_t>(column - 1, 0); x <= std::min(column + 1, columns - 1); ++x) {
        const std::int32_t other = grid.number[static_cast<std::size_t>(y * columns + x)];
        if (other >= 0 && static_cast<std::size_t>(other) != i) lists[i].push_back(static_cast<std::uint32_t>(other));
      }
  }
  return statistics::NeighbourGraph::from_lists(std::move(lists));
}

GridHot hot_cells_of(const std::vector<double>& values, const statistics::NeighbourGraph& graph,
                     const statistics::LocalChances& chance) {
  GridHot out;
  out.islands = graph.islands();
  out.can_call = chance.can_call;
  out.false_discovery_rate = chance.false_discovery_rate;
  const auto found = statistics::getis_ord(values, graph, statistics::Star::with_self);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto& cell = chance.areas[i];
    out.z.push_back(found && (*found)[i] ? std::optional((*found)[i]->z) : std::nullopt);
    out.p.push_back(cell ? std::optional(cell->p) : std::nullopt);
    out.side.push_back(cell ? cell->side : 0);
  }
  return out;
}

// Of every cell whether each month is hot, with one false discovery rate over all months.
std::vector<std::vector<bool>> hot_by_month(const std::vector<std::vector<double>>& by_month, std::size_t months,
                                            const statistics::NeighbourGraph& graph) {
  std::vector<std::vector<double>> maps(months);
  for (std::size_t m = 0; m < months; ++m) {
    maps[m].reserve(by_month.size());
    for (const auto& row : by_month) maps[m].push_back(row[m]);
  }
  std::vector<std::vector<bool>> hot(by_month.size(), std::vector<bool>(months, false));
  // Where every month holds the same in all cells there is no hot one.
  if (const auto chances = statistics::local_chances(maps, graph, statistics::Star::with_self, kGridLevel))
    for (std::size_t m = 0; m < months; ++m) {
      const GridHot month = hot_cells_of(maps[m], graph, (*chances)[m]);
      for (std::size_t i = 0; i < hot.size(); ++i) hot[i][m] = month.call(i, true) == GridHot::Call::hot;
    }
  return hot;
}

void add_notes(GridStudy& study, const Period& period, const statistics::NeighbourGraph& graph) {
  study.notes.push_back(
      "data.police.uk moves each crime to the nearest of its map points before publication: a cell says which street "
      "or "
      "place, never which address, and cells under some 200 metres mostly draw the map points.");
  if (study.without_position > 0)
    study.notes.push_back(
        plural(study.without_position, "crime has no position and is", "crimes have no position and are") +
        " left out.");
  if (study.outside > 0)
    study.notes.push_back(plural(study.outside, "crime lies", "crimes lie") +
                          " at a position outside the area's boundary, although its LSOA is within, and " +
                          (study.outside == 1 ? "is" : "are") + " left out.");
  if (std::string renewed = evidence::map_points_note(period); !renewed.empty())
    study.notes.push_back(std::move(renewed));
  const double expected = static_cast<double>(study.on_grid()) / static_cast<double>(study.grid.cells.size()) *
                          (1 + static_cast<double>(graph.links()) / static_cast<double>(study.grid.cells.size()));
  study.expected_together = expected;
  if (expected < 5)
    study.notes.push_back(
        "Chance would put " + fixed(expected, 1) +
        " crimes into a cell and its neighbours. With so few only a strong cluster can be told from chance: larger "
        "cells or more months show more.");
  if (study.hot && !study.hot->can_call) study.notes.insert(study.notes.begin(), too_few_to_tell("cells"));
  if (study.hot && study.hot->islands > 0)
    study.notes.push_back(plural(static_cast<std::int64_t>(study.hot->islands), "cell has", "cells have") +
                          " no neighbour within the area and no Gi*.");
}

// With the few densities that may be kept with it.
std::size_t bytes_of(const GridStudy& study) {
  std::size_t bytes = sizeof(GridStudy) + study.grid.number.size() * sizeof(std::int32_t);
  bytes += study.counts.size() * (200 + kMostDensities * sizeof(double));
  bytes += study.points.size() * (sizeof(statistics::Point) + sizeof(double));
  for (const auto& polygon : study.outline)
    for (const auto& ring : polygon) bytes += ring.size() * sizeof(geometry::Point);
  return bytes;
}

}  // namespace

statistics::Point Grid::middle(std::size_t cell) const {
  return {x0 + (cells[cell] % columns + 0.5) * side, y0 + (static_cast<double>(cells[cell] / columns) + 0.5) * side};
}

std::string Grid::name(std::size_t cell) const {
  const auto whole = [](double metres) { return std::to_string(static_cast<std::int64_t>(metres)); };
  return whole(x0 + static_cast<double>(cells[cell] % columns) * side) + " " +
         whole(y0 + static_cast<double>(cells[cell] / columns) * side);
}

GridHot::Call GridHot::call(std::size_t cell, bool fdr) const {
  const auto& decides = fdr ? false_discovery_rate[cell] : p[cell];
  if (!decides || *decides > kGridLevel) return Call::none;
  return side[cell] > 0 ? Call::hot : side[cell] < 0 ? Call::cold : Call::none;
}

std::int64_t GridStudy::hot_cells(bool fdr) const {
  std::int64_t cells = 0;
  for (std::size_t i = 0; hot && i < counts.size(); ++i) cells += hot->call(i, fdr) == GridHot::Call::hot ? 1 : 0;
  return cells;
}

std::int64_t GridStudy::cold_cells(bool fdr) const {
  std::int64_t cells = 0;
  for (std::size_t i = 0; hot && i < counts.size(); ++i) cells += hot->call(i, fdr) == GridHot::Call::cold ? 1 : 0;
  return cells;
}

std::int64_t GridStudy::crimes_in_hot_cells(bool fdr) const {
  double crimes = 0;
  for (std::size_t i = 0; hot && i < counts.size(); ++i)
    if (hot->call(i, fdr) == GridHot::Call::hot) crimes += counts[i];
  return static_cast<std::int64_t>(crimes);
}

int usual_side(double area_km2) {
  for (const int side : kCellSides)
    if (side >= 250 && area_km2 * 1e6 / side / side <= 10'000) return side;
  return kCellSides.back();
}

std::vector<int> possible_sides(double area_km2) {
  std::vector<int> sides;
  for (const int side : kCellSides)
    if (area_km2 * 1e6 / side / side <= 0.95 * static_cast<double>(kMostGridCells)) sides.push_back(side);
  return sides;
}

Result<GridStudy> grid_study(const evidence::Snapshot& snapshot, register_::Service& areas, const Question& question,
                             const Found& found, int side) {
  if (const auto missing = gap(snapshot, found, found.period)) return invalid(*missing);
  if (side != 0 && std::find(kCellSides.begin(), kCellSides.end(), side) == kCellSides.end())
    return invalid(tr("Cells are 100, 200, 250, 500, 1,000, 2,000, 5,000 or 10,000 metres wide."),
                   {{"cell", tr("Choose a size from the list.")}});
  GridStudy study{.hot = invalid(tr("Nothing has been worked out."))};
  study.unit = evidence::unit_of_type(question.type);
  if (const auto own = areas.boundary(question.area, question.as_at); own != nullptr && !own->shape.empty()) {
    study.outline = own->shape;
  } else {
    const auto set = snapshot.areas().lsoas(question.area, question.as_at);
    for (const auto* codes : {&set->lsoa_2021, &set->lsoa_2011}) {
      // Put together from all its LSOAs, or not at all: a part of them is another area.
      const auto boundaries = areas.boundaries(*codes, question.as_at);
      const auto there = [](const auto& boundary) { return boundary != nullptr && !boundary->shape.empty(); };
      if (!study.outline.empty() || boundaries.empty() || !std::all_of(boundaries.begin(), boundaries.end(), there))
        continue;
      for (const auto& boundary : boundaries)
        study.outline.insert(study.outline.end(), boundary->shape.begin(), boundary->shape.end());
    }
  }
  if (study.outline.empty())
    return invalid(
        tr("No boundary of {0} has been imported, so there is nothing to lay a grid on.", {found.area->name}));
  const std::vector<Rings> polygons = projected(study.outline);
  study.area_km2 = square_metres(polygons) / 1e6;
  Grid& grid = study.grid;
  grid.side = side != 0 ? side : usual_side(study.area_km2);
  const tl::unexpected<Problem> too_large =
      invalid(too_many(found.area->name, grid.side, study.area_km2), {{"cell", tr("Choose larger cells.")}});
  if (study.area_km2 * 1e6 / grid.side / grid.side > 1.1 * static_cast<double>(kMostGridCells)) return too_large;

  double west = std::numeric_limits<double>::infinity(), south = west, east = -west, north = -west;
  for (const Rings& rings : polygons)
    for (const auto& ring : rings)
      for (const GridPoint& point : ring) {
        west = std::min(west, point.easting);
        east = std::max(east, point.easting);
        south = std::min(south, point.northing);
        north = std::max(north, point.northing);
      }
  // One cell more on every side: positions may lie just over a boundary that has been generalised.
  grid.x0 = (std::floor(west / grid.side) - 1) * grid.side;
  grid.y0 = (std::floor(south / grid.side) - 1) * grid.side;
  const double columns = std::floor((east - grid.x0) / grid.side) + 2,
               rows = std::floor((north - grid.y0) / grid.side) + 2;
  if (!(columns * rows <= kMostSquares)) return too_large;
  grid.columns = static_cast<std::size_t>(columns);
  grid.rows = static_cast<std::size_t>(rows);

  // Any crime decides what belongs to the grid, so that crime types lie on the same one.
  const auto all = snapshot.points(*found.selection, found.period, evidence::kAllTypes);
  if (!all) return pass_on(all);
  const bool one_type = found.type != evidence::kAllTypes;
  const auto of_type = one_type ? snapshot.points(*found.selection, found.period, found.type)
                                : Result<evidence::PointCounts>(evidence::PointCounts());
  if (!of_type) return pass_on(of_type);
  check_stop();
  std::vector<bool> inside(grid.columns * grid.rows, false);
  for (const Rings& rings : polygons) {
    check_stop();
    mark_inside(rings, grid, inside);
  }
  const std::vector<GridPoint> all_places = places_of_points(*all);
  for (const GridPoint& place : all_places)
    if (const auto square = square_of(grid, place); square >= 0) inside[static_cast<std::size_t>(square)] = true;
  grid.number.assign(inside.size(), -1);
  for (std::size_t square = 0; square < inside.size(); ++square) {
    if (!inside[square]) continue;
    grid.number[square] = static_cast<std::int32_t>(grid.cells.size());
    grid.cells.push_back(static_cast<std::uint32_t>(square));
  }
  if (grid.cells.size() > kMostGridCells) return too_large;

  const auto months = static_cast<std::size_t>(found.period.months());
  const auto cell_of = [&](const GridPoint& place) {
    const auto square = square_of(grid, place);
    return square < 0 ? -1 : grid.number[static_cast<std::size_t>(square)];
  };
  // The LSOA with most of its crimes names a cell. Across June 2023 all that belongs together by the exact fit counts
  // as one.
  const bool both_censuses = evidence::vintages_of(snapshot, *found.selection, found.period).both();
  std::vector<std::string> labels = all->lsoas;
  for (std::string& label : labels)
    if (const auto zone = both_censuses ? snapshot.areas().zone_of(label) : std::nullopt)
      label = register_::ComparableZone{zone->of_2011, zone->of_2021}.code();
  study.feasible.assign(grid.cells.size(), false);
  std::vector<std::map<std::string_view, std::int64_t>> by_label(grid.cells.size());
  for (std::size_t i = 0; i < all_places.size(); ++i) {
    const std::int32_t number = cell_of(all_places[i]);
    if (number < 0) continue;
    const auto cell = static_cast<std::size_t>(number);
    study.feasible[cell] = true;
    by_label[cell][labels[all->points[i].lsoa]] += crimes_at(*all, i);
  }
  for (const auto& found_here : by_label) {
    const std::pair<const std::string_view, std::int64_t>* best = nullptr;
    for (const auto& one : found_here)
      if (one.second > (best == nullptr ? 0 : best->second)) best = &one;
    study.lsoa.emplace_back(best == nullptr ? std::string_view() : best->first);
  }

  const evidence::PointCounts& counted = one_type ? *of_type : *all;
  const std::vector<GridPoint> places = one_type ? places_of_points(counted) : all_places;
  study.rows = counted.rows;
  study.without_position = counted.without_position;
  study.counts.assign(grid.cells.size(), 0);
  std::vector<std::vector<double>> by_month(grid.cells.size(), std::vector<double>(months, 0));
  const auto width = static_cast<std::size_t>(counted.months.months());
  const auto offset = static_cast<std::size_t>(counted.months.from.index() - found.period.from.index());
  for (std::size_t i = 0; i < places.size(); ++i) {
    const std::int64_t crimes = crimes_at(counted, i);
    if (crimes == 0) continue;
    const std::int32_t number = cell_of(places[i]);
    if (number < 0) {
      study.outside += crimes;
      continue;
    }
    const auto cell = static_cast<std::size_t>(number);
    study.counts[cell] += static_cast<double>(crimes);
    for (std::size_t m = 0; m < width; ++m) by_month[cell][offset + m] += counted.counts[i * width + m];
    study.points.push_back({places[i].easting, places[i].northing});
    study.weights.push_back(static_cast<double>(crimes));
  }
  if (study.points.empty())
    return invalid(
        tr("No crime of these months and this type in {0} has a position, so there is nothing to lay on a "
           "grid.",
           {found.area->name}));

  // A grid that sees a part of the crimes says nothing of the whole (docs/adr/0016).
  const Extent extent{0, 0, study.on_grid(), study.rows,
                      std::string(evidence::unit_of_type(evidence::slug_of(snapshot, found.type)))};
  if (!extent.enough())
    return invalid(
        tr("Not known for the whole of {0}: {1} of {2} {3} ({4}) have a position within its boundary, and "
           "{5} is needed to speak for the whole.",
           {found.area->name, grouped(extent.crimes), grouped(extent.of_crimes), extent.unit,
            percent(extent.share_of_crimes(), 1), percent(kLeastShare, 0)}));
  study.extent = extent;
  study.notes.push_back("Over every cell of the area and " + grouped(extent.crimes) + " of " +
                        grouped(extent.of_crimes) + " " + extent.unit + " (" + percent(extent.share_of_crimes(), 1) +
                        ").");

  check_stop();
  const statistics::NeighbourGraph graph = eight_around(grid);
  if (const auto chance = statistics::local_chance(study.counts, graph, statistics::Star::with_self, kGridLevel))
    study.hot = hot_cells_of(study.counts, graph, *chance);
  else
    study.hot = pass_on(chance);
  study.history.assign(grid.cells.size(), std::nullopt);
  // Months are held against each other where the category counts the same in all of them.
  const auto across = evidence::no_series_across(evidence::slug_of(snapshot, found.type), found.period);
  if (study.hot && months >= 2 && !across)
    if (const auto histories = statistics::hotspot_histories(hot_by_month(by_month, months, graph)))
      for (std::size_t i = 0; i < grid.cells.size(); ++i) study.history[i] = (*histories)[i];
  if (months >= 2) {
    study.tests = std::clamp<std::size_t>(months / 4, 1, 3);
    study.window = std::min<std::size_t>(12, months - study.tests);
    const std::vector<double> size(grid.cells.size(), 1.0);
    for (const double share : kBackTestShares)
      if (across)
        study.back_tests.push_back({share, invalid(*across), invalid(*across)});
      else
        study.back_tests.push_back(
            {share, statistics::hotspot_back_test(by_month, size, share, study.window, study.tests),
             statistics::hotspot_back_test(by_month, size, share, study.window, study.tests, study.feasible)});
  }
  add_notes(study, found.period, graph);
  return study;
}

std::string cells_by_history(statistics::HotspotHistory history) {
  return "cells that are month by month: " + std::string(statistics::words(history));
}

Input input_of_grid(const GridStudy& study, const std::string& name) {
  Input input;
  input.name = name + ", cells of " + grouped(study.grid.side) + " metres";
  input.cell = study.grid.side;
  input.columns = {"name", "x", "y", "count", "lsoa"};
  for (std::size_t i = 0; i < study.counts.size(); ++i) {
    const auto middle = study.grid.middle(i);
    input.rows.push_back({study.grid.name(i), fixed(middle.x, 1), fixed(middle.y, 1),
                          std::to_string(static_cast<std::int64_t>(study.counts[i])), study.lsoa[i]});
    // Numbers for programs carry no separators.
    for (const std::size_t column : {std::size_t{1}, std::size_t{2}}) std::erase(input.rows.back()[column], ',');
  }
  input.notes = study.notes;
  input.notes.insert(input.notes.begin(),
                     plural(study.on_grid(), "crime", "crimes") + " on a grid of " +
                         grouped(static_cast<std::int64_t>(study.counts.size())) + " cells of " +
                         grouped(study.grid.side) +
                         " metres: those whose middle lies in the area, and those in which a crime was recorded. "
                         "Cells without a crime are part of it.");
  return input;
}

Result<Input> input_of_points(const evidence::Snapshot& snapshot, const Found& found, const std::string& name) {
  if (const auto missing = gap(snapshot, found, found.period)) return invalid(*missing);
  const auto counted = snapshot.points(*found.selection, found.period, found.type);
  if (!counted) return pass_on(counted);
  if (counted->rows - counted->without_position > static_cast<std::int64_t>(kMostRows))
    return invalid(tr("More than {0} crimes have a position. Choose fewer months.",
                      {grouped(static_cast<std::int64_t>(kMostRows))}));
  Input input;
  input.name = name;
  input.columns = {"x", "y"};
  const std::vector<GridPoint> places = places_of_points(*counted);
  for (std::size_t i = 0; i < places.size(); ++i) {
    char x[40], y[40];
    std::snprintf(x, sizeof x, "%.17g", places[i].easting);
    std::snprintf(y, sizeof y, "%.17g", places[i].northing);
    for (std::int64_t left = crimes_at(*counted, i); left > 0; --left) input.rows.push_back({x, y});
  }
  if (input.rows.empty())
    return invalid(tr("No crime of these months and this type in {0} has a position.", {found.area->name}));
  const auto placed = static_cast<std::int64_t>(input.rows.size());
  const std::string over = grouped(placed) + " of " + grouped(counted->rows) + " " +
                           std::string(evidence::unit_of_type(evidence::slug_of(snapshot, found.type))) + " (" +
                           percent(static_cast<double>(placed) / static_cast<double>(counted->rows), 1) + ")";
  if (static_cast<double>(placed) < kLeastShare * static_cast<double>(counted->rows))
    return invalid(tr("Not known for the whole of {0}: {1} have a position, and {2} is needed to speak for the whole.",
                      {found.area->name, over, percent(kLeastShare, 0)}));
  input.notes.push_back("Over " + over + ", those that have a position.");
  if (counted->without_position > 0)
    input.notes.push_back(
        plural(counted->without_position, "crime has no position and is", "crimes have no position and are") +
        " left out.");
  input.notes.push_back(
      "Positions are the map points to which data.police.uk moves each crime, on the British National Grid.");
  return input;
}

Result<std::shared_ptr<const GridStudy>> GridStudies::study(const evidence::Snapshot& snapshot,
                                                            const Question& question, const Found& found, int side) {
  const auto key_of = [&](int of_side) {
    return question.area + "|" + snapshot.version() + "|" + std::to_string(snapshot.areas().version()) + "|" +
           question.as_at.iso() + "|" + found.period.from.iso() + found.period.to.iso() + "|" + question.type + "|" +
           std::to_string(of_side);
  };
  const std::string key = key_of(side);
  if (auto kept = kept_.find(key)) return kept;
  long_work("A grid over " + found.area->name);
  auto made = grid_study(snapshot, *areas_, question, found, side);
  if (!made) return pass_on(made);
  const std::size_t bytes = bytes_of(*made);
  auto value = kept_.keep(key, std::move(*made), bytes);
  // Who asks without a size is then told the size, and asks for that.
  if (side == 0) kept_.put(key_of(value->grid.side), value, bytes);
  return value;
}

}  // namespace tithing::analysis
