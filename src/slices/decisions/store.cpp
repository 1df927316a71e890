#include "slices/decisions/store.h"

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
const db::Query kDecisions{"funding.decisions",
                           "SELECT " TITHING_DECISION_COLUMNS " FROM funding_decision" TITHING_DECISION_FILTER
                           "ORDER BY id DESC LIMIT :limit OFFSET :offset"};
const db::Query kCount{"funding.count_decisions", "SELECT COUNT(*) FROM funding_decision" TITHING_DECISION_FILTER};
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
    "SELECT at, actor, actor_name, scheme, scheme_values, sha256 FROM funding_frozen WHERE decision = :id"};
const db::Query kLines{"funding.frozen_lines", "SELECT " TITHING_LINE_COLUMNS
                                               " FROM funding_frozen_line WHERE decision = :id ORDER BY position"};
const db::Query kLine{"funding.frozen_area",
                      "SELECT " TITHING_LINE_COLUMNS
                      " FROM funding_frozen_line WHERE decision = :id AND kind = 'area' AND area_key = :key"};
const db::Query kInputs{
    "funding.frozen_inputs",
    "SELECT indicator, area, period, value, address, evidence_version, as_at, source FROM funding_frozen_input "
    "WHERE decision = :id ORDER BY position"};
const db::Query kAcknowledged{
    "funding.frozen_acknowledged",
    "SELECT finding, words FROM funding_frozen_acknowledgement WHERE decision = :id ORDER BY position"};

const db::Query kInsert{"funding.insert_decision",
                        "INSERT INTO funding_decision (version, title, summary, financial_year, area, pot, "
                        "pot_version, scheme, scheme_version, "
                        "state, prepared_by, prepared_by_name, created_at, superseded_why, delivered, replaces) VALUES "
                        "(1, :title, :summary, :year, "
                        ":area, :pot, :pot_version, :scheme, :scheme_version, :state, :by, :by_name, :at, '', "
                        ":delivered, :replaces) RETURNING id"};
const db::Query kUpdate{
    "funding.update_decision",
    "UPDATE funding_decision SET version = :version, title = :title, summary = :summary, financial_year = :year, area "
    "= :area, "
    "pot = :pot, pot_version = :pot_version, scheme = :scheme, scheme_version = :scheme_version, state = :state, "
    "consult_from = :consult_from, consult_to = :consult_to, agreed_on = :agreed_on, agreed_by = :agreed_by, "
    "agreed_by_name = :agreed_by_name, authority = :authority, interests = :interests, agreed_amounts = "
    ":agreed_amounts, "
    "published_on = :published_on, superseded_by = :superseded_by, superseded_why = :superseded_why, asked_title = "
    ":asked_title, "
    "asked_area = :asked_area, asked_scheme = :asked_scheme, asked_scheme_version = :asked_scheme_version, replaces = "
    ":replaces "
    "WHERE id = :id AND version = :before"};
const db::Query kInsertComment{"funding.insert_decision_comment",
                               "INSERT INTO funding_decision_comment (decision, at, actor, actor_name, organisation, "
                               "about, body, answers, about_name, proposal) "
                               "VALUES (:decision, :at, :by, :by_name, :organisation, :about, :body, :answers, "
                               ":about_name, :proposal) RETURNING id"};
const db::Query kInsertFrozen{
    "funding.insert_frozen",
    "INSERT INTO funding_frozen (decision, at, actor, actor_name, scheme, scheme_values, sha256) VALUES "
    "(:decision, :at, :by, :by_name, :scheme, :values, :sha256)"};
const db::Query kInsertLine{
    "funding.insert_frozen_line",
    "INSERT INTO funding_frozen_line (decision, position, kind, area_key, name, amount, last_year, population, "
    "working) "
    "VALUES (:decision, :position, :kind, :key, :name, :amount, :last_year, :population, :working)"};
const db::Query kInsertInput{
    "funding.insert_frozen_input",
    "INSERT INTO funding_frozen_input (decision, position, indicator, area, period, value, address, evidence_version, "
    "as_at, source) "
    "VALUES (:decision, :position, :indicator, :area, :period, :value, :address, :version, :as_at, :source)"};
