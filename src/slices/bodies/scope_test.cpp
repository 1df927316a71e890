// Whose records a person may change: the rule alone, over an invented register of two forces.
#include "slices/bodies/scope.h"

#include "slices/bodies/ground.h"
#include "support/source_dir.h"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <map>

#include "base/organisation.h"
#include "slices/bodies/bodies.h"
#include "slices/register/register.h"
#include "slices/wiring.h"

using namespace tithing;
using namespace tithing::bodies;

namespace {

const Date kToday = Date::from_ymd(2026, 11, 22);
const Date kOld = Date::from_ymd(2008, 4, 1);
const Date kMoved = Date::from_ymd(2020, 4, 1);

// Force F1 of partnerships P1 (districts D1, D2) and P2; force F2 of P3. District D2 lay in P2 until the moving day.
class TwoForces : public register_::Areas {
 public:
  TwoForces() {
    for (const char* code : {"F1", "F2", "P1", "P2", "P3", "D1", "D2"}) {
      register_::Area area;
      area.code = code;
      area.name = std::string("Area ") + code;
      areas_[code] = area;
    }
  }
  std::int64_t version() const override { return 1; }
  const register_::Area* find(std::string_view code) const override {
    const auto found = areas_.find(std::string(code));
    return found == areas_.end() ? nullptr : &found->second;
  }
  bool in_force(const register_::Area&, Date) const override { return true; }
  std::vector<const register_::Area*> of_kind(register_::AreaKind, Date) const override { return {}; }
  std::string name_at(const register_::Area& area, Date) const override { return area.name; }
  std::vector<NamePeriod> names(std::string_view) const override { return {}; }
  std::vector<const register_::Area*> constituents(std::string_view, register_::AreaKind, Date) const override {
    return {};
  }
  std::shared_ptr<const LsoaSet> lsoas(std::string_view, Date) const override { return std::make_shared<LsoaSet>(); }
  const register_::Area* force_of(std::string_view code, Date) const override {
    return find(code == "P3" || code == "F2" ? "F2" : "F1");
  }
  const register_::Area* partnership_of(std::string_view code, Date day) const override {
    if (code == "D1") return find("P1");
    if (code == "D2") return find(day < kMoved ? "P2" : "P1");
    return nullptr;
  }
  const register_::Area* district_of(std::string_view, Date) const override { return nullptr; }
  std::vector<register_::Succession> successions_of(std::string_view) const override { return {}; }
  std::vector<register_::Succession> successions() const override { return {}; }
  const Fit* fit(std::string_view) const override { return nullptr; }
  std::vector<const register_::Area*> search(std::string_view, int) const override { return {}; }
  std::vector<std::string> sources() const override { return {}; }

