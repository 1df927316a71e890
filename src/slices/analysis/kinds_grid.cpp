#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <span>

#include "base/text.h"
#include "base/translation.h"
#include "slices/analysis/kinds_parts.h"

namespace tithing::analysis {
namespace {

using figures::Detail;
using figures::Figure;
using figures::Parameters;
using figures::ParameterSpecification;
using figures::Quantity;
using figures::Registry;
using figures::Unit;
using figures::Viewer;

using Measure = std::function<void(const GridStudy& study, bool fdr, const Viewer& viewer, Figure& figure)>;

std::string called_words(bool fdr) {
  return fdr ? "0.05, two-sided, over all cells (Benjamini & Hochberg 1995)"
             : "not applied: p at most 0.05 for each cell";
}

void given_grid(const GridStudy& study, bool fdr, Figure& figure) {
  given(figure, "n", "cells: those whose middle lies in the area, and those in which a crime was recorded",
        grouped(static_cast<std::int64_t>(study.counts.size())));
  given(figure, "s", "side of a cell in metres, on the British National Grid", grouped(study.grid.side),
        figures::Chosen{"cell"});
  given(figure, "c", "crimes with a position on the grid", grouped(study.on_grid()));
  given(figure, "q", "false discovery rate", called_words(fdr), figures::Constant{"Benjamini & Hochberg 1995"});
}

void hot_spots_on_grid(const GridStudy& study, bool fdr, const Viewer&, Figure& figure) {
  const std::string unit = "cells";
  if (!study.hot) {
    figure.quantity = Quantity::unknown(Unit::count, unit, study.hot.error().message);
    return;
  }
  const std::int64_t hot = study.hot_cells(fdr);
  if (fdr && !study.hot->can_call) {
    figure.quantity = Quantity::unknown(Unit::count, unit, too_few_to_tell("cells"));
    return;
  }
  figure.quantity = Quantity::count(hot, unit);
  figure.working.in_words =
      "Squares of " + grouped(study.grid.side) +
      " metres that with the eight around them hold more crimes than chance would put there; " +
      grouped(study.cold_cells(fdr)) +
      " hold fewer. Called by the exact p, counted over all orders in which the "
      "same numbers could lie, " +
      (fdr ? "at a false discovery rate of at most 0.05 over all cells." : "at most 0.05 for each cell by itself.");
  figure.working.formula = calling_formula(fdr);
  given_grid(study, fdr, figure);
  given(figure, "k", "cells that hold fewer", grouped(study.cold_cells(fdr)));
  given(figure, "o", "cells without a clear sign",
        grouped(static_cast<std::int64_t>(study.counts.size()) - hot - study.cold_cells(fdr)));
  std::map<statistics::HotspotHistory, std::int64_t> histories;
  for (const auto& one : study.history)
    if (one) ++histories[*one];
  // None at all: months were not held against each other.
  for (const auto history : histories.empty() ? std::span<const statistics::HotspotHistory>() : std::span(kHistories))
    given(figure, "", cells_by_history(history), grouped(histories[history]));
  given(figure, "w", "neighbours", "the eight cells around each, and the cell itself", figures::Wording{});
  given(figure, "p", "how p is had", "exact: counted over all orders in which the same numbers could lie",
        figures::Wording{});
  figure.working.rounding = "None: a count.";
  figure.working.caveats.push_back(
      "Counts, not rates: a town centre has few residents and many visitors. Ord & Getis (1995), Geographical Analysis "
      "27:286. Another size of cell gives other cells.");
}

void crimes_in_hot_spots(const GridStudy& study, bool fdr, const Viewer& viewer, Figure& figure) {
  const std::string& unit = study.unit;
  if (!study.hot) {
    figure.quantity = Quantity::unknown(Unit::count, unit, study.hot.error().message);
    return;
  }
  if (fdr && !study.hot->can_call) {
    figure.quantity = Quantity::unknown(Unit::count, unit, too_few_to_tell("cells"));
    return;
  }
  const std::int64_t crimes = study.crimes_in_hot_cells(fdr), hot = study.hot_cells(fdr);
  if (viewer.protect_small_numbers && crimes < figures::kSmallNumber) {
    figure.quantity = Quantity::suppressed(unit);
    return;
  }
  figure.quantity = Quantity::count(crimes, unit);
  figure.working.in_words =
      percent(static_cast<double>(crimes) / static_cast<double>(std::max<std::int64_t>(study.on_grid(), 1)), 1) +
      " of the crimes with a position, in " +
      percent(static_cast<double>(hot) / static_cast<double>(study.counts.size()), 1) +
      " of the cells: those that are hot.";
  figure.working.formula = "sum of x(i) over the hot cells: " + calling_formula(fdr);
  given_grid(study, fdr, figure);
  given(figure, "h", "hot cells", grouped(hot));
  given(figure, "h / n", "share of the cells that are hot",
        percent(static_cast<double>(hot) / static_cast<double>(study.counts.size()), 1));
  given(figure, "x / c", "share of the crimes in them",
        percent(static_cast<double>(crimes) / static_cast<double>(std::max<std::int64_t>(study.on_grid(), 1)), 1));
  figure.working.rounding = "None: a count.";
  figure.working.caveats.push_back(
      "Cells were called hot by these very crimes: how much the map is worth shows in months that it has not seen "
      "(grid-accuracy).");
}

// Of the busiest `which` of kBackTestShares; `chosen`: the address names it.
void accuracy_of_grid(const GridStudy& study, std::size_t which, bool chosen, Figure& figure) {
  const std::string unit = "times what as many cells taken blindly would hold (PAI)";
  if (study.back_tests.empty()) {
    figure.quantity =
        Quantity::unknown(Unit::ratio, unit, "A back-test needs two months or more: choose a longer period.");
    return;
  }
  const GridBackTest& test = study.back_tests[which];
  if (!test.of_all) {
    figure.quantity = Quantity::unknown(Unit::ratio, unit, test.of_all.error().message);
    return;
  }
  figure.quantity = Quantity::real(test.of_all->accuracy_index, Unit::ratio, unit, 1);
  figure.working.in_words = "The busiest " + percent(test.share, 0) + " of the cells in " +
                            plural(static_cast<std::int64_t>(study.window), "month", "months") + " held " +
                            percent(test.of_all->hit_rate, 1) +
                            " of the crimes of the month after, as the mean of the last " +
                            plural(static_cast<std::int64_t>(test.of_all->tested), "month", "months") + ".";
  figure.working.formula = "PAI = (n / N) / (a / A)";
  given(figure, "A", "cells", grouped(static_cast<std::int64_t>(study.counts.size())));
  given(figure, "s", "side of a cell in metres", grouped(study.grid.side), figures::Chosen{"cell"});
  given(figure, "a / A", "share of the cells that was chosen", percent(test.share, 0),
        chosen ? figures::Nature(figures::Chosen{"share"})
               : figures::Nature(figures::Constant{"the hot spots of Chainey, Tompson & Uhlig 2008 at one share"}));
  given(figure, "t", kWindowLabel, std::to_string(study.window));
  given(figure, "u", kHeldOutLabel, std::to_string(test.of_all->tested));
  given(figure, "n / N", kHitLabel, percent(test.of_all->hit_rate, 1));
  given(figure, "n / N", "share of the held-out crimes in them", fixed(test.of_all->hit_rate, 6));
  if (test.of_feasible)
    given(figure, "PEI*", "of the best choice there could have been, over cells in which any crime was recorded",
          fixed(test.of_feasible->efficiency_index, 6));
  if (test.of_all->recapture_index)
    given(figure, "RRI", "recapture rate index", fixed(*test.of_all->recapture_index, 6));
  figure.working.rounding = "Shown to one decimal; held unrounded.";
  figure.working.caveats.push_back(
      "Chainey, Tompson & Uhlig (2008), Security Journal 21:4. PAI grows as cells get smaller and depends on the area "
      "drawn: compare it for one grid only.");
}

// In metres as it was asked for, or by a rule from the crimes.
figures::Nature bandwidth_nature(const DensityChoice& choice) {
  const bool metres =
      !choice.bandwidth.empty() && choice.bandwidth.find_first_not_of("0123456789") == std::string::npos;
  return metres ? figures::Nature(figures::Chosen{"bandwidth"}) : figures::Nature(figures::WorkedOut{});
}

// What is densest, and where: the number by which a density map is told in a paper.
void highest_density(const GridStudy& study, const DensityChoice& choice, const Viewer& viewer, Figure& figure) {
  const std::string unit = study.unit + " per square kilometre";
  const auto worked_out = kept_density(study, choice);
  if (!worked_out) {
    figure.quantity = Quantity::unknown(Unit::score, unit, worked_out.error().message);
    return;
  }
  const DensityStudy* const density = worked_out->get();
  const auto at = static_cast<std::size_t>(std::max_element(density->density.begin(), density->density.end()) -
                                           density->density.begin());
  if (viewer.protect_small_numbers && study.on_grid() < figures::kSmallNumber) {
    figure.quantity = Quantity::withheld(Unit::score, unit);
    return;
  }
  figure.quantity = Quantity::real(density->density[at], Unit::score, unit, 1);
  figure.working.in_words = "The densest cell is " + study.grid.name(at) + ", " +
                            fixed(density->density[at] / density->mean, 1) + " times the mean of the area.";
  figure.working.formula = "d(s) = sum of x(i) k(|s - i| / h) / (h^2 e(s)), k the quartic kernel";
  given(figure, "A", "cells", grouped(static_cast<std::int64_t>(study.counts.size())));
  given(figure, "s", "side of a cell in metres", grouped(study.grid.side), figures::Chosen{"cell"});
  given(figure, "h", "bandwidth, " + density->rule, fixed(density->bandwidth, 1) + " metres", bandwidth_nature(choice));
  given(figure, "h", kBandwidthLabel, grouped(std::llround(density->bandwidth)), bandwidth_nature(choice));
  given(figure, "e", "share of the kernel that lies in the area",
        choice.edge ? "corrected for (Diggle 1985)" : "taken as 1: not corrected", figures::Chosen{"edge"});
  given(figure, "m", "mean of the cells", fixed(density->mean, 3));
  const auto classes = cells_by_density(*density);
  for (std::size_t i = 0; i < classes.size(); ++i) given(figure, "", cells_of_density(i), grouped(classes[i]));
  given(figure, "d / m", "times the mean", fixed(density->density[at] / density->mean, 1));
  figure.working.rounding = "Shown to one decimal; held unrounded.";
  if (const auto caveat = statistics::snap_caveat(density->bandwidth)) figure.working.caveats.push_back(*caveat);
  figure.working.caveats.push_back(
      "The bandwidth decides what is seen: a larger one draws a smoother map and a lower peak.");
}

// The cell that the address names by its lower left corner.
std::optional<std::size_t> cell_named(const Grid& grid, const std::string& name) {
  for (std::size_t i = 0; i < grid.cells.size(); ++i)
    if (grid.name(i) == name) return i;
  return std::nullopt;
}

const std::string kGiUnit = "Gi*, standard errors from what is expected";

void gi_of_cell(const GridStudy& study, const std::string& name, bool fdr, const Viewer& viewer, Figure& figure) {
  const auto cell = cell_named(study.grid, name);
  if (!study.hot || !cell) {
    figure.quantity = Quantity::unknown(
        Unit::score, kGiUnit, study.hot ? "There is no cell " + name + " on this grid." : study.hot.error().message);
    return;
  }
  if (viewer.protect_small_numbers && study.counts[*cell] < figures::kSmallNumber) {
    figure.quantity = Quantity::suppressed(kGiUnit);
    return;
  }
  const GridHot& hot = *study.hot;
  if (!hot.z[*cell] || !hot.p[*cell] || !hot.false_discovery_rate[*cell]) {
    figure.quantity = Quantity::unknown(Unit::score, kGiUnit, "It has no neighbour in the area.");
    return;
  }
  figure.quantity = Quantity::real(*hot.z[*cell], Unit::score, kGiUnit, 2);
  const auto call = hot.call(*cell, fdr);
  figure.working.in_words = "The cell " + name +
                            (call == GridHot::Call::hot    ? " is hot."
                             : call == GridHot::Call::cold ? " is cold."
                                                           : " shows no clear sign.");
  figure.working.formula = calling_formula(fdr);
  given(figure, "p", "exact, two-sided: how often as much would come together in any order of the same numbers",
        p_shown(*hot.p[*cell]));
  given(figure, "q", "false discovery rate at which it would be called (Benjamini & Hochberg 1995)",
        p_shown(*hot.false_discovery_rate[*cell]));
  given(figure, "x", "crimes in the cell", grouped(static_cast<std::int64_t>(study.counts[*cell])));
  given_grid(study, fdr, figure);
  figure.working.rounding = "Shown to two decimals; held unrounded.";
}

void density_of_cell(const GridStudy& study, const DensityChoice& choice, const std::string& name, const Viewer& viewer,
                     Figure& figure) {
  const std::string unit = "crimes per square kilometre";
  const auto worked_out = kept_density(study, choice);
  const auto cell = cell_named(study.grid, name);
  if (!worked_out || !cell) {
    figure.quantity = Quantity::unknown(
        Unit::score, unit, worked_out ? "There is no cell " + name + " on this grid." : worked_out.error().message);
    return;
  }
  const DensityStudy* const density = worked_out->get();
  if (viewer.protect_small_numbers && study.on_grid() < figures::kSmallNumber) {
    figure.quantity = Quantity::suppressed(unit);
    return;
  }
  figure.quantity = Quantity::real(density->density[*cell], Unit::score, unit, 1);
  figure.working.in_words =
      "Crimes per square kilometre at the middle of the cell " + name + ", over the months together.";
  figure.working.formula = "d(s) = sum of x(i) k(|s - i| / h) / (h^2 e(s)), k the quartic kernel";
  given(figure, "d / m", "times the mean of the cells", fixed(density->density[*cell] / density->mean, 2));
  given(figure, "m", "mean of the cells", fixed(density->mean, 3));
  given(figure, "h", "bandwidth, " + density->rule, fixed(density->bandwidth, 1) + " metres", bandwidth_nature(choice));
  figure.working.rounding = "Shown to one decimal; held unrounded.";
}

// As the table of the page shows them; behind everything else, so that no place before them moves.
void accuracy_as_said(const GridStudy& study, std::size_t which, Figure& figure) {
  if (study.back_tests.empty() || !study.back_tests[which].of_all) return;
  const GridBackTest& test = study.back_tests[which];
  if (test.of_feasible) given(figure, "PEI*", kEfficiencyLabel, percent(test.of_feasible->efficiency_index, 0));
  if (test.of_all->recapture_index) given(figure, "RRI", kRecaptureLabel, fixed(*test.of_all->recapture_index, 2));
  if (test.of_all->tested > 1) given(figure, "", kOverlapLabel, percent(test.of_all->overlap, 0));
}

Result<Figure> of_grid(const Registry& registry, Studies& studies, const Parameters& parameters, const Viewer& viewer,
                       Detail detail, Unit unit, const std::string& unit_words, const std::string& title,
                       const Measure& measure, const std::optional<DensityChoice>& density = {},
                       const std::function<void(const GridStudy&, Figure&)>& behind = {}) {
  const auto question = question_of(parameters, viewer);
  if (!question) return pass_on(question);
  int side = 0;
  if (const std::string cell = parameters.get("cell"); !cell.empty()) {
    for (const int known : kCellSides)
      if (std::to_string(known) == cell) side = known;
    if (side == 0)
      return invalid(tr("Cells are 100, 200, 250, 500, 1,000, 2,000, 5,000 or 10,000 metres wide."),
                     {{"cell", tr("Choose one of these sizes.")}});
  }
  const std::string fdr = parameters.get("fdr");
  if (!fdr.empty() && fdr != "yes" && fdr != "no")
    return invalid(tr("The false discovery rate is applied or not: yes or no."), {{"fdr", tr("Write yes or no.")}});
  auto crimes = registry.ask(crimes_address(parameters, question->area, parameters.get("from"), parameters.get("to")),
                             viewer, detail);
  if (!crimes) return crimes;
  // What is counted, in the unit of the type asked for.
  const bool counts = unit_words.starts_with("crimes");
  const std::string unit_text = counts ? crimes->quantity.unit_text() + unit_words.substr(6) : unit_words;
  Figure figure;
  inherit(figure, *crimes);
  const auto snapshot = studies.evidence().snapshot();
  const auto found = found_for(*snapshot, *question);
  if (const auto reason = withheld(*crimes, unit, unit_text)) {
    figure.quantity = *reason;
  } else if (!found) {
    figure.quantity = Quantity::unknown(unit, unit_text, found.error().message);
  } else if (const auto study = density ? studies.grids().for_density(*snapshot, *question, *found, side, *density)
                                        : studies.grids().study(*snapshot, *question, *found, side);
             !study) {
    figure.quantity = Quantity::unknown(unit, unit_text, study.error().message);
  } else {
    measure(**study, fdr != "no", viewer, figure);
    for (const std::string& note : (*study)->notes) figure.working.caveats.push_back(note);
    given_extent(figure, (*study)->extent);
    given(figure, "", kTogetherLabel, fixed((*study)->expected_together, 1));
    if ((*study)->without_position > 0) given(figure, "", kPositionLabel, grouped((*study)->without_position));
    if ((*study)->outside > 0) given(figure, "", kOutsideLabel, grouped((*study)->outside));
    if ((*study)->hot && (*study)->hot->islands > 0)
      given(figure, "", kAloneLabel, grouped(static_cast<std::int64_t>((*study)->hot->islands)));
    if (behind) behind(**study, figure);
  }
  if (detail == Detail::value) return figure;
  figure.working.title = title + ": " + crimes->working.title;
  figure.working.inputs.insert(figure.working.inputs.begin(), {"x", crimes->quantity.unit_text() + ", counted by cell",
                                                               shared(std::move(*crimes)), std::nullopt, ""});
  return figure;
}

Result<DensityChoice> density_choice(const Parameters& parameters) {
  DensityChoice choice;
  if (const std::string bandwidth = parameters.get("bandwidth"); !bandwidth.empty()) choice.bandwidth = bandwidth;
  if (Status fine = check_bandwidth(choice.bandwidth); !fine)
    return invalid(fine.error().message, {{"bandwidth", fine.error().message}});
  const std::string edge = parameters.get("edge");
  if (!edge.empty() && edge != "none")
    return invalid(tr("The edge is corrected or not."), {{"edge", tr("Write none, or leave it out.")}});
  choice.edge = edge.empty();
  return choice;
}

}  // namespace

void add_grid_kinds(figures::Registry& registry, Studies& studies) {
  Registry* const r = &registry;
  Studies* const s = &studies;
  auto parameters = usual_parameters();
  parameters.push_back(
      {"cell", "integer", false,
       "Side of a cell: 100, 200, 250, 500, 1000, 2000, 5000 or 10000 metres; by the size of the area unless given",
       "250"});
  const auto with_fdr = [&] {
    auto all = parameters;
    all.push_back({"fdr", "text", false, "yes or no: correct for many cells; yes unless given", "yes"});
    return all;
  }();
  const auto add = [&](const char* name, const char* title, const char* description,
                       const std::vector<ParameterSpecification>& takes, Unit unit, const char* unit_text,
                       const Measure& measure) {
    const std::string title_text = title, unit_words = unit_text;
    registry.add({name,
                  title,
                  description,
                  takes,
                  [=](const Parameters& given_parameters, const Viewer& viewer, Detail detail) {
                    return of_grid(*r, *s, given_parameters, viewer, detail, unit, unit_words, title_text, measure);
                  },
                  {}},
                 figures::Cost::heavy);
  };
  add("grid-hot-spots", "Hot spots on a grid",
      "How many squares of a grid hold, with the eight around them, more crimes than chance would put there (Gi*).",
      with_fdr, Unit::count, "cells", hot_spots_on_grid);
  add("grid-hot-spot-crimes", "Crimes in hot spots on a grid",
      "How many crimes lie in the squares of a grid that are hot (Gi*).", with_fdr, Unit::count, "crimes",
      crimes_in_hot_spots);
  auto of_a_share = parameters;
  of_a_share.push_back({"share", "integer", false,
                        "Busiest cells that are tried, in per cent of all: 1, 2, 5 or 10; 5 unless given", "5"});
  registry.add(
      {"grid-accuracy",
       "Accuracy of hot spots on a grid",
       "Whether the busiest squares of a grid held the crimes of months that came after (prediction accuracy index).",
       of_a_share,
       [=](const Parameters& given_parameters, const Viewer& viewer, Detail detail) -> Result<Figure> {
         const std::string share = given_parameters.get("share");
         std::optional<std::size_t> which = share.empty() ? std::optional(kHeadlineShare) : std::nullopt;
         for (std::size_t i = 0; i < kBackTestShares.size(); ++i)
           if (percent(kBackTestShares[i], 0) == share + "%") which = i;
         if (!which)
           return invalid(tr("The busiest 1, 2, 5 or 10 per cent of the cells are tried."),
                          {{"share", tr("Write 1, 2, 5 or 10.")}});
         return of_grid(
             *r, *s, given_parameters, viewer, detail, Unit::ratio,
             "times what as many cells taken blindly would hold (PAI)", "Accuracy of hot spots on a grid",
             [&](const GridStudy& study, bool, const Viewer&, Figure& figure) {
               accuracy_of_grid(study, *which, !share.empty(), figure);
             },
             {}, [&](const GridStudy& study, Figure& figure) { accuracy_as_said(study, *which, figure); });
       },
       {}},
      figures::Cost::heavy);
  auto smoothed = parameters;
  smoothed.push_back(
      {"bandwidth", "text", false, "scott, silverman, robust, or metres from 50 to 20000; scott unless given", "500"});
  smoothed.push_back({"edge", "text", false, "none: not corrected at the boundary; corrected unless given", "none"});
  registry.add({"highest-density",
                "Highest density",
                "Crimes per square kilometre where they are densest (quartic kernel).",
                smoothed,
                [=](const Parameters& given_parameters, const Viewer& viewer, Detail detail) -> Result<Figure> {
                  const auto read = density_choice(given_parameters);
                  if (!read) return pass_on(read);
                  const DensityChoice choice = *read;
                  return of_grid(
                      *r, *s, given_parameters, viewer, detail, Unit::score, "crimes per square kilometre",
                      "Highest density",
                      [choice](const GridStudy& study, bool, const Viewer& who, Figure& figure) {
                        highest_density(study, choice, who, figure);
                      },
                      choice);
                },
                {}},
               figures::Cost::heavy);
  const ParameterSpecification square{"square", "text", true,
                                      "Lower left corner of a cell: easting and northing in metres", "460000 451750"};
  auto of_one = with_fdr;
  of_one.push_back(square);
  registry.add({"cell-gi",
                "Gi* of a cell",
                "How far a square of the grid and the eight around it lie above or below what chance would put there.",
                of_one,
                [=](const Parameters& given_parameters, const Viewer& viewer, Detail detail) {
                  return of_grid(*r, *s, given_parameters, viewer, detail, Unit::score, kGiUnit, "Gi* of a cell",
                                 [&](const GridStudy& study, bool fdr, const Viewer& who, Figure& figure) {
                                   gi_of_cell(study, given_parameters.get("square"), fdr, who, figure);
                                 });
                },
                {}},
               figures::Cost::heavy);
  auto smoothed_one = smoothed;
  smoothed_one.push_back(square);
  registry.add({"cell-density",
                "Density in a cell",
                "Crimes per square kilometre at the middle of a square of the grid (quartic kernel).",
                smoothed_one,
                [=](const Parameters& given_parameters, const Viewer& viewer, Detail detail) -> Result<Figure> {
                  const auto choice = density_choice(given_parameters);
                  if (!choice) return pass_on(choice);
                  return of_grid(
                      *r, *s, given_parameters, viewer, detail, Unit::score, "crimes per square kilometre",
                      "Density in a cell",
                      [&](const GridStudy& study, bool, const Viewer& who, Figure& figure) {
                        density_of_cell(study, *choice, given_parameters.get("square"), who, figure);
                      },
                      *choice);
                },
                {}},
               figures::Cost::heavy);
}

}  // namespace tithing::analysis
