#include "slices/decisions/decision.h"

#include <algorithm>
#include <set>

#include "base/hash.h"
#include "base/text.h"

namespace tithing::decisions {
namespace {

struct Rule {
  Move move;
  std::string_view code, name;
  const Permission* permission;
};
constexpr Rule kRules[] = {
    {Move::consult, "consult", "Open it to comments", &kPrepareDecision},
    {Move::take_back, "take-back", "Take it back to a draft", &kPrepareDecision},
    {Move::agree, "agree", "Agree it", &kAgree},
    {Move::withdraw_agreement, "withdraw", "Withdraw the agreement", &kAgree},
    {Move::freeze, "freeze", "Freeze it", &kPrepareDecision},
    {Move::publish, "publish", "Publish it", &kAgree},
    {Move::supersede, "supersede", "Supersede it", &kAgree},
};
const Rule& rule(Move move) {
  return *std::find_if(std::begin(kRules), std::end(kRules), [&](const Rule& one) { return one.move == move; });
}

constexpr std::pair<DecisionState, std::pair<std::string_view, std::string_view>> kStates[] = {
    {DecisionState::draft, {"draft", "Draft"}},
    {DecisionState::consultation, {"consultation", "Consultation"}},
    {DecisionState::agreed, {"agreed", "Agreed"}},
    {DecisionState::frozen, {"frozen", "Frozen"}},
    {DecisionState::published, {"published", "Published"}},
    {DecisionState::superseded, {"superseded", "Superseded"}},
};
const auto& state_row(DecisionState state) {
  return *std::find_if(std::begin(kStates), std::end(kStates), [&](const auto& one) { return one.first == state; });
}

constexpr std::size_t kLongest = 4000;

// A text that has to be there.
void text(std::vector<FieldProblem>& wrong, const std::string& field, const std::string& value,
          const std::string& what) {
  if (trimmed(value).empty())
    wrong.push_back({field, what});
  else if (value.size() > kLongest)
    wrong.push_back({field, "Shorten this to 4,000 characters."});
}

void check_dates(std::vector<FieldProblem>& wrong, const MoveRequest& request, Date today) {
  if (!request.from) wrong.push_back({"from", "Give the first day on which comments are taken."});
  if (!request.to) wrong.push_back({"to", "Give the last day on which comments are taken."});
  if (request.from && request.to && *request.to < *request.from)
    wrong.push_back({"to", "The last day is before the first. Give a later one."});
  if (request.to && *request.to < today) wrong.push_back({"to", "The last day has passed. Give today or a later day."});
}

void check_acknowledged(std::vector<FieldProblem>& wrong, const MoveRequest& request, const Circumstances& now) {
  for (std::size_t i = 0; i < now.findings.size(); ++i) {
    const auto found = std::find_if(request.acknowledged.begin(), request.acknowledged.end(),
                                    [&](const Acknowledgement& one) { return one.finding == now.findings[i]; });
    const std::string field = "acknowledge-" + std::to_string(i + 1);
    if (found == request.acknowledged.end() || trimmed(found->words).empty())
      wrong.push_back({field, "Say why this is as it should be: " + now.findings[i]});
    else if (found->words.size() > kLongest)
      wrong.push_back({field, "Shorten this to 4,000 characters."});
  }
}

}  // namespace

std::string_view code_of(DecisionState state) { return state_row(state).second.first; }
std::string_view name_of(DecisionState state) { return state_row(state).second.second; }
std::optional<DecisionState> decision_state_from(std::string_view code) {
  for (const auto& [state, texts] : kStates)
    if (texts.first == code) return state;
  return std::nullopt;
}

std::string_view code_of(Move move) { return rule(move).code; }
std::string_view name_of(Move move) { return rule(move).name; }
const Permission& permission_of(Move move) { return *rule(move).permission; }
std::optional<Move> move_from(std::string_view code) {
  for (const Rule& one : kRules)
    if (one.code == code) return one.move;
  return std::nullopt;
}

std::optional<DecisionState> after(DecisionState state, Move move) {
  using enum DecisionState;
  switch (move) {
    case Move::consult:
      return state == draft ? std::optional(consultation) : std::nullopt;
    case Move::take_back:
      return state == consultation ? std::optional(draft) : std::nullopt;
    case Move::agree:
      return state == draft || state == consultation ? std::optional(agreed) : std::nullopt;
    case Move::withdraw_agreement:
      return state == agreed ? std::optional(draft) : std::nullopt;
    case Move::freeze:
      return state == agreed ? std::optional(frozen) : std::nullopt;
    case Move::publish:
      return state == frozen ? std::optional(published) : std::nullopt;
    case Move::supersede:
      return state == frozen || state == published ? std::optional(superseded) : std::nullopt;
  }
  return std::nullopt;
}

std::string Decision::reference() const { return reference_of(id); }

std::string reference_of(DecisionId id) {
  const std::string number = std::to_string(id.value);
  return "FD-" + std::string(number.size() < 4 ? 4 - number.size() : 0, '0') + number;
}

bool Decision::open_to_comments(Date today) const {
  return state == DecisionState::consultation && consult_from && consult_to && *consult_from <= today &&
         today <= *consult_to;
}

std::optional<Consulted> consulted(const Decision& decision, std::optional<Date> taken_back) {
  if (!decision.consult_from || !decision.consult_to) return std::nullopt;
  Consulted out{*decision.consult_from, *decision.consult_to, true, std::nullopt, *decision.consult_to};
  if (!taken_back || *decision.consult_to < *taken_back) return out;
  out.taken_back = taken_back;
  out.any = !(*taken_back < out.from);
  if (out.any) out.to = *taken_back;  // until it was taken back, some time on that day
  return out;
}

Words in_words(const Consulted& consulted) {
  if (!consulted.any)
    return Words("It was to be open to comments from ") + consulted.from + " to " + consulted.planned_to +
           ", and was taken back to a draft on " + *consulted.taken_back +
           ", before the first of these days: nobody could comment.";
  const Words open = Words("It was open to comments from ") + consulted.from;
  if (!consulted.taken_back) return open + " to " + consulted.to + ".";
  const Words until = open + " until it was taken back to a draft on " + *consulted.taken_back;
  return *consulted.taken_back == consulted.planned_to
             ? until + "."
             : until + "; it was to be open until " + consulted.planned_to + ".";
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

namespace {

// How a newer version is looked at and taken.
std::string_view look_again(DecisionState state) {
  switch (state) {
    case DecisionState::consultation:
      return "Look at it, take the decision back to a draft, and save the draft again: it then rests on the newest "
             "versions.";
    case DecisionState::agreed:
      return "Look at it, withdraw the agreement, and save the draft again: it then rests on the newest versions.";
    default:
      return "Look at it, and save the draft again: it then rests on the newest versions.";
  }
}

}  // namespace

std::vector<std::string> obstacles(const Decision& decision, Move move, const Circumstances& now) {
  std::vector<std::string> out;
  const bool needs_table = move == Move::consult || move == Move::agree || move == Move::freeze;
  if (needs_table && now.not_worked_out) out.push_back("The table cannot be worked out: " + *now.not_worked_out);
  if (move == Move::agree) {
    if (std::find(now.preparers.begin(), now.preparers.end(), now.actor) != now.preparers.end())
      out.push_back("Nobody agrees alone what they have prepared themselves. Ask another decision-maker.");
    if (decision.state == DecisionState::consultation && decision.consult_to && now.today <= *decision.consult_to)
      out.push_back("Comments are taken until " + decision.consult_to->text() +
                    ". It can be agreed from the day after.");
    if (const int open = unanswered(now.comments); open > 0)
      out.push_back(plural(open, "comment has", "comments have") + " no answer yet. Answer each of them first.");
  }
  if (needs_table)
    for (const std::string& sentence : now.newer)
      out.push_back(sentence + " " + std::string(look_again(decision.state)));
  if (now.beyond_pot) out.push_back(*now.beyond_pot);
  if (move == Move::freeze && decision.agreement && !now.not_worked_out && decision.agreement->amounts != now.amounts)
    out.push_back(
        "The table is not the one that was agreed any more: the evidence has changed since. Withdraw the agreement, "
        "and have the new table agreed.");
  return out;
}

Status check(const Decision& decision, Move move, const MoveRequest& request, const Circumstances& now) {
  if (!after(decision.state, move))
    return conflict("This cannot be done with a decision in the state \"" + std::string(name_of(decision.state)) +
                    "\". Look at where it stands now.");
  if (const auto standing = obstacles(decision, move, now); !standing.empty()) return invalid(joined(standing, " "));
  std::vector<FieldProblem> wrong;
  switch (move) {
    case Move::consult:
      check_dates(wrong, request, now.today);
      break;
    case Move::take_back:
      text(wrong, "note", request.note, "Say why it is taken back.");
      break;
    case Move::withdraw_agreement:
      text(wrong, "note", request.note, "Say why the agreement is withdrawn.");
      break;
    case Move::agree:
      if (!request.on)
        wrong.push_back({"on", "Give the day of the decision."});
      else if (now.today < *request.on)
        wrong.push_back({"on", "The day of the decision is in the future. Give today or an earlier day."});
      text(wrong, "authority", request.authority,
           "Say on which authority it is agreed, such as the office and the power that is used.");
      text(wrong, "interests", request.interests, "Declare interests, or write that there are none.");
      if (decision.state == DecisionState::draft) {
        const auto asked = consulted(decision, now.taken_back);
        text(wrong, "note", request.note,
             (asked && asked->any) || !now.comments.empty()
                 ? "It is a draft again. Say why it is not put to comments again."
                 : "Nobody was consulted. Say why not.");
      }
      break;
    case Move::freeze:
      check_acknowledged(wrong, request, now);
      break;
    case Move::publish:
      if (!now.newer.empty())
        text(wrong, "note", request.note, "Say why it is published as it was frozen: " + joined(now.newer, " "));
      if (!request.nothing_private)
        wrong.push_back(
            {"nothing_private",
             "Read what was written, comments and reasons too, and tick the box when it names no private person."});
      break;
    case Move::supersede:
      text(wrong, "note", request.note, "Say why it is superseded.");
      if (!request.successor)
        wrong.push_back({"successor", "Give the decision that takes its place, by its reference."});
      else if (*request.successor == decision.id)
        wrong.push_back({"successor", "A decision cannot take its own place. Give another one."});
      else if (!now.successor_state)
        wrong.push_back({"successor", "There is no decision of this reference."});
      else if (*now.successor_state != DecisionState::published)
        wrong.push_back({"successor", "The decision that takes its place has to be published first."});
      else if (now.successor_of_other_money)
        wrong.push_back({"successor", *now.successor_of_other_money});
      break;
  }
  if (request.note.size() > kLongest && (wrong.empty() || wrong.back().field != "note"))
    wrong.push_back({"note", "Shorten this to 4,000 characters."});
  if (wrong.empty()) return {};
  const std::string first = wrong.front().message;
  return invalid(first, std::move(wrong));
}

bool may_read(const Actor& actor, DecisionState state) {
  if (state == DecisionState::published || state == DecisionState::superseded) return true;
  if (actor.trusted() || actor.can(kPrepareDecision) || actor.can(kAgree) || actor.can(kReadDrafts)) return true;
  return state != DecisionState::draft && actor.can(kComment);
}

}  // namespace tithing::decisions
