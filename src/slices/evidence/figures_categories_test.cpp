// What is known of a category and of people: months that lack one, breaks, parts of populations.
#include "slices/evidence/figures_for_tests.h"

using namespace tithing;
using namespace tithing::evidence;
using namespace tithing::evidence::testing;

namespace {

// A month of Surrey with burglaries and robberies in Elmbridge, and what else makes a month of it.
std::string month_of(const std::string& month, int burglaries, int robberies, const std::string& others = {}) {
  std::string text = kHeading + (others.empty() ? other_categories(month, kSurrey) : others);
  for (int i = 0; i < burglaries; ++i)
    text += row(month + "b" + std::to_string(i), month, kSurrey, "E01030001", "Burglary");
  for (int i = 0; i < robberies; ++i)
    text += row(month + "r" + std::to_string(i), month, kSurrey, "E01030001", "Robbery");
  return text;
}

}  // namespace

TEST_CASE(
    "a category that a month does not have is not known for it: in counts, series and coverage, in all and not in "
    "others") {
  for_each_house([](House& house) {
    std::vector<std::string> files;
    for (int month = 1; month <= 6; ++month) {
      const std::string iso = Month::from_ym(2022, month).iso();
      files.push_back(house.world.given(iso + "-surrey-street.csv", month_of(iso, 20, month == 4 ? 0 : 15)));
    }
    (void)house.world.import_well(files);
    const std::string all = "&from=2022-01&to=2022-06", april = "&from=2022-04&to=2022-04";
    const Figure robbery = house.ask("/figures/crimes?area=E22000001&type=robbery" + all, house.officer);
    CHECK(robbery.quantity.integer() == 75);
    CHECK(robbery.quantity.partial);
    CHECK(robbery.coverage.expected == 6);
    CHECK(robbery.coverage.present == 5);
    REQUIRE(robbery.coverage.missing.size() == 1);
    CHECK(robbery.coverage.missing[0] ==
          "Surrey Police, April 2022: no row of Robbery, where its other months have 15 in the middle");
    CHECK(some(robbery.working.caveats,
               "the least it can be, not the whole; what is absent is not nought: Surrey Police, April 2022"));
    const Figure none = house.ask("/figures/crimes?area=E22000001&type=robbery" + april, house.officer);
    CHECK(none.quantity.state() == Quantity::State::unknown);
    CHECK(none.quantity.reason() ==
          "What is absent is not nought: Surrey Police, April 2022: no row of Robbery, where its other months have 15 "
          "in the middle.");
    CHECK(house.ask("/figures/rate?area=E22000001&type=robbery" + april, house.officer).quantity.reason() ==
          none.quantity.reason());
    // Every crime needs every category; burglary does not need robbery.
    CHECK(house.ask("/figures/crimes?area=E22000001" + april, house.officer).quantity.state() ==
          Quantity::State::unknown);
    const Figure burglary = house.ask("/figures/crimes?area=E22000001&type=burglary" + april, house.officer);
    CHECK(burglary.quantity.integer() == 20);
    CHECK_FALSE(burglary.quantity.partial);
    CHECK(burglary.coverage.complete());
    // Over the half-year it is a floor, and what is not known of it is one category of one month: its other rows count.
    const Figure whole = house.ask("/figures/crimes?area=E22000001" + all, house.officer);
    CHECK(whole.quantity.integer() == 6 * 20 + 5 * 15);
    CHECK(whole.quantity.partial);
    CHECK(whole.coverage.present == 5);
    CHECK(whole.coverage.in_part == 1);
    CHECK(whole.coverage.absent() == 0);
    CHECK(whole.coverage.without == std::vector<std::string>{"Robbery in April 2022 (Surrey Police)"});
    CHECK(whole.coverage.floor_text() ==
          "This is the least it can be, not the whole: it is without Robbery in April 2022 (Surrey Police), which is "
          "not known; "
          "what else is in that month is counted.");
    CHECK(robbery.coverage.in_part == 0);  // of that category nothing is counted there
    CHECK(robbery.coverage.absent() == 1);
    const Figure rate = house.ask("/figures/rate?area=E22000001" + all, house.officer);
    CHECK(
        rate.working.in_words.ends_with(" over the 6 months asked for, without Robbery in April 2022 (Surrey Police), "
                                        "which is not known, so this is the least it can be."));
    CHECK(house.ask("/figures/rate?area=E22000001&type=robbery" + all, house.officer)
              .working.in_words.ends_with(
                  " over 5 of the 6 months asked for: the others are missing, so this is the least it can be."));
    const Figure longer = house.ask("/figures/rate?area=E22000001&from=2022-01&to=2022-07", house.officer);
    CHECK(longer.working.in_words.ends_with(
        " over 6 of the 7 months asked for: the others are missing, and what is there is without Robbery in April 2022 "
        "(Surrey Police), which is not known, so this is the least it can be."));
    // An LSOA where nothing happened is nought in the other months, not in April.
    CHECK(house.ask("/figures/crimes?area=E01030002&type=robbery&from=2022-03&to=2022-03", house.officer)
              .quantity.integer() == 0);
    CHECK(house.ask("/figures/crimes?area=E01030002&type=robbery" + april, house.officer).quantity.state() ==
          Quantity::State::unknown);
    const auto snapshot = house.service->snapshot();
    const auto selection = snapshot->select("E22000001", house.officer.today);
    const Period half{Month::from_ym(2022, 1), Month::from_ym(2022, 6)};
    const auto series = snapshot->series(**selection, half, *snapshot->type_index("robbery"));
    CHECK(series[2].count == 15);
    CHECK_FALSE(series[3].count);
    CHECK_FALSE(snapshot->series(**selection, half)[3].count);
    CHECK_FALSE(snapshot->series(**selection, half, kCrimeTypes)[3].count);
    CHECK(snapshot->series(**selection, half, *snapshot->type_index("burglary"))[3].count == 20);
    const ForceMonth* month = snapshot->force_month(0, Month::from_ym(2022, 4));
    CHECK(month->suspect());
    CHECK(month->reasons() ==
          std::vector<std::string>{"no row of Robbery, where its other months have 15 in the middle"});
  });
}

