#include "slices/assessment/tables.h"

#include <algorithm>
#include <array>

#include "base/marked.h"
#include "base/text.h"
#include "base/translation.h"
#include "charts/sparkline.h"
#include "desks/figures/cells.h"
#include "figures/numbers.h"
#include "figures/small_numbers.h"
#include "slices/evidence/category_marks.h"
#include "slices/evidence/crime_types.h"
#include "slices/evidence/extent.h"
#include "slices/evidence/kinds_files.h"
#include "slices/sources/sources.h"
#include "statistics/xmr.h"

namespace tithing::assessment {
namespace {

using exports::Column;
using exports::ColumnKind;
using exports::Table;
using figures::cell_of;
using figures::Detail;
using figures::Figure;
using figures::Registry;

const Column kCode{"code", tr("Code"), ColumnKind::text, {}, true, false, Numeral::Kind::code};
const char* const kRateUnit = "per 1,000 residents";

html::Url crime_page(const View& view, const std::string& code, const std::string& type) {
  return html::Url::path("/areas/{}/crime", {code},
                         {{"from", view.shown.from.iso()},
                          {"to", view.shown.to.iso()},
                          {"type", type},
                          {"as-at", view.as_at_text},
                          {"recorded-by", view.recorded_by}});
}

std::vector<std::optional<double>> monthly(const Registry& registry, const View& view, Period period) {
  std::vector<std::optional<double>> values;
  for (const Result<Figure>& count : counts_by_month(registry, view, period)) values.push_back(whole_count(count));
  return values;
}

// A row's measures as withheld: what could be read from any of them, from the line of its months too.
constexpr std::array<std::string_view, 7> kMeasures = {"crimes", "rate",     "change", "sure",
                                                       "months", "compared", "band"};

// Where rows add up to a total that is told, a single small count would follow from the others: the row with the least
// of them is withheld too (figures/small_numbers.h). Without a total, rows lie outside the list as well.
void keep_small_ones(Table& table, const View& view, const Result<Figure>& total) {
  if (!view.viewer.protect_small_numbers) return;
  const auto crimes =
      std::find_if(table.columns.begin(), table.columns.end(), [](const Column& one) { return one.key == "crimes"; });
  const auto at = static_cast<std::size_t>(crimes - table.columns.begin());
  std::vector<std::optional<std::int64_t>> told;
  std::vector<std::size_t> row_of;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    if (table.rows[i][at].state == exports::CellState::unknown) continue;  // it says so, and nothing follows for it
    told.push_back(table.rows[i][at].whole);
    row_of.push_back(i);
  }
  const bool adds_up =
      total && total->quantity.known() && !total->quantity.partial && row_of.size() == table.rows.size();
  const auto too = figures::to_be_withheld_too(told, adds_up ? std::optional(total->quantity.integer()) : std::nullopt);
  if (!too) return;
  for (std::size_t column = 0; column < table.columns.size(); ++column)
    if (std::find(kMeasures.begin(), kMeasures.end(), table.columns[column].key) != kMeasures.end())
      table.rows[row_of[*too]][column] = exports::suppressed_cell("withheld");
  table.notes.push_back(
      marked("One more row is withheld, for with it a count under 5 would follow from the total.", {as_setting("5")}));
}

Result<Figure> no_total() { return invalid(tr("The rows do not add up to a total.")); }

exports::Cell sparkline_of(const Registry& registry, const View& view) {
  const auto values = monthly(registry, view, series_period(view));
  return exports::picture_cell(charts::sparkline(
      {.values = values},
      {.id = "by-month-" + slug(view.area->code + "-" + view.type_name),
       .title = as_name(view.area->name + ", " + view.type_name + ", " + series_period(view).text())}));
}

// Count, rate, change with its words: what every list of the assessment has in common.
void measure_columns(Table& table, const View& view, const std::string& heading) {
  table.columns.push_back({"crimes", as_name(heading), ColumnKind::integer, {}, true});
  table.columns.push_back({"rate", tr("Rate"), ColumnKind::decimal, as_name(kRateUnit), true});
  if (view.compared) {
    table.columns.push_back({"change", tr("Change"), ColumnKind::per_cent, {}, true});
    table.columns.push_back({"sure", tr("How sure"), ColumnKind::text});
  }
  table.columns.push_back({"months", tr("By month"), ColumnKind::text, {}, false, true});
}

// Into the notes, once, where a change adds LSOAs of two censuses.
void note_fit(Table& table, const Result<Figure>& change) {
  const auto added = change ? evidence::added_by_fit(change->coverage) : std::nullopt;
  if (!added) return;
  const Words note = dated("Change: " + *added + ".");
  if (std::find(table.notes.begin(), table.notes.end(), note) == table.notes.end()) table.notes.push_back(note);
}

void measure_cells(exports::Row& row, const Registry& registry, const View& view, Table& table) {
  row.push_back(cell_of(registry.ask(view.figure("crimes"), view.viewer, Detail::value)));
  row.push_back(cell_of(registry.ask(view.figure("rate"), view.viewer, Detail::value)));
  if (view.compared) {
    const auto change = change_of(registry, view);
    row.push_back(cell_of(change));
    note_fit(table, change);
    row.push_back(exports::text_cell(change ? verdict_words(*change, true) : Words()));
  }
  row.push_back(sparkline_of(registry, view));
}

Words assumption_words() {
  return marked(statistics::kIndependent, {as_setting("17 of 100"), as_setting("38"), as_setting("5")});
}

Words change_note(const View& view) {
  if (!view.compared) return "There are too few months for a comparison of two periods.";
  Words note = "Change: " + std::string(evidence::unit_of_type(view.type)) + " per day in ";
  note += view.compared->later;
  note += " against ";
  note += view.compared->earlier;
  note += ", with the ";
  note += as_setting("95%");
  note += " interval that chance alone leaves open. ";
  note += assumption_words();
  if (!season_is_out(view.compared->later, view.compared->earlier))
    note += " The two are different parts of the year: the season may do all of it, so there is no verdict.";
  return note;
}

// Residents are the denominator. Where the rate of an LSOA is far above that of the whole area it is said beside the
// number that those who come there are not in it; nobody publishes how many they are, so no rate of them is made.
constexpr double kFarAbove = 3;

exports::Cell rate_per_resident(const Result<Figure>& rate, const Result<Figure>& of_area) {
  exports::Cell cell = cell_of(rate);
  const bool both =
      rate && of_area && rate->quantity.known() && of_area->quantity.known() && of_area->quantity.number() > 0;
  if (!both || rate->quantity.number() < kFarAbove * of_area->quantity.number()) return cell;
  return cell.noted(
      tr("Per resident, more than three times the whole area: in a town centre most of those who are "
         "there live elsewhere."));
}

// The months of which a list with its changes tells.
Period months_told(const View& view) {
  if (!view.compared) return view.shown;
  return {std::min({view.shown.from, view.compared->earlier.from, view.compared->later.from}),
          std::max(view.shown.to, view.compared->later.to)};
}

// Over how many of the months a series is, its numbers as the figure of its mean has them.
Words months_words(const Registry& registry, const View& view, Period period, std::int64_t known) {
  const std::string said = evidence::months_in_words(known, period.months());
  const auto mean = registry.ask(view.figure("monthly-mean", {{"from", period.from.iso()}, {"to", period.to.iso()}}),
                                 view.viewer, Detail::value);
  if (known == period.months() || !mean || mean->coverage.present != known ||
      mean->coverage.expected != period.months())
    return said;
  return marked(
      said, {figures::number_part(mean->address, "coverage.present", grouped(known), "months that are there"),
             figures::number_part(mean->address, "coverage.expected", grouped(period.months()), "months asked for")});
}

}  // namespace

