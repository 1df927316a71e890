#include <functional>

#include "base/hash.h"
#include "base/text.h"
#include "db/audit.h"
#include "slices/evidence/commands_shared.h"
#include "slices/evidence/evidence.h"
#include "slices/evidence/inputs.h"
#include "slices/evidence/population.h"
#include "slices/evidence/table_c2.h"

namespace tithing::evidence {

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
    const std::string name = std::string(base_name(path));
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

}  // namespace tithing::evidence
