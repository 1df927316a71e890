// radios and checkboxes.
#pragma once

#include "govuk/field.h"

namespace tithing::govuk {

// The `label` option of a radio or a checkbox: its text is the item's.
struct ChoiceLabel {
  std::string classes = {};
  Attributes attributes = {};
};

struct RadiosItem {
  Content text = {};
  std::string value = {};
  HintParams hint = {};
  std::optional<bool> checked = {};
  Markup conditional = {};  // shown while the item is chosen; always shown without script
  std::string id = {};
  bool disabled = false;
  Content divider = {};  // "or": the item is this word alone
  ChoiceLabel label = {};
  Attributes attributes = {};
  bool omitted = false;  // left out, but counted in the numbering of ids
};

struct RadiosParams {
  std::string name = {};
  std::vector<RadiosItem> items = {};
  std::string value = {};  // the value of the item that is chosen
  std::string id_prefix = {};
  std::optional<FieldsetParams> fieldset = {};
  HintParams hint = {};
  ErrorMessageParams error_message = {};
  FormGroupParams form_group = {};
  std::string classes = {};  // govuk-radios--inline, govuk-radios--small
  Attributes attributes = {};
};
void render(Writer& writer, const RadiosParams& params);

struct CheckboxesItem {
  Content text = {};
  std::string value = {};
  std::string name = {};  // the name of all of them unless given
  HintParams hint = {};
  std::optional<bool> checked = {};
  Markup conditional = {};
  std::string id = {};
  bool disabled = false;
  Content divider = {};
  std::string behaviour = {};  // "exclusive": none of these
  ChoiceLabel label = {};
  Attributes attributes = {};
  bool omitted = false;  // left out, but counted in the numbering of ids
};

struct CheckboxesParams {
  std::string name = {};
  std::vector<CheckboxesItem> items = {};
  std::vector<std::string> values = {};  // the values of the items that are chosen
  std::string id_prefix = {};
  std::string described_by = {};
  std::optional<FieldsetParams> fieldset = {};
  HintParams hint = {};
  ErrorMessageParams error_message = {};
  FormGroupParams form_group = {};
  std::string classes = {};
  Attributes attributes = {};
};
void render(Writer& writer, const CheckboxesParams& params);

}  // namespace tithing::govuk
