// The slice's service: what pages and figures read, and what commands are given.
#pragma once

#include "figures/registry.h"
#include "slices/priorities/commands.h"
#include "slices/priorities/harm.h"
#include "slices/priorities/priorities.h"
#include "slices/priorities/themes.h"

namespace tithing {
struct Wiring;
}

namespace tithing::priorities {

class PrioritiesService : public Service {
 public:
  PrioritiesService(Wiring& wiring, register_::Service& areas, evidence::Service& evidence)
      : wiring_(wiring),
        areas_(areas),
        evidence_(evidence),
        harm_(wiring, harm_kind([this] { return crime_types(); })),
        themes_(wiring, theme_kind([this] { return crime_types(); })) {}
  Wiring& wiring() { return wiring_; }
  std::shared_ptr<const register_::Areas> areas() { return areas_.areas(); }
  std::shared_ptr<const evidence::Snapshot> snapshot() { return evidence_.snapshot(); }
  std::vector<std::string> crime_types();  // slugs

  std::vector<Exercise> exercises(const std::string& area);
  Result<Exercise> exercise(std::int64_t id);
  std::vector<Exercise> versions(std::int64_t id);
  std::vector<Score> scores(std::int64_t id);
  std::vector<scoring::Interest> interests(std::int64_t id);  // that hold
  std::vector<path::Event> events(std::int64_t id);           // of its stages, oldest first
  sources::ImportedLists& harm() { return harm_; }
  sources::ImportedLists& theme_lists() { return themes_; }
  std::vector<Theme> themes() override;
  std::vector<HarmWeight> harm_weights(std::int64_t id) { return weights_of(harm_.rows(id)); }

  // The one gate: whether this reader may know of the exercise.
  bool may_know(const Exercise& exercise, const Reach& reader) const;
  Status begin_worked_example();  // the demonstration's exercise: criteria and evidence, no score

 private:
  Wiring& wiring_;
  register_::Service& areas_;
  evidence::Service& evidence_;
  sources::ImportedLists harm_, themes_;
};

// The figure kinds priority-score and harm. `registry` outlives them.
void add_kinds(figures::Registry& registry, PrioritiesService& service);
figures::Address score_address(const Exercise& exercise, const Item& item, const std::vector<std::int64_t>& weights);
figures::Address harm_address(const Exercise& exercise, const std::string& crime_type, const HarmList& list);

void register_pages(Wiring& wiring, PrioritiesService& service);
void register_form_pages(Wiring& wiring, PrioritiesService& service);
void register_scoring_pages(Wiring& wiring, PrioritiesService& service);
void register_interest_pages(Wiring& wiring, PrioritiesService& service);
void register_theme_pages(PrioritiesService& service);
void register_harm_pages(PrioritiesService& service);

}  // namespace tithing::priorities
