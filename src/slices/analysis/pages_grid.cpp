// Hot spots on a grid and density: maps, tables, and what must be said about them.
#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>

#include "base/marked.h"
#include "base/national_grid.h"
#include "base/text.h"
#include "base/translation.h"
#include "figures/numbers.h"
#include "maps/grid_map.h"
#include "slices/analysis/kinds_parts.h"
#include "slices/analysis/pages_parts.h"
#include "slices/evidence/crime_types.h"

namespace tithing::analysis {

using exports::ColumnKind;
using exports::Table;
using html::Markup;
using html::Url;
using html::Writer;
using web::Context;

namespace {

const std::string kAlone = "It has no neighbour in the area.";

Numeral side_words(const GridStudy& study) { return as_setting(grouped(study.grid.side) + " metres"); }

// What says which cell it is comes first, where it lies to the metre last: between them stands the finding.
std::vector<exports::Column> columns_with(const std::vector<exports::Column>& finding) {
  std::vector<exports::Column> columns = {{"cell", tr("Cell"), ColumnKind::text, tr("lower left corner"), true},
                                          {"lsoa", tr("LSOA"), ColumnKind::text, tr("of most of its crimes"), true}};
  columns.insert(columns.end(), finding.begin(), finding.end());
  columns.push_back({"easting", tr("Easting"), ColumnKind::integer, tr("of the middle"), true});
  columns.push_back({"northing", tr("Northing"), ColumnKind::integer, tr("of the middle"), true});
  columns.push_back({"longitude", tr("Longitude"), ColumnKind::decimal, {}, true});
  columns.push_back({"latitude", tr("Latitude"), ColumnKind::decimal, {}, true});
  return columns;
}

exports::Row row_with(const View& view, const GridStudy& study, std::size_t cell, exports::Row finding) {
  const auto middle = study.grid.middle(cell);
  const geometry::Point globe = from_national_grid({middle.x, middle.y});
  const std::string& code = study.lsoa[cell];
  const auto* area = code.empty() ? nullptr : view.snapshot->areas().find(code);
  exports::Row row = {
      exports::text_cell(study.grid.name(cell)).as(Numeral::Kind::code),
      code.empty()
          ? exports::unknown_cell(tr("No crime was recorded in it."))
          : exports::text_cell(area == nullptr ? code : area->name + " (" + code + ")").as(Numeral::Kind::name)};
  for (exports::Cell& one : finding) row.push_back(std::move(one));
  row.push_back(exports::integer_cell(static_cast<std::int64_t>(middle.x)).as(Numeral::Kind::code));
  row.push_back(exports::integer_cell(static_cast<std::int64_t>(middle.y)).as(Numeral::Kind::code));
  row.push_back(exports::decimal_cell(globe.longitude, 5).as(Numeral::Kind::code));
  row.push_back(exports::decimal_cell(globe.latitude, 5).as(Numeral::Kind::code));
  return row;
}

// How many cells there are stands in every working of a grid, under one of these labels.
constexpr std::array kCellLabels = {
    "cells: those whose middle lies in the area, and those in which a crime was recorded", "cells"};

void add_common_notes(Table& table, const GridStudy& study, const View& view, const figures::Figure* figure) {
  const std::string cells = grouped(static_cast<std::int64_t>(study.counts.size()));
  Words count = cells;
  for (const char* label : kCellLabels)
    if (count.plain()) count = in_working(figure, label, cells);
  table.notes.push_back(
      tr("{0}{1} cells of {2} on the British National Grid: those whose middle lies in the area, and "
         "those in which a crime was recorded. Longitude and latitude were brought onto it to some {3}.",
         {Words("The grid has "), count, side_words(study), as_setting("5 metres")}));
  for (Words& note : grid_notes(study, view.found.period, figure)) table.notes.push_back(std::move(note));
  table.sources = sources_of(view.found.period);
}

govuk::SelectItem item(const std::string& value, const html::Content& text, bool selected) {
  return {.value = value, .text = text, .selected = selected};
}

// `sides` are offered; `usual` is the size that is taken without a choice, 0 when it is not known.
void cell_select(Writer& writer, const View& view, const std::vector<int>& sides, int usual, const std::string& error) {
  govuk::SelectParams select{.id = "cell", .name = "cell"};
  select.label = {.text = tr("Size of a cell")};
  select.items.push_back(item("",
                              usual == 0 ? html::Content(tr("usual for the area"))
                                         : html::Content(tr("{0} metres, usual for the area", {grouped(usual)})),
                              view.cell == 0));
  for (const int side : sides)
    select.items.push_back(item(std::to_string(side), tr("{0} metres", {grouped(side)}), view.cell == side));
  if (!error.empty()) select.error_message = {.text = error};
  render(writer, select);
}

enum class Form { hot_spots, density };

Markup grid_form(const View& view, const Context& context, Form form, const GridStudy* study,
                 const std::string& error) {
  Writer writer(context.language);
  writer.open("form", {{"method", "get"}, {"action", Url::parse(context.request->path)}, {"class", "tithing-filters"}});
  if (!view.as_at_text.empty())
    writer.void_element("input", {{"type", "hidden"}, {"name", "as-at"}, {"value", view.as_at_text}});
  month_select(writer, "from", tr("From"), view, view.found.period.from);
  month_select(writer, "to", tr("To"), view, view.found.period.to);
  type_select(writer, view);
  std::vector<int> sides(kCellSides.begin(), kCellSides.end());
  if (study != nullptr) sides = possible_sides(study->area_km2);
  if (view.cell != 0 && std::find(sides.begin(), sides.end(), view.cell) == sides.end())
    sides.insert(std::upper_bound(sides.begin(), sides.end(), view.cell), view.cell);
  cell_select(writer, view, sides, study == nullptr ? 0 : usual_side(study->area_km2), error);
  if (form == Form::hot_spots) {
    govuk::SelectParams fdr{.id = "fdr", .name = "fdr"};
    fdr.label = {.text = tr("Many cells at once")};
    fdr.items = {item("", tr("false discovery rate of 5%"), view.fdr),
                 item("no", tr("no correction, p of 5%"), !view.fdr)};
    render(writer, fdr);
  } else {
    govuk::SelectParams bandwidth{.id = "bandwidth", .name = "bandwidth"};
    bandwidth.label = {.text = tr("Bandwidth")};
    const std::string& chosen = view.density.bandwidth;
    bandwidth.items = {item("scott", tr("by Scott's rule"), chosen == "scott"),
                       item("silverman", tr("by Silverman's rule"), chosen == "silverman"),
                       item("robust", tr("by the robust rule"), chosen == "robust")};
    std::vector<std::string> metres = {"200", "300", "500", "1000", "2000", "5000"};
    if (chosen.find_first_not_of("0123456789") == std::string::npos &&
        std::find(metres.begin(), metres.end(), chosen) == metres.end())
      metres.insert(metres.begin(), chosen);
    for (const std::string& one : metres)
      bandwidth.items.push_back(item(one, tr("{0} metres", {grouped(std::stoi(one))}), chosen == one));
    render(writer, bandwidth);
    govuk::SelectParams edge{.id = "edge", .name = "edge"};
    edge.label = {.text = tr("At the boundary")};
    edge.items = {item("", tr("corrected for what lies outside"), view.density.edge),
                  item("none", tr("not corrected"), !view.density.edge)};
    render(writer, edge);
  }
  render(writer, govuk::ButtonParams{.text = tr("Show"), .classes = "govuk-button--secondary"});
  writer.close("form");
  return writer.take();
}

// The study, or what the page shows instead of it.
Result<std::shared_ptr<const GridStudy>> study_of(Studies& studies, const View& view, Writer& writer,
                                                  const Context& context, Form form, int& status) {
  auto study = form == Form::density
                   ? studies.grids().for_density(*view.snapshot, view.question, view.found, view.cell, view.density)
                   : studies.grids().study(*view.snapshot, view.question, view.found, view.cell);
  if (study) return study;
  const bool at_field = !study.error().fields.empty();
  if (at_field) status = 400;
  writer.put(grid_form(view, context, form, nullptr, at_field ? study.error().message : std::string()));
  if (!at_field) writer.element("p", {{"class", "govuk-body-l"}}, study.error().message);
  return study;
}

maps::GridMap map_of(const GridStudy& study) {
  maps::GridMap map{.id = "map"};
  map.x0 = study.grid.x0;
  map.y0 = study.grid.y0;
  map.side = study.grid.side;
  map.columns = study.grid.columns;
  map.rows = study.grid.rows;
  map.cells.assign(study.grid.number.size(), -1);
  map.outline = study.outline;
  return map;
}

// The number as it stands in the figure's working; a figure that is not known has none.
std::optional<Numeral> in_figure(const figures::Figure* figure, std::string_view label, std::int64_t cells) {
  const Words words = in_working(figure, label, grouped(cells));
  return words.plain() ? std::nullopt : std::optional(words.pieces().front());
}

void put_map(Writer& writer, const maps::GridMap& map, const std::string& language) {
  const auto drawn = maps::render(map, language);
  if (!drawn) {
    writer.element("p", drawn.error().message);
    return;
  }
  writer.open("figure", {{"class", "tithing-map"}})
      .put(*drawn)
      .open("figcaption")
      .put(map.title)
      .close("figcaption")
      .close("figure");
  writer.put(maps::render_legend(map, language));
}

// "12 persistent, 3 new, 4 come and go; 9 fading."
std::optional<Words> history_words(const GridStudy& study, const figures::Figure* figure) {
  std::map<statistics::HotspotHistory, std::int64_t> cells;
  bool told = false;
  for (const auto& one : study.history)
    if (one) {
      told = true;
      ++cells[*one];
    }
  if (!told) return std::nullopt;
  using statistics::HotspotHistory;
  const auto of = [&](HotspotHistory history) {
    return in_working(figure, cells_by_history(history), grouped(cells[history]));
  };
  return of(HotspotHistory::persistent) + " persistent, " + of(HotspotHistory::fresh) + " new, " +
         of(HotspotHistory::recurrent) + " that come and go, " + of(HotspotHistory::fading) + " fading";
}

// In metres, not by a rule.
bool is_chosen(const View& view) { return view.density.bandwidth.find_first_not_of("0123456789") == std::string::npos; }

// What must be said of a bandwidth: that the map draws the map points.
exports::Lines bandwidth_caveats(const View& view, const DensityStudy& density) {
  exports::Lines out;
  if (const auto caveat = statistics::snap_caveat(density.bandwidth)) {
    const std::string chosen = fixed(density.bandwidth, 0) + " metres";
    out.push_back(is_chosen(view) ? marked(*caveat, {as_setting(chosen), as_setting("200 metres")})
                                  : marked(*caveat, {as_setting("200 metres")}));
  }
  return out;
}

// "500 metres, chosen", or what a rule makes of the points: then its number is in the figure's working.
Words bandwidth_words(const View& view, const DensityStudy& density, const figures::Figure* figure) {
  if (is_chosen(view)) return as_setting(grouped(std::llround(density.bandwidth)) + " metres, " + density.rule);
  return in_working(figure, kBandwidthLabel, grouped(std::llround(density.bandwidth))) + " metres, " + density.rule;
}

// `density` is what view.density makes of the study.
Table density_rows(const View& view, const GridStudy& study, const DensityStudy& density,
                   const figures::Figure* figure = nullptr) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < density.density.size(); ++i)
    if (density.density[i] > 0) order.push_back(i);
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return density.density[a] != density.density[b] ? density.density[a] > density.density[b] : a < b;
  });
  Table table{.id = "density", .title = tr("Density: {0}", {view.title()})};
  table.columns =
      columns_with({{"density", tr("Density"), ColumnKind::decimal, tr("{0} per square kilometre", {study.unit}), true},
                    {"times", tr("Times the mean"), ColumnKind::decimal, {}, true},
                    {"crimes",
                     tr("{0} in the cell", {evidence::heading_of_type(view.question.type)}),
                     ColumnKind::integer,
                     {},
                     true}});
  const auto in_cell = [&](const char* kind, std::size_t i) -> std::optional<figures::Address> {
    const bool gi = std::string_view(kind) == "cell-gi";
    // A cell without a neighbour has no Gi*, and no figure that holds its count.
    if (gi && !(study.hot && study.hot->z[i] && study.hot->p[i])) return std::nullopt;
    return view.figure(
        kind, {{"cell", std::to_string(study.grid.side)},
               {"square", study.grid.name(i)},
               {"bandwidth", gi || view.density.bandwidth == DensityChoice().bandwidth ? "" : view.density.bandwidth},
               {"edge", gi || view.density.edge ? "" : "none"}});
  };
  for (const std::size_t i : order)
    table.rows.push_back(
        row_with(view, study, i,
                 {explained_in(exports::decimal_cell(density.density[i], 1), in_cell("cell-density", i), ""),
                  explained_in(exports::decimal_cell(density.density[i] / density.mean, 2), in_cell("cell-density", i),
                               kPlaceTimes),
                  explained_in(exports::integer_cell(static_cast<std::int64_t>(study.counts[i])), in_cell("cell-gi", i),
                               kPlaceCount)}));
  table.notes = {
      Words("Quartic kernel; bandwidth ") + bandwidth_words(view, density, figure) + "; " +
          (view.density.edge
               ? marked("corrected at the boundary: each cell divided by the part of its kernel that lies in the area "
                        "(Diggle 1985).",
                        {as_name("Diggle 1985")})
               : Words("not corrected at the boundary, so that density leaks out of the area.")) +
          " Values are at the middles of cells, over all the months together.",
      "The list leaves out cells of density zero."};
  for (Words& caveat : bandwidth_caveats(view, density)) table.notes.push_back(std::move(caveat));
  add_common_notes(table, study, view, figure);
  return table;
}

}  // namespace

