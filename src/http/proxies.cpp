#include "http/proxies.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>
#include <optional>

#include "base/text.h"
#include "base/translation.h"

namespace tithing::http {
namespace {

constexpr int kMappedBits = 96;

std::optional<std::array<unsigned char, 16>> address_bytes(const std::string& text) {
  std::array<unsigned char, 16> bytes{};
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) return bytes;
  bytes.fill(0);
  bytes[10] = bytes[11] = 0xFF;
  if (inet_pton(AF_INET, text.c_str(), bytes.data() + 12) == 1) return bytes;
  return std::nullopt;
}

bool well_formed_id(std::string_view id) {
  return id.size() >= 16 && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
         });
}

}  // namespace

Result<TrustedProxies> TrustedProxies::parse(const std::vector<std::string>& addresses_and_networks) {
  TrustedProxies proxies;
  for (const std::string& text : addresses_and_networks) {
    const auto slash = text.find('/');
    const std::string address = text.substr(0, slash);
    const auto bytes = address_bytes(address);
    const bool v4 = address.find(':') == std::string::npos;
    Network network;
    bool good = bytes.has_value();
    if (good) {
      network.bytes = *bytes;
      if (slash != std::string::npos) {
        const std::string bits = text.substr(slash + 1);
        good = !bits.empty() && bits.size() <= 3 && bits.find_first_not_of("0123456789") == std::string::npos;
        if (good) network.bits = std::stoi(bits) + (v4 ? kMappedBits : 0);
        good = good && network.bits <= 128;
      }
    }
    if (!good)
      return invalid(
          tr("The trusted proxy \"{0}\" is neither an address (10.0.0.7) nor a network (10.0.0.0/8).", {text}));
    proxies.networks_.push_back(network);
  }
  return proxies;
}

bool TrustedProxies::contains(std::string_view address) const {
  if (networks_.empty()) return false;
  const auto bytes = address_bytes(std::string(address));
  if (!bytes) return false;
  return std::any_of(networks_.begin(), networks_.end(), [&](const Network& network) {
    const auto whole = static_cast<std::size_t>(network.bits / 8);
    if (std::memcmp(network.bytes.data(), bytes->data(), whole) != 0) return false;
    if (network.bits % 8 == 0) return true;
    const int mask = 0xFF & (0xFF << (8 - network.bits % 8));
    return (network.bytes[whole] & mask) == ((*bytes)[whole] & mask);
  });
}

void TrustedProxies::apply(Request& request) const {
  if (!contains(request.remote_address)) return;
  if (const std::string_view id = request.header("X-Request-Id"); well_formed_id(id)) request.id = id;
  std::vector<std::string> chain;
  std::string_view protocol;
  for (const Header& header : request.headers) {
    if (equal_ignoring_case(header.name, "X-Forwarded-For")) {
      for (const std::string& hop : split(header.value, ',')) chain.emplace_back(trimmed(hop));
    } else if (equal_ignoring_case(header.name, "X-Forwarded-Proto")) {
      protocol = header.value;
    }
  }
  // From the nearest hop outwards: each is believed only because the one before it is trusted.
  for (auto hop = chain.rbegin(); hop != chain.rend() && address_bytes(*hop); ++hop) {
    request.remote_address = *hop;
    if (!contains(*hop)) break;
  }
  if (const auto comma = protocol.rfind(','); comma != std::string_view::npos) protocol.remove_prefix(comma + 1);
  if (!protocol.empty()) request.secure = equal_ignoring_case(trimmed(protocol), "https");
}

}  // namespace tithing::http
