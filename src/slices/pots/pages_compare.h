// Scenarios side by side: up to six schemes, each with weights and a year of the phasing in that the reader may move,
// all of it in the address. The builders are declared here so that tests can ask for them without a site.
#pragma once

#include <string>
#include <vector>

#include "allocation/scenarios.h"
#include "exports/table.h"
#include "html/html.h"
#include "slices/pots/examples.h"
#include "slices/pots/service.h"
#include "slices/wiring.h"

namespace tithing::pots {

constexpr std::size_t kMostScenarios = 6;

// A scheme that has been worked out, and the address of an amount under it, without the area.
struct Worked {
  std::string reference;  // as it stands in the address: "worcestershire-2012-13", "scheme-4"
  std::string title;
  Choice choice;
  Scheme scheme;
  Allocation allocation;
  figures::Address address;
};

std::vector<Scenario> compared(const std::vector<Worked>& worked, std::size_t against);
std::string last_year_of(const Worked& worked);  // "2011/12", or "last year"

// "Scenario 2": how a table names it. `index` counts from 0.
std::string scenario_name(std::size_t index);

// An area in each row, an amount for each scenario and its difference from that of `against`, and a last row with what
// the areas get together. Sorted by `view` before that row is put below.
exports::Table side_by_side(const std::vector<Worked>& worked, std::size_t against, const exports::View& view);

// One scenario whole: amount, share, per head, change against last year and against scenario `against`, and in words
// whether the area gains or loses.
exports::Table scenario_table(const std::vector<Worked>& worked, std::size_t index, std::size_t against,
                              const exports::View& view);

void register_compare_pages(Wiring& wiring, FundingService& service);

}  // namespace tithing::pots
