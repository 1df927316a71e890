// Giving scores, agreeing values, and every score with its reason.
#include <algorithm>

#include "base/text.h"
#include "base/translation.h"
#include "desks/figures/desk.h"
#include "forms/values.h"
#include "slices/priorities/pages_view.h"

namespace tithing::priorities {
namespace {

using exports::ColumnKind;
using exports::text_cell;
using html::Content;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

// What the scorer may want to know while deciding, in a sentence with its figure.
void evidence_line(Writer& writer, PrioritiesService& service, const Context& context, const Exercise& exercise,
                   const Item& item) {
  if (item.crime_type.empty()) return;
  figures::Parameters parameters;
  parameters.values = {{"area", exercise.area},
                       {"from", exercise.period.from.iso()},
                       {"to", exercise.period.to.iso()},
                       {"type", item.crime_type}};
  const auto crimes = service.wiring().figures.ask({"crimes", parameters}, {context.today, !context.actor.signed_in()},
                                                   figures::Detail::value);
  if (!crimes) return;
  writer.open("p", {{"class", "govuk-body"}});
  writer.put(tr("Crimes recorded, {0}:", {exercise.period.text()})).text(" ").put(figures::figure_link(*crimes));
  writer.close("p");
  link_line(writer, exercise_url(exercise), tr("What the evidence says of all of them"));
}

// The scores that this form is about: the actor's own, or those agreed.
std::vector<Score> present_scores(PrioritiesService& service, const Context& context, const Exercise& exercise,
                                  const std::string& item, bool moderated) {
  std::vector<Score> out;
  for (Score& score : service.scores(exercise.id))
    if (score.item == item && score.moderated == moderated && (moderated || score.scorer == context.actor.account_id()))
      out.push_back(std::move(score));
  return out;
}

}  // namespace

Answer scores_form(PrioritiesService& service, Context& context, const Exercise& exercise, bool moderated,
                   const Problem& problem) {
  const bool sent = !problem.message.empty();
  std::string code = sent ? context.form_value("item") : context.query_value("item");
  const Item* item = exercise.item(code);
  if (item == nullptr) item = &exercise.items.front();
  const auto present = present_scores(service, context, exercise, item->code, moderated);
  std::int64_t seen = 0;
  for (const Score& score : present) seen = std::max(seen, score.id);
  const std::string below = moderated ? "moderate" : "score";

  Writer writer(context.language);
  writer.open("nav", {{"aria-label", Content(tr("What is scored")).plain(context.language)}});
  writer.open("ul", {{"class", "govuk-list"}});
  const auto all = service.scores(exercise.id);
  for (const Item& one : exercise.items) {
    const auto done = std::count_if(all.begin(), all.end(), [&](const Score& score) {
      return score.item == one.code && score.moderated == moderated &&
             (moderated || score.scorer == context.actor.account_id());
    });
    writer.open("li");
    if (&one == item)
      writer.element("strong", {{"aria-current", "page"}}, one.name);
    else
      writer.element(
          "a",
          {{"class", "govuk-link"},
           {"href", Url::path("/priorities/{}/" + below, {std::to_string(exercise.id)}, {{"item", one.code}})}},
          one.name);
    writer.text(" ").put(tr("({0} of {1})", {std::to_string(done), std::to_string(exercise.criteria.size())}));
    writer.close("li");
  }
  writer.close("ul");
  writer.close("nav");
  writer.element("h2", {{"class", "govuk-heading-l"}}, item->name);
  evidence_line(writer, service, context, exercise, *item);

  writer.open("form", {{"method", "post"}, {"action", exercise_url(exercise, below)}, {"novalidate", true}});
  writer.put(web::csrf_field(context));
  hidden_field(writer, "item", item->code);
  hidden_field(writer, "seen", sent ? context.form_value("seen") : std::to_string(seen));
  for (const Criterion& criterion : exercise.criteria) {
    std::string value, reason;
    for (const Score& score : present)
      if (score.criterion == criterion.code) {
        value = std::to_string(score.value);
        reason = score.reason;
      }
    if (sent) {
      value = context.form_value("value-" + criterion.code);
      reason = context.form_value("reason-" + criterion.code);
    }
    govuk::SelectParams select{.id = "value-" + criterion.code, .name = "value-" + criterion.code};
    select.label = {.text = criterion.name, .classes = "govuk-label--m"};
    select.hint = govuk::HintParams{.text = criterion.guidance};
    const Content wrong = field_error(problem, "value-" + criterion.code);
    if (!wrong.empty()) select.error_message = govuk::ErrorMessageParams{.text = wrong};
    select.items.push_back(
        {.value = "", .text = moderated ? tr("As scored") : tr("No score"), .selected = value.empty()});
    for (int score = 0; score <= exercise.scale_high; ++score) {
      const std::string text = std::to_string(score);
      select.items.push_back({.value = text, .text = text, .selected = value == text});
    }
    if (moderated) {
      std::vector<std::string> given;
      for (const Score& score : all)
        if (score.item == item->code && score.criterion == criterion.code && !score.moderated)
          given.push_back(score.scorer_name + ": " + std::to_string(score.value) + " (" + score.reason + ")");
      render(writer, select);
      writer.element("p", {{"class", "govuk-body"}},
                     given.empty() ? Content(tr("Nobody has scored it.")) : Content(joined(given, "; ")));
    } else {
      render(writer, select);
    }
    render(writer, govuk::TextareaParams{.id = "reason-" + criterion.code,
                                         .name = "reason-" + criterion.code,
                                         .rows = 2,
                                         .value = reason,
                                         .label = {.text = tr("Reason for {0}", {lowered(criterion.name)})},
                                         .error_message = {.text = field_error(problem, "reason-" + criterion.code)}});
  }
  render(writer, govuk::ButtonParams{.text = moderated ? tr("Save what was agreed") : tr("Save your scores"),
                                     .prevent_double_click = true});
  writer.close("form");
  if (!moderated) interest_part(writer, service, context, exercise, *item, problem);
  web::PageOptions options =
      options_of(context, moderated ? tr("Agree values") : tr("Give your scores"), &exercise, problem);
  options.notice = error_summary(problem, context.language);
  options.narrow = true;
  return web::page(context, options, writer.take());
}

namespace {

Answer scores_get(PrioritiesService& service, Context& context, bool moderated) {
  const auto exercise = readable(service, context);
  if (!exercise) return web::problem_page(context, exercise.error());
  // Nobody types seven reasons into a form that will be refused.
  if (const Status allowed = context.reach().require(moderated ? kModerate : kScore, standing_of(*exercise).whose);
      !allowed)
    return web::problem_page(context, allowed.error());
  if (exercise->stage != (moderated ? Stage::moderation : Stage::scoring))
    return web::problem_page(
        context, {ProblemKind::conflict,
                  moderated ? "Values are agreed while an exercise is moderated. This one is not."
                            : "Scoring has ended. What was scored is being moderated, or the exercise is over.",
                  {}});
  return scores_form(service, context, *exercise, moderated, {});
}

Answer scores_post(PrioritiesService& service, Context& context, bool moderated) {
  const auto exercise = readable(service, context);
  if (!exercise) return web::problem_page(context, exercise.error());
  const std::string item = context.form_value("item");
  std::vector<Score> scores;
  std::vector<FieldProblem> wrong;
  for (const Criterion& criterion : exercise->criteria) {
    const std::string value = context.form_value("value-" + criterion.code),
                      reason = context.form_value("reason-" + criterion.code);
    if (value.empty()) {
      if (!reason.empty())
        wrong.push_back(
            {"value-" + criterion.code, criterion.name + ": choose a score for this reason, or clear the reason."});
      continue;
    }
    Score score;
    score.criterion = criterion.code;
    score.value = forms::whole(value, 9999).value_or(-1);  // -1 is off every scale
    score.reason = reason;
    scores.push_back(std::move(score));
  }
  if (!wrong.empty()) {
    const std::string first = wrong.front().message;
    return scores_form(service, context, *exercise, moderated, {ProblemKind::invalid, first, std::move(wrong)});
  }
  const Status done = give_scores(service.wiring().doing(context.actor), exercise->id, item, moderated,
                                  whole_number(context.form_value("seen")), scores);
  if (!done && done.error().kind == ProblemKind::conflict) {
    // Also when the scoring has ended meanwhile: what was typed is shown beside what is there now.
    const bool open = exercise->stage == (moderated ? Stage::moderation : Stage::scoring);
    web::Fields yours, theirs;
    for (const Score& score : scores)
      yours.emplace_back(exercise->criterion(score.criterion)->name, std::to_string(score.value) + ": " + score.reason);
    for (const Score& score : present_scores(service, context, *exercise, item, moderated)) {
      const Criterion* criterion = exercise->criterion(score.criterion);
      theirs.emplace_back(criterion == nullptr ? score.criterion : criterion->name,
                          std::to_string(score.value) + ": " + score.reason);
    }
    if (!open) {
      theirs.emplace_back("State", name_of(exercise->stage));
      return web::conflict_page(context, yours, theirs, exercise_url(*exercise));
    }
    return web::conflict_page(context, yours, theirs,
                              Url::path("/priorities/{}/" + std::string(moderated ? "moderate" : "score"),
                                        {std::to_string(exercise->id)}, {{"item", item}}));
  }
  if (!done)
    return done.error().kind == ProblemKind::invalid ? scores_form(service, context, *exercise, moderated, done.error())
                                                     : web::problem_page(context, done.error());
  // On to the next one; after the last, to the whole.
  const Item* at = exercise->item(item);
  const auto next = static_cast<std::size_t>(at - exercise->items.data()) + 1;
  if (next >= exercise->items.size()) return web::redirect(exercise_url(*exercise));
  return web::redirect(Url::path("/priorities/{}/" + std::string(moderated ? "moderate" : "score"),
                                 {std::to_string(exercise->id)}, {{"item", exercise->items[next].code}}));
}

Answer reasons_page(PrioritiesService& service, Context& context) {
  const auto exercise = readable(service, context);
  if (!exercise) return web::problem_page(context, exercise.error());
  exports::Table table{
      .id = "scores", .title = tr("Scores of {0}", {exercise->title}), .caption = tr("Every score with its reason")};
  table.columns = {{"item", tr("What is scored"), ColumnKind::text, {}, true},
                   {"criterion", tr("Criterion"), ColumnKind::text, {}, true},
                   {"scorer", tr("By"), ColumnKind::text, {}, true},
                   {"value", tr("Score"), ColumnKind::integer, {}, true},
                   {"reason", tr("Reason"), ColumnKind::text},
                   {"when", tr("When"), ColumnKind::date, {}, true},
                   {"counts", tr("Counts")}};
  const auto interests = service.interests(exercise->id);
  for (const Score& score : shown_to(*exercise, service.scores(exercise->id), context.actor.account_id())) {
    const Item* item = exercise->item(score.item);
    const Criterion* criterion = exercise->criterion(score.criterion);
    table.rows.push_back(
        {text_cell(item == nullptr ? score.item : item->name),
         text_cell(criterion == nullptr ? score.criterion : criterion->name),
         text_cell(score.moderated ? "Agreed by the meeting" : score.scorer_name), exports::integer_cell(score.value),
         text_cell(score.reason), exports::date_cell(score.made_at.date()),
         text_cell(scoring::has_interest(interests, score) ? tr("no: an interest is declared") : tr("yes"))});
  }
  Writer writer(context.language);
  if (exercise->stage == Stage::scoring) paragraph(writer, tr("Until the scoring ends you see your own scores only."));
  writer.put(lists::part(context, {.table = std::move(table),
                                   .filters = {"item", "criterion", "scorer"},
                                   .search = true,
                                   .none = tr("There is no score to show.")}));
  return web::page(context, options_of(context, tr("Scores and reasons"), &*exercise), writer.take());
}

}  // namespace

void register_scoring_pages(Wiring& wiring, PrioritiesService& service) {
  PrioritiesService* s = &service;
  const web::Access score = web::Access::permission(kScore), moderate = web::Access::permission(kModerate);
  wiring.router.get("/priorities/:id/score", score, [s](Context& context) { return scores_get(*s, context, false); });
  wiring.router.post("/priorities/:id/score", score, [s](Context& context) { return scores_post(*s, context, false); });
  wiring.router.get("/priorities/:id/moderate", moderate,
                    [s](Context& context) { return scores_get(*s, context, true); });
  wiring.router.post("/priorities/:id/moderate", moderate,
                     [s](Context& context) { return scores_post(*s, context, true); });
  wiring.router.get("/priorities/:id/scores", web::Access::signed_in(),
                    [s](Context& context) { return reasons_page(*s, context); });
}

}  // namespace tithing::priorities
