// Exercises on both engines and as pages: who may do what, what is refused, and what is kept.
#include <doctest/doctest.h>

#include "base/text.h"
#include "db/audit.h"
#include "slices/priorities/service.h"
#include "slices/priorities/store.h"
#include "support/house.h"
#include "support/path_walk.h"
#include "support/source_dir.h"

using namespace tithing;
using namespace tithing::priorities;
using test::has;

namespace {

// Made before the house, whose building fills it.
struct Served {
  PrioritiesService* service = nullptr;
  register_::Service* areas = nullptr;
};

// The register and the evidence beneath, with the geography of the sample.
struct Program : Served, test::House {
  Program() : House([this](Wiring& all) { build(all); }) { begin(); }
  explicit Program(db::Database& database) : House(database, [this](Wiring& all) { build(all); }) { begin(); }
  Actor account(std::int64_t id, Role role, const std::string& area = {}) const { return actor(role, area, id); }
  Doing doing(const Actor& actor) { return wiring.doing(actor); }
  figures::Viewer viewer(const Actor& actor) const { return figures::Viewer::of(wiring.reach_of(actor)); }

 private:
  void begin() {
    const std::string geography = tests::source_dir() + "/data/sample/geography";
    const auto imported = areas->import_geography(command_line(), {geography}, std::nullopt);
    REQUIRE_MESSAGE(imported.has_value(), imported.error().message);
  }
  void build(Wiring& all) {
    areas = &register_::register_slice(all);
    auto* const known = areas;
    evidence::Service& evidence = evidence::register_slice(all, [known] { return known->areas(); });
    service = static_cast<PrioritiesService*>(&register_slice(all, *areas, evidence));
  }
};

Exercise wanted() {
  Exercise e;
  e.title = "Priorities of 2027";
  e.area = "E22000372";
  e.period = Period::parse("2022-01", "2022-11").value();
  e.criteria = {{"volume", "Volume", "", 1}, {"harm", "Harm", "", 3}};
  e.items = {{"burglary", "Burglary", "burglary"}, {"abuse", "Domestic abuse", ""}};
  return e;
}

Score score(const char* criterion, std::int64_t value, const char* reason = "Because.") {
  Score s;
  s.criterion = criterion;
  s.value = value;
  s.reason = reason;
  return s;
}

// There is no evidence in the house, so its crime types are told.
sources::ImportedLists weights_in(Program& program) {
  return {program.wiring, harm_kind([] { return std::vector<std::string>{"burglary", "robbery"}; })};
}

std::int64_t audited(db::Database& database, const std::string& action) {
  return database.read([&](db::Connection& connection) { return db::count_audit(connection, action, ""); });
}

}  // namespace

