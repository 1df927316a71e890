#include "slices/analysis/pages_parts.h"

#include <algorithm>

#include "base/marked.h"
#include "base/text.h"
#include "charts/lorenz.h"
#include "charts/series.h"
#include "desks/figures/desk.h"
#include "exports/csv.h"
#include "exports/xlsx.h"
#include "figures/numbers.h"
#include "forms/form.h"
#include "govuk/components.h"
#include "slices/analysis/kinds_parts.h"
#include "slices/evidence/category_marks.h"
#include "slices/evidence/crime_types.h"
#include "slices/register/area_picker.h"
#include "statistics/seasonal.h"
#include "web/form_parts.h"

namespace tithing::analysis {
namespace {

using figures::Detail;
using html::Markup;
using html::Url;
using html::Writer;
using web::Access;
using web::Answer;
using web::Context;

// A question that the room answers, and who may see the answer: LSOAs one by one are for people who are signed in.
struct Page {
  std::string name;
  std::string title;  // of the page, before "in York"
  Message link;
  Message answers;
  bool by_lsoa = false;
};

std::vector<Page> all_pages() {
  return {
      {"change", "Change of crime", tr("Change"), tr("Is the change more than chance, for each crime type?"), false},
      {"series", "Crime month by month", tr("Month by month"),
       tr("The season, signals beside it, and the year to come."), false},
      {"signals", "Signals of control charts", tr("Signals"),
       tr("Which crime types' charts stand out, when chance alone gives some signals?"), false},
      {"hot-spots", "Hot spots of crime", tr("Hot spots"),
       tr("Which LSOAs would not be there by chance, and since when?"), true},
      {"grid", "Hot spots of crime on a grid", tr("Hot spots on a grid"),
       tr("Which squares would not be there by chance, since when, and would they have held what came after?"), true},
      {"density", "Density of crime", tr("Density"), tr("Where are crimes thick on the ground?"), true},
      {"concentration", "Concentration of crime", tr("Concentration"), tr("How few LSOAs hold how much?"), true},
      {"clusters", "Clusters of crime", tr("Clusters"), tr("What belongs together in place and time?"), true},
      {"did-it-work", "Did it work?", tr("Did it work?"), tr("Before and after, beside areas where nothing was done."),
       false},
      {"near-repeat", "Near repeats", tr("Near repeats"), tr("Why published crimes cannot tell."), false},
  };
}

enum class Form { period, series, two_periods, with_comparison };

// Areas like this one, in its force or beside it, named where others are chosen: at most twelve.
std::string some_like_it(const View& view) {
  std::vector<std::string> names;
  const auto name = [&](const register_::Area* area) {
    if (area != nullptr && area != view.found.area && names.size() < 12) names.push_back(area->name);
  };
  const auto& areas = view.snapshot->areas();
  const auto kind = view.found.area->kind;
  if (kind == register_::AreaKind::police_force_area)
    for (const evidence::Force& force : view.snapshot->forces())
      name(force.area_code.empty() ? nullptr : areas.find(force.area_code));
  else if (view.force != nullptr)
    for (const auto* area : areas.constituents(
             view.force->code,
             kind == register_::AreaKind::district ? kind : register_::AreaKind::community_safety_partnership,
             view.question.as_at))
      name(area);
  return joined(names, ", ");
}

// The three sets of areas of "Did it work?", each written line by line. In the address they are codes.
std::vector<forms::Field> fields_of_effect(const View& view) {
  std::vector<forms::Field> out = {
      {.name = "compare", .label = tr("Comparison areas, where nothing was done")},
      {.name = "around", .label = tr("Areas around this one, where crime could have moved to")},
      {.name = "around-compare", .label = tr("Areas around the comparison areas")}};
  for (forms::Field& field : out) {
    field.kind = forms::Kind::picked;
    field.several = true;
    field.finder = register_::area_finder(
        std::shared_ptr<const register_::Areas>(view.snapshot, &view.snapshot->areas()), view.question.as_at);
  }
  if (const std::string names = some_like_it(view); !names.empty()) out.front().hint = tr("Such as {0}.", {names});
  out[1].hint = out[2].hint = tr("May be empty.");
  return out;
}

forms::Values values_of_effect(const View& view, const Context& context) {
  forms::Values values = forms::values_asked(context);
  values["compare"] = joined(view.question.comparison, ";");
  values["around"] = joined(view.question.around, ";");
  values["around-compare"] = joined(view.question.around_the_comparison, ";");
  return values;
}

// A line of one of them: "compare-2", "around-compare-1-is".
bool is_line(const std::string& name) {
  for (const std::string set : {"compare-", "around-", "around-compare-"})
    if (name.rfind(set, 0) == 0 && name.size() > set.size() && name[set.size()] >= '1' && name[set.size()] <= '9')
      return true;
  return false;
}

// The address of what is chosen, once every name is one area; a problem names the fields where it is not. Nothing where
// no line was sent, or one more is asked for.
Result<std::optional<Url>> address_of_effect(const View& view, const Context& context) {
  forms::Values values = forms::values_asked(context);
  const bool sent = std::any_of(values.begin(), values.end(), [](const auto& one) { return is_line(one.first); });
  if (!sent || !forms::at(values, "add").empty()) return std::optional<Url>();
  const auto fields = fields_of_effect(view);
  if (const Problem wrong = forms::settle_all(fields, values); !wrong.message.empty())
    return tl::unexpected<Problem>(wrong);
  std::vector<std::pair<std::string, std::string>> query;
  for (const auto& [name, value] : context.query)
    if (!is_line(name) && name != "compare" && name.rfind("around", 0) != 0) query.emplace_back(name, value);
  for (const forms::Field& field : fields)
    query.emplace_back(field.name, joined(forms::lines_of(forms::at(values, field.name), ';'), ","));
  return std::optional<Url>(Url::path(context.request->path, {}, query));
}

Markup form(const View& view, const Context& context, Form kind, const Problem& problem = {}) {
  Writer writer(context.language);
  const forms::Values chosen = kind == Form::with_comparison ? values_of_effect(view, context) : forms::Values();
  forms::Form asking(writer, context, chosen, problem);
  asking.begin_asking(Url::parse(context.request->path), "tithing-filters");
  if (!view.as_at_text.empty())
    writer.void_element("input", {{"type", "hidden"}, {"name", "as-at"}, {"value", view.as_at_text}});
  if (kind == Form::two_periods || kind == Form::with_comparison) {
    const auto periods = two_periods(view.found.available, view.found.period);
    const Period before = view.question.before ? *view.question.before : periods ? periods->before : view.found.period;
    month_select(writer, "base-from", tr("Before: from"), view, before.from);
    month_select(writer, "base-to", tr("Before: to"), view, before.to);
    const Period after = view.question.before || !periods ? view.found.period : periods->after;
    month_select(writer, "from", tr("After: from"), view, after.from);
    month_select(writer, "to", tr("After: to"), view, after.to);
  } else {
    month_select(writer, "from", tr("From"), view, view.found.period.from);
    month_select(writer, "to", tr("To"), view, view.found.period.to);
  }
  type_select(writer, view);
  if (kind == Form::series) {
    govuk::SelectParams again{.id = "limits-from",
                              .name = "limits-from",
                              .items = month_items(view.found.available, view.limits_from.value_or(Month()))};
    again.label = {.text = tr("Limits start again in")};
    again.items.insert(again.items.begin(), {.value = "", .text = tr("no month"), .selected = !view.limits_from});
    render(writer, again);
    two_of_three_select(writer, view);
  }
  if (kind == Form::with_comparison) {
    asking.put(fields_of_effect(view));
  }
  render(writer, govuk::ButtonParams{.text = tr("Show"), .classes = "govuk-button--secondary"});
  writer.close("form");
  return writer.take();
}

Markup change_section(const Wiring& wiring, const View& view, const Context& context) {
  Writer writer(context.language);
  const auto periods = view.question.before
                           ? std::optional(TwoPeriods{*view.question.before, view.found.period, view.same_months})
                           : two_periods(view.found.available, view.found.period);
  if (periods)
    answer_line(writer, tr("{0}, {1} against {2}:", {view.found.type_name, periods->after, periods->before}),
                ask(wiring, view, "change",
                    {{"from", periods->after.from.iso()},
                     {"to", periods->after.to.iso()},
                     {"base-from", periods->before.from.iso()},
                     {"base-to", periods->before.to.iso()}}),
                true);
  writer.put(form(view, context, Form::two_periods));
  writer.put(section(change_table(wiring.figures, view), "change", view, context));
  return writer.take();
}

charts::Series chart_of(const Period& period, const std::vector<std::optional<double>>& values, const std::string& unit,
                        int decimals) {
  charts::Series series{.unit = unit, .decimals = decimals, .missing_words = "not submitted"};
  for (std::size_t i = 0; i < values.size(); ++i)
    series.points.push_back({.month = period.from.plus(static_cast<int>(i)), .value = values[i]});
  return series;
}

// How many months in a row there are: force-months of the figure over them, where one force's rows count.
Words months_in_row(const Wiring& wiring, const View& view, const MonthlySeries& series) {
  const std::string shown = std::to_string(series.in_row.size());
  if (series.in_row.empty()) return shown;
  const auto crimes = ask(wiring, view, "crimes", {{"from", series.whole.from.iso()}, {"to", series.whole.to.iso()}});
  if (!crimes || std::to_string(crimes->coverage.present) != shown) return shown;
  return figures::number_part(crimes->address, "coverage.present", shown, "months that were submitted");
}

Markup series_section(const Wiring& wiring, const View& view, const Context& context) {
  Writer writer(context.language);
  const MonthlySeries series = monthly_series(wiring.figures, view);
  const int in_row = static_cast<int>(series.in_row.size());
  const bool across = !series.withheld && !series.broken.empty();
  const bool enough = in_row >= kLeastMonths && !series.withheld && !across;
  const std::string title = view.found.type_name + " in " + view.found.area->name;
  if (series.withheld) {
    writer.element(
        "p", {{"class", "govuk-body-l"}},
        tr("Some months hold fewer than {0} crimes and are withheld, so nothing is worked out of them. People "
           "who are signed in can see it.",
           {as_setting(std::to_string(figures::kSmallNumber))}));
  } else if (across) {
    writer.element("p", {{"class", "govuk-body-l"}},
                   tr("{0}: no limits, no signals, no season and no forecast across a change of the category. {1}",
                      {series.period, dated(series.broken)}));
  } else if (!enough) {
    writer.element("p", {{"class", "govuk-body-l"}},
                   tr("There are {0} months in a row. The season, and with it a forecast, needs {1}: what follows is "
                      "the series as it is.",
                      {months_in_row(wiring, view, series), as_setting(std::to_string(kLeastMonths))}));
  }
  writer.put(form(view, context, Form::series));
  writer.element("p", tr("Months shown: {0}.", {Words(series.period)}));
  writer.element("h2", {{"class", "govuk-heading-m"}},
                 enough   ? tr("Adjusted for the season")
                 : across ? tr("Month by month")
                          : tr("Control chart"));
  Period charted_period = series.period;
  std::vector<std::optional<double>> charted = series.values;
  if (enough)
    if (const auto parts = statistics::stl(series.in_row)) {
      charted.assign(parts->adjusted.begin(), parts->adjusted.end());
      charted_period = series.whole;
      if (parts->seasonal_strength)
        writer.element("p", tr("Strength of the season: {0} (0 none, 1 all of the variation beside the trend).",
                               {fixed(*parts->seasonal_strength, 2)}));
    }
  charts::Series chart = chart_of(charted_period, charted,
                                  std::string(evidence::unit_of_type(view.question.type)) + " a month", enough ? 1 : 0);
  if (!series.withheld && !across) {
    if (const auto xmr = control_chart(view, charted, charted_period.from)) {
      chart = charts::with_control_limits(std::move(chart), *xmr);
      writer.element(
          "p", !xmr->can_tell()
                   ? tr("Nothing can be said of the signals: {0}.", {xmr->why_nothing(statistics::kLeastForLimits)})
               : xmr->any_signal() ? tr("Some months carry a signal: more than the usual variation.")
                                   : tr("No month carries a signal: nothing here is more than the usual variation."));
      if (xmr->can_tell() && xmr->groups.back().trial)
        writer.element("p", tr("Fewer than twelve months: trial limits."));
    } else {
      writer.element("p", html::Content(dated(xmr.error().message)));
    }
  }
  writer.put(charts::series_chart(
      chart,
      {.id = "series-chart", .title = as_name(title + ", " + charted_period.text()), .language = context.language}));
  writer.put(section(series_table(view, series), "series", view, context));

  writer.element("h2", {{"class", "govuk-heading-m"}}, tr("The months to come"));
  if (auto forecast = forecast_table(wiring.figures, view, series)) {
    const auto first = wiring.figures.ask(view.figure("forecast", {{"from", series.whole.from.iso()},
                                                                   {"to", series.whole.to.iso()},
                                                                   {"month", series.whole.to.plus(1).iso()}}),
                                          view.viewer, Detail::value);
    answer_line(writer, tr("{0}:", {series.whole.to.plus(1)}), first);
    writer.put(section(std::move(*forecast), "forecast", view, context, false));
  } else {
    const std::string needed = std::to_string(kLeastMonths), there = std::to_string(in_row);
    const std::string& why = forecast.error().message;
    const std::string end = there + ".";
    writer.element("p", why.ends_with(" " + end)
                            ? html::Content(marked(why.substr(0, why.size() - end.size()), {as_setting(needed)}) +
                                            months_in_row(wiring, view, series) + ".")
                            : html::Content(why));
  }
  return writer.take();
}

Markup hot_spots_section(Wiring& wiring, Studies& studies, const View& view, const Context& context) {
  Writer writer(context.language);
  const auto count = ask(wiring, view, "hot-spot-count");
  const figures::Figure* const figure = count ? &*count : nullptr;
  answer_line(writer, tr("LSOAs that are hot:"), count, true, {}, {as_setting("at most 0.05")});
  answer_line(writer, tr("Likeness of neighbours (Moran's I):"), ask(wiring, view, "moran"), false);
  writer.put(form(view, context, Form::period));
  const auto study = studies.study(*view.snapshot, view.question, view.found);
  if (!study) return writer.element("p", study.error().message).take();
  extent_line(writer, view, (*study)->placed, context, count);
  if (!(*study)->placed.extent.enough()) return writer.take();
  if (!(*study)->hot) return writer.element("p", (*study)->hot.error().message).take();
  writer.element("h2", {{"class", "govuk-heading-m"}}, tr("Where"));
  writer.put(hot_spot_map(view, **study, figure, context.language));
  writer.put(section(*hot_spot_table(view, **study, figure), "hot-spots", view, context));
  if (view.found.period.months() > 3) {
    writer.element("h2", {{"class", "govuk-heading-m"}}, tr("Would the map have found the next month's crime?"));
    answer_line(writer, tr("Prediction accuracy index:"), ask(wiring, view, "lsoa-accuracy"));
  }
  return writer.take();
}

Markup concentration_section(Wiring& wiring, Studies& studies, const View& view, const Context& context) {
  Writer writer(context.language);
  const auto gini = ask(wiring, view, "gini");
  answer_line(writer, tr("Concentration (generalised Gini):"), gini, true);
  writer.put(form(view, context, Form::period));
  const auto study = studies.study(*view.snapshot, view.question, view.found);
  if (!study) return writer.element("p", study.error().message).take();
  extent_line(writer, view, (*study)->places, context, gini);
  auto table = concentration_table(view, **study, gini ? &*gini : nullptr);
  if (!table) return writer.element("p", table.error().message).take();
  charts::LorenzCurve curve{{}, "LSOAs", "crimes"};
  for (const statistics::LorenzPoint& point : (*study)->concentration->curve)
    curve.steps.push_back({point.places, point.events});
  writer.put(charts::lorenz_chart(
      curve, {.id = "lorenz", .title = tr("Concentration: {0}", {view.title()}), .language = context.language}));
  return writer.put(section(std::move(*table), "concentration", view, context, false)).take();
}

Markup clusters_section(Wiring& wiring, Studies& studies, const View& view, const Context& context) {
  Writer writer(context.language);
  const auto study = studies.study(*view.snapshot, view.question, view.found);
  std::vector<Numeral> names;
  if (study)
    for (const std::string& name : (*study)->placed.names) names.push_back(as_name(name));
  const auto cluster = ask(wiring, view, "scan-cluster");
  answer_line(writer, tr("The most likely cluster holds"), cluster, true, tr("times what was expected"), names);
  writer.put(form(view, context, Form::period));
  if (study) {
    extent_line(writer, view, (*study)->placed, context, cluster);
    if (!(*study)->placed.extent.enough()) return writer.take();
  }
  if (!study) return writer.element("p", study.error().message).take();
  const auto scan = studies.scan(*view.snapshot, view.question, view.found);
  if (!scan) return writer.element("p", scan.error().message).take();
  return writer
      .put(section(cluster_table(view, **study, **scan, cluster ? &*cluster : nullptr), "clusters", view, context))
      .take();
}

// A caveat with the number of it that stands in the working, and with the paper that it cites said to be one.
Words caveat_words(const figures::Figure& effect, const std::string& caveat) {
  const std::string begin = "Before, the comparison areas recorded on average ";
  if (!caveat.starts_with(begin)) return marked(caveat, {as_name("Wheeler & Ratcliffe (2018), Crime Science 7:11")});
  const std::string shown = caveat.substr(begin.size(), caveat.find(' ', begin.size()) - begin.size());
  return Words(begin) + in_working(&effect, kSizeLabel, shown) + caveat.substr(begin.size() + shown.size());
}

Markup effect_section(Wiring& wiring, const View& view, const Context& context, const Problem& problem) {
  Writer writer(context.language);
  const bool chosen = view.question.before && !view.question.comparison.empty();
  const std::vector<std::pair<std::string, std::string>> choice = {
      {"base-from", view.before.from.iso()},
      {"base-to", view.before.to.iso()},
      {"compare", joined(view.question.comparison, ",")},
      {"around", joined(view.question.around, ",")},
      {"around-compare", joined(view.question.around_the_comparison, ",")}};
  if (chosen)
    answer_line(writer, tr("Beyond what the comparison areas would lead one to expect:"),
                ask(wiring, view, "displacement", choice), true);
  else
    writer.element("p", {{"class", "govuk-body-l"}},
                   tr("Choose the months before and after, and one or more comparison areas, where nothing was done. "
                      "Your choice is in the address of this page and in the working of the result."));
  writer.put(form(view, context, Form::with_comparison, problem));
  if (chosen)
    if (const auto effect = ask(wiring, view, "displacement", choice))
      for (const std::string& caveat : effect->working.caveats)
        writer.element("p", html::Content(caveat_words(*effect, caveat)));
  if (chosen) writer.put(section(effect_table(wiring.figures, view), "did-it-work", view, context, false));
  return writer.take();
}

Markup near_repeat_section(const Context& context) {
  Writer writer(context.language);
  writer.element("p", {{"class", "govuk-body-l"}},
                 tr("This cannot be told from published crimes: they have a month and no day."));
  writer.element(
      "p", tr("A near repeat follows within days, and two crimes of one month may lie thirty days apart or one. Points "
              "are also moved to a street or place nearby, so crimes of one street look like repeats at one place."));
  writer.element(
      "p", tr("With dated records of your own: tithing analyse knox FILE, a CSV with the columns x, y and date."));
  return writer.take();
}

// Every address of a page names its type; one from before there was a choice means every row.
std::optional<Answer> to_named_type(const Context& context) {
  if (!context.query_value("type").empty()) return std::nullopt;
  return web::redirect(web::with_query(context, "type", evidence::kAllSlug));
}

Answer overview(Wiring& wiring, Studies& studies, Context& context) {
  const auto view = view_of(context, studies.evidence());
  if (!view) return web::problem_page(context, view.error());
  if (const auto elsewhere = to_named_type(context)) return *elsewhere;
  Writer writer(context.language);
  evidence::write_category_notes(writer, view->question.type, months_told(*view, "change"));
  writer.put(change_section(wiring, *view, context));
  writer.element("h2", {{"class", "govuk-heading-m"}}, tr("Questions"));
  writer.open("ul", {{"class", "govuk-list"}});
  for (const Page& page : all_pages()) {
    writer.open("li")
        .element("a",
                 {{"class", "govuk-link"},
                  {"href", Url::path("/areas/{}/analysis/{}", {view->found.area->code, page.name},
                                     for_page(*view, page.name).query())}},
                 page.link)
        .text(": ")
        .put(page.answers);
    if (page.by_lsoa && !context.actor.signed_in())
      writer.text(" ").put(tr("(For people who are signed in: it shows small numbers.)"));
    writer.close("li");
  }
  if (const web::SiteMap& site = wiring.site; site.has("area.comparison"))
    writer.open("li")
        .element(
            "a",
            {{"class", "govuk-link"}, {"href", site.at("area.comparison", {view->found.area->code}, view->query())}},
            tr("Comparison"))
        .text(": ")
        .put(tr("Ranks, rates of small areas, the areas most like it, lists of most similar ones."))
        .close("li");
  writer.close("ul");
  writer.element("p", std::string(evidence::kRevisionNote));
  return web::page(context, frame(wiring, *view, context, "Analysis of crime"), writer.take());
}

Answer question_page(Wiring& wiring, Studies& studies, Context& context, const Page& page) {
  const auto asked = view_of(context, studies.evidence());
  if (!asked) return web::problem_page(context, asked.error());
  const std::optional<View> view = for_page(*asked, page.name);
  if (const auto elsewhere = to_named_type(context)) return *elsewhere;
  const std::string& name = page.name;
  Problem problem;
  if (name == "did-it-work") {
    const auto settled = address_of_effect(*view, context);
    if (!settled) problem = settled.error();
    if (settled && *settled) return web::redirect(**settled);
  }
  // LSOAs one by one are small numbers; whoever sees them is signed in, and the router has seen to it.
  int status = problem.message.empty() ? 200 : web::status_of(problem.kind);
  const Markup body = name == "change"          ? change_section(wiring, *view, context)
                      : name == "series"        ? series_section(wiring, *view, context)
                      : name == "signals"       ? signals_section(wiring, *view, context)
                      : name == "hot-spots"     ? hot_spots_section(wiring, studies, *view, context)
                      : name == "grid"          ? grid_section(wiring, studies, *view, context, status)
                      : name == "density"       ? density_section(wiring, studies, *view, context, status)
                      : name == "concentration" ? concentration_section(wiring, studies, *view, context)
                      : name == "clusters"      ? clusters_section(wiring, studies, *view, context)
                      : name == "did-it-work"   ? effect_section(wiring, *view, context, problem)
                                                : near_repeat_section(context);
  Writer below(context.language);
  evidence::write_category_notes(below, view->question.type, months_told(*view, name));
  below.put(body).element("p", std::string(evidence::kRevisionNote));
  auto options = frame(wiring, *view, context, page.title);
  options.status = status;
  options.has_error = status != 200;
  options.notice = web::error_summary(problem, context.language);
  options.breadcrumbs.push_back(
      {tr("Analysis"), Url::path("/areas/{}/analysis", {asked->found.area->code}, asked->query()), false});
  return web::page(context, options, below.take());
}

// /areas/:code/analysis/series/table.csv and its like: exactly the table of the page, all of its rows.
Answer export_table(Wiring& wiring, Studies& studies, Context& context, const std::string& name) {
  const auto asked = view_of(context, studies.evidence());
  if (!asked) return web::problem_page(context, asked.error());
  const std::optional<View> view = for_page(*asked, name);
  const std::string file = context.parameter("file");
  if (file != "table.csv" && file != "table.xlsx")
    return web::problem_page(context,
                             {ProblemKind::not_found,
                              "There is no such table. Go back to the page and use the links under its tables.",
                              {}});
  auto table = table_for(name, wiring.figures, studies, *view);
  if (!table) return web::problem_page(context, table.error());
  carry_category(*table, name, *view);
  exports::sort_rows(*table, exports::view_of(*table, context.query_value("sort"), context.query_value("order"), ""));
  if (file == "table.csv")
    return web::download(exports::to_csv(*table), exports::kCsvType, exports::file_name(*table, "csv"));
  exports::About about;
  about.filters = {
      {"Area", view->found.area->name}, {"Months", view->found.period.text()}, {"Crime type", view->found.type_name}};
  if (name == "grid" || name == "grid-test" || name == "density")
    about.filters.push_back(
        {"Cells", view->cell == 0 ? "the usual size for the area" : grouped(view->cell) + " metres"});
  if (!view->question.comparison.empty())
    about.filters.push_back({"Comparison areas", joined(view->question.comparison, ", ")});
  about.as_at = view->question.as_at.iso();
  about.evidence_version = view->snapshot->version();
  about.address = context.request->target;
  about.retrieved_at = context.now;
  const auto workbook = exports::to_xlsx(*table, about);
  if (!workbook) return web::problem_page(context, workbook.error());
  return web::download(*workbook, exports::kXlsxType, exports::file_name(*table, "xlsx"));
}

}  // namespace

void register_pages(Wiring& wiring, Studies& studies) {
  Wiring* const w = &wiring;
  Studies* const s = &studies;
  wiring.site.address("area.analysis", "/areas/{}/analysis?type=" + std::string(evidence::kCrimeSlug));
  wiring.site.line(web::Home::area,
                   {.place = 30, .text = tr("Analysis"), .address = "area.analysis", .keeps_day = false});
  wiring.router.get("/areas/:code/analysis", Access::anyone(),
                    [=](Context& context) { return overview(*w, *s, context); });
  for (const Page& page : all_pages()) {
    const auto access = [&] { return page.by_lsoa ? Access::signed_in() : Access::anyone(); };
    const std::string path = "/areas/:code/analysis/" + page.name;
    wiring.router.get(path, access(), [=](Context& context) { return question_page(*w, *s, context, page); });
    if (page.name != "near-repeat")
      wiring.router.get(path + "/:file", access(),
                        [=, name = page.name](Context& context) { return export_table(*w, *s, context, name); });
  }
  wiring.router.get("/areas/:code/analysis/forecast/:file", Access::anyone(),
                    [=](Context& context) { return export_table(*w, *s, context, "forecast"); });
  wiring.router.get("/areas/:code/analysis/grid-test/:file", Access::signed_in(),
                    [=](Context& context) { return export_table(*w, *s, context, "grid-test"); });
}

}  // namespace tithing::analysis
