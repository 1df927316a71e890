// Rows of second factors: keys, recovery codes, roles that need one, sign-ins that wait for theirs. SQL only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/actor.h"
#include "base/clock.h"
#include "base/secret.h"
#include "db/db.h"

namespace tithing::identity {

struct SecondFactor {
  std::int64_t account_id = 0;
  Secret key;
  Instant enrolled_at;
  std::int64_t last_step = 0;
};

struct StepRow {
  std::string token_hash;
  std::int64_t account_id = 0;
  Instant made_at;
};

std::optional<SecondFactor> find_second_factor(db::Connection& connection, std::int64_t account_id);
void insert_second_factor(db::Transaction& transaction, const SecondFactor& factor);
// False when that step was noted meanwhile: two who sent the same code at once.
bool note_step(db::Transaction& transaction, const SecondFactor& seen, std::int64_t step);
// With its recovery codes and the sign-ins that wait. False when there was none.
bool delete_second_factor(db::Transaction& transaction, std::int64_t account_id);

// In place of all earlier ones.
void replace_recovery_codes(db::Transaction& transaction, std::int64_t account_id,
                            const std::vector<std::string>& hashes);
// False when the account has no such code, or it was used.
bool use_recovery_code(db::Transaction& transaction, std::int64_t account_id, const std::string& hash, Instant at);
std::int64_t count_recovery_codes(db::Connection& connection, std::int64_t account_id);  // not used

std::vector<Role> roles_with_second_factor(db::Connection& connection);
void replace_roles_with_second_factor(db::Transaction& transaction, const std::vector<Role>& roles);

void insert_step(db::Transaction& transaction, const StepRow& step);
std::optional<StepRow> find_step(db::Connection& connection, const std::string& token_hash);
void delete_steps_of(db::Transaction& transaction, std::int64_t account_id);
void delete_steps_outside(db::Transaction& transaction, Instant from, Instant until);

void note_second_factor_of_session(db::Transaction& transaction, const std::string& token_hash);

}  // namespace tithing::identity
