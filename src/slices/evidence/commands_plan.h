// What an import of street-level files comes to, worked out before anything is written. Private to the commands.
#pragma once

#include <string>
#include <vector>

#include "slices/evidence/commands.h"
#include "slices/evidence/difference.h"
#include "slices/evidence/publications.h"

namespace tithing::evidence {

// One file of the import with what is decided about each of its force-months.
struct Planned {
  struct Part {
    std::size_t index = 0;  // in ReadFile::parts
    Decision decision = Decision::known;
    std::int64_t version = 0;
    std::string replaces;  // key of the publication that is replaced: "<force> <month> <version>"
    std::vector<TypeDifference> differences;
  };
  const ReadFile* file = nullptr;
  std::vector<Part> parts;
  bool malformed = false;
  bool malformed_known = false;
};

std::string publication_key(const std::string& force, Month month, std::int64_t version);

struct Plan {
  std::vector<Planned> files;
  bool changes = false;
};

// Decides for each force-month of each file, in the order given, and compares what is replaced. Problems: an original that cannot be
// read again.
Result<Plan> make_plan(const DataFolder& data, const std::vector<ReadFile>& files, const std::vector<store::PublicationRow>& existing);

// Fills in the files, sums and sentence of the report.
void summarise(const Reading& reading, const Plan& plan, ImportReport& report);

// What will count once the plan has been carried out: enough of it for a cube.
std::vector<store::PublicationRow> after_plan(std::vector<store::PublicationRow> publications, const Plan& plan);

}  // namespace tithing::evidence
