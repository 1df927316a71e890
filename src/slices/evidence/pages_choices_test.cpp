// The pages on which an import is answered and another publication is chosen, as a browser without script asks them.
#include <doctest/doctest.h>

#include <filesystem>

#include "base/text.h"
#include "desks/jobs/desk.h"
#include "jobs/jobs.h"
#include "slices/evidence/service.h"
#include "slices/evidence/test_support.h"
#include "slices/register/register.h"
#include "support/house.h"

using namespace tithing;
using namespace tithing::evidence;
using tithing::test::has;
using tithing::test::House;

namespace {

struct Site {
  Site()
      : house([this](Wiring& wiring) {
          register_::Service& areas = register_::register_slice(wiring);
          evidence::register_slice(wiring, [&areas] { return areas.areas(); });
          service = static_cast<EvidenceService*>(wiring.services.back().get());
        }),
        runner(house.store(), house.clock) {
    house.wiring.jobs = &runner;
    house.as(Role::performance_analyst);
  }
  // Uploads and waits until it was read; gives the address where it is to be answered.
  std::string read(const std::string& bytes, const std::string& name = "2022-11-surrey-street.csv") {
    const http::Response sent =
        house.upload("/evidence/import", {{"kind", "police"}}, {{"file", name, bytes, "text/csv"}});
    REQUIRE(sent.status == 303);
    REQUIRE(runner.wait_until_idle(30'000));
    const std::vector<jobs::Job> list = runner.list(house.actor(Role::performance_analyst), false, 1, 0);
    CAPTURE(list.at(0).message);
    REQUIRE(list.at(0).state == jobs::State::done);
    return list.at(0).result_url;
  }
  jobs::Job answered(const std::string& at, const web::Fields& fields) {
    const http::Response sent = house.post(at, fields);
    CAPTURE(sent.body);
    REQUIRE(sent.status == 303);
    REQUIRE(runner.wait_until_idle(30'000));
    return runner.list(house.actor(Role::performance_analyst), false, 1, 0).at(0);
  }
  std::int64_t counted() {
    service->forget();
    std::int64_t rows = 0;
    house.store().read([&](db::Connection& connection) {
      for (const store::PublicationRow& p : store::publications(connection)) {
        if (p.publication.state == PublicationState::counts) rows += p.accepted;
      }
    });
    return rows;
  }
  std::size_t waiting() const {
    std::error_code error;
    std::size_t files = 0;
    for (std::filesystem::directory_iterator it(house.folder() + "/spool", error), end; !error && it != end;
         it.increment(error))
      ++files;
    return files;
  }

  EvidenceService* service = nullptr;
  mutable House house;
  jobs::Runner runner;
};

std::string month(int rows, const char* type = "Burglary") {
  std::string text = testing::kHeading;
  for (int i = 0; i < rows; ++i)
    text += testing::row("id" + std::to_string(i), "2022-11", "Surrey Police", "E01030501", i % 2 ? type : "Drugs");
  return text;
}

}  // namespace

TEST_CASE("an upload is read, shows what it would change, and is imported when somebody says so") {
  Site site;
  const std::string at = site.read(month(100));
  CHECK(at.starts_with("/evidence/import/check/"));
  CHECK(site.counted() == 0);
  const http::Response shown = site.house.get(at);
  CHECK(shown.status == 200);
  CHECK(has(shown, "Check what the import would change"));
  CHECK(has(shown, "Surrey Police, November 2022"));
  CHECK(has(shown, "Nothing counted before"));
  CHECK_FALSE(has(shown, "What is to be done?"));
  CHECK(site.house.as(Role::performance_analyst, "", 8).get(at).status == 200);  // a colleague may go on
  CHECK(site.house.as(Role::panel_member).get(at).status == 403);
  site.house.as(Role::performance_analyst);
  const jobs::Job done = site.answered(at, {{"answer", "import"}});
  CHECK(done.state == jobs::State::done);
  CHECK(done.result_url.starts_with("/evidence/imports/"));
  CHECK(site.counted() == 100);
  CHECK(site.waiting() == 0);
  CHECK(site.house.get(at).status == 404);
}

TEST_CASE("an upload can be left: nothing stays of it") {
  Site site;
  const std::string at = site.read(month(100));
  CHECK(site.waiting() == 1);
  CHECK(site.house.post(at, {{"withdraw", "yes"}}).status == 303);
  CHECK(site.waiting() == 0);
  CHECK(site.counted() == 0);
  CHECK(site.house.get(at).status == 404);
}

TEST_CASE("an upload that would remove much is asked about; chosen wrongly, it is undone on the page of the month") {
  Site site;
  site.answered(site.read(month(100)), {{"answer", "import"}});
  const std::string at = site.read(month(30));
  const http::Response asked = site.house.get(at);
  for (const char* part : {"This file would remove or contradict much", "What is to be done?",
                           "It is right: let it count", "Keep it, and do not count it", "70 of 100 rows (70%)"}) {
    CAPTURE(part);
    CHECK(has(asked, part));
  }
  const http::Response without = site.house.post(at, {});
  CHECK(without.status == 400);
  CHECK(has(without, "Choose what is to be done"));
  CHECK(has(site.house.post(at, {{"answer", "accept"}}), "Enter why"));
  CHECK(site.house.post(at, {{"answer", "import"}}).status == 400);  // what is asked needs an answer
  CHECK(site.counted() == 100);
  CHECK(site.answered(at, {{"answer", "accept"}, {"reason", "<b>sent</b> as a correction"}}).state ==
        jobs::State::done);
  CHECK(site.counted() == 30);

  const http::Response list = site.house.get("/evidence/publications");
  CHECK(has(list, "Surrey Police, November 2022"));
  const std::string thing = "/evidence/publications/police-month/surrey%202022-11";
  CHECK(has(list, thing));
  const http::Response page = site.house.get(thing);
  CHECK(page.status == 200);
  CHECK(has(page, ": &lt;b&gt;sent&lt;/b&gt; as a correction."));
  CHECK(has(page, "Which one counts?"));
  CHECK_FALSE(has(site.house.as_nobody().get(thing), "Which one counts?"));
  CHECK(has(site.house.as(Role::performance_analyst, "E23000009").get(thing), "People who may import can choose"));
  site.house.as(Role::performance_analyst, "E23000031");

  std::int64_t good = 0;
  site.house.store().read(
      [&](db::Connection& connection) { good = store::publications(connection).at(0).source_file; });
  CHECK(has(site.house.post(thing, {{"reason", "why"}}), "Choose one of the publications"));
  CHECK(has(site.house.post(thing, {{"file", std::to_string(good)}}), "Enter why"));
  const http::Response check =
      site.house.post(thing, {{"file", std::to_string(good)}, {"reason", "it was an extract"}});
  CHECK(check.status == 200);
  CHECK(has(check, "Check your choice"));
  CHECK(has(check, "it was an extract"));
  CHECK(site.counted() == 30);
  const std::string seen = test::field_value(check, "seen");
  CHECK(seen.size() == 64);
  CHECK(site.house
            .post(thing, {{"file", std::to_string(good)},
                          {"reason", "it was an extract"},
                          {"seen", std::string(64, '0')},
                          {"confirmed", "yes"}})
            .status == 409);
  CHECK(
      site.house
          .post(thing,
                {{"file", std::to_string(good)}, {"reason", "it was an extract"}, {"seen", seen}, {"confirmed", "yes"}})
          .status == 303);
  CHECK(site.counted() == 100);
  CHECK(has(site.house.get(thing), "it was an extract"));
}

TEST_CASE("what counts changes between showing and answering: the answer is refused, nothing is changed") {
  Site site;
  site.answered(site.read(month(100)), {{"answer", "import"}});
  const std::string first = site.read(month(30));
  const std::string second = site.read(month(120));
  CHECK(site.answered(second, {{"answer", "import"}}).state == jobs::State::done);
  CHECK(site.counted() == 120);
  const jobs::Job late = site.answered(first, {{"answer", "accept"}, {"reason", "late"}});
  CHECK(late.state == jobs::State::failed);
  CHECK(late.message.find("look again") != std::string::npos);
  CHECK(site.counted() == 120);
}

TEST_CASE("the same file uploaded again is offered as a choice") {
  Site site;
  const std::string good = month(100), later = month(104);
  site.answered(site.read(good), {{"answer", "import"}});
  site.answered(site.read(later), {{"answer", "import"}});
  CHECK(site.counted() == 104);
  const std::string at = site.read(good);
  const http::Response shown = site.house.get(at);
  CHECK(has(shown, "was imported before and does not count"));
  CHECK(has(shown, "Let all of it count, also what was given before"));
  CHECK(site.answered(at, {{"answer", "choose"}, {"reason", "the later one was withdrawn"}}).state ==
        jobs::State::done);
  CHECK(site.counted() == 100);
}

TEST_CASE("addresses that name nothing") {
  Site site;
  CHECK(site.house.get("/evidence/publications").status == 200);
  CHECK(site.house.get("/evidence/publications?show=all&kind=table-c2&page=7").status == 200);
  for (const char* path : {"/evidence/publications/police-month/surrey%202022-11", "/evidence/publications/no/such",
                           "/evidence/import/check/nothing"}) {
    CAPTURE(path);
    CHECK(site.house.get(path).status == 404);
    CHECK(site.house.post(path, {{"file", "1"}, {"reason", "why"}}).status == 404);
  }
}
