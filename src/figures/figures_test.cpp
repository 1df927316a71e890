#include <doctest/doctest.h>

#include <cmath>

#include "figures/registry.h"
#include "figures/small_numbers.h"

using namespace tithing;
using namespace tithing::figures;

TEST_CASE("quantities say what they are and what they are not") {
  CHECK(Quantity::count(61779, "crimes").text() == "61,779");
  CHECK(Quantity::real(0.034, Unit::change, "change", 1).text() == "+3.4%");
  CHECK(Quantity::real(-0.0001, Unit::change, "change", 1).text() == "0.0%");
  CHECK(Quantity::pence(15064800).text() ==
        "\xC2\xA3"
        "150,648.00");
  CHECK(Quantity::unknown(Unit::rate, "per 1,000", "No population").text() == "not known");
  CHECK(Quantity::suppressed("crimes").text() == "fewer than 5");
  // A rate that would tell a small count is not itself fewer than 5 of anything.
  CHECK(Quantity::withheld(Unit::rate, "crimes per 1,000 people").text() == "withheld");
  CHECK(Quantity::withheld(Unit::rate, "crimes per 1,000 people").state() == Quantity::State::suppressed);
  CHECK(
      Quantity::withheld(Unit::rate, "crimes per 1,000 people").reason().find("A count under 5 would be told by it") ==
      0);
  CHECK_FALSE(Quantity::real(std::nan(""), Unit::rate, "per 1,000", 1).known());
  CHECK_FALSE(Quantity::real(INFINITY, Unit::rate, "per 1,000", 1).known());
}

TEST_CASE("an address is canonical: sorted, encoded, and read back the same") {
  Address address{"crimes", {{{"to", "2022-11"}, {"area", "E22000368"}, {"from", "2022-01"}, {"type", ""}}}};
  CHECK(address.path() == "/figures/crimes?area=E22000368&from=2022-01&to=2022-11");
  const auto again = Address::parse("/figures/crimes?to=2022-11&from=2022-01&area=E22000368&type=");
  REQUIRE(again);
  CHECK(again->path() == address.path());
  CHECK(Address::parse("/figures/a%20b?x=1%262")->parameters.get("x") == "1&2");
  CHECK_FALSE(Address::parse("/figures/crimes?a=1&a=2"));
  CHECK_FALSE(Address::parse("/elsewhere"));
  CHECK_FALSE(Address::parse("/figures/?a=1"));
}

namespace {
Registry registry() {
  Registry made;
  made.add({"double",
            "Twice",
            "Twice a number.",
            {{"n", "integer", true, "The number", "2"}, {"on", "date", false, "A day", "2022-01-01"}},
            [](const Parameters& parameters, const Viewer&, Detail) -> Result<Figure> {
              Figure figure;
              figure.quantity = Quantity::count(2 * std::stoll(parameters.get("n")), "things");
              figure.working.title = "Twice \"n\"";
              auto half = std::make_shared<Figure>();
              half->quantity = Quantity::unknown(Unit::count, "things", "Nobody counted.");
              half->address.kind = "half";
              figure.working.inputs = {Input::of("n", "the number", "2", Constant{"of the test"}),
                                       {"h", "half", half, std::nullopt, ""}};
              figure.coverage = {2, 1, {"North Yorkshire Police, April 2022: not submitted"}, {}, {}};
              return figure;
            },
            {}},
           Cost::light);
  return made;
}
}  // namespace

TEST_CASE("asking checks the parameters against what the kind says of them") {
  const Registry made = registry();
  const Viewer viewer{Date::from_ymd(2022, 12, 1), true};
  CHECK(made.ask({"double", {{{"n", "21"}}}}, viewer)->quantity.integer() == 42);
  CHECK(made.ask({"triple", {}}, viewer).error().kind == ProblemKind::not_found);
  const auto missing = made.ask({"double", {}}, viewer);
  CHECK(missing.error().fields.at(0).field == "n");
  CHECK(missing.error().message == "Give n, for example n=2.");
  CHECK(made.ask({"double", {{{"n", "x"}}}}, viewer).error().kind == ProblemKind::invalid);
  CHECK(made.ask({"double", {{{"n", "1"}, {"on", "2022-02-30"}}}}, viewer).error().fields.at(0).field == "on");
  CHECK(made.ask({"double", {{{"n", "1"}, {"colour", "red"}}}}, viewer).error().message.find("It takes n, on.") !=
        std::string::npos);
  CHECK_FALSE(made.rows({"double", {{{"n", "1"}}}}, viewer, {}));
}

