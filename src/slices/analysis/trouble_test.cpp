// Small inputs that met trouble: files beside the project that belong to nobody's sample. Where they are not there,
// this is skipped and counted as skipped.
#include <doctest/doctest.h>

#include <filesystem>

#include "base/text.h"
#include "slices/analysis/methods.h"
#include "support/source_dir.h"

using namespace tithing;
using namespace tithing::analysis;

namespace {

std::string trouble() { return tests::source_dir() + "/../shared/data/trouble/"; }
bool absent() { return !std::filesystem::exists(trouble()); }

Result<Answer> run(const std::string& name, const std::string& file, std::map<std::string, std::string> settings = {}) {
  const auto input = read_file(trouble() + file);
  if (!input) return pass_on(input);
  for (const Method& method : methods())
    if (method.name == name) {
      Settings chosen(std::move(settings));
      return method.run(*input, chosen);
    }
  FAIL("no method " << name);
  return invalid(std::string());
}

std::string signals(const std::string& file, const std::string& rule = "since-november-2023") {
  const auto answer = run("xmr", "xmr/" + file, {{"two-of-three", rule}});
  REQUIRE_MESSAGE(answer.has_value(), (answer ? "" : answer.error().message));
  std::string text;
  for (const auto& row : answer->listings[1].rows) {
    const auto& words = std::get<std::string>(row[3]);
    text += words.empty()                  ? '.'
            : words.starts_with("outside") ? 'o'
            : words.starts_with("two")     ? '2'
            : words.ends_with("trend")     ? 't'
                                           : 's';
  }
  return text;
}

std::string refusal(const std::string& method, const std::string& file) {
  const auto answer = run(method, file);
  return answer ? "answered: " + joined(answer->findings, " ") : answer.error().message;
}

}  // namespace

TEST_CASE("trouble: control charts by both rules of two of three" * doctest::skip(absent())) {
  // By hand: mean 21.9, near limit 25.55, limit 27.37: 30 and 28 outside, then 26 near. Since November 2023 those
  // outside count, before they did not.
  CHECK(signals("tie_in_trend.csv") == "........oo2.........");
  CHECK(signals("tie_in_trend.csv", "before-november-2023") == "........oo..........");
  // Mean 20.6, limit 27.04: neither lies outside, so that both rules say the same.
  CHECK(signals("outside_then_near.csv") == "...............22...");
  CHECK(signals("outside_then_near.csv", "before-november-2023") == "...............22...");
  CHECK(signals("two_near_control.csv") == "...............22...");
  // A missing month breaks what comes before it from what comes after.
  CHECK(signals("gap_in_run.csv") == "....2o2.o2o2so2oos2o");
  CHECK(signals("on_mean_decimals.csv") == "........................");
  CHECK(refusal("xmr", "xmr/month_names.csv") ==
        "month_names.csv, line 2: \"Jan-22\" in the column month is not a month. Write 2022-01.");
  CHECK(refusal("xmr", "xmr/month_uk_dates.csv").find("is not a month. Write 2022-01.") != std::string::npos);
}

TEST_CASE("trouble: near repeats and scans" * doctest::skip(absent())) {
  CHECK(refusal("knox", "knox/blank_pos.csv").find("line 4: the column x is empty") != std::string::npos);
  CHECK(refusal("knox", "knox/times.csv").find("is not a day. Write 2022-01-31") != std::string::npos);
  CHECK(refusal("knox", "knox/uk_dates.csv").find("is not a day. Write 2022-01-31") != std::string::npos);
  CHECK(refusal("scan", "scan/case_in_empty.csv") ==
        "A location has cases where none can be expected. Check its population.");
  CHECK(refusal("scan", "scan/missing_month.csv").find("no row for February 2022. A missing month is not zero") !=
        std::string::npos);
  CHECK(refusal("scan", "scan/no_cases.csv") == "There are no cases, so there is nothing to cluster.");
  CHECK(refusal("scan", "scan/zero_pop.csv").find("No clear cluster") != std::string::npos);
}

TEST_CASE("trouble: totals, semicolons, thousands, and what has no answer" * doctest::skip(absent())) {
  const auto total = run("funnel", "analysis/with_total.csv");
  REQUIRE_MESSAGE(total.has_value(), (total ? "" : total.error().message));
  CHECK(total->listings[0].rows.size() == 2);
  CHECK(read_file(trouble() + "analysis/with_total.csv")->notes.front().find("adds up the other rows") !=
        std::string::npos);
  CHECK(read_file(trouble() + "analysis/with_total.csv")->rows.size() == 2);
  const auto semicolon = run("funnel", "analysis/semicolon.csv");
  REQUIRE_MESSAGE(semicolon.has_value(), (semicolon ? "" : semicolon.error().message));
  CHECK(std::get<std::int64_t>(semicolon->listings[0].rows[1][1]) == 20);
  const auto thousands = run("funnel", "analysis/thousands.csv");
  REQUIRE_MESSAGE(thousands.has_value(), (thousands ? "" : thousands.error().message));
  CHECK(std::get<std::int64_t>(thousands->listings[0].rows[0][1]) == 1234);
  CHECK(run("xmr", "xmr/thousands.csv").has_value());
  CHECK(run("harm", "harm/thousands.csv").has_value());
  CHECK(run("harm", "harm/bom.csv").has_value());
  CHECK(refusal("funnel", "analysis/trailing_comma.csv").find("line 1: a column has no name") != std::string::npos);
  CHECK(refusal("gini", "analysis/all_zero.csv") == "There are no events, so they are not concentrated anywhere.");
  CHECK(refusal("gistar", "analysis/constant.csv") ==
        "All areas have the same value, so there is no pattern to look for.");
  // Nobody lives there: the rate is unknown, not zero.
  const auto nobody = run("funnel", "analysis/zero_pop.csv");
  REQUIRE(nobody.has_value());
  CHECK(std::holds_alternative<std::monostate>(nobody->listings[0].rows[0][3]));
  // An island has no neighbour, and no Gi*.
  const auto island = run("gistar", "analysis/island.csv", {{"neighbours", "distance:100"}});
  REQUIRE(island.has_value());
  CHECK(std::get<std::string>(island->listings.back().rows[5].back()) == "no neighbours");
  // Places at one point are neighbours.
  CHECK(run("gistar", "analysis/coincident.csv", {{"neighbours", "distance:300"}}).has_value());
  const auto displaced = run("displacement", "analysis/wdd_zero_control.csv");
  REQUIRE(displaced.has_value());
  CHECK(displaced->findings.front().find("No clear effect") == 0);
  CHECK(refusal("standardise", "analysis/std_zero.csv").find("answered") == std::string::npos);
}
