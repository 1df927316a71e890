// What visitors are shown of heavy figures: rooms say which views (figures::Registry::show_visitors), and a job works
// them out after every import, at the start, and when another day changes what stands.
#pragma once

#include <functional>
#include <memory>

#include "jobs/jobs.h"
#include "slices/wiring.h"

namespace tithing::app {

// Looks now and then, on a thread of its own that gives way to those that answer pages. Safe from any thread.
class Visitors {
 public:
  Visitors(Wiring& wiring, jobs::Runner& runner, int look_every_ms = 15'000);
  ~Visitors();
  Visitors(const Visitors&) = delete;
  Visitors& operator=(const Visitors&) = delete;

  void stop();                             // breaks off what it is working out, and returns when it has ended
  bool wait_until_kept(int milliseconds);  // for tests: true when what is known now is kept

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// The views that rooms name, of kinds that a visitor may know of at all (Registry::may).
std::vector<figures::Address> views_of_visitors(const Wiring& wiring);
// Works out every view that is not kept yet, as a visitor is told it. Returns how many it worked out; Stopped is
// thrown. `said` is told how far it is.
std::size_t keep_for_visitors(Wiring& wiring,
                              const std::function<void(std::size_t done, std::size_t of, const std::string&)>& said);

}  // namespace tithing::app
