#include "commands/change.h"

#include <stdexcept>

#include "base/translation.h"
#include "db/audit.h"

namespace tithing::commands {

void Note::says(std::string action, std::string sentence, std::string detail) {
  action_ = std::move(action);
  sentence_ = std::move(sentence);
  detail_ = std::move(detail);
}

Status Core::change(const Doing& doing, const Permission& permission, const records::Record& record, std::int64_t seen,
                    Hub hub, db::FunctionRef<Status(db::Transaction&, const records::Standing&, Note&)> work) {
  return doing.database.write([&](db::Transaction& transaction) -> Status {
    const auto found = doing.kinds.standing(transaction, record);
    if (!found) return pass_on(found);
    const records::Kind& kind = *doing.kinds.find(record.kind);
    // Whoever may neither do it nor know of it hears what they would hear if it were not there.
    if (const Status allowed = doing.reach.require(permission, found->whose, hub); !allowed)
      return records::may_know(kind, *found, doing.reach) ? allowed
                                                          : Status(not_found(tr("There is no such {0}.", {kind.name})));
    if (seen != kAnyVersion && found->version != seen) return overtaken(found->name);
    Note note;
    if (const Status done = work(transaction, *found, note); !done) return done;
    if (note.nothing_) return {};
    if (note.sentence_.empty())
      throw std::logic_error("a change of " + record.subject() + " says nothing to the audit");
    if (seen != kAnyVersion)
      if (const auto after = kind.find(transaction, record.id); after && after->version <= found->version)
        throw std::logic_error("a change of " + record.subject() + " left its version as it was");
    write_audit(transaction, doing, note, record);
    return {};
  });
}

void Core::write_audit(db::Transaction& transaction, const Doing& doing, const Note& note,
                       const records::Record& record) {
  const records::Record& about = note.about_.kind.empty() ? record : note.about_;
  db::append_audit(transaction, doing.now,
                   {note.by_.empty() ? doing.actor().audit_name() : note.by_, note.action_,
                    about.kind.empty() ? std::string() : about.subject(), note.sentence_, note.detail_});
}

Status Core::act(const Doing& doing, const Permission* permission, const Whose& whose,
                 db::FunctionRef<Status(db::Transaction&, Note&)> work) {
  if (permission != nullptr)
    if (Status allowed = doing.reach.require(*permission, whose); !allowed) return allowed;
  bool tried = false;
  Status done = doing.database.write([&](db::Transaction& transaction) -> Status {
    Note note;
    tried = false;
    if (Status worked = work(transaction, note); !worked) return worked;
    tried = note.tried_;
    if (tried) return conflict(tr("This was a trial."));  // undoes it
    if (note.nothing_) return {};
    if (note.sentence_.empty()) throw std::logic_error("a command says nothing to the audit");
    write_audit(transaction, doing, note, {});
    return {};
  });
  return tried ? Status() : done;
}

Status Core::begin(const Doing& doing, const Permission& permission, const Whose& whose, Hub hub,
                   db::FunctionRef<Status(db::Transaction&, Note&, records::Record&)> work) {
  if (const Status allowed = doing.reach.require(permission, whose, hub); !allowed) return allowed;
  return doing.database.write([&](db::Transaction& transaction) -> Status {
    Note note;
    records::Record made;
    if (const Status done = work(transaction, note, made); !done) return done;
    if (note.nothing_) throw std::logic_error("a new record cannot be nothing done: " + made.subject());
    if (note.sentence_.empty()) throw std::logic_error("a new record says nothing to the audit: " + made.subject());
    const auto found = doing.kinds.standing(transaction, made);
    if (!found) throw std::logic_error("a new record is not found by its kind: " + made.subject());
    if (found->whose != whose)
      throw std::logic_error("a new record is somebody else's than was asked for: " + made.subject());
    write_audit(transaction, doing, note, made);
    return {};
  });
}

}  // namespace tithing::commands
