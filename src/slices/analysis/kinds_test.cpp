#include "slices/analysis/kinds.h"
#include "base/translation.h"

#include "base/text.h"
#include "slices/analysis/cli.h"
#include "slices/analysis/house_for_tests.h"
#include "slices/analysis/kinds_parts.h"
#include "slices/analysis/pages_parts.h"
#include "slices/analysis/signals.h"

using namespace tithing;
using namespace tithing::analysis;
using testing::House;

TEST_CASE("gini, moran and hot spots find the busy corner, with their working") {
  House house;
  const auto gini = house.ask("gini");
  REQUIRE_MESSAGE(gini.has_value(), (gini ? "" : gini.error().message));
  REQUIRE(gini->quantity.known());
  CHECK(gini->quantity.number() > 0.2);
  CHECK(gini->quantity.number() < 0.6);
  CHECK(gini->working.inputs.front().figure != nullptr);
  CHECK(house.ask("moran")->quantity.number() > 0.3);
  const auto hot = house.ask("hot-spot-count");
  REQUIRE(hot->quantity.known());
  CHECK(hot->quantity.integer() >= 1);
  CHECK(hot->quantity.integer() <= 9);
  // A table asks for the value only, and gets the same.
  const auto value =
      house.wiring.figures.ask({"gini", {{{"area", "E22000001"}, {"from", "2021-01"}, {"to", "2021-12"}}}},
                               {Date::from_ymd(2022, 2, 1), false}, figures::Detail::value);
  CHECK(value->quantity.number() == gini->quantity.number());
}

TEST_CASE("what cannot be told is unknown with its reason, and small numbers are withheld from visitors") {
  House house;
  house.registered.drawn = false;
  CHECK(house.ask("gini")->quantity.known());
  const auto moran = house.ask("moran");
  CHECK_FALSE(moran->quantity.known());
  CHECK(moran->quantity.reason().find("No boundaries") == 0);
  CHECK(house.ask("gini", {{"type", "burglary"}, {"from", "2019-01"}, {"to", "2019-12"}}, true)->quantity.state() ==
        figures::Quantity::State::suppressed);

  House gap;
  gap.evidence.now->missing = Month::from_ym(2021, 3);
  for (const char* kind : {"gini", "moran", "hot-spot-count", "scan-cluster"})
    CHECK_FALSE(gap.ask(kind)->quantity.known());
  CHECK_FALSE(gap.ask("displacement", {{"base-from", "2020-01"}, {"base-to", "2020-12"}, {"compare", "E22000002"}})
                  ->quantity.known());
}

TEST_CASE("a forecast needs two years, and has an interval") {
  House house;
  const auto few = house.ask("forecast", {{"month", "2022-01"}});
  CHECK_FALSE(few->quantity.known());
  CHECK(few->quantity.reason() == "A forecast that knows the season needs 24 months in a row; there are 12.");
  const auto july = house.ask("forecast", {{"from", "2019-01"}, {"month", "2022-07"}}),
             november = house.ask("forecast", {{"from", "2019-01"}, {"month", "2022-11"}});
  REQUIRE(july->quantity.known());
  REQUIRE(july->quantity.interval);
  CHECK(july->quantity.interval->low < july->quantity.number());
  // Summer is 75 a month above winter.
  CHECK(july->quantity.number() - november->quantity.number() == doctest::Approx(75).epsilon(0.2));
  CHECK_FALSE(house.ask("forecast", {{"from", "2019-01"}, {"month", "2021-12"}}).has_value());
}

TEST_CASE("the displacement is of counts before and after, comparison weighted by their number") {
  House house;
  const auto effect = house.ask("displacement", {{"from", "2021-06"},
                                                 {"to", "2021-08"},
                                                 {"base-from", "2020-06"},
                                                 {"base-to", "2020-08"},
                                                 {"compare", "E22000002"}});
  REQUIRE_MESSAGE(effect.has_value(), (effect ? "" : effect.error().message));
  const auto count = [&](const char* area, int year) {
    return static_cast<double>(house.evidence.now->count(
        **house.evidence.now->select(area, Date(), evidence::Recorder::all),
        *Period::parse(std::to_string(year) + "-06", std::to_string(year) + "-08"), evidence::kAllTypes));
  };
  // Each number of its sentence opens the working, and stands there as it is said.
  std::size_t opened = 0;
  const Words words = told(*effect);
  for (const Numeral& piece : words.pieces()) {
    CAPTURE(piece.text);
    if (piece.kind == Numeral::Kind::text) CHECK(piece.text.find_first_of("0123456789") == std::string::npos);
    if (piece.kind != Numeral::Kind::figure) continue;
    ++opened;
    const auto part = house.wiring.figures.ask(*figures::Address::parse(piece.of), {Date::from_ymd(2022, 2, 1), false});
    REQUIRE(part.has_value());
    CHECK(part->quantity.text() == piece.text);
  }
  CHECK(opened == 5);  // the effect, both ends of its interval, p, what was expected
  CHECK(effect->quantity.number() == doctest::Approx(count("E22000001", 2021) - count("E22000001", 2020) -
                                                     (count("E22000002", 2021) - count("E22000002", 2020))));
  CHECK_FALSE(house.ask("displacement", {{"base-from", "2020-01"}, {"base-to", "2020-12"}, {"compare", "E22000001"}})
                  .has_value());
}

