#include "slices/identity/domain.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/translation.h"

namespace tithing::identity {
namespace {

// What people choose most often when twelve characters are asked for, and the stems they lengthen. Reduced as reduced()
// below does, so one entry stands for its variants.
constexpr std::array<std::string_view, 96> kCommon = {"password",
                                                      "passwordpassword",
                                                      "passw",
                                                      "mypassword",
                                                      "yourpassword",
                                                      "newpassword",
                                                      "changeme",
                                                      "changemenow",
                                                      "changeit",
                                                      "letmein",
                                                      "letmeinnow",
                                                      "letmeinplease",
                                                      "welcome",
                                                      "welcomeback",
                                                      "welcomehome",
                                                      "iloveyou",
                                                      "iloveyouforever",
                                                      "iloveyousomuch",
                                                      "qwerty",
                                                      "qwertyuiop",
                                                      "qwertyuiopasdf",
                                                      "qwertyqwerty",
                                                      "qwertyqwertyqwerty",
                                                      "qazwsx",
                                                      "qazwsxedc",
                                                      "qazwsxedcrfv",
                                                      "asdfghjkl",
                                                      "asdfghjklzxc",
                                                      "asdfasdfasdf",
                                                      "zxcvbnm",
                                                      "administrator",
                                                      "admin",
                                                      "adminadmin",
                                                      "adminadminadmin",
                                                      "root",
                                                      "rootroot",
                                                      "monkey",
                                                      "dragon",
                                                      "sunshine",
                                                      "princess",
                                                      "football",
                                                      "footballfootball",
                                                      "baseball",
                                                      "superman",
                                                      "batman",
                                                      "starwars",
                                                      "pokemon",
                                                      "liverpool",
                                                      "liverpoolfc",
                                                      "manchester",
                                                      "manchesterunited",
                                                      "arsenal",
                                                      "arsenalfc",
                                                      "chelsea",
                                                      "chelseafc",
                                                      "everton",
                                                      "tottenham",
                                                      "rangers",
                                                      "celtic",
                                                      "england",
                                                      "wales",
                                                      "cymru",
                                                      "cymruambyth",
                                                      "london",
                                                      "yorkshire",
                                                      "worcestershire",
                                                      "northumberland",
                                                      "birmingham",
                                                      "newcastle",
                                                      "sheffield",
                                                      "leeds",
                                                      "leedsunited",
                                                      "police",
                                                      "policepolice",
                                                      "community",
                                                      "communitysafety",
                                                      "communitysafetypartnership",
                                                      "safety",
                                                      "partnership",
                                                      "council",
                                                      "councilcouncil",
                                                      "commissioner",
                                                      "summer",
                                                      "autumn",
                                                      "winter",
                                                      "spring",
                                                      "january",
                                                      "september",
                                                      "november",
                                                      "december",
                                                      "computer",
                                                      "internet",
                                                      "correcthorsebatterystaple",
                                                      "trustno",
                                                      "whatever",
                                                      "nothing"};
constexpr std::string_view kProductName = "tithing";

char letter_for(char c) {
  switch (c) {
    case '0':
      return 'o';
    case '1':
      return 'i';
    case '3':
      return 'e';
    case '4':
    case '@':
      return 'a';
    case '5':
    case '$':
      return 's';
    case '7':
      return 't';
    default:
      return c;
  }
}

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

// Lower case, without digits and marks at either end, digits within that stand for letters put back, the rest left out.
std::string reduced(std::string_view password) {
  std::string text = lowered(password);
  const auto letter = [](char c) { return is_letter(c) || static_cast<unsigned char>(c) >= 0x80; };
  while (!text.empty() && !letter(text.back())) text.pop_back();
  std::string out;
  for (const char c : text)
    if (const char better = letter_for(c); letter(better)) out += better;
  return out;
}

// The same without what stands before the first letter: "123password".
std::string reduced_from_first_letter(std::string_view password) {
  const std::string text = lowered(password);
  const auto first = std::find_if(text.begin(), text.end(), is_letter);
  return reduced(std::string_view(text).substr(static_cast<std::size_t>(first - text.begin())));
}

bool repeats(std::string_view text) {
  for (std::size_t length = 1; length <= 4 && length * 2 <= text.size(); ++length) {
    bool same = true;
    for (std::size_t i = length; i < text.size() && same; ++i) same = text[i] == text[i - length];
    if (same) return true;
  }
  return false;
}

// "abcdefghijkl", "123456789012", "987654321098".
bool runs(std::string_view text) {
  for (const int step : {1, -1}) {
    bool run = text.size() > 1;
    for (std::size_t i = 1; i < text.size() && run; ++i) {
      const int difference = text[i] - text[i - 1];
      const bool around =
          (text[i - 1] == '9' && text[i] == '0' && step == 1) || (text[i - 1] == '0' && text[i] == '9' && step == -1);
      run = difference == step || around;
    }
    if (run) return true;
  }
  return false;
}

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool contains_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

tl::unexpected<Problem> bad_password(std::string message) {
  return invalid(tr("Choose another password."), {{"password", std::move(message)}});
}

}  // namespace

bool is_common_password(std::string_view password) {
  const std::string text = lowered(password);
  if (repeats(text) || runs(text)) return true;
  const std::string core = reduced(password);
  std::string rest = core;
  for (std::size_t at = rest.find(kProductName); at != std::string::npos; at = rest.find(kProductName))
    rest.erase(at, kProductName.size());
  if (rest.size() < core.size() && rest.size() < 4) return true;
  const std::string inner = reduced_from_first_letter(password);
  const auto listed = [](const std::string& candidate) {
    return std::find(kCommon.begin(), kCommon.end(), candidate) != kCommon.end();
  };
  return listed(core) || listed(inner);
}

Status check_password(std::string_view password, std::string_view email, std::string_view name) {
  if (!is_utf8(password)) return bad_password("Enter a password made of ordinary characters.");
  if (characters(password) < kShortestPassword)
    return bad_password(
        "Enter a password of at least 12 characters. Three words that do not belong together are easy to remember.");
  if (password.size() > kLongestPassword) return bad_password("Enter a password of at most 1,000 bytes.");
  const std::string lower = lowered(password);
  const std::string account(email.substr(0, email.find('@')));
  if (lower == lowered(email) || reduced(password) == reduced(account) || lower == lowered(name) ||
      reduced(password) == reduced(name))
    return bad_password("Enter a password that is not your e-mail address or name.");
  if (is_common_password(password))
    return bad_password("Enter a password that is harder to guess: this one is among those that are tried first.");
  return {};
}

std::string normal_email(std::string_view email) { return lowered(trimmed(email)); }

Status check_email(std::string_view normal) {
  const std::size_t at = normal.find('@');
  const bool fine = at != std::string_view::npos && at > 0 && at + 1 < normal.size() &&
                    normal.find('@', at + 1) == std::string_view::npos && normal.size() <= 254 && is_utf8(normal) &&
                    !contains_control(normal) && normal.find_first_of(" ,;<>\"()") == std::string_view::npos;
  if (fine) return {};
  return invalid(tr("Enter an e-mail address."),
                 {{"email", tr("Enter an e-mail address in the correct format, like name@example.org.")}});
}

Status check_name(std::string_view name) {
  if (trimmed(name).empty())
    return invalid(tr("Enter a name."), {{"name", tr("Enter a name: a person's or a post's.")}});
  if (name.size() > 200 || !is_utf8(name) || contains_control(name))
    return invalid(tr("Enter a shorter name."), {{"name", tr("Enter a name of at most 200 characters on one line.")}});
  return {};
}

Status check_grant(const Grant& grant) {
  if (grant.organisation.size() > 200 || !is_utf8(grant.organisation) || contains_control(grant.organisation))
    return invalid(tr("Enter a shorter organisation."),
                   {{"organisation", tr("Enter an organisation of at most 200 characters on one line.")}});
  const bool fine =
      grant.area_code.size() <= 40 && std::all_of(grant.area_code.begin(), grant.area_code.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
      });
  if (grant.role == Role::system_administrator && !grant.area_code.empty())
    return invalid(tr("A system administrator serves every area."),
                   {{"area", tr("Leave the area of a system administrator empty.")}});
  if (!fine)
    return invalid(tr("Enter an area's code."),
                   {{"area", tr("Enter an area's code, like E22000368, or leave it empty for every area.")}});
  return {};
}

