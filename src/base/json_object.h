// A small JSON object in one expression: what an audit row holds beside its sentence.
//
//   note.says("notes.send", sentence, json_object({{"version", 3}, {"reason", reason}}));
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace tithing {

class JsonMember {
 public:
  JsonMember(std::string_view name, std::string_view text);
  JsonMember(std::string_view name, const std::string& text) : JsonMember(name, std::string_view(text)) {}
  JsonMember(std::string_view name, const char* text) : JsonMember(name, std::string_view(text)) {}
  JsonMember(std::string_view name, std::int64_t number);

 private:
  friend std::string json_object(std::initializer_list<JsonMember> members);
  std::string_view name_;
  std::string value_;  // already JSON
};
std::string json_object(std::initializer_list<JsonMember> members);

}  // namespace tithing
