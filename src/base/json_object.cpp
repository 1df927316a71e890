#include "base/json_object.h"

#include "base/json.h"

namespace tithing {

JsonMember::JsonMember(std::string_view name, std::string_view text)
    : name_(name), value_(JsonWriter().value(text).take()) {}
JsonMember::JsonMember(std::string_view name, std::int64_t number)
    : name_(name), value_(JsonWriter().value(number).take()) {}

std::string json_object(std::initializer_list<JsonMember> members) {
  JsonWriter json;
  json.begin_object();
  for (const JsonMember& member : members) json.key(member.name_).raw(member.value_);
  return json.end_object().take();
}

}  // namespace tithing
