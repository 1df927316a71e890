#include "client.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <thread>

namespace tithing::http::test {

std::string Answer::header(std::string_view name) const {
  std::string_view lines = head;
  while (!lines.empty()) {
    const auto end = lines.find("\r\n");
    const std::string_view line = lines.substr(0, end);
    const auto colon = line.find(": ");
    if (colon != std::string_view::npos && equal_ignoring_case(line.substr(0, colon), name))
      return std::string(line.substr(colon + 2));
    if (end == std::string_view::npos) break;
    lines.remove_prefix(end + 2);
  }
  return {};
}

Client::Client(int port, bool tls) {
  descriptor_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  REQUIRE(descriptor_ >= 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    ::close(descriptor_);
    descriptor_ = -1;
    return;
  }
  if (tls) {
    SSL_CTX* context = SSL_CTX_new(TLS_client_method());
    SSL* ssl = SSL_new(context);
    SSL_set_fd(ssl, descriptor_);
    tls_context_ = context;
    tls_ = ssl;
    if (SSL_connect(ssl) != 1) {
      ::close(descriptor_);
      descriptor_ = -1;
    }
  }
}

Client::~Client() {
  SSL_free(static_cast<SSL*>(tls_));
  SSL_CTX_free(static_cast<SSL_CTX*>(tls_context_));
  if (descriptor_ >= 0) ::close(descriptor_);
}

void Client::set_small_receive_buffer() {
  const int bytes = 4 * 1024;
  ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
}

void Client::close_for_writing() { ::shutdown(descriptor_, SHUT_WR); }

bool Client::send(std::string_view bytes) {
  while (!bytes.empty()) {
    std::size_t moved = 0;
    if (tls_ != nullptr) {
      if (SSL_write_ex(static_cast<SSL*>(tls_), bytes.data(), bytes.size(), &moved) != 1) return false;
    } else {
      const ssize_t n = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n < 0) return false;
      moved = static_cast<std::size_t>(n);
    }
    bytes.remove_prefix(moved);
  }
  return true;
}

bool Client::fill(int timeout_ms) {
  if (tls_ == nullptr || SSL_pending(static_cast<SSL*>(tls_)) == 0) {
    pollfd waiting{descriptor_, POLLIN, 0};
    if (::poll(&waiting, 1, std::max(timeout_ms, 0)) <= 0) return false;
  }
  char buffer[64 * 1024];
  std::size_t moved = 0;
  if (tls_ != nullptr) {
    if (SSL_read_ex(static_cast<SSL*>(tls_), buffer, sizeof buffer, &moved) != 1) return false;
  } else {
    const ssize_t n = ::recv(descriptor_, buffer, sizeof buffer, 0);
    if (n <= 0) return false;
    moved = static_cast<std::size_t>(n);
  }
  rest.append(buffer, moved);
  return true;
}

Answer Client::answer(bool to_head, int timeout_ms) {
  const std::int64_t end = milliseconds() + timeout_ms;
  const auto left = [end] { return static_cast<int>(end - milliseconds()); };
  Answer answer;
  std::size_t head_end = 0;
  while ((head_end = rest.find("\r\n\r\n")) == std::string::npos)
    if (!fill(left())) return answer;
  answer.head = rest.substr(0, head_end + 2);
  rest.erase(0, head_end + 4);
  answer.status = std::atoi(answer.head.c_str() + std::strlen("HTTP/1.1 "));
  const std::string length = answer.header("Content-Length");
  const auto size = static_cast<std::size_t>(length.empty() || to_head ? 0 : std::stoll(length));
  while (rest.size() < size)
    if (!fill(left())) break;
  answer.body = rest.substr(0, size);
  rest.erase(0, size);
  return answer;
}

bool Client::closed_within(int timeout_ms) {
  const std::int64_t end = milliseconds() + timeout_ms;
  while (fill(static_cast<int>(end - milliseconds()))) {
  }
  return milliseconds() < end;
}

Configuration quick() {
  Configuration configuration;
  configuration.port = 0;
  configuration.workers = 4;
  configuration.limits.header_ms = 300;
  configuration.limits.body_silence_ms = 300;
  configuration.limits.body_bytes_per_second = 10'000;
  configuration.limits.write_ms = 300;
  configuration.limits.write_bytes_per_second = 10'000;
  configuration.limits.idle_ms = 600;
  configuration.limits.linger_ms = 300;
  configuration.access_log = [](const AccessEntry&) {};
  static int number = 0;
  static const struct Directory {
    std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("tithing-http-test-" + std::to_string(::getpid()));
    ~Directory() {
      std::error_code ignored;
      std::filesystem::remove_all(path, ignored);
    }
  } all;
  const auto directory = all.path / std::to_string(++number);
  std::filesystem::create_directories(directory);
  configuration.spool_directory = directory.string();
  return configuration;
}

std::unique_ptr<Server> serve(Configuration configuration, Handler handler) {
  auto server = std::make_unique<Server>(std::move(configuration), std::move(handler));
  const Status started = server->start();
  REQUIRE_MESSAGE(started.has_value(), (started ? "" : started.error().message));
  REQUIRE(server->port() > 0);
  return server;
}

Response hello(const Request& request) {
  Response response;
  response.set("Content-Type", "text/plain");
  response.body = "hello " + request.path;
  return response;
}

std::int64_t milliseconds() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

std::int64_t resident_kilobytes() {
  std::ifstream in("/proc/self/statm");
  std::int64_t total = 0;
  std::int64_t resident = 0;
  in >> total >> resident;
  return resident * ::sysconf(_SC_PAGESIZE) / 1024;
}

int entries_in(const std::string& directory) {
  int count = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(directory)) ++count;
  return count;
}

bool eventually(const std::function<bool()>& condition, int timeout_ms) {
  for (const std::int64_t end = milliseconds() + timeout_ms; milliseconds() < end;) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return condition();
}

}  // namespace tithing::http::test
