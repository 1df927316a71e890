// From files to figures, as the program does it: imported, asked through the registry, explained, their rows read back.
#include <algorithm>
#include <array>

#include "support/source_dir.h"
#include "slices/evidence/crime_types.h"
#include "slices/evidence/service.h"
#include "slices/evidence/test_support.h"
#include "slices/wiring.h"

using namespace tithing;
using namespace tithing::evidence;
using namespace tithing::evidence::testing;
using figures::Address;
using figures::Detail;
using figures::Figure;
using figures::Quantity;
using figures::Viewer;
using register_::Area;
using register_::AreaKind;

namespace {

// Two forces. Surrey has one partnership of two LSOAs; one of them was split in 2021.
class SmallRegister : public register_::Areas {
 public:
  SmallRegister() {
    add("E23000031", AreaKind::police_force_area, "Surrey", {"E01030001", "E01030002"}, {"E01030001", "E01039001", "E01039002"});
    add("E23000033", AreaKind::police_force_area, "Sussex", {"E01031001"}, {"E01031001"});
    add("E22000001", AreaKind::community_safety_partnership, "Elmbridge", {"E01030001", "E01030002"}, {"E01030001", "E01039001", "E01039002"});
    for (const char* code : {"E01030001", "E01030002", "E01031001"}) add(code, AreaKind::lsoa_2011, std::string("LSOA ") + code, {code}, {code});
  }
  std::int64_t version() const override { return 1; }
  const Area* find(std::string_view code) const override {
    for (const Area& area : areas_) {
      if (area.code == code) return &area;
    }
    return nullptr;
  }
  bool in_force(const Area&, Date as_at) const override { return as_at >= Date::from_ymd(2009, 1, 1); }
  std::vector<const Area*> of_kind(AreaKind kind, Date) const override {
    std::vector<const Area*> found;
    for (const Area& area : areas_) {
      if (area.kind == kind) found.push_back(&area);
    }
    return found;
  }
  std::string name_at(const Area& area, Date) const override { return area.name; }
  std::vector<NamePeriod> names(std::string_view) const override { return {}; }
  std::vector<const Area*> constituents(std::string_view, AreaKind, Date) const override { return {}; }
  std::shared_ptr<const LsoaSet> lsoas(std::string_view code, Date) const override {
    for (std::size_t i = 0; i < areas_.size(); ++i) {
      if (areas_[i].code == code) return std::make_shared<const LsoaSet>(sets_[i]);
    }
    return std::make_shared<const LsoaSet>();
  }
  const Area* force_of(std::string_view code, Date) const override { return code == "E23000033" || code == "E01031001" ? find("E23000033") : find("E23000031"); }
  const Area* partnership_of(std::string_view, Date) const override { return nullptr; }
  const Area* district_of(std::string_view, Date) const override { return nullptr; }
  std::vector<register_::Succession> successions_of(std::string_view) const override { return {}; }
  std::vector<register_::Succession> successions() const override { return {}; }
  const Fit* fit(std::string_view) const override { return nullptr; }
  std::vector<const Area*> search(std::string_view, int) const override { return {}; }
  std::vector<std::string> sources() const override { return {}; }

 private:
  void add(const std::string& code, AreaKind kind, const std::string& name, std::vector<std::string> of_2011, std::vector<std::string> of_2021) {
    Area area;
    area.code = code;
    area.kind = kind;
    area.name = name;
    areas_.push_back(std::move(area));
    sets_.push_back({std::move(of_2011), std::move(of_2021), {}});
  }
  std::vector<Area> areas_;
  std::vector<LsoaSet> sets_;
};

struct House {
  explicit House(db::Database& database) : world(database) {
    wiring.data_folder = world.folder.path() + "/data";
    wiring.clock = &world.clock;
    wiring.database = &database;
    const auto areas = std::make_shared<const SmallRegister>();
    service = &register_slice(wiring, [areas] { return areas; });
  }
  World world;
  Wiring wiring;
  Service* service = nullptr;
  const Viewer officer{Date::from_ymd(2026, 11, 22), false};
  const Viewer anyone{Date::from_ymd(2026, 11, 22), true};

