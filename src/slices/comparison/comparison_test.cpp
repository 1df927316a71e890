// Lists on both engines, and an area beside others on the real files of the sample.
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <thread>

#include "base/text.h"
#include "db/audit.h"
#include "slices/comparison/peers.h"
#include "slices/comparison/service.h"
#include "slices/comparison/service_likeness.h"
#include "slices/wiring.h"
#include "support/house.h"
#include "support/source_dir.h"

using namespace tithing;
using namespace tithing::comparison;

namespace {

const auto kKnown = [](const std::string& code) { return code.size() == 1; };

// Made before the house, whose building fills it.
struct Served {
  ComparisonService* service = nullptr;
  register_::Service* areas = nullptr;
  std::vector<figures::Kind> own_kinds;  // that this slice registered, each of them: a new one is walked too
};

// The register and the evidence beneath, with the geography of the sample.
struct Program : Served, test::House {
  Program() : House([this](Wiring& all) { build(all); }) { begin(); }
  explicit Program(db::Database& store) : House(store, [this](Wiring& all) { build(all); }) { begin(); }

 private:
  void begin() {
    const std::string geography = tests::source_dir() + "/data/sample/geography";
    const auto imported = areas->import_geography(command_line(), {geography}, std::nullopt);
    REQUIRE_MESSAGE(imported.has_value(), imported.error().message);
  }
  void build(Wiring& all) {
    areas = &register_::register_slice(all);
    auto* const known = areas;
    evidence::Service& evidence = evidence::register_slice(all, [known] { return known->areas(); });
    const std::size_t before = all.figures.kinds().size();
    service = static_cast<ComparisonService*>(&register_slice(all, *areas, evidence));
    const auto& kinds = all.figures.kinds();
    own_kinds.assign(kinds.begin() + static_cast<std::ptrdiff_t>(before), kinds.end());
  }
};

}  // namespace

TEST_CASE("a list is read, and each line that cannot be used is named") {
  const auto similar = read_list(kSimilar, "Area,Similar\nA,B\nA,C\nA,A\nB,A\n", kKnown);
  REQUIRE(similar.has_value());
  CHECK(similar->refused.empty());
  CHECK(similar->rows.size() == 3);  // an area is on its own list anyway
  const auto bad = read_list(kSimilar, "area,similar\nA,B\nA,B\nlong,B\nA,long\n", kKnown);
  REQUIRE(bad.has_value());
  REQUIRE(bad->refused.size() == 3);
  CHECK(bad->refused[0].line == 3);
  const auto numbers = read_list(kCharacteristics, "area,income,\"share, rural\"\nA,1.5,0\nB,NA,\n", kKnown);
  REQUIRE(numbers.has_value());
  REQUIRE(numbers->rows.size() == 4);
  CHECK(numbers->rows[1].other == "share, rural");
  CHECK(numbers->rows[1].value == 0);
  CHECK_FALSE(numbers->rows[2].value.has_value());  // not known is not 0
  const auto wrong = read_list(kCharacteristics, "area,income\nA,x\nB,nan\nC,1\nC,2\n", kKnown);
  REQUIRE(wrong.has_value());
  REQUIRE(wrong->rows.size() == 2);
  CHECK_FALSE(wrong->rows[0].value.has_value());  // NaN is a blank
  CHECK(wrong->refused.size() == 2);
  const auto total = read_list(kCharacteristics, "area,income\nA,1\nTotal,1\n", kKnown);
  CHECK(total->rows.size() == 1);
  CHECK(total->refused.size() == 1);
  for (const char* blank : {"", "NA", "n/a", "null", "-", "[x]", ".."}) {
    const auto list = read_list(kCharacteristics, "area,income\nA," + std::string(blank) + "\n", kKnown);
    REQUIRE_MESSAGE(list->rows.size() == 1, blank);
    CHECK_FALSE(list->rows[0].value.has_value());
  }
  CHECK_FALSE(read_list(kSimilar, "area\nA\n", kKnown).has_value());
  CHECK_FALSE(read_list(kCharacteristics, "area\nA\n", kKnown).has_value());
  CHECK_FALSE(read_list(kCharacteristics, "area,a,A\nA,1,2\n", kKnown).has_value());
  CHECK_FALSE(read_list(kSimilar, "", kKnown).has_value());
  CHECK_FALSE(read_list(kSimilar, "area,similar\n", kKnown).has_value());
  CHECK_FALSE(read_list(kSimilar, "area,similar\n\"A,B\n", kKnown).has_value());
  CHECK_FALSE(read_list(kSimilar, "area,similar\n\x81,B\n", kKnown).has_value());
  // Another encoding and another separator are read, and said.
  const auto western = read_list(kSimilar, "area;similar;note\nA;B\xA0;Ynys M\xF4n\n", kKnown);
  REQUIRE(western.has_value());
  CHECK(western->read_as == "Windows-1252, separated by semicolons");
  REQUIRE(western->rows.size() == 1);
  CHECK(western->rows[0].other == "B");
  const auto decimals = read_list(kCharacteristics, "area;share\nA;12,5\nB;1.234,5\n", kKnown);
  REQUIRE(decimals.has_value());
  CHECK(decimals->rows.at(0).value == 12.5);
  CHECK(decimals->rows.at(1).value == 1234.5);
}

