// What a scheme has besides its steps as the questions of forms, and back: areas, last year's money, rounding,
// payments. Areas are picked by name; what is stored shows, and is saved as it was where nobody changed it.
#pragma once

#include <string>
#include <vector>

#include "forms/rows.h"
#include "slices/pots/money_fields.h"

namespace tithing::pots {

// Rows "area": area (picked), people, authorities (one in a line).
forms::Questions area_questions(const forms::Finder& finder);
Entered areas_entered(const Scheme& scheme);
Entered areas_entered(const std::vector<Area>& areas);
// Of a settled form. An area that the scheme has keeps its name.
struct EnteredAreas {
  std::vector<Area> areas;
  std::vector<int> rows;  // of the form
  std::vector<FieldProblem> wrong;
};
EnteredAreas areas_from(const Entered& entered, const Scheme& scheme, const forms::Finder& finder);
// The scheme with these areas: what its steps say of areas that are gone is taken out, figures by area are of the new
// ones.
Scheme with_areas(Scheme scheme, std::vector<Area> areas);

// "year"; rows "money": area (picked), amount, name; rows "became": from, to (picked), share; "source", "publisher",
// "reference-date", "note".
forms::Questions last_year_questions(const forms::Finder& finder);
Entered last_year_entered(const Scheme& scheme);
struct EnteredLastYear {
  std::optional<LastYear> last_year;  // none: nothing was entered
  std::vector<Succession> successions;
  std::vector<KeptTable> tables;
  std::vector<FieldProblem> wrong;
};
EnteredLastYear last_year_from(const Entered& entered, const Scheme& scheme, const forms::Finder& finder);
// Successions as rows of the form: who came after whom.
void put_successions(Entered& entered, const std::vector<Succession>& all);
// Last year's amounts as rows of the form; names of those that are none of this year's areas.
void put_last_year(Entered& entered, const LastYear& last_year);

// "title", "unit", "rule", "rest-to", "may-exceed"; rows "payment": name, share, due, condition.
forms::Questions settings_questions(const Scheme& scheme, const Pot& pot);
Entered settings_entered(const SchemeRecord& record, const Scheme& scheme);
struct EnteredSettings {
  std::string title;
  Rounding rounding;
  std::vector<Tranche> tranches;
};
EnteredSettings settings_from(const Entered& entered);

}  // namespace tithing::pots