  Figure ask(const std::string& address, const Viewer& viewer) {
    static_cast<EvidenceService*>(service)->forget();
    const Result<Address> parsed = Address::parse(address);
    REQUIRE(parsed);
    const Result<Figure> figure = wiring.figures.ask(*parsed, viewer);
    REQUIRE_MESSAGE(figure.has_value(), (figure ? "" : figure.error().message));
    // With Detail::value the quantity is the same.
    const Result<Figure> quick = wiring.figures.ask(*parsed, viewer, Detail::value);
    REQUIRE(quick);
    CHECK(quick->quantity.text() == figure->quantity.text());
    return *figure;
  }
  std::string sentence(const std::string& address) {
    const Result<Figure> figure = wiring.figures.ask(*Address::parse(address), officer);
    return figure ? std::string() : figure.error().message;
  }
  std::vector<std::vector<std::string>> rows(const std::string& address) {
    std::vector<std::vector<std::string>> found;
    const Status done = wiring.figures.rows(*Address::parse(address), officer, [&](const std::vector<std::string>& row) { found.push_back(row); });
    REQUIRE(done.has_value());
    return found;
  }
};

const std::string kSurrey = "Surrey Police";

// January: 7 burglaries and 2 robberies in E01030001, 1 burglary in E01030002, 1 without a place, 1 over the border.
std::string january() {
  std::string text = kHeading;
  for (int i = 0; i < 7; ++i) text += row("a" + std::to_string(i), "2023-01", kSurrey, "E01030001", "Burglary");
  for (int i = 0; i < 2; ++i) text += row("b" + std::to_string(i), "2023-01", kSurrey, "E01030001", "Robbery");
  text += row("c", "2023-01", kSurrey, "E01030002", "Burglary");
  text += row("d", "2023-01", kSurrey, "", "Burglary");
  text += row("e", "2023-01", kSurrey, "E01031001", "Burglary");
  return text;
}

std::string small(const std::string& month, const std::string& force, const std::vector<std::string>& lsoas) {
  std::string text = kHeading;
  for (std::size_t i = 0; i < lsoas.size(); ++i) text += row(month + std::to_string(i), month, force, lsoas[i], "Burglary");
  return text;
}

bool some(const std::vector<std::string>& sentences, const std::string& part) {
  return std::any_of(sentences.begin(), sentences.end(), [&](const std::string& s) { return s.find(part) != std::string::npos; });
}

void for_each_house(const std::function<void(House&)>& test) {
  test::for_each_engine(all_migrations(), [&](db::Database& database) {
    House house(database);
    test(house);
  });
}

}  // namespace

