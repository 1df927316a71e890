// What a form of a scheme fills in by itself, from the real register of the sample: areas with populations, what became of
// last year's areas. And a table that comes as a workbook.
#include <doctest/doctest.h>

#include "support/source_dir.h"
#include "base/secret.h"
#include "base/text.h"
#include "db/audit.h"
#include "drafts_migrations.h"
#include "exports/xlsx.h"
#include "html/html.h"
#include "slices/funding/funding.h"
#include "slices/funding/service.h"
#include "slices/wiring.h"
#include "sources_migrations.h"
#include "support/store_support.h"
#include "web/session.h"
#include "web/site.h"

using namespace tithing;
using namespace tithing::funding;

namespace {

struct Sessions : web::SessionSource {
  std::optional<web::Session> session;
  std::optional<web::Session> find(std::string_view) override { return session; }
};

struct House {
  House() {
    database = std::move(db::Database::open({Secret(folder.path() + "/store.sqlite")}).value());
    wiring.clock = &clock;
    wiring.data_folder = folder.path();
    areas = &register_::register_slice(wiring);
    const auto sample = wiring.demonstration;
    figures::Kind people;
    people.name = "population";
    for (const char* parameter : {"area", "as-at", "year"}) people.parameters.push_back({parameter, "text", false, "", ""});
    people.compute = [](const figures::Parameters& parameters, const figures::Viewer&, figures::Detail) -> Result<figures::Figure> {
      figures::Figure figure;
      figure.address = {"population", parameters};
      figure.quantity = parameters.get("year") == "2022" ? figures::Quantity::count(parameters.get("area") == "E22000368" ? 289'000 : 100'000, "people")
                                                         : figures::Quantity::unknown(figures::Unit::count, "people", "No estimate of that year was imported.");
      figure.evidence_version = "v1";
      return figure;
    };
    wiring.figures.add(std::move(people));
    service = static_cast<FundingService*>(&register_slice(wiring, areas));
    std::vector<db::Migration> migrations = db::audit_migrations();
    for (const auto& part : {sources_migrations(), drafts_migrations(), wiring.migrations}) migrations.insert(migrations.end(), part.begin(), part.end());
    REQUIRE(db::migrate(*database, migrations).has_value());
    wiring.database = database.get();
    for (const auto& load : sample) REQUIRE(load(tests::source_dir() + "/data/sample").has_value());
    site.emplace(web::SiteParts{.router = wiring.router, .clock = clock, .sessions = sessions, .form_key = Secret("a key of thirty-two bytes or more")});
    sessions.session = web::Session{Actor::account(7, "An officer", {{Role::commissioning_officer, "Tithing", ""}}, wiring.permissions), std::string(64, '5'), "key"};
    REQUIRE(send("/funding/pots/new", {{"title", "Fund"}, {"financial-year", "2012/13"}, {"area", "E23000016"}, {"fund-0-name", "Grant"}, {"fund-0-amount", "1000.00"}}).status == 303);
    REQUIRE(send("/funding/schemes/new", {{"pot", "1"}, {"title", "Need"}}).status == 303);
  }
  http::Response ask(const std::string& method, const std::string& target, const std::string& body, const std::string& type) {
    http::Request request;
    request.method = method;
    request.target = request.path = target;
    request.headers = {{"Host", "localhost"}, {"Cookie", "tithing=abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"}};
    if (!body.empty()) {
      request.headers.push_back({"Content-Type", type});
      request.body.in_memory = body;
      request.body.size = static_cast<std::int64_t>(body.size());
    }
    return site->handle(request);
  }
  http::Response get(const std::string& target) { return ask("GET", target, {}, {}); }
  // With files as a browser sends them: field, name, bytes.
  struct File {
    std::string field, name, bytes;
  };
  http::Response send(const std::string& target, const web::Fields& fields, const std::vector<File>& files = {}) {
    const std::string page = get("/funding/reconcile").body;
    const std::size_t name = page.find("name=\"csrf") + 6, value = page.find("value=\"", name) + 7;
    std::string body;
    const auto part = [&](const std::string& about, const std::string& text) { body += "--edge\r\nContent-Disposition: form-data; name=\"" + about + "\r\n\r\n" + text + "\r\n"; };
    part(page.substr(name, page.find('"', name) - name) + "\"", page.substr(value, page.find('"', value) - value));
    const auto scheme = service->scheme(SchemeId{1});
    if (scheme) part("seen\"", std::to_string(scheme->version));
    for (const auto& [field, text] : fields) part(field + "\"", text);
    for (const File& file : files) part(file.field + "\"; filename=\"" + file.name + "\"\r\nContent-Type: application/octet-stream", file.bytes);
    return ask("POST", target, body + "--edge--\r\n", "multipart/form-data; boundary=edge");
  }
  // A form without files goes as it is.
  http::Response post(const std::string& target, const web::Fields& fields) {
    const std::string page = get("/funding/reconcile").body;
    const std::size_t name = page.find("name=\"csrf") + 6, value = page.find("value=\"", name) + 7;
    std::string body = page.substr(name, page.find('"', name) - name) + "=" + url_encoded(page.substr(value, page.find('"', value) - value));
    body += "&seen=" + std::to_string(service->scheme(SchemeId{1})->version);
    for (const auto& [field, text] : fields) body += "&" + field + "=" + url_encoded(text);
    return ask("POST", target, body, "application/x-www-form-urlencoded");
  }
  Scheme scheme() {
    const auto record = service->scheme(SchemeId{1});
    return *scheme_of(*record, *service->pot(record->pot));
  }

