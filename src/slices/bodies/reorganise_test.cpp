// Merging and splitting bodies page by page makes what the forms for a body and for a succession make, in one change.
#include "slices/bodies/house_for_tests.h"

#include <algorithm>
#include <set>

#include "drafts/drafts.h"
#include "slices/bodies/reorganise.h"
#include "slices/bodies/rules.h"

using namespace tithing;
using namespace tithing::bodies;

namespace {

struct Merging : Pages {
  Merging() { sign_in(Role::county_strategy_officer); }
  http::Response send(const std::string& what, web::Fields fields) {
    return shown(post("/bodies/reorganise?what=" + what, fields));
  }
  // What an editor writes of every fact that there is, whatever its record.
  std::multiset<std::string> written() const {
    std::multiset<std::string> out;
    for (const auto& [record, fact] : service->known()->facts()) {
      std::string line;
      for (const std::string& field : fields_of(*fact)) line += field + "|";
      out.insert(line);
    }
    return out;
  }
};

// The answers of all three pages.
web::Fields merger() {
  return {{"page", "3"},
          {"bodies-1", "South Worcestershire Community Safety Partnership"},
          {"bodies-2", "north-worcestershire-csp"},
          {"day", "1 April 2030"},
          {"into-1", "Worcestershire Community Safety Partnership"},
          {"role", "csp"},
          {"state", "order"},
          {"value", "013/2029"},
          {"seen", "2026-09-09"},
          {"paper", "An order"},
          {"reason", "The order"}};
}

web::Fields with(web::Fields fields, const web::Fields& more) {
  for (const auto& [name, value] : more) {
    std::erase_if(fields, [&](const auto& one) { return one.first == name && name != "carried"; });
    fields.emplace_back(name, value);
  }
  return fields;
}

}  // namespace

TEST_CASE("a merger page by page makes what the forms for a body and its succession make, in one change") {
  Merging wizard;
  const std::int64_t before = wizard.service->known()->version;
  const auto check = wizard.send("merge", merger());
  REQUIRE(check.status == 200);
  CHECK(has(check, "Check your answers"));
  CHECK(has(check, "is new. It will be found at /bodies/worcestershire-community-safety-partnership."));
  CHECK(wizard.service->known()->version == before);
  REQUIRE(wizard.send("merge", with(merger(), {{"step", "save"}})).status == 303);
  CHECK(wizard.service->known()->version == before + 1);

  Merging forms;
  const web::Fields fresh = {{"fact", "body"},      {"action", "add"},       {"role", "csp"}, {"from", "2030-04-01"},
                             {"paper", "An order"}, {"reason", "The order"}, {"step", "save"}};
  REQUIRE(forms.post("/bodies/change", with(fresh, {{"name", "Worcestershire Community Safety Partnership"}})).status ==
          303);
  REQUIRE(forms
              .post("/bodies/change", {{"fact", "succession"},
                                       {"action", "add"},
                                       {"body-1", "south-worcestershire-csp"},
                                       {"body-2", "north-worcestershire-csp"},
                                       {"other-1", "Worcestershire Community Safety Partnership"},
                                       {"role", "merged"},
                                       {"from", "2030-04-01"},
                                       {"state", "order"},
                                       {"value", "013/2029"},
                                       {"seen", "2026-09-09"},
                                       {"paper", "An order"},
                                       {"reason", "The order"},
                                       {"step", "save"}})
              .status == 303);
  CHECK(wizard.written() == forms.written());
}

