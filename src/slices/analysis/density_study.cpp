// Kernel density over the cells of a grid study.
#include <charconv>
#include <cmath>
#include <numeric>

#include "base/long_work.h"
#include "base/national_grid.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/analysis/grid_study.h"

namespace tithing::analysis {

std::size_t density_class(double density, double mean) {
  std::size_t level = 0;
  for (const double times : kTimesMean) level += density >= times * mean ? 1 : 0;
  return level;
}

std::array<std::int64_t, 5> cells_by_density(const DensityStudy& study) {
  std::array<std::int64_t, 5> cells{};
  for (const double density : study.density) ++cells[density_class(density, study.mean)];
  return cells;
}

std::string words_of_density(std::size_t density_class) {
  static constexpr std::array kWords = {"less than half the mean", "half the mean to the mean",
                                        "the mean to twice the mean", "two to five times the mean",
                                        "five times the mean or more"};
  return kWords.at(density_class);
}

std::string cells_of_density(std::size_t density_class) { return "cells of " + words_of_density(density_class); }

namespace {

std::string narrower_than_a_cell(const GridStudy& study, const DensityStudy& density) {
  std::string fit;
  for (const int side : possible_sides(study.area_km2))
    if (side <= density.bandwidth) fit = grouped(side);
  return "The bandwidth of " + grouped(std::llround(density.bandwidth)) + " metres (" + density.rule +
         ") is smaller than a cell of " + grouped(study.grid.side) +
         " metres, and density is taken at the middles of cells: crimes that lie between them would be missed. " +
         (fit.empty() ? "Choose a bandwidth of " + grouped(study.grid.side) + " metres or more."
                      : "Choose cells of " + fit + " metres, or a larger bandwidth.");
}

}  // namespace

Status check_bandwidth(const std::string& text) {
  if (text == "scott" || text == "silverman" || text == "robust") return {};
  int metres = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), metres);
  if (error == std::errc() && end == text.data() + text.size() && metres >= 50 && metres <= 20'000) return {};
  return invalid(tr("The bandwidth is scott, silverman, robust, or 50 to 20,000 metres."),
                 {{"bandwidth", tr("Choose a rule, or give whole metres from 50 to 20000.")}});
}

namespace {

// Bandwidth and rule alone.
Result<DensityStudy> bandwidth_of(const GridStudy& study, const DensityChoice& choice) {
  if (const Status fine = check_bandwidth(choice.bandwidth); !fine) return pass_on(fine);
  DensityStudy out;
  const bool rule = choice.bandwidth.find_first_not_of("0123456789") != std::string::npos;
  if (rule) {
    // Each crime is a point of its own for the rule, those at one map point as well.
    std::vector<statistics::Point> crimes;
    for (std::size_t i = 0; i < study.points.size(); ++i)
      crimes.insert(crimes.end(), static_cast<std::size_t>(study.weights[i]), study.points[i]);
    const auto chosen =
        statistics::bandwidth_by(crimes, choice.bandwidth == "silverman" ? statistics::BandwidthRule::silverman
                                         : choice.bandwidth == "robust"  ? statistics::BandwidthRule::robust
                                                                         : statistics::BandwidthRule::scott);
    if (!chosen) return pass_on(chosen);
    out.bandwidth = *chosen;
    out.rule = choice.bandwidth == "silverman" ? "Silverman's rule"
               : choice.bandwidth == "robust"  ? "the robust rule (standard and median distance)"
                                               : "Scott's rule";
  } else {
    out.bandwidth = std::stod(choice.bandwidth);
    out.rule = "chosen";
  }
  return out;
}

}  // namespace

Result<DensityStudy> density_study(const GridStudy& study, const DensityChoice& choice, unsigned threads) {
  auto chosen = bandwidth_of(study, choice);
  if (!chosen) return chosen;
  DensityStudy out = std::move(*chosen);
  // Density is taken at the middles of cells: a kernel narrower than a cell would miss what lies between them.
  if (out.bandwidth < study.grid.side) return invalid(narrower_than_a_cell(study, out));
  statistics::DensityGrid window;
  window.x0 = study.grid.x0;
  window.y0 = study.grid.y0;
  window.cell = study.grid.side;
  window.columns = study.grid.columns;
  window.rows = study.grid.rows;
  statistics::DensityOptions options;
  options.bandwidth = out.bandwidth;
  options.edge = choice.edge ? statistics::EdgeCorrection::uniform : statistics::EdgeCorrection::none;
  options.threads = threads;
  std::vector<bool> mask;
  for (const std::int32_t number : study.grid.number) mask.push_back(number >= 0);
  const auto found = statistics::density(study.points, window, options, study.weights, mask);
  if (!found) return pass_on(found);
  for (const std::uint32_t square : study.grid.cells) out.density.push_back(found->values[square] * 1e6);
  out.mean = std::accumulate(study.weights.begin(), study.weights.end(), 0.0) /
             (static_cast<double>(study.grid.cells.size()) * study.grid.side * study.grid.side / 1e6);
  return out;
}

Result<std::shared_ptr<const DensityStudy>> kept_density(const GridStudy& study, const DensityChoice& choice) {
  Densities& kept = *study.densities;
  const std::string key = choice.bandwidth + (choice.edge ? "" : " uncorrected");
  {
    const std::lock_guard lock(kept.mutex);
    if (const auto found = kept.made.find(key); found != kept.made.end()) return found->second;
  }
  long_work("A density");
  auto made = density_study(study, choice);
  if (!made) return pass_on(made);
  auto value = std::make_shared<const DensityStudy>(std::move(*made));
  const std::lock_guard lock(kept.mutex);
  if (kept.made.size() >= kMostDensities) kept.made.clear();
  kept.made[key] = value;
  return value;
}

Result<std::shared_ptr<const GridStudy>> GridStudies::for_density(const evidence::Snapshot& snapshot,
                                                                  const Question& question, const Found& found,
                                                                  int side, const DensityChoice& choice) {
  auto usual = study(snapshot, question, found, side);
  if (!usual || side != 0) return usual;
  const auto bandwidth = bandwidth_of(**usual, choice);
  if (!bandwidth || bandwidth->bandwidth >= (*usual)->grid.side) return usual;
  int smaller = 0;
  for (const int one : possible_sides((*usual)->area_km2))
    if (one <= bandwidth->bandwidth) smaller = one;
  return smaller == 0 ? usual : study(snapshot, question, found, smaller);
}

}  // namespace tithing::analysis
