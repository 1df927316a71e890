// Components of pages that are not forms.
#include "option.h"

#include "govuk/components.h"

namespace tithing::conformance {
namespace {

govuk::TagParams tag(const Option& o) {
  return {.text = content(o), .classes = o["classes"].text(), .attributes = attributes(o["attributes"])};
}

// The <svg> of `html` whose tag contains `part`.
Markup svg_with(std::string_view html, std::string_view part) {
  for (std::size_t start = html.find("<svg"); start != std::string_view::npos; start = html.find("<svg", start + 1)) {
    const std::size_t end = html.find("</svg>", start);
    if (end == std::string_view::npos) break;
    if (html.substr(start, html.find('>', start) - start).find(part) == std::string_view::npos) continue;
    return Markup::trusted(std::string(html.substr(start, end + 6 - start)));
  }
  return {};
}

std::string accordion(const Option& o, std::string_view) {
  govuk::AccordionParams params{.id = o["id"].text(),
                                .heading_level = o["headingLevel"].number(2),
                                .remember_expanded = o["rememberExpanded"].optional_bool(),
                                .hide_all_sections_text = o["hideAllSectionsText"].text(),
                                .hide_section_text = o["hideSectionText"].text(),
                                .hide_section_aria_label_text = o["hideSectionAriaLabelText"].text(),
                                .show_all_sections_text = o["showAllSectionsText"].text(),
                                .show_section_text = o["showSectionText"].text(),
                                .show_section_aria_label_text = o["showSectionAriaLabelText"].text(),
                                .classes = o["classes"].text(),
                                .attributes = attributes(o["attributes"])};
  for (const Option& item : o["items"].elements()) {
    params.items.push_back({.heading = content(item["heading"]),
                            .summary = content(item["summary"]),
                            .content = content(item["content"]),
                            .expanded = item["expanded"].truthy(),
                            .omitted = !item.truthy()});
  }
  return html_of(params);
}

std::string back_link(const Option& o, std::string_view) {
  return html_of(govuk::BackLinkParams{.text = content(o),
                                       .href = o["href"].url(),
                                       .classes = o["classes"].text(),
                                       .attributes = attributes(o["attributes"])});
}

std::string breadcrumbs(const Option& o, std::string_view) {
  govuk::BreadcrumbsParams params{.classes = o["classes"].text(),
                                  .collapse_on_mobile = o["collapseOnMobile"].truthy(),
                                  .attributes = attributes(o["attributes"]),
                                  .label_text = o["labelText"].text()};
  for (const Option& item : o["items"].elements()) {
    params.items.push_back(
        {.text = content(item), .href = item["href"].url(), .attributes = attributes(item["attributes"])});
  }
  return html_of(params);
}

std::string cookie_banner(const Option& o, std::string_view) {
  govuk::CookieBannerParams params{.aria_label = o["ariaLabel"].text(),
                                   .hidden = o["hidden"].truthy(),
                                   .classes = o["classes"].text(),
                                   .attributes = attributes(o["attributes"])};
  for (const Option& each : o["messages"].elements()) {
    govuk::CookieBannerMessage message{.heading = content(each["headingHtml"], each["headingText"]),
                                       .text = content(each),
                                       .hidden = each["hidden"].truthy(),
                                       .role = each["role"].text(),
                                       .classes = each["classes"].text(),
                                       .attributes = attributes(each["attributes"])};
    for (const Option& action : each["actions"].elements()) {
      message.actions.push_back({.text = action["text"].text(),
                                 .type = action["type"].text(),
                                 .href = action["href"].url(),
                                 .name = action["name"].text(),
                                 .value = action["value"].text(),
                                 .classes = action["classes"].text(),
                                 .attributes = attributes(action["attributes"])});
    }
    params.messages.push_back(message);
  }
  return html_of(params);
}

std::string details(const Option& o, std::string_view) {
  return html_of(govuk::DetailsParams{.summary = content(o["summaryHtml"], o["summaryText"]),
                                      .text = content(o),
                                      .id = o["id"].text(),
                                      .open = o["open"].truthy(),
                                      .classes = o["classes"].text(),
                                      .attributes = attributes(o["attributes"])});
}

std::string exit_this_page(const Option& o, std::string_view) {
  return html_of(govuk::ExitThisPageParams{.text = content(o),
                                           .redirect_url = o["redirectUrl"].url(),
                                           .id = o["id"].text(),
                                           .classes = o["classes"].text(),
                                           .attributes = attributes(o["attributes"]),
                                           .activated_text = o["activatedText"].text(),
                                           .timed_out_text = o["timedOutText"].text(),
                                           .press_two_more_times_text = o["pressTwoMoreTimesText"].text(),
                                           .press_one_more_time_text = o["pressOneMoreTimeText"].text()});
}

std::string feedback(const Option& o, std::string_view) {
  return html_of(govuk::FeedbackParams{.title = content(o["titleHtml"], o["titleText"]),
                                       .text = content(o),
                                       .heading_level = o["headingLevel"].number(2),
                                       .classes = o["classes"].text(),
                                       .attributes = attributes(o["attributes"])});
}

std::vector<govuk::FooterLink> footer_links(const Option& items) {
  std::vector<govuk::FooterLink> links;
  for (const Option& item : items.elements()) {
    links.push_back(
        {.text = item["text"].text(), .href = item["href"].url(), .attributes = attributes(item["attributes"])});
  }
  return links;
}

std::string footer(const Option& o, std::string_view expected) {
  govuk::FooterParams params{.crown = svg_with(expected, "govuk-footer__crown"),
                             .licence_logo = svg_with(expected, "govuk-footer__licence-logo"),
                             .content_licence = content(o["contentLicence"]),
                             .without_content_licence = o["contentLicence"].is_null(),
                             .copyright = content(o["copyright"]),
                             .container_classes = o["containerClasses"].text(),
                             .classes = o["classes"].text(),
                             .attributes = attributes(o["attributes"])};
  if (o["meta"].truthy()) {
    params.meta = govuk::FooterMeta{.visually_hidden_title = o["meta"]["visuallyHiddenTitle"].text(),
                                    .text = content(o["meta"]),
                                    .items = footer_links(o["meta"]["items"])};
  }
  for (const Option& section : o["navigation"].elements()) {
    params.navigation.push_back({.title = section["title"].text(),
                                 .columns = section["columns"].number(0),
                                 .width = section["width"].text(),
                                 .items = footer_links(section["items"])});
  }
  return html_of(params);
}

std::string generic_header(const Option& o, std::string_view) {
  return html_of(govuk::GenericHeaderParams{.logo = content(o["logoHtml"], o["logoText"]),
                                            .url = o["url"].url(),
                                            .container_classes = o["containerClasses"].text(),
                                            .classes = o["classes"].text(),
                                            .attributes = attributes(o["attributes"])});
}

std::string header(const Option& o, std::string_view expected) {
  return html_of(govuk::HeaderParams{.logotype = svg_with(expected, "govuk-header__logotype"),
                                     .homepage_url = o["homepageUrl"].url(),
                                     .product_name = o["productName"].text(),
                                     .container_classes = o["containerClasses"].text(),
                                     .classes = o["classes"].text(),
                                     .attributes = attributes(o["attributes"])});
}

std::string inset_text(const Option& o, std::string_view) {
  return html_of(govuk::InsetTextParams{.text = content(o),
                                        .id = o["id"].text(),
                                        .classes = o["classes"].text(),
                                        .attributes = attributes(o["attributes"])});
}

std::string language_navigation(const Option& o, std::string_view) {
  govuk::LanguageNavigationParams params{
      .aria_label = o["ariaLabel"].text(), .classes = o["classes"].text(), .attributes = attributes(o["attributes"])};
  for (const Option& item : o["items"].elements()) {
    params.items.push_back({.text = content(item),
                            .href = item["href"].url(),
                            .current = item["current"].truthy(),
                            .lang = item["lang"].text(),
                            .href_lang = item["hrefLang"].text(),
                            .dir = item["dir"].text(),
                            .language_description_text = item["languageDescriptionText"].text(),
                            .classes = item["classes"].text(),
                            .attributes = attributes(item["attributes"])});
  }
  return html_of(params);
}

std::string notification_banner(const Option& o, std::string_view) {
  return html_of(govuk::NotificationBannerParams{.text = content(o),
                                                 .title = content(o["titleHtml"], o["titleText"]),
                                                 .title_heading_level = o["titleHeadingLevel"].number(2),
                                                 .type = o["type"].text(),
                                                 .role = o["role"].text(),
                                                 .title_id = o["titleId"].text(),
                                                 .disable_auto_focus = o["disableAutoFocus"].optional_bool(),
                                                 .classes = o["classes"].text(),
                                                 .attributes = attributes(o["attributes"])});
}

govuk::PaginationLink pagination_link(const Option& o) {
  return {.text = content(o),
          .label_text = o["labelText"].text(),
          .href = o["href"].url(),
          .attributes = attributes(o["attributes"])};
}

std::string pagination(const Option& o, std::string_view) {
  govuk::PaginationParams params{.previous = pagination_link(o["previous"]),
                                 .next = pagination_link(o["next"]),
                                 .landmark_label = o["landmarkLabel"].text(),
                                 .classes = o["classes"].text(),
                                 .attributes = attributes(o["attributes"])};
  for (const Option& item : o["items"].elements()) {
    if (!item.truthy()) continue;
    params.items.push_back({.number = item["number"].text(),
                            .visually_hidden_text = item["visuallyHiddenText"].text(),
                            .href = item["href"].url(),
                            .current = item["current"].truthy(),
                            .ellipsis = item["ellipsis"].truthy(),
                            .attributes = attributes(item["attributes"])});
  }
  return html_of(params);
}

std::string panel(const Option& o, std::string_view) {
  govuk::PanelParams params{.title = content(o["titleHtml"], o["titleText"]),
                            .heading_level = o["headingLevel"].number(1),
                            .text = content(o),
                            .classes = o["classes"].text(),
                            .attributes = attributes(o["attributes"])};
  if (o["actions"].truthy()) {
    params.actions = govuk::PanelActions{.classes = o["actions"]["classes"].text(),
                                         .attributes = attributes(o["actions"]["attributes"])};
    for (const Option& action : o["actions"]["items"].elements()) {
      params.actions->items.push_back({.text = action["text"].text(),
                                       .href = action["href"].url(),
                                       .type = action["type"].text(),
                                       .classes = action["classes"].text(),
                                       .attributes = attributes(action["attributes"])});
    }
  }
  return html_of(params);
}

std::string phase_banner(const Option& o, std::string_view) {
  return html_of(govuk::PhaseBannerParams{.text = content(o),
                                          .tag = tag(o["tag"]),
                                          .classes = o["classes"].text(),
                                          .attributes = attributes(o["attributes"])});
}

std::string service_navigation(const Option& o, std::string_view) {
  const Option slots = o["slots"];
  const Option end = slots["end"].is_string() ? slots["end"] : slots["end"]["html"];
  govuk::ServiceNavigationParams params{
      .classes = o["classes"].text(),
      .attributes = attributes(o["attributes"]),
      .aria_label = o["ariaLabel"].text(),
      .menu_button_text = o["menuButtonText"].text(),
      .menu_button_label = o["menuButtonLabel"].text(),
      .navigation_label = o["navigationLabel"].text(),
      .navigation_id = o["navigationId"].text(),
      .navigation_classes = o["navigationClasses"].text(),
      .collapse_navigation_on_mobile = o["collapseNavigationOnMobile"].optional_bool(),
      .service_name = o["serviceName"].text(),
      .service_url = o["serviceUrl"].url(),
      .slots = {.start = slots["start"].markup(),
                .end = end.markup(),
                .end_inline = slots["end"]["align"].text() == "inline",
                .navigation_start = slots["navigationStart"].markup(),
                .navigation_end = slots["navigationEnd"].markup()}};
  for (const Option& item : o["navigation"].elements()) {
    if (!item.truthy()) continue;
    params.navigation.push_back({.text = content(item),
                                 .href = item["href"].url(),
                                 .current = item["current"].truthy(),
                                 .active = item["active"].truthy(),
                                 .attributes = attributes(item["attributes"])});
  }
  return html_of(params);
}

std::string skip_link(const Option& o, std::string_view) {
  return html_of(govuk::SkipLinkParams{.text = content(o),
                                       .href = o["href"].url(),
                                       .classes = o["classes"].text(),
                                       .attributes = attributes(o["attributes"])});
}

govuk::SummaryListActions summary_actions(const Option& o) {
  govuk::SummaryListActions actions{.classes = o["classes"].text()};
  for (const Option& item : o["items"].elements()) {
    actions.items.push_back({.text = content(item),
                             .visually_hidden_text = item["visuallyHiddenText"].text(),
                             .href = item["href"].url(),
                             .classes = item["classes"].text(),
                             .attributes = attributes(item["attributes"])});
  }
  return actions;
}

std::string summary_list(const Option& o, std::string_view) {
  govuk::SummaryListParams params{.classes = o["classes"].text(), .attributes = attributes(o["attributes"])};
  const Option card = o["card"];
  if (card.truthy()) {
    params.card = govuk::SummaryCardParams{.title = {.text = content(card["title"]),
                                                     .heading_level = card["title"]["headingLevel"].number(2),
                                                     .classes = card["title"]["classes"].text()},
                                           .actions = summary_actions(card["actions"]),
                                           .classes = card["classes"].text(),
                                           .attributes = attributes(card["attributes"])};
  }
  for (const Option& row : o["rows"].elements()) {
    if (!row.truthy()) continue;
    params.rows.push_back({.key = {.text = content(row["key"]), .classes = row["key"]["classes"].text()},
                           .value = {.text = content(row["value"]), .classes = row["value"]["classes"].text()},
                           .actions = summary_actions(row["actions"]),
                           .classes = row["classes"].text()});
  }
  return html_of(params);
}

std::string table(const Option& o, std::string_view) {
  govuk::TableParams params{.caption = o["caption"].text(),
                            .caption_classes = o["captionClasses"].text(),
                            .first_cell_is_header = o["firstCellIsHeader"].truthy(),
                            .classes = o["classes"].text(),
                            .attributes = attributes(o["attributes"])};
  for (const Option& head : o["head"].elements()) {
    params.head.push_back({.text = content(head),
                           .format = head["format"].text(),
                           .classes = head["classes"].text(),
                           .colspan = head["colspan"].number(0),
                           .rowspan = head["rowspan"].number(0),
                           .attributes = attributes(head["attributes"])});
  }
  for (const Option& row : o["rows"].elements()) {
    if (!row.truthy()) continue;
    std::vector<govuk::TableCell> cells;
    for (const Option& cell : row.elements()) {
      cells.push_back({.text = content(cell),
                       .format = cell["format"].text(),
                       .classes = cell["classes"].text(),
                       .colspan = cell["colspan"].number(0),
                       .rowspan = cell["rowspan"].number(0),
                       .attributes = attributes(cell["attributes"])});
    }
    params.rows.push_back(std::move(cells));
  }
  return html_of(params);
}

std::string tabs(const Option& o, std::string_view) {
  govuk::TabsParams params{.id = o["id"].text(),
                           .id_prefix = o["idPrefix"].text(),
                           .title = o["title"].text(),
                           .classes = o["classes"].text(),
                           .attributes = attributes(o["attributes"])};
  for (const Option& item : o["items"].elements()) {
    params.items.push_back(
        {.id = item["id"].text(),
         .label = item["label"].text(),
         .attributes = attributes(item["attributes"]),
         .panel = {.text = content(item["panel"]), .attributes = attributes(item["panel"]["attributes"])},
         .omitted = !item.truthy()});
  }
  return html_of(params);
}

std::string tag_component(const Option& o, std::string_view) { return html_of(tag(o)); }

std::string task_list(const Option& o, std::string_view) {
  govuk::TaskListParams params{
      .id_prefix = o["idPrefix"].text(), .classes = o["classes"].text(), .attributes = attributes(o["attributes"])};
  for (const Option& item : o["items"].elements()) {
    govuk::TaskListItem task{.title = {.text = content(item["title"]), .classes = item["title"]["classes"].text()},
                             .hint = content(item["hint"]),
                             .status = {.text = content(item["status"]), .classes = item["status"]["classes"].text()},
                             .href = item["href"].url(),
                             .classes = item["classes"].text(),
                             .omitted = !item.truthy()};
    if (item["status"]["tag"].truthy()) task.status.tag = tag(item["status"]["tag"]);
    params.items.push_back(std::move(task));
  }
  return html_of(params);
}

std::string warning_text(const Option& o, std::string_view) {
  return html_of(govuk::WarningTextParams{.text = content(o),
                                          .icon_fallback_text = o["iconFallbackText"].text(),
                                          .classes = o["classes"].text(),
                                          .attributes = attributes(o["attributes"])});
}

}  // namespace

const std::vector<NamedComponent>& page_components() {
  static const std::vector<NamedComponent> all = {
      {"accordion", accordion},
      {"back-link", back_link},
      {"breadcrumbs", breadcrumbs},
      {"cookie-banner", cookie_banner},
      {"details", details},
      {"exit-this-page", exit_this_page},
      {"feedback", feedback},
      {"footer", footer},
      {"generic-header", generic_header},
      {"header", header},
      {"inset-text", inset_text},
      {"language-navigation", language_navigation},
      {"notification-banner", notification_banner},
      {"pagination", pagination},
      {"panel", panel},
      {"phase-banner", phase_banner},
      {"service-navigation", service_navigation},
      {"skip-link", skip_link},
      {"summary-list", summary_list},
      {"table", table},
      {"tabs", tabs},
      {"tag", tag_component},
      {"task-list", task_list},
      {"warning-text", warning_text},
  };
  return all;
}

}  // namespace tithing::conformance