Period series_period(const View& view) {
  const Month to = view.shown.to;
  const Month earliest = std::min(view.available->from, view.shown.from);
  const Month back = std::max(earliest, to.plus(1 - kSeriesMonths));
  return {back < view.shown.from ? evidence::same_since(view.type, back, view.shown.from) : back, to};
}

std::vector<Result<Figure>> counts_by_month(const Registry& registry, const View& view, Period period) {
  std::vector<Result<Figure>> counts;
  std::vector<std::optional<std::int64_t>> told;
  std::vector<std::size_t> place;
  for (Month month = period.from; month <= period.to; month = month.plus(1)) {
    counts.push_back(
        registry.ask(view.figure("crimes", {{"from", month.iso()}, {"to", month.iso()}}), view.viewer, Detail::value));
    const Result<Figure>& count = counts.back();
    if (!count || count->quantity.state() == figures::Quantity::State::unknown) continue;
    told.push_back(count->quantity.known() ? std::optional(count->quantity.integer()) : std::nullopt);
    place.push_back(counts.size() - 1);
  }
  if (!view.viewer.protect_small_numbers) return counts;
  const auto total = registry.ask(view.figure("crimes", {{"from", period.from.iso()}, {"to", period.to.iso()}}),
                                  view.viewer, Detail::value);
  // What months that are not known add to the total is nothing.
  const auto sum = total && total->quantity.known() ? std::optional(total->quantity.integer()) : std::nullopt;
  if (const auto too = figures::to_be_withheld_too(told, sum)) {
    Figure& month = *counts[place[*too]];
    month.quantity = figures::Quantity::withheld(figures::Unit::count, month.quantity.unit_text());
    month.address = {};  // there it would be told
  }
  return counts;
}

