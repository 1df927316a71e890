// Who may come in where, against two tables in this folder that are changed by hand and reviewed:
//
//   routes.csv       method,pattern,access      access: anyone, signed-in, or the name of a permission
//   permissions.csv  permission,roles           codes of roles, separated by spaces
//
// A route that is not in the table, a line without its route, and a guard other than the one in the table are failures.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.h"
#include "web/session.h"
#include "web/web.h"

namespace tithing::test {

// A cookie with the code of a role is a session of that role everywhere: for walks over every route, which may have no
// store.
class RoleSessions : public web::SessionSource {
 public:
  explicit RoleSessions(const PermissionTable& table) : table_(table) {}
  std::optional<web::Session> find(std::string_view token) override;

 private:
  const PermissionTable& table_;
};

struct RouteLine {
  std::string method;
  std::string pattern;
  std::string access;
};

std::vector<RouteLine> read_routes();
std::map<std::string, std::set<std::string>> read_permissions();

// `whole`: the wiring of the whole program, so that each line must have its route and each permission its line.
enum class Extent { whole, part };
// What differs, in sentences that end with the line as it would have to read. Empty: nothing.
std::vector<std::string> check_routes(const web::Router& router, const PermissionTable& permissions, Extent extent);

// Sends a request for every route as nobody and as every role through web::Site, with handlers that only say that they
// were reached, and compares the answer with what the two tables say. Empty: nothing differs.
std::vector<std::string> check_answers(const web::Router& router, const PermissionTable& permissions);

// A path of the pattern: each parameter is "1".
std::string path_of(const std::string& pattern);
std::string text_of(const web::Access& access);

}  // namespace tithing::test
