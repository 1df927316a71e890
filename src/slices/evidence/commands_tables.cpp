#include <algorithm>
#include <fstream>
#include <functional>
#include <sstream>

#include "base/hash.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/evidence/commands_datasets.h"
#include "slices/evidence/commands_derived.h"
#include "slices/evidence/commands_plan.h"
#include "slices/evidence/commands_shared.h"
#include "slices/evidence/evidence.h"
#include "slices/evidence/inputs.h"

namespace tithing::evidence {

namespace {

// The two official tables are small: read whole, kept, written.
struct SmallTable {
  std::string kind;
  std::string label;
  std::string about;  // "ONS Table C2, year ending June 2025"
  std::string publisher;
  std::int64_t rows = 0;
  std::vector<std::string> remarks;
  std::string sentence;  // what is imported, behind the verb
  sources::Holding holding;
  std::function<Result<Agreement>(db::Connection& connection, const std::vector<store::DatasetRow>& counting)> against;
  std::function<void(db::Transaction& transaction, std::int64_t dataset)> write_values;
};
using TableReader = std::function<Result<SmallTable>(const std::string& text, const std::string& name,
                                                     const std::string& checksum, Journal&)>;

// What is there of the same thing, and what the new file would do to it.
struct TablePlan {
  std::vector<store::DatasetRow> there;  // in the order given
  std::vector<sources::Choice> choices;
  std::optional<std::size_t> known;  // the same bytes
  sources::Change change;
  std::vector<sources::Publication> publications;  // of `there`, then the new one with source file -1
  sources::Manner manner = sources::Manner::one_counts;
};

std::string shown_of(const std::vector<store::DatasetRow>& rows, const std::vector<sources::Standing>& standings,
                     const std::string& new_name) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < standings.size(); ++i) {
    if (standings[i].state != sources::Standing::State::counts) continue;
    names.push_back(i < rows.size() ? shown_publication(rows[i].file_name, rows[i].imported_at, rows[i].source_file)
                                    : sources::shown_given(new_name));
  }
  return joined(names, "; ");
}

Result<TablePlan> plan_table(db::Connection& connection, const DataFolder& data, const SmallTable& table,
                             const std::string& name, const std::string& checksum) {
  TablePlan plan;
  plan.manner = manner_of(table.kind);
  for (store::DatasetRow& row : store::all_datasets(connection, table.kind)) {
    if (row.label == table.label) plan.there.push_back(std::move(row));
  }
  plan.choices = sources::choices(connection, table.kind, table.label);
  for (std::size_t i = 0; i < plan.there.size(); ++i) {
    if (plan.there[i].sha256 == checksum) plan.known = i;
    plan.publications.push_back(publication_for_rule(connection, data, plan.there[i]));
  }
  const std::vector<sources::Standing> before = sources::standings(plan.publications, plan.choices, plan.manner);
  sources::Change& change = plan.change;
  change.kind = table.kind;
  change.key = table.label;
  change.about = table.about;
  change.now = shown_of(plan.there, before, name);
  change.given = sources::shown_given(name);
  if (plan.manner == sources::Manner::one_counts) change.rows_given = table.rows;
  std::vector<store::DatasetRow> counting;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i].state == sources::Standing::State::counts) counting.push_back(plan.there[i]);
  }
  if (!counting.empty() && plan.manner == sources::Manner::one_counts) change.rows_now = counting.front().rows;
  if (plan.known) {
    change.then = change.now;
    change.rows_then = change.rows_now;
    const std::string shown = shown_publication(plan.there[*plan.known].file_name, plan.there[*plan.known].imported_at,
                                                plan.there[*plan.known].source_file);
    const bool counts = before[*plan.known].state == sources::Standing::State::counts;
    change.offered = !counts;
    change.given = shown;
    change.outcome = counts ? shown + " was imported before and counts. Nothing changes."
                            : shown + " was imported before and does not count: " + before[*plan.known].why +
                                  " Nothing changes, unless you choose it.";
    return plan;
  }
  sources::Publication own;
  own.source_file = -1;
  own.holding = table.holding;
  plan.publications.push_back(std::move(own));
  const std::vector<sources::Standing> after = sources::standings(plan.publications, plan.choices, plan.manner);
  const sources::Standing& standing = after.back();
  const bool counts = standing.state == sources::Standing::State::counts;
  change.then = shown_of(plan.there, after, name);
  if (plan.manner == sources::Manner::one_counts)
    change.rows_then = counts ? std::optional(table.rows) : change.rows_now;
  if (counting.empty()) {
    change.outcome = "Nothing counted before.";
    return plan;
  }
  const Result<Agreement> against = table.against(connection, counting);
  if (!against) return pass_on(against);
  const Agreement& agreement = *against;
  if (counts) {
    change.outcome = agreement.sentence;
    if (sources::is_much(agreement.far, agreement.shared)) {
      change.asks = sources::shown_given(name) + " contradicts what counts: of " + table.about + " " +
                    sources::part_text(agreement.far, agreement.shared, "numbers that both give") +
                    " differ by more than a tenth.";
    } else if (const Agreement::Part& worst = agreement.worst; sources::is_much(worst.far, worst.shared)) {
      change.asks = sources::shown_given(name) + " contradicts what counts: of " + table.about + ", " + worst.name +
                    ", " + sources::part_text(worst.far, worst.shared, "numbers that both give") +
                    " differ by more than a tenth.";
    }
  } else {
    change.offered = true;
    change.outcome = "Kept and not counted: " + standing.why;
    if (standing.cause == sources::Standing::Cause::much_smaller) {
      for (std::size_t i = 0; i < before.size(); ++i) {
        if (before[i].state == sources::Standing::State::counts)
          change.asks = sources::shown_given(name) + " says much less of " + table.about + " than what counts, " +
                        change.now + ": it is without " + sources::loss(plan.publications[i].holding, table.holding) +
                        ".";
      }
    }
  }
  return plan;
}

