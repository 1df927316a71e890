#include "http/transport.h"

#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cerrno>
#include <optional>
#include <utility>

#include "base/translation.h"

namespace tithing::http {

namespace asio = boost::asio;
using boost::system::error_code;
using tcp = asio::ip::tcp;

struct Loop::Impl {
  asio::io_context context{1};
  std::optional<asio::executor_work_guard<asio::io_context::executor_type>> work{context.get_executor()};
};

Loop::Loop() : impl_(std::make_unique<Impl>()) {}
Loop::~Loop() = default;

void Loop::run() {
  // OpenSSL writes with write(2), which has no MSG_NOSIGNAL: a client that has gone must not end the process.
  sigset_t pipe_only;
  sigemptyset(&pipe_only);
  sigaddset(&pipe_only, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe_only, nullptr);
  impl_->context.run();
}

void Loop::run_what_is_left() {
  impl_->work.reset();
  impl_->context.restart();
  impl_->context.poll();
}

void Loop::stop() { impl_->context.stop(); }
void Loop::post(Task task) { asio::post(impl_->context, std::move(task)); }

void Loop::after(int milliseconds, Task task) {
  auto timer = std::make_shared<asio::steady_timer>(impl_->context, std::chrono::milliseconds(milliseconds));
  timer->async_wait([timer, task = std::move(task)](const error_code& error) {
    if (!error) task();
  });
}

namespace {

// At most this much lies unsent in the kernel for one connection: a client that does not read costs little.
constexpr int kUnsentBytes = 128 * 1024;

class SocketTransport : public Transport {
 public:
  SocketTransport(tcp::socket socket, std::string remote) : socket_(std::move(socket)), remote_(std::move(remote)) {}

  void wait(Ready what, Task task) override {
    const auto type = what == Ready::read ? tcp::socket::wait_read : tcp::socket::wait_write;
    socket_.async_wait(type, [task = std::move(task)](const error_code& error) {
      if (error != asio::error::operation_aborted) task();
    });
  }
  void close() override {
    error_code ignored;
    socket_.close(ignored);
  }
  const std::string& remote_address() const override { return remote_; }

 protected:
  tcp::socket socket_;

 private:
  std::string remote_;
};

class PlainTransport final : public SocketTransport {
 public:
  using SocketTransport::SocketTransport;

  Moved handshake() override { return {Io::done, 0}; }
  Moved read(char* into, std::size_t size) override {
    wants_ = Ready::read;
    for (;;) {
      const ssize_t n = ::recv(socket_.native_handle(), into, size, MSG_DONTWAIT);
      if (n > 0) return {Io::done, static_cast<std::size_t>(n)};
      if (n == 0) return {Io::closed, 0};
      if (errno == EINTR) continue;
      return {errno == EAGAIN || errno == EWOULDBLOCK ? Io::again : Io::failed, 0};
    }
  }
  Moved write(std::string_view bytes) override {
    wants_ = Ready::write;
    for (;;) {
      const ssize_t n = ::send(socket_.native_handle(), bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
      if (n >= 0) return {Io::done, static_cast<std::size_t>(n)};
      if (errno == EINTR) continue;
      return {errno == EAGAIN || errno == EWOULDBLOCK ? Io::again : Io::failed, 0};
    }
  }
  void finish() override { ::shutdown(socket_.native_handle(), SHUT_WR); }
  Ready wants() const override { return wants_; }
  bool secure() const override { return false; }

 private:
  Ready wants_ = Ready::read;
};

class TlsTransport final : public SocketTransport {
 public:
  TlsTransport(tcp::socket socket, std::string remote, std::shared_ptr<TlsContext> context)
      : SocketTransport(std::move(socket), std::move(remote)),
        context_(std::move(context)),
        ssl_(SSL_new(static_cast<SSL_CTX*>(context_->native()))) {
    if (ssl_ != nullptr && SSL_set_fd(ssl_, socket_.native_handle()) == 1) {
      SSL_set_accept_state(ssl_);
    } else {
      broken_ = true;
    }
  }
  ~TlsTransport() override { SSL_free(ssl_); }

  Moved handshake() override {
    if (broken_) return {};
    ERR_clear_error();
    const int result = SSL_do_handshake(ssl_);
    return result == 1 ? Moved{Io::done, 0} : outcome(result);
  }
  Moved read(char* into, std::size_t size) override {
    if (broken_) return {};
    ERR_clear_error();
    std::size_t moved = 0;
    const int result = SSL_read_ex(ssl_, into, size, &moved);
    return result == 1 ? Moved{Io::done, moved} : outcome(result);
  }
  Moved write(std::string_view bytes) override {
    if (broken_) return {};
    ERR_clear_error();
    std::size_t moved = 0;
    const int result = SSL_write_ex(ssl_, bytes.data(), bytes.size(), &moved);
    return result == 1 ? Moved{Io::done, moved} : outcome(result);
  }
  void finish() override {
    if (!broken_) {
      ERR_clear_error();
      SSL_shutdown(ssl_);  // best effort: one close_notify
    }
    ::shutdown(socket_.native_handle(), SHUT_WR);
  }
  void wait(Ready what, Task task) override {
    // Bytes already decrypted are no longer in the socket, which would never become readable for them.
    if (what == Ready::read && !broken_ && SSL_pending(ssl_) > 0) {
      asio::post(socket_.get_executor(), std::move(task));
      return;
    }
    SocketTransport::wait(what, std::move(task));
  }
  Ready wants() const override { return wants_; }
  bool secure() const override { return true; }

