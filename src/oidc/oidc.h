// Signing in with an account of another organisation: OpenID Connect Core 1.0, the authorization code flow with PKCE
// (RFC 7636), as values and pure functions. What goes over the network is in client.h.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"

namespace tithing::oidc {

// What whoever runs this program was told by the provider.
struct Settings {
  std::string issuer;  // "https://login.example.org", as the provider writes it
  std::string client_id;
  Secret client_secret;       // empty: the provider knows this program without one
  std::string name;           // as people know it: "Council account"
  bool new_accounts = false;  // whoever the provider knows gets an account here, without a role
};
// invalid where something is missing, or the issuer is not reached by https (a machine's own address excepted).
Status check(const Settings& settings);

struct Endpoints {
  std::string authorization;
  std::string token;
  std::string keys;
  std::string person = {};  // "userinfo"; a provider may have none
};
// Of the provider's /.well-known/openid-configuration. The issuer has to be the one that was asked.
Result<Endpoints> read_discovery(std::string_view json, const std::string& issuer);

// One sign-in under way. All three are new each time; they stay with the browser that began it.
struct Request {
  Secret state;     // comes back with the answer: it is this browser's
  Secret nonce;     // comes back in the token: it was made for this sign-in
  Secret verifier;  // sent when the code is exchanged: nobody else can
};
Request new_request();
std::string challenge_of(const Secret& verifier);  // S256
// Where the browser is sent.
std::string address_of(const Endpoints& endpoints, const Settings& settings, const std::string& redirect,
                       const Request& request);

// Of the answer to the code.
struct Tokens {
  Secret id;
  Secret access;  // empty where there is none
};
Result<Tokens> tokens_of(std::string_view token_response);

// Whom the provider says it is.
struct Claims {
  std::string issuer;
  std::string subject;
  std::string email;            // lower case; empty where it says none
  bool email_verified = false;  // by the provider; else the address proves nothing
  std::string name;
  bool several_factors = false;  // "mfa" among the methods (RFC 8176)
};

// Whether one of the keys could have signed the token; else newer ones may.
bool has_key_for(const Secret& token, std::string_view keys);
// Signature by one of the provider's public keys (no other kind: a token that is not signed, or by a shared secret, is
// refused), issuer, audience, times, nonce: OpenID Connect Core 1.0, 3.1.3.7. forbidden otherwise; what exactly is
// wrong is for the log, not for the page.
Result<Claims> read_id_token(const Secret& token, std::string_view keys, const Settings& settings, const Secret& nonce,
                             Instant now);

// Many providers say address and name there instead of in the token. Nothing is taken where it speaks of another
// person.
Status add_person(Claims& claims, std::string_view userinfo);

}  // namespace tithing::oidc
