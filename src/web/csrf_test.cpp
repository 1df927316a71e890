#include <doctest/doctest.h>

#include <set>

#include "web/csrf.h"
#include "web/language.h"

using namespace tithing::web;

namespace {
const std::string kSecret(64, 'a');
const std::string kOther = std::string(63, 'a') + "b";
}  // namespace

TEST_CASE("a masked token opens with its own secret only") {
  const std::string token = masked_token(kSecret);
  CHECK(token.size() == 128);
  CHECK(token_opens(token, kSecret));
  CHECK_FALSE(token_opens(token, kOther));
}

TEST_CASE("each page carries the secret under another mask") {
  std::set<std::string> tokens;
  for (int i = 0; i < 100; ++i) tokens.insert(masked_token(kSecret));
  CHECK(tokens.size() == 100);
  for (const std::string& token : tokens) CHECK(token.find(kSecret) == std::string::npos);
}

TEST_CASE("what is no token opens nothing") {
  const std::string token = masked_token(kSecret);
  for (const std::string& wrong : {std::string(), std::string("0"), token.substr(1), token.substr(2), token + "00",
                                   std::string(128, 'z'), kSecret})
    CHECK_FALSE(token_opens(wrong, kSecret));
  CHECK_FALSE(token_opens(token, ""));
  CHECK_FALSE(token_opens("", ""));
}

TEST_CASE("a visitor's cookie is signed") {
  const std::string visit = new_visit("key");
  CHECK(visit_is_signed(visit, "key"));
  CHECK_FALSE(visit_is_signed(visit, "another key"));
  CHECK_FALSE(visit_is_signed("x" + visit, "key"));
  CHECK_FALSE(visit_is_signed("", "key"));
  CHECK_FALSE(visit_is_signed(".", "key"));
  CHECK(visit_secret(visit, "key") != visit_secret(new_visit("key"), "key"));
  CHECK(visit_secret(visit, "key").size() == 64);
}

TEST_CASE("the language with the higher weight is chosen, English otherwise") {
  CHECK(preferred_language("") == "en");
  CHECK(preferred_language("cy") == "cy");
  CHECK(preferred_language("cy-GB,cy;q=0.9,en-GB;q=0.8,en;q=0.7") == "cy");
  CHECK(preferred_language("en-GB,en;q=0.9,cy;q=0.8") == "en");
  CHECK(preferred_language("en;q=0.2, CY ; q=0.25") == "cy");
  CHECK(preferred_language("fr, de;q=0.5") == "en");
  CHECK(preferred_language("cy;q=0") == "en");
  CHECK(preferred_language("cy;q=abc, en;q=0.1") == "en");
  CHECK(preferred_language("cyx") == "en");
}
