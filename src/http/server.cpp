#include "http/server.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <utility>

#include "base/log.h"
#include "base/translation.h"
#include "http/connection.h"
#include "http/spool.h"

namespace tithing::http {
namespace {

constexpr int kDiskThreads = 2;
constexpr std::size_t kDiskQueue = std::size_t{1} << 30;  // no bound of its own: a connection has one task at most
constexpr int kAcceptsInARow = 64;
constexpr int kExhaustedPauseMs = 100;
constexpr std::size_t kLoggedTarget = 1'024;

void log_access(const AccessEntry& entry) {
  log::info("request", {{"id", entry.id},
                        {"method", entry.method},
                        {"target", entry.target.substr(0, kLoggedTarget)},
                        {"status", entry.status},
                        {"bytes", entry.bytes},
                        {"us", entry.microseconds},
                        {"remote", entry.remote},
                        {"complete", entry.complete ? "yes" : "no"}});
}

// Often enough that a deadline is late by a tenth at most.
int tick_milliseconds(const Limits& limits) {
  const int shortest = std::min(
      {limits.header_ms, limits.body_silence_ms, limits.write_ms, limits.idle_ms, std::max(limits.linger_ms, 100)});
  return std::clamp(shortest / 10, 5, 250);
}

}  // namespace

struct Server::Impl {
  Shared shared;
  std::unique_ptr<Listener> listener;
  std::shared_ptr<TlsContext> tls;
  std::unordered_map<Connection*, std::shared_ptr<Connection>> connections;
  std::thread thread;
  std::mutex mutex;
  std::condition_variable one_less;
  std::size_t count = 0;  // of `connections`, for other threads; guarded by `mutex`
  bool started = false;
  bool accepting = false;
  int bound_port = 0;
  int tick_ms = 250;

  void counted() {
    {
      const std::lock_guard lock(mutex);
      count = connections.size();
    }
    one_less.notify_all();
  }

  // All below runs on the loop's thread.

  void wait_for_clients() {
    if (accepting || !listener) return;
    accepting = true;
    listener->wait([this] {
      accepting = false;
      accept();
    });
  }

  // Makes room by closing the connection that has been idle longest. False if none is.
  bool close_longest_idle() {
    Connection* oldest = nullptr;
    for (const auto& [connection, owner] : connections)
      if (connection->idle() && (oldest == nullptr || connection->idle_since() < oldest->idle_since()))
        oldest = connection;
    if (oldest == nullptr) return false;
    oldest->cut();
    return true;
  }

  void accept() {
    if (!listener) return;
    for (int i = 0; i < kAcceptsInARow; ++i) {
      if (connections.size() >= shared.configuration.connections) {
        if (i > 0) return wait_for_clients();  // perhaps nobody is waiting: no reason yet to close anyone
        if (!close_longest_idle()) return;     // closed() goes on
      }
      std::unique_ptr<Transport> transport;
      switch (listener->accept(tls, transport)) {
        case Accepted::none:
          return wait_for_clients();
        case Accepted::exhausted:
          log::warning("no file descriptors are left for new clients");
          close_longest_idle();
          shared.loop.after(kExhaustedPauseMs, [this] { wait_for_clients(); });
          return;
        case Accepted::connection:
          break;
      }
      auto connection = std::make_shared<Connection>(shared, std::move(transport));
      connections.emplace(connection.get(), connection);
      counted();
      connection->start();
    }
    wait_for_clients();
  }

  void closed(Connection& connection) {
    const auto at = connections.find(&connection);
    if (at == connections.end()) return;
    // It may be in the middle of one of its functions: it goes after that.
    shared.loop.post([keep = std::move(at->second)] {});
    connections.erase(at);
    counted();
    if (!shared.draining) wait_for_clients();
  }

  std::vector<std::shared_ptr<Connection>> all() const {
    std::vector<std::shared_ptr<Connection>> list;
    list.reserve(connections.size());
    for (const auto& [connection, owner] : connections) list.push_back(owner);
    return list;
  }

