#include "slices/analysis/methods.h"
#include "support/source_dir.h"

#include <doctest/doctest.h>

#include <cstdio>

#include "base/text.h"
#include "figures/figure.h"
#include "slices/analysis/units.h"

using namespace tithing;
using namespace tithing::analysis;

namespace {

Result<Answer> run(const std::string& name, const Input& input, std::map<std::string, std::string> settings = {}) {
  for (const Method& method : methods())
    if (method.name == name) {
      Settings chosen(std::move(settings));
      auto answer = method.run(input, chosen);
      if (answer) answer->method = name;
      return answer;
    }
  FAIL("no method " << name);
  return invalid(std::string());
}

Result<Answer> run(const std::string& name, const std::string& csv, std::map<std::string, std::string> settings = {}) {
  const auto input = read_csv(csv, "own.csv");
  REQUIRE_MESSAGE(input.has_value(), (input ? "" : input.error().message));
  return run(name, *input, std::move(settings));
}

Answer well(Result<Answer> answer) {
  REQUIRE_MESSAGE(answer.has_value(), (answer ? "" : answer.error().message));
  CHECK(to_json(*answer).find("nan") == std::string::npos);
  CHECK(to_text(*answer, 0).find("nan") == std::string::npos);
  // Every number has its unit.
  const auto bare = without_unit(*answer);
  CHECK_MESSAGE(bare.empty(), answer->method << ": " << joined(bare, ", "));
  return *answer;
}

double number(const Value& value) {
  if (const auto* whole_number = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole_number);
  const auto* real = std::get_if<double>(&value);
  REQUIRE(real != nullptr);
  return *real;
}

double value(const Answer& answer, const std::string& name) {
  for (const NamedValue& one : answer.values)
    if (one.name == name) return number(one.value);
  FAIL("no value " << name);
  return 0;
}

const Value& cell(const Answer& answer, const std::string& listing, std::size_t row, const std::string& column) {
  for (const Listing& list : answer.listings) {
    if (list.name != listing) continue;
    for (std::size_t i = 0; i < list.columns.size(); ++i)
      if (list.columns[i] == column) return list.rows.at(row)[i];
  }
  static const Value none;
  FAIL("no cell " << listing << " " << column);
  return none;
}

std::string file(const std::string& name) {
  std::FILE* opened = std::fopen((tests::source_dir() + "/src/statistics/testdata/" + name).c_str(), "rb");
  REQUIRE(opened != nullptr);
  std::string text(1 << 20, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), opened));
  std::fclose(opened);
  return text;
}

// The counties of North Carolina with the labels that their lists of neighbours use: row numbers from 0.
Input counties() {
  auto input = read_csv(file("sids2.csv"), "sids2.csv");
  REQUIRE(input.has_value());
  input->columns.push_back("code");
  for (std::size_t i = 0; i < input->rows.size(); ++i) input->rows[i].push_back(std::to_string(i));
  return *input;
}

}  // namespace

TEST_CASE("change and interval: Garwood's printed interval of ten, and a doubling that is clear") {
  const Answer ten = well(run("interval", "count\n10\n"));
  CHECK(number(cell(ten, "intervals", 0, "lower")) == doctest::Approx(4.795389).epsilon(1e-6));
  CHECK(number(cell(ten, "intervals", 0, "upper")) == doctest::Approx(18.390356).epsilon(1e-6));
  const Answer clear = well(run("change", "earlier,later\n50,100\n"));
  CHECK(number(cell(clear, "comparisons", 0, "ratio")) == doctest::Approx(2));
  CHECK(std::get<std::string>(cell(clear, "comparisons", 0, "verdict")) == "higher");
  const Answer few = well(run("change", "earlier,later\n0,3\n"));
  CHECK(std::holds_alternative<std::monostate>(cell(few, "comparisons", 0, "ratio")));
  CHECK(std::get<std::string>(cell(few, "comparisons", 0, "verdict")) == "too few to say");
}

