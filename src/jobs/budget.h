// How much long work one account, and one network address, may ask for. Pure: the time is an argument.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace tithing::jobs {

// Why work is not taken, for an answer with this status and Retry-After.
struct Refusal {
  int status = 429;
  std::string sentence;
  int retry_after = 0;  // seconds
};

struct Allowance {
  int at_once = 0;  // pieces that wait or are under way
  int seconds = 0;  // of work within a window
};

struct Limits {
  Allowance account{3, 120};
  // Everyone of an office may come from one address: more than one account's, and less than the queue can do.
  Allowance address{12, 600};
  int window_seconds = 600;
};

// What was done is forgotten evenly over the window, so that a budget that is used up comes back bit by bit. Not safe
// from several threads: whoever has it locks.
class Budget {
 public:
  explicit Budget(Limits limits) : limits_(limits) {}

  // Why this account at this address may not begin another piece now, or nothing.
  std::optional<Refusal> refusal(const std::string& account, const std::string& address, std::int64_t now_ms);
  void begin(const std::string& account, const std::string& address);
  void end(const std::string& account, const std::string& address, std::int64_t worked_ms, std::int64_t now_ms);
  std::size_t known() const { return spent_.size(); }  // accounts and addresses that it remembers

 private:
  struct Spent {
    int at_once = 0;
    std::int64_t worked_ms = 0, as_of_ms = 0;
  };
  std::optional<Refusal> refusal(const Spent& spent, const Allowance& allowance, bool account) const;
  Spent& now(const std::string& key, const Allowance& allowance, std::int64_t now_ms);
  void forget(std::int64_t now_ms);

  const Limits limits_;
  std::map<std::string, Spent> spent_;
};

}  // namespace tithing::jobs
