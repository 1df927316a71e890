#include "statistics/scoring.h"

#include <doctest/doctest.h>

#include <limits>

using namespace tithing;
using namespace tithing::statistics;

namespace {

using Row = std::vector<std::vector<std::optional<double>>>;

// Three items, two criteria, one scorer.
Scoring simple() {
  Scoring s;
  s.criteria = {{"harm", 3}, {"volume", 1}};
  s.scores = {Row{{4.0}, {0.0}}, Row{{2.0}, {4.0}}, Row{{1.0}, {1.0}}};
  return s;
}

}  // namespace

TEST_CASE("weighted scores and ranks by hand") {
  const auto p = *score_priorities(simple());
  CHECK(*p.items[0].score == doctest::Approx(3));
  CHECK(*p.items[1].score == doctest::Approx(2.5));
  CHECK(p.items[0].rank == 1);
  CHECK(p.items[2].rank == 3);
  CHECK(p.items[0].complete);
  CHECK_FALSE(p.agreement);
}

TEST_CASE("several scorers, a moderated score, and one that is missing") {
  Scoring s;
  s.criteria = {{"harm", 1}, {"volume", 1}};
  s.scores = {Row{{4.0, 2.0, std::nullopt}, {1.0, 1.0, 1.0}},
              Row{{std::nullopt, std::nullopt, std::nullopt}, {3.0, 3.0, 3.0}}};
  s.moderated = {{std::nullopt, 2.0}, {std::nullopt, std::nullopt}};
  const auto p = *score_priorities(s);
  CHECK(*p.items[0].cells[0].value == 3);
  CHECK(p.items[0].cells[0].low == 2);
  CHECK(p.items[0].cells[0].high == 4);
  CHECK(p.items[0].cells[0].scorers == 2);
  CHECK(p.items[0].cells[1].is_moderated);
  CHECK(*p.items[0].score == doctest::Approx(2.5));
  CHECK_FALSE(p.items[1].complete);
  CHECK_FALSE(p.items[1].cells[0].value);
  CHECK(*p.items[1].score == doctest::Approx(3));
}

TEST_CASE("agreement of the scorers is Kendall's W") {
  Scoring s;
  s.criteria = {{"all", 1}};
  s.scores = {Row{{4.0, 4.0, 4.0}}, Row{{2.0, 2.0, 2.0}}, Row{{1.0, 1.0, 1.0}}};
  CHECK(*score_priorities(s)->agreement == doctest::Approx(1));
  s.scores = {Row{{4.0, 1.0}}, Row{{2.0, 2.0}}, Row{{1.0, 4.0}}};
  CHECK(*score_priorities(s)->agreement == doctest::Approx(0));
  // Ranks 1 2 3, 1 3 2, 2 1 3 (highest score is rank 1): sums 4 6 8, W = 12 x 8 / (9 x 24) = 4/9.
  s.scores = {Row{{3.0, 3.0, 2.0}}, Row{{2.0, 1.0, 3.0}}, Row{{1.0, 2.0, 1.0}}};
  CHECK(*score_priorities(s)->agreement == doctest::Approx(4.0 / 9));
}

TEST_CASE("how far weights must move before another item leads") {
  // First: (4w + 0)/(w+1) against (2w + 4)/(w+1): equal at w = 2 for the first weight; 3/v = 2 for the second: v = 1.5.
  const auto stability = *rank_stability(simple(), 5);
  REQUIRE(stability.flips.size() == 2);
  CHECK(*stability.flips[0].weight_below == doctest::Approx(2));
  CHECK(stability.flips[0].item_below == 1);
  CHECK_FALSE(stability.flips[0].weight_above);
  CHECK(*stability.flips[1].weight_above == doctest::Approx(1.5));
  CHECK_FALSE(stability.flips[1].weight_below);
  CHECK(stability.items[0].best == 1);
  CHECK(stability.items[0].worst == 2);
  CHECK(stability.items[2].worst == 3);
  CHECK(stability.items[0].first_share > 0.6);
  CHECK(stability.items[0].first_share < 0.95);
  CHECK(stability.items[2].first_share == 0);
  const auto again = *rank_stability(simple(), 5);
  CHECK(again.items[0].first_share == stability.items[0].first_share);
  const auto small = *rank_stability(simple(), 5, 0.1);
  CHECK(small.items[0].first_share == doctest::Approx(1));
  CHECK(small.order_kept == 1);
}

TEST_CASE("what cannot be scored is refused") {
  auto s = simple();
  s.criteria[0].weight = 0;
  s.criteria[1].weight = 0;
  CHECK_FALSE(score_priorities(s));
  s = simple();
  s.scores[0][0][0] = 5;
  CHECK_FALSE(score_priorities(s));
  s.scores[0][0][0] = std::numeric_limits<double>::quiet_NaN();
  CHECK_FALSE(score_priorities(s));
  s = simple();
  s.scores[1].pop_back();
  CHECK_FALSE(score_priorities(s));
  CHECK_FALSE(score_priorities({}));
  CHECK_FALSE(rank_stability(simple(), 1, 0));
  CHECK_FALSE(rank_stability(simple(), 1, 0.5, 3));
  s = simple();
  s.scores[2] = Row{{std::nullopt}, {std::nullopt}};
  const auto p = *score_priorities(s);
  CHECK_FALSE(p.items[2].score);
  CHECK(p.items[2].rank == 0);
  CHECK(p.items[0].rank == 1);
  // A weight of zero leaves its criterion out, and does not make an item incomplete.
  s = simple();
  s.criteria[1].weight = 0;
  s.scores[0][1][0] = std::nullopt;
  CHECK(score_priorities(s)->items[0].complete);
}

TEST_CASE("harm of a mixed category is a range unless its mix is known") {
  const std::vector<OffenceWeight> violence = {
      {"common assault", 10}, {"grievous bodily harm", 1000}, {"homicide", 8000}};
  const auto unknown = *category_harm(100, violence);
  CHECK(unknown.low == 1000);
  CHECK(unknown.high == 800000);
  CHECK_FALSE(unknown.estimate);
  CHECK(unknown.spread == 800);
  const auto known = *category_harm(100, violence, {0.9, 0.1, 0});
  CHECK(*known.estimate == doctest::Approx(10900));
  CHECK(*category_harm(5, {{"robbery", 800}})->estimate == 4000);
  CHECK_FALSE(category_harm(5, {}));
  CHECK_FALSE(category_harm(-5, violence));
  CHECK_FALSE(category_harm(5, violence, {0.5, 0.1, 0}));
  CHECK_FALSE(category_harm(5, {{"x", -1}}));
  CHECK(category_harm(0, violence)->high == 0);
}
