#include "app/long_work.h"

#include <malloc.h>

#include <memory>
#include <utility>

#include "base/translation.h"
#include "http/pending.h"

namespace tithing::app {
namespace {

// How the answer ended, for the page of the job that it may have become.
jobs::LongAsk::Ended ended(const http::Response& answer, const std::string& asked) {
  if (answer.status >= 400)
    return {unavailable(tr("The answer was a problem and not what was asked for. Open it again to read which.")), {}};
  const std::string to(answer.status >= 300 ? answer.header("Location") : std::string_view());
  return {{}, to.empty() ? asked : to};
}

}  // namespace

web::Queue to_queue(jobs::LongQueue& queue) {
  return [&queue](web::Queued asked) -> http::Response {
    const auto pending = std::make_shared<http::Pending>();
    const auto shared = std::make_shared<const web::Queued>(std::move(asked));
    const auto taken = queue.ask({shared->title, shared->actor, shared->address,
                                  [pending, shared] {
                                    http::Response answer = shared->again();
                                    auto how = ended(answer, shared->result);
                                    pending->answer(std::move(answer));
                                    return how;
                                  },
                                  [pending, shared](std::int64_t job) { pending->answer(shared->left(job)); },
                                  [pending, shared](const jobs::Refusal& why) {
                                    pending->answer(shared->refused(why.status, why.sentence, why.retry_after));
                                  }});
    if (taken.refused)
      return shared->refused(taken.refused->status, taken.refused->sentence, taken.refused->retry_after);
    pending->when_gone([&queue, effort = taken.effort] { queue.nobody_waits(effort); });
    http::Response answer;
    answer.elsewhere = pending;
    return answer;
  };
}

void keep_memory_small() {
  mallopt(M_ARENA_MAX, 4);
  mallopt(M_MMAP_THRESHOLD, 1024 * 1024);  // set by hand it stays: else it grows with what was freed, up to 32 MB
  mallopt(M_TRIM_THRESHOLD, 4 * 1024 * 1024);
}

}  // namespace tithing::app
