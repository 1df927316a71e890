// What a partial figure is: a floor, and what a difference makes of it.
#include <doctest/doctest.h>

#include "figures/combined.h"
#include "figures/registry.h"

using namespace tithing;
using namespace tithing::figures;

namespace {

// Money of which a fund may not be known; crimes of which a month may be missing.
Registry registry() {
  Registry made;
  made.add({"money",
            "Money",
            "",
            {{"partial", "text", false, "", ""}},
            [](const Parameters& parameters, const Viewer&, Detail) -> Result<Figure> {
              Figure figure;
              figure.quantity = Quantity::pence(100);
              figure.quantity.partial = !parameters.get("partial").empty();
              if (parameters.get("partial") == "months") figure.coverage = {12, 11, {}, {}, {}};
              figure.working.title = "Money";
              return figure;
            }},
           Cost::light);
  add_combined_kinds(made);
  return made;
}

std::string said(const std::string& address) {
  static const Registry all = registry();
  const auto figure = all.ask(*Address::parse(address), {Date::from_ymd(2026, 11, 30), false}, Detail::working);
  REQUIRE_MESSAGE(figure.has_value(), figure.error().message);
  return part_mark(figure->quantity) + ": " + part_text(*figure);
}

std::string difference(const char* first, const char* second) {
  const auto money = [](const char* partial) { return Address{"money", {{{"partial", partial}}}}; };
  return said(combined_address(money(first), money(second), Combined::difference).path());
}

}  // namespace

TEST_CASE("money has no months: a part that is not known is said to be that") {
  CHECK(said("/figures/money") == ": ");
  CHECK(said("/figures/money?partial=yes") ==
        "at least: Something that it rests on is not known. This is the least it can be, not the whole.");
  CHECK(said("/figures/money?partial=months") ==
        "at least: Months are missing or not known. This is the least it can be, not the whole.");
}

TEST_CASE("a difference is a floor, a ceiling or neither, as its two figures are") {
  CHECK(difference("", "") == ": ");
  CHECK(difference("yes", "").find("at least: ") == 0);
  CHECK(difference("", "yes").find("at most: Something of what is taken away is not known.") == 0);
  CHECK(difference("", "months").find("at most: Something of what is taken away is not known.") == 0);
  CHECK(difference("yes", "yes").find("of a part only:: ") == 0);
}

TEST_CASE("the API says which bound it is") {
  const Registry all = registry();
  const auto figure = all.ask({"difference", {{{"first", "/figures/money"}, {"second", "/figures/money?partial=yes"}}}},
                              {Date::from_ymd(2026, 11, 30), false}, Detail::working);
  REQUIRE(figure.has_value());
  CHECK(to_json(*figure).find("\"partial\":true,\"bound\":\"ceiling\"") != std::string::npos);
  const auto again = from_json(to_json(*figure));
  REQUIRE(again.has_value());
  CHECK(again->quantity.at_most);
  CHECK_FALSE(again->quantity.either_way);
}

TEST_CASE("a difference does not tell a count under 5 to people who are not signed in") {
  Registry all;
  all.add({"crimes",
           "Crimes",
           "",
           {{"area", "area", true, "", ""}, {"from", "month", true, "", ""}, {"to", "month", true, "", ""}},
           [](const Parameters& parameters, const Viewer&, Detail) -> Result<Figure> {
             Figure figure;
             figure.quantity = Quantity::count(parameters.get("from") == "2022-01"   ? 22
                                               : parameters.get("from") == "2022-02" ? 20
                                                                                     : 10,
                                               "crimes");
             figure.working.title = "Crimes";
             return figure;
           }},
          Cost::light);
  all.add({"rate",
           "Rate",
           "",
           {{"area", "area", true, "", ""}, {"from", "month", true, "", ""}, {"to", "month", true, "", ""}},
           [](const Parameters& parameters, const Viewer&, Detail) -> Result<Figure> {
             Figure figure;
             figure.quantity =
                 Quantity::real(parameters.get("from") == "2022-01" ? 0.22 : 0.20, Unit::rate, "per 1,000", 2);
             figure.working.title = "Rate";
             return figure;
           }},
          Cost::light);
  add_combined_kinds(all);
  const Date today = Date::from_ymd(2026, 11, 30);
  const auto asked = [&](const char* kind, const char* from, const char* other, const char* area, bool visitor) {
    const Address first{kind, {{{"area", "E22000072"}, {"from", from}, {"to", "2022-11"}}}},
        second{kind, {{{"area", area}, {"from", other}, {"to", "2022-11"}}}};
    return all.ask(combined_address(first, second, Combined::difference), {today, visitor}, Detail::working)->quantity;
  };
  CHECK(asked("crimes", "2022-01", "2022-02", "E22000072", true).state() == Quantity::State::suppressed);
  CHECK(asked("crimes", "2022-01", "2022-02", "E22000072", false).integer() == 2);
  CHECK(asked("crimes", "2022-01", "2022-09", "E22000072", true).integer() == 12);
  CHECK(asked("rate", "2022-01", "2022-02", "E22000072", true).state() == Quantity::State::suppressed);
  CHECK(asked("rate", "2022-01", "2022-02", "E22000371", true).known());  // two places share nothing
  CHECK(asked("rate", "2022-01", "2022-02", "E22000072", false).known());
}