TEST_CASE("shrink agrees with spdep's EBest") {
  auto input = counties();
  const std::size_t estimate = *input.find("eb_estimate");
  input.columns[*input.find("deaths")] = "count";
  input.columns[*input.find("births")] = "population";
  const Answer answer = well(run("shrink", input, {{"per", "1"}}));
  for (std::size_t i = 0; i < input.rows.size(); ++i)
    CHECK(number(cell(answer, "areas", i, "estimate")) ==
          doctest::Approx(std::stod(input.rows[i][estimate])).epsilon(1e-12));
}

TEST_CASE("gistar and local-moran agree with spdep, with neighbours as listed in the file") {
  auto input = counties();
  const std::size_t gi = *input.find("gi_star_z"), moran = *input.find("local_moran");
  const Answer hot = well(run("gistar", input, {{"permutations", "99"}}));
  const Answer alike = well(run("local-moran", input, {{"permutations", "0"}}));
  for (std::size_t i = 0; i < input.rows.size(); ++i) {
    CHECK(number(cell(hot, "areas", i, "z")) == doctest::Approx(std::stod(input.rows[i][gi])).epsilon(1e-9));
    CHECK(number(cell(alike, "areas", i, "statistic")) ==
          doctest::Approx(std::stod(input.rows[i][moran])).epsilon(1e-9));
  }
  // The same seed gives the same answer.
  CHECK(to_json(hot) == to_json(well(run("gistar", input, {{"permutations", "99"}}))));
}

TEST_CASE("moran, geary and general-g: six places on a line with high values at one end") {
  std::string csv = "x,y,value\n";
  for (int i = 0; i < 6; ++i) csv += std::to_string(i * 100) + ",0," + std::to_string(i < 3 ? 10 + i : 1 + i) + "\n";
  const Answer i = well(run("moran", csv, {{"neighbours", "distance:100"}}));
  CHECK(value(i, "expected") == doctest::Approx(-0.2));
  CHECK(value(i, "statistic") > 0.3);
  CHECK(value(i, "links") == 10);
  const Answer c = well(run("geary", csv, {{"neighbours", "distance:100"}}));
  CHECK(value(c, "statistic") < 1);
  CHECK(value(well(run("general-g", csv, {{"neighbours", "distance:100"}})), "z") > 0);
  CHECK(!run("moran", "x,y,value\n0,0,1\n1,0,1\n2,0,1\n3,0,1\n", {{"neighbours", "distance:1"}}).has_value());
}

TEST_CASE("gini: more places than crimes") {
  // Every crime at a place of its own: as even as can be.
  const Answer even = well(run("gini", "count\n1\n1\n0\n0\n0\n0\n0\n0\n0\n0\n"));
  CHECK(value(even, "generalised_gini") == doctest::Approx(0).epsilon(1e-12));
  CHECK(value(even, "gini") == doctest::Approx(0.8));
  CHECK(!run("gini", "count\n0\n0\n").has_value());
}

TEST_CASE("seasonal agrees with the authors' program on carbon dioxide") {
  auto input = read_csv(file("carbon_dioxide.csv"), "carbon_dioxide.csv");
  if (!input) {
    // Only the first rows carry the program's output.
    FAIL(input.error().message);
  }
  input->columns[*input->find("parts_per_million")] = "value";
  const Answer answer = well(run("seasonal", *input));
  CHECK(number(cell(answer, "points", 0, "value")) == doctest::Approx(315.58));
  const double sum = number(cell(answer, "points", 5, "seasonal")) + number(cell(answer, "points", 5, "trend")) +
                     number(cell(answer, "points", 5, "remainder"));
  CHECK(sum == doctest::Approx(number(cell(answer, "points", 5, "value"))).epsilon(1e-12));
}

