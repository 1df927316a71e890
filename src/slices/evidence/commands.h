// The use cases of evidence: permission, check, change and audit sentence in one transaction each.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "commands/change.h"
#include "slices/evidence/data_folder.h"
#include "slices/evidence/import_reading.h"
#include "slices/evidence/store.h"
#include "slices/register/areas.h"
#include "slices/sources/choice_parts.h"

namespace tithing::evidence {

using commands::Doing;

// What commands of evidence work with besides: they read for minutes, and write in the end. Lives as long as the
// program.
struct Holdings {
  db::Database& database;
  const Clock& clock;
  const DataFolder& data;
  // The areas of the register, by which it is told whose rows a force's are. Not set: nobody has any, and nothing is
  // said of it.
  std::function<std::shared_ptr<const register_::Areas>()> areas = {};
};

struct ImportReport {
  std::int64_t id = 0;  // 0: nothing changed, and nothing was written
  std::vector<store::ImportFileRow> files;
  std::vector<std::string> passed_over;  // originals that were imported before
  std::int64_t accepted = 0;
  std::int64_t refused = 0;
  std::int64_t without_coordinates = 0;
  std::int64_t without_lsoa = 0;
  std::int64_t without_crime_id = 0;
  std::int64_t repeated_crime_id = 0;
  std::int64_t repeated_row = 0;
  std::string sentence;
  std::vector<sources::Change>
      changes;  // what it changes, or with a dry run would change, and then what would become suspect
  sources::Trial trial = sources::Trial::imports;  // of a dry run
};

// Imports street-level files. All or nothing: until the one transaction at the end nothing can be seen, and after a
// problem or a kill at any moment the store is as it was. Files that cannot be read are a problem when nothing else is
// there to import; beside others they are recorded as malformed. What would remove much of what counts is a conflict,
// with a sentence that says how to answer, unless `manners` answers it. Needs kImportEvidence.
Result<ImportReport> import_police(const Doing& doing, const Holdings& holdings, const std::vector<std::string>& paths,
                                   const ProgressSink& progress, const sources::Manners& manners = {});

Result<ImportReport> import_population(const Doing& doing, const Holdings& holdings, const std::string& path,
                                       const sources::Manners& manners = {});
Result<ImportReport> import_table_c2(const Doing& doing, const Holdings& holdings, const std::string& path,
                                     const sources::Manners& manners = {});

// ---- publications: what several files say about one thing, and which of them counts

// Every thing of the kind (empty: of all), or the one with that key. `all`: also those of which there is one
// publication and no choice.
Result<std::vector<sources::Thing>> things(const Holdings& holdings, const std::string& kind, const std::string& key,
                                           bool all);

// Whether somebody may choose about it: of a force's month, who reaches there; of a national table, who may import.
bool may_choose(const Reach& reach, const std::string& kind, const std::string& key);

struct Choosing {
  std::string kind;
  std::string key;
  std::int64_t source_file = 0;  // 0 with Verdict::standard
  sources::Verdict verdict = sources::Verdict::counts;
  std::string reason;
  std::string seen;  // fingerprint of the changes that were shown; other ones are a conflict
  bool dry_run = false;
};
// What the choice changes; nothing when it is what counts already. Needs kImportEvidence, for a month of a force with
// an area there.
Result<std::vector<sources::Change>> choose(const Doing& doing, const Holdings& holdings, const Choosing& choosing);

// Makes segments, populations and cube again from the kept originals. The segments must come out as they were, byte for
// byte: a problem names the first that does not, and nothing is changed then. Returns a sentence. Needs
// kImportEvidence.
Result<std::string> rebuild(const Doing& doing, const Holdings& holdings, const ProgressSink& progress);

// Compares every original, segment and the cube with their checksums. A problem names the first that does not agree.
Result<std::string> verify(const Holdings& holdings);

// Clears away what a killed import left, unless one is at work. At start.
Status clear_leftovers(const Holdings& holdings);

// The cube of what counts now, made when it is not there. `version` is cube_version of the publications that count.
Status ensure_cube(const DataFolder& data, const std::vector<store::PublicationRow>& publications);
std::string cube_version(const std::vector<store::PublicationRow>& publications);

}  // namespace tithing::evidence
