// The whole way of a request through the site, as one list: see kSteps.
#include <exception>
#include <optional>
#include <stdexcept>

#include "base/json.h"
#include "base/log.h"
#include "base/random.h"
#include "base/refusal.h"
#include "base/text.h"
#include "db/db.h"
#include "govuk/assets.h"
#include "http/multipart.h"
#include "http/urlencoded.h"
#include "web/csrf.h"
#include "web/language.h"
#include "web/site.h"

namespace tithing::web {
namespace {

constexpr std::string_view kSignInPath = "/sign-in";
constexpr std::string_view kFormToken = "csrf-token";
constexpr int kLanguageCookieSeconds = 365 * 24 * 3600;

// No script or style but our own files, nothing inline, no plug-ins, no frames, forms only to ourselves.
constexpr std::string_view kContentSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'";

std::string_view visit_cookie_name(bool secure) { return secure ? "__Host-tithing-visit" : "tithing-visit"; }

std::string cookie(std::string_view name, std::string_view value, bool secure, int max_age_seconds) {
  std::string text = std::string(name) + "=" + std::string(value) + "; Path=/; HttpOnly; SameSite=Lax";
  if (secure) text += "; Secure";
  if (max_age_seconds >= 0) text += "; Max-Age=" + std::to_string(max_age_seconds);
  return text;
}

bool asks_for_data(const http::Request& request) { return request.path.compare(0, 5, "/api/") == 0; }
bool reads_only(const http::Request& request) { return request.method == "GET" || request.method == "HEAD"; }

}  // namespace

std::string_view session_cookie_name(bool secure) { return secure ? "__Host-tithing" : "tithing"; }

void set_session_cookie(const Context& context, Answer& answer, std::string_view token, int max_age_seconds) {
  answer.add("Set-Cookie", cookie(session_cookie_name(context.secure), token, context.secure, max_age_seconds));
}

void clear_session_cookie(const Context& context, Answer& answer) {
  answer.add("Set-Cookie", cookie(session_cookie_name(context.secure), "", context.secure, 0));
}

Answer to_sign_in(const Context& context) {
  return redirect(html::Url::path(kSignInPath, {}, {{"next", context.request->target}}));
}

// One request on its way. Each step either answers, which ends the way, or leaves what it found for the next.
class Passage {
 public:
  Passage(const SiteParts& parts, const http::Request& request) : parts_(parts), request_(request) {
    context_.request = &request;
    context_.now = parts.clock.now();
    context_.today = context_.now.date();
    context_.secure = request.secure;
    context_.ground = parts.ground;
    context_.people = parts.people;
    context_.site_map = parts.site;
    request_id_ = request.id.empty() ? random_token().substr(0, 22) : request.id;
  }

  Answer run() {
    Answer answer;
    try {
      answer = walk();
    } catch (const db::Error& error) {
      answer = store_failed(error);
    } catch (const Refusal& refusal) {
      log::error("a request was refused",
                 {{"id", request_id_}, {"path", parts_.router.loggable(request_.path)}, {"why", refusal.what()}});
      answer = refuse(refusal.problem);
    } catch (const std::exception& error) {
      answer = failed(error.what());
    } catch (...) {
      answer = failed("something that is not an exception");
    }
    finish(answer);
    return answer;
  }

  bool may_use(const Route& route) const { return !refusal_of(route); }

  void learn_who_asks() {
    cookies_and_query();
    session();
  }

 private:
  using Maybe = std::optional<Answer>;
  using Step = Maybe (Passage::*)();

  Answer walk() {
    static constexpr Step kSteps[] = {
        &Passage::asset,              // embedded styles and scripts, further files
        &Passage::cookies_and_query,  // parsed; a malformed address is refused
        &Passage::session,            // who asks, and the token of their forms
        &Passage::language,           // ?lang=, cookie, Accept-Language
        &Passage::route,              // 404, 405, OPTIONS
        &Passage::guard,              // may they come in
        &Passage::form,               // urlencoded or multipart, uploads in files
        &Passage::form_token,         // was the form ours
        &Passage::tables,             // those of the page are told of from here on
        &Passage::handler,            // makes the page
        &Passage::file,               // a table of it, where the address asks for one; else the page
    };
    for (const Step step : kSteps)
      if (Maybe answer = (this->*step)()) return std::move(*answer);
    throw std::logic_error("no step answered");
  }

