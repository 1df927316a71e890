#include "http/request_parser.h"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <limits>
#include <utility>

namespace tithing::http {

namespace beast = boost::beast;
using beast::string_view;
using boost::system::error_code;

namespace {

constexpr std::size_t kMethodBytes = 32;
// A chunk's size line, or all trailers together: nobody needs more.
constexpr std::size_t kChunkOverheadBytes = 16 * 1024;
constexpr std::size_t kLastChunkBytes = 5;

bool is_token(char c) {
  if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return true;
  return c != '\0' && std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool is_host(std::string_view host) {
  return !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view(".-_:[]").find(c) != std::string_view::npos;
  });
}

std::string_view std_view(string_view view) { return {view.data(), view.size()}; }

}  // namespace

struct RequestParser::Impl final : beast::http::basic_parser<true> {
  explicit Impl(const Limits& with_limits) : limits(with_limits) {
    eager(true);
    body_limit(boost::none);
    header_limit(std::numeric_limits<std::uint32_t>::max());  // the scan below has its own, with 414 told from 431
  }

  struct Sizes {
    explicit Sizes(const Limits& l) : target(l.target_bytes), header(l.header_bytes), count(l.header_count) {}
    std::size_t target, header, count;
  } limits;
  State where = State::head;
  Refusal why;
  Request request;
  std::string decoded;
  std::int64_t total = 0;
  std::int64_t most = std::numeric_limits<std::int64_t>::max();
  std::int64_t length = -1;
  bool http_1_0 = false;
  bool alive = false;
  bool wants_continue = false;
  // The scan of the head:
  std::size_t scanned = 0;
  std::size_t line_start = 0;
  std::size_t lines = 0;

  std::size_t refuse(int status, std::string sentence) {
    where = State::refused;
    why = {status, std::move(sentence)};
    return 0;
  }

  // Looks for the end of the head and, on the way, for what the parser behind would let through or wait for: folded
  // lines, line ends without CR, what is no HTTP at all. Returns the head's size, or 0 when there is more to come.
  std::size_t scan(std::string_view in) {
    for (; scanned < in.size(); ++scanned) {
      const char c = in[scanned];
      const bool after_cr = scanned > 0 && in[scanned - 1] == '\r';
      if (scanned == 0 && !is_token(c))
        return refuse(400, c == '\x16' ? "This port speaks plain HTTP: use http:// instead of https://."
                                       : "The request does not begin like HTTP.");
      if (c == '\n') {
        if (!after_cr) return refuse(400, "A line of the request ends without a carriage return.");
        if (scanned - 1 == line_start) return ++scanned;
        if (lines > limits.count) return refuse(431, "The request has too many header lines.");
        ++lines;
        line_start = scanned + 1;
        continue;
      }
      if (after_cr) return refuse(400, "A carriage return stands in the middle of a line.");
      if (c == '\0') return refuse(400, "The head of the request holds a NUL.");
      if (lines > 0 && scanned == line_start && (c == ' ' || c == '\t'))
        return refuse(400, "A header is folded over several lines; that is no longer allowed.");
      if (lines == 0 && scanned >= limits.target) return refuse(414, "The address asked for is too long.");
      if (scanned >= limits.header) return refuse(431, "The headers of the request are too long.");
    }
    return 0;
  }

  std::size_t put_head(std::string_view in) {
    if (scanned == 0 && in.size() >= 2 && in[0] == '\r' && in[1] == '\n') return 2;  // RFC 9112, section 2.2
    if (scanned == 0 && in.size() == 1 && in[0] == '\r') return 0;
    const std::size_t size = scan(in);
    if (size == 0) return 0;
    error_code error;
    const std::size_t taken = put(boost::asio::const_buffer(in.data(), size), error);
    if (where == State::refused) return size;
    if (error == beast::http::error::bad_version) {
      refuse(505, "Only HTTP/1.0 and HTTP/1.1 are spoken here.");
    } else if (error || taken != size || !is_header_done()) {
      refuse(400, "The head of the request is not proper HTTP: " + error.message() + ".");
    } else {
      finish_head();
    }
    return size;
  }

  void finish_head() {
    alive = basic_parser::keep_alive();
    std::string_view host;
    int hosts = 0;
    int lengths = 0;
    std::string_view coding;
    int codings = 0;
    for (const Header& header : request.headers) {
      if (equal_ignoring_case(header.name, "Host")) {
        host = header.value;
        ++hosts;
      } else if (equal_ignoring_case(header.name, "Content-Length")) {
        // The parser behind takes lists of equal numbers; two readings of one request are one too many.
        ++lengths;
        if (header.value.find_first_not_of("0123456789") != std::string::npos || header.value.size() > 18)
          return void(refuse(400, "The Content-Length is not one number."));
      } else if (equal_ignoring_case(header.name, "Transfer-Encoding")) {
        coding = header.value;
        ++codings;
      } else if (equal_ignoring_case(header.name, "Expect") && !http_1_0) {
        if (!equal_ignoring_case(header.value, "100-continue"))
          return void(refuse(417, "The only expectation that can be met is 100-continue."));
        wants_continue = true;
      }
    }
    if (hosts > 1 || (hosts == 1 && !is_host(host)) || (hosts == 0 && !http_1_0))
      return void(refuse(400, "The request has to have one Host header with a proper name."));
    if (lengths > 1) return void(refuse(400, "The request has two lengths."));
    if (codings > 0) {
      if (lengths > 0) return void(refuse(400, "The request has both a length and a transfer encoding."));
      if (codings > 1 || http_1_0) return void(refuse(400, "The transfer encoding makes no sense."));
      if (!equal_ignoring_case(coding, "chunked"))
        return void(refuse(501, "The only transfer encoding understood is chunked."));
    } else {
      length = 0;
      if (const auto said = basic_parser::content_length()) length = static_cast<std::int64_t>(*said);
    }
    if (!read_target(host)) return;
    where = is_done() ? State::done : State::body;
  }

