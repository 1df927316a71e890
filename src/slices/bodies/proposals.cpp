#include "slices/bodies/proposals.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace tithing::bodies {
namespace {

constexpr std::array<std::string_view, 3> kStates = {"open", "withdrawn", "enacted"};

std::vector<std::string> codes_of(const Fact& fact) {
  std::vector<std::string> codes;
  if (is_general(fact.kind)) return codes;
  if (fact.kind == FactKind::succession) {
    codes = predecessors_of(fact);
    if (const auto successors = successors_of(fact))
      for (const Share& share : *successors) codes.push_back(share.code);
    return codes;
  }
  codes.push_back(fact.body);
  if (!fact.other.empty()) codes.push_back(fact.other);
  return codes;
}

// Why an edit does not fit, where the rules would only say that somebody was faster.
std::optional<Problem> moved_on(const Register& known, const Register& draft, const Edit& edit) {
  if (edit.action == Edit::Action::add) return std::nullopt;
  const FactPointer now = draft.current(edit.record);
  if (now && now->id == edit.seen_id) return std::nullopt;
  const FactPointer stored = known.current(edit.record);
  if (!stored)
    return Problem{
        ProblemKind::conflict,
        "The fact that it changes has been taken out of the register since. Take this edit out, or enter it anew.",
        {}};
  if (stored->id == edit.seen_id)
    return Problem{
        ProblemKind::conflict, "An earlier edit of this proposal changes the same fact. Take one of the two out.", {}};
  return Problem{ProblemKind::conflict,
                 "The register has changed since: there it says now \"" + text_of(*stored) + "; " +
                     period_text(*stored) + "\". Put the edit on what is there now, or take it out.",
                 {}};
}

// With `day` as it was called then; without it by codes, so that a body above that was only renamed has not moved
// anything.
std::string words(const Register& all, const FactList& facts, FactKind kind, const Date* day) {
  const auto called = [&](const std::string& code) { return day ? all.name_at(code, *day) : code; };
  std::vector<std::string> out;
  for (const FactPointer& fact : facts) {
    if (kind == FactKind::parent) {
      const LineWords* line = line_words(fact->value);
      out.push_back((line ? std::string(line->upward) : fact->value) + " " + called(fact->other));
    } else if (kind == FactKind::membership)
      out.push_back((fact->other.empty() ? fact->holder : called(fact->other)) + " as " + fact->role +
                    (fact->state.empty() ? "" : ", " + fact->state));
    else if (kind == FactKind::discharge)
      out.push_back(day && all.function(fact->role) ? all.function(fact->role)->value : fact->role);
    else if (kind == FactKind::post)
      out.push_back(fact->value + (fact->holder.empty() ? "" : ": " + fact->holder));
    else
      out.push_back(fact->value);
  }
  std::sort(out.begin(), out.end());
  return joined(out, "; ");
}

std::map<std::pair<std::string, std::string>, Cover> covers(const Register& all, const std::set<std::string>& areas,
                                                            Date day) {
  std::set<std::string> bodies;
  for (const std::string& area : areas)
    if (const auto found = all.bodies_by_area().find(area); found != all.bodies_by_area().end())
      bodies.insert(found->second.begin(), found->second.end());
  std::map<std::pair<std::string, std::string>, Cover> out;
  for (Cover& one : cover(all, {bodies.begin(), bodies.end()}, day))
    if (areas.count(one.area) != 0) out.emplace(std::pair(one.function->value, one.area), std::move(one));
  return out;
}

Load load_everywhere(const Register& all, const std::string& organisation, Date day) {
  std::set<std::string> rooms;
  for (const FactPointer& seat : all.seats_of(organisation, day)) rooms.insert(seat->body);
  return load_of(all, organisation, {rooms.begin(), rooms.end()}, day);
}

bool same(const Load& a, const Load& b) {
  return a.seats == b.seats && a.meetings == b.meetings && a.minutes == b.minutes &&
         a.without_meetings == b.without_meetings && a.without_length == b.without_length;
}

std::vector<std::string> holders(const Cover* cover) {
  std::vector<std::string> out;
  if (cover)
    for (const FactPointer& fact : cover->held) out.push_back(fact->body);
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

std::string_view code_of(Proposal::State state) { return kStates[static_cast<std::size_t>(state)]; }

std::optional<Proposal::State> proposal_state_from(std::string_view code) {
  for (std::size_t i = 0; i < kStates.size(); ++i)
    if (kStates[i] == code) return static_cast<Proposal::State>(i);
  return std::nullopt;
}

Applied apply(const Register& known, const Proposal& proposal) {
  Applied applied;
  applied.draft = known;
  applied.draft.proposal = proposal.number;
  for (const ProposedEdit& one : proposal.edits) {
    if (auto moved = moved_on(known, applied.draft, one.edit)) {
      applied.misfits.emplace(one.id, std::move(*moved));
      continue;
    }
    if (const Status fine = take(applied.draft, one.edit, applied.effect); !fine)
      applied.misfits.emplace(one.id, fine.error());
  }
  return applied;
}

std::string words_of(const Register& draft, const Edit& edit) {
  std::vector<std::string> names;
  if (!is_general(edit.fact.kind))
    for (const std::string& code :
         edit.fact.kind == FactKind::succession ? predecessors_of(edit.fact) : std::vector<std::string>{edit.fact.body})
      names.push_back(draft.last_name(code));
  const std::string whose = names.empty() ? std::string() : " of " + joined(names, ", ");
  const std::string what = text_of(edit.fact) + whose;
  switch (edit.action) {
    case Edit::Action::add:
      return "Enter: " + what + "; " + period_text(edit.fact);
    case Edit::Action::replace:
      return "Change to: " + what + "; " + period_text(edit.fact);
    case Edit::Action::remove:
      return "Take away: " + what;
  }
  return what;
}

std::string_view name_of(Difference::What what) {
  switch (what) {
    case Difference::What::began:
      return "Began";
    case Difference::What::ended:
      return "Ended";
    case Difference::What::moved:
      return "Moved";
    case Difference::What::changed:
      return "Changed";
    case Difference::What::unknown:
      return "Not known whether still";
  }
  return "Changed";
}

std::vector<Difference> differences(const Register& before, Date then, const Register& after, Date now,
                                    const std::set<std::string>& bodies) {
  std::vector<Difference> out;
  for (const std::string& code : bodies) {
    const bool stood = before.stands(code, then);
    const bool stands = after.stands(code, now);
    if (!stood && !stands) continue;
    if (!stood) out.push_back({Difference::What::began, code, FactKind::body, "", after.name_at(code, now)});
    if (!stands) {
      std::vector<std::string> became;
      for (const std::string& end : after.ends_at(code))
        if (end != code) became.push_back(after.name_at(end, now));
      out.push_back({Difference::What::ended, code, FactKind::body, before.name_at(code, then),
                     became.empty() ? "" : "became " + joined(became, ", ")});
    }
    if (!stood || !stands) continue;
    if (before.standing_of(code, then) == Standing::in_force && after.standing_of(code, now) == Standing::known_then)
      out.push_back({Difference::What::unknown, code, FactKind::body, before.name_at(code, then),
                     standing_text(*after.existence(code, now), now)});
    for (const FactKind kind : {FactKind::name, FactKind::area, FactKind::parent, FactKind::membership, FactKind::post,
                                FactKind::discharge}) {
      const FactList old = before.of_body(code, kind, then);
      const FactList fresh = after.of_body(code, kind, now);
      if (words(before, old, kind, nullptr) == words(after, fresh, kind, nullptr)) continue;
      const bool moves = kind == FactKind::parent || kind == FactKind::area;
      out.push_back({moves ? Difference::What::moved : Difference::What::changed, code, kind,
                     words(before, old, kind, &then), words(after, fresh, kind, &now)});
    }
  }
  return out;
}

std::set<std::string> touched(const Register& known, const Applied& applied) {
  std::set<std::string> out;
  for (const std::vector<Fact>* facts : {&applied.effect.before, &applied.effect.after})
    for (const Fact& fact : *facts)
      for (std::string& code : codes_of(fact)) out.insert(std::move(code));
  const std::set<std::string> named = out;
  for (const Register* all : {&known, static_cast<const Register*>(&applied.draft)})
    for (const std::string& code : named)
      if (const Register::Entry* entry = all->find(code))
        for (const FactList* list : {&entry->children, &entry->seats})
          for (const FactPointer& fact : *list) out.insert(fact->body);
  return out;
}

Comparison compare(const Register& known, const Applied& applied, Date day) {
  Comparison out;
  const std::set<std::string> bodies = touched(known, applied);
  out.bodies = differences(known, day, applied.draft, day, bodies);

  std::set<std::string> areas;
  std::set<std::string> organisations;
  for (const Register* all : {&known, static_cast<const Register*>(&applied.draft)})
    for (const std::string& code : bodies) {
      const Register::Entry* entry = all->find(code);
      if (!entry) continue;
      for (const FactPointer& fact : entry->of(FactKind::area)) areas.insert(fact->value);
      for (const FactPointer& seat : entry->of(FactKind::membership))
        if (!seat->other.empty()) organisations.insert(seat->other);
      if (!entry->seats.empty()) organisations.insert(code);
    }
  const auto before = covers(known, areas, day);
  const auto after = covers(applied.draft, areas, day);
  std::set<std::pair<std::string, std::string>> keys;
  for (const auto* side : {&before, &after})
    for (const auto& [key, one] : *side) keys.insert(key);
  for (const auto& key : keys) {
    const auto b = before.find(key);
    const auto a = after.find(key);
    CoverChange change{key.first,
                       key.second,
                       std::nullopt,
                       std::nullopt,
                       holders(b == before.end() ? nullptr : &b->second),
                       holders(a == after.end() ? nullptr : &a->second)};
    if (b != before.end()) change.before = b->second.state;
    if (a != after.end()) change.after = a->second.state;
    if (change.before != change.after || change.held_before != change.held_after)
      out.duties.push_back(std::move(change));
  }
  for (const std::string& organisation : organisations) {
    LoadChange change{organisation, load_everywhere(known, organisation, day),
                      load_everywhere(applied.draft, organisation, day)};
    if (!same(change.before, change.after)) out.loads.push_back(std::move(change));
  }
  std::sort(out.loads.begin(), out.loads.end(), [](const LoadChange& a, const LoadChange& b) {
    return a.before.minutes != b.before.minutes ? a.before.minutes > b.before.minutes : a.organisation < b.organisation;
  });
  return out;
}

}  // namespace tithing::bodies
