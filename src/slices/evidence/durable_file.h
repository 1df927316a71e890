// A file that is there whole or not at all: written aside, synced, renamed, its folder synced.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace tithing::evidence {

// Until commit() succeeds nothing stands at `path`; what was written aside is removed by the destructor. A process that
// is killed leaves "<path>.<number>.part" behind, which `remove_leftovers` clears.
class DurableFile {
 public:
  explicit DurableFile(std::string path);
  ~DurableFile();
  DurableFile(const DurableFile&) = delete;
  DurableFile& operator=(const DurableFile&) = delete;
  void write(std::string_view bytes);  // errors are kept until commit()
  Status commit();

 private:
  void flush();
  std::string path_;
  std::string aside_;
  std::string buffer_;
  int descriptor_ = -1;
  int error_ = 0;
};

// Removes every "*.part" below the folder whose process has gone.
void remove_leftovers(const std::string& folder);

// The sentence for an error number of the operating system: a full disk, no permission.
Problem file_problem(int error);

}  // namespace tithing::evidence
