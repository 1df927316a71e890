// Fields of one line, or of three: input, password-input, date-input, file-upload, select.
#pragma once

#include "govuk/field.h"

namespace tithing::govuk {

// The `prefix` or `suffix` of an input: "£", "per 1,000".
struct InputAffix {
  Content text = {};
  std::string classes = {};
  Attributes attributes = {};
};

struct InputWrapper {
  std::string classes = {};
  Attributes attributes = {};
};

struct InputParams {
  std::string id = {};  // the name unless given
  std::string name = {};
  std::string type = {};  // "text" unless given
  std::string inputmode = {};
  std::optional<std::string> value = {};
  bool disabled = false;
  std::string described_by = {};
  LabelParams label = {};
  HintParams hint = {};
  ErrorMessageParams error_message = {};
  InputAffix prefix = {};
  InputAffix suffix = {};
  FormGroupParams form_group = {};
  InputWrapper input_wrapper = {};
  std::string classes = {};  // govuk-input--width-2 to --width-30, govuk-!-width-one-half, ...
  std::string autocomplete = {};
  std::string pattern = {};
  std::optional<bool> spellcheck = {};
  std::string autocapitalize = {};
  Attributes attributes = {};
};
void render(Writer& writer, const InputParams& params);

struct PasswordInputButton {
  std::string classes = {};
};

struct PasswordInputParams {
  std::string id = {};
  std::string name = {};
  std::optional<std::string> value = {};
  bool disabled = false;
  std::string described_by = {};
  LabelParams label = {};
  HintParams hint = {};
  ErrorMessageParams error_message = {};
  FormGroupParams form_group = {};
  std::string classes = {};
  std::string autocomplete = {};  // "current-password" unless given
  Attributes attributes = {};
  Content show_password_text = {};
  Content hide_password_text = {};
  Content show_password_aria_label_text = {};
  Content hide_password_aria_label_text = {};
  Content password_shown_announcement_text = {};
  Content password_hidden_announcement_text = {};
  PasswordInputButton button = {};
};
void render(Writer& writer, const PasswordInputParams& params);

struct DateInputItem {
  std::string name = {};
  Content label = {};  // the name with a capital unless given
  std::optional<std::string> value = {};
  std::optional<bool> error = {};  // which of the three is wrong; all of them unless one says so
  std::string id = {};
  std::string inputmode = {};  // "numeric" unless given
  std::string autocomplete = {};
  std::string pattern = {};
  std::string classes = {};
  Attributes attributes = {};
};

struct DateInputParams {
  std::string id = {};
  std::string name_prefix = {};
  std::vector<std::pair<std::string, std::string>> values = {};  // by the name of the field, prefix included
  std::vector<DateInputItem> items = {};                         // instead of day, month and year
  std::optional<DateInputItem> day = {};
  std::optional<DateInputItem> month = {};
  std::optional<DateInputItem> year = {};
  bool without_day = false;  // `day: false` in GOV.UK: a month and a year
  bool without_month = false;
  bool without_year = false;
  HintParams hint = {};
  ErrorMessageParams error_message = {};
  std::optional<FieldsetParams> fieldset = {};
  FormGroupParams form_group = {};
  std::string classes = {};
  Attributes attributes = {};
};
void render(Writer& writer, const DateInputParams& params);

struct FileUploadParams {
  std::string name = {};
  std::string id = {};
  bool disabled = false;
  bool multiple = false;
  std::string described_by = {};
  LabelParams label = {};
  HintParams hint = {};
  ErrorMessageParams error_message = {};
  FormGroupParams form_group = {};
  bool javascript = false;  // the drop zone
  std::string wrapper_classes = {};
  Attributes wrapper_attributes = {};
  std::string choose_files_button_text = {};
  std::string drop_instruction_text = {};
  Plurals multiple_files_chosen_text = {};
  std::string no_file_chosen_text = {};
  std::string entered_drop_zone_text = {};
  std::string left_drop_zone_text = {};
  std::string classes = {};
  Attributes attributes = {};
};
void render(Writer& writer, const FileUploadParams& params);

struct SelectItem {
  std::optional<std::string> value = {};  // the text unless given
  Content text = {};
  std::optional<bool> selected = {};
  bool disabled = false;
  Attributes attributes = {};
};

struct SelectParams {
  std::string id = {};
  std::string name = {};
  std::vector<SelectItem> items = {};
  std::string value = {};  // the value of the item that is selected
  bool disabled = false;
  std::string described_by = {};
  LabelParams label = {};
  HintParams hint = {};
  ErrorMessageParams error_message = {};
  FormGroupParams form_group = {};
  std::string classes = {};
  Attributes attributes = {};
};
void render(Writer& writer, const SelectParams& params);

}  // namespace tithing::govuk