Result<ImportReport> import_small(const Doing& doing, const Holdings& holdings, const std::string& path,
                                  const sources::Manners& manners, const TableReader& read) {
  if (const Status allowed = doing.actor().require(kImportEvidence); !allowed) return pass_on(allowed);
  if (const std::string fault = sources::fault_of(manners); !fault.empty()) return invalid(fault);
  no_signal_for_large_files();
  return with_store_sentences([&]() -> Result<ImportReport> {
    const std::string name = std::string(base_name(path));
    const Result<std::string> text = read_small_file(path, name, kLargestTable);
    if (!text) return pass_on(text);
    const Result<std::unique_ptr<ImportLock>> lock = ImportLock::take(holdings.data);
    if (!lock) return pass_on(lock);
    recover_under_lock(holdings);
    const Result<std::string> its_checksum = sha256_of_file(path);
    if (!its_checksum) return pass_on(its_checksum);
    const std::string& checksum = *its_checksum;
    Journal journal(holdings.data);
    Result<SmallTable> table = read(*text, name, checksum, journal);
    if (!table) return pass_on(table);

    ImportReport report;
    report.accepted = table->rows;
    const Result<TablePlan> planned = holdings.database.read(
        [&](db::Connection& connection) { return plan_table(connection, holdings.data, *table, name, checksum); });
    if (!planned) return pass_on(planned);
    const TablePlan& plan = *planned;
    const bool asked = !plan.change.asks.empty();
    report.changes = {plan.change};
    if (plan.known) {
      report.passed_over.push_back(name);
      const std::string nothing = manners.dry_run ? "Nothing would change. " : "Nothing was changed. ";
      report.sentence = plan.change.offered ? plan.change.outcome : nothing + name + " was imported before.";
      if (plan.change.offered && !manners.choose) report.sentence = nothing + report.sentence;
    } else {
      report.sentence = (manners.dry_run ? "Would import " : "Imported ") + table->sentence;
    }
    if (manners.dry_run) {
      report.trial = sources::trial_of(report.changes, manners, !plan.known || (plan.change.offered && manners.choose));
      if (report.trial == sources::Trial::refused)
        report.sentence = "It asks first, and would be refused without an answer. Read: " + table->sentence;
      if (plan.known && report.trial == sources::Trial::imports)
        report.sentence = plan.change.given + ", imported before, would count again, by choice.";
      report.changes = sources::settled(std::move(report.changes), manners);
      return report;
    }
    if (!manners.seen.empty() && manners.seen != sources::fingerprint(report.changes)) {
      return conflict(
          tr("What counts has changed since you were shown what this import would change. Nothing was "
             "changed; look again."));
    }
    if (asked && !sources::answered(manners)) return conflict(sources::refusal(report.changes));
    if (plan.known && (!manners.choose || !plan.change.offered)) return report;

    std::vector<sources::Choice> choices = plan.choices;
    std::optional<sources::Choice> made;
    if (plan.known || asked || (plan.change.offered && manners.choose)) {
      sources::Choice choice;
      choice.kind = table->kind;
      choice.about = table->label;
      choice.source_file = plan.known ? plan.there[*plan.known].source_file : -1;
      choice.verdict = manners.keep_aside ? sources::Verdict::set_aside : sources::Verdict::counts;
      choice.reason = manners.reason;
      made = choice;
      choices.push_back(std::move(choice));
    }
    const std::vector<sources::Standing> after = sources::standings(plan.publications, choices, plan.manner);
    if (plan.known) {
      report.sentence = name + ", imported before, counts again, by choice: " + manners.reason;
    } else if (after.back().state != sources::Standing::State::counts) {
      report.sentence += " It is kept and not counted: " + after.back().why;
    } else if (made) {
      report.sentence += " It counts by choice: " + manners.reason;
    }
    if (!plan.known) {
      if (const Status noted = journal.about_to_make(holdings.data.originals().path_of(checksum)); !noted)
        return pass_on(noted);
      if (const Result<std::string> kept = holdings.data.originals().keep(path); !kept) return pass_on(kept);
    }
    const Doing now = doing.at(holdings.clock.now());
    const Status written = commands::act(
        now, kImportEvidence, Whose::shared(), [&](db::Transaction& transaction, commands::Note& note) -> Status {
          const std::int64_t import_id =
              store::add_import(transaction, now.now.iso(), doing.actor().audit_name(), report.sentence);
          for (const bool counts : {false, true}) {
            for (std::size_t i = 0; i < plan.there.size(); ++i) {
              const bool will = after[i].state == sources::Standing::State::counts;
              if (will != plan.there[i].counts && will == counts)
                store::set_dataset_counts(transaction, plan.there[i].id, will);
            }
          }
          store::ImportFileRow row;
          row.name = name;
          row.outcome = plan.known                                               ? "replaces"
                        : after.back().state == sources::Standing::State::counts ? "new"
                                                                                 : "set-aside";
          row.sentence = report.sentence;
          row.accepted = table->rows;
          std::int64_t source_file = plan.known ? plan.there[*plan.known].source_file : 0;
          if (!plan.known) {
            sources::SourceFile source;
            source.kind = table->kind;
            source.name = name;
            source.sha256 = checksum;
            source.bytes = static_cast<std::int64_t>(text->size());
            source.imported_at = now.now.iso();
            source.imported_by = doing.actor().audit_name();
            source.publisher = table->publisher;
            source.licence = kLicence;
            source.rows_accepted = table->rows;
            source.notes = "{}";
            source_file = sources::add(transaction, source, {}).value;
            store::DatasetRow dataset;
            dataset.kind = table->kind;
            dataset.label = table->label;
            dataset.source_file = source_file;
            dataset.remarks = joined(table->remarks, "\n");
            dataset.counts = after.back().state == sources::Standing::State::counts;
            table->write_values(transaction, store::add_dataset(transaction, dataset, import_id));
          }
          row.source_file = source_file;
          if (made) {
            sources::Choice choice = *made;
            choice.source_file = source_file;
            choice.at = now.now.iso();
            choice.by = doing.actor().audit_name();
            sources::add_choice(transaction, choice);
          }
          store::add_import_file(transaction, import_id, 0, row);
          store::set_version(transaction, new_version(transaction));
          note.is_about(records::record_of("import", import_id));
          note.says("evidence.import", report.sentence);
          report.id = import_id;
          report.files = {row};
          return {};
        });
    if (!written) return pass_on(written);
    if (plan.known) report.passed_over.clear();
    journal.finish();
    return report;
  });
}

}  // namespace

