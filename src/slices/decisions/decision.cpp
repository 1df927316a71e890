#include "slices/decisions/decision.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "slices/decisions/moves.h"
#include "slices/pots/money_areas.h"

namespace tithing::decisions {

std::string Decision::reference() const { return reference_of(id); }

std::string reference_of(DecisionId id) {
  const std::string number = std::to_string(id.value);
  return "FD-" + std::string(number.size() < 4 ? 4 - number.size() : 0, '0') + number;
}

std::string address_of(DecisionId id) { return "/funding/decisions/" + std::to_string(id.value); }

std::string Decision::named() const { return reference() + ", \"" + title + "\""; }

records::Standing standing_of(const Decision& decision) {
  const std::string state(code_of(decision.state));
  return {.name = decision.named(),
          .address = address_of(decision.id),
          .whose = whose_of(decision.area),
          .version = decision.version,
          .state = state,
          .publication = kDecisionPath.outline().state(state)->publication};
}

bool Decision::open_to_comments(Date today) const {
  return state == DecisionState::consultation && consult_from && consult_to && *consult_from <= today &&
         today <= *consult_to;
}

std::string about_text(const std::string& about, const std::optional<Scheme>& scheme) {
  if (about.empty()) return "the whole";
  if (scheme) {
    for (const Area& area : scheme->areas)
      if (about == "area:" + area.key) return area.name;
    for (std::size_t i = 0; i < scheme->steps.size(); ++i)
      if (about == "step:" + std::to_string(i + 1)) return place_of(*scheme, i);
  }
  return about.substr(about.find(':') + 1);
}

std::string about_of(const Comment& comment, const std::optional<Scheme>& scheme) {
  return comment.about_name.empty() ? about_text(comment.about, scheme) : comment.about_name;
}

std::string proposal_of(const Decision& decision) {
  return "“" + decision.title + "”, version " + std::to_string(decision.scheme_version) + " of scheme " +
         std::to_string(decision.scheme.value) + " on version " + std::to_string(decision.pot_version) + " of pot " +
         std::to_string(decision.pot.value);
}

int unanswered(const std::vector<Comment>& comments) {
  std::set<std::int64_t> answered;
  for (const Comment& comment : comments) answered.insert(comment.answers);
  return static_cast<int>(std::count_if(comments.begin(), comments.end(), [&](const Comment& comment) {
    return comment.answers == 0 && !answered.contains(comment.id);
  }));
}

std::optional<std::string> other_money(const OfMoney& decision, const OfMoney& successor) {
  if (decision.pot == successor.pot) return std::nullopt;
  std::vector<std::string> differs;
  if (decision.financial_year != successor.financial_year)
    differs.push_back("this decision is for " + decision.financial_year + " and that one for " +
                      successor.financial_year);
  if (decision.area != successor.area)
    differs.push_back("this one is for " + decision.area_words + " and that one for " + successor.area_words);
  if (differs.empty()) return std::nullopt;
  return "What takes the place of a decision is on the same pot, or for the same year and the same areas: " +
         joined(differs, "; ") + ". Give another one.";
}

bool may_read(const Actor& actor, DecisionState state) {
  if (state == DecisionState::published || state == DecisionState::superseded) return true;
  if (actor.trusted() || actor.can(kPrepareDecision) || actor.can(kAgree) || actor.can(kReadDrafts)) return true;
  return state != DecisionState::draft && actor.can(kComment);
}

}  // namespace tithing::decisions
