// Schemes beside each other, and how much of an answer hangs on a weight.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "allocation/allocation.h"

namespace tithing::allocation {

// Why there is no change in per cent: last year's money is not known, which is not nought, or it was nought, of which
// nothing is a share. `whose`: "Last year's amount".
std::string no_change_share(const std::optional<Money>& last_year, const std::string& whose = "Last year's amount");

// One area in one scenario, as a reader wants it.
struct Standing {
  std::string key, name;
  Money amount;
  std::optional<Fraction> share;           // of what the areas get; none: they get nothing
  std::optional<Money> per_head;           // to the nearest penny; none: no population is known
  std::optional<Money> last_year, change;  // none: there was none
  std::optional<Fraction> change_share;    // none: last year's was nought, or is not known (no_change_share says which)
  std::optional<Money> against;            // change against that scenario; none: it is this one, or has no such area
  std::optional<Fraction> against_share;
};

Standing standing_of(const std::string& key, const std::string& name, Money amount, std::optional<Money> last_year,
                     std::optional<std::int64_t> population, Money total);

struct Scenario {
  std::string title;
  std::vector<Standing> areas;
  int winners = 0, losers = 0, unchanged = 0;  // against last year, where it is known
};

// One of them is what the others are set against, the first unless another is named. Areas are matched by key.
// Precondition: `against` is one of them.
struct Compared {
  const Scheme* scheme = nullptr;
  const Allocation* allocation = nullptr;
};
std::vector<Scenario> compare(const std::vector<Compared>& scenarios, std::size_t against = 0);

// Who gains and who loses against last year, by name, the largest change first; those that stay; and those of whom last
// year's money is not known, who are none of the three.
struct GainsAndLosses {
  std::vector<std::string> gain, lose, stay, unknown;
};
GainsAndLosses gains_and_losses(const Scenario& scenario);

// --- sensitivity
// -------------------------------------------------------------------------------------------------------

// The smallest move of one weight (the others keeping their proportions) after which something is otherwise.
struct WeightMove {
  std::size_t step = 0, indicator = 0;
  std::string indicator_name;
  Fraction from, to;  // per cent
  std::string what;   // "Reading gains instead of losing", "The order of the five largest changes: ..."
  std::string area;   // key; empty where it is the order
};

// What `draws` random moves of every weight by at most a tenth of itself do.
struct Stability {
  struct Area {
    std::string key, name;
    Money lowest, highest;  // before rounding, to the nearest penny
    int same_sign = 0;      // draws in which it gains, loses or stays as now
  };
  std::uint64_t seed = 0;
  int draws = 0;
  int worked_out = 0;  // draws that the scheme could be worked out under; the counts below are of these
  int same_top_five = 0;
  std::vector<Area> areas;  // none where no draw could be worked out
};

struct Sensitivity {
  std::vector<WeightMove> moves;    // none: no move of a weight from 0 to 100 does it
  std::vector<std::string> robust;  // indicators of which no weight changes anything; every one was looked at
  // Indicators of which nothing was found that changes, but under some weights the scheme cannot be worked out (a step
  // takes more than remains): what would be otherwise there is not known.
  std::vector<std::string> not_looked_at;
  Stability stability;
  Fraction grid;                // weights were moved in steps of this many points
  std::int64_t weightings = 0;  // how many were looked at
};

struct SensitivityOptions {
  std::uint64_t seed = 1;
  int draws = 1000;
};

// Signs (against last year) and order are of the amounts before rounding, a change of less than half a penny counting
// as none. Thousands of weightings are searched in fixed point; every move that is answered has then been worked out
// exactly, at the move and one step before it. invalid when the scheme is, or has no weighted step with two indicators
// or more.
Result<Sensitivity> sensitivity(const Scheme& scheme, const SensitivityOptions& options);

// Runs one plan under many weightings, in fixed point. What the search above is made of; bench/allocation.cpp times it.
class Reweighting {
 public:
  explicit Reweighting(const Plan<ExactArithmetic>& plan) : plan_(for_searching(plan)) {}
  // Weights of a step's indicators, as parts of one over 2^56. Precondition: as many as it has indicators.
  void set_weights(std::size_t step, const std::vector<Fraction>& weights);
  // The amounts in pence over 2^56, or false when a step takes more than there is.
  bool run(std::vector<FixedArithmetic::Int>& amounts) const;

 private:
  Plan<FixedArithmetic> plan_;
};

}  // namespace tithing::allocation
