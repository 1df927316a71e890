// Forms that change the register: enter, with a draft, check your answers, save.
#include <algorithm>

#include "base/text.h"
#include "drafts/drafts.h"
#include "slices/bodies/edges.h"
#include "slices/bodies/pages_fields.h"
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

std::optional<FactKind> editable(const std::string& code) {
  const auto kind = fact_kind_from(code);
  if (!kind || is_general(*kind)) return std::nullopt;
  return kind;
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
  static const std::vector<std::string> names = {"body",      "other",  "role",     "value", "detail",    "holder",
                                                 "state",     "amount", "from",     "to",    "seen",      "paper",
                                                 "paragraph", "note",   "inferred", "name",  "effective", "reason"};
  return names;
}

Entered entered_from(const Fact& fact) {
  Entered entered{fact.kind, "replace", fact.record, fact.id, {}};
  const std::vector<std::string> fields = fields_of(fact);
  for (std::size_t i = 1; i < fields.size(); ++i) entered.values.emplace_back(fact_columns()[i], fields[i]);
  return entered;
}

// From what was posted, or from a draft: `get` gives the field or "".
template <class Get>
Result<Entered> entered_by(const Get& get) {
  const auto kind = editable(get("fact"));
  if (!kind) return invalid("Choose what to enter.");
  Entered entered{*kind, get("action"), number_of(get("record")), number_of(get("seen-id")), {}};
  if (entered.action != "replace" && entered.action != "remove") entered.action = "add";
  for (const std::string& name : all_fields()) entered.values.emplace_back(name, get(name));
  return entered;
}

// Which draft this form has. The address of a form for something new names the body for which it was opened, also when
// another is entered meanwhile.
drafts::Form draft_form(BodiesService& service, const Context& context, const Entered& entered) {
  const std::string kind(code_of(entered.kind));
  const drafts::Form posted = drafts::posted_form(context);
  const auto title = [&](const Message& what, const std::string& body) {
    const std::string name = service.known()->exists(body) ? service.known()->last_name(body) : body;
    return what.in(context.language).text + (name.empty() ? "" : ", " + name);
  };
  // Under a proposal the same form is another one.
  const std::string proposal = context.query_value("proposal");
  const std::string apart = proposal.empty() ? std::string() : "/proposal/" + proposal;
  if (entered.record > 0) {
    const std::string record = std::to_string(entered.record);
    const FactPointer now = service.known()->current(entered.record);
    return {"bodies.change/record/" + record + apart,
            title(tr("Change: {0}", {std::string(name_of(entered.kind))}), now ? now->body : entered.get("body")),
            web::carry(context, Url::path("/bodies/change", {}, {{"record", record}})).text(),
            std::to_string(entered.seen_id)};
  }
  if (posted.key.rfind("bodies.change/add/" + kind + "/", 0) == 0) return posted;
  const std::string body = entered.get("body").substr(0, 200);
  return {"bodies.change/add/" + kind + "/" + body + apart,
          title(tr("Enter: {0}", {std::string(name_of(entered.kind))}), body),
          web::carry(context, Url::path("/bodies/change", {}, {{"fact", kind}, {"body", body}})).text(), ""};
}

// The edits that the form asks for. With a day from which a change holds, the former version ends there and a new fact
// begins.
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
  if (entered.action == "remove")
    return std::vector<Edit>{{Edit::Action::remove, *fact, entered.record, entered.seen_id}};
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

Result<std::vector<Edit>> with_effective_day(const Register& all, const Entered& entered, std::vector<Edit> edits) {
  const std::string text = entered.get("effective");
  if (entered.action != "replace" || text.empty()) return edits;
  const auto day = Date::parse(text);
  if (!day)
    return invalid("The day is malformed.", {{"effective", "Enter a day such as 2012-04-01, or leave it empty."}});
  const FactPointer former = all.current(entered.record);
  if (!former || former->id != entered.seen_id)
    return conflict("Somebody else has changed this meanwhile. Nothing of yours was saved.");
  if (former->from && *day <= *former->from)
    return invalid("It holds from " + former->from->text() + " on.",
                   {{"effective", "What you change holds from " + former->from->text() +
                                      " on. Choose a later day, or leave it empty to correct it from the beginning."}});
  if (former->to && *day >= *former->to)
    return invalid("It ended on " + former->to->text() + ".",
                   {{"effective", "What you change ended on " + former->to->text() +
                                      ". Choose an earlier day, or leave it empty to correct it from the beginning."}});
  Fact ending = *former;
  ending.to = *day;
  Fact fresh = edits.front().fact;
  fresh.from = *day;
  fresh.seen.reset();
  return std::vector<Edit>{{Edit::Action::replace, ending, entered.record, entered.seen_id},
                           {Edit::Action::add, fresh, 0, 0}};
}

