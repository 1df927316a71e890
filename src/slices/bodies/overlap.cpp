#include "slices/bodies/overlap.h"

#include <algorithm>

namespace tithing::bodies {
namespace {

std::optional<std::int64_t> whole(const std::string& text) {
  if (text.empty() || text.size() > 9 || text.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  return std::stoll(text);
}

// What `seats` seats in one body take.
Load load_in(const Meetings& meetings, const std::string& body, int seats) {
  Load load;
  load.seats = seats;
  if (!meetings.a_year) {
    load.without_meetings.push_back(body);
    return load;
  }
  load.seats_with_meetings = seats;
  load.meetings = seats * *meetings.a_year;
  if (!meetings.minutes) {
    load.without_length.push_back(body);
    return load;
  }
  load.seats_with_length = seats;
  load.minutes = load.meetings * static_cast<double>(*meetings.minutes);
  return load;
}

}  // namespace

FactList taken_seats(const Register& all, const std::string& body, Date day) {
  FactList seats = all.known_of(body, FactKind::membership, day);
  std::erase_if(seats, [](const FactPointer& seat) { return seat->state == "vacant" || seat->other.empty(); });
  return seats;
}

Seats seats_in(const Register& all, const std::string& body, Date day) {
  Seats out;
  for (const FactPointer& seat : taken_seats(all, body, day)) out.insert({seat->other, seat->value});
  return out;
}

Shared shared(const Register& all, const std::string& a, const Seats& in_a, const std::string& b, const Seats& in_b,
              Date day) {
  Shared out;
  out.seats_known = !in_a.empty() && !in_b.empty();
  for (const auto& [organisation, post] : in_a) {
    const auto there = in_b.lower_bound({organisation, ""});
    if (there == in_b.end() || there->first != organisation) continue;
    if (out.organisations.empty() || out.organisations.back() != organisation)
      out.organisations.push_back(organisation);
    if (post.empty() || there->second.empty()) out.posts_known = false;
    if (!post.empty() && in_b.count({organisation, post}) != 0) out.posts.emplace_back(organisation, post);
  }
  for (const std::string& one : {a, b}) {
    const Register::Entry* entry = all.find(one);
    if (!entry) continue;
    for (const FactPointer& fact : entry->of(FactKind::statement))
      if (fact->other == (one == a ? b : a) && all.known_on(*fact, day)) out.statements.push_back(fact);
  }
  return out;
}

Shared shared(const Register& all, const std::string& a, const std::string& b, Date day) {
  return shared(all, a, seats_in(all, a, day), b, seats_in(all, b, day), day);
}

std::vector<std::string> rooms_among(const Register& all, const std::vector<std::string>& bodies, Date day) {
  std::vector<std::string> out;
  for (const std::string& code : bodies) {
    const Register::Entry* entry = all.find(code);
    if (!entry || !all.stands(code, day)) continue;
    const auto holds = [&](const FactPointer& fact) { return all.known_on(*fact, day); };
    const auto any = [&](const FactList& facts) { return std::any_of(facts.begin(), facts.end(), holds); };
    const FactList& statements = entry->of(FactKind::statement);
    if (any(entry->of(FactKind::membership)) || any(entry->of(FactKind::meetings)) || any(entry->statements) ||
        std::any_of(statements.begin(), statements.end(),
                    [&](const FactPointer& fact) { return !fact->other.empty() && holds(fact); }))
      out.push_back(code);
  }
  return out;
}

std::vector<Several> in_several_rooms(const Register& all, const std::vector<std::string>& bodies, Date day) {
  std::map<std::pair<std::string, std::string>, std::vector<std::string>>
      rooms;  // with an empty post: by whatever post
  for (const std::string& body : bodies) {
    std::string before;
    for (const auto& [organisation, post] : seats_in(all, body, day)) {
      if (organisation != before) rooms[{organisation, ""}].push_back(body);
      before = organisation;
      if (!post.empty()) rooms[{organisation, post}].push_back(body);
    }
  }
  std::vector<Several> out;
  for (auto at = rooms.begin(); at != rooms.end();) {
    // The organisation comes first, its posts follow.
    const auto& whole_of_it = *at;
    std::size_t largest = 0;
    auto next = std::next(at);
    for (; next != rooms.end() && next->first.first == whole_of_it.first.first; ++next) {
      largest = std::max(largest, next->second.size());
      if (next->second.size() > 1) out.push_back({next->first.first, next->first.second, next->second});
    }
    if (whole_of_it.second.size() > 1 && whole_of_it.second.size() > largest)
      out.push_back({whole_of_it.first.first, "", whole_of_it.second});
    at = next;
  }
  std::sort(out.begin(), out.end(), [](const Several& x, const Several& y) {
    if (x.bodies.size() != y.bodies.size()) return x.bodies.size() > y.bodies.size();
    return x.organisation != y.organisation ? x.organisation < y.organisation : x.post < y.post;
  });
  return out;
}

std::vector<std::string> rooms_of(const Register& all, const std::string& organisation, const std::string& post,
                                  const std::vector<std::string>& bodies, Date day) {
  std::set<std::string> sits;
  for (const FactPointer& seat : all.seats_of(organisation, day))
    if (seat->state != "vacant" && (post.empty() || seat->value == post) && all.known_on(*seat, day))
      sits.insert(seat->body);
  std::vector<std::string> out;
  for (const std::string& body : bodies)
    if (sits.count(body) != 0) out.push_back(body);
  return out;
}

Meetings meetings_of(const Register& all, const std::string& body, Date day) {
  Meetings out;
  const FactList facts = all.known_of(body, FactKind::meetings, day);
  if (facts.empty()) return out;
  out.fact = facts.front();
  out.a_year = meetings_a_year(*facts.front());
  out.minutes = whole(facts.front()->detail);
  return out;
}

void Load::add(const Load& other) {
  seats += other.seats;
  meetings += other.meetings;
  minutes += other.minutes;
  seats_with_meetings += other.seats_with_meetings;
  seats_with_length += other.seats_with_length;
  for (auto [mine, theirs] :
       {std::pair{&without_meetings, &other.without_meetings}, std::pair{&without_length, &other.without_length}}) {
    mine->insert(mine->end(), theirs->begin(), theirs->end());
    std::sort(mine->begin(), mine->end());
    mine->erase(std::unique(mine->begin(), mine->end()), mine->end());
  }
}

Load load_of(const Register& all, const std::string& organisation, const std::vector<std::string>& bodies, Date day) {
  std::map<std::string, int> seats;
  for (const FactPointer& seat : all.seats_of(organisation, day))
    if (seat->state != "vacant" && all.known_on(*seat, day)) ++seats[seat->body];
  Load load;
  for (const std::string& body : bodies)
    if (const auto found = seats.find(body); found != seats.end())
      load.add(load_in(meetings_of(all, body, day), body, found->second));
  return load;
}

std::map<std::string, Load> loads(const Register& all, const std::vector<std::string>& bodies, Date day) {
  std::map<std::string, Load> out;
  for (const std::string& body : bodies) {
    std::map<std::string, int> seats;
    for (const FactPointer& seat : taken_seats(all, body, day)) ++seats[seat->other];
    if (seats.empty()) continue;
    const Meetings meetings = meetings_of(all, body, day);
    for (const auto& [organisation, number] : seats) out[organisation].add(load_in(meetings, body, number));
  }
  return out;
}

}  // namespace tithing::bodies
