#include <doctest/doctest.h>
#include <zlib.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <fstream>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

#include "base/log.h"
#include "client.h"

using namespace tithing;
using namespace tithing::http;
using namespace tithing::http::test;

TEST_CASE("a request, its answer and its line in the access log") {
  struct Entry {
    std::string id, method, target, remote;
    int status;
    std::int64_t bytes, microseconds;
    bool complete;
  };
  std::mutex mutex;
  std::vector<Entry> entries;
  Configuration configuration = quick();
  configuration.access_log = [&](const AccessEntry& e) {
    const std::lock_guard lock(mutex);
    entries.push_back({std::string(e.id), std::string(e.method), std::string(e.target), std::string(e.remote), e.status,
                       e.bytes, e.microseconds, e.complete});
  };
  const auto server = serve(std::move(configuration), [](const Request& request) {
    CHECK(request.remote_address == "127.0.0.1");
    CHECK_FALSE(request.secure);
    Response response = hello(request);
    response.set("X-Saw-Id", request.id);
    response.status = 201;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    return response;
  });
  Client client(server->port());
  const Answer answer = client.ask("GET /a?b=c HTTP/1.1\r\nHost: a\r\nX-Request-Id: abcdefgh12345678\r\n\r\n");
  CHECK(answer.head.starts_with("HTTP/1.1 201 Created\r\n"));
  CHECK(answer.body == "hello /a");
  CHECK(answer.header("X-Saw-Id") == answer.header("X-Request-Id"));
  CHECK(answer.header("X-Request-Id") != "abcdefgh12345678");  // a stranger does not name our requests
  CHECK(answer.header("Connection").empty());
  REQUIRE(eventually([&] {
    const std::lock_guard lock(mutex);
    return entries.size() == 1;
  }));
  CHECK(entries[0].id == answer.header("X-Request-Id"));
  CHECK(entries[0].method == "GET");
  CHECK(entries[0].target == "/a?b=c");
  CHECK(entries[0].status == 201);
  CHECK(entries[0].bytes == static_cast<std::int64_t>(answer.head.size() + 2 + answer.body.size()));
  CHECK(entries[0].microseconds >= 20'000);
  CHECK(entries[0].microseconds < 5'000'000);
  CHECK(entries[0].remote == "127.0.0.1");
  CHECK(entries[0].complete);
}

TEST_CASE("a trusted proxy speaks for its client") {
  Configuration configuration = quick();
  configuration.trusted_proxies = {"127.0.0.0/8"};
  const auto server = serve(std::move(configuration), [](const Request& request) {
    Response response;
    response.body = request.remote_address + (request.secure ? " secure" : " plain");
    return response;
  });
  Client client(server->port());
  const Answer answer = client.ask(
      "GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\n"
      "X-Request-Id: abcdefgh12345678\r\n\r\n");
  CHECK(answer.body == "203.0.113.9 secure");
  CHECK(answer.header("X-Request-Id") == "abcdefgh12345678");
}

TEST_CASE("keep-alive, pipelining in order, HEAD, HTTP/1.0") {
  // The first handler is the slowest: answers must not overtake one another.
  const auto server = serve(quick(), [](const Request& request) {
    if (request.path == "/1") std::this_thread::sleep_for(std::chrono::milliseconds(50));
    return hello(request);
  });
  Client client(server->port());
  std::string three;
  for (const char* path : {"/1", "/2", "/3"}) three += "GET " + std::string(path) + " HTTP/1.1\r\nHost: a\r\n\r\n";
  client.send(three);
  CHECK(client.answer().body == "hello /1");
  CHECK(client.answer().body == "hello /2");
  CHECK(client.answer().body == "hello /3");
  client.send("HEAD /four HTTP/1.1\r\nHost: a\r\n\r\n" + kGet);
  const Answer head = client.answer(true);
  CHECK(head.status == 200);
  CHECK(head.header("Content-Length") == "11");
  CHECK(client.answer().body == "hello /");  // nothing of a body came in between
  CHECK(client.ask("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").header("Connection") == "close");
  CHECK(client.closed_within(2'000));

  Client old(server->port());
  const Answer old_answer = old.ask("GET / HTTP/1.0\r\n\r\n");
  CHECK(old_answer.body == "hello /");
  CHECK(old_answer.header("Connection") == "close");
  CHECK(old.closed_within(2'000));
  Client old_kept(server->port());
  CHECK(old_kept.ask("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").header("Connection") == "keep-alive");
  CHECK(old_kept.ask("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").status == 200);
}

TEST_CASE("who half-closes after asking still gets the answer") {
  const auto server = serve(quick(), [](const Request& request) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    return hello(request);
  });
  Client client(server->port());
  client.send(kGet);
  client.close_for_writing();
  CHECK(client.answer().status == 200);
  CHECK(client.closed_within(2'000));
}

TEST_CASE("Expect: 100-continue") {
  const auto server = serve(quick(), [](const Request& request) {
    Response response;
    response.body = request.body.in_memory;
    return response;
  });
  const std::string head = "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: ";
  Client client(server->port());
  client.send(head + "5\r\n\r\n");
  CHECK(client.answer().status == 100);
  client.send("hello");
  CHECK(client.answer().body == "hello");
  // Again on the same connection, this time without waiting: no need to be told.
  client.send(head + "5\r\n\r\nworld");
  CHECK(client.answer().body == "world");
  // Refused before a byte of it is sent.
  Client large(server->port());
  CHECK(large.ask(head + "5000000\r\n\r\n").status == 413);
}

TEST_CASE("a large body goes through a file, and comes back from one") {
  Configuration configuration = quick();
  const std::string spool = configuration.spool_directory;
  configuration.limits.memory_body = 100'000;
  configuration.limits.body_limit = [](std::string_view method, std::string_view path) -> std::int64_t {
    return method == "POST" && path == "/upload" ? 50'000'000 : -1;
  };
  std::atomic<bool> from_file{false};
  const auto server = serve(std::move(configuration), [&](const Request& request) {
    from_file = !request.body.file.empty();
    Response response;
    if (!from_file) {
      response.body = request.body.in_memory;
      return response;
    }
    CHECK(request.body.in_memory.empty());
    response.file = request.body.file + "-answer";  // gone with the answer
    response.file_is_temporary = true;
    std::ifstream in(request.body.file, std::ios::binary);
    std::ofstream(response.file, std::ios::binary) << in.rdbuf();
    return response;
  });
  std::string large(5'000'000, '\0');
  for (std::size_t i = 0; i < large.size(); ++i) large[i] = static_cast<char>(i * 2654435761u >> 13);
  Client client(server->port());
  const std::string head = "POST /upload HTTP/1.1\r\nHost: a\r\n";
  client.send(head + "Content-Length: " + std::to_string(large.size()) + "\r\n\r\n");
  client.send(large);
  Answer answer = client.answer();
  CHECK(answer.status == 200);
  CHECK(answer.body == large);
  CHECK(from_file);

  client.send(head + "Transfer-Encoding: chunked\r\n\r\n");
  char size[32];
  for (std::size_t at = 0; at < large.size(); at += 70'001) {
    const std::string_view piece = std::string_view(large).substr(at, 70'001);
    std::snprintf(size, sizeof size, "%zx\r\n", piece.size());
    client.send(size + std::string(piece) + "\r\n");
  }
  client.send("0\r\n\r\n");
  answer = client.answer();
  CHECK(answer.body == large);
  CHECK(from_file);

  client.send(head + "Content-Length: 100000\r\n\r\n" + large.substr(0, 100'000));
  CHECK(client.answer().body == large.substr(0, 100'000));
  CHECK_FALSE(from_file);

  {  // one that breaks off in the middle leaves nothing behind either
    Client broken(server->port());
    broken.send(head + "Content-Length: 5000000\r\n\r\n" + large.substr(0, 2'000'000));
    CHECK(eventually([&] { return entries_in(spool) == 1; }));
  }
  CHECK(eventually([&] { return entries_in(spool) == 0; }));
}

TEST_CASE("who may not send a large body is told so before any of it is kept") {
  Configuration configuration = quick();
  const std::string spool = configuration.spool_directory;
  configuration.limits.max_body = 100'000;
  configuration.limits.memory_body = 10'000;
  configuration.limits.body_limit = [](std::string_view, std::string_view path) -> std::int64_t {
    return path == "/upload" ? 50'000'000 : -1;
  };
  std::atomic<int> asked{0};
  configuration.limits.large_body = [&](const Request& head) -> std::int64_t {
    ++asked;
    if (head.header("Cookie") == "broken") throw std::runtime_error("the store is away");
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    return head.header("Cookie") == "known" ? 1'000'000 : -1;
  };
  const auto server = serve(std::move(configuration), [](const Request& request) {
    Response response;
    response.body = std::to_string(request.body.size);
    return response;
  });
  const std::string head = "POST /upload HTTP/1.1\r\nHost: a\r\n";
  const std::string known = head + "Cookie: known\r\n";
  const std::string large(900'000, 'a');

  Client stranger(server->port());
  stranger.send(head + "Content-Length: 900000\r\n\r\n" + large.substr(0, 200'000));
  CHECK(stranger.answer().status == 403);
  CHECK(entries_in(spool) == 0);
  Client chunked(server->port());
  chunked.send(head + "Transfer-Encoding: chunked\r\n\r\n");
  CHECK(chunked.answer().status == 403);
  Client unlucky(server->port());
  unlucky.send(head + "Cookie: broken\r\nContent-Length: 900000\r\n\r\n");
  CHECK(unlucky.answer().status == 500);
  CHECK(asked == 3);

  Client client(server->port());
  client.send(known + "Content-Length: 900000\r\n\r\n" + large);  // without waiting
  CHECK(client.answer().body == "900000");
  client.send(known + "Expect: 100-continue\r\nContent-Length: 900000\r\n\r\n");
  CHECK(client.answer().status == 100);
  client.send(large);
  CHECK(client.answer().body == "900000");
  client.send(known + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n" + kGet);  // and one behind it
  CHECK(client.answer().body == "5");
  CHECK(client.answer().body == "0");
  CHECK(asked == 6);
  client.send(known + "Content-Length: 1000001\r\n\r\n");  // as much as the route takes, but not from this asker
  CHECK(client.answer().status == 413);

  // Small bodies ask nobody; nor do other addresses, which have their own limit.
  asked = 0;
  Client small(server->port());
  CHECK(small.ask(head + "Content-Length: 5\r\n\r\nhello").body == "5");
  CHECK(small.ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 900000\r\n\r\n").status == 413);
  CHECK(asked == 0);

  {  // one who leaves while we ask
    Client gone(server->port());
    gone.send(known + "Content-Length: 900000\r\n\r\n");
  }
  CHECK(Client(server->port()).ask(kGet).status == 200);
}

TEST_CASE("all bodies in memory together are bounded") {
  Configuration configuration = quick();
  configuration.limits.memory_body = 1'000'000;
  configuration.limits.memory_bodies = 300'000;
  configuration.limits.body_silence_ms = 2'000;
  configuration.limits.body_bytes_per_second = 0;
  const std::string spool = configuration.spool_directory;
  const auto server = serve(std::move(configuration), hello);
  const std::string start = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 250000\r\n\r\n" + std::string(200'000, 'a');
  Client first(server->port());
  first.send(start);
  Client second(server->port());
  second.send(start);
  CHECK(eventually(
      [&] {
        second.send("a");
        return entries_in(spool) >= 1;
      },
      1'500));
}

TEST_CASE("files") {
  Configuration configuration = quick();
  const std::string path = configuration.spool_directory + "/answer.bin";
  std::string contents(3'000'000, 'x');
  contents[2'999'999] = 'y';
  std::ofstream(path, std::ios::binary) << contents;
  log::set_quiet(true);
  configuration.access_log = nullptr;  // the server's own line, which is not shown
  const auto server = serve(std::move(configuration), [&](const Request& request) {
    Response response;
    response.file = request.path == "/missing" ? "/nonexistent" : path;
    return response;
  });
  Client client(server->port());
  CHECK(client.ask(kGet).body == contents);
  client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(client.answer(true).header("Content-Length") == "3000000");
  CHECK(client.ask("GET /missing HTTP/1.1\r\nHost: a\r\n\r\n").status == 500);
  CHECK(client.ask(kGet).status == 200);
}

TEST_CASE("what a handler throws becomes 500, and the connection lives on") {
  Configuration configuration = quick();
  configuration.error_page = [](int status, std::string_view sentence, std::string_view id) {
    return "<p>" + std::to_string(status) + std::string(sentence) + std::string(id) + "</p>";
  };
  const auto server = serve(std::move(configuration), [](const Request& request) -> Response {
    if (request.path == "/int") throw 7;
    if (request.path == "/header") {
      Response response;
      response.headers.push_back({"X", "a\r\nSet-Cookie: b"});
      return response;
    }
    throw std::runtime_error("secret detail");
  });
  Client client(server->port());
  for (const char* path : {"/", "/int", "/header"}) {
    const Answer answer = client.ask("GET " + std::string(path) + " HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(answer.status == 500);
    CHECK(answer.header("Content-Type") == "text/html; charset=utf-8");
    CHECK(answer.body.find("secret") == std::string::npos);
    CHECK(answer.body.find(answer.header("X-Request-Id")) != std::string::npos);
    CHECK(answer.header("Set-Cookie").empty());
  }
}

TEST_CASE("a full queue is said so at once, and those before it are served") {
  Configuration configuration = quick();
  configuration.workers = 1;
  configuration.queue = 2;
  std::mutex mutex;
  std::condition_variable opened;
  bool open = false;
  std::atomic<int> running{0};
  const auto server = serve(std::move(configuration), [&](const Request& request) {
    ++running;
    std::unique_lock lock(mutex);
    opened.wait(lock, [&] { return open; });
    return hello(request);
  });
  std::vector<std::unique_ptr<Client>> waiting;
  waiting.push_back(std::make_unique<Client>(server->port()));
  waiting.back()->send(kGet);
  REQUIRE(eventually([&] { return running == 1; }));
  for (int i = 0; i < 2; ++i) {
    waiting.push_back(std::make_unique<Client>(server->port()));
    waiting.back()->send(kGet);
  }
  Client refused(server->port());
  Answer answer;
  // The two before may still be on their way: ask until the queue is full.
  REQUIRE(eventually([&] {
    auto probe = std::make_unique<Client>(server->port());
    probe->send(kGet);
    answer = probe->answer(false, 50);
    if (answer.status == 0) waiting.push_back(std::move(probe));
    return answer.status != 0;
  }));
  CHECK(answer.status == 503);
  CHECK(answer.header("Retry-After") == "1");
  CHECK(answer.header("Connection").empty());
  {
    const std::lock_guard lock(mutex);
    open = true;
  }
  opened.notify_all();
  CHECK(waiting.size() == 3);
  for (const auto& client : waiting) CHECK(client->answer().status == 200);
}

TEST_CASE("gzip over the wire") {
  const std::string page(20'000, 'p');
  const auto server = serve(quick(), [&](const Request&) {
    Response response;
    response.set("Content-Type", "text/html; charset=utf-8");
    response.body = page;
    return response;
  });
  Client client(server->port());
  CHECK(client.ask(kGet).body == page);
  const Answer answer = client.ask("GET / HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip, br\r\n\r\n");
  CHECK(answer.header("Content-Encoding") == "gzip");
  CHECK(answer.header("Vary") == "Accept-Encoding");
  z_stream stream{};
  REQUIRE(inflateInit2(&stream, 31) == Z_OK);
  std::string back(page.size() + 1, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(answer.body.data()));
  stream.avail_in = static_cast<uInt>(answer.body.size());
  stream.next_out = reinterpret_cast<Bytef*>(back.data());
  stream.avail_out = static_cast<uInt>(back.size());
  CHECK(inflate(&stream, Z_FINISH) == Z_STREAM_END);
  back.resize(stream.total_out);
  inflateEnd(&stream);
  CHECK(back == page);
}

TEST_CASE("a configuration that cannot work is told in a sentence") {
  const auto refused = [](const std::function<void(Configuration&)>& spoil) {
    Configuration configuration = quick();
    spoil(configuration);
    Server server(std::move(configuration), hello);
    const Status started = server.start();
    REQUIRE_FALSE(started.has_value());
    return started.error().message;
  };
  CHECK(refused([](auto& c) { c.address = "nowhere"; }).find("nowhere") != std::string::npos);
  CHECK(refused([](auto& c) { c.port = 70'000; }).find("70000") != std::string::npos);
  CHECK(refused([](auto& c) { c.spool_directory = "/nonexistent"; }).find("/nonexistent") != std::string::npos);
  CHECK(refused([](auto& c) { c.trusted_proxies = {"proxy"}; }).find("proxy") != std::string::npos);
  CHECK(refused([](auto& c) { c.tls.certificate = "/nonexistent.pem"; }).find("key") != std::string::npos);
  CHECK(refused([](auto& c) { c.tls = {"/nonexistent.pem", "/k.pem"}; }).find("/nonexistent.pem") != std::string::npos);
  CHECK(refused([](auto& c) { c.workers = 0; }).find("worker") != std::string::npos);
  const auto server = serve(quick(), hello);
  const int port = server->port();
  CHECK(refused([port](auto& c) { c.port = port; }).find("already") != std::string::npos);
}
