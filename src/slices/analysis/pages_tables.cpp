#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/marked.h"
#include "base/text.h"
#include "base/translation.h"
#include "desks/figures/cells.h"
#include "figures/numbers.h"
#include "slices/analysis/kinds_parts.h"
#include "slices/analysis/pages_parts.h"
#include "slices/evidence/category_marks.h"
#include "slices/evidence/crime_types.h"
#include "slices/evidence/extent.h"
#include "statistics/describe.h"
#include "statistics/hotspots.h"
#include "statistics/seasonal.h"
#include "statistics/two_periods.h"
#include "statistics/xmr.h"

namespace tithing::analysis {
namespace {

using exports::ColumnKind;
using exports::Table;
using figures::Detail;

const std::string kNoNeighbour = "It has no neighbour here.";

}  // namespace

exports::Lines sources_of(Period period) {
  return {Words("Recorded crime and anti-social behaviour: data.police.uk street-level files, ") + period + ". " +
          as_name("Open Government Licence v3.0") + "."};
}

exports::Cell decimal_or(const std::optional<double>& number, int decimals, const std::string& why) {
  return number ? exports::decimal_cell(*number, decimals) : exports::unknown_cell(why);
}

exports::Cell p_cell(const std::optional<double>& p, const std::string& why) {
  if (!p) return exports::unknown_cell(why);
  // An export keeps the digits that tell how small it is.
  const int decimals = *p > 0 ? std::clamp(static_cast<int>(std::ceil(-std::log10(*p))) + 1, 4, 15) : 15;
  exports::Cell cell = exports::decimal_cell(*p, decimals);
  cell.text = *p < 0.0001 ? "<0.0001" : fixed(*p, 4);
  return cell;
}

exports::Cell explained_in(exports::Cell cell, const std::optional<figures::Address>& figure,
                           const std::string& place) {
  if (!figure || !cell.numeric()) return cell;
  if (cell.text.starts_with('<') && cell.real) cell.text = p_shown(*cell.real);
  return cell.explained(figures::number_part(*figure, place, cell.text));
}

exports::Cell in_working_cell(exports::Cell cell, const figures::Figure* figure, std::string_view label) {
  if (!cell.numeric()) return cell;
  const Words words = in_working(figure, label, cell.text);
  return words.plain() ? cell : cell.explained(words.pieces().front());
}

MonthlySeries monthly_series(const figures::Registry& registry, const View& view) {
  MonthlySeries out;
  out.period = view.found.period;
  if (auto why = evidence::no_series_across(view.question.type, out.period)) out.broken = std::move(*why);
  for (Month month = out.period.from; month <= out.period.to; month = month.plus(1)) {
    auto count =
        registry.ask(view.figure("crimes", {{"from", month.iso()}, {"to", month.iso()}}), view.viewer, Detail::value);
    const bool whole_month = count && count->quantity.known() && !count->quantity.partial;
    out.withheld = out.withheld || (count && count->quantity.state() == figures::Quantity::State::suppressed);
    out.values.push_back(whole_month ? std::optional(count->quantity.number()) : std::nullopt);
    out.counts.push_back(count ? std::move(*count) : figures::Figure{});
  }
  std::size_t begin = out.values.size();
  while (begin > 0 && out.values[begin - 1]) --begin;
  for (std::size_t i = begin; i < out.values.size(); ++i) out.in_row.push_back(*out.values[i]);
  out.whole = {out.period.from.plus(static_cast<int>(begin)), out.period.to};
  return out;
}

Result<statistics::Xmr> control_chart(const View& view, const std::vector<std::optional<double>>& values, Month first) {
  if (!values.empty()) {
    const Period period{first, first.plus(static_cast<int>(values.size()) - 1)};
    if (const auto why = evidence::no_series_across(view.question.type, period)) return invalid(*why);
    if (const auto why = evidence::too_few_months(evidence::which_known(values), period)) return invalid(*why);
  }
  statistics::XmrOptions options;
  options.natural_floor = true;
  options.least = statistics::kLeastForLimits;
  options.two_of_three = view.two_of_three;
  if (view.limits_from)
    if (const int at = view.limits_from->index() - first.index(); at > 0 && at < static_cast<int>(values.size()))
      options.rebase_at = {static_cast<std::size_t>(at)};
  return statistics::xmr(values, options);
}

Table series_table(const View& view, const MonthlySeries& series) {
  Table table{
      .id = "series",
      .title = tr("{0} in {1} by month, {2}", {view.found.type_name, view.found.area->name, series.period.text()})};
  table.columns = {{"month", tr("Month"), ColumnKind::text},
                   {"crimes", as_name(evidence::heading_of_type(view.question.type)), ColumnKind::integer}};
  const bool adjusted =
      !series.withheld && series.broken.empty() && series.in_row.size() >= static_cast<std::size_t>(kLeastMonths);
  std::optional<statistics::Decomposition> parts;
  if (adjusted)
    if (auto made = statistics::stl(series.in_row)) parts = std::move(*made);
  if (parts) {
    table.columns.push_back({"adjusted", tr("Adjusted for the season"), ColumnKind::decimal});
    table.columns.push_back({"trend", tr("Trend"), ColumnKind::decimal});
  }
  auto rolling = series.withheld ? std::vector<std::optional<double>>(series.values.size())
                                 : statistics::rolling_sums(series.values);
  // Twelve months are added up where they are of one sense.
  std::vector<bool> across(rolling.size(), false);
  for (std::size_t i = 0; i < rolling.size(); ++i) {
    const Month last = series.period.from.plus(static_cast<int>(i));
    across[i] = rolling[i] && !evidence::category_steps(view.question.type, {last.plus(-11), last}).empty();
    if (across[i]) rolling[i].reset();
  }
  const bool year = std::any_of(rolling.begin(), rolling.end(), [](const auto& sum) { return sum.has_value(); });
  if (year) table.columns.push_back({"year", tr("Last twelve months"), ColumnKind::integer});
  table.columns.push_back({"signal", tr("Signal"), ColumnKind::text});
  const std::size_t begin = series.values.size() - series.in_row.size();
  std::vector<std::optional<double>> charted = series.values;
  if (parts) {
    charted.assign(series.values.size(), std::nullopt);
    for (std::size_t i = 0; i < series.in_row.size(); ++i) charted[begin + i] = parts->adjusted[i];
  }
  const auto chart = control_chart(view, charted, series.period.from);
  for (std::size_t i = 0; i < series.values.size(); ++i) {
    const std::string month = series.period.from.plus(static_cast<int>(i)).text();
    std::string signal = series.withheld          ? "withheld"
                         : !series.values[i]      ? "not known"
                         : !series.broken.empty() ? std::string(evidence::kNotToldAcross)
                         : !charted[i]            ? "not known"
                         : !chart || !chart->groups[chart->points[i].group].has_limits
                             ? chart && chart->groups[chart->points[i].group].why_none == statistics::NoLimits::no_width
                                   ? "not told: limits of no width"
                                   : "too few months"
                             : std::string(statistics::words(chart->points[i].signal));
    if (signal.empty()) signal = "none";
    exports::Row row = {exports::text_cell(month), figures::cell_of(series.counts[i])};
    for (const auto* part : {parts ? &parts->adjusted : nullptr, parts ? &parts->trend : nullptr})
      if (part != nullptr)
        row.push_back(i >= begin ? exports::decimal_cell((*part)[i - begin], 1)
                                 : exports::unknown_cell(tr("Before a month that is missing.")));
    if (year)
      row.push_back(rolling[i]
                        ? exports::integer_cell(static_cast<std::int64_t>(*rolling[i]))
                        : exports::unknown_cell(across[i] ? tr("The category changed within these twelve months.")
                                                          : tr("Fewer than twelve months in a row.")));
    row.push_back(exports::text_cell(signal));
    table.rows.push_back(std::move(row));
  }
  table.notes = {parts ? marked("Adjusted: less the season of STL (Cleveland and others 1990). Signals: XmR rules on "
                                "the adjusted series.",
                                {as_name("Cleveland and others 1990")})
                       : Words("Signals: XmR rules on the series as it is. Crime has seasons, so a signal is a "
                               "question, not an answer."),
                 statistics::limits_words({}), statistics::rule_words(view.two_of_three)};
  if (!series.broken.empty()) table.notes.insert(table.notes.begin(), dated(series.broken));
  table.sources = sources_of(series.period);
  return table;
}

Result<Table> forecast_table(const figures::Registry& registry, const View& view, const MonthlySeries& series) {
  if (!series.broken.empty()) return invalid(series.broken);
  if (series.in_row.size() < static_cast<std::size_t>(kLeastMonths))
    return invalid(tr("A forecast that knows the season needs {0} months in a row; there are {1}.",
                      {std::to_string(kLeastMonths), std::to_string(series.in_row.size())}));
  Table table{.id = "forecast",
              .title = tr("Forecast of {0} in {1}", {lowered(view.found.type_name), view.found.area->name})};
  table.columns = {
      {"month", tr("Month"), ColumnKind::text},
      {"mean", tr("Forecast"), ColumnKind::decimal, as_name(std::string(evidence::unit_of_type(view.question.type)))},
      {"low", tr("From (95%)"), ColumnKind::decimal},
      {"high", tr("To (95%)"), ColumnKind::decimal}};
  for (int ahead = 1; ahead <= 12; ++ahead) {
    const Month month = series.whole.to.plus(ahead);
    const auto one = registry.ask(
        view.figure("forecast",
                    {{"from", series.whole.from.iso()}, {"to", series.whole.to.iso()}, {"month", month.iso()}}),
        view.viewer, Detail::value);
    if (!one) return pass_on(one);
    const auto& interval = one->quantity.interval;
    table.rows.push_back(
        {exports::text_cell(month.text()), figures::cell_of(one),
         interval ? exports::decimal_cell(interval->low, 0) : exports::unknown_cell(tr("There is no interval.")),
         interval ? exports::decimal_cell(interval->high, 0) : exports::unknown_cell(tr("There is no interval."))});
    if (ahead == 1) {
      table.notes = one->working.caveats;
      if (!one->working.in_words.empty()) table.notes.insert(table.notes.begin(), one->working.in_words);
    }
  }
  table.sources = sources_of(series.whole);
  return table;
}

Table change_table(const figures::Registry& registry, const View& view) {
  const auto periods = view.question.before
                           ? std::optional(TwoPeriods{*view.question.before, view.found.period, view.same_months})
                           : two_periods(view.found.available, view.found.period);
  Table table{.id = "change",
              .title = periods ? tr("Change in {0}: {1} against {2}",
                                    {view.found.area->name, periods->after.text(), periods->before.text()})
                               : tr("Change in {0}", {view.found.area->name})};
  table.columns = {{"type", tr("Crime type"), ColumnKind::text, {}, true},
                   {"before", tr("Before"), ColumnKind::integer, {}, true},
                   {"after", tr("After"), ColumnKind::integer, {}, true},
                   {"change", tr("Change per day"), ColumnKind::per_cent, {}, true},
                   {"verdict", tr("Is it more than chance?"), ColumnKind::text, {}, true}};
  if (!periods) {
    table.notes = {"There is one month only, so nothing to compare it with."};
    return table;
  }
  std::optional<std::string> added;
  const auto add = [&](const std::string& slug, const std::string& name) {
    const auto count = [&](Period period) {
      return registry.ask(view.figure("crimes", {{"type", slug}, {"from", period.from.iso()}, {"to", period.to.iso()}}),
                          view.viewer, Detail::value);
    };
    const auto change = registry.ask(view.figure("change", {{"type", slug},
                                                            {"from", periods->after.from.iso()},
                                                            {"to", periods->after.to.iso()},
                                                            {"base-from", periods->before.from.iso()},
                                                            {"base-to", periods->before.to.iso()}}),
                                     view.viewer, Detail::value);
    if (change && !added) added = evidence::added_by_fit(change->coverage);
    const Words verdict = !change                             ? Words(change.error().message)
                          : !change->working.in_words.empty() ? told(*change)
                                                              : Words(change->quantity.reason());
    table.rows.push_back({exports::text_cell(name), figures::cell_of(count(periods->before)),
                          figures::cell_of(count(periods->after)), figures::cell_of(change),
                          exports::text_cell(verdict)});
  };
  std::vector<std::string> slugs;
  for (const evidence::TypeChoice& choice : evidence::type_choices(*view.snapshot)) {
    add(choice.slug, choice.name);
    slugs.push_back(choice.slug);
  }
  table.notes = {
      "The interval is mid-P on the conditional binomial of two Poisson counts; a verdict needs at least ten crimes or "
      "incidents."};
  if (!periods->same_months)
    table.notes.push_back(
        tr("The two periods are different parts of the year: the season may do all of the change, so there "
           "is no verdict."));
  table.notes.push_back(
      tr("Of many types one in twenty would look changed by chance alone, and more where crimes come in "
         "bursts."));
  table.notes.push_back(marked(statistics::kIndependent, {as_setting("17 of 100"), as_setting("38"), as_setting("5")}));
  if (added) table.notes.push_back(dated(*added + "."));
  evidence::carry_categories(table, slugs, months_told(view, "change"));
  table.sources = sources_of(
      {std::min(periods->before.from, periods->after.from), std::max(periods->before.to, periods->after.to)});
  return table;
}

Result<Table> hot_spot_table(const View& view, const Study& study, const figures::Figure* figure) {
  if (!study.hot) return pass_on(study.hot);
  const Places& places = study.placed;
  const Hot& hot = *study.hot;
  // The history asks the same of each month, of all months together.
  std::vector<std::string> history(places.codes.size());
  std::vector<std::vector<bool>> by_month(places.codes.size());
  bool told = false;
  if (view.found.period.months() >= 2 && study.across.empty())
    if (const auto months = hot_months(study)) {
      told = true;
      for (const Hot& month : *months)
        for (std::size_t i = 0; i < by_month.size(); ++i) by_month[i].push_back(month.hot[i]);
    }
  if (told)
    if (const auto found = statistics::hotspot_histories(by_month))
      for (std::size_t i = 0; i < history.size(); ++i) history[i] = statistics::words((*found)[i]);
  const double mean =
      std::accumulate(places.counts.begin(), places.counts.end(), 0.0) / static_cast<double>(places.counts.size());
  std::vector<std::size_t> order(places.codes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto z_of = [&](std::size_t i) { return hot.z[i].value_or(-1e9); };
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return z_of(a) != z_of(b) ? z_of(a) > z_of(b) : a < b; });
  Table table{.id = "hot-spots", .title = tr("Hot spots: {0}", {view.title()})};
  table.columns = {{"lsoa", tr("LSOA"), ColumnKind::text, {}, true},
                   {"code", tr("Code"), ColumnKind::text, {}, true},
                   {"crimes", as_name(evidence::heading_of_type(view.question.type)), ColumnKind::integer, {}, true},
                   {"z", tr("Gi*"), ColumnKind::decimal, tr("z"), true},
                   {"p", tr("p"), ColumnKind::decimal, tr("two-sided"), true},
                   {"rate", tr("False discovery rate"), ColumnKind::decimal, {}, true},
                   {"called", tr("Called"), ColumnKind::text, {}, true},
                   {"like", tr("Local Moran"), ColumnKind::text, {}, true},
                   {"history", tr("Month by month"), ColumnKind::text, {}, true}};
  for (const std::size_t i : order) {
    std::string like = "no clear likeness";
    if (study.local_moran && (*study.local_moran)[i] && study.local_moran_rate[i].value_or(1) <= 0.05) {
      const bool high = places.counts[i] > mean, same = (*study.local_moran)[i]->z > 0;
      like = same ? (high ? "high among high" : "low among low") : (high ? "high among low" : "low among high");
    }
    // What has no neighbour has no figure of its own.
    const auto place =
        hot.z[i] && hot.p[i] ? std::optional(view.figure("lsoa-gi", {{"lsoa", places.codes[i]}})) : std::nullopt;
    table.rows.push_back(
        {exports::text_cell(places.names[i]), exports::text_cell(places.codes[i]).as(Numeral::Kind::code),
         explained_in(exports::integer_cell(static_cast<std::int64_t>(places.counts[i])), place, kPlaceCount),
         explained_in(decimal_or(hot.z[i], 2, kNoNeighbour), place, ""),
         explained_in(p_cell(hot.p[i], kNoNeighbour), place, kPlaceP),
         explained_in(p_cell(hot.false_discovery_rate[i], kNoNeighbour), place, kPlaceRate),
         exports::text_cell(hot.hot[i]    ? tr("hot")
                            : hot.cold[i] ? tr("cold")
                                          : tr("no clear sign")),
         exports::text_cell(like), exports::text_cell(history[i].empty() ? "not told" : history[i])});
  }
  table.notes = {
      marked("Called hot or cold at a false discovery rate of 5% over all LSOAs listed (Benjamini & Hochberg 1995). "
             "Neighbours share at least a corner; Gi* takes in the LSOA itself (Ord & Getis 1995).",
             {as_setting("5%"), as_name("Benjamini & Hochberg 1995"), as_name("Ord & Getis 1995")}),
      exact_p_words(),
      marked("Month by month: the same question asked of each month, with one false discovery rate of 5% over all of "
             "them; "
             "persistent is hot in the last month and in at least four fifths of all. What is hot over all months "
             "together may be hot in "
             "no month by itself: one month holds fewer crimes to tell by.",
             {as_setting("5%")})};
  if (!hot.can_call) table.notes.insert(table.notes.begin(), too_few_to_tell("LSOAs"));
  for (Words& note : place_notes(places, view, figure)) table.notes.push_back(std::move(note));
  table.sources = sources_of(view.found.period);
  return table;
}

