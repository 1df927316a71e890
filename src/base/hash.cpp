#include "base/hash.h"

#include <sodium.h>

#include <cstdio>

#include "base/text.h"

namespace tithing {

struct Sha256::State {
  crypto_hash_sha256_state hash;
};

Sha256::Sha256() : state_(std::make_unique<State>()) { crypto_hash_sha256_init(&state_->hash); }
Sha256::~Sha256() = default;
void Sha256::add(std::string_view bytes) {
  crypto_hash_sha256_update(&state_->hash, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}
std::string Sha256::finish() {
  char digest[crypto_hash_sha256_BYTES];
  crypto_hash_sha256_final(&state_->hash, reinterpret_cast<unsigned char*>(digest));
  return hex({digest, sizeof digest});
}

std::string sha256(std::string_view bytes) {
  Sha256 hash;
  hash.add(bytes);
  return hash.finish();
}

std::string hmac_sha256(std::string_view key, std::string_view message) {
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(key.data()), key.size());
  crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(message.data()), message.size());
  char digest[crypto_auth_hmacsha256_BYTES];
  crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char*>(digest));
  return hex({digest, sizeof digest});
}

Result<std::string> sha256_of_file(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return not_found("The file " + path + " cannot be opened. Check the path and the right to read it.");
  Sha256 hash;
  std::string buffer(1 << 20, '\0');
  std::size_t count = 0;
  while ((count = std::fread(buffer.data(), 1, buffer.size(), file)) > 0) hash.add({buffer.data(), count});
  const bool broken = std::ferror(file) != 0;
  std::fclose(file);
  if (broken) return unavailable("The file " + path + " cannot be read to its end.");
  return hash.finish();
}

}  // namespace tithing
