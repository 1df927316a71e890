// What the server asks of the operating system, without naming the library that does it: a loop that runs on one
// thread, a listening socket, and connections that are plain or TLS. Private to src/http.
//
// Everything but Loop::post and Loop::stop belongs to the thread that runs the loop.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace tithing::http {

using Task = std::function<void()>;

class Loop {
 public:
  Loop();
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  void run();               // until stop(); a SIGPIPE of this thread is blocked
  void run_what_is_left();  // after run(): tasks posted meanwhile, without waiting
  void stop();              // any thread
  void post(Task task);     // any thread
  void after(int milliseconds, Task task);

  struct Impl;
  Impl& impl() { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

enum class Ready { read, write };
enum class Io {
  done,    // `bytes` were moved
  again,   // nothing can be moved now: wait for wants()
  closed,  // the other side has said that it sends nothing more
  failed,
};
struct Moved {
  Io io = Io::failed;
  std::size_t bytes = 0;
};

// Operations never wait; wait() says when to try again. Closing it drops a wait without calling its task.
class Transport {
 public:
  virtual ~Transport() = default;
  virtual Moved handshake() = 0;
  virtual Moved read(char* into, std::size_t size) = 0;
  virtual Moved write(std::string_view bytes) = 0;
  virtual void finish() = 0;  // tells the other side that nothing more comes; it may still send
  virtual void close() = 0;
  virtual Ready wants() const = 0;  // after `again`
  virtual void wait(Ready what, Task task) = 0;
  virtual bool secure() const = 0;
  virtual const std::string& remote_address() const = 0;
};

// Certificate and key for all TLS connections of a server. TLS 1.2 or later, no renegotiation.
class TlsContext {
 public:
  static Result<std::shared_ptr<TlsContext>> load(const std::string& certificate_file, const std::string& key_file);
  ~TlsContext();
  TlsContext(const TlsContext&) = delete;
  TlsContext& operator=(const TlsContext&) = delete;
  void* native() const { return context_; }  // SSL_CTX*

 private:
  explicit TlsContext(void* context) : context_(context) {}
  void* context_;
};

enum class Accepted {
  connection,
  none,       // nobody is waiting
  exhausted,  // no descriptor or memory left: try later
};

class Listener {
 public:
  static Result<std::unique_ptr<Listener>> open(Loop& loop, const std::string& address, int port);
  ~Listener();
  int port() const;
  void wait(Task task);
  Accepted accept(const std::shared_ptr<TlsContext>& tls, std::unique_ptr<Transport>& into);  // no `tls`: plain
  void close();

 private:
  struct Impl;
  explicit Listener(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace tithing::http
