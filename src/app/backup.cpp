#include "app/backup.h"

#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "app/archive.h"
#include "app/configuration.h"
#include "app/open.h"
#include "base/hash.h"
#include "base/random.h"
#include "base/text.h"
#include "base/translation.h"
#include "disk/work_folder.h"
#include "slices/evidence/kept.h"

namespace tithing::app {
namespace {

namespace fs = std::filesystem;

// The operator of the machine needs no permission.
Status told_to_audit(Wiring& wiring, const std::string& action, const std::string& sentence) {
  return commands::act_for_oneself(wiring.doing(Actor::command_line(wiring.permissions)),
                                   [&](db::Transaction&, commands::Note& note) -> Status {
                                     note.says(action, sentence);
                                     return {};
                                   });
}

// The files as they are now, under names that nobody changes or removes: a link to each, or a copy.
class Held {
 public:
  Held(const std::string& data_folder, const WorkFolder& work) : data_(data_folder), work_(work) {}

  Status hold(const evidence::KeptFile& file) {
    const std::string from = data_ + "/" + file.path;
    const std::string held = work_.file(std::to_string(next_++));
    if (::link(from.c_str(), held.c_str()) != 0) {
      std::error_code error;
      // Not there, or a file system without links.
      if (errno != ENOENT && !fs::copy_file(from, held, error))
        return unavailable(tr("A kept file cannot be read or copied ({0}): {1}.", {error.message(), file.name}));
    }
    const auto sum = sha256_of_file(held);
    const bool whole = sum && (file.sha256.empty() || *sum == file.sha256);
    if (whole) {
      sums_[file.path] = *sum;
      from_[file.path] = held;
    } else if (file.original) {
      ++not_whole_;
      if (named_.size() < kMostNamed) named_.push_back(file.name + (sum ? " (damaged)" : " (missing)"));
    }
    return {};
  }

  std::string warning() const {
    if (not_whole_ == 0) return {};
    return plural(not_whole_, "kept original is", "kept originals are") +
           " not in the backup, because the data folder no longer has them as they were imported: " +
           joined(named_, ", ") + (not_whole_ > static_cast<std::int64_t>(named_.size()) ? " and others" : "") +
           ". Restore them from an older backup; \"tithing evidence verify\" names all of them.";
  }
  std::map<std::string, std::string> sums_, from_;

 private:
  static constexpr std::size_t kMostNamed = 5;
  const std::string data_;
  const WorkFolder& work_;
  int next_ = 0;
  std::int64_t not_whole_ = 0;
  std::vector<std::string> named_;
};

}  // namespace

void clear_left_behind(const std::string& data_folder) { clear_left_work(data_folder + "/spool"); }

Result<BackedUp> backup(Wiring& wiring, const std::string& path) {
  const auto there_already = [&] {
    return invalid(tr("The file {0} is there already. Give another name, so that no backup is lost.", {path}));
  };
  if (fs::exists(path)) return there_already();
  std::error_code error;
  const std::string folder = fs::absolute(path, error).parent_path().string();
  if (!fs::is_directory(folder, error) || ::access(folder.c_str(), W_OK) != 0)
    return unavailable(tr("The file {0} cannot be written. Check the folder and your right to write there.", {path}));
  const auto work = WorkFolder::make(wiring.data_folder + "/spool", "backup");
  if (!work) return pass_on(work);
  const auto configuration = read_configuration(wiring.data_folder);
  if (!configuration) return pass_on(configuration);

  // The store first, and by it the files: an import that ends meanwhile is in both or in neither.
  Manifest manifest;
  manifest.made = wiring.clock->now().iso();
  manifest.engine = wiring.database->engine();
  const std::string store = work->file(manifest.store());
  std::vector<evidence::KeptFile> kept;
  const Status copied = db::copy_store(*wiring.database, {configuration->store}, all_migrations(wiring), store,
                                       [&](db::Connection& connection) {
                                         kept = evidence::kept_files(connection, wiring.data_folder);
                                         manifest.audit = db::audit_end(connection);
                                       });
  if (!copied) return pass_on(copied);
  Held held(wiring.data_folder, *work);
  for (const evidence::KeptFile& file : kept)
    if (const Status done = held.hold(file); !done) return pass_on(done);
  const auto sum = sha256_of_file(store);
  if (!sum) return pass_on(sum);
  manifest.files = held.sums_;
  manifest.files[manifest.store()] = *sum;
  held.from_[manifest.store()] = store;

  const std::string aside = path + "." + random_token().substr(0, 12) + ".part";
  if (const Status noted = work->note_outside(aside); !noted) return pass_on(noted);
  DurableFile out(path, 0600, aside);
  if (const Status written = write_archive(out, manifest, held.from_); !written) return pass_on(written);
  const auto full = [&](const Status& why) {
    return unavailable(tr("The backup cannot be finished: {0} There is no file {1}.", {why.error().message, path}));
  };
  if (const Status settled = out.settle(); !settled) return full(settled);
  // As it lies on the disk, not as it was meant.
  if (const auto read = read_archive(aside, [](const std::string&) { return std::string(); }); !read)
    return unavailable(
        tr("The backup was written and does not read back as it was written. Check the disk that {0} is "
           "on; no backup was made.",
           {path}));
  if (const Status done = out.commit_new(); !done)
    return done.error().kind == ProblemKind::conflict ? there_already() : full(done);
  BackedUp done{"Backed up the store and " +
                    plural(static_cast<std::int64_t>(manifest.files.size()) - 1, "kept file", "kept files") + " to " +
                    path + ", and read it again: it is whole.",
                held.warning()};
  if (manifest.audit) done.sentence += " Its audit ends at entry " + std::to_string(manifest.audit->number) + ".";
  const Status told =
      told_to_audit(wiring, "app.backup", done.sentence + (done.warning.empty() ? "" : " " + done.warning));
  if (!told) return pass_on(told);
  return done;
}

}  // namespace tithing::app
