#include "statistics/describe.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "base/translation.h"

namespace tithing::statistics {

Result<Concentration> concentration(const std::vector<double>& events) {
  if (events.empty()) return invalid(tr("Concentration needs at least one place."));
  std::vector<double> sorted = events;
  double total = 0;
  for (const double value : sorted) {
    if (!(value >= 0) || std::isinf(value))
      return invalid(tr("The events of a place must be a number of zero or more."));
    total += value;
  }
  if (!(total > 0)) return invalid(tr("There are no events, so they are not concentrated anywhere."));
  std::sort(sorted.begin(), sorted.end(), std::greater<>());
  const auto n = static_cast<double>(sorted.size());

  Concentration result;
  result.places = sorted.size();
  result.events = total;
  result.curve.reserve(sorted.size() + 1);
  result.curve.push_back({0, 0});
  double weighted = 0;  // sum of rank from the smallest x value
  double running = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    weighted += (n - static_cast<double>(i)) * sorted[i];
    running += sorted[i];
    result.curve.push_back({static_cast<double>(i + 1) / n, running / total});
  }
  result.curve.back() = {1, 1};
  result.gini = std::max(0.0, 2 * weighted / (n * total) - (n + 1) / n);
  result.generalised = std::max(1.0, n / total) * (result.gini - 1) + 1;
  const double m = std::min(n, total);
  if (m > 1) result.unbiased = result.generalised * m / (m - 1);
  return result;
}

double Concentration::places_for(double share) const {
  // A running sum that should be exactly the share must not miss it by its last digit.
  for (const auto& point : curve)
    if (point.events >= share - 1e-12) return point.places;
  return 1;
}

std::optional<std::size_t> ClassBreaks::class_of(double value) const {
  for (std::size_t i = 0; i < classes.size(); ++i)
    if (value >= classes[i].lower && value <= classes[i].upper) return i;
  return std::nullopt;
}

Result<ClassBreaks> quantile_classes(const std::vector<double>& values, std::size_t k, bool zero_apart) {
  if (k < 1 || k > 12) return invalid(tr("Choose between 1 and 12 classes; more cannot be told apart on a map."));
  ClassBreaks result;
  std::vector<double> sorted;
  std::size_t zeros = 0;
  for (const double value : values) {
    if (!std::isfinite(value)) {
      ++result.missing;
    } else if (zero_apart && value < 0) {
      return invalid(tr("Values below zero cannot be put into classes with zero apart."));
    } else if (zero_apart && value == 0) {
      ++zeros;
    } else {
      sorted.push_back(value);
    }
  }
  if (sorted.empty() && zeros == 0) return invalid(tr("There is no known value to put into classes."));
  std::sort(sorted.begin(), sorted.end());
  if (zeros > 0) result.classes.push_back({0, 0, zeros});
  const std::size_t parts = zeros > 0 && k > 1 ? k - 1 : k;
  std::size_t begin = 0;
  for (std::size_t j = 1; j <= parts && begin < sorted.size(); ++j) {
    std::size_t end = (sorted.size() * j + parts - 1) / parts;
    if (end <= begin) continue;
    end = static_cast<std::size_t>(std::upper_bound(sorted.begin(), sorted.end(), sorted[end - 1]) - sorted.begin());
    result.classes.push_back({sorted[begin], sorted[end - 1], end - begin});
    begin = end;
  }
  return result;
}

std::vector<std::optional<double>> rolling_sums(const std::vector<std::optional<double>>& values, std::size_t window) {
  std::vector<std::optional<double>> sums(values.size());
  if (window == 0) return sums;
  for (std::size_t i = window - 1; i < values.size(); ++i) {
    double sum = 0;
    bool whole = true;
    for (std::size_t j = i + 1 - window; j <= i; ++j) {
      whole = whole && values[j] && std::isfinite(*values[j]);
      if (whole) sum += *values[j];
    }
    if (whole) sums[i] = sum;
  }
  return sums;
}

}  // namespace tithing::statistics
