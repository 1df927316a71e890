// What was given to an import: zip archives, folders and CSV files, read as streams. Nothing is unpacked to disk.
//
// Limits against archives made to do harm: 20,000 members; unpacked not more than 60 times the archive's size plus 64
// MiB (police archives unpack to about 8 times their size). Names of members are only ever shown, never used as paths.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "slices/evidence/byte_stream.h"

namespace tithing::evidence {

struct InputFile {
  std::string path;  // where it lies
  std::string name;  // its base name
  bool archive = false;
};

// Every file that the paths name: a folder is searched through, in the order of names, for .csv and .zip. What is an
// archive is told by its first bytes. Problems: a path that does not exist or cannot be read, a folder without such
// files.
Result<std::vector<InputFile>> find_inputs(const std::vector<std::string>& paths);

struct ArchiveMember {
  std::string name;       // UTF-8, as in the archive
  std::int64_t size = 0;  // unpacked, as the archive says; -1 when it does not
};

// The archive's members (not folders). Problems: truncated or damaged, not a zip archive, locked with a password, too
// many members, unpacks to too much.
Result<std::vector<ArchiveMember>> list_archive(const std::string& path, const std::string& name);

// Streams members of one archive to `each` on `threads` threads, each of which takes the next member that nobody has
// taken. `wanted[i]` says whether the i-th of list_archive is to be read. Stops at the first problem, which it returns:
// of the archive, or of `each`. `each` is called on several threads at once.
Status read_archive(const std::string& path, const std::string& name, const std::vector<bool>& wanted, int threads,
                    const std::function<Status(std::size_t member, ByteStream& stream)>& each);

// The whole of a small file, unpacked when it is gzip (RFC 1952). Problems: no such file, larger than `most` bytes,
// damaged.
Result<std::string> read_small_file(const std::string& path, const std::string& name, std::int64_t most);

// One member by its name, for reading it again.
Result<std::unique_ptr<ByteStream>> open_member(const std::string& archive_path, const std::string& member);

}  // namespace tithing::evidence
