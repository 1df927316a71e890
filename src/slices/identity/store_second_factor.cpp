#include "slices/identity/store_second_factor.h"

namespace tithing::identity {
namespace {

using db::Connection;
using db::Query;
using db::Row;
using db::Transaction;

constexpr Query kFactor{
    "identity.second_factor",
    "SELECT account_id, shared_key, enrolled_at, last_step FROM account_second_factor WHERE account_id = :account"};
constexpr Query kInsertFactor{
    "identity.insert_second_factor",
    "INSERT INTO account_second_factor (account_id, shared_key, enrolled_at, last_step) VALUES (:account, :key, "
    ":enrolled, :step)"};
constexpr Query kNoteStep{
    "identity.note_step",
    "UPDATE account_second_factor SET last_step = :step WHERE account_id = :account AND last_step = :seen"};
constexpr Query kDeleteFactor{"identity.delete_second_factor",
                              "DELETE FROM account_second_factor WHERE account_id = :account"};

constexpr Query kDeleteCodes{"identity.delete_recovery_codes",
                             "DELETE FROM account_recovery_code WHERE account_id = :account"};
constexpr Query kInsertCode{
    "identity.insert_recovery_code",
    "INSERT INTO account_recovery_code (account_id, code_hash, used_at) VALUES (:account, :hash, NULL)"};
constexpr Query kUseCode{"identity.use_recovery_code",
                         "UPDATE account_recovery_code SET used_at = :at WHERE account_id = :account AND code_hash = "
                         ":hash AND used_at IS NULL"};
constexpr Query kCountCodes{
    "identity.count_recovery_codes",
    "SELECT COUNT(*) FROM account_recovery_code WHERE account_id = :account AND used_at IS NULL"};

constexpr Query kRoles{"identity.roles_with_second_factor", "SELECT role FROM role_second_factor ORDER BY role"};
constexpr Query kDeleteRoles{"identity.delete_roles_with_second_factor", "DELETE FROM role_second_factor"};
constexpr Query kInsertRole{"identity.insert_role_with_second_factor",
                            "INSERT INTO role_second_factor (role) VALUES (:role)"};

constexpr Query kInsertStep{
    "identity.insert_step",
    "INSERT INTO sign_in_step (token_hash, account_id, made_at) VALUES (:hash, :account, :made)"};
constexpr Query kStep{"identity.step",
                      "SELECT token_hash, account_id, made_at FROM sign_in_step WHERE token_hash = :hash"};
constexpr Query kDeleteSteps{"identity.delete_steps", "DELETE FROM sign_in_step WHERE account_id = :account"};
constexpr Query kDeleteStepsOutside{"identity.delete_steps_outside",
                                    "DELETE FROM sign_in_step WHERE made_at < :from OR made_at > :until"};
constexpr Query kNoteSession{"identity.note_second_factor_of_session",
                             "UPDATE account_session SET second_factor = 1 WHERE token_hash = :hash"};

}  // namespace

std::optional<SecondFactor> find_second_factor(Connection& connection, std::int64_t account_id) {
  std::optional<SecondFactor> found;
  connection.run(kFactor, {{"account", account_id}}, [&](const Row& row) {
    found = SecondFactor{row.integer("account_id"),
                         Secret(row.text("shared_key")),
                         {row.integer("enrolled_at")},
                         row.integer("last_step")};
  });
  return found;
}

void insert_second_factor(Transaction& transaction, const SecondFactor& factor) {
  transaction.run(kInsertFactor, {{"account", factor.account_id},
                                  {"key", std::string(factor.key.reveal())},
                                  {"enrolled", factor.enrolled_at.milliseconds},
                                  {"step", factor.last_step}});
}

bool note_step(Transaction& transaction, const SecondFactor& seen, std::int64_t step) {
  return transaction.run(kNoteStep, {{"account", seen.account_id}, {"step", step}, {"seen", seen.last_step}}) == 1;
}

bool delete_second_factor(Transaction& transaction, std::int64_t account_id) {
  transaction.run(kDeleteCodes, {{"account", account_id}});
  delete_steps_of(transaction, account_id);
  return transaction.run(kDeleteFactor, {{"account", account_id}}) == 1;
}

void replace_recovery_codes(Transaction& transaction, std::int64_t account_id, const std::vector<std::string>& hashes) {
  transaction.run(kDeleteCodes, {{"account", account_id}});
  for (const std::string& hash : hashes) transaction.run(kInsertCode, {{"account", account_id}, {"hash", hash}});
}

bool use_recovery_code(Transaction& transaction, std::int64_t account_id, const std::string& hash, Instant at) {
  return transaction.run(kUseCode, {{"account", account_id}, {"hash", hash}, {"at", at.milliseconds}}) == 1;
}

std::int64_t count_recovery_codes(Connection& connection, std::int64_t account_id) {
  return connection.integer(kCountCodes, {{"account", account_id}}).value_or(0);
}

std::vector<Role> roles_with_second_factor(Connection& connection) {
  std::vector<Role> roles;
  connection.run(kRoles, {}, [&](const Row& row) {
    if (const std::optional<Role> role = role_from(row.text("role"))) roles.push_back(*role);
  });
  return roles;
}

void replace_roles_with_second_factor(Transaction& transaction, const std::vector<Role>& roles) {
  transaction.run(kDeleteRoles, {});
  for (const Role role : roles) transaction.run(kInsertRole, {{"role", code_of(role)}});
}

void insert_step(Transaction& transaction, const StepRow& step) {
  transaction.run(kInsertStep,
                  {{"hash", step.token_hash}, {"account", step.account_id}, {"made", step.made_at.milliseconds}});
}

std::optional<StepRow> find_step(Connection& connection, const std::string& token_hash) {
  std::optional<StepRow> found;
  connection.run(kStep, {{"hash", token_hash}}, [&](const Row& row) {
    found = StepRow{row.text("token_hash"), row.integer("account_id"), {row.integer("made_at")}};
  });
  return found;
}

void delete_steps_of(Transaction& transaction, std::int64_t account_id) {
  transaction.run(kDeleteSteps, {{"account", account_id}});
}

void delete_steps_outside(Transaction& transaction, Instant from, Instant until) {
  transaction.run(kDeleteStepsOutside, {{"from", from.milliseconds}, {"until", until.milliseconds}});
}

void note_second_factor_of_session(Transaction& transaction, const std::string& token_hash) {
  transaction.run(kNoteSession, {{"hash", token_hash}});
}

}  // namespace tithing::identity
