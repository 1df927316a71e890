// The areas most like one, by characteristics that the reader chooses: which there are, what each area has, how far
// apart they lie. Page and figures ask the same.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "figures/registry.h"
#include "slices/comparison/peers.h"
#include "slices/comparison/service.h"
#include "statistics/compare.h"

namespace tithing::comparison {

// Of the evidence, or of an imported list.
struct Characteristic {
  std::string key;   // in the address: "residents", "rate:burglary", "3:median income"
  std::string name;  // "Rate: Burglary"
};
std::vector<Characteristic> characteristics(ComparisonService& service, const evidence::Snapshot& snapshot);

// The keys as one parameter and back: "residents|rate:burglary". A bar or a backslash in a column's name has a
// backslash before it.
std::string keys_text(const std::vector<Characteristic>& chosen);
std::vector<std::string> keys_from(std::string_view text);

// The figure `characteristic` of an area.
figures::Address characteristic_of(const std::string& area, const std::string& key, Period period,
                                   const std::string& as_at);

// Of a list, which has no months.
figures::Address listed_value_of(const std::string& area, std::int64_t list, const std::string& column);
constexpr int kDecimalsOfListed = 3;

// Those of `keys` that there are, in the order of `characteristics`.
std::vector<Characteristic> chosen_of(ComparisonService& service, const evidence::Snapshot& snapshot,
                                      const std::vector<std::string>& keys);
// Why nothing is likened: fewer than kLeastShare of the areas have all that was chosen. `values`: of each peer in turn,
// by characteristic.
std::optional<std::string> too_few_likened(const Peers& peers, const std::vector<Characteristic>& chosen,
                                           const std::vector<std::vector<std::optional<double>>>& values);
// The `count` areas most like the peers' own; its places are those of `peers.areas`. invalid when nothing was chosen,
// or when the area itself has no place among its peers or a characteristic of it is not known.
Result<statistics::NearAreas> nearest(ComparisonService& service, const figures::Viewer& viewer, const Peers& peers,
                                      const std::vector<Characteristic>& chosen, Period period,
                                      const std::string& as_at, std::size_t count);

// Figures of two areas: how far they lie apart, and by one characteristic alone.
// Over how many of the areas of its kind it was likened: "Over 7 of 8 partnerships (87.5%)."
std::string likened_in_words(const Peers& peers, const statistics::NearAreas& near);
figures::Address distance_of(const figures::Parameters& asked, const std::string& other,
                             const std::vector<Characteristic>& chosen);
figures::Address difference_of(const figures::Parameters& asked, const std::string& other,
                               const std::vector<Characteristic>& chosen, const Characteristic& by);
constexpr int kDecimalsOfLikeness = 2;

}  // namespace tithing::comparison