  bool read_target(std::string_view host) {
    const auto bad = [this](std::string_view) {
      refuse(400, "The address asked for is not a proper one.");
      return false;
    };
    std::string_view target = request.target;
    if (std::any_of(target.begin(), target.end(), [](char c) { return c <= ' ' || c >= 0x7F || c == '#'; }))
      return bad(target);
    if (target == "*") {
      if (request.method != "OPTIONS") return bad(target);
    } else if (target.front() != '/') {
      // The absolute form, RFC 9112 section 3.2.2; its host has to be the one of the Host header.
      const auto scheme = target.find("://");
      if (scheme == std::string_view::npos) return bad(target);
      const std::string_view name = target.substr(0, scheme);
      if (!equal_ignoring_case(name, "http") && !equal_ignoring_case(name, "https")) return bad(target);
      target.remove_prefix(scheme + 3);
      const auto slash = target.find_first_of("/?");
      const std::string_view authority = target.substr(0, slash);
      if (!is_host(authority) || (!host.empty() && !equal_ignoring_case(authority, host))) return bad(target);
      target.remove_prefix(authority.size());
      if (target.empty() || target.front() != '/') {
        request.target = "/" + std::string(target);
      } else {
        request.target = std::string(target);
      }
      target = request.target;
    }
    const auto mark = target.find('?');
    request.path = std::string(target.substr(0, mark));
    if (mark != std::string_view::npos) request.query = std::string(target.substr(mark + 1));
    return true;
  }

  std::size_t put_body(std::string_view in) {
    // From any point of a chunked body at least "0 CRLF CRLF" is still to come. The parser behind counts on it: it
    // asserts when the last chunk is given to it in smaller pieces.
    if (length < 0 && in.size() < kLastChunkBytes) return 0;
    error_code error;
    const std::size_t taken = put(boost::asio::const_buffer(in.data(), in.size()), error);
    if (where == State::refused) return taken;
    if (error && error != beast::http::error::need_more) {
      refuse(400, "The body of the request is not proper HTTP: " + error.message() + ".");
    } else if (is_done()) {
      where = State::done;
    } else if (in.size() - taken > kChunkOverheadBytes) {
      refuse(400, "The body of the request has too much between its chunks.");
    }
    return taken;
  }

  std::size_t add_body(string_view bytes, error_code& error) {
    total += static_cast<std::int64_t>(bytes.size());
    if (total > most) {
      refuse(413, "What was sent is larger than this address takes.");
      error = beast::http::error::body_limit;
      return 0;
    }
    decoded.append(bytes.data(), bytes.size());
    return bytes.size();
  }

  // What the parser behind reports:
  void on_request_impl(beast::http::verb, string_view method, string_view target, int version,
                       error_code& error) override {
    if (method.size() > kMethodBytes || target.empty()) {
      error = beast::http::error::bad_method;
      return;
    }
    request.method = std::string(std_view(method));
    request.target = std::string(std_view(target));
    http_1_0 = version == 10;
  }
  void on_response_impl(int, string_view, int, error_code&) override {}
  void on_field_impl(beast::http::field, string_view name, string_view value, error_code& error) override {
    if (where != State::head) return;  // trailers are read and dropped
    if (name.empty()) {
      error = beast::http::error::bad_field;
      return;
    }
    request.headers.push_back({std::string(std_view(name)), std::string(std_view(value))});
  }
  void on_header_impl(error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  std::size_t on_body_impl(string_view bytes, error_code& error) override { return add_body(bytes, error); }
  void on_chunk_header_impl(std::uint64_t size, string_view, error_code& error) override {
    if (size > static_cast<std::uint64_t>(most - total)) {
      refuse(413, "What was sent is larger than this address takes.");
      error = beast::http::error::body_limit;
    }
  }
  std::size_t on_chunk_body_impl(std::uint64_t, string_view bytes, error_code& error) override {
    return add_body(bytes, error);
  }
  void on_finish_impl(error_code&) override {}
};

RequestParser::RequestParser(const Limits& limits) : impl_(std::make_unique<Impl>(limits)) {}
RequestParser::~RequestParser() = default;

std::size_t RequestParser::put(std::string_view bytes) {
  if (bytes.empty()) return 0;
  switch (impl_->where) {
    case State::head:
      return impl_->put_head(bytes);
    case State::body:
      return impl_->put_body(bytes);
    case State::done:
    case State::refused:
      break;
  }
  return 0;
}

RequestParser::State RequestParser::state() const { return impl_->where; }
const Refusal& RequestParser::refusal() const { return impl_->why; }
Request& RequestParser::request() { return impl_->request; }
bool RequestParser::keep_alive() const { return impl_->alive; }
bool RequestParser::is_http_1_0() const { return impl_->http_1_0; }
bool RequestParser::expects_continue() const { return impl_->wants_continue; }
std::int64_t RequestParser::content_length() const { return impl_->length; }
void RequestParser::limit_body(std::int64_t bytes) { impl_->most = bytes; }
std::string& RequestParser::body() { return impl_->decoded; }

}  // namespace tithing::http