TEST_CASE("a list is imported once, whole, by those who may") {
  test::for_each_engine([](db::Database& database) {
    Program program(database);
    const Actor analyst = program.actor(Role::performance_analyst, "", 1);
    const Actor member = program.actor(Role::panel_member, "", 2);
    sources::ListImport wanted{kSimilar,
                               "Most similar",
                               "2022",
                               "A publisher",
                               "",
                               "",
                               "area,similar\nE22000372,E22000368\nE22000372,E22000371\nE22000368,E22000371\n"};
    CHECK(program.service->lists().import(member, wanted).error().kind == ProblemKind::forbidden);
    const auto id = program.service->lists().import(analyst, wanted);
    REQUIRE_MESSAGE(id.has_value(), id.error().message);
    CHECK(program.service->rows(*id, "E22000372").size() == 2);
    CHECK(program.service->rows(*id, "E22000371").empty());  // not symmetric
    CHECK(program.service->lists().import(analyst, wanted).error().kind == ProblemKind::conflict);
    wanted.version = "2023";
    wanted.csv += "E22000372,E99999999\n";
    const auto refused = program.service->lists().import(analyst, wanted);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().fields.front().message.find("Line 5") == 0);
    CHECK(program.service->lists().all().size() == 1);
    wanted.name = " ";
    CHECK(program.service->lists().import(analyst, wanted).error().fields.front().field == "name");
    std::int64_t audited = 0;
    database.read([&](db::Connection& connection) { audited = db::count_audit(connection, "comparison.import", ""); });
    CHECK(audited == 1);
  });
}

