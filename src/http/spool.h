// Files for what is too large to keep in memory. Private to src/http.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace tithing::http {

// `directory`, or the system's directory for temporary files when empty.
std::string spool_directory_or_default(const std::string& directory);
// Problem unless files can be made there. Removes what was left behind a day ago or earlier.
Status prepare_spool_directory(const std::string& directory);

// One file, removed with this value unless released. Not copied; used by one thread at a time.
class SpoolFile {
 public:
  SpoolFile() = default;
  ~SpoolFile();
  SpoolFile(SpoolFile&& other) noexcept;
  SpoolFile& operator=(SpoolFile&& other) noexcept;
  SpoolFile(const SpoolFile&) = delete;
  SpoolFile& operator=(const SpoolFile&) = delete;

  int open(const std::string& directory);  // 0 or errno
  int append(std::string_view bytes);      // 0 or errno
  int finish();                            // closes; 0 or errno
  bool is_open() const { return descriptor_ >= 0; }
  std::string release();  // the path; the file is the caller's from now on

 private:
  int descriptor_ = -1;
  std::string path_;
};

}  // namespace tithing::http
