#include "slices/evidence/durable_file.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "base/text.h"

namespace tithing::evidence {

namespace {
constexpr std::size_t kBuffer = 1024 * 1024;
std::atomic<unsigned> next_number{0};
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

DurableFile::DurableFile(std::string path) : path_(std::move(path)) {
  std::error_code ignored;
  std::filesystem::create_directories(std::filesystem::path(path_).parent_path(), ignored);
  aside_ = path_ + "." + std::to_string(::getpid()) + "-" + std::to_string(next_number++) + ".part";
  descriptor_ = ::open(aside_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (descriptor_ < 0) error_ = errno;
}

DurableFile::~DurableFile() {
  if (descriptor_ >= 0) {
    ::close(descriptor_);
    ::unlink(aside_.c_str());
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
  while (error_ == 0 && !bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      error_ = errno;
    }
  }
}

void DurableFile::flush() {
  std::string_view bytes = buffer_;
  while (error_ == 0 && !bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      error_ = errno;
    }
  }
  buffer_.clear();
}

Status DurableFile::commit() {
  flush();
  if (error_ == 0 && ::fsync(descriptor_) != 0) error_ = errno;
  if (error_ == 0 && ::rename(aside_.c_str(), path_.c_str()) != 0) error_ = errno;
  if (error_ != 0) return tl::unexpected<Problem>(file_problem(error_));
  ::close(descriptor_);
  descriptor_ = -1;
  const std::string folder = std::filesystem::path(path_).parent_path().string();
  const int folder_descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder_descriptor >= 0) {
    ::fsync(folder_descriptor);
    ::close(folder_descriptor);
  }
  return {};
}

void remove_leftovers(const std::string& folder) {
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename().string();
    if (!name.ends_with(".part")) continue;
    // "<name>.<process>-<number>.part": the process may still be at work.
    const std::size_t dash = name.rfind('-');
    const std::size_t dot = dash == std::string::npos ? std::string::npos : name.rfind('.', dash);
    const long process = dot == std::string::npos ? 0 : std::strtol(name.c_str() + dot + 1, nullptr, 10);
    if (process > 0 && process != ::getpid() && ::kill(static_cast<pid_t>(process), 0) == 0) continue;
    std::error_code ignored;
    std::filesystem::remove(it->path(), ignored);
  }
}

}  // namespace tithing::evidence