void hidden(Writer& writer, const std::string& name, const std::string& value) {
  writer.void_element("input", {{"type", "hidden"}, {"name", name}, {"value", value}});
}

// The form and its check work on the register that the address asks for; under a proposal what is entered becomes a
// part of it.
Url form_url(const Context& context) { return web::carry(context, Url("/bodies/change")); }

void proposal_version(Writer& writer, const Context& context, const Seen& view, bool afresh) {
  if (!view.under) return;
  const std::string sent = context.form_value("proposal-version");
  hidden(writer, "proposal-version", afresh || sent.empty() ? std::to_string(view.under->proposal.version) : sent);
}

void proposal_note(Writer& writer, const Seen& view) {
  if (view.under)
    render(writer, govuk::InsetTextParams{
                       .text = tr("What you enter becomes a part of proposal {0}: {1}. The register stays as it is.",
                                  {std::to_string(view.under->proposal.number), view.under->proposal.title})});
}

// `kept` is the draft of this form, and `back` says that its contents stand in it because it was opened again.
Answer form_page(BodiesService& service, Context& context, const Entered& entered, const Problem& problem,
                 const std::optional<drafts::Draft>& kept, bool back = false) {
  const auto view = seen(service, context);
  if (!view) return not_seen(context, view.error());
  const auto& all = view->all;
  const drafts::Form form = draft_form(service, context, entered);
  std::vector<std::string> shown = {"name", "effective", "reason"};
  Writer writer(context.language);
  proposal_note(writer, *view);
  writer.open("form", {{"method", "post"}, {"action", form_url(context)}, {"novalidate", true}});
  writer.put(web::csrf_field(context));
  proposal_version(writer, context, *view, true);
  hidden(writer, "fact", std::string(code_of(entered.kind)));
  hidden(writer, "record", std::to_string(entered.record));
  hidden(writer, "seen-id", std::to_string(entered.seen_id));
  hidden(writer, "step", "check");
  const auto input = [&](const std::string& name, const Message& label, const Content& hint,
                         const std::string& type = "text") {
    shown.push_back(name);
    render(writer, govuk::InputParams{.id = name,
                                      .name = name,
                                      .type = type,
                                      .value = entered.get(name),
                                      .label = {.text = label},
                                      .hint = {.text = hint},
                                      .error_message = {.text = web::field_error(problem, name)},
                                      .classes = type == "date" ? "govuk-input--width-10" : ""});
  };
  if (entered.action == "add") {
    hidden(writer, "action", "add");
  } else {
    govuk::RadiosParams radios;
    radios.name = "action";
    radios.id_prefix = "action";
    radios.value = entered.action;
    radios.fieldset = govuk::FieldsetParams{
        .legend = {.text = tr("What do you want to do?"), .classes = "govuk-fieldset__legend--m"}};
    radios.items = {{.text = tr("Change it"), .value = "replace"},
                    {.text = tr("Take it away: it should never have been entered"), .value = "remove"}};
    render(writer, radios);
    input("effective", label_of(entered.kind, "effective"),
          tr("Leave it empty to correct what was wrong from the beginning."), "date");
  }
  input("body", label_of(entered.kind, "body"),
        entered.kind == FactKind::succession ? Content(tr("Their codes, with semicolons between them."))
                                             : Content(tr("Its code, such as north-worcestershire-csp.")));
  if (entered.kind == FactKind::body && entered.action == "add") input("name", tr("Name"), {});
  for (const Field& field : fields_for(entered.kind)) {
    const auto choices = choices_for(entered.kind, field.name);
    if (choices.empty()) {
      input(field.name, field.label, field.hint);
      continue;
    }
    shown.push_back(field.name);
    govuk::SelectParams select;
    select.id = select.name = field.name;
    select.label = {.text = field.label};
    select.hint = {.text = field.hint};
    select.value = entered.get(field.name);
    select.error_message = {.text = web::field_error(problem, field.name)};
    select.items = {{.value = "", .text = tr("Choose one")}};
    for (const auto& [code, name] : choices) select.items.push_back({.value = code, .text = name});
    // What a file or an older version says otherwise stays as it is until it is changed.
    const std::string now = entered.get(field.name);
    if (!now.empty() && std::none_of(choices.begin(), choices.end(), [&](const auto& one) { return one.first == now; }))
      select.items.push_back({.value = now, .text = now});
    render(writer, select);
  }
  const bool once = entered.kind == FactKind::succession || entered.kind == FactKind::meeting;
  input("from", label_of(entered.kind, "from"),
        once ? Content() : Content(tr("The first day. Leave it empty when it is not known.")), "date");
  if (!once)
    input("to", tr("Until"), tr("The first day on which it is no longer so. Leave it empty while it lasts."), "date");
  input("seen", label_of(entered.kind, "seen"),
        entered.kind == FactKind::succession
            ? Content()
            : Content(tr("The day of which the source speaks. Where no end is known, it is not known whether it is "
                         "still so after that day. Leave it empty for what you keep up to date here.")),
        "date");
  input("paper", tr("Source"), tr("The order, minute or paper that says so."));
  input("paragraph", tr("Paragraph"), {});
  input("note", tr("Note"), {});
  input("inferred", label_of(entered.kind, "inferred"),
        tr("Where the source does not say it itself: its words, in quotation marks, and how it follows from them. "
           "Leave it empty where it says so."));
  render(writer, govuk::TextareaParams{.id = "reason",
                                       .name = "reason",
                                       .rows = 2,
                                       .value = entered.get("reason"),
                                       .label = {.text = label_of(entered.kind, "reason")},
                                       .hint = {.text = tr("Everyone who may read the audit will see it.")},
                                       .error_message = {.text = web::field_error(problem, "reason")}});
  // What the record has besides the fields of the form stays as it is.
  for (const auto& [name, value] : entered.values)
    if (!value.empty() && std::find(shown.begin(), shown.end(), name) == shown.end()) hidden(writer, name, value);
  drafts::put_buttons(writer, context, form, kept, {.text = tr("Continue")});
  writer.close("form");
  if (entered.kind == FactKind::body) {
    exports::Table kinds{.id = "kinds", .title = "Kinds of bodies"};
    kinds.columns = {{"code", "Code", ColumnKind::text},
                     {"name", "Kind", ColumnKind::text},
                     {"when", "When there are such bodies", ColumnKind::text}};
    for (const FactPointer& fact : all->general(FactKind::kind))
      kinds.rows.push_back({text_cell(fact->role), text_cell(fact->value), text_cell(period_text(*fact))});
    writer.put(exports::to_html(kinds, {.language = context.language, .paged = false}));
  }
  web::PageOptions options =
      options_of(entered.action == "add" ? tr("Enter: {0}", {std::string(name_of(entered.kind))})
                                         : tr("Change: {0}", {std::string(name_of(entered.kind))}),
                 false);
  options.notice = web::error_summary(problem, context.language);
  if (back && kept) options.notice += drafts::notice(context, *kept);
  options.has_error = !problem.message.empty();
  options.status = problem.message.empty() ? 200 : web::status_of(problem.kind);
  options.narrow = true;
  return web::page(context, options, writer.take());
}

