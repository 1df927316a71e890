// The pages of decisions through the site's own pipeline: the path as posts walk it, what the public sees, and what is
// refused with which sentence.
#include <doctest/doctest.h>

#include "slices/decisions/site_for_tests.h"

using namespace tithing;
using namespace tithing::decisions;

TEST_CASE("a decision is brought along its path page by page, and everyone reads what was frozen") {
  Pages pages;
  const std::string here = "/funding/decisions/1";
  pages.as(pages.posts.officer());
  const http::Response empty =
      pages.post("/funding/decisions/new", {{"title", ""}, {"summary", "By crime."}, {"scheme", pages.number()}});
  CHECK(empty.status == 400);
  CHECK(has(empty, "href=\"#title\""));
  CHECK(has(empty, "By crime.</textarea>"));
  CHECK(pages
            .post("/funding/decisions/new",
                  {{"title", "Fund 2012/13"}, {"summary", "By recorded crime."}, {"scheme", pages.number()}})
            .status == 303);
  const http::Response draft = pages.get(here);
  CHECK(draft.status == 200);
  CHECK(has(draft, "/figures/scheme-allocation?area=a&amp;pot-version=1&amp;scheme=1&amp;version=1"));
  for (const char* wanted : {"FD-0001", "75.00",
                             "+\xC2\xA3"
                             "15.00",
                             "By recorded crime.", "Change the draft", "County contribution"}) {
    CAPTURE(wanted);
    CHECK(has(draft, wanted));
  }
  const http::Response proposal = pages.get(here + "/paper");
  CHECK(proposal.status == 200);
  for (const char* wanted : {"Allocation paper: Fund 2012/13", "The table is not frozen", "Nothing has been decided.",
                             "No consultation is recorded.",
                             "\xC2\xA3"
                             "75.00"}) {
    CAPTURE(wanted);
    CHECK(has(proposal, wanted));
  }
  CHECK(has(pages.get(here + "/notice"), "Not decided yet."));
  CHECK(pages.get(here + "/workings.xlsx").status == 404);
  // Nobody else knows of it.
  pages.as({});
  CHECK(pages.get(here).status == 404);
  for (const char* paper :
       {"/paper", "/notice", "/paper/print", "/notice/print", "/paper.docx", "/notice.docx", "/workings.xlsx"})
    CHECK(pages.get(here + paper).status == 404);
  CHECK_FALSE(has(pages.get("/funding/decisions"), "Fund 2012/13"));
  pages.as(pages.posts.manager());
  CHECK(pages.get(here).status == 404);

  pages.as(pages.posts.officer());
  const http::Response wrong = pages.post(here + "/consult", {{"from", "2026-11-22"}, {"to", "2026-11-01"}});
  CHECK(wrong.status == 400);
  CHECK(has(wrong, "value=\"2026-11-01\""));
  CHECK(pages.post(here + "/consult", {{"from", "2026-11-22"}, {"to", "2026-12-01"}}).status == 303);

  pages.as(pages.posts.manager());
  CHECK(reads(pages.get(here), "Comments are taken until 1 December 2026"));
  CHECK(pages.post(here + "/comment", {{"about", "area:a"}, {"text", ""}}).status == 400);
  CHECK(pages.post(here + "/comment", {{"about", "area:a"}, {"text", "Ayton <has> more to do."}}).status == 303);
  CHECK(has(pages.get(here), "Ayton &lt;has&gt; more to do."));
  CHECK(pages.get(here + "/comment").status == 200);
  CHECK(pages.get(here + "/comments/1").status == 403);
  CHECK(pages.get(here + "/agree").status == 403);

  pages.as(pages.posts.officer());
  CHECK(pages.post(here + "/comments/1", {{"text", "That is what the formula says."}}).status == 303);
  CHECK(pages.get(here + "/comments/2").status == 404);  // an answer is not answered
  pages.as(pages.posts.maker());
  CHECK(has(pages.get(here + "/agree"), "It can be agreed from the day after."));
  pages.clock.advance_milliseconds(std::int64_t{10} * 86'400'000);
  pages.as(pages.posts.manager());
  CHECK(pages.get(here + "/comment").status == 409);
  const http::Response late = pages.send(here + "/comment", {{"about", ""}, {"text", "Late"}});
  CHECK(late.status == 409);
  CHECK(has(late, "were taken until 1 December 2026"));
  pages.as(pages.posts.maker());
  const http::Response bare =
      pages.post(here + "/agree", {{"on", "2026-12-02"}, {"authority", ""}, {"interests", "None"}});
  CHECK(bare.status == 400);
  CHECK(has(bare, "href=\"#authority\""));
  CHECK(pages.post(here + "/agree", {{"on", "2026-12-02"}, {"authority", "The Commissioner"}, {"interests", "None"}})
            .status == 303);

  // The table leaves a fund unknown: it is frozen with words for that, or not at all.
  pages.as(pages.posts.officer());
  CHECK(has(pages.get(here + "/freeze"), "County contribution"));
  const http::Response silent = pages.post(here + "/freeze", {{"acknowledge-1", " "}});
  CHECK(silent.status == 400);
  CHECK(has(silent, "href=\"#acknowledge-1\""));
  CHECK(pages.post(here + "/freeze", {{"acknowledge-1", "The county decides in March"}}).status == 303);
  CHECK(pages.get(here + "/edit").status == 409);
  pages.as({});
  CHECK(pages.get(here).status == 404);
  const auto address = figures::Address::parse("/figures/frozen-allocation?area=a&decision=1");
  CHECK(pages.wiring.figures.ask(*address, viewer_of(Actor::nobody(), pages.clock.today())).error().kind ==
        ProblemKind::not_found);
  CHECK(pages.wiring.figures.ask(*address, viewer_of(pages.posts.officer(), pages.clock.today())).has_value());

  pages.as(pages.posts.maker());
  CHECK(pages.post(here + "/publish", {}).status == 400);
  CHECK(pages.post(here + "/publish", {{"nothing_private", "yes"}}).status == 303);
  pages.as({});
  pages.evidence.crimes_of_a = 100;
  const http::Response published = pages.get(here);
  REQUIRE(published.status == 200);
  for (const char* wanted :
       {"/figures/frozen-allocation?area=a&amp;decision=1", "75.00", "The county decides in March", "not known",
        "its checksum is the same", "comes to the same table in every line", "Today&#39;s evidence gives another table",
        "Ayton: \xC2\xA3"
        "75.00 when it was frozen, \xC2\xA3"
        "50.00 now.",
        "300 when it was frozen, 100 now.", "Ayton partnership", "v300"}) {
    CAPTURE(wanted);
    CHECK(has(published, wanted));
  }
  CHECK_FALSE(has(published, "Partnership manager"));  // posts are named to who is signed in
  CHECK(has(pages.get("/funding/decisions"), "Fund 2012/13"));
  CHECK(has(pages.get(here + "/frozen.json"), "tithing-frozen-allocation-1"));
  // Its papers are made from the frozen record: today's evidence does not touch them.
  const http::Response paper = pages.get(here + "/paper"), notice = pages.get(here + "/notice");
  CHECK(paper.status == 200);
  for (const char* wanted :
       {"It was agreed to allocate \xC2\xA3"
        "100.00",
        "\xC2\xA3"
        "75.00",
        "/figures/frozen-allocation?area=a&amp;decision=1", "The county decides in March", "figures of this program",
        "Ayton &lt;has&gt; more to do.", "That is what the formula says.", "Ayton partnership", "SHA-256 ",
        "from 22 November 2026 to 1 December 2026", "not known"}) {
    CAPTURE(wanted);
    const auto shown = [&](const http::Response& page) { return has(page, wanted) || reads(page, wanted); };
    CHECK(shown(paper));
    CHECK(shown(notice) == (std::string(wanted).find("It was agreed") == std::string::npos));
  }
  for (const char* wanted :
       {"FD-0001", "2 December 2026", "The Commissioner", "Declaration of interests", "Not confidential",
        "To allocate \xC2\xA3"
        "100.00 for 2012/13 to 2 areas",
        "to be filled in"}) {
    CAPTURE(wanted);
    CHECK(reads(notice, wanted));
  }
  CHECK_FALSE(has(paper, "Partnership manager"));
  CHECK_FALSE(has(notice, "Prepared by"));
  for (const char* name : {"paper", "notice"}) {
    CAPTURE(name);
    CHECK(has(pages.get(here + "/" + name + "/print"),
              "\xC2\xA3"
              "75.00"));
    auto parts = exports::parts_of(pages.get(here + "/" + name + ".docx").body);
    CHECK(exports::XmlChecker(parts["word/document.xml"]).wrong == "");
    CHECK(parts["word/document.xml"].find("\xC2\xA3"
                                          "75.00") != std::string::npos);
    CHECK(parts["word/_rels/document.xml.rels"].find(
              "http://localhost/figures/frozen-allocation?area=a&amp;decision=1") != std::string::npos);
  }
  const http::Response book = pages.get(here + "/workings.xlsx");
  CHECK(book.status == 200);
  auto sheets = exports::parts_of(book.body);
  CHECK(sheets["xl/worksheets/sheet1.xml"].find("<v>75</v>") != std::string::npos);
  CHECK(sheets["xl/worksheets/sheet2.xml"].find("<v>300</v>") != std::string::npos);
  CHECK(sheets["xl/worksheets/sheet2.xml"].find("<v>50</v>") == std::string::npos);
  // Every part of the frozen working is frozen with it.
  const auto cell = pages.wiring.figures.ask(*address, viewer_of(Actor::nobody(), pages.clock.today()));
  REQUIRE(cell.has_value());
  CHECK(cell->quantity.integer() == 7500);
  int parts = 0;
  const auto walk = [&](const auto& self, const figures::Figure& at) -> void {
    for (const figures::Input& input : at.working.inputs) {
      if (input.figure == nullptr) continue;
      ++parts;
      CHECK(input.figure->address.kind == "frozen-allocation");
      const auto again =
          pages.wiring.figures.ask(input.figure->address, viewer_of(Actor::nobody(), pages.clock.today()));
      REQUIRE_MESSAGE(again.has_value(), input.figure->address.path());
      CHECK(again->quantity.text() == input.figure->quantity.text());
      self(self, *input.figure);
    }
  };
  walk(walk, *cell);
  CHECK(parts >= 3);
  CHECK(figures::to_json(*cell).find("300") != std::string::npos);
  CHECK_FALSE(pages.wiring.figures
                  .ask(*figures::Address::parse("/figures/frozen-allocation?area=a&decision=1&part=9.9"),
                       viewer_of(Actor::nobody(), pages.clock.today()))
                  .has_value());
}

