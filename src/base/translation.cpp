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

Words fill_in(std::string_view pattern, const std::vector<Words>& values, std::string_view language) {
  if (values.empty()) return pattern;
  Words out;
  std::size_t done = 0;
  for (std::size_t i = 0; i + 2 < pattern.size(); ++i) {
    if (pattern[i] != '{' || pattern[i + 2] != '}' || pattern[i + 1] < '0' || pattern[i + 1] > '9') continue;
    out += pattern.substr(done, i - done);
    const auto index = static_cast<std::size_t>(pattern[i + 1] - '0');
    if (index < values.size()) out += values[index].in(language);
    i += 2;
    done = i + 1;
  }
  out += pattern.substr(done);
  return out;
}

// The pattern in `language`, or nothing where there is no translation.
const char* translation_of(const std::string& key, std::string_view language) {
  const auto found = catalogues().find(language);
  if (found == catalogues().end()) return nullptr;
  const auto& messages = std::use_facet<boost::locale::message_format<char>>(found->second);
  return messages.get(messages.domain("tithing"), nullptr, key.c_str());
}

}  // namespace

Message tr(std::string_view english, std::initializer_list<Words> values) {
  Message message;
  message.key_ = english;
  message.values_ = values;
  for (const Words& value : message.values_) message.plain_ = message.plain_ && value.plain();
  return message;
}

std::string Message::english() const { return values_.empty() ? key_ : fill_in(key_, values_, "en").text(); }

Message::Rendered Message::in(std::string_view language) const {
  if (language == "en") return {english(), false};
  bool fallback = false;
  std::string text = words(language, &fallback).text();
  return {std::move(text), fallback};
}

Words Message::words(std::string_view language, bool* fallback) const {
  const char* translated = language == "en" ? nullptr : translation_of(key_, language);
  if (fallback != nullptr) *fallback = language != "en" && translated == nullptr;
  return fill_in(translated == nullptr ? std::string_view(key_) : std::string_view(translated), values_, language);
}

Words::Words(const Message& message) : Words(message.words("en")) {
  if (!message.empty()) message_ = std::make_shared<Message>(message);
}

Words Words::in(std::string_view language) const {
  return message_ && language != "en" ? message_->words(language) : *this;
}

FieldProblem::FieldProblem(std::string of_field, const Message& sentence)
    : field(std::move(of_field)), message(sentence.english()), said(std::make_shared<Message>(sentence)) {}

tl::unexpected<Problem> problem(ProblemKind kind, const Message& sentence, std::vector<FieldProblem> fields) {
  return tl::unexpected<Problem>(
      Problem{kind, sentence.english(), std::move(fields), std::make_shared<Message>(sentence)});
}
tl::unexpected<Problem> invalid(const Message& sentence, std::vector<FieldProblem> fields) {
  return problem(ProblemKind::invalid, sentence, std::move(fields));
}
tl::unexpected<Problem> not_found(const Message& sentence) { return problem(ProblemKind::not_found, sentence); }
tl::unexpected<Problem> forbidden(const Message& sentence) { return problem(ProblemKind::forbidden, sentence); }
tl::unexpected<Problem> conflict(const Message& sentence) { return problem(ProblemKind::conflict, sentence); }
tl::unexpected<Problem> unavailable(const Message& sentence) { return problem(ProblemKind::unavailable, sentence); }

Message sentence_of(const Problem& problem) { return problem.said ? *problem.said : tr(problem.message); }
Message sentence_of(const FieldProblem& problem) { return problem.said ? *problem.said : tr(problem.message); }

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
