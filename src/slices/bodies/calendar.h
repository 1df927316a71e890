// What falls due, derived from the rules of the register: each entry names its rule and the version of it.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "slices/bodies/snapshot.h"

namespace tithing::bodies {

struct Due {
  Date day;
  std::string body;  // code of the body for which it falls due
  std::string what;
  std::string rule;           // code and version: "panel-agenda, version 1"
  std::string provision;      // "SI 2012/2271, Part 2"
  std::string about;          // "Quarter from 1 April 2026 to 30 June 2026", "Meeting on 9 November 2018"
  std::string standing = {};  // empty when the body is known to be there on the day, else how it stands, in words
};

// Days that are not working days, besides Saturdays and Sundays, and the days over which their list reaches: whole
// years, from the first to the last of which it has a holiday. Outside them nobody can count working days.
struct BankHolidays {
  std::set<Date> days;
  std::optional<Date> from;  // empty: there is no list
  std::optional<Date> to;    // the first day that it does not reach
  std::set<int> missing;     // years between them of which it has no holiday
  bool reaches(Date first, Date last) const;
};
BankHolidays bank_holidays(const Register& all);

// The last day on which `count` clear working days lie between it and `event`: neither it nor the day of the event
// counts. It is itself a working day.
Date clear_working_days_before(Date event, int count, const std::set<Date>& holidays);

// For a day in a quarter (January, April, July, October begin one): its first day.
Date quarter_start(Date day);

// All that falls due from `from` until before `to` for these bodies, by day. How a rule counts (Fact::detail):
//   "quarter"               at the end of each quarter, about the quarter before it (SI 2007/1831)
//   "day MM-DD"             each year on that day
//   "clear-working-days N"  before each meeting of the body
//   "days-before N"         days before each meeting of the body; "days-before N CODE" before each meeting of the body
//   CODE "months-after-meeting N"  N months after a meeting of the body that is recorded, unless another one is
//   recorded by then;
//                           to the same day of the month, or the last day of a month that has no such day
//   "no-day"                never: a provision names a time, and no day follows from it (see rules_without_day)
// Rules hold for bodies of the kinds they name (Fact::other) that stand on the day, and of the extent, which may be
// areas ("E1;E2"). What counts working days where the list of bank holidays does not reach has no day: not_derived says
// so.
std::vector<Due> calendar(const Register& all, const std::vector<std::string>& bodies, Date from, Date to);

// What could not be derived because no meeting is recorded, or the list of bank holidays does not reach it, as
// sentences: of the bodies that stand when the time begins or ends. `whole_area`: they are all bodies of an area, so
// that it also counts when a rule has no body there to hold for.
std::vector<std::string> not_derived(const Register& all, const std::vector<std::string>& bodies, Date from, Date to,
                                     bool whole_area);

// Rules in force on the day from which no day follows (their note says why), for one body where `body` is given.
FactList rules_without_day(const Register& all, const std::string& body, Date day);

// `months` later, to the same day of the month, else to the last one.
Date months_after(Date day, int months);

// Rules whose way of counting this program does not know, as sentences.
std::vector<std::string> rules_not_understood(const Register& all);

// RFC 5545, a whole-day event for each entry. `made` as 20260101T000000Z. Lines are folded at 75 bytes. What could not
// be derived stands in the calendar's description, so that a feed does not look complete where it is not.
std::string to_ics(const Register& all, const std::vector<Due>& entries, const std::string& made,
                   const std::vector<std::string>& left_out = {});

}  // namespace tithing::bodies
