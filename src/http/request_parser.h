// Bytes in, a Request out: the strict part of HTTP/1.1 (RFC 9110, RFC 9112), without sockets. Private to src/http.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "http/message.h"
#include "http/server.h"

namespace tithing::http {

// Why the server itself says no. The sentence is for the person or program at the other end.
struct Refusal {
  int status = 400;
  std::string sentence;
};

// One request. Give it bytes until state() is done or refused.
class RequestParser {
 public:
  enum class State { head, body, done, refused };

  explicit RequestParser(const Limits& limits);
  ~RequestParser();
  RequestParser(const RequestParser&) = delete;
  RequestParser& operator=(const RequestParser&) = delete;

  // Returns how many bytes it has taken. The rest has to be given again, with more behind it. It stops at the end of
  // the head, so that the body can be limited or refused before it is read, and at the end of the request.
  std::size_t put(std::string_view bytes);
  State state() const;
  const Refusal& refusal() const;

  // From the end of the head on:
  Request& request();
  bool keep_alive() const;
  bool is_http_1_0() const;
  bool expects_continue() const;
  std::int64_t content_length() const;  // -1: not said (chunked)
  void limit_body(std::int64_t bytes);  // a longer one is refused with 413; unlimited until called
  std::string& body();                  // decoded so far; may be taken away at any time

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tithing::http
