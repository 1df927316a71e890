#include "allocation/imported_numbers.h"

#include <algorithm>

#include "base/text.h"
#include "base/translation.h"

namespace tithing::allocation {

Result<Fraction> ImportedNumbers::read(const std::string& cell) const {
  std::string text = visible(cell);
  const std::string said = "“" + text + "”";
  if (text.empty())
    return invalid(tr("there is no value. A missing value is not nought: give it, or leave the indicator out."));
  if (text.ends_with('%'))
    return invalid(tr("{0} is a percentage. Write the number alone in every row, without the sign.", {said}));
  bool minus = false;
  if (text.size() > 2 && text.front() == '(' && text.back() == ')') {
    minus = true;
    text = text.substr(1, text.size() - 2);
  } else if (text.size() > 1 && text.ends_with('-')) {
    minus = true;
    text.pop_back();
  }
  const auto refused = [&]() -> Result<Fraction> {
    const auto exponent = text.find_first_of("eE");
    if (exponent != std::string::npos && exponent > 0 && text[exponent - 1] >= '0' && text[exponent - 1] <= '9')
      return invalid(
          tr("{0} is written with a power of ten, as spreadsheets shorten numbers. Write it in full.", {said}));
    const std::string hidden = invisible_in(cell);
    return invalid(hidden.empty() ? tr("{0} is not a number.", {said})
                                  : tr("{0} is not a number. It holds what cannot be seen: {1}.", {said, hidden}));
  };
  if (manner_.plain()) {
    const std::string number = plain_number(text, true);
    auto read = number.empty() ? Result<Fraction>(invalid(std::string())) : Fraction::parse(number);
    if (!read) return refused();
    return minus ? -*read : *read;
  }
  if (const std::string ways = two_readings(text);
      !ways.empty() && !(manner_.point() && text.find(',') == std::string::npos))
    return invalid(
        text.find('.') == std::string::npos
            ? tr("{0} can be read as {1}, and nothing in the table says which. Write it as one of the two.",
                 {said, ways})
            : tr("{0} can be read as {1}, and nothing in the table says which. Write it as one of the two, the "
                 "second with a fourth decimal.",
                 {said, ways}));
  // Groups of thousands by a space or an apostrophe; anything else a fraction may be is left as it is.
  if (text.find_first_of(" '") != std::string::npos) {
    text = plain_number(text, false);
    if (text.empty()) {
      text = said;
      return refused();
    }
  }
  auto read = Fraction::parse(text);
  if (!read) return refused();
  return minus ? -*read : *read;
}

}  // namespace tithing::allocation
