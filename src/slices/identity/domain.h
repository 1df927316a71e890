// Rules of identity as pure functions: passwords, throttling, how long links and sessions last, who must remain.
// Times are arguments; nothing here knows a clock, a store or a page.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.h"
#include "base/clock.h"
#include "base/result.h"

namespace tithing::identity {

constexpr std::size_t kShortestPassword = 12;    // characters
constexpr std::size_t kLongestPassword = 1'000;  // bytes
constexpr std::int64_t kMinute = 60'000;         // milliseconds
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kLinkLifetime = 72 * kHour;
constexpr std::int64_t kSessionIdle = 12 * kHour;
constexpr std::int64_t kSessionLifetime = 7 * 24 * kHour;
constexpr std::int64_t kThrottleWindow = 15 * kMinute;
constexpr std::int64_t kClockSlack = 5 * kMinute;  // by which clocks may differ, or be set back, without any effect
constexpr std::int64_t kDeviceLifetime = 180 * 24 * kHour;  // since it last signed in
// Attempts within the window before somebody has to wait: at one account from one network or with one known device,
constexpr int kAttemptsOfAccount = 5;
// from one network at whatever accounts (an office shares one),
constexpr int kAttemptsOfNetwork = 20;
// and at one account from everywhere, known devices left out: many networks together.
constexpr int kAttemptsFromEverywhere = 100;

// Whether `password` may be chosen by the account of that address and name. The rules are those of NIST SP 800-63B,
// section 5.1.1.2, and of the National Cyber Security Centre: length, no composition rules, no expiry, not what
// everybody tries first. invalid names the field "password".
Status check_password(std::string_view password, std::string_view email, std::string_view name);
// In the embedded list of what is tried first, in any mixture of capitals, with the usual digits for letters and
// whatever digits and marks stand at the end: "P4ssword2024!!" is "password".
bool is_common_password(std::string_view password);

// Lower case, without spaces around it. An address is text@text without spaces; whether it exists only a message can
// tell.
std::string normal_email(std::string_view email);
Status check_email(std::string_view normal);
Status check_name(std::string_view name);
Status check_grant(const Grant& grant);
// Fields of the second line of grants are called "role-2", "area-2"; those of the first "role", "area".
std::string suffix_of_grant(std::size_t index);

// How long to wait, in milliseconds, before the next attempt to sign in may be made; 0 when it may be made now.
// `attempts` are the times of those that have not succeeded, ascending; older ones than the window do not count. From
// the `allowed`th on, the wait counts from the last one and doubles with each: 1, 2, 4, 8, at most 15 minutes.
// Never more than 15 minutes, whatever the clock has done since: an attempt that lies ahead counts as made now, and one
// further ahead than the window not at all.
std::int64_t wait_before_attempt(const std::vector<Instant>& attempts, int allowed, Instant now);

// An attempt to sign in to one account that has not succeeded.
struct Attempt {
  Instant at;
  std::string network;  // client_network() of where it came from
  std::string device;   // the known device of the account that it came with; empty for any other
};

// How long whoever comes from `network`, with `device` where the account knows it (else empty), has to wait.
// A known device counts its own attempts alone, so nobody elsewhere keeps its owner out. Anybody else counts the
// attempts of their network at this account, of their network at all accounts (`of_network`), and of everybody at this
// account.
std::int64_t wait_before_sign_in(const std::vector<Attempt>& of_account, const std::vector<Instant>& of_network,
                                 const std::string& network, const std::string& device, Instant now);

bool link_is_valid(Instant made, Instant now);
// A session from the future has ended as well: the clock was wrong then or is now, and would keep it open for as long
// as it was wrong.
bool session_is_alive(Instant started, Instant last_seen, Instant now);

// forbidden when a change would leave no account that is not suspended and may administer accounts.
Status keep_an_administrator(std::int64_t administrators_left);

// "12 minutes", "1 minute", rounded up.
std::string wait_text(std::int64_t milliseconds);

}  // namespace tithing::identity
