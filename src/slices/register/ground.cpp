#include "slices/register/ground.h"

#include <algorithm>

namespace tithing::register_ {

std::vector<std::string> AreaGround::around_area(std::string_view area, Date day) const {
  std::vector<std::string> out{std::string(area)};
  for (const Area* around :
       {areas_->district_of(area, day), areas_->partnership_of(area, day), areas_->force_of(area, day)})
    if (around != nullptr && std::find(out.begin(), out.end(), around->code) == out.end()) out.push_back(around->code);
  return out;
}

std::string AreaGround::name_of_area(std::string_view area, Date day) const {
  const Area* found = areas_->find(area);
  return found == nullptr ? std::string(area) : areas_->name_at(*found, day);
}

}  // namespace tithing::register_
