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

// Who stands in a body's place on a day: itself while it is there (or not yet); the successor of a renaming, a
// replacement or a merger; nobody after a split or an end.
struct Heir {
  std::string code;              // empty: nobody
  std::vector<std::string> way;  // the body, its successors up to `code`
  std::string what_became;       // a sentence; empty when it is there itself
};
Heir heir_of(const Register& all, const std::string& code, Date day);

class BodyGround : public register_::AreaGround {
 public:
  BodyGround(std::shared_ptr<const register_::Areas> areas, std::shared_ptr<const Register> bodies)
      : AreaGround(std::move(areas)), bodies_(std::move(bodies)) {}
  std::vector<std::string> areas_of_body(std::string_view body, Date day) const override;
  std::vector<std::string> standing_for(std::string_view body, Date day) const override;
  std::vector<std::string> above_body(std::string_view body, Date day) const override;
  bool has_body(std::string_view body) const override { return bodies_->exists(std::string(body)); }
  std::string name_of_body(std::string_view body, Date day) const override;

  // Of a kind of fact what holds on the day; while the body is not there, or when nothing of this kind holds, all that
  // ever did.
  static FactList near(const Register& all, const std::string& body, FactKind kind, Date day);

 private:
  std::shared_ptr<const Register> bodies_;
};

}  // namespace tithing::bodies
