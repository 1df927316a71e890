// The HTTP/1.1 server: one thread for the sockets, a bounded pool of workers for the handlers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/held_bodies.h"
#include "http/message.h"

namespace tithing::http {

// Times in milliseconds, sizes in bytes.
struct Limits {
  int header_ms = 10'000;  // from connection (or first byte of a later request) to the end of the headers, TLS included
  int body_silence_ms = 30'000;       // longest silence within a body, and the window over which its rate is judged
  int body_bytes_per_second = 1'024;  // slowest body; a large upload on a slow line may take as long as it needs
  int write_ms = 60'000;              // window within which a reply must be taken, or at least at the rate below
  int write_bytes_per_second = 1'024;
  int idle_ms = 75'000;   // between two requests of one connection
  int linger_ms = 2'000;  // after a refusal: how long what the client still sends is read and thrown away

  std::size_t target_bytes = 8 * 1024;            // longer request line: 414
  std::size_t header_bytes = 32 * 1024;           // longer head: 431
  std::size_t header_count = 100;                 // more headers: 431
  std::int64_t memory_body = 1024 * 1024;         // larger bodies are spooled to a file
  std::int64_t memory_bodies = 64 * 1024 * 1024;  // all bodies in memory together; past it every body is spooled
  std::int64_t max_body = 2 * 1024 * 1024;        // of a route for which `body_limit` says nothing else; larger: 413
  std::int64_t max_spooled_body = std::int64_t{4} * 1024 * 1024 * 1024;  // above every `body_limit`
  HeldBodies::Budget of_client;  // bodies that one client has on their way at once; more: 429
  // The largest body that a request may have, before any of it is read; called on the socket thread: no waiting in it.
  // Unset or negative answer: `max_body`.
  std::function<std::int64_t(std::string_view method, std::string_view path)> body_limit;
  // Asked on a worker thread, before any of the body is read, of a request whose route takes more than `max_body` and
  // whose body is larger or of unknown size: how much this asker may send. Negative: not so much, answered with 403.
  // What it throws refuses the body with 500. Unset: whoever asks may send as much as the route takes.
  std::function<std::int64_t(const Request& head)> large_body;
};

// PEM files. The certificate's file holds the chain, own certificate first.
struct TlsFiles {
  std::string certificate;
  std::string key;
};

struct AccessEntry {
  std::string_view id;
  std::string_view method;  // "-" where the request could not be read
  std::string_view target;
  int status = 0;
  std::int64_t bytes = 0;         // sent, head included
  std::int64_t microseconds = 0;  // from the first byte of the request to the last byte of the reply
  std::string_view remote;
  bool complete = true;  // false: the client went, or was cut, before it had taken the whole reply
};

struct Configuration {
  std::string address = "127.0.0.1";
  int port = 8080;  // 0: any free one, see Server::port()
  int workers = 8;
  std::size_t queue = 256;          // requests waiting for a worker; more: 503 with Retry-After
  std::size_t connections = 8'192;  // more wait in the kernel's queue, after the longest idle one has been closed
  Limits limits;
  TlsFiles tls;                 // both empty: plain HTTP
  std::string spool_directory;  // empty: the system's directory for temporary files
  // One call per request, on the socket thread; must not wait. Unset: a line through base/log.h.
  std::function<void(const AccessEntry&)> access_log;
  // Addresses ("10.0.0.7", "::1") or networks ("10.0.0.0/8") whose X-Forwarded-For, X-Forwarded-Proto and X-Request-Id
  // are believed.
  std::vector<std::string> trusted_proxies;
  // Body (HTML) of the server's own refusals and of 500; called on any thread. Unset: two lines of plain text.
  std::function<std::string(int status, std::string_view sentence, std::string_view request_id)> error_page;
};

// Runs on a worker thread, many at once. What it throws becomes 500 and a line in the log, both with the request id.
using Handler = std::function<Response(const Request&)>;

// Safe to call from any one thread at a time. `start` once.
class Server {
 public:
  Server(Configuration configuration, Handler handler);
  ~Server();  // stops at once: what is under way is cut off; waits only for handlers that are running
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Listens and returns. Problem: the address is in use or wrong, a TLS file cannot be read, the spool directory cannot
  // be written to, a trusted proxy is not an address.
  Status start();
  int port() const;
  // Accepts no more, closes idle connections, lets requests under way finish, and returns when all have or after
  // `deadline_ms`. True if all finished.
  bool stop_gracefully(int deadline_ms);
  std::size_t connections() const;  // open now

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tithing::http
