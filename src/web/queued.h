// A request that met long work on a thread that answers pages: it is done again, whole, by the queue for long work.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/actor.h"
#include "http/message.h"

namespace tithing::web {

struct Queued {
  std::string title;    // what takes long: "Hot spots on a grid"
  Actor actor;          // an account
  std::string address;  // of the network
  // Where it can be seen when it is done: the address that was asked, of a page; empty where something was sent.
  std::string result;
  std::function<http::Response()> again;                 // the request from its beginning; throws Stopped
  std::function<http::Response(std::int64_t job)> left;  // it has become this job
  std::function<http::Response(int status, const std::string& sentence, int retry_after_seconds)> refused;
};

// Takes it, and answers with a Response::elsewhere, or with why not.
using Queue = std::function<http::Response(Queued)>;

}  // namespace tithing::web