TEST_CASE("scoring, moderating and closing, with what is refused on the way") {
  test::for_each_engine([](db::Database& database) {
    Program program(database);
    const Actor manager = program.account(1, Role::partnership_manager, "E22000372");
    const Actor chair = program.account(2, Role::partnership_chair, "E23000009");  // the force around the partnership
    const Actor elsewhere = program.account(3, Role::partnership_manager, "E22000368");
    const Actor member = program.account(4, Role::panel_member);
    const auto id = begin_exercise(program.doing(manager), wanted());
    REQUIRE_MESSAGE(id.has_value(), id.error().message);
    CHECK(begin_exercise(program.doing(elsewhere), wanted()).error().kind == ProblemKind::forbidden);
    CHECK(begin_exercise(program.doing(member), wanted()).error().kind == ProblemKind::forbidden);
    Exercise nowhere = wanted();
    nowhere.area = "E99999999";
    CHECK(begin_exercise(program.doing(program.command_line()), nowhere).error().fields.front().field == "area");
    CHECK(audited(database, "priorities.begin") == 1);

    REQUIRE(give_scores(program.doing(manager), *id, "burglary", false, 0, {score("volume", 4), score("harm", 1)})
                .has_value());
    // All or nothing.
    const Status wrong =
        give_scores(program.doing(manager), *id, "abuse", false, 0, {score("volume", 3), score("harm", 9)});
    REQUIRE_FALSE(wrong.has_value());
    CHECK(wrong.error().fields.front().field == "value-harm");
    CHECK(program.service->scores(*id).size() == 2);
    CHECK(give_scores(program.doing(elsewhere), *id, "burglary", false, 0, {score("volume", 0)}).error().kind ==
          ProblemKind::forbidden);
    CHECK(give_scores(program.doing(member), *id, "burglary", false, 0, {score("volume", 0)}).error().kind ==
          ProblemKind::forbidden);
    CHECK(give_scores(program.doing(program.command_line()), *id, "burglary", false, 0, {score("volume", 0)})
              .error()
              .kind == ProblemKind::forbidden);
    // From an old form: nothing is written.
    CHECK(give_scores(program.doing(manager), *id, "burglary", false, 0, {score("volume", 0)}).error().kind ==
          ProblemKind::conflict);
    const std::int64_t seen = program.service->scores(*id).back().id;
    REQUIRE(give_scores(program.doing(manager), *id, "burglary", false, seen,
                        {score("volume", 3, "Counted again."), score("harm", 1)})
                .has_value());
    CHECK(program.service->scores(*id).size() == 2);
    database.read([&](db::Connection& connection) {
      const auto former = store::former_scores(connection, *id);
      REQUIRE(former.size() == 1);
      CHECK(former.front().value == 4);
    });
    REQUIRE(give_scores(program.doing(chair), *id, "burglary", false, 0, {score("volume", 1), score("harm", 3)})
                .has_value());
    REQUIRE(
        give_scores(program.doing(chair), *id, "abuse", false, 0, {score("volume", 2), score("harm", 4)}).has_value());

    Exercise next = program.service->exercise(*id).value();
    next.criteria[0].weight = 2;
    next.reason = "The board asked for it.";
    REQUIRE(change_exercise(program.doing(manager), next).has_value());
    CHECK(change_exercise(program.doing(manager), next).error().kind == ProblemKind::conflict);
    CHECK(program.service->versions(*id).size() == 2);
    next.version = 2;
    next.items.pop_back();
    CHECK(change_exercise(program.doing(manager), next).error().kind == ProblemKind::invalid);

    CHECK(give_scores(program.doing(chair), *id, "abuse", true, 0, {score("harm", 4)}).error().kind ==
          ProblemKind::conflict);
    const auto figure = [&](bool visitor) {
      return program.wiring.figures
          .ask(score_address(wanted(), wanted().items[0], {}), program.viewer(visitor ? Actor::nobody() : manager))
          .error()
          .kind;
    };
    CHECK(figure(true) == ProblemKind::not_found);  // exercise 0
    CHECK(move_exercise(program.doing(manager), *id, 2, {"close", "Now."}).error().kind == ProblemKind::conflict);
    CHECK(move_exercise(program.doing(manager), *id, 1, {"end-scoring", "Now."}).error().kind == ProblemKind::conflict);
    CHECK(move_exercise(program.doing(manager), *id, 2, {"end-scoring", " "}).error().fields.front().field == "reason");
    REQUIRE(move_exercise(program.doing(manager), *id, 2, {"end-scoring", "Meeting of 20 November."}).has_value());
    CHECK(give_scores(program.doing(manager), *id, "abuse", false, 0, {score("harm", 4)}).error().kind ==
          ProblemKind::conflict);
    REQUIRE(give_scores(program.doing(manager), *id, "burglary", true, 0, {score("harm", 2, "Agreed.")}).has_value());

    const Exercise present = program.service->exercise(*id).value();
    const auto address = score_address(present, present.items[0], {});
    const auto hidden = program.wiring.figures.ask(address, program.viewer(Actor::nobody()));
    REQUIRE(hidden.has_value());
    CHECK_FALSE(hidden->quantity.known());
    const auto open = program.wiring.figures.ask(address, program.viewer(manager));
    REQUIRE(open.has_value());
    CHECK(open->quantity.number() ==
          doctest::Approx((2 * 2.0 + 3 * 2.0) / 5));  // volume mean of 3 and 1; harm agreed 2
    CHECK(open->working.inputs.size() == 4);
    const auto moved =
        program.wiring.figures.ask(score_address(present, present.items[0], {1, 0}), program.viewer(manager));
    CHECK(moved->quantity.number() == doctest::Approx(2));
    CHECK_FALSE(program.wiring.figures.ask(score_address(present, present.items[0], {0, 0}), program.viewer(manager))
                    .has_value());

    REQUIRE(move_exercise(program.doing(manager), *id, 3, {"close", "Agreed by the board."}).has_value());
    CHECK(program.wiring.figures.ask(address, program.viewer(Actor::nobody()))->quantity.known());
    CHECK(move_exercise(program.doing(manager), *id, 4, {"withdraw", "No."}).error().kind == ProblemKind::conflict);
    CHECK(audited(database, "priorities.stage.") == 2);
    const auto events = program.service->events(*id);
    REQUIRE(events.size() == 2);
    CHECK(events[1].sentence == "Priorities of 2027 was closed: Agreed by the board.");
    CHECK(audited(database, "priorities.score") == 4);
    CHECK(audited(database, "priorities.moderate") == 1);
  });
}

