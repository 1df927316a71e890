#include "app/archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>

#include "base/hash.h"
#include "base/text.h"
#include "base/translation.h"

namespace tithing::app {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFormat1 = "tithing backup 1";
constexpr std::string_view kFormat2 = "tithing backup 2";
constexpr const char* kManifest = "manifest.txt";
constexpr std::size_t kPiece = 1 << 20;
constexpr std::size_t kLargestManifest = 256 * kPiece;
constexpr std::size_t kSum = 64;

struct WriterDeleter {
  void operator()(archive* a) const { archive_write_free(a); }
};
struct ReaderDeleter {
  void operator()(archive* a) const { archive_read_free(a); }
};
struct EntryDeleter {
  void operator()(archive_entry* e) const { archive_entry_free(e); }
};
using Writer = std::unique_ptr<archive, WriterDeleter>;
using Reader = std::unique_ptr<archive, ReaderDeleter>;

// A full disk is told when the file is finished.
la_ssize_t put(archive*, void* file, const void* bytes, std::size_t size) {
  static_cast<DurableFile*>(file)->write({static_cast<const char*>(bytes), size});
  return static_cast<la_ssize_t>(size);
}

bool begin(archive* out, const std::string& name, std::uintmax_t size) {
  const std::unique_ptr<archive_entry, EntryDeleter> entry(archive_entry_new());
  archive_entry_set_pathname(entry.get(), name.c_str());
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(size));
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), 0600);
  return archive_write_header(out, entry.get()) == ARCHIVE_OK;
}

bool add(archive* out, const std::string& name, const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::error_code error;
  const auto size = fs::file_size(path, error);
  bool written = file && !error && begin(out, name, size);
  std::string buffer(kPiece, '\0');
  while (written && file.read(buffer.data(), static_cast<std::streamsize>(buffer.size())).gcount() > 0)
    written = archive_write_data(out, buffer.data(), static_cast<std::size_t>(file.gcount())) == file.gcount();
  return written && !file.bad();
}

// A name never leads out of the data folder: only the kept folders and the store are taken.
bool is_kept(const std::string& name) {
  return name == "store.sqlite" || name == "store.postgresql" ||
         ((name.starts_with("originals/") || name.starts_with("evidence/")) && name.find("..") == std::string::npos);
}

std::optional<Manifest> manifest_of(const std::string& text) {
  Manifest manifest;
  std::istringstream in(text);
  std::string line;
  std::getline(in, line);
  if (line != kFormat1 && line != kFormat2) return std::nullopt;
  const bool has_head = line == kFormat2;
  while (std::getline(in, line)) {
    const std::vector<std::string> words = split(line, ' ');
    if (has_head && manifest.files.empty() && words[0] == "made" && words.size() == 2) {
      manifest.made = words[1];
    } else if (has_head && manifest.files.empty() && words[0] == "engine" && words.size() == 2) {
      manifest.engine = words[1] == "postgresql" ? db::Engine::postgresql : db::Engine::sqlite;
    } else if (has_head && manifest.files.empty() && words[0] == "audit" && words.size() == 4) {
      manifest.audit = db::AuditEnd{std::atoll(words[1].c_str()), words[2], words[3]};
    } else {
      if (line.size() < kSum + 3 || line.substr(kSum, 2) != "  ") return std::nullopt;
      const std::string name = line.substr(kSum + 2);
      if (!is_kept(name)) return std::nullopt;
      manifest.files[name] = line.substr(0, kSum);
    }
  }
  if (manifest.files.count(manifest.store()) == 0) return std::nullopt;
  return manifest;
}

}  // namespace

std::string Manifest::text() const {
  std::string out = std::string(kFormat2) + "\nmade " + made + "\nengine " +
                    (engine == db::Engine::sqlite ? "sqlite" : "postgresql") + "\n";
  if (audit) out += "audit " + std::to_string(audit->number) + " " + audit->hash + " " + audit->at + "\n";
  for (const auto& [name, sum] : files) out += sum + "  " + name + "\n";
  return out;
}

