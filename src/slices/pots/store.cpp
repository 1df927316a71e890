#include "slices/pots/store.h"

#include "allocation/read_scheme.h"
#include "allocation/write_scheme.h"

namespace tithing::pots::store {
namespace {

#define TITHING_POT_COLUMNS                                                                                            \
  "p.id, v.version, v.title, v.financial_year, v.area, v.document, v.withdrawn, p.delivered, v.saved_at, v.saved_by, " \
  "v.saved_by_name, v.reason"
#define TITHING_POT_FROM " FROM funding_pot p JOIN funding_pot_version v ON v.pot = p.id "
#define TITHING_POT_FILTER                                                                                          \
  "AND v.version = p.version AND (:year = '' OR v.financial_year = :year) AND (:area = '' OR ';' || v.area || ';' " \
  "LIKE '%;' || :area || ';%') "                                                                                    \
  "AND v.withdrawn <= :withdrawn "
#define TITHING_SCHEME_COLUMNS                                                                                 \
  "s.id, v.version, s.pot, v.pot_version, v.title, v.document, v.withdrawn, s.copied_from, s.copied_version, " \
  "s.delivered, v.saved_at, v.saved_by, v.saved_by_name, v.reason"
#define TITHING_SCHEME_FROM " FROM funding_scheme s JOIN funding_scheme_version v ON v.scheme = s.id "

const db::Query kPot{"funding.pot",
                     "SELECT " TITHING_POT_COLUMNS TITHING_POT_FROM
                     "AND (v.version = :version OR (:version = 0 AND v.version = p.version)) WHERE p.id = :id"};
const db::Query kPots{"funding.pots",
                      "SELECT " TITHING_POT_COLUMNS TITHING_POT_FROM TITHING_POT_FILTER
                      "ORDER BY v.financial_year DESC, v.area, v.title, p.id LIMIT :limit OFFSET :offset"};
const db::Query kCountPots{"funding.count_pots", "SELECT COUNT(*)" TITHING_POT_FROM TITHING_POT_FILTER};
const db::Query kYears{"funding.years", "SELECT DISTINCT v.financial_year" TITHING_POT_FROM
                                        "AND v.version = p.version AND v.withdrawn = 0 ORDER BY v.financial_year DESC"};
const db::Query kPotVersions{"funding.pot_versions", "SELECT " TITHING_POT_COLUMNS TITHING_POT_FROM
                                                     "WHERE p.id = :id ORDER BY v.version DESC LIMIT :limit"};
const db::Query kScheme{"funding.scheme",
                        "SELECT " TITHING_SCHEME_COLUMNS TITHING_SCHEME_FROM
                        "AND (v.version = :version OR (:version = 0 AND v.version = s.version)) WHERE s.id = :id"};
const db::Query kSchemes{"funding.schemes",
                         "SELECT " TITHING_SCHEME_COLUMNS TITHING_SCHEME_FROM
                         "AND v.version = s.version WHERE s.pot = :pot AND v.withdrawn <= :withdrawn "
                         "ORDER BY s.id LIMIT :limit"};
const db::Query kSchemeVersions{"funding.scheme_versions", "SELECT " TITHING_SCHEME_COLUMNS TITHING_SCHEME_FROM
                                                           "WHERE s.id = :id ORDER BY v.version DESC LIMIT :limit"};
const db::Query kDeliveredPot{"funding.delivered_pot", "SELECT id FROM funding_pot WHERE delivered = :name"};
const db::Query kDeliveredScheme{"funding.delivered_scheme", "SELECT id FROM funding_scheme WHERE delivered = :name"};

const db::Query kInsertPot{"funding.insert_pot",
                           "INSERT INTO funding_pot (version, delivered) VALUES (1, :delivered) RETURNING id"};
const db::Query kInsertScheme{"funding.insert_scheme",
                              "INSERT INTO funding_scheme (version, pot, copied_from, copied_version, delivered) "
                              "VALUES (1, :pot, :copied_from, :copied_version, :delivered) RETURNING id"};
const db::Query kRaisePot{"funding.raise_pot",
                          "UPDATE funding_pot SET version = :version WHERE id = :id AND version = :before"};
const db::Query kRaiseScheme{"funding.raise_scheme",
                             "UPDATE funding_scheme SET version = :version WHERE id = :id AND version = :before"};
const db::Query kInsertPotVersion{"funding.insert_pot_version",
                                  "INSERT INTO funding_pot_version (pot, version, title, financial_year, area, "
                                  "document, withdrawn, reason, saved_at, "
                                  "saved_by, saved_by_name) VALUES (:id, :version, :title, :year, :area, :document, "
                                  ":withdrawn, :reason, :at, :by, :by_name)"};
const db::Query kInsertSchemeVersion{
    "funding.insert_scheme_version",
    "INSERT INTO funding_scheme_version (scheme, version, pot_version, title, document, withdrawn, reason, saved_at, "
    "saved_by, saved_by_name) VALUES (:id, :version, :pot_version, :title, :document, :withdrawn, :reason, :at, :by, "
    ":by_name)"};

Saved saved_of(const db::Row& row) {
  return {{row.integer("saved_at")}, row.text("saved_by"), row.text("saved_by_name"), row.text("reason")};
}

PotRecord pot_of(const db::Row& row) {
  PotRecord out;
  out.id = {row.integer("id")};
  out.version = row.integer("version");
  out.title = row.text("title");
  out.financial_year = row.text("financial_year");
  out.area = row.text("area");
  auto pot = read_pot(row.text("document"));
  // Only what write_pot wrote is ever kept.
  if (!pot)
    throw db::Error(db::Fault::type, "pot " + std::to_string(out.id.value) + " cannot be read: " + pot.error().message);
  out.pot = std::move(*pot);
  out.withdrawn = row.flag("withdrawn");
  out.delivered = row.maybe_text("delivered").value_or("");
  out.saved = saved_of(row);
  return out;
}

SchemeRecord scheme_of(const db::Row& row) {
  SchemeRecord out;
  out.id = {row.integer("id")};
  out.version = row.integer("version");
  out.pot = {row.integer("pot")};
  out.pot_version = row.integer("pot_version");
  out.title = row.text("title");
  out.document = row.text("document");
  out.withdrawn = row.flag("withdrawn");
  if (const auto from = row.maybe_integer("copied_from")) out.copied_from = SchemeId{*from};
  out.copied_version = row.maybe_integer("copied_version").value_or(0);
  out.delivered = row.maybe_text("delivered").value_or("");
  out.saved = saved_of(row);
  return out;
}

template <class Record, class Read>
std::vector<Record> all(db::Connection& connection, const db::Query& query, const db::Parameters& parameters,
                        Read&& read) {
  std::vector<Record> out;
  connection.run(query, parameters, [&](const db::Row& row) { out.push_back(read(row)); });
  return out;
}

template <class Record>
std::optional<Record> first(std::vector<Record> records) {
  return records.empty() ? std::nullopt : std::optional(std::move(records.front()));
}

std::optional<std::string> or_null(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

db::Parameters filtered(const PotFilter& filter) {
  return {{"year", filter.financial_year}, {"area", filter.area}, {"withdrawn", filter.withdrawn ? 1 : 0}};
}

void write_version(db::Transaction& transaction, PotId id, const PotRecord& record) {
  transaction.run(kInsertPotVersion, {{"id", id.value},
                                      {"version", record.version},
                                      {"title", record.title},
                                      {"year", record.financial_year},
                                      {"area", record.area},
                                      {"document", write_pot(record.pot)},
                                      {"withdrawn", record.withdrawn ? 1 : 0},
                                      {"reason", record.saved.reason},
                                      {"at", record.saved.at.milliseconds},
                                      {"by", record.saved.by},
                                      {"by_name", record.saved.by_name}});
}

void write_version(db::Transaction& transaction, SchemeId id, const SchemeRecord& record) {
  transaction.run(kInsertSchemeVersion, {{"id", id.value},
                                         {"version", record.version},
                                         {"pot_version", record.pot_version},
                                         {"title", record.title},
                                         {"document", record.document},
                                         {"withdrawn", record.withdrawn ? 1 : 0},
                                         {"reason", record.saved.reason},
                                         {"at", record.saved.at.milliseconds},
                                         {"by", record.saved.by},
                                         {"by_name", record.saved.by_name}});
}

}  // namespace

std::optional<PotRecord> pot(db::Connection& connection, PotId id, std::optional<std::int64_t> version) {
  return first(all<PotRecord>(connection, kPot, {{"id", id.value}, {"version", version.value_or(0)}}, pot_of));
}

std::optional<SchemeRecord> scheme(db::Connection& connection, SchemeId id, std::optional<std::int64_t> version) {
  return first(all<SchemeRecord>(connection, kScheme, {{"id", id.value}, {"version", version.value_or(0)}}, scheme_of));
}

std::optional<PotId> delivered_pot(db::Connection& connection, const std::string& name) {
  const auto id = connection.integer(kDeliveredPot, {{"name", name}});
  return id ? std::optional(PotId{*id}) : std::nullopt;
}

std::optional<SchemeId> delivered_scheme(db::Connection& connection, const std::string& name) {
  const auto id = connection.integer(kDeliveredScheme, {{"name", name}});
  return id ? std::optional(SchemeId{*id}) : std::nullopt;
}

std::vector<PotRecord> pots(db::Connection& connection, const PotFilter& filter, int limit, int offset) {
  db::Parameters parameters = filtered(filter);
  parameters.push_back({"limit", limit});
  parameters.push_back({"offset", offset});
  return all<PotRecord>(connection, kPots, parameters, pot_of);
}

std::int64_t count_pots(db::Connection& connection, const PotFilter& filter) {
  return connection.integer(kCountPots, filtered(filter)).value_or(0);
}

std::vector<std::string> financial_years(db::Connection& connection) {
  return all<std::string>(connection, kYears, {}, [](const db::Row& row) { return row.text("financial_year"); });
}

std::vector<SchemeRecord> schemes_of(db::Connection& connection, PotId pot, bool withdrawn, int limit) {
  return all<SchemeRecord>(connection, kSchemes,
                           {{"pot", pot.value}, {"withdrawn", withdrawn ? 1 : 0}, {"limit", limit}}, scheme_of);
}

std::vector<PotRecord> pot_versions(db::Connection& connection, PotId id, int limit) {
  return all<PotRecord>(connection, kPotVersions, {{"id", id.value}, {"limit", limit}}, pot_of);
}

std::vector<SchemeRecord> scheme_versions(db::Connection& connection, SchemeId id, int limit) {
  return all<SchemeRecord>(connection, kSchemeVersions, {{"id", id.value}, {"limit", limit}}, scheme_of);
}

PotId insert_pot(db::Transaction& transaction, const PotRecord& record) {
  const PotId id{*transaction.integer(kInsertPot, {{"delivered", or_null(record.delivered)}})};
  PotRecord first_version = record;
  first_version.version = 1;
  write_version(transaction, id, first_version);
  return id;
}

SchemeId insert_scheme(db::Transaction& transaction, const SchemeRecord& record) {
  const std::optional<std::int64_t> from = record.copied_from ? std::optional(record.copied_from->value) : std::nullopt;
  const std::optional<std::int64_t> from_version =
      record.copied_from ? std::optional(record.copied_version) : std::nullopt;
  const SchemeId id{*transaction.integer(kInsertScheme, {{"pot", record.pot.value},
                                                         {"copied_from", from},
                                                         {"copied_version", from_version},
                                                         {"delivered", or_null(record.delivered)}})};
  SchemeRecord first_version = record;
  first_version.version = 1;
  write_version(transaction, id, first_version);
  return id;
}

bool insert_pot_version(db::Transaction& transaction, const PotRecord& record) {
  if (transaction.run(kRaisePot,
                      {{"id", record.id.value}, {"version", record.version}, {"before", record.version - 1}}) != 1)
    return false;
  write_version(transaction, record.id, record);
  return true;
}

bool insert_scheme_version(db::Transaction& transaction, const SchemeRecord& record) {
  if (transaction.run(kRaiseScheme,
                      {{"id", record.id.value}, {"version", record.version}, {"before", record.version - 1}}) != 1)
    return false;
  write_version(transaction, record.id, record);
  return true;
}

}  // namespace tithing::pots::store
