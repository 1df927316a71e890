// Rows of decisions, their comments and frozen tables. SQL only; the rules are in moves.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/db.h"
#include "slices/decisions/decision.h"
#include "slices/decisions/frozen.h"

namespace tithing::decisions::store {

std::optional<Decision> decision(db::Connection& connection, DecisionId id);
std::optional<DecisionId> delivered_decision(db::Connection& connection, const std::string& name);

// Of which states. Published and superseded ones are always among them.
struct DecisionFilter {
  bool consulted = false;              // and those that were opened to comments
  bool drafts = false;                 // and drafts
  std::optional<DecisionState> state;  // of these only one state
};
std::vector<Decision> decisions(db::Connection& connection, const DecisionFilter& filter);  // newest first
std::vector<Decision> decisions_of(db::Connection& connection, SchemeId scheme, int limit);
std::vector<Decision> decisions_in_force(db::Connection& connection,
                                         PotId pot);  // agreed, frozen, published; oldest first

std::vector<Decision> decisions_taking_place(db::Connection& connection,
                                             DecisionId id);  // of this one, when they are published; oldest first

std::vector<Decision> once_asked(db::Connection& connection,
                                 int limit);  // drafts again after a consultation; newest first

std::vector<Comment> comments(db::Connection& connection, DecisionId id);  // oldest first
std::optional<Comment> comment(db::Connection& connection, std::int64_t id);
std::optional<Frozen> frozen(db::Connection& connection, DecisionId id);

// Until the transaction is over nobody else decides on the pot.
void hold_pot(db::Transaction& transaction, PotId pot);
DecisionId insert_decision(db::Transaction& transaction, const Decision& decision);  // as version 1
// All of it under decision.version, the new one. False when the version before it is not there any more.
bool update_decision(db::Transaction& transaction, const Decision& decision);
std::int64_t insert_comment(db::Transaction& transaction, const Comment& comment);
void insert_frozen(db::Transaction& transaction, const Frozen& frozen);

}  // namespace tithing::decisions::store
