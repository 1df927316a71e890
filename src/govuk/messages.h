// What a page says to its reader: cookie-banner, details, feedback, inset-text, notification-banner, panel,
// phase-banner, tag, warning-text.
#pragma once

#include "govuk/common.h"

namespace tithing::govuk {

struct TagParams {
  Content text = {};
  std::string classes = {};  // govuk-tag--grey, --green, --teal, --blue, --purple, --magenta, --red, --orange, --yellow
  Attributes attributes = {};
};
void render(Writer& writer, const TagParams& params);

struct InsetTextParams {
  Content text = {};
  std::string id = {};
  std::string classes = {};
  Attributes attributes = {};
};
void render(Writer& writer, const InsetTextParams& params);

struct WarningTextParams {
  Content text = {};
  Content icon_fallback_text = {};  // "Warning" unless given
  std::string classes = {};
  Attributes attributes = {};
};
void render(Writer& writer, const WarningTextParams& params);

struct DetailsParams {
  Content summary = {};  // summaryText or summaryHtml
  Content text = {};
  std::string id = {};
  bool open = false;
  std::string classes = {};
  Attributes attributes = {};
};
void render(Writer& writer, const DetailsParams& params);

struct FeedbackParams {
  Content title = {};
  Content text = {};
  int heading_level = 2;
  std::string classes = {};
  Attributes attributes = {};
};
void render(Writer& writer, const FeedbackParams& params);

struct NotificationBannerParams {
  Content text = {};
  Content title = {};  // "Important", or "Success" for type "success", unless given
  int title_heading_level = 2;
  std::string type = {};  // "success", or none
  std::string role = {};
  std::string title_id = {};
  std::optional<bool> disable_auto_focus = {};
  std::string classes = {};
  Attributes attributes = {};
};
void render(Writer& writer, const NotificationBannerParams& params);

struct PanelAction {
  Content text = {};
  Url href = {};
  std::string type = {};
  std::string classes = {};
  Attributes attributes = {};
};

struct PanelActions {
  std::vector<PanelAction> items = {};
  std::string classes = {};
  Attributes attributes = {};
};

struct PanelParams {
  Content title = {};
  int heading_level = 1;
  Content text = {};
  std::optional<PanelActions> actions = {};  // only with the class govuk-panel--interruption
  std::string classes = {};
  Attributes attributes = {};
};
void render(Writer& writer, const PanelParams& params);

struct PhaseBannerParams {
  Content text = {};
  TagParams tag = {};
  std::string classes = {};
  Attributes attributes = {};
};
void render(Writer& writer, const PhaseBannerParams& params);

struct CookieBannerAction {
  Content text = {};
  std::string type = {};
  Url href = {};
  std::string name = {};
  std::string value = {};
  std::string classes = {};
  Attributes attributes = {};
};

struct CookieBannerMessage {
  Content heading = {};
  Content text = {};
  std::vector<CookieBannerAction> actions = {};
  bool hidden = false;
  std::string role = {};
  std::string classes = {};
  Attributes attributes = {};
};

struct CookieBannerParams {
  Content aria_label = {};  // "Cookie banner" unless given
  bool hidden = false;
  std::string classes = {};
  Attributes attributes = {};
  std::vector<CookieBannerMessage> messages = {};
};
void render(Writer& writer, const CookieBannerParams& params);

}  // namespace tithing::govuk
