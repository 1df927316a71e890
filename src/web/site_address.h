// Where people reach this program: configured by whoever runs it, never what a request says of itself. For addresses
// that leave it, in a letter or a file, and for telling whether a request is meant for this site.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "web/web.h"

namespace tithing::web {

// The name in the site map under which the program gives its own address.
inline constexpr const char* kSiteName = "site";

// "https://tithing.example.org" of what somebody configured: a scheme, a host, perhaps a port, nothing behind it.
// invalid with a sentence.
Result<std::string> origin_of(std::string_view configured);

// A host as hosts are compared: lower case, without a dot at its end and without the port that the scheme has anyway.
std::string plain_host(std::string_view host, bool secure);
std::string host_of(std::string_view origin);  // the same of an origin

// Where a server is reached, and what a Host header may say to it.
struct Reached {
  std::string site;                // origin; empty where nobody can know
  std::vector<std::string> hosts;  // as plain_host() has them; empty: any
};
// Of a server that listens at `address` and `port`. Where no site is configured, one that this machine alone can reach
// is at its own address; any other takes whatever it is called, as nobody has said how that is. The machine's own names
// for itself are taken always, with the port and without: whoever watches over the program asks there.
Reached reached_at(const std::string& configured_site, const std::vector<std::string>& other_hosts,
                   std::string_view address, int port, bool secure);

// "https://tithing.example.org"; empty where nobody has said it.
std::string site_address(const Context& context);

}  // namespace tithing::web
