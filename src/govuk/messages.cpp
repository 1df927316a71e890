#include "govuk/messages.h"

#include "govuk/button.h"
#include "govuk/parts.h"

namespace tithing::govuk {

void render(Writer& writer, const TagParams& params) {
  writer.raw("<strong class=\"govuk-tag");
  parts::add_classes(writer, params.classes);
  writer.raw("\"").attributes(params.attributes).raw(">").put(params.text).raw("</strong>");
}

void render(Writer& writer, const InsetTextParams& params) {
  writer.raw("<div");
  parts::add_attribute(writer, "id", params.id);
  writer.raw(" class=\"govuk-inset-text");
  parts::add_classes(writer, params.classes);
  writer.raw("\"").attributes(params.attributes).raw(">").put(params.text).raw("</div>");
}

void render(Writer& writer, const WarningTextParams& params) {
  writer.raw("<div class=\"govuk-warning-text");
  parts::add_classes(writer, params.classes);
  writer.raw("\"")
      .attributes(params.attributes)
      .raw("><span class=\"govuk-warning-text__icon\" aria-hidden=\"true\">!</span> ");
  writer.raw("<strong class=\"govuk-warning-text__text\"><span class=\"govuk-visually-hidden\">");
  writer.put(parts::or_else(params.icon_fallback_text, tr("Warning")))
      .raw("</span> ")
      .put(params.text)
      .raw("</strong></div>");
}

void render(Writer& writer, const DetailsParams& params) {
  writer.raw("<details");
  parts::add_attribute(writer, "id", params.id);
  writer.raw(" class=\"govuk-details");
  parts::add_classes(writer, params.classes);
  writer.raw("\"").attributes(params.attributes);
  if (params.open) writer.raw(" open");
  writer.raw("><summary class=\"govuk-details__summary\"><span class=\"govuk-details__summary-text\">")
      .put(params.summary);
  writer.raw("</span></summary><div class=\"govuk-details__text\">").put(params.text).raw("</div></details>");
}

void render(Writer& writer, const FeedbackParams& params) {
  writer.raw("<div class=\"govuk-feedback govuk-width-container");
  parts::add_classes(writer, params.classes);
  writer.raw("\"").attributes(params.attributes).raw(">");
  writer.raw("<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">");
  parts::open_heading(writer, params.heading_level, "govuk-feedback__title");
  writer.put(params.title);
  parts::close_heading(writer, params.heading_level);
  if (!params.text.empty()) {
    const bool markup = params.text.kind() == Content::Kind::markup;
    writer.raw("<div class=\"govuk-feedback__body\">");
    if (!markup) writer.raw("<p class=\"govuk-body\">");
    writer.put(params.text);
    if (!markup) writer.raw("</p>");
    writer.raw("</div>");
  }
  writer.raw("</div></div></div>");
}

void render(Writer& writer, const NotificationBannerParams& params) {
  const bool success = params.type == "success";
  const std::string_view title_id = parts::or_else(params.title_id, "govuk-notification-banner-title");
  writer.raw("<div class=\"govuk-notification-banner");
  if (success) writer.raw(" govuk-notification-banner--success");
  parts::add_classes(writer, params.classes);
  writer.raw("\"").attribute("role", parts::or_else(params.role, success ? "alert" : "region"));
  writer.attribute("aria-labelledby", title_id).raw(" data-module=\"govuk-notification-banner\"");
  parts::add_choice(writer, "data-disable-auto-focus", params.disable_auto_focus);
  writer.attributes(params.attributes).raw("><div class=\"govuk-notification-banner__header\">");
  writer.raw("<h").text(std::to_string(params.title_heading_level)).raw(" class=\"govuk-notification-banner__title\"");
  writer.attribute("id", title_id)
      .raw(">")
      .put(parts::or_else(params.title, success ? tr("Success") : tr("Important")));
  parts::close_heading(writer, params.title_heading_level);
  writer.raw("</div><div class=\"govuk-notification-banner__content\">");
  const bool line = !params.text.empty() && params.text.kind() != Content::Kind::markup;
  if (line) writer.raw("<p class=\"govuk-notification-banner__heading\">");
  writer.put(params.text);
  if (line) writer.raw("</p>");
  writer.raw("</div></div>");
}

void render(Writer& writer, const PanelParams& params) {
  const bool interruption = params.classes.find("govuk-panel--interruption") != std::string::npos;
  writer.raw("<div class=\"govuk-panel");
  if (!interruption) writer.raw(" govuk-panel--confirmation");
  parts::add_classes(writer, params.classes);
  writer.raw("\"").attributes(params.attributes).raw(">");
  parts::open_heading(writer, params.heading_level, "govuk-panel__title");
  writer.put(params.title);
  parts::close_heading(writer, params.heading_level);
  if (!params.text.empty()) writer.raw("<div class=\"govuk-panel__body\">").put(params.text).raw("</div>");
  if (interruption && params.actions) {
    writer.raw("<div class=\"govuk-panel__actions");
    parts::add_classes(writer, params.actions->classes);
    writer.raw("\"").attributes(params.actions->attributes).raw(">");
    if (!params.actions->items.empty()) {
      writer.raw("<div class=\"govuk-button-group\">");
      for (const PanelAction& action : params.actions->items) {
        if (action.href.empty() || action.type == "button") {
          render(writer, ButtonParams{.text = action.text,
                                      .type = std::string(parts::or_else(action.type, "button")),
                                      .href = action.href,
                                      .classes = parts::with_classes("govuk-button--inverse", action.classes),
                                      .attributes = action.attributes});
        } else {
          writer.raw("<a class=\"govuk-link govuk-link--inverse");
          parts::add_classes(writer, action.classes);
          writer.raw("\"")
              .attribute("href", action.href)
              .attributes(action.attributes)
              .raw(">")
              .put(action.text)
              .raw("</a>");
        }
        writer.raw(" ");
      }
      writer.raw("</div>");
    }
    writer.raw("</div>");
  }
  writer.raw("</div>");
}

void render(Writer& writer, const PhaseBannerParams& params) {
  writer.raw("<div class=\"govuk-phase-banner govuk-width-container");
  parts::add_classes(writer, params.classes);
  writer.raw("\"").attributes(params.attributes).raw("><p class=\"govuk-phase-banner__content\">");
  // The tag's own attributes have no place here, as in GOV.UK.
  render(writer, TagParams{.text = params.tag.text,
                           .classes = parts::with_classes("govuk-phase-banner__content__tag", params.tag.classes)});
  writer.raw(" <span class=\"govuk-phase-banner__text\">").put(params.text).raw("</span></p></div>");
}

void render(Writer& writer, const CookieBannerParams& params) {
  writer.raw("<div class=\"govuk-cookie-banner");
  parts::add_classes(writer, params.classes);
  writer.raw("\" data-nosnippet role=\"region\"");
  parts::add_label(writer, "aria-label", parts::or_else(params.aria_label, tr("Cookie banner")));
  if (params.hidden) writer.raw(" hidden");
  writer.attributes(params.attributes).raw(">");
  for (const CookieBannerMessage& message : params.messages) {
    writer.raw("<div class=\"govuk-cookie-banner__message");
    parts::add_classes(writer, message.classes);
    writer.raw(" govuk-width-container\"");
    parts::add_attribute(writer, "role", message.role);
    writer.attributes(message.attributes);
    if (message.hidden) writer.raw(" hidden");
    writer.raw("><div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">");
    if (!message.heading.empty()) {
      writer.raw("<h2 class=\"govuk-cookie-banner__heading govuk-heading-m\">").put(message.heading).raw("</h2>");
    }
    writer.raw("<div class=\"govuk-cookie-banner__content\">");
    const bool line = !message.text.empty() && message.text.kind() != Content::Kind::markup;
    if (line) writer.raw("<p class=\"govuk-body\">");
    writer.put(message.text);
    if (line) writer.raw("</p>");
    writer.raw("</div></div></div>");
    if (!message.actions.empty()) {
      writer.raw("<div class=\"govuk-button-group\">");
      for (const CookieBannerAction& action : message.actions) {
        if (action.href.empty() || action.type == "button") {
          render(writer, ButtonParams{.text = action.text,
                                      .name = action.name,
                                      .type = std::string(parts::or_else(action.type, "button")),
                                      .value = action.value,
                                      .href = action.href,
                                      .classes = action.classes,
                                      .attributes = action.attributes});
        } else {
          writer.raw("<a class=\"govuk-link");
          parts::add_classes(writer, action.classes);
          writer.raw("\"")
              .attribute("href", action.href)
              .attributes(action.attributes)
              .raw(">")
              .put(action.text)
              .raw("</a>");
        }
        writer.raw(" ");
      }
      writer.raw("</div>");
    }
    writer.raw("</div>");
  }
  writer.raw("</div>");
}

}  // namespace tithing::govuk
