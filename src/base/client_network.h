// What one subscriber of a network has, of an address: for counting and limiting by who sends.
#pragma once

#include <string>
#include <string_view>

namespace tithing {

// "192.0.2.7" of an IPv4 address, also of one that is written as IPv6 ("::ffff:192.0.2.7"); of an IPv6 address the /64
// that its subscriber was given whole ("2001:db8:1:2::/64", RFC 6177); what is no address as it stands.
std::string client_network(std::string_view address);

}  // namespace tithing
