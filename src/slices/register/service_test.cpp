// The register's store and commands, on both engines.
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>

#include "base/text.h"
#include "db/audit.h"
#include "register_migrations.h"
#include "slices/register/review.h"
#include "slices/register/sample_files.h"
#include "slices/register/service.h"
#include "slices/register/shape.h"
#include "slices/wiring.h"
#include "support/house.h"
#include "support/path_walk.h"
#include "support/source_dir.h"

using namespace tithing;
using namespace tithing::register_;

namespace {

const std::string kGeography = tests::source_dir() + "/data/sample/geography/";
const Date k2022 = Date::from_ymd(2022, 12, 31);

// A program with its own data folder beside a store.
struct Program {
  explicit Program(db::Database& database) {
    wiring.database = &database;
    wiring.clock = &clock;
    wiring.data_folder = folder.path();
    register_slice(wiring);
    service = static_cast<RegisterService*>(wiring.services.front().get());
  }
  Result<GeographyReport> import(const std::vector<std::string>& paths, std::optional<Date> dated = std::nullopt) {
    return service->import_geography(Actor::command_line(wiring.permissions), paths, dated);
  }
  std::string write(const std::string& name, const std::string& bytes) const {
    const std::string path = folder.path() + "/" + name;
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }
  std::string fault(const std::vector<std::string>& paths) {
    const auto report = import(paths);
    return report ? std::string() : report.error().message;
  }
  std::int64_t version() { return service->areas()->version(); }

  test::TemporaryFolder folder;
  FakeClock clock{Date::from_ymd(2026, 11, 22)};
  Wiring wiring;
  RegisterService* service = nullptr;
};

std::size_t audit_rows(db::Database& database, const std::string& action) {
  std::size_t rows = 0;
  database.read(
      [&](db::Connection& connection) { rows = static_cast<std::size_t>(db::count_audit(connection, action, "")); });
  return rows;
}

std::size_t originals(const Program& program) {
  std::size_t files = 0;
  std::error_code error;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(program.folder.path() + "/originals", error))
    files += entry.is_regular_file() ? 1 : 0;
  return files;
}

std::int64_t id_of(const Areas& areas, const std::string& successor, AreaKind kind) {
  for (const Succession& s : areas.successions())
    if (s.area_kind == kind && s.kind == SuccessionKind::merged && s.successors.front() == successor) return s.id;
  return 0;
}

}  // namespace

TEST_CASE("the whole sample is imported, once, and is there for another process") {
  test::for_each_engine(test::all_migrations(register_migrations()), [](db::Database& database) {
    Program program(database);
    const auto report = program.import({kGeography});
    REQUIRE_MESSAGE(report.has_value(), report.error().message);
    CHECK(std::count_if(report->files.begin(), report->files.end(), [](const ImportedFile& f) { return f.added; }) ==
          21);
    CHECK(report->proposed == 16);
    CHECK(program.version() == 1);
    CHECK(audit_rows(database, "register.import") == 1);
    const std::size_t kept = originals(program);
    CHECK(kept == 12);

    const auto again = program.import({kGeography});
    REQUIRE(again.has_value());
    CHECK(std::none_of(again->files.begin(), again->files.end(), [](const ImportedFile& f) { return f.added; }));
    CHECK(again->sentence() == "Imported 0 files of geography, 21 already there.");
    CHECK(program.version() == 1);
    CHECK(audit_rows(database, "register.import") == 1);
    CHECK(originals(program) == kept);

    Program other(database);
    const auto areas = other.service->areas();
    CHECK(areas->constituents("E22000372", AreaKind::district, k2022).size() == 7);
    CHECK(areas->of_kind(AreaKind::lsoa_2011, k2022).size() == 34753);
    CHECK(areas->fit("E01023508")->lsoa_2021.size() > 1);
    CHECK(areas->sources().size() == 6);
    CHECK(areas->sources().front().compare(0, 18, "/evidence/sources/") == 0);
  });
}

