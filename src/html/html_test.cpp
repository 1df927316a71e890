#include "html/html.h"

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>

using tithing::as_code;
using tithing::as_date;
using tithing::as_name;
using tithing::as_setting;
using tithing::Date;
using tithing::listed;
using tithing::Numeral;
using tithing::tr;
using tithing::Words;
using tithing::html::Attribute;
using tithing::html::Content;
using tithing::html::escaped;
using tithing::html::Markup;
using tithing::html::Url;
using tithing::html::Writer;

TEST_CASE("text is escaped in content") {
  Writer writer;
  writer.element("p", Content("<script>alert(\"a\" & 'b')</script>"));
  CHECK(writer.html() == "<p>&lt;script&gt;alert(&quot;a&quot; &amp; &#39;b&#39;)&lt;/script&gt;</p>");
  CHECK(escaped("") == "");
  CHECK(escaped("no need") == "no need");
  CHECK(escaped("&amp;") == "&amp;amp;");
}

TEST_CASE("values are escaped in attributes") {
  Writer writer;
  writer.void_element("input", {{"value", "\" onfocus=\"alert(1)"}, {"name", "a'b"}});
  CHECK(writer.html() == "<input value=\"&quot; onfocus=&quot;alert(1)\" name=\"a&#39;b\">");
}

TEST_CASE("markup and literals are written as they are") {
  Writer writer;
  writer.raw("<b>").put(Markup("<i>x</i>")).put(Content(Markup::trusted("<u>y</u>"))).raw("</b>");
  CHECK(writer.html() == "<b><i>x</i><u>y</u></b>");
  CHECK(writer.take().text() == "<b><i>x</i><u>y</u></b>");
}

TEST_CASE("an attribute is written by its kind of value") {
  Writer writer;
  writer.void_element(
      "input", {{"disabled", true}, {"hidden", false}, {"maxlength", 12}, {"value", ""}, {"id", std::string("a")}});
  CHECK(writer.html() == "<input disabled maxlength=\"12\" value=\"\" id=\"a\">");
}

TEST_CASE("void elements are not closed, others are") {
  Writer writer;
  writer.void_element("br").open("div", {{"class", "a"}}).close("div");
  CHECK(writer.html() == "<br><div class=\"a\"></div>");
}

TEST_CASE("an attribute that would run script or carry style is refused") {
  Writer writer;
  CHECK_THROWS_AS(writer.open("a", {{"onclick", "x"}}), std::logic_error);
  CHECK_THROWS_AS(writer.open("a", {{"OnClick", "x"}}), std::logic_error);
  CHECK_THROWS_AS(writer.open("a", {{"style", "color:red"}}), std::logic_error);
  CHECK_THROWS_AS(writer.open("a", {{"x y", "z"}}), std::logic_error);
  CHECK_THROWS_AS(writer.open("a", {{"a>", "z"}}), std::logic_error);
  CHECK_THROWS_AS(writer.open("a", {{"", "z"}}), std::logic_error);
}

TEST_CASE("text in href, src and action passes through Url::parse; a Url stays") {
  Writer writer;
  writer.open("a", {{"href", "javascript:alert(1)"}});
  writer.open("a", {{"HREF", " javascript:alert(1)"}});
  writer.open("form", {{"action", "//elsewhere"}});
  writer.open("a", {{"href", "/areas?a=1&b=2"}});
  writer.open("a", {{"href", Url("//gov.uk")}});
  CHECK(writer.html() ==
        "<a href=\"#\"><a HREF=\"#\"><form action=\"#\"><a href=\"/areas?a=1&amp;b=2\"><a href=\"//gov.uk\">");
}

TEST_CASE("attributes of a tag written by hand are escaped and checked as well") {
  Writer writer;
  writer.raw("<a").attribute("href", "javascript:x").attribute("title", "\"").attributes({{"id", "i"}}).raw(">");
  CHECK(writer.html() == "<a href=\"#\" title=\"&quot;\" id=\"i\">");
}

TEST_CASE("Url::parse keeps addresses of this site, fragments, queries, http, https and mailto") {
  for (const char* good :
       {"/", "/areas/E22000368", "/a?b=c&d=e#f", "#main-content", "?page=2", "https://data.police.uk/about/",
        "http://example.org", "HTTPS://example.org/", "mailto:office@example.org", "/a/b:c"}) {
    CAPTURE(good);
    CHECK(Url::parse(good).text() == good);
  }
  CHECK(Url::parse("").empty());
}

