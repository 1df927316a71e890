// The register under a proposal, the pages of proposals, and the control of the day on every page.
#include <doctest/doctest.h>

#include "exports/page_tables.h"
#include "slices/bodies/house_for_tests.h"

using namespace tithing;
using namespace tithing::bodies;

namespace {

// The token stands in the form that posts, not in the control of the day above it.
std::string token_of(const http::Response& page) {
  const std::size_t name = page.body.find("name=\"csrf-token\"");
  REQUIRE(name != std::string::npos);
  const std::size_t value = page.body.find("value=\"", page.body.rfind('<', name)) + 7;
  return "csrf-token=" + page.body.substr(value, page.body.find('"', value) - value) + "&";
}

std::string version_of(Pages& pages, std::int64_t number) {
  return "version=" +
         std::to_string(
             pages.service->under(Actor::command_line(pages.wiring.permissions), number).value()->proposal.version) +
         "&";
}

}  // namespace

TEST_CASE("every page of the register can be seen under a proposal, says so, and its links keep it") {
  Pages pages;
  // Proposals are for people who are signed in.
  CHECK(pages.get("/bodies?proposal=1").status == 303);  // to sign in
  CHECK(pages.get("/bodies/files/list.csv?proposal=1").status == 303);
  CHECK(pages.get("/bodies/worcestershire-county-csp?proposal=1").status == 303);
  CHECK(pages.get("/bodies/proposals").status == 303);
  pages.sign_in(Role::panel_member);
  CHECK(pages.get("/bodies?proposal=99").status == 404);
  CHECK(pages.get("/bodies?proposal=first").status == 404);

  const std::string day = "as-at=2014-05-01&proposal=1";
  const auto list = pages.get("/bodies?area=E23000016&kind=csp&" + day);
  CHECK(list.status == 200);
  CHECK(has(list, "This is not the register. It is what the register would be under proposal 1"));
  CHECK(has(list, "County-based Community Safety Partnership, Worcestershire (option i)"));
  CHECK_FALSE(has(list, "North Worcestershire Community Safety Partnership</a>"));
  CHECK(has(list, "/bodies/worcestershire-county-csp?as-at=2014-05-01&amp;proposal=1"));
  CHECK(has(list, "/bodies/duties?as-at=2014-05-01&amp;proposal=1"));
  CHECK(has(list, "You are looking at 1 May 2014"));
  CHECK(has(list, "Leave it: show the register as it is"));
  CHECK(has(list, "/bodies?area=E23000016&amp;kind=csp&amp;as-at=2014-05-01\""));  // without the proposal
  CHECK_FALSE(has(pages.get("/bodies?area=E23000016&kind=csp&as-at=2014-05-01"), "County-based"));
  CHECK_FALSE(has(pages.get("/bodies?area=E23000016&kind=csp&as-at=2013-05-01&proposal=1"), "County-based"));
  CHECK(has(pages.get("/bodies/files/list.csv?area=E23000016&kind=csp&" + day), "County-based"));

  const auto body = pages.get("/bodies/worcestershire-county-csp?" + day);
  CHECK(body.status == 200);
  CHECK(has(body, "South Worcestershire Community Safety Partnership merged into"));
  CHECK(has(body, "under proposal 1"));
  CHECK(has(body, "href=\"/bodies?as-at=2014-05-01\">Leave it"));
  CHECK(has(body, "/areas/E22000368?as-at=2014-05-01"));
  CHECK(pages.get("/bodies/worcestershire-county-csp?as-at=2014-05-01").status == 404);
  CHECK(has(pages.get("/bodies/duties?area=E23000016&" + day), "County-based"));
  for (const char* path :
       {"/bodies/duties?area=E23000016", "/bodies/calendar?area=E23000016", "/bodies/overlap?area=E23000016",
        "/bodies/difference?area=E23000016", "/bodies/papers/worcestershire-2011?", "/bodies/leeds-csp?",
        "/bodies/leeds-csp/history?", "/bodies/changes?", "/bodies/changes/1?", "/bodies/records/1?"}) {
    const auto page = pages.get(std::string(path) + "&" + day);
    CAPTURE(path);
    CHECK(page.status == 200);
    CHECK(has(page, "under proposal 1"));
    CHECK(has(page, "You are looking at 1 May 2014"));
  }
}

