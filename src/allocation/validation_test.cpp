// Wrong input: a sentence that names the place, and no answer.
#include <doctest/doctest.h>

#include "allocation/read_scheme.h"
#include "allocation/scheme_for_tests.h"

using namespace tithing;
using namespace tithing::allocation;

namespace {

class OneFile : public SchemeFiles {
 public:
  explicit OneFile(std::string text) : text_(std::move(text)) {}
  Result<std::string> read(const std::string&) const override { return text_; }

 private:
  std::string text_;
};

// Two areas, a pot of £100 and last year's money; `steps` and `rest` as JSON.
std::string file(const std::string& steps, const std::string& rounding = R"({"unit":"1.00","rule":"nearest"})",
                 const std::string& amount = R"("100.00")") {
  return R"({"title":"T","financial_year":"2012/13","pot":{"funds":[{"name":"Fund","amount":)" + amount + R"(}]},
    "areas":[{"key":"a","name":"Ayton"},{"key":"b","name":"Beeford"}],
    "last_year":{"financial_year":"2011/12","amounts":{"a":"60.00","b":"40.00"}},
    "steps":[)" +
         steps + R"(],"rounding":)" + rounding + "}";
}

std::string problem_of(const std::string& json, const SchemeFiles& files = NoFiles()) {
  const auto scheme = read_scheme(json, files);
  if (!scheme) return scheme.error().message;
  const auto made = allocate(*scheme);
  return made ? std::string() : made.error().message;
}

std::string indicators(const std::string& first_weight, const std::string& values) {
  return R"({"type":"weighted_indicators","indicators":[{"name":"population","weight":)" + first_weight +
         R"(,"values":)" + values + R"(},{"name":"crime","weight":50,"values":{"a":3,"b":4}}]})";
}

}  // namespace

TEST_CASE("a right file has no problem") {
  CHECK(problem_of(file(indicators("50", R"({"a":1,"b":2})"))) == "");
  CHECK(problem_of(file(indicators("\"50.0\"", R"({"a":"1.5","b":{"value":2}})"))) == "");
}

TEST_CASE("weights that do not come to 100") {
  CHECK(problem_of(file(indicators("\"49.5\"", R"({"a":1,"b":2})"))) ==
        "Step 1 (weighted indicators): the weights come to 99.5, not 100. Change them by 0.5 in all.");
}

TEST_CASE("an indicator missing for one area, and for an area that is none") {
  CHECK(problem_of(file(indicators("50", R"({"a":1})")))
            .starts_with("Step 1 (weighted indicators), indicator “population”: there is no value for Beeford."));
  CHECK(problem_of(file(indicators("50", R"({"a":1,"b":1,"c":1})"))).find("there is no area “c”") != std::string::npos);
  CHECK(problem_of(file(indicators("50", R"({"a":0,"b":0})"))).find("all values are nought") != std::string::npos);
  CHECK(problem_of(file(indicators("50", R"({"a":-1,"b":1})"))).find("the value of Ayton is negative") !=
        std::string::npos);
  CHECK(problem_of(file(indicators("50", R"({"a":1.5,"b":1})")))
            .starts_with("steps[0].indicators[0].values.a: write numbers with decimals"));
}

TEST_CASE("floors above the pot") {
  CHECK(problem_of(file(R"({"type":"direct_shares","by":"last_year"},{"type":"floor","amount":"60.00"})")) ==
        "Step 2 (floor): the floors come to £120.00, more than the £100.00 to be shared. Lower them, or let them be "
        "met in proportion.");
  CHECK(problem_of(file(R"({"type":"fixed_amount","amount":"60.00"})")) ==
        "Step 1 (fixed amount): it takes £120.00, and only £100.00 remains at this point.");
  CHECK(problem_of(file(R"({"type":"hold_back","purpose":"x","amount":"100.01"})"))
            .starts_with("Step 1 (hold-back): it takes £100.01"));
}

TEST_CASE("negative and impossible amounts") {
  const std::string steps = R"({"type":"direct_shares","by":"last_year"})";
  CHECK(problem_of(file(steps, R"({"rule":"nearest"})", R"("-1.00")")) ==
        "Fund “Fund”: -£1.00 is a negative amount. Write an amount of nought or more.");
  // 2^63 pence
  CHECK(problem_of(file(steps, R"({"rule":"nearest"})", R"("92233720368547758.08")"))
            .starts_with("pot.funds[0].amount: The amount is too large."));
  CHECK(problem_of(file(steps, R"({"rule":"nearest"})", "100"))
            .starts_with("pot.funds[0].amount: write amounts in quotes"));
  CHECK(problem_of(file(steps, R"({"rule":"nearest"})", R"("12.345")"))
            .starts_with("pot.funds[0].amount: Write the amount in pounds and pence"));
  const std::string large = R"("90000000000000.00"},{"name":"Another","amount":"90000000000000.00")";
  CHECK(
      problem_of(file(steps, R"({"rule":"nearest"})", large)).starts_with("The funds come to more than can be held."));
  CHECK(problem_of(file(R"({"type":"fixed_amount","amount":"-5.00"})"))
            .starts_with("Step 1 (fixed amount): -£5.00 is a negative amount."));
}

TEST_CASE("the largest pot there can be is shared to the penny") {
  const auto scheme = read_scheme(
      file(R"({"type":"direct_shares","by":"last_year"})", R"({"rule":"largest_remainder"})", R"("90000000000000.00")"),
      NoFiles());
  REQUIRE(scheme);
  const auto made = allocate(*scheme);
  REQUIRE(made);
  CHECK(made->areas[0].amount.plain() == "54000000000000.00");
  CHECK(made->reconciles());
}

