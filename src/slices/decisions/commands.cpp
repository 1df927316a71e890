#include "slices/decisions/commands.h"

#include <algorithm>

#include "allocation/findings.h"
#include "allocation/known_funds.h"
#include "base/given_text.h"
#include "base/hash.h"
#include "base/json_object.h"
#include "base/organisation.h"
#include "base/text.h"
#include "base/translation.h"
#include "commands/move.h"
#include "slices/decisions/drawn_pot.h"
#include "slices/decisions/store.h"
#include "slices/pots/grounds.h"
#include "slices/pots/money_areas.h"
#include "slices/pots/pots.h"

namespace tithing::decisions {
namespace {

using commands::Note;
using commands::overtaken;
using db::Transaction;
using records::Standing;

constexpr std::size_t kTitleBytes = 200;
constexpr std::size_t kTextBytes = 20'000;

// As it is called now: what is written under a name keeps it.
std::string organisation_of(const Doing& doing) {
  for (const Grant& grant : doing.actor().grants()) {
    const std::string body = body_of_organisation(grant.organisation);
    if (!body.empty()) return doing.reach.ground().name_of_body(body, doing.today());
    if (!grant.organisation.empty()) return grant.organisation;
  }
  return doing.actor().trusted() ? "Whoever runs this installation" : "";
}

// What the audit row holds beside its sentence.
std::string detail_of(const Decision& decision, const std::string& note) {
  return json_object({{"version", decision.version}, {"state", code_of(decision.state)}, {"note", note}});
}

// What was done to a decision stands on its path, also where it was no move of its own.
void say(Transaction& transaction, const Doing& doing, Note& note, const Decision& decision, DecisionState from,
         std::string_view what, const std::string& sentence, const std::string& reason = {}) {
  note.says("funding.decision." + std::string(what), sentence, detail_of(decision, reason));
  path::append_event(transaction, {.record = record_of(decision.id),
                                   .version = decision.version,
                                   .move = std::string(what),
                                   .from = std::string(code_of(from)),
                                   .to = std::string(code_of(decision.state)),
                                   .at = doing.now,
                                   .by = doing.actor().audit_name(),
                                   .by_name = doing.actor().name(),
                                   .sentence = sentence,
                                   .reason = reason});
}

DecisionTable written_of(db::Connection& connection, const Decision& decision) {
  return written_table(connection, decision.scheme, decision.scheme_version, decision.pot_version);
}

Status check_draft(const DecisionDraft& draft) {
  std::vector<FieldProblem> wrong;
  need_text(wrong, "title", draft.title, "Give it a title, by which others find it.", kTitleBytes);
  need_text(wrong, "summary", draft.summary, "Say in a few sentences what is proposed and why.", kTextBytes);
  return refused(std::move(wrong));
}

// Of a decision or a pot.
OfMoney money_of(const Doing& doing, PotId pot, const auto& whose) {
  return {pot, whose.financial_year, whose.area, areas_in_words(whose.area, doing.reach.ground(), doing.today())};
}

// The decision whose place the draft is to take.
Status check_replaced(const Doing& doing, db::Connection& connection, const DecisionDraft& draft, const PotRecord& pot,
                      DecisionId self) {
  if (!draft.replaces) return {};
  const auto wrong = [](const std::string& what) { return invalid(what, {{"replaces", what}}); };
  const auto other = store::decision(connection, *draft.replaces);
  if (!other || !may_read(doing.actor(), other->state)) return wrong("There is no decision of this reference.");
  if (other->id == self) return wrong("A decision cannot take its own place. Give another one, or leave this empty.");
  if (other->state != DecisionState::frozen && other->state != DecisionState::published)
    return wrong(other->reference() + " is " + lowered(name_of(other->state)) +
                 ": only the place of a frozen or published decision is taken. Change a draft, take a proposal back, "
                 "or withdraw an agreement instead.");
  const auto why = other_money(money_of(doing, other->pot, *other), money_of(doing, pot.id, pot));
  return why ? Status(wrong(*why)) : Status();
}

// Puts the draft's words and the newest versions of its scheme and pot into the decision.
Status take(const Doing& doing, db::Connection& connection, const DecisionDraft& draft, Decision& decision) {
  const auto scheme = pots::store::scheme(connection, draft.scheme);
  const auto pot = scheme ? pots::store::pot(connection, scheme->pot) : std::nullopt;
  if (!scheme || !pot || scheme->withdrawn || pot->withdrawn) {
    const std::string what = "There is no such scheme any more. Choose another one.";
    return invalid(what, {{"scheme", what}});
  }
  if (const Status allowed = doing.reach.require(kPrepareDecision, whose_of(pot->area)); !allowed) return allowed;
  if (const Status fine = check_replaced(doing, connection, draft, *pot, decision.id); !fine) return fine;
  decision.replaces = draft.replaces;
  decision.title = std::string(trimmed(draft.title));
  decision.summary = std::string(trimmed(draft.summary));
  decision.financial_year = pot->financial_year;
  decision.area = pot->area;
  decision.pot = pot->id;
  decision.pot_version = pot->version;
  decision.scheme = scheme->id;
  decision.scheme_version = scheme->version;
  return {};
}

// Everybody whose work the decision rests on: who drafted and moved it, and who saved the scheme and the pot.
std::vector<std::string> preparers_of(db::Connection& connection, const Decision& decision,
                                      const std::vector<path::Event>& events) {
  std::vector<std::string> out = {decision.prepared_by};
  for (const path::Event& event : events) {
    const auto* move = kDecisionPath.find(event.from, event.move);
    if (move == nullptr || move->who->name == kPrepareDecision.name) out.push_back(event.by);
  }
  const DecisionTable written = written_of(connection, decision);
  if (written.scheme_record) out.push_back(written.scheme_record->saved.by);
  if (written.pot_record) out.push_back(written.pot_record->saved.by);
  return out;
}

Status check_text(const std::string& text, const std::string& missing) {
  std::vector<FieldProblem> wrong;
  need_text(wrong, "text", text, missing, kTextBytes);
  return refused(std::move(wrong));
}

// Whoever writes now, on what stands there now.
Comment begun_comment(const Doing& doing, const Decision& decision, const std::string& text) {
  return {.decision = decision.id,
          .at = doing.now,
          .by = doing.actor().audit_name(),
          .by_name = shown_name(doing.actor()),
          .organisation = organisation_of(doing),
          .text = std::string(trimmed(text)),
          .proposal = proposal_of(decision)};
}

// Makes the move: the decision as it stands afterwards, and what the audit says of it.
Status make(const Doing& doing, Transaction& transaction, const commands::Moving<DecisionFacts>& moving,
            const MoveRequest& request, Decision& decision, Note& note, const std::string& more = {}) {
  const std::string sentence = sentence_of(moving.step, decision, request);
  apply(decision, moving.step, request, moving.facts, shown_name(doing.actor()));
  if (!store::update_decision(transaction, decision)) return overtaken(moving.record.name);
  note.says("funding.decision." + std::string(moving.step.code), sentence + more, detail_of(decision, moving.reason));
  return {};
}

// The decision whose place the published one takes is superseded with it, so that both never count. One that nothing
// supersedes any more stays as it is.
Status take_place(const Doing& doing, Transaction& transaction, const DecisionFacts& facts, const Decision& published) {
  auto other = published.replaces ? store::decision(transaction, *published.replaces) : std::nullopt;
  if (!other || !after(other->state, moves::supersede)) return {};
  const MoveRequest request{.note = published.named() + ", was published in its place.", .successor = published.id};
  return commands::move_with(transaction, doing, kDecisionPath, record_of(other->id),
                             {std::string(moves::supersede), request.note}, facts,
                             [&](const commands::Moving<DecisionFacts>& moving, Note& note) {
                               return make(doing, transaction, moving, request, *other, note);
                             });
}

// What is about to be frozen, or was frozen and is about to be published: unchanged, and it comes to what there was. A
// table that an older version of the program froze wrongly goes no further.
Status still_right(const Doing& doing, DecisionId id, const std::optional<Frozen>& making) {
  const auto kept =
      making ? making : doing.database.read([&](db::Connection& connection) { return store::frozen(connection, id); });
  if (!kept)
    return unavailable(
        tr("There is no frozen table to publish. Look in the audit, and tell whoever looks after the program."));
  if (const Status same = verify(*kept); !same) return same;
  const auto again = recomputed(*kept);
  if (!again) return pass_on(again);
  if (again->empty()) return {};
  if (making)
    return unavailable(
        tr("What would be frozen does not work out to itself again: {0} Nothing was frozen. Tell whoever "
           "looks after the program.",
           {again->front()}));
  return unavailable(
      tr("The frozen numbers do not work out to the frozen table again: {0} Nothing was published. "
         "Supersede it by a decision that is frozen anew, and tell whoever looks after the program.",
         {again->front()}));
}

// The table that is about to be frozen, with the words on its findings.
Frozen frozen_now(const Doing& doing, const Decision& decision, const DecisionTable& table, const DecisionFacts& facts,
                  const MoveRequest& request) {
  Frozen out = frozen_of(
      *table.scheme, *table.allocation,
      table.scheme_record && table.pot_record ? grounds_of(*table.scheme_record, *table.pot_record) : Grounds{});
  out.decision = decision.id;
  out.at = doing.now;
  out.by = doing.actor().audit_name();
  out.by_name = shown_name(doing.actor());
  for (const std::string& finding : facts.findings)
    out.acknowledged.push_back({finding, std::string(trimmed(words_on(request, finding)))});
  out.sha256 = sha256(document_of(out));
  return out;
}

}  // namespace

Status may_comment(const Reach& reach, const Decision& decision, const std::vector<Area>& of_scheme) {
  if (const Status anywhere = reach.actor().require(kComment); !anywhere) return anywhere;
  if (takes_part(reach, kComment, decision.area, of_scheme)) return {};
  return forbidden(
      tr("Comments are for the partnerships that this money is for ({0}) and for those whose role "
         "reaches to its area, and yours is another. If you should be asked, write to whoever prepares "
         "the decision.",
         {areas_in_words(decision.area, reach.ground(), reach.today())}));
}

DecisionTable table_of(db::Database& database, const figures::Registry& registry, const Decision& decision, Date today,
                       figures::Detail detail) {
  DecisionTable out = database.read([&](db::Connection& connection) { return written_of(connection, decision); });
  const auto without = [&](std::string problem) {
    out.problem = std::move(problem);
    return out;
  };
  if (!out.scheme_record || !out.pot_record) return without("The scheme or the pot is not there any more.");
  auto made = ready(*out.scheme_record, *out.pot_record, registry, {today, true}, detail);
  if (!made) return without(made.error().message);
  if (nothing_known(made->pot)) return without(kNothingKnown);
  auto allocation = allocate(*made);
  if (!allocation) return without(allocation.error().message);
  out.scheme = std::move(*made);
  out.allocation = std::move(*allocation);
  return out;
}

DecisionFacts facts_of(const Doing& doing, const Decision& decision, const DecisionTable& table,
                       const MoveRequest& request) {
  DecisionFacts now{.decision = decision, .today = doing.today(), .actor = doing.actor().audit_name()};
  std::optional<Taken> mine;
  if (table.allocation) mine = taken_by(*table.allocation);
  doing.database.read([&](db::Connection& connection) {
    const auto events = path::events_of(connection, record_of(decision.id));
    now.comments = store::comments(connection, decision.id);
    now.preparers = preparers_of(connection, decision, events);
    now.taken_back = taken_back_on(events);
    now.newer = newer_versions(connection, decision);
    if (const auto frozen = store::frozen(connection, decision.id))
      if (const auto taken = taken_by(*frozen)) mine = *taken;
    if (!request.successor) return;
    if (const auto other = store::decision(connection, *request.successor)) {
      now.successor_state = other->state;
      now.successor_of_other_money =
          other_money(money_of(doing, decision.pot, decision), money_of(doing, other->pot, *other));
    }
  });
  if (mine)
    now.beyond_pot = beyond_the_pot(drawn_pot(doing.database, doing.figures, decision.pot, now.today), decision, *mine);
  if (!table.allocation) {
    now.not_worked_out = table.problem;
    return now;
  }
  now.findings = findings_of(*table.allocation);
  now.amounts = digest_of(*table.allocation);
  return now;
}

DecisionFacts outlook(const Doing& doing, const Decision& decision) {
  const bool open = decision.state < DecisionState::frozen;
  return facts_of(doing, decision,
                  open ? table_of(doing.database, doing.figures, decision, doing.today(), figures::Detail::value)
                       : DecisionTable());
}

Result<Decision> prepare_decision(const Doing& doing, const DecisionDraft& draft) {
  if (const Status allowed = doing.actor().require(kPrepareDecision); !allowed) return pass_on(allowed);
  if (const Status fine = check_draft(draft); !fine) return pass_on(fine);
  Decision decision{.version = 1,
                    .prepared_by = doing.actor().audit_name(),
                    .prepared_by_name = shown_name(doing.actor()),
                    .created_at = doing.now,
                    .delivered = draft.delivered};
  // Whose it is, the scheme says; within the transaction it is taken again.
  const Status taken =
      doing.database.read([&](db::Connection& connection) { return take(doing, connection, draft, decision); });
  if (!taken) return pass_on(taken);
  const Whose whose = whose_of(decision.area);
  const auto begun = commands::begin(doing, kPrepareDecision, whose,
                                     [&](Transaction& transaction, Note& note) -> Result<records::Record> {
                                       if (const Status fine = take(doing, transaction, draft, decision); !fine)
                                         return pass_on(fine);
                                       if (whose_of(decision.area) != whose) return overtaken(decision.title);
                                       decision.id = store::insert_decision(transaction, decision);
                                       say(transaction, doing, note, decision, decision.state, kPrepared,
                                           "Prepared the decision " + decision.named() + ".");
                                       return record_of(decision.id);
                                     });
  if (!begun) return pass_on(begun);
  return decision;
}

Result<Decision> revise_decision(const Doing& doing, DecisionId id, std::int64_t seen, const DecisionDraft& draft) {
  return commands::change(doing, kPrepareDecision, record_of(id), seen,
                          [&](Transaction& transaction, const Standing& standing, Note& note) -> Result<Decision> {
                            Decision decision = *store::decision(transaction, id);
                            if (decision.state != DecisionState::draft)
                              return conflict(tr("Only a draft can be changed. Take it back to a draft first."));
                            if (const Status fine = check_draft(draft); !fine) return pass_on(fine);
                            if (const Status fine = take(doing, transaction, draft, decision); !fine)
                              return pass_on(fine);
                            ++decision.version;
                            if (!store::update_decision(transaction, decision)) return overtaken(standing.name);
                            say(transaction, doing, note, decision, decision.state, kRevised,
                                "Changed the draft " + decision.named() + ": scheme " +
                                    std::to_string(decision.scheme.value) + ", version " +
                                    std::to_string(decision.scheme_version) + ".");
                            return decision;
                          });
}

Result<Decision> move_decision(const Doing& doing, DecisionId id, std::int64_t seen, std::string_view move,
                               const MoveRequest& request) {
  // What the move needs is worked out before the transaction: the evidence is asked for through the same store. Whoever
  // may not make it costs nothing, and hears why below.
  PotMoment before;
  const auto found = doing.database.read([&](db::Connection& connection) {
    auto decision = store::decision(connection, id);
    if (decision) before = moment_of(connection, *decision);
    return decision;
  });
  const auto* row = found ? kDecisionPath.find(code_of(found->state), move) : nullptr;
  const bool may = row != nullptr && doing.reach.may(*row->who, whose_of(found->area));
  const bool freezes = may && found->version == seen && move == moves::freeze;
  DecisionFacts facts;
  std::optional<Frozen> frozen;
  if (may) {
    DecisionTable table;
    if (row->needs != nullptr && found->state != DecisionState::frozen)
      table = table_of(doing.database, doing.figures, *found, doing.today(),
                       freezes ? figures::Detail::working : figures::Detail::value);
    facts = facts_of(doing, *found, table, request);
    if (found->version == seen && check(move, request, facts)) {
      if (freezes) frozen = frozen_now(doing, *found, table, facts, request);
      if (freezes || move == moves::publish)
        if (const Status kept = still_right(doing, id, frozen); !kept) return pass_on(kept);
    }
  }
  Decision decision;
  const Status moved = commands::move(
      doing, kDecisionPath, record_of(id), seen, {std::string(move), request.note},
      [&](Transaction&, const Standing&) { return facts; },
      [&](Transaction& transaction, const commands::Moving<DecisionFacts>& moving, Note& note) -> Status {
        if (const Status fine = check_form(move, request, facts); !fine) return fine;
        decision = facts.decision;
        // What was checked above holds no more when somebody decided on the same pot, or changed it or the scheme,
        // meanwhile; and a comment or an answer that came in may stand in the way.
        if (moving.step.conditional) {
          store::hold_pot(transaction, decision.pot);
          if (moment_of(transaction, decision) != before) return overtaken(moving.record.name);
        }
        if (store::comments(transaction, id).size() != facts.comments.size()) return overtaken(moving.record.name);
        if (frozen) store::insert_frozen(transaction, *frozen);
        if (const Status made = make(doing, transaction, moving, request, decision, note,
                                     frozen ? " SHA-256 " + frozen->sha256 + "." : "");
            !made)
          return made;
        return move == moves::publish ? take_place(doing, transaction, facts, decision) : Status();
      });
  if (!moved) return pass_on(moved);
  return decision;
}

Result<Comment> comment_on(const Doing& doing, DecisionId id, const std::string& about, const std::string& text) {
  // Who comments is concerned by the decision, and it is not theirs to change: the work asks for their part in it.
  return commands::act(doing, kComment, Whose::shared(), [&](Transaction& transaction, Note& note) -> Result<Comment> {
    const auto standing = doing.kinds.standing_for(transaction, record_of(id), doing.reach);
    if (!standing) return pass_on(standing);
    const Decision decision = *store::decision(transaction, id);
    if (const auto why = no_comments(decision, doing.today()))
      return conflict(tr("{0} Nothing was saved. Write to whoever prepares the decision.", {*why}));
    if (const Status fine = check_text(text, "Write your comment."); !fine) return pass_on(fine);
    const DecisionTable written = written_of(transaction, decision);
    if (const Status part = may_comment(doing.reach, decision, written.areas()); !part) return pass_on(part);
    const auto parts = parts_of(written.scheme);
    const std::string what = "Choose what you speak of from the list.";
    if (!written.scheme ||
        std::none_of(parts.begin(), parts.end(), [&](const auto& part) { return part.first == about; }))
      return invalid(what, {{"about", what}});
    Comment comment = begun_comment(doing, decision, text);
    comment.about = about;
    if (!about.empty()) comment.about_name = about_text(about, written.scheme);
    comment.id = store::insert_comment(transaction, comment);
    note.says("funding.decision.comment", "Commented on " + standing->name + ".",
              json_object({{"comment", comment.id}, {"about", about}}));
    note.is_about(record_of(id));
    return comment;
  });
}

Result<Comment> answer_comment(const Doing& doing, std::int64_t id, const std::string& text) {
  const auto comment = doing.database.read([&](db::Connection& connection) { return store::comment(connection, id); });
  if (!comment || comment->answers != 0) return not_found(tr("There is no such comment."));
  return commands::change(
      doing, kPrepareDecision, record_of(comment->decision), commands::kAnyVersion,
      [&](Transaction& transaction, const Standing& standing, Note& note) -> Result<Comment> {
        const Decision decision = *store::decision(transaction, comment->decision);
        if (decision.state != DecisionState::draft && decision.state != DecisionState::consultation)
          return conflict(tr("The decision has been agreed: what was answered stands as it is."));
        const auto all = store::comments(transaction, decision.id);
        if (std::any_of(all.begin(), all.end(), [&](const Comment& one) { return one.answers == id; }))
          return conflict(tr("This comment has an answer already."));
        if (const Status fine = check_text(text, "Write the answer."); !fine) return pass_on(fine);
        Comment answer = begun_comment(doing, decision, text);
        answer.about = comment->about;
        answer.answers = id;
        answer.about_name = comment->about_name;
        answer.proposal = comment->proposal;
        answer.id = store::insert_comment(transaction, answer);
        note.says("funding.decision.answer", "Answered a comment on " + standing.name + ".",
                  json_object({{"comment", id}, {"answer", answer.id}}));
        return answer;
      });
}

}  // namespace tithing::decisions