TEST_CASE("Url::parse refuses what could leave the site unseen or run") {
  for (const char* bad : {"javascript:alert(1)",
                          "JaVaScRiPt:alert(1)",
                          " javascript:alert(1)",
                          "java\tscript:alert(1)",
                          "\x01javascript:alert(1)",
                          "data:text/html,x",
                          "vbscript:x",
                          "file:///etc/passwd",
                          "blob:x",
                          "//elsewhere.example",
                          "///elsewhere.example",
                          "/\\elsewhere.example",
                          "\\\\elsewhere.example",
                          "/a\\b",
                          "https:\\\\elsewhere.example",
                          "/\t/elsewhere.example",
                          "/a\nb",
                          "/a b",
                          "/a\x7f",
                          "https:elsewhere",
                          "https://",
                          "https:///x",
                          "http://?x",
                          "mailto:",
                          "relative/path",
                          "a",
                          ":",
                          "://x"}) {
    CAPTURE(bad);
    CHECK(Url::parse(bad).text() == "#");
  }
}

TEST_CASE("Url::path encodes each part and leaves out empty query values") {
  CHECK(Url::path("/areas").text() == "/areas");
  CHECK(Url::path("/areas/{}/crimes/{}", {"E22000368", "a/b c?d#e"}).text() ==
        "/areas/E22000368/crimes/a%2Fb%20c%3Fd%23e");
  CHECK(Url::path("/search", {}, {{"q", "R&D = 5%"}, {"kind", ""}, {"page", "2"}}).text() ==
        "/search?q=R%26D%20%3D%205%25&page=2");
  CHECK(Url::path("/search?a=1", {}, {{"b", "2"}}).text() == "/search?a=1&b=2");
  CHECK(Url::path("/a/{}", {"caf\xC3\xA9"}).text() == "/a/caf%C3%A9");
}

TEST_CASE("Url::path cannot climb or leave") {
  CHECK(Url::path("/files/{}/x", {".."}).text() == "#");
  CHECK(Url::path("/files/{}", {"."}).text() == "#");
  CHECK(Url::path("/files/{}", {"..."}).text() == "/files/...");
  CHECK(Url::path("/files/{}.csv", {".."}).text() == "/files/...csv");
  CHECK(Url::path("/{}/x", {""}).text() == "#");
  CHECK(Url::path("/{}", {"/elsewhere.example"}).text() == "/%2Felsewhere.example");
  CHECK_THROWS_AS(Url::path("/a/{}"), std::logic_error);
  CHECK_THROWS_AS(Url::path("/a", {"b"}), std::logic_error);
}

TEST_CASE("a message without a translation is marked as English") {
  Writer english("en");
  english.put(Content(tr("{0} of {1} <months>", {"11", "12"})));
  CHECK(english.html() == "11 of 12 &lt;months&gt;");
  Writer welsh("cy");
  welsh.put(Content(tr("A sentence that no catalogue has, {0}", {"<b>"})));
  CHECK(welsh.html() == "<span lang=\"en\">A sentence that no catalogue has, &lt;b&gt;</span>");
  CHECK(welsh.language() == "cy");
}

TEST_CASE("content as plain text") {
  CHECK(Content("a<b").plain("en") == "a<b");
  CHECK(Content(tr("Hello")).plain("cy") == "Hello");
  CHECK(Content().plain("en").empty());
  CHECK_THROWS_AS(Content(Markup("<b>x</b>")).plain("en"), std::logic_error);
  CHECK(Content().empty());
  CHECK(Content("").empty());
  CHECK_FALSE(Content(tr("x")).empty());
}

TEST_CASE("a number says on the page what it is") {
  Writer writer;
  writer.put(
      tr("{0} on {1}, {2}", {Numeral{"25,328", Numeral::Kind::figure, "/figures/crimes?area=A&from=x", "rows < all"},
                             Date::from_ymd(2012, 4, 1), as_code("<E2>")}));
  CHECK(writer.html() ==
        "<a class=\"tithing-figure\" href=\"/figures/crimes?area=A&amp;from=x\" title=\"rows &lt; all\">25,328</a> on "
        "<time datetime=\"2012-04-01\">1 April 2012</time>, "
        "<span data-number=\"code\">&lt;E2&gt;</span>");
  Writer counted;
  counted.put(listed(12, "files")).put(as_date("2011/12")).put(as_name("York 010B")).put(as_setting("95%"));
  CHECK(counted.html() ==
        "<span data-number=\"listed\" data-of=\"files\">12</span><span data-number=\"date\">2011/12</span><span "
        "data-number=\"name\">York 010B</span><span data-number=\"setting\">95%</span>");
  CHECK(Content(Words("a ") + as_code("1")).plain("en") == "a 1");
  Writer harm;
  harm.put(Numeral{"1", Numeral::Kind::figure, "javascript:alert(1)"});
  CHECK(harm.html() == "<a class=\"tithing-figure\" href=\"#\">1</a>");
}
