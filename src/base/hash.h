// SHA-256 (FIPS 180-4) of text and of files, and HMAC-SHA-256 (RFC 2104), as lower-case hexadecimal.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace tithing {

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  void add(std::string_view bytes);
  std::string finish();  // once only

 private:
  struct State;
  std::unique_ptr<State> state_;
};

std::string sha256(std::string_view bytes);
std::string hmac_sha256(std::string_view key, std::string_view message);
Result<std::string> sha256_of_file(const std::string& path);

}  // namespace tithing