TEST_CASE("two officers at one draft: the second sees both versions; roles that may not are refused") {
  Pages pages;
  pages.as(pages.posts.officer());
  REQUIRE(
      pages.post("/funding/decisions/new", {{"title", "Fund"}, {"summary", "First words."}, {"scheme", pages.number()}})
          .status == 303);
  const std::string edit = "/funding/decisions/1/edit";
  const web::Fields mine = {
      {"version", test::field_value(pages.get(edit), "version")}, {"scheme", pages.number()}, {"title", "Fund"}};
  const auto with = [&](const web::Fields& more) {
    web::Fields all = mine;
    all.insert(all.end(), more.begin(), more.end());
    return all;
  };
  CHECK(pages.send(edit, with({{"summary", "Second words."}})).status == 303);
  const http::Response second = pages.send(edit, with({{"summary", "My own words."}}));
  CHECK(second.status == 409);
  CHECK(has(second, "My own words."));
  CHECK(has(second, "Second words."));
  const http::Response stale =
      pages.send("/funding/decisions/1/consult", with({{"from", "2026-11-22"}, {"to", "2026-12-01"}}));
  CHECK(stale.status == 409);
  CHECK(pages.get("/funding/decisions/1/freeze").status == 409);
  CHECK(pages.get("/funding/decisions/9").status == 404);
  CHECK(pages.get("/funding/decisions/x").status == 404);
  for (const char* path : {"/funding/decisions/new", "/funding/decisions/1/consult", "/funding/decisions/1/edit"}) {
    pages.as(pages.posts.maker());
    CHECK(pages.get(path).status == 403);
  }
  pages.as(pages.posts.as(20, "Panel member", {{Role::panel_member, "Panel", ""}}));
  CHECK(pages.get("/funding/decisions/1").status == 404);
  CHECK(pages.get("/funding/decisions?state=draft").status == 200);
  CHECK_FALSE(has(pages.get("/funding/decisions?state=draft"), "FD-0001"));
  pages.as(pages.posts.as(21, "Auditor", {{Role::auditor, "Audit", ""}}));
  CHECK(has(pages.get("/funding/decisions?state=draft"), "FD-0001"));
  CHECK_FALSE(has(pages.get("/funding/decisions?state=agreed"), "FD-0001"));
}

