#include "slices/identity/session_source.h"

#include "base/hash.h"
#include "db/db.h"
#include "slices/identity/commands.h"
#include "slices/identity/domain.h"
#include "slices/identity/one_time_codes.h"
#include "slices/identity/store.h"
#include "slices/identity/store_second_factor.h"

namespace tithing::identity {
namespace {
constexpr std::int64_t kSeenEvery = 5 * kMinute;
constexpr std::size_t kTokenLength = 43;  // of random_token()
}  // namespace

std::optional<web::Session> StoredSessions::find(std::string_view cookie_token) {
  if (cookie_token.size() != kTokenLength || database_ == nullptr) return std::nullopt;
  const std::string key = hash_of_token(cookie_token);
  const Instant now = clock_->now();
  struct Found {
    std::optional<web::Session> session;
    bool seen_long_ago = false;
  };
  Found found = database_->read([&](db::Connection& connection) -> Found {
    const std::optional<SessionRow> session = find_session(connection, key);
    if (!session || !session_is_alive(session->started_at, session->last_seen_at, now)) return {};
    const std::optional<Account> account = find_account(connection, session->account_id);
    if (!account || account->suspended_at) return {};
    std::vector<Grant> grants = grants_of(connection, account->id);
    // A role that needs a second factor is not used without one, also where it was given, or came to need it, while the
    // session was open.
    if (!session->second_factor && needs_second_factor(grants, roles_with_second_factor(connection))) return {};
    return {web::Session{Actor::account(account->id, account->name, std::move(grants), permissions_),
                         hmac_sha256(cookie_token, "forms of this session"), key},
            session->last_seen_at.milliseconds + kSeenEvery <= now.milliseconds};
  });
  if (found.session && found.seen_long_ago) {
    try {
      (void)database_->write([&](db::Transaction& transaction) -> Status {
        touch_session(transaction, key, now);
        return {};
      });
    } catch (const db::Error& error) {
      if (error.fault != db::Fault::busy && error.fault != db::Fault::full) throw;
    }
  }
  return std::move(found.session);
}

}  // namespace tithing::identity