Result<Table> grid_table(const View& view, const GridStudy& study, const figures::Figure* figure) {
  if (!study.hot) return pass_on(study.hot);
  const GridHot& hot = *study.hot;
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < study.counts.size(); ++i)
    if (study.counts[i] > 0 || hot.call(i, view.fdr) == GridHot::Call::hot) order.push_back(i);
  const auto z_of = [&](std::size_t i) { return hot.z[i].value_or(-1e9); };
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (z_of(a) != z_of(b)) return z_of(a) > z_of(b);
    return study.counts[a] != study.counts[b] ? study.counts[a] > study.counts[b] : a < b;
  });
  Table table{.id = "grid", .title = tr("Hot spots on a grid of {0}: {1}", {side_words(study).text, view.title()})};
  table.columns =
      columns_with({{"crimes", as_name(evidence::heading_of_type(view.question.type)), ColumnKind::integer, {}, true},
                    {"called", tr("Called"), ColumnKind::text, {}, true},
                    {"z", tr("Gi*"), ColumnKind::decimal, tr("z"), true},
                    {"p", tr("p"), ColumnKind::decimal, tr("two-sided"), true},
                    {"rate", tr("False discovery rate"), ColumnKind::decimal, {}, true},
                    {"history", tr("Month by month"), ColumnKind::text, {}, true}});
  for (const std::size_t i : order) {
    const auto call = hot.call(i, view.fdr);
    const auto place = hot.z[i] && hot.p[i]
                           ? std::optional(view.figure("cell-gi", {{"cell", std::to_string(study.grid.side)},
                                                                   {"square", study.grid.name(i)},
                                                                   {"fdr", view.fdr ? "" : "no"}}))
                           : std::nullopt;
    table.rows.push_back(row_with(
        view, study, i,
        {explained_in(exports::integer_cell(static_cast<std::int64_t>(study.counts[i])), place, kPlaceCount),
         exports::text_cell(call == GridHot::Call::hot    ? tr("hot")
                            : call == GridHot::Call::cold ? tr("cold")
                                                          : tr("no clear sign")),
         explained_in(decimal_or(hot.z[i], 2, kAlone), place, ""),
         explained_in(p_cell(hot.p[i], kAlone), place, kPlaceP),
         explained_in(p_cell(hot.false_discovery_rate[i], kAlone), place, kPlaceRate),
         study.history[i] ? exports::text_cell(std::string(statistics::words(*study.history[i])))
                          : exports::unknown_cell(view.found.period.months() > 1
                                                      ? tr("Not told: the category changed within these months.")
                                                      : tr("A single month has no history."))}));
  }
  table.notes = {
      marked(std::string(
                 view.fdr
                     ? "Called hot or cold at a false discovery rate of 5% over all cells (Benjamini & Hochberg 1995)."
                     : "Called hot or cold at a p of 5%, without a correction: of cells without any pattern one in "
                       "twenty is called as well.") +
                 " Neighbours are the eight cells around; Gi* takes in the cell itself (Ord & Getis 1995).",
             {as_setting("5%"), as_name(view.fdr ? "Benjamini & Hochberg 1995" : ""), as_name("Ord & Getis 1995")}),
      exact_p_words(),
      marked("Month by month: the same question asked of each month, with one false discovery rate of 5% over all of "
             "them; "
             "persistent is hot in the last month and in at least four fifths of all. What is hot over all months "
             "together may be hot in "
             "no month by itself: one month holds fewer crimes to tell by.",
             {as_setting("5%")}),
      "Cells without a crime are part of the grid; the list leaves them out unless they are hot."};
  add_common_notes(table, study, view, figure);
  return table;
}

