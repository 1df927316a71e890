#include "slices/identity/commands_provider.h"

#include <algorithm>

#include "base/text.h"
#include "base/translation.h"
#include "slices/identity/commands_parts.h"
#include "slices/identity/store_subjects.h"

namespace tithing::identity {
namespace {

using commands::Note;
using db::Transaction;

constexpr std::size_t kLongestSubject = 255;  // OpenID Connect Core 1.0, section 2

tl::unexpected<Problem> nobody_here() {
  return forbidden(
      tr("There is no account here for you. Ask an administrator for one, or to link the one that you have."));
}

// The account of these claims, and what was done to find it, for the audit.
struct Found {
  std::optional<Account> account;
  std::string how;
};

std::optional<Account> make_account(Transaction& transaction, const oidc::Claims& claims, Instant now) {
  Account row;
  row.email = normal_email(claims.email);
  row.name = check_name(claims.name) ? std::string(trimmed(claims.name)) : row.email;
  row.created_at = now;
  if (!check_email(row.email)) return std::nullopt;
  return find_account(transaction, insert_account(transaction, row));
}

Found find_or_link(Transaction& transaction, const oidc::Claims& claims, Instant now, bool new_accounts) {
  if (const auto known = find_subject(transaction, claims.issuer, claims.subject))
    return {find_account(transaction, known->account_id), ""};
  if (!claims.email_verified) return {};
  Found found{find_account_by_email(transaction, normal_email(claims.email)),
              ", linked to it by the verified e-mail address"};
  if (!found.account && new_accounts)
    found = {make_account(transaction, claims, now), ", for which this account without a role was made"};
  if (!found.account || found.account->suspended_at) return {};
  // Somebody else of the same provider is this account already: an address may have gone to another person.
  const auto linked = subjects_of_account(transaction, found.account->id);
  if (std::any_of(linked.begin(), linked.end(), [&](const SubjectRow& row) { return row.issuer == claims.issuer; }))
    return {};
  insert_subject(transaction, {claims.issuer, claims.subject, found.account->id, now});
  return found;
}

}  // namespace

Result<SignedIn> sign_in_by_provider(const Visit& visit, const oidc::Claims& claims, bool new_accounts) {
  return commands::act_for_oneself(visit, [&](Transaction& transaction, Note& note) -> Result<SignedIn> {
    const Found found = find_or_link(transaction, claims, visit.now, new_accounts);
    if (!found.account || found.account->suspended_at) return nobody_here();
    SignedIn in{.account_id = found.account->id};
    note.is_about(account_record(in.account_id));
    come_in(transaction, visit, *found.account, in, note, " with an account of " + claims.issuer + found.how,
            claims.several_factors);
    return in;
  });
}

Status link_subject(const Visit& visit, std::int64_t id, const std::string& issuer, const std::string& subject) {
  const std::string name(trimmed(subject));
  if (name.empty() || name.size() > kLongestSubject || !is_utf8(name))
    return invalid(
        tr("Enter the name by which the provider knows this person."),
        {{"subject",
          tr("Enter the name by which the provider knows this person (\"sub\"), of at most 255 characters.")}});
  return change_of(
      visit, id, commands::kAnyVersion, [&](Transaction& transaction, const Account& account, Note& note) -> Status {
        if (const auto known = find_subject(transaction, issuer, name)) {
          if (known->account_id != id)
            return problem(ProblemKind::conflict, tr("Whom the provider knows by this name is another account."),
                           {{"subject", tr("Whom the provider knows by this name is another account already. "
                                           "Take it away there first.")}});
          note.nothing_done();
          return {};
        }
        insert_subject(transaction, {issuer, name, id, visit.now});
        note.says("identity.link-subject", "Linked " + called(account) + " with " + name + " of " + issuer + ".");
        return {};
      });
}

Status unlink_subject(const Visit& visit, std::int64_t id, const std::string& issuer, const std::string& subject) {
  return change_of(
      visit, id, commands::kAnyVersion, [&](Transaction& transaction, const Account& account, Note& note) -> Status {
        if (delete_subject(transaction, id, issuer, subject) == 0) {
          note.nothing_done();
          return {};
        }
        const std::int64_t ended = delete_sessions_of(transaction, id, "");
        note.says("identity.unlink-subject", called(account) + " is no longer " + subject + " of " + issuer +
                                                 "; ended " + plural(ended, "session", "sessions") + ".");
        return {};
      });
}

std::vector<SubjectView> subjects_of(db::Database& database, std::int64_t account_id) {
  return database.read([&](db::Connection& connection) {
    std::vector<SubjectView> views;
    for (const SubjectRow& row : subjects_of_account(connection, account_id))
      views.push_back({row.issuer, row.subject, row.linked_at});
    return views;
  });
}

}  // namespace tithing::identity
