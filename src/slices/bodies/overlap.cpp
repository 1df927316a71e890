#include "slices/bodies/overlap.h"

#include <algorithm>
#include <set>

namespace tithing::bodies {
namespace {

using Seat = std::pair<std::string, std::string>;

std::set<Seat> seats(const Register& all, const std::string& body, Date day) {
  std::set<Seat> out;
  for (const FactPointer& seat : all.of_body(body, FactKind::membership, day))
    if (seat->state != "vacant" && !seat->other.empty()) out.insert({seat->other, seat->value});
  return out;
}

}  // namespace

Shared shared(const Register& all, const std::string& a, const std::string& b, Date day) {
  Shared out;
  const std::set<Seat> in_a = seats(all, a, day);
  const std::set<Seat> in_b = seats(all, b, day);
  out.seats_known = !in_a.empty() && !in_b.empty();
  std::set<std::string> organisations;
  for (const auto& [organisation, post] : in_a) {
    if (std::any_of(in_b.begin(), in_b.end(), [&, &org = organisation](const Seat& seat) { return seat.first == org; })) organisations.insert(organisation);
    if (!post.empty() && in_b.count({organisation, post}) != 0) out.posts.emplace_back(organisation, post);
  }
  out.organisations.assign(organisations.begin(), organisations.end());
  for (const std::string& one : {a, b})
    for (const FactPointer& fact : all.of_body(one, FactKind::statement, day))
      if (fact->other == (one == a ? b : a)) out.statements.push_back(fact);
  return out;
}

std::vector<Several> in_several_rooms(const Register& all, const std::vector<std::string>& bodies, Date day) {
  std::map<Seat, std::vector<std::string>> rooms;
  for (const std::string& body : bodies)
    for (const Seat& seat : seats(all, body, day)) rooms[seat].push_back(body);
  std::vector<Several> out;
  for (auto& [seat, in] : rooms)
    if (in.size() > 1) out.push_back({seat.first, seat.second, std::move(in)});
  std::sort(out.begin(), out.end(), [](const Several& x, const Several& y) {
    if (x.bodies.size() != y.bodies.size()) return x.bodies.size() > y.bodies.size();
    return x.organisation != y.organisation ? x.organisation < y.organisation : x.post < y.post;
  });
  return out;
}

Load load_of(const Register& all, const std::string& organisation, const std::vector<std::string>& bodies, Date day) {
  Load load;
  for (const std::string& body : bodies) {
    int here = 0;
    for (const FactPointer& seat : all.of_body(body, FactKind::membership, day)) here += seat->other == organisation && seat->state != "vacant" ? 1 : 0;
    if (here == 0) continue;
    load.seats += here;
    const FactList meetings = all.of_body(body, FactKind::meetings, day);
    if (meetings.empty()) {
      load.without_meetings.push_back(body);
      continue;
    }
    const int a_year = static_cast<int>(meetings.front()->amount.value_or(0));
    load.meetings += here * a_year;
    if (meetings.front()->detail.empty()) load.without_length.push_back(body);
    else load.minutes += std::int64_t{here} * a_year * std::stoll(meetings.front()->detail);
  }
  return load;
}

}  // namespace tithing::bodies
