#include <algorithm>
#include <stdexcept>

#include "base/text.h"
#include "http/urlencoded.h"
#include "web/web.h"

namespace tithing::web {
namespace {

constexpr std::string_view kSignIn = "sign-in";

bool is_parameter(const std::string& segment) { return segment.size() > 1 && segment.front() == ':'; }

// "/areas/:code" -> "areas", ":code". The root has no segments.
std::vector<std::string> segments_of(std::string_view path) {
  if (path == "/") return {};
  return split(path.substr(1), '/');
}

bool usable_as_parameter(std::string_view segment) {
  if (segment.empty() || segment == "." || segment == "..") return false;
  return std::none_of(segment.begin(), segment.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

bool fits(const std::vector<std::string>& pattern, const std::vector<std::string>& path) {
  if (pattern.size() != path.size()) return false;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (is_parameter(pattern[i]) ? !usable_as_parameter(path[i]) : pattern[i] != path[i]) return false;
  }
  return true;
}

// From left to right, the first place in which one has a parameter and the other has not decides.
bool more_specific(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  for (std::size_t i = 0; i < a.size(); ++i)
    if (is_parameter(a[i]) != is_parameter(b[i])) return is_parameter(b[i]);
  return false;
}

bool same_shape(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (is_parameter(a[i]) != is_parameter(b[i])) return false;
    if (!is_parameter(a[i]) && a[i] != b[i]) return false;
  }
  return true;
}

}  // namespace

Access Access::anyone() { return {Kind::anyone, {}}; }
Access Access::signed_in() { return {Kind::signed_in, {}}; }
Access Access::permission(const Permission& permission) { return {Kind::permission, permission}; }

void Router::add(Route route) {
  if (route.pattern.empty() || route.pattern.front() != '/' ||
      (route.pattern.size() > 1 && route.pattern.back() == '/'))
    throw std::logic_error("a route's pattern begins with / and does not end with it: " + route.pattern);
  std::vector<std::string> segments = segments_of(route.pattern);
  for (std::size_t i = 0; i < routes_.size(); ++i)
    if (routes_[i].method == route.method && same_shape(segments_[i], segments))
      throw std::logic_error("two routes for " + route.method + " " + route.pattern + " and " + routes_[i].pattern);
  routes_.push_back(std::move(route));
  segments_.push_back(std::move(segments));
}

void Router::get(std::string pattern, Access access, Handler handler) {
  add({"GET", std::move(pattern), access, std::move(handler)});
}

void Router::post(std::string pattern, Access access, Handler handler) {
  add({"POST", std::move(pattern), access, std::move(handler)});
}

void Router::post_upload(std::string pattern, Access access, Handler handler) {
  add({"POST", std::move(pattern), access, std::move(handler), /*upload=*/true});
}

Router::Match Router::match(std::string_view method, std::string_view path) const {
  Match match;
  if (path.empty() || path.front() != '/') {
    match.malformed = true;
    return match;
  }
  std::vector<std::string> given = segments_of(path);
  for (std::string& segment : given) {
    Result<std::string> decoded = http::percent_decoded(segment);
    if (!decoded) {
      match.malformed = true;
      return match;
    }
    segment = std::move(*decoded);
  }

  const std::string_view wanted = method == "HEAD" ? "GET" : method;
  const std::vector<std::string>* best = nullptr;
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    if (!fits(segments_[i], given)) continue;
    match.path_exists = true;
    if (std::find(match.allowed.begin(), match.allowed.end(), routes_[i].method) == match.allowed.end()) {
      match.allowed.push_back(routes_[i].method);
      if (routes_[i].method == "GET") match.allowed.push_back("HEAD");
    }
    if (routes_[i].method != wanted || (best != nullptr && !more_specific(segments_[i], *best))) continue;
    best = &segments_[i];
    match.route = &routes_[i];
  }
  if (best != nullptr)
    for (std::size_t i = 0; i < given.size(); ++i)
      if (is_parameter((*best)[i])) match.parameters.emplace((*best)[i].substr(1), given[i]);
  std::sort(match.allowed.begin(), match.allowed.end());
  return match;
}

std::string Router::loggable(std::string_view target) const {
  const std::string_view path = target.substr(0, target.find('?'));
  if (path.empty() || path.front() != '/') return std::string(target);
  const std::vector<std::string> sent = segments_of(path);
  std::vector<std::string> given = sent;
  for (std::string& segment : given) {
    Result<std::string> decoded = http::percent_decoded(segment);
    if (decoded) segment = std::move(*decoded);
  }
  // What a provider of accounts sends back with a person opens a session: its code stands in the query.
  if (!given.empty() && given.front() == kSignIn) return std::string(path);
  for (const std::vector<std::string>& pattern : segments_) {
    if (!fits(pattern, given)) continue;
    const auto token = std::find(pattern.begin(), pattern.end(), ":token");
    if (token == pattern.end()) continue;
    std::string out;
    for (std::size_t i = 0; i < sent.size(); ++i) out += "/" + (pattern[i] == ":token" ? std::string("...") : sent[i]);
    return out;
  }
  return std::string(target);
}

}  // namespace tithing::web
