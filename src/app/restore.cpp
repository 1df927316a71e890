#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>

#include "app/archive.h"
#include "app/backup.h"
#include "app/configuration.h"
#include "app/open.h"
#include "base/hash.h"
#include "base/text.h"
#include "base/translation.h"
#include "db/audit.h"
#include "disk/work_folder.h"
#include "slices/evidence/kept.h"
#include "slices/identity/identity.h"

namespace tithing::app {
namespace {

namespace fs = std::filesystem;

// "30 November 2026 at 15:04 UTC" is for people; this is for comparing with other logs: "2026-11-30 15:04:05 UTC".
std::string moment(const std::string& iso) {
  if (iso.size() < 19) return "a time that is not known";
  std::string text = iso.substr(0, 19);
  text[10] = ' ';
  return text + " UTC";
}

std::string entry(const db::AuditEnd& end) { return "entry " + std::to_string(end.number) + " (" + end.hash + ")"; }

// What is known of the store that is to be replaced.
struct Before {
  enum class State { none, damaged, sound } state = State::none;
  db::AuditEnd end;
  bool same_history = false;  // the backup's newest entry is one of its own
};

Before look_at(const db::Configuration& where, const std::optional<db::AuditEnd>& in_backup) {
  const std::string location(where.location.reveal());
  const bool is_file = !location.starts_with("postgres");
  std::error_code error;
  if (is_file && (!fs::exists(location, error) || fs::file_size(location, error) == 0)) return {};
  Before before{Before::State::damaged, {}, false};
  try {
    auto database = db::Database::open(where);
    if (!database) return before;
    (*database)->read([&](db::Connection& connection) {
      if (const auto end = db::audit_end(connection)) {
        before.state = Before::State::sound;
        before.end = *end;
        before.same_history = in_backup && !in_backup->hash.empty() &&
                              db::audit_hash_at(connection, in_backup->number) == in_backup->hash;
      }
    });
  } catch (const db::Error&) {
    // It cannot say: damaged, or (on PostgreSQL) empty.
    if (!is_file) before.state = Before::State::none;
  }
  return before;
}

// What was lost in time, and where the audit ended.
std::string told_of(const Before& before, const db::AuditEnd& restored, const std::string& made) {
  const std::string until = made.empty() ? moment(restored.at) : moment(made);
  std::string text = " In what was restored the audit ends at " + entry(restored) + ", of " + moment(restored.at) + ".";
  if (before.state == Before::State::none) return text + " There was no store here before.";
  if (before.state == Before::State::damaged)
    return text + " The store that was here could not be read: what was written to it after " + until +
           " is lost, and how much that was cannot be told.";
  text += " Before, it ended at " + entry(before.end) + ", of " + moment(before.end.at) + ".";
  if (!before.same_history)
    return text + " The two have no history in common: all that was in the store before is replaced.";
  const std::int64_t lost = before.end.number - restored.number;
  if (lost <= 0) return text + " Nothing that the audit tells of was lost.";
  return text + " Lost is what was done after " + until + ", until " + moment(before.end.at) + ": " +
         plural(lost, "entry", "entries") + " of the audit, from number " + std::to_string(restored.number + 1) + ".";
}

// One restoring: what is said of it is put together in the store's own transaction.
class Restoring {
 public:
  Restoring(Wiring& wiring, const std::string& path) : wiring_(wiring), path_(path) {}

  // Unpacks below the folder. Everything is held against the manifest before anything is changed.
  Status unpack(const std::string& folder) {
    auto read = read_archive(path_, [&](const std::string& name) { return folder + "/" + name; });
    if (!read) return pass_on(read);
    manifest_ = std::move(*read);
    store_ = folder + "/" + manifest_.store();
    if (const Status sound = db::check_copy(manifest_.engine, all_migrations(wiring_), store_); !sound)
      return invalid(tr("The file {0} cannot be restored: {1} Nothing was restored.", {path_, sound.error().message}));
    if (!manifest_.audit && manifest_.engine == db::Engine::sqlite) {
      if (auto copy = db::Database::open({Secret(store_), 1}))
        (*copy)->read([&](db::Connection& connection) { manifest_.audit = db::audit_end(connection); });
    }
    return {};
  }

