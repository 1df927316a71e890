#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <vector>

#include "base/hash.h"
#include "base/translation.h"
#include "disk/durable_file.h"
#include "slices/sources/sources.h"

namespace tithing::sources {

namespace {

constexpr unsigned kReadOnly = 0444;

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
  // Copied and checksummed in one pass: the name is known only at the end.
  DurableFile aside(folder_ + "/originals/incoming", kReadOnly);
  Sha256 hash;
  std::vector<char> buffer(1024 * 1024);
  for (;;) {
    const ssize_t count = ::read(from, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return invalid(tr("{0} cannot be read: {1}.", {path, std::strerror(errno)}));
    if (count == 0) break;
    const std::string_view piece(buffer.data(), static_cast<std::size_t>(count));
    hash.add(piece);
    aside.write(piece);
  }
  const std::string sha256 = hash.finish();
  if (has(sha256)) return sha256;
  if (const Status kept = aside.commit_at(path_of(sha256)); !kept) return pass_on(kept);
  return sha256;
}

Result<std::string> OriginalStore::keep_bytes(const std::string& bytes) const {
  const std::string name = tithing::sha256(bytes);
  if (has(name)) return name;
  DurableFile aside(folder_ + "/originals/incoming", kReadOnly);
  aside.write(bytes);
  if (const Status kept = aside.commit_at(path_of(name)); !kept) return pass_on(kept);
  return name;
}

void OriginalStore::remove(const std::string& sha256) const { ::unlink(path_of(sha256).c_str()); }

void OriginalStore::remove_leftovers() const { tithing::remove_leftovers(folder_ + "/originals", Depth::folder_only); }

int OriginalStore::take_in_misplaced() const {
  namespace fs = std::filesystem;
  std::error_code error;
  int taken = 0;
  const std::string wrong = folder_ + "/originals/originals";
  for (fs::recursive_directory_iterator at(wrong, error), end; !error && at != end; at.increment(error)) {
    std::error_code trouble;
    const std::string name = at->path().filename().string();
    if (!at->is_regular_file(trouble) || name.size() != 64) continue;
    // Where there is one of that name already it stays, unless it is damaged and this one is not.
    const auto there = sha256_of_file(path_of(name));
    const auto this_one = sha256_of_file(at->path().string());
    if (there && *there == name) {
      fs::remove(at->path(), trouble);
    } else if (this_one && *this_one == name) {
      fs::create_directories(fs::path(path_of(name)).parent_path(), trouble);
      fs::rename(at->path(), path_of(name), trouble);
      taken += trouble ? 0 : 1;
    }
  }
  // Only what has become empty goes.
  for (fs::directory_iterator at(wrong, error), end; !error && at != end; at.increment(error)) {
    std::error_code not_empty;
    if (at->path().filename().string().size() == 2) fs::remove(at->path(), not_empty);
  }
  fs::remove(wrong, error);
  return taken;
}

}  // namespace tithing::sources
