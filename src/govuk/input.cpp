#include "govuk/input.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "govuk/button.h"
#include "govuk/parts.h"

namespace tithing::govuk {
namespace {

void put_affix(Writer& writer, const InputAffix& affix, html::Literal kind) {
  writer.raw("<div class=\"govuk-input__").raw(kind);
  parts::add_classes(writer, affix.classes);
  writer.raw("\" aria-hidden=\"true\"").attributes(affix.attributes).raw(">").put(affix.text).raw("</div>");
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace

void render(Writer& writer, const InputParams& params) {
  const std::string& id = params.id.empty() ? params.name : params.id;
  std::string described_by = params.described_by;
  const parts::Description description = parts::add_description(described_by, id, params.hint, params.error_message);
  parts::open_form_group(writer, params.form_group, description.error);
  parts::put_label(writer, params.label, id);
  parts::put_description(writer, description, params.hint, params.error_message);

  const FormGroupParams& group = params.form_group;
  const bool wrapped = !params.prefix.text.empty() || !params.suffix.text.empty() || !group.before_input.empty() ||
                       !group.after_input.empty();
  if (wrapped) {
    writer.raw("<div class=\"govuk-input__wrapper");
    parts::add_classes(writer, params.input_wrapper.classes);
    writer.raw("\"").attributes(params.input_wrapper.attributes).raw(">");
    writer.put(group.before_input);
    if (!params.prefix.text.empty()) put_affix(writer, params.prefix, "prefix");
  }
  writer.raw("<input class=\"govuk-input");
  parts::add_classes(writer, params.classes);
  if (description.error) writer.raw(" govuk-input--error");
  writer.raw("\"")
      .attribute("id", id)
      .attribute("name", params.name)
      .attribute("type", parts::or_else(params.type, "text"));
  parts::add_choice(writer, "spellcheck", params.spellcheck);
  if (params.value) writer.attribute("value", *params.value);
  if (params.disabled) writer.raw(" disabled");
  parts::add_attribute(writer, "aria-describedby", described_by);
  parts::add_attribute(writer, "autocomplete", params.autocomplete);
  parts::add_attribute(writer, "autocapitalize", params.autocapitalize);
  parts::add_attribute(writer, "pattern", params.pattern);
  parts::add_attribute(writer, "inputmode", params.inputmode);
  writer.attributes(params.attributes).raw(">");
  if (wrapped) {
    if (!params.suffix.text.empty()) put_affix(writer, params.suffix, "suffix");
    writer.put(group.after_input).raw("</div>");
  }
  writer.raw("</div>");
}

void render(Writer& writer, const PasswordInputParams& params) {
  const std::string& id = params.id.empty() ? params.name : params.id;
  const std::string& language = writer.language();
  FormGroupParams group = params.form_group;
  group.classes = parts::with_classes("govuk-password-input", params.form_group.classes);
  group.attributes = {{"data-module", "govuk-password-input"}};
  parts::add_translation(group.attributes, "show-password", params.show_password_text.plain(language));
  parts::add_translation(group.attributes, "hide-password", params.hide_password_text.plain(language));
  parts::add_translation(group.attributes, "show-password-aria-label",
                         params.show_password_aria_label_text.plain(language));
  parts::add_translation(group.attributes, "hide-password-aria-label",
                         params.hide_password_aria_label_text.plain(language));
  parts::add_translation(group.attributes, "password-shown-announcement",
                         params.password_shown_announcement_text.plain(language));
  parts::add_translation(group.attributes, "password-hidden-announcement",
                         params.password_hidden_announcement_text.plain(language));
  parts::append(group.attributes, params.form_group.attributes);

  Writer after(language);
  render(after,
         ButtonParams{
             .text = parts::or_else(params.show_password_text, tr("Show")),
             .type = "button",
             .classes = parts::with_classes(
                 "govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle",
                 params.button.classes),
             .attributes = {{"aria-controls", id},
                            {"aria-label",
                             parts::or_else(params.show_password_aria_label_text, tr("Show password")).plain(language)},
                            {"hidden", true}}});
  after.put(params.form_group.after_input);
  group.after_input = after.take();

  render(writer, InputParams{.id = id,
                             .name = params.name,
                             .type = "password",
                             .value = params.value,
                             .disabled = params.disabled,
                             .described_by = params.described_by,
                             .label = params.label,
                             .hint = params.hint,
                             .error_message = params.error_message,
                             .form_group = group,
                             .input_wrapper = {.classes = "govuk-password-input__wrapper"},
                             .classes = parts::with_classes("govuk-password-input__input govuk-js-password-input-input",
                                                            params.classes),
                             .autocomplete = std::string(parts::or_else(params.autocomplete, "current-password")),
                             .spellcheck = false,
                             .autocapitalize = "none",
                             .attributes = params.attributes});
}

namespace {

// Which of the three usual fields an item is, by its name; their values and widths differ.
enum class DatePart { day, month, year, other };

struct DateFields {
  std::vector<DateInputItem> items;
  DateInputItem day, month, year;
  bool any_error = false;
};

std::optional<std::string> value_named(const DateInputParams& params, const std::string& name) {
  for (const auto& [key, value] : params.values) {
    if (key == name) return value;
  }
  return std::nullopt;
}

DateInputItem usual_item(const DateInputParams& params, const std::optional<DateInputItem>& given, const char* name,
                         const char* classes) {
  if (given) return *given;
  DateInputItem item;
  item.name = name;
  item.value = value_named(params, name);
  item.classes = classes;
  return item;
}

bool has_error(const DateInputItem& item) {
  return item.error.value_or(false) || contains(item.classes, "govuk-input--error");
}

DateFields date_fields(const DateInputParams& params) {
  DateFields fields;
  fields.day = usual_item(params, params.day, "day", "govuk-input--width-2");
  fields.month = usual_item(params, params.month, "month", "govuk-input--width-2");
  fields.year = usual_item(params, params.year, "year", "govuk-input--width-4");
  if (fields.day.name.empty()) fields.day.name = "day";
  if (fields.month.name.empty()) fields.month.name = "month";
  if (fields.year.name.empty()) fields.year.name = "year";
  fields.items = params.items;
  if (fields.items.empty()) {
    if (!params.without_day) fields.items.push_back(fields.day);
    if (!params.without_month) fields.items.push_back(fields.month);
    if (!params.without_year) fields.items.push_back(fields.year);
  }
  fields.any_error = std::any_of(fields.items.begin(), fields.items.end(), has_error);
  return fields;
}

DatePart part_of(const DateFields& fields, const DateInputItem& item) {
  if (item.name.empty()) return DatePart::other;
  if (item.name == "day" || item.name == fields.day.name) return DatePart::day;
  if (item.name == "month" || item.name == fields.month.name) return DatePart::month;
  if (item.name == "year" || item.name == fields.year.name) return DatePart::year;
  return DatePart::other;
}

Content date_label(const DateInputItem& item) {
  if (!item.label.empty()) return item.label;
  if (item.name == "day") return tr("Day");
  if (item.name == "month") return tr("Month");
  if (item.name == "year") return tr("Year");
  std::string label = lowered(item.name);
  if (!label.empty() && label[0] >= 'a' && label[0] <= 'z') label[0] = static_cast<char>(label[0] - 'a' + 'A');
  return label;
}

void put_date_item(Writer& writer, const DateInputParams& params, const DateFields& fields, const DateInputItem& item) {
  const DatePart part = part_of(fields, item);
  std::optional<std::string> value = item.value;
  if (!value && part == DatePart::day) value = fields.day.value;
  if (!value && part == DatePart::month) value = fields.month.value;
  if (!value && part == DatePart::year) value = fields.year.value;
  const std::string name = params.name_prefix.empty() ? item.name : params.name_prefix + "-" + item.name;
  if (!value) value = value_named(params, name);

  const bool all_wrong = item.error.value_or(true) && !params.error_message.text.empty() && !fields.any_error;
  std::string classes;
  if (!contains(item.classes, "govuk-input--error") && (has_error(item) || all_wrong)) classes = "govuk-input--error";
  if (!contains(item.classes, "govuk-input--width-")) {
    classes = parts::with_classes(classes, part == DatePart::year ? "govuk-input--width-4" : "govuk-input--width-2");
  }
  classes = parts::with_classes(classes, item.classes);

  writer.raw("<div class=\"govuk-date-input__item\">");
  render(writer, InputParams{.id = item.id.empty() ? params.id + "-" + item.name : item.id,
                             .name = name,
                             .inputmode = std::string(parts::or_else(item.inputmode, "numeric")),
                             .value = value,
                             .label = {.text = date_label(item), .classes = "govuk-date-input__label"},
                             .classes = parts::with_classes("govuk-date-input__input", classes),
                             .autocomplete = item.autocomplete,
                             .pattern = item.pattern,
                             .attributes = item.attributes});
  writer.raw("</div>");
}

}  // namespace

void render(Writer& writer, const DateInputParams& params) {
  const DateFields fields = date_fields(params);
  std::string described_by = params.fieldset ? params.fieldset->described_by : "";
  const parts::Description description =
      parts::add_description(described_by, params.id, params.hint, params.error_message);
  parts::open_form_group(writer, params.form_group, description.error);
  if (params.fieldset) {
    // Some screen readers leave out the description of a fieldset of text fields unless its role is group.
    FieldsetParams fieldset = *params.fieldset;
    fieldset.described_by = described_by;
    fieldset.role = "group";
    parts::open_fieldset(writer, fieldset);
  }
  parts::put_description(writer, description, params.hint, params.error_message);
  writer.raw("<div class=\"govuk-date-input");
  parts::add_classes(writer, params.classes);
  writer.raw("\"").attributes(params.attributes);
  parts::add_attribute(writer, "id", params.id);
  writer.raw(">").put(params.form_group.before_input);
  for (const DateInputItem& item : fields.items) put_date_item(writer, params, fields, item);
  writer.put(params.form_group.after_input).raw("</div>");
  if (params.fieldset) writer.raw("</fieldset>");
  writer.raw("</div>");
}

void render(Writer& writer, const FileUploadParams& params) {
  const std::string& id = params.id.empty() ? params.name : params.id;
  std::string described_by = params.described_by;
  const parts::Description description = parts::add_description(described_by, id, params.hint, params.error_message);
  parts::open_form_group(writer, params.form_group, description.error);
  parts::put_label(writer, params.label, id);
  parts::put_description(writer, description, params.hint, params.error_message);
  writer.put(params.form_group.before_input);
  if (params.javascript) {
    Attributes texts;
    parts::add_translation(texts, "choose-files-button", params.choose_files_button_text);
    parts::add_translation(texts, "no-file-chosen", params.no_file_chosen_text);
    parts::add_translations(texts, "multiple-files-chosen", params.multiple_files_chosen_text);
    parts::add_translation(texts, "drop-instruction", params.drop_instruction_text);
    parts::add_translation(texts, "entered-drop-zone", params.entered_drop_zone_text);
    parts::add_translation(texts, "left-drop-zone", params.left_drop_zone_text);
    writer.raw("<div class=\"govuk-file-upload-wrapper");
    parts::add_classes(writer, params.wrapper_classes);
    writer.raw("\" data-module=\"govuk-file-upload\"").attributes(texts).attributes(params.wrapper_attributes).raw(">");
  }
  writer.raw("<input class=\"govuk-file-upload");
  parts::add_classes(writer, params.classes);
  if (description.error) writer.raw(" govuk-file-upload--error");
  writer.raw("\"").attribute("id", id).attribute("name", params.name).raw(" type=\"file\"");
  if (params.disabled) writer.raw(" disabled");
  if (params.multiple) writer.raw(" multiple");
  parts::add_attribute(writer, "aria-describedby", described_by);
  writer.attributes(params.attributes).raw(">");
  if (params.javascript) writer.raw("</div>");
  writer.put(params.form_group.after_input).raw("</div>");
}

void render(Writer& writer, const SelectParams& params) {
  const std::string& id = params.id.empty() ? params.name : params.id;
  std::string described_by = params.described_by;
  const parts::Description description = parts::add_description(described_by, id, params.hint, params.error_message);
  parts::open_form_group(writer, params.form_group, description.error);
  parts::put_label(writer, params.label, id);
  parts::put_description(writer, description, params.hint, params.error_message);
  writer.put(params.form_group.before_input);
  writer.raw("<select class=\"govuk-select");
  parts::add_classes(writer, params.classes);
  if (description.error) writer.raw(" govuk-select--error");
  writer.raw("\"").attribute("id", id).attribute("name", params.name);
  if (params.disabled) writer.raw(" disabled");
  parts::add_attribute(writer, "aria-describedby", described_by);
  writer.attributes(params.attributes).raw(">");
  for (const SelectItem& item : params.items) {
    const std::string text = item.text.plain(writer.language());
    const bool chosen = !params.value.empty() && item.value.value_or(text) == params.value;
    writer.raw("<option");
    if (item.value) writer.attribute("value", *item.value);
    if (item.selected.value_or(chosen)) writer.raw(" selected");
    if (item.disabled) writer.raw(" disabled");
    writer.attributes(item.attributes).raw(">").text(text).raw("</option>");
  }
  writer.raw("</select>").put(params.form_group.after_input).raw("</div>");
}

}  // namespace tithing::govuk
