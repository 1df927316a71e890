#include "slices/evidence/street_counts.h"
#include "support/source_dir.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

#include "slices/evidence/separators.h"
#include "support/writings.h"

using namespace tithing;
using namespace tithing::evidence;

namespace {

std::string test_file(const std::string& name) {
  std::ifstream in(tests::source_dir() + "/src/slices/evidence/testdata/" + name, std::ios::binary);
  REQUIRE(in.good());
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

const std::string kHeading =
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome "
    "category,Context\n";

std::string line(const std::string& id, const std::string& month = "2022-01", const std::string& lsoa = "E01027558",
                 const std::string& type = "Burglary", const std::string& longitude = "-2.1",
                 const std::string& latitude = "54.1", const std::string& location = "On or near High Street") {
  return id + "," + month + ",North Yorkshire Police,North Yorkshire Police," + longitude + "," + latitude + "," +
         location + "," + lsoa + ",Craven 001A," + type + ",Under investigation,\n";
}

Result<StreetFile> read(const std::string& text, const std::string& name = "2022-01-north-yorkshire-street.csv",
                        std::size_t step = 70'000) {
  TextStream stream(text, step);
  return read_street_file(stream, name, parse_police_file_name(name));
}

StreetFile read_well(const std::string& text, const std::string& name = "2022-01-north-yorkshire-street.csv",
                     std::size_t step = 70'000) {
  const Result<StreetFile> file = read(text, name, step);
  REQUIRE_MESSAGE(file.has_value(), (file ? "" : file.error().message));
  return *file;
}

std::string problem_of(const Result<StreetFile>& file) { return file ? "" : file.error().message; }

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("all 47 quirk rows are read, each in its own force-month, losing nothing") {
  for (const std::size_t step : {std::size_t{1}, std::size_t{7}, std::size_t{1'000'000}}) {
    const StreetFile file = read_well(test_file("quirk_rows.csv"), "quirk_rows.csv", step);
    CHECK(file.accepted() == 47);
    CHECK(file.refused.empty());
    CHECK(file.extra_columns);
    std::map<std::string, const ForceMonthCounts*> parts;
    for (const ForceMonthCounts& part : file.parts) parts[part.month.iso() + " " + part.force_slug] = &part;
    CHECK(parts.size() == 12);
    // What the notes beside the rows say.
    const ForceMonthCounts& york = *parts.at("2022-01 north-yorkshire");
    CHECK(york.rows == 6);
    CHECK(york.without_crime_id == 6);
    CHECK(york.without_coordinates == 3);
    CHECK(york.without_lsoa == 3);
    CHECK(york.repeated_row == 2);
    const ForceMonthCounts& devon = *parts.at("2022-01 devon-and-cornwall");
    CHECK(devon.rows == 4);
    CHECK(devon.without_lsoa == 4);
    CHECK(devon.without_coordinates == 0);
    CHECK(parts.at("2022-01 btp")->without_crime_id == 2);
    const ForceMonthCounts& ireland = *parts.at("2022-01 northern-ireland");
    CHECK(ireland.rows == 4);
    CHECK(ireland.without_lsoa == 4);
    CHECK(parts.at("2022-01 leicestershire")->rows == 3);
    CHECK(parts.at("2022-07 dyfed-powys")->rows == 3);
    const ForceMonthCounts& manchester = *parts.at("2022-08 greater-manchester");
    CHECK(manchester.rows == 14);
    CHECK(manchester.cells.front().lsoa == lsoa_number("E01032868"));
    const ForceMonthCounts& avon = *parts.at("2022-01 avon-and-somerset");
    CHECK(avon.rows == 7);
    CHECK(avon.repeated_crime_id >= 2);
    CHECK(avon.repeated_row == 2);  // one is an identical duplicate, one row is listed under two headings
    CHECK(parts.at("2022-01 lancashire")->rows == 1);
    CHECK(parts.at("2022-03 lancashire")->rows == 1);
  }
}

TEST_CASE("the Greater Manchester file is read whole") {
  const StreetFile file =
      read_well(test_file("2022-08-greater-manchester-street.csv"), "2022-08-greater-manchester-street.csv");
  REQUIRE(file.parts.size() == 1);
  CHECK(file.parts[0].rows == 14);
  CHECK(file.parts[0].repeated_row == 12);
  CHECK(file.parts[0].cells.size() == 2);
}

TEST_CASE("both publications of Surrey, November 2022") {
  const StreetFile early = read_well(test_file("2022-11-surrey-street.early-publication.csv"),
                                     "2022-11-surrey-street.early-publication.csv");
  const StreetFile later = read_well(test_file("2022-11-surrey-street.later-publication.csv"),
                                     "2022-11-surrey-street.later-publication.csv");
  CHECK(early.accepted() == 7331);
  CHECK(later.accepted() == 7331);
  CHECK(early.parts.at(0).force_slug == "surrey");
}

TEST_CASE("a line of totals and a line without anything are no crimes, whatever they are called") {
  const StreetFile file = read_well(kHeading + line("a") + "Total,,,,,,,,,,,\n" + ",Grand total,,,,,,,,,,\n" +
                                    ",,,,,,,,,Total:,,\n" + "Cyfanswm,,,,,,,,,12,,\n" + ",,,,,,,,,,,\n" +
                                    "NA,NA,,-,,,,NULL,,,,\n" + ",,,,,,Total,E01027558,,Burglary,,\n");
  REQUIRE(file.parts.size() == 1);
  CHECK(file.parts[0].rows == 2);  // the last one names an LSOA and a crime type: its location is called so
  REQUIRE(file.refused.size() == 6);
  for (std::size_t i = 0; i < 4; ++i)
    CHECK(file.refused[i].reason == "It is a line of totals, not a crime: it adds up other rows.");
  CHECK(file.refused[4].reason.find("It holds nothing that a crime has") == 0);
  CHECK(file.refused[5].reason == file.refused[4].reason);
}

TEST_CASE("NA, NaN and what else programs write for a blank are blanks, in every column that is read") {
  for (const std::string blank :
       {"NA", "NaN", "n/a", "#N/A", "null", "NULL", "None", "-", " ", "\xC2\xA0", "<NA>", "[x]", ".."}) {
    const StreetFile file =
        read_well(kHeading + blank + ",2022-01,North Yorkshire Police,North Yorkshire Police," + blank + "," + blank +
                  ",On or near Mill Lane," + blank + "," + blank + ",Burglary,,\n" + "a," + blank + "," + blank +
                  ",,-1.1,54.0,On or near,E01027558,," + blank + ",,\n");
    REQUIRE_MESSAGE(file.parts.size() == 1, blank);
    const ForceMonthCounts& part = file.parts[0];
    CHECK_MESSAGE(part.rows == 2, blank);
    CHECK(part.without_crime_id == 1);
    CHECK(part.without_lsoa == 1);
    CHECK(part.without_coordinates == 1);
    CHECK(part.filled_month == 1);
    CHECK(part.other_reporter == 0);
    REQUIRE(part.types.size() == 2);
    CHECK(part.types[1].slug == "not-stated");
    CHECK(part.types[1].name == "Not stated");
  }
}

TEST_CASE("blank fields are counted, never refused") {
  const StreetFile file =
      read_well(kHeading + line("") + line("a", "2022-01", "") + line("b", "2022-01", "E01027558", "Burglary", "", "") +
                line("c", "", "E01027558", ""));
  REQUIRE(file.parts.size() == 1);
  const ForceMonthCounts& part = file.parts[0];
  CHECK(part.rows == 4);
  CHECK(part.without_crime_id == 1);
  CHECK(part.without_lsoa == 1);
  CHECK(part.without_coordinates == 1);
  CHECK(part.filled_month == 1);
  CHECK(file.refused.empty());
  CHECK(part.types.back().slug == "not-stated");
}

TEST_CASE("what cannot be read is refused with its line, its reason and its text") {
  const std::string good = line("a");
  struct Case {
    std::string bad;
    const char* reason;
  };
  const Case cases[] = {
      {line("b", "2022-13"), "is not a month"},
      {line("b", "January"), "is not a month"},
      {line("b", "2022-02"), "not the file's month"},
      {line("b", "2022-01", "E0102755"), "LSOA code"},
      {line("b", "2022-01", "X01027558"), "LSOA code"},
      {line("b", "2022-01", "E01027558", "Burglary", "west", "54.1"), "longitude"},
      {line("b", "2022-01", "E01027558", "Burglary", "-2.1", "91"), "latitude"},
      {line("b", "2022-01", "E01027558", "Burglary", "181.5", "54"), "longitude"},
      {line("b", "2022-01", "E01027558", "Burglary", "", "5x"), "latitude"},
      {"only,three,columns\n", "3 columns where the heading has 12"},
      {line("b").substr(0, line("b").size() - 1) + ",one too many\n", "13 columns"},
      {line("b\x81"), "UTF-8"},
      {line(std::string("b\0", 2)), "NUL"},
      {line("b", "2022-01", "E01027558", "Burglary", "-2.1", "54.1", "\"open"), "quotation mark"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.bad);
    const StreetFile file = read_well(kHeading + good + c.bad + good + good);
    CHECK(file.accepted() == 3);
    REQUIRE(file.refused.size() == 1);
    CHECK(file.refused[0].line == 3);
    CHECK(contains(file.refused[0].reason, c.reason));
    CHECK_FALSE(file.refused[0].text.empty());
  }
}

TEST_CASE("a crime type that nobody knows counts as its own; names that differ in case are one") {
  const StreetFile file = read_well(kHeading + line("a", "2022-01", "E01027558", "Hare coursing") +
                                    line("b", "2022-01", "E01027558", "Bicycle Theft") +
                                    line("c", "2022-01", "E01027558", "Bicycle theft"));
  const ForceMonthCounts& part = file.parts.at(0);
  REQUIRE(part.types.size() == 2);
  CHECK(part.types[0].slug == "bicycle-theft");
  CHECK(part.types[0].name == "Bicycle theft");
  CHECK(part.types[1].name == "Hare coursing");
  REQUIRE(part.cells.size() == 2);
  CHECK(part.cells[0].count == 2);
}

TEST_CASE("columns in any order, more columns, byte-order mark, CRLF, a last line without its end, empty lines") {
  std::string text = "\xEF\xBB\xBF";
  text +=
      "Context,Note,Crime type,LSOA code,LSOA name,Month,crime id,Reported by,Falls "
      "within,Latitude,Longitude,Location,Last outcome category\r\n";
  text +=
      ",n,Burglary,E01027558,Craven 001A,2022-01,x,North Yorkshire Police,North Yorkshire "
      "Police,54.1,-2.1,Here,\r\n\r\n";
  text +=
      ",n,Burglary,E01027558,Craven 001A,2022-01,y,North Yorkshire Police,North Yorkshire "
      "Police,54.1,-2.1,Here,Charged";
  for (const std::size_t step : {std::size_t{1}, std::size_t{64}, text.size()}) {
    const StreetFile file = read_well(text, "2022-01-north-yorkshire-street.csv", step);
    CHECK(file.accepted() == 2);
    CHECK(file.refused.empty());
    CHECK(file.extra_columns);
    CHECK(file.parts.at(0).repeated_crime_id == 0);
  }
}

TEST_CASE("quoted commas, doubled quotes and line ends within quotes") {
  const std::string text =
      kHeading + line("a", "2022-01", "E01027558", "Burglary", "-2.1", "54.1", "\"Asda, Thurmaston\"") +
      line("b", "2022-01", "E01027558", "Burglary", "-2.1", "54.1", "\"the \"\"Crown\"\"\"") +
      line("c", "2022-01", "E01027558", "Burglary", "-2.1", "54.1", "\"over\ntwo lines\"") + line("d", "2022-13");
  for (const std::size_t step : {std::size_t{1}, std::size_t{13}, text.size()}) {
    const StreetFile file = read_well(text, "2022-01-north-yorkshire-street.csv", step);
    CHECK(file.accepted() == 3);
    REQUIRE(file.refused.size() == 1);
    CHECK(file.refused[0].line == 6);
  }
}

TEST_CASE("files that are none are named with a sentence") {
  CHECK(contains(problem_of(read("")), "is empty"));
  CHECK(contains(problem_of(read("\n\n")), "is empty"));
  CHECK(contains(problem_of(read(std::string("\xFF\xFE"
                                             "C\0r\0",
                                             6))),
                 "UTF-16"));
  CHECK(contains(problem_of(read(std::string("C\0r\0i\0", 6))), "UTF-16"));
  std::string without = kHeading;
  without.replace(without.find("LSOA code"), 9, "LSOA kode");
  CHECK(contains(problem_of(read(without + line("a"))), "no column \"LSOA code\""));
  CHECK(contains(problem_of(read(std::string(3'000'000, 'x'))), "longer than 1 MiB"));
  std::string many = kHeading;
  for (int i = 0; i < 150; ++i) many += line("a", "2022-01", "E01027558", "Type " + std::to_string(i));
  CHECK(contains(problem_of(read(many)), "more than 100 different crime types"));
}

TEST_CASE("a line of 200 MB is refused without being held in memory") {
  // Made while it is read.
  class LongLine : public ByteStream {
   public:
    Result<std::size_t> read(char* into, std::size_t size) override {
      const std::string before = kHeading + line("a");
      const std::string after = "\n" + line("b");
      const std::size_t middle = 200'000'000;
      std::size_t count = 0;
      while (count < size && at_ < before.size() + middle + after.size()) {
        into[count++] = at_ < before.size()            ? before[at_]
                        : at_ < before.size() + middle ? 'x'
                                                       : after[at_ - before.size() - middle];
        ++at_;
      }
      return count;
    }

   private:
    std::size_t at_ = 0;
  };
  LongLine stream;
  const std::string name = "2022-01-north-yorkshire-street.csv";
  const Result<StreetFile> file = read_street_file(stream, name, parse_police_file_name(name));
  REQUIRE(file);
  CHECK(file->accepted() == 2);
  REQUIRE(file->refused.size() == 1);
  CHECK(file->refused[0].line == 3);
  CHECK(contains(file->refused[0].reason, "1 MiB"));
  CHECK(file->refused[0].text.size() <= kRefusedTextBytes);
}

TEST_CASE("the order of rows does not change what is counted") {
  std::vector<std::string> rows;
  for (int i = 0; i < 300; ++i) {
    rows.push_back(line("id" + std::to_string(i), "2022-01",
                        i % 7 == 0 ? "" : lsoa_text(lsoa_number("E01000000") + static_cast<Lsoa>(i % 41)),
                        i % 3 == 0 ? "Burglary" : "Robbery"));
  }
  const auto counted = [&] {
    std::string text = kHeading;
    for (const std::string& row : rows) text += row;
    return read_well(text).parts.at(0);
  };
  const ForceMonthCounts first = counted();
  std::reverse(rows.begin(), rows.end());
  CHECK(first == counted());
}

TEST_CASE("the wide and the plain search for separators agree") {
  std::string text;
  std::uint64_t state = 7;
  for (int i = 0; i < 5000; ++i) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    text += ",\n\"a\0b\xC3,,\r"[state >> 60 & 7 ? (state >> 57) % 10 : 3];
  }
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{1}, std::size_t{63}, std::size_t{64}, std::size_t{65}, text.size()}) {
    Separators wide;
    Separators plain;
    find_separators(text.data(), size, wide, true);
    find_separators(text.data(), size, plain, false);
    REQUIRE(wide.comma_count == plain.comma_count);
    REQUIRE(wide.line_count == plain.line_count);
    REQUIRE(wide.odd_count == plain.odd_count);
    CHECK(std::equal(wide.commas.begin(), wide.commas.begin() + static_cast<std::ptrdiff_t>(wide.comma_count),
                     plain.commas.begin()));
    CHECK(std::equal(wide.commas_before.begin(),
                     wide.commas_before.begin() + static_cast<std::ptrdiff_t>(wide.line_count),
                     plain.commas_before.begin()));
    CHECK(std::equal(wide.odd_chunks.begin(), wide.odd_chunks.begin() + static_cast<std::ptrdiff_t>(wide.odd_count),
                     plain.odd_chunks.begin()));
  }
}

