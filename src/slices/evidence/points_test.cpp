#include "slices/evidence/points.h"

#include <algorithm>
#include <map>
#include <random>

#include "slices/evidence/import_reading.h"
#include "slices/evidence/points_files.h"
#include "slices/evidence/snapshot.h"
#include "slices/evidence/test_support.h"

using namespace tithing;
using namespace tithing::evidence;
using namespace tithing::evidence::testing;

namespace {

class GivenText : public ByteStream {
 public:
  explicit GivenText(std::string text) : text_(std::move(text)) {}
  Result<std::size_t> read(char* into, std::size_t size) override {
    const std::size_t count = std::min(size, text_.size() - at_);
    text_.copy(into, count, at_);
    at_ += count;
    return count;
  }

 private:
  std::string text_;
  std::size_t at_ = 0;
};

std::string placed(const std::string& longitude, const std::string& latitude, const std::string& lsoa,
                   const std::string& type, const std::string& force = "Surrey Police",
                   const std::string& month = "2022-01") {
  return "," + month + "," + force + "," + force + "," + longitude + "," + latitude + ",On or near High Street," +
         lsoa + ",Somewhere 001A," + type + ",,\n";
}

Result<StreetFile> read_text(const std::string& rows, const std::string& name = "2022-01-surrey-street.csv") {
  GivenText stream(kHeading + rows);
  return read_street_file(stream, name, parse_police_file_name(name));
}

// By LSOA and type: what the positions sum up to, rows without one among them.
std::map<std::pair<Lsoa, std::uint32_t>, std::int64_t> summed(const std::vector<PointCell>& cells) {
  std::map<std::pair<Lsoa, std::uint32_t>, std::int64_t> sums;
  for (const PointCell& cell : cells) sums[{cell.lsoa, cell.type}] += cell.count;
  return sums;
}
std::map<std::pair<Lsoa, std::uint32_t>, std::int64_t> summed(const ForceMonthCounts& counts) {
  std::map<std::pair<Lsoa, std::uint32_t>, std::int64_t> sums;
  for (const ForceMonthCounts::Cell& cell : counts.cells) sums[{cell.lsoa, cell.type}] += cell.count;
  return sums;
}

std::vector<std::string> point_files(World& world) {
  std::vector<std::string> files;
  for (const std::string& file : files_below(world.folder.path() + "/data/evidence/points")) files.push_back(file);
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

TEST_CASE("rows are counted by position and type; rows without a position stay rows of their LSOA") {
  Result<StreetFile> file = read_text(
      placed("-0.5", "51.3", "E01030100", "Burglary") + placed("-0.500000", "51.300000", "E01030100", "Burglary") +
      placed("-0.5", "51.3", "E01030100", "burglary") +  // one type written in two ways
      placed("-0.5", "51.3", "E01030100", "Drugs") + placed("", "", "E01030100", "Drugs") +
      placed("-0.5", "51.3", "E01030099", "Drugs") +  // the same position, another LSOA
      placed("-0.6", "51.300001", "", "Drugs") + placed("", "51.3", "", "Drugs") +
      placed("-180", "-90", "E01030100", "Drugs") + placed("180", "90", "E01030100", "Drugs"));
  REQUIRE(file.has_value());
  REQUIRE(file->parts.size() == 1);
  CHECK(file->refused.empty());
  const Lsoa a = lsoa_number("E01030099"), b = lsoa_number("E01030100");
  const std::vector<PointCell> expected = {
      {a, -500'000, 51'300'000, 1, 1},           {b, kNoPosition, kNoPosition, 1, 1},
      {b, -180'000'000, -90'000'000, 1, 1},      {b, -500'000, 51'300'000, 0, 3},
      {b, -500'000, 51'300'000, 1, 1},           {b, 180'000'000, 90'000'000, 1, 1},
      {kNoLsoa, kNoPosition, kNoPosition, 1, 1}, {kNoLsoa, -600'000, 51'300'001, 1, 1}};
  CHECK(file->points.at(0) == expected);
  CHECK(file->parts[0].without_coordinates == 2);
  const ForceMonthPoints points = points_of_part(*file, 0);
  const Result<ForceMonthPoints> again = from_points(to_points(points));
  REQUIRE(again.has_value());
  CHECK(*again == points);
}

TEST_CASE("rows that are refused have no position either, and each force-month of an extract keeps its own") {
  Result<StreetFile> file = read_text(
      placed("-0.5", "51.3", "E01030100", "Drugs", "Surrey Police", "2022-02") +
          placed("-0.6", "51.4", "E01030100", "Drugs", "Kent Police") + placed("-0.5", "51.3", "E01030100", "Drugs") +
          placed("east", "51.3", "E01030100", "Drugs") + placed("-200.5", "51.3", "E01030100", "Drugs"),
      "an extract.csv");
  REQUIRE(file.has_value());
  CHECK(file->refused.size() == 2);
  REQUIRE(file->parts.size() == 3);
  REQUIRE(file->points.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) CHECK(summed(file->points[i]) == summed(file->parts[i]));
  CHECK(file->parts[0].force_slug == "kent");
  CHECK(file->points[0].at(0).longitude == -600'000);
}

TEST_CASE("the same rows in any order give the same bytes, and damage is found") {
  std::mt19937 chance(7);
  std::vector<std::string> rows;
  const char* const types[] = {"Burglary", "Drugs", "Robbery", "Other theft"};
  for (int i = 0; i < 3000; ++i) {
    const std::string lsoa = "E010301" + std::to_string(10 + chance() % 40);
    const std::string longitude = chance() % 50 == 0 ? "" : "-0." + std::to_string(400'000 + chance() % 200),
                      latitude = "51." + std::to_string(300'000 + chance() % 20);
    rows.push_back(placed(longitude, longitude.empty() ? "" : latitude, lsoa, types[chance() % 4]));
  }
  const auto bytes_of = [&] {
    std::string text;
    for (const std::string& row : rows) text += row;
    Result<StreetFile> file = read_text(text);
    REQUIRE(file.has_value());
    CHECK(summed(file->points[0]) == summed(file->parts[0]));
    return to_points(points_of_part(*file, 0));
  };
  const std::string bytes = bytes_of();
  for (int round = 0; round < 5; ++round) {
    std::shuffle(rows.begin(), rows.end(), chance);
    CHECK(bytes_of() == bytes);
  }
  // Some LSOAs only, as a selection asks.
  const Result<ForceMonthPoints> all = from_points(bytes);
  REQUIRE(all.has_value());
  const std::vector<Lsoa> wanted = {lsoa_number("E01030000"), lsoa_number("E01030112"), lsoa_number("E01030149"),
                                    lsoa_number("E01039999")};
  const Result<ForceMonthPoints> some = from_points(bytes, wanted);
  REQUIRE(some.has_value());
  std::vector<PointCell> expected;
  for (const PointCell& cell : all->cells)
    if (std::find(wanted.begin(), wanted.end(), cell.lsoa) != wanted.end()) expected.push_back(cell);
  CHECK(!expected.empty());
  CHECK(some->cells == expected);
  for (std::size_t at = 0; at < bytes.size(); at += 97) {
    std::string broken = bytes;
    broken[at] ^= 4;
    CHECK_FALSE(from_points(broken));
  }
  for (const std::size_t size : {std::size_t{0}, std::size_t{40}, std::size_t{72}, bytes.size() - 1})
    CHECK_FALSE(from_points(std::string_view(bytes).substr(0, size)));
}

TEST_CASE("positions of an import agree with its counts, and are made again byte for byte") {
  test::for_each_engine(all_migrations(), [&](db::Database& database) {
    World world(database);
    world.import_well({kFolder + "2022-11-surrey-street.early-publication.csv"});
    world.import_well({kFolder + "2022-11-surrey-street.later-publication.csv"});
    // Both publications keep theirs: the superseded one as well.
    const std::vector<std::string> files = point_files(world);
    REQUIRE(files.size() == 2);
    std::map<std::string, std::string> before;
    for (const std::string& file : files) before[file] = read_file(file);
    for (const store::PublicationRow& row : world.publications()) {
      const Result<ForceMonthCounts> counts = read_segment(world.data, row.segment);
      const Result<ForceMonthPoints> points = read_points(
          world.data,
          points_name(row.publication.sha256, row.publication.force_slug, row.publication.month, row.segment));
      REQUIRE(counts.has_value());
      REQUIRE(points.has_value());
      CHECK(points->rows == counts->rows);
      CHECK(summed(points->cells) == summed(*counts));
      std::int64_t without = 0;
      for (const PointCell& cell : points->cells) without += cell.longitude == kNoPosition ? cell.count : 0;
      CHECK(without == counts->without_coordinates);
    }
    CHECK(verify(world.holdings)->find("2 files of positions") != std::string::npos);

    const auto rebuilt = [&] {
      const Result<std::string> done = rebuild(world.doing(), world.holdings, nullptr);
      REQUIRE_MESSAGE(done.has_value(), (done ? "" : done.error().message));
      for (const auto& [file, bytes] : before) CHECK(read_file(file) == bytes);
      return *done;
    };
    CHECK(rebuilt().find("Positions") == std::string::npos);
    // A data folder of before, and a damaged one.
    std::filesystem::remove(files[0]);
    write_file(files[1], before[files[1]].substr(0, 1000));
    CHECK_FALSE(verify(world.holdings));
    CHECK(rebuilt().find("missing or damaged for 2 force-months") != std::string::npos);
    CHECK(verify(world.holdings));
    // Whole, yet other than the original says: named, and left as it is.
    Result<ForceMonthPoints> other = from_points(before[files[0]]);
    other->cells.back().count += 1;
    write_file(files[0], to_points(*other));
    const Result<std::string> refused = rebuild(world.doing(), world.holdings, nullptr);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.find("positions") != std::string::npos);
  });
}

TEST_CASE("a file of very many rows is counted the same way") {
  // More than are noted down before they are counted in a table.
  std::string text = kHeading;
  std::map<std::pair<std::int32_t, std::uint32_t>, std::uint32_t> expected;
  for (int i = 0; i < 300'000; ++i) {
    const int at = i * 7919 % 1013;
    text += placed("-0." + std::to_string(400'000 + at), "51.3", at % 2 == 0 ? "E01030100" : "E01030101",
                   i % 3 == 0 ? "Burglary" : "Drugs");
    ++expected[{-400'000 - at, i % 3 == 0 ? 0U : 1U}];
  }
  GivenText stream(std::move(text));
  const Result<StreetFile> file =
      read_street_file(stream, "2022-01-surrey-street.csv", parse_police_file_name("2022-01-surrey-street.csv"));
  REQUIRE(file.has_value());
  CHECK(file->parts.at(0).rows == 300'000);
  CHECK(file->points.at(0).size() == expected.size());
  for (const PointCell& cell : file->points[0]) CHECK(cell.count == expected[{cell.longitude, cell.type}]);
}
