// Duties as at a day with gaps and double cover, and the calendar derived from the rules.
#include <algorithm>

#include "base/text.h"
#include "base/translation.h"
#include "forms/values.h"
#include "slices/bodies/calendar.h"
#include "slices/bodies/duties.h"
#include "slices/bodies/edges.h"
#include "slices/bodies/pages_view.h"
#include "slices/wiring.h"

namespace tithing::bodies {
namespace {

std::string area_name(BodiesService& service, const std::string& code, Date as_at) {
  const auto areas = service.areas();
  const auto* area = areas->find(code);
  return area ? areas->name_at(*area, as_at) + " (" + code + ")" : code;
}

constexpr std::size_t kMostSentences = 12;

// "As at 21 November 2012 ... held it", for each area, and the whole chain as a table.
void tenure_part(Writer& writer, BodiesService& service, const Register& all, Context& context, Date as_at) {
  heading(writer, tr("Who held a function, and since when"));
  const std::string chosen = context.query_value("function");
  govuk::SelectParams select;
  select.id = "function";
  select.name = "function";
  select.label = {.text = tr("Function")};
  select.value = chosen;
  select.items = {{.value = "", .text = tr("Choose a function")},
                  {.value = kLocalPolicing,
                   .text = tr("All functions of the local policing body (police authority, commissioner, mayor)")}};
  for (const FactPointer& fact : all.general(FactKind::function))
    if (std::none_of(select.items.begin(), select.items.end(),
                     [&](const govuk::SelectItem& item) { return item.value == fact->role; }))
      select.items.push_back({.value = fact->role, .text = fact->value});
  writer.open("form", {{"method", "get"}, {"action", Url("/bodies/duties")}});
  for (const char* name : {"as-at", "area", "proposal"})
    if (const std::string value = context.query_value(name); !value.empty())
      writer.void_element("input", {{"type", "hidden"}, {"name", name}, {"value", value}});
  render(writer, select);
  render(writer, govuk::ButtonParams{.text = tr("Show who held it"), .classes = "govuk-button--secondary"});
  writer.close("form");
  if (chosen.empty()) return;
  if (chosen != kLocalPolicing && !all.function(chosen)) {
    paragraph(writer, tr("There is no function with the code {0}.", {chosen}));
    return;
  }
  const std::vector<Tenure> held = tenures(all, service.in_area(all, context.query_value("area"), as_at), chosen);
  std::vector<std::string> areas;
  for (const Tenure& one : held)
    if (areas.empty() || areas.back() != one.area) areas.push_back(one.area);
  if (areas.size() <= kMostSentences)
    for (const std::string& area : areas) {
      bool any = false;
      for (const Tenure& one : held) {
        if (one.area != area || !one.on(as_at)) continue;
        any = true;
        const auto still = [&](const Tenure& tenure) {
          return standing(*tenure.fact, as_at) == Standing::known_then ? "; " + standing_text(*tenure.fact, as_at)
                                                                       : std::string();
        };
        std::vector<std::string> before;
        for (const std::string& code : one.before) before.push_back(all.last_name(code));
        paragraph(writer,
                  before.empty()
                      ? tr("On {0}, in {1}: {2}, {3}.", {as_at.text(), area_name(service, area, as_at),
                                                         all.name_at(one.body, as_at), tenure_text(one) + still(one)})
                      : tr("On {0}, in {1}: {2}, {3}. Before it: {4}.",
                           {as_at.text(), area_name(service, area, as_at), all.name_at(one.body, as_at),
                            tenure_text(one) + still(one), joined(before, ", ")}));
      }
      if (!any) paragraph(writer, tr("On {0}, in {1}: not known.", {as_at.text(), area_name(service, area, as_at)}));
    }
  exports::Table table = tenure_table(service, all, context.query_value("area"), chosen, as_at);
  writer.put(exports::to_html(table, {.language = context.language,
                                      .paged = false,
                                      .empty_text = tr("Nobody is recorded with this function there.")}));
}

Answer duties_page(BodiesService& service, Context& context) {
  const auto view = seen(service, context);
  if (!view) return not_seen(context, view.error());
  const auto& all = view->all;
  const Date* const as_at = &view->as_at;
  const std::string area = context.query_value("area");
  Writer writer(context.language);
  if (!too_many(service, *all, area)) tenure_part(writer, service, *all, context, *as_at);
  if (too_many(service, *all, area)) {
    paragraph(writer, tr("There are many bodies in the register. Enter the name of an area to see its duties."));
  } else {
    exports::Table table = duties_table(service, *all, area, *as_at);
    writer.put(
        shown(table, context, "duties", tr("No body serves an area there for which a duty is in the register.")));
  }
  exports::Table functions{.id = "functions", .title = tr("Functions in the register"), .caption = {}};
  functions.columns = {
      {"function", tr("Function"), ColumnKind::text},   {"kind", tr("Duty or power"), ColumnKind::text},
      {"on", tr("Laid on"), ColumnKind::text},          {"extent", tr("Extent"), ColumnKind::text},
      {"provision", tr("Provision"), ColumnKind::text}, {"condition", tr("Condition"), ColumnKind::text},
      {"holds", tr("Holds"), ColumnKind::text}};
  for (const FactPointer& fact : all->general(FactKind::function)) {
    if (standing(*fact, *as_at) != Standing::in_force) continue;
    std::vector<std::string> kinds;
    for (const std::string& kind : split(fact->detail, ';'))
      kinds.push_back(all->kind_name(std::string(trimmed(kind))));
    functions.rows.push_back({text_cell(fact->value), text_cell(fact->state), text_cell(joined(kinds, ", ")),
                              text_cell(fact->holder),
                              text_cell(fact->paper + (fact->paragraph.empty() ? "" : ", " + fact->paragraph)),
                              text_cell(fact->note), text_cell(period_text(*fact))});
  }
  writer.put(exports::to_html(functions, {.language = context.language, .paged = false}));
  paragraph(writer, tr("Where the beginning of a function is not known, it is shown for every day: its provision has "
                       "to be read for the day in question."));
  return register_page(service, context, *view, options_of(tr("Duties, gaps and double cover")), writer.take(),
                       {.area = true});
}

std::vector<std::string> bodies_for(BodiesService& service, const Register& all, const std::string& area,
                                    const std::string& body, Date day) {
  if (!body.empty()) return {body};
  return service.in_area(all, area, day);
}

Answer calendar_page(BodiesService& service, Context& context) {
  const auto view = seen(service, context);
  if (!view) return not_seen(context, view.error());
  const std::string year_text = context.query_value("year");
  const auto& all = view->all;
  const std::string body = context.query_value("body");
  const std::string area = context.query_value("area");
  int year = view->as_at.year();
  if (!year_text.empty()) {
    const auto asked = forms::whole(year_text, 2100);
    if (!asked || *asked < 1998)
      return web::problem_page(context,
                               {ProblemKind::invalid, "Write the year as four figures, from 1998 to 2100.", {}});
    year = static_cast<int>(*asked);
  }
  if (!body.empty() && !all->exists(body))
    return web::problem_page(context, {ProblemKind::not_found, "There is no body with this code.", {}});
  Writer writer(context.language);
  paragraph(writer, tr("The year {0}: what falls due for bodies that serve the area, each by the rule, and while it "
                       "stands, on the day that it falls due.",
                       {std::to_string(year)}));
  writer.open("p", {{"class", "govuk-body"}});
  for (const int other : {year - 1, year + 1}) {
    if (other < 1998 || other > 2100) continue;
    if (other > year && year > 1998) writer.text(" · ");
    writer.element("a", {{"class", "govuk-link"}, {"href", web::with_query(context, "year", std::to_string(other))}},
                   tr("The year {0}", {std::to_string(other)}));
  }
  writer.close("p");
  if (body.empty() && too_many(service, *all, area)) {
    paragraph(writer, tr("There are many bodies in the register. Enter the name of an area or of a body."));
  } else {
    exports::Table table =
        calendar_table(service, *all, area, body, Date::from_ymd(year, 1, 1), Date::from_ymd(year + 1, 1, 1));
    writer.put(shown(table, context, "calendar",
                     tr("Nothing falls due there in that year, as far as the rules of the register say.")));
    writer.open("p", {{"class", "govuk-body"}});
    writer.element(
        "a",
        {{"class", "govuk-link"},
         {"href", web::carry(context, Url::path("/bodies/files/calendar.ics", {},
                                                {{"year", std::to_string(year)}, {"area", area}, {"body", body}}))}},
        tr("The same as a calendar (ICS)"));
    writer.close("p");
  }
  exports::Table without = without_day_table(*all, body, Date::from_ymd(year, 12, 31));
  writer.put(exports::to_html(
      without, {.language = context.language, .paged = false, .empty_text = tr("There is no such rule for it.")}));
  for (const std::string& sentence : rules_not_understood(*all)) paragraph(writer, sentence);
  return register_page(service, context, *view, options_of(tr("What falls due")), writer.take(),
                       {.area = true, .body = true, .without = {"year"}});
}

}  // namespace

bool too_many(BodiesService&, const Register& all, const std::string& area) {
  return area.empty() && all.entries().size() > 1000;
}

exports::Table duties_table(BodiesService& service, const Register& all, const std::string& area, Date as_at) {
  exports::Table table{.id = "duties", .title = tr("Duties on {0}: who discharges them", {as_at.text()})};
  table.columns = {
      {"state", tr("State"), ColumnKind::text, {}, true}, {"function", tr("Function"), ColumnKind::text, {}, true},
      {"area", tr("Area"), ColumnKind::text, {}, true},   {"held", tr("Discharged by"), ColumnKind::text},
      {"since", tr("Holds"), ColumnKind::text},           {"laid-on", tr("Laid on"), ColumnKind::text},
      {"provision", tr("Provision"), ColumnKind::text}};
  if (too_many(service, all, area)) return table;
  for (const Cover& one : cover(all, service.in_area(all, area, as_at), as_at)) {
    std::vector<std::string> held;
    std::vector<std::string> since;
    std::vector<std::string> laid_on;
    for (const FactPointer& fact : one.held) {
      held.push_back(all.name_at(fact->body, as_at));
      since.push_back(holds_text(*fact, as_at));
    }
    for (const std::string& code : one.laid_on) laid_on.push_back(all.name_at(code, as_at));
    table.rows.push_back({text_cell(one.state == Cover::State::gap       ? tr("Gap: nobody is recorded")
                                    : one.state == Cover::State::earlier ? tr("Known earlier, not known whether still")
                                    : one.state == Cover::State::twice   ? tr("Double cover")
                                                                         : tr("Covered")),
                          text_cell(one.function->value), text_cell(area_name(service, one.area, as_at)),
                          text_cell(held.empty() ? "not known" : joined(held, "; ")), text_cell(joined(since, "; ")),
                          text_cell(joined(laid_on, "; ")),
                          text_cell(one.function->paper + ", " + one.function->paragraph)});
  }
  table.notes = {
      "A gap means that no body is recorded as discharging the function for that area on that day; it may be that no "
      "source says so."};
  std::sort(table.rows.begin(), table.rows.end(), [](const exports::Row& a, const exports::Row& b) {
    const auto rank = [](const std::string& state) {
      return state == "Covered"                                  ? 3
             : state == "Known earlier, not known whether still" ? 2
             : state == "Double cover"                           ? 1
                                                                 : 0;
    };
    if (a[0].text != b[0].text) return rank(a[0].text) < rank(b[0].text);
    return a[1].text != b[1].text ? a[1].text < b[1].text : a[2].text < b[2].text;
  });
  return table;
}

exports::Table calendar_table(BodiesService& service, const Register& all, const std::string& area,
                              const std::string& body, Date from, Date to) {
  exports::Table table{.id = "calendar",
                       .title = tr("What falls due from {0} to {1}", {from.text(), to.plus_days(-1).text()})};
  table.columns = {{"day", tr("Day"), ColumnKind::date, {}, true},   {"what", tr("What"), ColumnKind::text, {}, true},
                   {"body", tr("Body"), ColumnKind::text, {}, true}, {"about", tr("About"), ColumnKind::text},
                   {"rule", tr("Rule"), ColumnKind::text, {}, true}, {"provision", tr("Provision"), ColumnKind::text}};
  if (body.empty() && too_many(service, all, area)) return table;
  for (const Due& due : calendar(all, bodies_for(service, all, area, body, from), from, to))
    table.rows.push_back(
        {exports::date_cell(due.day), text_cell(due.what),
         text_cell(all.name_at(due.body, due.day)).linked(plain_url(all, due.body, due.day)),
         text_cell(due.standing.empty() ? due.about
                                        : due.about + (due.about.empty() ? "" : ". ") + "The body: " + due.standing),
         text_cell(due.rule), text_cell(due.provision)});
  table.notes = not_derived(all, bodies_for(service, all, area, body, from), from, to, body.empty());
  return table;
}

exports::Table without_day_table(const Register& all, const std::string& body, Date day) {
  exports::Table table{.id = "no-day", .title = tr("What has a time, but no day that could be derived")};
  table.columns = {{"what", tr("What"), ColumnKind::text},
                   {"for", tr("For"), ColumnKind::text},
                   {"why", tr("Why there is no day"), ColumnKind::text},
                   {"provision", tr("Provision"), ColumnKind::text}};
  for (const FactPointer& rule : rules_without_day(all, body, day)) {
    std::vector<std::string> kinds;
    for (const std::string& kind : split(rule->other, ';')) kinds.push_back(all.kind_name(std::string(trimmed(kind))));
    table.rows.push_back({text_cell(rule->value), text_cell(joined(kinds, ", ")), text_cell(rule->note),
                          text_cell(rule->paper + (rule->paragraph.empty() ? "" : ", " + rule->paragraph))});
  }
  return table;
}

exports::Table tenure_table(BodiesService& service, const Register& all, const std::string& area,
                            const std::string& function, Date as_at) {
  const Fact* known = function == kLocalPolicing ? nullptr : all.function(function);
  exports::Table table{.id = "tenure",
                       .title = known ? tr("Who held it, one after another: {0}", {known->value})
                                      : tr("Who held it, one after another: all functions of the local policing body")};
  table.columns = {
      {"area", tr("Area"), ColumnKind::text},        {"body", tr("Body"), ColumnKind::text},
      {"holds", tr("Holds"), ColumnKind::text},      {"on-day", tr("On {0}", {as_at.text()}), ColumnKind::text},
      {"before", tr("Before it"), ColumnKind::text}, {"source", tr("Source"), ColumnKind::text}};
  for (const Tenure& one : tenures(all, service.in_area(all, area, as_at), function)) {
    std::vector<std::string> before;
    for (const std::string& code : one.before) before.push_back(all.last_name(code));
    table.rows.push_back(
        {text_cell(area_name(service, one.area, as_at)),
         text_cell(all.last_name(one.body)).linked(plain_url(all, one.body, as_at)), text_cell(tenure_text(one)),
         text_cell(!one.on(as_at)                                       ? std::string()
                   : standing(*one.fact, as_at) == Standing::known_then ? standing_text(*one.fact, as_at)
                                                                        : std::string("holds it")),
         text_cell(joined(before, ", ")),
         text_cell(one.fact->paper + (one.fact->paragraph.empty() ? "" : ", " + one.fact->paragraph))});
  }
  table.notes = {
      "A police authority, a commissioner and a mayor follow one another by recorded successions; by which provision "
      "each function passed is not entered for each."};
  if (known) table.notes.clear();
  return table;
}

std::string calendar_ics(BodiesService& service, const Register& all, const std::string& area, const std::string& body,
                         Date from, Date to, Instant now) {
  std::string made = now.iso().substr(0, 19) + "Z";
  made.erase(std::remove_if(made.begin(), made.end(), [](char c) { return c == '-' || c == ':'; }), made.end());
  if (body.empty() && too_many(service, all, area)) return to_ics(all, {}, made);
  const std::vector<std::string> bodies = bodies_for(service, all, area, body, from);
  return to_ics(all, calendar(all, bodies, from, to), made, not_derived(all, bodies, from, to, body.empty()));
}

void register_duty_pages(Wiring& wiring, BodiesService& service) {
  BodiesService* s = &service;
  wiring.router.get("/bodies/duties", web::Access::anyone(),
                    by_names(service, false, [s](Context& context) { return duties_page(*s, context); }));
  wiring.router.get("/bodies/calendar", web::Access::anyone(),
                    by_names(service, true, [s](Context& context) { return calendar_page(*s, context); }));
}

}  // namespace tithing::bodies
