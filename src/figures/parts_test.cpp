#include <doctest/doctest.h>

#include "base/translation.h"
#include "figures/numbers.h"
#include "figures/registry.h"

using namespace tithing;
using namespace tithing::figures;

namespace {

// A rate of a count and a constant, whose count is of no kind of its own and rests on a file.
Figure rate() {
  Source file;
  file.name = "2022-01-made-up-street.csv";
  file.sha256 = std::string(64, 'a');
  file.rows = 1234;
  Figure count;
  count.quantity = Quantity::count(1234, "crimes");
  count.working.title = "Crimes";
  count.working.inputs.push_back(Input::of("", "file", {}, file));
  Figure out;
  out.quantity = Quantity::real(12.34, Unit::rate, "per 1,000 people", 1);
  out.quantity.interval = Interval{11.66, 13.05, 0.95, "exact Poisson"};
  out.coverage.expected = 11;
  out.coverage.present = 10;
  out.evidence_version = "v1";
  out.working.title = "Rate";
  out.working.formula = "r = 1000 x c / p";
  out.working.inputs = {Input::of("c", "crimes", count), Input::of("", "per", "1,000", Constant{"of the unit"}),
                        Input::of("", "exactly", "12.340000", WorkedOut{}),
                        Input::of("", "amount",
                                  "\xC2\xA3"
                                  "24,311.0725",
                                  Source::of_paper("A paper, made up", "paragraph 4.7", "/bodies/records/1"))};
  return out;
}

Registry registry() {
  Registry out;
  Kind kind;
  kind.name = "rate";
  kind.parameters = {{"area", "text", true, "An area", "A"}};
  kind.compute = [](const Parameters& parameters, const Viewer&, Detail) -> Result<Figure> {
    CHECK(parameters.get("part").empty());
    return rate();
  };
  out.add(std::move(kind), Cost::light);
  return out;
}

Result<Figure> ask(const std::string& path) {
  static const Registry all = registry();
  return all.ask(*Address::parse(path), {});
}

}  // namespace

TEST_CASE("every number of a working has an address, and works out to itself") {
  const auto whole = ask("/figures/rate?area=A");
  REQUIRE(whole);
  CHECK(whole->working.inputs[0].figure->address.path() == "/figures/rate?area=A&part=1");
  const auto value_at = [](const std::string& path) {
    const auto part = ask(path);
    REQUIRE_MESSAGE(part, path);
    CHECK(part->address.path() == path);
    CHECK(part->evidence_version == "v1");
    CHECK_FALSE(part->working.inputs.empty());
    return part->quantity.text();
  };
  CHECK(value_at("/figures/rate?area=A&part=1") == "1,234");
  CHECK(value_at("/figures/rate?area=A&part=1.1.rows") == "1,234");
  CHECK(value_at("/figures/rate?area=A&part=2") == "1,000");
  CHECK(value_at("/figures/rate?area=A&part=3") == "12.340000");
  CHECK(value_at("/figures/rate?area=A&part=4") ==
        "\xC2\xA3"
        "24,311.0725");
  CHECK(value_at("/figures/rate?area=A&part=interval.low") == "11.7");
  CHECK(value_at("/figures/rate?area=A&part=interval.high") == "13.1");
  CHECK(value_at("/figures/rate?area=A&part=interval.level") == "95%");
  CHECK(value_at("/figures/rate?area=A&part=coverage.present") == "10");
  CHECK(value_at("/figures/rate?area=A&part=coverage.expected") == "11");
}

TEST_CASE("a part of a part is a part") {
  const auto low = ask("/figures/rate?area=A&part=interval.low");
  REQUIRE(low);
  CHECK(part_address(low->address, "2").path() == "/figures/rate?area=A&part=interval.low.2");
  const auto level = ask("/figures/rate?area=A&part=interval.low.2");
  REQUIRE(level);
  CHECK(level->quantity.text() == "95%");
  CHECK(level->address.path() == "/figures/rate?area=A&part=interval.low.2");
  CHECK(ask("/figures/rate?area=A&part=1.1.rows.1.rows")->quantity.text() == "1,234");
}

