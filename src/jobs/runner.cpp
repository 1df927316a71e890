#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <limits>
#include <map>
#include <mutex>
#include <thread>

#include "base/log.h"
#include "base/random.h"
#include "base/text.h"
#include "base/translation.h"
#include "jobs/jobs.h"
#include "jobs/store.h"

namespace tithing::jobs {
namespace {

constexpr std::int64_t kSignOfLife = 15'000;    // milliseconds between two
constexpr std::int64_t kGivenUpAfter = 60'000;  // without a sign of life
constexpr Marked kFault =
    marked("The program met a fault of its own; nothing was changed. Tell your administrator the number of this job.");

}  // namespace

struct Runner::Impl {
  // A job that waits or runs here. `job` is guarded by the mutex; it is newer than the row in the database while
  // `changed`.
  struct Live {
    Job job;
    Work work;
    std::shared_ptr<Effort> effort = std::make_shared<Effort>();
    bool adopted = false;  // another queue does it; how far it is stands in its effort
    std::atomic<bool> cancel{false};
    std::string cancelled_by;
    bool changed = false;
    bool over = false;
  };
  using LivePointer = std::shared_ptr<Live>;

  class LiveProgress : public Progress {
   public:
    LiveProgress(Impl& impl, Live& live) : impl_(impl), live_(live) {}
    void report(std::int64_t done, std::int64_t of, std::string message) override {
      const std::lock_guard lock(impl_.mutex);
      live_.job.done = std::max<std::int64_t>(done, 0);
      live_.job.of = std::max<std::int64_t>(of, 0);
      if (!message.empty()) live_.job.message = to_valid_utf8(message);
      live_.changed = true;
    }
    void result(std::string url) override {
      const std::lock_guard lock(impl_.mutex);
      live_.job.result_url = std::move(url);
      live_.changed = true;
    }
    void conclude(std::string sentence) override {
      const std::lock_guard lock(impl_.mutex);
      conclusion_ = to_valid_utf8(sentence);
    }
    bool cancelled() const override { return live_.cancel || impl_.stopping; }
    const std::string& conclusion() const { return conclusion_; }

   private:
    Impl& impl_;
    Live& live_;
    std::string conclusion_;
  };

  Impl(db::Database& with_database, const Clock& with_clock, Configuration with)
      : database(with_database), clock(with_clock), configuration(with), name(random_token()) {
    for (int i = 0; i < std::max(1, configuration.threads); ++i) workers.emplace_back([this] { work_off(); });
    writer = std::thread([this] { write_now_and_then(); });
  }

  db::Database& database;
  const Clock& clock;
  const Configuration configuration;
  const std::string name;  // of this runner in the table: two processes never share one

  std::mutex saving;  // taken before `mutex`: an older copy must not be written over a newer one
  std::mutex mutex;
  std::condition_variable something_to_do, something_over, time_to_end;
  std::deque<LivePointer> waiting;
  std::map<std::int64_t, LivePointer> live;
  std::atomic<bool> stopping{false};
  bool ended = false;
  std::vector<std::thread> workers;
  std::thread writer;

  Job job_of(std::string kind, const std::string& title, const Actor& actor) const {
    Job job;
    job.kind = std::move(kind);
    job.title = to_valid_utf8(title);
    job.started_by = actor.audit_name();
    job.started_by_name = actor.name().empty() ? actor.audit_name() : actor.name();
    job.created = clock.now();
    return job;
  }

  Status insert(Job& job) {
    return database.write([&](db::Transaction& transaction) -> Status {
      job.id = insert_job(transaction, job, name);
      return {};
    });
  }

  static bool sees(const Job& job, const Actor& actor) {
    const bool own = actor.signed_in() && job.started_by == actor.audit_name();
    return own || actor.trusted() || actor.can(kSeeAllJobs);
  }

