#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <set>
#include <stdexcept>

#include "base/translation.h"
#include "charts/drawing.h"
#include "charts/funnel.h"
#include "charts/intervals.h"
#include "charts/lorenz.h"
#include "charts/multiples.h"
#include "charts/series.h"
#include "charts/sparkline.h"

using namespace tithing;
using namespace tithing::charts;

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

int times(const std::string& text, std::string_view what) {
  int count = 0;
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += what.size()) ++count;
  return count;
}

// What every drawing owes: no style, no number that is none, ids that are each there once, tags that are closed.
void check_drawing(const html::Markup& markup, int drawings) {
  const std::string& text = markup.text();
  CHECK(times(text, "<svg") == drawings);
  CHECK(times(text, "</svg>") == drawings);
  CHECK(times(text, "role=\"img\"") == drawings);
  CHECK(times(text, "<title id=") == drawings);
  CHECK(times(text, "<desc id=") == drawings);
  CHECK(text.find("style=") == std::string::npos);
  CHECK(text.find("nan") == std::string::npos);
  CHECK(text.find("inf\"") == std::string::npos);
  CHECK(times(text, "<text") == times(text, "</text>"));
  std::set<std::string> ids;
  int count = 0;
  for (std::size_t at = 0; (at = text.find(" id=\"", at)) != std::string::npos; ++at) {
    ids.insert(text.substr(at + 5, text.find('"', at + 5) - at - 5));
    ++count;
  }
  CHECK(static_cast<int>(ids.size()) == count);
}

Series year() {
  Series series;
  series.unit = "crimes";
  const double values[] = {1204, 1102, 1304, 1250, 0, 1388, 1411, 1290, 1255, 1302, 1198};
  for (int i = 0; i < 11; ++i) series.points.push_back({.month = Month::from_ym(2022, 1).plus(i), .value = values[i]});
  series.points[4].value.reset();  // May is missing
  return series;
}

FunnelPlot funnel_of(std::vector<FunnelArea> areas) {
  FunnelPlot plot;
  plot.areas = std::move(areas);
  plot.target = 70;
  plot.rate_unit = "crimes per 1,000 people";
  plot.population_unit = "population, mid-2020";
  for (const double population : populations_for_limits(plot.areas)) {
    const double half = 1.96 * std::sqrt(70 / population * 1000) * 3;
    plot.limits.push_back({population, 70 - half, 70 + half, 70 - 1.58 * half, 70 + 1.58 * half});
  }
  return plot;
}

std::string sentence_of(const html::Markup& markup) {
  CHECK(markup.text().find("<svg") == std::string::npos);
  return markup.text();
}

}  // namespace

TEST_CASE("a missing month is hatched and broken out of the line, never drawn as zero") {
  const html::Markup chart = series_chart(year(), {.id = "crimes", .title = tr("Crimes in York <2022>")});
  check_drawing(chart, 2);
  const std::string& text = chart.text();
  CHECK(text.find("Crimes in York &lt;2022&gt;") != std::string::npos);
  CHECK(times(text, "tithing-chart__missing") == 4);  // the band and the key, in both forms
  CHECK(times(text, "class=\"tithing-chart__point\"") == 20);
  CHECK(text.find(">missing<") != std::string::npos);
  CHECK(text.find("Lowest 1,102 in February 2022, highest 1,411 in July 2022. Missing: May 2022.") !=
        std::string::npos);
  // The line begins anew after the gap.
  const std::size_t line = text.find("\" class=\"tithing-chart__line\"");
  const std::size_t begin = text.rfind("<path d=\"", line);
  CHECK(times(text.substr(begin, line - begin), "M") == 2);
  // Without a gap there is neither band nor key.
  Series whole = year();
  whole.points[4].value = 1300;
  const std::string without = series_chart(whole, {.id = "crimes", .title = tr("Crimes")}).text();
  CHECK(without.find("tithing-chart__missing") == std::string::npos);
  CHECK(without.find("Missing") == std::string::npos);
}

