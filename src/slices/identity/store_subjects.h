// Rows of who is known to which provider of accounts. SQL only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "db/db.h"

namespace tithing::identity {

struct SubjectRow {
  std::string issuer;
  std::string subject;
  std::int64_t account_id = 0;
  Instant linked_at;
};

std::optional<SubjectRow> find_subject(db::Connection& connection, const std::string& issuer,
                                       const std::string& subject);
std::vector<SubjectRow> subjects_of_account(db::Connection& connection, std::int64_t account_id);
void insert_subject(db::Transaction& transaction, const SubjectRow& row);
// How many of the account's went.
std::int64_t delete_subject(db::Transaction& transaction, std::int64_t account_id, const std::string& issuer,
                            const std::string& subject);

}  // namespace tithing::identity