TEST_CASE("file names") {
  const auto street = parse_police_file_name("2022-11/2022-11-devon-and-cornwall-street.csv");
  REQUIRE(street);
  CHECK(street->month.iso() == "2022-11");
  CHECK(street->force_slug == "devon-and-cornwall");
  CHECK(street->kind == PoliceFileKind::street);
  CHECK(parse_police_file_name("2022-11-surrey-street.early-publication.csv")->force_slug == "surrey");
  CHECK(parse_police_file_name("2026-02-city-of-london-outcomes.first16.csv")->kind == PoliceFileKind::outcomes);
  CHECK(parse_police_file_name("2026-02-city-of-london-stop-and-search.csv")->kind == PoliceFileKind::stop_and_search);
  CHECK_FALSE(parse_police_file_name("quirk_rows.csv"));
  CHECK_FALSE(parse_police_file_name("2022-13-surrey-street.csv"));
  CHECK_FALSE(parse_police_file_name("2022-11--street.csv.zip"));
}

TEST_CASE("coordinates") {
  CHECK(parse_coordinate("-2.314863") == -2'314'863);
  CHECK(parse_coordinate("53.8") == 53'800'000);
  CHECK(parse_coordinate("0.00000149") == 1);
  CHECK(parse_coordinate("7") == 7'000'000);
  for (const char* bad : {"", "-", ".", "1.", "1e5", "nan", "1,5", "1234.5", " 1.0", "--1"})
    CHECK_FALSE(parse_coordinate(bad));
}

