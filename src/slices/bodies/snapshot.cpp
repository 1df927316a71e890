#include "slices/bodies/snapshot.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace tithing::bodies {
namespace {

void put(FactList& list, const FactPointer& fact, bool adding) {
  if (adding) {
    list.push_back(fact);
  } else {
    list.erase(std::remove(list.begin(), list.end(), fact), list.end());
  }
}

bool earlier(const Fact& a, const Fact& b) {
  if (a.from != b.from) return !a.from || (b.from && *a.from < *b.from);
  return a.record < b.record;
}

}  // namespace

bool is_general(FactKind kind) {
  return kind == FactKind::kind || kind == FactKind::function || kind == FactKind::rule ||
         kind == FactKind::bank_holiday;
}

bool is_of_group(const Fact& kind, std::string_view group) {
  const std::vector<std::string> groups = split(kind.detail, ';');
  return std::any_of(groups.begin(), groups.end(), [&](const std::string& one) { return trimmed(one) == group; });
}

std::int64_t Register::add(Fact fact) {
  if (fact.record == 0) fact.record = next_passing_--;
  const auto pointer = std::make_shared<const Fact>(std::move(fact));
  facts_[pointer->record] = pointer;
  index(pointer, true);
  return pointer->record;
}

bool Register::remove(std::int64_t record) {
  const auto found = facts_.find(record);
  if (found == facts_.end()) return false;
  index(found->second, false);
  facts_.erase(found);
  return true;
}

void Register::index(const FactPointer& fact, bool adding) {
  const auto at = static_cast<std::size_t>(fact->kind);
  if (is_general(fact->kind)) {
    put(general_[at], fact, adding);
    return;
  }
  if (fact->kind == FactKind::succession) {
    std::set<std::string> parts;
    for (const std::string& code : predecessors_of(*fact)) parts.insert(code);
    if (const auto successors = successors_of(*fact))
      for (const Share& share : *successors) parts.insert(share.code);
    for (const std::string& code : parts) put(entries_[code].facts[at], fact, adding);
    return;
  }
  put(entries_[fact->body].facts[at], fact, adding);
  if (fact->kind == FactKind::membership && !fact->other.empty()) put(entries_[fact->other].seats, fact, adding);
  if (fact->kind == FactKind::parent) put(entries_[fact->other].children, fact, adding);
  if (fact->kind == FactKind::statement && !fact->other.empty()) put(entries_[fact->other].statements, fact, adding);
  if (fact->kind == FactKind::area) {
    auto& bodies = by_area_[fact->value];
    if (adding) {
      if (std::find(bodies.begin(), bodies.end(), fact->body) == bodies.end()) bodies.push_back(fact->body);
    } else {
      const FactList& left = entries_[fact->body].of(FactKind::area);
      if (std::none_of(left.begin(), left.end(), [&](const FactPointer& f) { return f->value == fact->value; }))
        bodies.erase(std::remove(bodies.begin(), bodies.end(), fact->body), bodies.end());
    }
  }
}

FactPointer Register::current(std::int64_t record) const {
  const auto found = facts_.find(record);
  return found == facts_.end() ? nullptr : found->second;
}

const Register::Entry* Register::find(const std::string& body) const {
  const auto found = entries_.find(body);
  return found == entries_.end() || found->second.of(FactKind::body).empty() ? nullptr : &found->second;
}

bool Register::exists(const std::string& body) const { return find(body) != nullptr; }

const Fact* Register::kind(const std::string& code) const {
  for (const FactPointer& fact : general(FactKind::kind))
    if (fact->role == code) return fact.get();
  return nullptr;
}

const Fact* Register::function(const std::string& code) const {
  const Fact* best = nullptr;
  for (const FactPointer& fact : general(FactKind::function))
    if (fact->role == code && (!best || earlier(*best, *fact))) best = fact.get();
  return best;
}

const Fact* Register::existence_in(const Entry& entry, Date day) {
  const Fact* last = nullptr;
  const Fact* then = nullptr;  // known earlier, not known whether still
  for (const FactPointer& fact : entry.of(FactKind::body)) {
    const Standing now = standing(*fact, day);
    if (now == Standing::in_force) return fact.get();
    if (now == Standing::known_then) then = fact.get();
    if (!last || earlier(*last, *fact)) last = fact.get();
  }
  return then ? then : last;
}

const std::string* Register::name_in(const Entry& entry, Date day) {
  const Fact* last = nullptr;
  for (const FactPointer& fact : entry.of(FactKind::name)) {
    if (standing(*fact, day) == Standing::in_force) return &fact->value;
    if (!last || earlier(*last, *fact)) last = fact.get();
  }
  return last ? &last->value : nullptr;
}

const Fact* Register::existence(const std::string& body, Date day) const {
  const Entry* entry = find(body);
  return entry ? existence_in(*entry, day) : nullptr;
}

Standing Register::standing_of(const std::string& body, Date day) const {
  const Fact* fact = existence(body, day);
  return fact ? standing(*fact, day) : Standing::not_known;
}

bool Register::stands(const std::string& body, Date day) const {
  const Standing now = standing_of(body, day);
  return now == Standing::in_force || now == Standing::known_then;
}

