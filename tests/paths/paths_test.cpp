// Every path of the program: it is without faults, the guide has its table as it is, and its picture can be drawn.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>

#include "path/page/drawing.h"
#include "path/path.h"
#include "slices/bodies/proposal_path.h"
#include "slices/decisions/moves.h"
#include "slices/priorities/domain.h"
#include "slices/register/review.h"
#include "support/source_dir.h"

using namespace tithing;

namespace {

struct OfTheProgram {
  const char* heading;
  path::Outline outline;
};

std::vector<OfTheProgram> paths() {
  return {{"What became of an area: its review", register_::kReviewPath.outline()},
          {"A proposal for the register of bodies", bodies::kProposalPath.outline()},
          {"A decision about money", decisions::kDecisionPath.outline()},
          {"An exercise that scores priorities", priorities::kStagePath.outline()}};
}

std::string read(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::string page() {
  std::string out =
      "# Paths: what can be done next, and by whom\n\n"
      "Whatever goes from hand to hand here has a path: states, and moves between them. The page of a record shows "
      "where "
      "it stands, what you may do next, and what not yet and why; *The whole path* below it is a picture of all states "
      "and moves, with the same as a list. A move asks for the right of whoever makes it, for what it needs, and often "
      "for a reason; what was done stays on the record's page, with day and name.\n\n"
      "These tables are made from the program itself.\n";
  for (const OfTheProgram& one : paths())
    out += "\n## " + std::string(one.heading) + "\n\n" + path::table_of(one.outline);
  return out;
}

}  // namespace

TEST_CASE("the guide has the table of every path of the program as it is") {
  const std::string file = tests::source_dir() + "/docs/guide/paths.md";
  // With TITHING_WRITE_GUIDE set the page is written anew, to be read and committed.
  if (std::getenv("TITHING_WRITE_GUIDE") != nullptr) std::ofstream(file, std::ios::binary) << page();
  const bool same = read(file) == page();
  CHECK_MESSAGE(same, "docs/guide/paths.md is not what the paths say: run this test with TITHING_WRITE_GUIDE=1");
}

TEST_CASE("no path of the source is missing here, and each is without faults") {
  std::set<std::string> here;
  for (const OfTheProgram& one : paths()) {
    CHECK(here.insert(std::string(one.outline.code)).second);
    for (const std::string& fault : path::faults_of(one.outline)) FAIL_CHECK(one.outline.code << ": " << fault);
  }
  const std::regex made(R"(\bPath<\w+>\s+k\w+\s*\{\s*\"([^\"]+)\")");
  std::set<std::string> in_source;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(tests::source_dir() + "/src/slices")) {
    const std::string name = entry.path().filename().string();
    if (!entry.is_regular_file() || entry.path().extension() != ".cpp" || name.ends_with("_test.cpp")) continue;
    const std::string text = read(entry.path());
    for (auto it = std::sregex_iterator(text.begin(), text.end(), made); it != std::sregex_iterator(); ++it)
      in_source.insert((*it)[1].str());
  }
  CHECK(in_source.size() >= 3);
  CHECK(in_source == here);
}

TEST_CASE("the picture of every path: all states and moves, and no line on top of another") {
  for (const OfTheProgram& one : paths()) {
    CAPTURE(one.heading);
    const path::Layout layout = path::layout_of(one.outline);
    CHECK(layout.boxes.size() == one.outline.states.size());
    CHECK(layout.arrows.size() == one.outline.steps.size());
    CHECK(layout.width <= 420);
    std::set<std::pair<double, double>> ports;
    for (const path::Layout::Arrow& arrow : layout.arrows) {
      for (const double y : {arrow.from_y, arrow.to_y}) CHECK(ports.insert({0, y}).second);
      CHECK(arrow.lane < layout.width);
      CHECK(std::max(arrow.from_y, arrow.to_y) < layout.height);
    }
    const std::string picture =
        path::drawing_with_list(one.outline, {std::string(one.outline.states.front().code), {}}, "p", "en").text();
    for (const path::State& state : one.outline.states) CHECK(picture.find(state.name) != std::string::npos);
    for (const path::Step& step : one.outline.steps) CHECK(picture.find(step.name) != std::string::npos);
    CHECK(picture.find("(here now)") != std::string::npos);
  }
}
