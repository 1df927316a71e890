#include "base/table_words.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"

namespace tithing {

namespace {

constexpr std::array<std::string_view, 17> kBlanks = {"na",   "n/a",  "#n/a", "<na>",         "nan",          "nat", "null", "(null)", "none",
                                                      "-",    "--",   "..",   "\xE2\x80\x93", "\xE2\x80\x94", ".",   "[x]",  "\\n"};
constexpr std::array<std::string_view, 17> kTotals = {
    "total",     "totals",    "grand total", "sub total",   "sub-total", "subtotal",    "overall",     "overall total", "sum",
    "sum total", "all areas", "total all",   "force total", "cyfanswm",  "cyfansymiau", "isgyfanswm",  "is-gyfanswm"};

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
  while (!text.empty() && (text.back() == ':' || text.back() == '.' || text.back() == '*' || text.back() == ' ')) text.remove_suffix(1);
  while (!text.empty() && (text.front() == '*' || text.front() == ' ')) text.remove_prefix(1);
  if (text.size() < 3 || text.size() > 13) return false;
  constexpr std::string_view kBeginnings = "tTgGsSoOaAfFcCiI";  // rows are many, and nearly none begins so
  if (kBeginnings.find(text.front()) == std::string_view::npos) return false;
  return std::find(kTotals.begin(), kTotals.end(), std::string_view(lowered(text))) != kTotals.end();
}

}  // namespace tithing
