#include "slices/pots/pages_money_table.h"

#include <algorithm>
#include <cstdlib>

#include "base/translation.h"
#include "slices/pots/pages_cells.h"

namespace tithing::pots {

using exports::Cell;
using exports::ColumnKind;
using exports::Row;
using exports::Table;

double shown(const Fraction& share) { return std::strtod(share.decimal(15).c_str(), nullptr); }

Cell money_cell(const std::optional<Money>& amount, const char* why) {
  return amount ? exports::money_cell(amount->pence) : exports::unknown_cell(why);
}

bool any_heads(const std::vector<Standing>& areas) {
  return std::any_of(areas.begin(), areas.end(), [](const Standing& area) { return area.per_head.has_value(); });
}

std::vector<exports::Column> money_columns(bool heads, bool sortable) {
  std::vector<exports::Column> out = {
      {"area", tr("Area")}, {"amount", tr("Amount"), ColumnKind::money}, {"share", tr("Share"), ColumnKind::per_cent}};
  if (heads) out.push_back({"per-head", tr("Per head"), ColumnKind::money});
  out.push_back({"last-year", tr("Last year"), ColumnKind::money});
  out.push_back({"change", tr("Change"), ColumnKind::money});
  out.push_back({"change-share", tr("Change in per cent"), ColumnKind::per_cent});
  for (exports::Column& column : out) column.sortable = sortable;
  return out;
}

Row money_row(const Standing& area, bool heads, const figures::Address& address) {
  const auto cell = [&](Cell one, const char* of) { return measured_cell(std::move(one), address, area.key, of); };
  Row row = {exports::text_cell(area.name), cell(exports::money_cell(area.amount.pence), ""),
             cell(area.share ? exports::per_cent_cell(shown(*area.share), 2)
                             : exports::unknown_cell(tr("There is no total to share.")),
                  "share")};
  if (heads) row.push_back(cell(money_cell(area.per_head, "The scheme gives no population."), "per-head"));
  row.push_back(cell(money_cell(area.last_year, kNoLastYear), "last-year"));
  row.push_back(cell(with_plus(money_cell(area.change, "Last year's amount is not known.")), "change"));
  row.push_back(cell(area.change_share ? exports::signed_per_cent_cell(shown(*area.change_share), 2)
                                       : exports::unknown_cell(no_change_share(area.last_year)),
                     "change-share"));
  return row;
}

Table money_table(const MeasuredTable& money, const std::vector<std::string>& unknown) {
  Table table{.id = "allocation", .title = as_name(money.title), .caption = tr("What each area gets")};
  std::vector<Standing> areas;
  for (const MeasuredTable::Area& area : money.areas)
    areas.push_back(standing_of(area.key, area.name, area.amount, area.last_year, area.population, money.total));
  const bool heads = any_heads(areas);
  table.columns = money_columns(heads);
  for (std::size_t t = 0; t < money.tranches.size(); ++t)
    table.columns.push_back({"tranche-" + std::to_string(t + 1), as_name(money.tranches[t].name), ColumnKind::money});
  for (std::size_t i = 0; i < areas.size(); ++i) {
    Row row = money_row(areas[i], heads, money.address);
    const std::vector<Money>& parts = money.areas[i].tranches;
    for (std::size_t t = 0; t < money.tranches.size(); ++t)
      row.push_back(t < parts.size() ? measured_cell(exports::money_cell(parts[t].pence), money.address, areas[i].key,
                                                     "tranche-" + std::to_string(t + 1))
                                     : exports::unknown_cell(tr("The parts of the amount cannot be worked out.")));
    table.rows.push_back(std::move(row));
  }
  const auto line = [&](const std::string& name, Cell amount) {
    Row row(table.columns.size(), exports::text_cell(""));
    row[0] = exports::text_cell(name);
    row[1] = std::move(amount);
    table.rows.push_back(std::move(row));
  };
  const auto sum = [&](const std::string& name, Money amount, const std::string& of) {
    line(name, measured_cell(exports::money_cell(amount.pence), money.address, "", of));
  };
  sum("Total of the areas", money.total, "total");
  for (std::size_t i = 0; i < money.held_back.size(); ++i)
    sum("Held back: " + money.held_back[i].first, money.held_back[i].second, "held-back-" + std::to_string(i + 1));
  if (money.over_programmed.pence != 0) sum("Awarded beyond the pot", money.over_programmed, "over-programmed");
  if (money.unallocated.pence != 0) sum("Goes to no area", money.unallocated, "unallocated");
  for (const std::string& fund : unknown)
    line(fund, exports::unknown_cell(tr("It is left out, not taken for nought.")));
  sum("Known funds", money.known, "known");
  return table;
}

void put_notes(Table& table, const Allocation& allocation, const figures::Address& address) {
  for (const std::string& note : allocation.notes) table.notes.push_back(marked_note(note, address, allocation));
  for (const NotMet& item : allocation.not_met) table.notes.push_back(item.sentence);
}

Table begun_years_table(const std::string& title, const std::vector<AreaAmount>& areas,
                        const figures::Address& address) {
  Table table{.id = "years", .title = tr("{0}: year by year", {title}), .caption = tr("Phased in, year by year")};
  table.columns = {{"area", tr("Area")}, {"last-year", tr("Last year"), ColumnKind::money}};
  for (const AreaAmount& area : areas)
    table.rows.push_back({exports::text_cell(area.name),
                          measured_cell(money_cell(area.last_year, kNoLastYear), address, area.key, "last-year")});
  return table;
}

void add_year(Table& table, std::size_t year, std::vector<Cell> amounts) {
  table.columns.push_back({"year-" + std::to_string(year), tr("Year {0}", {std::to_string(year)}), ColumnKind::money});
  for (std::size_t i = 0; i < table.rows.size(); ++i) table.rows[i].push_back(std::move(amounts[i]));
}

}  // namespace tithing::pots