  // The end of every way, in one transaction with what `fill` does: what is open ends, and the audit tells of it all.
  Status last(db::Database& database, const Before& before, db::FunctionRef<Status(db::Transaction&)> fill) {
    const Actor operator_ = Actor::command_line(wiring_.permissions);
    const commands::Doing doing{database, wiring_.kinds, Reach(operator_, nullptr, wiring_.clock->today()),
                                wiring_.clock->now()};
    return commands::act_for_oneself(doing, [&](db::Transaction& transaction, commands::Note& note) -> Status {
      if (const Status filled = fill(transaction); !filled) return filled;
      const auto whole = db::verify_audit(transaction);
      said_ = "Restored the store and " +
              plural(static_cast<std::int64_t>(manifest_.files.size()) - 1, "kept file", "kept files") + " from " +
              path_ + (manifest_.made.empty() ? "" : ", made " + moment(manifest_.made)) + "." +
              told_of(before, db::audit_end(transaction).value_or(db::AuditEnd{}), manifest_.made);
      if (!whole) said_ += " The audit in the backup is not whole: " + whole.error().message;
      said_ += " Everybody is signed out, and links that had been sent (to set a password) no longer open anything.";
      identity::end_all_that_is_open(transaction);
      note.says("app.restore", said_);
      return {};
    });
  }
  // On SQLite the copy is made ready first, and takes the store's place as it is; on PostgreSQL its rows come in.
  Status make_ready(const Before& before) {
    return db::make_ready(store_, all_migrations(wiring_), [&](db::Database& copy) {
      return last(copy, before, [](db::Transaction&) -> Status { return {}; });
    });
  }
  Status fill(const db::Configuration& where, const Before& before) {
    auto database = db::Database::open(where);
    if (!database) return pass_on(database);
    return last(**database, before, [&](db::Transaction& transaction) {
      return db::replace_postgresql(transaction, all_migrations(wiring_), store_);
    });
  }

  // Kept files first: until the store names them they are not in use. One that is there and whole stays.
  Status put_files(const std::string& from, const std::string& to) {
    for (const auto& [name, sum] : manifest_.files) {
      if (name == manifest_.store()) continue;
      const std::string place = to + "/" + name;
      if (const auto there = sha256_of_file(place); there && *there == sum) continue;
      std::error_code error;
      fs::create_directories(fs::path(place).parent_path(), error);
      fs::rename(from + "/" + name, place, error);
      if (error)
        return unavailable(tr("A kept file cannot be put back: {0}. The store is as it was.", {error.message()}));
    }
    return {};
  }

  const Manifest& manifest() const { return manifest_; }
  const std::string& store() const { return store_; }
  const std::string& said() const { return said_; }
  void add(const std::string& sentence) { said_ += " " + sentence; }
  Wiring& wiring() { return wiring_; }

