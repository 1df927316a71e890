// What a scheme gives to whom, to the penny.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "allocation/plan.h"
#include "allocation/scheme.h"
#include "figures/figure.h"

namespace tithing::allocation {

struct HeldBack {
  std::string purpose;
  Money amount;
  std::optional<std::size_t> step;  // none: a top-slice of the pot
};

struct AreaAmount {
  std::string key, name;
  Money amount;
  std::optional<Money> last_year;  // none: the area had none, or nothing is known of it
  std::vector<Money> tranches;     // in the scheme's order; they come to `amount`
};

// A floor, cap or hold-harmless that the amounts do not keep, and a limit that could not be met: never silent.
struct NotMet {
  std::string area;      // key
  std::size_t step = 0;  // counted from 0
  std::string sentence;
};

struct Allocation {
  PotTotals pot;
  std::vector<HeldBack> held_back;  // top-slices first
  Money over_programmed;
  std::vector<AreaAmount> areas;  // in the scheme's order
  Money total;                    // of the areas
  // What no area got, as the steps and rounding left it, or below zero what rounding to the nearest gave too much,
  // which the scheme has declared that it may (Rounding::may_exceed). With it the areas and what is held back come to
  // the known funds + over-programmed: check_balance (balance.h).
  Money unallocated;
  std::vector<std::string> notes;
  std::vector<NotMet> not_met;
  Prepared prepared;                        // what it was worked out from
  Trace<ExactArithmetic> trace;             // after each step
  ExactArithmetic::Vector before_rounding;  // in the order of `areas`
  Fraction exact(std::size_t area) const {
    return ExactArithmetic::at(before_rounding, area);
  }  // pence, before rounding
  bool complete() const { return pot.unknown.empty(); }
  bool reconciles() const { return unallocated.pence == 0; }
};

// invalid with a sentence that names the place: as `check` says, or a step that takes more than remains; and where the
// rounded amounts come to more than there is and the scheme does not declare that they may. unavailable when
// the answer does not come to what there is, which no scheme can bring about. Pure: the same scheme gives the same
// answer, in whatever order its areas stand (ties of rounding go by key).
Result<Allocation> allocate(const Scheme& scheme);

// One allocation for each year of the scheme's phase-in, or one when it has none.
Result<std::vector<Allocation>> allocate_years(const Scheme& scheme);

// What the values that a scheme states end at: the file or the saved version that states them, and the pot that it
// shares. Without them a working says of such a value only that it is given.
struct Grounds {
  figures::Source scheme = {}, pot = {};

  // The source of an indicator or of last year's money, to its end: as it names it itself, or as the scheme states it.
  figures::Source of(const Origin& origin) const;
};

// How an area's amount came about: a tree of figures down to the indicators' values and their files.
figures::Figure explain(const Scheme& scheme, const Allocation& allocation, std::size_t area,
                        const Grounds& grounds = {});

// Splits `amount` by shares (any scale) so that the parts come to it exactly, in units; ties by the order of `keys`.
std::vector<Money> by_largest_remainder(Money amount, const std::vector<Fraction>& shares, Money unit,
                                        const std::vector<std::string>& keys);

}  // namespace tithing::allocation
