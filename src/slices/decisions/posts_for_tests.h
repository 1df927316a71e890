// A pot, a scheme and posts for tests of decisions.
#pragma once

#include "base/translation.h"
#include "db/audit.h"
#include "decisions_migrations.h"
#include "pots_migrations.h"
#include "slices/decisions/commands.h"
#include "slices/decisions/decisions.h"
#include "slices/decisions/store.h"
#include "slices/pots/store.h"
#include "support/house.h"
#include "support/store_support.h"

namespace tithing::decisions {

// What the store of both rooms needs.
inline std::vector<db::Migration> all_of_money() {
  std::vector<db::Migration> all = pots_migrations();
  for (const db::Migration& one : decisions_migrations()) all.push_back(one);
  return test::all_migrations(all);
}

// As the rooms of money register them.
inline const records::Kinds& money_kinds() {
  static const records::Kinds kinds = [] {
    records::Kinds made;
    add_record_kinds(made);
    made.add(record_kind());
    return made;
  }();
  return kinds;
}
// Without a register: an area is itself.
inline Doing doing_of(db::Database& database, const Actor& actor, const Clock& clock,
                      const figures::Registry& registry) {
  return {{database, money_kinds(), Reach(actor, nullptr, clock.today()), clock.now()}, registry};
}

// Who makes moves of this name: the decision-maker, or the officer who prepares.
inline bool is_for_maker(std::string_view move) {
  for (const path::Step& step : each_move())
    if (step.code == move) return step.who->name == kAgree.name;
  return false;
}

// Counts by area; `crimes_of_a` can be changed, as an import would.
struct TestEvidence {
  std::int64_t crimes_of_a = 300;
  void add_to(figures::Registry& registry) {
    figures::Kind kind;
    kind.name = "crimes";
    kind.parameters = {{"area", "text", true, "", ""}};
    kind.compute = [this](const figures::Parameters& parameters, const figures::Viewer&,
                          figures::Detail) -> Result<figures::Figure> {
      figures::Figure figure;
      figure.address = {"crimes", parameters};
      figure.quantity = figures::Quantity::count(parameters.get("area") == "a" ? crimes_of_a : 100, "crimes");
      if (crimes_of_a < 0)
        figure.quantity = figures::Quantity::unknown(figures::Unit::count, "crimes", "No month was submitted.");
      figure.coverage.expected = figure.coverage.present = 12;
      figure.evidence_version = "v" + std::to_string(crimes_of_a);
      figure.working.title = "Crimes";
      return figure;
    };
    registry.add(std::move(kind), figures::Cost::light);
  }
};

struct TestPosts {
  TestPosts() { name(permissions); }
  explicit TestPosts(PermissionTable& table) : own(table) {}  // one that the slice has filled
  TestPosts(const TestPosts&) = delete;
  TestPosts& operator=(const TestPosts&) = delete;
  static void name(PermissionTable& table) {
    table.add(kReadFunding, {Role::commissioning_officer});
    table.add(kEditFunding, {Role::commissioning_officer});
    table.add(kPrepareDecision, {Role::commissioning_officer});
    table.add(kComment, {Role::partnership_manager});
    table.add(kAgree, {Role::decision_maker});
    table.add(kReadDrafts, {Role::auditor});
  }
  Actor as(std::int64_t id, const std::string& post, std::vector<Grant> grants) const {
    return Actor::account(id, post, std::move(grants), own);
  }
  Actor officer() const { return as(1, "Commissioning officer", {{Role::commissioning_officer, "Office", ""}}); }
  Actor manager() const {
    return as(2, "Partnership manager", {{Role::partnership_manager, "Ayton partnership", "a"}});
  }
  Actor maker() const { return as(3, "Decision-maker", {{Role::decision_maker, "Office", ""}}); }
  Actor both() const {
    return as(4, "Acting commissioner",
              {{Role::commissioning_officer, "Office", ""}, {Role::decision_maker, "Office", ""}});
  }
  PermissionTable permissions;
  PermissionTable& own = permissions;
};

// Who asks for a figure.
inline figures::Viewer viewer_of(const Actor& actor, Date today) {
  return figures::Viewer::of(Reach(actor, nullptr, today));
}

// £100 by crimes of the evidence, a fund that is not known if asked for.
inline SchemeRecord scheme_in_store(const Doing& doing, bool with_unknown_fund = false) {
  Pot pot;
  Fund fund;
  fund.name = "Community Safety Fund";
  fund.amount = Money{100'00};
  pot.funds.push_back(fund);
  if (with_unknown_fund) {
    Fund unknown;
    unknown.name = "County contribution";
    unknown.status = FundStatus::unknown;
    pot.funds.push_back(unknown);
  }
  const auto kept = save_pot(doing, {.title = "Fund", .financial_year = "2012/13", .area = "", .pot = pot});
  if (!kept) throw std::runtime_error(kept.error().message);
  const auto scheme = save_scheme(
      doing,
      {.pot = kept->id,
       .document = R"({"title":"By crime","areas":[{"key":"a","name":"Ayton"},{"key":"b","name":"Beeford"}],
    "last_year":{"financial_year":"2011/12","amounts":{"a":"60.00","b":"40.00"}},
    "steps":[{"type":"weighted_indicators","indicators":[{"name":"Recorded crime","weight":"100",)"
                   R"("values":{"a":{"figure":"/figures/crimes?area=a"},"b":{"figure":"/figures/crimes?area=b"}}}]}],
    "rounding":{"unit":"0.01","rule":"largest_remainder"}})"});
  if (!scheme) throw std::runtime_error(scheme.error().message);
  return *scheme;
}

}  // namespace tithing::decisions
