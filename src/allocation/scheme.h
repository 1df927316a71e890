// A pot and a scheme as they are written down: values only. `check` says what is wrong with them, `allocate`
// (allocation.h) works them out.
//
// A scheme is an ordered composition of steps. Each step sees what the steps before it have left: the money that
// remains, and what each area has so far.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "allocation/exact.h"
#include "base/money.h"
#include "base/result.h"
#include "figures/figure.h"

namespace tithing::allocation {

constexpr std::int64_t kLargestPot = 9'000'000'000'000'000;  // pence; as Money::parse

// Where numbers were taken from. `source` leads to the file; an empty name says that nothing is known of it.
struct Origin {
  figures::Source source;
  std::string reference_date;  // the date or period that the numbers speak of, as written
  std::string note;
};

// A sum of money, or a share of what the step says it is a share of. Exactly one is given; neither means "all that
// remains".
struct Size {
  std::optional<Money> amount;
  std::optional<Fraction> share;  // 0..1
  bool given() const { return amount || share; }
};

enum class FundKind { revenue, capital };
enum class FundStatus { provisional, confirmed, unknown };

struct Fund {
  std::string name;
  std::string partner;         // who pays it in
  std::string financial_year;  // "2012/13"; of its origin where it is carried forward
  FundKind kind = FundKind::revenue;
  FundStatus status = FundStatus::provisional;
  std::optional<Money> amount;  // none: not known. That is not zero.
  bool carried_forward = false;
  std::string note;
};

struct TopSlice {
  std::string purpose;
  Size size;  // a share is of the known funds
};

// What was taken to be so when the pot was set, by whom and when.
struct Assumption {
  std::string text;
  std::string made_on;           // "2011-09-22", or a date as written; may be empty
  std::string made_by;           // a post or a body; may be empty
  std::string sentence() const;  // "No further funding (22 September 2011, Safer Communities Board)"
};

struct Pot {
  std::vector<Fund> funds;
  std::vector<TopSlice> top_slices;
  std::vector<Assumption> assumptions;
};

struct Area {
  std::string key;  // a code or a short name; unique; breaks ties
  std::string name;
  std::vector<std::string> authorities;  // the constituent authorities
  std::optional<std::int64_t> population;
};

// --- steps -----------------------------------------------------------------------------------------------------------

// Money that goes to no area, for a named purpose.
struct HoldBack {
  enum class Of { pot, remaining, allocations };  // allocations: from each area's amount so far, in proportion
  std::string purpose;
  Size size;
  Of of = Of::pot;
};

// The same amount for each area, or for each of its constituent authorities.
struct FixedAmount {
  Money amount;
  bool per_authority = false;
  std::vector<std::string> areas;  // keys; none: every area
};

enum class Transform {
  count,  // the values themselves
  rate,   // value x per / base
  share,  // percentages as published
};

struct Observation {
  std::string period;  // "2019/20", or empty
  Fraction value;
  std::optional<Fraction> base;  // what a rate is of: people
  // Where the value is a figure of the evidence: its answer once it has been asked for (resolve.h), and the path of its
  // address, "/figures/crimes?area=..". With an address and no answer `value` is nothing and `check` refuses the
  // scheme.
  std::shared_ptr<const figures::Figure> figure;
  std::string address;
  std::string base_address;
  std::shared_ptr<const figures::Figure> base_figure;
};

// Figures of the evidence for every area of a scheme: paths of addresses in which {area} stands for the area's key.
struct FiguresByArea {
  std::string period;
  std::string value;  // "/figures/crimes?area={area}&from=2022-01&to=2022-11"
  std::string base;   // of a rate; or empty
};
std::string filled_in(const std::string& pattern, const std::string& area);

struct Indicator {
  std::string name;
  Fraction weight;  // per cent; a step's weights come to exactly 100
  Transform transform = Transform::count;
  std::int64_t per = 1000;                                 // of a rate
  std::optional<int> decimals;                             // each value is first rounded to that many; none: exact
  std::map<std::string, std::vector<Observation>> values;  // by area; several periods: their mean
  std::vector<FiguresByArea> from_figures;                 // what some of the values were written as
  Origin origin;
};

// `size` of what remains, shared by the weighted sum of each area's part of each indicator's total.
struct WeightedIndicators {
  Size size;  // a share is of what remains
  std::vector<Indicator> indicators;
};

// `size` of what remains, in a split that is given.
struct DirectShares {
  enum class By { last_year, amounts, percentages };
  Size size;
  By by = By::last_year;
  std::map<std::string, Fraction> values;  // pence, or per cent that come to exactly 100
  Origin origin;
};

// A bound on each area's amount. What one area gains or loses by it, the areas that are not at a bound share again.
struct Limit {
  enum class Kind {
    floor,          // at least `amount`, or at least `share` of last year's
    cap,            // at most
    hold_harmless,  // at most so much less than last year
    gain_limit,     // at most so much more than last year
  };
  Kind kind = Kind::floor;
  std::optional<Money> amount;
  std::optional<Fraction> share;
  std::map<std::string, Money> by_area;  // floor and cap: an amount of its own for each area named
  std::vector<std::string> areas;        // keys; none: every area
  bool in_proportion = false;  // when the floors come to more than there is: each in proportion (and said), not refused
};

// This year's amount = last year's split of this year's money, moved `path[year - 1]` of the way to the formula's.
struct PhaseIn {
  std::vector<Fraction> path;  // 0..1, one for each year; the last is usually 1
  int year = 1;
};

struct Override {
  std::string area;
  Money value;
  std::string reason;
  std::string approver;
};

// More is awarded than there is, on the experience that not all of it is spent; somebody must answer for the
// difference.
struct OverProgramming {
  Size size;  // a share is of the known pot
  std::string underwritten_by;
};

struct Step {
  std::variant<HoldBack, FixedAmount, WeightedIndicators, DirectShares, Limit, PhaseIn, Override, OverProgramming> what;
  std::string note;
};

// ---------------------------------------------------------------------------------------------------------------------

struct Rounding {
  enum class Rule { nearest, truncate, largest_remainder };
  Money unit{1};
  Rule rule = Rule::largest_remainder;
  std::string
      rest_to;  // an area's key, or the purpose of a hold-back or top-slice: bears what rounding leaves. Or empty.
  // Declared: to the nearest unit, the rows may come to more than there is, as those of some published tables do.
  // Without it such a scheme is refused (allocation.h).
  bool may_exceed = false;
};

struct Tranche {
  std::string name;
  Fraction share;  // per cent; a scheme's tranches come to exactly 100
  std::string due;
  std::string condition;
};

// Last year's money, by the areas of last year.
struct LastYear {
  std::string financial_year;
  std::map<std::string, Money> amounts;
  std::map<std::string, std::string> names;  // of areas that are no more
  Origin origin;
};

// What became of areas. Several before, one after: a merger. One before, several after: a split, with the percentage of
// the money that each takes.
struct Succession {
  std::vector<std::string> before;
  struct After {
    std::string area;
    std::optional<Fraction> share;  // per cent
  };
  std::vector<After> after;
};

struct Scheme {
  std::string title;
  std::string financial_year;
  Pot pot;
  std::vector<Area> areas;
  std::optional<LastYear> last_year;
  std::vector<Succession> successions;
  std::vector<Step> steps;
  Rounding rounding;
  std::vector<Tranche> tranches;
};

// "hold-back", "weighted indicators", ...
std::string name_of(const Step& step);
// "Step 3 (weighted indicators)": how sentences name a place. `index` counts from 0.
std::string place_of(const Scheme& scheme, std::size_t index);

// Everything that can be said to be wrong before anything is worked out; each as a sentence that names the place, with
// its path in the file ("steps[2].indicators[0].weight") as the field. The first sentence is the problem's message.
Status check(const Scheme& scheme);
// The same of a pot alone, its totals among it; fields begin with "pot".
Status check(const Pot& pot);

// The money of a pot, by what is known of it.
struct PotTotals {
  Money known;                       // the funds whose amount is known
  std::vector<std::string> unknown;  // names of those whose amount is not
  std::vector<Money> top_slices;     // in the order of the pot
  Money available;                   // known less top-slices
};
Result<PotTotals> totals_of(const Pot& pot);

// Last year's money by the areas of this year: what merged is added, what split is shared. An area that nobody preceded
// has none. invalid when a split has no shares, or money would be lost because nothing says who succeeded an area.
Result<std::map<std::string, Money>> carried(const LastYear& last_year, const std::vector<Succession>& successions,
                                             const std::vector<Area>& areas);

}  // namespace tithing::allocation
