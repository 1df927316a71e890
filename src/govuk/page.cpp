#include "govuk/page.h"

#include "govuk/assets.h"
#include "govuk/navigation.h"
#include "govuk/parts.h"

namespace tithing::govuk {
namespace {

constexpr html::Literal kMark =
    "<svg class=\"tithing-mark\" xmlns=\"http://www.w3.org/2000/svg\" width=\"28\" height=\"28\" viewBox=\"0 0 28 28\" "
    "aria-hidden=\"true\" focusable=\"false\">"
    "<circle cx=\"14\" cy=\"3.5\" r=\"2.2\"/><circle cx=\"20.17\" cy=\"5.51\" r=\"2.2\"/><circle cx=\"23.99\" "
    "cy=\"10.76\" r=\"2.2\"/>"
    "<circle cx=\"23.99\" cy=\"17.24\" r=\"2.2\"/><circle cx=\"20.17\" cy=\"22.49\" r=\"2.2\"/><circle cx=\"14\" "
    "cy=\"24.5\" r=\"2.2\"/>"
    "<circle cx=\"7.83\" cy=\"22.49\" r=\"2.2\"/><circle cx=\"4.01\" cy=\"17.24\" r=\"2.2\"/><circle cx=\"4.01\" "
    "cy=\"10.76\" r=\"2.2\"/>"
    "<circle cx=\"7.83\" cy=\"5.51\" r=\"2.2\"/></svg>";

// "Error: Sign in - York - Tithing": what stands in a list of tabs.
std::string browser_title(const PageParams& params) {
  std::string title;
  if (params.has_error) title += Content(tr("Error: ")).plain(params.language);
  const std::string heading = params.title.plain(params.language);
  if (!heading.empty()) title += heading + " - ";
  const std::string where = params.where.plain(params.language);
  if (!where.empty() && where != heading) title += where + " - ";
  return title + "Tithing";
}

void put_head(Writer& writer, const PageParams& params) {
  writer.raw("<head><meta charset=\"utf-8\">").element("title", Content(browser_title(params)));
  writer.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
  writer.raw("<meta name=\"theme-color\" content=\"#14283c\">");
  if (params.refresh_seconds > 0) {
    writer.raw("<noscript>");
    writer.void_element("meta", {{"http-equiv", "refresh"}, {"content", params.refresh_seconds}}).raw("</noscript>");
  }
  writer.void_element("link", {{"rel", "stylesheet"}, {"href", asset_url("tithing.css")}});
  writer.void_element("link", {{"rel", "icon"}, {"href", asset_url("favicon.svg")}, {"type", "image/svg+xml"}});
  writer.open("script", {{"type", "module"}, {"src", asset_url("tithing.js")}}).close("script");
  for (const std::string& script : params.scripts) {
    writer.open("script", {{"type", "module"}, {"src", asset_url(script)}}).close("script");
  }
  writer.raw("</head>");
}

void put_search(Writer& writer, const PageParams& params) {
  const std::string label = Content(tr("Search bodies, areas, papers and posts")).plain(params.language);
  writer.raw("<form class=\"tithing-search\" action=\"/search\" method=\"get\" role=\"search\">");
  writer.raw("<input class=\"tithing-search__input\" type=\"search\" name=\"q\"").attribute("aria-label", label);
  writer.attribute("placeholder", Content(tr("Search")).plain(params.language)).attribute("value", params.search_query);
  writer.raw("><button class=\"tithing-search__button\" type=\"submit\">")
      .put(Content(tr("Search")))
      .raw("</button></form>");
}

void put_header(Writer& writer, const PageParams& params) {
  writer.raw("<header class=\"tithing-header\"><div class=\"govuk-width-container tithing-header__line\">");
  writer.raw("<a class=\"tithing-header__product\" href=\"/\">").raw(kMark).raw("Tithing</a>");
  if (!params.where.empty() && !params.where_url.empty()) {
    writer.element("a", {{"class", "tithing-header__where"}, {"href", params.where_url}}, params.where);
  } else if (!params.where.empty()) {
    writer.element("span", {{"class", "tithing-header__where"}}, params.where);
  }
  put_search(writer, params);
  if (params.work_count >= 0) {
    writer.raw("<a class=\"tithing-header__link\"")
        .attribute("href", parts::or_else(params.work_url, "/my-work"))
        .raw(">");
    writer.put(Content(tr("My work")))
        .raw(" <span class=\"tithing-header__count\">")
        .text(std::to_string(params.work_count));
    writer.raw("</span></a>");
  }
  writer.raw("<a class=\"tithing-header__link tithing-header__link--me\"");
  if (params.signed_in_name.empty()) {
    writer.attribute("href", parts::or_else(params.account_url, "/sign-in")).raw(">").put(Content(tr("Sign in")));
  } else {
    writer.attribute("href", parts::or_else(params.account_url, "/account")).raw(">").text(params.signed_in_name);
  }
  writer.raw("</a></div></header>");
}

void put_rooms(Writer& writer, const PageParams& params) {
  if (params.rooms.empty()) return;
  writer.raw("<nav class=\"tithing-rooms\"");
  parts::add_label(writer, "aria-label", params.where.empty() ? Content(tr("Rooms")) : params.where);
  writer.raw("><div class=\"govuk-width-container\"><ul class=\"tithing-rooms__list\">");
  for (const PageLink& room : params.rooms) {
    const bool current = room.current || room.active;
    writer.raw("<li><a class=\"tithing-rooms__link");
    if (current) writer.raw(" tithing-rooms__link--current");
    writer.raw("\"").attribute("href", room.url);
    if (current) writer.attribute("aria-current", room.current ? "page" : "true");
    writer.raw(">").put(room.text).raw("</a></li>");
  }
  writer.raw("</ul></div></nav>");
}

// A region of its own, because it changes what every figure on the page means.
void put_as_at(Writer& writer, const PageParams& params) {
  if (params.as_at.empty()) return;
  writer.raw("<section class=\"tithing-as-at\"");
  parts::add_label(writer, "aria-label", tr("As at"));
  writer.raw("><div class=\"govuk-width-container\"><p class=\"tithing-as-at__line\"><span>")
      .put(params.as_at)
      .raw("</span>");
  if (!params.as_at_leave_url.empty()) {
    writer.element("a", {{"class", "govuk-link"}, {"href", params.as_at_leave_url}}, tr("Back to today"));
  }
  writer.raw("</p></div></section>");
}

void put_heading(Writer& writer, const PageParams& params) {
  if (params.heading_in_body) return;
  if (!params.caption.empty()) writer.element("p", {{"class", "tithing-caption"}}, params.caption);
  writer.element("h1", {{"class", "govuk-heading-l"}}, params.title);
}

void put_language(Writer& writer, const PageParams& params, std::string_view language, html::Literal name,
                  const Url& url) {
  writer.raw("<li>");
  if (params.language == language) {
    writer.raw("<span").attribute("lang", language).raw(" aria-current=\"true\">").raw(name).raw("</span>");
  } else {
    writer.element("a", {{"class", "govuk-link"}, {"lang", language}, {"hreflang", language}, {"href", url}},
                   Markup(name));
  }
  writer.raw("</li>");
}

void put_footer(Writer& writer, const PageParams& params) {
  writer.raw(
      "<footer class=\"tithing-footer\"><div class=\"govuk-width-container\"><ul class=\"tithing-footer__links\"><li>");
  writer.element("a", {{"class", "govuk-link"}, {"href", Url("/accessibility")}}, tr("Accessibility statement"));
  writer.raw("</li>");
  put_language(writer, params, "en", "English", parts::or_else(params.english_url, "?lang=en"));
  put_language(writer, params, "cy", "Cymraeg", parts::or_else(params.welsh_url, "?lang=cy"));
  writer.raw("</ul><p>");
  if (!params.data_licence.empty()) {
    writer.put(params.data_licence);
  } else {
    writer.put(Content(tr("Contains public sector information licensed under the")));
    writer.raw(
        " <a class=\"govuk-link\" href=\"https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/\" "
        "rel=\"license\">");
    writer.put(Content(tr("Open Government Licence v3.0"))).raw("</a>. ");
    writer.put(Content(tr("The working of each figure names its sources.")));
  }
  writer.raw("</p></div></footer>");
}

}  // namespace

Markup mark() { return Markup(kMark); }

Markup page(const PageParams& params) {
  Writer writer(params.language);
  writer.raw("<!DOCTYPE html><html").attribute("lang", params.language).raw(" class=\"govuk-template\">");
  put_head(writer, params);
  writer.raw("<body class=\"govuk-template__body\">");
  writer.open("script", {{"src", asset_url("start.js")}}).close("script");
  render(writer, SkipLinkParams{.text = tr("Skip to main content"), .href = Url("#main-content")});
  put_header(writer, params);
  put_rooms(writer, params);
  put_as_at(writer, params);
  writer.raw("<div class=\"govuk-width-container\">");
  if (!params.breadcrumbs.empty()) {
    BreadcrumbsParams breadcrumbs{.collapse_on_mobile = true};
    for (const PageLink& link : params.breadcrumbs) breadcrumbs.items.push_back({.text = link.text, .href = link.url});
    render(writer, breadcrumbs);
  }
  writer.raw("<main class=\"tithing-main")
      .raw(params.narrow ? html::Literal(" tithing-main--narrow") : html::Literal(""));
  writer.raw("\" id=\"main-content\">").put(params.notice);
  put_heading(writer, params);
  writer.put(params.body).raw("</main></div>");
  put_footer(writer, params);
  writer.raw("</body></html>\n");
  return writer.take();
}

}  // namespace tithing::govuk