Result<Table> concentration_table(const View& view, const Study& study, const figures::Figure* figure) {
  if (!study.concentration) return pass_on(study.concentration);
  Table table{.id = "concentration", .title = tr("Concentration: {0}", {view.title()})};
  table.columns = {{"events", tr("Share of crimes"), ColumnKind::per_cent},
                   {"places", tr("are in this share of LSOAs"), ColumnKind::per_cent},
                   {"number", tr("LSOAs"), ColumnKind::integer}};
  for (const double share : kLorenzShares) {
    const double places = study.concentration->places_for(share);
    table.rows.push_back({exports::per_cent_cell(share, 0).as(Numeral::Kind::setting),
                          in_working_cell(exports::per_cent_cell(places, 1), figure, lorenz_label(share, true)),
                          in_working_cell(exports::integer_cell(lorenz_places(*study.concentration, share)), figure,
                                          lorenz_label(share, false))});
  }
  table.notes = {"The busiest LSOAs first: the Lorenz curve in eight points."};
  for (Words& note : place_notes(study.places, view, figure)) table.notes.push_back(std::move(note));
  table.sources = sources_of(view.found.period);
  return table;
}

Table cluster_table(const View& view, const Study& study, const statistics::Scan& scan, const figures::Figure* figure) {
  Table table{.id = "clusters", .title = tr("Clusters in place and time: {0}", {view.title()})};
  table.columns = {{"centre", tr("Around"), ColumnKind::text, {}, true},
                   {"lsoas", tr("LSOAs"), ColumnKind::integer, {}, true},
                   {"months", tr("Months"), ColumnKind::text},
                   {"observed", as_name(evidence::heading_of_type(view.question.type)), ColumnKind::integer, {}, true},
                   {"expected", tr("Expected"), ColumnKind::decimal, {}, true},
                   {"ratio", tr("Over expected"), ColumnKind::decimal, {}, true},
                   {"llr", tr("Log-likelihood ratio"), ColumnKind::decimal, {}, true},
                   {"p", tr("p"), ColumnKind::decimal, tr("simulated"), true},
                   {"gumbel", tr("p"), ColumnKind::decimal, tr("Gumbel"), true},
                   {"members", tr("Which"), ColumnKind::text}};
  const auto address = view.figure("scan-cluster");
  for (std::size_t at_cluster = 0; at_cluster < scan.clusters.size(); ++at_cluster) {
    const auto& cluster = scan.clusters[at_cluster];
    const auto place = [&](std::size_t which) {
      return std::to_string(kFirstCluster + kClusterNumbers * at_cluster + which);
    };
    std::vector<std::string> members;
    for (const auto at : cluster.locations) members.push_back(study.placed.names[at]);
    const std::string list = members.size() <= 8 ? joined(members, ", ")
                                                 : joined({members.begin(), members.begin() + 8}, ", ") + " and " +
                                                       std::to_string(members.size() - 8) + " more";
    const Month from = view.found.period.from.plus(static_cast<int>(cluster.from)),
                to = view.found.period.from.plus(static_cast<int>(cluster.to));
    table.rows.push_back(
        {exports::text_cell(study.placed.names[cluster.centre]).as(Numeral::Kind::name),
         explained_in(exports::integer_cell(static_cast<std::int64_t>(cluster.locations.size())), address, place(0)),
         exports::text_cell(Period{from, to}),
         explained_in(exports::integer_cell(static_cast<std::int64_t>(cluster.observed)), address, place(1)),
         explained_in(exports::decimal_cell(cluster.expected, 1), address, place(2)),
         cluster.expected > 0
             ? explained_in(exports::decimal_cell(static_cast<double>(cluster.observed) / cluster.expected, 2), address,
                            place(3))
             : exports::unknown_cell(tr("Nothing was expected.")),
         explained_in(exports::decimal_cell(cluster.log_likelihood_ratio, 2), address, place(4)),
         explained_in(exports::decimal_cell(cluster.p, 3), address, place(5)),
         explained_in(p_cell(cluster.gumbel_p, ""), address, place(6)),
         exports::text_cell(list).as(Numeral::Kind::name)});
  }
  table.notes = {
      Words("Space-time permutation scan (") + as_name("Kulldorff and others 2005") +
          "): circles of whole LSOAs with at most half of the crimes, intervals of at most half of the months, " +
          as_setting(std::to_string(kPageSimulations)) + " simulations, seed " + as_setting(std::to_string(kSeed)) +
          ". Simulated counts are as uneven as these (variance = mean + " +
          in_working(figure, kSpreadLabel, significant(scan.spread, 4)) + " x " + as_name("mean^2") + ").",
      marked("Only the first cluster's p is exact; later ones are compared with the same maxima. A p above 0.05 may "
             "well be "
             "chance.",
             {as_setting("0.05")})};
  for (Words& note : place_notes(study.placed, view, figure)) table.notes.push_back(std::move(note));
  table.sources = sources_of(view.found.period);
  return table;
}

