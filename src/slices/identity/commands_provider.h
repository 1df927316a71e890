// Coming in with an account of a provider (OpenID Connect), and which account here that is.
#pragma once

#include <string>
#include <vector>

#include "oidc/oidc.h"
#include "slices/identity/commands.h"

namespace tithing::identity {

// Whom the provider names: the account that is linked to them; else, where the provider has verified the address, the
// account of that address, which is linked then; else, with `new_accounts`, a new account without a role. forbidden,
// with one sentence, for anybody else and for an account that is suspended. The second factor is asked for as after a
// password, unless the provider says that it has asked for one.
Result<SignedIn> sign_in_by_provider(const Visit& visit, const oidc::Claims& claims, bool new_accounts);

// By an administrator: who the provider knows by this name is this account. conflict when they are another one already.
Status link_subject(const Visit& visit, std::int64_t id, const std::string& issuer, const std::string& subject);
Status unlink_subject(const Visit& visit, std::int64_t id, const std::string& issuer, const std::string& subject);

struct SubjectView {
  std::string issuer;
  std::string subject;
  Instant linked_at;
};
std::vector<SubjectView> subjects_of(db::Database& database, std::int64_t account_id);

}  // namespace tithing::identity
