#include "slices/identity/organisations.h"

#include <algorithm>

#include "base/organisation.h"
#include "base/text.h"
#include "base/translation.h"

namespace tithing::identity {
namespace {

std::optional<Organisation> found(const Organisations& known, std::string_view organisation) {
  const std::string code = body_of_organisation(organisation);
  return code.empty() || !known.of ? std::nullopt : known.of(code);
}

}  // namespace

std::string as_words(std::string_view typed) { return "=" + std::string(trimmed(typed)); }

Result<std::string> settled_organisation(const Organisations& known, std::string_view typed, std::string_view chosen) {
  const std::string text(trimmed(typed));
  if (text.empty()) return text;
  if (const std::string code = body_of_organisation(text); !code.empty()) {
    if (known.of && !known.of(code)) {
      const std::string sentence = "There is no body with the code " + code + " in the register.";
      return invalid(sentence, {{"organisation", sentence}});
    }
    return text;
  }
  if (chosen == as_words(text) || !known.of || !known.matching) return text;
  if (known.of(text)) return organisation_of_body(text);
  const std::vector<Organisation> matches = known.matching(text);
  if (!chosen.empty())
    if (const auto body = known.of(chosen);
        body && (body->name == text || std::any_of(matches.begin(), matches.end(),
                                                   [&](const Organisation& one) { return one.code == chosen; })))
      return organisation_of_body(chosen);
  if (matches.empty()) return text;
  const auto same = [&](const Organisation& one) { return lowered(one.name) == lowered(text); };
  if (std::count_if(matches.begin(), matches.end(), same) == 1)
    return organisation_of_body(std::find_if(matches.begin(), matches.end(), same)->code);
  std::vector<std::string> codes;
  for (std::size_t i = 0; i < matches.size() && i < 5; ++i) codes.push_back(matches[i].code);
  return invalid(
      matches.size() > 5
          ? tr("Choose which body is meant by \"{0}\", or keep the words: {1} and others.", {text, joined(codes, ", ")})
          : tr("Choose which body is meant by \"{0}\", or keep the words: {1}.", {text, joined(codes, ", ")}),
      {{"organisation",
        tr("Choose which body of the register is meant by \"{0}\", or keep the words as they are.", {text})}});
}

std::string organisation_name(const Organisations& known, std::string_view organisation) {
  const auto body = found(known, organisation);
  if (body) return body->name;
  const std::string code = body_of_organisation(organisation);
  return code.empty() ? std::string(organisation) : code;
}

std::string organisation_text(const Organisations& known, std::string_view organisation) {
  const auto body = found(known, organisation);
  return body && body->name != body->code ? body->name + " (" + body->code + ")"
                                          : organisation_name(known, organisation);
}

std::string organisation_became(const Organisations& known, std::string_view organisation) {
  const std::string code = body_of_organisation(organisation);
  if (code.empty() || !known.of) return {};
  const auto body = known.of(code);
  return body ? body->became
              : "There is no body with this code in the register any more: the role reaches nothing by it.";
}

}  // namespace tithing::identity