TEST_CASE("areas around both parts take their share in the displacement, or around neither") {
  House house;
  const std::map<std::string, std::string> bare = {{"from", "2021-06"},
                                                   {"to", "2021-11"},
                                                   {"base-from", "2020-12"},
                                                   {"base-to", "2021-05"},
                                                   {"compare", "E22000002"}};
  const auto without = house.ask("displacement", bare);
  REQUIRE(without.has_value());
  auto around = bare;
  around["around"] = "E01000001";  // the fake gives it the town's own counts
  CHECK(house.ask("displacement", around).error().fields.front().field == "around-compare");
  around["around-compare"] = "E01000002";
  const auto same = house.ask("displacement", around);
  REQUIRE(same.has_value());
  CHECK(same->quantity.number() == doctest::Approx(without->quantity.number()));  // what came around both cancels out
  CHECK(same->quantity.interval->high - same->quantity.interval->low >
        without->quantity.interval->high - without->quantity.interval->low);
  // Counts before and after of both areas around, and two numbers of the sentence.
  CHECK(same->working.inputs.size() == without->working.inputs.size() + 6);
  around["around"] = "E22000002";
  CHECK(house.ask("displacement", around).error().kind == ProblemKind::invalid);
}

TEST_CASE("the most likely cluster names places and months and is the same when asked again") {
  House house;
  const auto cluster = house.ask("scan-cluster", {{"from", "2021-03"}, {"to", "2021-10"}});
  REQUIRE_MESSAGE(cluster.has_value(), (cluster ? "" : cluster.error().message));
  REQUIRE(cluster->quantity.known());
  CHECK(cluster->quantity.number() > 1);
  CHECK(cluster->working.in_words ==
        house.ask("scan-cluster", {{"from", "2021-03"}, {"to", "2021-10"}})->working.in_words);
  CHECK_FALSE(house.ask("scan-cluster", {{"from", "2021-03"}, {"to", "2021-03"}})->quantity.known());
}

TEST_CASE("signals of a chart are counted with their formula, by either rule, and with what chance alone would give") {
  House house;
  const auto signals = house.ask("signals", {{"from", "2019-01"}}),
             chance = house.ask("signals-by-chance", {{"from", "2019-01"}});
  REQUIRE_MESSAGE(signals.has_value(), (signals ? "" : signals.error().message));
  REQUIRE(signals->quantity.known());
  REQUIRE(chance->quantity.known());
  CHECK(chance->quantity.number() > 0.3);
  CHECK(chance->quantity.number() < 10);
  // The screened moving ranges are in the formula, because they are in the limits.
  CHECK(signals->working.formula.find("3.267") != std::string::npos);
  CHECK(signals->working.in_words.find("The season (STL) was taken off first.") != std::string::npos);
  std::size_t months = 0;
  for (const auto& input : signals->working.inputs) months += input.figure != nullptr ? 1 : 0;
  CHECK(months == 36);
  const auto before = house.ask("signals", {{"from", "2019-01"}, {"two-of-three", "before-november-2023"}});
  REQUIRE(before->quantity.known());
  CHECK(before->quantity.number() <= signals->quantity.number());
  CHECK(joined(before->working.caveats, " ").find("until November 2023") != std::string::npos);
  CHECK_FALSE(house.ask("signals", {{"two-of-three", "2023"}}));
  // What is said of all the months together is said of their signals.
  for (const char* kind : {"signals", "signals-by-chance", "signals-together"}) {
    CAPTURE(kind);
    std::map<std::string, std::string> asked = {{"from", "2019-01"}};
    if (kind == std::string("signals-together")) asked["type"] = "";
    const auto notes = house.ask(kind, asked)->coverage.notes;
    CHECK(std::count(notes.begin(), notes.end(), "Said of January 2019 to December 2021.") == 1);
  }
  // Seven months are too few, as for the limits of the monthly mean.
  CHECK(house.ask("signals", {{"from", "2021-06"}})->quantity.reason() ==
        "Nothing can be said: too few months, since limits need at least 8 and there are 7.");
  CHECK(house.ask("signals", {{"from", "2021-05"}})->quantity.known());
  // One month says nothing.
  const auto one = house.ask("signals", {{"from", "2021-12"}, {"to", "2021-12"}});
  CHECK_FALSE(one->quantity.known());
  CHECK(one->quantity.reason().find("Nothing can be said") == 0);
  CHECK(house.ask("signals", {{"type", "burglary"}, {"from", "2019-01"}, {"to", "2019-12"}}, true)->quantity.state() ==
        figures::Quantity::State::suppressed);
}

