#include "slices/analysis/study.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "base/text.h"
#include "base/translation.h"
#include "slices/analysis/grid_study.h"
#include "slices/evidence/crime_types.h"
#include "slices/register/zones.h"
#include "statistics/two_periods.h"

namespace tithing::analysis {
namespace {

std::string number_text(double number) { return significant(number, 17); }

std::string plain(double number) {
  std::string text = number_text(number);
  std::erase(text, ',');
  return text;
}

std::string title_of(const Found& found, Period period) {
  return found.type_name + " in " + found.area->name + ", " + period.text();
}

Result<std::int64_t> count_over(const evidence::Snapshot& snapshot, const Question& question, const std::string& area,
                                Period period) {
  Question one = question;
  one.area = area;
  one.period = period;
  const auto found = found_for(snapshot, one);
  if (!found) return pass_on(found);
  if (const auto missing = gap(snapshot, *found, period)) return invalid(*missing);
  return snapshot.count(*found->selection, period, found->type);
}

Period year_before(Period period) { return {period.from.plus(-12), period.to.plus(-12)}; }

}  // namespace

std::optional<std::string> gap(const evidence::Snapshot& snapshot, const Found& found, Period period) {
  if (auto why = evidence::not_known_by_fit(snapshot, *found.selection, period)) return why;
  for (const auto& month : snapshot.series(*found.selection, period, found.type))
    if (!month.count) {
      const auto coverage = snapshot.coverage(*found.selection, {month.month, month.month}, found.type);
      if (coverage.missing.empty())
        return month.month.text() + " was not submitted for " + found.area->name +
               ". A missing month is not zero: choose months without a gap.";
      return "What is missing is not zero: " + coverage.missing.front() + ". Choose months without a gap.";
    }
  return std::nullopt;
}

double Places::total() const { return std::accumulate(counts.begin(), counts.end(), 0.0); }

std::string left_out(const Places& places) {
  return plural(static_cast<std::int64_t>(places.without_boundary), "LSOA has no boundary and is",
                "LSOAs have no boundary and are") +
         " left out.";
}

std::optional<Period> months_of(const evidence::Snapshot& snapshot, const evidence::Selection& selection) {
  std::optional<Period> span;
  for (const evidence::ForceMonth& entry : snapshot.ledger()) {
    if (entry.state != evidence::FileState::submitted) continue;
    if (std::find(selection.forces.begin(), selection.forces.end(), entry.force) == selection.forces.end()) continue;
    if (!span) span = Period{entry.month, entry.month};
    span->from = std::min(span->from, entry.month);
    span->to = std::max(span->to, entry.month);
  }
  return span;
}

Result<Found> found_for(const evidence::Snapshot& snapshot, const Question& question) {
  Found found;
  found.area = snapshot.areas().find(question.area);
  if (found.area == nullptr)
    return not_found(tr("There is no area with the code {0}. Search for its name, or import the look-ups that hold it.",
                        {question.area}));
  auto selection = snapshot.select(question.area, question.as_at, evidence::Recorder::territorial_force);
  if (!selection) return pass_on(selection);
  found.selection = std::move(*selection);
  const auto type = evidence::type_of(snapshot, question.type);
  if (!type)
    return invalid(tr("There is no crime type called {0} in what has been imported.", {question.type}),
                   {{"type", tr("Choose a crime type from the list.")}});
  found.type = *type;
  found.type_name = evidence::name_of_type(snapshot, question.type);
  const auto available = months_of(snapshot, *found.selection);
  if (!available) return invalid(tr("No crime data have been imported for {0}.", {found.area->name}));
  found.available = *available;
  found.period = *available;
  if (found.period.months() > 12) found.period.from = found.period.to.plus(-11);
  if (question.period) found.period = *question.period;
  if (found.period.months() > 240)
    return invalid(tr("Choose at most 240 months."), {{"to", tr("Choose at most 240 months.")}});
  return found;
}

std::string too_small_a_part(const std::string& area, const Extent& extent, const std::vector<KnownPart>& parts) {
  std::string text = evidence::too_small(area, extent);
  std::vector<std::string> known;
  for (const KnownPart& part : parts) known.push_back(part.title + " (" + part.code + ")");
  if (!known.empty()) text += " It can be asked for " + joined(known, "; ") + ".";
  return text;
}

namespace {

// The outlines of places; several LSOAs side by side where no single one is the place. Null where one of them has none.
std::vector<std::shared_ptr<const register_::Boundary>> outlines_of(
    const std::vector<register_::ComparableZone>& places, register_::Service& service, Date as_at) {
  std::vector<std::string> codes;
  for (const auto& place : places)
    for (const std::string& code : split(place.code(), ',')) codes.push_back(code);
  const auto known = service.boundaries(codes, as_at);
  std::vector<std::shared_ptr<const register_::Boundary>> out;
  std::size_t at = 0;
  for (const auto& place : places) {
    const std::size_t end = at + split(place.code(), ',').size();
    bool whole = true;
    for (std::size_t i = at; i < end; ++i)
      whole = whole && i < known.size() && known[i] != nullptr && !known[i]->shape.empty();
    if (!whole || end == at + 1) {
      out.push_back(whole ? known[at] : nullptr);
      at = end;
      continue;
    }
    auto made = std::make_shared<register_::Boundary>(*known[at]);
    made->code = place.code();
    for (std::size_t i = at + 1; i < end; ++i)
      made->shape.insert(made->shape.end(), known[i]->shape.begin(), known[i]->shape.end());
    out.push_back(std::move(made));
    at = end;
  }
  return out;
}

std::string name_of_place(const register_::ComparableZone& place, const register_::Areas& areas) {
  std::vector<std::string> names;
  for (const std::string& code : split(place.code(), ',')) {
    const auto* area = areas.find(code);
    names.push_back(area == nullptr ? code : area->name);
  }
  return joined(names, " and ");
}

// Partnerships, or districts, of the area in which enough of the places have an outline.
std::vector<KnownPart> known_parts(const register_::Areas& areas, const Question& question,
                                   const std::vector<register_::ComparableZone>& zones,
                                   const std::vector<bool>& there) {
  std::vector<KnownPart> parts;
  for (const auto kind : {register_::AreaKind::community_safety_partnership, register_::AreaKind::district}) {
    for (const auto* part : areas.constituents(question.area, kind, question.as_at)) {
      if (part->code == question.area) continue;
      const auto set = areas.lsoas(part->code, question.as_at);
      std::size_t all = 0, known = 0;
      for (std::size_t i = 0; i < zones.size(); ++i) {
        const auto& codes = zones[i].of_2011.empty() ? zones[i].of_2021 : zones[i].of_2011;
        const auto& within = zones[i].of_2011.empty() ? set->lsoa_2021 : set->lsoa_2011;
        if (!std::binary_search(within.begin(), within.end(), codes.front())) continue;
        ++all;
        known += there[i] ? 1 : 0;
      }
      if (all > 0 && static_cast<double>(known) >= kLeastShare * static_cast<double>(all))
        parts.push_back({part->code, grouped(static_cast<std::int64_t>(known)) + " of " +
                                         grouped(static_cast<std::int64_t>(zones.size())) + " LSOAs: " + part->name});
    }
    if (!parts.empty()) return parts;
  }
  return parts;
}

}  // namespace

Result<Places> places_of_area(const evidence::Snapshot& snapshot, register_::Service& areas, const Question& question,
                              const Found& found, Positions positions) {
  if (const auto why = evidence::not_known_by_fit(snapshot, *found.selection, found.period)) return invalid(*why);
  if (const auto missing = gap(snapshot, found, found.period)) return invalid(*missing);
  if (found.area->without_area)
    return invalid(tr("{0} polices no area of its own, so there are no LSOAs over which to look at its crimes.",
                      {found.area->name}));
  const register_::Areas& register_areas = snapshot.areas();
  const register_::Vintages vintages = evidence::vintages_of(snapshot, *found.selection, found.period);
  const auto set = register_areas.lsoas(question.area, question.as_at);
  const register_::ComparableZones places =
      register_::comparable_zones(*set, vintages, [&](std::string_view code) { return register_areas.zone_of(code); });
  const std::vector<register_::ComparableZone>& zones = places.zones;
  if (zones.empty())
    return invalid(tr("The register knows no LSOA of {0}. Import the look-up of LSOAs.", {found.area->name}));
  Places out;
  const auto boundaries = outlines_of(zones, areas, question.as_at);
  std::vector<bool> there;
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < zones.size(); ++i) {
    there.push_back(boundaries[i] != nullptr);
    if (!there.back()) ++out.without_boundary;
    if (there.back() || positions == Positions::not_needed) kept.push_back(i);
  }
  if (static_cast<double>(out.without_boundary) > (1 - kLeastShare) * static_cast<double>(zones.size()))
    out.parts = known_parts(register_areas, question, zones, there);
  if (kept.empty())
    return invalid(tr("No boundaries of the LSOAs of {0} have been imported, so where they lie is not known.",
                      {found.area->name}));

