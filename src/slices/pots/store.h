// Rows of pots and schemes. SQL only; what may be saved is said in commands.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/db.h"
#include "slices/pots/pots.h"

namespace tithing::pots::store {

std::optional<PotId> delivered_pot(db::Connection& connection, const std::string& name);
std::optional<SchemeId> delivered_scheme(db::Connection& connection, const std::string& name);

// Newest versions; those that were withdrawn only when asked for. Empty texts do not filter.
struct PotFilter {
  std::string financial_year;
  std::string area;
  bool withdrawn = false;
};
std::vector<PotRecord> pots(db::Connection& connection, const PotFilter& filter, int limit,
                            int offset);  // by year (newest first), area, title
std::int64_t count_pots(db::Connection& connection, const PotFilter& filter);
std::vector<std::string> financial_years(db::Connection& connection);  // of pots that are not withdrawn, newest first
std::vector<SchemeRecord> schemes_of(db::Connection& connection, PotId pot, bool withdrawn,
                                     int limit = 500);  // in the order in which they were made

// All versions, newest first.
std::vector<PotRecord> pot_versions(db::Connection& connection, PotId id, int limit);
std::vector<SchemeRecord> scheme_versions(db::Connection& connection, SchemeId id, int limit);

// As version 1; gives the id.
PotId insert_pot(db::Transaction& transaction, const PotRecord& record);
SchemeId insert_scheme(db::Transaction& transaction, const SchemeRecord& record);
// record.version is the new one. False when the version before it is not the newest any more: nothing is written then.
bool insert_pot_version(db::Transaction& transaction, const PotRecord& record);
bool insert_scheme_version(db::Transaction& transaction, const SchemeRecord& record);

}  // namespace tithing::pots::store
