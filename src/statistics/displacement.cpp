#include "statistics/displacement.h"

#include <cmath>

#include "base/translation.h"
#include "statistics/special.h"

namespace tithing::statistics {

Result<Displacement> weighted_displacement_difference(const DisplacementInput& input) {
  if (input.treated_neighbours.has_value() != input.control_neighbours.has_value())
    return invalid(tr("Give the neighbourhood of both the treated and the comparison areas, or of neither."));
  const auto positive = [](double x) { return x > 0 && std::isfinite(x); };
  if (!positive(input.length_before) || !positive(input.length_after))
    return invalid(tr("Both periods need a length above zero."));
  if (!positive(input.control_weight)) return invalid(tr("The weight of the comparison areas must be above zero."));
  if (!(input.overdispersion >= 1) || std::isinf(input.overdispersion))
    return invalid(tr("Give an overdispersion of 1 or more; 1 means that the counts vary as a Poisson count does."));
  if (!(input.confidence > 0 && input.confidence < 1))
    return invalid(tr("Give a confidence between 0 and 1, for example 0.95."));
  const BeforeAfter none;
  const BeforeAfter& treated_near = input.treated_neighbours ? *input.treated_neighbours : none;
  const BeforeAfter& control_near = input.control_neighbours ? *input.control_neighbours : none;
  for (const auto* counts : {&input.treated, &input.control, &treated_near, &control_near})
    if (counts->before < 0 || counts->after < 0) return invalid(tr("A count cannot be below zero."));

  // The count before as it would be over the length of the period after.
  const double scale = input.length_after / input.length_before;
  const auto change = [&](const BeforeAfter& c) {
    return static_cast<double>(c.after) - scale * static_cast<double>(c.before);
  };
  const auto variance = [&](const BeforeAfter& c) {
    return static_cast<double>(c.after) + scale * scale * static_cast<double>(c.before);
  };
  const double w = input.control_weight;
  Displacement d;
  d.local = change(input.treated) - w * change(input.control);
  d.around = change(treated_near) - w * change(control_near);
  d.total = d.local + d.around;
  d.expected = scale * static_cast<double>(input.treated.before) + w * change(input.control);
  const double total_variance = input.overdispersion * (variance(input.treated) + variance(treated_near) +
                                                        w * w * (variance(input.control) + variance(control_near)));
  if (!(total_variance > 0)) return invalid(tr("There are no events before or after, so nothing can be compared."));
  d.standard_error = std::sqrt(total_variance);
  d.z = d.total / d.standard_error;
  d.p = two_sided_p(d.z);
  const double reach = -*normal_quantile((1 - input.confidence) / 2);
  d.interval = {d.total - reach * d.standard_error, d.total + reach * d.standard_error};
  if (input.treated.before > 0 && input.treated.after > 0 && input.control.before > 0 && input.control.after > 0) {
    const auto inverse = [](std::int64_t n) { return 1 / static_cast<double>(n); };
    const double ratio = static_cast<double>(input.treated.after) / static_cast<double>(input.treated.before) /
                         (static_cast<double>(input.control.after) / static_cast<double>(input.control.before));
    const double error =
        std::sqrt(input.overdispersion * (inverse(input.treated.after) + inverse(input.treated.before) +
                                          inverse(input.control.after) + inverse(input.control.before)));
    d.relative = ratio;
    d.relative_interval = {ratio * std::exp(-reach * error), ratio * std::exp(reach * error)};
  }
  return d;
}

}  // namespace tithing::statistics
