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

TEST_CASE("the grid agrees with PROJ to a millimetre, and its turn of WGS 84 to two centimetres") {
  // cs2cs of PROJ 9.1.1, -f %.4f: "+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000
  // +ellps=airy", first of the same longitudes and latitudes on Airy's ellipsoid, then of WGS 84 with
  // "+towgs84=446.448,-125.157,542.06,0.15,0.247,0.842,-20.489": the Survey's parameters (0.1502, 0.2470, 0.8421,
  // -20.4894) without their last digit, which is what the centimetres are.
  const struct {
    double longitude, latitude, e_osgb36, n_osgb36, e_wgs84, n_wgs84;
  } places[] = {{-5.7167, 50.0657, 134056.3323, 25087.9444, 134119.2006, 25017.5184},
                {-4.1427, 50.3755, 247659.5037, 55107.5414, 247736.6536, 55040.1672},
                {-0.1276, 51.5072, 529930.2723, 180412.1108, 530043.1950, 180358.2086},
                {1.7530, 52.4810, 654803.4497, 293672.5174, 654932.5280, 293631.3596},
                {-1.2297, 54.6752, 449666.9066, 531410.7770, 449771.1081, 531398.3003},
                {-2.2426, 53.4808, 383902.0295, 398286.2457, 383997.4338, 398258.3158},
                {-3.1883, 55.9533, 325808.1537, 673996.2848, 325897.2181, 674001.2016},
                {-5.1057, 56.8198, 210479.9877, 774095.9429, 210554.7881, 774113.2773},
                {-1.1500, 60.1500, 447190.7589, 1140854.6027, 447297.0056, 1140915.1752}};
  for (const auto& place : places) {
    CAPTURE(place.latitude);
    const GridPoint on_airy = project_osgb36({place.longitude, place.latitude});
    CHECK(std::fabs(on_airy.easting - place.e_osgb36) < 0.001);
    CHECK(std::fabs(on_airy.northing - place.n_osgb36) < 0.001);
    const GridPoint grid = to_national_grid({place.longitude, place.latitude});
    CHECK(std::fabs(grid.easting - place.e_wgs84) < 0.02);
    CHECK(std::fabs(grid.northing - place.n_wgs84) < 0.02);
  }
}
