// Rows of proposals and their edits. SQL only; the rules are in proposals.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/db.h"
#include "slices/bodies/proposals.h"

namespace tithing::bodies::store {

// Newest first, without their edits; an empty state: all.
std::vector<Proposal> proposals(db::Connection& connection, const std::string& state, int limit, int offset);
std::int64_t count_proposals(db::Connection& connection, const std::string& state);
// With the edits that are in it, and those that were taken out.
std::optional<Proposal> proposal(db::Connection& connection, std::int64_t number);
std::optional<std::int64_t> proposal_version(db::Connection& connection, std::int64_t number);
std::optional<std::int64_t> proposal_enacted_in(db::Connection& connection, std::int64_t change);
bool has_proposal_called(db::Connection& connection, const std::string& title);

std::int64_t insert_proposal(db::Transaction& transaction, const Proposal& proposal);
// Writes title, reason, state and decision, and counts the version up. False when it is not the version seen, or not
// open.
bool update_proposal(db::Transaction& transaction, const Proposal& proposal, std::int64_t seen_version);
std::int64_t insert_proposed_edit(db::Transaction& transaction, std::int64_t proposal, const ProposedEdit& edit);
// Gives how many edits of that step were taken out.
std::int64_t take_out_step(db::Transaction& transaction, std::int64_t proposal, std::int64_t step,
                           const std::string& by, Instant at);
std::int64_t put_back_step(db::Transaction& transaction, std::int64_t proposal, std::int64_t step);  // likewise
bool see_again(db::Transaction& transaction, std::int64_t edit, std::int64_t seen_id);

}  // namespace tithing::bodies::store
