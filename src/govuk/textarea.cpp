#include "govuk/textarea.h"

#include "govuk/parts.h"

namespace tithing::govuk {

void render(Writer& writer, const TextareaParams& params) {
  const std::string& id = params.id.empty() ? params.name : params.id;
  std::string described_by = params.described_by;
  const parts::Description description = parts::add_description(described_by, id, params.hint, params.error_message);
  parts::open_form_group(writer, params.form_group, description.error);
  parts::put_label(writer, params.label, id);
  parts::put_description(writer, description, params.hint, params.error_message);
  writer.put(params.form_group.before_input);
  writer.raw("<textarea class=\"govuk-textarea");
  if (description.error) writer.raw(" govuk-textarea--error");
  parts::add_classes(writer, params.classes);
  writer.raw("\"").attribute("id", id).attribute("name", params.name).attribute("rows", std::to_string(params.rows));
  parts::add_choice(writer, "spellcheck", params.spellcheck);
  if (params.disabled) writer.raw(" disabled");
  parts::add_attribute(writer, "aria-describedby", described_by);
  parts::add_attribute(writer, "autocomplete", params.autocomplete);
  writer.attributes(params.attributes).raw(">");
  // A browser drops one line end right after the tag: a second one keeps a text that begins with an empty line.
  if (!params.value.empty() && params.value.front() == '\n') writer.raw("\n");
  writer.text(params.value).raw("</textarea>").put(params.form_group.after_input).raw("</div>");
}

namespace {

std::string with_count(std::string text, int count) {
  static constexpr std::string_view kPlace = "%{count}";
  const std::size_t at = text.find(kPlace);
  return at == std::string::npos ? text : text.replace(at, kPlace.size(), std::to_string(count));
}

}  // namespace

void render(Writer& writer, const CharacterCountParams& params) {
  const std::string& id = params.id.empty() ? params.name : params.id;
  const std::string count_type = params.count_type.empty() && params.maxwords ? "words" : params.count_type;
  const std::optional<int> limit = params.maxwords ? params.maxwords : params.maxlength;

  Content message;
  if (limit && !params.textarea_description_text.empty()) {
    message = with_count(params.textarea_description_text, *limit);
  } else if (limit) {
    message = count_type == "words" ? tr("You can enter up to {0} words", {std::to_string(*limit)})
                                    : tr("You can enter up to {0} characters", {std::to_string(*limit)});
  }
  Writer after(writer.language());
  render(after,
         HintParams{.text = message,
                    .id = id + "-info",
                    .classes = parts::with_classes("govuk-character-count__message", params.count_message.classes)});
  after.put(params.form_group.after_input);

  FormGroupParams group = params.form_group;
  group.classes = parts::with_classes("govuk-character-count", params.form_group.classes);
  group.attributes = {{"data-module", "govuk-character-count"}};
  if (params.maxlength) group.attributes.emplace_back("data-maxlength", *params.maxlength);
  if (params.maxwords) group.attributes.emplace_back("data-maxwords", *params.maxwords);
  if (params.threshold) group.attributes.emplace_back("data-threshold", *params.threshold);
  if (!count_type.empty()) group.attributes.emplace_back("data-count-type", count_type);
  if (!limit && !params.textarea_description_text.empty()) {
    parts::add_translations(group.attributes, "textarea-description", {{"other", params.textarea_description_text}});
  }
  parts::add_translations(group.attributes, "characters-under-limit", params.characters_under_limit_text);
  parts::add_translation(group.attributes, "characters-at-limit", params.characters_at_limit_text);
  parts::add_translations(group.attributes, "characters-over-limit", params.characters_over_limit_text);
  parts::add_translations(group.attributes, "words-under-limit", params.words_under_limit_text);
  parts::add_translation(group.attributes, "words-at-limit", params.words_at_limit_text);
  parts::add_translations(group.attributes, "words-over-limit", params.words_over_limit_text);
  parts::append(group.attributes, params.form_group.attributes);
  group.after_input = after.take();

  render(writer, TextareaParams{.id = id,
                                .name = params.name,
                                .spellcheck = params.spellcheck,
                                .rows = params.rows,
                                .value = params.value,
                                .described_by = id + "-info",
                                .label = params.label,
                                .hint = params.hint,
                                .error_message = params.error_message,
                                .form_group = group,
                                .classes = parts::with_classes("govuk-js-character-count", params.classes),
                                .attributes = params.attributes});
}

}  // namespace tithing::govuk
