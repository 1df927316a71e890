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

TEST_CASE("a change is put in words with its interval, never as a bare percentage, and of other months is no verdict") {
  const auto higher = statistics::compare_periods({100, 150}, {160, 150});
  REQUIRE(higher);
  CHECK(in_words(*higher, true).starts_with("higher: between +"));
  CHECK(in_words(*higher, false).starts_with("no verdict, these are other months of the year: between +"));
  const auto lower = statistics::compare_periods({160, 150}, {100, 150});
  CHECK(in_words(*lower, true).starts_with("lower: between -"));
  CHECK(in_words(*lower, false).find("lower") == std::string::npos);
  const auto few = statistics::compare_periods({1, 150}, {2, 150});
  CHECK(in_words(*few, true) == "too few to say");
  CHECK(in_words(*few, false) == "too few to say");
  const auto same = statistics::compare_periods({100, 150}, {104, 150});
  CHECK(in_words(*same, true).starts_with("no clear change: between -"));
}

TEST_CASE("the season is out of the same months of other years, and of whole years") {
  CHECK(season_is_out(months("2022-01", "2022-11"), months("2021-01", "2021-11")));
  CHECK(season_is_out(months("2022-04", "2023-03"), months("2021-01", "2021-12")));
  CHECK_FALSE(season_is_out(months("2022-07", "2022-11"), months("2022-02", "2022-06")));
  CHECK_FALSE(season_is_out(months("2022-01", "2022-06"), months("2021-01", "2021-12")));
  CHECK_FALSE(season_is_out(months("2022-01", "2022-06"), months("2021-01", "2021-05")));
}

TEST_CASE("limits that were widened by the spread between areas are not called chance") {
  using statistics::FunnelBand;
  CHECK(in_words(FunnelBand::within, false, 7) == "within what chance allows");
  CHECK(in_words(FunnelBand::far_above, false, 7) == "far above");
  CHECK(in_words(FunnelBand::within, true, 7) == "within the spread between the 7 areas, which is wider than chance");
  for (const FunnelBand band :
       {FunnelBand::far_below, FunnelBand::below, FunnelBand::within, FunnelBand::above, FunnelBand::far_above}) {
    CHECK(in_words(band, true, 7).find("spread between the 7 areas") != std::string::npos);
    CHECK(in_words(band, true, 7).find("chance allows") == std::string::npos);
  }
  CHECK(in_words(FunnelBand::unknown, true, 7) == "unknown");
}
