// bench/pages HOST PORT PATH [BASELINE_PATH]: how long a page takes, at 1 and at 64 clients, as the 50th, 95th and 99th
// percentile, beside the smallest answer that the same server can give in the same run.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

namespace {

double now_ms() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

// One keep-alive connection. Reads answers by their Content-Length; anything else ends the run.
class Client {
 public:
  Client(const char* host, int port) {
    socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    const int one = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (inet_pton(AF_INET, host, &address.sin_addr) != 1 ||
        connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
      fail("cannot connect");
  }
  ~Client() { ::close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // Returns the body's length; the status must be 200.
  std::size_t get(const std::string& path) {
    const std::string request = "GET " + path + " HTTP/1.1\r\nHost: bench\r\nAccept-Encoding: identity\r\n\r\n";
    if (send(socket_, request.data(), request.size(), 0) != static_cast<ssize_t>(request.size())) fail("cannot send");
    std::size_t head = std::string::npos;
    while ((head = buffer_.find("\r\n\r\n")) == std::string::npos) receive();
    if (buffer_.compare(0, 12, "HTTP/1.1 200") != 0) fail(buffer_.substr(0, buffer_.find('\r')).c_str());
    std::string lowered = buffer_.substr(0, head);
    std::transform(lowered.begin(), lowered.end(), lowered.begin(), [](unsigned char c) { return std::tolower(c); });
    const auto at = lowered.find("content-length:");
    if (at == std::string::npos) fail("no Content-Length");
    const std::size_t length = std::strtoul(lowered.c_str() + at + 15, nullptr, 10);
    while (buffer_.size() < head + 4 + length) receive();
    buffer_.erase(0, head + 4 + length);
    return length;
  }

 private:
  [[noreturn]] static void fail(const char* why) {
    std::fprintf(stderr, "bench/pages: %s\n", why);
    std::exit(1);
  }
  void receive() {
    char chunk[65536];
    const ssize_t count = recv(socket_, chunk, sizeof chunk, 0);
    if (count <= 0) fail("the connection was closed");
    buffer_.append(chunk, static_cast<std::size_t>(count));
  }
  int socket_ = -1;
  std::string buffer_;
};

struct Measured {
  double p50 = 0, p95 = 0, p99 = 0, per_second = 0;
  std::size_t bytes = 0;
};

Measured measure(const char* host, int port, const std::string& path, int clients, int requests) {
  std::vector<std::vector<double>> times(static_cast<std::size_t>(clients));
  std::vector<std::thread> threads;
  std::size_t bytes = 0;
  const double start = now_ms();
  for (int c = 0; c < clients; ++c)
    threads.emplace_back([&, c] {
      Client client(host, port);
      for (int i = 0; i < requests / clients; ++i) {
        const double began = now_ms();
        const std::size_t length = client.get(path);
        times[static_cast<std::size_t>(c)].push_back(now_ms() - began);
        if (c == 0) bytes = length;
      }
    });
  for (std::thread& thread : threads) thread.join();
  const double elapsed = now_ms() - start;
  std::vector<double> all;
  for (const auto& one : times) all.insert(all.end(), one.begin(), one.end());
  std::sort(all.begin(), all.end());
  const auto at = [&](double share) {
    return all[std::min(all.size() - 1, static_cast<std::size_t>(share * static_cast<double>(all.size())))];
  };
  return {at(0.50), at(0.95), at(0.99), static_cast<double>(all.size()) / elapsed * 1000, bytes};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fprintf(stderr, "usage: bench_pages HOST PORT PATH [BASELINE_PATH]\n");
    return 2;
  }
  const char* host = argv[1];
  const int port = std::atoi(argv[2]);
  const std::string page = argv[3], baseline = argc > 4 ? argv[4] : "/health";
  measure(host, port, page, 1, 20);  // warm
  std::printf("%-10s %-44s %10s %9s %9s %9s %10s\n", "clients", "path", "bytes", "p50 ms", "p95 ms", "p99 ms", "per s");
  for (const int clients : {1, 64}) {
    const int requests = clients == 1 ? 300 : 1280;
    const Measured small = measure(host, port, baseline, clients, requests);
    const Measured whole = measure(host, port, page, clients, requests);
    std::printf("%-10d %-44s %10zu %9.2f %9.2f %9.2f %10.0f\n", clients, baseline.c_str(), small.bytes, small.p50,
                small.p95, small.p99, small.per_second);
    std::printf("%-10d %-44s %10zu %9.2f %9.2f %9.2f %10.0f\n", clients, page.c_str(), whole.bytes, whole.p50,
                whole.p95, whole.p99, whole.per_second);
    std::printf("ratio of the page to the smallest answer at %d clients: %.1f (p50)\n", clients, whole.p50 / small.p50);
  }
  return 0;
}
