#include "base/money.h"

#include <cstdlib>
#include <limits>
#include <numeric>

#include "base/text.h"
#include "base/translation.h"

namespace tithing {
namespace {
__extension__ typedef __int128 Wide;
constexpr std::int64_t kLargestPounds = 90'000'000'000'000;
const char* const kHowToWrite = "Write the amount in pounds and pence, for example 1,234.56.";
}  // namespace

Result<Money> Money::parse(std::string_view text) {
  std::string_view rest = trimmed(text);
  bool negative = false;
  if (rest.starts_with('-')) {
    negative = true;
    rest.remove_prefix(1);
  }
  if (rest.starts_with("\xC2\xA3")) rest.remove_prefix(2);
  std::int64_t pounds = 0;
  int digits = 0, since_comma = -1;
  std::size_t i = 0;
  for (; i < rest.size() && rest[i] != '.'; ++i) {
    if (rest[i] == ',') {
      if (digits == 0 || digits > 3 + (since_comma >= 0 ? 1000 : 0) || (since_comma >= 0 && since_comma != 3))
        return invalid(kHowToWrite);
      since_comma = 0;
      continue;
    }
    if (rest[i] < '0' || rest[i] > '9') return invalid(kHowToWrite);
    pounds = pounds * 10 + (rest[i] - '0');
    ++digits;
    if (since_comma >= 0) ++since_comma;
    if (pounds > kLargestPounds) return invalid(tr("The amount is too large. The largest is 90,000,000,000,000."));
  }
  if (digits == 0 || (since_comma >= 0 && since_comma != 3)) return invalid(kHowToWrite);
  std::int64_t pence = 0;
  if (i < rest.size()) {
    const std::string_view decimals = rest.substr(i + 1);
    if (decimals.empty() || decimals.size() > 2) return invalid(kHowToWrite);
    for (const char c : decimals) {
      if (c < '0' || c > '9') return invalid(kHowToWrite);
      pence = pence * 10 + (c - '0');
    }
    if (decimals.size() == 1) pence *= 10;
  }
  const std::int64_t total = pounds * 100 + pence;
  return Money{negative ? -total : total};
}

std::string Money::text() const {
  const std::uint64_t size = pence < 0 ? 0 - static_cast<std::uint64_t>(pence) : static_cast<std::uint64_t>(pence);
  std::string out = pence < 0 ? "-\xC2\xA3" : "\xC2\xA3";
  out += grouped(static_cast<std::int64_t>(size / 100));
  const auto rest = size % 100;
  out += '.';
  out += static_cast<char>('0' + rest / 10);
  out += static_cast<char>('0' + rest % 10);
  return out;
}

std::string Money::pounds() const {
  const std::uint64_t size = pence < 0 ? 0 - static_cast<std::uint64_t>(pence) : static_cast<std::uint64_t>(pence);
  return (pence < 0 ? "-\xC2\xA3" : "\xC2\xA3") + grouped(static_cast<std::int64_t>((size + 50) / 100));
}

std::string Money::plain() const {
  std::string out;
  for (const char c : text())
    if ((c >= '0' && c <= '9') || c == '.' || c == '-') out += c;
  return out;
}

Result<Money> add(Money a, Money b) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(a.pence, b.pence, &sum)) return invalid(tr("The sum is too large to hold."));
  return Money{sum};
}

Result<Money> subtract(Money a, Money b) {
  std::int64_t difference = 0;
  if (__builtin_sub_overflow(a.pence, b.pence, &difference)) return invalid(tr("The difference is too large to hold."));
  return Money{difference};
}

Result<Share> Share::of(std::int64_t numerator, std::int64_t denominator) {
  if (denominator == 0) return invalid(tr("A share needs a whole that is not zero."));
  if (numerator == std::numeric_limits<std::int64_t>::min() || denominator == std::numeric_limits<std::int64_t>::min())
    return invalid(tr("The share is too large to hold."));
  const std::int64_t divisor = std::gcd(numerator, denominator);
  Share share;
  share.numerator_ = (denominator < 0 ? -numerator : numerator) / divisor;
  share.denominator_ = std::abs(denominator) / divisor;
  return share;
}

Result<Money> Share::of_money_truncated(Money money) const {
  const Wide exact = static_cast<Wide>(money.pence) * numerator_ / denominator_;
  if (exact > std::numeric_limits<std::int64_t>::max() || exact < std::numeric_limits<std::int64_t>::min())
    return invalid(tr("The amount is too large to hold."));
  return Money{static_cast<std::int64_t>(exact)};
}

}  // namespace tithing
