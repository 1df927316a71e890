#include "slices/analysis/input.h"

#include <doctest/doctest.h>

#include "support/shared_data.h"

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
  CHECK(message("a\n\x81\n").find("It is no text in UTF-8, UTF-16 or Windows-1252.") != std::string::npos);
  const auto western = read_csv("ardal;n\nYnys M\xF4n;1\n", "a.csv");
  REQUIRE(western.has_value());
  CHECK(western->rows[0][0] == "Ynys M\xC3\xB4n");
  CHECK(western->notes.at(0) == "a.csv is read as Windows-1252, separated by semicolons.");
}

TEST_CASE("numbers that are none are refused with their line") {
  const auto input = read_csv("count\n1\ninf\n", "a.csv");
  REQUIRE(input.has_value());
  CHECK(numbers(*input, 0).error().message == "a.csv, line 3: \"inf\" in the column count is not a number.");
  const auto halves = read_csv("count\n1.5\n", "a.csv");
  CHECK(!counts(*halves, 0).has_value());
  const auto below = read_csv("count\n-1\n", "a.csv");
  CHECK(!counts(*below, 0).has_value());
}

TEST_CASE("GeoJSON: polygons become shapes whose shared corners stay shared, points become columns") {
  const auto squares = read_geojson(R"({"type":"FeatureCollection","features":[
    {"type":"Feature","properties":{"name":"west","value":1.5},"geometry":{"type":"Polygon","coordinates":[[[-2,)"
                                    R"(54],[-1.9,54],[-1.9,54.1],[-2,54.1],[-2,54]]]}},
    {"type":"Feature","properties":{"name":"east","count":null},"geometry":{"type":"MultiPolygon",)"
                                    R"("coordinates":[[[[-1.9,54],[-1.8,54],[-1.8,54.1],[-1.9,54.1],[-1.9,54]]]]}}]})",
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
      R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Point",)"
      R"("coordinates":[-1.5,53.8]}}]})",
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

TEST_CASE("a row of totals is no area: it is left out, and said") {
  for (const char* word : {"Total", "TOTALS", "Grand total:", "All areas", "Sub-total", "Cyfanswm", " total *"}) {
    const auto input =
        read_csv("name,count,population\nA,10,1000\nB,20,1000\n" + std::string(word) + ",30,2000\n", "a.csv");
    REQUIRE_MESSAGE(input.has_value(), word);
    CHECK_MESSAGE(input->rows.size() == 2, word);
    REQUIRE(input->notes.size() == 1);
    CHECK(input->notes[0].find("Line 4 (\"") == 0);
    CHECK(input->notes[0].find("adds up the other rows and is left out") != std::string::npos);
  }
  const auto kept = read_csv("name,count\nTotal Respect,3\nTotalshire,4\n", "a.csv");
  REQUIRE(kept.has_value());
  CHECK(kept->rows.size() == 2);
  CHECK(kept->notes.empty());
  CHECK(read_csv("name,count\nTotal,30\n", "a.csv").error().message.find("has no rows") != std::string::npos);
}

TEST_CASE(
    "semicolons and tabs divide where the heading has no comma, and then a comma in a number is the decimal one") {
  const auto input = read_csv("name;count;rate\nA;10;12,5\nB;1.234,5;0,25\n", "a.csv");
  REQUIRE(input.has_value());
  CHECK(input->columns == std::vector<std::string>{"name", "count", "rate"});
  CHECK(*numbers(*input, 1) == std::vector<double>{10, 1234.5});
  CHECK(*numbers(*input, 2) == std::vector<double>{12.5, 0.25});
  const auto either = read_csv("name;count\nA;1,234\n", "a.csv");
  CHECK(numbers(*either, 1)
            .error()
            .message.find("may be a whole number with a separator of thousands or one with three decimals") !=
        std::string::npos);
  const auto tabs = read_csv("name\tcount\nA\t1,234\n", "a.csv");
  CHECK(*numbers(*tabs, 1) == std::vector<double>{1234});
  CHECK(read_csv("name,count;x\nA,1;2\n", "a.csv")->columns == std::vector<std::string>{"name", "count;x"});
}

TEST_CASE("separators of thousands are read where they stand before every three digits, and nowhere else") {
  const auto number = [](const std::string& text) {
    return numbers(*read_csv("count\n\"" + text + "\"\n", "a.csv"), 0);
  };
  CHECK(number("1,234")->front() == 1234);
  CHECK(number("12,345,678.5")->front() == 12345678.5);
  CHECK(number("-1,234")->front() == -1234);
  CHECK(number("1 234")->front() == 1234);
  CHECK(number("1\xC2\xA0"
               "234\xC2\xA0"
               "567")
            ->front() == 1234567);
  for (const char* wrong : {"1,23", "1,2345", "12,34,567", ",123", "1234,567", "1,,234", "1 2"})
    CHECK_FALSE_MESSAGE(number(wrong).has_value(), wrong);
  for (const char* blank : {"NA", "n/a", "NaN", "null", "-", "..", "not known"}) {
    const auto gap = read_csv("count\n1\n\"" + std::string(blank) + "\"\n", "a.csv");
    CHECK_MESSAGE(!(*optional_numbers(*gap, 0))[1], blank);
  }
}

TEST_CASE("the inputs that met trouble" * doctest::skip(tests::shared_data("trouble/analysis").empty())) {
  const auto input = [](const std::string& name) { return *read_file(tests::shared_data("trouble/analysis/" + name)); };
  const Input total = input("with_total.csv");
  CHECK(total.rows.size() == 2);
  CHECK(total.notes ==
        std::vector<std::string>{
            "Line 4 (\"Total\") adds up the other rows and is left out: it is no area and no month of its own."});
  CHECK(*counts(total, 1) == std::vector<std::int64_t>{10, 20});
  const Input semicolon = input("semicolon.csv");
  CHECK(semicolon.columns == std::vector<std::string>{"name", "count", "population"});
  CHECK(*counts(semicolon, 1) == std::vector<std::int64_t>{10, 20});
  const Input thousands = input("thousands.csv");
  CHECK(*counts(thousands, 1) == std::vector<std::int64_t>{1234, 2345, 900});
  CHECK(*counts(thousands, 2) == std::vector<std::int64_t>{100000, 110000, 90000});
  CHECK(read_file(tests::shared_data("trouble/analysis/trailing_comma.csv"))
            .error()
            .message.find("a column has no name") != std::string::npos);
  const Input weights = *read_file(tests::shared_data("trouble/harm/thousands.csv"));
  CHECK(*numbers(weights, 1) == std::vector<double>{1460, 2000});
  for (const char* name : {"all_zero.csv", "constant.csv", "island.csv", "coincident.csv", "std_zero.csv",
                           "wdd_zero_control.csv", "zero_pop.csv"}) {
    CHECK_MESSAGE(read_file(tests::shared_data(std::string("trouble/analysis/") + name)).has_value(), name);
  }
}

TEST_CASE("positions whose numbers stand in each other's place, or in degrees for metres, are told") {
  const auto fault = [](const std::string& csv) {
    const auto input = read_csv(csv, "events.csv");
    REQUIRE_MESSAGE(input.has_value(), (input ? "" : input.error().message));
    const auto places = places_of(*input);
    return places ? std::string() : places.error().message;
  };
  CHECK(fault("longitude,latitude\n-1.1,53.9\n-1.2,54.0\n").empty());
  CHECK(
      fault("longitude,latitude\n53.9,-1.1\n54.0,-1.2\n").find("longitude and latitude stand in each other's place") !=
      std::string::npos);
  CHECK(fault("longitude,latitude\n36.8,-1.3\n36.9,-1.2\n").empty());  // Nairobi is elsewhere both ways
  CHECK(fault("longitude,latitude\n-1.1,53.9\n53.9,-1.1\n").empty());  // one that is wrong does not speak for all
  CHECK(fault("x,y\n-1.1,53.9\n-1.2,54.0\n").find("hold degrees, not metres") != std::string::npos);
  CHECK(fault("easting,northing\n53.9,-1.1\n54.0,-1.2\n").find("hold degrees, not metres") != std::string::npos);
  CHECK(fault("easting,northing\n460000,452000\n461000,451000\n").empty());
  CHECK(fault("easting,northing\n1000000,320000\n1010000,330000\n")
            .find("easting and northing stand in each other's place") != std::string::npos);
  CHECK(fault("x,y\n0,0\n100,50\n").empty());  // a plane of one's own
  const auto shape = [](const char* corners) {
    const auto read = read_geojson(
        std::string("{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"n\":1},"
                    "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[") +
            corners + "]]}}]}",
        "shapes.geojson");
    return read ? std::string() : read.error().message;
  };
  CHECK(shape("[-1.1,53.9],[-1.0,53.9],[-1.0,54.0],[-1.1,53.9]").empty());
  CHECK(shape("[53.9,-1.1],[53.9,-1.0],[54.0,-1.0],[53.9,-1.1]").find("GeoJSON has the longitude first") !=
        std::string::npos);
}

TEST_CASE("a row of totals is known by its name or by what it adds up, whatever it is called; an area is not") {
  const auto left = [](const std::string& csv) {
    const auto read = read_csv(csv, "a.csv");
    REQUIRE_MESSAGE(read.has_value(), (read ? "" : read.error().message));
    return std::pair(read->rows.size(), read->notes.empty() ? std::string() : read->notes.front());
  };
  const std::string areas = "name,count,population\nYork,60,200\nCraven,50,57\nSelby,40,90\n";
  CHECK(left(areas).first == 3);
  const auto named = left(areas + "North Yorkshire total,150,347\n");
  CHECK(named.first == 3);
  CHECK(named.second ==
        "Line 5 (\"North Yorkshire total\") adds up the other rows and is left out: it is no area and no month of its "
        "own.");
  CHECK(left(areas + "All partnerships,150,\n").first == 3);
  const auto summed = left(areas + "England,150,347\n");
  CHECK(summed.first == 3);
  CHECK(summed.second ==
        "Line 5 (\"England\") is the sum of the 3 other rows (count, population) and is left out: it is their total "
        "and no area beside them.");
  // In the middle, with a rate beside it that adds up to nothing.
  CHECK(left("area,rate,count\nYork,3.5,60\nEngland,9.1,150\nCraven,2.5,50\nSelby,4.5,40\n").first == 3);
  // One column disagrees; two others; small numbers; a series: none of them is a total.
  CHECK(left(areas + "Ryedale,150,346\n").first == 4);
  CHECK(left("name,count\nA,100\nB,200\nC,300\n").first == 3);
  CHECK(left("name,count\nA,1\nB,2\nC,3\nD,6\n").first == 4);
  CHECK(left("name,month,count\na,2022-01,100\na,2022-02,200\na,2022-03,300\na,2022-04,600\n").first == 4);
  CHECK(left("name,count\nTotal Respect ward,100\nB,200\nC,31\n").first == 3);
  const auto shapes = read_input(
      R"({"type":"FeatureCollection","features":[
      {"type":"Feature","properties":{"name":"A","count":100},"geometry":{"type":"Point","coordinates":[-1,54]}},
      {"type":"Feature","properties":{"name":"B","count":20},"geometry":{"type":"Point","coordinates":[-1,54.1]}},
      {"type":"Feature","properties":{"name":"Force total","count":120},"geometry":{"type":"Point",)"
      R"("coordinates":[-1,54.2]}}]})",
      "a.geojson");
  REQUIRE(shapes.has_value());
  CHECK(shapes->rows.size() == 2);
}

TEST_CASE("rows without a number are left out by name, and are not nought") {
  const auto read = read_csv("name,count,population\nA,10,100\nB,NA,100\nC,,100\nD,30,100\n", "a.csv");
  REQUIRE(read.has_value());
  const auto [known, said] = with_known(*read, {"count"});
  CHECK(known.rows.size() == 2);
  CHECK(known.lines == std::vector<std::int64_t>{2, 5});
  CHECK(said ==
        "2 rows have no number and are left out: B, C. What is not known is not nought: whatever is said of all rows "
        "is said without them.");
  CHECK(with_known(*read, {"population"}).second.empty());
}
