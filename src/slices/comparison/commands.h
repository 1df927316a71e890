// Importing a list: permission, check, rows, source and audit sentence in one transaction.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/actor.h"
#include "db/db.h"
#include "slices/comparison/lists.h"
#include "slices/sources/choice_parts.h"

namespace tithing::comparison {

struct ListImport {
  ListKind kind = ListKind::similar;
  std::string name, version, publisher, note;
  std::string file_name;
  std::string csv;
};
// All or nothing: with one refused line nothing is kept, and the problem lists the lines. The file is kept as a source.
// A version that is there already is a publication more: see sources/editions.h for what is asked, and `manners` for
// the answer.
Result<std::int64_t> import_list(db::Database& database, const Actor& actor, Instant now,
                                 const std::string& data_folder, const ListImport& wanted,
                                 const std::function<bool(const std::string& code)>& known,
                                 const sources::Manners& manners = {});
// What that import would change.
Result<sources::Change> try_list(db::Database& database, const Actor& actor, const ListImport& wanted,
                                 const std::function<bool(const std::string& code)>& known);

// Every version of a list with its files.
std::vector<sources::Thing> things(db::Database& database);
// Which file of a version counts, with a reason; what that changes. Permission, choice and audit row in one
// transaction.
Result<std::vector<sources::Change>> choose_list(db::Database& database, const Actor& actor, Instant now,
                                                 const std::string& key, const sources::Chosen& chosen,
                                                 const std::string& reason, bool dry_run);

}  // namespace tithing::comparison
