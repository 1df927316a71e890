#include "slices/decisions/store.h"

#include "db/fields.h"

namespace tithing::decisions::store {
namespace {

#define TITHING_DECISION_COLUMNS                                                                                      \
  "id, version, title, summary, financial_year, area, pot, pot_version, scheme, scheme_version, state, prepared_by, " \
  "prepared_by_name, created_at, consult_from, consult_to, agreed_on, agreed_by, agreed_by_name, authority, "         \
  "interests, "                                                                                                       \
  "agreed_amounts, published_on, superseded_by, superseded_why, delivered, asked_title, asked_area, asked_scheme, "   \
  "asked_scheme_version, "                                                                                            \
  "replaces"
#define TITHING_DECISION_FILTER                                                                            \
  " WHERE (state IN ('published', 'superseded') OR (CAST(:consulted AS BIGINT) = 1 AND state <> 'draft') " \
  "OR (CAST(:drafts AS BIGINT) = 1)) AND (CAST(:state AS TEXT) = '' OR state = :state) "
#define TITHING_COMMENT_COLUMNS \
  "id, decision, at, actor, actor_name, organisation, about, body, answers, about_name, proposal"
#define TITHING_LINE_COLUMNS "kind, area_key, name, amount, last_year, population, working"

const db::Query kDecision{"funding.decision",
                          "SELECT " TITHING_DECISION_COLUMNS " FROM funding_decision WHERE id = :id"};
const db::Query kDelivered{"funding.delivered_decision", "SELECT id FROM funding_decision WHERE delivered = :name"};
const db::Query kDecisions{"funding.decisions", "SELECT " TITHING_DECISION_COLUMNS
                                                " FROM funding_decision" TITHING_DECISION_FILTER "ORDER BY id DESC"};
// Drafts again, after they were put to comments.
const db::Query kOnceAsked{
    "funding.decisions_once_asked",
    "SELECT " TITHING_DECISION_COLUMNS
    " FROM funding_decision WHERE state = 'draft' AND consult_from IS NOT NULL ORDER BY id DESC LIMIT :limit"};
const db::Query kOfScheme{"funding.decisions_of_scheme",
                          "SELECT " TITHING_DECISION_COLUMNS
                          " FROM funding_decision WHERE scheme = :scheme ORDER BY id DESC LIMIT :limit"};
const db::Query kInForce{
    "funding.decisions_in_force",
    "SELECT " TITHING_DECISION_COLUMNS
    " FROM funding_decision WHERE pot = :pot AND state IN ('agreed', 'frozen', 'published') ORDER BY id"};
const db::Query kTaking{"funding.decisions_taking_place",
                        "SELECT " TITHING_DECISION_COLUMNS
                        " FROM funding_decision WHERE replaces = :id AND state <> 'superseded' ORDER BY id"};
// Changes nothing: whoever else decides on the pot waits until this transaction is over.
const db::Query kHold{"funding.hold_pot", "UPDATE funding_pot SET version = version WHERE id = :pot"};
const db::Query kComments{"funding.decision_comments",
                          "SELECT " TITHING_COMMENT_COLUMNS
                          " FROM funding_decision_comment WHERE decision = :id ORDER BY id"};
const db::Query kComment{"funding.decision_comment",
                         "SELECT " TITHING_COMMENT_COLUMNS " FROM funding_decision_comment WHERE id = :id"};
const db::Query kFrozen{
    "funding.frozen",
    "SELECT decision, at, actor, actor_name, scheme, scheme_values, sha256 FROM funding_frozen WHERE decision = :id"};
const db::Query kLines{"funding.frozen_lines", "SELECT " TITHING_LINE_COLUMNS
                                               " FROM funding_frozen_line WHERE decision = :id ORDER BY position"};
const db::Query kInputs{
    "funding.frozen_inputs",
    "SELECT indicator, area, period, value, address, evidence_version, as_at, source FROM funding_frozen_input "
    "WHERE decision = :id ORDER BY position"};
const db::Query kAcknowledged{
    "funding.frozen_acknowledged",
    "SELECT finding, words FROM funding_frozen_acknowledgement WHERE decision = :id ORDER BY position"};

const db::Query kInsert{
    "funding.insert_decision",
    "INSERT INTO funding_decision (version, title, summary, financial_year, area, pot, pot_version, scheme, "
    "scheme_version, state, prepared_by, prepared_by_name, created_at, superseded_why, delivered, replaces) VALUES "
    "(:version, :title, :summary, :financial_year, :area, :pot, :pot_version, :scheme, :scheme_version, :state, "
    ":prepared_by, :prepared_by_name, :created_at, '', :delivered, :replaces) RETURNING id"};
const db::Query kUpdate{
    "funding.update_decision",
    "UPDATE funding_decision SET version = :version, title = :title, summary = :summary, financial_year = "
    ":financial_year, area = :area, pot = :pot, pot_version = :pot_version, scheme = :scheme, scheme_version = "
    ":scheme_version, state = :state, prepared_by = :prepared_by, prepared_by_name = :prepared_by_name, created_at = "
    ":created_at, delivered = :delivered, consult_from = :consult_from, consult_to = :consult_to, agreed_on = "
    ":agreed_on, agreed_by = :agreed_by, agreed_by_name = :agreed_by_name, authority = :authority, interests = "
    ":interests, agreed_amounts = :agreed_amounts, published_on = :published_on, superseded_by = :superseded_by, "
    "superseded_why = :superseded_why, asked_title = :asked_title, asked_area = :asked_area, asked_scheme = "
    ":asked_scheme, asked_scheme_version = :asked_scheme_version, replaces = :replaces WHERE id = :id AND version = "
    ":before"};
const db::Query kInsertComment{
    "funding.insert_decision_comment",
    "INSERT INTO funding_decision_comment (decision, at, actor, actor_name, organisation, about, body, answers, "
    "about_name, proposal) VALUES (:decision, :at, :actor, :actor_name, :organisation, :about, :body, :answers, "
    ":about_name, :proposal) RETURNING id"};
const db::Query kInsertFrozen{
    "funding.insert_frozen",
    "INSERT INTO funding_frozen (decision, at, actor, actor_name, scheme, scheme_values, sha256) VALUES "
    "(:decision, :at, :actor, :actor_name, :scheme, :scheme_values, :sha256)"};

using db::field;
using db::field_or_null;

void read_state(Decision& into, const db::Row& row, std::string_view column) {
  const auto state = decision_state_from(row.text(column));
  if (!state) throw db::Error(db::Fault::type, "a decision is in a state that this program does not know");
  into.state = *state;
}

// What it is begun with.
constexpr db::Field<Decision> kBegun[] = {
    field<&Decision::version>("version"),
    field<&Decision::title>("title"),
    field<&Decision::summary>("summary"),
    field<&Decision::financial_year>("financial_year"),
    field<&Decision::area>("area"),
    field<&Decision::pot>("pot"),
    field<&Decision::pot_version>("pot_version"),
    field<&Decision::scheme>("scheme"),
    field<&Decision::scheme_version>("scheme_version"),
    {"state", read_state, [](const Decision& from) { return db::Value(code_of(from.state)); }},
    field<&Decision::prepared_by>("prepared_by"),
    field<&Decision::prepared_by_name>("prepared_by_name"),
    field<&Decision::created_at>("created_at"),
    field_or_null<&Decision::delivered>("delivered"),
    field<&Decision::replaces>("replaces")};
// What its path adds.
constexpr db::Field<Decision> kMoved[] = {
    field<&Decision::consult_from>("consult_from"), field<&Decision::consult_to>("consult_to"),
    field<&Decision::published_on>("published_on"), field<&Decision::superseded_by>("superseded_by"),
    field<&Decision::superseded_why>("superseded_why")};
constexpr db::Field<Agreement> kAgreement[] = {
    field<&Agreement::on>("agreed_on"),           field<&Agreement::by>("agreed_by"),
    field<&Agreement::by_name>("agreed_by_name"), field<&Agreement::authority>("authority"),
    field<&Agreement::interests>("interests"),    field<&Agreement::amounts>("agreed_amounts")};
constexpr db::Field<Decision::Asked> kAsked[] = {
    field<&Decision::Asked::scheme>("asked_scheme"), field<&Decision::Asked::scheme_version>("asked_scheme_version"),
    field_or_null<&Decision::Asked::title>("asked_title"), field_or_null<&Decision::Asked::area>("asked_area")};
constexpr db::Field<Comment> kCommentFields[] = {field<&Comment::decision>("decision"),
                                                 field<&Comment::at>("at"),
                                                 field<&Comment::by>("actor"),
                                                 field<&Comment::by_name>("actor_name"),
                                                 field<&Comment::organisation>("organisation"),
                                                 field<&Comment::about>("about"),
                                                 field<&Comment::text>("body"),
                                                 field_or_null<&Comment::answers>("answers"),
                                                 field<&Comment::about_name>("about_name"),
                                                 field<&Comment::proposal>("proposal")};
constexpr db::Field<Frozen> kFrozenFields[] = {
    field<&Frozen::decision>("decision"),  field<&Frozen::at>("at"),         field<&Frozen::by>("actor"),
    field<&Frozen::by_name>("actor_name"), field<&Frozen::scheme>("scheme"), field<&Frozen::values>("scheme_values"),
    field<&Frozen::sha256>("sha256")};
constexpr db::Field<FrozenLine> kLineFields[] = {
    field<&FrozenLine::kind>("kind"),           field<&FrozenLine::key>("area_key"),
    field<&FrozenLine::name>("name"),           field<&FrozenLine::amount>("amount"),
    field<&FrozenLine::last_year>("last_year"), field<&FrozenLine::population>("population"),
    field<&FrozenLine::working>("working")};
constexpr db::Field<FrozenInput> kInputFields[] = {
    field<&FrozenInput::indicator>("indicator"), field<&FrozenInput::area>("area"),
    field<&FrozenInput::period>("period"),       field<&FrozenInput::value>("value"),
    field<&FrozenInput::address>("address"),     field<&FrozenInput::evidence_version>("evidence_version"),
    field<&FrozenInput::as_at>("as_at"),         field<&FrozenInput::source>("source")};
constexpr db::Field<Acknowledgement> kAcknowledgedFields[] = {field<&Acknowledgement::finding>("finding"),
                                                              field<&Acknowledgement::words>("words")};

Decision decision_of(const db::Row& row) {
  Decision out = db::from_row(kBegun, row);
  for (const db::Field<Decision>& one : kMoved) one.read(out, row, one.column);
  out.id = {row.integer("id")};
  out.agreement = db::maybe_from_row(kAgreement, row);
  out.asked = db::maybe_from_row(kAsked, row);
  return out;
}

Comment comment_of(const db::Row& row) {
  Comment out = db::from_row(kCommentFields, row);
  out.id = row.integer("id");
  return out;
}

std::vector<Decision> all(db::Connection& connection, const db::Query& query, const db::Parameters& parameters) {
  return db::rows<Decision>(connection, query, parameters, decision_of);
}

// All that is kept with a frozen record, in its order.
template <class T, std::size_t N>
std::vector<T> parts(db::Connection& connection, const db::Query& query, DecisionId id,
                     const db::Field<T> (&fields)[N]) {
  return db::rows<T>(connection, query, {{"id", id.value}},
                     [&](const db::Row& row) { return db::from_row(fields, row); });
}

}  // namespace

std::optional<Decision> decision(db::Connection& connection, DecisionId id) {
  return db::first_of(all(connection, kDecision, {{"id", id.value}}));
}

std::optional<DecisionId> delivered_decision(db::Connection& connection, const std::string& name) {
  const auto id = connection.integer(kDelivered, {{"name", name}});
  return id ? std::optional(DecisionId{*id}) : std::nullopt;
}

std::vector<Decision> decisions(db::Connection& connection, const DecisionFilter& filter) {
  return all(connection, kDecisions,
             {{"consulted", filter.consulted ? 1 : 0},
              {"drafts", filter.drafts ? 1 : 0},
              {"state", filter.state ? std::string(code_of(*filter.state)) : std::string()}});
}

std::vector<Decision> decisions_of(db::Connection& connection, SchemeId scheme, int limit) {
  return all(connection, kOfScheme, {{"scheme", scheme.value}, {"limit", limit}});
}

std::vector<Decision> once_asked(db::Connection& connection, int limit) {
  return all(connection, kOnceAsked, {{"limit", limit}});
}

std::vector<Decision> decisions_in_force(db::Connection& connection, PotId pot) {
  return all(connection, kInForce, {{"pot", pot.value}});
}

std::vector<Decision> decisions_taking_place(db::Connection& connection, DecisionId id) {
  return all(connection, kTaking, {{"id", id.value}});
}

void hold_pot(db::Transaction& transaction, PotId pot) { transaction.run(kHold, {{"pot", pot.value}}); }

std::vector<Comment> comments(db::Connection& connection, DecisionId id) {
  return db::rows<Comment>(connection, kComments, {{"id", id.value}}, comment_of);
}

std::optional<Comment> comment(db::Connection& connection, std::int64_t id) {
  return db::first_of(db::rows<Comment>(connection, kComment, {{"id", id}}, comment_of));
}

std::optional<Frozen> frozen(db::Connection& connection, DecisionId id) {
  auto out = db::first_of(parts(connection, kFrozen, id, kFrozenFields));
  if (!out) return out;
  out->lines = parts(connection, kLines, id, kLineFields);
  out->inputs = parts(connection, kInputs, id, kInputFields);
  out->acknowledged = parts(connection, kAcknowledged, id, kAcknowledgedFields);
  return out;
}

DecisionId insert_decision(db::Transaction& transaction, const Decision& decision) {
  return {transaction.integer(kInsert, db::values_of(kBegun, decision)).value()};
}

bool update_decision(db::Transaction& transaction, const Decision& decision) {
  db::Parameters values = db::values_of(kBegun, decision);
  db::add_values(values, kMoved, decision);
  db::add_values(values, kAgreement, decision.agreement);
  db::add_values(values, kAsked, decision.asked);
  values.insert(values.end(), {{"id", decision.id.value}, {"before", decision.version - 1}});
  return transaction.run(kUpdate, values) == 1;
}

std::int64_t insert_comment(db::Transaction& transaction, const Comment& comment) {
  return transaction.integer(kInsertComment, db::values_of(kCommentFields, comment)).value();
}

void insert_frozen(db::Transaction& transaction, const Frozen& frozen) {
  const db::Parameter owner{"decision", frozen.decision.value};
  transaction.run(kInsertFrozen, db::values_of(kFrozenFields, frozen));
  db::insert_rows(transaction, "funding.insert_frozen_lines", "funding_frozen_line", owner, kLineFields, frozen.lines);
  db::insert_rows(transaction, "funding.insert_frozen_inputs", "funding_frozen_input", owner, kInputFields,
                  frozen.inputs);
  db::insert_rows(transaction, "funding.insert_frozen_acknowledgements", "funding_frozen_acknowledgement", owner,
                  kAcknowledgedFields, frozen.acknowledged);
}

}  // namespace tithing::decisions::store
