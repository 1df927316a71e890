// Where it lies: association between neighbours, density, concentration.
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "base/text.h"
#include "base/translation.h"
#include "slices/analysis/methods.h"
#include "slices/analysis/strays.h"
#include "statistics/density.h"
#include "statistics/describe.h"
#include "statistics/local_chance.h"
#include "statistics/spatial.h"

namespace tithing::analysis {
namespace {

const CommandOption kNeighbours{
    "--neighbours",
    "queen, rook, listed, distance:METRES or nearest:NUMBER; listed, queen or nearest:8 by what the file holds"};
const CommandOption kWeights{"--weights", "row-standardised or binary; row-standardised unless given"};
const CommandOption kPermutations{
    "--permutations", "Conditional permutations shown beside the exact p as a check, 0 or 9 to 99,999; 0 unless given"};
const CommandOption kSeed{"--seed", "Seed of the permutations; 1 unless given"};
const CommandOption kRate{"--rate", "Rates per 1,000 of the population, not counts", false};
const CommandOption kLevel{"--level", "False discovery rate at which an area is called; 0.05 unless given"};

// The column value, or count; with --rate 1,000 count / population.
Result<std::vector<double>> values_of(const Input& input, Settings& settings, std::string& words) {
  if (!settings.has("rate")) {
    const auto column = column_of(input, {"value", "rate", "count"});
    if (!column) return pass_on(column);
    words = input.columns[*column];
    return numbers(input, *column);
  }
  const auto count = column_of(input, {"count", "value"}), people = column_of(input, {"population", "exposure"});
  if (!count) return pass_on(count);
  if (!people) return pass_on(people);
  auto values = numbers(input, *count);
  if (!values) return values;
  const auto population = numbers(input, *people);
  if (!population) return population;
  for (std::size_t i = 0; i < values->size(); ++i) {
    if (!((*population)[i] > 0))
      return invalid(tr("{0}, {1}: a rate over nobody is unknown. Leave the row out.", {input.name, input.where(i)}));
    (*values)[i] = 1000 * (*values)[i] / (*population)[i];
  }
  words = "rate per 1,000";
  return values;
}

// Rows without a position left out and counted: police files have some.
Input with_positions(const Input& input) {
  const auto x = input.find_any({"x", "easting", "longitude", "lon"}),
             y = input.find_any({"y", "northing", "latitude", "lat"});
  if (!x || !y) return input;
  Input out = input;
  out.rows.clear();
  out.lines.clear();
  for (std::size_t i = 0; i < input.rows.size(); ++i) {
    if (input.rows[i][*x].empty() || input.rows[i][*y].empty()) continue;
    out.rows.push_back(input.rows[i]);
    if (i < input.lines.size()) out.lines.push_back(input.lines[i]);
  }
  const auto dropped = static_cast<std::int64_t>(input.rows.size() - out.rows.size());
  if (dropped > 0)
    out.notes.push_back(plural(dropped, "row has no position and is", "rows have no position and are") + " left out.");
  return out;
}

// Points counted into square cells: for hot spots on a grid.
Result<Input> gridded(const Input& given, double cell, std::optional<Listing>& strays) {
  const Input input = with_positions(given);
  if (input.rows.empty()) return invalid(tr("{0} has no row with a position.", {given.name}));
  const auto points = places_of(input);
  if (!points) return pass_on(points);
  const PointExtent extent = point_extent(*points);
  if (!extent.strays.empty()) strays = listing_of_strays(input, *points, extent);
  double x0 = extent.x0, y0 = extent.y0;
  const double x1 = extent.x1, y1 = extent.y1;
  x0 = std::floor(x0 / cell) * cell;
  y0 = std::floor(y0 / cell) * cell;
  const double columns = std::floor((x1 - x0) / cell) + 1, rows = std::floor((y1 - y0) / cell) + 1;
  if (columns * rows > 1'000'000)
    return invalid(
        tr("A grid of {0} metres has more than 1,000,000 cells here. Choose larger cells.", {significant(cell)}));
  std::vector<std::int64_t> held(static_cast<std::size_t>(columns * rows));
  std::vector<bool> stray(points->size(), false);
  for (const std::size_t i : extent.strays) stray[i] = true;
  for (std::size_t i = 0; i < points->size(); ++i) {
    if (stray[i]) continue;
    const auto& point = (*points)[i];
    ++held[static_cast<std::size_t>(std::floor((point.y - y0) / cell)) * static_cast<std::size_t>(columns) +
           static_cast<std::size_t>(std::floor((point.x - x0) / cell))];
  }
  Input out;
  out.name = input.name;
  out.columns = {"name", "x", "y", "count"};
  out.notes = input.notes;
  if (!extent.strays.empty()) out.notes.push_back(strays_note(extent));
  out.notes.push_back(plural(static_cast<std::int64_t>(points->size() - extent.strays.size()), "point", "points") +
                      " on a grid of " + significant(columns) + " by " + significant(rows) + " cells of " +
                      significant(cell) + " metres. Cells without a point are part of it.");
  for (std::size_t i = 0; i < held.size(); ++i) {
    const double x = x0 + (static_cast<double>(i % static_cast<std::size_t>(columns)) + 0.5) * cell;
    const double y = y0 + (std::floor(static_cast<double>(i) / columns) + 0.5) * cell;
    char name[80], across[40], up[40];
    std::snprintf(name, sizeof name, "%.0f %.0f", x - cell / 2, y - cell / 2);
    std::snprintf(across, sizeof across, "%.17g", x);
    std::snprintf(up, sizeof up, "%.17g", y);
    out.rows.push_back({name, across, up, std::to_string(held[i])});
  }
  return out;
}

enum class Global { moran, geary, general_g };

Result<Answer> global(const Input& input, Settings& settings, Global measure) {
  const std::string weights = settings.choice("weights", measure == Global::general_g ? "binary" : "row-standardised",
                                              {"row-standardised", "binary"});
  if (!settings.status()) return pass_on(settings.status());
  std::string words;
  const auto values = values_of(input, settings, words);
  if (!values) return pass_on(values);
  const auto neighbours = neighbourhood_of(input, settings);
  if (!neighbours) return pass_on(neighbours);
  const auto kind = weights == "binary" ? statistics::Weights::binary : statistics::Weights::row_standardised;
  const auto found = measure == Global::moran   ? statistics::moran(*values, neighbours->graph, kind)
                     : measure == Global::geary ? statistics::geary(*values, neighbours->graph, kind)
                                                : statistics::general_g(*values, neighbours->graph, kind);
  if (!found) return pass_on(found);
  // Geary's C falls below its expectation where neighbours are alike.
  const bool alike = measure == Global::geary ? found->z < 0 : found->z > 0;
  std::string finding;
  if (found->p > 0.05)
    finding = "No clear association: this could be chance";
  else if (measure == Global::general_g)
    finding = alike ? "High values lie together" : "Low values lie together";
  else
    finding = alike ? "Neighbours are alike" : "Neighbours are unlike each other";
  Answer answer;
  answer.findings = {finding + " (p " + p_text(found->p) + ")."};
  answer.values = {{"statistic", found->statistic},
                   {"expected", found->expected},
                   {"variance", found->variance_randomised},
                   {"variance_normal", found->variance_normal > 0 ? Value(found->variance_normal) : Value()},
                   {"z", found->z},
                   {"p", found->p},
                   {"areas", whole(found->used)},
                   {"islands_left_out", whole(found->islands)},
                   {"links", whole(neighbours->graph.links())},
                   {"weights", weights},
                   {"of", words}};
  answer.notes = {"Neighbours: " + neighbours->words + ". p is two-sided, by the variance under randomisation."};
  return answer;
}

enum class Local { moran, gi, gistar };

Result<Answer> local(const Input& given, Settings& settings, Local measure) {
  const std::string weights = settings.choice("weights", "row-standardised", {"row-standardised", "binary"});
  const auto permutations = settings.whole("permutations", 0, 0, 99'999),
             seed = settings.whole("seed", 1, 0, 1'000'000'000'000);
  const double level = settings.number("level", 0.05, 1e-6, 0.5), cell = settings.number("grid", 0, 1, 1e6);
  const bool fdr = settings.choice("fdr", "yes", {"yes", "no"}) == "yes";
  if (!settings.status()) return pass_on(settings.status());
  // The cells of an area come as rows already.
  const bool is_grid = given.cell > 0;
  Input grid;
  std::optional<Listing> strays;
  if (cell > 0 && !is_grid) {
    auto made = gridded(given, cell, strays);
    if (!made) return pass_on(made);
    grid = std::move(*made);
  }
  const Input& input = cell > 0 && !is_grid ? grid : given;
  std::string words;
  const auto values = values_of(input, settings, words);
  if (!values) return pass_on(values);
  Neighbourhood neighbours;
  if ((cell > 0 || is_grid) && !settings.has("neighbours")) {
    const auto points = places_of(input);
    if (!points) return pass_on(points);
    auto graph = statistics::within_distance(*points, (is_grid ? given.cell : cell) * std::sqrt(2.0));
    if (!graph) return pass_on(graph);
    neighbours = {std::move(*graph), "the eight cells around each"};
  } else {
    auto chosen = neighbourhood_of(input, settings);
    if (!chosen) return pass_on(chosen);
    neighbours = std::move(*chosen);
  }
  const auto kind = weights == "binary" ? statistics::Weights::binary : statistics::Weights::row_standardised;
  const auto found =
      measure == Local::moran
          ? statistics::local_moran(*values, neighbours.graph, kind)
          : statistics::getis_ord(*values, neighbours.graph,
                                  measure == Local::gi ? statistics::Star::without_self : statistics::Star::with_self);
  if (!found) return pass_on(found);
  std::vector<std::optional<statistics::LocalPermutation>> dealt(values->size());
  if (permutations > 0) {
    statistics::PermutationOptions options;
    options.permutations = static_cast<std::size_t>(permutations);
    options.seed = static_cast<std::uint64_t>(seed);
    auto made = statistics::conditional_permutation(*values, neighbours.graph, options);
    if (!made) return pass_on(made);
    dealt = std::move(*made);
  }
  const auto chance = statistics::local_chance(
      *values, neighbours.graph,
      measure == Local::gistar ? statistics::Star::with_self : statistics::Star::without_self, level);
  if (!chance) return pass_on(chance);
  const double mean = std::accumulate(values->begin(), values->end(), 0.0) / static_cast<double>(values->size());
  const auto labels = labels_of(input);
  Listing list{"areas", {"name", "value", "statistic", "z", "normal_p", "p", "false_discovery_rate"}, {}};
  if (permutations > 0) list.columns.push_back("permutation_p");
  list.columns.push_back("called");
  std::size_t high = 0, low = 0, other = 0;
  for (std::size_t i = 0; i < values->size(); ++i) {
    const auto& one = (*found)[i];
    const auto& exact = chance->areas[i];
    std::string called = exact ? "-" : "no neighbours";
    const auto decides = !exact ? std::nullopt : fdr ? chance->false_discovery_rate[i] : std::optional(exact->p);
    // An area of exactly the mean is neither like nor unlike anybody.
    if (one && decides && *decides <= level && exact->side != 0) {
      const bool above = exact->side > 0;
      if (measure == Local::moran) {
        const bool mine = (*values)[i] > mean;
        called =
            above == mine ? (mine ? "high among high" : "low among low") : (mine ? "high among low" : "low among high");
        ++(above != mine ? other : mine ? high : low);
      } else {
        called = above ? "hot" : "cold";
        ++(above ? high : low);
      }
    }
    std::vector<Value> row = {labels[i],
                              (*values)[i],
                              one ? Value(one->statistic) : Value(),
                              one ? Value(one->z) : Value(),
                              one ? Value(one->p) : Value(),
                              exact ? Value(exact->p) : Value(),
                              maybe(chance->false_discovery_rate[i])};
    if (permutations > 0) row.push_back(dealt[i] ? Value(dealt[i]->p) : Value());
    row.push_back(called);
    list.rows.push_back(std::move(row));
  }
  Answer answer;
  const std::string rule = fdr ? "false discovery rate " + significant(level)
                               : "p at most " + significant(level) + ", without a correction for many areas";
  answer.findings = {std::to_string(high) + (measure == Local::moran ? " high among high, " : " hot, ") +
                     std::to_string(low) + (measure == Local::moran ? " low among low" : " cold") +
                     (measure == Local::moran ? ", " + std::to_string(other) + " unlike their neighbours" : "") +
                     " of " + grouped(static_cast<std::int64_t>(values->size())) + " (" + rule + ")."};
  if (fdr && !chance->can_call)
    answer.findings.push_back(
        "Too few to tell: wherever these numbers had lain, no place could have been called. Take more months, more "
        "types or larger areas.");
  answer.values = {{"of", words},
                   {"permutations", permutations},
                   {"seed", seed},
                   {"level", level},
                   {"false_discovery_rate_applied", fdr},
                   {"p_exact", chance->exact},
                   {"could_be_called", chance->can_call}};
  // Those that were called, the clearest first, before the list of all.
  Listing called_only{"called", list.columns, {}};
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < list.rows.size(); ++i)
    if (const auto& word = std::get<std::string>(list.rows[i].back()); word != "-" && word != "no neighbours")
      order.push_back(i);
  const auto z_of = [&](std::size_t i) { return std::get<double>(list.rows[i][3]); };
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return z_of(a) != z_of(b) ? z_of(a) > z_of(b) : a < b; });
  for (const std::size_t i : order) called_only.rows.push_back(list.rows[i]);
  answer.listings = {std::move(called_only), std::move(list)};
  if (strays) answer.listings.insert(answer.listings.begin() + 1, std::move(*strays));
  answer.notes = input.notes;
  answer.notes.push_back(
      "Neighbours: " + neighbours.words + ". p is two-sided and " +
      (chance->exact
           ? "exact: counted over all orders in which the same numbers could lie"
           : "an upper bound: counted over all orders in which the same numbers could lie, after rounding them to a "
             "fine lattice against a call") +
      "; it decides what is called. normal_p is that of z under a normal distribution, which sees hot spots in noise "
      "where numbers are small." +
      (permutations > 0 ? " permutation_p is a check and cannot be smaller than 2 / (permutations + 1)." : ""));
  return answer;
}