  void tick() {
    const std::int64_t now = steady_milliseconds();
    for (const auto& connection : all()) connection->tick(now);
    shared.loop.after(tick_ms, [this] { tick(); });
  }

  void drain() {
    if (!listener) return;
    accept();  // who is in the kernel's queue has been let in by it: refusing now would be a broken promise
    shared.draining = true;
    listener->close();
    listener.reset();
    for (const auto& connection : all()) connection->drain();
  }

  void run() {
    for (;;) {
      try {
        shared.loop.run();
        return;
      } catch (const std::exception& e) {  // lack of memory, or an access log that throws: others go on
        log::error("the HTTP loop goes on after a fault", {{"what", e.what()}});
      }
    }
  }

  void stop_now() {
    if (!started) return;
    started = false;
    shared.workers->stop();
    shared.disk->stop();
    shared.loop.stop();
    thread.join();
    shared.draining = true;
    if (listener) listener->close();
    listener.reset();
    for (const auto& connection : all()) connection->cut();
    shared.loop.run_what_is_left();
  }
};

Server::Server(Configuration configuration, Handler handler) : impl_(std::make_unique<Impl>()) {
  impl_->shared.configuration = std::move(configuration);
  impl_->shared.handler = std::move(handler);
}

Server::~Server() { impl_->stop_now(); }

Status Server::start() {
  Impl& impl = *impl_;
  Configuration& configuration = impl.shared.configuration;
  if (configuration.workers < 1) return invalid(tr("A server needs at least one worker."));
  if (configuration.connections < 1) return invalid(tr("A server has to allow at least one connection."));
  if (!configuration.access_log) configuration.access_log = log_access;
  auto proxies = TrustedProxies::parse(configuration.trusted_proxies);
  if (!proxies) return pass_on(proxies);
  impl.shared.proxies = std::move(*proxies);
  impl.shared.held_bodies = HeldBodies(configuration.limits.of_client);
  if (const Status ready = prepare_spool_directory(configuration.spool_directory); !ready) return ready;
  if (configuration.tls.certificate.empty() != configuration.tls.key.empty())
    return invalid(tr("TLS needs both a certificate file and a key file."));
  if (!configuration.tls.certificate.empty()) {
    auto tls = TlsContext::load(configuration.tls.certificate, configuration.tls.key);
    if (!tls) return pass_on(tls);
    impl.tls = std::move(*tls);
  }
  auto listener = Listener::open(impl.shared.loop, configuration.address, configuration.port);
  if (!listener) return pass_on(listener);
  impl.listener = std::move(*listener);
  impl.bound_port = impl.listener->port();
  impl.tick_ms = tick_milliseconds(configuration.limits);
  impl.shared.workers = std::make_unique<WorkerPool>(configuration.workers, configuration.queue);
  impl.shared.disk = std::make_unique<WorkerPool>(kDiskThreads, kDiskQueue);
  impl.shared.closed = [&impl](Connection& connection) { impl.closed(connection); };
  impl.wait_for_clients();
  impl.shared.loop.after(impl.tick_ms, [&impl] { impl.tick(); });
  impl.thread = std::thread([&impl] { impl.run(); });
  impl.started = true;
  return {};
}

int Server::port() const { return impl_->bound_port; }

std::size_t Server::connections() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->count;
}

bool Server::stop_gracefully(int deadline_ms) {
  Impl& impl = *impl_;
  if (!impl.started) return true;
  bool drained = false;  // guarded by the mutex: a server whose drain has not begun is not finished
  impl.shared.loop.post([&impl, &drained] {
    impl.drain();
    const std::lock_guard lock(impl.mutex);
    drained = true;
    impl.one_less.notify_all();
  });
  bool finished = false;
  {
    std::unique_lock lock(impl.mutex);
    finished = impl.one_less.wait_for(lock, std::chrono::milliseconds(deadline_ms),
                                      [&] { return drained && impl.count == 0; });
  }
  impl.stop_now();
  return finished;
}

}  // namespace tithing::http
