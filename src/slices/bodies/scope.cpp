#include "slices/bodies/scope.h"

#include <algorithm>

#include "base/organisation.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/bodies/ground.h"

namespace tithing::bodies {
namespace {

constexpr std::string_view kPanelKind = "police-and-crime-panel";
constexpr std::string_view kPanelGroup = "panel";

const RoleScope& scope_of(Role role) { return role_scopes()[static_cast<std::size_t>(role)]; }

std::string role_of(const Grant& grant) { return "Your role as " + lowered(name_of(grant.role)); }

bool contains(const std::vector<std::string>& codes, const std::string& code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

bool is_event(FactKind kind) { return kind == FactKind::succession || kind == FactKind::meeting; }

// The day of the fact's time that is nearest to today; of an event, its day.
Date day_of(const Fact& fact, Date today) {
  if (is_event(fact.kind) && fact.from) return *fact.from;
  Date day = today;
  if (fact.to && day >= *fact.to) day = fact.to->plus_days(-1);
  const std::optional<Date> first = fact.from ? fact.from : fact.seen;
  return first && day < *first ? *first : day;
}

// Bodies whose record the fact is.
std::vector<std::string> bodies_of(const Fact& fact) {
  if (fact.kind != FactKind::succession) return {fact.body};
  std::vector<std::string> codes = predecessors_of(fact);
  if (const auto successors = successors_of(fact))
    for (const Share& share : *successors) codes.push_back(share.code);
  return codes;
}

struct PanelParts {
  bool panel = false;  // in some time
  bool other = false;
};
PanelParts panel_parts(const Register& all, const std::string& body, const Fact& fact) {
  PanelParts parts;
  const auto count = [&](const std::string& kind) { (is_panel_kind(all, kind) ? parts.panel : parts.other) = true; };
  if (fact.kind == FactKind::body && fact.body == body) count(fact.role);
  if (const Register::Entry* entry = all.find(body))
    for (const FactPointer& existence : entry->of(FactKind::body)) count(existence->role);
  return parts;
}

// Who keeps more keeps one's own organisation's posts and seats as well, on one's own side of the line between panels
// and the rest.
bool on_own_side(const Register& all, Keeps keeps, const Fact& fact) {
  if (keeps == Keeps::own_organisation) return true;
  const std::string& side = keeps == Keeps::panels && fact.kind == FactKind::membership ? fact.other : fact.body;
  return panel_parts(all, side, fact).panel == (keeps == Keeps::panels);
}

// The same seat, whoever of the organisation sits in it.
bool same_seat(const Fact& a, const Fact& b) {
  return a.kind == FactKind::membership && b.kind == FactKind::membership && a.body == b.body && a.other == b.other &&
         a.role == b.role;
}
// `ending` lets a seat end on a day, `going_on` enters the same seat from that day for as long as it would have lasted.
bool goes_on(const Step& ending, const Step& going_on) {
  return ending.before && ending.after && !going_on.before && going_on.after &&
         same_seat(*ending.before, *ending.after) && same_seat(*ending.before, *going_on.after) &&
         ending.before->from == ending.after->from && ending.before->seen == ending.after->seen && ending.after->to &&
         ending.after->to == going_on.after->from && ending.before->to == going_on.after->to;
}

constexpr std::array<RoleScope, kRoleCount> kScopes = {{
    {Role::commissioning_officer, Keeps::all_but_panels, Keeps::nothing, false},
    {Role::performance_analyst, Keeps::nothing, Keeps::everything, false},
    {Role::decision_maker, Keeps::nothing, Keeps::nothing, false},
    {Role::partnership_manager, Keeps::all_but_panels, Keeps::nothing, false},
    {Role::partnership_chair, Keeps::nothing, Keeps::nothing, false},
    {Role::county_strategy_officer, Keeps::all_but_panels, Keeps::all_but_panels, true},
    {Role::panel_support_officer, Keeps::panels, Keeps::nothing, false},
    {Role::panel_member, Keeps::nothing, Keeps::nothing, false},
    {Role::responsible_authority_representative, Keeps::own_organisation, Keeps::nothing, false},
    {Role::scrutiny_officer, Keeps::nothing, Keeps::nothing, false},
    {Role::grant_recipient, Keeps::own_organisation, Keeps::nothing, false},
    {Role::auditor, Keeps::nothing, Keeps::nothing, false},
    {Role::system_administrator, Keeps::everything, Keeps::everything, false},
}};

std::string text_of(Keeps keeps) {
  switch (keeps) {
    case Keeps::nothing:
      return "nothing";
    case Keeps::own_organisation:
      return "its own organisation's posts and public office-holders, and who sits in the seats it holds";
    case Keeps::panels:
      return "police and crime panels";
    case Keeps::all_but_panels:
      return "all bodies but police and crime panels";
    case Keeps::everything:
      return "every body";
  }
  return {};
}

}  // namespace

const std::array<RoleScope, kRoleCount>& role_scopes() { return kScopes; }

std::string scope_table() {
  std::string table = "| role | changes | where | imports and undoes |\n|---|---|---|---|\n";
  for (const RoleScope& scope : kScopes) {
    std::string where = "its area, or its organisation's";
    if (scope.edits == Keeps::nothing) where = "";
    if (scope.edits == Keeps::everything) where = "everywhere";
    if (scope.edits == Keeps::own_organisation) where = "its organisation";
    if (scope.hub) where += "; the bodies below its organisation, in any area";
    table += "| " + std::string(name_of(scope.role)) + " | " + text_of(scope.edits) + " | " + where + " | " +
             (scope.imports == Keeps::nothing ? "no" : text_of(scope.imports)) + " |\n";
  }
  return table;
}

bool is_panel_kind(const Register& all, const std::string& kind) {
  if (kind == kPanelKind) return true;
  const Fact* fact = all.kind(kind);
  return fact && is_of_group(*fact, kPanelGroup);
}

Scope::Scope(const Actor& actor, Date today, std::shared_ptr<const register_::Areas> areas)
    : actor_(actor), today_(today), areas_(std::move(areas)) {}

Reach Scope::reach_on(const Register& all) const {
  const std::shared_ptr<const Register> borrowed(std::shared_ptr<const Register>(), &all);
  return {actor_, std::make_shared<const BodyGround>(areas_, borrowed), today_};
}

bool Scope::keeps(const Grant& grant, const Reach& reach, const std::string& body, Date day) const {
  const Hub hub = scope_of(grant.role).hub ? Hub::bodies_below : Hub::own_only;
  if (reach.reaches(grant, Whose::of_body(body), day, hub)) return true;
  const std::vector<std::string> served = reach.ground().areas_of_body(body, day);
  return std::any_of(served.begin(), served.end(),
                     [&](const std::string& area) { return reach.reaches(grant, Whose::of_area(area), day); });
}

bool Scope::keeps_body(const Grant& grant, const Register& all, const std::string& body, Date day) const {
  const Reach reach = reach_on(all);
  if (keeps(grant, reach, body, day)) return true;
  if (reach.ground().areas_of_body(body, day).empty()) {
    // What serves no area is kept where it sits and reports, when all of that is in reach. What does neither has just
    // been entered, and is nobody's yet.
    std::set<std::string> rooms;
    for (const FactPointer& parent : BodyGround::near(all, body, FactKind::parent, day)) rooms.insert(parent->other);
    if (const Register::Entry* entry = all.find(body))
      for (const FactPointer& seat : entry->seats) rooms.insert(seat->body);
    return std::all_of(rooms.begin(), rooms.end(),
                       [&](const std::string& room) { return keeps(grant, reach, room, day); });
  }
  // Records of what went before are kept by whoever keeps what it became.
  const std::vector<std::string> ends = all.ends_at(body);
  return std::any_of(ends.begin(), ends.end(),
                     [&](const std::string& end) { return end != body && keeps(grant, reach, end, today_); });
}

std::string Scope::where(const Grant& grant, const Register& all) const {
  return grant.area_code.empty() ? "the areas of " + all.last_name(body_of_organisation(grant.organisation))
                                 : named_area(reach_on(all).ground(), grant.area_code, today_);
}

std::string Scope::outside(const Grant& grant, const Register& all, const std::string& body, Date day) const {
  if (grant.area_code.empty())
    if (const Heir heir = heir_of(all, body_of_organisation(grant.organisation), today_); heir.code.empty())
      return role_of(grant) + " is for an organisation that is no longer there. " + heir.what_became +
             " Ask an administrator for a role.";
  const Reach reach = reach_on(all);
  std::vector<std::string> served = reach.ground().areas_of_body(body, day);
  for (std::string& area : served) area = named_area(reach.ground(), area, day);
  if (served.size() > 3) served = {served[0], served[1], "others"};
  const std::string why = served.empty() ? " serves no area and sits elsewhere" : " serves " + joined(served, ", ");
  return role_of(grant) + " reaches " + where(grant, all) + ", and not " + all.last_name(body) + ", which" + why +
         ". Ask whoever keeps the register there, or a system administrator.";
}

Scope::Verdict Scope::judge_own(const Grant& grant, const Register& all, const std::vector<Step>& steps,
                                std::size_t which) const {
  const Step& step = steps[which];
  const std::string ask = " Ask whoever keeps the register there, or a system administrator.";
  const std::string organisation = body_of_organisation(grant.organisation);
  if (organisation.empty())
    return Refusal{
        1, role_of(grant) +
               " is not for an organisation of the register. Ask an administrator to choose yours on your account."};
  const Heir heir = heir_of(all, organisation, today_);
  if (heir.code.empty())
    return Refusal{1, role_of(grant) + " is for an organisation that is no longer there. " + heir.what_became +
                          " Ask an administrator for a role."};
  const std::string name = all.last_name(heir.code);
  for (const Fact* fact : {step.before, step.after}) {
    if (!fact) continue;
    const bool own = fact->kind == FactKind::post
                         ? contains(heir.way, fact->body)
                         : fact->kind == FactKind::membership && contains(heir.way, fact->other);
    if (!own)
      return Refusal{2, role_of(grant) + " changes posts and public office-holders of " + name +
                            ", and who sits in the seats that it holds; nothing else." + ask};
  }
  const Fact* fact = step.after ? step.after : step.before;
  if (fact->kind == FactKind::post) return {};
  const bool in_place = step.before && step.after && same_seat(*step.before, *step.after) &&
                        step.before->from == step.after->from && step.before->to == step.after->to &&
                        step.before->seen == step.after->seen && step.before->amount == step.after->amount;
  const bool ends_and_goes_on = which + 1 < steps.size() && goes_on(step, steps[which + 1]);
  const bool goes_on_here = which > 0 && goes_on(steps[which - 1], step);
  if (in_place || ends_and_goes_on || goes_on_here) return {};
  return Refusal{
      2, role_of(grant) + " says who of " + name +
             " sits in a seat. Whether there is a seat, since when and with which vote is said by whoever keeps " +
             all.last_name(fact->body) + "." + ask};
}

Scope::Verdict Scope::judge_version(const Grant& grant, Keeps keeps, const Register& all, const Fact& fact,
                                    const Fact* before, bool complete) const {
  for (const std::string& body : bodies_of(fact)) {
    if (body.empty() && !complete) continue;
    if (fact.kind != FactKind::body && !all.exists(body)) continue;  // check() says what is wrong
    const PanelParts parts = panel_parts(all, body, fact);
    const std::string name = all.exists(body) ? all.last_name(body) : "This body";
    if (keeps == Keeps::all_but_panels && parts.panel)
      return Refusal{3, name + " is a police and crime panel, and " + lowered(role_of(grant)) +
                            " does not reach panels. Ask the panel's support officer, or a system administrator."};
    if (keeps == Keeps::panels && parts.other)
      return Refusal{3, name + " is not a police and crime panel, and " + lowered(role_of(grant)) +
                            " reaches panels alone. Ask whoever keeps the register there, or a system administrator."};
    const Date day = day_of(fact, today_);
    if (all.exists(body) && !keeps_body(grant, all, body, day)) return Refusal{4, outside(grant, all, body, day)};
  }
  if (fact.kind != FactKind::area || !complete || is_everywhere(grant) || (before && before->value == fact.value))
    return {};
  const Date day = day_of(fact, today_);
  const Reach reach = reach_on(all);
  if (reach.reaches(grant, Whose::of_area(fact.value), day)) return {};
  if (!reach.ground().has_area(fact.value)) return {};  // the command says that there is no such area
  return Refusal{4, role_of(grant) + " reaches " + where(grant, all) + ", and not the area " +
                        named_area(reach.ground(), fact.value, day) +
                        ". Ask whoever keeps the register there, or a system administrator."};
}

Scope::Verdict Scope::judge(const Grant& grant, Keeps keeps, const Register& all, const std::vector<Step>& steps,
                            std::size_t which) const {
  const Step& step = steps[which];
  const Fact* fact = step.after ? step.after : step.before;
  if (keeps == Keeps::nothing)
    return Refusal{
        0, role_of(grant) +
               " does not change the register of bodies. Ask whoever keeps it there, or a system administrator."};
  if (keeps == Keeps::everything || !fact) return {};
  if (is_general(fact->kind))
    return Refusal{
        1, "Kinds of bodies, functions, rules and bank holidays are for every area. Ask a system administrator."};
  const bool own_side =
      (!step.before || on_own_side(all, keeps, *step.before)) && (!step.after || on_own_side(all, keeps, *step.after));
  Verdict own = own_side ? judge_own(grant, all, steps, which) : Verdict(Refusal{});
  if (!own || keeps == Keeps::own_organisation) return own;
  if (step.before)
    if (Verdict refusal = judge_version(grant, keeps, all, *step.before, step.before, true)) return refusal;
  if (step.after) return judge_version(grant, keeps, all, *step.after, step.before, true);
  return {};
}

Status Scope::ask(const std::function<Verdict(const Grant&)>& judge_grant) const {
  if (actor_.trusted()) return {};
  if (!actor_.signed_in())
    return forbidden(tr("Changing the register of bodies is for people who have a role for it. Sign in first."));
  Refusal nearest{-1, "You have no role that changes the register of bodies. Ask an administrator for one."};
  for (const Grant& grant : actor_.grants()) {
    Verdict refusal = judge_grant(grant);
    if (!refusal) return {};
    if (refusal->near > nearest.near) nearest = std::move(*refusal);
  }
  return forbidden(std::move(nearest.sentence));
}

Status Scope::may(const Register& all, const std::vector<Step>& steps, std::size_t which) const {
  return ask([&](const Grant& grant) { return judge(grant, scope_of(grant.role).edits, all, steps, which); });
}

Status Scope::may_begin(const Register& all, FactKind kind, const std::string& body) const {
  return ask([&](const Grant& grant) -> Verdict {
    Fact fact;
    fact.kind = kind;
    fact.body = body;
    const Keeps keeps = scope_of(grant.role).edits;
    if (keeps == Keeps::everything) return {};
    if (kind == FactKind::post && keeps != Keeps::nothing) {  // a seat is not its organisation's to enter, a post is
      Fact own = fact;
      if (body.empty()) own.body = heir_of(all, body_of_organisation(grant.organisation), today_).code;
      if (on_own_side(all, keeps, own) && !judge_own(grant, all, {{nullptr, &own}}, 0)) return {};
    }
    if (keeps == Keeps::nothing || keeps == Keeps::own_organisation)
      return judge(grant, keeps, all, {{nullptr, &fact}}, 0);
    if (kind == FactKind::body) return {};
    return judge_version(grant, keeps, all, fact, nullptr, false);
  });
}

Status Scope::may_import() const {
  return ask([](const Grant& grant) -> Verdict {
    if (scope_of(grant.role).imports == Keeps::nothing)
      return Refusal{0, role_of(grant) + " does not import or undo. Ask a system administrator."};
    if (is_everywhere(grant)) return {};
    return Refusal{1,
                   "Importing and undoing reach every area, and your role is for some areas only. Ask somebody who has "
                   "it for all."};
  });
}

Status Scope::may_import(const Register& all, const Step& step) const {
  return ask([&](const Grant& grant) -> Verdict {
    const Keeps keeps = scope_of(grant.role).imports;
    if (keeps == Keeps::nothing || !is_everywhere(grant))
      return Refusal{0, role_of(grant) + " does not import or undo. Ask a system administrator."};
    for (const Fact* fact : {step.before, step.after})
      if (fact && keeps != Keeps::everything && !is_general(fact->kind))
        if (Verdict refusal = judge_version(grant, keeps, all, *fact, fact, true)) return refusal;
    return {};
  });
}

}  // namespace tithing::bodies