TEST_CASE("change: across a category that changed, and between other months, there is no verdict, as in the figure") {
  auto input = read_csv("earlier,later\n50,100\n", "own.csv");
  REQUIRE(input);
  input->season_out = false;
  const auto told = [&] {
    Settings settings;
    for (const Method& method : methods())
      if (method.name == "change") {
        const auto answer = method.run(*input, settings);
        REQUIRE(answer);
        return answer->findings.front();
      }
    return std::string();
  };
  CHECK(told().find("50 before, 100 after: no verdict, these are other months of the year. Ratio") == 0);
  input->breaks = {"\"Other theft\" was narrowed in May 2013."};
  CHECK(told().find("50 before, 100 after: no verdict, the category changed. Ratio") == 0);
  // No p and no z beside it: they would read as a verdict. Of the same months of two years they stand.
  const auto second_opinions = [&] {
    Settings settings;
    std::vector<bool> there;
    for (const Method& method : methods())
      if (method.name == "change")
        for (const char* name : {"e_test_p", "wheeler_z"})
          there.push_back(
              !std::holds_alternative<std::monostate>(cell(*method.run(*input, settings), "comparisons", 0, name)));
    return there;
  };
  CHECK(second_opinions() == std::vector<bool>{false, false});
  input->season_out = true;
  CHECK(second_opinions() == std::vector<bool>{false, false});
  input->breaks.clear();
  CHECK(second_opinions() == std::vector<bool>{true, true});
  CHECK(told().find("50 before, 100 after: higher. This takes each crime as independent of the others. Ratio") == 0);
}

TEST_CASE("forecast and xmr: a missing month is never zero, and too short a series says so") {
  std::string csv = "month,count\n";
  for (int i = 0; i < 60; ++i)
    csv += Month::from_ym(2015, 1).plus(i).iso() + "," + std::to_string(100 + (i % 12) * 5) + "\n";
  const Answer ahead = well(run("forecast", csv));
  CHECK(std::get<std::string>(cell(ahead, "forecast", 0, "month")) == "2020-01");
  CHECK(number(cell(ahead, "forecast", 3, "mean")) == doctest::Approx(115).epsilon(0.05));
  CHECK(run("forecast", "month,count\n2022-01,3\n2022-03,4\n2022-04,4\n2022-05,4\n").error().message ==
        "own.csv: February 2022 is missing. A missing month is not zero: choose months without a gap.");
  CHECK(!run("seasonal", "month,count\n2022-01,3\n2022-02,4\n").has_value());
  const Answer chart = well(run("xmr",
                                "month,count\n2022-01,5\n2022-03,6\n2022-02,\n2022-04,7\n2022-05,5\n2022-06,7\n2022-07,"
                                "5\n2022-08,6\n2022-09,5\n"));
  CHECK(std::holds_alternative<std::monostate>(cell(chart, "points", 1, "value")));
  CHECK(chart.findings.front().find("trial limits") != std::string::npos);
  // One month, or months without a neighbour, have no limits: nothing can be said, which is not "no signal".
  for (const char* csv_text :
       {"month,count\n2022-01,5\n", "month,count\n2022-01,5\n2022-03,9\n", "month,count\n2022-01,5\n2022-02,9\n",
        "month,count\n2022-01,5\n2022-02,5\n2022-03,5\n2022-04,5\n2022-05,9\n2022-06,9\n2022-07,9\n2022-08,9\n"}) {
    const Answer one = well(run("xmr", csv_text));
    CHECK(one.findings.front().find("Nothing can be said of ") == 0);
    CHECK(one.findings.front().find("No signal") == std::string::npos);
  }
  CHECK(run("xmr", "value\n1\n2\n", {{"two-of-three", "2023"}}).error().message.find("--two-of-three is one of") == 0);
}

TEST_CASE("scan agrees with SaTScan on North Humberside") {
  auto input = read_csv(file("north_humberside.csv"), "north_humberside.csv");
  REQUIRE(input.has_value());
  input->columns.push_back("code");
  for (std::size_t i = 0; i < input->rows.size(); ++i) input->rows[i].push_back(std::to_string(i));
  const Answer answer = well(run("scan", *input, {{"simulations", "0"}}));
  CHECK(number(cell(answer, "clusters", 0, "log_likelihood_ratio")) == doctest::Approx(4.836516).epsilon(1e-7));
  CHECK(number(cell(answer, "clusters", 1, "log_likelihood_ratio")) == doctest::Approx(4.836516).epsilon(1e-7));
}

