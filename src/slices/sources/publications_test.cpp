// The rule that decides which publication counts, on values alone.
#include "slices/sources/publications.h"

#include <doctest/doctest.h>

using namespace tithing::sources;
using State = Standing::State;
using Cause = Standing::Cause;

namespace {

Publication publication(std::int64_t source_file, std::int64_t rows, const std::string& archive = "") {
  Publication made;
  made.source_file = source_file;
  made.archive = archive;
  made.holding.rows = rows;
  made.holding.parts["crime type"] = {{"Burglary", rows / 2}, {"Drugs", rows - rows / 2}};
  return made;
}

Choice choice(Verdict verdict, std::int64_t source_file = 0) {
  Choice made;
  made.source_file = source_file;
  made.verdict = verdict;
  made.at = "2026-11-30T10:00:00.000Z";
  made.reason = "the force has withdrawn it";
  return made;
}

std::int64_t counting(const std::vector<Publication>& publications, const std::vector<Choice>& choices = {}) {
  const std::vector<Standing> standings = tithing::sources::standings(publications, choices, Manner::one_counts);
  std::int64_t found = 0, how_many = 0;
  for (std::size_t i = 0; i < publications.size(); ++i) {
    if (standings[i].state != State::counts) continue;
    found = publications[i].source_file;
    ++how_many;
  }
  CHECK(how_many <= 1);
  return found;
}

}  // namespace

TEST_CASE("the default: the newest, unless much smaller") {
  CHECK(counting({}) == 0);
  CHECK(counting({publication(1, 100)}) == 1);
  CHECK(counting({publication(1, 100), publication(2, 101)}) == 2);
  CHECK(counting({publication(1, 100), publication(2, 80)}) == 2);  // 20% is not over 20%
  CHECK(counting({publication(1, 100), publication(2, 79)}) == 1);
  // What is kept beside does not become the measure: the third is held against the first.
  CHECK(counting({publication(1, 100), publication(2, 10), publication(3, 12)}) == 1);
  CHECK(counting({publication(1, 100), publication(2, 10), publication(3, 99)}) == 3);
  const auto judged = standings({publication(1, 7331), publication(2, 1466)}, {}, Manner::one_counts);
  CHECK(judged[1].cause == Cause::much_smaller);
  CHECK(judged[1].why == "It is much smaller than what counted: without 5,865 of 7,331 rows (80%).");
}

TEST_CASE("the default: a whole crime type that is lost is much, one of fewer than five rows is not") {
  Publication former = publication(1, 100);
  Publication later = publication(2, 100);
  former.holding.parts["crime type"] = {{"Anti-social behaviour", 15}, {"Burglary", 81}, {"Robbery", 4}};
  later.holding.parts["crime type"] = {{"Burglary", 100}};
  CHECK(counting({former, later}) == 1);
  CHECK(loss(former.holding, later.holding) == "the crime type Anti-social behaviour");
  later.holding.parts["crime type"]["Anti-social behaviour"] = 1;
  CHECK(counting({former, later}) == 2);
  CHECK(loss(former.holding, later.holding).empty());
}

TEST_CASE("the default: an extract takes no place and gives way; an archive named by an older month takes no place") {
  Publication extract = publication(1, 1000);
  extract.extract = true;
  CHECK(counting({extract, publication(2, 10)}) == 2);
  extract.source_file = 3;
  CHECK(counting({publication(2, 10), extract}) == 2);
  CHECK(counting({publication(1, 100, "2022-12.zip"), publication(2, 120, "2022-06.zip")}) == 1);
  CHECK(counting({publication(1, 100, "2022-06.zip"), publication(2, 120, "2022-12.zip")}) == 2);
  CHECK(counting({publication(1, 100, "2022-12.zip"), publication(2, 120)}) == 2);  // no archive: the order given
  CHECK(counting({publication(1, 100, "2022-12.zip"), publication(2, 120, "surrey.zip")}) == 2);
  CHECK(counting({publication(1, 100, "2022-12.zip"), publication(2, 120, "2022-06-corrected.zip")}) == 2);
}

