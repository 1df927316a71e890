// A scheme from a JSON file. README.md has the format.
#pragma once

#include <string>
#include <string_view>

#include "allocation/scheme.h"
#include "allocation/scheme_files.h"
#include "base/result.h"

namespace tithing::allocation {

// invalid with a sentence that begins with the place in the file: "steps[2].rounding.rule: ...". Members that the
// format does not know are refused, so that a slip of the pen is not passed over. The scheme is read, not yet checked
// (scheme.h).
Result<Scheme> read_scheme(std::string_view json, const SchemeFiles& files);

// The same for a scheme whose pot is kept elsewhere: `pot` is its pot. A pot in the text must be well formed, and is
// left out.
Result<Scheme> read_scheme_on(const Pot& pot, std::string_view json, const SchemeFiles& files);

// A pot alone: what stands under "pot" in a scheme.
Result<Pot> read_pot(std::string_view json);

}  // namespace tithing::allocation
