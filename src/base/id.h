// Id<Tag>: a 64-bit identifier that cannot be mistaken for another kind of identifier.
#pragma once

#include <compare>
#include <cstdint>

namespace tithing {

template <class Tag>
struct Id {
  std::int64_t value = 0;
  friend auto operator<=>(const Id&, const Id&) = default;
  explicit operator bool() const { return value != 0; }
};

}  // namespace tithing
