// A decision with everything that its page and papers show of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "path/events.h"
#include "path/path.h"
#include "slices/decisions/consultation.h"
#include "slices/decisions/frozen.h"

namespace tithing::decisions {

// What a decision is about, worked out on the versions that it names with what everybody may see of the evidence today:
// what is published rests on no number that is withheld.
struct DecisionTable {
  std::optional<SchemeRecord> scheme_record;
  std::optional<PotRecord> pot_record;
  std::optional<Scheme> scheme;  // as written, or with the answers of its figures when `allocation` is there
  std::optional<Allocation> allocation;
  std::string problem;  // why there is no allocation

  std::vector<Area> areas() const { return scheme ? scheme->areas : std::vector<Area>(); }
};
// Everything about one decision that its page shows.
struct DecisionView {
  Decision decision;
  DecisionTable table;  // as it is worked out today on the versions that the decision names
  std::vector<FrozenInput> inputs_now;
  std::optional<Frozen> frozen;
  std::vector<path::Event> events;  // oldest first
  std::vector<Comment> comments;
  std::optional<Decision> successor;  // as far as the actor may read it
  std::vector<Decision>
      taking_place;  // decisions that take its place when they are published, as far as the actor may read them
  std::vector<std::string> newer;      // what has a newer version than it rests on (drawn_pot.h)
  std::optional<Consulted> consulted;  // as it was
  std::vector<Return> returns;         // consultations that ended in a draft again
  Status may_comment;                  // the actor, while it is open
};

// Whether the draft was changed after the comment was made, so that it does not speak of what stands there now.
bool changed_after(const DecisionView& view, const Comment& comment);

// What somebody who was asked, or who commented, may know of a decision that is a draft again: on what and when they
// were asked, when and why that ended, and what they wrote themselves, with its answers. Nothing of the new draft.
struct TakenBack {
  DecisionId id;
  std::string reference, title;  // as it was put to comments
  std::string opened;            // the sentence of the path with which it was opened
  Return back;
  std::vector<Comment> own;  // the actor's, and the answers to them; oldest first
};

}  // namespace tithing::decisions
