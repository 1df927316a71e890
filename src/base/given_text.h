// What somebody typed, on its way into a command: what is missing or too long is said at its field.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"

namespace tithing {

// A text that has to be there: `missing` is said where it is not, and what to do where it has more than `most` bytes.
void need_text(std::vector<FieldProblem>& wrong, const std::string& field, const std::string& value,
               const std::string& missing, std::size_t most);
// Fine where nothing is wrong; else invalid with all of it, and the first as its sentence.
Status refused(std::vector<FieldProblem> wrong);

}  // namespace tithing