Table effect_table(const figures::Registry& registry, const View& view) {
  Table table{.id = "did-it-work",
              .title = tr("Before and after: {0}, {1} and {2}",
                          {view.found.type_name, view.before.text(), view.found.period.text()})};
  table.columns = {{"area", tr("Area"), ColumnKind::text},
                   {"group", tr("Part"), ColumnKind::text},
                   {"before", tr("Before"), ColumnKind::integer, as_name(view.before.text())},
                   {"after", tr("After"), ColumnKind::integer, as_name(view.found.period.text())}};
  const std::vector<std::pair<std::vector<std::string>, const char*>> groups = {
      {{view.found.area->code}, "where it was done"},
      {view.question.comparison, "comparison"},
      {view.question.around, "around where it was done"},
      {view.question.around_the_comparison, "around the comparison"}};
  for (const auto& [codes, part] : groups)
    for (const std::string& code : codes) {
      const auto* area = view.snapshot->areas().find(code);
      const auto count = [&](Period period) {
        return registry.ask(
            view.figure("crimes", {{"area", code}, {"from", period.from.iso()}, {"to", period.to.iso()}}), view.viewer,
            Detail::value);
      };
      table.rows.push_back({exports::text_cell(area == nullptr ? code : area->name), exports::text_cell(part),
                            figures::cell_of(count(view.before)), figures::cell_of(count(view.found.period))});
    }
  table.notes = {"The areas and months chosen are part of the result."};
  table.sources =
      sources_of({std::min(view.before.from, view.found.period.from), std::max(view.before.to, view.found.period.to)});
  return table;
}

