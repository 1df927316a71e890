// Lists that others made about areas: reading one. Values only.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "slices/sources/publications.h"

namespace tithing::comparison {

enum class ListKind {
  similar,          // which areas are most similar to which; that B is on A's list does not put A on B's
  characteristics,  // numbers by area, to find those that are alike
};
std::string_view code_of(ListKind kind);
std::optional<ListKind> kind_from(std::string_view code);

struct AreaList {
  std::int64_t id = 0;
  ListKind kind = ListKind::similar;
  std::string name;
  std::string version;
  std::string publisher;
  std::string note;
  std::int64_t source_file = 0;
  std::string sha256;
  std::string imported_by;
  Instant imported_at;
  bool counts = true;  // of the files of this version the one that counts
  std::string why;     // a sentence
};
inline constexpr const char* kListPublications = "area-list";  // the kind of thing of which a file is a publication
std::string key_of(const AreaList& list);                      // "Most similar, 2022"

struct ListRow {
  std::string area;             // official code
  std::string other;            // code of the other area, or the name of the characteristic
  std::optional<double> value;  // characteristics; empty: not known, which is not 0
};

struct RefusedLine {
  std::int64_t line = 0;
  std::string reason;
  std::string text;
};
struct ReadList {
  std::string read_as;  // "Windows-1252, separated by semicolons"; empty: as it is written here
  std::vector<ListRow> rows;
  std::vector<RefusedLine> refused;
};
// What a list holds, for the rule which of several files of one version counts.
sources::Holding holding_of(const std::vector<ListRow>& rows);
// Of the values (or the pairs) that `former` has for areas that both have: how many the other one does not give, or
// gives otherwise by more than a tenth.
std::pair<std::int64_t, std::int64_t> differing(const std::vector<ListRow>& former, const std::vector<ListRow>& later);

// CSV. similar: the columns area and similar, codes, one pair in a line. characteristics: the column area and one
// column for each characteristic; an empty cell or NA is not known. `known` says whether a code is an area of the
// register. invalid when a column is missing or nothing can be read; lines that cannot be used are in `refused`.
Result<ReadList> read_list(ListKind kind, const std::string& csv,
                           const std::function<bool(const std::string& code)>& known);

}  // namespace tithing::comparison
