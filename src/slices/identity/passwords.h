// Passwords are kept as Argon2id (RFC 9106) through libsodium, and each check takes the same work whoever asks.
#pragma once

#include <string>
#include <string_view>

#include "base/secret.h"

namespace tithing::identity {

// Two passes over 19 MiB, the least that the OWASP password storage cheat sheet asks of Argon2id: some 40 ms here.
struct HashCost {
  unsigned long long passes = 2;
  std::size_t memory = std::size_t{19} * 1024 * 1024;  // bytes
};

// At most two at once over the whole program; others wait, so that a burst of attempts cannot take all memory.
// Throws std::runtime_error when there is no memory for it.
std::string hash_password(const Secret& password, const HashCost& cost = {});

// Whether `password` is the one behind `stored`. An empty `stored` (no such account, or one without a password) does
// the same work and says no.
bool verify_password(const Secret& password, const std::string& stored, const HashCost& cost = {});

// `stored` was made at another cost.
bool needs_rehash(const std::string& stored, const HashCost& cost = {});

}  // namespace tithing::identity
