#include "allocation/column_units.h"

#include <algorithm>
#include <array>

#include "allocation/printed_table.h"
#include "allocation/total_words.h"
#include "base/text.h"

namespace tithing::allocation {
namespace {

constexpr std::string_view kPound = "\xC2\xA3";

template <std::size_t N>
bool any_of(const std::vector<std::string>& words, const std::array<const char*, N>& known) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::any_of(known.begin(), known.end(), [&](const char* one) { return word == one; });
  });
}

// Money whatever stands beside them: "Crime prevention grant", "Cost per crime".
constexpr std::array kMoney = {"grant",   "grants",  "fund",     "funds",    "funding", "funded",   "budget",
                               "budgets", "cost",    "costs",    "spend",    "spent",   "spending", "expenditure",
                               "income",  "payment", "payments", "award",    "awards",  "awarded",  "gbp",
                               "pounds",  "csf",     "yot",      "precept",  "saving",  "savings",  "money",
                               "revenue", "cyllid",  "cyllideb", "gwariant", "grantiau"};
// Money unless a count stands beside them: "Allocation", but not "Allocation of officers".
constexpr std::array kPerhapsMoney = {"allocation", "allocations", "allocated", "amount",       "amounts", "pot",
                                      "capital",    "paid",        "price",     "contribution", "slice"};
constexpr std::array kCounted = {
    "population", "populations", "people",      "persons",    "residents", "households", "dwellings", "poblogaeth",
    "number",     "numbers",     "count",       "counts",     "crime",     "crimes",     "offence",   "offences",
    "incident",   "incidents",   "victim",      "victims",    "offenders", "rate",       "rates",     "rank",
    "ranks",      "ranking",     "score",       "scores",     "index",     "weight",     "weights",   "weighting",
    "fte",        "ftes",        "posts",       "officers",   "staff",     "pcsos",      "case",      "cases",
    "referrals",  "referral",    "children",    "pupils",     "wards",     "calls",      "arrests",   "asb",
    "burglary",   "burglaries",  "robbery",     "thefts",     "hectares",  "trosedd",    "troseddau", "detections",
    "outcomes",   "reoffending", "attendances", "admissions", "meetings",  "days",       "hours"};
// A heading of these alone says when, and not what: it is of what stands beside it.
constexpr std::array kTimes = {"last",     "this",        "next",     "previous",  "current", "year",
                               "years",    "provisional", "proposed", "actual",    "planned", "revised",
                               "forecast", "outturn",     "final",    "indicative"};
// Before a word of money they make a count of it: "Number of grants".
constexpr std::array kNumbers = {"number", "numbers", "no", "count", "nifer"};

// "£000", "£'000", "£k", "£m", "£ million", "(000s)"
bool has_scale(std::string_view heading) {
  std::string text = lowered(heading);
  for (auto at = text.find(kPound); at != std::string::npos; at = text.find(kPound, at + 1)) {
    std::size_t i = at + kPound.size();
    while (i < text.size() && (text[i] == ' ' || text[i] == '\'' || text[i] == '(')) ++i;
    if (std::string_view(text).substr(i).starts_with("\xE2\x80\x99")) i += 3;
    const std::string_view rest = std::string_view(text).substr(i);
    if (rest.starts_with("000")) return true;
    for (const char* word : {"k", "m", "bn", "mn", "million", "millions", "thousand", "thousands", "billion"}) {
      const std::string_view scale(word);
      if (rest.starts_with(scale) &&
          (rest.size() == scale.size() || rest[scale.size()] < 'a' || rest[scale.size()] > 'z'))
        return true;
    }
  }
  for (const char* word : {"(000", "'000", "thousands of pounds", "millions of pounds", "in thousands", "in millions"})
    if (text.find(word) != std::string::npos) return true;
  return false;
}

// Pounds that are what is printed, not what it is per: "Crimes per £1,000" is none.
bool has_pound(std::string_view heading) {
  for (auto at = heading.find(kPound); at != std::string_view::npos; at = heading.find(kPound, at + 1))
    if (!lowered(trimmed(heading.substr(0, at))).ends_with("per")) return true;
  return false;
}

std::vector<std::string> words_of(std::string_view heading) {
  std::string plain = plain_name(heading);
  std::replace(plain.begin(), plain.end(), '/', ' ');
  return split(plain, ' ');
}

bool says_when(std::string_view heading) {
  const std::vector<std::string> words = split(plain_name(heading), ' ');
  return !words.empty() && std::all_of(words.begin(), words.end(), [](const std::string& word) {
    return word.find_first_not_of("0123456789/") == std::string::npos || any_of({word}, kTimes);
  });
}

class Finder {
 public:
  explicit Finder(PrintedTable& table) : table_(table), said_(table.columns.size()) {}

  void run() {
    for (std::size_t c = 0; c < said_.size(); ++c) said_[c] = by_itself(c);
    for (int times = 0; times < 2; ++times) by_rules();
    by_siblings();
    by_table();
    for (std::size_t c = 0; c < said_.size(); ++c) table_.columns[c].unit = said_[c].value_or(ColumnUnit::not_said);
  }

 private:
  std::optional<ColumnUnit> by_itself(std::size_t c) const {
    const std::string& name = table_.columns[c].name;
    bool pounds = false, per_cent = false, known = false;
    for (const PrintedRow& row : table_.rows) {
      pounds = pounds || row.cells[c].text.find(kPound) != std::string::npos;
      if (!known && row.cells[c].kind != PrintedCell::Kind::unknown) {
        known = true;
        per_cent = row.cells[c].kind == PrintedCell::Kind::percent;
      }
    }
    if (per_cent) return ColumnUnit::per_cent;
    if (has_scale(name)) return ColumnUnit::not_said;
    if (pounds) return ColumnUnit::pounds;
    return unit_of_heading(name);
  }

