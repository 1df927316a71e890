// A pot as the fields of a form, and back. A row of which nothing is written is no fund.
#pragma once

#include <string>

#include "slices/pots/records.h"
#include "slices/pots/step_fields.h"

namespace tithing::pots {

// Rows that the form shows of each list: those that are there, and some to add to.
struct PotRows {
  int funds = 3, slices = 2, assumptions = 2;
};
PotRows rows_of(const Entered& entered);

Entered entered_from(const PotRecord& record);

struct EnteredPot {
  std::string title, financial_year, area;
  Pot pot;
  // The name of the form's field for a field of a problem of save_pot() ("pot.funds[1].amount").
  std::string field_of(const std::string& place) const;
  std::vector<int> funds, slices;  // rows of the form that hold the pot's funds and top-slices
};
// invalid with fields of the form, for what cannot be read as an amount or a number.
Result<EnteredPot> pot_from(const Entered& entered);

}  // namespace tithing::pots