TEST_CASE("what the charts are worth together is kept in one working, each p at the place that the page links to") {
  House house;
  const auto all = house.ask("signals-together", {{"type", ""}, {"from", "2019-01"}});
  REQUIRE_MESSAGE(all.has_value(), (all ? "" : all.error().message));
  REQUIRE(all->quantity.known());
  const auto& inputs = all->working.inputs;
  const std::size_t types = house.evidence.snapshot()->crime_types().size();
  REQUIRE(inputs.size() == 1 + 3 * types);
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < types; ++i) {
    REQUIRE(inputs[3 * i + 1].figure != nullptr);
    if (inputs[3 * i + 1].figure->quantity.known()) sum += inputs[3 * i + 1].figure->quantity.integer();
    CHECK(inputs[3 * i + 2].label.find("p of this chart") == 0);
    CHECK(inputs[3 * i + 3].label.find("p corrected") == 0);
    CHECK(places_of_type(i).p == std::to_string(3 * i + 3));
  }
  CHECK(sum == all->quantity.integer());
}

TEST_CASE("each place of a map has a figure, with its p, its rate and its crimes where the page links to") {
  House house;
  const auto snapshot = house.evidence.snapshot();
  const auto gi = house.ask("lsoa-gi", {{"lsoa", "E01000000"}});
  REQUIRE_MESSAGE(gi.has_value(), (gi ? "" : gi.error().message));
  REQUIRE(gi->quantity.known());
  CHECK(gi->quantity.number() > 2);  // the busy corner
  const auto part = [](const figures::Figure& figure, const char* place) { return figures::part_of(figure, place); };
  for (const char* place : {kPlaceP, kPlaceRate, kPlaceCount}) CHECK(part(*gi, place).has_value());
  CHECK(gi->working.inputs[1].symbol == "p");
  CHECK(gi->working.inputs[2].symbol == "q");
  CHECK(gi->working.inputs[3].symbol == "x");
  CHECK_FALSE(house.ask("lsoa-gi", {{"lsoa", "E01999999"}})->quantity.known());
  const auto cell = house.ask("cell-gi", {{"cell", "500"}, {"square", "0 0"}});
  REQUIRE(cell.has_value());
  CHECK(cell->quantity.reason() == "There is no cell 0 0 on this grid.");
  const auto densest = house.ask("highest-density", {{"cell", "250"}});
  // "The densest cell is 400000 458000, .."
  const std::string words = densest->working.in_words.substr(std::string("The densest cell is ").size());
  const std::string square = words.substr(0, words.find(','));
  const auto density = house.ask("cell-density", {{"cell", "250"}, {"square", square}});
  REQUIRE(density->quantity.known());
  CHECK(density->quantity.number() == densest->quantity.number());
  CHECK(density->working.inputs[1].label.find("times the mean") == 0);
  const auto one = house.ask("cell-gi", {{"cell", "250"}, {"square", square}});
  REQUIRE(one->quantity.known());
  CHECK(one->working.inputs[1].symbol == "p");
  CHECK(one->working.inputs[2].symbol == "q");
  CHECK(one->working.inputs[3].symbol == "x");
}

