// A small scheme to bend in tests.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "allocation/allocation.h"

namespace tithing::allocation {

inline Fraction percent(std::int64_t value) { return Fraction(Integer(value), Integer(100)); }
inline Size of_amount(std::int64_t pence) { return {Money{pence}, {}}; }
inline Size of_percent(std::int64_t value) { return {{}, percent(value)}; }

inline Scheme scheme_of(std::int64_t pot_pence, const std::vector<std::pair<std::string, std::int64_t>>& last_year) {
  Scheme out;
  out.title = "A scheme";
  out.financial_year = "2012/13";
  Fund fund;
  fund.name = "Fund";
  fund.amount = Money{pot_pence};
  out.pot.funds.push_back(fund);
  out.last_year.emplace();
  out.last_year->financial_year = "2011/12";
  for (const auto& [key, pence] : last_year) {
    out.areas.push_back({key, "Area " + key, {key + " council"}, 1000});
    out.last_year->amounts[key] = Money{pence};
  }
  return out;
}

inline Indicator indicator_of(std::string name, Fraction weight,
                              const std::vector<std::pair<std::string, std::int64_t>>& values) {
  Indicator out;
  out.name = std::move(name);
  out.weight = std::move(weight);
  for (const auto& [key, value] : values) {
    Observation one;
    one.value = Fraction(value);
    out.values[key].push_back(one);
  }
  return out;
}

}  // namespace tithing::allocation
