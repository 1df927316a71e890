// What can be done with accounts: each is permission, check, change and an audit sentence in one transaction.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.h"
#include "commands/change.h"
#include "slices/identity/organisations.h"

namespace tithing::identity {

inline constexpr const char* kAccountKind = "account";
void add_kinds(records::Kinds& kinds);  // of records: accounts, which are the site's

// Who does it and when, and from where.
struct Visit : commands::Doing {
  std::string remote_address = {};
  std::string browser = {};      // as it names itself
  std::string session_key = {};  // of this session, hash of its token; empty when there is none
  Secret device = {};            // what the browser keeps of its last sign-in; empty when it has never signed in
};

using AreaName = std::function<std::string(std::string_view code)>;  // empty name: no such area; unset: not checked

struct NewAccount {
  std::string email;
  std::string name;
  std::vector<Grant> grants;
  Secret password;  // empty: the account waits for its link
};

// A token that opens something. Shown once; the store keeps its hash.
struct Token {
  std::int64_t account_id = 0;
  Secret secret;
};

// The account with a one-time link for its password, unless one was given (then the token is empty). invalid with
// fields; conflict when the address has an account already.
Result<Token> create_account(const Visit& visit, const NewAccount& account, const AreaName& area_name = {},
                             const Organisations& organisations = {});
// Name and grants. conflict when somebody else saved since `version`.
Status change_account(const Visit& visit, std::int64_t id, std::int64_t version, const std::string& name,
                      const std::vector<Grant>& grants, const AreaName& area_name = {},
                      const Organisations& organisations = {});
// A new link to set the password; earlier ones of the account end. The present password stays until it is used.
Result<Token> make_link(const Visit& visit, std::int64_t id);
// Ends the account's sessions and links as well.
Status suspend_account(const Visit& visit, std::int64_t id);
Status reinstate_account(const Visit& visit, std::int64_t id);
Status end_sessions_of(const Visit& visit, std::int64_t id);

// Whose link this is. not_found, with the same sentence, for one that is unknown, used, older than 72 hours, or of an
// account that is suspended.
struct LinkHolder {
  std::int64_t account_id = 0;
  std::string email;
  std::string name;
};
Result<LinkHolder> holder_of_link(db::Database& database, Instant now, const Secret& token);
// Sets the password, uses the link up and ends every session of the account.
Status set_password_by_link(const Visit& visit, const Secret& token, const Secret& password);
// One's own, knowing the present one. Ends the other sessions.
Status change_password(const Visit& visit, const Secret& present, const Secret& password);

// Who has come in, or how far.
struct SignedIn {
  enum class Next { in, code, enrolment };  // still to come: a code of the second factor, or the second factor itself
  std::int64_t account_id = 0;
  Next next = Next::in;
  Secret secret = {};  // of the session, once in
  Secret device = {};  // by which this browser is known from then on: guesses from elsewhere do not keep it out
  Secret step = {};    // before that: of the sign-in that waits
};
// A new session under a new token, whatever cookie came with the request. One sentence for every refusal: unknown
// address, wrong password, no password yet, suspended. unavailable with the wait when there were too many attempts.
Result<SignedIn> sign_in(const Visit& visit, std::string_view email, const Secret& password);
Status sign_out(const Visit& visit);
Status sign_out_everywhere(const Visit& visit);

// The key that signs visitors' cookies, made on first use.
Result<Secret> form_key(db::Database& database);

// What the store and a cookie have in common: the hash of the token.
std::string hash_of_token(std::string_view token);

}  // namespace tithing::identity
