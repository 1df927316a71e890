// Opening the store behind a wiring: the steps that every command takes before it does anything.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/configuration.h"
#include "db/db.h"
#include "disk/file_lock.h"
#include "slices/wiring.h"

namespace tithing::app {

// Owns what a wiring points to while the program runs.
struct Opened {
  std::unique_ptr<db::Database> database;
};

// The right to be alone on a data folder whose store is a SQLite file, and on that file, wherever it lies: of the one
// `tithing serve` that may run, and of a restore that replaces the file. unavailable with a sentence that names who has
// it. On PostgreSQL nobody needs it.
class Alone {
 public:
  static Result<Alone> on(const std::string& data_folder, const std::string& store);
  void say(const std::string& who) const;  // for the sentence

 private:
  std::vector<FileLock> locks_;
};

// Every change of the store that this program knows: the audit's and the slices'.
std::vector<db::Migration> all_migrations(const Wiring& wiring);

// Reads the configuration, clears away what killed processes left, opens and migrates the store, and lets every slice
// load what it needs.
Result<Opened> open(Wiring& wiring, const std::string& data_folder);

// <where the program lies>/../../data/sample of a build tree, or <prefix>/share/tithing/sample; empty when there is
// neither.
std::string sample_folder();
// The folder of compiled translations, found in the same way; empty when there is none.
std::string locale_folder();

}  // namespace tithing::app
