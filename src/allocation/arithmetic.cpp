#include "allocation/arithmetic.h"

namespace tithing::allocation {
namespace {

__extension__ typedef unsigned __int128 Wide;

Integer quotient_of(const Integer& a, const Integer& b) { return Integer::divide(a, b).quotient; }

}  // namespace

// --- exact
// ------------------------------------------------------------------------------------------------------------

std::int64_t ExactArithmetic::to_units(const Scalar& pence, std::int64_t unit, bool nearest) {
  const Fraction units = pence / Fraction(unit);
  return ((nearest ? units.nearest() : units.floor()) * Integer(unit)).to_int64().value_or(0);
}

ExactArithmetic::Vector ExactArithmetic::zeros(std::size_t count) {
  Vector out;
  out.n.resize(count);
  return out;
}

Integer ExactArithmetic::sum(const Vector& amounts) {
  Integer out;
  for (const Integer& n : amounts.n) out += n;
  return out;
}

void ExactArithmetic::reduce(Vector& amounts) {
  Integer common = amounts.d;
  for (const Integer& n : amounts.n) {
    if (common == Integer(1)) return;
    common = Integer::greatest_common_divisor(common, n);
  }
  if (common == Integer(1)) return;
  amounts.d = quotient_of(amounts.d, common);
  for (Integer& n : amounts.n) n = n.negative() ? -quotient_of(-n, common) : quotient_of(n, common);
}

void ExactArithmetic::add_shared(Vector& amounts, const Scalar& money, const Shares& shares) {
  const Integer denominator = money.denominator() * shares.d;
  const Integer common = Integer::greatest_common_divisor(amounts.d, denominator);
  const Integer mine = quotient_of(denominator, common), theirs = quotient_of(amounts.d, common) * money.numerator();
  for (std::size_t i = 0; i < amounts.n.size(); ++i) amounts.n[i] = amounts.n[i] * mine + shares.n[i] * theirs;
  amounts.d *= mine;
  reduce(amounts);
}

void ExactArithmetic::scale(Vector& amounts, const Scalar& by) {
  for (Integer& n : amounts.n) n *= by.numerator();
  amounts.d *= by.denominator();
  reduce(amounts);
}

ExactArithmetic::Shares ExactArithmetic::mix(const std::vector<Shares>& indicators,
                                             const std::vector<Scalar>& weights) {
  Integer denominator(1);
  for (const Scalar& weight : weights)
    denominator = denominator * quotient_of(weight.denominator(),
                                            Integer::greatest_common_divisor(denominator, weight.denominator()));
  Shares out;
  out.n.resize(indicators.empty() ? 0 : indicators.front().n.size());
  out.d = denominator;
  for (const Shares& indicator : indicators) out.d *= indicator.d;
  for (std::size_t k = 0; k < indicators.size(); ++k) {
    const Integer part = quotient_of(out.d, weights[k].denominator() * indicators[k].d) * weights[k].numerator();
    for (std::size_t i = 0; i < out.n.size(); ++i) out.n[i] += indicators[k].n[i] * part;
  }
  return out;
}

void ExactArithmetic::settle(Vector& amounts, const Factor& factor, const std::vector<std::int64_t>& at) {
  const Integer denominator = amounts.d * factor.q;
  for (std::size_t i = 0; i < amounts.n.size(); ++i)
    amounts.n[i] = at[i] < 0 ? amounts.n[i] * factor.p : Integer(at[i]) * denominator;
  amounts.d = denominator;
  reduce(amounts);
}

// --- fixed point
// --------------------------------------------------------------------------------------------------------

FixedArithmetic::Int FixedArithmetic::product(Int a, Int b) {
  const bool negative = (a < 0) != (b < 0);
  const Wide x = a < 0 ? -Wide(a) : Wide(a), y = b < 0 ? -Wide(b) : Wide(b);
  const Wide x0 = static_cast<std::uint64_t>(x), x1 = x >> 64, y0 = static_cast<std::uint64_t>(y), y1 = y >> 64;
  const Wide size = ((x0 * y0) >> kBits) + ((x0 * y1 + x1 * y0) << (64 - kBits)) + ((x1 * y1) << (128 - kBits));
  return negative ? -Int(size) : Int(size);
}

FixedArithmetic::Int FixedArithmetic::quotient(Int a, Int b) {
  const bool negative = a < 0;
  const Wide divisor = Wide(b);
  Wide rest = negative ? -Wide(a) : Wide(a);
  Wide out = rest / divisor;
  rest %= divisor;
  for (int i = 0; i < kBits; ++i) {
    rest <<= 1;
    out <<= 1;
    if (rest >= divisor) {
      rest -= divisor;
      out |= 1;
    }
  }
  return negative ? -Int(out) : Int(out);
}

FixedArithmetic::Scalar FixedArithmetic::of(const Fraction& value) {
  const Integer scaled = quotient_of(value.numerator() * Integer(std::int64_t{1} << kBits), value.denominator());
  // Pence up to 2^63 in 56 more bits: put together from two halves that fit.
  const auto halves = Integer::divide(scaled, Integer(std::int64_t{1} << 62));
  const Int high = halves.quotient.to_int64().value_or(0);
  return {high * (Int(1) << 62) + *halves.remainder.to_int64()};
}

FixedArithmetic::Shares FixedArithmetic::of(const ExactArithmetic::Shares& shares) {
  Shares out;
  for (const Integer& n : shares.n) out.n.push_back(static_cast<std::uint64_t>(of(Fraction(n, shares.d)).v));
  return out;
}

std::int64_t FixedArithmetic::to_units(Scalar pence, std::int64_t unit, bool nearest) {
  const Int whole = Int(unit) << kBits;
  // What exactly is a whole unit may stand a trace below it here.
  return static_cast<std::int64_t>((pence.v + slack().v + (nearest ? whole / 2 : 0)) / whole) * unit;
}

FixedArithmetic::Int FixedArithmetic::sum(const Vector& amounts) {
  Int out = 0;
  for (const Int n : amounts.n) out += n;
  return out;
}

void FixedArithmetic::add_shared(Vector& amounts, Scalar money, const Shares& shares) {
  for (std::size_t i = 0; i < amounts.n.size(); ++i) amounts.n[i] += product(money.v, Int(shares.n[i]));
}

void FixedArithmetic::scale(Vector& amounts, Scalar by) {
  for (Int& n : amounts.n) n = product(n, by.v);
}

FixedArithmetic::Shares FixedArithmetic::mix(const std::vector<Shares>& indicators,
                                             const std::vector<Scalar>& weights) {
  // A weight and a share are at most 2^56 each: their product has 112 bits, and 2^15 of them can be added.
  Shares out;
  const std::size_t count = indicators.empty() ? 0 : indicators.front().n.size();
  std::vector<Wide> sums(count, 0);
  for (std::size_t k = 0; k < indicators.size(); ++k) {
    const Wide weight = static_cast<std::uint64_t>(weights[k].v);
    const std::uint64_t* values = indicators[k].n.data();
    for (std::size_t i = 0; i < count; ++i) sums[i] += weight * values[i];
  }
  out.n.resize(count);
  for (std::size_t i = 0; i < count; ++i) out.n[i] = static_cast<std::uint64_t>(sums[i] >> kBits);
  return out;
}

void FixedArithmetic::settle(Vector& amounts, Factor factor, const std::vector<std::int64_t>& at) {
  for (std::size_t i = 0; i < amounts.n.size(); ++i)
    amounts.n[i] = at[i] < 0 ? product(amounts.n[i], factor.v) : Int(at[i]) << kBits;
}

}  // namespace tithing::allocation
