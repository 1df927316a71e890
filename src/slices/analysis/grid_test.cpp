// Hot spots on a grid and density: the study by itself, its pages, its figures, and the same on the command line.
#include <cmath>
#include <numeric>

#include "base/national_grid.h"
#include "base/translation.h"
#include "slices/analysis/answer.h"
#include "slices/analysis/cli.h"
#include "slices/analysis/house_for_tests.h"
#include "slices/analysis/kinds_parts.h"
#include "slices/analysis/pages.h"
#include "slices/analysis/pages_parts.h"

using namespace tithing;
using namespace tithing::analysis;
using test::has;
using testing::House;
using testing::Room;

namespace {

Question town(const char* from = "2021-01", const char* to = "2021-12") {
  Question question;
  question.area = "E22000001";
  question.as_at = Date::from_ymd(2022, 2, 1);
  question.period = *Period::parse(from, to);
  return question;
}

Result<GridStudy> study_of(House& house, const Question& question, int side = 0) {
  const auto snapshot = house.evidence.snapshot();
  const auto found = found_for(*snapshot, question);
  REQUIRE(found);
  return grid_study(*snapshot, house.registered, question, *found, side);
}

}  // namespace

TEST_CASE("the grid covers the area, holds every crime with a position, and its hot cells lie in the busy corner") {
  House house;
  const auto study = study_of(house, town());
  REQUIRE_MESSAGE(study.has_value(), (study ? "" : study.error().message));
  // Five by five LSOAs of a hundredth of a degree: some 18 square kilometres.
  CHECK(study->area_km2 == doctest::Approx(18.2).epsilon(0.02));
  CHECK(study->grid.side == 250);
  CHECK(static_cast<double>(study->counts.size()) * 0.0625 == doctest::Approx(study->area_km2).epsilon(0.05));
  const auto snapshot = house.evidence.snapshot();
  const auto found = found_for(*snapshot, town());
  CHECK(study->rows == snapshot->count(*found->selection, found->period, evidence::kAllTypes));
  CHECK(study->without_position == 12);
  CHECK(study->outside == 0);
  CHECK(std::accumulate(study->counts.begin(), study->counts.end(), 0.0) == static_cast<double>(study->on_grid()));
  // Each cell lies where its crimes are: the point of the first LSOA is in the cell whose square holds it.
  const GridPoint first = to_national_grid({-1.998, 54.002});
  bool seen = false;
  for (std::size_t i = 0; i < study->counts.size(); ++i) {
    const auto middle = study->grid.middle(i);
    if (std::abs(first.easting - middle.x) > 125 || std::abs(first.northing - middle.y) > 125) continue;
    seen = true;
    CHECK(study->lsoa[i] == "E01000000");
    CHECK(study->counts[i] > 0);
    CHECK(study->feasible[i]);
  }
  CHECK(seen);
  REQUIRE(study->hot);
  CHECK(study->hot_cells(true) > 0);
  CHECK(study->hot_cells(true) <= study->hot_cells(false));
  // The map points lie on a lattice of some 330 by 560 metres: cells of 500 hold points that lie together.
  const auto larger = study_of(house, town(), 500);
  REQUIRE(larger);
  CHECK(larger->crimes_in_hot_cells(true) > 0);
  for (std::size_t i = 0; i < study->counts.size(); ++i) {
    if (study->hot->call(i, true) != GridHot::Call::hot) continue;
    const geometry::Point globe = from_national_grid({study->grid.middle(i).x, study->grid.middle(i).y});
    CHECK(globe.longitude < -1.97);
    CHECK(globe.latitude < 54.03);
  }
  REQUIRE(study->back_tests.size() == kBackTestShares.size());
  CHECK(study->back_tests[kHeadlineShare].of_all->accuracy_index > 1);
  // Only cells with a map point can hold a crime: over them the best choice is found more nearly.
  CHECK(study->back_tests[kHeadlineShare].of_feasible->efficiency_index > 0.5);
}