Status write_archive(DurableFile& out, const Manifest& manifest, const std::map<std::string, std::string>& from) {
  const Writer writer(archive_write_new());
  archive_write_add_filter_gzip(writer.get());
  archive_write_set_options(writer.get(), "gzip:compression-level=1");
  archive_write_set_format_pax_restricted(writer.get());
  const std::string text = manifest.text();
  bool written = archive_write_open(writer.get(), &out, nullptr, put, nullptr) == ARCHIVE_OK &&
                 begin(writer.get(), kManifest, text.size()) &&
                 archive_write_data(writer.get(), text.data(), text.size()) == static_cast<la_ssize_t>(text.size());
  for (auto at = manifest.files.begin(); written && at != manifest.files.end(); ++at)
    written = add(writer.get(), at->first, from.at(at->first));
  if (written && archive_write_close(writer.get()) == ARCHIVE_OK) return {};
  const char* why = archive_error_string(writer.get());
  return unavailable(why == nullptr ? tr("The backup cannot be written: a file cannot be read.")
                                    : tr("The backup cannot be written: {0}.", {why}));
}

Result<Manifest> read_archive(const std::string& path, db::FunctionRef<std::string(const std::string&)> place) {
  if (!fs::exists(path)) return not_found(tr("There is no file {0}. Check the path.", {path}));
  const Problem broken{
      ProblemKind::invalid,
      "The file " + path + " is not a whole backup: it is of another kind, cut short or changed. Nothing was restored.",
      {}};
  const Reader in(archive_read_new());
  archive_read_support_filter_gzip(in.get());
  archive_read_support_format_tar(in.get());
  if (archive_read_open_filename(in.get(), path.c_str(), kPiece) != ARCHIVE_OK) return tl::unexpected(broken);
  std::optional<Manifest> manifest;
  std::size_t found = 0;
  archive_entry* entry = nullptr;
  std::string buffer(kPiece, '\0');
  int state = ARCHIVE_OK;
  while ((state = archive_read_next_header(in.get(), &entry)) == ARCHIVE_OK) {
    const std::string name = archive_entry_pathname(entry) == nullptr ? "" : archive_entry_pathname(entry);
    if (manifest ? manifest->files.count(name) == 0 : name != kManifest) return tl::unexpected(broken);
    const std::string to = manifest ? place(name) : std::string();
    std::ofstream file;
    if (!to.empty()) {
      std::error_code ignored;
      fs::create_directories(fs::path(to).parent_path(), ignored);
      // For its owner only before there is a byte in it; an original is never written to again.
      std::ofstream(to, std::ios::binary).close();
      fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write, ignored);
      file.open(to, std::ios::binary);
    }
    Sha256 hash;
    std::string text;
    la_ssize_t count = 0;
    while ((count = archive_read_data(in.get(), buffer.data(), buffer.size())) > 0) {
      const std::string_view piece(buffer.data(), static_cast<std::size_t>(count));
      hash.add(piece);
      if (!to.empty()) file.write(buffer.data(), count);
      if (!manifest) text += piece;
      if (text.size() > kLargestManifest) return tl::unexpected(broken);
    }
    if (count < 0) return tl::unexpected(broken);
    if (!to.empty()) {
      file.close();
      std::error_code ignored;
      if (name.starts_with("originals/")) fs::permissions(to, fs::perms::owner_read, ignored);
      if (!file)
        return unavailable(tr("There is no room to unpack the backup in the data folder. Nothing was restored."));
    }
    if (!manifest) {
      manifest = manifest_of(text);
      if (!manifest) return tl::unexpected(broken);
    } else {
      if (hash.finish() != manifest->files[name]) return tl::unexpected(broken);
      ++found;
    }
  }
  if (state != ARCHIVE_EOF || !manifest || found != manifest->files.size()) return tl::unexpected(broken);
  return *manifest;
}

}  // namespace tithing::app
