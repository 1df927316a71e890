#include "slices/bodies/ground.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace tithing::bodies {
namespace {

bool contains(const std::vector<std::string>& codes, const std::string& code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

}  // namespace

Heir heir_of(const Register& all, const std::string& code, Date day) {
  Heir heir{code, {code}, {}};
  const auto nobody = [&](std::string sentence) {
    heir.code.clear();
    heir.what_became += (heir.what_became.empty() ? "" : " ") + std::move(sentence);
    return heir;
  };
  while (true) {
    if (!all.exists(heir.code)) return nobody("There is no body with the code " + heir.code + " in the register.");
    if (all.standing_of(heir.code, day) != Standing::over) return heir;
    const Fact* became = nullptr;
    for (const FactPointer& fact : all.find(heir.code)->of(FactKind::succession))
      if (fact->from && *fact->from <= day && fact->role != "functions-transferred" &&
          contains(predecessors_of(*fact), heir.code))
        became = fact.get();
    const std::string name = all.last_name(heir.code);
    if (!became || became->role == "ended") return nobody(name + " has ended without a successor: no role passes on.");
    const auto successors = successors_of(*became);
    if (became->role == "split" || !successors || successors->size() != 1) {
      std::vector<std::string> names;
      if (successors)
        for (const Share& share : *successors) names.push_back(all.last_name(share.code));
      return nobody(name + " was split on " + became->from->text() +
                    (names.empty() ? "" : " into " + joined(names, " and ")) +
                    ": the role passes to neither. Give a role for one of them.");
    }
    const std::string next = successors->front().code;
    if (contains(heir.way, next)) return nobody("The successions of " + name + " run in a circle.");
    heir.what_became += (heir.what_became.empty() ? "" : " ") + name + " became " + all.last_name(next) + " on " +
                        became->from->text() + ": the role holds there.";
    heir.code = next;
    heir.way.push_back(next);
  }
}

FactList BodyGround::near(const Register& all, const std::string& body, FactKind kind, Date day) {
  FactList holding = all.of_body(body, kind, day);
  if (!holding.empty()) return holding;
  const Register::Entry* entry = all.find(body);
  return entry ? entry->of(kind) : FactList();
}

std::vector<std::string> BodyGround::areas_of_body(std::string_view body, Date day) const {
  std::set<std::string> out;
  for (const FactPointer& fact : near(*bodies_, std::string(body), FactKind::area, day)) out.insert(fact->value);
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
    for (const FactPointer& parent : near(*bodies_, next, FactKind::parent, day)) {
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
