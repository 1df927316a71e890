#include "slices/decisions/commands.h"
#include "allocation/findings.h"

#include <algorithm>

#include "allocation/known_funds.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/organisation.h"
#include "base/text.h"
#include "db/audit.h"
#include "slices/decisions/drawn_pot.h"
#include "slices/decisions/store.h"
#include "slices/pots/grounds.h"
#include "slices/pots/pots.h"
#include "slices/pots/reach.h"

namespace tithing::decisions {
namespace {

using db::Transaction;

constexpr std::size_t kTitleBytes = 200;
constexpr std::size_t kTextBytes = 20'000;

tl::unexpected<Problem> stale() {
  return conflict(
      "Somebody else has changed this decision meanwhile. Nothing of yours was saved. Look at what is there now, and "
      "begin again from it.");
}
tl::unexpected<Problem> no_decision() {
  return not_found(
      "There is no such decision, or it is not published yet: if you take part in it, sign in first. The list is under "
      "Funding, Decisions.");
}

// The permission, and that the role reaches to the areas of the money.
Status may(const Doing& doing, const Permission& permission, const std::string& area) {
  if (const Status anywhere = doing.actor.require(permission); !anywhere) return anywhere;
  return within_reach(doing.actor, permission, area, doing.areas, doing.now.date());
}

// As it is called now: what is written under a name keeps it.
std::string organisation_of(const Doing& doing) {
  for (const Grant& grant : doing.actor.grants()) {
    const std::string body = body_of_organisation(grant.organisation);
    if (!body.empty()) return doing.organisation_name ? doing.organisation_name(body) : body;
    if (!grant.organisation.empty()) return grant.organisation;
  }
  return doing.actor.trusted() ? "Whoever runs this installation" : "";
}

void record(Transaction& transaction, const Doing& doing, const Decision& decision, const std::string& what,
            const std::string& sentence, const std::string& note) {
  store::insert_event(transaction, {0, decision.id, doing.now, doing.actor.audit_name(), shown_name(doing.actor), what,
                                    sentence, note});
  JsonWriter json;
  json.begin_object()
      .member("version", decision.version)
      .member("state", code_of(decision.state))
      .member("note", note)
      .end_object();
  db::append_audit(transaction, doing.now,
                   {doing.actor.audit_name(), "funding.decision." + what,
                    "funding-decision:" + std::to_string(decision.id.value), sentence, json.take()});
}

std::optional<Decision> read_decision(db::Database& database, DecisionId id) {
  return database.read([&](db::Connection& connection) { return store::decision(connection, id); });
}

Status check_draft(const DecisionDraft& draft) {
  std::vector<FieldProblem> wrong;
  if (trimmed(draft.title).empty())
    wrong.push_back({"title", "Give it a title, by which others find it."});
  else if (draft.title.size() > kTitleBytes)
    wrong.push_back({"title", "Shorten the title to 200 characters."});
  if (trimmed(draft.summary).empty())
    wrong.push_back({"summary", "Say in a few sentences what is proposed and why."});
  else if (draft.summary.size() > kTextBytes)
    wrong.push_back({"summary", "Shorten the summary to 20,000 characters."});
  if (wrong.empty()) return {};
  const std::string first = wrong.front().message;
  return invalid(first, std::move(wrong));
}

OfMoney money_of(const Doing& doing, const Decision& decision) {
  return {decision.pot, decision.financial_year, decision.area, areas_in_words(decision.area, doing.areas)};
}

// The decision whose place the draft is to take.
Status check_replaced(const Doing& doing, db::Connection& connection, const DecisionDraft& draft, const PotRecord& pot,
                      DecisionId self) {
  if (!draft.replaces) return {};
  const auto wrong = [](const std::string& what) { return invalid(what, {{"replaces", what}}); };
  const auto other = store::decision(connection, *draft.replaces);
  if (!other || !may_read(doing.actor, other->state)) return wrong("There is no decision of this reference.");
  if (other->id == self) return wrong("A decision cannot take its own place. Give another one, or leave this empty.");
  if (other->state != DecisionState::frozen && other->state != DecisionState::published)
    return wrong(other->reference() + " is " + lowered(name_of(other->state)) +
                 ": only the place of a frozen or published decision is taken. Change a draft, take a proposal back, "
                 "or withdraw an agreement instead.");
  if (const auto why = other_money(money_of(doing, *other),
                                   {pot.id, pot.financial_year, pot.area, areas_in_words(pot.area, doing.areas)}))
    return wrong(*why);
  return {};
}

// Puts the draft's words and the newest versions of its scheme and pot into the decision.
Status take(const Doing& doing, db::Connection& connection, const DecisionDraft& draft, Decision& decision) {
  const auto scheme = pots::store::scheme(connection, draft.scheme);
  const auto pot = scheme ? pots::store::pot(connection, scheme->pot) : std::nullopt;
  if (!scheme || !pot || scheme->withdrawn || pot->withdrawn) {
    const std::string what = "There is no such scheme any more. Choose another one.";
    return invalid(what, {{"scheme", what}});
  }
  if (const Status allowed = may(doing, kPrepareDecision, pot->area); !allowed) return allowed;
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

std::string names(const Decision& decision) { return decision.reference() + ", \"" + decision.title + "\""; }

// Everybody whose work the decision rests on: who drafted and moved it, and who saved the scheme and the pot.
std::vector<std::string> preparers_of(db::Connection& connection, const Decision& decision) {
  std::vector<std::string> out = {decision.prepared_by};
  for (const store::DecisionEvent& event : store::events(connection, decision.id)) {
    const auto move = move_from(event.what);
    if (!move || permission_of(*move).name == kPrepareDecision.name) out.push_back(event.by);
  }
  if (const auto scheme = pots::store::scheme(connection, decision.scheme, decision.scheme_version))
    out.push_back(scheme->saved.by);
  if (const auto pot = pots::store::pot(connection, decision.pot, decision.pot_version)) out.push_back(pot->saved.by);
  return out;
}

bool needs_pot(Move move) { return move == Move::agree || move == Move::freeze || move == Move::publish; }

bool needs_table(Move move) { return move == Move::consult || move == Move::agree || move == Move::freeze; }

Circumstances circumstances(const Doing& doing, const Decision& decision, Move move, const MoveRequest& request,
                            const DecisionTable& table) {
  Circumstances now = doing.database.read([&](db::Connection& connection) {
    Circumstances found;
    found.comments = store::comments(connection, decision.id);
    found.preparers = preparers_of(connection, decision);
    found.taken_back = taken_back_on(store::events(connection, decision.id));
    if (request.successor)
      if (const auto other = store::decision(connection, *request.successor)) {
        found.successor_state = other->state;
        found.successor_of_other_money = other_money(money_of(doing, decision), money_of(doing, *other));
      }
    if (needs_table(move) || needs_pot(move)) found.newer = newer_versions(connection, decision);
    return found;
  });
  now.today = doing.now.date();
  now.actor = doing.actor.audit_name();
  if (needs_pot(move)) {
    std::optional<Taken> mine;
    if (table.allocation) mine = taken_by(*table.allocation);
    if (move == Move::publish) {
      const std::optional<Frozen> frozen =
          doing.database.read([&](db::Connection& connection) { return store::frozen(connection, decision.id); });
      if (frozen)
        if (const auto taken = taken_by(*frozen)) mine = *taken;
    }
    if (mine)
      now.beyond_pot =
          beyond_the_pot(drawn_pot(doing.database, doing.figures, decision.pot, now.today), decision, *mine);
  }
  if (!needs_table(move)) return now;
  if (!table.allocation) {
    now.not_worked_out = table.problem;
    return now;
  }
  now.findings = findings_of(*table.allocation);
  now.amounts = digest_of(*table.allocation);
  return now;
}

std::string sentence_of(const Decision& decision, Move move, const MoveRequest& request) {
  switch (move) {
    case Move::consult:
      return "Opened " + names(decision) + " to comments, from " + request.from->text() + " to " + request.to->text() +
             ".";
    case Move::take_back:
      return "Took " + names(decision) + " back to a draft.";
    case Move::agree:
      return "Agreed " + names(decision) + " on " + request.on->text() +
             ". Authority: " + std::string(trimmed(request.authority)) + ".";
    case Move::withdraw_agreement:
      return "Withdrew the agreement to " + names(decision) + ".";
    case Move::freeze:
      return "Froze " + names(decision) + " with every input and working.";
    case Move::publish:
      return "Published " + names(decision) + ".";
    case Move::supersede:
      return "Superseded " + names(decision) + " by " + reference_of(*request.successor) + ".";
  }
  return {};
}

void apply(Decision& decision, Move move, const MoveRequest& request, const Doing& doing, const std::string& amounts) {
  switch (move) {
    case Move::consult:
      decision.consult_from = request.from;
      decision.consult_to = request.to;
      decision.asked = Decision::Asked{decision.title, decision.area, decision.scheme, decision.scheme_version};
      break;
    case Move::agree:
      decision.agreement = Agreement{*request.on,
                                     doing.actor.audit_name(),
                                     shown_name(doing.actor),
                                     std::string(trimmed(request.authority)),
                                     std::string(trimmed(request.interests)),
                                     amounts};
      break;
    case Move::withdraw_agreement:
      decision.agreement.reset();
      break;
    case Move::publish:
      decision.published_on = doing.now.date();
      break;
    case Move::supersede:
      decision.superseded_by = request.successor;
      decision.superseded_why = std::string(trimmed(request.note));
      break;
    case Move::take_back:
    case Move::freeze:
      break;
  }
  decision.state = *after(decision.state, move);
  ++decision.version;
}

Status check_text(const std::string& text, const std::string& what) {
  if (trimmed(text).empty()) return invalid(what, {{"text", what}});
  const std::string longer = "Shorten this to 20,000 characters.";
  if (text.size() > kTextBytes) return invalid(longer, {{"text", longer}});
  return {};
}

bool is_there(const Scheme& scheme, const std::string& about) {
  if (about.empty()) return true;
  for (const Area& area : scheme.areas)
    if (about == "area:" + area.key) return true;
  for (std::size_t i = 1; i <= scheme.steps.size(); ++i)
    if (about == "step:" + std::to_string(i)) return true;
  return false;
}

// The decision whose place the published one takes is superseded with it, so that both never count.
Status take_place(const Doing& doing, Transaction& transaction, const Decision& published) {
  auto other = published.replaces ? store::decision(transaction, *published.replaces) : std::nullopt;
  if (!other || !after(other->state, Move::supersede)) return {};
  if (const Status allowed = may(doing, kAgree, other->area); !allowed) return allowed;
  MoveRequest request;
  request.successor = published.id;
  request.note = names(published) + ", was published in its place.";
  const std::string sentence = sentence_of(*other, Move::supersede, request);
  apply(*other, Move::supersede, request, doing, {});
  if (!store::update_decision(transaction, *other)) return stale();
  record(transaction, doing, *other, std::string(code_of(Move::supersede)), sentence, request.note);
  return {};
}

// What is about to be frozen, or was frozen and is about to be published: unchanged, and it comes to what there was. A
// table that an older version of the program froze wrongly goes no further.
Status still_right(const Doing& doing, DecisionId id, const std::optional<Frozen>& making) {
  std::optional<Frozen> kept = making;
  if (!kept) kept = doing.database.read([&](db::Connection& connection) { return store::frozen(connection, id); });
  if (!kept)
    return unavailable(
        "There is no frozen table to publish. Look in the audit, and tell whoever looks after the program.");
  if (const Status same = verify(*kept); !same) return same;
  if (making) return {};
  const auto again = recomputed(*kept);
  if (!again) return pass_on(again);
  if (again->empty()) return {};
  return unavailable("The frozen numbers do not work out to the frozen table again: " + again->front() +
                     " Nothing was published. Supersede it by a decision that is frozen anew, and tell whoever looks "
                     "after the program.");
}

}  // namespace

Status may_prepare(const Doing& doing, const std::string& area) { return may(doing, kPrepareDecision, area); }

std::vector<Return> returns_of(const std::vector<store::DecisionEvent>& events) {
  std::vector<Return> out;
  std::optional<Date> opened;
  std::string days;
  for (const store::DecisionEvent& event : events) {
    if (event.what == code_of(Move::consult)) {
      opened = event.at.date();
      constexpr std::string_view kWords = "\" to comments, ";  // sentence_of
      const std::size_t at = event.sentence.rfind(kWords);
      days = at == std::string::npos
                 ? std::string()
                 : event.sentence.substr(at + kWords.size(), event.sentence.size() - at - kWords.size() - 1);
      for (Return& before : out) before.last = false;
    }
    const bool withdrawn = event.what == code_of(Move::withdraw_agreement);
    if (!opened || (!withdrawn && event.what != code_of(Move::take_back))) continue;
    out.push_back({*opened, event.at.date(), days, event.note, withdrawn, true});
    opened.reset();
  }
  return out;
}

Words in_words(const Return& back) {
  Words out = Words("It was opened to comments on ") + back.opened +
              (back.days.empty() ? Words() : Words(", ") + as_date(back.days)) +
              (back.agreement      ? ", then agreed, and the agreement was withdrawn on "
               : back.days.empty() ? " and taken back to a draft on "
                                   : ", and taken back to a draft on ") +
              back.on;
  if (back.why.empty()) return out + ".";
  out += Words(": ");
  out += Words(as_name(back.why));
  return back.why.ends_with('.') ? out : out + ".";
}

std::optional<Date> taken_back_on(const std::vector<store::DecisionEvent>& events) {
  std::optional<Date> out;
  for (const store::DecisionEvent& event : events) {
    if (event.what == code_of(Move::consult)) out.reset();
    if (event.what == code_of(Move::take_back)) out = event.at.date();
  }
  return out;
}

Status may_comment(const Doing& doing, const Decision& decision, const std::vector<Area>& of_scheme) {
  if (const Status anywhere = doing.actor.require(kComment); !anywhere) return anywhere;
  if (takes_part(doing.actor, kComment, decision.area, of_scheme, doing.areas, doing.now.date())) return {};
  return forbidden("Comments are for the partnerships that this money is for (" +
                   areas_in_words(decision.area, doing.areas) +
                   ") and for those whose role reaches to its area, and yours is another. If you should be asked, "
                   "write to whoever prepares the decision.");
}

DecisionTable table_of(db::Database& database, const figures::Registry& registry, const Decision& decision, Date today,
                       figures::Detail detail) {
  DecisionTable out = database.read([&](db::Connection& connection) {
    DecisionTable records;
    records.scheme_record = pots::store::scheme(connection, decision.scheme, decision.scheme_version);
    records.pot_record = pots::store::pot(connection, decision.pot, decision.pot_version);
    return records;
  });
  if (!out.scheme_record || !out.pot_record) {
    out.problem = "The scheme or the pot is not there any more.";
    return out;
  }
  if (auto written = scheme_of(*out.scheme_record, *out.pot_record)) out.scheme = std::move(*written);
  auto made = ready(*out.scheme_record, *out.pot_record, registry, {today, true}, detail);
  if (!made) {
    out.problem = made.error().message;
    return out;
  }
  if (nothing_known(made->pot)) {
    out.problem = kNothingKnown;
    return out;
  }
  auto allocation = allocate(*made);
  if (!allocation) {
    out.problem = allocation.error().message;
    return out;
  }
  out.scheme = std::move(*made);
  out.allocation = std::move(*allocation);
  return out;
}

Result<Decision> prepare_decision(const Doing& doing, const DecisionDraft& draft) {
  if (const Status allowed = doing.actor.require(kPrepareDecision); !allowed) return pass_on(allowed);
  if (const Status fine = check_draft(draft); !fine) return pass_on(fine);
  Decision decision;
  decision.version = 1;
  decision.prepared_by = doing.actor.audit_name();
  decision.prepared_by_name = shown_name(doing.actor);
  decision.created_at = doing.now;
  decision.delivered = draft.delivered;
  const Status written = doing.database.write([&](Transaction& transaction) -> Status {
    if (const Status fine = take(doing, transaction, draft, decision); !fine) return fine;
    decision.id = store::insert_decision(transaction, decision);
    record(transaction, doing, decision, "prepare", "Prepared the decision " + names(decision) + ".", "");
    return {};
  });
  if (!written) return pass_on(written);
  return decision;
}

Result<Decision> revise_decision(const Doing& doing, DecisionId id, std::int64_t seen, const DecisionDraft& draft) {
  if (const Status allowed = doing.actor.require(kPrepareDecision); !allowed) return pass_on(allowed);
  Decision decision;
  const Status written = doing.database.write([&](Transaction& transaction) -> Status {
    const auto found = store::decision(transaction, id);
    if (!found) return no_decision();
    decision = *found;
    if (const Status allowed = may(doing, kPrepareDecision, decision.area); !allowed) return allowed;
    if (decision.version != seen) return stale();
    if (decision.state != DecisionState::draft)
      return conflict("Only a draft can be changed. Take it back to a draft first.");
    if (const Status fine = check_draft(draft); !fine) return fine;
    if (const Status fine = take(doing, transaction, draft, decision); !fine) return fine;
    ++decision.version;
    if (!store::update_decision(transaction, decision)) return stale();
    record(transaction, doing, decision, "revise",
           "Changed the draft " + names(decision) + ": scheme " + std::to_string(decision.scheme.value) + ", version " +
               std::to_string(decision.scheme_version) + ".",
           "");
    return {};
  });
  if (!written) return pass_on(written);
  return decision;
}

MoveOutlook outlook(const Doing& doing, const Decision& decision, Move move) {
  const DecisionTable table =
      needs_table(move) ? table_of(doing.database, doing.figures, decision, doing.now.date(), figures::Detail::value)
                        : DecisionTable();
  const Circumstances now = circumstances(doing, decision, move, {}, table);
  return {obstacles(decision, move, now), now.findings, consulted(decision, now.taken_back), !now.comments.empty(),
          now.newer};
}

Result<Decision> move_decision(const Doing& doing, DecisionId id, std::int64_t seen, Move move,
                               const MoveRequest& request) {
  if (const Status allowed = doing.actor.require(permission_of(move)); !allowed) return pass_on(allowed);
  const auto found = read_decision(doing.database, id);
  if (!found || !may_read(doing.actor, found->state)) return no_decision();
  Decision decision = *found;
  if (const Status allowed = may(doing, permission_of(move), decision.area); !allowed) return pass_on(allowed);
  if (decision.version != seen) return stale();
  // Worked out before the transaction: the evidence is asked for through the same store.
  const PotMoment before =
      doing.database.read([&](db::Connection& connection) { return moment_of(connection, decision); });
  DecisionTable table;
  if (needs_table(move))
    table = table_of(doing.database, doing.figures, decision, doing.now.date(),
                     move == Move::freeze ? figures::Detail::working : figures::Detail::value);
  const Circumstances now = circumstances(doing, decision, move, request, table);
  if (const Status fine = check(decision, move, request, now); !fine) return pass_on(fine);
  std::optional<Frozen> frozen;
  if (move == Move::freeze) {
    const bool of_records = table.scheme_record && table.pot_record;
    frozen = frozen_of(*table.scheme, *table.allocation,
                       of_records ? grounds_of(*table.scheme_record, *table.pot_record) : Grounds{});
    frozen->decision = id;
    frozen->at = doing.now;
    frozen->by = doing.actor.audit_name();
    frozen->by_name = shown_name(doing.actor);
    for (const std::string& finding : now.findings)
      for (const Acknowledgement& one : request.acknowledged)
        if (one.finding == finding) {
          frozen->acknowledged.push_back({finding, std::string(trimmed(one.words))});
          break;
        }
    frozen->sha256 = sha256(document_of(*frozen));
    const auto again = recomputed(*frozen);
    if (!again) return pass_on(again);
    if (!again->empty())
      return unavailable("What would be frozen does not work out to itself again: " + again->front() +
                         " Nothing was frozen. Tell whoever looks after the program.");
  }
  if (move == Move::freeze || move == Move::publish)
    if (const Status kept = still_right(doing, id, frozen); !kept) return pass_on(kept);
  const std::string sentence = sentence_of(decision, move, request);
  apply(decision, move, request, doing, now.amounts);
  const Status written = doing.database.write([&](Transaction& transaction) -> Status {
    // What was checked above holds no more when somebody decided on the same pot, or changed it or the scheme,
    // meanwhile.
    if (needs_pot(move)) {
      store::hold_pot(transaction, decision.pot);
      if (moment_of(transaction, decision) != before) return stale();
    }
    // A comment or an answer that came in meanwhile may stand in the way.
    if (store::comments(transaction, id).size() != now.comments.size()) return stale();
    if (!store::update_decision(transaction, decision)) return stale();
    if (frozen) store::insert_frozen(transaction, *frozen);
    record(transaction, doing, decision, std::string(code_of(move)),
           sentence + (frozen ? " SHA-256 " + frozen->sha256 + "." : ""), std::string(trimmed(request.note)));
    return move == Move::publish ? take_place(doing, transaction, decision) : Status();
  });
  if (!written) return pass_on(written);
  return decision;
}

Result<Comment> comment_on(const Doing& doing, DecisionId id, const std::string& about, const std::string& text) {
  if (const Status allowed = doing.actor.require(kComment); !allowed) return pass_on(allowed);
  const std::string organisation = organisation_of(doing);  // asks the store: before the transaction, not within it
  Comment comment;
  const Status written = doing.database.write([&](Transaction& transaction) -> Status {
    const auto decision = store::decision(transaction, id);
    if (!decision || !may_read(doing.actor, decision->state)) return no_decision();
    const Date today = doing.now.date();
    if (!decision->open_to_comments(today)) {
      if (decision->state != DecisionState::consultation) return conflict("Comments are not taken on this decision.");
      if (today < *decision->consult_from)
        return conflict("Comments are taken from " + decision->consult_from->text() + ".");
      return conflict("Comments were taken until " + decision->consult_to->text() +
                      ". Nothing was saved. Write to whoever prepares the decision.");
    }
    if (const Status fine = check_text(text, "Write your comment."); !fine) return fine;
    const auto scheme = pots::store::scheme(transaction, decision->scheme, decision->scheme_version);
    const auto pot = pots::store::pot(transaction, decision->pot, decision->pot_version);
    const auto written_scheme =
        scheme && pot ? scheme_of(*scheme, *pot) : Result<Scheme>(not_found("There is no such scheme."));
    const std::string what = "Choose what you speak of from the list.";
    if (const Status part = may_comment(doing, *decision, written_scheme ? written_scheme->areas : std::vector<Area>());
        !part)
      return part;
    if (!written_scheme || !is_there(*written_scheme, about)) return invalid(what, {{"about", what}});
    comment = {0,
               id,
               doing.now,
               doing.actor.audit_name(),
               shown_name(doing.actor),
               organisation,
               about,
               std::string(trimmed(text)),
               0,
               about.empty() ? std::string() : about_text(about, *written_scheme),
               proposal_of(*decision)};
    comment.id = store::insert_comment(transaction, comment);
    JsonWriter json;
    json.begin_object().member("comment", comment.id).member("about", about).end_object();
    db::append_audit(
        transaction, doing.now,
        {doing.actor.audit_name(), "funding.decision.comment", "funding-decision:" + std::to_string(id.value),
         "Commented on " + names(*decision) + ".", json.take()});
    return {};
  });
  if (!written) return pass_on(written);
  return comment;
}

Result<Comment> answer_comment(const Doing& doing, std::int64_t id, const std::string& text) {
  if (const Status allowed = doing.actor.require(kPrepareDecision); !allowed) return pass_on(allowed);
  const std::string organisation = organisation_of(doing);  // asks the store: before the transaction, not within it
  Comment answer;
  const Status written = doing.database.write([&](Transaction& transaction) -> Status {
    const auto comment = store::comment(transaction, id);
    const auto decision = comment ? store::decision(transaction, comment->decision) : std::nullopt;
    if (!decision || comment->answers != 0) return not_found("There is no such comment.");
    if (const Status allowed = may(doing, kPrepareDecision, decision->area); !allowed) return allowed;
    if (decision->state != DecisionState::draft && decision->state != DecisionState::consultation)
      return conflict("The decision has been agreed: what was answered stands as it is.");
    const auto all = store::comments(transaction, decision->id);
    if (std::any_of(all.begin(), all.end(), [&](const Comment& one) { return one.answers == id; }))
      return conflict("This comment has an answer already.");
    if (const Status fine = check_text(text, "Write the answer."); !fine) return fine;
    answer = {0,
              decision->id,
              doing.now,
              doing.actor.audit_name(),
              shown_name(doing.actor),
              organisation,
              comment->about,
              std::string(trimmed(text)),
              id,
              comment->about_name,
              comment->proposal};
    answer.id = store::insert_comment(transaction, answer);
    JsonWriter json;
    json.begin_object().member("comment", id).member("answer", answer.id).end_object();
    db::append_audit(
        transaction, doing.now,
        {doing.actor.audit_name(), "funding.decision.answer", "funding-decision:" + std::to_string(decision->id.value),
         "Answered a comment on " + names(*decision) + ".", json.take()});
    return {};
  });
  if (!written) return pass_on(written);
  return answer;
}

}  // namespace tithing::decisions
