#include "http/static_files.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "base/hash.h"
#include "base/text.h"
#include "base/translation.h"
#include "http/gzip.h"

namespace tithing::http {
namespace {

constexpr std::size_t kHashCharacters = 16;
constexpr int kBestCompression = 9;

// "/assets/app.css" -> "/assets/app-0123456789abcdef.css"
std::string with_hash(const std::string& path, const std::string& hash) {
  const auto slash = path.rfind('/');
  const auto dot = path.rfind('.');
  const bool has_extension = dot != std::string::npos && dot > slash + 1;
  const std::string stem = has_extension ? path.substr(0, dot) : path;
  return stem + "-" + hash + (has_extension ? path.substr(dot) : std::string());
}

// Whether If-None-Match (RFC 9110, section 13.1.2; weak comparison) names one of the two.
bool matches(std::string_view if_none_match, std::string_view one, std::string_view other) {
  while (!if_none_match.empty()) {
    const auto comma = if_none_match.find(',');
    std::string_view tag = trimmed(if_none_match.substr(0, comma));
    if_none_match.remove_prefix(comma == std::string_view::npos ? if_none_match.size() : comma + 1);
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    if (tag == "*" || tag == one || tag == other) return true;
  }
  return false;
}

}  // namespace

std::string_view content_type_of(std::string_view path) {
  static constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
      {"css", "text/css; charset=utf-8"},
      {"js", "text/javascript; charset=utf-8"},
      {"mjs", "text/javascript; charset=utf-8"},
      {"html", "text/html; charset=utf-8"},
      {"txt", "text/plain; charset=utf-8"},
      {"csv", "text/csv; charset=utf-8"},
      {"md", "text/markdown; charset=utf-8"},
      {"json", "application/json"},
      {"geojson", "application/geo+json"},
      {"webmanifest", "application/manifest+json"},
      {"xml", "application/xml"},
      {"svg", "image/svg+xml"},
      {"png", "image/png"},
      {"jpg", "image/jpeg"},
      {"jpeg", "image/jpeg"},
      {"gif", "image/gif"},
      {"webp", "image/webp"},
      {"ico", "image/x-icon"},
      {"woff2", "font/woff2"},
      {"woff", "font/woff"},
      {"pdf", "application/pdf"},
      {"zip", "application/zip"},
      {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
      {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
  };
  const auto slash = path.rfind('/');
  if (slash != std::string_view::npos) path.remove_prefix(slash + 1);
  const auto dot = path.rfind('.');
  if (dot != std::string_view::npos) {
    const std::string extension = lowered(path.substr(dot + 1));
    for (const auto& [known, type] : kTypes)
      if (known == extension) return type;
  }
  return "application/octet-stream";
}

void StaticFiles::add(std::string path, std::string bytes) {
  const std::string hash = sha256(bytes).substr(0, kHashCharacters);
  auto asset = std::make_shared<Asset>();
  asset->content_type = content_type_of(path);
  asset->etag = '"' + hash + '"';
  asset->address = with_hash(path, hash);
  if (is_compressible(asset->content_type)) {
    asset->gzipped = gzipped(bytes, kBestCompression);
    if (asset->gzipped.size() >= bytes.size()) asset->gzipped.clear();
  }
  asset->bytes = std::move(bytes);
  if (const auto former = by_path_.find(path); former != by_path_.end()) by_address_.erase(former->second->address);
  by_address_[asset->address] = asset;
  by_path_[std::move(path)] = std::move(asset);
}

Status StaticFiles::add_directory(const std::string& directory, const std::string& prefix) {
  namespace fs = std::filesystem;
  std::error_code error;
  fs::recursive_directory_iterator entries(directory, error);
  if (error) return invalid(tr("The directory of assets, {0}, cannot be read.", {directory}));
  for (const auto end = fs::end(entries); entries != end; entries.increment(error)) {
    if (error) return invalid(tr("The directory of assets, {0}, cannot be read to its end.", {directory}));
    const fs::path& file = entries->path();
    if (file.filename().string().starts_with('.')) {
      if (entries->is_directory(error)) entries.disable_recursion_pending();
      continue;
    }
    if (!entries->is_regular_file(error)) continue;
    std::ifstream in(file, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (!in) return invalid(tr("The asset {0} cannot be read.", {file.string()}));
    std::string address = prefix;
    for (const fs::path& part : file.lexically_relative(directory)) address += "/" + url_encoded(part.string());
    add(std::move(address), std::move(bytes));
  }
  return {};
}

std::string StaticFiles::address(std::string_view path) const {
  const auto at = by_path_.find(path);
  return at == by_path_.end() ? std::string(path) : at->second->address;
}

const Asset* StaticFiles::find(std::string_view path) const {
  if (const auto at = by_address_.find(path); at != by_address_.end()) return at->second.get();
  const auto at = by_path_.find(path);
  return at == by_path_.end() ? nullptr : at->second.get();
}

std::optional<Response> StaticFiles::answer(const Request& request) const {
  const Asset* asset = find(request.path);
  if (asset == nullptr) return std::nullopt;
  if (request.method != "GET" && request.method != "HEAD") {
    Response refused(405);
    refused.set("Allow", "GET, HEAD");
    return refused;
  }
  const std::string gzip_etag = asset->etag.substr(0, asset->etag.size() - 1) + "-gzip\"";
  const bool zipped = !asset->gzipped.empty() && accepts_gzip(request.header("Accept-Encoding"));
  Response response;
  response.compress = false;
  const bool hashed = request.path == asset->address;
  response.set("Cache-Control", hashed ? "public, max-age=31536000, immutable" : "public, max-age=3600");
  response.set("ETag", zipped ? gzip_etag : asset->etag);
  if (!asset->gzipped.empty()) response.set("Vary", "Accept-Encoding");
  if (matches(request.header("If-None-Match"), asset->etag, gzip_etag)) {
    response.status = 304;
    return response;
  }
  response.set("Content-Type", asset->content_type);
  response.set("X-Content-Type-Options", "nosniff");
  if (zipped) response.set("Content-Encoding", "gzip");
  response.body = zipped ? asset->gzipped : asset->bytes;
  return response;
}

}  // namespace tithing::http
