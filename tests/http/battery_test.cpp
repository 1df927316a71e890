// Hostile and odd requests against the live server: each gets the answer it should, the connection is closed, and the
// server goes on serving others.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "client.h"

using namespace tithing::http;
using namespace tithing::http::test;
using namespace std::string_literals;

namespace {

struct Case {
  const char* name;
  std::string bytes;
  int status;
};

std::vector<Case> battery() {
  const std::string host = "Host: a\r\n";
  const auto post = [&](const std::string& headers, const std::string& body) {
    return "POST / HTTP/1.1\r\n" + host + headers + "\r\n" + body;
  };
  std::string many_headers = "GET / HTTP/1.1\r\n" + host;
  for (int i = 0; i < 5'000; ++i) many_headers += "X-" + std::to_string(i) + ": a\r\n";
  return {
      {"transfer encoding and length", post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"), 400},
      {"length and transfer encoding", post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400},
      {"two lengths", post("Content-Length: 5\r\nContent-Length: 6\r\n", "hello!"), 400},
      {"the same length twice", post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello"), 400},
      {"negative length", post("Content-Length: -1\r\n", ""), 400},
      {"huge length", post("Content-Length: 99999999999999999999\r\n", ""), 400},
      {"large length", post("Content-Length: 999999999999\r\n", ""), 413},
      {"header of 100 KB", "GET / HTTP/1.1\r\n" + host + "X: " + std::string(100'000, 'a') + "\r\n\r\n", 431},
      {"5,000 headers", many_headers + "\r\n", 431},
      {"address of 100 KB", "GET /" + std::string(100'000, 'a') + " HTTP/1.1\r\n" + host + "\r\n", 414},
      {"space before the colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400},
      {"NUL in a header", "GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n"s, 400},
      {"no Host", "GET / HTTP/1.1\r\n\r\n", 400},
      {"two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
      {"folded header", "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n", 400},
      {"lines without CR", "GET / HTTP/1.1\nHost: a\n\n", 400},
      {"3 MB over a limit of 2 MB", post("Content-Length: 3000000\r\n", std::string(3'000'000, 'a')), 413},
      {"3 MB in chunks over a limit of 2 MB",
       post("Transfer-Encoding: chunked\r\n", "2dc6c0\r\n" + std::string(3'000'000, 'a') + "\r\n0\r\n\r\n"), 413},
      {"a chunk that is none", post("Transfer-Encoding: chunked\r\n", "zz\r\nhello\r\n"), 400},
      {"unknown transfer encoding", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 501},
      {"unknown expectation", post("Expect: tea\r\nContent-Length: 1\r\n", ""), 417},
      {"TLS hello on the plain port", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"s, 400},
      {"HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
      {"no HTTP at all", "{\"a\": 1}\r\n\r\n", 400},
      {"not even a version", "GET /\r\n\r\n", 400},
  };
}

}  // namespace

TEST_CASE("the battery of malformed requests") {
  const auto server = serve(quick(), hello);
  for (const Case& one : battery()) {
    CAPTURE(one.name);
    Client client(server->port());
    client.send(one.bytes);
    const Answer answer = client.answer();
    CHECK(answer.status == one.status);
    CHECK(answer.header("Connection") == "close");
    CHECK(answer.header("X-Request-Id").size() == 20);
    CHECK(answer.body.find(answer.header("X-Request-Id")) != std::string::npos);
    CHECK(answer.header("Server").empty());
    CHECK_FALSE(answer.header("Date").empty());
    CHECK(client.closed_within(2'000));
    CHECK(client.rest.empty());  // one answer, whatever else had been sent
    Client other(server->port());
    CHECK(other.ask(kGet).status == 200);
  }
}

TEST_CASE("what follows a refused request is not taken for another one") {
  const auto server = serve(quick(), hello);
  Client client(server->port());
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + kGet);
  CHECK(client.answer().status == 400);
  CHECK(client.closed_within(2'000));
  CHECK(client.rest.empty());
}

TEST_CASE("odd but proper requests are served") {
  const auto server = serve(quick(), [](const Request& request) {
    Response response = hello(request);
    response.body = request.method + " " + request.target + " " + request.body.in_memory;
    return response;
  });
  const auto body = [&](const std::string& bytes) {
    Client client(server->port());
    const Answer answer = client.ask(bytes);
    CHECK(answer.status == 200);
    return answer.body;
  };
  CHECK(body("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n") == "GET / ");
  CHECK(body("GET http://a/x?y HTTP/1.1\r\nHost: a\r\n\r\n") == "GET /x?y ");
  CHECK(body("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n") == "OPTIONS * ");
  CHECK(body("GET / HTTP/1.1\r\nhOST:a\r\n\r\n") == "GET / ");
  CHECK(body("BREW /pot HTTP/1.1\r\nHost: a\r\n\r\n") == "BREW /pot ");
  CHECK(
      body(
          "POST / HTTP/1.1\r\nHost: [::1]:80\r\ntransfer-encoding: Chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\nT: v\r\n\r\n") ==
      "POST / abc");
}
