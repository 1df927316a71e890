#include "slices/analysis/studies.h"

#include "base/long_work.h"
#include "base/translation.h"
#include "slices/evidence/crime_types.h"
#include "statistics/local_chance.h"

namespace tithing::analysis {
namespace {

std::size_t bytes_of(const Places& places) {
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < places.codes.size(); ++i) {
    bytes += 200 + places.codes[i].size() + places.names[i].size() + places.by_month[i].size() * sizeof(double);
    for (const auto& ring : places.shapes[i].rings) bytes += ring.size() * sizeof(ring.front());
  }
  return bytes;
}

// With what its months may come to.
std::size_t bytes_of(const Study& study) {
  const std::size_t placed = study.placed.codes.size();
  const std::size_t months = placed == 0 ? 0 : study.placed.by_month.front().size();
  return sizeof(Study) + bytes_of(study.places) + bytes_of(study.placed) + placed * (250 + months * 60);
}

Places only_placed(const Places& all) {
  Places out;
  out.parts = all.parts;
  for (std::size_t i = 0; i < all.codes.size(); ++i) {
    if (all.shapes[i].rings.empty()) continue;
    out.codes.push_back(all.codes[i]);
    out.names.push_back(all.names[i]);
    out.counts.push_back(all.counts[i]);
    out.population.push_back(all.population[i]);
    out.by_month.push_back(all.by_month[i]);
    out.boundaries.push_back(all.boundaries[i]);
    out.shapes.push_back(all.shapes[i]);
    out.middles.push_back(all.middles[i]);
  }
  out.without_boundary = all.without_boundary;
  out.extent = {out.codes.size(), all.extent.of_places, static_cast<std::int64_t>(out.total()), all.extent.of_crimes,
                all.extent.unit};
  out.notes = {out.extent.sentence()};
  if (out.without_boundary > 0) out.notes.push_back(left_out(out));
  // What is said of all of them is not said of these.
  for (const std::string& note : all.notes)
    if (note != all.extent.sentence()) out.notes.push_back(note);
  return out;
}

}  // namespace

std::string Studies::key_of(const evidence::Snapshot& snapshot, const Question& question, const Found& found) const {
  return question.area + "|" + snapshot.version() + "|" + std::to_string(snapshot.areas().version()) + "|" +
         question.as_at.iso() + "|" + found.period.from.iso() + found.period.to.iso() + "|" + question.type;
}

Result<std::vector<Hot>> hot_months(const Study& study) {
  HotMonths& months = *study.months;
  {
    const std::lock_guard lock(months.mutex);
    if (months.made) return *months.made;
  }
  long_work("Hot spots month by month");
  auto made = hot_spots_by_month(study.placed.by_month, study.placed.shapes);
  const std::lock_guard lock(months.mutex);
  months.made = made;
  return made;
}

Result<std::shared_ptr<const Study>> Studies::study(const evidence::Snapshot& snapshot, const Question& question,
                                                    const Found& found) {
  const std::string key = key_of(snapshot, question, found);
  if (auto kept = studies_.find(key)) return kept;
  long_work("Hot spots of " + found.area->name);
  auto places = places_of_area(snapshot, *areas_, question, found, Positions::not_needed);
  if (!places) return pass_on(places);
  Places placed = only_placed(*places);
  // A method of neighbours that sees a part only says nothing of the whole.
  const tl::unexpected<Problem> nowhere =
      placed.codes.empty()
          ? invalid(tr("No boundaries of the LSOAs of {0} have been imported, so which of them are neighbours is not "
                       "known.",
                       {found.area->name}))
          : invalid(too_small_a_part(found.area->name, placed.extent, placed.parts));
  Study study{std::move(*places), std::move(placed), nowhere, nowhere, nowhere, nowhere, {}};
  study.across = evidence::no_series_across(question.type, found.period).value_or("");
  study.concentration = statistics::concentration(study.places.counts);
  if (!study.placed.codes.empty() && study.placed.extent.enough()) {
    if (const auto graph = statistics::contiguity(study.placed.shapes, statistics::Contiguity::queen)) {
      study.moran = statistics::moran(study.placed.counts, *graph, statistics::Weights::row_standardised);
      study.local_moran = statistics::local_moran(study.placed.counts, *graph, statistics::Weights::row_standardised);
      if (const auto chance = statistics::local_chance(study.placed.counts, *graph, statistics::Star::without_self))
        study.local_moran_rate = chance->false_discovery_rate;
    }
    study.hot = hot_spots(study.placed.counts, study.placed.shapes);
    study.local_moran_rate.resize(study.placed.codes.size());
  }
  const std::size_t bytes = bytes_of(study);
  return studies_.keep(key, std::move(study), bytes);
}

Result<std::shared_ptr<const statistics::Scan>> Studies::scan(const evidence::Snapshot& snapshot,
                                                              const Question& question, const Found& found) {
  const std::string key = key_of(snapshot, question, found);
  if (auto kept = scans_.find(key)) return kept;
  if (found.period.months() < 2)
    return invalid(tr("A cluster in place and time needs two months or more: choose a longer period."));
  if (const auto why = evidence::no_series_across(question.type, found.period)) return invalid(*why);
  const auto known = study(snapshot, question, found);
  if (!known) return pass_on(known);
  const Places& places = (*known)->placed;
  if (places.codes.empty())
    return invalid(tr("No boundaries of the LSOAs of {0} have been imported, so where they lie is not known.",
                      {found.area->name}));
  if (!places.extent.enough()) return invalid(too_small_a_part(found.area->name, places.extent, places.parts));
  long_work("Clusters of " + found.area->name);
  statistics::ScanData data;
  data.places = places.middles;
  data.periods = static_cast<std::size_t>(found.period.months());
  for (const auto& row : places.by_month)
    for (const double count : row) data.cases.push_back(static_cast<std::uint32_t>(count));
  statistics::ScanOptions options;
  options.model = statistics::ScanModel::permutation;
  options.simulations = kPageSimulations;
  options.seed = kSeed;
  options.estimate_spread = true;
  auto scanned = statistics::scan(data, options);
  if (!scanned) return pass_on(scanned);
  std::size_t bytes = sizeof(statistics::Scan) + scanned->simulated.size() * sizeof(double);
  for (const auto& cluster : scanned->clusters) bytes += sizeof cluster + cluster.locations.size() * 4;
  return scans_.keep(key, std::move(*scanned), bytes);
}

}  // namespace tithing::analysis
