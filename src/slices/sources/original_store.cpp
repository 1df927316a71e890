#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <vector>

#include "base/hash.h"
#include "base/translation.h"
#include "slices/sources/sources.h"

namespace tithing::sources {

namespace {

std::atomic<unsigned> next_number{0};

tl::unexpected<Problem> cannot_write(int error) {
  if (error == ENOSPC || error == EDQUOT || error == EFBIG) {
    return unavailable(tr("The disk is full: nothing was changed. Make room in the data folder and try again."));
  }
  return unavailable(
      tr("The data folder cannot be written to ({0}): nothing was changed. Check who owns it and try again.",
         {std::strerror(error)}));
}

void sync_folder(const std::string& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

// A file that is being written under another name; gone again unless it is given its own.
class Aside {
 public:
  explicit Aside(const std::string& folder)
      : path_(folder + "/incoming." + std::to_string(::getpid()) + "-" + std::to_string(next_number++) + ".part"),
        descriptor_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644)) {}
  ~Aside() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!kept_) ::unlink(path_.c_str());
  }
  Aside(const Aside&) = delete;
  Aside& operator=(const Aside&) = delete;
  bool open() const { return descriptor_ >= 0; }
  bool write(const char* bytes, std::size_t size) {
    while (size > 0) {
      const ssize_t written = ::write(descriptor_, bytes, size);
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return false;
      bytes += written;
      size -= static_cast<std::size_t>(written);
    }
    return true;
  }
  bool become(const std::string& path) {
    if (::fsync(descriptor_) != 0 || ::fchmod(descriptor_, 0444) != 0 || ::rename(path_.c_str(), path.c_str()) != 0)
      return false;
    kept_ = true;
    return true;
  }

 private:
  std::string path_;
  int descriptor_;
  bool kept_ = false;
};

}  // namespace

OriginalStore::OriginalStore(std::string folder) : folder_(std::move(folder)) {}

std::string OriginalStore::path_of(const std::string& sha256) const {
  return folder_ + "/originals/" + sha256.substr(0, 2) + "/" + sha256;
}

bool OriginalStore::has(const std::string& sha256) const { return ::access(path_of(sha256).c_str(), R_OK) == 0; }

Result<std::string> OriginalStore::keep(const std::string& path) const {
  const int from = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (from < 0) return invalid(tr("There is no file {0} that can be read. Check the path and try again.", {path}));
  struct Closer {
    int descriptor;
    ~Closer() { ::close(descriptor); }
  } closer{from};
  std::error_code error;
  std::filesystem::create_directories(folder_ + "/originals", error);
  if (error) return cannot_write(error.value());
  Aside aside(folder_ + "/originals");
  if (!aside.open()) return cannot_write(errno);
  // Copied and checksummed in one pass: the name is known only at the end.
  Sha256 hash;
  std::vector<char> buffer(1024 * 1024);
  for (;;) {
    const ssize_t count = ::read(from, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return invalid(tr("{0} cannot be read: {1}.", {path, std::strerror(errno)}));
    if (count == 0) break;
    hash.add({buffer.data(), static_cast<std::size_t>(count)});
    if (!aside.write(buffer.data(), static_cast<std::size_t>(count))) return cannot_write(errno);
  }
  const std::string sha256 = hash.finish();
  if (has(sha256)) return sha256;
  const std::string place = path_of(sha256);
  const std::string place_folder = std::filesystem::path(place).parent_path().string();
  std::filesystem::create_directories(place_folder, error);
  if (error) return cannot_write(error.value());
  if (!aside.become(place)) return cannot_write(errno);
  sync_folder(place_folder);
  return sha256;
}

Result<std::string> OriginalStore::keep_bytes(const std::string& bytes) const {
  const std::string name = tithing::sha256(bytes);
  if (has(name)) return name;
  const std::string place = path_of(name);
  const std::string place_folder = std::filesystem::path(place).parent_path().string();
  std::error_code error;
  std::filesystem::create_directories(place_folder, error);
  if (error) return cannot_write(error.value());
  Aside aside(folder_ + "/originals");
  if (!aside.open() || !aside.write(bytes.data(), bytes.size()) || !aside.become(place)) return cannot_write(errno);
  sync_folder(place_folder);
  return name;
}

void OriginalStore::remove(const std::string& sha256) const { ::unlink(path_of(sha256).c_str()); }

void OriginalStore::remove_leftovers() const {
  std::error_code error;
  for (std::filesystem::directory_iterator it(folder_ + "/originals", error), end; !error && it != end;
       it.increment(error)) {
    const std::string name = it->path().filename().string();
    if (!name.starts_with("incoming.") || !name.ends_with(".part")) continue;
    const long process = std::strtol(name.c_str() + sizeof("incoming.") - 1, nullptr, 10);
    const bool alive =
        process > 0 && process != ::getpid() && (::kill(static_cast<pid_t>(process), 0) == 0 || errno == EPERM);
    if (!alive) ::unlink(it->path().c_str());
  }
}

}  // namespace tithing::sources
