// A table that was frozen before rounding had to declare that it gives out more than there is: it is shown with its
// frozen values and with what today's rule says, and goes no further.
#include <doctest/doctest.h>

#include "allocation/measures.h"
#include "base/hash.h"
#include "base/translation.h"
#include "slices/decisions/pages.h"
#include "slices/decisions/site_for_tests.h"

using namespace tithing;
using namespace tithing::decisions;

namespace {

// £1 in halves to the whole pound: £1 to each of two areas. Frozen while that was declared, then kept as a record of
// before the rule is: the declaration is taken out of the stored record, which is signed again.
struct OldRecord : Deciding {
  OldRecord() {
    const Actor officer = posts.officer();
    as(officer);
    const Doing doing = this->doing(officer);
    Pot pot;
    Fund fund;
    fund.name = "Fund";
    fund.amount = Money{1'00};
    pot.funds.push_back(fund);
    const auto kept = save_pot(doing, {.title = "Fund", .financial_year = "2012/13", .area = "", .pot = pot});
    REQUIRE(kept.has_value());
    const auto scheme = save_scheme(
        doing, {.pot = kept->id,
                .document = R"({"title":"Halves","areas":[{"key":"a","name":"Ayton"},{"key":"b","name":"Beeford"}],
      "steps":[{"type":"direct_shares","by":"percentages","percentages":{"a":"50","b":"50"}}],
      "rounding":{"unit":"1.00","rule":"nearest","may_exceed":true}})"});
    REQUIRE_MESSAGE(scheme.has_value(), scheme.error().message);
    auto made = prepare_decision(doing, {.title = "Halves", .summary = "By halves.", .scheme = scheme->id});
    REQUIRE_MESSAGE(made.has_value(), made.error().message);
    decision = *made;
    const Actor maker = posts.maker();
    const auto agreed = move_decision(this->doing(maker), decision.id, decision.version, moves::agree, request());
    REQUIRE_MESSAGE(agreed.has_value(), agreed.error().message);
    MoveRequest freeze = request();
    freeze.acknowledged.push_back(
        {"The table does not come to the pot: it awards £1.00 more than there is, because rounding may.",
         "By rounding"});
    const auto frozen = move_decision(doing, decision.id, agreed->version, moves::freeze, freeze);
    REQUIRE_MESSAGE(frozen.has_value(), frozen.error().message);
    decision = *frozen;
    REQUIRE(store().write([&](db::Transaction& transaction) -> Status {
      for (const char* sql :
           {"UPDATE funding_frozen SET scheme = REPLACE(scheme, ',\"may_exceed\":true', '')",
            "UPDATE funding_frozen SET scheme_values = REPLACE(scheme_values, ',\"may_exceed\":true', '')",
            "UPDATE funding_scheme_version SET document = REPLACE(document, ',\"may_exceed\":true', '')"})
        transaction.run({"test.before", sql});
      transaction.run({"test.sign", "UPDATE funding_frozen SET sha256 = :sha256"},
                      {{"sha256", sha256(document_of(*decisions::store::frozen(transaction, decision.id)))}});
      return {};
    }));
  }

  MoveRequest request() const {
    return {.note = "It was urgent",
            .from = {},
            .to = {},
            .on = clock.today(),
            .authority = "Section 9",
            .interests = "None",
            .acknowledged = {},
            .successor = {},
            .nothing_private = true};
  }
  Decision decision;
};

constexpr const char* kThen =
    "When this was frozen, on 22 November 2026, rounding could give out more than there was without a word: the areas "
    "get £2.00, and the known funds are £1.00. It stands as it was frozen.";

}  // namespace

TEST_CASE("a table frozen before rounding had to be declared is shown as it was, with what today's rule says") {
  OldRecord old;
  std::optional<Frozen> kept;
  old.store().read([&](db::Connection& connection) { kept = decisions::store::frozen(connection, old.decision.id); });
  REQUIRE(kept.has_value());
  REQUIRE(kept->values.find("may_exceed\":true") == std::string::npos);
  CHECK(of_an_older_rule(*kept).starts_with(kThen));
  CHECK(stands(*kept).has_value());
  CHECK(verify(*kept).error().kind == ProblemKind::conflict);
  CHECK(recomputed(*kept)->empty());  // by the rule of then

  const std::string here = "/funding/decisions/" + std::to_string(old.decision.id.value);
  const http::Response page = old.get(here);
  CHECK(page.status == 200);
  CHECK(reads(page, kThen));
  CHECK(reads(page, "would be refused today"));
  CHECK(reads(page, "It is what was frozen on 22 November 2026: its checksum is the same."));
  CHECK_FALSE(reads(page, "fault of the program"));
  for (const char* more :
       {"/paper", "/notice", "/frozen.json", "/paper/print", "/paper.docx", "/notice.docx", "/workings.xlsx"}) {
    const http::Response answer = old.get(here + more);
    CHECK_MESSAGE(answer.status == 200, more);
  }
  CHECK(reads(old.get(here + "/paper"), kThen));

  // Its numbers are figures still, and say so.
  const auto amount =
      old.wiring.figures.ask(frozen_address(old.decision.id, "a"), viewer_of(old.posts.officer(), old.clock.today()),
                             figures::Detail::working);
  REQUIRE_MESSAGE(amount.has_value(), amount.error().message);
  CHECK(amount->quantity.text() == "£1.00");
  CHECK(std::count(amount->working.caveats.begin(), amount->working.caveats.end(), of_an_older_rule(*kept)) == 1);
  const auto total =
      old.wiring.figures.ask(measure_address(frozen_address(old.decision.id, ""), "", "total"),
                             viewer_of(old.posts.officer(), old.clock.today()), figures::Detail::working);
  REQUIRE_MESSAGE(total.has_value(), total.error().message);
  CHECK(total->quantity.text() == "£2.00");

  // It is not published: a sentence says what to do.
  const Actor maker = old.posts.maker();
  const auto published =
      move_decision(old.doing(maker), old.decision.id, old.decision.version, moves::publish, old.request());
  REQUIRE_FALSE(published);
  CHECK(published.error().kind == ProblemKind::conflict);
  CHECK(published.error().message.find("let it supersede this one") != std::string::npos);

  // What rounding does not explain is a fault still.
  REQUIRE(old.store().write([&](db::Transaction& transaction) -> Status {
    transaction.run({"test.amount", "UPDATE funding_frozen_line SET amount = amount + 500 WHERE area_key = 'a'"});
    transaction.run({"test.sign", "UPDATE funding_frozen SET sha256 = :sha256"},
                    {{"sha256", sha256(document_of(*decisions::store::frozen(transaction, old.decision.id)))}});
    return {};
  }));
  old.store().read([&](db::Connection& connection) { kept = decisions::store::frozen(connection, old.decision.id); });
  CHECK(of_an_older_rule(*kept).empty());
  CHECK(stands(*kept).error().kind == ProblemKind::unavailable);
}
