// What lies in what, as the register of areas has it: the half of a Ground (base/ground.h) that needs no register of
// bodies.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/ground.h"
#include "slices/register/areas.h"

namespace tithing::register_ {

class AreaGround : public Ground {
 public:
  explicit AreaGround(std::shared_ptr<const Areas> areas) : areas_(std::move(areas)) {}
  // A code that the register does not have is itself, and lies in nothing.
  std::vector<std::string> around_area(std::string_view area, Date day) const override;
  // Before a look-up has been imported every code is known.
  bool has_area(std::string_view area) const override {
    return areas_->version() == 0 || areas_->find(area) != nullptr;
  }
  std::string name_of_area(std::string_view area, Date day) const override;
  const Areas& areas() const { return *areas_; }

 private:
  std::shared_ptr<const Areas> areas_;
};

}  // namespace tithing::register_
