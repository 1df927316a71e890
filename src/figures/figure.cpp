#include "figures/figure.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include "base/money.h"
#include "base/text.h"
#include "base/translation.h"

namespace tithing::figures {

Quantity Quantity::count(std::int64_t value, std::string unit_text) {
  Quantity quantity;
  quantity.state_ = State::known;
  quantity.unit_ = Unit::count;
  quantity.unit_text_ = std::move(unit_text);
  quantity.exact_ = true;
  quantity.integer_ = value;
  return quantity;
}

Quantity Quantity::pence(std::int64_t value) {
  Quantity quantity = count(value, "pence");
  quantity.unit_ = Unit::pence;
  return quantity;
}

Quantity Quantity::real(double value, Unit unit, std::string unit_text, int decimals) {
  if (!std::isfinite(value))
    return unknown(unit, std::move(unit_text), "It cannot be worked out: a division by zero or a value without end.");
  Quantity quantity;
  quantity.state_ = State::known;
  quantity.unit_ = unit;
  quantity.unit_text_ = std::move(unit_text);
  quantity.real_ = value;
  quantity.decimals_ = decimals;
  return quantity;
}

Quantity Quantity::unknown(Unit unit, std::string unit_text, std::string reason) {
  Quantity quantity;
  quantity.unit_ = unit;
  quantity.unit_text_ = std::move(unit_text);
  quantity.reason_ = std::move(reason);
  return quantity;
}

Quantity Quantity::suppressed(std::string unit_text) {
  Quantity quantity;
  quantity.state_ = State::suppressed;
  quantity.unit_text_ = std::move(unit_text);
  quantity.reason_ =
      "Counts under 5 are shown only to people who are signed in, so that nobody can be recognised from them.";
  return quantity;
}

std::optional<Quantity> Quantity::stated(std::string_view text) {
  constexpr std::string_view kPound = "\xC2\xA3";
  Quantity out;
  std::string_view rest = text;
  const bool minus = rest.starts_with('-');
  if (minus || rest.starts_with('+')) rest.remove_prefix(1);
  const bool pounds = rest.starts_with(kPound);
  if (pounds) rest.remove_prefix(kPound.size());
  const bool share = !pounds && rest.ends_with('%');
  if (share) rest.remove_suffix(1);
  std::string digits;
  for (const char c : rest)
    if (c != ',') digits += c;
  if (digits.empty() || digits.front() < '0' || digits.front() > '9') return std::nullopt;
  double number = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), number, std::chars_format::fixed);
  if (error != std::errc() || end != digits.data() + digits.size() || !std::isfinite(number)) return std::nullopt;
  const std::size_t point = digits.find('.');
  const int decimals = point == std::string::npos ? 0 : static_cast<int>(digits.size() - point - 1);
  if (minus) number = -number;
  if (pounds) {
    if (const auto money = Money::parse(text); money) {
      out = pence(money->pence);
    } else {
      out = real(number, Unit::score, "pounds", decimals);
    }
  } else if (share) {
    out = real(number / 100, text.starts_with('+') ? Unit::change : Unit::share, "", decimals);
  } else if (decimals == 0 && std::abs(number) < 9e15) {
    out = count(static_cast<std::int64_t>(number), "");
  } else {
    out = real(number, Unit::score, "", decimals);
  }
  out.stated_ = text;
  return out;
}

Quantity Quantity::withheld(Unit unit, std::string unit_text) {
  Quantity quantity;
  quantity.state_ = State::suppressed;
  quantity.unit_ = unit;
  quantity.unit_text_ = std::move(unit_text);
  quantity.derived_ = true;
  quantity.reason_ =
      "A count under 5 would be told by it, or would follow from a total beside it. Such counts are shown only to "
      "people who are signed in.";
  return quantity;
}

double Quantity::number() const { return exact_ ? static_cast<double>(integer_) : real_; }

std::string Quantity::text() const {
  if (state_ == State::suppressed) return derived_ ? "withheld" : "fewer than 5";
  if (state_ == State::unknown) return "not known";
  if (!stated_.empty()) return stated_;
  switch (unit_) {
    case Unit::count:
      return exact_ ? grouped(integer_) : fixed(real_, decimals_);
    case Unit::pence:
      return Money{integer_}.text();
    case Unit::share:
      return percent(real_, decimals_);
    case Unit::change: {
      const std::string shown = percent(real_, decimals_);
      const bool zero = shown.find_first_not_of("0.%") == std::string::npos;
      return real_ > 0 && !zero ? "+" + shown : shown;
    }
    case Unit::rate:
    case Unit::ratio:
    case Unit::score:
      return exact_ ? grouped(integer_) : fixed(real_, decimals_);
  }
  return "not known";
}

std::string part_mark(const Quantity& quantity) {
  if (!quantity.partial || !quantity.known()) return {};
  return quantity.either_way ? "of a part only:" : quantity.at_most ? "at most" : "at least";
}

std::string part_text(const Figure& figure) {
  if (!figure.quantity.partial || !figure.quantity.known()) return {};
  if (figure.quantity.at_most)
    return "Something of what is taken away is not known. This is the most it can be: the true difference is this or "
           "less.";
  return figure.quantity.either_way ? "It rests on a part only: what is not known may raise it or lower it."
                                    : figure.coverage.floor_text();
}

