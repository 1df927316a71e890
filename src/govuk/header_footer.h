// generic-header, header and footer as GOV.UK has them. The crown, the GOV.UK logotype and the licence's symbol are
// marks of others and are not part of this program: whoever may show them gives them. Tithing's own pages use
// govuk/page.h.
#pragma once

#include "govuk/common.h"

namespace tithing::govuk {

struct GenericHeaderParams {
  Content logo = {};
  Url url = {};                        // "/" unless given
  std::string container_classes = {};  // "govuk-width-container" unless given
  std::string classes = {};
  Attributes attributes = {};
};
void render(Writer& writer, const GenericHeaderParams& params);

struct HeaderParams {
  Markup logotype = {};
  Url homepage_url = {};  // "//gov.uk" unless given
  Content product_name = {};
  std::string container_classes = {};
  std::string classes = {};
  Attributes attributes = {};
};
void render(Writer& writer, const HeaderParams& params);

struct FooterLink {
  Content text = {};
  Url href = {};
  Attributes attributes = {};
};

struct FooterNavigation {
  Content title = {};
  int columns = 0;
  std::string width = {};  // "full" unless given: "one-half", "two-thirds", ...
  std::vector<FooterLink> items = {};
};

struct FooterMeta {
  Content visually_hidden_title = {};  // "Support links" unless given
  Content text = {};
  std::vector<FooterLink> items = {};
};

struct FooterParams {
  Markup crown = {};
  Markup licence_logo = {};
  std::optional<FooterMeta> meta = {};
  std::vector<FooterNavigation> navigation = {};
  Content content_licence = {};  // the Open Government Licence unless given
  bool without_content_licence = false;
  Content copyright = {};  // Crown copyright unless given
  std::string container_classes = {};
  std::string classes = {};
  Attributes attributes = {};
};
void render(Writer& writer, const FooterParams& params);

}  // namespace tithing::govuk
