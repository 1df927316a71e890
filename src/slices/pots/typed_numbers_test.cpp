// Numbers typed or pasted into the forms of pots and schemes: what can be read in two ways is refused, and says so.
#include <doctest/doctest.h>

#include "slices/pots/pickers.h"
#include "slices/pots/pot_fields.h"
#include "slices/pots/scheme_fields.h"
#include "slices/pots/step_fields.h"

using namespace tithing;
using namespace tithing::pots;

namespace {

Scheme two_areas() {
  Scheme out;
  out.areas = {{"north", "North", {}, {}}, {"south", "South", {}, {}}};
  return out;
}

// The first sentence on what was typed; empty: it was read.
std::string step(const std::string& type, Entered entered) {
  Problem pasted;
  if (step_turned(type, entered, two_areas(), pasted) && !pasted.message.empty()) return pasted.message;
  const auto made = step_from(type, entered, two_areas(), nullptr, {});
  return made->problem.message;
}

}  // namespace

TEST_CASE("typed money: one reading, or a sentence with both") {
  const auto pot = [](const std::string& amount, const std::string& percent) {
    Entered entered = {{"title", "P"},
                       {"fund-0-name", "F"},
                       {"fund-0-amount", amount},
                       {"fund-0-status", "confirmed"},
                       {"slice-0-purpose", "S"},
                       {"slice-0-percent", percent}};
    const Problem wrong = settle_all(pot_questions({}, {}, true), entered);
    if (!wrong.message.empty()) return wrong.message.substr(wrong.message.find(": ") + 2);
    return pot_from(entered).pot.funds.front().amount->plain();
  };
  CHECK(pot("1,000", "12.5") == "1000.00");
  CHECK(pot("£1,000.50", "5%") == "1000.50");
  CHECK(pot("100,00", "5").starts_with("“100,00” can be read as 100.00 or 10,000, so it was taken for neither."));
  CHECK(pot("£1.000", "5").starts_with("“£1.000” can be read as 1,000 or 1.000"));
  CHECK(pot("100", "12,5").starts_with("“12,5” can be read as 12.5 or 125"));
  for (const char* other : {"1 000", "1'000", "(100)", "100-", "60%", "1.000,50"})
    CHECK_MESSAGE(pot(other, "5").starts_with("Write the amount in pounds and pence"), other);
}

TEST_CASE("typed and pasted numbers of a step") {
  CHECK(step("hold_back", {{"purpose", "P"}, {"amount", "100,00"}}).starts_with("“100,00” can be read as"));
  CHECK(step("hold_back", {{"purpose", "P"}, {"percent", "12,5%"}}).starts_with("“12,5%” can be read as 12.5 or 125"));
  // A comma of an amount is no end of it: "north,100,00" was 10,000.
  CHECK(
      step("floor", {{"own-pasted", "north,100,00"}}).starts_with("Line 1: “100,00” can be read as 100.00 or 10,000"));
  CHECK(step("floor", {{"own-pasted", "north,1,234.50\nsouth,20"}}).empty());
  const auto indicator = [](const std::string& values) {
    return step("weighted_indicators", {{"indicators-0-name", "I"},
                                        {"indicators-0-weight", "100"},
                                        {"indicators-0-from", "table"},
                                        {"indicators-0-pasted", values}});
  };
  CHECK(indicator("north,600\nsouth,400") == "");
  CHECK(indicator("north\t6 000\nsouth\t4,000") == "");
  CHECK(indicator("north\t6.000\nsouth\t4.000").find("“6.000” can be read as 6,000 or 6.000") != std::string::npos);
  CHECK(indicator("north,6,000\nsouth,4,000").starts_with("Line 1: “6,000” can be one number with its thousands"));
  CHECK(indicator("area,value,period\nnorth,6,000\nsouth,4,000") == "");
  CHECK(indicator("north,60%\nsouth,40%").find("“60%” is a percentage. Write the number alone") != std::string::npos);
}

TEST_CASE("typed people of an area") {
  const auto people = [](const std::string& typed) {
    Entered entered = {{"area-0-area", "north"}, {"area-0-people", typed}};
    const forms::Finder finder = scheme_area_finder(two_areas(), nullptr, Date::from_ymd(2022, 12, 31));
    const Problem wrong = settle_all(area_questions(finder), entered);
    if (!wrong.message.empty()) return wrong.message;
    return std::to_string(*areas_from(entered, two_areas(), finder).areas.front().population);
  };
  CHECK(people("1,000") == "1000");
  CHECK(people("1.000").starts_with("Area 1: “1.000” can be read as 1,000 or 1.000, so it was taken for neither."));
  CHECK(people("1,00").starts_with("Area 1: “1,00” can be read as 1.00 or 100"));
  CHECK(people("0").starts_with("Area 1: Enter a whole number from 1"));
}
