// Whole numbers and fractions without a limit of size. Formulas multiply many totals together (ten indicators, each
// with a total of its own), which leaves 64 and 128 bits soon; rounding before the last step is what makes published
// tables wrong.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/money.h"
#include "base/result.h"

namespace tithing::allocation {

// Boost.Multiprecision's cpp_int in a place of its size, so that its headers stay in one file.
class Integer {
 public:
  Integer() : Integer(0) {}
  Integer(std::int64_t value);
  static Integer power_of_ten(int exponent);  // precondition: exponent >= 0
  Integer(const Integer& other);
  Integer(Integer&& other) noexcept;
  Integer& operator=(const Integer& other);
  Integer& operator=(Integer&& other) noexcept;
  ~Integer();

  bool zero() const;
  bool negative() const;
  std::optional<std::int64_t> to_int64() const;
  std::string text() const;  // decimal digits, with a minus sign where needed

  Integer operator-() const;
  Integer& operator+=(const Integer& other);
  Integer& operator-=(const Integer& other);
  Integer& operator*=(const Integer& other);
  friend Integer operator+(Integer a, const Integer& b) { return std::move(a += b); }
  friend Integer operator-(Integer a, const Integer& b) { return std::move(a -= b); }
  friend Integer operator*(const Integer& a, const Integer& b);
  friend std::strong_ordering operator<=>(const Integer& a, const Integer& b);
  friend bool operator==(const Integer& a, const Integer& b);

  struct Division;
  // Towards minus infinity, so that 0 <= remainder < divisor. Precondition: divisor > 0.
  static Division divide(const Integer& dividend, const Integer& divisor);
  static Integer greatest_common_divisor(const Integer& a, const Integer& b);  // of the magnitudes

 private:
  struct Held;  // the number that stands in `place_`
  alignas(16) std::byte place_[32];
};

struct Integer::Division {
  Integer quotient;
  Integer remainder;
};

// A fraction in lowest terms, denominator > 0.
class Fraction {
 public:
  Fraction() : denominator_(1) {}
  Fraction(std::int64_t value) : numerator_(value), denominator_(1) {}
  Fraction(Integer numerator, Integer denominator);  // precondition: the denominator is not zero
  static Fraction of(Money money) { return Fraction(money.pence); }
  // "50", "16.4", "-0.5", "1/3", "170,002": exactly what is written. A problem says what to write.
  static Result<Fraction> parse(std::string_view text);

  const Integer& numerator() const { return numerator_; }
  const Integer& denominator() const { return denominator_; }
  bool zero() const { return numerator_.zero(); }
  bool negative() const { return numerator_.negative(); }
  bool whole() const { return denominator_ == Integer(1); }
  Integer floor() const;
  Integer nearest() const;  // halves away from zero

  friend Fraction operator+(const Fraction& a, const Fraction& b);
  friend Fraction operator-(const Fraction& a, const Fraction& b);
  friend Fraction operator*(const Fraction& a, const Fraction& b);
  friend Fraction operator/(const Fraction& a, const Fraction& b);  // precondition: b is not zero
  Fraction operator-() const { return Fraction(0) - *this; }
  friend std::strong_ordering operator<=>(const Fraction& a, const Fraction& b);
  friend bool operator==(const Fraction& a, const Fraction& b) {
    return a.numerator_ == b.numerator_ && a.denominator_ == b.denominator_;
  }

  // Rounded to that many decimals, halves away from zero: "13.5956", "-0.50".
  std::string decimal(int decimals) const;
  // As short as it can be said exactly: "16.4" when the decimals end within twelve, otherwise "1/3".
  std::string text() const;

 private:
  Integer numerator_;
  Integer denominator_;
};

// Pence to Money; invalid when it leaves 64 bits.
Result<Money> to_money(const Integer& pence);

}  // namespace tithing::allocation
