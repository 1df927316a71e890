// What lies in what and who stands in whose place, as both registers have it: the Ground (base/ground.h) of the whole
// program.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "slices/bodies/snapshot.h"
#include "slices/register/ground.h"

namespace tithing::bodies {

class BodyGround : public register_::AreaGround {
 public:
  BodyGround(std::shared_ptr<const register_::Areas> areas, std::shared_ptr<const Register> bodies)
      : AreaGround(std::move(areas)), bodies_(std::move(bodies)) {}
  std::vector<std::string> areas_of_body(std::string_view body, Date day) const override;
  std::vector<std::string> standing_for(std::string_view body, Date day) const override;
  std::vector<std::string> above_body(std::string_view body, Date day) const override;
  bool has_body(std::string_view body) const override { return bodies_->exists(std::string(body)); }
  std::string name_of_body(std::string_view body, Date day) const override;

 private:
  std::shared_ptr<const Register> bodies_;
};

}  // namespace tithing::bodies
