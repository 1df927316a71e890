// The British National Grid. Formulas: Ordnance Survey, "A guide to coordinate systems in Great Britain", annexe B
// (Helmert transformation) and annexe C (transverse Mercator on the Airy 1830 ellipsoid).
//
// The seven-parameter transformation is good to some 5 metres over Great Britain (OSTN15, which is exact, is a table
// of 1.75 million shifts). That is far below what a printed map shows, and the same everywhere, so neighbours stay
// neighbours.
#pragma once

#include "base/geometry.h"

namespace tithing {

struct GridPoint {
  double easting = 0;   // metres
  double northing = 0;  // metres
};

GridPoint to_national_grid(geometry::Point wgs84);
geometry::Point from_national_grid(GridPoint point);

// Transverse Mercator alone: latitude and longitude already on OSGB36 (degrees).
GridPoint project_osgb36(geometry::Point osgb36);
geometry::Point unproject_osgb36(GridPoint point);

}  // namespace tithing
