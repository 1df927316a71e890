#include "path/events.h"

#include "path_migrations.h"

namespace tithing::path {
namespace {

const db::Query kInsert{
    "path.append",
    "INSERT INTO path_event (kind, record, version, move, from_state, to_state, at, actor, actor_name, sentence, "
    "reason) "
    "VALUES (:kind, :record, :version, :move, :from_state, :to_state, :at, :actor, :actor_name, :sentence, :reason)"};
const db::Query kEvents{"path.events",
                        "SELECT id, kind, record, version, move, from_state, to_state, at, actor, actor_name, "
                        "sentence, reason FROM path_event "
                        "WHERE kind = :kind AND record = :record ORDER BY id"};

}  // namespace

std::vector<db::Migration> migrations() { return path_migrations(); }

void append_event(db::Transaction& transaction, const Event& event) {
  transaction.run(kInsert, {{"kind", event.record.kind},
                            {"record", event.record.id},
                            {"version", event.version},
                            {"move", event.move},
                            {"from_state", event.from},
                            {"to_state", event.to},
                            {"at", event.at.milliseconds},
                            {"actor", event.by},
                            {"actor_name", event.by_name},
                            {"sentence", event.sentence},
                            {"reason", event.reason}});
}

std::vector<Event> events_of(db::Connection& connection, const records::Record& record) {
  std::vector<Event> out;
  connection.run(kEvents, {{"kind", record.kind}, {"record", record.id}}, [&](const db::Row& row) {
    out.push_back({row.integer("id"),
                   {row.text("kind"), row.text("record")},
                   row.integer("version"),
                   row.text("move"),
                   row.text("from_state"),
                   row.text("to_state"),
                   Instant{row.integer("at")},
                   row.text("actor"),
                   row.text("actor_name"),
                   row.text("sentence"),
                   row.text("reason")});
  });
  return out;
}

}  // namespace tithing::path