  // Every corner goes through one projection, so that shared corners stay shared.
  std::vector<statistics::Point> corners;
  for (const std::size_t i : kept) {
    if (boundaries[i] == nullptr) continue;
    for (const auto& polygon : boundaries[i]->shape)
      for (const auto& ring : polygon)
        for (const auto& point : ring) corners.push_back({point.longitude, point.latitude});
  }
  if (!corners.empty()) corners = to_plane(corners);
  const auto year = snapshot.population_year_for(found.period);
  std::map<std::string, std::size_t> index;
  std::size_t corner = 0;
  for (const std::size_t i : kept) {
    for (const std::string& code : zones[i].codes()) index[code] = out.codes.size();
    out.codes.push_back(zones[i].code());
    out.names.push_back(name_of_place(zones[i], register_areas));
    out.boundaries.push_back(boundaries[i]);
    statistics::Polygon shape;
    if (out.boundaries.back() != nullptr)
      for (const auto& polygon : out.boundaries.back()->shape)
        for (const auto& ring : polygon) {
          shape.rings.emplace_back();
          for (std::size_t k = 0; k < ring.size(); ++k) shape.rings.back().push_back(corners[corner++]);
        }
    out.middles.push_back(middle_of(shape));
    out.shapes.push_back(std::move(shape));
    std::optional<double> people;
    if (year)
      if (const auto one = snapshot.select_lsoas(zones[i].codes(), question.as_at))
        if (const auto number = snapshot.population(**one, *year)) people = static_cast<double>(*number);
    out.population.push_back(people);
  }
  out.counts.assign(out.codes.size(), 0);
  out.by_month.assign(out.codes.size(), std::vector<double>(static_cast<std::size_t>(found.period.months()), 0));
  std::size_t at = 0;
  for (Month month = found.period.from; month <= found.period.to; month = month.plus(1), ++at)
    for (const auto& one : snapshot.by_lsoa(*found.selection, {month, month}, found.type)) {
      const auto place = index.find(one.lsoa);
      if (place == index.end()) continue;
      out.by_month[place->second][at] += static_cast<double>(one.count);
      out.counts[place->second] += static_cast<double>(one.count);
    }
  if (std::string renewed = evidence::map_points_note(found.period); !renewed.empty())
    out.notes.push_back(std::move(renewed));
  out.extent = {out.codes.size(), zones.size() + places.cut.size(), static_cast<std::int64_t>(out.total()),
                snapshot.count(*found.selection, found.period, found.type),
                std::string(evidence::unit_of_type(evidence::slug_of(snapshot, found.type)))};
  if (!out.extent.enough()) return invalid(too_small_a_part(found.area->name, out.extent, out.parts));
  out.notes.push_back(out.extent.sentence());
  if (out.without_boundary > 0 && positions == Positions::needed) out.notes.push_back(left_out(out));
  if (!places.cut.empty())
    out.notes.push_back(plural(static_cast<std::int64_t>(places.cut.size()), "zone lies", "zones lie") +
                        " across the edge of " + found.area->name + " in one of the two censuses, and " +
                        (places.cut.size() == 1 ? "is" : "are") + " left out.");
  out.notes.push_back(
      vintages.both()
          ? "LSOAs of 2011 until May 2023 and of 2021 from June 2023, put together by the exact fit: where an LSOA was "
            "split, merged or divided anew, all that belongs together counts as one."
      : vintages.of_2021 ? "LSOAs of 2021, as in the files from June 2023."
                         : "LSOAs of 2011, as in the files until May 2023.");
  out.notes.push_back(
      "Points are moved to a street or a place nearby before publication, so neighbouring LSOAs can lend each other "
      "crimes.");
  return out;
}

