#include "base/translation.h"
#include "slices/assessment/house_for_tests.h"

using namespace tithing::assessment::testing;

TEST_CASE("a change is of crimes per day, with its interval, and the same for a table as for its working") {
  House house;
  const std::map<std::string, std::string> asked = {
      {"area", "E22000372"}, {"from", "2022-07"}, {"to", "2022-11"}, {"base-from", "2022-02"}, {"base-to", "2022-06"}};
  const auto change = house.ask("change", asked);
  REQUIRE(change);
  // 750 in 153 days against 500 in 150 days.
  CHECK(change->quantity.number() == doctest::Approx(750.0 / 153 / (500.0 / 150) - 1));
  REQUIRE(change->quantity.interval);
  CHECK(change->quantity.interval->low > 0.25);
  CHECK(change->quantity.interval->high < 0.70);
  CHECK(change->working.inputs.size() == 4);
  CHECK(change->working.inputs[1].given == "153");
  // February to June against July to November: the season may do it.
  CHECK(change->working.in_words.find("no verdict, these are other months of the year") != std::string::npos);
  CHECK(change->working.in_words.find("higher") == std::string::npos);
  bool season = false;
  for (const auto& caveat : change->working.caveats) season = season || caveat.find("season") != std::string::npos;
  CHECK(season);
  const auto value = house.ask("change", asked, Detail::value);
  CHECK(value->quantity.number() == change->quantity.number());
  CHECK(value->coverage.expected == change->coverage.expected);
}

TEST_CASE("a missing month makes a change unknown, and a small number withholds it") {
  House house;
  const auto gap = house.ask("change", {{"area", "E22000371"},
                                        {"from", "2022-07"},
                                        {"to", "2022-11"},
                                        {"base-from", "2022-02"},
                                        {"base-to", "2022-06"}});
  REQUIRE(gap);
  CHECK(gap->quantity.state() == Quantity::State::unknown);
  CHECK(gap->quantity.reason().find("missing month is not zero") != std::string::npos);
  const std::map<std::string, std::string> small = {{"area", "E22000372"},  {"from", "2022-03"},
                                                    {"to", "2022-03"},      {"base-from", "2022-02"},
                                                    {"base-to", "2022-02"}, {"type", "burglary"}};
  CHECK(house.ask("change", small, Detail::working, true)->quantity.text() == "withheld");
  CHECK(house.ask("change", small)->quantity.known());
}

TEST_CASE(
    "a change across the month in which a category was narrowed gives no verdict and says why, as value and with its "
    "working") {
  House house;
  std::map<std::string, std::string> asked = {{"area", "E22000372"}, {"type", "other-theft"},  {"from", "2013-05"},
                                              {"to", "2014-04"},     {"base-from", "2012-05"}, {"base-to", "2013-04"}};
  for (const Detail detail : {Detail::value, Detail::working}) {
    const auto change = house.ask("change", asked, detail);
    REQUIRE(change);
    CHECK(change->working.in_words.find("no verdict, the category changed") != std::string::npos);
    REQUIRE(change->coverage.notes.size() == 1);
    CHECK(change->coverage.notes[0].find("narrowed in May 2013") != std::string::npos);
    // Once, and nothing beside it that reads as a verdict.
    for (const std::string& caveat : change->working.caveats) {
      CHECK(caveat.find("narrowed") == std::string::npos);
      CHECK(caveat.find("p = ") == std::string::npos);
    }
    CHECK(change->working.in_words.find("independent") == std::string::npos);
  }
  asked["type"] = "burglary";
  CHECK(house.ask("change", asked)->coverage.notes.empty());
  asked["type"] = "other-theft";
  asked["base-from"] = "2013-05";
  asked["base-to"] = "2013-10";
  asked["from"] = "2013-11";
  // Both after it: they compare, and carry the break all the same.
  const auto after = house.ask("change", asked);
  REQUIRE(after->coverage.notes.size() == 1);
  CHECK(after->coverage.notes[0].find("narrowed in May 2013") != std::string::npos);
  CHECK(after->working.in_words.find("the category changed") == std::string::npos);
  // Both before the break: they hold the same crimes and compare.
  asked["base-from"] = "2012-01";
  asked["base-to"] = "2012-04";
  asked["from"] = "2013-01";
  asked["to"] = "2013-04";
  CHECK(house.ask("change", asked)->working.in_words.find("no verdict") == std::string::npos);
}

