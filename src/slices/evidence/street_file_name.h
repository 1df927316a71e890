// What a police.uk file's name says: month, force and which of the three kinds of file it is.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"

namespace tithing::evidence {

enum class PoliceFileKind { street, outcomes, stop_and_search };

struct PoliceFileName {
  Month month;
  std::string force_slug;  // "north-yorkshire"
  PoliceFileKind kind = PoliceFileKind::street;
};

// Reads "YYYY-MM-FORCE-street.csv" (also ".../2022-11-surrey-street.later-publication.csv"), with or without folders
// before it. Empty when the name does not follow the pattern.
std::optional<PoliceFileName> parse_police_file_name(std::string_view path);

std::string_view base_name(std::string_view path);  // what follows the last slash or backslash

}  // namespace tithing::evidence