TEST_CASE("the zero line is shown also when all values are far above it") {
  const std::string text = series_chart(year(), {.id = "a", .title = tr("A")}).text();
  CHECK(text.find("class=\"tithing-chart__zero\"") != std::string::npos);
  CHECK(text.find(">0</text>") != std::string::npos);
}

TEST_CASE("limits, signals with shape and word, provisional months and direct labels") {
  Series series = year();
  series.limits = {{.begin = 0, .end = 11, .mean = 1270.4, .lower = 1050, .upper = 1400}};
  series.points[6].mark = Mark::high;
  series.points[6].signal = "above the limit & more";
  series.points[9].mark = series.points[10].mark = Mark::run;
  series.points[9].signal = series.points[10].signal = "shift";
  series.points[8].provisional = true;
  const html::Markup chart = series_chart(series, {.id = "a", .title = tr("A")});
  check_drawing(chart, 2);
  const std::string& text = chart.text();
  CHECK(times(text, "class=\"tithing-chart__limit\"") == 4);
  CHECK(times(text, "class=\"tithing-chart__mean\"") == 2);
  CHECK(times(text, "class=\"tithing-chart__signal\"") == 6);
  CHECK(times(text, ">shift</text>") <= 2);  // once for a run, in each form
  CHECK(text.find("above the limit &amp; more</text>") != std::string::npos);
  CHECK(text.find(">mean 1,270</text>") != std::string::npos);
  CHECK(text.find(">upper 1,400</text>") != std::string::npos);
  CHECK(text.find("point--provisional") != std::string::npos);
  CHECK(text.find("Signals: July 2022 (above the limit &amp; more), October 2022 (shift), November 2022 (shift).") !=
        std::string::npos);
  CHECK(text.find("Provisional: September 2022.") != std::string::npos);
}

TEST_CASE("a control chart's limits and signals come from the statistics") {
  Series series;
  std::vector<std::optional<double>> values;
  for (int i = 0; i < 24; ++i) {
    values.push_back(i == 20 ? 200.0 : 100.0 + (i % 3));
    series.points.push_back({.month = Month::from_ym(2021, 1).plus(i), .value = values.back()});
  }
  const auto xmr = statistics::xmr(values);
  REQUIRE(xmr);
  const Series controlled = with_control_limits(series, *xmr);
  REQUIRE(controlled.limits.size() == 1);
  CHECK(controlled.limits[0].mean == doctest::Approx(xmr->groups[0].mean));
  CHECK(controlled.points[20].mark == Mark::high);
  CHECK(controlled.points[20].signal == "outside the limits");
  series.points.pop_back();
  CHECK_THROWS_AS(with_control_limits(series, *xmr), std::logic_error);
}

TEST_CASE("an interval is a band where months follow each other, a line where one stands alone") {
  Series series = year();
  for (SeriesPoint& point : series.points) {
    if (point.value) point.low = *point.value - 50, point.high = *point.value + 50;
  }
  series.points[1].low.reset();
  const std::string text = series_chart(series, {.id = "a", .title = tr("A")}).text();
  CHECK(times(text, "class=\"tithing-chart__interval\"") == 4);  // March and April, June to November
  CHECK(times(text, "class=\"tithing-chart__whisker\"") == 2);   // January
}

TEST_CASE("what cannot be drawn is a sentence") {
  Series series = year();
  for (SeriesPoint& point : series.points) point.value.reset();
  CHECK(
      sentence_of(series_chart(series, {.id = "a", .title = tr("A & B")})).find("none of the 11 months has a value") !=
      std::string::npos);
  CHECK(sentence_of(series_chart(series, {.id = "a", .title = tr("A & B")})).find("A &amp; B") != std::string::npos);
  series.points[3].value = 12;
  CHECK(
      sentence_of(series_chart(series, {.id = "a", .title = tr("A")})).find("only April 2022 has a value, 12 crimes") !=
      std::string::npos);
  series.points[5].value = 12;
  CHECK(sentence_of(series_chart(series, {.id = "a", .title = tr("A")})).find("12 crimes in each of the 2 months") !=
        std::string::npos);
  series.points[6].value = kNan;  // is not known
  CHECK(sentence_of(series_chart(series, {.id = "a", .title = tr("A")})).find("2 months") != std::string::npos);
  CHECK(sentence_of(series_chart({}, {.id = "a", .title = tr("A")})).find("no month was asked for") !=
        std::string::npos);
}

