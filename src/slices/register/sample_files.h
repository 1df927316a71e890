// For tests: the sample's files by their path within data/sample, unpacked.
#pragma once

#include <stdexcept>
#include <string>

#include "slices/register/files.h"
#include "support/source_dir.h"

namespace tithing::register_ {

// `member` is the end of the name that is wanted, for archives with several.
inline std::string sample_file(const std::string& path, const std::string& member = {}) {
  std::string bytes;
  const auto done = each_file(
      {tests::source_dir() + "/data/sample/" + path},
      [&](const std::string& name, std::string_view, bool) {
        return member.empty() ||
               (name.size() >= member.size() && name.compare(name.size() - member.size(), member.size(), member) == 0);
      },
      [&](GivenFile&& file) -> Status {
        bytes = std::move(file.bytes);
        return {};
      });
  if (!done || bytes.empty()) throw std::runtime_error("the sample has no " + path + " " + member);
  return bytes;
}

}  // namespace tithing::register_
