#include "allocation/total_words.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"

namespace tithing::allocation {
namespace {

template <std::size_t N>
bool one_of(const std::string& word, const std::array<const char*, N>& words) {
  return std::any_of(words.begin(), words.end(), [&](const char* one) { return word == one; });
}

}  // namespace

bool heads_a_sum(std::string_view heading) {
  if (heading.find('%') != std::string_view::npos) return false;
  const TotalWord word = total_word(heading);
  return word == TotalWord::subtotal || word == TotalWord::total || word == TotalWord::grand;
}

bool heads_a_change(std::string_view heading) {
  const std::string name = plain_name(heading);
  for (const char* word : {"change", "variation", "difference", "increase", "movement", "decrease", "newid"})
    for (const std::string& one : split(name, ' '))
      if (one == word) return true;
  return false;
}

std::vector<std::string> what_a_share_is_of(std::string_view heading) {
  constexpr std::array kOfShares = {"proportion", "percent", "percentage", "cent",  "split", "cyfran",
                                    "%",          "total",   "totals",     "whole", "£",     "overall"};
  std::vector<std::string> out;
  for (const std::string& word : split(plain_name(heading), ' ')) {
    const bool letters = std::any_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (letters && !one_of(word, kOfShares) && !is_word_of_money(word)) out.push_back(word);
  }
  return out;
}

bool heads_a_count(std::string_view heading) {
  constexpr std::array kCounts = {"population", "populations", "people",     "persons", "residents",
                                  "households", "dwellings",   "poblogaeth", "number",  "numbers"};
  const std::vector<std::string> words = split(plain_name(heading), ' ');
  // "Grant per head of population" is money.
  const auto of_money = [](const std::string& word) { return word == "per" || word == "grant"; };
  return std::none_of(words.begin(), words.end(), of_money) &&
         std::any_of(words.begin(), words.end(), [&](const std::string& word) { return one_of(word, kCounts); });
}

bool heads_a_share(std::string_view heading) {
  if (heads_a_change(heading)) return false;
  const std::string name = plain_name(heading);
  for (const char* word : {"share", "proportion", "% of", "per cent of", "percentage of", "split", "cyfran"})
    if (name.find(word) != std::string::npos) return true;
  return false;
}

}  // namespace tithing::allocation
