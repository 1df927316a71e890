#include "base/secret.h"

#include <sodium.h>

namespace tithing {

Secret::Secret(Secret&& other) noexcept : text_(other.text_) {
  sodium_memzero(other.text_.data(), other.text_.size());
  other.text_.clear();
}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this != &other) {
    sodium_memzero(text_.data(), text_.size());
    text_ = other.text_;
    sodium_memzero(other.text_.data(), other.text_.size());
    other.text_.clear();
  }
  return *this;
}

Secret::~Secret() { sodium_memzero(text_.data(), text_.size()); }

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace tithing