TEST_CASE("a version of a list that is given again: asked about where it says much less, chosen, and undone") {
  test::for_each_engine([](db::Database& database) {
    Program program(database);
    const Actor analyst = program.actor(Role::performance_analyst, "", 1);
    const Actor member = program.actor(Role::panel_member, "", 2);
    const std::string heading = "area,income,rural\n";
    sources::ListImport wanted{kCharacteristics,
                               "Incomes",
                               "2022",
                               "A publisher",
                               "",
                               "good.csv",
                               heading + "E22000372,10,1\nE22000368,20,2\nE22000371,30,3\n"};
    const auto good = program.service->lists().import(analyst, wanted);
    REQUIRE_MESSAGE(good.has_value(), good.error().message);
    const std::string right = wanted.csv;
    const auto counting = [&] {
      std::vector<std::int64_t> ids;
      for (const AreaList& list : program.service->lists().counting()) ids.push_back(list.id);
      return ids;
    };
    wanted.file_name = "part.csv";
    wanted.csv = heading + "E22000372,10,1\n";
    const auto change = program.service->lists().try_import(analyst, wanted);
    REQUIRE(change);
    CHECK(change->asks.find("4 of 6 rows (67%)") != std::string::npos);
    CHECK(program.service->lists().import(analyst, wanted).error().kind == ProblemKind::conflict);
    CHECK(program.service->lists().all().size() == 1);
    sources::Manners accepted;
    accepted.accept_removals = true;
    CHECK(program.service->lists().import(analyst, wanted, accepted).error().message.find("Say why") == 0);
    accepted.reason = "the others were withdrawn";
    accepted.seen = std::string(64, '0');
    CHECK(program.service->lists().import(analyst, wanted, accepted).error().message.find("look again") !=
          std::string::npos);
    accepted.seen = sources::fingerprint({*change});
    const auto part = program.service->lists().import(analyst, wanted, accepted);
    REQUIRE_MESSAGE(part.has_value(), part.error().message);
    CHECK(counting() == std::vector<std::int64_t>{*part});
    CHECK(program.service->lists().find(*good)->why.starts_with("Another one was chosen on "));

    // Other values are a contradiction.
    wanted.csv = heading + "E22000372,99,9\nE22000368,99,9\nE22000371,99,9\n";
    CHECK(program.service->lists().try_import(analyst, wanted)->offered);  // a choice stands
    // The good one again: a choice.
    wanted.csv = right;
    CHECK(program.service->lists().try_import(analyst, wanted)->offered);
    CHECK(program.service->lists().import(analyst, wanted).error().message.find("It does not count") !=
          std::string::npos);
    const std::string key = "Incomes, 2022";
    const sources::Chosen chosen{program.service->lists().find(*good)->source_file, sources::Verdict::counts};
    CHECK(program.service->lists().choose(member, key, chosen, "why", false).error().kind == ProblemKind::forbidden);
    CHECK(program.service->lists().choose(analyst, key, chosen, " ", false).error().fields.front().field == "reason");
    CHECK(program.service->lists().choose(analyst, "Incomes, 1999", chosen, "why", false).error().kind ==
          ProblemKind::not_found);
    const auto done = program.service->lists().choose(analyst, key, chosen, "the part was cut off", false);
    REQUIRE(done);
    CHECK(done->front().rows_then == 6);
    CHECK(counting() == std::vector<std::int64_t>{*good});
    CHECK(program.service->rows(*good).size() == 6);
    CHECK(program.service->rows(*part).size() == 2);  // what was chosen before can still be read
    std::int64_t audited = 0;
    database.read([&](db::Connection& connection) { audited = db::count_audit(connection, "comparison.choose", ""); });
    CHECK(audited == 1);
    REQUIRE(program.service->lists().choose(analyst, key, {}, "nothing is in doubt", false));
    wanted.csv = heading + "E22000372,99,9\nE22000368,99,9\nE22000371,99,9\n";
    CHECK(program.service->lists().try_import(analyst, wanted)->asks.find("contradicts what counts") !=
          std::string::npos);
  });
}

