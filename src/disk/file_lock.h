// A lock on a file (flock): held until the value goes, or the process, however it ends. It binds only those who ask.
#pragma once

#include <optional>
#include <string>

namespace tithing {

class FileLock {
 public:
  // Makes the file when it is missing. Nothing: another process (or another lock of this one) holds it, or the file
  // cannot be made: then `error` is the operating system's number, else 0.
  static std::optional<FileLock> take(const std::string& path, int* error = nullptr);
  // Whether somebody holds it now; a file that is not there is held by nobody.
  static bool is_held(const std::string& path);

  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  // What stands in the file, for whoever finds it held: "process 4711, since 2026-11-30T15:00Z".
  void say(const std::string& text) const;

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace tithing
