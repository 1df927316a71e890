// Rows of drafts. SQL only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/db.h"
#include "drafts/drafts.h"

namespace tithing::drafts::store {

std::optional<Draft> find(db::Connection& connection, std::int64_t account, const std::string& key);
std::vector<Draft> list(db::Connection& connection, std::int64_t account);  // newest first
std::int64_t count(db::Connection& connection, std::int64_t account);
void put(db::Transaction& transaction, std::int64_t account, const Draft& draft);
void remove(db::Transaction& transaction, std::int64_t account, const std::string& key);
std::int64_t remove_before(db::Transaction& transaction, Instant before);

}  // namespace tithing::drafts::store
