#include <algorithm>

#include "base/text.h"
#include "base/translation.h"
#include "slices/analysis/pages.h"
#include "slices/evidence/category_marks.h"
#include "slices/evidence/crime_types.h"

namespace tithing::analysis {

std::vector<std::pair<std::string, std::string>> View::query() const {
  std::string compare = joined(question.comparison, ",");
  std::vector<std::pair<std::string, std::string>> out = {
      {"from", found.period.from.iso()}, {"to", found.period.to.iso()}, {"type", question.type}, {"as-at", as_at_text}};
  if (question.before) {
    out.push_back({"base-from", question.before->from.iso()});
    out.push_back({"base-to", question.before->to.iso()});
  }
  if (limits_from) out.push_back({"limits-from", limits_from->iso()});
  if (two_of_three != statistics::TwoOfThree::since_november_2023)
    out.push_back({"two-of-three", std::string(statistics::name_of(two_of_three))});
  if (cell != 0) out.push_back({"cell", std::to_string(cell)});
  if (!fdr) out.push_back({"fdr", "no"});
  if (density.bandwidth != DensityChoice().bandwidth) out.push_back({"bandwidth", density.bandwidth});
  if (!density.edge) out.push_back({"edge", "none"});
  out.push_back({"compare", compare});
  out.push_back({"around", joined(question.around, ",")});
  out.push_back({"around-compare", joined(question.around_the_comparison, ",")});
  std::erase_if(out, [](const auto& pair) { return pair.second.empty(); });
  return out;
}

figures::Address View::figure(const std::string& kind,
                              const std::vector<std::pair<std::string, std::string>>& extra) const {
  figures::Address address{kind, {}};
  auto& values = address.parameters.values;
  values = {{"area", found.area->code},
            {"from", found.period.from.iso()},
            {"to", found.period.to.iso()},
            {"type", question.type},
            {"as-at", as_at_text}};
  for (const auto& [name, value] : extra) values[name] = value;
  std::erase_if(values, [](const auto& pair) { return pair.second.empty(); });
  return address;
}

std::string View::title() const { return found.type_name + " in " + found.area->name + ", " + found.period.text(); }

bool of_months_in_row(const std::string& page) { return page == "series" || page == "signals" || page == "forecast"; }

View for_page(const View& view, const std::string& page) {
  View out = view;
  if (view.from_asked || !of_months_in_row(page)) return out;
  Period& period = out.found.period;
  const Month earliest = std::max(std::min(view.found.available.from, period.from), period.to.plus(-239));
  // The page of all charts is about every category.
  period.from = page == "signals" ? earliest : evidence::same_since(view.question.type, earliest, period.to);
  out.question.period = period;
  return out;
}

std::optional<TwoPeriods> two_periods(Period available, Period period) {
  const Period year_before{period.from.plus(-12), period.to.plus(-12)};
  if (available.contains(year_before.from) && available.contains(period.to) && period.months() <= 12)
    return TwoPeriods{year_before, period, true};
  const Period within{std::max(available.from, period.from), std::min(available.to, period.to)};
  const int half = within.to < within.from ? 0 : within.months() / 2;
  if (half == 0) return std::nullopt;
  return TwoPeriods{
      {within.to.plus(1 - 2 * half), within.to.plus(-half)}, {within.to.plus(1 - half), within.to}, false};
}

Result<View> view_of(const web::Context& context, evidence::Service& evidence) {
  View view;
  view.snapshot = evidence.snapshot();
  view.viewer = figures::Viewer::of(context.reach());
  const auto as_at = context.as_at();
  if (!as_at) return pass_on(as_at);
  view.question.as_at = *as_at;
  if (*as_at != context.today) view.as_at_text = as_at->iso();
  view.question.area = context.parameter("code");
  view.question.type = context.query_value("type");
  if (view.question.type.empty()) view.question.type = evidence::kAllSlug;
  const auto first = found_for(*view.snapshot, view.question);
  if (!first) return pass_on(first);
  Period period = first->period;
  const std::string from = context.query_value("from"), to = context.query_value("to");
  if (!from.empty() || !to.empty()) {
    std::string first_month = from;
    if (from.empty()) {
      // A last month by itself: the months up to it, as many as are shown without it.
      const auto last = Month::parse(to);
      if (!last) return pass_on(last);
      if (*last < period.from) period.from = std::min(std::max(first->available.from, last->plus(-11)), *last);
      first_month = period.from.iso();
    }
    view.from_asked = !from.empty();
    const auto asked = Period::parse(first_month, to.empty() ? period.to.iso() : to);
    if (!asked) return pass_on(asked);
    period = *asked;
  }
  view.question.period = period;
  auto found = found_for(*view.snapshot, view.question);
  if (!found) return pass_on(found);
  view.found = std::move(*found);
  view.force = view.snapshot->areas().force_of(view.question.area, view.question.as_at);
  view.before = period;
  const std::string base_from = context.query_value("base-from"), base_to = context.query_value("base-to");
  if (!base_from.empty() || !base_to.empty()) {
    const auto asked = Period::parse(base_from.empty() ? base_to : base_from, base_to.empty() ? base_from : base_to);
    if (!asked) return pass_on(asked);
    if (asked->months() > 240)
      return invalid(tr("Choose at most 240 months."), {{"base-to", tr("Choose at most 240 months.")}});
    view.question.before = *asked;
    view.before = *asked;
    view.same_months = asked->from.month() == period.from.month() && asked->months() == period.months();
  }
  if (const std::string month = context.query_value("limits-from"); !month.empty()) {
    const auto read = Month::parse(month);
    if (!read) return pass_on(read);
    view.limits_from = *read;
  }
  if (const std::string rule = context.query_value("two-of-three"); !rule.empty()) {
    const auto named = statistics::two_of_three_named(rule);
    if (!named)
      return invalid(tr("The rule of two of three is since-november-2023 or before-november-2023."),
                     {{"two-of-three", tr("Choose a rule from the list.")}});
    view.two_of_three = *named;
  }
  if (const std::string side = context.query_value("cell"); !side.empty()) {
    const auto one =
        std::find_if(kCellSides.begin(), kCellSides.end(), [&](int known) { return std::to_string(known) == side; });
    if (one == kCellSides.end())
      return invalid(tr("Cells are 100, 200, 250, 500, 1,000, 2,000, 5,000 or 10,000 metres wide."),
                     {{"cell", tr("Choose a size from the list.")}});
    view.cell = *one;
  }
  view.fdr = context.query_value("fdr") != "no";
  view.density.edge = context.query_value("edge") != "none";
  if (const std::string bandwidth = context.query_value("bandwidth"); !bandwidth.empty()) {
    if (const Status fine = check_bandwidth(bandwidth); !fine) return pass_on(fine);
    view.density.bandwidth = bandwidth;
  }
  for (const auto& [name, codes] :
       {std::pair{"compare", &view.question.comparison}, std::pair{"around", &view.question.around},
        std::pair{"around-compare", &view.question.around_the_comparison}})
    for (const std::string& value : context.query_values(name))
      for (const std::string& code : split(value, ','))
        if (const auto one = std::string(trimmed(code));
            !one.empty() && codes->size() < 50 && std::find(codes->begin(), codes->end(), one) == codes->end())
          codes->push_back(one);
  return view;
}

}  // namespace tithing::analysis