TEST_CASE("a score of what its scorer has declared an interest in does not count, until the interest is over") {
  test::for_each_engine([](db::Database& database) {
    Program program(database);
    const Actor manager = program.account(1, Role::partnership_manager, "E22000372");
    const Actor chair = program.account(2, Role::partnership_chair, "E22000372");
    const auto id = begin_exercise(program.doing(manager), wanted());
    REQUIRE(id);
    for (const Actor& who : {manager, chair})
      for (const char* item : {"burglary", "abuse"})
        REQUIRE(give_scores(program.doing(who), *id, item, false, 0,
                            {score("volume", who.account_id() == 1 ? 4 : 1), score("harm", 1)}));
    const auto declare = [&](const Actor& who, const char* what) {
      return declare_interest(program.doing(who), *id, "burglary", what);
    };
    CHECK(declare(manager, " ").error().fields.front().field == "what");
    CHECK(declare(program.account(3, Role::partnership_manager, "E22000368"), "Mine.").error().kind ==
          ProblemKind::forbidden);
    CHECK(declare(program.command_line(), "Mine.").error().kind == ProblemKind::forbidden);
    CHECK(declare_interest(program.doing(manager), *id, "theft", "Mine.").error().kind == ProblemKind::not_found);
    REQUIRE(declare(manager, "My employer is paid for it."));
    REQUIRE(declare(manager, "My employer runs it."));  // said better
    REQUIRE(program.service->interests(*id).size() == 1);
    CHECK(program.service->interests(*id).front().what == "My employer runs it.");
    REQUIRE(move_exercise(program.doing(manager), *id, 1, {"end-scoring", "A meeting."}));
    const Exercise present = program.service->exercise(*id).value();
    const auto volume = [&](std::size_t item) {
      const auto figure =
          program.wiring.figures.ask(score_address(present, present.items[item], {1, 0}), program.viewer(manager));
      REQUIRE(figure.has_value());
      return figure->quantity.number();
    };
    CHECK(volume(0) == doctest::Approx(1));    // the chair's alone
    CHECK(volume(1) == doctest::Approx(2.5));  // of the other thing both count
    const auto told = program.wiring.figures.ask(score_address(present, present.items[0], {}), program.viewer(manager));
    bool said = false;
    for (const auto& caveat : told->working.caveats)
      said = said || caveat.find("2 scores do not count") != std::string::npos;
    CHECK(said);
    CHECK(program.service->scores(*id).size() == 8);  // they stay
    REQUIRE(declare(manager, ""));
    CHECK(volume(0) == doctest::Approx(2.5));
    REQUIRE(declare(chair, "I live there."));
    // What does not count cannot close it.
    REQUIRE(declare(manager, "My employer runs it."));
    CHECK(
        move_exercise(program.doing(manager), *id, 2, {"close", "Agreed."}).error().message.find("Nobody has scored") !=
        std::string::npos);
    CHECK(audited(database, "priorities.interest") == 5);
  });
}

