#include "allocation/exact.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <utility>

#include "base/text.h"

namespace tithing::allocation {
namespace {
__extension__ typedef unsigned __int128 Wide;
__extension__ typedef __int128 SignedWide;
constexpr int kLimbBits = 64;
}  // namespace

Integer::Integer(std::int64_t value) : negative_(value < 0) {
  const std::uint64_t size = negative_ ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
  if (size != 0) limbs_.push_back(size);
}

Integer Integer::power_of_ten(int exponent) {
  Integer out(1);
  for (int i = 0; i < exponent; ++i) out *= Integer(10);
  return out;
}

std::size_t Integer::bits() const {
  return limbs_.empty() ? 0 : limbs_.size() * kLimbBits - static_cast<std::size_t>(std::countl_zero(limbs_.back()));
}

std::optional<std::int64_t> Integer::to_int64() const {
  if (limbs_.empty()) return 0;
  constexpr std::uint64_t kTop = std::uint64_t{1} << 63;
  if (limbs_.size() > 1 || limbs_[0] > (negative_ ? kTop : kTop - 1)) return std::nullopt;
  return static_cast<std::int64_t>(negative_ ? 0 - limbs_[0] : limbs_[0]);
}

std::string Integer::text() const {
  if (limbs_.empty()) return "0";
  constexpr std::uint64_t kChunk = 1'000'000'000'000'000'000;
  std::vector<std::uint64_t> rest = limbs_;
  std::string digits;  // least first
  while (!rest.empty()) {
    Wide carry = 0;
    for (std::size_t i = rest.size(); i-- > 0;) {
      carry = (carry << kLimbBits) | rest[i];
      rest[i] = static_cast<std::uint64_t>(carry / kChunk);
      carry %= kChunk;
    }
    while (!rest.empty() && rest.back() == 0) rest.pop_back();
    auto chunk = static_cast<std::uint64_t>(carry);
    for (int i = 0; i < 18 && (chunk != 0 || !rest.empty()); ++i, chunk /= 10)
      digits += static_cast<char>('0' + chunk % 10);
  }
  if (negative_) digits += '-';
  return {digits.rbegin(), digits.rend()};
}

void Integer::trim() {
  while (!limbs_.empty() && limbs_.back() == 0) limbs_.pop_back();
  if (limbs_.empty()) negative_ = false;
}

std::strong_ordering Integer::compare_magnitudes(const Integer& a, const Integer& b) {
  if (a.limbs_.size() != b.limbs_.size()) return a.limbs_.size() <=> b.limbs_.size();
  for (std::size_t i = a.limbs_.size(); i-- > 0;)
    if (a.limbs_[i] != b.limbs_[i]) return a.limbs_[i] <=> b.limbs_[i];
  return std::strong_ordering::equal;
}

void Integer::add_magnitude(const Integer& other) {
  if (limbs_.size() < other.limbs_.size()) limbs_.resize(other.limbs_.size(), 0);
  Wide carry = 0;
  for (std::size_t i = 0; i < limbs_.size(); ++i) {
    if (i >= other.limbs_.size() && carry == 0) return;
    carry += limbs_[i];
    if (i < other.limbs_.size()) carry += other.limbs_[i];
    limbs_[i] = static_cast<std::uint64_t>(carry);
    carry >>= kLimbBits;
  }
  if (carry != 0) limbs_.push_back(static_cast<std::uint64_t>(carry));
}

void Integer::subtract_magnitude(const Integer& other) {
  std::uint64_t borrow = 0;
  for (std::size_t i = 0; i < limbs_.size(); ++i) {
    if (i >= other.limbs_.size() && borrow == 0) break;
    const Wide taken = Wide(i < other.limbs_.size() ? other.limbs_[i] : 0) + borrow;
    borrow = taken > limbs_[i] ? 1 : 0;
    limbs_[i] = static_cast<std::uint64_t>(limbs_[i] - taken);
  }
  trim();
}

Integer Integer::operator-() const {
  Integer out = *this;
  if (!out.zero()) out.negative_ = !out.negative_;
  return out;
}

Integer& Integer::operator+=(const Integer& other) {
  if (negative_ == other.negative_) {
    add_magnitude(other);
  } else if (compare_magnitudes(*this, other) >= 0) {
    subtract_magnitude(other);
  } else {
    Integer larger = other;
    larger.subtract_magnitude(*this);
    *this = std::move(larger);
  }
  return *this;
}

Integer& Integer::operator-=(const Integer& other) { return *this += -other; }

Integer operator*(const Integer& a, const Integer& b) {
  Integer out;
  if (a.zero() || b.zero()) return out;
  out.limbs_.assign(a.limbs_.size() + b.limbs_.size(), 0);
  for (std::size_t i = 0; i < a.limbs_.size(); ++i) {
    Wide carry = 0;
    for (std::size_t j = 0; j < b.limbs_.size(); ++j) {
      carry += Wide(a.limbs_[i]) * b.limbs_[j] + out.limbs_[i + j];
      out.limbs_[i + j] = static_cast<std::uint64_t>(carry);
      carry >>= kLimbBits;
    }
    out.limbs_[i + b.limbs_.size()] = static_cast<std::uint64_t>(carry);
  }
  out.negative_ = a.negative_ != b.negative_;
  out.trim();
  return out;
}

Integer& Integer::operator*=(const Integer& other) { return *this = *this * other; }

std::strong_ordering operator<=>(const Integer& a, const Integer& b) {
  if (a.negative_ != b.negative_) return a.negative_ ? std::strong_ordering::less : std::strong_ordering::greater;
  return a.negative_ ? Integer::compare_magnitudes(b, a) : Integer::compare_magnitudes(a, b);
}

// Knuth, The Art of Computer Programming 2, 4.3.1, algorithm D, in base 2^64.
Integer::Division Integer::divide(const Integer& dividend, const Integer& divisor) {
  Division out;
  const std::size_t n = divisor.limbs_.size();
  if (compare_magnitudes(dividend, divisor) < 0) {
    out.remainder = dividend;
  } else if (n == 1) {
    out.quotient.limbs_.resize(dividend.limbs_.size());
    Wide rest = 0;
    for (std::size_t i = dividend.limbs_.size(); i-- > 0;) {
      rest = (rest << kLimbBits) | dividend.limbs_[i];
      out.quotient.limbs_[i] = static_cast<std::uint64_t>(rest / divisor.limbs_[0]);
      rest %= divisor.limbs_[0];
    }
    if (rest != 0) out.remainder.limbs_.push_back(static_cast<std::uint64_t>(rest));
  } else {
    const int shift = std::countl_zero(divisor.limbs_.back());
    const auto shifted = [shift](const std::vector<std::uint64_t>& from, std::size_t size) {
      std::vector<std::uint64_t> to(size, 0);
      for (std::size_t i = 0; i < size; ++i) {
        if (i < from.size()) to[i] = from[i] << shift;
        if (shift != 0 && i > 0 && i - 1 < from.size()) to[i] |= from[i - 1] >> (kLimbBits - shift);
      }
      return to;
    };
    std::vector<std::uint64_t> u = shifted(dividend.limbs_, dividend.limbs_.size() + 1);
    const std::vector<std::uint64_t> v = shifted(divisor.limbs_, n);
    out.quotient.limbs_.assign(dividend.limbs_.size() - n + 1, 0);
    for (std::size_t j = out.quotient.limbs_.size(); j-- > 0;) {
      const Wide top = (Wide(u[j + n]) << kLimbBits) | u[j + n - 1];
      Wide guess = top / v[n - 1], rest = top % v[n - 1];
      while ((guess >> kLimbBits) != 0 || guess * v[n - 2] > ((rest << kLimbBits) | u[j + n - 2])) {
        --guess;
        rest += v[n - 1];
        if ((rest >> kLimbBits) != 0) break;
      }
      std::uint64_t borrow = 0;
      Wide carry = 0;
      for (std::size_t i = 0; i < n; ++i) {
        carry += guess * v[i];
        const Wide taken = Wide(static_cast<std::uint64_t>(carry)) + borrow;
        carry >>= kLimbBits;
        borrow = taken > u[i + j] ? 1 : 0;
        u[i + j] = static_cast<std::uint64_t>(u[i + j] - taken);
      }
      const Wide taken = carry + borrow;
      borrow = taken > u[j + n] ? 1 : 0;
      u[j + n] = static_cast<std::uint64_t>(u[j + n] - taken);
      if (borrow != 0) {  // the guess was one too large
        --guess;
        Wide add = 0;
        for (std::size_t i = 0; i < n; ++i) {
          add += Wide(u[i + j]) + v[i];
          u[i + j] = static_cast<std::uint64_t>(add);
          add >>= kLimbBits;
        }
        u[j + n] += static_cast<std::uint64_t>(add);
      }
      out.quotient.limbs_[j] = static_cast<std::uint64_t>(guess);
    }
    out.remainder.limbs_.assign(n, 0);
    for (std::size_t i = 0; i < n; ++i) {
      out.remainder.limbs_[i] = u[i] >> shift;
      if (shift != 0) out.remainder.limbs_[i] |= u[i + 1] << (kLimbBits - shift);
    }
  }
  out.remainder.negative_ = dividend.negative_;
  out.quotient.negative_ = dividend.negative_;
  out.remainder.trim();
  out.quotient.trim();
  if (out.remainder.negative()) {
    out.remainder += divisor;
    out.quotient -= Integer(1);
  }
  return out;
}

std::uint64_t Integer::window(std::size_t shift) const {
  const std::size_t limb = shift / kLimbBits, bit = shift % kLimbBits;
  std::uint64_t out = limb < limbs_.size() ? limbs_[limb] >> bit : 0;
  if (bit != 0 && limb + 1 < limbs_.size()) out |= limbs_[limb + 1] << (kLimbBits - bit);
  return out;
}

Integer Integer::combined(std::int64_t p, const Integer& a, std::int64_t q, const Integer& b) {
  Integer out;
  out.limbs_.resize(std::max(a.limbs_.size(), b.limbs_.size()));
  SignedWide carry = 0;
  for (std::size_t i = 0; i < out.limbs_.size(); ++i) {
    // The factors have opposite signs and 62 bits: the sum of the products fits.
    if (i < a.limbs_.size()) carry += static_cast<SignedWide>(p) * static_cast<SignedWide>(Wide(a.limbs_[i]));
    if (i < b.limbs_.size()) carry += static_cast<SignedWide>(q) * static_cast<SignedWide>(Wide(b.limbs_[i]));
    out.limbs_[i] = static_cast<std::uint64_t>(carry);
    carry >>= kLimbBits;
  }
  out.trim();
  return out;
}

// Lehmer's algorithm: Knuth, The Art of Computer Programming 2, 4.5.2, algorithm L. Many steps of Euclid's are made on
// the 62 leading bits, and then on the whole numbers at once.
Integer Integer::greatest_common_divisor(Integer a, Integer b) {
  constexpr std::size_t kWindow = 62;
  a.negative_ = b.negative_ = false;
  if (compare_magnitudes(a, b) < 0) std::swap(a, b);
  while (!b.zero()) {
    if (a.limbs_.size() <= 1) {
      Integer out;
      if (const std::uint64_t common = std::gcd(a.low_limb(), b.low_limb()); common != 0) out.limbs_.push_back(common);
      return out;
    }
    const std::size_t shift = a.bits() - kWindow;
    auto x = static_cast<std::int64_t>(a.window(shift)), y = static_cast<std::int64_t>(b.window(shift));
    std::int64_t p = 1, q = 0, r = 0, s = 1;
    while (y + r != 0 && y + s != 0) {
      const std::int64_t quotient = (x + p) / (y + r);
      if (quotient != (x + q) / (y + s)) break;
      p = std::exchange(r, p - quotient * r);
      q = std::exchange(s, q - quotient * s);
      x = std::exchange(y, x - quotient * y);
    }
    if (q == 0) {
      Integer rest = divide(a, b).remainder;
      a = std::exchange(b, std::move(rest));
    } else {
      Integer next = combined(p, a, q, b);
      b = combined(r, a, s, b);
      a = std::move(next);
    }
  }
  return a;
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
  const auto refused = [] { return invalid("Write a number, for example 12.5, or a fraction, for example 1/3."); };
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
  if (!small) return invalid("The amount is too large to hold: " + pence.text() + " pence.");
  return Money{*small};
}

}  // namespace tithing::allocation
