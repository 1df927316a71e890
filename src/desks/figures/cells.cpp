#include "desks/figures/cells.h"

#include <string>
#include <vector>

#include "base/marked.h"
#include "figures/numbers.h"

namespace tithing::figures {

namespace {

// What has to stand beside a known number: that it is a floor, and that a file below it is suspect. The figure's page
// has it all.
std::string note_of(const Figure& figure) {
  std::string note = part_words(figure).text();
  const std::vector<std::string>& suspect = figure.coverage.suspect;
  if (suspect.empty()) return note;
  note += (note.empty() ? "Suspect: " : " Suspect: ") + suspect.front();
  note += suspect.size() > 1 ? "; and " + std::to_string(suspect.size() - 1) + " more." : ".";
  return note;
}

}  // namespace

exports::Cell cell_of(const Figure& figure) {
  const Quantity& quantity = figure.quantity;
  exports::Cell cell;
  switch (quantity.state()) {
    case Quantity::State::unknown:
      cell = exports::unknown_cell(quantity.reason());
      break;
    case Quantity::State::suppressed:
      cell = exports::suppressed_cell(quantity.text()).noted(quantity.reason());
      break;
    case Quantity::State::known:
      if (quantity.unit() == Unit::pence) {
        cell = exports::money_cell(quantity.integer());
      } else if (quantity.exact()) {
        cell = exports::integer_cell(quantity.integer());
      } else if (quantity.unit() == Unit::share) {
        cell = exports::per_cent_cell(quantity.number(), quantity.decimals());
      } else if (quantity.unit() == Unit::change) {
        cell = exports::signed_per_cent_cell(quantity.number(), quantity.decimals());
      } else {
        cell = exports::decimal_cell(quantity.number(), quantity.decimals());
      }
      if (const std::string note = note_of(figure); !note.empty()) cell = cell.noted(dated(note));
      break;
  }
  std::string one_line = figure.working.formula.empty() ? figure.working.in_words : figure.working.formula;
  if (one_line.empty()) one_line = figure.coverage.text();
  return cell.linked(html::Url::parse(figure.address.path()), one_line);
}

exports::Cell cell_of(const Result<Figure>& figure) {
  return figure ? cell_of(*figure) : exports::unknown_cell(figure.error().message);
}

}  // namespace tithing::figures
