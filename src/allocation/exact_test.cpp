#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <limits>

#include "allocation/arithmetic.h"

using namespace tithing;
using namespace tithing::allocation;

namespace {

// The whole range from the first draw on.
template <class T>
rc::Gen<T> sized(rc::Gen<T> gen) {
  return rc::gen::resize(rc::kNominalSize, std::move(gen));
}

Integer random_integer(int limbs) {
  Integer out(0);
  for (int i = 0; i < limbs; ++i) {
    // Limbs of all ones and all noughts are where division guesses wrongly.
    const auto pick = *sized(rc::gen::inRange(0, 4));
    const std::int64_t high = pick == 0   ? 0
                              : pick == 1 ? 0xFFFFFFFF
                                          : *sized(rc::gen::inRange<std::int64_t>(0, 0x100000000));
    const std::int64_t low = pick == 0   ? 0
                             : pick == 1 ? 0xFFFFFFFF
                                         : *sized(rc::gen::inRange<std::int64_t>(0, 0x100000000));
    out = (out * Integer(0x100000000) + Integer(high)) * Integer(0x100000000) + Integer(low);
  }
  return *rc::gen::arbitrary<bool>() ? -out : out;
}

}  // namespace

TEST_CASE("whole numbers of any size") {
  CHECK(Integer(std::numeric_limits<std::int64_t>::min()).text() == "-9223372036854775808");
  CHECK(Integer(std::numeric_limits<std::int64_t>::min()).to_int64() == std::numeric_limits<std::int64_t>::min());
  CHECK_FALSE((Integer(std::numeric_limits<std::int64_t>::max()) + Integer(1)).to_int64());
  CHECK(Integer::power_of_ten(40).text() == "1" + std::string(40, '0'));
  CHECK((Integer::power_of_ten(18) + Integer(7)).text() == "1000000000000000007");
  CHECK(Integer::divide(Integer(-7), Integer(2)).quotient == Integer(-4));
  CHECK(Integer::divide(Integer(-7), Integer(2)).remainder == Integer(1));
  CHECK(rc::check("dividend = quotient x divisor + remainder, and the remainder is smaller", [] {
    const Integer dividend = random_integer(*sized(rc::gen::inRange(1, 9)));
    Integer divisor = random_integer(*sized(rc::gen::inRange(1, 6)));
    if (divisor.negative()) divisor = -divisor;
    if (divisor.zero()) divisor = Integer(1);
    const auto division = Integer::divide(dividend, divisor);
    RC_ASSERT(division.quotient * divisor + division.remainder == dividend);
    RC_ASSERT(!division.remainder.negative());
    RC_ASSERT(division.remainder < divisor);
  }));
  CHECK(rc::check("the greatest common divisor, against Euclid's own steps", [] {
    const Integer common = random_integer(*sized(rc::gen::inRange(1, 4)));
    Integer a = random_integer(*sized(rc::gen::inRange(1, 12))) * common,
            b = random_integer(*sized(rc::gen::inRange(1, 12))) * common;
    if (a.negative()) a = -a;
    if (b.negative()) b = -b;
    const Integer found = Integer::greatest_common_divisor(a, b);
    while (!b.zero()) {
      Integer rest = Integer::divide(a, b).remainder;
      a = b;
      b = rest;
    }
    RC_ASSERT(found == a);
  }));
  CHECK(rc::check("a x (b + c) - a x b = a x c", [] {
    const Integer a = random_integer(3), b = random_integer(4), c = random_integer(2);
    RC_ASSERT(a * (b + c) - a * b == a * c);
  }));
}

TEST_CASE("fractions are exact and in lowest terms") {
  CHECK(Fraction(Integer(-6), Integer(-4)) == Fraction(Integer(3), Integer(2)));
  CHECK(Fraction(Integer(1), Integer(3)) + Fraction(Integer(1), Integer(6)) == Fraction(Integer(1), Integer(2)));
  CHECK(Fraction(Integer(-1), Integer(2)).nearest() == Integer(-1));
  CHECK(Fraction(Integer(-1), Integer(2)).floor() == Integer(-1));
  CHECK(Fraction(Integer(1), Integer(3)).decimal(4) == "0.3333");
  CHECK(Fraction(Integer(2), Integer(3)).decimal(0) == "1");
  CHECK(Fraction(Integer(-5), Integer(1000)).decimal(2) == "-0.01");
  CHECK(Fraction(Integer(1), Integer(3)).text() == "1/3");
  CHECK(Fraction(Integer(164), Integer(10)).text() == "16.4");
}

TEST_CASE("numbers as people write them") {
  CHECK(Fraction::parse("16.4").value() == Fraction(Integer(164), Integer(10)));
  CHECK(Fraction::parse(" 170,002 ").value() == Fraction(170002));
  CHECK(Fraction::parse("1,170,002.5").value() == Fraction(Integer(11700025), Integer(10)));
  CHECK(Fraction::parse("1/3").value() == Fraction(Integer(1), Integer(3)));
  CHECK(Fraction::parse("-0.5").value() == Fraction(Integer(-1), Integer(2)));
  CHECK(Fraction::parse("99999999999999999999").value().numerator().text() == "99999999999999999999");
  for (const char* wrong :
       {"", "-", ".", "1.", "1..2", "1,2", "12,34", "1/0", "1/2/3", "1e5", "NaN", "0x10", "1 2", ",123", "1234,567"}) {
    CAPTURE(wrong);
    CHECK_FALSE(Fraction::parse(wrong));
  }
}

TEST_CASE("fixed point agrees with the exact arithmetic") {
  using F = FixedArithmetic;
  CHECK(rc::check("products and quotients", [] {
    const auto money = *sized(rc::gen::inRange<std::int64_t>(0, 9'000'000'000'000'000));
    const auto below = *sized(rc::gen::inRange<std::int64_t>(1, 1'000'000));
    const auto above = *sized(rc::gen::inRange<std::int64_t>(0, below + 1));  // a share: at most one
    const Fraction exact = Fraction(money) * Fraction(Integer(above), Integer(below));
    const F::Scalar fixed = F::pence(money) * F::of(Fraction(Integer(above), Integer(below)));
    const F::Scalar divided = F::pence(money) / F::pence(below);
    RC_ASSERT(std::abs(F::to_units(fixed, 1, false) - exact.floor().to_int64().value_or(0)) <= 1);
    RC_ASSERT(std::abs(F::to_units(divided, 1, false) - money / below) <= 1);
  }));
}