TEST_CASE(
    "page by page: what was answered stays, a fault leads to its page, and the draft comes back where it was left") {
  Merging house;
  const auto first = house.get("/bodies/reorganise?what=merge&body=leeds-csp");
  CHECK(has(first, "Page 1 of 3"));
  CHECK(has(first, "value=\"Leeds Community Safety Partnership\""));
  const auto empty = house.send("merge", {{"page", "1"}});
  CHECK(empty.status == 400);
  CHECK(has(empty, "Enter the names of the bodies that merge."));
  CHECK(has(empty, "Enter the day on which it takes effect."));
  const auto alone = house.send("merge", {{"page", "1"}, {"bodies-1", "leeds-csp"}, {"day", "2030-04-01"}});
  CHECK(alone.status == 400);  // at once, not after the last page
  CHECK(has(alone, "<a href=\"#bodies\">Name two bodies or more that merge."));
  const auto second = house.send(
      "merge", {{"page", "1"}, {"bodies-1", "leeds community"}, {"bodies-2", "bradford comm"}, {"day", "2030-04-01"}});
  CHECK(second.status == 200);
  CHECK(has(second, "Page 2 of 3"));
  CHECK(has(second, "name=\"bodies\" value=\"leeds-csp;bradford-csp\""));
  CHECK(has(second, "<option value=\"csp\" selected>"));
  const auto unnamed =
      house.send("merge", {{"page", "2"}, {"bodies", "leeds-csp;bradford-csp"}, {"day", "2030-04-01"}});
  CHECK(unnamed.status == 400);
  CHECK(has(unnamed, "Enter the name of the new body."));
  // Without an order it is refused where the order is asked for.
  const auto ordered = house.send("merge", with(merger(), {{"value", ""}}));
  CHECK(ordered.status == 400);
  CHECK(has(ordered, "Page 2 of 3"));
  CHECK(has(ordered, "<a href=\"#value\">Give the reference"));
  CHECK(has(ordered, "name=\"reason\" value=\"The order\""));
  const auto one = house.send("merge", with(merger(), {{"bodies-2", ""}}));
  CHECK(one.status == 400);
  CHECK(has(one, "Name two bodies or more that merge."));
  CHECK(has(one, "Page 1 of 3"));
  const auto back = house.send("merge", with(merger(), {{"step", "back"}}));
  CHECK(has(back, "Page 2 of 3"));
  const auto again = house.get("/bodies/reorganise?what=merge");
  CHECK(has(again, "Your draft has come back"));
  CHECK(has(again, "Page 3 of 3"));
  REQUIRE(house.send("merge", with(merger(), {{"step", "save"}})).status == 303);
  CHECK_FALSE(has(house.get("/bodies/reorganise?what=merge"), "Your draft has come back"));
}

TEST_CASE("seats, posts and lines go on where they are ticked, once for two bodies that had the same, else they end") {
  Merging plain, ticked;
  // Seats of this test: one organisation sits alike in both, and in one of them as its chair.
  for (Merging* house : {&plain, &ticked})
    for (const auto& [body, role] : {std::pair<const char*, const char*>{"south-worcestershire-csp", "member"},
                                     {"north-worcestershire-csp", "member"},
                                     {"north-worcestershire-csp", "chair"}})
      REQUIRE(house->add(Fact{.kind = FactKind::membership,
                              .body = body,
                              .other = "leeds-csp",
                              .role = role,
                              .value = "Clerk",
                              .from = Date::from_ymd(2020, 1, 1)}));
  REQUIRE(plain.send("merge", with(merger(), {{"step", "save"}})).status == 303);
  REQUIRE(ticked.send("merge", with(merger(), {{"carried", "seats"}, {"carried", "seats-elsewhere"}, {"step", "save"}}))
              .status == 303);
  const std::string made = "worcestershire-community-safety-partnership";
  const Date day = Date::from_ymd(2030, 4, 1);
  const auto seats = [&](Merging& house) { return house.service->known()->of_body(made, FactKind::membership, day); };
  CHECK(seats(plain).empty());
  std::set<std::string> expected;
  for (const char* body : {"south-worcestershire-csp", "north-worcestershire-csp"})
    for (const FactPointer& seat : plain.service->known()->find(body)->of(FactKind::membership))
      if (!seat->to) expected.insert(seat->other + "|" + seat->role + "|" + seat->value);
  CHECK(expected.size() == 2);
  std::set<std::string> got;
  for (const FactPointer& seat : seats(ticked)) got.insert(seat->other + "|" + seat->role + "|" + seat->value);
  CHECK(got == expected);
  CHECK(seats(ticked).size() == expected.size());
  for (const FactPointer& seat : seats(ticked)) CHECK(seat->note.rfind("Passed on from ", 0) == 0);
}

