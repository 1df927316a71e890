// Rows of lists. SQL only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/db.h"
#include "slices/comparison/lists.h"
#include "slices/sources/editions.h"
#include "slices/sources/sources.h"

namespace tithing::comparison::store {

std::vector<AreaList> lists(db::Connection& connection);  // newest first, with which of them count
// The files of one version, oldest first, and the numbers of their lists.
struct Editions {
  std::vector<sources::Edition> editions;
  std::vector<std::int64_t> lists;
};
Editions editions(db::Connection& connection, const std::string& name, const std::string& version);
std::optional<AreaList> list(db::Connection& connection, std::int64_t id);
// `area` empty: all of them.
std::vector<ListRow> rows(db::Connection& connection, std::int64_t list, const std::string& area);
std::int64_t insert_list(db::Transaction& transaction, const AreaList& list, const std::vector<ListRow>& rows);

}  // namespace tithing::comparison::store