TEST_CASE("partnerships of the sample beside each other: the mean of a list, a rate drawn towards the mean") {
  Program program;
  program.demonstration();
  const Actor analyst = program.command_line();
  const auto id =
      program.service->lists().import(analyst, {kSimilar, "Most similar", "2022", "A publisher", "", "",
                                                "area,similar\nE22000372,E22000368\nE22000372,E22000371\n"});
  REQUIRE_MESSAGE(id.has_value(), id.error().message);
  const figures::Viewer viewer{Date::from_ymd(2026, 11, 22), false};
  const Period period = Period::parse("2022-01", "2022-11").value();
  const auto rate = [&](const char* code) {
    return program.wiring.figures.ask({"rate", asked_of(code, period, "", "")}, viewer).value().quantity.number();
  };

  auto parameters = asked_of("E22000372", period, "", "");
  parameters.values["list"] = std::to_string(*id);
  const auto mean = program.wiring.figures.ask({"similar-mean", parameters}, viewer);
  REQUIRE_MESSAGE(mean.has_value(), mean.error().message);
  CHECK(mean->quantity.number() == doctest::Approx((rate("E22000372") + rate("E22000368") + rate("E22000371")) / 3));
  CHECK(mean->working.inputs.size() == 4);  // three rates and the list
  parameters.values["area"] = "E22000371";
  CHECK_FALSE(
      program.wiring.figures.ask({"similar-mean", parameters}, viewer)->quantity.known());  // no list of its own

  const auto peers =
      peers_of(program.wiring.figures, viewer, *program.service->snapshot(), "E22000372", period, "", viewer.today);
  REQUIRE(peers.has_value());
  REQUIRE(peers->areas.size() >= 3);
  double crimes = 0, people = 0;
  for (const auto& one : peers->observed) crimes += static_cast<double>(one.count), people += one.exposure;
  const auto shrunk = program.wiring.figures.ask({"shrunk-rate", asked_of("E22000372", period, "", "")}, viewer);
  REQUIRE_MESSAGE(shrunk.has_value(), shrunk.error().message);
  const double together = 1000 * crimes / people, own = rate("E22000372"), drawn = shrunk->quantity.number();
  CHECK(std::min(own, together) <= drawn);
  CHECK(drawn <= std::max(own, together));
  // Ranks: a place for each, the highest rate first, the same for recorded crime alone as its rates say.
  for (const char* type : {"crime", "all"}) {
    CAPTURE(type);
    const auto ranked =
        peers_of(program.wiring.figures, viewer, *program.service->snapshot(), "E22000372", period, type, viewer.today);
    REQUIRE(ranked);
    double sum = 0;
    for (const auto* area : ranked->areas) {
      const auto place = program.wiring.figures.ask({"rank", asked_of(area->code, period, type, "")}, viewer);
      REQUIRE(place);
      REQUIRE(place->quantity.known());
      REQUIRE(place->quantity.interval);
      CHECK(place->quantity.interval->low <= place->quantity.interval->high);
      // The rates of all, then over what it was ranked.
      REQUIRE(place->working.inputs.size() == ranked->areas.size() + evidence::kExtentLabels.size());
      CHECK(place->working.inputs.back().given == "100.0%");
      sum += place->quantity.number();
      const auto own_rate = program.wiring.figures.ask({"rate", asked_of(area->code, period, type, "")}, viewer);
      double higher = 0;
      for (const auto& input : place->working.inputs)
        if (input.figure) higher += input.figure->quantity.number() > own_rate->quantity.number() ? 1 : 0;
      CHECK(place->quantity.number() == higher + 1);
    }
    CHECK(sum == static_cast<double>(ranked->areas.size() * (ranked->areas.size() + 1)) / 2.0);
  }
  CHECK(program.wiring.figures.ask({"rank", asked_of("E22000372", period, "crime", "")}, viewer)
            ->working.title.find("Recorded crime, ") != std::string::npos);

  CHECK(program.wiring.figures.ask({"shrunk-rate", asked_of("E01013368", period, "", "")}, viewer).error().kind ==
        ProblemKind::invalid);
}

