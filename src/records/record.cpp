#include "records/record.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "base/text.h"
#include "base/translation.h"
#include "records/overtaken.h"

namespace tithing::records {
namespace {

struct PublicationText {
  std::string_view code, name;
};
constexpr std::array<PublicationText, 5> kTexts = {{{"draft", "Draft"},
                                                    {"scheduled", "Scheduled"},
                                                    {"published", "Published"},
                                                    {"superseded", "Superseded"},
                                                    {"withdrawn", "Withdrawn"}}};

bool is_code(std::string_view text) {
  return !text.empty() && text.size() <= 40 &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

void check_column(const std::string& column) {
  const std::size_t dot = column.find('.');
  if (dot == 0 || dot == std::string::npos || dot + 1 == column.size())
    throw std::logic_error("a column is claimed as table.column: \"" + column + "\"");
}

}  // namespace

std::int64_t Record::number() const {
  if (id.empty() || id.size() > 15 || id.find_first_not_of("0123456789") != std::string::npos) return 0;
  return std::stoll(id);
}

std::optional<Record> record_from(std::string_view subject) {
  const std::size_t colon = subject.find(':');
  if (colon == std::string_view::npos || colon + 1 == subject.size() || !is_code(subject.substr(0, colon)))
    return std::nullopt;
  return Record{std::string(subject.substr(0, colon)), std::string(subject.substr(colon + 1))};
}

std::string_view code_of(Publication state) { return kTexts[static_cast<std::size_t>(state)].code; }
std::string_view name_of(Publication state) { return kTexts[static_cast<std::size_t>(state)].name; }
std::optional<Publication> publication_from(std::string_view code) {
  for (const Publication state : kPublications)
    if (code_of(state) == code) return state;
  return std::nullopt;
}

std::string_view name_of(AtEnd at_end) {
  switch (at_end) {
    case AtEnd::carried:
      return "carried over";
    case AtEnd::ended:
      return "ends with it";
    case AtEnd::split:
      return "divided";
    case AtEnd::asked:
      return "asked";
    case AtEnd::untouched:
      break;
  }
  return "not a body's";
}

void Kinds::add(Kind kind) {
  if (!is_code(kind.code))
    throw std::logic_error("a kind of record needs a code of a-z and \"-\": \"" + kind.code + "\"");
  if (find(kind.code) != nullptr) throw std::logic_error("kind of record registered twice: " + kind.code);
  if (kind.name.empty() || (kind.read.name.empty() && !kind.known_before) || !kind.find)
    throw std::logic_error("kind of record without name, permission to read, or find: " + kind.code);
  if ((kind.at_end == AtEnd::untouched) != kind.at_end_words.empty())
    throw std::logic_error("kind of record that does not say what becomes of it when its body ends: " + kind.code);
  if (kind.at_end != AtEnd::untouched && !kind.of_body)
    throw std::logic_error("kind of record that is a body's, but does not find those of a body: " + kind.code);
  if (kind.at_end == AtEnd::carried && !kind.carry)
    throw std::logic_error("kind of record that is carried over, and does not say how: " + kind.code);
  for (const std::string& column : kind.columns) check_column(column);
  kinds_.push_back(std::move(kind));
}

const Kind* Kinds::find(std::string_view code) const {
  for (const Kind& kind : kinds_)
    if (kind.code == code) return &kind;
  return nullptr;
}

void Kinds::leave_out(std::string column, std::string why) {
  check_column(column);
  if (why.empty()) throw std::logic_error("a column is left out of the records without a reason: " + column);
  left_out_.push_back({std::move(column), std::move(why)});
}

tl::unexpected<Problem> overtaken(const std::string& name) {
  return conflict(
      name.empty()
          ? tr("This has been changed by somebody else meanwhile. Nothing of yours was saved. Look at what is "
               "there now, and begin again from it.")
          : tr("“{0}” has been changed by somebody else meanwhile. Nothing of yours was saved. Look at what is "
               "there now, and begin again from it.",
               {name}));
}

Result<Standing> Kinds::standing(db::Connection& connection, const Record& record) const {
  const Kind* kind = find(record.kind);
  if (kind == nullptr) return not_found(tr("There is nothing of the kind “{0}” here.", {record.kind}));
  auto found = kind->find(connection, record.id);
  if (!found) return not_found(tr("There is no such {0}.", {kind->name}));
  return std::move(*found);
}

Result<Standing> Kinds::standing_for(db::Connection& connection, const Record& record, const Reach& reader) const {
  auto found = standing(connection, record);
  if (found && !may_know(*find(record.kind), *found, reader))
    return not_found(tr("There is no such {0}.", {find(record.kind)->name}));
  return found;
}

std::vector<std::pair<Record, Standing>> Kinds::known(db::Connection& connection, const std::vector<Record>& records,
                                                      const Reach& reader) const {
  std::vector<std::pair<Record, Standing>> out;
  for (const Record& record : records)
    if (auto found = standing_for(connection, record, reader)) out.emplace_back(record, std::move(*found));
  return out;
}

bool is_public(const Standing& standing, Date today) {
  switch (standing.publication) {
    case Publication::draft:
      return false;
    case Publication::scheduled:
      return standing.public_from && *standing.public_from <= today;
    case Publication::published:
    case Publication::superseded:
    case Publication::withdrawn:
      return true;
  }
  return false;
}

namespace {

bool known_before(const Kind& kind, const Standing& standing, const Reach& reader) {
  return kind.known_before ? kind.known_before(standing, reader) : reader.may(kind.read, standing.whose, kind.read_hub);
}

}  // namespace

bool may_know(const Kind& kind, const Standing& standing, const Reach& reader) {
  if (kind.ever_public && is_public(standing, reader.today())) return true;
  return known_before(kind, standing, reader);
}

bool may_know_part(const Kind& kind, const Standing& standing, std::string_view part, const Reach& reader) {
  if (!may_know(kind, standing, reader)) return false;
  const bool exempt = std::any_of(standing.exempt.begin(), standing.exempt.end(),
                                  [&](const ExemptPart& one) { return one.part == part; });
  return !exempt || known_before(kind, standing, reader);
}

namespace {

const db::Query kSqliteColumns{
    "records.columns",
    "SELECT m.name AS in_table, c.name AS column_name FROM sqlite_master m JOIN pragma_table_info(m.name) c "
    "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, c.cid"};
const db::Query kPostgresqlColumns{"records.columns",
                                   "SELECT table_name AS in_table, column_name FROM information_schema.columns "
                                   "WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position"};

// "body", "area_code", "from_body", "post": a whole word of the column's name.
bool names_somebody(const std::string& column) {
  for (const std::string& word : split(column, '_'))
    for (const char* wanted :
         {"body", "bodies", "post", "posts", "area", "areas", "organisation", "partnership", "force"})
      if (word == wanted) return true;
  return false;
}

}  // namespace

namespace {

using Column = std::pair<std::string, std::string>;  // table, column
std::vector<Column> columns_of_store(db::Connection& connection) {
  std::vector<Column> out;
  connection.run(connection.engine() == db::Engine::sqlite ? kSqliteColumns : kPostgresqlColumns, {},
                 [&](const db::Row& row) { out.emplace_back(row.text("in_table"), row.text("column_name")); });
  return out;
}

std::vector<std::string> claims_of(const Kinds& kinds) {
  std::vector<std::string> out;
  for (const Kind& kind : kinds.all()) out.insert(out.end(), kind.columns.begin(), kind.columns.end());
  for (const Kinds::LeftOut& one : kinds.left_out()) out.push_back(one.column);
  return out;
}

}  // namespace

std::vector<std::string> unclaimed_columns(db::Connection& connection, const Kinds& kinds) {
  const std::vector<std::string> claims = claims_of(kinds);
  const auto claimed = [&](const std::string& name) {
    return std::find(claims.begin(), claims.end(), name) != claims.end();
  };
  std::vector<std::string> out;
  for (const auto& [table, column] : columns_of_store(connection))
    if (names_somebody(column) && !claimed(table + "." + column) && !claimed(table + ".*"))
      out.push_back(table + "." + column);
  return out;
}

std::vector<std::string> claims_of_nothing(db::Connection& connection, const Kinds& kinds) {
  std::vector<std::string> out = claims_of(kinds);
  for (const auto& [table, column] : columns_of_store(connection)) {
    std::erase(out, table + "." + column);
    std::erase(out, table + ".*");
  }
  return out;
}

}  // namespace tithing::records
