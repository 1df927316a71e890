// Fixed facts of data.police.uk: its forces and its crime categories.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/date.h"

namespace tithing::evidence {

// As used by data.police.uk (file names, "Reported by") with the official code of the police force area. British
// Transport Police and the Police Service of Northern Ireland have no area code of England and Wales.
struct KnownForce {
  std::string_view slug;
  std::string_view name;
  std::string_view area_code;
};
std::span<const KnownForce> known_forces();
const KnownForce* known_force_by_slug(std::string_view slug);
const KnownForce* known_force_by_name(std::string_view reported_by);
const KnownForce* known_force_by_area(std::string_view area_code);
// The force's slug by its name in the rows; of a force that is not known, a slug made of the name.
std::string force_slug(std::string_view reported_by);

// A category of the street-level data with the months in which it was published. Sources: the categories in the
// archive's files month by month (six, eleven, fourteen), and the changelog of data.police.uk
// (https://data.police.uk/changelog/, entry of June 2013, which is about the data of May 2013). Looked through on files
// up to kCategoriesSeenTo; what is newer counts under its own name.
inline constexpr int kCategoriesSeenTo[] = {2022, 12};
struct KnownCrimeType {
  std::string_view slug;
  std::string_view name;
  int first_year, first_month;  // 2010, 12
  int last_year, last_month;    // 0: still published
};
std::span<const KnownCrimeType> known_crime_types();
const KnownCrimeType* known_crime_type(std::string_view slug);
bool published_in(const KnownCrimeType& type, Month month);

// A month from which a category that went on holds other crimes than before: its counts before and after are no one
// series.
struct CategoryBreak {
  std::string_view slug;
  int year, month;            // the first month of the new sense
  std::string_view sentence;  // "\"Other theft\" was narrowed in May 2013: ..."
};
std::span<const CategoryBreak> category_break_table();

// What a category's slug is: lower case, so that "Drug Offences" and "Drug offences" are one.
std::string crime_type_slug(std::string_view name);

}  // namespace tithing::evidence
