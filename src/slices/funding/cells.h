// An area's amount as a figure with an address, and every number of its working with one: the cell's, and the way through
// the inputs ("part=2.1": the first input of the second).
#pragma once

#include <optional>
#include <string>

#include "slices/funding/allocation.h"

namespace tithing::funding {

// For sources that were transcribed into a file of the program: the checksum that can be given, and what it is of.
struct Transcription {
  std::string sha256;
  std::string filter;
};

// `cell` is the figure's address; `area` counts in the scheme's order. Its parts are addressed as those of every figure are.
figures::Figure cell_of(const Scheme& scheme, const Allocation& allocation, std::size_t area, const figures::Address& cell,
                        const std::optional<Transcription>& transcription = {});

}  // namespace tithing::funding
