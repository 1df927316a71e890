#include "oidc/oidc.h"

#include <cjose/cjose.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/hash.h"
#include "base/random.h"
#include "base/text.h"
#include "base/translation.h"
#include "oidc/json.h"

namespace tithing::oidc {
namespace {

constexpr std::int64_t kSlack = 60;  // seconds by which the two clocks may differ

// Signatures with a public key. "none" and those with a shared secret are not among them.
constexpr std::array<std::string_view, 6> kRsa = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"};
constexpr std::array<std::string_view, 3> kEc = {"ES256", "ES384", "ES512"};

struct Freed {
  void operator()(cjose_jws_t* jws) const { cjose_jws_release(jws); }
  void operator()(cjose_jwk_t* jwk) const { cjose_jwk_release(jwk); }
};
using Jws = std::unique_ptr<cjose_jws_t, Freed>;
using Jwk = std::unique_ptr<cjose_jwk_t, Freed>;

template <std::size_t N>
bool holds(const std::array<std::string_view, N>& all, std::string_view one) {
  return !one.empty() && std::find(all.begin(), all.end(), one) != all.end();
}

tl::unexpected<Problem> refused(const std::string& why) { return forbidden(why); }

// What the token says of its key.
struct Header {
  std::string algorithm;
  std::string key;
  std::string type() const { return holds(kRsa, algorithm) ? "RSA" : holds(kEc, algorithm) ? "EC" : ""; }
};

Jws parsed(const Secret& token) {
  cjose_err error{};
  return Jws(cjose_jws_import(token.reveal().data(), token.reveal().size(), &error));
}

Header header_of(cjose_jws_t* jws) {
  cjose_err error{};
  cjose_header_t* header = cjose_jws_get_protected(jws);
  const auto text = [&](const char* name) {
    const char* value = cjose_header_get(header, name, &error);
    return value == nullptr ? std::string() : std::string(value);
  };
  return {text(CJOSE_HDR_ALG), text(CJOSE_HDR_KID)};
}

// The keys that may have signed it: by their name, their type and what they are for.
std::vector<Jwk> candidates(const Header& header, std::string_view keys) {
  std::vector<Jwk> found;
  const std::string type = header.type();
  const Json set = read_object(keys);
  const json_t* list = set ? json_object_get(set.get(), "keys") : nullptr;
  if (type.empty() || !json_is_array(list)) return found;
  for (std::size_t i = 0; i < json_array_size(list); ++i) {
    const json_t* key = json_array_get(list, i);
    const std::string use = text_of(key, "use"), algorithm = text_of(key, "alg");
    if (text_of(key, "kty") != type || (!use.empty() && use != "sig")) continue;
    if (!algorithm.empty() && algorithm != header.algorithm) continue;
    if (!header.key.empty() && text_of(key, "kid") != header.key) continue;
    const std::unique_ptr<char, decltype(&std::free)> text(json_dumps(key, JSON_COMPACT), &std::free);
    cjose_err error{};
    if (text)
      if (Jwk jwk(cjose_jwk_import(text.get(), std::string_view(text.get()).size(), &error)); jwk)
        found.push_back(std::move(jwk));
  }
  return found;
}

bool is_for(const json_t* claims, const std::string& client) {
  const json_t* audience = json_object_get(claims, "aud");
  if (json_is_string(audience)) return text_of(claims, "aud") == client;
  bool named = false;
  for (std::size_t i = 0; i < json_array_size(audience); ++i)
    if (const json_t* one = json_array_get(audience, i); json_is_string(one))
      named = named || std::string_view(json_string_value(one)) == client;
  const std::string party = text_of(claims, "azp");
  return named && (party.empty() ? json_array_size(audience) == 1 : party == client);
}

// Seconds; nothing below nought is a time.
std::int64_t time_of(const json_t* claims, const char* name) {
  const json_t* value = json_object_get(claims, name);
  return json_is_number(value) ? static_cast<std::int64_t>(json_number_value(value)) : -1;
}

bool is_own_machine(std::string_view rest) {
  for (const std::string_view host : {"127.0.0.1", "localhost", "[::1]"})
    if (rest.starts_with(host) && (rest.size() == host.size() || rest[host.size()] == ':' || rest[host.size()] == '/'))
      return true;
  return false;
}

bool is_safe(std::string_view address) {
  if (address.find_first_of(" \t\r\n\"<>") != std::string_view::npos) return false;
  constexpr std::string_view kHttp = "http://";
  return address.starts_with("https://") ||
         (address.starts_with(kHttp) && is_own_machine(address.substr(kHttp.size())));
}

void take_person(Claims& claims, const json_t* said) {
  claims.email = lowered(trimmed(text_of(said, "email")));
  claims.email_verified = !claims.email.empty() && json_is_true(json_object_get(said, "email_verified"));
  if (const std::string name = text_of(said, "name"); !name.empty()) claims.name = name;
}

}  // namespace

Status check(const Settings& settings) {
  if (settings.client_id.empty()) return invalid(tr("Say as what the provider knows this program: oidc-client."));
  if (!is_safe(settings.issuer))
    return invalid(tr("The issuer \"{0}\" has to begin with https://: oidc-issuer.", {settings.issuer}));
  return {};
}

Result<Endpoints> read_discovery(std::string_view json, const std::string& issuer) {
  const Json said = read_object(json);
  if (!said) return unavailable(tr("The provider does not describe itself."));
  if (text_of(said.get(), "issuer") != issuer)
    return unavailable(tr("The provider calls itself {0}, not {1}.", {text_of(said.get(), "issuer"), issuer}));
  Endpoints endpoints{text_of(said.get(), "authorization_endpoint"), text_of(said.get(), "token_endpoint"),
                      text_of(said.get(), "jwks_uri"), text_of(said.get(), "userinfo_endpoint")};
  for (const std::string& address : {endpoints.authorization, endpoints.token, endpoints.keys})
    if (!is_safe(address)) return unavailable(tr("The provider names an address that is not reached by https."));
  if (!is_safe(endpoints.person)) endpoints.person.clear();
  return endpoints;
}

Request new_request() { return {Secret(random_token()), Secret(random_token()), Secret(random_token())}; }

std::string challenge_of(const Secret& verifier) {
  const std::string digits = sha256(verifier.reveal());
  std::string bytes;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
    bytes += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
  char* out = nullptr;
  std::size_t length = 0;
  cjose_err error{};
  if (!cjose_base64url_encode(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size(), &out, &length, &error))
    throw std::bad_alloc();
  const std::unique_ptr<char, decltype(&std::free)> text(out, &std::free);
  return {text.get(), length};
}

std::string address_of(const Endpoints& endpoints, const Settings& settings, const std::string& redirect,
                       const Request& request) {
  std::string address = endpoints.authorization;
  char separator = address.find('?') == std::string::npos ? '?' : '&';
  const auto add = [&](std::string_view name, std::string_view value) {
    address += separator + std::string(name) + "=" + url_encoded(value);
    separator = '&';
  };
  add("response_type", "code");
  add("client_id", settings.client_id);
  add("redirect_uri", redirect);
  add("scope", "openid email profile");
  add("state", request.state.reveal());
  add("nonce", request.nonce.reveal());
  add("code_challenge", challenge_of(request.verifier));
  add("code_challenge_method", "S256");
  return address;
}

Result<Tokens> tokens_of(std::string_view token_response) {
  const Json said = read_object(token_response);
  if (!said || text_of(said.get(), "id_token").empty()) return unavailable(tr("The provider gave no token."));
  return Tokens{Secret(text_of(said.get(), "id_token")), Secret(text_of(said.get(), "access_token"))};
}

bool has_key_for(const Secret& token, std::string_view keys) {
  const Jws jws = parsed(token);
  return jws && !candidates(header_of(jws.get()), keys).empty();
}

Result<Claims> read_id_token(const Secret& token, std::string_view keys, const Settings& settings, const Secret& nonce,
                             Instant now) {
  const Jws jws = parsed(token);
  if (!jws) return refused("it is no token");
  const Header header = header_of(jws.get());
  if (header.type().empty()) return refused("it is not signed with a public key: " + header.algorithm);
  const std::vector<Jwk> signers = candidates(header, keys);
  cjose_err error{};
  // More than one key fits only where the token does not name its own.
  if (std::none_of(signers.begin(), signers.end(),
                   [&](const Jwk& key) { return cjose_jws_verify(jws.get(), key.get(), &error); }))
    return refused(signers.empty() ? "no key of the provider fits it" : "its signature is not right");
  std::uint8_t* bytes = nullptr;
  std::size_t length = 0;
  if (!cjose_jws_get_plaintext(jws.get(), &bytes, &length, &error)) return refused("it says nothing");
  const Json said = read_object({reinterpret_cast<const char*>(bytes), length});
  if (!said) return refused("it says nothing that can be read");
  const json_t* claims = said.get();
  if (text_of(claims, "iss") != settings.issuer) return refused("it is of another issuer: " + text_of(claims, "iss"));
  if (!is_for(claims, settings.client_id)) return refused("it is for another program");
  const std::int64_t seconds = now.milliseconds / 1'000;
  const std::int64_t made = time_of(claims, "iat");
  if (time_of(claims, "exp") <= seconds - kSlack) return refused("its time is over");
  if (made < 0 || made > seconds + kSlack) return refused("it was made in the future");
  if (time_of(claims, "nbf") > seconds + kSlack) return refused("its time has not begun");
  if (nonce.empty() || !equal_in_constant_time(text_of(claims, "nonce"), nonce.reveal()))
    return refused("it was made for another sign-in");
  Claims found;
  found.issuer = settings.issuer;
  found.subject = text_of(claims, "sub");
  if (found.subject.empty() || found.subject.size() > 255) return refused("it names nobody");
  take_person(found, claims);
  const json_t* methods = json_object_get(claims, "amr");
  for (std::size_t i = 0; i < json_array_size(methods); ++i)
    if (const json_t* one = json_array_get(methods, i); json_is_string(one))
      found.several_factors = found.several_factors || std::string_view(json_string_value(one)) == "mfa";
  return found;
}

Status add_person(Claims& claims, std::string_view userinfo) {
  const Json said = read_object(userinfo);
  if (!said || text_of(said.get(), "sub") != claims.subject) return refused("the provider speaks of another person");
  take_person(claims, said.get());
  return {};
}

}  // namespace tithing::oidc
