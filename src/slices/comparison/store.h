// Rows of lists. SQL only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/db.h"
#include "slices/comparison/lists.h"

namespace tithing::comparison::store {

std::vector<AreaList> lists(db::Connection& connection);  // newest first
std::optional<AreaList> list(db::Connection& connection, std::int64_t id);
// `area` empty: all of them.
std::vector<ListRow> rows(db::Connection& connection, std::int64_t list, const std::string& area);
// 0 when that version of that list is there already.
std::int64_t insert_list(db::Transaction& transaction, const AreaList& list, const std::vector<ListRow>& rows);

}  // namespace tithing::comparison::store
