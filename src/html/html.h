// HTML that is escaped by type. Markup comes only from components, from literals of this program and from the writer;
// what comes from people or files is text and is escaped in content and in attributes; an address is a Url and carries
// no script.
//
// A Writer appends to one string. It is cheap, not thread-safe, and knows the language of the page, so that a Message
// without a translation is marked lang="en".
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/translation.h"

namespace tithing::html {

// A string literal of this program: the constructor is consteval, so text made at run time does not compile.
class Literal {
 public:
  template <std::size_t N>
  consteval Literal(const char (&text)[N]) : text_(text, N - 1) {}  // NOLINT: meant to convert
  constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

// Safe HTML.
class Markup {
 public:
  Markup() = default;
  explicit Markup(Literal literal) : html_(literal.text()) {}
  // For components, charts, maps and the Markdown sanitiser, which answer for it. Nothing else calls it.
  static Markup trusted(std::string html) {
    Markup markup;
    markup.html_ = std::move(html);
    return markup;
  }
  const std::string& text() const { return html_; }
  bool empty() const { return html_.empty(); }
  Markup& operator+=(const Markup& other) {
    html_ += other.html_;
    return *this;
  }

 private:
  std::string html_;
};

// An address for href, src and action: a path of this site, a fragment, a query, or http, https, mailto.
class Url {
 public:
  Url() = default;
  explicit Url(Literal literal) : text_(literal.text()) {}
  // Anything else ("javascript:", "//elsewhere", control characters) becomes "#".
  static Url parse(std::string_view text);
  // "/areas/{}/crimes" with each {} replaced by the percent-encoded part, then ?name=value pairs whose value is not
  // empty.
  static Url path(std::string_view pattern, std::initializer_list<std::string_view> parts = {},
                  const std::vector<std::pair<std::string, std::string>>& query = {});
  const std::string& text() const { return text_; }
  bool empty() const { return text_.empty(); }

 private:
  std::string text_;
};

// What stands between two tags: text (escaped), a message (translated, escaped), words that know their numbers, or
// markup (as it is).
class Content {
 public:
  Content() = default;
  Content(std::string text) : kind_(Kind::text), text_(std::move(text)) {}          // NOLINT: meant to convert
  Content(std::string_view text) : kind_(Kind::text), text_(text) {}                // NOLINT
  Content(const char* text) : kind_(Kind::text), text_(text) {}                     // NOLINT
  Content(Message message) : kind_(Kind::message), message_(std::move(message)) {}  // NOLINT
  Content(Markup markup) : kind_(Kind::markup), text_(markup.text()) {}             // NOLINT
  Content(Words words)                                                              // NOLINT
      : kind_(words.message() ? Kind::message : Kind::words),
        message_(words.message() ? *words.message() : Message()),
        words_(std::move(words)) {}
  Content(Numeral numeral) : Content(Words(std::move(numeral))) {}  // NOLINT
  Content(const Label& label)                                       // NOLINT
      : Content(label.message().empty() ? Content(label.english()) : Content(label.message())) {}
  enum class Kind { none, text, message, words, markup };
  Kind kind() const { return kind_; }
  bool empty() const {
    return kind_ == Kind::message ? message_.empty() : kind_ == Kind::words ? words_.empty() : text_.empty();
  }
  const std::string& text() const { return text_; }
  const Message& message() const { return message_; }
  const Words& words() const { return words_; }
  // As plain text in `language`, for attributes and titles. Precondition: not markup.
  std::string plain(std::string_view language) const;

 private:
  Kind kind_ = Kind::none;
  std::string text_;
  Message message_;
  Words words_;
};

// An attribute. A value of `true` writes the bare name, `false` and no value write nothing.
class Attribute {
 public:
  Attribute(std::string_view name, std::string_view value) : name_(name), value_(value), present_(true) {}
  Attribute(std::string_view name, const char* value) : name_(name), value_(value), present_(true) {}
  Attribute(std::string_view name, const std::string& value) : name_(name), value_(value), present_(true) {}
  Attribute(std::string_view name, const Url& value)
      : name_(name), value_(value.text()), present_(true), address_(true) {}
  Attribute(std::string_view name, bool present) : name_(name), present_(present), bare_(true) {}
  Attribute(std::string_view name, int value) : name_(name), value_(std::to_string(value)), present_(true) {}
  const std::string& name() const { return name_; }
  const std::string& value() const { return value_; }
  bool present() const { return present_; }
  bool bare() const { return bare_; }
  bool address() const { return address_; }  // it was given as a Url

 private:
  std::string name_;
  std::string value_;
  bool present_ = false;
  bool bare_ = false;
  bool address_ = false;
};
using Attributes = std::vector<Attribute>;

std::string escaped(std::string_view text);  // & < > " ' for content and double-quoted attributes

class Writer {
 public:
  explicit Writer(std::string_view language = "en") : language_(language) {}
  const std::string& language() const { return language_; }

  Writer& raw(Literal literal);         // markup of this program
  Writer& text(std::string_view text);  // escaped
  Writer& put(const Content& content);  // by its kind; a message in another language is wrapped <span lang="en">
  Writer& put(const Markup& markup);
  // A figure is a link with its working behind it (dotted underline, formula on hover and focus), a date is <time>, the
  // others are <span data-number="code">: read aloud they are their text.
  Writer& put(const Numeral& numeral);
  // <name a="b">. The name is a literal. href, src, action and their like take a Url: text given there passes through
  // Url::parse. A name that is no attribute name, an event handler (on...) or style is a bug: std::logic_error.
  Writer& open(Literal name, const Attributes& attributes = {});
  Writer& close(Literal name);
  Writer& element(Literal name, const Attributes& attributes, const Content& content);  // open, put, close
  Writer& element(Literal name, const Content& content) { return element(name, {}, content); }
  Writer& void_element(Literal name, const Attributes& attributes = {});  // <br>, <input ..>
  // For components that write their tags with raw(): ` name="value"`, each with a space before it.
  Writer& attribute(Literal name, std::string_view value);
  Writer& attribute(Literal name, const Url& value);
  Writer& attributes(const Attributes& attributes);

  Markup take() { return Markup::trusted(std::move(out_)); }
  const std::string& html() const { return out_; }

 private:
  void put_words(const Words& words);
  std::string language_;
  std::string out_;
};

}  // namespace tithing::html
