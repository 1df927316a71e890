#include "slices/assessment/domain.h"

#include <doctest/doctest.h>

using namespace tithing;
using namespace tithing::assessment;

namespace {
Period months(const char* from, const char* to) { return *Period::parse(from, to); }
}  // namespace

TEST_CASE("the last twelve months are shown, or all there are") {
  CHECK(shown_period(months("2022-01", "2022-11")) == months("2022-01", "2022-11"));
  CHECK(shown_period(months("2020-08", "2022-12")) == months("2022-01", "2022-12"));
  CHECK(shown_period(months("2022-05", "2022-05")) == months("2022-05", "2022-05"));
}

TEST_CASE("a year is compared with the year before where it is there, else a half with the half before") {
  const auto two_years = compared_periods(months("2020-08", "2022-12"), months("2022-01", "2022-12"));
  REQUIRE(two_years);
  CHECK(two_years->same_months);
  CHECK(two_years->text() == "January to December 2022 against January to December 2021");

  const auto eleven = compared_periods(months("2022-01", "2022-11"), months("2022-01", "2022-11"));
  REQUIRE(eleven);
  CHECK_FALSE(eleven->same_months);
  CHECK(eleven->text() == "July to November 2022 against February to June 2022");

  CHECK_FALSE(compared_periods(months("2022-05", "2022-05"), months("2022-05", "2022-05")));
  CHECK_FALSE(compared_periods(months("2022-01", "2022-02"), months("2023-01", "2023-02")));
}

TEST_CASE("a change is put in words with its interval, never as a bare percentage") {
  const auto higher = statistics::compare_periods({100, 150}, {160, 150});
  REQUIRE(higher);
  CHECK(in_words(*higher).starts_with("higher: between +"));
  const auto few = statistics::compare_periods({1, 150}, {2, 150});
  CHECK(in_words(*few) == "too few to say");
  const auto same = statistics::compare_periods({100, 150}, {104, 150});
  CHECK(in_words(*same).starts_with("no clear change: between -"));
}
