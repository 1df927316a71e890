// The room of pots for tests: pots and schemes with their store and pages, on evidence that is made up.
#pragma once

#include <doctest/doctest.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "html/html.h"
#include "slices/pots/pots.h"
#include "slices/pots/service.h"
#include "slices/wiring.h"
#include "support/house.h"

namespace tithing::pots {

using test::has;
using test::reads;

// A text as a page writes it.
inline bool says(const http::Response& page, std::string_view text) { return has(page, html::escaped(text)); }

inline std::string location(const http::Response& response) {
  for (const auto& [name, value] : response.headers) {
    if (lowered(name) == "location") return value;
  }
  return {};
}

using Evidence = std::function<void(figures::Registry&)>;

// What the need formula asks for, with made-up answers that differ by area. Incomplete: a month of North
// Worcestershire's crimes is missing.
inline Evidence made_up(bool complete = true) {
  return [complete](figures::Registry& registry) {
    for (const char* name : {"crimes", "population"}) {
      figures::Kind kind;
      kind.name = name;
      for (const char* parameter : {"area", "as-at", "from", "to", "type", "year"}) {
        kind.parameters.push_back({parameter, "text", false, "", ""});
      }
      kind.compute = [complete, population = kind.name == "population"](const figures::Parameters& parameters,
                                                                        const figures::Viewer&,
                                                                        figures::Detail) -> Result<figures::Figure> {
        const std::string area = parameters.get("area");
        const std::int64_t last = area.back() - '0' + 1;
        const std::int64_t crimes =
            parameters.get("type") != "anti-social-behaviour" ? last * 900 + 70 : 400 - last * 11;
        figures::Figure figure;
        figure.address = {population ? "population" : "crimes", parameters};
        figure.quantity =
            population ? figures::Quantity::count(last * 50'000, "people") : figures::Quantity::count(crimes, "crimes");
        figure.quantity.partial = !complete && area == "E22000368" && !population;
        figure.coverage.expected = 11;
        figure.coverage.present = complete ? 11 : 10;
        figure.evidence_version = "v1";
        figure.working.title = "Evidence of " + area;
        figures::Source source;
        source.name = "2022-01-street.csv";
        source.sha256 = "abc";
        source.url = "/evidence/sources/1";
        figures::Input input;
        input.source = source;
        figure.working.inputs.push_back(input);
        return figure;
      };
      registry.add(std::move(kind), figures::Cost::light);
    }
  };
}

// Made before the house, whose building fills it.
struct Served {
  FundingService* service = nullptr;
  register_::Service* areas = nullptr;
};

struct Room : Served, test::House {
  enum class Areas { none, registered };  // the register of areas beneath, or none

  using Beside = std::function<void(Wiring&, Service&)>;  // a room that stands on this one

  explicit Room(const Evidence& evidence, Areas areas_wanted = Areas::none, const Beside& beside = {})
      : House([&](Wiring& all) { build(all, evidence, areas_wanted, beside); }) {}
  Room(db::Database& store, const Evidence& evidence)
      : House(store, [&](Wiring& all) { build(all, evidence, Areas::none, {}); }) {}

  std::int64_t version() { return service->scheme(SchemeId{1})->version; }
  Scheme scheme() {
    const auto record = service->scheme(SchemeId{1});
    return *scheme_of(*record, *service->pot(record->pot));
  }
  // A form of the first scheme, which has seen what is there now.
  http::Response change(std::string_view target, web::Fields form) {
    form.emplace_back("seen", std::to_string(version()));
    return post(target, form);
  }
  http::Response change(std::string_view target, web::Fields form, const std::vector<test::SentFile>& files) {
    form.emplace_back("seen", std::to_string(version()));
    return upload(target, form, files);
  }

 private:
  void build(Wiring& all, const Evidence& evidence, Areas areas_wanted, const Beside& beside) {
    if (areas_wanted == Areas::registered) areas = &register_::register_slice(all);
    if (evidence) evidence(all.figures);
    service = static_cast<FundingService*>(&register_slice(all, areas));
    if (beside) beside(all, *service);
  }
};

}  // namespace tithing::pots
