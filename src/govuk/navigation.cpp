#include "govuk/navigation.h"

#include "govuk/parts.h"

namespace tithing::govuk {

void render(Writer& writer, const BackLinkParams& params) {
  writer.raw("<a").attribute("href", parts::or_else(params.href, "#")).raw(" class=\"govuk-back-link");
  parts::add_classes(writer, params.classes);
  writer.raw("\"").attributes(params.attributes).raw(">").put(parts::or_else(params.text, tr("Back"))).raw("</a>");
}

void render(Writer& writer, const SkipLinkParams& params) {
  writer.raw("<a").attribute("href", parts::or_else(params.href, "#content")).raw(" class=\"govuk-skip-link");
  parts::add_classes(writer, params.classes);
  writer.raw("\"").attributes(params.attributes).raw(" data-module=\"govuk-skip-link\">").put(params.text).raw("</a>");
}

void render(Writer& writer, const BreadcrumbsParams& params) {
  writer.raw("<nav class=\"govuk-breadcrumbs");
  parts::add_classes(writer, params.classes);
  if (params.collapse_on_mobile) writer.raw(" govuk-breadcrumbs--collapse-on-mobile");
  writer.raw("\"").attributes(params.attributes);
  parts::add_label(writer, "aria-label", parts::or_else(params.label_text, tr("Breadcrumb")));
  writer.raw("><ol class=\"govuk-breadcrumbs__list\">");
  for (const BreadcrumbsItem& item : params.items) {
    if (item.href.empty()) {
      writer.raw("<li class=\"govuk-breadcrumbs__list-item\" aria-current=\"page\">").put(item.text).raw("</li>");
    } else {
      writer.raw("<li class=\"govuk-breadcrumbs__list-item\"><a class=\"govuk-breadcrumbs__link\"")
          .attribute("href", item.href);
      writer.attributes(item.attributes).raw(">").put(item.text).raw("</a></li>");
    }
  }
  writer.raw("</ol></nav>");
}

void render(Writer& writer, const LanguageNavigationParams& params) {
  writer.raw("<nav class=\"govuk-language-navigation");
  parts::add_classes(writer, params.classes);
  writer.raw("\"").attributes(params.attributes);
  parts::add_label(writer, "aria-label", parts::or_else(params.aria_label, tr("Language")));
  writer.raw("><ul class=\"govuk-language-navigation__list\">");
  for (const LanguageNavigationItem& item : params.items) {
    const bool current = item.current || item.href.empty();
    writer.raw("<li class=\"govuk-language-navigation__list-item\">");
    writer.raw(current ? html::Literal("<span class=\"govuk-language-navigation__text")
                       : html::Literal("<a class=\"govuk-language-navigation__link"));
    parts::add_classes(writer, item.classes);
    writer.raw("\"");
    if (current) {
      writer.raw(" aria-current=\"true\"");
    } else {
      writer.attribute("href", item.href).raw(" rel=\"alternate\"");
    }
    parts::add_attribute(writer, "lang", item.lang);
    if (!current) parts::add_attribute(writer, "hreflang", item.href_lang.empty() ? item.lang : item.href_lang);
    parts::add_attribute(writer, "dir", item.dir);
    writer.attributes(item.attributes).raw(">").put(item.text);
    if (!current && !item.language_description_text.empty()) {
      writer.raw("<span class=\"govuk-visually-hidden\"> ").put(item.language_description_text).raw("</span>");
    }
    writer.raw(current ? html::Literal("</span></li>") : html::Literal("</a></li>"));
  }
  writer.raw("</ul></nav>");
}

namespace {

constexpr html::Literal kPreviousArrow =
    "<svg class=\"govuk-pagination__icon govuk-pagination__icon--prev\" xmlns=\"http://www.w3.org/2000/svg\" "
    "height=\"13\" "
    "width=\"15\" aria-hidden=\"true\" focusable=\"false\" viewBox=\"0 0 15 13\"><path d=\"m6.5938-0.0078125-6.7266 "
    "6.7266 "
    "6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z\"></path></svg>";
constexpr html::Literal kNextArrow =
    "<svg class=\"govuk-pagination__icon govuk-pagination__icon--next\" xmlns=\"http://www.w3.org/2000/svg\" "
    "height=\"13\" "
    "width=\"15\" aria-hidden=\"true\" focusable=\"false\" viewBox=\"0 0 15 13\"><path d=\"m8.107-0.0078125-1.4136 "
    "1.414 4.2926 "
    "4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z\"></path></svg>";

// `block`: without page numbers, the two links stand below each other, each with its arrow in front.
void put_arrow_link(Writer& writer, const PaginationLink& link, bool next, bool block) {
  writer.raw(next ? html::Literal("<div class=\"govuk-pagination__next\">")
                  : html::Literal("<div class=\"govuk-pagination__prev\">"));
  writer.raw("<a class=\"govuk-link govuk-pagination__link\"").attribute("href", link.href);
  writer.attribute("rel", next ? "next" : "prev").attributes(link.attributes).raw(">");
  if (block || !next) writer.raw(next ? kNextArrow : kPreviousArrow).raw(" ");
  writer.raw("<span class=\"govuk-pagination__link-title");
  if (block && link.label_text.empty()) writer.raw(" govuk-pagination__link-title--decorated");
  writer.raw("\">");
  if (!link.text.empty()) {
    writer.put(link.text);
  } else {
    writer.put(Content(next ? tr("Next") : tr("Previous")));
    writer.raw("<span class=\"govuk-visually-hidden\"> ").put(Content(tr("page"))).raw("</span>");
  }
  writer.raw("</span>");
  if (block && !link.label_text.empty()) {
    writer.raw(" <span class=\"govuk-visually-hidden\">:</span> <span class=\"govuk-pagination__link-label\">");
    writer.put(link.label_text).raw("</span>");
  }
  if (!block && next) writer.raw(" ").raw(kNextArrow);
  writer.raw("</a></div>");
}

void put_page_item(Writer& writer, const PaginationItem& item) {
  if (item.number.empty() && item.href.empty() && !item.ellipsis) return;
  writer.raw("<li class=\"govuk-pagination__item");
  if (item.current) writer.raw(" govuk-pagination__item--current");
  if (item.ellipsis) writer.raw(" govuk-pagination__item--ellipsis");
  writer.raw("\">");
  if (item.ellipsis) {
    writer.raw("&ctdot;");
  } else {
    writer.raw("<a class=\"govuk-link govuk-pagination__link\"").attribute("href", item.href);
    parts::add_label(writer, "aria-label", parts::or_else(item.visually_hidden_text, tr("Page {0}", {item.number})));
    if (item.current) writer.raw(" aria-current=\"page\"");
    writer.attributes(item.attributes).raw(">").text(item.number).raw("</a>");
  }
  writer.raw("</li>");
}

}  // namespace

void render(Writer& writer, const PaginationParams& params) {
  const bool previous = !params.previous.href.empty();
  const bool next = !params.next.href.empty();
  const bool block = params.items.empty() && (previous || next);
  writer.raw("<nav class=\"govuk-pagination");
  if (block) writer.raw(" govuk-pagination--block");
  parts::add_classes(writer, params.classes);
  writer.raw("\"");
  parts::add_label(writer, "aria-label", parts::or_else(params.landmark_label, tr("Pagination")));
  writer.attributes(params.attributes).raw(">");
  if (previous) put_arrow_link(writer, params.previous, false, block);
  if (!params.items.empty()) {
    writer.raw("<ul class=\"govuk-pagination__list\">");
    for (const PaginationItem& item : params.items) put_page_item(writer, item);
    writer.raw("</ul>");
  }
  if (next) put_arrow_link(writer, params.next, true, block);
  writer.raw("</nav>");
}

namespace {

void put_service_item(Writer& writer, const ServiceNavigationItem& item) {
  const bool active = item.active || item.current;
  writer.raw("<li class=\"govuk-service-navigation__item");
  if (active) writer.raw(" govuk-service-navigation__item--active");
  writer.raw("\">");
  const bool link = !item.href.empty();
  if (!link && item.text.empty()) {
    writer.raw("</li>");
    return;
  }
  if (link) {
    writer.raw("<a class=\"govuk-service-navigation__link\"").attribute("href", item.href);
  } else {
    writer.raw("<span class=\"govuk-service-navigation__text\"");
  }
  if (active) writer.attribute("aria-current", item.current ? "page" : "true");
  if (link) writer.attributes(item.attributes);
  writer.raw(">");
  // Bold, for readers who choose their own colours and would not see which one is current.
  if (active) writer.raw("<strong class=\"govuk-service-navigation__active-fallback\">");
  writer.put(item.text);
  if (active) writer.raw("</strong>");
  writer.raw(link ? html::Literal("</a></li>") : html::Literal("</span></li>"));
}

}  // namespace

void render(Writer& writer, const ServiceNavigationParams& params) {
  const ServiceNavigationSlots& slots = params.slots;
  const Content menu_text = parts::or_else(params.menu_button_text, tr("Menu"));
  const std::string_view id = parts::or_else(params.navigation_id, "navigation");
  // With a service name it is a landmark of its own; otherwise the <nav> within is enough.
  const bool section = !params.service_name.empty() || !slots.start.empty() || !slots.end.empty();
  if (section) {
    writer.raw("<section");
    parts::add_label(writer, "aria-label", parts::or_else(params.aria_label, tr("Service information")));
  } else {
    writer.raw("<div");
  }
  writer.raw(" class=\"govuk-service-navigation");
  parts::add_classes(writer, params.classes);
  writer.raw("\" data-module=\"govuk-service-navigation\"").attributes(params.attributes).raw(">");
  writer.raw("<div class=\"govuk-width-container");
  if (slots.end_inline) writer.raw(" govuk-service-navigation__inlining-container");
  writer.raw("\">").put(slots.start).raw("<div class=\"govuk-service-navigation__container\">");
  if (!params.service_name.empty()) {
    writer.raw("<span class=\"govuk-service-navigation__service-name\">");
    if (params.service_url.empty()) {
      writer.raw("<span class=\"govuk-service-navigation__text\">").put(params.service_name).raw("</span>");
    } else {
      writer.raw("<a").attribute("href", params.service_url).raw(" class=\"govuk-service-navigation__link\">");
      writer.put(params.service_name).raw("</a>");
    }
    writer.raw("</span>");
  }
  if (!params.navigation.empty() || !slots.navigation_start.empty() || !slots.navigation_end.empty()) {
    writer.raw(" <nav");
    parts::add_label(writer, "aria-label", parts::or_else(params.navigation_label, menu_text));
    writer.raw(" class=\"govuk-service-navigation__wrapper");
    parts::add_classes(writer, params.navigation_classes);
    writer.raw("\">");
    if (params.collapse_navigation_on_mobile.value_or(params.navigation.size() > 1)) {
      writer.raw(
          "<button type=\"button\" class=\"govuk-service-navigation__toggle govuk-js-service-navigation-toggle\"");
      writer.attribute("aria-controls", id);
      const std::string label = params.menu_button_label.plain(writer.language());
      if (label != menu_text.plain(writer.language())) parts::add_attribute(writer, "aria-label", label);
      writer.raw(" hidden aria-hidden=\"true\">").put(menu_text).raw("</button>");
    }
    writer.raw("<ul class=\"govuk-service-navigation__list\"").attribute("id", id).raw(">").put(slots.navigation_start);
    for (const ServiceNavigationItem& item : params.navigation) put_service_item(writer, item);
    writer.put(slots.navigation_end).raw("</ul></nav>");
  }
  writer.raw("</div>").put(slots.end).raw("</div>");
  writer.raw(section ? html::Literal("</section>") : html::Literal("</div>"));
}

}  // namespace tithing::govuk