 private:
  Wiring& wiring_;
  const std::string path_;
  Manifest manifest_;
  std::string store_;
  std::string said_;
};

// The damaged file goes aside with what belongs to it, and the other takes its place: nobody may use it meanwhile.
Status swap_files(const std::string& data_folder, const std::string& store, const std::string& ready,
                  const std::string& now, Restoring& restoring) {
  const auto alone = Alone::on(data_folder, store);
  if (!alone)
    return unavailable(
        tr("The store that is here is damaged, and is in use. {0} Then restore, and start it again. The "
           "store was not changed.",
           {alone.error().message}));
  std::string aside = data_folder + "/damaged-" + now.substr(0, 19);
  std::replace(aside.begin(), aside.end(), ':', '-');
  std::error_code error;
  if (fs::exists(store, error)) {
    fs::create_directories(aside, error);
    fs::permissions(aside, fs::perms::owner_all, error);
    // Its log first: beside another store it would be taken for that one's.
    for (const char* belongs : {"-wal", "-shm", "-journal"}) {
      if (fs::exists(store + belongs, error)) fs::rename(store + belongs, aside + "/store.sqlite" + belongs, error);
    }
    fs::create_hard_link(store, aside + "/store.sqlite", error);
    if (error) fs::copy_file(store, aside + "/store.sqlite", error);
    restoring.add("The damaged store was kept in " + aside + ".");
  }
  fs::rename(ready, store, error);
  if (error) return unavailable(tr("The store cannot be put in its place: {0}.", {error.message()}));
  sync_folder(fs::path(store).parent_path().string());
  return {};
}

Result<std::string> restore_in_place(Restoring& restoring, const std::string& data_folder,
                                     const db::Configuration& where) {
  Wiring& wiring = restoring.wiring();
  auto work = WorkFolder::make(data_folder + "/spool", "restore");
  if (!work) return pass_on(work);
  std::error_code error;
  const std::string imports = evidence::import_lock_path(data_folder);
  fs::create_directories(fs::path(imports).parent_path(), error);
  // An import would go on by what is replaced under it.
  const auto no_import = FileLock::take(imports);
  if (!no_import)
    return unavailable(
        tr("An import is under way. Wait until it has finished, and restore then. Nothing was restored."));
  if (const Status unpacked = restoring.unpack(work->path()); !unpacked) return pass_on(unpacked);
  const db::Engine engine =
      std::string_view(where.location.reveal()).starts_with("postgres") ? db::Engine::postgresql : db::Engine::sqlite;
  if (engine != restoring.manifest().engine) {
    return invalid(
        engine == db::Engine::sqlite
            ? tr("This backup is of a store on PostgreSQL, and this data folder's store is a SQLite file. Name "
                 "the PostgreSQL store in TITHING_STORE or tithing.conf. Nothing was restored.")
            : tr("This backup is of a SQLite store, and this data folder's store is on PostgreSQL. Restore it "
                 "into a new folder with --into, without TITHING_STORE. Nothing was restored."));
  }
  const Before before = look_at(where, restoring.manifest().audit);
  if (engine == db::Engine::postgresql) {
    if (const Status put = restoring.put_files(work->path(), data_folder); !put) return pass_on(put);
    if (const Status filled = restoring.fill(where, before); !filled) return pass_on(filled);
    return restoring.said();
  }
  if (const Status ready = restoring.make_ready(before); !ready) return pass_on(ready);
  if (const Status put = restoring.put_files(work->path(), data_folder); !put) return pass_on(put);
  Status replaced;
  const std::string store(where.location.reveal());
  if (before.state == Before::State::sound) replaced = db::replace_sqlite(where, restoring.store());
  if (before.state != Before::State::sound || (!replaced && replaced.error().kind == ProblemKind::conflict))
    replaced = swap_files(data_folder, store, restoring.store(), wiring.clock->now().iso(), restoring);
  if (!replaced) return pass_on(replaced);
  return restoring.said();
}

Result<std::string> restore_into(Restoring& restoring, const std::string& into) {
  std::error_code error;
  const fs::path place = fs::absolute(into, error).lexically_normal();
  const fs::path target = place.has_filename() ? place : place.parent_path();
  if (fs::exists(target, error) && !(fs::is_directory(target, error) && fs::is_empty(target, error)))
    return invalid(tr("The folder {0} is there and is not empty. Name a new one; nothing was restored.", {into}));
  const std::string parent = target.parent_path().string();
  if (!fs::is_directory(parent, error))
    return invalid(tr("There is no folder {0} to make the new one in. Nothing was restored.", {parent}));
  clear_left_work(parent);
  auto stage = WorkFolder::make(parent, "." + target.filename().string() + ".restoring");
  if (!stage) return pass_on(stage);
  if (const Status unpacked = restoring.unpack(stage->path()); !unpacked) return pass_on(unpacked);
  if (restoring.manifest().engine == db::Engine::sqlite) {
    if (const Status ready = restoring.make_ready({}); !ready) return pass_on(ready);
    if (const Status there = stage->become(target.string()); !there) return pass_on(there);
    return restoring.said();
  }
  const char* store = std::getenv("TITHING_STORE");
  if (store == nullptr || !std::string_view(store).starts_with("postgres"))
    return invalid(
        tr("This backup is of a store on PostgreSQL. Say in TITHING_STORE which database is to hold it; "
           "its schema must be empty. Nothing was restored."));
  const db::Configuration where{Secret(store)};
  if (look_at(where, {}).state != Before::State::none)
    return invalid(
        tr("The database that TITHING_STORE names holds a Tithing store already. Name an empty one, or "
           "leave --into out to replace it. Nothing was restored."));
  if (const Status filled = restoring.fill(where, {}); !filled) return pass_on(filled);
  fs::remove(restoring.store(), error);
  if (const Status there = stage->become(target.string()); !there) return pass_on(there);
  return restoring.said();
}

}  // namespace

Result<std::string> restore(Wiring& wiring, const std::string& path, const std::string& into) {
  Restoring restoring(wiring, path);
  if (!into.empty()) return restore_into(restoring, into);
  auto configuration = read_configuration(wiring.data_folder);
  if (!configuration) return pass_on(configuration);
  clear_left_behind(wiring.data_folder);
  return restore_in_place(restoring, wiring.data_folder, {std::move(configuration->store)});
}

}  // namespace tithing::app
