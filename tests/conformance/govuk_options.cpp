#include "govuk_options.h"

#include <boost/json.hpp>
#include <map>
#include <vector>

#include "govuk/components.h"

namespace tithing::conformance {
namespace {

namespace json = boost::json;
using govuk::Attributes;
using html::Content;
using html::Markup;
using html::Url;

// A value of the options that may be absent, with JavaScript's idea of what is true.
class Option {
 public:
  Option(const json::value* value = nullptr) : value_(value) {}  // NOLINT: meant to convert
  explicit Option(const json::object& object) : object_(&object) {}

  Option operator[](std::string_view name) const {
    const json::object* object = object_ != nullptr ? object_ : (value_ != nullptr ? value_->if_object() : nullptr);
    return object == nullptr ? Option() : Option(object->if_contains(name));
  }
  bool given() const { return value_ != nullptr; }
  bool truthy() const {
    if (value_ == nullptr || value_->is_null()) return false;
    if (value_->is_bool()) return value_->get_bool();
    if (value_->is_string()) return !value_->get_string().empty();
    if (value_->is_int64()) return value_->get_int64() != 0;
    return true;
  }
  std::string text() const {  // empty when absent or null
    if (value_ == nullptr || value_->is_null()) return "";
    if (value_->is_string()) return std::string(value_->get_string());
    return json::serialize(*value_);
  }
  std::optional<std::string> optional_text() const {
    if (value_ == nullptr) return std::nullopt;
    return text();
  }
  int number(int otherwise) const {
    return value_ != nullptr && value_->is_int64() ? static_cast<int>(value_->get_int64()) : otherwise;
  }
  std::optional<int> optional_number() const {
    if (value_ == nullptr || !value_->is_int64()) return std::nullopt;
    return static_cast<int>(value_->get_int64());
  }
  std::optional<bool> optional_bool() const {
    if (value_ == nullptr || !value_->is_bool()) return std::nullopt;
    return value_->get_bool();
  }
  std::vector<Option> elements() const {
    std::vector<Option> out;
    if (value_ == nullptr || !value_->is_array()) return out;
    for (const json::value& element : value_->get_array()) out.emplace_back(&element);
    return out;
  }
  bool is_string() const { return value_ != nullptr && value_->is_string(); }
  bool is_null() const { return value_ != nullptr && value_->is_null(); }
  bool is_false() const { return value_ != nullptr && value_->is_bool() && !value_->get_bool(); }
  const json::object* object() const { return object_ != nullptr ? object_ : (value_ != nullptr ? value_->if_object() : nullptr); }
  Url url() const { return Url::parse(text()); }
  Markup markup() const { return Markup::trusted(text()); }

