// Which of several files of geography counts: what there is, and choosing another one.
#include <algorithm>
#include <map>

#include "base/text.h"
#include "base/translation.h"
#include "slices/register/commands_import.h"
#include "slices/register/publications.h"

namespace tithing::register_ {
namespace {

using sources::Thing;

std::string unit_of(const std::string& kind, std::int64_t rows) {
  return kind == kBoundariesKind ? plural(rows, "area", "areas") : plural(rows, "row", "rows");
}

std::vector<Thing> things_of(db::Connection& connection, const std::string& kind, const std::string& key, bool all) {
  std::map<std::pair<std::string, std::string>, std::vector<store::PublicationRow>> by_thing;
  for (store::PublicationRow& row : store::publications(connection, store::kNewest, kind))
    if (key.empty() || row.key == key) by_thing[{row.kind, row.key}].push_back(std::move(row));
  std::vector<Thing> things;
  for (const auto& [name, rows] : by_thing) {
    Thing thing;
    thing.kind = name.first;
    thing.key = name.second;
    thing.about = about_of(thing.kind, thing.key);
    thing.manner = manner_of(thing.kind);
    thing.choices = sources::choices(connection, thing.kind, thing.key);
    if (!all && rows.size() < 2 && thing.choices.empty()) continue;
    std::vector<sources::Publication> publications = store::for_rule(connection, rows);
    const std::vector<sources::Standing> standings = sources::standings(publications, thing.choices, thing.manner);
    std::optional<std::size_t> counts;
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (standings[i].state == sources::Standing::State::counts) counts = i;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      Thing::Row row;
      row.standing = standings[i];
      row.name = std::string(rows[i].name);
      row.at = rows[i].at;
      row.holds = unit_of(thing.kind, rows[i].rows);
      if (thing.kind == kLookUpKind && counts && *counts != i) {
        const LookUpAgreement held =
            agreement(store::look_up_of(connection, rows[*counts].id), store::look_up_of(connection, rows[i].id));
        row.difference = grouped(held.differing) + " of " + plural(held.shared, "district", "districts") +
                         " that both show lie in another partnership or force";
      }
      row.publication = std::move(publications[i]);
      thing.rows.push_back(std::move(row));
    }
    things.push_back(std::move(thing));
  }
  return things;
}

sources::Change change_of(const Thing& before, const Thing& after) {
  sources::Change change;
  change.kind = before.kind;
  change.key = before.key;
  change.about = before.about;
  const auto tell = [](const Thing& thing, std::string& names, std::optional<std::int64_t>& sum) {
    std::vector<std::string> found;
    for (const Thing::Row& row : thing.rows) {
      if (row.standing.state != sources::Standing::State::counts) continue;
      found.push_back(sources::shown_file(row.name, row.at, row.publication.source_file));
      sum = sum.value_or(0) + row.publication.holding.rows;
    }
    names = joined(found, "; ");
  };
  tell(before, change.now, change.rows_now);
  tell(after, change.then, change.rows_then);
  return change;
}

}  // namespace

std::vector<Thing> things(db::Database& database, const std::string& kind, const std::string& key, bool all) {
  return database.read([&](db::Connection& connection) { return things_of(connection, kind, key, all); });
}

Result<std::vector<sources::Change>> choose(const Doing& doing, const Choosing& choosing) {
  if (auto allowed = doing.actor().require(kImportGeography); !allowed) return pass_on(allowed);
  if (!choosing.dry_run && trimmed(choosing.reason).empty())
    return invalid(tr("Say why: the choice is kept with its day and its reason."), {{"reason", tr("Enter why")}});
  if (choosing.reason.size() > 2000)
    return invalid(tr("The reason is too long."), {{"reason", tr("The reason must be 2,000 characters or fewer")}});
  using Changes = std::vector<sources::Change>;
  return commands::act(
      doing, kImportGeography, Whose::shared(),
      [&](db::Transaction& transaction, commands::Note& note) -> Result<Changes> {
        Changes changes;
        const std::vector<Thing> found = things_of(transaction, choosing.kind, choosing.key, true);
        if (found.size() != 1 || choosing.key.empty())
          return not_found(
              tr("There is nothing called \"{0}\" of the kind \"{1}\". \"tithing register publications --all\" "
                 "shows what there is.",
                 {choosing.key, choosing.kind}));
        const Thing& thing = found.front();
        if (choosing.verdict != sources::Verdict::standard &&
            std::none_of(thing.rows.begin(), thing.rows.end(),
                         [&](const Thing::Row& row) { return row.publication.source_file == choosing.source_file; }))
          return not_found(tr("File {0} says nothing of {1}. \"tithing register publications\" shows which do.",
                              {std::to_string(choosing.source_file), thing.about}));
        const std::int64_t version = store::next_version(transaction);
        sources::Choice choice;
        choice.kind = choosing.kind;
        choice.about = choosing.key;
        choice.source_file = choosing.source_file;
        choice.verdict = choosing.verdict;
        choice.known = version;
        choice.at = doing.now.iso();
        choice.by = doing.actor().audit_name();
        choice.reason = choosing.dry_run ? "tried" : std::string(trimmed(choosing.reason));
        sources::add_choice(transaction, choice);
        const auto before = static_cast<int>(store::successions(transaction).size());
        const int proposed = store::keep_findings(transaction, findings(transaction), version);
        const int withdrawn = before + proposed - static_cast<int>(store::successions(transaction).size());
        const std::vector<Thing> after = things_of(transaction, choosing.kind, choosing.key, true);
        sources::Change change = change_of(thing, after.front());
        if (change.now != change.then || proposed + withdrawn > 0) {
          const auto counting = static_cast<std::size_t>(std::count_if(
              after.front().rows.begin(), after.front().rows.end(),
              [](const Thing::Row& row) { return row.standing.state == sources::Standing::State::counts; }));
          const auto tell = [&](bool would) {
            change.outcome = sources::choice_outcome(change.then, counting, would);
            if (proposed + withdrawn > 0)
              change.outcome += " " + plural(proposed, "succession", "successions") +
                                (would ? " would be proposed, " : " proposed, ") + grouped(withdrawn) + " taken back.";
          };
          // What is shown and agreed to is what would be; what is written is what was done.
          tell(true);
          changes = {change};
          tell(false);
        }
        if (choosing.dry_run) note.only_tried();
        if (!choosing.dry_run && !choosing.seen.empty() && choosing.seen != sources::fingerprint(changes))
          return conflict(
              tr("What counts has changed since you were shown what this choice changes. Nothing was changed; "
                 "look again."));
        if (!changes.empty() && !choosing.dry_run) changes = {change};
        note.is_about(records::record_of("source", choosing.source_file));
        note.says("register.choose",
                  thing.about + ": " + (changes.empty() ? std::string("what counts stays as it is.") : change.outcome) +
                      " Reason: " + choice.reason);
        return changes;
      });
}

}  // namespace tithing::register_
