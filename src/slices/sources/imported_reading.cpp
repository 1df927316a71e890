#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/csv.h"
#include "base/table_text.h"
#include "base/table_words.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/sources/imported.h"

namespace tithing::sources {

namespace {

constexpr std::size_t kLongestHeading = 100;
constexpr std::size_t kLongestKept = 2000;  // bytes of a refused line

// What is wrong with the first line, as a sentence, or empty. Makes the headings visible.
std::string fault_of_headings(std::vector<std::string>& headings, const AskedColumns& asked) {
  std::set<std::string> names, slugs;
  for (std::string& heading : headings) {
    heading = visible(heading);
    slugs.insert(slug(heading));
    if (heading.empty() && !asked.others_count) continue;
    if (!names.insert(lowered(heading)).second)
      return "Two columns are called \"" + heading + "\". Give each its own name.";
    if (heading.size() > kLongestHeading) return "The name of a column is longer than 100 characters. Shorten it.";
  }
  for (const char* needed : asked.needed)
    if (slugs.count(needed) == 0)
      return "The first line has no column \"" + std::string(needed) + "\". Its columns are " + asked.in_words + ".";
  if (asked.others_count && headings.size() <= asked.needed.size())
    return "There is no column beside those. Its columns are " + asked.in_words + ".";
  return {};
}

std::string key_of(const ImportedKind& kind, const ListRow& row) {
  std::string key;
  for (std::size_t i = 0; i < kind.columns.size(); ++i)
    if (!kind.columns[i].number) key += row[i].text() + '\n';
  return key;
}

// The first number of a row: what the list says of the names before it.
std::optional<double> value_of(const ImportedKind& kind, const ListRow& row) {
  for (std::size_t i = 0; i < kind.columns.size(); ++i)
    if (kind.columns[i].number) return number_of(row[i]);
  return std::nullopt;
}

}  // namespace

std::string Line::text(std::size_t column) const {
  return column < cells_.size() ? visible(cells_[column]) : std::string();
}

std::string Line::text(std::string_view column) const {
  for (std::size_t i = 0; i < headings_.size(); ++i)
    if (slug(headings_[i]) == column) return text(i);
  return {};
}

std::optional<double> Line::number(const std::string& text) const { return number_in(text, decimal_comma_); }

Problem nothing_below() { return {ProblemKind::invalid, "The list has no line below its first one.", {}}; }

Result<ReadLines> read_lines(const std::string& csv, const AskedColumns& asked,
                             db::FunctionRef<std::string(const Line&)> take) {
  const auto plain = plain_table(csv);
  if (!plain) return invalid(tr("The list cannot be read. {0}", {plain.error().message}));
  CsvReader reader(plain->text);
  std::vector<std::string> headings, cells;
  if (!reader.next(headings))
    return invalid(tr("The list is empty. Its first line names the columns: {0}.", {asked.in_words}));
  if (const std::string fault = fault_of_headings(headings, asked); !fault.empty()) return invalid(fault);
  ReadLines read{plain->read_as, {}};
  while (reader.next(cells)) {
    if (reader.broken())
      return invalid(tr("A quotation mark that opens in line {0} is never closed.", {std::to_string(reader.line())}));
    std::string why = take(Line(headings, cells, plain->decimal_comma));
    if (why.empty()) continue;
    std::string text = joined(cells, ",").substr(0, kLongestKept);
    while (!is_utf8(text)) text.pop_back();  // not in the middle of a character
    read.refused.push_back({reader.line(), std::move(why), std::move(text)});
  }
  return read;
}

std::optional<double> number_of(const db::Value& value) {
  return value.kind() == db::Value::Kind::null ? std::nullopt : std::optional(value.real());
}

Holding holding_of(const ImportedKind& kind, const std::vector<ListRow>& rows) {
  Holding holding;
  holding.rows = static_cast<std::int64_t>(rows.size());
  const bool numbers =
      std::any_of(kind.columns.begin(), kind.columns.end(), [](const auto& one) { return one.number; });
  for (const ListRow& row : rows)
    if (!numbers || value_of(kind, row)) holding.parts[kind.part_word][row[kind.part].text()] += kMissed;
  return holding;
}

std::pair<std::int64_t, std::int64_t> differing(const ImportedKind& kind, const std::vector<ListRow>& former,
                                                const std::vector<ListRow>& later) {
  std::map<std::string, std::optional<double>> given;
  std::set<std::string> names;
  for (const ListRow& row : later) {
    given[key_of(kind, row)] = value_of(kind, row);
    names.insert(row.front().text());
  }
  std::int64_t far = 0, shared = 0;
  for (const ListRow& row : former) {
    if (names.count(row.front().text()) == 0) continue;
    ++shared;
    const auto found = given.find(key_of(kind, row));
    const auto value = value_of(kind, row);
    if (found == given.end())
      ++far;
    else if (value && found->second)
      far += std::abs(*found->second - *value) > std::abs(*value) / 10;
  }
  return {far, shared};
}

}  // namespace tithing::sources
