// Every publication stays choosable: a wrong file is undone, and the figures are what they were, to the byte.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "slices/evidence/choices_for_tests.h"

using namespace tithing;
using namespace tithing::evidence;
using namespace tithing::evidence::testing;

TEST_CASE("a partial file is refused with what it would remove and how to answer; nothing is changed") {
  for_each_world([](World& world) {
    world.import_well({kEarly});
    const Shape good = shape_of(world);
    const std::string partial = only(world, {"Burglary"});
    const Result<ImportReport> refused = world.import({partial});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ProblemKind::conflict);
    for (const char* part : {"Surrey Police, November 2022", "of 7,331 rows", "crime types", "Anti-social behaviour",
                             "Nothing was changed", "--accept-removals", "--keep-aside", "--reason"}) {
      CAPTURE(part);
      CAPTURE(refused.error().message);
      CHECK(contains(refused.error().message, part));
    }
    CHECK(shape_of(world) == good);
    CHECK(world.publications().size() == 1);
    CHECK_FALSE(world.data.originals().has(sha256(read_file(partial))));
    CHECK(choices_of(world, kPoliceMonth, "").empty());

    SUBCASE("a dry run says it too and changes nothing") {
      sources::Manners dry;
      dry.dry_run = true;
      const Result<ImportReport> report = import_police(world.doing(), world.holdings, {partial}, nullptr, dry);
      REQUIRE(report);
      const auto about = [](const sources::Change& change) { return change.kind != sources::kRemark; };
      REQUIRE(std::count_if(report->changes.begin(), report->changes.end(), about) == 1);
      CHECK(report->trial == sources::Trial::refused);
      CHECK(report->changes.back().kind == sources::kRemark);  // and what would be in doubt, did it count
      CHECK(sources::asks(report->changes));
      CHECK(report->changes[0].rows_now == 7331);
      CHECK(report->changes[0].rows_then == 7331);
      CHECK(report->id == 0);
      CHECK(shape_of(world) == good);
      CHECK(world.publications().size() == 1);
      CHECK_FALSE(world.data.originals().has(sha256(read_file(partial))));
    }
    SUBCASE("an answer without a reason is refused") {
      const Result<ImportReport> report =
          import_police(world.doing(), world.holdings, {partial}, nullptr, accepting(""));
      REQUIRE_FALSE(report);
      CHECK(contains(report.error().message, "--reason"));
      CHECK(shape_of(world) == good);
    }
    SUBCASE("kept aside, it is there and does not count, and can be chosen") {
      sources::Manners aside;
      aside.keep_aside = true;
      aside.reason = "an extract of burglaries, kept for the record";
      const Result<ImportReport> report = import_police(world.doing(), world.holdings, {partial}, nullptr, aside);
      REQUIRE(report);
      CHECK(report->files.at(0).outcome == "set-aside");
      CHECK(shape_of(world) == good);
      REQUIRE(world.publications().size() == 2);
      CHECK(choices_of(world, kPoliceMonth, kKey).at(0).verdict == sources::Verdict::set_aside);
      REQUIRE(choose(world.doing(), world.holdings,
                     {kPoliceMonth, kKey, world.publications()[1].source_file, sources::Verdict::counts,
                      "asked for by the analyst"}));
      CHECK(world.counted() == world.publications()[1].accepted);
    }
    SUBCASE("accepted, it counts; choosing the good one again brings back the figures to the byte") {
      const std::int64_t good_file = source_that_counts(world);
      const Result<ImportReport> report = import_police(world.doing(), world.holdings, {partial}, nullptr,
                                                        accepting("sent by the force as a correction"));
      REQUIRE_MESSAGE(report.has_value(), (report ? "" : report.error().message));
      CHECK(report->files.at(0).outcome == "replaces");
      CHECK(world.counted() < 1000);
      CHECK(shape_of(world) != good);
      CHECK(choices_of(world, kPoliceMonth, kKey).at(0).reason == "sent by the force as a correction");
      CHECK(verify(world.holdings));

      const auto changes =
          choose(world.doing(), world.holdings,
                 {kPoliceMonth, kKey, good_file, sources::Verdict::counts, "the correction was an extract"});
      REQUIRE_MESSAGE(changes.has_value(), (changes ? "" : changes.error().message));
      REQUIRE(changes->size() == 1);
      CHECK(changes->front().rows_then == 7331);
      CHECK(shape_of(world) == good);
      CHECK(audit_rows(world, "evidence.choose") == 1);
      const std::vector<sources::Choice> made = choices_of(world, kPoliceMonth, kKey);
      REQUIRE(made.size() == 2);
      CHECK(made[1].reason == "the correction was an extract");
      CHECK(made[1].by == "command line");
      CHECK(verify(world.holdings));
      // And back to the default, which says the same.
      REQUIRE(choose(world.doing(), world.holdings,
                     {kPoliceMonth, kKey, 0, sources::Verdict::standard, "nothing is in doubt any more"}));
      CHECK(shape_of(world) == good);
    }
  });
}

