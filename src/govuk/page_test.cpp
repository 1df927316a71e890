#include "govuk/page.h"

#include <doctest/doctest.h>

#include <string>

#include "govuk/assets.h"
#include "govuk/components.h"

using namespace tithing;
using govuk::PageParams;

namespace {

PageParams sample() {
  PageParams params;
  params.title = "Recorded crime";
  params.where = "North Yorkshire";
  params.where_url = html::Url("/areas/E23000009");
  params.rooms = {{.text = "Overview", .url = html::Url("/a")},
                  {.text = "Evidence", .url = html::Url("/b"), .current = true}};
  params.breadcrumbs = {{.text = "North Yorkshire", .url = html::Url("/a")}};
  params.body = html::Markup("<p>Body</p>");
  return params;
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

}  // namespace

TEST_CASE("the frame has one h1, a main part, a skip link to it, and a title for a list of tabs") {
  const std::string page = govuk::page(sample()).text();
  CHECK(page.starts_with("<!DOCTYPE html><html lang=\"en\""));
  CHECK(count(page, "<h1") == 1);
  CHECK(count(page, "<main") == 1);
  CHECK(has(page, "<title>Recorded crime - North Yorkshire - Tithing</title>"));
  CHECK(has(page, "href=\"#main-content\""));
  CHECK(has(page, "id=\"main-content\""));
  CHECK(has(page, "<p>Body</p></main>"));
  CHECK(has(page, "action=\"/search\""));
  CHECK(has(page, "href=\"/accessibility\""));
  CHECK(has(
      page,
      "<a class=\"tithing-rooms__link tithing-rooms__link--current\" href=\"/b\" aria-current=\"page\">Evidence</a>"));
}

TEST_CASE("no inline script and no inline style: the page stands under script-src 'self'; style-src 'self'") {
  PageParams params = sample();
  params.as_at = "You are looking at 1 January 2012";
  params.as_at_leave_url = html::Url("/a");
  params.signed_in_name = "CSP manager";
  params.work_count = 3;
  params.has_error = true;
  params.refresh_seconds = 5;
  const std::string page = govuk::page(params).text();
  CHECK_FALSE(has(page, " style="));
  CHECK_FALSE(has(page, "<style"));
  CHECK_FALSE(has(page, " on"));
  CHECK(count(page, "<script") == count(page, "src=\"/assets/"));
  CHECK(count(page, "<script") == count(page, "></script>"));
  CHECK(has(page, "<noscript><meta http-equiv=\"refresh\" content=\"5\"></noscript>"));
  CHECK(has(page, "<title>Error: Recorded crime"));
}

TEST_CASE("what comes from people is escaped everywhere in the frame") {
  PageParams params = sample();
  const std::string bad = "<script>alert('x')</script>\"";
  params.title = bad;
  params.where = bad;
  params.search_query = bad;
  params.signed_in_name = bad;
  params.as_at = bad;
  params.caption = bad;
  params.breadcrumbs = {{.text = bad, .url = html::Url::parse("javascript:alert(1)")}};
  const std::string page = govuk::page(params).text();
  CHECK_FALSE(has(page, "<script>alert"));
  CHECK_FALSE(has(page, "javascript:"));
  CHECK(count(page, "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;") >= 8);
}

TEST_CASE("the band of the date is there only when it is given") {
  PageParams params = sample();
  CHECK_FALSE(has(govuk::page(params).text(), "tithing-as-at"));
  params.as_at = "You are looking at 1 January 2012";
  CHECK(has(govuk::page(params).text(), "You are looking at 1 January 2012"));
}

TEST_CASE("signed in or not") {
  PageParams params = sample();
  CHECK(has(govuk::page(params).text(), "href=\"/sign-in\">Sign in</a>"));
  params.signed_in_name = "Post of the manager";
  const std::string page = govuk::page(params).text();
  CHECK(has(page, "href=\"/account\">Post of the manager</a>"));
  CHECK_FALSE(has(page, "/sign-in"));
  CHECK_FALSE(has(page, "My work"));
  params.work_count = 0;
  CHECK(has(govuk::page(params).text(), "My work"));
}

TEST_CASE("in Welsh, what has no translation is marked as English, and the switch says which language is on") {
  PageParams params = sample();
  params.language = "cy";
  params.title = tr("A heading that no catalogue has");
  const std::string page = govuk::page(params).text();
  CHECK(has(page, "<html lang=\"cy\""));
  CHECK(has(page, "<h1 class=\"govuk-heading-l\"><span lang=\"en\">A heading that no catalogue has</span></h1>"));
  CHECK(has(page, "<span lang=\"cy\" aria-current=\"true\">Cymraeg</span>"));
  CHECK(has(page, "hreflang=\"en\""));
}

TEST_CASE("assets are embedded under names that carry their content's hash") {
  REQUIRE(govuk::embedded_assets().size() >= 4);
  for (const govuk::Asset& asset : govuk::embedded_assets()) {
    CAPTURE(std::string(asset.name));
    CHECK(govuk::find_asset(asset.path) == &asset);
    CHECK(asset.path.starts_with("/assets/"));
    CHECK_FALSE(asset.bytes.empty());
    CHECK(asset.etag.size() == 18);
    CHECK(asset.path.find(asset.etag.substr(1, 16)) != std::string_view::npos);
    CHECK(asset.gzip.size() < asset.bytes.size());
    if (!asset.gzip.empty()) CHECK(asset.gzip.substr(0, 2) == "\x1f\x8b");
  }
  CHECK(govuk::find_asset("/assets/nothing.css") == nullptr);
  CHECK(govuk::asset_url("tithing.css").text().starts_with("/assets/tithing-"));
  CHECK_THROWS(govuk::asset_url("nothing.css"));
}

TEST_CASE("the style sheet keeps its measure and brings no typeface of others") {
  for (const govuk::Asset& asset : govuk::embedded_assets()) {
    if (asset.name != "tithing.css") continue;
    CHECK(asset.bytes.size() < 110'000);
    CHECK(asset.gzip.size() < 15'500);  // rows of fields in forms took 400
    CHECK(asset.bytes.find("GDS Transport") == std::string_view::npos);
    CHECK(asset.bytes.find("@font-face") == std::string_view::npos);
  }
}

TEST_CASE("a figure's link, a region that scrolls, a rating") {
  html::Writer writer("en");
  render(writer,
         govuk::FigureLinkParams{.text = "42,954", .href = html::Url("/figures/crimes"), .hint = "rows < \"all\""});
  CHECK(writer.html() ==
        "<a class=\"tithing-figure\" href=\"/figures/crimes\" title=\"rows &lt; &quot;all&quot;\">42,954</a>");
  CHECK(govuk::rendered(govuk::RagParams{.rag = govuk::Rag::amber}, "en").text() ==
        "<span class=\"tithing-rag tithing-rag--amber\">Amber</span>");
  CHECK(govuk::rendered(govuk::ScrollRegionParams{.labelled_by = "caption", .body = html::Markup("<b>x</b>")}, "en")
            .text() ==
        "<div class=\"tithing-scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"caption\"><b>x</b></div>");
}

TEST_CASE("work under way never shows more done than there is, and shows no measure that it does not know") {
  const auto text = [](const govuk::JobProgressParams& params) { return govuk::rendered(params, "en").text(); };
  CHECK(has(text({.state = "Reading", .done = 7, .total = 5, .running = true}), "max=\"5\" value=\"5\""));
  CHECK_FALSE(has(text({.state = "Reading", .done = 7, .running = true}), "value="));
  CHECK(has(text({.state = "Reading", .running = true}), " data-running"));
  CHECK_FALSE(has(text({.state = "Finished"}), "data-running"));
  CHECK_FALSE(has(text({.state = "Finished"}), "<progress"));
}

TEST_CASE("a tree of inputs nests its lists") {
  const std::string text =
      govuk::rendered(
          govuk::InputTreeParams{
              .items = {{.text = "rate", .inputs = {{.text = "crimes", .source = "file"}, {.text = "people"}}}}},
          "en")
          .text();
  CHECK(text ==
        "<ul class=\"tithing-working__inputs\"><li>rate<ul class=\"tithing-working__inputs\"><li>crimes"
        "<div class=\"tithing-working__source\">file</div></li><li>people</li></ul></li></ul>");
}