 private:
  const json::value* value_ = nullptr;
  const json::object* object_ = nullptr;
};

Content content(const Option& html, const Option& text) {
  if (html.truthy()) return html.markup();
  return text.text();
}
Content content(const Option& option) { return content(option["html"], option["text"]); }

Attributes attributes(const Option& option) {
  Attributes out;
  if (option.object() == nullptr) return out;
  for (const auto& [name, value] : *option.object()) out.emplace_back(std::string_view(name), Option(&value).text());
  return out;
}

govuk::Plurals plurals(const Option& option) {
  govuk::Plurals out;
  if (option.object() == nullptr) return out;
  for (const auto& [rule, value] : *option.object()) out.emplace_back(std::string(rule), Option(&value).text());
  return out;
}

govuk::LabelParams label(const Option& o) {
  return {.text = content(o),
          .for_id = o["for"].text(),
          .is_page_heading = o["isPageHeading"].truthy(),
          .classes = o["classes"].text(),
          .attributes = attributes(o["attributes"])};
}
govuk::HintParams hint(const Option& o) {
  return {.text = content(o), .id = o["id"].text(), .classes = o["classes"].text(), .attributes = attributes(o["attributes"])};
}
govuk::ErrorMessageParams error_message(const Option& o) {
  govuk::ErrorMessageParams params{
      .text = content(o), .id = o["id"].text(), .classes = o["classes"].text(), .attributes = attributes(o["attributes"])};
  if (o["visuallyHiddenText"].given()) params.visually_hidden_text = Content(o["visuallyHiddenText"].text());
  return params;
}
govuk::FieldsetParams fieldset(const Option& o) {
  const Option legend = o["legend"];
  return {.legend = {.text = content(legend), .is_page_heading = legend["isPageHeading"].truthy(), .classes = legend["classes"].text()},
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
govuk::TagParams tag(const Option& o) {
  return {.text = content(o), .classes = o["classes"].text(), .attributes = attributes(o["attributes"])};
}
// In the macros an error message or a hint is there when its option is, even an empty one; ours are there when they have text.

template <class Params>
std::string html_of(const Params& params) {
  html::Writer writer("en");
  govuk::render(writer, params);
  return writer.html();
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
  return html_of(govuk::BackLinkParams{
      .text = content(o), .href = o["href"].url(), .classes = o["classes"].text(), .attributes = attributes(o["attributes"])});
}

std::string breadcrumbs(const Option& o, std::string_view) {
  govuk::BreadcrumbsParams params{.classes = o["classes"].text(),
                                  .collapse_on_mobile = o["collapseOnMobile"].truthy(),
                                  .attributes = attributes(o["attributes"]),
                                  .label_text = o["labelText"].text()};
  for (const Option& item : o["items"].elements()) {
    params.items.push_back({.text = content(item), .href = item["href"].url(), .attributes = attributes(item["attributes"])});
  }
  return html_of(params);
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

std::string details(const Option& o, std::string_view) {
  return html_of(govuk::DetailsParams{.summary = content(o["summaryHtml"], o["summaryText"]),
                                      .text = content(o),
                                      .id = o["id"].text(),
                                      .open = o["open"].truthy(),
                                      .classes = o["classes"].text(),
                                      .attributes = attributes(o["attributes"])});
}

std::string error_message_component(const Option& o, std::string_view) { return html_of(error_message(o)); }

std::string error_summary(const Option& o, std::string_view) {
  govuk::ErrorSummaryParams params{.title = content(o["titleHtml"], o["titleText"]),
                                   .description = content(o["descriptionHtml"], o["descriptionText"]),
                                   .disable_auto_focus = o["disableAutoFocus"].optional_bool(),
                                   .classes = o["classes"].text(),
                                   .attributes = attributes(o["attributes"])};
  for (const Option& item : o["errorList"].elements()) {
    params.error_list.push_back({.text = content(item), .href = item["href"].url(), .attributes = attributes(item["attributes"])});
  }
  return html_of(params);
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

std::vector<govuk::FooterLink> footer_links(const Option& items) {
  std::vector<govuk::FooterLink> links;
  for (const Option& item : items.elements()) {
    links.push_back({.text = item["text"].text(), .href = item["href"].url(), .attributes = attributes(item["attributes"])});
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

std::string hint_component(const Option& o, std::string_view) { return html_of(hint(o)); }

govuk::InputAffix affix(const Option& o) {
  return {.text = content(o), .classes = o["classes"].text(), .attributes = attributes(o["attributes"])};
}

std::string input(const Option& o, std::string_view) {
  return html_of(govuk::InputParams{
      .id = o["id"].text(),
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
      .input_wrapper = {.classes = o["inputWrapper"]["classes"].text(), .attributes = attributes(o["inputWrapper"]["attributes"])},
      .classes = o["classes"].text(),
      .autocomplete = o["autocomplete"].text(),
      .pattern = o["pattern"].text(),
      .spellcheck = o["spellcheck"].optional_bool(),
      .autocapitalize = o["autocapitalize"].text(),
      .attributes = attributes(o["attributes"])});
}

std::string inset_text(const Option& o, std::string_view) {
  return html_of(govuk::InsetTextParams{
      .text = content(o), .id = o["id"].text(), .classes = o["classes"].text(), .attributes = attributes(o["attributes"])});
}

std::string label_component(const Option& o, std::string_view) { return html_of(label(o)); }

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
  return {.text = content(o), .label_text = o["labelText"].text(), .href = o["href"].url(), .attributes = attributes(o["attributes"])};
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
    params.actions =
        govuk::PanelActions{.classes = o["actions"]["classes"].text(), .attributes = attributes(o["actions"]["attributes"])};
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

std::string password_input(const Option& o, std::string_view) {
  return html_of(govuk::PasswordInputParams{.id = o["id"].text(),
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

std::string phase_banner(const Option& o, std::string_view) {
  return html_of(govuk::PhaseBannerParams{
      .text = content(o), .tag = tag(o["tag"]), .classes = o["classes"].text(), .attributes = attributes(o["attributes"])});
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
  return html_of(govuk::SkipLinkParams{
      .text = content(o), .href = o["href"].url(), .classes = o["classes"].text(), .attributes = attributes(o["attributes"])});
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
    params.items.push_back({.id = item["id"].text(),
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

std::string warning_text(const Option& o, std::string_view) {
  return html_of(govuk::WarningTextParams{.text = content(o),
                                          .icon_fallback_text = o["iconFallbackText"].text(),
                                          .classes = o["classes"].text(),
                                          .attributes = attributes(o["attributes"])});
}

using Component = std::string (*)(const Option&, std::string_view);

const std::map<std::string, Component, std::less<>>& components() {
  static const std::map<std::string, Component, std::less<>> all = {
      {"accordion", accordion},
      {"back-link", back_link},
      {"breadcrumbs", breadcrumbs},
      {"button", button},
      {"character-count", character_count},
      {"checkboxes", checkboxes},
      {"cookie-banner", cookie_banner},
      {"date-input", date_input},
      {"details", details},
      {"error-message", error_message_component},
      {"error-summary", error_summary},
      {"exit-this-page", exit_this_page},
      {"feedback", feedback},
      {"fieldset", fieldset_component},
      {"file-upload", file_upload},
      {"footer", footer},
      {"generic-header", generic_header},
      {"header", header},
      {"hint", hint_component},
      {"input", input},
      {"inset-text", inset_text},
      {"label", label_component},
      {"language-navigation", language_navigation},
      {"notification-banner", notification_banner},
      {"pagination", pagination},
      {"panel", panel},
      {"password-input", password_input},
      {"phase-banner", phase_banner},
      {"radios", radios},
      {"select", select},
      {"service-navigation", service_navigation},
      {"skip-link", skip_link},
      {"summary-list", summary_list},
      {"table", table},
      {"tabs", tabs},
      {"tag", tag_component},
      {"task-list", task_list},
      {"textarea", textarea},
      {"warning-text", warning_text},
  };
  return all;
}

}  // namespace

std::optional<std::string> render_with_options(std::string_view component, const json::object& options, std::string_view expected) {
  const auto found = components().find(component);
  if (found == components().end()) return std::nullopt;
  return found->second(Option(options), expected);
}

}  // namespace tithing::conformance