TEST_CASE("the same file given again is offered as a choice, and is one when that is wanted") {
  for_each_world([](World& world) {
    world.import_well({kEarly});
    const Shape good = shape_of(world);
    world.import_well({kLater});
    const ImportReport again = world.import_well({kEarly});
    CHECK(again.id == 0);
    REQUIRE(again.changes.size() == 1);
    CHECK(again.changes[0].offered);
    CHECK(contains(again.changes[0].outcome, "was imported before and does not count"));
    CHECK(contains(again.changes[0].outcome,
                   "Nothing changes, unless you choose it."));  // how: said by the page or the command line
    CHECK(contains(again.sentence, "can be chosen"));
    CHECK(shape_of(world) != good);

    sources::Manners chosen;
    chosen.choose = true;
    chosen.reason = "the later archive holds outcomes of another force";
    const Result<ImportReport> report = import_police(world.doing(), world.holdings, {kEarly}, nullptr, chosen);
    REQUIRE_MESSAGE(report.has_value(), (report ? "" : report.error().message));
    CHECK(report->id != 0);
    CHECK(shape_of(world) == good);
    CHECK(choices_of(world, kPoliceMonth, kKey).size() == 1);
    CHECK(audit_rows(world, "evidence.import") == 3);
    // It counts now, so there is nothing left to offer.
    CHECK(world.import_well({kEarly}).changes.empty());

    // What is given after a choice is kept beside it and says so.
    const std::string newer = world.given(
        "2022-11-surrey-street.csv", read_file(kLater) + row("new", "2022-11", "Surrey Police", "E01030501", "Drugs"));
    const ImportReport kept = world.import_well({newer});
    CHECK(kept.files.at(0).outcome == "set-aside");
    CHECK(contains(kept.changes.at(0).outcome, "another one was chosen"));
    CHECK(shape_of(world) == good);
    REQUIRE(verify(world.holdings));
  });
}

TEST_CASE("a file of as many but other rows is asked about as well") {
  for_each_world([](World& world) {
    std::string first = kHeading, second = kHeading;
    for (int i = 0; i < 100; ++i) {
      first += row("a" + std::to_string(i), "2022-11", "Surrey Police", "E01030501", i % 2 ? "Burglary" : "Drugs");
      second += row("b" + std::to_string(i), "2022-11", "Surrey Police", "E01030502", i % 2 ? "Burglary" : "Drugs");
    }
    world.import_well({world.given("a/2022-11-surrey-street.csv", first)});
    const std::string wrong = world.given("b/2022-11-surrey-street.csv", second);
    const Result<ImportReport> refused = world.import({wrong});
    REQUIRE_FALSE(refused);
    CHECK(contains(refused.error().message, "would remove 100 of 100 rows (100%)"));
    // Kept aside although the default would take it.
    sources::Manners aside;
    aside.keep_aside = true;
    aside.reason = "rows of a district that is not Surrey's";
    REQUIRE(import_police(world.doing(), world.holdings, {wrong}, nullptr, aside));
    CHECK(world.publications()[0].publication.state == PublicationState::counts);
    CHECK(world.publications()[1].publication.state == PublicationState::set_aside);
    CHECK(verify(world.holdings));
  });
}

TEST_CASE("what does not follow from the rule and the choices is found, and set right by a rebuild") {
  for_each_world([](World& world) {
    world.import_well({kEarly});
    world.import_well({kLater});
    const Shape right = shape_of(world);
    CHECK(verify(world.holdings));
    // As a store of before would have it: the order of imports alone.
    world.database.write([&](db::Transaction& transaction) -> Status {
      const std::vector<store::PublicationRow> rows = store::publications(transaction);
      store::set_state(transaction, rows[1].publication.id, PublicationState::superseded);
      store::set_state(transaction, rows[0].publication.id, PublicationState::counts);
      return {};
    });
    const Result<std::string> found = verify(world.holdings);
    REQUIRE_FALSE(found);
    CHECK(contains(found.error().message, "Surrey Police, November 2022"));
    const Result<std::string> rebuilt = rebuild(world.doing(), world.holdings, nullptr);
    REQUIRE(rebuilt);
    CHECK(contains(*rebuilt, "stood otherwise than the rule"));
    CHECK(shape_of(world) == right);
    CHECK(verify(world.holdings));
    CHECK(contains(*rebuild(world.doing(), world.holdings, nullptr), "the same, byte for byte."));
  });
}

