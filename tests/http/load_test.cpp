// Many clients at once.
#include <doctest/doctest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <thread>
#include <vector>

#include "base/log.h"
#include "client.h"

using namespace tithing;
using namespace tithing::http;
using namespace tithing::http::test;

namespace {

// AddressSanitizer keeps freed memory aside for a while: how much lies there says nothing then.
#if defined(__SANITIZE_ADDRESS__)
constexpr bool kMemoryTells = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
constexpr bool kMemoryTells = false;
#else
constexpr bool kMemoryTells = true;
#endif
#else
constexpr bool kMemoryTells = true;
#endif

// Both ends of every connection live in this process.
bool allow_descriptors(rlim_t wanted) {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur >= wanted) return true;
  limit.rlim_cur = wanted;
  if (limit.rlim_max < wanted) limit.rlim_max = wanted;
  return setrlimit(RLIMIT_NOFILE, &limit) == 0;
}

}  // namespace

TEST_CASE("1,500 idle connections cost little and disturb nobody") {
  REQUIRE(allow_descriptors(4'000));
  Configuration configuration = quick();
  configuration.limits.idle_ms = 30'000;
  configuration.queue = 2'000;  // all ask at once
  const auto server = serve(std::move(configuration), hello);
  { CHECK(Client(server->port()).ask(kGet).status == 200); }
  const std::int64_t before = resident_kilobytes();
  std::vector<std::unique_ptr<Client>> idle;
  for (int i = 0; i < 1'500; ++i) {
    idle.push_back(std::make_unique<Client>(server->port()));
    REQUIRE(idle.back()->send(kGet));
  }
  for (const auto& client : idle) REQUIRE(client->answer().status == 200);
  CHECK(server->connections() >= 1'500);
  const std::int64_t kilobytes = resident_kilobytes() - before;
  MESSAGE("resident memory for 1,500 idle connections, clients included: ", kilobytes, " KB");
  if (kMemoryTells) CHECK(kilobytes < 30'000);

  Client busy(server->port());
  const std::int64_t start = milliseconds();
  for (int i = 0; i < 200; ++i) REQUIRE(busy.ask(kGet).status == 200);
  CHECK(milliseconds() - start < 2'000);
  for (int i = 0; i < 1'500; i += 100) CHECK(idle[static_cast<std::size_t>(i)]->ask(kGet).status == 200);
}

TEST_CASE("200 clients that ask much and read nothing: memory stays bounded, others are served, all are cut off") {
  REQUIRE(allow_descriptors(4'000));
  Configuration configuration = quick();
  configuration.limits.write_ms = 1'000;
  const std::string page(20'000, 'p');
  const auto server = serve(std::move(configuration), [&](const Request&) {
    Response response;
    response.body = page;
    return response;
  });
  std::string thousand;
  for (int i = 0; i < 1'000; ++i) thousand += kGet;
  const std::int64_t before = resident_kilobytes();
  std::vector<std::unique_ptr<Client>> greedy;
  for (int i = 0; i < 200; ++i) {
    greedy.push_back(std::make_unique<Client>(server->port()));
    greedy.back()->set_small_receive_buffer();
    greedy.back()->send(thousand);
  }
  const std::int64_t start = milliseconds();
  CHECK(Client(server->port()).ask(kGet).status == 200);
  CHECK(milliseconds() - start < 1'500);
  std::int64_t most = 0;
  CHECK(eventually(
      [&] {
        most = std::max(most, resident_kilobytes() - before);
        return server->connections() == 0;
      },
      6'000));
  MESSAGE("resident memory for 200 clients with 1,000 unread answers of 20 KB: ", most, " KB");
  if (kMemoryTells) CHECK(most < 60'000);  // the answers together would be 4 GB
}

TEST_CASE("at the cap the longest idle connection makes room; without one, newcomers wait") {
  Configuration configuration = quick();
  configuration.connections = 3;
  configuration.limits.idle_ms = 5'000;
  configuration.limits.header_ms = 800;
  const auto server = serve(std::move(configuration), hello);
  Client first(server->port());
  CHECK(first.ask(kGet).status == 200);
  std::this_thread::sleep_for(std::chrono::milliseconds(5));  // so that it is the first to have become idle
  Client second(server->port());
  CHECK(second.ask(kGet).status == 200);
  Client third(server->port());
  CHECK(third.ask(kGet).status == 200);
  CHECK(server->connections() == 3);  // nobody is closed without need
  Client fourth(server->port());
  CHECK(fourth.ask(kGet).status == 200);
  CHECK(first.closed_within(1'000));
  CHECK(server->connections() == 3);
  for (Client* client : {&second, &third, &fourth}) client->send("GET / HT");  // no longer idle
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  Client fifth(server->port());
  fifth.send(kGet);
  CHECK(fifth.answer(false, 200).status == 0);
  CHECK(fifth.answer(false, 3'000).status == 200);  // once the three have been cut off
}

TEST_CASE("without file descriptors the server waits and goes on") {
  log::set_quiet(true);
  const auto server = serve(quick(), hello);
  std::vector<std::unique_ptr<Client>> clients;
  rlimit former{};
  getrlimit(RLIMIT_NOFILE, &former);
  const int lowest_free = ::dup(0);
  REQUIRE(lowest_free > 0);
  ::close(lowest_free);
  {
    rlimit tight = former;
    tight.rlim_cur = static_cast<rlim_t>(lowest_free) + 1;  // room for the client's end, none for the server's
    REQUIRE(setrlimit(RLIMIT_NOFILE, &tight) == 0);
  }
  Client client(server->port());
  client.send(kGet);
  CHECK(client.answer(false, 200).status == 0);
  REQUIRE(setrlimit(RLIMIT_NOFILE, &former) == 0);
  CHECK(client.answer(false, 2'000).status == 200);
}
