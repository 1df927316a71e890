// Values of indicators that are figures of the evidence: asked for here, and taken only when they are whole.
#pragma once

#include <memory>
#include <string>

#include "allocation/scheme.h"
#include "figures/registry.h"

namespace tithing::pots {

using namespace allocation;

// A count that is known, complete and shown. unavailable with a sentence that begins "The evidence .." and names `what`
// of `whom` otherwise: what is unknown, withheld or partial is not nought, and money is not shared by it.
Result<std::shared_ptr<const figures::Figure>> whole_count(const figures::Registry& registry,
                                                           const figures::Address& address,
                                                           const figures::Viewer& viewer, figures::Detail detail,
                                                           const std::string& what, const std::string& whom);

// The scheme with every figure that its indicators name. The first that is not to be had is the problem, with its place
// in the scheme as the field ("steps[0].indicators[1].values.E22000368"): unavailable, or invalid when the address is.
Result<Scheme> resolved(Scheme scheme, const figures::Registry& registry, const figures::Viewer& viewer,
                        figures::Detail detail);

}  // namespace tithing::pots
