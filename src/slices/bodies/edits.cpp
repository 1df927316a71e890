#include "slices/bodies/edits.h"

#include <algorithm>

#include "base/translation.h"
#include "records/overtaken.h"
#include "slices/bodies/rules.h"

namespace tithing::bodies {
namespace {

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
      const auto came = std::find_if(effect.after.begin(), effect.after.end(),
                                     [&](const Fact& other) { return other.record == fact.record; });
      if (came != effect.after.end())
        effect.after.erase(came);
      else
        effect.before.push_back(fact);
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
    if (!former || former->id != edit.seen_id) return records::overtaken({});
    if (edit.action == Edit::Action::remove)
      if (Status fine = check_removal(draft, *former); !fine) return fine;
    if (edit.action == Edit::Action::replace && former->kind != edit.fact.kind)
      return invalid(tr("A fact cannot become one of another kind. Take it away and enter the other."));
    trial.remove(*former);
    if (edit.action == Edit::Action::remove) return {};
  }
  Fact fact = edit.fact;
  if (edit.action == Edit::Action::add)
    fact.id = fact.record = 0;
  else
    fact.record = edit.record;
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

std::vector<Edit> with_its_name(Fact body, const std::string& name) {
  Fact called = body;
  called.kind = FactKind::name;
  called.value = name;
  called.role.clear();
  called.state.clear();
  called.to.reset();
  return {{.fact = std::move(body)}, {.fact = std::move(called)}};
}

Status take(Register& draft, const Edit& edit, Effect& effect) {
  Trial trial(draft);
  Status fine = attempt(draft, edit, trial);
  if (!fine)
    trial.take_back();
  else
    trial.put_into(effect);
  return fine;
}

namespace {

// A body that stood without an end does not just get one: what became of it is a succession, with its instrument.
Status ends_by_succession(const Register& draft, const Effect& effect) {
  for (const Fact& fact : effect.after) {
    if (fact.kind != FactKind::body || !fact.to || fact.state == "proposed") continue;
    const auto was_open = [&](const Fact& before) {
      return before.record == fact.record && before.kind == FactKind::body && !before.to && before.state != "proposed";
    };
    if (std::none_of(effect.before.begin(), effect.before.end(), was_open)) continue;
    const Register::Entry& entry = *draft.find(fact.body);
    const bool goes_on = std::any_of(entry.of(FactKind::body).begin(), entry.of(FactKind::body).end(),
                                     [&](const FactPointer& other) { return other->from == fact.to; });
    const bool told = std::any_of(entry.of(FactKind::succession).begin(), entry.of(FactKind::succession).end(),
                                  [&](const FactPointer& succession) {
                                    const auto codes = predecessors_of(*succession);
                                    return succession->from == fact.to &&
                                           std::find(codes.begin(), codes.end(), fact.body) != codes.end();
                                  });
    if (goes_on || told) continue;
    const std::string sentence = "Enter what became of " + draft.last_name(fact.body) +
                                 " instead: it ended, was renamed, replaced, split or merged, with the order, "
                                 "agreement, decision or minute that says so. "
                                 "Its end follows from that.";
    return invalid(sentence, {{"to", sentence}});
  }
  return {};
}

}  // namespace

Result<Effect> take_all(Register& draft, const std::vector<Edit>& edits, const Scope& scope, Date today) {
  Effect effect;
  const Steps steps(draft, edits);
  for (std::size_t i = 0; i < edits.size(); ++i) {
    if (const Status allowed = scope.may(draft, steps.all, i); !allowed) return pass_on(allowed);
    const Edit& edit = edits[i];
    // What is only proposed needs no instrument yet.
    if (edit.fact.kind == FactKind::succession && edit.action != Edit::Action::remove && draft.proposal == 0)
      if (Status named = check_instrument(edit.fact, today); !named) {
        // What is wrong in itself comes first: nobody should look for an order of something that cannot be.
        Register trial = draft;
        Effect nothing;
        if (Status fine = take(trial, edit, nothing); !fine) return pass_on(fine);
        return pass_on(named);
      }
    if (Status fine = take(draft, edit, effect); !fine) return pass_on(fine);
  }
  if (draft.proposal == 0)
    if (Status said = ends_by_succession(draft, effect); !said) return pass_on(said);
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
