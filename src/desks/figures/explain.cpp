#include "base/marked.h"
#include "base/text.h"
#include "desks/figures/parts.h"
#include "figures/numbers.h"
#include "govuk/components.h"

namespace tithing::figures {
namespace {

using html::Content;
using html::Markup;
using html::Url;
using html::Writer;

void list(Writer& writer, const std::vector<std::string>& sentences) {
  writer.open("ul", {{"class", "govuk-list govuk-list--bullet"}});
  for (const std::string& sentence : sentences) writer.element("li", dated(sentence));
  writer.close("ul");
}

Markup value_of(const Figure& figure, const std::string& language) {
  Writer writer(language);
  const Quantity& quantity = figure.quantity;
  writer.open("p", {{"class", "tithing-working__value"}});
  if (const std::string mark = part_mark(quantity); !mark.empty()) writer.text(mark + " ");
  writer.element("strong", quantity.text());
  if (quantity.known() && quantity.unit() != Unit::pence) writer.text(" ").text(quantity.unit_words());
  writer.close("p");
  if (!quantity.known()) writer.element("p", quantity.reason());
  if (quantity.interval)
    writer.element("p", tr("{0} interval: {1} ({2}).", {as_setting(figures::level_text(quantity.interval->level)),
                                                        interval_words(figure), as_name(quantity.interval->method)}));
  if (const std::string why = part_text(figure); !why.empty()) writer.element("p", dated(why));
  return writer.take();
}

// Each value opens its own working: a figure by its address, the others by their place in this one.
Content input_value(const Figure& of, std::size_t index) {
  const Input& input = of.working.inputs[index];
  if (input.figure) {
    Words out = number(*input.figure);
    const Quantity& quantity = input.figure->quantity;
    if (quantity.known() && quantity.unit() != Unit::pence) out += " " + quantity.unit_words();
    return out;
  }
  const std::string way = std::to_string(index + 1);
  if (input.source && input.given.empty()) {
    if (!input.source->rows) return {};
    Words out = number_part(of.address, way + ".rows", grouped(*input.source->rows), input.source->filter);
    return out += *input.source->rows == 1 ? " row" : " rows";
  }
  if (of.address.kind.empty() || !Quantity::stated(input.given.text())) return as_name(input.given.text());
  return number_part(of.address, way, input.given.text(), input.label);
}

// Names of methods and formulas have digits that are no numbers of the place.
Content input_origin(const Input& input, const std::string& language) {
  Writer writer(language);
  if (input.figure) {
    writer.text(input.figure->working.formula.empty() ? input.figure->working.in_words : input.figure->working.formula);
  } else if (input.source) {
    const Source& source = *input.source;
    if (source.url.empty()) {
      writer.put(as_name(source.name));
    } else {
      writer.element("a", {{"class", "govuk-link"}, {"href", Url::parse(source.url)}}, as_name(source.name));
    }
    if (!source.paragraph.empty()) writer.text(", ").put(as_name(source.paragraph));
    if (source.kind == Source::Kind::entry)
      writer.void_element("br").put(
          tr("entered by {0}, {1}", {as_name(source.entered_by), as_date(source.imported_at)}));
    if (source.kind == Source::Kind::constructed)
      writer.void_element("br").put(
          tr("by {0}, loaded {1}", {as_name(source.entered_by), as_date(source.imported_at)}));
    if (!source.archive.empty()) writer.text(", ").put(tr("from {0}", {as_name(source.archive)}));
    if (!source.filter.empty()) writer.void_element("br").put(as_name(source.filter));
    if (!source.sha256.empty())
      writer.void_element("br")
          .open("span", {{"class", "tithing-checksum"}})
          .put(as_code("SHA-256 " + source.sha256))
          .close("span");
    if (source.kind == Source::Kind::file && source.sha256.empty())
      writer.void_element("br").put(tr("its checksum is not known"));
  } else {
    switch (input.leaf) {
      case Leaf::constant:
        writer.put(tr("a constant of the formula"));
        if (!input.leaf_of.empty()) writer.text(": ").put(as_name(input.leaf_of));
        break;
      case Leaf::chosen:
        writer.put(tr("chosen in the address of the figure"));
        break;
      case Leaf::derived:
        writer.put(tr("worked out from the other inputs"));
        break;
      case Leaf::words:
      case Leaf::named:
        break;
      case Leaf::unstated:
        writer.put(tr("given"));
        break;
    }
  }
  return writer.take();
}

}  // namespace

Markup explain(const Figure& figure, const std::string& language, bool rows_offered) {
  const Working& working = figure.working;
  Writer writer(language);
  writer.put(value_of(figure, language));
  if (!working.offers.empty()) {
    writer.element("p", {{"class", "govuk-body"}}, tr("What can be known instead:"));
    writer.open("ul", {{"class", "govuk-list govuk-list--bullet"}});
    for (const Offer& offer : working.offers)
      writer.open("li")
          .element("a", {{"class", "govuk-link"}, {"href", Url::parse(offer.address.path())}}, offer.text)
          .close("li");
    writer.close("ul");
  }

  std::vector<govuk::SummaryListRow> rows;
  const auto row = [&](Message key, Content value) {
    if (!value.empty()) rows.push_back({.key = {.text = std::move(key)}, .value = {.text = std::move(value)}});
  };
  row(tr("In words"), working.in_words);
  row(tr("Formula"), as_name(working.formula));
  row(tr("Rounding"), working.rounding);
  if (const auto as_at = Date::parse(figure.as_at)) {
    row(tr("Structure as at"), as_date(*as_at));
  } else {
    row(tr("Structure as at"), as_date(figure.as_at));
  }
  row(tr("Coverage"), coverage_words(figure));
  row(tr("Evidence version"), as_code(figure.evidence_version));
  writer.element("h2", {{"class", "govuk-heading-m"}}, tr("How it came about"));
  render(writer, govuk::SummaryListParams{.rows = rows});

  if (!working.inputs.empty()) {
    govuk::TableParams table{
        .caption = tr("Inputs"), .caption_classes = "govuk-table__caption--m", .first_cell_is_header = true};
    table.head = {{.text = tr("Input")},
                  {.text = tr("Symbol")},
                  {.text = tr("Value"), .format = "numeric"},
                  {.text = tr("Where it comes from")}};
    for (std::size_t i = 0; i < working.inputs.size(); ++i) {
      const Input& input = working.inputs[i];
      table.rows.push_back({{.text = input.label},
                            {.text = as_code(input.symbol)},
                            {.text = input_value(figure, i), .format = "numeric"},
                            {.text = input_origin(input, language)}});
    }
    writer.open("div", {{"class", "tithing-scroll"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", "Inputs"}});
    render(writer, table);
    writer.close("div");
  }

  std::vector<std::string> said = figure.coverage.missing;
  said.insert(said.end(), figure.coverage.suspect.begin(), figure.coverage.suspect.end());
  said.insert(said.end(), figure.coverage.notes.begin(), figure.coverage.notes.end());
  said.insert(said.end(), working.caveats.begin(), working.caveats.end());
  if (!said.empty()) {
    writer.element("h2", {{"class", "govuk-heading-m"}}, tr("Coverage and caveats"));
    list(writer, said);
  }

  // A part of a working has no rows of its own, and what is not known rests on none.
  const bool a_part = !figure.address.parameters.get("part").empty();
  if (rows_offered && !a_part && figure.quantity.state() != Quantity::State::unknown) {
    writer.element("h2", {{"class", "govuk-heading-m"}}, tr("Rows behind it"));
    writer.open("p")
        .element("a",
                 {{"class", "govuk-link"},
                  {"href", Url::parse("/figures/" + figure.address.kind + "/rows.csv?" + figure.address.query())}},
                 tr("Download the rows (CSV)"))
        .close("p");
  }
  return writer.take();
}

}  // namespace tithing::figures
