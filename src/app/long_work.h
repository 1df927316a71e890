// The site's way to the queue for long work (web/queued.h to jobs/long_queue.h).
#pragma once

#include "jobs/long_queue.h"
#include "web/queued.h"

namespace tithing::app {

// `queue` outlives what it returns.
web::Queue to_queue(jobs::LongQueue& queue);

// Of the whole process, before its first threads: few arenas, and large pieces of memory of their own, so that what
// long work took goes back to the system when it has ended.
void keep_memory_small();

}  // namespace tithing::app
