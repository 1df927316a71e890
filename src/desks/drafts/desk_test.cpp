#include "desks/drafts/desk.h"

#include <doctest/doctest.h>

#include "support/house.h"

using namespace tithing;
using namespace tithing::drafts;
using test::has;

namespace {

struct Desk : test::House {
  Desk() : House(register_desk) { sign_in(1); }
  void sign_in(std::int64_t account) { as(me = Actor::account(account, "Somebody", {}, wiring.permissions)); }
  std::vector<Draft> kept() { return list(store(), me); }
  Actor me = Actor::nobody();
};

const web::Fields kDraft = {{"draft-form", "bodies.change/record/12"},
                            {"draft-title", "Change <b>"},
                            {"draft-address", "/bodies/change?record=12"},
                            {"draft-version", "345"},
                            {"value", "Typed"}};

web::Fields with(web::Fields fields, std::string name, std::string value) {
  fields.emplace_back(std::move(name), std::move(value));
  return fields;
}

web::Fields thrown_away(std::string next = {}) {
  web::Fields fields = {{"draft-form", "bodies.change/record/12"}};
  if (!next.empty()) fields.emplace_back("next", std::move(next));
  return fields;
}

}  // namespace

TEST_CASE(
    "a script keeps a draft and is told the sentence, a button keeps it and leads to the list, and only with a token") {
  Desk house;
  CHECK(has(house.get("/drafts"), "You have no drafts."));
  house.clock.advance_milliseconds((10 * 60 + 42) * 60'000);
  CHECK(house.ask("POST", "/drafts", "draft-form=bodies.change/record/12&value=Typed").status == 403);
  CHECK(house.kept().empty());

  const auto kept = house.post("/drafts", kDraft);
  CHECK(kept.status == 200);
  CHECK(kept.header("Content-Type") == "application/json");
  CHECK(has(kept, "\"sentence\":\"Draft saved at 10:42 UTC.\""));
  const auto draft = find(house.store(), house.me, "bodies.change/record/12");
  REQUIRE(draft);
  CHECK(draft->fields == web::Fields{{"value", "Typed"}});
  CHECK(draft->form.version == "345");

  const auto later = house.post("/drafts", with(kDraft, "draft-then", "later"));
  CHECK(later.status == 303);
  CHECK(later.header("Location") == "/drafts?done=kept");
  const auto page = house.get("/drafts?done=kept");
  CHECK(has(page, "Your draft is kept."));
  CHECK(has(page, "Change &lt;b&gt;</a>"));
  CHECK(has(page, "href=\"/bodies/change?record=12\""));
  CHECK(has(page, "20 February 2027"));  // kept until

  // What cannot be kept is said, to the script as JSON and to the person as a page.
  const auto no = house.post("/drafts", {{"draft-form", "x"}, {"draft-address", "https://example.org/"}});
  CHECK(no.status == 400);
  CHECK(no.header("Content-Type") == "application/problem+json");
  CHECK(has(house.post("/drafts", {{"draft-form", "x"}, {"draft-then", "later"}}), "Open the form again"));
}

TEST_CASE("throwing away ends one's own draft and goes on within the site; nobody sees another's") {
  Desk house;
  house.post("/drafts", kDraft);
  house.sign_in(2);
  CHECK_FALSE(has(house.get("/drafts"), "Change &lt;b&gt;"));
  CHECK(house.post("/drafts/remove", thrown_away()).status == 303);
  house.sign_in(1);
  CHECK(has(house.get("/drafts"), "Change &lt;b&gt;"));
  CHECK(house.post("/drafts/remove", thrown_away("https://example.org/")).header("Location") == "/");
  CHECK(has(house.get("/drafts"), "You have no drafts."));
  house.post("/drafts", kDraft);
  CHECK(house.post("/drafts/remove", thrown_away("/bodies/change?record=12")).header("Location") ==
        "/bodies/change?record=12");
  CHECK(house.post("/drafts/remove", thrown_away()).header("Location") == "/drafts?done=away");
  house.as_nobody();
  CHECK(house.get("/drafts").status == 303);
  CHECK(house.post("/drafts", kDraft).status == 403);
}

TEST_CASE("what is too old goes when the program starts") {
  Desk house;
  house.post("/drafts", kDraft);
  for (const auto& start : house.wiring.at_start) CHECK(start());
  CHECK(house.kept().size() == 1);
  house.clock.advance_milliseconds(std::int64_t{kDaysKept} * 86'400'000 + 1);
  for (const auto& start : house.wiring.at_start) CHECK(start());
  CHECK(house.kept().empty());
}