TEST_CASE("a list of harm weights is imported once, whole, and stays beside its next version") {
  test::for_each_engine([](db::Database& database) {
    Program program(database);
    const Actor analyst = program.account(5, Role::performance_analyst);
    sources::ImportedLists lists = weights_in(program);
    sources::ListImport list{
        "", "Score", "1", "A publisher", "", "", "offence,weight,crime_type\nA,1,burglary\nB,3,burglary\n"};
    const auto import = [&](const sources::ListImport& wanted_list) { return lists.import(analyst, wanted_list); };
    const auto id = import(list);
    REQUIRE_MESSAGE(id.has_value(), id.error().message);
    CHECK(program.service->harm_weights(*id).size() == 2);
    CHECK(import(list).error().kind == ProblemKind::conflict);
    list.version = "2";
    list.csv += "C,-1,burglary\n";
    const auto refused = import(list);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().fields.front().message.find("Line 4") == 0);
    CHECK(program.service->harm().all().size() == 1);
    list.publisher.clear();
    CHECK(import(list).error().fields.front().field == "publisher");
    CHECK(lists.import(program.account(6, Role::panel_member), list).error().kind == ProblemKind::forbidden);
    CHECK(audited(database, "priorities.harm_import") == 1);
  });
}

TEST_CASE("a version of weights that is given again: asked about where it contradicts, chosen, and undone") {
  test::for_each_engine([](db::Database& database) {
    Program program(database);
    const Actor analyst = program.account(5, Role::performance_analyst);
    sources::ImportedLists lists = weights_in(program);
    sources::ListImport list{"",
                             "Score",
                             "1",
                             "A publisher",
                             "",
                             "good.csv",
                             "offence,weight,crime_type\nA,1,burglary\nB,3,burglary\nC,9,robbery\n"};
    const auto good = lists.import(analyst, list);
    REQUIRE_MESSAGE(good.has_value(), good.error().message);
    list.file_name = "thousands.csv";
    list.csv = "offence,weight,crime_type\nA,1000,burglary\nB,3000,burglary\nC,9000,robbery\n";
    const auto change = lists.try_import(analyst, list);
    REQUIRE(change);
    CHECK(change->asks.find("3 of 3 values that both give (100%)") != std::string::npos);
    CHECK(lists.import(analyst, list).error().kind == ProblemKind::conflict);
    CHECK(program.service->harm().all().size() == 1);
    sources::Manners accepted;
    accepted.accept_removals = true;
    accepted.reason = "weights are days now";
    const auto wrong = lists.import(analyst, list, accepted);
    REQUIRE_MESSAGE(wrong.has_value(), wrong.error().message);
    CHECK(lists.find(*wrong)->counts);
    CHECK_FALSE(lists.find(*good)->counts);
    const sources::Chosen chosen{lists.find(*good)->source_file, sources::Verdict::counts};
    CHECK_FALSE(lists.choose(program.account(6, Role::panel_member), "Score, 1", chosen, "why", false));
    CHECK_FALSE(lists.choose(analyst, "Score, 1", chosen, "", false));
    REQUIRE(lists.choose(analyst, "Score, 1", chosen, "three noughts too many", false));
    CHECK(lists.find(*good)->counts);
    CHECK_FALSE(lists.find(*wrong)->counts);
    CHECK(audited(database, "priorities.harm_choose") == 1);
    // Without a crime type it is much smaller.
    list.csv = "offence,weight,crime_type\nA,1,burglary\nB,3,burglary\nD,2,burglary\n";
    REQUIRE(lists.choose(analyst, "Score, 1", {}, "back to the default", false));
    sources::Manners aside;
    aside.keep_aside = true;
    aside.reason = "it has no robbery";
    const auto kept = lists.import(analyst, list, aside);
    REQUIRE_MESSAGE(kept.has_value(), kept.error().message);
    CHECK_FALSE(lists.find(*kept)->counts);
  });
}

