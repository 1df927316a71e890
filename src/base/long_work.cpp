#include "base/long_work.h"

#include <utility>

namespace tithing {
namespace {

thread_local Place t_place = Place::anywhere;
thread_local std::shared_ptr<Effort> t_effort;

}  // namespace

void Effort::report(std::int64_t done, std::int64_t of, std::string doing) {
  const std::lock_guard lock(mutex_);
  progress_ = {done, of, std::move(doing)};
}

Effort::Progress Effort::progress() const {
  const std::lock_guard lock(mutex_);
  return progress_;
}

AtWork::AtWork(Place place, std::shared_ptr<Effort> effort)
    : place_(std::exchange(t_place, place)), effort_(std::exchange(t_effort, std::move(effort))) {}

AtWork::~AtWork() {
  t_place = place_;
  t_effort = std::move(effort_);
}

Place place_of_work() { return t_place; }
std::shared_ptr<Effort> effort_of_work() { return t_effort; }

void long_work(const std::string& what) {
  if (t_place == Place::page) throw QueueNeeded{what};
  check_stop();
}

void check_stop() {
  if (t_effort && t_effort->stopped()) throw Stopped{};
}

void report_work(std::int64_t done, std::int64_t of, const std::string& doing) {
  if (t_effort) t_effort->report(done, of, doing);
}

}  // namespace tithing
