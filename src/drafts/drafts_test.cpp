#include "drafts/drafts.h"

#include <doctest/doctest.h>

#include "base/text.h"
#include "drafts_migrations.h"
#include "support/store_support.h"

using namespace tithing;
using namespace tithing::drafts;

namespace {

Actor person(std::int64_t id) {
  static const PermissionTable none;
  return Actor::account(id, "Person", {}, none);
}
Instant at(int day, int minutes = 0) {
  return {(std::int64_t{Date::from_ymd(2026, 3, 1).days()} + day) * 86'400'000 + std::int64_t{minutes} * 60'000};
}
const Form kName{"bodies.change/record/12", "Change: name", "/bodies/change?record=12", "345"};
const Form kScheme{"funding.scheme/3", "A scheme", "/funding/schemes/3", ""};

}  // namespace

TEST_CASE("a draft is one for each account and form, keeps what was typed exactly, and is its account's alone") {
  test::for_each_engine(drafts_migrations(), [](db::Database& database) {
    CHECK_FALSE(find(database, person(1), kName.key));
    const web::Fields typed = {
        {"value", "  Safer & \"quoted\" = 100% + \n žluťoučký\t"}, {"value", "second"}, {"empty", ""}};
    web::Fields sent = typed;
    sent.insert(sent.begin(), {"csrf-token", "secret"});
    sent.push_back({"draft-form", "x"});
    sent.push_back({"step", "check"});
    REQUIRE(save(database, person(1), at(0, 642), kName, sent));
    const auto kept = find(database, person(1), kName.key);
    REQUIRE(kept);
    CHECK(kept->fields == typed);
    CHECK(kept->get("value") == "Safer & \"quoted\" = 100% + \n žluťoučký");
    CHECK(kept->get("csrf-token").empty());
    CHECK(kept->form.title == kName.title);
    CHECK(kept->form.address == kName.address);
    CHECK(kept->form.version == "345");
    CHECK(kept->saved_at == at(0, 642));
    CHECK_FALSE(find(database, person(2), kName.key));
    CHECK_FALSE(find(database, person(1), kScheme.key));

    REQUIRE(save(database, person(1), at(1), kName, {{"value", "newer"}}));
    REQUIRE(save(database, person(1), at(2), kScheme, {{"weight", "3"}}));
    REQUIRE(save(database, person(2), at(3), kName, {{"value", "of another"}}));
    const auto mine = list(database, person(1));
    REQUIRE(mine.size() == 2);
    CHECK(mine[0].form.key == kScheme.key);
    CHECK(mine[1].fields == web::Fields{{"value", "newer"}});
    end(database, person(1), kName.key);
    end(database, person(1), "never.there");
    CHECK_FALSE(find(database, person(1), kName.key));
    CHECK(find(database, person(1), kScheme.key));
    CHECK(find(database, person(2), kName.key)->get("value") == "of another");
  });
}

TEST_CASE("who is not signed in has no drafts, and what is too much or leads elsewhere is not kept") {
  test::for_each_engine(drafts_migrations(), [](db::Database& database) {
    CHECK_FALSE(save(database, Actor::nobody(), at(0), kName, {{"value", "x"}}));
    CHECK_FALSE(find(database, Actor::nobody(), kName.key));
    CHECK(list(database, Actor::nobody()).empty());
    for (const std::string address : {"", "https://example.org/", "//example.org/", "javascript:alert(1)", "bodies"}) {
      CAPTURE(address);
      CHECK_FALSE(save(database, person(1), at(0), {"k", "t", address, ""}, {}));
    }
    CHECK_FALSE(save(database, person(1), at(0), {"", "t", "/bodies", ""}, {}));
    CHECK(save(database, person(1), at(0), kName, {{"v", std::string(kMostBytes - 1, 'x')}}));
    const Status large = save(database, person(1), at(1), kName, {{"v", std::string(kMostBytes, 'x')}});
    REQUIRE_FALSE(large);
    CHECK(large.error().message.find("200,000 letters") != std::string::npos);
    CHECK(find(database, person(1), kName.key)->saved_at == at(0));  // the former one stays
    for (int i = 1; i < kMostOfAccount; ++i)
      REQUIRE(save(database, person(1), at(2), {"k/" + std::to_string(i), "t", "/bodies", ""}, {}));
    CHECK_FALSE(save(database, person(1), at(3), {"k/more", "t", "/bodies", ""}, {}));
    CHECK(save(database, person(1), at(3), {"k/1", "t", "/bodies", ""}, {}));  // one that is there already
    CHECK(save(database, person(2), at(3), {"k/more", "t", "/bodies", ""}, {}));
  });
}

TEST_CASE("drafts end 90 days after they were last saved") {
  test::for_each_engine(drafts_migrations(), [](db::Database& database) {
    REQUIRE(save(database, person(1), at(0), kName, {{"value", "old"}}));
    REQUIRE(save(database, person(1), at(1), kScheme, {{"value", "a day younger"}}));
    CHECK(remove_old(database, at(90)) == 0);
    CHECK(remove_old(database, at(90, 1)) == 1);
    CHECK_FALSE(find(database, person(1), kName.key));
    CHECK(find(database, person(1), kScheme.key));
    REQUIRE(save(database, person(1), at(91), kScheme, {{"value", "again"}}));
    CHECK(remove_old(database, at(100)) == 0);
  });
}

TEST_CASE("the page of two editors says in words who changed what, and offers both ways on") {
  web::Context context;
  http::Request request;
  request.method = "POST";
  request.path = request.target = "/bodies/change";
  context.request = &request;
  context.actor = person(1);
  const auto answer = conflict_page(
      context,
      {kName,
       {{"Name", "Old"}, {"From", "2012"}, {"Note", ""}, {"Source", "order"}, {"To", "a"}},
       {{"Name", "Mine <b>"}, {"From", "2012"}, {"Note", "x"}, {"Source", "order"}, {"To", "z"}, {"Reason", "why"}},
       {{"Name", "Theirs"}, {"From", "2013"}, {"Note", ""}, {"Source", "order"}, {"To", "z"}},
       "It was changed by somebody."});
  CHECK(answer.status == 409);
  const auto has = [&](const std::string& text) { return answer.body.find(text) != std::string::npos; };
  for (const char* text : {"both changed it, differently", "only the other person changed it", "only you changed it",
                           "the same", "both changed it alike", "belongs to your change alone", "Mine &lt;b&gt;",
                           "It was changed by somebody.", "When you began", "/bodies/change?record=12&amp;draft=merged",
                           "action=\"/drafts/remove\"", "value=\"bodies.change/record/12\"", "decide which is right"})
    CHECK_MESSAGE(has(text), text);
}

TEST_CASE("when a draft was saved is said with its day unless that is today") {
  CHECK(time_text(at(0, 9 * 60 + 5)) == "09:05 UTC");
  CHECK(saved_text(at(0, 642), Date::from_ymd(2026, 3, 1)).english() == "Draft saved at 10:42 UTC.");
  CHECK(saved_text(at(0, 642), Date::from_ymd(2026, 3, 2)).english() == "Draft saved on 1 March 2026 at 10:42 UTC.");
  CHECK(when_text(at(0, 642), Date::from_ymd(2026, 3, 2)) == "1 March 2026, 10:42 UTC");
}