TEST_CASE("boundaries: own, dissolved, from LSOAs, or none") {
  test::for_each_engine(test::all_migrations(register_migrations()), [](db::Database& database) {
    Program program(database);
    REQUIRE(program.import({kGeography}).has_value());
    RegisterService& service = *program.service;
    const auto redditch = service.boundary("E07000236", k2022);
    REQUIRE(redditch);
    CHECK(redditch->vintage == "2022-12");
    const auto north = service.boundary("E22000368", k2022);
    REQUIRE(north);
    CHECK(north->shape.size() == 1);
    double parts = 0;
    for (const char* code : {"E07000234", "E07000236", "E07000239"})
      parts += twice_area(to_shape(service.boundary(code, k2022)->shape));
    CHECK(twice_area(to_shape(north->shape)) == doctest::Approx(parts).epsilon(1e-12));
    CHECK(service.boundary("E22000368", k2022) == north);  // kept
    CHECK(service.boundary("E23000016", k2022)->vintage == "2022-12");
    CHECK(service.boundary("E01032127", k2022));
    // Only districts of 2019 are there for a district that had gone by 2022.
    CHECK(service.boundary("E07000150", Date::from_ymd(2019, 12, 31))->vintage == "2019");
    // A split district's partnerships would need LSOAs of Dorset, which the sample does not have; nor has it North
    // Yorkshire's.
    CHECK(service.boundary("E22000063", Date::from_ymd(2020, 6, 1)) == nullptr);
    const auto lsoas = service.areas()->lsoas("E07000163", k2022);
    CHECK(service.boundary(lsoas->lsoa_2011.front(), k2022) == nullptr);
    CHECK(service.boundary("E22999999", k2022) == nullptr);
    const auto several = service.boundaries({"E07000236", "nothing", "E07000234"}, k2022);
    REQUIRE(several.size() == 3);
    CHECK(several[0]->code == "E07000236");
    CHECK_FALSE(several[1]);
    CHECK(several[2]->code == "E07000234");
  });
}

TEST_CASE("a succession is accepted with a day, rejected with a reason, and each former state can be asked again") {
  test::for_each_engine(test::all_migrations(register_migrations()), [](db::Database& database) {
    Program program(database);
    Program other(database);
    REQUIRE(program.import({kGeography}).has_value());
    RegisterService& service = *program.service;
    const Actor actor = Actor::command_line(program.wiring.permissions);
    using Review = Succession::Review;
    const std::int64_t bucks = id_of(*service.areas(), "E06000060", AreaKind::district);
    REQUIRE(bucks > 0);
    const Date day = Date::from_ymd(2020, 4, 1);

    CHECK(service.review_succession(Actor::nobody(), bucks, Review::accepted, day, "").error().kind ==
          ProblemKind::forbidden);
    CHECK(service.review_succession(actor, bucks, Review::accepted, Date::from_ymd(2019, 12, 31), "")
              .error()
              .fields.front()
              .field == "on");
    CHECK(service.review_succession(actor, bucks, Review::accepted, Date::from_ymd(2023, 1, 1), "").error().kind ==
          ProblemKind::invalid);
    CHECK(service.review_succession(actor, bucks, Review::rejected, std::nullopt, " ").error().fields.front().field ==
          "reason");
    CHECK(service.review_succession(actor, 999999, Review::accepted, day, "").error().kind == ProblemKind::not_found);
    CHECK(program.version() == 1);

    REQUIRE(service
                .review_succession(actor, bucks, Review::accepted, day,
                                   "The Buckinghamshire (Structural Changes) Order 2019")
                .has_value());
    CHECK(program.version() == 2);
    CHECK(service.areas()->find("E06000060")->from == day);
    CHECK(audit_rows(database, "register.review") == 1);
    REQUIRE(service.review_succession(actor, bucks, Review::rejected, std::nullopt, "a second thought").has_value());
    CHECK(service.areas()->find("E06000060")->from == k2022);
    CHECK(service.areas_as_known(2).value()->find("E06000060")->from == day);
    CHECK(service.areas_as_known(1).value()->successions().size() == 16);
    CHECK(service.areas_as_known(0).value()->of_kind(AreaKind::district, k2022).empty());
    CHECK_FALSE(service.areas_as_known(4).has_value());
    CHECK(service.reviewed(bucks)->reviews.size() == 2);
    // A rejected one stays rejected when the same look-ups are read again.
    REQUIRE(program.import({kGeography}).has_value());
    CHECK(service.snapshot()->proposal(bucks)->succession.review == Review::rejected);
    CHECK(other.service->areas()->version() == 3);
  });
}

TEST_CASE("a look-up between two others withdraws what nobody had reviewed") {
  test::for_each_engine(test::all_migrations(register_migrations()), [](db::Database& database) {
    Program program(database);
    REQUIRE(program
                .import({kGeography + "lad17-csp17-pfa17.csv", kGeography + "lad22-csp22-pfa22.csv",
                         kGeography + "local-authority-codes-since-2011-with-successors.csv"})
                .has_value());
    CHECK(id_of(*program.service->areas(), "E06000060", AreaKind::district) > 0);
    const auto report = program.import({kGeography + "lad19-csp19-pfa19.csv"});
    REQUIRE(report.has_value());
    CHECK(report->files.front().added);
    for (const Succession& s : program.service->areas()->successions())
      CHECK(s.evidence.find("January 2017 and December 2022") == std::string::npos);
    CHECK(id_of(*program.service->areas(), "E06000060", AreaKind::district) > 0);
    CHECK(program.service->areas_as_known(1)
              .value()
              ->constituents("E22000303", AreaKind::district, Date::from_ymd(2020, 1, 1))
              .front()
              ->name == "Aylesbury Vale");
  });
}

