// The room: exercises, and one with its matrix and what the evidence says.
#include <algorithm>
#include <set>

#include "base/text.h"
#include "base/translation.h"
#include "desks/figures/cells.h"
#include "slices/evidence/category_marks.h"
#include "slices/priorities/pages_view.h"

namespace tithing::priorities {
namespace {

using exports::ColumnKind;
using exports::text_cell;
using html::Content;
using html::Markup;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

exports::Table list_table(PrioritiesService& service, const Context& context, const std::string& area) {
  exports::Table table{.id = "exercises", .title = tr("Priorities scored")};
  table.columns = {{"title", tr("Exercise"), ColumnKind::text, {}, true},
                   {"area", tr("Area"), ColumnKind::text, {}, true},
                   {"period", tr("Evidence of"), ColumnKind::text},
                   {"stage", tr("State"), ColumnKind::text, {}, true},
                   {"begun", tr("Begun"), ColumnKind::date, {}, true}};
  for (const Exercise& one : service.exercises(area)) {
    if (!service.may_know(one, context.reach())) continue;
    table.rows.push_back({text_cell(one.title).linked(exercise_url(one)), text_cell(area_name(service, one.area)),
                          text_cell(one.period.text()), text_cell(Content(name_of(one.stage)).plain("en")),
                          exports::date_cell(one.created_at.date())});
  }
  return table;
}

Answer list_page(PrioritiesService& service, Context& context) {
  const std::string area = context.query_value("area");
  Writer writer(context.language);
  paragraph(writer, tr("What comes first is scored by several people, each with a reason, by criteria that everybody "
                       "sees. The evidence stands beside the scores; it does not make them."));
  if (context.actor.can(kManage))
    render(writer, govuk::ButtonParams{.text = tr("Begin an exercise"),
                                       .href = Url::path("/priorities/new", {}, {{"area", area}})});
  writer.put(lists::part(
      context,
      {.table = list_table(service, context, area),
       .filters = {"stage"},
       .search = true,
       .none = context.actor.signed_in()
                   ? tr("Nothing has been scored yet.")
                   : tr("No exercise is closed yet. Those that are being scored are for people who are signed in.")}));
  link_line(writer, Url("/priorities/harm"), tr("Harm weights"));
  link_line(writer, Url("/priorities/themes"), tr("Themes"));
  web::PageOptions options = options_of(context, tr("Priorities"), nullptr);
  options.breadcrumbs.pop_back();
  if (!area.empty()) {
    options.place = area_name(service, area);
    options.breadcrumbs.push_back({options.place, service.wiring().site.at("area", {area}), false});
  }
  return web::page(context, options, writer.take());
}

// --- one exercise
// ------------------------------------------------------------------------------------------------------

// The weights that the reader tries, from w-1, w-2, ...; empty when they are those of the exercise.
Result<std::vector<std::int64_t>> tried_weights(const Exercise& exercise, const Context& context) {
  std::vector<std::string> texts, fields;
  for (std::size_t k = 0; k < exercise.criteria.size(); ++k) {
    fields.push_back("w-" + std::to_string(k + 1));
    texts.push_back(context.query_value(fields.back()));
  }
  return scoring::weights_from(exercise.sheet(), texts, fields);
}

exports::Table matrix_table(const Exercise& exercise, const scoring::Outcome& outcome,
                            const std::optional<scoring::Outcome>& agreed, const std::vector<std::int64_t>& weights) {
  exports::Table table = scoring::order_table(exercise.sheet(), outcome, agreed, [&](std::size_t item) {
    return Url::parse(score_address(exercise, exercise.items[item], weights).path());
  });
  table.title = tr("Scores of {0}", {exercise.title});
  return table;
}

exports::Table evidence_table(PrioritiesService& service, const Context& context, const Exercise& exercise) {
  exports::Table table{.id = "evidence",
                       .title = tr("What the evidence says: {0}", {exercise.title}),
                       .caption = tr("What the evidence says, {0}", {exercise.period.text()})};
  table.columns = {{"item", tr("What is scored"), ColumnKind::text, {}, true},
                   {"volume", tr("Crimes or incidents"), ColumnKind::integer, {}, true},
                   {"trend", tr("Change on the year before"), ColumnKind::per_cent, {}, true},
                   {"comparison", tr("Rate over the average of partnerships"), ColumnKind::decimal, {}, true},
                   {"concentration", tr("Concentration"), ColumnKind::decimal, tr("Gini"), true}};
  const auto lists = service.harm().counting();
  if (!lists.empty())
    table.columns.push_back(
        {"harm", tr("Harm"), ColumnKind::decimal, as_name(lists.front().name + ", " + lists.front().version), true});
  const auto viewer = figures::Viewer::of(context.reach());
  const figures::Registry& registry = service.wiring().figures;
  const auto cell = [&](const char* kind, const figures::Parameters& parameters) {
    return figures::cell_of(registry.ask({kind, parameters}, viewer, figures::Detail::value));
  };
  for (const Item& item : exercise.items) {
    exports::Row row{text_cell(item.name)};
    if (item.crime_type.empty()) {
      for (std::size_t k = 1; k < table.columns.size(); ++k)
        row.push_back(exports::unknown_cell(tr("It is not a crime type of the data sets here.")));
      table.rows.push_back(std::move(row));
      continue;
    }
    figures::Parameters parameters;
    parameters.values = {{"area", exercise.area},
                         {"from", exercise.period.from.iso()},
                         {"to", exercise.period.to.iso()},
                         {"type", item.crime_type}};
    row.push_back(cell("crimes", parameters));
    figures::Parameters change = parameters;
    change.values["base-from"] = exercise.period.from.plus(-12).iso();
    change.values["base-to"] = exercise.period.to.plus(-12).iso();
    row.push_back(cell("change", change));
    row.push_back(cell("rate-compared", parameters));
    row.push_back(cell("gini", parameters));
    if (!lists.empty())
      row.push_back(figures::cell_of(
          registry.ask(harm_address(exercise, item.crime_type, lists.front()), viewer, figures::Detail::value)));
    table.rows.push_back(std::move(row));
  }
  std::vector<std::string> slugs;
  for (const Item& item : exercise.items) slugs.push_back(item.crime_type);
  // The change reaches back a year.
  evidence::carry_categories(table, slugs, {exercise.period.from.plus(-12), exercise.period.to});
  return table;
}

void weights_form(Writer& writer, const Context& context, const Exercise& exercise,
                  const std::vector<std::int64_t>& weights, const Problem& problem) {
  heading(writer, tr("Move the weights"));
  writer.open("form", {{"method", "get"}, {"action", exercise_url(exercise)}, {"class", "tithing-filters"}});
  for (std::size_t k = 0; k < exercise.criteria.size(); ++k) {
    const std::string name = "w-" + std::to_string(k + 1);
    const std::string typed = context.query_value(name);
    render(writer,
           govuk::InputParams{.id = name,
                              .name = name,
                              .value = !typed.empty()
                                           ? typed
                                           : std::to_string(weights.empty() ? exercise.criteria[k].weight : weights[k]),
                              .label = {.text = exercise.criteria[k].name},
                              .error_message = {.text = field_error(problem, name)},
                              .classes = "govuk-input--width-4"});
  }
  render(writer, govuk::ButtonParams{.text = tr("Show the order"), .classes = "govuk-button--secondary"});
  writer.close("form");
}

// A move that was refused, until it is made or thrown away.
drafts::Form stage_draft(const Exercise& exercise, std::int64_t version) {
  return {"priorities.stage/" + std::to_string(exercise.id), "A step of " + exercise.title,
          exercise_url(exercise).text(), std::to_string(version)};
}

Answer exercise_page(PrioritiesService& service, Context& context, const Problem& problem) {
  const auto exercise = readable(service, context);
  if (!exercise && exercise.error().kind == ProblemKind::forbidden && !context.actor.signed_in())
    return web::to_sign_in(context);
  if (!exercise) return web::problem_page(context, exercise.error());
  Problem wrong = problem;
  auto weights = tried_weights(*exercise, context);
  if (!weights) {
    wrong = weights.error();
    weights = std::vector<std::int64_t>();
  }
  const auto all = service.scores(exercise->id);
  const auto interests = service.interests(exercise->id);
  const auto counted = scoring::without_interested(all, interests);
  const auto shown = shown_to(*exercise, counted, context.actor.account_id());
  const auto outcome = scoring::outcome_of(exercise->sheet(), shown, *weights);
  if (!outcome) return web::problem_page(context, outcome.error());

  Writer writer(context.language);
  govuk::SummaryListParams summary;
  const auto line = [&](Message key, Content value) {
    summary.rows.push_back({.key = {.text = std::move(key)}, .value = {.text = std::move(value)}});
  };
  line(tr("State"), name_of(exercise->stage));
  line(tr("Area"), area_name(service, exercise->area));
  line(tr("Evidence of"), exercise->period.text());
  line(tr("Scale"), tr("0 to {0}; a higher score comes first", {std::to_string(exercise->scale_high)}));
  line(tr("Scored by"), plural(static_cast<std::int64_t>(scoring::scorers_of(all)), "person", "people"));
  line(tr("Last changed"),
       tr("{0}, version {1}", {exercise->made_at.date().text(), std::to_string(exercise->version)}));
  if (!exercise->reason.empty()) line(tr("Reason"), exercise->reason);
  render(writer, summary);
  if (exercise->stage == Stage::scoring && may(context, kScore, *exercise))
    render(writer, govuk::ButtonParams{.text = tr("Give your scores"), .href = exercise_url(*exercise, "score")});
  if (exercise->stage == Stage::moderation && may(context, kModerate, *exercise))
    render(writer, govuk::ButtonParams{.text = tr("Agree values"), .href = exercise_url(*exercise, "moderate")});

  heading(writer, tr("Order"));
  if (exercise->stage == Stage::scoring)
    paragraph(writer,
              tr("Each person sees the own scores only until the scoring ends, so that nobody follows another."));
  if (*outcome) {
    std::optional<scoring::Outcome> agreed;
    if (!weights->empty())
      if (auto without = scoring::outcome_of(exercise->sheet(), shown)) agreed = std::move(*without);
    if (agreed)
      paragraph(writer, tr("The weights below are yours, for trying. Nothing is saved; the address holds them."));
    writer.put(exports::to_html(matrix_table(*exercise, **outcome, agreed, *weights),
                                {.language = context.language, .paged = false}));
    if ((*outcome)->found.agreement)
      paragraph(writer, tr("Agreement of the scorers' orders (Kendall's W): {0}, from 0 not at all to 1 the same.",
                           {fixed(*(*outcome)->found.agreement, 2)}));
    if ((*outcome)->stability) {
      const auto flips = scoring::what_puts_another_first(exercise->sheet(), **outcome);
      heading(writer, tr("What would put another first"));
      if (flips.empty()) paragraph(writer, tr("No change of a single weight puts another one first."));
      if (!flips.empty()) writer.open("ul", {{"class", "govuk-list govuk-list--bullet"}});
      for (const Message& flip : flips) writer.element("li", {}, flip);
      if (!flips.empty()) writer.close("ul");
    }
    weights_form(writer, context, *exercise, *weights, wrong);
  } else {
    paragraph(writer,
              exercise->stage == Stage::scoring ? tr("You have given no score yet.") : tr("Nobody has given a score."));
  }

  writer.put(interests_part(context, *exercise, interests));
  writer.put(
      exports::to_html(evidence_table(service, context, *exercise), {.language = context.language, .paged = false}));

  exports::Table criteria = scoring::criteria_table(exercise->sheet());
  criteria.title = tr("Criteria of {0}", {exercise->title});
  writer.put(exports::to_html(criteria, {.language = context.language, .paged = false}));

  if (context.actor.signed_in())
    link_line(writer, exercise_url(*exercise, "scores"), tr("Every score with its reason"));
  if (may(context, kManage, *exercise) && exercise->stage != Stage::closed && exercise->stage != Stage::withdrawn)
    link_line(writer, exercise_url(*exercise, "edit"), tr("Change weights, criteria or title"));
  const path::Outline outline = kStagePath.outline();
  path::PathView path{.outline = outline,
                      .state = std::string(code_of(exercise->stage)),
                      .version = exercise->version,
                      .events = service.events(exercise->id)};
  if (context.actor.signed_in()) {
    path.offers = kStagePath.offers(path.state, {*exercise, counted}, context.reach(), Whose::of_area(exercise->area));
    path.post = exercise_url(*exercise, "stage");
  }
  path.problem = problem;
  path.asked = path::posted(context).asked;
  const auto kept = drafts::find(*service.wiring().database, context.actor, stage_draft(*exercise, 0).key);
  const bool back = kept && context.request->method != "POST" && !path.offers.empty();
  if (back) path.asked = {kept->get("move"), kept->get("reason")};
  writer.put(path::path_part(context, path));
  if (!path.events.empty() && context.actor.signed_in())
    writer.put(exports::to_html(
        path::event_table(outline, path.events, [](const path::Event& event) { return event.by_name; }),
        {.language = context.language}));
  web::PageOptions options = options_of(context, exercise->title, nullptr, wrong);
  options.place = area_name(service, exercise->area);
  options.notice = error_summary(wrong, context.language);
  if (back) options.notice += drafts::notice(context, *kept);
  return web::page(context, options, writer.take());
}

// What was to be done, and what somebody else has done meanwhile.
Answer stage_overtaken(Context& context, const Exercise& now, const path::Posted& sent) {
  const path::Outline outline = kStagePath.outline();
  std::string move = sent.asked.move;
  for (const path::Step& step : outline.steps)
    if (step.code == sent.asked.move) move = step.name;
  return forms::overtaken_page(context,
                               {.form = stage_draft(now, sent.version),
                                .yours = {{"move", move}, {"reason", sent.asked.reason}},
                                .stored = {{"state", name_of(now.stage)}, {"reason", now.reason}},
                                .labels = {{"move", "What was to be done"}, {"state", "State"}, {"reason", "Reason"}},
                                .with_same = true});
}

Answer stage_post(PrioritiesService& service, Context& context) {
  const auto exercise = readable(service, context);
  if (!exercise) return web::problem_page(context, exercise.error());
  const path::Posted sent = path::posted(context);
  db::Database& database = *service.wiring().database;
  drafts::keep_posted(database, context, stage_draft(*exercise, sent.version));
  const Status done = move_exercise(service.wiring().doing(context.actor), exercise->id, sent.version, sent.asked);
  if (!done && done.error().kind == ProblemKind::conflict) return stage_overtaken(context, *exercise, sent);
  if (!done)
    return done.error().kind == ProblemKind::invalid ? exercise_page(service, context, done.error())
                                                     : web::problem_page(context, done.error());
  drafts::end(database, context.actor, stage_draft(*exercise, 0).key);
  return web::redirect(exercise_url(*exercise));
}

}  // namespace

void register_pages(Wiring& wiring, PrioritiesService& service) {
  PrioritiesService* s = &service;
  wiring.router.get("/priorities", web::Access::anyone(), [s](Context& context) { return list_page(*s, context); });
  wiring.router.get("/priorities/:id", web::Access::anyone(),
                    [s](Context& context) { return exercise_page(*s, context, {}); });
  wiring.router.post("/priorities/:id/stage", web::Access::permission(kModerate),
                     [s](Context& context) { return stage_post(*s, context); });
}

}  // namespace tithing::priorities
