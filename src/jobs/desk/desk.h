// The pages of long work: what is done, of how much, and the list of what one has started.
#pragma once

#include "jobs/jobs.h"
#include "slices/wiring.h"

namespace tithing::jobs {

// Migrations, permission, routes, and the recovery at start. The pages use wiring.jobs, which is set when the database is open.
void register_desk(Wiring& wiring);

html::Url page_of(std::int64_t id);  // "/jobs/12": where to send the person who has started it

std::string to_json(const Job& job);

}  // namespace tithing::jobs
