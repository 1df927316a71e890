#include "slices/priorities/pages_view.h"

#include "base/translation.h"

namespace tithing::priorities {

using html::Content;
using html::Url;

Url exercise_url(const Exercise& exercise, const std::string& below) {
  return Url::path("/priorities/{}" + (below.empty() ? below : "/" + below), {std::to_string(exercise.id)});
}

std::string name_of(Stage stage) { return kStagePath.outline().state(code_of(stage))->name; }

web::PageOptions options_of(const web::Context&, const Content& title, const Exercise* exercise,
                            const Problem& problem) {
  web::PageOptions options;
  options.title = title;
  options.breadcrumbs = {{tr("Home"), Url("/"), false}, {tr("Priorities"), Url("/priorities"), false}};
  if (exercise != nullptr) options.breadcrumbs.push_back({exercise->title, exercise_url(*exercise), false});
  options.has_error = !problem.message.empty();
  options.status = problem.message.empty() ? 200 : web::status_of(problem.kind);
  return options;
}

Result<Exercise> readable(PrioritiesService& service, const web::Context& context) {
  auto exercise = service.exercise(whole_number(context.parameter("id")));
  if (!exercise) return exercise;
  if (!service.may_know(*exercise, context.reach()))
    return forbidden(
        tr("Priorities that are still being scored are for people who are signed in. Sign in, or come back "
           "when the exercise is closed."));
  return exercise;
}

std::string type_name(const evidence::Snapshot& snapshot, const std::string& type) {
  const auto index = snapshot.type_index(type);
  return index ? snapshot.crime_types()[static_cast<std::size_t>(*index)].name : type;
}

std::string area_name(PrioritiesService& service, const std::string& code) {
  const auto areas = service.areas();
  const auto* area = areas->find(code);
  return area == nullptr ? code : area->name;
}

}  // namespace tithing::priorities
