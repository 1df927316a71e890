// The pots and schemes of the demonstration: Worcestershire's published Table 1, and the need formula of the worked
// example on the imported sample. Nothing is made up that is not logged as an assumption.
#include "allocation/delimited.h"
#include "allocation/read_scheme.h"
#include "allocation/write_scheme.h"
#include "base/log.h"
#include "base/translation.h"
#include "slices/pots/examples.h"
#include "slices/pots/service.h"
#include "slices/wiring.h"

namespace tithing::pots {
namespace {

constexpr const char* kBoard = "Worcestershire Safer Communities Board";
constexpr const char* kPaper = "Worcestershire Safer Communities Board, 22 September 2011, Table 1";
// The county is no area of the register; its six districts are. West Mercia is more than they.
constexpr const char* kWorcestershire = "E07000234;E07000235;E07000236;E07000237;E07000238;E07000239";

Fund fund(const char* name, const char* partner, const char* year, std::optional<Money> amount, FundStatus status) {
  Fund out;
  out.name = name;
  out.partner = partner;
  out.financial_year = year;
  out.amount = amount;
  out.status = status;
  out.note = std::string(kPaper) + ", as printed";
  return out;
}

// One column of the table: its two funds, and what it takes off before the partnerships' rows.
PotChange worcestershire(const char* year, std::optional<std::int64_t> pounds, std::optional<std::int64_t> county,
                         const std::vector<std::pair<const char*, std::int64_t>>& slices) {
  const auto money = [](std::optional<std::int64_t> amount) {
    return amount ? std::optional(Money{*amount * 100}) : std::nullopt;
  };
  const bool last = !county.has_value();
  PotChange out;
  out.title = "Worcestershire community safety funding";
  out.financial_year = year;
  out.area = kWorcestershire;
  out.delivered = std::string("table-1-") + year;
  out.reason = std::string("Demonstration, after ") + kPaper;
  out.pot.funds = {fund("Community Safety Fund", "Home Office, through Worcestershire County Council", year,
                        money(pounds), last ? FundStatus::provisional : FundStatus::confirmed),
                   fund("WCC Community Safety Grant Contribution", "Worcestershire County Council", year, money(county),
                        last ? FundStatus::unknown : FundStatus::confirmed)};
  for (const auto& [purpose, amount] : slices) out.pot.top_slices.push_back({purpose, {Money{amount * 100}, {}}});
  return out;
}

std::vector<PotChange> worcestershire_pots() {
  std::vector<PotChange> out = {worcestershire("2010/11", 575'000, 132'000,
                                               {{"SCB Commissioning", 32'975},
                                                {"Drug and Alcohol Action Team", 89'000},
                                                {"WCC Community Safety Team", 35'000}}),
                                worcestershire("2011/12", 544'338, 100'000,
                                               {{"SCB Commissioning", 20'000},
                                                {"Drug and Alcohol Action Team", 69'000},
                                                {"WCC Community Safety Team", 28'000}}),
                                worcestershire("2012/13", 275'000, std::nullopt, {})};
  out[2].pot.assumptions = {
      {"No additional CSP funding in 2012/13 other than as set out provisionally in Table 1.", "2011-09-22", kBoard},
      {"What is to be taken off for SCB Commissioning, the Drug and Alcohol Action Team and the WCC Community Safety "
       "Team is TBC in Table 1: no top-slice is entered, and that is not nought.",
       "2011-09-22", kBoard}};
  return out;
}

// The partnerships' rows of 2011/12 as a split: they come to what is left of that year's funds, to the pound.
std::string rows_of_2011_12(const Scheme& next_year) {
  Scheme out;
  out.title = "As printed in Table 1";
  out.areas = next_year.areas;
  out.rounding.unit = Money{100};
  DirectShares split;
  split.by = DirectShares::By::amounts;
  for (const auto& [area, amount] : next_year.last_year->amounts) split.values[area] = Fraction::of(amount);
  split.origin = next_year.last_year->origin;
  out.steps.push_back({std::move(split), ""});
  // Table 1 prints the year before as well.
  out.last_year.emplace();
  out.last_year->financial_year = "2010/11";
  out.last_year->origin = next_year.last_year->origin;
  const std::pair<const char*, std::int64_t> printed[] = {
      {"bromsgrove", 87'574}, {"redditch", 90'327}, {"south-worcestershire", 269'882}, {"wyre-forest", 102'995}};
  for (const auto& [area, pounds] : printed) out.last_year->amounts[area] = Money{pounds * 100};
  return write_scheme(out, false);
}

Indicator by_figures(const char* name, std::int64_t weight, const char* value, const char* reference_date,
                     const char* note) {
  Indicator out;
  out.name = name;
  out.weight = Fraction(weight);
  out.from_figures.push_back({"", value, ""});
  out.origin.reference_date = reference_date;
  out.origin.note = note;
  return out;
}

PotChange need_pot() {
  PotChange out;
  out.title = "An assumed pot for a need formula";
  out.financial_year = "2023/24";
  out.delivered = "need-formula";
  out.reason = "Constructed for the demonstration";
  Fund assumed;
  assumed.name = "An assumed fund";
  assumed.financial_year = out.financial_year;
  assumed.amount = Money{1'000'000'00};
  assumed.note = "No body has published this sum.";
  out.pot.funds.push_back(assumed);
  out.pot.assumptions = {{"The pot and its year are chosen for the demonstration: no body has published them.",
                          "2022-12-31", "Demonstration"},
                         {"Last year's money is an equal split of the same pot, because no source has it.",
                          "2022-12-31", "Demonstration"}};
  return out;
}

Result<std::string> need_document() {
  const Example* example = find_example("need-2022");
  const auto rows = read_delimited(example_text(*example));
  if (!rows) return pass_on(rows);
  Scheme out;
  out.title = "Population 50, recorded crime 25, anti-social behaviour 25, over three years";
  std::vector<Fraction> equal;
  std::vector<std::string> keys;
  for (std::size_t i = 1; i < rows->size(); ++i) {
    keys.push_back((*rows)[i].fields.at(0));
    equal.emplace_back(1);
    out.areas.push_back({keys.back(), (*rows)[i].fields.at(1), {}, {}});
  }
  out.last_year.emplace();
  out.last_year->financial_year = "2022/23";
  out.last_year->origin.note = "An assumption, not a published table: the same pot in equal parts.";
  const auto before = by_largest_remainder(Money{1'000'000'00}, equal, Money{1}, keys);
  for (std::size_t i = 0; i < keys.size(); ++i) out.last_year->amounts[keys[i]] = before[i];
  WeightedIndicators formula;
  formula.indicators = {
      by_figures("Population", 50, "/figures/population?area={area}&as-at=2022-12-31&year=2022", "mid-2022", ""),
      by_figures("Recorded crime", 25,
                 "/figures/crimes?area={area}&as-at=2022-12-31&from=2022-01&to=2022-11&type=crime",
                 "January to November 2022",
                 "Every category of data.police.uk but anti-social behaviour, which has an indicator of its own."),
      by_figures("Anti-social behaviour", 25,
                 "/figures/crimes?area={area}&as-at=2022-12-31&from=2022-01&to=2022-11&type=anti-social-behaviour",
                 "January to November 2022", "")};
  out.steps.push_back({std::move(formula), ""});
  PhaseIn phase;
  for (int year = 1; year <= 3; ++year) phase.path.emplace_back(Integer(year), Integer(3));
  out.steps.push_back({std::move(phase), ""});
  return write_scheme(out, false);
}

}  // namespace

Result<SchemeId> FundingService::deliver_example(const std::string& name, const std::string& area) {
  const Example* example = find_example(name);
  if (example == nullptr) return not_found(tr("There is no worked example {0}.", {name}));
  // Without a register: the areas of the worked examples are not looked up.
  const Actor program = Actor::system(wiring_.permissions);
  const Doing doing{{*wiring_.database, wiring_.kinds, Reach(program, nullptr, today()), wiring_.clock->now()},
                    wiring_.figures};
  const auto [there, on] = wiring_.database->read([&](db::Connection& connection) {
    return std::pair(store::delivered_scheme(connection, name), store::delivered_pot(connection, name));
  });
  if (there) return *there;
  const auto scheme = read_scheme(example_text(*example), NoFiles());
  if (!scheme) return pass_on(scheme);
  std::optional<PotId> pot = on;
  if (!pot) {
    const auto made = save_pot(doing, {.title = example->title,
                                       .financial_year = scheme->financial_year,
                                       .area = area,
                                       .pot = scheme->pot,
                                       .reason = "Demonstration, after " + example->source,
                                       .delivered = name});
    if (!made) return pass_on(made);
    pot = made->id;
  }
  const auto made = save_scheme(doing, {.pot = *pot,
                                        .document = example_text(*example),
                                        .reason = "Demonstration, after " + example->source,
                                        .delivered = name});
  if (!made) return pass_on(made);
  return made->id;
}

Status FundingService::deliver_demonstration() {
  const Actor actor = Actor::system(wiring_.permissions);
  const auto pot_of = [&](const PotChange& change) -> Result<PotId> {
    std::optional<PotId> there = wiring_.database->read(
        [&](db::Connection& connection) { return store::delivered_pot(connection, change.delivered); });
    if (there) return *there;
    const auto made = save_pot(doing(actor), change);
    if (!made) return pass_on(made);
    return made->id;
  };
  const auto scheme_of_name = [&](PotId pot, const std::string& name, const std::string& title,
                                  const std::string& document) -> Status {
    const std::optional<SchemeId> there =
        wiring_.database->read([&](db::Connection& connection) { return store::delivered_scheme(connection, name); });
    if (there) return {};
    const auto made = save_scheme(
        doing(actor), {.pot = pot, .title = title, .document = document, .reason = "Demonstration", .delivered = name});
    if (!made) return pass_on(made);
    return {};
  };
  const std::string stated = example_text(*find_example("worcestershire-2012-13"));
  const auto next_year = read_scheme(stated, NoFiles());
  if (!next_year) return pass_on(next_year);
  for (const PotChange& change : worcestershire_pots()) {
    const auto pot = pot_of(change);
    if (!pot) return pass_on(pot);
    if (change.financial_year == "2011/12")
      if (const Status made = scheme_of_name(*pot, "table-1-2011/12-as-printed", "", rows_of_2011_12(*next_year));
          !made)
        return made;
    if (change.financial_year != "2012/13") continue;
    if (const Status made =
            scheme_of_name(*pot, "table-1-2012/13-stated", "The stated fund by last year's split", stated);
        !made)
      return made;
    if (const Status made = scheme_of_name(*pot, "table-1-2012/13-merged",
                                           "The three northern partnerships as one, on the reproduced pot",
                                           example_text(*find_example("worcestershire-merged")));
        !made)
      return made;
  }
  const auto pot = pot_of(need_pot());
  if (!pot) return pass_on(pot);
  const auto document = need_document();
  if (!document) return pass_on(document);
  // Without the sample's evidence there is nothing to work the formula out from: the pot stands without a scheme.
  if (const Status made = scheme_of_name(*pot, "need-formula", "", *document); !made)
    log::warning("the need formula of the demonstration cannot be worked out", {{"why", made.error().message}});
  return {};
}

}  // namespace tithing::pots
