#include "slices/decisions/moves.h"

#include <algorithm>

#include "base/given_text.h"
#include "base/text.h"
#include "base/translation.h"

namespace tithing::decisions {
namespace {

using path::Obstacles;

// How a newer version is looked at and taken.
std::string look_again(DecisionState state) {
  const std::string first = way_back(state, "the");
  return " Look at it, " + (first.empty() ? "" : first + ", ") +
         "and save the draft again: it then rests on the newest versions.";
}

void add_table(Obstacles& out, const DecisionFacts& now) {
  if (now.not_worked_out) out.push_back("The table cannot be worked out: " + *now.not_worked_out);
}
void add_newer(Obstacles& out, const DecisionFacts& now) {
  for (const std::string& sentence : now.newer) out.push_back(sentence + look_again(now.decision.state));
}
void add_pot(Obstacles& out, const DecisionFacts& now) {
  if (now.beyond_pot) out.push_back(*now.beyond_pot);
}

Obstacles to_consult(const DecisionFacts& now) {
  Obstacles out;
  add_table(out, now);
  add_newer(out, now);
  return out;
}

Obstacles to_agree(const DecisionFacts& now) {
  Obstacles out;
  add_table(out, now);
  const Decision& decision = now.decision;
  if (std::find(now.preparers.begin(), now.preparers.end(), now.actor) != now.preparers.end())
    out.push_back("Nobody agrees alone what they have prepared themselves. Ask another decision-maker.");
  if (decision.state == DecisionState::consultation && decision.consult_to && now.today <= *decision.consult_to)
    out.push_back("Comments are taken until " + decision.consult_to->text() + ". It can be agreed from the day after.");
  if (const int open = unanswered(now.comments); open > 0)
    out.push_back(plural(open, "comment has", "comments have") + " no answer yet. Answer each of them first.");
  add_newer(out, now);
  add_pot(out, now);
  return out;
}

Obstacles to_freeze(const DecisionFacts& now) {
  Obstacles out;
  add_table(out, now);
  add_newer(out, now);
  add_pot(out, now);
  if (now.decision.agreement && !now.not_worked_out && now.decision.agreement->amounts != now.amounts)
    out.push_back(
        "The table is not the one that was agreed any more: the evidence has changed since. Withdraw the agreement, "
        "and have the new table agreed.");
  return out;
}

Obstacles to_publish(const DecisionFacts& now) { return now.beyond_pot ? Obstacles{*now.beyond_pot} : Obstacles{}; }

// --- the table -------------------------------------------------------------------------------------------------------

constexpr path::State kStates[] = {
    {"draft", marked("Draft"), marked("It is being prepared, and nothing is decided.")},
    {"consultation", marked("Consultation"),
     marked("Those whom the money is for may comment between the days that were set, and every comment is answered.")},
    {"agreed", marked("Agreed"),
     marked("The person who decides has agreed to the table. It is not final before it is frozen.")},
    {"frozen", marked("Frozen"),
     marked("Scheme, numbers, amounts and workings are kept as they were, with a checksum.")},
    {"published", marked("Published"), marked("Everybody may read it, with every working, comment and reason."), false,
     records::Publication::published},
    {"superseded", marked("Superseded"), marked("Another decision stands in its place. It stays readable."), true,
     records::Publication::superseded}};

// From a draft nobody set days for comments, so that none of them can be open.
constexpr path::Move<DecisionFacts> agreed_from(const char* from, Marked needs_words) {
  return {.from = from,
          .to = "agreed",
          .code = "agree",
          .name = marked("Agree it"),
          .who = &kAgree,
          .needs = to_agree,
          .needs_words = needs_words,
          .asks = path::Asks::own_form,
          .sentence = "Agreed {name}."};
}
constexpr path::Move<DecisionFacts> superseded_from(const char* from) {
  return {.from = from,
          .to = "superseded",
          .code = "supersede",
          .name = marked("Supersede it"),
          .who = &kAgree,
          .asks = path::Asks::own_form,
          .sentence = "Superseded {name}.",
          .warning = true};
}

constexpr path::Move<DecisionFacts> kMoves[] = {
    {.from = "draft",
     .to = "consultation",
     .code = "consult",
     .name = marked("Open it to comments"),
     .who = &kPrepareDecision,
     .needs = to_consult,
     .needs_words = marked("the table can be worked out on the newest pot and scheme"),
     .asks = path::Asks::own_form,
     .sentence = "Opened {name} to comments.",
     .tells = marked("those whom the money is for")},
    {.from = "consultation",
     .to = "draft",
     .code = "take-back",
     .name = marked("Take it back to a draft"),
     .who = &kPrepareDecision,
     .asks = path::Asks::own_form,
     .sentence = "Took {name} back to a draft.",
     .tells = marked("those who were asked")},
    agreed_from(
        "consultation",
        marked("the table can be worked out on the newest pot and scheme, the pot holds it with all that is given out "
               "of it, who agrees has not prepared it, the days for comments are over and every comment is answered")),
    agreed_from(
        "draft",
        marked("the table can be worked out on the newest pot and scheme, the pot holds it with all that is given out "
               "of it, who agrees has not prepared it, and every comment of a consultation before is answered")),
    {.from = "agreed",
     .to = "frozen",
     .code = "freeze",
     .name = marked("Freeze it"),
     .who = &kPrepareDecision,
     .needs = to_freeze,
     .needs_words = marked("the table is the one that was agreed, on the newest pot and scheme, and the pot holds it"),
     .asks = path::Asks::own_form,
     .sentence = "Froze {name} with every input and working.",
     .warning = true},
    {.from = "agreed",
     .to = "draft",
     .code = "withdraw",
     .name = marked("Withdraw the agreement"),
     .who = &kAgree,
     .asks = path::Asks::own_form,
     .sentence = "Withdrew the agreement to {name}."},
    {.from = "frozen",
     .to = "published",
     .code = "publish",
     .name = marked("Publish it"),
     .who = &kAgree,
     .needs = to_publish,
     .needs_words = marked("the pot holds it with all that is given out of it"),
     .asks = path::Asks::own_form,
     .sentence = "Published {name}.",
     .tells = marked("everybody"),
     .warning = true},
    superseded_from("frozen"),
    superseded_from("published")};

// --- what a form says ------------------------------------------------------------------------------------------------

using Wrong = std::vector<FieldProblem>;

constexpr std::size_t kLongest = 4000;

void text(Wrong& wrong, const std::string& field, const std::string& value, const std::string& missing) {
  need_text(wrong, field, value, missing, kLongest);
}

void check_dates(Wrong& wrong, const MoveRequest& request, const DecisionFacts& now) {
  if (!request.from) wrong.push_back({"from", tr("Give the first day on which comments are taken.")});
  if (!request.to) wrong.push_back({"to", tr("Give the last day on which comments are taken.")});
  if (request.from && request.to && *request.to < *request.from)
    wrong.push_back({"to", tr("The last day is before the first. Give a later one.")});
  if (request.to && *request.to < now.today)
    wrong.push_back({"to", tr("The last day has passed. Give today or a later day.")});
}

void check_acknowledged(Wrong& wrong, const MoveRequest& request, const DecisionFacts& now) {
  for (std::size_t i = 0; i < now.findings.size(); ++i)
    text(wrong, "acknowledge-" + std::to_string(i + 1), words_on(request, now.findings[i]),
         "Say why this is as it should be: " + now.findings[i]);
}

void of_agreement(Wrong& wrong, const MoveRequest& request, const DecisionFacts& now) {
  if (!request.on)
    wrong.push_back({"on", tr("Give the day of the decision.")});
  else if (now.today < *request.on)
    wrong.push_back({"on", tr("The day of the decision is in the future. Give today or an earlier day.")});
  text(wrong, "authority", request.authority,
       "Say on which authority it is agreed, such as the office and the power that is used.");
  text(wrong, "interests", request.interests, "Declare interests, or write that there are none.");
  if (now.decision.state != DecisionState::draft) return;
  text(wrong, "note", request.note,
       draft_again(now) ? "It is a draft again. Say why it is not put to comments again."
                        : "Nobody was consulted. Say why not.");
}

void of_publication(Wrong& wrong, const MoveRequest& request, const DecisionFacts& now) {
  if (!now.newer.empty())
    text(wrong, "note", request.note, "Say why it is published as it was frozen: " + joined(now.newer, " "));
  if (!request.nothing_private)
    wrong.push_back(
        {"nothing_private",
         tr("Read what was written, comments and reasons too, and tick the box when it names no private person.")});
}

void of_successor(Wrong& wrong, const MoveRequest& request, const DecisionFacts& now) {
  text(wrong, "note", request.note, "Say why it is superseded.");
  if (!request.successor)
    wrong.push_back({"successor", tr("Give the decision that takes its place, by its reference.")});
  else if (*request.successor == now.decision.id)
    wrong.push_back({"successor", tr("A decision cannot take its own place. Give another one.")});
  else if (!now.successor_state)
    wrong.push_back({"successor", tr("There is no decision of this reference.")});
  else if (*now.successor_state != DecisionState::published)
    wrong.push_back({"successor", tr("The decision that takes its place has to be published first.")});
  else if (now.successor_of_other_money)
    wrong.push_back({"successor", *now.successor_of_other_money});
}

struct OwnForm {
  std::string_view move;
  void (*check)(Wrong& wrong, const MoveRequest& request, const DecisionFacts& now);
};
constexpr OwnForm kForms[] = {
    {moves::consult, check_dates},
    {moves::take_back, [](Wrong& wrong, const MoveRequest& request,
                          const DecisionFacts&) { text(wrong, "note", request.note, "Say why it is taken back."); }},
    {moves::withdraw_agreement,
     [](Wrong& wrong, const MoveRequest& request, const DecisionFacts&) {
       text(wrong, "note", request.note, "Say why the agreement is withdrawn.");
     }},
    {moves::agree, of_agreement},
    {moves::freeze, check_acknowledged},
    {moves::publish, of_publication},
    {moves::supersede, of_successor}};

}  // namespace

bool draft_again(const DecisionFacts& now) {
  const auto asked = consulted(now.decision, now.taken_back);
  return (asked && asked->any) || !now.comments.empty();
}

std::string words_on(const MoveRequest& request, const std::string& finding) {
  for (const Acknowledgement& one : request.acknowledged)
    if (one.finding == finding) return one.words;
  return {};
}

const path::Path<DecisionFacts> kDecisionPath{"funding.decision", kStates, kMoves};

std::string_view code_of(DecisionState state) { return kStates[static_cast<std::size_t>(state)].code; }
std::string_view name_of(DecisionState state) { return kStates[static_cast<std::size_t>(state)].name; }
std::optional<DecisionState> decision_state_from(std::string_view code) {
  for (const DecisionState state : kDecisionStates)
    if (code_of(state) == code) return state;
  return std::nullopt;
}

std::vector<path::Step> each_move() {
  std::vector<path::Step> out;
  for (const path::Step& step : kDecisionPath.outline().steps)
    if (std::none_of(out.begin(), out.end(), [&](const path::Step& one) { return one.code == step.code; }))
      out.push_back(step);
  return out;
}

std::optional<DecisionState> after(DecisionState state, std::string_view move) {
  const auto* row = kDecisionPath.find(code_of(state), move);
  return row == nullptr ? std::nullopt : decision_state_from(row->to);
}

Status check_form(std::string_view move, const MoveRequest& request, const DecisionFacts& now) {
  Wrong wrong;
  for (const OwnForm& form : kForms)
    if (form.move == move) form.check(wrong, request, now);
  if (request.note.size() > kLongest && (wrong.empty() || wrong.back().field != "note"))
    wrong.push_back({"note", tr("Shorten this to 4,000 characters.")});
  return refused(std::move(wrong));
}

Status check(std::string_view move, const MoveRequest& request, const DecisionFacts& now) {
  const auto checked = kDecisionPath.check(code_of(now.decision.state), now, {std::string(move), {}});
  return checked ? check_form(move, request, now) : Status(pass_on(checked));
}

std::string sentence_of(const path::Step& step, const Decision& decision, const MoveRequest& request) {
  std::string out = path::sentence_of(step, decision.named(), request.note);
  const auto on = [&](const std::string& more) { out.replace(out.size() - 1, 1, more + "."); };
  if (step.code == moves::consult) on(", from " + request.from->text() + " to " + request.to->text());
  if (step.code == moves::agree)
    on(" on " + request.on->text() + ". Authority: " + std::string(trimmed(request.authority)));
  if (step.code == moves::supersede) on(" by " + reference_of(*request.successor));
  return out;
}

void apply(Decision& decision, const path::Step& step, const MoveRequest& request, const DecisionFacts& now,
           const std::string& by_name) {
  if (step.code == moves::consult) {
    decision.consult_from = request.from;
    decision.consult_to = request.to;
    decision.asked = Decision::Asked{decision.title, decision.area, decision.scheme, decision.scheme_version};
  } else if (step.code == moves::agree) {
    decision.agreement = Agreement{*request.on,
                                   now.actor,
                                   by_name,
                                   std::string(trimmed(request.authority)),
                                   std::string(trimmed(request.interests)),
                                   now.amounts};
  } else if (step.code == moves::publish) {
    decision.published_on = now.today;
  } else if (step.code == moves::supersede) {
    decision.superseded_by = request.successor;
    decision.superseded_why = std::string(trimmed(request.note));
  }
  decision.state = *decision_state_from(step.to);
  if (decision.state == DecisionState::draft) decision.agreement.reset();  // a draft is agreed by nobody
  ++decision.version;
}

}  // namespace tithing::decisions