TEST_CASE("the draft of a form for a decision comes back and ends with the decision") {
  Pages pages;
  pages.as(pages.posts.officer());
  const std::string opened = "/funding/decisions/new?scheme=" + pages.number();
  REQUIRE(pages
              .post(opened, {{"draft-form", "funding.decision/new/1"},
                             {"draft-title", "Prepare a decision"},
                             {"draft-address", opened},
                             {"title", ""},
                             {"summary", "By crime."},
                             {"scheme", pages.number()}})
              .status == 400);
  const http::Response again = pages.get(opened);
  CHECK(has(again, "Your draft has come back"));
  CHECK(has(again, "By crime.</textarea>"));
  CHECK_FALSE(
      has(pages.get("/funding/decisions/new"), "By crime."));  // opened for nothing in particular it is another form
  REQUIRE(pages
              .post(opened, {{"draft-form", "funding.decision/new/1"},
                             {"draft-title", "Prepare a decision"},
                             {"draft-address", opened},
                             {"title", "Fund"},
                             {"summary", "By crime."},
                             {"scheme", pages.number()}})
              .status == 303);
  CHECK_FALSE(has(pages.get(opened), "By crime."));
  // Somebody was faster with the draft of the decision.
  const std::string edit = "/funding/decisions/1/edit";
  REQUIRE(pages.post(edit, {{"title", "Fund 2012/13"}, {"summary", "Theirs"}, {"scheme", pages.number()}}).status ==
          303);
  REQUIRE(pages.send(edit, {{"version", "1"}, {"title", "Fund"}, {"summary", "Yours"}, {"scheme", pages.number()}})
              .status == 409);
  const http::Response both = pages.get(edit);
  CHECK(both.status == 409);
  CHECK(has(both, "Theirs"));
  CHECK(has(both, "Yours"));
  const http::Response carried = pages.get(edit + "?draft=merged");
  CHECK(has(carried, "Yours</textarea>"));
  CHECK(has(carried, "name=\"version\" value=\"2\""));
}