const db::Query kInsertAcknowledged{
    "funding.insert_frozen_acknowledgement",
    "INSERT INTO funding_frozen_acknowledgement (decision, position, finding, words) VALUES "
    "(:decision, :position, :finding, :words)"};

std::optional<Date> day(const db::Row& row, std::string_view column) {
  const auto days = row.maybe_integer(column);
  return days ? std::optional(Date::from_days(static_cast<std::int32_t>(*days))) : std::nullopt;
}
std::optional<std::int64_t> days(const std::optional<Date>& date) {
  return date ? std::optional<std::int64_t>(date->days()) : std::nullopt;
}

std::optional<Money> money(const db::Row& row, std::string_view column) {
  const auto pence = row.maybe_integer(column);
  return pence ? std::optional(Money{*pence}) : std::nullopt;
}
std::optional<std::int64_t> pence(const std::optional<Money>& amount) {
  return amount ? std::optional(amount->pence) : std::nullopt;
}

Decision decision_of(const db::Row& row) {
  Decision out;
  out.id = {row.integer("id")};
  out.version = row.integer("version");
  out.title = row.text("title");
  out.summary = row.text("summary");
  out.financial_year = row.text("financial_year");
  out.area = row.text("area");
  out.pot = {row.integer("pot")};
  out.pot_version = row.integer("pot_version");
  out.scheme = {row.integer("scheme")};
  out.scheme_version = row.integer("scheme_version");
  const auto state = decision_state_from(row.text("state"));
  if (!state) throw db::Error(db::Fault::type, "a decision is in a state that this program does not know");
  out.state = *state;
  out.prepared_by = row.text("prepared_by");
  out.prepared_by_name = row.text("prepared_by_name");
  out.created_at = {row.integer("created_at")};
  out.consult_from = day(row, "consult_from");
  out.consult_to = day(row, "consult_to");
  if (const auto on = day(row, "agreed_on"))
    out.agreement = Agreement{*on,
                              row.text("agreed_by"),
                              row.text("agreed_by_name"),
                              row.text("authority"),
                              row.text("interests"),
                              row.text("agreed_amounts")};
  out.published_on = day(row, "published_on");
  if (const auto other = row.maybe_integer("superseded_by")) out.superseded_by = DecisionId{*other};
  out.superseded_why = row.text("superseded_why");
  out.delivered = row.maybe_text("delivered").value_or("");
  if (const auto scheme = row.maybe_integer("asked_scheme"))
    out.asked = Decision::Asked{row.maybe_text("asked_title").value_or(""), row.maybe_text("asked_area").value_or(""),
                                SchemeId{*scheme}, row.maybe_integer("asked_scheme_version").value_or(0)};
  if (const auto other = row.maybe_integer("replaces")) out.replaces = DecisionId{*other};
  return out;
}

Comment comment_of(const db::Row& row) {
  return {row.integer("id"),      {row.integer("decision")}, {row.integer("at")},
          row.text("actor"),      row.text("actor_name"),    row.text("organisation"),
          row.text("about"),      row.text("body"),          row.maybe_integer("answers").value_or(0),
          row.text("about_name"), row.text("proposal")};
}

FrozenLine line_of(const db::Row& row) {
  return {row.text("kind"),     row.text("area_key"),    row.text("name"),
          money(row, "amount"), money(row, "last_year"), row.maybe_integer("population"),
          row.text("working")};
}

db::Parameters filter_of(const DecisionFilter& filter) {
  return {{"consulted", filter.consulted ? 1 : 0},
          {"drafts", filter.drafts ? 1 : 0},
          {"state", filter.state ? std::string(code_of(*filter.state)) : std::string()}};
}

template <class T, class Read>
std::vector<T> all(db::Connection& connection, const db::Query& query, const db::Parameters& parameters, Read read) {
  std::vector<T> out;
  connection.run(query, parameters, [&](const db::Row& row) { out.push_back(read(row)); });
  return out;
}

template <class T>
std::optional<T> first(std::vector<T> found) {
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

}  // namespace

std::optional<Decision> decision(db::Connection& connection, DecisionId id) {
  return first(all<Decision>(connection, kDecision, {{"id", id.value}}, decision_of));
}

