// The files in the data folder that the store names: what a backup holds, what a check looks at, what may be missing.
#pragma once

#include <string>
#include <vector>

#include "db/db.h"

namespace tithing::evidence {

struct KeptFile {
  std::string path;       // within the data folder: "originals/ab/ab12.."
  std::string sha256;     // of its bytes, where its name says so; else empty
  std::string name;       // of the file that was given, for sentences
  bool original = false;  // cannot be made again; everything else can
};

// Originals of every kind of import (register, lists and tables of money too) first, then what is derived from them.
std::vector<KeptFile> kept_files(db::Connection& connection, const std::string& data_folder);

// A sentence naming the originals that are not there, empty when all are. Only looks whether they are there;
// "tithing evidence verify" reads them.
std::string missing_originals(db::Connection& connection, const std::string& data_folder);

// The lock of imports, for who must not meet one: a file within the data folder.
std::string import_lock_path(const std::string& data_folder);

}  // namespace tithing::evidence
