#include "statistics/hotspots.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "base/translation.h"

namespace tithing::statistics {

namespace {

Status check(const HotspotInput& input, double area_share) {
  const std::size_t n = input.score.size();
  if (n == 0) return invalid(tr("A hot-spot test needs at least one cell."));
  if (input.size.size() != n || input.later.size() != n || (!input.earlier.empty() && input.earlier.size() != n) ||
      (!input.feasible.empty() && input.feasible.size() != n))
    return invalid(tr("There must be one score, size and count for each cell."));
  if (!(area_share > 0 && area_share < 1)) return invalid(tr("Give the share of the area to choose, between 0 and 1."));
  for (std::size_t i = 0; i < n; ++i) {
    if (!std::isfinite(input.score[i])) return invalid(tr("Every cell needs a score. Leave out cells without one."));
    if (!(input.size[i] > 0) || std::isinf(input.size[i])) return invalid(tr("The size of a cell must be above zero."));
    if (!(input.later[i] >= 0) || std::isinf(input.later[i]))
      return invalid(tr("Events must be numbers of zero or more."));
    if (!input.earlier.empty() && (!(input.earlier[i] >= 0) || std::isinf(input.earlier[i])))
      return invalid(tr("Events must be numbers of zero or more."));
  }
  return {};
}

}  // namespace

Result<HotspotAccuracy> hotspot_accuracy(const HotspotInput& input, double area_share) {
  if (auto ok = check(input, area_share); !ok) return pass_on(ok);
  std::vector<std::size_t> cells;
  double area = 0, later = 0, earlier = 0;
  for (std::size_t i = 0; i < input.score.size(); ++i) {
    if (!input.feasible.empty() && !input.feasible[i]) continue;
    cells.push_back(i);
    area += input.size[i];
    later += input.later[i];
    if (!input.earlier.empty()) earlier += input.earlier[i];
  }
  if (!(later > 0))
    return invalid(tr("No event fell into a feasible cell in the months held out, so nothing can be tested."));
  std::sort(cells.begin(), cells.end(), [&](std::size_t a, std::size_t b) {
    return input.score[a] != input.score[b] ? input.score[a] > input.score[b] : a < b;
  });
  HotspotAccuracy result;
  double covered = 0, hits = 0, hits_earlier = 0;
  const double limit = area * area_share * (1 + 1e-12);
  for (const std::size_t i : cells) {
    if (!result.chosen.empty() && covered + input.size[i] > limit) break;
    result.chosen.push_back(i);
    covered += input.size[i];
    hits += input.later[i];
    if (!input.earlier.empty()) hits_earlier += input.earlier[i];
  }
  result.area_share = covered / area;
  result.hit_rate = hits / later;
  result.accuracy_index = result.hit_rate / result.area_share;
  // The best of the same size: densest cells first, the last one in part, which no choice of whole cells can beat.
  std::sort(cells.begin(), cells.end(), [&](std::size_t a, std::size_t b) {
    const double da = input.later[a] * input.size[b], db = input.later[b] * input.size[a];
    return da != db ? da > db : a < b;
  });
  double left = covered, most = 0;
  for (const std::size_t i : cells) {
    const double part = std::min(1.0, left / input.size[i]);
    most += part * input.later[i];
    left -= part * input.size[i];
    if (left <= 0) break;
  }
  result.best_index = most / later / result.area_share;
  result.efficiency_index = most > 0 ? std::min(1.0, hits / most) : 0;
  if (hits_earlier > 0) result.recapture_index = (hits / hits_earlier) / (later / earlier);
  return result;
}

Result<HotspotBackTest> hotspot_back_test(const std::vector<std::vector<double>>& counts,
                                          const std::vector<double>& size, double area_share, std::size_t window,
                                          std::size_t tests, const std::vector<bool>& feasible) {
  if (counts.empty()) return invalid(tr("A hot-spot test needs at least one cell."));
  const std::size_t periods = counts[0].size();
  for (const auto& cell : counts)
    if (cell.size() != periods) return invalid(tr("Every cell needs a count for every period."));
  if (window == 0 || tests == 0 || window + tests > periods)
    return invalid(tr("There are too few months to hold some out. Choose a longer period or a shorter window."));
  HotspotBackTest result;
  double recapture = 0, overlap = 0;
  std::size_t recaptured = 0, compared = 0;
  std::vector<std::size_t> last_chosen;
  for (std::size_t t = periods - tests; t < periods; ++t) {
    HotspotInput input;
    input.size = size;
    input.feasible = feasible;
    double held_out = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      double before = 0;
      for (std::size_t k = t - window; k < t; ++k) before += counts[i][k];
      input.score.push_back(before);
      input.earlier.push_back(before);
      input.later.push_back(counts[i][t]);
      if (feasible.size() != counts.size() || feasible[i]) held_out += counts[i][t];
    }
    if (held_out == 0) continue;
    auto accuracy = hotspot_accuracy(input, area_share);
    if (!accuracy) return pass_on(accuracy);
    ++result.tested;
    result.hit_rate += accuracy->hit_rate;
    result.accuracy_index += accuracy->accuracy_index;
    result.efficiency_index += accuracy->efficiency_index;
    if (accuracy->recapture_index) {
      recapture += *accuracy->recapture_index;
      ++recaptured;
    }
    auto chosen = std::move(accuracy->chosen);
    std::sort(chosen.begin(), chosen.end());
    if (result.tested > 1) {
      std::vector<std::size_t> both;
      std::set_intersection(chosen.begin(), chosen.end(), last_chosen.begin(), last_chosen.end(),
                            std::back_inserter(both));
      overlap +=
          static_cast<double>(both.size()) / static_cast<double>(chosen.size() + last_chosen.size() - both.size());
      ++compared;
    }
    last_chosen = std::move(chosen);
  }
  if (result.tested == 0) return invalid(tr("The months held out have no events, so nothing can be tested."));
  const auto n = static_cast<double>(result.tested);
  result.hit_rate /= n;
  result.accuracy_index /= n;
  result.efficiency_index /= n;
  if (recaptured > 0) result.recapture_index = recapture / static_cast<double>(recaptured);
  result.overlap = compared > 0 ? overlap / static_cast<double>(compared) : 1;
  return result;
}

