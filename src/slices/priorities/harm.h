// Lists of harm weights: one weight for each offence, from a named version. A crime type of the street-level files
// mixes many offences, so its harm is a range, and one number only when the mix is known or all its offences weigh the
// same.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "slices/sources/publications.h"
#include "statistics/scoring.h"

namespace tithing::priorities {

struct HarmWeight {
  std::string offence;
  double weight = 0;            // in the unit of the list: days of imprisonment, or what its publisher says
  std::string crime_type;       // slug of the category that holds it
  std::optional<double> share;  // of the crime type's events, from a source with offence codes
};

struct HarmList {
  std::int64_t id = 0;
  std::string name;     // "Crime Severity Score"
  std::string version;  // "2025-26"
  std::string publisher;
  std::string note;  // where it was taken from, in words
  std::int64_t source_file = 0;
  std::string sha256;
  std::string imported_by;
  Instant imported_at;
  bool counts = true;  // of the files of this version the one that counts
  std::string why;     // a sentence
};
inline constexpr const char* kHarmPublications = "harm-weights";  // the kind of thing of which a file is a publication
std::string key_of(const HarmList& list);                         // "Crime Severity Score, 2025-26"

// What a list holds, for the rule which of several files of one version counts: weights, and the crime types that would
// be missed.
sources::Holding holding_of(const std::vector<HarmWeight>& weights);
// Offences that both give: how many weigh otherwise by more than a tenth, of how many.
std::pair<std::int64_t, std::int64_t> differing(const std::vector<HarmWeight>& former,
                                                const std::vector<HarmWeight>& later);

struct RefusedWeight {
  std::int64_t line = 0;
  std::string reason;
  std::string text;
};
struct ReadWeights {
  std::string read_as;  // "Windows-1252, separated by semicolons"; empty: as it is written here
  std::vector<HarmWeight> weights;
  std::vector<RefusedWeight> refused;
};
// CSV with the columns offence, weight, crime_type and maybe share (0 to 1), in any order. `types`: slugs that are
// known. invalid when a column is missing or nothing can be read; rows that cannot be used are in `refused`.
Result<ReadWeights> read_weights(const std::string& csv, const std::vector<std::string>& types);

// The harm of `count` events of a crime type by that list. not_found when the list has no offence of the type; see
// statistics::category_harm for the rest.
Result<statistics::Harm> harm_of(const std::vector<HarmWeight>& weights, const std::string& crime_type,
                                 std::int64_t count);

}  // namespace tithing::priorities
