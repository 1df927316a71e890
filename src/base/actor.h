// Who acts, and what they may do: role x organisation x area. Guards of routes and commands ask the same question here.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace tithing {

enum class Role {
  commissioning_officer,
  performance_analyst,
  decision_maker,
  partnership_manager,
  partnership_chair,
  county_strategy_officer,
  panel_support_officer,
  panel_member,
  responsible_authority_representative,
  scrutiny_officer,
  grant_recipient,
  auditor,
  system_administrator,
};
constexpr int kRoleCount = 13;
std::string_view name_of(Role role);  // "Partnership manager"
std::string_view code_of(Role role);  // "partnership-manager"
std::optional<Role> role_from(std::string_view code);

// A permission is a constant of the slice that checks it. Which roles hold it is said once, where the slice is
// registered.
struct Permission {
  std::string_view name;         // "evidence.import"
  std::string_view description;  // "Import police data and official tables"
};

// Permissions and the roles that hold them. Filled at start, read from any thread afterwards.
class PermissionTable {
 public:
  void add(const Permission& permission, std::initializer_list<Role> roles);
  bool holds(Role role, std::string_view permission) const;
  struct Entry {
    Permission permission;
    std::vector<Role> roles;
  };
  const std::vector<Entry>& entries() const { return entries_; }

 private:
  std::vector<Entry> entries_;
};

// A role given to an account: for an area, for a body of the register, or, with neither, for every area. Made by name,
// since an organisation that is only words and an area that is left empty are every area (organisation.h has the mark
// of a body).
struct Grant {
  Role role = Role::panel_member;
  std::string organisation;
  std::string area_code;

  static Grant everywhere(Role role, std::string organisation = {});
  static Grant for_area(Role role, std::string code, std::string organisation = {});  // logic_error without a code
  static Grant for_body(Role role, std::string_view code);                            // logic_error without a code
};

class Actor {
 public:
  static Actor nobody() { return {}; }                      // not signed in
  static Actor command_line(const PermissionTable& table);  // the operator of the machine: may everything
  static Actor system(const PermissionTable& table);        // jobs that the program itself runs
  static Actor account(std::int64_t id, std::string name, std::vector<Grant> grants, const PermissionTable& table);

  bool signed_in() const { return kind_ == Kind::account; }
  bool trusted() const { return kind_ == Kind::operator_ || kind_ == Kind::system; }
  std::int64_t account_id() const { return account_id_; }
  const std::string& name() const { return name_; }
  const std::vector<Grant>& grants() const { return grants_; }
  bool holds(Role role, const Permission& permission) const {
    return table_ != nullptr && table_->holds(role, permission.name);
  }
  std::string audit_name() const;  // "account:12", "command line", "system", "nobody"

  // Whether they hold the permission at all. Where it reaches is answered by Reach (reach.h).
  bool can(const Permission& permission) const;
  // forbidden, with a sentence that names what is missing and whom to ask.
  Status require(const Permission& permission) const;

 private:
  enum class Kind { nobody, account, operator_, system };
  Kind kind_ = Kind::nobody;
  std::int64_t account_id_ = 0;
  std::string name_;
  std::vector<Grant> grants_;
  const PermissionTable* table_ = nullptr;
};

}  // namespace tithing
