#include "base/long_work.h"

#include <doctest/doctest.h>

#include <thread>

using namespace tithing;

TEST_CASE("a thread that answers pages does no long work, every other one does") {
  CHECK_NOTHROW(long_work("A scan"));
  {
    const AtWork page(Place::page);
    std::string what;
    try {
      long_work("A scan");
    } catch (const QueueNeeded& needed) {
      what = needed.what;
    }
    CHECK(what == "A scan");
    CHECK_NOTHROW(check_stop());
    {
      const AtWork queue(Place::queue);
      CHECK_NOTHROW(long_work("A scan"));
    }
    CHECK_THROWS_AS(long_work("A scan"), QueueNeeded);  // what it was for before counts again
    std::thread([] { CHECK(place_of_work() == Place::anywhere); }).join();
  }
  CHECK(place_of_work() == Place::anywhere);
}

TEST_CASE("work ends at its next check once somebody has it stopped, and says how far it is") {
  const auto effort = std::make_shared<Effort>();
  const AtWork here(Place::queue, effort);
  CHECK_NOTHROW(check_stop());
  report_work(3, 10, "Simulating");
  CHECK(effort->progress().done == 3);
  CHECK(effort->progress().of == 10);
  CHECK(effort->progress().doing == "Simulating");
  std::thread([&] { effort->stop(); }).join();
  CHECK_THROWS_AS(check_stop(), Stopped);
  CHECK_THROWS_AS(long_work("A scan"), Stopped);
  const AtWork other(Place::queue, std::make_shared<Effort>());
  CHECK_NOTHROW(check_stop());
}
