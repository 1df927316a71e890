#include "slices/pots/examples.h"

#include "allocation/delimited.h"
#include "allocation/read_scheme.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/pots/resolve.h"

namespace tithing::pots {
namespace {

using figures::Address;
using figures::Figure;

constexpr const char* kNeedPot = "1000000.00";
constexpr int kNeedYears = 3;
// The months that the sample of data.police.uk holds for both forces, and the structure they are counted in.
constexpr const char* kFrom = "2022-01";
constexpr const char* kTo = "2022-11";
constexpr const char* kAsAt = "2022-12-31";
constexpr const char* kPopulationYear = "2022";

std::string shares_text(const std::vector<Fraction>& weights) {
  std::string out;
  for (const Fraction& weight : weights) out += (out.empty() ? "" : ",") + weight.text();
  return out;
}

Result<Observation> observed(const figures::Registry& registry, const Address& address, const figures::Viewer& viewer,
                             figures::Detail detail, const std::string& area, const std::string& what) {
  auto figure = whole_count(registry, address, viewer, detail, what, area);
  if (!figure) return pass_on(figure);
  Observation out;
  out.period = address.kind == "population" ? "mid-" + std::string(kPopulationYear) : "January to November 2022";
  out.value = Fraction((*figure)->quantity.integer());
  out.figure = std::move(*figure);
  return out;
}

Result<Scheme> need_scheme(const Example& example, const Choice& choice, const figures::Registry& registry,
                           const figures::Viewer& viewer, figures::Detail detail) {
  for (const char* kind : {"crimes", "population"})
    if (registry.find(kind) == nullptr)
      return unavailable(tr("This installation has no evidence to work the example out from."));
  Scheme scheme;
  scheme.title = example.title;
  Fund fund;
  fund.name = "An assumed pot, chosen by the reader";
  auto pot = choice.pot ? Result<Money>(*choice.pot) : Money::parse(kNeedPot);
  if (!pot) return pass_on(pot);
  fund.amount = *pot;
  scheme.pot.funds.push_back(fund);
  for (const char* text :
       {"The pot is the reader's: no body has published this sum.",
        "Last year's money is assumed to be an equal split of the same pot, because no source has it."})
    scheme.pot.assumptions.push_back({text, {}, {}});

  WeightedIndicators formula;
  formula.indicators.resize(3);
  Indicator &people = formula.indicators[0], &crimes = formula.indicators[1], &behaviour = formula.indicators[2];
  people.name = "Population";
  people.weight = Fraction(50);
  people.origin.reference_date = "mid-2022";
  crimes.name = "Recorded crime";
  crimes.weight = Fraction(25);
  crimes.origin.reference_date = "January to November 2022";
  crimes.origin.note = "Every category of data.police.uk but anti-social behaviour, which has an indicator of its own.";
  behaviour.name = "Anti-social behaviour";
  behaviour.weight = Fraction(25);
  behaviour.origin = crimes.origin;
  behaviour.origin.note.clear();

  auto rows = read_delimited(example_text(example));
  if (!rows) return pass_on(rows);
  std::vector<Fraction> equal;
  std::vector<std::string> keys;
  for (std::size_t i = 1; i < rows->size(); ++i) {
    const auto& fields = (*rows)[i].fields;
    const std::string code = fields.at(0), name = fields.at(1);
    const figures::Parameters months{{{"area", code}, {"as-at", kAsAt}, {"from", kFrom}, {"to", kTo}}};
    figures::Parameters recorded = months, anti_social = months;
    recorded.values["type"] = "crime";
    anti_social.values["type"] = "anti-social-behaviour";
    const figures::Parameters year{{{"area", code}, {"as-at", kAsAt}, {"year", kPopulationYear}}};
    Area area{code, name, {}, {}};
    const struct {
      Indicator* indicator;
      Address address;
    } wanted[] = {
        {&people, {"population", year}}, {&crimes, {"crimes", recorded}}, {&behaviour, {"crimes", anti_social}}};
    for (const auto& one : wanted) {
      auto value = observed(registry, one.address, viewer, detail, name, one.indicator->name);
      if (!value) return pass_on(value);
      if (one.indicator == &people) area.population = value->figure->quantity.integer();
      one.indicator->values[code].push_back(std::move(*value));
    }
    scheme.areas.push_back(std::move(area));
    equal.emplace_back(1);
    keys.push_back(code);
  }
  scheme.last_year.emplace();
  scheme.last_year->financial_year = "an assumed year before";
  scheme.last_year->origin.note = "An assumption, not a published table: the same pot in equal parts.";
  const std::vector<Money> before = by_largest_remainder(*pot, equal, Money{1}, keys);
  for (std::size_t i = 0; i < keys.size(); ++i) scheme.last_year->amounts[keys[i]] = before[i];
  scheme.steps.push_back({std::move(formula), ""});
  PhaseIn phase;
  for (int year = 1; year <= kNeedYears; ++year) phase.path.emplace_back(Integer(year), Integer(kNeedYears));
  scheme.steps.push_back({std::move(phase), ""});
  return scheme;
}

}  // namespace

const std::vector<Example>& examples() {
  using enum Example::Kind;
  static const std::string kBoard = "Worcestershire Safer Communities Board, paper of 22 September 2011, Table 1";
  // The pots of these are worked back from the rows: Table 1 does not print them.
  static const std::string kReproduced = "A reproduction: the pot is not printed. Its rows are those of " + kBoard;
  static const std::string kThamesValley =
      "Thames Valley Police and Crime Commissioner, Community Safety Fund, table of allocations";
  static const std::string kWarwickshire =
      "Warwickshire Police and Crime Commissioner, decisions WPC3-0124 and WPC4-0045. The areas are numbered here";
  static const std::vector<Example> all = {
      {"worcestershire-table-1", "Worcestershire, Table 1 as printed", table, "worcestershire-table-1.csv", kBoard,
       "2010/11 spends more than its stated total; the rows of 2012/13 come to more than the stated fund; TBC stays "
       "unknown."},
      {"worcestershire-2010-11", "Worcestershire 2010/11, a reproduction: a pot and shares that give the printed rows",
       scheme, "worcestershire-2010-11.json", kReproduced,
       "Which pot and shares, cut to whole pounds, give the rows as printed: £550,780.00. Table 1 prints a fund of "
       "£575,000."},
      {"worcestershire-2012-13-as-printed", "Worcestershire 2012/13, a reproduction: a pot that gives the printed rows",
       scheme, "worcestershire-2012-13-as-printed.json", kReproduced,
       "To the nearest pound, with the split of 2011/12: £275,383.00. Table 1 prints a fund of £275,000."},
      {"worcestershire-2012-13", "Worcestershire 2012/13, the stated fund by last year's split", scheme,
       "worcestershire-2012-13.json", kBoard, "The stated fund by the largest remainder: the rows come to it."},
      {"worcestershire-merged", "Worcestershire, the three northern partnerships as one, on the reproduced pot", scheme,
       "worcestershire-merged.json", kReproduced,
       "A merger carries the money of its predecessors. The pot of £275,383.00 is not printed."},
      {"thames-valley-2019-to-2022", "Thames Valley, three years as printed", table, "thames-valley-2019-to-2022.csv",
       kThamesValley, "One year is a pound over its total; another follows the year before, but for one cell."},
      {"thames-valley-2021-22", "Thames Valley 2021/22, a larger part retained", scheme, "thames-valley-2021-22.json",
       kThamesValley, "The same rule worked out: a hold-back, and the rest by the split of the year before."},
      {"thames-valley-2014-15", "Thames Valley 2014/15, what was seen of the proposal", table,
       "thames-valley-2014-15.csv", "A blog of 22 November 2013 (A Just Future), quoting the Commissioner's proposal",
       "Variations are checked against their columns; rows that were not seen stay unknown."},
      {"sussex-2019-20-table", "Sussex 2019/20, a fifth retained, as printed", table, "sussex-2019-20.csv",
       "Shoreham Herald, on the funding of Adur & Worthing", "A product that is printed one penny off."},
      {"sussex-2019-20", "Sussex 2019/20, a fifth retained", scheme, "sussex-2019-20.json",
       "Shoreham Herald, on the funding of Adur & Worthing", "A hold-back from an area's amount, to the penny."},
      {"warwickshire", "Warwickshire, two years as printed", table, "warwickshire.csv", kWarwickshire,
       "A flat amount for each authority's area, with and without a central fund: it ties."},
      {"warwickshire-2024-25", "Warwickshire 2024/25, a flat amount and a central fund", scheme,
       "warwickshire-2024-25.json", kWarwickshire, "A hold-back and a fixed amount."},
      {"warwickshire-2025-26", "Warwickshire 2025/26, a flat amount", scheme, "warwickshire-2025-26.json",
       kWarwickshire, "The same pot without the hold-back."},
      {"cheshire-2022-23", "Cheshire 2022/23 as printed", table, "cheshire-2022-23.csv",
       "Cheshire Police and Crime Commissioner. The names of the rows were not seen", "A table that passes."},
      {"need-2022", "A need formula on the figures of 2022", need, "need-2022-areas.csv",
       "ONS populations and data.police.uk, as imported here. The pot and last year's money are assumptions",
       "Population, recorded crime and anti-social behaviour, weighted by the reader, phased in over three years."},
  };
  return all;
}

const Example* find_example(std::string_view name) {
  for (const Example& example : examples())
    if (example.name == name) return &example;
  return nullptr;
}

const std::string& example_text(const Example& example) {
  static const std::vector<ExampleFile> files = example_files();
  static const std::string none;
  for (const ExampleFile& file : files)
    if (file.name == example.file) return file.text;
  return none;
}

Result<Choice> choice_of(const std::string& weights, const std::string& year, const std::string& pot) {
  Choice out;
  if (!weights.empty()) {
    for (const std::string& text : split(weights, ',')) {
      auto weight = Fraction::parse(trimmed(text));
      const std::string what = "Write each weight as a percentage from 0 to 100, for example 25 or 12.5.";
      if (!weight || weight->negative() || Fraction(100) < *weight) return invalid(what, {{"weights", what}});
      out.weights.push_back(std::move(*weight));
      if (out.weights.size() > 100)
        return invalid(tr("There are at most 100 weights."), {{"weights", tr("There are at most 100 weights.")}});
    }
  }
  if (!year.empty()) {
    if (year.size() != 1 || year[0] < '1' || year[0] > '9') {
      const std::string what = "Write the year of the phasing as a number, 1 for the first.";
      return invalid(what, {{"year", what}});
    }
    out.year = year[0] - '0';
  }
  if (!pot.empty()) {
    auto amount = Money::parse(pot);
    const std::string what =
        "Write the pot as an amount of at least one pound and at most a thousand million, for example 1000000.";
    if (!amount || amount->pence < 100 || amount->pence > 100'000'000'000) return invalid(what, {{"pot", what}});
    out.pot = *amount;
  }
  return out;
}

Status apply(const Choice& choice, Scheme& scheme) {
  if (!choice.weights.empty()) {
    WeightedIndicators* weighted = nullptr;
    for (Step& step : scheme.steps)
      if (auto* found = std::get_if<WeightedIndicators>(&step.what);
          weighted == nullptr && found != nullptr && found->indicators.size() > 1)
        weighted = found;
    if (weighted == nullptr)
      return invalid(tr("This scheme has no weights to move."), {{"weights", tr("Leave the weights out.")}});
    if (weighted->indicators.size() != choice.weights.size()) {
      const std::string what = "Give " +
                               plural(static_cast<std::int64_t>(weighted->indicators.size()), "weight", "weights") +
                               ", one for each indicator.";
      return invalid(what, {{"weights", what}});
    }
    Fraction sum(0);
    for (const Fraction& weight : choice.weights) sum = sum + weight;
    if (sum != Fraction(100)) {
      const std::string what = "The weights come to " + sum.text() + ". Change them so that they come to 100.";
      return invalid(what, {{"weights", what}});
    }
    for (std::size_t i = 0; i < choice.weights.size(); ++i) weighted->indicators[i].weight = choice.weights[i];
  }
  if (choice.year) {
    const int years = years_of(scheme);
    if (*choice.year > years) {
      const std::string what = years == 0 ? "This scheme is not phased in: leave the year out."
                                          : "The year is from 1 to " + std::to_string(years) + ".";
      return invalid(what, {{"year", what}});
    }
    for (Step& step : scheme.steps)
      if (auto* phase = std::get_if<PhaseIn>(&step.what)) phase->year = *choice.year;
  }
  return {};
}

Result<Scheme> scheme_of(const Example& example, const Choice& choice, const figures::Registry& registry,
                         const figures::Viewer& viewer, figures::Detail detail) {
  if (example.kind == Example::Kind::table)
    return not_found(tr("This example is a printed table: it has no scheme to work out."));
  if (choice.pot && example.kind != Example::Kind::need)
    return invalid(tr("The pot of a published example stays as printed. Leave the pot out."),
                   {{"pot", tr("Leave the pot out.")}});
  auto scheme = example.kind == Example::Kind::need ? need_scheme(example, choice, registry, viewer, detail)
                                                    : read_scheme(example_text(example), NoFiles());
  if (!scheme) return scheme;
  if (const Status fine = apply(choice, *scheme); !fine) return pass_on(fine);
  return scheme;
}

Result<PrintedTable> table_of(const Example& example) {
  if (example.kind != Example::Kind::table) return not_found(tr("This example is not a printed table."));
  return read_printed_table(example_text(example));
}

const WeightedIndicators* weighted_of(const Scheme& scheme) {
  for (const Step& step : scheme.steps)
    if (const auto* weighted = std::get_if<WeightedIndicators>(&step.what);
        weighted != nullptr && weighted->indicators.size() > 1)
      return weighted;
  return nullptr;
}

int years_of(const Scheme& scheme) {
  for (const Step& step : scheme.steps)
    if (const auto* phase = std::get_if<PhaseIn>(&step.what)) return static_cast<int>(phase->path.size());
  return 0;
}

Address address_of(const Example& example, const Choice& choice, const std::string& area) {
  Address out{"allocation", {{{"area", area}, {"example", example.name}}}};
  if (!choice.weights.empty()) out.parameters.values["weights"] = shares_text(choice.weights);
  if (choice.year) out.parameters.values["year"] = std::to_string(*choice.year);
  if (choice.pot) out.parameters.values["pot"] = choice.pot->plain();
  return out;
}

}  // namespace tithing::pots
