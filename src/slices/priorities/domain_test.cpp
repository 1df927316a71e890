// Rules of scoring and of harm weights, on values.
#include <doctest/doctest.h>

#include "slices/priorities/domain.h"
#include "slices/priorities/harm.h"
#include "slices/priorities/themes.h"

using namespace tithing;
using namespace tithing::priorities;

namespace {

Exercise exercise() {
  Exercise e;
  e.title = "Priorities";
  e.area = "E22000372";
  e.period = Period::parse("2022-01", "2022-11").value();
  e.criteria = {{"volume", "Volume", "", 1}, {"harm", "Harm", "", 3}};
  e.items = {{"burglary", "Burglary", "burglary"}, {"drugs", "Drugs", "drugs"}, {"abuse", "Abuse", ""}};
  return e;
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

std::string field_of(const Status& status) {
  return status ? "" : status.error().fields.empty() ? "none" : status.error().fields.front().field;
}

}  // namespace

TEST_CASE("an exercise that cannot be scored is refused at its field") {
  CHECK(check(exercise()).has_value());
  Exercise e = exercise();
  e.title = " ";
  CHECK(field_of(check(e)) == "title");
  e = exercise();
  std::swap(e.period.from, e.period.to);
  CHECK(field_of(check(e)) == "to");
  e = exercise();
  e.scale_high = 11;
  CHECK(field_of(check(e)) == "scale");
  e = exercise();
  e.criteria[1] = e.criteria[0];
  CHECK(field_of(check(e)) == "criteria");
  e = exercise();
  for (Criterion& criterion : e.criteria) criterion.weight = 0;
  CHECK(field_of(check(e)) == "criteria");
  e = exercise();
  e.criteria[0].weight = 1001;
  CHECK(field_of(check(e)) == "criteria");
  e = exercise();
  e.items.resize(1);
  CHECK(field_of(check(e)) == "items");
  e = exercise();
  e.items[1] = e.items[0];
  CHECK(field_of(check(e)) == "items");
}

TEST_CASE("a score is on the scale and has its reason") {
  CHECK(scoring::check_score(exercise().sheet(), score("burglary", "harm", 1, 4)).has_value());
  CHECK(field_of(scoring::check_score(exercise().sheet(), score("burglary", "harm", 1, 5))) == "value-harm");
  CHECK(field_of(scoring::check_score(exercise().sheet(), score("burglary", "harm", 1, -1))) == "value-harm");
  Score silent = score("burglary", "harm", 1, 2);
  silent.reason = "  ";
  CHECK(field_of(scoring::check_score(exercise().sheet(), silent)) == "reason-harm");
  CHECK(scoring::check_score(exercise().sheet(), score("theft", "harm", 1, 2)).error().kind == ProblemKind::not_found);
}

TEST_CASE("stages: unseen, then seen by all, then closed when every criterion that counts has a value") {
  CHECK(path::faults_of(kStagePath.outline()).empty());
  Exercise e = exercise();
  const auto may = [&](const char* move, const std::vector<Score>& scores) {
    return kStagePath.check(code_of(e.stage), {e, scores}, {move, "The meeting of 20 November."});
  };
  CHECK_FALSE(may("end-scoring", {}));
  std::vector<Score> scores = {score("burglary", "volume", 1, 3), score("burglary", "harm", 2, 1)};
  CHECK(may("end-scoring", scores));
  CHECK(may("close", scores).error().kind == ProblemKind::conflict);

  CHECK(shown_to(e, scores, 1).size() == 1);
  CHECK(shown_to(e, scores, 0).empty());
  CHECK(standing_of(e).publication == records::Publication::draft);
  e.stage = Stage::moderation;
  CHECK(shown_to(e, scores, 1).size() == 2);
  CHECK(may("end-scoring", scores).error().kind == ProblemKind::conflict);
  const auto missing = may("close", scores);
  REQUIRE_FALSE(missing.has_value());
  CHECK(missing.error().message ==
        "Nobody has scored “Volume” of “Drugs”. Agree a value for it, or give the criterion the weight 0.");
  e.criteria[0].weight = 0;
  for (const char* item : {"drugs", "abuse"}) scores.push_back(score(item, "harm", 0, 2, true));
  CHECK(may("close", scores));
  e.stage = Stage::closed;
  CHECK(standing_of(e).publication == records::Publication::published);
  CHECK(may("withdraw", scores).error().kind == ProblemKind::conflict);
}

TEST_CASE("after the first score weights may change, what is scored may not") {
  const Exercise former = exercise();
  const std::vector<Score> scores = {score("burglary", "harm", 1, 2)};
  Exercise next = former;
  next.reason = "The board asked for it.";
  next.criteria[0].weight = 9;
  CHECK(check_change(former, next, scores).has_value());
  next.items.pop_back();
  CHECK(check_change(former, next, {}).has_value());
  CHECK(field_of(check_change(former, next, scores)) == "criteria");
  next = former;
  next.reason = "It is another kind of burglary.";
  next.items[0].crime_type = "";  // other evidence stands beside what was scored
  CHECK(field_of(check_change(former, next, scores)) == "criteria");
  next = former;
  CHECK(field_of(check_change(former, next, {})) == "reason");
  Exercise closed = former;
  closed.stage = Stage::closed;
  next.reason = "Late.";
  CHECK(check_change(closed, next, {}).error().kind == ProblemKind::conflict);
}

TEST_CASE("scores become a weighted mean; an agreed value takes the place of the mean") {
  const Exercise e = exercise();
  const std::vector<Score> scores = {score("burglary", "volume", 7, 4), score("burglary", "volume", 3, 2),
                                     score("burglary", "harm", 7, 1), score("drugs", "volume", 3, 1),
                                     score("drugs", "harm", 0, 4, true)};
  const auto found = statistics::score_priorities(scoring::arithmetic_of(e.sheet(), scores));
  REQUIRE(found.has_value());
  CHECK(*found->items[0].score == doctest::Approx((1 * 3.0 + 3 * 1.0) / 4));
  CHECK(*found->items[1].score == doctest::Approx((1 * 1.0 + 3 * 4.0) / 4));
  CHECK(found->items[1].cells[1].is_moderated);
  CHECK_FALSE(found->items[2].score.has_value());
  CHECK(found->items[1].rank == 1);
  // Other weights turn the order round.
  const auto moved = statistics::score_priorities(scoring::arithmetic_of(e.sheet(), scores, {1, 0}));
  REQUIRE(moved.has_value());
  CHECK(moved->items[0].rank == 1);
}

TEST_CASE("harm weights: a mixed crime type has a range, and one number only with its mix") {
  const std::vector<std::string> types = {"burglary", "robbery"};
  const auto read = read_weights(
      "Offence,Weight,Crime type,Share\r\n\"Burglary, dwelling\",400,Burglary,0.25\nBurglary "
      "elsewhere,100,burglary,0.75\nRobbery,800,robbery,\n",
      types);
  REQUIRE(read.has_value());
  CHECK(read->refused.empty());
  REQUIRE(read->rows.size() == 3);
  CHECK(read->rows[0].offence == "Burglary, dwelling");
  const auto mixed = harm_of(read->rows, "burglary", 10);
  REQUIRE(mixed.has_value());
  CHECK(mixed->low == 1000);
  CHECK(mixed->high == 4000);
  CHECK(*mixed->estimate == doctest::Approx(10 * (0.25 * 400 + 0.75 * 100)));
  auto without = read->rows;
  without[1].share.reset();
  CHECK_FALSE(harm_of(without, "burglary", 10)->estimate.has_value());
  CHECK(*harm_of(without, "robbery", 2)->estimate == 1600);
  CHECK(harm_of(without, "drugs", 2).error().kind == ProblemKind::not_found);

  const auto bad = read_weights(
      "offence,weight,crime_type,share\n,1,burglary,\nA,-1,burglary,\nB,x,burglary,\nC,1,arson,\nD,1,burglary,2\nE,nan,"
      "burglary,\nF,1,burglary,\n",
      types);
  REQUIRE(bad.has_value());
  CHECK(bad->rows.size() == 1);
  REQUIRE(bad->refused.size() == 6);
  CHECK(bad->refused[0].line == 2);
  CHECK(bad->refused[5].line == 7);
  const auto total = read_weights("offence,weight,crime_type,share\nA,1,burglary,NA\nTotal,1,burglary,1\n", types);
  REQUIRE(total->rows.size() == 1);
  CHECK_FALSE(total->rows[0].share.has_value());
  CHECK(total->refused.at(0).reason == "It is a line of totals, not an offence: it adds up other rows.");
  CHECK_FALSE(read_weights("offence,weight\nA,1\n", types).has_value());
  CHECK_FALSE(read_weights("", types).has_value());
  CHECK_FALSE(read_weights("offence,weight,crime_type\n", types).has_value());
  CHECK_FALSE(read_weights("offence,weight,crime_type\n\"A,1,burglary\n", types).has_value());
  CHECK_FALSE(read_weights("offence,weight,crime_type\n\x81,1,burglary\n", types).has_value());
  // Another encoding and another separator are read, and said.
  const auto western = read_weights("offence;weight;crime_type\nM\xF4n;1.234,5;burglary\xA0\n", types);
  REQUIRE(western.has_value());
  CHECK(western->read_as == "Windows-1252, separated by semicolons, with decimal commas");
  REQUIRE(western->rows.size() == 1);
  CHECK(western->rows[0].offence == "M\xC3\xB4n");
  CHECK(western->rows[0].weight == 1234.5);
}

TEST_CASE("themes: one code one name and day, a line for each crime type that a theme takes in") {
  const std::vector<std::string> types = {"burglary", "robbery"};
  const auto read = read_themes(
      "Theme,Since,Crime type\nAcquisitive crime,2026-04-01,Burglary\nAcquisitive crime,2026-04-01,robbery\nDomestic "
      "abuse,,NA\n",
      types);
  REQUIRE(read.has_value());
  CHECK(read->refused.empty());
  const auto themes = themes_of(read->rows);
  REQUIRE(themes.size() == 2);
  CHECK(themes[0].code == "acquisitive-crime");
  CHECK(themes[0].crime_types == types);
  CHECK(themes[0].since == Date::from_ymd(2026, 4, 1));
  CHECK(themes[1].name == "Domestic abuse");
  CHECK_FALSE(themes[1].since.has_value());  // not known
  CHECK(themes[1].crime_types.empty());
  const auto bad = read_themes(
      "theme,code,since,crime_type\nAbuse,a,,\nAnother,a,,\n,,,\nArson,,,arson\nLate,,soon,\nAbuse,a,,\n", types);
  REQUIRE(bad.has_value());
  CHECK(bad->rows.size() == 1);
  REQUIRE(bad->refused.size() == 5);
  CHECK(bad->refused[0].reason.find("stands for “Abuse” above") != std::string::npos);
  CHECK_FALSE(read_themes("name\nAbuse\n", types).has_value());
}
