#include "http/gzip.h"

#include <zlib.h>

#include <limits>

#include "base/text.h"

namespace tithing::http {

std::string gzipped(std::string_view bytes, int level) {
  if (bytes.size() > std::numeric_limits<uInt>::max() / 2) return {};
  z_stream stream{};
  constexpr int kGzipWindow = 15 + 16;  // 32 KB window, gzip's wrapper
  if (deflateInit2(&stream, level, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK) return {};
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const bool complete = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  out.resize(complete ? stream.total_out : 0);
  deflateEnd(&stream);
  return out;
}

bool accepts_gzip(std::string_view accept_encoding) {
  bool any = false;
  while (!accept_encoding.empty()) {
    const auto comma = accept_encoding.find(',');
    const std::string_view item = trimmed(accept_encoding.substr(0, comma));
    accept_encoding.remove_prefix(comma == std::string_view::npos ? accept_encoding.size() : comma + 1);
    const auto semicolon = item.find(';');
    const std::string coding = lowered(trimmed(item.substr(0, semicolon)));
    bool refused = false;
    if (semicolon != std::string_view::npos) {
      const std::string weight = lowered(trimmed(item.substr(semicolon + 1)));
      refused = weight.starts_with("q=0") && weight.find_first_not_of("0.", 2) == std::string::npos;
    }
    if (coding == "gzip" || coding == "x-gzip") return !refused;
    if (coding == "*" && !refused) any = true;
  }
  return any;
}

bool is_compressible(std::string_view content_type) {
  const std::string type = lowered(trimmed(content_type.substr(0, content_type.find(';'))));
  return type.starts_with("text/") || type == "application/json" || type == "image/svg+xml" ||
         type == "application/javascript" || type == "application/geo+json" || type == "application/xml" ||
         type == "application/problem+json" || type == "application/manifest+json";
}

}  // namespace tithing::http
