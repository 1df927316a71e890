#include "base/text.h"
#include "maps/choropleth.h"
#include "slices/analysis/pages.h"

namespace tithing::analysis {

using html::Markup;
using html::Writer;

Markup hot_spot_map(const View& view, const Study& study, const std::string& language) {
  if (!study.hot) return {};
  maps::Parameters map{.id = "map"};
  const Hot& hot = *study.hot;
  for (std::size_t i = 0; i < study.placed.codes.size(); ++i) {
    maps::Cell cell{
        .code = study.placed.codes[i], .shape = study.placed.boundaries[i]->shape, .label = study.placed.names[i]};
    cell.group = cell.label.substr(0, cell.label.rfind(' '));
    if (hot.z[i]) {
      cell.state = maps::CellState::known;
      cell.value = hot.cold[i] ? 0 : hot.hot[i] ? 2 : 1;
      cell.value_text = hot.hot[i] ? "hot" : hot.cold[i] ? "cold" : "no clear sign";
    } else {
      cell.value_text = "no neighbours";
    }
    map.cells.push_back(std::move(cell));
  }
  map.classes = {{0, 0, "cold: fewer than chance would put there"},
                 {1, 1, "no clear sign"},
                 {2, 2, "hot: more than chance would put there"}};
  map.title = tr("Hot spots: {0}", {view.title()});
  map.description =
      tr("Each LSOA with its neighbours, at a false discovery rate of 5%. The list has the same findings.");
  map.links = false;
  Writer writer(language);
  const auto drawn = maps::render(map, language);
  if (!drawn) return writer.element("p", drawn.error().message).take();
  writer.open("figure", {{"class", "tithing-map"}})
      .put(*drawn)
      .open("figcaption")
      .put(map.title)
      .close("figcaption")
      .close("figure");
  writer.put(maps::render_legend(map, language));
  return writer.take();
}

}  // namespace tithing::analysis
