#include "slices/evidence/commands.h"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <map>
#include <set>

#include "base/hash.h"
#include "base/json.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/evidence/commands_derived.h"
#include "slices/evidence/commands_doubts.h"
#include "slices/evidence/commands_plan.h"
#include "slices/evidence/commands_shared.h"
#include "slices/evidence/cube.h"
#include "slices/evidence/evidence.h"
#include "slices/evidence/points_files.h"
#include "slices/evidence/reference_tables.h"

namespace tithing::evidence {

void no_signal_for_large_files() { std::signal(SIGXFSZ, SIG_IGN); }

std::set<std::string> referenced_paths(db::Connection& connection, const DataFolder& data) {
  std::set<std::string> paths;
  for (const store::PublicationRow& row : store::publications(connection)) {
    if (row.segment.empty()) continue;
    paths.insert(data.segment_path(row.segment));
    paths.insert(data.points_path(
        points_name(row.publication.sha256, row.publication.force_slug, row.publication.month, row.segment)));
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

void recover_under_lock(const Holdings& holdings) {
  std::set<std::string> wanted;
  bool read = false;
  recover(holdings.data, [&](const std::string& path) {
    if (!read) {
      wanted = holdings.database.read(
          [&](db::Connection& connection) { return referenced_paths(connection, holdings.data); });
      read = true;
    }
    // Another slice may have kept the same original.
    const std::size_t slash = path.rfind('/');
    const std::string checksum = path.substr(slash + 1);
    bool known_elsewhere = false;
    if (wanted.count(path) == 0 && checksum.size() == 64) {
      known_elsewhere = holdings.database.read(
          [&](db::Connection& connection) { return !sources::find_by_sha256(connection, checksum).empty(); });
      known_elsewhere = known_elsewhere && path == holdings.data.originals().path_of(checksum);
    }
    return wanted.count(path) > 0 || known_elsewhere;
  });
  const std::vector<store::PublicationRow> publications =
      holdings.database.read([&](db::Connection& connection) { return store::publications(connection); });
  holdings.data.remove_other_cubes(cube_version(publications));
}

namespace {

constexpr const char* kStopped = "The import was stopped. Nothing was changed.";

// The same whatever the order: engines sort text differently.
std::string short_checksum(std::vector<std::string> lines) {
  std::sort(lines.begin(), lines.end());
  return sha256(joined(lines, "\n")).substr(0, 16);
}

}  // namespace

std::string new_version(db::Connection& connection) {
  std::vector<std::string> lines;
  for (const store::PublicationRow& row : store::publications(connection)) {
    // The file as well as its counts: a working names the file.
    if (row.publication.state == PublicationState::counts) {
      lines.push_back(row.publication.force_slug + " " + row.publication.month.iso() + " " + row.publication.sha256 +
                      " " + row.segment);
    }
  }
  for (const char* kind : {"population", "table-c2"}) {
    std::int64_t position = 0;  // the order in which populations are laid over each other is theirs
    for (const store::DatasetRow& row : store::all_datasets(connection, kind)) {
      if (row.counts)
        lines.push_back(
            row.kind + " " + row.label + " " + row.sha256 +
            (row.kind == kPopulationKind && position++ > 0 ? " " + std::to_string(position) : std::string()));
    }
  }
  return short_checksum(std::move(lines));
}

namespace {

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
    sums.swapped += part.counts.swapped;
    sums.spreadsheet_id += part.counts.spreadsheet_id;
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
  if (sums.swapped > 0) note("longitude_and_latitude_exchanged", sums.swapped);
  if (sums.spreadsheet_id > 0) note("crime_id_made_a_number_by_a_spreadsheet", sums.spreadsheet_id);
  if (file.repeated_headings > 0) note("repeated_headings", file.repeated_headings);
  if (!file.read_as.empty()) notes.member("read_as", file.read_as);
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

Status write_import(const Doing& doing, const Holdings& holdings, const Plan& plan, const std::string& reason,
                    ImportReport& report) {
  const Doing now = doing.at(holdings.clock.now());
  return commands::act(
      now, kImportEvidence, Whose::shared(), [&](db::Transaction& transaction, commands::Note& note) -> Status {
        const std::string at = now.now.iso();
        const std::string by = doing.actor().audit_name();
        const std::int64_t import_id = store::add_import(transaction, at, by, report.sentence);
        // First what no longer counts, so that of each force-month one counts at any moment.
        for (const bool counts : {false, true}) {
          for (const auto& [id, state] : plan.states) {
            if ((state == PublicationState::counts) == counts) store::set_state(transaction, id, state);
          }
        }
        std::map<std::int64_t, std::int64_t> source_files;  // a plan's numbers below 0 -> their own
        std::map<std::string, std::int64_t> ids;
        for (const store::PublicationRow& row : store::publications(transaction)) {
          ids[publication_key(row.publication.force_slug, row.publication.month, row.publication.version)] =
              row.publication.id;
        }
        for (std::size_t i = 0; i < plan.files.size(); ++i) {
          const Planned& planned = plan.files[i];
          const ReadFile& file = *planned.file;
          store::ImportFileRow& row = report.files[i];
          const bool anything = std::any_of(planned.parts.begin(), planned.parts.end(),
                                            [](const Planned::Part& part) { return part.decision != Decision::known; });
          const bool keep = anything || (planned.malformed && !planned.malformed_known);
          if (keep) {
            const sources::SourceFileId source = sources::add(transaction, source_of(file, at, by), refused_of(file));
            row.source_file = source.value;
            source_files[planned.source_file] = source.value;
            for (const Planned::Part& part : planned.parts) {
              if (part.decision == Decision::known) continue;
              store::PublicationRow publication = publication_row(planned, part);
              publication.source_file = source.value;
              publication.import_id = import_id;
              if (!part.replaces.empty()) publication.replaces = ids.at(part.replaces);
              const std::int64_t id = store::add_publication(transaction, publication);
              ids[publication_key(publication.publication.force_slug, publication.publication.month, part.version)] =
                  id;
              for (const TypeDifference& difference : part.differences)
                store::add_difference(transaction, id, difference);
            }
          }
          store::add_import_file(transaction, import_id, static_cast<std::int64_t>(i), row);
        }
        std::int64_t position = static_cast<std::int64_t>(plan.files.size());
        for (const std::string& name : plan.again) {
          store::ImportFileRow row;
          row.name = name;
          row.outcome = "replaces";
          row.sentence = "It was imported before, and counts again from now on, by choice: " + reason;
          store::add_import_file(transaction, import_id, position++, row);
          report.files.push_back(std::move(row));
        }
        for (sources::Choice choice : plan.choices) {
          if (choice.source_file < 0) choice.source_file = source_files.at(choice.source_file);
          choice.at = at;
          choice.by = by;
          sources::add_choice(transaction, choice);
        }
        store::set_version(transaction, new_version(transaction));
        note.is_about(records::record_of("import", import_id));
        note.says(
            "evidence.import",
            report.sentence + (plan.choices.empty()
                                   ? std::string()
                                   : " " + plural(static_cast<std::int64_t>(plan.choices.size()), "choice", "choices") +
                                         " of what counts: " + reason));
        report.id = import_id;
        return {};
      });
}

}  // namespace

std::string cube_version(const std::vector<store::PublicationRow>& publications) {
  std::vector<std::string> lines;
  for (const store::PublicationRow& row : publications) {
    if (row.publication.state == PublicationState::counts)
      lines.push_back(row.publication.force_slug + " " + row.publication.month.iso() + " " + row.segment);
  }
  return short_checksum(std::move(lines));
}

Status ensure_cube(const DataFolder& data, const std::vector<store::PublicationRow>& publications) {
  const std::string path = data.cube_path(cube_version(publications));
  if (::access(path.c_str(), R_OK) == 0) return {};
  return make_cube(data, publications, path);
}

Result<ImportReport> import_police(const Doing& doing, const Holdings& holdings, const std::vector<std::string>& paths,
                                   const ProgressSink& progress, const sources::Manners& manners) {
  if (const Status allowed = doing.actor().require(kImportEvidence); !allowed) return pass_on(allowed);
  if (const std::string fault = sources::fault_of(manners); !fault.empty()) return invalid(fault);
  no_signal_for_large_files();
  return with_store_sentences([&]() -> Result<ImportReport> {
    const Result<std::vector<InputFile>> inputs = find_inputs(paths);
    if (!inputs) return pass_on(inputs);
    const Result<std::unique_ptr<ImportLock>> lock = ImportLock::take(holdings.data);
    if (!lock) return pass_on(lock);
    recover_under_lock(holdings);

    auto [known_checksums, existing] = holdings.database.read([&](db::Connection& connection) {
      return std::pair(store::known_checksums(connection, kStreetKind), what_is_known(connection));
    });
    const std::set<std::string>& known = known_checksums;
    Journal journal(holdings.data);
    const Result<Reading> reading = read_inputs(
        holdings.data, journal, *inputs, [&](const std::string& checksum) { return known.count(checksum) > 0; },
        progress);
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
      return invalid(first_bad->problem +
                     (bad > 1 ? " (" + plural(static_cast<std::int64_t>(bad) - 1, "other file", "other files") +
                                    " could not be read either.)"
                              : std::string()));
    }
    const bool street =
        std::any_of(reading->files.begin(), reading->files.end(), [](const ReadFile& file) { return !file.not_used; });
    if (!street && reading->passed_over.empty()) {
      std::string sentence = "There is no street-level file in what was given.";
      for (const ReadFile& file : reading->files) {
        if (!file.says) continue;
        sentence +=
            " " + std::string(base_name(file.name)) +
            (file.says->kind == PoliceFileKind::outcomes ? " is an outcomes file" : " is a stop-and-search file") +
            ", which is not used.";
        break;
      }
      return invalid(sentence);
    }

    // What it would change comes first, whatever the answer.
    Result<Plan> plan = make_plan(holdings.data, *reading, existing, {});
    if (!plan) return pass_on(plan);
    ImportReport report;
    for (const Reading::PassedOver& original : reading->passed_over) report.passed_over.push_back(original.name);
    report.changes = plan->changes;
    const bool answered = sources::answered(manners);
    if (manners.dry_run) {
      // With an answer it is tried with that answer.
      if (answered) plan = make_plan(holdings.data, *reading, existing, manners);
      if (!plan) return pass_on(plan);
      report.trial = sources::trial_of(report.changes, manners, plan->anything);
      summarise(*reading, *plan, report,
                report.trial == sources::Trial::refused ? Told::would_be_refused : Told::would);
      report.changes = sources::settled(std::move(report.changes), manners);
      // What would be in doubt if it counted has to be known before somebody answers.
      const bool open =
          !answered && std::any_of(plan->changes.begin(), plan->changes.end(), [](const sources::Change& change) {
            return !change.asks.empty() || change.offered;
          });
      if (open) {
        sources::Manners all;
        all.choose = true;
        plan = make_plan(holdings.data, *reading, existing, all);
        if (!plan) return pass_on(plan);
      }
      if (const Status told = add_doubts(holdings, journal, existing.publications, plan->will_be, report.changes, open);
          !told)
        return pass_on(told);
      return report;
    }
    if (!manners.seen.empty() && manners.seen != sources::fingerprint(plan->changes)) {
      return conflict(
          tr("What counts has changed since you were shown what this import would change. Nothing was "
             "changed; look again."));
    }
    if (sources::asks(plan->changes) && !answered) return conflict(sources::refusal(plan->changes));
    if (answered) {
      plan = make_plan(holdings.data, *reading, existing, manners);
      if (!plan) return pass_on(plan);
      for (const sources::Choice& choice : plan->choices) {
        if (!may_choose(doing.reach, choice.kind, choice.about)) {
          return forbidden(
              tr("Your roles are for other areas: you may not choose what counts for {0}. Ask the administrator "
                 "of this site for a role there.",
                 {choice.about}));
        }
      }
    }
    summarise(*reading, *plan, report);
    if (!plan->anything) return report;
    // The cube is made before anything can be seen, so that nobody waits for it and a kill leaves either all or
    // nothing.
    const std::vector<store::PublicationRow>& will_be = plan->will_be;
    const std::string cube_path = holdings.data.cube_path(cube_version(will_be));
    if (const Status noted = journal.about_to_make(cube_path); !noted) return pass_on(noted);
    if (const Status made = ensure_cube(holdings.data, will_be); !made) return pass_on(made);
    if (progress && !progress(0, 0, "Writing")) return unavailable(kStopped);
    if (const Status written = write_import(doing, holdings, *plan, manners.reason, report); !written)
      return pass_on(written);

    // From here on it has happened. Originals that brought nothing new go again, and the former cube.
    std::set<std::string> wanted =
        holdings.database.read([&](db::Connection& connection) { return referenced_paths(connection, holdings.data); });
    wanted.insert(cube_path);
    journal.keep_only(wanted);
    holdings.data.remove_other_cubes(cube_version(will_be));
    return report;
  });
}

}  // namespace tithing::evidence