  test::TemporaryFolder folder;
  FakeClock clock{Date::from_ymd(2026, 11, 22)};
  Wiring wiring;
  register_::Service* areas = nullptr;
  FundingService* service = nullptr;
  std::unique_ptr<db::Database> database;
  Sessions sessions;
  std::optional<web::Site> site;
};

bool says(const http::Response& response, const std::string& text) { return response.body.find(html::escaped(text)) != std::string::npos; }
bool has(const http::Response& response, const std::string& text) { return response.body.find(text) != std::string::npos; }

}  // namespace

TEST_CASE("areas are filled in from the register with their districts and populations, and what became of areas as it was accepted") {
  House house;
  const std::string form = "/funding/schemes/1/areas";
  const std::int64_t before = house.service->scheme(SchemeId{1})->version;
  const http::Response filled = house.post(form, {{"do", "fill"}, {"force", "E23000016"}, {"as-at", "2022-12-31"}, {"population-year", "2022"}});
  CHECK(filled.status == 200);
  CHECK(says(filled, "E22000368 | North Worcestershire | 289000 | Bromsgrove; Redditch; Wyre Forest"));
  CHECK_FALSE(says(filled, "E22000372"));  // another force's
  CHECK(house.service->scheme(SchemeId{1})->version == before);
  CHECK(says(house.post(form, {{"do", "fill"}, {"force", "E23000016"}}), "E22000368 | North Worcestershire |"));
  const auto refused = [&](const web::Fields& fields, const char* field, const char* words) {
    const http::Response answer = house.post(form, fields);
    CHECK(answer.status == 400);
    CHECK(has(answer, std::string("id=\"") + field + "-error\""));
    CHECK(says(answer, words));
  };
  refused({{"do", "fill"}, {"force", "E23000016"}, {"as-at", "yesterday"}}, "as-at", "Write the day as 2022-12-31");
  refused({{"do", "fill"}, {"force", "E23000016"}, {"population-year", "1901"}}, "population-year", "No estimate of that year was imported.");
  refused({{"do", "fill"}, {"force", "E99999999"}}, "force", "The register has no partnerships there");

  REQUIRE(house.post(form, {{"areas", "E22000368 | North Worcestershire"}}).status == 303);
  const std::string last = "/funding/schemes/1/last-year";
  const web::Fields amounts = {{"year", "2011/12"}, {"amounts", "X-bromsgrove-csp, 100.00\nX-redditch-csp, 50.00\nX-wyre-forest-csp, 25.00"}, {"do", "register"}};
  // Nobody has accepted it yet: said, and nothing is made up.
  std::vector<std::int64_t> ids;
  for (const register_::Succession& one : house.areas->areas()->successions_of("X-bromsgrove-csp")) ids.push_back(one.id);
  REQUIRE(ids.size() == 1);
  REQUIRE(house.areas->review_succession(Actor::command_line(house.wiring.permissions), ids[0], register_::Succession::Review::rejected, {}, "A test").has_value());
  const http::Response none = house.post(last, amounts);
  CHECK(none.status == 400);
  CHECK(says(none, "The register has no accepted succession of X-bromsgrove-csp"));
  REQUIRE(house.areas->review_succession(Actor::command_line(house.wiring.permissions), ids[0], register_::Succession::Review::accepted, Date::from_ymd(2012, 4, 1), "A test").has_value());
  const http::Response found = house.post(last, amounts);
  CHECK(found.status == 200);
  CHECK(says(found, "X-bromsgrove-csp; X-redditch-csp; X-wyre-forest-csp = E22000368"));
  REQUIRE(house.post(last, {{"year", "2011/12"}, {"amounts", amounts[1].second}, {"succession", "X-bromsgrove-csp; X-redditch-csp; X-wyre-forest-csp = E22000368"}}).status == 303);
  REQUIRE(house.send("/funding/schemes/1/steps/new", {{"type", "direct_shares"}, {"by", "last_year"}}).status == 303);
  const http::Response page = house.get("/funding/schemes/1");
  for (const char* wanted : {"£175.00", "£1,000.00", "£825.00"}) CHECK(says(page, wanted));  // last year, this year, the difference
}

