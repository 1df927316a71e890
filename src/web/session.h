// How the pipeline learns who is asking, without knowing the slice that keeps accounts.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/actor.h"
#include "web/web.h"

namespace tithing::web {

struct Session {
  Actor actor;
  std::string csrf_secret;  // of this session alone; what it is derived from cannot be read back from it
  std::string key;          // names the session without opening it: the hash of its token
};

// Implemented by the slice that keeps sessions. Called on any worker thread, once per request that brings a cookie.
class SessionSource {
 public:
  virtual ~SessionSource() = default;
  // The session that this token opens, or nothing when it is unknown, ended or expired. May throw db::Error.
  virtual std::optional<Session> find(std::string_view cookie_token) = 0;
};

// "__Host-tithing" over TLS: the browser then insists on Secure, on this host alone and on the whole site. "tithing"
// without.
std::string_view session_cookie_name(bool secure);
// A cookie of a room, by its short name: "device" is "__Host-tithing-device" over TLS, "tithing-device" without. All of
// them, and the session's, are HttpOnly, SameSite=Lax, Path=/, Secure over TLS. An age of 0 takes it away.
std::string cookie_value(const Context& context, std::string_view name);  // empty when it was not sent
void set_cookie(const Context& context, Answer& answer, std::string_view name, std::string_view value,
                int max_age_seconds);
void set_session_cookie(const Context& context, Answer& answer, std::string_view token, int max_age_seconds);
void clear_session_cookie(const Context& context, Answer& answer);

}  // namespace tithing::web
