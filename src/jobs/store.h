// SQL of the table `job`. Private to src/jobs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/translation.h"
#include "jobs/jobs.h"

namespace tithing::jobs {

std::int64_t insert_job(db::Transaction& transaction, const Job& job, const std::string& runner);
// State, progress, message, result and times; also the sign of life of the runner.
void update_job(db::Transaction& transaction, const Job& job, Instant now);
void touch_jobs(db::Transaction& transaction, const std::string& runner, Instant now);
// What other runners have left and not touched since `before` becomes failed. Returns how many.
std::int64_t fail_abandoned(db::Transaction& transaction, const std::string& runner, Instant before, Instant now);

std::optional<Job> select_job(db::Connection& connection, std::int64_t id);
// Newest first; an empty `started_by` is everyone.
std::vector<Job> select_jobs(db::Connection& connection, const std::string& started_by, int limit, int offset);
std::int64_t count_jobs(db::Connection& connection, const std::string& started_by);

inline constexpr Marked kStoppedBefore =
    marked("The program was stopped before this began; nothing was changed. Start it again.");
inline constexpr Marked kStoppedDuring = marked("The program was stopped; nothing was changed. Start it again.");

}  // namespace tithing::jobs
