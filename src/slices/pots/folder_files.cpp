#include "slices/pots/folder_files.h"

#include <sys/stat.h>

#include <cstdint>
#include <cstdio>

#include "base/text.h"
#include "base/translation.h"

namespace tithing::pots {

Result<std::string> read_file(const std::string& path, std::size_t limit) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return not_found(tr("There is no file {0}.", {path}));
  if (!S_ISREG(info.st_mode)) return invalid(tr("{0} is not a file.", {path}));
  if (static_cast<std::uint64_t>(info.st_size) > limit)
    return invalid(tr("{0} is larger than {1} bytes.", {path, grouped(static_cast<std::int64_t>(limit))}));
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return invalid(tr("The file {0} cannot be read.", {path}));
  std::string out(static_cast<std::size_t>(info.st_size), '\0');
  out.resize(std::fread(out.data(), 1, out.size(), file));
  const bool broken = std::ferror(file) != 0;
  std::fclose(file);
  if (broken) return invalid(tr("The file {0} cannot be read.", {path}));
  return out;
}

Result<std::string> FolderFiles::read(const std::string& name) const {
  if (name.empty() || name.front() == '/' || name.find("..") != std::string::npos)
    return invalid(tr("Name a file that lies beside the scheme or in a folder below it."));
  return read_file(folder_.empty() ? name : folder_ + "/" + name);
}

}  // namespace tithing::pots
