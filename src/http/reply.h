// A Response made ready for the wire. Private to src/http.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "http/message.h"

namespace tithing::http {

// Owns the descriptor of the file that it sends.
struct Reply {
  int status = 200;
  std::string head;  // status line and headers, without Connection and without the empty line at the end
  std::string body;
  int file = -1;                // descriptor, or -1
  std::int64_t file_bytes = 0;  // still to be sent of it
  bool close = false;           // the connection is to be closed afterwards

  Reply() = default;
  Reply(Reply&& other) noexcept;
  Reply& operator=(Reply&& other) noexcept;
  Reply(const Reply&) = delete;
  Reply& operator=(const Reply&) = delete;
  ~Reply();
};

using ErrorPage = std::function<std::string(int status, std::string_view sentence, std::string_view request_id)>;

// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, section 5.6.7), whatever the locale.
std::string http_date(std::int64_t seconds_since_1970);

// Compresses, opens the file, writes the head. Throws when the file cannot be read or a header is not fit to be sent.
Reply make_reply(Response response, std::string_view method, std::string_view accept_encoding, std::string_view id);

// The server's own answer: `sentence` for whoever reads it.
Response error_response(int status, std::string_view sentence, std::string_view id, const ErrorPage& page);

// 10 random bytes as 20 characters.
std::string new_request_id();

}  // namespace tithing::http