TEST_CASE("the themes in force are those of the newest list that counts, for every room") {
  test::for_each_engine([](db::Database& database) {
    Program program(database);
    const Actor analyst = program.account(5, Role::performance_analyst);
    Service& face = *program.service;
    CHECK(face.themes().empty());
    sources::ListImport list{"", "Themes", "1", "A county", "", "", "theme\nDomestic abuse\nDrugs\n"};
    sources::ImportedLists& lists = program.service->theme_lists();
    const auto first = lists.import(analyst, list);
    REQUIRE_MESSAGE(first.has_value(), first.error().message);
    list.version = "2";
    list.csv = "theme\nDomestic abuse\n";
    const auto second = lists.import(analyst, list);
    REQUIRE_MESSAGE(second.has_value(), second.error().message);
    REQUIRE(face.themes().size() == 1);
    CHECK(face.themes().front().code == "domestic-abuse");
    const sources::Chosen back{lists.find(*second)->source_file, sources::Verdict::set_aside};
    REQUIRE(lists.choose(analyst, "Themes, 2", back, "Too early.", false));
    CHECK(face.themes().size() == 2);
    // A theme that goes from a version that is given again is asked about.
    list.version = "1";
    list.csv = "theme\nDrugs\nGangs\n";
    CHECK(lists.try_import(analyst, list)->asks.find("Domestic abuse") == std::string::npos);
    CHECK(lists.try_import(analyst, list)->asks.find("domestic-abuse") != std::string::npos);
    CHECK(audited(database, "priorities.themes_import") == 2);
  });
}

