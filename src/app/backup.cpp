#include "app/backup.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>

#include "base/hash.h"
#include "base/random.h"
#include "base/text.h"
#include "base/translation.h"
#include "db/audit.h"
#include "db/migrations.h"

namespace tithing::app {
namespace {

// The operator of the machine needs no permission.
Status told_to_audit(Wiring& wiring, const std::string& action, const std::string& sentence) {
  return commands::act_for_oneself(wiring.doing(Actor::command_line(wiring.permissions)),
                                   [&](db::Transaction&, commands::Note& note) -> Status {
                                     note.says(action, sentence);
                                     return {};
                                   });
}

namespace fs = std::filesystem;

constexpr const char* kFormat = "tithing backup 1";
constexpr std::initializer_list<const char*> kFolders = {"originals", "evidence"};

// A folder that goes when the work ends, however it ends.
class Scratch {
 public:
  explicit Scratch(const std::string& data_folder) : path_(data_folder + "/scratch-" + random_token().substr(0, 12)) {
    fs::create_directories(path_);
  }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  std::string file(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

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

// Kept files by their path within the data folder, sorted. Files being written (".part", ".tmp") are not kept files
// yet.
std::map<std::string, std::string> kept_files(const std::string& data_folder) {
  std::map<std::string, std::string> files;
  for (const char* folder : kFolders) {
    std::error_code error;
    for (fs::recursive_directory_iterator at(data_folder + "/" + folder, error), end; !error && at != end;
         at.increment(error)) {
      const std::string name = at->path().filename().string();
      if (!at->is_regular_file(error) || name.ends_with(".part") || name.ends_with(".tmp") || name.ends_with(".lock"))
        continue;
      files[fs::relative(at->path(), data_folder).string()] = at->path().string();
    }
  }
  return files;
}

Status add(archive* out, const std::string& name, const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::error_code error;
  const auto size = fs::file_size(path, error);
  if (!file || error) return {};  // gone meanwhile: a derived file that was replaced; it can be rebuilt
  const std::unique_ptr<archive_entry, EntryDeleter> entry(archive_entry_new());
  archive_entry_set_pathname(entry.get(), name.c_str());
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(size));
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), 0600);
  bool written = archive_write_header(out, entry.get()) == ARCHIVE_OK;
  std::string buffer(1 << 20, '\0');
  while (written && file.read(buffer.data(), static_cast<std::streamsize>(buffer.size())).gcount() > 0)
    written = archive_write_data(out, buffer.data(), static_cast<std::size_t>(file.gcount())) >= 0;
  if (!written)
    return unavailable(tr("The backup cannot be written: {0}. Is the disk full?", {archive_error_string(out)}));
  return {};
}

}  // namespace

Result<std::string> backup(Wiring& wiring, const std::string& path) {
  if (fs::exists(path))
    return invalid(tr("The file {0} is there already. Give another name, so that no backup is lost.", {path}));
  const Scratch scratch(wiring.data_folder);
  const std::string copy = scratch.file("store.sqlite");
  if (auto copied = wiring.database->copy_to(copy); !copied) return pass_on(copied);
  std::map<std::string, std::string> files = kept_files(wiring.data_folder);
  files["store.sqlite"] = copy;
  std::string manifest = std::string(kFormat) + "\n";
  for (const auto& [name, from] : files)
    if (const auto sum = sha256_of_file(from)) manifest += *sum + "  " + name + "\n";
  const std::string manifest_path = scratch.file("manifest.txt");
  std::ofstream(manifest_path, std::ios::binary) << manifest;

  const std::string part = path + ".part";
  const Writer out(archive_write_new());
  archive_write_add_filter_gzip(out.get());
  archive_write_set_options(out.get(), "gzip:compression-level=1");
  archive_write_set_format_pax_restricted(out.get());
  if (archive_write_open_filename(out.get(), part.c_str()) != ARCHIVE_OK)
    return unavailable(tr("The file {0} cannot be written. Check the folder and your right to write there.", {path}));
  Status written = add(out.get(), "manifest.txt", manifest_path);
  for (auto at = files.begin(); written && at != files.end(); ++at) written = add(out.get(), at->first, at->second);
  if (written && archive_write_close(out.get()) != ARCHIVE_OK)
    written = unavailable(tr("The backup cannot be finished. Is the disk full?"));
  std::error_code error;
  if (written) {
    const int file = ::open(part.c_str(), O_RDONLY | O_CLOEXEC);
    const bool synced = file >= 0 && ::fsync(file) == 0;
    if (file >= 0) ::close(file);
    fs::permissions(part, fs::perms::owner_read | fs::perms::owner_write, error);
    if (synced) fs::rename(part, path, error);
    if (!synced || error) written = unavailable(tr("The backup cannot be put in its place: {0}", {error.message()}));
  }
  if (!written) {
    fs::remove(part, error);
    return pass_on(written);
  }
  const std::string said = "Backed up the store and " +
                           plural(static_cast<std::int64_t>(files.size()) - 1, "kept file", "kept files") + " to " +
                           path + ".";
  if (auto kept = told_to_audit(wiring, "app.backup", said); !kept) return pass_on(kept);
  return said;
}

