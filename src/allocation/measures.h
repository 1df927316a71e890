// The numbers beside an area's amount: its share, last year's money, the change, the totals of the table, how much
// hangs on a weight. Each is a figure of its own, under the amount's address with `of`: what a page shows of an
// allocation opens its working. Pure: what they rest on is given.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "allocation/allocation.h"
#include "allocation/scenarios.h"
#include "figures/figure.h"
#include "figures/numbers.h"

namespace tithing::allocation {

// A table of money as its measures need it, worked out or frozen.
struct MeasuredTable {
  struct Area {
    std::string key, name;
    Money amount;
    std::optional<Money> last_year;
    std::optional<std::int64_t> population;
    std::vector<Money> tranches;
  };
  std::string title;
  figures::Address address;  // of an amount, without the area
  std::vector<Area> areas;
  std::vector<Tranche> tranches;
  std::vector<Fund> funds;
  std::vector<std::pair<std::string, Money>> held_back;
  Money total, known, over_programmed, unallocated;
  Grounds grounds;
  figures::Source grounds_last_year;                              // what last year's money ends at
  std::function<figures::Figure(const std::string& key)> amount;  // an area's amount with its working
  std::function<Result<Sensitivity>()> sensitivity;               // or empty
};

MeasuredTable measured(const Scheme& scheme, const Allocation& allocation, figures::Address address, Grounds grounds);

// With an area: "share", "per-head", "population", "last-year", "change", "change-share", "tranche-1" .., "lowest",
// "highest", "same-sign". Without: "total", "total-last-year", "total-change", "total-change-share", "held-back-1" ..,
// "retained" (their sum), "fund-1" .., "funds", "known", "over-programmed", "unallocated", "gain", "lose", "stay",
// "unknown", "draws-in-order", "move-1-from", "move-1-to" .. . not_found, with what there is, for another; a measure of
// what is not known is a figure that is not known.
Result<figures::Figure> measure(const MeasuredTable& table, const std::string& area, const std::string& of);

// The address of a measure, and the number of a cell or a sentence with it.
figures::Address measure_address(figures::Address amount, const std::string& area, const std::string& of);
Numeral measured_number(const figures::Address& amount, const std::string& area, const std::string& of,
                        std::string shown);

// excess_of() (findings.h), or a sentence that holds it, with its amounts as measures of the table; plain without an
// address.
Words marked_excess(const std::string& sentence, const std::optional<figures::Address>& amount, Money over_programmed,
                    Money by_rounding);

// A note of an allocation about what goes to no area, or is given out beyond what there is, with its amount as a
// measure.
Words marked_note(const std::string& note, const figures::Address& amount, const Allocation& allocation);

// What is written of the parameter `of` in the description of a kind.
constexpr const char* kMeasures =
    "Instead of the amount: share, per-head, last-year, change, change-share, tranche-1; without an area total, known, "
    "held-back-1, "
    "unallocated, gain, lose and others";

}  // namespace tithing::allocation