Result<Answer> kde(const Input& given, Settings& settings) {
  const Input input = with_positions(given);
  if (input.rows.empty()) return invalid(tr("{0} has no row with a position.", {given.name}));
  statistics::DensityOptions options;
  options.kernel = settings.choice("kernel", "quartic", {"quartic", "gaussian"}) == "gaussian"
                       ? statistics::Kernel::gaussian
                       : statistics::Kernel::quartic;
  options.edge = settings.choice("edge", "none", {"none", "uniform"}) == "uniform" ? statistics::EdgeCorrection::uniform
                                                                                   : statistics::EdgeCorrection::none;
  const std::string rule = settings.choice("rule", "scott", {"scott", "silverman", "robust"});
  options.bandwidth = settings.number("bandwidth", 0, 1e-9, 1e9);
  double cell = settings.number("cell", 0, 1e-9, 1e9);
  if (!settings.status()) return pass_on(settings.status());
  const auto points = places_of(input);
  if (!points) return pass_on(points);
  std::vector<double> weights;
  if (const auto column = input.find("weight")) {
    const auto read = numbers(input, *column);
    if (!read) return pass_on(read);
    weights = *read;
  }
  // Strays make neither the window nor the bandwidth.
  const PointExtent extent = point_extent(*points);
  std::vector<statistics::Point> bulk;
  std::vector<double> bulk_weights;
  for (std::size_t i = 0; i < points->size(); ++i) {
    if (std::binary_search(extent.strays.begin(), extent.strays.end(), i)) continue;
    bulk.push_back((*points)[i]);
    if (!weights.empty()) bulk_weights.push_back(weights[i]);
  }
  if (options.bandwidth == 0) {
    const auto chosen = statistics::bandwidth_by(bulk, rule == "scott"       ? statistics::BandwidthRule::scott
                                                       : rule == "silverman" ? statistics::BandwidthRule::silverman
                                                                             : statistics::BandwidthRule::robust);
    if (!chosen) return pass_on(chosen);
    options.bandwidth = *chosen;
  }
  const double x0 = extent.x0, y0 = extent.y0, x1 = extent.x1, y1 = extent.y1;
  const double margin = options.bandwidth;
  // Density is taken at the middles of cells: a kernel narrower than a cell would miss what lies between them.
  if (cell > options.bandwidth)
    return invalid(
        tr("The bandwidth of {0} metres is smaller than a cell of {1} metres, and density is taken at the "
           "middles of cells: what lies between them would be missed. Choose a smaller --cell or a larger "
           "--bandwidth.",
           {significant(options.bandwidth), significant(cell)}));
  if (cell == 0)
    cell = std::min(options.bandwidth,
                    std::max({(x1 - x0 + 2 * margin) / 100, (y1 - y0 + 2 * margin) / 100, options.bandwidth / 10}));
  statistics::DensityGrid grid;
  grid.cell = cell;
  grid.x0 = x0 - margin;
  grid.y0 = y0 - margin;
  const double columns = std::ceil((x1 - x0 + 2 * margin) / cell), rows = std::ceil((y1 - y0 + 2 * margin) / cell);
  if (columns * rows > 4'000'000)
    return invalid(
        tr("Cells of {0} metres make a grid of more than 4,000,000. Choose a larger --cell, and a "
           "--bandwidth of at least as much.",
           {significant(cell)}));
  grid.columns = static_cast<std::size_t>(std::max(1.0, columns));
  grid.rows = static_cast<std::size_t>(std::max(1.0, rows));
  const auto found = statistics::density(bulk, grid, options, bulk_weights);
  if (!found) return pass_on(found);
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < found->values.size(); ++i)
    if (found->values[i] > 0) order.push_back(i);
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return found->values[a] != found->values[b] ? found->values[a] > found->values[b] : a < b;
  });
  Answer answer;
  answer.values = {{"points", whole(found->used)},
                   {"bandwidth", options.bandwidth},
                   {"bandwidth_rule", settings.has("bandwidth") ? "given" : rule},
                   {"cell", cell},
                   {"columns", whole(grid.columns)},
                   {"rows", whole(grid.rows)},
                   {"x0", grid.x0},
                   {"y0", grid.y0},
                   {"every_pair", found->exact}};
  Listing list{"cells", {"x", "y", "density"}, {}};
  for (const std::size_t i : order)
    list.rows.push_back({grid.x0 + (static_cast<double>(i % grid.columns) + 0.5) * cell,
                         grid.y0 + (static_cast<double>(i / grid.columns) + 0.5) * cell, found->values[i]});
  answer.listings.push_back(std::move(list));
  answer.notes = input.notes;
  if (!extent.strays.empty()) {
    answer.listings.push_back(listing_of_strays(input, *points, extent));
    answer.notes.push_back(strays_note(extent));
  }
  answer.notes.push_back(
      "Densities are events per square unit at the centres of cells, densest first; cells of zero are left out.");
  if (const auto caveat = statistics::snap_caveat(options.bandwidth))
    answer.notes.push_back(*caveat + " (If the points are snapped, as those of police.uk are.)");
  return answer;
}

