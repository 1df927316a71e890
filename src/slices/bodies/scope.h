// Whose records a person may change: a pure rule over the grants of an account, the register of bodies and the areas.
//
// A grant says where, and Reach (base/reach.h) how far that goes. Its role says whose records there (role_scopes).
// Whoever reaches to an area keeps all bodies that serve it, by an organisation's area as well; what serves no area is
// kept where it sits, and what is over by whoever keeps what it became. A fact is judged on the day of its time that is
// nearest to today, so that what reaches into today is kept by whoever keeps it today, and what is over by whoever kept
// it last.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/reach.h"
#include "slices/bodies/snapshot.h"
#include "slices/register/areas.h"

namespace tithing::bodies {

enum class Keeps {
  nothing,
  own_organisation,  // its posts, who of it sits in seats it holds, its public office-holders
  panels,            // police and crime panels
  all_but_panels,
  everything,
};

struct RoleScope {
  Role role;
  Keeps edits;
  Keeps imports;  // imports and undoing, only with a role for everywhere
  bool hub;       // an organisation of the register takes in the bodies below it
};
const std::array<RoleScope, kRoleCount>& role_scopes();  // by role

// The table of the guide, as Markdown: who may change what, and where.
std::string scope_table();

// A panel's kind: "police-and-crime-panel", and every kind of the group "panel".
bool is_panel_kind(const Register& all, const std::string& kind);

// One step of a change: nothing before when a fact is entered, nothing after when it is taken away.
struct Step {
  const Fact* before = nullptr;
  const Fact* after = nullptr;
};

class Scope {
 public:
  Scope(const Actor& actor, Date today, std::shared_ptr<const register_::Areas> areas);

  // forbidden, with what is missing and whom to ask. `all` is the register before this step; what it says of bodies
  // that do not exist is left to check(). The steps around it matter where one seat ends and goes on from the same day.
  Status may(const Register& all, const std::vector<Step>& steps, std::size_t which) const;
  Status may(const Register& all, const Step& step) const { return may(all, std::vector<Step>{step}, 0); }
  // For a form that is still empty: whether a fact of this kind can be entered of this body, or, without one, of any.
  Status may_begin(const Register& all, FactKind kind, const std::string& body) const;
  // Importing and undoing reach everywhere, so they want a role that does; then each fact is asked for.
  Status may_import() const;
  Status may_import(const Register& all, const Step& step) const;

 private:
  struct Refusal {
    int near = 0;  // of several grants, the refusal of the one that comes nearest is told
    std::string sentence;
  };
  using Verdict = std::optional<Refusal>;  // empty: it may
  Status ask(const std::function<Verdict(const Grant&)>& judge_grant) const;
  Verdict judge(const Grant& grant, Keeps keeps, const Register& all, const std::vector<Step>& steps,
                std::size_t which) const;
  Verdict judge_version(const Grant& grant, Keeps keeps, const Register& all, const Fact& fact, const Fact* before,
                        bool complete) const;
  Verdict judge_own(const Grant& grant, const Register& all, const std::vector<Step>& steps, std::size_t which) const;
  // Where the roles reach to on this register, which may be a draft of it.
  Reach reach_on(const Register& all) const;
  bool keeps(const Grant& grant, const Reach& reach, const std::string& body, Date day) const;
  bool keeps_body(const Grant& grant, const Register& all, const std::string& body, Date day) const;
  std::string where(const Grant& grant, const Register& all) const;
  std::string outside(const Grant& grant, const Register& all, const std::string& body, Date day) const;

  Actor actor_;
  Date today_;
  std::shared_ptr<const register_::Areas> areas_;
};

}  // namespace tithing::bodies