namespace {

// Reads the archive once into the scratch folder, checking every file against the manifest that comes first.
Result<std::map<std::string, std::string>> unpack(const std::string& path, const Scratch& scratch) {
  const Reader in(archive_read_new());
  archive_read_support_filter_gzip(in.get());
  archive_read_support_format_tar(in.get());
  if (!fs::exists(path)) return not_found(tr("There is no file {0}. Check the path.", {path}));
  const Problem broken{
      ProblemKind::invalid,
      "The file " + path + " is not a whole backup: it is of another kind, cut short or changed. Nothing was restored.",
      {}};
  if (archive_read_open_filename(in.get(), path.c_str(), 1 << 20) != ARCHIVE_OK) return tl::unexpected(broken);
  std::map<std::string, std::string> expected, unpacked;
  archive_entry* entry = nullptr;
  std::string buffer(1 << 20, '\0');
  int number = 0, state = ARCHIVE_OK;
  while ((state = archive_read_next_header(in.get(), &entry)) == ARCHIVE_OK) {
    const std::string name = archive_entry_pathname(entry) == nullptr ? "" : archive_entry_pathname(entry);
    const bool first = number == 0;
    if (first != (name == "manifest.txt") || (!first && !expected.contains(name))) return tl::unexpected(broken);
    const std::string to = scratch.file(std::to_string(number++));
    std::ofstream file(to, std::ios::binary);
    Sha256 hash;
    la_ssize_t count = 0;
    while ((count = archive_read_data(in.get(), buffer.data(), buffer.size())) > 0) {
      hash.add({buffer.data(), static_cast<std::size_t>(count)});
      file.write(buffer.data(), count);
    }
    file.close();
    if (count < 0) return tl::unexpected(broken);
    if (!file)
      return unavailable(tr("There is no room to unpack the backup in the data folder. Nothing was restored."));
    if (first) {
      std::ifstream manifest(to);
      std::string line;
      std::getline(manifest, line);
      if (line != kFormat) return tl::unexpected(broken);
      while (std::getline(manifest, line)) {
        if (line.size() < 67) return tl::unexpected(broken);
        const std::string named = line.substr(66);
        // A name never leads out of the data folder: only the kept folders and the store are taken.
        const bool inside =
            named == "store.sqlite" || ((named.starts_with("originals/") || named.starts_with("evidence/")) &&
                                        named.find("..") == std::string::npos);
        if (!inside) return tl::unexpected(broken);
        expected[named] = line.substr(0, 64);
      }
      continue;
    }
    if (hash.finish() != expected[name]) return tl::unexpected(broken);
    unpacked[name] = to;
  }
  if (state != ARCHIVE_EOF || unpacked.size() != expected.size() || !unpacked.contains("store.sqlite"))
    return tl::unexpected(broken);
  return unpacked;
}

}  // namespace

Result<std::string> restore(Wiring& wiring, const std::string& path) {
  const Scratch scratch(wiring.data_folder);
  auto unpacked = unpack(path, scratch);
  if (!unpacked) return pass_on(unpacked);
  // Files first: until the store names them they are not in use, and one that is there already is the same.
  for (const auto& [name, from] : *unpacked) {
    if (name == "store.sqlite") continue;
    const std::string to = wiring.data_folder + "/" + name;
    std::error_code error;
    if (name.starts_with("originals/") && fs::exists(to)) continue;
    fs::create_directories(fs::path(to).parent_path(), error);
    fs::rename(from, to, error);
    if (error)
      return unavailable(tr("A kept file cannot be put back: {0}. The store is as it was.", {error.message()}));
  }
  if (auto restored = wiring.database->restore_from((*unpacked)["store.sqlite"]); !restored) return pass_on(restored);
  std::vector<db::Migration> migrations = db::audit_migrations();
  migrations.insert(migrations.end(), wiring.migrations.begin(), wiring.migrations.end());
  if (auto migrated = db::migrate(*wiring.database, std::move(migrations)); !migrated) return pass_on(migrated);
  const std::string said = "Restored the store and " +
                           plural(static_cast<std::int64_t>(unpacked->size()) - 1, "kept file", "kept files") +
                           " from " + path + ".";
  if (auto kept = told_to_audit(wiring, "app.restore", said); !kept) return pass_on(kept);
  return said;
}

}  // namespace tithing::app
