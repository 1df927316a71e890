// A folder for the length of one piece of work, which nobody else takes for their own or clears away meanwhile.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "disk/file_lock.h"

namespace tithing {

// Made under `parent` as "<name>-<token>", for its owner only, with a lock beside it; removed with everything in it by
// the destructor. What a process that was killed leaves, `clear_left_work` takes away.
class WorkFolder {
 public:
  static Result<WorkFolder> make(const std::string& parent, const std::string& name);
  WorkFolder(WorkFolder&&) = default;
  WorkFolder& operator=(WorkFolder&&) = delete;
  ~WorkFolder();
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  const std::string& path() const { return path_; }
  std::string file(const std::string& name) const { return path_ + "/" + name; }
  // A file elsewhere that is to go as well should this process be killed.
  Status note_outside(const std::string& path) const;
  // It is wanted from now on, under this name: nothing must stand there but an empty folder.
  Status become(const std::string& path);

 private:
  WorkFolder(std::string path, FileLock lock) : path_(std::move(path)), lock_(std::move(lock)) {}
  std::string path_;
  std::optional<FileLock> lock_;
};

// Removes every work folder in `parent` whose process has gone, with the files outside that it noted and nobody writes.
// Other files and folders there are left alone.
void clear_left_work(const std::string& parent);

}  // namespace tithing
