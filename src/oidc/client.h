// The provider over the network: its description and keys, kept for an hour, and a code that becomes a token.
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "oidc/oidc.h"

namespace tithing::oidc {

// A question by http: with a form it is posted.
struct Question {
  std::string address;
  std::string form = {};  // urlencoded; empty: GET
  Secret user_name = {};  // Basic; none where it is empty
  Secret password = {};
  Secret bearer = {};
};
using Fetch = std::function<Result<std::string>(const Question&)>;
// By libcurl: https with certificates checked, no redirects, ten seconds, a megabyte. unavailable for everything but an
// answer of 200.
Result<std::string> over_network(const Question& question);

// Safe from any thread. Whoever comes while another one waits for the provider waits two seconds with them at most, and
// a provider that could not be reached is left alone for ten: one that hangs does not take the workers of pages.
class Client {
 public:
  Client(Settings settings, const Clock& clock, Fetch fetch = over_network);
  const Settings& settings() const { return settings_; }

  // Where the browser is sent; `redirect` is where it comes back to.
  Result<std::string> address(const Request& request, const std::string& redirect);
  // Of the code with which it came back. unavailable when the provider cannot be asked; forbidden when it does not say
  // who it is, or its token is not right.
  Result<Claims> claims(const std::string& code, const Request& request, const std::string& redirect);

 private:
  Result<Endpoints> endpoints();
  // Newer ones are asked for where none of those at hand fits, but not again within five seconds: a stranger's token
  // costs the provider nothing.
  Result<std::string> keys_for(const Endpoints& endpoints, const Secret& token);

  const Settings settings_;
  const Clock& clock_;
  const Fetch fetch_;
  std::timed_mutex mutex_;
  template <class T>
  struct Kept {
    T value;
    Instant at;
  };
  std::optional<Kept<Endpoints>> endpoints_;
  std::optional<Kept<std::string>> keys_;
  std::optional<Instant> failed_at_;
};

}  // namespace tithing::oidc
