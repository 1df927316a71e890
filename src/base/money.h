// Money in whole pence and shares as exact fractions. No double ever touches either.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace tithing {

struct Money {
  std::int64_t pence = 0;
  static Result<Money> parse(std::string_view text);  // "£1,234.56", "1234.5", "-12", up to +/- £90,000,000,000,000
  std::string text() const;                           // "£1,234.56"
  std::string pounds() const;                         // "£1,235", to the nearest pound, halves away from zero
  std::string plain() const;                          // "1234.56", for files and JSON
  friend auto operator<=>(const Money&, const Money&) = default;
};

// Sums that leave 64 bits are a problem, never a wrapped number.
Result<Money> add(Money a, Money b);
Result<Money> subtract(Money a, Money b);

// An exact fraction, always in lowest terms, denominator > 0.
class Share {
 public:
  constexpr Share() = default;  // zero
  static Result<Share> of(std::int64_t numerator, std::int64_t denominator);
  std::int64_t numerator() const { return numerator_; }
  std::int64_t denominator() const { return denominator_; }
  // `money` x this share, cut towards zero to whole pence; the exact product never overflows.
  Result<Money> of_money_truncated(Money money) const;
  friend bool operator==(const Share&, const Share&) = default;

 private:
  std::int64_t numerator_ = 0;
  std::int64_t denominator_ = 1;
};

}  // namespace tithing
