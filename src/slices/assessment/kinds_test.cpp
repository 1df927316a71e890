#include "slices/assessment/kinds.h"
#include "figures/numbers.h"
#include "slices/assessment/pages.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "slices/assessment/assessment.h"
#include "slices/assessment/tables.h"
#include "slices/evidence/evidence.h"
#include "slices/register/register.h"
#include "slices/wiring.h"
#include "support/house.h"

using namespace tithing;
using namespace tithing::figures;

namespace {

// Two partnerships of one force and 2022's months; nothing else is asked of it here.
class FakeAreas : public register_::Areas {
 public:
  register_::Area force{"E23000009", register_::AreaKind::police_force_area, "North Yorkshire", {}, {}, ""};
  register_::Area large{"E22000372", register_::AreaKind::community_safety_partnership, "North Yorkshire", {}, {}, ""};
  register_::Area york{"E22000371", register_::AreaKind::community_safety_partnership, "York", {}, {}, ""};
  std::int64_t version() const override { return 1; }
  const register_::Area* find(std::string_view code) const override {
    for (const auto* area : {&force, &large, &york})
      if (area->code == code) return area;
    return nullptr;
  }
  bool in_force(const register_::Area&, Date) const override { return true; }
  std::string name_at(const register_::Area& area, Date) const override { return area.name; }
  std::vector<NamePeriod> names(std::string_view) const override { return {}; }
  const register_::Area* district_of(std::string_view, Date) const override { return nullptr; }
  std::vector<const register_::Area*> of_kind(register_::AreaKind, Date) const override { return {&large, &york}; }
  std::vector<const register_::Area*> constituents(std::string_view, register_::AreaKind, Date) const override {
    return {&large, &york};
  }
  std::shared_ptr<const LsoaSet> lsoas(std::string_view, Date) const override { return std::make_shared<LsoaSet>(); }
  const register_::Area* force_of(std::string_view, Date) const override { return &force; }
  const register_::Area* partnership_of(std::string_view, Date) const override { return nullptr; }
  std::vector<register_::Succession> successions_of(std::string_view) const override { return {}; }
  std::vector<register_::Succession> successions() const override { return {}; }
  const Fit* fit(std::string_view) const override { return nullptr; }
  std::vector<const register_::Area*> search(std::string_view, int) const override { return {}; }
  std::vector<std::string> sources() const override { return {}; }
};

class FakeSnapshot : public evidence::Snapshot {
 public:
  FakeAreas registered;
  std::string known = "v1";
  std::vector<evidence::Force> with_files = {{"north-yorkshire", "North Yorkshire Police", "E23000009"}};
  std::vector<evidence::CrimeType> types = {{"anti-social-behaviour", "Anti-social behaviour", {}, {}},
                                            {"burglary", "Burglary", {}, {}}};
  std::vector<int> years = {2022};
  std::vector<evidence::ForceMonth> months_in;
  FakeSnapshot() {
    for (Month month = Month::from_ym(2022, 1); month <= Month::from_ym(2022, 11); month = month.plus(1)) {
      evidence::ForceMonth entry;
      entry.month = month;
      entry.state = evidence::FileState::submitted;
      entry.rows = 1000 + month.month();
      months_in.push_back(entry);
    }
  }
  const std::string& version() const override { return known; }
  const register_::Areas& areas() const override { return registered; }
  std::span<const evidence::Force> forces() const override { return with_files; }
  std::span<const evidence::CrimeType> crime_types() const override { return types; }
  std::optional<int> type_index(std::string_view slug) const override {
    for (std::size_t i = 0; i < types.size(); ++i)
      if (types[i].slug == slug) return static_cast<int>(i);
    return std::nullopt;
  }
  std::optional<int> force_index(std::string_view) const override { return 0; }
  std::optional<Period> months() const override { return *Period::parse("2022-01", "2022-11"); }
  Result<std::shared_ptr<const evidence::Selection>> select(const std::string& code, Date,
                                                            evidence::Recorder) const override {
    auto selection = std::make_shared<evidence::Selection>();
    selection->code = code;
    selection->forces = {0};
    return selection;
  }
  Result<std::shared_ptr<const evidence::Selection>> select_lsoas(const std::vector<std::string>&, Date,
                                                                  evidence::Recorder) const override {
    return std::make_shared<evidence::Selection>();
  }
  std::int64_t count(const evidence::Selection&, Period, int) const override { return 0; }
  std::vector<MonthCount> series(const evidence::Selection&, Period, int) const override { return {}; }
  std::vector<LsoaCount> by_lsoa(const evidence::Selection&, Period, int) const override { return {}; }
  Result<evidence::PointCounts> points(const evidence::Selection&, Period, int) const override {
    return evidence::PointCounts{};
  }
  std::int64_t without_place(const evidence::Selection&, Period, int) const override { return 0; }
  std::int64_t by_other_forces(const evidence::Selection&, Period, int) const override { return 0; }
  Coverage coverage(const evidence::Selection&, Period, int) const override { return {}; }
  std::vector<evidence::ForceMonth> months_told;
  std::span<const evidence::ForceMonth> ledger() const override {
    return months_told.empty() ? std::span<const evidence::ForceMonth>(months_in) : months_told;
  }
  const evidence::ForceMonth* force_month(int, Month) const override { return nullptr; }
  std::optional<std::int64_t> population(const evidence::Selection& selection, int) const override {
    return selection.code == "E22000371" ? 200'000 : 600'000;
  }
  std::span<const int> population_years() const override { return years; }
  std::optional<int> population_year_for(Period) const override { return 2022; }
};

class FakeService : public evidence::Service {
 public:
  std::optional<Period>
      submitted;  // other months than those of 2022, with other theft and bicycle theft among the types
  std::shared_ptr<const evidence::Snapshot> snapshot() override {
    auto made = std::make_shared<FakeSnapshot>();
    if (!submitted) return made;
    made->types.push_back({"other-theft", "Other theft", {}, {}});
    made->types.push_back({"bicycle-theft", "Bicycle theft", {}, {}});
    for (Month month = submitted->from; month <= submitted->to; month = month.plus(1)) {
      evidence::ForceMonth entry;
      entry.month = month;
      entry.state = evidence::FileState::submitted;
      made->months_told.push_back(entry);
    }
    return made;
  }
};

class FakeRegister : public register_::Service {
 public:
  std::vector<std::string> outlined;  // codes that have a boundary
  std::shared_ptr<const register_::Areas> areas() override { return std::make_shared<FakeAreas>(); }
  Result<std::shared_ptr<const register_::Areas>> areas_as_known(std::int64_t) override { return areas(); }
  std::shared_ptr<const register_::Boundary> boundary(std::string_view code, Date) override {
    const auto at = std::find(outlined.begin(), outlined.end(), code);
    if (at == outlined.end()) return nullptr;
    const double west = -2 + static_cast<double>(at - outlined.begin());
    auto made = std::make_shared<register_::Boundary>();
    made->code = std::string(code);
    made->shape = {{{{west, 54}, {west + 1, 54}, {west + 1, 55}, {west, 55}, {west, 54}}}};
    return made;
  }
  std::vector<std::shared_ptr<const register_::Boundary>> boundaries(const std::vector<std::string>& codes,
                                                                     Date as_at) override {
    std::vector<std::shared_ptr<const register_::Boundary>> out;
    for (const std::string& code : codes) out.push_back(boundary(code, as_at));
    return out;
  }
  Result<register_::GeographyReport> import_geography(const Actor&, const std::vector<std::string>&,
                                                      std::optional<Date>) override {
    return invalid("not here");
  }
  Status review_succession(const Actor&, std::int64_t, register_::Succession::Review, std::optional<Date>,
                           const std::string&) override {
    return invalid("not here");
  }
};

// Crimes: a hundred a month, York forty; in month 2022-05 of York nothing was submitted; "burglary" is two a month.
struct Made {
  FakeService service;
  FakeRegister registered;
  std::vector<Kind> own_kinds;  // that this slice registered, each of them: a new one is walked too
  bool in_part = false;         // burglary of May is not known, and what else May holds is counted
  std::vector<Month> gaps;      // further months that were not submitted
};

struct House : Made, test::House {
  House() : test::House([this](Wiring& all) { build(all); }) { on(Date::from_ymd(2022, 12, 1)); }
  Result<Figure> ask(const char* kind, std::map<std::string, std::string> values, Detail detail = Detail::working,
                     bool everyone = false) {
    return wiring.figures.ask({kind, {std::move(values)}}, {Date::from_ymd(2022, 12, 1), everyone}, detail);
  }

