#include "commands/move.h"

#include <stdexcept>

#include "db/audit.h"

namespace tithing::commands {

Status MoveCore::move(const Doing& doing, const path::Outline& outline, const records::Record& record,
                      std::int64_t seen, const std::string& code, Load check, Work work) {
  return doing.database.write([&](db::Transaction& transaction) {
    return within(transaction, doing, outline, record, seen, code, check, work);
  });
}

Status MoveCore::within(db::Transaction& transaction, const Doing& doing, const path::Outline& outline,
                        const records::Record& record, std::int64_t seen, const std::string& code, Load check,
                        Work work) {
  const auto found = doing.kinds.standing_for(transaction, record, doing.reach);
  if (!found) return pass_on(found);
  const path::Step* step = outline.step(found->state, code);
  if (step == nullptr) {
    // Whoever may make no move of this name hears that, whatever the state.
    std::optional<Status> refused;
    for (const path::Step& one : outline.steps) {
      if (one.code != code) continue;
      refused = doing.reach.require(*one.who, found->whose, one.hub);
      if (*refused) break;
    }
    return refused && !*refused ? *refused : Status(path::no_such_move(outline, found->state));
  }
  if (const Status allowed = doing.reach.require(*step->who, found->whose, step->hub); !allowed) return allowed;
  if (seen != kAnyVersion && found->version != seen) return overtaken(found->name);
  const auto checked = check(transaction, *found);
  if (!checked) return pass_on(checked);

  Note note;
  note.says(std::string(outline.code) + "." + std::string(step->code),
            path::sentence_of(*step, found->name, checked->reason));
  if (const Status done = work(transaction, *found, *checked, note); !done) return done;
  const auto after = doing.kinds.standing(transaction, record);
  if (!after || after->version <= found->version || after->state != step->to)
    throw std::logic_error("the move " + std::string(step->code) + " of " + record.subject() + " left it where it was");
  if (const path::State* state = outline.state(step->to); after->publication != state->publication)
    throw std::logic_error("the publication of " + record.subject() + " is not the one of its state " +
                           std::string(step->to));
  path::append_event(transaction, {.record = record,
                                   .version = after->version,
                                   .move = std::string(step->code),
                                   .from = std::string(step->from),
                                   .to = std::string(step->to),
                                   .at = doing.now,
                                   .by = doing.actor().audit_name(),
                                   .by_name = doing.actor().name(),
                                   .sentence = note.sentence(),
                                   .reason = checked->reason});
  Core::write_audit(transaction, doing, note, record);
  return {};
}

}  // namespace tithing::commands