Result<Table> grid_test_table(const View& view, const GridStudy& study, const figures::Figure* figure,
                              const figures::Figure* accuracy,
                              const std::function<Result<figures::Figure>(double share)>& of_share) {
  if (study.back_tests.empty()) return invalid(tr("A back-test needs two months or more: choose a longer period."));
  Table table{
      .id = "grid-test",
      .title = tr("Hot spots on a grid of {0}, tried on later months: {1}", {side_words(study).text, view.title()})};
  table.columns = {{"share", tr("Busiest cells"), ColumnKind::per_cent},
                   {"hits", tr("held of the crimes after"), ColumnKind::per_cent},
                   {"pai", tr("PAI"), ColumnKind::decimal},
                   {"pei", tr("PEI*"), ColumnKind::per_cent},
                   {"rri", tr("RRI"), ColumnKind::decimal},
                   {"same", tr("Same cells a month later"), ColumnKind::per_cent}};
  for (const GridBackTest& test : study.back_tests) {
    const std::string why = test.of_all ? std::string() : test.of_all.error().message;
    const Result<figures::Figure> asked =
        of_share ? of_share(test.share) : Result<figures::Figure>(not_found(std::string()));
    const figures::Figure* const own = asked ? &*asked : nullptr;
    const auto index = own == nullptr ? std::nullopt : std::optional(own->address);
    table.rows.push_back(
        {exports::per_cent_cell(test.share, 0).as(Numeral::Kind::setting),
         test.of_all ? in_working_cell(exports::per_cent_cell(test.of_all->hit_rate, 1), own, kHitLabel)
                     : exports::unknown_cell(why),
         test.of_all ? explained_in(exports::decimal_cell(test.of_all->accuracy_index, 1), index, "")
                     : exports::unknown_cell(why),
         test.of_feasible
             ? in_working_cell(exports::per_cent_cell(test.of_feasible->efficiency_index, 0), own, kEfficiencyLabel)
             : exports::unknown_cell(test.of_feasible.error().message),
         test.of_all && test.of_all->recapture_index
             ? in_working_cell(exports::decimal_cell(*test.of_all->recapture_index, 2), own, kRecaptureLabel)
             : exports::unknown_cell(tr("The chosen cells held no crime before.")),
         test.of_all && test.of_all->tested > 1
             ? in_working_cell(exports::per_cent_cell(test.of_all->overlap, 0), own, kOverlapLabel)
             : exports::unknown_cell(tr("One month only was tried."))});
  }
  table.notes = {
      Words("Cells are ranked by their crimes of ") + in_working(accuracy, kWindowLabel, std::to_string(study.window)) +
          (study.window == 1 ? " month" : " months") + " and tried on the month after, for each of the last " +
          in_working(accuracy, kHeldOutLabel, std::to_string(study.tests)) + (study.tests == 1 ? " month" : " months") +
          "; means are shown.",
      marked("PAI: the share of the later crimes over the share of the cells, 1 is no better than chance (Chainey, "
             "Tompson & "
             "Uhlig 2008). PEI*: PAI over the best there could have been, where only cells count in which a crime of "
             "any type "
             "was "
             "recorded in these months (White, Hunt & Green 2023). RRI: the share of the later crimes over the share "
             "of the "
             "earlier ones in the same cells (Levine 2008).",
             {as_setting("1"), as_name("Uhlig 2008"), as_name("White, Hunt & Green 2023"), as_name("Levine 2008")})};
  add_common_notes(table, study, view, figure);
  return table;
}

