// What pages of decisions ask for: who is asked is always the actor, and what they may not read is not found.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "slices/funding/commands_decisions.h"
#include "slices/funding/store_decisions.h"

namespace tithing {
struct Wiring;
}

namespace tithing::funding {

// Everything about one decision that its page shows.
struct DecisionView {
  Decision decision;
  DecisionTable table;            // as it is worked out today on the versions that the decision names
  std::vector<FrozenInput> inputs_now;
  std::optional<Frozen> frozen;
  std::vector<store::DecisionEvent> events;
  std::vector<Comment> comments;
  std::optional<Decision> successor;  // as far as the actor may read it
  std::optional<Consulted> consulted; // as it was
  bool may_comment = false;           // the actor, while it is open
  std::string may_not_comment;        // why not
};

class DecisionService {
 public:
  using AreasNow = std::function<std::shared_ptr<const register_::Areas>()>;
  // `areas` may be empty: then a role reaches to the very area that it was given for.
  using OrganisationName = std::function<std::string(const std::string& body)>;
  DecisionService(Wiring& wiring, AreasNow areas, OrganisationName organisation_name = {})
      : wiring_(wiring), areas_(std::move(areas)), organisation_name_(std::move(organisation_name)) {}

  db::Database& database();  // for drafts of forms
  std::vector<Decision> list(const Actor& actor, std::optional<DecisionState> state, int limit, int offset);
  std::int64_t count(const Actor& actor, std::optional<DecisionState> state);
  Result<Decision> find(const Actor& actor, DecisionId id);  // not_found also when the actor may not read it
  Result<DecisionView> view(const Actor& actor, DecisionId id);
  Result<Frozen> frozen(const Actor& actor, DecisionId id);
  Result<Comment> comment(const Actor& actor, std::int64_t id);
  std::vector<Decision> of_scheme(const Actor& actor, SchemeId scheme, int limit);  // that the actor may read; newest first
  bool may_prepare(const Actor& actor, const std::string& area);
  // Schemes that a decision can be about: "Community safety fund 2012/13: by last year's split (version 2)".
  std::vector<std::pair<SchemeId, std::string>> schemes();

  Result<Decision> prepare(const Actor& actor, const DecisionDraft& draft);
  Result<Decision> revise(const Actor& actor, DecisionId id, std::int64_t seen, const DecisionDraft& draft);
  Result<Decision> move(const Actor& actor, DecisionId id, std::int64_t seen, Move move, const MoveRequest& request);
  MoveOutlook outlook(const Actor& actor, const Decision& decision, Move move);
  Result<Comment> comment_on(const Actor& actor, DecisionId id, const std::string& about, const std::string& text);
  Result<Comment> answer(const Actor& actor, std::int64_t comment, const std::string& text);

 private:
  template <class Work>
  auto with(const Actor& actor, Work work);
  Wiring& wiring_;
  AreasNow areas_;
  OrganisationName organisation_name_;
};

// The figure kind `frozen-allocation`: an area's amount as it was frozen, each part of its working under an address of
// its own. Who is not signed in sees it once the decision is published.
void add_frozen_kind(Wiring& wiring);
// Worked examples as decisions, one in each state; repeatable.
Status deliver_decisions(Wiring& wiring);
figures::Address frozen_address(DecisionId decision, const std::string& area);

}  // namespace tithing::funding
