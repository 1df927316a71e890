#include "govuk/header_footer.h"

#include "govuk/parts.h"

namespace tithing::govuk {
namespace {

void put_header(Writer& writer, html::Literal name, const GenericHeaderParams& params) {
  writer.raw("<div class=\"").raw(name).raw("-header");
  parts::add_classes(writer, params.classes);
  writer.raw("\"").attributes(params.attributes).raw("><div class=\"").raw(name).raw("-header__container ");
  writer.text(parts::or_else(params.container_classes, "govuk-width-container")).raw("\"><div class=\"").raw(name);
  writer.raw("-header__logo\"><a")
      .attribute("href", params.url)
      .raw(" class=\"")
      .raw(name)
      .raw("-header__homepage-link\">");
  writer.put(params.logo).raw("</a></div></div></div>");
}

void put_link(Writer& writer, const FooterLink& link) {
  writer.raw("<a class=\"govuk-footer__link\"").attribute("href", link.href).attributes(link.attributes).raw(">");
  writer.put(link.text).raw("</a>");
}

void put_navigation(Writer& writer, const std::vector<FooterNavigation>& navigation) {
  writer.raw("<div class=\"govuk-footer__navigation\">");
  for (const FooterNavigation& section : navigation) {
    writer.raw("<div class=\"govuk-footer__section govuk-grid-column-")
        .text(parts::or_else(section.width, "full"))
        .raw("\">");
    writer.raw("<h2 class=\"govuk-footer__heading govuk-heading-m\">").put(section.title).raw("</h2>");
    if (!section.items.empty()) {
      writer.raw("<ul class=\"govuk-footer__list");
      if (section.columns > 0) writer.raw(" govuk-footer__list--columns-").text(std::to_string(section.columns));
      writer.raw("\">");
      for (const FooterLink& link : section.items) {
        if (link.href.empty() || link.text.empty()) continue;
        writer.raw("<li class=\"govuk-footer__list-item\">");
        put_link(writer, link);
        writer.raw("</li>");
      }
      writer.raw("</ul>");
    }
    writer.raw("</div>");
  }
  writer.raw("</div><hr class=\"govuk-footer__section-break\">");
}

void put_meta(Writer& writer, const FooterMeta& meta) {
  writer.raw("<h2 class=\"govuk-visually-hidden\">")
      .put(parts::or_else(meta.visually_hidden_title, tr("Support links")));
  writer.raw("</h2>");
  if (!meta.items.empty()) {
    writer.raw("<ul class=\"govuk-footer__inline-list\">");
    for (const FooterLink& link : meta.items) {
      writer.raw("<li class=\"govuk-footer__inline-list-item\">");
      put_link(writer, link);
      writer.raw("</li>");
    }
    writer.raw("</ul>");
  }
  if (!meta.text.empty()) writer.raw("<div class=\"govuk-footer__meta-custom\">").put(meta.text).raw("</div>");
}

}  // namespace

void render(Writer& writer, const GenericHeaderParams& params) {
  GenericHeaderParams header = params;
  header.url = parts::or_else(params.url, "/");
  put_header(writer, "govuk-generic", header);
}

void render(Writer& writer, const HeaderParams& params) {
  Writer logo(writer.language());
  logo.put(params.logotype);
  if (!params.product_name.empty()) {
    logo.raw("<span class=\"govuk-header__product-name\">").put(params.product_name).raw("</span>");
  }
  put_header(writer, "govuk",
             GenericHeaderParams{.logo = logo.take(),
                                 .url = parts::or_else(params.homepage_url, "//gov.uk"),
                                 .container_classes = params.container_classes,
                                 .classes = params.classes,
                                 .attributes = params.attributes});
}

void render(Writer& writer, const FooterParams& params) {
  writer.raw("<div class=\"govuk-footer");
  parts::add_classes(writer, params.classes);
  writer.raw("\"").attributes(params.attributes).raw("><div class=\"govuk-width-container");
  parts::add_classes(writer, params.container_classes);
  writer.raw("\">").put(params.crown);
  if (!params.navigation.empty()) put_navigation(writer, params.navigation);
  writer.raw("<div class=\"govuk-footer__meta\"><div class=\"govuk-footer__meta-item govuk-footer__meta-item--grow\">");
  if (params.meta) put_meta(writer, *params.meta);
  if (!params.without_content_licence) {
    writer.put(params.licence_logo).raw("<span class=\"govuk-footer__licence-description\">");
    if (!params.content_licence.empty()) {
      writer.put(params.content_licence);
    } else {
      writer.put(Content(tr("All content is available under the")));
      writer.raw(
          " <a class=\"govuk-footer__link\" "
          "href=\"https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/\" rel=\"license\">");
      writer.put(Content(tr("Open Government Licence v3.0"))).raw("</a>");
      writer.put(Content(tr(", except where otherwise stated")));
    }
    writer.raw("</span>");
  }
  writer.raw(
      "</div><div class=\"govuk-footer__meta-item\"><a class=\"govuk-footer__link govuk-footer__copyright-logo\" "
      "href=\"https://www.nationalarchives.gov.uk/information-management/re-using-public-sector-information/"
      "uk-government-licensing-framework/crown-copyright/\">");
  writer.put(parts::or_else(params.copyright, tr("© Crown copyright"))).raw("</a></div></div></div></div>");
}

}  // namespace tithing::govuk
