#include "base/clock.h"

#include <time.h>

#include <cstdio>

namespace tithing {

std::string Instant::iso() const {
  const std::int64_t in_day = ((milliseconds % 86'400'000) + 86'400'000) % 86'400'000;
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "T%02d:%02d:%02d.%03dZ", static_cast<int>(in_day / 3'600'000),
                static_cast<int>(in_day / 60'000 % 60), static_cast<int>(in_day / 1000 % 60),
                static_cast<int>(in_day % 1000));
  return date().iso() + buffer;
}

Date Instant::date() const {
  const std::int64_t days =
      milliseconds >= 0 ? milliseconds / 86'400'000 : -((-milliseconds + 86'399'999) / 86'400'000);
  return Date::from_days(static_cast<std::int32_t>(days));
}

Instant SystemClock::now() const {
  timespec time{};
  clock_gettime(CLOCK_REALTIME, &time);
  return {std::int64_t{time.tv_sec} * 1000 + time.tv_nsec / 1'000'000};
}

}  // namespace tithing
