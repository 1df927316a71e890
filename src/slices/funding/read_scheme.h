// A scheme from a JSON file. README.md has the format.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "slices/funding/scheme.h"

namespace tithing::funding {

// Where the tables that a scheme names are read from.
class SchemeFiles {
 public:
  virtual ~SchemeFiles() = default;
  // The bytes of a table. not_found when there is none.
  virtual Result<std::string> read(const std::string& name) const = 0;
};

// Files beside the scheme's own; names that lead out of its folder are refused.
class FolderFiles : public SchemeFiles {
 public:
  explicit FolderFiles(std::string folder) : folder_(std::move(folder)) {}
  Result<std::string> read(const std::string& name) const override;

 private:
  std::string folder_;
};

// invalid with a sentence that begins with the place in the file: "steps[2].rounding.rule: ...". Members that the
// format does not know are refused, so that a slip of the pen is not passed over. The scheme is read, not yet checked
// (scheme.h).
Result<Scheme> read_scheme(std::string_view json, const SchemeFiles& files);

// The same for a scheme whose pot is kept elsewhere: `pot` is its pot. A pot in the text must be well formed, and is left
// out.
Result<Scheme> read_scheme_on(const Pot& pot, std::string_view json, const SchemeFiles& files);

// A pot alone: what stands under "pot" in a scheme.
Result<Pot> read_pot(std::string_view json);

// For a scheme that has no files beside it.
class NoFiles : public SchemeFiles {
 public:
  Result<std::string> read(const std::string& name) const override;
};

// A file of at most `limit` bytes. not_found or invalid, naming the path.
Result<std::string> read_file(const std::string& path, std::size_t limit = 32u << 20);

}  // namespace tithing::funding