 private:
  Moved outcome(int result) {
    switch (SSL_get_error(ssl_, result)) {
      case SSL_ERROR_WANT_READ:
        wants_ = Ready::read;
        return {Io::again, 0};
      case SSL_ERROR_WANT_WRITE:
        wants_ = Ready::write;
        return {Io::again, 0};
      case SSL_ERROR_ZERO_RETURN:
        return {Io::closed, 0};
      default:
        broken_ = true;
        return {Io::failed, 0};  // no further operation is allowed, not even a shutdown
    }
  }

  std::shared_ptr<TlsContext> context_;
  SSL* ssl_;
  Ready wants_ = Ready::read;
  bool broken_ = false;
};

int only_http_1_1(SSL*, const unsigned char** out, unsigned char* out_size, const unsigned char* in, unsigned in_size,
                  void*) {
  static const unsigned char kOurs[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  unsigned char* chosen = nullptr;
  if (SSL_select_next_proto(&chosen, out_size, kOurs, sizeof kOurs, in, in_size) != OPENSSL_NPN_NEGOTIATED)
    return SSL_TLSEXT_ERR_NOACK;
  *out = chosen;
  return SSL_TLSEXT_ERR_OK;
}

}  // namespace

Result<std::shared_ptr<TlsContext>> TlsContext::load(const std::string& certificate_file, const std::string& key_file) {
  SSL_CTX* context = SSL_CTX_new(TLS_server_method());
  if (context == nullptr) return problem(ProblemKind::unavailable, tr("The TLS library cannot be started."));
  std::shared_ptr<TlsContext> tls(new TlsContext(context));
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                   SSL_OP_IGNORE_UNEXPECTED_EOF);
  // An idle connection gives its buffers back; a write may be repeated from another place in memory.
  SSL_CTX_set_mode(context,
                   SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_alpn_select_cb(context, only_http_1_1, nullptr);
  ERR_clear_error();
  if (SSL_CTX_use_certificate_chain_file(context, certificate_file.c_str()) != 1)
    return invalid(tr("The TLS certificate cannot be read: check that {0} is there and holds a PEM certificate.",
                      {certificate_file}));
  if (SSL_CTX_use_PrivateKey_file(context, key_file.c_str(), SSL_FILETYPE_PEM) != 1)
    return invalid(
        tr("The TLS key cannot be used: check that {0} is there, holds a PEM key without a password and "
           "belongs to the certificate.",
           {key_file}));
  if (SSL_CTX_check_private_key(context) != 1)
    return invalid(tr("The TLS key in {0} does not belong to the certificate in {1}.", {key_file, certificate_file}));
  return tls;
}

TlsContext::~TlsContext() { SSL_CTX_free(static_cast<SSL_CTX*>(context_)); }

struct Listener::Impl {
  explicit Impl(asio::io_context& context) : acceptor(context) {}
  tcp::acceptor acceptor;
  int port = 0;
};

Listener::Listener(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Listener::~Listener() = default;

Result<std::unique_ptr<Listener>> Listener::open(Loop& loop, const std::string& address, int port) {
  error_code error;
  const auto ip = asio::ip::make_address(address, error);
  if (error)
    return invalid(tr("The address to listen on, \"{0}\", is not an IP address such as 127.0.0.1.", {address}));
  if (port < 0 || port > 65'535)
    return invalid(tr("The port to listen on, {0}, is not between 0 and 65535.", {std::to_string(port)}));
  auto impl = std::make_unique<Impl>(loop.impl().context);
  tcp::acceptor& acceptor = impl->acceptor;
  const tcp::endpoint endpoint(ip, static_cast<unsigned short>(port));
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(4096, error);
  if (!error) acceptor.non_blocking(true, error);
  if (error) {
    const std::string where = address + " port " + std::to_string(port);
    if (error == asio::error::address_in_use)
      return problem(ProblemKind::unavailable,
                     tr("Something else already listens on {0}: choose another port.", {where}));
    return problem(ProblemKind::unavailable, tr("Cannot listen on {0}: {1}.", {where, error.message()}));
  }
  impl->port = acceptor.local_endpoint(error).port();
  return std::unique_ptr<Listener>(new Listener(std::move(impl)));
}

int Listener::port() const { return impl_->port; }

void Listener::wait(Task task) {
  impl_->acceptor.async_wait(tcp::acceptor::wait_read, [task = std::move(task)](const error_code& error) {
    if (error != asio::error::operation_aborted) task();
  });
}

Accepted Listener::accept(const std::shared_ptr<TlsContext>& tls, std::unique_ptr<Transport>& into) {
  for (;;) {
    error_code error;
    tcp::endpoint peer;
    tcp::socket socket(impl_->acceptor.get_executor());
    impl_->acceptor.accept(socket, peer, error);
    if (error == asio::error::would_block || error == asio::error::try_again) return Accepted::none;
    if (error == asio::error::no_descriptors || error.value() == ENFILE || error.value() == ENOBUFS ||
        error.value() == ENOMEM)
      return Accepted::exhausted;
    if (error == asio::error::bad_descriptor) return Accepted::none;
    if (error) continue;  // that client has gone already; the next one may be there
    error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    socket.native_non_blocking(true, ignored);
    const int unsent = kUnsentBytes;
    ::setsockopt(socket.native_handle(), IPPROTO_TCP, TCP_NOTSENT_LOWAT, &unsent, sizeof unsent);
    auto address = peer.address();
    if (address.is_v6() && address.to_v6().is_v4_mapped())
      address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
    if (tls) {
      into = std::make_unique<TlsTransport>(std::move(socket), address.to_string(), tls);
    } else {
      into = std::make_unique<PlainTransport>(std::move(socket), address.to_string());
    }
    return Accepted::connection;
  }
}

void Listener::close() {
  error_code ignored;
  impl_->acceptor.close(ignored);
}

}  // namespace tithing::http
