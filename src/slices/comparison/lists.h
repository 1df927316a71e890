// Lists that others made about areas: reading one. Values only; sources/imported.h keeps them.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "slices/sources/imported.h"

namespace tithing::comparison {

// Sorts of lists.
inline constexpr const char* kSimilar =
    "similar";  // which areas are most similar to which; that B is on A's list does not put A on B's
inline constexpr const char* kCharacteristics = "characteristics";  // numbers by area, to find those that are alike

using AreaList = sources::ImportedList;

struct ListRow {
  std::string area;             // official code
  std::string other;            // code of the other area, or the name of the characteristic
  std::optional<double> value;  // characteristics; empty: not known, which is not 0
};
std::vector<ListRow> area_rows(const std::vector<sources::ListRow>& rows);

// CSV. similar: the columns area and similar, codes, one pair in a line. characteristics: the column area and one
// column for each characteristic; an empty cell or NA is not known. `known` says whether a code is an area of the
// register. invalid when a column is missing or nothing can be read; lines that cannot be used are in `refused`.
using KnownArea = std::function<bool(const std::string& code)>;
Result<sources::ReadRows<ListRow>> read_list(std::string_view sort, const std::string& csv, const KnownArea& known);
// What sources/imported.h keeps of them.
sources::ImportedKind area_list_kind(KnownArea known);

}  // namespace tithing::comparison