TEST_CASE("publications from before their types were kept are judged by their counts") {
  for_each_world([](World& world) {
    world.import_well({kEarly});
    world.database.write([&](db::Transaction& transaction) -> Status {
      transaction.run({"test.forget", "UPDATE evidence_publication SET types = ''"});
      return {};
    });
    const Result<ImportReport> refused = world.import({only(world, {"Burglary", "Drugs"})});
    REQUIRE_FALSE(refused);
    CHECK(contains(refused.error().message, "crime types"));
  });
}

TEST_CASE("choosing: permission, reason, what there is") {
  for_each_world([](World& world) {
    world.import_well({kEarly});
    world.import_well({kLater});
    const std::int64_t former = world.publications()[0].source_file;
    const auto problem = [&](const Actor& actor, const Choosing& choosing) {
      const auto done = choose(world.doing(actor), world.holdings, choosing);
      return done ? std::string() : done.error().message;
    };
    const Choosing wanted{kPoliceMonth, kKey, former, sources::Verdict::counts, "why"};
    CHECK(problem(Actor::nobody(), wanted) != "");
    const Actor elsewhere = Actor::account(7, "Ada", {{Role::performance_analyst, "", "E23000009"}}, world.permissions);
    CHECK(problem(elsewhere, wanted) != "");
    const Actor there = Actor::account(8, "Bea", {{Role::performance_analyst, "", "E23000031"}}, world.permissions);
    Choosing without = wanted;
    without.reason = " ";
    CHECK(contains(problem(there, without), "Say why"));
    CHECK(contains(problem(there, {kPoliceMonth, "surrey 2022-10", former, sources::Verdict::counts, "why"}),
                   "There is nothing called"));
    CHECK(contains(problem(there, {kPoliceMonth, kKey, 999, sources::Verdict::counts, "why"}), "says nothing of"));
    CHECK(world.publications()[1].publication.state == PublicationState::counts);
    Choosing stale = wanted;
    stale.seen = "something else";
    CHECK(contains(problem(there, stale), "look again"));
    CHECK(problem(there, wanted).empty());
    CHECK(world.publications()[0].publication.state == PublicationState::counts);
  });
}