TEST_CASE("one control of the day, on every page of the register, and links that keep the day") {
  Pages pages;
  pages.sign_in(Role::county_strategy_officer);
  for (const char* path :
       {"/bodies?area=E23000016", "/bodies/redditch-csp?", "/bodies/redditch-csp/history?",
        "/bodies/duties?area=E23000016", "/bodies/calendar?area=E23000016", "/bodies/overlap?area=E23000009",
        "/bodies/difference?area=E23000016", "/bodies/papers/worcestershire-2011?", "/bodies/changes?",
        "/bodies/changes/1?", "/bodies/records/1?", "/bodies/proposals?", "/bodies/proposals/1?", "/areas?",
        "/areas/E23000016?", "/areas/successions?"}) {
    const auto page = pages.get(std::string(path) + "&as-at=2012-01-01");
    CAPTURE(path);
    CHECK(page.status == 200);
    CHECK(has(page, "name=\"as-at\" type=\"date\" value=\"2012-01-01\""));
    CHECK(has(page, "You are looking at 1 January 2012"));
    CHECK(page.body.find("id=\"as-at\"") == page.body.rfind("id=\"as-at\""));
    CHECK(pages.get(std::string(path) + "&as-at=2012-13-01").status == 400);
  }
  // Filters of the address stay when the day changes; the number of the page does not.
  const auto list = pages.get("/bodies?area=E23000016&kind=csp&page=2&as-at=2012-01-01");
  CHECK(has(list, "type=\"hidden\" name=\"kind\" value=\"csp\""));
  CHECK_FALSE(has(list, "type=\"hidden\" name=\"page\""));

  // The list of changes goes by the day on which they were made.
  const auto early = pages.get("/bodies/changes?as-at=2012-01-01");
  CHECK(has(early, "Nothing had been entered by then."));
  CHECK(has(pages.get("/bodies/changes?as-at=2026-11-22"), "Imported reference.csv"));
  // A paper of a later day, and how a fact stood.
  const auto paper = pages.get("/bodies/papers/worcestershire-2011?as-at=2010-01-01");
  CHECK(has(paper, "this paper was not written yet"));
  CHECK(has(pages.get("/bodies/papers/worcestershire-2011?as-at=2013-01-01"), "On 1 January 2013: over."));
  CHECK(has(pages.get("/bodies/redditch-csp/history?as-at=2013-01-01"), "On 1 January 2013"));
  // The calendar is of the year that holds the day, unless the address names another.
  CHECK(has(pages.get("/bodies/calendar?area=E23000010&as-at=2018-12-01"), "26 October 2018"));
  CHECK(has(pages.get("/bodies/calendar?area=E23000010&as-at=2012-01-01&year=2018"), "26 October 2018"));
  // Two days compared: the later one is the day.
  CHECK(has(pages.get("/bodies/difference?area=E23000016&as-at=2012-12-01"),
            "became North Worcestershire Community Safety Partnership"));
}

