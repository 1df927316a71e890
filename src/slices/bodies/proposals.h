// Named proposals: edits that are kept apart from the register and tried on it, by the rules of any change, each time
// that they are shown. Nothing of a proposal is ever dropped: an edit that no longer fits says why.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "slices/bodies/duties.h"
#include "slices/bodies/edits.h"
#include "slices/bodies/overlap.h"

namespace tithing::bodies {

struct ProposedEdit {
  std::int64_t id = 0;
  std::int64_t step = 0;  // edits that were entered in one form have one step, and are taken out together
  Edit edit;
  std::string reason;
  std::string author;  // audit name
  Instant at;
  std::string taken_out_by = {};  // audit name, of one that was taken out
  std::optional<Instant> taken_out_at = {};
};

struct Proposal {
  enum class State { open, withdrawn, enacted };
  std::int64_t number = 0;
  std::string title;
  std::string reason;
  std::string author;  // audit name
  Instant made_at;
  State state = State::open;
  std::int64_t version = 1;                // goes up with each change of the proposal: what a form has seen
  std::optional<Instant> decided_at;       // withdrawn or enacted; by whom and why is an event of its path
  std::optional<std::int64_t> enacted_in;  // change of the register
  std::vector<ProposedEdit> edits;         // in the order in which they are tried; of a list of proposals: empty
  std::vector<ProposedEdit> taken_out;     // those that are not in it any more, and can be put back; likewise
};
std::string_view code_of(Proposal::State state);  // "open"
std::optional<Proposal::State> proposal_state_from(std::string_view code);

// A proposal put on a register.
struct Applied {
  Register draft;  // with every edit that fits; `proposal` says which
  Effect effect;
  std::map<std::int64_t, Problem> misfits;  // by the id of the edit
  bool fits() const { return misfits.empty(); }
};
Applied apply(const Register& known, const Proposal& proposal);

// What an edit asks for, in a sentence: "Take away: seat: chair of Redditch Community Safety Partnership".
std::string words_of(const Register& draft, const Edit& edit);

// One body in two registers or on two days.
struct Difference {
  enum class What { began, ended, moved, changed, unknown } what = What::changed;
  std::string body;
  FactKind fact = FactKind::body;
  std::string then;  // in words; empty when there is nothing
  std::string now;
};
std::string_view name_of(Difference::What what);  // "Began"
std::vector<Difference> differences(const Register& before, Date then, const Register& after, Date now,
                                    const std::set<std::string>& bodies);

// Bodies of which something may be otherwise: those that the effect speaks of, those that report to them, and those
// that sit in them.
std::set<std::string> touched(const Register& known, const Applied& applied);

struct CoverChange {
  std::string function;  // what has to be done
  std::string area;
  std::optional<Cover::State> before;  // empty: nobody of those on whom it is laid serves the area
  std::optional<Cover::State> after;
  std::vector<std::string> held_before;  // codes
  std::vector<std::string> held_after;
};
struct LoadChange {
  std::string organisation;
  Load before;
  Load after;
};
// What the proposal comes to on a day, beside the register as it is.
struct Comparison {
  std::vector<Difference> bodies;
  std::vector<CoverChange> duties;  // whose cover, or by whom it is covered, is otherwise
  std::vector<LoadChange> loads;    // of organisations whose seats, meetings or hours are otherwise
};
Comparison compare(const Register& known, const Applied& applied, Date day);

}  // namespace tithing::bodies
