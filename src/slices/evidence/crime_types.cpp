#include "slices/evidence/crime_types.h"

#include <algorithm>

#include "base/text.h"
#include "slices/evidence/reference_tables.h"
#include "slices/evidence/type_names.h"

namespace tithing::evidence {

std::optional<int> type_of(const Snapshot& snapshot, std::string_view slug) {
  if (slug.empty() || slug == kAllSlug) return kAllTypes;
  if (slug == kCrimeSlug) return kCrimeTypes;
  return snapshot.type_index(slug);
}

std::string slug_of(const Snapshot& snapshot, int type) {
  if (type == kAllTypes) return std::string(kAllSlug);
  if (type == kCrimeTypes) return std::string(kCrimeSlug);
  return snapshot.crime_types()[static_cast<std::size_t>(type)].slug;
}

bool belongs_to(std::string_view category, std::string_view wanted) {
  if (wanted == kAllSlug) return true;
  return wanted == kCrimeSlug ? category != kAntiSocialBehaviour : category == wanted;
}

std::string name_of_type(const Snapshot& snapshot, std::string_view slug) {
  if (slug.empty() || slug == kAllSlug) return "Recorded crime and anti-social behaviour";
  if (slug == kCrimeSlug) return "Recorded crime";
  if (const std::optional<int> index = snapshot.type_index(slug)) {
    return snapshot.crime_types()[static_cast<std::size_t>(*index)].name;
  }
  const KnownCrimeType* known = known_crime_type(slug);
  return std::string(known != nullptr ? known->name : slug);
}

std::vector<NamedType> named_types() {
  std::vector<NamedType> out = {{std::string(kCrimeSlug), "Recorded crime", {}},
                                {std::string(kAllSlug), "Recorded crime and anti-social behaviour", {}}};
  for (const KnownCrimeType& type : known_crime_types()) {
    const std::string first = Month::from_ym(type.first_year, type.first_month).text();
    out.push_back({std::string(type.slug), std::string(type.name),
                   type.last_year == 0 ? first + " onwards"
                                       : first + " to " + Month::from_ym(type.last_year, type.last_month).text()});
  }
  return out;
}

std::string_view unit_of_type(std::string_view slug) {
  if (slug.empty() || slug == kAllSlug) return "crimes and incidents";
  return slug == kAntiSocialBehaviour ? "incidents" : "crimes";
}

std::string heading_of_type(std::string_view slug) {
  std::string heading(unit_of_type(slug));
  heading[0] = static_cast<char>(heading[0] - 'a' + 'A');
  return heading;
}

std::string counted(std::int64_t number, std::string_view slug) {
  if (slug == kAntiSocialBehaviour) return plural(number, "incident", "incidents");
  if (slug.empty() || slug == kAllSlug) return plural(number, "crime or incident", "crimes and incidents");
  return plural(number, "crime", "crimes");
}

std::string_view type_in_words(std::string_view slug) {
  if (slug.empty() || slug == kAllSlug)
    return "Recorded crime and anti-social behaviour incidents together: every row of the files.";
  if (slug == kCrimeSlug) return "Recorded crime alone: every category but anti-social behaviour.";
  if (slug == kAntiSocialBehaviour)
    return "Anti-social behaviour incidents: reports to the police, not recorded crimes.";
  return "";
}

std::vector<TypeChoice> type_choices(const Snapshot& snapshot) {
  std::vector<TypeChoice> choices;
  for (const std::string_view slug : {kCrimeSlug, kAllSlug}) {
    choices.push_back({std::string(slug), name_of_type(snapshot, slug)});
  }
  for (const CrimeType& type : snapshot.crime_types()) choices.push_back({type.slug, type.name});
  return choices;
}

std::string map_points_note(Period months) {
  const Month renewed = Month::from_ym(2022, 7);
  if (months.to < renewed || renewed <= months.from) return {};
  return "data.police.uk renewed its map points for July 2022: crimes of one street may lie elsewhere, and in another "
         "LSOA at "
         "the margin, before and after. A step there may be the map and not the crime.";
}

std::string map_points_note(Period earlier, Period later) {
  return map_points_note(Period{std::min(earlier.from, later.from), std::max(earlier.to, later.to)});
}

figures::ParameterSpecification type_parameter() {
  return {
      "type",
      "crime-type",
      false,
      "\"crime\" is every category but anti-social behaviour, \"all\" is every row (crimes and anti-social behaviour "
      "incidents); or one category. \"all\", unless given.",
      "crime",
      std::string(kAllSlug)};
}

}  // namespace tithing::evidence
