#include "http/message.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdio>
#include <stdexcept>
#include <utility>

#include "http/gzip.h"
#include "http/proxies.h"
#include "http/reply.h"

using namespace tithing::http;

TEST_CASE("a header cannot smuggle another one") {
  Response response;
  CHECK_THROWS_AS(response.set("Location", "/a\r\nSet-Cookie: x=1"), std::invalid_argument);
  CHECK_THROWS_AS(response.set("Location", "/a\nb"), std::invalid_argument);
  CHECK_THROWS_AS(response.set("Location", std::string_view("/a\0b", 4)), std::invalid_argument);
  CHECK_THROWS_AS(response.add("Bad Name", "x"), std::invalid_argument);
  CHECK_THROWS_AS(response.add("", "x"), std::invalid_argument);
  CHECK(response.headers.empty());
  response.headers.push_back({"X", "a\r\nY: b"});  // past set()
  CHECK_THROWS_AS(make_reply(std::move(response), "GET", "", "id"), std::invalid_argument);
}

TEST_CASE("set replaces whatever the case, add keeps") {
  Response response;
  response.set("content-type", "text/plain");
  response.set("Content-Type", "text/html");
  response.add("Set-Cookie", "a=1");
  response.add("Set-Cookie", "b=2");
  CHECK(response.headers.size() == 3);
  CHECK(response.header("CONTENT-TYPE") == "text/html");
  CHECK(response.header("set-cookie") == "a=1");
  CHECK(response.header("absent").empty());
}

TEST_CASE("a body's file goes with it, once") {
  char path[] = "/tmp/tithing-body-test-XXXXXX";
  const int descriptor = ::mkstemp(path);
  REQUIRE(descriptor >= 0);
  ::close(descriptor);
  {
    Body outer;
    {
      Body body;
      body.file = path;
      body.size = 7;
      outer = std::move(body);
    }
    CHECK(::access(path, F_OK) == 0);
    CHECK(outer.size == 7);
  }
  CHECK(::access(path, F_OK) != 0);
}

TEST_CASE("dates of RFC 9110") {
  CHECK(http_date(784'111'777) == "Sun, 06 Nov 1994 08:49:37 GMT");
  CHECK(http_date(0) == "Thu, 01 Jan 1970 00:00:00 GMT");
}

TEST_CASE("the reply's head") {
  Response response;
  response.set("Content-Type", "text/plain");
  response.headers.push_back({"Content-Length", "999"});
  response.body = "hello";
  const Reply reply = make_reply(std::move(response), "GET", "gzip", "abc");
  CHECK(reply.head.starts_with("HTTP/1.1 200 OK\r\nDate: "));
  CHECK(reply.head.find("X-Request-Id: abc\r\n") != std::string::npos);
  CHECK(reply.head.find("Content-Length: 5\r\n") != std::string::npos);
  CHECK(reply.head.find("999") == std::string::npos);
  CHECK(reply.head.find("Server:") == std::string::npos);
  CHECK(reply.head.find("Content-Encoding") == std::string::npos);  // too small
  CHECK(reply.body == "hello");

  Response none(204);
  none.body = "must not be sent";
  const Reply empty = make_reply(std::move(none), "GET", "", "abc");
  CHECK(empty.body.empty());
  CHECK(empty.head.find("Content-Length") == std::string::npos);

  CHECK_THROWS(make_reply(Response(100), "GET", "", "abc"));
  Response missing;
  missing.file = "/nonexistent/file";
  CHECK_THROWS(make_reply(std::move(missing), "GET", "", "abc"));
}

TEST_CASE("dynamic pages are compressed when that is wanted, allowed and useful") {
  const auto page = [](const char* type) {
    Response response;
    response.set("Content-Type", type);
    response.set("Vary", "Cookie");
    response.body = std::string(5'000, 'x');
    return response;
  };
  Reply reply = make_reply(page("text/html; charset=utf-8"), "GET", "br, gzip", "abc");
  CHECK(reply.body.size() < 200);
  CHECK(reply.body.starts_with("\x1f\x8b"));
  CHECK(reply.head.find("Content-Encoding: gzip\r\n") != std::string::npos);
  CHECK(reply.head.find("Vary: Cookie, Accept-Encoding\r\n") != std::string::npos);
  reply = make_reply(page("text/html"), "GET", "", "abc");
  CHECK(reply.body.size() == 5'000);
  CHECK(reply.head.find("Vary: Cookie, Accept-Encoding\r\n") != std::string::npos);
  CHECK(make_reply(page("image/png"), "GET", "gzip", "abc").body.size() == 5'000);
  Response secret = page("text/html");
  secret.compress = false;
  CHECK(make_reply(std::move(secret), "GET", "gzip", "abc").body.size() == 5'000);
}

TEST_CASE("Accept-Encoding") {
  CHECK(accepts_gzip("gzip"));
  CHECK(accepts_gzip("deflate, GZIP;q=0.5"));
  CHECK(accepts_gzip("*"));
  CHECK(accepts_gzip("gzip;q=0.001"));
  CHECK_FALSE(accepts_gzip(""));
  CHECK_FALSE(accepts_gzip("br"));
  CHECK_FALSE(accepts_gzip("gzip;q=0"));
  CHECK_FALSE(accepts_gzip("*, gzip; q=0.000"));
  CHECK_FALSE(accepts_gzip("*;q=0"));
  CHECK(gzipped("", 5).size() > 10);  // an empty gzip member, not a failure
}

TEST_CASE("trusted proxies") {
  const auto proxies = TrustedProxies::parse({"10.0.0.0/9", "192.168.7.1", "fd00::/8"});
  REQUIRE(proxies.has_value());
  CHECK(proxies->contains("10.127.255.255"));
  CHECK_FALSE(proxies->contains("10.128.0.0"));
  CHECK(proxies->contains("192.168.7.1"));
  CHECK_FALSE(proxies->contains("192.168.7.2"));
  CHECK(proxies->contains("fdab::1"));
  CHECK_FALSE(proxies->contains("fe80::1"));
  CHECK_FALSE(proxies->contains("nonsense"));
  for (const char* wrong : {"", "10.0.0", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/x", "host.example", "::1/129"})
    CHECK_FALSE(TrustedProxies::parse({wrong}).has_value());

  const auto request = [](const char* peer, const char* chain) {
    Request made;
    made.remote_address = peer;
    made.id = "generated";
    made.headers = {{"X-Forwarded-For", chain}, {"X-Forwarded-Proto", "https"}, {"X-Request-Id", "abcdefgh-12345678"}};
    return made;
  };
  Request good = request("192.168.7.1", "6.6.6.6, 203.0.113.9, 10.1.2.3");
  proxies->apply(good);
  CHECK(good.remote_address == "203.0.113.9");  // 6.6.6.6 is only what that client claims
  CHECK(good.secure);
  CHECK(good.id == "abcdefgh-12345678");
  Request stranger = request("203.0.113.9", "1.2.3.4");
  proxies->apply(stranger);
  CHECK(stranger.remote_address == "203.0.113.9");
  CHECK_FALSE(stranger.secure);
  CHECK(stranger.id == "generated");
  Request garbled = request("192.168.7.1", "<script>");
  garbled.headers[2].value = "short";
  proxies->apply(garbled);
  CHECK(garbled.remote_address == "192.168.7.1");
  CHECK(garbled.id == "generated");
}

TEST_CASE("request ids differ and are URL-safe") {
  const std::string a = new_request_id();
  CHECK(a.size() == 20);
  CHECK(a.find_first_not_of("0123456789abcdef") == std::string::npos);
  CHECK(a != new_request_id());
}
