// A made-up register, evidence and months for the tests of figures and pages of an assessment.
#pragma once

#include "base/translation.h"
#include "figures/numbers.h"
#include "slices/assessment/kinds.h"
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

namespace tithing::assessment::testing {

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
    return invalid(tr("not here"));
  }
  Status review_succession(const Actor&, std::int64_t, register_::Succession::Review, std::optional<Date>,
                           const std::string&) override {
    return invalid(tr("not here"));
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
                  {}},
                 figures::Cost::light);
    registry.add({"population",
                  "",
                  "",
                  {area, year, day},
                  [](const Parameters& p, const Viewer&, Detail) -> Result<Figure> {
                    Figure figure;
                    figure.quantity = Quantity::count(p.get("area") == "E22000371" ? 200'000 : 600'000, "people");
                    return figure;
                  },
                  {}},
                 figures::Cost::light);
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
                  {}},
                 figures::Cost::light);
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
                  {}},
                 figures::Cost::light);
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

inline bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace tithing::assessment::testing