TEST_CASE("which rows count for a force, a partnership, an LSOA, and whose") {
  for_each_house([](House& house) {
    (void)house.world.import_well({house.world.given("2023-01-surrey-street.csv", january()),
                                   house.world.given("2023-01-sussex-street.csv", small("2023-01", "Sussex Police", {"E01031001", "E01030001", "E01030001"})),
                                   house.world.given("2023-01-btp-street.csv", small("2023-01", "British Transport Police", {"E01030001"}))});
    const std::string period = "&from=2023-01&to=2023-01";
    // The force: every row of its files, wherever it lies.
    CHECK(house.ask("/figures/crimes?area=E23000031" + period, house.officer).quantity.integer() == 12);
    const Figure partnership = house.ask("/figures/crimes?area=E22000001" + period, house.officer);
    CHECK(partnership.quantity.integer() == 10);
    CHECK(some(partnership.working.caveats, "1 further rows of Surrey Police name no LSOA"));
    CHECK(some(partnership.working.caveats, "3 rows of other forces"));
    CHECK(partnership.coverage.text() == "1 of 1 force-month");
    CHECK(house.ask("/figures/crimes?area=E22000001&recorded-by=all" + period, house.officer).quantity.integer() == 13);
    CHECK(house.ask("/figures/crimes?area=E22000001&type=robbery" + period, house.officer).quantity.integer() == 2);
    CHECK(house.ask("/figures/crimes?area=E01030002" + period, house.officer).quantity.integer() == 1);
    CHECK(house.ask("/figures/crimes?lsoas=E01030002,E01031001" + period, house.officer).quantity.integer() == 2);  // Sussex's own row there, not Surrey's
    CHECK(house.ask("/figures/crimes?lsoas=E01031001&recorded-by=all" + period, house.officer).quantity.integer() == 2);
    // A category that exists and does not occur is nought, a word is not a category.
    CHECK(house.ask("/figures/crimes?area=E22000001&type=drugs" + period, house.officer).quantity.integer() == 0);
    CHECK(house.sentence("/figures/crimes?area=E22000001&type=drug" + period).find("There is no crime type drug.") == 0);
    CHECK(house.sentence("/figures/crimes?area=E22999999" + period).find("There is no area with the code") == 0);
    CHECK(house.sentence("/figures/crimes?lsoas=E22000001" + period).find("is not the code of an LSOA") != std::string::npos);
    CHECK(house.sentence("/figures/crimes?area=E22000001&lsoas=E01030001" + period).find("Give either area") == 0);
    CHECK(house.sentence("/figures/crimes?area=E22000001&from=2023-02&to=2023-01") != "");

    // The working ends at the file, and the rows behind it are as many as it says.
    REQUIRE(partnership.working.inputs.size() == 1);
    REQUIRE(partnership.working.inputs[0].source);
    CHECK(partnership.working.inputs[0].source->name == "2023-01-surrey-street.csv");
    CHECK(partnership.working.inputs[0].source->rows == 10);
    CHECK(house.rows("/figures/crimes?area=E22000001" + period).size() == 11);  // with the heading
    CHECK(house.rows("/figures/crimes?area=E23000031" + period).size() == 13);
    CHECK(house.rows("/figures/crimes?area=E22000001&recorded-by=all" + period).size() == 14);
    const auto robberies = house.rows("/figures/crimes?area=E22000001&type=robbery" + period);
    REQUIRE(robberies.size() == 3);
    CHECK(robberies[1][2] == "b0");
  });
}

// January of Surrey with four anti-social behaviour incidents beside its crimes: two in the partnership, one over the border,
// one without a place.
std::string january_with_incidents() {
  std::string text = january();
  for (const char* lsoa : {"E01030001", "E01030002", "E01031001", ""})
    text += row("", "2023-01", kSurrey, lsoa, "Anti-social behaviour");
  return text;
}