TEST_CASE("an address from before a parameter had a name is the same question, under an address that names it") {
  Registry made;
  made.add({"counted",
            "Counted",
            "",
            {{"n", "integer", true, "", "2"}, {"type", "crime-type", false, "", "crime", "all"}},
            [](const Parameters& parameters, const Viewer&, Detail) -> Result<Figure> {
              Figure figure;
              figure.quantity = Quantity::count(parameters.get("type") == "all" ? 10 : 7, "things");
              return figure;
            },
            [](const Parameters& parameters, const Viewer&, const RowSink& sink) -> Status {
              sink({parameters.get("type")});
              return {};
            }},
           Cost::light);
  const Viewer viewer{Date::from_ymd(2022, 12, 1), true};
  const Address old{"counted", {{{"n", "1"}}}}, named{"counted", {{{"n", "1"}, {"type", "all"}}}},
      other{"counted", {{{"n", "1"}, {"type", "crime"}}}};
  CHECK(made.canonical(old) == named);
  CHECK(made.canonical(named) == named);
  CHECK(made.canonical(other) == other);
  CHECK(made.former(named) == old);
  CHECK(made.former(old) == old);
  CHECK(made.former(other) == other);
  CHECK(made.canonical({"unknown", {}}) == Address{"unknown", {}});
  CHECK(made.ask(old, viewer)->address == named);
  CHECK(made.ask(old, viewer)->quantity.integer() == made.ask(named, viewer)->quantity.integer());
  CHECK(made.ask(other, viewer)->quantity.integer() == 7);
  std::string asked;
  REQUIRE(made.rows(old, viewer, [&](const std::vector<std::string>& row) { asked = row[0]; }));
  CHECK(asked == "all");
  CHECK(openapi(made).find(R"("schema":{"type":"string","default":"all"})") != std::string::npos);

  // What was frozen under the old address keeps it, and is the same question: nothing differs.
  Figure frozen = *made.ask(named, viewer);
  frozen.address = old;
  const auto again = from_json(to_json(frozen));
  REQUIRE(again);
  CHECK(again->address == old);
  CHECK(differences(*again, *made.ask(again->address, viewer)).empty());
}

TEST_CASE("the JSON is the whole tree, and null where nothing is known") {
  const Registry made = registry();
  const auto figure = made.ask({"double", {{{"n", "21"}}}}, {Date::from_ymd(2022, 12, 1), true});
  const std::string json = to_json(*figure);
  CHECK(json.find(R"({"value":42,"unit":"things","kind_of_unit":"count","text":"42","address":"/figures/double?n=21",)"
                  R"("coverage":{"expected":2,"present":1,"complete":false,"missing":["North Yorkshire Police, April )"
                  R"(2022: not submitted"])") == 0);
  CHECK(json.find(R"({"symbol":"h","label":"half","figure":{"value":null,"unit":"things","kind_of_unit":"count",)"
                  R"("text":"not known","reason":"Nobody counted.")") != std::string::npos);
}

TEST_CASE("the OpenAPI document names every kind and parameter") {
  const std::string document = openapi(registry());
  CHECK(document.find(R"("/api/v1/figures/double":{"get":{"operationId":"double")") != std::string::npos);
  CHECK(document.find(R"({"name":"n","in":"query","required":true)") != std::string::npos);
}