std::optional<DecisionId> delivered_decision(db::Connection& connection, const std::string& name) {
  const auto id = connection.integer(kDelivered, {{"name", name}});
  return id ? std::optional(DecisionId{*id}) : std::nullopt;
}

std::vector<Decision> decisions(db::Connection& connection, const DecisionFilter& filter, int limit, int offset) {
  db::Parameters parameters = filter_of(filter);
  parameters.push_back({"limit", limit});
  parameters.push_back({"offset", offset});
  return all<Decision>(connection, kDecisions, parameters, decision_of);
}

std::int64_t count_decisions(db::Connection& connection, const DecisionFilter& filter) {
  return connection.integer(kCount, filter_of(filter)).value_or(0);
}

std::vector<Decision> decisions_of(db::Connection& connection, SchemeId scheme, int limit) {
  return all<Decision>(connection, kOfScheme, {{"scheme", scheme.value}, {"limit", limit}}, decision_of);
}

std::vector<Decision> once_asked(db::Connection& connection, int limit) {
  return all<Decision>(connection, kOnceAsked, {{"limit", limit}}, decision_of);
}

std::vector<Decision> decisions_in_force(db::Connection& connection, PotId pot) {
  return all<Decision>(connection, kInForce, {{"pot", pot.value}}, decision_of);
}

std::vector<Decision> decisions_taking_place(db::Connection& connection, DecisionId id) {
  return all<Decision>(connection, kTaking, {{"id", id.value}}, decision_of);
}

void hold_pot(db::Transaction& transaction, PotId pot) { transaction.run(kHold, {{"pot", pot.value}}); }

std::vector<Comment> comments(db::Connection& connection, DecisionId id) {
  return all<Comment>(connection, kComments, {{"id", id.value}}, comment_of);
}

std::optional<Comment> comment(db::Connection& connection, std::int64_t id) {
  return first(all<Comment>(connection, kComment, {{"id", id}}, comment_of));
}

std::optional<Frozen> frozen(db::Connection& connection, DecisionId id) {
  auto out = first(all<Frozen>(connection, kFrozen, {{"id", id.value}}, [&](const db::Row& row) {
    Frozen made;
    made.decision = id;
    made.at = {row.integer("at")};
    made.by = row.text("actor");
    made.by_name = row.text("actor_name");
    made.scheme = row.text("scheme");
    made.values = row.text("scheme_values");
    made.sha256 = row.text("sha256");
    return made;
  }));
  if (!out) return out;
  out->lines = all<FrozenLine>(connection, kLines, {{"id", id.value}}, line_of);
  out->inputs = all<FrozenInput>(connection, kInputs, {{"id", id.value}}, [](const db::Row& row) {
    return FrozenInput{row.text("indicator"), row.text("area"),    row.text("period"),
                       row.text("value"),     row.text("address"), row.text("evidence_version"),
                       row.text("as_at"),     row.text("source")};
  });
  out->acknowledged = all<Acknowledgement>(connection, kAcknowledged, {{"id", id.value}}, [](const db::Row& row) {
    return Acknowledgement{row.text("finding"), row.text("words")};
  });
  return out;
}

std::optional<FrozenLine> frozen_area(db::Connection& connection, DecisionId id, const std::string& key) {
  return first(all<FrozenLine>(connection, kLine, {{"id", id.value}, {"key", key}}, line_of));
}

DecisionId insert_decision(db::Transaction& transaction, const Decision& d) {
  const std::optional<std::string> delivered = d.delivered.empty() ? std::nullopt : std::optional(d.delivered);
  const std::optional<std::int64_t> replaces = d.replaces ? std::optional(d.replaces->value) : std::nullopt;
  return {transaction
              .integer(kInsert, {{"title", d.title},
                                 {"summary", d.summary},
                                 {"year", d.financial_year},
                                 {"area", d.area},
                                 {"pot", d.pot.value},
                                 {"pot_version", d.pot_version},
                                 {"scheme", d.scheme.value},
                                 {"scheme_version", d.scheme_version},
                                 {"state", code_of(d.state)},
                                 {"by", d.prepared_by},
                                 {"replaces", replaces},
                                 {"by_name", d.prepared_by_name},
                                 {"at", d.created_at.milliseconds},
                                 {"delivered", delivered}})
              .value()};
}

