// What reading a file may take of memory, whatever its bytes ask for. A reader works out an upper bound from the bytes
// before it makes anything of them, and refuses what would go beyond with a sentence that says what to do.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace tithing {

inline constexpr std::size_t kMebibyte = std::size_t{1} << 20;
inline constexpr std::size_t kReaderMemory = 512 * kMebibyte;  // of one reader of tables, workbooks and small documents
inline constexpr std::size_t kGeographyMemory =
    1024 * kMebibyte;  // of boundaries: a country's at their generalised size

// Bytes that a table takes as text, while that is made plain, and as one string for each of its cells.
std::size_t table_memory(std::string_view text, char separator);

// Bytes that a document of JSON takes as a tree of values, with what its parser holds while it reads (a value of
// Boost.JSON 1.81 is 24 bytes; those of lists and objects that are still open lie on a stack that doubles). Text that
// is no JSON has a bound too.
std::size_t json_memory(std::string_view text);

// invalid when it is more than `most`. `what` and `advice` are for the sentence: "The file", "Split it into parts."
Status fits_in_memory(std::size_t needed, std::size_t most, const std::string& what, const std::string& advice);

}  // namespace tithing