std::string suffix_of_grant(std::size_t index) { return index == 0 ? std::string() : "-" + std::to_string(index + 1); }

std::int64_t wait_before_attempt(const std::vector<Instant>& attempts, int allowed, Instant now) {
  int recent = 0;
  std::int64_t last = 0;
  for (const Instant& attempt : attempts) {
    if (attempt.milliseconds <= now.milliseconds - kThrottleWindow) continue;
    if (attempt.milliseconds > now.milliseconds + kThrottleWindow) continue;
    ++recent;
    last = std::max(last, std::min(attempt.milliseconds, now.milliseconds));
  }
  if (recent < allowed) return 0;
  const int doublings = std::min(recent - allowed, 4);
  const std::int64_t wait = std::min(kMinute << doublings, kThrottleWindow);
  return std::max<std::int64_t>(0, last + wait - now.milliseconds);
}

std::int64_t wait_before_sign_in(const std::vector<Attempt>& of_account, const std::vector<Instant>& of_network,
                                 const std::string& network, const std::string& device, Instant now) {
  std::vector<Instant> of_this;
  std::vector<Instant> of_strangers;
  for (const Attempt& attempt : of_account) {
    if (attempt.device.empty()) of_strangers.push_back(attempt.at);
    const bool alike = device.empty() ? attempt.device.empty() && attempt.network == network : attempt.device == device;
    if (alike) of_this.push_back(attempt.at);
  }
  const std::int64_t wait = wait_before_attempt(of_this, kAttemptsOfAccount, now);
  if (!device.empty()) return wait;
  return std::max({wait, wait_before_attempt(of_network, kAttemptsOfNetwork, now),
                   wait_before_attempt(of_strangers, kAttemptsFromEverywhere, now)});
}

bool link_is_valid(Instant made, Instant now) {
  return made.milliseconds <= now.milliseconds + kClockSlack && now.milliseconds < made.milliseconds + kLinkLifetime;
}

bool session_is_alive(Instant started, Instant last_seen, Instant now) {
  if (std::max(started.milliseconds, last_seen.milliseconds) > now.milliseconds + kClockSlack) return false;
  return now.milliseconds < last_seen.milliseconds + kSessionIdle &&
         now.milliseconds < started.milliseconds + kSessionLifetime;
}

Status keep_an_administrator(std::int64_t administrators_left) {
  if (administrators_left > 0) return {};
  return forbidden(
      tr("This is the last account that can administer accounts. Give another account the role of system "
         "administrator first."));
}

std::string wait_text(std::int64_t milliseconds) {
  return plural((milliseconds + kMinute - 1) / kMinute, "minute", "minutes");
}

}  // namespace tithing::identity
