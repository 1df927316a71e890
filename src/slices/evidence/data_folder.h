// Where evidence lies in the data folder, who may change it, and what to clear away after a process that was killed.
//
//   <data>/originals/..               the files as they came (slices/sources)
//   <data>/evidence/segments/<sha>    counts of a force-month          } derived: can be made
//   <data>/evidence/points/<name>     the same rows by position        } again from the
//   <data>/evidence/population/<sha>.2  populations by LSOA and year   } originals
//   <data>/evidence/cube-<version>.2  the cube that is in use          }
//   <data>/evidence/import.lock       held by the one import that runs
//   <data>/evidence/<n>.journal       what an import under way has added, so that it can be taken away again
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "disk/file_lock.h"
#include "slices/sources/sources.h"

namespace tithing::evidence {

class DataFolder {
 public:
  explicit DataFolder(std::string data_folder);
  const sources::OriginalStore& originals() const { return originals_; }
  std::string segment_path(const std::string& sha256) const;
  std::string points_path(const std::string& name) const;
  std::string population_path(const std::string& sha256) const;
  // ".2" is the layout; a file of an older one is not looked for, and what is missing is made.
  std::string cube_path(const std::string& version) const;
  const std::string& folder() const { return folder_; }  // <data>/evidence
  // Removes every cube but this one. Processes that still read an old one keep it until they close it.
  void remove_other_cubes(const std::string& version) const;

 private:
  std::string folder_;
  sources::OriginalStore originals_;
};

// The right to change evidence in this data folder, held by one import or rebuild at a time over all processes.
class ImportLock {
 public:
  // unavailable when another import runs.
  static Result<std::unique_ptr<ImportLock>> take(const DataFolder& data);

 private:
  explicit ImportLock(FileLock lock) : lock_(std::move(lock)) {}
  FileLock lock_;
};

// Files that came to be by an import that may still fail. Each is written down before it is made. Unless `finish` is
// called the destructor removes them; after a kill the next start does (`recover`). Safe to call from any thread.
class Journal {
 public:
  explicit Journal(const DataFolder& data);
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;
  Status about_to_make(const std::string& path);        // no effect when it exists already
  void finish();                                        // they are all wanted
  void keep_only(const std::set<std::string>& wanted);  // these are wanted; the destructor removes the others

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Needs the lock. Removes what journals of killed imports name, unless `wanted` says that the store refers to it, and
// half-written files.
void recover(const DataFolder& data, const std::function<bool(const std::string& path)>& wanted);

}  // namespace tithing::evidence
