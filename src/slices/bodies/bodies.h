// Public face of `bodies`: legal persons, boards and groups in time. A body is not an area: an official code names a
// boundary, and a body serves it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.h"
#include "base/date.h"
#include "base/result.h"

namespace tithing {
struct Wiring;
}
namespace tithing::register_ {
class Service;
}

namespace tithing::bodies {

inline constexpr Permission kEditBodies{"bodies.edit",
                                        "Change bodies, posts, memberships and functions in the register"};
// The guard at the door of every form; whose records an editor may change there is said by scope.h.
inline constexpr Permission kEditOwnBodies{
    "bodies.edit-own", "Change posts, public office-holders and seats of one's own organisation in the register"};
inline constexpr Permission kImportBodies{"bodies.import", "Import bodies in bulk, and undo a change of the register"};

// A body as other slices name it.
struct BodyLine {
  std::string code;       // "north-worcestershire-csp": never changes
  std::string name;       // on the day asked for
  std::string kind;       // code of its kind: "csp"
  std::string kind_name;  // "community safety partnership"
  std::string standing =
      {};  // empty when it is there on that day, else "known on 5 September 2012, not known whether still"
};

// Everything may be called from any thread once the database is open.
class Service {
 public:
  virtual ~Service() = default;
  // Bodies that stood on that day and serve the area or areas within it, by name. An empty code: all.
  virtual std::vector<BodyLine> bodies_of(std::string_view area_code, Date as_at) = 0;
  // Which months of recorded crime there are, empty when none: said by whoever puts the slices together, so that bodies
  // need not know of the evidence. Until then, none.
  virtual void months_of_evidence_from(std::function<std::optional<Period>()> ask) = 0;
  // not_found when there is no such body; it is named as on that day, else as it was last called.
  virtual Result<BodyLine> body(std::string_view code, Date as_at) = 0;
  // Whose name, former name or identifier holds the text, or whose code it is, best first, named as on that day.
  virtual std::vector<BodyLine> find_bodies(std::string_view text, Date as_at, int limit) = 0;
  // What became of a body for whom a role was given for it: a sentence that says whether the role goes on (ground.h,
  // heir_of). Empty while the body is there.
  virtual std::string became(std::string_view code, Date as_at) = 0;
};

// Routes, permissions, search, figure kinds, subcommands, migrations and the demonstration workspaces.
Service& register_slice(Wiring& wiring, register_::Service& areas);

}  // namespace tithing::bodies
