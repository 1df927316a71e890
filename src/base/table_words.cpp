#include "base/table_words.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "base/total_words.h"

namespace tithing {

namespace {

constexpr std::array<std::string_view, 17> kBlanks = {"na",           "n/a",          "#n/a", "<na>", "nan", "nat",
                                                      "null",         "(null)",       "none", "-",    "--",  "..",
                                                      "\xE2\x80\x93", "\xE2\x80\x94", ".",    "[x]",  "\\n"};
constexpr std::string_view kNoBreakSpace = "\xC2\xA0";

// Spaces that are no-break ones as spreadsheets write them go with the others.
std::string_view bare(std::string_view text) {
  for (;;) {
    const std::string_view before = text;
    text = trimmed(text);
    if (text.starts_with(kNoBreakSpace)) text.remove_prefix(kNoBreakSpace.size());
    if (text.ends_with(kNoBreakSpace)) text.remove_suffix(kNoBreakSpace.size());
    if (text.size() == before.size()) return text;
  }
}

}  // namespace

bool is_blank_word(std::string_view text) {
  text = bare(text);
  if (text.empty()) return true;
  if (text.size() > 6) return false;
  return std::find(kBlanks.begin(), kBlanks.end(), std::string_view(lowered(text))) != kBlanks.end();
}

bool is_total_word(std::string_view text) {
  text = bare(text);
  while (!text.empty() && (text.front() == '*' || text.front() == ' ')) text.remove_prefix(1);
  constexpr std::size_t kLongest = 40;
  if (text.size() < 3 || text.size() > kLongest) return false;
  // Rows are many, and nearly none begins so.
  constexpr std::array<std::string_view, 14> kBeginnings = {"tot", "gra", "sub", "ove", "sum", "all", "for",
                                                            "cou", "cyf", "isg", "is-", "is ", "pob", "pub"};
  const auto begins = [&](std::string_view word) {
    for (std::size_t i = 0; i < word.size(); ++i) {
      const char c = text[i];
      if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != word[i]) return false;
    }
    return true;
  };
  return std::any_of(kBeginnings.begin(), kBeginnings.end(), begins) && is_total_name(text);
}

}  // namespace tithing