TEST_CASE("one bad file and nothing is imported, with a sentence that says which and why") {
  test::for_each_engine(test::all_migrations(register_migrations()), [](db::Database& database) {
    Program program(database);
    const std::string good = kGeography + "lad22-csp22-pfa22.csv";
    const std::string zip = sample_file("geography/lad22-csp22-pfa22.csv");
    CHECK(program.fault({program.folder.path() + "/nowhere.csv"}).find("There is no file or folder") == 0);
    CHECK(program.fault({good, program.write("empty.csv", "")}).find("empty.csv is empty") == 0);
    CHECK(program
              .fault({good, program.write("utf16.csv", std::string("\xFF\xFE"
                                                                   "L\0A\0D\0",
                                                                   8))})
              .find("UTF-16") != std::string::npos);
    CHECK(program.fault({good, program.write("other.csv", "a,b\n1,2\n")})
              .find("is not geography that this program knows") != std::string::npos);
    CHECK(program.fault({good, program.write("cut.csv", zip.substr(0, 200))}).find("cut.csv: Line") == 0);
    CHECK(program.fault({good, program.write("bad.geojson", "{\"type\":\"FeatureCollection\",")})
              .find("bad.geojson: It is not well-formed JSON") == 0);
    std::ifstream in(kGeography + "lsoa11-boundaries-west-mercia-and-york.zip", std::ios::binary);
    const std::string whole((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    CHECK(
        program.fault({good, program.write("cut.zip", whole.substr(0, whole.size() / 2))}).find("damaged or cut off") !=
        std::string::npos);
    CHECK(program.fault({good, program.write("not.zip", "no archive")}).find("damaged or cut off") !=
          std::string::npos);
    CHECK(program.fault({}).find("at least one") != std::string::npos);
    CHECK(program.version() == 0);
    CHECK(program.service->areas()->of_kind(AreaKind::district, k2022).empty());
    CHECK(originals(program) == 0);
    CHECK(audit_rows(database, "register.import") == 0);
    const auto refused = program.service->import_geography(Actor::nobody(), {good}, std::nullopt);
    CHECK(refused.error().kind == ProblemKind::forbidden);
    CHECK(program.import({good}).has_value());
  });
}

TEST_CASE("a folder's other files are left out and named") {
  test::for_each_engine(test::all_migrations(register_migrations()), [](db::Database& database) {
    Program program(database);
    const auto report = program.import({tests::source_dir() + "/data/sample"});
    REQUIRE_MESSAGE(report.has_value(), report.error().message);
    std::size_t left = 0;
    for (const ImportedFile& file : report->files) left += file.what == "Left out: not geography." ? 1 : 0;
    CHECK(left >= 25);  // the police files, the population, the table, the README and the checksums
    CHECK(originals(program) == 12);
  });
}

TEST_CASE("every answer to a succession in every state by every role") {
  test::for_each_engine(test::all_migrations(register_migrations()), [](db::Database& database) {
    Program program(database);
    REQUIRE(program.import({kGeography}).has_value());
    using Review = Succession::Review;
    const Actor operator_ = Actor::command_line(program.wiring.permissions);
    const std::int64_t id = id_of(*program.service->areas(), "E06000060", AreaKind::district);
    const std::vector<Role> reviewers = {Role::performance_analyst, Role::commissioning_officer,
                                         Role::county_strategy_officer, Role::system_administrator};
    std::vector<test::MayMove> expected;
    for (const char* from : {"proposed", "accepted", "rejected"})
      for (const char* move : {"accept", "reject"}) expected.push_back({from, move, reviewers});
    // One succession, put where it has to stand; a proposed one is never proposed again, so each of those is another.
    std::vector<std::int64_t> fresh;
    for (const Succession& one : program.service->areas()->successions()) fresh.push_back(one.id);
    REQUIRE(fresh.size() == 16);
    std::size_t next = 0;
    test::walk(kReviewPath.outline(), expected, [&](Role role, std::string_view state, const std::string& move) {
      const Actor who = Actor::account(7, "A", {{role, "", ""}}, program.wiring.permissions);
      std::int64_t which = id;
      if (state == "proposed") {
        const auto waits = [&] { return program.service->reviewed(fresh[next])->standing.state == "proposed"; };
        while (!waits()) ++next;
        which = fresh[next];
      } else {
        REQUIRE(program.service->review_succession(operator_, id, *store::review_from(state), {}, "Why.").has_value());
      }
      const auto before = *program.service->reviewed(which);
      const Status done = program.service->review_succession(
          who, which, move == "accept" ? Review::accepted : Review::rejected, {}, "Why.", before.standing.version);
      const auto after = *program.service->reviewed(which);
      CHECK(after.events.size() == before.events.size() + (done ? 1 : 0));
      CHECK(after.reviews.size() == after.events.size());
      return done;
    });
    // The second of two who looked at the same version.
    const auto seen = program.service->reviewed(id)->standing;
    CHECK(program.service->review_succession(operator_, id, Review::accepted, {}, "", seen.version).has_value());
    CHECK(program.service->review_succession(operator_, id, Review::rejected, {}, "No.", seen.version).error().kind ==
          ProblemKind::conflict);
    const auto events = program.service->reviewed(id)->events;
    CHECK(events.back().sentence.find("Accepted: ") != std::string::npos);
    CHECK(events.back().sentence.find("Buckinghamshire") != std::string::npos);
  });
}

TEST_CASE("answers from before there were events are events of the path") {
  std::vector<db::Migration> all = test::all_migrations(register_migrations());
  std::vector<db::Migration> before;
  for (const db::Migration& one : all)
    if (one.number < 262) before.push_back(one);
  REQUIRE(before.size() + 2 == all.size());
  test::for_each_engine(before, [&](db::Database& database) {
    REQUIRE(database.write([](db::Transaction& transaction) -> Status {
      transaction.run({"test.succession",
                       "INSERT INTO succession (id, finding, kind, area_kind, predecessors, successors, evidence, "
                       "origin, version) VALUES (5, 'f', 'renamed', 'district', 'E1', 'E1', 'e', 'o', 1)"},
                      {});
      const auto review = [&](const char* what, const char* reason, const char* at) {
        transaction.run({"test.review",
                         "INSERT INTO succession_review (succession, version, review, reason, actor, at) VALUES (5, 2, "
                         ":what, :reason, 'account:9', :at)"},
                        {{"what", what}, {"reason", reason}, {"at", at}});
      };
      review("accepted", "Order", "2024-02-29T23:59:58.007Z");
      review("rejected", "", "2026-11-22T00:00:00.000Z");
      return {};
    }));
    REQUIRE(db::migrate(database, all));
    const auto events = database.read([](db::Connection& connection) {
      return path::events_of(connection, {"succession", "5"});
    });
    REQUIRE(events.size() == 2);
    CHECK(events[0].at.iso() == "2024-02-29T23:59:58.007Z");
    CHECK(events[0].version == 2);
    CHECK(events[0].move == "accept");
    CHECK(events[0].from == "proposed");
    CHECK(events[0].to == "accepted");
    CHECK(events[0].by == "account:9");
    CHECK(events[0].reason == "Order");
    CHECK(events[0].sentence == "Accepted. Reason: Order");
    CHECK(events[1].at.iso() == "2026-11-22T00:00:00.000Z");
    CHECK(events[1].from == "accepted");
    CHECK(events[1].to == "rejected");
    CHECK(events[1].version == 3);
    CHECK(events[1].sentence == "Rejected.");
  });
}

TEST_CASE("the demonstration accepts what its papers tell of, and only that, however often it runs") {
  test::for_each_engine(test::all_migrations(register_migrations()), [](db::Database& database) {
    Program program(database);
    const std::string sample = tests::source_dir() + "/data/sample";
    for (int round = 0; round < 2; ++round) {
      REQUIRE(program.wiring.demonstration.front()(sample).has_value());
      const auto areas = program.service->areas();
      CHECK(areas->find("E22000368")->from == Date::from_ymd(2012, 4, 1));
      CHECK(areas->partnership_of("E07000239", Date::from_ymd(2012, 1, 1))->name == "Wyre Forest");
      std::size_t accepted = 0;
      for (const Succession& s : areas->successions()) accepted += s.review == Succession::Review::accepted ? 1 : 0;
      CHECK(accepted == 2);
      CHECK(audit_rows(database, "register.review") == 2);
    }
    const auto hits = program.wiring.searches.front()("Wyre Forest", Actor::nobody(), Date::from_ymd(2026, 1, 1));
    CHECK(std::any_of(hits.begin(), hits.end(), [](const SearchHit& hit) {
      return hit.url == "/areas/X-wyre-forest-csp" && hit.note == "became North Worcestershire";
    }));
  });
}

TEST_CASE("the audit's chain holds after imports and reviews") {
  test::for_each_engine(test::all_migrations(register_migrations()), [](db::Database& database) {
    Program program(database);
    REQUIRE(program.wiring.demonstration.front()(tests::source_dir() + "/data/sample").has_value());
    database.read([](db::Connection& connection) { CHECK(db::verify_audit(connection).value() == 3); });
  });
}
