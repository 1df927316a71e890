#include "slices/priorities/commands.h"

#include <algorithm>

#include "base/text.h"
#include "base/translation.h"
#include "slices/priorities/priorities.h"
#include "slices/priorities/store.h"

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

}  // namespace

Result<std::int64_t> begin_exercise(const Doing& doing, Exercise exercise) {
  if (Status fine = check(exercise); !fine) return pass_on(fine);
  if (!doing.reach.ground().has_area(exercise.area))
    return invalid(tr("There is no such area."),
                   {{"area", tr("Enter the official code of an area, such as E22000368.")}});
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
        return StageFacts{
            *store::exercise(transaction, id),
            scoring::without_interested(store::scores(transaction, id), store::interests(transaction, id))};
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
  return change(
      doing, moderated ? kModerate : kScore, record(id), commands::kAnyVersion,
      [&](Transaction& transaction, const records::Standing& standing, Note& note) -> Status {
        const Exercise exercise = *store::exercise(transaction, id);
        if (exercise.item(item) == nullptr) return not_found(tr("This exercise does not score that."));
        const std::int64_t account = doing.actor().account_id();
        if (!moderated && account == 0) return forbidden(tr("A score is a person's. Sign in to give one."));
        if (!moderated && exercise.stage != Stage::scoring)
          return conflict(tr("Scoring has ended. What was scored is being moderated, or the exercise is over."));
        if (moderated && exercise.stage != Stage::moderation)
          return conflict(tr("Values are agreed while an exercise is moderated. This one is not."));
        const Score as{0,
                       item,
                       {},
                       moderated,
                       moderated ? 0 : account,
                       doing.actor().name(),  // of an agreed value: who entered it
                       0,
                       {},
                       doing.now};
        const std::vector<Score> there = store::scores(transaction, id);
        if (scoring::newest_of(there, as) != seen) return commands::overtaken(standing.name);
        const auto changed = scoring::changed_by(exercise.sheet(), there, scores, as);
        if (!changed) return pass_on(changed);
        for (const Score& score : *changed) store::insert_score(transaction, id, score);
        if (changed->empty()) {
          note.nothing_done();
          return {};
        }
        note.says(moderated ? "priorities.moderate" : "priorities.score",
                  (moderated ? "Agreed " : "Gave ") +
                      plural(static_cast<std::int64_t>(changed->size()), moderated ? "value" : "score",
                             moderated ? "values" : "scores") +
                      " for " + exercise.item(item)->name + " in " + exercise.title + ".");
        return {};
      });
}

Status declare_interest(const Doing& doing, std::int64_t id, const std::string& item, const std::string& what) {
  return change(
      doing, kScore, record(id), commands::kAnyVersion,
      [&](Transaction& transaction, const records::Standing&, Note& note) -> Status {
        const Exercise exercise = *store::exercise(transaction, id);
        const Item* const thing = exercise.item(item);
        if (thing == nullptr) return not_found(tr("This exercise does not score that."));
        if (doing.actor().account_id() == 0) return forbidden(tr("An interest is a person's. Sign in."));
        if (exercise.stage != Stage::scoring && exercise.stage != Stage::moderation)
          return conflict(tr("This exercise is over. Nothing in it changes any more."));
        const scoring::Interest next{doing.actor().account_id(), item, std::string(trimmed(what)), doing.actor().name(),
                                     doing.now};
        const auto there = store::interests(transaction, id);
        const bool had = std::any_of(there.begin(), there.end(), [&](const scoring::Interest& one) {
          return one.item == item && one.scorer == next.scorer;
        });
        if (next.what.empty() && !had) return invalid(tr("Say what it is."), {{"what", tr("Say what it is.")}});
        if (next.what.size() > 500)
          return invalid(tr("Shorten it to 500 characters."), {{"what", tr("Shorten it to 500 characters.")}});
        store::insert_interest(transaction, id, next);
        note.says("priorities.interest", (next.what.empty() ? "Ended the interest in " : "Declared an interest in ") +
                                             thing->name + " in " + exercise.title +
                                             (next.what.empty() ? "." : ": " + next.what));
        return {};
      });
}

}  // namespace tithing::priorities
