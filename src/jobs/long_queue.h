// The queue for long work that somebody waits for: a figure with simulations, a map of thousands of cells. It has its
// own few workers, which give way to those that answer pages; it takes so much and no more, and from nobody more than
// their budget. Who has waited for a second is shown a job instead, which goes on and can be stopped; when nobody
// waits, what has not become a job is stopped.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/actor.h"
#include "base/long_work.h"
#include "jobs/budget.h"
#include "jobs/jobs.h"

namespace tithing::jobs {

struct LongAsk {
  std::string title;    // of the job, if it becomes one
  Actor actor;          // an account: nobody else may ask
  std::string address;  // of the network
  // The work, with its answer to whoever waits; on a worker of the queue, at Place::queue. It may throw Stopped.
  struct Ended {
    Status status;
    std::string result_url;  // where what it made can be seen, a path of this site
  };
  std::function<Ended()> work;
  std::function<void(std::int64_t job)> left;   // it has become a job: whoever waits is told so
  std::function<void(const Refusal&)> dropped;  // it was stopped, or failed, before it had an answer
};

// What was taken has an effort; what was not has a reason.
struct LongAnswer {
  std::shared_ptr<Effort> effort;
  std::optional<Refusal> refused;
  bool taken() const { return effort != nullptr; }
};

class LongQueue {
 public:
  struct Configuration {
    int workers = 2;
    std::size_t waiting = 32;          // more are refused with 503
    int job_after_ms = 1'000;          // from when it was asked
    int longest_ms = 15 * 60 * 1'000;  // of one piece; then it is stopped
    Limits limits = {};
    bool trim_memory = true;  // give back to the system what the work took, when the queue is empty
  };
  // Safe from any thread. `runner` outlives it.
  LongQueue(Runner& runner, Configuration configuration);
  ~LongQueue();
  LongQueue(const LongQueue&) = delete;
  LongQueue& operator=(const LongQueue&) = delete;

  // Takes the work, or says why not. Of what is taken, whoever waits hears once at least: by `work`, `left` or
  // `dropped`. Those may be called, on other threads, before this returns.
  LongAnswer ask(LongAsk ask);
  // Whoever waited has gone. Stops the work, unless it has become a job; what has not begun goes from the queue.
  void nobody_waits(const std::shared_ptr<Effort>& effort);

  // Takes no more, stops what is under way, returns when it has ended.
  void stop();

  struct State {
    std::size_t waiting = 0, under_way = 0, refused = 0, stopped = 0, ended = 0, jobs = 0;
    std::size_t most_under_way = 0;  // at any one time
  };
  State state() const;
  bool wait_until_idle(int milliseconds);  // for tests

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tithing::jobs
