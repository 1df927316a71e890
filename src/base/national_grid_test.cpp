#include "base/national_grid.h"

#include <doctest/doctest.h>
#include <cmath>

using namespace tithing;

TEST_CASE("transverse Mercator gives the worked example of the Ordnance Survey's guide") {
  // 52 deg 39 min 27.2531 s N, 1 deg 43 min 4.5177 s E on OSGB36: E 651409.903, N 313177.270.
  const geometry::Point caister{1.0 + 43.0 / 60 + 4.5177 / 3600, 52.0 + 39.0 / 60 + 27.2531 / 3600};
  const GridPoint grid = project_osgb36(caister);
  CHECK(std::fabs(grid.easting - 651409.903) < 0.002);
  CHECK(std::fabs(grid.northing - 313177.270) < 0.002);
  const geometry::Point back = unproject_osgb36(grid);
  CHECK(std::fabs(back.longitude - caister.longitude) < 1e-8);
  CHECK(std::fabs(back.latitude - caister.latitude) < 1e-8);
}

TEST_CASE(
    "WGS 84 to the grid agrees with the centroids that ONS publishes in both, within the transformation's 5 metres") {
  // Hartlepool 009A and Middlesbrough 012A: BNG_E, BNG_N, LONG, LAT of the LSOA 2011 boundary file.
  struct {
    double e, n, longitude, latitude;
  } const published[] = {{449773, 531399, -1.22968, 54.67521}, {449109, 516686, -1.24243, 54.54307}};
  for (const auto& p : published) {
    const GridPoint grid = to_national_grid({p.longitude, p.latitude});
    CHECK(std::fabs(grid.easting - p.e) < 6.0);
    CHECK(std::fabs(grid.northing - p.n) < 6.0);
    const geometry::Point back = from_national_grid({p.e, p.n});
    CHECK(std::fabs(back.longitude - p.longitude) < 1e-4);
    CHECK(std::fabs(back.latitude - p.latitude) < 6e-5);
  }
}

TEST_CASE("there and back again over the country") {
  for (double longitude = -6.0; longitude <= 1.8; longitude += 0.65) {
    for (double latitude = 50.0; latitude <= 58.0; latitude += 0.8) {
      const geometry::Point back = from_national_grid(to_national_grid({longitude, latitude}));
      CHECK(std::fabs(back.longitude - longitude) < 1e-6);
      CHECK(std::fabs(back.latitude - latitude) < 1e-6);
    }
  }
}
