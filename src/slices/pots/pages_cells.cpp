#include "slices/pots/pages_cells.h"

namespace tithing::pots {

exports::Cell measured_cell(exports::Cell cell, const figures::Address& amount, const std::string& area,
                            const std::string& of) {
  if (amount.kind.empty()) return cell;
  const std::string text = cell.text;
  return cell.explained(measured_number(amount, area, of, text));
}

exports::Cell with_plus(exports::Cell cell) {
  if (cell.whole && *cell.whole > 0) cell.text = "+" + cell.text;
  return cell;
}

}  // namespace tithing::pots