TEST_CASE("what is no part says so") {
  for (const char* way : {"0", "9", "1.9", "x", "1.", "interval", "interval.middle", "1.interval.low", "coverage.all",
                          "2.9", "1.rows", "99999999999999999999"}) {
    const auto part = ask(std::string("/figures/rate?area=A&part=") + way);
    CHECK_MESSAGE(!part, way);
    if (!part) CHECK(part.error().kind == ProblemKind::not_found);
  }
}

TEST_CASE("a number that is stated is shown as it stands") {
  const auto text = [](const char* given) {
    return Quantity::stated(given) ? Quantity::stated(given)->text() : std::string("none");
  };
  for (const char* given : {"1,000", "-3.25", "27.5%", "+4.0%", "0", "12.340000",
                            "\xC2\xA3"
                            "1,234.56",
                            "-\xC2\xA3"
                            "24,311.0725",
                            "2011"})
    CHECK(text(given) == given);
  for (const char* given :
       {"", "TBC", "1 April 2012", "2011/12", "E22000368", "-", "%", "1.2.3", "12 crimes", ".5", "nan"})
    CHECK(text(given) == "none");
  CHECK(Quantity::stated("\xC2\xA3"
                         "1,234.56")
            ->integer() == 123456);
  CHECK(Quantity::stated("27.5%")->number() == doctest::Approx(0.275));
  CHECK(Quantity::stated("-\xC2\xA3"
                         "24,311.0725")
            ->number() == doctest::Approx(-24311.0725));
}

TEST_CASE("a working ends at a file, a fact with its paper or a person's entry") {
  CHECK_FALSE(Source{}.ends());
  Source file;
  file.name = "a.csv";
  CHECK_FALSE(file.ends());
  file.sha256 = std::string(64, 'a');
  CHECK(file.ends());
  CHECK(Source::of_paper("A paper", "paragraph 2", "/bodies/records/1").ends());
  CHECK_FALSE(Source::of_paper("A paper", "", "/bodies/records/1").ends());
  CHECK(Source::of_entry("fund", "commissioning officer", "2026-01-02T03:04:05Z", "/funding/pots/1").ends());
  CHECK_FALSE(Source::of_entry("fund", "", "2026-01-02T03:04:05Z", "/funding/pots/1").ends());
}

TEST_CASE("ends and leaves are kept in what is stored") {
  Figure figure = *ask("/figures/rate?area=A");
  figure.working.inputs.push_back(Input::of("", "fund",
                                            "\xC2\xA3"
                                            "1.00",
                                            Source::of_entry("fund", "an officer", "2026-01-02", "/funding/pots/1")));
  const auto read = from_json(to_json(figure));
  REQUIRE(read);
  CHECK(to_json(*read) == to_json(figure));
  const auto& inputs = read->working.inputs;
  CHECK(inputs[1].leaf == Leaf::constant);
  CHECK(inputs[1].leaf_of == "of the unit");
  CHECK(inputs[3].source->kind == Source::Kind::paper);
  CHECK(inputs[3].source->paragraph == "paragraph 4.7");
  CHECK(inputs[3].given ==
        "\xC2\xA3"
        "24,311.0725");
  CHECK(inputs[4].source->entered_by == "an officer");
}

TEST_CASE("numbers in words lead to the figure and its parts") {
  Figure figure = *ask("/figures/rate?area=A");
  CHECK(number(figure).of == "/figures/rate?area=A");
  CHECK(number(figure).text == "12.3");
  const Words interval = interval_words(figure);
  CHECK(interval.text() == "11.7 to 13.1");
  CHECK(interval.pieces().front().of == "/figures/rate?area=A&part=interval.low");
  CHECK(coverage_words(figure).text() == "10 of 11 force-months");
  CHECK(number(Result<Figure>(not_found(tr("none")))).text() == "not known");
}
