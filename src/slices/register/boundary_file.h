// Boundaries from GeoJSON (RFC 7946, with the old `crs` member) and TopoJSON (specification 1.0: arcs, delta,
// transform).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "slices/register/areas.h"
#include "slices/register/shape.h"

namespace tithing::register_ {

struct FileBoundary {
  std::string code;
  Shape shape;
};

struct BoundaryFile {
  AreaKind kind = AreaKind::district;
  std::string vintage;  // "2011", "2022-12", or "undated" for forces whose file does not say
  std::vector<FileBoundary> boundaries;
  std::int64_t left_out = 0;  // features outside England and Wales
  std::string form;           // "GeoJSON" or "TopoJSON"
};

// Whether the text begins like JSON with a type of FeatureCollection or Topology.
bool looks_like_boundaries(std::string_view text);

// The code is taken from the property that holds a different official code in every feature; where several do, from the
// one for the smallest areas. Coordinates in metres are taken as the British National Grid. invalid with a sentence
// otherwise.
Result<BoundaryFile> read_boundaries(std::string_view text, std::string_view file_name, std::optional<Date> dated);

}  // namespace tithing::register_
