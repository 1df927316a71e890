// What became of the scores, as every room shows it: the order with its places, and what would put another first.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/translation.h"
#include "exports/table.h"
#include "scoring/scoring.h"

namespace tithing::scoring {

// Score and place first, then what they are made of. `own`: with the sheet's own weights, where others are tried.
// `explained`: the address of the figure that is the score of the item at that index.
exports::Table order_table(const Sheet& sheet, const Outcome& outcome, const std::optional<Outcome>& own,
                           const std::function<html::Url(std::size_t item)>& explained);
// "Harm at 2.00 or more puts Burglary first.": for each criterion the nearest such weights. Empty: none does.
std::vector<Message> what_puts_another_first(const Sheet& sheet, const Outcome& outcome);
exports::Table criteria_table(const Sheet& sheet);

}  // namespace tithing::scoring
