// Public face of `sources`: every file that was given to the program, kept as it came, with its checksum and what
// became of its rows. Register and evidence put their imports through it, so that every working can end at a file.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "db/db.h"
#include "slices/sources/publications.h"

namespace tithing {
struct Wiring;
}

namespace tithing::sources {

using SourceFileId = Id<struct SourceFileTag>;

struct SourceFile {
  SourceFileId id;
  std::string kind;    // "police-street", "area-look-up", "lsoa-exact-fit", "boundaries", "population", "table-c2"
  std::string name;    // base name of the file, or the member's path within an archive
  std::string sha256;  // of the file's own bytes (the member's, when it lay in an archive)
  std::int64_t bytes = 0;
  std::string archive_name;    // or empty
  std::string archive_sha256;  // the kept original is then the archive
  std::string imported_at;     // ISO 8601
  std::string imported_by;     // actor as in the audit
  std::string publisher;
  std::string licence;
  std::int64_t rows_accepted = 0;
  std::int64_t rows_refused = 0;
  std::string notes;  // JSON object of further counts: {"without_coordinates": 321, ...}
};

// The page of a file that was given: "/evidence/sources/12". Every working that ends at a file ends here.
std::string page_of(std::int64_t source_file);

struct RefusedRow {
  std::int64_t line = 0;  // in the file, counted from 1 with the header
  std::string reason;     // a sentence
  std::string text;       // the row as it stood, cut at 2,000 bytes
};

// Where originals lie: <data>/originals/<first two>/<sha256>. Kept files are read-only and never overwritten.
class OriginalStore {
 public:
  explicit OriginalStore(std::string folder);
  // Copies `path` in under its checksum: written aside, synced, renamed; the same file twice is kept once.
  Result<std::string> keep(const std::string& path) const;
  Result<std::string> keep_bytes(const std::string& bytes) const;
  std::string path_of(const std::string& sha256) const;
  bool has(const std::string& sha256) const;
  // Takes an original away again, when the import that kept it comes to nothing. The caller knows that no row names it.
  void remove(const std::string& sha256) const;
  // Removes what copying that was cut off has left, unless its process is alive.
  void remove_leftovers() const;
  // Versions to November 2026 put some originals into originals/originals/..: they are put where they belong. Returns
  // how many were.
  int take_in_misplaced() const;

 private:
  std::string folder_;
};

// In the caller's transaction. The caller keeps the original first.
SourceFileId add(db::Transaction& transaction, const SourceFile& file, const std::vector<RefusedRow>& refused);
std::optional<SourceFile> find(db::Connection& connection, SourceFileId id);
// Files with these bytes, and files that lay in an archive with these bytes, oldest first.
std::vector<SourceFile> find_by_sha256(db::Connection& connection, const std::string& sha256);
std::vector<SourceFile> list(db::Connection& connection, const std::string& kind, int limit, int offset);
std::int64_t count(db::Connection& connection, const std::string& kind);
// Every original that a row names, of whatever kind of file: what has to be kept for its rows to be explained.
struct Original {
  std::string sha256;
  std::string name;  // of the first file that was given with it
};
std::vector<Original> originals(db::Connection& connection);
void each_refused_row(db::Connection& connection, SourceFileId id, db::FunctionRef<void(const RefusedRow&)> each);

// How many files there are per kind, by kind.
struct KindCount {
  std::string kind;
  std::int64_t files = 0;
  std::int64_t rows_accepted = 0;
  std::int64_t rows_refused = 0;
};
std::vector<KindCount> count_kinds(db::Connection& connection);

// In the caller's transaction, with the caller's audit row. Gives the choice's number.
std::int64_t add_choice(db::Transaction& transaction, const Choice& choice);
// Oldest first; `about` empty: of every thing of the kind. Only what was known at that version of the slice.
std::vector<Choice> choices(db::Connection& connection, const std::string& kind, const std::string& about,
                            std::int64_t known = std::numeric_limits<std::int64_t>::max());

// Adds the migrations. The pages about sources are part of evidence.
void register_slice(Wiring& wiring);

}  // namespace tithing::sources
