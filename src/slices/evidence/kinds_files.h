#pragma once

#include <string>

#include "figures/registry.h"
#include "slices/evidence/evidence.h"

namespace tithing::evidence {

class KindSources;

// "rows", "refused", "without-lsoa", "without-coordinates", "without-crime-id" or "in-other-forces" of the file that
// counts for a force's month.
figures::Address file_rows_address(const Force& force, Month month, const std::string& of);
void add_file_kinds(figures::Registry& registry, KindSources& sources);

}  // namespace tithing::evidence
