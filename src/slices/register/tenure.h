// A district's place in a partnership and a force, with the days over which it holds.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "slices/register/look_up.h"
#include "slices/register/succession.h"

namespace tithing::register_ {

struct Tenure {
  std::string district;
  std::string partnership;
  std::string force;
  std::optional<Date> from;  // [from, to); empty: open
  std::optional<Date> to;
  // When the day itself is not known, what is: "After 31 December 2019 and by 31 December 2022".
  std::string from_note;
  std::string to_note;

  bool holds(Date day) const { return (!from || *from <= day) && (!to || day < *to); }
  std::string_view code_of(AreaKind kind) const {
    if (kind == AreaKind::police_force_area) return force;
    return kind == AreaKind::community_safety_partnership ? std::string_view(partnership) : std::string_view(district);
  }
};

// See snapshot.h for the rule. `look_ups` by day.
std::vector<Tenure> tenures_of(const std::vector<LookUp>& look_ups, const std::vector<SuccessionFactRow>& facts,
                               const std::vector<ProposedSuccession>& successions);

struct TenureSpan {
  bool any = false;
  std::optional<Date> from;
  std::optional<Date> to;
  std::string note;
};
TenureSpan span_of(const std::vector<Tenure>& tenures, const Area& area);

}  // namespace tithing::register_
