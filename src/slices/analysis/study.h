// What the evidence holds of an area, laid out for a method: LSOAs with their counts, people and outlines, months in a
// row.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "slices/analysis/hot_spots.h"
#include "slices/analysis/input.h"
#include "slices/analysis/methods.h"
#include "slices/evidence/evidence.h"
#include "slices/evidence/extent.h"
#include "slices/register/register.h"

namespace tithing::analysis {

struct Question {
  std::string area;  // official code
  Date as_at;
  std::optional<Period> period;                    // the last twelve months there are unless given
  std::optional<Period> before;                    // of a comparison: the same months a year earlier unless given
  std::string type;                                // "crime", "all" (and nothing) or a category
  int cell = 0;                                    // of a grid, metres; 0: the usual size for the area
  std::vector<std::string> comparison;             // areas where nothing was done
  std::vector<std::string> around;                 // areas around the treated one
  std::vector<std::string> around_the_comparison;  // and around the comparison
};

// First and last month that the forces whose rows count for the area submitted; empty when there is none.
std::optional<Period> months_of(const evidence::Snapshot& snapshot, const evidence::Selection& selection);

struct Found {
  const register_::Area* area = nullptr;
  std::shared_ptr<const evidence::Selection> selection;
  Period available;
  Period period;
  int type = evidence::kAllTypes;
  std::string type_name;  // "Burglary", "Recorded crime"
};
// not_found for an unknown area, invalid for an unknown type or an area without months.
Result<Found> found_for(const evidence::Snapshot& snapshot, const Question& question);

// The first month of the period that a force whose rows count did not submit, as a sentence, or nothing.
std::optional<std::string> gap(const evidence::Snapshot& snapshot, const Found& found, Period period);

// Over what a method ran, and the least share of it that speaks for the whole.
using evidence::Extent;
using evidence::ExtentTexts;
using evidence::kExtentLabels;
using evidence::kLeastShare;
using evidence::texts_of;

// A part of an area of which enough is known, where of the whole not enough is.
struct KnownPart {
  std::string code;
  std::string title;  // "120 of 493 LSOAs: York"
};

// LSOAs of the area over a period; where the period's files use the LSOAs of both censuses, stable zones
// (register/zones.h), whose `codes` name several LSOAs, joined by commas, where no single one is the zone.
struct Places {
  std::vector<std::string> codes, names;
  std::vector<double> counts;
  std::vector<std::optional<double>> population;
  std::vector<std::vector<double>> by_month;                           // [place][month of the period]
  std::vector<std::shared_ptr<const register_::Boundary>> boundaries;  // null where there is none
  std::vector<statistics::Polygon> shapes;  // metres; without rings where there is no boundary
  std::vector<statistics::Point> middles;
  std::size_t without_boundary = 0;
  Extent extent;  // of these places
  std::vector<KnownPart>
      parts;  // partnerships or districts of which enough places have a boundary, where of the whole too few have
  std::vector<std::string> notes;
  double total() const;
};
// "253 LSOAs have no boundary and are left out."
std::string left_out(const Places& places);
// Why a method says nothing of the whole: the extent, the share that is needed, the parts that can be told.
std::string too_small_a_part(const std::string& area, const Extent& extent, const std::vector<KnownPart>& parts);
enum class Positions { needed, not_needed };
// With Positions::needed LSOAs without a boundary are left out and counted, and it is invalid, with the parts that can
// be told, where fewer than kLeastShare of places or crimes are left. Also invalid: a month that is missing, an area
// without LSOAs, a part of an LSOA in files of the other census.
Result<Places> places_of_area(const evidence::Snapshot& snapshot, register_::Service& areas, const Question& question,
                              const Found& found, Positions positions);

// The input of a method, as if a file had been given. invalid for AreaForm::none.
Result<Input> input_of_area(AreaForm form, const evidence::Snapshot& snapshot, register_::Service& areas,
                            const Question& question);

// Months in a row without a gap at the end of the area's series: what seasonal adjustment and forecasts rest on.
Result<Input> series_input(const evidence::Snapshot& snapshot, const Found& found, Period period);

}  // namespace tithing::analysis
