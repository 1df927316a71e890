#include "slices/register/store_choices.h"

#include <map>
#include <stdexcept>

#include "base/text.h"

namespace tithing::register_::store {
namespace {

using db::Connection;
using db::Query;
using db::Row;

constexpr Query kLookUps{"register.look_up_publications",
                         "SELECT l.day, l.id, l.source_file, l.version, s.name, s.imported_at, s.rows_accepted "
                         "FROM look_up l JOIN source_file s ON s.id = l.source_file WHERE l.version <= :version "
                         "ORDER BY l.day, l.id"};
constexpr Query kExactFits{"register.exact_fit_publications",
                           "SELECT f.id, f.source_file, f.version, s.name, s.imported_at, s.rows_accepted "
                           "FROM exact_fit f JOIN source_file s ON s.id = f.source_file WHERE f.version <= :version "
                           "ORDER BY f.id"};
constexpr Query kWardFits{"register.ward_fit_publications",
                          "SELECT f.id, f.source_file, f.version, s.name, s.imported_at, s.rows_accepted "
                          "FROM ward_fit f JOIN source_file s ON s.id = f.source_file WHERE f.version <= :version "
                          "ORDER BY f.id"};
constexpr Query kHistories{"register.code_history_publications",
                           "SELECT h.source_file, h.version, s.name, s.imported_at, s.rows_accepted "
                           "FROM (SELECT DISTINCT source_file, version FROM code_history) h "
                           "JOIN source_file s ON s.id = h.source_file WHERE h.version <= :version "
                           "ORDER BY h.source_file"};
constexpr Query kFacts{"register.fact_publications",
                       "SELECT f.source_file, f.version, s.name, s.imported_at, s.rows_accepted "
                       "FROM (SELECT DISTINCT source_file, version FROM succession_fact) f "
                       "JOIN source_file s ON s.id = f.source_file WHERE f.version <= :version "
                       "ORDER BY f.source_file"};
constexpr Query kBoundaries{"register.boundary_publications",
                            "SELECT b.kind, b.vintage, b.source_file, b.version, s.name, s.imported_at, b.areas "
                            "FROM (SELECT kind, vintage, source_file, version, COUNT(*) AS areas FROM area_boundary "
                            "GROUP BY kind, vintage, source_file, version) b "
                            "JOIN source_file s ON s.id = b.source_file WHERE b.version <= :version "
                            "ORDER BY b.kind, b.vintage, b.source_file"};
constexpr Query kLookUpRows{
    "register.look_up_rows_of",
    "SELECT district, district_name, partnership, partnership_name, force_area, force_name FROM look_up_row "
    "WHERE look_up = :look_up ORDER BY district, partnership"};

}  // namespace

std::vector<PublicationRow> publications(Connection& connection, std::int64_t at_version, const std::string& kind) {
  std::vector<PublicationRow> rows;
  const db::Parameters version = {{"version", at_version}};
  const auto wanted = [&](const char* one) { return kind.empty() || kind == one; };
  if (wanted(kLookUpKind))
    connection.run(kLookUps, version, [&](const Row& row) {
      rows.push_back({kLookUpKind, row.text("day"), row.integer("id"), row.integer("source_file"),
                      row.integer("version"), row.text("name"), row.text("imported_at"), row.integer("rows_accepted")});
    });
  const auto fits = [&](const Query& query, const char* of_kind) {
    connection.run(query, version, [&](const Row& row) {
      rows.push_back({of_kind, kOnlyKey, row.integer("id"), row.integer("source_file"), row.integer("version"),
                      row.text("name"), row.text("imported_at"), row.integer("rows_accepted")});
    });
  };
  if (wanted(kExactFitKind)) fits(kExactFits, kExactFitKind);
  if (wanted(kWardFitKind)) fits(kWardFits, kWardFitKind);
  const auto whole_files = [&](const Query& query, const char* of_kind) {
    connection.run(query, version, [&](const Row& row) {
      rows.push_back({of_kind, kOnlyKey, 0, row.integer("source_file"), row.integer("version"), row.text("name"),
                      row.text("imported_at"), row.integer("rows_accepted")});
    });
  };
  if (wanted(kCodeHistoryKind)) whole_files(kHistories, kCodeHistoryKind);
  if (wanted(kFactsKind)) whole_files(kFacts, kFactsKind);
  if (wanted(kBoundariesKind))
    connection.run(kBoundaries, version, [&](const Row& row) {
      rows.push_back({kBoundariesKind, row.text("kind") + " " + row.text("vintage"), 0, row.integer("source_file"),
                      row.integer("version"), row.text("name"), row.text("imported_at"), row.integer("areas")});
    });
  return rows;
}

LookUp look_up_of(Connection& connection, std::int64_t id) {
  LookUp look_up;
  connection.run(kLookUpRows, {{"look_up", id}}, [&](const Row& row) {
    look_up.rows.push_back({row.text("district"), row.text("district_name"), row.text("partnership"),
                            row.text("partnership_name"), row.text("force_area"), row.text("force_name")});
  });
  return look_up;
}

std::vector<sources::Publication> for_rule(Connection& connection, const std::vector<PublicationRow>& rows) {
  std::vector<sources::Publication> out;
  for (const PublicationRow& row : rows) {
    sources::Publication publication;
    publication.source_file = row.source_file;
    publication.holding.rows = row.rows;
    // One look-up alone counts whatever it holds.
    if (row.kind == kLookUpKind && rows.size() > 1) publication.holding = holding_of(look_up_of(connection, row.id));
    out.push_back(std::move(publication));
  }
  return out;
}

std::vector<sources::Standing> standings(Connection& connection, const std::vector<PublicationRow>& rows,
                                         std::int64_t at_version) {
  if (rows.empty()) return {};
  return sources::standings(for_rule(connection, rows),
                            sources::choices(connection, rows.front().kind, rows.front().key, at_version),
                            manner_of(rows.front().kind));
}

std::set<std::int64_t> not_counted(Connection& connection, const std::string& kind, std::int64_t at_version) {
  // Where all count, only a choice can put one out of the way.
  if (manner_of(kind) == sources::Manner::all_count && sources::choices(connection, kind, "", at_version).empty())
    return {};
  std::map<std::string, std::vector<PublicationRow>> things;
  for (PublicationRow& row : publications(connection, at_version, kind)) things[row.key].push_back(std::move(row));
  std::set<std::int64_t> files;
  for (const auto& [key, rows] : things) {
    const std::vector<sources::Standing> judged = standings(connection, rows, at_version);
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (judged[i].state != sources::Standing::State::counts) files.insert(rows[i].source_file);
  }
  return files;
}

}  // namespace tithing::register_::store
