// Imported lists: their pages are those of all imported lists (sources/imported_pages.h); here is what they say.
#include "base/translation.h"
#include "figures/numbers.h"
#include "slices/comparison/service.h"
#include "slices/comparison/service_likeness.h"
#include "slices/sources/imported_pages.h"

namespace tithing::comparison {
namespace {

using exports::text_cell;
using html::Url;

exports::Table rows_table(ComparisonService& service, const AreaList& list, const std::vector<sources::ListRow>& rows) {
  const auto areas = service.areas();
  const auto name = [&](const std::string& code) {
    const auto* area = areas->find(code);
    return area == nullptr ? code : area->name;
  };
  const bool similar = list.sort == kSimilar;
  exports::Table table{.id = "rows", .title = as_name(list.key())};
  table.columns = {{.key = "area", .heading = tr("Area"), .sortable = true, .holds = Numeral::Kind::name},
                   {.key = "other",
                    .heading = similar ? tr("Similar area") : tr("Characteristic"),
                    .sortable = true,
                    .holds = Numeral::Kind::name}};
  if (!similar) table.columns.push_back({"value", tr("Value"), exports::ColumnKind::decimal, {}, true});
  for (const ListRow& row : area_rows(rows)) {
    exports::Row cells = {text_cell(name(row.area)), text_cell(similar ? name(row.other) : row.other)};
    if (!similar) {
      const exports::Cell cell = row.value ? exports::decimal_cell(*row.value, kDecimalsOfListed)
                                           : exports::unknown_cell(tr("The list does not say."));
      const auto address = listed_value_of(row.area, list.id, row.other);
      cells.push_back(row.value ? cell.explained(figures::number_part(address, "", cell.text, "as the list states it"))
                                : cell);
    }
    table.rows.push_back(std::move(cells));
  }
  return table;
}

}  // namespace

void register_list_pages(ComparisonService& service) {
  ComparisonService* const s = &service;
  sources::register_imported_pages(
      service.lists(),
      {.title = tr("Lists for comparison"),
       .about = tr("Lists of most similar areas, and numbers by area to find those that are alike. Each version stays "
                   "beside the others, and a figure names the one it used. A version that was given by several files "
                   "has one that counts, and any of them can be chosen."),
       .none = tr("No list has been imported. None comes with the program: they are their publishers'."),
       .import_title = tr("Import a list of areas"),
       .file_says =
           [] {
             return tr(
                 "Most similar areas: a CSV with the columns area and similar, official codes, one pair in a line. "
                 "Characteristics: the column area and one column of numbers for each characteristic.");
           },
       .above = {{tr("Home"), Url("/"), false}},
       .table = [s](const AreaList& list,
                    const std::vector<sources::ListRow>& rows) { return rows_table(*s, list, rows); }});
}

}  // namespace tithing::comparison
