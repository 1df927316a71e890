// Lists of harm weights: one weight for each offence, from a named version. A crime type of the street-level files
// mixes many offences, so its harm is a range, and one number only when the mix is known or all its offences weigh the
// same.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "slices/sources/imported.h"
#include "statistics/scoring.h"

namespace tithing::priorities {

struct HarmWeight {
  std::string offence;
  double weight = 0;            // in the unit of the list: days of imprisonment, or what its publisher says
  std::string crime_type;       // slug of the category that holds it
  std::optional<double> share;  // of the crime type's events, from a source with offence codes
};
using HarmList = sources::ImportedList;
std::vector<HarmWeight> weights_of(const std::vector<sources::ListRow>& rows);

// CSV with the columns offence, weight, crime_type and maybe share (0 to 1), in any order. `types`: slugs that are
// known. invalid when a column is missing or nothing can be read; rows that cannot be used are in `refused`.
Result<sources::ReadRows<HarmWeight>> read_weights(const std::string& csv, const std::vector<std::string>& types);
// What sources/imported.h keeps of them.
sources::ImportedKind harm_kind(std::function<std::vector<std::string>()> types);

// The harm of `count` events of a crime type by that list. not_found when the list has no offence of the type; see
// statistics::category_harm for the rest.
Result<statistics::Harm> harm_of(const std::vector<HarmWeight>& weights, const std::string& crime_type,
                                 std::int64_t count);

}  // namespace tithing::priorities
