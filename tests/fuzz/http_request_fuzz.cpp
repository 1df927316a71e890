// The request parser, fed in pieces whose sizes come from the input: what it makes of the bytes must not depend on how
// they are cut, and what it lets through must be one request with one length.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "http/request_parser.h"

using namespace tithing::http;

namespace {

struct Outcome {
  RequestParser::State state = RequestParser::State::head;
  int status = 0;
  std::string method, target, path, query, headers, body;
  bool keep_alive = false;
  std::size_t taken = 0;
};

void insist(bool truth) {
  if (!truth) std::abort();
}

Outcome parse(std::string_view bytes, std::size_t step) {
  Limits limits;
  limits.target_bytes = 100;
  limits.header_bytes = 600;
  limits.header_count = 12;
  RequestParser parser(limits);
  Outcome outcome;
  bool limited = false;
  for (std::size_t there = 0; there < bytes.size();) {
    there = std::min(there + step, bytes.size());
    for (;;) {
      const std::size_t n = parser.put(bytes.substr(outcome.taken, there - outcome.taken));
      insist(n <= there - outcome.taken);
      outcome.taken += n;
      if (!limited && parser.state() == RequestParser::State::body) {
        parser.limit_body(300);
        limited = true;
      }
      if (n == 0) break;
    }
    if (parser.state() == RequestParser::State::refused || parser.state() == RequestParser::State::done) break;
  }
  outcome.state = parser.state();
  if (outcome.state == RequestParser::State::refused) {
    outcome.status = parser.refusal().status;
    insist(outcome.status >= 400 && !parser.refusal().sentence.empty());
    return outcome;
  }
  if (outcome.state != RequestParser::State::done) return outcome;
  const Request& request = parser.request();
  insist(!request.method.empty() && !request.path.empty());
  insist(request.path.front() == '/' || request.path == "*");
  int lengths = 0;
  int codings = 0;
  for (const Header& header : request.headers) {
    insist(!header.name.empty());
    insist(header.value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
    if (equal_ignoring_case(header.name, "content-length")) ++lengths;
    if (equal_ignoring_case(header.name, "transfer-encoding")) ++codings;
    outcome.headers += header.name + ":" + header.value + "\n";
  }
  insist(lengths + codings <= 1);
  if (lengths == 1)
    insist(std::to_string(parser.body().size()) == std::to_string(std::atoll(request.header("content-length").data())));
  if (lengths + codings == 0) insist(parser.body().empty());
  outcome.method = request.method;
  outcome.target = request.target;
  outcome.path = request.path;
  outcome.query = request.query;
  outcome.body = parser.body();
  outcome.keep_alive = parser.keep_alive();
  return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Outcome whole = parse(bytes, bytes.size() + 1);
  const Outcome pieces = parse(bytes, 1 + data[0] % 32);
  // The parser waits with the last four bytes of a chunked body until a fifth tells it more.
  if (whole.state == RequestParser::State::refused && pieces.state == RequestParser::State::body &&
      bytes.size() - pieces.taken < 5)
    return 0;
  insist(whole.state == pieces.state);
  insist(whole.status == pieces.status);
  insist(whole.method == pieces.method && whole.target == pieces.target && whole.path == pieces.path &&
         whole.query == pieces.query && whole.headers == pieces.headers && whole.body == pieces.body &&
         whole.keep_alive == pieces.keep_alive);
  if (whole.state == RequestParser::State::done) insist(whole.taken == pieces.taken);
  return 0;
}
