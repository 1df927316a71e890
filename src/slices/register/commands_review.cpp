#include <algorithm>

#include "base/text.h"
#include "base/translation.h"
#include "commands/move.h"
#include "slices/register/commands.h"
#include "slices/register/review.h"
#include "slices/register/store.h"

namespace tithing::register_ {
namespace {

std::optional<ProposedSuccession> proposal_of(db::Connection& connection, std::int64_t id) {
  std::vector<ProposedSuccession> all = store::successions(connection);
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const ProposedSuccession& p) { return p.succession.id == id; });
  return found == all.end() ? std::nullopt : std::optional(std::move(*found));
}

std::string said_of(db::Connection& connection, const Succession& succession) {
  return sentence(succession, named_codes(store::look_ups(connection), store::facts(connection)));
}

}  // namespace

std::optional<records::Standing> standing_of_succession(db::Connection& connection, const std::string& id) {
  const std::int64_t number = records::Record{kSuccessionKind, id}.number();
  const auto found = proposal_of(connection, number);
  if (!found) return std::nullopt;
  return records::Standing{.name = said_of(connection, found->succession),
                           .address = "/areas/successions/" + id,
                           .whose = Whose::shared(),
                           .version = 1 + static_cast<std::int64_t>(store::reviews(connection, number).size()),
                           .state = std::string(store::code_of(found->succession.review)),
                           .publication = records::Publication::published};
}

Status review_succession(const Doing& doing, std::int64_t id, std::int64_t seen, Succession::Review review,
                         std::optional<Date> on, const std::string& reason) {
  if (auto allowed = doing.actor().require(kReviewSuccession); !allowed) return allowed;
  if (review == Succession::Review::proposed)
    return invalid(tr("Accept or reject the succession."), {{"review", tr("Select accept or reject")}});
  if (reason.size() > 2000)
    return invalid(tr("The reason is too long."), {{"reason", tr("The reason must be 2,000 characters or fewer")}});
  const bool accepted = review == Succession::Review::accepted;
  if (!accepted && trimmed(reason).empty())
    return invalid(tr("Say why it is rejected."), {{"reason", tr("Enter why this did not happen")}});
  return commands::move(
      doing, kReviewPath, records::record_of(kSuccessionKind, id), seen, {std::string(move_of(review)), reason},
      [&](db::Transaction& transaction, const records::Standing&) {
        return ReviewFacts{*proposal_of(transaction, id)};
      },
      [&](db::Transaction& transaction, const commands::Moving<ReviewFacts>& moving, commands::Note& note) -> Status {
        if (on) {
          const ProposedSuccession& known = moving.facts.proposal;
          if (const std::string fault = date_fault(known.after, known.by, *on); !fault.empty())
            return invalid(fault, {{"on", fault}});
        }
        Succession reviewed = moving.facts.proposal.succession;
        // Also of what did not happen: the day that was typed stays, and nothing follows it.
        reviewed.on = on;
        store::add_review(transaction, {id, review, on}, store::next_version(transaction));
        std::string text = (accepted ? "Accepted: " : "Rejected: ") + said_of(transaction, reviewed);
        if (accepted && !on) text += " The day is not known.";
        if (!moving.reason.empty()) text += " Reason: " + moving.reason;
        note.says("register.review." + std::string(moving.step.code), text);
        return {};
      });
}

}  // namespace tithing::register_
