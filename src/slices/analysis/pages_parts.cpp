#include "slices/analysis/pages_parts.h"

#include <algorithm>
#include <cctype>

#include "base/marked.h"
#include "base/text.h"
#include "desks/figures/desk.h"
#include "exports/table_html.h"
#include "figures/numbers.h"
#include "slices/evidence/category_marks.h"
#include "slices/evidence/crime_types.h"

namespace tithing::analysis {

using figures::Detail;
using html::Markup;
using html::Url;
using html::Writer;
using web::Context;

std::string room_path(const View& view) { return "/areas/" + url_encoded(view.found.area->code) + "/analysis"; }

web::PageOptions frame(const Wiring& wiring, const View& view, const Context& context, const std::string& what) {
  web::PageOptions options{.title = what + (what.ends_with('?') ? " " : " in ") + view.found.area->name,
                           .place = view.found.area->name};
  const std::string& code = view.found.area->code;
  options.rooms = wiring.site.lines(web::Home::area, context, code, "area.analysis");
  options.breadcrumbs = {{tr("Home"), Url("/"), false}};
  const auto crumb = [&](const std::string& name, const std::string& of) {
    if (wiring.site.has("area.crime")) options.breadcrumbs.push_back({name, wiring.site.at("area.crime", {of}), false});
  };
  if (view.force != nullptr && view.force != view.found.area) crumb(view.force->name, view.force->code);
  crumb(view.found.area->name, code);
  options.as_at_control = true;
  options.caption = register_::kind_words(*view.found.area);
  return options;
}

std::vector<govuk::SelectItem> month_items(Period available, Month chosen) {
  std::vector<govuk::SelectItem> items;
  for (Month month = available.to; available.from <= month; month = month.plus(-1))
    items.push_back({.value = month.iso(), .text = month.text(), .selected = month == chosen});
  return items;
}

void month_select(Writer& writer, const std::string& name, const Message& label, const View& view, Month chosen) {
  govuk::SelectParams select{.id = name, .name = name, .items = month_items(view.found.available, chosen)};
  select.label = {.text = label};
  render(writer, select);
}

void type_select(Writer& writer, const View& view) {
  govuk::SelectParams type{.id = "type", .name = "type"};
  type.label = {.text = tr("Crime type")};
  for (const evidence::TypeChoice& one : evidence::type_choices(*view.snapshot))
    type.items.push_back({.value = one.slug, .text = one.name, .selected = one.slug == view.question.type});
  render(writer, type);
}

Period months_told(const View& view, const std::string& name) {
  Period told = view.found.period;
  const auto periods = view.question.before ? std::optional(TwoPeriods{*view.question.before, told, view.same_months})
                       : name == "change"   ? two_periods(view.found.available, told)
                                            : std::nullopt;
  if (periods)
    told = {std::min({told.from, periods->before.from, periods->after.from}),
            std::max({told.to, periods->before.to, periods->after.to})};
  return told;
}

void carry_category(exports::Table& table, const std::string& name, const View& view) {
  if (name == "change" || name == "signals") return;
  if (name == "series" || name == "forecast")
    evidence::carry_category_in_rows(table, view.question.type, months_told(view, name));
  else
    evidence::carry_category(table, view.question.type, months_told(view, name));
}

Markup section(exports::Table table, const std::string& name, const View& view, const Context& context, bool paged) {
  carry_category(table, name, view);
  exports::TableHtml html{.language = context.language, .path = context.request->path, .query = view.query()};
  html.paged = paged;
  html.view =
      exports::view_of(table, context.query_value("sort"), context.query_value("order"), context.query_value("page"));
  exports::sort_rows(table, html.view);
  html.csv_path = room_path(view) + "/" + name + "/table.csv";
  html.xlsx_path = room_path(view) + "/" + name + "/table.xlsx";
  return exports::to_html(table, html);
}

namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }

