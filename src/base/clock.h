// The one seam to the time of day. Rules never ask it: they take a Date.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "base/date.h"

namespace tithing {

// Milliseconds since 1970-01-01T00:00Z.
struct Instant {
  std::int64_t milliseconds = 0;
  std::string iso() const;  // "2026-11-22T09:30:00.000Z"
  Date date() const;        // the day in UTC
  friend auto operator<=>(const Instant&, const Instant&) = default;
};

// Safe to call from any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
  Date today() const { return now().date(); }
};

class SystemClock : public Clock {
 public:
  Instant now() const override;
};

class FakeClock : public Clock {
 public:
  explicit FakeClock(Date today) : milliseconds_(std::int64_t{today.days()} * 86'400'000) {}
  Instant now() const override { return {milliseconds_}; }
  void advance_milliseconds(std::int64_t by) { milliseconds_ += by; }

 private:
  std::atomic<std::int64_t> milliseconds_;
};

}  // namespace tithing