  Maybe asset() {
    if (parts_.files != nullptr)
      if (Maybe found = parts_.files->answer(request_)) {
        lasting_ = true;
        return found;
      }
    const govuk::Asset* found = govuk::find_asset(request_.path);
    if (found == nullptr) return std::nullopt;
    Answer answer;
    if (!reads_only(request_)) {
      answer.status = 405;
      answer.set("Allow", "GET, HEAD");
      return answer;
    }
    lasting_ = true;
    answer.set("ETag", found->etag);
    answer.set("Cache-Control", "public, max-age=31536000, immutable");
    answer.set("Vary", "Accept-Encoding");
    if (request_.header("If-None-Match").find(found->etag) != std::string_view::npos) {
      answer.status = 304;
      return answer;
    }
    answer.set("Content-Type", found->content_type);
    if (!found->gzip.empty() && lowered(request_.header("Accept-Encoding")).find("gzip") != std::string::npos) {
      answer.set("Content-Encoding", "gzip");
      answer.body = found->gzip;
    } else {
      answer.body = found->bytes;
    }
    answer.compress = false;
    return answer;
  }

  Maybe cookies_and_query() {
    cookies_ = http::parse_cookies(request_.header("Cookie"));
    Result<http::Pairs> query = http::parse_urlencoded(request_.query);
    if (!query) return refuse(query.error());
    context_.query = std::move(*query);
    return std::nullopt;
  }

  Maybe session() {
    const std::string token = cookie_value(session_cookie_name(request_.secure));
    if (!token.empty()) {
      if (std::optional<Session> found = parts_.sessions.find(token)) {
        context_.actor = std::move(found->actor);
        context_.session_key = std::move(found->key);
        form_secret_ = std::move(found->csrf_secret);
      }
    }
    if (form_secret_.empty()) {
      visit_ = cookie_value(visit_cookie_name(request_.secure));
      if (!visit_is_signed(visit_, parts_.form_key.reveal())) {
        visit_ = new_visit(parts_.form_key.reveal());
        visit_is_new_ = true;
      }
      form_secret_ = visit_secret(visit_, parts_.form_key.reveal());
    }
    context_.csrf_token = masked_token(form_secret_);
    return std::nullopt;
  }

  Maybe language() {
    const std::string asked = context_.query_value("lang");
    const std::string kept = cookie_value("language");
    if (is_language(asked)) {
      context_.language = asked;
      keep_language_ = asked != kept;
    } else if (is_language(kept)) {
      context_.language = kept;
    } else {
      context_.language = preferred_language(request_.header("Accept-Language"));
    }
    return std::nullopt;
  }

  Maybe route() {
    Router::Match match = parts_.router.match(request_.method, request_.path);
    if (match.malformed)
      return refuse({ProblemKind::invalid,
                     "This address is not written in a way that can be read. Check it, or start from the first page.",
                     {}});
    if (match.route != nullptr) {
      route_ = match.route;
      context_.parameters = std::move(match.parameters);
      return std::nullopt;
    }
    if (match.path_exists) {
      const std::string allowed = joined(match.allowed, ", ");
      if (request_.method == "OPTIONS") {
        Answer answer(204);
        answer.set("Allow", allowed + ", OPTIONS");
        return answer;
      }
      Answer answer =
          refuse({ProblemKind::invalid,
                  "This address cannot be used in this way. Open it as a page, or go back and use the form again.",
                  {}});
      answer.status = 405;
      answer.set("Allow", allowed);
      return answer;
    }
    // "/areas/" is "/areas", for those who type.
    if (reads_only(request_) && request_.path.size() > 1 && request_.path.back() == '/') {
      const std::string shorter = request_.path.substr(0, request_.path.size() - 1);
      if (shorter.back() != '/' && parts_.router.match("GET", shorter).route != nullptr) {
        Answer answer(301);
        answer.set("Location", local_path(request_.query.empty() ? shorter : shorter + "?" + request_.query).text());
        return answer;
      }
    }
    return refuse({ProblemKind::not_found, "There is nothing at this address.", {}});
  }

  // Nothing when they may come in.
  std::optional<Problem> refusal_of(const Route& route) const {
    switch (route.access.kind()) {
      case Access::Kind::anyone:
        return std::nullopt;
      case Access::Kind::signed_in:
        if (context_.actor.signed_in()) return std::nullopt;
        return Problem{ProblemKind::forbidden, "Sign in first to see this.", {}};
      case Access::Kind::permission:
        if (const Status allowed = context_.actor.require(route.access.required()); !allowed) return allowed.error();
        return std::nullopt;
    }
    return Problem{ProblemKind::forbidden, "You cannot see this.", {}};
  }

