// The form that begins or changes an exercise.
#include <algorithm>

#include "base/text.h"
#include "base/translation.h"
#include "forms/form.h"
#include "slices/evidence/crime_types.h"
#include "slices/priorities/pages_view.h"
#include "slices/register/area_picker.h"

namespace tithing::priorities {
namespace {

using forms::Field;
using forms::Kind;
using forms::Values;
using html::Content;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

constexpr std::size_t kBlankCriteria = 3;

// The lines of one column of the criteria, empty ones as well: they stand beside those of the other columns.
std::vector<std::string> column(const Values& values, const std::string& name) {
  const auto found = values.find(name);
  std::vector<std::string> lines = found == values.end() ? std::vector<std::string>() : split(found->second, '\n');
  for (std::string& line : lines) line = trimmed(line);
  return lines;
}

struct CriterionTyped {
  std::string name, weight, guidance;
};
std::vector<CriterionTyped> criteria_of(const Values& values) {
  const auto names = column(values, "criterion"), weights = column(values, "weight"),
             guidance = column(values, "guidance");
  std::vector<CriterionTyped> out;
  for (std::size_t i = 0; i < names.size() && i < weights.size() && i < guidance.size() && i < 50; ++i)
    if (!names[i].empty()) out.push_back({names[i], weights[i], guidance[i]});
  return out;
}

void put_criteria(Values& values, const std::vector<Criterion>& criteria) {
  std::vector<std::string> names, weights, guidance;
  for (const Criterion& one : criteria) {
    names.push_back(one.name);
    weights.push_back(std::to_string(one.weight));
    guidance.push_back(one.guidance);
  }
  values["criterion"] = joined(names, "\n");
  values["weight"] = joined(weights, "\n");
  values["guidance"] = joined(guidance, "\n");
}

Values values_of(const Exercise& exercise) {
  Values values = {{"title", exercise.title},
                   {"area", exercise.area},
                   {"from", exercise.period.from.iso()},
                   {"to", exercise.period.to.iso()},
                   {"scale", std::to_string(exercise.scale_high)}};
  put_criteria(values, exercise.criteria);
  std::vector<std::string> types, others;
  for (const Item& item : exercise.items)
    (item.crime_type.empty() ? others : types).push_back(item.crime_type.empty() ? item.name : item.crime_type);
  values["type"] = joined(types, "\n");
  values["others"] = joined(others, "\n");
  return values;
}

// Before the criteria and after them.
struct Fields {
  std::vector<Field> before, after;
};
Fields fields_of(PrioritiesService& service, Date today, bool present) {
  Fields out;
  out.before.push_back({.name = "title", .label = tr("Title")});
  if (!present)
    out.before.push_back({.name = "area",
                          .label = tr("Area"),
                          .kind = Kind::picked,
                          .hint = tr("Its name, such as North Worcestershire."),
                          .missing = "Enter the name of the area.",
                          .finder = register_::area_finder(service.areas(), today)});
  out.before.push_back({.name = "from",
                        .label = tr("Evidence from month"),
                        .kind = Kind::month,
                        .hint = tr("Such as January 2022."),
                        .missing = "Enter the first month, such as January 2022."});
  out.before.push_back({.name = "to",
                        .label = tr("to month"),
                        .kind = Kind::month,
                        .missing = "Enter the last month, such as November 2022."});
  Field scale{.name = "scale", .label = tr("Highest score"), .kind = Kind::number};
  scale.hint = tr("Scores go from 0 to this number; a higher score comes first.");
  scale.least = 2;
  scale.most = 10;
  scale.classes = "govuk-input--width-2";
  out.before.push_back(std::move(scale));
  Field types{.name = "type", .label = tr("What is scored: crime types"), .kind = Kind::ticks};
  const auto snapshot = service.snapshot();
  for (const auto& type : snapshot->crime_types()) types.choices.emplace_back(type.slug, type.name);
  if (!types.choices.empty()) out.after.push_back(std::move(types));
  out.after.push_back({.name = "others",
                       .label = tr("What is scored besides: one in a line"),
                       .kind = Kind::long_text,
                       .hint = tr("Such as domestic abuse. The data sets here say nothing of it."),
                       .rows = 4});
  if (present) out.after.push_back({.name = "reason", .label = tr("Reason for the change")});
  return out;
}

Result<Exercise> exercise_of(PrioritiesService& service, Date today, bool present, Values& values) {
  const Fields fields = fields_of(service, today, present);
  Problem problem = forms::settle_all(fields.before, values);
  Exercise exercise;
  exercise.title = forms::at(values, "title");
  exercise.area = forms::at(values, "area");
  exercise.reason = forms::at(values, "reason");
  if (const auto period = Period::parse(forms::at(values, "from"), forms::at(values, "to")))
    exercise.period = *period;
  else if (forms::month_of(forms::at(values, "from")) && forms::month_of(forms::at(values, "to")))
    problem.fields.push_back({"to", tr("The last month lies before the first one. Choose a later one.")});
  exercise.scale_high = static_cast<int>(forms::whole(forms::at(values, "scale"), 1000).value_or(0));
  for (const CriterionTyped& one : criteria_of(values)) {
    const auto weight = forms::whole(one.weight, 1000);
    if (!weight)
      problem.fields.push_back(
          {"criteria", tr("The weight of \"{0}\" is a whole number from 0 to 1,000.", {one.name})});
    exercise.criteria.push_back({slug(one.name), one.name, one.guidance, weight.value_or(0)});
  }
  const auto snapshot = service.snapshot();
  for (const std::string& type : forms::lines_of(forms::at(values, "type")))
    if (const auto index = snapshot->type_index(type))
      exercise.items.push_back({type, snapshot->crime_types()[static_cast<std::size_t>(*index)].name, type});
  for (const std::string& name : forms::lines_of(forms::at(values, "others")))
    exercise.items.push_back({slug(name), name, {}});
  // What the rules say besides, where the field has said nothing itself.
  if (const Status fine = check(exercise); !fine)
    for (const FieldProblem& one : fine.error().fields)
      if (std::none_of(problem.fields.begin(), problem.fields.end(),
                       [&](const FieldProblem& said) { return said.field == one.field; }))
        problem.fields.push_back(one);
  if (problem.fields.empty()) return exercise;
  problem.message = problem.fields.front().message;
  return tl::unexpected<Problem>(problem);
}

drafts::Form draft_of(const Context& context, const Exercise* present, std::int64_t version) {
  if (present == nullptr)
    return {"priorities.exercise/new", tr("Begin an exercise").in(context.language).text, "/priorities/new", ""};
  return {"priorities.exercise/" + std::to_string(present->id),
          tr("Change the exercise").in(context.language).text + ", " + present->title,
          exercise_url(*present, "edit").text(), std::to_string(version)};
}

void criteria_part(Writer& writer, const Values& values, const Problem& problem) {
  writer.open("fieldset", {{"class", "govuk-fieldset"}, {"id", "criteria"}});
  writer.element("legend", {{"class", "govuk-fieldset__legend govuk-fieldset__legend--m"}}, tr("Criteria"));
  writer.element("p", {{"class", "govuk-hint"}},
                 tr("Clear a name to leave a criterion out. Only the share of a weight in all weights matters."));
  const Content wrong = field_error(problem, "criteria");
  if (!wrong.empty()) render(writer, govuk::ErrorMessageParams{.text = wrong, .id = "criteria-error"});
  const auto typed = criteria_of(values);
  for (std::size_t k = 0; k < typed.size() + kBlankCriteria && k < kMostCriteria; ++k) {
    const CriterionTyped one = k < typed.size() ? typed[k] : CriterionTyped{"", "1", ""};
    const std::string number = std::to_string(k + 1);
    const auto input = [&](const std::string& name, const std::string& value, const Message& label, const char* width) {
      render(writer,
             govuk::InputParams{
                 .id = name + "-" + number, .name = name, .value = value, .label = {.text = label}, .classes = width});
    };
    writer.open("div", {{"class", "tithing-filters"}});
    input("criterion", one.name, tr("Criterion {0}", {number}), "govuk-input--width-20");
    input("weight", one.weight, tr("Weight {0}", {number}), "govuk-input--width-3");
    input("guidance", one.guidance, tr("What a score means {0}", {number}), "govuk-input--width-30");
    writer.close("div");
  }
  writer.close("fieldset");
}

Answer form_page(PrioritiesService& service, Context& context, const Values& values, const Exercise* present,
                 std::int64_t version, Problem problem, bool back = false) {
  const drafts::Form draft = draft_of(context, present, version);
  const auto kept = drafts::find(*service.wiring().database, context.actor, draft.key);
  const Fields fields = fields_of(service, context.today, present != nullptr);
  for (FieldProblem& one : problem.fields)
    if (one.field == "items") one.field = fields.after.front().name;
  Writer writer(context.language);
  forms::Form form(writer, context, values, problem);
  form.begin(present != nullptr ? exercise_url(*present) : Url("/priorities"));
  if (present != nullptr) form.hidden("version", std::to_string(version));
  if (present != nullptr) form.hidden("area", present->area);
  form.put(fields.before);
  criteria_part(writer, values, problem);
  form.put(fields.after);
  form.save_buttons(draft, kept, present != nullptr ? tr("Save the change") : tr("Begin the exercise"), "", "");
  form.end();
  web::PageOptions options =
      options_of(context, present != nullptr ? tr("Change the exercise") : tr("Begin an exercise"), present, problem);
  options.notice = error_summary(problem, context.language);
  if (back && kept) options.notice += drafts::notice(context, *kept);
  return web::page(context, options, writer.take());
}

Answer overtaken(PrioritiesService& service, Context& context, const Exercise& present, std::int64_t seen,
                 const Values& typed, const Values& began) {
  const Fields fields = fields_of(service, context.today, true);
  std::vector<Field> all = fields.before;
  all.push_back({.name = "criteria", .label = tr("Criteria")});
  all.insert(all.end(), fields.after.begin(), fields.after.end());
  const auto told = [](Values values) {
    std::vector<std::string> criteria;
    for (const CriterionTyped& one : criteria_of(values)) criteria.push_back(one.name + " (" + one.weight + ")");
    if (!values.empty()) values["criteria"] = joined(criteria, ", ");
    return values;
  };
  forms::Overtaken two = forms::overtaken(draft_of(context, &present, seen), all, told(began), told(typed),
                                          told(values_of(present)), context.language);
  two.only_yours = {"reason"};
  return forms::overtaken_page(context, two);
}

// As it stood when somebody began who saw this version; empty where that version is not kept.
Values as_begun(PrioritiesService& service, std::int64_t id, std::int64_t version) {
  for (const Exercise& one : service.versions(id))
    if (one.version == version) return values_of(one);
  return {};
}

Answer new_get(PrioritiesService& service, Context& context) {
  if (const auto kept = drafts::find(*service.wiring().database, context.actor, draft_of(context, nullptr, 0).key))
    return form_page(service, context, forms::values_in(*kept), nullptr, 0, {}, true);
  Values values = {{"area", context.query_value("area")}, {"scale", "4"}};
  std::vector<Criterion> criteria = standard_criteria();
  for (Criterion& one : criteria) one.weight = 1;
  put_criteria(values, criteria);
  if (const auto months = service.snapshot()->months()) {
    values["to"] = months->to.iso();
    values["from"] = std::max(months->from, months->to.plus(-11)).iso();
  }
  return form_page(service, context, values, nullptr, 0, {});
}

Answer new_post(PrioritiesService& service, Context& context) {
  db::Database& database = *service.wiring().database;
  const drafts::Form draft = draft_of(context, nullptr, 0);
  drafts::keep_posted(database, context, draft);
  Values values = forms::values_in(context);
  const auto exercise = exercise_of(service, context.today, false, values);
  if (!exercise) return form_page(service, context, values, nullptr, 0, exercise.error());
  const auto begun = begin_exercise(service.wiring().doing(context.actor), *exercise);
  if (!begun)
    return begun.error().kind == ProblemKind::invalid ? form_page(service, context, values, nullptr, 0, begun.error())
                                                      : web::problem_page(context, begun.error());
  drafts::end(database, context.actor, draft.key);
  return web::redirect(Url::path("/priorities/{}", {std::to_string(*begun)}));
}

Answer edit_get(PrioritiesService& service, Context& context) {
  const auto exercise = readable(service, context);
  if (!exercise) return web::problem_page(context, exercise.error());
  if (const Status allowed = context.reach().require(kManage, standing_of(*exercise).whose); !allowed)
    return web::problem_page(context, allowed.error());
  const auto kept = drafts::find(*service.wiring().database, context.actor, draft_of(context, &*exercise, 0).key);
  if (!kept) return form_page(service, context, values_of(*exercise), &*exercise, exercise->version, {});
  Values typed = forms::values_in(*kept);
  if (const std::int64_t seen = whole_number(kept->form.version); seen != exercise->version) {
    const Values began = as_begun(service, exercise->id, seen);
    if (context.query_value("draft") != "merged") return overtaken(service, context, *exercise, seen, typed, began);
    typed = forms::merged(began, typed, values_of(*exercise));
  }
  return form_page(service, context, typed, &*exercise, exercise->version, {}, true);
}

Answer edit_post(PrioritiesService& service, Context& context) {
  const auto present = readable(service, context);
  if (!present) return web::problem_page(context, present.error());
  db::Database& database = *service.wiring().database;
  Values values = forms::values_in(context);
  const std::int64_t version = whole_number(context.form_value("version"));
  const drafts::Form draft = draft_of(context, &*present, version);
  drafts::keep_posted(database, context, draft);
  auto exercise = exercise_of(service, context.today, true, values);
  if (!exercise) return form_page(service, context, values, &*present, version, exercise.error());
  exercise->id = present->id;
  exercise->version = version;
  const Status done = change_exercise(service.wiring().doing(context.actor), *exercise);
  if (done) {
    drafts::end(database, context.actor, draft.key);
    return web::redirect(exercise_url(*present));
  }
  if (done.error().kind == ProblemKind::conflict && present->version != version)
    return overtaken(service, context, *present, version, values, as_begun(service, present->id, version));
  return done.error().kind == ProblemKind::invalid
             ? form_page(service, context, values, &*present, version, done.error())
             : web::problem_page(context, done.error());
}

}  // namespace

void register_form_pages(Wiring& wiring, PrioritiesService& service) {
  PrioritiesService* s = &service;
  const web::Access manage = web::Access::permission(kManage);
  wiring.router.get("/priorities/new", manage, [s](Context& context) { return new_get(*s, context); });
  wiring.router.post("/priorities", manage, [s](Context& context) { return new_post(*s, context); });
  wiring.router.get("/priorities/:id/edit", manage, [s](Context& context) { return edit_get(*s, context); });
  wiring.router.post("/priorities/:id", manage, [s](Context& context) { return edit_post(*s, context); });
}

}  // namespace tithing::priorities
