#include "slices/analysis/views.h"

#include "slices/evidence/crime_types.h"

namespace tithing::analysis {
namespace {

constexpr const char* kShown[] = {"gini",           "moran",          "hot-spot-count",       "lsoa-accuracy",
                                  "scan-cluster",   "grid-hot-spots", "grid-hot-spot-crimes", "grid-accuracy",
                                  "highest-density"};

void add_views(std::vector<figures::Address>& views, const evidence::Snapshot& snapshot, const std::string& area,
               Date today) {
  Question question{.area = area, .as_at = today};
  question.type = evidence::kCrimeSlug;
  const auto found = found_for(snapshot, question);
  if (!found) return;
  for (const char* kind : kShown)
    views.push_back({kind,
                     {{{"area", area},
                       {"from", found->period.from.iso()},
                       {"to", found->period.to.iso()},
                       {"type", question.type}}}});
}

}  // namespace

std::vector<figures::Address> views_for_visitors(Studies& studies, Date today) {
  const auto snapshot = studies.evidence().snapshot();
  const register_::Areas& areas = snapshot->areas();
  std::vector<figures::Address> views;
  std::vector<std::string> partnerships;
  for (const evidence::Force& force : snapshot->forces()) {
    if (force.area_code.empty()) continue;
    add_views(views, *snapshot, force.area_code, today);
    for (const auto* area :
         areas.constituents(force.area_code, register_::AreaKind::community_safety_partnership, today))
      partnerships.push_back(area->code);
  }
  for (const std::string& code : partnerships) add_views(views, *snapshot, code, today);
  return views;
}

}  // namespace tithing::analysis
