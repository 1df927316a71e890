// A scheme of money worked out a second time, by a program that knows nothing of the first one: it reads the same JSON
// and holds every amount as a fraction. See README.md.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace second {

using Whole = boost::multiprecision::cpp_int;
using Rational = boost::multiprecision::cpp_rational;

struct Answer {
  bool worked_out = false;
  std::string refused;  // why not, in a word or two
  Whole known, over_programmed, unallocated;
  std::vector<std::pair<std::string, Whole>> held;  // purpose, pence; top-slices first
  std::vector<std::string> areas;                   // keys, in the scheme's order
  std::vector<Whole> amounts;                       // pence
  std::vector<Rational> before_rounding;            // pence
  std::vector<std::vector<Whole>> tranches;
  std::vector<std::string> unknown;                       // funds
  std::set<std::pair<std::size_t, std::string>> not_met;  // step, counted from 0, and area
};

// Precondition: `json` is a scheme that is well written; what may be refused is what only working it out shows.
Answer work_out(std::string_view json);

}  // namespace second
