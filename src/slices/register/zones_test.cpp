// Zones by hand: one LSOA that stays, one that is split, two that are merged, two that are divided anew; then the real
// fit.
#include "slices/register/zones.h"

#include <doctest/doctest.h>
#include <algorithm>
#include <map>
#include <set>

#include "base/random.h"
#include "slices/register/sample_snapshot.h"

using namespace tithing;
using namespace tithing::register_;

namespace {

using Codes = std::vector<std::string>;

// U: E01000001. S: E01000002 into 901, 902. M: 003 and 004 into 903. X: 005 and 006 into 904 and 905, where 006 gave to
// both.
LsoaTable by_hand() {
  ExactFit fit;
  const auto row = [&](const char* old, const char* now, char change) {
    fit.rows.push_back(
        {old, std::string("Town ") + (old + 6), now, std::string("Town ") + (now + 6), "E07000001", change});
  };
  row("E01000001", "E01000001", 'U');
  row("E01000002", "E01000901", 'S');
  row("E01000002", "E01000902", 'S');
  row("E01000003", "E01000903", 'M');
  row("E01000004", "E01000903", 'M');
  row("E01000005", "E01000904", 'X');
  row("E01000006", "E01000904", 'X');
  row("E01000006", "E01000905", 'X');
  return LsoaTable(fit);
}

ZoneAnswer asked(const LsoaTable& table, const Codes& codes) {
  return answer_for(codes, [&](std::string_view code) { return table.zone_of(code); });
}

std::string no_name(std::string_view) { return {}; }

constexpr Vintages kOld{true, false}, kNew{false, true}, kBoth{true, true};

}  // namespace

TEST_CASE("zones: what an LSOA of either census belongs to") {
  const LsoaTable table = by_hand();
  CHECK(table.zone_of("E01000001") == Zone{{"E01000001"}, {"E01000001"}, 'U'});
  const Zone split{{"E01000002"}, {"E01000901", "E01000902"}, 'S'};
  for (const char* code : {"E01000002", "E01000901", "E01000902"}) CHECK(table.zone_of(code) == split);
  const Zone merged{{"E01000003", "E01000004"}, {"E01000903"}, 'M'};
  for (const char* code : {"E01000003", "E01000004", "E01000903"}) CHECK(table.zone_of(code) == merged);
  // A chain: 905 came of 006 alone, 006 went into 904 too, and 904 took 005.
  const Zone anew{{"E01000005", "E01000006"}, {"E01000904", "E01000905"}, 'X'};
  for (const char* code : {"E01000005", "E01000006", "E01000904", "E01000905"}) CHECK(table.zone_of(code) == anew);
  CHECK_FALSE(table.zone_of("E01000007"));
}

