#include "web/site_address.h"

#include <algorithm>

#include "base/text.h"
#include "web/site_map.h"

namespace tithing::web {
namespace {

constexpr std::string_view kHttp = "http://";
constexpr std::string_view kHttps = "https://";

bool is_host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':' || c == '[' || c == ']';
}

}  // namespace

Result<std::string> origin_of(std::string_view configured) {
  std::string text = lowered(trimmed(configured));
  while (!text.empty() && text.back() == '/') text.pop_back();
  const bool secure = text.starts_with(kHttps);
  if (secure || text.starts_with(kHttp)) {
    const std::string host = text.substr((secure ? kHttps : kHttp).size());
    const std::string plain = plain_host(host, secure);
    if (!plain.empty() && std::all_of(plain.begin(), plain.end(), is_host_character))
      return std::string(secure ? kHttps : kHttp) + plain;
  }
  return invalid(
      tr("The address of the site \"{0}\" cannot be used. Write it like https://tithing.example.org, "
         "without a path.",
         {std::string(configured)}));
}

std::string plain_host(std::string_view host, bool secure) {
  std::string text = lowered(trimmed(host));
  const std::string_view port = secure ? ":443" : ":80";
  if (text.ends_with(port)) text.erase(text.size() - port.size());
  if (!text.empty() && text.back() == '.') text.pop_back();
  return text;
}

std::string host_of(std::string_view origin) {
  const bool secure = origin.starts_with(kHttps);
  origin.remove_prefix(std::min(origin.size(), (secure ? kHttps : kHttp).size()));
  return plain_host(origin, secure);
}

Reached reached_at(const std::string& configured_site, const std::vector<std::string>& other_hosts,
                   std::string_view address, int port, bool secure) {
  const auto at_port = [&](std::string_view name) {
    const bool v6 = name.find(':') != std::string_view::npos;
    const std::string host = v6 ? "[" + std::string(name) + "]" : std::string(name);
    return plain_host(host + ":" + std::to_string(port), secure);
  };
  const bool alone = address == "::1" || address == "localhost" || address.starts_with("127.");
  Reached reached;
  reached.site = configured_site;
  if (reached.site.empty() && alone) reached.site = std::string(secure ? kHttps : kHttp) + at_port(address);
  if (reached.site.empty()) return reached;
  reached.hosts = {host_of(reached.site), "127.0.0.1",          "localhost",   "[::1]",
                   at_port("127.0.0.1"),  at_port("localhost"), at_port("::1")};
  if (address != "0.0.0.0" && address != "::") reached.hosts.push_back(at_port(address));
  for (const std::string& host : other_hosts) reached.hosts.push_back(plain_host(host, secure));
  return reached;
}

std::string site_address(const Context& context) {
  return context.site().has(kSiteName) ? context.site().at(kSiteName).text() : std::string();
}

}  // namespace tithing::web