TEST_CASE("a mean and limits are of one sense of a category, before it was narrowed or after, and of none across") {
  House house;
  for (const char* kind : {"monthly-mean", "monthly-lower-limit", "monthly-upper-limit"}) {
    const auto ask = [&](const char* type, const char* from, const char* to) {
      return *house.ask(kind, {{"area", "E22000372"}, {"type", type}, {"from", from}, {"to", to}});
    };
    const Figure across = ask("other-theft", "2012-06", "2014-04");
    CHECK(across.quantity.state() == Quantity::State::unknown);
    CHECK(across.quantity.reason().find("narrowed in May 2013") != std::string::npos);
    CHECK(across.quantity.reason().find("Ask for months until April 2013, or from May 2013 on.") != std::string::npos);
    for (const Figure& one : {ask("other-theft", "2012-06", "2013-04"), ask("other-theft", "2013-05", "2014-04"),
                              ask("burglary", "2012-06", "2014-04")})
      CHECK((one.quantity.known() || one.quantity.reason().find("narrowed") == std::string::npos));
  }
}

TEST_CASE("a p and a z stand beside a verdict only, and a verdict says what it takes for granted") {
  House house;
  const auto change = [&](const char* from, const char* to, const char* base_from, const char* base_to,
                          const char* type = "") {
    return *house.ask("change", {{"area", "E22000372"},
                                 {"type", type},
                                 {"from", from},
                                 {"to", to},
                                 {"base-from", base_from},
                                 {"base-to", base_to}});
  };
  const auto some = [](const Figure& figure, const char* part) {
    return std::any_of(figure.working.caveats.begin(), figure.working.caveats.end(),
                       [&](const std::string& one) { return one.find(part) != std::string::npos; });
  };
  const Figure judged = change("2022-07", "2022-11", "2021-07", "2021-11");
  CHECK(judged.working.in_words.ends_with("This takes each crime as independent of the others."));
  CHECK(some(judged, "e-test p = "));
  CHECK(some(judged, "in bursts"));
  const Figure other_months = change("2022-07", "2022-11", "2022-01", "2022-05");
  CHECK(other_months.working.in_words.find("no verdict, these are other months of the year") != std::string::npos);
  CHECK_FALSE(some(other_months, "e-test p"));
  CHECK_FALSE(some(other_months, "The verdict"));
  CHECK(some(other_months, "The interval takes each crime as independent"));
  const Figure few = change("2022-02", "2022-02", "2021-02", "2021-02", "burglary");
  CHECK(few.working.in_words.find("too few to say") != std::string::npos);
  CHECK_FALSE(some(few, "e-test p"));
}

