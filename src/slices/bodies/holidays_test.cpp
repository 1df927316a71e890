// Bank holidays as they come with the program, against the official file where it is there.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include "base/date.h"
#include "base/list_reach.h"
#include "base/text.h"
#include "support/shared_data.h"

using namespace tithing;

namespace {

const std::string kOfficial = tests::shared_data("calendar/bank-holidays-ew-2011-2028.json");

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::set<std::string> days_that_come_along() {
  std::set<std::string> days;
  for (const std::string& line : split(read_file(tests::source_dir() + "/data/workspaces/reference.csv"), '\n')) {
    if (!line.starts_with("bank-holiday,,,england-and-wales,")) continue;
    const std::vector<std::string> fields = split(line, ',');
    REQUIRE(Date::parse(fields[9]).has_value());
    CHECK_MESSAGE(days.insert(fields[9]).second, fields[9]);  // each once
  }
  return days;
}

}  // namespace

TEST_CASE("bank holidays come along from 2011 to 2028, one-off days among them") {
  const std::set<std::string> days = days_that_come_along();
  CHECK(days.size() == 149);
  // 3 January 2028 stands in for New Year's Day, a Saturday; Easter is on 16 April.
  for (const char* day :
       {"2028-01-03", "2028-04-14", "2028-04-17", "2028-05-01", "2028-05-29", "2028-08-28", "2028-12-25", "2028-12-26"})
    CHECK_MESSAGE(days.count(day) == 1, day);
  for (const char* day :
       {"2011-04-29", "2012-06-04", "2012-06-05", "2020-05-08", "2022-06-02", "2022-06-03", "2022-09-19", "2023-05-08"})
    CHECK_MESSAGE(days.count(day) == 1, day);
  CHECK(days.count("2020-05-04") == 0);  // moved to 8 May
  for (const std::string& day : days) CHECK_MESSAGE(Date::parse(day)->weekday() <= 5, day);
}

TEST_CASE("bank holidays are those of the official file, day for day" * doctest::skip(kOfficial.empty())) {
  std::set<std::string> official;
  const std::string text = read_file(kOfficial);
  for (std::size_t at = 0; (at = text.find("\"date\": \"", at)) != std::string::npos; ++at)
    official.insert(text.substr(at + 9, 10));
  CHECK(official.size() == 149);
  CHECK(days_that_come_along() == official);
}

TEST_CASE("a list says how far it reaches, and nothing of what lies beyond") {
  const ListReach list{"the list of bank holidays", Date::from_ymd(2011, 1, 1), Date::from_ymd(2028, 12, 31)};
  CHECK(list.covers(Date::from_ymd(2011, 1, 1)));
  CHECK(list.covers(Date::from_ymd(2028, 12, 31)));
  CHECK_FALSE(list.silent_on(Date::from_ymd(2020, 5, 8)));
  CHECK(
      list.silent_on(Date::from_ymd(2029, 1, 2)) ==
      "The list of bank holidays reaches from 1 January 2011 to 31 December 2028: of 2 January 2029 it says nothing.");
  CHECK(list.silent_on(Date::from_ymd(2010, 12, 31)).has_value());
}