 private:
  void build(Wiring& all) {
    Registry& registry = all.figures;
    const ParameterSpecification area{"area", "area", true, "", "E"}, from{"from", "month", false, "", "2022-01"},
        to{"to", "month", false, "", "2022-01"}, type{"type", "text", false, "", "burglary"},
        year{"year", "integer", false, "", "2022"}, by{"recorded-by", "text", false, "", "all"},
        day{"as-at", "date", false, "", "2022-01-01"};
    registry.add({"crimes",
                  "",
                  "",
                  {area, from, to, type, by, day},
                  [this](const Parameters& p, const Viewer& viewer, Detail) -> Result<Figure> {
                    Figure figure;
                    const Period period = *Period::parse(p.get("from"), p.get("to"));
                    if (period.months() == 1 && std::find(gaps.begin(), gaps.end(), period.from) != gaps.end()) {
                      figure.quantity = Quantity::unknown(Unit::count, "crimes", "Not submitted.");
                      figure.coverage = {1, 0, {}, {}, {}};
                      return figure;
                    }
                    const bool york = p.get("area") == "E22000371";
                    const bool gap = york && period.contains(Month::from_ym(2022, 5));
                    std::int64_t count = (p.get("type").empty() || p.get("type") == "all" ? (york ? 40 : 100) : 2) *
                                         (period.months() - (gap ? 1 : 0));
                    if (period.from >= Month::from_ym(2022, 7))
                      count += count / 2;             // half as much again in the second half
                    if (p.get("type") == "uneven") {  // 100, 110, 120, 100, ...
                      count = 0;
                      for (Month month = period.from; month <= period.to; month = month.plus(1))
                        count += 100 + 10 * (month.index() % 3);
                    }
                    if (p.get("type") == "other-theft" || p.get("type") == "bicycle-theft") {
                      const Month change = Month::from_ym(2013, 5);
                      count = 0;
                      for (Month month = period.from; month <= period.to; month = month.plus(1))
                        if (p.get("type") == "other-theft" || change <= month)
                          count += 100 + 10 * (month.index() % 3) + (month < change ? 200 : 0);
                      if (p.get("type") == "bicycle-theft" && period.to < change) {
                        figure.quantity = Quantity::unknown(Unit::count, "crimes", "It was not a category then.");
                        figure.coverage = {period.months(), 0, {}, {}, {}};
                        return figure;
                      }
                    }
                    figure.quantity = viewer.protect_small_numbers && count < kSmallNumber
                                          ? Quantity::suppressed("crimes")
                                          : Quantity::count(count, "crimes");
                    figure.quantity.partial = gap;
                    figure.coverage = {period.months(), period.months() - (gap ? 1 : 0), {}, {}, {}};
                    if (in_part && period.contains(Month::from_ym(2022, 5))) {
                      figure.quantity.partial = true;
                      figure.coverage = {period.months(),
                                         period.months() - 1,
                                         {"North Yorkshire Police, May 2022: no row of Burglary"},
                                         {},
                                         {},
                                         1,
                                         {"Burglary in May 2022 (North Yorkshire Police)"}};
                    }
                    if (p.get("type") == "census") {
                      if (period.to < Month::from_ym(2023, 6))
                        figure.coverage.notes = {"LSOA codes of 2011 throughout"};
                      if (period.from >= Month::from_ym(2023, 6))
                        figure.coverage.notes = {"LSOA codes of 2021 throughout"};
                    }
                    figure.working.title = "Recorded crime, " + period.text();
                    return figure;
                  },
                  {}});
    registry.add({"population",
                  "",
                  "",
                  {area, year, day},
                  [](const Parameters& p, const Viewer&, Detail) -> Result<Figure> {
                    Figure figure;
                    figure.quantity = Quantity::count(p.get("area") == "E22000371" ? 200'000 : 600'000, "people");
                    return figure;
                  },
                  {}});
    registry.add({"rate",
                  "",
                  "",
                  {area, from, to, type, by, day},
                  [&registry](const Parameters& p, const Viewer& viewer, Detail) -> Result<Figure> {
                    auto figure = registry.ask({"crimes", p}, viewer, Detail::value);
                    const bool partial = figure && figure->quantity.partial;
                    if (figure && figure->quantity.known())
                      figure->quantity =
                          Quantity::real(figure->quantity.number() / (p.get("area") == "E22000371" ? 200 : 600),
                                         Unit::rate, "crimes per 1,000 people", 1);
                    if (partial) figure->quantity.partial = true;
                    return figure;
                  },
                  {}});
    registry.add({"official-crimes",
                  "",
                  "",
                  {area},
                  [](const Parameters&, const Viewer&, Detail) -> Result<Figure> {
                    Figure figure;
                    figure.quantity = Quantity::count(70'000, "crimes");
                    figure.working.title = "Total recorded crime in North Yorkshire (official)";
                    return figure;
                  },
                  {}});
    const std::size_t before = registry.kinds().size();
    assessment::add_kinds(registry, service);
    own_kinds.assign(registry.kinds().begin() + static_cast<std::ptrdiff_t>(before), registry.kinds().end());
    assessment::register_pages(all, registered, service);
  }
};

// The pages, as a visitor gets them.
struct Room : House {
  http::Response get(const std::string& target) { return test::House::get(target); }
  // As it is read: numbers in a sentence are links of their own.
  std::string read(const std::string& target) {
    const http::Response response = get(target);
    CHECK_MESSAGE(response.status == 200, response.body);
    return test::words_of(response);
  }
};

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

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
  table.rows[0][3] = table.rows[1][3] = exports::unknown_cell("No population.");
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

TEST_CASE(
    "one category of one month that is not known is no missing month: sentence, warning, table and files say which") {
  Room room;
  room.in_part = true;
  const std::string address = "/areas/E22000372/crime?from=2022-04&to=2022-06&type=all";
  const std::string page = room.read(address);
  CHECK(holds(page, "over 3 months, without Burglary in May 2022 (North Yorkshire Police), which is not known."));
  CHECK_FALSE(holds(page, "the others missing"));
  CHECK_FALSE(holds(page, "A missing month is not zero"));
  CHECK(holds(page,
              "2 of 3 force-months, 1 in part, without Burglary in May 2022 (North Yorkshire Police), which is not "
              "known. A category that is not known is not zero."));
  CHECK(holds(page, "At least 0.5"));
  // What rests on whole counts says what it lacks.
  const auto change = room.ask("change", {{"area", "E22000372"},
                                          {"from", "2022-05"},
                                          {"to", "2022-06"},
                                          {"base-from", "2022-03"},
                                          {"base-to", "2022-04"}});
  CHECK(change->quantity.reason().find("What it rests on is without Burglary in May 2022 (North Yorkshire Police), "
                                       "which is not known, and what is not known is not zero.") == 0);
  // The files have what the page has beside the number.
  const std::string floor = "At least: without Burglary in May 2022 (North Yorkshire Police), which is not known.";
  CHECK(holds(page, floor));
  for (const char* table : {"types", "series", "districts"}) {
    CAPTURE(table);
    const auto csv = room.get("/areas/E22000372/crime/" + std::string(table) + ".csv?from=2022-04&to=2022-06&type=all");
    CHECK(csv.status == 200);
    CHECK(holds(csv.body, floor));
    CHECK(holds(csv.body.substr(0, csv.body.find('\n')), "Notes"));
  }
  CHECK(holds(room.get("/areas/E23000009/crime/partnerships.csv?from=2022-04&to=2022-06&type=all").body, floor));
  // A month that is missing is said to be missing.
  room.in_part = false;
  const std::string york = room.read("/areas/E22000371/crime?from=2022-04&to=2022-06&type=all");
  CHECK(holds(york, "over 2 of 3 months, the others missing."));
  CHECK(holds(york, "A missing month is not zero."));
  CHECK(holds(room.get("/areas/E22000371/crime/types.csv?from=2022-04&to=2022-06&type=all").body,
              "At least: months are missing or not known."));
}

TEST_CASE("why the official count is not the same names what differs, and nothing that does not") {
  Room room;
  const auto said = [&](const std::string& type, const std::string& more = "") {
    const std::string page = room.read("/areas/E22000372/crime?from=2022-04&to=2022-06&type=" + type + more);
    const std::size_t begin = page.find("The official count, ONS");
    REQUIRE(begin != std::string::npos);
    return page.substr(begin, page.find("counted.", begin) - begin + 8);
  };
  CHECK(holds(said("burglary"), "it counts all recorded crime, and the number above one category of it, Burglary."));
  CHECK_FALSE(holds(said("burglary"), "anti-social"));
  CHECK(holds(
      said("crime"),
      "It counts all recorded crime, as the number above does, and neither holds anti-social behaviour incidents"));
  CHECK_FALSE(holds(said("crime"), "one category"));
  CHECK(holds(said("all"), "it holds no anti-social behaviour incidents, which the number above it does."));
  CHECK(holds(said("anti-social-behaviour"), "it counts all recorded crime, and no anti-social behaviour incident."));
  for (const char* type : {"burglary", "crime", "all", "anti-social-behaviour"})
    CHECK(holds(said(type), "own force are counted."));
  CHECK(holds(said("all", "&recorded-by=all"), "The rows of every force there are counted."));
}

TEST_CASE("a page draws no map of a part: it says over how much it could, and the list stays") {
  Room room;
  const std::string address = "/areas/E23000009/crime?from=2022-06&to=2022-06&type=all";
  CHECK(holds(room.read(address), "There is no map: no boundaries have been imported for these areas."));
  Room part;
  part.registered.outlined = {"E22000372"};
  // A map is drawn once and kept by area, months and type: each case here asks for other months.
  const std::string refused = part.read("/areas/E23000009/crime?from=2022-07&to=2022-07&type=all");
  CHECK(holds(
      refused,
      "There is no map. Not known for the whole of North Yorkshire: it could be worked out over 1 of 2 areas (50.0%)"));
  CHECK(holds(refused, "90% of both is needed to speak for the whole. The list has the same numbers."));
  CHECK(holds(refused, "Partnerships of North Yorkshire"));
  CHECK_FALSE(holds(part.get("/areas/E23000009/crime?from=2022-07&to=2022-07&type=all").body, "class=\"tithing-map\""));
  Room whole;
  whole.registered.outlined = {"E22000372", "E22000371"};
  CHECK(holds(whole.get("/areas/E23000009/crime?from=2022-08&to=2022-08&type=all").body, "class=\"tithing-map\""));
}

TEST_CASE("the months before those shown are of the series only where the category counted the same") {
  Room room;
  room.service.submitted = *Period::parse("2012-06", "2014-04");
  const std::string area = "/areas/E22000372/crime";
  const auto times = [](const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
  };
  // Narrowed, or begun, in May 2013: the year from then on is judged, by itself, and nobody is told to ask for what was
  // asked for.
  for (const char* type : {"other-theft", "bicycle-theft"}) {
    CAPTURE(type);
    const std::string asked = "?from=2013-05&to=2014-04&type=" + std::string(type);
    const std::string page = room.read(area + asked), csv = room.get(area + "/series.csv" + asked).body;
    CHECK(holds(page, "Monthly mean"));
    CHECK_FALSE(holds(page, "Ask for months until"));
    CHECK_FALSE(holds(page, "is needed"));
    CHECK(times(csv, "none") == 12);
    CHECK(holds(csv, "May 2013"));
    CHECK_FALSE(holds(csv, "\nApril 2013"));
  }
  // What did not change goes back as far as there are months.
  CHECK(times(room.get(area + "/series.csv?from=2013-05&to=2014-04&type=all").body, "\nJune 2012") == 1);
  // Across it no month is judged, in page, table and file.
  const std::string across = "?from=2012-06&to=2014-04&type=other-theft";
  const std::string page = room.read(area + across), csv = room.get(area + "/series.csv" + across).body;
  CHECK(holds(page, "Ask for months until April 2013, or from May 2013 on."));
  CHECK_FALSE(holds(page, "Monthly mean"));
  CHECK_FALSE(holds(page, "control limit"));
  CHECK(times(page, "not told: the category changed") == 23);
  CHECK(times(csv, "not told: the category changed") == 23);
  CHECK_FALSE(holds(csv, "none"));
}

TEST_CASE("the table of months is of the months that were asked for") {
  Room room;
  const std::string csv = room.get("/areas/E22000372/crime/coverage.csv?from=2022-04&to=2022-05&type=all").body;
  CHECK(std::count(csv.begin(), csv.end(), '\n') == 3);
  CHECK(holds(csv, "May 2022"));
  CHECK_FALSE(holds(csv, "June 2022"));
  CHECK_FALSE(holds(csv, "March 2022"));
}

TEST_CASE("the lead sentence is one also where a number in it is not known or withheld") {
  Room room;
  // Two burglaries a month: for visitors the count of one month and its rate are withheld.
  const std::string withheld = room.read("/areas/E22000372/crime?from=2022-04&to=2022-04&type=burglary");
  CHECK(holds(withheld, "Burglary, April 2022: how many crimes: fewer than 5."));
  CHECK(holds(withheld, "Crimes per 1,000 residents, over 1 month: "));
  CHECK_FALSE(holds(withheld, ". crimes per 1,000 residents"));
  const std::string known = room.read("/areas/E22000372/crime?from=2022-04&to=2022-06&type=burglary");
  CHECK(holds(known, "Burglary, April to June 2022: 6 crimes. "));
  room.gaps = {Month::from_ym(2022, 4)};
  const std::string missing = room.read("/areas/E22000372/crime?from=2022-04&to=2022-04&type=all");
  CHECK(holds(missing, "April 2022: crimes: not known; anti-social behaviour incidents: not known."));
  CHECK(holds(missing, "Crimes and incidents per 1,000 residents, over 0 of 1 months, the others missing: not known."));
}
