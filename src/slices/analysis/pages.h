// Parts of the Analysis room.
#pragma once

#include <functional>

#include "exports/table.h"
#include "html/html.h"
#include "slices/analysis/grid_study.h"
#include "slices/analysis/kinds.h"
#include "slices/wiring.h"
#include "statistics/xmr.h"

namespace tithing::analysis {

// What a page is about, read from the address.
struct View {
  std::shared_ptr<const evidence::Snapshot> snapshot;  // holds what the pointers below point into
  Question question;                                   // with its period
  Found found;
  const register_::Area* force = nullptr;
  figures::Viewer viewer;
  std::string as_at_text;            // empty for today
  std::optional<Month> limits_from;  // where the limits of the control chart start again
  statistics::TwoOfThree two_of_three = statistics::TwoOfThree::since_november_2023;
  Period before;             // what the period is compared with
  bool same_months = false;  // of the year
  bool from_asked = false;   // the address names the first month
  int cell = 0;              // metres; 0: the usual size for the area
  bool fdr = true;           // hot spots on a grid are called by the false discovery rate
  DensityChoice density;

  std::vector<std::pair<std::string, std::string>> query() const;
  figures::Address figure(const std::string& kind,
                          const std::vector<std::pair<std::string, std::string>>& extra = {}) const;
  std::string title() const;  // "Burglary in York, January to November 2022"
};

// not_found for an unknown area; invalid with a sentence for months, days and types that cannot be used.
Result<View> view_of(const web::Context& context, evidence::Service& evidence);

// Pages about months in a row: seasons need years, so where the address names no first month they begin with the first
// there is, or with the first since which the category counts what it does now. What the address names is what is
// shown.
bool of_months_in_row(const std::string& page);
// The view of such a page; as it is for any other.
View for_page(const View& view, const std::string& page);

// What the period is compared with unless the address says: the same months a year before when they are there, else the
// two halves of what is there; `period` becomes the later half. Nothing for a single month.
struct TwoPeriods {
  Period before, after;
  bool same_months = false;
};
std::optional<TwoPeriods> two_periods(Period available, Period period);

// Tables of the pages and of their exports; `name` is that of the page. not_found for a name without a table.
Result<exports::Table> table_for(const std::string& name, const figures::Registry& registry, Studies& studies,
                                 const View& view);
exports::Table change_table(const figures::Registry& registry, const View& view);
// `of_share`: grid-accuracy of the busiest share of the cells, whose row it explains.
// `figure`: the one whose working holds the numbers of the notes; without one they are plain, as in an export.
Result<exports::Table> hot_spot_table(const View& view, const Study& study, const figures::Figure* figure = nullptr);
Result<exports::Table> concentration_table(const View& view, const Study& study,
                                           const figures::Figure* figure = nullptr);
exports::Table cluster_table(const View& view, const Study& study, const statistics::Scan& scan,
                             const figures::Figure* figure = nullptr);
Result<exports::Table> grid_table(const View& view, const GridStudy& study, const figures::Figure* figure = nullptr);
Result<exports::Table> grid_test_table(const View& view, const GridStudy& study,
                                       const figures::Figure* figure = nullptr,
                                       const figures::Figure* accuracy = nullptr,
                                       const std::function<Result<figures::Figure>(double share)>& of_share = {});
Result<exports::Table> density_table(const View& view, const GridStudy& study);
exports::Table effect_table(const figures::Registry& registry, const View& view);

// The monthly series as a visitor may see it: unknown where a month is missing, nothing at all when a count is
// withheld.
struct MonthlySeries {
  Period period;
  std::vector<std::optional<double>> values;
  std::vector<figures::Figure> counts;
  bool withheld = false;
  std::string broken;  // the category changed within them: why they are no one series, and nothing is made of them
  Period whole;        // the months in a row without a gap at the end
  std::vector<double> in_row;  // their values
};
// The control chart of `values`, which begin with `first`, re-based where the view says. Limits do not go below zero.
// invalid with a sentence where the figure signals is not known: across a month in which the category changed, and of
// too few months.
Result<statistics::Xmr> control_chart(const View& view, const std::vector<std::optional<double>>& values, Month first);
MonthlySeries monthly_series(const figures::Registry& registry, const View& view);
exports::Table series_table(const View& view, const MonthlySeries& series);
Result<exports::Table> forecast_table(const figures::Registry& registry, const View& view, const MonthlySeries& series);

// Every crime type's control chart: how many signals chance alone would give, and which stand out.
Result<exports::Table> signals_table(const figures::Registry& registry, const View& view);
html::Markup signals_section(Wiring& wiring, const View& view, const web::Context& context);
void two_of_three_select(html::Writer& writer, const View& view);

html::Markup hot_spot_map(const View& view, const Study& study, const figures::Figure* figure,
                          const std::string& language);

void register_pages(Wiring& wiring, Studies& studies);

}  // namespace tithing::analysis
