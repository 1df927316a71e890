// Assets that do not change while the program runs: kept in memory, compressed once, with ETag and cache rules.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "http/message.h"

namespace tithing::http {

struct Asset {
  std::string content_type;
  std::string bytes;
  std::string gzipped;  // empty when it would not be smaller
  std::string etag;     // in quotes
  std::string address;  // the path that holds the content hash: "/assets/app-0123456789abcdef.css"
};

// Fill it, then use it from any thread.
class StaticFiles {
 public:
  // `path` begins with "/" ("/assets/app.css"). It is served under that path (to be revalidated after an hour) and
  // under its address with the content hash (kept by browsers for a year). The type follows from the extension.
  void add(std::string path, std::string bytes);
  // Adds every file below `directory` under `prefix` + "/" + its relative path. Hidden files are left out.
  Status add_directory(const std::string& directory, const std::string& prefix);

  // The address with the content hash of what was added as `path`, to be used in links; `path` itself if unknown.
  std::string address(std::string_view path) const;
  const Asset* find(std::string_view path) const;  // by either path, or null
  // 200, 304 (If-None-Match), or 405 for a known path; nothing for an unknown one.
  std::optional<Response> answer(const Request& request) const;
  std::size_t size() const { return by_path_.size(); }

 private:
  std::map<std::string, std::shared_ptr<const Asset>, std::less<>> by_path_;
  std::map<std::string, std::shared_ptr<const Asset>, std::less<>> by_address_;
};

// "text/css; charset=utf-8" for "a/b.css"; "application/octet-stream" for what is not known.
std::string_view content_type_of(std::string_view path);

}  // namespace tithing::http
