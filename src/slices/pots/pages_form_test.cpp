// What a conflict page and a draft that is carried on make of rows into which nobody has typed.
#include <doctest/doctest.h>

#include "slices/pots/pages_form.h"

using namespace tithing::pots;

TEST_CASE("the first choices of an empty row are not put onto a row that somebody else has added") {
  const Entered began = {
      {"title", "Pot"}, {"fund-0-name", "Fund"}, {"fund-0-kind", "revenue"}, {"fund-0-status", "provisional"}};
  Entered mine = began;
  mine["title"] = "Mine";
  for (const auto& [name, text] :
       Entered{{"fund-1-name", ""}, {"fund-1-kind", "revenue"}, {"fund-1-status", "provisional"}})
    mine[name] = text;
  Entered theirs = began;
  for (const auto& [name, text] : Entered{{"fund-1-name", "Capital"},
                                          {"fund-1-kind", "capital"},
                                          {"fund-1-status", "confirmed"},
                                          {"fund-1-amount", "5.00"}})
    theirs[name] = text;
  const Entered both = merged(began, mine, theirs);
  CHECK(both.at("title") == "Mine");
  CHECK(both.at("fund-1-name") == "Capital");
  CHECK(both.at("fund-1-kind") == "capital");
  CHECK(both.at("fund-1-status") == "confirmed");
  // A row with something typed in it keeps its choices.
  CHECK(
      without_empty_rows(
          {{"fund-2-name", "Mine"}, {"fund-2-kind", "capital"}, {"indicators-0-transform", "count"}, {"seen", "3"}}) ==
      Entered{{"fund-2-name", "Mine"}, {"fund-2-kind", "capital"}, {"seen", "3"}});
}