TEST_CASE("a proposal is made, filled by the forms of the register, worded, and enacted") {
  Pages pages;
  pages.sign_in(Role::panel_member);
  CHECK(pages.get("/bodies/proposals/new").status == 403);
  CHECK(pages.get("/bodies/proposals/1").status == 200);
  CHECK_FALSE(has(pages.get("/bodies/proposals/1"), "Take out"));
  pages.sign_in(Role::county_strategy_officer);
  const std::string token = token_of(pages.get("/bodies/proposals/new"));
  CHECK(pages.ask("POST", "/bodies/proposals", "title=x&reason=y").status == 403);  // without the token
  const auto empty = pages.ask("POST", "/bodies/proposals", token + "title=&reason=Kept");
  CHECK(empty.status == 400);
  CHECK(has(empty, "Give the proposal a title"));
  CHECK(has(empty, "Kept"));
  const auto made = pages.ask("POST", "/bodies/proposals", token + "title=Safer%20%3CLeeds%3E&reason=Paper%207");
  REQUIRE(made.status == 303);
  CHECK(has(pages.get("/bodies/proposals/3"), "<h1 class=\"govuk-heading-l\">Safer &lt;Leeds&gt;"));
  CHECK(has(pages.get("/bodies/proposals"), "Safer &lt;Leeds&gt;"));

  // By the form of the register, under the proposal.
  const auto name = pages.service->known()->find("leeds-csp")->of(FactKind::name).front();
  const auto form = pages.get("/bodies/change?record=" + std::to_string(name->record) + "&proposal=3");
  CHECK(has(form, "becomes a part of proposal 3"));
  const std::string entered =
      token + "fact=name&action=replace&record=" + std::to_string(name->record) +
      "&seen-id=" + std::to_string(name->id) +
      "&body=leeds-csp&value=Safer%20Leeds&reason=Minute&effective=2019-01-01&proposal-version=1&";
  const auto check = pages.shown(pages.ask("POST", "/bodies/change?proposal=3", entered + "step=check"));
  CHECK(check.status == 200);
  CHECK(has(check, "Add to the proposal"));
  CHECK(pages.ask("POST", "/bodies/change?proposal=3", entered + "step=save").status == 303);
  CHECK_FALSE(has(pages.get("/bodies/leeds-csp"), "Safer Leeds"));
  CHECK(has(pages.get("/bodies/leeds-csp?proposal=3"), "<h1 class=\"govuk-heading-l\">Safer Leeds"));
  const auto page = pages.get("/bodies/proposals/3?as-at=2020-01-01");
  CHECK(has(page, "Fits"));
  CHECK(has(page, "What it comes to on 1 January 2020"));
  CHECK(has(page, "Goes with the edit above"));

  // From a form that was opened before: nothing is lost, and nothing is added.
  const auto stale = pages.ask("POST", "/bodies/change?proposal=3",
                               token +
                                   "fact=meeting&action=add&record=0&seen-id=0&body=leeds-csp&from=2019-05-01&reason="
                                   "Diary&proposal-version=1&step=save");
  CHECK(stale.status == 409);
  CHECK(has(stale, "has been changed by somebody else meanwhile"));
  CHECK(has(stale, "Diary"));
  CHECK(has(stale, "name=\"proposal-version\" value=\"2\""));
  CHECK_FALSE(has(pages.get("/bodies/leeds-csp?proposal=3"), "1 May 2019"));
  const auto words = pages.ask("POST", "/bodies/proposals/3/words", token + "version=1&title=Mine&reason=Mine");
  CHECK(words.status == 409);
  CHECK(has(words, "Your version, not entered"));
  CHECK(has(pages.get("/bodies/proposals/3/words"), "Your version, not entered"));  // its draft, until it is entered
  CHECK(pages.ask("POST", "/bodies/proposals/3/words", token + version_of(pages, 3) + "title=Leeds&reason=Paper%208")
            .status == 303);

  // The register moves: the page says which edit does not fit any more and why; it is put on what is there now.
  const std::string there = token + "fact=name&action=replace&record=" + std::to_string(name->record) +
                            "&seen-id=" + std::to_string(name->id) +
                            "&body=leeds-csp&value=Leeds%20Together&reason=Minute&step=save";
  REQUIRE(pages.ask("POST", "/bodies/change", there).status == 303);
  const auto moved = pages.get("/bodies/proposals/3");
  CHECK(has(moved, "Does not fit any more"));
  CHECK(has(moved, "Leeds Together"));
  CHECK_FALSE(has(moved, "/bodies/proposals/3/enact"));
  const auto not_yet = pages.get("/bodies/proposals/3/enact");
  CHECK(has(not_yet, "It cannot be done yet"));
  CHECK(has(not_yet, "does not fit"));
  CHECK_FALSE(has(not_yet, "name=\"reason\""));
  CHECK(has(pages.get("/bodies/leeds-csp?proposal=3"), "of it cannot be shown"));
  const auto refused = pages.ask(
      "POST", "/bodies/proposals/3/enact",
      token + version_of(pages, 3) + "register=" + std::to_string(pages.service->known()->version) + "&reason=Minute");
  CHECK(refused.status == 400);  // as whatever stands in the way of a move
  CHECK(has(refused, "does not fit"));
  const auto one =
      pages.service->under(Actor::command_line(pages.wiring.permissions), 3).value()->proposal.edits.front();
  CHECK(pages.ask("POST", "/bodies/proposals/3/put", token + version_of(pages, 3) + "edit=" + std::to_string(one.id))
            .status == 303);

  const auto last = pages.get("/bodies/proposals/3/enact");
  CHECK(last.status == 200);
  CHECK(has(last, "Facts that would come and go"));
  const std::string enact =
      token + version_of(pages, 3) + "register=" + std::to_string(pages.service->known()->version) + "&";
  CHECK(has(pages.ask("POST", "/bodies/proposals/3/enact", enact + "reason="), "Give a reason"));
  CHECK(pages.ask("POST", "/bodies/proposals/3/enact", enact + "reason=Minute%209").status == 303);
  CHECK(has(pages.get("/bodies/leeds-csp"), "<h1 class=\"govuk-heading-l\">Safer Leeds"));
  CHECK(has(pages.get("/bodies/changes/" + std::to_string(pages.service->known()->version)), "It enacted proposal 3"));
  CHECK(has(pages.get("/bodies/proposals/3"), "Enacted on 22 November 2026"));
  CHECK(has(pages.get("/bodies/leeds-csp?proposal=3"), "was enacted and is in it"));
  CHECK(pages.ask("POST", "/bodies/proposals/2/withdraw", token + version_of(pages, 2) + "reason=No").status == 303);
  CHECK(has(pages.get("/bodies/proposals?state=withdrawn"), "one strategic board"));
}