TEST_CASE("a frozen figure is read back whole, and what differs today is said") {
  const Registry made = registry();
  const Viewer viewer{Date::from_ymd(2022, 12, 1), true};
  Figure frozen = *made.ask({"double", {{{"n", "21"}}}}, viewer);
  Source january{"2022-01-a.csv", "a.zip", "aa", "2026-01-01", "police", "OGL", 12, "all", "/evidence/sources/1"};
  frozen.working.inputs.push_back({"f", "file", nullptr, january, ""});
  frozen.quantity.interval = Interval{40, 44, 0.95, "exact"};
  const auto again = from_json(to_json(frozen));
  REQUIRE(again);
  CHECK(to_json(*again) == to_json(frozen));
  CHECK(differences(*again, frozen).empty());

  Figure now = frozen;
  now.quantity = Quantity::count(43, "things");
  now.working.inputs.back().source->sha256 = "bb";
  now.coverage.present = 2;
  now.as_at = "2022-12-01";
  const auto said = differences(*again, now);
  REQUIRE(said.size() == 4);
  CHECK(said[0] == "The value was 42 and would be 43.");
  CHECK(said[2] == "Files that were published again with other content: 2022-01-a.csv.");

  // "fewer than 5 per 1,000", as it was frozen once, and "withheld" say the same.
  Figure once = frozen, today = frozen;
  once.quantity = Quantity::suppressed("crimes per 1,000 people");
  today.quantity = Quantity::withheld(Unit::rate, "crimes per 1,000 people");
  CHECK(from_json(to_json(once))->quantity.text() == "fewer than 5");
  CHECK(from_json(to_json(today))->quantity.text() == "withheld");
  CHECK(to_json(*from_json(to_json(today))) == to_json(today));
  CHECK(differences(once, today).empty());

  // Words around an input may change; that its value did is said all the same.
  Figure before = frozen, after = frozen;
  auto input = std::make_shared<Figure>();
  input->quantity = Quantity::count(7, "crimes");
  before.working.inputs[1] = {"c", "crimes recorded", input, std::nullopt, ""};
  auto later = std::make_shared<Figure>(*input);
  later->quantity = Quantity::count(8, "crimes and incidents");
  after.working.inputs[1] = {"c", "crimes and incidents recorded", later, std::nullopt, ""};
  CHECK(differences(before, after) ==
        std::vector<std::string>{"Its input \"crimes and incidents recorded\" was 7 and is 8."});
  CHECK_FALSE(from_json("{}"));
  CHECK_FALSE(from_json("[1,"));
}

TEST_CASE(
    "small counts follow from their total where there is one of them, or all are as small or as large as they can be") {
  CHECK_FALSE(small_counts_follow(0, 0));
  for (int count = 0; count < 5; ++count) CHECK(small_counts_follow(count, 1));
  CHECK(small_counts_follow(0, 3));
  CHECK(small_counts_follow(12, 3));
  for (int together = 1; together < 12; ++together) CHECK_FALSE(small_counts_follow(together, 3));

  using Told = std::vector<bool>;
  CHECK(not_to_be_told(std::vector<std::int64_t>{9, 2, 6, 20}) == Told{false, true, true, false});
  CHECK(not_to_be_told(std::vector<std::int64_t>{9, 2, 6, 1}) == Told{false, true, false, true});
  CHECK(not_to_be_told(std::vector<std::int64_t>{9, 0, 6, 0}) == Told{false, true, true, true});
  CHECK(not_to_be_told(std::vector<std::int64_t>{0, 5, 6}) ==
        Told{true, false, true});  // nought and five would be told by their sum
  CHECK(not_to_be_told(std::vector<std::int64_t>{9, 5, 6}) == Told{false, false, false});
  CHECK(not_to_be_told(std::vector<std::int64_t>{3}) == Told{true});
  CHECK(not_to_be_told({}).empty());

  using Counts = std::vector<std::optional<std::int64_t>>;
  CHECK(to_be_withheld_too(Counts{9, std::nullopt, 6}, 17) == std::optional<std::size_t>(2));
  CHECK(to_be_withheld_too(Counts{9, std::nullopt, 6}, std::nullopt) == std::optional<std::size_t>(2));
  CHECK_FALSE(to_be_withheld_too(Counts{9, std::nullopt, std::nullopt}, 12).has_value());
  CHECK(to_be_withheld_too(Counts{9, std::nullopt, std::nullopt}, 9) == std::optional<std::size_t>(0));
  CHECK_FALSE(to_be_withheld_too(Counts{9, std::nullopt, std::nullopt}, std::nullopt).has_value());
  CHECK_FALSE(to_be_withheld_too(Counts{std::nullopt}, 3).has_value());
}
