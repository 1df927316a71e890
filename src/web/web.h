// What a page or an API handler sees: the request as values, the person, the router with its guards, and answers.
//
// A route cannot be registered without an Access: there is no default and no conversion to it. The pipeline of a
// request is one readable list in web/pipeline.cpp.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.h"
#include "base/clock.h"
#include "base/ground.h"
#include "base/people.h"
#include "base/reach.h"
#include "base/result.h"
#include "html/html.h"
#include "http/message.h"

namespace tithing::web {

class Context;
class SiteMap;

// Who may come in. Checked by the router before the handler runs; the command behind checks again.
class Access {
 public:
  static Access anyone();  // published material, sign-in itself
  static Access signed_in();
  static Access permission(const Permission& permission);  // held in any area; the command checks the area
  enum class Kind { anyone, signed_in, permission };
  Kind kind() const { return kind_; }
  const Permission& required() const { return permission_; }

 private:
  Access(Kind kind, Permission permission) : kind_(kind), permission_(permission) {}
  Kind kind_;
  Permission permission_;
};

using Answer = http::Response;
using Handler = std::function<Answer(Context&)>;

struct Route {
  std::string method;   // GET, POST
  std::string pattern;  // "/areas/:code/crimes"; a segment that begins with ':' is a parameter
  Access access;
  Handler handler;
  bool upload = false;  // takes a body larger than 2 MiB, streamed to a file
  bool token_protected =
      true;  // POST routes check the CSRF token unless they say otherwise (only the API with a bearer token may)
};

class Router {
 public:
  void get(std::string pattern, Access access, Handler handler);
  void post(std::string pattern, Access access, Handler handler);
  void post_upload(std::string pattern, Access access, Handler handler);
  const std::vector<Route>& routes() const { return routes_; }  // every route, for the test of guards
  struct Match {
    const Route* route = nullptr;
    std::map<std::string, std::string> parameters;
    bool path_exists = false;          // another method has it: 405
    bool malformed = false;            // the path is not percent-encoded UTF-8: 400
    std::vector<std::string> allowed;  // methods of the path, HEAD with GET; empty when the path is unknown
  };
  // `path` is as sent, still percent-encoded; it is split at "/" first and decoded after. From left to right a segment
  // that is written out wins over a parameter. HEAD is answered by GET's route. A parameter is never empty, "." or
  // "..".
  Match match(std::string_view method, std::string_view path) const;
  // A request's path or target as it may be written to a log: of a route with a parameter called "token" that parameter
  // is
  // "..." and the query is left out, whatever the method.
  std::string loggable(std::string_view target) const;

 private:
  void add(Route route);
  std::vector<Route> routes_;
  std::vector<std::vector<std::string>> segments_;  // of each route's pattern
};

using Fields = std::vector<std::pair<std::string, std::string>>;

// An uploaded file, spooled to disk while it came in; removed when the request goes unless it is taken.
struct UploadedFile {
  std::string field;
  std::string file_name;  // base name as sent, cleaned
  std::string path;
  std::int64_t bytes = 0;
};

class Context {
 public:
  const http::Request* request = nullptr;
  Actor actor = Actor::nobody();
  Date today;
  Instant now;
  std::string language = "en";
  std::map<std::string, std::string> parameters;  // of the route
  Fields query;
  Fields form;
  std::vector<UploadedFile> files;
  std::string csrf_token;                // for forms of this session
  std::string session_key;               // hash of the session's token; empty when there is none
  bool secure = false;                   // the request came by TLS: cookies say Secure and carry the __Host- prefix
  mutable bool form_token_used = false;  // the answer holds csrf_token, so it is not kept by anyone's cache

  std::string parameter(std::string_view name) const;    // of the route; empty when missing
  std::string query_value(std::string_view name) const;  // first, trimmed; empty when missing
  std::string form_value(std::string_view name) const;
  std::vector<std::string> query_values(std::string_view name) const;
  // Who asks, and where that reaches today: what pages offer, and what figures may tell. Made at the first question of
  // a request.
  const Reach& reach() const;
  std::function<std::shared_ptr<const Ground>()> ground = {};  // of both registers; without it an area is itself
  const SiteMap& site() const;  // addresses by name, and what rooms tell of themselves; empty where there is no site
  const SiteMap* site_map = nullptr;
  // Who a name of the audit is, as it may be shown to this person.
  std::string person(const std::string& audit_name) const { return people(audit_name, actor); }
  People people = unnamed_people;
  // The register's day: ?as-at=YYYY-MM-DD, else today. invalid when it is malformed.
  Result<Date> as_at() const;

 private:
  mutable std::optional<Reach> reach_ = {};
};

// Answers.
struct NavigationItem {
  html::Content text;
  html::Url url;
  bool current = false;
};
struct PageOptions {
  html::Content title = {};  // the h1, text or a message; the title element adds the place and the product
  std::string place = {};    // "North Yorkshire", where you are; may be empty
  std::vector<NavigationItem> rooms = {};  // second line
  std::vector<NavigationItem> breadcrumbs = {};
  bool as_at_control = false;  // shows the as-at band when the address carries another day than today
  int status = 200;
  int refresh_seconds = 0;                // a page about work under way asks again by itself, also without script
  html::Content caption = {};             // a line above the h1: the kind of thing, the period
  html::Markup notice = {};               // between breadcrumbs and h1: a notification banner, an error summary
  bool has_error = false;                 // "Error: " before the browser's title
  bool narrow = false;                    // 70 characters a line: a paper, a form
  bool heading_in_body = false;           // the body has its own h1
  std::vector<std::string> scripts = {};  // names of further assets, "upload.js"
};
Answer page(const Context& context, const PageOptions& options, const html::Markup& body);
Answer redirect(const html::Url& to);                                 // 303
Answer to_sign_in(const Context& context);                            // and back to this address afterwards
Answer problem_page(const Context& context, const Problem& problem);  // the one table kind -> status, with a sentence
Answer json_answer(std::string json, int status = 200);
Answer problem_json(const Problem& problem);  // application/problem+json, RFC 9457
Answer download(std::string bytes, std::string content_type, const std::string& file_name);
int status_of(ProblemKind kind);

Answer text_answer(std::string text, std::string content_type, int status = 200);  // "text/csv; charset=utf-8"
// 409: somebody else saved first. Both versions side by side, field by field, with a link to begin again from the
// stored one. A field is its label and its value.
Answer conflict_page(const Context& context, const Fields& yours, const Fields& theirs, const html::Url& again);
// A path of this site to go back to after signing in ("/areas/E22000368?as-at=2012-01-01"), or "/" for anything else.
html::Url local_path(std::string_view text);

// A hidden field with the session's token, for every form that posts.
html::Markup csrf_field(const Context& context);
// The current address with one query parameter replaced or removed (value empty).
html::Url with_query(const Context& context, std::string_view name, std::string_view value);

}  // namespace tithing::web
