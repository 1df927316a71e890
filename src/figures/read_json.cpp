#include <boost/json.hpp>

#include "base/translation.h"
#include "figures/figure.h"

namespace tithing::figures {

struct Stored {
  static Given given(std::string text) { return Given(std::move(text)); }
};

namespace {

namespace json = boost::json;

// Throws what Boost.JSON throws when a member is missing or of another type; from_json turns that into one sentence.
std::string text(const json::object& object, std::string_view name) {
  const json::value* found = object.if_contains(name);
  return found == nullptr ? std::string() : std::string(found->as_string());
}

std::vector<std::string> texts(const json::object& object, std::string_view name) {
  std::vector<std::string> out;
  if (const json::value* found = object.if_contains(name))
    for (const json::value& item : found->as_array()) out.emplace_back(item.as_string());
  return out;
}

Unit unit_from(std::string_view name) {
  if (name == "rate") return Unit::rate;
  if (name == "share") return Unit::share;
  if (name == "ratio") return Unit::ratio;
  if (name == "change") return Unit::change;
  if (name == "pence") return Unit::pence;
  if (name == "score") return Unit::score;
  return Unit::count;
}

Leaf leaf_from(std::string_view name) {
  if (name == "constant") return Leaf::constant;
  if (name == "chosen") return Leaf::chosen;
  if (name == "derived") return Leaf::derived;
  if (name == "words") return Leaf::words;
  if (name == "name") return Leaf::named;
  return Leaf::unstated;
}

// The decimals that were shown are read from the text, so that the frozen figure shows what it showed.
int decimals_of(std::string_view shown) {
  const auto point = shown.rfind('.');
  int count = 0;
  for (std::size_t i = point;
       point != std::string_view::npos && i + 1 < shown.size() && shown[i + 1] >= '0' && shown[i + 1] <= '9'; ++i)
    ++count;
  return count;
}

Figure figure_from(const json::object& object, int depth);

Source source_from(const json::object& object) {
  Source source;
  const char* name = "file";
  for (const auto& [kind, key] : {std::pair(Source::Kind::paper, "paper"), std::pair(Source::Kind::entry, "entry"),
                                  std::pair(Source::Kind::constructed, "constructed")})
    if (object.contains(key)) {
      source.kind = kind;
      name = key;
      break;
    }
  source.name = text(object, name);
  source.paragraph = text(object, "paragraph");
  source.entered_by = text(object, source.kind == Source::Kind::constructed ? "constructed_by" : "entered_by");
  source.archive = text(object, "archive");
  source.sha256 = text(object, "sha256");
  const bool entered = source.kind == Source::Kind::entry || source.kind == Source::Kind::constructed;
  source.imported_at = text(object, entered ? "entered_at" : "imported_at");
  source.publisher = text(object, "publisher");
  source.licence = text(object, "licence");
  if (const json::value* rows = object.if_contains("rows")) source.rows = rows->to_number<std::int64_t>();
  source.filter = text(object, "filter");
  source.url = text(object, "url");
  return source;
}

Quantity quantity_from(const json::object& object) {
  const Unit unit = unit_from(text(object, "kind_of_unit"));
  const std::string unit_text = text(object, "unit");
  Quantity quantity;
  const json::value& value = object.at("value");
  if (value.is_null()) {
    // What was frozen as "fewer than 5 per 1,000" stays as it was shown.
    if (!object.if_contains("suppressed"))
      quantity = Quantity::unknown(unit, unit_text, text(object, "reason"));
    else
      quantity =
          text(object, "text") == "withheld" ? Quantity::withheld(unit, unit_text) : Quantity::suppressed(unit_text);
  } else if (unit == Unit::pence) {
    quantity = Quantity::pence(value.to_number<std::int64_t>());
  } else if (unit == Unit::count && value.is_int64() &&
             decimals_of(text(object, "text")) == 0) {  // "6.0" hours are measured, not counted
    quantity = Quantity::count(value.as_int64(), unit_text);
  } else {
    quantity = Quantity::real(value.to_number<double>(), unit, unit_text, decimals_of(text(object, "text")));
  }
  quantity.partial = object.if_contains("partial") != nullptr;
  if (const auto* bound = object.if_contains("bound"); bound != nullptr && bound->is_string()) {
    quantity.either_way = bound->as_string() == "neither";
    quantity.at_most = bound->as_string() == "ceiling";
  }
  if (const json::value* interval = object.if_contains("interval")) {
    const json::object& parts = interval->as_object();
    quantity.interval = Interval{parts.at("low").to_number<double>(), parts.at("high").to_number<double>(),
                                 parts.at("level").to_number<double>(), text(parts, "method")};
  }
  return quantity;
}

Figure figure_from(const json::object& object, int depth) {
  if (depth > 12) throw std::runtime_error("nested too deeply");
  Figure figure;
  figure.quantity = quantity_from(object);
  if (const auto address = Address::parse(text(object, "address"))) figure.address = *address;
  figure.as_at = text(object, "as_at");
  figure.evidence_version = text(object, "evidence_version");
  const json::object& coverage = object.at("coverage").as_object();
  figure.coverage.expected = coverage.at("expected").to_number<int>();
  figure.coverage.present = coverage.at("present").to_number<int>();
  figure.coverage.missing = texts(coverage, "missing");
  figure.coverage.suspect = texts(coverage, "suspect");
  figure.coverage.notes = texts(coverage, "notes");
  if (const json::value* in_part = coverage.if_contains("in_part")) figure.coverage.in_part = in_part->to_number<int>();
  if (coverage.if_contains("without") != nullptr) figure.coverage.without = texts(coverage, "without");
  const json::object& working = object.at("working").as_object();
  figure.working.title = text(working, "title");
  figure.working.in_words = text(working, "in_words");
  figure.working.formula = text(working, "formula");
  figure.working.rounding = text(working, "rounding");
  figure.working.caveats = texts(working, "caveats");
  figure.working.rows_url = text(working, "rows");
  if (const json::value* offers = working.if_contains("offers"))
    for (const json::value& item : offers->as_array())
      if (auto address = Address::parse(text(item.as_object(), "address")))
        figure.working.offers.push_back({text(item.as_object(), "text"), std::move(*address)});
  for (const json::value& item : working.at("inputs").as_array()) {
    const json::object& parts = item.as_object();
    Input input;
    input.symbol = text(parts, "symbol");
    input.label = text(parts, "label");
    input.given = Stored::given(text(parts, "given"));
    input.leaf = leaf_from(text(parts, "leaf"));
    input.leaf_of = text(parts, input.leaf == Leaf::chosen ? "parameter" : "cited");
    if (const json::value* inner = parts.if_contains("figure"))
      input.figure = std::make_shared<Figure>(figure_from(inner->as_object(), depth + 1));
    if (const json::value* source = parts.if_contains("source")) input.source = source_from(source->as_object());
    figure.working.inputs.push_back(std::move(input));
  }
  return figure;
}

}  // namespace

Result<Figure> from_json(std::string_view text_) {
  try {
    return figure_from(json::parse(text_).as_object(), 0);
  } catch (const std::exception&) {
    return invalid(tr("This is not a figure that was stored by this program."));
  }
}

}  // namespace tithing::figures
