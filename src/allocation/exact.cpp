#include "allocation/exact.h"

#include <boost/multiprecision/cpp_int.hpp>

#include <limits>
#include <new>
#include <utility>

#include "base/text.h"
#include "base/translation.h"

namespace tithing::allocation {

using Number = boost::multiprecision::number<boost::multiprecision::cpp_int_backend<>, boost::multiprecision::et_off>;

struct Integer::Held {
  static_assert(sizeof(Number) <= sizeof(Integer) && alignof(Number) <= alignof(Integer));
  static Number& of(Integer& a) { return *std::launder(reinterpret_cast<Number*>(a.place_)); }
  static const Number& of(const Integer& a) { return *std::launder(reinterpret_cast<const Number*>(a.place_)); }
  template <class... Arguments>
  static void make(Integer& a, Arguments&&... arguments) {
    ::new (static_cast<void*>(a.place_)) Number(std::forward<Arguments>(arguments)...);
  }
};

Integer::Integer(std::int64_t value) { Held::make(*this, value); }
Integer::Integer(const Integer& other) { Held::make(*this, Held::of(other)); }
Integer::Integer(Integer&& other) noexcept { Held::make(*this, std::move(Held::of(other))); }
Integer& Integer::operator=(const Integer& other) {
  Held::of(*this) = Held::of(other);
  return *this;
}
Integer& Integer::operator=(Integer&& other) noexcept {
  Held::of(*this) = std::move(Held::of(other));
  return *this;
}
Integer::~Integer() { Held::of(*this).~Number(); }

Integer Integer::power_of_ten(int exponent) {
  Integer out;
  Held::of(out) = boost::multiprecision::pow(Number(10), static_cast<unsigned>(exponent));
  return out;
}

bool Integer::zero() const { return Held::of(*this).is_zero(); }
bool Integer::negative() const { return Held::of(*this).sign() < 0; }

std::optional<std::int64_t> Integer::to_int64() const {
  const Number& number = Held::of(*this);
  if (number < std::numeric_limits<std::int64_t>::min() || number > std::numeric_limits<std::int64_t>::max())
    return std::nullopt;
  return number.convert_to<std::int64_t>();
}

std::string Integer::text() const { return Held::of(*this).str(); }

Integer Integer::operator-() const {
  Integer out = *this;
  Held::of(out).backend().negate();
  return out;
}

Integer& Integer::operator+=(const Integer& other) {
  Held::of(*this) += Held::of(other);
  return *this;
}

Integer& Integer::operator-=(const Integer& other) {
  Held::of(*this) -= Held::of(other);
  return *this;
}

Integer& Integer::operator*=(const Integer& other) {
  Held::of(*this) *= Held::of(other);
  return *this;
}

Integer operator*(const Integer& a, const Integer& b) {
  Integer out;
  boost::multiprecision::multiply(Integer::Held::of(out), Integer::Held::of(a), Integer::Held::of(b));
  return out;
}

std::strong_ordering operator<=>(const Integer& a, const Integer& b) {
  return Integer::Held::of(a).compare(Integer::Held::of(b)) <=> 0;
}

bool operator==(const Integer& a, const Integer& b) { return Integer::Held::of(a) == Integer::Held::of(b); }

Integer::Division Integer::divide(const Integer& dividend, const Integer& divisor) {
  Division out;
  boost::multiprecision::divide_qr(Held::of(dividend), Held::of(divisor), Held::of(out.quotient),
                                   Held::of(out.remainder));
  if (out.remainder.negative()) {
    out.remainder += divisor;
    --Held::of(out.quotient);
  }
  return out;
}

Integer Integer::greatest_common_divisor(const Integer& a, const Integer& b) {
  Integer out;
  Held::of(out) = boost::multiprecision::gcd(Held::of(a), Held::of(b));
  return out;
}

Fraction::Fraction(Integer numerator, Integer denominator)
    : numerator_(std::move(numerator)), denominator_(std::move(denominator)) {
  if (denominator_.negative()) {
    numerator_ = -numerator_;
    denominator_ = -denominator_;
  }
  const Integer common = Integer::greatest_common_divisor(numerator_, denominator_);
  if (common != Integer(1)) {
    numerator_ = numerator_.negative() ? -Integer::divide(-numerator_, common).quotient
                                       : Integer::divide(numerator_, common).quotient;
    denominator_ = Integer::divide(denominator_, common).quotient;
  }
}

Result<Fraction> Fraction::parse(std::string_view text) {
  constexpr std::size_t kLongest = 60;
  const auto refused = [] { return invalid(tr("Write a number, for example 12.5, or a fraction, for example 1/3.")); };
  std::string_view rest = trimmed(text);
  if (rest.empty() || rest.size() > kLongest) return refused();
  if (const auto slash = rest.find('/'); slash != std::string_view::npos) {
    const auto above = parse(rest.substr(0, slash)), below = parse(rest.substr(slash + 1));
    if (!above || !below || below->zero() || rest.find('/', slash + 1) != std::string_view::npos) return refused();
    return *above / *below;
  }
  const bool negative = rest.starts_with('-');
  if (negative) rest.remove_prefix(1);
  Integer digits;
  int decimals = -1, count = 0;
  std::size_t since_comma = 0;
  bool comma = false;
  for (const char c : rest) {
    if (c == '.') {
      if (decimals >= 0 || (comma && since_comma != 3)) return refused();
      decimals = 0;
    } else if (c == ',') {
      if (decimals >= 0 || count == 0 || count > (comma ? count : 3) || (comma && since_comma != 3)) return refused();
      comma = true;
      since_comma = 0;
    } else if (c >= '0' && c <= '9') {
      digits = digits * Integer(10) + Integer(c - '0');
      ++count;
      ++since_comma;
      if (decimals >= 0) ++decimals;
    } else {
      return refused();
    }
  }
  if (count == 0 || decimals == 0 || (comma && decimals < 0 && since_comma != 3)) return refused();
  return Fraction(negative ? -digits : digits, Integer::power_of_ten(decimals < 0 ? 0 : decimals));
}

Integer Fraction::floor() const { return Integer::divide(numerator_, denominator_).quotient; }

Integer Fraction::nearest() const {
  const Integer size = numerator_.negative() ? -numerator_ : numerator_;
  const Integer rounded = Integer::divide(size * Integer(2) + denominator_, denominator_ * Integer(2)).quotient;
  return numerator_.negative() ? -rounded : rounded;
}

Fraction operator+(const Fraction& a, const Fraction& b) {
  if (a.denominator_ == b.denominator_) return {a.numerator_ + b.numerator_, a.denominator_};
  return {a.numerator_ * b.denominator_ + b.numerator_ * a.denominator_, a.denominator_ * b.denominator_};
}
Fraction operator-(const Fraction& a, const Fraction& b) {
  if (a.denominator_ == b.denominator_) return {a.numerator_ - b.numerator_, a.denominator_};
  return {a.numerator_ * b.denominator_ - b.numerator_ * a.denominator_, a.denominator_ * b.denominator_};
}
Fraction operator*(const Fraction& a, const Fraction& b) {
  return {a.numerator_ * b.numerator_, a.denominator_ * b.denominator_};
}
Fraction operator/(const Fraction& a, const Fraction& b) {
  return {a.numerator_ * b.denominator_, a.denominator_ * b.numerator_};
}
std::strong_ordering operator<=>(const Fraction& a, const Fraction& b) {
  if (a.denominator_ == b.denominator_) return a.numerator_ <=> b.numerator_;
  return a.numerator_ * b.denominator_ <=> b.numerator_ * a.denominator_;
}

std::string Fraction::decimal(int decimals) const {
  const Integer scaled = (*this * Fraction(Integer::power_of_ten(decimals), Integer(1))).nearest();
  std::string digits = (scaled.negative() ? -scaled : scaled).text();
  if (decimals > 0) {
    if (digits.size() <= static_cast<std::size_t>(decimals))
      digits.insert(0, static_cast<std::size_t>(decimals) + 1 - digits.size(), '0');
    digits.insert(digits.size() - static_cast<std::size_t>(decimals), ".");
  }
  return (scaled.negative() ? "-" : "") + digits;
}

std::string Fraction::text() const {
  constexpr int kMostDecimals = 12;
  Integer power(1);
  for (int decimals = 0; decimals <= kMostDecimals; ++decimals, power *= Integer(10))
    if (Integer::divide(power, denominator_).remainder.zero()) return decimal(decimals);
  return numerator_.text() + "/" + denominator_.text();
}

Result<Money> to_money(const Integer& pence) {
  const auto small = pence.to_int64();
  if (!small) return invalid(tr("The amount is too large to hold: {0} pence.", {pence.text()}));
  return Money{*small};
}

}  // namespace tithing::allocation
