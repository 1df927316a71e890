#include "base/memory_budget.h"

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace tithing {

std::size_t table_memory(std::string_view text, char separator) {
  // A letter of Windows-1252 may be three of UTF-8, and a text grows by doubling. A row is a list of its cells beside
  // them; lists grow by doubling too, and while they do the shorter one is still there.
  constexpr std::size_t kText = 6, kCell = sizeof(std::string), kRow = 144, kGrowing = 3 * kCell;
  std::size_t cells = 1, rows = 1, wide = 1, widest = 1;
  for (const char c : text) {
    if (c == separator) {
      ++cells;
      widest = std::max(widest, ++wide);
    } else if (c == '\n' || c == '\r') {
      ++cells;
      ++rows;
      wide = 1;
    }
  }
  return kText * text.size() + kCell * cells + kRow * rows + kGrowing * widest;
}

std::size_t json_memory(std::string_view text) {
  constexpr std::size_t kValue = 24, kContainer = 48, kMember = 48, kOnStack = 3 * kValue;
  std::size_t values = 1, containers = 0, members = 0, live = 0, most_live = 0, letters = 0;
  std::vector<std::size_t> open;  // values so far of each list and object that is open
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      ++letters;
      if (c == '\\') ++i;
      quoted = c != '"';
      continue;
    }
    switch (c) {
      case '"':
        quoted = true;
        break;
      case '[':
      case '{':
        ++containers;
        ++values;
        ++live;
        open.push_back(1);
        break;
      case ',':
        ++values;
        ++live;
        if (!open.empty()) ++open.back();
        break;
      case ':':
        ++members;
        ++live;  // the name lies on the stack too
        if (!open.empty()) ++open.back();
        break;
      case ']':
      case '}':
        if (open.empty()) break;
        live -= std::min(live, open.back());
        open.pop_back();
        break;
      default:
        break;
    }
    most_live = std::max(most_live, live);
  }
  // Texts are copied, and grow by doubling while they are read.
  return 3 * letters + values * kValue + containers * kContainer + members * kMember + most_live * kOnStack;
}

Status fits_in_memory(std::size_t needed, std::size_t most, const std::string& what, const std::string& advice) {
  if (needed <= most) return {};
  const std::string sentence = what + " cannot be read here: it would take more than " +
                               grouped(static_cast<std::int64_t>(most / kMebibyte)) + " MiB of memory. " + advice;
  return invalid(sentence, {{"file", sentence}});
}

}  // namespace tithing