TEST_CASE("a month without anti-social behaviour: crime is known, everything is not") {
  for_each_house([](House& house) {
    std::vector<std::string> files;
    for (int month = 1; month <= 3; ++month) {
      const std::string iso = Month::from_ym(2022, month).iso();
      std::string text = month_of(iso, 20, 15);
      for (int i = 0; i < 12 && month != 2; ++i) text += row("", iso, kSurrey, "E01030001", "Anti-social behaviour");
      if (month == 2)
        text.erase(text.find("2022-02Anti-social"),
                   text.find('\n', text.find("2022-02Anti-social")) + 1 - text.find("2022-02Anti-social"));
      files.push_back(house.world.given(iso + "-surrey-street.csv", text));
    }
    (void)house.world.import_well(files);
    const auto snapshot = house.service->snapshot();
    const auto selection = snapshot->select("E22000001", house.officer.today);
    const Period february{Month::from_ym(2022, 2), Month::from_ym(2022, 2)};
    CHECK(snapshot->coverage(**selection, february, kCrimeTypes).present == 1);
    CHECK(snapshot->series(**selection, february, kCrimeTypes)[0].count.has_value());
    CHECK(snapshot->coverage(**selection, february, kAllTypes).present == 0);
    CHECK(snapshot->coverage(**selection, february, *snapshot->type_index("anti-social-behaviour")).missing ==
          std::vector<std::string>{"Surrey Police, February 2022: no row of Anti-social behaviour, where its other "
                                   "months have 13 in the middle"});
  });
}

