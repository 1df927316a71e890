#include "slices/evidence/kinds.h"
#include "base/translation.h"
#include "slices/evidence/kinds_files.h"
#include "slices/evidence/kinds_question.h"

#include <algorithm>
#include <cstdlib>
#include <set>

#include "base/text.h"
#include "figures/small_numbers.h"
#include "slices/evidence/crime_types.h"
#include "slices/evidence/population.h"
#include "slices/evidence/reference_tables.h"
#include "slices/evidence/street_scan.h"
#include "slices/sources/sources.h"

namespace tithing::evidence {

namespace {

using figures::Address;
using figures::Detail;
using figures::Figure;
using figures::Input;
using figures::Parameters;
using figures::ParameterSpecification;
using figures::Quantity;
using figures::Source;
using figures::Unit;
using figures::Viewer;

constexpr const char* kPublisher = "data.police.uk";
constexpr const char* kLicence = "Open Government Licence v3.0";

// "fewer than 5" where the number may not be shown.
std::string shown_count(std::int64_t number, const Viewer& viewer) {
  return viewer.protect_small_numbers && number < figures::kSmallNumber ? "fewer than 5" : grouped(number);
}

std::string area_words(const Selection& selection) { return selection.title; }

std::string force_names(const Question& question) {
  std::vector<std::string> names;
  for (const int force : question.selection->forces)
    names.push_back(question.snapshot->forces()[static_cast<std::size_t>(force)].name);
  if (names.empty()) return question.selection->unimported_force;
  return joined(names, ", ");
}

std::string possessive(const std::string& name) { return name + (name.ends_with('s') ? "'" : "'s"); }

// The same figure of what can be known: other places, or the months in which this one is known.
std::vector<figures::Offer> offers_of(const Selection& selection, const std::optional<Period>& period,
                                      const Address& address) {
  std::vector<figures::Offer> offers;
  for (const Selection::Instead& instead : selection.instead) {
    Address other = address;
    other.parameters.values.erase("area");
    other.parameters.values.erase("lsoas");
    if (instead.area.empty()) {
      other.parameters.values["lsoas"] = joined(instead.lsoas, ",");
    } else {
      other.parameters.values["area"] = instead.area;
    }
    offers.push_back({selection.title + ": " + instead.text, std::move(other)});
  }
  if (!period || !(selection.in_2011 || selection.in_2021)) return offers;
  if (const std::optional<Period> known = known_by_fit(selection, *period); known && *known != *period) {
    Address other = address;
    other.parameters.values["from"] = known->from.iso();
    other.parameters.values["to"] = known->to.iso();
    offers.push_back({selection.title + ", " + known->text(), std::move(other)});
  }
  return offers;
}

// "A; B; C and 4 more".
std::string first_of(const std::vector<std::string>& sentences, std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < sentences.size() && i < most; ++i) text += (i == 0 ? "" : "; ") + sentences[i];
  if (sentences.size() > most) text += "; and " + std::to_string(sentences.size() - most) + " more";
  return text;
}

// Why nothing is known: no file, or files without this category.
std::string why_not_known(const Question& question, const figures::Coverage& coverage) {
  const Selection& selection = *question.selection;
  if (!selection.unimported_force.empty()) return "No file of " + selection.unimported_force + " has been imported.";
  bool any_file = false;
  for (const int force : selection.forces) {
    for (Month month = question.period.from; month <= question.period.to && !any_file; month = month.plus(1)) {
      const ForceMonth* entry = question.snapshot->force_month(force, month);
      any_file = entry != nullptr && entry->state == FileState::submitted;
    }
  }
  if (!any_file)
    return "No file of " + force_names(question) + " for " + question.period.text() + " has been imported.";
  return "What is absent is not nought: " + first_of(coverage.missing, 4) + ".";
}

std::string filter_words(const Question& question) {
  if (question.type == kAllTypes && question.type_occurs) return "every category";
  if (question.type == kCrimeTypes) return "every category but anti-social behaviour";
  return lowered(question.type_name.substr(0, 1)) + question.type_name.substr(1);
}

std::string unit_of(const Question& question) { return std::string(unit_of_type(question.type_slug)); }

// The rows of each file add up to the figure: none that are few, none by which they would follow, and none at all where
// the figure itself is withheld.
void keep_small_rows(Figure& figure) {
  std::vector<std::optional<std::int64_t>> told;
  std::vector<Source*> files;
  for (Input& input : figure.working.inputs) {
    if (!input.source || !input.source->rows) continue;
    if (*input.source->rows < figures::kSmallNumber) input.source->rows.reset();
    told.push_back(input.source->rows);
    files.push_back(&*input.source);
  }
  if (figure.quantity.state() == Quantity::State::suppressed) {
    for (Source* file : files) file->rows.reset();
  } else if (figure.quantity.known()) {
    if (const auto too = figures::to_be_withheld_too(told, figure.quantity.integer())) files[*too]->rows.reset();
  }
}

void explain_crimes(const Question& question, const Viewer& viewer, Figure& figure) {
  const EvidenceSnapshot& snapshot = *question.snapshot;
  const Selection& selection = *question.selection;
  figures::Working& working = figure.working;
  const bool without_area = selection.whole_force && selection.forces.size() == 1 &&
                            snapshot.forces()[static_cast<std::size_t>(selection.forces.front())].area_code.empty();
  // Nothing lies in a force without an area.
  working.title =
      question.type_name + (without_area ? " of " : " in ") + area_words(selection) + ", " + question.period.text();
  const std::string rows_of = "Rows of " + possessive(force_names(question)) + " street-level files";
  if (question.recorder == Recorder::all && selection.whole_force && !without_area) {
    // Two things added: what the force recorded, wherever it lies, and what others recorded in its area.
    working.in_words = "Every row of " + possessive(force_names(question)) +
                       " street-level files, wherever it lies and whether it names a place or not, and the rows of "
                       "every other imported force whose LSOA lies in " +
                       selection.title + "'s area, each row counted once.";
  } else if (question.recorder == Recorder::all && !without_area) {
    working.in_words = "Rows of every imported force's street-level files whose LSOA lies in " + selection.title +
                       ", each row counted once.";
  } else if (selection.whole_force) {
    working.in_words = rows_of + ", whether they name a place or not, each row counted once.";
  } else {
    working.in_words = rows_of + " whose LSOA lies in " + selection.title + ", each row counted once.";
  }
  if (const std::string_view counts = type_in_words(question.type_slug); !counts.empty()) {
    working.in_words += " " + std::string(counts);
  }
  working.formula = "c = number of rows";
  working.rounding = "None: a count.";
  const std::string type_filter = ", " + filter_words(question);

  // The files, by force and month. Rows of a part that is not the answer are not told.
  const bool not_told_apart = not_known_by_fit(snapshot, selection, question.period).has_value();
  std::set<int> forces(selection.forces.begin(), selection.forces.end());
  if (question.recorder == Recorder::all) {
    for (std::size_t i = 0; i < snapshot.forces().size(); ++i) forces.insert(static_cast<int>(i));
  }
  for (const int force : forces) {
    const auto pairs = snapshot.pairs_of(selection, force);
    if (pairs.empty()) continue;
    const bool own = std::find(selection.forces.begin(), selection.forces.end(), force) != selection.forces.end();
    for (Month month = question.period.from; month <= question.period.to; month = month.plus(1)) {
      const CountedFile* file = snapshot.file(force, month);
      if (file == nullptr) continue;
      const std::int64_t rows = question.type_occurs ? snapshot.cube().sum(pairs, {month, month}, question.type) : 0;
      if (rows == 0 && !own) continue;  // another force's file without a row here
      Source source;
      source.name = file->name;
      source.archive = file->archive_name;
      source.sha256 = file->sha256;
      source.imported_at = file->imported_at;
      source.publisher = kPublisher;
      source.licence = kLicence;
      // A category that the file does not have is not nought rows of it.
      const std::vector<std::string> not_known =
          own ? snapshot.why_not_known(force, month, question.type, question.type_slug, selection.whole_force)
              : std::vector<std::string>();
      if (!not_told_apart && (not_known.empty() || rows > 0)) source.rows = rows;
      const std::string filter =
          (selection.whole_force && own ? std::string("every row of the file") : "LSOA in " + selection.title) +
          type_filter;
      source.filter = not_known.empty() ? filter : filter + "; not known: " + first_of(not_known, 3);
      source.url = sources::page_of(file->source_file);
      Input input;
      input.symbol = "c";
      input.label = snapshot.forces()[static_cast<std::size_t>(force)].name + ", " + month.text();
      input.source = std::move(source);
      working.inputs.push_back(std::move(input));
    }
  }

  if (viewer.protect_small_numbers) keep_small_rows(figure);

  std::vector<std::string>& caveats = working.caveats;
  if (not_told_apart) {
    working.offers = offers_of(selection, question.period, figure.address);
  }
  if (figure.quantity.partial) {
    caveats.push_back("This is the least it can be, not the whole; what is absent is not nought: " +
                      first_of(figure.coverage.missing, 6) + ".");
  }
  const std::int64_t unplaced =
      !question.type_occurs ? 0 : snapshot.without_place(selection, question.period, question.type);
  if (unplaced > 0 && selection.whole_force) {
    caveats.push_back(shown_count(unplaced, viewer) +
                      " of these rows name no LSOA. They count for the force and for no part of it.");
  } else if (unplaced > 0) {
    caveats.push_back(shown_count(unplaced, viewer) + " further rows of " + force_names(question) +
                      " name no LSOA. They count for the force and for no part of it.");
  }
  const std::int64_t others =
      question.type_occurs ? snapshot.by_other_forces(selection, question.period, question.type) : 0;
  if (others > 0) {
    caveats.push_back(
        shown_count(others, viewer) +
        " rows of other forces (British Transport Police among them) lie in the same place and are not counted. "
        "recorded-by=all counts them.");
  }
  if (!question.type_occurs) caveats.push_back("No imported row has this category.");
  for (const std::string& note : selection.notes) caveats.push_back(note);
  caveats.push_back(
      "These are the rows of the published street-level files, not the official statistics: locations are moved to "
      "nearby points, fraud is left out.");
  Address address{"crimes", figure.address.parameters};
  // What the files cannot tell apart has no rows of its own.
  if (!not_known_by_fit(snapshot, selection, question.period))
    working.rows_url = "/figures/crimes/rows.csv" + (address.query().empty() ? std::string() : "?" + address.query());
}

// Whether a count that is no small one itself would tell one: a category beside the others of the same place and
// months, whose total is told; and every row, which less crimes is anti-social behaviour (figures/small_numbers.h).
bool tells_a_small_one(const Question& question) {
  if (question.type == kCrimeTypes || !question.type_occurs) return false;
  const EvidenceSnapshot& snapshot = *question.snapshot;
  const auto count = [&](int type) { return snapshot.count(*question.selection, question.period, type); };
  std::vector<std::int64_t> set;
  std::optional<std::size_t> own;
  // What is not known is not withheld: it says so, and the rest follows without it.
  const auto add = [&](int type, bool mine) {
    const std::int64_t rows = count(type);
    if (rows == 0 && snapshot.coverage(*question.selection, question.period, type).present == 0) return;
    if (mine) own = set.size();
    set.push_back(rows);
  };
  if (question.type == kAllTypes || question.type_slug == kAntiSocialBehaviour) {
    const auto incidents = snapshot.type_index(kAntiSocialBehaviour);
    if (!incidents || question.type != kAllTypes) return false;
    add(kCrimeTypes, false);
    add(*incidents, false);
    std::size_t small = 0;
    std::int64_t together = 0;
    for (const std::int64_t rows : set) {
      if (rows >= figures::kSmallNumber) continue;
      ++small;
      together += rows;
    }
    return figures::small_counts_follow(together, small);
  }
  for (std::size_t type = 0; type < snapshot.crime_types().size(); ++type) {
    if (snapshot.crime_types()[type].slug != kAntiSocialBehaviour)
      add(static_cast<int>(type), static_cast<int>(type) == question.type);
  }
  return own && figures::not_to_be_told(set)[*own];
}

Quantity crimes_quantity(const Question& question, const figures::Coverage& coverage, const Viewer& viewer) {
  // Not a floor: a part of an LSOA that was split says nothing of its size before.
  if (const auto why = not_known_by_fit(*question.snapshot, *question.selection, question.period))
    return Quantity::unknown(Unit::count, unit_of(question), *why);
  if (coverage.present == 0) {
    return Quantity::unknown(Unit::count, unit_of(question), why_not_known(question, coverage));
  }
  const std::int64_t rows =
      question.type_occurs ? question.snapshot->count(*question.selection, question.period, question.type) : 0;
  Quantity quantity = Quantity::count(rows, unit_of(question));
  if (viewer.protect_small_numbers && rows < figures::kSmallNumber)
    quantity = Quantity::suppressed(unit_of(question));
  else if (viewer.protect_small_numbers && tells_a_small_one(question))
    quantity = Quantity::withheld(Unit::count, unit_of(question));
  quantity.partial = coverage.present < coverage.expected;
  return quantity;
}

Result<Figure> crimes(KindSources& sources, const Parameters& parameters, const Viewer& viewer, Detail detail) {
  const Result<Question> question = question_of(sources, parameters, viewer);
  if (!question) return pass_on(question);
  Figure figure;
  figure.address = {"crimes", parameters};
  figure.coverage =
      question->type_occurs
          ? question->snapshot->coverage(*question->selection, question->period, question->type)
          : question->snapshot->coverage_of(*question->selection, question->period, parameters.get("type"));
  figure.quantity = crimes_quantity(*question, figure.coverage, viewer);
  figure.as_at = question->as_at.iso();
  figure.evidence_version = question->snapshot->version();
  if (detail == Detail::working) explain_crimes(*question, viewer, figure);
  return figure;
}

Status crime_rows(KindSources& sources, const Parameters& parameters, const Viewer& viewer,
                  const figures::RowSink& sink) {
  const Result<Question> question = question_of(sources, parameters, viewer);
  if (!question) return pass_on(question);
  const EvidenceSnapshot& snapshot = *question->snapshot;
  const Selection& selection = *question->selection;
  if (const auto why = not_known_by_fit(snapshot, selection, question->period))
    return invalid(tr("These rows cannot be told apart from others. {0}", {*why}));
  std::vector<std::string> header = {"File", "Line"};
  for (const std::string_view name : kColumnNames) header.emplace_back(name);
  sink(header);
  if (!question->type_occurs) return {};
  for (std::size_t i = 0; i < snapshot.forces().size(); ++i) {
    const int force = static_cast<int>(i);
    std::vector<Lsoa> lsoas;
    for (const std::uint32_t pair : snapshot.pairs_of(selection, force)) lsoas.push_back(snapshot.cube().pairs()[pair]);
    if (lsoas.empty()) continue;
    std::sort(lsoas.begin(), lsoas.end());
    for (Month month = question->period.from; month <= question->period.to; month = month.plus(1)) {
      const CountedFile* file = snapshot.file(force, month);
      if (file == nullptr) continue;
      const Status done = sources.rows(
          snapshot, *file,
          [&](Lsoa lsoa, const std::string& slug) {
            return belongs_to(slug, question->type_slug) && std::binary_search(lsoas.begin(), lsoas.end(), lsoa);
          },
          sink);
      if (!done) return done;
    }
  }
  return {};
}

Result<int> year_of(const EvidenceSnapshot& snapshot, const Parameters& parameters, const Selection& selection,
                    const std::optional<Period>& period) {
  const std::span<const int> years = snapshot.population_years();
  if (years.empty()) return 0;
  const std::string text = parameters.get("year");
  const Period latest{Month::from_ym(years.back(), 12), Month::from_ym(years.back(), 12)};
  if (text.empty()) return *snapshot.population_year_for(selection, period.value_or(latest));
  const int year = static_cast<int>(std::strtol(text.c_str(), nullptr, 10));
  if (std::find(years.begin(), years.end(), year) == years.end()) {
    const std::string sentence =
        "There is no population for " + text + ". There is one for " + years_in_words(years) + ".";
    return invalid(sentence, {{"year", sentence}});
  }
  return year;
}

// "3 of 55 LSOAs have no population in mid-2022: E01027558, E01027559, E01027560."
std::string without_population(const EvidenceSnapshot::People& people, int year) {
  const auto without = static_cast<std::int64_t>(people.without.size());
  return grouped(without) + " of " + plural(people.lsoas + without, "LSOA", "LSOAs") +
         (without == 1 ? " has" : " have") + " no population in mid-" + std::to_string(year) + ": " +
         first_of(people.without, 10) + ".";
}

Result<Figure> population(KindSources& sources, const Parameters& parameters, const Viewer& viewer, Detail detail) {
  const auto snapshot = sources.evidence();
  const Result<Date> as_at = date_of(parameters, viewer);
  if (!as_at) return pass_on(as_at);
  const Result<std::shared_ptr<const Selection>> selection =
      selection_of(*snapshot, parameters, *as_at, Recorder::territorial_force);
  if (!selection) return pass_on(selection);
  const Result<int> year = year_of(*snapshot, parameters, **selection, std::nullopt);
  if (!year) return pass_on(year);
  Figure figure;
  figure.address = {"population", parameters};
  figure.as_at = as_at->iso();
  figure.evidence_version = snapshot->version();
  const EvidenceSnapshot::People people = snapshot->people(**selection, *year);
  if (people.lsoas > 0) {
    figure.quantity = Quantity::count(people.known, "people");
    figure.quantity.partial = !people.without.empty();
  } else {
    figure.quantity = Quantity::unknown(
        Unit::count, "people",
        snapshot->population_years().empty() ? "No populations have been imported."
        : !(*selection)->in_2021             ? (*selection)->why_not_known + " Populations are of LSOAs of 2021."
        : *year == 0                         ? "There is no population for " + (*selection)->title + "."
                     : "There is no population for " + (*selection)->title + " in mid-" + std::to_string(*year) + ".");
    if (!(*selection)->in_2021) figure.working.offers = offers_of(**selection, std::nullopt, figure.address);
  }
  if (detail == Detail::value) return figure;
  figures::Working& working = figure.working;
  working.title =
      "Population of " + (*selection)->title + (*year != 0 ? ", mid-" + std::to_string(*year) : std::string());
  working.in_words = "Residents of the 2021 LSOAs of " + (*selection)->title + " in the middle of the year, added up.";
  working.formula = "p = sum of the LSOAs' populations";
  working.rounding = "None: a sum of whole numbers. The estimates themselves are modelled.";
  for (const EvidenceSnapshot::People::Table& table : people.tables) {
    std::optional<Source> source = sources.source(table.source_file);
    if (!source) continue;
    source->rows = table.lsoas;
    source->filter = "LSOA in " + (*selection)->title + ", mid-" + std::to_string(*year) +
                     (people.tables.size() > 1 ? ", where no newer table knows it" : "");
    working.inputs.push_back({"p", "population by LSOA", nullptr, std::move(source), ""});
  }
  if (figure.quantity.partial)
    working.caveats.push_back("This is the least it can be: " + without_population(people, *year));
  for (const std::string& note : (*selection)->notes) working.caveats.push_back(note);
  return figure;
}

// "the 3 months asked for", "2 of the 3 months asked for: the others are missing, so this is the least it can be."
std::string months_of_rate(const Figure& count, Period period) {
  const figures::Coverage& coverage = count.coverage;
  if (!count.quantity.partial) return "the " + plural(period.months(), "month", "months") + " asked for.";
  const std::string least = "so this is the least it can be.",
                    without = coverage.in_part == 0 ? "" : coverage.without_text();
  if (coverage.absent() == 0)
    return "the " + plural(period.months(), "month", "months") + " asked for, " + without + ", " + least;
  return std::to_string(coverage.present + coverage.in_part) + " of the " + std::to_string(coverage.expected) +
         " months asked for: the others are missing" + (without.empty() ? "" : ", and what is there is " + without) +
         ", " + least;
}

Result<Figure> rate(KindSources& sources, const Parameters& parameters, const Viewer& viewer, Detail detail) {
  const auto snapshot = sources.evidence();
  Parameters of_crimes = parameters;
  of_crimes.values.erase("year");
  const Result<Period> period = period_of(parameters);
  if (!period) return pass_on(period);
  const Result<Date> as_at = date_of(parameters, viewer);
  if (!as_at) return pass_on(as_at);
  const Result<std::shared_ptr<const Selection>> selection =
      selection_of(*snapshot, parameters, *as_at, Recorder::territorial_force);
  if (!selection) return pass_on(selection);
  const Result<int> year = year_of(*snapshot, parameters, **selection, *period);
  if (!year) return pass_on(year);
  Parameters of_population;
  for (const char* name : {"area", "lsoas", "as-at"}) {
    if (const std::string value = parameters.get(name); !value.empty()) of_population.values[name] = value;
  }
  if (*year != 0) of_population.values["year"] = std::to_string(*year);
  Result<Figure> count = crimes(sources, of_crimes, viewer, detail);
  if (!count) return pass_on(count);
  Result<Figure> people = population(sources, of_population, viewer, detail);
  if (!people) return pass_on(people);

  Figure figure;
  figure.address = {"rate", parameters};
  figure.coverage = count->coverage;
  if (*year != 0 && *year != period->to.year()) {
    figure.coverage.notes.push_back("Population of mid-" + std::to_string(*year) +
                                    (parameters.get("year").empty() ? ": for mid-" + std::to_string(period->to.year()) +
                                                                          " there is none for all of it"
                                                                    : ""));
  }
  figure.as_at = count->as_at;
  figure.evidence_version = count->evidence_version;
  const std::string unit = count->quantity.unit_text() + " per 1,000 people";
  if (count->quantity.state() == Quantity::State::suppressed) {
    figure.quantity = Quantity::withheld(Unit::rate, unit);  // with the population it would give the count away
  } else if (!count->quantity.known()) {
    figure.quantity = Quantity::unknown(Unit::rate, unit, count->quantity.reason());
  } else if (!people->quantity.known()) {
    figure.quantity = Quantity::unknown(Unit::rate, unit, people->quantity.reason());
  } else if (people->quantity.partial) {
    // Crimes of the whole over a part of the people would be too high a rate.
    figure.quantity =
        Quantity::unknown(Unit::rate, unit, without_population(snapshot->people(**selection, *year), *year));
  } else if (people->quantity.integer() == 0) {
    figure.quantity = Quantity::unknown(Unit::rate, unit, "Nobody lives there, so there is no rate.");
  } else {
    figure.quantity = Quantity::real(
        1000.0 * static_cast<double>(count->quantity.integer()) / static_cast<double>(people->quantity.integer()),
        Unit::rate, unit, 1);
    figure.quantity.partial = count->quantity.partial;
  }
  if (detail == Detail::value) return figure;
  figures::Working& working = figure.working;
  for (const Figure* input : {&*count, &*people}) {
    for (figures::Offer offer : input->working.offers) {
      // The same place, asked for its rate: months from the count, the rest as it was asked here.
      Parameters of_offer = parameters;
      for (const char* name : {"area", "lsoas"}) of_offer.values.erase(name);
      for (const char* name : {"area", "lsoas", "from", "to"}) {
        if (const std::string value = offer.address.parameters.get(name); !value.empty()) of_offer.values[name] = value;
      }
      offer.address = {"rate", std::move(of_offer)};
      const auto same = [&](const figures::Offer& other) { return other.address == offer.address; };
      if (std::none_of(working.offers.begin(), working.offers.end(), same)) working.offers.push_back(std::move(offer));
    }
  }
  working.title = "Rate: " + count->working.title;
  working.in_words =
      heading_of_type(parameters.get("type")) + " for every 1,000 residents, over " + months_of_rate(*count, *period);
  working.formula = "r = 1000 x c / p";
  working.inputs.push_back({"c", count->quantity.unit_text() + " recorded",
                            std::make_shared<const Figure>(std::move(*count)), std::nullopt, ""});
  working.inputs.push_back({"p", "people", std::make_shared<const Figure>(std::move(*people)), std::nullopt, ""});
  working.rounding = "Shown to one decimal; held unrounded.";
  if (period->months() != 12) {
    working.caveats.push_back("Over " + plural(period->months(), "month", "months") +
                              ", not a year: compare it with rates of the same months only.");
  }
  if (*year != 0 && *year != period->to.year()) {
    const bool asked = !parameters.get("year").empty();
    working.caveats.push_back("The population is of mid-" + std::to_string(*year) +
                              (asked ? ", the year that was asked for."
                                     : "; for mid-" + std::to_string(period->to.year()) +
                                           " there is none for all of it. There are populations for " +
                                           years_in_words(snapshot->population_years()) + "."));
  }
  if (figure.quantity.partial) working.caveats.push_back(figure.coverage.floor_text());
  working.caveats.push_back("Residents are not all who are there: places with many visitors have high rates.");
  return figure;
}

std::vector<ParameterSpecification> place_parameters() {
  return {{"area", "area", false,
           "Official code of an area: a police force area, partnership, district, ward (best fit) or LSOA; btp and "
           "northern-ireland for the forces without one. Give this or lsoas.",
           "E22000368"},
          {"lsoas", "text", false, "Codes of LSOAs, separated by commas. Give this or area.", "E01027558,E01027570"},
          {"as-at", "date", false, "The day whose structure is used. Today, unless given.", "2022-12-31"}};
}

std::vector<ParameterSpecification> crime_parameters() {
  std::vector<ParameterSpecification> parameters = place_parameters();
  parameters.push_back({"from", "month", true, "First month.", "2022-01"});
  parameters.push_back({"to", "month", true, "Last month.", "2022-11"});
  parameters.push_back(type_parameter());
  parameters.push_back(
      {"recorded-by", "text", false,
       "\"all\" counts the rows of every imported force there; otherwise those of the territorial force.", "all"});
  return parameters;
}

}  // namespace