TEST_CASE("crime is every row but anti-social behaviour, all is every row, and whatever counts says which") {
  for_each_house([](House& house) {
    (void)house.world.import_well({house.world.given("2023-01-surrey-street.csv", january_with_incidents()),
                                   house.world.given("2023-01-btp-street.csv", kHeading + row("z", "2023-01", "British Transport Police", "E01030001", "Anti-social behaviour"))});
    const auto snapshot = house.service->snapshot();
    const Period month = *Period::parse("2023-01", "2023-01");
    for (const char* area : {"E23000031", "E22000001", "E01030002"}) {
      CAPTURE(area);
      const std::string of = std::string("/figures/crimes?area=") + area + "&from=2023-01&to=2023-01";
      const Figure unsaid = house.ask(of, house.officer), all = house.ask(of + "&type=all", house.officer), crime = house.ask(of + "&type=crime", house.officer),
                   incidents = house.ask(of + "&type=anti-social-behaviour", house.officer);
      // An address from before there was a choice keeps its value and leads to the one that names it.
      CHECK(unsaid.quantity.integer() == all.quantity.integer());
      CHECK(unsaid.address == all.address);
      CHECK(all.address.path() == of + "&type=all");
      CHECK(crime.quantity.integer() + incidents.quantity.integer() == all.quantity.integer());
      CHECK(incidents.quantity.integer() > 0);
      CHECK(all.quantity.unit_text() == "crimes and incidents");
      CHECK(crime.quantity.unit_text() == "crimes");
      CHECK(incidents.quantity.unit_text() == "incidents");
      CHECK(all.working.title.starts_with("Recorded crime and anti-social behaviour in "));
      CHECK(crime.working.title.starts_with("Recorded crime in "));
      CHECK(crime.working.in_words.find("every category but anti-social behaviour") != std::string::npos);
      CHECK(all.working.in_words.find("every row of the files") != std::string::npos);
      CHECK(crime.working.inputs.at(0).source->rows == crime.quantity.integer());
      CHECK(crime.working.inputs.at(0).source->filter.find("every category but anti-social behaviour") != std::string::npos);
      // The rows behind it are those, and no others.
      CHECK(house.rows(of).size() == static_cast<std::size_t>(all.quantity.integer()) + 1);
      const auto rows = house.rows(of + "&type=crime");
      CHECK(rows.size() == static_cast<std::size_t>(crime.quantity.integer()) + 1);
      for (const auto& one : rows) CHECK(std::find(one.begin(), one.end(), "Anti-social behaviour") == one.end());

      // Wherever the index of a type is taken.
      const auto selection = *snapshot->select(area, house.officer.today);
      const int asb = *snapshot->type_index("anti-social-behaviour");
      CHECK(snapshot->count(*selection, month, kCrimeTypes) == crime.quantity.integer());
      CHECK(snapshot->series(*selection, month, kCrimeTypes).at(0).count == crime.quantity.integer());
      const auto sum = [&](const auto& method) { return std::array{method(kAllTypes), method(kCrimeTypes) + method(asb)}; };
      for (const auto& two : {sum([&](int type) { return snapshot->without_place(*selection, month, type); }),
                              sum([&](int type) { return snapshot->by_other_forces(*selection, month, type); }),
                              sum([&](int type) { return snapshot->points(*selection, month, type)->rows; }),
                              sum([&](int type) {
                                std::int64_t rows_of_lsoas = 0;
                                for (const auto& one : snapshot->by_lsoa(*selection, month, type)) rows_of_lsoas += one.count;
                                return rows_of_lsoas;
                              })})
        CHECK(two[0] == two[1]);
      CHECK(snapshot->points(*selection, month, kCrimeTypes)->rows == crime.quantity.integer());
    }
    CHECK(snapshot->by_other_forces(**snapshot->select("E22000001", house.officer.today), month, kCrimeTypes) == 0);
    CHECK(snapshot->by_other_forces(**snapshot->select("E22000001", house.officer.today), month, kAllTypes) == 1);
    CHECK(house.sentence("/figures/crimes?area=E22000001&from=2023-01&to=2023-01&type=crimes").find("There is no crime type crimes. There are: crime, all, anti-social-behaviour") == 0);
    const Figure rate = house.ask("/figures/rate?area=E22000001&from=2023-01&to=2023-01&type=crime", house.officer);
    CHECK(rate.quantity.unit_text() == "crimes per 1,000 people");
    CHECK(house.ask("/figures/rate?area=E22000001&from=2023-01&to=2023-01", house.officer).quantity.unit_text() == "crimes and incidents per 1,000 people");
  });
}