Result<ImportReport> import_population(const Doing& doing, const Holdings& holdings, const std::string& path,
                                       const sources::Manners& manners) {
  return import_small(doing, holdings, path, manners,
                      [&](const std::string& text, const std::string& name, const std::string& checksum,
                          Journal& journal) -> Result<SmallTable> {
                        const Result<Population> population = read_population(text, name);
                        if (!population) return pass_on(population);
                        if (const Status noted = journal.about_to_make(holdings.data.population_path(checksum)); !noted)
                          return pass_on(noted);
                        if (const Status done = keep_population(holdings.data, checksum, *population); !done)
                          return pass_on(done);
                        SmallTable table;
                        table.kind = kPopulationKind;
                        table.label = "LSOA 2021";
                        table.about = about_of(kPopulationKind, table.label);
                        table.publisher = "Office for National Statistics";
                        table.rows = static_cast<std::int64_t>(population->lsoas.size());
                        table.holding.rows = table.rows;
                        table.sentence =
                            "populations of " + grouped(table.rows) + " LSOAs, " + years_text(population->years) +
                            ", from " + name + (population->read_as.empty() ? "" : ", read as " + population->read_as) +
                            "." +
                            (population->blank == 0 ? std::string()
                                                    : " " + plural(population->blank, "cell holds", "cells hold") +
                                                          " no number (empty, \"..\", \"[x]\") and " +
                                                          (population->blank == 1 ? "is" : "are") + " not known.");
                        table.against = [&holdings, own = *population](db::Connection&,
                                                                       const std::vector<store::DatasetRow>& counting) {
                          return agreement(holdings.data, own, counting);
                        };
                        table.write_values = [](db::Transaction&, std::int64_t) {};
                        return table;
                      });
}

