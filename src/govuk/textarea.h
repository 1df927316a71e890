// Fields of several lines: textarea and character-count.
#pragma once

#include "govuk/field.h"

namespace tithing::govuk {

struct TextareaParams {
  std::string id = {};
  std::string name = {};
  std::optional<bool> spellcheck = {};
  int rows = 5;
  std::string value = {};
  bool disabled = false;
  std::string described_by = {};
  LabelParams label = {};
  HintParams hint = {};
  ErrorMessageParams error_message = {};
  FormGroupParams form_group = {};
  std::string classes = {};
  std::string autocomplete = {};
  Attributes attributes = {};
};
void render(Writer& writer, const TextareaParams& params);

struct CountMessage {
  std::string classes = {};
};

struct CharacterCountParams {
  std::string id = {};
  std::string name = {};
  int rows = 5;
  std::string value = {};
  std::string count_type = {};  // "characters" or "words"; "words" when only maxwords is given
  std::optional<int> maxlength = {};
  std::optional<int> maxwords = {};
  std::optional<int> threshold = {};  // per cent of the limit at which counting begins to show
  LabelParams label = {};
  HintParams hint = {};
  ErrorMessageParams error_message = {};
  FormGroupParams form_group = {};
  std::string classes = {};
  Attributes attributes = {};
  std::optional<bool> spellcheck = {};
  CountMessage count_message = {};
  std::string textarea_description_text = {};  // with %{count} where the limit stands
  Plurals characters_under_limit_text = {};
  std::string characters_at_limit_text = {};
  Plurals characters_over_limit_text = {};
  Plurals words_under_limit_text = {};
  std::string words_at_limit_text = {};
  Plurals words_over_limit_text = {};
};
void render(Writer& writer, const CharacterCountParams& params);

}  // namespace tithing::govuk
