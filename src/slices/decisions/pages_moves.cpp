// The forms of the moves on the path of a decision (moves.h), one for each name of a move. What was typed comes back
// with what is wrong.
#include <algorithm>

#include "base/marked.h"
#include "slices/decisions/pages_parts.h"
#include "slices/pots/money_areas.h"

namespace tithing::decisions {
namespace {

// What a form shows is written from.
struct Shown {
  Writer& writer;
  forms::Form& form;
  const Decision& decision;
  const DecisionFacts& facts;

  void say(const Content& text) const { paragraph(writer, text); }
  void day(const char* name, Content label, Content hint = {}) const {
    form.put({.name = name, .label = std::move(label), .kind = forms::Kind::day, .hint = std::move(hint)});
  }
  void why(Content label) const {
    form.text("note", label, tr("It stands on the path of the decision for everyone who may read it."), 3);
  }
};

void consult_fields(const Shown& shown) {
  shown.day("from", tr("First day"));
  shown.day("to", tr("Last day"), tr("Comments are taken until the end of this day."));
}

void explain_agreement(const Shown& form) {
  form.say(
      tr("This is the decision itself. It is written down with your name, the day and the authority, and with the "
         "table as it is worked out now."));
  if (form.decision.state != DecisionState::draft) return;
  const auto asked = consulted(form.decision, form.facts.taken_back);
  form.say(asked ? tr("{0} It is not put to comments again before it is agreed.", {in_words(*asked)})
                 : tr("Nobody has been consulted on this decision."));
}

void agree_fields(const Shown& form) {
  form.day("on", tr("Day of the decision"));
  form.form.input("authority", tr("Authority"),
                  tr("The office and the power that is used, or the minute of the meeting."));
  form.form.text("interests", tr("Declaration of interests"), tr("Write \"None\" when there are none."), 2);
  if (form.decision.state == DecisionState::draft)
    form.why(draft_again(form.facts) ? tr("Why it is not put to comments again") : tr("Why nobody was consulted"));
}

void checked_before_freezing(const Shown& form) {
  form.say(
      tr("Scheme, pot, numbers, amounts and workings are kept as values, with a checksum. None of it can be "
         "changed afterwards."));
  if (!kDecisionPath.find(code_of(form.decision.state), moves::freeze)->needs(form.facts).empty()) return;
  heading(form.writer, tr("Checked"));
  std::vector<Content> checked = {
      tr("The table can be worked out, and every number that it needs is there."),
      tr("It is the table that was agreed on {0}, to the penny.", {form.decision.agreement->on}),
      tr("Pot and scheme have no newer version, and with what other decisions give out of the pot it is no more than "
         "the pot holds and is declared beyond it.")};
  if (form.facts.findings.empty())
    checked.emplace_back(tr("It comes to the pot, every fund is known, and no limit is broken."));
  bullets(form.writer, checked);
}

void freeze_fields(const Shown& form) {
  const std::vector<std::string>& findings = form.facts.findings;
  if (!findings.empty()) {
    heading(form.writer, tr("What the table does not keep"));
    form.say(
        tr("Say of each why it is as it should be. Your words are published with the table. What is not "
           "known stays not known."));
  }
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    form.form.hidden("finding-" + number, findings[i]);
    form.form.text("acknowledge-" + number, findings[i], {}, 2);
  }
}

void publish_fields(const Shown& form) {
  form.form.tick("nothing_private", tr("Before everybody reads it"),
                 {{"yes", tr("I have read the summary, the comments and the reasons: they name no private person")}});
  if (form.facts.newer.empty()) return;
  Writer newer(form.writer.language());
  for (const std::string& sentence : form.facts.newer) newer.put(dated(sentence)).text(" ");
  put_inset(form.writer, newer.take());
  form.why(tr("Why it is published as it was frozen"));
}

void supersede_fields(const Shown& form) {
  form.form.input("successor", tr("Reference of the decision that takes its place"),
                  tr("For example FD-0012. It has to be published."));
  form.why(tr("Why"));
}

void only_why(const Shown& form) { form.why(tr("Why")); }

// What a form says before its fields, and its fields; a move without a row asks for its reason alone.
struct MoveForm {
  std::string_view move;
  void (*explain)(const Shown& form);
  void (*fields)(const Shown& form);
};
constexpr MoveForm kMoveForms[] = {
    {moves::consult,
     [](const Shown& form) {
       form.say(
           tr("Everyone who takes part reads the proposal and its table; the partnerships that the money is for, and "
              "whoever's role reaches to its area, may comment between these days. What is written cannot be changed "
              "or taken away afterwards."));
     },
     consult_fields},
    {moves::take_back,
     [](const Shown& form) {
       form.say(tr("The draft can then be changed. Comments and answers stay where they are."));
     },
     only_why},
    {moves::agree, explain_agreement, agree_fields},
    {moves::withdraw_agreement,
     [](const Shown& form) {
       form.say(tr("The decision becomes a draft again. That it was agreed stays on its path."));
     },
     only_why},
    {moves::freeze, checked_before_freezing, freeze_fields},
    {moves::publish,
     [](const Shown& form) {
       form.say(
           tr("Everybody can then read the decision, its table with every working, the comments with the names of the "
              "organisations, and the path. It cannot be taken back, only superseded."));
     },
     publish_fields},
    {moves::supersede,
     [](const Shown& form) { form.say(tr("The decision stays readable and says which one took its place, and why.")); },
     supersede_fields}};

Answer move_form(DecisionService& service, Context& context, const Decision& decision, std::string_view move,
                 const Problem& problem) {
  const auto* row = kDecisionPath.find(code_of(decision.state), move);
  if (row == nullptr)
    return web::problem_page(context, path::no_such_move(kDecisionPath.outline(), code_of(decision.state)).value());
  if (const Status allowed = context.reach().require(*row->who, whose_of(decision.area)); !allowed)
    return web::problem_page(context, allowed.error());
  Writer writer(context.language);
  const web::PageOptions options = titled(context, &decision, std::string(row->name));
  const DecisionFacts facts = outlook(service.doing(context.actor), decision);
  Values values = forms::values_in(context);
  for (const char* day : {"from", "on"})
    if (at(values, day).empty()) values[day] = context.today.iso();
  forms::Form form(writer, context, values, problem);
  const Shown shown{writer, form, decision, facts};
  const auto own =
      std::find_if(std::begin(kMoveForms), std::end(kMoveForms), [&](const MoveForm& one) { return one.move == move; });
  if (own != std::end(kMoveForms)) own->explain(shown);
  if (const path::Obstacles obstacles = kDecisionPath.obstacles_of(*row, facts); !obstacles.empty()) {
    heading(writer, tr("It cannot be done yet"));
    bullets(writer, obstacles);
    link_line(writer, decision_url(decision.id), tr("Back to the decision"));
    return answer(context, options, form, problem, writer);
  }
  form.begin(move_url(decision.id, move));
  form.hidden("version", std::to_string(decision.version));
  (own == std::end(kMoveForms) ? only_why : own->fields)(shown);
  form.button(std::string(row->name), "", "", row->warning ? "govuk-button--warning" : "");
  form.end();
  return answer(context, options, form, problem, writer);
}

// "FD-0012" or "12".
std::optional<DecisionId> reference_in(const std::string& text) {
  const std::string typed = lowered(text);
  const auto number = forms::whole(typed.starts_with("fd-") ? typed.substr(3) : typed);
  return number ? std::optional(DecisionId{*number}) : std::nullopt;
}

MoveRequest request_from(const Values& values) {
  MoveRequest request{.note = at(values, "note"),
                      .from = forms::day_of(at(values, "from")),
                      .to = forms::day_of(at(values, "to")),
                      .on = forms::day_of(at(values, "on")),
                      .authority = at(values, "authority"),
                      .interests = at(values, "interests"),
                      .successor = reference_in(at(values, "successor")),
                      .nothing_private = at(values, "nothing_private") == "yes"};
  for (int i = 1; !at(values, "finding-" + std::to_string(i)).empty(); ++i)
    request.acknowledged.push_back(
        {at(values, "finding-" + std::to_string(i)), at(values, "acknowledge-" + std::to_string(i))});
  return request;
}

// Somebody else was faster: what was typed beside where the decision stands now.
Answer overtaken(const Context& context, const Decision& now, const path::Step& move) {
  web::Fields mine;
  for (const auto& [name, value] : context.form)
    if (name != "version" && name.find("csrf") == std::string::npos && !name.starts_with("finding-"))
      mine.emplace_back(name, value);
  mine.emplace_back("Step", std::string(move.name));
  return web::conflict_page(context, mine, {{"State", std::string(name_of(now.state))}, {"Title", now.title}},
                            decision_url(now.id));
}

Answer move_post(DecisionService& service, Context& context, const Decision& decision, const path::Step& move) {
  auto made = move_decision(service.doing(context.actor), decision.id, seen_of(context), move.code,
                            request_from(forms::values_in(context)));
  if (made) return web::redirect(decision_url(decision.id));
  Problem problem = made.error();
  for (FieldProblem& field : problem.fields)
    if (field.field == "reason") field.field = "note";
  if (problem.kind == ProblemKind::conflict)
    return with_decision(service, context, [&](const Decision& now) { return overtaken(context, now, move); });
  if (problem.kind == ProblemKind::forbidden || problem.kind == ProblemKind::not_found)
    return web::problem_page(context, problem);
  return move_form(service, context, decision, move.code, problem);
}

}  // namespace

void register_decision_moves(Wiring& wiring, DecisionService& service) {
  for (const path::Step& move : each_move()) {
    const std::string address = "/funding/decisions/:id/" + std::string(move.code);
    const auto who = web::Access::permission(*move.who);
    wiring.router.get(address, who, [&service, move](Context& context) {
      return with_decision(service, context,
                           [&](const Decision& one) { return move_form(service, context, one, move.code, {}); });
    });
    wiring.router.post(address, who, [&service, move](Context& context) {
      return with_decision(service, context,
                           [&](const Decision& one) { return move_post(service, context, one, move); });
    });
  }
}

}  // namespace tithing::decisions
