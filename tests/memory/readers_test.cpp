// Files made to do harm, and large ones that do none, through every reader: each in a process that may take its budget
// and no more.
#include <archive.h>
#include <archive_entry.h>
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>

#include "allocation/delimited.h"
#include "allocation/files_for_tests.h"
#include "allocation/read_scheme.h"
#include "base/memory_budget.h"
#include "base/table_text.h"
#include "exports/read_xlsx.h"
#include "figures/figure.h"
#include "slices/analysis/input.h"
#include "slices/bodies/facts.h"
#include "slices/evidence/byte_stream.h"
#include "slices/evidence/inputs.h"
#include "slices/evidence/population.h"
#include "slices/evidence/street_counts.h"
#include "slices/evidence/table_c2.h"
#include "slices/register/boundary_file.h"
#include "slices/register/files.h"
#include "slices/register/look_up.h"
#include "slices/register/wards.h"
#include "support/memory_limit.h"

using namespace tithing;
using test::Within;
using test::within_memory;

namespace {

constexpr std::size_t kSpare = 96 * kMebibyte;  // the given bytes once more, and what a process takes beside

std::string repeated(std::string_view text, std::size_t times, std::string_view before = "",
                     std::string_view after = "") {
  std::string out(before);
  out.reserve(before.size() + text.size() * times + after.size());
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out += after;
}

using Parts = std::map<std::string, std::string>;

std::string zipped(const Parts& parts) {
  std::string bytes(32u << 20, '\0');
  std::size_t used = 0;
  archive* writer = archive_write_new();
  archive_write_set_format_zip(writer);
  REQUIRE(archive_write_open_memory(writer, bytes.data(), bytes.size(), &used) == ARCHIVE_OK);
  for (const auto& [name, content] : parts) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
    REQUIRE(archive_write_header(writer, entry) == ARCHIVE_OK);
    REQUIRE(archive_write_data(writer, content.data(), content.size()) == static_cast<la_ssize_t>(content.size()));
    archive_entry_free(entry);
  }
  archive_write_close(writer);
  archive_write_free(writer);
  return bytes.substr(0, used);
}

std::string workbook(const std::string& rows, const std::string& shared = "<si><t>x</t></si>") {
  return zipped({{"xl/workbook.xml", "<workbook><sheets><sheet name=\"S\" r:id=\"a\"/></sheets></workbook>"},
                 {"xl/_rels/workbook.xml.rels",
                  "<Relationships><Relationship Id=\"a\" Type=\"/worksheet\" Target=\"s.xml\"/><Relationship Id=\"b\" "
                  "Type=\"/sharedStrings\" Target=\"t.xml\"/></Relationships>"},
                 {"xl/t.xml", "<sst>" + shared + "</sst>"},
                 {"xl/s.xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"}});
}

// What a reader makes of bytes: the sentence of its refusal, or nothing when it read them.
using Reader = std::function<std::string(const std::string& bytes)>;

template <class T>
std::string refusal(const Result<T>& result) {
  return result ? std::string() : result.error().message;
}

// Within the budget, and refused with a sentence that says what to do.
void refuses(const std::string& what, const Reader& read, const std::string& bytes, std::size_t budget,
             const std::string& says) {
  INFO(what);
  const Within found = within_memory(budget + kSpare, [&] {
    const std::string sentence = read(bytes);
    if (sentence.find(says) == std::string::npos) std::fprintf(stderr, "%s: %s\n", what.c_str(), sentence.c_str());
    return sentence.find(says) != std::string::npos;
  });
  CHECK(static_cast<int>(found) == static_cast<int>(Within::yes));
}

// Within the budget, whatever comes of it.
void stays_within(const std::string& what, const Reader& read, const std::string& bytes, std::size_t budget) {
  refuses(what, read, bytes, budget, "");
}

const Reader kWorkbook = [](const std::string& bytes) { return refusal(exports::read_xlsx(bytes)); };

// What is read by who has made it plain before.
Reader made_plain(Reader read) {
  return [read = std::move(read)](const std::string& bytes) {
    const auto plain = plain_table(bytes);
    return plain ? read(plain->text) : plain.error().message;
  };
}

// The readers of tables, which all take plain_table.
const std::map<std::string, Reader>& tables() {
  static const std::map<std::string, Reader> readers = {
      {"a table of the analyst's", [](const std::string& t) { return refusal(analysis::read_csv(t, "t.csv")); }},
      {"a table of money", [](const std::string& t) { return refusal(allocation::read_delimited(t)); }},
      {"facts of bodies", made_plain([](const std::string& t) { return refusal(bodies::read_csv(t)); })},
      {"populations", [](const std::string& t) { return refusal(evidence::read_population(t, "t.csv")); }},
      {"Table C2", [](const std::string& t) { return refusal(evidence::read_table_c2(t, "t.csv")); }},
      {"a look-up",
       made_plain([](const std::string& t) { return refusal(register_::read_look_up(t, "t.csv", std::nullopt)); })},
      {"the exact fit", made_plain([](const std::string& t) { return refusal(register_::read_exact_fit(t)); })},
      {"wards", made_plain([](const std::string& t) { return refusal(register_::read_ward_fit(t)); })}};
  return readers;
}