Result<Input> series_input(const evidence::Snapshot& snapshot, const Found& found, Period period) {
  if (const auto why = evidence::no_series_across(evidence::slug_of(snapshot, found.type), period))
    return invalid(*why);
  Input input;
  input.name = title_of(found, period);
  input.columns = {"month", "count"};
  for (const auto& month : snapshot.series(*found.selection, period, found.type))
    input.rows.push_back({month.month.iso(), month.count ? std::to_string(*month.count) : ""});
  std::vector<bool> there;
  for (const auto& row : input.rows) there.push_back(!row[1].empty());
  if (const auto why = evidence::too_few_months(there, period)) return invalid(*why);
  const auto known =
      std::count_if(input.rows.begin(), input.rows.end(), [](const auto& row) { return !row[1].empty(); });
  input.notes.push_back(evidence::months_in_words(known, period.months()));
  return input;
}

namespace {

Result<Input> input_of(AreaForm form, const evidence::Snapshot& snapshot, register_::Service& areas,
                       const Question& question, const Result<Found>& found) {
  Input input;
  input.name = title_of(*found, found->period);
  switch (form) {
    case AreaForm::none:
      return invalid(tr("This method works on a file."));
    // Series want every month there is, unless told otherwise.
    case AreaForm::series:
      return series_input(snapshot, *found, question.period ? *question.period : found->available);
    case AreaForm::two_periods: {
      const Period before = question.before.value_or(year_before(found->period));
      const auto later = count_over(snapshot, question, question.area, found->period),
                 earlier = count_over(snapshot, question, question.area, before);
      if (!later) return pass_on(later);
      if (!earlier)
        return question.before ? pass_on(earlier)
                               : invalid(tr("{0} Name the months before with --base-from and --base-to.",
                                            {earlier.error().message}));
      input.name += " against " + before.text();
      input.season_out = statistics::season_is_out(found->period, before);
      input.breaks = evidence::category_breaks(
          question.type, {std::min(found->period.from, before.from), std::max(found->period.to, before.to)});
      // Both counts are whole, or there would be none.
      input.notes.push_back(evidence::months_in_words(before.months() + found->period.months(),
                                                      before.months() + found->period.months()));
      input.columns = {"name", "earlier", "later", "earlier_exposure", "later_exposure"};
      input.rows = {{found->area->name, std::to_string(*earlier), std::to_string(*later), std::to_string(before.days()),
                     std::to_string(found->period.days())}};
      return input;
    }
    case AreaForm::areas: {
      const auto* force = snapshot.areas().force_of(question.area, question.as_at);
      if (force == nullptr)
        return invalid(tr("The register does not say which police force area {0} lies in.", {found->area->name}));
      input.name = found->type_name + " in the partnerships of " + force->name + ", " + found->period.text();
      input.columns = {"code", "name", "count", "population"};
      const auto year = snapshot.population_year_for(found->period);
      Extent extent{.unit = std::string(evidence::unit_of_type(evidence::slug_of(snapshot, found->type))),
                    .of = "partnerships with residents"};
      for (const auto* area : snapshot.areas().constituents(
               force->code, register_::AreaKind::community_safety_partnership, question.as_at)) {
        const auto count = count_over(snapshot, question, area->code, found->period);
        if (!count) return pass_on(count);
        const auto selection = snapshot.select(area->code, question.as_at);
        if (!selection) return pass_on(selection);
        const auto people = year ? snapshot.population(**selection, *year) : std::nullopt;
        input.rows.push_back({area->code, area->name, std::to_string(*count), people ? std::to_string(*people) : ""});
        extent.of_places += 1;
        extent.of_crimes += *count;
        if (!people || *people <= 0) continue;
        extent.places += 1;
        extent.crimes += *count;
      }
      if (input.rows.empty()) return invalid(tr("The register knows no partnerships of {0}.", {force->name}));
      if (!extent.enough()) return invalid(evidence::too_small(force->name, extent));
      input.notes.push_back(extent.sentence());
      return input;
    }
    case AreaForm::treated: {
      const Period before = question.before.value_or(year_before(found->period));
      if (question.comparison.empty())
        return invalid(
            tr("Name one or more comparison areas with --compare: without them nothing can be said of the effect."));
      input.name += " against " + before.text();
      input.breaks = evidence::category_breaks(
          question.type, {std::min(found->period.from, before.from), std::max(found->period.to, before.to)});
      input.columns = {"name", "group", "before", "after"};
      const auto add = [&](const std::vector<std::string>& codes, const char* group) -> Status {
        for (const std::string& code : codes) {
          const auto was = count_over(snapshot, question, code, before),
                     is = count_over(snapshot, question, code, found->period);
          if (!was)
            return question.before ? pass_on(was)
                                   : invalid(tr("{0} Name the months before with --base-from and --base-to.",
                                                {was.error().message}));
          if (!is) return pass_on(is);
          const auto* area = snapshot.areas().find(code);
          input.rows.push_back({area == nullptr ? code : area->name, group, std::to_string(*was), std::to_string(*is)});
        }
        return {};
      };
      for (const auto& [codes, group] :
           {std::pair{std::vector{question.area}, "treated"}, std::pair{question.comparison, "control"},
            std::pair{question.around, "treated-neighbour"},
            std::pair{question.around_the_comparison, "control-neighbour"}})
        if (auto added = add(codes, group); !added) return pass_on(added);
      std::string names;
      for (const auto& row : input.rows) names += (names.empty() ? "" : "; ") + row[1] + ": " + row[0];
      input.notes.push_back("Areas: " + names + ".");
      const auto months = static_cast<std::int64_t>(input.rows.size()) * (before.months() + found->period.months());
      input.notes.push_back(evidence::months_in_words(months, months, evidence::Areas::several));
      return input;
    }
    case AreaForm::points:
      return input_of_points(snapshot, *found, input.name);
    case AreaForm::cells: {
      const auto grid = grid_study(snapshot, areas, question, *found, question.cell);
      if (!grid) return pass_on(grid);
      return input_of_grid(*grid, input.name);
    }
    case AreaForm::places:
    case AreaForm::counts_of_places:
    case AreaForm::places_by_month:
    case AreaForm::histories:
      break;
  }
  // Months that are held against each other: what came after against what was before, or one map after another.
  if (form == AreaForm::places_by_month || form == AreaForm::histories)
    if (const auto why = evidence::no_series_across(question.type, found->period)) return invalid(*why);
  // What needs no positions is not refused for want of outlines: the figures of the same name are not either.
  const bool anywhere = form == AreaForm::counts_of_places;
  const auto places =
      places_of_area(snapshot, areas, question, *found, anywhere ? Positions::not_needed : Positions::needed);
  if (!places) return pass_on(places);
  input.notes = places->notes;
  if (anywhere) {
    input.columns = {"code", "name", "count", "population"};
    for (std::size_t i = 0; i < places->codes.size(); ++i)
      input.rows.push_back({places->codes[i], places->names[i], plain(places->counts[i]),
                            places->population[i] ? plain(*places->population[i]) : ""});
    return input;
  }
  const bool histories = form == AreaForm::histories;
  input.columns = histories ? std::vector<std::string>{"code", "name", "month", "hot"}
                            : std::vector<std::string>{"code", "name", "count", "population", "x", "y"};
  if (form == AreaForm::places) {
    for (std::size_t i = 0; i < places->codes.size(); ++i)
      input.rows.push_back({places->codes[i], places->names[i], plain(places->counts[i]),
                            places->population[i] ? plain(*places->population[i]) : "", plain(places->middles[i].x),
                            plain(places->middles[i].y)});
    input.shapes = places->shapes;
    return input;
  }
  if (!histories) input.columns.push_back("month");
  std::vector<Hot> called;
  if (histories) {
    auto asked = hot_spots_by_month(places->by_month, places->shapes);
    if (!asked) return pass_on(asked);
    called = std::move(*asked);
  }
  std::size_t at = 0;
  for (Month month = found->period.from; month <= found->period.to; month = month.plus(1), ++at) {
    for (std::size_t i = 0; i < places->codes.size(); ++i) {
      if (histories)
        input.rows.push_back({places->codes[i], places->names[i], month.iso(), called[at].hot[i] ? "1" : "0"});
      else
        input.rows.push_back({places->codes[i], places->names[i], plain(places->by_month[i][at]),
                              places->population[i] ? plain(*places->population[i]) : "", plain(places->middles[i].x),
                              plain(places->middles[i].y), month.iso()});
    }
  }
  if (histories)
    input.notes.push_back(
        "Hot: Gi* above zero at a false discovery rate of 5% over all these months together, areas that share a corner "
        "as neighbours. " +
        exact_p_words());
  return input;
}

}  // namespace

Result<Input> input_of_area(AreaForm form, const evidence::Snapshot& snapshot, register_::Service& areas,
                            const Question& question) {
  const auto found = found_for(snapshot, question);
  if (!found) return pass_on(found);
  auto input = input_of(form, snapshot, areas, question, found);
  if (!input) return input;
  // What is said of all its months: where the category held other crimes in a part of them, and which files are
  // suspect.
  Period span = form == AreaForm::series && !question.period ? found->available : found->period;
  if (form == AreaForm::two_periods || form == AreaForm::treated) {
    const Period before = question.before.value_or(year_before(found->period));
    span = {std::min(span.from, before.from), std::max(span.to, before.to)};
  }
  std::vector<std::string> notes = evidence::category_notes(question.type, span);
  for (const std::string& why : snapshot.coverage(*found->selection, span, found->type).suspect)
    notes.push_back("Suspect: " + why + ".");
  input->notes.insert(input->notes.begin(), notes.begin(), notes.end());
  return input;
}

}  // namespace tithing::analysis
