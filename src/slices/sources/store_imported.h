// Rows of imported lists. SQL only: one text for all kinds, with the names of a kind's tables put in.
#pragma once

#include <vector>

#include "slices/sources/editions.h"
#include "slices/sources/imported.h"

namespace tithing::sources::store {

std::vector<ImportedList> imported(db::Connection& connection, const ImportedKind& kind);  // newest first
// Each with whether it counts, and why.
std::vector<ImportedList> imported_and_counting(db::Connection& connection, const ImportedKind& kind);
// The files of one version, oldest first, and the lists that they were read into.
struct Editions {
  std::vector<ImportedList> lists;
  std::vector<Edition> editions;
  std::vector<Choice> choices;
};
Editions editions_of(db::Connection& connection, const ImportedKind& kind, const std::string& key);
// `first` empty: all.
std::vector<ListRow> rows_of(db::Connection& connection, const ImportedKind& kind, std::int64_t list,
                             const std::string& first);
std::int64_t insert(db::Transaction& transaction, const ImportedKind& kind, const ImportedList& list,
                    const std::vector<ListRow>& rows);

}  // namespace tithing::sources::store
