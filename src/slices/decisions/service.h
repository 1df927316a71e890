// What pages of decisions ask for: who is asked is always the actor, and what they may not read is not found.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "slices/decisions/commands.h"
#include "slices/decisions/decisions.h"
#include "slices/decisions/drawn_pot.h"
#include "slices/decisions/store.h"

namespace tithing {
struct Wiring;
}

namespace tithing::decisions {

// Everything about one decision that its page shows.
struct DecisionView {
  Decision decision;
  DecisionTable table;  // as it is worked out today on the versions that the decision names
  std::vector<FrozenInput> inputs_now;
  std::optional<Frozen> frozen;
  std::vector<store::DecisionEvent> events;
  std::vector<Comment> comments;
  std::optional<Decision> successor;  // as far as the actor may read it
  std::vector<Decision>
      taking_place;  // decisions that take its place when they are published, as far as the actor may read them
  std::vector<std::string> newer;      // what has a newer version than it rests on (drawn_pot.h)
  std::optional<Consulted> consulted;  // as it was
  std::vector<Return> returns;         // consultations that ended in a draft again
  bool may_comment = false;            // the actor, while it is open
  std::string may_not_comment;         // why not
};

// Whether the draft was changed after the comment was made, so that it does not speak of what stands there now.
bool changed_after(const DecisionView& view, const Comment& comment);

// What somebody who was asked, or who commented, may know of a decision that is a draft again: on what and when they
// were asked, when and why that ended, and what they wrote themselves, with its answers. Nothing of the new draft.
struct TakenBack {
  DecisionId id;
  std::string reference, title;  // as it was put to comments
  std::string opened;            // the sentence of the path with which it was opened
  Return back;
  std::vector<Comment> own;  // the actor's, and the answers to them; oldest first
};

class DecisionService : public Service, public Decisions {
 public:
  using AreasNow = std::function<std::shared_ptr<const register_::Areas>()>;
  // `areas` may be empty: then a role reaches to the very area that it was given for.
  using OrganisationName = std::function<std::string(const std::string& body)>;
  DecisionService(Wiring& wiring, pots::Service& pots, AreasNow areas, OrganisationName organisation_name = {})
      : wiring_(wiring), pots_(pots), areas_(std::move(areas)), organisation_name_(std::move(organisation_name)) {}

  db::Database& database();  // for drafts of forms
  std::vector<Decision> list(const Actor& actor, std::optional<DecisionState> state, int limit, int offset);
  std::int64_t count(const Actor& actor, std::optional<DecisionState> state);
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

  Result<Decision> prepare(const Actor& actor, const DecisionDraft& draft);
  Result<Decision> revise(const Actor& actor, DecisionId id, std::int64_t seen, const DecisionDraft& draft);
  Result<Decision> move(const Actor& actor, DecisionId id, std::int64_t seen, Move move, const MoveRequest& request);
  MoveOutlook outlook(const Actor& actor, const Decision& decision, Move move);
  Result<Comment> comment_on(const Actor& actor, DecisionId id, const std::string& about, const std::string& text);
  Result<Comment> answer(const Actor& actor, std::int64_t comment, const std::string& text);

 private:
  std::optional<TakenBack> told_of(db::Connection& connection, const Actor& actor, const Decision& decision,
                                   const register_::Areas* areas);
  template <class Work>
  auto with(const Actor& actor, Work work);
  Wiring& wiring_;
  pots::Service& pots_;
  AreasNow areas_;
  OrganisationName organisation_name_;
};

// The figure kind `frozen-allocation`: an area's amount as it was frozen, each part of its working under an address of
// its own. Who is not signed in sees it once the decision is published.
void add_frozen_kind(Wiring& wiring);
// Worked examples as decisions, one in each state; repeatable.
Status deliver_decisions(Wiring& wiring, pots::Service& pots);
figures::Address frozen_address(DecisionId decision, const std::string& area);
std::string address_of(DecisionId id);  // of its page

}  // namespace tithing::decisions