std::string Quantity::unit_words() const {
  const bool one = state_ == State::known && unit_ == Unit::count && exact_ && (integer_ == 1 || integer_ == -1);
  if (!one) return unit_text_;
  if (unit_text_.starts_with("crimes and incidents")) return "crime or incident" + unit_text_.substr(20);
  if (unit_text_.starts_with("people")) return "person" + unit_text_.substr(6);
  // The first word in the plural: "months with a signal", "hot spots".
  for (std::size_t at = 0; at < unit_text_.size();) {
    const std::size_t end = std::min(unit_text_.find_first_of(" ,", at), unit_text_.size());
    const std::string_view word = std::string_view(unit_text_).substr(at, end - at);
    if (word.size() > 2 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us")) {
      const bool y = word.ends_with("ies");
      return unit_text_.substr(0, end - (y ? 3 : 1)) + (y ? "y" : "") + unit_text_.substr(end);
    }
    at = end + 1;
  }
  return unit_text_;
}

std::size_t Coverage::suspect_months() const {
  std::set<std::string_view> months;
  for (const std::string& sentence : suspect) months.insert(std::string_view(sentence).substr(0, sentence.find(": ")));
  return months.size();
}

std::string Coverage::text() const {
  if (expected == 0) return "no months apply";
  std::string out = std::to_string(present) + " of " + plural(expected, "force-month", "force-months");
  if (in_part > 0) out += ", " + std::to_string(in_part) + " in part";
  out += suspect.empty() ? "" : ", " + std::to_string(suspect_months()) + " suspect";
  return out;
}

std::string Coverage::without_text() const {
  constexpr std::size_t kMost = 3;
  if (without.empty()) return {};
  std::string out = "without ";
  for (std::size_t i = 0; i < without.size() && i < kMost; ++i) out += (i == 0 ? "" : "; ") + without[i];
  if (without.size() > kMost) out += "; and " + std::to_string(without.size() - kMost) + " more";
  return out + (without.size() == 1 ? ", which is not known" : ", which are not known");
}

std::string Coverage::floor_text() const {
  const std::string least = "This is the least it can be, not the whole";
  if (in_part == 0)
    return (absent() > 0 ? "Months are missing or not known. " : "Something that it rests on is not known. ") + least +
           ".";
  std::string out = least + (without.empty() ? ": not every category is known" : ": it is " + without_text()) +
                    "; what else is in " + (in_part == 1 ? "that month" : "those months") + " is counted.";
  return out + (absent() > 0 ? " Other months are missing or not known." : "");
}

std::string Coverage::not_whole_text() const {
  std::string out = in_part == 0 ? "Months are missing in what it rests on, and a missing month is not zero."
                                 : "What it rests on is " +
                                       (without.empty() ? std::string("without some categories") : without_text()) +
                                       ", and what is not known is not zero.";
  out += " " + text() + ".";
  return missing.empty() ? out : out + " " + missing.front() + ".";
}

void add(Coverage& to, const Coverage& from) {
  to.expected += from.expected;
  to.present += from.present;
  to.in_part += from.in_part;
  const auto take_over = [](std::vector<std::string>& into, const std::vector<std::string>& sentences) {
    for (const std::string& sentence : sentences) {
      if (std::find(into.begin(), into.end(), sentence) == into.end()) into.push_back(sentence);
    }
  };
  take_over(to.missing, from.missing);
  take_over(to.suspect, from.suspect);
  take_over(to.notes, from.notes);
  take_over(to.without, from.without);
}

std::string Parameters::get(std::string_view name) const {
  const auto found = values.find(std::string(name));
  return found == values.end() ? std::string() : found->second;
}

std::string Address::query() const {
  std::string out;
  for (const auto& [name, value] : parameters.values) {
    if (value.empty()) continue;
    if (!out.empty()) out += '&';
    out += url_encoded(name) + "=" + url_encoded(value);
  }
  return out;
}

std::string Address::path() const {
  const std::string parameters_text = query();
  return "/figures/" + url_encoded(kind) + (parameters_text.empty() ? "" : "?" + parameters_text);
}

namespace {

// Undoes percent-encoding; a broken escape is kept as it stands, which then fits no parameter.
std::string decoded(std::string_view text) {
  const auto digit = [](char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0) {
      out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

}  // namespace

Result<Address> Address::parse(std::string_view path_and_query) {
  constexpr std::string_view kPrefix = "/figures/";
  if (!path_and_query.starts_with(kPrefix)) return invalid(tr("The address of a figure begins with /figures/."));
  path_and_query.remove_prefix(kPrefix.size());
  const auto question = path_and_query.find('?');
  Address address;
  address.kind = decoded(path_and_query.substr(0, question));
  if (address.kind.empty())
    return invalid(tr("The address of a figure names its kind, for example /figures/crimes?area=E22000368."));
  if (question == std::string_view::npos) return address;
  for (const std::string& pair : split(path_and_query.substr(question + 1), '&')) {
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    const std::string name = decoded(std::string_view(pair).substr(0, equals));
    const std::string value = equals == std::string::npos ? "" : decoded(std::string_view(pair).substr(equals + 1));
    if (!value.empty() && !address.parameters.values.emplace(name, value).second)
      return invalid(tr("The parameter {0} is given twice. Give it once.", {name}), {{name, tr("Give it once.")}});
  }
  return address;
}

}  // namespace tithing::figures
