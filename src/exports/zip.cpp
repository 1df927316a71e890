#include "exports/zip.h"

#include <archive.h>
#include <archive_entry.h>

#include <memory>
#include <stdexcept>

namespace tithing::exports {
namespace {

struct Free {
  void operator()(archive* a) const { archive_write_free(a); }
  void operator()(archive_entry* e) const { archive_entry_free(e); }
};

la_ssize_t append(archive*, void* to, const void* bytes, std::size_t size) {
  static_cast<std::string*>(to)->append(static_cast<const char*>(bytes), size);
  return static_cast<la_ssize_t>(size);
}

void require(bool done, archive* writer) {
  const char* why = archive_error_string(writer);
  if (!done)
    throw std::runtime_error(std::string("a zip archive could not be written: ") +
                             (why == nullptr ? "no reason given" : why));
}

}  // namespace

std::string zipped(const std::vector<std::pair<std::string, std::string>>& members) {
  std::string out;
  const std::unique_ptr<archive, Free> writer(archive_write_new());
  require(archive_write_set_format_zip(writer.get()) == ARCHIVE_OK, writer.get());
  require(archive_write_set_options(writer.get(), "zip:compression=deflate") == ARCHIVE_OK, writer.get());
  archive_write_set_bytes_in_last_block(writer.get(), 1);  // no padding after the end
  require(archive_write_open(writer.get(), &out, nullptr, append, nullptr) == ARCHIVE_OK, writer.get());
  for (const auto& [name, bytes] : members) {
    // No time is set: the library then writes the first day that the format has.
    const std::unique_ptr<archive_entry, Free> entry(archive_entry_new());
    archive_entry_set_pathname(entry.get(), name.c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(bytes.size()));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    require(archive_write_header(writer.get(), entry.get()) == ARCHIVE_OK, writer.get());
    require(archive_write_data(writer.get(), bytes.data(), bytes.size()) == static_cast<la_ssize_t>(bytes.size()),
            writer.get());
  }
  require(archive_write_close(writer.get()) == ARCHIVE_OK, writer.get());
  return out;
}

}  // namespace tithing::exports