void add_kinds(figures::Registry& registry, KindSources& sources) {
  KindSources* const from = &sources;
  registry.add(
      {"crimes", "Recorded crime", "Rows of the street-level files of data.police.uk in an area over some months.",
       crime_parameters(), [from](const Parameters& p, const Viewer& v, Detail d) { return crimes(*from, p, v, d); },
       [from](const Parameters& p, const Viewer& v, const figures::RowSink& s) { return crime_rows(*from, p, v, s); },
       kReadRows},
      figures::Cost::light);
  std::vector<ParameterSpecification> of_population = place_parameters();
  of_population.push_back(
      {"year", "integer", false, "Mid-year estimate of this year. The latest, unless given.", "2022"});
  registry.add({"population",
                "Population",
                "Mid-year estimate of the residents of an area (ONS).",
                std::move(of_population),
                [from](const Parameters& p, const Viewer& v, Detail d) { return population(*from, p, v, d); },
                {}},
               figures::Cost::light);
  std::vector<ParameterSpecification> of_rate = crime_parameters();
  of_rate.push_back(
      {"year", "integer", false,
       "Population of the middle of this year. The year of the last month or the nearest before, unless given.",
       "2022"});
  registry.add({"rate",
                "Crime rate",
                "Recorded crime per 1,000 of the population named.",
                std::move(of_rate),
                [from](const Parameters& p, const Viewer& v, Detail d) { return rate(*from, p, v, d); },
                {}},
               figures::Cost::light);
  registry.add({"official-crimes",
                "Official recorded crime",
                "A cell of ONS Table C2: police recorded crime of a partnership or force over a year.",
                {{"area", "area", true, "Official code of a partnership or a police force area.", "E22000368"},
                 {"offence", "text", false, "Slug of a column of the table. The total, unless given.", "burglary"}},
                [from](const Parameters& p, const Viewer& v, Detail d) { return official_crimes(*from, p, v, d); },
                {}},
               figures::Cost::light);
  add_file_kinds(registry, sources);
}

}  // namespace tithing::evidence