TEST_CASE("the same on one thread and on many, and when asked again") {
  House house;
  const auto one = study_of(house, town(), 200), many = study_of(house, town(), 200);
  REQUIRE(one);
  REQUIRE(many);
  CHECK(one->hot->p == many->hot->p);
  CHECK(one->hot->false_discovery_rate == many->hot->false_discovery_rate);
  const auto a = density_study(*one, {}, 1), b = density_study(*many, {}, 4);
  REQUIRE(a);
  CHECK(a->density == b->density);
  CHECK(a->bandwidth == b->bandwidth);
  CHECK(a->rule == "Scott's rule");
  // Corrected at the boundary no crime leaks out.
  const auto leaking = density_study(*one, {"scott", false});
  const auto sum = [](const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); };
  CHECK(sum(leaking->density) < sum(a->density));
  CHECK(sum(leaking->density) * 0.04 < one->on_grid());
  CHECK_FALSE(density_study(*one, {"12", true}));
  CHECK_FALSE(density_study(*one, {"wide", true}));
}

TEST_CASE("what cannot be laid on a grid gets a sentence") {
  House house;
  const auto sentence = [&](const Question& question, int side = 0) {
    const auto study = study_of(house, question, side);
    return study ? std::string("a study") : study.error().message;
  };
  CHECK(sentence(town(), 123).find("Cells are 100, 200") == 0);
  // One crime of the type in the first month: everything is there, nothing is hot.
  Question burglary = town("2019-01", "2019-01");
  burglary.type = "burglary";
  const auto one = study_of(house, burglary);
  REQUIRE(one);
  CHECK(one->on_grid() == 1);
  CHECK(one->back_tests.empty());
  CHECK(one->history[0] == std::nullopt);
  CHECK_FALSE(density_study(*one, {}));       // one point has no spread
  CHECK(density_study(*one, {"500", true}));  // but a bandwidth can be given
  burglary.period = *Period::parse("2019-02", "2019-03");
  CHECK(sentence(burglary).find("No crime of these months and this type") == 0);
  // Two cells of 5 kilometres: too few to be compared.
  const auto large = study_of(house, town(), 5000);
  REQUIRE(large);
  CHECK_FALSE(large->hot);
  house.registered.drawn = false;
  CHECK(sentence(town()).find("No boundary of Town") == 0);
  house.registered.drawn = true;
  house.evidence.now->missing = Month::from_ym(2021, 3);
  CHECK(sentence(town()).find("March 2021 was not submitted") == 0);
  CHECK(usual_side(272) == 250);
  CHECK(usual_side(8'000) == 1000);
  CHECK(possible_sides(8'000).front() == 500);
}

TEST_CASE("pages of the grid: for people who are signed in, with map, tables, files, and a choice that comes back") {
  Room room;
  room.as(Role::performance_analyst);
  for (const char* path : {"/grid", "/density", "/grid?from=2021-01&to=2021-12&cell=500&fdr=no",
                           "/density?bandwidth=500&edge=none", "/density?bandwidth=150&cell=100"}) {
    CAPTURE(path);
    const auto page = room.get(path);
    CHECK(page.status == 200);
    CHECK(has(page, "<svg"));
    CHECK(has(page, "map-legend"));
    CHECK(has(page, "nearest of its map points"));
    CHECK_FALSE(has(page, ">nan"));
  }
  const auto grid = room.get("/grid?cell=500&fdr=no");
  CHECK(has(grid, "/figures/grid-hot-spots?"));
  CHECK(has(grid, "cell=500"));
  CHECK(has(grid, "grid/table.csv?"));
  CHECK(has(grid, "fdr=no"));
  CHECK(has(room.get("/density?bandwidth=150&cell=100"), "snap"));
  // Smaller than a cell that was chosen: refused, with the size that would do. Where none was chosen the cell is
  // smaller.
  CHECK(has(room.get("/density?bandwidth=150&cell=250"), "smaller than a cell of 250 metres"));
  CHECK(has(room.get("/density?bandwidth=150&cell=250"), "Choose cells of 100 metres"));
  CHECK_FALSE(has(room.get("/density?bandwidth=150&cell=250"), "map-legend"));
  CHECK(has(room.get("/density?bandwidth=150"), "in cells of 100 metres"));
  CHECK_FALSE(has(room.get("/density?bandwidth=500"), "smaller than a cell"));
  for (const char* file : {"/grid/table.csv", "/grid/table.xlsx", "/grid-test/table.csv", "/density/table.csv"}) {
    CAPTURE(file);
    CHECK(room.get(file).status == 200);
  }
  CHECK(has(room.get("/grid/table.csv?cell=500"), "Town 0 (E01000000)"));
  CHECK(room.get("/grid?cell=123").status == 400);
  CHECK(room.get("/density?bandwidth=wide").status == 400);
  CHECK(room.get("/grid?cell=5000").status == 200);
  CHECK(has(room.get("/grid?from=2021-05&to=2021-05"), "two months or more"));
  room.as_nobody();
  for (const char* path : {"/grid", "/density", "/grid/table.csv", "/grid-test/table.csv", "/density/table.xlsx"}) {
    CAPTURE(path);
    CHECK(room.get(path).status == 303);
  }
}

TEST_CASE("figures of the grid are explained, and come out the same when they are asked for again") {
  for (const char* kind : {"grid-hot-spots", "grid-hot-spot-crimes", "grid-accuracy", "highest-density"}) {
    CAPTURE(kind);
    House house, again;
    const auto figure = house.ask(kind, {{"cell", "250"}});
    REQUIRE_MESSAGE(figure.has_value(), (figure ? "" : figure.error().message));
    REQUIRE(figure->quantity.known());
    // On 500 metres Scott's bandwidth is smaller than a cell, and the density is not told.
    const auto larger = house.ask(kind, {{"cell", "500"}});
    if (std::string(kind) == "highest-density")
      CHECK_FALSE(larger->quantity.known());
    else
      CHECK(larger->quantity.number() > 0);
    CHECK_FALSE(figure->working.in_words.empty());
    CHECK(figure->working.inputs.front().figure != nullptr);
    CHECK(figure->working.inputs.size() > 3);
    // By its address, from a program that has kept nothing.
    const auto address = figures::Address::parse(figure->address.path());
    REQUIRE(address);
    const auto other = again.wiring.figures.ask(*address, {Date::from_ymd(2022, 2, 1), false});
    REQUIRE(other);
    CHECK(other->quantity.number() == figure->quantity.number());
    CHECK(other->working.in_words == figure->working.in_words);
    // The size that is usual is the size that is said.
    CHECK(house.ask(kind)->quantity.number() == figure->quantity.number());
    CHECK_FALSE(house.ask(kind, {{"cell", "251"}}));
    house.registered.drawn = false;
    house.evidence.now->known = "v2";
    CHECK_FALSE(house.ask(kind)->quantity.known());
  }
  House house;
  CHECK(house.ask("grid-hot-spot-crimes", {{"type", "burglary"}, {"from", "2019-01"}, {"to", "2019-01"}}, true)
            ->quantity.state() == figures::Quantity::State::suppressed);
  CHECK_FALSE(house.ask("grid-hot-spots", {{"fdr", "perhaps"}}));
  // What calls a cell is in the formula and in the words, not its z alone.
  for (const char* kind : {"grid-hot-spots", "grid-hot-spot-crimes", "hot-spot-count"}) {
    CAPTURE(kind);
    const auto called = house.ask(kind);
    REQUIRE(called->quantity.known());
    CHECK(called->working.formula.find("the exact, two-sided p") != std::string::npos);
    CHECK(called->working.formula.find("q(i) at most 0.05") != std::string::npos);
  }
  CHECK(house.ask("grid-hot-spots")->working.in_words.find("exact p") != std::string::npos);
  CHECK(house.ask("grid-hot-spots")->working.in_words.find("false discovery rate") != std::string::npos);
  const auto each = house.ask("grid-hot-spots", {{"fdr", "no"}});
  CHECK(each->working.formula.find("p(i) at most 0.05") != std::string::npos);
  CHECK(each->working.formula.find("q(i)") == std::string::npos);
  CHECK_FALSE(house.ask("highest-density", {{"bandwidth", "wide"}}));
  CHECK_FALSE(house.ask("highest-density", {{"edge", "perhaps"}}));
  const auto below = house.ask("highest-density", {{"bandwidth", "100"}, {"cell", "250"}});
  REQUIRE(below.has_value());
  CHECK_FALSE(below->quantity.known());
  CHECK(below->quantity.reason().find("smaller than a cell of 250 metres") != std::string::npos);
  const auto smaller = house.ask("highest-density", {{"bandwidth", "100"}});
  REQUIRE(smaller->quantity.known());
  CHECK(smaller->quantity.number() ==
        house.ask("highest-density", {{"bandwidth", "100"}, {"cell", "100"}})->quantity.number());
  const auto narrow = house.ask("highest-density", {{"bandwidth", "500"}}),
             smooth = house.ask("highest-density", {{"bandwidth", "5000"}});
  REQUIRE(narrow.has_value());
  REQUIRE(smooth.has_value());
  CHECK(narrow->quantity.number() > smooth->quantity.number());
}

TEST_CASE(
    "each number of the back-test and of the curve opens a figure that says the same, and nothing else is a figure "
    "there") {
  Room room;
  room.as(Role::performance_analyst);
  const auto rows_of = [](const std::string& page, const std::string& id) {
    const std::size_t from = page.find("id=\"" + id + "\"");
    REQUIRE(from != std::string::npos);
    const std::size_t body = page.find("<tbody", from);
    return page.substr(body, page.find("</tbody>", body) - body);
  };
  struct Wanted {
    const char* path;
    const char* table;
    std::size_t figures;
  };
  // Five numbers for each of four shares; of each of eight points its share of the LSOAs and their number.
  for (const Wanted& wanted : {Wanted{"/grid", "grid-test", 20}, Wanted{"/concentration", "concentration", 16}}) {
    CAPTURE(wanted.path);
    const http::Response page = room.get(wanted.path);
    REQUIRE(page.status == 200);
    const std::string rows = rows_of(page.body, wanted.table);
    std::size_t found = 0;
    for (std::size_t at = rows.find("href=\"/figures/"); at != std::string::npos;
         at = rows.find("href=\"/figures/", at + 1)) {
      ++found;
      std::string address = rows.substr(at + 6, rows.find('"', at + 6) - at - 6);
      for (std::size_t amp = address.find("&amp;"); amp != std::string::npos; amp = address.find("&amp;"))
        address.replace(amp, 5, "&");
      const std::size_t text = rows.find('>', at) + 1;
      const std::string shown = rows.substr(text, rows.find('<', text) - text);
      CAPTURE(address);
      const auto parsed = figures::Address::parse(address);
      REQUIRE(parsed);
      const auto figure = room.wiring.figures.ask(*parsed, {Date::from_ymd(2022, 2, 1), false});
      REQUIRE_MESSAGE(figure.has_value(), (figure ? "" : figure.error().message));
      CHECK(figure->quantity.text() == shown);
    }
    CHECK(found == wanted.figures);
    // A cell that is no figure says what it is.
    CHECK(rows.find("<td class=\"govuk-table__cell govuk-table__cell--numeric\">0") == std::string::npos);
  }
}

TEST_CASE("the accuracy of a grid is asked for by share, and without one it is of the share that the sentence uses") {
  House house;
  const auto usual = house.ask("grid-accuracy", {{"cell", "250"}}),
             five = house.ask("grid-accuracy", {{"cell", "250"}, {"share", "5"}}),
             one = house.ask("grid-accuracy", {{"cell", "250"}, {"share", "1"}});
  REQUIRE(usual->quantity.known());
  CHECK(five->quantity.number() == usual->quantity.number());
  CHECK(one->quantity.number() != usual->quantity.number());
  CHECK(one->working.in_words.starts_with("The busiest 1% of the cells"));
  // Places that were linked to before there was a choice stay where they were.
  CHECK(usual->working.inputs[7].given.text() == five->working.inputs[7].given.text());
  CHECK_FALSE(house.ask("grid-accuracy", {{"share", "3"}}));
}

TEST_CASE("a p that is too small to be told stands in the working as it is said") {
  for (const double p : {1e-15, 0.0004, 0.0042, 0.31}) {
    figures::Figure figure;
    figure.address = {"moran", {{{"area", "E22000001"}}}};
    figure.quantity = figures::Quantity::real(0.5, figures::Unit::score, "Moran's I", 3);
    figure.working.in_words = "Neighbours are alike (p " + p_text(p) + ").";
    given_p(figure, "two-sided, of z", p);
    CAPTURE(figure.working.in_words);
    std::size_t figures_found = 0;
    const Words words = told(figure);
    for (const Numeral& piece : words.pieces()) {
      if (piece.kind == Numeral::Kind::text) CHECK(piece.text.find_first_of("0123456789") == std::string::npos);
      if (piece.kind != Numeral::Kind::figure) continue;
      ++figures_found;
      const auto part = figures::part_of(figure, "1");
      REQUIRE(part.has_value());
      CHECK(part->quantity.text() == piece.text);
    }
    CHECK(figures_found == 1);
    // A bound says that it is one.
    CHECK((figure.working.inputs.front().label == "two-sided, of z, less than") == (p < 0.001));
  }
}

TEST_CASE("how many cells have no neighbour is a number of the working, in the note as there") {
  House house;
  auto study = study_of(house, town(), 250);
  REQUIRE(study);
  study->hot->islands = 3;
  study->notes = {"3 cells have no neighbour within the area and no Gi*."};
  figures::Figure figure;
  figure.address = {"grid-hot-spots", {{{"area", "E22000001"}}}};
  given(figure, "", kAloneLabel, "3");
  const exports::Lines lines = grid_notes(*study, *town().period, &figure);
  REQUIRE(lines.size() == 1);
  REQUIRE(lines.front().pieces().size() == 2);
  CHECK(lines.front().pieces().front().kind == Numeral::Kind::figure);
  CHECK(lines.front().text() == study->notes.front());
}

TEST_CASE("the command line gives the grid's findings as the page does") {
  House house;
  const auto evidence = [&] { return Evidence{house.evidence.snapshot(), &house.registered}; };
  const auto run = [&](const char* name, std::map<std::string, std::vector<std::string>> more) {
    for (const Method& method : methods()) {
      if (method.name != name) continue;
      Arguments arguments;
      arguments.values = {{"--area", {"E22000001"}}, {"--from", {"2021-01"}}, {"--to", {"2021-12"}}};
      for (auto& [key, value] : more) arguments.values[key] = value;
      return analyse(method, arguments, Date::from_ymd(2022, 2, 1), evidence);
    }
    return Result<Answer>(invalid(tr("no such method")));
  };
  const auto study = study_of(house, town(), 250);
  const auto answer = run("gistar", {{"--grid", {"250"}}});
  REQUIRE_MESSAGE(answer.has_value(), (answer ? "" : answer.error().message));
  CHECK(answer->findings.front().find(std::to_string(study->hot_cells(true)) + " hot, " +
                                      std::to_string(study->cold_cells(true)) + " cold") == 0);
  // Cell by cell.
  const Listing& cells = answer->listings.back();
  REQUIRE(cells.rows.size() == study->counts.size());
  for (std::size_t i = 0; i < cells.rows.size(); ++i) {
    REQUIRE(std::get<std::string>(cells.rows[i][0]) == study->grid.name(i));
    REQUIRE(std::get<double>(cells.rows[i][3]) == *study->hot->z[i]);
    REQUIRE(std::get<double>(cells.rows[i][5]) == *study->hot->p[i]);
    REQUIRE(std::get<double>(cells.rows[i][6]) == *study->hot->false_discovery_rate[i]);
  }
  CHECK_FALSE(run("gistar", {{"--grid", {"250 m"}}}));
  CHECK_FALSE(run("gistar", {{"--grid", {"17"}}}));
  const auto density = run("kde", {});
  REQUIRE_MESSAGE(density.has_value(), (density ? "" : density.error().message));
  const auto on_page = density_study(*study, {});
  bool seen = false;
  for (const NamedValue& value : density->values)
    if (value.name == "bandwidth") {
      seen = true;
      CHECK(std::get<double>(value.value) == doctest::Approx(on_page->bandwidth).epsilon(1e-12));
    }
  CHECK(seen);
}
