#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/sources/imported.h"
#include "slices/sources/store_imported.h"
#include "slices/wiring.h"

namespace tithing::sources {

namespace {

using commands::Doing;
using commands::Note;
using db::Connection;
using db::Transaction;

constexpr std::size_t kLinesNamed = 20;

Result<ReadRows<ListRow>> checked(const Doing& doing, const ImportedKind& kind, const ListImport& wanted) {
  if (Status allowed = doing.reach.require(kind.permission, Whose::shared()); !allowed) return pass_on(allowed);
  std::vector<FieldProblem> wrong;
  const auto needed = [&](const char* field, const std::string& text, const Message& sentence) {
    if (trimmed(text).empty() || text.size() > 200) wrong.push_back({field, sentence});
  };
  if (!kind.sorts.empty() &&
      std::none_of(kind.sorts.begin(), kind.sorts.end(), [&](const auto& sort) { return sort.first == wanted.sort; }))
    wrong.push_back({"kind", tr("Choose what it is.")});
  needed("name", wanted.name, tr("Enter the name of the list, at most 200 characters."));
  needed("version", wanted.version, tr("Enter its version, such as the year: lists are revised."));
  needed("publisher", wanted.publisher, tr("Enter who published it."));
  if (trimmed(wanted.csv).empty()) wrong.push_back({"list", tr("Choose a CSV file, or paste its lines.")});
  if (!wrong.empty()) {
    const std::string first = wrong.front().message;
    return invalid(first, std::move(wrong));
  }
  auto read = kind.read(wanted.sort, wanted.csv);
  if (!read) return invalid(read.error().message, {{"list", read.error().message}});
  if (!read->refused.empty() && (!wanted.without_refused || read->rows.empty())) {
    std::vector<FieldProblem> lines;
    for (std::size_t i = 0; i < read->refused.size() && i < kLinesNamed; ++i)
      lines.push_back({"list", "Line " + std::to_string(read->refused[i].line) + ": " + read->refused[i].reason});
    return invalid(tr("Nothing was imported: {0}", {plural(static_cast<std::int64_t>(read->refused.size()),
                                                           "line cannot be used.", "lines cannot be used.")}),
                   std::move(lines));
  }
  return read;
}

EditionPlan plan_of(Connection& connection, const ImportedKind& kind, const ListImport& wanted,
                    const ReadRows<ListRow>& read) {
  const std::string key = ImportedList{.name = wanted.name, .version = wanted.version}.key();
  store::Editions there = store::editions_of(connection, kind, key);
  const std::vector<ImportedList> lists = std::move(there.lists);
  const Edition given{-1,
                      wanted.file_name.empty() ? "the pasted lines" : wanted.file_name,
                      sha256(wanted.csv),
                      {},
                      holding_of(kind, read.rows)};
  EditionPlan plan = plan_edition(
      kind.code, key, key, std::move(there.editions), std::move(there.choices), given,
      [&](std::size_t i) { return differing(kind, store::rows_of(connection, kind, lists[i].id, {}), read.rows); });
  if (!read.read_as.empty()) plan.change.outcome += " It is read as " + read.read_as + ".";
  if (!read.refused.empty())
    plan.change.outcome += " Without " +
                           plural(static_cast<std::int64_t>(read.refused.size()), "line that cannot be used",
                                  "lines that cannot be used") +
                           "; the file's page shows them.";
  return plan;
}

// What stands in the way of doing it so.
Status settled(const EditionPlan& plan, const ListImport& wanted, const Manners& manners) {
  if (!manners.seen.empty() && manners.seen != fingerprint({plan.change}))
    return conflict(
        tr("What counts has changed since you were shown what this import would change. Nothing was "
           "changed; look again."));
  if (plan.known && !(plan.change.offered && manners.choose))
    return conflict(
        plan.change.offered
            ? tr("The version {0} of {1} is there already, from this very file. It does not count; choose it on "
                 "the page of the list.",
                 {wanted.version, wanted.name})
            : tr("The version {0} of {1} is there already, from this very file. Nothing was changed.",
                 {wanted.version, wanted.name}));
  if (!plan.change.asks.empty() && !answered(manners))
    return conflict(tr("{0} Nothing was changed. Say whether it is to count.", {plan.change.asks}));
  return {};
}

// The new list with its file.
ImportedList keep(Transaction& transaction, const Doing& doing, const ImportedKind& kind, const ListImport& wanted,
                  const ReadRows<ListRow>& read, const std::string& sha256) {
  SourceFile file;
  file.kind = kind.code;
  file.name = wanted.file_name.empty() ? slug(wanted.name + " " + wanted.version) + ".csv" : wanted.file_name;
  file.sha256 = sha256;
  file.bytes = static_cast<std::int64_t>(wanted.csv.size());
  file.imported_at = doing.now.iso();
  file.imported_by = doing.actor().audit_name();
  file.publisher = wanted.publisher;
  file.rows_accepted = static_cast<std::int64_t>(read.rows.size());
  file.rows_refused = static_cast<std::int64_t>(read.refused.size());
  ImportedList list{0,           wanted.sort, wanted.name, wanted.version,   wanted.publisher,
                    wanted.note, 0,           sha256,      file.imported_by, doing.now};
  list.source_file = add(transaction, file, read.refused).value;
  list.id = store::insert(transaction, kind, list, read.rows);
  return list;
}

void keep_choice(Transaction& transaction, const Doing& doing, Choice choice) {
  choice.at = doing.now.iso();
  choice.by = doing.actor().audit_name();
  add_choice(transaction, choice);
}

Thing thing_in(Connection& connection, const ImportedKind& kind, const std::string& key) {
  store::Editions there = store::editions_of(connection, kind, key);
  return sources::thing_of(kind.code, key, key, there.editions, std::move(there.choices));
}

std::optional<records::Standing> standing(Connection& connection, const ImportedKind& kind, std::int64_t id) {
  for (const ImportedList& list : store::imported(connection, kind)) {
    if (list.id != id) continue;
    // Every choice about its version is a change of it.
    const auto changes = choices(connection, kind.code, list.key()).size();
    return records::Standing{.name = list.key(),
                             .address = kind.address + "/" + std::to_string(id),
                             .whose = Whose::shared(),
                             .version = static_cast<std::int64_t>(changes) + 1,
                             .publication = records::Publication::published};
  }
  return std::nullopt;
}

}  // namespace

ImportedLists::ImportedLists(Wiring& wiring, ImportedKind kind) : wiring_(wiring), kind_(std::move(kind)) {}

std::vector<ImportedList> ImportedLists::all() {
  return wiring_.database->read(
      [&](Connection& connection) { return store::imported_and_counting(connection, kind_); });
}

std::vector<ImportedList> ImportedLists::counting() {
  std::vector<ImportedList> lists = all();
  std::erase_if(lists, [](const ImportedList& list) { return !list.counts; });
  return lists;
}

Result<ImportedList> ImportedLists::find(std::int64_t id) {
  for (ImportedList& list : all())
    if (list.id == id) return std::move(list);
  return not_found(tr("There is no such {0}.", {kind_.name}));
}

std::vector<ListRow> ImportedLists::rows(std::int64_t list, const std::string& first) {
  return wiring_.database->read([&](Connection& connection) { return store::rows_of(connection, kind_, list, first); });
}

Thing ImportedLists::thing_of(const ImportedList& list) {
  return wiring_.database->read([&](Connection& connection) { return thing_in(connection, kind_, list.key()); });
}

Result<Change> ImportedLists::try_import(const Actor& actor, const ListImport& wanted) {
  const Doing doing = wiring_.doing(actor);
  const auto read = checked(doing, kind_, wanted);
  if (!read) return pass_on(read);
  return doing.database.read([&](Connection& connection) { return plan_of(connection, kind_, wanted, *read).change; });
}

Result<std::int64_t> ImportedLists::import(const Actor& actor, const ListImport& wanted, const Manners& manners) {
  const Doing doing = wiring_.doing(actor);
  const auto read = checked(doing, kind_, wanted);
  if (!read) return pass_on(read);
  if (const std::string fault = fault_of(manners); !fault.empty()) return invalid(fault, {{"reason", fault}});
  // Asked before the file is kept: an import that comes to nothing leaves none behind.
  const Status fine = doing.database.read(
      [&](Connection& connection) { return settled(plan_of(connection, kind_, wanted, *read), wanted, manners); });
  if (!fine) return pass_on(fine);
  const auto sha256 = OriginalStore(wiring_.data_folder).keep_bytes(wanted.csv);
  if (!sha256) return pass_on(sha256);
  const auto work = [&](Transaction& transaction, Note& note) -> Result<records::Record> {
    const EditionPlan plan = plan_of(transaction, kind_, wanted, *read);
    if (Status still = settled(plan, wanted, manners); !still) return pass_on(still);
    std::optional<Choice> choice = choice_of(plan, manners);
    if (plan.known) {
      const ImportedList list = store::editions_of(transaction, kind_, plan.change.key).lists.at(*plan.known);
      if (choice) keep_choice(transaction, doing, *choice);
      note.says(kind_.action + "choose",
                plan.change.about + ": the file given again counts from now on. Reason: " + manners.reason);
      return records::record_of(kind_.code, list.id);
    }
    const ImportedList list = keep(transaction, doing, kind_, wanted, *read, *sha256);
    if (choice) {
      choice->source_file = list.source_file;
      keep_choice(transaction, doing, *choice);
    }
    const auto refused = static_cast<std::int64_t>(read->refused.size());
    note.says(
        kind_.action + "import",
        "Imported " + plural(static_cast<std::int64_t>(read->rows.size()), kind_.one, kind_.many) + " of " +
            wanted.name + ", " + wanted.version +
            (read->read_as.empty() ? std::string() : ", read as " + read->read_as) +
            (refused == 0 ? std::string()
                          : ", without " + plural(refused, "line that cannot be used", "lines that cannot be used")) +
            "." + (choice ? " " + plan.change.asks + " Reason: " + manners.reason : std::string()));
    return records::record_of(kind_.code, list.id);
  };
  const auto made = commands::begin(doing, kind_.permission, Whose::shared(), work);
  if (!made) return pass_on(made);
  return made->number();
}

Result<std::vector<Change>> ImportedLists::choose(const Actor& actor, const std::string& key, const Chosen& chosen,
                                                  const std::string& reason, bool dry_run, const std::string& seen) {
  const Doing doing = wiring_.doing(actor);
  if (Status allowed = doing.reach.require(kind_.permission, Whose::shared()); !allowed) return pass_on(allowed);
  const auto lists =
      doing.database.read([&](Connection& connection) { return store::editions_of(connection, kind_, key).lists; });
  if (lists.empty()) return not_found(tr("There is no list of this name and version."));
  if (dry_run)
    return doing.database.read([&](Connection& connection) {
      return changes_of_choice(thing_in(connection, kind_, key), chosen, reason, true);
    });
  const auto named = std::find_if(lists.begin(), lists.end(),
                                  [&](const ImportedList& list) { return list.source_file == chosen.source_file; });
  const auto work = [&](Transaction& transaction, const records::Standing&, Note& note) -> Result<std::vector<Change>> {
    auto changes = changes_of_choice(thing_in(transaction, kind_, key), chosen, reason, false);
    if (!changes) return changes;
    if (!seen.empty() && seen != fingerprint(*changes))
      return conflict(tr("What counts has changed since you were shown what your choice would change. Look again."));
    for (Change& change : *changes) change.outcome = choice_outcome(change.then, 1, false);
    Choice choice;
    choice.kind = kind_.code;
    choice.about = key;
    choice.source_file = chosen.source_file;
    choice.verdict = chosen.verdict;
    choice.reason = reason;
    keep_choice(transaction, doing, choice);
    note.says(kind_.action + "choose",
              key + ": " + (changes->empty() ? std::string("what counts stays as it is.") : changes->front().outcome) +
                  " Reason: " + reason);
    return changes;
  };
  return commands::change(doing, kind_.permission,
                          records::record_of(kind_.code, (named == lists.end() ? lists.back() : *named).id),
                          commands::kAnyVersion, work);
}

void register_imported(ImportedLists& lists) {
  const ImportedKind* const kind = &lists.kind();
  lists.wiring().kinds.add({.code = kind->code,
                            .name = kind->name,
                            .read = kind->permission,
                            .ever_public = true,
                            .columns = {},
                            .find = [kind](Connection& connection, const std::string& id) {
                              return standing(connection, *kind, records::Record{kind->code, id}.number());
                            }});
}

}  // namespace tithing::sources
