#include "slices/identity/one_time_codes.h"

#include <liboath/oath.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <stdexcept>

#include "base/text.h"

namespace tithing::identity {
namespace {

constexpr unsigned kDigits = 6;
constexpr std::int64_t kStepsAside = 1;
constexpr std::int64_t kStepsBelieved = 20;  // ten minutes
constexpr std::string_view kRecoveryLetters = "23456789abcdefghijkmnpqrstuvwxyz";

struct Freed {
  void operator()(char* bytes) const { std::free(bytes); }
};
using OathText = std::unique_ptr<char, Freed>;

void start_library() {
  static const int started = oath_init();
  if (started != OATH_OK) throw std::runtime_error(std::string("liboath: ") + oath_strerror(started));
}

}  // namespace

Secret key_of(std::string_view bytes) {
  start_library();
  char* out = nullptr;
  std::size_t length = 0;
  if (const int rc = oath_base32_encode(bytes.data(), bytes.size(), &out, &length); rc != OATH_OK)
    throw std::runtime_error(std::string("liboath: ") + oath_strerror(rc));
  const OathText text(out);
  std::string key(text.get(), length);
  key.erase(std::find(key.begin(), key.end(), '='), key.end());
  return Secret(std::move(key));
}

std::optional<std::string> bytes_of(const Secret& key) {
  start_library();
  char* out = nullptr;
  std::size_t length = 0;
  if (oath_base32_decode(key.reveal().data(), key.reveal().size(), &out, &length) != OATH_OK) return std::nullopt;
  const OathText text(out);
  return length == 0 ? std::nullopt : std::optional<std::string>(std::string(text.get(), length));
}

std::string in_groups(std::string_view key) {
  std::string out;
  for (std::size_t i = 0; i < key.size(); ++i) {
    if (i > 0 && i % 4 == 0) out += ' ';
    out += key[i];
  }
  return out;
}

std::int64_t step_of(Instant now) { return now.milliseconds / kCodeStep; }

std::string code_of_step(std::string_view bytes, std::int64_t step) {
  start_library();
  std::array<char, kDigits + 1> code{};
  const int rc = oath_hotp_generate(bytes.data(), bytes.size(), static_cast<std::uint64_t>(step), kDigits, false,
                                    OATH_HOTP_DYNAMIC_TRUNCATION, code.data());
  if (rc != OATH_OK) throw std::runtime_error(std::string("liboath: ") + oath_strerror(rc));
  return {code.data(), kDigits};
}

std::optional<std::int64_t> step_of_code(std::string_view bytes, std::string_view typed, Instant now,
                                         std::int64_t last_used) {
  const std::int64_t present = step_of(now);
  if (last_used > present + kStepsBelieved) last_used = 0;
  std::optional<std::int64_t> found;
  for (std::int64_t step = present - kStepsAside; step <= present + kStepsAside; ++step) {
    const bool same = equal_in_constant_time(code_of_step(bytes, step), typed);
    if (same && step > last_used) found = step;
  }
  return found;
}

std::string app_address(const Secret& key, std::string_view email, std::string_view issuer) {
  return "otpauth://totp/" + url_encoded(issuer) + ":" + url_encoded(email) + "?secret=" + std::string(key.reveal()) +
         "&issuer=" + url_encoded(issuer);
}

std::string recovery_code_of(std::string_view ten_bytes) {
  std::string code;
  for (std::size_t i = 0; i < ten_bytes.size(); ++i) {
    if (i == 4 || i == 8) code += '-';
    code += kRecoveryLetters[static_cast<unsigned char>(ten_bytes[i]) % kRecoveryLetters.size()];
  }
  return code;
}

std::string plain_code(std::string_view typed) {
  std::string out;
  for (const char c : lowered(typed))
    if (c != ' ' && c != '-') out += c;
  return out;
}

bool needs_second_factor(const std::vector<Grant>& grants, const std::vector<Role>& roles_that_need_it) {
  return std::any_of(grants.begin(), grants.end(), [&](const Grant& grant) {
    return std::find(roles_that_need_it.begin(), roles_that_need_it.end(), grant.role) != roles_that_need_it.end();
  });
}

}  // namespace tithing::identity
