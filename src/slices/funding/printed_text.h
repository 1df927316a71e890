// What other people's programs put into a table: encodings, invisible characters, and the many ways to write an amount.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "slices/funding/printed_table.h"

namespace tithing::funding {

// The bytes of a file as UTF-8 with plain line ends: UTF-16 by its mark, or by its noughts; Windows-1252 where the
// bytes are not UTF-8.
std::string decoded(std::string_view bytes);

// "no-break space (U+00A0)", once each, with commas between: what a reader does not see in the text. Or empty.
std::string invisible_in(std::string_view text);
// Invisible spaces as spaces, what has no width left out, and nothing at both ends.
std::string visible(std::string_view text);

// The separator that stands on most lines outside quotes: tab, semicolon or comma; "sep=;" on the first line says it.
char separator_of(std::string_view text);

// Whether the amounts of a table are plainly written with a decimal comma: one cell that nothing else explains
// ("1.234,50", "1 234,50", "1.234.567"), or "100,50" in a file that separates its columns by semicolons, as programs do
// whose decimal sign is the comma; and none that only a decimal point explains.
class DecimalComma {
 public:
  explicit DecimalComma(char separator = ',') : semicolons_(separator == ';') {}
  void see(const std::string& cell);
  bool point() const { return point_ && !comma_; }  // plainly a decimal point
  bool plain() const { return (comma_ || (perhaps_ && semicolons_)) && !point_; }

 private:
  bool semicolons_ = false, comma_ = false, perhaps_ = false, point_ = false;
};

// "100.00 or 10,000" of "100,00", "1,000 or 1.000" of "1.000": a number that can be read in two ways. Else empty.
std::string two_readings(std::string_view number);

// Why a typed number was refused: that it can be read in two ways, where it can; else `why`.
std::string refused_number(const std::string& typed, const std::string& why);

// As Money and Fraction read it: no groups, and a point. Empty where it is not a number.
std::string plain_number(std::string text, bool decimal_comma);

// "£1,000.50", "£ 100000", "200 000", "(14,201)", "£(14,201.00)", "14,201-", "£-" (nought, as accounts print it),
// "nil",
// "-8.40%", with footnote marks behind it; or a word for "not known". What can be read in two ways is not known, and
// says so (two_ways). invalid for anything else, naming what cannot be
// seen in it.
Result<PrintedCell> printed_cell(const std::string& printed, bool decimal_comma);

}  // namespace tithing::funding
