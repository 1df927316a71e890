// What a provider says, believed only where it is signed by one of its public keys, for this program and this sign-in.
// Keys and people are made up here.
#include "oidc/oidc.h"

#include <cjose/cjose.h>
#include <doctest/doctest.h>

#include <cstdlib>
#include <map>
#include <memory>

#include "oidc/client.h"

using namespace tithing;
using namespace tithing::oidc;

namespace {

const Instant kNow{1'800'000'000'000};
const Secret kNonce("nonce-of-this-sign-in");
const Settings kSettings{"https://login.example.org", "tithing", {}, "", false};

struct Signer {
  cjose_jwk_t* key;
  std::string kid;
  explicit Signer(std::string name) : kid(std::move(name)) {
    cjose_err error{};
    key = cjose_jwk_create_RSA_random(2048, reinterpret_cast<const std::uint8_t*>("\x01\x00\x01"), 3, &error);
    REQUIRE(key != nullptr);
    cjose_jwk_set_kid(key, kid.data(), kid.size(), &error);
  }
  ~Signer() { cjose_jwk_release(key); }
  Signer(const Signer&) = delete;
  Signer& operator=(const Signer&) = delete;
  std::string jwk() const {
    cjose_err error{};
    const std::unique_ptr<char, decltype(&std::free)> text(cjose_jwk_to_json(key, false, &error), &std::free);
    return text.get();
  }
  std::string keys() const { return "{\"keys\":[" + jwk() + "]}"; }
};

Secret signed_by(cjose_jwk_t* key, const std::string& kid, const std::string& claims, const char* algorithm = "RS256") {
  cjose_err error{};
  cjose_header_t* header = cjose_header_new(&error);
  cjose_header_set(header, CJOSE_HDR_ALG, algorithm, &error);
  if (!kid.empty()) cjose_header_set(header, CJOSE_HDR_KID, kid.c_str(), &error);
  cjose_jws_t* jws =
      cjose_jws_sign(key, header, reinterpret_cast<const std::uint8_t*>(claims.data()), claims.size(), &error);
  REQUIRE_MESSAGE(jws != nullptr, error.message);
  const char* text = nullptr;
  REQUIRE(cjose_jws_export(jws, &text, &error));
  Secret token{std::string(text)};
  cjose_jws_release(jws);
  cjose_header_release(header);
  return token;
}

// The claims of a good token, some of them otherwise; an empty value leaves the claim out.
std::string claims(const std::map<std::string, std::string>& otherwise = {}) {
  std::map<std::string, std::string> all = {
      {"iss", "\"https://login.example.org\""}, {"aud", "\"tithing\""},     {"sub", "\"248289761001\""},
      {"nonce", "\"nonce-of-this-sign-in\""},   {"iat", "1799999990"},      {"exp", "1800000300"},
      {"email", "\"Manager@Example.org\""},     {"email_verified", "true"}, {"name", "\"Sam Example\""}};
  for (const auto& [name, value] : otherwise) all[name] = value;
  std::string text = "{";
  for (const auto& [name, value] : all)
    if (!value.empty()) text += (text.size() > 1 ? "," : "") + ("\"" + name + "\":" + value);
  return text + "}";
}

std::string why(const Result<Claims>& claims) { return claims ? "it was taken" : claims.error().message; }

}  // namespace

TEST_CASE("a token that is signed, for this program and this sign-in, says who it is") {
  const Signer signer("one");
  const auto read = [&](const std::string& said) {
    return read_id_token(signed_by(signer.key, "one", said), signer.keys(), kSettings, kNonce, kNow);
  };
  const auto good = read(claims());
  REQUIRE_MESSAGE(good, why(good));
  CHECK(good->issuer == "https://login.example.org");
  CHECK(good->subject == "248289761001");
  CHECK(good->email == "manager@example.org");
  CHECK(good->email_verified);
  CHECK(good->name == "Sam Example");
  CHECK_FALSE(good->several_factors);
  CHECK(read(claims({{"amr", "[\"pwd\",\"mfa\"]"}}))->several_factors);
  CHECK(read(claims({{"aud", "[\"tithing\"]"}})));
  CHECK(read(claims({{"aud", "[\"other\",\"tithing\"]"}, {"azp", "\"tithing\""}})));
  CHECK_FALSE(read(claims({{"email_verified", ""}}))->email_verified);
  CHECK_FALSE(read(claims({{"email_verified", "\"true\""}}))->email_verified);
  CHECK_FALSE(read(claims({{"email", ""}}))->email_verified);
}

