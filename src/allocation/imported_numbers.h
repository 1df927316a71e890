// The numbers of a column of somebody else's table: indicators from a file, values pasted into a form. Read exactly, or
// refused with what to write; what can be read in two ways is never guessed.
#pragma once

#include <string>

#include "allocation/exact.h"
#include "allocation/printed_text.h"
#include "base/result.h"

namespace tithing::allocation {

class ImportedNumbers {
 public:
  explicit ImportedNumbers(char separator) : manner_(separator) {}
  // Every number of the table is shown first: one that only one manner explains settles the others.
  void see(const std::string& cell) { manner_.see(cell); }
  // "6,000", "6 000" with any space, "1/3", "(5)", "5-"; in a table that plainly writes so "1.234,5". invalid with half
  // a sentence ("“60%” is a percentage: ...") for anything else, and for a cell that says nothing.
  Result<Fraction> read(const std::string& cell) const;

 private:
  DecimalComma manner_;
};

}  // namespace tithing::allocation