TEST_CASE("the pages: begin, score, a stale form, weights that are tried") {
  Program program;
  const Actor manager = program.account(1, Role::partnership_manager, "E22000372");
  CHECK(has(program.get("/priorities"), "No exercise is closed yet"));
  program.as(manager);
  const auto form = program.get("/priorities/new?area=E22000372");
  CHECK(form.status == 200);
  CHECK(has(form, "Deliverability"));
  const auto begin = [](const char* title) -> web::Fields {
    return {{"area", "E22000372"},
            {"from", "2022-01"},
            {"to", "2022-11"},
            {"scale", "4"},
            {"criterion", "Volume"},
            {"weight", "1"},
            {"guidance", ""},
            {"criterion", "Harm"},
            {"weight", "3"},
            {"guidance", ""},
            {"others", "Burglary\r\nAbuse"},
            {"title", title}};
  };
  const auto untitled = program.post("/priorities", begin(""));
  CHECK(untitled.status == 400);
  CHECK(has(untitled, "Enter a title"));
  CHECK(has(untitled, "Abuse"));  // what was typed comes back
  // The area is written by its name, the months as people write them; what is none is said where it stands.
  web::Fields nowhere = begin("Assessment");
  for (auto& [name, value] : nowhere) {
    if (name == "area") value = "Nowhere at all";
    if (name == "from") value = "soon";
  }
  const auto wrong = program.post("/priorities", nowhere);
  CHECK(wrong.status == 400);
  CHECK(has(wrong, "No area is called &quot;Nowhere at all&quot;"));
  CHECK(has(wrong, "Enter a month such as January 2022 or 2022-01."));
  CHECK(has(wrong, "value=\"soon\""));
  for (auto& [name, value] : nowhere)
    if (name == "area") value.clear();
  CHECK(has(program.post("/priorities", nowhere), "Enter the name of the area."));
  CHECK(has(program.get("/priorities/new"), "Your draft has come back"));
  const auto begun = program.post("/priorities", begin("Assessment"));
  CHECK(begun.status == 303);
  CHECK_FALSE(has(program.get("/priorities/new"), "Your draft has come back"));
  web::Fields twice = begin("Assessment");
  twice.emplace_back("area", "E22000368");
  CHECK(program.post("/priorities", twice).status == 303);  // the first field counts

  const auto page = program.get("/priorities/1");
  CHECK(page.status == 200);
  CHECK(has(page, "Give your scores"));
  const auto scoring = program.get("/priorities/1/score?item=abuse");
  CHECK(has(scoring, "<h2 class=\"govuk-heading-l\">Abuse</h2>"));
  const web::Fields scores = {
      {"item", "abuse"}, {"seen", "0"}, {"value-volume", "4"}, {"reason-volume", "Much."}, {"value-harm", ""}};
  web::Fields alone = scores;
  alone.emplace_back("reason-harm", "A reason alone.");
  const auto silent = program.post("/priorities/1/score", alone);
  CHECK(silent.status == 400);
  CHECK(has(silent, "choose a score for this reason"));
  CHECK(has(silent, "A reason alone."));
  CHECK(program.post("/priorities/1/score", scores).status == 303);
  const auto stale = program.post("/priorities/1/score", scores);
  CHECK(stale.status == 409);
  CHECK(has(stale, "Much."));
  CHECK(has(stale, "Carry on with my changes"));
  program.as(program.account(9, Role::partnership_chair));
  CHECK_FALSE(has(program.get("/priorities/1/scores"), "Much."));
  program.as(program.account(8, Role::panel_member));
  CHECK(program.get("/priorities/1/score").status == 403);
  // Nothing is offered, and no form opened, to who may not save it: another county's manager.
  program.as(program.account(6, Role::partnership_manager, "E22000368"));
  const auto from_afar = program.get("/priorities/1");
  CHECK(from_afar.status == 200);
  CHECK_FALSE(has(from_afar, "Give your scores"));
  CHECK_FALSE(has(from_afar, "/priorities/1/edit"));
  for (const char* form_of : {"/priorities/1/score", "/priorities/1/edit"}) CHECK(program.get(form_of).status == 403);
  program.as_nobody();
  CHECK(program.get("/priorities/1").status == 303);  // to sign in
  CHECK(program.get("/priorities/99").status == 404);

  const Actor all = program.account(1, Role::partnership_manager, "E22000372");
  program.as(all);
  REQUIRE(give_scores(program.doing(all), 1, "burglary", false, 0, {score("volume", 1), score("harm", 2)}).has_value());
  // The path: what may be done by whom, and why not yet.
  const auto to_moderate = program.get("/priorities/1");
  CHECK(has(to_moderate, "Here now:</span> Being scored"));
  CHECK(has(to_moderate, "value=\"end-scoring\""));
  CHECK_FALSE(has(to_moderate, "value=\"close\""));
  program.as(program.account(8, Role::panel_member));
  const auto of_a_member = program.get("/priorities/1");
  CHECK_FALSE(has(of_a_member, "value=\"end-scoring\""));
  CHECK(has(of_a_member, "for those who may"));
  CHECK(program.post("/priorities/1/stage", {{"move", "end-scoring"}, {"version", "1"}, {"reason", "Mine."}}).status ==
        403);
  program.as(all);
  const auto unreasoned =
      program.post("/priorities/1/stage", {{"move", "end-scoring"}, {"version", "1"}, {"reason", " "}});
  CHECK(unreasoned.status == 400);
  CHECK(has(unreasoned, "Say why, such as the meeting and its date."));
  const auto overtaken =
      program.post("/priorities/1/stage", {{"move", "end-scoring"}, {"version", "7"}, {"reason", "A meeting."}});
  CHECK(overtaken.status == 409);
  CHECK(has(overtaken, "A meeting."));
  CHECK(has(overtaken, "Carry on with my changes"));
  CHECK(has(program.get("/priorities/1?draft=merged"), ">A meeting.</textarea>"));  // what was typed stands there
  CHECK(program.post("/priorities/1/stage", {{"move", "close"}, {"version", "1"}, {"reason", "A meeting."}}).status ==
        409);
  CHECK(program.post("/priorities/1/stage", {{"move", "end-scoring"}, {"version", "1"}, {"reason", "A meeting."}})
            .status == 303);
  const auto moved = program.get("/priorities/1");
  CHECK(has(moved, "Here now:</span> Being moderated"));
  CHECK(has(moved, "What became of it"));
  CHECK(has(moved, "Nobody has scored “Harm” of “Abuse”"));  // why it cannot be closed yet
  const auto tried = program.get("/priorities/1?w-1=5&w-2=0");
  CHECK(has(tried, "Place with the exercise&#39;s weights"));
  CHECK(has(tried, "weights=5%2C0"));
  CHECK(has(program.get("/priorities/1?w-1=x"), "enter a whole number from 0 to 1,000"));
  CHECK(has(program.get("/priorities/1/moderate?item=abuse"), "Person 1: 4 (Much.)"));
  CHECK(program.get("/priorities/1/score").status == 409);
  // Who had the form open meanwhile sees what they typed.
  const auto late = program.post("/priorities/1/score", {{"item", "abuse"},
                                                         {"seen", "0"},
                                                         {"value-volume", "2"},
                                                         {"reason-volume", "Typed in vain."},
                                                         {"value-harm", ""}});
  CHECK(late.status == 409);
  CHECK(has(late, "Typed in vain."));
  CHECK(has(late, "Being moderated"));
}

