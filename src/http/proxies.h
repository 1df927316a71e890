// Which peers are believed about whom they speak for. Private to src/http.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/message.h"

namespace tithing::http {

class TrustedProxies {
 public:
  static Result<TrustedProxies> parse(const std::vector<std::string>& addresses_and_networks);
  bool contains(std::string_view address) const;
  // If request.remote_address is one of them: takes the client's address from X-Forwarded-For (the last one that is not
  // itself a trusted proxy), `secure` from X-Forwarded-Proto, and a well-formed X-Request-Id as the request's id.
  void apply(Request& request) const;

 private:
  struct Network {
    std::array<unsigned char, 16> bytes{};  // IPv4 as IPv4-mapped IPv6
    int bits = 128;
  };
  std::vector<Network> networks_;
};

}  // namespace tithing::http