TEST_CASE(
    "what a sentence says of its places and crimes is a part of the figure beside it, and nothing else is linked") {
  House house;
  const auto gini = house.ask("gini");
  REQUIRE(gini->quantity.known());
  const auto crimes = house.ask("crimes");
  REQUIRE(crimes->quantity.known());
  Extent extent{25, 25, crimes->quantity.integer(), crimes->quantity.integer(), "crimes"};
  const Words words = extent_words(extent, &*gini);
  CHECK(words.text() == extent.sentence());
  std::size_t linked = 0;
  for (const Numeral& piece : words.pieces()) linked += piece.kind == Numeral::Kind::figure ? 1 : 0;
  CHECK(linked == 6);
  // Each leads to its own value.
  for (std::size_t i = 0; i < gini->working.inputs.size(); ++i)
    if (gini->working.inputs[i].label == kExtentLabels[0])
      CHECK(figures::part_of(*gini, std::to_string(i + 1))->quantity.integer() == 25);
  // A number that the working does not hold is no link, and without a figure there is none.
  extent.places = 24;
  CHECK(extent_words(extent, &*gini).text().find("Over 24 of 25 LSOAs") == 0);
  CHECK(in_working(&*gini, kExtentLabels[0], "24").plain());
  CHECK(extent_words(extent, nullptr).plain());
}

TEST_CASE("the back-test of LSOAs is a figure, which needs four months") {
  House house;
  const auto tried = house.ask("lsoa-accuracy");
  REQUIRE(tried->quantity.known());
  CHECK(tried->quantity.number() > 1);  // the busy corner stays busy
  CHECK(tried->working.in_words.find("as the mean of the last 3 months") != std::string::npos);
  const auto few = house.ask("lsoa-accuracy", {{"from", "2021-10"}, {"to", "2021-12"}});
  CHECK_FALSE(few->quantity.known());
  CHECK(few->quantity.reason() == "A back-test needs four months or more: choose a longer period.");
}

TEST_CASE("no signal, mean by chance or forecast runs across a month in which a category was narrowed") {
  House house;
  house.evidence.now->with_other_theft();
  const auto ask = [&](const char* kind, const char* type, const char* from, const char* to, const char* month = "") {
    const auto figure = house.ask(kind, {{"type", type}, {"from", from}, {"to", to}, {"month", month}});
    REQUIRE_MESSAGE(figure.has_value(), (figure ? "" : figure.error().message));
    return *figure;
  };
  for (const char* kind : {"signals", "signals-by-chance"}) {
    CAPTURE(kind);
    const auto across = ask(kind, "other-theft", "2012-06", "2014-04");
    CHECK(across.quantity.state() == figures::Quantity::State::unknown);
    CHECK(across.quantity.reason().find("narrowed in May 2013") != std::string::npos);
    CHECK(across.quantity.reason().find("Ask for months until April 2013, or from May 2013 on.") != std::string::npos);
    CHECK(across.working.in_words.empty());
    // On either side, and of what was not narrowed, they are told.
    CHECK(ask(kind, "other-theft", "2012-01", "2013-04").quantity.known());
    CHECK(ask(kind, "other-theft", "2013-05", "2014-12").quantity.known());
    CHECK(ask(kind, "all", "2012-06", "2014-04").quantity.known());
  }
  const auto forecast = ask("forecast", "other-theft", "2012-01", "2014-12", "2015-01");
  CHECK_FALSE(forecast.quantity.known());
  CHECK(forecast.quantity.reason().find("narrowed in May 2013") != std::string::npos);
  CHECK(ask("forecast", "all", "2012-01", "2014-12", "2015-01").quantity.known());
  // All charts at once: that one carries nothing, and the sum is of the others.
  const auto together = house.ask("signals-together", {{"type", ""}, {"from", "2012-06"}, {"to", "2014-04"}});
  REQUIRE(together);
  bool found = false;
  for (const auto& input : together->working.inputs) {
    if (input.label != "months with a signal, Other theft") continue;
    found = true;
    CHECK_FALSE(input.figure->quantity.known());
    CHECK(input.figure->quantity.reason().find("narrowed in May 2013") != std::string::npos);
  }
  CHECK(found);
  const std::string place = places_of_type(1).p;
  CHECK(figures::part_of(*together, place).has_value() == false);  // no p either: "not told" is no number
}

