// The figures of overlap: what bodies share, in how many rooms somebody sits, and what that takes in a year. Each
// working ends at facts of the register with their papers and paragraphs.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "figures/registry.h"
#include "slices/bodies/overlap.h"

namespace tithing::bodies {

struct KindSources {
  std::function<std::shared_ptr<const Register>()> known;
  // Bodies that serve the area or one within it on that day; of all bodies when the area is empty.
  std::function<std::vector<std::string>(const Register&, const std::string& area, Date day)> in_area;
  // Under a proposal, for people who are signed in; not_found without such a one. May be empty: then there are none.
  std::function<Result<std::shared_ptr<const Register>>(std::int64_t proposal)> under = {};
  // Who entered what came with a change of the register, and when (ISO 8601). Empty by: the change is not there.
  struct Entered {
    std::string by;
    std::string at;
  };
  std::function<Entered(std::int64_t change)> entered = {};
};

// shared-organisations and shared-posts (a, b), rooms (organisation, post), seats, attendances and meeting-hours
// (organisation, or all of them), meetings-a-year (body, or all rooms); each as-at a day, and within an area where one
// is given.
void add_kinds(figures::Registry& registry, KindSources sources);

// The quantities as the kinds give them, for tables of many.
figures::Quantity shared_quantity(const Shared& both, bool posts);
figures::Quantity attendances_quantity(const Load& load);
figures::Quantity hours_quantity(const Load& load);
figures::Quantity meetings_quantity(const Meetings& meetings);
// Of all these bodies together: a floor, when of some it is not known.
figures::Quantity meetings_quantity(const Register& all, const std::vector<std::string>& bodies, Date day);

// Without an area, what looks at each body with each is for registers of at most so many.
constexpr std::size_t kMostWithoutArea = 1000;

}  // namespace tithing::bodies