TEST_CASE("the pages: an interest is declared on the form, shown beside the order, and marked beside the scores") {
  Program program;
  const Actor manager = program.account(1, Role::partnership_manager, "E22000372");
  const auto id = begin_exercise(program.doing(manager), wanted());
  REQUIRE(id);
  REQUIRE(give_scores(program.doing(manager), *id, "abuse", false, 0, {score("volume", 4), score("harm", 1)}));
  program.as(manager);
  CHECK(has(program.get("/priorities/1/score?item=abuse"), "Have you an interest in it?"));
  const auto silent = program.post("/priorities/1/interest", {{"item", "abuse"}, {"what", ""}});
  CHECK(silent.status == 400);
  CHECK(has(silent, "Say what it is."));
  CHECK(program.post("/priorities/1/interest", {{"item", "abuse"}, {"what", "I chair the service."}}).status == 303);
  CHECK(has(program.get("/priorities/1/score?item=abuse"), "It is over: count my scores"));
  CHECK(has(program.get("/priorities/1"), "I chair the service."));
  CHECK(has(program.get("/priorities/1/scores"), "no: an interest is declared"));
  program.as(program.account(8, Role::panel_member));
  CHECK(program.post("/priorities/1/interest", {{"item", "abuse"}, {"what", "Mine."}}).status == 403);
}

TEST_CASE("every stage x move x role") {
  test::for_each_engine([](db::Database& database) {
    Program program(database);
    const std::vector<Role> moderators = {Role::partnership_manager, Role::partnership_chair,
                                          Role::county_strategy_officer};
    test::walk(kStagePath.outline(),
               {{"scoring", "end-scoring", moderators},
                {"scoring", "withdraw", moderators},
                {"moderation", "close", moderators},
                {"moderation", "withdraw", moderators}},
               [&](Role role, std::string_view state, const std::string& move) {
                 const Doing manager = program.doing(program.account(1, Role::partnership_manager));
                 const std::int64_t id = begin_exercise(manager, wanted()).value();
                 for (const char* item : {"burglary", "abuse"})
                   REQUIRE(give_scores(manager, id, item, false, 0, {score("volume", 1), score("harm", 2)}));
                 std::int64_t version = 1;
                 const auto on = [&](const char* code) {
                   REQUIRE(move_exercise(manager, id, version++, {code, "A meeting."}));
                 };
                 if (state == "moderation" || state == "closed") on("end-scoring");
                 if (state == "closed") on("close");
                 if (state == "withdrawn") on("withdraw");
                 return move_exercise(program.doing(program.account(2, role)), id, version, {move, "A meeting."});
               });
  });
}

