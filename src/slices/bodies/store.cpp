#include "slices/bodies/store.h"

#include "db/columns.h"
#include "slices/bodies/store_facts.h"

namespace tithing::bodies::store {
namespace {

#define TITHING_FACT_COLUMNS "id, record, added_in, removed_in, " TITHING_FACT_VALUES
#define TITHING_CHANGE_COLUMNS "number, made_at, actor, origin, reason, sentence, undoes, digest"

const db::Query kVersion{"bodies.version", "SELECT MAX(number) AS number FROM bodies_change"};
const db::Query kCurrent{"bodies.current",
                         "SELECT " TITHING_FACT_COLUMNS " FROM bodies_fact WHERE removed_in IS NULL ORDER BY id"};
const db::Query kKnown{"bodies.as_known",
                       "SELECT " TITHING_FACT_COLUMNS
                       " FROM bodies_fact WHERE added_in <= :change AND (removed_in IS NULL OR removed_in > :change)"
                       " ORDER BY id"};
const db::Query kAdded{"bodies.added_in",
                       "SELECT " TITHING_FACT_COLUMNS " FROM bodies_fact WHERE added_in = :change ORDER BY id"};
const db::Query kRemoved{"bodies.removed_in",
                         "SELECT " TITHING_FACT_COLUMNS " FROM bodies_fact WHERE removed_in = :change ORDER BY id"};
const db::Query kHistory{"bodies.history",
                         "SELECT " TITHING_FACT_COLUMNS
                         " FROM bodies_fact WHERE body = :body ORDER BY added_in DESC, id DESC LIMIT :limit"};
const db::Query kDelivered{
    "bodies.delivered",
    "SELECT " TITHING_FACT_COLUMNS
    " FROM bodies_fact WHERE added_in IN (SELECT number FROM bodies_change WHERE origin = 'delivered') ORDER BY id"};
const db::Query kStanding{"bodies.standing_deliveries",
                          "SELECT " TITHING_FACT_COLUMNS
                          " FROM bodies_fact WHERE removed_in IS NULL AND added_in IN (SELECT number FROM "
                          "bodies_change WHERE origin = 'delivered' AND sentence LIKE :beginning)"
                          " ORDER BY id"};
const db::Query kVersions{"bodies.versions",
                          "SELECT " TITHING_FACT_COLUMNS " FROM bodies_fact WHERE record = :record ORDER BY id"};
const db::Query kChanges{"bodies.changes",
                         "SELECT " TITHING_CHANGE_COLUMNS
                         " FROM bodies_change WHERE made_at < :until ORDER BY number DESC LIMIT :limit OFFSET :offset"};
const db::Query kCount{"bodies.count_changes", "SELECT COUNT(*) FROM bodies_change WHERE made_at < :until"};
const db::Query kChange{"bodies.change", "SELECT " TITHING_CHANGE_COLUMNS " FROM bodies_change WHERE number = :number"};
const db::Query kUndone{"bodies.undone_by", "SELECT MAX(number) AS number FROM bodies_change WHERE undoes = :number"};
const db::Query kInsertChange{
    "bodies.insert_change",
    "INSERT INTO bodies_change (made_at, actor, origin, reason, sentence, undoes, digest) VALUES "
    "(:at, :actor, :origin, :reason, :sentence, :undoes, :digest) RETURNING number"};
const db::Query kInsertFact{"bodies.insert_fact",
                            "INSERT INTO bodies_fact (record, added_in, " TITHING_FACT_VALUES
                            ") VALUES (:record, :change, " TITHING_FACT_PARAMETERS ") RETURNING id"};
const db::Query kOwnRecord{"bodies.own_record", "UPDATE bodies_fact SET record = id WHERE id = :id"};
const db::Query kClose{"bodies.close_fact",
                       "UPDATE bodies_fact SET removed_in = :change WHERE id = :id AND removed_in IS NULL"};

Fact fact_of(const db::Columns::Named& row) {
  const std::int64_t id = row.integer("id");
  Fact f = values_of(row, "bodies_fact " + std::to_string(id));
  f.id = id;
  f.record = row.integer("record");
  f.added_in = row.integer("added_in");
  f.removed_in = row.maybe_integer("removed_in");
  return f;
}

std::vector<Fact> facts(db::Connection& connection, const db::Query& query, const db::Parameters& parameters) {
  std::vector<Fact> out;
  db::Columns columns;
  connection.run(query, parameters, [&](const db::Row& row) { out.push_back(fact_of(columns.in(row))); });
  return out;
}

Change change_of(const db::Row& row) {
  return {row.integer("number"), {row.integer("made_at")}, row.text("actor"),           row.text("origin"),
          row.text("reason"),    row.text("sentence"),     row.maybe_integer("undoes"), row.text("digest")};
}

std::optional<std::int64_t> days(const std::optional<Date>& date) {
  return date ? std::optional<std::int64_t>(date->days()) : std::nullopt;
}

}  // namespace

db::Parameters with_values(const Fact& f, db::Parameters parameters) {
  for (db::Parameter& one : db::Parameters{{"fact", code_of(f.kind)},
                                           {"body", f.body},
                                           {"other", f.other},
                                           {"role", f.role},
                                           {"value", f.value},
                                           {"detail", f.detail},
                                           {"holder", f.holder},
                                           {"state", f.state},
                                           {"amount", f.amount},
                                           {"from", days(f.from)},
                                           {"to", days(f.to)},
                                           {"seen", days(f.seen)},
                                           {"paper", f.paper},
                                           {"paragraph", f.paragraph},
                                           {"note", f.note},
                                           {"inferred", f.inferred}})
    parameters.push_back(std::move(one));
  return parameters;
}

std::int64_t version(db::Connection& connection) {
  std::int64_t number = 0;
  connection.run(kVersion, {}, [&](const db::Row& row) { number = row.maybe_integer("number").value_or(0); });
  return number;
}

std::vector<Fact> current_facts(db::Connection& connection) { return facts(connection, kCurrent, {}); }
std::vector<Fact> facts_as_known(db::Connection& connection, std::int64_t change) {
  return facts(connection, kKnown, {{"change", change}});
}
std::vector<Fact> added_in(db::Connection& connection, std::int64_t change) {
  return facts(connection, kAdded, {{"change", change}});
}
std::vector<Fact> removed_in(db::Connection& connection, std::int64_t change) {
  return facts(connection, kRemoved, {{"change", change}});
}
std::vector<Fact> history_of(db::Connection& connection, const std::string& body, int limit) {
  return facts(connection, kHistory, {{"body", body}, {"limit", limit}});
}
std::vector<Fact> all_delivered(db::Connection& connection) { return facts(connection, kDelivered, {}); }
std::vector<Fact> standing_deliveries(db::Connection& connection, const std::string& file) {
  return facts(connection, kStanding, {{"beginning", "Imported " + file + ":%"}});
}
std::vector<Fact> versions_of(db::Connection& connection, std::int64_t record) {
  return facts(connection, kVersions, {{"record", record}});
}

std::vector<Change> changes(db::Connection& connection, int limit, int offset, Instant until) {
  std::vector<Change> out;
  connection.run(kChanges, {{"limit", limit}, {"offset", offset}, {"until", until.milliseconds}},
                 [&](const db::Row& row) { out.push_back(change_of(row)); });
  return out;
}

std::int64_t count_changes(db::Connection& connection, Instant until) {
  return connection.integer(kCount, {{"until", until.milliseconds}}).value_or(0);
}

std::optional<Change> change(db::Connection& connection, std::int64_t number) {
  std::optional<Change> out;
  connection.run(kChange, {{"number", number}}, [&](const db::Row& row) { out = change_of(row); });
  return out;
}

std::optional<std::int64_t> undone_by(db::Connection& connection, std::int64_t number) {
  std::optional<std::int64_t> out;
  connection.run(kUndone, {{"number", number}}, [&](const db::Row& row) { out = row.maybe_integer("number"); });
  return out;
}

std::int64_t insert_change(db::Transaction& transaction, const Change& c) {
  return transaction
      .integer(kInsertChange, {{"at", c.at.milliseconds},
                               {"actor", c.actor},
                               {"origin", c.origin},
                               {"reason", c.reason},
                               {"sentence", c.sentence},
                               {"undoes", c.undoes},
                               {"digest", c.digest}})
      .value();
}

std::int64_t insert_fact(db::Transaction& transaction, const Fact& f, std::int64_t change) {
  const std::optional<std::int64_t> record = f.record > 0 ? std::optional(f.record) : std::nullopt;
  const std::int64_t id =
      transaction.integer(kInsertFact, with_values(f, {{"record", record}, {"change", change}})).value();
  if (record) return *record;
  transaction.run(kOwnRecord, {{"id", id}});
  return id;
}

bool close_fact(db::Transaction& transaction, std::int64_t id, std::int64_t change) {
  return transaction.run(kClose, {{"id", id}, {"change", change}}) == 1;
}

}  // namespace tithing::bodies::store
