// SQL of evidence: rows to values and back.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "db/db.h"
#include "slices/evidence/difference.h"
#include "slices/evidence/publications.h"
#include "slices/evidence/street_counts.h"
#include "slices/evidence/table_c2.h"
#include "slices/sources/sources.h"

namespace tithing::evidence::store {

// A publication with everything that is shown about it.
struct PublicationRow {
  Publication publication;
  std::string force_name;
  bool named = true;  // the file's name says force and month
  std::int64_t source_file = 0;
  std::int64_t import_id = 0;
  std::string segment;
  std::string problem;
  std::int64_t accepted = 0;
  std::int64_t refused = 0;
  std::int64_t without_lsoa = 0;
  std::int64_t without_coordinates = 0;
  std::int64_t without_crime_id = 0;
  std::int64_t repeated_crime_id = 0;
  std::int64_t repeated_row = 0;
  std::int64_t outside_uk = 0;
  std::int64_t other_reporter = 0;
  std::int64_t swapped = 0;   // longitude and latitude in each other's place
  std::int64_t replaces = 0;  // id, 0: none
  std::string types;          // types_text; empty: it was imported before that was kept, ask its counts
  // Of the source file:
  std::string file_name;
  std::string archive_name;
  std::string archive_sha256;
  std::string imported_at;
};

std::string version(db::Connection& connection);
void set_version(db::Transaction& transaction, const std::string& version);

std::int64_t add_import(db::Transaction& transaction, const std::string& at, const std::string& by,
                        const std::string& sentence);

struct ImportFileRow {
  std::string name;
  std::string archive;
  std::string outcome;
  std::string sentence;
  std::int64_t source_file = 0;
  std::int64_t accepted = 0;
  std::int64_t refused = 0;
};
void add_import_file(db::Transaction& transaction, std::int64_t import_id, std::int64_t position,
                     const ImportFileRow& row);
struct ImportRow {
  std::int64_t id = 0;
  std::string at;
  std::string by;
  std::string sentence;
};
std::optional<ImportRow> find_import(db::Connection& connection, std::int64_t id);
std::vector<ImportRow> list_imports(db::Connection& connection, int limit, int offset);
std::int64_t count_imports(db::Connection& connection);
std::vector<ImportFileRow> import_files(db::Connection& connection, std::int64_t import_id, int limit, int offset);
std::int64_t count_import_files(db::Connection& connection, std::int64_t import_id);

std::int64_t add_publication(db::Transaction& transaction, const PublicationRow& row);
void set_state(db::Transaction& transaction, std::int64_t publication, PublicationState state);
void set_segment(db::Transaction& transaction, std::int64_t publication, const std::string& segment);
void add_difference(db::Transaction& transaction, std::int64_t publication, const TypeDifference& difference);
// All of them, by force, month and version.
std::vector<PublicationRow> publications(db::Connection& connection);
std::vector<PublicationRow> publications_of(db::Connection& connection,
                                            std::int64_t source_file);  // the same, of one file
std::optional<PublicationRow> find_publication(db::Connection& connection, std::int64_t id);
// Those that replaced another one, newest first.
std::vector<PublicationRow> revisions(db::Connection& connection, int limit, int offset);
// Uploads that were read and wait for an answer.
struct Reading {
  std::string token;
  std::string kind;
  std::string name;
  std::string path;
  std::string at;
  std::string by;
  std::string sentence;
  std::vector<sources::Change> changes;
};
void add_reading(db::Transaction& transaction, const Reading& reading);
std::optional<Reading> find_reading(db::Connection& connection, const std::string& token);
void remove_readings(db::Transaction& transaction, const std::string& token,
                     const std::string& older_than);  // that one, and those read before

std::int64_t count_revisions(db::Connection& connection);
std::vector<TypeDifference> differences(db::Connection& connection, std::int64_t publication);
// Checksums of files and of archives of one kind.
std::set<std::string> known_checksums(db::Connection& connection, const std::string& kind);

struct DatasetRow {
  std::int64_t id = 0;
  std::string kind;
  std::string label;
  std::int64_t source_file = 0;
  std::string remarks;  // sentences, one per line
  bool counts = true;
  // Of the source file:
  std::string file_name;
  std::string sha256;
  std::string imported_at;
  std::int64_t rows = 0;
};
std::int64_t add_dataset(db::Transaction& transaction, const DatasetRow& row, std::int64_t import_id);
void set_dataset_counts(db::Transaction& transaction, std::int64_t dataset, bool counts);
std::vector<DatasetRow> datasets(db::Connection& connection,
                                 const std::string& kind);  // those that count, newest first
std::vector<DatasetRow> all_datasets(db::Connection& connection, const std::string& kind);  // in the order given
void add_official_values(db::Transaction& transaction, std::int64_t dataset, const TableC2& table);
// Every number of a table, by area, level and offence ("E22000368 partnership" "robbery"); empty: the table gives none.
std::map<std::pair<std::string, std::string>, std::optional<std::int64_t>> official_numbers(db::Connection& connection,
                                                                                            std::int64_t dataset);
struct OfficialValue {
  std::string level;
  std::string force_name;
  std::string area_name;
  std::string offence_name;
  std::optional<std::int64_t> number;
};
// Of the area as a partnership, else as a force.
std::optional<OfficialValue> official_value(db::Connection& connection, std::int64_t dataset,
                                            const std::string& area_code, const std::string& offence);
std::vector<std::pair<std::string, std::string>> official_offences(db::Connection& connection,
                                                                   std::int64_t dataset);  // slug, name

}  // namespace tithing::evidence::store