TEST_CASE("what the evidence says of a category that was narrowed carries its mark, on the page and in the file") {
  Program program;
  const Actor manager = program.account(1, Role::partnership_manager, "E22000372");
  program.as(manager);
  Exercise exercise = wanted();
  exercise.items.push_back({"other-theft", "Other theft", "other-theft"});
  const auto id = begin_exercise(program.doing(manager), exercise);
  REQUIRE_MESSAGE(id.has_value(), id.error().message);
  const std::string address = "/priorities/" + std::to_string(*id);
  const auto page = program.get(address);
  CHECK(page.status == 200);
  CHECK(has(page, "As a category"));
  CHECK(has(page, "narrowed in "));
  CHECK(has(page, "&quot;Other theft&quot; was narrowed in "));
  // Of items without such a break nothing is said.
  const auto plain = begin_exercise(program.doing(manager), wanted());
  REQUIRE(plain);
  CHECK_FALSE(has(program.get("/priorities/" + std::to_string(*plain)), "As a category"));
}

TEST_CASE("scores that are typed stay when the interest is declared and when another item is opened") {
  Program program;
  const Actor manager = program.account(1, Role::partnership_manager, "E22000372");
  const auto id = begin_exercise(program.doing(manager), wanted());
  REQUIRE(id);
  program.as(manager);
  const std::string abuse = "/priorities/1/score?item=abuse", burglary = "/priorities/1/score?item=burglary";
  const web::Fields typed = {{"item", "abuse"},          {"seen", "0"},      {"value-volume", "4"},
                             {"reason-volume", "Much."}, {"value-harm", ""}, {"reason-harm", ""}};
  const auto with = [&](const char* name, const char* value) {
    web::Fields fields = typed;
    fields.emplace_back(name, value);
    return fields;
  };
  // The buttons that lead elsewhere belong to the form of the scores.
  const auto form = program.get(abuse);
  CHECK(has(form, "formaction=\"/priorities/1/interest\""));
  CHECK(has(form, "form=\"scores\" name=\"open\" value=\"burglary\""));
  const auto opened = program.post("/priorities/1/score", with("open", "burglary"));
  REQUIRE(opened.status == 303);
  CHECK(opened.header("Location") == burglary);
  CHECK(program.service->scores(*id).empty());
  CHECK(has(program.get(abuse), ">Much.</textarea>"));
  CHECK_FALSE(has(program.get(burglary), "Much."));
  // Nothing typed, nothing kept.
  REQUIRE(
      program
          .post("/priorities/1/score", {{"item", "burglary"}, {"seen", "0"}, {"value-volume", ""}, {"open", "abuse"}})
          .status == 303);
  CHECK_FALSE(has(program.get(burglary), "Your draft has come back"));

  web::Fields declaring = with("what", "I chair the service.");
  for (auto& [name, value] : declaring)
    if (name == "reason-volume") value = "Very much.";
  REQUIRE(program.post("/priorities/1/interest", declaring).status == 303);
  const auto declared = program.get(abuse);
  CHECK(has(declared, "It is over: count my scores"));
  CHECK(has(declared, ">Very much.</textarea>"));
  // The interest ends with the button, though the scores' draft still has its words.
  REQUIRE(program.post("/priorities/1/interest", typed).status == 303);
  CHECK(has(program.get(abuse), "Declare the interest"));
  // Refused for want of words, the scores stay on the page.
  const auto silent = program.post("/priorities/1/interest", with("what", ""));
  CHECK(silent.status == 400);
  CHECK(has(silent, ">Much.</textarea>"));
  REQUIRE(program.post("/priorities/1/score", typed).status == 303);
  CHECK_FALSE(has(program.get(abuse), "Your draft has come back"));
  CHECK(program.service->scores(*id).size() == 1);
}
