// Clients that are slow on purpose.
#include <doctest/doctest.h>

#include <sys/socket.h>

#include <chrono>
#include <thread>
#include <vector>

#include "client.h"

using namespace tithing::http;
using namespace tithing::http::test;

namespace {
void pause(int ms) { std::this_thread::sleep_for(std::chrono::milliseconds(ms)); }
}  // namespace

TEST_CASE("who drips the bytes of a head is cut off, however steadily they come") {
  const auto server = serve(quick(), hello);
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 50; ++i) clients.push_back(std::make_unique<Client>(server->port()));
  const std::string head = "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(1'000, 'a');
  const std::int64_t start = milliseconds();
  std::size_t sent = 0;
  REQUIRE(eventually([&] { return server->connections() == clients.size(); }));
  while (server->connections() > 0 && milliseconds() - start < 3'000) {
    for (const auto& client : clients) client->send(head.substr(sent, 1));
    ++sent;
    if (sent == 3) CHECK(Client(server->port()).ask(kGet).status == 200);  // others do not notice
    pause(20);
  }
  const std::int64_t took = milliseconds() - start;
  CHECK(server->connections() == 0);
  CHECK(took >= 280);
  CHECK(took < 2'000);
  CHECK(clients[0]->answer().status == 408);
}

TEST_CASE("who connects and says nothing is let go without a word") {
  const auto server = serve(quick(), hello);
  Client client(server->port());
  CHECK(client.closed_within(1'500));
  CHECK(client.rest.empty());
}

TEST_CASE("between two requests the longer idle deadline holds") {
  const auto server = serve(quick(), hello);
  Client client(server->port());
  CHECK(client.ask(kGet).status == 200);
  pause(400);  // longer than the deadline of a head
  CHECK(client.ask(kGet).status == 200);
  const std::int64_t start = milliseconds();
  CHECK(client.closed_within(2'500));
  CHECK(milliseconds() - start >= 500);
  CHECK(client.rest.empty());
}

TEST_CASE("a body that stops, or drips, is cut off") {
  const auto server = serve(quick(), hello);
  const std::string head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n";
  {
    Client silent(server->port());
    const std::int64_t start = milliseconds();
    silent.send(head + "abc");
    CHECK(silent.answer().status == 408);
    CHECK(milliseconds() - start < 1'500);
    CHECK(silent.closed_within(1'500));
  }
  Client dripping(server->port());
  const std::int64_t start = milliseconds();
  dripping.send(head);
  REQUIRE(eventually([&] { return server->connections() == 1; }));
  while (milliseconds() - start < 3'000 && server->connections() > 0) {
    dripping.send("a");  // never silent, but far below the slowest rate allowed
    pause(20);
  }
  CHECK(milliseconds() - start < 2'000);
  CHECK(dripping.answer().status == 408);
}

TEST_CASE("a body that comes slowly but steadily may take longer than the deadline") {
  Configuration configuration = quick();
  configuration.limits.body_bytes_per_second = 1'000;
  const auto server = serve(std::move(configuration), [](const Request& request) {
    Response response;
    response.body = std::to_string(request.body.size);
    return response;
  });
  Client client(server->port());
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10000\r\n\r\n");
  for (int i = 0; i < 20; ++i) {  // 1 s in all, at 10 KB/s
    REQUIRE(client.send(std::string(500, 'a')));
    pause(50);
  }
  CHECK(client.answer().body == "10000");
}

TEST_CASE("who does not read is cut off; who reads slowly but steadily gets it all") {
  Configuration configuration = quick();
  configuration.limits.write_bytes_per_second = 100'000;
  const std::string large(3'000'000, 'x');
  const auto server = serve(std::move(configuration), [&](const Request&) {
    Response response;
    response.body = large;
    return response;
  });
  {
    Client deaf(server->port());
    deaf.set_small_receive_buffer();
    deaf.send(kGet);
    REQUIRE(eventually([&] { return server->connections() == 1; }));
    const std::int64_t start = milliseconds();
    CHECK(eventually([&] { return server->connections() == 0; }, 3'000));
    CHECK(milliseconds() - start >= 280);
  }
  Client slow(server->port());
  slow.send(kGet);
  const std::int64_t start = milliseconds();
  std::string got;
  while (got.size() < large.size()) {
    const Answer piece = [&] {
      Answer a;
      char buffer[128 * 1024];
      const ssize_t n = ::recv(slow.descriptor(), buffer, sizeof buffer, 0);
      if (n > 0) a.body.assign(buffer, static_cast<std::size_t>(n));
      return a;
    }();
    if (piece.body.empty()) break;
    got += piece.body;
    pause(25);
  }
  CHECK(got.size() > large.size());     // the head as well
  CHECK(milliseconds() - start > 500);  // well past the deadline of 300 ms
}
