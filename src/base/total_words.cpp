#include "base/total_words.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/table_text.h"
#include "base/text.h"

namespace tithing {
namespace {

template <std::size_t N>
bool one_of(const std::string& word, const std::array<const char*, N>& words) {
  return std::any_of(words.begin(), words.end(), [&](const char* one) { return word == one; });
}

constexpr std::array kSubtotals = {"sub total", "sub totals", "subtotal", "subtotals", "is gyfanswm", "isgyfanswm"};
constexpr std::array kTotals = {"total",           "totals",       "sum",      "sums",       "sum total",
                                "published total", "stated total", "cyfanswm", "cyfansymiau"};
constexpr std::array kGrand = {"grand total",          "grand totals",      "overall",
                               "overall total",        "overall totals",    "total overall",
                               "county total",         "force total",       "force area total",
                               "cyfanswm cyffredinol", "cyfanswm terfynol", "cyfanswm y sir",
                               "cyfanswm yr heddlu",   "pob ardal",         "pob partneriaeth"};
constexpr std::array kMany = {"areas",  "partnerships", "csps",     "districts", "authorities", "boroughs", "councils",
                              "forces", "wards",        "counties", "funds",     "rows",        "projects"};
// What may stand behind "total" without making a name of it.
constexpr std::array kOfMoney = {
    "allocation",  "allocations", "allocated", "funding",     "fund",        "funds",        "grant",    "grants",
    "expenditure", "spend",       "spending",  "income",      "budget",      "cost",         "costs",    "award",
    "awards",      "awarded",     "amount",    "amounts",     "available",   "pot",          "money",    "payment",
    "payments",    "csf",         "yot",       "revenue",     "capital",     "csp",          "all",      "areas",
    "overall",     "share",       "shares",    "of",          "for",         "in",           "to",       "be",
    "the",         "and",         "resources", "paid",        "planned",     "actual",       "proposed", "net",
    "gross",       "per",         "year",      "distributed", "partnership", "partnerships", "csps"};

bool is_number(const std::string& word) {
  return !word.empty() &&
         std::all_of(word.begin(), word.end(), [](char c) { return (c >= '0' && c <= '9') || c == '/'; });
}

bool begins(const std::string& text, std::string_view word) {
  return text.size() > word.size() && text.starts_with(word) && text[word.size()] == ' ';
}
bool ends(const std::string& text, std::string_view word) {
  return text.size() > word.size() && text.ends_with(word) && text[text.size() - word.size() - 1] == ' ';
}

bool only_of_money(const std::string& rest) {
  const std::vector<std::string> words = split(rest, ' ');
  return std::all_of(words.begin(), words.end(),
                     [](const std::string& word) { return is_number(word) || one_of(word, kOfMoney); });
}

}  // namespace

std::string plain_name(std::string_view label) {
  std::string text = lowered(visible(label));
  for (const char* mark :
       {"\xC2\xA3", "\xE2\x80\xA0", "\xE2\x80\xA1", "\xC2\xB9", "\xC2\xB2", "\xC2\xB3", "\xE2\x81\xB4"})
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark))
      text.replace(at, std::string_view(mark).size(), " ");
  for (const char* dash : {"\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x80\x91"})
    for (auto at = text.find(dash); at != std::string::npos; at = text.find(dash)) text.replace(at, 3, " ");
  // Brackets with a unit or a footnote in them say nothing of whose sum it is.
  for (const auto& [open, close] : {std::pair('(', ')'), std::pair('[', ']')})
    for (auto at = text.find(open); at != std::string::npos; at = text.find(open)) {
      const auto end = text.find(close, at);
      const std::string inside(
          trimmed(std::string_view(text).substr(at + 1, end == std::string::npos ? std::string::npos : end - at - 1)));
      const bool unit = inside.empty() || inside == "gbp" || inside == "000" || inside == "000s" || inside == "k" ||
                        inside == "m" || inside == "pounds" || is_number(inside);
      if (end == std::string::npos)
        text[at] = ' ';
      else
        text = text.substr(0, at) + " " + (unit ? "" : inside) + " " + text.substr(end + 1);
    }
  std::string out;
  for (const char c : text) {
    const bool gap = c == ' ' || c == '-' || c == '*' || c == ':' || c == '.' || c == '=' || c == ',' || c == ';' ||
                     c == '_' || c == '#' || c == '^';
    if (!gap)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  return std::string(trimmed(out));
}

TotalWord total_word(std::string_view label) {
  const std::string name = plain_name(label);
  if (name.empty()) return TotalWord::none;
  if (one_of(name, kSubtotals)) return TotalWord::subtotal;
  if (one_of(name, kTotals)) return TotalWord::total;
  if (one_of(name, kGrand)) return TotalWord::grand;
  for (const char* word : kSubtotals)
    if (begins(name, word) || ends(name, word)) return TotalWord::subtotal;
  if (begins(name, "grand total") || begins(name, "overall total") || ends(name, "grand total") ||
      ends(name, "overall total"))
    return TotalWord::grand;
  if (begins(name, "overall") && only_of_money(name.substr(8))) return TotalWord::grand;
  if (begins(name, "all") &&
      std::any_of(kMany.begin(), kMany.end(), [&](const char* many) { return ends(name, many); }))
    return TotalWord::grand;
  for (const char* word : {"published total", "stated total", "cyfanswm", "sum of", "total of", "total for"})
    if (begins(name, word)) return TotalWord::total;
  for (const char* word : {"total", "totals", "cyfanswm"})
    if (ends(name, word)) return TotalWord::total;
  for (const char* word : {"total", "totals"})
    if (begins(name, word))
      return only_of_money(name.substr(std::string_view(word).size() + 1)) ? TotalWord::total : TotalWord::perhaps;
  return TotalWord::none;
}

bool is_word_of_money(std::string_view word) { return one_of(std::string(word), kOfMoney); }

bool is_total_name(std::string_view label) {
  const std::string name = plain_name(label);
  return one_of(name, kSubtotals) || one_of(name, kTotals) || one_of(name, kGrand) || name == "all areas" ||
         name == "total all";
}

}  // namespace tithing
