#include <doctest/doctest.h>

#include <stdexcept>

#include "web/web.h"

using namespace tithing;
using namespace tithing::web;

namespace {

Handler nothing() {
  return [](Context&) { return Answer(); };
}

Router some_routes() {
  Router router;
  router.get("/", Access::anyone(), nothing());
  router.get("/areas", Access::anyone(), nothing());
  router.get("/areas/:code", Access::anyone(), nothing());
  router.get("/areas/new", Access::signed_in(), nothing());
  router.post("/areas/:code", Access::signed_in(), nothing());
  router.get("/areas/:code/crimes", Access::anyone(), nothing());
  router.get("/:room/list/crimes", Access::anyone(), nothing());
  router.post_upload("/evidence/import", Access::signed_in(), nothing());
  return router;
}

std::string pattern(const Router::Match& match) { return match.route == nullptr ? "none" : match.route->pattern; }

}  // namespace

TEST_CASE("a path finds its route and its parameters") {
  const Router router = some_routes();
  CHECK(pattern(router.match("GET", "/")) == "/");
  CHECK(pattern(router.match("GET", "/areas")) == "/areas");
  const Router::Match match = router.match("GET", "/areas/E22000368/crimes");
  CHECK(pattern(match) == "/areas/:code/crimes");
  CHECK(match.parameters.at("code") == "E22000368");
}

TEST_CASE("a segment that is written out wins, from the left") {
  const Router router = some_routes();
  CHECK(pattern(router.match("GET", "/areas/new")) == "/areas/new");
  CHECK(pattern(router.match("GET", "/areas/newer")) == "/areas/:code");
  CHECK(pattern(router.match("GET", "/areas/list/crimes")) == "/areas/:code/crimes");
  CHECK(pattern(router.match("GET", "/rooms/list/crimes")) == "/:room/list/crimes");
  // Only GET has "/areas/new": for POST the parameter is the one that fits.
  CHECK(pattern(router.match("POST", "/areas/new")) == "/areas/:code");
}

TEST_CASE("segments are decoded after the path is split") {
  const Router router = some_routes();
  CHECK(router.match("GET", "/areas/Bron%20Wylfa").parameters.at("code") == "Bron Wylfa");
  CHECK(router.match("GET", "/areas/a%2Fcrimes").parameters.at("code") == "a/crimes");
  CHECK(pattern(router.match("GET", "/%61reas/new")) == "/areas/new");
  CHECK(router.match("GET", "/areas/%zz").malformed);
  CHECK(router.match("GET", "/areas/%00").malformed);
  CHECK(router.match("GET", "/areas/%ff").malformed);
  CHECK(router.match("GET", "*").malformed);
}

TEST_CASE("a parameter is never empty, a dot segment or a control character") {
  const Router router = some_routes();
  for (const char* path :
       {"/areas/", "/areas//", "/areas/.", "/areas/..", "/areas/%2e%2e", "/areas/%0d%0aSet-Cookie:x", "//areas"}) {
    CAPTURE(path);
    const Router::Match match = router.match("GET", path);
    CHECK(match.route == nullptr);
    CHECK_FALSE(match.path_exists);
  }
}

TEST_CASE("HEAD is answered as GET, another method is told what is allowed") {
  const Router router = some_routes();
  CHECK(pattern(router.match("HEAD", "/areas")) == "/areas");
  const Router::Match wrong = router.match("POST", "/areas");
  CHECK(wrong.route == nullptr);
  CHECK(wrong.path_exists);
  CHECK(wrong.allowed == std::vector<std::string>{"GET", "HEAD"});
  CHECK(router.match("DELETE", "/areas/x").allowed == std::vector<std::string>{"GET", "HEAD", "POST"});
  CHECK(router.match("GET", "/nowhere").allowed.empty());
  // HEAD of what can only be posted is not a GET.
  CHECK(router.match("HEAD", "/evidence/import").route == nullptr);
}

TEST_CASE("two routes of one shape are a bug") {
  Router router = some_routes();
  CHECK_THROWS_AS(router.get("/areas/:other", Access::anyone(), nothing()), std::logic_error);
  CHECK_THROWS_AS(router.get("areas", Access::anyone(), nothing()), std::logic_error);
  CHECK_THROWS_AS(router.get("/areas/:code/", Access::anyone(), nothing()), std::logic_error);
  router.post("/areas/:other/crimes", Access::anyone(), nothing());
}
