#include "base/translation.h"
#include "slices/pots/pages_compare.h"

#include <algorithm>

#include "base/text.h"
#include "figures/combined.h"
#include "slices/pots/pages_cells.h"
#include "slices/pots/pages_money_table.h"

namespace tithing::pots {
namespace {

using exports::Cell;
using exports::ColumnKind;
using exports::Row;
using exports::Table;
using html::Url;

std::string number(std::size_t index) { return std::to_string(index + 1); }

Cell difference_cell(Money difference) { return with_plus(exports::money_cell(difference.pence)); }

// A difference of two scenarios: a figure of two figures.
Cell combined(const Cell& cell, const Worked& first, const Worked& second, const std::string& area,
              const std::string& of, figures::Combined as) {
  const figures::Address address = figures::combined_address(measure_address(first.address, area, of),
                                                             measure_address(second.address, area, of), as);
  return cell.linked(Url::parse(address.path()), as == figures::Combined::difference
                                                     ? "The one amount less the other"
                                                     : "The difference over the other amount");
}

const Standing* standing_in(const Scenario& scenario, const std::string& key) {
  for (const Standing& area : scenario.areas)
    if (area.key == key) return &area;
  return nullptr;
}

const char* verdict(const Standing& area) {
  if (!area.change) return "not known";
  return area.change->pence > 0 ? "gains" : area.change->pence < 0 ? "loses" : "stays";
}

}  // namespace

std::vector<Scenario> compared(const std::vector<Worked>& worked, std::size_t against) {
  std::vector<Compared> out;
  for (const Worked& one : worked) out.push_back({&one.scheme, &one.allocation});
  return compare(out, against);
}

std::string last_year_of(const Worked& worked) {
  return worked.scheme.last_year && !worked.scheme.last_year->financial_year.empty()
             ? worked.scheme.last_year->financial_year
             : "last year";
}

std::string scenario_name(std::size_t index) { return "Scenario " + number(index); }

Table side_by_side(const std::vector<Worked>& worked, std::size_t against, const exports::View& view) {
  const std::vector<Scenario> scenarios = compared(worked, against);
  Table table{.id = "side-by-side", .title = tr("Scenarios side by side"), .caption = tr("Each area in each scenario")};
  table.columns = {{"area", tr("Area"), ColumnKind::text, {}, true}};
  for (std::size_t k = 0; k < worked.size(); ++k)
    table.columns.push_back({"amount-" + number(k), as_name(scenario_name(k)), ColumnKind::money, {}, true});
  for (std::size_t k = 0; k < worked.size(); ++k)
    if (k != against)
      table.columns.push_back({"less-" + number(k),
                               tr("{0} less {1}", {scenario_name(k), lowered(scenario_name(against))}),
                               ColumnKind::money,
                               {},
                               true});

  std::vector<std::pair<std::string, std::string>> areas;  // key, name; in the order in which they first come
  for (const Scenario& scenario : scenarios)
    for (const Standing& area : scenario.areas)
      if (std::none_of(areas.begin(), areas.end(), [&](const auto& known) { return known.first == area.key; }))
        areas.emplace_back(area.key, area.name);
  for (const auto& [key, name] : areas) {
    Row row = {exports::text_cell(name)};
    for (std::size_t k = 0; k < worked.size(); ++k) {
      const Standing* area = standing_in(scenarios[k], key);
      row.push_back(area == nullptr
                        ? exports::unknown_cell(tr("This scenario has no such area."))
                        : measured_cell(exports::money_cell(area->amount.pence), worked[k].address, key, ""));
    }
    for (std::size_t k = 0; k < worked.size(); ++k) {
      if (k == against) continue;
      const Standing* area = standing_in(scenarios[k], key);
      row.push_back(area != nullptr && area->against ? combined(difference_cell(*area->against), worked[k],
                                                                worked[against], key, "", figures::Combined::difference)
                                                     : exports::unknown_cell(tr("One of the two has no such area.")));
    }
    table.rows.push_back(std::move(row));
  }
  exports::sort_rows(table, view);
  Row total = {exports::text_cell(tr("Total of the areas"))};
  for (const Worked& one : worked)
    total.push_back(measured_cell(exports::money_cell(one.allocation.total.pence), one.address, "", "total"));
  for (std::size_t k = 0; k < worked.size(); ++k)
    if (k != against)
      total.push_back(
          combined(difference_cell(Money{worked[k].allocation.total.pence - worked[against].allocation.total.pence}),
                   worked[k], worked[against], "", "total", figures::Combined::difference));
  table.rows.push_back(std::move(total));
  for (std::size_t k = 0; k < worked.size(); ++k)
    table.notes.push_back(tr("{0}: {1}.", {as_name(scenario_name(k)), as_name(worked[k].title)}).words("en"));
  return table;
}

Table scenario_table(const std::vector<Worked>& worked, std::size_t index, std::size_t against,
                     const exports::View& view) {
  const Scenario scenario = compared(worked, against)[index];
  const std::string name = scenario_name(index);
  Table table{.id = "scenario-" + number(index),
              .title = as_name(name + ": " + worked[index].title),
              .caption = tr("{0}, area by area", {name})};
  const bool heads = any_heads(scenario.areas);
  table.columns = money_columns(heads, true);
  table.columns.push_back({"verdict", tr("Against last year"), ColumnKind::text, {}, true});
  if (index != against) {
    table.columns.push_back({"less", tr("Less {0}", {lowered(scenario_name(against))}), ColumnKind::money, {}, true});
    table.columns.push_back(
        {"less-share", tr("Less {0}, in per cent", {lowered(scenario_name(against))}), ColumnKind::per_cent, {}, true});
  }
  for (const Standing& area : scenario.areas) {
    Row row = money_row(area, heads, worked[index].address);
    row.push_back(exports::text_cell(verdict(area)));
    if (index != against) {
      const auto less = [&](const Cell& one, figures::Combined as) {
        return combined(one, worked[index], worked[against], area.key, "", as);
      };
      row.push_back(area.against ? less(difference_cell(*area.against), figures::Combined::difference)
                                 : exports::unknown_cell(tr("The other scenario has no such area.")));
      row.push_back(area.against_share ? less(exports::signed_per_cent_cell(shown(*area.against_share), 2),
                                              figures::Combined::difference_share)
                                       : exports::unknown_cell(tr("The other amount is nought, or there is none.")));
    }
    table.rows.push_back(std::move(row));
  }
  exports::sort_rows(table, view);
  table.notes = worked[index].allocation.notes;
  for (const NotMet& item : worked[index].allocation.not_met) table.notes.push_back(item.sentence);
  return table;
}

}  // namespace tithing::pots
