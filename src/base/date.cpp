#include "base/date.h"

#include <array>
#include <cstdio>

namespace tithing {
namespace {

struct Civil {
  int year;
  int month;
  int day;
};

// Days from civil and back: the era-based arithmetic of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
std::int32_t to_days(int year, int month, int day) {
  const int y = month <= 2 ? year - 1 : year;
  const int era = (y >= 0 ? y : y - 399) / 400;
  const int year_of_era = y - era * 400;
  const int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

Civil to_civil(std::int32_t days) {
  const int shifted = days + 719468;
  const int era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  const int day_of_era = shifted - era * 146097;
  const int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int shifted_month = (5 * day_of_year + 2) / 153;
  const int day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
  const int month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

constexpr std::array<const char*, 12> kMonthNames = {"January",   "February", "March",    "April",
                                                     "May",       "June",     "July",     "August",
                                                     "September", "October",  "November", "December"};

int days_in_month(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

// Reads exactly `length` digits at `at`; -1 when they are not all digits.
int digits(std::string_view text, std::size_t at, std::size_t length) {
  if (at + length > text.size()) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + length; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

int floor_div(int a, int b) { return a >= 0 ? a / b : -((-a + b - 1) / b); }

}  // namespace

Date Date::from_ymd(int year, int month, int day) { return Date(to_days(year, month, day)); }

bool Date::exists(int year, int month, int day) {
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= days_in_month(year, month);
}

Result<Date> Date::parse(std::string_view iso) {
  const int year = digits(iso, 0, 4), month = digits(iso, 5, 2), day = digits(iso, 8, 2);
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-' || year < 0 || month < 0 || day < 0 ||
      !exists(year, month, day))
    return invalid("Write the date as year, month and day, for example 2012-04-01.");
  return from_ymd(year, month, day);
}

int Date::year() const { return to_civil(days_).year; }
int Date::month() const { return to_civil(days_).month; }
int Date::day() const { return to_civil(days_).day; }
int Date::weekday() const {
  const int remainder = (days_ + 3) % 7;  // 1 January 1970 was a Thursday
  return (remainder < 0 ? remainder + 7 : remainder) + 1;
}

std::string Date::iso() const {
  const Civil civil = to_civil(days_);
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
  return buffer;
}

std::string Date::text() const {
  const Civil civil = to_civil(days_);
  return std::to_string(civil.day) + " " + kMonthNames[static_cast<std::size_t>(civil.month - 1)] + " " +
         std::to_string(civil.year);
}

Month Month::from_ym(int year, int month) { return Month((year - 1970) * 12 + month - 1); }
Month Month::of(Date date) {
  const Civil civil = to_civil(date.days());
  return from_ym(civil.year, civil.month);
}

Result<Month> Month::parse(std::string_view iso) {
  const int year = digits(iso, 0, 4), month = digits(iso, 5, 2);
  if (iso.size() != 7 || iso[4] != '-' || year < 1 || month < 1 || month > 12)
    return invalid("Write the month as year and month, for example 2022-01.");
  return from_ym(year, month);
}

int Month::year() const { return 1970 + floor_div(index_, 12); }
int Month::month() const { return index_ - floor_div(index_, 12) * 12 + 1; }
int Month::days() const { return days_in_month(year(), month()); }
Date Month::first_day() const { return Date::from_ymd(year(), month(), 1); }
Date Month::last_day() const { return Date::from_ymd(year(), month(), days()); }

std::string Month::iso() const {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%04d-%02d", year(), month());
  return buffer;
}
std::string Month::text() const {
  return std::string(kMonthNames[static_cast<std::size_t>(month() - 1)]) + " " + std::to_string(year());
}
std::string Month::short_text() const {
  return std::string(kMonthNames[static_cast<std::size_t>(month() - 1)]).substr(0, 3) + " " + std::to_string(year());
}

Result<Period> Period::of(Month from, Month to) {
  if (to < from) return invalid("The last month must not be before the first month.");
  return Period{from, to};
}

Result<Period> Period::parse(std::string_view from, std::string_view to) {
  const auto first = Month::parse(from);
  if (!first) return invalid(first.error().message, {{"from", first.error().message}});
  const auto last = Month::parse(to);
  if (!last) return invalid(last.error().message, {{"to", last.error().message}});
  return of(*first, *last);
}

int Period::days() const { return to.last_day().days() - from.first_day().days() + 1; }

std::string Period::text() const {
  if (from == to) return from.text();
  if (from.year() == to.year()) {
    const std::string first = from.text();
    return first.substr(0, first.size() - 5) + " to " + to.text();
  }
  return from.text() + " to " + to.text();
}

FinancialYear FinancialYear::of(Date date) { return {date.month() >= 4 ? date.year() : date.year() - 1}; }

Result<FinancialYear> FinancialYear::parse(std::string_view text) {
  const int year = digits(text, 0, 4), next = digits(text, 5, 2);
  if (text.size() != 7 || (text[4] != '/' && text[4] != '-') || year < 0 || next != (year + 1) % 100)
    return invalid("Write the financial year as 2011/12.");
  return FinancialYear{year};
}
Date FinancialYear::first_day() const { return Date::from_ymd(start_year, 4, 1); }
Date FinancialYear::last_day() const { return Date::from_ymd(start_year + 1, 3, 31); }
std::string FinancialYear::text() const {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%04d/%02d", start_year, (start_year + 1) % 100);
  return buffer;
}

}  // namespace tithing