TEST_CASE("zones: which files can answer, by hand") {
  const LsoaTable table = by_hand();
  struct Case {
    Codes codes;
    bool in_2011, in_2021;
    Codes counted;    // whose rows count
    Codes completed;  // what can be asked instead
  };
  const Case cases[] = {
      {{"E01000001"}, true, true, {"E01000001"}, {}},
      // The whole of what was split, by its old code or by both new ones.
      {{"E01000002"}, true, true, {"E01000002", "E01000901", "E01000902"}, {}},
      {{"E01000901", "E01000902"}, true, true, {"E01000002", "E01000901", "E01000902"}, {}},
      {{"E01000002", "E01000901"}, true, true, {"E01000002", "E01000901", "E01000902"}, {}},
      // One half only.
      {{"E01000901"}, false, true, {"E01000901"}, {"E01000901", "E01000902"}},
      // The whole of what was merged, and one part of it.
      {{"E01000903"}, true, true, {"E01000003", "E01000004", "E01000903"}, {}},
      {{"E01000003", "E01000004"}, true, true, {"E01000003", "E01000004", "E01000903"}, {}},
      {{"E01000003"}, true, false, {"E01000003"}, {"E01000003", "E01000004"}},
      // Neither split nor merged.
      {{"E01000005"}, true, false, {"E01000005"}, {"E01000005", "E01000006"}},
      {{"E01000905"}, false, true, {"E01000905"}, {"E01000904", "E01000905"}},
      {{"E01000005", "E01000006"}, true, true, {"E01000005", "E01000006", "E01000904", "E01000905"}, {}},
      {{"E01000005", "E01000905"}, false, false, {"E01000005", "E01000905"}, {"E01000005", "E01000006"}},
      // A half of one and a part of another: known in no month.
      {{"E01000901", "E01000003"},
       false,
       false,
       {"E01000003", "E01000901"},
       {"E01000003", "E01000004", "E01000901", "E01000902"}},
      {{"E01000001", "E01000901"}, false, true, {"E01000001", "E01000901"}, {"E01000001", "E01000901", "E01000902"}},
  };
  for (const Case& one : cases) {
    const std::string first = one.codes.front(), last = one.codes.back();
    CAPTURE(first);
    CAPTURE(last);
    const ZoneAnswer answer = asked(table, one.codes);
    CHECK(answer.in_2011 == one.in_2011);
    CHECK(answer.in_2021 == one.in_2021);
    CHECK(answer.codes() == one.counted);
    CHECK(answer.completed() == one.completed);
    CHECK(answer.answers(kOld) == one.in_2011);
    CHECK(answer.answers(kNew) == one.in_2021);
    CHECK(answer.answers(kBoth) == (one.in_2011 && one.in_2021));
    CHECK(answer.why(no_name).empty() == answer.whole());
    if (!one.completed.empty()) CHECK(asked(table, one.completed).whole());
  }
  CHECK(asked(table, {"E01000001", "E01000901"}).without_parts() == Codes{"E01000001"});
  CHECK(asked(table, {"E01000901"}).without_parts().empty());
  // Populations are of LSOAs of 2021: nothing is known of a part of a merged one.
  CHECK(asked(table, {"E01000002"}).of_2021() == Codes{"E01000901", "E01000902"});
  CHECK(asked(table, {"E01000901"}).of_2021() == Codes{"E01000901"});
  CHECK(asked(table, {"E01000003"}).of_2021().empty());
  CHECK(asked(table, {"E01000003", "E01000004"}).of_2021() == Codes{"E01000903"});
}

TEST_CASE("zones: why something cannot be counted is said with the LSOAs that decide it") {
  const LsoaTable table = by_hand();
  CHECK(asked(table, {"E01000901"}).why([](std::string_view code) { return code == "E01000002" ? "Town 002" : ""; }) ==
        "E01000901 is one of the 2 LSOAs of 2021 into which E01000002 (Town 002) was split: files until May 2023 do "
        "not tell them apart.");
  CHECK(asked(table, {"E01000003"}).why(no_name) ==
        "E01000003 is one of the 2 LSOAs of 2011 that were merged into E01000903: files from June 2023 on do not tell "
        "them apart.");
  CHECK(asked(table, {"E01000005"}).why(no_name) ==
        "E01000005 belongs to E01000005, E01000006 of 2011, which were divided anew into E01000904, E01000905 of 2021: "
        "no file says how much "
        "of one lay in another.");
}

TEST_CASE("zones: the places of an area that are the same in every month") {
  const LsoaTable table = by_hand();
  const ZoneOf zone_of = [&](std::string_view code) { return table.zone_of(code); };
  Areas::LsoaSet all;
  for (const auto& lsoa : table.of_2011()) all.lsoa_2011.push_back(lsoa.code);
  for (const auto& lsoa : table.of_2021()) all.lsoa_2021.push_back(lsoa.code);
  CHECK(comparable_zones(all, kOld, zone_of).zones.size() == 6);
  CHECK(comparable_zones(all, kNew, zone_of).zones.size() == 6);
  const ComparableZones both = comparable_zones(all, kBoth, zone_of);
  Codes codes;
  for (const ComparableZone& zone : both.zones) codes.push_back(zone.code());
  CHECK(codes == Codes{"E01000001", "E01000002", "E01000005,E01000006", "E01000903"});
  CHECK(both.cut.empty());
  // An area that holds one half only: the zone is no place of it.
  const ComparableZones half = comparable_zones({{"E01000001"}, {"E01000001", "E01000901"}, {}}, kBoth, zone_of);
  CHECK(half.zones.size() == 1);
  // In files of 2011 alone it is none either, and in those of 2021 the half is a place.
  CHECK(comparable_zones({{"E01000001"}, {"E01000001", "E01000901"}, {}}, kOld, zone_of).cut.size() == 1);
  CHECK(comparable_zones({{"E01000001"}, {"E01000001", "E01000901"}, {}}, kNew, zone_of).zones.size() == 2);
  CHECK(comparable_zones({{"E01000001"}, {"E01000001", "E01000901"}, {}}, kNew, zone_of).cut.empty());
  CHECK(comparable_zones(all, kOld, zone_of).cut.empty());
  REQUIRE(half.cut.size() == 1);
  CHECK(half.cut.front().change == 'S');
}

