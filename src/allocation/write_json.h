// Answers as JSON. Money is a string in pounds and pence ("150648.00"), what is not known is null.
#pragma once

#include <string>
#include <vector>

#include "allocation/allocation.h"
#include "allocation/reconcile.h"
#include "allocation/scenarios.h"
#include "base/json.h"

namespace tithing::allocation {

// Members of an object that the caller has begun. `years` is what allocate_years answered.
void write_allocation(JsonWriter& json, const Scheme& scheme, const std::vector<Allocation>& years, bool with_workings);
void write_scenarios(JsonWriter& json, const std::vector<Scenario>& scenarios);  // one member, "scenarios"
void write_sensitivity(JsonWriter& json, const Sensitivity& sensitivity);        // one member, "sensitivity"
std::string to_json(const Reconciliation& reconciliation);

}  // namespace tithing::allocation
