// No table gives out more than there is, whatever its steps; and the check that says so can say no.
#include "allocation/balance.h"
#include "allocation/files_for_tests.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>

#include "allocation/read_scheme.h"
#include "allocation/scheme_for_tests.h"
#include "support/source_dir.h"

using namespace tithing;
using namespace tithing::allocation;

namespace {

Balance balance_of(std::int64_t known, std::vector<Money> areas, std::int64_t unallocated) {
  return {Money{known}, Money{0}, {}, std::move(areas), Money{unallocated}, {}};
}

std::string said(const Status& status) { return status ? std::string() : status.error().message; }

Allocation allocated(const Scheme& scheme) {
  auto made = allocate(scheme);
  REQUIRE_MESSAGE(made.has_value(), (made ? "" : made.error().message));
  return *made;
}

DirectShares halves() {
  DirectShares out;
  out.by = DirectShares::By::percentages;
  out.values = {{"a", Fraction(50)}, {"b", Fraction(50)}};
  return out;
}
Limit limit_of(Limit::Kind kind, std::int64_t pounds) {
  Limit out;
  out.kind = kind;
  out.amount = Money{pounds * 100};
  return out;
}

}  // namespace

TEST_CASE("what nobody can take is counted once, however many limits stand side by side") {
  Scheme scheme = scheme_of(100'000'00, {{"a", 1}, {"b", 1}});
  using Kind = Limit::Kind;
  scheme.steps = {
      {halves(), ""}, {limit_of(Kind::cap, 30'000), ""}, {limit_of(Kind::floor, 10'000), ""}, {halves(), ""}};
  const Allocation made = allocated(scheme);
  CHECK(made.areas[0].amount == Money{50'000'00});
  CHECK(made.areas[1].amount == Money{50'000'00});
  CHECK(made.unallocated == Money{0});
  CHECK(made.reconciles());
  // What is said of it is said once, by the last limit.
  int said_so = 0;
  for (const std::string& note : made.notes) {
    said_so += note ==
               "Step 3 (floor): £40,000.00 is left over here, because each area is at its bound or has nothing "
               "to be raised from. It remains for the steps behind.";
    CHECK(note.find("no area") == std::string::npos);  // the step behind hands it out
  }
  CHECK(said_so == 1);
  // Four limits, and nothing behind them: the money is left over once.
  scheme.steps = {{halves(), ""},
                  {limit_of(Kind::cap, 30'000), ""},
                  {limit_of(Kind::floor, 10'000), ""},
                  {limit_of(Kind::cap, 20'000), ""},
                  {Override{"a", Money{1'000'00}, "r", "Chair"}, ""}};
  const Allocation left = allocated(scheme);
  CHECK(left.areas[0].amount == Money{1'000'00});
  CHECK(left.areas[1].amount == Money{20'000'00});
  CHECK(left.unallocated == Money{79'000'00});
  CHECK(std::any_of(left.notes.begin(), left.notes.end(), [](const std::string& note) {
    return note.find("£79,000.00 can go to no area") != std::string::npos;
  }));
  // A hold-back of what remains takes it from there, and a second run of limits begins anew.
  scheme.steps = {{halves(), ""},
                  {limit_of(Kind::cap, 30'000), ""},
                  {limit_of(Kind::floor, 10'000), ""},
                  {HoldBack{"Central", of_percent(50), HoldBack::Of::remaining}, ""},
                  {limit_of(Kind::cap, 25'000), ""},
                  {limit_of(Kind::floor, 1), ""}};
  const Allocation held = allocated(scheme);
  CHECK(held.held_back.front().amount == Money{20'000'00});
  CHECK(held.total == Money{50'000'00});
  CHECK(held.unallocated == Money{30'000'00});
}

TEST_CASE("the balance: what does not come out is a fault with its sums") {
  CHECK(said(check_balance(balance_of(100'00, {Money{60'00}, Money{40'00}}, 0))) == "");
  CHECK(said(check_balance(balance_of(100'00, {Money{60'00}, Money{30'00}}, 10'00))) == "");
  CHECK(said(check_balance(balance_of(100'00, {Money{60'00}, Money{40'01}}, 0)))
            .starts_with("The areas get £100.01, £0.00 is held back and £0.00 goes to no area: that comes to £100.01, "
                         "and there is £100.00. That is a fault of the program"));
  CHECK(said(check_balance(balance_of(100'00, {Money{60'00}, Money{39'99}}, 0))) != "");
  // Given out beyond what there is: the sum comes out, and it is a fault all the same.
  CHECK(said(check_balance(balance_of(100'000'00, {Money{70'000'00}, Money{70'000'00}}, -40'000'00)))
            .starts_with("The areas get £140,000.00 and £0.00 is held back: £40,000.00 more than the £100,000.00 that "
                         "there is, which rounding does not explain."));
  CHECK(said(check_balance(balance_of(100'00, {Money{-1'00}, Money{101'00}}, 0)))
            .starts_with("An amount of the table is below nought."));
  // Rounding to the nearest may give too much: half a unit for each area, and no more.
  Balance rounded = balance_of(200'00, {Money{67'00}, Money{67'00}, Money{67'00}}, -1'00);
  CHECK(said(check_balance(rounded)) != "");
  rounded.rounding = {Money{100}, Rounding::Rule::nearest, ""};
  CHECK(said(check_balance(rounded)).find("which the scheme does not declare that rounding may give out.") !=
        std::string::npos);
  rounded.rounding.may_exceed = true;
  CHECK(said(check_balance(rounded)) == "");
  rounded.areas.back() = Money{68'00};
  rounded.unallocated = Money{-2'00};
  CHECK(said(check_balance(rounded)) != "");
  // Sums beyond 64 bits do not come out by running over.
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  CHECK(said(check_balance({Money{-2}, Money{0}, {}, {Money{kMost}, Money{kMost}}, Money{0}, {}})) != "");
}

namespace {

// An arithmetic that loses a penny wherever amounts are multiplied: what a wrong rule would do.
struct Leaky : ExactArithmetic {
  static void scale(Vector& amounts, const Scalar& by) {
    ExactArithmetic::scale(amounts, by);
    add_pence(amounts, 0, -1);
  }
};

template <class To, class From>
Plan<To> as(const Plan<From>& plan) {
  Plan<To> out;
  out.names = plan.names;
  out.known = plan.known;
  out.available = plan.available;
  out.unit = plan.unit;
  out.places = plan.places;
  for (const PlanStep<From>& step : plan.steps) {
    PlanStep<To> made;
    made.kind = static_cast<typename PlanStep<To>::Kind>(step.kind);
    made.index = step.index;
    made.measure = static_cast<typename PlanStep<To>::Measure>(step.measure);
    made.share = step.share;
    made.of = step.of;
    made.indicators = step.indicators;
    made.weights = step.weights;
    out.steps.push_back(std::move(made));
  }
  return out;
}

}  // namespace

TEST_CASE("a step that loses money stops the composition at once, in every arithmetic") {
  Scheme scheme = scheme_of(100'00, {{"a", 50'00}, {"b", 50'00}});
  scheme.steps = {{DirectShares{}, ""}, {HoldBack{"Central", of_percent(10), HoldBack::Of::allocations}, ""}};
  const auto prepared = prepare(scheme);
  REQUIRE(prepared);
  CHECK(Composition<ExactArithmetic>(prepared->plan, nullptr).run());
  const auto plan = as<Leaky>(prepared->plan);
  const auto stopped = Composition<Leaky>(plan, nullptr).run();
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().kind == ProblemKind::unavailable);
  CHECK(
      stopped.error().message.starts_with("Step 2 (hold-back): after it the areas, what remains and what is held back "
                                          "come to £99.99 and not to the £100.00 that there is."));
}

TEST_CASE("amounts that cannot be held are refused and not nought") {
  Scheme scheme = scheme_of(100'00, {{"a", 50'00}, {"b", 50'00}});
  Limit floor;
  floor.share = Fraction(1'000'000'000'000'000'000);
  floor.in_proportion = true;
  scheme.steps = {{DirectShares{}, ""}, {floor, ""}};
  CHECK(allocate(scheme).error().message ==
        "Step 2 (floor): the least that Area a is to get is more than can be held.");
  scheme.steps = {{DirectShares{}, ""}};
  for (int i = 0; i < 3; ++i)
    scheme.steps.push_back({OverProgramming{of_amount(4'000'000'000'000'000), "Treasurer"}, ""});
  CHECK(allocate(scheme).error().message ==
        "Step 4 (over-programming): what is awarded beyond the pot comes to more than can be held.");
  scheme.steps = {{FixedAmount{Money{8'000'000'000'000'000}, true, {}}, ""}};
  scheme.areas.front().authorities.resize(3, "council");
  CHECK(allocate(scheme).error().message.find("is too large to hold") != std::string::npos);
}

TEST_CASE("a coarse unit gives out no more than there is, unless it is declared") {
  Scheme scheme = scheme_of(150'000'00, {{"a", 40}, {"b", 40}, {"c", 20}});
  scheme.steps = {{DirectShares{}, ""}};
  scheme.rounding = {Money{100'000'00}, Rounding::Rule::nearest, ""};
  const auto refused = allocate(scheme);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ProblemKind::invalid);
  CHECK(refused.error().message.starts_with(
      "Rounding: to the nearest £100,000.00, the amounts come to £50,000.00 more than there is."));
  scheme.rounding.may_exceed = true;
  CHECK(allocated(scheme).unallocated == Money{-50'000'00});
  // Declared of a rule that cannot give out too much.
  scheme.rounding.rule = Rounding::Rule::truncate;
  REQUIRE_FALSE(allocate(scheme));
  CHECK(allocate(scheme).error().fields.front().field == "rounding.may_exceed");
}

TEST_CASE("nobody bears more of the rounding than they have") {
  Scheme scheme = scheme_of(200'00, {{"a", 1}, {"b", 1}, {"c", 1}});
  scheme.steps = {{HoldBack{"Central", of_amount(0), HoldBack::Of::pot}, ""}, {DirectShares{}, ""}};
  scheme.rounding = {Money{100}, Rounding::Rule::nearest, "Central"};
  const auto made = allocate(scheme);
  REQUIRE_FALSE(made);
  CHECK(made.error().message ==
        "Rounding: the rounded amounts come to £1.00 more than there is, and “Central”, which is to bear that, has "
        "£0.00. Choose the largest remainder, or name somebody else.");
  scheme.rounding.rest_to = "b";
  CHECK(allocated(scheme).areas[1].amount == Money{66'00});
  CHECK(allocated(scheme).unallocated == Money{0});
}

// --- small inputs that met trouble, where they are there
// -----------------------------------------------------------------

namespace {

const std::string kTrouble = tests::source_dir() + "/../shared/data/trouble/allocate";
bool trouble_is_there() { return read_file(kTrouble + "/double_counted_limit.json").has_value(); }

// "a 50000.00, b 50000.00" or the sentence.
std::string answer(const std::string& name) {
  const std::string path = kTrouble + "/" + name;
  const auto text = read_file(path);
  if (!text) return "no such file";
  const auto scheme = read_scheme(*text, FolderFiles(path.substr(0, path.rfind('/'))));
  if (!scheme) return scheme.error().message;
  const auto made = allocate(*scheme);
  if (!made) return made.error().message;
  std::string out;
  for (const AreaAmount& area : made->areas) out += (out.empty() ? "" : ", ") + area.key + " " + area.amount.plain();
  if (made->unallocated.pence != 0) out += "; " + made->unallocated.plain() + " to nobody";
  return out;
}

}  // namespace

TEST_CASE("the troublesome schemes" * doctest::skip(!trouble_is_there())) {
  CHECK(answer("double_counted_limit.json") == "a 50000.00, b 50000.00");
  CHECK(answer("alabama_299.json") == "alabama 64.00, texas 80.00, illinois 155.00");
  CHECK(answer("all_zero.json").find("all values are nought") != std::string::npos);
  CHECK(answer("cap_below_pot.json") == "a 40.00, b 40.00; 20.00 to nobody");
  CHECK(answer("condorcet_half.json") == "a 98.00, b 83.00, c 19.00");
  CHECK(answer("dinero5.json") == "a 1.00, b 2.00, c 1.00, d 1.00");
  CHECK(answer("floors_exceed_pot.json").find("the floors come to £120.00, more than the £100.00") !=
        std::string::npos);
  CHECK(answer("gain_limit_last_zero.json") == "a 0.00, b 1000.00");
  CHECK(answer("hold_harmless_last_zero.json") == "a 50.00, b 950.00");
  CHECK(answer("moneyphp_9999.json") == "a 74.99, b 25.00");
  CHECK(answer("moneyphp_penny.json") == "a 0.00, b 0.01");
  CHECK(answer("negative_indicator.json").find("is negative (-5)") != std::string::npos);
  CHECK(answer("pence_nearest_halves.json")
            .starts_with(
                "Rounding: to the nearest £0.01, the amounts come to £0.01 more than there is."));  // 0.06 of 0.05
  CHECK(answer("rusty613.json") == "a 99.00, b 93.00, c 99.00, d 125.00, e 104.00, f 93.00");
  CHECK(answer("rusty613_reordered.json") == "d 125.00, e 104.00, a 99.00, c 99.00, b 93.00, f 93.00");
  CHECK(answer("shares_999.json").find("come to 99.9, not 100") != std::string::npos);
  CHECK(answer("shares_thirds.json").find("come to 1, not 100") != std::string::npos);  // a third of a per cent each
  CHECK(answer("unit_100.json") == "a 400.00, b 400.00, c 400.00; 34.56 to nobody");
  CHECK(answer("zero_pot.json") == "a 0.00, b 0.00, c 0.00");
  CHECK(answer("zero_weight.json") == "a 0.00, b 33.00, c 67.00");
}

TEST_CASE("the troublesome tables beside a scheme" * doctest::skip(!trouble_is_there())) {
  for (const char* same : {"plain", "bom", "by_name", "case", "nbsp", "semicolon", "spaces", "thousands", "trailing"})
    CHECK_MESSAGE(answer("vf/" + std::string(same) + ".json") == "north 600.00, south 400.00", same);
  const auto says = [](const char* name, const char* part) {
    const std::string said_of = answer("vf/" + std::string(name) + ".json");
    CHECK_MESSAGE(said_of.find(part) != std::string::npos, name << ": " << said_of);
  };
  says("blank", "blank.csv, line 3, crimes: there is no value. A missing value is not nought");
  says("cp1252", "there is no area “môn” in this scheme.");
  says("dup", "dup.csv, line 3: “north” stands there a second time; its first row is line 2.");
  says("extra_area", "there is no area “east” in this scheme");
  says("months", "months.csv, line 2, crimes: “1.5E+02” is written with a power of ten");
  says("pct", "pct.csv, line 2, crimes: “60%” is a percentage. Write the number alone in every row");
  says("total_row", "there is no area “Total” in this scheme. A row of totals is no area: leave it out.");
  CHECK(answer("vf/zero.json") == "north 0.00, south 1000.00");
}

TEST_CASE("numbers of a table beside a scheme: one manner, or a sentence") {
  struct Table : SchemeFiles {
    std::string text;
    Result<std::string> read(const std::string&) const override { return text; }
  } files;
  const auto values = [&](const std::string& text) {
    files.text = text;
    const auto read =
        read_values(files, {.file = "t.csv", .area = "area", .value = "n", .base = "", .period = "", .where = {}});
    if (!read) return read.error().message;
    std::string out;
    for (const auto& [area, observed] : read->values) out += area + " " + observed.front().value.text() + " ";
    return out;
  };
  CHECK(values("area,n\na,\"1,234\"\nb,5 678\nc,9'000\n") == "a 1234 b 5678 c 9000 ");
  CHECK(values("area,n\na,0.125\nb,1.250\n") == "a 0.125 b 1.25 ");
  CHECK(values("area,n\na,12.5\nb,1.250\n") == "a 12.5 b 1.25 ");
  CHECK(values("area;n\na;12,5\nb;1.250\n") == "a 12.5 b 1250 ");
  CHECK(values("area;n\na;1.250,5\nb;1,5\n") == "a 1250.5 b 1.5 ");
  CHECK(values("area,n\na,(5)\nb,6-\n") == "a -5 b -6 ");
  CHECK(values("area,n\na,1/3\nb,2\xC2\xA0"
               "000\n") == "a 1/3 b 2000 ");
  CHECK(values("area,n\na,1.000\nb,2.000\n")
            .starts_with(
                "t.csv, line 2, n: “1.000” can be read as 1,000 or 1.000, and nothing in the table says which."));
  CHECK(values("area,n\na,\"100,00\"\n").starts_with("t.csv, line 2, n: “100,00” can be read as 100.00 or 10,000"));
  CHECK(values("area,n\na,\"100,00\"\nb,12.5\n").starts_with("t.csv, line 2, n: “100,00” can be read as 100.00"));
  CHECK(values("area,n\na,12,5\n") == "a 12 ");  // two fields, as the heading says
}

TEST_CASE("a table beside a scheme: the repeated row is named") {
  struct Table : SchemeFiles {
    Result<std::string> read(const std::string&) const override {
      return std::string("area,year,crimes\na,2021,1\nb,2021,2\na,2022,3\nb,2021,4\n");
    }
  } files;
  TableColumns columns{.file = "t.csv", .area = "area", .value = "crimes", .base = "", .period = "year", .where = {}};
  CHECK(read_values(files, columns).error().message ==
        "t.csv, line 5: “b” stands there a second time for 2021; its first row is line 3. Leave one row for each area "
        "and period.");
  columns.where = {{"year", "2022"}};
  CHECK(read_values(files, columns)->rows == 1);
}
