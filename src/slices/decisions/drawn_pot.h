// A pot and what is given out of it, as the store and the evidence have it now.
#pragma once

#include <string>
#include <vector>

#include "slices/decisions/commands.h"
#include "slices/decisions/given_out.h"

namespace tithing::decisions {

// The newest version of the pot and the decisions in force on any of its versions: what is frozen by its record, what
// is agreed as it is worked out today. Not within a transaction: the evidence is asked for through the same store. A
// pot that is not there holds nothing.
DrawnPot drawn_pot(db::Database& database, const figures::Registry& registry, PotId pot, Date today);

// The scheme in that version with its pot, as they were written: in the pot's version, or in the one on which the
// scheme was saved. Nothing is worked out.
DecisionTable written_table(db::Connection& connection, SchemeId scheme, std::int64_t version,
                            std::optional<std::int64_t> pot_version = {});

// Pot and scheme that have a newer version than the decision rests on, a sentence for each; names of accounts are not
// in it.
std::vector<std::string> newer_versions(db::Connection& connection, const Decision& decision);

// What drawn_pot() and newer_versions() were read from: when it is another within the transaction, they do not hold any
// more.
struct PotMoment {
  std::int64_t pot_version = 0, scheme_version = 0;
  std::vector<std::pair<std::int64_t, std::int64_t>> in_force;  // id and version
  friend bool operator==(const PotMoment&, const PotMoment&) = default;
};
PotMoment moment_of(db::Connection& connection, const Decision& decision);

}  // namespace tithing::decisions
