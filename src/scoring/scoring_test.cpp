#include "scoring/scoring.h"

#include <doctest/doctest.h>

using namespace tithing;
using namespace tithing::scoring;

namespace {

Sheet sheet() {
  return {4,
          {{"volume", "Volume", "", 1}, {"harm", "Harm", "", 3}},
          {{"burglary", "Burglary"}, {"drugs", "Drugs"}, {"abuse", "Abuse"}}};
}

Score score(const char* item, const char* criterion, std::int64_t who, std::int64_t value, bool moderated = false) {
  Score s;
  s.item = item;
  s.criterion = criterion;
  s.scorer = who;
  s.value = value;
  s.moderated = moderated;
  s.reason = "Because.";
  return s;
}

}  // namespace

TEST_CASE("a sheet says what is wrong with it at its field") {
  CHECK(faults_of(sheet()).empty());
  Sheet one = sheet();
  one.items.resize(1);
  REQUIRE(faults_of(one).size() == 1);
  CHECK(faults_of(one).front().field == "items");
  Sheet weightless = sheet();
  for (Criterion& criterion : weightless.criteria) criterion.weight = 0;
  CHECK(faults_of(weightless).front().message == "At least one criterion needs a weight above 0.");
  Sheet many = sheet();
  many.criteria.assign(kMostCriteria + 1, {"c", "C", "", kMostWeight + 1});
  CHECK(faults_of(many).size() == 1 + kMostCriteria + 1 + kMostCriteria);  // too many; each weight; each repeated name
}

TEST_CASE("only what differs from what the scorer gave before is given again") {
  std::vector<Score> there = {score("burglary", "volume", 1, 2), score("burglary", "harm", 1, 3),
                              score("burglary", "harm", 2, 4)};
  for (std::size_t i = 0; i < there.size(); ++i) there[i].id = static_cast<std::int64_t>(i) + 1;
  Score as;
  as.item = "burglary";
  as.scorer = 1;
  CHECK(newest_of(there, as) == 2);  // of another scorer nothing is seen
  const auto changed = changed_by(sheet(), there, {score("", "volume", 0, 2), score("", "harm", 0, 1)}, as);
  REQUIRE(changed);
  REQUIRE(changed->size() == 1);
  CHECK(changed->front().criterion == "harm");
  CHECK(changed->front().scorer == 1);
  CHECK(changed->front().item == "burglary");
  const auto wrong = changed_by(sheet(), there, {score("", "volume", 0, 5), score("", "harm", 0, -1)}, as);
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().fields.size() == 2);  // all of it at once
  as.item = "theft";
  CHECK(changed_by(sheet(), there, {score("", "harm", 0, 1)}, as).error().kind == ProblemKind::not_found);
}

TEST_CASE("a score of what its scorer has an interest in does not count; what the meeting agreed does") {
  const std::vector<Score> all = {score("burglary", "volume", 1, 4), score("burglary", "volume", 2, 0),
                                  score("drugs", "volume", 1, 1), score("burglary", "harm", 1, 3, true)};
  const auto counted = without_interested(all, {{1, "burglary", "My employer runs the scheme."}});
  REQUIRE(counted.size() == 3);
  const auto outcome = outcome_of(sheet(), counted);
  REQUIRE(outcome);
  CHECK((*outcome)->found.items[0].cells[0].value == 0.0);  // the other's alone
  CHECK((*outcome)->found.items[1].cells[0].value == 1.0);  // of another thing the same person's counts
  CHECK((*outcome)->found.items[0].cells[1].value == 3.0);
  CHECK(without_interested(all, {}).size() == all.size());
}

TEST_CASE("the first value that is missing: of criteria that count only") {
  Sheet three = sheet();
  three.items.pop_back();
  std::vector<Score> scores = {score("burglary", "volume", 1, 1), score("burglary", "harm", 1, 1),
                               score("drugs", "harm", 1, 1)};
  const auto found = missing(three, scores);
  REQUIRE(found);
  CHECK(found->first->code == "volume");
  CHECK(found->second->code == "drugs");
  three.criteria[0].weight = 0;
  CHECK_FALSE(missing(three, scores));
}

TEST_CASE("other weights are tried from what is typed") {
  const std::vector<std::string> fields = {"w-1", "w-2"};
  CHECK(weights_from(sheet(), {"", ""}, fields)->empty());  // the sheet's own
  CHECK(weights_from(sheet(), {"1", "3"}, fields)->empty());
  CHECK(*weights_from(sheet(), {"5", ""}, fields) == std::vector<std::int64_t>{5, 3});
  CHECK(weights_from(sheet(), {"5", "x"}, fields).error().fields.front().field == "w-2");
  CHECK(weights_from(sheet(), {"1001", ""}, fields).error().fields.front().message ==
        "Volume: enter a whole number from 0 to 1,000.");
  CHECK(weights_from(sheet(), {"0", "0"}, fields).error().message == "Every weight is 0.");
  for (const char* none : {"", "-1", "1.5", "10000", " 1"}) CHECK_FALSE(weight_from(none));
  CHECK(weight_from("1000") == 1000);
}

TEST_CASE("what becomes of the scores: nobody's is nothing, and how many people gave them") {
  CHECK_FALSE(outcome_of(sheet(), {})->has_value());
  const auto outcome = outcome_of(
      sheet(), {score("burglary", "harm", 1, 4), score("burglary", "harm", 2, 2), score("drugs", "harm", 1, 1)});
  REQUIRE(outcome);
  CHECK((*outcome)->scorers == 2);
  CHECK((*outcome)->found.items[0].score == 3.0);
  CHECK_FALSE((*outcome)->found.items[2].score);  // unscored is not 0
  CHECK((*outcome)->stability);
  CHECK_FALSE(outcome_of(sheet(), {score("burglary", "harm", 1, 4)}, {0, 0}));
}
