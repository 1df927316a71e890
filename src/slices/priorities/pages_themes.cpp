// Themes: their pages are those of imported lists (sources/imported_pages.h); here is what they say.
#include "base/text.h"
#include "base/translation.h"
#include "slices/priorities/pages_view.h"
#include "slices/sources/imported_pages.h"

namespace tithing::priorities {
namespace {

using exports::text_cell;
using html::Url;

exports::Table themes_table(PrioritiesService& service, const sources::ImportedList& list,
                            const std::vector<sources::ListRow>& rows) {
  const auto snapshot = service.snapshot();
  exports::Table table{
      .id = "themes", .title = as_name(list.key()), .caption = tr("Themes and the crime types that they take in")};
  table.columns = {{.key = "theme", .heading = tr("Theme"), .sortable = true, .holds = Numeral::Kind::name},
                   {.key = "code", .heading = tr("Code"), .sortable = true, .holds = Numeral::Kind::code},
                   {.key = "type", .heading = tr("Crime types"), .holds = Numeral::Kind::name},
                   {"since", tr("Since"), exports::ColumnKind::date, {}, true}};
  for (const Theme& theme : themes_of(rows)) {
    std::vector<std::string> types;
    for (const std::string& type : theme.crime_types) types.push_back(type_name(*snapshot, type));
    table.rows.push_back({text_cell(theme.name), text_cell(theme.code), text_cell(joined(types, ", ")),
                          theme.since ? exports::date_cell(*theme.since) : exports::unknown_cell("")});
  }
  return table;
}

}  // namespace

void register_theme_pages(PrioritiesService& service) {
  PrioritiesService* const s = &service;
  sources::register_imported_pages(
      service.theme_lists(),
      {.title = tr("Themes"),
       .about =
           tr("What partnerships speak of, by one code in every room. Lists of themes are revised, so each version "
              "stays beside the others; the newest one that counts is in force."),
       .none = tr("No list of themes has been imported. None comes with the program: a county or a partnership has its "
                  "own."),
       .import_title = tr("Import themes"),
       .file_says =
           [s] {
             return tr(
                 "A CSV file with the column theme and maybe code, since (the day from which it is one, such as "
                 "2026-04-01) and crime_type; a line for each crime type of a theme. Crime types here: {0}.",
                 {joined(s->crime_types(), ", ")});
           },
       .above = {{tr("Home"), Url("/"), false}, {tr("Priorities"), Url("/priorities"), false}},
       .table = [s](const sources::ImportedList& list,
                    const std::vector<sources::ListRow>& rows) { return themes_table(*s, list, rows); }});
}

}  // namespace tithing::priorities
