// What is awarded beyond the known funds is said whole, over-programming and rounding apart, and opens its working.
#include <doctest/doctest.h>

#include "allocation/findings.h"
#include "allocation/known_funds.h"
#include "allocation/measures.h"
#include "allocation/scheme_for_tests.h"

using namespace tithing;
using namespace tithing::allocation;

namespace {

// £200 in three equal parts to the nearest pound: £1 more than there is, as declared; with over-programming of £10
// besides.
Scheme excess(std::int64_t over_programmed) {
  Scheme scheme = scheme_of(200'00, {{"a", 1'00}, {"b", 1'00}, {"c", 1'00}});
  scheme.title = "Excess tried";
  if (over_programmed > 0) scheme.steps.push_back({OverProgramming{of_amount(over_programmed), "A board"}, ""});
  scheme.steps.push_back({DirectShares{}, ""});
  scheme.rounding = {Money{100}, Rounding::Rule::nearest, ""};
  scheme.rounding.may_exceed = true;
  return scheme;
}

}  // namespace

TEST_CASE("the finding says over-programming and rounding, and each amount is a measure of the table") {
  const Scheme scheme = excess(9'00);  // £209 in three parts: £70 each
  const auto allocation = allocate(scheme);
  REQUIRE_MESSAGE(allocation.has_value(), allocation.error().message);
  REQUIRE(allocation->unallocated == Money{-100});
  const std::string finding = findings_of(*allocation).front();
  CHECK(finding ==
        "The table does not come to the pot: it awards £10.00 more than the known funds: £9.00 as the over-programming "
        "that is declared, and £1.00 more, because rounding may.");
  const figures::Address amount{"allocation", {{{"example", "e"}}}};
  const Words words = marked_excess(finding, amount, allocation->over_programmed, Money{100});
  CHECK(words.text() == finding);
  const MeasuredTable table = measured(scheme, *allocation, amount, {});
  for (const auto& [of, pence] :
       {std::pair("excess", 1000), std::pair("over-programmed", 900), std::pair("beyond", 100)}) {
    CAPTURE(of);
    const auto figure = measure(table, "", of);
    REQUIRE(figure.has_value());
    CHECK(figure->quantity.integer() == pence);
  }
  std::string opened;
  for (const Numeral& piece : words.pieces())
    if (piece.kind == Numeral::Kind::figure) opened += piece.text + " " + piece.of + "\n";
  CHECK(opened ==
        "£10.00 /figures/allocation?example=e&of=excess\n£9.00 /figures/allocation?example=e&of=over-programmed\n£1.00 "
        "/figures/allocation?example=e&of=beyond\n");
  CHECK(marked_note(allocation->notes.back(), amount, *allocation).pieces().size() == 5);
}

TEST_CASE("an amount in a total is named once") {
  const Scheme scheme = excess(0);
  const auto allocation = allocate(scheme);
  REQUIRE(allocation.has_value());
  CHECK(findings_of(*allocation).front() ==
        "The table does not come to the pot: it awards £1.00 more than there is, because rounding may.");
  const auto total = measure(measured(scheme, *allocation, {"allocation", {}}, {}), "", "total");
  REQUIRE(total.has_value());
  CHECK(total->working.inputs.front().figure->working.title == "Excess tried: Area a");
}

TEST_CASE("known funds of which none is known are not nought, and of which some are not known are a floor") {
  Scheme scheme = excess(0);
  Fund unknown;
  unknown.name = "County";
  unknown.status = FundStatus::unknown;
  scheme.pot.funds.push_back(unknown);
  auto allocation = allocate(scheme);
  REQUIRE(allocation.has_value());
  auto known = measure(measured(scheme, *allocation, {"allocation", {}}, {}), "", "known");
  CHECK(known->quantity.partial);
  scheme.pot.funds.front() = unknown;
  CHECK(nothing_known(scheme.pot));
  allocation = allocate(scheme);
  REQUIRE(allocation.has_value());
  known = measure(measured(scheme, *allocation, {"allocation", {}}, {}), "", "known");
  CHECK_FALSE(known->quantity.known());
  CHECK(known->quantity.text() == "not known");
}
