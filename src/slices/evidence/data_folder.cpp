#include "slices/evidence/data_folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <set>
#include <system_error>

#include "base/translation.h"
#include "disk/durable_file.h"

namespace tithing::evidence {

namespace {
// Journals are read by processes that stand elsewhere.
std::string absolute(const std::string& folder) {
  std::error_code error;
  const std::filesystem::path path = std::filesystem::absolute(folder, error);
  return error ? folder : path.lexically_normal().string();
}
}  // namespace

DataFolder::DataFolder(std::string data_folder)
    : folder_(absolute(data_folder) + "/evidence"), originals_(absolute(data_folder)) {}

std::string DataFolder::segment_path(const std::string& sha256) const {
  return folder_ + "/segments/" + sha256.substr(0, 2) + "/" + sha256;
}
std::string DataFolder::points_path(const std::string& name) const {
  return folder_ + "/points/" + name.substr(0, 2) + "/" + name;
}
std::string DataFolder::population_path(const std::string& sha256) const {
  return folder_ + "/population/" + sha256 + ".2";
}
std::string DataFolder::cube_path(const std::string& version) const { return folder_ + "/cube-" + version + ".2"; }

void DataFolder::remove_other_cubes(const std::string& version) const {
  std::error_code error;
  const std::string wanted = std::filesystem::path(cube_path(version)).filename().string();
  for (std::filesystem::directory_iterator it(folder_, error), end; !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename().string();
    std::error_code ignored;
    if (name.starts_with("cube-") && !name.ends_with(".part") && name != wanted)
      std::filesystem::remove(it->path(), ignored);
  }
}

Result<std::unique_ptr<ImportLock>> ImportLock::take(const DataFolder& data) {
  std::error_code error;
  std::filesystem::create_directories(data.folder(), error);
  if (error) return tl::unexpected<Problem>(file_problem(error.value()));
  int trouble = 0;
  auto lock = FileLock::take(data.folder() + "/import.lock", &trouble);
  if (trouble != 0) return tl::unexpected<Problem>(file_problem(trouble));
  if (!lock) return unavailable(tr("Another import is under way. Wait until it has finished and try again."));
  return std::unique_ptr<ImportLock>(new ImportLock(std::move(*lock)));
}

struct Journal::State {
  std::mutex mutex;
  std::string path;
  int descriptor = -1;
  std::set<std::string> made;
};

Journal::Journal(const DataFolder& data) : state_(std::make_unique<State>()) {
  state_->path = data.folder() + "/" + std::to_string(::getpid()) + ".journal";
}

Status Journal::about_to_make(const std::string& path) {
  const std::lock_guard lock(state_->mutex);
  if (state_->made.count(path) > 0 || ::access(path.c_str(), F_OK) == 0) return {};
  if (state_->descriptor < 0) {
    state_->descriptor = ::open(state_->path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (state_->descriptor < 0) return tl::unexpected<Problem>(file_problem(errno));
  }
  const std::string line = path + "\n";
  if (::write(state_->descriptor, line.data(), line.size()) != static_cast<ssize_t>(line.size())) {
    return tl::unexpected<Problem>(file_problem(errno == 0 ? ENOSPC : errno));
  }
  state_->made.insert(path);
  return {};
}

void Journal::finish() {
  const std::lock_guard lock(state_->mutex);
  state_->made.clear();
}

void Journal::keep_only(const std::set<std::string>& wanted) {
  const std::lock_guard lock(state_->mutex);
  std::erase_if(state_->made, [&](const std::string& path) { return wanted.count(path) > 0; });
}

Journal::~Journal() {
  for (const std::string& path : state_->made) ::unlink(path.c_str());
  if (state_->descriptor >= 0) {
    ::close(state_->descriptor);
    ::unlink(state_->path.c_str());
  }
}

void recover(const DataFolder& data, const std::function<bool(const std::string&)>& wanted) {
  data.originals().remove_leftovers();
  remove_leftovers(data.folder());
  std::error_code error;
  for (std::filesystem::directory_iterator it(data.folder(), error), end; !error && it != end; it.increment(error)) {
    if (it->path().extension() != ".journal") continue;
    std::ifstream in(it->path());
    for (std::string line; std::getline(in, line);) {
      // A line that was cut off names no file that exists, or one that the store knows.
      if (!line.empty() && !wanted(line)) ::unlink(line.c_str());
    }
    std::error_code ignored;
    std::filesystem::remove(it->path(), ignored);
  }
}

}  // namespace tithing::evidence