TEST_CASE("a decision that was taken back after comments says so, and its papers say when comments could be made") {
  Pages pages;
  const std::string here = "/funding/decisions/1";
  pages.as(pages.posts.officer());
  REQUIRE(pages
              .post("/funding/decisions/new",
                    {{"title", "Fund 2012/13"}, {"summary", "By recorded crime."}, {"scheme", pages.number()}})
              .status == 303);
  CHECK(reads(pages.get(here), "Nobody has been asked yet"));
  REQUIRE(pages.post(here + "/consult", {{"from", "2026-11-22"}, {"to", "2026-12-20"}}).status == 303);
  CHECK(
      reads(pages.get(here + "/paper"), "The proposal is put to comments from 22 November 2026 to 20 December 2026."));
  pages.as(pages.posts.manager());
  REQUIRE(pages.post(here + "/comment", {{"about", ""}, {"text", "First."}}).status == 303);
  REQUIRE(pages.post(here + "/comment", {{"about", ""}, {"text", "Second."}}).status == 303);
  // Another partnership's manager reads it, and is not asked.
  pages.as(pages.posts.as(8, "Another manager", {{Role::partnership_manager, "Seaton partnership", "z"}}));
  CHECK_FALSE(reads(pages.get(here), "Comment on it"));
  CHECK(reads(pages.get(here), "Comments are for the partnerships that this money is for"));
  CHECK(pages.get(here + "/comment").status == 403);
  pages.clock.advance_milliseconds(std::int64_t{3} * 86'400'000);
  pages.as(pages.posts.officer());
  REQUIRE(pages.post(here + "/take-back", {{"note", "Wrong year"}}).status == 303);
  const http::Response draft = pages.get(here);
  const char* const open =
      "It was open to comments from 22 November 2026 until it was taken back to a draft on 25 November 2026; it was to "
      "be open until 20 December 2026.";
  CHECK_FALSE(reads(draft, "Nobody has been asked yet"));
  CHECK(reads(draft, open));
  CHECK(reads(draft, "2 comments were made."));
  CHECK(reads(pages.get(here + "/paper"), open));
  CHECK_FALSE(reads(pages.get(here + "/paper"), "to 20 December 2026"));
  pages.as(pages.posts.maker());
  CHECK(reads(pages.get(here + "/agree"), "2 comments have no answer yet"));
}

