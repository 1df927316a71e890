// The organisation of a grant: which body is meant, and words that stay words.
#include "slices/identity/organisations.h"

#include <doctest/doctest.h>

#include "base/organisation.h"
#include "base/text.h"

using namespace tithing;
using namespace tithing::identity;

namespace {

Organisations two_and_an_old_one() {
  static const std::vector<Organisation> all = {
      {"leeds-csp", "Leeds Partnership", "community safety partnership", ""},
      {"leeds-council", "Leeds City Council", "council", ""},
      {"redditch-csp", "Redditch Partnership", "community safety partnership",
       "Redditch Partnership became another on a day: the role holds there."}};
  return {.of = [](std::string_view code) -> std::optional<Organisation> {
            for (const Organisation& one : all)
              if (one.code == code) return one;
            return std::nullopt;
          },
          .matching =
              [](std::string_view typed) {
                const std::string text = lowered(typed);
                std::vector<Organisation> found;
                for (const Organisation& one : all)
                  if (lowered(one.name).find(text) != std::string::npos || one.code.find(text) != std::string::npos)
                    found.push_back(one);
                return found;
              }};
}

std::string settled(std::string_view typed, std::string_view chosen = "") {
  const auto settled = settled_organisation(two_and_an_old_one(), typed, chosen);
  if (settled) return *settled;
  CHECK(settled.error().fields.front().field == "organisation");
  return "refused: " + settled.error().message;
}

}  // namespace

TEST_CASE("a code or a whole name is the body; several that could be meant are asked about; words stay words") {
  CHECK(settled("") == "");
  CHECK(settled(" leeds-csp ") == "body:leeds-csp");
  CHECK(settled("leeds city council") == "body:leeds-council");
  CHECK(settled("Redditch Partnership") == "body:redditch-csp");
  CHECK(settled("Leeds").find(
            "refused: Choose which body is meant by \"Leeds\", or keep the words: leeds-csp, leeds-council.") == 0);
  CHECK(settled("Leeds", "leeds-council") == "body:leeds-council");
  CHECK(settled("Leeds", "redditch-csp").find("refused") == 0);  // not what was typed any more
  CHECK(settled("Leeds", as_words("Leeds")) == "Leeds");
  CHECK(settled("Leeds Partnership", as_words("Leeds Partnership")) == "Leeds Partnership");
  CHECK(settled("Leeds Partnership", as_words("Leeds")) == "body:leeds-csp");
  CHECK(settled("Somebody else") == "Somebody else");
  CHECK(settled("body:leeds-csp") == "body:leeds-csp");
  CHECK(settled("body:nobody").find("refused: There is no body with the code nobody") == 0);
  CHECK(settled_organisation({}, "leeds-csp", "").value() == "leeds-csp");  // without a register all is words
}

TEST_CASE("an organisation is called by its name, words by themselves; what became of it is said") {
  const Organisations known = two_and_an_old_one();
  CHECK(organisation_name(known, "body:leeds-csp") == "Leeds Partnership");
  CHECK(organisation_text(known, "body:leeds-csp") == "Leeds Partnership (leeds-csp)");
  CHECK(organisation_name(known, "leeds-csp") == "leeds-csp");
  CHECK(organisation_text(known, "An old organisation") == "An old organisation");
  CHECK(organisation_name(known, "body:gone") == "gone");
  CHECK(organisation_name({}, "body:leeds-csp") == "leeds-csp");
  CHECK(organisation_became(known, "body:leeds-csp").empty());
  CHECK(organisation_became(known, "An old organisation").empty());
  CHECK(organisation_became(known, "body:redditch-csp").find("the role holds there") != std::string::npos);
  CHECK(organisation_became(known, "body:gone").find("no body with this code") != std::string::npos);
  CHECK(body_of_organisation("body:leeds-csp") == "leeds-csp");
  CHECK(body_of_organisation("leeds-csp").empty());
  CHECK(body_of_organisation("a body:leeds-csp").empty());
}
