// The whole way on a socket: a flood of long work, and pages beside it.
#include "app/long_work.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <thread>

#include "base/log.h"
#include "http/server.h"
#include "jobs_migrations.h"
#include "support/store_support.h"
#include "web/session.h"
#include "web/site.h"

using namespace tithing;

namespace {

constexpr int kLong = 20'000;  // milliseconds: a test that fails, not one that waits

bool soon(const std::function<bool()>& condition) {
  for (int i = 0; i < kLong / 5; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return false;
}

// "account-3" is the third account's session.
class Sessions : public web::SessionSource {
 public:
  explicit Sessions(const PermissionTable& table) : table_(table) {}
  std::optional<web::Session> find(std::string_view token) override {
    if (token.substr(0, 8) != "account-") return std::nullopt;
    const std::int64_t id = std::stoll(std::string(token.substr(8)));
    return web::Session{Actor::account(id, "Analyst", {Grant::everywhere(Role::performance_analyst)}, table_),
                        std::string(64, '1'), std::string(token)};
  }

 private:
  const PermissionTable& table_;
};

// One connection: what was asked, and what came so far.
class Client {
 public:
  explicit Client(int port) : descriptor_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(connect(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  }
  ~Client() { leave(); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  void get(const std::string& target, const std::string& session = {}) {
    const std::string sent = "GET " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" +
                             (session.empty() ? "" : "Cookie: tithing=" + session + "\r\n") + "\r\n";
    REQUIRE(send(descriptor_, sent.data(), sent.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(sent.size()));
  }
  int status() {
    char buffer[4096];
    for (ssize_t n = 0; (n = recv(descriptor_, buffer, sizeof buffer, MSG_DONTWAIT)) > 0;)
      text.append(buffer, static_cast<std::size_t>(n));
    return text.size() < 12 ? 0 : std::stoi(text.substr(9, 3));
  }
  void leave() {
    if (descriptor_ >= 0) close(descriptor_);
    descriptor_ = -1;
  }
  std::string text;

 private:
  int descriptor_;
};

std::unique_ptr<db::Database> opened(const std::string& folder) {
  auto store = db::Database::open({Secret(folder + "/store.sqlite")});
  REQUIRE(store);
  REQUIRE(db::migrate(**store, jobs_migrations()));
  return std::move(*store);
}

struct House {
  test::TemporaryFolder folder;
  std::unique_ptr<db::Database> store = opened(folder.path());
  PermissionTable table;
  web::Router router;
  SystemClock clock;
  Sessions sessions{table};
  jobs::Runner runner{*store, clock};
  jobs::LongQueue queue;
  std::atomic<bool> go_on{false};
  std::atomic<int> begun{0}, done{0}, stopped{0}, pages{0};
  std::unique_ptr<web::Site> site;
  std::unique_ptr<http::Server> server;

  explicit House(jobs::LongQueue::Configuration configuration) : queue(runner, configuration) {
    log::set_quiet(true);
    router.get("/scan", web::Access::anyone(), [this](web::Context& context) {
      long_work("A scan");
      ++begun;
      try {
        for (int i = 0; !go_on; ++i) {
          check_stop();
          report_work(i, 0, "Scanning");
          std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
      } catch (const Stopped&) {
        ++stopped;
        throw;
      }
      ++done;
      return web::text_answer("scanned " + context.query_value("seed"), "text/plain");
    });
    router.get("/sign-in", web::Access::anyone(), [this](web::Context&) {
      ++pages;
      return web::text_answer("a form", "text/plain");
    });
    site = std::make_unique<web::Site>(web::SiteParts{.router = router,
                                                      .clock = clock,
                                                      .sessions = sessions,
                                                      .form_key = Secret("form-key"),
                                                      .queue = app::to_queue(queue)});
    http::Configuration serving;
    serving.port = 0;
    serving.workers = 1;  // one page at a time: whoever held it would hold everybody
    serving.access_log = [](const http::AccessEntry&) {};
    server =
        std::make_unique<http::Server>(serving, [this](const http::Request& request) { return site->handle(request); });
    REQUIRE(server->start());
  }
  ~House() {
    go_on = true;
    queue.stop();
  }
  int ask_page() {
    Client page(server->port());
    page.get("/sign-in");
    soon([&] { return page.status() != 0; });
    return page.status();
  }
};

jobs::LongQueue::Configuration small() {
  return {.workers = 2, .waiting = 8, .job_after_ms = kLong, .limits = {{3, 120}, {20, 600}}};
}

}  // namespace

TEST_CASE("sixty questions of visitors and sixty of accounts: sign-in is answered before any, by the only worker") {
  House house(small());
  std::vector<std::unique_ptr<Client>> visitors, accounts;
  for (int i = 0; i < 60; ++i) {
    visitors.push_back(std::make_unique<Client>(house.server->port()));
    visitors.back()->get("/scan?seed=" + std::to_string(i));
    accounts.push_back(std::make_unique<Client>(house.server->port()));
    accounts.back()->get("/scan?seed=" + std::to_string(i), "account-" + std::to_string(i % 6));
  }
  CHECK(house.ask_page() == 200);
  CHECK(house.done == 0);  // not one of the hundred and twenty
  // Visitors are told to sign in, the accounts' questions beyond budget and queue are refused at once.
  std::size_t refused = 0;
  REQUIRE(soon([&] {
    refused = 0;
    for (const auto& one : accounts) refused += one->status() == 429 || one->status() == 503 ? 1 : 0;
    const auto state = house.queue.state();
    return refused + state.waiting + state.under_way == 60;
  }));
  CHECK(refused >= 60 - 10);  // at most two under way, at most eight waiting
  CHECK(refused <= 60 - 8);
  REQUIRE(soon([&] { return house.begun == 2; }));
  for (const auto& one : visitors) {
    REQUIRE(soon([&] { return one->status() != 0; }));
    CHECK(one->status() == 303);
  }
  for (const auto& one : accounts)
    if (one->status() != 0) CHECK(one->text.find("Retry-After: ") != std::string::npos);
  CHECK(house.queue.state().most_under_way == 2);
  CHECK(house.begun == 2);
  CHECK(house.ask_page() == 200);
  house.go_on = true;
  REQUIRE(soon([&] {
    std::size_t answered = 0;
    for (const auto& one : accounts) answered += one->status() == 200 ? 1 : 0;
    return answered == 60 - refused;
  }));
  CHECK(house.queue.state().most_under_way == 2);
}

TEST_CASE("clients that go: what they asked for is stopped, what waits behind them never begins, workers are free") {
  House house(small());
  {
    std::vector<std::unique_ptr<Client>> leaving;
    for (int i = 0; i < 6; ++i) {
      leaving.push_back(std::make_unique<Client>(house.server->port()));
      leaving.back()->get("/scan?seed=" + std::to_string(i), "account-" + std::to_string(i % 3));
    }
    REQUIRE(soon([&] { return house.queue.state().waiting == 4; }));
    REQUIRE(soon([&] { return house.begun == 2; }));
  }
  REQUIRE(house.queue.wait_until_idle(kLong));
  CHECK(house.stopped >= 2);
  CHECK(house.done == 0);
  CHECK(house.queue.state().stopped == 6);
  CHECK(house.ask_page() == 200);
  // Their budget is theirs again.
  house.go_on = true;
  Client back(house.server->port());
  back.get("/scan?seed=1", "account-0");
  REQUIRE(soon([&] { return back.status() == 200; }));
  CHECK(back.text.find("scanned 1") != std::string::npos);
}

TEST_CASE("what takes longer is a job that goes on when its client has gone") {
  jobs::LongQueue::Configuration configuration = small();
  configuration.job_after_ms = 50;
  House house(configuration);
  Client client(house.server->port());
  client.get("/scan?seed=7", "account-1");
  REQUIRE(soon([&] { return client.status() == 303; }));
  CHECK(client.text.find("Location: /jobs/1\r\n") != std::string::npos);
  client.leave();
  const Actor mine = Actor::account(1, "Analyst", {}, house.table);
  REQUIRE(soon([&] { return house.runner.find(1, mine)->message == "Scanning"; }));
  CHECK(house.done == 0);
  house.go_on = true;
  REQUIRE(soon([&] { return house.runner.find(1, mine)->state == jobs::State::done; }));
  CHECK(house.runner.find(1, mine)->result_url == "/scan?seed=7");
  CHECK(house.stopped == 0);
}
