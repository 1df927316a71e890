// What may be done with a proposal. Each is one transaction with its audit row. forbidden without bodies.edit, or where
// the scope does not reach to everything in the proposal. conflict when somebody else has changed it since
// `seen_version`.
#pragma once

#include "path/events.h"
#include "slices/bodies/commands.h"
#include "slices/bodies/proposals.h"

namespace tithing::bodies {

std::optional<records::Standing> standing_of_proposal(db::Connection& connection, const std::string& id);

// Gives its number. invalid for the fields "title" and "reason".
Result<std::int64_t> make_proposal(const Keeping& keeping, const std::string& title, const std::string& reason);
Status reword_proposal(const Keeping& keeping, std::int64_t number, std::int64_t seen_version, const std::string& title,
                       const std::string& reason);

// The effect of edits at the end of the proposal; invalid or conflict as a change of the register would be.
Result<Effect> try_in_proposal(const Keeping& keeping, std::int64_t number, const std::vector<Edit>& edits);
Status add_to_proposal(const Keeping& keeping, std::int64_t number, std::int64_t seen_version,
                       const std::vector<Edit>& edits, const std::string& reason);
// Takes out the edits that were entered in one form.
Status take_out_of_proposal(const Keeping& keeping, std::int64_t number, std::int64_t seen_version, std::int64_t step);
// Puts back what was taken out: in its old place, to be tried again with the others.
Status put_back_into_proposal(const Keeping& keeping, std::int64_t number, std::int64_t seen_version,
                              std::int64_t step);
// Puts an edit on the version of its record that the register has now, when it fits there.
Status put_on_what_is_now(const Keeping& keeping, std::int64_t number, std::int64_t seen_version, std::int64_t edit);
Status withdraw_proposal(const Keeping& keeping, std::int64_t number, std::int64_t seen_version,
                         const std::string& reason);

// Makes one change of the register of all its edits, or nothing: invalid when one does not fit any more, conflict when
// the register is not the one (`seen_register`, its newest change) on which the effect was shown. Where bodies merge,
// split, end or follow one another in it, `instrument` says by what that was decided; invalid without.
Result<Done> enact_proposal(const Keeping& keeping, std::int64_t number, std::int64_t seen_version,
                            std::int64_t seen_register, const std::string& reason, const Instrument& instrument);

}  // namespace tithing::bodies
