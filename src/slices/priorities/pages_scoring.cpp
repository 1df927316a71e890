// Giving scores, agreeing values, and every score with its reason.
#include <algorithm>

#include "base/text.h"
#include "base/translation.h"
#include "desks/figures/desk.h"
#include "forms/sheet.h"
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

// The form of one item: of a scorer, or (moderated) of the meeting.
struct Giving {
  PrioritiesService& service;
  Context& context;
  const Exercise& exercise;
  const Item& item;
  bool moderated;
  Stage stage() const { return moderated ? Stage::moderation : Stage::scoring; }
  std::string below() const { return moderated ? "moderate" : "score"; }
  Url address(const std::string& of) const {
    return Url::path("/priorities/{}/" + below(), {std::to_string(exercise.id)}, {{"item", of}});
  }
  // The scores that it is about: the actor's own, or those agreed.
  std::vector<Score> present() const {
    std::vector<Score> out = service.scores(exercise.id);
    std::erase_if(out, [&](const Score& score) { return score.item != item.code || !is_of(score); });
    return out;
  }
  bool is_of(const Score& score) const {
    return score.moderated == moderated && (moderated || score.scorer == context.actor.account_id());
  }
  std::int64_t seen() const {
    std::int64_t newest = 0;
    for (const Score& score : present()) newest = std::max(newest, score.id);
    return newest;
  }
};

Giving giving_of(PrioritiesService& service, Context& context, const Exercise& exercise, bool moderated,
                 const std::string& code) {
  const Item* item = exercise.item(code);
  return {service, context, exercise, item == nullptr ? exercise.items.front() : *item, moderated};
}

std::vector<forms::Field> fields_of(const Giving& giving) {
  forms::Choices choices = {{"", giving.moderated ? tr("As scored") : tr("No score")}};
  for (int score = 0; score <= giving.exercise.scale_high; ++score)
    choices.emplace_back(std::to_string(score), std::to_string(score));
  std::vector<forms::Field> fields;
  for (const Criterion& criterion : giving.exercise.criteria) {
    fields.push_back({.name = "value-" + criterion.code,
                      .label = criterion.name,
                      .kind = forms::Kind::choice,
                      .hint = criterion.guidance,
                      .choices = choices,
                      .begins = true});
    fields.push_back({.name = "reason-" + criterion.code,
                      .label = tr("Reason for {0}", {lowered(criterion.name)}),
                      .kind = forms::Kind::long_text,
                      .rows = 2});
  }
  return fields;
}

forms::Values stored_of(const Giving& giving) {
  forms::Values values;
  for (const Score& score : giving.present()) {
    values["value-" + score.criterion] = std::to_string(score.value);
    values["reason-" + score.criterion] = score.reason;
  }
  return values;
}

drafts::Form draft_of(const Giving& giving, const std::string& seen) {
  const std::string title =
      tr("Scores of {0}: {1}", {giving.item.name, giving.exercise.title}).in(giving.context.language).text;
  return {"priorities.scores/" + std::to_string(giving.exercise.id) + "/" + giving.item.code + "/" + giving.below(),
          title, giving.address(giving.item.code).text(), seen};
}

// Buttons, so that what is typed is kept when another item is opened, also without script.
void items_part(Writer& writer, const Giving& giving) {
  const auto all = giving.service.scores(giving.exercise.id);
  writer.open("nav", {{"aria-label", Content(tr("What is scored")).plain(giving.context.language)}});
  writer.open("ul", {{"class", "govuk-list"}});
  for (const Item& one : giving.exercise.items) {
    const auto done = std::count_if(all.begin(), all.end(),
                                    [&](const Score& score) { return score.item == one.code && giving.is_of(score); });
    writer.open("li");
    if (&one == &giving.item)
      writer.element("strong", {{"aria-current", "page"}}, one.name);
    else
      writer.element("button",
                     {{"type", "submit"},
                      {"class", "govuk-link tithing-as-link"},
                      {"form", "scores"},
                      {"name", "open"},
                      {"value", one.code}},
                     one.name);
    writer.text(" ").put(tr("({0} of {1})", {std::to_string(done), std::to_string(giving.exercise.criteria.size())}));
    writer.close("li");
  }
  writer.close("ul").close("nav");
}

std::string given_for(const Giving& giving, const std::string& criterion) {
  std::vector<std::string> given;
  for (const Score& score : giving.service.scores(giving.exercise.id))
    if (score.item == giving.item.code && score.criterion == criterion && !score.moderated)
      given.push_back(score.scorer_name + ": " + std::to_string(score.value) + " (" + score.reason + ")");
  return joined(given, "; ");
}

Answer form_page(const Giving& giving, forms::Values values, const std::string& seen, const Problem& problem = {}) {
  Context& context = giving.context;
  Writer before(context.language);
  items_part(before, giving);
  before.element("h2", {{"class", "govuk-heading-l"}}, giving.item.name);
  evidence_line(before, giving.service, context, giving.exercise, giving.item);
  forms::Sheet sheet{
      .options = options_of(context, giving.moderated ? tr("Agree values") : tr("Give your scores"), &giving.exercise),
      .action = exercise_url(giving.exercise, giving.below()),
      .draft = draft_of(giving, seen),
      .fields = fields_of(giving),
      .save = giving.moderated ? tr("Save what was agreed") : tr("Save your scores"),
      .before = before.take(),
      .id = "scores"};
  sheet.options.narrow = true;
  if (giving.moderated)
    sheet.ahead_of = [&](forms::Form& form, const forms::Field& field) {
      if (field.name.rfind("reason-", 0) != 0) return;
      const std::string given = given_for(giving, field.name.substr(7));
      form.paragraph(given.empty() ? Content(tr("Nobody has scored it.")) : Content(given));
    };
  else
    sheet.last = [&](forms::Form& form) { interest_part(form, giving.service, context, giving.exercise, giving.item); };
  if (own_interest(giving.service, context, giving.exercise, giving.item)) values.erase("what");  // it is declared
  values["item"] = giving.item.code;
  values["seen"] = seen;
  values.erase("open");
  return forms::sheet_page(*giving.service.wiring().database, context, std::move(sheet), values, problem);
}

