#include "slices/evidence/commands_plan.h"

#include <map>
#include <optional>
#include <set>

#include "base/text.h"

namespace tithing::evidence {

namespace {

std::string force_month_key(const std::string& force, Month month) { return force + " " + month.iso(); }

// Where the rows of a publication can be read again.
struct Origin {
  std::string sha256;
  std::string archive_sha256;
  std::string name;
  bool named = true;
};

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

std::string publication_key(const std::string& force, Month month, std::int64_t version) {
  return force_month_key(force, month) + " " + std::to_string(version);
}

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

void summarise(const Reading& reading, const Plan& plan, ImportReport& report) {
  std::map<std::string, int> outcomes;
  std::vector<const ReadFile*> taken;
  for (const Planned& planned : plan.files) {
    store::ImportFileRow row;
    describe(planned, row);
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
      for (const ReadPart& part : file->parts) forces.insert(part.counts.reported_by.empty() ? part.counts.force_slug : part.counts.reported_by);
    }
    const std::string who = forces.size() == 1 ? *forces.begin() : plural(static_cast<std::int64_t>(forces.size()), "force", "forces");
    sentence = "Imported " + plural(imported, "file", "files") + " of " + who + ", " + months_text(taken) + ": " +
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

}  // namespace tithing::evidence
