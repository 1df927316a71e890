// Look-ups and boundaries imported in the browser: shown first, asked about, answered, undone.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "slices/register/service.h"
#include "support/house.h"
#include "support/source_dir.h"

using namespace tithing;
using namespace tithing::register_;
using tithing::test::has;
using tithing::test::House;

namespace {

std::string sample(const std::string& name) {
  std::ifstream in(tests::source_dir() + "/data/sample/geography/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

struct Site {
  Site() : house([this](Wiring& wiring) { service = static_cast<RegisterService*>(&register_slice(wiring)); }) {
    house.as(Role::performance_analyst);
  }
  http::Response given(const std::string& bytes, const std::string& name) {
    return house.upload("/areas/import", {{"dated", "2022-12-31"}}, {{"file", name, bytes, "text/csv"}});
  }
  http::Response answered(const http::Response& page, web::Fields fields) {
    for (const char* name : {"waiting", "file-name", "dated", "seen"})
      fields.emplace_back(name, test::field_value(page, name));
    return house.upload("/areas/import", fields, {});
  }
  std::int64_t rows() {
    for (const sources::Thing& thing : service->things("", "", true))
      if (const auto* row = thing.counting()) return row->publication.holding.rows;
    return 0;
  }
  std::size_t waiting() const {
    std::error_code error;
    std::size_t folders = 0;
    for (std::filesystem::directory_iterator it(house.folder() + "/spool", error), end; !error && it != end;
         it.increment(error))
      ++folders;
    return folders;
  }
  RegisterService* service = nullptr;
  mutable House house;
};

}  // namespace

TEST_CASE(
    "a look-up in the browser is shown first; a much smaller one is asked about, with its reason, and nothing is "
    "changed before") {
  Site site;
  const std::string whole = sample("lad22-csp22-pfa22.csv");
  const http::Response shown = site.given(whole, "lad22.csv");
  REQUIRE(shown.status == 200);
  CHECK(has(shown, "Check what the import would change"));
  CHECK(has(shown, "Nothing counted before."));
  CHECK(site.rows() == 0);
  const http::Response done = site.answered(shown, {{"answer", "import"}});
  CHECK(has(done, "Geography imported"));
  CHECK(has(done, "Imported 1 file of geography"));
  const std::int64_t all = site.rows();
  CHECK(all > 300);
  CHECK(site.waiting() == 0);

  std::size_t end = 0;
  for (int line = 0; line < 40; ++line) end = whole.find('\n', end) + 1;
  const http::Response asked = site.given(whole.substr(0, end), "lad22.csv");
  for (const char* part : {"This file would remove or contradict much", "lad22.csv (given now) says much less than the",
                           "(file 1)", "What is to be done?"})
    CHECK_MESSAGE(has(asked, part), part);
  CHECK(site.rows() == all);
  const http::Response none = site.answered(asked, {});
  CHECK(none.status == 400);
  CHECK(has(none, "Choose what is to be done"));
  CHECK(has(site.answered(asked, {{"answer", "accept"}}), "Enter why"));
  CHECK(site.rows() == all);
  CHECK(has(site.answered(asked, {{"answer", "accept"}, {"reason", "a part is meant"}}), "Geography imported"));
  CHECK(site.rows() == 39);
  // The former one again is offered as a choice, and chosen.
  const http::Response again = site.given(whole, "lad22.csv");
  CHECK(has(again, "was imported before and does not count"));
  CHECK(has(again, "Let all of it count, also what was given before"));
  CHECK(has(site.answered(again, {{"answer", "choose"}, {"reason", "the whole one"}}), "Geography imported"));
  CHECK(site.rows() == all);
}

TEST_CASE("an upload of geography can be left, is refused with its sentence, and answers what it was shown") {
  Site site;
  const http::Response shown = site.given(sample("lad22-csp22-pfa22.csv"), "../../lad22.csv");
  REQUIRE(shown.status == 200);
  CHECK(site.answered(shown, {{"withdraw", "yes"}}).status == 303);
  CHECK(site.waiting() == 0);
  CHECK(site.rows() == 0);
  const http::Response wrong = site.given("a,b\n1,2\n", "nothing.csv");
  CHECK(wrong.status == 400);
  CHECK(has(wrong, "is not geography that this program knows"));
  CHECK(site.waiting() == 0);
  CHECK(has(site.given(R"({"displayFieldName":"","geometryType":"esriGeometryPolygon","features":[]})", "lad.json"),
            "is Esri JSON"));
  // Two windows: what was shown in the first is no longer so when it is answered.
  const http::Response first = site.given(sample("lad22-csp22-pfa22.csv"), "lad22.csv");
  const http::Response second = site.given(sample("lad22-csp22-pfa22.csv") + "\n", "lad22.csv");
  CHECK(has(site.answered(second, {{"answer", "import"}}), "Geography imported"));
  const http::Response late = site.answered(first, {{"answer", "import"}});
  CHECK(late.status == 409);
  CHECK(has(late, "Nothing was changed; look again"));
  CHECK(site.house.as(Role::panel_member).get("/areas/import").status == 403);
  CHECK(site.house.as_nobody().get("/areas/import").status == 303);  // to sign in
}
