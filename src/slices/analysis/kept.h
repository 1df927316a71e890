// What was worked out and may be asked for again: so many bytes of it, what was asked for longest ago goes first.
#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace tithing::analysis {

// Safe from any thread. Two who ask for the same at once both work it out.
template <class T>
class Kept {
 public:
  explicit Kept(std::size_t most_bytes) : most_(most_bytes) {}

  std::shared_ptr<const T> find(const std::string& key) {
    const std::lock_guard lock(mutex_);
    for (auto one = kept_.begin(); one != kept_.end(); ++one) {
      if (one->key != key) continue;
      kept_.splice(kept_.begin(), kept_, one);
      return kept_.front().value;
    }
    return nullptr;
  }

  // One that is larger than all the room there is is given back, and not kept.
  std::shared_ptr<const T> keep(const std::string& key, T made, std::size_t bytes) {
    auto value = std::make_shared<const T>(std::move(made));
    put(key, value, bytes);
    return value;
  }
  void put(const std::string& key, std::shared_ptr<const T> value, std::size_t bytes) {
    const std::lock_guard lock(mutex_);
    kept_.push_front({key, std::move(value), bytes});
    bytes_ += bytes;
    while (bytes_ > most_) {
      bytes_ -= kept_.back().bytes;
      kept_.pop_back();
    }
  }

  std::size_t bytes() const {
    const std::lock_guard lock(mutex_);
    return bytes_;
  }

 private:
  struct One {
    std::string key;
    std::shared_ptr<const T> value;
    std::size_t bytes = 0;
  };
  const std::size_t most_;
  mutable std::mutex mutex_;
  std::list<One> kept_;  // asked for last in front
  std::size_t bytes_ = 0;
};

}  // namespace tithing::analysis
