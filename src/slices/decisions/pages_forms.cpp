// The forms of a draft, a comment and an answer. What was typed comes back with what is wrong.
#include "base/marked.h"
#include "base/text.h"
#include "drafts/drafts.h"
#include "forms/form.h"
#include "govuk/components.h"
#include "slices/decisions/pages.h"
#include "slices/decisions/pages_parts.h"
#include "slices/pots/money_areas.h"

namespace tithing::decisions {
namespace {

using forms::at;
using forms::Values;
using html::Content;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

// --- the draft -------------------------------------------------------------------------------------------------------

DecisionDraft draft_from(const Values& values) {
  const std::int64_t replaced = forms::whole_or(at(values, "replaces"), 0);
  return {at(values, "title"),
          at(values, "summary"),
          {forms::whole_or(at(values, "scheme"), 0)},
          {},
          replaced > 0 ? std::optional(DecisionId{replaced}) : std::nullopt};
}

Values values_of(const Decision& decision) {
  return {{"title", decision.title},
          {"summary", decision.summary},
          {"scheme", std::to_string(decision.scheme.value)},
          {"replaces", decision.replaces ? std::to_string(decision.replaces->value) : std::string()}};
}

std::vector<forms::Field> draft_fields(DecisionService& service, const Context& context, const Decision* decision) {
  std::vector<forms::Field> out = {
      {.name = "title",
       .label = tr("Title"),
       .hint = tr("As it will stand in the register, for example Community safety fund 2012/13.")},
      {.name = "summary",
       .label = tr("What is proposed, and why"),
       .kind = forms::Kind::long_text,
       .hint = tr("Everyone who may read the decision reads this. Name no private person."),
       .rows = 8},
      {.name = "scheme",
       .label = tr("Scheme"),
       .kind = forms::Kind::choice,
       .hint = tr("The decision keeps the version of the scheme and of its pot that is the newest now.")}};
  for (const auto& [id, text] : service.schemes()) out.back().choices.emplace_back(std::to_string(id.value), text);
  const auto others = service.replaceable(context.actor);
  if (others.empty()) return out;
  out.push_back({.name = "replaces",
                 .label = tr("Takes the place of"),
                 .kind = forms::Kind::choice,
                 .hint = tr("A frozen or published decision on the same pot, or for the same year and areas. It is "
                            "superseded when this one is published, so that money of one pot is not given out twice."),
                 .choices = {{"", tr("No other decision")}}});
  for (const auto& [id, text] : others)
    if (decision == nullptr || id != decision->id) out.back().choices.emplace_back(std::to_string(id.value), text);
  return out;
}

// What was typed and is not sent yet. A new one is named by the scheme for which it was opened, also when another one
// is chosen meanwhile.
drafts::Form kept_form(const Context& context, const Decision* decision) {
  if (decision != nullptr)
    return {"funding.decision/" + std::to_string(decision->id.value),
            tr("Change the draft").in(context.language).text + ": " + decision->title,
            decision_url(decision->id, "/edit").text(), std::to_string(decision->version)};
  if (drafts::Form posted = drafts::posted_form(context); posted.key.starts_with("funding.decision/new/"))
    return posted;
  const std::string scheme = context.query_value("scheme").substr(0, 15);
  return {
      "funding.decision/new/" + scheme, tr("Prepare a decision").in(context.language).text,
      scheme.empty() ? "/funding/decisions/new" : Url::path("/funding/decisions/new", {}, {{"scheme", scheme}}).text(),
      ""};
}

// `seen` is the version that is changed; `back` says that the draft stands in the form, because it was opened again.
Answer draft_form(DecisionService& service, Context& context, const Decision* decision, const Values& values,
                  const Problem& problem, std::int64_t seen = 0, bool back = false) {
  Writer writer(context.language);
  const auto options =
      titled(context, decision, decision != nullptr ? tr("Change the draft") : tr("Prepare a decision"));
  forms::Form form(writer, context, values, problem);
  const auto fields = draft_fields(service, context, decision);
  if (service.schemes().empty()) {
    writer.element("p", {{"class", "govuk-body"}},
                   tr("There is no scheme that a decision could be about. Set up a pot and a scheme first."));
    return answer(context, options, form, problem, writer);
  }
  form.begin(decision != nullptr ? decision_url(decision->id, "/edit") : Url("/funding/decisions/new"));
  if (decision != nullptr) form.hidden("version", std::to_string(seen > 0 ? seen : decision->version));
  form.put(fields);
  const drafts::Form draft = kept_form(context, decision);
  const auto kept = drafts::find(service.database(), context.actor, draft.key);
  form.save_buttons(draft, kept, tr("Save the draft"), "", "");
  form.end();
  return answer(context, options, form, problem, writer,
                back && kept ? drafts::notice(context, *kept) : html::Markup());
}

Answer new_form(DecisionService& service, Context& context) {
  if (const auto kept = drafts::find(service.database(), context.actor, kept_form(context, nullptr).key))
    return draft_form(service, context, nullptr, forms::values_in(*kept), {}, 0, true);
  return draft_form(service, context, nullptr, {{"scheme", context.query_value("scheme")}}, {});
}

Answer new_post(DecisionService& service, Context& context) {
  const Values values = forms::values_in(context);
  const drafts::Form form = kept_form(context, nullptr);
  drafts::keep_posted(service.database(), context, form);
  const auto made = prepare_decision(service.doing(context.actor), draft_from(values));
  if (made) drafts::end(service.database(), context.actor, form.key);
  if (made) return web::redirect(decision_url(made->id));
  if (made.error().kind != ProblemKind::invalid) return web::problem_page(context, made.error());
  return draft_form(service, context, nullptr, values, made.error());
}

// What a decision was before is not kept, so that only the two sides can be shown.
Answer overtaken(DecisionService& service, const Context& context, const Decision& decision, const Values& yours) {
  return forms::overtaken_page(
      context, forms::overtaken(kept_form(context, &decision), draft_fields(service, context, &decision), {}, yours,
                                values_of(decision), context.language));
}

// With the decision of the address, or the page that says that there is none.
template <class Show>
Answer with_decision(DecisionService& service, Context& context, Show&& show) {
  const auto id = decision_of(context);
  const auto decision = id ? service.find(context.actor, *id) : Result<Decision>(not_found(""));
  return decision ? show(*decision) : no_decision(context);
}

Answer edit_form(DecisionService& service, Context& context, const Decision& decision) {
  if (const Status allowed = context.reach().require(kPrepareDecision, whose_of(decision.area)); !allowed)
    return web::problem_page(context, allowed.error());
  if (decision.state != DecisionState::draft)
    return web::problem_page(
        context, {ProblemKind::conflict, "Only a draft can be changed. Take it back to a draft first.", {}});
  if (const auto kept = drafts::find(service.database(), context.actor, kept_form(context, &decision).key)) {
    if (kept->get("version") != std::to_string(decision.version) && context.query_value("draft") != "merged")
      return overtaken(service, context, decision, forms::values_in(*kept));
    return draft_form(service, context, &decision, forms::values_in(*kept), {}, decision.version, true);
  }
  return draft_form(service, context, &decision, values_of(decision), {});
}

Answer edit_post(DecisionService& service, Context& context, const Decision& decision) {
  const Values values = forms::values_in(context);
  const drafts::Form form = kept_form(context, &decision);
  drafts::keep_posted(service.database(), context, form);
  const auto made = revise_decision(service.doing(context.actor), decision.id, seen_of(context), draft_from(values));
  if (made) drafts::end(service.database(), context.actor, form.key);
  if (made) return web::redirect(decision_url(decision.id));
  if (made.error().kind == ProblemKind::conflict && decision.state == DecisionState::draft)
    return overtaken(service, context, decision, values);
  if (made.error().kind != ProblemKind::invalid) return web::problem_page(context, made.error());
  return draft_form(service, context, &decision, values, made.error());
}

// --- comments --------------------------------------------------------------------------------------------------------

// What is typed to others stands for good once it is sent; until then it is a draft, so that nothing is lost when the
// decision is taken back, agreed or answered by somebody else meanwhile.
drafts::Form comment_draft(DecisionId id, const std::string& title) {
  return {"funding.comment/" + std::to_string(id.value), "Comment on the proposal: " + title,
          decision_url(id, "/comment").text(), ""};
}
drafts::Form answer_draft(const Comment& comment) {
  const std::string id = std::to_string(comment.id);
  return {"funding.answer/" + id, "Answer to comment " + id,
          Url::path("/funding/decisions/{}/comments/{}", {std::to_string(comment.decision.value), id}).text(), ""};
}

// Why it could not be sent, and the text as it was typed, to be taken elsewhere.
Answer not_sent(const Context& context, const Decision* decision, const Problem& problem, const Content& title,
                const std::string& text) {
  Writer writer(context.language);
  writer.element("p", {{"class", "govuk-body"}}, problem.message);
  writer.element("p", {{"class", "govuk-body"}},
                 tr("Nothing was sent. This is what you wrote; it is kept under Your drafts as well:"));
  writer.open("div", {{"class", "govuk-inset-text"}, {"id", "not-sent"}});
  for (const std::string& line : split(text, '\n'))
    if (!trimmed(line).empty()) writer.element("p", {{"class", "govuk-body"}}, as_name(std::string(trimmed(line))));
  writer.close("div");
  writer.open("p", {{"class", "govuk-body"}})
      .element("a", {{"class", "govuk-link"}, {"href", Url("/funding/decisions")}}, tr("Decisions on money"))
      .close("p");
  web::PageOptions options = titled(context, decision, title);
  options.narrow = true;
  options.status = web::status_of(problem.kind);
  return web::page(context, options, writer.take());
}

Answer comment_form(DecisionService& service, Context& context, DecisionId id, const Problem& problem) {
  const auto view = service.view(context.actor, id);
  const auto begun = drafts::find(service.database(), context.actor, comment_draft(id, "").key);
  if (!view) {
    const auto told = service.taken_back(context.actor, id);
    if (told && begun)
      return not_sent(context, nullptr,
                      {ProblemKind::conflict, in_words(told->back).text() + " Comments are not taken on it now.", {}},
                      tr("Your comment was not sent"), begun->get("text"));
    return told ? web::redirect(decision_url(id)) : no_decision(context);
  }
  const Decision& decision = view->decision;
  if (!decision.open_to_comments(context.today)) {
    const bool later =
        decision.state == DecisionState::consultation && context.today < decision.consult_from.value_or(context.today);
    const std::string when = later ? "Comments are taken from " + decision.consult_from->text() + "."
                             : decision.state == DecisionState::consultation && decision.consult_to
                                 ? "Comments were taken until " + decision.consult_to->text() + "."
                                 : "Comments are not taken on this decision.";
    if (begun)
      return not_sent(context, &decision, {ProblemKind::conflict, when, {}}, tr("Your comment was not sent"),
                      begun->get("text"));
    return web::problem_page(context, {ProblemKind::conflict, when, {}});
  }
  if (!view->may_comment) return web::problem_page(context, {ProblemKind::forbidden, view->may_not_comment, {}});
  Writer writer(context.language);
  writer.element("p", {{"class", "govuk-body"}},
                 tr("Comments are taken until {0}. What you write cannot be changed or taken away afterwards.",
                    {*decision.consult_to}));
  const Values typed = forms::values_in(context);
  const bool back = begun && at(typed, "text").empty() && problem.message.empty();
  const Values values = back || (begun && at(typed, "about").empty()) ? forms::values_in(*begun) : typed;
  forms::Form form(writer, context, values, problem);
  forms::Choices parts = {{"", about_text("", view->table.scheme)}};
  const auto part = [&](const std::string& about) { parts.emplace_back(about, about_text(about, view->table.scheme)); };
  if (view->table.scheme) {
    for (const Area& one : view->table.scheme->areas) part("area:" + one.key);
    for (std::size_t i = 1; i <= view->table.scheme->steps.size(); ++i) part("step:" + std::to_string(i));
  }
  form.begin(decision_url(id, "/comment"));
  form.select("about", tr("What do you speak of?"), parts);
  form.text("text", tr("Your comment"), tr("Name no private person."), 8);
  writer.element("p", {{"class", "govuk-body"}},
                 tr("Everyone who may read the decision will see this, under the name of your organisation; once the "
                    "decision is published, that is everybody."));
  form.save_buttons(comment_draft(id, decision.title), begun, tr("Send the comment"), "", "");
  form.end();
  return answer(context, titled(context, &decision, tr("Comment on the proposal")), form, problem, writer,
                back ? drafts::notice(context, *begun) : html::Markup());
}

Answer comment_post(DecisionService& service, Context& context) {
  const auto id = decision_of(context);
  if (!id) return no_decision(context);
  const auto decision = service.find(context.actor, *id);
  const auto told = decision ? Result<TakenBack>(not_found("")) : service.taken_back(context.actor, *id);
  const drafts::Form form = comment_draft(*id, decision ? decision->title : told ? told->title : "");
  // Kept only where the writer may know that there is such a decision.
  if (decision || told) drafts::keep_posted(service.database(), context, form);
  const auto made =
      comment_on(service.doing(context.actor), *id, context.form_value("about"), context.form_value("text"));
  if (made) drafts::end(service.database(), context.actor, form.key);
  if (made) return web::redirect(Url::parse(decision_url(*id).text() + "#comment-" + std::to_string(made->id)));
  if (told)
    return not_sent(context, nullptr,
                    {ProblemKind::conflict, in_words(told->back).text() + " Comments are not taken on it now.", {}},
                    tr("Your comment was not sent"), context.form_value("text"));
  if (made.error().kind != ProblemKind::invalid && decision)
    return not_sent(context, &*decision, made.error(), tr("Your comment was not sent"), context.form_value("text"));
  if (made.error().kind != ProblemKind::invalid) return web::problem_page(context, made.error());
  return comment_form(service, context, *id, made.error());
}

Result<Comment> asked_comment(DecisionService& service, const Context& context) {
  const auto id = decision_of(context);
  auto comment = service.comment(context.actor, forms::whole_or(context.parameter("comment"), 0));
  if (comment && (!id || comment->decision != *id || comment->answers != 0))
    return not_found(tr("There is no such comment."));
  return comment;
}

Answer answer_form(DecisionService& service, Context& context, const Comment& comment, const Problem& problem) {
  const auto decision = service.find(context.actor, comment.decision);
  if (!decision) return no_decision(context);
  if (const Status allowed = context.reach().require(kPrepareDecision, whose_of(decision->area)); !allowed)
    return web::problem_page(context, allowed.error());
  Writer writer(context.language);
  writer.element("p", {{"class", "govuk-body"}},
                 tr("{0} wrote on {1}:",
                    {comment.organisation.empty() ? "A consultee" : comment.organisation, comment.at.date()}));
  render(writer, govuk::InsetTextParams{.text = as_name(comment.text)});
  const auto kept = drafts::find(service.database(), context.actor, answer_draft(comment).key);
  const Values typed = forms::values_in(context);
  const bool back = kept && at(typed, "text").empty() && problem.message.empty();
  const Values values = back ? forms::values_in(*kept) : typed;
  forms::Form form(writer, context, values, problem);
  form.begin(Url::path("/funding/decisions/{}/comments/{}",
                       {std::to_string(comment.decision.value), std::to_string(comment.id)}));
  form.text("text", tr("The answer"),
            tr("It stands below the comment for everyone who may read it, and cannot be changed afterwards."), 6);
  form.save_buttons(answer_draft(comment), kept, tr("Send the answer"), "", "");
  form.end();
  return answer(context, titled(context, &*decision, tr("Answer a comment")), form, problem, writer,
                back ? drafts::notice(context, *kept) : html::Markup());
}

Answer answer_get(DecisionService& service, Context& context) {
  const auto comment = asked_comment(service, context);
  if (!comment) return web::problem_page(context, comment.error());
  return answer_form(service, context, *comment, {});
}

Answer answer_post(DecisionService& service, Context& context) {
  const auto comment = asked_comment(service, context);
  if (!comment) return web::problem_page(context, comment.error());
  const drafts::Form form = answer_draft(*comment);
  drafts::keep_posted(service.database(), context, form);
  const auto made = answer_comment(service.doing(context.actor), comment->id, context.form_value("text"));
  if (made) drafts::end(service.database(), context.actor, form.key);
  if (!made && made.error().kind == ProblemKind::conflict) {
    const auto decision = service.find(context.actor, comment->decision);
    return not_sent(context, decision ? &*decision : nullptr, made.error(), tr("Your answer was not sent"),
                    context.form_value("text"));
  }
  if (made)
    return web::redirect(
        Url::parse(decision_url(comment->decision).text() + "#comment-" + std::to_string(comment->id)));
  if (made.error().kind != ProblemKind::invalid) return web::problem_page(context, made.error());
  return answer_form(service, context, *comment, made.error());
}

}  // namespace

void register_decision_forms(Wiring& wiring, DecisionService& service) {
  DecisionService* const s = &service;
  const auto prepare = web::Access::permission(kPrepareDecision);
  const auto comment = web::Access::permission(kComment);
  wiring.router.get("/funding/decisions/new", prepare, [=](Context& context) { return new_form(*s, context); });
  wiring.router.post("/funding/decisions/new", prepare, [=](Context& context) { return new_post(*s, context); });
  wiring.router.get("/funding/decisions/:id/edit", prepare, [=](Context& context) {
    return with_decision(*s, context, [&](const Decision& decision) { return edit_form(*s, context, decision); });
  });
  wiring.router.post("/funding/decisions/:id/edit", prepare, [=](Context& context) {
    return with_decision(*s, context, [&](const Decision& decision) { return edit_post(*s, context, decision); });
  });
  wiring.router.get("/funding/decisions/:id/comment", comment, [=](Context& context) {
    const auto id = decision_of(context);
    return id ? comment_form(*s, context, *id, {}) : no_decision(context);
  });
  wiring.router.post("/funding/decisions/:id/comment", comment,
                     [=](Context& context) { return comment_post(*s, context); });
  wiring.router.get("/funding/decisions/:id/comments/:comment", prepare,
                    [=](Context& context) { return answer_get(*s, context); });
  wiring.router.post("/funding/decisions/:id/comments/:comment", prepare,
                     [=](Context& context) { return answer_post(*s, context); });
}

}  // namespace tithing::decisions
