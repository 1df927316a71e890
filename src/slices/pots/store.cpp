#include "slices/pots/store.h"

#include "allocation/read_scheme.h"
#include "allocation/write_scheme.h"
#include "db/fields.h"

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
const db::Query kInsertPotVersion{
    "funding.insert_pot_version",
    "INSERT INTO funding_pot_version (pot, version, title, financial_year, area, document, withdrawn, reason, "
    "saved_at, "
    "saved_by, saved_by_name) VALUES (:id, :version, :title, :financial_year, :area, :document, :withdrawn, :reason, "
    ":saved_at, :saved_by, :saved_by_name)"};
const db::Query kInsertSchemeVersion{
    "funding.insert_scheme_version",
    "INSERT INTO funding_scheme_version (scheme, version, pot_version, title, document, withdrawn, reason, saved_at, "
    "saved_by, saved_by_name) VALUES (:id, :version, :pot_version, :title, :document, :withdrawn, :reason, :saved_at, "
    ":saved_by, :saved_by_name)"};

using db::field;

constexpr db::Field<Saved> kSaved[] = {field<&Saved::at>("saved_at"), field<&Saved::by>("saved_by"),
                                       field<&Saved::by_name>("saved_by_name"), field<&Saved::reason>("reason")};

void read_document(PotRecord& into, const db::Row& row, std::string_view column) {
  auto pot = read_pot(row.text(column));
  // Only what write_pot wrote is ever kept.
  if (!pot)
    throw db::Error(db::Fault::type,
                    "pot " + std::to_string(into.id.value) + " cannot be read: " + pot.error().message);
  into.pot = std::move(*pot);
}

// Of a version; the pot itself is its document.
constexpr db::Field<PotRecord> kPotVersion[] = {
    field<&PotRecord::id>("id"),
    field<&PotRecord::version>("version"),
    field<&PotRecord::title>("title"),
    field<&PotRecord::financial_year>("financial_year"),
    field<&PotRecord::area>("area"),
    {"document", read_document, [](const PotRecord& from) { return db::Value(write_pot(from.pot)); }},
    field<&PotRecord::withdrawn>("withdrawn")};
constexpr db::Field<SchemeRecord> kSchemeVersion[] = {field<&SchemeRecord::id>("id"),
                                                      field<&SchemeRecord::version>("version"),
                                                      field<&SchemeRecord::pot_version>("pot_version"),
                                                      field<&SchemeRecord::title>("title"),
                                                      field<&SchemeRecord::document>("document"),
                                                      field<&SchemeRecord::withdrawn>("withdrawn")};

PotRecord pot_of(const db::Row& row) {
  PotRecord out = db::from_row(kPotVersion, row);
  out.delivered = row.maybe_text("delivered").value_or("");
  out.saved = db::from_row(kSaved, row);
  return out;
}

SchemeRecord scheme_of(const db::Row& row) {
  SchemeRecord out = db::from_row(kSchemeVersion, row);
  out.pot = {row.integer("pot")};
  if (const auto from = row.maybe_integer("copied_from")) out.copied_from = SchemeId{*from};
  out.copied_version = row.maybe_integer("copied_version").value_or(0);
  out.delivered = row.maybe_text("delivered").value_or("");
  out.saved = db::from_row(kSaved, row);
  return out;
}

std::optional<std::string> or_null(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

db::Parameters filtered(const PotFilter& filter) {
  return {{"year", filter.financial_year}, {"area", filter.area}, {"withdrawn", filter.withdrawn ? 1 : 0}};
}

template <class Record, std::size_t N>
void write_version(db::Transaction& transaction, const db::Query& query, const db::Field<Record> (&fields)[N],
                   const Record& record) {
  db::Parameters values = db::values_of(fields, record);
  db::add_values(values, kSaved, record.saved);
  transaction.run(query, values);
}

// A further version, where the one before it is the newest.
template <class Record, std::size_t N>
bool raise(db::Transaction& transaction, const db::Query& raised, const db::Query& query,
           const db::Field<Record> (&fields)[N], const Record& record) {
  const db::Parameters from = {{"id", record.id.value}, {"version", record.version}, {"before", record.version - 1}};
  if (transaction.run(raised, from) != 1) return false;
  write_version(transaction, query, fields, record);
  return true;
}

}  // namespace

std::optional<PotRecord> pot(db::Connection& connection, PotId id, std::optional<std::int64_t> version) {
  return db::first_of(
      db::rows<PotRecord>(connection, kPot, {{"id", id.value}, {"version", version.value_or(0)}}, pot_of));
}

std::optional<SchemeRecord> scheme(db::Connection& connection, SchemeId id, std::optional<std::int64_t> version) {
  return db::first_of(
      db::rows<SchemeRecord>(connection, kScheme, {{"id", id.value}, {"version", version.value_or(0)}}, scheme_of));
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
  return db::rows<PotRecord>(connection, kPots, parameters, pot_of);
}

std::int64_t count_pots(db::Connection& connection, const PotFilter& filter) {
  return connection.integer(kCountPots, filtered(filter)).value_or(0);
}

std::vector<std::string> financial_years(db::Connection& connection) {
  return db::rows<std::string>(connection, kYears, {}, [](const db::Row& row) { return row.text("financial_year"); });
}

std::vector<SchemeRecord> schemes_of(db::Connection& connection, PotId pot, bool withdrawn, int limit) {
  return db::rows<SchemeRecord>(connection, kSchemes,
                                {{"pot", pot.value}, {"withdrawn", withdrawn ? 1 : 0}, {"limit", limit}}, scheme_of);
}

std::vector<PotRecord> pot_versions(db::Connection& connection, PotId id, int limit) {
  return db::rows<PotRecord>(connection, kPotVersions, {{"id", id.value}, {"limit", limit}}, pot_of);
}

std::vector<SchemeRecord> scheme_versions(db::Connection& connection, SchemeId id, int limit) {
  return db::rows<SchemeRecord>(connection, kSchemeVersions, {{"id", id.value}, {"limit", limit}}, scheme_of);
}

PotId insert_pot(db::Transaction& transaction, const PotRecord& record) {
  PotRecord first = record;
  first.id = {*transaction.integer(kInsertPot, {{"delivered", or_null(record.delivered)}})};
  first.version = 1;
  write_version(transaction, kInsertPotVersion, kPotVersion, first);
  return first.id;
}

SchemeId insert_scheme(db::Transaction& transaction, const SchemeRecord& record) {
  SchemeRecord first = record;
  first.id = {*transaction.integer(
      kInsertScheme, {{"pot", record.pot.value},
                      {"copied_from", db::value_of(record.copied_from)},
                      {"copied_version", record.copied_from ? std::optional(record.copied_version) : std::nullopt},
                      {"delivered", or_null(record.delivered)}})};
  first.version = 1;
  write_version(transaction, kInsertSchemeVersion, kSchemeVersion, first);
  return first.id;
}

bool insert_pot_version(db::Transaction& transaction, const PotRecord& record) {
  return raise(transaction, kRaisePot, kInsertPotVersion, kPotVersion, record);
}

bool insert_scheme_version(db::Transaction& transaction, const SchemeRecord& record) {
  return raise(transaction, kRaiseScheme, kInsertSchemeVersion, kSchemeVersion, record);
}

}  // namespace tithing::pots::store
