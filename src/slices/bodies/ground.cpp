#include "slices/bodies/ground.h"

#include <algorithm>
#include <set>

#include "slices/bodies/scope.h"

namespace tithing::bodies {

std::vector<std::string> BodyGround::areas_of_body(std::string_view body, Date day) const {
  const std::string code(body);
  FactList served = bodies_->of_body(code, FactKind::area, day);
  if (served.empty())  // over, or not there yet: all that it ever served
    if (const Register::Entry* entry = bodies_->find(code)) served = entry->of(FactKind::area);
  std::set<std::string> out;
  for (const FactPointer& fact : served) out.insert(fact->value);
  return {out.begin(), out.end()};
}

std::vector<std::string> BodyGround::standing_for(std::string_view body, Date day) const {
  if (body.empty() || !bodies_->exists(std::string(body))) return {};
  const Heir heir = heir_of(*bodies_, std::string(body), day);
  return heir.code.empty() ? std::vector<std::string>() : heir.way;
}

std::vector<std::string> BodyGround::above_body(std::string_view body, Date day) const {
  std::vector<std::string> out;
  std::vector<std::string> open{std::string(body)};
  while (!open.empty()) {
    const std::string next = std::move(open.back());
    open.pop_back();
    for (const FactPointer& parent : bodies_->of_body(next, FactKind::parent, day)) {
      if (parent->other == body || std::find(out.begin(), out.end(), parent->other) != out.end()) continue;
      out.push_back(parent->other);
      open.push_back(parent->other);
    }
  }
  return out;
}

std::string BodyGround::name_of_body(std::string_view body, Date day) const {
  return bodies_->exists(std::string(body)) ? bodies_->name_at(std::string(body), day) : std::string(body);
}

}  // namespace tithing::bodies
