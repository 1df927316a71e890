// Work that may take long: where it may be done, how far it is, and how whoever waits for it has it stopped.
//
// A thread knows what it is for (Place). One that answers pages does no long work: long_work() throws QueueNeeded
// there, before anything is worked out, and the request is done again, whole, by a thread of the queue for long work
// (jobs/long_queue.h). On any other thread long_work() goes on, and the work asks check_stop() now and then.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

namespace tithing {

// One piece of long work, shared by who does it and who waits for it. Safe from any thread.
class Effort {
 public:
  void stop() { stopped_ = true; }  // it ends at its next check
  bool stopped() const { return stopped_; }
  // How far it is: `of` 0 where that is not known. Says nothing to anybody by itself; whoever shows it asks.
  void report(std::int64_t done, std::int64_t of, std::string doing);
  struct Progress {
    std::int64_t done = 0, of = 0;
    std::string doing;
  };
  Progress progress() const;

 private:
  std::atomic<bool> stopped_{false};
  mutable std::mutex mutex_;
  Progress progress_;
};

// Thrown by check_stop(). No std::exception: nobody who catches faults is to take it for one.
struct Stopped {};
// Thrown by long_work() on a thread that answers pages.
struct QueueNeeded {
  std::string what;  // "Hot spots on a grid"
};

enum class Place {
  anywhere,  // the command line, a job, a test: long work is done where it is met
  page,      // answers pages
  queue,     // of the queue for long work
  keeping,   // works out what visitors are shown
};

// While it lives, what this thread is for, and the effort that its work belongs to (may be none).
class AtWork {
 public:
  explicit AtWork(Place place, std::shared_ptr<Effort> effort = nullptr);
  ~AtWork();
  AtWork(const AtWork&) = delete;
  AtWork& operator=(const AtWork&) = delete;

 private:
  Place place_;
  std::shared_ptr<Effort> effort_;
};

Place place_of_work();
// For threads that help with the work of this one (statistics/parallel.h): null where nobody can stop it.
std::shared_ptr<Effort> effort_of_work();

// Before what takes long: throws QueueNeeded on a thread that answers pages, Stopped where the work is to end.
void long_work(const std::string& what);
// Within it, at least every few hundredths of a second: throws Stopped where the work is to end. Cheap.
void check_stop();
void report_work(std::int64_t done, std::int64_t of, const std::string& doing);

}  // namespace tithing
