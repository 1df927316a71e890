// The second factor as pure functions: one-time codes by the clock (TOTP, RFC 6238, over HOTP, RFC 4226), as every
// authenticator app makes them: HMAC-SHA-1, six digits, steps of 30 seconds; and codes for when the app is lost.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.h"
#include "base/clock.h"
#include "base/secret.h"

namespace tithing::identity {

constexpr std::size_t kKeyBytes = 20;  // RFC 4226, R6: 160 bits
constexpr std::int64_t kCodeStep = 30'000;
constexpr int kRecoveryCodes = 10;
// A right password waits so long for its second factor.
constexpr std::int64_t kStepLifetime = 10 * 60'000;

// The shared key as apps and people write it: base32 without padding, and its bytes; nothing for what is no key.
Secret key_of(std::string_view bytes);
std::optional<std::string> bytes_of(const Secret& key);
// "ABCD EFGH ..", for who types it.
std::string in_groups(std::string_view key);

std::int64_t step_of(Instant now);
// Six digits. Precondition: `bytes` is not empty.
std::string code_of_step(std::string_view bytes, std::int64_t step);

// The step whose code was typed: the present one, the one before or the one after, as clocks differ. Nothing when it is
// the code of none of them, or of `last_used` or earlier: a code works once. A `last_used` of more than ten minutes
// ahead says that the clock has been set back since; it is not believed, or nobody would come in until then.
std::optional<std::int64_t> step_of_code(std::string_view bytes, std::string_view typed, Instant now,
                                         std::int64_t last_used);

// What an app reads from the picture.
std::string app_address(const Secret& key, std::string_view email, std::string_view issuer);

// "k7dq-m2xw-9f": fifty bits of chance, without letters that look like digits.
std::string recovery_code_of(std::string_view ten_bytes);
// As it is kept, however it was typed: lower case, without what stands between.
std::string plain_code(std::string_view typed);

bool needs_second_factor(const std::vector<Grant>& grants, const std::vector<Role>& roles_that_need_it);

}  // namespace tithing::identity