  Maybe guard() {
    const std::optional<Problem> refusal = refusal_of(*route_);
    if (!refusal) return std::nullopt;
    if (context_.actor.signed_in()) return refuse(*refusal);
    if (asks_for_data(request_)) {
      Answer answer = refuse(*refusal);
      answer.status = 401;
      answer.set("WWW-Authenticate", "Cookie realm=\"Tithing\", form-action=\"/sign-in\"");
      return answer;
    }
    if (reads_only(request_)) return to_sign_in(context_);
    return refuse({ProblemKind::forbidden,
                   "You are not signed in, or your session has ended. Nothing was changed. Sign in, go back to the "
                   "form and send it again.",
                   {}});
  }

  Maybe form() {
    if (reads_only(request_)) return std::nullopt;
    const std::string_view type = request_.header("Content-Type");
    const std::string media_type = lowered(trimmed(type.substr(0, type.find(';'))));
    if (media_type == "multipart/form-data") {
      http::MultipartLimits limits;
      limits.spool_directory = parts_.spool_directory;
      Result<http::MultipartForm> parsed = http::parse_multipart(type, request_.body, limits);
      if (!parsed) return refuse(parsed.error());
      multipart_ = std::move(*parsed);
      if (!route_->upload && !multipart_.files.empty())
        return refuse({ProblemKind::invalid, "This form does not take files. Send it without one.", {}});
      context_.form = std::move(multipart_.fields);
      for (const http::UploadedFile& file : multipart_.files)
        context_.files.push_back({file.field, file.name, file.content.file, file.content.size});
    } else if (media_type == "application/x-www-form-urlencoded") {
      if (!request_.body.file.empty()) {
        Answer answer = refuse({ProblemKind::invalid, "This form is too large. Send less at a time.", {}});
        answer.status = 413;
        return answer;
      }
      Result<http::Pairs> parsed = http::parse_urlencoded(request_.body.in_memory);
      if (!parsed) return refuse(parsed.error());
      context_.form = std::move(*parsed);
    } else if (route_->token_protected && request_.body.size > 0) {
      Answer answer =
          refuse({ProblemKind::invalid,
                  "What was sent is not a form. Send it as application/x-www-form-urlencoded or multipart/form-data.",
                  {}});
      answer.status = 415;
      return answer;
    }
    return std::nullopt;
  }

  Maybe form_token() {
    if (reads_only(request_) || !route_->token_protected) return std::nullopt;
    std::string token = context_.form_value(kFormToken);
    if (token.empty()) token = request_.header("X-CSRF-Token");
    const bool from_elsewhere = request_.header("Sec-Fetch-Site") == "cross-site";
    if (!from_elsewhere && token_opens(token, form_secret_)) return std::nullopt;
    return refuse({ProblemKind::forbidden,
                   "This form is out of date: it was opened before you signed in or out, or it came from another site. "
                   "Nothing was changed. Go back, reload the page and send the form again.",
                   {}});
  }

  Maybe tables() {
    if (parts_.tables) tables_ = parts_.tables(request_);
    return std::nullopt;
  }

  Maybe handler() {
    page_ = route_->handler(context_);
    return std::nullopt;
  }

  Maybe file() {
    if (tables_)
      if (Maybe found = tables_->file_of(context_, page_)) return found;
    return std::move(page_);
  }

  Answer refuse(const Problem& problem) {
    return asks_for_data(request_) ? problem_json(problem) : problem_page(context_, problem);
  }

  Answer store_failed(const db::Error& error) {
    using db::Fault;
    if (error.fault != Fault::busy && error.fault != Fault::connection && error.fault != Fault::full)
      return failed(error.what());
    log::error("the store refused a request",
               {{"id", request_id_}, {"path", parts_.router.loggable(request_.path)}, {"error", error.what()}});
    switch (error.fault) {
      case Fault::busy:
        return refuse(
            {ProblemKind::unavailable,
             "Too many changes are being made at once. Nothing of yours was changed. Wait a few seconds and try again.",
             {}});
      case Fault::full:
        return refuse({ProblemKind::unavailable,
                       "The disk is full, so nothing can be saved. Nothing of yours was changed. Tell whoever looks "
                       "after this server.",
                       {}});
      default:
        return refuse({ProblemKind::unavailable,
                       "The database cannot be reached. Nothing of yours was changed. Wait a minute and try again; if "
                       "it lasts, tell whoever looks after this server.",
                       {}});
    }
  }

