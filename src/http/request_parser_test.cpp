#include "http/request_parser.h"

#include <doctest/doctest.h>

#include <string>

using namespace tithing::http;
using namespace std::string_literals;

namespace {

struct Outcome {
  int status = 0;  // 0: a request; -1: wants more
  Request request;
  std::string body;
  std::size_t taken = 0;
  bool keep_alive = false;
};

// Gives `bytes` in pieces of `step`, the way a socket would.
Outcome parse(std::string_view bytes, std::size_t step, std::int64_t body_limit = 1'000'000) {
  Limits limits;
  limits.target_bytes = 200;
  limits.header_bytes = 2'000;
  limits.header_count = 20;
  RequestParser parser(limits);
  Outcome outcome;
  bool limited = false;
  for (std::size_t there = std::min(step, bytes.size());; there = std::min(there + step, bytes.size())) {
    for (;;) {
      const auto n = parser.put(bytes.substr(outcome.taken, there - outcome.taken));
      outcome.taken += n;
      if (!limited && parser.state() == RequestParser::State::body) {
        parser.limit_body(body_limit);
        limited = true;
      }
      if (n == 0) break;
    }
    if (parser.state() == RequestParser::State::refused) {
      outcome.status = parser.refusal().status;
      CHECK_FALSE(parser.refusal().sentence.empty());
      return outcome;
    }
    if (parser.state() == RequestParser::State::done) {
      outcome.keep_alive = parser.keep_alive();
      outcome.request = std::move(parser.request());
      outcome.body = parser.body();
      return outcome;
    }
    if (there == bytes.size()) break;
  }
  outcome.status = -1;
  return outcome;
}

// The same in one piece and byte by byte.
int status_of(std::string_view bytes, std::int64_t body_limit = 1'000'000) {
  const int whole = parse(bytes, bytes.size(), body_limit).status;
  CHECK(parse(bytes, 1, body_limit).status == whole);
  CHECK(parse(bytes, 7, body_limit).status == whole);
  return whole;
}

const std::string kHost = "Host: a\r\n";

}  // namespace

TEST_CASE("a plain request") {
  for (const std::size_t step : {1u, 3u, 1000u}) {
    const auto got = parse("GET /a%20b?x=1&y=2 HTTP/1.1\r\nHost: example.org:8080\r\nX-One:  two \r\n\r\nrest", step);
    CHECK(got.status == 0);
    CHECK(got.request.method == "GET");
    CHECK(got.request.target == "/a%20b?x=1&y=2");
    CHECK(got.request.path == "/a%20b");
    CHECK(got.request.query == "x=1&y=2");
    CHECK(got.request.header("x-one") == "two");
    CHECK(got.keep_alive);
    CHECK(got.taken ==
          std::string_view("GET /a%20b?x=1&y=2 HTTP/1.1\r\nHost: example.org:8080\r\nX-One:  two \r\n\r\n").size());
  }
}

TEST_CASE("bodies") {
  for (const std::size_t step : {1u, 2u, 5u, 1000u}) {
    const auto sized = parse("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhelloGET", step);
    CHECK(sized.status == 0);
    CHECK(sized.body == "hello");
    const auto chunked = parse(
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        "5\r\nhello\r\n6;ext=\"v\"\r\n world\r\n0\r\nTrailer: dropped\r\n\r\nGET",
        step);
    CHECK(chunked.status == 0);
    CHECK(chunked.body == "hello world");
    CHECK(chunked.request.header("Trailer").empty());
    CHECK(chunked.request.headers.size() == 2);
  }
}

