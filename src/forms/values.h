// What stands in a form, by the names of its fields: as somebody typed it, as a draft keeps it, or as it is stored.
// Reading what was typed is one function for each kind of value; each gives nothing for what it cannot read.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/money.h"
#include "drafts/drafts.h"
#include "web/web.h"

namespace tithing::forms {

using Values = std::map<std::string, std::string>;

std::string at(const Values& values, const std::string& name);  // trimmed; empty when missing
// The parts of one value, trimmed, without empty ones.
std::vector<std::string> lines_of(std::string_view text, char separator = '\n');

// Everything that was sent, several values of one field in lines, without the line ends of Windows.
Values values_in(const web::Context& context);
Values values_asked(const web::Context& context);  // of the address
Values values_in(const drafts::Draft& draft);      // without the button that was pressed

// Digits alone: no sign, no spaces, at most 18 of them, and no more than `most`.
std::optional<std::int64_t> whole(std::string_view text, std::int64_t most = 999'999'999'999'999'999);
std::int64_t whole_or(std::string_view text, std::int64_t otherwise);
// "2012-04-01", "1 April 2012", "1/4/2012".
std::optional<Date> day_of(std::string_view text);
// "2022-01", "January 2022", "Jan 2022", "1/2022".
std::optional<Month> month_of(std::string_view text);
// "18:30", "18.30", "6.30 pm", "9 am": as "18:30".
std::optional<std::string> time_of(std::string_view text);
std::optional<Money> money_of(std::string_view text);  // "£1,234.50", of at least nothing

// A form sends the first choice of every list of every row ("fund-1-kind"), also of rows into which nobody has typed:
// those are left out.
Values without_empty_rows(const Values& values);
// By name: yours where you changed it, else what is stored. Without `began`, yours.
Values merged(const Values& began, const Values& yours, const Values& stored);
// "Amount (fund 2)" for fund-1-amount: several rows of a form have the same labels.
std::string label_of_row(const std::string& name, const std::string& label);

}  // namespace tithing::forms
