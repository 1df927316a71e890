// A house for tests: the slices under test with their store, clock and pages, asked as a browser asks.
//
//   House house([](Wiring& wiring) { drafts::register_desk(wiring); });
//   house.as(Role::performance_analyst, "E22000372").get("/drafts");
//   house.post("/bodies/change", {{"reason", "Minute 12"}, {"step", "check"}});
//
// The tables of the platform (audit, sources, drafts, jobs, frozen figures) are always there; the slices bring their
// own. Forms carry the session's token by themselves. The day is 22 November 2026 until a test moves the clock.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "db/db.h"
#include "http/message.h"
#include "slices/wiring.h"
#include "support/store_support.h"
#include "web/session.h"
#include "web/site.h"

namespace tithing::test {

// Every migration that a store of these slices needs, each once: the platform's and what the wiring holds.
std::vector<db::Migration> all_migrations(const Wiring& wiring);
// The same for a test of one slice's store, which has no wiring.
std::vector<db::Migration> all_migrations(const std::vector<db::Migration>& of_slices);

struct SentFile {
  std::string field;
  std::string name;
  std::string bytes;
  std::string type = "application/octet-stream";
};

class House {
 public:
  using Slices = std::function<void(Wiring&)>;
  // SQLite in a folder of its own.
  explicit House(const Slices& slices);
  // A store that outlives the house, for tests on both engines; migrated here.
  House(db::Database& store, const Slices& slices);
  House(const House&) = delete;
  House& operator=(const House&) = delete;

  // Loads the demonstration of the slices from data/sample; a failure ends the test.
  House& demonstration();

  // Who asks from now on. An empty area is every area; another account is another person.
  House& as(Role role, std::string area = {}, std::int64_t account = 7, std::string organisation = "Tithing");
  House& as(Actor actor);
  House& as_of_body(Role role, std::string_view body,
                    std::int64_t account = 7);  // for a body of the register, by its code
  House& as_nobody();
  Actor actor(Role role, std::string area = {}, std::int64_t account = 7, std::string organisation = "Tithing") const;
  const Actor& who() const { return sessions_.session->actor; }  // who asks now; not of nobody
  Actor command_line() const { return Actor::command_line(wiring.permissions); }

  House& on(Date day);  // moves the clock to the beginning of this day

  http::Response get(std::string_view target);
  // A form as a browser sends it, with the token of whoever asks.
  http::Response post(std::string_view target, const web::Fields& fields);
  http::Response upload(std::string_view target, const web::Fields& fields, const std::vector<SentFile>& files);
  // The field with the token of whoever asks, as a form posts it: "csrf-token=..".
  std::string token() const;
  // As it stands, without a token: for what must be refused, and for the API.
  http::Response ask(std::string_view method, std::string_view target, std::string body = {},
                     std::string type = "application/x-www-form-urlencoded");

  db::Database& store() { return *store_; }
  const std::string& folder() const { return folder_.path(); }

  FakeClock clock{Date::from_ymd(2026, 11, 22)};
  Wiring wiring;
  // What was asked for that takes long, by its title: what a server would have its queue do. Here it is done at once.
  std::vector<std::string> long_work;

 private:
  struct Sessions : web::SessionSource {
    std::optional<web::Session> session;
    std::optional<web::Session> find(std::string_view) override { return session; }
  };
  void build(const Slices& slices);

  TemporaryFolder folder_;
  std::unique_ptr<db::Database> own_;
  db::Database* store_ = nullptr;
  Sessions sessions_;
  std::optional<web::Site> site_;
};

inline bool has(const http::Response& response, std::string_view text) {
  return response.body.find(text) != std::string::npos;
}

// What a person reads of a page: the markup around numbers and dates left out.
std::string words_of(const http::Response& page);
inline bool reads(const http::Response& page, std::string_view words) {
  return words_of(page).find(words) != std::string::npos;
}

// The value of the first field of this name on a page, with its entities read; empty when there is none.
std::string field_value(const http::Response& page, std::string_view name);

}  // namespace tithing::test