TEST_CASE("keep-alive") {
  CHECK_FALSE(parse("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 100).keep_alive);
  CHECK_FALSE(parse("GET / HTTP/1.0\r\n\r\n", 100).keep_alive);
  CHECK(parse("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", 100).keep_alive);
}

TEST_CASE("forms of the target") {
  CHECK(parse("GET http://a/b?c HTTP/1.1\r\nHost: a\r\n\r\n", 100).request.target == "/b?c");
  CHECK(parse("GET http://a?c HTTP/1.1\r\nHost: a\r\n\r\n", 100).request.target == "/?c");
  CHECK(parse("GET http://a HTTP/1.1\r\nHost: a\r\n\r\n", 100).request.path == "/");
  CHECK(parse("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 100).request.path == "*");
  CHECK(status_of("GET * HTTP/1.1\r\nHost: a\r\n\r\n") == 400);
  CHECK(status_of("GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n") == 400);  // two hosts in one request
  CHECK(status_of("GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n") == 400);
  CHECK(status_of("GET a HTTP/1.1\r\nHost: a\r\n\r\n") == 400);
  CHECK(status_of("CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n") == 400);
  CHECK(status_of("GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n") == 400);
  CHECK(status_of("GET /\xC3\xA9 HTTP/1.1\r\nHost: a\r\n\r\n") == 400);
  CHECK(status_of("GET /a\0b HTTP/1.1\r\nHost: a\r\n\r\n"s) == 400);
}

TEST_CASE("what is refused") {
  const auto get = [](std::string_view headers) { return "GET / HTTP/1.1\r\n" + std::string(headers) + "\r\n"; };
  CHECK(status_of(get("")) == 400);  // no Host
  CHECK(status_of(get("Host:\r\n")) == 400);
  CHECK(status_of(get("Host: a\r\nHost: a\r\n")) == 400);
  CHECK(status_of(get("Host: a b\r\n")) == 400);
  CHECK(status_of(get("Host: a/b\r\n")) == 400);
  CHECK(status_of(get("Host : a\r\n")) == 400);            // space before the colon
  CHECK(status_of(get(kHost + "X: a\r\n b\r\n")) == 400);  // folded
  CHECK(status_of(get(" X: a\r\n" + kHost)) == 400);
  CHECK(status_of(get(kHost + "X\r\n")) == 400);
  CHECK(status_of(get(kHost + ": v\r\n")) == 400);
  CHECK(status_of(get(kHost + "X: a\rb\r\n")) == 400);
  CHECK(status_of(get(kHost + "X: a\nY: b\r\n")) == 400);
  CHECK(status_of(get(kHost + "X: a\0b\r\n"s)) == 400);
  CHECK(status_of(get(kHost + "X: a\x01\r\n")) == 400);
  CHECK(status_of("GET / HTTP/1.1\nHost: a\n\n") == 400);
  CHECK(status_of("\x16\x03\x01\x02\x00\x01") == 400);  // TLS, after its very first byte
  CHECK(status_of("{\"json\":1}") == 400);
  CHECK(status_of("GET  / HTTP/1.1\r\n" + kHost + "\r\n") == 400);
  CHECK(status_of("GET / HTTP/2.0\r\n" + kHost + "\r\n") == 505);
  CHECK(status_of("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") == 505);
  CHECK(status_of(std::string(40, 'M') + " / HTTP/1.1\r\n" + kHost + "\r\n") == 400);
  CHECK(status_of(get(kHost + "Expect: tea\r\n")) == 417);
  CHECK(status_of("GET /" + std::string(300, 'a') + " HTTP/1.1\r\n" + kHost + "\r\n") == 414);
  CHECK(status_of(get(kHost + "X: " + std::string(3'000, 'a') + "\r\n")) == 431);
  std::string many = kHost;
  for (int i = 0; i < 30; ++i) many += "X: a\r\n";
  CHECK(status_of(get(many)) == 431);
}

TEST_CASE("lengths that can be read in two ways") {
  const auto post = [](std::string_view headers) {
    return status_of("POST / HTTP/1.1\r\nHost: a\r\n" + std::string(headers) + "\r\nhello");
  };
  CHECK(post("Content-Length: 5\r\n") == 0);
  CHECK(post("Content-Length: 5\r\nContent-Length: 5\r\n") == 400);
  CHECK(post("Content-Length: 5\r\nContent-Length: 6\r\n") == 400);
  CHECK(post("Content-Length: 5, 5\r\n") == 400);
  CHECK(post("Content-Length: -5\r\n") == 400);
  CHECK(post("Content-Length: +5\r\n") == 400);
  CHECK(post("Content-Length: 0x5\r\n") == 400);
  CHECK(post("Content-Length: \r\n") == 400);
  CHECK(post("Content-Length: 99999999999999999999999\r\n") == 400);
  CHECK(post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n") == 400);
  CHECK(post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n") == 400);
  CHECK(post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n") == 400);
  CHECK(post("Transfer-Encoding: gzip, chunked\r\n") == 501);
  CHECK(post("Transfer-Encoding: chunked, identity\r\n") == 501);
  CHECK(post("Transfer-Encoding: xchunked\r\n") == 501);
  CHECK(status_of("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n") == 400);
}

TEST_CASE("chunks that are none, or too large") {
  const auto chunked = [](std::string_view body, std::int64_t limit = 1'000'000) {
    return status_of("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + std::string(body), limit);
  };
  CHECK(chunked("x\r\n\r\n") == 400);
  CHECK(chunked("-1\r\n\r\n") == 400);
  CHECK(chunked("5\r\nhelloX\r\n0\r\n") == 400);
  CHECK(chunked("5\nhello\r\n") == 400);
  CHECK(chunked("ffffffffffffffffffff\r\n") == 400);
  CHECK(chunked("ffffffffffffff\r\n") == 413);
  CHECK(chunked("5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n", 9) == 413);
  CHECK(chunked("5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n", 10) == 0);
  CHECK(chunked("5;" + std::string(20'000, 'a')) == 400);
  CHECK(chunked("0\r\nX: " + std::string(20'000, 'a')) == 400);
  CHECK(chunked("5\r\nhel") == -1);
}

TEST_CASE("an empty line before the request is passed over") {
  CHECK(status_of("\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n") == 0);
  CHECK(status_of("\rGET / HTTP/1.1\r\nHost: a\r\n\r\n") == 400);
}
