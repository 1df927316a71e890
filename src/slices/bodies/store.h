// Rows of facts and changes. SQL only; the rules are in rules.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "db/db.h"
#include "slices/bodies/facts.h"

namespace tithing::bodies::store {

struct Change {
  std::int64_t number = 0;
  Instant at;
  std::string actor;
  std::string origin;  // "delivered", "edit", "import", "undo"
  std::string reason;
  std::string sentence;
  std::optional<std::int64_t> undoes;
  std::string digest;  // SHA-256 of the file of an import, or empty
};

std::int64_t version(db::Connection& connection);  // number of the newest change, 0 without one
std::vector<Fact> current_facts(db::Connection& connection);
std::vector<Fact> facts_as_known(db::Connection& connection, std::int64_t change);
std::vector<Fact> added_in(db::Connection& connection, std::int64_t change);
std::vector<Fact> removed_in(db::Connection& connection, std::int64_t change);
// Every version of every fact about the body, and of seats it holds in others, oldest change first.
std::vector<Fact> history_of(db::Connection& connection, const std::string& body, int limit);
std::vector<Fact> all_delivered(db::Connection& connection);  // also those that are gone
// What came with earlier deliveries of this file of the program and stands unchanged.
std::vector<Fact> standing_deliveries(db::Connection& connection, const std::string& file);
std::vector<Fact> versions_of(db::Connection& connection, std::int64_t record);
std::vector<Change> changes(db::Connection& connection, int limit, int offset,
                            Instant until);  // made before; newest first
std::int64_t count_changes(db::Connection& connection, Instant until);
std::optional<Change> change(db::Connection& connection, std::int64_t number);
std::optional<std::int64_t> undone_by(db::Connection& connection, std::int64_t number);

std::int64_t insert_change(db::Transaction& transaction, const Change& change);
// Gives the record; with fact.record 0 a new one.
std::int64_t insert_fact(db::Transaction& transaction, const Fact& fact, std::int64_t change);
// False when that version is not the current one any more.
bool close_fact(db::Transaction& transaction, std::int64_t id, std::int64_t change);

}  // namespace tithing::bodies::store
