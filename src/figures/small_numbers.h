// Counts under kSmallNumber are told to nobody who is not signed in, neither themselves nor by what stands beside them:
// one rule for figures, tables and charts (docs/adr/0024, docs/guide/methods.md). Pure.
//
//  1. A count under kSmallNumber is withheld, and so is whatever is worked out from it: rate, ratio, change, mean,
//  rank.
//  2. What compares several areas leaves those whose count is withheld out of everything: averages, limits, sums over
//  whom.
//  3. Where counts add up to a total that is told, and the withheld ones would follow from it, the smallest of the
//  others is
//     withheld as well.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace tithing::figures {

// Whether counts under kSmallNumber are known, each of them, from how many they are and what they come to together:
// there is one of them, or all are nought, or all as large as they can be.
bool small_counts_follow(std::int64_t together, std::size_t how_many);

// The counts of a set that may not be told, when its total is: those under kSmallNumber, and with them the smallest of
// the others where the small ones would follow.
std::vector<bool> not_to_be_told(std::span<const std::int64_t> counts);

// The same from what would be told, as a table has it: the told counts of a set, nothing for one that is withheld.
// Which of the told ones must be withheld too; nothing where none must. Without a `total` (rows beside the set are in
// it) one small count alone is taken to follow.
std::optional<std::size_t> to_be_withheld_too(std::span<const std::optional<std::int64_t>> told,
                                              std::optional<std::int64_t> total);

}  // namespace tithing::figures
