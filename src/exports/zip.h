// A zip archive in memory: what OOXML files are.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace tithing::exports {

// The members in the order given, compressed, without dates: the same members give the same bytes on any day and in any
// time zone. Throws std::runtime_error when the library refuses, which it does only without memory.
std::string zipped(const std::vector<std::pair<std::string, std::string>>& members);

}  // namespace tithing::exports
