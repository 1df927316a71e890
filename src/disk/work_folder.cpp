#include "disk/work_folder.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "disk/durable_file.h"

namespace tithing {
namespace {

namespace fs = std::filesystem;

// Beside the folder and made before it, so that there is never a folder that nobody can tell from a stranger's.
constexpr const char* kLock = ".tithing-work.lock";
constexpr const char* kOutside = "/.tithing-outside";  // a path a line

}  // namespace

Result<WorkFolder> WorkFolder::make(const std::string& parent, const std::string& name) {
  std::error_code error;
  if (!parent.empty()) fs::create_directories(parent, error);
  for (;;) {
    const std::string path = (parent.empty() ? "." : parent) + "/" + name + "-" + random_token().substr(0, 16);
    int trouble = 0;
    auto lock = FileLock::take(path + kLock, &trouble);
    if (!lock && trouble == 0) continue;  // who clears away holds it for a moment
    if (!lock) return tl::unexpected<Problem>(file_problem(trouble));
    if (::mkdir(path.c_str(), 0700) == 0) return WorkFolder(path, std::move(*lock));
    trouble = errno;
    ::unlink((path + kLock).c_str());
    return tl::unexpected<Problem>(file_problem(trouble));
  }
}

WorkFolder::~WorkFolder() {
  if (!lock_ || path_.empty()) return;
  std::error_code ignored;
  fs::remove_all(path_, ignored);
  ::unlink((path_ + kLock).c_str());
}

Status WorkFolder::note_outside(const std::string& path) const {
  std::error_code error;
  std::ofstream out(path_ + kOutside, std::ios::app);
  out << fs::absolute(path, error).string() << "\n";
  out.close();
  if (!out) return tl::unexpected<Problem>(file_problem(ENOSPC));
  return {};
}

Status WorkFolder::become(const std::string& path) {
  ::unlink((path_ + kOutside).c_str());
  sync_folder(path_);
  if (::rename(path_.c_str(), path.c_str()) != 0) return tl::unexpected<Problem>(file_problem(errno));
  sync_folder(fs::path(path).parent_path().string());
  ::unlink((path_ + kLock).c_str());
  path_.clear();
  return {};
}

void clear_left_work(const std::string& parent) {
  std::error_code error;
  std::vector<std::string> folders;
  for (fs::directory_iterator at(parent.empty() ? "." : parent, error), end; !error && at != end; at.increment(error)) {
    const std::string path = at->path().string();
    if (path.ends_with(kLock)) folders.push_back(path.substr(0, path.size() - std::string_view(kLock).size()));
  }
  for (const std::string& folder : folders) {
    const auto mine = FileLock::take(folder + kLock);
    if (!mine) continue;  // at work
    std::ifstream outside(folder + kOutside);
    for (std::string path; std::getline(outside, path);) {
      std::error_code ignored;
      if (!fs::is_regular_file(path, ignored)) continue;
      if (const auto free = FileLock::take(path)) ::unlink(path.c_str());
    }
    fs::remove_all(folder, error);
    ::unlink((folder + kLock).c_str());
  }
}

}  // namespace tithing
