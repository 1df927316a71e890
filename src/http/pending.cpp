#include "http/pending.h"

#include <utility>

namespace tithing::http {

void Pending::answer(Response response) {
  std::function<void(Response)> deliver;
  {
    const std::lock_guard lock(mutex_);
    if (answered_) return;
    answered_ = true;
    tasks_.clear();  // whoever waited has an answer
    if (gone_) return;
    if (!deliver_) {
      early_ = std::make_unique<Response>(std::move(response));
      return;
    }
    deliver = std::exchange(deliver_, nullptr);
  }
  deliver(std::move(response));
}

bool Pending::gone() const {
  const std::lock_guard lock(mutex_);
  return gone_;
}

void Pending::when_gone(std::function<void()> task) {
  {
    const std::lock_guard lock(mutex_);
    if (answered_) return;
    if (!gone_) {
      tasks_.push_back(std::move(task));
      return;
    }
  }
  task();
}

void Pending::begin(std::shared_ptr<const void> keep, std::function<void(Response)> deliver) {
  std::unique_ptr<Response> early;
  {
    const std::lock_guard lock(mutex_);
    keep_ = std::move(keep);
    early = std::move(early_);
    if (!early && !gone_) deliver_ = std::move(deliver);
  }
  if (early) deliver(std::move(*early));
}

void Pending::client_went() {
  std::vector<std::function<void()>> tasks;
  std::function<void(Response)> deliver;  // holds the connection: let go of outside the lock
  {
    const std::lock_guard lock(mutex_);
    if (gone_) return;
    gone_ = true;
    if (!answered_) tasks = std::move(tasks_);
    tasks_.clear();
    deliver = std::exchange(deliver_, nullptr);
  }
  for (const auto& task : tasks) task();
}

}  // namespace tithing::http
