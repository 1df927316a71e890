#include "slices/bodies/reorganise.h"

#include <algorithm>

#include "base/text.h"
#include "slices/bodies/rules.h"

namespace tithing::bodies {

const std::array<GoesOn, 8>& what_goes_on() {
  static const std::array<GoesOn, 8> all = {
      {{"areas", "the areas that it serves", FactKind::area, false, true},
       {"lines", "the lines to bodies above it", FactKind::parent, false, true},
       {"functions", "the functions that it discharges", FactKind::discharge, false, true},
       {"posts", "its posts", FactKind::post, false, false},
       {"seats", "the seats in it", FactKind::membership, false, false},
       {"meetings", "how often it meets", FactKind::meetings, false, false},
       {"seats-elsewhere", "the seats that it holds in other bodies", FactKind::membership, true, false},
       {"below", "the lines from bodies below it", FactKind::parent, true, false}}};
  return all;
}

FactList going_on(const Register& all, const GoesOn& what, const std::string& body, Date day) {
  const Date eve = day.plus_days(-1);
  if (!what.of_others) return all.of_body(body, what.kind, eve);
  return what.kind == FactKind::parent ? all.children_of(body, eve) : all.seats_of(body, eve);
}

std::string free_code(const Register& all, const std::string& name) {
  const std::string code = slug(name).substr(0, 70);
  std::string free = code;
  for (int i = 2; all.exists(free); ++i) free = code + "-" + std::to_string(i);
  return free;
}

Reorganisation::Successor successor_named(const Register& all, const std::string& name, Date day) {
  for (const Register::Hit& hit : all.search(name, 50))
    if (all.stands(hit.code, day) && lowered(all.name_at(hit.code, day)) == lowered(name))
      return {hit.code, all.name_at(hit.code, day), false, 0, {}};
  return {free_code(all, name), name, true, 0, {}};
}

std::vector<Edit> edits_of(const Register& all, const Reorganisation& asked) {
  std::vector<Edit> edits;
  const auto add = [&](Fact fact) { edits.push_back({Edit::Action::add, std::move(fact), 0, 0}); };
  Fact succession{.kind = FactKind::succession, .body = joined(asked.bodies, ";")};
  succession.role = asked.split() ? "split" : "merged";
  succession.from = asked.day;
  succession.state = asked.instrument.kind;
  succession.value = asked.instrument.reference;
  succession.seen = asked.instrument.day;
  succession.paper = asked.paper;
  for (const Reorganisation::Successor& one : asked.into) {
    succession.other += (succession.other.empty() ? "" : ";") + one.code;
    if (asked.split() && one.per_cent > 0) succession.other += "=" + std::to_string(one.per_cent);
    const Fact of_it{.body = one.code, .from = asked.day, .paper = asked.paper};
    if (one.fresh) {
      Fact body = of_it;
      body.role = asked.kind;
      for (Edit& edit : with_its_name(std::move(body), one.name)) edits.push_back(std::move(edit));
    }
    for (const std::string& code : one.areas) {
      Fact area = of_it;
      area.kind = FactKind::area;
      area.value = code;
      add(std::move(area));
    }
  }
  add(succession);
  std::set<std::string> gone_on;  // of two bodies that merge, the same seat comes once
  for (const GoesOn& what : what_goes_on()) {
    if (asked.carried.count(std::string(what.code)) == 0 || (what.by_merger && !asked.split())) continue;
    for (const Reorganisation::Successor& one : asked.into)
      for (const std::string& body : asked.bodies)
        for (const FactPointer& fact : going_on(all, what, body, asked.day)) {
          Fact next = passed_on(all, *fact, what.of_others ? fact->body : one.code, succession);
          if (what.of_others) {
            next.other = one.code;
            next.note = "Passed on from " + all.last_name(body) + ".";
          }
          const auto same = [&](const FactPointer& there) {
            return there->other == next.other && there->role == next.role && there->value == next.value;
          };
          const FactList there = all.of_body(next.body, what.kind, asked.day);
          const std::string& with = what.of_others ? fact->body : fact->other;
          const bool among_them = std::find(asked.bodies.begin(), asked.bodies.end(), with) != asked.bodies.end();
          if (among_them || next.body == next.other || std::any_of(there.begin(), there.end(), same)) continue;
          const std::string key = what.kind == FactKind::meetings
                                      ? next.body
                                      : joined({next.body, next.other, next.role, next.value}, "\n");
          if (gone_on.insert(std::string(name_of(what.kind)) + "\n" + key).second) add(std::move(next));
        }
  }
  return edits;
}

}  // namespace tithing::bodies
