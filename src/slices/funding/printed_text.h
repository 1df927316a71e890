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

// "1.234,50": whether the amounts of a table are plainly written so. One cell that only a decimal comma explains, and
// none that only a decimal point does.
class DecimalComma {
 public:
  void see(const std::string& cell);
  bool plain() const { return comma_ && !point_; }

 private:
  bool comma_ = false, point_ = false;
};

// "£1,000.50", "£ 100000", "200 000", "(14,201)", "£(14,201.00)", "14,201-", "£-" (nought, as accounts print it),
// "nil",
// "-8.40%", with footnote marks behind it; or a word for "not known". invalid for anything else, naming what cannot be
// seen in it.
Result<PrintedCell> printed_cell(const std::string& printed, bool decimal_comma);

}  // namespace tithing::funding