TEST_CASE("a bug of the caller is found") {
  Series series = year();
  series.points.erase(series.points.begin() + 3);
  CHECK_THROWS_AS(series_chart(series, {.id = "a", .title = tr("A")}), std::logic_error);
  CHECK_THROWS_AS(series_chart(year(), {.id = "a b", .title = tr("A")}), std::logic_error);
  CHECK_THROWS_AS(series_chart(year(), {.id = "", .title = tr("A")}), std::logic_error);
  std::string out;
  CHECK_THROWS_AS(append_number(out, kNan), std::logic_error);
}

TEST_CASE("long series name their years only, and leave out the dots") {
  Series series;
  for (int i = 0; i < 144; ++i) series.points.push_back({.month = Month::from_ym(2011, 5).plus(i), .value = 100.0 + i});
  series.points[100].value.reset();
  series.points[102].value.reset();  // so that 101 stands alone
  const html::Markup chart = series_chart(series, {.id = "a", .title = tr("A")});
  check_drawing(chart, 2);
  CHECK(times(chart.text(), "class=\"tithing-chart__point\"") == 2);
  CHECK(chart.text().find(">2012</text>") != std::string::npos);
  CHECK(chart.text().find(">Feb</text>") == std::string::npos);
}

TEST_CASE("negative values and changes stand on both sides of the zero line") {
  Series series = year();
  for (std::size_t i = 0; i < series.points.size(); ++i) series.points[i].value = (i % 2 == 0 ? 0.5 : -0.7);
  series.decimals = 1;
  const html::Markup chart = series_chart(series, {.id = "a", .title = tr("A")});
  check_drawing(chart, 2);
  CHECK(chart.text().find(">-1.0</text>") != std::string::npos);
  CHECK(chart.text().find(">0.0</text>") != std::string::npos);
}

TEST_CASE("a sparkline has gaps, limits and a last point; little to say is said in words") {
  Sparkline line;
  line.values = {10, 12, std::nullopt, std::nullopt, 14, std::nullopt, 9};
  line.lower = 7;
  line.upper = 15;
  const html::Markup drawn = sparkline(line, {.id = "s-1", .title = tr("Burglary")});
  check_drawing(drawn, 1);
  CHECK(times(drawn.text(), "tithing-chart__missing") == 2);
  CHECK(times(drawn.text(), "tithing-chart__limit-band") == 1);
  CHECK(times(drawn.text(), "tithing-chart__last") == 1);
  CHECK(drawn.text().find("7 months, from 10 to 9; lowest 9, highest 14. Months missing: 3.") != std::string::npos);
  CHECK(drawn.text().size() < 2500);  // there is one in every row
  const auto words = [](std::vector<std::optional<double>> values) {
    return sentence_of(sparkline({.values = std::move(values)}, {.id = "s", .title = tr("S")}));
  };
  CHECK(words({}).find("no month is known") != std::string::npos);
  CHECK(words({std::nullopt, kNan}).find("no month is known") != std::string::npos);
  CHECK(words({std::nullopt, 4}).find("only one month is known") != std::string::npos);
  CHECK(words({4, 4, 4}).find("always 4") != std::string::npos);
}

