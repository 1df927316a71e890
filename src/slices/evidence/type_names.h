// What can be counted, by name, for forms that have no evidence at hand: the fixed categories of data.police.uk and the
// two sums of them. What a snapshot holds beside them is told by type_choices (crime_types.h).
#pragma once

#include <string>
#include <vector>

namespace tithing::evidence {

struct NamedType {
  std::string slug;  // "burglary", "crime", "all"
  std::string name;
  std::string when;  // "May 2013 onwards", "December 2010 to April 2013": when it was published; empty for sums
};
std::vector<NamedType> named_types();  // the sums first, then by name

}  // namespace tithing::evidence