const Reader kBoundaries = [](const std::string& bytes) {
  return refusal(register_::read_boundaries(bytes, "b.json", std::nullopt));
};
const Reader kPlaces = [](const std::string& bytes) { return refusal(analysis::read_geojson(bytes, "p.json")); };

}  // namespace

// A test that cannot fail is none: this one sees what goes beyond.
TEST_CASE("the limit is one" * doctest::skip(!test::memory_can_be_limited())) {
  const auto takes = [](std::size_t bytes) {
    return [bytes] {
      std::string text(bytes, 'x');
      return text.back() == 'x';
    };
  };
  CHECK(within_memory(64 * kMebibyte, takes(16 * kMebibyte)) == Within::yes);
  CHECK(within_memory(64 * kMebibyte, takes(128 * kMebibyte)) == Within::out_of_memory);
  CHECK(within_memory(64 * kMebibyte, [] { return false; }) == Within::says_no);
}

TEST_CASE("a workbook takes no more than its budget as expanded" * doctest::skip(!test::memory_can_be_limited())) {
  const std::size_t budget = exports::XlsxLimits{}.memory;
  const std::string cells = repeated("<c t=\"s\"><v>0</v></c>", 100, "<row>", "</row>");
  const std::string long_text = "<si><t>" + std::string(32'000, 'x') + "</t></si>";
  // 3 GB of 10 kB: one text of 32 kB that 100,000 cells share.
  const std::string shared = workbook(repeated(cells, 1'000), long_text);
  CHECK(shared.size() < 20'000);
  refuses("a text that many cells share", kWorkbook, shared, budget, "more memory than may be used");
  // 200,000 rows of which each has one cell, in the last column.
  refuses("cells far to the right", kWorkbook, workbook(repeated("<row><c r=\"IV1\"><v>1</v></c></row>", 200'000)),
          budget, "more memory than may be used");
  refuses("an element with a million attributes", kWorkbook,
          workbook("<row" + repeated(" a=\"\"", 14'000'000) + "><c><v>1</v></c></row>"), budget,
          "more memory than may be used");
  refuses("empty elements", kWorkbook, workbook(repeated("<c/>", 12'000'000, "<row>", "</row>")), budget,
          "more memory than may be used");
  refuses("many short shared texts", kWorkbook,
          workbook("<row><c><v>1</v></c></row>", repeated("<si><t>a</t></si>", 6'000'000)), budget,
          "more memory than may be used");
  refuses("spaces", kWorkbook, workbook("<row><c><v>1</v></c></row>" + std::string(200u << 20, ' ')), budget,
          "more memory than may be used");
  // Dimensions that are said and not there cost nothing.
  stays_within("a row number beyond all", kWorkbook,
               workbook("<row r=\"4294967295\"><c r=\"A4294967295\"><v>1</v></c></row>"), budget);
  // A large one that does no harm is read: 20,000 rows of 30 cells.
  const std::string row = repeated("<c><v>12345</v></c>", 30, "<row>", "</row>");
  refuses(
      "a large one",
      [](const std::string& bytes) {
        const auto sheets = exports::read_xlsx(bytes);
        return sheets && sheets->front().rows.size() == 20'000 ? std::string("read") : "not read: " + refusal(sheets);
      },
      workbook(repeated(row, 20'000)), budget, "read");
}

TEST_CASE("a table takes no more than its budget, in every reader" * doctest::skip(!test::memory_can_be_limited())) {
  const std::string cells = repeated(",", 6u << 20);
  const std::string rows = repeated("1\n", 400'000);
  const std::string tabs = repeated("\t\t\t\t\t\t\t\n", 2u << 20);
  const std::string latin = repeated("\xE9", 20u << 20);
  for (const auto& [what, read] : tables()) {
    refuses(what + ": one row of six million cells", read, cells, kReaderMemory, "MiB of memory");
    stays_within(what + ": 400,000 rows", read, rows, kReaderMemory);
    refuses(what + ": tabs", read, tabs, kReaderMemory, "MiB of memory");
  }
  // What all of them take first.
  const Reader plain = [](const std::string& t) { return refusal(plain_table(t)); };
  stays_within("20 million letters of Windows-1252", plain, latin, kReaderMemory);
  refuses("100 million letters", plain, std::string(100u << 20, '\xE9'), kReaderMemory, "MiB of memory");
  stays_within("an open quote", tables().at("populations"), "a,b\n\"" + std::string(20u << 20, 'x'), kReaderMemory);
  // A large one that does no harm.
  std::string large = "x,y,value\n";
  for (int i = 0; i < 60'000; ++i) large += std::to_string(i % 1000) + "," + std::to_string(i / 1000) + ",1\n";
  refuses(
      "a large one",
      [](const std::string& t) {
        const auto input = analysis::read_csv(t, "t.csv");
        return input && input->rows.size() == 60'000 ? std::string("read") : refusal(input);
      },
      large, kReaderMemory, "read");
}

TEST_CASE("JSON takes no more than its budget, in every reader" * doctest::skip(!test::memory_can_be_limited())) {
  const std::string start = "{\"type\":\"FeatureCollection\",\"features\":[";
  const std::string flat = repeated("0,", 12u << 20, start, "0]}");
  const std::string lists = repeated("[],", 8u << 20, start, "0]}");
  const std::string members = repeated("{\"a\":0},", 5u << 20, start, "0]}");
  const std::string one_object = repeated("\"aaaa\":0,", 7u << 20, "{", "\"type\":\"FeatureCollection\"}");
  const std::string text = "{\"type\":\"" + std::string(100u << 20, 'x') + "\"}";
  for (const auto& [what, read, budget] :
       {std::tuple("boundaries", kBoundaries, kGeographyMemory), std::tuple("places", kPlaces, kReaderMemory)}) {
    refuses(std::string(what) + ": a flat list", read, flat, budget, "MiB of memory");
    refuses(std::string(what) + ": lists", read, lists, budget, "MiB of memory");
    refuses(std::string(what) + ": objects", read, members, budget, "MiB of memory");
    refuses(std::string(what) + ": one object", read, one_object, budget, "MiB of memory");
    stays_within(std::string(what) + ": one text", read, text, budget);
    stays_within(std::string(what) + ": no JSON", read, std::string(20u << 20, '['), budget);
  }
  const allocation::NoFiles files;
  const Reader scheme = [&](const std::string& bytes) { return refusal(allocation::read_scheme(bytes, files)); };
  const Reader pot = [](const std::string& bytes) { return refusal(allocation::read_pot(bytes)); };
  for (const auto& [what, read] : {std::pair("a scheme", scheme), std::pair("a pot", pot)}) {
    refuses(std::string(what) + ": a flat list", read, flat, 128 * kMebibyte, "MiB of memory");
    refuses(std::string(what) + ": objects", read, members, 128 * kMebibyte, "MiB of memory");
  }
  // What the bound lets through is read within the budget, and not much of it is lost: 200,000 points.
  std::string ring;
  for (int i = 0; i < 200'000; ++i) ring += "[-1." + std::to_string(100'000 + i) + ",52.123456],";
  const std::string area = start +
                           "{\"type\":\"Feature\",\"properties\":{\"LSOA21CD\":\"E01000001\"},\"geometry\":{\"type\":"
                           "\"Polygon\",\"coordinates\":[[" +
                           ring + "[-1.1,52.3],[-1.100000,52.123456]]]}}]}";
  CHECK(json_memory(area) < kGeographyMemory / 4);
  stays_within("200,000 points", kBoundaries, area, json_memory(area));
}

TEST_CASE("archives and packed files take no more than their budget" * doctest::skip(!test::memory_can_be_limited())) {
  const std::string folder = std::filesystem::temp_directory_path() / ("tithing-memory-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  const std::string zip = folder + "/bomb.zip";
  std::ofstream(zip, std::ios::binary) << zipped(
      {{"b.json", "{\"type\":\"FeatureCollection\",\"features\":[" + std::string(300u << 20, ' ') + "]}"}});
  CHECK(std::filesystem::file_size(zip) < (2u << 20));
  refuses(
      "a geography of 300 MB in 300 kB",
      [&](const std::string&) {
        return refusal(register_::each_file(
            {zip}, [](const std::string&, std::string_view, bool) { return true; },
            [](register_::GivenFile&&) -> Status { return {}; }));
      },
      "", kGeographyMemory, "larger than 256 MiB");
  refuses(
      "a police archive",
      [&](const std::string&) {
        const auto members = evidence::list_archive(zip, "bomb.zip");
        if (!members) return members.error().message;
        return refusal(
            evidence::read_archive(zip, "bomb.zip", {true}, 1, [](std::size_t, evidence::ByteStream& stream) -> Status {
              std::vector<char> buffer(1 << 20);
              for (;;) {
                const auto count = stream.read(buffer.data(), buffer.size());
                if (!count) return pass_on(count);
                if (*count == 0) return {};
              }
            }));
      },
      "", 64 * kMebibyte, "would unpack to more than");
  std::filesystem::remove_all(folder);
  // A police file is read as a stream: its size does not matter, its lines and its kinds do.
  const Reader street = [](const std::string& bytes) {
    evidence::TextStream stream(bytes);
    return refusal(evidence::read_street_file(stream, "2022-01-surrey-street.csv", std::nullopt));
  };
  stays_within("a police file that is one line", street, std::string(40u << 20, 'x'), 64 * kMebibyte);
  stays_within("a police file of commas", street, std::string(20u << 20, ','), 64 * kMebibyte);
  stays_within("a police file of empty lines", street, std::string(20u << 20, '\n'), 64 * kMebibyte);
}
