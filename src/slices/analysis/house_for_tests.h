// A town of 25 square LSOAs, three years of months, one corner busier than the rest: what the tests of pages and
// figures share.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "base/text.h"
#include "base/translation.h"
#include "slices/analysis/analysis.h"
#include "slices/evidence/crime_types.h"
#include "slices/evidence/evidence.h"
#include "slices/register/register.h"
#include "slices/wiring.h"
#include "support/house.h"

namespace tithing::analysis::testing {

constexpr int kSide = 5;
constexpr int kMonths = 36;
inline const Month kFirst = Month::from_ym(2019, 1);
inline std::string lsoa_code(int i) { return "E010000" + std::string(i < 10 ? "0" : "") + std::to_string(i); }

class FakeAreas : public register_::Areas {
 public:
  register_::Area force{"E23000001", register_::AreaKind::police_force_area, "Shire", {}, {}, ""};
  register_::Area town{"E22000001", register_::AreaKind::community_safety_partnership, "Town", {}, {}, ""};
  register_::Area village{"E22000002", register_::AreaKind::community_safety_partnership, "Village", {}, {}, ""};
  register_::Area quarter{"E07000001", register_::AreaKind::district, "Quarter", {}, {},
                          ""};           // the town's first ten LSOAs
  std::vector<register_::Zone> changed;  // what became of LSOAs in 2021; the others stay as they are
  std::vector<register_::Area> lsoa;
  FakeAreas() {
    for (int i = 0; i < kSide * kSide; ++i)
      lsoa.push_back({lsoa_code(i), register_::AreaKind::lsoa_2011, "Town " + std::to_string(i), {}, {}, ""});
  }
  std::int64_t version() const override { return 1; }
  const register_::Area* find(std::string_view code) const override {
    for (const auto* area : {&force, &town, &village, &quarter})
      if (area->code == code) return area;
    for (const auto& area : lsoa)
      if (area.code == code) return &area;
    return nullptr;
  }
  bool in_force(const register_::Area&, Date) const override { return true; }
  std::string name_at(const register_::Area& area, Date) const override { return area.name; }
  std::vector<NamePeriod> names(std::string_view) const override { return {}; }
  const register_::Area* district_of(std::string_view, Date) const override { return nullptr; }
  std::vector<const register_::Area*> of_kind(register_::AreaKind, Date) const override { return {&town, &village}; }
  std::vector<const register_::Area*> constituents(std::string_view, register_::AreaKind kind, Date) const override {
    if (kind == register_::AreaKind::district) return {&quarter};
    return {&town, &village};
  }
  std::optional<register_::Zone> zone_of(std::string_view code) const override {
    for (const register_::Zone& zone : changed)
      for (const auto* codes : {&zone.of_2011, &zone.of_2021})
        if (std::find(codes->begin(), codes->end(), code) != codes->end()) return zone;
    return std::nullopt;
  }
  std::shared_ptr<const LsoaSet> lsoas(std::string_view code, Date) const override {
    auto set = std::make_shared<LsoaSet>();
    const std::size_t number = code == village.code ? 0 : code == quarter.code ? 10 : lsoa.size();
    std::set<std::string> of_2021;
    for (std::size_t i = 0; i < number; ++i) {
      set->lsoa_2011.push_back(lsoa[i].code);
      const auto zone = zone_of(lsoa[i].code);
      if (zone)
        of_2021.insert(zone->of_2021.begin(), zone->of_2021.end());
      else
        of_2021.insert(lsoa[i].code);
    }
    set->lsoa_2021.assign(of_2021.begin(), of_2021.end());
    return set;
  }
  const register_::Area* force_of(std::string_view, Date) const override { return &force; }
  const register_::Area* partnership_of(std::string_view, Date) const override { return &town; }
  std::vector<register_::Succession> successions_of(std::string_view) const override { return {}; }
  std::vector<register_::Succession> successions() const override { return {}; }
  const Fit* fit(std::string_view) const override { return nullptr; }
  std::vector<const register_::Area*> search(std::string_view text, int) const override {
    std::vector<const register_::Area*> found;
    for (const auto* area : {&town, &village})
      if (lowered(area->name).find(lowered(text)) != std::string::npos) found.push_back(area);
    return found;
  }
  std::vector<std::string> sources() const override { return {}; }
};

// Ten a month in the four LSOAs of one corner and two in the others, three more each in summer; the village has a fifth
// of the whole. Burglary: one in one LSOA in one month.
class FakeSnapshot : public evidence::Snapshot {
 public:
  FakeAreas registered;
  std::string known = "v1";
  std::vector<evidence::Force> with_files = {{"shire", "Shire Police", "E23000001"}};
  std::vector<evidence::CrimeType> types = {{"burglary", "Burglary", {}, {}}};
  std::vector<int> years = {2021};
  std::vector<evidence::ForceMonth> months_in;
  std::optional<Month> missing;
  std::vector<Month> gaps;  // further months that are missing
  Month first = kFirst;
  int months_there = kMonths;         // a test that needs months of 2022 has more
  std::optional<Month> of_2021_from;  // files name LSOAs of 2021 from then on; one month at a time is asked for them
  void use_2021_from(Month month) {
    of_2021_from = month;
    for (evidence::ForceMonth& entry : months_in) entry.lsoa_vintage = entry.month < month ? 2011 : 2021;
  }
  FakeSnapshot() { begin_at(kFirst); }
  void begin_at(Month month) {
    first = month;
    months_in.clear();
    for (int i = 0; i < kMonths; ++i) {
      evidence::ForceMonth entry;
      entry.month = first.plus(i);
      entry.state = evidence::FileState::submitted;
      entry.lsoa_vintage = 2011;
      months_in.push_back(entry);
    }
  }
  // Other theft, where a test has it: nearly the same each month, and more than twice as much until it was narrowed in
  // May 2013.
  void with_other_theft() {
    types.push_back({"other-theft", "Other theft", {}, {}});
    begin_at(Month::from_ym(2012, 1));
  }
  std::int64_t of_type(int lsoa, Month month, int type) const {
    if (type == 0) return lsoa == 3 && month == first ? 1 : 0;
    if (type == 1) return 4 + (lsoa + month.index()) % 3 + (month < Month::from_ym(2013, 5) ? 6 : 0);
    return one(lsoa, month);
  }
  static std::int64_t one(int lsoa, Month month) {
    const bool corner = lsoa % kSide < 2 && lsoa / kSide < 2;
    return (corner ? 10 : 2) + (month.month() >= 6 && month.month() <= 8 ? 3 : 0) + (lsoa * 7 + month.index() * 5) % 3;
  }
  bool there(Month month) const {
    return first <= month && month <= first.plus(months_there - 1) && !(missing && *missing == month) &&
           std::find(gaps.begin(), gaps.end(), month) == gaps.end();
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
  std::optional<Period> months() const override { return Period{first, first.plus(kMonths - 1)}; }
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
  std::vector<LsoaCount> by_lsoa(const evidence::Selection& selection, Period period, int type) const override {
    std::vector<LsoaCount> out;
    if (selection.code == "E22000002") return out;
    for (int i = 0; i < kSide * kSide; ++i) {
      std::int64_t sum = 0;
      for (Month month = period.from; month <= period.to; month = month.plus(1))
        if (there(month)) sum += of_type(i, month, type);
      if (sum > 0) out.push_back({lsoa_code(i), sum});
    }
    if (!of_2021_from || period.from < *of_2021_from) return out;
    // In files of 2021 the first LSOA of a zone that was split takes what is odd, and what was merged comes together.
    std::map<std::string, std::int64_t> renamed;
    for (const LsoaCount& one_lsoa : out) {
      const auto zone = registered.zone_of(one_lsoa.lsoa);
      const auto codes = zone ? zone->of_2021 : std::vector<std::string>{one_lsoa.lsoa};
      const auto parts = static_cast<std::int64_t>(codes.size());
      for (std::int64_t k = 0; k < parts; ++k)
        renamed[codes[static_cast<std::size_t>(k)]] += one_lsoa.count / parts + (k == 0 ? one_lsoa.count % parts : 0);
    }
    out.clear();
    for (const auto& [code, number] : renamed) out.push_back({code, number});
    return out;
  }
  std::int64_t count(const evidence::Selection& selection, Period period, int type) const override {
    evidence::Selection town;
    std::int64_t sum = 0;
    for (const auto& one_lsoa : by_lsoa(town, period, type)) sum += one_lsoa.count;
    return selection.code == "E22000002" ? sum / 5 : sum;
  }
  std::vector<MonthCount> series(const evidence::Selection& selection, Period period, int type) const override {
    std::vector<MonthCount> out;
    for (Month month = period.from; month <= period.to; month = month.plus(1))
      out.push_back({month, there(month) ? std::optional(count(selection, {month, month}, type)) : std::nullopt});
    return out;
  }
  std::int64_t without_place(const evidence::Selection&, Period, int) const override { return 0; }
  // Each LSOA has four map points; the k-th crime of a month lies at the k-th of them. In the last LSOA one crime a
  // month has no position.
  Result<evidence::PointCounts> points(const evidence::Selection& selection, Period period, int type) const override {
    evidence::PointCounts out;
    out.months = period;
    const auto months = static_cast<std::size_t>(period.months());
    for (int i = 0; i < kSide * kSide && selection.code != "E22000002"; ++i) {
      out.lsoas.push_back(lsoa_code(i));
      for (int k = 0; k < 4; ++k) {
        out.points.push_back({-2'000'000 + 10'000 * (i % kSide) + 2'000 + 5'000 * (k % 2),
                              54'000'000 + 10'000 * (i / kSide) + 2'000 + 5'000 * (k / 2),
                              static_cast<std::uint32_t>(i)});
        out.counts.resize(out.points.size() * months);
      }
      for (std::size_t m = 0; m < months; ++m) {
        const Month month = period.from.plus(static_cast<int>(m));
        if (!there(month)) continue;
        const std::int64_t crimes = of_type(i, month, type);
        out.rows += crimes;
        for (std::int64_t k = 0; k < crimes; ++k) {
          if (i == kSide * kSide - 1 && k == 0) {
            ++out.without_position;
          } else {
            ++out.counts[(out.points.size() - 4 + static_cast<std::size_t>(k % 4)) * months + m];
          }
        }
      }
    }
    return out;
  }
  std::int64_t by_other_forces(const evidence::Selection&, Period, int) const override { return 0; }
  figures::Coverage coverage(const evidence::Selection&, Period, int) const override { return {}; }
  std::span<const evidence::ForceMonth> ledger() const override { return months_in; }
  const evidence::ForceMonth* force_month(int, Month) const override { return nullptr; }
  std::string without_residents;  // an area of which no population is known
  std::optional<std::int64_t> population(const evidence::Selection& selection, int) const override {
    return selection.code == without_residents && !without_residents.empty() ? std::nullopt
                                                                             : std::optional<std::int64_t>(1500);
  }
  std::span<const int> population_years() const override { return years; }
  std::optional<int> population_year_for(Period) const override { return 2021; }
};

class FakeEvidence : public evidence::Service {
 public:
  std::shared_ptr<FakeSnapshot> now = std::make_shared<FakeSnapshot>();
  std::shared_ptr<const evidence::Snapshot> snapshot() override { return now; }
};

class FakeRegister : public register_::Service {
 public:
  bool drawn = true;
  int outlines = kSide * kSide;  // the first so many LSOAs have one
  std::shared_ptr<const register_::Areas> areas() override { return std::make_shared<FakeAreas>(); }
  Result<std::shared_ptr<const register_::Areas>> areas_as_known(std::int64_t) override { return areas(); }
  std::shared_ptr<const register_::Boundary> boundary(std::string_view code, Date) override {
    if (!drawn || !code.starts_with("E010000")) return nullptr;
    const int i = std::stoi(std::string(code.substr(7)));
    if (i >= outlines) return nullptr;
    const double west = -2 + 0.01 * (i % kSide), south = 54 + 0.01 * (i / kSide);
    // Corners are worked out the same way by both neighbours, so that they are equal.
    const double east = -2 + 0.01 * (i % kSide + 1), north = 54 + 0.01 * (i / kSide + 1);
    auto made = std::make_shared<register_::Boundary>();
    made->code = std::string(code);
    made->shape = {{{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}}};
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

// Made before the house, whose figures and pages ask them.
struct Town {
  FakeEvidence evidence;
  FakeRegister registered;
};

// The slice with the figure kinds that other slices would have added.
struct House : Town, test::House {
  House() : test::House([this](Wiring& all) { build(all); }) { on(Date::from_ymd(2022, 2, 1)); }
  Result<figures::Figure> ask(const char* kind, std::map<std::string, std::string> extra = {}, bool everyone = false) {
    std::map<std::string, std::string> values = {{"area", "E22000001"}, {"from", "2021-01"}, {"to", "2021-12"}};
    for (auto& [name, value] : extra) values[name] = value;
    std::erase_if(values, [](const auto& pair) { return pair.second.empty(); });
    return wiring.figures.ask({kind, {std::move(values)}}, {Date::from_ymd(2022, 2, 1), everyone});
  }

 private:
  void build(Wiring& all) {
    const figures::ParameterSpecification area{"area", "area", true, "", "E"},
        from{"from", "month", false, "", "2022-01"}, to{"to", "month", false, "", "2022-01"},
        type{"type", "text", false, "", "x"}, day{"as-at", "date", false, "", "2022-01-01"},
        base_from{"base-from", "month", false, "", "2022-01"}, base_to{"base-to", "month", false, "", "2022-01"};
    all.figures.add({"crimes",
                     "",
                     "",
                     {area, from, to, type, day},
                     [this](const figures::Parameters& p, const figures::Viewer& viewer,
                            figures::Detail) -> Result<figures::Figure> {
                       figures::Figure figure;
                       const Period period = *Period::parse(p.get("from"), p.get("to"));
                       const auto selection =
                           *evidence.now->select(p.get("area"), viewer.today, evidence::Recorder::territorial_force);
                       const auto count = evidence.now->count(*selection, period,
                                                              evidence::type_of(*evidence.now, p.get("type")).value());
                       figure.address = {"crimes", p};
                       figure.quantity = viewer.protect_small_numbers && count < figures::kSmallNumber
                                             ? figures::Quantity::suppressed("crimes")
                                             : figures::Quantity::count(count, "crimes");
                       for (Month month = period.from; month <= period.to; month = month.plus(1))
                         figure.quantity.partial = figure.quantity.partial || !evidence.now->there(month);
                       if (period.from == period.to && figure.quantity.partial)
                         figure.quantity = figures::Quantity::unknown(figures::Unit::count, "crimes", "Not submitted.");
                       figure.coverage = {period.months(), period.months(), {}, {}, {}};
                       // As a category that changed within them: it shows in the months together only.
                       if (period.months() > 1) figure.coverage.notes = {"Said of " + period.text() + "."};
                       figure.working.title = "Recorded crime, " + period.text();
                       return figure;
                     },
                     {}},
                    figures::Cost::light);
    all.figures.add(
        {"change",
         "",
         "",
         {area, from, to, type, day, base_from, base_to},
         [](const figures::Parameters&, const figures::Viewer&, figures::Detail) -> Result<figures::Figure> {
           figures::Figure figure;
           figure.quantity = figures::Quantity::real(0.1, figures::Unit::change, "change", 1);
           return figure;
         },
         {}},
        figures::Cost::light);
    register_slice(all, registered, evidence);
  }
};

// The town's pages, by what follows its address.
struct Room : House {
  // Follows the way of an address that names no type to the one that does.
  http::Response get(const std::string& path) {
    const http::Response first = at(path);
    const std::string named = path + (path.find('?') == std::string::npos ? "?" : "&") + "type=all";
    return first.status == 303 && path.find("type=") == std::string::npos ? at(named) : first;
  }
  http::Response at(const std::string& path) { return test::House::get("/areas/E22000001/analysis" + path); }
};

}  // namespace tithing::analysis::testing