TEST_CASE(
    "who was asked or commented reads when and why a decision was taken back, and their own words, not the new draft") {
  Pages pages;
  const std::string here = "/funding/decisions/1";
  pages.as(pages.posts.officer());
  REQUIRE(pages
              .post("/funding/decisions/new",
                    {{"title", "Fund 2012/13"}, {"summary", "By recorded crime."}, {"scheme", pages.number()}})
              .status == 303);
  REQUIRE(pages.post(here + "/consult", {{"from", "2026-11-22"}, {"to", "2026-12-20"}}).status == 303);
  const Actor manager = pages.posts.manager();
  const Actor colleague =
      pages.posts.as(9, "Another manager of Ayton", {{Role::partnership_manager, "Ayton partnership", "a"}});
  const Actor stranger =
      pages.posts.as(8, "Manager of Seaton", {{Role::partnership_manager, "Seaton partnership", "z"}});
  pages.as(manager);
  REQUIRE(pages.post(here + "/comment", {{"about", "step:1"}, {"text", "The weights are of last year."}}).status ==
          303);
  CHECK(pages.get(here + "/comment").status == 200);
  CHECK(reads(pages.get(here), "on Step 1 (weighted indicators)"));
  pages.as(pages.posts.officer());
  REQUIRE(pages.post(here + "/take-back", {{"note", "The year is wrong"}}).status == 303);
  // A comment that was being written meanwhile is shown again and kept, and says why it was not sent.
  pages.as(manager);
  const http::Response late =
      pages.send(here + "/comment", {{"about", ""}, {"text", "A second thought, long in the writing."}});
  CHECK(late.status == 409);
  CHECK(reads(late, "A second thought, long in the writing."));
  CHECK(reads(late, "taken back to a draft on 22 November 2026: The year is wrong."));
  CHECK(reads(pages.get(here + "/comment"), "A second thought, long in the writing."));
  // The new draft is another one.
  pages.as(pages.posts.officer());
  REQUIRE(
      pages
          .post(here + "/edit",
                {{"title", "Quite another title"}, {"summary", "A secret of the draft."}, {"scheme", pages.number()}})
          .status == 303);
  pages.as(manager);
  const http::Response told = pages.get(here);
  CHECK(told.status == 200);
  CHECK(reads(told,
              "It was opened to comments on 22 November 2026, from 22 November 2026 to 20 December 2026, and taken "
              "back to a draft on 22 November 2026: The year is wrong."));
  CHECK(reads(told, "The weights are of last year."));
  CHECK(reads(told, "on Step 1 (weighted indicators)"));
  CHECK(reads(told, "Fund 2012/13"));
  for (const char* secret : {"Quite another title", "A secret of the draft", "Ayton"}) CHECK_FALSE(reads(told, secret));
  CHECK(reads(pages.get("/funding/decisions"), "Taken back after you were asked"));
  CHECK(reads(pages.get("/funding/decisions"), "1 comment"));
  CHECK_FALSE(reads(pages.get("/funding/decisions"), "Quite another title"));
  for (const char* paper : {"/paper", "/notice", "/paper/print", "/paper.docx", "/notice.docx", "/workings.xlsx"}) {
    const http::Response refused = pages.get(here + paper);
    CHECK(refused.status == 409);
    CHECK(reads(refused, "The year is wrong."));
    CHECK_FALSE(reads(refused, "Quite another title"));
  }
  // Who was asked and did not write reads when and why; who was not asked, and everybody else, is told of nothing.
  pages.as(colleague);
  CHECK(reads(pages.get(here), "You have not commented on it."));
  CHECK_FALSE(reads(pages.get(here), "The weights are of last year."));
  for (const std::optional<Actor>& other : {std::optional<Actor>(stranger), std::optional<Actor>()}) {
    pages.as(other);
    CHECK(pages.get(here).status == 404);
    CHECK_FALSE(reads(pages.get("/funding/decisions"), "Taken back after you were asked"));
    CHECK(pages.get(here + "/paper").status == 404);
  }
}

