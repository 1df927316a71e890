// OpenSSL's SHA-256 uses the processor's own instructions; libsodium's does not, and reading originals is mostly
// hashing.
#include "base/hash.h"

#include <openssl/evp.h>
#include <sodium.h>

#include <cstdio>
#include <stdexcept>

#include "base/text.h"
#include "base/translation.h"

namespace tithing {

struct Sha256::State {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  ~State() { EVP_MD_CTX_free(context); }
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  if (state_->context == nullptr || EVP_DigestInit_ex(state_->context, EVP_sha256(), nullptr) != 1)
    throw std::runtime_error("SHA-256 cannot be started");
}
Sha256::~Sha256() = default;
void Sha256::add(std::string_view bytes) {
  if (EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()) != 1) throw std::runtime_error("SHA-256 failed");
}
std::string Sha256::finish() {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  if (EVP_DigestFinal_ex(state_->context, digest, &size) != 1) throw std::runtime_error("SHA-256 failed");
  return hex({reinterpret_cast<const char*>(digest), size});
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
  if (file == nullptr)
    return not_found(tr("The file {0} cannot be opened. Check the path and the right to read it.", {path}));
  Sha256 hash;
  std::string buffer(1 << 20, '\0');
  std::size_t count = 0;
  while ((count = std::fread(buffer.data(), 1, buffer.size(), file)) > 0) hash.add({buffer.data(), count});
  const bool broken = std::ferror(file) != 0;
  std::fclose(file);
  if (broken) return unavailable(tr("The file {0} cannot be read to its end.", {path}));
  return hash.finish();
}

}  // namespace tithing