std::optional<double> whole_count(const Result<Figure>& count) {
  const bool whole = count && count->quantity.known() && !count->quantity.partial;
  return whole ? std::optional(count->quantity.number()) : std::nullopt;
}

Result<Figure> change_of(const Registry& registry, const View& view, Detail detail) {
  if (!view.compared) return invalid(tr("There are too few months for a comparison of two periods."));
  return registry.ask(view.figure("change", {{"from", view.compared->later.from.iso()},
                                             {"to", view.compared->later.to.iso()},
                                             {"base-from", view.compared->earlier.from.iso()},
                                             {"base-to", view.compared->earlier.to.iso()}}),
                      view.viewer, detail);
}

Words verdict_words(const Figure& change, bool in_table) {
  std::string said = change.working.in_words;
  // The note under the table says once why there is none.
  if (in_table && said.starts_with(statistics::kNoVerdict)) said.erase(0, statistics::kNoVerdict.size() + 2);
  const std::size_t at = said.find("between ");
  if (at == std::string::npos || !change.quantity.interval) return said;
  const std::string how =
      figures::level_text(change.quantity.interval->level) + " interval: " + change.quantity.interval->method;
  Words words = said.substr(0, at) + "between ";
  words +=
      figures::number_part(change.address, "interval.low", figures::interval_end(change.quantity, true).text(), how);
  words += " and ";
  words +=
      figures::number_part(change.address, "interval.high", figures::interval_end(change.quantity, false).text(), how);
  return words.text() == said ? words : Words(said);
}

exports::Lines source_lines(const View& view) {
  const Words licence = as_name("Open Government Licence v3.0");
  Words crime = "Recorded crime and anti-social behaviour: data.police.uk street-level files, ";
  crime += view.shown;
  exports::Lines lines = {crime + ". " + licence + "."};
  if (const auto year = view.snapshot->population_year_for(view.shown)) {
    Words people = "Population: Office for National Statistics, ";
    people += as_date("mid-" + std::to_string(*year));
    lines.push_back(people + ". " + licence + ".");
  }
  return lines;
}

Table types_table(const Registry& registry, const View& view) {
  Table table{.id = "types", .title = tr("Crime types in {0}, {1}", {view.area->name, view.shown.text()})};
  table.columns.push_back({"type", tr("Crime type"), ColumnKind::text, {}, true});
  measure_columns(table, view, "Crimes or incidents");
  View one = view;
  std::vector<std::string> slugs;
  for (const evidence::TypeChoice& choice : evidence::type_choices(*view.snapshot)) {
    one.type = choice.slug;
    one.type_name = choice.name;
    exports::Row row = {exports::text_cell(one.type_name).linked(crime_page(view, view.area->code, one.type))};
    measure_cells(row, registry, one, table);
    table.rows.push_back(std::move(row));
    slugs.push_back(choice.slug);
  }
  table.notes.insert(table.notes.begin(), change_note(view));
  evidence::carry_categories(table, slugs, months_told(view));
  table.sources = source_lines(view);
  return table;
}

