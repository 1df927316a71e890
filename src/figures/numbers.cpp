#include "figures/numbers.h"

#include <cmath>

#include "base/marked.h"
#include "base/text.h"

namespace tithing::figures {
namespace {

std::string one_line_of(const Figure& figure) {
  if (!figure.working.formula.empty()) return figure.working.formula;
  if (!figure.working.in_words.empty()) return figure.working.in_words;
  return figure.coverage.text();
}

std::string least_of(const Coverage& coverage) {
  if (coverage.in_part == 0)
    return coverage.absent() > 0 ? "At least: months are missing or not known."
                                 : "At least: something that it rests on is not known.";
  return "At least: " + (coverage.without.empty() ? std::string("a category is not known") : coverage.without_text()) +
         (coverage.absent() > 0 ? "; other months are missing or not known." : ".");
}

}  // namespace

Words part_words(const Figure& figure) {
  if (!figure.quantity.partial) return {};
  if (figure.quantity.at_most) return Words("At most: something of what is taken away is not known.");
  return figure.quantity.either_way ? Words("Of a part only: what is not known may raise it or lower it.")
                                    : dated(least_of(figure.coverage));
}

Numeral number(const Figure& figure) {
  return {figure.quantity.text(), Numeral::Kind::figure, figure.address.path(), one_line_of(figure)};
}

Words number(const Result<Figure>& figure) { return figure ? Words(number(*figure)) : Words("not known"); }

Numeral number_part(const Address& figure, std::string_view way, std::string text, std::string one_line) {
  return {std::move(text), Numeral::Kind::figure, part_address(figure, way).path(), std::move(one_line)};
}

int decimals_of_level(double level) {
  int decimals = 0;
  for (double shown = level * 100; decimals < 4 && std::abs(shown - std::round(shown)) > 1e-6; shown *= 10) ++decimals;
  return decimals;
}

std::string level_text(double level) { return percent(level, decimals_of_level(level)); }

Words interval_words(const Figure& figure) {
  const Quantity& quantity = figure.quantity;
  if (!quantity.interval) return {};
  const std::string how = level_text(quantity.interval->level) + " interval: " + quantity.interval->method;
  Words out = number_part(figure.address, "interval.low", interval_end(quantity, true).text(), how);
  out += " to ";
  out += number_part(figure.address, "interval.high", interval_end(quantity, false).text(), how);
  return out;
}

Words coverage_words(const Figure& figure) {
  const Coverage& coverage = figure.coverage;
  if (coverage.expected == 0) return coverage.text();
  Words out = number_part(figure.address, "coverage.present", grouped(coverage.present), "force-months that are there");
  out += " of ";
  out += number_part(figure.address, "coverage.expected", grouped(coverage.expected), "force-months asked for");
  out += coverage.expected == 1 ? " force-month" : " force-months";
  if (coverage.in_part > 0) {
    out += ", ";
    out += number_part(figure.address, "coverage.in-part", grouped(coverage.in_part),
                       "force-months that are there but for a category");
    out += " in part";
  }
  if (coverage.suspect.empty()) return out;
  out += ", ";
  out += number_part(figure.address, "coverage.suspect", std::to_string(coverage.suspect_months()),
                     "force-months that cannot be whole");
  out += " suspect";
  return out;
}

}  // namespace tithing::figures