Result<std::vector<HotspotHistory>> hotspot_histories(const std::vector<std::vector<bool>>& hot, std::size_t recent) {
  if (hot.empty()) return invalid(tr("The history of hot spots needs at least one cell."));
  const std::size_t periods = hot[0].size();
  if (recent < 1 || recent >= periods)
    return invalid(tr("The history of hot spots needs at least one period before those called recent."));
  std::vector<HotspotHistory> histories;
  for (const auto& cell : hot) {
    if (cell.size() != periods) return invalid(tr("Every cell needs an answer for every period."));
    std::size_t before = 0, now = 0;
    for (std::size_t t = 0; t < periods; ++t) (t + recent >= periods ? now : before) += cell[t] ? 1 : 0;
    histories.push_back(now == 0 && before == 0             ? HotspotHistory::never
                        : now == 0                          ? HotspotHistory::fading
                        : before == 0                       ? HotspotHistory::fresh
                        : (now + before) * 5 >= periods * 4 ? HotspotHistory::persistent
                                                            : HotspotHistory::recurrent);
  }
  return histories;
}

std::string_view words(HotspotHistory history) {
  switch (history) {
    case HotspotHistory::never:
      return "in no month by itself";
    case HotspotHistory::fresh:
      return "new";
    case HotspotHistory::persistent:
      return "persistent";
    case HotspotHistory::recurrent:
      return "comes and goes";
    case HotspotHistory::fading:
      return "fading";
  }
  return "in no month by itself";
}

}  // namespace tithing::statistics
