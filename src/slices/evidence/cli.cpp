#include <unistd.h>

#include <cstdio>

#include "base/json.h"
#include "base/text.h"
#include "slices/evidence/service.h"

namespace tithing::evidence {

namespace {

int complain(const Problem& problem) {
  std::fprintf(stderr, "tithing: %s\n", problem.message.c_str());
  return 1;
}

// One line that is written over itself, on a terminal only.
ProgressSink terminal_progress() {
  if (::isatty(STDERR_FILENO) == 0) return nullptr;
  return [](std::int64_t done, std::int64_t of, const std::string& what) {
    if (of <= 0) return true;
    std::string shown = what.size() > 48 ? "..." + what.substr(what.size() - 45) : what;
    shown.resize(48, ' ');
    std::fprintf(stderr, "\r%3d%%  %s", static_cast<int>(100 * done / of), shown.c_str());
    if (done >= of) std::fprintf(stderr, "\r%*s\r", 56, "");
    std::fflush(stderr);
    return true;
  };
}

void print_report(const ImportReport& report, bool every_file, bool dry_run, bool answered) {
  // Of a trial the verdict comes first, and nothing below it says otherwise.
  if (dry_run)
    std::printf("%s\n", report.trial == sources::Trial::refused ? sources::trial_refusal(report.changes).c_str()
                                                                : report.sentence.c_str());
  for (const store::ImportFileRow& file : report.files) {
    if (file.sentence == report.sentence) continue;  // it is said once
    if (!every_file && file.outcome == "new" && file.refused == 0 && report.files.size() > 20) continue;
    std::printf("%s: %s\n", file.name.c_str(), file.sentence.c_str());
  }
  for (const std::string& name : report.passed_over)
    std::printf("%s: imported before%s.\n", name.c_str(), dry_run ? "" : ", nothing was changed");
  if (dry_run) {
    sources::print_trial(report.changes, report.trial, every_file);
    return;
  }
  if (!answered) {
    std::vector<sources::Change> offered;
    for (const sources::Change& change : report.changes) {
      if (change.offered) offered.push_back(change);
    }
    sources::print_changes(offered, every_file);
  }
  std::printf("%s\n", report.sentence.c_str());
  if (report.id != 0 &&
      report.without_lsoa + report.without_coordinates + report.without_crime_id + report.repeated_crime_id > 0) {
    std::printf(
        "Without an LSOA %s, without coordinates %s, without a Crime ID %s; suspected repeats: %s rows with a Crime ID "
        "that came before, %s equal rows. All are counted.\n",
        grouped(report.without_lsoa).c_str(), grouped(report.without_coordinates).c_str(),
        grouped(report.without_crime_id).c_str(), grouped(report.repeated_crime_id).c_str(),
        grouped(report.repeated_row).c_str());
  }
}

void print_json(const ImportReport& report, bool dry_run) {
  JsonWriter json;
  json.begin_object();
  if (dry_run) json.member("verdict", sources::code_of(report.trial));
  json.member("import", report.id)
      .member("sentence", report.sentence)
      .member("accepted", report.accepted)
      .member("refused", report.refused);
  json.member("without_lsoa", report.without_lsoa)
      .member("without_coordinates", report.without_coordinates)
      .member("without_crime_id", report.without_crime_id);
  json.member("repeated_crime_id", report.repeated_crime_id)
      .member("repeated_row", report.repeated_row)
      .key("files")
      .begin_array();
  for (const store::ImportFileRow& file : report.files) {
    json.begin_object()
        .member("name", file.name)
        .member("archive", file.archive)
        .member("outcome", file.outcome)
        .member("sentence", file.sentence);
    json.member("accepted", file.accepted).member("refused", file.refused).end_object();
  }
  json.end_array().key("imported_before").begin_array();
  for (const std::string& name : report.passed_over) json.value(name);
  json.end_array().key("changes");
  sources::write_changes(json, report.changes);
  json.member("asks", sources::asks(report.changes)).end_object();
  std::printf("%s\n", json.text().c_str());
}

int answer(const Result<ImportReport>& report, const Arguments& arguments) {
  if (!report) return complain(report.error());
  if (arguments.has("--json")) {
    print_json(*report, arguments.has("--dry-run"));
  } else {
    print_report(*report, arguments.has("--every-file"), arguments.has("--dry-run"),
                 arguments.has("--accept-removals") || arguments.has("--keep-aside") || arguments.has("--choose"));
  }
  return 0;
}

}  // namespace

void register_subcommands(Wiring& wiring, EvidenceService& service) {
  EvidenceService* const evidence = &service;
  Wiring* const w = &wiring;
  const CommandOption json{"--json", "Print the report as JSON", false, false, false};
  const auto with_manners = [](std::vector<CommandOption> options) {
    for (CommandOption& option : sources::manner_options()) options.push_back(std::move(option));
    return options;
  };
  wiring.subcommands.push_back(
      {{"import", "police"},
       "Import street-level crime of data.police.uk: zip archives, folders or CSV files",
       with_manners(
           {json, {"--every-file", "Print a line for every file and every change, however many", false, false, false}}),
       {{"PATH", "A zip archive, a folder or a CSV file", true, true}},
       [=](const Arguments& arguments) {
         return answer(import_police(w->doing(Actor::command_line(w->permissions)), evidence->holdings(),
                                     arguments.all("PATH"), terminal_progress(), sources::manners_of(arguments)),
                       arguments);
       }});
  wiring.subcommands.push_back({{"import", "population"},
                                "Import mid-year populations by LSOA of 2021 (ONS)",
                                with_manners({json}),
                                {{"FILE", "A CSV file", true, false}},
                                [=](const Arguments& arguments) {
                                  return answer(import_population(w->doing(Actor::command_line(w->permissions)),
                                                                  evidence->holdings(), arguments.get("FILE"),
                                                                  sources::manners_of(arguments)),
                                                arguments);
                                }});
  wiring.subcommands.push_back({{"import", "table-c2"},
                                "Import ONS Table C2, police recorded crime by community safety partnership",
                                with_manners({json}),
                                {{"FILE", "The worksheet as CSV", true, false}},
                                [=](const Arguments& arguments) {
                                  return answer(import_table_c2(w->doing(Actor::command_line(w->permissions)),
                                                                evidence->holdings(), arguments.get("FILE"),
                                                                sources::manners_of(arguments)),
                                                arguments);
                                }});
  wiring.subcommands.push_back({{"evidence", "publications"},
                                "List what several files say about one thing, and which of them counts",
                                {json,
                                 {"--kind", "police-month, table-c2 or population"},
                                 {"--key", "One thing, such as \"surrey 2022-11\""},
                                 {"--all", "Also those of which there is one publication", false}},
                                {},
                                [=](const Arguments& arguments) {
                                  const auto found = things(evidence->holdings(), arguments.get("--kind"),
                                                            arguments.get("--key"), arguments.has("--all"));
                                  if (!found) return complain(found.error());
                                  if (arguments.has("--json")) {
                                    JsonWriter writer;
                                    sources::write_things(writer, *found);
                                    std::printf("%s\n", writer.text().c_str());
                                  } else {
                                    sources::print_things(*found, "tithing evidence choose");
                                  }
                                  return 0;
                                }});
  wiring.subcommands.push_back(
      {{"evidence", "choose"},
       "Choose which publication counts: tithing evidence choose police-month \"surrey 2022-11\" 12 --reason \"why\"",
       {{"--reason", "Why, kept with the choice and its day"},
        {"--dry-run", "Say what it would change, and change nothing", false}},
       {{"KIND", "police-month, table-c2 or population"},
        {"KEY", "The thing, as \"tithing evidence publications\" shows it"},
        {"FILE", "The file's number, set-aside-NUMBER to set it aside, or default"}},
       [=](const Arguments& arguments) {
         const Result<sources::Chosen> chosen = sources::chosen_from(arguments.get("FILE"));
         if (!chosen)
           return complain({ProblemKind::invalid, "FILE is the number of a file, set-aside-NUMBER, or default.", {}});
         Choosing choosing{arguments.get("KIND"),     arguments.get("KEY"),      chosen->source_file,
                           chosen->verdict,           arguments.get("--reason"), {},
                           arguments.has("--dry-run")};
         const auto done = choose(w->doing(Actor::command_line(w->permissions)), evidence->holdings(), choosing);
         if (!done) return complain(done.error());
         sources::print_changes(*done, true);
         if (done->empty()) std::printf("What counts stays as it is.\n");
         std::printf("%s\n", choosing.dry_run ? "Nothing was changed: this was a dry run."
                                              : "The choice is kept with its reason.");
         return 0;
       }});
  wiring.subcommands.push_back(
      {{"evidence", "rebuild"},
       "Make the counts again from the kept originals: the same bytes, or a sentence saying what differs",
       {},
       {},
       [=](const Arguments&) {
         const Result<std::string> done =
             rebuild(w->doing(Actor::command_line(w->permissions)), evidence->holdings(), terminal_progress());
         if (!done) return complain(done.error());
         std::printf("%s\n", done->c_str());
         return 0;
       }});
  wiring.subcommands.push_back({{"evidence", "verify"},
                                "Compare every original and every count with its checksum",
                                {},
                                {},
                                [=](const Arguments&) {
                                  const Result<std::string> done = verify(evidence->holdings());
                                  if (!done) return complain(done.error());
                                  std::printf("%s\n", done->c_str());
                                  return 0;
                                }});
  wiring.subcommands.push_back({{"evidence", "coverage"},
                                "Print the coverage ledger: force, month, state, rows and what is suspect",
                                {},
                                {},
                                [=](const Arguments&) {
                                  const auto snapshot = evidence->evidence();
                                  for (const ForceMonth& entry : snapshot->ledger()) {
                                    const Force& force = snapshot->forces()[static_cast<std::size_t>(entry.force)];
                                    std::printf("%s\t%s\t%s%s\t%lld\t%s\n", force.slug.c_str(),
                                                entry.month.iso().c_str(), std::string(name_of(entry.state)).c_str(),
                                                entry.suspect() ? ", suspect" : "", static_cast<long long>(entry.rows),
                                                joined(entry.reasons(), "; ").c_str());
                                  }
                                  return 0;
                                }});
}

}  // namespace tithing::evidence
