// Visible text. English is in the source and is the key; other languages come from gettext catalogues (po/<language>.po).
//
//   tr("Recorded crime")                       a message; xgettext finds it by the name tr
//   tr("{0} of {1} months", {"11", "12"})      {0}, {1} are replaced after translation, so that word order is free
//
// What has no translation falls back to English, and the page marks it lang="en".
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace tithing {

class Message {
 public:
  Message() = default;
  const std::string& key() const { return key_; }
  bool empty() const { return key_.empty(); }
  struct Rendered {
    std::string text;
    bool fallback = false;  // no translation was found, so `text` is English
  };
  Rendered in(std::string_view language) const;  // "en", "cy"
  std::string english() const;

 private:
  friend Message tr(std::string_view, std::initializer_list<std::string>);
  std::string key_;
  std::vector<std::string> values_;
};

Message tr(std::string_view english, std::initializer_list<std::string> values = {});

// Loads <folder>/<language>/LC_MESSAGES/tithing.mo for each language. Call once, before threads start. A missing catalogue
// leaves that language in English.
void load_translations(const std::string& folder, const std::vector<std::string>& languages);

}  // namespace tithing