TEST_CASE("what rests on months says over which, and a comparison of partnerships over whom") {
  House house;
  const auto caveats = [&](const char* kind, std::map<std::string, std::string> asked) {
    return house.ask(kind, asked)->working.caveats;
  };
  const auto said = [](const std::vector<std::string>& caveats_of, const std::string& sentence) {
    return std::count(caveats_of.begin(), caveats_of.end(), sentence) == 1;
  };
  const std::string every = "Over every month that was asked for, and the area as a whole.";
  CHECK(said(caveats("change", {{"area", "E22000372"},
                                {"from", "2022-01"},
                                {"to", "2022-03"},
                                {"base-from", "2021-01"},
                                {"base-to", "2021-03"}}),
             every));
  for (const char* kind : {"monthly-mean", "monthly-lower-limit", "monthly-upper-limit"}) {
    CHECK(said(caveats(kind, {{"area", "E22000372"}, {"from", "2022-01"}, {"to", "2022-11"}}), every));
    CHECK(said(caveats(kind, {{"area", "E22000371"}, {"from", "2022-01"}, {"to", "2022-11"}}),
               "Over 10 of 11 months, and the area as a whole; what the others hold is not known."));
  }
  const std::map<std::string, std::string> summer = {{"area", "E22000372"}, {"from", "2022-06"}, {"to", "2022-06"}};
  for (const char* kind : {"average-rate", "rate-compared"})
    CHECK(
        said(caveats(kind, summer), "Over 2 of 2 partnerships (100.0%) and 140 of 140 crimes and incidents (100.0%)."));
}

TEST_CASE("control limits need eight months, and say when they are trial limits") {
  House house;
  CHECK_FALSE(
      house.ask("monthly-mean", {{"area", "E22000372"}, {"from", "2022-01"}, {"to", "2022-07"}})->quantity.known());
  const auto mean = house.ask("monthly-mean", {{"area", "E22000372"}, {"from", "2022-01"}, {"to", "2022-11"}});
  REQUIRE(mean->quantity.known());
  CHECK(mean->quantity.number() == doctest::Approx((6 * 100 + 5 * 150) / 11.0));
  CHECK(mean->working.inputs.size() == 11);
  CHECK(mean->working.caveats[1].find("Trial limits") == 0);
  // A single step: its moving range is screened out, and limits of no width would put every month outside.
  for (const char* kind : {"monthly-upper-limit", "monthly-lower-limit"}) {
    const auto limit = house.ask(kind, {{"area", "E22000372"}, {"from", "2022-01"}, {"to", "2022-11"}});
    CHECK_FALSE(limit->quantity.known());
    CHECK(limit->quantity.reason().find("Nothing can be said: ") == 0);
    CHECK(limit->quantity.reason().find("no width") != std::string::npos);
  }
  // 100, 110, 120, 100, ... from January: mean 109.09, ten moving ranges of 10, 10, 20, ...: mean 13.
  const std::map<std::string, std::string> uneven = {
      {"area", "E22000372"}, {"from", "2022-01"}, {"to", "2022-11"}, {"type", "uneven"}};
  const double centre = house.ask("monthly-mean", uneven)->quantity.number();
  CHECK(centre == doctest::Approx(1200.0 / 11));
  CHECK(house.ask("monthly-upper-limit", uneven)->quantity.number() == doctest::Approx(centre + 2.66 * 13));
  CHECK(house.ask("monthly-lower-limit", uneven)->quantity.number() == doctest::Approx(centre - 2.66 * 13));
}

