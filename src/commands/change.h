// Commands: every change of a record goes through change(), every new one through begin(), and what is no change of one
// record (an import, a choice of what counts, signing in) through act(). They ask permission and
// reach again (the page that offered it may be old, and the API never asked a page), open the one transaction, compare
// the version that was seen, run the work, see that the version went up, and write the audit row. What a room writes is
// the work: a check and a store call.
//
//   return change(doing, kEditPots, record_of("pot", id), seen, [&](db::Transaction& transaction, const Standing& pot,
//   Note& note) -> Status {
//     ...
//     note.says("funding.pot.withdraw", "Withdrew " + pot.name + ": " + reason);
//     return {};
//   });
//
// The work may run again from the start after a collision of transactions (db.h): it changes nothing outside the
// transaction. Its answer, a Status or a Result, is the answer of the command; a problem undoes everything, and so does
// a work that neither says what it did nor that there was nothing to do.
#pragma once

#include <string>
#include <type_traits>
#include <utility>

#include "base/clock.h"
#include "base/reach.h"
#include "db/db.h"
#include "records/overtaken.h"
#include "records/record.h"

namespace tithing::commands {

// With what a command works. The references live as long as the program, or the request.
struct Doing {
  db::Database& database;
  const records::Kinds& kinds;
  Reach reach;  // who acts, where that reaches, and which day it is
  Instant now;

  const Actor& actor() const { return reach.actor(); }
  Date today() const { return reach.today(); }
  // The same at another moment: what takes long is written down with the moment at which it is done.
  Doing at(Instant moment) const { return {database, kinds, reach, moment}; }
};

// What the audit row of the command says. One row for one command.
class Note {
 public:
  // `action` is the slice and what was done ("funding.pot.withdraw"), `sentence` what an auditor reads. `detail` is
  // JSON or empty, never a secret.
  void says(std::string action, std::string sentence, std::string detail = {});
  // Nothing was changed after all, because all was so already: no audit row, and the version stays.
  void nothing_done() { nothing_ = true; }
  // For a record that is not the one that the command is about: a comment's row names its decision.
  void is_about(records::Record record) { about_ = std::move(record); }
  // The work was only a trial, of act(): its answer counts, and all that it has written is undone.
  void only_tried() { tried_ = true; }
  // Who did it, where only the work finds out: whoever signs in ("account:12").
  void was_done_by(std::string audit_name) { by_ = std::move(audit_name); }
  const std::string& sentence() const { return sentence_; }

 private:
  friend struct Core;
  std::string action_, sentence_, detail_, by_;
  records::Record about_;
  bool nothing_ = false, tried_ = false;
};

using records::overtaken;

// The untyped halves of change(), begin() and act(). `work` sets what is answered.
struct Core {
  static Status change(const Doing& doing, const Permission& permission, const records::Record& record,
                       std::int64_t seen, Hub hub,
                       db::FunctionRef<Status(db::Transaction&, const records::Standing&, Note&)> work);
  static Status begin(const Doing& doing, const Permission& permission, const Whose& whose, Hub hub,
                      db::FunctionRef<Status(db::Transaction&, Note&, records::Record&)> work);
  // Without a permission the work has decided.
  static Status act(const Doing& doing, const Permission* permission, const Whose& whose,
                    db::FunctionRef<Status(db::Transaction&, Note&)> work);
  // The one audit row of a command on `record`, or on what the note is about.
  static void write_audit(db::Transaction& transaction, const Doing& doing, const Note& note,
                          const records::Record& record);
};

// Changes a record that is there. `seen` is the version that the editor saw; kAnyVersion where several may add to a
// record at once without standing in each other's way (a comment on a decision). not_found also for what the actor may
// not know of; forbidden with the sentence of Reach; conflict when it has changed meanwhile.
inline constexpr std::int64_t kAnyVersion = -1;
template <class Work>
auto change(const Doing& doing, const Permission& permission, const records::Record& record, std::int64_t seen,
            Work&& work, Hub hub = Hub::own_only) {
  using Answer = std::invoke_result_t<Work&, db::Transaction&, const records::Standing&, Note&>;
  if constexpr (std::is_same_v<Answer, Status>) {
    return Core::change(doing, permission, record, seen, hub, work);
  } else {
    Answer answer = not_found(std::string());
    const Status done =
        Core::change(doing, permission, record, seen, hub,
                     [&](db::Transaction& transaction, const records::Standing& standing, Note& note) -> Status {
                       answer = work(transaction, standing, note);
                       if (!answer) return pass_on(answer);
                       return {};
                     });
    if (!done) return Answer(pass_on(done));
    return answer;
  }
}

template <class Work>
auto act_as(const Doing& doing, const Permission* permission, const Whose& whose, Work&& work) {
  using Answer = std::invoke_result_t<Work&, db::Transaction&, Note&>;
  if constexpr (std::is_same_v<Answer, Status>) {
    return Core::act(doing, permission, whose, work);
  } else {
    Answer answer = not_found(std::string());
    const Status done = Core::act(doing, permission, whose, [&](db::Transaction& transaction, Note& note) -> Status {
      answer = work(transaction, note);
      if (!answer) return pass_on(answer);
      return {};
    });
    if (!done) return Answer(pass_on(done));
    return answer;
  }
}

// Makes a new record that is `whose`. The work returns the new record, and the audit row names it. A record that its
// kind does not find, that is somebody else's, or of which nothing is said is a fault: logic_error, and nothing is
// kept.
template <class Work>
Result<records::Record> begin(const Doing& doing, const Permission& permission, const Whose& whose, Work&& work,
                              Hub hub = Hub::own_only) {
  records::Record made;
  const Status done = Core::begin(doing, permission, whose, hub,
                                  [&](db::Transaction& transaction, Note& note, records::Record& record) -> Status {
                                    Result<records::Record> answer = work(transaction, note);
                                    if (!answer) return pass_on(answer);
                                    record = made = *answer;
                                    return {};
                                  });
  if (!done) return pass_on(done);
  return made;
}

// Does what is no change of one record: an import of many, a choice of what counts, a rebuild. The audit row names what
// the note is about, or nothing. Whose an import is, is mostly shared: who holds the permission may, and the work
// refuses what lies in another's.
template <class Work>
auto act(const Doing& doing, const Permission& permission, const Whose& whose, Work&& work) {
  return act_as(doing, &permission, whose, work);
}
// The same without a permission, for what somebody does as whoever they are: a session, one's own password. The work
// refuses.
template <class Work>
auto act_for_oneself(const Doing& doing, Work&& work) {
  return act_as(doing, nullptr, Whose::shared(), work);
}

}  // namespace tithing::commands
