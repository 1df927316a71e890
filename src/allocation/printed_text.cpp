#include "allocation/printed_text.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/text.h"
#include "base/translation.h"

namespace tithing::allocation {
namespace {

bool says_unknown(const std::string& text) {
  static const char* const kWords[] = {"",
                                       "tbc",
                                       "tba",
                                       "n/a",
                                       "na",
                                       "not known",
                                       "unknown",
                                       "not available",
                                       "not yet known",
                                       "to be confirmed",
                                       "?",
                                       "-",
                                       "\xE2\x80\x93",
                                       "\xE2\x80\x94",
                                       "..",
                                       "[x]",
                                       "[c]",
                                       "[z]",
                                       "x"};
  const std::string word = lowered(text);
  return std::any_of(std::begin(kWords), std::end(kWords), [&](const char* known) { return word == known; });
}

int decimals_in(std::string_view text) {
  const auto point = text.rfind('.');
  return point == std::string_view::npos ? 0 : static_cast<int>(text.size() - point - 1);
}

bool drop_prefix(std::string& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.erase(0, prefix.size());
  return true;
}
bool drop_suffix(std::string& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text.erase(text.size() - suffix.size());
  return true;
}

}  // namespace

std::string refused_number(const std::string& typed, const std::string& why) {
  const bool percent = typed.ends_with('%');
  const std::string text(trimmed(std::string_view(typed).substr(0, typed.size() - (percent ? 1 : 0))));
  const std::string ways = two_readings(text.starts_with("\xC2\xA3") ? text.substr(2) : text);
  return ways.empty() ? why : "“" + typed + "” can be read as " + ways + ", so it was taken for neither. " + why;
}

Result<PrintedCell> printed_cell(const std::string& printed, bool decimal_comma) {
  PrintedCell cell;
  cell.text = printed;
  std::string text = visible(printed);
  drop_marks(text);
  if (says_unknown(text)) return cell;
  const auto refused = [&]() -> Result<PrintedCell> {
    const std::string hidden = invisible_in(printed);
    return invalid(
        hidden.empty()
            ? tr("Write amounts in pounds and pence, such as 1,250.00.")
            : tr("It holds what cannot be seen: {0}. Write amounts in pounds and pence, such as 1,250.00.", {hidden}));
  };
  if (lowered(text) == "nil") text = "0";
  bool pound = false, minus = false, dash = false, bracket = false;
  for (bool more = true; more;) {
    more = false;
    for (const char* sign : {"-", "\xE2\x88\x92", "\xE2\x80\x93"})
      if (drop_prefix(text, sign)) {
        if (dash) return refused();
        dash = minus = more = true;
      }
    if (drop_prefix(text, "\xC2\xA3")) {
      if (pound) return refused();
      pound = more = true;
    }
    if (text.size() > 2 && text.front() == '(' && text.back() == ')' && !bracket) {
      text = text.substr(1, text.size() - 2);
      bracket = minus = more = true;
    }
    if (drop_prefix(text, "+") || drop_prefix(text, " ")) more = true;
  }
  while (drop_suffix(text, " ")) {
  }
  for (const char* sign : {"-", "\xE2\x88\x92"})
    if (text.size() > 1 && drop_suffix(text, sign)) {
      if (minus) return refused();
      minus = true;
    }
  if (dash && bracket) return refused();
  if (text.empty() && pound && dash) {  // "£-": how accounts print nought
    cell.kind = PrintedCell::Kind::money;
    return cell;
  }
  const bool percent = drop_suffix(text, "%");
  while (drop_suffix(text, " ")) {
  }
  if (!decimal_comma && !(percent && text.find('.') != std::string::npos)) {
    cell.two_ways = two_readings(text);
    if (!cell.two_ways.empty()) return cell;
  }
  const std::string number = plain_number(text, decimal_comma);
  if (number.empty() || (percent && pound)) return refused();
  cell.decimals = decimals_in(number);
  const std::string whole = (minus ? "-" : "") + number;
  if (percent) {
    const auto read = Fraction::parse(whole);
    if (!read) return pass_on(read);
    cell.kind = PrintedCell::Kind::percent;
    cell.percent = *read;
    return cell;
  }
  if (cell.decimals > 2)
    return invalid(
        tr("It has {0} behind the point, and an amount of money has two, the pence. If it was worked out "
           "and not rounded, write it as it is paid, to the penny or the pound.",
           {plural(cell.decimals, "digit", "digits")}));
  const auto money = Money::parse(whole);
  if (!money) return pass_on(money);
  cell.kind = PrintedCell::Kind::money;
  cell.money = *money;
  return cell;
}

}  // namespace tithing::allocation