  // Of adopted work the effort says how far it is. With the mutex held.
  static void look_at(Live& each) {
    if (!each.adopted || each.over) return;
    const Effort::Progress at = each.effort->progress();
    if (at.done == each.job.done && at.of == each.job.of && (at.doing.empty() || at.doing == each.job.message)) return;
    each.job.done = at.done;
    each.job.of = at.of;
    if (!at.doing.empty()) each.job.message = to_valid_utf8(at.doing);
    each.changed = true;
  }

  // Writes what has changed, and forgets what is over once that is written. False when the store does not answer; it is
  // then tried again by the writer.
  bool save() {
    const std::lock_guard one_at_a_time(saving);
    std::vector<Job> changed;
    {
      const std::lock_guard lock(mutex);
      for (const auto& [id, each] : live) {
        look_at(*each);
        if (each->changed) changed.push_back(each->job);
        each->changed = false;
      }
    }
    if (changed.empty()) return true;
    bool written = false;
    try {
      written = database
                    .write([&](db::Transaction& transaction) -> Status {
                      for (const Job& job : changed) update_job(transaction, job, clock.now());
                      return {};
                    })
                    .has_value();
    } catch (const std::exception& error) {
      log::warning("progress of jobs could not be written", {{"why", std::string(error.what())}});
    }
    const std::lock_guard lock(mutex);
    for (const Job& job : changed) {
      const auto found = live.find(job.id);
      if (found == live.end()) continue;
      if (!written) {
        found->second->changed = true;
      } else if (job.over()) {
        live.erase(found);
      }
    }
    something_over.notify_all();
    return written;
  }

  std::int64_t fail_abandoned_before(Instant before) {
    std::int64_t count = 0;
    const Status status = database.write([&](db::Transaction& transaction) -> Status {
      count = fail_abandoned(transaction, name, before, clock.now());
      return {};
    });
    return status ? count : 0;
  }

  void give_sign_of_life() {
    try {
      const Instant now = clock.now();
      const Status touched = database.write([&](db::Transaction& transaction) -> Status {
        touch_jobs(transaction, name, now);
        return {};
      });
      if (touched && database.engine() == db::Engine::postgresql)
        fail_abandoned_before({now.milliseconds - kGivenUpAfter});
    } catch (const std::exception& error) {
      log::warning("sign of life of jobs could not be written", {{"why", std::string(error.what())}});
    }
  }

  void write_now_and_then() {
    Instant last_sign = clock.now();
    std::unique_lock lock(mutex);
    while (!time_to_end.wait_for(lock, std::chrono::milliseconds(configuration.write_every_milliseconds),
                                 [&] { return ended; })) {
      const bool anything = !live.empty();
      lock.unlock();
      save();
      const Instant now = clock.now();
      const bool sweeps = database.engine() == db::Engine::postgresql;
      // A clock that was set back is no reason to wait until it is where it was.
      const std::int64_t passed = now.milliseconds - last_sign.milliseconds;
      if ((passed >= kSignOfLife || passed < 0) && (anything || sweeps)) {
        give_sign_of_life();
        last_sign = now;
      }
      lock.lock();
    }
  }

  void work_off() {
    std::unique_lock lock(mutex);
    for (;;) {
      something_to_do.wait(lock, [&] { return ended || !waiting.empty(); });
      if (waiting.empty()) return;
      const LivePointer each = waiting.front();
      waiting.pop_front();
      each->job.state = State::running;
      each->job.started = clock.now();
      each->changed = true;
      lock.unlock();
      save();
      run(*each);
      save();
      lock.lock();
    }
  }

  void run(Live& each) {
    LiveProgress progress(*this, each);
    Status status;
    try {
      const AtWork here(Place::anywhere, each.effort);
      status = each.work(progress);
    } catch (const Stopped&) {
      status = unavailable(tr(kStoppedDuring));
    } catch (const std::exception& error) {
      log::error("job failed",
                 {{"job", std::to_string(each.job.id)}, {"kind", each.job.kind}, {"why", std::string(error.what())}});
      status = unavailable(tr(kFault));
    }
    each.work = nullptr;  // what it holds goes now: an uploaded file, a lock
    const std::lock_guard lock(mutex);
    end(each, status, progress.conclusion());
  }