TEST_CASE("small numbers are withheld from those who are not signed in, and so are rates and parts that would tell them") {
  for_each_house([](House& house) {
    (void)house.world.import_well({house.world.given("2023-01-surrey-street.csv", january())});
    const std::string population = house.world.given("population.csv", "LSOA 2021 Code,Mid-2022: Population\nE01030001,1000\nE01039001,600\nE01039002,400\nE01031001,10\n");
    REQUIRE(import_population(house.world.environment, house.world.operator_, population));
    const std::string of = "?area=E22000001&type=robbery&from=2023-01&to=2023-01";
    const Figure open = house.ask("/figures/crimes" + of, house.anyone);
    CHECK(open.quantity.state() == Quantity::State::suppressed);
    CHECK(open.quantity.text() == "fewer than 5");
    CHECK(figures::to_json(open).find("\"rows\":2") == std::string::npos);
    const Figure rate = house.ask("/figures/rate" + of, house.anyone);
    CHECK(rate.quantity.state() == Quantity::State::suppressed);
    CHECK(house.ask("/figures/rate" + of, house.officer).quantity.number() == doctest::Approx(1.0));
    const Figure burglary = house.ask("/figures/rate?area=E22000001&type=burglary&from=2023-01&to=2023-01", house.anyone);
    CHECK(burglary.quantity.number() == doctest::Approx(4.0));  // 8 for 2,000
    CHECK(burglary.quantity.text() == "4.0");
    REQUIRE(burglary.working.inputs.size() == 2);
    CHECK(burglary.working.inputs[1].figure->quantity.integer() == 2000);
    CHECK(burglary.working.inputs[1].figure->working.title == "Population of Elmbridge, mid-2022");
    CHECK(some(burglary.working.inputs[0].figure->working.caveats, "fewer than 5 further rows"));
  });
}

TEST_CASE("a month that was not submitted is missing, not nought") {
  for_each_house([](House& house) {
    (void)house.world.import_well({house.world.given("2023-01-surrey-street.csv", january()),
                                   house.world.given("2023-04-surrey-street.csv", small("2023-04", kSurrey, {"E01030001", "E01030002"})),
                                   house.world.given("2023-02-sussex-street.csv", small("2023-02", "Sussex Police", {"E01031001"}))});
    const Figure figure = house.ask("/figures/crimes?area=E22000001&from=2023-01&to=2023-04", house.officer);
    CHECK(figure.quantity.integer() == 12);
    CHECK(figure.quantity.partial);
    CHECK(figure.coverage.expected == 4);
    CHECK(figure.coverage.present == 2);
    REQUIRE(figure.coverage.missing.size() == 1);
    CHECK(figure.coverage.missing[0] == "Surrey Police, February to March 2023: not submitted, or not imported");
    CHECK(some(figure.working.caveats, "a month that was not submitted is not nought"));
    const Figure none = house.ask("/figures/crimes?area=E22000001&from=2023-02&to=2023-03", house.officer);
    CHECK(none.quantity.state() == Quantity::State::unknown);
    const auto snapshot = house.service->snapshot();
    const auto selection = snapshot->select("E22000001", house.officer.today);
    REQUIRE(selection);
    const auto series = snapshot->series(**selection, {Month::from_ym(2023, 1), Month::from_ym(2023, 4)});
    REQUIRE(series.size() == 4);
    CHECK(series[0].count == 10);
    CHECK_FALSE(series[1].count);
    CHECK(series[3].count == 2);
  });
}

TEST_CASE("codes of 2011 until May 2023, of 2021 from June 2023: an area keeps its rows") {
  for_each_house([](House& house) {
    (void)house.world.import_well({house.world.given("2023-05-surrey-street.csv", small("2023-05", kSurrey, {"E01030001", "E01030002", "E01030002"})),
                                   house.world.given("2023-06-surrey-street.csv", small("2023-06", kSurrey, {"E01030001", "E01039001", "E01039002"}))});
    const Figure figure = house.ask("/figures/crimes?area=E22000001&from=2023-05&to=2023-06", house.officer);
    CHECK(figure.quantity.integer() == 6);
    CHECK(some(figure.coverage.notes, "2011 until May 2023"));
    const auto snapshot = house.service->snapshot();
    CHECK(snapshot->force_month(0, Month::from_ym(2023, 5))->lsoa_vintage == 2011);
    CHECK(snapshot->force_month(0, Month::from_ym(2023, 6))->lsoa_vintage == 2021);
    const auto selection = snapshot->select("E22000001", house.officer.today);
    CHECK(snapshot->by_lsoa(**selection, {Month::from_ym(2023, 5), Month::from_ym(2023, 6)}).size() == 4);
  });
}

