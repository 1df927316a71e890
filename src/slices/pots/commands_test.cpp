// Pots and schemes in the store, on both engines: what is kept, what is refused with which sentence, who may, and that
// a refused change leaves nothing.
#include "slices/pots/commands.h"
#include "base/translation.h"

#include <doctest/doctest.h>

#include "allocation/allocation.h"
#include "allocation/read_scheme.h"
#include "allocation/write_scheme.h"
#include "base/hash.h"
#include "db/audit.h"
#include "pots_migrations.h"
#include "slices/pots/examples.h"
#include "slices/pots/resolve.h"
#include "slices/pots/store.h"
#include "slices/sources/sources.h"
#include "support/house.h"

using namespace tithing;
using namespace tithing::pots;

namespace {

// Counts by area; "unknown", "partial" and "withheld" are areas of which there is no whole number.
void add_evidence(figures::Registry& registry) {
  figures::Kind kind;
  kind.name = "crimes";
  kind.parameters = {{"area", "text", true, "", ""}};
  kind.compute = [](const figures::Parameters& parameters, const figures::Viewer& viewer,
                    figures::Detail) -> Result<figures::Figure> {
    const std::string area = parameters.get("area");
    figures::Figure figure;
    figure.address = {"crimes", parameters};
    if (area == "none") return not_found(tr("There is no area none."));
    if (area == "unknown")
      figure.quantity = figures::Quantity::unknown(figures::Unit::count, "crimes", "No month was submitted.");
    else if (area == "few" && viewer.protect_small_numbers)
      figure.quantity = figures::Quantity::suppressed("crimes");
    else if (area == "rate")
      figure.quantity = figures::Quantity::real(1.5, figures::Unit::rate, "per 1,000", 1);
    else
      figure.quantity = figures::Quantity::count(area == "a" ? 300 : 100, "crimes");
    figure.quantity.partial = area == "partial";
    figure.coverage.expected = 12;
    figure.coverage.present = area == "partial" ? 11 : 12;
    return figure;
  };
  registry.add(std::move(kind), figures::Cost::light);
}

Pot pot_of(const char* amount) {
  Pot pot;
  Fund fund;
  fund.name = "Fund";
  fund.amount = *Money::parse(amount);
  pot.funds.push_back(fund);
  Fund unknown;
  unknown.name = "County contribution";
  unknown.partner = "County council";
  unknown.status = FundStatus::unknown;
  pot.funds.push_back(unknown);
  pot.assumptions.push_back({"No further money in the year.", "2011-09-22", "Board"});
  return pot;
}

// Two areas with last year's money; `steps` as JSON.
std::string document(const std::string& steps, const std::string& rest = "") {
  return R"({"title":"By last year","areas":[{"key":"a","name":"Ayton"},{"key":"b","name":"Beeford"}],
    "last_year":{"financial_year":"2011/12","amounts":{"a":"60.00","b":"40.00"}},"steps":[)" +
         steps + R"(],"rounding":{"unit":"0.01","rule":"largest_remainder"})" + rest + "}";
}
const char* const kLastYear = R"({"type":"direct_shares","by":"last_year"})";

struct House {
  explicit House(db::Database& database_) : database(database_) {
    permissions.add(kEditFunding, {Role::commissioning_officer});
    permissions.add(kReadFunding, {Role::commissioning_officer, Role::panel_member});
    add_record_kinds(kinds);
    add_evidence(registry);
    actor = Actor::account(7, "E. Reed", {{Role::commissioning_officer, "office", ""}}, permissions);
  }
  Doing doing() {
    return {
        {database, kinds, Reach(actor, nullptr, clock.today()), clock.now()}, registry, folder.path() + "/originals"};
  }
  PotRecord pot(const char* amount = "100.00") {
    const auto made = save_pot(
        doing(),
        {.title = "Community safety fund", .financial_year = "2012/13", .area = "E23000016", .pot = pot_of(amount)});
    REQUIRE_MESSAGE(made.has_value(), made.error().message);
    return *made;
  }
  Result<SchemeRecord> scheme(PotId on, const std::string& text) {
    return save_scheme(doing(), {.pot = on, .document = text});
  }
  std::int64_t audit_rows() {
    std::int64_t rows = 0;
    database.read([&](db::Connection& connection) { rows = db::count_audit(connection, "funding.", ""); });
    return rows;
  }
  db::Database& database;
  PermissionTable permissions;
  records::Kinds kinds;
  figures::Registry registry;
  FakeClock clock{Date::from_ymd(2012, 1, 10)};
  Actor actor = Actor::nobody();
  test::TemporaryFolder folder;
  sources::OriginalStore originals{folder.path() + "/originals"};
};

bool has_field(const Problem& problem, const std::string& field) {
  for (const FieldProblem& one : problem.fields)
    if (one.field == field) return true;
  return false;
}

}  // namespace

