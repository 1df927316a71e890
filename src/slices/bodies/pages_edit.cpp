// Forms that change the register: enter, with a draft, check your answers, save.
#include <algorithm>
#include <set>

#include "base/text.h"
#include "base/translation.h"
#include "slices/bodies/edges.h"
#include "slices/bodies/pages_work.h"
#include "slices/bodies/reorganise.h"

namespace tithing::bodies {
namespace {

std::optional<FactKind> editable(const std::string& code) {
  const auto kind = fact_kind_from(code);
  if (!kind || is_general(*kind)) return std::nullopt;
  return kind;
}

// What stands in the form: the columns of the fact and what else it asks, as typed or, once settled, as it is kept;
// "action" ("add", "replace", "remove"), the record and which version of it was seen go along.
struct Entered {
  FactKind kind = FactKind::body;
  forms::Values values = {};
  drafts::Form draft = {};
  std::string get(const std::string& name) const { return forms::at(values, name); }
  bool fresh() const { return get("action") != "replace" && get("action") != "remove"; }
  std::int64_t record() const { return number_of(get("record")); }
  std::int64_t seen_id() const { return number_of(get("seen-id")); }
};

std::vector<forms::Field> fields_of(const Work& work, const Entered& entered) {
  auto fields = fields_for(entered.kind, work.names(), entered.fresh() ? Entering::fresh : Entering::change);
  // What a file or an older version says otherwise stays as it is until it is changed.
  for (forms::Field& field : fields)
    if (field.kind == forms::Kind::choice) field.choices = forms::with_present(field.choices, entered.get(field.name));
  return fields;
}

// From what was posted, or from a draft.
Result<Entered> entered_by(forms::Values values) {
  const auto kind = editable(forms::at(values, "fact"));
  if (!kind) return invalid(tr("Choose what to enter."));
  return Entered{*kind, std::move(values)};
}

Entered stored(const Fact& fact) {
  Entered entered{fact.kind, values_of(fact)};
  entered.values.insert({{"fact", std::string(code_of(fact.kind))},
                         {"action", "replace"},
                         {"record", std::to_string(fact.record)},
                         {"seen-id", std::to_string(fact.id)}});
  return entered;
}

// Something new, of the kind and the body that the address names.
Result<Entered> fresh(const Work& work) {
  const std::string code = work.context.query_value("fact"), body = work.context.query_value("body");
  const auto kind = editable(code);
  if (!kind) return not_found(tr("Choose on the page of a body what to enter."));
  if (Status allowed = work.service.scope_of(work.context.actor).may_begin(*work.view.all, *kind, body); !allowed)
    return pass_on(allowed);
  return Entered{*kind, {{"fact", code}, {"action", "add"}, {"body", *kind == FactKind::body ? "" : body}}};
}

// As it stood when the form was opened.
forms::Values as_begun(const Work& work, const Entered& entered) {
  for (const Fact& version : work.service.versions_of(entered.record()))
    if (version.id == entered.seen_id()) return values_of(version);
  return {};
}

Message title_of(const Entered& entered) {
  return entered.fresh() ? tr("Enter: {0}", {std::string(name_of(entered.kind))})
                         : tr("Change: {0}", {std::string(name_of(entered.kind))});
}

// Which draft this form has. The address of a form for something new names the body for which it was opened, also when
// another is entered meanwhile; under a proposal the same form is another one.
drafts::Form draft_form(const Work& work, const Entered& entered) {
  const std::string kind(code_of(entered.kind)), record = std::to_string(entered.record());
  const std::string proposal = work.context.query_value("proposal");
  const bool add = entered.record() == 0;
  const drafts::Form posted = drafts::posted_form(work.context);
  if (add && posted.key.rfind("bodies.change/add/" + kind + "/", 0) == 0) return posted;
  const FactPointer now = add ? nullptr : work.service.known()->current(entered.record());
  const std::string body = (now ? now->body : entered.get("body")).substr(0, 200);
  const std::string called = work.service.known()->exists(body) ? work.service.known()->last_name(body) : body;
  const Url address = add ? Url::path("/bodies/change", {}, {{"fact", kind}, {"body", body}})
                          : Url::path("/bodies/change", {}, {{"record", record}});
  return {(add ? "bodies.change/add/" + kind + "/" + body : "bodies.change/record/" + record) +
              (proposal.empty() ? "" : "/proposal/" + proposal),
          title_of(entered).in(work.context.language).text + (called.empty() ? "" : ", " + called),
          web::carry(work.context, address).text(), add ? "" : std::to_string(entered.seen_id())};
}

// The edits that the form asks for. With a day from which a change holds, the former version ends there and a new fact
// begins.
Result<std::vector<Edit>> edits_of(const Register& all, const Entered& entered) {
  auto fact = fact_of(entered.kind, entered.values);
  if (!fact) return pass_on(fact);
  if (entered.fresh())
    return entered.kind == FactKind::body && !entered.get("name").empty()
               ? with_its_name(std::move(*fact), entered.get("name"))
               : std::vector<Edit>{{.fact = std::move(*fact)}};
  const bool remove = entered.get("action") == "remove";
  Edit edit{remove ? Edit::Action::remove : Edit::Action::replace, std::move(*fact), entered.record(),
            entered.seen_id()};
  const auto day = forms::day_of(entered.get("effective"));
  if (remove || !day) return std::vector<Edit>{edit};
  const FactPointer former = all.current(edit.record);
  if (!former || former->id != edit.seen_id)
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
  Edit ending{edit.action, *former, edit.record, edit.seen_id};
  ending.fact.to = *day;
  edit.fact.from = *day;
  edit.fact.seen.reset();
  return std::vector<Edit>{std::move(ending), {.fact = std::move(edit.fact)}};
}

// The form and its check work on the register that the address asks for; under a proposal what is entered becomes a
// part of it.
forms::Sheet sheet_of(const Work& work, const Entered& entered, const Content& title) {
  forms::Sheet sheet = work.sheet(options_of(title, false));
  sheet.action = web::carry(work.context, Url("/bodies/change"));
  sheet.draft = entered.draft;
  sheet.fields = fields_of(work, entered);
  return sheet;
}

Answer form_page(const Work& work, Entered entered, const Problem& problem = {}) {
  if (entered.kind == FactKind::body && entered.fresh()) entered.values.erase("body");  // made of the name anew
  if (work.view.under) entered.values["proposal-version"] = std::to_string(work.view.under->proposal.version);
  forms::Sheet sheet = sheet_of(work, entered, title_of(entered));
  sheet.save = tr("Continue");
  return forms::sheet_page(work.database(), work.context, std::move(sheet), entered.values, problem);
}

Answer check_page(const Work& work, const Entered& entered, const Effect& effect) {
  Writer writer(work.context.language);
  if (entered.kind == FactKind::body && entered.fresh())
    paragraph(writer, tr("It will be found at {0}.", {"/bodies/" + entered.get("body")}));
  put_effect(writer, work.service, work.view, effect);
  return forms::check_page(work.context, sheet_of(work, entered, tr("Check your answers")), entered.values,
                           writer.take());
}

// What stood when the form was opened, what was typed, and what stands now, side by side; `typed` is kept as the draft.
Answer conflicting(const Work& work, const Entered& typed, const Fact& now) {
  std::vector<forms::Field> fields = fields_of(work, typed);
  std::erase_if(fields, [](const forms::Field& field) { return field.name == "action"; });
  forms::Overtaken conflict =
      forms::overtaken(typed.draft, fields, as_begun(work, typed), typed.values, values_of(now), work.context.language);
  conflict.only_yours = {"effective", "reason"};
  Writer change(work.context.language);
  if (const auto made = work.service.change(now.added_in)) {
    change.put(tr("It was changed on {0} by {1}. Reason: {2}", {moment(made->at), made->actor, made->reason}))
        .text(" ");
    link(change, change_url(made->number), tr("Open change {0}", {std::to_string(made->number)}));
  }
  conflict.change = change.take();
  return forms::overtaken_page(work.context, conflict);
}

// The record was taken away since: what was typed is shown, so that it can be entered anew, until its draft is thrown
// away.
Answer gone(const Work& work, const Entered& typed) {
  Writer writer(work.context.language);
  writer.element("p", {{"class", "govuk-body-l"}},
                 tr("Somebody took this fact away since you began. Nothing of yours is entered. What you typed stands "
                    "below; enter it as something new where it still holds."));
  forms::put_answers(writer, fields_of(work, typed), typed.values);
  link_line(writer, record_url(typed.record()), tr("What became of the record"));
  web::PageOptions options = options_of(tr("Somebody else has changed this"), false);
  if (const auto draft = drafts::find(work.database(), work.context.actor, typed.draft.key))
    options.notice = drafts::notice(work.context, *draft);
  options.status = 409;
  options.narrow = true;
  return web::page(work.context, options, writer.take());
}

Answer refused(const Work& work, const Entered& entered, Problem problem) {
  if (problem.kind == ProblemKind::conflict && entered.record() > 0) {
    const FactPointer theirs = work.view.all->current(entered.record());
    if (!theirs) return gone(work, entered);
    if (theirs->id != entered.seen_id()) return conflicting(work, entered, *theirs);
  }
  // A day from which a change holds is entered in a field of its own: what is wrong with it is said there.
  if (entered.get("action") == "replace" && !entered.get("effective").empty())
    for (FieldProblem& field : problem.fields)
      if (field.field == "from") field.field = "effective";
  return form_page(work, entered, problem);
}

// What the form leads to: the page that asks to check, or the change.
Answer go_on(const Work& work, Entered entered, bool save) {
  if (const Problem wrong = forms::settle_all(fields_of(work, entered), entered.values); !wrong.message.empty())
    return refused(work, entered, wrong);
  // What a new body is called gives it its code, with a number where another has it already.
  if (entered.kind == FactKind::body && entered.fresh() && entered.get("body").empty())
    entered.values["body"] = free_code(*work.view.all, entered.get("name"));
  const auto edits = edits_of(*work.view.all, entered);
  if (!edits) return refused(work, entered, edits.error());
  if (!save) {
    const auto effect = work.tried(*edits);
    return effect ? check_page(work, entered, *effect) : refused(work, entered, effect.error());
  }
  if (const Status saved = work.saved(entered.values, *edits); !saved) return refused(work, entered, saved.error());
  drafts::end(work.database(), work.context.actor, entered.draft.key);
  return web::redirect(work.afterwards(entered.get("body")));
}

Answer change_get(const Work& work) {
  const std::int64_t record = number_of(work.context.query_value("record"));
  FactPointer fact = record > 0 ? work.view.all->current(record) : nullptr;
  if (fact && is_general(fact->kind)) fact = nullptr;
  if (fact)
    if (const Status allowed = work.service.may_change(work.context.actor, *fact); !allowed)
      return web::problem_page(work.context, allowed.error());
  auto entered = fact         ? Result<Entered>(stored(*fact))
                 : record > 0 ? Entered{FactKind::body, {{"record", std::to_string(record)}}}
                              : fresh(work);
  if (!entered) return web::problem_page(work.context, entered.error());
  entered->draft = draft_form(work, *entered);
  const auto draft = drafts::find(work.database(), work.context.actor, entered->draft.key);
  auto typed = draft ? entered_by(forms::values_kept(work.context, *draft))
                     : Result<Entered>(not_found(tr("There is no such fact any more.")));
  if (!typed) return record > 0 && !fact ? web::problem_page(work.context, typed.error()) : form_page(work, *entered);
  typed->draft = draft->form;
  // Names that are not settled yet stay as they were typed.
  (void)forms::settle_all(fields_of(work, *typed), typed->values);
  if (record > 0 && !fact) return gone(work, *typed);
  if (fact && typed->seen_id() != fact->id) {
    if (work.context.query_value("draft") != "merged") return conflicting(work, *typed, *fact);
    typed->values = forms::merged(as_begun(work, *typed), typed->values, entered->values);
    typed->values["seen-id"] = entered->get("seen-id");
    typed->draft = entered->draft;
  }
  return work.context.query_value("draft") == "check" ? go_on(work, *typed, false) : form_page(work, *typed);
}

Answer change_post(const Work& work) {
  auto entered = entered_by(forms::values_in(work.context));
  if (!entered) return web::problem_page(work.context, entered.error());
  entered->draft = draft_form(work, *entered);
  // Kept until the change is made, whatever is wrong with it now.
  drafts::keep_posted(work.database(), work.context, entered->draft);
  const std::string step = work.context.form_value("step"), line = work.context.form_value("add");
  const bool stay = step == "back" || !line.empty();
  return forms::at_address(work.database(), work.context,
                           stay ? form_page(work, *entered) : go_on(work, *entered, step == "save"), entered->draft,
                           line.empty() ? "draft" : "add",
                           !line.empty() ? line
                           : stay        ? "form"
                                         : "check");
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
  const web::Access edit = web::Access::permission(kEditOwnBodies);
  wiring.router.get("/bodies/change", edit, with_work(wiring, service, change_get));
  wiring.router.post("/bodies/change", edit, with_work(wiring, service, change_post));
  wiring.router.get("/bodies/names", web::Access::anyone(), [s](Context& context) {
    return forms::names_answer(context, body_finder(s->known(), context.today));
  });
  wiring.router.get("/bodies/posts", web::Access::anyone(),
                    [s](Context& context) { return forms::names_answer(context, post_finder(s->known())); });
}

}  // namespace tithing::bodies