TEST_CASE("suspect: rows that lie in another force, a month far from its neighbours") {
  for_each_house([](House& house) {
    std::vector<std::string> files;
    for (int month = 1; month <= 7; ++month) {
      const std::string iso = Month::from_ym(2022, month).iso();
      files.push_back(house.world.given(iso + "-surrey-street.csv", small(iso, kSurrey, std::vector<std::string>(month == 4 ? 9 : 20, "E01030001"))));
    }
    files.push_back(house.world.given("2022-01-sussex-street.csv", small("2022-01", "Sussex Police", {"E01030001", "E01030001", "E01031001"})));
    (void)house.world.import_well(files);
    const auto snapshot = house.service->snapshot();
    std::vector<std::string> suspect;
    for (const ForceMonth& entry : snapshot->ledger()) {
      for (const std::string& why : entry.suspicions) suspect.push_back(snapshot->forces()[static_cast<std::size_t>(entry.force)].slug + " " + entry.month.iso() + ": " + why);
    }
    REQUIRE(suspect.size() == 2);
    CHECK(suspect[0] == "surrey 2022-04: 9 rows, where its neighbouring months have 20 in the middle");
    CHECK(suspect[1] == "sussex 2022-01: its rows lie in another force: 2 of 3 in Surrey");
    const Figure figure = house.ask("/figures/crimes?area=E23000031&from=2022-01&to=2022-07", house.officer);
    CHECK_FALSE(figure.coverage.complete());
    CHECK(figure.coverage.suspect.size() == 1);
  });
}

