// Forms that change the register: enter, with a draft, check your answers, save.
#include <algorithm>
#include <set>

#include "base/text.h"
#include "base/translation.h"
#include "slices/bodies/edges.h"
#include "slices/bodies/pages_fields.h"
#include "slices/bodies/pages_view.h"
#include "slices/bodies/reorganise.h"
#include "slices/wiring.h"

namespace tithing::bodies {
namespace {

using html::Content;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

std::optional<FactKind> editable(const std::string& code) {
  const auto kind = fact_kind_from(code);
  if (!kind || is_general(*kind)) return std::nullopt;
  return kind;
}

// What stands in the form: the columns of the fact and what else it asks, as typed or, once settled, as it is kept.
struct Entered {
  FactKind kind = FactKind::body;
  std::string action = "add";  // "add", "replace", "remove"
  std::int64_t record = 0;
  std::int64_t seen_id = 0;
  forms::Values values;
  std::string get(const std::string& name) const { return forms::at(values, name); }
  std::vector<forms::Field> fields(const Names& names) const {
    return fields_for(kind, names, action == "add" ? Entering::fresh : Entering::change);
  }
};

Entered entered_from(const Fact& fact) { return {fact.kind, "replace", fact.record, fact.id, values_of(fact)}; }

// From what was posted, or from a draft.
Result<Entered> entered_by(forms::Values values) {
  const auto kind = editable(forms::at(values, "fact"));
  if (!kind) return invalid(tr("Choose what to enter."));
  std::string action = forms::at(values, "action");
  if (action != "replace" && action != "remove") action = "add";
  const std::int64_t record = number_of(forms::at(values, "record")), seen = number_of(forms::at(values, "seen-id"));
  return Entered{*kind, std::move(action), record, seen, std::move(values)};
}

// Names become codes. What a body is called gives it its code, with a number where another has it already.
Problem settle(Entered& entered, const Names& names) {
  Problem wrong = forms::settle_all(entered.fields(names), entered.values);
  if (entered.kind == FactKind::body && entered.action == "add" && entered.get("body").empty())
    entered.values["body"] = free_code(*names.all, entered.get("name"));
  return wrong;
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
  auto fact = fact_of(entered.kind, entered.values);
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
  const auto day = forms::day_of(text);
  if (entered.action != "replace" || !day) return edits;
  const FactPointer former = all.current(entered.record);
  if (!former || former->id != entered.seen_id)
    return conflict(tr("Somebody else has changed this meanwhile. Nothing of yours was saved."));
  if (former->from && *day <= *former->from)
    return invalid(
        tr("It holds from {0} on.", {former->from->text()}),
        {{"effective", tr("What you change holds from {0} on. Choose a later day, or leave it empty to correct it from "
                          "the beginning.",
                          {former->from->text()})}});
  if (former->to && *day >= *former->to)
    return invalid(tr("It ended on {0}.", {former->to->text()}),
                   {{"effective",
                     tr("What you change ended on {0}. Choose an earlier day, or leave it empty to correct it from the "
                        "beginning.",
                        {former->to->text()})}});
  Fact ending = *former;
  ending.to = *day;
  Fact fresh = edits.front().fact;
  fresh.from = *day;
  fresh.seen.reset();
  return std::vector<Edit>{{Edit::Action::replace, ending, entered.record, entered.seen_id},
                           {Edit::Action::add, fresh, 0, 0}};
}

// The form and its check work on the register that the address asks for; under a proposal what is entered becomes a
// part of it.
Url form_url(const Context& context) { return web::carry(context, Url("/bodies/change")); }

// What the form carries besides its fields.
forms::Values carried(const Context& context, const Seen& view, const Entered& entered, bool afresh) {
  forms::Values out = {{"fact", std::string(code_of(entered.kind))},
                       {"record", std::to_string(entered.record)},
                       {"seen-id", std::to_string(entered.seen_id)}};
  if (entered.action == "add") out["action"] = "add";
  if (const std::string sent = context.form_value("proposal-version"); view.under)
    out["proposal-version"] = afresh || sent.empty() ? std::to_string(view.under->proposal.version) : sent;
  return out;
}

Names names_of(BodiesService& service, const Seen& view) { return {view.all, service.areas(), view.as_at}; }

void proposal_note(Writer& writer, const Seen& view) {
  if (view.under)
    render(writer, govuk::InsetTextParams{
                       .text = tr("What you enter becomes a part of proposal {0}: {1}. The register stays as it is.",
                                  {std::to_string(view.under->proposal.number), view.under->proposal.title})});
}

// `kept` is the draft of this form, and `back` says that its contents stand in it because it was opened again.
Answer form_page(BodiesService& service, Context& context, const Seen& view, Entered entered, const Problem& problem,
                 const std::optional<drafts::Draft>& kept, bool back = false) {
  Writer writer(context.language);
  proposal_note(writer, view);
  entered.values["action"] = entered.action;
  std::vector<forms::Field> fields = entered.fields(names_of(service, view));
  forms::Form form(writer, context, entered.values, problem);
  form.begin(form_url(context));
  forms::Values aside = carried(context, view, entered, true);
  aside["step"] = "check";
  // What the record has besides the fields of the form stays as it is.
  for (const std::string& column : fact_columns())
    if (std::none_of(fields.begin(), fields.end(), [&](const forms::Field& field) { return field.name == column; }) &&
        column != "body" && !entered.get(column).empty())
      aside[column] = entered.get(column);
  for (const auto& [name, value] : aside) form.hidden(name, value);
  for (forms::Field& field : fields) {
    // What a file or an older version says otherwise stays as it is until it is changed.
    if (field.kind == forms::Kind::choice) field.choices = forms::with_present(field.choices, entered.get(field.name));
    form.put(field);
  }
  form.save_buttons(draft_form(service, context, entered), kept, tr("Continue"), "", "");
  form.end();
  web::PageOptions options =
      options_of(entered.action == "add" ? tr("Enter: {0}", {std::string(name_of(entered.kind))})
                                         : tr("Change: {0}", {std::string(name_of(entered.kind))}),
                 false);
  forms::finish(options, form, problem);
  if (back && kept) options.notice += drafts::notice(context, *kept);
  options.narrow = true;
  return web::page(context, options, writer.take());
}

Answer check_page(BodiesService& service, Context& context, const Seen& view, const Entered& entered,
                  const Effect& effect) {
  Writer writer(context.language);
  proposal_note(writer, view);
  forms::put_answers(writer, entered.fields(names_of(service, view)), entered.values);
  if (entered.kind == FactKind::body && entered.action == "add")
    paragraph(writer, tr("It will be found at {0}.", {"/bodies/" + entered.get("body")}));
  put_effect(writer, service, view, effect);
  forms::Values values = carried(context, view, entered, false);
  values["action"] = entered.action;
  for (const char* name : {"name", "effective", "reason"}) values[name] = entered.get(name);
  for (const std::string& column : fact_columns())
    if (column != "fact") values[column] = entered.get(column);
  forms::put_checked(writer, context, form_url(context), values, draft_form(service, context, entered),
                     view.under ? tr("Add to the proposal") : tr("Save"));
  web::PageOptions options = options_of(tr("Check your answers"), false);
  options.narrow = true;
  return web::page(context, options, writer.take());
}

// What stood when the form was opened, what was typed, and what stands now, side by side; `typed` is kept as the draft.
Answer conflicting(BodiesService& service, Context& context, const Seen& view, const Entered& typed,
                   const Fact& stored) {
  std::vector<forms::Field> fields = typed.fields(names_of(service, view));
  std::erase_if(fields, [](const forms::Field& field) { return field.name == "action"; });
  forms::Values began;
  for (const Fact& version : service.versions_of(typed.record))
    if (version.id == typed.seen_id) began = values_of(version);
  forms::Overtaken conflict = forms::overtaken(draft_form(service, context, typed), fields, began, typed.values,
                                               values_of(stored), context.language);
  conflict.only_yours = {"effective", "reason"};
  Writer change(context.language);
  if (const auto made = service.change(stored.added_in)) {
    change.put(tr("It was changed on {0} by {1}. Reason: {2}", {moment(made->at), made->actor, made->reason}))
        .text(" ");
    change.element("a",
                   {{"class", "govuk-link"}, {"href", Url::path("/bodies/changes/{}", {std::to_string(made->number)})}},
                   tr("Open change {0}", {std::to_string(made->number)}));
  }
  conflict.change = change.take();
  return forms::overtaken_page(context, conflict);
}

// The record was taken away since: what was typed is shown, so that it can be entered anew, until its draft is thrown
// away.
Answer gone(BodiesService& service, Context& context, const Seen& view, const Entered& typed,
            const drafts::Draft& draft) {
  Writer writer(context.language);
  writer.element("p", {{"class", "govuk-body-l"}},
                 tr("Somebody took this fact away since you began. Nothing of yours is entered. What you typed stands "
                    "below; enter it as something new where it still holds."));
  forms::put_answers(writer, typed.fields(names_of(service, view)), typed.values);
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
    if (*kind == FactKind::body) entered.values.clear();
  }
  const auto draft = drafts::find(*wiring.database, context.actor, draft_form(service, context, entered).key);
  auto typed = draft ? entered_by(forms::values_in(*draft)) : Result<Entered>(invalid(""));
  // Names that are not settled yet stay as they were typed.
  if (typed) (void)forms::settle_all(typed->fields(names_of(service, *view)), typed->values);
  if (record > 0 && (!fact || is_general(fact->kind)))
    return typed ? gone(service, context, *view, *typed, *draft)
                 : web::problem_page(context, {ProblemKind::not_found, "There is no such fact any more.", {}});
  if (!typed || typed->kind != entered.kind || typed->record != record)
    return form_page(service, context, *view, entered, {}, std::nullopt);
  Entered again = *typed;
  if (record > 0 && again.seen_id != fact->id) {
    if (context.query_value("draft") != "merged") return conflicting(service, context, *view, again, *fact);
    forms::Values began;
    for (const Fact& version : service.versions_of(record))
      if (version.id == again.seen_id) began = values_of(version);
    again.values = forms::merged(began, again.values, entered.values);
    again.seen_id = fact->id;
  }
  return form_page(service, context, *view, again, {}, draft, true);
}

Answer change_post(BodiesService& service, Wiring& wiring, Context& context) {
  auto entered = entered_by(forms::values_in(context));
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
      if (theirs && theirs->id != entered->seen_id) return conflicting(service, context, *view, *entered, *theirs);
      if (const auto draft = drafts::find(*wiring.database, context.actor, form.key); draft && !theirs)
        return gone(service, context, *view, *entered, *draft);
    }
    // A day from which a change holds is entered in a field of its own: what is wrong with it is said there.
    Problem there = problem;
    if (entered->action == "replace" && !entered->get("effective").empty())
      for (FieldProblem& field : there.fields)
        if (field.field == "from") field.field = "effective";
    return form_page(service, context, *view, *entered, there, drafts::find(*wiring.database, context.actor, form.key));
  };
  if (step == "back" || !context.form_value("add").empty())
    return form_page(service, context, *view, *entered, {}, drafts::find(*wiring.database, context.actor, form.key));
  if (const Problem wrong = settle(*entered, names_of(service, *view)); !wrong.message.empty()) return refused(wrong);
  auto edits = edits_of(*entered);
  if (edits) edits = with_effective_day(*view->all, *entered, std::move(*edits));
  if (!edits) return refused(edits.error());
  if (step != "save") {
    const auto effect = proposal > 0 ? try_in_proposal(service.keeping(context.actor), proposal, *edits)
                                     : try_change(service.keeping(context.actor), *edits);
    return effect ? check_page(service, context, *view, *entered, *effect) : refused(effect.error());
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

// Titles of posts, of whatever body: a seat may be held by a post that is not in the register.
forms::Finder post_finder(std::shared_ptr<const Register> all) {
  return {"post", "posts", "/bodies/posts", {}, [all](std::string_view text) {
            std::set<std::string> titles;
            for (const auto& [code, entry] : all->entries())
              for (const FactKind kind : {FactKind::post, FactKind::membership})
                for (const FactPointer& fact : entry.of(kind))
                  if (lowered(fact->value).find(lowered(text)) != std::string::npos) titles.insert(fact->value);
            std::vector<forms::Match> out;
            for (const std::string& title : titles) out.push_back({title, title, {}});
            return out;
          }};
}

}  // namespace

void register_edit_pages(Wiring& wiring, BodiesService& service) {
  BodiesService* s = &service;
  Wiring* w = &wiring;
  const web::Access edit = web::Access::permission(kEditOwnBodies);
  wiring.router.get("/bodies/change", edit, [s, w](Context& context) { return change_get(*s, *w, context); });
  wiring.router.get("/bodies/names", web::Access::anyone(), [s](Context& context) {
    return forms::names_answer(context, body_finder(s->known(), context.today));
  });
  wiring.router.get("/bodies/posts", web::Access::anyone(),
                    [s](Context& context) { return forms::names_answer(context, post_finder(s->known())); });
  wiring.router.post("/bodies/change", edit, [s, w](Context& context) { return change_post(*s, *w, context); });
}

}  // namespace tithing::bodies
