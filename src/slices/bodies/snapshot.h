// The register of bodies as a value in memory: facts by record and by body, and what follows from them on a day.
//
// A Register that is shared is never changed. A draft is a copy to which facts are added and from which records are
// taken, to see whether what would come about may be (rules.h).
#pragma once

#include <array>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "slices/bodies/facts.h"

namespace tithing::bodies {

using FactPointer = std::shared_ptr<const Fact>;
using FactList = std::vector<FactPointer>;

class Register {
 public:
  struct Entry {
    std::array<FactList, kFactKindCount> facts;  // about this body, by kind; successions that it is a part of
    FactList seats;                              // memberships that this body holds in others
    FactList children;                           // parent facts that name this body
    FactList statements;                         // statements that name this body as the other one
    const FactList& of(FactKind kind) const { return facts[static_cast<std::size_t>(kind)]; }
  };

  std::int64_t version = 0;   // number of the newest change in it
  std::int64_t proposal = 0;  // number of the proposal that was put on it (proposals.h); 0 for the register itself

  // Facts without a record get a passing number below zero. Gives the record.
  std::int64_t add(Fact fact);
  bool remove(std::int64_t record);
  FactPointer current(std::int64_t record) const;
  const Entry* find(const std::string& body) const;  // null for a code of which nothing exists
  bool exists(const std::string& body) const;        // it has a fact of existence
  const std::unordered_map<std::string, Entry>& entries() const { return entries_; }
  // Of a kind that is not about bodies: kinds, functions, rules, bank holidays.
  const FactList& general(FactKind kind) const { return general_[static_cast<std::size_t>(kind)]; }
  const std::unordered_map<std::int64_t, FactPointer>& facts() const { return facts_; }
  const std::map<std::string, std::vector<std::string>>& bodies_by_area() const { return by_area_; }

  const Fact* kind(const std::string& code) const;      // null for a kind that is not known
  const Fact* function(const std::string& code) const;  // the latest version

  // On a day.
  Standing standing_of(const std::string& body, Date day) const;  // by its facts of existence
  // It has begun and is not known to have ended: also one that is known on an earlier day, and not known whether still.
  bool stands(const std::string& body, Date day) const;
  // A fact holds while its body, and the other body it names, have not ended and have begun; one that is known on an
  // earlier day, and not known whether still, is among them. What is counted is what is known: known_on.
  bool holds(const Fact& fact, Date day) const;
  bool known_on(const Fact& fact, Date day) const {
    return holds(fact, day) && standing(fact, day) == Standing::in_force;
  }
  const Fact* existence(const std::string& body, Date day) const;  // the one of that day, else the last one; null
  std::string name_at(const std::string& body, Date day) const;    // else as it was last called; else its code
  // The same for an entry that is at hand, without copies: for long lists. Null when it has no such fact.
  static const Fact* existence_in(const Entry& entry, Date day);
  static const std::string* name_in(const Entry& entry, Date day);
  std::string last_name(const std::string& body) const;
  std::string kind_of(const std::string& body, Date day) const;  // code
  std::string kind_name(const std::string& code) const;
  FactList of_body(const std::string& body, FactKind kind, Date day) const;  // those that hold
  FactList seats_of(const std::string& organisation, Date day) const;
  FactList children_of(const std::string& body, Date day) const;
  FactList known_of(const std::string& body, FactKind kind,
                    Date day) const;  // of_body, as far as it is known on that day

  // Followed to the end, by successions: what is there now instead of `body`, with the successions on the way. Itself
  // when it has no successor.
  std::vector<std::string> ends_at(const std::string& body) const;
  std::vector<std::string> comes_from(const std::string& body) const;  // all that went before it

  // Codes whose names (of any time), code or identifiers hold the text; those that match from the beginning first.
  struct Hit {
    std::string code;
    std::string matched;  // the name or identifier that was found
  };
  std::vector<Hit> search(std::string_view text, int limit) const;

 private:
  void index(const FactPointer& fact, bool adding);
  std::unordered_map<std::int64_t, FactPointer> facts_;
  std::unordered_map<std::string, Entry> entries_;
  std::array<FactList, kFactKindCount> general_;
  std::map<std::string, std::vector<std::string>> by_area_;  // area code -> bodies that ever served it
  std::int64_t next_passing_ = -1;
};

bool is_general(FactKind kind);
// Whether a kind of body is of a group: Fact::detail names them, with semicolons between them.
bool is_of_group(const Fact& kind, std::string_view group);

}  // namespace tithing::bodies
