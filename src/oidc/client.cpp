#include "oidc/client.h"

#include <chrono>

#include "base/log.h"
#include "base/text.h"
#include "base/translation.h"

namespace tithing::oidc {
namespace {

constexpr std::int64_t kKept = 60 * 60'000;
constexpr std::int64_t kAskedAgain = 5'000;
constexpr std::int64_t kLeftAlone = 10'000;
constexpr std::chrono::seconds kWait{2};

// Also where the clock was set back since.
bool younger(Instant at, Instant now, std::int64_t milliseconds) {
  return now.milliseconds >= at.milliseconds && now.milliseconds - at.milliseconds < milliseconds;
}

tl::unexpected<Problem> not_reached(const Problem& why) {
  log::error("the provider of accounts cannot be asked", {{"what", std::string_view(why.message)}});
  return unavailable(
      tr("Where you would sign in cannot be reached just now. Wait a minute and try again, or sign in "
         "with a password."));
}

}  // namespace

Client::Client(Settings settings, const Clock& clock, Fetch fetch)
    : settings_(std::move(settings)), clock_(clock), fetch_(std::move(fetch)) {}

Result<Endpoints> Client::endpoints() {
  const Instant now = clock_.now();
  if (endpoints_ && younger(endpoints_->at, now, kKept)) return endpoints_->value;
  if (failed_at_ && younger(*failed_at_, now, kLeftAlone)) return unavailable(tr("it could not be reached just now"));
  std::string address = settings_.issuer;
  while (!address.empty() && address.back() == '/') address.pop_back();
  const auto said = fetch_({.address = address + "/.well-known/openid-configuration"});
  auto read = said ? read_discovery(*said, settings_.issuer) : Result<Endpoints>(pass_on(said));
  if (read)
    endpoints_ = {*read, now};
  else
    failed_at_ = now;
  return read;
}

Result<std::string> Client::keys_for(const Endpoints& endpoints, const Secret& token) {
  const Instant now = clock_.now();
  const bool kept = keys_ && younger(keys_->at, now, kKept);
  if (kept && (has_key_for(token, keys_->value) || younger(keys_->at, now, kAskedAgain))) return keys_->value;
  auto said = fetch_({.address = endpoints.keys});
  if (said) keys_ = {*said, now};
  return said;
}

Result<std::string> Client::address(const Request& request, const std::string& redirect) {
  const std::unique_lock lock(mutex_, kWait);
  if (!lock) return not_reached({ProblemKind::unavailable, "it does not answer", {}});
  const auto found = endpoints();
  if (!found) return not_reached(found.error());
  return address_of(*found, settings_, redirect, request);
}

Result<Claims> Client::claims(const std::string& code, const Request& request, const std::string& redirect) {
  const std::unique_lock lock(mutex_, kWait);
  if (!lock) return not_reached({ProblemKind::unavailable, "it does not answer", {}});
  const auto found = endpoints();
  if (!found) return not_reached(found.error());
  Question question{.address = found->token};
  const auto add = [&](std::string_view name, std::string_view value) {
    question.form += (question.form.empty() ? "" : "&") + std::string(name) + "=" + url_encoded(value);
  };
  add("grant_type", "authorization_code");
  add("code", code);
  add("redirect_uri", redirect);
  add("client_id", settings_.client_id);
  add("code_verifier", request.verifier.reveal());
  if (!settings_.client_secret.empty()) {  // RFC 6749, 2.3.1: both are form-encoded first
    question.user_name = Secret(url_encoded(settings_.client_id));
    question.password = Secret(url_encoded(settings_.client_secret.reveal()));
  }
  const auto said = fetch_(question);
  if (!said) return not_reached(said.error());
  const auto tokens = tokens_of(*said);
  if (!tokens) return not_reached(tokens.error());
  const auto keys = keys_for(*found, tokens->id);
  if (!keys) return not_reached(keys.error());
  auto claims = read_id_token(tokens->id, *keys, settings_, request.nonce, clock_.now());
  if (!claims) {
    log::error("the provider's token was refused", {{"what", std::string_view(claims.error().message)}});
    return forbidden(tr("What the other site said of you could not be checked. Begin again."));
  }
  if (claims->email.empty() && !found->person.empty() && !tokens->access.empty()) {
    const auto person = fetch_({.address = found->person, .bearer = tokens->access});
    if (const Status added = person ? add_person(*claims, *person) : Status(pass_on(person)); !added)
      log::warning("what the provider says of a person cannot be read",
                   {{"what", std::string_view(added.error().message)}});
  }
  return claims;
}

}  // namespace tithing::oidc
