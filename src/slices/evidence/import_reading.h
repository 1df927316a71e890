// The reading half of an import: originals kept, members counted on two threads, segments written. No database.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "slices/evidence/data_folder.h"
#include "slices/evidence/inputs.h"
#include "slices/evidence/street_counts.h"

namespace tithing::evidence {

struct ReadPart {
  ForceMonthCounts counts;  // without its cells, which are in the segment
  std::string types;        // rows by crime type: types_text
  std::string segment;      // checksum
  std::string points;       // its positions as bytes, until the file's checksum is known and they are written
};

struct ReadFile {
  std::string name;            // base name, or the member's path within its archive
  std::string archive_name;    // or empty
  std::string archive_sha256;  // or empty
  std::string sha256;          // of the file's own bytes
  std::int64_t bytes = 0;
  std::optional<PoliceFileName> says;  // what its name says
  bool not_used = false;               // an outcomes or stop-and-search file, or no CSV
  std::string problem;                 // why it could not be read; empty when it was
  std::vector<ReadPart> parts;
  std::vector<RefusedLine> refused;
  std::int64_t repeated_headings = 0;  // lines that are the heading once more
  std::string read_as;                 // "Windows-1252, separated by semicolons"; empty: as data.police.uk publishes it
  bool is_extract = false;  // made by somebody, not published: further columns, or rows of several forces or months
  std::string original() const { return archive_sha256.empty() ? sha256 : archive_sha256; }
};

// Bytes done, of how many, what is being done. Called from several threads, one at a time. Returns false to stop the
// import.
using ProgressSink = std::function<bool(std::int64_t done, std::int64_t of, const std::string& what)>;

// Reads all inputs. `known` says whether an original with that checksum was imported before: it is then passed over and
// named in `passed_over`. Problems: of an archive as a whole, of the data folder (disk full), stopped.
struct Reading {
  std::vector<ReadFile> files;
  struct PassedOver {
    std::string name;
    std::string sha256;
  };
  std::vector<PassedOver> passed_over;  // originals that were imported before
};
Result<Reading> read_inputs(const DataFolder& data, Journal& journal, const std::vector<InputFile>& inputs,
                            const std::function<bool(const std::string& sha256)>& known, const ProgressSink& progress,
                            int threads = 2);

// Writes the segment where it belongs, if it is not there. Returns its checksum.
Result<std::string> write_segment(const DataFolder& data, Journal* journal, const ForceMonthCounts& counts);
// Held against its checksum, which is its name.
Result<ForceMonthCounts> read_segment(const DataFolder& data, const std::string& sha256);

// The stream of a file that was imported.
Result<std::unique_ptr<ByteStream>> open_original(const DataFolder& data, const std::string& sha256,
                                                  const std::string& archive_sha256, const std::string& name);

}  // namespace tithing::evidence
