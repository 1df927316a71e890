#include "http/spool.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <ctime>
#include <utility>

#include "base/translation.h"

namespace tithing::http {
namespace {
constexpr std::string_view kPrefix = "tithing-spool-";
constexpr std::time_t kForgottenSeconds = 24 * 60 * 60;
}  // namespace

std::string spool_directory_or_default(const std::string& directory) {
  if (!directory.empty()) return directory;
  const char* configured = std::getenv("TMPDIR");
  return configured != nullptr && *configured != '\0' ? configured : "/tmp";
}

Status prepare_spool_directory(const std::string& directory) {
  const std::string where = spool_directory_or_default(directory);
  SpoolFile probe;
  if (probe.open(where) != 0)
    return problem(ProblemKind::unavailable,
                   tr("Uploads cannot be stored in {0}: make it a directory that this program may write to.", {where}));
  DIR* entries = ::opendir(where.c_str());
  if (entries == nullptr) return {};
  const std::time_t now = std::time(nullptr);
  while (const dirent* entry = ::readdir(entries)) {
    if (!std::string_view(entry->d_name).starts_with(kPrefix)) continue;
    const std::string path = where + "/" + entry->d_name;
    struct stat about {};
    if (::lstat(path.c_str(), &about) == 0 && S_ISREG(about.st_mode) && about.st_uid == ::geteuid() &&
        now - about.st_mtime > kForgottenSeconds)
      ::unlink(path.c_str());
  }
  ::closedir(entries);
  return {};
}

SpoolFile::~SpoolFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!path_.empty()) ::unlink(path_.c_str());
}

SpoolFile::SpoolFile(SpoolFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), path_(std::exchange(other.path_, {})) {}

SpoolFile& SpoolFile::operator=(SpoolFile&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(path_, other.path_);
  return *this;
}

int SpoolFile::open(const std::string& directory) {
  std::string path = spool_directory_or_default(directory) + "/" + std::string(kPrefix) + "XXXXXX";
  descriptor_ = ::mkostemp(path.data(), O_CLOEXEC);  // mode 0600
  if (descriptor_ < 0) return errno;
  path_ = std::move(path);
  return 0;
}

int SpoolFile::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(descriptor_, bytes.data(), bytes.size());
    if (n < 0) {
      if (errno == EINTR) continue;
      return errno;
    }
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return 0;
}

int SpoolFile::finish() {
  const int closed = descriptor_ >= 0 ? ::close(std::exchange(descriptor_, -1)) : 0;
  return closed == 0 ? 0 : errno;
}

std::string SpoolFile::release() {
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
  return std::exchange(path_, {});
}

}  // namespace tithing::http