TEST_CASE("zones: whatever the fit, the sums over the zones are the sum of the rows") {
  for (std::uint64_t trial = 0; trial < 200; ++trial) {
    CAPTURE(trial);
    CounterRandom random(trial, 5);
    // Small plots of land, each in one LSOA of 2011 and one of 2021; what lies in both makes a row of the fit.
    const std::uint32_t plots = 3 + random.below(40), lsoas = 2 + random.below(12);
    std::vector<std::string> of_2011(plots), of_2021(plots);
    std::vector<int> rows_2011(plots), rows_2021(plots);
    std::set<std::pair<std::string, std::string>> links;
    for (std::uint32_t plot = 0; plot < plots; ++plot) {
      of_2011[plot] = "E0101" + std::to_string(1000 + random.below(lsoas));
      of_2021[plot] =
          "E0102" + std::to_string(1000 + (random.below(3) == 0 ? random.below(lsoas)
                                                                : std::stoi(of_2011[plot].substr(5)) % 1000));
      rows_2011[plot] = static_cast<int>(random.below(9));
      rows_2021[plot] = static_cast<int>(random.below(9));
      links.emplace(of_2011[plot], of_2021[plot]);
    }
    ExactFit fit;
    for (const auto& [old, now] : links) fit.rows.push_back({old, old, now, now, "E07000001", 'X'});
    const LsoaTable table(fit);
    const ZoneOf zone_of = [&](std::string_view code) { return table.zone_of(code); };
    Areas::LsoaSet all;
    for (const auto& lsoa : table.of_2011()) all.lsoa_2011.push_back(lsoa.code);
    for (const auto& lsoa : table.of_2021()) all.lsoa_2021.push_back(lsoa.code);
    const auto counted = [&](const Codes& codes) {
      int sum = 0;
      for (std::uint32_t plot = 0; plot < plots; ++plot) {
        if (std::binary_search(codes.begin(), codes.end(), of_2011[plot])) sum += rows_2011[plot];
        if (std::binary_search(codes.begin(), codes.end(), of_2021[plot])) sum += rows_2021[plot];
      }
      return sum;
    };
    int all_rows = 0;
    for (std::uint32_t plot = 0; plot < plots; ++plot) all_rows += rows_2011[plot] + rows_2021[plot];
    const ComparableZones zones = comparable_zones(all, kBoth, zone_of);
    int sum = 0;
    for (const ComparableZone& zone : zones.zones) {
      sum += counted(zone.codes());
      // Every plot of the zone lies in it in both censuses, and no smaller union of LSOAs of both does that.
      CHECK(asked(table, zone.of_2011).whole());
      CHECK(asked(table, zone.of_2021).whole());
    }
    CHECK(sum == all_rows);
    // What is said to be known in a month is what lies on the plots that were asked for.
    Codes some;
    for (const std::string& code : all.lsoa_2021)
      if (random.below(2) == 0) some.push_back(code);
    const ZoneAnswer answer = asked(table, some);
    int truth = 0;
    for (std::uint32_t plot = 0; plot < plots; ++plot)
      if (std::binary_search(some.begin(), some.end(), of_2021[plot])) truth += rows_2011[plot] + rows_2021[plot];
    if (answer.whole()) CHECK(counted(answer.codes()) == truth);
    if (!answer.whole()) CHECK_FALSE(answer.in_2011);
  }
}

TEST_CASE("zones: of the real fit, every LSOA in one zone and no more; its letters are those of the components") {
  const LsoaTable& table = *sample_lsoas();
  std::map<char, std::size_t> kinds;
  std::size_t old = 0, now = 0;
  for (const auto& lsoa : table.of_2011()) {
    const auto zone = table.zone_of(lsoa.code);
    REQUIRE(zone);
    CHECK(zone->change == lsoa.change);
    if (zone->of_2011.front() != lsoa.code) continue;
    ++kinds[zone->change];
    old += zone->of_2011.size();
    now += zone->of_2021.size();
  }
  CHECK(old == table.of_2011().size());
  CHECK(now == table.of_2021().size());
  CHECK(kinds == std::map<char, std::size_t>{{'M', 119}, {'S', 861}, {'U', 33'647}, {'X', 3}});
}
