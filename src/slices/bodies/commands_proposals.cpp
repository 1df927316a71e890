#include "slices/bodies/commands_proposals.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "db/audit.h"
#include "slices/bodies/commands_shared.h"
#include "slices/bodies/store_proposals.h"

namespace tithing::bodies {
namespace {

using db::Transaction;

constexpr std::size_t kMostEdits = 500;

tl::unexpected<Problem> stale() {
  return conflict(
      "Somebody else has changed this proposal meanwhile. Nothing of yours was saved. Look at what is in it now, and "
      "go on from there.");
}

std::vector<Edit> edits_of(const Proposal& proposal) {
  std::vector<Edit> edits;
  for (const ProposedEdit& one : proposal.edits) edits.push_back(one.edit);
  return edits;
}

Status may_at_all(const Doing& doing) {
  if (Status allowed = doing.actor.require(kEditBodies); !allowed) return allowed;
  return changing::no_scope(doing);
}

Status check_words(const std::string& title, const std::string& reason) {
  std::vector<FieldProblem> fields;
  if (trimmed(title).empty())
    fields.push_back({"title", "Give the proposal a title, such as \"One partnership for the county\"."});
  if (title.size() > 200) fields.push_back({"title", "Shorten the title to 200 characters."});
  if (trimmed(reason).empty()) fields.push_back({"reason", "Say what it is for, or which paper proposes it."});
  if (reason.size() > 2000) fields.push_back({"reason", "Shorten the reason to 2,000 characters."});
  if (fields.empty()) return {};
  return invalid("The proposal is not complete.", std::move(fields));
}

// The open proposal as it is in the store.
Result<Proposal> open_one(db::Connection& connection, std::int64_t number) {
  auto found = store::proposal(connection, number);
  if (!found) return not_found("There is no proposal with this number.");
  if (found->state == Proposal::State::withdrawn)
    return conflict("This proposal has been withdrawn, so it cannot be changed. Make another one.");
  if (found->state == Proposal::State::enacted)
    return conflict(
        "This proposal has been enacted, so it cannot be changed. Change the register itself, or make another "
        "proposal.");
  return std::move(*found);
}

void audit(Transaction& transaction, const Doing& doing, std::int64_t number, const std::string& action,
           const std::string& sentence, std::int64_t edits) {
  JsonWriter json;
  json.begin_object().member("proposal", number).member("edits", edits).end_object();
  db::append_audit(transaction, doing.now,
                   {doing.actor.audit_name(), action, "proposal:" + std::to_string(number), sentence, json.take()});
}

// Opens the proposal, lets `change` work on it, and writes its new version with the audit row.
Status changed(
    const Doing& doing, std::int64_t number, std::int64_t seen_version, const std::string& action,
    const std::function<Status(Transaction&, Proposal&, std::string& sentence, std::int64_t& edits)>& change) {
  if (const Status allowed = may_at_all(doing); !allowed) return pass_on(allowed);
  return doing.database.write([&](Transaction& transaction) -> Status {
    auto one = open_one(transaction, number);
    if (!one) return pass_on(one);
    if (doing.scope)
      if (Status allowed = within_reach(changing::loaded(transaction, doing.known), edits_of(*one), *doing.scope);
          !allowed)
        return allowed;
    if (one->version != seen_version) return stale();
    std::string sentence;
    std::int64_t edits = 0;
    if (Status done = change(transaction, *one, sentence, edits); !done) return done;
    if (!store::update_proposal(transaction, *one, seen_version)) return stale();
    audit(transaction, doing, number, action, sentence, edits);
    return {};
  });
}

}  // namespace

Result<std::int64_t> make_proposal(const Doing& doing, const std::string& title, const std::string& reason) {
  if (const Status allowed = may_at_all(doing); !allowed) return pass_on(allowed);
  if (const Status fine = check_words(title, reason); !fine) return pass_on(fine);
  std::int64_t number = 0;
  const Status written = doing.database.write([&](Transaction& transaction) -> Status {
    Proposal fresh;
    fresh.title = trimmed(title);
    fresh.reason = trimmed(reason);
    fresh.author = doing.actor.audit_name();
    fresh.made_at = doing.now;
    number = store::insert_proposal(transaction, fresh);
    audit(transaction, doing, number, "bodies.proposal.make",
          "Made proposal " + std::to_string(number) + ": " + fresh.title, 0);
    return {};
  });
  if (!written) return pass_on(written);
  return number;
}

Status reword_proposal(const Doing& doing, std::int64_t number, std::int64_t seen_version, const std::string& title,
                       const std::string& reason) {
  if (const Status allowed = may_at_all(doing); !allowed) return pass_on(allowed);
  if (Status fine = check_words(title, reason); !fine) return fine;
  return changed(doing, number, seen_version, "bodies.proposal.reword",
                 [&](Transaction&, Proposal& one, std::string& sentence, std::int64_t&) -> Status {
                   sentence =
                       "Proposal " + std::to_string(number) + ", " + one.title + ": title or reason written anew";
                   one.title = trimmed(title);
                   one.reason = trimmed(reason);
                   return {};
                 });
}

Result<Effect> try_in_proposal(const Doing& doing, std::int64_t number, const std::vector<Edit>& edits) {
  if (const Status allowed = may_at_all(doing); !allowed) return pass_on(allowed);
  return doing.database.read([&](db::Connection& connection) -> Result<Effect> {
    const auto one = open_one(connection, number);
    if (!one) return pass_on(one);
    Applied applied = apply(changing::loaded(connection, doing.known), *one);
    return take_all(applied.draft, edits, doing.scope.get(), doing.now.date());
  });
}

Status add_to_proposal(const Doing& doing, std::int64_t number, std::int64_t seen_version,
                       const std::vector<Edit>& edits, const std::string& reason) {
  if (edits.empty()) return invalid("There is nothing to add.");
  if (const Status fine = changing::check_reason(reason); !fine) return pass_on(fine);
  return changed(doing, number, seen_version, "bodies.proposal.add",
                 [&](Transaction& transaction, Proposal& one, std::string& sentence, std::int64_t& count) -> Status {
                   if (one.edits.size() + edits.size() > kMostEdits)
                     return invalid("A proposal has at most " + std::to_string(kMostEdits) +
                                    " edits. Make another proposal for the rest.");
                   Applied applied = apply(changing::loaded(transaction, doing.known), one);
                   if (const auto effect = take_all(applied.draft, edits, doing.scope.get(), doing.now.date()); !effect)
                     return pass_on(effect);
                   std::int64_t step = 1;
                   for (const ProposedEdit& other : one.edits) step = std::max(step, other.step + 1);
                   for (const Edit& edit : edits)
                     store::insert_proposed_edit(
                         transaction, number,
                         {0, step, edit, std::string(trimmed(reason)), doing.actor.audit_name(), doing.now});
                   count = static_cast<std::int64_t>(edits.size());
                   sentence = "Proposal " + std::to_string(number) + ": " + words_of(applied.draft, edits.front());
                   return {};
                 });
}

Status take_out_of_proposal(const Doing& doing, std::int64_t number, std::int64_t seen_version, std::int64_t step) {
  return changed(doing, number, seen_version, "bodies.proposal.take-out",
                 [&](Transaction& transaction, Proposal& one, std::string& sentence, std::int64_t& count) -> Status {
                   count = store::take_out_step(transaction, number, step, doing.actor.audit_name(), doing.now);
                   if (count == 0) return not_found("There is no such edit in this proposal any more.");
                   sentence = "Proposal " + std::to_string(number) + ", " + one.title + ": took out " +
                              plural(count, "edit", "edits");
                   return {};
                 });
}

Status put_on_what_is_now(const Doing& doing, std::int64_t number, std::int64_t seen_version, std::int64_t edit) {
  return changed(doing, number, seen_version, "bodies.proposal.rebase",
                 [&](Transaction& transaction, Proposal& one, std::string& sentence, std::int64_t& count) -> Status {
                   const auto found = std::find_if(one.edits.begin(), one.edits.end(),
                                                   [&](const ProposedEdit& other) { return other.id == edit; });
                   if (found == one.edits.end()) return not_found("There is no such edit in this proposal any more.");
                   const Register known = changing::loaded(transaction, doing.known);
                   const FactPointer now = known.current(found->edit.record);
                   if (!now)
                     return conflict(
                         "The fact that it changes has been taken out of the register since. Take this edit out, or "
                         "enter it anew.");
                   found->edit.seen_id = now->id;
                   const Applied applied = apply(known, one);
                   if (const auto misfit = applied.misfits.find(edit); misfit != applied.misfits.end())
                     return conflict("It does not fit there either: " + misfit->second.message);
                   store::see_again(transaction, edit, now->id);
                   count = 1;
                   sentence = "Proposal " + std::to_string(number) +
                              ", put on what the register says now: " + words_of(applied.draft, found->edit);
                   return {};
                 });
}

Status withdraw_proposal(const Doing& doing, std::int64_t number, std::int64_t seen_version,
                         const std::string& reason) {
  if (const Status fine = changing::check_reason(reason); !fine) return pass_on(fine);
  return changed(doing, number, seen_version, "bodies.proposal.withdraw",
                 [&](Transaction&, Proposal& one, std::string& sentence, std::int64_t& count) -> Status {
                   one.state = Proposal::State::withdrawn;
                   one.decided_by = doing.actor.audit_name();
                   one.decided_reason = trimmed(reason);
                   one.decided_at = doing.now;
                   count = static_cast<std::int64_t>(one.edits.size());
                   sentence = "Withdrew proposal " + std::to_string(number) + ": " + one.title;
                   return {};
                 });
}

Result<Done> enact_proposal(const Doing& doing, std::int64_t number, std::int64_t seen_version,
                            std::int64_t seen_register, const std::string& reason, const Instrument& instrument) {
  if (const Status allowed = may_at_all(doing); !allowed) return pass_on(allowed);
  if (const Status fine = changing::check_reason(reason); !fine) return pass_on(fine);
  Done done;
  const Status written = doing.database.write([&](Transaction& transaction) -> Status {
    auto one = open_one(transaction, number);
    if (!one) return pass_on(one);
    if (one->version != seen_version) return stale();
    if (one->edits.empty()) return invalid("There is nothing in this proposal yet.");
    const Register known = changing::loaded(transaction, doing.known);
    if (known.version != seen_register)
      return conflict(
          "The register has changed since this page was made, so the effect may be another. Nothing was changed. Look "
          "at the proposal again, and enact it from there.");
    const Applied applied = apply(known, *one);
    for (const ProposedEdit& edit : one->edits)
      if (const auto misfit = applied.misfits.find(edit.id); misfit != applied.misfits.end())
        return conflict("It cannot be enacted, because an edit does not fit: " + words_of(applied.draft, edit.edit) +
                        ". " + misfit->second.message + " Nothing was changed.");
    Register draft = known;
    std::vector<Edit> edits = edits_of(*one);
    for (Edit& edit : edits) {
      Fact& fact = edit.fact;
      if (fact.kind != FactKind::succession || edit.action == Edit::Action::remove || !fact.state.empty()) continue;
      fact.state = instrument.kind;
      fact.value = trimmed(instrument.reference);
      fact.seen = instrument.day;
    }
    const Result<Effect> effect = take_all(draft, edits, doing.scope.get(), doing.now.date());
    if (!effect) return pass_on(effect);
    done.sentence = "Enacted proposal " + std::to_string(number) + ", " + one->title + ": " +
                    plural(static_cast<std::int64_t>(effect->after.size()), "fact came", "facts came") + ", " +
                    grouped(static_cast<std::int64_t>(effect->before.size())) + " went.";
    done.change = changing::write(transaction, doing,
                                  {.origin = "edit", .reason = std::string(trimmed(reason)), .sentence = done.sentence},
                                  *effect, "proposal:" + std::to_string(number), "bodies.proposal.enact");
    one->state = Proposal::State::enacted;
    one->decided_by = doing.actor.audit_name();
    one->decided_reason = trimmed(reason);
    one->decided_at = doing.now;
    one->enacted_in = done.change;
    if (!store::update_proposal(transaction, *one, seen_version)) return stale();
    return {};
  });
  if (!written) return pass_on(written);
  return done;
}

}  // namespace tithing::bodies
