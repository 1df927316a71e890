#include "web/site_address.h"

namespace tithing::web {

std::string site_address(const Context& context) {
  if (context.request == nullptr) return {};
  std::string host(context.request->header("Host"));
  for (const char c : host)
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
          c == ':' || c == '[' || c == ']'))
      return {};
  return host.empty() ? host : (context.secure ? "https://" : "http://") + host;
}

}  // namespace tithing::web
