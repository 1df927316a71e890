// The demonstration's decisions: one in each state of the path, each a worked example on a published table. Sums, names
// and sources are those of the examples; that anybody decided them is not claimed.
#include "base/text.h"
#include "base/translation.h"
#include "slices/decisions/service.h"
#include "slices/decisions/store.h"
#include "slices/pots/examples.h"
#include "slices/wiring.h"

namespace tithing::decisions {
namespace {

struct Shown {
  const char* example;
  const char* title;
  const char* area;
  DecisionState state;
  const char* comment_about = "";
  const char* comment = "";
  const char* reply = "";
};
// The six districts: the county itself is no area of the register.
constexpr const char* kWorcestershire = "E07000234;E07000235;E07000236;E07000237;E07000238;E07000239";
constexpr Shown kShown[] = {
    {"worcestershire-2012-13", "Worked example: Worcestershire 2012/13, the stated fund by last year's split",
     kWorcestershire, DecisionState::published},
    {"worcestershire-2012-13-as-printed",
     "Worked example: Worcestershire 2012/13, a reproduction: a pot that gives the printed rows", kWorcestershire,
     DecisionState::consultation, "area:bromsgrove",
     "Worked example of a comment: the paper states a fund of 275,000. Why do the rows come to more than that?",
     "Worked example of an answer: the printed rows come to 275,383, and this is the pot that gives them. The other "
     "worked example shares out the stated 275,000."},
    {"worcestershire-merged",
     "Worked example: Worcestershire, the three northern partnerships as one, on the reproduced pot", kWorcestershire,
     DecisionState::draft},
    {"worcestershire-2010-11",
     "Worked example: Worcestershire 2010/11, a reproduction: a pot and shares that give the printed rows",
     kWorcestershire, DecisionState::agreed},
    {"warwickshire-2025-26", "Worked example: Warwickshire 2025/26, a flat amount", "E23000017", DecisionState::frozen},
};

// Two who are not the same: the program prepares, the operator of the machine agrees.
Status walk(const Doing& prepares, const Doing& agrees, Decision decision, const Shown& shown) {
  const auto go = [&](std::string_view move, const MoveRequest& request) -> Status {
    const auto* row = kDecisionPath.find(code_of(decision.state), move);
    auto made =
        move_decision(row->who->name == kAgree.name ? agrees : prepares, decision.id, decision.version, move, request);
    if (!made) return pass_on(made);
    decision = std::move(*made);
    return {};
  };
  const Date today = prepares.today();
  if (shown.state == DecisionState::draft) return {};
  if (shown.state == DecisionState::consultation) {
    if (const Status done = go(moves::consult, {.from = today, .to = today.plus_days(28)}); !done) return done;
    const auto comment = comment_on(agrees, decision.id, shown.comment_about, shown.comment);
    if (!comment) return pass_on(comment);
    const auto reply = answer_comment(prepares, comment->id, shown.reply);
    return reply ? Status() : pass_on(reply);
  }
  const MoveRequest agreement{.note = "It is a worked example, so there is nobody to ask.",
                              .on = today,
                              .authority = "None: a worked example, which nobody has decided",
                              .interests = "None: a worked example"};
  if (const Status done = go(moves::agree, agreement); !done) return done;
  if (shown.state == DecisionState::agreed) return {};
  MoveRequest freezing;
  for (const std::string& finding : outlook(prepares, decision).findings)
    freezing.acknowledged.push_back(
        {finding, "As the published paper has it: what is not known there is not known here."});
  if (const Status done = go(moves::freeze, freezing); !done) return done;
  if (shown.state == DecisionState::frozen) return {};
  return go(moves::publish, {.nothing_private = true});
}

}  // namespace

Status deliver_decisions(Wiring& wiring, pots::Service& pots) {
  const Actor program = Actor::system(wiring.permissions), person = Actor::command_line(wiring.permissions);
  const auto doing = [&](const Actor& actor) { return Doing{wiring.doing(actor), wiring.figures}; };
  const Doing prepares = doing(program), agrees = doing(person);
  for (const Shown& shown : kShown) {
    const std::optional<DecisionId> there = wiring.database->read(
        [&](db::Connection& connection) { return store::delivered_decision(connection, shown.example); });
    if (there) continue;
    const Example* example = find_example(shown.example);
    if (example == nullptr) return not_found(tr("There is no worked example {0}.", {std::string(shown.example)}));
    const auto scheme = pots.deliver_example(example->name, shown.area);
    if (!scheme) return pass_on(scheme);
    const std::string summary =
        "A worked example of the path of a decision. Nobody has made this decision: the sums are those of a published "
        "table.\n" +
        example->shows + "\nSource: " + example->source + ".";
    const auto decision = prepare_decision(prepares, {shown.title, summary, *scheme, shown.example});
    if (!decision) return pass_on(decision);
    if (const Status done = walk(prepares, agrees, *decision, shown); !done) return done;
  }
  return {};
}

}  // namespace tithing::decisions
