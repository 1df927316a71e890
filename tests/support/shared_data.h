// Real files beside the project that it does not carry. Tests that need them are skipped, and counted as skipped, where
// they are not there: TEST_CASE("..." * doctest::skip(tests::shared_data("police").empty())).
#pragma once

#include <filesystem>
#include <string>

#include "support/source_dir.h"

namespace tithing::tests {

// The path of a file or folder of ../shared/data, or an empty text where there is none.
inline std::string shared_data(const std::string& name) {
  const std::string path = source_dir() + "/../shared/data/" + name;
  std::error_code error;
  return std::filesystem::exists(path, error) ? path : std::string();
}

}  // namespace tithing::tests
