// Figures made of two others by their addresses: what stands beside two numbers on a page has an address as they do.
#pragma once

#include "figures/numbers.h"
#include "figures/registry.h"

namespace tithing::figures {

// "as": the difference itself, or over the second in per cent.
enum class Combined { difference, difference_share };
Address combined_address(const Address& first, const Address& second, Combined as);

// The figure kind `difference`: first less second, of two figures of one unit. It keeps `registry`, which must outlive
// it.
void add_combined_kinds(Registry& registry);

}  // namespace tithing::figures