Table partnerships_table(const Registry& registry, const View& view) {
  Table table{
      .id = "partnerships",
      .title = tr("Partnerships of {0}: {1}, {2}", {view.area->name, lowered(view.type_name), view.shown.text()})};
  table.columns.push_back({"partnership", tr("Community safety partnership"), ColumnKind::text, {}, true});
  table.columns.push_back(kCode);
  measure_columns(table, view, evidence::heading_of_type(view.type));
  for (const register_::Area* area : view.snapshot->areas().constituents(
           view.area->code, register_::AreaKind::community_safety_partnership, view.as_at)) {
    auto one = view_of(view, area->code);
    if (!one) continue;
    exports::Row row = {exports::text_cell(area->name).linked(crime_page(view, area->code, view.type)),
                        exports::text_cell(area->code)};
    measure_cells(row, registry, *one, table);
    table.rows.push_back(std::move(row));
  }
  keep_small_ones(table, view, no_total());
  table.notes.insert(table.notes.begin(), change_note(view));
  table.notes.insert(table.notes.begin() + 1,
                     "The partnerships do not add up to the force: some rows have no place, and some lie in the areas "
                     "of other forces.");
  evidence::carry_category(table, view.type, months_told(view));
  table.sources = source_lines(view);
  return table;
}

namespace {

// A month that is withheld for another's sake has no working to open.
exports::Cell month_cell(const Result<Figure>& count) {
  return count && count->address.kind.empty() ? exports::suppressed_cell("withheld") : cell_of(count);
}

}  // namespace

Table series_table(const Registry& registry, const View& view) {
  Table table{.id = "series",
              .title = tr("{0} in {1} by month, {2}", {view.type_name, view.area->name, series_period(view).text()})};
  table.columns = {{"month", tr("Month"), ColumnKind::text},
                   {"crimes", as_name(evidence::heading_of_type(view.type)), ColumnKind::integer},
                   {"signal", tr("Signal"), ColumnKind::text},
                   {"coverage", tr("Coverage"), ColumnKind::text}};
  const Period period = series_period(view);
  const auto values = monthly(registry, view, period);
  statistics::XmrOptions options;
  options.natural_floor = true;
  const bool across = evidence::no_series_across(view.type, period).has_value();
  const auto chart = statistics::xmr(values, options);
  const bool too_few = evidence::too_few_months(evidence::which_known(values), period).has_value();
  std::size_t known = 0;
  for (const auto& value : values) known += value ? 1 : 0;
  std::size_t i = 0;
  const auto counts = counts_by_month(registry, view, period);
  for (Month month = period.from; month <= period.to; month = month.plus(1), ++i) {
    const Result<Figure>& count = counts[i];
    std::string signal = "none";
    if (count && count->quantity.state() == figures::Quantity::State::suppressed)
      signal = "withheld";
    else if (!values[i])
      signal = "not known";
    else if (across)
      signal = evidence::kNotToldAcross;
    else if (!chart || too_few || known < static_cast<std::size_t>(kLeastForLimits))
      signal = "too few months";
    else if (!chart->can_tell())
      signal = chart->groups[0].why_none == statistics::NoLimits::no_width ? "not told: limits of no width"
                                                                           : "too few months";
    else if (chart->points[i].signal != statistics::XmrSignal::none)
      signal = statistics::words(chart->points[i].signal);
    table.rows.push_back({exports::text_cell(Words(month)), month_cell(count), exports::text_cell(signal),
                          exports::text_cell(count ? count->address.kind.empty() ? Words(count->coverage.text())
                                                                                 : figures::coverage_words(*count)
                                                   : Words())});
  }
  table.notes = {
      months_words(registry, view, period, static_cast<std::int64_t>(known)),
      "Signals after the rules of an XmR control chart. Crime has seasons: a signal is a question, not an answer.",
      marked(statistics::limits_in_words(options), {as_setting("2.66"), as_setting("3.267")}),
      marked(statistics::rule_text(options.two_of_three), {as_date("2023")})};
  evidence::carry_category_in_rows(table, view.type, period);
  table.sources = source_lines(view);
  return table;
}

