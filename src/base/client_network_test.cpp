#include "base/client_network.h"

#include <doctest/doctest.h>

using tithing::client_network;

TEST_CASE("who shares an address is one; an IPv6 subscriber has a /64") {
  CHECK(client_network("192.0.2.7") == "192.0.2.7");
  CHECK(client_network("::ffff:192.0.2.7") == "192.0.2.7");
  CHECK(client_network("2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::/64");
  CHECK(client_network("2001:db8:1:2::9") == client_network("2001:db8:1:2:ffff::1"));
  CHECK(client_network("2001:db8:1:3::9") != client_network("2001:db8:1:2::9"));
  CHECK(client_network("::1") == "::/64");
  CHECK(client_network("not an address") == "not an address");
  CHECK(client_network("").empty());
}
