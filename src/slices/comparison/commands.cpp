#include "slices/comparison/commands.h"

#include "base/text.h"
#include "db/audit.h"
#include "slices/comparison/comparison.h"
#include "slices/comparison/store.h"
#include "slices/sources/sources.h"

namespace tithing::comparison {

Result<std::int64_t> import_list(db::Database& database, const Actor& actor, Instant now, const std::string& data_folder, const ListImport& wanted,
                                 const std::function<bool(const std::string& code)>& known) {
  if (Status allowed = actor.require(kImportLists); !allowed) return pass_on(allowed);
  std::vector<FieldProblem> wrong;
  const auto needed = [&](const char* field, const std::string& text, const char* sentence) {
    if (trimmed(text).empty() || text.size() > 200) wrong.push_back({field, sentence});
  };
  needed("name", wanted.name, "Enter the name of the list, at most 200 characters.");
  needed("version", wanted.version, "Enter its version, such as the year: lists are revised.");
  needed("publisher", wanted.publisher, "Enter who published it.");
  if (trimmed(wanted.csv).empty()) wrong.push_back({"list", "Choose a CSV file, or paste its lines."});
  if (!wrong.empty()) {
    const std::string first = wrong.front().message;
    return invalid(first, std::move(wrong));
  }
  const auto read = read_list(wanted.kind, wanted.csv, known);
  if (!read) return invalid(read.error().message, {{"list", read.error().message}});
  if (!read->refused.empty()) {
    std::vector<FieldProblem> lines;
    for (std::size_t i = 0; i < read->refused.size() && i < 20; ++i)
      lines.push_back({"list", "Line " + std::to_string(read->refused[i].line) + ": " + read->refused[i].reason});
    return invalid("Nothing was imported: " + plural(static_cast<std::int64_t>(read->refused.size()), "line cannot be used.", "lines cannot be used."), std::move(lines));
  }
  const sources::OriginalStore originals(data_folder + "/originals");
  const auto sha256 = originals.keep_bytes(wanted.csv);
  if (!sha256) return pass_on(sha256);
  std::int64_t id = 0;
  const Status written = database.write([&](db::Transaction& transaction) -> Status {
    sources::SourceFile file;
    file.kind = "area-list";
    file.name = wanted.file_name.empty() ? slug(wanted.name + " " + wanted.version) + ".csv" : wanted.file_name;
    file.sha256 = *sha256;
    file.bytes = static_cast<std::int64_t>(wanted.csv.size());
    file.imported_at = now.iso();
    file.imported_by = actor.audit_name();
    file.publisher = wanted.publisher;
    file.rows_accepted = static_cast<std::int64_t>(read->rows.size());
    const auto source = sources::add(transaction, file, {});
    id = store::insert_list(transaction,
                            {0, wanted.kind, wanted.name, wanted.version, wanted.publisher, wanted.note, source.value, *sha256, actor.audit_name(), now},
                            read->rows);
    if (id == 0)
      return conflict("The version " + wanted.version + " of " + wanted.name + " is there already. A revised list is another version; give it its own name.");
    db::append_audit(transaction, now, {actor.audit_name(), "comparison.import", "comparison:" + std::to_string(id),
                                        "Imported " + plural(file.rows_accepted, "row", "rows") + " of " + wanted.name + ", " + wanted.version + ".", {}});
    return {};
  });
  if (!written) return pass_on(written);
  return id;
}

}  // namespace tithing::comparison