TEST_CASE("a split gives each successor its share, its areas and what is ticked, and 100 per cent must be shared out") {
  Merging house;
  const web::Fields answers = {{"page", "3"},
                               {"bodies", "north-worcestershire-csp"},
                               {"day", "2030-04-01"},
                               {"into-1", "Wyre Community Safety Partnership"},
                               {"into-1-share", "60"},
                               {"into-1-areas-1", "Wyre Forest"},
                               {"into-2", "Bromsgrove and Redditch Community Safety Partnership"},
                               {"into-2-share", "40"},
                               {"state", "order"},
                               {"value", "1/2029"},
                               {"seen", "2026-09-09"},
                               {"reason", "The order"}};
  const auto short_of = house.send("split", with(answers, {{"into-2-share", "30"}, {"into-1-areas-1", "E07000239"}}));
  CHECK(short_of.status == 400);
  CHECK(has(short_of, "The shares must be 100 per cent together, and they are 90."));
  CHECK(has(short_of, "Page 2 of 3"));
  // At once: on the page where they are typed.
  const auto at_once =
      house.send("split", with(answers, {{"page", "2"}, {"into-2-share", "30"}, {"into-1-areas-1", "E07000239"}}));
  CHECK(at_once.status == 400);
  CHECK(has(at_once, "<a href=\"#into-1-share\">The shares must be 100 per cent together, and they are 90."));
  const auto area = house.send("split", answers);  // a district, and a partnership that there was
  CHECK(area.status == 400);
  CHECK(has(area, "name=\"into-1-areas-1-is\" type=\"radio\" value=\"E07000239\""));
  const web::Fields chosen = with(answers, {{"into-1-areas-1-is", "E07000239"}, {"carried", "functions"}});
  const auto check = house.send("split", chosen);
  REQUIRE(check.status == 200);
  CHECK(has(check, "Wyre Forest"));
  REQUIRE(house.send("split", with(chosen, {{"step", "save"}})).status == 303);
  const auto all = house.service->known();
  const Date day = Date::from_ymd(2030, 4, 1);
  CHECK_FALSE(all->stands("north-worcestershire-csp", day));
  const FactList areas = all->of_body("wyre-community-safety-partnership", FactKind::area, day);
  REQUIRE(areas.size() == 1);
  CHECK(areas.front()->value == "E07000239");
  const FactList functions = all->of_body("north-worcestershire-csp", FactKind::discharge, day.plus_days(-1));
  for (const char* made : {"wyre-community-safety-partnership", "bromsgrove-and-redditch-community-safety-partnership"})
    CHECK(all->of_body(made, FactKind::discharge, day).size() == functions.size());
  CHECK(all->find("north-worcestershire-csp")->of(FactKind::succession).back()->other ==
        "wyre-community-safety-partnership=60;bromsgrove-and-redditch-community-safety-partnership=40");
}

TEST_CASE("another successor is added in its place, a body that is there is taken, and a proposal takes the whole") {
  Merging house;
  const auto more = house.send("split", {{"page", "2"},
                                         {"bodies", "leeds-csp"},
                                         {"day", "2030-04-01"},
                                         {"into-1", "A"},
                                         {"into-2", "B"},
                                         {"add", "into"}});
  CHECK(more.status == 200);
  CHECK(has(more, "id=\"into-3\""));
  CHECK(has(more, "#into-4\""));
  const auto there = house.send("merge", with(merger(), {{"into-1", "leeds community safety partnership"}}));
  REQUIRE(there.status == 200);
  CHECK(has(there, "Leeds Community Safety Partnership is there already."));

  const auto made = house.post("/bodies/proposals", {{"title", "One for both"}, {"reason", "A paper"}});
  REQUIRE(made.status == 303);
  const std::string number = std::to_string(house.service->proposals("open", 1, 0).front().number);
  const std::int64_t before = house.service->known()->version;
  const auto added = house.post(
      "/bodies/reorganise?what=merge&proposal=" + number,
      with(merger(), {{"state", ""}, {"value", ""}, {"seen", ""}, {"proposal-version", "1"}, {"step", "save"}}));
  CHECK(added.status == 303);
  CHECK(house.service->known()->version == before);
  CHECK(has(house.get("/bodies/proposals/" + number), "Worcestershire Community Safety Partnership"));
}

TEST_CASE("what was not ticked and so ends is said on the page that asks to check, and each page has its address") {
  Merging house;
  REQUIRE(house.add(Fact{.kind = FactKind::post,
                         .body = "south-worcestershire-csp",
                         .value = "Clerk of this test",
                         .from = Date::from_ymd(2020, 1, 1)}));
  const auto sent = house.post("/bodies/reorganise?what=merge", merger());
  REQUIRE(sent.status == 303);
  CHECK(sent.header("Location") == "/bodies/reorganise?what=merge&page=4");
  const auto ends = [](const http::Response& page) {
    const std::size_t at =
        page.body.find("You have not ticked these, so they end with the former bodies on 1 April 2030:");
    return at == std::string::npos ? std::string() : page.body.substr(at, page.body.find("</p>", at) - at);
  };
  CHECK(ends(house.get(sent.header("Location"))).find("its posts (") != std::string::npos);
  CHECK(ends(house.send("merge", with(merger(), {{"carried", "posts"}}))).find("its posts (") == std::string::npos);
  // A page of the form by its address; what is not answered yet comes first.
  CHECK(has(house.get("/bodies/reorganise?what=merge&page=2"), "Page 2 of 3"));
  CHECK(has(house.get("/bodies/reorganise?what=split&page=3"), "Page 1 of 3"));
}
