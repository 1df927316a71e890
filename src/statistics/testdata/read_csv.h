// For tests only: reads a small table of this folder into rows of text, the heading line first.
#pragma once

#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/text.h"
#include "support/source_dir.h"

namespace tithing::statistics::testdata {

inline std::vector<std::vector<std::string>> read_csv(const std::string& name) {
  std::ifstream file(tests::source_dir() + "/src/statistics/testdata/" + name);
  if (!file) throw std::runtime_error("there is no test data named " + name);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(file, line);) rows.push_back(split(line, ','));
  return rows;
}

}  // namespace tithing::statistics::testdata
