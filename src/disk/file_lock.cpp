#include "disk/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace tithing {

std::optional<FileLock> FileLock::take(const std::string& path, int* error) {
  if (error != nullptr) *error = 0;
  for (;;) {
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
      if (error != nullptr) *error = errno;
      return std::nullopt;
    }
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
      if (error != nullptr && errno != EWOULDBLOCK) *error = errno;
      ::close(descriptor);
      return std::nullopt;
    }
    // Who clears away may have removed the file between opening and locking: then this lock is on nothing.
    struct stat status {};
    if (::fstat(descriptor, &status) == 0 && status.st_nlink > 0) return FileLock(descriptor);
    ::close(descriptor);
  }
}

bool FileLock::is_held(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool held = ::flock(descriptor, LOCK_EX | LOCK_NB) != 0;
  ::close(descriptor);
  return held;
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void FileLock::say(const std::string& text) const {
  if (::ftruncate(descriptor_, 0) == 0) (void)!::pwrite(descriptor_, text.data(), text.size(), 0);
}

}  // namespace tithing
