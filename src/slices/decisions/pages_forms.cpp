// The forms of a draft, a comment and an answer. What was typed comes back with what is wrong.
#include "base/marked.h"
#include "drafts/drafts.h"
#include "slices/decisions/pages_parts.h"
#include "slices/pots/money_areas.h"

namespace tithing::decisions {
namespace {

// What was typed is kept until the change is made: then on to `to`, else `otherwise` says why not.
template <class T, class To, class Otherwise>
Answer sent(DecisionService& service, const Context& context, const drafts::Form& draft, const Result<T>& made, To to,
            Otherwise otherwise) {
  if (!made) return otherwise(made.error());
  drafts::end(service.database(), context.actor, draft.key);
  return web::redirect(to(*made));
}

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
  return {"funding.decision/new/" + scheme, tr("Prepare a decision").in(context.language).text,
          Url::path("/funding/decisions/new", {}, {{"scheme", scheme}}).text(), ""};
}

// `seen` is the version that is changed; `back` is the draft that stands in the form, because it was opened again.
Answer draft_form(DecisionService& service, Context& context, const Decision* decision, const Values& values,
                  const Problem& problem, std::int64_t seen = 0, const drafts::Draft* back = nullptr) {
  Writer writer(context.language);
  const auto options =
      titled(context, decision, decision != nullptr ? tr("Change the draft") : tr("Prepare a decision"));
  forms::Form form(writer, context, values, problem);
  if (service.schemes().empty()) {
    paragraph(writer, tr("There is no scheme that a decision could be about. Set up a pot and a scheme first."));
    return answer(context, options, form, problem, writer);
  }
  form.begin(decision != nullptr ? decision_url(decision->id, "/edit") : Url("/funding/decisions/new"));
  if (decision != nullptr) form.hidden("version", std::to_string(seen > 0 ? seen : decision->version));
  form.put(draft_fields(service, context, decision));
  const drafts::Form draft = kept_form(context, decision);
  form.save_buttons(draft, drafts::find(service.database(), context.actor, draft.key), tr("Save the draft"), "", "");
  form.end();
  return answer(context, options, form, problem, writer,
                back != nullptr ? drafts::notice(context, *back) : html::Markup());
}

// What a decision was before is not kept, so that only the two sides can be shown.
Answer overtaken(DecisionService& service, const Context& context, const Decision& decision, const Values& yours) {
  return forms::overtaken_page(
      context, forms::overtaken(kept_form(context, &decision), draft_fields(service, context, &decision), {}, yours,
                                values_of(decision), context.language));
}

// The form with what is stored, or with the draft that was begun before; nothing of either of a new one.
Answer open_draft(DecisionService& service, Context& context, const Decision* decision) {
  const auto kept = drafts::find(service.database(), context.actor, kept_form(context, decision).key);
  if (!kept)
    return draft_form(service, context, decision,
                      decision != nullptr ? values_of(*decision) : Values{{"scheme", context.query_value("scheme")}},
                      {});
  const Values values = forms::values_in(*kept);
  const bool stale = decision != nullptr && kept->get("version") != std::to_string(decision->version);
  if (stale && context.query_value("draft") != "merged") return overtaken(service, context, *decision, values);
  return draft_form(service, context, decision, values, {}, decision != nullptr ? decision->version : 0, &*kept);
}

Answer edit_form(DecisionService& service, Context& context, const Decision& decision) {
  if (const Status allowed = context.reach().require(kPrepareDecision, whose_of(decision.area)); !allowed)
    return web::problem_page(context, allowed.error());
  if (decision.state != DecisionState::draft)
    return web::problem_page(
        context, {ProblemKind::conflict, "Only a draft can be changed. Take it back to a draft first.", {}});
  return open_draft(service, context, &decision);
}

// A new one, or a change of one.
Answer post_draft(DecisionService& service, Context& context, const Decision* decision) {
  const Values values = forms::values_in(context);
  const drafts::Form draft = kept_form(context, decision);
  drafts::keep_posted(service.database(), context, draft);
  const Doing doing = service.doing(context.actor);
  const auto made = decision == nullptr ? prepare_decision(doing, draft_from(values))
                                        : revise_decision(doing, decision->id, seen_of(context), draft_from(values));
  return sent(
      service, context, draft, made, [](const Decision& one) { return decision_url(one.id); },
      [&](const Problem& problem) {
        const bool changed = problem.kind == ProblemKind::conflict && decision != nullptr;
        if (changed && decision->state == DecisionState::draft) return overtaken(service, context, *decision, values);
        return problem.kind == ProblemKind::invalid ? draft_form(service, context, decision, values, problem)
                                                    : web::problem_page(context, problem);
      });
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
  return {"funding.answer/" + id, "Answer to comment " + id, comment_url(comment).text(), ""};
}

// Why it could not be sent, and the text as it was typed, to be taken elsewhere.
Answer not_sent(const Context& context, const Decision* decision, const Problem& problem, const Content& title,
                const std::string& text) {
  Writer writer(context.language);
  paragraph(writer, problem.message);
  paragraph(writer, tr("Nothing was sent. This is what you wrote; it is kept under Your drafts as well:"));
  writer.open("div", {{"class", "govuk-inset-text"}, {"id", "not-sent"}});
  paragraphs(writer, text);
  writer.close("div");
  link_line(writer, Url("/funding/decisions"), tr("Decisions on money"));
  web::PageOptions options = titled(context, decision, title);
  options.narrow = true;
  options.status = web::status_of(problem.kind);
  return web::page(context, options, writer.take());
}
Answer comment_not_sent(const Context& context, const Decision* decision, const Problem& problem,
                        const std::string& text) {
  return not_sent(context, decision, problem, tr("Your comment was not sent"), text);
}
// To who was asked, of a decision that is a draft again.
Problem taken_back_meanwhile(const TakenBack& told) {
  return {ProblemKind::conflict, in_words(told.back).text() + " Comments are not taken on it now.", {}};
}

// A text that others will read, with what `before` puts above it.
struct TextForm {
  drafts::Form draft;
  Content title, label, hint, send;
  int rows = 8;
  forms::Choices about = {};  // what it may speak of; empty: that is known
};
template <class Before>
Answer text_form(DecisionService& service, const Context& context, const Decision& decision, const TextForm& what,
                 const Problem& problem, Before before) {
  Writer writer(context.language);
  before(writer);
  const auto kept = drafts::find(service.database(), context.actor, what.draft.key);
  const Values typed = forms::values_in(context);
  const bool back = kept && at(typed, "text").empty() && problem.message.empty();
  const Values values = back ? forms::values_in(*kept) : typed;
  forms::Form form(writer, context, values, problem);
  form.begin(Url::parse(what.draft.address));
  if (!what.about.empty()) form.select("about", tr("What do you speak of?"), what.about);
  form.text("text", what.label, what.hint, what.rows);
  if (!what.about.empty())
    paragraph(writer, tr("Everyone who may read the decision will see this, under the name of your organisation; once "
                         "the decision is published, that is everybody."));
  form.save_buttons(what.draft, kept, what.send, "", "");
  form.end();
  return answer(context, titled(context, &decision, what.title), form, problem, writer,
                back ? drafts::notice(context, *kept) : html::Markup());
}

Answer comment_form(DecisionService& service, Context& context, DecisionId id, const Problem& problem) {
  const auto view = service.view(context.actor, id);
  const auto begun = drafts::find(service.database(), context.actor, comment_draft(id, "").key);
  if (!view) {
    const auto told = service.taken_back(context.actor, id);
    if (told && begun) return comment_not_sent(context, nullptr, taken_back_meanwhile(*told), begun->get("text"));
    return told ? web::redirect(decision_url(id)) : no_decision(context);
  }
  const Decision& decision = view->decision;
  if (const auto why = no_comments(decision, context.today)) {
    const Problem closed{ProblemKind::conflict, *why, {}};
    return begun ? comment_not_sent(context, &decision, closed, begun->get("text"))
                 : web::problem_page(context, closed);
  }
  if (!view->may_comment) return web::problem_page(context, view->may_comment.error());
  const auto parts = parts_of(view->table.scheme);
  return text_form(service, context, decision,
                   {.draft = comment_draft(id, decision.title),
                    .title = tr("Comment on the proposal"),
                    .label = tr("Your comment"),
                    .hint = tr("Name no private person."),
                    .send = tr("Send the comment"),
                    .about = {parts.begin(), parts.end()}},
                   problem, [&](Writer& writer) {
                     paragraph(writer,
                               tr("Comments are taken until {0}. What you write cannot be changed or taken away "
                                  "afterwards.",
                                  {*decision.consult_to}));
                   });
}

// The page where a comment stands.
Url place_of(const Comment& comment, DecisionId decision) {
  return Url::parse(decision_url(decision).text() + "#comment-" + std::to_string(comment.id));
}

Answer comment_post(DecisionService& service, Context& context, DecisionId id) {
  const auto decision = service.find(context.actor, id);
  const auto told = decision ? Result<TakenBack>(not_found(std::string())) : service.taken_back(context.actor, id);
  const std::string text = context.form_value("text");
  const drafts::Form draft = comment_draft(id, decision ? decision->title : told ? told->title : "");
  // Kept only where the writer may know that there is such a decision.
  if (decision || told) drafts::keep_posted(service.database(), context, draft);
  return sent(
      service, context, draft, comment_on(service.doing(context.actor), id, context.form_value("about"), text),
      [&](const Comment& made) { return place_of(made, id); },
      [&](const Problem& problem) {
        if (told) return comment_not_sent(context, nullptr, taken_back_meanwhile(*told), text);
        if (problem.kind == ProblemKind::invalid) return comment_form(service, context, id, problem);
        return decision ? comment_not_sent(context, &*decision, problem, text) : web::problem_page(context, problem);
      });
}

// With the comment of the address that is to be answered and its decision.
template <class Show>
Answer with_comment(DecisionService& service, Context& context, Show show) {
  return with_decision(service, context, [&](const Decision& decision) {
    const auto comment = service.comment(context.actor, forms::whole_or(context.parameter("comment"), 0));
    if (!comment || comment->decision != decision.id || comment->answers != 0)
      return web::problem_page(context, {ProblemKind::not_found, "There is no such comment.", {}});
    return show(decision, *comment);
  });
}

Answer answer_form(DecisionService& service, Context& context, const Decision& decision, const Comment& comment,
                   const Problem& problem) {
  if (const Status allowed = context.reach().require(kPrepareDecision, whose_of(decision.area)); !allowed)
    return web::problem_page(context, allowed.error());
  return text_form(
      service, context, decision,
      {.draft = answer_draft(comment),
       .title = tr("Answer a comment"),
       .label = tr("The answer"),
       .hint = tr("It stands below the comment for everyone who may read it, and cannot be changed afterwards."),
       .send = tr("Send the answer"),
       .rows = 6},
      problem, [&](Writer& writer) {
        paragraph(writer, tr("{0} wrote on {1}:",
                             {comment.organisation.empty() ? "A consultee" : comment.organisation, comment.at.date()}));
        put_inset(writer, as_name(comment.text));
      });
}

Answer answer_post(DecisionService& service, Context& context, const Decision& decision, const Comment& comment) {
  const drafts::Form draft = answer_draft(comment);
  drafts::keep_posted(service.database(), context, draft);
  const std::string text = context.form_value("text");
  return sent(
      service, context, draft, answer_comment(service.doing(context.actor), comment.id, text),
      [&](const Comment&) { return place_of(comment, decision.id); },
      [&](const Problem& problem) {
        if (problem.kind == ProblemKind::conflict)
          return not_sent(context, &decision, problem, tr("Your answer was not sent"), text);
        return problem.kind == ProblemKind::invalid ? answer_form(service, context, decision, comment, problem)
                                                    : web::problem_page(context, problem);
      });
}

}  // namespace

