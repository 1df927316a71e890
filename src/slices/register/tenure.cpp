#include "slices/register/tenure.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace tithing::register_ {
namespace {

bool holds_code(const std::vector<std::string>& codes, const std::string& code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

enum class Edge { begins, ends };

// The day of an accepted succession in (after, by] that explains why this row begins or ends; the district's own first.
std::optional<Date> accepted_day(const std::vector<ProposedSuccession>& successions, const Tenure& row, Edge edge,
                                 Date after, Date by) {
  for (const AreaKind kind :
       {AreaKind::district, AreaKind::community_safety_partnership, AreaKind::police_force_area}) {
    for (const ProposedSuccession& proposal : successions) {
      const Succession& s = proposal.succession;
      if (s.review != Succession::Review::accepted || !s.on || *s.on <= after || *s.on > by || s.area_kind != kind ||
          s.kind == SuccessionKind::renamed)
        continue;
      if (holds_code(edge == Edge::begins ? s.successors : s.predecessors, std::string(row.code_of(kind)))) return s.on;
    }
  }
  return std::nullopt;
}

std::string window(Date after, Date by) {
  return "after " + after.text() + " and by " + by.text() + ": the look-ups do not say when";
}

}  // namespace

std::vector<Tenure> tenures_of(const std::vector<LookUp>& look_ups, const std::vector<SuccessionFactRow>& facts,
                               const std::vector<ProposedSuccession>& successions) {
  std::map<std::tuple<std::string, std::string, std::string>, std::vector<bool>> seen;
  for (std::size_t l = 0; l < look_ups.size(); ++l) {
    for (const LookUpRow& row : look_ups[l].rows) {
      std::vector<bool>& in = seen[{row.district, row.partnership, row.force}];
      in.resize(look_ups.size());
      in[l] = true;
    }
  }
  std::vector<Tenure> tenures;
  for (const auto& [key, in] : seen) {
    for (std::size_t first = 0; first < in.size();) {
      if (!in[first]) {
        ++first;
        continue;
      }
      std::size_t last = first;
      while (last + 1 < in.size() && in[last + 1]) ++last;
      Tenure tenure;
      std::tie(tenure.district, tenure.partnership, tenure.force) = key;
      if (first > 0) {
        const Date after = look_ups[first - 1].on;
        const Date by = look_ups[first].on;
        const auto day = accepted_day(successions, tenure, Edge::begins, after, by);
        tenure.from = day.value_or(by);
        if (!day) tenure.from_note = window(after, by);
      }
      if (last + 1 < in.size()) {
        const Date after = look_ups[last].on;
        const Date by = look_ups[last + 1].on;
        const auto day = accepted_day(successions, tenure, Edge::ends, after, by);
        tenure.to = day.value_or(by);
        if (!day) tenure.to_note = window(after, by);
      }
      tenures.push_back(std::move(tenure));
      first = last + 1;
    }
  }

  // Before the first look-up: what accepted papers put in place of the rows that then have no beginning.
  if (look_ups.empty()) return tenures;
  std::vector<Tenure> former;
  for (const ProposedSuccession& proposal : successions) {
    const Succession& s = proposal.succession;
    if (s.review != Succession::Review::accepted || proposal.origin.compare(0, 6, "paper ") != 0) continue;
    const Date boundary = s.on.value_or(proposal.by.value_or(look_ups.front().on));
    if (boundary > look_ups.front().on) continue;
    std::string note;
    if (!s.on)
      note = (proposal.after ? "after " + proposal.after->text() + " and " : std::string()) + "by " + boundary.text() +
             ": the day is not known";
    for (const SuccessionFactRow& fact : facts) {
      if ("paper " + fact.source != proposal.origin || !holds_code(s.predecessors, fact.predecessor) ||
          !holds_code(s.successors, fact.successor))
        continue;
      for (Tenure& tenure : tenures) {
        if (tenure.partnership != fact.successor || !holds_code(fact.predecessor_districts, tenure.district)) continue;
        if (tenure.from && *tenure.from != boundary) continue;
        tenure.from = boundary;
        tenure.from_note = note;
        former.push_back({tenure.district, fact.predecessor, tenure.force, std::nullopt, boundary, {}, note});
      }
    }
  }
  tenures.insert(tenures.end(), former.begin(), former.end());
  return tenures;
}

TenureSpan span_of(const std::vector<Tenure>& tenures, const Area& area) {
  TenureSpan span;
  std::string from_note;
  std::string to_note;
  for (const Tenure& tenure : tenures) {
    if (tenure.code_of(area.kind) != area.code) continue;
    if (!span.any || (span.from && (!tenure.from || *tenure.from < *span.from))) {
      span.from = tenure.from;
      from_note = tenure.from_note;
    }
    if (!span.any || (span.to && (!tenure.to || *tenure.to > *span.to))) {
      span.to = tenure.to;
      to_note = tenure.to_note;
    }
    span.any = true;
  }
  if (!from_note.empty()) span.note = "Began " + from_note + ".";
  if (!to_note.empty()) span.note += (span.note.empty() ? "" : " ") + ("Ended " + to_note + ".");
  return span;
}

}  // namespace tithing::register_
