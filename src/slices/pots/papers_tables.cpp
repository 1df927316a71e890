// The table of a paper, and the workbook that holds it with the workings of every amount.
#include <cstdlib>
#include <stdexcept>

#include "allocation/measures.h"
#include "base/translation.h"
#include "desks/figures/cells.h"
#include "desks/figures/workings.h"
#include "slices/pots/pages_cells.h"
#include "slices/pots/papers_cells.h"

namespace tithing::pots {

using exports::Cell;
using exports::ColumnKind;
using exports::Row;
using exports::Table;
using exports::text_cell;

double paper_share(const Fraction& share) { return std::strtod(share.decimal(15).c_str(), nullptr); }

std::string or_else(const std::string& text, const char* otherwise) { return text.empty() ? otherwise : text; }

Cell paper_money(const std::optional<Money>& amount, const char* why) {
  return amount ? exports::money_cell(amount->pence) : exports::unknown_cell(why);
}

std::optional<figures::Address> paper_address(const PaperInput& input) {
  if (input.workings.empty() || input.workings.front().address.kind.empty()) return std::nullopt;
  return measure_address(input.workings.front().address, "", "");
}

Cell paper_cell(const PaperInput& input, Cell cell, const std::string& area, const std::string& of) {
  const auto address = paper_address(input);
  if (!address) return cell;
  const std::string text = cell.text;
  return cell.explained(measured_number(*address, area, of, text));
}

std::string paper_title(const PaperInput& input) { return input.title.empty() ? input.scheme->title : input.title; }

Table paper_table(const PaperInput& input) {
  const Scheme& scheme = *input.scheme;
  const Allocation& allocation = *input.allocation;
  if (!input.workings.empty() && input.workings.size() != allocation.areas.size())
    throw std::logic_error("a paper has a working for each area, or none");
  const Scenario scenario = compare({{&scheme, &allocation}}).front();
  const std::string before = scheme.last_year ? scheme.last_year->financial_year : "";
  Table table{.id = "allocations",
              .title = tr("{0}: allocations", {paper_title(input)}),
              .caption = input.decision.agreed ? tr("Allocations") : tr("Proposed allocations")};
  table.columns = {{"area", tr("Area")},
                   {"prior", tr("Prior"), ColumnKind::money, as_date(before)},
                   {"proposed", input.decision.agreed ? tr("Allocated") : tr("Proposed"), ColumnKind::money,
                    as_date(scheme.financial_year)},
                   {"variation", tr("Variation"), ColumnKind::money, as_name("\xC2\xA3")},
                   {"variation-share", tr("Variation"), ColumnKind::per_cent, as_name("%")}};
  std::optional<Money> prior = Money{};
  for (std::size_t i = 0; i < scenario.areas.size(); ++i) {
    const Standing& area = scenario.areas[i];
    Cell amount = exports::money_cell(area.amount.pence);
    if (!input.workings.empty()) {
      const figures::Quantity& quantity = input.workings[i].quantity;
      if (!quantity.known() || !quantity.exact() || quantity.integer() != area.amount.pence)
        throw std::logic_error("the working of " + area.name + " is of another amount");
      amount = figures::cell_of(input.workings[i]);
    }
    if (!area.last_year) prior.reset();
    if (prior) prior->pence += area.last_year->pence;
    table.rows.push_back(
        {text_cell(area.name),
         paper_cell(input, paper_money(area.last_year, "No source here has the prior amount."), area.key, "last-year"),
         std::move(amount),
         paper_cell(input, with_plus(paper_money(area.change, "The prior amount is not known.")), area.key, "change"),
         paper_cell(input,
                    area.change_share ? exports::signed_per_cent_cell(paper_share(*area.change_share), 2)
                                      : exports::unknown_cell(no_change_share(area.last_year, "The prior amount")),
                    area.key, "change-share")});
  }
  const std::optional<Money> change =
      prior ? std::optional(Money{allocation.total.pence - prior->pence}) : std::nullopt;
  table.rows.push_back(
      {text_cell(tr("Total of the areas")),
       paper_cell(input, paper_money(prior, "The prior amount of an area is not known."), "", "total-last-year"),
       paper_cell(input, exports::money_cell(allocation.total.pence), "", "total"),
       paper_cell(input, with_plus(paper_money(change, "The prior amount of an area is not known.")), "",
                  "total-change"),
       paper_cell(
           input,
           change && prior->pence != 0
               ? exports::signed_per_cent_cell(paper_share(Fraction(Integer(change->pence), Integer(prior->pence))), 2)
               : exports::unknown_cell(no_change_share(prior, "The prior total")),
           "", "total-change-share")});
  const auto sum = [&](const std::string& name, Money amount, const std::string& of) {
    Row row(table.columns.size(), text_cell(""));
    row[0] = text_cell(name);
    row[2] = paper_cell(input, exports::money_cell(amount.pence), "", of);
    table.rows.push_back(std::move(row));
  };
  for (std::size_t i = 0; i < allocation.held_back.size(); ++i)
    sum("Retained: " + or_else(allocation.held_back[i].purpose, "purpose not stated"), allocation.held_back[i].amount,
        "held-back-" + std::to_string(i + 1));
  if (allocation.over_programmed.pence != 0)
    sum("Awarded beyond the pot", allocation.over_programmed, "over-programmed");
  if (allocation.unallocated.pence != 0) sum("Goes to no area", allocation.unallocated, "unallocated");
  sum("Known funds", allocation.pot.known, "known");
  return table;
}

std::vector<exports::TableSheet> paper_workbook(const PaperInput& input) {
  if (input.workings.size() != input.allocation->areas.size())
    throw std::logic_error("a workbook has the working of every area");
  std::vector<std::pair<std::string, figures::Figure>> of;
  for (std::size_t i = 0; i < input.workings.size(); ++i)
    of.emplace_back(input.allocation->areas[i].name, input.workings[i]);
  Table table = paper_table(input);
  table.sources = input.sources;
  for (const std::string& remark : input.remarks) table.notes.push_back(remark);
  return {{"Allocations", std::move(table)},
          {"Workings", figures::workings_table(paper_title(input) + ": workings", "Area", of)}};
}

}  // namespace tithing::pots
