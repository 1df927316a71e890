// The site: one request in, one answer out, no sockets. The whole way of a request is the list of steps in
// pipeline.cpp.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/actor.h"
#include "base/clock.h"
#include "base/ground.h"
#include "base/people.h"
#include "base/secret.h"
#include "http/message.h"
#include "http/static_files.h"
#include "web/queued.h"
#include "web/session.h"
#include "web/web.h"

namespace tithing::web {

// Told of the tables of one page while it is made, on the thread that makes it; lives for one request.
class PageFiles {
 public:
  virtual ~PageFiles() = default;
  // The table that the address asks for as a file; nothing where the page itself is wanted, or has no such table.
  virtual std::optional<Answer> file_of(const Context& context, const Answer& page) = 0;
};

// What a site is made of. All of it outlives the site; the router and the table are complete before the first request.
struct SiteParts {
  const Router& router;
  const Clock& clock;
  SessionSource& sessions;
  Secret form_key;  // signs the cookies of visitors who are not signed in; the same for every process of a store
  std::function<std::shared_ptr<const Ground>()> ground = {};  // what lies in what, for the Reach of a request
  const SiteMap* site = nullptr;                               // what rooms tell of themselves
  People people = unnamed_people;                              // who a name of the audit is
  const http::StaticFiles* files = nullptr;  // beside the embedded styles and scripts, such as /robots.txt; may be none
  std::function<std::unique_ptr<PageFiles>(const http::Request&)> tables = {};  // tables as files; without it none
  // What a Host header may say, each as plain_host() has it; empty: whatever it likes. A page that is asked of another
  // host is at the site's own address (site_address.h), anything else is answered with 421.
  std::vector<std::string> hosts = {};
  std::string spool_directory = {};  // uploaded files, while a request lasts; empty: the system's directory
  std::int64_t upload_limit = std::int64_t{4} * 1024 * 1024 * 1024;  // bytes, on routes that take an upload
  Queue queue = {};  // for long work; without it that is done where it is met
};

// Safe from any thread.
class Site {
 public:
  explicit Site(SiteParts parts);

  // Never throws: what a handler throws becomes 503 (the store is busy, unreachable or full) or 500, with the request's
  // id.
  http::Response handle(const http::Request& request) const;

  // For http::Limits::body_limit: bytes that this route may be sent, or -1 for the server's own limit.
  std::int64_t body_limit(std::string_view method, std::string_view path) const;
  // The same, knowing who asks: a large body is taken only from somebody who may use the route. `head` is the request
  // without its body.
  std::int64_t body_limit(const http::Request& head) const;

  // For http::Configuration::error_page: the body of what the server refuses before it comes here.
  static std::string error_page(int status, std::string_view sentence, std::string_view request_id);

 private:
  friend class Passage;
  SiteParts parts_;
};

}  // namespace tithing::web