  Answer failed(std::string_view what) {
    log::error("a request failed", {{"id", request_id_},
                                    {"method", request_.method},
                                    {"path", parts_.router.loggable(request_.path)},
                                    {"error", what}});
    const Message sentence =
        tr("Something went wrong on our side. Try again; if it happens again, give whoever looks after this server "
           "this number: {0}",
           {request_id_});
    if (asks_for_data(request_)) {
      JsonWriter json;
      json.begin_object()
          .member("title", http::reason_phrase(500))
          .member("status", 500)
          .member("detail", sentence.english());
      json.member("instance", "urn:request:" + request_id_).end_object();
      return text_answer(json.take(), "application/problem+json", 500);
    }
    html::Writer writer(context_.language);
    writer.element("p", {{"class", "govuk-body-l"}}, sentence);
    PageOptions options;
    options.title = tr("Something went wrong");
    options.status = 500;
    options.narrow = true;
    return page(context_, options, writer.take());
  }

  void finish(Answer& answer) {
    answer.set("Content-Security-Policy", kContentSecurityPolicy);
    answer.set("X-Content-Type-Options", "nosniff");
    answer.set("X-Frame-Options", "DENY");
    answer.set("Referrer-Policy", "same-origin");
    answer.set("Cross-Origin-Opener-Policy", "same-origin");
    answer.set("Cross-Origin-Resource-Policy", "same-origin");
    answer.set("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    if (request_.secure) answer.set("Strict-Transport-Security", "max-age=31536000");
    if (keep_language_)
      answer.add("Set-Cookie", cookie("language", context_.language, request_.secure, kLanguageCookieSeconds));
    if (visit_is_new_ && context_.form_token_used)
      answer.add("Set-Cookie", cookie(visit_cookie_name(request_.secure), visit_, request_.secure, -1));
    if (lasting_) return;
    const bool personal = context_.actor.signed_in() || context_.form_token_used ||
                          !answer.header("Set-Cookie").empty() || answer.status >= 500;
    if (personal)
      answer.set("Cache-Control", "private, no-store");
    else if (answer.header("Cache-Control").empty())
      answer.set("Cache-Control", "no-cache");
    if (answer.header("Vary").empty()) answer.set("Vary", "Cookie, Accept-Language");
  }

  std::string cookie_value(std::string_view name) const {
    for (const auto& [key, value] : cookies_)
      if (key == name) return value;
    return {};
  }

  const SiteParts& parts_;
  const http::Request& request_;
  std::string request_id_;
  Context context_;
  http::Pairs cookies_;
  http::MultipartForm multipart_;  // owns the uploaded files until the answer is made
  const Route* route_ = nullptr;
  std::unique_ptr<PageFiles> tables_;
  Answer page_;
  std::string form_secret_;
  std::string visit_;
  bool visit_is_new_ = false;
  bool keep_language_ = false;
  bool lasting_ = false;  // a file that anybody may keep
};

Site::Site(SiteParts parts) : parts_(std::move(parts)) {
  if (parts_.form_key.empty()) throw std::logic_error("a site needs a key for its forms");
}

http::Response Site::handle(const http::Request& request) const { return Passage(parts_, request).run(); }

std::int64_t Site::body_limit(std::string_view method, std::string_view path) const {
  const Router::Match match = parts_.router.match(method, path);
  return match.route != nullptr && match.route->upload ? parts_.upload_limit : -1;
}

std::int64_t Site::body_limit(const http::Request& head) const {
  const Router::Match match = parts_.router.match(head.method, head.path);
  if (match.route == nullptr || !match.route->upload) return -1;
  Passage passage(parts_, head);
  passage.learn_who_asks();
  return passage.may_use(*match.route) ? parts_.upload_limit : -1;
}

std::string Site::error_page(int status, std::string_view sentence, std::string_view request_id) {
  Context context;
  html::Writer writer(context.language);
  writer.element("p", {{"class", "govuk-body-l"}}, sentence);
  writer.element("p", {{"class", "govuk-body"}}, tr("Number of this request: {0}", {std::string(request_id)}));
  PageOptions options;
  options.title = std::string(http::reason_phrase(status));
  options.narrow = true;
  return page(context, options, writer.take()).body;
}

}  // namespace tithing::web
