// jansson's values, owned. Private to src/oidc.
#pragma once

#include <jansson.h>

#include <memory>
#include <string>
#include <string_view>

namespace tithing::oidc {

struct Released {
  void operator()(json_t* value) const { json_decref(value); }
};
using Json = std::unique_ptr<json_t, Released>;

// An object; nothing for anything else.
inline Json read_object(std::string_view text) {
  Json value(json_loadb(text.data(), text.size(), JSON_REJECT_DUPLICATES, nullptr));
  return value && json_is_object(value.get()) ? std::move(value) : nullptr;
}

// The text under a name; empty where there is none.
inline std::string text_of(const json_t* object, const char* name) {
  const json_t* value = json_object_get(object, name);
  return json_is_string(value) ? std::string(json_string_value(value), json_string_length(value)) : std::string();
}

}  // namespace tithing::oidc