TEST_CASE("a partnership is compared with those whose months are all there") {
  House house;
  const std::map<std::string, std::string> summer = {{"area", "E22000372"}, {"from", "2022-06"}, {"to", "2022-06"}};
  const auto average = house.ask("average-rate", summer);
  REQUIRE(average);
  CHECK(average->quantity.number() == doctest::Approx(1000.0 * 140 / 800'000));
  CHECK(average->working.inputs.size() == 2 + evidence::kExtentLabels.size());
  const auto compared = house.ask("rate-compared", summer);
  CHECK(compared->quantity.number() == doctest::Approx((100.0 / 600) / (140.0 / 800)));
  // York's May is missing: it is left out, and one of two says nothing of both.
  const auto spring = house.ask("rate-compared", {{"area", "E22000372"}, {"from", "2022-05"}, {"to", "2022-06"}});
  CHECK_FALSE(spring->quantity.known());
  CHECK(spring->quantity.reason() ==
        "Not known for the whole of the comparison: it could be worked out over 1 of 2 partnerships (50.0%) and 200 of "
        "240 crimes and incidents (83.3%) "
        "only, and 90% of both is needed to speak for the whole. Left out because a month, a population or a count is "
        "not known: York.");
  const auto mean = house.ask("average-rate", {{"area", "E22000372"}, {"from", "2022-05"}, {"to", "2022-06"}});
  CHECK_FALSE(mean->quantity.known());
  CHECK(mean->quantity.reason().find("90% of both is needed") != std::string::npos);
}

TEST_CASE(
    "a count under 5 is told by no comparison: not by its ratio, not by an average over it, not by a sum over whom") {
  House house;
  // Two burglaries in each of two partnerships: withheld, and so is what would be worked out from them.
  const std::map<std::string, std::string> asked = {
      {"area", "E22000372"}, {"from", "2022-06"}, {"to", "2022-06"}, {"type", "burglary"}};
  REQUIRE(house.ask("rate-compared", asked)->quantity.known());
  for (const Detail detail : {Detail::value, Detail::working}) {
    const auto compared = house.ask("rate-compared", asked, detail, true);
    REQUIRE(compared);
    CHECK(compared->quantity.state() == Quantity::State::suppressed);
    CHECK_FALSE(compared->quantity.interval);
    if (detail == Detail::working) {
      CHECK(compared->working.caveats[0] == "Over 0 of 2 partnerships (0.0%) and 0 of 0 crimes (100.0%).");
      CHECK(compared->working.caveats[1].find("shown only to people who are signed in: North Yorkshire, York.") !=
            std::string::npos);
    }
  }
  CHECK_FALSE(house.ask("average-rate", asked, Detail::working, true)->quantity.known());
  CHECK(house.ask("average-rate", asked)->quantity.known());
}

TEST_CASE("the level of an interval has the decimals it needs: 99.8% is not 100%") {
  House house;
  const auto level = house.ask(
      "rate-compared", {{"area", "E22000372"}, {"from", "2022-06"}, {"to", "2022-06"}, {"part", "interval.level"}});
  REQUIRE(level);
  CHECK(level->quantity.text() == "99.8%");
  CHECK(figures::level_text(0.95) == "95%");
  CHECK(figures::level_text(0.998) == "99.8%");
  CHECK(figures::level_text(1) == "100%");
  const auto low = house.ask("rate-compared",
                             {{"area", "E22000372"}, {"from", "2022-06"}, {"to", "2022-06"}, {"part", "interval.low"}});
  CHECK(low->working.in_words.find("99.8% interval") != std::string::npos);
}

TEST_CASE("a map shows a share of the areas and of their crimes, and of nine in ten of both it is one of the whole") {
  exports::Table table;
  table.columns = {{.key = "lsoa"}, {.key = "code"}, {.key = "crimes"}, {.key = "rate"}};
  for (int i = 0; i < 10; ++i)
    table.rows.push_back({exports::text_cell("Town"), exports::text_cell("E"), exports::integer_cell(10),
                          exports::decimal_cell(1.5, 1)});
  std::vector<bool> outlined(10, true);
  CHECK(assessment::extent_of_map(table, outlined).sentence() ==
        "Over 10 of 10 LSOAs (100.0%) and 100 of 100 crimes (100.0%).");
  outlined[3] = false;
  CHECK(assessment::extent_of_map(table, outlined).enough());  // nine in ten
  outlined[4] = false;
  CHECK_FALSE(assessment::extent_of_map(table, outlined).enough());
  // No outline missing, but no rate known: the cell says nothing. Withheld is not unknown.
  outlined.assign(10, true);
  table.rows[0][3] = table.rows[1][3] = exports::unknown_cell(tr("No population."));
  CHECK(assessment::extent_of_map(table, outlined).places == 8);
  table.rows[0][2] = table.rows[1][2] = exports::suppressed_cell();
  table.rows[0][3] = table.rows[1][3] = exports::suppressed_cell("withheld");
  CHECK(assessment::extent_of_map(table, outlined).places == 10);
  CHECK(assessment::extent_of_map(table, outlined).of_crimes == 80);
  // One without an outline that holds most of the crimes.
  table.rows[9][2] = exports::integer_cell(1000);
  outlined[9] = false;
  CHECK_FALSE(assessment::extent_of_map(table, outlined).enough());
}

TEST_CASE("every figure kind of this slice says over what it ran: a new kind that says nothing fails here") {
  House house;
  const std::map<std::string, std::string> given = {
      {"area", "E22000372"}, {"from", "2022-01"}, {"to", "2022-11"}, {"base-from", "2021-01"}, {"base-to", "2021-11"}};
  REQUIRE(house.own_kinds.size() >= 6);
  for (const Kind& kind : house.own_kinds) {
    CAPTURE(kind.name);
    std::map<std::string, std::string> values;
    for (const ParameterSpecification& parameter : kind.parameters) {
      const auto value = given.find(parameter.name);
      if (value != given.end())
        values[parameter.name] = value->second;
      else if (parameter.required)
        values[parameter.name] = parameter.example;
    }
    const auto figure = house.wiring.figures.ask({kind.name, {values}}, {Date::from_ymd(2022, 12, 1), false});
    REQUIRE_MESSAGE(figure.has_value(), (figure ? "" : figure.error().message));
    const auto& caveats = figure->working.caveats;
    CHECK(std::count_if(caveats.begin(), caveats.end(),
                        [](const std::string& said) { return said.starts_with("Over "); }) == 1);
  }
}

TEST_CASE("a mean and limits answer from nine in ten months on, and inputs have names") {
  House house;
  const std::map<std::string, std::string> asked = {
      {"area", "E22000372"}, {"from", "2022-01"}, {"to", "2022-11"}, {"type", "uneven"}};
  house.gaps = {Month::from_ym(2022, 3)};
  for (const char* kind : {"monthly-mean", "monthly-lower-limit", "monthly-upper-limit"}) {
    const auto figure = house.ask(kind, asked);
    CHECK(figure->quantity.known());  // 10 of 11
    for (const Input& input : figure->working.inputs) {
      CHECK_FALSE(input.symbol.empty());
      CHECK_FALSE(input.label.empty());
    }
  }
  house.gaps.push_back(Month::from_ym(2022, 6));
  for (const char* kind : {"monthly-mean", "monthly-lower-limit", "monthly-upper-limit"})
    CHECK(house.ask(kind, asked)->quantity.reason() ==
          "Not known for January to November 2022: 9 of 11 months are known (81.8%), and 90% is needed. All of July to "
          "November 2022 are known: ask for that.");
}

TEST_CASE("a change across June 2023 says that LSOAs of two censuses were added up, of a force it does not") {
  House house;
  std::map<std::string, std::string> asked = {{"area", "E22000372"}, {"type", "census"},       {"from", "2023-07"},
                                              {"to", "2023-09"},     {"base-from", "2022-07"}, {"base-to", "2022-09"}};
  for (const Detail detail : {Detail::value, Detail::working}) {
    const auto change = house.ask("change", asked, detail);
    CHECK(change->coverage.notes ==
          std::vector<std::string>{"LSOA codes of 2011 until May 2023, of 2021 from June 2023: added up by the exact "
                                   "fit, so that the same ground is counted throughout"});
  }
  asked["area"] = "E23000009";
  CHECK(house.ask("change", asked)->coverage.notes ==
        std::vector<std::string>{"LSOA codes of 2011 until May 2023, of 2021 from June 2023"});
  asked["area"] = "E22000372";
  asked["from"] = "2022-10";
  asked["to"] = "2022-11";
  CHECK(house.ask("change", asked)->coverage.notes == std::vector<std::string>{"LSOA codes of 2011 throughout"});
}
