#include "http/held_bodies.h"

#include <doctest/doctest.h>

#include <vector>

using tithing::http::HeldBodies;

TEST_CASE("a client has so many bodies on their way, and gets a place back with each that goes") {
  HeldBodies all({.bodies = 2, .large = 1, .bytes = 100});
  std::vector<HeldBodies::Place> places;
  places.push_back(*all.begin("a"));
  places.push_back(*all.begin("a"));
  CHECK_FALSE(all.begin("a"));
  CHECK(all.begin("b"));
  CHECK(all.clients() == 1);  // of b nothing is left
  places.pop_back();
  CHECK(all.begin("a"));
  places.clear();
  CHECK(all.clients() == 0);
}

TEST_CASE("what has come of them is counted together; a large one counts as a large one") {
  HeldBodies all({.bodies = 9, .large = 1, .bytes = 100});
  std::optional<HeldBodies::Place> one = all.begin("a");
  std::optional<HeldBodies::Place> two = all.begin("a");
  CHECK(one->add(60));
  CHECK(two->add(40));
  CHECK_FALSE(two->add(1));
  two.reset();
  CHECK(one->add(40));
  CHECK(one->is_large());
  CHECK(one->add(1'000'000));
  std::optional<HeldBodies::Place> three = all.begin("a");
  CHECK(three->add(100));
  CHECK_FALSE(three->is_large());
  one.reset();
  CHECK(three->is_large());
  three.reset();
  CHECK(all.clients() == 0);
}