TEST_CASE("a decision is put to comments again after it was taken back, and says so until it is published") {
  Pages pages;
  const std::string here = "/funding/decisions/1";
  pages.as(pages.posts.officer());
  REQUIRE(pages
              .post("/funding/decisions/new",
                    {{"title", "Fund 2012/13"}, {"summary", "By recorded crime."}, {"scheme", pages.number()}})
              .status == 303);
  REQUIRE(pages.post(here + "/consult", {{"from", "2026-11-22"}, {"to", "2026-12-20"}}).status == 303);
  pages.as(pages.posts.manager());
  REQUIRE(pages.post(here + "/comment", {{"about", "step:1"}, {"text", "The weights are of last year."}}).status ==
          303);
  pages.as(pages.posts.officer());
  CHECK(pages.get(here + "/comments/1").status == 200);
  REQUIRE(pages.post(here + "/comments/1", {{"text", "They are corrected."}}).status == 303);
  // A second answer, written meanwhile, is not lost.
  const http::Response second = pages.send(here + "/comments/1", {{"text", "Another answer."}});
  CHECK(second.status == 409);
  CHECK(reads(second, "Another answer."));
  pages.clock.advance_milliseconds(std::int64_t{2} * 86'400'000);
  REQUIRE(pages.post(here + "/take-back", {{"note", "The year is wrong"}}).status == 303);
  REQUIRE(pages
              .post(here + "/edit",
                    {{"title", "Fund 2013/14"}, {"summary", "By recorded crime."}, {"scheme", pages.number()}})
              .status == 303);
  const std::string before =
      "It was opened to comments on 22 November 2026, from 22 November 2026 to 20 December 2026, and taken back to a "
      "draft on 24 November 2026: The year is wrong.";
  REQUIRE(pages.post(here + "/consult", {{"from", "2026-11-24"}, {"to", "2026-11-25"}}).status == 303);
  CHECK(reads(pages.get(here), before));
  CHECK(reads(pages.get(here), "It was written on the proposal as it stood then: “Fund 2012/13”"));
  pages.as(pages.posts.manager());
  CHECK(reads(pages.get(here), "Fund 2013/14"));  // asked again: the decision itself
  CHECK_FALSE(reads(pages.get("/funding/decisions"), "Taken back after you were asked"));
  pages.clock.advance_milliseconds(std::int64_t{3} * 86'400'000);
  pages.as(pages.posts.maker());
  REQUIRE(pages.post(here + "/agree", {{"on", "2026-11-27"}, {"authority", "The Commissioner"}, {"interests", "None"}})
              .status == 303);
  pages.as(pages.posts.officer());
  REQUIRE(pages.post(here + "/freeze", {{"acknowledge-1", "As the county says."}}).status == 303);
  pages.as(pages.posts.maker());
  REQUIRE(pages.post(here + "/publish", {{"nothing_private", "yes"}}).status == 303);
  pages.as(std::nullopt);
  const http::Response published = pages.get(here);
  CHECK(reads(published, "Agreed on 27 November 2026 and published on 27 November 2026."));
  CHECK(reads(published, before));
  CHECK(reads(published, "It was open to comments from 24 November 2026 to 25 November 2026."));
  const http::Response paper = pages.get(here + "/paper");
  CHECK(reads(paper, before + " The proposal was open to comments from 24 November 2026 to 25 November 2026."));
  CHECK(reads(paper, "of the proposal as it was then"));
}

