#include <algorithm>
#include <map>
#include <mutex>

#include "base/marked.h"
#include "base/text.h"
#include "exports/table_html.h"
#include "maps/choropleth.h"
#include "slices/assessment/pages.h"
#include "slices/assessment/tables.h"
#include "slices/evidence/crime_types.h"
#include "slices/evidence/extent.h"
#include "slices/register/register.h"
#include "statistics/describe.h"

namespace tithing::assessment {
namespace {

using html::Markup;
using html::Url;
using html::Writer;

constexpr std::size_t kListed = 10;  // LSOAs beside the map; the whole list has a page of its own

// Drawing a partnership's map takes far longer than serving it, and between two imports it is always the same. Bounded:
// when it is full, everything goes.
class DrawnMaps {
 public:
  std::optional<Markup> find(const std::string& key) {
    const std::lock_guard lock(mutex_);
    const auto found = drawn_.find(key);
    return found == drawn_.end() ? std::nullopt : std::optional(found->second);
  }
  void keep(const std::string& key, const Markup& markup) {
    const std::lock_guard lock(mutex_);
    if (drawn_.size() >= 200) drawn_.clear();
    drawn_[key] = markup;
  }

 private:
  std::mutex mutex_;
  std::map<std::string, Markup> drawn_;
};

DrawnMaps& drawn_maps() {
  static DrawnMaps maps;
  return maps;
}

// A row of the list as a cell of the map: the same number, the same state.
maps::Cell map_cell(const std::string& code, const std::string& name, const exports::Cell& rate,
                    const register_::Boundary& boundary) {
  maps::Cell cell{.code = code,
                  .shape = boundary.shape,
                  .label = name,
                  .value_text = rate.text + (rate.state == exports::CellState::known ? " per 1,000 people" : "")};
  cell.state = rate.state == exports::CellState::known        ? maps::CellState::known
               : rate.state == exports::CellState::suppressed ? maps::CellState::suppressed
                                                              : maps::CellState::missing;
  if (rate.real)
    cell.value = *rate.real;
  else if (rate.whole)
    cell.value = static_cast<double>(*rate.whole);
  return cell;
}

enum class Cells { plain, linked };  // many small ones, whose links are in the list, or a few that lead on

struct Drawn {
  Markup map;           // empty: no area has a boundary, or too few have
  std::string refused;  // why there is none although some have
};

// The table's first column names the area and its last holds the rate; the second holds the code. A map that shows
// fewer than nine in ten of the areas, or of their crimes, is none of the whole (docs/adr/0016): the list is.
Drawn draw(const exports::Table& table, Cells cells, const View& view, register_::Service& areas,
           const std::string& language) {
  maps::Parameters map{.id = "map"};
  std::vector<double> values;
  int without_boundary = 0;
  std::size_t rate_column = 0;
  while (rate_column < table.columns.size() && table.columns[rate_column].key != "rate") ++rate_column;
  const bool linked = cells == Cells::linked;
  std::vector<std::string> codes;
  for (const exports::Row& row : table.rows) codes.push_back(row[1].text);
  const auto boundaries = areas.boundaries(codes, view.as_at);
  for (std::size_t i = 0; i < codes.size() && i < table.rows.size(); ++i) {
    if (boundaries[i] == nullptr) {
      ++without_boundary;
      continue;
    }
    maps::Cell cell = map_cell(codes[i], table.rows[i][0].text, table.rows[i][rate_column], *boundaries[i]);
    if (linked) cell.url = Url::path("/areas/{}/crime", {codes[i]}, query_of(view));
    if (!linked)
      if (const auto* district = view.snapshot->areas().find(codes[i]))
        cell.group = district->name.substr(0, district->name.rfind(' '));
    if (cell.state == maps::CellState::known) values.push_back(cell.value);
    map.cells.push_back(std::move(cell));
  }
  if (map.cells.empty()) return {};
  std::vector<bool> outlined;
  for (const auto& boundary : boundaries) outlined.push_back(boundary != nullptr);
  evidence::Extent extent = extent_of_map(table, outlined);
  extent.unit = std::string(evidence::unit_of_type(view.type));
  extent.of = linked ? "areas" : "LSOAs";
  if (!extent.enough())
    return {{}, "There is no map. " + evidence::too_small(view.area->name, extent) + " The list has the same numbers."};
  Writer writer(language);
  if (const auto breaks = statistics::quantile_classes(values, maps::kMaximumClasses))
    for (const auto& one : breaks->classes) {
      const std::string lower = fixed(one.lower, 1), upper = fixed(one.upper, 1);
      map.classes.push_back({one.lower, one.upper, lower == upper ? lower : lower + " to " + upper});
    }
  map.title = tr("{0} per {1} people, {2}", {view.type_name, as_setting("1,000"), view.shown});
  map.description = tr("{0} classes with about as many areas each; darker is higher. The list has the same numbers.",
                       {std::to_string(map.classes.size())});
  map.links = linked;
  const auto drawn = maps::render(map, language);
  if (!drawn) {
    writer.element("p", drawn.error().message);
    return {writer.take(), {}};
  }
  writer.open("figure", {{"class", "tithing-map"}})
      .put(*drawn)
      .open("figcaption")
      .put(map.title)
      .close("figcaption")
      .close("figure");
  writer.put(maps::render_legend(map, language));
  if (!linked) {
    writer.element("p", tr("Per {0} residents: where many more come than live, as in a town centre, a rate is high "
                           "whatever the risk to each.",
                           {as_setting("1,000")}));
    if (const std::string renewed = evidence::map_points_note(view.shown); !renewed.empty())
      writer.element("p", marked(renewed, {as_date("July 2022")}));
  }
  if (extent.places == extent.of_places) {
    writer.element("p", linked ? tr("The map shows every area, and every crime that is counted in one.")
                               : tr("The map shows every LSOA, and every crime that is counted in one."));
  } else {
    writer.element("p", extent.sentence());
  }
  if (without_boundary > 0)
    writer.element("p", {},
                   tr("{0} without a boundary are only in the list.", {plural(without_boundary, "area", "areas")}));
  return {writer.take(), {}};
}

}  // namespace

evidence::Extent extent_of_map(const exports::Table& table, const std::vector<bool>& outlined) {
  const auto column = [&](const char* key) {
    const auto found = std::find_if(table.columns.begin(), table.columns.end(),
                                    [&](const exports::Column& one) { return one.key == key; });
    return static_cast<std::size_t>(found - table.columns.begin());
  };
  const std::size_t crimes_column = column("crimes"), rate_column = column("rate");
  evidence::Extent extent;
  extent.of_places = table.rows.size();
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const exports::Row& row = table.rows[i];
    const bool shown = i < outlined.size() && outlined[i] && row[rate_column].state != exports::CellState::unknown;
    const std::int64_t crimes = row[crimes_column].whole.value_or(0);
    extent.of_crimes += crimes;
    extent.places += shown ? 1 : 0;
    extent.crimes += shown ? crimes : 0;
  }
  return extent;
}

