// Over what a method ran, of what there is: every method says it, and answers for the whole only from kLeastShare on
// (docs/adr/0016). One helper for analysis, comparison, assessment and their commands.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "figures/figure.h"

namespace tithing::evidence {

// The smallest share of an area's places, and of its crimes, from which a method speaks for the whole area. Below it
// there is no answer for the whole, and the parts that can be told are offered under their own names.
inline constexpr double kLeastShare = 0.9;

struct Extent {
  std::size_t places = 0, of_places = 0;
  std::int64_t crimes = 0, of_crimes = 0;
  std::string unit = "crimes";  // what is counted: with anti-social behaviour "crimes and incidents"
  std::string of = "LSOAs";     // what the places are: "partnerships", "LSOAs with residents"
  double share_of_places() const {
    return of_places == 0 ? 1 : static_cast<double>(places) / static_cast<double>(of_places);
  }
  double share_of_crimes() const {
    return of_crimes == 0 ? 1 : static_cast<double>(crimes) / static_cast<double>(of_crimes);
  }
  bool enough() const { return share_of_places() >= kLeastShare && share_of_crimes() >= kLeastShare; }
  // "Over 120 of 493 LSOAs (24.3%) and 15,021 of 61,779 crimes (24.3%)."
  std::string sentence() const;
};

// Its numbers as the sentence says them and as a figure's working holds them: places, of all, their share; crimes, of
// all, their share.
using ExtentTexts = std::array<std::string, 6>;
ExtentTexts texts_of(const Extent& extent);
// And the labels that they have there.
inline constexpr std::array<const char*, 6> kExtentLabels = {
    "places over which it was worked out", "places there are", "share of the places over which it was worked out",
    "crimes over which it was worked out", "crimes there are", "share of the crimes over which it was worked out"};
// As inputs of a working, behind what is there.
void give_extent(figures::Figure& figure, const Extent& extent);

// Why there is no answer for the whole of `what`, without what can be asked instead: "Not known for the whole of Shire:
// it could be worked out over 120 of 493 LSOAs (24.3%) and .. only, and 90% of both is needed to speak for the whole."
std::string too_small(const std::string& what, const Extent& extent);

// What rests on the months of areas, each counted whole: over how many of them. Whether that is enough, the method's
// own least number of months says; a chart shows which are absent. "Over every month that was asked for, and the area
// as a whole.", "Over 11 of 12 months, and the area as a whole; what the others hold is not known."
enum class Areas { one, several };
std::string months_in_words(std::int64_t known, std::int64_t months, Areas areas = Areas::one);

// A method that rests on months (a mean, limits, signals, a season, a forecast) answers where kLeastShare of the months
// that it was asked for are known, and says over how many; a count that is compared (a change, a displacement, harm)
// needs every one, for a part of it is no count of the period. One rule, docs/guide/methods.md. Why there is no answer,
// with the longest run of months that can be asked for instead; nothing where enough are known. `known`: of each month
// of the period in turn.
std::optional<std::string> too_few_months(const std::vector<bool>& known, Period period);
template <typename Values>
std::vector<bool> which_known(const Values& values) {
  std::vector<bool> known;
  for (const auto& value : values) known.push_back(value.has_value());
  return known;
}

// What a figure says whose months use LSOAs of two censuses; `added`: of a part of a force, whose LSOAs were added up.
std::string across_censuses_text(bool added);
// Of a figure made of several, each with a note of its own months: says it of all of them together. Two notes that say
// "throughout" of two censuses are both untrue of the whole.
void join_census_notes(figures::Coverage& coverage, bool added);
// That LSOAs were added up by the exact fit, to be said beside the number; nothing where they were not.
std::optional<std::string> added_by_fit(const figures::Coverage& coverage);

}  // namespace tithing::evidence