TEST_CASE("a year without predecessor") {
  Scheme scheme = scheme_of(100'00, {{"a", 50'00}, {"b", 50'00}});
  scheme.last_year->amounts.erase("b");
  scheme.steps = {{DirectShares{}, ""}};
  CHECK(
      allocate(scheme).error().message.starts_with("Step 1 (direct shares): last year's split needs the year before, "
                                                   "and Area b has no money in 2011/12 and no predecessor."));
  scheme.last_year.reset();
  CHECK(allocate(scheme).error().message ==
        "Step 1 (direct shares): last year's split needs the year before, and the scheme has no last_year.");
}

TEST_CASE("an unknown rounding rule, and words that are not in the format") {
  const std::string steps = R"({"type":"direct_shares","by":"last_year"})";
  CHECK(problem_of(file(steps, R"({"unit":"1.00","rule":"bankers"})")) ==
        "rounding.rule: “bankers” is not known here. Write one of: nearest, truncate, largest_remainder, rest_to.");
  CHECK(problem_of(file(steps, R"({"unit":"1.00"})")).starts_with("rounding.rule: it is missing."));
  CHECK(problem_of(file(steps, R"({"rule":"rest_to"})")).starts_with("rounding.rest_to: name who bears the rest"));
  CHECK(problem_of(file(steps, R"({"rule":"rest_to","rest_to":"zz"})")).starts_with("Rounding: the rest goes to “zz”"));
  CHECK(problem_of(file(steps, R"({"rule":"nearest","unit":"0.00"})"))
            .starts_with("Rounding: the unit is an amount above nought"));
  CHECK(problem_of(file(R"({"type":"magic"})")).starts_with("steps[0].type: “magic” is not a kind of step."));
  CHECK(problem_of(file(R"({"type":"floor","amount":"1.00","wieght":1})"))
            .starts_with("steps[0].wieght: there is no such member here."));
  CHECK(problem_of("{").starts_with("The file is not JSON"));
  CHECK(problem_of("[]").starts_with("The file: it must be an object"));
  CHECK(problem_of(R"({"title":"T"})") == "pot: it is missing.");
}

TEST_CASE("overrides, over-programming, phases, tranches") {
  CHECK(problem_of(file(R"({"type":"override","area":"a","value":"5.00","approver":"Chair"})"))
            .find("an override needs a reason") != std::string::npos);
  CHECK(problem_of(file(R"({"type":"override","area":"a","value":"5.00","reason":"r"})")).find("approved it") !=
        std::string::npos);
  CHECK(problem_of(file(R"({"type":"override","area":"a","value":"5.01","reason":"r","approver":"Chair"})"))
            .find("not a whole number of the rounding unit") != std::string::npos);
  CHECK(problem_of(file(R"({"type":"over_programming","percent":"10"})")).find("who answers for the difference") !=
        std::string::npos);
  CHECK(problem_of(file(R"({"type":"phase_in","years":3,"year":4})")).find("year 4 is not one of its 3 years") !=
        std::string::npos);
  CHECK(problem_of(file(R"({"type":"phase_in","path":["50","40"]})")).find("goes back") != std::string::npos);
  CHECK(problem_of(file(R"({"type":"hold_back","purpose":"p","percent":"101"})")).find("between 0 and 100") !=
        std::string::npos);
  CHECK(problem_of(file(R"({"type":"direct_shares","by":"percentages","percentages":{"a":"50","b":"49"}})"))
            .find("the percentages come to 99, not 100") != std::string::npos);
}

TEST_CASE("all that is wrong is said at once, each with its place in the file") {
  const auto scheme = read_scheme(
      file(R"({"type":"override","area":"zz","value":"5.00"},{"type":"hold_back","percent":"200"})"), NoFiles());
  REQUIRE(scheme);
  const auto made = allocate(*scheme);
  REQUIRE_FALSE(made);
  REQUIRE(made.error().fields.size() == 5);
  CHECK(made.error().fields[0].field == "steps[0].area");
  CHECK(made.error().fields[1].field == "steps[0].reason");
  CHECK(made.error().fields[4].field == "steps[1].share");
}

TEST_CASE("values from a table beside the scheme carry its checksum; its faults name the line") {
  const std::string steps =
      R"({"type":"weighted_indicators","indicators":[{"name":"crime","weight":100,"reference_date":"2022",
    "values_from":{"file":"t.csv","area_column":"area","value_column":"crimes","where":{"year":"2022"}}}]})";
  const OneFile good("area,year,crimes\na,2021,9\na,2022,\"1,000\"\nb,2022,3000\n");
  const auto scheme = read_scheme(file(steps), good);
  REQUIRE(scheme);
  const auto made = allocate(*scheme);
  REQUIRE(made);
  CHECK(made->areas[0].amount == Money{25'00});
  const auto& origin = std::get<WeightedIndicators>(scheme->steps[0].what).indicators[0].origin;
  CHECK(origin.source.sha256.size() == 64);
  CHECK(origin.source.rows == 2);
  CHECK(problem_of(file(steps), OneFile("area,year,crimes\na,2022,many\n"))
            .find("t.csv, line 2, crimes: “many” is not a number") != std::string::npos);
  CHECK(problem_of(file(steps), OneFile("area,crimes\na,1\n")).find("t.csv has no column “year”") != std::string::npos);
  CHECK(problem_of(file(steps)).find("There is no table t.csv") != std::string::npos);
}
