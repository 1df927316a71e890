// Recorded crime of a year in the areas that a body served on a day: asked of the registry of figures, so each number
// opens its working, also for a structure that is gone.
#include <algorithm>

#include "base/text.h"
#include "base/translation.h"
#include "figures/numbers.h"
#include "forms/values.h"
#include "slices/bodies/pages_view.h"
#include "slices/wiring.h"

namespace tithing::bodies {
namespace {

using figures::Quantity;

constexpr std::size_t kMostAreas = 20;

Cell cell_of(const Result<figures::Figure>& figure, const std::string& path) {
  if (!figure) return exports::unknown_cell(figure.error().message);
  const Quantity& quantity = figure->quantity;
  Cell cell = quantity.state() == Quantity::State::suppressed ? exports::suppressed_cell()
              : quantity.known()                              ? exports::integer_cell(quantity.integer())
                                                              : exports::unknown_cell(quantity.reason());
  if (quantity.partial && quantity.known()) cell = cell.noted(figures::part_words(*figure));
  return cell.linked(Url::parse(path), "How it came about");
}

}  // namespace

void crime_part(Writer& writer, const Wiring& wiring, BodiesService& service, const Register& all,
                const std::string& code, Date as_at, const web::Context& context) {
  if (!wiring.figures.find("crimes")) return;
  const auto months = service.months_of_evidence();
  if (!months) return;
  // Of what is gone, the last day on which it was there.
  Date day = as_at;
  const Fact* existence = all.existence(code, as_at);
  if (existence && existence->to && as_at >= *existence->to) day = existence->to->plus_days(-1);
  std::vector<std::string> codes;
  const auto areas = service.areas();
  for (const FactPointer& fact : all.of_body(code, FactKind::area, day))
    if (areas->find(fact->value) && std::find(codes.begin(), codes.end(), fact->value) == codes.end())
      codes.push_back(fact->value);
  if (codes.empty()) return;
  // The year that is asked for, as far as there are months of it; else the year of the newest month.
  const auto asked = forms::whole(context.query_value("year"), 9999);
  const int year =
      asked ? std::clamp(static_cast<int>(*asked), months->from.year(), months->to.year()) : months->to.year();
  const Period period{std::max(months->from, Month::from_ym(year, 1)), std::min(months->to, Month::from_ym(year, 12))};
  exports::Table table{.id = "crime",
                       .title = tr("Recorded crime and anti-social behaviour, {0}, in the areas served on {1}",
                                   {period.text(), day.text()})};
  table.columns = {{"area", tr("Area"), ColumnKind::text},
                   {"crimes", tr("Recorded crimes"), ColumnKind::integer},
                   {"incidents", tr("Anti-social behaviour incidents"), ColumnKind::integer}};
  for (std::size_t i = 0; i < codes.size() && i < kMostAreas; ++i) {
    exports::Row row = {text_cell(areas->name_at(*areas->find(codes[i]), day) + " (" + codes[i] + ")")};
    if (wiring.site.has("area.crime"))
      row.front() = row.front().linked(wiring.site.at("area.crime", {codes[i]}, {{"as-at", day.iso()}}));
    for (const char* type : {"crime", "anti-social-behaviour"}) {
      const figures::Address address{"crimes",
                                     {{{"area", codes[i]},
                                       {"as-at", day.iso()},
                                       {"from", period.from.iso()},
                                       {"to", period.to.iso()},
                                       {"type", type}}}};
      row.push_back(
          cell_of(wiring.figures.ask(address, {context.today, !context.actor.signed_in()}, figures::Detail::value),
                  address.path()));
    }
    table.rows.push_back(std::move(row));
  }
  if (codes.size() > kMostAreas)
    table.notes.push_back(
        tr("The first {0} of {1} areas.", {std::to_string(kMostAreas), std::to_string(codes.size())}));
  table.notes.push_back(
      tr("Figures of recent months may be revised: forces send months again, and crimes are recorded or "
         "cancelled late."));
  if (day != as_at)
    table.notes.push_back(tr("It was there until {0}: the areas are those of that day, the crimes those of {1}.",
                             {day.text(), period.text()}));
  writer.put(exports::to_html(table, {.language = context.language, .paged = false}));
  if (months->from.year() == months->to.year()) return;
  writer.open("p", {{"class", "govuk-body"}}).put(tr("Another year:"));
  for (int other = months->from.year(); other <= months->to.year(); ++other) {
    writer.text(" ");
    if (other == year)
      writer.element("strong", {}, std::to_string(other));
    else
      writer.element("a", {{"class", "govuk-link"}, {"href", web::with_query(context, "year", std::to_string(other))}},
                     std::to_string(other));
  }
  writer.close("p");
}

}  // namespace tithing::bodies
