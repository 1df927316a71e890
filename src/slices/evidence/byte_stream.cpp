#include "slices/evidence/byte_stream.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

#include "base/translation.h"

namespace tithing::evidence {

Result<std::size_t> TextStream::read(char* into, std::size_t size) {
  const std::size_t count = std::min({size, step_, text_.size()});
  std::memcpy(into, text_.data(), count);
  text_.remove_prefix(count);
  return count;
}

Result<std::size_t> HashingStream::read(char* into, std::size_t size) {
  Result<std::size_t> count = inner_.read(into, size);
  if (count) {
    hash_.add({into, *count});
    bytes_ += static_cast<std::int64_t>(*count);
  }
  return count;
}

Status HashingStream::drain() {
  std::vector<char> buffer(128 * 1024);
  for (;;) {
    const Result<std::size_t> count = read(buffer.data(), buffer.size());
    if (!count) return pass_on(count);
    if (*count == 0) return {};
  }
}

namespace {

class FileStream : public ByteStream {
 public:
  FileStream(int descriptor, std::string path) : descriptor_(descriptor), path_(std::move(path)) {}
  ~FileStream() override { ::close(descriptor_); }
  FileStream(const FileStream&) = delete;
  FileStream& operator=(const FileStream&) = delete;
  Result<std::size_t> read(char* into, std::size_t size) override {
    for (;;) {
      const ssize_t count = ::read(descriptor_, into, size);
      if (count >= 0) return static_cast<std::size_t>(count);
      if (errno != EINTR) return unavailable(tr("{0} cannot be read: {1}.", {path_, std::strerror(errno)}));
    }
  }

 private:
  int descriptor_;
  std::string path_;
};

}  // namespace

Result<std::unique_ptr<ByteStream>> open_file(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    if (errno == ENOENT || errno == ENOTDIR)
      return invalid(tr("There is no file {0}. Check the path and try again.", {path}));
    return invalid(tr("{0} cannot be opened: {1}.", {path, std::strerror(errno)}));
  }
  struct stat status {};
  if (::fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode)) {
    ::close(descriptor);
    return invalid(tr("{0} is a folder, not a file.", {path}));
  }
  return std::make_unique<FileStream>(descriptor, path);
}

}  // namespace tithing::evidence