Answer check_page(BodiesService& service, Context& context, const Entered& entered, const Effect& effect) {
  const auto view = seen(service, context);
  if (!view) return not_seen(context, view.error());
  const auto& all = view->all;
  Writer writer(context.language);
  proposal_note(writer, *view);
  govuk::SummaryListParams list;
  for (const auto& [name, value] : entered.values)
    if (!value.empty()) list.rows.push_back({.key = {.text = label_of(entered.kind, name)}, .value = {.text = value}});
  render(writer, list);
  const auto facts = [&](const Message& title, const std::vector<Fact>& which) {
    if (which.empty()) return;
    heading(writer, title);
    writer.open("ul", {{"class", "govuk-list govuk-list--bullet"}});
    for (const Fact& fact : which)
      writer.element("li", (fact.body.find(';') == std::string::npos ? all->last_name(fact.body) : fact.body) + ": " +
                               text_of(fact) + "; " + period_text(fact));
    writer.close("ul");
  };
  facts(tr("What stands now and will be replaced"), effect.before);
  facts(tr("What will stand then"), effect.after);
  writer.open("form", {{"method", "post"}, {"action", form_url(context)}});
  writer.put(web::csrf_field(context));
  proposal_version(writer, context, *view, false);
  hidden(writer, "fact", std::string(code_of(entered.kind)));
  hidden(writer, "record", std::to_string(entered.record));
  hidden(writer, "seen-id", std::to_string(entered.seen_id));
  hidden(writer, "action", entered.action);
  for (const auto& [name, value] : entered.values) hidden(writer, name, value);
  drafts::put_hidden(writer, draft_form(service, context, entered));
  paragraph(writer, tr("Everyone can read the register, so everyone will see what you save. Who changed it and the "
                       "reason are shown to people who are signed in."));
  writer.open("div", {{"class", "govuk-button-group"}});
  render(writer, govuk::ButtonParams{.text = view->under ? tr("Add to the proposal") : tr("Save"),
                                     .name = "step",
                                     .value = "save",
                                     .prevent_double_click = true});
  render(writer,
         govuk::ButtonParams{
             .text = tr("Back to the form"), .name = "step", .value = "back", .classes = "govuk-button--secondary"});
  writer.close("div").close("form");
  web::PageOptions options = options_of(tr("Check your answers"), false);
  options.narrow = true;
  return web::page(context, options, writer.take());
}

