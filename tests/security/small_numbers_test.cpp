// What somebody who is not signed in could read back of counts under 5. Two worlds are made that differ in nothing but
// such counts: in York and in North Yorkshire, in two months, robberies and thefts from the person are 1 and 3 in the
// one world and 3 and 1 in the other, and each place, month and year comes to the same. Every figure kind and every
// page, CSV and JSON must tell the same of both: what differs would tell them apart. The files are made for this test;
// the register and the populations are those of the sample.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>

#include "app/slices.h"
#include "base/log.h"
#include "support/house.h"
#include "support/source_dir.h"

using namespace tithing;
using figures::Address;
using figures::Detail;
using figures::Viewer;

namespace {

const std::vector<std::string> kCategories = {"Anti-social behaviour",
                                              "Bicycle theft",
                                              "Burglary",
                                              "Criminal damage and arson",
                                              "Drugs",
                                              "Other crime",
                                              "Other theft",
                                              "Possession of weapons",
                                              "Public order",
                                              "Robbery",
                                              "Shoplifting",
                                              "Theft from the person",
                                              "Vehicle crime",
                                              "Violence and sexual offences"};
constexpr int kUsual = 8;  // rows of a category in an LSOA and a month

struct Place {
  const char* lsoa;
  const char* partnership;
};
const std::vector<Place> kYork = {{"E01013366", "york"}, {"E01013369", "york"}};
const std::vector<Place> kNorth = {{"E01027558", "north"}, {"E01027559", "north"}};

// One or two in each of its partnerships.
const std::vector<const char*> kWestMercia = {"E01032138", "E01032253", "E01032431", "E01032310", "E01028989",
                                              "E01028980", "E01014185", "E01014135", "E01013991"};

std::string row(const std::string& id, const std::string& month, const std::string& force, const std::string& lsoa,
                const std::string& type) {
  return id + "," + month + "," + force + "," + force + ",-1.08,53.96,On or near High Street," + lsoa +
         ",Somewhere 001A," + type + ",Under investigation,\n";
}

// The small counts: world 0 has 1 robbery and 3 thefts from the person in York in June and the opposite in May, North
// Yorkshire the other way round; world 1 all of it the other way round.
int rows_of(int world, const Place& place, bool first, int month, const std::string& type) {
  if ((month != 5 && month != 6) || (type != "Robbery" && type != "Theft from the person")) return kUsual;
  if (!first) return 0;
  const bool york = std::string(place.partnership) == "york";
  const int turned = world + (york ? 1 : 0) + (month == 6 ? 1 : 0) + (type == "Robbery" ? 1 : 0);
  return turned % 2 == 1 ? 1 : 3;  // York in June, robbery: 1 in world 0, 3 in world 1
}

class World {
 public:
  explicit World(int world) : house([](Wiring& wiring) { app::register_slices(wiring); }) {
    const std::string sample = tests::source_dir() + "/data/sample/";
    run({"import", "geography"}, sample + "geography");
    run({"import", "population"}, sample + "population/lsoa21-population-2011-2022.csv.gz");
    const std::string folder = house.folder() + "/given";
    std::filesystem::create_directories(folder);
    for (int month = 1; month <= 12; ++month) {
      const std::string iso = Month::from_ym(2022, month).iso();
      std::ofstream north(folder + "/" + iso + "-north-yorkshire-street.csv"),
          west(folder + "/" + iso + "-west-mercia-street.csv");
      for (std::ofstream* file : {&north, &west})
        *file << "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime "
                 "type,Last outcome category,Context\n";
      int id = 0;
      for (const std::string& type : kCategories) {
        for (const auto* places : {&kYork, &kNorth})
          for (const Place& place : *places)
            for (int i = rows_of(world, place, &place == &places->front(), month, type); i > 0; --i)
              north << row(iso + std::to_string(id++), iso, "North Yorkshire Police", place.lsoa, type);
        for (const char* lsoa : kWestMercia)
          for (int i = 0; i < kUsual; ++i)
            west << row(iso + std::to_string(id++), iso, "West Mercia Police", lsoa, type);
      }
    }
    run({"import", "police"}, folder);
    house.as_nobody();
  }
  test::House house;

