#include "slices/register/shape.h"

#include <doctest/doctest.h>
#include <algorithm>
#include <cmath>
#include <limits>

#include "slices/register/boundary_file.h"
#include "slices/register/sample_files.h"

using namespace tithing;
using namespace tithing::register_;

namespace {

MicroRing box(int west, int south, int east, int north) {
  return {{west, south}, {east, south}, {east, north}, {west, north}};
}

Shape only(MicroRing ring) { return {{std::move(ring)}}; }

}  // namespace

TEST_CASE("shapes are written and read the same") {
  const Shape shape{{box(-2000000, 52000000, -1900000, 52100000), box(-1980000, 52020000, -1950000, 52050000)},
                    {box(std::numeric_limits<int>::min(), 0, std::numeric_limits<int>::max(), 5)}};
  const auto back = decode(encode(shape));
  REQUIRE(back.has_value());
  CHECK(*back == shape);
  const std::string bytes = encode(shape);
  for (std::size_t cut = 0; cut < bytes.size(); ++cut) CHECK_FALSE(decode(bytes.substr(0, cut)).has_value());
  CHECK_FALSE(decode(bytes + "x").has_value());
  CHECK_FALSE(decode("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF").has_value());
}

TEST_CASE("two squares side by side become one, whichever way they run") {
  MicroRing clockwise = box(10, 0, 20, 10);
  std::reverse(clockwise.begin(), clockwise.end());
  const Shape a = only(box(0, 0, 10, 10));
  const Shape b = only(clockwise);
  const Shape sum = dissolve({&a, &b});
  REQUIRE(sum.size() == 1);
  REQUIRE(sum[0].size() == 1);
  CHECK(sum[0][0].size() == 6);
  CHECK(twice_area(sum) == 400);
}

TEST_CASE("a frame keeps its hole until the hole's owner joins") {
  const Shape frame{{box(0, 0, 30, 30), box(10, 10, 20, 20)}};
  const Shape middle = only(box(10, 10, 20, 20));
  CHECK(dissolve({&frame})[0].size() == 2);
  const Shape sum = dissolve({&frame, &middle});
  REQUIRE(sum.size() == 1);
  CHECK(sum[0].size() == 1);
  CHECK(twice_area(sum) == 1800);
}

TEST_CASE("squares that meet at a corner stay two rings; a ring of four leaves a hole") {
  const Shape a = only(box(0, 0, 10, 10));
  const Shape b = only(box(10, 10, 20, 20));
  const Shape corner = dissolve({&a, &b});
  CHECK(corner.size() == 2);
  CHECK(twice_area(corner) == 400);
  const Shape south = only({{0, 0}, {30, 0}, {30, 10}, {20, 10}, {10, 10}, {0, 10}});
  const Shape north = only({{0, 20}, {10, 20}, {20, 20}, {30, 20}, {30, 30}, {0, 30}});
  const Shape west = only({{0, 10}, {10, 10}, {10, 20}, {0, 20}});
  const Shape east = only({{20, 10}, {30, 10}, {30, 20}, {20, 20}});
  const Shape ring = dissolve({&south, &north, &west, &east});
  REQUIRE(ring.size() == 1);
  CHECK(ring[0].size() == 2);
  CHECK(twice_area(ring) == 2 * (900 - 100));
}

TEST_CASE("TopoJSON: arcs, delta, transform, reversed arcs") {
  const std::string topology = R"({"type":"Topology","transform":{"scale":[0.1,0.1],"translate":[-2,52]},
    "arcs":[[[1,0],[0,1]],[[1,1],[-1,0],[0,-1],[1,0]],[[1,0],[1,0],[0,1],[-1,0]]],
    "objects":{"d_December_2022":{"type":"GeometryCollection","geometries":[
      {"type":"Polygon","arcs":[[0,1]],"properties":{"LAD22CD":"E07000001","LAD22NM":"West"}},
      {"type":"MultiPolygon","arcs":[[[-1,2]]],"properties":{"LAD22CD":"E07000002","LAD22NM":"East"}},
      {"type":"Polygon","arcs":[[0,1]],"properties":{"LAD22CD":"S12000001","LAD22NM":"Elsewhere"}}]}}})";
  const auto file = read_boundaries(topology, "x.topojson", std::nullopt);
  REQUIRE_MESSAGE(file.has_value(), file.error().message);
  CHECK(file->kind == AreaKind::district);
  CHECK(file->vintage == "2022-12");
  CHECK(file->left_out == 1);
  REQUIRE(file->boundaries.size() == 2);
  CHECK(twice_area(file->boundaries[0].shape) == doctest::Approx(2e10));
  const Shape sum = dissolve({&file->boundaries[0].shape, &file->boundaries[1].shape});
  REQUIRE(sum.size() == 1);
  CHECK(sum[0][0].size() == 6);
  CHECK(twice_area(sum) == twice_area(file->boundaries[0].shape) + twice_area(file->boundaries[1].shape));
}