 private:
  std::map<std::string, register_::Area> areas_;
};

struct House {
  House() {
    for (const auto& [code, kind] : {std::pair{"one", "csp"},
                                     {"two", "csp"},
                                     {"three", "csp"},
                                     {"town", "council"},
                                     {"panel", "police-and-crime-panel"},
                                     {"pcc", "police-and-crime-commissioner"},
                                     {"hub", "county-strategy-group"},
                                     {"spoke", "local-delivery-group"},
                                     {"fire", "fire-and-rescue-authority"}}) {
      all.add({.kind = FactKind::body, .body = code, .role = kind, .from = kOld});
      all.add({.kind = FactKind::name, .body = code, .value = std::string("Body ") + code, .from = kOld});
    }
    for (const auto& [code, area] : {std::pair{"one", "P1"},
                                     {"two", "P2"},
                                     {"three", "P3"},
                                     {"town", "D2"},
                                     {"panel", "F1"},
                                     {"pcc", "F1"},
                                     {"hub", "F2"},
                                     {"spoke", "P2"}})
      all.add({.kind = FactKind::area, .body = code, .value = area, .from = kOld});
    all.add({.kind = FactKind::membership,
             .body = "one",
             .other = "fire",
             .role = "member",
             .value = "Officer",
             .from = kOld});
  }
  Actor actor(Role role, const std::string& body, const std::string& area) const {
    return Actor::account(1, "A", {{role, body.empty() ? std::string() : organisation_of_body(body), area}}, table);
  }
  Status may(Role role, const std::string& body, const std::string& area, const Step& step) const {
    return Scope(actor(role, body, area), kToday, areas).may(all, step);
  }
  bool name(Role role, const std::string& body, const std::string& area, const std::string& target,
            std::optional<Date> from = kMoved, std::optional<Date> to = {}) const {
    const Fact fact{.kind = FactKind::name, .body = target, .value = "New", .from = from, .to = to};
    return may(role, body, area, {nullptr, &fact}).has_value();
  }
  FactPointer seat() const { return all.find("one")->of(FactKind::membership).front(); }
  Register all;
  PermissionTable table;
  std::shared_ptr<const TwoForces> areas = std::make_shared<TwoForces>();
};

constexpr Role kManager = Role::partnership_manager;
constexpr Role kCounty = Role::county_strategy_officer;
constexpr Role kSupport = Role::panel_support_officer;
constexpr Role kAuthority = Role::responsible_authority_representative;

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("own area's bodies: the area, areas within it, on the fact's day, and no others") {
  House house;
  CHECK(house.name(kManager, "", "P1", "one"));
  CHECK(house.name(kManager, "", "F1", "one"));
  CHECK(house.name(kManager, "", "", "one"));
  CHECK_FALSE(house.name(kManager, "", "P1", "two"));
  CHECK_FALSE(house.name(kManager, "", "P1", "three"));
  CHECK_FALSE(house.name(kManager, "", "D1", "one"));  // a part of its area is not its area
  CHECK(house.name(kManager, "one", "", "one"));
  CHECK_FALSE(house.name(kManager, "one", "", "two"));
  // The town's district lay in P2, and lies in P1: what is over is P2's, what reaches into today is P1's.
  CHECK(house.name(kManager, "", "P1", "town", kOld));
  CHECK(house.name(kManager, "one", "", "town", kOld));
  CHECK_FALSE(house.name(kManager, "", "P2", "town", kOld));
  CHECK(house.name(kManager, "", "P2", "town", kOld, kMoved));
  CHECK_FALSE(house.name(kManager, "", "P1", "town", kOld, kMoved));
  // Both the version that goes and the one that comes.
  const Fact mine{.kind = FactKind::name, .body = "one", .value = "New", .from = kMoved};
  const Fact theirs{.kind = FactKind::name, .body = "two", .value = "New", .from = kMoved};
  CHECK_FALSE(house.may(kManager, "", "P1", {&theirs, &mine}).has_value());
  CHECK_FALSE(house.may(kManager, "", "P1", {&mine, &theirs}).has_value());
  CHECK_FALSE(house.may(kManager, "", "P1", {&theirs, nullptr}).has_value());
  const Fact wider{.kind = FactKind::area, .body = "one", .value = "P2", .from = kMoved};
  CHECK_FALSE(house.may(kManager, "", "P1", {nullptr, &wider}).has_value());
  CHECK(house.may(kManager, "", "F1", {nullptr, &wider}).has_value());
  const Fact merger{
      .kind = FactKind::succession, .body = "one;two", .other = "three", .role = "merged", .from = kMoved};
  CHECK_FALSE(house.may(kManager, "", "F1", {nullptr, &merger}).has_value());
  CHECK(house.may(kManager, "", "", {nullptr, &merger}).has_value());
  const std::string refusal = house.may(kManager, "", "P1", {nullptr, &theirs}).error().message;
  CHECK(has(refusal,
            "Your role as partnership manager reaches Area P1 (P1), and not Body two, which serves Area P2 (P2)"));
  CHECK(has(refusal, "Ask "));
}

TEST_CASE("a body without an area is kept where it sits, by who reaches all of that") {
  House house;
  CHECK(house.name(kManager, "", "P1", "fire"));
  CHECK_FALSE(house.name(kManager, "", "P2", "fire"));
  house.all.add({.kind = FactKind::membership, .body = "three", .other = "fire", .role = "member", .from = kOld});
  CHECK_FALSE(house.name(kManager, "", "P1", "fire"));
  CHECK_FALSE(house.name(kManager, "", "F1", "fire"));
  CHECK(house.name(kManager, "", "", "fire"));
  house.all.add({.kind = FactKind::body, .body = "fresh", .role = "forum", .from = kMoved});
  CHECK(house.name(kManager, "", "P1", "fresh"));
}

TEST_CASE("a hub covers its spokes on the day, also across the border of its area; a manager's organisation does not") {
  House house;
  CHECK_FALSE(house.name(kCounty, "hub", "", "spoke"));
  CHECK(house.name(kCounty, "hub", "", "three"));  // the hub's own area
  house.all.add({.kind = FactKind::parent, .body = "spoke", .other = "one", .role = "community-safety", .from = kOld});
  house.all.add({.kind = FactKind::parent,
                 .body = "one",
                 .other = "hub",
                 .role = "community-safety",
                 .from = kOld,
                 .to = kMoved});
  house.all.add({.kind = FactKind::parent, .body = "one", .other = "two", .role = "community-safety", .from = kMoved});
  CHECK(house.name(kCounty, "hub", "", "spoke", kOld, kMoved));
  CHECK(house.name(kCounty, "hub", "", "one", kOld, kMoved));
  CHECK_FALSE(house.name(kCounty, "hub", "", "spoke"));  // since the moving day it hangs elsewhere
  CHECK(house.name(kCounty, "two", "", "spoke"));
  CHECK_FALSE(house.name(kManager, "hub", "", "one", kOld, kMoved));
  CHECK_FALSE(house.name(kCounty, "hub", "", "panel"));
}

TEST_CASE("the panel's records apart from the partnership's") {
  House house;
  CHECK(house.name(kSupport, "panel", "", "panel"));
  CHECK(house.name(kSupport, "", "F1", "panel"));
  CHECK_FALSE(house.name(kSupport, "", "F2", "panel"));
  for (const char* other : {"one", "pcc", "hub", "town"}) {
    CHECK_FALSE(house.name(kSupport, "panel", "", other));
    CHECK_FALSE(house.name(kSupport, "", "", other));
  }
  for (const Role role : {kManager, kCounty, Role::commissioning_officer}) {
    CHECK_FALSE(house.name(role, "", "", "panel"));
    CHECK_FALSE(house.name(role, "panel", "", "panel"));
    CHECK(house.name(role, "", "F1", "pcc"));
  }
  CHECK(house.name(Role::system_administrator, "", "F2", "panel"));
  // Nor by the way of another kind, or of a new one.
  const Fact turned{.kind = FactKind::body, .body = "panel", .role = "csp", .from = kMoved};
  CHECK_FALSE(house.may(kManager, "", "", {nullptr, &turned}).has_value());
  const Fact made{.kind = FactKind::body, .body = "new-panel", .role = "police-and-crime-panel", .from = kMoved};
  CHECK_FALSE(house.may(kManager, "", "", {nullptr, &made}).has_value());
  CHECK(house.may(kSupport, "", "F1", {nullptr, &made}).has_value());
  house.all.add(
      {.kind = FactKind::kind, .role = "fire-panel", .value = "police, fire and crime panel", .detail = "panel"});
  const Fact newer{.kind = FactKind::body, .body = "new-panel", .role = "fire-panel", .from = kMoved};
  CHECK_FALSE(house.may(kManager, "", "", {nullptr, &newer}).has_value());
  CHECK(house.may(kSupport, "", "F1", {nullptr, &newer}).has_value());
  const std::string refusal = house.may(kManager, "", "", {nullptr, &made}).error().message;
  CHECK(has(refusal, "police and crime panel"));
  CHECK(has(refusal, "Ask the panel's support officer"));
}

TEST_CASE("one's own organisation: its posts, who sits in its seats; not the seats, and nothing of others") {
  House house;
  const Fact post{.kind = FactKind::post, .body = "fire", .value = "Chief Fire Officer", .from = kMoved};
  const Fact other_post{.kind = FactKind::post, .body = "one", .value = "Chair", .from = kMoved};
  CHECK(house.may(kAuthority, "fire", "", {nullptr, &post}).has_value());
  CHECK(house.may(Role::grant_recipient, "fire", "", {nullptr, &post}).has_value());
  CHECK(house.may(kAuthority, "fire", "", {&post, nullptr}).has_value());
  CHECK_FALSE(house.may(kAuthority, "fire", "", {nullptr, &other_post}).has_value());
  CHECK_FALSE(house.may(kAuthority, "", "", {nullptr, &post}).has_value());  // words are no organisation
  CHECK_FALSE(house.name(kAuthority, "fire", "", "fire"));
  CHECK_FALSE(house.may(kManager, "fire", "P3", {nullptr, &other_post}).has_value());
  CHECK(house.may(kManager, "fire", "P3", {nullptr, &post}).has_value());

  const FactPointer seat = house.seat();
  Fact sits = *seat;
  sits.value = "Deputy";
  sits.holder = "A public office-holder";
  CHECK(house.may(kAuthority, "fire", "", {seat.get(), &sits}).has_value());
  CHECK_FALSE(house.may(kAuthority, "town", "", {seat.get(), &sits}).has_value());
  CHECK_FALSE(house.may(kAuthority, "fire", "", {nullptr, &sits}).has_value());
  CHECK_FALSE(house.may(kAuthority, "fire", "", {seat.get(), nullptr}).has_value());
  for (auto change :
       {+[](Fact& f) { f.role = "chair"; }, +[](Fact& f) { f.other = "town"; }, +[](Fact& f) { f.body = "two"; },
        +[](Fact& f) { f.to = kMoved; }, +[](Fact& f) { f.from = kMoved; }}) {
    Fact wrong = sits;
    change(wrong);
    CHECK_FALSE(house.may(kAuthority, "fire", "", {seat.get(), &wrong}).has_value());
    CHECK_FALSE(house.may(kAuthority, "fire", "", {&wrong, &sits}).has_value());
  }
  // From a day on somebody else sits there: the seat ends and goes on.
  Fact ending = *seat;
  ending.to = kMoved;
  Fact fresh = sits;
  fresh.from = kMoved;
  fresh.record = fresh.id = 0;
  const Scope scope(house.actor(kAuthority, "fire", ""), kToday, house.areas);
  std::vector<Step> steps{{seat.get(), &ending}, {nullptr, &fresh}};
  CHECK(scope.may(house.all, steps, 0).has_value());
  CHECK(scope.may(house.all, steps, 1).has_value());
  Fact longer = fresh;
  longer.to = kToday;
  steps[1].after = &longer;
  CHECK_FALSE(scope.may(house.all, steps, 0).has_value());
  CHECK_FALSE(scope.may(house.all, steps, 1).has_value());
  const std::string refusal = house.may(kAuthority, "fire", "", {seat.get(), nullptr}).error().message;
  CHECK(has(refusal, "who of Body fire sits in a seat"));
  CHECK(has(refusal, "whoever keeps Body one"));
}

TEST_CASE("a grant follows its organisation to one successor, and to none after a split or an end") {
  House house;
  const auto over = [&](const char* code) {
    const FactPointer body = house.all.find(code)->of(FactKind::body).front();
    Fact ended = *body;
    ended.to = kMoved;
    house.all.remove(body->record);
    house.all.add(ended);
  };
  CHECK(heir_of(house.all, "two", kToday).code == "two");
  CHECK(heir_of(house.all, "two", kToday).what_became.empty());
  over("two");
  CHECK(heir_of(house.all, "two", kToday).code.empty());
  CHECK(has(heir_of(house.all, "two", kToday).what_became, "has ended without a successor"));
  CHECK_FALSE(house.name(kManager, "two", "", "two", kOld, kMoved));
  house.all.add({.kind = FactKind::succession, .body = "two", .other = "one", .role = "merged", .from = kMoved});
  CHECK(heir_of(house.all, "two", kToday).code == "one");
  CHECK(heir_of(house.all, "two", kMoved.plus_days(-1)).code == "two");
  CHECK(has(heir_of(house.all, "two", kToday).what_became,
            "Body two became Body one on 1 April 2020: the role holds there."));
  CHECK(house.name(kManager, "two", "", "one"));
  CHECK(house.name(kManager, "two", "", "two", kOld, kMoved));  // and keeps the former records
  CHECK(house.name(kManager, "", "P1", "two", kOld, kMoved));   // so does whoever keeps the successor
  over("three");
  house.all.add(
      {.kind = FactKind::succession, .body = "three", .other = "one=60;town=40", .role = "split", .from = kMoved});
  CHECK(heir_of(house.all, "three", kToday).code.empty());
  CHECK(has(heir_of(house.all, "three", kToday).what_became, "was split on 1 April 2020 into Body one and Body town"));
  for (const char* target : {"one", "town", "three", "hub", "fire"})
    CHECK_FALSE(house.name(kManager, "three", "", target));
  CHECK(has(house.may(kManager, "three", "", {nullptr, house.seat().get()}).error().message, "was split"));
  CHECK(heir_of(house.all, "nobody", kToday).code.empty());
  CHECK_FALSE(house.name(kManager, "nobody", "", "one"));  // an organisation that is not there is not everywhere
}

TEST_CASE("what roles may import, and that the roles' table, the permissions and the guide say the same") {
  House house;
  const Fact panel{.kind = FactKind::name, .body = "panel", .value = "New", .from = kMoved};
  const Fact one{.kind = FactKind::name, .body = "one", .value = "New", .from = kMoved};
  const Fact kind{.kind = FactKind::kind, .role = "k", .value = "kind"};
  const auto imports = [&](Role role, const std::string& body, const std::string& area, const Fact& fact) {
    const Scope scope(house.actor(role, body, area), kToday, house.areas);
    CHECK((!scope.may_import(house.all, {nullptr, &fact}).has_value() || scope.may_import().has_value()));
    return scope.may_import(house.all, {nullptr, &fact}).has_value();
  };
  CHECK(imports(Role::performance_analyst, "", "", panel));
  CHECK(imports(kCounty, "", "", one));
  CHECK(imports(kCounty, "", "", kind));
  CHECK_FALSE(imports(kCounty, "", "", panel));
  CHECK_FALSE(imports(kCounty, "hub", "", one));
  CHECK_FALSE(imports(kCounty, "", "P1", one));
  CHECK_FALSE(imports(kManager, "", "", one));
  CHECK(imports(Role::system_administrator, "", "", panel));
  CHECK_FALSE(Scope(Actor::nobody(), kToday, house.areas).may(house.all, {nullptr, &one}).has_value());
  CHECK_FALSE(
      Scope(Actor::account(1, "A", {}, house.table), kToday, house.areas).may(house.all, {nullptr, &one}).has_value());

  Wiring wiring;
  auto& areas = register_::register_slice(wiring);
  register_slice(wiring, areas);
  for (int r = 0; r < kRoleCount; ++r) {
    const RoleScope& scope = role_scopes()[static_cast<std::size_t>(r)];
    CAPTURE(name_of(scope.role));
    CHECK(scope.role == static_cast<Role>(r));
    CHECK(wiring.permissions.holds(scope.role, kEditOwnBodies.name) == (scope.edits != Keeps::nothing));
    CHECK(wiring.permissions.holds(scope.role, kEditBodies.name) ==
          (scope.edits != Keeps::nothing && scope.edits != Keeps::own_organisation));
    CHECK(wiring.permissions.holds(scope.role, kImportBodies.name) == (scope.imports != Keeps::nothing));
    const Fact post{.kind = FactKind::post, .body = "one", .value = "Chair", .from = kMoved};
    CHECK(house.may(scope.role, "one", "", {nullptr, &post}).has_value() ==
          (scope.edits != Keeps::nothing && scope.edits != Keeps::panels));
  }
  std::ifstream file(tests::source_dir() + "/docs/guide/register.md");
  const std::string guide((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  CHECK_MESSAGE(has(guide, scope_table()), "docs/guide/register.md must hold this table:\n" << scope_table());
}
