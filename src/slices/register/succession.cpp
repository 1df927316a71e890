#include "slices/register/succession.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"

namespace tithing::register_ {
namespace {

using Names = std::map<std::string, std::string>;
using Links = std::map<std::string, std::set<std::string>>;

Names names_of(const LookUp& look_up, AreaKind kind) {
  Names names;
  for (const LookUpRow& row : look_up.rows) {
    if (kind == AreaKind::district) names.emplace(row.district, row.district_name);
    if (kind == AreaKind::community_safety_partnership) names.emplace(row.partnership, row.partnership_name);
    if (kind == AreaKind::police_force_area) names.emplace(row.force, row.force_name);
  }
  return names;
}

// LSOAs of a district of either look-up: by the exact fit when it knows the district, else by the names of 2011.
const LsoaNumbers* lsoas_of(const std::string& code, const std::string& name, const LsoaTable& table) {
  if (const LsoaNumbers* now = table.of_district_2011(code)) return now;
  return table.of_former_district(name);
}

// Which districts of `after` hold the territory of a district of `before` that has gone.
Links district_links(const LookUp& before, const LookUp& after, const Names& old_names, const Names& new_names,
                     const LsoaTable& lsoas, const std::vector<CodeHistoryRow>& history) {
  Links links;
  for (const auto& [code, name] : old_names) {
    if (new_names.count(code)) {
      links[code].insert(code);
      continue;
    }
    const LsoaNumbers* mine = lsoas.empty() ? nullptr : lsoas_of(code, name, lsoas);
    if (mine) {
      for (const auto& [other, other_name] : new_names) {
        if (old_names.count(other)) continue;
        const LsoaNumbers* theirs = lsoas_of(other, other_name, lsoas);
        // Ten LSOAs in a hundred: the odd one on a moved border is no succession.
        if (theirs && intersected(*mine, *theirs).size() * 10 > mine->size()) links[code].insert(other);
      }
    }
    if (links[code].empty()) {
      for (const CodeHistoryRow& row : history)
        if (row.code == code && new_names.count(row.successor) && !old_names.count(row.successor))
          links[code].insert(row.successor);
    }
    if (links[code].empty()) {
      std::set<std::string> partnerships;
      for (const LookUpRow& row : before.rows)
        if (row.district == code) partnerships.insert(row.partnership);
      for (const LookUpRow& row : after.rows)
        if (!old_names.count(row.district) && partnerships.count(row.partnership)) links[code].insert(row.district);
    }
  }
  return links;
}

// Connected groups of predecessors and successors over the links.
struct Group {
  std::set<std::string> predecessors;
  std::set<std::string> successors;
};
std::vector<Group> grouped_links(const Links& links) {
  std::vector<Group> groups;
  for (const auto& [from, targets] : links) {
    Group joined_group{{from}, targets};
    for (auto it = groups.begin(); it != groups.end();) {
      const bool touches = std::any_of(targets.begin(), targets.end(),
                                       [&](const std::string& t) { return it->successors.count(t) > 0; });
      if (touches) {
        joined_group.predecessors.insert(it->predecessors.begin(), it->predecessors.end());
        joined_group.successors.insert(it->successors.begin(), it->successors.end());
        it = groups.erase(it);
      } else {
        ++it;
      }
    }
    groups.push_back(std::move(joined_group));
  }
  return groups;
}

ProposedSuccession make(SuccessionKind kind, AreaKind area_kind, std::vector<std::string> from,
                        std::vector<std::string> to, const LookUp& before, const LookUp& after) {
  ProposedSuccession proposal;
  proposal.succession.kind = kind;
  proposal.succession.area_kind = area_kind;
  proposal.succession.predecessors = std::move(from);
  proposal.succession.successors = std::move(to);
  proposal.succession.evidence =
      "Look-ups of " + before.month_text() + " and " + after.month_text() + ": they do not say on which day.";
  proposal.after = before.on;
  proposal.by = after.on;
  proposal.origin = "look-ups " + before.on.iso() + " " + after.on.iso();
  return proposal;
}

std::vector<std::string> listed(const std::set<std::string>& codes) { return {codes.begin(), codes.end()}; }

void add_renamed(std::vector<ProposedSuccession>& out, AreaKind kind, const Names& old_names, const Names& new_names,
                 const LookUp& before, const LookUp& after) {
  for (const auto& [code, name] : old_names) {
    const auto found = new_names.find(code);
    if (found == new_names.end() || found->second == name) continue;
    ProposedSuccession proposal = make(SuccessionKind::renamed, kind, {code}, {code}, before, after);
    proposal.succession.evidence += " " + code + " was called " + name + ", then " + found->second + ".";
    out.push_back(std::move(proposal));
  }
}

void add_groups(std::vector<ProposedSuccession>& out, AreaKind kind, const std::vector<Group>& groups,
                const Names& old_names, const Names& new_names, const LookUp& before, const LookUp& after,
                const std::vector<CodeHistoryRow>& history) {
  for (const Group& group : groups) {
    if (group.successors.empty()) {
      ProposedSuccession proposal = make(SuccessionKind::replaced, kind, listed(group.predecessors), {}, before, after);
      proposal.succession.evidence += " The look-ups do not show what became of it.";
      out.push_back(std::move(proposal));
      continue;
    }
    SuccessionKind result = SuccessionKind::replaced;
    if (group.predecessors.size() > 1 && group.successors.size() == 1) result = SuccessionKind::merged;
    if (group.predecessors.size() == 1 && group.successors.size() > 1) result = SuccessionKind::split;
    if (group.predecessors.size() == 1 && group.successors.size() == 1 &&
        old_names.at(*group.predecessors.begin()) == new_names.at(*group.successors.begin()))
      result = SuccessionKind::recoded;
    ProposedSuccession proposal =
        make(result, kind, listed(group.predecessors), listed(group.successors), before, after);
    std::size_t agreeing = 0;
    for (const CodeHistoryRow& row : history)
      if (group.predecessors.count(row.code) && group.successors.count(row.successor) && row.code != row.successor)
        ++agreeing;
    if (agreeing > 0)
      proposal.succession.evidence += " The table of local authority codes since 2011 agrees for " +
                                      plural(static_cast<std::int64_t>(agreeing), "predecessor", "predecessors") + ".";
    for (const std::string& code : group.predecessors)
      if (group.successors.count(code) && kind == AreaKind::community_safety_partnership)
        proposal.succession.evidence += " " + code + " kept its code and took over the territory of the others.";
    out.push_back(std::move(proposal));
  }
}

}  // namespace

std::string ProposedSuccession::key() const {
  return std::string(code_of(succession.area_kind)) + "|" + std::string(code_of(succession.kind)) + "|" +
         joined(succession.predecessors, ",") + "|" + joined(succession.successors, ",") + "|" + origin;
}

std::vector<ProposedSuccession> derive(const LookUp& before, const LookUp& after, const LsoaTable& lsoas,
                                       const std::vector<CodeHistoryRow>& history) {
  std::vector<ProposedSuccession> out;
  const Names old_districts = names_of(before, AreaKind::district);
  const Names new_districts = names_of(after, AreaKind::district);
  const Links all_districts = district_links(before, after, old_districts, new_districts, lsoas, history);

  add_renamed(out, AreaKind::district, old_districts, new_districts, before, after);
  Links gone;
  for (const auto& [code, targets] : all_districts)
    if (!new_districts.count(code)) gone[code] = targets;
  add_groups(out, AreaKind::district, grouped_links(gone), old_districts, new_districts, before, after, history);

  for (const AreaKind kind : {AreaKind::community_safety_partnership, AreaKind::police_force_area}) {
    const auto parent = [kind](const LookUpRow& row) {
      return kind == AreaKind::police_force_area ? row.force : row.partnership;
    };
    const Names old_names = names_of(before, kind);
    const Names new_names = names_of(after, kind);
    add_renamed(out, kind, old_names, new_names, before, after);
    Links links;
    std::map<std::string, std::set<std::string>> parents_after;
    for (const LookUpRow& row : after.rows) parents_after[row.district].insert(parent(row));
    for (const LookUpRow& row : before.rows) {
      const std::string code = parent(row);
      if (new_names.count(code)) continue;
      links[code];
      for (const std::string& district : all_districts.at(row.district))
        for (const std::string& target : parents_after[district]) links[code].insert(target);
    }
    std::vector<Group> groups = grouped_links(links);
    for (Group& group : groups)
      for (const std::string& code : group.successors)
        if (old_names.count(code)) group.predecessors.insert(code);
    add_groups(out, kind, groups, old_names, new_names, before, after, {});
  }
  return out;
}

std::vector<ProposedSuccession> from_facts(const std::vector<SuccessionFactRow>& facts) {
  std::vector<ProposedSuccession> out;
  for (const SuccessionFactRow& fact : facts) {
    const bool by_predecessor = fact.kind == SuccessionKind::split;
    ProposedSuccession* same = nullptr;
    for (ProposedSuccession& proposal : out) {
      const auto& anchor = by_predecessor ? proposal.succession.predecessors : proposal.succession.successors;
      if (proposal.succession.kind == fact.kind && proposal.origin == "paper " + fact.source &&
          anchor.front() == (by_predecessor ? fact.predecessor : fact.successor))
        same = &proposal;
    }
    if (!same) {
      ProposedSuccession proposal;
      proposal.succession.kind = fact.kind;
      proposal.succession.area_kind =
          kind_of_code(fact.successor)
              .value_or(kind_of_code(fact.predecessor).value_or(AreaKind::community_safety_partnership));
      proposal.succession.on = fact.on;
      proposal.succession.evidence =
          fact.source + (fact.paragraph.empty() ? "" : ", " + fact.paragraph) + ": " + fact.evidence;
      proposal.after = fact.not_before;
      proposal.by = fact.not_after;
      proposal.origin = "paper " + fact.source;
      out.push_back(std::move(proposal));
      same = &out.back();
    }
    const auto insert = [](std::vector<std::string>& codes, const std::string& code) {
      if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(code);
    };
    insert(same->succession.predecessors, fact.predecessor);
    insert(same->succession.successors, fact.successor);
  }
  return out;
}

std::string sentence(const Succession& succession, const std::vector<NamedCode>& names) {
  const auto list = [&](const std::vector<std::string>& codes) {
    std::string text;
    for (std::size_t i = 0; i < codes.size(); ++i) {
      if (i > 0) text += i + 1 == codes.size() ? " and " : ", ";
      const auto found =
          std::find_if(names.begin(), names.end(), [&](const NamedCode& n) { return n.code == codes[i]; });
      text += found == names.end() ? codes[i] : found->name + " (" + codes[i] + ")";
    }
    return text;
  };
  const bool many = succession.predecessors.size() > 1;
  std::string text = list(succession.predecessors);
  const std::string to = succession.successors.empty() ? "" : list(succession.successors);
  switch (succession.kind) {
    case SuccessionKind::renamed:
      text += " changed its name";
      break;
    case SuccessionKind::recoded:
      text += " got the new code " + to;
      break;
    case SuccessionKind::merged:
      text += " became one: " + to;
      break;
    case SuccessionKind::split:
      text += " was split into " + to;
      break;
    case SuccessionKind::replaced:
      text += to.empty() ? (many ? " ceased" : " ceased") : (many ? " were replaced by " : " was replaced by ") + to;
      break;
  }
  if (succession.on) text += ", " + succession.on->text();
  return text + ".";
}

std::string date_fault(const std::optional<Date>& after, const std::optional<Date>& by, Date on) {
  if (after && on <= *after)
    return "The day must be later than " + after->text() + ", when the former areas were still there.";
  if (by && on > *by) return "The day must not be later than " + by->text() + ", when the change is first seen.";
  return {};
}

}  // namespace tithing::register_
