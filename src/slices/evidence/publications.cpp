#include "slices/evidence/publications.h"

#include "base/text.h"
#include "slices/evidence/reference_tables.h"

namespace tithing::evidence {

std::string police_month_key(const std::string& force_slug, Month month) { return force_slug + " " + month.iso(); }

PublicationState state_of(const sources::Standing& standing) {
  switch (standing.state) {
    case sources::Standing::State::counts:
      return PublicationState::counts;
    case sources::Standing::State::superseded:
      return PublicationState::superseded;
    case sources::Standing::State::beside:
      return PublicationState::set_aside;
    case sources::Standing::State::unreadable:
      return PublicationState::malformed;
  }
  return PublicationState::malformed;
}

std::string types_text(const ForceMonthCounts& counts) {
  std::vector<std::int64_t> rows(counts.types.size());
  for (const ForceMonthCounts::Cell& cell : counts.cells) rows[cell.type] += cell.count;
  std::string text;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i] == 0) continue;
    text += (text.empty() ? "" : " ") + counts.types[i].slug + ":" + std::to_string(rows[i]);
  }
  return text;
}

sources::Holding holding_of(std::int64_t rows, const std::string& types) {
  sources::Holding holding;
  holding.rows = rows;
  std::map<std::string, std::int64_t>& parts = holding.parts["crime type"];
  for (const std::string& type : split(types, ' ')) {
    const std::size_t colon = type.find(':');
    if (colon == std::string::npos) continue;
    const std::string slug = type.substr(0, colon);
    const KnownCrimeType* known = known_crime_type(slug);
    parts[known != nullptr ? std::string(known->name)
          : slug.empty()   ? "Not stated"
                           : slug] += std::stoll(type.substr(colon + 1));
  }
  return holding;
}

}  // namespace tithing::evidence
