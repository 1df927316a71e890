// What a scheme has besides its steps as the fields of forms, and back: areas, last year's money, rounding, tranches.
#pragma once

#include <string>

#include "slices/pots/records.h"
#include "slices/pots/step_fields.h"

namespace tithing::pots {

// "areas": a line for each, key | name | population | authority; authority.
Entered areas_entered(const Scheme& scheme);
std::string line_of(const Area& area);
Result<std::vector<Area>> areas_from(const Entered& entered);
// The scheme with these areas: what its steps say of areas that are gone is taken out, figures by area are of the new
// ones.
Scheme with_areas(Scheme scheme, std::vector<Area> areas);

// "year", "amounts" (key, amount), "names" (key, name), "succession" (a; b = c, or a = b 60; c 40), "source",
// "publisher", "reference-date", "note".
Entered last_year_entered(const Scheme& scheme);
struct EnteredLastYear {
  std::optional<LastYear> last_year;  // none: nothing was entered
  std::vector<Succession> successions;
  std::vector<KeptTable> tables;
};
Result<EnteredLastYear> last_year_from(const Entered& entered, const Scheme& scheme);

// "title", "unit", "rule", "rest-to", and lines of tranches: name | per cent | due | condition.
Entered settings_entered(const SchemeRecord& record, const Scheme& scheme);
struct EnteredSettings {
  std::string title;
  Rounding rounding;
  std::vector<Tranche> tranches;
};
Result<EnteredSettings> settings_from(const Entered& entered);

}  // namespace tithing::pots