TEST_CASE("knox counts pairs by band, and refuses months with an explanation") {
  const Answer answer =
      well(run("knox", "x,y,date\n0,0,2022-01-01\n0,0,2022-01-03\n100,0,2022-01-05\n5000,0,2022-06-01\n",
               {{"permutations", "99"}}));
  CHECK(number(cell(answer, "bands", 0, "observed")) == 1);
  CHECK(number(cell(answer, "bands", 3, "observed")) == 2);
  CHECK(run("knox", "x,y,month\n0,0,2022-01\n1,1,2022-02\n").error().message.find("cannot be used on months") !=
        std::string::npos);
  CHECK(run("knox", "x,y,date\n0,0,2022-01\n1,1,2022-02\n").error().message.find("cannot be used on months") !=
        std::string::npos);
}

TEST_CASE("displacement agrees with ptools wdd(c(20,20), c(20,10)): -10, standard error 8.4") {
  const Answer answer = well(run("displacement", "group,before,after\ntreated,20,10\ncontrol,20,20\n"));
  CHECK(value(answer, "total") == doctest::Approx(-10));
  CHECK(value(answer, "standard_error") == doctest::Approx(8.3666).epsilon(1e-4));
  CHECK(!run("displacement", "group,before,after\ntreated,20,10\n").has_value());
}

TEST_CASE("hot spots: a choice put to the test, and histories") {
  const Answer one = well(run(
      "hotspot-accuracy", "name,score,later\na,5,4\nb,1,1\nc,0,0\nd,0,0\ne,0,0\nf,0,0\ng,0,0\nh,0,0\ni,0,0\nj,0,0\n",
      {{"share", "0.1"}}));
  CHECK(value(one, "hit_rate") == doctest::Approx(0.8));
  CHECK(value(one, "accuracy_index") == doctest::Approx(8));
  CHECK(value(one, "efficiency_index") == doctest::Approx(1));
  const Answer told = well(run("hotspot-history",
                               "code,month,hot\na,2022-01,1\na,2022-02,1\nb,2022-01,0\nb,2022-02,1\nc,2022-01,1\nc,"
                               "2022-02,0\nd,2022-01,0\nd,2022-02,0\n"));
  CHECK(std::get<std::string>(cell(told, "places", 0, "history")) == "persistent");
  CHECK(std::get<std::string>(cell(told, "places", 1, "history")) == "new");
  CHECK(std::get<std::string>(cell(told, "places", 2, "history")) == "fading");
}

TEST_CASE("funnel, ranks, standardise, nearest, group-mean, kde, priorities and harm answer on tiny tables") {
  const std::string areas = "name,count,population\na,10,1000\nb,20,1000\nc,60,1000\nd,15,\n";
  const Answer plot = well(run("funnel", areas, {{"method", "exact"}}));
  CHECK(value(plot, "target") == doctest::Approx(30));
  CHECK(std::get<std::string>(cell(plot, "areas", 2, "band")) == "far above");
  CHECK(std::get<std::string>(cell(plot, "areas", 3, "band")) == "unknown");
  CHECK(number(cell(well(run("ranks", areas)), "areas", 2, "rank")) == 1);
  // Two strata with rates 10 and 20 per 1,000, the standard half of each: 15.
  const Answer standard = well(run("standardise", "count,population,standard\n10,1000,500\n40,2000,500\n"));
  CHECK(number(cell(standard, "areas", 0, "standardised_rate")) == doctest::Approx(15));
  const Answer near =
      well(run("nearest", "name,income,density\na,1,1\nb,1.1,1\nc,5,9\n", {{"own", "a"}, {"count", "1"}}));
  CHECK(std::get<std::string>(cell(near, "nearest", 0, "name")) == "b");
  CHECK(value(well(run("group-mean", "name,rate,member\na,10,no\nb,20,yes\nc,99,no\n", {{"own", "a"}})), "mean") ==
        doctest::Approx(15));
  // One point: the quartic kernel is 3 / (pi h^2) at the point itself; here a cell's centre lies on it.
  const Answer dense = well(run("kde", "x,y\n0,0\n1000,0\n", {{"bandwidth", "100"}, {"cell", "8"}}));
  CHECK(number(cell(dense, "cells", 0, "density")) == doctest::Approx(3 / (3.14159265 * 10000)).epsilon(0.01));
  const Answer first = well(
      run("priorities",
          "item,criterion,scorer,score\nburglary,harm,a,4\nburglary,volume,a,1\ntheft,harm,a,1\ntheft,volume,a,3\n",
          {{"weights", "harm=2"}}));
  CHECK(number(cell(first, "items", 0, "score")) == doctest::Approx(3));
  CHECK(number(cell(first, "items", 0, "rank")) == 1);
  const Answer bounds = well(run("harm", "offence,weight\nlight,1\nheavy,100\n", {{"count", "10"}}));
  CHECK(value(bounds, "low") == doctest::Approx(10));
  CHECK(value(bounds, "high") == doctest::Approx(1000));
  CHECK(std::holds_alternative<std::monostate>(bounds.values[3].value));
}

