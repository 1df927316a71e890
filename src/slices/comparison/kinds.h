// What the slice's figure kinds have in common.
#pragma once

#include <string>
#include <vector>

#include "figures/registry.h"
#include "slices/comparison/service.h"

namespace tithing::comparison {

struct Asked {
  std::string area, type, as_at_text;
  Period period;
  Date as_at;
};
Result<Asked> asked_from(const figures::Parameters& parameters, const figures::Viewer& viewer);

// A figure takes over what another that it rests on knows of its months and its evidence.
void inherit(figures::Figure& figure, const figures::Figure& from);

// The list with the number in the parameter `name`; invalid when it is no number.
Result<AreaList> list_named(ComparisonService& service, const std::string& number, const char* name);
figures::Source source_of(const AreaList& list);

// characteristic, likeness-difference, likeness (service_likeness_kinds.cpp). `usual`: area, from, to, type, as-at.
void add_likeness_kinds(figures::Registry& registry, ComparisonService& service,
                        const std::vector<figures::ParameterSpecification>& usual);

}  // namespace tithing::comparison
