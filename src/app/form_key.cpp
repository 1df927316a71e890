#include "app/form_key.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/random.h"

namespace tithing::app {

Result<Secret> form_key(const std::string& data_folder) {
  const std::string path = data_folder + "/form-key";
  // O_EXCL: of two processes that start together one makes the key and both read it.
  const int made = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (made >= 0) {
    const std::string token = random_token();
    const bool written = ::write(made, token.data(), token.size()) == static_cast<ssize_t>(token.size()) && ::fsync(made) == 0;
    ::close(made);
    if (!written) {
      ::unlink(path.c_str());
      return unavailable("The file form-key cannot be written in the data folder. Is the disk full?");
    }
  }
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return unavailable("The file form-key in the data folder cannot be read. Check who owns it.");
  char buffer[128];
  const ssize_t count = ::read(file, buffer, sizeof buffer);
  ::close(file);
  if (count < 40) return unavailable("The file form-key in the data folder is damaged. Delete it; a new one is made at the next start.");
  return Secret(std::string(buffer, static_cast<std::size_t>(count)));
}

}  // namespace tithing::app
