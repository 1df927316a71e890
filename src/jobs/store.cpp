#include "jobs/store.h"

namespace tithing::jobs {
namespace {

const db::Query kInsert{"jobs.insert",
                        "INSERT INTO job (kind, title, started_by, started_by_name, state, done, total, unit, message, "
                        "result_url, created_at, runner, "
                        "seen_at) VALUES (:kind, :title, :started_by, :started_by_name, :state, :done, :total, :unit, "
                        ":message, :result_url, "
                        ":created_at, :runner, :created_at) RETURNING id"};
const db::Query kUpdate{
    "jobs.update",
    "UPDATE job SET state = :state, done = :done, total = :total, message = :message, result_url = :result_url, "
    "started_at = :started_at, finished_at = :finished_at, seen_at = :now WHERE id = :id"};
const db::Query kTouch{"jobs.touch",
                       "UPDATE job SET seen_at = :now WHERE runner = :runner AND state IN ('queued', 'running')"};
const db::Query kFail{"jobs.fail_abandoned",
                      "UPDATE job SET message = CASE state WHEN 'queued' THEN :before_it_began ELSE :under_way END, "
                      "state = 'failed', finished_at = :now "
                      "WHERE state IN ('queued', 'running') AND runner <> :runner AND seen_at < :before"};
const db::Query kSelect{"jobs.find",
                        "SELECT id, kind, title, started_by, started_by_name, state, done, total, unit, message, "
                        "result_url, created_at, started_at, "
                        "finished_at FROM job WHERE id = :id"};
const db::Query kList{"jobs.list",
                      "SELECT id, kind, title, started_by, started_by_name, state, done, total, unit, message, "
                      "result_url, created_at, started_at, "
                      "finished_at FROM job ORDER BY id DESC LIMIT :limit OFFSET :offset"};
const db::Query kListOf{
    "jobs.list_of",
    "SELECT id, kind, title, started_by, started_by_name, state, done, total, unit, message, result_url, created_at, "
    "started_at, "
    "finished_at FROM job WHERE started_by = :started_by ORDER BY id DESC LIMIT :limit OFFSET :offset"};
const db::Query kCount{"jobs.count", "SELECT count(*) FROM job"};
const db::Query kCountOf{"jobs.count_of", "SELECT count(*) FROM job WHERE started_by = :started_by"};

State state_from(const std::string& code) {
  for (const State state : {State::queued, State::running, State::done, State::failed, State::cancelled}) {
    if (code == code_of(state)) return state;
  }
  throw db::Error(db::Fault::type, "not a state of a job: " + code);
}

std::optional<std::int64_t> milliseconds(const std::optional<Instant>& at) {
  return at ? std::optional(at->milliseconds) : std::nullopt;
}

std::optional<Instant> instant(const db::Row& row, std::string_view column) {
  const auto value = row.maybe_integer(column);
  return value ? std::optional(Instant{*value}) : std::nullopt;
}

Job from_row(const db::Row& row) {
  Job job;
  job.id = row.integer("id");
  job.kind = row.text("kind");
  job.title = row.text("title");
  job.started_by = row.text("started_by");
  job.started_by_name = row.text("started_by_name");
  job.state = state_from(row.text("state"));
  job.done = row.integer("done");
  job.of = row.integer("total");
  job.unit = row.text("unit");
  job.message = row.text("message");
  job.result_url = row.text("result_url");
  job.created = {row.integer("created_at")};
  job.started = instant(row, "started_at");
  job.finished = instant(row, "finished_at");
  return job;
}

}  // namespace

std::string_view code_of(State state) {
  switch (state) {
    case State::queued:
      return "queued";
    case State::running:
      return "running";
    case State::done:
      return "done";
    case State::failed:
      return "failed";
    case State::cancelled:
      return "cancelled";
  }
  return "";
}

std::int64_t insert_job(db::Transaction& transaction, const Job& job, const std::string& runner) {
  return *transaction.integer(kInsert, {{"kind", job.kind},
                                        {"title", job.title},
                                        {"started_by", job.started_by},
                                        {"started_by_name", job.started_by_name},
                                        {"state", code_of(job.state)},
                                        {"done", job.done},
                                        {"total", job.of},
                                        {"unit", job.unit},
                                        {"message", job.message},
                                        {"result_url", job.result_url},
                                        {"created_at", job.created.milliseconds},
                                        {"runner", runner}});
}

void update_job(db::Transaction& transaction, const Job& job, Instant now) {
  transaction.run(kUpdate, {{"id", job.id},
                            {"state", code_of(job.state)},
                            {"done", job.done},
                            {"total", job.of},
                            {"message", job.message},
                            {"result_url", job.result_url},
                            {"started_at", milliseconds(job.started)},
                            {"finished_at", milliseconds(job.finished)},
                            {"now", now.milliseconds}});
}

void touch_jobs(db::Transaction& transaction, const std::string& runner, Instant now) {
  transaction.run(kTouch, {{"runner", runner}, {"now", now.milliseconds}});
}

std::int64_t fail_abandoned(db::Transaction& transaction, const std::string& runner, Instant before, Instant now) {
  return transaction.run(kFail, {{"runner", runner},
                                 {"before", before.milliseconds},
                                 {"now", now.milliseconds},
                                 {"before_it_began", std::string(kStoppedBefore)},
                                 {"under_way", std::string(kStoppedDuring)}});
}

std::optional<Job> select_job(db::Connection& connection, std::int64_t id) {
  std::optional<Job> job;
  connection.run(kSelect, {{"id", id}}, [&](const db::Row& row) { job = from_row(row); });
  return job;
}

std::vector<Job> select_jobs(db::Connection& connection, const std::string& started_by, int limit, int offset) {
  std::vector<Job> jobs;
  const auto each = [&](const db::Row& row) { jobs.push_back(from_row(row)); };
  if (started_by.empty()) {
    connection.run(kList, {{"limit", limit}, {"offset", offset}}, each);
  } else {
    connection.run(kListOf, {{"started_by", started_by}, {"limit", limit}, {"offset", offset}}, each);
  }
  return jobs;
}

std::int64_t count_jobs(db::Connection& connection, const std::string& started_by) {
  return (started_by.empty() ? connection.integer(kCount) : connection.integer(kCountOf, {{"started_by", started_by}}))
      .value_or(0);
}

}  // namespace tithing::jobs