TEST_CASE("a funnel plot names the highlighted area and the outliers, and keeps the others small") {
  std::vector<FunnelArea> areas;
  for (int i = 0; i < 300; ++i)
    areas.push_back({"Area " + std::to_string(i), 40'000.0 + 1'700 * i, 70.0 + ((i * 37) % 21) - 10});
  areas[10] = {"North Worcestershire", 283'000, 92, Emphasis::highlighted};
  areas[20] = {"Elsewhere & Co", 90'000, 130, Emphasis::outlier};
  const html::Markup chart = funnel_plot(funnel_of(areas), {.id = "funnel", .title = tr("Rates")});
  check_drawing(chart, 2);
  const std::string& text = chart.text();
  CHECK(times(text, ">North Worcestershire</text>") == 2);
  CHECK(text.find("Elsewhere &amp; Co</text>") != std::string::npos);
  CHECK(times(text, "class=\"tithing-chart__dots\"") == 2);
  CHECK(times(text, "<circle") == 2);
  CHECK(times(text, "class=\"tithing-chart__limit\"") == 2);
  CHECK(times(text, "tithing-chart__limit--inner") == 2);
  CHECK(text.find("Beyond what chance allows: Elsewhere &amp; Co (130.0).") != std::string::npos);
  CHECK(text.size() < 30'000);
}

TEST_CASE("a funnel's population goes by logarithm when places differ much in size") {
  const auto many =
      funnel_plot(funnel_of({{"A", 4'000, 60}, {"B", 100'000, 80}, {"C", 900'000, 70}}), {.id = "f", .title = tr("F")});
  CHECK(many.text().find(">5k</text>") != std::string::npos);
  check_drawing(many, 2);
  FunnelPlot linear = funnel_of({{"A", 100'000, 60}, {"B", 200'000, 80}});
  const auto few = funnel_plot(linear, {.id = "f", .title = tr("F")});
  CHECK(few.text().find(">0</text>") != std::string::npos);
  linear.scale = PopulationScale::logarithmic;
  CHECK(funnel_plot(linear, {.id = "f", .title = tr("F")}).text() != few.text());
}

TEST_CASE("a funnel with nothing to compare is a sentence, and what has no population is left out") {
  CHECK(sentence_of(funnel_plot(funnel_of({}), {.id = "f", .title = tr("F")})).find("no area has both") !=
        std::string::npos);
  CHECK(sentence_of(funnel_plot(funnel_of({{"A", 0, 60}, {"B", 1000, kNan}}), {.id = "f", .title = tr("F")}))
            .find("no area has both") != std::string::npos);
  CHECK(sentence_of(funnel_plot(funnel_of({{"A", 1000, 60}}), {.id = "f", .title = tr("F")}))
            .find("only A has a rate, 60.0") != std::string::npos);
  CHECK(sentence_of(funnel_plot(funnel_of({{"A", 1000, 60}, {"B", 1000, 60}}), {.id = "f", .title = tr("F")}))
            .find("all 2 areas") != std::string::npos);
  check_drawing(funnel_plot(funnel_of({{"A", 1000, 0}, {"B", 2000, 0}, {"C", 0, 3}}), {.id = "f", .title = tr("F")}),
                2);
}

TEST_CASE("intervals: highlighted area, reference line, rows without a value in words") {
  IntervalChart chart;
  chart.rows = {{.label = "York", .value = 90.2, .low = 88.9, .high = 91.6},
                {.label = "North Yorkshire <all>", .value = 69.0, .low = 68.4, .high = 69.7, .highlighted = true},
                {.label = "Craven"},
                {.label = "Ryedale", .words = "fewer than 5"}};
  chart.reference = 74.5;
  chart.reference_label = "both";
  chart.unit = "crimes per 1,000 people";
  const html::Markup drawn = interval_chart(chart, {.id = "i", .title = tr("Rates")});
  check_drawing(drawn, 2);
  CHECK(times(drawn.text(), "class=\"tithing-chart__whisker tithing-chart__whisker--highlighted\"") == 6);
  CHECK(times(drawn.text(), "class=\"tithing-chart__mean\"") == 2);
  CHECK(drawn.text().find(">both 74.5</text>") != std::string::npos);
  CHECK(times(drawn.text(), ">not known</text>") == 2);
  CHECK(times(drawn.text(), ">fewer than 5</text>") == 2);
  CHECK(drawn.text().find("North Yorkshire &lt;all&gt;") != std::string::npos);
  CHECK(drawn.text().find("Lowest North Yorkshire &lt;all&gt; 69.0, highest York 90.2") != std::string::npos);
  chart.rows[0].value.reset();
  CHECK(sentence_of(interval_chart(chart, {.id = "i", .title = tr("Rates")})).find("only North Yorkshire") !=
        std::string::npos);
  chart.rows.clear();
  CHECK(sentence_of(interval_chart(chart, {.id = "i", .title = tr("Rates")})).find("no area has a value") !=
        std::string::npos);
  chart.rows = {{.label = "A", .value = 0}, {.label = "B", .value = 0}};
  chart.reference.reset();
  check_drawing(interval_chart(chart, {.id = "i", .title = tr("Rates")}), 2);
}

TEST_CASE("small multiples share one scale") {
  Series small = year();
  for (SeriesPoint& point : small.points) {
    if (point.value) point.value = *point.value / 100;
  }
  Series none = year();
  for (SeriesPoint& point : none.points) point.value.reset();
  const html::Markup drawn =
      small_multiples({{"Burglary", html::Url("/b"), year()}, {"Robbery & more", {}, small}, {"Other", {}, none}},
                      {.id = "m", .title = tr("All")});
  check_drawing(drawn, 2);
  CHECK(times(drawn.text(), "<li ") == 3);
  CHECK(times(drawn.text(), ">2,000</text>") == 2);  // the same axis
  CHECK(drawn.text().find("Robbery &amp; more") != std::string::npos);
  CHECK(drawn.text().find("none of the 11 months has a value") != std::string::npos);
  CHECK(sentence_of(small_multiples({}, {.id = "m", .title = tr("All")})).find("nothing to draw") != std::string::npos);
}

TEST_CASE("a Lorenz curve says where the half lies; what is no curve is a sentence") {
  LorenzCurve curve{{{0, 0}, {0.1, 0.4}, {0.3, 0.8}, {1, 1}}, "LSOAs", "crimes"};
  const html::Markup markup = lorenz_chart(curve, {.id = "lorenz", .title = tr("Concentration")});
  check_drawing(markup, 2);
  CHECK(markup.text().find("Half of all crimes are in 30.0% of LSOAs, the busiest first.") != std::string::npos);
  CHECK(times(markup.text(), "half in 30.0%") == 2);
  curve.steps.resize(1);
  CHECK(lorenz_chart(curve, {.id = "lorenz", .title = tr("Concentration")}).text().find("<svg") == std::string::npos);
  curve.steps = {{0, 0}, {0.5, kNan}, {1, 1}};
  CHECK(lorenz_chart(curve, {.id = "lorenz", .title = tr("Concentration")}).text().find("<svg") == std::string::npos);
}

TEST_CASE("ticks are round and cover the range") {
  const Ticks ticks = nice_ticks(0, 1411, 5, true);
  CHECK(ticks.high == 1500);
  CHECK(ticks.at.size() == 4);
  CHECK(nice_ticks(0, 3, 5, true).at.size() == 4);  // whole numbers only
  CHECK(nice_ticks(0, 0.34, 4, false).decimals == 1);
  CHECK(nice_ticks(-0.7, 0.5, 5, false).low == doctest::Approx(-1.0));
  CHECK(nice_ticks(5, 5, 5, false).low < nice_ticks(5, 5, 5, false).high);
}

TEST_CASE("labels are pushed apart and stay within their bounds as far as they fit") {
  std::vector<double> y = {50, 52, 51};
  spread(y, 15, 0, 200);
  CHECK(y[0] == doctest::Approx(50));
  CHECK(y[2] == doctest::Approx(65));
  CHECK(y[1] == doctest::Approx(80));
  y = {195, 198};
  spread(y, 15, 0, 200);
  CHECK(y[1] <= 200);
  CHECK(y[1] - y[0] >= 15);
}

TEST_CASE("a label finds a free place or none") {
  Places places({0, 0, 100, 40});
  CHECK(places.find(20, 20, 5, "abc", 10, false));
  CHECK(places.find(20, 20, 5, "abc", 10, false));  // elsewhere
  CHECK_FALSE(places.find(50, 20, 5, "a very long label that has no room", 10, false));
}

TEST_CASE("words are wrapped at spaces and never cut") {
  CHECK(wrapped("North Worcestershire Community Safety Partnership", 160).size() > 1);
  CHECK(wrapped("Llanfairpwllgwyngyllgogerychwyrndrobwll", 50).size() == 1);
  CHECK(wrapped("", 50).size() == 1);
}

// For looking at them: TITHING_CHART_SAMPLES=file.html charts_test -tc="samples*"
TEST_CASE("samples are written to the file that is named") {
  const char* path = std::getenv("TITHING_CHART_SAMPLES");
  if (path == nullptr) return;
  std::ofstream out(path);
  const auto put = [&](const std::string& heading, const html::Markup& markup) {
    out << "<h2>" << heading << "</h2>" << markup.text() << "\n";
  };
  Series series = year();
  series.limits = {{.begin = 0, .end = 11, .mean = 1270.4, .lower = 1050, .upper = 1400}};
  series.points[6].mark = Mark::high;
  series.points[6].signal = "above the limit";
  series.points[9].mark = series.points[10].mark = Mark::run;
  series.points[9].signal = series.points[10].signal = "part of a shift";
  series.points[8].provisional = true;
  put("series", series_chart(series, {.id = "s1", .title = tr("Crimes in York")}));
  Series rates;
  rates.unit = "burglaries per 1,000 people";
  rates.decimals = 2;
  for (int i = 0; i < 36; ++i) {
    const double value = 0.42 + 0.08 * std::sin(i * 0.52) + 0.02 * ((i * 7) % 5);
    rates.points.push_back(
        {.month = Month::from_ym(2020, 4).plus(i), .value = value, .low = value - 0.06, .high = value + 0.06});
  }
  rates.points[13].value.reset();
  rates.points[13].low.reset();
  rates.points[14] = {.month = rates.points[14].month};
  put("36 months", series_chart(rates, {.id = "s2", .title = tr("Burglary rate")}));
  Series long_series;
  long_series.unit = "crimes";
  for (int i = 0; i < 144; ++i)
    long_series.points.push_back(
        {.month = Month::from_ym(2011, 5).plus(i), .value = 4000 + 600 * std::sin(i * 0.52) + (i * 31) % 170});
  put("144 months", series_chart(long_series, {.id = "s3", .title = tr("Twelve years")}));
  std::vector<FunnelArea> areas;
  for (int i = 0; i < 300; ++i) {
    const double population = 30'000 * std::exp(0.0105 * i);
    areas.push_back(
        {"Area " + std::to_string(i), population, 70.0 + (((i * 37) % 21) - 10) * 180 / std::sqrt(population) * 3});
  }
  areas[150] = {"North Worcestershire", 283'000, 62, Emphasis::highlighted};
  areas[60] = {"Birmingham", 1'141'000, 95, Emphasis::outlier};
  areas[80] = {"Blackpool", 139'000, 130, Emphasis::outlier};
  areas[81] = {"Middlesbrough", 141'000, 128, Emphasis::outlier};
  put("funnel", funnel_plot(funnel_of(areas), {.id = "f", .title = tr("Rates")}));
  IntervalChart chart;
  chart.rows = {
      {.label = "City of York", .value = 90.2, .low = 86.9, .high = 93.6},
      {.label = "North Worcestershire", .value = 69.0, .low = 66.4, .high = 71.7, .highlighted = true},
      {.label = "Craven"},
      {.label = "South Worcestershire Community Safety Partnership and Others", .value = 72.1, .low = 70, .high = 74.4},
      {.label = "Ryedale", .words = "fewer than 5"}};
  chart.reference = 74.5;
  chart.reference_label = "all partnerships";
  chart.unit = "crimes per 1,000 people";
  put("intervals", interval_chart(chart, {.id = "i", .title = tr("Rates")}));
  Series small = year();
  for (SeriesPoint& point : small.points) {
    if (point.value) point.value = *point.value / 3;
  }
  put("multiples", small_multiples({{"Burglary", html::Url("/b"), year()},
                                    {"Robbery", {}, small},
                                    {"Shoplifting", {}, series},
                                    {"Drugs", {}, small}},
                                   {.id = "m", .title = tr("All")}));
  out << "<p>Trend ";
  put("spark", sparkline({.values = {10, 12, 8, 9, std::nullopt, 14, 13, 12, 9, 16, 11}, .lower = 6, .upper = 15},
                         {.id = "sp", .title = tr("Trend")}));
}
