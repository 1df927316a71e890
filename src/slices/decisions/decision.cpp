#include "slices/decisions/decision.h"

#include <algorithm>

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

std::optional<std::string> no_comments(const Decision& decision, Date today) {
  if (decision.open_to_comments(today)) return std::nullopt;
  if (decision.state != DecisionState::consultation || !decision.consult_from || !decision.consult_to)
    return "Comments are not taken on this decision.";
  return today < *decision.consult_from ? "Comments are taken from " + decision.consult_from->text() + "."
                                        : "Comments were taken until " + decision.consult_to->text() + ".";
}

std::vector<std::pair<std::string, std::string>> parts_of(const std::optional<Scheme>& scheme) {
  std::vector<std::pair<std::string, std::string>> out = {{"", "the whole"}};
  if (!scheme) return out;
  for (const Area& area : scheme->areas) out.emplace_back("area:" + area.key, area.name);
  for (std::size_t i = 0; i < scheme->steps.size(); ++i)
    out.emplace_back("step:" + std::to_string(i + 1), place_of(*scheme, i));
  return out;
}

std::string about_text(const std::string& about, const std::optional<Scheme>& scheme) {
  for (const auto& [part, name] : parts_of(scheme))
    if (part == about) return name;
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

std::string written_by(const Comment& comment, bool with_names) {
  const std::string from = comment.organisation.empty() ? "A consultee without an organisation" : comment.organisation;
  return with_names && !comment.by_name.empty() ? from + " (" + comment.by_name + ")" : from;
}

const Comment* answer_to(const std::vector<Comment>& comments, const Comment& comment) {
  for (const Comment& one : comments)
    if (one.answers == comment.id) return &one;
  return nullptr;
}

int unanswered(const std::vector<Comment>& comments) {
  return static_cast<int>(std::count_if(comments.begin(), comments.end(), [&](const Comment& comment) {
    return comment.answers == 0 && answer_to(comments, comment) == nullptr;
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

std::string way_back(DecisionState state, const std::string& which) {
  if (state == DecisionState::consultation) return "take " + which + " decision back to a draft";
  return state == DecisionState::agreed ? "withdraw " + which + " agreement" : "";
}

bool may_read(const Actor& actor, DecisionState state) {
  if (state == DecisionState::published || state == DecisionState::superseded) return true;
  if (actor.trusted() || actor.can(kPrepareDecision) || actor.can(kAgree) || actor.can(kReadDrafts)) return true;
  return state != DecisionState::draft && actor.can(kComment);
}

}  // namespace tithing::decisions