// The number that begins at `at`: "-0.6%", "1,234", "9.4"; empty where none does.
std::string number_at(const std::string& text, std::size_t at) {
  std::size_t end = at + (text[at] == '-' || text[at] == '+' ? 1 : 0);
  if (end >= text.size() || !digit(text[end])) return "";
  if (at > 0 && (std::isalnum(static_cast<unsigned char>(text[at - 1])) != 0 || text[at - 1] == '.')) return "";
  while (end < text.size() && (digit(text[end]) || ((text[end] == '.' || text[end] == ',') && end + 1 < text.size() &&
                                                    digit(text[end + 1]))))
    ++end;
  if (end < text.size() && text[end] == '%') ++end;
  return text.substr(at, end - at);
}

bool after_a_month(const std::string& text, std::size_t at) {
  for (int month = 1; month <= 12; ++month) {
    const std::string full = Month::from_ym(2000, month).text();
    if (text.substr(0, at).ends_with(full.substr(0, full.find(' ')) + " ")) return true;
  }
  return false;
}

}  // namespace

Words told(const figures::Figure& figure, const std::vector<Numeral>& also) {
  std::vector<std::pair<std::string, Numeral>> known;
  if (figure.quantity.known() && !figure.address.kind.empty())
    known.emplace_back(figure.quantity.text(), figures::number(figure));
  if (figure.quantity.known() && figure.quantity.interval)
    for (const bool low : {true, false}) {
      const std::string text = figures::interval_end(figure.quantity, low).text();
      known.emplace_back(text, figures::number_part(figure.address, low ? "interval.low" : "interval.high", text));
    }
  const auto& inputs = figure.working.inputs;
  for (std::size_t i = 0; i < inputs.size(); ++i)
    if (!inputs[i].given.empty() && figures::Quantity::stated(inputs[i].given.text()))
      known.emplace_back(inputs[i].given.text(), figures::number_part(figure.address, std::to_string(i + 1),
                                                                      inputs[i].given.text(), inputs[i].label));
  const std::string& text = figure.working.in_words;
  Words out;
  std::size_t from = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto named = std::find_if(also.begin(), also.end(), [&](const Numeral& one) {
      return !one.text.empty() && std::string_view(text).substr(at).starts_with(one.text);
    });
    if (named != also.end()) {
      out += text.substr(from, at - from);
      out += *named;
      from = at += named->text.size();
      continue;
    }
    const std::string number = number_at(text, at);
    if (number.empty()) {
      ++at;
      continue;
    }
    const auto found = std::find_if(known.begin(), known.end(), [&](const auto& one) { return one.first == number; });
    const bool year = found == known.end() && after_a_month(text, at);
    if (found != known.end() || year) {
      out += text.substr(from, at - from);
      out += year ? as_date(number) : found->second;
      from = at + number.size();
    }
    at += number.size();
  }
  out += text.substr(from);
  return out;
}

Words in_working(const figures::Figure* figure, std::string_view label, const std::string& shown) {
  if (figure == nullptr) return shown;
  const auto& inputs = figure->working.inputs;
  for (std::size_t i = 0; i < inputs.size(); ++i)
    if (inputs[i].label == label && inputs[i].given == shown && figures::Quantity::stated(shown))
      return figures::number_part(figure->address, std::to_string(i + 1), shown, inputs[i].label);
  return shown;
}

Words extent_words(const Extent& extent, const figures::Figure* figure) {
  const ExtentTexts texts = texts_of(extent);
  const auto of = [&](std::size_t first, const std::string& what) {
    return in_working(figure, kExtentLabels[first], texts[first]) + " of " +
           in_working(figure, kExtentLabels[first + 1], texts[first + 1]) + " " + what + " (" +
           in_working(figure, kExtentLabels[first + 2], texts[first + 2]) + ")";
  };
  if (extent.of_places == 0) return Words("Over every cell of the area and ") + of(3, extent.unit) + ".";
  return Words("Over ") + of(0, "LSOAs") + " and " + of(3, extent.unit) + ".";
}