TEST_CASE("an agreement that is withdrawn leaves those who commented their words and the reason") {
  Pages pages;
  const std::string here = "/funding/decisions/1";
  pages.as(pages.posts.officer());
  REQUIRE(pages
              .post("/funding/decisions/new",
                    {{"title", "Fund 2012/13"}, {"summary", "By recorded crime."}, {"scheme", pages.number()}})
              .status == 303);
  REQUIRE(pages.post(here + "/consult", {{"from", "2026-11-22"}, {"to", "2026-11-22"}}).status == 303);
  pages.as(pages.posts.manager());
  REQUIRE(pages.post(here + "/comment", {{"about", ""}, {"text", "We agree."}}).status == 303);
  pages.as(pages.posts.officer());
  REQUIRE(pages.post(here + "/comments/1", {{"text", "Thank you."}}).status == 303);
  pages.clock.advance_milliseconds(std::int64_t{1} * 86'400'000);
  pages.as(pages.posts.maker());
  REQUIRE(pages.post(here + "/agree", {{"on", "2026-11-23"}, {"authority", "The Commissioner"}, {"interests", "None"}})
              .status == 303);
  REQUIRE(pages.post(here + "/withdraw", {{"note", "New figures came"}}).status == 303);
  pages.as(pages.posts.manager());
  const http::Response told = pages.get(here);
  CHECK(told.status == 200);
  CHECK(reads(told,
              "from 22 November 2026 to 22 November 2026, then agreed, and the agreement was withdrawn on 23 November "
              "2026: New figures came."));
  CHECK(reads(told, "We agree."));
  CHECK(reads(told, "Thank you."));
}

