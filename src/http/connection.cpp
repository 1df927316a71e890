#include "http/connection.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <optional>
#include <utility>

#include "base/client_network.h"
#include "base/log.h"
#include "http/spool.h"

namespace tithing::http {
namespace {

constexpr std::size_t kPiece = 256 * 1024;      // between memory and disk
constexpr std::size_t kJoinedBody = 64 * 1024;  // up to here head and body leave in one write
constexpr std::size_t kSmallBody = 16 * 1024;   // kept in memory even when memory is short
constexpr int kTurns = 16;                      // reads or writes in a row before others get their turn
constexpr std::size_t kReadAhead = 64 * 1024;   // of a client that waits for an answer from elsewhere
constexpr int kClientGone = 499;                // in the access log alone: nobody was there to be answered

std::int64_t steady(std::int64_t per_second) {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return std::int64_t{now.tv_sec} * per_second + now.tv_nsec / (1'000'000'000 / per_second);
}

// The whole of a worker's task but its hand-over: never throws. With `pending` set there is no reply yet.
template <class Handle>
Reply reply_of(const Shared& shared, const Request& request, const Handle& handle, std::shared_ptr<Pending>& pending) {
  const auto fault = [&](const char* what) {
    log::error("request failed", {{"id", std::string_view(request.id)},
                                  {"method", std::string_view(request.method)},
                                  {"path", std::string_view(request.path)},
                                  {"what", what}});
    Response response = error_response(500, "Something went wrong here. It has been noted; try again later.",
                                       request.id, shared.configuration.error_page);
    return make_reply(std::move(response), request.method, {}, request.id);
  };
  try {
    try {
      Response response = handle(request);
      pending = std::move(response.elsewhere);
      if (pending) return {};
      return make_reply(std::move(response), request.method, request.header("Accept-Encoding"), request.id);
    } catch (const std::exception& e) {
      return fault(e.what());
    } catch (...) {
      return fault("something that is not an exception was thrown");
    }
  } catch (...) {  // not even the memory for saying so
    Reply last_words;
    last_words.status = 500;
    last_words.close = true;
    return last_words;
  }
}

}  // namespace

std::int64_t steady_milliseconds() { return steady(1'000); }
std::int64_t steady_microseconds() { return steady(1'000'000); }

struct Connection::Spool {
  SpoolFile file;
};

bool Connection::Pace::too_slow(std::int64_t now, int window_ms, int bytes_per_second) {
  if (now - start < window_ms) return false;
  const bool slow = bytes < std::int64_t{bytes_per_second} * window_ms / 1'000 || bytes == 0;
  start = now;
  bytes = 0;
  return slow;
}

Connection::Connection(Shared& shared, std::unique_ptr<Transport> transport)
    : shared_(shared), transport_(std::move(transport)), since_(steady_milliseconds()), head_since_(since_) {}

Connection::~Connection() = default;

void Connection::step() {
  for (bool go_on = true; go_on;) {
    switch (state_) {
      case State::handshake:
        go_on = shake_hands();
        break;
      case State::receiving:
        go_on = receive();
        break;
      case State::sending:
        go_on = send();
        break;
      case State::lingering:
        go_on = linger();
        break;
      case State::elsewhere:
        go_on = watch();
        break;
      case State::asking:
      case State::spooling:
      case State::handling:
      case State::loading:
      case State::closed:
        return;
    }
  }
}

void Connection::wait(Ready what) {
  bool& waiting = waiting_[what == Ready::write ? 1 : 0];
  if (waiting) return;
  waiting = true;
  transport_->wait(what, [self = shared_from_this(), what] {
    self->waiting_[what == Ready::write ? 1 : 0] = false;
    self->step();
  });
}

void Connection::close() {
  if (state_ == State::closed) return;
  state_ = State::closed;  // `reply_` and `spool_` stay: a disk task may be using them, and holds this connection
  account(0);
  held_.reset();
  transport_->close();
  if (const auto pending = std::exchange(pending_, nullptr)) pending->client_went();
  shared_.closed(*this);
}

void Connection::cut() {
  if (state_ == State::sending || state_ == State::loading) log(false);
  close();
}

void Connection::account(std::size_t body_bytes) {
  shared_.bodies_in_memory += static_cast<std::int64_t>(body_bytes) - static_cast<std::int64_t>(accounted_);
  accounted_ = body_bytes;
}

void Connection::tick(std::int64_t now) {
  const Limits& limits = shared_.configuration.limits;
  switch (state_) {
    case State::handshake:
      if (now - since_ > limits.header_ms) close();
      return;
    case State::receiving:
      if (idle()) {
        if (now - since_ > (first_request_ ? limits.header_ms : limits.idle_ms)) close();
      } else if (!in_body_) {
        if (now - head_since_ > limits.header_ms) refuse(408, "The head of the request took too long to arrive.");
      } else if (now - last_read_ > limits.body_silence_ms ||
                 reading_.too_slow(now, limits.body_silence_ms, limits.body_bytes_per_second)) {
        refuse(408, "The body of the request took too long to arrive.");
      }
      break;
    case State::sending:
      if (writing_.too_slow(now, limits.write_ms, limits.write_bytes_per_second)) cut();
      return;
    case State::lingering:
      if (now - since_ > limits.linger_ms) close();
      return;
    case State::asking:
    case State::spooling:
    case State::handling:
    case State::elsewhere:  // whoever makes the answer sees to it that there is one
    case State::loading:
    case State::closed:
      return;
  }
  if (state_ == State::sending) step();
}

void Connection::drain() {
  if (state_ == State::handshake) return close();
  if (!idle()) return;
  step();  // a request may have arrived that has not been looked at yet
  if (idle()) close();
}

bool Connection::shake_hands() {
  const Moved moved = transport_->handshake();
  switch (moved.io) {
    case Io::done:
      state_ = State::receiving;
      return true;
    case Io::again:
      wait(transport_->wants());
      return false;
    case Io::closed:
    case Io::failed:
      close();
      return false;
  }
  return false;
}

bool Connection::receive() {
  if (std::exchange(look_at_input_, false) && !input_.empty()) {
    input_.erase(0, take(input_));
    if (state_ != State::receiving) return true;
  }
  std::vector<char>& buffer = shared_.buffer;
  for (int turn = 0; turn < kTurns; ++turn) {
    const Moved moved = transport_->read(buffer.data(), buffer.size());
    if (moved.io == Io::again) {
      wait(transport_->wants());
      return false;
    }
    if (moved.io != Io::done) {
      if (in_body_) {
        reply_.status = 400;
        log(false);
      }
      close();
      return false;
    }
    last_read_ = steady_milliseconds();
    reading_.bytes += static_cast<std::int64_t>(moved.bytes);
    const std::string_view got(buffer.data(), moved.bytes);
    if (input_.empty()) {
      const std::size_t taken = take(got);
      if (taken < got.size()) input_.assign(got.substr(taken));
    } else {
      input_.append(got);
      input_.erase(0, take(input_));
    }
    if (state_ != State::receiving) return true;
  }
  shared_.loop.post([self = shared_from_this()] { self->step(); });
  return false;
}

std::size_t Connection::take(std::string_view in) {
  std::size_t taken = 0;
  while (state_ == State::receiving && taken < in.size()) {
    if (!parser_) {
      parser_ = std::make_unique<RequestParser>(shared_.configuration.limits);
      started_us_ = steady_microseconds();
      if (!first_request_) head_since_ = started_us_ / 1'000;
    }
    const std::size_t n = parser_->put(in.substr(taken));
    taken += n;
    switch (parser_->state()) {
      case RequestParser::State::refused: {
        const Refusal why = parser_->refusal();
        refuse(why.status, why.sentence);
        return in.size();
      }
      case RequestParser::State::head:
        if (n == 0) return taken;
        break;
      case RequestParser::State::body:
        if (!in_body_) {
          if (!begin_body()) return in.size();
          if (state_ == State::asking) return taken;
          // Who has begun to send without waiting for our consent need not be told.
          if (parser_->expects_continue() && taken == in.size()) {
            send_continue();
            return taken;
          }
          break;
        }
        collect_body();
        if (n == 0) return taken;
        break;
      case RequestParser::State::done:
        if (!in_body_ && !begin_body()) return in.size();
        collect_body();
        if (state_ != State::receiving) return taken;
        if (spool_) {
          spool(true);
        } else {
          dispatch();
        }
        return taken;
    }
  }
  return taken;
}

// The head is complete. False: the body is refused.
bool Connection::begin_body() {
  in_body_ = true;
  Request& request = parser_->request();
  request.id = new_request_id();
  request.remote_address = transport_->remote_address();
  request.secure = transport_->secure();
  if (!shared_.proxies.contains(request.remote_address) && !request.header("X-Forwarded-For").empty() &&
      !std::exchange(shared_.told_of_proxy, true))
    log::warning(
        "requests come for others through an address that is not named as a trusted proxy: all of them count "
        "as one client; name it if it is yours",
        {{"address", std::string_view(request.remote_address)}});
  shared_.proxies.apply(request);
  id_ = request.id;
  method_ = request.method;
  target_ = request.target;
  remote_ = request.remote_address;
  keep_alive_ = parser_->keep_alive();
  http_1_0_ = parser_->is_http_1_0();
  last_read_ = steady_milliseconds();
  reading_ = {last_read_, 0};
  if (parser_->state() == RequestParser::State::done) return true;

  held_ = shared_.held_bodies.begin(client_network(request.remote_address));
  if (!held_) return too_much_at_once();
  const Limits& limits = shared_.configuration.limits;
  std::int64_t most = limits.body_limit ? limits.body_limit(request.method, request.path) : -1;
  if (most < 0) most = limits.max_body;
  most = std::min(most, limits.max_spooled_body);
  // Without a length (-1) it may be as large as it likes.
  const bool large =
      most > limits.max_body && (parser_->content_length() < 0 || parser_->content_length() > limits.max_body);
  if (!large || !limits.large_body) return limit_body(most);
  route_takes_ = most;
  return ask();
}

bool Connection::too_much_at_once() {
  refuse(429, "Too much is on its way from your address at once. Wait until it has arrived, and send this again.");
  return false;
}

bool Connection::limit_body(std::int64_t most) {
  if (parser_->content_length() > most) {
    refuse(413, "What was sent is larger than this address takes.");
    return false;
  }
  const std::int64_t usual = shared_.configuration.limits.max_body;
  if (most > usual && parser_->content_length() > usual && !held_->is_large()) return too_much_at_once();
  parser_->limit_body(most);
  return true;
}

void Connection::send_continue() {
  out_ = "HTTP/1.1 100 Continue\r\n\r\n";
  out_done_ = 0;
  after_ = After::receive;
  writing_ = {steady_milliseconds(), 0};
  state_ = State::sending;
}

// While the worker looks at the head, nothing here touches the parser, and `self` keeps it.
bool Connection::ask() {
  state_ = State::asking;
  since_ = steady_milliseconds();
  auto task = [self = shared_from_this()]() mutable {
    const Request& head = self->parser_->request();
    std::optional<std::int64_t> most;
    try {
      most = self->shared_.configuration.limits.large_body(head);
    } catch (const std::exception& e) {
      log::error("nobody could say whether a large body may be sent",
                 {{"id", std::string_view(head.id)}, {"what", e.what()}});
    } catch (...) {
      log::error("nobody could say whether a large body may be sent", {{"id", std::string_view(head.id)}});
    }
    Loop& loop = self->shared_.loop;
    loop.post([self = std::move(self), most] { self->asked(most); });
  };
  if (shared_.workers->try_post(std::move(task))) return true;
  refuse(503, "Too many requests are waiting. Try again in a moment.");
  return false;
}

// No answer: whoever was asked failed.
void Connection::asked(std::optional<std::int64_t> most) {
  if (state_ != State::asking) return;
  const std::int64_t now = steady_milliseconds();
  reading_.start += now - since_;  // our time is not the client's
  last_read_ = now;
  state_ = State::receiving;
  if (!most) {
    refuse(500, "Something went wrong here. It has been noted; try again later.");
  } else if (*most < 0) {
    refuse(403, "Only somebody who is signed in and may import here can send so large a file to this address.");
  } else if (limit_body(std::min(*most, route_takes_))) {
    if (parser_->expects_continue() && input_.empty()) {
      send_continue();
    } else {
      look_at_input_ = true;
    }
  }
  step();
}

void Connection::collect_body() {
  std::string& piece = parser_->body();
  if (piece.empty()) return;
  const auto fresh = static_cast<std::int64_t>(piece.size());
  body_bytes_ += fresh;
  if (body_.empty()) {
    body_.swap(piece);
  } else {
    body_ += piece;
  }
  piece.clear();
  account(body_.size());
  const Limits& limits = shared_.configuration.limits;
  // One that did not say how large it is becomes a large one when it has grown so far.
  const bool fits = !held_ || (body_bytes_ > limits.max_body ? held_->is_large() : held_->add(fresh));
  if (!fits) {
    too_much_at_once();
    return;
  }
  const bool short_of_memory = shared_.bodies_in_memory > limits.memory_bodies;
  const std::int64_t kept =
      short_of_memory ? std::min<std::int64_t>(kSmallBody, limits.memory_body) : limits.memory_body;
  if (!spool_ && body_bytes_ > kept) spool_ = std::make_shared<Spool>();
  const bool more_to_come = parser_->state() == RequestParser::State::body;
  if (spool_ && more_to_come && body_.size() >= (short_of_memory ? kSmallBody : kPiece)) spool(false);
}

void Connection::spool(bool last) {
  state_ = State::spooling;
  since_ = steady_milliseconds();
  auto piece = std::make_shared<std::string>(std::move(body_));
  body_.clear();
  auto task = [self = shared_from_this(), file = spool_, piece, last]() mutable {
    int error = file->file.is_open() ? 0 : file->file.open(self->shared_.configuration.spool_directory);
    if (error == 0) error = file->file.append(*piece);
    if (error == 0 && last) error = file->file.finish();
    file.reset();
    Loop& loop = self->shared_.loop;
    loop.post([self = std::move(self), error, last] { self->spooled(error, last); });
  };
  shared_.disk->try_post(std::move(task));  // refused only when the server is being stopped, which cuts this connection
}

void Connection::spooled(int error, bool last) {
  if (state_ != State::spooling) return;
  account(0);
  if (error != 0) {
    log::error("a request body cannot be stored",
               {{"id", std::string_view(id_)}, {"what", std::string_view(std::strerror(error))}});
    const bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
    refuse(full ? 507 : 500, full ? "There is no room on the disk for what was sent. Tell whoever runs this service."
                                  : "What was sent cannot be stored. Tell whoever runs this service.");
  } else if (last) {
    dispatch();
  } else {
    const std::int64_t now = steady_milliseconds();
    reading_.start += now - since_;  // our disk's time is not the client's
    last_read_ = now;
    state_ = State::receiving;
    look_at_input_ = true;
  }
  step();
}

void Connection::dispatch() {
  state_ = State::handling;
  held_.reset();
  auto request = std::make_shared<Request>(std::move(parser_->request()));
  parser_.reset();
  request->body.size = body_bytes_;
  if (spool_) {
    request->body.file = spool_->file.release();
    spool_.reset();
  } else {
    request->body.in_memory = std::move(body_);
    body_.clear();
  }
  auto task = [self = shared_from_this(), request = std::move(request)]() mutable {
    std::shared_ptr<Pending> pending;
    auto reply = std::make_shared<Reply>(reply_of(self->shared_, *request, self->shared_.handler, pending));
    Loop& loop = self->shared_.loop;
    if (pending) {
      loop.post([self, pending] { self->made_elsewhere(pending); });
      const Request& asked = *request;  // lives as long as `pending`
      pending->begin(request, [self, &asked](Response response) {
        std::shared_ptr<Pending> none;
        const auto once = [&response](const Request&) { return std::move(response); };
        auto made = std::make_shared<Reply>(reply_of(self->shared_, asked, once, none));
        self->shared_.loop.post([self, made] { self->replied(std::move(*made)); });
      });
      return;
    }
    request.reset();  // a spooled body goes before the client hears that all is done
    loop.post([self = std::move(self), reply = std::move(reply)] { self->replied(std::move(*reply)); });
  };
  if (shared_.workers->try_post(std::move(task))) return;
  Response busy = error_response(503, "Too many requests are waiting. Try again in a moment.", id_,
                                 shared_.configuration.error_page);
  busy.set("Retry-After", "1");
  send_reply(make_reply(std::move(busy), method_, {}, id_));
}

void Connection::made_elsewhere(std::shared_ptr<Pending> pending) {
  if (state_ != State::handling) return pending->client_went();
  pending_ = std::move(pending);
  state_ = State::elsewhere;
  step();
}

// While the answer is made elsewhere: what the client sends meanwhile is kept for afterwards, and one that closes has
// gone. (Who closes its side only, and waits all the same, is taken for gone: nothing tells the two apart.)
bool Connection::watch() {
  while (input_.size() < kReadAhead) {
    const Moved moved = transport_->read(shared_.buffer.data(), shared_.buffer.size());
    if (moved.io == Io::again) {
      wait(transport_->wants());
      return false;
    }
    if (moved.io != Io::done) {
      reply_.status = kClientGone;
      log(false);
      close();
      return false;
    }
    input_.append(shared_.buffer.data(), moved.bytes);
  }
  return false;
}

void Connection::replied(Reply reply) {
  if (state_ != State::handling && state_ != State::elsewhere) return;
  pending_.reset();
  send_reply(std::move(reply));
  step();
}

void Connection::refuse(int status, std::string_view sentence) {
  if (id_.empty()) {  // refused before the head was complete
    id_ = new_request_id();
    method_ = parser_ && !parser_->request().method.empty() ? parser_->request().method : "-";
    target_ = parser_ && !parser_->request().target.empty() ? parser_->request().target : "-";
    remote_ = transport_->remote_address();
  }
  keep_alive_ = false;
  input_.clear();
  held_.reset();
  Response response = error_response(status, sentence, id_, shared_.configuration.error_page);
  if (status == 429) response.set("Retry-After", "10");
  send_reply(make_reply(std::move(response), method_, {}, id_));
}

void Connection::send_reply(Reply reply) {
  reply_ = std::move(reply);
  if (!keep_alive_ || shared_.draining) reply_.close = true;
  out_ = std::move(reply_.head);
  if (out_.empty()) out_ = "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n";
  if (reply_.close) {
    out_ += "Connection: close\r\n";
  } else if (http_1_0_) {
    out_ += "Connection: keep-alive\r\n";
  }
  out_ += "\r\n";
  if (reply_.body.size() <= kJoinedBody) {
    out_ += reply_.body;
    std::string().swap(reply_.body);
  }
  out_done_ = 0;
  after_ = After::next_request;
  writing_ = {steady_milliseconds(), 0};
  state_ = State::sending;
}

bool Connection::send() {
  for (int turn = 0; turn < kTurns; ++turn) {
    if (out_done_ == out_.size()) {
      if (after_ == After::receive) {  // "100 Continue" is out
        out_.clear();
        out_done_ = 0;
        state_ = State::receiving;
        last_read_ = steady_milliseconds();
        reading_ = {last_read_, 0};
        look_at_input_ = true;
        return true;
      }
      out_.clear();
      out_done_ = 0;
      if (!reply_.body.empty()) {
        out_.swap(reply_.body);
        continue;
      }
      if (reply_.file_bytes > 0) {
        load();
        return false;
      }
      log(true);
      next_request();
      return true;
    }
    const Moved moved = transport_->write(std::string_view(out_).substr(out_done_, kPiece));
    if (moved.io == Io::again) {
      wait(transport_->wants());
      return false;
    }
    if (moved.io != Io::done) {
      cut();
      return false;
    }
    out_done_ += moved.bytes;
    sent_ += static_cast<std::int64_t>(moved.bytes);
    writing_.bytes += static_cast<std::int64_t>(moved.bytes);
  }
  shared_.loop.post([self = shared_from_this()] { self->step(); });
  return false;
}

void Connection::load() {
  state_ = State::loading;
  since_ = steady_milliseconds();
  const auto most = static_cast<std::size_t>(std::min<std::int64_t>(reply_.file_bytes, kPiece));
  auto task = [self = shared_from_this(), most]() mutable {
    auto piece = std::make_shared<std::string>(most, '\0');
    ssize_t n = 0;
    do {
      n = ::read(self->reply_.file, piece->data(), most);
    } while (n < 0 && errno == EINTR);
    piece->resize(n > 0 ? static_cast<std::size_t>(n) : 0);
    Loop& loop = self->shared_.loop;
    loop.post([self = std::move(self), piece = std::move(piece)] {
      if (self->state_ != State::loading) return;
      if (piece->empty()) {  // shorter than it was when its length was promised: all that is left is to break off
        log::error("a file cannot be sent to its end", {{"id", std::string_view(self->id_)}});
        return self->cut();
      }
      self->reply_.file_bytes -= static_cast<std::int64_t>(piece->size());
      self->out_ = std::move(*piece);
      self->out_done_ = 0;
      self->writing_.start += steady_milliseconds() - self->since_;
      self->state_ = State::sending;
      self->step();
    });
  };
  shared_.disk->try_post(std::move(task));  // refused only when the server is being stopped
}

void Connection::next_request() {
  const bool last = reply_.close || shared_.draining;
  reply_ = Reply();
  parser_.reset();
  in_body_ = false;
  std::string().swap(out_);
  std::string().swap(body_);
  body_bytes_ = 0;
  spool_.reset();
  account(0);
  id_.clear();
  sent_ = 0;
  first_request_ = false;
  since_ = steady_milliseconds();
  if (last) {
    std::string().swap(input_);
    transport_->finish();
    state_ = State::lingering;
    return;
  }
  if (input_.empty()) std::string().swap(input_);
  look_at_input_ = true;
  state_ = State::receiving;
}

bool Connection::linger() {
  for (int turn = 0; turn < kTurns; ++turn) {
    const Moved moved = transport_->read(shared_.buffer.data(), shared_.buffer.size());
    if (moved.io == Io::again) {
      wait(transport_->wants());
      return false;
    }
    if (moved.io != Io::done) {
      close();
      return false;
    }
  }
  shared_.loop.post([self = shared_from_this()] { self->step(); });
  return false;
}

void Connection::log(bool complete) {
  AccessEntry entry;
  entry.id = id_;
  entry.method = method_;
  entry.target = target_;
  entry.status = reply_.status;
  entry.bytes = sent_;
  entry.microseconds = steady_microseconds() - started_us_;
  entry.remote = remote_;
  entry.complete = complete;
  shared_.configuration.access_log(entry);
}

}  // namespace tithing::http
