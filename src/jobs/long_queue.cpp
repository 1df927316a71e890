#include "jobs/long_queue.h"

#include <malloc.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <list>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "base/log.h"
#include "base/translation.h"

namespace tithing::jobs {
namespace {

constexpr int kGivesWay = 10;          // nice: threads that answer pages go first
constexpr int kLookEveryMs = 50;       // whether something has become a job
constexpr int kTryJobAgainMs = 2'000;  // where the store did not take the job's row
constexpr int kRetryWhenFull = 10;     // seconds
constexpr const char* kKind = "figures.long";
constexpr Marked kTooLong = marked(
    "This has taken a quarter of an hour and was stopped. Ask for a smaller area, fewer months or larger cells.");

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

}  // namespace

struct LongQueue::Impl {
  struct One {
    LongAsk ask;
    std::shared_ptr<Effort> effort = std::make_shared<Effort>();
    std::int64_t asked = 0, try_job_at = 0;
    std::optional<std::int64_t> began;
    std::optional<std::int64_t> job;
    bool becoming_job = false;
    bool too_long = false;
    std::optional<LongAsk::Ended> ended;
    bool over = false;
  };
  using Pointer = std::shared_ptr<One>;

  Runner& runner;
  const Configuration configuration;
  mutable std::mutex mutex;
  std::condition_variable something_to_do, something_over, look;
  std::deque<Pointer> waiting;
  std::list<Pointer> all;  // that wait or are under way
  Budget budget;
  State state;
  bool stopping = false;
  std::vector<std::thread> workers;
  std::thread watcher;

  Impl(Runner& with_runner, Configuration with)
      : runner(with_runner), configuration(std::move(with)), budget(configuration.limits) {
    for (int i = 0; i < std::max(1, configuration.workers); ++i) workers.emplace_back([this] { work_off(); });
    watcher = std::thread([this] { watch(); });
  }

  void work_off() {
    // Of this thread alone, and of the threads that it starts.
    setpriority(PRIO_PROCESS, 0, kGivesWay);
    std::unique_lock lock(mutex);
    for (;;) {
      something_to_do.wait(lock, [&] { return stopping || !waiting.empty(); });
      if (stopping) return;
      const Pointer one = waiting.front();
      waiting.pop_front();
      one->began = now_ms();
      ++state.under_way;
      state.most_under_way = std::max(state.most_under_way, state.under_way);
      lock.unlock();
      LongAsk::Ended ended = done(*one);
      lock.lock();
      --state.under_way;
      over(one, std::move(ended), lock);
      // The arenas of malloc keep what a large grid took; nobody needs it until the next one.
      if (!all.empty() || !configuration.trim_memory) continue;
      lock.unlock();
      malloc_trim(0);
      lock.lock();
    }
  }

  // Never throws.
  LongAsk::Ended done(One& one) {
    try {
      const AtWork here(Place::queue, one.effort);
      check_stop();
      return one.ask.work();
    } catch (const Stopped&) {
      return {unavailable(tr("Stopped.")), {}};
    } catch (const std::exception& error) {
      log::error("long work failed", {{"title", one.ask.title}, {"why", std::string(error.what())}});
    } catch (...) {
      log::error("long work failed", {{"title", one.ask.title}});
    }
    return {unavailable(tr("The program met a fault of its own. Tell your administrator what you asked for.")), {}};
  }

  // With the lock held; lets go of it to call out.
  void over(const Pointer& one, LongAsk::Ended ended, std::unique_lock<std::mutex>& lock) {
    const std::int64_t now = now_ms();
    budget.end(one->ask.actor.audit_name(), one->ask.address, one->began ? now - *one->began : 0, now);
    one->over = true;
    one->ended = std::move(ended);
    all.remove(one);
    ++(one->effort->stopped() ? state.stopped : state.ended);
    const bool tells_job = one->job.has_value();  // else whoever makes it one sees that it is over
    lock.unlock();
    if (one->too_long) one->ended->status = unavailable(tr(kTooLong));
    if (!one->ended->status)
      one->ask.dropped({503, one->ended->status.error().message, kRetryWhenFull});  // dropped where it has its answer
    one->ask.work = nullptr;                                                        // what it holds goes now
    if (tells_job) tell(*one);
    lock.lock();
    something_over.notify_all();
  }

  void tell(One& one) { runner.finish(*one.job, one.ended->status, one.ended->result_url); }

