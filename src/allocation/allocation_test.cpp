#include "allocation/allocation.h"
#include "allocation/files_for_tests.h"
#include "support/source_dir.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "allocation/read_scheme.h"
#include "allocation/scheme_for_tests.h"
#include "allocation/write_json.h"

using namespace tithing;
using namespace tithing::allocation;

namespace {

constexpr std::int64_t kPound = 100;

Scheme fixture(const std::string& name) {
  const std::string folder = tests::source_dir() + "/src/slices/pots/fixtures";
  const auto text = read_file(folder + "/" + name);
  REQUIRE_MESSAGE(text.has_value(), name);
  auto scheme = read_scheme(*text, FolderFiles(folder));
  REQUIRE_MESSAGE(scheme.has_value(), (scheme ? "" : scheme.error().message));
  return *scheme;
}

Allocation allocated(const Scheme& scheme) {
  auto out = allocate(scheme);
  REQUIRE_MESSAGE(out.has_value(), (out ? "" : out.error().message));
  return *out;
}

std::string problem_of(const Scheme& scheme) {
  const auto out = allocate(scheme);
  return out ? std::string() : out.error().message;
}

std::vector<std::int64_t> pounds(const Allocation& allocation) {
  std::vector<std::int64_t> out;
  for (const AreaAmount& area : allocation.areas) {
    CHECK(area.amount.pence % kPound == 0);
    out.push_back(area.amount.pence / kPound);
  }
  return out;
}

using Pounds = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("Worcestershire: the stated fund by the largest remainder; what is not known is not shared") {
  const Scheme scheme = fixture("worcestershire-2012-13.json");
  const Allocation made = allocated(scheme);
  CHECK(pounds(made) == Pounds{37'388, 56'008, 124'561, 57'043});
  CHECK(made.reconciles());
  CHECK_FALSE(made.complete());
  CHECK(made.pot.unknown == std::vector<std::string>{"WCC Community Safety Grant Contribution"});
  CHECK(made.notes.front() ==
        "Only known money is shared. Not known, and not nought: WCC Community Safety Grant Contribution.");
  JsonWriter json;
  json.begin_object();
  write_allocation(json, scheme, {made}, true);
  json.end_object();
  CHECK(json.text().find(R"("total":null,)") != std::string::npos);
  CHECK(json.text().find(R"("area":"bromsgrove","name":"Bromsgrove CSP","amount":"37388.00")") != std::string::npos);
}

TEST_CASE("Worcestershire: the printed rows, by the pots and roundings that reconciling finds") {
  CHECK(pounds(allocated(fixture("worcestershire-2012-13-as-printed.json"))) ==
        Pounds{37'440, 56'086, 124'735, 57'122});
  Scheme cut = fixture("worcestershire-2012-13-as-printed.json");
  cut.pot.funds.front().amount = Money{275'385 * kPound};
  cut.rounding.rule = Rounding::Rule::truncate;
  CHECK(pounds(allocated(cut)) == Pounds{37'440, 56'086, 124'735, 57'122});
  CHECK(allocated(cut).unallocated == Money{2 * kPound});
  const Allocation before = allocated(fixture("worcestershire-2010-11.json"));
  CHECK(pounds(before) == Pounds{87'574, 90'327, 269'882, 102'995});
  CHECK(before.unallocated == Money{2 * kPound});
  CHECK_FALSE(before.reconciles());
}

TEST_CASE("Worcestershire: the northern merger carries the money of three") {
  const Scheme scheme = fixture("worcestershire-merged.json");
  const Allocation made = allocated(scheme);
  CHECK(pounds(made) == Pounds{150'648, 124'735});
  CHECK(made.areas.front().last_year == Money{288'480 * kPound});
  // And next year, 2012/13's printed rows.
  LastYear printed;
  printed.financial_year = "2012/13";
  printed.amounts = {{"bromsgrove", Money{37'440 * kPound}},
                     {"redditch", Money{56'086 * kPound}},
                     {"wyre-forest", Money{57'122 * kPound}},
                     {"south-worcestershire", Money{124'735 * kPound}}};
  const auto money = carried(printed, scheme.successions, scheme.areas);
  REQUIRE(money);
  CHECK(money->at("north-worcestershire") == Money{150'648 * kPound});
  CHECK(money->at("south-worcestershire") == Money{124'735 * kPound});
}

TEST_CASE("a split needs shares, and its parts come to the whole") {
  Scheme scheme = scheme_of(1000'00, {{"a", 0}, {"b", 0}});
  scheme.last_year->amounts = {{"old", Money{100'01}}};
  scheme.last_year->names = {{"old", "Old Town"}};
  scheme.steps = {{DirectShares{}, ""}};
  CHECK(problem_of(scheme).starts_with("Old Town had £100.01 in 2011/12 and is not an area of this scheme."));
  scheme.successions = {{{"old"}, {{"a", {}}, {"b", {}}}}};
  CHECK(problem_of(scheme).starts_with("Old Town was split, and no share of its money is given for Area a."));
  scheme.successions = {{{"old"}, {{"a", Fraction(60)}, {"b", Fraction(30)}}}};
  CHECK(problem_of(scheme) == "The shares in the money of Old Town come to 90, not 100.");
  scheme.successions = {{{"old"}, {{"a", Fraction(50)}, {"b", Fraction(50)}}}};
  const Allocation made = allocated(scheme);
  CHECK(made.areas[0].last_year == Money{50'01});
  CHECK(made.areas[1].last_year == Money{50'00});
}

TEST_CASE("Thames Valley 2021/22: the hold-back in proportion, and Wokingham's amount") {
  const Allocation made = allocated(fixture("thames-valley-2021-22.json"));
  CHECK(made.reconciles());
  CHECK(made.areas.back().amount == Money{103'138 * kPound});
  const Pounds printed{134'699, 436'567, 259'015, 686'820, 453'128, 332'499, 154'268, 147'397};
  for (std::size_t i = 0; i < printed.size(); ++i)
    CHECK(std::abs(made.areas[i].amount.pence / kPound - printed[i]) <= 1);
}

TEST_CASE("Sussex: a fifth retained, to the penny") {
  const Allocation made = allocated(fixture("sussex-2019-20.json"));
  CHECK(made.exact(0) == Fraction(42'872'94));
  CHECK(made.areas.front().amount == Money{42'872'94});  // printed as 42,872.95
  CHECK(made.held_back.front().amount == Money{10'718'24});
  CHECK(made.reconciles());
}

TEST_CASE("Warwickshire: flat amounts per authority with and without a central fund") {
  const Allocation first = allocated(fixture("warwickshire-2024-25.json")),
                   second = allocated(fixture("warwickshire-2025-26.json"));
  CHECK(pounds(first) == Pounds{30'000, 30'000, 30'000, 30'000, 30'000});
  CHECK(first.held_back.front().amount == Money{25'000 * kPound});
  CHECK(pounds(second) == Pounds{35'000, 35'000, 35'000, 35'000, 35'000});
  CHECK(first.reconciles());
  CHECK(second.reconciles());
  CHECK(first.total.pence + first.held_back.front().amount.pence == second.total.pence);
  // The same source prints the year before.
  for (const AreaAmount& area : second.areas) CHECK(area.last_year == Money{30'000 * kPound});
}

TEST_CASE("an indicator's weight is of its own total; rates and means are exact") {
  Scheme scheme = scheme_of(100'00, {{"a", 1}, {"b", 1}});
  WeightedIndicators need;
  need.indicators.push_back(indicator_of("people", Fraction(50), {{"a", 300}, {"b", 100}}));
  Indicator rate = indicator_of("crime rate", Fraction(50), {{"a", 10}, {"b", 10}});
  rate.transform = Transform::rate;
  rate.values["a"].front().base = Fraction(3);
  rate.values["b"].front().base = Fraction(1);
  need.indicators.push_back(rate);
  scheme.steps = {{need, ""}};
  CHECK(allocated(scheme).areas[0].amount == Money{50'00});  // 75% of one half, 25% of the other
  // A mean of years: 10 and 20 against 30 and 0.
  Indicator mean = indicator_of("mean", Fraction(100), {{"a", 10}, {"b", 30}});
  mean.values["a"].front().period = mean.values["b"].front().period = "2010";
  mean.values["a"].push_back({"2011", Fraction(20), {}, nullptr});
  mean.values["b"].push_back({"2011", Fraction(0), {}, nullptr});
  need.indicators = {mean};
  scheme.steps = {{need, ""}};
  CHECK(allocated(scheme).areas[0].amount == Money{50'00});
  mean.values["b"].pop_back();
  need.indicators = {mean};
  scheme.steps = {{need, ""}};
  CHECK(problem_of(scheme).find("Area b has the period 2010, others have the periods 2010, 2011") != std::string::npos);
}

TEST_CASE("two areas held harmless at exactly nought per cent, the rest shared again") {
  Scheme scheme = scheme_of(900'00, {{"a", 300'00}, {"b", 300'00}, {"c", 300'00}, {"d", 100'00}});
  WeightedIndicators need;
  need.indicators.push_back(indicator_of("need", Fraction(100), {{"a", 1}, {"b", 2}, {"c", 3}, {"d", 4}}));
  Limit harmless;
  harmless.kind = Limit::Kind::hold_harmless;
  harmless.share = Fraction(0);
  harmless.areas = {"a", "b"};
  scheme.steps = {{need, ""}, {harmless, ""}};
  const Allocation made = allocated(scheme);
  CHECK(made.areas[0].amount == Money{300'00});
  CHECK(made.areas[1].amount == Money{300'00});
  // 300 are left, in the proportion of 3 to 4.
  CHECK(made.areas[2].amount == Money{128'57});
  CHECK(made.areas[3].amount == Money{171'43});
  CHECK(made.not_met.empty());
  CHECK(made.reconciles());
}

TEST_CASE("floors and caps together, several rounds") {
  Scheme scheme = scheme_of(1000'00, {{"a", 1}, {"b", 1}, {"c", 1}, {"d", 1}});
  WeightedIndicators need;
  need.indicators.push_back(indicator_of("need", Fraction(100), {{"a", 1}, {"b", 9}, {"c", 30}, {"d", 60}}));
  Limit floor, cap;
  floor.amount = Money{100'00};
  cap.kind = Limit::Kind::cap;
  cap.amount = Money{450'00};
  scheme.steps = {{need, ""}, {floor, ""}, {cap, ""}};
  const Allocation made = allocated(scheme);
  CHECK(made.areas[0].amount == Money{100'00});
  CHECK(made.areas[3].amount == Money{450'00});
  CHECK(made.areas[1].amount == Money{103'85});  // 450 left, 9 to 30
  CHECK(made.areas[2].amount == Money{346'15});
  // The order of the steps makes no difference: the bounds hold together.
  std::swap(scheme.steps[1], scheme.steps[2]);
  const Allocation other = allocated(scheme);
  for (std::size_t i = 0; i < 4; ++i) CHECK(other.areas[i].amount == made.areas[i].amount);
  // Caps that leave money over: it is said where it stays.
  cap.amount = Money{200'00};
  scheme.steps = {{need, ""}, {cap, ""}};
  const Allocation left = allocated(scheme);
  CHECK(left.unallocated == Money{200'00});
  CHECK_FALSE(left.reconciles());
  CHECK(left.notes.back() == "£200.00 goes to no area.");
}

TEST_CASE("what cannot be met is said") {
  Scheme scheme = scheme_of(80'00, {{"a", 50'00}, {"b", 50'00}});
  Limit harmless;
  harmless.kind = Limit::Kind::hold_harmless;
  harmless.share = Fraction(0);
  harmless.in_proportion = true;
  scheme.steps = {{DirectShares{}, ""}, {harmless, ""}};
  const Allocation made = allocated(scheme);
  CHECK(made.areas[0].amount == Money{40'00});
  REQUIRE(made.not_met.size() == 2);
  CHECK(made.not_met[0].sentence == "Step 2 (hold-harmless): Area a gets £40.00, £10.00 less than £50.00.");
  CHECK(made.notes.front().find("each area gets the same part of its floor, 80.0000%") != std::string::npos);
  // A phase-in after a floor can break it: never silently.
  Limit floor;
  floor.amount = Money{40'00};
  floor.areas = {"b"};
  PhaseIn slow{{percent(50), percent(100)}, 1};
  scheme.last_year->amounts = {{"a", Money{90'00}}, {"b", Money{10'00}}};
  scheme.steps = {{DirectShares{}, ""}, {floor, ""}, {slow, ""}};
  const Allocation broken = allocated(scheme);
  CHECK(broken.areas[1].amount == Money{24'00});
  REQUIRE(broken.not_met.size() == 1);
  CHECK(broken.not_met[0].area == "b");
  // A floor above a cap.
  Limit cap;
  cap.kind = Limit::Kind::cap;
  cap.amount = Money{30'00};
  scheme.steps = {{DirectShares{}, ""}, {floor, ""}, {cap, ""}};
  const Allocation both = allocated(scheme);
  CHECK(both.areas[1].amount == Money{40'00});
  CHECK(std::any_of(both.notes.begin(), both.notes.end(),
                    [](const std::string& note) { return note.find("The floor is kept.") != std::string::npos; }));
  CHECK_FALSE(both.not_met.empty());
}

TEST_CASE("phasing in from last year's split, linear over three years") {
  Scheme scheme = scheme_of(300'00, {{"a", 100'00}, {"b", 100'00}});
  WeightedIndicators need;
  need.indicators.push_back(indicator_of("need", Fraction(100), {{"a", 1}, {"b", 0}}));
  scheme.steps = {{need, ""},
                  {PhaseIn{{Fraction(Integer(1), Integer(3)), Fraction(Integer(2), Integer(3)), Fraction(1)}, 1}, ""}};
  const auto years = allocate_years(scheme);
  REQUIRE(years);
  REQUIRE(years->size() == 3);
  CHECK((*years)[0].areas[0].amount == Money{200'00});
  CHECK((*years)[1].areas[0].amount == Money{250'00});
  CHECK((*years)[2].areas[0].amount == Money{300'00});
  for (const Allocation& year : *years) CHECK(year.reconciles());
}

TEST_CASE("an override is kept, the rest shared again, its reason in every working") {
  Scheme scheme = scheme_of(100'00, {{"a", 50'00}, {"b", 25'00}, {"c", 25'00}});
  scheme.steps = {{DirectShares{}, ""}, {Override{"b", Money{40'00}, "a new refuge", "Chief executive"}, ""}};
  const Allocation made = allocated(scheme);
  CHECK(made.areas[1].amount == Money{40'00});
  CHECK(made.areas[0].amount == Money{40'00});
  CHECK(made.areas[2].amount == Money{20'00});
  CHECK(figures::to_json(explain(scheme, made, 0)).find("a new refuge") != std::string::npos);
  std::get<Override>(scheme.steps[1].what).value = Money{101'00};
  CHECK(problem_of(scheme) == "Step 2 (override): the overrides come to £101.00, more than the £100.00 to be shared.");
}

TEST_CASE("top-slices, carried forward, over-programming with its underwriter, tranches") {
  Scheme scheme = scheme_of(100'00, {{"a", 1}, {"b", 1}});
  Fund left_over;
  left_over.name = "Carried forward";
  left_over.carried_forward = true;
  left_over.amount = Money{20'00};
  scheme.pot.funds.push_back(left_over);
  scheme.pot.top_slices = {{"Domestic homicide reviews", of_percent(10)}};
  scheme.steps = {{OverProgramming{of_percent(10), "Treasurer"}, ""},
                  {HoldBack{"County co-ordinator", of_percent(50), HoldBack::Of::remaining}, ""},
                  {DirectShares{}, ""}};
  scheme.tranches = {{"April", Fraction(80), "2012-04-30", ""},
                     {"October", Fraction(20), "2012-10-31", "Evaluation received"}};
  const Allocation made = allocated(scheme);
  CHECK(made.over_programmed == Money{12'00});
  CHECK(made.held_back[0].amount == Money{12'00});
  CHECK(made.held_back[1].amount == Money{60'00});
  CHECK(made.total == Money{60'00});
  CHECK(made.reconciles());
  CHECK(made.areas[0].tranches == std::vector<Money>{Money{24'00}, Money{6'00}});
}

TEST_CASE("rounding: the rest to who is named, and nothing hidden when nobody is") {
  Scheme scheme = scheme_of(100'00, {{"a", 1}, {"b", 1}, {"c", 1}});
  scheme.steps = {{HoldBack{"Central", of_amount(0), HoldBack::Of::pot}, ""}, {DirectShares{}, ""}};
  scheme.rounding = {Money{kPound}, Rounding::Rule::truncate, ""};
  CHECK(pounds(allocated(scheme)) == Pounds{33, 33, 33});
  CHECK(allocated(scheme).unallocated == Money{kPound});
  scheme.rounding.rest_to = "Central";
  CHECK(allocated(scheme).held_back.front().amount == Money{kPound});
  CHECK(allocated(scheme).reconciles());
  scheme.rounding.rest_to = "b";
  CHECK(pounds(allocated(scheme)) == Pounds{33, 34, 33});
  scheme.rounding = {Money{kPound}, Rounding::Rule::largest_remainder, ""};
  CHECK(pounds(allocated(scheme)) == Pounds{34, 33, 33});  // a tie goes by key
  scheme.rounding.rule = Rounding::Rule::nearest;
  scheme.pot.funds.front().amount = Money{200'00};
  // More than there is: refused, unless it is declared, and then said.
  const auto refused = allocate(scheme);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ProblemKind::invalid);
  REQUIRE(refused.error().fields.size() == 1);
  CHECK(refused.error().fields.front().field == "rounding.rule");
  CHECK(refused.error().message ==
        "Rounding: to the nearest £1.00, the amounts come to £1.00 more than there is. Choose the largest remainder, "
        "name who bears the rest, or declare that they may come to more than there is (“may_exceed”), as some "
        "published tables do.");
  scheme.rounding.may_exceed = true;
  const Allocation over = allocated(scheme);
  CHECK(pounds(over) == Pounds{67, 67, 67});
  CHECK(over.unallocated == Money{-1 * kPound});
  CHECK(
      over.notes.back().starts_with("The rounded amounts come to £1.00 more than there is, which the scheme declares"));
}

TEST_CASE("every cell's working is a tree whose steps add up, down to the file") {
  Scheme scheme = scheme_of(1000'00, {{"a", 300'00}, {"b", 700'00}});
  WeightedIndicators need;
  need.indicators.push_back(indicator_of("people", Fraction(60), {{"a", 1}, {"b", 2}}));
  need.indicators.push_back(indicator_of("crimes", Fraction(40), {{"a", 5}, {"b", 1}}));
  need.indicators[1].origin.source.name = "2022-01-north-yorkshire-street.csv";
  need.indicators[1].origin.source.sha256 = "abc";
  Limit floor;
  floor.amount = Money{550'00};
  floor.areas = {"b"};
  scheme.steps = {{HoldBack{"Reviews", of_percent(10), HoldBack::Of::pot}, ""}, {need, ""}, {floor, ""}};
  const Allocation made = allocated(scheme);
  const figures::Figure figure = explain(scheme, made, 0);
  CHECK(figure.quantity.integer() == made.areas[0].amount.pence);
  CHECK(figure.working.formula == "a = s2 + s3");
  std::int64_t sum = 0;
  for (const figures::Input& input : figure.working.inputs)
    if (input.figure != nullptr) sum += input.figure->quantity.integer();
  CHECK(sum == made.areas[0].amount.pence);
  const std::string text = figures::to_json(figure);
  CHECK(text.find("2022-01-north-yorkshire-street.csv") != std::string::npos);
  CHECK(text.find("Reviews") == std::string::npos);  // named as the step that took it
  CHECK(text.find("Step 1 (hold-back)") != std::string::npos);
  CHECK(text.find("at the floor: Area b") != std::string::npos);
  const auto again = figures::from_json(text);
  REQUIRE(again);
  CHECK(figures::to_json(*again) == text);
}

TEST_CASE("the scheme in the guide is one that the program reads") {
  const auto guide = read_file(tests::source_dir() + "/docs/guide/allocation.md");
  REQUIRE(guide);
  const auto begin = guide->find("```json\n") + 8;
  const auto scheme = read_scheme(guide->substr(begin, guide->find("```", begin) - begin), FolderFiles(""));
  REQUIRE_MESSAGE(scheme.has_value(), (scheme ? "" : scheme.error().message));
  const Allocation made = allocated(*scheme);
  CHECK(made.reconciles());
  CHECK(made.areas[0].tranches.size() == 2);
  CHECK(made.not_met.size() == 2);  // the money has halved: nobody can be held harmless
}
