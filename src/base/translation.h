// Visible text. English is in the source and is the key; other languages come from gettext catalogues
// (po/<language>.po).
//
//   tr("Recorded crime")                       a message; xgettext finds it by the name tr
//   tr("{0} of {1} months", {"11", "12"})      {0}, {1} are replaced after translation, so that word order is free
//   tr("Frozen on {0}", {date})                what is put in may know what it is (words.h): on a page it is marked so
//
// What has no translation falls back to English, and the page marks it lang="en".
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/translation.h"
#include "base/words.h"

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
  // The same with what was put in as it is: figures, dates, codes. `fallback` as above.
  Words words(std::string_view language, bool* fallback = nullptr) const;
  bool plain() const { return plain_; }  // nothing that was put in knows more than its text

 private:
  friend Message tr(std::string_view, std::initializer_list<Words>);
  std::string key_;
  std::vector<Words> values_;
  bool plain_ = true;
};

Message tr(std::string_view english, std::initializer_list<Words> values = {});

// The words of a constant table (the states and moves of a path) before they are a message. Only marked("..") makes
// them, so that the catalogues have them all.
class Marked {
 public:
  constexpr Marked() = default;
  constexpr operator std::string_view() const { return text_; }  // NOLINT: in English
  operator std::string() const { return std::string(text_); }    // NOLINT
  constexpr bool empty() const { return text_.empty(); }

 private:
  friend constexpr Marked marked(const char* english);
  std::string_view text_;
};
constexpr Marked marked(const char* english) {
  Marked words;
  words.text_ = english;
  return words;
}
inline Message tr(Marked words) { return tr(std::string_view(words)); }

// Refusals (base/result.h) in sentences that are translated.
tl::unexpected<Problem> problem(ProblemKind kind, const Message& sentence, std::vector<FieldProblem> fields = {});
tl::unexpected<Problem> invalid(const Message& sentence, std::vector<FieldProblem> fields = {});
tl::unexpected<Problem> not_found(const Message& sentence);
tl::unexpected<Problem> forbidden(const Message& sentence);
tl::unexpected<Problem> conflict(const Message& sentence);
tl::unexpected<Problem> unavailable(const Message& sentence);
// As a page says it; what was refused in plain text stays English.
Message sentence_of(const Problem& problem);
Message sentence_of(const FieldProblem& problem);

// What a column, a table, a state or a move is called: a message, which is translated, or a name that is somebody's own
// (of a place, a scheme, a question), which stands in every language as it is. Plain text is neither, so that no
// heading is forgotten: tr("Rate"), as_name(place).
class Label {
 public:
  Label() = default;
  Label(Message message) : message_(std::move(message)) {}  // NOLINT: meant to convert
  Label(const Numeral& name) : name_(name.text) {}          // NOLINT
  bool empty() const { return name_.empty() && message_.empty(); }
  std::string in(std::string_view language) const { return message_.empty() ? name_ : message_.in(language).text; }
  std::string english() const { return in("en"); }
  // Empty for a name.
  const Message& message() const { return message_; }
  Words words() const { return message_.empty() ? Words(as_name(name_)) : Words(message_); }
  friend bool operator==(const Label& label, std::string_view english) { return label.english() == english; }

 private:
  Message message_;
  std::string name_;
};

// Loads <folder>/<language>/LC_MESSAGES/tithing.mo for each language. Call once, before threads start. A missing
// catalogue leaves that language in English.
void load_translations(const std::string& folder, const std::vector<std::string>& languages);

}  // namespace tithing
