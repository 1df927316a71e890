// The register of bodies with 10,000 bodies and 100,000 memberships: the time of each of its pages, by the same
// handlers as in the program, on SQLite and, where TITHING_BENCH_POSTGRESQL names a database, on PostgreSQL.
//
//   register [REQUESTS]      prints the 50th and 95th percentile of each page, beside the limit of 20 ms
//
// On PostgreSQL the tables are made in the schema that the address names and dropped by whoever made it.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "base/secret.h"
#include "db/audit.h"
#include "slices/bodies/service.h"
#include "slices/bodies/store.h"
#include "slices/wiring.h"
#include "sources_migrations.h"
#include "web/session.h"
#include "web/site.h"

using namespace tithing;

namespace {

constexpr int kBodies = 10'000;
constexpr int kMemberships = 100'000;
constexpr int kAreas = 43;     // as many as there are police force areas
constexpr double kLimit = 20;  // milliseconds at the 95th percentile

struct Nobody : web::SessionSource {
  std::optional<web::Session> find(std::string_view) override { return std::nullopt; }
};

std::string code_of(int i) { return "body-" + std::to_string(i); }

// Every area has one organisation in twenty of its bodies, so that seats are shared; each body sits under another one.
Status fill(db::Database& database) {
  return database.write([](db::Transaction& transaction) -> Status {
    const std::int64_t change = bodies::store::insert_change(
        transaction, {.at = {0}, .actor = "bench", .origin = "import", .reason = "bench", .sentence = "Filled."});
    const auto add = [&](bodies::Fact fact) { bodies::store::insert_fact(transaction, fact, change); };
    using bodies::FactKind;
    const Date start = Date::from_ymd(2010, 1, 1);
    for (int i = 0; i < kBodies; ++i) {
      const std::string code = code_of(i);
      add({.kind = FactKind::body,
           .body = code,
           .role = i % 20 == 0  ? "council"
                   : i % 3 == 0 ? "csp"
                                : "forum",
           .from = start});
      add({.kind = FactKind::name,
           .body = code,
           .value = "Body number " + std::to_string(i * 7919 % kBodies),
           .from = start});
      add({.kind = FactKind::area, .body = code, .value = "AREA-" + std::to_string(i % kAreas), .from = start});
      if (i >= kAreas)
        add({.kind = FactKind::parent,
             .body = code,
             .other = code_of(i % kAreas),
             .role = "community-safety",
             .from = start});
      if (i % 3 == 0) add({.kind = FactKind::discharge, .body = code, .role = "partnership-plan", .from = start});
      add({.kind = FactKind::meetings, .body = code, .detail = "90", .amount = 4, .from = start});
    }
    for (int i = 0; i < kMemberships; ++i) {
      const int body = i % kBodies;
      const int turn = i / kBodies;
      int organisation = (body + kAreas * 20 * turn) % kBodies;
      organisation -= organisation % 20;
      if (organisation == body) organisation = (organisation + 20) % kBodies;
      add({.kind = FactKind::membership,
           .body = code_of(body),
           .other = code_of(organisation),
           .role = "member",
           .value = "Post " + std::to_string(turn),
           .from = start.plus_days(turn * 200),
           .to = turn % 4 == 3 ? std::optional(start.plus_days(turn * 200 + 900)) : std::nullopt});
    }
    return {};
  });
}

int run(const char* engine, const std::string& location, int requests) {
  const std::string folder = (std::filesystem::temp_directory_path() / "tithing-bench-register").string();
  auto opened = db::Database::open({Secret(location)});
  if (!opened) {
    std::fprintf(stderr, "%s: %s\n", engine, opened.error().message.c_str());
    return 1;
  }
  SystemClock clock;
  Wiring wiring;
  wiring.clock = &clock;
  wiring.data_folder = folder;
  auto& areas = register_::register_slice(wiring);
  bodies::register_slice(wiring, areas);
  std::vector<db::Migration> migrations = db::audit_migrations();
  for (const auto& part : {sources_migrations(), wiring.migrations})
    migrations.insert(migrations.end(), part.begin(), part.end());
  if (const Status done = db::migrate(**opened, migrations); !done) {
    std::fprintf(stderr, "%s: %s\n", engine, done.error().message.c_str());
    return 1;
  }
  wiring.database = opened->get();
  for (const auto& start : wiring.at_start) (void)start();
  if (const Status done = fill(**opened); !done) {
    std::fprintf(stderr, "%s: %s\n", engine, done.error().message.c_str());
    return 1;
  }
  Nobody sessions;
  web::Site site({.router = wiring.router,
                  .clock = clock,
                  .sessions = sessions,
                  .form_key = Secret("a key of thirty-two bytes or more")});
  const char* const pages[] = {"/bodies",
                               "/bodies?page=7",
                               "/bodies?area=AREA-7",
                               "/bodies/body-1234",
                               "/bodies/body-40",
                               "/bodies/body-7?as-at=2012-06-01",
                               "/bodies/difference?from=2012-01-01&to=2014-01-01&area=AREA-7",
                               "/bodies/duties?area=AREA-7",
                               "/bodies/calendar?area=AREA-7",
                               "/bodies/overlap?area=AREA-7",
                               "/bodies/overlap?area=AREA-7&rows=8&columns=3",
                               "/bodies/overlap?area=AREA-7&kind=csp",
                               "/bodies/duties?area=AREA-7&function=partnership-plan"};
  int over = 0;
  for (const char* page : pages) {
    std::vector<double> times;
    std::size_t bytes = 0;
    for (int i = 0; i < requests; ++i) {
      http::Request request;
      request.method = "GET";
      request.target = page;
      const std::size_t mark = request.target.find('?');
      request.path = request.target.substr(0, mark);
      if (mark != std::string::npos) request.query = request.target.substr(mark + 1);
      request.headers = {{"Host", "localhost"}};
      const auto begin = std::chrono::steady_clock::now();
      const auto answer = site.handle(request);
      if (i > 0)  // the first one reads the register into memory
        times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
      else
        std::printf("%-11s %-62s first %8.1f ms, status %d\n", engine, page,
                    std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count(),
                    answer.status);
      bytes = answer.body.size();
    }
    std::sort(times.begin(), times.end());
    const double middle = times[times.size() / 2];
    const double high = times[times.size() * 95 / 100];
    if (high > kLimit) ++over;
    std::printf("%-11s %-62s p50 %6.2f ms  p95 %6.2f ms  %5.2f of the limit  %zu bytes\n", engine, page, middle, high,
                high / kLimit, bytes);
  }
  std::printf("%-11s pages over %.0f ms at the 95th percentile: %d of %zu\n", engine, kLimit, over, std::size(pages));
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  const int requests = std::max(21, count > 1 ? std::atoi(arguments[1]) : 200);
  const std::string folder = (std::filesystem::temp_directory_path() / "tithing-bench-register").string();
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  int failed = run("SQLite", folder + "/store.sqlite", requests);
  if (const char* location = std::getenv("TITHING_BENCH_POSTGRESQL")) failed += run("PostgreSQL", location, requests);
  std::filesystem::remove_all(folder);
  return failed == 0 ? 0 : 1;
}
