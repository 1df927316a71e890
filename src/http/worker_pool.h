// A fixed number of threads and a bounded queue. Private to src/http.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace tithing::http {

// Tasks must not throw. All functions but the constructor and stop() may be called from any thread.
class WorkerPool {
 public:
  WorkerPool(int threads, std::size_t queue);
  ~WorkerPool() { stop(); }
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  bool try_post(std::function<void()> task);  // false: the queue is full, or the pool has been stopped
  void stop();                                // drops what has not begun, waits for what has

 private:
  void work();
  std::size_t queue_;
  std::mutex mutex_;
  std::condition_variable something_to_do_;
  std::deque<std::function<void()>> tasks_;
  std::size_t free_ = 0;  // threads that wait for a task
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace tithing::http