  void watch() {
    std::unique_lock lock(mutex);
    while (!look.wait_for(lock, std::chrono::milliseconds(kLookEveryMs), [&] { return stopping; })) {
      const std::int64_t now = now_ms();
      std::vector<Pointer> due;
      for (const Pointer& one : all) {
        if (one->began && now - *one->began > configuration.longest_ms) {
          one->too_long = true;
          one->effort->stop();
        }
        if (!one->job && !one->effort->stopped() && now - one->asked >= configuration.job_after_ms &&
            now >= one->try_job_at) {
          one->becoming_job = true;
          due.push_back(one);
        }
      }
      lock.unlock();
      for (const Pointer& one : due) make_job(one);
      due.clear();
      lock.lock();
    }
  }

  void make_job(const Pointer& one) {
    std::optional<std::int64_t> id;
    try {
      if (const auto made = runner.adopt(kKind, one->ask.title, one->ask.actor, one->effort)) id = *made;
    } catch (const std::exception& error) {
      log::warning("long work could not become a job yet", {{"why", std::string(error.what())}});
    }
    bool over = false;
    {
      const std::lock_guard lock(mutex);
      one->becoming_job = false;
      if (!id) {
        one->try_job_at = now_ms() + kTryJobAgainMs;
        return;
      }
      one->job = id;
      ++state.jobs;
      over = one->over;
    }
    if (over) {
      tell(*one);
    } else {
      one->ask.left(*id);
    }
  }
};

LongQueue::LongQueue(Runner& runner, Configuration configuration)
    : impl_(std::make_unique<Impl>(runner, std::move(configuration))) {}

LongQueue::~LongQueue() { stop(); }

LongAnswer LongQueue::ask(LongAsk ask) {
  Impl& impl = *impl_;
  const std::lock_guard lock(impl.mutex);
  const auto no = [&](Refusal why) -> LongAnswer {
    ++impl.state.refused;
    return {nullptr, std::move(why)};
  };
  if (impl.stopping) return no({503, "The program is being stopped. Try again in a minute.", 60});
  const std::string account = ask.actor.audit_name();
  const std::int64_t now = now_ms();
  if (auto why = impl.budget.refusal(account, ask.address, now)) return no(std::move(*why));
  if (impl.waiting.size() >= impl.configuration.waiting)
    return no(
        {503, "Much long work is waiting already, so this was not taken. Try again in a moment.", kRetryWhenFull});
  impl.budget.begin(account, ask.address);
  auto one = std::make_shared<Impl::One>();
  one->ask = std::move(ask);
  one->asked = now;
  impl.waiting.push_back(one);
  impl.all.push_back(one);
  impl.something_to_do.notify_one();
  return {one->effort, std::nullopt};
}

void LongQueue::nobody_waits(const std::shared_ptr<Effort>& effort) {
  Impl& impl = *impl_;
  std::unique_lock lock(impl.mutex);
  const auto found =
      std::find_if(impl.all.begin(), impl.all.end(), [&](const Impl::Pointer& one) { return one->effort == effort; });
  if (found == impl.all.end() || (*found)->job || (*found)->becoming_job) return;
  const Impl::Pointer one = *found;
  effort->stop();
  const auto in_queue = std::find(impl.waiting.begin(), impl.waiting.end(), one);
  if (in_queue == impl.waiting.end()) return;  // under way: it ends at its next check
  impl.waiting.erase(in_queue);
  impl.over(one, {unavailable(tr("Stopped.")), {}}, lock);
}

void LongQueue::stop() {
  Impl& impl = *impl_;
  std::vector<Impl::Pointer> left;
  {
    const std::lock_guard lock(impl.mutex);
    if (impl.stopping) return;
    impl.stopping = true;
    for (const Impl::Pointer& one : impl.all) one->effort->stop();
    left.assign(impl.waiting.begin(), impl.waiting.end());
    impl.waiting.clear();
    impl.something_to_do.notify_all();
    impl.look.notify_all();
  }
  impl.watcher.join();
  for (const Impl::Pointer& one : left) {
    std::unique_lock lock(impl.mutex);
    impl.over(one, {unavailable(tr("The program is being stopped. Try again in a minute.")), {}}, lock);
  }
  for (std::thread& each : impl.workers) each.join();
}

LongQueue::State LongQueue::state() const {
  const std::lock_guard lock(impl_->mutex);
  State state = impl_->state;
  state.waiting = impl_->waiting.size();
  return state;
}

bool LongQueue::wait_until_idle(int milliseconds) {
  std::unique_lock lock(impl_->mutex);
  return impl_->something_over.wait_for(lock, std::chrono::milliseconds(milliseconds),
                                        [&] { return impl_->all.empty(); });
}

}  // namespace tithing::jobs
