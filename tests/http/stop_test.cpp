#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "client.h"

using namespace tithing::http;
using namespace tithing::http::test;

namespace {

Response slow(const Request& request) {
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  return hello(request);
}

}  // namespace

TEST_CASE("a graceful stop finishes what is under way, closes what is idle and lets nobody in") {
  std::atomic<int> running{0};
  const auto server = serve(quick(), [&](const Request& request) {
    ++running;
    return request.path == "/slow" ? slow(request) : hello(request);
  });
  Client idle(server->port());
  CHECK(idle.ask(kGet).status == 200);
  Client busy(server->port());
  busy.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
  REQUIRE(eventually([&] { return running == 2; }));
  Client half(server->port());
  half.send("GET / HTTP/1.1\r\nHo");
  std::this_thread::sleep_for(std::chrono::milliseconds(30));

  std::thread stopping([&] { CHECK(server->stop_gracefully(3'000)); });
  CHECK(idle.closed_within(250));
  CHECK(idle.rest.empty());
  half.send("st: a\r\n\r\n");
  const Answer half_answer = half.answer();
  CHECK(half_answer.status == 200);
  CHECK(half_answer.header("Connection") == "close");
  CHECK_FALSE(Client(server->port()).connected());
  const Answer answer = busy.answer();
  CHECK(answer.status == 200);
  CHECK(answer.body == "hello /slow");
  CHECK(answer.header("Connection") == "close");
  CHECK(busy.closed_within(1'000));
  CHECK(half.closed_within(1'000));
  stopping.join();
  CHECK(server->connections() == 0);
}

TEST_CASE("a graceful stop does not wait for ever") {
  Configuration configuration = quick();
  configuration.limits.header_ms = 10'000;
  const auto server = serve(std::move(configuration), hello);
  Client half(server->port());
  half.send("GET / HT");
  REQUIRE(eventually([&] { return server->connections() == 1; }));
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  const std::int64_t start = milliseconds();
  CHECK_FALSE(server->stop_gracefully(200));
  CHECK(milliseconds() - start < 1'500);
  CHECK(half.closed_within(500));
}

TEST_CASE("a server can go at any moment") {
  for (int i = 0; i < 5; ++i) {
    auto server = serve(quick(), slow);
    Client handled(server->port());
    handled.send(kGet);
    Client uploading(server->port());
    uploading.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\n" + std::string(1'500'000, 'a'));
    std::this_thread::sleep_for(std::chrono::milliseconds(10 * i));
    server.reset();
    CHECK(handled.closed_within(500));
  }
  Server never_started(quick(), hello);
  CHECK(never_started.stop_gracefully(10));
}
