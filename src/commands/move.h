// A move of a record along its path (path/path.h). The one way to make one: it asks the permission of the move itself,
// compares the version that was seen, asks what the move needs and its reason, runs the work, and writes the event and
// the audit row.
//
//   return move(doing, kPath, record_of("note", id), seen, {"send", ""},
//               [&](db::Transaction& transaction, const Standing& note) { return store::facts(transaction, note); },
//               [&](db::Transaction& transaction, const Moving<Facts>& moving, Note&) -> Status {
//                 store::set_state(transaction, id, moving.step.to);  // and version + 1
//                 return {};
//               });
//
// The work writes the new state and raises the version: the record has to stand there afterwards, or nothing is kept.
#pragma once

#include <optional>
#include <string>

#include "commands/change.h"
#include "path/events.h"
#include "path/path.h"

namespace tithing::commands {

template <class Facts>
struct Moving {
  const records::Standing& record;  // before the move
  const Facts& facts;
  const path::Step& step;
  const std::string& reason;  // as it is kept
};

struct MoveCore {
  using Load = db::FunctionRef<Result<path::Checked>(db::Transaction&, const records::Standing&)>;
  using Work = db::FunctionRef<Status(db::Transaction&, const records::Standing&, const path::Checked&, Note&)>;
  static Status move(const Doing& doing, const path::Outline& outline, const records::Record& record, std::int64_t seen,
                     const std::string& code, Load check, Work work);
  static Status within(db::Transaction& transaction, const Doing& doing, const path::Outline& outline,
                       const records::Record& record, std::int64_t seen, const std::string& code, Load check,
                       Work work);
};

// not_found for what the actor may not know of; forbidden with the sentence of Reach; conflict when it has changed
// meanwhile, or the move does not lead on from where it stands; invalid for what stands in the way, and for a reason
// that is missing. The audit and the event say the table's sentence, the audit under "<code of the path>.<code of the
// move>"; the work may say another one, with what only it knows.
template <class Facts, class Load, class Work>
Status move(const Doing& doing, const path::Path<Facts>& path, const records::Record& record, std::int64_t seen,
            const path::Asked& asked, Load&& load, Work&& work) {
  std::optional<Facts> facts;
  return MoveCore::move(
      doing, path.outline(), record, seen, asked.move,
      [&](db::Transaction& transaction, const records::Standing& standing) -> Result<path::Checked> {
        facts.emplace(load(transaction, standing));
        return path.check(standing.state, *facts, asked);
      },
      [&](db::Transaction& transaction, const records::Standing& standing, const path::Checked& checked,
          Note& note) -> Status {
        return work(transaction, Moving<Facts>{standing, *facts, checked.step, checked.reason}, note);
      });
}

// A move that follows from another one, within its transaction: what takes the place of a decision supersedes it. It
// has a permission, an event and an audit row of its own, and where it cannot be made the first one is undone.
template <class Facts, class Work>
Status move_with(db::Transaction& transaction, const Doing& doing, const path::Path<Facts>& path,
                 const records::Record& record, const path::Asked& asked, const Facts& facts, Work&& work) {
  return MoveCore::within(
      transaction, doing, path.outline(), record, kAnyVersion, asked.move,
      [&](db::Transaction&, const records::Standing& standing) { return path.check(standing.state, facts, asked); },
      [&](db::Transaction&, const records::Standing& standing, const path::Checked& checked, Note& note) -> Status {
        return work(Moving<Facts>{standing, facts, checked.step, checked.reason}, note);
      });
}

}  // namespace tithing::commands
