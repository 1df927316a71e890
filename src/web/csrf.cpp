#include "web/csrf.h"

#include "base/hash.h"
#include "base/random.h"
#include "base/secret.h"
#include "base/text.h"

namespace tithing::web {
namespace {

constexpr std::size_t kSecretBytes = 32;

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

std::optional<std::string> unhex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = digit(text[i]);
    const int low = digit(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

std::string exclusive_or(std::string_view a, std::string_view b) {
  std::string out(a.size(), '\0');
  for (std::size_t i = 0; i < a.size(); ++i) out[i] = static_cast<char>(a[i] ^ b[i]);
  return out;
}

}  // namespace

std::string masked_token(std::string_view secret) {
  const std::optional<std::string> bytes = unhex(secret);
  if (!bytes || bytes->size() != kSecretBytes) return {};
  const std::string mask = random_bytes(kSecretBytes);
  return hex(mask) + hex(exclusive_or(mask, *bytes));
}

bool token_opens(std::string_view token, std::string_view secret) {
  const std::optional<std::string> expected = unhex(secret);
  const std::optional<std::string> given = unhex(token);
  if (!expected || !given || expected->size() != kSecretBytes || given->size() != 2 * kSecretBytes) return false;
  const std::string_view bytes = *given;
  return equal_in_constant_time(exclusive_or(bytes.substr(0, kSecretBytes), bytes.substr(kSecretBytes)), *expected);
}

std::string new_visit(std::string_view key) {
  const std::string name = random_token();
  return name + "." + hmac_sha256(key, "visit:" + name);
}

bool visit_is_signed(std::string_view visit, std::string_view key) {
  const std::size_t dot = visit.find('.');
  if (dot == std::string_view::npos || dot == 0) return false;
  return equal_in_constant_time(visit.substr(dot + 1), hmac_sha256(key, "visit:" + std::string(visit.substr(0, dot))));
}

std::string visit_secret(std::string_view visit, std::string_view key) {
  return hmac_sha256(key, "form:" + std::string(visit));
}

}  // namespace tithing::web
