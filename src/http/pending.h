// An answer that is made elsewhere than on the server's workers: long work in a queue of its own. The handler sets one
// as Response::elsewhere and returns; its worker is free at once, the connection waits, and nobody waits for nothing: a
// client that goes is noticed.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "http/message.h"

namespace tithing::http {

// Safe from any thread. Made by the handler, kept by whoever makes the answer.
class Pending {
 public:
  // The first answer is what the client is given; later ones are dropped. May be called before the handler returns.
  void answer(Response response);
  // True from when the client has gone, or the server is being stopped: nobody waits for an answer.
  bool gone() const;
  // Called once when it goes, on the thread of the sockets, so it must not wait; at once where it has gone already.
  void when_gone(std::function<void()> task);

  // For the server. `deliver` is called once, on the thread that answers. What `keep` holds (the request that the work
  // reads) lives until this object goes.
  void begin(std::shared_ptr<const void> keep, std::function<void(Response)> deliver);
  void client_went();

 private:
  mutable std::mutex mutex_;
  bool answered_ = false, gone_ = false;
  std::unique_ptr<Response> early_;  // an answer before `begin`
  std::function<void(Response)> deliver_;
  std::vector<std::function<void()>> tasks_;
  std::shared_ptr<const void> keep_;
};

}  // namespace tithing::http