Result<Table> density_table(const View& view, const GridStudy& study) {
  const auto density = kept_density(study, view.density);
  if (!density) return pass_on(density);
  return density_rows(view, study, **density);
}

Markup grid_section(Wiring& wiring, Studies& studies, const View& view, const Context& context, int& status) {
  Writer writer(context.language);
  const auto study = study_of(studies, view, writer, context, Form::hot_spots, status);
  if (!study) return writer.take();
  const GridStudy& grid = **study;
  const std::vector<std::pair<std::string, std::string>> cell = {{"cell", std::to_string(grid.grid.side)}};
  auto chosen = cell;
  if (!view.fdr) chosen.push_back({"fdr", "no"});
  const auto count = ask(wiring, view, "grid-hot-spots", chosen);
  const figures::Figure* const figure = count ? &*count : nullptr;
  answer_line(writer, tr("Cells that are hot:"), count, true, {}, {as_setting("at most 0.05")});
  if (grid.hot)
    answer_line(writer, tr("{0} in them:", {evidence::heading_of_type(view.question.type)}),
                ask(wiring, view, "grid-hot-spot-crimes", chosen));
  writer.put(grid_form(view, context, Form::hot_spots, &grid, {}));
  for (const Words& note : grid_notes(grid, view.found.period, figure)) writer.element("p", html::Content(note));
  if (!grid.hot) return writer.element("p", grid.hot.error().message).take();
  writer.element("h2", {{"class", "govuk-heading-m"}}, tr("Where"));
  maps::GridMap map = map_of(grid);
  for (std::size_t i = 0; i < grid.counts.size(); ++i) {
    const auto call = grid.hot->call(i, view.fdr);
    map.cells[grid.grid.cells[i]] = call == GridHot::Call::hot ? 1 : call == GridHot::Call::cold ? 2 : 0;
  }
  const std::int64_t hot = grid.hot_cells(view.fdr), cold = grid.cold_cells(view.fdr);
  const auto rest = static_cast<std::int64_t>(grid.counts.size()) - hot - cold;
  map.classes = {{1, maps::Pattern::none, "no clear sign", in_figure(figure, "cells without a clear sign", rest)},
                 {5, maps::Pattern::lines, "hot: more than chance would put there",
                  figure == nullptr ? std::nullopt : std::optional(figures::number(*figure))},
                 {2, maps::Pattern::dots, "cold: fewer than chance would put there",
                  in_figure(figure, "cells that hold fewer", cold)}};
  map.title = tr("Hot spots on a grid of {0}: {1}", {side_words(grid), title_words(view)});
  map.description = tr("Each cell with the eight around it. The list has the same findings.");
  put_map(writer, map, context.language);
  if (const auto words = history_words(grid, figure))
    writer.element(
        "p", tr("Month by month the hot spots are: {0}. All months share one false discovery rate, so there are fewer "
                "than over all months together.",
                {*words}));
  if (auto table = grid_table(view, grid, figure)) writer.put(section(std::move(*table), "grid", view, context));
  writer.element("h2", {{"class", "govuk-heading-m"}}, tr("Would the map have found the crimes that came after?"));
  const auto accuracy = ask(wiring, view, "grid-accuracy", cell);
  answer_line(writer, tr("Prediction accuracy index:"), accuracy);
  const auto of_share = [&](double share) {
    auto named = cell;
    const std::string text = percent(share, 0);
    if (share != kBackTestShares[kHeadlineShare]) named.push_back({"share", text.substr(0, text.size() - 1)});
    return ask(wiring, view, "grid-accuracy", named);
  };
  if (auto table = grid_test_table(view, grid, figure, accuracy ? &*accuracy : nullptr, of_share))
    writer.put(section(std::move(*table), "grid-test", view, context, false));
  return writer.take();
}