TEST_CASE("boundaries that cannot be used are refused in a sentence") {
  const auto fault = [](const std::string& text) {
    const auto read = read_boundaries(text, "x.geojson", std::nullopt);
    return read ? std::string() : read.error().message;
  };
  const auto feature = [](const std::string& geometry, const std::string& properties) {
    return R"({"type":"FeatureCollection","features":[{"type":"Feature","geometry":)" + geometry + R"(,"properties":)" +
           properties + "}]}";
  };
  const std::string square = R"({"type":"Polygon","coordinates":[[[-2,52],[-1,52],[-1,53],[-2,52]]]})";
  CHECK(fault(feature(square, R"({"LSOA11CD":"E01031349","LAD":"E07000223"})")) == "");
  CHECK(fault("{").find("well-formed") != std::string::npos);
  CHECK(fault("[]").find("not a JSON object") != std::string::npos);
  CHECK(fault(R"({"type":"FeatureCollection","features":[]})").find("no boundary") != std::string::npos);
  CHECK(fault(feature(square, R"({"name":"x"})")).find("official code") != std::string::npos);
  CHECK(fault(feature(square, R"({"CODE":"E01031349"})")).find("2011 or of 2021") != std::string::npos);
  CHECK(fault(feature(R"({"type":"Point","coordinates":[-2,52]})", R"({"LAD22CD":"E07000223"})")).find("Polygon") !=
        std::string::npos);
  CHECK(fault(feature(R"({"type":"Polygon","coordinates":[[[-2,52],[-1,52],[-2,52]]]})", R"({"LAD22CD":"E07000223"})"))
            .find("closed") != std::string::npos);
  CHECK(fault(feature(R"({"type":"Polygon","coordinates":[[[-2,"x"],[-1,52],[-1,53],[-2,52]]]})",
                      R"({"LAD22CD":"E07000223"})"))
            .find("not a number") != std::string::npos);
  CHECK(fault(R"({"type":"Topology","arcs":[[[0,0],[1,1]]],"objects":{"a":{"type":"GeometryCollection",)"
              R"("geometries":[{"type":"Polygon","arcs":[[7]],"properties":{"LAD22CD":"E07000001"}}]}}})")
            .find("arc 7") != std::string::npos);
  CHECK(fault(std::string(200, '[') + std::string(200, ']')).find("well-formed") != std::string::npos);
}

TEST_CASE("coordinates on the National Grid become degrees") {
  const std::string text =
      R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"PFA":"E23000016"},
    "geometry":{"type":"Polygon","coordinates":[[[400000,270000],[401000,270000],[401000,271000],[400000,)"
      R"(270000]]]}}]})";
  const auto file = read_boundaries(text, "forces.geojson", std::nullopt);
  REQUIRE(file.has_value());
  CHECK(file->vintage == "undated");
  const Micro first = file->boundaries[0].shape[0][0][0];
  CHECK(std::abs(first.x - -2000000) < 2000);  // the central meridian, but for the change of datum
  CHECK(std::abs(first.y - 52328000) < 3000);
}

TEST_CASE("real boundaries: dissolving keeps the area, and one outline is left of North Worcestershire") {
  const auto check = [](const BoundaryFile& file, std::initializer_list<const char*> codes, std::size_t most_rings) {
    std::vector<const Shape*> parts;
    double sum = 0;
    std::size_t points = 0;
    for (const char* code : codes)
      for (const FileBoundary& boundary : file.boundaries)
        if (boundary.code == code) {
          parts.push_back(&boundary.shape);
          sum += twice_area(boundary.shape);
          points += point_count(boundary.shape);
        }
    REQUIRE(parts.size() == codes.size());
    const Shape whole = dissolve(parts);
    CHECK(twice_area(whole) == doctest::Approx(sum).epsilon(1e-12));
    CHECK(point_count(whole) < points);
    CHECK(whole.size() <= most_rings);
    std::size_t holes = 0;
    for (const MicroPolygon& polygon : whole) holes += polygon.size() - 1;
    CHECK(holes <= 1);
  };
  const auto coarse =
      read_boundaries(sample_file("geography/lad-2019-ew.topojson"), "lad-2019-ew.topojson", std::nullopt);
  REQUIRE_MESSAGE(coarse.has_value(), coarse.error().message);
  CHECK(coarse->boundaries.size() == 339);
  CHECK(coarse->vintage == "2019");
  check(*coarse, {"E07000234", "E07000236", "E07000239"}, 1);
  const auto fine =
      read_boundaries(sample_file("geography/lad-2022-12.topojson.gz"), "lad-2022-12.topojson", std::nullopt);
  REQUIRE_MESSAGE(fine.has_value(), fine.error().message);
  CHECK(fine->boundaries.size() == 331);
  CHECK(fine->left_out == 43);
  CHECK(fine->vintage == "2022-12");
  check(*fine, {"E07000234", "E07000236", "E07000239"}, 1);
  check(*fine, {"E07000163", "E07000164", "E07000165", "E07000166", "E07000167", "E07000168", "E07000169"}, 12);
}

TEST_CASE("real boundaries: the LSOAs of a district dissolve to its outline") {
  const auto file =
      read_boundaries(sample_file("geography/lsoa11-boundaries-west-mercia-and-york.zip", "E07000236.geojson"),
                      "E07000236.geojson", std::nullopt);
  REQUIRE_MESSAGE(file.has_value(), file.error().message);
  CHECK(file->kind == AreaKind::lsoa_2011);
  CHECK(file->vintage == "2011");
  CHECK(file->boundaries.size() == 55);
  std::vector<const Shape*> parts;
  double sum = 0;
  for (const FileBoundary& boundary : file->boundaries) {
    parts.push_back(&boundary.shape);
    sum += twice_area(boundary.shape);
  }
  const Shape whole = dissolve(parts);
  CHECK(twice_area(whole) == doctest::Approx(sum).epsilon(1e-9));
  CHECK(whole.size() == 1);
}