Result<Answer> gini(const Input& input, Settings& settings) {
  const double share = settings.number("share", 0.5, 1e-6, 1);
  if (!settings.status()) return pass_on(settings.status());
  const auto column = column_of(input, {"count", "value"});
  if (!column) return pass_on(column);
  const auto values = numbers(input, *column);
  if (!values) return pass_on(values);
  const auto found = statistics::concentration(*values);
  if (!found) return pass_on(found);
  Answer answer;
  const double places = found->places_for(share);
  answer.findings = {percent(places, 1) + " of the places hold " + percent(share, 0) + " of the events."};
  answer.values = {{"places", whole(found->places)},
                   {"events", found->events},
                   {"gini", found->gini},
                   {"generalised_gini", found->generalised},
                   {"unbiased_gini", maybe(found->unbiased)},
                   {"share_of_events", share},
                   {"share_of_places", places}};
  Listing curve{"lorenz", {"places", "events"}, {}};
  for (const auto& point : found->curve) curve.rows.push_back({point.places, point.events});
  answer.listings.push_back(std::move(curve));
  answer.notes = {
      "generalised_gini is the form for fewer events than places (Bernasco & Steenbeek 2017): 0 is as even as can be, "
      "1 all at one place."};
  return answer;
}

}  // namespace

std::vector<Method> place_methods() {
  const std::string columns =
      "value (or rate, or count), with outlines (GeoJSON), neighbours, x and y, or longitude and latitude; optional: "
      "name, population";
  const std::vector<CommandOption> of_all = {kNeighbours, kWeights, kRate};
  const std::vector<CommandOption> of_each = {
      kNeighbours,
      kPermutations,
      kSeed,
      kRate,
      kLevel,
      {"--fdr", "yes or no: correct for many areas; yes unless given"},
      {"--grid", "Count the points of the file, or of the area, into square cells of so many metres first"}};
  std::vector<CommandOption> of_moran = of_each;
  of_moran.push_back(kWeights);
  const auto density_options = std::vector<CommandOption>{
      {"--kernel", "quartic or gaussian; quartic unless given"},
      {"--bandwidth", "In metres; by rule unless given"},
      {"--rule", "scott, silverman or robust; scott unless given"},
      {"--cell", "Side of a cell in metres"},
      {"--edge", "none or uniform (divided by the part of the kernel inside); none unless given"}};
  return {
      {"moran", "Are neighbours alike? Moran's I", columns, of_all, AreaForm::places, "",
       [](const Input& i, Settings& s) { return global(i, s, Global::moran); }},
      {"geary", "Are neighbours alike? Geary's C", columns, of_all, AreaForm::places, "",
       [](const Input& i, Settings& s) { return global(i, s, Global::geary); }},
      {"general-g", "Do high values, or low ones, lie together? General G", columns, of_all, AreaForm::places, "",
       [](const Input& i, Settings& s) { return global(i, s, Global::general_g); }},
      {"local-moran", "Which areas are like, or unlike, their neighbours?", columns, of_moran, AreaForm::places, "",
       [](const Input& i, Settings& s) { return local(i, s, Local::moran); }},
      {"gi", "Hot and cold surroundings (Gi, the area itself left out)", columns, of_each, AreaForm::places, "",
       [](const Input& i, Settings& s) { return local(i, s, Local::gi); }},
      {"gistar", "Hot and cold spots (Gi*)", columns, of_each, AreaForm::places, "",
       [](const Input& i, Settings& s) { return local(i, s, Local::gistar); }},
      {"kde", "Density of points on a grid",
       "x and y in metres, or longitude and latitude, one row for each event; optional: weight", density_options,
       AreaForm::points, "", kde},
      {"gini",
       "How few places hold how much? Gini and Lorenz",
       "count, one row for each place, places without events included",
       {{"--share", "Share of events to find the places of; 0.5 unless given"}},
       AreaForm::counts_of_places,
       "",
       gini},
  };
}

}  // namespace tithing::analysis