TEST_CASE("a role for another area can read a proposal, and neither add to it nor enact it") {
  Pages pages;
  pages.sign_in(Role::county_strategy_officer);
  const std::string token = token_of(pages.get("/bodies/proposals/new"));
  const std::string register_version = "register=" + std::to_string(pages.service->known()->version) + "&";
  pages.sign_in(Role::partnership_manager, "E23000010");  // West Yorkshire's
  CHECK(pages.get("/bodies/proposals/1").status == 200);
  CHECK(pages.ask("POST", "/bodies/proposals/1/enact", token + version_of(pages, 1) + register_version + "reason=Why")
            .status == 403);
  CHECK(pages.ask("POST", "/bodies/proposals/1/withdraw", token + version_of(pages, 1) + "reason=Why").status == 403);
  CHECK(pages.ask("POST", "/bodies/proposals/1/take-out", token + version_of(pages, 1) + "edits=1").status == 403);
  CHECK(pages
            .ask("POST", "/bodies/change?proposal=1",
                 token + "fact=meeting&action=add&record=0&seen-id=0&body=south-worcestershire-csp&from=2015-01-01&"
                         "reason=Why&proposal-version=4&step=save")
            .status == 403);
  pages.sign_in(Role::partnership_manager, "E23000016");  // West Mercia's
  // A merger that nobody decided stays a proposal.
  const auto asked = pages.get("/bodies/proposals/1/enact");
  CHECK(has(asked, "By what it was decided"));
  const auto nothing =
      pages.ask("POST", "/bodies/proposals/1/enact", token + version_of(pages, 1) + register_version + "reason=Why");
  CHECK(nothing.status == 400);
  CHECK(has(nothing, "records what was decided elsewhere"));
  CHECK(has(nothing, "href=\"#seen\""));
  CHECK(pages
            .ask("POST", "/bodies/proposals/1/enact",
                 token + version_of(pages, 1) + register_version +
                     "reason=Why&state=order&value=2014%2F77&seen=2014-03-01")
            .status == 303);
  CHECK(has(pages.get("/bodies/worcestershire-county-csp"), "By order: 2014/77, 1 March 2014."));
}

