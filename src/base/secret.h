// Secret: text that cannot be printed, compared in variable time, or logged. It is wiped when it goes.
#pragma once

#include <string>
#include <string_view>

namespace tithing {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) : text_(std::move(text)) {}
  Secret(const Secret&) = default;
  Secret(Secret&& other) noexcept;
  Secret& operator=(const Secret&) = default;
  Secret& operator=(Secret&& other) noexcept;
  ~Secret();
  // The only way to the text. Every call is a place to review; there is no operator<<, no formatter, no implicit
  // conversion.
  std::string_view reveal() const { return text_; }
  bool empty() const { return text_.empty(); }

 private:
  std::string text_;
};

bool equal_in_constant_time(std::string_view a, std::string_view b);

}  // namespace tithing
