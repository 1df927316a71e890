// Files of the project for tests of the engine, which itself reads none.
#pragma once

#include <fstream>
#include <iterator>
#include <string>
#include <utility>

#include "allocation/scheme_files.h"
#include "base/translation.h"

namespace tithing::allocation {

inline Result<std::string> read_file(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return not_found(tr("There is no file {0}.", {path}));
  return std::string(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
}

struct FolderFiles : SchemeFiles {
  explicit FolderFiles(std::string path) : folder(std::move(path)) {}
  Result<std::string> read(const std::string& name) const override { return read_file(folder + "/" + name); }
  std::string folder;
};

}  // namespace tithing::allocation
