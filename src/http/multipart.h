// multipart/form-data (RFC 7578) from a body in memory or in a file; uploaded files go to files of their own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/message.h"
#include "http/urlencoded.h"

namespace tithing::http {

struct MultipartLimits {
  std::size_t parts = 1'000;
  std::size_t part_header_bytes = 4 * 1024;
  std::size_t field_bytes = 1024 * 1024;  // one text field
  std::size_t all_fields_bytes = 4 * 1024 * 1024;
  std::string spool_directory;  // empty: the system's directory for temporary files
};

struct UploadedFile {
  std::string field;
  std::string name;          // base name only, valid UTF-8 without control characters, never empty, "." or ".."
  std::string content_type;  // as the client claims; may be empty
  Body content;              // always in content.file; removed with this value unless renamed away
};

struct MultipartForm {
  Pairs fields;
  std::vector<UploadedFile> files;  // a file field in which nothing was chosen is left out
};

// The boundary parameter of a Content-Type, or a problem if it is not multipart/form-data with a proper one.
Result<std::string> multipart_boundary(std::string_view content_type);

// Streaming: put() any pieces, then finish(). After a problem every further call returns it again.
class MultipartParser {
 public:
  MultipartParser(std::string boundary, MultipartLimits limits);
  ~MultipartParser();
  MultipartParser(const MultipartParser&) = delete;
  MultipartParser& operator=(const MultipartParser&) = delete;
  Status put(std::string_view bytes);
  Result<MultipartForm> finish();  // invalid when the closing boundary is missing

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// All at once, from a request's Content-Type and body.
Result<MultipartForm> parse_multipart(std::string_view content_type, const Body& body,
                                      const MultipartLimits& limits = {});

// What a client calls a file, cut down to a name that is safe to show and to store under. Empty if nothing is left.
std::string base_name(std::string_view client_file_name);

}  // namespace tithing::http
