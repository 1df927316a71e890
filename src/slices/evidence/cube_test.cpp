#include "slices/evidence/cube.h"

#include <map>
#include <numeric>

#include "base/hash.h"
#include "base/random.h"
#include "slices/evidence/evidence.h"
#include "slices/evidence/segment.h"
#include "slices/evidence/test_support.h"

using namespace tithing;
using namespace tithing::evidence;
using namespace tithing::evidence::testing;

namespace {

// Force-months drawn from a seed: sparse, with gaps, with rows that have no place. With an odd seed one of the
// categories is anti-social behaviour.
std::vector<ForceMonthCounts> drawn(std::uint64_t seed) {
  CounterRandom random(seed, 0);
  const std::vector<std::string> names = {"Burglary", "Drugs", "Robbery", "Shoplifting", "Vehicle crime"};
  std::vector<ForceMonthCounts> all;
  for (const char* force : {"alpha", "beta", "gamma"}) {
    for (int month = 0; month < 14; ++month) {
      if (random.below(5) == 0) continue;
      ForceMonthCounts counts;
      counts.month = Month::from_ym(2022, 1).plus(month);
      counts.force_slug = force;
      counts.reported_by = std::string(force) + " Police";
      std::map<std::pair<Lsoa, std::uint32_t>, std::uint32_t> cells;
      const std::uint32_t types = 1 + random.below(5);
      for (std::uint32_t type = 0; type < types; ++type) {
        const bool incidents = type == 0 && seed % 2 == 1;
        counts.types.push_back(
            {incidents ? "anti-social-behaviour" : std::string(1, static_cast<char>('a' + type)) + "-type",
             names[type]});
      }
      for (std::uint32_t i = 0; i < 60; ++i) {
        const Lsoa lsoa = random.below(8) == 0 ? kNoLsoa : lsoa_number("E01000000") + random.below(25);
        ++cells[{lsoa, random.below(types)}];
        ++counts.rows;
        counts.without_lsoa += lsoa == kNoLsoa;
      }
      for (const auto& [key, count] : cells) counts.cells.push_back({key.first, key.second, count});
      all.push_back(std::move(counts));
    }
  }
  return all;
}

std::string build(const std::vector<ForceMonthCounts>& all, const std::string& path) {
  const Status built = build_cube(
      all.size(), [&](std::size_t i) { return Result<ForceMonthCounts>(all[i]); }, path);
  REQUIRE(built.has_value());
  return sha256(read_file(path));
}

}  // namespace

TEST_CASE("every sum of the cube is the sum of the rows, whatever the area, the months and the type") {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    CAPTURE(seed);
    test::TemporaryFolder folder;
    const std::vector<ForceMonthCounts> all = drawn(seed);
    (void)build(all, folder.path() + "/cube");
    const Result<std::shared_ptr<const Cube>> opened = Cube::open(folder.path() + "/cube");
    REQUIRE(opened);
    const Cube& cube = **opened;
    CounterRandom random(seed, 1);
    for (int question = 0; question < 300; ++question) {
      const std::size_t force = random.below(static_cast<std::uint32_t>(cube.forces().size()));
      const Month from = Month::from_ym(2021, 11).plus(static_cast<int>(random.below(18)));
      const Period period{from, from.plus(static_cast<int>(random.below(18)))};
      const int type = static_cast<int>(random.below(static_cast<std::uint32_t>(cube.types().size()) + 2)) - 2;
      std::vector<std::uint32_t> pairs;
      for (std::uint32_t pair = cube.forces()[force].first_pair; pair < cube.forces()[force].end_pair; ++pair) {
        if (random.below(2) == 0) pairs.push_back(pair);
      }
      std::int64_t naive = 0;
      for (const ForceMonthCounts& counts : all) {
        if (counts.force_slug != cube.forces()[force].slug || !period.contains(counts.month)) continue;
        for (const ForceMonthCounts::Cell& cell : counts.cells) {
          if (type == kCrimeTypes && counts.types[cell.type].slug == "anti-social-behaviour") continue;
          if (type >= 0 && counts.types[cell.type].slug != cube.types()[static_cast<std::size_t>(type)].slug) continue;
          for (const std::uint32_t pair : pairs) naive += cube.pairs()[pair] == cell.lsoa ? cell.count : 0;
        }
      }
      CHECK(cube.sum(pairs, period, type) == naive);
    }
    for (std::size_t force = 0; force < cube.forces().size(); ++force) {
      const CubeForce& range = cube.forces()[force];
      std::int64_t rows = 0;
      for (const ForceMonthCounts& counts : all) rows += counts.force_slug == range.slug ? counts.rows : 0;
      CHECK(cube.range_sum(range.first_pair, range.end_pair, *cube.months(), -1) == rows);
      std::vector<std::uint32_t> every(range.end_pair - range.first_pair);
      std::iota(every.begin(), every.end(), range.first_pair);
      CHECK(cube.range_sum(range.first_pair, range.end_pair, *cube.months(), kCrimeTypes) ==
            cube.sum(every, *cube.months(), kCrimeTypes));
      CHECK(cube.pairs()[range.end_pair - 1] == kNoLsoa);
      CHECK(cube.pair(force, kNoLsoa) == range.end_pair - 1);
    }
  }
}

TEST_CASE("the same segments give the same bytes, in any order") {
  test::TemporaryFolder folder;
  std::vector<ForceMonthCounts> all = drawn(3);
  const std::string first = build(all, folder.path() + "/one");
  std::reverse(all.begin(), all.end());
  CHECK(build(all, folder.path() + "/two") == first);
  all.pop_back();
  CHECK(build(all, folder.path() + "/three") != first);
}

TEST_CASE("an empty cube answers nought, and is a file too") {
  test::TemporaryFolder folder;
  (void)build({}, folder.path() + "/cube");
  const Result<std::shared_ptr<const Cube>> cube = Cube::open(folder.path() + "/cube");
  REQUIRE(cube);
  CHECK_FALSE((*cube)->months());
  CHECK((*cube)->sum({}, {Month::from_ym(2022, 1), Month::from_ym(2022, 2)}, -1) == 0);
  CHECK_FALSE(Cube::empty()->months());
}

TEST_CASE("a damaged cube is not opened") {
  test::TemporaryFolder folder;
  (void)build(drawn(1), folder.path() + "/cube");
  const std::string bytes = read_file(folder.path() + "/cube");
  CHECK_FALSE(Cube::open(folder.path() + "/nothing"));
  for (const std::size_t at : {std::size_t{0}, std::size_t{9}, std::size_t{40}, std::size_t{100}}) {
    std::string broken = bytes;
    broken[at] ^= 4;
    write_file(folder.path() + "/broken", broken);
    CHECK_FALSE(Cube::open(folder.path() + "/broken"));
  }
  for (const std::size_t size : {std::size_t{0}, std::size_t{10}, std::size_t{80}, bytes.size() - 1}) {
    write_file(folder.path() + "/short", bytes.substr(0, size));
    CHECK_FALSE(Cube::open(folder.path() + "/short"));
  }
}

TEST_CASE("a segment is read back as it was written, and damage is found") {
  for (const ForceMonthCounts& counts : drawn(5)) {
    const std::string bytes = to_segment(counts);
    const Result<ForceMonthCounts> again = from_segment(bytes);
    REQUIRE(again);
    CHECK(*again == counts);
    CHECK_FALSE(from_segment(std::string_view(bytes).substr(0, bytes.size() - 1)));
    CHECK_FALSE(from_segment("x" + bytes));
  }
  CHECK_FALSE(from_segment(""));
}