TEST_CASE("a comparison says over how many areas and crimes it was made, and is refused below nine in ten of both") {
  Program program;
  for (const auto& load : program.wiring.demonstration) REQUIRE(load(tests::source_dir() + "/data/sample"));
  const figures::Viewer viewer{Date::from_ymd(2026, 11, 22), false};
  const Period period = Period::parse("2022-01", "2022-11").value();
  const std::string own = "E22000372";
  const auto whole =
      peers_of(program.wiring.figures, viewer, *program.service->snapshot(), own, period, "crime", viewer.today);
  REQUIRE(whole);
  CHECK(whole->extent.places == whole->areas.size());
  CHECK(whole->extent.of_places == whole->areas.size() + whole->left_out.size());
  CHECK(whole->extent.enough());
  CHECK_FALSE(too_few_peers(*whole).has_value());
  const std::string over = whole->extent.sentence();
  CHECK(over.find("Over ") == 0);
  CHECK(over.find(" partnerships (100.0%) and ") != std::string::npos);
  const Actor analyst = program.command_line();
  const auto list =
      program.service->lists().import(analyst, {kSimilar, "Most similar", "2022", "A publisher", "", "",
                                                "area,similar\nE22000372,E22000368\nE22000372,E22000371\n"});
  REQUIRE_MESSAGE(list.has_value(), list.error().message);
  const std::map<std::string, std::string> given = {
      {"list", std::to_string(*list)}, {"by", "residents"}, {"characteristic", "residents"}, {"other", "E22000368"}};
  std::size_t walked = 0;
  for (const figures::Kind& kind : program.own_kinds) {
    CAPTURE(kind.name);
    figures::Address address{kind.name, asked_of(own, period, "crime", "")};
    std::erase_if(address.parameters.values, [&](const auto& one) {
      return std::none_of(kind.parameters.begin(), kind.parameters.end(),
                          [&](const auto& parameter) { return parameter.name == one.first; });
    });
    for (const figures::ParameterSpecification& parameter : kind.parameters)
      if (const auto value = given.find(parameter.name); value != given.end())
        address.parameters.values[parameter.name] = value->second;
    const auto figure = program.wiring.figures.ask(address, viewer);
    REQUIRE_MESSAGE(figure.has_value(), (figure ? "" : figure.error().message));
    CHECK(figure->quantity.known());
    if (kind.name == "characteristic") continue;  // what one area has: it was worked out over no others
    ++walked;
    const auto& caveats = figure->working.caveats;
    CHECK(std::count_if(caveats.begin(), caveats.end(),
                        [](const std::string& said) { return said.starts_with("Over "); }) == 1);
    if (kind.name == "rank" || kind.name == "shrunk-rate") CHECK(std::count(caveats.begin(), caveats.end(), over) == 1);
  }
  CHECK(walked >= 5);

  // Of a count that a visitor may not see the rank is withheld: its months are all there.
  const figures::Viewer visitor{viewer.today, true};
  int withheld = 0;
  for (const auto* area : whole->areas)
    for (const char* type : {"theft-from-the-person", "bicycle-theft", "possession-of-weapons"}) {
      const auto asked = asked_of(area->code, Period::parse("2022-02", "2022-02").value(), type, "");
      if (program.wiring.figures.ask({"crimes", asked}, visitor)->quantity.state() !=
          figures::Quantity::State::suppressed)
        continue;
      ++withheld;
      CHECK(program.wiring.figures.ask({"rank", asked}, visitor)->quantity.text() == "withheld");
    }
  CHECK(withheld > 0);

  // One month of another force, imported for itself, takes nobody's comparison away: its areas are not among those
  // compared.
  const auto police =
      std::find_if(program.wiring.subcommands.begin(), program.wiring.subcommands.end(), [](const Subcommand& one) {
        return one.path == std::vector<std::string>{"import", "police"};
      });
  REQUIRE(police != program.wiring.subcommands.end());
  Arguments arguments;
  arguments.values[police->positionals.at(0).name] = {
      tests::source_dir() + "/src/slices/evidence/testdata/2022-11-surrey-street.later-publication.csv"};
  REQUIRE(police->run(arguments) == 0);
  // What was imported beside the service is seen when it looks again.
  for (int i = 0; i < 200 && program.service->snapshot()->forces().size() < 3; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  REQUIRE(program.service->snapshot()->forces().size() == 3);
  const auto beside =
      peers_of(program.wiring.figures, viewer, *program.service->snapshot(), own, period, "crime", viewer.today);
  REQUIRE(beside);
  CHECK(beside->areas.size() == whole->areas.size());
  CHECK(beside->extent.of_places == whole->extent.of_places);
  CHECK_FALSE(too_few_peers(*beside).has_value());
  CHECK(beside->forces_without == std::vector<std::string>{"Surrey Police"});
  CHECK(left_out_in_words(*beside) ==
        "Not among those compared, because not every month is here: the areas of Surrey Police.");
  const auto that_month = peers_of(program.wiring.figures, viewer, *program.service->snapshot(), own,
                                   Period::parse("2022-11", "2022-11").value(), "crime", viewer.today);
  REQUIRE(that_month);
  CHECK(that_month->forces_without.empty());  // in that month it is there

  // The same with counts that are made up: a thousand each, and of some areas nothing is known or only a part.
  std::string without, partly;
  figures::Registry made_up;
  made_up.add({"crimes",
               "Crimes",
               "Made up for the test.",
               {{"area", "area", true, "", ""},
                {"from", "month", true, "", ""},
                {"to", "month", true, "", ""},
                {"type", "text", false, "", ""},
                {"as-at", "date", false, "", ""}},
               [&](const figures::Parameters& p, const figures::Viewer&, figures::Detail) -> Result<figures::Figure> {
                 figures::Figure figure;
                 figure.quantity = p.get("area") == without
                                       ? figures::Quantity::unknown(figures::Unit::count, "crimes", "No file.")
                                       : figures::Quantity::count(1000, "crimes");
                 figure.quantity.partial = p.get("area") == partly;
                 return figure;
               },
               {}},
              figures::Cost::light);
  const auto asked = [&] {
    return peers_of(made_up, viewer, *program.service->snapshot(), own, period, "crime", viewer.today).value();
  };
  const auto all = static_cast<std::int64_t>(asked().areas.size());
  REQUIRE(all >= 3);
  REQUIRE(all < 20);  // so that two missing are more than one in ten
  CHECK(asked().extent.of_crimes == all * 1000);
  for (const Peers every = asked(); const auto* area : every.areas) {
    if (area->code == own) continue;
    (without.empty() ? without : partly) = area->code;
    if (!partly.empty()) break;
  }
  const Peers few = asked();
  CHECK(few.left_out.size() == 2);
  CHECK(few.extent.crimes == (all - 2) * 1000);
  CHECK(few.extent.of_crimes == (all - 1) * 1000);  // the part that is there counts, what is not known is no nought
  const auto why = too_few_peers(few);
  REQUIRE(why.has_value());
  CHECK(why->find("Not known for the whole of the comparison: it could be worked out over " + std::to_string(all - 2) +
                  " of " + std::to_string(all) + " partnerships") == 0);
  CHECK(why->find("90% of both is needed to speak for the whole. Left out because") != std::string::npos);
  for (const auto* area : few.left_out) CHECK(why->find(area->name) != std::string::npos);
  CHECK(nearest(*program.service, viewer, few, chosen_of(*program.service, *program.service->snapshot(), {"residents"}),
                period, "", 3)
            .error()
            .message == *why);
}

TEST_CASE("the keys of what was chosen are one parameter, whatever a column is called") {
  const std::vector<Characteristic> chosen = {
      {"residents", ""}, {"3:a|b", ""}, {"3:c\\", ""}, {"3:|", ""}, {"rate:burglary", ""}};
  std::vector<std::string> keys;
  for (const Characteristic& one : chosen) keys.push_back(one.key);
  CHECK(keys_from(keys_text(chosen)) == keys);
  CHECK(keys_from("residents|rate") == std::vector<std::string>{"residents", "rate"});
}

TEST_CASE("distances and differences of likeness open their workings, which come to the value") {
  Program program;
  program.demonstration();
  const figures::Registry& registry = program.wiring.figures;
  const figures::Viewer viewer{Date::from_ymd(2026, 11, 22), false};
  const Period period = Period::parse("2022-01", "2022-11").value();
  const std::string own = "E22000372";
  const auto snapshot = program.service->snapshot();
  const auto peers = peers_of(registry, viewer, *snapshot, own, period, "all", viewer.today);
  REQUIRE(peers);
  REQUIRE(peers->areas.size() >= 4);
  // A made-up list: a number for every area but the last, for which it does not say.
  std::string csv = "area,\"made up, 1|2\",\"told of all, 1|2\",same\n";
  const register_::Area* unsaid = nullptr;
  for (std::size_t i = 0; i < peers->areas.size(); ++i) {
    const bool last = peers->areas[i]->code != own && unsaid == nullptr && i + 2 >= peers->areas.size();
    if (last) unsaid = peers->areas[i];
    csv += peers->areas[i]->code + "," + (last ? std::string("NA") : std::to_string(10 + i * i) + ".5") + "," +
           std::to_string(10 + i * i) + ".5,7\n";
  }
  const auto id = program.service->lists().import(
      program.command_line(), {kCharacteristics, "Made up for the test", "1", "A publisher", "", "", csv});
  REQUIRE_MESSAGE(id.has_value(), id.error().message);
  const std::string column = std::to_string(*id) + ":made up, 1|2", same = std::to_string(*id) + ":same",
                    told = std::to_string(*id) + ":told of all, 1|2";

  // What an area has of each, with what it rests on.
  const auto listed = registry.ask(listed_value_of(own, *id, "made up, 1|2"), viewer);
  REQUIRE(listed);
  CHECK(listed->quantity.number() == 10 + static_cast<double>(*peers->own * *peers->own) + 0.5);
  REQUIRE(listed->working.inputs.size() == 1);
  REQUIRE(listed->working.inputs[0].source);
  CHECK(listed->working.inputs[0].source->ends());
  CHECK(listed->working.inputs[0].given == listed->quantity.text());
  REQUIRE(unsaid != nullptr);
  CHECK_FALSE(registry.ask(listed_value_of(unsaid->code, *id, "made up, 1|2"), viewer)->quantity.known());  // not 0
  CHECK_FALSE(registry.ask(listed_value_of(own, *id, "no such column"), viewer)->quantity.known());
  CHECK(registry.ask(characteristic_of(own, "income", period, ""), viewer).error().kind == ProblemKind::invalid);
  const auto people = registry.ask(characteristic_of(own, "residents", period, ""), viewer);
  REQUIRE(people);
  CHECK(people->quantity.number() == peers->observed[*peers->own].exposure);
  figures::Address latest{"characteristic", {{{"area", own}, {"characteristic", "residents"}}}};
  CHECK(registry.ask(latest, viewer)->quantity.number() ==
        registry.ask({"population", {{{"area", own}}}}, viewer)->quantity.number());
  latest.parameters.values["characteristic"] = "rate";
  CHECK(registry.ask(latest, viewer).error().kind == ProblemKind::invalid);  // a rate is of some months
  CHECK(registry.ask(characteristic_of(own, "rate:crime", period, ""), viewer)->quantity.number() ==
        registry.ask({"rate", asked_of(own, period, "crime", "")}, viewer)->quantity.number());

  for (const auto& keys :
       {std::vector<std::string>{"residents"}, {"residents", "rate"}, {"rate:burglary", "residents", told, same}}) {
    CAPTURE(keys.size());
    const auto chosen = chosen_of(*program.service, *snapshot, keys);
    REQUIRE(chosen.size() == keys.size());
    const auto near = nearest(*program.service, viewer, *peers, chosen, period, "", 15);
    REQUIRE_MESSAGE(near.has_value(), near.error().message);
    const auto asked = asked_of(own, period, "all", "");
    for (const statistics::NearArea& one : near->areas) {
      const std::string& other = peers->areas[one.area]->code;
      // What stands on the page, and its working: D from the differences, each difference from two values and the
      // deviation of all.
      const auto distance = registry.ask(distance_of(asked, other, chosen), viewer);
      REQUIRE_MESSAGE(distance.has_value(), distance.error().message);
      CHECK(distance->quantity.number() == one.distance);
      REQUIRE(distance->working.inputs.size() == near->used.size());
      double squares = 0;
      for (std::size_t k = 0; k < near->used.size(); ++k) {
        const figures::Figure& input = *distance->working.inputs[k].figure;
        squares += input.quantity.number() * input.quantity.number();
        const auto difference = registry.ask(input.address, viewer);
        REQUIRE_MESSAGE(difference.has_value(), difference.error().message);
        CHECK(difference->quantity.number() == one.differences[k]);
        CHECK(difference->address == registry.canonical(difference_of(asked, other, chosen, chosen[near->used[k]])));
        std::vector<double> values;
        for (const auto& value : difference->working.inputs) {
          if (!value.figure) continue;
          REQUIRE(value.figure->quantity.known());
          CHECK(registry.ask(value.figure->address, viewer)->quantity.number() == value.figure->quantity.number());
          values.push_back(value.figure->quantity.number());
        }
        double mean = 0, square = 0;
        for (const double value : values) mean += value / static_cast<double>(values.size());
        for (const double value : values) square += (value - mean) * (value - mean);
        const double deviation = std::sqrt(square / static_cast<double>(values.size() - 1));
        CHECK(difference->working.inputs[2].given == fixed(deviation, 4));
        CHECK(difference->quantity.number() == doctest::Approx((values[0] - values[1]) / deviation));
      }
      CHECK(distance->quantity.number() == doctest::Approx(std::sqrt(squares)));
    }
  }
  // Not known, with why: one whose characteristic is not known, one of another kind, the area itself, one that is the
  // same everywhere.
  const auto all = chosen_of(*program.service, *snapshot, {"residents", told, same}),
             partly = chosen_of(*program.service, *snapshot, {"residents", column});
  const auto asked = asked_of(own, period, "all", "");
  for (const std::string& other : {unsaid->code, std::string("E01013368"), own}) {
    const auto distance = registry.ask(distance_of(asked, other, other == unsaid->code ? partly : all), viewer);
    REQUIRE_MESSAGE(distance.has_value(), distance.error().message);
    CHECK_FALSE(distance->quantity.known());
    CHECK_FALSE(distance->quantity.reason().empty());
  }
  const std::string third = peers->areas[*peers->own == 0 ? 1 : 0]->code;
  const auto flat = registry.ask(difference_of(asked, third, all, all.back()), viewer);
  REQUIRE(flat);
  CHECK(flat->quantity.reason().find("the same everywhere") != std::string::npos);
  // Asked wrongly.
  CHECK(registry.ask(distance_of(asked, "E99999999", all), viewer).error().kind == ProblemKind::not_found);
  CHECK(registry.ask(distance_of(asked, third, {{"income", ""}}), viewer).error().kind == ProblemKind::invalid);
  CHECK(registry.ask(difference_of(asked, third, all, {"rate", ""}), viewer).error().kind == ProblemKind::invalid);
}

TEST_CASE(
    "areas are likened where nine in ten of them have all that was chosen, and else it is said which is missing "
    "where") {
  register_::Area areas[20];
  Peers peers;
  for (int i = 0; i < 20; ++i) {
    areas[i].name = "Area " + std::to_string(i);
    peers.areas.push_back(&areas[i]);
  }
  peers.own = 0;
  peers.extent.of_places = 20;
  peers.extent.of = "partnerships";
  const std::vector<Characteristic> chosen = {{"residents", "Residents"}, {"3:income", "Income"}};
  std::vector<std::vector<std::optional<double>>> values(20, {1.0, 2.0});
  CHECK_FALSE(too_few_likened(peers, chosen, values));
  values[3][1].reset();
  values[7][1].reset();
  CHECK_FALSE(too_few_likened(peers, chosen, values));  // 18 of 20
  values[9][0].reset();
  const auto why = too_few_likened(peers, chosen, values);
  REQUIRE(why);
  CHECK(*why ==
        "Nothing is likened: all that was chosen is known of 17 of 20 partnerships (85.0%) only, and 90% is needed to "
        "speak for all. "
        "Known is Residents of 19, Income of 18. Not known of Area 3, Area 7, Area 9. Choose other characteristics.");
  // Those that were left out before, for their months, count among all.
  values.assign(20, {1.0, 2.0});
  peers.extent.of_places = 23;
  CHECK(too_few_likened(peers, chosen, values)->find("20 of 23 partnerships (87.0%)") != std::string::npos);
}

TEST_CASE("a list of characteristics that knows few areas likens none: page and figures say why") {
  Program program;
  for (const auto& load : program.wiring.demonstration) REQUIRE(load(tests::source_dir() + "/data/sample"));
  const Actor analyst = program.command_line();
  const auto list = program.service->lists().import(
      analyst,
      {kCharacteristics, "Made-up incomes", "2022", "A publisher", "", "", "area,income\nE22000372,1\nE22000368,2\n"});
  REQUIRE_MESSAGE(list.has_value(), list.error().message);
  const figures::Viewer viewer{Date::from_ymd(2026, 11, 22), false};
  const Period period = Period::parse("2022-01", "2022-11").value();
  figures::Address address{"likeness", asked_of("E22000372", period, "crime", "")};
  address.parameters.values["other"] = "E22000368";
  address.parameters.values["by"] = "residents";
  REQUIRE(program.wiring.figures.ask(address, viewer)->quantity.known());
  address.parameters.values["by"] = std::to_string(*list) + ":income";
  const auto few = program.wiring.figures.ask(address, viewer);
  REQUIRE_MESSAGE(few.has_value(), (few ? "" : few.error().message));
  CHECK_FALSE(few->quantity.known());
  CHECK(few->quantity.reason().find("Nothing is likened: all that was chosen is known of 2 of ") == 0);
}
