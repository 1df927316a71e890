// Two forces with their LSOAs, the files of some months, and a house that asks for figures of them.
#pragma once

#include <algorithm>
#include <array>

#include "slices/evidence/crime_types.h"
#include "slices/evidence/kinds_files.h"
#include "slices/evidence/population.h"
#include "slices/evidence/service.h"
#include "slices/evidence/test_support.h"
#include "slices/wiring.h"
#include "support/source_dir.h"

namespace tithing::evidence::testing {

using figures::Address;
using figures::Detail;
using figures::Figure;
using figures::Quantity;
using figures::Viewer;
using register_::Area;
using register_::AreaKind;

// Two forces. Surrey has one partnership of two LSOAs; one of them was split in 2021. Beside it lie two that were
// merged.
class SmallRegister : public register_::Areas {
 public:
  SmallRegister() {
    add("E23000031", AreaKind::police_force_area, "Surrey", {"E01030001", "E01030002"},
        {"E01030001", "E01039001", "E01039002"});
    add("E23000033", AreaKind::police_force_area, "Sussex", {"E01031001"}, {"E01031001"});
    add("E22000001", AreaKind::community_safety_partnership, "Elmbridge", {"E01030001", "E01030002"},
        {"E01030001", "E01039001", "E01039002"});
    for (const char* code : {"E01030001", "E01030002", "E01031001"})
      add(code, AreaKind::lsoa_2011, std::string("LSOA ") + code, {code}, {code});
    for (const char* code : {"E01030003", "E01030004"})
      add(code, AreaKind::lsoa_2011, std::string("LSOA ") + code, {code}, {});
    for (const char* code : {"E01039001", "E01039002", "E01039003"})
      add(code, AreaKind::lsoa_2021, std::string("LSOA ") + code, {}, {code});
  }
  std::optional<register_::Zone> zone_of(std::string_view lsoa) const override {
    const std::vector<register_::Zone> zones = {{{"E01030001"}, {"E01030001"}, 'U'},
                                                {{"E01031001"}, {"E01031001"}, 'U'},
                                                {{"E01030002"}, {"E01039001", "E01039002"}, 'S'},
                                                {{"E01030003", "E01030004"}, {"E01039003"}, 'M'}};
    for (const register_::Zone& zone : zones)
      for (const auto* codes : {&zone.of_2011, &zone.of_2021})
        if (std::find(codes->begin(), codes->end(), lsoa) != codes->end()) return zone;
    return std::nullopt;
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
  const Area* force_of(std::string_view code, Date) const override {
    return code == "E23000033" || code == "E01031001" ? find("E23000033") : find("E23000031");
  }
  const Area* partnership_of(std::string_view, Date) const override { return nullptr; }
  const Area* district_of(std::string_view, Date) const override { return nullptr; }
  std::vector<register_::Succession> successions_of(std::string_view) const override { return {}; }
  std::vector<register_::Succession> successions() const override { return {}; }
  const Fit* fit(std::string_view) const override { return nullptr; }
  std::vector<const Area*> search(std::string_view, int) const override { return {}; }
  std::vector<std::string> sources() const override { return {}; }

 private:
  void add(const std::string& code, AreaKind kind, const std::string& name, std::vector<std::string> of_2011,
           std::vector<std::string> of_2021) {
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
    const Status done = wiring.figures.rows(*Address::parse(address), officer,
                                            [&](const std::vector<std::string>& row) { found.push_back(row); });
    REQUIRE(done.has_value());
    return found;
  }
};

inline const std::string kSurrey = "Surrey Police";

// January: 7 burglaries and 2 robberies in E01030001, 1 burglary in E01030002, 1 without a place, 1 over the border. No
// drugs.
inline std::string january() {
  std::string text = kHeading + other_categories("2023-01", kSurrey);
  for (int i = 0; i < 7; ++i) text += row("a" + std::to_string(i), "2023-01", kSurrey, "E01030001", "Burglary");
  for (int i = 0; i < 2; ++i) text += row("b" + std::to_string(i), "2023-01", kSurrey, "E01030001", "Robbery");
  text += row("c", "2023-01", kSurrey, "E01030002", "Burglary");
  text += row("d", "2023-01", kSurrey, "", "Burglary");
  text += row("e", "2023-01", kSurrey, "E01031001", "Burglary");
  return text;
}

// Burglaries in these LSOAs, and what makes a month of it.
inline std::string small(const std::string& month, const std::string& force, const std::vector<std::string>& lsoas) {
  std::string text = kHeading + other_categories(month, force);
  for (std::size_t i = 0; i < lsoas.size(); ++i)
    text += row(month + std::to_string(i), month, force, lsoas[i], "Burglary");
  return text;
}

inline bool some(const std::vector<std::string>& sentences, const std::string& part) {
  return std::any_of(sentences.begin(), sentences.end(),
                     [&](const std::string& s) { return s.find(part) != std::string::npos; });
}

inline void for_each_house(const std::function<void(House&)>& test) {
  test::for_each_engine(all_migrations(), [&](db::Database& database) {
    House house(database);
    test(house);
  });
}

}  // namespace tithing::evidence::testing