Table comparison_table(const Registry& registry, const View& view, bool all_forces) {
  const std::string peers = all_forces ? "all" : "";
  Table table{
      .id = all_forces ? "comparison-all" : "comparison-force",
      .title = all_forces
                   ? tr("Partnerships of all imported forces: {0}, {1}", {lowered(view.type_name), view.shown.text()})
                   : tr("Partnerships of the same force: {0}, {1}", {lowered(view.type_name), view.shown.text()})};
  table.columns = {{"partnership", tr("Community safety partnership"), ColumnKind::text, {}, true},
                   {"force", tr("Police force area"), ColumnKind::text, {}, true},
                   {"population", tr("Population"), ColumnKind::integer, {}, true},
                   {"crimes", as_name(evidence::heading_of_type(view.type)), ColumnKind::integer, {}, true},
                   {"rate", tr("Rate"), ColumnKind::decimal, as_name(kRateUnit), true},
                   {"compared", tr("Against the average"), ColumnKind::decimal,
                    all_forces ? tr("average of every imported force = 1") : tr("average of this force = 1"), true},
                   {"band", tr("Funnel plot"), ColumnKind::text}};
  std::vector<const register_::Area*> areas;
  if (all_forces) {
    areas = view.snapshot->areas().of_kind(register_::AreaKind::community_safety_partnership, view.as_at);
  } else if (view.force != nullptr) {
    areas = view.snapshot->areas().constituents(view.force->code, register_::AreaKind::community_safety_partnership,
                                                view.as_at);
  }
  const auto year = view.snapshot->population_year_for(view.shown);
  for (const register_::Area* area : areas) {
    const register_::Area* force = view.snapshot->areas().force_of(area->code, view.as_at);
    if (force == nullptr || !view.snapshot->force_index(force->code)) continue;
    View one = view;
    one.area = area;
    figures::Address people{"population", {}};
    people.parameters.values = {
        {"area", area->code}, {"year", year ? std::to_string(*year) : ""}, {"as-at", view.as_at_text}};
    std::erase_if(people.parameters.values, [](const auto& pair) { return pair.second.empty(); });
    const auto compared = registry.ask(one.figure("rate-compared", {{"peers", peers}}), view.viewer, Detail::value);
    table.rows.push_back({exports::text_cell(area->name).linked(crime_page(view, area->code, view.type)),
                          exports::text_cell(force->name), cell_of(registry.ask(people, view.viewer, Detail::value)),
                          cell_of(registry.ask(one.figure("crimes"), view.viewer, Detail::value)),
                          cell_of(registry.ask(one.figure("rate"), view.viewer, Detail::value)), cell_of(compared),
                          exports::text_cell(compared ? compared->working.in_words : compared.error().message)});
  }
  Words funnel = "Funnel plot: where the rate lies against the average at its population (";
  funnel += as_setting("95% and 99.8%");
  funnel += " limits, ";
  funnel += as_name("Spiegelhalter 2005");
  table.notes = {funnel +
                 "). Where areas differ more than chance allows, the limits are widened by the spread between them: "
                 "within them then means like "
                 "the others, and not chance."};
  keep_small_ones(table, view, no_total());
  evidence::carry_category(table, view.type, view.shown);
  table.sources = source_lines(view);
  return table;
}

