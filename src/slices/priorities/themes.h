// Themes: what partnerships speak of in priorities, plans, agendas and returns, by one code for all rooms ("domestic
// abuse"). They are an imported list that is revised (sources/imported.h); the newest version that counts is in force.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "slices/sources/imported.h"

namespace tithing::priorities {

struct Theme {
  std::string code;
  std::string name;
  std::optional<Date> since;             // not known where the list does not say
  std::vector<std::string> crime_types;  // slugs of data.police.uk's categories that it takes in; may be empty
};

// One theme for each code, in the order of the list.
std::vector<Theme> themes_of(const std::vector<sources::ListRow>& rows);
// CSV with the column theme and maybe code, since (a day) and crime_type; a line for each crime type of a theme.
Result<sources::ReadRows<sources::ListRow>> read_themes(const std::string& csv, const std::vector<std::string>& types);
sources::ImportedKind theme_kind(std::function<std::vector<std::string>()> types);

}  // namespace tithing::priorities
