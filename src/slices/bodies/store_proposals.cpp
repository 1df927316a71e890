#include "slices/bodies/store_proposals.h"

#include "slices/bodies/store_facts.h"

namespace tithing::bodies::store {
namespace {

#define TITHING_PROPOSAL_COLUMNS "number, title, reason, author, made_at, state, version, decided_at, enacted_in"

const db::Query kList{
    "bodies.proposals",
    "SELECT " TITHING_PROPOSAL_COLUMNS
    " FROM bodies_proposal WHERE (:state = '' OR state = :state) ORDER BY number DESC LIMIT :limit OFFSET :offset"};
const db::Query kCount{"bodies.count_proposals",
                       "SELECT COUNT(*) FROM bodies_proposal WHERE (:state = '' OR state = :state)"};
const db::Query kOne{"bodies.proposal",
                     "SELECT " TITHING_PROPOSAL_COLUMNS " FROM bodies_proposal WHERE number = :number"};
const db::Query kVersion{"bodies.proposal_version", "SELECT version FROM bodies_proposal WHERE number = :number"};
const db::Query kEnactedIn{"bodies.proposal_enacted_in",
                           "SELECT MAX(number) AS number FROM bodies_proposal WHERE enacted_in = :change"};
const db::Query kCalled{"bodies.proposal_called", "SELECT COUNT(*) FROM bodies_proposal WHERE title = :title"};
const db::Query kEdits{"bodies.proposal_edits",
                       "SELECT id, step, action, record, seen_id, reason, author, made_at, taken_out_by, "
                       "taken_out_at, " TITHING_FACT_VALUES
                       " FROM bodies_proposal_edit WHERE proposal = :number ORDER BY id"};
const db::Query kInsert{"bodies.insert_proposal",
                        "INSERT INTO bodies_proposal (title, reason, author, made_at, state, version) VALUES "
                        "(:title, :reason, :author, :at, 'open', 1) RETURNING number"};
const db::Query kUpdate{"bodies.update_proposal",
                        "UPDATE bodies_proposal SET title = :title, reason = :reason, state = :state, version = "
                        "version + 1, "
                        "decided_at = :at, enacted_in = :change WHERE number = :number AND "
                        "version = :seen AND state = 'open'"};
const db::Query kInsertEdit{
    "bodies.insert_proposal_edit",
    "INSERT INTO bodies_proposal_edit (proposal, step, action, record, seen_id, reason, author, made_at, "
    "taken_out_by, " TITHING_FACT_VALUES
    ") VALUES (:proposal, :step, :action, :record, :seen_id, :reason, :author, :at, '', " TITHING_FACT_PARAMETERS
    ") RETURNING id"};
const db::Query kTakeOut{"bodies.take_out_step",
                         "UPDATE bodies_proposal_edit SET taken_out_by = :by, taken_out_at = :at WHERE proposal = "
                         ":proposal AND step = :step AND "
                         "taken_out_at IS NULL"};
const db::Query kPutBack{"bodies.put_back_step",
                         "UPDATE bodies_proposal_edit SET taken_out_by = '', taken_out_at = NULL WHERE proposal = "
                         ":proposal AND step = :step AND taken_out_at IS NOT NULL"};
const db::Query kSeeAgain{"bodies.see_again",
                          "UPDATE bodies_proposal_edit SET seen_id = :seen WHERE id = :id AND taken_out_at IS NULL"};

Proposal proposal_of(const db::Row& row) {
  Proposal p;
  p.number = row.integer("number");
  p.title = row.text("title");
  p.reason = row.text("reason");
  p.author = row.text("author");
  p.made_at = {row.integer("made_at")};
  const auto state = proposal_state_from(row.text("state"));
  if (!state)
    throw db::Error(db::Fault::type,
                    "bodies_proposal " + std::to_string(p.number) + " has a state that this program does not know");
  p.state = *state;
  p.version = row.integer("version");
  if (const auto at = row.maybe_integer("decided_at")) p.decided_at = Instant{*at};
  p.enacted_in = row.maybe_integer("enacted_in");
  return p;
}

std::string_view code_of(Edit::Action action) {
  return action == Edit::Action::add ? "add" : action == Edit::Action::replace ? "replace" : "remove";
}

ProposedEdit edit_of(const db::Row& row) {
  ProposedEdit e;
  e.id = row.integer("id");
  e.step = row.integer("step");
  const std::string action(row.text("action"));
  e.edit.action = action == "add"       ? Edit::Action::add
                  : action == "replace" ? Edit::Action::replace
                                        : Edit::Action::remove;
  e.edit.record = row.integer("record");
  e.edit.seen_id = row.integer("seen_id");
  e.reason = row.text("reason");
  e.author = row.text("author");
  e.at = {row.integer("made_at")};
  e.taken_out_by = row.text("taken_out_by");
  if (const auto at = row.maybe_integer("taken_out_at")) e.taken_out_at = Instant{*at};
  e.edit.fact = values_of(row, "bodies_proposal_edit " + std::to_string(e.id));
  return e;
}

}  // namespace

std::vector<Proposal> proposals(db::Connection& connection, const std::string& state, int limit, int offset) {
  std::vector<Proposal> out;
  connection.run(kList, {{"state", state}, {"limit", limit}, {"offset", offset}},
                 [&](const db::Row& row) { out.push_back(proposal_of(row)); });
  return out;
}

std::int64_t count_proposals(db::Connection& connection, const std::string& state) {
  return connection.integer(kCount, {{"state", state}}).value_or(0);
}

std::optional<Proposal> proposal(db::Connection& connection, std::int64_t number) {
  std::optional<Proposal> out;
  connection.run(kOne, {{"number", number}}, [&](const db::Row& row) { out = proposal_of(row); });
  if (out)
    connection.run(kEdits, {{"number", number}}, [&](const db::Row& row) {
      ProposedEdit edit = edit_of(row);
      (edit.taken_out_at ? out->taken_out : out->edits).push_back(std::move(edit));
    });
  return out;
}

std::optional<std::int64_t> proposal_version(db::Connection& connection, std::int64_t number) {
  return connection.integer(kVersion, {{"number", number}});
}

std::optional<std::int64_t> proposal_enacted_in(db::Connection& connection, std::int64_t change) {
  std::optional<std::int64_t> out;
  connection.run(kEnactedIn, {{"change", change}}, [&](const db::Row& row) { out = row.maybe_integer("number"); });
  return out;
}

bool has_proposal_called(db::Connection& connection, const std::string& title) {
  return connection.integer(kCalled, {{"title", title}}).value_or(0) > 0;
}

std::int64_t insert_proposal(db::Transaction& transaction, const Proposal& p) {
  return transaction
      .integer(kInsert,
               {{"title", p.title}, {"reason", p.reason}, {"author", p.author}, {"at", p.made_at.milliseconds}})
      .value();
}

bool update_proposal(db::Transaction& transaction, const Proposal& p, std::int64_t seen_version) {
  const std::optional<std::int64_t> at = p.decided_at ? std::optional(p.decided_at->milliseconds) : std::nullopt;
  return transaction.run(kUpdate, {{"title", p.title},
                                   {"reason", p.reason},
                                   {"state", bodies::code_of(p.state)},
                                   {"at", at},
                                   {"change", p.enacted_in},
                                   {"number", p.number},
                                   {"seen", seen_version}}) == 1;
}

std::int64_t insert_proposed_edit(db::Transaction& transaction, std::int64_t proposal, const ProposedEdit& e) {
  return transaction
      .integer(kInsertEdit, with_values(e.edit.fact, {{"proposal", proposal},
                                                      {"step", e.step},
                                                      {"action", code_of(e.edit.action)},
                                                      {"record", e.edit.record},
                                                      {"seen_id", e.edit.seen_id},
                                                      {"reason", e.reason},
                                                      {"author", e.author},
                                                      {"at", e.at.milliseconds}}))
      .value();
}

std::int64_t take_out_step(db::Transaction& transaction, std::int64_t proposal, std::int64_t step,
                           const std::string& by, Instant at) {
  return transaction.run(kTakeOut, {{"proposal", proposal}, {"step", step}, {"by", by}, {"at", at.milliseconds}});
}

std::int64_t put_back_step(db::Transaction& transaction, std::int64_t proposal, std::int64_t step) {
  return transaction.run(kPutBack, {{"proposal", proposal}, {"step", step}});
}

bool see_again(db::Transaction& transaction, std::int64_t edit, std::int64_t seen_id) {
  return transaction.run(kSeeAgain, {{"id", edit}, {"seen", seen_id}}) == 1;
}

}  // namespace tithing::bodies::store
