#include "web/site_map.h"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace tithing;
using namespace tithing::web;

namespace {

SiteMap filled() {
  SiteMap map;
  map.address("area", "/areas/{}");
  map.address("area.crime", "/areas/{}/crime?type=crime");
  map.address("bodies.of_area", "/bodies?area={}");
  map.address("areas", "/areas");
  map.address("secret", "/secret/{}");
  map.line(Home::area, {.place = 20, .text = "Register", .address = "area"});
  map.line(Home::area, {.place = 50, .text = "Bodies", .address = "bodies.of_area", .keeps_day = false});
  map.line(Home::area, {.place = 10, .text = "Crime", .address = "area.crime"});
  map.line(Home::area, {.place = 60, .text = "Secret", .address = "secret", .permission = Permission{"x", "X"}});
  map.line(Home::site, {.place = 10, .text = "Areas", .address = "areas"});
  return map;
}

}  // namespace

TEST_CASE("an address is asked for by its name, with its parts and a query") {
  const SiteMap map = filled();
  CHECK(map.at("areas").text() == "/areas");
  CHECK(map.at("area", {"E 1/2"}).text() == "/areas/E%201%2F2");
  CHECK(map.at("area.crime", {"{}"}).text() == "/areas/%7B%7D/crime?type=crime");
  CHECK(map.at("area.crime", {"E1"}, {{"type", "burglary"}, {"as-at", ""}, {"from", "2022-01"}}).text() ==
        "/areas/E1/crime?type=burglary&from=2022-01");
  CHECK(map.at("bodies.of_area", {"a&b"}, {{"sort", "name"}}).text() == "/bodies?area=a%26b&sort=name");
  CHECK(map.has("area"));
  CHECK_FALSE(map.has("are"));
  CHECK_THROWS_AS(map.at("nothing"), std::logic_error);
  CHECK_THROWS_AS(map.at("area"), std::logic_error);
  CHECK_THROWS_AS(map.at("areas", {"E1"}), std::logic_error);
  SiteMap twice = filled();
  CHECK_THROWS_AS(twice.address("area", "/elsewhere"), std::logic_error);
}

TEST_CASE("lines stand in their place, for those who may, and carry the day where it means something") {
  const SiteMap map = filled();
  Context context;
  context.query = {{"as-at", "2012-01-01"}, {"sort", "name"}};
  const auto items = map.lines(Home::area, context, "E1", "area");
  REQUIRE(items.size() == 3);
  CHECK(items[0].text.text() == "Crime");
  CHECK(items[0].url.text() == "/areas/E1/crime?type=crime&as-at=2012-01-01");
  CHECK_FALSE(items[0].current);
  CHECK(items[1].url.text() == "/areas/E1?as-at=2012-01-01");
  CHECK(items[1].current);
  CHECK(items[2].url.text() == "/bodies?area=E1");
  CHECK(map.lines(Home::site, context, "", "").at(0).url.text() == "/areas");
  CHECK(map.lines(Home::body, context, "b", "").empty());
}

TEST_CASE("panels of a home stand in their place, and are told whose they are") {
  SiteMap map;
  const auto panel = [](const std::string& name) {
    return [name](const Context&, const std::string& code, Date as_at) {
      html::Writer writer;
      writer.text(name + " of " + code + " on " + as_at.iso() + ". ");
      return writer.take();
    };
  };
  map.panel(Home::body, {20, panel("Second")});
  map.panel(Home::body, {10, panel("First")});
  map.panel(Home::area, {10, panel("Another")});
  CHECK(map.panels(Home::body, Context(), "b", Date::from_ymd(2012, 1, 1)).text() ==
        "First of b on 2012-01-01. Second of b on 2012-01-01. ");
}
