#include "slices/identity/cli.h"

#include <cstdio>
#include <iostream>
#include <limits>

#include "base/text.h"
#include "forms/values.h"
#include "slices/identity/commands.h"
#include "slices/identity/commands_second_factor.h"
#include "slices/identity/domain.h"
#include "slices/identity/readings.h"
#include "web/site_address.h"

namespace tithing::identity {
namespace {

constexpr int kDone = 0;
constexpr int kProblem = 1;
constexpr int kWrongUse = 2;
constexpr int kEntriesListed = 50;

int complain(const Problem& problem) {
  std::cerr << "tithing: " << problem.message << "\n";
  for (const FieldProblem& field : problem.fields)
    if (problem.message.find(field.message) == std::string::npos) std::cerr << "  " << field.message << "\n";
  return kProblem;
}

std::string roles_there_are() {
  std::vector<std::string> codes;
  for (int i = 0; i < kRoleCount; ++i) codes.emplace_back(code_of(static_cast<Role>(i)));
  return joined(codes, ", ");
}

void print_link(const Rooms& rooms, const Token& token, const Arguments& arguments) {
  std::string site = arguments.get("--site");
  if (site.empty() && rooms.wiring.site.has(web::kSiteName)) site = rooms.wiring.site.at(web::kSiteName).text();
  while (!site.empty() && site.back() == '/') site.pop_back();
  if (site.empty()) site = "http://127.0.0.1:8080";
  std::cout << "This link sets the password once, within 72 hours. It is shown only now:\n"
            << site << "/set-password/" << token.secret.reveal() << "\n";
}

Result<std::int64_t> id_of(Rooms& rooms, const Actor& actor, Instant now, const std::string& email) {
  const Result<AccountView> view = account_by_email(*rooms.wiring.database, actor, now, email);
  if (!view) return pass_on(view);
  return view->id;
}

int user_add(Rooms& rooms, const Arguments& arguments) {
  const std::vector<std::string> roles = arguments.all("--role");
  const std::vector<std::string> organisations = arguments.all("--organisation");
  const std::vector<std::string> areas = arguments.all("--area");
  if (organisations.size() > roles.size() || areas.size() > roles.size()) {
    std::cerr << "Give each --organisation and --area after a --role of its own.\n";
    return kWrongUse;
  }
  NewAccount account;
  account.email = arguments.get("--email");
  account.name = arguments.get("--name");
  for (std::size_t i = 0; i < roles.size(); ++i) {
    const std::optional<Role> role = role_from(roles[i]);
    if (!role) {
      std::cerr << "There is no role " << roles[i] << ". The roles are: " << roles_there_are() << ".\n";
      return kWrongUse;
    }
    // The first organisation and area go with the first role; one alone goes with every role.
    const auto at = [i](const std::vector<std::string>& values) {
      return values.size() == 1 ? values[0] : i < values.size() ? values[i] : std::string();
    };
    const Result<std::string> organisation = settled_organisation(rooms.organisations, at(organisations), "");
    if (!organisation) return complain(organisation.error());
    account.grants.push_back({*role, *organisation, *role == Role::system_administrator ? std::string() : at(areas)});
  }
  if (arguments.has("--password-stdin")) {
    std::string password;
    if (!std::getline(std::cin, password)) {
      std::cerr << "No password came on standard input. Write it there, on one line.\n";
      return kWrongUse;
    }
    if (!password.empty() && password.back() == '\r') password.pop_back();
    if (password.empty()) {
      std::cerr << "The password on standard input is empty. Write at least 12 characters on one line.\n";
      return kWrongUse;
    }
    account.password = Secret(std::move(password));
  }
  const Actor actor = Actor::command_line(rooms.wiring.permissions);
  const Result<Token> made = create_account({rooms.wiring.doing(actor)}, account, rooms.area_name, rooms.organisations);
  if (!made) return complain(made.error());
  std::cout << "Created the account " << normal_email(account.email) << ".\n";
  if (!made->secret.empty()) print_link(rooms, *made, arguments);
  return kDone;
}

int user_list(Rooms& rooms) {
  const Actor actor = Actor::command_line(rooms.wiring.permissions);
  const Instant now = rooms.wiring.clock->now();
  const Result<std::vector<AccountView>> found =
      accounts(*rooms.wiring.database, actor, now, "", std::numeric_limits<int>::max());
  if (!found) return complain(found.error());
  for (const AccountView& row : *found) {
    std::vector<std::string> grants;
    for (const Grant& grant : row.grants) grants.push_back(grant_text(grant, rooms, "en"));
    std::cout << row.email << "\t" << row.name << "\t"
              << (row.suspended_at    ? "suspended"
                  : row.can_come_in() ? "active"
                                      : "waits for its first password")
              << "\t" << joined(grants, "; ") << "\n";
  }
  return kDone;
}

int user_link(Rooms& rooms, const Arguments& arguments) {
  const Actor actor = Actor::command_line(rooms.wiring.permissions);
  const Instant now = rooms.wiring.clock->now();
  const Result<std::int64_t> id = id_of(rooms, actor, now, arguments.get("--email"));
  if (!id) return complain(id.error());
  const Result<Token> made = make_link({rooms.wiring.doing(actor)}, *id);
  if (!made) return complain(made.error());
  print_link(rooms, *made, arguments);
  return kDone;
}

template <class Command>
int user_change(Rooms& rooms, const Arguments& arguments, Command command, std::string_view what) {
  const Actor actor = Actor::command_line(rooms.wiring.permissions);
  const Instant now = rooms.wiring.clock->now();
  const Result<std::int64_t> id = id_of(rooms, actor, now, arguments.get("--email"));
  if (!id) return complain(id.error());
  if (const Status done = command({rooms.wiring.doing(actor)}, *id); !done) return complain(done.error());
  std::cout << what << " " << normal_email(arguments.get("--email")) << ".\n";
  return kDone;
}

int audit_verify(Rooms& rooms) {
  const Result<std::int64_t> checked =
      check_audit(*rooms.wiring.database, Actor::command_line(rooms.wiring.permissions));
  if (!checked) return complain(checked.error());
  std::cout << "The audit is whole: " << plural(*checked, "entry", "entries") << ", each chained to the one before.\n";
  return kDone;
}

int audit_list(Rooms& rooms, const Arguments& arguments) {
  const std::string asked = arguments.get("--limit");
  const std::int64_t limit = asked.empty() ? kEntriesListed : forms::whole(asked, 9'999'999).value_or(0);
  if (limit < 1) {
    std::cerr << "Give --limit as a whole number from 1 to 9999999.\n";
    return kWrongUse;
  }
  const Result<std::vector<AuditLine>> lines =
      audit_lines(*rooms.wiring.database, Actor::command_line(rooms.wiring.permissions), arguments.get("--action"),
                  arguments.get("--subject"), static_cast<int>(limit));
  if (!lines) return complain(lines.error());
  for (const AuditLine& line : *lines)
    std::cout << line.number << "\t" << line.at << "\t" << line.actor << "\t" << line.action << "\t" << line.subject
              << "\t" << line.sentence << "\n";
  return kDone;
}

}  // namespace

void register_commands(Rooms& rooms) {
  const CommandOption email{"--email", "E-mail address of the account", true, true};
  const CommandOption site{
      "--site", "Address of the site, for the link; else the one in tithing.conf, else http://127.0.0.1:8080"};
  std::vector<Subcommand>& commands = rooms.wiring.subcommands;
  commands.push_back(
      {{"user", "add"},
       "Create an account; prints a one-time link to set its password unless one is given",
       {email,
        {"--name", "Name of the person or post", true, true},
        {"--role", "Role: " + roles_there_are(), true, false, true},
        {"--organisation",
         "Organisation for which the role is held: a body of the register by its code or name, or words", true, false,
         true},
        {"--area", "Code of the area in which the role is held; every area unless given", true, false, true},
        {"--password-stdin", "Read the password from standard input", false},
        site},
       {},
       [&rooms](const Arguments& arguments) { return user_add(rooms, arguments); }});
  commands.push_back({{"user", "list"}, "List accounts with their state and roles", {}, {}, [&rooms](const Arguments&) {
                        return user_list(rooms);
                      }});
  commands.push_back({{"user", "link"},
                      "Make a one-time link to set a password",
                      {email, site},
                      {},
                      [&rooms](const Arguments& arguments) { return user_link(rooms, arguments); }});
  commands.push_back(
      {{"user", "suspend"},
       "Suspend an account and end its sessions",
       {email},
       {},
       [&rooms](const Arguments& arguments) { return user_change(rooms, arguments, suspend_account, "Suspended"); }});
  commands.push_back({{"user", "reinstate"},
                      "Let a suspended account sign in again",
                      {email},
                      {},
                      [&rooms](const Arguments& arguments) {
                        return user_change(rooms, arguments, reinstate_account, "Reinstated");
                      }});
  commands.push_back({{"user", "reset-second-factor"},
                      "End the second factor of an account whose owner has lost it, and its sessions",
                      {email},
                      {},
                      [&rooms](const Arguments& arguments) {
                        return user_change(rooms, arguments, reset_second_factor, "Reset the second factor of");
                      }});
  commands.push_back({{"audit", "verify"},
                      "Check that no entry of the audit was changed, removed or put elsewhere",
                      {},
                      {},
                      [&rooms](const Arguments&) { return audit_verify(rooms); }});
  commands.push_back({{"audit", "list"},
                      "List entries of the audit, newest first",
                      {{"--action", "Only kinds of change that begin with this"},
                       {"--subject", "Only this subject"},
                       {"--limit", "At most so many; 50 unless given"}},
                      {},
                      [&rooms](const Arguments& arguments) { return audit_list(rooms, arguments); }});
}

}  // namespace tithing::identity