TEST_CASE("a street file that another program saved holds the same rows, and it is said how it was read") {
  const std::string csv =
      kHeading + line("a") + line("b", "2022-01", "E01027559") + line("", "2022-01", "", "Drugs", "", "");
  const StreetFile wanted = read_well(csv);
  CHECK(wanted.read_as.empty());
  for (const tests::Writing& one : tests::writings(csv)) {
    for (const std::size_t step : {std::size_t{1}, std::size_t{2}, std::size_t{333}, std::size_t{1'000'000}}) {
      const StreetFile file = read_well(one.bytes, "2022-01-north-yorkshire-street.csv", step);
      CAPTURE(one.name);
      CAPTURE(step);
      CHECK(file.read_as == one.read_as);
      CHECK(file.parts == wanted.parts);
      CHECK(file.points == wanted.points);
    }
  }
  // More than the beginning that is looked at: 3,000 rows.
  std::string many = kHeading;
  for (int i = 0; i < 3000; ++i) many += line(std::to_string(i));
  for (const tests::Writing& one : tests::writings(many))
    CHECK_MESSAGE(read_well(one.bytes).accepted() == 3000, one.name);
  // Names of places in Windows-1252, from a line far behind the beginning on, in quotes with semicolons.
  const auto at = [&](const std::string& place) {
    return line("c", "2022-01", "E01027558", "Burglary", "-2.1", "54.1", place);
  };
  const StreetFile western = read_well(many + at("Ynys M\xF4n") + at("Ynys M\xF4n"));
  CHECK(western.read_as == "Windows-1252");
  CHECK(western.accepted() == 3002);
  CHECK(western.parts[0].repeated_row == 1);
  // Letters of UTF-8 first: what is none is damaged, and refused.
  const StreetFile damaged = read_well(kHeading + at("Ynys M\xC3\xB4n") + at("Ynys M\xF4n"));
  CHECK(damaged.read_as.empty());
  CHECK(damaged.accepted() == 1);
  CHECK(damaged.refused.at(0).reason == "It is not valid UTF-8.");
  CHECK(contains(problem_of(read("name;value\nx;1\n")), "It was read as UTF-8, separated by semicolons."));
  // A field that holds the comma stays one field.
  std::string comma = tests::separated(kHeading + line("a"), ';');
  comma.replace(comma.find("High Street"), 11, "High Street, York");
  CHECK(read_well(comma).accepted() == 1);
}

