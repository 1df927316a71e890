// The two arithmetics in which a composition runs. See composition.h.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "allocation/exact.h"

namespace tithing::allocation {

// Nothing is ever rounded. Amounts share one denominator, so that adding areas up costs no common divisors.
struct ExactArithmetic {
  using Int = Integer;
  using Scalar = Fraction;
  struct Shares {
    std::vector<Integer> n;
    Integer d{1};  // the sum of n
  };
  struct Vector {
    std::vector<Integer> n;
    Integer d{1};
  };
  struct Factor {
    Integer p, q;
  };

  static Scalar pence(std::int64_t value) { return Fraction(value); }
  static Scalar slack() { return Fraction(0); }                 // by which a sum may miss through the arithmetic itself
  static Scalar tolerance(std::size_t) { return Fraction(0); }  // the same of all money after so many operations
  static std::int64_t to_units(const Scalar& pence, std::int64_t unit, bool nearest);  // whole units, in pence
  static std::string percentage(const Scalar& share) { return (share * Fraction(100)).decimal(4); }

  static Vector zeros(std::size_t count);
  static Int sum(const Vector& amounts);
  static Scalar total(const Vector& amounts) { return {sum(amounts), amounts.d}; }
  static Scalar at(const Vector& amounts, std::size_t i) { return {amounts.n[i], amounts.d}; }
  static void add_pence(Vector& amounts, std::size_t i, std::int64_t value) {
    amounts.n[i] += Integer(value) * amounts.d;
  }
  static void add_shared(Vector& amounts, const Scalar& money, const Shares& shares);
  static void scale(Vector& amounts, const Scalar& by);
  static Shares mix(const std::vector<Shares>& indicators, const std::vector<Scalar>& weights);

  static Factor factor(const Int& target, const Int& of) { return {target, of}; }
  static Int times(const Int& n, const Factor& factor) { return n * factor.p; }
  static Int pence_in(const Vector& amounts, std::int64_t value) { return Integer(value) * amounts.d; }
  static Int bound_in(const Vector& amounts, const Factor& factor, std::int64_t value) {
    return Integer(value) * amounts.d * factor.q;
  }
  // Each amount becomes the pence of `at`, or where that is -1 itself x factor.
  static void settle(Vector& amounts, const Factor& factor, const std::vector<std::int64_t>& at);

 private:
  static void reduce(Vector& amounts);
};

// Whole numbers over 2^56 in 128 bits: pence up to 2^63 with 56 bits behind the point. For searching only: nothing that
// it answers is paid or printed before ExactArithmetic has said the same.
struct FixedArithmetic {
  __extension__ typedef __int128 Int;
  static constexpr int kBits = 56;
  struct Scalar {
    Int v = 0;
    friend Scalar operator+(Scalar a, Scalar b) { return {a.v + b.v}; }
    friend Scalar operator-(Scalar a, Scalar b) { return {a.v - b.v}; }
    friend Scalar operator*(Scalar a, Scalar b) { return {product(a.v, b.v)}; }
    friend Scalar operator/(Scalar a, Scalar b) { return {quotient(a.v, b.v)}; }
    friend bool operator<(Scalar a, Scalar b) { return a.v < b.v; }
  };
  struct Shares {
    std::vector<std::uint64_t> n;  // over 2^56, each at most one
  };
  struct Vector {
    std::vector<Int> n;
  };
  struct Factor {
    Int v = 0;
  };

  static Int product(Int a, Int b);
  static Int quotient(Int a, Int b);  // precondition: b > 0
  static Scalar of(const Fraction& value);
  static Shares of(const ExactArithmetic::Shares& shares);

  static Scalar pence(std::int64_t value) { return {Int(value) << kBits}; }
  static Scalar slack() { return {Int(1) << (kBits - 8)}; }
  // Each operation on the largest pot misses by less than a penny.
  static Scalar tolerance(std::size_t operations) { return {Int(operations + 1) << kBits}; }
  static std::int64_t to_units(Scalar pence, std::int64_t unit, bool nearest);
  static std::string percentage(Scalar) { return {}; }  // a search says nothing

  static Vector zeros(std::size_t count) { return {std::vector<Int>(count, 0)}; }
  static Int sum(const Vector& amounts);
  static Scalar total(const Vector& amounts) { return {sum(amounts)}; }
  static void add_pence(Vector& amounts, std::size_t i, std::int64_t value) { amounts.n[i] += Int(value) << kBits; }
  static void add_shared(Vector& amounts, Scalar money, const Shares& shares);
  static void scale(Vector& amounts, Scalar by);
  static Shares mix(const std::vector<Shares>& indicators, const std::vector<Scalar>& weights);

  static Factor factor(Int target, Int of) { return {quotient(target, of)}; }
  static Int times(Int n, Factor factor) { return product(n, factor.v); }
  static Int pence_in(const Vector&, std::int64_t value) { return Int(value) << kBits; }
  static Int bound_in(const Vector&, Factor, std::int64_t value) { return Int(value) << kBits; }
  static void settle(Vector& amounts, Factor factor, const std::vector<std::int64_t>& at);
};

}  // namespace tithing::allocation
