#include "slices/evidence/commands.h"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "base/hash.h"
#include "base/json.h"
#include "base/text.h"
#include "db/audit.h"
#include "slices/evidence/cube.h"
#include "slices/evidence/durable_file.h"
#include "slices/evidence/evidence.h"
#include "slices/evidence/population.h"
#include "slices/evidence/reference_tables.h"

namespace tithing::evidence {

namespace {

constexpr const char* kStreetKind = "police-street";
constexpr const char* kLicence = "Open Government Licence v3.0";
constexpr const char* kStopped = "The import was stopped. Nothing was changed.";

// Reads of the store that fail for want of room or connection become sentences; other faults stay faults.
template <class Work>
auto with_store_sentences(Work work) -> decltype(work()) {
  try {
    return work();
  } catch (const db::Error& error) {
    if (error.fault == db::Fault::full) return tl::unexpected<Problem>(file_problem(ENOSPC));
    if (error.fault == db::Fault::busy) return unavailable("The store is being changed by somebody else. Nothing was changed; try again.");
    throw;
  }
}

// Too large a file raises a signal that would end the program without a word; as an error it becomes a sentence.
void no_signal_for_large_files() { std::signal(SIGXFSZ, SIG_IGN); }

constexpr std::int64_t kLargestTable = std::int64_t{256} * 1024 * 1024;

// Every referenced original, segment and population, as paths.
std::set<std::string> referenced_paths(db::Connection& connection, const DataFolder& data) {
  std::set<std::string> paths;
  for (const store::PublicationRow& row : store::publications(connection)) {
    if (!row.segment.empty()) paths.insert(data.segment_path(row.segment));
  }
  paths.insert(data.cube_path(cube_version(store::publications(connection))));
  for (const char* kind : {kStreetKind, "population", "table-c2"}) {
    for (const std::string& checksum : store::known_checksums(connection, kind)) {
      paths.insert(data.originals().path_of(checksum));
      paths.insert(data.population_path(checksum));
    }
  }
  return paths;
}

void recover_under_lock(const Environment& environment) {
  std::set<std::string> wanted;
  bool read = false;
  recover(environment.data, [&](const std::string& path) {
    if (!read) {
      environment.database.read([&](db::Connection& connection) { wanted = referenced_paths(connection, environment.data); });
      read = true;
    }
    // Another slice may have kept the same original.
    const std::size_t slash = path.rfind('/');
    const std::string checksum = path.substr(slash + 1);
    bool known_elsewhere = false;
    if (wanted.count(path) == 0 && checksum.size() == 64) {
      environment.database.read([&](db::Connection& connection) { known_elsewhere = !sources::find_by_sha256(connection, checksum).empty(); });
      known_elsewhere = known_elsewhere && path == environment.data.originals().path_of(checksum);
    }
    return wanted.count(path) > 0 || known_elsewhere;
  });
  std::vector<store::PublicationRow> publications;
  environment.database.read([&](db::Connection& connection) { publications = store::publications(connection); });
  environment.data.remove_other_cubes(cube_version(publications));
}

// The same whatever the order: engines sort text differently.
std::string short_checksum(std::vector<std::string> lines) {
  std::sort(lines.begin(), lines.end());
  return sha256(joined(lines, "\n")).substr(0, 16);
}

std::string new_version(db::Connection& connection) {
  std::vector<std::string> lines;
  for (const store::PublicationRow& row : store::publications(connection)) {
    // The file as well as its counts: a working names the file.
    if (row.publication.state == PublicationState::counts) {
      lines.push_back(row.publication.force_slug + " " + row.publication.month.iso() + " " + row.publication.sha256 + " " + row.segment);
    }
  }
  for (const char* kind : {"population", "table-c2"}) {
    for (const store::DatasetRow& row : store::datasets(connection, kind)) {
      const auto file = sources::find(connection, sources::SourceFileId{row.source_file});
      lines.push_back(row.kind + " " + row.label + " " + (file ? file->sha256 : std::string()));
    }
  }
  return short_checksum(std::move(lines));
}

sources::SourceFile source_of(const ReadFile& file, const std::string& at, const std::string& by) {
  sources::SourceFile source;
  source.kind = kStreetKind;
  source.name = file.name;
  source.sha256 = file.sha256;
  source.bytes = file.bytes;
  source.archive_name = file.archive_name;
  source.archive_sha256 = file.archive_sha256;
  source.imported_at = at;
  source.imported_by = by;
  source.publisher = "data.police.uk";
  source.licence = kLicence;
  source.rows_refused = static_cast<std::int64_t>(file.refused.size());
  ForceMonthCounts sums;
  for (const ReadPart& part : file.parts) {
    sums.rows += part.counts.rows;
    sums.without_coordinates += part.counts.without_coordinates;
    sums.without_lsoa += part.counts.without_lsoa;
    sums.without_crime_id += part.counts.without_crime_id;
    sums.repeated_crime_id += part.counts.repeated_crime_id;
    sums.repeated_row += part.counts.repeated_row;
    sums.outside_uk += part.counts.outside_uk;
    sums.filled_month += part.counts.filled_month;
    sums.other_reporter += part.counts.other_reporter;
  }
  source.rows_accepted = sums.rows;
  JsonWriter notes;
  notes.begin_object();
  const auto note = [&](const char* key, std::int64_t number) { notes.member(key, number); };
  note("without_coordinates", sums.without_coordinates);
  note("without_lsoa", sums.without_lsoa);
  note("without_crime_id", sums.without_crime_id);
  note("repeated_crime_id", sums.repeated_crime_id);
  note("repeated_row", sums.repeated_row);
  note("outside_uk", sums.outside_uk);
  note("filled_month", sums.filled_month);
  note("other_reporter", sums.other_reporter);
  if (!file.problem.empty()) notes.member("problem", file.problem);
  notes.end_object();
  source.notes = notes.take();
  return source;
}

std::vector<sources::RefusedRow> refused_of(const ReadFile& file) {
  std::vector<sources::RefusedRow> rows;
  for (const RefusedLine& line : file.refused) rows.push_back({line.line, line.reason, line.text});
  return rows;
}

// One file of the import with what is decided about each of its force-months.
struct Planned {
  struct Part {
    std::size_t index = 0;  // in ReadFile::parts
    Decision decision = Decision::known;
    std::int64_t version = 0;
    std::string replaces;  // key of the publication that is replaced: "<force> <month> <version>"
    std::vector<TypeDifference> differences;
  };
  const ReadFile* file = nullptr;
  std::vector<Part> parts;
  bool malformed = false;
  bool malformed_known = false;
};

std::string force_month_key(const std::string& force, Month month) { return force + " " + month.iso(); }
std::string publication_key(const std::string& force, Month month, std::int64_t version) {
  return force_month_key(force, month) + " " + std::to_string(version);
}

// Where the rows of a publication can be read again.
struct Origin {
  std::string sha256;
  std::string archive_sha256;
  std::string name;
  bool named = true;
};

std::string short_name(const std::string& name) { return std::string(base_name(name)); }

struct Plan {
  std::vector<Planned> files;
  bool changes = false;
};

Result<Plan> make_plan(const DataFolder& data, const std::vector<ReadFile>& files, const std::vector<store::PublicationRow>& existing) {
  std::map<std::string, std::vector<Publication>> known;
  std::map<std::string, Origin> origins;
  for (const store::PublicationRow& row : existing) {
    known[force_month_key(row.publication.force_slug, row.publication.month)].push_back(row.publication);
    origins[publication_key(row.publication.force_slug, row.publication.month, row.publication.version)] = {row.publication.sha256, row.archive_sha256,
                                                                                                            row.file_name, row.named};
  }
  Plan plan;
  for (const ReadFile& file : files) {
    Planned planned;
    planned.file = &file;
    if (!file.not_used && !file.problem.empty()) {
      planned.malformed = true;
      if (file.says) {
        std::vector<Publication>& others = known[force_month_key(file.says->force_slug, file.says->month)];
        for (const Publication& other : others) planned.malformed_known = planned.malformed_known || other.sha256 == file.sha256;
        if (!planned.malformed_known) {
          Publication publication;
          publication.version = static_cast<std::int64_t>(others.size()) + 1;
          publication.state = PublicationState::malformed;
          publication.sha256 = file.sha256;
          others.push_back(publication);
          planned.parts.push_back({0, Decision::takes, publication.version, {}, {}});
        }
      }
      plan.changes = plan.changes || (!planned.malformed_known && file.says);
    }
    for (std::size_t i = 0; i < file.parts.size(); ++i) {
      const ForceMonthCounts& counts = file.parts[i].counts;
      std::vector<Publication>& others = known[force_month_key(counts.force_slug, counts.month)];
      Planned::Part part;
      part.index = i;
      part.decision = decide(others, file.is_extract, file.sha256);
      if (part.decision != Decision::known) {
        plan.changes = true;
        part.version = static_cast<std::int64_t>(others.size()) + 1;
        Publication publication;
        publication.version = part.version;
        publication.is_extract = file.is_extract;
        publication.sha256 = file.sha256;
        publication.state = part.decision == Decision::set_aside ? PublicationState::set_aside : PublicationState::counts;
        if (part.decision == Decision::replaces) {
          for (Publication& other : others) {
            if (other.state != PublicationState::counts) continue;
            other.state = PublicationState::superseded;
            part.replaces = publication_key(counts.force_slug, counts.month, other.version);
          }
          const Origin& former = origins.at(part.replaces);
          const Result<std::unique_ptr<ByteStream>> before = open_original(data, former.sha256, former.archive_sha256, former.name);
          if (!before) return pass_on(before);
          const Result<std::unique_ptr<ByteStream>> after = open_original(data, file.sha256, file.archive_sha256, file.name);
          if (!after) return pass_on(after);
          Result<std::vector<TypeDifference>> differences =
              compare_publications(**before, {counts.month, counts.force_slug, former.named}, **after, {counts.month, counts.force_slug, file.says.has_value()});
          if (!differences) return pass_on(differences);
          part.differences = std::move(*differences);
        }
        others.push_back(publication);
        origins[publication_key(counts.force_slug, counts.month, part.version)] = {file.sha256, file.archive_sha256, file.name, file.says.has_value()};
      }
      planned.parts.push_back(std::move(part));
    }
    plan.files.push_back(std::move(planned));
  }
  return plan;
}

// What became of one file, in a word and a sentence.
void describe(const Planned& planned, store::ImportFileRow& row) {
  const ReadFile& file = *planned.file;
  row.name = file.name;
  row.archive = file.archive_name;
  row.refused = static_cast<std::int64_t>(file.refused.size());
  for (const ReadPart& part : file.parts) row.accepted += part.counts.rows;
  if (file.not_used) {
    row.outcome = "not-used";
    row.sentence = !file.says                                        ? "Not a street-level file. It is not used."
                   : file.says->kind == PoliceFileKind::outcomes     ? "An outcomes file. It is not used."
                   : file.says->kind == PoliceFileKind::stop_and_search ? "A stop-and-search file. It is not used."
                                                                        : "It is not used.";
    return;
  }
  if (planned.malformed) {
    row.outcome = planned.malformed_known ? "known" : "malformed";
    row.sentence = file.problem;
    return;
  }
  int takes = 0, replaces = 0, set_aside = 0;
  TypeDifference sums;
  for (const Planned::Part& part : planned.parts) {
    takes += part.decision == Decision::takes;
    replaces += part.decision == Decision::replaces;
    set_aside += part.decision == Decision::set_aside;
    for (const TypeDifference& difference : part.differences) {
      sums.added += difference.added;
      sums.removed += difference.removed;
      sums.other_outcome += difference.other_outcome;
      sums.otherwise_changed += difference.otherwise_changed;
    }
  }
  const std::string rows = plural(row.accepted, "row", "rows") + " accepted" + (row.refused > 0 ? ", " + grouped(row.refused) + " refused" : std::string());
  if (takes + replaces + set_aside == 0) {
    row.outcome = "known";
    row.sentence = "It was imported before. Nothing was changed.";
  } else if (replaces > 0) {
    row.outcome = "replaces";
    row.sentence = rows + ". It replaces an earlier publication, which is kept: " + plural(sums.added, "row", "rows") + " added, " +
                   grouped(sums.removed) + " removed, " + grouped(sums.other_outcome) + " with another outcome, " + grouped(sums.otherwise_changed) +
                   " changed otherwise.";
  } else if (takes == 0) {
    row.outcome = "set-aside";
    row.sentence = rows + ". It is an extract, and its months are there already from whole files: it is kept and not counted.";
  } else {
    row.outcome = "new";
    row.sentence = rows + ".";
    if (file.is_extract) {
      row.sentence += " It is an extract of " + plural(static_cast<std::int64_t>(file.parts.size()), "force-month", "force-months") + ": " +
                      grouped(takes) + " counted as suspect until a whole file is imported" +
                      (set_aside > 0 ? ", " + grouped(set_aside) + " set aside because whole files are there." : std::string("."));
    }
  }
}

std::string months_text(const std::vector<ReadFile>& files) {
  std::optional<Month> first, last;
  for (const ReadFile& file : files) {
    for (const ReadPart& part : file.parts) {
      if (!first || part.counts.month < *first) first = part.counts.month;
      if (!last || *last < part.counts.month) last = part.counts.month;
    }
  }
  return first ? Period{*first, *last}.text() : std::string();
}

void summarise(const Reading& reading, const Plan& plan, ImportReport& report) {
  std::map<std::string, int> outcomes;
  for (const Planned& planned : plan.files) {
    store::ImportFileRow row;
    describe(planned, row);
    ++outcomes[row.outcome];
    const bool counts = row.outcome == "new" || row.outcome == "replaces" || row.outcome == "set-aside";
    if (counts) {
      report.accepted += row.accepted;
      for (const ReadPart& part : planned.file->parts) {
        report.without_coordinates += part.counts.without_coordinates;
        report.without_lsoa += part.counts.without_lsoa;
        report.without_crime_id += part.counts.without_crime_id;
        report.repeated_crime_id += part.counts.repeated_crime_id;
        report.repeated_row += part.counts.repeated_row;
      }
    }
    if (counts || row.outcome == "malformed") report.refused += row.refused;
    report.files.push_back(std::move(row));
  }
  const int imported = outcomes["new"] + outcomes["replaces"] + outcomes["set-aside"];
  std::string sentence;
  if (imported > 0) {
    std::set<std::string> forces;
    for (const ReadFile& file : reading.files) {
      for (const ReadPart& part : file.parts) forces.insert(part.counts.reported_by.empty() ? part.counts.force_slug : part.counts.reported_by);
    }
    const std::string who = forces.size() == 1 ? *forces.begin() : plural(static_cast<std::int64_t>(forces.size()), "force", "forces");
    sentence = "Imported " + plural(imported, "file", "files") + " of " + who + ", " + months_text(reading.files) + ": " +
               plural(report.accepted, "row", "rows") + " accepted, " + grouped(report.refused) + " refused.";
    if (outcomes["replaces"] > 0) sentence += " " + plural(outcomes["replaces"], "file replaces", "files replace") + " an earlier publication.";
    if (outcomes["set-aside"] > 0) sentence += " " + plural(outcomes["set-aside"], "file was", "files were") + " set aside.";
  } else {
    sentence = "Nothing was changed.";
  }
  if (outcomes["malformed"] > 0) sentence += " " + plural(outcomes["malformed"], "file", "files") + " could not be read.";
  const std::int64_t before = outcomes["known"] + static_cast<std::int64_t>(reading.passed_over.size());
  if (before > 0) sentence += " " + plural(before, "file was", "files were") + " imported before.";
  if (outcomes["not-used"] > 0) sentence += " " + plural(outcomes["not-used"], "file is", "files are") + " of another kind and not used.";
  report.sentence = sentence;
}

Status write_import(const Environment& environment, const Actor& actor, const Plan& plan, ImportReport& report) {
  return environment.database.write([&](db::Transaction& transaction) -> Status {
    const Instant now = environment.clock.now();
    const std::string at = now.iso();
    const std::string by = actor.audit_name();
    const std::int64_t import_id = store::add_import(transaction, at, by, report.sentence);
    std::map<std::string, std::int64_t> ids;
    for (const store::PublicationRow& row : store::publications(transaction)) {
      ids[publication_key(row.publication.force_slug, row.publication.month, row.publication.version)] = row.publication.id;
    }
    for (std::size_t i = 0; i < plan.files.size(); ++i) {
      const Planned& planned = plan.files[i];
      const ReadFile& file = *planned.file;
      store::ImportFileRow& row = report.files[i];
      const bool anything = std::any_of(planned.parts.begin(), planned.parts.end(), [](const Planned::Part& part) { return part.decision != Decision::known; });
      const bool keep = anything || (planned.malformed && !planned.malformed_known);
      if (keep) {
        const sources::SourceFileId source = sources::add(transaction, source_of(file, at, by), refused_of(file));
        row.source_file = source.value;
        for (const Planned::Part& part : planned.parts) {
          if (part.decision == Decision::known) continue;
          store::PublicationRow publication;
          publication.publication.version = part.version;
          publication.publication.is_extract = file.is_extract;
          publication.named = file.says.has_value();
          publication.source_file = source.value;
          publication.import_id = import_id;
          publication.refused = row.refused;
          if (planned.malformed) {
            publication.publication.force_slug = file.says->force_slug;
            publication.publication.month = file.says->month;
            publication.publication.state = PublicationState::malformed;
            const KnownForce* known = known_force_by_slug(file.says->force_slug);
            publication.force_name = known != nullptr ? std::string(known->name) : file.says->force_slug;
            publication.problem = file.problem;
          } else {
            const ForceMonthCounts& counts = file.parts[part.index].counts;
            publication.publication.force_slug = counts.force_slug;
            publication.publication.month = counts.month;
            publication.publication.state = part.decision == Decision::set_aside ? PublicationState::set_aside : PublicationState::counts;
            publication.force_name = counts.reported_by.empty() ? counts.force_slug : counts.reported_by;
            publication.segment = file.parts[part.index].segment;
            publication.accepted = counts.rows;
            publication.without_lsoa = counts.without_lsoa;
            publication.without_coordinates = counts.without_coordinates;
            publication.without_crime_id = counts.without_crime_id;
            publication.repeated_crime_id = counts.repeated_crime_id;
            publication.repeated_row = counts.repeated_row;
            publication.outside_uk = counts.outside_uk;
            publication.other_reporter = counts.other_reporter;
            if (!part.replaces.empty()) {
              publication.replaces = ids.at(part.replaces);
              store::supersede(transaction, publication.replaces);
            }
          }
          const std::int64_t id = store::add_publication(transaction, publication);
          ids[publication_key(publication.publication.force_slug, publication.publication.month, part.version)] = id;
          for (const TypeDifference& difference : part.differences) store::add_difference(transaction, id, difference);
        }
      }
      store::add_import_file(transaction, import_id, static_cast<std::int64_t>(i), row);
    }
    store::set_version(transaction, new_version(transaction));
    db::append_audit(transaction, now, {by, "evidence.import", "import:" + std::to_string(import_id), report.sentence, ""});
    report.id = import_id;
    return {};
  });
}

// What will count once the plan has been carried out: enough of it for a cube.
std::vector<store::PublicationRow> after_plan(std::vector<store::PublicationRow> publications, const Plan& plan) {
  std::map<std::string, std::size_t> index;
  for (std::size_t i = 0; i < publications.size(); ++i) {
    const Publication& p = publications[i].publication;
    index[publication_key(p.force_slug, p.month, p.version)] = i;
  }
  for (const Planned& planned : plan.files) {
    if (planned.malformed) continue;
    for (const Planned::Part& part : planned.parts) {
      if (part.decision != Decision::takes && part.decision != Decision::replaces) continue;
      if (!part.replaces.empty()) publications[index.at(part.replaces)].publication.state = PublicationState::superseded;
      const ForceMonthCounts& counts = planned.file->parts[part.index].counts;
      store::PublicationRow row;
      row.publication.force_slug = counts.force_slug;
      row.publication.month = counts.month;
      row.publication.version = part.version;
      row.segment = planned.file->parts[part.index].segment;
      index[publication_key(counts.force_slug, counts.month, part.version)] = publications.size();
      publications.push_back(std::move(row));
    }
  }
  return publications;
}

}  // namespace

std::string cube_version(const std::vector<store::PublicationRow>& publications) {
  std::vector<std::string> lines;
  for (const store::PublicationRow& row : publications) {
    if (row.publication.state == PublicationState::counts) lines.push_back(row.publication.force_slug + " " + row.publication.month.iso() + " " + row.segment);
  }
  return short_checksum(std::move(lines));
}

Status ensure_cube(const DataFolder& data, const std::vector<store::PublicationRow>& publications) {
  const std::string version = cube_version(publications);
  const std::string path = data.cube_path(version);
  if (::access(path.c_str(), R_OK) == 0) return {};
  std::vector<std::string> segments;
  for (const store::PublicationRow& row : publications) {
    if (row.publication.state == PublicationState::counts) segments.push_back(row.segment);
  }
  return build_cube(segments.size(), [&](std::size_t i) { return read_segment(data, segments[i]); }, path);
}

Result<ImportReport> import_police(const Environment& environment, const Actor& actor, const std::vector<std::string>& paths, const ProgressSink& progress) {
  if (const Status allowed = actor.require(kImportEvidence); !allowed) return pass_on(allowed);
  no_signal_for_large_files();
  return with_store_sentences([&]() -> Result<ImportReport> {
    const Result<std::vector<InputFile>> inputs = find_inputs(paths);
    if (!inputs) return pass_on(inputs);
    const Result<std::unique_ptr<ImportLock>> lock = ImportLock::take(environment.data);
    if (!lock) return pass_on(lock);
    recover_under_lock(environment);

    std::set<std::string> known;
    std::vector<store::PublicationRow> existing;
    environment.database.read([&](db::Connection& connection) {
      known = store::known_checksums(connection, kStreetKind);
      existing = store::publications(connection);
    });
    Journal journal(environment.data);
    const Result<Reading> reading =
        read_inputs(environment.data, journal, *inputs, [&](const std::string& checksum) { return known.count(checksum) > 0; }, progress);
    if (!reading) return pass_on(reading);

    const ReadFile* first_bad = nullptr;
    std::size_t usable = 0, bad = 0;
    for (const ReadFile& file : reading->files) {
      usable += !file.parts.empty();
      if (file.not_used || file.problem.empty()) continue;
      ++bad;
      if (first_bad == nullptr) first_bad = &file;
    }
    if (usable == 0 && bad > 0) {
      return invalid(first_bad->problem + (bad > 1 ? " (" + plural(static_cast<std::int64_t>(bad) - 1, "other file", "other files") + " could not be read either.)" : std::string()));
    }
    const bool street = std::any_of(reading->files.begin(), reading->files.end(), [](const ReadFile& file) { return !file.not_used; });
    if (!street && reading->passed_over.empty()) {
      std::string sentence = "There is no street-level file in what was given.";
      for (const ReadFile& file : reading->files) {
        if (!file.says) continue;
        sentence += " " + short_name(file.name) + (file.says->kind == PoliceFileKind::outcomes ? " is an outcomes file" : " is a stop-and-search file") + ", which is not used.";
        break;
      }
      return invalid(sentence);
    }

    const Result<Plan> plan = make_plan(environment.data, reading->files, existing);
    if (!plan) return pass_on(plan);
    ImportReport report;
    report.passed_over = reading->passed_over;
    summarise(*reading, *plan, report);
    if (!plan->changes) return report;
    // The cube is made before anything can be seen, so that nobody waits for it and a kill leaves either all or nothing.
    const std::vector<store::PublicationRow> will_be = after_plan(existing, *plan);
    const std::string cube_path = environment.data.cube_path(cube_version(will_be));
    if (const Status noted = journal.about_to_make(cube_path); !noted) return pass_on(noted);
    if (const Status made = ensure_cube(environment.data, will_be); !made) return pass_on(made);
    if (progress && !progress(0, 0, "Writing")) return unavailable(kStopped);
    if (const Status written = write_import(environment, actor, *plan, report); !written) return pass_on(written);

    // From here on it has happened. Originals that brought nothing new go again, and the former cube.
    std::set<std::string> wanted;
    environment.database.read([&](db::Connection& connection) { wanted = referenced_paths(connection, environment.data); });
    wanted.insert(cube_path);
    journal.keep_only(wanted);
    environment.data.remove_other_cubes(cube_version(will_be));
    return report;
  });
}

namespace {

// The two official tables are small: read whole, kept, written.
struct SmallTable {
  std::string kind;
  std::string label;
  std::string publisher;
  std::int64_t rows = 0;
  std::vector<std::string> remarks;
  std::string sentence;
};

Result<ImportReport> import_small(const Environment& environment, const Actor& actor, const std::string& path,
                                  const std::function<Result<SmallTable>(const std::string& text, const std::string& name, const std::string& checksum, Journal&)>& read,
                                  const std::function<void(db::Transaction&, std::int64_t dataset)>& write_values) {
  if (const Status allowed = actor.require(kImportEvidence); !allowed) return pass_on(allowed);
  no_signal_for_large_files();
  return with_store_sentences([&]() -> Result<ImportReport> {
    const std::string name = short_name(path);
    const Result<std::string> text = read_small_file(path, name, kLargestTable);
    if (!text) return pass_on(text);
    const Result<std::unique_ptr<ImportLock>> lock = ImportLock::take(environment.data);
    if (!lock) return pass_on(lock);
    recover_under_lock(environment);
    const Result<std::string> its_checksum = sha256_of_file(path);
    if (!its_checksum) return pass_on(its_checksum);
    const std::string& checksum = *its_checksum;
    Journal journal(environment.data);
    Result<SmallTable> table = read(*text, name, checksum, journal);
    if (!table) return pass_on(table);

    ImportReport report;
    report.accepted = table->rows;
    bool known = false;
    environment.database.read([&](db::Connection& connection) { known = store::known_checksums(connection, table->kind).count(checksum) > 0; });
    if (known) {
      report.passed_over.push_back(name);
      report.sentence = "Nothing was changed. " + name + " was imported before.";
      return report;
    }
    if (const Status noted = journal.about_to_make(environment.data.originals().path_of(checksum)); !noted) return pass_on(noted);
    if (const Result<std::string> kept = environment.data.originals().keep(path); !kept) return pass_on(kept);
    report.sentence = table->sentence;
    const Status written = environment.database.write([&](db::Transaction& transaction) -> Status {
      const Instant now = environment.clock.now();
      const std::int64_t import_id = store::add_import(transaction, now.iso(), actor.audit_name(), report.sentence);
      sources::SourceFile source;
      source.kind = table->kind;
      source.name = name;
      source.sha256 = checksum;
      source.bytes = static_cast<std::int64_t>(text->size());
      source.imported_at = now.iso();
      source.imported_by = actor.audit_name();
      source.publisher = table->publisher;
      source.licence = kLicence;
      source.rows_accepted = table->rows;
      source.notes = "{}";
      const sources::SourceFileId id = sources::add(transaction, source, {});
      store::supersede_dataset(transaction, table->kind, table->label);
      const std::int64_t dataset =
          store::add_dataset(transaction, {0, table->kind, table->label, id.value, joined(table->remarks, "\n")}, import_id);
      write_values(transaction, dataset);
      store::ImportFileRow row;
      row.name = name;
      row.outcome = "new";
      row.sentence = report.sentence;
      row.source_file = id.value;
      row.accepted = table->rows;
      store::add_import_file(transaction, import_id, 0, row);
      store::set_version(transaction, new_version(transaction));
      db::append_audit(transaction, now, {actor.audit_name(), "evidence.import", "import:" + std::to_string(import_id), report.sentence, ""});
      report.id = import_id;
      report.files = {row};
      return {};
    });
    if (!written) return pass_on(written);
    journal.finish();
    return report;
  });
}

}  // namespace

Result<ImportReport> import_population(const Environment& environment, const Actor& actor, const std::string& path) {
  return import_small(
      environment, actor, path,
      [&](const std::string& text, const std::string& name, const std::string& checksum, Journal& journal) -> Result<SmallTable> {
        const Result<Population> population = read_population(text, name);
        if (!population) return pass_on(population);
        const std::string place = environment.data.population_path(checksum);
        if (const Status noted = journal.about_to_make(place); !noted) return pass_on(noted);
        DurableFile file(place);
        file.write(to_bytes(*population));
        if (const Status done = file.commit(); !done) return pass_on(done);
        SmallTable table;
        table.kind = "population";
        table.label = "LSOA 2021";
        table.publisher = "Office for National Statistics";
        table.rows = static_cast<std::int64_t>(population->lsoas.size());
        table.sentence = "Imported populations of " + grouped(table.rows) + " LSOAs, mid-" + std::to_string(population->years.front()) + " to mid-" +
                         std::to_string(population->years.back()) + ", from " + name + ".";
        return table;
      },
      [](db::Transaction&, std::int64_t) {});
}

Result<ImportReport> import_table_c2(const Environment& environment, const Actor& actor, const std::string& path) {
  TableC2 values;
  return import_small(
      environment, actor, path,
      [&](const std::string& text, const std::string& name, const std::string&, Journal&) -> Result<SmallTable> {
        Result<TableC2> read = read_table_c2(text, name);
        if (!read) return pass_on(read);
        values = std::move(*read);
        SmallTable table;
        table.kind = "table-c2";
        table.label = values.period;
        table.publisher = "Office for National Statistics";
        table.rows = static_cast<std::int64_t>(values.rows.size());
        table.remarks = values.remarks;
        int forces = 0, partnerships = 0, unassigned = 0;
        for (const TableC2::Row& row : values.rows) {
          forces += row.level == TableC2::Level::force;
          partnerships += row.level == TableC2::Level::partnership;
          unassigned += row.level == TableC2::Level::unassigned;
        }
        table.sentence = "Imported Table C2, " + lowered(values.period.substr(0, 1)) + values.period.substr(1) + ": " + grouped(partnerships) +
                         " partnerships, " + grouped(forces) + " force totals, " + grouped(unassigned) + " unassigned rows; " +
                         plural(static_cast<std::int64_t>(values.remarks.size()), "remark", "remarks") + ".";
        return table;
      },
      [&](db::Transaction& transaction, std::int64_t dataset) { store::add_official_values(transaction, dataset, values); });
}

Result<std::string> rebuild(const Environment& environment, const Actor& actor, const ProgressSink& progress) {
  if (const Status allowed = actor.require(kImportEvidence); !allowed) return pass_on(allowed);
  no_signal_for_large_files();
  return with_store_sentences([&]() -> Result<std::string> {
    const Result<std::unique_ptr<ImportLock>> lock = ImportLock::take(environment.data);
    if (!lock) return pass_on(lock);
    recover_under_lock(environment);
    std::vector<store::PublicationRow> publications;
    std::vector<store::DatasetRow> populations;
    std::map<std::int64_t, std::string> checksums;
    environment.database.read([&](db::Connection& connection) {
      publications = store::publications(connection);
      populations = store::datasets(connection, "population");
      for (const store::DatasetRow& row : populations) checksums[row.source_file] = sources::find(connection, sources::SourceFileId{row.source_file})->sha256;
    });
    // Files with several force-months come once.
    std::map<std::int64_t, std::vector<const store::PublicationRow*>> by_file;
    for (const store::PublicationRow& row : publications) {
      if (row.publication.state != PublicationState::malformed) by_file[row.source_file].push_back(&row);
    }
    std::int64_t done = 0;
    for (const auto& [source, rows] : by_file) {
      const store::PublicationRow& first = *rows.front();
      if (progress && !progress(done++, static_cast<std::int64_t>(by_file.size()), first.file_name)) return unavailable("The rebuild was stopped.");
      const Result<std::unique_ptr<ByteStream>> stream = open_original(environment.data, first.publication.sha256, first.archive_sha256, first.file_name);
      if (!stream) return pass_on(stream);
      HashingStream hashing(**stream);
      const std::string shown = short_name(first.file_name);
      const Result<StreetFile> file = read_street_file(hashing, shown, parse_police_file_name(first.file_name));
      if (!file) return pass_on(file);
      if (const Status drained = hashing.drain(); !drained) return pass_on(drained);
      if (hashing.finish() != first.publication.sha256) {
        return unavailable("The kept original of " + first.file_name + " is not what was imported: its checksum differs. Restore it from a backup.");
      }
      for (const store::PublicationRow* row : rows) {
        const auto part = std::find_if(file->parts.begin(), file->parts.end(), [&](const ForceMonthCounts& counts) {
          return counts.month == row->publication.month && counts.force_slug == row->publication.force_slug;
        });
        if (part == file->parts.end()) return unavailable(first.file_name + " no longer holds " + row->force_name + ", " + row->publication.month.text() + ".");
        // A damaged segment has the right name and other bytes: it is made anew.
        ::unlink(environment.data.segment_path(row->segment).c_str());
        const Result<std::string> segment = write_segment(environment.data, nullptr, *part);
        if (!segment) return pass_on(segment);
        if (*segment != row->segment) {
          return unavailable("The counts of " + first.file_name + " come out otherwise than when it was imported. This program reads it in another way; report it.");
        }
      }
    }
    for (const auto& [source, checksum] : checksums) {
      const Result<std::string> text = read_small_file(environment.data.originals().path_of(checksum), "the kept table of populations", kLargestTable);
      if (!text) return pass_on(text);
      const Result<Population> population = read_population(*text, "the kept table of populations");
      if (!population) return pass_on(population);
      DurableFile file(environment.data.population_path(checksum));
      file.write(to_bytes(*population));
      if (const Status written = file.commit(); !written) return pass_on(written);
    }
    ::unlink(environment.data.cube_path(cube_version(publications)).c_str());
    if (const Status made = ensure_cube(environment.data, publications); !made) return pass_on(made);
    return "Made the counts of " + plural(static_cast<std::int64_t>(by_file.size()), "file", "files") + " again from the originals: the same, byte for byte.";
  });
}

Result<std::string> verify(const Environment& environment) {
  return with_store_sentences([&]() -> Result<std::string> {
    std::vector<store::PublicationRow> publications;
    std::set<std::string> originals;
    std::map<std::string, std::string> names;
    environment.database.read([&](db::Connection& connection) {
      publications = store::publications(connection);
      for (const char* kind : {kStreetKind, "population", "table-c2"}) {
        for (int offset = 0;; offset += 500) {
          const std::vector<sources::SourceFile> files = sources::list(connection, kind, 500, offset);
          for (const sources::SourceFile& file : files) {
            const std::string& original = file.archive_sha256.empty() ? file.sha256 : file.archive_sha256;
            originals.insert(original);
            names[original] = file.archive_sha256.empty() ? file.name : file.archive_name;
          }
          if (files.size() < 500) break;
        }
      }
    });
    for (const std::string& original : originals) {
      const Result<std::string> checksum = sha256_of_file(environment.data.originals().path_of(original));
      if (!checksum) return unavailable("The kept original of " + names[original] + " cannot be read. Restore it from a backup.");
      if (*checksum != original) return unavailable("The kept original of " + names[original] + " was changed. Restore it from a backup.");
    }
    std::set<std::string> segments;
    for (const store::PublicationRow& row : publications) {
      if (!row.segment.empty()) segments.insert(row.segment);
    }
    for (const std::string& segment : segments) {
      const Result<std::string> checksum = sha256_of_file(environment.data.segment_path(segment));
      if (!checksum || *checksum != segment) return unavailable("The counts kept for a file are damaged. Run \"tithing evidence rebuild\".");
    }
    // The cube is compared with one made anew.
    const std::string path = environment.data.cube_path(cube_version(publications));
    if (::access(path.c_str(), R_OK) == 0) {
      std::vector<std::string> counted;
      for (const store::PublicationRow& row : publications) {
        if (row.publication.state == PublicationState::counts) counted.push_back(row.segment);
      }
      const std::string other = path + ".verify";
      const Status built = build_cube(counted.size(), [&](std::size_t i) { return read_segment(environment.data, counted[i]); }, other);
      const Result<std::string> first = sha256_of_file(path);
      const Result<std::string> second = sha256_of_file(other);
      ::unlink(other.c_str());
      if (!built) return pass_on(built);
      if (!first || !second || *first != *second) return unavailable("The counts cube is damaged. Run \"tithing evidence rebuild\".");
    }
    return plural(static_cast<std::int64_t>(originals.size()), "original", "originals") + ", " +
           plural(static_cast<std::int64_t>(segments.size()), "segment", "segments") + " and the cube agree with their checksums.";
  });
}

Status clear_leftovers(const Environment& environment) {
  return with_store_sentences([&]() -> Status {
    const Result<std::unique_ptr<ImportLock>> lock = ImportLock::take(environment.data);
    if (lock) recover_under_lock(environment);
    return {};  // an import that is at work clears up itself
  });
}

}  // namespace tithing::evidence
