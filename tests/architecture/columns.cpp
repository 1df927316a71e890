#include "architecture/columns.h"

#include <algorithm>
#include <regex>

namespace tithing::architecture {

Names check_columns(const Files& files, const ByPlace& by_place) {
  static const std::regex kCounted(
      R"((\.|->)\s*(is_null|integer|flag|real|text|blob|maybe_integer|maybe_text)\s*\(\s*[0-9]+\s*\))"
      R"(|\bRow\s*&\s*\w*\s*,\s*(int|std::size_t|std::int64_t)\b)");
  Names complaints;
  for (const auto& [path, text] : files) {
    if (path.starts_with("db/")) continue;
    const bool excused = by_place.count(path) > 0;
    bool counted = false;
    for (auto it = std::sregex_iterator(text.begin(), text.end(), kCounted); it != std::sregex_iterator(); ++it) {
      counted = true;
      if (excused) continue;
      const auto line = 1 + std::count(text.begin(), text.begin() + it->position(), '\n');
      complaints.push_back(path + ":" + std::to_string(line) + ": " + it->str() +
                           " counts columns: name the column, and give an expression a name with AS");
    }
    if (excused && !counted) complaints.push_back(path + " reads every column by name and needs no exception any more");
  }
  for (const auto& [path, reason] : by_place) {
    if (files.count(path) == 0) complaints.push_back(path + " has an exception and is not there");
    if (reason.empty()) complaints.push_back(path + " has an exception without a reason");
  }
  return complaints;
}

}  // namespace tithing::architecture
