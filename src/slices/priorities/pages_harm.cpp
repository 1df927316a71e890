// Lists of harm weights: their pages are those of imported lists (sources/imported_pages.h); here is what they say.
#include <map>

#include "base/text.h"
#include "base/translation.h"
#include "slices/priorities/pages_view.h"
#include "slices/sources/imported_pages.h"

namespace tithing::priorities {
namespace {

using exports::ColumnKind;
using exports::text_cell;
using html::Url;

exports::Table weights_table(PrioritiesService& service, const HarmList& list,
                             const std::vector<sources::ListRow>& rows) {
  const auto snapshot = service.snapshot();
  exports::Table table{.id = "weights", .title = as_name(list.key()), .caption = tr("Offences and their weights")};
  table.columns = {{"offence", tr("Offence"), ColumnKind::text, {}, true},
                   {"weight", tr("Weight"), ColumnKind::decimal, {}, true},
                   {"type", tr("Crime type"), ColumnKind::text, {}, true},
                   {"share", tr("Part of the type"), ColumnKind::per_cent, {}, true}};
  for (const HarmWeight& weight : weights_of(rows))
    table.rows.push_back({text_cell(weight.offence), exports::decimal_cell(weight.weight, 2),
                          text_cell(type_name(*snapshot, weight.crime_type)),
                          weight.share ? exports::per_cent_cell(*weight.share, 1) : exports::unknown_cell("")});
  return table;
}

html::Markup types_part(PrioritiesService& service, const web::Context& context, const HarmList& list,
                        const std::vector<sources::ListRow>& rows) {
  const auto snapshot = service.snapshot();
  const std::vector<HarmWeight> weights = weights_of(rows);
  std::map<std::string, std::int64_t> by_type;
  for (const HarmWeight& weight : weights) ++by_type[weight.crime_type];
  exports::Table types{.id = "types",
                       .title = tr("Crime types of {0}", {list.key()}),
                       .caption = tr("How far the weights of a crime type lie apart")};
  types.columns = {{"type", tr("Crime type"), ColumnKind::text, {}, true},
                   {"offences", tr("Offences"), ColumnKind::integer, {}, true},
                   {"low", tr("Lightest"), ColumnKind::decimal, {}, true},
                   {"high", tr("Heaviest"), ColumnKind::decimal, {}, true},
                   {"mean", tr("Weight of the mean event"), ColumnKind::decimal, {}, true}};
  for (const auto& [type, offences] : by_type) {
    const auto one = harm_of(weights, type, 1);
    exports::Row row{text_cell(type_name(*snapshot, type)), exports::integer_cell(offences)};
    if (one) {
      row.push_back(exports::decimal_cell(one->low, 1));
      row.push_back(exports::decimal_cell(one->high, 1));
      row.push_back(one->estimate
                        ? exports::decimal_cell(*one->estimate, 1)
                        : exports::unknown_cell(tr("The list does not say in which parts its offences occur.")));
    } else {
      row.resize(types.columns.size(), exports::unknown_cell(one.error().message));
    }
    types.rows.push_back(std::move(row));
  }
  return exports::to_html(types, {.language = context.language, .paged = false});
}

}  // namespace

void register_harm_pages(PrioritiesService& service) {
  PrioritiesService* const s = &service;
  sources::register_imported_pages(
      service.harm(),
      {.title = tr("Harm weights"),
       .about = tr("A list gives each offence a weight. Lists are revised, so each version stays beside the "
                   "others, and a figure names the one it used. A version that was given by several files has one "
                   "that counts, and any of them can be chosen. "
                   "A crime type of the data sets here mixes many offences: its harm is a range unless the list "
                   "says in which parts they occur."),
       .none = tr("No list has been imported. None comes with the program: the official ones are their publishers'."),
       .import_title = tr("Import harm weights"),
       .file_says =
           [s] {
             return tr(
                 "A CSV file with the columns offence, weight and crime_type, and maybe share: the part (0 to 1) "
                 "of the crime type's events that are of this offence, "
                 "from a source that has offence codes. Crime types here: {0}.",
                 {joined(s->crime_types(), ", ")});
           },
       .above = {{tr("Home"), Url("/"), false}, {tr("Priorities"), Url("/priorities"), false}},
       .table = [s](const HarmList& list,
                    const std::vector<sources::ListRow>& rows) { return weights_table(*s, list, rows); },
       .before = [s](const web::Context& context, const HarmList& list,
                     const std::vector<sources::ListRow>& rows) { return types_part(*s, context, list, rows); }});
}

}  // namespace tithing::priorities
