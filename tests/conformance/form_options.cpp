// Components of forms.
#include "option.h"

#include "govuk/components.h"

namespace tithing::conformance {
namespace {

// In the macros an error message or a hint is there when its option is, even an empty one; ours are there when they
// have text.

govuk::LabelParams label(const Option& o) {
  return {.text = content(o),
          .for_id = o["for"].text(),
          .is_page_heading = o["isPageHeading"].truthy(),
          .classes = o["classes"].text(),
          .attributes = attributes(o["attributes"])};
}
govuk::HintParams hint(const Option& o) {
  return {.text = content(o),
          .id = o["id"].text(),
          .classes = o["classes"].text(),
          .attributes = attributes(o["attributes"])};
}
govuk::ErrorMessageParams error_message(const Option& o) {
  govuk::ErrorMessageParams params{.text = content(o),
                                   .id = o["id"].text(),
                                   .classes = o["classes"].text(),
                                   .attributes = attributes(o["attributes"])};
  if (o["visuallyHiddenText"].given()) params.visually_hidden_text = Content(o["visuallyHiddenText"].text());
  return params;
}
govuk::FieldsetParams fieldset(const Option& o) {
  const Option legend = o["legend"];
  return {.legend = {.text = content(legend),
                     .is_page_heading = legend["isPageHeading"].truthy(),
                     .classes = legend["classes"].text()},
          .described_by = o["describedBy"].text(),
          .classes = o["classes"].text(),
          .role = o["role"].text(),
          .attributes = attributes(o["attributes"]),
          .html = o["html"].markup()};
}
std::optional<govuk::FieldsetParams> optional_fieldset(const Option& o) {
  if (!o.truthy()) return std::nullopt;
  return fieldset(o);
}
govuk::FormGroupParams form_group(const Option& o) {
  const bool several = o["beforeInputs"].given() || o["afterInputs"].given();
  return {.classes = o["classes"].text(),
          .attributes = attributes(o["attributes"]),
          .before_input = content(several ? o["beforeInputs"] : o["beforeInput"]),
          .after_input = content(several ? o["afterInputs"] : o["afterInput"])};
}

std::string button(const Option& o, std::string_view) {
  return html_of(govuk::ButtonParams{.text = content(o),
                                     .name = o["name"].text(),
                                     .type = o["type"].text(),
                                     .value = o["value"].text(),
                                     .disabled = o["disabled"].truthy(),
                                     .href = o["href"].url(),
                                     .id = o["id"].text(),
                                     .classes = o["classes"].text(),
                                     .attributes = attributes(o["attributes"]),
                                     .prevent_double_click = o["preventDoubleClick"].optional_bool(),
                                     .is_start_button = o["isStartButton"].truthy()});
}

std::string character_count(const Option& o, std::string_view) {
  return html_of(govuk::CharacterCountParams{.id = o["id"].text(),
                                             .name = o["name"].text(),
                                             .rows = o["rows"].number(5),
                                             .value = o["value"].text(),
                                             .count_type = o["countType"].text(),
                                             .maxlength = o["maxlength"].optional_number(),
                                             .maxwords = o["maxwords"].optional_number(),
                                             .threshold = o["threshold"].optional_number(),
                                             .label = label(o["label"]),
                                             .hint = hint(o["hint"]),
                                             .error_message = error_message(o["errorMessage"]),
                                             .form_group = form_group(o["formGroup"]),
                                             .classes = o["classes"].text(),
                                             .attributes = attributes(o["attributes"]),
                                             .spellcheck = o["spellcheck"].optional_bool(),
                                             .count_message = {.classes = o["countMessage"]["classes"].text()},
                                             .textarea_description_text = o["textareaDescriptionText"].text(),
                                             .characters_under_limit_text = plurals(o["charactersUnderLimitText"]),
                                             .characters_at_limit_text = o["charactersAtLimitText"].text(),
                                             .characters_over_limit_text = plurals(o["charactersOverLimitText"]),
                                             .words_under_limit_text = plurals(o["wordsUnderLimitText"]),
                                             .words_at_limit_text = o["wordsAtLimitText"].text(),
                                             .words_over_limit_text = plurals(o["wordsOverLimitText"])});
}

std::string checkboxes(const Option& o, std::string_view) {
  govuk::CheckboxesParams params{.name = o["name"].text(),
                                 .id_prefix = o["idPrefix"].text(),
                                 .described_by = o["describedBy"].text(),
                                 .fieldset = optional_fieldset(o["fieldset"]),
                                 .hint = hint(o["hint"]),
                                 .error_message = error_message(o["errorMessage"]),
                                 .form_group = form_group(o["formGroup"]),
                                 .classes = o["classes"].text(),
                                 .attributes = attributes(o["attributes"])};
  for (const Option& value : o["values"].elements()) params.values.push_back(value.text());
  for (const Option& item : o["items"].elements()) {
    params.items.push_back(
        {.text = content(item),
         .value = item["value"].text(),
         .name = item["name"].text(),
         .hint = hint(item["hint"]),
         .checked = item["checked"].optional_bool(),
         .conditional = item["conditional"]["html"].truthy() ? item["conditional"]["html"].markup() : Markup(),
         .id = item["id"].text(),
         .disabled = item["disabled"].truthy(),
         .divider = item["divider"].text(),
         .behaviour = item["behaviour"].text(),
         .label = {.classes = item["label"]["classes"].text(), .attributes = attributes(item["label"]["attributes"])},
         .attributes = attributes(item["attributes"]),
         .omitted = !item.truthy()});
  }
  return html_of(params);
}

govuk::DateInputItem date_item(const Option& o) {
  return {.name = o["name"].text(),
          .label = o["label"].text(),
          .value = o["value"].optional_text(),
          .error = o["error"].optional_bool(),
          .id = o["id"].text(),
          .inputmode = o["inputmode"].text(),
          .autocomplete = o["autocomplete"].text(),
          .pattern = o["pattern"].text(),
          .classes = o["classes"].text(),
          .attributes = attributes(o["attributes"])};
}

std::string date_input(const Option& o, std::string_view) {
  govuk::DateInputParams params{.id = o["id"].text(),
                                .name_prefix = o["namePrefix"].text(),
                                .without_day = o["day"].is_false(),
                                .without_month = o["month"].is_false(),
                                .without_year = o["year"].is_false(),
                                .hint = hint(o["hint"]),
                                .error_message = error_message(o["errorMessage"]),
                                .fieldset = optional_fieldset(o["fieldset"]),
                                .form_group = form_group(o["formGroup"]),
                                .classes = o["classes"].text(),
                                .attributes = attributes(o["attributes"])};
  if (o["day"].truthy()) params.day = date_item(o["day"]);
  if (o["month"].truthy()) params.month = date_item(o["month"]);
  if (o["year"].truthy()) params.year = date_item(o["year"]);
  if (const json::object* values = o["values"].object()) {
    for (const auto& [name, value] : *values) params.values.emplace_back(std::string(name), Option(&value).text());
  }
  for (const Option& item : o["items"].elements()) {
    if (item.truthy()) params.items.push_back(date_item(item));
  }
  return html_of(params);
}

std::string error_message_component(const Option& o, std::string_view) { return html_of(error_message(o)); }

std::string error_summary(const Option& o, std::string_view) {
  govuk::ErrorSummaryParams params{.title = content(o["titleHtml"], o["titleText"]),
                                   .description = content(o["descriptionHtml"], o["descriptionText"]),
                                   .disable_auto_focus = o["disableAutoFocus"].optional_bool(),
                                   .classes = o["classes"].text(),
                                   .attributes = attributes(o["attributes"])};
  for (const Option& item : o["errorList"].elements()) {
    params.error_list.push_back(
        {.text = content(item), .href = item["href"].url(), .attributes = attributes(item["attributes"])});
  }
  return html_of(params);
}

std::string fieldset_component(const Option& o, std::string_view) { return html_of(fieldset(o)); }

std::string file_upload(const Option& o, std::string_view) {
  return html_of(govuk::FileUploadParams{.name = o["name"].text(),
                                         .id = o["id"].text(),
                                         .disabled = o["disabled"].truthy(),
                                         .multiple = o["multiple"].truthy(),
                                         .described_by = o["describedBy"].text(),
                                         .label = label(o["label"]),
                                         .hint = hint(o["hint"]),
                                         .error_message = error_message(o["errorMessage"]),
                                         .form_group = form_group(o["formGroup"]),
                                         .javascript = o["javascript"].truthy(),
                                         .wrapper_classes = o["wrapperClasses"].text(),
                                         .wrapper_attributes = attributes(o["wrapperAttributes"]),
                                         .choose_files_button_text = o["chooseFilesButtonText"].text(),
                                         .drop_instruction_text = o["dropInstructionText"].text(),
                                         .multiple_files_chosen_text = plurals(o["multipleFilesChosenText"]),
                                         .no_file_chosen_text = o["noFileChosenText"].text(),
                                         .entered_drop_zone_text = o["enteredDropZoneText"].text(),
                                         .left_drop_zone_text = o["leftDropZoneText"].text(),
                                         .classes = o["classes"].text(),
                                         .attributes = attributes(o["attributes"])});
}

std::string hint_component(const Option& o, std::string_view) { return html_of(hint(o)); }

govuk::InputAffix affix(const Option& o) {
  return {.text = content(o), .classes = o["classes"].text(), .attributes = attributes(o["attributes"])};
}

std::string input(const Option& o, std::string_view) {
  return html_of(govuk::InputParams{.id = o["id"].text(),
                                    .name = o["name"].text(),
                                    .type = o["type"].text(),
                                    .inputmode = o["inputmode"].text(),
                                    .value = o["value"].optional_text(),
                                    .disabled = o["disabled"].truthy(),
                                    .described_by = o["describedBy"].text(),
                                    .label = label(o["label"]),
                                    .hint = hint(o["hint"]),
                                    .error_message = error_message(o["errorMessage"]),
                                    .prefix = affix(o["prefix"]),
                                    .suffix = affix(o["suffix"]),
                                    .form_group = form_group(o["formGroup"]),
                                    .input_wrapper = {.classes = o["inputWrapper"]["classes"].text(),
                                                      .attributes = attributes(o["inputWrapper"]["attributes"])},
                                    .classes = o["classes"].text(),
                                    .autocomplete = o["autocomplete"].text(),
                                    .pattern = o["pattern"].text(),
                                    .spellcheck = o["spellcheck"].optional_bool(),
                                    .autocapitalize = o["autocapitalize"].text(),
                                    .attributes = attributes(o["attributes"])});
}

std::string label_component(const Option& o, std::string_view) { return html_of(label(o)); }

std::string password_input(const Option& o, std::string_view) {
  return html_of(
      govuk::PasswordInputParams{.id = o["id"].text(),
                                 .name = o["name"].text(),
                                 .value = o["value"].optional_text(),
                                 .disabled = o["disabled"].truthy(),
                                 .described_by = o["describedBy"].text(),
                                 .label = label(o["label"]),
                                 .hint = hint(o["hint"]),
                                 .error_message = error_message(o["errorMessage"]),
                                 .form_group = form_group(o["formGroup"]),
                                 .classes = o["classes"].text(),
                                 .autocomplete = o["autocomplete"].text(),
                                 .attributes = attributes(o["attributes"]),
                                 .show_password_text = o["showPasswordText"].text(),
                                 .hide_password_text = o["hidePasswordText"].text(),
                                 .show_password_aria_label_text = o["showPasswordAriaLabelText"].text(),
                                 .hide_password_aria_label_text = o["hidePasswordAriaLabelText"].text(),
                                 .password_shown_announcement_text = o["passwordShownAnnouncementText"].text(),
                                 .password_hidden_announcement_text = o["passwordHiddenAnnouncementText"].text(),
                                 .button = {.classes = o["button"]["classes"].text()}});
}

std::string radios(const Option& o, std::string_view) {
  govuk::RadiosParams params{.name = o["name"].text(),
                             .value = o["value"].text(),
                             .id_prefix = o["idPrefix"].text(),
                             .fieldset = optional_fieldset(o["fieldset"]),
                             .hint = hint(o["hint"]),
                             .error_message = error_message(o["errorMessage"]),
                             .form_group = form_group(o["formGroup"]),
                             .classes = o["classes"].text(),
                             .attributes = attributes(o["attributes"])};
  for (const Option& item : o["items"].elements()) {
    params.items.push_back(
        {.text = content(item),
         .value = item["value"].text(),
         .hint = hint(item["hint"]),
         .checked = item["checked"].optional_bool(),
         .conditional = item["conditional"]["html"].truthy() ? item["conditional"]["html"].markup() : Markup(),
         .id = item["id"].text(),
         .disabled = item["disabled"].truthy(),
         .divider = item["divider"].text(),
         .label = {.classes = item["label"]["classes"].text(), .attributes = attributes(item["label"]["attributes"])},
         .attributes = attributes(item["attributes"]),
         .omitted = !item.truthy()});
  }
  return html_of(params);
}

std::string select(const Option& o, std::string_view) {
  govuk::SelectParams params{.id = o["id"].text(),
                             .name = o["name"].text(),
                             .value = o["value"].truthy() ? o["value"].text() : "",
                             .disabled = o["disabled"].truthy(),
                             .described_by = o["describedBy"].text(),
                             .label = label(o["label"]),
                             .hint = hint(o["hint"]),
                             .error_message = error_message(o["errorMessage"]),
                             .form_group = form_group(o["formGroup"]),
                             .classes = o["classes"].text(),
                             .attributes = attributes(o["attributes"])};
  for (const Option& item : o["items"].elements()) {
    if (!item.truthy()) continue;
    params.items.push_back({.value = item["value"].optional_text(),
                            .text = item["text"].text(),
                            .selected = item["selected"].optional_bool(),
                            .disabled = item["disabled"].truthy(),
                            .attributes = attributes(item["attributes"])});
  }
  return html_of(params);
}

std::string textarea(const Option& o, std::string_view) {
  return html_of(govuk::TextareaParams{.id = o["id"].text(),
                                       .name = o["name"].text(),
                                       .spellcheck = o["spellcheck"].optional_bool(),
                                       .rows = o["rows"].number(5),
                                       .value = o["value"].text(),
                                       .disabled = o["disabled"].truthy(),
                                       .described_by = o["describedBy"].text(),
                                       .label = label(o["label"]),
                                       .hint = hint(o["hint"]),
                                       .error_message = error_message(o["errorMessage"]),
                                       .form_group = form_group(o["formGroup"]),
                                       .classes = o["classes"].text(),
                                       .autocomplete = o["autocomplete"].text(),
                                       .attributes = attributes(o["attributes"])});
}

}  // namespace

const std::vector<NamedComponent>& form_components() {
  static const std::vector<NamedComponent> all = {
      {"button", button},
      {"character-count", character_count},
      {"checkboxes", checkboxes},
      {"date-input", date_input},
      {"error-message", error_message_component},
      {"error-summary", error_summary},
      {"fieldset", fieldset_component},
      {"file-upload", file_upload},
      {"hint", hint_component},
      {"input", input},
      {"label", label_component},
      {"password-input", password_input},
      {"radios", radios},
      {"select", select},
      {"textarea", textarea},
  };
  return all;
}

}  // namespace tithing::conformance
