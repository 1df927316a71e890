// The ways to a decision and on from it: from pots and schemes, and by the register.
#include <doctest/doctest.h>

#include "slices/decisions/site_for_tests.h"

using namespace tithing;
using namespace tithing::decisions;

TEST_CASE("saved schemes beside each other, for who may read them in the making") {
  Pages pages;
  const std::string address = "/funding/compare?schemes=scheme-1,scheme-1&weights-2=100";
  CHECK(pages.get(address).status == 404);
  CHECK_FALSE(has(pages.get("/funding/compare"), "scheme-1"));
  pages.as(pages.posts.manager());
  CHECK(pages.get(address).status == 404);
  pages.as(pages.posts.officer());
  CHECK(has(pages.get("/funding/compare"), "value=\"scheme-1\""));
  const http::Response page = pages.get("/funding/compare?schemes=scheme-1,worcestershire-2012-13");
  CHECK(page.status == 200);
  CHECK(has(page, "/figures/scheme-allocation?area=a&amp;pot-version=1&amp;scheme=1&amp;version=1"));
  CHECK(has(page, "75.00"));
  CHECK(pages.get("/funding/compare?schemes=scheme-9").status == 404);
  CHECK(pages.get("/funding/compare?schemes=scheme-x").status == 404);
  CHECK(pages.get("/funding/compare?schemes=scheme-1&pot-1=5").status == 400);
  // It has one indicator alone: there is no weight to move.
  CHECK(pages.get(address).status == 400);
}

TEST_CASE("from a pot and a scheme one comes to the scenarios and to a decision by links, and back from it") {
  Pages pages;
  const std::string pot = "/funding/pots/1", scheme = "/funding/schemes/1", prepare = "/funding/decisions/new?scheme=";
  pages.as(pages.posts.officer());
  for (const std::string& page : {pot, scheme}) {
    CHECK(has(pages.get(page), prepare + "1\""));
    CHECK_FALSE(has(pages.get(page), "/funding/compare?"));  // one alone is beside nothing
  }
  CHECK(has(pages.get(scheme), "No decision that you may read"));
  REQUIRE(pages.post(scheme + "/copy", {{"title", "By crime again"}}).status == 303);
  CHECK(has(pages.get(pot), "/funding/compare?schemes=scheme-1%2Cscheme-2\""));
  CHECK(has(pages.get(pot), prepare + "2\""));
  CHECK(has(pages.get("/funding/schemes/2"), "/funding/compare?schemes=scheme-2%2Cscheme-1\""));
  const http::Response beside = pages.get("/funding/compare?schemes=scheme-2%2Cscheme-1");
  CHECK(beside.status == 200);
  CHECK(has(beside, "By crime again"));
  CHECK(has(pages.get(prepare + "2"), "<option value=\"2\" selected"));
  REQUIRE(pages
              .post("/funding/decisions/new",
                    {{"title", "Fund 2012/13"}, {"summary", "By recorded crime."}, {"scheme", "2"}})
              .status == 303);
  CHECK(has(pages.get("/funding/schemes/2"), "href=\"/funding/decisions/1\""));
  CHECK_FALSE(has(pages.get(scheme), "href=\"/funding/decisions/1\""));
  const http::Response decision = pages.get("/funding/decisions/1");
  CHECK(has(decision, "href=\"/funding/schemes/2?pot-version=1&amp;version=1\""));
  CHECK(has(decision, "href=\"/funding/pots/1?version=1\""));
  // One without a step is neither set beside others nor decided on.
  REQUIRE(pages.post("/funding/schemes/new?pot=1", {{"pot", "1"}, {"title", "Empty"}}).status == 303);
  REQUIRE(has(pages.get(pot), "href=\"/funding/schemes/3\""));
  CHECK_FALSE(has(pages.get(pot), prepare + "3\""));
  CHECK_FALSE(has(pages.get("/funding/schemes/3"), prepare));
  for (const Actor& reader : {pages.posts.as(5, "Auditor", {{Role::auditor, "Office", ""}}),
                              pages.posts.as(6, "Administrator", {{Role::system_administrator, "Office", ""}})}) {
    pages.as(reader);
    CHECK_FALSE(has(pages.get("/funding/schemes/2"), prepare));
    CHECK_FALSE(has(pages.get(pot), prepare));
    // Drafts of decisions are for those who prepare, decide and audit them.
    CHECK(has(pages.get("/funding/schemes/2"), "href=\"/funding/decisions/1\"") == (reader.account_id() == 5));
  }
  // Who takes part but may not read schemes in the making is not led to them.
  pages.as(pages.posts.officer());
  REQUIRE(pages.post("/funding/decisions/1/consult", {{"from", "2026-11-22"}, {"to", "2026-12-01"}}).status == 303);
  pages.as(pages.posts.manager());
  CHECK(pages.get("/funding/decisions/1").status == 200);
  CHECK_FALSE(has(pages.get("/funding/decisions/1"), "/funding/schemes/2?"));
}

TEST_CASE("the register is searched, sorted and chosen by state in its address") {
  Pages pages;
  pages.as(pages.posts.officer());
  for (const char* title : {"Beta fund", "Alpha fund"})
    REQUIRE(
        pages.post("/funding/decisions/new", {{"title", title}, {"summary", "By crime."}, {"scheme", "1"}}).status ==
        303);
  const auto first = [&](const std::string& address) {
    const std::string page = pages.get(address).body;
    const std::size_t alpha = page.find("Alpha fund"), beta = page.find("Beta fund");
    return std::pair(alpha != std::string::npos,
                     beta != std::string::npos && (alpha == std::string::npos || beta < alpha));
  };
  CHECK(first("/funding/decisions") == std::pair(true, false));  // the newest first
  CHECK(first("/funding/decisions?sort=title&order=desc") == std::pair(true, true));
  CHECK(first("/funding/decisions?search=beta") == std::pair(false, true));
  CHECK(first("/funding/decisions?state=draft&search=alpha") == std::pair(true, false));
  CHECK(first("/funding/decisions?state=agreed") == std::pair(false, false));
  // What somebody may not read is no choice of theirs.
  pages.as(std::nullopt);
  CHECK_FALSE(has(pages.get("/funding/decisions"), "value=\"draft\""));
  CHECK(has(pages.get("/funding/decisions"), "value=\"published\""));
  CHECK(first("/funding/decisions?state=draft") == std::pair(false, false));
}