exports::Lines grid_notes(const GridStudy& study, Period period, const figures::Figure* figure) {
  exports::Lines lines;
  for (const std::string& note : study.notes) {
    if (note == extent_words(study.extent, nullptr).text())
      lines.push_back(extent_words(study.extent, figure));
    else if (note == evidence::map_points_note(period))
      lines.push_back(marked(note, {as_date(Month::from_ym(2022, 7))}));
    else if (const std::string begin = "Chance would put ", shown = fixed(study.expected_together, 1);
             note.starts_with(begin + shown))
      lines.push_back(Words(begin) + in_working(figure, kTogetherLabel, shown) +
                      note.substr(begin.size() + shown.size()));
    else if (const std::string positions = grouped(study.without_position);
             note.starts_with(positions + " crime") && note.find("no position") != std::string::npos)
      lines.push_back(in_working(figure, kPositionLabel, positions) + note.substr(positions.size()));
    else if (const std::string outside = grouped(study.outside);
             note.starts_with(outside + " crime") && note.find("outside the area") != std::string::npos)
      lines.push_back(in_working(figure, kOutsideLabel, outside) + note.substr(outside.size()));
    else if (const std::string alone = study.hot ? grouped(static_cast<std::int64_t>(study.hot->islands)) : "";
             !alone.empty() && note.starts_with(alone + " cell") && note.find("no neighbour") != std::string::npos)
      lines.push_back(in_working(figure, kAloneLabel, alone) + note.substr(alone.size()));
    else
      lines.push_back(marked(note, {as_setting("200 metres")}));
  }
  return lines;
}

Words title_words(const View& view) {
  return Words(view.found.type_name + " in ") + as_name(view.found.area->name) + ", " + Words(view.found.period);
}

void answer_line(Writer& writer, const Message& label, const Result<figures::Figure>& figure, bool large,
                 const Message& unit, const std::vector<Numeral>& also) {
  writer.open("p", {{"class", large ? "govuk-body-l" : "govuk-body"}}).put(label).text(" ");
  if (!figure) {
    writer.text(figure.error().message).close("p");
    return;
  }
  writer.put(figures::figure_link(*figure));
  if (figure->quantity.known() && !unit.empty()) writer.text(" ").put(unit);
  // Where the words do not say it already.
  if (figure->quantity.known() && figure->quantity.interval && figure->address.kind == "forecast")
    writer.text(" (").put(html::Content(figures::interval_words(*figure))).text(")");
  if (!figure->quantity.known())
    writer.text(figure->quantity.reason().empty() ? "" : ". ").text(figure->quantity.reason());
  else if (!figure->working.in_words.empty())
    writer.text(". ").put(html::Content(told(*figure, also)));
  writer.close("p");
}

void extent_line(Writer& writer, const View& view, const Places& places, const Context& context,
                 const Result<figures::Figure>& figure) {
  if (places.extent.enough()) {
    writer.element("p", {{"class", "govuk-body"}},
                   html::Content(extent_words(places.extent, figure ? &*figure : nullptr)));
    return;
  }
  render(writer, govuk::WarningTextParams{.text = too_small_a_part(view.found.area->name, places.extent, {})});
  if (places.parts.empty()) return;
  writer.element("p", {{"class", "govuk-body"}}, tr("What can be told, under its own name:"));
  writer.open("ul", {{"class", "govuk-list govuk-list--bullet"}});
  const std::string room = context.request->path.substr(context.request->path.rfind('/') + 1);
  for (const KnownPart& part : places.parts)
    writer.open("li")
        .element(
            "a",
            {{"class", "govuk-link"}, {"href", Url::path("/areas/{}/analysis/{}", {part.code, room}, view.query())}},
            part.title)
        .close("li");
  writer.close("ul");
}

Result<figures::Figure> ask(const Wiring& wiring, const View& view, const std::string& kind,
                            const std::vector<std::pair<std::string, std::string>>& extra) {
  // With its working, because the numbers of its sentence lead there.
  return wiring.figures.ask(view.figure(kind, extra), view.viewer, Detail::working);
}

}  // namespace tithing::analysis