// What stood when the form was opened, what was typed, and what stands now, side by side; `typed` is kept as the draft.
Answer conflicting(BodiesService& service, Context& context, const Entered& typed, const Fact& stored) {
  drafts::Conflict conflict{draft_form(service, context, typed), {}, {}, labelled(stored, context.language), {}};
  for (const Fact& version : service.versions_of(typed.record))
    if (version.id == typed.seen_id) conflict.began = labelled(version, context.language);
  for (const std::string& column : fact_columns())
    if (column != "fact")
      conflict.yours.emplace_back(label_of(typed.kind, column).in(context.language).text, typed.get(column));
  for (const std::string name : {"effective", "reason"})
    conflict.yours.emplace_back(label_of(typed.kind, name).in(context.language).text, typed.get(name));
  Writer change(context.language);
  if (const auto made = service.change(stored.added_in)) {
    change.put(tr("It was changed on {0} by {1}. Reason: {2}", {moment(made->at), made->actor, made->reason}))
        .text(" ");
    change.element("a",
                   {{"class", "govuk-link"}, {"href", Url::path("/bodies/changes/{}", {std::to_string(made->number)})}},
                   tr("Open change {0}", {std::to_string(made->number)}));
  }
  conflict.change = change.take();
  return drafts::conflict_page(context, conflict);
}

// The record was taken away since: what was typed is shown, so that it can be entered anew, until its draft is thrown
// away.
Answer gone(Context& context, const Entered& typed, const drafts::Draft& draft) {
  Writer writer(context.language);
  writer.element("p", {{"class", "govuk-body-l"}},
                 tr("Somebody took this fact away since you began. Nothing of yours is entered. What you typed stands "
                    "below; enter it as something new where it still holds."));
  govuk::SummaryListParams list;
  for (const auto& [name, value] : typed.values)
    if (!value.empty()) list.rows.push_back({.key = {.text = label_of(typed.kind, name)}, .value = {.text = value}});
  render(writer, list);
  writer.open("p", {{"class", "govuk-body"}});
  writer.element("a",
                 {{"class", "govuk-link"}, {"href", Url::path("/bodies/records/{}", {std::to_string(typed.record)})}},
                 tr("What became of the record"));
  writer.close("p");
  web::PageOptions options = options_of(tr("Somebody else has changed this"), false);
  options.notice = drafts::notice(context, draft);
  options.status = 409;
  options.narrow = true;
  return web::page(context, options, writer.take());
}

Answer change_get(BodiesService& service, Wiring& wiring, Context& context) {
  const std::int64_t record = number_of(context.query_value("record"));
  const auto view = seen(service, context);
  if (!view) return not_seen(context, view.error());
  const FactPointer fact = record > 0 ? view->all->current(record) : nullptr;
  Entered entered;
  if (record > 0) {
    entered.record = record;
    if (fact && !is_general(fact->kind)) {
      if (const Status allowed = service.may_change(context.actor, *fact); !allowed)
        return web::problem_page(context, allowed.error());
      entered = entered_from(*fact);
    }
  } else {
    const auto kind = editable(context.query_value("fact"));
    if (!kind)
      return web::problem_page(context, {ProblemKind::not_found, "Choose on the page of a body what to enter.", {}});
    if (const Status allowed =
            service.scope_of(context.actor).may_begin(*view->all, *kind, context.query_value("body"));
        !allowed)
      return web::problem_page(context, allowed.error());
    entered = Entered{*kind, "add", 0, 0, {{"body", context.query_value("body")}}};
  }
  const auto draft = drafts::find(*wiring.database, context.actor, draft_form(service, context, entered).key);
  const auto typed =
      draft ? entered_by([&](const std::string& name) { return draft->get(name); }) : Result<Entered>(invalid(""));
  if (record > 0 && (!fact || is_general(fact->kind)))
    return typed ? gone(context, *typed, *draft)
                 : web::problem_page(context, {ProblemKind::not_found, "There is no such fact any more.", {}});
  if (!typed || typed->kind != entered.kind || typed->record != record)
    return form_page(service, context, entered, {}, std::nullopt);
  Entered again = *typed;
  if (record > 0 && again.seen_id != fact->id) {
    if (context.query_value("draft") != "merged") return conflicting(service, context, again, *fact);
    web::Fields began;
    for (const Fact& version : service.versions_of(record))
      if (version.id == again.seen_id) began = entered_from(version).values;
    again.values = drafts::merged(began, again.values, entered.values);
    again.seen_id = fact->id;
  }
  return form_page(service, context, again, {}, draft, true);
}

