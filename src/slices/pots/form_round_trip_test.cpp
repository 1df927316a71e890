// What is stored shows in the forms and is saved as it was: each form of a pot and a scheme is asked for and sent back
// as a browser sends it that nobody has touched. The demonstration's and the worked examples' schemes, and schemes made
// up by chance.
#include <doctest/doctest.h>

#include "allocation/read_scheme.h"
#include "allocation/write_scheme.h"
#include "slices/pots/commands.h"
#include "slices/pots/examples.h"
#include "slices/pots/house_for_tests.h"
#include "support/sent_form.h"
#include "trust/random_schemes.h"

using namespace tithing;
using namespace tithing::pots;

namespace {

struct House : Room {
  House() : Room(made_up()) { as(Role::commissioning_officer); }

  // Sends the form at the address back as it came; gives its page where it was refused.
  std::string sent_back(const std::string& address, const web::Fields& more = {}) {
    web::Fields form = test::sent_form(get(address), address);
    REQUIRE_MESSAGE(!form.empty(), address);
    form.insert(form.end(), more.begin(), more.end());
    form.emplace_back("do", "save");
    const http::Response answer =
        address.find("/steps/") == std::string::npos ? post(address, form) : upload(address, form, {});
    return answer.status == 303 ? std::string() : answer.body;
  }

  // Every form of the scheme; how many.
  int same_by_every_form(SchemeId id) {
    const std::string scheme_page = "/funding/schemes/" + std::to_string(id.value);
    const auto record = service->scheme(id);
    const auto scheme = scheme_of(*record, *service->pot(record->pot));
    REQUIRE(scheme.has_value());
    std::vector<std::string> forms = {"/settings", "/last-year"};
    if (!scheme->areas.empty()) forms.emplace_back("/areas");
    for (std::size_t i = 0; i < scheme->steps.size(); ++i) forms.push_back("/steps/" + std::to_string(i + 1));
    for (const std::string& form : forms) {
      CAPTURE(form);
      CAPTURE(record->document);
      const std::string refused = sent_back(scheme_page + form);
      REQUIRE_MESSAGE(refused.empty(), refused.substr(0, 20000));
      const auto now = service->scheme(id);
      CHECK(now->version > record->version);
      CHECK(now->document == record->document);
    }
    return static_cast<int>(forms.size());
  }
};

}  // namespace

TEST_CASE("forms as they came: every scheme and pot of the demonstration is saved as it was") {
  House house;
  REQUIRE(house.service->deliver_demonstration().has_value());
  int forms = 0;
  for (const PotRecord& pot : house.service->pots({}, 100, 0)) {
    CAPTURE(pot.title);
    const std::string address = "/funding/pots/" + std::to_string(pot.id.value) + "/change";
    REQUIRE(house.sent_back(address, {{"reason", "Nothing was touched"}}).empty());
    const auto now = house.service->pot(pot.id);
    CHECK(now->version == pot.version + 1);
    CHECK(write_pot(now->pot) == write_pot(pot.pot));
    CHECK(now->area == pot.area);
    for (const SchemeRecord& scheme : house.service->schemes_of(pot.id)) forms += house.same_by_every_form(scheme.id);
  }
  CHECK(forms >= 15);
}

TEST_CASE("forms as they came: every worked example is saved as it was") {
  House house;
  int schemes = 0;
  for (const Example& example : examples()) {
    CAPTURE(example.name);
    const auto scheme =
        scheme_of(example, {}, house.wiring.figures, {house.clock.today(), false}, figures::Detail::value);
    if (!scheme) continue;  // a table as printed, without a formula
    const Doing doing = house.service->doing(house.who());
    const auto pot = save_pot(doing, {.title = scheme->title, .financial_year = "2012/13", .pot = scheme->pot});
    REQUIRE_MESSAGE(pot.has_value(), pot.error().message);
    const auto saved = save_scheme(doing, {.pot = pot->id, .document = write_scheme(*scheme, false)});
    REQUIRE_MESSAGE(saved.has_value(), saved.error().message);
    house.same_by_every_form(saved->id);
    ++schemes;
  }
  CHECK(schemes >= 5);
}

TEST_CASE("forms as they came: schemes made up by chance are saved as they were") {
  House house;
  const Doing doing = house.service->doing(house.who());
  int kept = 0, forms = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    auto scheme = read_scheme(second::random_scheme(seed), NoFiles());
    REQUIRE(scheme.has_value());
    const auto pot = save_pot(doing, {.title = "Made up", .financial_year = "2012/13", .pot = scheme->pot});
    if (!pot) continue;
    const auto saved =
        save_scheme(doing, {.pot = pot->id, .title = "Made up", .document = write_scheme(*scheme, false)});
    if (!saved) continue;  // it asks for more than there is
    ++kept;
    forms += house.same_by_every_form(saved->id);
  }
  CHECK(kept >= 20);
  CHECK(forms >= 100);
}