bool Register::holds(const Fact& fact, Date day) const {
  const Standing now = standing(fact, day);
  if (now != Standing::in_force && now != Standing::known_then) return false;
  if (is_general(fact.kind) || fact.kind == FactKind::succession || fact.kind == FactKind::body) return true;
  if (!stands(fact.body, day)) return false;
  return fact.other.empty() || fact.kind == FactKind::statement || stands(fact.other, day);
}

std::string Register::last_name(const std::string& body) const {
  const auto found = entries_.find(body);
  if (found == entries_.end()) return body;
  const Fact* last = nullptr;
  for (const FactPointer& fact : found->second.of(FactKind::name))
    if (!last || earlier(*last, *fact)) last = fact.get();
  return last ? last->value : body;
}

std::string Register::name_at(const std::string& body, Date day) const {
  const auto found = entries_.find(body);
  const std::string* name = found == entries_.end() ? nullptr : name_in(found->second, day);
  return name ? *name : body;
}

std::string Register::kind_of(const std::string& body, Date day) const {
  const Fact* fact = existence(body, day);
  return fact ? fact->role : std::string();
}

std::string Register::kind_name(const std::string& code) const {
  const Fact* fact = kind(code);
  return fact ? fact->value : code;
}

FactList Register::of_body(const std::string& body, FactKind wanted, Date day) const {
  FactList out;
  if (const Entry* entry = find(body))
    for (const FactPointer& fact : entry->of(wanted))
      if (holds(*fact, day)) out.push_back(fact);
  return out;
}

FactList Register::known_of(const std::string& body, FactKind wanted, Date day) const {
  FactList out = of_body(body, wanted, day);
  std::erase_if(out, [&](const FactPointer& fact) { return standing(*fact, day) != Standing::in_force; });
  return out;
}

FactList Register::seats_of(const std::string& organisation, Date day) const {
  FactList out;
  if (const Entry* entry = find(organisation))
    for (const FactPointer& fact : entry->seats)
      if (holds(*fact, day)) out.push_back(fact);
  return out;
}

FactList Register::children_of(const std::string& body, Date day) const {
  FactList out;
  if (const Entry* entry = find(body))
    for (const FactPointer& fact : entry->children)
      if (holds(*fact, day)) out.push_back(fact);
  return out;
}

namespace {

// Walks successions to one side; `further(succession, code)` gives the codes that lie next to `code` on that side.
template <class Further>
std::vector<std::string> walk(const Register& all, const std::string& from, bool ends_only, Further further) {
  std::vector<std::string> out;
  std::set<std::string> seen{from};
  std::vector<std::string> waiting{from};
  while (!waiting.empty()) {
    const std::string code = waiting.back();
    waiting.pop_back();
    bool last = true;
    if (const Register::Entry* entry = all.find(code))
      for (const FactPointer& fact : entry->of(FactKind::succession))
        for (const std::string& next : further(*fact, code)) {
          last = false;
          if (!seen.insert(next).second) continue;
          waiting.push_back(next);
          if (!ends_only) out.push_back(next);
        }
    if (ends_only && last) out.push_back(code);
  }
  return out;
}

bool holds_code(const std::vector<std::string>& codes, const std::string& code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

}  // namespace

std::vector<std::string> Register::ends_at(const std::string& body) const {
  return walk(*this, body, true, [](const Fact& fact, const std::string& code) {
    std::vector<std::string> next;
    // Who passed on a function is still there.
    if (fact.role == "functions-transferred" || !holds_code(predecessors_of(fact), code)) return next;
    if (const auto successors = successors_of(fact))
      for (const Share& share : *successors) next.push_back(share.code);
    return next;
  });
}

std::vector<std::string> Register::comes_from(const std::string& body) const {
  return walk(*this, body, false, [](const Fact& fact, const std::string& code) {
    const auto successors = successors_of(fact);
    if (fact.role == "functions-transferred" || !successors ||
        std::none_of(successors->begin(), successors->end(), [&](const Share& share) { return share.code == code; }))
      return std::vector<std::string>();
    return predecessors_of(fact);
  });
}

std::vector<Register::Hit> Register::search(std::string_view text, int limit) const {
  const std::string wanted = lowered(trimmed(text));
  std::vector<std::pair<int, Hit>> found;
  if (wanted.empty()) return {};
  for (const auto& [code, entry] : entries_) {
    if (entry.of(FactKind::body).empty()) continue;
    int best = 9;
    std::string matched;
    const auto look = [&](const std::string& candidate) {
      const std::size_t at = lowered(candidate).find(wanted);
      if (at == std::string::npos) return;
      const int rank = candidate.size() == wanted.size() ? 0 : at == 0 ? 1 : 2;
      if (rank < best) {
        best = rank;
        matched = candidate;
      }
    };
    for (const FactPointer& fact : entry.of(FactKind::name)) look(fact->value);
    for (const FactPointer& fact : entry.of(FactKind::identifier)) look(fact->value);
    look(code);
    if (best < 9) found.push_back({best, {code, matched}});
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : a.second.code < b.second.code;
  });
  std::vector<Hit> hits;
  for (const auto& [rank, hit] : found)
    if (static_cast<int>(hits.size()) < limit) hits.push_back(hit);
  return hits;
}

}  // namespace tithing::bodies
