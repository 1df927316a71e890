// Forms that change the register: enter, check your answers, save; changes and their undoing.
#include <algorithm>

#include "base/text.h"
#include "slices/bodies/edges.h"
#include "slices/bodies/pages_view.h"
#include "slices/wiring.h"

namespace tithing::bodies {
namespace {

using exports::ColumnKind;
using exports::text_cell;
using html::Content;
using html::Markup;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

struct Field {
  const char* name;
  Message label;
  Message hint;
};

// The fields of a form for a kind of fact, besides days, source and reason.
std::vector<Field> fields_for(FactKind kind) {
  std::vector<std::string> roles;
  for (const SeatRole& role : seat_roles()) roles.emplace_back(role.code);
  switch (kind) {
    case FactKind::body: return {{"role", tr("Kind of body"), tr("A code such as csp; see the list below.")}, {"state", tr("State"), tr("Empty, or \"proposed\".")}};
    case FactKind::name: return {{"value", tr("Name"), {}}};
    case FactKind::identifier: return {{"role", tr("Scheme"), tr("Such as gss for codes of the Office for National Statistics.")}, {"value", tr("Identifier"), {}}};
    case FactKind::area: return {{"value", tr("Code of the area"), tr("Such as E22000368.")}};
    case FactKind::parent:
      return {{"other", tr("Reports to"), tr("The code of the other body.")}, {"role", tr("Chain"), tr("community-safety, criminal-justice or corporate.")}};
    case FactKind::post: return {{"value", tr("Title of the post"), {}}, {"holder", tr("Public office-holder"), tr("Only a name that is public by office. May be empty.")}};
    case FactKind::membership:
      return {{"role", tr("Seat"), tr("One of: {0}.", {joined(roles, ", ")})},
              {"other", tr("Organisation"), tr("The code of the organisation that holds the seat.")},
              {"value", tr("Post"), tr("The post that holds the seat. May be empty.")},
              {"holder", tr("Public office-holder"), tr("Only a name that is public by office. May be empty.")},
              {"state", tr("State"), tr("Empty, or \"vacant\".")}};
    case FactKind::meetings: return {{"amount", tr("Meetings a year"), {}}, {"detail", tr("Minutes of one meeting"), tr("May be empty.")}};
    case FactKind::discharge: return {{"role", tr("Function"), tr("A code such as partnership-plan.")}};
    case FactKind::statement: return {{"value", tr("What the paper says"), {}}, {"other", tr("Other body"), tr("May be empty.")}};
    case FactKind::succession:
      return {{"role", tr("What happened"), tr("renamed, replaced, merged, split, functions-transferred or ended.")},
              {"other", tr("Successor"), tr("Its code. For a split: each with its share, such as east=60;west=40.")},
              {"detail", tr("Functions passed on"), tr("Codes, only for functions-transferred.")}};
    default: return {};
  }
}

std::optional<FactKind> editable(const std::string& code) {
  const auto kind = fact_kind_from(code);
  if (!kind || is_general(*kind)) return std::nullopt;
  return kind;
}

std::int64_t number_of(const std::string& text) {
  if (text.empty() || text.size() > 18 || text.find_first_not_of("0123456789") != std::string::npos) return 0;
  return std::stoll(text);
}

// What stands in the form.
struct Entered {
  FactKind kind = FactKind::body;
  std::string action = "add";  // "add", "replace", "remove"
  std::int64_t record = 0;
  std::int64_t seen_id = 0;
  std::vector<std::pair<std::string, std::string>> values;
  std::string get(const std::string& name) const {
    for (const auto& [key, value] : values)
      if (key == name) return value;
    return {};
  }
};

const std::vector<std::string>& all_fields() {
  static const std::vector<std::string> names = {"body", "other", "role", "value", "detail", "holder", "state", "amount", "from", "to",
                                                 "seen", "paper", "paragraph", "note", "name", "effective", "reason"};
  return names;
}

Entered entered_from(const Fact& fact) {
  Entered entered{fact.kind, "replace", fact.record, fact.id, {}};
  const std::vector<std::string> fields = fields_of(fact);
  for (std::size_t i = 1; i < fields.size(); ++i) entered.values.emplace_back(fact_columns()[i], fields[i]);
  return entered;
}

Result<Entered> entered_from(const Context& context) {
  const auto kind = editable(context.form_value("fact"));
  if (!kind) return invalid("Choose what to enter.");
  Entered entered{*kind, context.form_value("action"), number_of(context.form_value("record")), number_of(context.form_value("seen-id")), {}};
  if (entered.action != "replace" && entered.action != "remove") entered.action = "add";
  for (const std::string& name : all_fields()) entered.values.emplace_back(name, context.form_value(name));
  return entered;
}

// The edits that the form asks for. With a day from which a change holds, the former version ends there and a new fact begins.
Result<std::vector<Edit>> edits_of(const Entered& entered) {
  std::vector<std::string> header = {"fact"};
  std::vector<std::string> fields = {std::string(code_of(entered.kind))};
  for (const auto& [name, value] : entered.values) {
    if (name == "name" || name == "effective" || name == "reason") continue;
    header.push_back(name);
    fields.push_back(value);
  }
  auto fact = fact_from(header, fields);
  if (!fact) return pass_on(fact);
  if (entered.action == "remove") return std::vector<Edit>{{Edit::Action::remove, *fact, entered.record, entered.seen_id}};
  if (entered.action == "add") {
    std::vector<Edit> edits{{Edit::Action::add, *fact, 0, 0}};
    if (entered.kind == FactKind::body && !entered.get("name").empty()) {
      Fact name = *fact;
      name.kind = FactKind::name;
      name.value = entered.get("name");
      name.role.clear();
      name.state.clear();
      name.to.reset();
      edits.push_back({Edit::Action::add, name, 0, 0});
    }
    return edits;
  }
  return std::vector<Edit>{{Edit::Action::replace, *fact, entered.record, entered.seen_id}};
}

Result<std::vector<Edit>> with_effective_day(BodiesService& service, const Entered& entered, std::vector<Edit> edits) {
  const std::string text = entered.get("effective");
  if (entered.action != "replace" || text.empty()) return edits;
  const auto day = Date::parse(text);
  if (!day) return invalid("The day is malformed.", {{"effective", "Enter a day such as 2012-04-01, or leave it empty."}});
  const FactPointer former = service.known()->current(entered.record);
  if (!former) return conflict("This fact is gone meanwhile. Nothing of yours was saved.");
  Fact ending = *former;
  ending.to = *day;
  Fact fresh = edits.front().fact;
  fresh.from = *day;
  fresh.seen.reset();
  return std::vector<Edit>{{Edit::Action::replace, ending, entered.record, entered.seen_id}, {Edit::Action::add, fresh, 0, 0}};
}

void hidden(Writer& writer, const std::string& name, const std::string& value) {
  writer.void_element("input", {{"type", "hidden"}, {"name", name}, {"value", value}});
}

Answer form_page(BodiesService& service, Context& context, const Entered& entered, const Problem& problem) {
  const auto all = service.known();
  Writer writer(context.language);
  writer.open("form", {{"method", "post"}, {"action", Url("/bodies/change")}, {"novalidate", true}});
  writer.put(web::csrf_field(context));
  hidden(writer, "fact", std::string(code_of(entered.kind)));
  hidden(writer, "record", std::to_string(entered.record));
  hidden(writer, "seen-id", std::to_string(entered.seen_id));
  hidden(writer, "step", "check");
  const auto input = [&](const std::string& name, const Message& label, const Content& hint, const std::string& type = "text") {
    render(writer, govuk::InputParams{.id = name,
                                      .name = name,
                                      .type = type,
                                      .value = entered.get(name),
                                      .label = {.text = label},
                                      .hint = {.text = hint},
                                      .error_message = {.text = field_error(problem, name)},
                                      .classes = type == "date" ? "govuk-input--width-10" : ""});
  };
  if (entered.action == "add") {
    hidden(writer, "action", "add");
  } else {
    govuk::RadiosParams radios;
    radios.name = "action";
    radios.id_prefix = "action";
    radios.value = entered.action;
    radios.fieldset = govuk::FieldsetParams{.legend = {.text = tr("What do you want to do?"), .classes = "govuk-fieldset__legend--m"}};
    radios.items = {{.text = tr("Change it"), .value = "replace"}, {.text = tr("Take it away: it should never have been entered"), .value = "remove"}};
    render(writer, radios);
    input("effective", tr("From which day does the change hold?"), tr("Leave it empty to correct what was wrong from the beginning."), "date");
  }
  input("body", entered.kind == FactKind::succession ? tr("Body or bodies to which it happened") : tr("Body"),
        entered.kind == FactKind::succession ? Content(tr("Their codes, with semicolons between them.")) : Content(tr("Its code, such as north-worcestershire-csp.")));
  if (entered.kind == FactKind::body && entered.action == "add") input("name", tr("Name"), {});
  for (const Field& field : fields_for(entered.kind)) input(field.name, field.label, field.hint);
  const bool once = entered.kind == FactKind::succession || entered.kind == FactKind::meeting;
  input("from", once ? tr("Day") : tr("From"), once ? Content() : Content(tr("The first day. Leave it empty when it is not known.")), "date");
  if (!once) input("to", tr("Until"), tr("The first day on which it is no longer so. Leave it empty while it lasts."), "date");
  input("seen", tr("Known from"), tr("Where the first day is not known: the day of which the source speaks."), "date");
  input("paper", tr("Source"), tr("The order, minute or paper that says so."));
  input("paragraph", tr("Paragraph"), {});
  input("note", tr("Note"), {});
  render(writer, govuk::TextareaParams{.id = "reason",
                                       .name = "reason",
                                       .rows = 2,
                                       .value = entered.get("reason"),
                                       .label = {.text = tr("Reason for the change")},
                                       .hint = {.text = tr("Everyone who may read the audit will see it.")},
                                       .error_message = {.text = field_error(problem, "reason")}});
  render(writer, govuk::ButtonParams{.text = tr("Continue")});
  writer.close("form");
  if (entered.kind == FactKind::body) {
    exports::Table kinds{.id = "kinds", .title = "Kinds of bodies"};
    kinds.columns = {{"code", "Code", ColumnKind::text}, {"name", "Kind", ColumnKind::text}, {"when", "When there are such bodies", ColumnKind::text}};
    for (const FactPointer& fact : all->general(FactKind::kind)) kinds.rows.push_back({text_cell(fact->role), text_cell(fact->value), text_cell(period_text(*fact))});
    writer.put(exports::to_html(kinds, {.language = context.language, .paged = false}));
  }
  web::PageOptions options = options_of(entered.action == "add" ? tr("Enter: {0}", {std::string(name_of(entered.kind))}) : tr("Change: {0}", {std::string(name_of(entered.kind))}), false);
  options.notice = errors(problem, context.language);
  options.has_error = !problem.message.empty();
  options.status = problem.message.empty() ? 200 : web::status_of(problem.kind);
  options.narrow = true;
  return web::page(context, options, writer.take());
}

Answer check_page(BodiesService& service, Context& context, const Entered& entered, const Effect& effect) {
  const auto all = service.known();
  Writer writer(context.language);
  govuk::SummaryListParams list;
  for (const auto& [name, value] : entered.values)
    if (!value.empty()) list.rows.push_back({.key = {.text = name}, .value = {.text = value}});
  render(writer, list);
  const auto facts = [&](const Message& title, const std::vector<Fact>& which) {
    if (which.empty()) return;
    heading(writer, title);
    writer.open("ul", {{"class", "govuk-list govuk-list--bullet"}});
    for (const Fact& fact : which)
      writer.element("li", (fact.body.find(';') == std::string::npos ? all->last_name(fact.body) : fact.body) + ": " + text_of(fact) + "; " + period_text(fact));
    writer.close("ul");
  };
  facts(tr("What stands now and will be replaced"), effect.before);
  facts(tr("What will stand then"), effect.after);
  writer.open("form", {{"method", "post"}, {"action", Url("/bodies/change")}});
  writer.put(web::csrf_field(context));
  hidden(writer, "fact", std::string(code_of(entered.kind)));
  hidden(writer, "record", std::to_string(entered.record));
  hidden(writer, "seen-id", std::to_string(entered.seen_id));
  hidden(writer, "action", entered.action);
  for (const auto& [name, value] : entered.values) hidden(writer, name, value);
  writer.open("div", {{"class", "govuk-button-group"}});
  render(writer, govuk::ButtonParams{.text = tr("Save"), .name = "step", .value = "save", .prevent_double_click = true});
  render(writer, govuk::ButtonParams{.text = tr("Back to the form"), .name = "step", .value = "back", .classes = "govuk-button--secondary"});
  writer.close("div").close("form");
  web::PageOptions options = options_of(tr("Check your answers"), false);
  options.narrow = true;
  return web::page(context, options, writer.take());
}

Answer change_get(BodiesService& service, Context& context) {
  if (const std::int64_t record = number_of(context.query_value("record")); record > 0) {
    const FactPointer fact = service.known()->current(record);
    if (!fact || is_general(fact->kind)) return web::problem_page(context, {ProblemKind::not_found, "There is no such fact any more.", {}});
    if (const Status allowed = service.may_change(context.actor, *fact); !allowed) return web::problem_page(context, allowed.error());
    return form_page(service, context, entered_from(*fact), {});
  }
  const auto kind = editable(context.query_value("fact"));
  if (!kind) return web::problem_page(context, {ProblemKind::not_found, "Choose on the page of a body what to enter.", {}});
  if (const Status allowed = service.scope_of(context.actor).may_begin(*service.known(), *kind, context.query_value("body")); !allowed)
    return web::problem_page(context, allowed.error());
  Entered entered{*kind, "add", 0, 0, {{"body", context.query_value("body")}}};
  return form_page(service, context, entered, {});
}

Answer change_post(BodiesService& service, Context& context) {
  const auto entered = entered_from(context);
  if (!entered) return web::problem_page(context, entered.error());
  const std::string step = context.form_value("step");
  if (step == "back") return form_page(service, context, *entered, {});
  auto edits = edits_of(*entered);
  if (edits) edits = with_effective_day(service, *entered, std::move(*edits));
  if (!edits) return form_page(service, context, *entered, edits.error());
  const auto conflicting = [&](const Problem& problem) {
    const FactPointer theirs = service.known()->current(entered->record);
    if (!theirs) return web::problem_page(context, problem);
    web::Fields mine;
    web::Fields stored;
    const Entered now = entered_from(*theirs);
    for (const auto& [name, value] : now.values) {
      mine.emplace_back(name, entered->get(name));
      stored.emplace_back(name, value);
    }
    return web::conflict_page(context, mine, stored, Url::path("/bodies/change", {}, {{"record", std::to_string(entered->record)}}));
  };
  if (step != "save") {
    if (trimmed(entered->get("reason")).empty())
      return form_page(service, context, *entered, {ProblemKind::invalid, "Give a reason.", {{"reason", "Give a reason, such as the order or the minute that says so."}}});
    const auto effect = service.try_change(context.actor, *edits);
    if (!effect) return effect.error().kind == ProblemKind::conflict ? conflicting(effect.error()) : form_page(service, context, *entered, effect.error());
    return check_page(service, context, *entered, *effect);
  }
  const auto done = service.make_change(context.actor, *edits, entered->get("reason"));
  if (!done) return done.error().kind == ProblemKind::conflict ? conflicting(done.error()) : form_page(service, context, *entered, done.error());
  const auto codes = split(entered->get("body"), ';');
  const std::string body(trimmed(codes.empty() ? std::string() : codes.front()));
  return web::redirect(service.known()->exists(body) ? Url::path("/bodies/{}", {body}) : Url("/bodies"));
}

Answer changes_page(BodiesService& service, Context& context) {
  const std::int64_t count = service.count_changes();
  const std::int64_t wanted = number_of(context.query_value("page"));
  const exports::Paging paging = exports::paging(count, static_cast<int>(std::clamp<std::int64_t>(wanted, 1, 1'000'000)));
  exports::Table table{.id = "changes", .title = "Changes of the register"};
  table.columns = {{"number", "Change", ColumnKind::integer}, {"at", "When", ColumnKind::text}, {"what", "What", ColumnKind::text}, {"reason", "Reason", ColumnKind::text}};
  for (const store::Change& change : service.changes(exports::kPageSize, static_cast<int>(paging.first)))
    table.rows.push_back({exports::integer_cell(change.number).linked(Url::path("/bodies/changes/{}", {std::to_string(change.number)})), text_cell(change.at.iso()),
                          text_cell(change.sentence), text_cell(change.reason)});
  Writer writer(context.language);
  writer.put(exports::to_html(table, {.language = context.language, .paged = false, .empty_text = "Nothing has been changed yet."}));
  writer.put(exports::pager(paging, "/bodies/changes", {}, context.language));
  if (context.actor.can(kImportBodies)) {
    writer.open("p", {{"class", "govuk-body"}});
    writer.element("a", {{"class", "govuk-link"}, {"href", Url("/bodies/import")}}, tr("Import bodies"));
    writer.close("p");
  }
  return web::page(context, options_of(tr("Changes of the register"), false), writer.take());
}

Answer change_page(BodiesService& service, Context& context, const Problem& problem) {
  const std::int64_t number = number_of(context.parameter("number"));
  const auto change = service.change(number);
  if (!change) return web::problem_page(context, {ProblemKind::not_found, "There is no change with this number.", {}});
  Writer writer(context.language);
  writer.element("p", {{"class", "govuk-body-l"}}, change->sentence);
  paragraph(writer, tr("Made on {0} by {1}. Reason: {2}", {change->at.iso(), change->actor, change->reason}));
  const auto undone = service.undone_by(number);
  if (undone) paragraph(writer, tr("Undone by change {0}.", {std::to_string(*undone)}));
  exports::Table table{.id = "facts", .title = "Facts that came and went"};
  table.columns = {{"what", "What", ColumnKind::text, "", true}, {"body", "Body", ColumnKind::text, "", true}, {"fact", "Fact", ColumnKind::text}, {"holds", "Holds", ColumnKind::text}};
  const auto rows = [&](const std::vector<Fact>& facts, const char* what) {
    for (const Fact& fact : facts) table.rows.push_back({text_cell(what), text_cell(fact.body), text_cell(text_of(fact)), text_cell(period_text(fact))});
  };
  rows(service.removed_in(number), "Went");
  rows(service.added_in(number), "Came");
  writer.put(shown(table, context, "", "No fact came or went."));
  if (!undone && context.actor.can(kImportBodies)) {
    writer.open("form", {{"method", "post"}, {"action", Url::path("/bodies/changes/{}/undo", {std::to_string(number)})}, {"novalidate", true}});
    writer.put(web::csrf_field(context));
    render(writer, govuk::InputParams{.id = "reason", .name = "reason", .value = context.form_value("reason"), .label = {.text = tr("Reason for undoing it")},
                                      .error_message = {.text = field_error(problem, "reason")}});
    render(writer, govuk::ButtonParams{.text = tr("Undo this change"), .classes = "govuk-button--warning", .prevent_double_click = true});
    writer.close("form");
  }
  web::PageOptions options = options_of(tr("Change {0}", {std::to_string(number)}), false);
  options.notice = errors(problem, context.language);
  options.has_error = !problem.message.empty();
  options.status = problem.message.empty() ? 200 : web::status_of(problem.kind);
  return web::page(context, options, writer.take());
}

}  // namespace

void register_edit_pages(Wiring& wiring, BodiesService& service) {
  BodiesService* s = &service;
  const web::Access edit = web::Access::permission(kEditOwnBodies);
  const web::Access import = web::Access::permission(kImportBodies);
  wiring.router.get("/bodies/change", edit, [s](Context& context) { return change_get(*s, context); });
  wiring.router.post("/bodies/change", edit, [s](Context& context) { return change_post(*s, context); });
  wiring.router.get("/bodies/changes", web::Access::signed_in(), [s](Context& context) { return changes_page(*s, context); });
  wiring.router.get("/bodies/changes/:number", web::Access::signed_in(), [s](Context& context) { return change_page(*s, context, {}); });
  wiring.router.post("/bodies/changes/:number/undo", import, [s](Context& context) {
    const auto done = s->undo(context.actor, number_of(context.parameter("number")), context.form_value("reason"));
    if (!done) return done.error().kind == ProblemKind::not_found ? web::problem_page(context, done.error()) : change_page(*s, context, done.error());
    return web::redirect(Url::path("/bodies/changes/{}", {std::to_string(done->change)}));
  });
}

}  // namespace tithing::bodies