TEST_CASE("official figures of Table C2, with what does not fit in the table") {
  for_each_house([](House& house) {
    CHECK(house.sentence("/figures/official-crimes?area=E22000368").find("No official table has been imported") == 0);
    const Result<ImportReport> report = import_table_c2(
        house.world.environment, house.world.operator_, tests::source_dir() + "/data/sample/official-tables/ons-table-c2-csp-year-ending-june-2025.csv");
    REQUIRE_MESSAGE(report.has_value(), (report ? "" : report.error().message));
    CHECK(house.ask("/figures/official-crimes?area=E22000368", house.anyone).quantity.integer() == 19'210);
    CHECK(house.ask("/figures/official-crimes?area=E23000036&offence=burglary", house.anyone).quantity.integer() == 7'232);
    CHECK(some(house.ask("/figures/official-crimes?area=W15000002", house.anyone).working.caveats, "Gwent"));
    CHECK(house.ask("/figures/official-crimes?area=E23000032", house.anyone).working.title.find("Kent") != std::string::npos);
    CHECK(house.sentence("/figures/official-crimes?area=E22000368&offence=piracy").find("Table C2 has no column piracy") == 0);
    const Result<ImportReport> again = import_table_c2(
        house.world.environment, house.world.operator_, tests::source_dir() + "/data/sample/official-tables/ons-table-c2-csp-year-ending-june-2025.csv");
    REQUIRE(again);
    CHECK(again->id == 0);
  });
}

TEST_CASE("a snapshot sees what another process imported, and one that is held does not change") {
  for_each_house([](House& house) {
    (void)house.world.import_well({house.world.given("2023-01-surrey-street.csv", january())});
    const auto before = house.service->snapshot();
    const auto selection = before->select("E23000031", house.officer.today);
    const Period period{Month::from_ym(2023, 1), Month::from_ym(2023, 1)};
    (void)house.world.import_well({house.world.given("again/2023-01-surrey-street.csv", january() + row("z", "2023-01", kSurrey, "E01030001", "Drugs"))});
    CHECK(before->count(**selection, period) == 12);
    static_cast<EvidenceService*>(house.service)->forget();
    const auto after = house.service->snapshot();
    CHECK(after->version() != before->version());
    CHECK(after->count(**after->select("E23000031", house.officer.today), period) == 13);
  });
}

TEST_CASE("positions of a selection: whose rows count, superseded files, months, folders from before positions were kept") {
  for_each_house([](House& house) {
    const auto at = [](std::string line, const std::string& longitude, const std::string& latitude) {
      return line.replace(line.find("-2.1,54.1"), 9, longitude + "," + latitude);
    };
    // January, then once more with one crime moved; February; and what Sussex recorded in Surrey's LSOA.
    const std::string first = january();
    std::string second = kHeading;
    for (int i = 0; i < 7; ++i) second += at(row("a" + std::to_string(i), "2023-01", kSurrey, "E01030001", "Burglary"), i < 3 ? "-0.4" : "-0.5", "51.3");
    for (int i = 0; i < 2; ++i) second += at(row("b" + std::to_string(i), "2023-01", kSurrey, "E01030001", "Robbery"), "-0.5", "51.3");
    second += at(row("c", "2023-01", kSurrey, "E01030002", "Burglary"), "", "");
    second += row("d", "2023-01", kSurrey, "", "Burglary") + row("e", "2023-01", kSurrey, "E01031001", "Burglary");
    house.world.import_well({house.world.given("2023-01-surrey-street.csv", first)});
    house.world.import_well({house.world.given("later/2023-01-surrey-street.csv", second)});
    house.world.import_well({house.world.given("2023-02-surrey-street.csv", kHeading + at(row("f", "2023-02", kSurrey, "E01030001", "Burglary"), "-0.5", "51.3"))});
    house.world.import_well({house.world.given("2023-02-sussex-street.csv", small("2023-02", "Sussex Police", {"E01030001", "E01031001"}))});
    const auto snapshot = house.service->snapshot();
    const Period both = *Period::parse("2023-01", "2023-02");
    const auto of = [&](const std::string& area, Recorder recorder = Recorder::territorial_force, int type = kAllTypes) {
      const auto selection = snapshot->select(area, Date::from_ymd(2023, 6, 1), recorder);
      REQUIRE(selection);
      const Result<PointCounts> points = snapshot->points(**selection, both, type);
      REQUIRE_MESSAGE(points.has_value(), (points ? "" : points.error().message));
      // Counts agree with the cube, by LSOA and month, with what has no position.
      CHECK(points->rows == snapshot->count(**selection, both, type));
      std::int64_t sum = points->without_position;
      for (const std::uint32_t count : points->counts) sum += count;
      CHECK(sum == points->rows);
      CHECK(points->counts.size() == points->points.size() * 2);
      return *points;
    };
    const PointCounts elmbridge = of("E22000001");
    CHECK(elmbridge.rows == 11);  // not the row of Sussex
    CHECK(elmbridge.without_position == 1);
    REQUIRE(elmbridge.points.size() == 2);
    CHECK(elmbridge.lsoas == std::vector<std::string>{"E01030001"});
    CHECK(elmbridge.points[0].longitude == -500'000);
    CHECK(elmbridge.points[0].latitude == 51'300'000);
    CHECK(elmbridge.counts == std::vector<std::uint32_t>{6, 1, 3, 0});
    CHECK(of("E22000001", Recorder::all).rows == 12);
    CHECK(of("E22000001", Recorder::territorial_force, *snapshot->type_index("robbery")).counts == std::vector<std::uint32_t>{2, 0});
    // The whole force: rows that name no LSOA lie where they lie.
    const PointCounts surrey = of("E23000031");
    CHECK(surrey.rows == 13);
    CHECK(surrey.lsoas.back().empty());

    // As the folders were before: the positions are made again when they are asked for, the same.
    std::map<std::string, std::string> before;
    for (const std::string& file : files_below(house.world.folder.path() + "/data/evidence/points")) before[file] = read_file(file);
    CHECK(before.size() == 4);
    std::filesystem::remove_all(house.world.folder.path() + "/data/evidence/points");
    CHECK(of("E22000001").counts == elmbridge.counts);
    CHECK(of("E22000001", Recorder::all).rows == 12);
    std::size_t again = 0;
    for (const std::string& file : files_below(house.world.folder.path() + "/data/evidence/points")) {
      ++again;
      CHECK(read_file(file) == before[file]);
    }
    CHECK(again == 3);  // not that of the superseded file
  });
}
