#include "slices/priorities/store.h"

namespace tithing::priorities::store {
namespace {

#define TITHING_EXERCISE                                                                                              \
  "SELECT e.id, v.version, v.title, e.area, v.period_from, v.period_to, v.scale_high, v.stage, v.reason, v.made_by, " \
  "v.made_at, e.created_by, e.created_at FROM priorities_exercise e JOIN priorities_version v ON v.exercise = e.id "

const db::Query kExercises{
    "priorities.exercises", TITHING_EXERCISE
    "WHERE v.version = (SELECT MAX(n.version) FROM priorities_version n WHERE n.exercise = e.id) "
    "AND (:area = '' OR e.area = :area) ORDER BY e.id DESC"};
const db::Query kVersions{"priorities.versions", TITHING_EXERCISE "WHERE e.id = :id ORDER BY v.version DESC"};
const db::Query kCriteria{"priorities.criteria",
                          "SELECT code, name, guidance, weight FROM priorities_criterion "
                          "WHERE exercise = :exercise AND version = :version ORDER BY position"};
const db::Query kItems{"priorities.items",
                       "SELECT code, name, crime_type FROM priorities_item WHERE exercise = :exercise AND version = "
                       ":version ORDER BY position"};
const db::Query kScores{"priorities.scores",
                        "SELECT id, item, criterion, moderated, scorer, scorer_name, value, reason, made_at "
                        "FROM priorities_score WHERE exercise = :exercise AND superseded_at IS NULL ORDER BY id"};
const db::Query kFormer{"priorities.former_scores",
                        "SELECT id, item, criterion, moderated, scorer, scorer_name, value, reason, made_at "
                        "FROM priorities_score WHERE exercise = :exercise AND superseded_at IS NOT NULL ORDER BY id"};
const db::Query kInsertExercise{
    "priorities.insert_exercise",
    "INSERT INTO priorities_exercise (area, created_at, created_by) VALUES (:area, :at, :by) RETURNING id"};
const db::Query kInsertVersion{
    "priorities.insert_version",
    "INSERT INTO priorities_version (exercise, version, made_at, made_by, reason, title, period_from, period_to, "
    "scale_high, stage) "
    "VALUES (:exercise, :version, :at, :by, :reason, :title, :from, :to, :scale, :stage) ON CONFLICT DO NOTHING"};
const db::Query kInsertCriterion{
    "priorities.insert_criterion",
    "INSERT INTO priorities_criterion (exercise, version, position, code, name, guidance, weight) VALUES "
    "(:exercise, :version, :position, :code, :name, :guidance, :weight)"};
const db::Query kInsertItem{"priorities.insert_item",
                            "INSERT INTO priorities_item (exercise, version, position, code, name, crime_type) VALUES "
                            "(:exercise, :version, :position, :code, :name, :type)"};
const db::Query kSupersede{
    "priorities.supersede_score",
    "UPDATE priorities_score SET superseded_at = :at WHERE exercise = :exercise AND item = :item AND "
    "criterion = :criterion AND moderated = :moderated AND scorer = :scorer AND superseded_at IS NULL"};
const db::Query kInsertScore{"priorities.insert_score",
                             "INSERT INTO priorities_score (exercise, item, criterion, moderated, scorer, scorer_name, "
                             "value, reason, made_at) VALUES "
                             "(:exercise, :item, :criterion, :moderated, :scorer, :name, :value, :reason, :at)"};

const db::Query kInterests{"priorities.interests",
                           "SELECT item, scorer, scorer_name, what, declared_at FROM priorities_interest WHERE "
                           "exercise = :exercise AND ended_at IS NULL ORDER BY id"};
const db::Query kEndInterest{"priorities.end_interest",
                             "UPDATE priorities_interest SET ended_at = :at WHERE exercise = :exercise AND item = "
                             ":item AND scorer = :scorer AND ended_at IS NULL"};
const db::Query kInsertInterest{"priorities.insert_interest",
                                "INSERT INTO priorities_interest (exercise, item, scorer, scorer_name, what, "
                                "declared_at) VALUES (:exercise, :item, :scorer, :name, :what, :at)"};

// Without criteria and items: they are read after the rows, one statement at a time.
Exercise bare(const db::Row& row) {
  Exercise e;
  e.id = row.integer("id");
  e.version = row.integer("version");
  e.title = row.text("title");
  e.area = row.text("area");
  const auto period = Period::parse(row.text("period_from"), row.text("period_to"));
  const auto stage = stage_from(row.text("stage"));
  if (!period || !stage)
    throw db::Error(db::Fault::type, "priorities_version of exercise " + std::to_string(e.id) + " is malformed");
  e.period = *period;
  e.scale_high = static_cast<int>(row.integer("scale_high"));
  e.stage = *stage;
  e.reason = row.text("reason");
  e.made_by = row.text("made_by");
  e.made_at = {row.integer("made_at")};
  e.created_by = row.text("created_by");
  e.created_at = {row.integer("created_at")};
  return e;
}

std::vector<Exercise> whole(db::Connection& connection, const db::Query& query, const db::Parameters& parameters) {
  std::vector<Exercise> out;
  connection.run(query, parameters, [&](const db::Row& row) { out.push_back(bare(row)); });
  for (Exercise& e : out) {
    const db::Parameters key = {{"exercise", e.id}, {"version", e.version}};
    connection.run(kCriteria, key, [&](const db::Row& row) {
      e.criteria.push_back({row.text("code"), row.text("name"), row.text("guidance"), row.integer("weight")});
    });
    connection.run(kItems, key, [&](const db::Row& row) {
      e.items.push_back({row.text("code"), row.text("name"), row.text("crime_type")});
    });
  }
  return out;
}

std::vector<Score> read_scores(db::Connection& connection, const db::Query& query, std::int64_t exercise) {
  std::vector<Score> out;
  connection.run(query, {{"exercise", exercise}}, [&](const db::Row& row) {
    out.push_back({row.integer("id"),
                   row.text("item"),
                   row.text("criterion"),
                   row.flag("moderated"),
                   row.integer("scorer"),
                   row.text("scorer_name"),
                   row.integer("value"),
                   row.text("reason"),
                   {row.integer("made_at")}});
  });
  return out;
}

}  // namespace

std::vector<Exercise> exercises(db::Connection& connection, const std::string& area) {
  return whole(connection, kExercises, {{"area", area}});
}

std::optional<Exercise> exercise(db::Connection& connection, std::int64_t id) {
  std::vector<Exercise> all = versions(connection, id);
  return all.empty() ? std::nullopt : std::optional(std::move(all.front()));
}

std::vector<Exercise> versions(db::Connection& connection, std::int64_t id) {
  return whole(connection, kVersions, {{"id", id}});
}

std::vector<Score> scores(db::Connection& connection, std::int64_t exercise) {
  return read_scores(connection, kScores, exercise);
}
std::vector<Score> former_scores(db::Connection& connection, std::int64_t exercise) {
  return read_scores(connection, kFormer, exercise);
}

std::int64_t insert_exercise(db::Transaction& transaction, const Exercise& exercise) {
  Exercise e = exercise;
  e.id =
      transaction.integer(kInsertExercise, {{"area", e.area}, {"at", e.created_at.milliseconds}, {"by", e.created_by}})
          .value();
  e.version = 1;
  insert_version(transaction, e);
  return e.id;
}

bool insert_version(db::Transaction& transaction, const Exercise& e) {
  if (transaction.run(kInsertVersion, {{"exercise", e.id},
                                       {"version", e.version},
                                       {"at", e.made_at.milliseconds},
                                       {"by", e.made_by},
                                       {"reason", e.reason},
                                       {"title", e.title},
                                       {"from", e.period.from.iso()},
                                       {"to", e.period.to.iso()},
                                       {"scale", e.scale_high},
                                       {"stage", code_of(e.stage)}}) != 1)
    return false;
  int position = 0;
  for (const Criterion& c : e.criteria)
    transaction.run(kInsertCriterion, {{"exercise", e.id},
                                       {"version", e.version},
                                       {"position", position++},
                                       {"code", c.code},
                                       {"name", c.name},
                                       {"guidance", c.guidance},
                                       {"weight", c.weight}});
  position = 0;
  for (const Item& i : e.items)
    transaction.run(kInsertItem, {{"exercise", e.id},
                                  {"version", e.version},
                                  {"position", position++},
                                  {"code", i.code},
                                  {"name", i.name},
                                  {"type", i.crime_type}});
  return true;
}

void insert_score(db::Transaction& transaction, std::int64_t exercise, const Score& s) {
  const int moderated = s.moderated ? 1 : 0;
  transaction.run(kSupersede, {{"exercise", exercise},
                               {"item", s.item},
                               {"criterion", s.criterion},
                               {"moderated", moderated},
                               {"scorer", s.scorer},
                               {"at", s.made_at.milliseconds}});
  transaction.run(kInsertScore, {{"exercise", exercise},
                                 {"item", s.item},
                                 {"criterion", s.criterion},
                                 {"moderated", moderated},
                                 {"scorer", s.scorer},
                                 {"name", s.scorer_name},
                                 {"value", s.value},
                                 {"reason", s.reason},
                                 {"at", s.made_at.milliseconds}});
}

std::vector<scoring::Interest> interests(db::Connection& connection, std::int64_t exercise) {
  std::vector<scoring::Interest> out;
  connection.run(kInterests, {{"exercise", exercise}}, [&](const db::Row& row) {
    out.push_back({row.integer("scorer"),
                   row.text("item"),
                   row.text("what"),
                   row.text("scorer_name"),
                   {row.integer("declared_at")}});
  });
  return out;
}

void insert_interest(db::Transaction& transaction, std::int64_t exercise, const scoring::Interest& interest) {
  db::Parameters parameters = {{"exercise", exercise},
                               {"item", interest.item},
                               {"scorer", interest.scorer},
                               {"at", interest.declared_at.milliseconds}};
  transaction.run(kEndInterest, parameters);
  if (interest.what.empty()) return;
  parameters.push_back({"name", interest.scorer_name});
  parameters.push_back({"what", interest.what});
  transaction.run(kInsertInterest, parameters);
}

}  // namespace tithing::priorities::store
