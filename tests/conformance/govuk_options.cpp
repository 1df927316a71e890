#include "govuk_options.h"

#include "option.h"

namespace tithing::conformance {

std::optional<std::string> render_with_options(std::string_view component, const boost::json::object& options,
                                               std::string_view expected) {
  for (const auto* family : {&form_components(), &page_components()}) {
    for (const NamedComponent& each : *family) {
      if (each.name == component) return each.render(Option(options), expected);
    }
  }
  return std::nullopt;
}

}  // namespace tithing::conformance
