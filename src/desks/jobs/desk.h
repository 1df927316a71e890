// The pages of long work: what is done, of how much, and the list of what one has started.
#pragma once

#include "jobs/jobs.h"
#include "slices/wiring.h"

namespace tithing::jobs {

// Migrations, permission, routes. The pages use wiring.jobs, which the serving process sets, after Runner::recover().
void register_desk(Wiring& wiring);

html::Url page_of(std::int64_t id);  // "/jobs/12": where to send the person who has started it

std::string to_json(const Job& job);

}  // namespace tithing::jobs
