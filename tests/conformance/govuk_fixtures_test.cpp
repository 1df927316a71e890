// Every component against every rendering that govuk-frontend publishes for it (fixtures.json of the npm package).
#include <doctest/doctest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "govuk_options.h"
#include "html_normal_form.h"
#include "support/source_dir.h"

namespace {

namespace json = boost::json;
using tithing::conformance::normal_form;
using tithing::conformance::render_with_options;

std::vector<std::filesystem::path> fixture_files() {
  const std::filesystem::path folder =
      std::filesystem::path(tithing::tests::source_dir()) / "node_modules/govuk-frontend/dist/govuk/components";
  std::vector<std::filesystem::path> files;
  if (!std::filesystem::is_directory(folder)) return files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (std::filesystem::exists(entry.path() / "fixtures.json")) files.push_back(entry.path() / "fixtures.json");
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace

TEST_CASE("components render as govuk-frontend's fixtures") {
  const std::vector<std::filesystem::path> files = fixture_files();
  REQUIRE_MESSAGE(!files.empty(), "govuk-frontend is not installed: run ./setup");
  int all = 0;
  int all_right = 0;
  for (const std::filesystem::path& file : files) {
    const json::value document = json::parse(text_of(file));
    const std::string component(document.at("component").as_string());
    int count = 0;
    int right = 0;
    bool used = true;
    for (const json::value& fixture : document.at("fixtures").as_array()) {
      const std::string name(fixture.at("name").as_string());
      const std::string expected(fixture.at("html").as_string());
      const std::optional<std::string> rendered =
          render_with_options(component, fixture.at("options").as_object(), expected);
      if (!rendered) {
        used = false;
        break;
      }
      ++count;
      const std::string got = normal_form(*rendered);
      const std::string wanted = normal_form(expected);
      if (got == wanted) ++right;
      CHECK_MESSAGE((got == wanted), component << ", " << name << "\n--- published\n" << wanted << "--- ours\n" << got);
    }
    if (used) {
      std::printf("%-22s %3d of %3d\n", component.c_str(), right, count);
    } else {
      std::printf("%-22s not used\n", component.c_str());
    }
    all += count;
    all_right += right;
  }
  std::printf("%-22s %3d of %3d fixtures\n", "all components", all_right, all);
  // The package has 725 of them in version 6.6.0; far fewer would mean that they were not read.
  CHECK(all >= 700);
}

TEST_CASE("the comparison sees what a reader or a script would see") {
  CHECK(normal_form("<p>\n  a  b\n</p>") == normal_form("<p>a b</p>"));
  CHECK(normal_form("<a\n  href=\"x\"\n  class=\"y\">t</a>") == normal_form("<a href=\"x\" class=\"y\">t</a>"));
  CHECK(normal_form("<p>it&#39;s</p>") == normal_form("<p>it's</p>"));
  CHECK(normal_form("<li>\n <a href=\"x\">\n  t\n </a>\n</li>") == normal_form("<li><a href=\"x\">t</a></li>"));
  CHECK(normal_form("a<span> b</span>") == normal_form("a <span>b</span>"));
  CHECK(normal_form("a<span>b</span>") != normal_form("a <span>b</span>"));
  CHECK(normal_form("<p class=\"a b\">") != normal_form("<p class=\"b a\">"));
  CHECK(normal_form("<p id=\"a\" class=\"b\">") != normal_form("<p class=\"b\" id=\"a\">"));
  CHECK(normal_form("<p title=\"a  b\">") != normal_form("<p title=\"a b\">"));
  CHECK(normal_form("<p title=\"\">") != normal_form("<p title>"));
  CHECK(normal_form("<p>a</p>") != normal_form("<p>&amp;a</p>"));
  CHECK(normal_form("<div><p>a</p></div>") != normal_form("<p>a</p>"));
  CHECK(normal_form("<textarea>a\nb</textarea>") != normal_form("<textarea>a b</textarea>"));
}
