#include "figures/figure.h"

namespace tithing::figures {
namespace {

const char* name_of(Unit unit) {
  switch (unit) {
    case Unit::count:
      return "count";
    case Unit::rate:
      return "rate";
    case Unit::share:
      return "share";
    case Unit::ratio:
      return "ratio";
    case Unit::change:
      return "change";
    case Unit::pence:
      return "pence";
    case Unit::score:
      return "score";
  }
  return "count";
}

void write_texts(JsonWriter& json, std::string_view name, const std::vector<std::string>& texts) {
  json.key(name).begin_array();
  for (const std::string& text : texts) json.value(text);
  json.end_array();
}

// A file, a paper, an entry or what was constructed, each by its own name.
const char* name_of(Source::Kind kind) {
  switch (kind) {
    case Source::Kind::file:
      return "file";
    case Source::Kind::paper:
      return "paper";
    case Source::Kind::entry:
      return "entry";
    case Source::Kind::constructed:
      return "constructed";
  }
  return "file";
}

void write_source(JsonWriter& json, const Source& source) {
  const bool entered = source.kind == Source::Kind::entry || source.kind == Source::Kind::constructed;
  json.begin_object().member(name_of(source.kind), source.name);
  if (!source.paragraph.empty()) json.member("paragraph", source.paragraph);
  if (!source.entered_by.empty())
    json.member(source.kind == Source::Kind::constructed ? "constructed_by" : "entered_by", source.entered_by);
  if (!source.archive.empty()) json.member("archive", source.archive);
  if (source.kind == Source::Kind::file || !source.sha256.empty()) json.member("sha256", source.sha256);
  if (!source.imported_at.empty()) json.member(entered ? "entered_at" : "imported_at", source.imported_at);
  if (!source.publisher.empty()) json.member("publisher", source.publisher);
  if (!source.licence.empty()) json.member("licence", source.licence);
  if (source.rows) json.member("rows", *source.rows);
  if (!source.filter.empty()) json.member("filter", source.filter);
  if (!source.url.empty()) json.member("url", source.url);
  json.end_object();
}

void write_coverage(JsonWriter& json, const Coverage& coverage) {
  json.begin_object()
      .member("expected", coverage.expected)
      .member("present", coverage.present)
      .member("complete", coverage.complete());
  write_texts(json, "missing", coverage.missing);
  write_texts(json, "suspect", coverage.suspect);
  write_texts(json, "notes", coverage.notes);
  // Only where there is something to say: what was frozen before it was said is the same text still.
  if (coverage.in_part > 0) json.member("in_part", coverage.in_part);
  if (!coverage.without.empty()) write_texts(json, "without", coverage.without);
  json.end_object();
}

const char* name_of(Leaf leaf) {
  switch (leaf) {
    case Leaf::unstated:
      return "";
    case Leaf::constant:
      return "constant";
    case Leaf::chosen:
      return "chosen";
    case Leaf::derived:
      return "derived";
    case Leaf::words:
      return "words";
    case Leaf::named:
      return "name";
  }
  return "";
}

void write_working(JsonWriter& json, const Figure& figure) {
  const Working& working = figure.working;
  json.begin_object()
      .member("title", working.title)
      .member("in_words", working.in_words)
      .member("formula", working.formula);
  json.key("inputs").begin_array();
  for (std::size_t i = 0; i < working.inputs.size(); ++i) {
    const Input& input = working.inputs[i];
    json.begin_object();
    if (!input.symbol.empty()) json.member("symbol", input.symbol);
    json.member("label", input.label);
    if (input.figure) {
      json.key("figure");
      write_json(json, *input.figure);
    } else {
      if (input.source) {
        json.key("source");
        write_source(json, *input.source);
      }
      if (!input.source || !input.given.empty()) json.member("given", input.given.text());
      if (input.leaf != Leaf::unstated) json.member("leaf", name_of(input.leaf));
      if (!input.leaf_of.empty()) json.member(input.leaf == Leaf::chosen ? "parameter" : "cited", input.leaf_of);
      if (!input.given.empty() && !figure.address.kind.empty() && Quantity::stated(input.given.text()))
        json.member("address", part_address(figure.address, std::to_string(i + 1)).path());
    }
    json.end_object();
  }
  json.end_array().member("rounding", working.rounding);
  write_texts(json, "caveats", working.caveats);
  if (!working.offers.empty()) {
    json.key("offers").begin_array();
    for (const Offer& offer : working.offers)
      json.begin_object().member("text", offer.text).member("address", offer.address.path()).end_object();
    json.end_array();
  }
  if (!working.rows_url.empty()) json.member("rows", working.rows_url);
  json.end_object();
}

}  // namespace

void write_json(JsonWriter& json, const Figure& figure) {
  const Quantity& quantity = figure.quantity;
  json.begin_object().key("value");
  if (!quantity.known()) {
    json.null();
  } else if (quantity.exact()) {
    json.value(quantity.integer());
  } else {
    json.value(quantity.number());
  }
  json.member("unit", quantity.unit_text())
      .member("kind_of_unit", name_of(quantity.unit()))
      .member("text", quantity.text());
  if (quantity.state() == Quantity::State::suppressed) json.member("suppressed", true);
  if (!quantity.known()) json.member("reason", quantity.reason());
  if (quantity.partial)
    json.member("partial", true)
        .member("bound", quantity.either_way ? "neither"
                         : quantity.at_most  ? "ceiling"
                                             : "floor");
  if (quantity.interval) {
    json.key("interval").begin_object().member("low", quantity.interval->low).member("high", quantity.interval->high);
    json.member("level", quantity.interval->level).member("method", quantity.interval->method).end_object();
  }
  json.member("address", figure.address.path());
  if (!figure.as_at.empty()) json.member("as_at", figure.as_at);
  if (!figure.evidence_version.empty()) json.member("evidence_version", figure.evidence_version);
  json.key("coverage");
  write_coverage(json, figure.coverage);
  json.key("working");
  write_working(json, figure);
  json.end_object();
}

std::string to_json(const Figure& figure) {
  JsonWriter json;
  write_json(json, figure);
  return json.take();
}

}  // namespace tithing::figures
