#include "slices/bodies/commands_proposals.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "base/translation.h"
#include "commands/move.h"
#include "slices/bodies/commands_shared.h"
#include "slices/bodies/proposal_path.h"
#include "slices/bodies/store_proposals.h"

namespace tithing::bodies {
namespace {

using commands::Note;
using db::Transaction;

constexpr std::size_t kMostEdits = 500;

records::Record record(std::int64_t number) { return records::record_of(kProposalKind, number); }

std::vector<Edit> edits_of(const Proposal& proposal) {
  std::vector<Edit> edits;
  for (const ProposedEdit& one : proposal.edits) edits.push_back(one.edit);
  return edits;
}

Status check_words(const std::string& title, const std::string& reason) {
  std::vector<FieldProblem> fields;
  if (trimmed(title).empty())
    fields.push_back({"title", tr("Give the proposal a title, such as \"One partnership for the county\".")});
  if (title.size() > 200) fields.push_back({"title", tr("Shorten the title to 200 characters.")});
  if (trimmed(reason).empty()) fields.push_back({"reason", tr("Say what it is for, or which paper proposes it.")});
  if (reason.size() > 2000) fields.push_back({"reason", tr("Shorten the reason to 2,000 characters.")});
  if (fields.empty()) return {};
  return invalid(tr("The proposal is not complete."), std::move(fields));
}

// The open proposal as it is in the store.
Result<Proposal> open_one(db::Connection& connection, std::int64_t number) {
  auto found = store::proposal(connection, number);
  if (!found) return not_found(tr("There is no proposal with this number."));
  if (found->state == Proposal::State::withdrawn)
    return conflict(tr("This proposal has been withdrawn, so it cannot be changed. Make another one."));
  if (found->state == Proposal::State::enacted)
    return conflict(
        tr("This proposal has been enacted, so it cannot be changed. Change the register itself, or make "
           "another proposal."));
  return std::move(*found);
}

std::string detail_of(std::int64_t number, std::size_t edits) {
  JsonWriter json;
  json.begin_object().member("proposal", number).member("edits", static_cast<std::int64_t>(edits)).end_object();
  return json.take();
}

Status reaches_all_of(const Keeping& keeping, db::Connection& connection, const Proposal& proposal) {
  return within_reach(changing::loaded(connection, keeping.known), edits_of(proposal), keeping.scope);
}

// Opens the proposal, lets `work` change it, and writes its new version. The work gives the sentence and of how many
// edits it is.
struct Said {
  std::string sentence;
  std::int64_t edits = 0;
};
Status changed(const Keeping& keeping, std::int64_t number, std::int64_t seen_version, const std::string& action,
               const std::function<Result<Said>(Transaction&, Proposal&)>& work) {
  return commands::change(keeping, kEditBodies, record(number), seen_version,
                          [&](Transaction& transaction, const records::Standing& standing, Note& note) -> Status {
                            auto one = open_one(transaction, number);
                            if (!one) return pass_on(one);
                            if (Status allowed = reaches_all_of(keeping, transaction, *one); !allowed) return allowed;
                            const auto said = work(transaction, *one);
                            if (!said) return pass_on(said);
                            if (!store::update_proposal(transaction, *one, standing.version))
                              return commands::overtaken(standing.name);
                            note.says(action, said->sentence, detail_of(number, static_cast<std::size_t>(said->edits)));
                            return {};
                          });
}

}  // namespace

Result<std::int64_t> make_proposal(const Keeping& keeping, const std::string& title, const std::string& reason) {
  if (const Status allowed = keeping.actor().require(kEditBodies); !allowed) return pass_on(allowed);
  if (const Status fine = check_words(title, reason); !fine) return pass_on(fine);
  const auto made = commands::begin(
      keeping, kEditBodies, Whose::shared(), [&](Transaction& transaction, Note& note) -> Result<records::Record> {
        Proposal fresh;
        fresh.title = trimmed(title);
        fresh.reason = trimmed(reason);
        fresh.author = keeping.actor().audit_name();
        fresh.made_at = keeping.now;
        const std::int64_t number = store::insert_proposal(transaction, fresh);
        note.says("bodies.proposal.make", "Made proposal " + std::to_string(number) + ": " + fresh.title,
                  detail_of(number, 0));
        return record(number);
      });
  if (!made) return pass_on(made);
  return made->number();
}

Status reword_proposal(const Keeping& keeping, std::int64_t number, std::int64_t seen_version, const std::string& title,
                       const std::string& reason) {
  if (Status allowed = keeping.actor().require(kEditBodies); !allowed) return allowed;
  if (Status fine = check_words(title, reason); !fine) return fine;
  return changed(
      keeping, number, seen_version, "bodies.proposal.reword", [&](Transaction&, Proposal& one) -> Result<Said> {
        std::string said = "Proposal " + std::to_string(number) + ", " + one.title + ": title or reason written anew";
        one.title = trimmed(title);
        one.reason = trimmed(reason);
        return Said{std::move(said)};
      });
}

Result<Effect> try_in_proposal(const Keeping& keeping, std::int64_t number, const std::vector<Edit>& edits) {
  if (const Status allowed = keeping.actor().require(kEditBodies); !allowed) return pass_on(allowed);
  if (const Status fine = changing::areas_exist(keeping, edits); !fine) return pass_on(fine);
  return keeping.database.read([&](db::Connection& connection) -> Result<Effect> {
    const auto one = open_one(connection, number);
    if (!one) return pass_on(one);
    Applied applied = apply(changing::loaded(connection, keeping.known), *one);
    return take_all(applied.draft, edits, keeping.scope, keeping.today());
  });
}

Status add_to_proposal(const Keeping& keeping, std::int64_t number, std::int64_t seen_version,
                       const std::vector<Edit>& edits, const std::string& reason) {
  if (edits.empty()) return invalid(tr("There is nothing to add."));
  if (Status fine = changing::areas_exist(keeping, edits); !fine) return fine;
  if (const Status fine = changing::check_reason(reason); !fine) return pass_on(fine);
  return changed(keeping, number, seen_version, "bodies.proposal.add",
                 [&](Transaction& transaction, Proposal& one) -> Result<Said> {
                   if (one.edits.size() + edits.size() > kMostEdits)
                     return invalid(tr("A proposal has at most {0} edits. Make another proposal for the rest.",
                                       {std::to_string(kMostEdits)}));
                   Applied applied = apply(changing::loaded(transaction, keeping.known), one);
                   if (const auto effect = take_all(applied.draft, edits, keeping.scope, keeping.today()); !effect)
                     return pass_on(effect);
                   std::int64_t step = 1;
                   for (const ProposedEdit& other : one.edits) step = std::max(step, other.step + 1);
                   for (const Edit& edit : edits)
                     store::insert_proposed_edit(
                         transaction, number,
                         {0, step, edit, std::string(trimmed(reason)), keeping.actor().audit_name(), keeping.now});
                   return Said{"Proposal " + std::to_string(number) + ": " + words_of(applied.draft, edits.front()),
                               static_cast<std::int64_t>(edits.size())};
                 });
}

Status take_out_of_proposal(const Keeping& keeping, std::int64_t number, std::int64_t seen_version, std::int64_t step) {
  return changed(keeping, number, seen_version, "bodies.proposal.take-out",
                 [&](Transaction& transaction, Proposal& one) -> Result<Said> {
                   const std::int64_t count =
                       store::take_out_step(transaction, number, step, keeping.actor().audit_name(), keeping.now);
                   if (count == 0) return not_found(tr("There is no such edit in this proposal any more."));
                   return Said{"Proposal " + std::to_string(number) + ", " + one.title + ": took out " +
                                   plural(count, "edit", "edits"),
                               count};
                 });
}

Status put_back_into_proposal(const Keeping& keeping, std::int64_t number, std::int64_t seen_version,
                              std::int64_t step) {
  return changed(keeping, number, seen_version, "bodies.proposal.put-back",
                 [&](Transaction& transaction, Proposal& one) -> Result<Said> {
                   std::vector<Edit> back;
                   for (const ProposedEdit& edit : one.taken_out)
                     if (edit.step == step) back.push_back(edit.edit);
                   if (back.empty()) return not_found(tr("There is no such edit among those that were taken out."));
                   if (one.edits.size() + back.size() > kMostEdits)
                     return invalid(tr("A proposal has at most {0} edits. Take another one out first.",
                                       {std::to_string(kMostEdits)}));
                   const Register known = changing::loaded(transaction, keeping.known);
                   if (Status allowed = within_reach(known, back, keeping.scope); !allowed) return pass_on(allowed);
                   const std::int64_t count = store::put_back_step(transaction, number, step);
                   return Said{"Proposal " + std::to_string(number) + ", " + one.title + ": put back " +
                                   plural(count, "edit", "edits"),
                               count};
                 });
}

Status put_on_what_is_now(const Keeping& keeping, std::int64_t number, std::int64_t seen_version, std::int64_t edit) {
  return changed(keeping, number, seen_version, "bodies.proposal.rebase",
                 [&](Transaction& transaction, Proposal& one) -> Result<Said> {
                   const auto found = std::find_if(one.edits.begin(), one.edits.end(),
                                                   [&](const ProposedEdit& other) { return other.id == edit; });
                   if (found == one.edits.end())
                     return not_found(tr("There is no such edit in this proposal any more."));
                   const Register known = changing::loaded(transaction, keeping.known);
                   const FactPointer now = known.current(found->edit.record);
                   if (!now)
                     return conflict(
                         tr("The fact that it changes has been taken out of the register since. Take this edit out, or "
                            "enter it anew."));
                   found->edit.seen_id = now->id;
                   const Applied applied = apply(known, one);
                   if (const auto misfit = applied.misfits.find(edit); misfit != applied.misfits.end())
                     return conflict(tr("It does not fit there either: {0}", {misfit->second.message}));
                   store::see_again(transaction, edit, now->id);
                   return Said{"Proposal " + std::to_string(number) +
                                   ", put on what the register says now: " + words_of(applied.draft, found->edit),
                               1};
                 });
}

namespace {

// A move of the proposal along its path. `work` does what it comes to for the register, and may say more of it.
using Deciding = commands::Moving<ProposalFacts>;
Status decide(const Keeping& keeping, std::int64_t number, std::int64_t seen_version, const path::Asked& asked,
              const std::function<Status(Transaction&, const Deciding&, Proposal&, Note&)>& work) {
  if (Status allowed = keeping.actor().require(kEditBodies); !allowed) return allowed;
  if (Status fine = changing::check_reason(asked.reason); !fine) return fine;
  return commands::move(
      keeping, kProposalPath, record(number), seen_version, asked,
      [&](Transaction& transaction, const records::Standing&) {
        Proposal one = *store::proposal(transaction, number);
        Applied applied = apply(changing::loaded(transaction, keeping.known), one);
        return ProposalFacts{std::move(one), std::move(applied)};
      },
      [&](Transaction& transaction, const Deciding& moving, Note& note) -> Status {
        Proposal one = moving.facts.proposal;
        if (Status allowed = reaches_all_of(keeping, transaction, one); !allowed) return allowed;
        one.state = *proposal_state_from(moving.step.to);
        one.decided_at = keeping.now;
        if (Status done = work(transaction, moving, one, note); !done) return done;
        if (!store::update_proposal(transaction, one, moving.record.version))
          return commands::overtaken(moving.record.name);
        return {};
      });
}

}  // namespace

Status withdraw_proposal(const Keeping& keeping, std::int64_t number, std::int64_t seen_version,
                         const std::string& reason) {
  return decide(keeping, number, seen_version, {"withdraw", reason},
                [&](Transaction&, const Deciding&, Proposal& one, Note& note) -> Status {
                  note.says("bodies.proposal.withdraw",
                            "Withdrew proposal " + std::to_string(number) + ": " + one.title,
                            detail_of(number, one.edits.size()));
                  return {};
                });
}

Result<Done> enact_proposal(const Keeping& keeping, std::int64_t number, std::int64_t seen_version,
                            std::int64_t seen_register, const std::string& reason, const Instrument& instrument) {
  Done done;
  const Status decided =
      decide(keeping, number, seen_version, {"enact", reason},
             [&](Transaction& transaction, const Deciding& moving, Proposal& one, Note& note) -> Status {
               Register draft = changing::loaded(transaction, keeping.known);
               if (draft.version != seen_register)
                 return conflict(
                     tr("The register has changed since this page was made, so the effect may be another. Nothing was "
                        "changed. Look at the proposal again, and enact it from there."));
               std::vector<Edit> edits = edits_of(one);
               for (Edit& edit : edits) {
                 Fact& fact = edit.fact;
                 if (fact.kind != FactKind::succession || edit.action == Edit::Action::remove || !fact.state.empty())
                   continue;
                 fact.state = instrument.kind;
                 fact.value = trimmed(instrument.reference);
                 fact.seen = instrument.day;
               }
               const Result<Effect> effect = take_all(draft, edits, keeping.scope, keeping.today());
               if (!effect) return pass_on(effect);
               done.sentence = "Enacted proposal " + std::to_string(number) + ", " + one.title + ": " +
                               plural(static_cast<std::int64_t>(effect->after.size()), "fact came", "facts came") +
                               ", " + grouped(static_cast<std::int64_t>(effect->before.size())) + " went.";
               done.change = changing::write(transaction, keeping,
                                             {.origin = "edit", .reason = moving.reason, .sentence = done.sentence},
                                             *effect, note, record(number), "bodies.proposal.enact");
               one.enacted_in = done.change;
               return {};
             });
  if (!decided) return pass_on(decided);
  return done;
}

std::optional<records::Standing> standing_of_proposal(db::Connection& connection, const std::string& id) {
  const auto found = store::proposal(connection, records::Record{kProposalKind, id}.number());
  return found ? std::optional(standing_of(*found)) : std::nullopt;
}

}  // namespace tithing::bodies
