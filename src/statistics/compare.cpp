#include "statistics/compare.h"

#include <algorithm>
#include <cmath>

#include "base/translation.h"

namespace tithing::statistics {

Result<Rate> directly_standardised_rate(const std::vector<Stratum>& strata, double per, double confidence) {
  if (strata.empty()) return invalid(tr("A standardised rate needs at least one age band."));
  if (!(per > 0) || std::isinf(per))
    return invalid(tr("Give what the rate is per as a number above zero, such as 1000."));
  std::int64_t count = 0;
  double standard = 0, rate = 0, variance = 0;
  for (const auto& s : strata) {
    if (s.count < 0) return invalid(tr("A count cannot be below zero. Check the file it came from."));
    if (!(s.population >= 0) || std::isinf(s.population) || !(s.standard_population >= 0) ||
        std::isinf(s.standard_population))
      return invalid(tr("A population must be a number of zero or more. Check the file it came from."));
    standard += s.standard_population;
  }
  if (!(standard > 0)) return invalid(tr("The standard population is empty. Choose one with people in it."));
  for (const auto& s : strata) {
    if (s.standard_population == 0) continue;
    if (s.population == 0)
      return invalid(tr("The area has nobody in an age band that the standard has. Join bands until each has people."));
    const double weight = s.standard_population / standard / s.population;
    count += s.count;
    rate += weight * static_cast<double>(s.count);
    variance += weight * weight * static_cast<double>(s.count);
  }
  const auto interval = poisson_interval(count, confidence);
  if (!interval) return pass_on(interval);
  Rate result;
  result.rate = rate * per;
  const auto total = static_cast<double>(count);
  if (count > 0) {
    const double scale = std::sqrt(variance / total);
    result.interval = {std::max(0.0, (rate + scale * (interval->lower - total)) * per),
                       (rate + scale * (interval->upper - total)) * per};
  } else {
    // Without events the weights of the strata cannot be told apart by them: the largest gives the safe limit.
    double largest = 0;
    for (const auto& s : strata)
      if (s.population > 0) largest = std::max(largest, s.standard_population / standard / s.population);
    result.interval = {0, largest * interval->upper * per};
  }
  return result;
}

Result<NearAreas> nearest_areas(const std::vector<std::vector<std::optional<double>>>& characteristics, std::size_t own,
                                std::size_t count, const std::vector<double>& weights) {
  if (own >= characteristics.size()) return invalid(tr("Choose one of the areas to compare with the others."));
  const std::size_t width = characteristics[own].size();
  if (width == 0) return invalid(tr("Choose at least one characteristic to compare by."));
  if (!weights.empty() && weights.size() != width)
    return invalid(tr("There must be one weight for each characteristic."));
  double sum_of_weights = 0;
  for (const double w : weights) {
    if (!(w >= 0) || std::isinf(w)) return invalid(tr("A weight must be a number of zero or more."));
    sum_of_weights += w;
  }
  if (!weights.empty() && !(sum_of_weights > 0)) return invalid(tr("At least one weight must be above zero."));
  NearAreas result;
  std::vector<std::size_t> known;
  for (std::size_t i = 0; i < characteristics.size(); ++i) {
    if (characteristics[i].size() != width) return invalid(tr("Every area needs the same list of characteristics."));
    const bool whole = std::all_of(characteristics[i].begin(), characteristics[i].end(),
                                   [](const auto& c) { return c && std::isfinite(*c); });
    (whole ? known : result.left_out).push_back(i);
  }
  if (!std::binary_search(known.begin(), known.end(), own))
    return invalid(tr("A characteristic of the area itself is unknown. Choose others."));
  std::vector<double> deviation(width, 0);
  for (std::size_t k = 0; k < width; ++k) {
    double mean = 0, square = 0;
    for (const std::size_t i : known) mean += *characteristics[i][k] / static_cast<double>(known.size());
    for (const std::size_t i : known) square += (*characteristics[i][k] - mean) * (*characteristics[i][k] - mean);
    if (known.size() > 1) deviation[k] = std::sqrt(square / static_cast<double>(known.size() - 1));
    const bool weighs = weights.empty() || weights[k] > 0;
    if (!weighs || deviation[k] <= 1e-12 * std::abs(mean)) continue;
    result.used.push_back(k);
    result.deviations.push_back(deviation[k]);
  }
  for (const std::size_t i : known) {
    if (i == own) continue;
    NearArea near;
    near.area = i;
    for (const std::size_t k : result.used) {
      const double d = (*characteristics[i][k] - *characteristics[own][k]) / deviation[k];
      near.differences.push_back(d);
      near.distance += (weights.empty() ? 1 : weights[k]) * d * d;
    }
    near.distance = std::sqrt(near.distance);
    result.areas.push_back(std::move(near));
  }
  std::sort(result.areas.begin(), result.areas.end(), [](const NearArea& a, const NearArea& b) {
    return a.distance != b.distance ? a.distance < b.distance : a.area < b.area;
  });
  if (result.areas.size() > count) result.areas.resize(count);
  return result;
}

Result<GroupMean> most_similar_mean(const std::vector<std::optional<double>>& rates, std::size_t own,
                                    const std::vector<std::size_t>& members) {
  if (own >= rates.size()) return invalid(tr("Choose one of the areas to compare with its group."));
  std::vector<std::size_t> group = members;
  group.push_back(own);
  std::sort(group.begin(), group.end());
  group.erase(std::unique(group.begin(), group.end()), group.end());
  GroupMean result;
  double sum = 0;
  for (const std::size_t i : group) {
    if (i >= rates.size()) return invalid(tr("The list of most similar areas names one that is not known."));
    if (rates[i] && std::isfinite(*rates[i])) {
      sum += *rates[i];
      ++result.known;
    } else {
      ++result.unknown;
    }
  }
  if (result.known == 0) return invalid(tr("None of the areas of the group has a known rate."));
  result.mean = sum / static_cast<double>(result.known);
  if (rates[own] && std::isfinite(*rates[own])) {
    result.own = rates[own];
    result.difference = *rates[own] - result.mean;
  }
  return result;
}

}  // namespace tithing::statistics