Markup density_section(Wiring& wiring, Studies& studies, const View& view, const Context& context, int& status) {
  Writer writer(context.language);
  const auto study = study_of(studies, view, writer, context, Form::density, status);
  if (!study) return writer.take();
  const GridStudy& grid = **study;
  const auto worked_out = kept_density(grid, view.density);
  if (!worked_out) {
    writer.put(grid_form(view, context, Form::density, &grid, {}));
    return writer.element("p", {{"class", "govuk-body-l"}}, worked_out.error().message).take();
  }
  const DensityStudy* const density = worked_out->get();
  std::vector<std::pair<std::string, std::string>> chosen;
  if (view.cell != 0) chosen.emplace_back("cell", std::to_string(view.cell));
  if (view.density.bandwidth != DensityChoice().bandwidth) chosen.emplace_back("bandwidth", view.density.bandwidth);
  if (!view.density.edge) chosen.emplace_back("edge", "none");
  const auto highest = ask(wiring, view, "highest-density", chosen);
  const figures::Figure* const figure = highest ? &*highest : nullptr;
  const auto densest = std::max_element(density->density.begin(), density->density.end()) - density->density.begin();
  answer_line(writer, tr("Highest density:"), highest, true, tr("{0} per square kilometre", {grid.unit}),
              {as_code(grid.grid.name(static_cast<std::size_t>(densest)))});
  writer.put(grid_form(view, context, Form::density, &grid, {}));
  writer.element("p", tr("Bandwidth: {0}. A larger one draws a smoother map; it decides what is seen, so "
                         "say it with the map.",
                         {bandwidth_words(view, *density, figure)}));
  for (const Words& caveat : bandwidth_caveats(view, *density))
    render(writer, govuk::WarningTextParams{.text = caveat});
  for (const Words& note : grid_notes(grid, view.found.period, figure)) writer.element("p", html::Content(note));
  maps::GridMap map = map_of(grid);
  for (std::size_t i = 0; i < density->density.size(); ++i)
    map.cells[grid.grid.cells[i]] = static_cast<std::int8_t>(density_class(density->density[i], density->mean));
  const auto classes = cells_by_density(*density);
  for (std::size_t i = 0; i < classes.size(); ++i)
    map.classes.push_back({static_cast<int>(i) + 1,
                           i + 1 == classes.size() ? maps::Pattern::lines : maps::Pattern::none, words_of_density(i),
                           in_figure(figure, cells_of_density(i), classes[i])});
  map.title = tr("Density: {0}", {title_words(view)});
  map.description =
      tr("Crimes per square kilometre over the months, smoothed, in cells of {0}; darker is denser. The list has the "
         "numbers.",
         {side_words(grid)});
  put_map(writer, map, context.language);
  writer.put(section(density_rows(view, grid, *density, figure), "density", view, context));
  return writer.take();
}

}  // namespace tithing::analysis
