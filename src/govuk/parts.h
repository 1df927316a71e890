// What the components' own .cpp files share; pages do not include it.
#pragma once

#include "govuk/field.h"

namespace tithing::govuk::parts {

inline const Content& or_else(const Content& given, const Content& otherwise) {
  return given.empty() ? otherwise : given;
}
inline std::string_view or_else(const std::string& given, std::string_view otherwise) {
  return given.empty() ? otherwise : std::string_view(given);
}
inline Url or_else(const Url& given, html::Literal otherwise) { return given.empty() ? Url(otherwise) : given; }

// A further list of classes, with a space before it, inside class="...".
inline void add_classes(Writer& writer, std::string_view classes) {
  if (!classes.empty()) writer.raw(" ").text(classes);
}
std::string with_classes(std::string_view first, std::string_view further);  // joined by a space

// ` name="value"`, left out when the value is empty.
void add_attribute(Writer& writer, html::Literal name, std::string_view value);
// The message or text as an attribute's value, in the writer's language.
void add_label(Writer& writer, html::Literal name, const Content& value);
// ` name="true"` or ` name="false"`, left out when it was not given.
void add_choice(Writer& writer, html::Literal name, const std::optional<bool>& value);
// The texts of a component's script: data-i18n.<key>="..." and data-i18n.<key>.<plural rule>="...".
void add_translation(Attributes& attributes, std::string_view key, std::string_view message);
void add_translations(Attributes& attributes, std::string_view key, const Plurals& messages);
void append(Attributes& attributes, const Attributes& further);

void open_heading(Writer& writer, int level, std::string_view classes);  // <h2 class="...">; level 1 to 6
void close_heading(Writer& writer, int level);

// <div class="govuk-form-group ...">
void open_form_group(Writer& writer, const FormGroupParams& group, bool error);
// <fieldset ...> and its legend, without what stands inside.
void open_fieldset(Writer& writer, const FieldsetParams& fieldset);

// "a b", with a space only between two that are not empty.
void describe(std::string& described_by, std::string_view id);

// The hint and the error message of a field, with their ids made of `id`, which are added to `described_by`.
struct Description {
  bool hint = false;
  bool error = false;
  std::string hint_id;
  std::string error_id;
};
Description add_description(std::string& described_by, std::string_view id, const HintParams& hint,
                            const ErrorMessageParams& error);
void put_description(Writer& writer, const Description& description, const HintParams& hint,
                     const ErrorMessageParams& error);
void put_label(Writer& writer, const LabelParams& label, const std::string& for_id);

}  // namespace tithing::govuk::parts
