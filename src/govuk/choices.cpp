#include "govuk/choices.h"

#include <algorithm>

#include "govuk/parts.h"

namespace tithing::govuk {
namespace {

// What a radio and a checkbox differ in. Literals, because they go into class names.
struct Kind {
  html::Literal item, input, label, hint, conditional, hidden, divider, type;
};
constexpr Kind kRadio{"govuk-radios__item",        "govuk-radios__input",
                      "govuk-radios__label",       "govuk-radios__hint",
                      "govuk-radios__conditional", " govuk-radios__conditional--hidden",
                      "govuk-radios__divider",     "radio"};
constexpr Kind kCheckbox{"govuk-checkboxes__item",        "govuk-checkboxes__input",
                         "govuk-checkboxes__label",       "govuk-checkboxes__hint",
                         "govuk-checkboxes__conditional", " govuk-checkboxes__conditional--hidden",
                         "govuk-checkboxes__divider",     "checkbox"};

// The first id has no number, so that an error summary can link to it by the name alone.
template <class Item>
std::string item_id(const Item& item, const std::string& prefix, std::size_t index) {
  if (!item.id.empty()) return item.id;
  return index == 0 ? prefix : prefix + "-" + std::to_string(index + 1);
}

template <class Item>
void put_item(Writer& writer, const Kind& kind, const Item& item, const std::string& id, const std::string& name,
              bool checked, const std::string& behaviour, std::string described_by) {
  if (!item.divider.empty()) {
    writer.raw("<div class=\"").raw(kind.divider).raw("\">").put(item.divider).raw("</div>");
    return;
  }
  const bool hint = !item.hint.text.empty();
  if (hint) parts::describe(described_by, id + "-item-hint");
  writer.raw("<div class=\"").raw(kind.item).raw("\"><input class=\"").raw(kind.input).raw("\"");
  writer.attribute("id", id)
      .attribute("name", name)
      .raw(" type=\"")
      .raw(kind.type)
      .raw("\"")
      .attribute("value", item.value);
  if (checked) writer.raw(" checked");
  if (item.disabled) writer.raw(" disabled");
  if (!item.conditional.empty()) writer.attribute("data-aria-controls", "conditional-" + id);
  parts::add_attribute(writer, "data-behaviour", behaviour);
  parts::add_attribute(writer, "aria-describedby", described_by);
  writer.attributes(item.attributes).raw(">");
  render(writer, LabelParams{.text = item.text,
                             .for_id = id,
                             .classes = parts::with_classes(kind.label.text(), item.label.classes),
                             .attributes = item.label.attributes});
  if (hint) {
    render(writer, HintParams{.text = item.hint.text,
                              .id = id + "-item-hint",
                              .classes = parts::with_classes(kind.hint.text(), item.hint.classes),
                              .attributes = item.hint.attributes});
  }
  writer.raw("</div>");
  if (item.conditional.empty()) return;
  writer.raw("<div class=\"").raw(kind.conditional);
  if (!checked) writer.raw(kind.hidden);
  writer.raw("\"").attribute("id", "conditional-" + id).raw(">").put(item.conditional).raw("</div>");
}

// The form group, the fieldset if there is one, hint and error; returns what describes the group.
template <class Params>
std::string open_group(Writer& writer, const Params& params, const std::string& prefix, std::string described_by) {
  const parts::Description description =
      parts::add_description(described_by, prefix, params.hint, params.error_message);
  parts::open_form_group(writer, params.form_group, description.error);
  if (params.fieldset) {
    FieldsetParams fieldset = *params.fieldset;
    fieldset.described_by = described_by;
    fieldset.role.clear();
    parts::open_fieldset(writer, fieldset);
  }
  parts::put_description(writer, description, params.hint, params.error_message);
  return described_by;
}

template <class Params>
void close_group(Writer& writer, const Params& params) {
  writer.put(params.form_group.after_input).raw("</div>");
  if (params.fieldset) writer.raw("</fieldset>");
  writer.raw("</div>");
}

}  // namespace

void render(Writer& writer, const RadiosParams& params) {
  const std::string& prefix = params.id_prefix.empty() ? params.name : params.id_prefix;
  open_group(writer, params, prefix, params.fieldset ? params.fieldset->described_by : "");
  writer.raw("<div class=\"govuk-radios");
  parts::add_classes(writer, params.classes);
  writer.raw("\"")
      .attributes(params.attributes)
      .raw(" data-module=\"govuk-radios\">")
      .put(params.form_group.before_input);
  for (std::size_t i = 0; i < params.items.size(); ++i) {
    const RadiosItem& item = params.items[i];
    if (item.omitted) continue;
    const bool checked = item.checked.value_or(!params.value.empty() && item.value == params.value);
    put_item(writer, kRadio, item, item_id(item, prefix, i), params.name, checked, "", "");
  }
  close_group(writer, params);
}

void render(Writer& writer, const CheckboxesParams& params) {
  const std::string& prefix = params.id_prefix.empty() ? params.name : params.id_prefix;
  const bool described = params.fieldset && !params.fieldset->described_by.empty();
  const std::string described_by =
      open_group(writer, params, prefix, described ? params.fieldset->described_by : params.described_by);
  writer.raw("<div class=\"govuk-checkboxes");
  parts::add_classes(writer, params.classes);
  writer.raw("\"")
      .attributes(params.attributes)
      .raw(" data-module=\"govuk-checkboxes\">")
      .put(params.form_group.before_input);
  for (std::size_t i = 0; i < params.items.size(); ++i) {
    const CheckboxesItem& item = params.items[i];
    if (item.omitted) continue;
    const bool listed = std::find(params.values.begin(), params.values.end(), item.value) != params.values.end();
    put_item(writer, kCheckbox, item, item_id(item, prefix, i), item.name.empty() ? params.name : item.name,
             item.checked.value_or(listed), item.behaviour, params.fieldset ? "" : described_by);
  }
  close_group(writer, params);
}

}  // namespace tithing::govuk
