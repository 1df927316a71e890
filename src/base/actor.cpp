#include "base/actor.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "base/organisation.h"

namespace tithing {
namespace {
struct RoleText {
  std::string_view name;
  std::string_view code;
};
constexpr std::array<RoleText, kRoleCount> kRoles = {{
    {"Commissioning officer", "commissioning-officer"},
    {"Performance analyst", "performance-analyst"},
    {"Decision-maker", "decision-maker"},
    {"Partnership manager", "partnership-manager"},
    {"Partnership chair", "partnership-chair"},
    {"County strategy group officer", "county-strategy-officer"},
    {"Panel support officer", "panel-support-officer"},
    {"Panel member", "panel-member"},
    {"Responsible authority representative", "responsible-authority-representative"},
    {"Scrutiny officer", "scrutiny-officer"},
    {"Grant recipient", "grant-recipient"},
    {"Auditor", "auditor"},
    {"System administrator", "system-administrator"},
}};
}  // namespace

std::string_view name_of(Role role) { return kRoles[static_cast<std::size_t>(role)].name; }
std::string_view code_of(Role role) { return kRoles[static_cast<std::size_t>(role)].code; }
std::optional<Role> role_from(std::string_view code) {
  for (std::size_t i = 0; i < kRoles.size(); ++i)
    if (kRoles[i].code == code) return static_cast<Role>(i);
  return std::nullopt;
}

Grant Grant::everywhere(Role role, std::string organisation) {
  if (!body_of_organisation(organisation).empty())
    throw std::logic_error("a role for every area is not for a body: " + organisation);
  return {role, std::move(organisation), {}};
}
Grant Grant::for_area(Role role, std::string code, std::string organisation) {
  if (code.empty()) throw std::logic_error("a role for an area needs its code");
  return {role, std::move(organisation), std::move(code)};
}
Grant Grant::for_body(Role role, std::string_view code) {
  if (code.empty()) throw std::logic_error("a role for a body needs its code");
  return {role, organisation_of_body(code), {}};
}

void PermissionTable::add(const Permission& permission, std::initializer_list<Role> roles) {
  for (const Entry& entry : entries_)
    if (entry.permission.name == permission.name)
      throw std::logic_error("permission registered twice: " + std::string(permission.name));
  entries_.push_back({permission, roles});
}

bool PermissionTable::holds(Role role, std::string_view permission) const {
  for (const Entry& entry : entries_) {
    if (entry.permission.name != permission) continue;
    for (const Role holder : entry.roles)
      if (holder == role) return true;
  }
  return false;
}

Actor Actor::command_line(const PermissionTable& table) {
  Actor actor;
  actor.kind_ = Kind::operator_;
  actor.name_ = "command line";
  actor.table_ = &table;
  return actor;
}

Actor Actor::system(const PermissionTable& table) {
  Actor actor;
  actor.kind_ = Kind::system;
  actor.name_ = "system";
  actor.table_ = &table;
  return actor;
}

Actor Actor::account(std::int64_t id, std::string name, std::vector<Grant> grants, const PermissionTable& table) {
  Actor actor;
  actor.kind_ = Kind::account;
  actor.account_id_ = id;
  actor.name_ = std::move(name);
  actor.grants_ = std::move(grants);
  actor.table_ = &table;
  return actor;
}

std::string Actor::audit_name() const {
  switch (kind_) {
    case Kind::account:
      return "account:" + std::to_string(account_id_);
    case Kind::operator_:
      return "command line";
    case Kind::system:
      return "system";
    case Kind::nobody:
      break;
  }
  return "nobody";
}

bool Actor::can(const Permission& permission) const {
  if (trusted()) return true;
  if (kind_ != Kind::account || table_ == nullptr) return false;
  return std::any_of(grants_.begin(), grants_.end(),
                     [&](const Grant& grant) { return table_->holds(grant.role, permission.name); });
}

Status Actor::require(const Permission& permission) const {
  if (can(permission)) return {};
  std::string message = "You do not have the right to do this: " + std::string(permission.description) + ".";
  message += kind_ == Kind::nobody ? " Sign in first." : " Ask an administrator for a role that has it.";
  return forbidden(std::move(message));
}

}  // namespace tithing
