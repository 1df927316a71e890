// What became of records on their paths: one row for each move, for records of every kind. Written by commands::move
// alone.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "db/db.h"
#include "db/migrations.h"
#include "records/record.h"

namespace tithing::path {

struct Event {
  std::int64_t id = 0;
  records::Record record;
  std::int64_t version = 0;  // of the record after the move
  std::string move;          // code; of a path that has changed since, it may not be there any more
  std::string from, to;      // codes of states
  Instant at;
  std::string by;       // as in the audit: "account:12"
  std::string by_name;  // as it was then
  std::string sentence;
  std::string reason;  // as typed, trimmed; empty where none was given
};

std::vector<db::Migration> migrations();  // of the table of events

void append_event(db::Transaction& transaction, const Event& event);
// Oldest first.
std::vector<Event> events_of(db::Connection& connection, const records::Record& record);

}  // namespace tithing::path