TEST_CASE("every method refuses a table without its columns with a sentence, and options that are none") {
  for (const Method& method : methods()) {
    CAPTURE(method.name);
    const auto answer = run(method.name, "nothing\n1\n", {{"own", "a"}});
    REQUIRE(!answer.has_value());
    CHECK(answer.error().message.size() > 10);
    CHECK(answer.error().message.back() == '.');
    CHECK((method.area != AreaForm::none || !method.no_area.empty()));
  }
  CHECK(run("scan", "code,count,x,y\na,1,0,0\n", {{"simulations", "many"}}).error().message ==
        "--simulations must be a whole number from 0 to 99,999, not \"many\".");
  CHECK(run("interval", "count\n1\n", {{"method", "guess"}}).error().message ==
        "--method is one of exact, mid-p, byar, not \"guess\".");
}

TEST_CASE("points on a grid: cells where busy ones lie together are hot, one busy cell by itself is not") {
  std::string csv = "x,y\n";
  for (int i = 0; i < 10; ++i)
    for (int j = 0; j < 10; ++j) csv += std::to_string(i * 100 + 50) + "," + std::to_string(j * 100 + 50) + "\n";
  const std::string even = csv;
  for (int i = 0; i < 40; ++i)
    csv += std::to_string(250 + 100 * (i % 2)) + "," + std::to_string(250 + 50 * (i / 20)) + "\n";
  csv += ",\n";
  const Answer answer = well(run("gistar", csv, {{"grid", "100"}, {"permutations", "99"}}));
  CHECK(answer.listings[1].rows.size() == 100);
  CHECK(!answer.listings[0].rows.empty());
  CHECK(std::get<std::string>(cell(answer, "areas", 22, "called")) == "hot");
  CHECK(std::get<std::string>(cell(answer, "areas", 99, "called")) == "-");
  // In any order of these numbers the large one is somewhere.
  std::string alone = even;
  for (int i = 0; i < 40; ++i) alone += "250,250\n";
  const Answer single = well(run("gistar", alone, {{"grid", "100"}}));
  CHECK(single.listings[0].rows.empty());
  CHECK(number(cell(single, "areas", 22, "p")) == doctest::Approx(0.09));
  CHECK(number(cell(single, "areas", 22, "normal_p")) < 0.002);
}

