#include "figures/small_numbers.h"

#include <numeric>

#include "figures/figure.h"

namespace tithing::figures {

bool small_counts_follow(std::int64_t together, std::size_t how_many) {
  if (how_many == 0) return false;
  return how_many == 1 || together <= 0 || together >= static_cast<std::int64_t>(how_many) * (kSmallNumber - 1);
}

std::vector<bool> not_to_be_told(std::span<const std::int64_t> counts) {
  std::vector<std::optional<std::int64_t>> told;
  std::vector<bool> withheld;
  for (const std::int64_t count : counts) {
    withheld.push_back(count < kSmallNumber);
    told.push_back(count < kSmallNumber ? std::nullopt : std::optional(count));
  }
  const std::int64_t total = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
  if (const auto too = to_be_withheld_too(told, total)) withheld[*too] = true;
  return withheld;
}

std::optional<std::size_t> to_be_withheld_too(std::span<const std::optional<std::int64_t>> told,
                                              std::optional<std::int64_t> total) {
  std::size_t withheld = 0;
  std::int64_t sum = 0;
  for (const auto& count : told) {
    if (count)
      sum += *count;
    else
      ++withheld;
  }
  const bool follow = total ? small_counts_follow(*total - sum, withheld) : withheld == 1;
  if (!follow) return std::nullopt;
  // One that is withheld for another's sake is known to be no small one: beside it noughts would follow from a five.
  const auto hides = [&](std::int64_t count) { return !total || *total - sum + count > kSmallNumber; };
  std::optional<std::size_t> least;
  for (std::size_t i = 0; i < told.size(); ++i) {
    if (!told[i]) continue;
    const bool better =
        !least || (hides(*told[i]) != hides(*told[*least]) ? hides(*told[i]) : *told[i] < *told[*least]);
    if (better) least = i;
  }
  return least;
}

}  // namespace tithing::figures
