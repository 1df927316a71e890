// The areas of one kind beside each other, with what is known of each: counts of a period and residents. Ranks,
// averages, funnel limits, likeness and the pages that show them all ask here, so that each is over the same areas and
// says the same of those that are not among them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "figures/registry.h"
#include "slices/evidence/evidence.h"
#include "slices/evidence/extent.h"
#include "statistics/funnel.h"

namespace tithing::evidence {

struct Peers {
  std::vector<const register_::Area*> areas;     // by name; those with whole counts and a population
  std::vector<statistics::Observed> observed;    // crimes over residents
  std::vector<figures::Figure> crimes;           // the counts
  std::vector<const register_::Area*> left_out;  // a month is missing or suspect, or the population is not known
  std::vector<const register_::Area*> withheld;  // a count that whoever asks may not see: it is in nothing here
  std::optional<std::size_t> own;                // place in `areas`
  // Forces that have files, but not of every month, or of whose months half or more are suspect as a whole or in what
  // is compared: none of their areas is among those compared. With fewer suspect months they are, and it is said. One
  // month of another force, imported for itself, must not take everybody's comparison away. The area's own force is
  // never among the first: its areas are left out one by one.
  std::vector<std::string> forces_without;
  std::vector<std::string> forces_suspect;
  std::vector<std::string> forces_partly_suspect;
  // Of all areas of the kind in the forces that are compared, and of their crimes as far as they are told: of an area
  // with missing months those that are there, of a withheld count none.
  Extent extent;
};

struct PeerQuestion {
  std::string area;
  register_::AreaKind kind = register_::AreaKind::community_safety_partnership;  // of those compared
  Period period;
  std::string type;
  Date as_at;
  std::string as_at_text = {};   // as the figures' parameter has it; empty for today
  std::string recorded_by = {};  // "all", or empty
  bool own_force_only = false;
};

// Areas of the kind in every force that has a file of each month and sound ones of most, and in the area's own force.
// not_found for an area that the register does not know; of own_force_only also for one without a force.
Result<Peers> peers_of(const figures::Registry& registry, const figures::Viewer& viewer, const Snapshot& snapshot,
                       const PeerQuestion& question);

// "Left out because a month ..: North Worcestershire. Not among those compared ..": why those are missing; empty where
// nobody is.
std::string left_out_in_words(const Peers& peers);
// Why nothing is ranked or compared: fewer than kLeastShare of the areas or of their crimes are known. Nothing where
// enough are.
std::optional<std::string> too_few_peers(const Peers& peers, const std::string& what = "the comparison");

// The sentences of left_out_in_words, one for each reason, each with the names behind it.
struct LeftOut {
  std::string why;
  std::vector<std::string> names;
};
std::vector<LeftOut> left_out_of(const Peers& peers);

}  // namespace tithing::evidence
