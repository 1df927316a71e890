#include "slices/identity/commands.h"

#include <algorithm>

#include "base/hash.h"
#include "base/json.h"
#include "base/organisation.h"
#include "base/random.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/identity/commands_parts.h"
#include "slices/identity/domain.h"
#include "slices/identity/passwords.h"
#include "slices/identity/permissions.h"
#include "slices/identity/store.h"
#include "slices/identity/store_second_factor.h"

namespace tithing::identity {
namespace {

using commands::Note;
using db::Transaction;

constexpr std::string_view kFormKey = "form";

std::string text_of(const Grant& grant, const AreaName& area_name, const Organisations& organisations) {
  std::string text(name_of(grant.role));
  if (!grant.organisation.empty()) text += " of " + organisation_text(organisations, grant.organisation);
  if (grant.area_code.empty()) return text + (is_everywhere(grant) ? " for every area" : " where its organisation is");
  const std::string area = area_name ? area_name(grant.area_code) : std::string();
  return text + " for " + (area.empty() ? grant.area_code : area + " (" + grant.area_code + ")");
}

std::string text_of(const std::vector<Grant>& grants, const AreaName& area_name, const Organisations& organisations) {
  if (grants.empty()) return "no role";
  std::vector<std::string> parts;
  for (const Grant& grant : grants) parts.push_back(text_of(grant, area_name, organisations));
  return joined(parts, "; ");
}

std::string detail_of(const std::vector<Grant>& grants) {
  JsonWriter json;
  json.begin_object().key("grants").begin_array();
  for (const Grant& grant : grants)
    json.begin_object()
        .member("role", code_of(grant.role))
        .member("organisation", grant.organisation)
        .member("area", grant.area_code)
        .end_object();
  json.end_array().end_object();
  return json.take();
}

Status all_fine(std::vector<FieldProblem> wrong) {
  if (wrong.empty()) return {};
  const std::string first = wrong.front().message;
  return invalid(tr("Check what you entered: {0}", {first}), std::move(wrong));
}

void add_wrong(std::vector<FieldProblem>& wrong, const Status& check) {
  if (!check) wrong.insert(wrong.end(), check.error().fields.begin(), check.error().fields.end());
}

// Everything that is wrong with the grants, each at the field of its line.
Status check_grants(const std::vector<Grant>& grants, const AreaName& area_name, const Organisations& organisations) {
  if (grants.size() > 50)
    return invalid(tr("Give an account at most 50 roles."), {{"role", tr("Give an account at most 50 roles.")}});
  std::vector<FieldProblem> wrong;
  for (std::size_t i = 0; i < grants.size(); ++i) {
    const Grant& grant = grants[i];
    const std::string line = suffix_of_grant(i);
    if (const Status fine = check_grant(grant); !fine)
      for (const FieldProblem& one : fine.error().fields) wrong.push_back({one.field + line, one.message});
    if (const std::string code = body_of_organisation(grant.organisation);
        !code.empty() && organisations.of && !organisations.of(code))
      wrong.push_back({"organisation" + line, tr("Choose a body of the register that exists; {0} does not.", {code})});
    if (area_name && !grant.area_code.empty() && area_name(grant.area_code).empty())
      wrong.push_back({"area" + line, tr("Enter the code of an area that exists; {0} does not.", {grant.area_code})});
  }
  return all_fine(std::move(wrong));
}

bool administers(const std::vector<Grant>& grants) {
  return std::any_of(grants.begin(), grants.end(),
                     [](const Grant& grant) { return grant.role == Role::system_administrator; });
}

Secret add_link(Transaction& transaction, const Visit& visit, std::int64_t id) {
  delete_links_of(transaction, id);
  Secret token(random_token());
  insert_link(transaction, {hash_of_token(token.reveal()), id, visit.now, visit.actor().audit_name(), std::nullopt});
  return token;
}

}  // namespace

void add_kinds(records::Kinds& kinds) {
  kinds.add({.code = kAccountKind,
             .name = "account",
             .read = kAdminister,
             .columns = {"account_grant.organisation", "account_grant.area_code"},
             .find = [](db::Connection& connection, const std::string& id) -> std::optional<records::Standing> {
               const auto account = find_account(connection, records::Record{kAccountKind, id}.number());
               if (!account) return std::nullopt;
               return records::Standing{.name = account->name,
                                        .address = "/administration/accounts/" + id,
                                        .whose = Whose::of_site(),
                                        .version = account->version};
             }});
}

std::string hash_of_token(std::string_view token) { return sha256(token); }

Result<Token> create_account(const Visit& visit, const NewAccount& account, const AreaName& area_name,
                             const Organisations& organisations) {
  if (const Status allowed = visit.actor().require(kAdminister); !allowed) return pass_on(allowed);
  Account row;
  row.email = normal_email(account.email);
  row.name = std::string(trimmed(account.name));
  row.created_at = visit.now;
  std::vector<FieldProblem> wrong;
  add_wrong(wrong, check_name(row.name));
  add_wrong(wrong, check_email(row.email));
  add_wrong(wrong, check_grants(account.grants, area_name, organisations));
  if (!account.password.empty()) add_wrong(wrong, check_password(account.password.reveal(), row.email, row.name));
  if (const Status fine = all_fine(std::move(wrong)); !fine) return pass_on(fine);
  if (!account.password.empty()) {
    row.password_hash = hash_password(account.password);
    row.password_changed_at = visit.now;
  }

  // Names of organisations are read from the same store: before the transaction, not within it.
  const std::string with = text_of(account.grants, area_name, organisations);
  Token token;
  const auto made = commands::begin(
      visit, kAdminister, Whose::of_site(), [&](Transaction& transaction, Note& note) -> Result<records::Record> {
        if (find_account_by_email(transaction, row.email))
          return problem(ProblemKind::conflict,
                         tr("There is already an account with the e-mail address {0}.", {row.email}),
                         {{"email", tr("Enter another e-mail address: this one has an account already.")}});
        token.account_id = insert_account(transaction, row);
        replace_grants(transaction, token.account_id, account.grants);
        token.secret = account.password.empty() ? add_link(transaction, visit, token.account_id) : Secret();
        note.says("identity.create-account", "Created the account " + called(row) + " with " + with + ".",
                  detail_of(account.grants));
        return account_record(token.account_id);
      });
  if (!made) return pass_on(made);
  return token;
}

Status change_account(const Visit& visit, std::int64_t id, std::int64_t version, const std::string& name,
                      const std::vector<Grant>& grants, const AreaName& area_name, const Organisations& organisations) {
  if (const Status allowed = visit.actor().require(kAdminister); !allowed) return allowed;
  const std::string new_name(trimmed(name));
  std::vector<FieldProblem> wrong;
  add_wrong(wrong, check_name(new_name));
  add_wrong(wrong, check_grants(grants, area_name, organisations));
  if (Status fine = all_fine(std::move(wrong)); !fine) return fine;
  // Names of organisations and areas are read from the same store: before the transaction, not within it. Whoever
  // changes the grants in between changes the version as well.
  const std::vector<Grant> shown =
      visit.database.read([&](db::Connection& connection) { return grants_of(connection, id); });
  const std::string was = text_of(shown, area_name, organisations);
  const std::string is = text_of(grants, area_name, organisations);
  return change_of(visit, id, version, [&](Transaction& transaction, const Account& account, Note& note) -> Status {
    const std::vector<Grant> former = grants_of(transaction, id);
    if (!update_account(transaction, id, new_name, version)) return commands::overtaken(account.name);
    replace_grants(transaction, id, grants);
    if (administers(former) && !administers(grants) && !account.suspended_at)
      if (Status kept = keep_an_administrator(count_active_with_role(transaction, Role::system_administrator)); !kept)
        return kept;
    const std::string renamed = new_name == account.name ? std::string() : ", now called " + new_name;
    note.says("identity.change-account",
              "Changed the account " + called(account) + renamed + ": " + was + " became " + is + ".",
              detail_of(grants));
    return {};
  });
}

Result<Token> make_link(const Visit& visit, std::int64_t id) {
  Token token;
  token.account_id = id;
  const Status done = change_of(
      visit, id, commands::kAnyVersion, [&](Transaction& transaction, const Account& account, Note& note) -> Status {
        if (account.suspended_at) return invalid(tr("This account is suspended. Reinstate it before you make a link."));
        token.secret = add_link(transaction, visit, id);
        note.says("identity.make-link", "Made a one-time link to set the password of " + called(account) + ".");
        return {};
      });
  if (!done) return pass_on(done);
  return token;
}

Status suspend_account(const Visit& visit, std::int64_t id) {
  return change_of(
      visit, id, commands::kAnyVersion, [&](Transaction& transaction, const Account& account, Note& note) -> Status {
        if (account.suspended_at) {
          note.nothing_done();
          return {};
        }
        update_suspension(transaction, id, visit.now);
        if (administers(grants_of(transaction, id)))
          if (Status kept = keep_an_administrator(count_active_with_role(transaction, Role::system_administrator));
              !kept)
            return kept;
        delete_sessions_of(transaction, id, "");
        delete_links_of(transaction, id);
        forget_devices_of(transaction, id);
        delete_steps_of(transaction, id);
        note.says("identity.suspend-account", "Suspended the account " + called(account) + " and ended its sessions.");
        return {};
      });
}

Status reinstate_account(const Visit& visit, std::int64_t id) {
  return change_of(visit, id, commands::kAnyVersion,
                   [&](Transaction& transaction, const Account& account, Note& note) -> Status {
                     update_suspension(transaction, id, std::nullopt);
                     note.says("identity.reinstate-account", "Reinstated the account " + called(account) + ".");
                     if (!account.suspended_at) note.nothing_done();
                     return {};
                   });
}

Status end_sessions_of(const Visit& visit, std::int64_t id) {
  return change_of(visit, id, commands::kAnyVersion,
                   [&](Transaction& transaction, const Account& account, Note& note) -> Status {
                     const std::int64_t ended = delete_sessions_of(transaction, id, "");
                     note.says("identity.end-sessions",
                               "Ended " + plural(ended, "session", "sessions") + " of " + called(account) + ".");
                     return {};
                   });
}

Result<Secret> form_key(db::Database& database) {
  std::optional<std::string> key =
      database.read([&](db::Connection& connection) { return find_key(connection, std::string(kFormKey)); });
  if (!key) {
    const std::string fresh = hex(random_bytes(32));
    const Status done = database.write([&](Transaction& transaction) -> Status {
      insert_key_if_absent(transaction, std::string(kFormKey), fresh);
      key = find_key(transaction, std::string(kFormKey));
      return {};
    });
    if (!done) return pass_on(done);
  }
  return Secret(*key);
}

}  // namespace tithing::identity
