// The cells of a paper's tables, and what it is called.
#pragma once

#include <optional>
#include <string>

#include "exports/table.h"
#include "slices/pots/papers.h"

namespace tithing::pots {

// A share has no penny in it: it may be shown through a double.
double paper_share(const Fraction& share);
std::string or_else(const std::string& text, const char* otherwise);
exports::Cell paper_money(const std::optional<Money>& amount, const char* why_not);
// The address of an amount, without the area, where the amounts have workings: what stands beside them is a measure
// there.
std::optional<figures::Address> paper_address(const PaperInput& input);
exports::Cell paper_cell(const PaperInput& input, exports::Cell cell, const std::string& area, const std::string& of);
std::string paper_title(const PaperInput& input);

}  // namespace tithing::pots