// What was typed and what stands there now, also when the scoring has ended meanwhile.
Answer overtaken(const Giving& giving, const forms::Values& typed, const std::string& seen) {
  forms::Overtaken two = forms::overtaken(draft_of(giving, seen), fields_of(giving), {}, typed, stored_of(giving),
                                          giving.context.language);
  if (giving.exercise.stage != giving.stage())
    two.change = tr("The exercise has gone on meanwhile. It is now: {0}.", {name_of(giving.exercise.stage)});
  return forms::overtaken_page(giving.context, two);
}

}  // namespace

void keep_scores(PrioritiesService& service, Context& context, const Exercise& exercise, bool moderated) {
  if (context.form_value("seen").empty()) return;  // not of that form
  const Giving giving = giving_of(service, context, exercise, moderated, context.form_value("item"));
  const drafts::Form draft = draft_of(giving, context.form_value("seen"));
  const forms::Values typed = forms::values_in(context), stored = stored_of(giving);
  const auto fields = fields_of(giving);
  const bool any = std::any_of(fields.begin(), fields.end(), [&](const forms::Field& field) {
    return forms::at(typed, field.name) != forms::at(stored, field.name);
  });
  if (any)
    drafts::keep_posted(*service.wiring().database, context, draft);
  else
    drafts::end(*service.wiring().database, context.actor, draft.key);
}

Answer scores_form(PrioritiesService& service, Context& context, const Exercise& exercise, bool moderated,
                   const Problem& problem) {
  return form_page(giving_of(service, context, exercise, moderated, context.form_value("item")),
                   forms::values_in(context), context.form_value("seen"), problem);
}

namespace {

Answer scores_get(PrioritiesService& service, Context& context, bool moderated) {
  const auto exercise = readable(service, context);
  if (!exercise) return web::problem_page(context, exercise.error());
  // Nobody types seven reasons into a form that will be refused.
  if (const Status allowed = context.reach().require(moderated ? kModerate : kScore, standing_of(*exercise).whose);
      !allowed)
    return web::problem_page(context, allowed.error());
  const Giving giving = giving_of(service, context, *exercise, moderated, context.query_value("item"));
  const std::string seen = std::to_string(giving.seen());
  const auto kept = drafts::find(*service.wiring().database, context.actor, draft_of(giving, seen).key);
  const bool open = exercise->stage == giving.stage();
  if (kept && (!open || (kept->form.version != seen && context.query_value("draft") != "merged")))
    return overtaken(giving, forms::values_in(*kept), kept->form.version);
  if (!open)
    return web::problem_page(
        context, {ProblemKind::conflict,
                  moderated ? "Values are agreed while an exercise is moderated. This one is not."
                            : "Scoring has ended. What was scored is being moderated, or the exercise is over.",
                  {}});
  return form_page(giving, kept ? forms::values_in(*kept) : stored_of(giving), seen);
}

// The scores that the form says; a reason without a score is told at its field.
Result<std::vector<Score>> scores_in(const Giving& giving, forms::Values values) {
  Problem problem = forms::settle_all(fields_of(giving), values);
  std::vector<Score> scores;
  for (const Criterion& criterion : giving.exercise.criteria) {
    const std::string value = forms::at(values, "value-" + criterion.code);
    const std::string reason = forms::at(values, "reason-" + criterion.code);
    if (value.empty() && !reason.empty())
      problem.fields.push_back(
          {"value-" + criterion.code, criterion.name + ": choose a score for this reason, or clear the reason."});
    if (value.empty()) continue;
    Score score;
    score.criterion = criterion.code;
    score.value = forms::whole(value, 9999).value_or(-1);  // -1 is off every scale
    score.reason = reason;
    scores.push_back(std::move(score));
  }
  if (problem.fields.empty()) return scores;
  problem.message = problem.fields.front().message;
  return tl::unexpected<Problem>(problem);
}

Answer scores_post(PrioritiesService& service, Context& context, bool moderated) {
  const auto exercise = readable(service, context);
  if (!exercise) return web::problem_page(context, exercise.error());
  const Giving giving = giving_of(service, context, *exercise, moderated, context.form_value("item"));
  const forms::Values values = forms::values_in(context);
  const std::string seen = context.form_value("seen"), other = context.form_value("open");
  keep_scores(service, context, *exercise, moderated);
  if (!other.empty()) return web::redirect(giving.address(other));
  const auto scores = scores_in(giving, values);
  if (!scores) return form_page(giving, values, seen, scores.error());
  const Status done = give_scores(service.wiring().doing(context.actor), exercise->id, context.form_value("item"),
                                  moderated, whole_number(seen), *scores);
  if (!done && done.error().kind == ProblemKind::conflict) return overtaken(giving, values, seen);
  if (!done)
    return done.error().kind == ProblemKind::invalid ? form_page(giving, values, seen, done.error())
                                                     : web::problem_page(context, done.error());
  drafts::end(*service.wiring().database, context.actor, draft_of(giving, seen).key);
  // On to the next one; after the last, to the whole.
  const auto next = static_cast<std::size_t>(&giving.item - exercise->items.data()) + 1;
  return web::redirect(next < exercise->items.size() ? giving.address(exercise->items[next].code)
                                                     : exercise_url(*exercise));
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
