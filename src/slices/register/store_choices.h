// SQL about the register's files as publications: what there is, and which of them counts.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "db/db.h"
#include "slices/register/publications.h"
#include "slices/register/store.h"
#include "slices/sources/sources.h"

namespace tithing::register_::store {

struct PublicationRow {
  std::string kind;
  std::string key;
  std::int64_t id = 0;  // of the look-up or the exact fit; else 0
  std::int64_t source_file = 0;
  std::int64_t version = 0;  // of the register that knew it first
  std::string name;
  std::string at;
  std::int64_t rows = 0;
};
// Of every kind (or of one), in the order given; those of one thing stand together.
std::vector<PublicationRow> publications(db::Connection& connection, std::int64_t at_version = kNewest,
                                         const std::string& kind = {});

// For rows of one thing.
std::vector<sources::Publication> for_rule(db::Connection& connection, const std::vector<PublicationRow>& rows);
std::vector<sources::Standing> standings(db::Connection& connection, const std::vector<PublicationRow>& rows,
                                         std::int64_t at_version = kNewest);

// Files of a kind that do not count, and so are read by nobody.
std::set<std::int64_t> not_counted(db::Connection& connection, const std::string& kind,
                                   std::int64_t at_version = kNewest);

LookUp look_up_of(db::Connection& connection, std::int64_t id);

}  // namespace tithing::register_::store
