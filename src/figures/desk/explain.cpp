#include "base/text.h"
#include "figures/desk/parts.h"
#include "govuk/components.h"

namespace tithing::figures {
namespace {

using html::Content;
using html::Markup;
using html::Url;
using html::Writer;

void list(Writer& writer, const std::vector<std::string>& sentences) {
  writer.open("ul", {{"class", "govuk-list govuk-list--bullet"}});
  for (const std::string& sentence : sentences) writer.element("li", sentence);
  writer.close("ul");
}

Markup value_of(const Figure& figure, const std::string& language) {
  Writer writer(language);
  const Quantity& quantity = figure.quantity;
  writer.open("p", {{"class", "tithing-working__value"}});
  writer.element("strong", quantity.text());
  if (quantity.known() && quantity.unit() != Unit::pence) writer.text(" ").text(quantity.unit_text());
  writer.close("p");
  if (!quantity.known()) writer.element("p", quantity.reason());
  if (quantity.interval)
    writer.element("p", tr("{0} interval: {1} to {2} ({3}).", {percent(quantity.interval->level, 0),
                           fixed(quantity.unit() == Unit::change ? quantity.interval->low * 100 : quantity.interval->low, quantity.decimals()),
                           fixed(quantity.unit() == Unit::change ? quantity.interval->high * 100 : quantity.interval->high, quantity.decimals()) +
                               (quantity.unit() == Unit::change ? "%" : ""),
                           quantity.interval->method}));
  if (quantity.partial) writer.element("p", {}, tr("Months are missing, so this is a floor and not the whole."));
  return writer.take();
}

Content input_value(const Input& input, const std::string& language) {
  if (input.figure) {
    Writer writer(language);
    writer.element("a", {{"class", "tithing-figure"}, {"href", Url::parse(input.figure->address.path())}, {"title", input.figure->working.in_words}},
                   input.figure->quantity.text());
    const Quantity& quantity = input.figure->quantity;
    if (quantity.known() && quantity.unit() != Unit::pence) writer.text(" ").text(quantity.unit_text());
    return writer.take();
  }
  if (input.source) return input.source->rows ? plural(*input.source->rows, "row", "rows") : std::string();
  return input.given;
}

Content input_origin(const Input& input, const std::string& language) {
  Writer writer(language);
  if (input.figure) {
    writer.text(input.figure->working.formula.empty() ? input.figure->working.in_words : input.figure->working.formula);
  } else if (input.source) {
    const Source& source = *input.source;
    if (source.url.empty()) {
      writer.text(source.name);
    } else {
      writer.element("a", {{"class", "govuk-link"}, {"href", Url::parse(source.url)}}, source.name);
    }
    if (!source.archive.empty()) writer.text(", ").put(tr("from {0}", {source.archive}));
    if (!source.filter.empty()) writer.void_element("br").text(source.filter);
    writer.void_element("br").open("span", {{"class", "tithing-checksum"}}).text("SHA-256 " + source.sha256).close("span");
  } else {
    writer.put(tr("given"));
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
      writer.open("li").element("a", {{"class", "govuk-link"}, {"href", Url::parse(offer.address.path())}}, offer.text).close("li");
    writer.close("ul");
  }

  std::vector<govuk::SummaryListRow> rows;
  const auto row = [&](Message key, Content value) {
    if (!value.empty()) rows.push_back({.key = {.text = std::move(key)}, .value = {.text = std::move(value)}});
  };
  row(tr("In words"), working.in_words);
  row(tr("Formula"), working.formula);
  row(tr("Rounding"), working.rounding);
  row(tr("Structure as at"), figure.as_at.empty() ? std::string() : Date::parse(figure.as_at) ? Date::parse(figure.as_at)->text() : figure.as_at);
  row(tr("Coverage"), figure.coverage.text());
  row(tr("Evidence version"), figure.evidence_version);
  writer.element("h2", {{"class", "govuk-heading-m"}}, tr("How it came about"));
  render(writer, govuk::SummaryListParams{.rows = rows});

  if (!working.inputs.empty()) {
    govuk::TableParams table{.caption = tr("Inputs"), .caption_classes = "govuk-table__caption--m", .first_cell_is_header = true};
    table.head = {{.text = tr("Input")}, {.text = tr("Symbol")}, {.text = tr("Value"), .format = "numeric"}, {.text = tr("Where it comes from")}};
    for (const Input& input : working.inputs)
      table.rows.push_back({{.text = input.label}, {.text = input.symbol}, {.text = input_value(input, language), .format = "numeric"},
                            {.text = input_origin(input, language)}});
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

  if (rows_offered) {
    writer.element("h2", {{"class", "govuk-heading-m"}}, tr("Rows behind it"));
    writer.open("p").element("a", {{"class", "govuk-link"}, {"href", Url::parse("/figures/" + figure.address.kind + "/rows.csv?" + figure.address.query())}},
                             tr("Download the rows (CSV)")).close("p");
  }
  return writer.take();
}

}  // namespace tithing::figures
