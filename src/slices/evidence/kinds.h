// The figure kinds of evidence: crimes, population, rate, official-crimes. Pure over a snapshot and a table of official
// values.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "figures/registry.h"
#include "slices/evidence/snapshot.h"

namespace tithing::evidence {

// What the kinds are computed from. `source` describes an imported file by its number (for populations and official
// tables).
struct OfficialAnswer {
  std::string period;  // "Year ending June 2025"
  std::string area_name;
  std::string offence_name;
  std::string level;
  std::optional<std::int64_t> number;
  std::vector<std::string> remarks;  // of the table, that name this area or its force
  std::int64_t source_file = 0;
};

class KindSources {
 public:
  virtual ~KindSources() = default;
  virtual std::shared_ptr<const EvidenceSnapshot> evidence() = 0;
  virtual std::optional<figures::Source> source(std::int64_t source_file) = 0;
  virtual Result<OfficialAnswer> official(const std::string& area, const std::string& offence) = 0;
  // The rows of one counted file that pass `wanted`, given as the twelve fields with the file's name and the line
  // before them.
  virtual Status rows(const EvidenceSnapshot& snapshot, const CountedFile& file,
                      const std::function<bool(Lsoa, const std::string& type_slug)>& wanted,
                      const figures::RowSink& sink) = 0;
};

void add_kinds(figures::Registry& registry, KindSources& sources);

}  // namespace tithing::evidence
