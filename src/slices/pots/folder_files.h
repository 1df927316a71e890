// The files that lie beside a scheme in a folder: the engine itself reads none.
#pragma once

#include <cstddef>
#include <string>
#include <utility>

#include "allocation/scheme_files.h"

namespace tithing::pots {

using namespace allocation;

// Files beside the scheme's own; names that lead out of its folder are refused.
class FolderFiles : public allocation::SchemeFiles {
 public:
  explicit FolderFiles(std::string folder) : folder_(std::move(folder)) {}
  Result<std::string> read(const std::string& name) const override;

 private:
  std::string folder_;
};

// A file of at most `limit` bytes. not_found or invalid, naming the path.
Result<std::string> read_file(const std::string& path, std::size_t limit = 32u << 20);

}  // namespace tithing::pots