  // What is added, taken away or halved is what it was.
  void by_rules() {
    for (std::size_t c = 0; c < said_.size(); ++c) {
      const auto& rule = table_.columns[c].rule;
      if (!rule || rule->over) continue;
      std::vector<std::size_t> all = {c};
      for (const ColumnRule::Term& term : rule->terms) all.push_back(term.column);
      if (const auto only = the_only_one(all))
        for (const std::size_t one : all)
          if (!said_[one]) said_[one] = only;
    }
  }

  std::optional<ColumnUnit> the_only_one(const std::vector<std::size_t>& columns) const {
    std::optional<ColumnUnit> out;
    for (const std::size_t c : columns) {
      if (!said_[c] || said_[c] == ColumnUnit::per_cent) continue;
      if (out && out != said_[c]) return std::nullopt;
      out = said_[c];
    }
    return out;
  }

  // "Change" and "Total" are of what stands beside them; years in which a neighbour has marks are the same table.
  void by_siblings() {
    std::vector<std::size_t> all;
    for (std::size_t c = 0; c < said_.size(); ++c) all.push_back(c);
    const auto only = the_only_one(all);
    if (!only) return;
    const bool marks_alone = std::all_of(all.begin(), all.end(), [&](std::size_t c) {
      return !said_[c] || said_[c] == ColumnUnit::per_cent || !unit_of_heading(table_.columns[c].name);
    });
    for (const std::size_t c : all) {
      const std::string& name = table_.columns[c].name;
      if (!said_[c] && (marks_alone || says_when(name) || heads_a_change(name) || heads_a_sum(name))) said_[c] = only;
    }
  }

  // Titles, parts, and names of totals: "Grants to partnerships", "Expenditure". Where they say two things, nothing.
  void by_table() {
    std::vector<std::string> texts = table_.notes;
    for (const PrintedRow& row : table_.rows) {
      texts.push_back(row.section.empty() ? table_.over_names : row.section);
      if (row.role == PrintedRow::Role::total) texts.push_back(row.label);
    }
    bool money = false, other = false;
    for (const std::string& text : texts) {
      const auto unit = unit_of_heading(text);
      money = money || unit == ColumnUnit::pounds;
      other = other || (unit && unit != ColumnUnit::pounds);
    }
    if (!money || other) return;
    const bool counts = std::any_of(said_.begin(), said_.end(), [](const auto& one) {
      return one == ColumnUnit::number || one == ColumnUnit::not_said;
    });
    for (auto& one : said_)
      if (!one && !counts) one = ColumnUnit::pounds;
  }

  PrintedTable& table_;
  std::vector<std::optional<ColumnUnit>> said_;
};

}  // namespace

std::optional<ColumnUnit> unit_of_heading(std::string_view heading) {
  if (has_scale(heading)) return ColumnUnit::not_said;
  if (heading.find("\xE2\x82\xAC") != std::string_view::npos || heading.find('$') != std::string_view::npos)
    return ColumnUnit::not_said;
  const std::vector<std::string> words = words_of(heading);
  if (has_pound(heading)) return ColumnUnit::pounds;
  if (!words.empty() && any_of({words.front()}, kNumbers)) return ColumnUnit::number;
  if (any_of(words, kMoney)) return ColumnUnit::pounds;
  const bool counted = any_of(words, kCounted), perhaps = any_of(words, kPerhapsMoney);
  if (counted) return perhaps ? ColumnUnit::not_said : ColumnUnit::number;
  return perhaps ? std::optional(ColumnUnit::pounds) : std::nullopt;
}

void find_units(PrintedTable& table) { Finder(table).run(); }

std::string text_of(Money amount, ColumnUnit unit) {
  std::string text = amount.text();
  if (unit == ColumnUnit::pounds) return text;
  if (const auto pound = text.find(kPound); pound != std::string::npos) text.erase(pound, kPound.size());
  if (text.ends_with(".00")) text.resize(text.size() - 3);
  return text;
}

std::string signed_text_of(Money amount, ColumnUnit unit) {
  return (amount.pence > 0 ? "+" : "") + text_of(amount, unit);
}

std::string_view name_of(ColumnUnit unit) {
  static const char* const kNames[] = {"not said", "pounds", "number", "per cent"};
  return kNames[static_cast<int>(unit)];
}

bool has_no_sum(const std::string& heading) {
  static const char* const kWords[] = {"population", "people", "residents", "households", "rate",
                                       "per",        "head",   "rank",      "ranking",    "index",
                                       "score",      "weight", "weighting", "average",    "mean"};
  const std::vector<std::string> words = split(plain_name(heading), ' ');
  return std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return std::any_of(std::begin(kWords), std::end(kWords), [&](const char* one) { return word == one; });
  });
}

bool is_a_rate(const std::string& heading) {
  static const char* const kWords[] = {"rate",  "rates",   "per",  "rank",   "ranking",
                                       "index", "average", "mean", "median", "ratio"};
  const std::vector<std::string> words = split(plain_name(heading), ' ');
  return std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return std::any_of(std::begin(kWords), std::end(kWords), [&](const char* one) { return word == one; });
  });
}

}  // namespace tithing::allocation