TEST_CASE("an extract of burglaries by itself: no other category is nought, not even one that no row has") {
  for_each_house([](House& house) {
    std::string text = kHeading;
    for (int i = 0; i < 7; ++i) text += row("b" + std::to_string(i), "2018-10", kSurrey, "E01030001", "Burglary");
    (void)house.world.import_well({house.world.given("2018-10-surrey-street.csv", text)});
    const std::string october = "&from=2018-10&to=2018-10";
    CHECK(house.ask("/figures/crimes?area=E22000001" + october, house.officer).quantity.reason() ==
          "What is absent is not nought: Surrey Police, October 2018: its file has only part of the categories.");
    const Figure robbery = house.ask("/figures/crimes?area=E22000001&type=robbery" + october, house.officer);
    CHECK(robbery.quantity.state() == Quantity::State::unknown);
    CHECK(robbery.quantity.reason().find("no row of Robbery, and of fewer than half of the categories") !=
          std::string::npos);
    const Figure burglary = house.ask("/figures/crimes?area=E22000001&type=burglary" + october, house.officer);
    CHECK(burglary.quantity.integer() == 7);
    CHECK(some(
        burglary.coverage.suspect,
        "Surrey Police, October 2018: rows of only 1 of the 14 categories of the time (Burglary): part of a file"));
  });
}

TEST_CASE("more than one refused row in a hundred makes the month suspect, and its figures say so") {
  for (const int refused : {1, 2}) {
    for_each_house([refused](House& house) {
      std::string text = month_of("2022-01", 61, 27);  // 99 rows with the others
      for (int i = 0; i < refused; ++i)
        text += row("x" + std::to_string(i), "2021-12", kSurrey, "E01030001", "Burglary");
      (void)house.world.import_well({house.world.given("2022-01-surrey-street.csv", text)});
      const Figure figure =
          house.ask("/figures/crimes?area=E22000001&type=burglary&from=2022-01&to=2022-01", house.officer);
      CHECK(figure.quantity.integer() == 61);
      const std::vector<std::string> two = {
          "Surrey Police, January 2022: 2 of its 101 rows were refused and count nowhere"};
      CHECK(figure.coverage.suspect ==
            (refused == 1 ? std::vector<std::string>() : two));  // one of a hundred is not more
    });
  }
}

TEST_CASE(
    "categories begin, end and are narrowed: before, after and across the figure is not known or carries the break") {
  for_each_house([](House& house) {
    const auto old = [](const std::string& month) {
      std::string text = kHeading;
      for (const char* type :
           {"Anti-social behaviour", "Burglary", "Criminal damage and arson", "Drugs", "Other crime", "Other theft",
            "Public disorder and weapons", "Robbery", "Shoplifting", "Vehicle crime", "Violent crime"}) {
        text += row(month + type, month, kSurrey, "E01030001", type);
      }
      return text;
    };
    std::string may = month_of("2013-05", 4, 3);
    for (int i = 0; i < 6; ++i)
      may += row("bike" + std::to_string(i), "2013-05", kSurrey, "E01030001", "Bicycle theft");
    (void)house.world.import_well({house.world.given("2013-04-surrey-street.csv", old("2013-04")),
                                   house.world.given("2013-05-surrey-street.csv", may)});
    const auto ask = [&](const std::string& type, const std::string& from, const std::string& to) {
      return house.ask("/figures/crimes?area=E22000001&type=" + type + "&from=" + from + "&to=" + to, house.officer);
    };
    const Figure before = ask("bicycle-theft", "2013-04", "2013-04");
    CHECK(before.quantity.state() == Quantity::State::unknown);
    CHECK(before.quantity.reason() ==
          "What is absent is not nought: Surrey Police, April 2013: \"Bicycle theft\" was not a category then.");
    const Figure across = ask("bicycle-theft", "2013-04", "2013-05");
    CHECK(across.quantity.integer() == 6);
    CHECK(across.quantity.partial);
    CHECK(some(across.coverage.notes, "has been a category since May 2013 only"));
    CHECK(ask("violent-crime", "2013-05", "2013-05").quantity.state() == Quantity::State::unknown);
    CHECK(ask("violent-crime", "2013-04", "2013-04").quantity.integer() == 1);
    const Figure narrowed = ask("other-theft", "2013-04", "2013-05");
    CHECK(narrowed.quantity.integer() == 1);  // May's lies elsewhere
    CHECK_FALSE(narrowed.quantity.partial);
    CHECK(some(narrowed.coverage.notes, "narrowed in May 2013"));
    CHECK(some(ask("other-theft", "2013-05", "2013-05").coverage.notes, "narrowed in May 2013"));
    CHECK(ask("burglary", "2013-04", "2013-05").quantity.integer() == 5);
    (void)house.world.import_well(
        {house.world.given("2023-05-surrey-street.csv",
                           month_of("2023-05", 2, 2) + row("x", "2023-05", kSurrey, "E01030001", "Cyber crime"))});
    const Figure fresh = ask("cyber-crime", "2023-05", "2023-05");
    CHECK(fresh.quantity.integer() == 1);
    CHECK(some(fresh.coverage.notes,
               "\"Cyber crime\" is not in the program's table of categories, which reaches to December 2022"));
    CHECK_FALSE(ask("burglary", "2013-04", "2013-05").quantity.partial);
  });
}

