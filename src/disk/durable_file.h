// A file that is there whole or not at all: written aside, synced, renamed, its folder synced.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace tithing {

// Until commit() succeeds nothing stands at `path`; what was written aside is removed by the destructor. A process that
// is killed leaves "<path>.<token>.part" behind, which `remove_leftovers` clears: while it is written it is locked.
class DurableFile {
 public:
  // The file has this mode from its first byte; one that its owner may not write to gets that with its name.
  // `aside`: where to write it, for who has to know that before the file is there; a name that nobody else uses.
  explicit DurableFile(std::string path, unsigned mode = 0644, std::string aside = {});
  ~DurableFile();
  DurableFile(const DurableFile&) = delete;
  DurableFile& operator=(const DurableFile&) = delete;
  void write(std::string_view bytes);  // errors are kept until commit()
  Status commit();
  // All of it is on the disk aside, to be looked at before it is committed.
  Status settle();
  // As commit(), but never over a file that is there already: then conflict.
  Status commit_new();
  // At another path of the same file system, when its name is known only at the end. The folder is made.
  Status commit_at(const std::string& path);
  // Not synced, for what is made again when a power cut leaves it broken.
  Status commit_unsynced();
  // Where it lies until then, for who writes by another way than write().
  const std::string& aside() const { return aside_; }

 private:
  void open(bool named);
  void flush();
  void put(std::string_view bytes);
  Status finish(const std::string& path, bool synced);
  std::string path_;
  std::string aside_;
  unsigned mode_;
  std::string buffer_;
  int descriptor_ = -1;
  int error_ = 0;
};

enum class Depth { folder_only, below };
// Removes every "*.part" in the folder whose writer has gone.
void remove_leftovers(const std::string& folder, Depth depth = Depth::below);

// A folder's entries are on the disk when this returns, as far as the file system can say so.
void sync_folder(const std::string& folder);

// The sentence for an error number of the operating system: a full disk, no permission.
Problem file_problem(int error);

}  // namespace tithing
