// One way of reading a table's text, whatever program saved it: encodings, separators, characters that cannot be seen.
// Every importer that takes a table goes through here; what a cell means is its own affair.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace tithing {

enum class Encoding { utf8, utf16, windows_1252 };
// UTF-16 by its mark or by its noughts, Windows-1252 where the bytes are not UTF-8.
Encoding encoding_of(std::string_view bytes);
// The bytes as UTF-8 without a mark, with plain line ends where they were those of old Macintoshes.
std::string decoded(std::string_view bytes);
// One character of Windows-1252 after another as UTF-8. Five bytes have no character there: see no_windows_1252.
std::string from_windows_1252(std::string_view bytes);
// Whether the bytes cannot be Windows-1252: 0x81, 0x8D, 0x8F, 0x90, 0x9D, or a control character that no text holds.
bool no_windows_1252(std::string_view bytes);

// What is no table of text, told by its first bytes (a workbook, a PDF, a web page): a sentence that says what to do.
// Or empty.
std::string not_a_table(std::string_view bytes);

// "no-break space (U+00A0)", once each, with commas between: what a reader does not see in the text. Or empty.
std::string invisible_in(std::string_view text);
// Invisible spaces as spaces, what has no width left out, and nothing at both ends.
std::string visible(std::string_view text);

// The separator that stands on most lines outside quotes: comma, semicolon or tab; "sep=;" on the first line says it.
// Where two stand on as many, the one that comes first in the first line that has any.
char separator_of(std::string_view text);

// Footnote marks at the end taken away: asterisks, daggers, raised figures, "[1]".
void drop_marks(std::string& text);

// Whether the numbers of a table are plainly written with a decimal comma: one cell that nothing else explains
// ("1.234,50", "1 234,50", "1.234.567"), or "100,50" in a file that separates its columns by semicolons, as programs do
// whose decimal sign is the comma; and none that only a decimal point explains.
class DecimalComma {
 public:
  explicit DecimalComma(char separator = ',') : semicolons_(separator == ';') {}
  void see(std::string_view cell);
  bool point() const { return point_ && !comma_; }  // plainly a decimal point
  bool plain() const { return (comma_ || (perhaps_ && semicolons_)) && !point_; }

 private:
  bool semicolons_ = false, comma_ = false, perhaps_ = false, point_ = false;
};

// "100.00 or 10,000" of "100,00", "1,000 or 1.000" of "1.000": a number that can be read in two ways. Else empty.
std::string two_readings(std::string_view number);

// Digits, and a point where there are decimals: "1,234", "1 234", "1'234" and with a decimal comma "1.234,5" without
// what divides the thousands, which stands before every three digits or nowhere. Empty where it is no such number.
std::string plain_number(std::string text, bool decimal_comma);
// As above with what cannot be seen taken away, and without decimals. "1,5" is none: never fifteen.
std::optional<std::int64_t> whole_number_in(std::string_view cell);
// A number as people and programs write it: as above, with a sign or an exponent; finite.
std::optional<double> number_in(std::string_view cell, bool decimal_comma);

// A table as its reader wants it: UTF-8, commas between the fields, every line where it was.
struct PlainTable {
  std::string text;
  // "Windows-1252, separated by semicolons": how it was read. Empty for UTF-8 with commas, which needs no saying.
  std::string read_as;
  char separator = ',';        // of the file; `text` has commas
  bool decimal_comma = false;  // its numbers are plainly written so; with semicolons or tabs only
  // " (read as Windows-1252)", to stand behind a sentence's last word; or empty.
  std::string remark() const { return read_as.empty() ? std::string() : " (read as " + read_as + ")"; }
};
// invalid, with a sentence that says what to do, for what is no text (a workbook, a PDF, NUL characters) and for a text
// whose parts are in different encodings. What is empty stays empty.
Result<PlainTable> plain_table(std::string_view bytes);
// The same for a field separated otherwise, one after another, for readers that pull: `out` gets the fields with
// commas.
class Separated {
 public:
  explicit Separated(char separator) : separator_(separator) {}
  void take(std::string_view text, std::string& out);
  void end(std::string& out);  // what is left of the last field

 private:
  void flush(std::string& out);
  char separator_;
  std::string field_;
  bool quoted_ = false;      // within quotes
  bool was_quoted_ = false;  // this field began with one
};

}  // namespace tithing
