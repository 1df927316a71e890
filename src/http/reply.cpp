#include "http/reply.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <stdexcept>
#include <utility>

#include "base/random.h"
#include "base/text.h"
#include "http/gzip.h"

namespace tithing::http {

Reply::Reply(Reply&& other) noexcept
    : status(other.status),
      head(std::move(other.head)),
      body(std::move(other.body)),
      file(std::exchange(other.file, -1)),
      file_bytes(std::exchange(other.file_bytes, 0)),
      close(other.close) {}

Reply& Reply::operator=(Reply&& other) noexcept {
  if (this != &other) {
    if (file >= 0) ::close(file);
    status = other.status;
    head = std::move(other.head);
    body = std::move(other.body);
    file = std::exchange(other.file, -1);
    file_bytes = std::exchange(other.file_bytes, 0);
    close = other.close;
  }
  return *this;
}

Reply::~Reply() {
  if (file >= 0) ::close(file);
}

std::string http_date(std::int64_t seconds_since_1970) {
  static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto time = static_cast<std::time_t>(seconds_since_1970);
  std::tm parts{};
  gmtime_r(&time, &parts);
  char text[64];
  std::snprintf(text, sizeof text, "%s, %02d %s %04d %02d:%02d:%02d GMT", kDays[parts.tm_wday], parts.tm_mday,
                kMonths[parts.tm_mon], parts.tm_year + 1900, parts.tm_hour, parts.tm_min, parts.tm_sec);
  return text;
}

namespace {

constexpr std::size_t kSmallestToCompress = 1024;
constexpr int kLevel = 5;

// Adds "Accept-Encoding" to Vary unless it is there.
void vary_by_encoding(Response& response) {
  const std::string_view now = response.header("Vary");
  if (lowered(now).find("accept-encoding") != std::string::npos || now == "*") return;
  response.set("Vary", now.empty() ? "Accept-Encoding" : std::string(now) + ", Accept-Encoding");
}

void compress(Response& response, std::string_view accept_encoding) {
  if (!response.compress || response.body.size() <= kSmallestToCompress || response.status == 206 ||
      !response.header("Content-Encoding").empty() || !is_compressible(response.header("Content-Type")))
    return;
  vary_by_encoding(response);
  if (!accepts_gzip(accept_encoding)) return;
  std::string smaller = gzipped(response.body, kLevel);
  if (smaller.empty() || smaller.size() >= response.body.size()) return;
  response.body = std::move(smaller);
  response.set("Content-Encoding", "gzip");
}

bool is_written_by_server(std::string_view name) {
  for (const char* ours : {"Date", "Content-Length", "Transfer-Encoding", "Connection", "X-Request-Id", "Keep-Alive"})
    if (equal_ignoring_case(name, ours)) return true;
  return false;
}

void open_file(Reply& reply, const Response& response) {
  reply.file = ::open(response.file.c_str(), O_RDONLY | O_CLOEXEC);
  const int error = errno;
  if (response.file_is_temporary) ::unlink(response.file.c_str());  // the descriptor keeps it alive until it is sent
  struct stat about {};
  if (reply.file < 0 || ::fstat(reply.file, &about) != 0 || !S_ISREG(about.st_mode))
    throw std::runtime_error("the file to be sent cannot be read: " +
                             std::string(reply.file < 0 ? std::strerror(error) : "it is not a regular file"));
  reply.file_bytes = about.st_size;
}

}  // namespace

Reply make_reply(Response response, std::string_view method, std::string_view accept_encoding, std::string_view id) {
  if (response.status < 200 || response.status > 599)
    throw std::runtime_error("a handler answered with the status " + std::to_string(response.status));
  Reply reply;
  reply.status = response.status;
  const bool from_file = !response.file.empty();
  if (from_file) {
    open_file(reply, response);
  } else {
    compress(response, accept_encoding);
  }
  const bool bodiless = response.status == 204 || response.status == 304;
  const std::int64_t size = from_file ? reply.file_bytes : static_cast<std::int64_t>(response.body.size());
  std::string& head = reply.head;
  head.reserve(512);
  head += "HTTP/1.1 ";
  head += std::to_string(response.status);
  head += ' ';
  head += reason_phrase(response.status);
  head += "\r\nDate: ";
  head += http_date(std::time(nullptr));
  head += "\r\nX-Request-Id: ";
  head += id;
  head += "\r\n";
  if (!bodiless) {
    head += "Content-Length: ";
    head += std::to_string(size);
    head += "\r\n";
  }
  for (const Header& header : response.headers) {
    if (equal_ignoring_case(header.name, "Connection") && lowered(header.value).find("close") != std::string::npos)
      reply.close = true;
    if (is_written_by_server(header.name)) continue;
    check_header(header.name, header.value);  // it may have been pushed into `headers` past set()
    head += header.name;
    head += ": ";
    head += header.value;
    head += "\r\n";
  }
  if (method == "HEAD" || bodiless) {
    if (reply.file >= 0) ::close(std::exchange(reply.file, -1));
    reply.file_bytes = 0;
  } else if (!from_file) {
    reply.body = std::move(response.body);
  }
  return reply;
}

Response error_response(int status, std::string_view sentence, std::string_view id, const ErrorPage& page) {
  Response response(status);
  response.set("Cache-Control", "no-store");
  response.set("X-Content-Type-Options", "nosniff");
  if (page) {
    try {
      response.body = page(status, sentence, id);
      response.set("Content-Type", "text/html; charset=utf-8");
      return response;
    } catch (const std::exception&) {
      // The page of a fault must not be another fault: the plain text below says the same.
    }
  }
  response.set("Content-Type", "text/plain; charset=utf-8");
  response.body = std::string(sentence) + "\nRequest " + std::string(id) + "\n";
  return response;
}

std::string new_request_id() { return hex(random_bytes(10)); }

}  // namespace tithing::http