TEST_CASE("taking an edit out of a proposal asks first, and what was taken out can be put back") {
  Pages pages;
  pages.sign_in(Role::county_strategy_officer);
  const auto whole = pages.get("/bodies/proposals/1");
  REQUIRE(has(whole, "/bodies/proposals/1/take-out?edits="));
  CHECK_FALSE(has(whole, "Edits that were taken out"));
  const auto edits = [&] {
    return pages.service->under(Actor::command_line(pages.wiring.permissions), 1).value()->proposal.edits;
  };
  const auto before = edits();
  const std::string step = std::to_string(before.front().step);
  const auto asked = pages.get("/bodies/proposals/1/take-out?edits=" + step);
  CHECK(asked.status == 200);
  CHECK(has(asked, "It can be put back from the page of the proposal"));
  CHECK(has(asked, "name=\"edits\" value=\"" + step + "\""));
  CHECK(edits().size() == before.size());  // asked, and nothing done
  CHECK(pages.get("/bodies/proposals/1/take-out?edits=999").status == 409);

  const std::string token = pages.token({});
  REQUIRE(pages.ask("POST", "/bodies/proposals/1/take-out", token + version_of(pages, 1) + "edits=" + step).status ==
          303);
  CHECK(edits().size() < before.size());
  const auto without = pages.get("/bodies/proposals/1");
  CHECK(has(without, "Edits that were taken out"));
  CHECK(has(without, "account:7"));
  // From a page that was opened before, it is refused.
  CHECK(pages.ask("POST", "/bodies/proposals/1/put-back", token + "version=1&edits=" + step).status == 409);
  REQUIRE(pages.ask("POST", "/bodies/proposals/1/put-back", token + version_of(pages, 1) + "edits=" + step).status ==
          303);
  const auto after = edits();
  REQUIRE(after.size() == before.size());
  for (std::size_t i = 0; i < after.size(); ++i) CHECK(after[i].id == before[i].id);  // in their old places
  CHECK(pages.ask("POST", "/bodies/proposals/1/put-back", token + version_of(pages, 1) + "edits=" + step).status ==
        404);
}

TEST_CASE("proposals and changes are lists: chosen by state, in pages, with the files of what is shown") {
  Pages pages;
  pages.sign_in(Role::county_strategy_officer);
  const auto all = pages.get("/bodies/proposals");
  CHECK(has(all, "name=\"state\""));
  const auto none = pages.get("/bodies/proposals?state=enacted");
  CHECK(has(none, "There is no such proposal."));
  CHECK(has(none, "Show all"));
  for (int i = 0; i < 52; ++i)
    REQUIRE(pages.post("/bodies/proposals", {{"title", "One " + std::to_string(i)}, {"reason", "A paper"}}).status ==
            303);
  const auto first = pages.get("/bodies/proposals?state=open");
  CHECK(test::reads(first, "page 1 of 2"));
  CHECK(test::reads(pages.get("/bodies/proposals?state=open&page=2"), "page 2 of 2"));
  // The file is of all that was chosen, not of the page.
  exports::PageTables tables("/bodies/proposals", "state=open&table=proposals&format=csv");
  CHECK(has(pages.get("/bodies/proposals?state=open&table=proposals&format=csv"), "format=csv"));
  REQUIRE(tables.wanted());
  CHECK(static_cast<std::int64_t>(tables.wanted()->rows.size()) == pages.service->count_proposals("open"));
  CHECK(tables.wanted()->rows.size() > 50);
}
