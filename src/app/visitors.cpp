#include "app/visitors.h"

#include <malloc.h>
#include <sys/resource.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/log.h"
#include "base/long_work.h"
#include "base/text.h"
#include "base/translation.h"

namespace tithing::app {
namespace {

constexpr int kGivesWay = 15;  // nice: after pages, and after what somebody waits for
constexpr const char* kKind = "figures.visitors";

}  // namespace

std::vector<figures::Address> views_of_visitors(const Wiring& wiring) {
  const auto visitor = figures::Viewer::of(wiring.reach_of(Actor::nobody()));
  std::vector<figures::Address> views = wiring.figures.views_for_visitors(wiring.clock->today());
  std::erase_if(views, [&](const figures::Address& view) { return !wiring.figures.may(view, visitor); });
  return views;
}

std::size_t keep_for_visitors(Wiring& wiring,
                              const std::function<void(std::size_t, std::size_t, const std::string&)>& said) {
  wiring.figures.forget_former();
  const auto viewer = figures::Viewer::of(wiring.reach_of(Actor::nobody()));
  const std::vector<figures::Address> views = views_of_visitors(wiring);
  std::size_t worked_out = 0;
  for (std::size_t i = 0; i < views.size(); ++i) {
    check_stop();
    said(i, views.size(), views[i].parameters.get("area"));
    // One that cannot be had is no reason to be without the others; whoever asks for it is told.
    if (wiring.figures.ask(views[i], viewer)) ++worked_out;
  }
  return worked_out;
}

struct Visitors::Impl {
  Wiring& wiring;
  jobs::Runner& runner;
  const int look_every_ms;
  std::mutex mutex;
  std::condition_variable wake, kept_changed;
  std::shared_ptr<Effort> effort = std::make_shared<Effort>();  // of the round under way
  std::string kept;                                             // what was known when a round ended, and the day
  bool stopping = false;
  std::thread thread;

  Impl(Wiring& with_wiring, jobs::Runner& with_runner, int every)
      : wiring(with_wiring), runner(with_runner), look_every_ms(every), thread([this] { run(); }) {}

  std::string now_known() const { return wiring.figures.known() + " " + wiring.clock->today().iso(); }

  void run() {
    setpriority(PRIO_PROCESS, 0, kGivesWay);
    std::unique_lock lock(mutex);
    while (!stopping) {
      effort = std::make_shared<Effort>();
      lock.unlock();
      std::optional<std::string> done = round();
      lock.lock();
      if (done) kept = std::move(*done);
      kept_changed.notify_all();
      wake.wait_for(lock, std::chrono::milliseconds(look_every_ms), [&] { return stopping; });
    }
  }

  // What was known when all views were worked out; nothing where they were not.
  std::optional<std::string> round() {
    std::optional<std::int64_t> job;
    try {
      const std::string known = now_known();
      {
        const std::lock_guard lock(mutex);
        if (kept == known) return known;
      }
      if (views_of_visitors(wiring).empty()) return known;
      const auto made = runner.adopt(kKind, "What visitors are shown of maps and clusters",
                                     Actor::system(wiring.permissions), effort);
      if (!made) return std::nullopt;
      job = *made;
      const AtWork here(Place::keeping, effort);
      const std::size_t count =
          keep_for_visitors(wiring, [](std::size_t done, std::size_t of, const std::string& what) {
            report_work(static_cast<std::int64_t>(done), static_cast<std::int64_t>(of), what);
          });
      runner.finish(*job, {}, {}, plural(static_cast<std::int64_t>(count), "view", "views") + " worked out and kept.");
      malloc_trim(0);
      return known;
    } catch (const Stopped&) {
      if (job) runner.finish(*job, unavailable(tr("Stopped.")), {});
      // Somebody has stopped it: not begun again until something changes.
      const std::lock_guard lock(mutex);
      return stopping ? std::nullopt : std::optional(now_known());
    } catch (const std::exception& error) {
      log::warning("what visitors are shown could not be worked out", {{"why", std::string(error.what())}});
      if (job) runner.finish(*job, unavailable(tr("The program met a fault of its own.")), {});
      return std::nullopt;
    }
  }
};

Visitors::Visitors(Wiring& wiring, jobs::Runner& runner, int look_every_ms)
    : impl_(std::make_unique<Impl>(wiring, runner, look_every_ms)) {}

Visitors::~Visitors() { stop(); }

void Visitors::stop() {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->stopping = true;
    impl_->effort->stop();
    impl_->wake.notify_all();
  }
  if (impl_->thread.joinable()) impl_->thread.join();
}

bool Visitors::wait_until_kept(int milliseconds) {
  std::unique_lock lock(impl_->mutex);
  return impl_->kept_changed.wait_for(lock, std::chrono::milliseconds(milliseconds), [&] {
    const std::string kept = impl_->kept;
    return !kept.empty() && kept == impl_->now_known();
  });
}

}  // namespace tithing::app
