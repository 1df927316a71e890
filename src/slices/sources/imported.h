// Lists that others made and revise (harm weights, the areas most similar to an area): given as a file of rows, kept
// version by version. One mechanism for all of them: reading line by line, with what is wrong with each; a version that
// is given again as a publication more (editions.h); what an import would change, asked before it does; choosing and
// taking back with a reason; what differs from another version; the pages (imported_pages.h). A room says its columns
// and its sentences.
//
// The tables are the room's own, so that a row has columns with names and types. The list's: id, name, version,
// publisher, note, source_file, sha256, imported_at, imported_by, and `kind` where the room has several sorts. The
// rows': list, position, and the columns of the kind.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/translation.h"
#include "commands/change.h"
#include "db/db.h"
#include "slices/sources/choice_parts.h"
#include "slices/sources/sources.h"

namespace tithing::sources {

// One line of a given file: its cells by the names of their columns, without what cannot be seen.
class Line {
 public:
  Line(const std::vector<std::string>& headings, const std::vector<std::string>& cells, bool decimal_comma)
      : headings_(headings), cells_(cells), decimal_comma_(decimal_comma) {}
  const std::vector<std::string>& headings() const { return headings_; }
  // `column` as slug() writes it: "crime-type" is the column "Crime type" or "crime_type". Empty where there is none,
  // or where the line ends before it.
  std::string text(std::string_view column) const;
  std::string text(std::size_t column) const;
  std::optional<double> number(const std::string& text) const;  // as numbers of this file are written

 private:
  const std::vector<std::string>& headings_;
  const std::vector<std::string>& cells_;
  bool decimal_comma_;
};

struct AskedColumns {
  std::vector<const char*> needed;  // as slug() writes them
  std::string in_words;             // "offence, weight, crime_type and maybe share"
  bool others_count = false;        // every other column holds something too, so there is one at least
};
struct ReadLines {
  std::string read_as;  // "Windows-1252, separated by semicolons"; empty: as it is written here
  std::vector<RefusedRow> refused;
};
template <class Row>
struct ReadRows : ReadLines {
  std::vector<Row> rows;
};
// Tells `take` each line of a CSV below its first one; what it answers is why the line is refused, or empty. invalid
// when a column is missing or nothing can be read.
Result<ReadLines> read_lines(const std::string& csv, const AskedColumns& asked,
                             db::FunctionRef<std::string(const Line&)> take);
Problem nothing_below();  // the first line
template <class Row, class Take>
Result<ReadRows<Row>> read_rows(const std::string& csv, const AskedColumns& asked, Take&& take) {
  ReadRows<Row> read;
  auto lines = read_lines(csv, asked, [&](const Line& line) -> std::string { return take(line, read.rows); });
  if (!lines) return pass_on(lines);
  static_cast<ReadLines&>(read) = std::move(*lines);
  if (read.rows.empty() && read.refused.empty()) return tl::unexpected(nothing_below());
  return read;
}

// A version of a list, from one file.
struct ImportedList {
  std::int64_t id = 0;
  std::string sort;     // of the kind's sorts; empty where it has none
  std::string name;     // "Crime Severity Score"
  std::string version;  // "2025-26"
  std::string publisher;
  std::string note;  // where it was taken from, in words
  std::int64_t source_file = 0;
  std::string sha256;
  std::string imported_by;
  Instant imported_at;
  bool counts = true;  // of the files of this version the one that counts
  std::string why;     // a sentence
  std::string key() const { return name + ", " + version; }
};

// A row as it is kept: a value for each column of the kind. Texts name what is spoken of, numbers say something of it
// (NULL: not known, which is not 0).
using ListRow = std::vector<db::Value>;
struct ListColumn {
  const char* name;
  bool number = false;
};
std::optional<double> number_of(const db::Value& value);

struct ImportedKind {
  std::string code;       // "harm-weights": of its records, publications and source files
  std::string name;       // "list of harm weights"
  Permission permission;  // to import, choose and take back: a right, not a scope, as for other files
  std::string address;    // "/priorities/harm"
  std::string action;     // of audit rows, before "import" and "choose": "priorities.harm_"
  std::string one, many;  // "harm weight", "harm weights"
  std::string list_table, row_table;
  std::vector<ListColumn> columns;  // a text first
  std::size_t part = 0;             // the column, and its word, of which none may be missed in a later file
  std::string part_word;            // "crime type"
  std::vector<std::pair<std::string, Message>> sorts = {};  // code and words, where there are several
  std::function<Result<ReadRows<ListRow>>(const std::string& sort, const std::string& csv)> read = {};
};

// What the rule which of several files counts asks of one (publications.h): a row without a number holds no part, where
// the kind has numbers.
Holding holding_of(const ImportedKind& kind, const std::vector<ListRow>& rows);
// Of the rows that `former` has for names (first column) that both have: how many the other one does not give, or gives
// otherwise by more than a tenth, and of how many.
std::pair<std::int64_t, std::int64_t> differing(const ImportedKind& kind, const std::vector<ListRow>& former,
                                                const std::vector<ListRow>& later);

struct ListImport {
  std::string sort = {};
  std::string name = {}, version = {}, publisher = {}, note = {};
  std::string file_name = {};  // empty: its lines were pasted
  std::string csv = {};
  bool without_refused = false;  // lines that cannot be used stay with the file; otherwise one of them refuses it all
};

// The lists of one kind. Lives as long as the program.
class ImportedLists {
 public:
  ImportedLists(Wiring& wiring, ImportedKind kind);
  const ImportedKind& kind() const { return kind_; }
  Wiring& wiring() const { return wiring_; }

  std::vector<ImportedList> all();       // newest first, with which of them count
  std::vector<ImportedList> counting();  // those that are offered
  Result<ImportedList> find(std::int64_t id);
  std::vector<ListRow> rows(std::int64_t list, const std::string& first = {});  // all, or of one name
  Thing thing_of(const ImportedList& list);                                     // its version with all files

  // All or nothing. The file is kept as a source. A version that is there already is a publication more: see
  // editions.h for what is asked, and `manners` for the answer.
  Result<std::int64_t> import(const Actor& actor, const ListImport& wanted, const Manners& manners = {});
  // What that import would change, and which lines stay behind.
  Result<Change> try_import(const Actor& actor, const ListImport& wanted);
  // Which file of a version counts, or that it is set aside, with a reason; what that changes. `seen`: fingerprint of
  // the changes that somebody was shown.
  Result<std::vector<Change>> choose(const Actor& actor, const std::string& key, const Chosen& chosen,
                                     const std::string& reason, bool dry_run, const std::string& seen = {});

 private:
  Wiring& wiring_;
  ImportedKind kind_;
};

// Adds the kind of record.
void register_imported(ImportedLists& lists);

}  // namespace tithing::sources
