#include "slices/register/succession.h"

#include <doctest/doctest.h>
#include <algorithm>

#include "slices/register/sample_snapshot.h"

using namespace tithing;
using namespace tithing::register_;

namespace {

LookUp look_up(int year, std::vector<LookUpRow> rows) {
  LookUp out;
  out.on = Date::from_ymd(year, 12, 31);
  out.rows = std::move(rows);
  return out;
}

LookUpRow row(const char* district, const char* district_name, const char* partnership, const char* partnership_name) {
  return {district, district_name, partnership, partnership_name, "E23000016", "West Mercia"};
}

using Codes = std::vector<std::string>;

const ProposedSuccession* find(const std::vector<ProposedSuccession>& all, AreaKind area_kind, SuccessionKind kind,
                               const Codes& from, const Codes& to) {
  for (const ProposedSuccession& p : all)
    if (p.succession.area_kind == area_kind && p.succession.kind == kind && p.succession.predecessors == from &&
        p.succession.successors == to)
      return &p;
  return nullptr;
}

constexpr auto kDistrict = AreaKind::district;
constexpr auto kPartnership = AreaKind::community_safety_partnership;

}  // namespace

TEST_CASE("nothing changed, nothing proposed") {
  const auto a = look_up(2018, {row("E07000001", "One", "E22000001", "Alpha")});
  const auto b = look_up(2019, {row("E07000001", "One", "E22000001", "Alpha")});
  CHECK(derive(a, b, {}, {}).empty());
}

TEST_CASE("the same code under another name is renamed") {
  const auto a = look_up(2018, {row("E07000001", "One", "E22000001", "Alpha")});
  const auto b = look_up(2019, {row("E07000001", "Uno", "E22000001", "Beta")});
  const auto found = derive(a, b, {}, {});
  REQUIRE(found.size() == 2);
  const ProposedSuccession* district = find(found, kDistrict, SuccessionKind::renamed, {"E07000001"}, {"E07000001"});
  REQUIRE(district);
  CHECK(district->succession.evidence.find("was called One, then Uno") != std::string::npos);
  CHECK(district->succession.review == Succession::Review::proposed);
  CHECK_FALSE(district->succession.on.has_value());
  CHECK(district->after == a.on);
  CHECK(district->by == b.on);
}

TEST_CASE("another code under the same name is recoded; under another name it is replaced") {
  const auto a =
      look_up(2018, {row("E07000001", "One", "E22000001", "Alpha"), row("E07000002", "Two", "E22000002", "Gamma")});
  const auto b =
      look_up(2019, {row("E07000011", "One", "E22000001", "Alpha"), row("E07000012", "Zwei", "E22000002", "Gamma")});
  const auto found = derive(a, b, {}, {});
  CHECK(found.size() == 2);
  CHECK(find(found, kDistrict, SuccessionKind::recoded, {"E07000001"}, {"E07000011"}));
  CHECK(find(found, kDistrict, SuccessionKind::replaced, {"E07000002"}, {"E07000012"}));
}

TEST_CASE("districts and partnerships merge and split") {
  const auto two =
      look_up(2018, {row("E07000001", "One", "E22000001", "Alpha"), row("E07000002", "Two", "E22000002", "Beta")});
  const auto joined_up = look_up(2019, {row("E07000001", "One", "E22000009", "Alpha and Beta"),
                                        row("E07000002", "Two", "E22000009", "Alpha and Beta")});
  const auto merged = derive(two, joined_up, {}, {});
  REQUIRE(merged.size() == 1);
  CHECK(find(merged, kPartnership, SuccessionKind::merged, {"E22000001", "E22000002"}, {"E22000009"}));
  const auto split = derive(joined_up, two, {}, {});
  CHECK(find(split, kPartnership, SuccessionKind::split, {"E22000009"}, {"E22000001", "E22000002"}));
}

TEST_CASE("a partnership that takes over another's territory under its own code is among its own predecessors") {
  const auto a =
      look_up(2018, {row("E07000001", "One", "E22000001", "Alpha"), row("E07000002", "Two", "E22000002", "Beta")});
  const auto b =
      look_up(2019, {row("E07000001", "One", "E22000001", "Alpha"), row("E07000002", "Two", "E22000001", "Alpha")});
  const auto found = derive(a, b, {}, {});
  REQUIRE(found.size() == 1);
  CHECK(find(found, kPartnership, SuccessionKind::merged, {"E22000001", "E22000002"}, {"E22000001"}));
}

