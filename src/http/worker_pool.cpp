#include "http/worker_pool.h"

#include <utility>

namespace tithing::http {

WorkerPool::WorkerPool(int threads, std::size_t queue) : queue_(queue), free_(static_cast<std::size_t>(threads)) {
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

bool WorkerPool::try_post(std::function<void()> task) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || tasks_.size() >= queue_ + free_) return false;
    tasks_.push_back(std::move(task));
  }
  something_to_do_.notify_one();
  return true;
}

void WorkerPool::stop() {
  std::deque<std::function<void()>> dropped;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    dropped.swap(tasks_);
  }
  something_to_do_.notify_all();
  for (std::thread& thread : threads_)
    if (thread.joinable()) thread.join();
}

void WorkerPool::work() {
  for (;;) {
    std::function<void()> task;
    {
      std::unique_lock lock(mutex_);
      something_to_do_.wait(lock, [this] { return stopping_ || !tasks_.empty(); });
      if (stopping_) return;
      task = std::move(tasks_.front());
      tasks_.pop_front();
      --free_;
    }
    task();
    task = nullptr;  // what it holds goes before this thread counts as free
    const std::lock_guard lock(mutex_);
    ++free_;
  }
}

}  // namespace tithing::http
