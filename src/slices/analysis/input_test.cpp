#include "slices/analysis/input.h"

#include <doctest/doctest.h>

using namespace tithing;
using namespace tithing::analysis;

TEST_CASE("a CSV keeps quotes, names columns and counts lines") {
  const auto input =
      read_csv("\xEF\xBB\xBFName,Crime Count\r\n\"Leeds, \"\"north\"\"\",3\r\n\r\n\"two\nlines\",NA\r\n", "a.csv");
  REQUIRE(input.has_value());
  CHECK(input->columns == std::vector<std::string>{"name", "crime_count"});
  CHECK(input->rows[0][0] == "Leeds, \"north\"");
  CHECK(input->rows[1][0] == "two\nlines");
  CHECK(input->where(1) == "line 4");
  const auto values = optional_numbers(*input, 1);
  REQUIRE(values.has_value());
  CHECK((*values)[0] == 3.0);
  CHECK(!(*values)[1]);
  const auto whole = numbers(*input, 1);
  REQUIRE(!whole.has_value());
  CHECK(whole.error().message.find("line 4") != std::string::npos);
}

TEST_CASE("a CSV that cannot be used says where and what to do") {
  const auto message = [](std::string_view text) {
    const auto input = read_csv(text, "a.csv");
    return input ? std::string() : input.error().message;
  };
  CHECK(message("a,b\n1\n") == "a.csv, line 2: there are 1 fields under 2 headings.");
  CHECK(message("a,a\n1,2\n") == "a.csv, line 1: the column a is named twice.");
  CHECK(message("a,\n1,2\n") == "a.csv, line 1: a column has no name. The first line names the columns.");
  CHECK(message("a\n\"1\n") == "a.csv, line 2: a quote is opened and never closed.");
  CHECK(message("a\n") == "a.csv has no rows. The first line names the columns, each further line is a row.");
  CHECK(message("") == "a.csv has no rows. The first line names the columns, each further line is a row.");
  CHECK(message("a\n\xFF\n") == "a.csv is not UTF-8 text. Save it as CSV UTF-8.");
}

TEST_CASE("numbers that are none are refused with their line") {
  const auto input = read_csv("count\n1\nnan\n", "a.csv");
  REQUIRE(input.has_value());
  CHECK(numbers(*input, 0).error().message == "a.csv, line 3: \"nan\" in the column count is not a number.");
  const auto halves = read_csv("count\n1.5\n", "a.csv");
  CHECK(!counts(*halves, 0).has_value());
  const auto below = read_csv("count\n-1\n", "a.csv");
  CHECK(!counts(*below, 0).has_value());
}

TEST_CASE("GeoJSON: polygons become shapes whose shared corners stay shared, points become columns") {
  const auto squares = read_geojson(R"({"type":"FeatureCollection","features":[
    {"type":"Feature","properties":{"name":"west","value":1.5},"geometry":{"type":"Polygon","coordinates":[[[-2,54],[-1.9,54],[-1.9,54.1],[-2,54.1],[-2,54]]]}},
    {"type":"Feature","properties":{"name":"east","count":null},"geometry":{"type":"MultiPolygon","coordinates":[[[[-1.9,54],[-1.8,54],[-1.8,54.1],[-1.9,54.1],[-1.9,54]]]]}}]})",
                                    "s.geojson");
  REQUIRE(squares.has_value());
  REQUIRE(squares->shapes.size() == 2);
  CHECK(squares->shapes[0].rings[0][1].x == squares->shapes[1].rings[0][0].x);
  const auto middles = places_of(*squares);
  REQUIRE(middles.has_value());
  // A tenth of a degree of longitude at 54 degrees north is about 6,550 metres.
  CHECK((*middles)[1].x - (*middles)[0].x == doctest::Approx(6546).epsilon(0.01));
  CHECK(squares->rows[1][*squares->find("value")].empty());

  const auto points = read_input(
      R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[-1.5,53.8]}}]})",
      "p.geojson");
  REQUIRE(points.has_value());
  const auto place = places_of(*points);
  REQUIRE(place.has_value());
  CHECK((*place)[0].x == doctest::Approx(433000).epsilon(0.01));

  CHECK(!read_geojson("{\"features\":3}", "x").has_value());
  CHECK(!read_geojson("{", "x").has_value());
  CHECK(!read_geojson(R"({"features":[{"geometry":{"type":"LineString","coordinates":[[0,0],[1,1]]}}]})", "x")
             .has_value());
}

TEST_CASE("a shape's middle is its centre of gravity, and its mean corner when it encloses nothing") {
  const statistics::Point square = middle_of({{{{0, 0}, {4, 0}, {4, 2}, {0, 2}, {0, 0}}}});
  CHECK(square.x == doctest::Approx(2));
  CHECK(square.y == doctest::Approx(1));
  const statistics::Point flat = middle_of({{{{5, 5}, {7, 5}}}});
  CHECK(flat.x == doctest::Approx(6));
}