TEST_CASE("what vanishes without a trace is said to vanish") {
  const auto a =
      look_up(2018, {row("E07000001", "One", "E22000001", "Alpha"), row("E07000002", "Two", "E22000002", "Beta")});
  const auto b = look_up(2019, {row("E07000001", "One", "E22000001", "Alpha")});
  const auto found = derive(a, b, {}, {});
  const ProposedSuccession* gone = find(found, kDistrict, SuccessionKind::replaced, {"E07000002"}, {});
  REQUIRE(gone);
  CHECK(gone->succession.evidence.find("do not show what became of it") != std::string::npos);
}

TEST_CASE("the real look-ups: every change of districts and partnerships between 2017 and 2022") {
  const auto all = sample_successions();
  // 2017 to 2018: one name.
  CHECK(find(all, kDistrict, SuccessionKind::renamed, {"E07000112"}, {"E07000112"}));
  // 2018 to 2019: six new districts out of fourteen.
  CHECK(find(all, kDistrict, SuccessionKind::merged, {"E07000205", "E07000206"}, {"E07000244"}));
  CHECK(find(all, kDistrict, SuccessionKind::merged, {"E07000201", "E07000204"}, {"E07000245"}));
  CHECK(find(all, kDistrict, SuccessionKind::merged, {"E07000190", "E07000191"}, {"E07000246"}));
  CHECK(find(all, kDistrict, SuccessionKind::merged, {"E06000028", "E06000029", "E07000048"}, {"E06000058"}));
  CHECK(find(all, kDistrict, SuccessionKind::merged, {"E07000049", "E07000050", "E07000051", "E07000052", "E07000053"},
             {"E06000059"}));
  // 2019 to 2022: three counties.
  CHECK(find(all, kDistrict, SuccessionKind::merged, {"E07000150", "E07000152", "E07000153", "E07000156"},
             {"E06000061"}));
  CHECK(find(all, kDistrict, SuccessionKind::merged, {"E07000151", "E07000154", "E07000155"}, {"E06000062"}));
  CHECK(find(all, kDistrict, SuccessionKind::merged, {"E07000004", "E07000005", "E07000006", "E07000007"},
             {"E06000060"}));
  CHECK(find(all, kPartnership, SuccessionKind::merged, {"E22000233", "E22000235", "E22000236", "E22000239"},
             {"E22000233"}));
  CHECK(find(all, kPartnership, SuccessionKind::merged, {"E22000237", "E22000357"}, {"E22000237"}));
  CHECK(find(all, kPartnership, SuccessionKind::merged, {"E22000303", "E22000306", "E22000311", "E22000318"},
             {"E22000303"}));
  CHECK(find(all, kPartnership, SuccessionKind::merged, {"E22000274", "E22000278"}, {"E22000274"}));
  CHECK(find(all, kPartnership, SuccessionKind::merged, {"E22000063", "E22000067"}, {"E22000063"}));
  // And nothing else, but the two that papers tell of.
  std::size_t from_look_ups = 0;
  for (const ProposedSuccession& p : all) {
    CHECK(p.succession.review == Succession::Review::proposed);
    from_look_ups += p.origin.compare(0, 8, "look-ups") == 0 ? 1 : 0;
  }
  CHECK(from_look_ups == 14);
  CHECK(all.size() == 16);
  CHECK(find(all, kPartnership, SuccessionKind::merged, {"X-bromsgrove-csp", "X-redditch-csp", "X-wyre-forest-csp"},
             {"E22000368"}));
}

TEST_CASE("a succession in words") {
  Succession s;
  s.kind = SuccessionKind::merged;
  s.predecessors = {"X-a", "X-b", "X-c"};
  s.successors = {"E22000368"};
  s.on = Date::from_ymd(2012, 4, 1);
  CHECK(sentence(s, {{"X-a", "Bromsgrove"},
                     {"X-b", "Redditch"},
                     {"X-c", "Wyre Forest"},
                     {"E22000368", "North Worcestershire"}}) ==
        "Bromsgrove (X-a), Redditch (X-b) and Wyre Forest (X-c) became one: North Worcestershire (E22000368), 1 April "
        "2012.");
}

TEST_CASE("a day must lie within what is known") {
  const Date after = Date::from_ymd(2018, 12, 31);
  const Date by = Date::from_ymd(2019, 12, 31);
  CHECK(date_fault(after, by, Date::from_ymd(2019, 4, 1)).empty());
  CHECK(date_fault(after, by, by).empty());
  CHECK_FALSE(date_fault(after, by, after).empty());
  CHECK_FALSE(date_fault(after, by, Date::from_ymd(2020, 1, 1)).empty());
  CHECK(date_fault(std::nullopt, std::nullopt, after).empty());
}
