// What pages of decisions ask for: who is asked is always the actor, and what they may not read is not found.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "slices/decisions/commands.h"
#include "slices/decisions/decisions.h"

namespace tithing {
struct Wiring;
}

namespace tithing::decisions {

// Said of what is not there and of what the reader may not know of.
tl::unexpected<Problem> no_such_decision();

class DecisionService : public Service, public Decisions {
 public:
  DecisionService(Wiring& wiring, pots::Service& pots) : wiring_(wiring), pots_(pots) {}

  Doing doing(const Actor& actor) const;
  db::Database& database();  // for drafts of forms
  // That the actor may read, of one state or of every one; newest first.
  std::vector<Decision> list(const Actor& actor, std::optional<DecisionState> state);
  Result<Decision> find(const Actor& actor, DecisionId id) override;
  Result<DecisionView> view(const Actor& actor, DecisionId id);
  // not_found where the actor may read the decision itself, was not asked and did not comment, or it was not taken
  // back.
  Result<TakenBack> taken_back(const Actor& actor, DecisionId id);
  std::vector<TakenBack> all_taken_back(const Actor& actor);  // newest first
  Result<Frozen> frozen(const Actor& actor, DecisionId id);
  Result<Comment> comment(const Actor& actor, std::int64_t id);
  GivenOfPot given_out(const Actor& reader, PotId pot) override;
  std::vector<FromScheme> prepared_from(const Actor& reader, SchemeId scheme, int limit) override;
  std::string prepare_address(const Actor& reader, const std::string& area, SchemeId scheme) override;
  // Frozen and published decisions that the actor may read, whose place another can take: "FD-0001, title".
  std::vector<std::pair<DecisionId, std::string>> replaceable(const Actor& actor);
  // Schemes that a decision can be about: "Community safety fund 2012/13: by last year's split (version 2)".
  std::vector<std::pair<SchemeId, std::string>> schemes();

 private:
  std::optional<TakenBack> told_of(db::Connection& connection, const Reach& reach, const Decision& decision);
  Wiring& wiring_;
  pots::Service& pots_;
};

// The figure kind `frozen-allocation`: an area's amount as it was frozen, each part of its working under an address of
// its own. Who is not signed in sees it once the decision is published.
void add_frozen_kind(Wiring& wiring);
// Worked examples as decisions, one in each state; repeatable.
Status deliver_decisions(Wiring& wiring, pots::Service& pots);

}  // namespace tithing::decisions