Result<ImportReport> import_table_c2(const Doing& doing, const Holdings& holdings, const std::string& path,
                                     const sources::Manners& manners) {
  return import_small(
      doing, holdings, path, manners,
      [&](const std::string& text, const std::string& name, const std::string&, Journal&) -> Result<SmallTable> {
        const Result<TableC2> read = read_table_c2(text, name);
        if (!read) return pass_on(read);
        SmallTable table;
        table.kind = kTableC2Kind;
        table.label = read->period;
        table.about = about_of(kTableC2Kind, table.label);
        table.publisher = "Office for National Statistics";
        table.rows = static_cast<std::int64_t>(read->rows.size());
        table.remarks = read->remarks;
        const OfficialNumbers numbers = numbers_of(*read);
        table.holding = holding_of(numbers);
        int forces = 0, partnerships = 0, unassigned = 0;
        for (const TableC2::Row& row : read->rows) {
          forces += row.level == TableC2::Level::force;
          partnerships += row.level == TableC2::Level::partnership;
          unassigned += row.level == TableC2::Level::unassigned;
        }
        table.sentence = "Table C2, " + lowered(read->period.substr(0, 1)) + read->period.substr(1) + ": " +
                         grouped(partnerships) + " partnerships, " + grouped(forces) + " force totals, " +
                         grouped(unassigned) + " unassigned rows; " +
                         plural(static_cast<std::int64_t>(read->remarks.size()), "remark", "remarks") +
                         (read->read_as.empty() ? "" : "; read as " + read->read_as) + ".";
        table.against = [numbers](db::Connection& connection,
                                  const std::vector<store::DatasetRow>& counting) -> Result<Agreement> {
          return agreement(numbers, store::official_numbers(connection, counting.front().id));
        };
        table.write_values = [values = *read](db::Transaction& transaction, std::int64_t dataset) {
          store::add_official_values(transaction, dataset, values);
        };
        return table;
      });
}

}  // namespace tithing::evidence
