#include "disk/durable_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "base/random.h"
#include "base/translation.h"
#include "disk/file_lock.h"

namespace tithing {

namespace {

constexpr std::size_t kBuffer = 1024 * 1024;

std::string folder_of(const std::string& path) { return std::filesystem::path(path).parent_path().string(); }

template <class Iterator>
void remove_in(Iterator at, std::error_code& error) {
  for (const Iterator end; !error && at != end; at.increment(error)) {
    const std::string path = at->path().string();
    if (!path.ends_with(".part")) continue;
    if (const auto mine = FileLock::take(path)) ::unlink(path.c_str());  // nobody writes it
  }
}

}  // namespace

Problem file_problem(int error) {
  if (error == ENOSPC || error == EDQUOT || error == EFBIG) {
    return {ProblemKind::unavailable,
            "The disk is full: nothing was changed. Make room in the data folder and try again.",
            {}};
  }
  if (error == EACCES || error == EPERM || error == EROFS) {
    return {ProblemKind::unavailable,
            "The data folder cannot be written to: nothing was changed. Check who owns it and try again.",
            {}};
  }
  return {ProblemKind::unavailable,
          std::string("The data folder cannot be written to (") + std::strerror(error) + "): nothing was changed.",
          {}};
}

void sync_folder(const std::string& folder) {
  const int descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

DurableFile::DurableFile(std::string path, unsigned mode, std::string aside)
    : path_(std::move(path)), aside_(std::move(aside)), mode_(mode) {
  // The folder is there nearly always: it is made when it turns out not to be.
  const bool named = !aside_.empty();
  open(named);
  if (error_ != ENOENT) return;
  std::error_code ignored;
  std::filesystem::create_directories(folder_of(path_), ignored);
  open(named);
}

void DurableFile::open(bool named) {
  error_ = 0;
  for (;;) {
    if (!named) aside_ = path_ + "." + random_token().substr(0, 12) + ".part";
    descriptor_ = ::open(aside_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode_ | S_IWUSR);
    if (descriptor_ < 0) {
      error_ = errno;
      return;
    }
    // Who clears away may have taken it between the two calls for one that was left.
    struct stat status {};
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0 && ::fstat(descriptor_, &status) == 0 && status.st_nlink > 0)
      return;
    ::close(descriptor_);
  }
}

DurableFile::~DurableFile() {
  if (descriptor_ >= 0) {
    ::unlink(aside_.c_str());
    ::close(descriptor_);
  }
}

void DurableFile::write(std::string_view bytes) {
  if (error_ != 0) return;
  if (bytes.size() < kBuffer / 4) {
    buffer_ += bytes;
    if (buffer_.size() >= kBuffer) flush();
    return;
  }
  flush();
  put(bytes);
}

void DurableFile::flush() {
  put(buffer_);
  buffer_.clear();
}

void DurableFile::put(std::string_view bytes) {
  while (error_ == 0 && !bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      error_ = errno;
    }
  }
}

Status DurableFile::finish(const std::string& path, bool synced) {
  if (error_ == 0) flush();
  if (error_ == 0 && synced && ::fsync(descriptor_) != 0) error_ = errno;
  if (error_ == 0 && (mode_ & S_IWUSR) == 0 && ::fchmod(descriptor_, mode_) != 0) error_ = errno;
  if (error_ == 0 && ::rename(aside_.c_str(), path.c_str()) != 0) error_ = errno;
  if (error_ != 0) return tl::unexpected<Problem>(file_problem(error_));
  ::close(descriptor_);
  descriptor_ = -1;
  if (synced) sync_folder(folder_of(path));
  return {};
}

Status DurableFile::settle() {
  if (error_ == 0) flush();
  if (error_ == 0 && ::fsync(descriptor_) != 0) error_ = errno;
  if (error_ != 0) return tl::unexpected<Problem>(file_problem(error_));
  return {};
}

Status DurableFile::commit_new() {
  if (const Status settled = settle(); !settled) return settled;
  // link() and not rename(): it never replaces a file that has appeared meanwhile. Some file systems have no links.
  if (::link(aside_.c_str(), path_.c_str()) != 0) {
    if (errno == EEXIST) return conflict(tr("There is a file of that name already."));
    return finish(path_, true);
  }
  ::unlink(aside_.c_str());
  ::close(descriptor_);
  descriptor_ = -1;
  sync_folder(folder_of(path_));
  return {};
}

Status DurableFile::commit() { return finish(path_, true); }

Status DurableFile::commit_at(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(folder_of(path), error);
  if (error) return tl::unexpected<Problem>(file_problem(error.value()));
  return finish(path, true);
}

Status DurableFile::commit_unsynced() { return finish(path_, false); }

void remove_leftovers(const std::string& folder, Depth depth) {
  std::error_code error;
  if (depth == Depth::folder_only) {
    remove_in(std::filesystem::directory_iterator(folder, error), error);
  } else {
    remove_in(std::filesystem::recursive_directory_iterator(folder, error), error);
  }
}

}  // namespace tithing