TEST_CASE("what cannot be read never counts") {
  Publication broken = publication(1, 100);
  broken.readable = false;
  CHECK(counting({broken}) == 0);
  CHECK(counting({broken, publication(2, 1)}) == 2);
  CHECK(counting({publication(2, 1), broken}, {choice(Verdict::counts, 1)}) == 2);
}

TEST_CASE("a choice goes before the default and stands until another one") {
  const std::vector<Publication> two = {publication(1, 100), publication(2, 101)};
  CHECK(counting(two, {choice(Verdict::counts, 1)}) == 1);
  CHECK(counting(two, {choice(Verdict::counts, 1), choice(Verdict::counts, 2)}) == 2);
  CHECK(counting(two, {choice(Verdict::counts, 1), choice(Verdict::standard)}) == 2);
  CHECK(counting(two, {choice(Verdict::set_aside, 2)}) == 1);
  CHECK(counting(two, {choice(Verdict::set_aside, 2), choice(Verdict::counts, 2)}) == 2);
  CHECK(counting(two, {choice(Verdict::counts, 2), choice(Verdict::set_aside, 2)}) == 1);
  CHECK(counting(two, {choice(Verdict::set_aside, 1), choice(Verdict::set_aside, 2)}) == 0);
  CHECK(counting(two, {choice(Verdict::set_aside, 1), choice(Verdict::set_aside, 2), choice(Verdict::standard)}) == 2);
  // What comes later is kept beside what was chosen.
  CHECK(counting({publication(1, 100), publication(2, 101), publication(3, 102)}, {choice(Verdict::counts, 1)}) == 1);
  // Also a small one, and an extract, when a person says so.
  CHECK(counting({publication(1, 100), publication(2, 1)}, {choice(Verdict::counts, 2)}) == 2);
  const auto judged = standings(two, {choice(Verdict::counts, 1)}, Manner::one_counts);
  CHECK(judged[0].chosen);
  CHECK(judged[0].why == "Chosen on 30 November 2026: the force has withdrawn it.");
  CHECK(judged[1].cause == Cause::held);
}

TEST_CASE("laid over each other: all count but for those that are set aside") {
  const std::vector<Publication> two = {publication(1, 100), publication(2, 3)};
  const auto state = [&](const std::vector<Choice>& choices, std::size_t i) {
    return standings(two, choices, Manner::all_count)[i].state;
  };
  CHECK(state({}, 0) == State::counts);
  CHECK(state({}, 1) == State::counts);
  CHECK(state({choice(Verdict::set_aside, 2)}, 0) == State::counts);
  CHECK(state({choice(Verdict::set_aside, 2)}, 1) == State::beside);
  CHECK(state({choice(Verdict::set_aside, 2), choice(Verdict::counts, 2)}, 1) == State::counts);
  CHECK(state({choice(Verdict::set_aside, 2), choice(Verdict::standard)}, 1) == State::counts);
}

TEST_CASE("an answer needs its reason, and there is one answer") {
  CHECK(fault_of({}).empty());
  Manners manners;
  manners.accept_removals = true;
  CHECK(fault_of(manners).find("--reason") != std::string::npos);
  manners.dry_run = true;
  CHECK(fault_of(manners).empty());
  manners.dry_run = false;
  manners.reason = "the force has corrected its file";
  CHECK(fault_of(manners).empty());
  manners.keep_aside = true;
  CHECK(fault_of(manners).find("one answer") != std::string::npos);
}

TEST_CASE("the refusal names what would go and how to answer") {
  Change change;
  change.about = "Surrey Police, November 2022";
  CHECK(refusal({change}).empty());
  change.asks = "b.csv would remove 5,865 of 7,331 rows (80%) of Surrey Police, November 2022.";
  for (const char* part : {"5,865 of 7,331", "Nothing was changed", "--accept-removals", "--keep-aside", "--dry-run"}) {
    CAPTURE(part);
    CHECK(refusal({change}).find(part) != std::string::npos);
  }
  CHECK(refusal({change, change, change, change, change}).find("2 further things") != std::string::npos);
  const std::string seen = fingerprint({change});
  CHECK(fingerprint({change}) == seen);
  change.then = "another";
  CHECK(fingerprint({change}) != seen);
}
