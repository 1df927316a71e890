#include <algorithm>

#include "base/text.h"
#include "figures/numbers.h"
#include "maps/choropleth.h"
#include "slices/analysis/pages_parts.h"

namespace tithing::analysis {

using html::Markup;
using html::Writer;

Markup hot_spot_map(const View& view, const Study& study, const figures::Figure* figure, const std::string& language) {
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
  // A figure that is not known has no numbers, and the map's own count stands without a working.
  const auto in_figure = [&](std::string_view label, std::int64_t cells) -> std::optional<Numeral> {
    const Words words = in_working(figure, label, grouped(cells));
    return words.plain() ? std::nullopt : std::optional(words.pieces().front());
  };
  const auto cold = std::count(hot.cold.begin(), hot.cold.end(), true),
             called = std::count(hot.hot.begin(), hot.hot.end(), true);
  const auto rest = static_cast<std::int64_t>(hot.hot.size()) - cold - called;
  map.classes = {{0, 0, "cold: fewer than chance would put there", in_figure("LSOAs that hold fewer", cold)},
                 {1, 1, "no clear sign", in_figure("LSOAs without a clear sign", rest)},
                 {2, 2, "hot: more than chance would put there",
                  figure == nullptr ? std::nullopt : std::optional(figures::number(*figure))}};
  map.title = tr("Hot spots: {0}", {title_words(view)});
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
