// Sessions as the pipeline asks for them.
#pragma once

#include "base/clock.h"
#include "web/session.h"

namespace tithing::db {
class Database;
}

namespace tithing::identity {

// One look-up per request, in one read. When a session was last seen is written at most every five minutes, and never
// holds a request up: a store that is busy just then leaves it as it was.
class StoredSessions : public web::SessionSource {
 public:
  // `database` is followed when it is set later; both outlive this.
  StoredSessions(db::Database* const& database, const Clock* const& clock, const PermissionTable& permissions)
      : database_(database), clock_(clock), permissions_(permissions) {}
  std::optional<web::Session> find(std::string_view cookie_token) override;

 private:
  db::Database* const& database_;
  const Clock* const& clock_;
  const PermissionTable& permissions_;
};

}  // namespace tithing::identity