TEST_CASE(
    "did it work gives no verdict, no p and no interval across a change of the category, in figure, page and command") {
  House house;
  house.evidence.now->with_other_theft();
  const auto ask = [&](const char* type, const char* from, const char* to, const char* base_from, const char* base_to) {
    const auto figure = house.ask("displacement", {{"type", type},
                                                   {"from", from},
                                                   {"to", to},
                                                   {"base-from", base_from},
                                                   {"base-to", base_to},
                                                   {"compare", "E22000002"}});
    REQUIRE_MESSAGE(figure.has_value(), (figure ? "" : figure.error().message));
    return *figure;
  };
  const auto across = ask("other-theft", "2013-06", "2014-04", "2012-06", "2013-04");
  CHECK(across.quantity.state() == figures::Quantity::State::unknown);
  CHECK(across.quantity.reason().find("No verdict, the category changed.") == 0);
  CHECK(across.quantity.reason().find("narrowed in May 2013") != std::string::npos);
  CHECK_FALSE(across.quantity.interval.has_value());
  CHECK(across.working.in_words.empty());
  for (const auto& input : across.working.inputs) CHECK(input.label.find("two-sided") == std::string::npos);
  // The same months of what was not narrowed, and months on one side of it, are told.
  CHECK(ask("all", "2013-06", "2014-04", "2012-06", "2013-04").quantity.known());
  CHECK(ask("other-theft", "2014-06", "2014-12", "2013-06", "2013-12").quantity.known());
  CHECK(ask("other-theft", "2013-01", "2013-04", "2012-01", "2012-04").quantity.known());
  // The command.
  const auto command = [&](const char* type) {
    Arguments arguments;
    arguments.values = {{"--area", {"E22000001"}},   {"--type", {type}},           {"--from", {"2013-06"}},
                        {"--to", {"2014-04"}},       {"--base-from", {"2012-06"}}, {"--base-to", {"2013-04"}},
                        {"--compare", {"E22000002"}}};
    for (const Method& method : methods())
      if (method.name == std::string("displacement"))
        return analyse(method, arguments, Date::from_ymd(2022, 2, 1), [&] {
          return Evidence{house.evidence.snapshot(), &house.registered};
        });
    return Result<Answer>(invalid(tr("no such method")));
  };
  const auto told = command("all"), not_told = command("other-theft");
  REQUIRE_MESSAGE(told.has_value(), (told ? "" : told.error().message));
  REQUIRE_MESSAGE(not_told.has_value(), (not_told ? "" : not_told.error().message));
  CHECK(not_told->findings.front().find("No verdict, the category changed.") == 0);
  CHECK(told->findings.front().find("verdict") == std::string::npos);
  for (const auto& [name, value] : not_told->values)
    CHECK_MESSAGE(std::holds_alternative<std::monostate>(value) == (name != "control_weight"), name);
  for (const auto& [name, value] : told->values) CHECK_MESSAGE(!std::holds_alternative<std::monostate>(value), name);
}

TEST_CASE("clusters in time and back-tests hold months against each other, and none across a change of the category") {
  House house;
  house.evidence.now->with_other_theft();
  for (const std::string kind : {"scan-cluster", "lsoa-accuracy", "grid-accuracy"}) {
    CAPTURE(kind);
    const auto ask = [&](const char* type, const char* from, const char* to) {
      return *house.ask(kind.c_str(), {{"type", type}, {"from", from}, {"to", to}});
    };
    const auto across = ask("other-theft", "2012-12", "2013-08");
    CHECK_FALSE(across.quantity.known());
    CHECK(across.quantity.reason().find("Ask for months until April 2013, or from May 2013 on.") != std::string::npos);
    CHECK(across.working.in_words.empty());
    CHECK(ask("other-theft", "2013-05", "2013-12").quantity.known());
    CHECK(ask("all", "2012-12", "2013-08").quantity.known());
  }
}

TEST_CASE("signals answer from nine in ten months on, and else say which months can be asked") {
  House house;
  const auto signals = [&](const char* kind) { return *house.ask(kind); };
  house.evidence.now->gaps = {Month::from_ym(2021, 4)};
  for (const char* kind : {"signals", "signals-by-chance"}) CHECK(signals(kind).quantity.known());  // 11 of 12
  house.evidence.now->gaps.push_back(Month::from_ym(2021, 6));
  for (const char* kind : {"signals", "signals-by-chance"}) {
    const auto figure = signals(kind);
    CHECK_FALSE(figure.quantity.known());
    CHECK(figure.quantity.reason() ==
          "Not known for January to December 2021: 10 of 12 months are known (83.3%), and 90% is needed. "
          "All of July to December 2021 are known: ask for that.");
  }
  // A forecast needs every month, for it takes them in turn.
  CHECK_FALSE(house.ask("forecast", {{"from", "2019-01"}, {"month", "2022-01"}})->quantity.known());
}

TEST_CASE("where no chart has limits it is not said that none stands out") {
  House house;
  const auto few = house.ask("signals-together", {{"type", ""}, {"from", "2021-10"}, {"to", "2021-12"}});
  REQUIRE(few);
  CHECK_FALSE(few->quantity.known());
  CHECK(few->working.in_words.empty());
  CHECK_FALSE(house.ask("signals-together", {{"type", ""}, {"from", "2019-01"}})->working.in_words.empty());
}
