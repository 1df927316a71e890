// Which categories of a force's month are doubtful: judged against the force's own other months and the dated table of
// categories (docs/adr). Pure.
#pragma once

#include <string>
#include <vector>

#include "slices/evidence/evidence.h"

namespace tithing::evidence {

// One month of one force by category.
struct TypeMonth {
  Month month;
  bool compares = true;  // false: doubtful by itself (an extract, another force's rows), so no measure for others
  std::vector<std::int64_t> rows;  // by type
};

struct TypeFindings {
  std::vector<TypeDoubt> doubts;  // by type
  // The month has rows of fewer than half of the categories of its time: part of a file, whatever the other months are.
  bool few_categories = false;
  std::string suspicion;  // of the month as a whole: a sentence, or empty
};

// The rule (docs/guide/methods.md has its false alarms on 201 real months):
//  1. few: rows of fewer than half of the categories published at the time. What it has no row of is not known.
//  2. absent: no row, where the force's other months that have the category have kSurelyThere or more in the middle.
//  3. part: at least kFewestLow and at least half of the categories with kEnough or more in the middle of the other
//  months lie
//     below kLowShare of it. The month is suspect as a whole, and those categories by name.
//  4. thin: one category below kThinShare of the middle and of kThinOfLeast of the least of the others, where the
//  middle is at
//     least kThinEnough.
//  5. halved: one category far below what the force's own other months vary by: below kLowShare of what is expected
//  (the middle of
//     the others, less where the month is low throughout), below kHalfOfLeast of their least, and further below than
//     kFarBelow times their spread, where the middle is at least kHalfEnough. A category of few rows, or one that
//     varies much by itself, cannot be told from its half: what is not found is not proved whole.
// Other months: at most twelve months away, in which the category was published in the same sense; 3 to 5 need five of
// them.
inline constexpr std::int64_t kSurelyThere = 10;
inline constexpr std::int64_t kEnough = 30;
inline constexpr double kLowShare = 0.65;
inline constexpr std::size_t kFewestLow = 4;
inline constexpr std::int64_t kThinEnough = 50;
inline constexpr double kThinShare = 0.4;
inline constexpr double kThinOfLeast = 0.6;
inline constexpr std::int64_t kHalfEnough = 20;
inline constexpr double kHalfOfLeast = 0.75;
inline constexpr double kFarBelow = 4;        // standard deviations of the other months' logarithms
inline constexpr double kLeastSpread = 0.05;  // of them; months that are nearly alike are not known to vary by less
inline constexpr double kLowestLevel = 0.6;

// For each of `months` (of one force, ascending). `known_force`: one of data.police.uk, to which rule 1 applies.
std::vector<TypeFindings> type_findings(const std::vector<CrimeType>& types, const std::vector<TypeMonth>& months,
                                        bool known_force);

// How many categories were published in the month; 0 before December 2010.
int categories_in(Month month);

}  // namespace tithing::evidence
