#include "jobs/budget.h"

#include <algorithm>

namespace tithing::jobs {
namespace {

constexpr int kWhenOneEnds = 5;  // seconds: when to try again where something has to end first

std::string key_of(const std::string& account, bool is_account) { return (is_account ? "a " : "n ") + account; }

}  // namespace

Budget::Spent& Budget::now(const std::string& key, const Allowance& allowance, std::int64_t now_ms) {
  Spent& spent = spent_[key];
  const std::int64_t passed = std::max<std::int64_t>(0, now_ms - spent.as_of_ms);
  // The allowance of a window is forgotten in a window.
  const std::int64_t forgotten = passed / limits_.window_seconds * allowance.seconds;
  spent.worked_ms = std::max<std::int64_t>(0, spent.worked_ms - forgotten);
  spent.as_of_ms = now_ms;
  return spent;
}

std::optional<Refusal> Budget::refusal(const Spent& spent, const Allowance& allowance, bool account) const {
  if (spent.at_once >= allowance.at_once) {
    const std::string many = std::to_string(allowance.at_once);
    return Refusal{429,
                   account ? "You have " + many +
                                 " pieces of long work waiting or under way. Wait until one has ended, or stop one "
                                 "under My work under way; then ask again."
                           : "From your network address " + many +
                                 " pieces of long work are waiting or under way. Ask again when one has ended.",
                   kWhenOneEnds};
  }
  const std::int64_t over = spent.worked_ms - std::int64_t{allowance.seconds} * 1'000;
  if (over < 0) return std::nullopt;
  const std::int64_t wait = over * limits_.window_seconds / allowance.seconds / 1'000 + kWhenOneEnds;
  return Refusal{429,
                 std::string(account ? "You have" : "Your network address has") +
                     " used up the time for long work of some minutes. What has been worked out can still be opened. "
                     "Ask for more in " +
                     std::to_string((wait + 59) / 60) + (wait <= 60 ? " minute." : " minutes."),
                 static_cast<int>(wait)};
}

std::optional<Refusal> Budget::refusal(const std::string& account, const std::string& address, std::int64_t now_ms) {
  forget(now_ms);
  if (auto why = refusal(now(key_of(account, true), limits_.account, now_ms), limits_.account, true)) return why;
  return refusal(now(key_of(address, false), limits_.address, now_ms), limits_.address, false);
}

void Budget::begin(const std::string& account, const std::string& address) {
  ++spent_[key_of(account, true)].at_once;
  ++spent_[key_of(address, false)].at_once;
}

void Budget::end(const std::string& account, const std::string& address, std::int64_t worked_ms, std::int64_t now_ms) {
  for (const bool is_account : {true, false}) {
    const Allowance& allowance = is_account ? limits_.account : limits_.address;
    Spent& spent = now(key_of(is_account ? account : address, is_account), allowance, now_ms);
    spent.at_once = std::max(0, spent.at_once - 1);
    spent.worked_ms += std::max<std::int64_t>(0, worked_ms);
  }
}

// Who has nothing under way and has not been here for a window is as one who never was.
void Budget::forget(std::int64_t now_ms) {
  std::erase_if(spent_, [&](const auto& one) {
    const Spent& spent = one.second;
    const bool old = now_ms - spent.as_of_ms > std::int64_t{limits_.window_seconds} * 1'000;
    return spent.at_once == 0 && (spent.worked_ms == 0 || old);
  });
}

}  // namespace tithing::jobs
