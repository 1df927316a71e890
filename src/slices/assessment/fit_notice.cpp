// What a page of an LSOA, or of a ward, says about the LSOAs of two censuses: what is not known, and what can be asked
// instead.
#include "base/text.h"
#include "govuk/components.h"
#include "slices/assessment/pages.h"

namespace tithing::assessment {

using html::Markup;
using html::Url;
using html::Writer;

Markup fit_notice(const View& view, const std::string& language) {
  Writer writer(language);
  const evidence::Selection& selection = *view.selection;
  if (view.area->kind == register_::AreaKind::ward)
    render(writer,
           govuk::InsetTextParams{
               .text = tr("A ward by best fit: the whole LSOAs of 2021 that mostly lie in it, not its own outline.")});
  if (view.area->without_area)
    render(writer, govuk::InsetTextParams{.text = tr("{0} polices no area of its own. These are all rows of its files, "
                                                     "wherever they lie; they are in no other force's figures.",
                                                     {view.area->name})});
  const auto why = evidence::not_known_by_fit(*view.snapshot, selection, view.shown);
  if (!why) return writer.take();
  render(writer, govuk::WarningTextParams{.text = tr("Not known for {0}. {1}", {view.shown.text(), *why})});
  writer.element("p", {{"class", "govuk-body"}}, tr("What can be known instead:"));
  writer.open("ul", {{"class", "govuk-list govuk-list--bullet"}});
  for (const evidence::Selection::Instead& instead : selection.instead) {
    // A set of LSOAs has no page of its own, but a figure.
    figures::Address set = view.figure("crimes", {{"area", ""}});
    set.parameters.values["lsoas"] = joined(instead.lsoas, ",");
    const Url target =
        instead.area.empty() ? Url::parse(set.path()) : Url::path("/areas/{}/crime", {instead.area}, query_of(view));
    writer.open("li")
        .element("a", {{"class", "govuk-link"}, {"href", target}}, view.area->name + ": " + instead.text)
        .close("li");
  }
  if (const auto known = evidence::known_by_fit(selection, view.shown);
      known && *known != view.shown && (selection.in_2011 || selection.in_2021)) {
    auto query = query_of(view);
    for (auto& [name, value] : query) {
      if (name == "from") value = known->from.iso();
      if (name == "to") value = known->to.iso();
    }
    writer.open("li")
        .element("a", {{"class", "govuk-link"}, {"href", Url::path("/areas/{}/crime", {view.area->code}, query)}},
                 view.area->name + ", " + known->text())
        .close("li");
  }
  writer.close("ul");
  return writer.take();
}

}  // namespace tithing::assessment
