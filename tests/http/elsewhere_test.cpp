// Answers that are made elsewhere than on the workers.
#include <doctest/doctest.h>

#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

#include "client.h"
#include "http/pending.h"

using namespace tithing::http;
using namespace tithing::http::test;

namespace {

// Keeps what it is asked for /long until the test answers it.
struct Later {
  std::mutex mutex;
  std::vector<std::shared_ptr<Pending>> asked;
  std::vector<const Request*> requests;
  std::atomic<int> gone{0};

  Response handle(const Request& request) {
    if (request.path != "/long") return hello(request);
    const auto pending = std::make_shared<Pending>();
    pending->when_gone([this] { ++gone; });
    const std::lock_guard lock(mutex);
    asked.push_back(pending);
    requests.push_back(&request);
    Response answer;
    answer.elsewhere = pending;
    return answer;
  }
  std::size_t count() {
    const std::lock_guard lock(mutex);
    return asked.size();
  }
  std::shared_ptr<Pending> at(std::size_t i) {
    const std::lock_guard lock(mutex);
    return asked[i];
  }
};

const std::string kLong = "GET /long HTTP/1.1\r\nHost: a\r\nX-Mark: kept\r\n\r\n";

Response done(const std::string& body) {
  Response answer;
  answer.body = body;
  return answer;
}

}  // namespace

TEST_CASE("one worker is free at once, however many wait for answers from elsewhere") {
  {
    Later later;
    Configuration configuration = quick();
    configuration.workers = 1;
    configuration.queue = 2;
    const auto server = serve(std::move(configuration), [&](const Request& request) { return later.handle(request); });
    std::vector<std::unique_ptr<Client>> waiting;
    for (int i = 0; i < 40; ++i) {
      waiting.push_back(std::make_unique<Client>(server->port()));
      waiting.back()->send(kLong);
      REQUIRE(eventually([&] { return later.count() == waiting.size(); }));
    }
    Client page(server->port());
    CHECK(page.ask(kGet).body == "hello /");  // before any of the forty
    for (std::size_t i = waiting.size(); i-- > 0;) {
      later.at(i)->answer(done("answer " + std::to_string(i)));
      later.at(i)->answer(done("too late"));
      const Answer answer = waiting[i]->answer();
      CHECK(answer.status == 200);
      CHECK(answer.body == "answer " + std::to_string(i));
      // The connection goes on as any other.
      CHECK(waiting[i]->ask(kGet).body == "hello /");
    }
    CHECK(later.gone == 0);
  }
}

TEST_CASE("a client that goes is noticed, and its answer is nobody's") {
  Later later;
  const auto server = serve(quick(), [&](const Request& request) { return later.handle(request); });
  {
    Client leaving(server->port());
    leaving.send(kLong);
    REQUIRE(eventually([&] { return later.count() == 1; }));
    CHECK(later.gone == 0);
  }
  CHECK(eventually([&] { return later.gone == 1; }));
  CHECK(later.at(0)->gone());
  CHECK(eventually([&] { return server->connections() == 0; }));
  bool told = false;
  later.at(0)->when_gone([&] { told = true; });  // who asks afterwards is told at once
  CHECK(told);
  later.at(0)->answer(done("nobody's"));
  CHECK(Client(server->port()).ask(kGet).status == 200);
}

TEST_CASE("what a client sends while it waits is answered afterwards, in order, and its request lives as long") {
  Later later;
  const auto server = serve(quick(), [&](const Request& request) { return later.handle(request); });
  Client client(server->port());
  client.send(kLong + "GET /second HTTP/1.1\r\nHost: a\r\n\r\n");
  REQUIRE(eventually([&] { return later.count() == 1; }));
  client.send("GET /third HTTP/1.1\r\nHost: a\r\n\r\n");
  std::this_thread::sleep_for(std::chrono::milliseconds(30));
  CHECK(later.requests[0]->header("X-Mark") == "kept");
  later.at(0)->answer(done("first"));
  CHECK(client.answer().body == "first");
  CHECK(client.answer().body == "hello /second");
  CHECK(client.answer().body == "hello /third");
}

TEST_CASE("an answer may come before the handler has returned, and a fault in making it is a 500") {
  const auto server = serve(quick(), [&](const Request& request) {
    const auto pending = std::make_shared<Pending>();
    Response made = hello(request);
    if (request.path == "/file") made.file = "/nowhere/at/all";
    pending->answer(std::move(made));
    Response answer;
    answer.elsewhere = pending;
    return answer;
  });
  Client client(server->port());
  CHECK(client.ask(kGet).body == "hello /");
  CHECK(client.ask("GET /file HTTP/1.1\r\nHost: a\r\n\r\n").status == 500);
  CHECK(client.ask(kGet).body == "hello /");
}

TEST_CASE("a server that ends lets go of those who wait") {
  Later later;
  auto server = serve(quick(), [&](const Request& request) { return later.handle(request); });
  Client client(server->port());
  client.send(kLong);
  REQUIRE(eventually([&] { return later.count() == 1; }));
  CHECK_FALSE(server->stop_gracefully(50));
  CHECK(later.gone == 1);
  server.reset();
  later.at(0)->answer(done("nobody's"));
  CHECK(client.closed_within(500));
}