Table lsoa_table(const Registry& registry, const View& view) {
  Table table{.id = "lsoas",
              .title = tr("LSOAs of {0}: {1}, {2}", {view.area->name, lowered(view.type_name), view.shown.text()})};
  table.columns = {{"lsoa", tr("LSOA"), ColumnKind::text, {}, true},
                   kCode,
                   {"crimes", as_name(evidence::heading_of_type(view.type)), ColumnKind::integer, {}, true},
                   {"rate", tr("Rate"), ColumnKind::decimal, as_name(kRateUnit), true}};
  const register_::Areas& areas = view.snapshot->areas();
  const auto lsoas = areas.lsoas(view.area->code, view.as_at);
  if (lsoas == nullptr) return table;
  const auto rate_of_area = registry.ask(view.figure("rate"), view.viewer, Detail::value);
  const register_::Vintages vintages = evidence::vintages_of(*view.snapshot, *view.selection, view.shown);
  const register_::ComparableZones zones =
      register_::comparable_zones(*lsoas, vintages, [&](std::string_view code) { return areas.zone_of(code); });
  for (const register_::ComparableZone& zone : zones.zones) {
    const std::string code = zone.code();
    const auto figure = [&](const char* kind) {
      figures::Address address = view.figure(kind, {{"area", code.find(',') == std::string::npos ? code : ""}});
      if (code.find(',') != std::string::npos) address.parameters.values["lsoas"] = code;
      return registry.ask(address, view.viewer, Detail::value);
    };
    std::vector<std::string> names;
    for (const std::string& one : split(code, ','))
      if (const register_::Area* area = areas.find(one)) names.push_back(area->name);
    if (names.empty()) continue;
    exports::Cell name = exports::text_cell(joined(names, " and "));
    if (names.size() == 1) name = name.linked(crime_page(view, code, view.type));
    table.rows.push_back(
        {name, exports::text_cell(code), cell_of(figure("crimes")), rate_per_resident(figure("rate"), rate_of_area)});
  }
  table.notes = {std::string(vintages.both() ? "LSOAs of 2011 until May 2023 and of 2021 from June 2023, put together "
                                               "by the exact fit: where an LSOA was split, merged or divided "
                                               "anew, all that belongs together counts as one."
                             : vintages.of_2021 ? "LSOAs of 2021, as in the files from June 2023."
                                                : "LSOAs of 2011, as in the files until May 2023.") +
                 " Points are moved to a street or a place nearby before publication, so neighbouring LSOAs can lend "
                 "each other crimes."};
  if (!zones.cut.empty())
    table.notes.push_back(
        zones.cut.size() == 1
            ? tr("{0} across the edge of {1} in one of the two censuses, and is not listed.",
                 {plural(static_cast<std::int64_t>(zones.cut.size()), "zone lies", "zones lie"), view.area->name})
            : tr("{0} across the edge of {1} in one of the two censuses, and are not listed.",
                 {plural(static_cast<std::int64_t>(zones.cut.size()), "zone lies", "zones lie"), view.area->name}));
  if (std::string renewed = evidence::map_points_note(view.shown); !renewed.empty())
    table.notes.push_back(marked(renewed, {as_date("July 2022")}));
  if (view.viewer.protect_small_numbers)
    table.notes.push_back(marked("Counts under 5 are shown only to people who are signed in.", {as_setting("5")}));
  keep_small_ones(table, view, registry.ask(view.figure("crimes"), view.viewer, Detail::value));
  evidence::carry_category(table, view.type, view.shown);
  table.sources = source_lines(view);
  return table;
}

Table wards_table(const Registry& registry, const View& view) {
  Table table{.id = "wards",
              .title = tr("Wards of {0}, by best fit: {1}, {2}",
                          {view.area->name, lowered(view.type_name), view.shown.text()})};
  table.columns = {{"ward", tr("Ward"), ColumnKind::text, {}, true},
                   kCode,
                   {"crimes", as_name(evidence::heading_of_type(view.type)), ColumnKind::integer, {}, true},
                   {"rate", tr("Rate"), ColumnKind::decimal, as_name(kRateUnit), true}};
  for (const register_::Area* area :
       view.snapshot->areas().constituents(view.area->code, register_::AreaKind::ward, view.as_at)) {
    View one = view;
    one.area = area;
    table.rows.push_back({exports::text_cell(area->name).linked(crime_page(view, area->code, view.type)),
                          exports::text_cell(area->code),
                          cell_of(registry.ask(one.figure("crimes"), view.viewer, Detail::value)),
                          cell_of(registry.ask(one.figure("rate"), view.viewer, Detail::value))});
  }
  table.notes = {
      "Each ward stands for the whole LSOAs of 2021 that mostly lie in it (a best fit), not for its own outline."};
  if (view.viewer.protect_small_numbers)
    table.notes.push_back(marked("Counts under 5 are shown only to people who are signed in.", {as_setting("5")}));
  keep_small_ones(table, view, no_total());
  evidence::carry_category(table, view.type, view.shown);
  table.sources = source_lines(view);
  return table;
}

