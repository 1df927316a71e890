// What the converters of options share.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "govuk/common.h"

namespace tithing::conformance {

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
  const json::object* object() const {
    return object_ != nullptr ? object_ : (value_ != nullptr ? value_->if_object() : nullptr);
  }
  Url url() const { return Url::parse(text()); }
  Markup markup() const { return Markup::trusted(text()); }

 private:
  const json::value* value_ = nullptr;
  const json::object* object_ = nullptr;
};

inline Content content(const Option& html, const Option& text) {
  if (html.truthy()) return html.markup();
  return text.text();
}
inline Content content(const Option& option) { return content(option["html"], option["text"]); }

inline Attributes attributes(const Option& option) {
  Attributes out;
  if (option.object() == nullptr) return out;
  for (const auto& [name, value] : *option.object()) out.emplace_back(std::string_view(name), Option(&value).text());
  return out;
}

inline govuk::Plurals plurals(const Option& option) {
  govuk::Plurals out;
  if (option.object() == nullptr) return out;
  for (const auto& [rule, value] : *option.object()) out.emplace_back(std::string(rule), Option(&value).text());
  return out;
}

template <class Params>
std::string html_of(const Params& params) {
  html::Writer writer("en");
  render(writer, params);
  return writer.html();
}

// A component rendered with a fixture's options; `expected` is the published rendering.
using Component = std::string (*)(const Option& options, std::string_view expected);
struct NamedComponent {
  std::string_view name;
  Component render;
};
const std::vector<NamedComponent>& form_components();
const std::vector<NamedComponent>& page_components();

}  // namespace tithing::conformance
