#include "web/site_address.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace tithing;
using namespace tithing::web;

TEST_CASE("the address of a site is a scheme, a host and perhaps a port") {
  CHECK(origin_of("https://tithing.example.org") == "https://tithing.example.org");
  CHECK(origin_of(" HTTPS://Tithing.Example.org:443/ ") == "https://tithing.example.org");
  CHECK(origin_of("http://127.0.0.1:8080") == "http://127.0.0.1:8080");
  CHECK(origin_of("http://[::1]:8080/") == "http://[::1]:8080");
  for (const char* wrong : {"", "tithing.example.org", "ftp://tithing.example.org", "https://", "https:///",
                            "https://tithing.example.org/here", "https://a b", "https://x\"y", "https://user@host"}) {
    CAPTURE(wrong);
    const auto origin = origin_of(wrong);
    REQUIRE_FALSE(origin);
    CHECK(origin.error().message.find("Write it like https://") != std::string::npos);
  }
}

TEST_CASE("hosts are compared without what makes no difference") {
  CHECK(plain_host("Tithing.Example.org.", true) == "tithing.example.org");
  CHECK(plain_host("tithing.example.org:443", true) == "tithing.example.org");
  CHECK(plain_host("tithing.example.org:443", false) == "tithing.example.org:443");
  CHECK(plain_host("tithing.example.org:80", false) == "tithing.example.org");
  CHECK(plain_host("", true).empty());
  CHECK(host_of("https://tithing.example.org") == "tithing.example.org");
  CHECK(host_of("http://127.0.0.1:8080") == "127.0.0.1:8080");
}

TEST_CASE("where a server is reached: what is configured, else this machine, else nobody knows") {
  const auto holds = [](const Reached& reached, const char* host) {
    return std::find(reached.hosts.begin(), reached.hosts.end(), host) != reached.hosts.end();
  };
  const Reached configured = reached_at("https://tithing.example.org", {"Old.example.org"}, "0.0.0.0", 8080, false);
  CHECK(configured.site == "https://tithing.example.org");
  for (const char* host : {"tithing.example.org", "old.example.org", "localhost:8080", "127.0.0.1:8080", "[::1]:8080"})
    CHECK_MESSAGE(holds(configured, host), host);
  CHECK_FALSE(holds(configured, "evil.example"));
  CHECK(holds(configured, "localhost"));
  CHECK_FALSE(holds(configured, "localhost:1"));
  const Reached alone = reached_at("", {}, "127.0.0.1", 8080, false);
  CHECK(alone.site == "http://127.0.0.1:8080");
  CHECK(holds(alone, "localhost:8080"));
  CHECK(reached_at("", {}, "::1", 443, true).site == "https://[::1]");
  CHECK(holds(reached_at("https://x.example", {}, "10.0.0.5", 80, false), "10.0.0.5"));
  const Reached unknown = reached_at("", {}, "0.0.0.0", 8080, false);
  CHECK(unknown.site.empty());
  CHECK(unknown.hosts.empty());
}
