#include "base/date.h"

#include <doctest/doctest.h>

using namespace tithing;

TEST_CASE("a date survives the round trip through its text for every day of four centuries") {
  const Date first = Date::from_ymd(1800, 1, 1);
  const Date last = Date::from_ymd(2199, 12, 31);
  int days = 0;
  for (Date date = first; date <= last; date = date.plus_days(1)) {
    const auto again = Date::parse(date.iso());
    REQUIRE(again);
    REQUIRE(*again == date);
    ++days;
  }
  CHECK(days == 146097);
}

TEST_CASE("days that do not exist are refused with a sentence") {
  CHECK_FALSE(Date::parse("2022-02-29"));
  CHECK_FALSE(Date::parse("2022-13-01"));
  CHECK_FALSE(Date::exists(2022, 257, 1));  // 257 is 1 in eight bits
  CHECK_FALSE(Date::exists(2022, 1, 257));
  CHECK_FALSE(Date::exists(1900, 2, 29));
  CHECK_FALSE(Date::parse("2022-1-01"));
  CHECK_FALSE(Date::parse(""));
  CHECK_FALSE(Date::parse("2022-01-01T00:00"));
  CHECK(Date::parse("x").error().message == "Write the date as year, month and day, for example 2012-04-01.");
}

TEST_CASE("weekdays and words") {
  CHECK(Date::from_ymd(2012, 11, 15).weekday() == 4);  // the first election of commissioners was on a Thursday
  CHECK(Date::from_ymd(1969, 12, 31).weekday() == 3);
  CHECK(Date::from_ymd(2012, 4, 1).text() == "1 April 2012");
}

TEST_CASE("months") {
  CHECK(Month::parse("2022-11")->text() == "November 2022");
  CHECK(Month::from_ym(2021, 12).plus(2) == Month::from_ym(2022, 2));
  CHECK(Month::from_ym(2020, 2).days() == 29);
  CHECK(Month::from_ym(1969, 12).index() == -1);
  CHECK(Month::from_ym(1969, 12).iso() == "1969-12");
  CHECK_FALSE(Month::parse("2022-00"));
  CHECK_FALSE(Month::parse("2022"));
  CHECK(Month::of(Date::from_ymd(2022, 11, 30)) == Month::from_ym(2022, 11));
}

TEST_CASE("periods") {
  CHECK(Period::parse("2022-01", "2022-11")->text() == "January to November 2022");
  CHECK(Period::parse("2021-12", "2022-03")->text() == "December 2021 to March 2022");
  CHECK(Period::parse("2022-05", "2022-05")->text() == "May 2022");
  CHECK(Period::parse("2022-01", "2022-11")->months() == 11);
  CHECK(Period::parse("2022-01", "2022-11")->days() == 334);
  CHECK_FALSE(Period::parse("2022-02", "2022-01"));
}

TEST_CASE("financial years") {
  CHECK(FinancialYear::parse("2011/12")->first_day() == Date::from_ymd(2011, 4, 1));
  CHECK(FinancialYear::of(Date::from_ymd(2012, 3, 31)).text() == "2011/12");
  CHECK(FinancialYear::of(Date::from_ymd(2012, 4, 1)).text() == "2012/13");
  CHECK(FinancialYear{1999}.text() == "1999/00");
  CHECK_FALSE(FinancialYear::parse("2011/13"));
}
