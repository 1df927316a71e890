#include "govuk/button.h"

#include "govuk/parts.h"

namespace tithing::govuk {

void render(Writer& writer, const ButtonParams& params) {
  const bool link = !params.href.empty();
  if (link) {
    writer.raw("<a").attribute("href", params.href).raw(" role=\"button\" draggable=\"false\"");
  } else {
    writer.raw("<button").attribute("type", parts::or_else(params.type, "submit"));
    parts::add_attribute(writer, "value", params.value);
    parts::add_attribute(writer, "name", params.name);
    if (params.disabled) writer.raw(" disabled aria-disabled=\"true\"");
    parts::add_choice(writer, "data-prevent-double-click", params.prevent_double_click);
  }
  writer.raw(" class=\"govuk-button");
  parts::add_classes(writer, params.classes);
  if (params.is_start_button) writer.raw(" govuk-button--start");
  writer.raw("\" data-module=\"govuk-button\"").attributes(params.attributes);
  parts::add_attribute(writer, "id", params.id);
  writer.raw(">");
  // A start button is a flex box, which would lose the spaces between the elements of its text.
  const bool wrapped = params.is_start_button && params.text.kind() == Content::Kind::markup;
  if (wrapped) writer.raw("<span>");
  writer.put(params.text);
  if (wrapped) writer.raw("</span>");
  if (params.is_start_button) {
    writer.raw(
        "<svg class=\"govuk-button__start-icon\" xmlns=\"http://www.w3.org/2000/svg\" width=\"17.5\" height=\"19\" "
        "viewBox=\"0 0 33 40\" aria-hidden=\"true\" focusable=\"false\">"
        "<path fill=\"currentColor\" d=\"M0 0h13l20 20-20 20H0l20-20z\"/></svg>");
  }
  writer.raw(link ? html::Literal("</a>") : html::Literal("</button>"));
}

void render(Writer& writer, const ExitThisPageParams& params) {
  writer.raw("<div");
  parts::add_attribute(writer, "id", params.id);
  writer.raw(" class=\"govuk-exit-this-page");
  parts::add_classes(writer, params.classes);
  writer.raw("\" data-module=\"govuk-exit-this-page\"").attributes(params.attributes);
  parts::add_attribute(writer, "data-i18n.activated", params.activated_text);
  parts::add_attribute(writer, "data-i18n.timed-out", params.timed_out_text);
  parts::add_attribute(writer, "data-i18n.press-two-more-times", params.press_two_more_times_text);
  parts::add_attribute(writer, "data-i18n.press-one-more-time", params.press_one_more_time_text);
  writer.raw(">");
  Content text = params.text;
  if (text.empty()) {
    Writer inner(writer.language());
    inner.raw("<span class=\"govuk-visually-hidden\">").put(Content(tr("Emergency"))).raw("</span> ");
    inner.put(Content(tr("Exit this page")));
    text = inner.take();
  }
  render(writer,
         ButtonParams{.text = text,
                      .href = parts::or_else(params.redirect_url, "https://www.bbc.co.uk/weather"),
                      .classes = "govuk-button--warning govuk-exit-this-page__button govuk-js-exit-this-page-button",
                      .attributes = {{"rel", "nofollow noreferrer"}}});
  writer.raw("</div>");
}

}  // namespace tithing::govuk
