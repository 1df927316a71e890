// The coverage ledger: what each force submitted for each month, and what is suspect about it. Pure.
#pragma once

#include <string>
#include <vector>

#include "slices/evidence/cube.h"
#include "slices/evidence/evidence.h"
#include "slices/evidence/publications.h"

namespace tithing::evidence {

// What the ledger needs to know of a publication.
struct PublicationFacts {
  std::string force_slug;
  std::string force_name;
  Month month;
  PublicationState state = PublicationState::counts;
  bool is_extract = false;
  std::string problem;
  std::int64_t rows = 0;
  std::int64_t refused = 0;
  std::int64_t without_lsoa = 0;
  std::int64_t without_coordinates = 0;
  std::int64_t without_crime_id = 0;
  std::int64_t other_reporter = 0;
  std::int64_t swapped = 0;
  std::int64_t source_file = 0;
};

// Street data are in LSOAs of 2011 until May 2023 and of 2021 from June 2023.
// By all rows: fewer than half or more than twice the middle of the other months this near, where there are so many of
// them.
constexpr int kNeighbourMonths = 12;
constexpr std::size_t kFewestNeighbours = 5;
constexpr std::int64_t kRefusedOneIn =
    100;  // more than one row in a hundred, refused or misplaced, makes a month suspect
constexpr int kFirstYearOf2021Codes = 2023;
constexpr int kFirstMonthOf2021Codes = 6;

// Where an LSOA lies: index of the force whose area it is in `areas`, or -1 when the register does not say.
struct Territory {
  std::vector<Lsoa> lsoas;  // ascending
  std::vector<int> area;    // for each LSOA: index in `area_names`
  std::vector<std::string> area_codes;
  std::vector<std::string> area_names;
  int of(Lsoa lsoa) const;
};

// From this share of a file's rows on, what lies in other forces' areas or names no LSOA leaves nothing known of its
// own area.
inline constexpr double kAwayShare = 0.9;

// Suspect, in this order:
//  1. an extract that somebody made, not a file as published;
//  2. more than half of the rows with an LSOA lie in other forces' areas, or kAwayShare of all rows name none (forces
//  with an area
//     only); from kAwayShare on its own area, or every part of it, is not known (`elsewhere`, `unplaced`);
//  3. more than half of the rows are reported by another force than the file's;
//  4. more than one row in a hundred was refused;
//  5. part of a month by its categories (type_doubts.h), and single categories that are absent or thin: `doubts`;
//  6. the number of rows is less than half or more than twice the median of the force's other months within a year
//  before and
//     after, where there are at least five. Months suspect by 1 to 3, or with few categories, are no measure for
//     others.
// Every month between the first and the last imported is there for every force; without a file it is `missing`.
// `types` are the cube's, with their dates.
std::vector<ForceMonth> make_ledger(const std::vector<Force>& forces, const std::vector<CrimeType>& types,
                                    const Cube& cube, const std::vector<PublicationFacts>& publications,
                                    const Territory& territory);

// "April 2022", "April to June 2022" for runs of months.
std::vector<Period> runs_of(const std::vector<Month>& months);

}  // namespace tithing::evidence