Markup map_section(const figures::Registry& registry, const View& view, register_::Service& areas,
                   const web::Context& context) {
  const bool partnerships = view.area->kind == register_::AreaKind::police_force_area;
  const bool single =
      view.area->kind == register_::AreaKind::lsoa_2011 || view.area->kind == register_::AreaKind::lsoa_2021;
  if (single || view.area->without_area) return {};
  const std::string key = view.area->code + "|" + view.snapshot->version() + "|" +
                          std::to_string(view.snapshot->areas().version()) + "|" + view.as_at.iso() + "|" +
                          view.shown.from.iso() + view.shown.to.iso() + "|" + view.type + "|" + view.recorded_by + "|" +
                          (view.viewer.protect_small_numbers ? "public" : "open") + "|" + context.language;
  Writer writer(context.language);
  writer.element("h2", {{"class", "govuk-heading-m"}, {"id", "map-heading"}}, tr("Where"));
  if (const auto kept = drawn_maps().find(key)) return writer.put(*kept).take();

  exports::Table table = partnerships ? partnerships_table(registry, view) : lsoa_table(registry, view);
  Drawn made_map = partnerships ? draw(table, Cells::linked, view, areas, context.language)
                                : draw(table, Cells::plain, view, areas, context.language);
  if (made_map.map.empty() && view.area->kind == register_::AreaKind::community_safety_partnership) {
    Drawn of_districts = draw(districts_table(registry, view), Cells::linked, view, areas, context.language);
    if (!of_districts.map.empty() || made_map.refused.empty()) made_map = std::move(of_districts);
  }
  Markup drawn = made_map.map;
  if (drawn.empty()) {
    Writer none(context.language);
    if (made_map.refused.empty())
      none.element(
          "p", tr("There is no map: no boundaries have been imported for these areas. The list has the same numbers."));
    else
      none.element("p", made_map.refused);
    drawn = none.take();
  }
  Writer section(context.language);
  section.open("div", {{"class", "tithing-map-and-list"}});
  section.open("div").put(drawn).close("div").open("div");
  if (!partnerships) {
    // The list twin: the highest rates first, and the whole list a link away.
    const std::size_t all = table.rows.size();
    exports::sort_rows(table, {"rate", true, 1});
    if (table.rows.size() > kListed) table.rows.resize(kListed);
    table.caption =
        tr("The {0} LSOAs with the highest rates, of {1}", {std::to_string(table.rows.size()), std::to_string(all)});
    for (exports::Column& column : table.columns) column.sortable = false;
    section.put(exports::to_html(table, {.language = context.language, .paged = false, .exportable = false}));
    section.open("p")
        .element(
            "a",
            {{"class", "govuk-link"}, {"href", Url::path("/areas/{}/crime/lsoas", {view.area->code}, query_of(view))}},
            tr("All {0} LSOAs as a list", {grouped(static_cast<std::int64_t>(all))}))
        .close("p");
  }
  section.close("div").close("div");
  const Markup made = section.take();
  drawn_maps().keep(key, made);
  return writer.put(made).take();
}

}  // namespace tithing::assessment
