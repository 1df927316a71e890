#include "web/as_at.h"

#include <algorithm>

#include "base/text.h"
#include "govuk/button.h"
#include "govuk/input.h"

namespace tithing::web {

using html::Markup;
using html::Url;
using html::Writer;

Markup as_at_control(const Context& context, const AsAtControl& control) {
  std::vector<std::string> own = {"as-at", "page", "table", "format"};
  own.insert(own.end(), control.without.begin(), control.without.end());
  for (const AsAtField& field : control.fields) own.push_back(field.name);
  if (!control.choices.empty()) own.push_back(control.choice_name);
  Writer writer(context.language);
  writer.open("form", {{"method", "get"}, {"action", Url::parse(context.request->path)}, {"class", "tithing-filters"}});
  for (const auto& [name, value] : context.query)
    if (!value.empty() && std::find(own.begin(), own.end(), name) == own.end())
      writer.void_element("input", {{"type", "hidden"}, {"name", name}, {"value", value}});
  render(writer, govuk::InputParams{.id = "as-at",
                                    .name = "as-at",
                                    .type = "date",
                                    .value = control.as_at.iso(),
                                    .label = {.text = tr("Show how things stood on")},
                                    .classes = "govuk-input--width-10"});
  for (const AsAtField& field : control.fields) {
    govuk::InputParams input{.id = field.name, .name = field.name};
    input.value = field.shown.empty() ? context.query_value(field.name) : field.shown;
    input.label = {.text = field.label};
    input.hint = {.text = field.hint};
    input.classes = field.names.empty() ? "govuk-input--width-10" : "govuk-input--width-20";
    if (!field.names.empty())
      input.attributes = {{"data-module", "tithing-picker"}, {"data-url", Url::parse(field.names)}};
    render(writer, input);
  }
  if (!control.choices.empty()) {
    govuk::SelectParams select;
    select.id = control.choice_name;
    select.name = control.choice_name;
    select.label = {.text = control.choice_label};
    select.value = context.query_value(control.choice_name);
    for (const AsAtChoice& choice : control.choices)
      select.items.push_back({.value = choice.value, .text = choice.text});
    render(writer, select);
  }
  render(writer, govuk::ButtonParams{.text = tr("Show"), .classes = "govuk-button--secondary"});
  writer.close("form");
  return writer.take();
}

std::vector<std::pair<std::string, std::string>> carried(const Context& context) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const char* name : {"as-at", "proposal"})
    if (const std::string value = context.query_value(name); !value.empty()) out.emplace_back(name, value);
  return out;
}

Url carry(const Context& context, const Url& link) {
  std::string text = link.text();
  const std::size_t hash = text.find('#');
  const std::string fragment = hash == std::string::npos ? std::string() : text.substr(hash);
  if (hash != std::string::npos) text.erase(hash);
  const std::size_t mark = text.find('?');
  const std::string query = mark == std::string::npos ? std::string() : "&" + text.substr(mark + 1);
  for (const auto& [name, value] : carried(context)) {
    if (query.find("&" + name + "=") != std::string::npos) continue;
    text += text.find('?') == std::string::npos ? '?' : '&';
    text += name + "=" + url_encoded(value);
  }
  return Url::parse(text + fragment);
}

}  // namespace tithing::web