bool update_decision(db::Transaction& transaction, const Decision& d) {
  const auto of = [&](std::string Agreement::*member) {
    return d.agreement ? std::optional((*d.agreement).*member) : std::nullopt;
  };
  const std::optional<std::int64_t> agreed_on =
      d.agreement ? std::optional<std::int64_t>(d.agreement->on.days()) : std::nullopt;
  const std::optional<std::int64_t> replaces = d.replaces ? std::optional(d.replaces->value) : std::nullopt;
  const std::optional<std::int64_t> successor = d.superseded_by ? std::optional(d.superseded_by->value) : std::nullopt;
  return transaction.run(kUpdate,
                         {{"version", d.version},
                          {"before", d.version - 1},
                          {"id", d.id.value},
                          {"title", d.title},
                          {"summary", d.summary},
                          {"year", d.financial_year},
                          {"area", d.area},
                          {"pot", d.pot.value},
                          {"pot_version", d.pot_version},
                          {"scheme", d.scheme.value},
                          {"scheme_version", d.scheme_version},
                          {"state", code_of(d.state)},
                          {"consult_from", days(d.consult_from)},
                          {"consult_to", days(d.consult_to)},
                          {"agreed_on", agreed_on},
                          {"agreed_by", of(&Agreement::by)},
                          {"agreed_by_name", of(&Agreement::by_name)},
                          {"authority", of(&Agreement::authority)},
                          {"interests", of(&Agreement::interests)},
                          {"agreed_amounts", of(&Agreement::amounts)},
                          {"published_on", days(d.published_on)},
                          {"superseded_by", successor},
                          {"superseded_why", d.superseded_why},
                          {"asked_title", d.asked ? std::optional(d.asked->title) : std::nullopt},
                          {"asked_area", d.asked ? std::optional(d.asked->area) : std::nullopt},
                          {"asked_scheme", d.asked ? std::optional(d.asked->scheme.value) : std::nullopt},
                          {"asked_scheme_version", d.asked ? std::optional(d.asked->scheme_version) : std::nullopt},
                          {"replaces", replaces}}) == 1;
}

std::int64_t insert_comment(db::Transaction& transaction, const Comment& comment) {
  const std::optional<std::int64_t> answers = comment.answers == 0 ? std::nullopt : std::optional(comment.answers);
  return transaction
      .integer(kInsertComment, {{"decision", comment.decision.value},
                                {"at", comment.at.milliseconds},
                                {"by", comment.by},
                                {"by_name", comment.by_name},
                                {"organisation", comment.organisation},
                                {"about", comment.about},
                                {"body", comment.text},
                                {"answers", answers},
                                {"about_name", comment.about_name},
                                {"proposal", comment.proposal}})
      .value();
}

void insert_frozen(db::Transaction& transaction, const Frozen& f) {
  const db::Parameter decision{"decision", f.decision.value};
  transaction.run(kInsertFrozen, {decision,
                                  {"at", f.at.milliseconds},
                                  {"by", f.by},
                                  {"by_name", f.by_name},
                                  {"scheme", f.scheme},
                                  {"values", f.values},
                                  {"sha256", f.sha256}});
  std::int64_t position = 0;
  for (const FrozenLine& line : f.lines)
    transaction.run(kInsertLine, {decision,
                                  {"position", ++position},
                                  {"kind", line.kind},
                                  {"key", line.key},
                                  {"name", line.name},
                                  {"amount", pence(line.amount)},
                                  {"last_year", pence(line.last_year)},
                                  {"population", line.population},
                                  {"working", line.working}});
  position = 0;
  for (const FrozenInput& input : f.inputs)
    transaction.run(kInsertInput, {decision,
                                   {"position", ++position},
                                   {"indicator", input.indicator},
                                   {"area", input.area},
                                   {"period", input.period},
                                   {"value", input.value},
                                   {"address", input.address},
                                   {"version", input.evidence_version},
                                   {"as_at", input.as_at},
                                   {"source", input.source}});
  position = 0;
  for (const Acknowledgement& one : f.acknowledged)
    transaction.run(kInsertAcknowledged,
                    {decision, {"position", ++position}, {"finding", one.finding}, {"words", one.words}});
}

}  // namespace tithing::decisions::store
