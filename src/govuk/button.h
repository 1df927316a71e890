// button and exit-this-page.
#pragma once

#include "govuk/common.h"

namespace tithing::govuk {

struct ButtonParams {
  Content text = {};
  std::string name = {};
  std::string type = {};  // "submit" unless given
  std::string value = {};
  bool disabled = false;
  Url href = {};  // makes it a link that looks like a button
  std::string id = {};
  std::string classes = {};  // govuk-button--secondary, govuk-button--warning, govuk-button--inverse
  Attributes attributes = {};
  std::optional<bool> prevent_double_click = {};
  bool is_start_button = false;
};
void render(Writer& writer, const ButtonParams& params);

struct ExitThisPageParams {
  Content text = {};
  Url redirect_url = {};
  std::string id = {};
  std::string classes = {};
  Attributes attributes = {};
  std::string activated_text = {};
  std::string timed_out_text = {};
  std::string press_two_more_times_text = {};
  std::string press_one_more_time_text = {};
};
void render(Writer& writer, const ExitThisPageParams& params);

}  // namespace tithing::govuk