  // How it ended. With the mutex held.
  void end(Live& each, const Status& status, const std::string& conclusion) {
    Job& job = each.job;
    job.finished = clock.now();
    if (status) {
      job.state = State::done;
      job.message = conclusion;
      if (job.of > 0) job.done = job.of;
    } else if (each.cancel) {
      job.state = State::cancelled;
      job.message = "Stopped by " + each.cancelled_by + "; nothing was changed.";
    } else {
      job.state = State::failed;
      job.message = stopping ? std::string(kStoppedDuring) : to_valid_utf8(status.error().message);
      if (!stopping) {
        for (const FieldProblem& field : status.error().fields) job.message += " " + to_valid_utf8(field.message);
      }
    }
    each.changed = true;
    each.over = true;
    something_over.notify_all();
  }

  void end_waiting(Live& each, State state, std::string message) {
    each.job.state = state;
    each.job.message = std::move(message);
    each.job.finished = clock.now();
    each.work = nullptr;
    each.changed = true;
    each.over = true;
  }
};

Runner::Runner(db::Database& database, const Clock& clock, Configuration configuration)
    : impl_(std::make_unique<Impl>(database, clock, configuration)) {}

Runner::~Runner() { stop(); }

Result<std::int64_t> Runner::recover() {
  // SQLite is used by one serving process, so whatever this one did not start is dead.
  const bool alone = impl_->database.engine() == db::Engine::sqlite;
  const std::int64_t before =
      alone ? std::numeric_limits<std::int64_t>::max() : impl_->clock.now().milliseconds - kGivenUpAfter;
  const std::int64_t count = impl_->fail_abandoned_before({before});
  if (count > 0) log::warning("jobs of a stopped process marked as failed", {{"count", static_cast<long long>(count)}});
  return count;
}

Result<std::int64_t> Runner::start(std::string kind, std::string title, const Actor& actor, Work work,
                                   std::string unit) {
  if (!actor.signed_in() && !actor.trusted()) return forbidden(tr("Sign in to start this."));
  if (impl_->stopping) return unavailable(tr("The program is being stopped. Try again in a minute."));
  auto each = std::make_shared<Impl::Live>();
  each->job = impl_->job_of(std::move(kind), title, actor);
  each->job.unit = to_valid_utf8(unit);
  each->work = std::move(work);
  if (const Status written = impl_->insert(each->job); !written) return pass_on(written);
  const std::int64_t id = each->job.id;  // from here on the job belongs to the worker
  const std::lock_guard lock(impl_->mutex);
  impl_->live.emplace(id, each);
  if (impl_->stopping) {
    impl_->end_waiting(*each, State::failed, kStoppedBefore);
  } else {
    impl_->waiting.push_back(each);
    impl_->something_to_do.notify_one();
  }
  return id;
}

Result<std::int64_t> Runner::adopt(std::string kind, std::string title, const Actor& actor,
                                   std::shared_ptr<Effort> effort) {
  if (!actor.signed_in() && !actor.trusted()) return forbidden(tr("Sign in to start this."));
  if (impl_->stopping) return unavailable(tr("The program is being stopped. Try again in a minute."));
  auto each = std::make_shared<Impl::Live>();
  each->job = impl_->job_of(std::move(kind), title, actor);
  each->job.state = State::running;
  each->job.started = each->job.created;
  each->adopted = true;
  each->effort = std::move(effort);
  if (const Status written = impl_->insert(each->job); !written) return pass_on(written);
  const std::int64_t id = each->job.id;
  const std::lock_guard lock(impl_->mutex);
  each->changed = true;  // that it has begun
  impl_->live.emplace(id, each);
  return id;
}

void Runner::finish(std::int64_t id, const Status& status, std::string result_url, std::string conclusion) {
  {
    const std::lock_guard lock(impl_->mutex);
    const auto found = impl_->live.find(id);
    if (found == impl_->live.end() || found->second->over) return;
    Impl::look_at(*found->second);
    if (status) found->second->job.result_url = std::move(result_url);
    impl_->end(*found->second, status, to_valid_utf8(conclusion));
  }
  impl_->save();
}

Result<Job> Runner::find(std::int64_t id, const Actor& actor) {
  std::optional<Job> job;
  {
    const std::lock_guard lock(impl_->mutex);
    if (const auto found = impl_->live.find(id); found != impl_->live.end()) {
      Impl::look_at(*found->second);
      job = found->second->job;
    }
  }
  if (!job) job = impl_->database.read([&](db::Connection& connection) { return select_job(connection, id); });
  if (!job || !Impl::sees(*job, actor)) return not_found(tr("There is no such job, or it is not yours."));
  return *job;
}

std::vector<Job> Runner::list(const Actor& actor, bool everyone, int limit, int offset) {
  if (!actor.signed_in() && !actor.trusted()) return {};
  const bool all = everyone && (actor.trusted() || actor.can(kSeeAllJobs));
  std::vector<Job> jobs = impl_->database.read([&](db::Connection& connection) {
    return select_jobs(connection, all ? std::string() : actor.audit_name(), limit, offset);
  });
  const std::lock_guard lock(impl_->mutex);
  for (Job& job : jobs) {
    if (const auto found = impl_->live.find(job.id); found != impl_->live.end()) job = found->second->job;
  }
  return jobs;
}

std::int64_t Runner::count(const Actor& actor, bool everyone) {
  if (!actor.signed_in() && !actor.trusted()) return 0;
  const bool all = everyone && (actor.trusted() || actor.can(kSeeAllJobs));
  return impl_->database.read(
      [&](db::Connection& connection) { return count_jobs(connection, all ? std::string() : actor.audit_name()); });
}

Status Runner::cancel(std::int64_t id, const Actor& actor) {
  const auto job = find(id, actor);
  if (!job) return pass_on(job);
  if (job->over()) return conflict(tr("It is over already."));
  // Not written here: the work may hold the store's only writer, and the one who asks must not wait for that.
  const std::lock_guard lock(impl_->mutex);
  const auto found = impl_->live.find(id);
  if (found == impl_->live.end() || found->second->over) {
    return conflict(tr("It is over already, or another process of this program does it. Look again in a moment."));
  }
  Impl::Live& each = *found->second;
  const std::string who = actor.name().empty() ? actor.audit_name() : actor.name();
  const auto in_queue = std::find(impl_->waiting.begin(), impl_->waiting.end(), found->second);
  if (in_queue != impl_->waiting.end()) {
    impl_->waiting.erase(in_queue);
    impl_->end_waiting(each, State::cancelled, "Stopped by " + who + " before it began; nothing was changed.");
  } else if (!each.cancel) {
    each.cancelled_by = who;
    each.cancel = true;
    each.effort->stop();
  }
  return {};
}

void Runner::stop() {
  {
    const std::lock_guard lock(impl_->mutex);
    if (impl_->ended) return;
    impl_->stopping = true;
    for (const auto& each : impl_->waiting) impl_->end_waiting(*each, State::failed, kStoppedBefore);
    impl_->waiting.clear();
    for (const auto& [id, each] : impl_->live) {
      each->effort->stop();
      if (each->adopted && !each->over) impl_->end(*each, unavailable(tr(kStoppedDuring)), {});
    }
    impl_->ended = true;
    impl_->something_to_do.notify_all();
    impl_->time_to_end.notify_all();
  }
  for (std::thread& each : impl_->workers) each.join();
  impl_->writer.join();
  impl_->save();
}

bool Runner::wait_until_idle(int milliseconds) {
  std::unique_lock lock(impl_->mutex);
  return impl_->something_over.wait_for(lock, std::chrono::milliseconds(milliseconds),
                                        [&] { return impl_->live.empty(); });
}

}  // namespace tithing::jobs