TEST_CASE("points that lie nowhere near do not stretch the grid, and are listed apart") {
  std::string csv = "x,y\n";
  for (int i = 0; i < 200; ++i)
    csv += std::to_string(450'000 + 37 * i % 3000) + "," + std::to_string(450'000 + 53 * i % 2000) + "\n";
  const Answer without = well(run("gistar", csv, {{"grid", "250"}}));
  const Answer with = well(run("gistar", csv + "0,0\n450500,1450000\n", {{"grid", "250"}}));
  REQUIRE(with.listings.size() == 3);
  CHECK(with.listings[1].name == "strays");
  CHECK(with.listings[1].rows.size() == 2);
  CHECK(std::get<std::string>(with.listings[1].rows[0][0]) == "line 202");
  CHECK(joined(with.notes, " ").find("2 points lie further from the rest than the rest is wide") != std::string::npos);
  CHECK(with.listings.back().rows.size() == without.listings.back().rows.size());
  // Three of two hundred are not strays but a place.
  const Answer place = well(run("gistar", csv + "459000,450000\n459010,450000\n459020,450000\n", {{"grid", "250"}}));
  CHECK(place.listings.size() == 2);
  const Answer density = well(run("kde", csv + "0,0\n"));
  CHECK(value(density, "points") == 200);
  CHECK(value(density, "bandwidth") == doctest::Approx(value(well(run("kde", csv)), "bandwidth")));
}

TEST_CASE("a bandwidth below the cell is refused, and a cell that is not given is never wider than the bandwidth") {
  std::string csv = "x,y\n";
  for (int i = 0; i < 50; ++i) csv += std::to_string(997 * i % 40'000) + "," + std::to_string(641 * i % 40'000) + "\n";
  CHECK(run("kde", csv, {{"bandwidth", "100"}, {"cell", "250"}})
            .error()
            .message.find("is smaller than a cell of 250 metres") != std::string::npos);
  const Answer narrow = well(run("kde", csv, {{"bandwidth", "100"}}));
  CHECK(value(narrow, "cell") <= 100);
  CHECK(run("kde", csv, {{"bandwidth", "5"}}).error().message.find("more than 4,000,000") != std::string::npos);
}

TEST_CASE("every number is printed with its unit, and the JSON has them by name") {
  auto answer = well(run("funnel", "name,count,population\nA,10,1000\nB,20,1500\nC,7,900\n"));
  const std::string text = to_text(answer), json = to_json(answer);
  CHECK(text.find("events per 1,000") != std::string::npos);
  CHECK(text.find("Units: count in events;") != std::string::npos);
  CHECK(json.find("\"units\":{\"values\":{\"target\":\"events per 1,000\"") != std::string::npos);
  // A number without one would be seen.
  answer.values.push_back({"something_new", 1.5});
  CHECK(without_unit(answer) == std::vector<std::string>{"something_new"});
}

TEST_CASE("a funnel says how many areas would lie outside its limits by themselves") {
  std::string csv = "name,count,population\n";
  for (int i = 0; i < 40; ++i) csv += "A" + std::to_string(i) + ",100,10000\n";
  CHECK(well(run("funnel", csv)).findings.at(1) ==
        "Chance alone would put about 2.0 of 40 areas with a rate outside the 95% limits, and 0.08 outside the 99.8% "
        "limits.");
  // Without residents an area has no rate and is not counted; where limits are widened it is not chance alone.
  csv += "B,900,10000\nC,1,10000\nD,5,\n";
  CHECK(well(run("funnel", csv)).findings.at(1).find("of 42 areas with a rate") != std::string::npos);
}

TEST_CASE("an area whose count is not known stops no method that looks at each by itself, and is named") {
  const std::string csv = "name,count,population\nA,10,1000\nB,NA,1000\nC,30,2000\nD,12,1000\n";
  for (const char* name : {"interval", "funnel", "ranks", "shrink"}) {
    const auto answer = run(name, csv);
    REQUIRE_MESSAGE(answer.has_value(), name << ": " << (answer ? "" : answer.error().message));
    CHECK_MESSAGE(answer->notes.front().starts_with("1 row has no number and is left out: B."), name);
  }
  const auto change = run("change", "name,earlier,later\nA,100,120\nB,50,..\n");
  REQUIRE(change.has_value());
  CHECK(change->listings[0].rows.size() == 1);
  const auto none = run("funnel", "name,count,population\nA,NA,100\n");
  REQUIRE_FALSE(none.has_value());
  CHECK(none.error().message.find("no row has a number in it") != std::string::npos);
}