TEST_CASE(
    "the pot's page lists what decisions give out of it; a pot that was changed afterwards is said on page, paper and "
    "step") {
  Pages pages;
  const std::string here = "/funding/decisions/1", pot = "/funding/pots/1";
  pages.as(pages.posts.officer());
  CHECK(reads(pages.get(pot), "No decision gives anything out of it"));
  REQUIRE(pages
              .post("/funding/decisions/new",
                    {{"title", "Fund 2012/13"}, {"summary", "By crime."}, {"scheme", pages.number()}})
              .status == 303);
  pages.as(pages.posts.maker());
  REQUIRE(pages
              .post(here + "/agree",
                    {{"on", "2026-11-22"}, {"authority", "Minute 7"}, {"interests", "None"}, {"note", "Urgent"}})
              .status == 303);
  pages.as(pages.posts.officer());
  const http::Response listed = pages.get(pot);
  for (const char* wanted : {"FD-0001, Fund 2012/13", "Agreed", "Given out", "Left of the newest version"}) {
    CAPTURE(wanted);
    CHECK(reads(listed, wanted));
  }
  for (const char* wanted :
       {"/figures/pot?of=given&amp;part=1&amp;pot=1&amp;version=1", "/figures/pot?of=given&amp;pot=1&amp;version=1",
        "/figures/pot?of=left&amp;pot=1&amp;version=1"}) {
    CAPTURE(wanted);
    CHECK(has(listed, wanted));
  }
  const auto money = [&](const char* address) {
    const auto figure =
        pages.wiring.figures.ask(*figures::Address::parse(address),
                                 viewer_of(pages.posts.officer(), pages.clock.today()), figures::Detail::working);
    REQUIRE_MESSAGE(figure.has_value(), figure.error().message);
    return figure->quantity.text();
  };
  CHECK(money("/figures/pot?of=given&pot=1&version=1") ==
        "\xC2\xA3"
        "100.00");
  CHECK(money("/figures/pot?of=given&part=1&pot=1&version=1") ==
        "\xC2\xA3"
        "100.00");
  CHECK(money("/figures/pot?of=left&pot=1&version=1") ==
        "\xC2\xA3"
        "0.00");
  // A fund of the pot is not known: what is left is no less than this, in the words of its figure.
  const auto at_least = [&](const std::string& row) {
    const std::size_t at = listed.body.find(">" + row + "<");
    REQUIRE_MESSAGE(at != std::string::npos, row);
    return listed.body.substr(at, listed.body.find("</tr>", at) - at)
               .find("At least: something that it rests on is not known.") != std::string::npos;
  };
  for (const char* row : {"Left of the newest version", "Known funds", "To be shared"})
    CHECK_MESSAGE(at_least(row), row);
  CHECK_FALSE(at_least("Given out"));
  // A second one on the same money: the form of its step says so.
  REQUIRE(pages
              .post("/funding/decisions/new",
                    {{"title", "Once more"}, {"summary", "By crime."}, {"scheme", pages.number()}})
              .status == 303);
  pages.as(pages.posts.maker());
  CHECK(reads(pages.get("/funding/decisions/2/agree"), "More would be given out than the pot holds"));
  CHECK_FALSE(has(pages.get("/funding/decisions/2/agree"), "name=\"authority\""));  // there is no form to fill in

  // The pot is changed to £10, none of it known any more.
  const Actor officer = pages.posts.officer();
  const Doing doing = pages.doing(officer);
  std::optional<PotRecord> kept;
  pages.store().read([&](db::Connection& connection) { kept = pots::store::pot(connection, PotId{1}); });
  Pot changed = kept->pot;
  changed.funds.front().amount = Money{10'00};
  REQUIRE(save_pot(doing, {.id = kept->id,
                           .seen = 1,
                           .title = kept->title,
                           .financial_year = kept->financial_year,
                           .area = kept->area,
                           .pot = changed,
                           .reason = "Cut"})
              .has_value());
  pages.as(officer);
  CHECK(reads(pages.get(pot), "More is given out than the pot holds. Raise the pot, or withdraw an agreement."));
  for (const std::string& page : {here, here + "/paper", here + "/notice"}) {
    CAPTURE(page);
    CHECK(reads(pages.get(page), "this decision rests on version 1 of"));
  }
  CHECK(reads(pages.get(here), "on older versions than the newest"));
  const http::Response freeze = pages.get(here + "/freeze");
  CHECK(reads(freeze, "withdraw the agreement, and save the draft again"));
  CHECK_FALSE(reads(freeze, "The table can be worked out, and every number that it needs is there."));
  for (Fund& fund : changed.funds) {
    fund.amount.reset();
    fund.status = FundStatus::unknown;
  }
  REQUIRE(save_pot(doing, {.id = kept->id,
                           .seen = 2,
                           .title = kept->title,
                           .financial_year = kept->financial_year,
                           .area = kept->area,
                           .pot = changed,
                           .reason = "Not known"})
              .has_value());
  CHECK(money("/figures/pot?of=known&pot=1&version=3") == "not known");
  CHECK(money("/figures/pot?of=left&pot=1&version=3") == "not known");
  CHECK_FALSE(reads(pages.get(pot), "£0.00"));
  CHECK_FALSE(reads(pages.get("/funding/pots"), "£0.00"));
}
