// The figure kinds of pots and schemes in the store: the same engine and working as the pages.
#include "allocation/cells.h"
#include "allocation/known_funds.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/pots/examples.h"
#include "slices/pots/grounds.h"
#include "slices/pots/service.h"

namespace tithing::pots {
namespace {

using figures::Address;
using figures::Detail;
using figures::Figure;
using figures::Parameters;
using figures::Quantity;
using figures::Viewer;

Result<Figure> of_pot(FundingService& service, const Parameters& parameters, const Viewer& viewer);

std::int64_t number(const Parameters& parameters, const char* name) {
  const std::string text = parameters.get(name);
  if (text.empty() || text.size() > 15 || text.find_first_not_of("0123456789") != std::string::npos) return -1;
  return std::stoll(text);
}

// As the pages of pots and schemes ask. Who is not signed in is not told whether there is one.
Status may_read_funding(const Viewer& viewer, const char* what) {
  if (viewer.reach.anywhere(kReadFunding)) return {};
  if (!viewer.reach.actor().signed_in())
    return not_found(tr("There is no public figure here. Sign in to see {0}.", {std::string(what)}));
  return viewer.reach.actor().require(kReadFunding);
}

Result<Figure> of_scheme(FundingService& service, const Parameters& parameters, const Viewer& viewer, Detail detail) {
  const SchemeId id{number(parameters, "scheme")};
  const std::int64_t version = number(parameters, "version"), pot_version = number(parameters, "pot-version");
  // What is decided has figures of its own: frozen-allocation.
  auto record = service.scheme(id, version);
  if (!record) return pass_on(record);
  auto pot = service.pot(record->pot, pot_version);
  if (!pot) return pass_on(pot);
  const int year =
      parameters.get("year").empty() ? 0 : static_cast<int>(std::min<std::int64_t>(number(parameters, "year"), 1000));
  const auto choice = choice_of(parameters.get("weights"), {}, {});
  if (!choice) return pass_on(choice);
  auto worked = service.worked(*record, *pot, viewer, detail, year, choice->weights);
  if (!worked) return pass_on(worked);
  Address asked = address_of(worked->record, worked->pot, parameters.get("area"), year, choice->weights);
  for (const char* name : {"of", "seed"})
    if (const std::string value = parameters.get(name); !value.empty()) asked.parameters.values[name] = value;
  if (parameters.get("area").empty()) asked.parameters.values.erase("area");
  SensitivityOptions options;
  if (const std::int64_t seed = number(parameters, "seed"); seed >= 0) options.seed = static_cast<std::uint64_t>(seed);
  return asked_of(worked->scheme, worked->allocation, asked, grounds_of(worked->record, worked->pot),
                  [&] { return sensitivity(worked->scheme, options); });
}

// What decisions give out of the pot, and what is left of its newest version: as it is now, whatever version is asked
// for.
Result<Figure> of_drawn(FundingService& service, const PotRecord& record, const std::string& of, const Viewer& viewer) {
  if (service.decisions() == nullptr) return not_found(tr("Nothing is decided on pots here."));
  const GivenOfPot drawn = service.decisions()->given_out(viewer.reach.actor(), record.id);
  const auto not_known = [](std::string why) {
    return Quantity::unknown(figures::Unit::pence, "pence", std::move(why));
  };
  Figure figure;
  figure.address = address_of(record, of);
  figure.working.title = record.title + ", " + record.financial_year + ": " +
                         (of == "given"    ? "given out by decisions"
                          : of == "beyond" ? "declared to go out beyond the known funds"
                                           : "left of the newest version");
  figure.working.rounding = "None: whole pence.";
  figure.working.caveats.push_back(
      "As decisions and the pot stand now, whatever version of the pot is named in the address: the newest is "
      "version " +
      std::to_string(drawn.version) + ".");
  const std::string missing = joined(drawn.not_known, ", ");
  const Quantity not_worked_out = not_known("What " + missing + " gives out cannot be worked out today.");
  if (of == "given" || of == "beyond") {
    const Money Taken::*const part = of == "given" ? &Taken::amount : &Taken::beyond;
    figure.quantity =
        missing.empty() ? Quantity::pence((of == "given" ? drawn.taken : drawn.beyond).pence) : not_worked_out;
    figure.working.in_words =
        of == "given"
            ? "What the decisions that are agreed, frozen or published give to areas and hold back, top-slices apart. "
              "Of a decision and the one that takes its place the larger counts."
            : "The most that a decision which is agreed, frozen or published declares to give out beyond the known "
              "funds: over-programming, and rounding that may exceed. It is declared once for a pot, and not added up.";
    for (const Given& one : drawn.decisions)
      figure.working.inputs.push_back(figures::Input::of(
          "", one.reference, one.taken ? ((*one.taken).*part).text() : "not known, which is not nought",
          figures::Source::of_entry("The decision " + one.reference + ", " + lowered(one.state), one.by_name,
                                    one.at.iso(), one.address)));
    if (drawn.decisions.empty())
      figure.working.inputs.push_back(
          figures::Input::of("", "decisions in force on this pot", "none", source_of(record)));
    return figure;
  }
  if (drawn.beyond.pence > 0)
    figure.working.caveats.push_back(drawn.beyond.text() +
                                     " is declared to go out beyond the known funds (over-programming, or rounding "
                                     "that may exceed): so much less than nought may be left.");
  figure.quantity = drawn.nothing_known ? not_known("No fund of the pot has an amount that is known.")
                    : missing.empty()   ? Quantity::pence(drawn.left.pence)
                                        : not_worked_out;
  figure.working.formula = "l = a - g";
  const auto newest = service.pot(record.id);
  if (!newest) return pass_on(newest);
  const auto figured = [&](std::string symbol, std::string label, const char* part) -> Status {
    auto input = of_pot(
        service,
        Parameters{
            {{"of", part}, {"pot", std::to_string(newest->id.value)}, {"version", std::to_string(newest->version)}}},
        viewer);
    if (!input) return pass_on(input);
    figure.working.inputs.push_back(figures::Input::of(std::move(symbol), std::move(label), std::move(*input)));
    return {};
  };
  if (const Status done = figured("a", "to be shared, of the newest version", "available"); !done) return pass_on(done);
  if (const Status done = figured("g", "given out by decisions", "given"); !done) return pass_on(done);
  figure.quantity.partial = figure.quantity.known() && figure.working.inputs.front().figure->quantity.partial;
  return figure;
}

Result<Figure> of_pot(FundingService& service, const Parameters& parameters, const Viewer& viewer) {
  auto record = service.pot(PotId{number(parameters, "pot")}, number(parameters, "version"));
  if (!record) return pass_on(record);
  if (parameters.get("of") == "schemes") {
    Figure figure;
    figure.address = address_of(*record, "schemes");
    figure.working.title = record->title + ", " + record->financial_year + ": schemes";
    figure.working.in_words = "Schemes on the pot that were not withdrawn.";
    figure.working.rounding = "None: a count.";
    for (const SchemeRecord& scheme : service.schemes_of(record->id))
      figure.working.inputs.push_back(
          figures::Input::of("", "scheme", scheme.title, grounds_of(scheme, *record).scheme));
    figure.quantity = Quantity::count(static_cast<std::int64_t>(figure.working.inputs.size()),
                                      figure.working.inputs.size() == 1 ? "scheme" : "schemes");
    if (figure.working.inputs.empty())
      figure.working.inputs.push_back(figures::Input::of("", "pot", record->title, source_of(*record)));
    return figure;
  }
  const auto totals = totals_of(record->pot);
  if (!totals) return pass_on(totals);
  const std::string of = parameters.get("of");
  if (of == "given" || of == "left" || of == "beyond") return of_drawn(service, *record, of, viewer);
  if (of != "known" && of != "available" && of != "top-slices")
    return invalid(tr("Ask for known, top-slices, available, given, beyond, left or schemes."),
                   {{"of", tr("Write known, top-slices, available, given, beyond, left or schemes.")}});
  Figure figure;
  figure.address = address_of(*record, of);
  Money sliced;
  for (const Money& slice : totals->top_slices) sliced.pence += slice.pence;
  figure.quantity = Quantity::pence(of == "known"       ? totals->known.pence
                                    : of == "available" ? totals->available.pence
                                                        : sliced.pence);
  if (nothing_known(record->pot) && of != "top-slices")
    figure.quantity =
        Quantity::unknown(figures::Unit::pence, "pence",
                          "No fund of the pot has an amount that is known, and what is not known is not nought.");
  else
    figure.quantity.partial = !totals->unknown.empty() && of != "top-slices";
  figure.working.title = record->title + ", " + record->financial_year + ": " +
                         (of == "known"       ? "known funds"
                          : of == "available" ? "to be shared"
                                              : "top-slices");
  figure.working.in_words = of == "known"       ? "The sum of the funds whose amount is known."
                            : of == "available" ? "Known funds less top-slices."
                                                : "The sum of what is taken off before anything is shared.";
  figure.working.rounding = "None: whole pence.";
  const figures::Source saved = source_of(*record);
  const auto given = [&](std::string label, const std::string& value) {
    figure.working.inputs.push_back(figures::Input::of("", std::move(label), value, saved));
  };
  const auto figured = [&](std::string symbol, std::string label, const char* part) {
    auto input = of_pot(
        service, Parameters{{{"of", part}, {"pot", parameters.get("pot")}, {"version", parameters.get("version")}}},
        viewer);
    if (input)
      figure.working.inputs.push_back(figures::Input::of(std::move(symbol), std::move(label), std::move(*input)));
  };
  if (of == "known") {
    for (const Fund& fund : record->pot.funds)
      given(fund.name + (fund.financial_year.empty() ? "" : ", " + fund.financial_year),
            fund.amount ? fund.amount->text() : "not known, which is not nought");
  } else if (of == "top-slices") {
    for (std::size_t i = 0; i < record->pot.top_slices.size(); ++i)
      given(record->pot.top_slices[i].purpose, totals->top_slices[i].text());
    if (record->pot.top_slices.empty()) given("top-slices", "none");
  } else {
    figure.working.formula = "a = k - t";
    figured("k", "known funds", "known");
    figured("t", "top-slices", "top-slices");
  }
  for (const std::string& name : totals->unknown)
    figure.working.caveats.push_back(name + " is not known: it is left out of the sum.");
  for (const Assumption& assumption : record->pot.assumptions)
    figure.working.caveats.push_back("Assumption: " + assumption.sentence());
  return figure;
}

}  // namespace

Address address_of(const SchemeRecord& record, const PotRecord& pot, const std::string& area, int year,
                   const std::vector<Fraction>& weights) {
  Address out{"scheme-allocation",
              {{{"area", area},
                {"pot-version", std::to_string(pot.version)},
                {"scheme", std::to_string(record.id.value)},
                {"version", std::to_string(record.version)}}}};
  if (year > 0) out.parameters.values["year"] = std::to_string(year);
  std::vector<std::string> texts;
  for (const Fraction& weight : weights) texts.push_back(weight.text());
  if (!texts.empty()) out.parameters.values["weights"] = joined(texts, ",");
  return out;
}

Address address_of(const PotRecord& pot, const std::string& of) {
  return {"pot", {{{"of", of}, {"pot", std::to_string(pot.id.value)}, {"version", std::to_string(pot.version)}}}};
}

void add_saved_kinds(figures::Registry& registry, FundingService& service) {
  FundingService* const asked = &service;
  figures::Kind allocation;
  allocation.name = "scheme-allocation";
  allocation.title = "Allocation by a scheme of this installation";
  allocation.description =
      "What a saved version of a scheme gives an area on a saved version of its pot, to the penny, with the working of "
      "every step.";
  allocation.parameters = {
      {"area", "text", false, "Key of an area of the scheme; without it, a measure of the whole table", "E22000368"},
      {"of", "text", false, kMeasures, "share"},
      {"pot-version", "integer", true, "Version of the pot", "1"},
      {"scheme", "integer", true, "Number of the scheme", "1"},
      {"seed", "integer", false, "Seed of the random moves of the weights", "1"},
      {"version", "integer", true, "Version of the scheme", "1"},
      {"weights", "text", false,
       "Weights of the indicators in their order; they come to 100; the scheme's own without them", "50,25,25"},
      {"year", "integer", false, "Year of the phasing in, from 1; the scheme's own without it", "1"}};
  allocation.compute = [asked](const Parameters& parameters, const Viewer& viewer, Detail detail) {
    return of_scheme(*asked, parameters, viewer, detail);
  };
  allocation.may = [](const Parameters&, const Viewer& viewer) {
    return may_read_funding(viewer, "schemes in the making");
  };
  registry.add(std::move(allocation), figures::Cost::light);
  figures::Kind pot;
  pot.name = "pot";
  pot.title = "Money of a pot";
  pot.description = "What is known of a pot of money: its known funds, its top-slices, and what is left to be shared.";
  pot.parameters = {
      {"of", "text", true, "known, top-slices, available, given (by decisions in force), left or schemes", "known"},
      {"pot", "integer", true, "Number of the pot", "1"},
      {"version", "integer", true, "Version of the pot", "1"}};
  pot.compute = [asked](const Parameters& parameters, const Viewer& viewer, Detail) {
    return of_pot(*asked, parameters, viewer);
  };
  pot.may = [](const Parameters&, const Viewer& viewer) { return may_read_funding(viewer, "pots"); };
  registry.add(std::move(pot), figures::Cost::light);
}

}  // namespace tithing::pots
