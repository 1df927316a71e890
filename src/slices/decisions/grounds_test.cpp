// What the demonstration brought ends at its paper, at the example it was made of, or says that it was constructed:
// never at the program, which is nobody.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/hash.h"
#include "slices/decisions/frozen_figures.h"
#include "slices/decisions/posts_for_tests.h"
#include "slices/decisions/service.h"
#include "slices/pots/grounds.h"
#include "slices/pots/service.h"
#include "slices/wiring.h"
#include "support/house.h"
#include "support/source_dir.h"

using namespace tithing;
using namespace tithing::decisions;

namespace {

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

// The paper itself, where it lies beside the project; empty where it does not.
std::string paper() {
  const std::string folder = tests::source_dir() + "/../shared/seeds";
  if (!std::filesystem::is_directory(folder)) return {};
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (std::string bytes = bytes_of(entry.path()); sha256(bytes) == kTablePaperSha256) return bytes;
  return {};
}

void each_source(const figures::Figure& figure, const std::function<void(const figures::Source&)>& visit) {
  for (const figures::Input& input : figure.working.inputs) {
    if (input.source) visit(*input.source);
    if (input.figure) each_source(*input.figure, visit);
  }
}

}  // namespace

TEST_CASE(
    "no working of the demonstration's money ends at the program: a paper, an example's file, or what says it is "
    "constructed") {
  test::for_each_engine(all_of_money(), [](db::Database& database) {
    FakeClock clock{Date::from_ymd(2026, 11, 22)};
    Wiring wiring;
    wiring.database = &database;
    wiring.clock = &clock;
    add_record_kinds(wiring.kinds);
    wiring.kinds.add(record_kind());
    TestPosts::name(wiring.permissions);
    FundingService service(wiring, nullptr);
    add_saved_kinds(wiring.figures, service);
    add_frozen_kind(wiring);
    REQUIRE(deliver_decisions(wiring, service).has_value());
    REQUIRE(service.deliver_demonstration().has_value());
    const figures::Viewer officer = viewer_of(TestPosts(wiring.permissions).officer(), clock.today());
    int papers = 0, files = 0, constructed = 0;
    const auto look = [&](const figures::Address& address) {
      const auto figure = wiring.figures.ask(address, officer);
      CAPTURE(address.path());
      REQUIRE(figure.has_value());
      CHECK(figures::to_json(*figure).find("\"entry\"") == std::string::npos);  // nobody entered anything here
      each_source(*figure, [&](const figures::Source& source) {
        CAPTURE(source.name);
        CHECK(source.ends());
        if (source.kind == figures::Source::Kind::paper) {
          ++papers;
          CHECK(source.paragraph.starts_with("Table 1, column "));
          CHECK(source.sha256 == kTablePaperSha256);
        } else if (source.kind == figures::Source::Kind::constructed) {
          ++constructed;
          CHECK(source.name.starts_with("Constructed for the demonstration: "));
          CHECK(source.entered_by == kConstructedBy);
        } else {
          ++files;
        }
      });
      CHECK(figures::to_json(*figures::from_json(figures::to_json(*figure))) == figures::to_json(*figure));
    };
    REQUIRE(service.count_pots({}) == 9);
    for (const PotRecord& pot : service.pots({}, 100, 0)) {
      for (const char* of : {"known", "available", "top-slices", "schemes"}) look(address_of(pot, of));
      CHECK_FALSE(pot.saved.reason.empty());
      CHECK(pot.saved.by_name.find("system") == std::string::npos);
      for (const SchemeRecord& scheme : service.schemes_of(pot.id)) {
        const auto made = scheme_of(scheme, pot);
        REQUIRE(made.has_value());
        for (const Area& area : made->areas) look(address_of(scheme, pot, area.key));
      }
    }
    look(frozen_address(DecisionId{1}, "bromsgrove"));
    figures::Address total = frozen_address(DecisionId{1}, "");
    total.parameters.values.erase("area");
    total.parameters.values["of"] = "total";
    look(total);
    CHECK(papers > 20);
    CHECK(files > 50);
    CHECK(constructed > 3);
    // What a person saves afterwards is theirs.
    const Doing person{wiring.doing(TestPosts(wiring.permissions).officer()), wiring.figures};
    PotRecord pot = *service.pot(PotId{6});
    REQUIRE(pot.delivered == "table-1-2010/11");
    const auto saved = save_pot(person, {.id = pot.id,
                                         .seen = 1,
                                         .title = pot.title,
                                         .financial_year = pot.financial_year,
                                         .area = pot.area,
                                         .pot = pot.pot,
                                         .reason = "Minute 4"});
    REQUIRE_MESSAGE(saved.has_value(), saved.error().message);
    const figures::Source theirs = source_of(*service.pot(pot.id));
    CHECK(theirs.kind == figures::Source::Kind::entry);
    CHECK(theirs.entered_by == "Commissioning officer");
    CHECK(source_of(*service.pot(pot.id, 1)).kind == figures::Source::Kind::paper);
  });
}

