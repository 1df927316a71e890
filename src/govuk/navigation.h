// Ways to move: back-link, breadcrumbs, language-navigation, pagination, service-navigation, skip-link.
#pragma once

#include "govuk/common.h"

namespace tithing::govuk {

struct BackLinkParams {
  Content text = {};  // "Back" unless given
  Url href = {};      // "#" unless given
  std::string classes = {};
  Attributes attributes = {};
};
void render(Writer& writer, const BackLinkParams& params);

struct BreadcrumbsItem {
  Content text = {};
  Url href = {};  // none: the page that is shown
  Attributes attributes = {};
};

struct BreadcrumbsParams {
  std::vector<BreadcrumbsItem> items = {};
  std::string classes = {};
  bool collapse_on_mobile = false;
  Attributes attributes = {};
  Content label_text = {};  // "Breadcrumb" unless given
};
void render(Writer& writer, const BreadcrumbsParams& params);

struct LanguageNavigationItem {
  Content text = {};
  Url href = {};
  bool current = false;
  std::string lang = {};
  std::string href_lang = {};
  std::string dir = {};
  Content language_description_text = {};
  std::string classes = {};
  Attributes attributes = {};
};

struct LanguageNavigationParams {
  std::vector<LanguageNavigationItem> items = {};
  Content aria_label = {};  // "Language" unless given
  std::string classes = {};
  Attributes attributes = {};
};
void render(Writer& writer, const LanguageNavigationParams& params);

struct PaginationItem {
  std::string number = {};
  Content visually_hidden_text = {};  // "Page 3" unless given
  Url href = {};
  bool current = false;
  bool ellipsis = false;
  Attributes attributes = {};
};

struct PaginationLink {
  Content text = {};        // "Previous page" or "Next page" unless given
  Content label_text = {};  // what is there; only without items
  Url href = {};            // none: no such link
  Attributes attributes = {};
};

struct PaginationParams {
  std::vector<PaginationItem> items = {};
  PaginationLink previous = {};
  PaginationLink next = {};
  Content landmark_label = {};  // "Pagination" unless given
  std::string classes = {};
  Attributes attributes = {};
};
void render(Writer& writer, const PaginationParams& params);

struct ServiceNavigationItem {
  Content text = {};
  Url href = {};
  bool current = false;  // this very page
  bool active = false;   // a page within it
  Attributes attributes = {};
};

struct ServiceNavigationSlots {
  Markup start = {};
  Markup end = {};
  bool end_inline = false;  // beside the links instead of below
  Markup navigation_start = {};
  Markup navigation_end = {};
};

struct ServiceNavigationParams {
  std::string classes = {};
  Attributes attributes = {};
  Content aria_label = {};  // "Service information" unless given
  Content menu_button_text = {};
  Content menu_button_label = {};
  Content navigation_label = {};
  std::string navigation_id = {};
  std::string navigation_classes = {};
  std::optional<bool> collapse_navigation_on_mobile = {};
  Content service_name = {};
  Url service_url = {};
  std::vector<ServiceNavigationItem> navigation = {};
  ServiceNavigationSlots slots = {};
};
void render(Writer& writer, const ServiceNavigationParams& params);

struct SkipLinkParams {
  Content text = {};
  Url href = {};  // "#content" unless given
  std::string classes = {};
  Attributes attributes = {};
};
void render(Writer& writer, const SkipLinkParams& params);

}  // namespace tithing::govuk
