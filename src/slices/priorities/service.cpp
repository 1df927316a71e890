#include "slices/priorities/service.h"

#include <algorithm>

#include "base/text.h"
#include "base/translation.h"
#include "slices/priorities/store.h"
#include "slices/wiring.h"

namespace tithing::priorities {

std::vector<std::string> PrioritiesService::crime_types() {
  std::vector<std::string> slugs;
  const auto known = snapshot();  // what its types lie in
  for (const auto& type : known->crime_types()) slugs.push_back(type.slug);
  return slugs;
}

std::vector<Exercise> PrioritiesService::exercises(const std::string& area) {
  return wiring_.database->read([&](db::Connection& connection) { return store::exercises(connection, area); });
}

Result<Exercise> PrioritiesService::exercise(std::int64_t id) {
  auto found = wiring_.database->read([&](db::Connection& connection) { return store::exercise(connection, id); });
  if (!found) return not_found(tr("There is no such exercise."));
  return std::move(*found);
}

std::vector<Exercise> PrioritiesService::versions(std::int64_t id) {
  return wiring_.database->read([&](db::Connection& connection) { return store::versions(connection, id); });
}

std::vector<Score> PrioritiesService::scores(std::int64_t id) {
  return wiring_.database->read([&](db::Connection& connection) { return store::scores(connection, id); });
}

std::vector<scoring::Interest> PrioritiesService::interests(std::int64_t id) {
  return wiring_.database->read([&](db::Connection& connection) { return store::interests(connection, id); });
}

std::vector<path::Event> PrioritiesService::events(std::int64_t id) {
  return wiring_.database->read(
      [&](db::Connection& connection) { return path::events_of(connection, records::record_of(kRecordKind, id)); });
}

std::vector<Theme> PrioritiesService::themes() {
  const auto counting = themes_.counting();
  return counting.empty() ? std::vector<Theme>() : themes_of(themes_.rows(counting.front().id));
}

bool PrioritiesService::may_know(const Exercise& exercise, const Reach& reader) const {
  return records::may_know(*wiring_.kinds.find(kRecordKind), standing_of(exercise), reader);
}

Status PrioritiesService::begin_worked_example() {
  if (!exercises({}).empty()) return {};
  const auto known = snapshot();
  const std::string area = "E22000372";  // North Yorkshire's partnership
  const auto months = known->months();
  if (!months || areas()->find(area) == nullptr) return {};
  Exercise example;
  example.title = "Worked example: what the evidence of 2022 says, not yet scored";
  example.area = area;
  example.period = Period{std::max(months->from, Month::parse("2022-01").value()),
                          std::min(months->to, Month::parse("2022-11").value())};
  if (example.period.to < example.period.from) return {};
  example.criteria = standard_criteria();
  for (const char* type :
       {"anti-social-behaviour", "burglary", "drugs", "vehicle-crime", "violence-and-sexual-offences"})
    if (const auto index = known->type_index(type))
      example.items.push_back({type, known->crime_types()[static_cast<std::size_t>(*index)].name, type});
  if (example.items.size() < 2) return {};
  const auto begun = begin_exercise(wiring_.doing(Actor::system(wiring_.permissions)), example);
  if (!begun) return pass_on(begun);
  return {};
}

}  // namespace tithing::priorities
