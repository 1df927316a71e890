// The parts of a form's field: label, hint, error-message, fieldset, the group around them, and the error-summary.
#pragma once

#include "govuk/common.h"

namespace tithing::govuk {

struct LabelParams {
  Content text = {};
  std::string for_id = {};  // `for` in GOV.UK: the id of the field; the field's component sets it
  bool is_page_heading = false;
  std::string classes = {};
  Attributes attributes = {};
};
void render(Writer& writer, const LabelParams& params);  // nothing when there is no text

struct HintParams {
  Content text = {};
  std::string id = {};
  std::string classes = {};
  Attributes attributes = {};
};
void render(Writer& writer, const HintParams& params);

struct ErrorMessageParams {
  Content text = {};
  std::string id = {};
  std::string classes = {};
  Attributes attributes = {};
  std::optional<Content> visually_hidden_text = {};  // "Error" unless given; empty for none
};
void render(Writer& writer, const ErrorMessageParams& params);

struct LegendParams {
  Content text = {};
  bool is_page_heading = false;
  std::string classes = {};
};

struct FieldsetParams {
  LegendParams legend = {};
  std::string described_by = {};
  std::string classes = {};
  std::string role = {};
  Attributes attributes = {};
  Markup html = {};  // what stands inside; radios, checkboxes and date-input fill it themselves
};
void render(Writer& writer, const FieldsetParams& params);

// The <div> around a field. For radios, checkboxes and date-input, `before_input` is their `beforeInputs`.
struct FormGroupParams {
  std::string classes = {};
  Attributes attributes = {};
  Content before_input = {};
  Content after_input = {};
};

struct ErrorSummaryItem {
  Content text = {};
  Url href = {};
  Attributes attributes = {};
};

struct ErrorSummaryParams {
  Content title = {};
  Content description = {};
  std::vector<ErrorSummaryItem> error_list = {};
  std::optional<bool> disable_auto_focus = {};
  std::string classes = {};
  Attributes attributes = {};
};
void render(Writer& writer, const ErrorSummaryParams& params);

}  // namespace tithing::govuk
