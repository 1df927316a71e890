// What is given out of a pot, and what was prepared from a scheme: told by the room that decides on money, and asked by
// the pages and figures of pots. Pots know no decision; without that room nothing is said of any.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/actor.h"
#include "base/clock.h"
#include "base/money.h"
#include "slices/pots/records.h"

namespace tithing::pots {

// Pounds that a table takes from its pot: to areas and to what its steps hold back. Top-slices are the pot's own and
// are not in it, so that two decisions on one pot take them once.
struct Taken {
  Money amount;
  Money beyond;  // declared to go out beyond the known funds: over-programming, and rounding that may exceed
};

// A decision in force on the pot.
struct Given {
  std::string reference, state;  // "FD-0012", "Agreed"
  std::string address;           // of its page
  std::string title;             // only for who may read it: empty otherwise
  std::string by_name;           // who agreed it, as it is shown
  Instant at;                    // when it was frozen; before that, when it was drawn up
  std::optional<Taken> taken;    // none: it cannot be worked out today, which is not nought
  std::string takes_place_of;    // the reference of the one that it supersedes when it is published, or empty
};

// What all of them take together, and what is left of the pot's newest version.
struct GivenOfPot {
  std::int64_t version = 0;
  bool nothing_known = false;  // no fund of it has an amount
  std::vector<Given> decisions;
  Money taken, beyond;
  Money left;                          // below nought: more than it holds
  std::vector<std::string> not_known;  // references of those that could not be worked out
  // What can be done where it gives out more than it holds.
  bool withdraw_agreement = false, take_place = false;
};

// A decision that was prepared from a scheme.
struct FromScheme {
  std::string reference, title, state, address;
  std::int64_t scheme_version = 0, pot_version = 0;
};

class Decisions {
 public:
  virtual ~Decisions() = default;
  virtual GivenOfPot given_out(const Actor& reader, PotId pot) = 0;
  // As far as the reader may read them; newest first.
  virtual std::vector<FromScheme> prepared_from(const Actor& reader, SchemeId scheme, int limit) = 0;
  // The page that prepares a decision from a scheme on money of this area; empty for who may not.
  virtual std::string prepare_address(const Actor& reader, const std::string& area, SchemeId scheme) = 0;
};

}  // namespace tithing::pots