TEST_CASE("a table comes as a workbook: its first sheet is the table, and what is kept is the file as it came") {
  House house;
  REQUIRE(house.post("/funding/schemes/1/areas", {{"areas", "a | Ayton\nb | Beeford"}}).status == 303);
  exports::Table table{.id = "need", .title = "Need", .caption = "Need"};
  table.columns = {{"area", "area"}, {"value", "value", exports::ColumnKind::integer}};
  table.rows = {{exports::text_cell("Ayton"), exports::integer_cell(3)}, {exports::text_cell("b"), exports::integer_cell(1)}};
  const auto workbook = exports::to_xlsx(table, {});
  REQUIRE(workbook.has_value());
  const web::Fields form = {{"type", "weighted_indicators"}, {"count", "1"}, {"indicators-0-name", "Need"}, {"indicators-0-weight", "100"}, {"indicators-0-from", "table"}, {"indicators-0-source", "Index of need"}};
  const std::string step = "/funding/schemes/1/steps/new";
  const http::Response broken = house.send(step, form, {{"indicators-0-file", "need.xlsx", workbook->substr(0, workbook->size() / 2)}});
  CHECK(broken.status == 400);
  CHECK(has(broken, "id=\"indicators-0-file-error\""));
  CHECK(house.scheme().steps.empty());
  const http::Response saved = house.send(step, form, {{"indicators-0-file", "need.xlsx", *workbook}});
  REQUIRE_MESSAGE(saved.status == 303, saved.body);
  const Scheme scheme = house.scheme();
  const Indicator& need = std::get<WeightedIndicators>(scheme.steps.at(0).what).indicators.at(0);
  CHECK(need.values.at("a").at(0).value.text() == "3");
  CHECK(need.values.at("b").at(0).value.text() == "1");
  CHECK(need.origin.source.rows == 2);
  CHECK(need.origin.source.url.starts_with("/evidence/sources/"));
  const http::Response page = house.get("/funding/schemes/1");
  for (const char* wanted : {"£750.00", "£250.00"}) CHECK(says(page, wanted));
}