Table districts_table(const Registry& registry, const View& view) {
  Table table{.id = "districts",
              .title = tr("Districts of {0}: {1}, {2}", {view.area->name, lowered(view.type_name), view.shown.text()})};
  table.columns = {{"district", tr("District"), ColumnKind::text, {}, true},
                   kCode,
                   {"crimes", as_name(evidence::heading_of_type(view.type)), ColumnKind::integer, {}, true},
                   {"rate", tr("Rate"), ColumnKind::decimal, as_name(kRateUnit), true}};
  for (const register_::Area* area :
       view.snapshot->areas().constituents(view.area->code, register_::AreaKind::district, view.as_at)) {
    View one = view;
    one.area = area;
    table.rows.push_back({exports::text_cell(area->name).linked(crime_page(view, area->code, view.type)),
                          exports::text_cell(area->code),
                          cell_of(registry.ask(one.figure("crimes"), view.viewer, Detail::value)),
                          cell_of(registry.ask(one.figure("rate"), view.viewer, Detail::value))});
  }
  keep_small_ones(table, view, registry.ask(view.figure("crimes"), view.viewer, Detail::value));
  evidence::carry_category(table, view.type, view.shown);
  table.sources = source_lines(view);
  return table;
}

Table coverage_table(const View& view) {
  Table table{.id = "coverage",
              .title = tr("Months of {0}, {1}",
                          {(view.force != nullptr ? view.force->name : view.area->name), view.shown.text()})};
  table.columns = {{"month", tr("Month"), ColumnKind::text},
                   {"force", tr("Force"), ColumnKind::text},
                   {"state", tr("State"), ColumnKind::text},
                   {"rows", tr("Rows"), ColumnKind::integer},
                   {"without", tr("Without an LSOA"), ColumnKind::integer},
                   {"vintage", tr("LSOAs of"), ColumnKind::text}};
  const auto ledger = view.snapshot->ledger();
  for (auto entry = ledger.rbegin(); entry != ledger.rend(); ++entry) {
    bool counts = false;
    for (const int force : view.selection->forces) counts = counts || force == entry->force;
    if (!counts || !view.shown.contains(entry->month)) continue;
    std::string state(evidence::name_of(entry->state));
    if (entry->suspect()) state += ", suspect: " + joined(entry->reasons(), "; ");
    const bool there = entry->state == evidence::FileState::submitted;
    const auto counted = [&](exports::Cell cell, const char* of) {
      return cell.explained(
          figures::number_part(evidence::file_rows_address(
                                   view.snapshot->forces()[static_cast<std::size_t>(entry->force)], entry->month, of),
                               "", cell.text, "Rows of the file that counts"));
    };
    auto month = exports::text_cell(Words(entry->month)).as(Numeral::Kind::date);
    if (entry->source_file != 0) month = month.linked(html::Url::parse(sources::page_of(entry->source_file)));
    table.rows.push_back(
        {month, exports::text_cell(view.snapshot->forces()[static_cast<std::size_t>(entry->force)].name),
         exports::text_cell(state),
         there ? counted(exports::integer_cell(entry->rows), "rows")
               : exports::unknown_cell(tr("Not submitted: missing, not zero.")),
         there ? counted(exports::integer_cell(entry->without_lsoa), "without-lsoa")
               : exports::unknown_cell(tr("Not submitted.")),
         exports::text_cell(entry->lsoa_vintage == 0 ? Words("not known")
                                                     : Words(as_date(std::to_string(entry->lsoa_vintage))))});
  }
  return table;
}

}  // namespace tithing::assessment
