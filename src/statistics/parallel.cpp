#include "statistics/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "base/long_work.h"

namespace tithing::statistics::detail {

void run_parallel(std::size_t count, unsigned threads, void (*body)(void*, std::size_t), void* context) {
  if (threads == 0) threads = std::max(1u, std::thread::hardware_concurrency());
  threads = static_cast<unsigned>(std::min<std::size_t>(threads, count));
  if (threads <= 1) {
    for (std::size_t i = 0; i < count; ++i) {
      check_stop();
      body(context, i);
    }
    return;
  }
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex failure_lock;
  // Helpers belong to the same effort: whoever has it stopped stops them all.
  const Place place = place_of_work();
  const std::shared_ptr<Effort> effort = effort_of_work();
  const auto work = [&] {
    const AtWork here(place, effort);
    try {
      for (std::size_t i = next++; i < count; i = next++) {
        check_stop();
        body(context, i);
      }
    } catch (...) {
      const std::lock_guard<std::mutex> hold(failure_lock);
      if (!failure) failure = std::current_exception();
      next = count;
    }
  };
  std::vector<std::thread> helpers;
  helpers.reserve(threads - 1);
  for (unsigned t = 1; t < threads; ++t) helpers.emplace_back(work);
  work();
  for (auto& helper : helpers) helper.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace tithing::statistics::detail
