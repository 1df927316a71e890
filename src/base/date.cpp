#include "base/date.h"

#include <array>
#include <chrono>
#include <cstdio>

#include "base/translation.h"

namespace tithing {
namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::month;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month;
using std::chrono::year_month_day;

std::int32_t to_days(year_month_day date) { return sys_days(date).time_since_epoch().count(); }
year_month_day calendar(std::int32_t since_1970) { return sys_days(days(since_1970)); }
year_month_day calendar(int y, int m, int d) {
  return year(y) / month(static_cast<unsigned>(m)) / day(static_cast<unsigned>(d));
}
year_month calendar(Month of) { return year(1970) / month(1) + months(of.index()); }
int number(month of) { return static_cast<int>(static_cast<unsigned>(of)); }

constexpr std::array<const char*, 12> kMonthNames = {"January",   "February", "March",    "April",
                                                     "May",       "June",     "July",     "August",
                                                     "September", "October",  "November", "December"};

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

}  // namespace

Date Date::from_ymd(int year, int month, int day) { return Date(to_days(calendar(year, month, day))); }

bool Date::exists(int year, int month, int day) {
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= 31 &&
         calendar(year, month, day).ok();
}

Result<Date> Date::parse(std::string_view iso) {
  const int year = digits(iso, 0, 4), month = digits(iso, 5, 2), day = digits(iso, 8, 2);
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-' || year < 0 || month < 0 || day < 0 ||
      !exists(year, month, day))
    return invalid(tr("Write the date as year, month and day, for example 2012-04-01."));
  return from_ymd(year, month, day);
}

int Date::year() const { return static_cast<int>(calendar(days_).year()); }
int Date::month() const { return number(calendar(days_).month()); }
int Date::day() const { return static_cast<int>(static_cast<unsigned>(calendar(days_).day())); }
int Date::weekday() const {
  return static_cast<int>(std::chrono::weekday(sys_days(std::chrono::days(days_))).iso_encoding());
}

std::string Date::iso() const {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", year(), month(), day());
  return buffer;
}

std::string Date::text() const {
  return std::to_string(day()) + " " + kMonthNames[static_cast<std::size_t>(month() - 1)] + " " +
         std::to_string(year());
}

Month Month::from_ym(int year, int month) { return Month((year - 1970) * 12 + month - 1); }
Month Month::of(Date date) { return from_ym(date.year(), date.month()); }

Result<Month> Month::parse(std::string_view iso) {
  const int year = digits(iso, 0, 4), month = digits(iso, 5, 2);
  if (iso.size() != 7 || iso[4] != '-' || year < 1 || month < 1 || month > 12)
    return invalid(tr("Write the month as year and month, for example 2022-01."));
  return from_ym(year, month);
}

int Month::year() const { return static_cast<int>(calendar(*this).year()); }
int Month::month() const { return number(calendar(*this).month()); }
int Month::days() const { return last_day().day(); }
Date Month::first_day() const { return Date::from_ymd(year(), month(), 1); }
Date Month::last_day() const { return Date::from_days(to_days(calendar(*this) / std::chrono::last)); }

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
  if (to < from) return invalid(tr("The last month must not be before the first month."));
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
    return invalid(tr("Write the financial year as 2011/12."));
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