TEST_CASE(
    "populations: years stand side by side, a part adds or corrects, and a rate over a part of the people is not "
    "known") {
  for_each_house([](House& house) {
    (void)house.world.import_well({house.world.given("2023-01-surrey-street.csv", january())});
    const auto import = [&](const std::string& name, const std::string& text) {
      const auto report = import_population(house.world.doing(), house.world.holdings, house.world.given(name, text));
      REQUIRE_MESSAGE(report.has_value(), (report ? "" : report.error().message));
    };
    import("part.csv", "LSOA 2021 Code,Mid-2022: Population\nE01030001,1000\nE01039001,600\nE01039002,..\n");
    const Figure part = house.ask("/figures/population?area=E22000001&year=2022", house.officer);
    CHECK(part.quantity.integer() == 1600);
    CHECK(part.quantity.partial);
    CHECK(some(part.working.caveats, "1 of 3 LSOAs has no population in mid-2022: E01039002."));
    const Figure rate = house.ask("/figures/rate?area=E22000001&from=2023-01&to=2023-01", house.officer);
    CHECK(rate.quantity.state() == Quantity::State::unknown);
    CHECK(rate.quantity.reason() == "1 of 3 LSOAs has no population in mid-2022: E01039002.");
    // The rate says which year its people are of, and a category that the table does not know says that the table ends.
    import("whole.csv", "LSOA 2021 Code,Mid-2022: Population\nE01030001,1000\nE01039001,600\nE01039002,400\n");
    const Figure whole = house.ask("/figures/rate?area=E22000001&from=2023-01&to=2023-01", house.officer);
    CHECK(some(whole.coverage.notes, "Population of mid-2022: for mid-2023 there is none for all of it"));
    const auto snapshot = house.service->snapshot();
    CHECK(snapshot->population(**snapshot->select("E01030001", house.officer.today), 2022) == 1000);
    // A file of another year, and one that corrects one LSOA: neither wipes what it is silent about.
    import("next.csv",
           "LSOA 2021 Code,Mid-2023: Population\nE01030001,1100\nE01039001,610\nE01039002,390\nE01031001,12\n");
    import("corrected.csv", "LSOA 2021 Code,Mid-2022: Population\nE01039001,650\n");
    const Figure both = house.ask("/figures/population?area=E22000001&year=2022", house.officer);
    CHECK(both.quantity.integer() == 2050);
    CHECK_FALSE(both.quantity.partial);
    REQUIRE(both.working.inputs.size() == 2);  // two LSOAs from the whole table, one from the correction
    CHECK(both.working.inputs[0].source->rows == 2);
    CHECK(both.working.inputs[1].source->rows == 1);
    CHECK(both.working.inputs[1].source->name == "corrected.csv");
    CHECK(house.ask("/figures/population?area=E22000001&year=2023", house.officer).quantity.integer() == 2100);
    CHECK(house.ask("/figures/rate?area=E22000001&from=2023-01&to=2023-01", house.officer).quantity.number() ==
          doctest::Approx(1000.0 * 10 / 2100));
  });
}

