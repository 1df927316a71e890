#include "slices/identity/passwords.h"

#include <sodium.h>

#include <map>
#include <mutex>
#include <semaphore>
#include <stdexcept>
#include <utility>

#include "base/random.h"

namespace tithing::identity {
namespace {

std::counting_semaphore<2>& places() {
  static std::counting_semaphore<2> two(2);
  return two;
}

class Place {
 public:
  Place() { places().acquire(); }
  ~Place() { places().release(); }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
};

void start() {
  if (sodium_init() < 0) throw std::runtime_error("the cryptographic library cannot be started");
}

std::string hash_now(std::string_view password, const HashCost& cost) {
  char text[crypto_pwhash_STRBYTES];
  if (crypto_pwhash_str_alg(text, password.data(), password.size(), cost.passes, cost.memory,
                            crypto_pwhash_ALG_ARGON2ID13) != 0)
    throw std::runtime_error("there is not enough memory to hash a password");
  return text;
}

// What an unknown account is checked against: the hash of a password that nobody knows.
std::string nobodys_hash(const HashCost& cost) {
  static std::mutex mutex;
  static std::map<std::pair<unsigned long long, std::size_t>, std::string> kept;
  const std::lock_guard lock(mutex);
  std::string& hash = kept[{cost.passes, cost.memory}];
  if (hash.empty()) hash = hash_now(random_token(), cost);
  return hash;
}

}  // namespace

std::string hash_password(const Secret& password, const HashCost& cost) {
  start();
  const Place place;
  return hash_now(password.reveal(), cost);
}

bool verify_password(const Secret& password, const std::string& stored, const HashCost& cost) {
  start();
  const Place place;
  const bool known = !stored.empty();
  const std::string against = known ? stored : nobodys_hash(cost);
  const bool same = crypto_pwhash_str_verify(against.c_str(), password.reveal().data(), password.reveal().size()) == 0;
  return same && known;
}

bool needs_rehash(const std::string& stored, const HashCost& cost) {
  start();
  return crypto_pwhash_str_needs_rehash(stored.c_str(), cost.passes, cost.memory) != 0;
}

}  // namespace tithing::identity
