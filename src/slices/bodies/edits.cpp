#include "slices/bodies/edits.h"

#include <algorithm>

#include "slices/bodies/rules.h"

namespace tithing::bodies {
namespace {

tl::unexpected<Problem> stale() {
  return conflict("Somebody else has changed this meanwhile. Nothing of yours was saved. Look at what is there now, and begin again from it.");
}

// What one edit has done to the draft, so that it can be taken back.
class Trial {
 public:
  explicit Trial(Register& draft) : draft_(draft) {}
  void remove(const Fact& fact) {
    gone_.push_back(fact);
    draft_.remove(fact.record);
  }
  Fact add(Fact fact) {
    fact.record = draft_.add(fact);
    come_.push_back(fact);
    return fact;
  }
  void take_back() {
    for (const Fact& fact : come_) draft_.remove(fact.record);
    for (const Fact& fact : gone_) draft_.add(fact);
  }
  void put_into(Effect& effect) const {
    for (const Fact& fact : gone_) {
      const auto came = std::find_if(effect.after.begin(), effect.after.end(), [&](const Fact& other) { return other.record == fact.record; });
      if (came != effect.after.end()) effect.after.erase(came);
      else effect.before.push_back(fact);
    }
    effect.after.insert(effect.after.end(), come_.begin(), come_.end());
  }

 private:
  Register& draft_;
  std::vector<Fact> gone_;
  std::vector<Fact> come_;
};

Status attempt(const Register& draft, const Edit& edit, Trial& trial) {
  if (edit.action != Edit::Action::add) {
    const FactPointer former = draft.current(edit.record);
    if (!former || former->id != edit.seen_id) return stale();
    if (edit.action == Edit::Action::remove)
      if (Status fine = check_removal(draft, *former); !fine) return fine;
    if (edit.action == Edit::Action::replace && former->kind != edit.fact.kind)
      return invalid("A fact cannot become one of another kind. Take it away and enter the other.");
    trial.remove(*former);
    if (edit.action == Edit::Action::remove) return {};
  }
  Fact fact = edit.fact;
  if (edit.action == Edit::Action::add) fact.id = fact.record = 0;
  else fact.record = edit.record;
  if (Status fine = check(draft, fact); !fine) return fine;
  std::vector<Fact> following;
  if (fact.kind == FactKind::succession && edit.action == Edit::Action::add) following = consequences(draft, fact);
  for (const Fact& next : following)
    if (next.record != 0) {
      const Fact former = *draft.current(next.record);
      trial.remove(former);
      trial.add(next);
    }
  trial.add(fact);
  for (const Fact& next : following)
    if (next.record == 0) {
      if (Status fine = check(draft, next); !fine) return fine;
      trial.add(next);
    }
  return {};
}

// The edits as a scope judges them.
struct Steps {
  Steps(const Register& draft, const std::vector<Edit>& edits) {
    for (const Edit& edit : edits) {
      former.push_back(edit.action == Edit::Action::add ? nullptr : draft.current(edit.record));
      all.push_back({former.back().get(), edit.action == Edit::Action::remove ? nullptr : &edit.fact});
    }
  }
  std::vector<FactPointer> former;
  std::vector<Step> all;
};

}  // namespace

Status take(Register& draft, const Edit& edit, Effect& effect) {
  Trial trial(draft);
  Status fine = attempt(draft, edit, trial);
  if (!fine) trial.take_back();
  else trial.put_into(effect);
  return fine;
}

Result<Effect> take_all(Register& draft, const std::vector<Edit>& edits, const Scope* scope) {
  Effect effect;
  const Steps steps(draft, edits);
  for (std::size_t i = 0; i < edits.size(); ++i) {
    if (scope)
      if (const Status allowed = scope->may(draft, steps.all, i); !allowed) return pass_on(allowed);
    if (Status fine = take(draft, edits[i], effect); !fine) return pass_on(fine);
  }
  return effect;
}

Status within_reach(const Register& known, const std::vector<Edit>& edits, const Scope& scope) {
  Register draft = known;
  Effect effect;
  const Steps steps(draft, edits);
  for (std::size_t i = 0; i < edits.size(); ++i) {
    if (Status allowed = scope.may(draft, steps.all, i); !allowed) return allowed;
    (void)take(draft, edits[i], effect);
  }
  return {};
}

}  // namespace tithing::bodies
