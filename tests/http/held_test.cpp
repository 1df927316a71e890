// Clients that begin many bodies and finish none: each has a budget, and nobody else notices.
#include <doctest/doctest.h>

#include <memory>
#include <vector>

#include "client.h"

using namespace tithing::http;
using namespace tithing::http::test;

namespace {

// A body of that length, of a client behind the proxy that the tests are.
std::string head(const std::string& client, std::size_t length, const std::string& path = "/") {
  return "POST " + path + " HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: " + client +
         "\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n";
}

Configuration with_budget(HeldBodies::Budget budget) {
  Configuration configuration = quick();
  configuration.trusted_proxies = {"127.0.0.1"};
  configuration.limits.of_client = budget;
  configuration.limits.body_silence_ms = 10'000;
  return configuration;
}

using Clients = std::vector<std::unique_ptr<Client>>;

// Begins a body and sends so many bytes of it.
Client& begin(Clients& clients, const Server& server, const std::string& client, std::size_t length, std::size_t sent,
              const std::string& path = "/") {
  clients.push_back(std::make_unique<Client>(server.port()));
  clients.back()->send(head(client, length, path) + std::string(sent, 'x'));
  return *clients.back();
}

// Whether the client may begin one more: it is answered at once when not.
bool may_begin(const Server& server, const std::string& client) {
  Client one(server.port());
  return one.ask(head(client, 1) + "x").status == 200;
}

}  // namespace

TEST_CASE("so many bodies of one client are on their way at once; more are refused, and other clients are not") {
  const auto server = serve(with_budget({.bodies = 3, .large = 1, .bytes = 1'000'000}), hello);
  Clients clients;
  for (int i = 0; i < 3; ++i) begin(clients, *server, "203.0.113.9", 100, 10);
  REQUIRE(eventually([&] { return !may_begin(*server, "203.0.113.9") || clients.empty(); }));
  Client more(server->port());
  more.send(head("203.0.113.9", 100) + "x");
  const Answer refused = more.answer();
  CHECK(refused.status == 429);
  CHECK(refused.header("Retry-After") == "10");
  CHECK(refused.body.find("Too much is on its way from your address at once.") != std::string::npos);
  CHECK(Client(server->port()).ask(kGet).status == 200);
  CHECK(may_begin(*server, "203.0.113.10"));
  // The same subscriber of IPv6 has one budget, whatever address of theirs they use.
  Clients v6;
  for (int i = 1; i <= 3; ++i) begin(v6, *server, "2001:db8:1:2::" + std::to_string(i), 100, 10);
  CHECK(eventually([&] {
    Client one(server->port());
    one.send(head("2001:db8:1:2:f::9", 100) + "x");
    return one.answer(false, 200).status == 429;
  }));
  CHECK(may_begin(*server, "2001:db8:1:3::1"));
  // What has arrived, or has gone away, makes room.
  clients[0]->send(std::string(90, 'x'));
  CHECK(clients[0]->answer().status == 200);
  CHECK(eventually([&] { return may_begin(*server, "203.0.113.9"); }));
  clients[0] = std::make_unique<Client>(server->port());
  clients[0]->send(head("203.0.113.9", 100) + "x");
  CHECK(eventually([&] { return !may_begin(*server, "203.0.113.9"); }));
  clients.pop_back();
  CHECK(eventually([&] { return may_begin(*server, "203.0.113.9"); }));
}

TEST_CASE("what has come of a client's bodies is counted together") {
  const auto server = serve(with_budget({.bodies = 50, .large = 1, .bytes = 100'000}), hello);
  Clients clients;
  begin(clients, *server, "203.0.113.9", 90'000, 60'000);
  Client& second = begin(clients, *server, "203.0.113.9", 90'000, 60'000);
  // One of the two was the one too many: which of them came first is the network's.
  const int status = second.answer(false, 500).status;
  const int other = clients[0]->answer(false, 500).status;
  CHECK((status == 429) != (other == 429));
  CHECK(Client(server->port()).ask(head("203.0.113.10", 60'000) + std::string(60'000, 'x')).status == 200);
}

TEST_CASE("large bodies are few at once, of whoever may send them, and are not counted with the small ones") {
  Configuration configuration = with_budget({.bodies = 50, .large = 1, .bytes = 10'000});
  configuration.limits.max_body = 1'000;
  configuration.limits.body_limit = [](std::string_view, std::string_view path) -> std::int64_t {
    return path == "/large" ? 1'000'000 : -1;
  };
  const auto server = serve(std::move(configuration), hello);
  Clients clients;
  Client& first = begin(clients, *server, "203.0.113.9", 200'000, 100'000, "/large");
  REQUIRE(eventually([&] {
    Client one(server->port());
    one.send(head("203.0.113.9", 200'000, "/large"));
    return one.answer(false, 200).status == 429;
  }));
  CHECK(may_begin(*server, "203.0.113.9"));
  // One that does not say how large it is, is refused when it has grown so far.
  Client chunked(server->port());
  chunked.send("POST /large HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 203.0.113.9\r\nTransfer-Encoding: chunked\r\n\r\n");
  chunked.send("7D0\r\n" + std::string(2'000, 'x') + "\r\n");
  CHECK(chunked.answer().status == 429);
  first.send(std::string(100'000, 'x'));
  CHECK(first.answer().status == 200);
  CHECK(Client(server->port()).ask(head("203.0.113.9", 200'000, "/large") + std::string(200'000, 'x')).status == 200);
}

TEST_CASE("a proxy that nobody named is not believed: whom it speaks for count as one client, its own address") {
  Configuration configuration = with_budget({.bodies = 1, .large = 1, .bytes = 1'000});
  configuration.trusted_proxies = {"192.0.2.1"};
  const auto server = serve(std::move(configuration), hello);
  Clients clients;
  begin(clients, *server, "203.0.113.9", 100, 10);
  CHECK(eventually([&] {
    Client one(server->port());
    one.send(head("203.0.113.10", 100) + "x");
    return one.answer(false, 200).status == 429;
  }));
}