TEST_CASE("a pot and its versions are kept, what is not known stays unknown") {
  test::for_each_engine(test::all_migrations(pots_migrations()), [](db::Database& database) {
    House house(database);
    const PotRecord made = house.pot("275000.00");
    CHECK(made.version == 1);
    PotChange change{.id = made.id,
                     .seen = 1,
                     .title = made.title,
                     .financial_year = "2012/13",
                     .area = made.area,
                     .pot = made.pot,
                     .reason = "Paper of 22 September"};
    change.pot.funds[0].amount = *Money::parse("275383.00");
    change.pot.top_slices.push_back({"Reviews", {Money{100'00}, {}}});
    const auto next = save_pot(house.doing(), change);
    REQUIRE_MESSAGE(next.has_value(), next.error().message);
    CHECK(next->version == 2);
    database.read([&](db::Connection& connection) {
      const auto first = store::pot(connection, made.id, 1), second = store::pot(connection, made.id);
      REQUIRE(first.has_value());
      CHECK(first->pot.funds[0].amount == Money{275'000'00});
      CHECK(first->pot.top_slices.empty());
      CHECK_FALSE(second->pot.funds[1].amount.has_value());
      CHECK(second->pot.funds[1].status == FundStatus::unknown);
      CHECK(second->pot.funds[1].partner == "County council");
      CHECK(totals_of(second->pot)->unknown == std::vector<std::string>{"County contribution"});
      CHECK(second->pot.assumptions[0].sentence() == "No further money in the year. (22 September 2011, Board)");
      CHECK(second->saved.by == "account:7");
      CHECK(second->saved.by_name == "E. Reed");
      CHECK(second->saved.reason == "Paper of 22 September");
      CHECK(store::pot_versions(connection, made.id, 10).size() == 2);
      CHECK(store::count_pots(connection, {.financial_year = "2012/13"}) == 1);
      CHECK(store::count_pots(connection, {.financial_year = "2013/14"}) == 0);
      CHECK(store::count_pots(connection, {.area = "E23000016"}) == 1);
      CHECK(store::financial_years(connection) == std::vector<std::string>{"2012/13"});
      CHECK_FALSE(store::pot(connection, PotId{999}).has_value());
      CHECK_FALSE(store::pot(connection, made.id, 3).has_value());
    });
    CHECK(house.audit_rows() == 2);
    // Whoever still looks at version 1 overwrites nothing.
    const auto late = save_pot(house.doing(), change);
    REQUIRE_FALSE(late.has_value());
    CHECK(late.error().kind == ProblemKind::conflict);
    CHECK(house.audit_rows() == 2);
  });
}

TEST_CASE("a pot that cannot be is refused at its field") {
  test::for_each_engine(test::all_migrations(pots_migrations()), [](db::Database& database) {
    House house(database);
    const auto refusal = [&](PotChange change, const std::string& field) {
      const auto made = save_pot(house.doing(), change);
      REQUIRE_FALSE(made.has_value());
      CHECK(made.error().kind == ProblemKind::invalid);
      CHECK_MESSAGE(has_field(made.error(), field), made.error().message);
    };
    const PotChange good{.title = "Fund", .financial_year = "2012/13", .area = "", .pot = pot_of("100.00")};
    PotChange bad = good;
    bad.title = "  ";
    refusal(bad, "title");
    for (const char* year : {"2012", "2012/14", "2012-13", "x012/13"}) {
      bad = good;
      bad.financial_year = year;
      refusal(bad, "financial_year");
    }
    bad = good;
    bad.pot.funds[0].amount = Money{-1};
    refusal(bad, "pot.funds[0].amount");
    bad = good;
    bad.pot.funds[1].amount = Money{5};
    refusal(bad, "pot.funds[1].status");
    bad = good;
    bad.pot.top_slices.push_back({"Reviews", {Money{200'00}, {}}});
    refusal(bad, "pot.top_slices[0].amount");
    bad = good;
    bad.pot.funds[0].amount = Money{9'000'000'000'000'000};
    bad.pot.funds.push_back(bad.pot.funds[0]);
    refusal(bad, "pot.funds[2].amount");
    bad = good;
    bad.pot.funds.clear();
    refusal(bad, "pot.funds");
    CHECK(house.audit_rows() == 0);
    const PotRecord made = house.pot();
    PotChange change = good;
    change.id = made.id;
    change.seen = 1;
    refusal(change, "reason");
  });
}

TEST_CASE("only who has the role for the area may") {
  test::for_each_engine(test::all_migrations(pots_migrations()), [](db::Database& database) {
    House house(database);
    const PotRecord made = house.pot();
    const auto scheme = house.scheme(made.id, document(kLastYear));
    REQUIRE(scheme.has_value());
    const std::int64_t before = house.audit_rows();
    for (const Actor& other :
         {Actor::nobody(),
          Actor::account(8, "P. Quill", {{Role::commissioning_officer, "office", "E23000009"}}, house.permissions),
          Actor::account(9, "R. Stone", {{Role::panel_member, "panel", ""}}, house.permissions)}) {
      house.actor = other;
      // Who may not even know of pots hears that there is none.
      const auto is_forbidden = [&](const auto& result) {
        return !result.has_value() && (result.error().kind == ProblemKind::forbidden ||
                                       (!other.can(kReadFunding) && result.error().kind == ProblemKind::not_found));
      };
      CHECK(is_forbidden(save_pot(
          house.doing(), {.title = "Mine", .financial_year = "2012/13", .area = "E23000016", .pot = pot_of("1.00")})));
      CHECK(is_forbidden(save_pot(
          house.doing(), {.title = "Everywhere", .financial_year = "2012/13", .area = "", .pot = pot_of("1.00")})));
      CHECK(is_forbidden(house.scheme(made.id, document(kLastYear))));
      CHECK(is_forbidden(copy_scheme(house.doing(), scheme->id, 1, "Copy")));
      CHECK(is_forbidden(withdraw_scheme(house.doing(), scheme->id, 1, "No more")));
      CHECK(is_forbidden(withdraw_pot(house.doing(), made.id, 1, "No more")));
      // Nor by moving a pot into one's own area.
      CHECK(is_forbidden(save_pot(house.doing(), {.id = made.id,
                                                  .seen = 1,
                                                  .title = "Mine",
                                                  .financial_year = "2012/13",
                                                  .area = "E23000009",
                                                  .pot = pot_of("1.00"),
                                                  .reason = "x"})));
    }
    CHECK(house.audit_rows() == before);
    house.actor =
        Actor::account(8, "P. Quill", {{Role::commissioning_officer, "office", "E23000016"}}, house.permissions);
    CHECK(copy_scheme(house.doing(), scheme->id, 1, "Copy").has_value());
  });
}

TEST_CASE("a county strategy officer makes a pot for the county: a set of areas, each of which the role reaches to") {
  test::for_each_engine(test::all_migrations(pots_migrations()), [](db::Database& database) {
    House house(database);
    PermissionTable table;
    table.add(kEditFunding, {Role::commissioning_officer, Role::county_strategy_officer});
    house.actor = Actor::account(
        9, "County officer",
        {{Role::county_strategy_officer, "board", "E22000332"}, {Role::county_strategy_officer, "board", "E22000368"}},
        table);
    const auto save = [&](const char* area) {
      return save_pot(house.doing(),
                      {.title = "County fund", .financial_year = "2012/13", .area = area, .pot = pot_of("100.00")});
    };
    const auto made = save(" E22000368;E22000332 ");
    REQUIRE_MESSAGE(made.has_value(), made.error().message);
    CHECK(made->area == "E22000332;E22000368");
    CHECK(house.scheme(made->id, document(kLastYear)).has_value());
    const auto beyond = save("E22000332;E22000368;E22000372");
    REQUIRE_FALSE(beyond);
    CHECK(beyond.error().kind == ProblemKind::forbidden);
    CHECK(beyond.error().message.find(
              "E22000332 and E22000368 and E22000372. Yours reaches to E22000332 and E22000368.") != std::string::npos);
    CHECK_FALSE(save(""));
    // It is found under each of its areas, and under no part of a code.
    database.read([&](db::Connection& connection) {
      for (const auto& [area, pots] : std::vector<std::pair<std::string, std::int64_t>>{
               {"E22000332", 1}, {"E22000368", 1}, {"E22000372", 0}, {"E2200033", 0}, {"", 1}})
        CHECK_MESSAGE(store::count_pots(connection, {.area = area}) == pots, area);
    });
  });
}

TEST_CASE("a scheme is worked out before it is kept, and each version works out to itself") {
  test::for_each_engine(test::all_migrations(pots_migrations()), [](db::Database& database) {
    House house(database);
    const PotRecord pot = house.pot();
    const auto made =
        house.scheme(pot.id, document(kLastYear, R"(,"pot":{"funds":[{"name":"Another","amount":"9.00"}]})"));
    REQUIRE_MESSAGE(made.has_value(), made.error().message);
    CHECK(made->title == "By last year");
    CHECK(made->document.find("Another") == std::string::npos);
    const auto amounts = [&](std::int64_t version) {
      std::vector<std::int64_t> out;
      database.read([&](db::Connection& connection) {
        const auto record = store::scheme(connection, made->id, version);
        const auto on = store::pot(connection, record->pot, record->pot_version);
        const auto scheme = scheme_of(*record, *on);
        REQUIRE_MESSAGE(scheme.has_value(), scheme.error().message);
        for (const auto worked_out = allocate(*scheme); const AreaAmount& area : worked_out->areas)
          out.push_back(area.amount.pence);
      });
      return out;
    };
    CHECK(amounts(1) == std::vector<std::int64_t>{60'00, 40'00});
    const auto next =
        save_scheme(house.doing(),
                    {.id = made->id, .seen = 1, .document = document(R"({"type":"fixed_amount","amount":"50.00"})")});
    REQUIRE_MESSAGE(next.has_value(), next.error().message);
    REQUIRE(save_pot(house.doing(), {.id = pot.id,
                                     .seen = 1,
                                     .title = pot.title,
                                     .financial_year = "2012/13",
                                     .area = pot.area,
                                     .pot = pot_of("80.00"),
                                     .reason = "Cut"})
                .has_value());
    CHECK(amounts(1) == std::vector<std::int64_t>{60'00, 40'00});
    CHECK(amounts(2) == std::vector<std::int64_t>{50'00, 50'00});
    // On the pot as it is now the second takes too much: said, not saved.
    const auto short_of =
        save_scheme(house.doing(), {.id = made->id, .seen = 2, .title = "Again", .document = next->document});
    REQUIRE_FALSE(short_of.has_value());
    CHECK(has_field(short_of.error(), "steps[0]"));
    const auto late = save_scheme(house.doing(), {.id = made->id, .seen = 1, .document = document(kLastYear)});
    REQUIRE_FALSE(late.has_value());
    CHECK(late.error().kind == ProblemKind::conflict);
    // Scenarios beside each other.
    const auto copy = copy_scheme(house.doing(), made->id, 1, "With more held back");
    REQUIRE_MESSAGE(copy.has_value(), copy.error().message);
    database.read([&](db::Connection& connection) {
      const auto all = store::schemes_of(connection, pot.id, false);
      REQUIRE(all.size() == 2);
      CHECK(all[1].copied_from == made->id);
      CHECK(all[1].copied_version == 1);
      CHECK(all[1].pot_version == 2);
      CHECK(store::scheme_versions(connection, made->id, 10).size() == 2);
    });
    // A pot goes last.
    CHECK(withdraw_pot(house.doing(), pot.id, 2, "Replaced").error().kind == ProblemKind::invalid);
    CHECK(withdraw_scheme(house.doing(), made->id, 2, " ").error().kind == ProblemKind::invalid);
    REQUIRE(withdraw_scheme(house.doing(), made->id, 2, "Replaced").has_value());
    REQUIRE(withdraw_scheme(house.doing(), copy->id, 1, "Replaced").has_value());
    REQUIRE(withdraw_pot(house.doing(), pot.id, 2, "Replaced").has_value());
    CHECK(house.scheme(pot.id, document(kLastYear)).error().kind == ProblemKind::invalid);
    database.read([&](db::Connection& connection) {
      CHECK(store::count_pots(connection, {}) == 0);
      CHECK(store::count_pots(connection, {.withdrawn = true}) == 1);
      CHECK(db::verify_audit(connection).has_value());
    });
    CHECK(house.audit_rows() == 8);
  });
}

TEST_CASE("a scheme that cannot be worked out is refused at its place, and nothing is kept") {
  test::for_each_engine(test::all_migrations(pots_migrations()), [](db::Database& database) {
    House house(database);
    const PotRecord pot = house.pot();
    const std::int64_t before = house.audit_rows();
    const auto refusal = [&](const std::string& steps, const std::string& field, const std::string& words) {
      const auto made = house.scheme(pot.id, document(steps));
      REQUIRE_FALSE(made.has_value());
      CHECK(made.error().kind == ProblemKind::invalid);
      CHECK_MESSAGE(has_field(made.error(), field), made.error().message);
      CHECK_MESSAGE(made.error().message.find(words) != std::string::npos, made.error().message);
    };
    const auto weighted = [](const std::string& weight, const std::string& values) {
      return R"({"type":"weighted_indicators","indicators":[{"name":"Crime","weight":")" + weight + R"(",)" + values +
             "}]}";
    };
    refusal(weighted("90", R"("values":{"a":1,"b":2})"), "steps[0].indicators", "come to 90, not 100");
    refusal(weighted("100", R"("values":{"a":1})"), "steps[0].indicators[0].values.b", "no value for Beeford");
    refusal(std::string(kLastYear) + R"(,{"type":"floor","amount":"60.00"})", "steps[1]", "the floors come to £120.00");
    refusal(R"({"type":"fixed_amount","amount":"-5.00"})", "steps[0].amount", "negative");
    refusal(R"({"type":"fixed_amount","amount":"92233720368547758.08"})", "steps[0].amount",
            "The amount is too large. The largest is");
    refusal(R"({"type":"hold_back","amount":"1.00"})", "steps[0].purpose", "what the money is held back for");
    for (const char* key : {"unknown", "partial", "none", "rate"})
      refusal(weighted("100", R"("values":{"a":1,"b":{"figure":"/figures/crimes?area=)" + std::string(key) + R"("}})"),
              "steps[0].indicators[0].values.b", "Beeford");
    refusal(weighted("100", R"("values":{},"values_from_figures":[{"value":"/figures/crimes?area=a"}])"),
            "steps[0].indicators[0].values_from_figures[0].value", "{area}");
    const auto rule =
        house.scheme(pot.id, R"({"title":"T","areas":[],"steps":[],"rounding":{"unit":"1.00","rule":"upwards"}})");
    CHECK(has_field(rule.error(), "rounding.rule"));
    const auto none_before = house.scheme(
        pot.id, R"({"title":"T","areas":[{"key":"a"}],"steps":[{"type":"direct_shares","by":"last_year"}],)"
                R"("rounding":{"rule":"nearest"}})");
    CHECK(none_before.error().message.find("needs the year before") != std::string::npos);
    CHECK(house.scheme(pot.id, "not JSON").error().kind == ProblemKind::invalid);
    CHECK(house.scheme(PotId{77}, document(kLastYear)).error().kind == ProblemKind::not_found);
    CHECK(house.audit_rows() == before);
    database.read([&](db::Connection& connection) { CHECK(store::schemes_of(connection, pot.id, true).empty()); });
    // One that has no steps yet may be kept, one step after another.
    const auto empty = house.scheme(pot.id, R"({"title":"Begun","areas":[],"steps":[],"rounding":{"rule":"nearest"}})");
    CHECK_MESSAGE(empty.has_value(), empty.error().message);
  });
}

TEST_CASE("an indicator is taken from the evidence, whole numbers only") {
  test::for_each_engine(test::all_migrations(pots_migrations()), [](db::Database& database) {
    House house(database);
    const PotRecord pot = house.pot();
    const auto made =
        house.scheme(pot.id, document(R"({"type":"weighted_indicators","indicators":[{"name":"Crime","weight":"100",)"
                                      R"("values_from_figures":[{"value":"/figures/crimes?area={area}"}]}]})"));
    REQUIRE_MESSAGE(made.has_value(), made.error().message);
    CHECK(made->document.find("{area}") != std::string::npos);
    CHECK(made->document.find("300") == std::string::npos);  // what was answered is not written down as if typed
    const auto unasked = scheme_of(*made, pot);
    CHECK(allocate(*unasked).error().message.find("figure of the evidence") != std::string::npos);
    const auto scheme = ready(*made, pot, house.registry, {house.clock.today(), true}, figures::Detail::working);
    REQUIRE(scheme.has_value());
    const auto answer = allocate(*scheme);
    REQUIRE(answer.has_value());
    CHECK(answer->areas[0].amount == Money{75'00});
    CHECK(answer->areas[1].amount == Money{25'00});
    // Who is not signed in does not get by a scheme what is withheld from them.
    const std::string few =
        R"({"type":"weighted_indicators","indicators":[{"name":"Crime","weight":"100","values":{"a":4,)"
        R"("b":{"figure":"/figures/crimes?area=few"}}}]})";
    const auto other = house.scheme(pot.id, document(few));
    REQUIRE_MESSAGE(other.has_value(), other.error().message);
    CHECK(ready(*other, pot, house.registry, {house.clock.today(), false}, figures::Detail::value).has_value());
    CHECK(ready(*other, pot, house.registry, {house.clock.today(), true}, figures::Detail::value).error().kind ==
          ProblemKind::unavailable);
  });
}

TEST_CASE("a table that comes with a scheme is kept with its checksum, and the scheme leads to it") {
  test::for_each_engine(test::all_migrations(pots_migrations()), [](db::Database& database) {
    House house(database);
    const PotRecord pot = house.pot();
    const std::string table = "area,value\na,3\nb,1\n";
    const std::string steps = R"({"type":"weighted_indicators","indicators":[{"name":"Need","weight":"100",)"
                              R"("source":{"name":"need.csv","sha256":")" +
                              sha256(table) + R"("},"values":{"a":3,"b":1}}]})";
    const auto made =
        save_scheme(house.doing(),
                    {.pot = pot.id, .document = document(steps), .tables = {{"need.csv", table, "The office", "", 2}}});
    REQUIRE_MESSAGE(made.has_value(), made.error().message);
    const auto scheme = scheme_of(*made, pot);
    const Origin& origin = std::get<WeightedIndicators>(scheme->steps[0].what).indicators[0].origin;
    database.read([&](db::Connection& connection) {
      const auto files = sources::find_by_sha256(connection, sha256(table));
      REQUIRE(files.size() == 1);
      CHECK(files[0].publisher == "The office");
      CHECK(origin.source.url == "/evidence/sources/" + std::to_string(files[0].id.value));
    });
    CHECK(house.originals.has(sha256(table)));
  });
}

TEST_CASE("what is written is read as the same scheme") {
  int schemes = 0;
  for (const Example& example : examples()) {
    if (example.kind != Example::Kind::scheme) continue;
    const auto first = read_scheme(example_text(example), NoFiles());
    REQUIRE(first.has_value());
    const std::string text = write_scheme(*first, true);
    const auto again = read_scheme(text, NoFiles());
    REQUIRE_MESSAGE(again.has_value(), again.error().message);
    CHECK(write_scheme(*again, true) == text);
    const auto before = allocate(*first), after = allocate(*again);
    REQUIRE(before.has_value());
    REQUIRE(after.has_value());
    for (std::size_t i = 0; i < before->areas.size(); ++i) {
      CHECK(before->areas[i].amount == after->areas[i].amount);
      CHECK(figures::to_json(explain(*first, *before, i)) == figures::to_json(explain(*again, *after, i)));
    }
    ++schemes;
  }
  CHECK(schemes >= 7);
  // Every kind of step, and every way of saying a size, a value and a bound.
  const std::string all =
      R"({"title":"All","financial_year":"2012/13","areas":[{"key":"a","name":"Ayton","authorities":["x","y"],)"
      R"("population":1000},{"key":"b","name":"Beeford"}],
    "last_year":{"financial_year":"2011/12","amounts":{"a":"60.00","c":"40.00"},"names":{"c":"Carton"},)"
      R"("source":{"name":"Paper"}},
    "succession":[{"before":["c"],"after":[{"area":"a","percent":"100/3"},{"area":"b","percent":"200/3"}]}],
    "steps":[{"type":"over_programming","percent":"5","underwritten_by":"Reserve"},{"type":"hold_back",)"
      R"("purpose":"Reviews","percent":"2.5","of":"remaining"},
     {"type":"fixed_amount","amount":"5.00","per":"authority","areas":["a"]},
     {"type":"weighted_indicators","percent":"50","indicators":[{"name":"R","weight":"60","transform":"rate",)"
      R"("per":100,"decimals":1,"values":{"a":{"value":3,"base":7},"b":{"value":1,"base":"9"}}},
       {"name":"M","weight":"40","transform":"share","reference_date":"2010","values":{"a":{"2009":"1.5",)"
      R"("2010":"2"},"b":{"2009":3,"2010":4}}}]},
     {"type":"direct_shares","by":"percentages","percentages":{"a":"100/3","b":"200/3"},"amount":"1.00"},)"
      R"({"type":"direct_shares","by":"amounts","amounts":{"a":"1.00","b":"2.50"}},
     {"type":"floor","by_area":{"a":"1.00"},"when_short":"in_proportion"},{"type":"cap",)"
      R"("percent_of_last_year":"300","areas":["b"]},{"type":"hold_harmless","most_lost":"50.00","when_short":"refuse"},
     {"type":"gain_limit","most_gained_percent":"500","note":"So it was agreed"},{"type":"phase_in",)"
      R"("path":["25","60","100"],"year":2},
     {"type":"override","area":"b","value":"10.00","reason":"A minute","approver":"Chair"}],
    "rounding":{"unit":"0.10","rule":"rest_to","rest_to":"Reviews"},"tranches":[{"name":"April","percent":"80",)"
      R"("due":"2012-04-30"},{"name":"October","percent":"20","condition":"Report"}]})";
  const auto first = read_scheme_on(pot_of("100.00"), all, NoFiles());
  REQUIRE_MESSAGE(first.has_value(), first.error().message);
  const std::string text = write_scheme(*first, false);
  const auto again = read_scheme_on(pot_of("100.00"), text, NoFiles());
  REQUIRE_MESSAGE(again.has_value(), again.error().message);
  CHECK(write_scheme(*again, false) == text);
  const auto before = allocate(*first), after = allocate(*again);
  REQUIRE_MESSAGE(before.has_value(), before.error().message);
  for (std::size_t i = 0; i < before->areas.size(); ++i)
    CHECK(figures::to_json(explain(*first, *before, i)) == figures::to_json(explain(*again, *after, i)));
}
