// A pot as the questions of a form, and back. A row of which nothing is written is no fund.
#pragma once

#include <string>
#include <vector>

#include "forms/rows.h"
#include "slices/pots/money_fields.h"

namespace tithing::pots {

// `forces`: what the pot can be shared within, as a list; `finder` finds other areas by name.
forms::Questions pot_questions(const forms::Choices& forces, const forms::Finder& finder, bool fresh);

Entered entered_from(const PotRecord& record);

struct EnteredPot {
  std::string title, financial_year, area;
  Pot pot;
  // The name of the form's field for a field of a problem of save_pot() ("pot.funds[1].amount").
  std::string field_of(const std::string& place) const;
  std::vector<int> funds, slices;   // rows of the form that hold the pot's funds and top-slices
  std::vector<FieldProblem> wrong;  // what a row as a whole lacks
};
// Of a form whose fields were settled by its questions.
EnteredPot pot_from(const Entered& entered);

}  // namespace tithing::pots
