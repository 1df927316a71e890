// The forms of a draft, a comment and an answer. What was typed comes back with what is wrong.
#include "base/marked.h"
#include "base/text.h"
#include "drafts/drafts.h"
#include "govuk/components.h"
#include "slices/decisions/pages.h"
#include "slices/decisions/pages_parts.h"

namespace tithing::decisions {
namespace {

using html::Content;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

// --- the draft -------------------------------------------------------------------------------------------------------

SchemeId scheme_in(const std::string& text) {
  const bool digits = !text.empty() && text.size() <= 15 && text.find_first_not_of("0123456789") == std::string::npos;
  return {digits ? std::stoll(text) : 0};
}

std::optional<DecisionId> replaced_in(const std::string& text) {
  const SchemeId number = scheme_in(text);
  return number.value > 0 ? std::optional(DecisionId{number.value}) : std::nullopt;
}

DecisionDraft draft_from(const Context& context) {
  return {context.form_value("title"),
          context.form_value("summary"),
          scheme_in(context.form_value("scheme")),
          {},
          replaced_in(context.form_value("replaces"))};
}

DecisionDraft draft_from(const drafts::Draft& kept) {
  return {kept.get("title"), kept.get("summary"), scheme_in(kept.get("scheme")), {}, replaced_in(kept.get("replaces"))};
}

// What was typed and not sent yet. A new one is named by the scheme for which it was opened, also when another one is
// chosen meanwhile.
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
Answer draft_form(DecisionService& service, Context& context, const Decision* decision, const DecisionDraft& draft,
                  const Problem& problem, std::int64_t seen = 0, bool back = false) {
  Writer writer(context.language);
  const auto schemes = service.schemes();
  if (schemes.empty()) {
    writer.element("p", {{"class", "govuk-body"}},
                   tr("There is no scheme that a decision could be about. Set up a pot and a scheme first."));
    return answer(context, titled(context, decision, tr("Prepare a decision")), problem, writer);
  }
  open_form(writer, context, decision != nullptr ? decision_url(decision->id, "/edit") : Url("/funding/decisions/new"));
  if (decision != nullptr) hidden(writer, "version", std::to_string(seen > 0 ? seen : decision->version));
  line(writer, problem, "title", tr("Title"),
       tr("As it will stand in the register, for example Community safety fund 2012/13."), draft.title);
  area(writer, problem, "summary", tr("What is proposed, and why"),
       tr("Everyone who may read the decision reads this. Name no private person."), draft.summary, 8);
  govuk::SelectParams select{.id = "scheme", .name = "scheme"};
  select.label = {.text = tr("Scheme")};
  select.hint = {.text = tr("The decision keeps the version of the scheme and of its pot that is the newest now.")};
  select.error_message = {.text = field_error(problem, "scheme")};
  for (const auto& [id, text] : schemes)
    select.items.push_back({.value = std::to_string(id.value), .text = text, .selected = id == draft.scheme});
  render(writer, select);
  if (const auto others = service.replaceable(context.actor); !others.empty()) {
    govuk::SelectParams place{.id = "replaces", .name = "replaces"};
    place.label = {.text = tr("Takes the place of")};
    place.hint = {.text =
                      tr("A frozen or published decision on the same pot, or for the same year and areas. It is "
                         "superseded when this one is published, so that money of one pot is not given out twice.")};
    place.error_message = {.text = field_error(problem, "replaces")};
    place.items.push_back({.value = "", .text = tr("No other decision"), .selected = !draft.replaces});
    for (const auto& [id, text] : others)
      if (decision == nullptr || id != decision->id)
        place.items.push_back({.value = std::to_string(id.value), .text = text, .selected = draft.replaces == id});
    render(writer, place);
  }
  const drafts::Form form = kept_form(context, decision);
  const auto kept = drafts::find(service.database(), context.actor, form.key);
  drafts::put_buttons(writer, context, form, kept, {.text = tr("Save the draft"), .prevent_double_click = true});
  writer.close("form");
  const html::Markup notice = back && kept ? drafts::notice(context, *kept) : html::Markup();
  return answer(context,
                titled(context, decision, decision != nullptr ? tr("Change the draft") : tr("Prepare a decision")),
                problem, writer, notice);
}

Answer new_form(DecisionService& service, Context& context) {
  if (const auto kept = drafts::find(service.database(), context.actor, kept_form(context, nullptr).key))
    return draft_form(service, context, nullptr, draft_from(*kept), {}, 0, true);
  return draft_form(service, context, nullptr, {{}, {}, scheme_in(context.query_value("scheme")), {}}, {});
}

Answer new_post(DecisionService& service, Context& context) {
  const DecisionDraft draft = draft_from(context);
  const drafts::Form form = kept_form(context, nullptr);
  drafts::keep_posted(service.database(), context, form);
  const auto made = prepare_decision(service.doing(context.actor), draft);
  if (made) drafts::end(service.database(), context.actor, form.key);
  if (made) return web::redirect(decision_url(made->id));
  if (made.error().kind != ProblemKind::invalid) return web::problem_page(context, made.error());
  return draft_form(service, context, nullptr, draft, made.error());
}

// What a decision was before is not kept, so that only the two sides can be shown.
Answer overtaken(const Context& context, const Decision& decision, const DecisionDraft& yours) {
  const auto fields = [](const std::string& title, const std::string& summary, SchemeId scheme,
                         const std::optional<DecisionId>& replaces) {
    return web::Fields{{"Title", title},
                       {"What is proposed, and why", summary},
                       {"Number of the scheme", std::to_string(scheme.value)},
                       {"Takes the place of", replaces ? reference_of(*replaces) : std::string()}};
  };
  return drafts::conflict_page(context, {kept_form(context, &decision),
                                         {},
                                         fields(yours.title, yours.summary, yours.scheme, yours.replaces),
                                         fields(decision.title, decision.summary, decision.scheme, decision.replaces),
                                         {}});
}

Answer edit_form(DecisionService& service, Context& context) {
  const auto id = decision_of(context);
  const auto decision = id ? service.find(context.actor, *id) : Result<Decision>(not_found(""));
  if (!decision) return no_decision(context);
  if (decision->state != DecisionState::draft)
    return web::problem_page(
        context, {ProblemKind::conflict, "Only a draft can be changed. Take it back to a draft first.", {}});
  if (const auto kept = drafts::find(service.database(), context.actor, kept_form(context, &*decision).key)) {
    if (kept->get("version") != std::to_string(decision->version) && context.query_value("draft") != "merged")
      return overtaken(context, *decision, draft_from(*kept));
    return draft_form(service, context, &*decision, draft_from(*kept), {}, decision->version, true);
  }
  return draft_form(service, context, &*decision,
                    {decision->title, decision->summary, decision->scheme, {}, decision->replaces}, {});
}

Answer edit_post(DecisionService& service, Context& context) {
  const auto id = decision_of(context);
  const auto decision = id ? service.find(context.actor, *id) : Result<Decision>(not_found(""));
  if (!decision) return no_decision(context);
  const DecisionDraft draft = draft_from(context);
  const drafts::Form form = kept_form(context, &*decision);
  drafts::keep_posted(service.database(), context, form);
  const auto made = revise_decision(service.doing(context.actor), *id, seen_of(context), draft);
  if (made) drafts::end(service.database(), context.actor, form.key);
  if (made) return web::redirect(decision_url(*id));
  if (made.error().kind == ProblemKind::conflict && decision->state == DecisionState::draft)
    return overtaken(context, *decision, draft);
  if (made.error().kind != ProblemKind::invalid) return web::problem_page(context, made.error());
  return draft_form(service, context, &*decision, draft, made.error());
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
  open_form(writer, context, decision_url(id, "/comment"));
  govuk::SelectParams select{.id = "about", .name = "about"};
  select.label = {.text = tr("What do you speak of?")};
  select.error_message = {.text = field_error(problem, "about")};
  const std::string chosen =
      context.form_value("about").empty() && begun ? begun->get("about") : context.form_value("about");
  const auto item = [&](const std::string& value) {
    select.items.push_back(
        {.value = value, .text = about_text(value, view->table.scheme), .selected = value == chosen});
  };
  item("");
  if (view->table.scheme) {
    for (const Area& one : view->table.scheme->areas) item("area:" + one.key);
    for (std::size_t i = 1; i <= view->table.scheme->steps.size(); ++i) item("step:" + std::to_string(i));
  }
  render(writer, select);
  const bool back = begun && context.form_value("text").empty() && problem.message.empty();
  area(writer, problem, "text", tr("Your comment"), tr("Name no private person."),
       back ? begun->get("text") : context.form_value("text"), 8);
  writer.element("p", {{"class", "govuk-body"}},
                 tr("Everyone who may read the decision will see this, under the name of your organisation; once the "
                    "decision is published, that is everybody."));
  drafts::put_buttons(writer, context, comment_draft(id, decision.title), begun,
                      {.text = tr("Send the comment"), .prevent_double_click = true});
  writer.close("form");
  return answer(context, titled(context, &decision, tr("Comment on the proposal")), problem, writer,
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
  const std::string text = context.parameter("comment");
  if (text.empty() || text.size() > 15 || text.find_first_not_of("0123456789") != std::string::npos)
    return not_found("There is no such comment.");
  const auto id = decision_of(context);
  auto comment = service.comment(context.actor, std::stoll(text));
  if (comment && (!id || comment->decision != *id || comment->answers != 0))
    return not_found("There is no such comment.");
  return comment;
}

Answer answer_form(DecisionService& service, Context& context, const Comment& comment, const Problem& problem) {
  const auto decision = service.find(context.actor, comment.decision);
  if (!decision) return no_decision(context);
  Writer writer(context.language);
  writer.element("p", {{"class", "govuk-body"}},
                 tr("{0} wrote on {1}:",
                    {comment.organisation.empty() ? "A consultee" : comment.organisation, comment.at.date()}));
  render(writer, govuk::InsetTextParams{.text = as_name(comment.text)});
  const auto kept = drafts::find(service.database(), context.actor, answer_draft(comment).key);
  const bool back = kept && context.form_value("text").empty() && problem.message.empty();
  open_form(writer, context,
            Url::path("/funding/decisions/{}/comments/{}",
                      {std::to_string(comment.decision.value), std::to_string(comment.id)}));
  area(writer, problem, "text", tr("The answer"),
       tr("It stands below the comment for everyone who may read it, and cannot be changed afterwards."),
       back ? kept->get("text") : context.form_value("text"), 6);
  drafts::put_buttons(writer, context, answer_draft(comment), kept,
                      {.text = tr("Send the answer"), .prevent_double_click = true});
  writer.close("form");
  return answer(context, titled(context, &*decision, tr("Answer a comment")), problem, writer,
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
  wiring.router.get("/funding/decisions/:id/edit", prepare, [=](Context& context) { return edit_form(*s, context); });
  wiring.router.post("/funding/decisions/:id/edit", prepare, [=](Context& context) { return edit_post(*s, context); });
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
