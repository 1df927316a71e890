// What is counted: one category of the street-level data, "crime" (every category but anti-social behaviour) or "all"
// (every row). An anti-social behaviour incident is not a recorded crime: police forces publish both in the same files,
// and the official statistics hold the crimes alone. So whatever counts says which of the three it counts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "figures/registry.h"
#include "slices/evidence/evidence.h"

namespace tithing::evidence {

inline constexpr std::string_view kAllSlug = "all";
inline constexpr std::string_view kCrimeSlug = "crime";
inline constexpr std::string_view kAntiSocialBehaviour = "anti-social-behaviour";

// The index for what an address says: kAllTypes for "all" and for nothing (addresses from before there was a choice),
// kCrimeTypes for "crime", else that of a category that occurs. Empty when no row has it.
std::optional<int> type_of(const Snapshot& snapshot, std::string_view slug);
// "all", "crime", or the category's. Precondition: an index of this snapshot's.
std::string slug_of(const Snapshot& snapshot, int type);
// Whether a row of this category counts for what `wanted` names ("all", "crime", or a category).
bool belongs_to(std::string_view category, std::string_view wanted);

// "Recorded crime and anti-social behaviour", "Recorded crime", "Burglary": as a title begins. Of a category that
// neither occurs nor is known, its slug.
std::string name_of_type(const Snapshot& snapshot, std::string_view slug);
// "crimes and incidents", "crimes", "incidents": what a count of it is a count of.
std::string_view unit_of_type(std::string_view slug);
// The same as a heading: "Crimes and incidents", "Crimes", "Incidents".
std::string heading_of_type(std::string_view slug);
// "20,496 crimes", "1 incident", "25,328 crimes and incidents".
std::string counted(std::int64_t number, std::string_view slug);
// What a type counts, as a sentence for a working: "Recorded crime: every category but anti-social behaviour." Empty
// for one category, which its name explains.
std::string_view type_in_words(std::string_view slug);
// What a form offers, in its order: "crime", "all", then each category that occurs, by name.
struct TypeChoice {
  std::string slug;
  std::string name;
};
std::vector<TypeChoice> type_choices(const Snapshot& snapshot);
// What a figure of the category in these months carries (docs/adr/0014): sentences on where it began, ended or was
// narrowed, whether that lies within the months, before or after them. They stand in the working, beside the number on
// a page, and in the notes of a table. Empty for what has been the same since December 2010, and for "crime" and "all",
// whose sums no such change touches.
std::vector<std::string> category_notes(std::string_view slug, Period period);
// The months of the period, but for its first, from which the category counts something else than in the month before.
std::vector<Month> category_steps(std::string_view slug, Period period);
// Why the months are no one series: a mean, limits, a season or a forecast across such a month is of neither sense.
// With the months that can be asked for instead. Nothing when the category means the same throughout.
std::optional<std::string> no_series_across(std::string_view slug, Period period);
// The same as a mark for a cell of a table: "narrowed in May 2013", "a category since May 2013". Empty as above.
std::string category_mark(std::string_view slug, Period period);
// Said once on a page: months may still be revised.
inline constexpr std::string_view kRevisionNote =
    "Figures of recent months may be revised: forces send months again, and crimes are recorded or cancelled late.";
// data.police.uk renewed its list of map points for July 2022 (its changelog and its page "About"): places, and LSOAs
// at the margin, are not quite the same before and after. A sentence for a map or list of places over these months;
// empty where all of them lie on one side.
std::string map_points_note(Period months);
// The same for two periods that are compared.
std::string map_points_note(Period earlier, Period later);
// The parameter as every figure kind takes it: an address without it means "all", and canonical addresses say so.
figures::ParameterSpecification type_parameter();

}  // namespace tithing::evidence
