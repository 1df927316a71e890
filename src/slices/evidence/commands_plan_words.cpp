// What an import did or would do with each file, in words.
#include <map>

#include "base/text.h"
#include "slices/evidence/commands_plan.h"
#include "slices/evidence/reference_tables.h"

namespace tithing::evidence {
namespace {

std::string said_of_heading(const ReadFile& file) {
  if (file.repeated_headings == 0) return {};
  return ". " + plural(file.repeated_headings, "line repeats", "lines repeat") + " the heading and " +
         (file.repeated_headings == 1 ? "is" : "are") + " passed over: no row is lost by it";
}

std::string said_of_ids(const ReadFile& file) {
  std::int64_t rows = 0;
  for (const ReadPart& part : file.parts) rows += part.counts.spreadsheet_id;
  if (rows == 0) return {};
  return ". " + plural(rows, "row has a Crime ID", "rows have Crime IDs") +
         " that a spreadsheet has made a number of, such as 1.23E+63: " + (rows == 1 ? "it counts" : "they count") +
         ", and whether a crime stands there twice cannot be told. Import the file as it was downloaded";
}

// What became of one file, in a word and a sentence.
void describe(const Planned& planned, store::ImportFileRow& row, Told told) {
  const ReadFile& file = *planned.file;
  row.name = file.name;
  row.archive = file.archive_name;
  row.refused = static_cast<std::int64_t>(file.refused.size());
  for (const ReadPart& part : file.parts) row.accepted += part.counts.rows;
  if (file.not_used) {
    row.outcome = "not-used";
    row.sentence = !file.says                                           ? "Not a street-level file. It is not used."
                   : file.says->kind == PoliceFileKind::outcomes        ? "An outcomes file. It is not used."
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
  std::int64_t swapped = 0;
  for (const ReadPart& part : file.parts) swapped += part.counts.swapped;
  const bool would = told != Told::done;
  const std::string rows =
      plural(row.accepted, "row", "rows") + (would ? " can be used" : " accepted") +
      (row.refused > 0 ? ", " + grouped(row.refused) + (would ? " cannot" : " refused") : std::string()) +
      (file.read_as.empty() ? std::string() : ", read as " + file.read_as) + said_of_heading(file) + said_of_ids(file) +
      (swapped == 0
           ? std::string()
           : ". " + plural(swapped, "row has", "rows have") + " longitude and latitude in each other's place: " +
                 (swapped == 1 ? "it counts, and its position is not used"
                               : "they count, and their positions are not used"));
  if (takes + replaces + set_aside == 0) {
    row.outcome = "known";
    row.sentence = "It was imported before.";
  } else if (told == Told::would_be_refused) {
    // Whether it counts is what is asked: one verdict, and it stands at the head.
    row.outcome = replaces > 0 ? "replaces" : takes > 0 ? "new" : "set-aside";
    row.sentence = rows + ".";
  } else if (replaces > 0) {
    row.outcome = "replaces";
    row.sentence = rows + (would ? ". It would replace an" : ". It replaces an") +
                   std::string(" earlier publication, which is kept: ") + plural(sums.added, "row", "rows") +
                   " added, " + grouped(sums.removed) + " removed, " + grouped(sums.other_outcome) +
                   " with another outcome, " + grouped(sums.otherwise_changed) + " changed otherwise.";
  } else if (takes == 0 && file.is_extract) {
    row.outcome = "set-aside";
    row.sentence = rows + ". It is an extract, and its months are there already from whole files: it " +
                   (would ? "would be" : "is") + " kept and not counted.";
  } else if (takes == 0) {
    row.outcome = "set-aside";
    row.sentence = rows + ". It " + (would ? "would be" : "is") + " kept and not counted. ";
    for (const Planned::Part& part : planned.parts) {
      if (!part.why.empty()) row.sentence += part.why;
    }
  } else {
    row.outcome = "new";
    row.sentence = rows + ".";
    if (file.is_extract) {
      row.sentence +=
          " It is an extract of " +
          plural(static_cast<std::int64_t>(file.parts.size()), "force-month", "force-months") + ": " + grouped(takes) +
          " counted as suspect until a whole file is imported" +
          (set_aside > 0 ? ", " + grouped(set_aside) + " set aside because whole files are there." : std::string("."));
    }
  }
}

std::string months_text(const std::vector<const ReadFile*>& files) {
  std::optional<Month> first, last;
  for (const ReadFile* file : files) {
    for (const ReadPart& part : file->parts) {
      if (!first || part.counts.month < *first) first = part.counts.month;
      if (!last || *last < part.counts.month) last = part.counts.month;
    }
  }
  return first ? Period{*first, *last}.text() : std::string();
}

}  // namespace

void summarise(const Reading& reading, const Plan& plan, ImportReport& report, Told told) {
  const bool would = told != Told::done;
  std::map<std::string, int> outcomes;
  std::vector<const ReadFile*> taken;
  for (const Planned& planned : plan.files) {
    store::ImportFileRow row;
    describe(planned, row, told);
    ++outcomes[row.outcome];
    const bool counts = row.outcome == "new" || row.outcome == "replaces" || row.outcome == "set-aside";
    if (counts) {
      taken.push_back(planned.file);
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
    for (const ReadFile* file : taken) {
      for (const ReadPart& part : file->parts)
        forces.insert(part.counts.reported_by.empty() ? part.counts.force_slug : part.counts.reported_by);
    }
    const std::string who =
        forces.size() == 1 ? *forces.begin() : plural(static_cast<std::int64_t>(forces.size()), "force", "forces");
    if (told == Told::would_be_refused) {
      sentence = "It asks first, and would be refused without an answer. Read: " + plural(imported, "file", "files") +
                 " of " + who + ", " + months_text(taken) + ": " + plural(report.accepted, "row", "rows") +
                 " can be used, " + grouped(report.refused) + " cannot.";
    } else {
      sentence = (would ? "Would import " : "Imported ") + plural(imported, "file", "files") + " of " + who + ", " +
                 months_text(taken) + ": " + plural(report.accepted, "row", "rows") +
                 (would ? " can be used, " : " accepted, ") + grouped(report.refused) +
                 (would ? " cannot." : " refused.");
    }
    if (told == Told::would_be_refused) outcomes["replaces"] = outcomes["set-aside"] = 0;
    if (outcomes["replaces"] > 0)
      sentence += " " +
                  (would ? plural(outcomes["replaces"], "file", "files") + " would replace"
                         : plural(outcomes["replaces"], "file replaces", "files replace")) +
                  " an earlier publication.";
    if (outcomes["set-aside"] > 0)
      sentence += " " +
                  (would ? plural(outcomes["set-aside"], "file", "files") + " would be"
                         : plural(outcomes["set-aside"], "file was", "files were")) +
                  " set aside.";
  } else {
    sentence = !plan.again.empty() ? (would ? "No new file would be imported." : "No new file was imported.")
               : would             ? "Nothing would change."
                                   : "Nothing was changed.";
  }
  if (outcomes["malformed"] > 0)
    sentence += " " + plural(outcomes["malformed"], "file", "files") + " could not be read.";
  const std::int64_t before = outcomes["known"] + static_cast<std::int64_t>(reading.passed_over.size());
  if (before > 0) sentence += " " + plural(before, "file was", "files were") + " imported before.";
  if (!plan.again.empty()) {
    const auto again = static_cast<std::int64_t>(plan.again.size());
    sentence += " " +
                (would ? grouped(again) + " of them would count" : plural(again, "of them counts", "of them count")) +
                " again, by choice.";
  }
  std::int64_t offered = 0;
  for (const sources::Change& change : plan.changes) offered += change.offered && change.asks.empty();
  if (offered > 0 && plan.choices.empty())
    sentence += " " + plural(offered, "force-month", "force-months") + " of what was given " +
                (offered == 1 ? "does" : "do") + " not count and can be chosen.";
  if (outcomes["not-used"] > 0)
    sentence += " " + plural(outcomes["not-used"], "file is", "files are") + " of another kind and not used.";
  report.sentence = sentence;
}

}  // namespace tithing::evidence