TEST_CASE("the first version of a record says that it is the first entry, a later one its reason") {
  CHECK(why_of({{}, "account:1", "E. Reed", ""}, 1) == "First entry");
  CHECK(why_of({{}, "account:1", "E. Reed", "Minute 4"}, 1) == "Minute 4");
  CHECK(why_of({{}, "account:1", "E. Reed", ""}, 2) == "No reason was given");
}

TEST_CASE("an entry by the program is no end") {
  CHECK_FALSE(figures::Source::of_entry("The pot", "system", "2026-11-22T00:00:00Z", "/funding/pots/1").ends());
  CHECK(figures::Source::of_entry("The pot", "E. Reed", "2026-11-22T00:00:00Z", "/funding/pots/1").ends());
}

TEST_CASE("the paper behind Worcestershire's pots is the one of the register of papers") {
  const std::string papers = bytes_of(tests::source_dir() + "/data/workspaces/papers.csv");
  CHECK(papers.find(std::string(kTablePaper) + ",\"" + kTablePaperTitle + "\",2011-09-22," + kTablePaperSha256) !=
        std::string::npos);
}

TEST_CASE("each fund and top-slice of Worcestershire's pots stands in its column of Table 1 of the paper" *
          doctest::skip(paper().empty())) {
  const std::string text = paper();
  const std::size_t table = text.find("Table 1 Community safety funding");
  REQUIRE(table != std::string::npos);
  test::for_each_engine(all_of_money(), [&](db::Database& database) {
    FakeClock clock{Date::from_ymd(2026, 11, 22)};
    Wiring wiring;
    wiring.database = &database;
    wiring.clock = &clock;
    add_record_kinds(wiring.kinds);
    wiring.kinds.add(record_kind());
    FundingService service(wiring, nullptr);
    REQUIRE(service.deliver_demonstration().has_value());
    int found = 0;
    for (const PotRecord& pot : service.pots({}, 100, 0)) {
      if (!pot.delivered.starts_with("table-1-")) continue;
      const std::size_t column = pot.financial_year == "2010/11" ? 1 : pot.financial_year == "2011/12" ? 2 : 3;
      const auto cell = [&](const std::string& row) {
        const std::size_t line = text.find("\n" + row + "\t", table);
        REQUIRE_MESSAGE(line != std::string::npos, row);
        std::string cells = text.substr(line + 1, text.find('\n', line + 1) - line - 1);
        for (std::size_t i = 0; i < column; ++i) cells = cells.substr(cells.find('\t') + 1);
        return cells.substr(0, cells.find('\t'));
      };
      for (const Fund& fund : pot.pot.funds) {
        CAPTURE(fund.name);
        CHECK(cell(fund.name) + ".00" == (fund.amount ? fund.amount->text() : "TBC.00"));
        ++found;
      }
      for (const TopSlice& slice : pot.pot.top_slices) {
        CAPTURE(slice.purpose);
        CHECK(cell(slice.purpose) + ".00" == slice.size.amount.value_or(Money{}).text());
        ++found;
      }
    }
    CHECK(found == 12);
  });
}
