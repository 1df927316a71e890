#include "slices/pots/folder_files.h"

#include <sys/stat.h>

#include <cstdint>
#include <cstdio>

#include "base/text.h"

namespace tithing::pots {

Result<std::string> read_file(const std::string& path, std::size_t limit) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return not_found("There is no file " + path + ".");
  if (!S_ISREG(info.st_mode)) return invalid(path + " is not a file.");
  if (static_cast<std::uint64_t>(info.st_size) > limit)
    return invalid(path + " is larger than " + grouped(static_cast<std::int64_t>(limit)) + " bytes.");
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return invalid("The file " + path + " cannot be read.");
  std::string out(static_cast<std::size_t>(info.st_size), '\0');
  out.resize(std::fread(out.data(), 1, out.size(), file));
  const bool broken = std::ferror(file) != 0;
  std::fclose(file);
  if (broken) return invalid("The file " + path + " cannot be read.");
  return out;
}

Result<std::string> FolderFiles::read(const std::string& name) const {
  if (name.empty() || name.front() == '/' || name.find("..") != std::string::npos)
    return invalid("Name a file that lies beside the scheme or in a folder below it.");
  return read_file(folder_.empty() ? name : folder_ + "/" + name);
}

}  // namespace tithing::pots
