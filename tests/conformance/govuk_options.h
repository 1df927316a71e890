// From the options of a fixture, which are those of GOV.UK's Nunjucks macros, to the parameters of our component.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace tithing::conformance {

// The component as we render it; nothing when there is no component of that name here. `expected` is the published
// rendering: of it only the marks that are not ours (the crown, the logotype, the licence's symbol) are taken.
std::optional<std::string> render_with_options(std::string_view component, const boost::json::object& options,
                                               std::string_view expected);

}  // namespace tithing::conformance