Answer change_post(BodiesService& service, Wiring& wiring, Context& context) {
  const auto entered = entered_by([&](const std::string& name) { return context.form_value(name); });
  if (!entered) return web::problem_page(context, entered.error());
  const auto view = seen(service, context);
  if (!view) return not_seen(context, view.error());
  const std::int64_t proposal = view->under ? view->under->proposal.number : 0;
  const std::string step = context.form_value("step");
  const drafts::Form form = draft_form(service, context, *entered);
  // Kept until the change is made, whatever is wrong with it now.
  drafts::keep_posted(*wiring.database, context, form);
  const auto refused = [&](const Problem& problem) {
    if (problem.kind == ProblemKind::conflict && entered->record > 0) {
      const FactPointer theirs = view->all->current(entered->record);
      if (theirs && theirs->id != entered->seen_id) return conflicting(service, context, *entered, *theirs);
      if (const auto draft = drafts::find(*wiring.database, context.actor, form.key); draft && !theirs)
        return gone(context, *entered, *draft);
    }
    // A day from which a change holds is entered in a field of its own: what is wrong with it is said there.
    Problem there = problem;
    if (entered->action == "replace" && !entered->get("effective").empty())
      for (FieldProblem& field : there.fields)
        if (field.field == "from") field.field = "effective";
    return form_page(service, context, *entered, there, drafts::find(*wiring.database, context.actor, form.key));
  };
  if (step == "back")
    return form_page(service, context, *entered, {}, drafts::find(*wiring.database, context.actor, form.key));
  auto edits = edits_of(*entered);
  if (edits) edits = with_effective_day(*view->all, *entered, std::move(*edits));
  if (!edits) return refused(edits.error());
  if (step != "save") {
    if (trimmed(entered->get("reason")).empty())
      return refused({ProblemKind::invalid,
                      "Give a reason.",
                      {{"reason", "Give a reason, such as the order or the minute that says so."}}});
    const auto effect = proposal > 0 ? try_in_proposal(service.keeping(context.actor), proposal, *edits)
                                     : try_change(service.keeping(context.actor), *edits);
    return effect ? check_page(service, context, *entered, *effect) : refused(effect.error());
  }
  if (proposal > 0) {
    // Somebody else's edit meanwhile: the form comes back with what was typed, and goes on from the proposal as it is
    // now.
    if (const Status added =
            add_to_proposal(service.keeping(context.actor), proposal, number_of(context.form_value("proposal-version")),
                            *edits, entered->get("reason"));
        !added)
      return refused(added.error());
    drafts::end(*wiring.database, context.actor, form.key);
    return web::redirect(web::carry(context, Url::path("/bodies/proposals/{}", {std::to_string(proposal)})));
  }
  const auto done = service.make_change(context.actor, *edits, entered->get("reason"));
  if (!done) return refused(done.error());
  drafts::end(*wiring.database, context.actor, form.key);
  const auto codes = split(entered->get("body"), ';');
  const std::string body(trimmed(codes.empty() ? std::string() : codes.front()));
  return web::redirect(
      web::carry(context, service.known()->exists(body) ? Url::path("/bodies/{}", {body}) : Url("/bodies")));
}

}  // namespace

void register_edit_pages(Wiring& wiring, BodiesService& service) {
  BodiesService* s = &service;
  Wiring* w = &wiring;
  const web::Access edit = web::Access::permission(kEditOwnBodies);
  wiring.router.get("/bodies/change", edit, [s, w](Context& context) { return change_get(*s, *w, context); });
  wiring.router.post("/bodies/change", edit, [s, w](Context& context) { return change_post(*s, *w, context); });
}

}  // namespace tithing::bodies