TEST_CASE("spaces that nobody sees around codes and coordinates do no harm") {
  const std::string nbsp = "\xC2\xA0";
  const StreetFile file =
      read_well(kHeading + line("a", "2022-01", "E01027558" + nbsp) + line("b", "2022-01", " E01027558") +
                line("c", "2022-01", "E01027558", "Burglary", "-2.1" + nbsp, nbsp + "54.1"));
  CHECK(file.accepted() == 3);
  CHECK(file.parts[0].without_lsoa == 0);
  CHECK(file.points[0].size() == 1);  // one place
}

TEST_CASE("longitude and latitude in each other's place are noticed: the row counts, its position is not used") {
  const auto at = [](const char* id, const char* longitude, const char* latitude) {
    return line(id, "2022-01", "E01027558", "Burglary", longitude, latitude);
  };
  const StreetFile file = read_well(kHeading + at("a", "-2.1", "54.1") + at("b", "54.1", "-2.1") + at("c", "0", "0") +
                                    at("d", "54.2", "-2.2"));
  const ForceMonthCounts& part = file.parts.at(0);
  CHECK(part.rows == 4);
  CHECK(part.swapped == 2);
  CHECK(part.outside_uk == 3);  // nought and nought is abroad either way
  CHECK(part.without_coordinates == 0);
  std::int64_t placed = 0;
  for (const PointCell& cell : file.points.at(0)) placed += cell.count;
  CHECK(placed == 4);
  CHECK(file.points.at(0).size() == 3);  // 54.1 north, nought, and none
  CHECK(std::none_of(file.points[0].begin(), file.points[0].end(),
                     [](const PointCell& cell) { return cell.longitude > 50'000'000 && cell.longitude < 60'000'000; }));
}
