// What a handler is given and what it answers: plain values, no sockets.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tithing::http {

struct Header {
  std::string name;
  std::string value;
};

// What the client sent after the headers. Up to Limits::memory_body bytes lie in `in_memory`, larger ones in `file`.
// The file is removed when the Body goes; who wants to keep it renames it away before that.
struct Body {
  std::string in_memory;
  std::string file;       // path, or empty
  std::int64_t size = 0;  // bytes, wherever they lie

  Body() = default;
  Body(Body&& other) noexcept;
  Body& operator=(Body&& other) noexcept;
  Body(const Body&) = delete;
  Body& operator=(const Body&) = delete;
  ~Body();
};

struct Request {
  std::string method;  // as sent: "GET", "HEAD", "POST"
  std::string target;  // as sent: path?query
  std::string path;    // of the target, still percent-encoded; begins with "/", or is "*"
  std::string query;   // of the target after the "?", still percent-encoded
  std::vector<Header> headers;
  Body body;
  std::string remote_address;  // of the client; of a client behind a trusted proxy, what that proxy says
  bool secure = false;         // TLS up to here, or up to a trusted proxy
  std::string id;              // names this request in logs and error pages: 16 to 64 URL-safe characters

  // Value of the first header of that name (upper and lower case are the same), or empty.
  std::string_view header(std::string_view name) const;
};

// The server itself writes Date, Content-Length, Connection and X-Request-Id, and drops them if a handler sets them
// (except Connection: close, which closes). To HEAD it sends no body, so handlers may answer as to GET.
class Pending;

struct Response {
  int status = 200;
  std::vector<Header> headers;
  std::string body;
  std::string file;                // when set, this file is streamed instead of `body`
  bool file_is_temporary = false;  // remove `file` once sent (or not)
  bool compress = true;            // false: never gzip, as for a page that mixes a secret with what a stranger chose
  // When set, the answer is made elsewhere (http/pending.h): the worker is free at once, and what else is here counts
  // for nothing.
  std::shared_ptr<Pending> elsewhere = {};

  Response() = default;
  explicit Response(int with_status) : status(with_status) {}

  // Replaces the headers of that name. Throws std::invalid_argument when the name is not a token or the value holds a
  // control character (CR, LF, NUL...): a header cannot smuggle another one.
  void set(std::string_view name, std::string_view value);
  // Adds one more of that name, as for Set-Cookie; throws like set().
  void add(std::string_view name, std::string_view value);
  // Value of the first header of that name, or empty.
  std::string_view header(std::string_view name) const;
};

// What set() and add() throw std::invalid_argument about.
void check_header(std::string_view name, std::string_view value);
// "Not Found" for 404; "Unknown" for what is not registered.
std::string_view reason_phrase(int status);
// ASCII letters are compared without regard to case.
bool equal_ignoring_case(std::string_view a, std::string_view b);

}  // namespace tithing::http
