#include "slices/priorities/commands.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "db/audit.h"
#include "slices/priorities/priorities.h"
#include "slices/priorities/store.h"
#include "slices/sources/sources.h"

namespace tithing::priorities {
namespace {

using commands::begin;
using commands::change;
using commands::move;
using commands::Note;
using db::Transaction;

records::Record record(std::int64_t id) { return records::record_of(kRecordKind, id); }

// The same exercise in its next version, by this actor now.
Exercise next_version(Exercise exercise, const Doing& doing, std::string reason) {
  exercise.reason = std::move(reason);
  exercise.version += 1;
  exercise.made_at = doing.now;
  exercise.made_by = doing.actor().audit_name();
  return exercise;
}

void audit(Transaction& transaction, const Doing& doing, const char* action, std::int64_t id, std::string sentence) {
  db::append_audit(transaction, doing.now,
                   {doing.actor().audit_name(), action, record(id).subject(), std::move(sentence), {}});
}

}  // namespace

Result<std::int64_t> begin_exercise(const Doing& doing, Exercise exercise) {
  if (Status fine = check(exercise); !fine) return pass_on(fine);
  if (!doing.reach.ground().has_area(exercise.area))
    return invalid("There is no such area.", {{"area", "Enter the official code of an area, such as E22000368."}});
  exercise.stage = Stage::scoring;
  exercise.created_at = exercise.made_at = doing.now;
  exercise.created_by = exercise.made_by = doing.actor().audit_name();
  const auto begun =
      begin(doing, kManage, Whose::of_area(exercise.area),
            [&](Transaction& transaction, Note& note) -> Result<records::Record> {
              note.says("priorities.begin", "Began scoring priorities: " + exercise.title + ", " +
                                                doing.reach.ground().name_of_area(exercise.area, doing.today()) + ".");
              return record(store::insert_exercise(transaction, exercise));
            });
  if (!begun) return pass_on(begun);
  return begun->number();
}

Status change_exercise(const Doing& doing, Exercise next) {
  return change(doing, kManage, record(next.id), next.version,
                [&](Transaction& transaction, const records::Standing& standing, Note& note) -> Status {
                  const Exercise former = *store::exercise(transaction, next.id);
                  next.area = former.area;
                  next.stage = former.stage;
                  if (Status fine = check_change(former, next, store::scores(transaction, next.id)); !fine) return fine;
                  if (!store::insert_version(transaction, next_version(next, doing, next.reason)))
                    return commands::overtaken(standing.name);
                  note.says("priorities.change", "Changed " + next.title + ": " + next.reason);
                  return {};
                });
}

Status move_exercise(const Doing& doing, std::int64_t id, std::int64_t seen_version, const path::Asked& asked) {
  return move(
      doing, kStagePath, record(id), seen_version, asked,
      [&](Transaction& transaction, const records::Standing&) {
        return StageFacts{*store::exercise(transaction, id), store::scores(transaction, id)};
      },
      [&](Transaction& transaction, const commands::Moving<StageFacts>& moving, Note&) -> Status {
        Exercise next = next_version(moving.facts.exercise, doing, moving.reason);
        next.stage = *stage_from(moving.step.to);
        if (!store::insert_version(transaction, next)) return commands::overtaken(moving.record.name);
        return {};
      });
}

Status give_scores(const Doing& doing, std::int64_t id, const std::string& item, bool moderated, std::int64_t seen,
                   const std::vector<Score>& scores) {
  // Several people score at once: not the version of the exercise is compared, but the newest score of the item.
  return change(doing, moderated ? kModerate : kScore, record(id), commands::kAnyVersion,
                [&](Transaction& transaction, const records::Standing& standing, Note& note) -> Status {
                  const Exercise exercise = *store::exercise(transaction, id);
                  if (exercise.item(item) == nullptr) return not_found("This exercise does not score that.");
                  const std::int64_t account = doing.actor().account_id();
                  if (!moderated && account == 0) return forbidden("A score is a person's. Sign in to give one.");
                  if (!moderated && exercise.stage != Stage::scoring)
                    return conflict("Scoring has ended. What was scored is being moderated, or the exercise is over.");
                  if (moderated && exercise.stage != Stage::moderation)
                    return conflict("Values are agreed while an exercise is moderated. This one is not.");
                  std::vector<FieldProblem> wrong;
                  const std::int64_t scorer = moderated ? 0 : account;
                  std::vector<Score> present;
                  for (Score& score : store::scores(transaction, id))
                    if (score.item == item && score.moderated == moderated && score.scorer == scorer)
                      present.push_back(std::move(score));
                  std::int64_t newest = 0;
                  for (const Score& score : present) newest = std::max(newest, score.id);
                  if (newest != seen) return commands::overtaken(standing.name);
                  std::int64_t changed = 0;
                  for (Score score : scores) {
                    score.item = item;
                    score.moderated = moderated;
                    score.scorer = scorer;
                    score.scorer_name = doing.actor().name();  // of an agreed value: who entered it
                    score.made_at = doing.now;
                    if (Status fine = check_score(exercise, score); !fine) {
                      if (fine.error().fields.empty()) return fine;
                      wrong.insert(wrong.end(), fine.error().fields.begin(), fine.error().fields.end());
                      continue;
                    }
                    const bool same = std::any_of(present.begin(), present.end(), [&](const Score& one) {
                      return one.criterion == score.criterion && one.value == score.value && one.reason == score.reason;
                    });
                    if (same) continue;
                    store::insert_score(transaction, id, score);
                    ++changed;
                  }
                  if (!wrong.empty()) {
                    const std::string first = wrong.front().message;
                    return invalid(first, std::move(wrong));
                  }
                  if (changed == 0) {
                    note.nothing_done();
                    return {};
                  }
                  note.says(moderated ? "priorities.moderate" : "priorities.score",
                            (moderated ? "Agreed " : "Gave ") +
                                plural(changed, moderated ? "value" : "score", moderated ? "values" : "scores") +
                                " for " + exercise.item(item)->name + " in " + exercise.title + ".");
                  return {};
                });
}

namespace {

Result<ReadWeights> checked(const Doing& doing, const HarmImport& wanted, const std::vector<std::string>& types) {
  if (Status allowed = doing.actor().require(kManage); !allowed) return pass_on(allowed);
  std::vector<FieldProblem> wrong;
  const auto needed = [&](const char* field, const std::string& text, const char* sentence) {
    if (trimmed(text).empty() || text.size() > 200) wrong.push_back({field, sentence});
  };
  needed("name", wanted.name, "Enter the name of the list, at most 200 characters.");
  needed("version", wanted.version, "Enter its version, such as the year it is for: weights are revised.");
  needed("publisher", wanted.publisher, "Enter who published it.");
  if (trimmed(wanted.csv).empty()) wrong.push_back({"list", "Choose a CSV file, or paste its lines."});
  if (!wrong.empty()) {
    const std::string first = wrong.front().message;
    return invalid(first, std::move(wrong));
  }
  auto read = read_weights(wanted.csv, types);
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

sources::EditionPlan plan_of(db::Connection& connection, const HarmImport& wanted, const ReadWeights& read) {
  const std::string key = wanted.name + ", " + wanted.version;
  store::HarmEditions there = store::harm_editions(connection, wanted.name, wanted.version);
  const std::vector<std::int64_t> lists = there.lists;
  const sources::Edition given{-1,
                               wanted.file_name.empty() ? "the pasted lines" : wanted.file_name,
                               sha256(wanted.csv),
                               {},
                               holding_of(read.weights)};
  sources::EditionPlan plan = sources::plan_edition(
      kHarmPublications, key, key, std::move(there.editions), sources::choices(connection, kHarmPublications, key),
      given, [&](std::size_t i) { return differing(store::harm_weights(connection, lists[i]), read.weights); });
  if (!read.read_as.empty()) plan.change.outcome += " It is read as " + read.read_as + ".";
  return plan;
}

}  // namespace

Result<sources::Change> try_harm(const Doing& doing, const HarmImport& wanted, const std::vector<std::string>& types) {
  const auto read = checked(doing, wanted, types);
  if (!read) return pass_on(read);
  return doing.database.read([&](db::Connection& connection) { return plan_of(connection, wanted, *read).change; });
}

Result<std::int64_t> import_harm(const Doing& doing, const std::string& data_folder, const HarmImport& wanted,
                                 const std::vector<std::string>& types, const sources::Manners& manners) {
  const auto read = checked(doing, wanted, types);
  if (!read) return pass_on(read);
  if (const std::string fault = sources::fault_of(manners); !fault.empty()) return invalid(fault, {{"reason", fault}});
  const sources::OriginalStore originals(data_folder + "/originals");
  const auto sha256 = originals.keep_bytes(wanted.csv);
  if (!sha256) return pass_on(sha256);
  std::int64_t id = 0;
  const Status written = doing.database.write([&](Transaction& transaction) -> Status {
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
      choice->at = doing.now.iso();
      choice->by = doing.actor().audit_name();
      sources::add_choice(transaction, *choice);
    };
    if (plan.known) {
      id = store::harm_editions(transaction, wanted.name, wanted.version).lists.at(*plan.known);
      keep_choice(plan.there[*plan.known].source_file);
      audit(transaction, doing, "priorities.harm_choose", id,
            plan.change.about + ": the file given again counts from now on. Reason: " + manners.reason);
      return {};
    }
    sources::SourceFile file;
    file.kind = "harm-weights";
    file.name = wanted.file_name.empty() ? slug(wanted.name + " " + wanted.version) + ".csv" : wanted.file_name;
    file.sha256 = *sha256;
    file.bytes = static_cast<std::int64_t>(wanted.csv.size());
    file.imported_at = doing.now.iso();
    file.imported_by = doing.actor().audit_name();
    file.publisher = wanted.publisher;
    file.rows_accepted = static_cast<std::int64_t>(read->weights.size());
    const auto source = sources::add(transaction, file, {});
    id = store::insert_harm_list(transaction,
                                 {0, wanted.name, wanted.version, wanted.publisher, wanted.note, source.value, *sha256,
                                  doing.actor().audit_name(), doing.now},
                                 read->weights);
    keep_choice(source.value);
    audit(transaction, doing, "priorities.harm_import", id,
          "Imported " + plural(file.rows_accepted, "harm weight", "harm weights") + " of " + wanted.name + ", " +
              wanted.version + (read->read_as.empty() ? std::string() : ", read as " + read->read_as) + "." +
              (choice ? " " + plan.change.asks + " Reason: " + manners.reason : std::string()));
    return {};
  });
  if (!written) return pass_on(written);
  return id;
}

std::vector<sources::Thing> harm_things(db::Database& database) {
  return database.read([&](db::Connection& connection) {
    std::vector<sources::Thing> found;
    std::vector<HarmList> lists = store::harm_lists(connection);
    for (auto list = lists.rbegin(); list != lists.rend(); ++list) {
      const std::string key = key_of(*list);
      if (std::any_of(found.begin(), found.end(), [&](const sources::Thing& thing) { return thing.key == key; }))
        continue;
      found.push_back(sources::thing_of(kHarmPublications, key, key,
                                        store::harm_editions(connection, list->name, list->version).editions,
                                        sources::choices(connection, kHarmPublications, key)));
    }
    return found;
  });
}

Result<std::vector<sources::Change>> choose_harm(const Doing& doing, const std::string& key,
                                                 const sources::Chosen& chosen, const std::string& reason,
                                                 bool dry_run) {
  if (Status allowed = doing.actor().require(kManage); !allowed) return pass_on(allowed);
  for (const sources::Thing& thing : harm_things(doing.database)) {
    if (thing.key != key) continue;
    auto changes = sources::changes_of_choice(thing, chosen, reason, dry_run);
    if (!changes || dry_run) return changes;
    for (sources::Change& change : *changes) change.outcome = sources::choice_outcome(change.then, 1, false);
    const Status written = doing.database.write([&](Transaction& transaction) -> Status {
      sources::add_choice(transaction, {0, kHarmPublications, key, chosen.source_file, chosen.verdict, 0,
                                        doing.now.iso(), doing.actor().audit_name(), reason});
      audit(transaction, doing, "priorities.harm_choose", chosen.source_file,
            key + ": " + (changes->empty() ? std::string("what counts stays as it is.") : changes->front().outcome) +
                " Reason: " + reason);
      return {};
    });
    if (!written) return pass_on(written);
    return changes;
  }
  return not_found("There is no list of this name and version.");
}

}  // namespace tithing::priorities