void register_decision_forms(Wiring& wiring, DecisionService& service) {
  const auto prepare = web::Access::permission(kPrepareDecision);
  const auto comment = web::Access::permission(kComment);
  // The decision of a comment need not be one that its writer may read: it may have been taken back.
  const auto of_address = [&service](Answer (*show)(DecisionService&, Context&, DecisionId)) {
    return [&service, show](Context& context) {
      const auto id = decision_of(context);
      return id ? show(service, context, *id) : no_decision(context);
    };
  };
  wiring.router.get("/funding/decisions/new", prepare,
                    [&service](Context& context) { return open_draft(service, context, nullptr); });
  wiring.router.post("/funding/decisions/new", prepare,
                     [&service](Context& context) { return post_draft(service, context, nullptr); });
  wiring.router.get("/funding/decisions/:id/edit", prepare, [&service](Context& context) {
    return with_decision(service, context,
                         [&](const Decision& decision) { return edit_form(service, context, decision); });
  });
  wiring.router.post("/funding/decisions/:id/edit", prepare, [&service](Context& context) {
    return with_decision(service, context,
                         [&](const Decision& decision) { return post_draft(service, context, &decision); });
  });
  wiring.router.get("/funding/decisions/:id/comment", comment,
                    of_address([](DecisionService& asked, Context& context, DecisionId id) {
                      return comment_form(asked, context, id, {});
                    }));
  wiring.router.post("/funding/decisions/:id/comment", comment, of_address(comment_post));
  wiring.router.get("/funding/decisions/:id/comments/:comment", prepare, [&service](Context& context) {
    return with_comment(service, context, [&](const Decision& decision, const Comment& one) {
      return answer_form(service, context, decision, one, {});
    });
  });
  wiring.router.post("/funding/decisions/:id/comments/:comment", prepare, [&service](Context& context) {
    return with_comment(service, context, [&](const Decision& decision, const Comment& one) {
      return answer_post(service, context, decision, one);
    });
  });
}

}  // namespace tithing::decisions
