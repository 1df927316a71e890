#include "govuk/field.h"

#include "govuk/parts.h"

namespace tithing::govuk {
namespace parts {

std::string with_classes(std::string_view first, std::string_view further) {
  std::string out(first);
  if (!further.empty()) {
    if (!out.empty()) out += ' ';
    out += further;
  }
  return out;
}

void add_attribute(Writer& writer, html::Literal name, std::string_view value) {
  if (!value.empty()) writer.attribute(name, value);
}

void add_label(Writer& writer, html::Literal name, const Content& value) {
  writer.attribute(name, value.plain(writer.language()));
}

void add_choice(Writer& writer, html::Literal name, const std::optional<bool>& value) {
  if (value) writer.attribute(name, *value ? "true" : "false");
}

void add_translation(Attributes& attributes, std::string_view key, std::string_view message) {
  if (!message.empty()) attributes.emplace_back("data-i18n." + std::string(key), message);
}

void add_translations(Attributes& attributes, std::string_view key, const Plurals& messages) {
  for (const auto& [rule, message] : messages)
    attributes.emplace_back("data-i18n." + std::string(key) + "." + rule, message);
}

void append(Attributes& attributes, const Attributes& further) {
  attributes.insert(attributes.end(), further.begin(), further.end());
}

void open_heading(Writer& writer, int level, std::string_view classes) {
  writer.raw("<h").text(std::to_string(level)).attribute("class", classes).raw(">");
}

void close_heading(Writer& writer, int level) { writer.raw("</h").text(std::to_string(level)).raw(">"); }

void open_form_group(Writer& writer, const FormGroupParams& group, bool error) {
  writer.raw("<div class=\"govuk-form-group");
  if (error) writer.raw(" govuk-form-group--error");
  add_classes(writer, group.classes);
  writer.raw("\"").attributes(group.attributes).raw(">");
}

void open_fieldset(Writer& writer, const FieldsetParams& fieldset) {
  writer.raw("<fieldset class=\"govuk-fieldset");
  add_classes(writer, fieldset.classes);
  writer.raw("\"");
  add_attribute(writer, "role", fieldset.role);
  add_attribute(writer, "aria-describedby", fieldset.described_by);
  writer.attributes(fieldset.attributes).raw(">");
  if (fieldset.legend.text.empty()) return;
  writer.raw("<legend class=\"govuk-fieldset__legend");
  add_classes(writer, fieldset.legend.classes);
  writer.raw("\">");
  if (fieldset.legend.is_page_heading) writer.raw("<h1 class=\"govuk-fieldset__heading\">");
  writer.put(fieldset.legend.text);
  if (fieldset.legend.is_page_heading) writer.raw("</h1>");
  writer.raw("</legend>");
}

void describe(std::string& described_by, std::string_view id) {
  if (id.empty()) return;
  if (!described_by.empty()) described_by += ' ';
  described_by += id;
}

Description add_description(std::string& described_by, std::string_view id, const HintParams& hint,
                            const ErrorMessageParams& error) {
  Description description;
  description.hint = !hint.text.empty();
  description.error = !error.text.empty();
  if (description.hint) {
    description.hint_id = std::string(id) + "-hint";
    describe(described_by, description.hint_id);
  }
  if (description.error) {
    description.error_id = std::string(id) + "-error";
    describe(described_by, description.error_id);
  }
  return description;
}

void put_description(Writer& writer, const Description& description, const HintParams& hint,
                     const ErrorMessageParams& error) {
  if (description.hint) {
    HintParams params = hint;
    params.id = description.hint_id;
    render(writer, params);
  }
  if (description.error) {
    ErrorMessageParams params = error;
    params.id = description.error_id;
    render(writer, params);
  }
}

void put_label(Writer& writer, const LabelParams& label, const std::string& for_id) {
  LabelParams params = label;
  params.for_id = for_id;
  render(writer, params);
}

}  // namespace parts

void render(Writer& writer, const LabelParams& params) {
  if (params.text.empty()) return;
  if (params.is_page_heading) writer.raw("<h1 class=\"govuk-label-wrapper\">");
  writer.raw("<label class=\"govuk-label");
  parts::add_classes(writer, params.classes);
  writer.raw("\"").attributes(params.attributes);
  parts::add_attribute(writer, "for", params.for_id);
  writer.raw(">").put(params.text).raw("</label>");
  if (params.is_page_heading) writer.raw("</h1>");
}

void render(Writer& writer, const HintParams& params) {
  writer.raw("<div");
  parts::add_attribute(writer, "id", params.id);
  writer.raw(" class=\"govuk-hint");
  parts::add_classes(writer, params.classes);
  writer.raw("\"").attributes(params.attributes).raw(">").put(params.text).raw("</div>");
}

void render(Writer& writer, const ErrorMessageParams& params) {
  writer.raw("<p");
  parts::add_attribute(writer, "id", params.id);
  writer.raw(" class=\"govuk-error-message");
  parts::add_classes(writer, params.classes);
  writer.raw("\"").attributes(params.attributes).raw(">");
  const Content hidden = params.visually_hidden_text.value_or(Content(tr("Error")));
  if (!hidden.empty()) writer.raw("<span class=\"govuk-visually-hidden\">").put(hidden).raw(":</span> ");
  writer.put(params.text).raw("</p>");
}

void render(Writer& writer, const FieldsetParams& params) {
  parts::open_fieldset(writer, params);
  writer.put(params.html).raw("</fieldset>");
}

void render(Writer& writer, const ErrorSummaryParams& params) {
  writer.raw("<div class=\"govuk-error-summary");
  parts::add_classes(writer, params.classes);
  writer.raw("\"");
  parts::add_choice(writer, "data-disable-auto-focus", params.disable_auto_focus);
  writer.attributes(params.attributes).raw(" data-module=\"govuk-error-summary\"><div role=\"alert\">");
  writer.raw("<h2 class=\"govuk-error-summary__title\">").put(params.title).raw("</h2>");
  writer.raw("<div class=\"govuk-error-summary__body\">");
  if (!params.description.empty()) writer.raw("<p>").put(params.description).raw("</p>");
  if (!params.error_list.empty()) {
    writer.raw("<ul class=\"govuk-list govuk-error-summary__list\">");
    for (const ErrorSummaryItem& item : params.error_list) {
      writer.raw("<li>");
      if (item.href.empty()) {
        writer.put(item.text);
      } else {
        writer.raw("<a").attribute("href", item.href).attributes(item.attributes).raw(">").put(item.text).raw("</a>");
      }
      writer.raw("</li>");
    }
    writer.raw("</ul>");
  }
  writer.raw("</div></div></div>");
}

}  // namespace tithing::govuk
