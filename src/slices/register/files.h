// Finds the files that an import was given: plain files, folders, zip archives and gzip files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "db/db.h"

namespace tithing::register_ {

struct GivenFile {
  std::string name;          // base name, or the member's path within an archive
  std::string bytes;         // all of it
  std::string path;          // of the file on disk: the archive, when it lay in one
  std::string archive_name;  // or empty
  bool named = false;        // the person named this very file
};

// Calls `wanted` with the name and the first 64 KiB of each file, and `take` with the whole of those that it wants.
// Folders are walked in the order of names, hidden files left out. not_found or invalid with a sentence that names the
// file: no such path, a damaged or cut-off archive, more than 256 MiB in one file. A problem of `take` ends the walk.
Status each_file(const std::vector<std::string>& paths,
                 db::FunctionRef<bool(const std::string& name, std::string_view start, bool named)> wanted,
                 db::FunctionRef<Status(GivenFile&&)> take);

}  // namespace tithing::register_
