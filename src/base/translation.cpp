#include "base/translation.h"

#include <boost/locale.hpp>
#include <map>
#include <memory>

namespace tithing {
namespace {

using Catalogues = std::map<std::string, std::locale, std::less<>>;
Catalogues& catalogues() {
  static Catalogues loaded;
  return loaded;
}

std::string fill_in(const std::string& pattern, const std::vector<std::string>& values) {
  if (values.empty()) return pattern;
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}' && pattern[i + 1] >= '0' && pattern[i + 1] <= '9') {
      const auto index = static_cast<std::size_t>(pattern[i + 1] - '0');
      if (index < values.size()) out += values[index];
      i += 2;
    } else {
      out += pattern[i];
    }
  }
  return out;
}

}  // namespace

Message tr(std::string_view english, std::initializer_list<std::string> values) {
  Message message;
  message.key_ = english;
  message.values_ = values;
  return message;
}

std::string Message::english() const { return fill_in(key_, values_); }

Message::Rendered Message::in(std::string_view language) const {
  if (language == "en") return {english(), false};
  const auto found = catalogues().find(language);
  if (found == catalogues().end()) return {english(), true};
  const auto& messages = std::use_facet<boost::locale::message_format<char>>(found->second);
  const char* translated = messages.get(messages.domain("tithing"), nullptr, key_.c_str());
  if (translated == nullptr) return {english(), true};
  return {fill_in(translated, values_), false};
}

void load_translations(const std::string& folder, const std::vector<std::string>& languages) {
  boost::locale::localization_backend_manager backends = boost::locale::localization_backend_manager::global();
  backends.select("std");
  boost::locale::generator generator(backends);
  generator.add_messages_path(folder);
  generator.add_messages_domain("tithing");
  generator.categories(boost::locale::category_t::message);
  for (const std::string& language : languages) catalogues().insert_or_assign(language, generator(language + ".UTF-8"));
}

}  // namespace tithing
