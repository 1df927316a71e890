#include "slices/register/files.h"

#include <archive.h>
#include <archive_entry.h>
#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <memory>

#include "base/memory_budget.h"
#include "base/text.h"
#include "base/translation.h"

namespace tithing::register_ {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kStart = 64 * 1024;
constexpr std::size_t kLargest = kGeographyMemory / 4;  // it grows by doubling, and its tree takes more

struct Visit {
  db::FunctionRef<bool(const std::string&, std::string_view, bool)> wanted;
  db::FunctionRef<Status(GivenFile&&)> take;
};

std::string extension(const std::string& name) { return lowered(fs::path(name).extension().string()); }

tl::unexpected<Problem> too_large(const std::string& name) {
  return invalid(
      tr("{0} is larger than 256 MiB unpacked. Give the generalised boundaries (BGC or BSC), or split "
         "the file; nothing was imported.",
         {name}));
}

Status plain(const std::string& path, bool named, Visit& visit) {
  std::ifstream in(path, std::ios::binary);
  const std::string name = fs::path(path).filename().string();
  if (!in) return invalid(tr("{0} cannot be opened. Check that this program may read it.", {name}));
  GivenFile file;
  file.name = name;
  file.path = path;
  file.named = named;
  file.bytes.resize(kStart);
  in.read(file.bytes.data(), static_cast<std::streamsize>(kStart));
  file.bytes.resize(static_cast<std::size_t>(in.gcount()));
  if (!visit.wanted(name, file.bytes, named)) return {};
  std::error_code error;
  const auto size = fs::file_size(path, error);
  if (!error && size > kLargest) return too_large(name);
  std::array<char, 1 << 16> buffer{};
  while (in) {
    in.read(buffer.data(), buffer.size());
    file.bytes.append(buffer.data(), static_cast<std::size_t>(in.gcount()));
    if (file.bytes.size() > kLargest) return too_large(name);
  }
  if (in.bad()) return invalid(tr("{0} could not be read to its end.", {name}));
  return visit.take(std::move(file));
}

Status packed(const std::string& path, bool named, bool gzip, Visit& visit) {
  const std::string archive_name = fs::path(path).filename().string();
  std::unique_ptr<archive, int (*)(archive*)> reader(archive_read_new(), archive_read_free);
  if (gzip) {
    archive_read_support_filter_gzip(reader.get());
    archive_read_support_format_raw(reader.get());
  } else {
    archive_read_support_format_zip(reader.get());
  }
  const auto damaged = [&](const std::string& member) {
    const char* why = archive_error_string(reader.get());
    return invalid(archive_name + (member.empty() ? "" : " (" + member + ")") + " is damaged or cut off" +
                   (why ? std::string(": ") + to_valid_utf8(why) : std::string()) +
                   ". Fetch it again; nothing was imported.");
  };
  if (archive_read_open_filename(reader.get(), path.c_str(), 1 << 16) != ARCHIVE_OK) return damaged({});
  for (;;) {
    archive_entry* entry = nullptr;
    const int header = archive_read_next_header(reader.get(), &entry);
    if (header == ARCHIVE_EOF) return {};
    if (header != ARCHIVE_OK && header != ARCHIVE_WARN) return damaged({});
    const char* raw_name = archive_entry_pathname(entry);
    GivenFile file;
    file.name = gzip ? archive_name.substr(0, archive_name.size() - 3) : to_valid_utf8(raw_name ? raw_name : "");
    file.path = path;
    file.archive_name = archive_name;
    file.named = named && gzip;
    if (!gzip && archive_entry_filetype(entry) != AE_IFREG) continue;
    std::array<char, 1 << 16> buffer{};
    bool asked = false;
    bool take = true;
    for (;;) {
      const la_ssize_t got = archive_read_data(reader.get(), buffer.data(), buffer.size());
      if (got < 0) return damaged(gzip ? "" : file.name);
      file.bytes.append(buffer.data(), static_cast<std::size_t>(got));
      if (!asked && (got == 0 || file.bytes.size() >= kStart)) {
        asked = true;
        take = visit.wanted(file.name, std::string_view(file.bytes).substr(0, kStart), file.named);
        if (!take) break;
      }
      if (got == 0) break;
      if (file.bytes.size() > kLargest) return too_large(file.name);
    }
    if (!take) continue;
    if (auto done = visit.take(std::move(file)); !done) return done;
  }
}

Status one(const std::string& path, bool named, Visit& visit) {
  const std::string kind = extension(path);
  if (kind == ".zip") return packed(path, named, false, visit);
  if (kind == ".gz") return packed(path, named, true, visit);
  return plain(path, named, visit);
}

}  // namespace

Status each_file(const std::vector<std::string>& paths,
                 db::FunctionRef<bool(const std::string&, std::string_view, bool)> wanted,
                 db::FunctionRef<Status(GivenFile&&)> take) {
  Visit visit{wanted, take};
  for (const std::string& path : paths) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (error || !fs::exists(status)) return not_found(tr("There is no file or folder {0}.", {to_valid_utf8(path)}));
    if (!fs::is_directory(status)) {
      if (!fs::is_regular_file(status))
        return invalid(tr("{0} is neither a file nor a folder.", {to_valid_utf8(path)}));
      if (auto done = one(path, true, visit); !done) return done;
      continue;
    }
    std::vector<std::string> found;
    for (auto it = fs::recursive_directory_iterator(path, fs::directory_options::skip_permission_denied, error);
         !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
      const std::string name = it->path().filename().string();
      if (!name.empty() && name.front() == '.') {
        if (it->is_directory(error)) it.disable_recursion_pending();
        continue;
      }
      if (it->is_regular_file(error)) found.push_back(it->path().string());
    }
    if (error) return invalid(tr("The folder {0} cannot be read.", {to_valid_utf8(path)}));
    if (found.empty()) return invalid(tr("The folder {0} holds no file.", {to_valid_utf8(path)}));
    std::sort(found.begin(), found.end());
    for (const std::string& file : found)
      if (auto done = one(file, false, visit); !done) return done;
  }
  return {};
}

}  // namespace tithing::register_
