// The file of a backup: a gzipped tar of manifest.txt, the store and the kept files.
//
// manifest.txt, format 2: "tithing backup 2"; "made TIME"; "engine sqlite" or "engine postgresql"; "audit NUMBER HASH
// TIME" of the newest entry; then "SHA-256  PATH" of every file. Format 1 has no lines but the first and the files.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/result.h"
#include "db/copies.h"
#include "disk/durable_file.h"

namespace tithing::app {

struct Manifest {
  std::string made;  // ISO 8601; empty in format 1
  db::Engine engine = db::Engine::sqlite;
  std::optional<db::AuditEnd> audit;         // empty in format 1
  std::map<std::string, std::string> files;  // path in the archive -> SHA-256
  std::string store() const { return engine == db::Engine::sqlite ? "store.sqlite" : "store.postgresql"; }
  std::string text() const;
};

// `from`: where the files of the manifest lie. A problem when one cannot be read; a full disk is told by `out`.
Status write_archive(DurableFile& out, const Manifest& manifest, const std::map<std::string, std::string>& from);

// Reads all of it, holding every file against the manifest. `place` says where a file is to be written, or nothing for
// one that is only to be checked. invalid when it is no backup, is cut short, or anything differs.
Result<Manifest> read_archive(const std::string& path, db::FunctionRef<std::string(const std::string& name)> place);

}  // namespace tithing::app
