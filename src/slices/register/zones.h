// Which LSOAs can be counted in files of which census. Street data are in LSOAs of 2011 until May 2023 and of 2021 from
// June 2023; the exact fit says what became of each. What can be added is added, what cannot be split is not known.
// Pure.
//
// A whole zone (areas.h) can be counted in files of either census. A part of one can be counted only in files of the
// census in which it is an LSOA: nobody recorded in April 2023 in which half of an LSOA something happened that was
// halved in June (docs/adr/0015).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "slices/register/areas.h"

namespace tithing::register_ {

// The censuses whose LSOAs the files of a period use.
struct Vintages {
  bool of_2011 = false;
  bool of_2021 = false;
  bool both() const { return of_2011 && of_2021; }
  friend bool operator==(const Vintages&, const Vintages&) = default;
};

using ZoneOf = std::function<std::optional<Zone>(std::string_view lsoa)>;
using NameOf = std::function<std::string(std::string_view code)>;

// What was asked for within one zone.
struct ZonePart {
  Zone zone;
  std::vector<std::string> asked;  // ascending
  bool in_2011 = false;            // can be counted in files of that census
  bool in_2021 = false;
  bool whole() const { return in_2011 && in_2021; }
};

struct ZoneAnswer {
  std::vector<ZonePart> parts;  // by zone
  bool in_2011 = true;          // all parts can be counted in files of that census
  bool in_2021 = true;
  bool answers(Vintages vintages) const { return (!vintages.of_2011 || in_2011) && (!vintages.of_2021 || in_2021); }
  bool whole() const { return in_2011 && in_2021; }
  // Whose rows count: of a whole zone every code of either census, of a part the codes that were asked for.
  std::vector<std::string> codes() const;
  // What was asked for in LSOAs of 2021, as populations are; empty where `in_2021` is false.
  std::vector<std::string> of_2021() const;
  // The nearest sets that can be counted in any month, as codes for a question: with what completes the zones, and
  // without the zones of which only a part was asked for. Empty where that is nothing, or the set that was asked for.
  std::vector<std::string> completed() const;
  std::vector<std::string> without_parts() const;
  // Why it cannot be counted in every month, in sentences that name at most three LSOAs; empty where it can.
  std::string why(const NameOf& name_of) const;
};

// A code without a zone (the register holds no fit) stands for itself in both censuses.
ZoneAnswer answer_for(const std::vector<std::string>& lsoas, const ZoneOf& zone_of);

// A place that is the same in every month of a period: an LSOA where the files use one census, a zone where they use
// both.
struct ComparableZone {
  std::vector<std::string> of_2011;  // whose rows count; of one census only where the files use one
  std::vector<std::string> of_2021;
  // As a question names it: one code, or several joined by commas where no single LSOA of either census is the zone.
  std::string code() const;
  std::vector<std::string> codes() const;  // without repetition, ascending
};
struct ComparableZones {
  std::vector<ComparableZone> zones;  // by code
  std::vector<Zone> cut;              // zones of which the area holds a part only: of no place that can be compared
};
// The coarsest common refinement of an area's LSOAs over the censuses that its files use. No vintage: as of 2011.
ComparableZones comparable_zones(const Areas::LsoaSet& area, Vintages vintages, const ZoneOf& zone_of);

}  // namespace tithing::register_