exports::Lines place_notes(const Places& places, const View& view, const figures::Figure* figure) {
  exports::Lines lines;
  for (const std::string& note : places.notes) {
    if (note == places.extent.sentence())
      lines.push_back(extent_words(places.extent, figure));
    else if (note == evidence::map_points_note(view.found.period))
      lines.push_back(marked(note, {as_date(Month::from_ym(2022, 7))}));
    else if (note.starts_with("LSOAs of 2011 until"))
      lines.push_back(marked(note, {as_date("2011"), as_date("May 2023"), as_date("2021"), as_date("June 2023")}));
    else if (note.starts_with("LSOAs of 20"))
      lines.push_back(marked(
          note, {as_date(note.substr(9, 4)), as_date(note.starts_with("LSOAs of 2011") ? "May 2023" : "June 2023")}));
    else
      lines.push_back(note);
  }
  return lines;
}

Result<Table> table_for(const std::string& name, const figures::Registry& registry, Studies& studies,
                        const View& view) {
  if (name == "change") return change_table(registry, view);
  if (name == "did-it-work") return effect_table(registry, view);
  if (name == "series") return series_table(view, monthly_series(registry, view));
  if (name == "signals") return signals_table(registry, view);
  if (name == "forecast") return forecast_table(registry, view, monthly_series(registry, view));
  if (name == "hot-spots" || name == "concentration" || name == "clusters") {
    const auto study = studies.study(*view.snapshot, view.question, view.found);
    if (!study) return pass_on(study);
    if (name == "hot-spots") return hot_spot_table(view, **study);
    if (name == "concentration") return concentration_table(view, **study);
    const auto scan = studies.scan(*view.snapshot, view.question, view.found);
    if (!scan) return pass_on(scan);
    return cluster_table(view, **study, **scan);
  }
  if (name == "grid" || name == "grid-test" || name == "density") {
    const auto study = name == "density" ? studies.grids().for_density(*view.snapshot, view.question, view.found,
                                                                       view.cell, view.density)
                                         : studies.grids().study(*view.snapshot, view.question, view.found, view.cell);
    if (!study) return pass_on(study);
    if (name == "grid") return grid_table(view, **study);
    return name == "density" ? density_table(view, **study) : grid_test_table(view, **study);
  }
  return not_found(tr("There is no such table. Go back to the page and use the links under its tables."));
}

}  // namespace tithing::analysis