 private:
  void run(const std::vector<std::string>& path, const std::string& given) {
    for (const Subcommand& one : house.wiring.subcommands) {
      if (one.path != path) continue;
      Arguments arguments;
      arguments.values[one.positionals.at(0).name] = {given};
      REQUIRE(one.run(arguments) == 0);
      return;
    }
    FAIL("there is no such subcommand");
  }
};

// Without what names the files themselves: checksums, and the version of the evidence, which is one.
std::string without_names(std::string text) {
  static const std::regex hex("[0-9a-f]{12,}");
  return std::regex_replace(text, hex, "#");
}

// Where two texts part, with what stands around it.
std::string parting(const std::string& a, const std::string& b) {
  std::size_t at = 0;
  while (at < a.size() && at < b.size() && a[at] == b[at]) ++at;
  const std::size_t from = at < 150 ? 0 : at - 150;
  return "\n  " + a.substr(from, 260) + "\n  " + b.substr(from, 260);
}

// What the parameter of a kind is asked with; an empty list: it is left out.
std::vector<std::string> values_of(const figures::ParameterSpecification& parameter) {
  static const std::map<std::string, std::vector<std::string>> known = {
      {"area", {"E22000371", "E22000372", "E23000009", "E01013366", "E06000014", "E22000368"}},
      {"type", {"robbery", "theft-from-the-person", "crime", "all"}},
      {"base-from", {"2022-05", "2022-07"}},
      {"peers", {"", "all"}},
      {"by", {"residents|rate:robbery"}},
      {"other", {"E22000372", "E22000368"}},
      {"key", {"rate:robbery", "residents"}},
      {"characteristic", {"rate:robbery", "residents"}}};
  if (const auto found = known.find(parameter.name); found != known.end()) return found->second;
  return parameter.required ? std::vector<std::string>{parameter.example} : std::vector<std::string>{};
}

struct Span {
  const char* from;
  const char* to;
};
const std::vector<Span> kSpans = {{"2022-06", "2022-06"}, {"2022-01", "2022-12"}};

// Every address of a kind over the places, types and months above.
std::vector<Address> addresses_of(const figures::Kind& kind) {
  std::vector<Address> all = {{kind.name, {}}};
  const auto widen = [&](const std::string& name, const std::vector<std::string>& values) {
    std::vector<Address> wider;
    for (const Address& one : all)
      for (const std::string& value : values) {
        Address next = one;
        if (!value.empty()) next.parameters.values[name] = value;
        wider.push_back(std::move(next));
      }
    all = std::move(wider);
  };
  bool months = false;
  for (const figures::ParameterSpecification& parameter : kind.parameters) {
    if (parameter.name == "from" || parameter.name == "to") {
      months = true;
      continue;
    }
    if (parameter.name == "base-to") continue;
    if (const auto values = values_of(parameter); !values.empty()) widen(parameter.name, values);
  }
  for (Address& one : all)
    if (const auto from = one.parameters.values.find("base-from"); from != one.parameters.values.end())
      one.parameters.values["base-to"] = from->second;
  if (!months) return all;
  std::vector<Address> in_time;
  for (const Address& one : all)
    for (const Span& span : kSpans) {
      Address next = one;
      next.parameters.values["from"] = span.from;
      next.parameters.values["to"] = span.to;
      in_time.push_back(std::move(next));
    }
  return in_time;
}

}  // namespace

TEST_CASE("nothing that is told to people who are not signed in depends on a count under 5") {
  log::set_quiet(true);
  World one(0), other(1);
  const Viewer visitor{Date::from_ymd(2026, 11, 22), true}, officer{Date::from_ymd(2026, 11, 22), false};
  const figures::Registry& registry = one.house.wiring.figures;

  // The worlds do differ, for those who may know it.
  const Address robberies{"crimes",
                          {{{"area", "E22000371"}, {"from", "2022-06"}, {"to", "2022-06"}, {"type", "robbery"}}}};
  REQUIRE(registry.ask(robberies, officer)->quantity.text() == "1");
  REQUIRE(other.house.wiring.figures.ask(robberies, officer)->quantity.text() == "3");

  std::set<std::string> answered;
  std::size_t asked = 0;
  for (const figures::Kind& kind : registry.kinds()) {
    for (const Address& address : addresses_of(kind)) {
      ++asked;
      const auto told = registry.ask(address, visitor), also = other.house.wiring.figures.ask(address, visitor);
      REQUIRE(told.has_value() == also.has_value());
      if (!told) {
        CHECK_MESSAGE(told.error().message == also.error().message, address.path());
        continue;
      }
      answered.insert(kind.name);
      const std::string a = without_names(figures::to_json(*told)), b = without_names(figures::to_json(*also));
      CHECK_MESSAGE(a == b, address.path(), parting(a, b));
    }
  }
  MESSAGE("figures asked: ", asked, ", of ", answered.size(), " of ", registry.kinds().size(), " kinds");
  for (const char* kind : {"crimes", "rate", "change", "monthly-mean", "monthly-upper-limit", "average-rate",
                           "rate-compared", "rank", "shrunk-rate", "characteristic"})
    CHECK_MESSAGE(answered.count(kind) == 1, kind);
  std::string silent;
  for (const figures::Kind& kind : registry.kinds())
    if (answered.count(kind.name) == 0) silent += " " + kind.name;
  MESSAGE("without an answer here:", silent);
}

TEST_CASE("no page, CSV or workbook tells people who are not signed in a count under 5") {
  log::set_quiet(true);
  World one(0), other(1);
  std::vector<std::string> paths = {"/", "/areas"};
  for (const char* area : {"E22000371", "E22000372", "E23000009", "E01013366", "E06000014"})
    for (const char* type : {"robbery", "crime", "all"})
      for (const Span& span : kSpans) {
        const std::string query = std::string("?from=") + span.from + "&to=" + span.to + "&type=" + type;
        const std::string base = std::string("/areas/") + area;
        for (const char* page : {"/crime", "/crime/lsoas", "/crime/comparison-all", "/analysis", "/analysis/comparison",
                                 "/analysis/forecast/forecast.csv"})
          paths.push_back(base + page + query);
        for (const char* table : {"types", "partnerships", "series", "comparison-force", "comparison-all", "lsoas",
                                  "districts", "wards", "coverage"})
          paths.push_back(base + "/crime/" + table + ".csv" + query);
      }
  std::size_t shown = 0;
  for (const std::string& path : paths) {
    const http::Response told = one.house.get(path), also = other.house.get(path);
    REQUIRE(told.status == also.status);
    REQUIRE(told.status != 500);
    shown += told.status == 200 ? 1 : 0;
    const std::string a = without_names(told.body), b = without_names(also.body);
    CHECK_MESSAGE(a == b, path, parting(a, b));
  }
  CHECK(shown >= 100);
  MESSAGE("pages and tables shown: ", shown, " of ", paths.size());
}
