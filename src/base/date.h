// Calendar values without a clock: Date (a day), Month, Period (whole months), FinancialYear.
// All are small values, cheap to copy, ordered, proleptic Gregorian. Today's date is always an argument.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace tithing {

class Date {
 public:
  constexpr Date() = default;  // 1 January 1970
  static constexpr Date from_days(std::int32_t days_since_1970) { return Date(days_since_1970); }
  static Date from_ymd(int year, int month, int day);  // precondition: a date that exists
  static bool exists(int year, int month, int day);
  static Result<Date> parse(std::string_view iso);  // "2012-04-01"

  constexpr std::int32_t days() const { return days_; }
  int year() const;
  int month() const;    // 1..12
  int day() const;      // 1..31
  int weekday() const;  // 1 = Monday .. 7 = Sunday (ISO 8601)
  constexpr Date plus_days(int n) const { return Date(days_ + n); }
  std::string iso() const;   // "2012-04-01"
  std::string text() const;  // "1 April 2012"
  friend auto operator<=>(const Date&, const Date&) = default;

 private:
  constexpr explicit Date(std::int32_t days) : days_(days) {}
  std::int32_t days_ = 0;
};

class Month {
 public:
  constexpr Month() = default;  // January 1970
  static constexpr Month from_index(std::int32_t months_since_1970) { return Month(months_since_1970); }
  static Month from_ym(int year, int month);
  static Month of(Date date);
  static Result<Month> parse(std::string_view iso);  // "2022-01"

  constexpr std::int32_t index() const { return index_; }
  int year() const;
  int month() const;  // 1..12
  int days() const;   // 28..31
  Date first_day() const;
  Date last_day() const;
  constexpr Month plus(int months) const { return Month(index_ + months); }
  std::string iso() const;         // "2022-01"
  std::string text() const;        // "January 2022"
  std::string short_text() const;  // "Jan 2022"
  friend auto operator<=>(const Month&, const Month&) = default;

 private:
  constexpr explicit Month(std::int32_t index) : index_(index) {}
  std::int32_t index_ = 0;
};

// Whole months, both ends included; never empty.
struct Period {
  Month from;
  Month to;
  static Result<Period> of(Month from, Month to);  // invalid when `to` is before `from`
  static Result<Period> parse(std::string_view from, std::string_view to);
  int months() const { return to.index() - from.index() + 1; }
  int days() const;
  bool contains(Month month) const { return from <= month && month <= to; }
  std::string text() const;  // "January to November 2022", "December 2021 to March 2022", "May 2022"
  friend auto operator<=>(const Period&, const Period&) = default;
};

// 1 April to 31 March, named by its first calendar year: 2011 is 2011/12.
struct FinancialYear {
  int start_year = 1970;
  static FinancialYear of(Date date);
  static Result<FinancialYear> parse(std::string_view text);  // "2011/12" or "2011-12"
  Date first_day() const;
  Date last_day() const;
  std::string text() const;  // "2011/12"
  friend auto operator<=>(const FinancialYear&, const FinancialYear&) = default;
};

}  // namespace tithing
