#include "slices/comparison/commands.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "db/audit.h"
#include "slices/comparison/comparison.h"
#include "slices/comparison/store.h"
#include "slices/sources/sources.h"

namespace tithing::comparison {

namespace {

Result<ReadList> checked(const Actor& actor, const ListImport& wanted,
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
  auto read = read_list(wanted.kind, wanted.csv, known);
  if (!read) return invalid(read.error().message, {{"list", read.error().message}});
  if (!read->refused.empty()) {
    std::vector<FieldProblem> lines;
    for (std::size_t i = 0; i < read->refused.size() && i < 20; ++i)
      lines.push_back({"list", "Line " + std::to_string(read->refused[i].line) + ": " + read->refused[i].reason});
    return invalid("Nothing was imported: " + plural(static_cast<std::int64_t>(read->refused.size()),
                                                     "line cannot be used.", "lines cannot be used."),
                   std::move(lines));
  }
  return std::move(*read);
}

sources::EditionPlan plan_of(db::Connection& connection, const ListImport& wanted, const ReadList& read) {
  const std::string key = wanted.name + ", " + wanted.version;
  store::Editions there = store::editions(connection, wanted.name, wanted.version);
  const std::vector<std::int64_t> lists = there.lists;
  const sources::Edition given{-1,
                               wanted.file_name.empty() ? "the pasted lines" : wanted.file_name,
                               sha256(wanted.csv),
                               {},
                               holding_of(read.rows)};
  sources::EditionPlan plan = sources::plan_edition(
      kListPublications, key, key, std::move(there.editions), sources::choices(connection, kListPublications, key),
      given, [&](std::size_t i) { return differing(store::rows(connection, lists[i], {}), read.rows); });
  if (!read.read_as.empty()) plan.change.outcome += " It is read as " + read.read_as + ".";
  return plan;
}

}  // namespace

Result<sources::Change> try_list(db::Database& database, const Actor& actor, const ListImport& wanted,
                                 const std::function<bool(const std::string& code)>& known) {
  const auto read = checked(actor, wanted, known);
  if (!read) return pass_on(read);
  return database.read([&](db::Connection& connection) { return plan_of(connection, wanted, *read).change; });
}

Result<std::int64_t> import_list(db::Database& database, const Actor& actor, Instant now,
                                 const std::string& data_folder, const ListImport& wanted,
                                 const std::function<bool(const std::string& code)>& known,
                                 const sources::Manners& manners) {
  const auto read = checked(actor, wanted, known);
  if (!read) return pass_on(read);
  if (const std::string fault = sources::fault_of(manners); !fault.empty()) return invalid(fault, {{"reason", fault}});
  const sources::OriginalStore originals(data_folder + "/originals");
  const auto sha256 = originals.keep_bytes(wanted.csv);
  if (!sha256) return pass_on(sha256);
  std::int64_t id = 0;
  const Status written = database.write([&](db::Transaction& transaction) -> Status {
    const sources::EditionPlan plan = plan_of(transaction, wanted, *read);
    const bool answered = manners.accept_removals || manners.keep_aside || manners.choose;
    if (!manners.seen.empty() && manners.seen != sources::fingerprint({plan.change}))
      return conflict(
          "What counts has changed since you were shown what this import would change. Nothing was changed; look "
          "again.");
    if (plan.known && !(plan.change.offered && manners.choose))
      return conflict(
          "The version " + wanted.version + " of " + wanted.name + " is there already, from this very file. " +
          (plan.change.offered ? "It does not count; choose it on the page of the list." : "Nothing was changed."));
    if (!plan.change.asks.empty() && !answered)
      return conflict(plan.change.asks + " Nothing was changed. Say whether it is to count.");
    std::optional<sources::Choice> choice = sources::choice_of(plan, manners);
    const auto keep_choice = [&](std::int64_t source_file) {
      if (!choice) return;
      choice->source_file = source_file;
      choice->at = now.iso();
      choice->by = actor.audit_name();
      sources::add_choice(transaction, *choice);
    };
    if (plan.known) {
      id = store::editions(transaction, wanted.name, wanted.version).lists.at(*plan.known);
      keep_choice(plan.there[*plan.known].source_file);
      db::append_audit(transaction, now,
                       {actor.audit_name(),
                        "comparison.choose",
                        "comparison:" + std::to_string(id),
                        plan.change.about + ": the file given again counts from now on. Reason: " + manners.reason,
                        {}});
      return {};
    }
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
                            {0, wanted.kind, wanted.name, wanted.version, wanted.publisher, wanted.note, source.value,
                             *sha256, actor.audit_name(), now},
                            read->rows);
    keep_choice(source.value);
    db::append_audit(transaction, now,
                     {actor.audit_name(),
                      "comparison.import",
                      "comparison:" + std::to_string(id),
                      "Imported " + plural(file.rows_accepted, "row", "rows") + " of " + wanted.name + ", " +
                          wanted.version + (read->read_as.empty() ? std::string() : ", read as " + read->read_as) +
                          "." + (choice ? " " + plan.change.asks + " Reason: " + manners.reason : std::string()),
                      {}});
    return {};
  });
  if (!written) return pass_on(written);
  return id;
}

std::vector<sources::Thing> things(db::Database& database) {
  return database.read([&](db::Connection& connection) {
    std::vector<sources::Thing> found;
    std::vector<AreaList> lists = store::lists(connection);
    for (auto list = lists.rbegin(); list != lists.rend(); ++list) {
      const std::string key = key_of(*list);
      if (std::any_of(found.begin(), found.end(), [&](const sources::Thing& thing) { return thing.key == key; }))
        continue;
      found.push_back(sources::thing_of(kListPublications, key, key,
                                        store::editions(connection, list->name, list->version).editions,
                                        sources::choices(connection, kListPublications, key)));
    }
    return found;
  });
}

Result<std::vector<sources::Change>> choose_list(db::Database& database, const Actor& actor, Instant now,
                                                 const std::string& key, const sources::Chosen& chosen,
                                                 const std::string& reason, bool dry_run) {
  if (Status allowed = actor.require(kImportLists); !allowed) return pass_on(allowed);
  for (const sources::Thing& thing : things(database)) {
    if (thing.key != key) continue;
    auto changes = sources::changes_of_choice(thing, chosen, reason, dry_run);
    if (!changes || dry_run) return changes;
    for (sources::Change& change : *changes) change.outcome = sources::choice_outcome(change.then, 1, false);
    const Status written = database.write([&](db::Transaction& transaction) -> Status {
      sources::add_choice(transaction, {0, kListPublications, key, chosen.source_file, chosen.verdict, 0, now.iso(),
                                        actor.audit_name(), reason});
      db::append_audit(
          transaction, now,
          {actor.audit_name(),
           "comparison.choose",
           "source:" + std::to_string(chosen.source_file),
           key + ": " + (changes->empty() ? std::string("what counts stays as it is.") : changes->front().outcome) +
               " Reason: " + reason,
           {}});
      return {};
    });
    if (!written) return pass_on(written);
    return changes;
  }
  return not_found("There is no list of this name and version.");
}

}  // namespace tithing::comparison
