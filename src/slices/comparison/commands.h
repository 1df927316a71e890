// Importing a list: permission, check, rows, source and audit sentence in one transaction.
#pragma once

#include <functional>
#include <string>

#include "base/actor.h"
#include "db/db.h"
#include "slices/comparison/lists.h"

namespace tithing::comparison {

struct ListImport {
  ListKind kind = ListKind::similar;
  std::string name, version, publisher, note;
  std::string file_name;
  std::string csv;
};
// All or nothing: with one refused line nothing is kept, and the problem lists the lines. The file is kept as a source.
Result<std::int64_t> import_list(db::Database& database, const Actor& actor, Instant now, const std::string& data_folder, const ListImport& wanted,
                                 const std::function<bool(const std::string& code)>& known);

}  // namespace tithing::comparison