TEST_CASE("anything else is refused, each for its own reason") {
  const Signer signer("one");
  const auto refused = [&](const std::map<std::string, std::string>& otherwise) {
    return why(read_id_token(signed_by(signer.key, "one", claims(otherwise)), signer.keys(), kSettings, kNonce, kNow));
  };
  CHECK(refused({{"iss", "\"https://evil.example\""}}) == "it is of another issuer: https://evil.example");
  CHECK(refused({{"aud", "\"other\""}}) == "it is for another program");
  CHECK(refused({{"aud", ""}}) == "it is for another program");
  CHECK(refused({{"aud", "[\"tithing\",\"other\"]"}}) == "it is for another program");
  CHECK(refused({{"aud", "[\"tithing\",\"other\"]"}, {"azp", "\"other\""}}) == "it is for another program");
  CHECK(refused({{"exp", "1799999939"}}) == "its time is over");
  CHECK(refused({{"exp", ""}}) == "its time is over");
  CHECK(refused({{"iat", "1800000061"}}) == "it was made in the future");
  CHECK(refused({{"iat", ""}}) == "it was made in the future");
  CHECK(refused({{"nbf", "1800000061"}}) == "its time has not begun");
  CHECK(refused({{"nonce", "\"of-another\""}}) == "it was made for another sign-in");
  CHECK(refused({{"nonce", ""}}) == "it was made for another sign-in");
  CHECK(refused({{"sub", ""}}) == "it names nobody");
  CHECK(refused({{"sub", "\"" + std::string(256, 'x') + "\""}}) == "it names nobody");
  CHECK(why(read_id_token(signed_by(signer.key, "one", "[1]"), signer.keys(), kSettings, kNonce, kNow)) ==
        "it says nothing that can be read");
  CHECK(why(read_id_token(signed_by(signer.key, "one", claims({{"nonce", "\"\""}})), signer.keys(), kSettings, {},
                          kNow)) == "it was made for another sign-in");
}

TEST_CASE("address and name may be told beside the token, of the same person alone") {
  Claims claims{"https://login.example.org", "7", "", false, "", false};
  CHECK_FALSE(add_person(claims, R"({"sub":"8","email":"a@example.org","email_verified":true})"));
  CHECK_FALSE(add_person(claims, "no json"));
  CHECK(claims.email.empty());
  CHECK(add_person(claims, R"({"sub":"7","email":"A@example.org","email_verified":true,"name":"Sam"})"));
  CHECK(claims.email == "a@example.org");
  CHECK(claims.email_verified);
  CHECK(claims.name == "Sam");
}

TEST_CASE("signatures: another's key, a changed token, a shared secret and no signature at all are refused") {
  const Signer signer("one");
  const Signer other("one");
  const auto read = [&](const Secret& token) {
    return why(read_id_token(token, signer.keys(), kSettings, kNonce, kNow));
  };
  CHECK(read(signed_by(other.key, "one", claims())) == "its signature is not right");
  CHECK(read(signed_by(signer.key, "two", claims())) == "no key of the provider fits it");
  CHECK(read(signed_by(signer.key, "", claims())) == "it was taken");  // the only key there is
  const Secret good = signed_by(signer.key, "one", claims());
  std::string changed(good.reveal());
  changed[changed.find('.') + 20] = changed[changed.find('.') + 20] == 'A' ? 'B' : 'A';
  CHECK(read(Secret(changed)) != "it was taken");
  // The public key taken for a shared secret, as a careless reader would.
  cjose_err error{};
  const std::string jwk = signer.jwk();
  cjose_jwk_t* shared =
      cjose_jwk_create_oct_spec(reinterpret_cast<const std::uint8_t*>(jwk.data()), jwk.size(), &error);
  CHECK(read(signed_by(shared, "one", claims(), "HS256")) == "it is not signed with a public key: HS256");
  cjose_jwk_release(shared);
  // {"alg":"none"}.{claims}. without a signature
  const std::string text = claims();
  char* out = nullptr;
  std::size_t length = 0;
  REQUIRE(
      cjose_base64url_encode(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(), &out, &length, &error));
  const std::string payload(out, length);
  std::free(out);
  CHECK(read(Secret("eyJhbGciOiJub25lIn0." + payload + ".")) != "it was taken");
  for (const char* odd : {"", ".", "..", "a.b.c", "eyJhbGciOiJSUzI1NiJ9"}) CHECK(read(Secret(odd)) != "it was taken");
  CHECK(why(read_id_token(good, "{}", kSettings, kNonce, kNow)) == "no key of the provider fits it");
  CHECK(why(read_id_token(good, "no json", kSettings, kNonce, kNow)) == "no key of the provider fits it");
}

