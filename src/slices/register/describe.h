// An area in words and as JSON: what page, API and command line have in common.
#pragma once

#include <string>
#include <vector>

#include "base/date.h"
#include "slices/register/snapshot.h"

namespace tithing::register_ {

// "1 April 2012", "not known (...)", "since before the look-up of January 2017", as the area page and the command line
// say it.
std::string from_text(const Snapshot& areas, const Area& area);
std::string to_text(const Area& area);

// Whether it was there: empty, or "It ended on ..." for a day when it was not.
std::string absence(const Area& area, Date as_at);

// For a day after the newest look-up: that the structure is the one last known. Empty for other days.
std::string last_known(const Snapshot& areas, Date as_at);

std::string succession_text(const Snapshot& areas, const Succession& succession);
std::string review_text(const Snapshot& areas,
                        const Succession& succession);  // "Accepted", "Proposed: waits for review", with its days

// "formerly Bromsgrove, Redditch, Wyre Forest" or "became North Worcestershire"; empty when there is neither. Rejected
// ones are left out.
std::string search_note(const Snapshot& areas, const Area& area, std::string_view searched);

std::string area_json(const Snapshot& areas, const Area& area, Date as_at);

}  // namespace tithing::register_
