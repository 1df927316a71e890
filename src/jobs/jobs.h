// Long work that a person starts and comes back to: an import, a rebuild. Its state lies in the database, so that a
// page that is left can be found again; the work itself runs on a thread of this process.
//
// A job is lost when the process dies. It is then marked failed, with a sentence; work is written as one transaction,
// so that nothing is half done.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/actor.h"
#include "base/clock.h"
#include "base/long_work.h"
#include "base/result.h"
#include "db/db.h"

namespace tithing::jobs {

enum class State { queued, running, done, failed, cancelled };
std::string_view code_of(State state);  // "queued"

struct Job {
  std::int64_t id = 0;
  std::string kind;             // "evidence.import"
  std::string title;            // "Import of 2022-12.zip"
  std::string started_by;       // Actor::audit_name()
  std::string started_by_name;  // Actor::name()
  State state = State::queued;
  std::int64_t done = 0;
  std::int64_t of = 0;     // 0: not known
  std::string unit;        // "files"
  std::string message;     // what is being done, or how it ended: a sentence
  std::string result_url;  // where the outcome can be read; may be empty
  Instant created;
  std::optional<Instant> started;
  std::optional<Instant> finished;
  bool over() const { return state == State::done || state == State::failed || state == State::cancelled; }
};

// Seeing and stopping the jobs of others. Everyone sees and stops their own.
inline constexpr Permission kSeeAllJobs{"jobs.see_all", "See and stop the work that others have started"};

// What work is given to say how far it is. Calls are cheap: they change memory only, and another thread writes at most
// four times a second, so they may be made inside a transaction.
class Progress {
 public:
  virtual ~Progress() = default;
  virtual void report(std::int64_t done, std::int64_t of,
                      std::string message = {}) = 0;  // an empty message keeps the last
  virtual void result(std::string url) = 0;           // a path of this site
  virtual void conclude(std::string sentence) = 0;    // the message that stays when the work succeeds
  // Someone has asked to stop, or the program is being stopped: undo and return a problem. Work that does not ask goes
  // on.
  virtual bool cancelled() const = 0;
};

using Work = std::function<Status(Progress&)>;

struct Configuration {
  int threads = 1;
  int write_every_milliseconds = 250;
};

// Safe to call from any thread. Needs the migrations of jobs. Destroying it stops it.
class Runner {
 public:
  Runner(db::Database& database, const Clock& clock, Configuration configuration = {});
  ~Runner();
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  // Marks what a process that died has left as failed. On SQLite everything that this Runner did not start; on
  // PostgreSQL, where several processes share the store, what has given no sign for a minute. Returns how many. Call
  // once at start.
  Result<std::int64_t> recover();

  // Queues the work and returns the job's number; "/jobs/<number>" is its page. forbidden for nobody; unavailable when
  // the program is being stopped. A problem or an exception of the work makes the job failed, with the problem's
  // sentence.
  Result<std::int64_t> start(std::string kind, std::string title, const Actor& actor, Work work, std::string unit = {});

  // Makes a job of work that another queue has under way (long_queue.h): it is seen and stopped as any other, and shows
  // what the effort reports. Whoever does the work says how it ended; stopping the job stops the effort.
  Result<std::int64_t> adopt(std::string kind, std::string title, const Actor& actor, std::shared_ptr<Effort> effort);
  void finish(std::int64_t id, const Status& status, std::string result_url, std::string conclusion = {});

  // not_found unless it is the actor's own or the actor holds kSeeAllJobs.
  Result<Job> find(std::int64_t id, const Actor& actor);
  // Newest first. `everyone` needs kSeeAllJobs; without it only one's own.
  std::vector<Job> list(const Actor& actor, bool everyone, int limit, int offset);
  std::int64_t count(const Actor& actor, bool everyone);
  // Work that waits is cancelled at once, work under way when it next asks. conflict when it is over already or runs in
  // another process.
  Status cancel(std::int64_t id, const Actor& actor);

  // Takes no more; what waits is marked failed; asks what is under way to stop, and returns when it has.
  void stop();
  // For tests: true when nothing waits or runs within the time.
  bool wait_until_idle(int milliseconds);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tithing::jobs
