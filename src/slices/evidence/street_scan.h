// Reads a police.uk street-level CSV line by line: quotes, CRLF or LF, a byte-order mark, columns in any order.
//
// Memory is bounded whatever the file holds: a block of 128 KiB, or one line of up to 1 MiB. No row is lost: each
// becomes either row() or refused(). Blank fields are values.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "slices/evidence/byte_stream.h"

namespace tithing::evidence {

enum Column {
  kCrimeId,
  kMonth,
  kReportedBy,
  kFallsWithin,
  kLongitude,
  kLatitude,
  kLocation,
  kLsoaCode,
  kLsoaName,
  kCrimeType,
  kOutcome,
  kContext,
  kColumnCount
};
extern const std::array<std::string_view, kColumnCount> kColumnNames;

constexpr std::size_t kMaximumLine = 1024 * 1024;  // bytes
constexpr std::size_t kRefusedTextBytes = 2000;

struct StreetRow {
  std::array<std::string_view, kColumnCount> fields;  // unquoted; valid during the call
  std::string_view line;                              // as it stands, without its line end
  std::int64_t number = 0;                            // its line in the file, from 1 with the header
  bool only_known = false;                            // the line holds the twelve columns and nothing else
};

class StreetVisitor {
 public:
  virtual ~StreetVisitor() = default;
  virtual void row(const StreetRow& row) = 0;
  // `text` is valid UTF-8, cut at kRefusedTextBytes.
  virtual void refused(std::int64_t line, std::string reason, std::string text) = 0;
  virtual bool stop() const { return false; }  // asked between blocks
};

// What is known of the file once its heading has been read.
struct StreetHeading {
  int columns = 0;
  bool extra_columns = false;  // there are others besides the twelve
  std::string read_as;         // "Windows-1252, separated by semicolons"; empty: as data.police.uk publishes it
};

// UTF-16, Windows-1252, semicolons and tabs, as spreadsheets save such a file, are read and said (read_as).
// `name` is the file's name for sentences. Problems: empty, a column missing, an outcomes or stop-and-search file,
// or what the stream itself says.
Result<StreetHeading> scan_street(ByteStream& stream, const std::string& name, StreetVisitor& visitor);

// A line as refused rows keep it.
std::string refused_text(std::string_view line);

// Fields of one CSV line (RFC 4180). Returns false when a quote is left open.
bool split_csv_line(std::string_view line, std::vector<std::string>& fields);

}  // namespace tithing::evidence
