#include "slices/register/wards.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <tuple>

#include "base/csv.h"
#include "base/table_text.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/register/look_up.h"

namespace tithing::register_ {
namespace {

std::string upper(std::string_view text) {
  std::string out = visible(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

// The column "WD24CD" for "WD" and "CD", with its year; -1 where there is none.
struct Column {
  std::ptrdiff_t index = -1;
  int year = 0;
};
Column dated_column(const std::vector<std::string>& heading, std::string_view prefix, std::string_view suffix) {
  for (std::size_t i = 0; i < heading.size(); ++i) {
    const std::string name = upper(heading[i]);
    if (name.size() != prefix.size() + 2 + suffix.size() || !name.starts_with(prefix) || !name.ends_with(suffix))
      continue;
    const char tens = name[prefix.size()], ones = name[prefix.size() + 1];
    if (tens < '0' || tens > '9' || ones < '0' || ones > '9') continue;
    return {static_cast<std::ptrdiff_t>(i), 2000 + (tens - '0') * 10 + (ones - '0')};
  }
  return {};
}

}  // namespace

Result<WardFit> read_ward_fit(std::string_view csv) {
  CsvReader reader(csv);
  std::vector<std::string> fields;
  if (!reader.next(fields)) return invalid(tr("The table of wards is empty."));
  const Column ward = dated_column(fields, "WD", "CD"), name = dated_column(fields, "WD", "NM"),
               district = dated_column(fields, "LAD", "CD");
  const auto lsoa =
      std::find_if(fields.begin(), fields.end(), [](const std::string& one) { return upper(one) == "LSOA21CD"; });
  if (lsoa == fields.end() || ward.index < 0 || name.index < 0 || district.index < 0)
    return invalid(tr("The table of wards needs the columns LSOA21CD, WD24CD, WD24NM and LAD24CD (of any year)."));
  const std::array<std::size_t, 4> index = {static_cast<std::size_t>(lsoa - fields.begin()),
                                            static_cast<std::size_t>(ward.index), static_cast<std::size_t>(name.index),
                                            static_cast<std::size_t>(district.index)};
  WardFit fit;
  fit.year = ward.year;
  std::map<std::string, std::string> names;
  std::map<std::string, std::int64_t> seen;
  while (reader.next(fields)) {
    const std::string line = "Line " + std::to_string(reader.line()) + ": ";
    for (const std::size_t i : index)
      if (i >= fields.size()) return invalid(tr("{0}the row has fewer columns than the heading.", {line}));
    WardRow row{std::string(trimmed(fields[index[0]])), std::string(trimmed(fields[index[1]])),
                std::string(trimmed(fields[index[2]])), std::string(trimmed(fields[index[3]]))};
    if (kind_of_code(row.lsoa_2021) != AreaKind::lsoa_2011)
      return invalid(tr("{0}\"{1}\" is not the code of an LSOA.", {line, to_valid_utf8(row.lsoa_2021)}));
    if (kind_of_code(row.ward) != AreaKind::ward)
      return invalid(tr("{0}\"{1}\" is not the code of a ward of England or Wales (E05 or W05).",
                        {line, to_valid_utf8(row.ward)}));
    if (kind_of_code(row.district) != AreaKind::district)
      return invalid(tr("{0}\"{1}\" is not the code of a district.", {line, to_valid_utf8(row.district)}));
    if (row.ward_name.empty() || !is_utf8(row.ward_name))
      return invalid(tr("{0}the ward has no name, or one that is not UTF-8 text.", {line}));
    const auto [known, added] = names.emplace(row.ward, row.ward_name);
    if (!added && known->second != row.ward_name)
      return invalid(tr("{0}{1} is called {2} here and {3} above.", {line, row.ward, row.ward_name, known->second}));
    if (const auto [before, first] = seen.emplace(row.lsoa_2021, reader.line()); !first)
      return invalid(tr("{0}{1} was given in line {2}: a best fit puts an LSOA in one ward.",
                        {line, row.lsoa_2021, std::to_string(before->second)}));
    fit.rows.push_back(std::move(row));
  }
  if (reader.broken())
    return invalid(tr("A quotation mark is opened in line {0} and never closed.", {std::to_string(reader.line())}));
  if (fit.rows.empty()) return invalid(tr("The table of wards has a heading but no rows."));
  std::sort(fit.rows.begin(), fit.rows.end(), [](const WardRow& a, const WardRow& b) {
    return std::tie(a.ward, a.lsoa_2021) < std::tie(b.ward, b.lsoa_2021);
  });
  return fit;
}

std::string encode(const WardFit& fit) {
  std::string out;
  for (const WardRow& row : fit.rows)
    out += row.lsoa_2021 + '\t' + row.ward + '\t' + row.ward_name + '\t' + row.district + '\n';
  return out;
}

void decode(const std::string& text, WardFit& fit) {
  for (const std::string& line : split(text, '\n')) {
    if (line.empty()) continue;
    const std::vector<std::string> fields = split(line, '\t');
    if (fields.size() != 4) throw std::runtime_error("the stored table of wards is damaged");
    fit.rows.push_back({fields[0], fields[1], fields[2], fields[3]});
  }
}

WardTable::WardTable(WardFit fit) : fit_(std::move(fit)) {
  for (const WardRow& row : fit_.rows) {
    if (wards_.empty() || wards_.back().code != row.ward) {
      Area area;
      area.code = row.ward;
      area.kind = AreaKind::ward;
      area.name = row.ward_name;
      area.dates_note =
          "A ward of " + std::to_string(fit_.year) + ", by best fit: the table does not say from when or until when.";
      wards_.push_back(std::move(area));
      lsoas_.emplace_back();
    }
    lsoas_.back().push_back(row.lsoa_2021);
    by_lsoa_[row.lsoa_2021] = wards_.size() - 1;
  }
}

const Area* WardTable::find(std::string_view code) const {
  const auto found = std::lower_bound(wards_.begin(), wards_.end(), code,
                                      [](const Area& ward, std::string_view wanted) { return ward.code < wanted; });
  return found == wards_.end() || found->code != code ? nullptr : &*found;
}

const std::vector<std::string>& WardTable::lsoas(std::string_view ward) const {
  static const std::vector<std::string> none;
  const Area* found = find(ward);
  return found == nullptr ? none : lsoas_[static_cast<std::size_t>(found - wards_.data())];
}

const Area* WardTable::ward_of(std::string_view lsoa_2021) const {
  const auto found = by_lsoa_.find(lsoa_2021);
  return found == by_lsoa_.end() ? nullptr : &wards_[found->second];
}

}  // namespace tithing::register_