TEST_CASE("what a provider says of itself") {
  const std::string good =
      R"({"issuer":"https://login.example.org","authorization_endpoint":"https://login.example.org/auth",)"
      R"("token_endpoint":"https://login.example.org/token","jwks_uri":"https://login.example.org/keys"})";
  const auto read = read_discovery(good, kSettings.issuer);
  REQUIRE(read);
  CHECK(read->token == "https://login.example.org/token");
  CHECK_FALSE(read_discovery(good, "https://other.example"));
  CHECK_FALSE(read_discovery("<html>", kSettings.issuer));
  std::string plain = good;
  plain.replace(plain.find("https://login.example.org/keys"), 5, "http");
  CHECK_FALSE(read_discovery(plain, kSettings.issuer));
  CHECK(check(kSettings));
  CHECK(check({"http://127.0.0.1:4000", "x", {}, "", false}));
  CHECK(check({"http://localhost", "x", {}, "", false}));
  for (const char* issuer : {"", "http://login.example.org", "http://127.0.0.1.evil.example", "login.example.org"})
    CHECK_FALSE(check({issuer, "x", {}, "", false}));
  CHECK_FALSE(check({"https://login.example.org", "", {}, "", false}));
}

TEST_CASE("the question that a browser takes along, with the challenge of RFC 7636, appendix B") {
  CHECK(challenge_of(Secret("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")) ==
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  const Request request{Secret("st"), Secret("no"), Secret("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")};
  CHECK(address_of({"https://login.example.org/auth?tenant=1", "", ""}, kSettings, "https://t.example/back", request) ==
        "https://login.example.org/auth?tenant=1&response_type=code&client_id=tithing&redirect_uri=https%3A%2F%2Ft."
        "example%2Fback&scope=openid%20email%20profile&state=st&nonce=no&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8"
        "URWbuGJSstw-cM&code_challenge_method=S256");
  const Request first = new_request(), second = new_request();
  CHECK(first.state.reveal() != second.state.reveal());
  CHECK(first.verifier.reveal() != second.verifier.reveal());
  CHECK(first.verifier.reveal().size() >= 43);
}

TEST_CASE("the client asks once an hour, again for a key that is new, and leaves alone what cannot be reached") {
  const Signer old("old");
  const Signer fresh("fresh");
  FakeClock clock(kNow.date());
  clock.advance_milliseconds(kNow.milliseconds - clock.now().milliseconds);
  std::map<std::string, int> asked;
  bool reached = true;
  const Signer* signer = &old;
  Question last;
  Client client(
      {"https://login.example.org", "tithing", Secret("s&cret"), "", false}, clock,
      [&](const Question& question) -> Result<std::string> {
        const std::string what = question.address.substr(question.address.rfind('/') + 1);
        ++asked[what];
        if (!reached) return unavailable("away");
        if (what == "openid-configuration")
          return std::string(
              R"({"issuer":"https://login.example.org","authorization_endpoint":"https://login.example.org/auth",)"
              R"("token_endpoint":"https://login.example.org/token","jwks_uri":"https://login.example.org/keys"})");
        if (what == "keys") return signer->keys();
        last = question;
        return "{\"id_token\":\"" + std::string(signed_by(signer->key, signer->kid, claims()).reveal()) + "\"}";
      });
  const Request request{Secret("st"), kNonce, Secret("verifier")};
  const auto take = [&] { return client.claims("the code", request, "https://t.example/back"); };
  REQUIRE(take());
  CHECK(last.form ==
        "grant_type=authorization_code&code=the%20code&redirect_uri=https%3A%2F%2Ft.example%2Fback&client_id=tithing&"
        "code_verifier=verifier");
  CHECK(last.user_name.reveal() == "tithing");
  CHECK(last.password.reveal() == "s%26cret");
  REQUIRE(take());
  CHECK(asked["openid-configuration"] == 1);
  CHECK(asked["keys"] == 1);
  // The provider signs with a new key: it is asked for, but not more often than every five seconds.
  signer = &fresh;
  CHECK_FALSE(take());
  CHECK(asked["keys"] == 1);
  clock.advance_milliseconds(5'000);
  CHECK(take());
  CHECK(asked["keys"] == 2);
  clock.advance_milliseconds(3'600'000);
  reached = false;
  CHECK(take().error().kind == ProblemKind::unavailable);
  CHECK(client.address(request, "x").error().kind == ProblemKind::unavailable);
  CHECK(asked["openid-configuration"] == 2);  // the second did not ask
  reached = true;
  clock.advance_milliseconds(10'000);
  CHECK(client.address(request, "https://t.example/back"));
}