TEST_CASE("a choice that is killed leaves either the former or the latter, whole") {
  test::for_each_location([](const db::Configuration& configuration) {
    test::TemporaryFolder folder;
    const SystemClock clock;
    const PermissionTable permissions;
    const Actor actor = Actor::command_line(permissions);
    const DataFolder data(folder.path() + "/data");
    std::string early, later;
    std::int64_t former = 0;
    // What there is to see, with a store that is open for as long as that takes: a process that forks has none.
    const auto with_store = [&](const std::function<void(const Holdings&)>& work) {
      auto database = db::Database::open(configuration);
      REQUIRE(database);
      work({**database, clock, data});
    };
    const auto version_of = [](const Holdings& holdings) {
      std::string version;
      holdings.database.read([&](db::Connection& connection) { version = store::version(connection); });
      return version;
    };
    with_store([&](const Holdings& holdings) {
      REQUIRE(db::migrate(holdings.database, all_migrations()));
      REQUIRE(import_police(doing_of(holdings, actor), holdings, {kEarly}, nullptr));
      early = version_of(holdings);
      REQUIRE(import_police(doing_of(holdings, actor), holdings, {kLater}, nullptr));
      later = version_of(holdings);
      holdings.database.read(
          [&](db::Connection& connection) { former = store::publications(connection).at(0).source_file; });
    });
    REQUIRE(early != later);
    int untouched = 0;
    bool chosen = false;
    for (int wait = 0; wait < 40 && !chosen; ++wait) {
      const pid_t child = ::fork();
      if (child == 0) {
        auto database = db::Database::open(configuration);
        if (!database) ::_exit(10);
        const Holdings holdings{**database, clock, data};
        (void)choose(doing_of(holdings, actor), holdings,
                     {kPoliceMonth, kKey, former, sources::Verdict::counts, "killed"});
        ::_exit(0);
      }
      ::usleep(static_cast<useconds_t>(wait) * 15'000);
      ::kill(child, SIGKILL);
      int status = 0;
      ::waitpid(child, &status, 0);
      with_store([&](const Holdings& holdings) {
        REQUIRE(clear_leftovers(holdings));
        const std::string version = version_of(holdings);
        CHECK((version == early || version == later));
        chosen = version == early;
        std::size_t choices = 0;
        std::vector<store::PublicationRow> rows;
        holdings.database.read([&](db::Connection& connection) {
          choices = sources::choices(connection, kPoliceMonth, kKey).size();
          rows = store::publications(connection);
        });
        CHECK(choices == (chosen ? 1 : 0));
        CHECK(rows.size() == 2);
        REQUIRE(ensure_cube(data, rows));
        CHECK(verify(holdings));
        untouched += !chosen;
      });
    }
    CHECK(chosen);
    CHECK(untouched > 0);
  });
}

TEST_CASE("what would be is not said to have been, and no day is left out of a sentence") {
  test::for_each_engine(all_migrations(), [](db::Database& database) {
    World world(database);
    sources::Manners dry;
    dry.dry_run = true;
    const std::string month = kHeading + row("a", "2022-01", "Surrey Police", "E01030321", "Burglary") +
                              other_categories("2022-01", "Surrey Police");
    const std::string path = world.given("2022-01-surrey-street.csv", month);
    const auto police = import_police(world.doing(), world.holdings, {path}, nullptr, dry);
    REQUIRE(police.has_value());
    CHECK(police->sentence == "Would import 1 file of Surrey Police, January 2022: 12 rows can be used, 0 cannot.");
    const std::string people =
        world.given("people.csv", "LSOA 2021 Code,2023\nE01013339,1500\nE01013340,1600\nE01013341,1700\n");
    const auto population = import_population(world.doing(), world.holdings, people, dry);
    REQUIRE(population.has_value());
    CHECK(population->sentence == "Would import populations of 3 LSOAs, mid-2023, from people.csv.");
    CHECK(world.publications().empty());
    REQUIRE(import_population(world.doing(), world.holdings, people));
    world.import_well({path});
    CHECK(import_population(world.doing(), world.holdings, people, dry)->sentence ==
          "Nothing would change. people.csv was imported before.");
    CHECK(import_police(world.doing(), world.holdings, {path}, nullptr, dry)->sentence ==
          "Nothing would change. 1 file was imported before.");
    // A choice that is being made has no day yet: the sentence does without.
    sources::Manners aside;
    aside.keep_aside = true;
    aside.reason = "it is a draft";
    const auto wrong =
        import_population(world.doing(), world.holdings,
                          world.given("draft.csv", "LSOA21CD,2023\nE01013339,15\nE01013340,16\nE01013341,17\n"), aside);
    REQUIRE_MESSAGE(wrong.has_value(), (wrong ? "" : wrong.error().message));
    CHECK_MESSAGE(wrong->sentence.find("It is kept and not counted: Set aside: it is a draft") != std::string::npos,
                  wrong->sentence);
    CHECK(wrong->sentence.find(" on :") == std::string::npos);
    // Every reason stays, also after the next choice.
    Choosing choosing{kPopulationKind,
                      "LSOA 2021",
                      wrong->files.at(0).source_file,
                      sources::Verdict::counts,
                      "the draft was right",
                      {},
                      false};
    REQUIRE(choose(world.doing(), world.holdings, choosing));
    const auto found = things(world.holdings, kPopulationKind, "LSOA 2021", true);
    REQUIRE(found.has_value());
    REQUIRE(found->at(0).choices.size() == 2);
    CHECK(found->at(0).choices[0].reason == "it is a draft");
    CHECK(found->at(0).choices[1].reason == "the draft was right");
  });
}

TEST_CASE("a month whose longitude and latitude stand exchanged is suspect") {
  test::for_each_engine(all_migrations(), [](db::Database& database) {
    World world(database);
    std::string month = kHeading + other_categories("2022-01", "Surrey Police");
    for (std::size_t at = 0; (at = month.find("-2.1,54.1", at)) != std::string::npos;)
      month.replace(at, 9, "54.1,-2.1");
    world.import_well({world.given("2022-01-surrey-street.csv", month)});
    CHECK(world.publications().at(0).swapped == kOtherCategories);
    CHECK(world.publications().at(0).accepted == kOtherCategories);
  });
}
