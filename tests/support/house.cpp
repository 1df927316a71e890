#include "support/house.h"

#include <doctest/doctest.h>

#include <set>

#include "base/long_work.h"
#include "base/secret.h"
#include "base/text.h"
#include "db/audit.h"
#include "drafts_migrations.h"
#include "jobs_migrations.h"
#include "path_migrations.h"
#include "sources_migrations.h"
#include "support/source_dir.h"
#include "web/csrf.h"
#include "web/site_address.h"

namespace tithing::test {
namespace {

constexpr const char* kFormKey = "a key of thirty-two bytes or more";
const std::string kSecret(64, '5');  // of the session's forms

}  // namespace

std::vector<db::Migration> all_migrations(const Wiring& wiring) { return all_migrations(wiring.migrations); }

std::vector<db::Migration> all_migrations(const std::vector<db::Migration>& of_slices) {
  std::vector<db::Migration> all;
  std::set<int> there;
  for (const auto& part : {db::audit_migrations(), path_migrations(), sources_migrations(), drafts_migrations(),
                           jobs_migrations(), of_slices}) {
    for (const db::Migration& one : part) {
      if (there.insert(one.number).second) all.push_back(one);
    }
  }
  return all;
}

House::House(const Slices& slices) {
  auto opened = db::Database::open({Secret(folder_.path() + "/store.sqlite")});
  REQUIRE_MESSAGE(opened.has_value(), opened.error().message);
  own_ = std::move(*opened);
  store_ = own_.get();
  build(slices);
}

House::House(db::Database& store, const Slices& slices) : store_(&store) { build(slices); }

void House::build(const Slices& slices) {
  wiring.clock = &clock;
  wiring.data_folder = folder_.path();
  slices(wiring);
  wiring.site.address(web::kSiteName, "http://localhost");
  const Status migrated = db::migrate(*store_, all_migrations(wiring));
  REQUIRE_MESSAGE(migrated.has_value(), migrated.error().message);
  wiring.database = store_;
  site_.emplace(web::SiteParts{.router = wiring.router,
                               .clock = clock,
                               .sessions = sessions_,
                               .form_key = Secret(kFormKey),
                               .ground = wiring.ground,
                               .site = &wiring.site,
                               .people = wiring.people,
                               .queue = [this](web::Queued queued) {
                                 long_work.push_back(queued.title);
                                 const AtWork here(Place::queue);
                                 return queued.again();
                               }});
}

House& House::demonstration() {
  for (const auto& load : wiring.demonstration) {
    const Status done = load(tests::source_dir() + "/data/sample");
    REQUIRE_MESSAGE(done.has_value(), done.error().message);
  }
  return *this;
}

Actor House::actor(Role role, std::string area, std::int64_t account, std::string organisation) const {
  return Actor::account(account, "Person " + std::to_string(account),
                        {{role, std::move(organisation), std::move(area)}}, wiring.permissions);
}

House& House::as(Role role, std::string area, std::int64_t account, std::string organisation) {
  return as(actor(role, std::move(area), account, std::move(organisation)));
}

House& House::as_of_body(Role role, std::string_view body, std::int64_t account) {
  return as(
      Actor::account(account, "Person " + std::to_string(account), {Grant::for_body(role, body)}, wiring.permissions));
}

House& House::as(Actor actor) {
  sessions_.session = web::Session{std::move(actor), kSecret, "key"};
  return *this;
}

House& House::as_nobody() {
  sessions_.session.reset();
  return *this;
}

House& House::on(Date day) {
  clock.advance_milliseconds(FakeClock(day).now().milliseconds - clock.now().milliseconds);
  return *this;
}

http::Response House::ask(std::string_view method, std::string_view target, std::string body, std::string type) {
  http::Request request;
  request.method = method;
  request.target = target;
  const std::size_t mark = target.find('?');
  request.path = target.substr(0, mark);
  if (mark != std::string_view::npos) request.query = target.substr(mark + 1);
  request.headers = {{"Host", "localhost"}, {"Cookie", "tithing=abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"}};
  if (!body.empty()) {
    request.headers.push_back({"Content-Type", std::move(type)});
    request.body.size = static_cast<std::int64_t>(body.size());
    request.body.in_memory = std::move(body);
  }
  return site_->handle(request);
}

http::Response House::get(std::string_view target) { return ask("GET", target); }

std::string House::token() const { return "csrf-token=" + web::masked_token(kSecret); }

http::Response House::post(std::string_view target, const web::Fields& fields) {
  std::string body = token();
  for (const auto& [name, value] : fields) body += "&" + url_encoded(name) + "=" + url_encoded(value);
  return ask("POST", target, std::move(body));
}

http::Response House::upload(std::string_view target, const web::Fields& fields, const std::vector<SentFile>& files) {
  std::string body;
  const auto part = [&](const std::string& about, const std::string& content) {
    body += "--edge\r\nContent-Disposition: form-data; name=\"" + about + "\r\n\r\n" + content + "\r\n";
  };
  part("csrf-token\"", web::masked_token(kSecret));
  for (const auto& [name, value] : fields) part(name + "\"", value);
  for (const SentFile& file : files) {
    part(file.field + "\"; filename=\"" + file.name + "\"\r\nContent-Type: " + file.type, file.bytes);
  }
  return ask("POST", target, body + "--edge--\r\n", "multipart/form-data; boundary=edge");
}

std::string words_of(const http::Response& page) {
  std::string words;
  bool within = false;
  for (const char c : page.body) {
    if (c == '<') within = true;
    if (!within) words += c;
    if (c == '>') within = false;
  }
  return words;
}

std::string field_value(const http::Response& page, std::string_view name) {
  const std::string& html = page.body;
  const std::size_t at = html.find("name=\"" + std::string(name) + "\"");
  if (at == std::string::npos) return {};
  const std::size_t begin = html.rfind('<', at);
  const std::size_t end = html.find('>', at);
  const std::size_t value = html.find("value=\"", begin);
  if (value == std::string::npos || value > end) return {};
  std::string text = html.substr(value + 7, html.find('"', value + 7) - value - 7);
  for (const auto& [entity, sign] : {std::pair("&quot;", "\""), std::pair("&#39;", "'"), std::pair("&lt;", "<"),
                                     std::pair("&gt;", ">"), std::pair("&amp;", "&")}) {
    for (std::size_t i = text.find(entity); i != std::string::npos; i = text.find(entity, i + 1)) {
      text.replace(i, std::string_view(entity).size(), sign);
    }
  }
  return text;
}

}  // namespace tithing::test
