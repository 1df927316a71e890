// One client: reads requests, hands them to the workers, writes the replies, in order, one at a time. It never waits:
// what it is doing is its state, and the loop calls it again. Private to src/http; lives on the loop's thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/held_bodies.h"
#include "http/pending.h"
#include "http/proxies.h"
#include "http/reply.h"
#include "http/request_parser.h"
#include "http/server.h"
#include "http/transport.h"
#include "http/worker_pool.h"

namespace tithing::http {

class Connection;

// What all connections of a server share.
struct Shared {
  Configuration configuration;
  Handler handler;
  TrustedProxies proxies;
  Loop loop;
  std::unique_ptr<WorkerPool> workers;  // handlers
  std::unique_ptr<WorkerPool> disk;  // bodies to spool files, files to replies: a slow disk must not hold up the loop
  std::vector<char> buffer =
      std::vector<char>(64 * 1024);  // one for all: a connection keeps only what it could not use
  std::int64_t bodies_in_memory = 0;
  HeldBodies held_bodies;
  bool told_of_proxy = false;  // that somebody speaks for others whom nobody has named as a proxy
  bool draining = false;
  std::function<void(Connection&)> closed;
};

// Milliseconds on a clock that only goes forward.
std::int64_t steady_milliseconds();
std::int64_t steady_microseconds();

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Shared& shared, std::unique_ptr<Transport> transport);
  ~Connection();

  void start() { step(); }
  void tick(std::int64_t now);  // enforces the deadlines
  void drain();                 // closes if idle; otherwise the reply under way will be the last
  void cut();                   // closes at once
  bool idle() const { return state_ == State::receiving && !parser_ && input_.empty(); }
  std::int64_t idle_since() const { return since_; }

 private:
  enum class State {
    handshake,
    receiving,  // between requests, or within one
    asking,     // a worker finds out whether this asker may send so large a body
    spooling,   // the disk writes a piece of the body
    handling,   // a worker has the request
    elsewhere,  // the answer is made elsewhere (Response::elsewhere); we look whether the client is still there
    sending,
    loading,    // the disk reads a piece of the file to be sent
    lingering,  // nothing more to say; reads what the client still sends, so that it gets to read our last words
    closed,
  };
  enum class After { receive, next_request };
  struct Spool;

  // Judges a rate over windows of time.
  struct Pace {
    std::int64_t start = 0;
    std::int64_t bytes = 0;
    bool too_slow(std::int64_t now, int window_ms, int bytes_per_second);
  };

  void step();
  bool shake_hands();  // these return false when there is something to wait for
  bool receive();
  bool send();
  bool linger();

  std::size_t take(std::string_view in);
  bool begin_body();
  bool ask();
  void asked(std::optional<std::int64_t> most);
  bool limit_body(std::int64_t most);
  bool too_much_at_once();  // refuses; false
  void send_continue();
  void collect_body();
  void spool(bool last);
  void spooled(int error, bool last);
  void dispatch();
  void made_elsewhere(std::shared_ptr<Pending> pending);
  bool watch();
  void replied(Reply reply);
  void refuse(int status, std::string_view sentence);
  void send_reply(Reply reply);
  void load();
  void next_request();
  void wait(Ready what);
  void close();
  void log(bool complete);
  void account(std::size_t body_bytes);

  Shared& shared_;
  std::unique_ptr<Transport> transport_;
  State state_ = State::handshake;
  bool waiting_[2] = {false, false};
  bool first_request_ = true;
  std::int64_t since_ = 0;  // of the present state, in steady milliseconds

  // Receiving
  std::string input_;  // what the parser could not use yet
  bool look_at_input_ = false;
  std::unique_ptr<RequestParser> parser_;
  bool in_body_ = false;
  std::int64_t head_since_ = 0;
  std::int64_t last_read_ = 0;
  Pace reading_;
  std::int64_t route_takes_ = 0;           // bytes, of a body that somebody is asked about
  std::optional<HeldBodies::Place> held_;  // while the body comes
  std::string body_;                       // decoded, not yet spooled
  std::int64_t body_bytes_ = 0;
  std::size_t accounted_ = 0;
  std::shared_ptr<Spool> spool_;

  // Replying
  std::shared_ptr<Pending> pending_;
  std::string id_, method_, target_, remote_;  // of the request under way, for the log
  std::int64_t started_us_ = 0;
  bool keep_alive_ = false;
  bool http_1_0_ = false;
  Reply reply_;
  std::string out_;
  std::size_t out_done_ = 0;
  After after_ = After::next_request;
  std::int64_t sent_ = 0;
  Pace writing_;
};

}  // namespace tithing::http
