// The room: exercises, one with its matrix and what the evidence says, and the form that begins or changes one.
#include <algorithm>
#include <set>

#include "base/text.h"
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

constexpr std::size_t kBlankCriteria = 3;

exports::Table list_table(PrioritiesService& service, const Context& context, const std::string& area) {
  exports::Table table{.id = "exercises", .title = "Priorities scored"};
  table.columns = {{"title", "Exercise", ColumnKind::text, "", true},
                   {"area", "Area", ColumnKind::text, "", true},
                   {"period", "Evidence of", ColumnKind::text},
                   {"stage", "State", ColumnKind::text, "", true},
                   {"begun", "Begun", ColumnKind::date, "", true}};
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
      context, {.table = list_table(service, context, area),
                .filters = {"stage"},
                .search = true,
                .none = context.actor.signed_in()
                            ? "Nothing has been scored yet."
                            : "No exercise is closed yet. Those that are being scored are for people who are signed "
                              "in."}));
  link_line(writer, Url("/priorities/harm"), tr("Harm weights"));
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
  table.title = "Scores of " + exercise.title;
  return table;
}

exports::Table evidence_table(PrioritiesService& service, const Context& context, const Exercise& exercise) {
  exports::Table table{.id = "evidence",
                       .title = "What the evidence says: " + exercise.title,
                       .caption = "What the evidence says, " + exercise.period.text()};
  table.columns = {{"item", "What is scored", ColumnKind::text, "", true},
                   {"volume", "Crimes or incidents", ColumnKind::integer, "", true},
                   {"trend", "Change on the year before", ColumnKind::per_cent, "", true},
                   {"comparison", "Rate over the average of partnerships", ColumnKind::decimal, "", true},
                   {"concentration", "Concentration", ColumnKind::decimal, "Gini", true}};
  const auto lists = service.harm().counting();
  if (!lists.empty())
    table.columns.push_back(
        {"harm", "Harm", ColumnKind::decimal, lists.front().name + ", " + lists.front().version, true});
  const auto viewer = figures::Viewer::of(context.reach());
  const figures::Registry& registry = service.wiring().figures;
  const auto cell = [&](const char* kind, const figures::Parameters& parameters) {
    return figures::cell_of(registry.ask({kind, parameters}, viewer, figures::Detail::value));
  };
  for (const Item& item : exercise.items) {
    exports::Row row{text_cell(item.name)};
    if (item.crime_type.empty()) {
      for (std::size_t k = 1; k < table.columns.size(); ++k)
        row.push_back(exports::unknown_cell("It is not a crime type of the data sets here."));
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
  const auto shown = shown_to(*exercise, all, context.actor.account_id());
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

  writer.put(
      exports::to_html(evidence_table(service, context, *exercise), {.language = context.language, .paged = false}));

  exports::Table criteria = scoring::criteria_table(exercise->sheet());
  criteria.title = "Criteria of " + exercise->title;
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
    path.offers = kStagePath.offers(path.state, {*exercise, all}, context.reach(), Whose::of_area(exercise->area));
    path.post = exercise_url(*exercise, "stage");
  }
  path.problem = problem;
  path.asked = path::posted(context).asked;
  writer.put(path::path_part(context, path));
  if (!path.events.empty() && context.actor.signed_in())
    writer.put(exports::to_html(
        path::event_table(outline, path.events, [](const path::Event& event) { return event.by_name; }),
        {.language = context.language}));
  web::PageOptions options = options_of(context, exercise->title, nullptr, wrong);
  options.place = area_name(service, exercise->area);
  options.notice = error_summary(wrong, context.language);
  return web::page(context, options, writer.take());
}

// --- begin and change
// ----------------------------------------------------------------------------------------------------

// What stands in the form: as sent, or as stored.
struct Entered {
  std::string title, area, from, to, scale = "4", reason;
  std::vector<Criterion> criteria;
  std::vector<std::string> weights;  // as typed
  std::vector<std::string> types;    // slugs
  std::string others;                // one in a line
};

Entered entered_from(const Exercise& exercise) {
  Entered entered{exercise.title,
                  exercise.area,
                  exercise.period.from.iso(),
                  exercise.period.to.iso(),
                  std::to_string(exercise.scale_high),
                  {},
                  exercise.criteria,
                  {},
                  {},
                  {}};
  for (const Criterion& criterion : exercise.criteria) entered.weights.push_back(std::to_string(criterion.weight));
  for (const Item& item : exercise.items) {
    if (!item.crime_type.empty())
      entered.types.push_back(item.crime_type);
    else
      entered.others += item.name + "\n";
  }
  return entered;
}

Entered entered_from(const Context& context) {
  Entered entered{context.form_value("title"),
                  context.form_value("area"),
                  context.form_value("from"),
                  context.form_value("to"),
                  context.form_value("scale"),
                  context.form_value("reason"),
                  {},
                  {},
                  {},
                  context.form_value("others")};
  std::vector<std::string> names, guidance;
  for (const auto& [name, value] : context.form) {
    if (name == "criterion") names.emplace_back(trimmed(value));
    if (name == "weight") entered.weights.emplace_back(trimmed(value));
    if (name == "guidance") guidance.emplace_back(trimmed(value));
    if (name == "type") entered.types.push_back(value);
  }
  std::vector<std::string> weights;
  for (std::size_t i = 0; i < names.size() && i < entered.weights.size() && i < guidance.size() && i < 50; ++i) {
    if (names[i].empty()) continue;
    entered.criteria.push_back({slug(names[i]), names[i], guidance[i], 0});
    weights.push_back(entered.weights[i]);
  }
  entered.weights = std::move(weights);
  return entered;
}

Result<Exercise> exercise_of(PrioritiesService& service, const Entered& entered) {
  Exercise exercise;
  std::vector<FieldProblem> wrong;
  exercise.title = entered.title;
  exercise.area = entered.area;
  exercise.reason = entered.reason;
  const auto from = Month::parse(entered.from), to = Month::parse(entered.to);
  if (!from) wrong.push_back({"from", "Enter the first month like 2022-01."});
  if (!to) wrong.push_back({"to", "Enter the last month like 2022-11."});
  if (from && to) exercise.period = Period{*from, *to};
  exercise.scale_high = static_cast<int>(std::min<std::int64_t>(whole_number(entered.scale), 1000));
  exercise.criteria = entered.criteria;
  for (std::size_t k = 0; k < exercise.criteria.size(); ++k) {
    const std::string& text = entered.weights[k];
    if (text.empty() || text.size() > 4 || text.find_first_not_of("0123456789") != std::string::npos)
      wrong.push_back(
          {"criteria", "The weight of \"" + exercise.criteria[k].name + "\" is a whole number from 0 to 1,000."});
    else
      exercise.criteria[k].weight = std::stoll(text);
  }
  const auto snapshot = service.snapshot();
  for (const std::string& type : entered.types)
    if (const auto index = snapshot->type_index(type)) {
      const std::string& name = snapshot->crime_types()[static_cast<std::size_t>(*index)].name;
      exercise.items.push_back({type, name, type});
    }
  for (const std::string& one : split(entered.others, '\n'))
    if (const std::string name(trimmed(one)); !name.empty()) exercise.items.push_back({slug(name), name, {}});
  Problem all;
  if (Status fine = check(exercise); !fine) all = fine.error();
  if (!wrong.empty()) {
    std::erase_if(all.fields, [&](const FieldProblem& field) {
      return std::any_of(wrong.begin(), wrong.end(),
                         [&](const FieldProblem& one) { return one.field == field.field; }) ||
             field.field == "to";
    });
    all.fields.insert(all.fields.begin(), wrong.begin(), wrong.end());
    all.message = wrong.front().message;
  }
  if (!all.message.empty()) return tl::unexpected<Problem>(all);
  return exercise;
}

Answer form_page(PrioritiesService& service, Context& context, const Entered& entered, const Exercise* present,
                 std::int64_t version, const Problem& problem) {
  Writer writer(context.language);
  writer.open(
      "form",
      {{"method", "post"}, {"action", present ? exercise_url(*present) : Url("/priorities")}, {"novalidate", true}});
  writer.put(web::csrf_field(context));
  if (present) hidden_field(writer, "version", std::to_string(version));
  const auto input = [&](const char* name, const std::string& value, const Message& label, const Message& hint,
                         const char* width) {
    govuk::InputParams params{.id = name,
                              .name = name,
                              .value = value,
                              .label = {.text = label},
                              .error_message = {.text = field_error(problem, name)},
                              .classes = width};
    if (!hint.empty()) params.hint = {.text = hint};
    render(writer, params);
  };
  input("title", entered.title, tr("Title"), {}, "");
  if (!present)
    input("area", entered.area, tr("Area"), tr("Its official code, such as E22000372."), "govuk-input--width-10");
  else
    hidden_field(writer, "area", present->area);
  input("from", entered.from, tr("Evidence from month"), tr("Such as 2022-01."), "govuk-input--width-10");
  input("to", entered.to, tr("to month"), {}, "govuk-input--width-10");
  input("scale", entered.scale, tr("Highest score"), tr("Scores go from 0 to this number; a higher score comes first."),
        "govuk-input--width-2");

  writer.open("fieldset", {{"class", "govuk-fieldset"}, {"id", "criteria"}});
  writer.element("legend", {{"class", "govuk-fieldset__legend govuk-fieldset__legend--m"}}, tr("Criteria"));
  writer.element("p", {{"class", "govuk-hint"}},
                 tr("Clear a name to leave a criterion out. Only the share of a weight in all weights matters."));
  const Content wrong = field_error(problem, "criteria");
  if (!wrong.empty()) render(writer, govuk::ErrorMessageParams{.text = wrong, .id = "criteria-error"});
  for (std::size_t k = 0; k < entered.criteria.size() + kBlankCriteria && k < kMostCriteria; ++k) {
    const bool there = k < entered.criteria.size();
    const std::string number = std::to_string(k + 1);
    writer.open("div", {{"class", "tithing-filters"}});
    render(writer, govuk::InputParams{.id = "criterion-" + number,
                                      .name = "criterion",
                                      .value = there ? entered.criteria[k].name : "",
                                      .label = {.text = tr("Criterion {0}", {number})},
                                      .classes = "govuk-input--width-20"});
    render(writer, govuk::InputParams{.id = "weight-" + number,
                                      .name = "weight",
                                      .value = there ? entered.weights[k] : "1",
                                      .label = {.text = tr("Weight {0}", {number})},
                                      .classes = "govuk-input--width-3"});
    render(writer, govuk::InputParams{.id = "guidance-" + number,
                                      .name = "guidance",
                                      .value = there ? entered.criteria[k].guidance : "",
                                      .label = {.text = tr("What a score means {0}", {number})},
                                      .classes = "govuk-input--width-30"});
    writer.close("div");
  }
  writer.close("fieldset");

  govuk::CheckboxesParams types{.name = "type"};
  types.id_prefix = "items";
  govuk::FieldsetParams fieldset;
  fieldset.legend = {.text = tr("What is scored: crime types"), .classes = "govuk-fieldset__legend--m"};
  types.fieldset = fieldset;
  types.values = entered.types;
  types.classes = "govuk-checkboxes--small";
  const Content items_wrong = field_error(problem, "items");
  if (!items_wrong.empty()) types.error_message = govuk::ErrorMessageParams{.text = items_wrong};
  const auto snapshot = service.snapshot();
  for (const auto& type : snapshot->crime_types()) types.items.push_back({.text = type.name, .value = type.slug});
  if (!types.items.empty()) render(writer, types);
  render(writer,
         govuk::TextareaParams{.id = types.items.empty() ? "items" : "others",
                               .name = "others",
                               .rows = 4,
                               .value = entered.others,
                               .label = {.text = tr("What is scored besides: one in a line")},
                               .hint = {.text = tr("Such as domestic abuse. The data sets here say nothing of it.")}});
  if (present) input("reason", entered.reason, tr("Reason for the change"), {}, "");
  render(writer, govuk::ButtonParams{.text = present ? tr("Save the change") : tr("Begin the exercise"),
                                     .prevent_double_click = true});
  writer.close("form");
  web::PageOptions options =
      options_of(context, present ? tr("Change the exercise") : tr("Begin an exercise"), present, problem);
  options.notice = error_summary(problem, context.language);
  return web::page(context, options, writer.take());
}

Answer new_get(PrioritiesService& service, Context& context) {
  Entered entered;
  entered.area = context.query_value("area");
  entered.criteria = standard_criteria();
  entered.weights.assign(entered.criteria.size(), "1");
  if (const auto months = service.snapshot()->months()) {
    entered.to = months->to.iso();
    entered.from = std::max(months->from, months->to.plus(-11)).iso();
  }
  return form_page(service, context, entered, nullptr, 0, {});
}

Answer new_post(PrioritiesService& service, Context& context) {
  const Entered entered = entered_from(context);
  const auto exercise = exercise_of(service, entered);
  if (!exercise) return form_page(service, context, entered, nullptr, 0, exercise.error());
  const auto begun = begin_exercise(service.wiring().doing(context.actor), *exercise);
  if (!begun)
    return begun.error().kind == ProblemKind::invalid ? form_page(service, context, entered, nullptr, 0, begun.error())
                                                      : web::problem_page(context, begun.error());
  return web::redirect(Url::path("/priorities/{}", {std::to_string(*begun)}));
}

web::Fields fields_of(const Entered& entered) {
  std::vector<std::string> criteria;
  for (std::size_t k = 0; k < entered.criteria.size(); ++k)
    criteria.push_back(entered.criteria[k].name + " (" + entered.weights[k] + ")");
  return {{"Title", entered.title},
          {"Evidence", entered.from + " to " + entered.to},
          {"Highest score", entered.scale},
          {"Criteria", joined(criteria, ", ")},
          {"Crime types", joined(entered.types, ", ")},
          {"Besides", joined(split(entered.others, '\n'), ", ")}};
}

Answer edit_get(PrioritiesService& service, Context& context) {
  const auto exercise = readable(service, context);
  if (!exercise) return web::problem_page(context, exercise.error());
  if (const Status allowed = context.reach().require(kManage, standing_of(*exercise).whose); !allowed)
    return web::problem_page(context, allowed.error());
  return form_page(service, context, entered_from(*exercise), &*exercise, exercise->version, {});
}

Answer edit_post(PrioritiesService& service, Context& context) {
  const auto present = readable(service, context);
  if (!present) return web::problem_page(context, present.error());
  const Entered entered = entered_from(context);
  const std::int64_t version = whole_number(context.form_value("version"));
  auto exercise = exercise_of(service, entered);
  if (!exercise) return form_page(service, context, entered, &*present, version, exercise.error());
  exercise->id = present->id;
  exercise->version = version;
  const Status done = change_exercise(service.wiring().doing(context.actor), *exercise);
  if (!done && done.error().kind == ProblemKind::conflict && present->version != version)
    return web::conflict_page(context, fields_of(entered), fields_of(entered_from(*present)),
                              exercise_url(*present, "edit"));
  if (!done)
    return done.error().kind == ProblemKind::invalid
               ? form_page(service, context, entered, &*present, version, done.error())
               : web::problem_page(context, done.error());
  return web::redirect(exercise_url(*present));
}

Answer stage_post(PrioritiesService& service, Context& context) {
  const auto exercise = readable(service, context);
  if (!exercise) return web::problem_page(context, exercise.error());
  const path::Posted sent = path::posted(context);
  const Status done = move_exercise(service.wiring().doing(context.actor), exercise->id, sent.version, sent.asked);
  if (!done && done.error().kind == ProblemKind::conflict) {
    const path::Outline outline = kStagePath.outline();
    std::string move = sent.asked.move;
    for (const path::Step& step : outline.steps)
      if (step.code == sent.asked.move) move = step.name;
    return web::conflict_page(context, {{"What was to be done", move}, {"Reason", sent.asked.reason}},
                              {{"State", name_of(exercise->stage)}, {"Reason", exercise->reason}},
                              exercise_url(*exercise));
  }
  if (!done)
    return done.error().kind == ProblemKind::invalid ? exercise_page(service, context, done.error())
                                                     : web::problem_page(context, done.error());
  return web::redirect(exercise_url(*exercise));
}

}  // namespace

void register_pages(Wiring& wiring, PrioritiesService& service) {
  PrioritiesService* s = &service;
  const web::Access manage = web::Access::permission(kManage);
  wiring.router.get("/priorities", web::Access::anyone(), [s](Context& context) { return list_page(*s, context); });
  wiring.router.get("/priorities/new", manage, [s](Context& context) { return new_get(*s, context); });
  wiring.router.post("/priorities", manage, [s](Context& context) { return new_post(*s, context); });
  wiring.router.get("/priorities/:id", web::Access::anyone(),
                    [s](Context& context) { return exercise_page(*s, context, {}); });
  wiring.router.get("/priorities/:id/edit", manage, [s](Context& context) { return edit_get(*s, context); });
  wiring.router.post("/priorities/:id", manage, [s](Context& context) { return edit_post(*s, context); });
  wiring.router.post("/priorities/:id/stage", web::Access::permission(kModerate),
                     [s](Context& context) { return stage_post(*s, context); });
}

}  // namespace tithing::priorities
