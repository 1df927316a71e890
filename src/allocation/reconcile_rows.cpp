#include "allocation/reconcile_rows.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace tithing::allocation {
namespace {

template <std::size_t N>
bool one_of(std::string_view word, const std::array<const char*, N>& words) {
  return std::any_of(words.begin(), words.end(), [&](const char* one) { return word == one; });
}

bool begins(const std::string& name, std::string_view words) {
  return name.starts_with(words) && (name.size() == words.size() || name[words.size()] == ' ');
}

bool holds(const std::string& name, std::string_view words) {
  return (" " + name + " ").find(" " + std::string(words) + " ") != std::string::npos;
}

// "Mean award", "Average per partnership"; not "Mean Streets project".
bool names_an_average(const std::vector<std::string>& words) {
  constexpr std::array kAverages = {"average", "averages", "mean", "median", "cyfartaledd", "canolrif"};
  constexpr std::array kOfWhat = {"per",       "each",         "area",        "csp",   "district", "partnership",
                                  "authority", "force",        "ward",        "all",   "areas",    "csps",
                                  "districts", "partnerships", "authorities", "wards", "value",    "size",
                                  "simple",    "arithmetic",   "a",           "by"};
  bool average = false;
  for (const std::string& word : words) {
    if (one_of(word, kAverages))
      average = true;
    else if (!one_of(word, kOfWhat) && !is_word_of_money(word))
      return false;
  }
  return average;
}

bool names_a_count(const std::vector<std::string>& words) {
  constexpr std::array kCounts = {"population", "populations", "people",    "persons",
                                  "residents",  "households",  "dwellings", "poblogaeth"};
  constexpr std::array kBeside = {"total", "totals", "resident", "number",   "of",        "the",
                                  "all",   "mid",    "year",     "estimate", "estimated", "cyfanswm"};
  bool count = false;
  for (const std::string& word : words) {
    const bool year = !word.empty() && word.find_first_not_of("0123456789/") == std::string::npos;
    if (one_of(word, kCounts))
      count = true;
    else if (!year && !one_of(word, kBeside))
      return false;
  }
  return count;
}

}  // namespace

RowKind row_kind(std::string_view label) {
  const std::string name = plain_name(label);
  for (const char* words : {"of which", "thereof", "o hynny", "ac o hynny", "o'r hyn"})
    if (begins(name, words)) return RowKind::of_which;
  for (const char* words : {"brought forward", "bring forward", "b/f", "bfwd", "b/fwd", "brought fwd"})
    if (holds(name, words)) return RowKind::brought_forward;
  for (const char* words : {"carried forward", "carry forward", "c/f", "cfwd", "c/fwd", "carried fwd", "carried over",
                            "carry over", "rolled forward"})
    if (holds(name, words)) return RowKind::carried_forward;
  const std::vector<std::string> words = split(name, ' ');
  if (names_an_average(words)) return RowKind::average;
  if (names_a_count(words)) return RowKind::count;
  return RowKind::item;
}

Fraction rounding_of_items(const std::vector<const PrintedCell*>& items, const PrintedCell& total, ColumnUnit unit) {
  const auto to_one_decimal = [](const PrintedCell& cell) { return cell.decimals == 1; };
  const bool rounded = unit != ColumnUnit::pounds && unit != ColumnUnit::per_cent && to_one_decimal(total) &&
                       std::all_of(items.begin(), items.end(), [&](const PrintedCell* cell) {
                         return to_one_decimal(*cell) || cell->money.pence == 0;
                       });
  if (!rounded) return Fraction(0);
  constexpr std::int64_t kHalfOfOneDecimal = 5;  // in hundredths, as amounts are held
  const auto some =
      std::count_if(items.begin(), items.end(), [](const PrintedCell* cell) { return cell->money.pence != 0; });
  return Fraction(kHalfOfOneDecimal * some);
}

bool is_average_of(const std::vector<Fraction>& values, const PrintedCell& printed) {
  if (values.empty()) return false;
  const Fraction shown = Fraction::of(printed.money);
  const Fraction half(Integer(100), Integer(2) * Integer::power_of_ten(printed.decimals));
  const auto as_printed = [&](const Fraction& exact) {
    return (exact < shown ? shown - exact : exact - shown) <= half;
  };
  Fraction sum(0);
  for (const Fraction& value : values) sum = sum + value;
  const auto count = static_cast<std::int64_t>(values.size());
  if (as_printed(sum / Fraction(count))) return true;
  std::vector<Fraction> sorted = values;
  std::sort(sorted.begin(), sorted.end());
  const std::size_t middle = sorted.size() / 2;
  return as_printed(sorted.size() % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / Fraction(2));
}

}  // namespace tithing::allocation