TEST_CASE("tables of populations put together: by hand") {
  const auto table = [](const std::string& rows) { return *read_population("LSOA 2021 Code," + rows, "p.csv"); };
  const Population all =
      combined({table("Mid-2021: Population,Mid-2022: Population\nE01030001,900,1000\nE01039001,500,600\n"),
                table("Mid-2023: Population\nE01030001,1100\n"),                // another year, one LSOA
                table("Mid-2022: Population\nE01039001,650\nE01039002,-\n"),    // a correction, and a blank
                table("Mid-2022: Population\nE01030001,NA\nE01039003,70\n")});  // a blank wipes nothing
  CHECK(all.years == std::vector<int>{2021, 2022, 2023});
  const auto of = [&](const char* code, int year) { return all.of(lsoa_number(code), year); };
  CHECK(of("E01030001", 2021) == 900);
  CHECK(of("E01030001", 2022) == 1000);
  CHECK(of("E01030001", 2023) == 1100);
  CHECK(of("E01039001", 2022) == 650);
  CHECK_FALSE(of("E01039001", 2023));
  CHECK_FALSE(of("E01039002", 2022));
  CHECK(of("E01039003", 2022) == 70);
  CHECK_FALSE(of("E01039003", 2021));
  CHECK(all.table_of(lsoa_number("E01039001"), 2022) == 2);
  CHECK(all.table_of(lsoa_number("E01030001"), 2022) == 0);
  CHECK(all.lsoas_known() == std::vector<std::int64_t>{2, 3, 1});
  CHECK(years_in_words(all.years) == "2021 to 2023");
  CHECK(years_in_words(std::vector<int>{2011, 2019, 2020, 2022}) == "2011, 2019 to 2020 and 2022");
}

TEST_CASE("a sum of a force that never publishes a category says that it holds none of it") {
  for_each_house([](House& house) {
    // A thousand rows tell: the force has burglaries and robberies, and no anti-social behaviour in any of its files.
    std::vector<std::string> files;
    for (int month = 1; month <= 3; ++month) {
      const std::string iso = Month::from_ym(2023, month).iso();
      std::string text = kHeading;
      for (int i = 0; i < 360; ++i)
        text += row(iso + "b" + std::to_string(i), iso, "British Transport Police", "E01030001",
                    i % 2 == 0 ? "Burglary" : "Robbery");
      files.push_back(house.world.given(iso + "-btp-street.csv", text));
    }
    std::string other = month_of("2023-01", 20, 15);
    for (int i = 0; i < 20; ++i) other += row("", "2023-01", kSurrey, "E01030001", "Anti-social behaviour");
    files.push_back(house.world.given("2023-01-surrey-street.csv", other));
    (void)house.world.import_well(files);
    const std::string months = "&from=2023-01&to=2023-03";
    const std::string none =
        "British Transport Police publishes no Anti-social behaviour: none is in this sum, and how many there were is "
        "not known";
    CHECK(some(house.ask("/figures/crimes?area=btp&type=all" + months, house.officer).coverage.notes, none));
    CHECK_FALSE(some(house.ask("/figures/crimes?area=btp&type=crime" + months, house.officer).coverage.notes,
                     "publishes no Anti-social behaviour"));
    CHECK_FALSE(some(house.ask("/figures/crimes?area=btp&type=burglary" + months, house.officer).coverage.notes,
                     "publishes no"));
    CHECK_FALSE(
        some(house.ask("/figures/crimes?area=E22000001&type=all&from=2023-01&to=2023-01", house.officer).coverage.notes,
             "publishes no"));
  });
}
