// A client without manners: sends exactly the bytes it is told to, as slowly as it is told to.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "http/server.h"

namespace tithing::http::test {

struct Answer {
  int status = 0;  // 0: none came
  std::string head;
  std::string body;
  std::string header(std::string_view name) const;
};

class Client {
 public:
  explicit Client(int port, bool tls = false);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  bool send(std::string_view bytes);  // false: the other side has gone
  Answer answer(bool to_head = false, int timeout_ms = 5'000);
  Answer ask(std::string_view request) { return send(request) ? answer() : Answer{}; }
  // Reads until the other side closes. True if it did in time; what came is in `rest`.
  bool closed_within(int timeout_ms);
  std::string rest;
  bool connected() const { return descriptor_ >= 0; }
  int descriptor() const { return descriptor_; }
  void set_small_receive_buffer();  // before anything has been sent
  void close_for_writing();

 private:
  bool fill(int timeout_ms);
  int descriptor_ = -1;
  void* tls_context_ = nullptr;
  void* tls_ = nullptr;
};

// Small deadlines, no access log, any free port, a spool directory of its own (all go when the program ends).
Configuration quick();

// Starts or fails the test.
std::unique_ptr<Server> serve(Configuration configuration, Handler handler);
Response hello(const Request& request);  // "hello" plus path

std::int64_t milliseconds();
std::int64_t resident_kilobytes();
int entries_in(const std::string& directory);
bool eventually(const std::function<bool()>& condition, int timeout_ms = 3'000);

inline const std::string kGet = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

}  // namespace tithing::http::test
