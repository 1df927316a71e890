#include "slices/register/look_up.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "base/csv.h"
#include "base/table_text.h"
#include "base/text.h"
#include "base/translation.h"

namespace tithing::register_ {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

using Columns = std::map<std::string, std::size_t>;  // by heading in capitals

std::string upper(std::string_view text) {
  std::string out = visible(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

Columns columns_of(const std::vector<std::string>& heading) {
  Columns columns;
  for (std::size_t i = 0; i < heading.size(); ++i) columns.emplace(upper(heading[i]), i);
  return columns;
}

std::optional<Columns> heading_of(CsvReader& reader) {
  std::vector<std::string> fields;
  if (!reader.next(fields)) return std::nullopt;
  return columns_of(fields);
}

// "LAD22CD" for prefix "LAD" and suffix "CD": the year's two digits, or nothing.
std::optional<int> year_in(const Columns& columns, std::string_view prefix, std::string_view suffix) {
  for (const auto& [name, index] : columns) {
    if (name.size() != prefix.size() + 2 + suffix.size()) continue;
    if (name.compare(0, prefix.size(), prefix) != 0 || name.compare(prefix.size() + 2, suffix.size(), suffix) != 0)
      continue;
    const char a = name[prefix.size()];
    const char b = name[prefix.size() + 1];
    if (is_digit(a) && is_digit(b)) return (a - '0') * 10 + (b - '0');
  }
  return std::nullopt;
}

std::string with_year(std::string_view prefix, int year, std::string_view suffix) {
  const std::string digits = year < 10 ? "0" + std::to_string(year) : std::to_string(year);
  return std::string(prefix) + digits + std::string(suffix);
}

std::string at_line(std::int64_t line) { return "Line " + std::to_string(line) + ": "; }

Date last_day(int year, int month) { return Month::from_ym(year, month).last_day(); }

// A month in a file's name: "2022-12", "december-2022", "dec 2018".
std::optional<int> month_in(std::string_view file_name, int year) {
  const std::string name = lowered(file_name);
  const std::string y = std::to_string(year);
  const std::size_t at = name.find(y + "-");
  if (at != std::string::npos && at + 7 <= name.size() && is_digit(name[at + 5]) && is_digit(name[at + 6])) {
    const int month = (name[at + 5] - '0') * 10 + (name[at + 6] - '0');
    if (month >= 1 && month <= 12) return month;
  }
  static constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                               "jul", "aug", "sep", "oct", "nov", "dec"};
  if (name.find(y) == std::string::npos) return std::nullopt;
  for (int m = 0; m < 12; ++m)
    if (name.find(kMonths[static_cast<std::size_t>(m)]) != std::string::npos) return m + 1;
  return std::nullopt;
}

// The editions that ONS published for each year: January 2017, then Decembers. Any other year needs saying.
std::optional<int> month_of_edition(int year) {
  if (year == 2017) return 1;
  if (year == 2018 || year == 2019 || year == 2022) return 12;
  return std::nullopt;
}

}  // namespace

bool is_official_code(std::string_view code) {
  if (code.size() != 9 || (code[0] != 'E' && code[0] != 'W')) return false;
  return std::all_of(code.begin() + 1, code.end(), is_digit);
}

std::optional<AreaKind> kind_of_code(std::string_view code) {
  if (!is_official_code(code)) return std::nullopt;
  const std::string_view entity = code.substr(0, 3);
  if (entity == "E01" || entity == "W01") return AreaKind::lsoa_2011;
  if (entity == "E06" || entity == "E07" || entity == "E08" || entity == "E09" || entity == "W06")
    return AreaKind::district;
  if (entity == "E05" || entity == "W05") return AreaKind::ward;
  if (entity == "E22" || entity == "W14") return AreaKind::community_safety_partnership;
  if (entity == "E23" || entity == "W15") return AreaKind::police_force_area;
  return std::nullopt;
}

std::string_view name_of(AreaKind kind) {
  switch (kind) {
    case AreaKind::police_force_area:
      return "police force area";
    case AreaKind::community_safety_partnership:
      return "community safety partnership";
    case AreaKind::district:
      return "district";
    case AreaKind::ward:
      return "ward";
    case AreaKind::lsoa_2011:
      return "LSOA of 2011";
    case AreaKind::lsoa_2021:
      return "LSOA of 2021";
  }
  return {};
}
std::string kind_words(const Area& area) {
  if (area.without_area) return "police force without an area";
  if (area.kind == AreaKind::ward) return "ward (best fit)";
  return std::string(name_of(area.kind));
}
std::string_view code_of(AreaKind kind) {
  switch (kind) {
    case AreaKind::police_force_area:
      return "police-force-area";
    case AreaKind::community_safety_partnership:
      return "community-safety-partnership";
    case AreaKind::district:
      return "district";
    case AreaKind::ward:
      return "ward";
    case AreaKind::lsoa_2011:
      return "lsoa-2011";
    case AreaKind::lsoa_2021:
      return "lsoa-2021";
  }
  return {};
}
std::optional<AreaKind> kind_from(std::string_view code) {
  for (const AreaKind kind : {AreaKind::police_force_area, AreaKind::community_safety_partnership, AreaKind::district,
                              AreaKind::ward, AreaKind::lsoa_2011, AreaKind::lsoa_2021})
    if (code_of(kind) == code) return kind;
  return std::nullopt;
}

std::string_view code_of(SuccessionKind kind) {
  switch (kind) {
    case SuccessionKind::renamed:
      return "renamed";
    case SuccessionKind::recoded:
      return "recoded";
    case SuccessionKind::merged:
      return "merged";
    case SuccessionKind::split:
      return "split";
    case SuccessionKind::replaced:
      return "replaced";
  }
  return {};
}
std::string_view name_of(SuccessionKind kind) {
  switch (kind) {
    case SuccessionKind::renamed:
      return "renamed";
    case SuccessionKind::recoded:
      return "given a new code";
    case SuccessionKind::merged:
      return "merged";
    case SuccessionKind::split:
      return "split";
    case SuccessionKind::replaced:
      return "replaced";
  }
  return {};
}
std::optional<SuccessionKind> succession_kind_from(std::string_view code) {
  for (const SuccessionKind kind : {SuccessionKind::renamed, SuccessionKind::recoded, SuccessionKind::merged,
                                    SuccessionKind::split, SuccessionKind::replaced})
    if (code_of(kind) == code) return kind;
  return std::nullopt;
}

std::string_view district_name_of_lsoa(std::string_view name) {
  // "<district> NNNA"
  if (name.size() < 6 || name[name.size() - 5] != ' ') return {};
  const std::string_view tail = name.substr(name.size() - 4);
  if (!is_digit(tail[0]) || !is_digit(tail[1]) || !is_digit(tail[2]) || tail[3] < 'A' || tail[3] > 'Z') return {};
  return name.substr(0, name.size() - 5);
}

std::string LookUp::month_text() const { return Month::of(on).text(); }

std::optional<TableForm> form_of(std::string_view csv) {
  // Whole lines only: half a character at the end would look like another encoding.
  csv = csv.substr(0, 64 * 1024);
  if (const std::size_t end = csv.rfind('\n'); end != std::string_view::npos) csv = csv.substr(0, end + 1);
  const auto plain = plain_table(csv);
  if (!plain) return std::nullopt;
  CsvReader reader(plain->text);
  const auto columns = heading_of(reader);
  if (!columns) return std::nullopt;
  const auto has = [&](const char* name) { return columns->count(name) > 0; };
  if (has("LSOA11CD") && has("LSOA21CD")) return TableForm::exact_fit;
  if (has("LSOA21CD") && year_in(*columns, "WD", "CD")) return TableForm::ward_fit;
  if (year_in(*columns, "LAD", "CD") && year_in(*columns, "CSP", "CD")) return TableForm::look_up;
  if (has("LADCD") && has("LADCD_ACTIVE")) return TableForm::code_history;
  if (has("PREDECESSOR_CODE") && has("SUCCESSOR_CODE")) return TableForm::succession_facts;
  return std::nullopt;
}

Result<LookUp> read_look_up(std::string_view csv, std::string_view file_name, std::optional<Date> dated) {
  CsvReader reader(csv);
  const auto columns = heading_of(reader);
  if (!columns) return invalid(tr("The look-up is empty."));
  const auto year = year_in(*columns, "LAD", "CD");
  if (!year) return invalid(tr("The look-up has no column of district codes such as LAD22CD."));
  std::array<std::size_t, 6> index{};
  const std::array<std::string, 6> wanted = {with_year("LAD", *year, "CD"), with_year("LAD", *year, "NM"),
                                             with_year("CSP", *year, "CD"), with_year("CSP", *year, "NM"),
                                             with_year("PFA", *year, "CD"), with_year("PFA", *year, "NM")};
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const auto found = columns->find(wanted[i]);
    if (found == columns->end())
      return invalid(
          tr("The look-up has no column {0}. It needs codes and names of districts, partnerships and forces.",
             {wanted[i]}));
    index[i] = found->second;
  }
  LookUp look_up;
  const int full_year = 2000 + *year;
  if (dated) {
    look_up.on = *dated;
  } else {
    std::optional<int> month = month_in(file_name, full_year);
    if (!month) month = month_of_edition(full_year);
    if (!month)
      return invalid(
          tr("The look-up's columns say {0} but nothing says which month. Give the day that it holds for "
             "(--dated YYYY-MM-DD on the command line).",
             {std::to_string(full_year)}));
    look_up.on = last_day(full_year, *month);
  }
  std::map<std::string, std::string> names;
  std::map<std::string, std::string> force_of_partnership;
  std::set<std::pair<std::string, std::string>> pairs;
  std::vector<std::string> fields;
  while (reader.next(fields)) {
    const std::string line = at_line(reader.line());
    for (const std::size_t i : index)
      if (i >= fields.size()) return invalid(tr("{0}the row has fewer columns than the heading.", {line}));
    std::array<std::string, 6> value;
    for (std::size_t i = 0; i < value.size(); ++i) value[i] = visible(fields[index[i]]);
    constexpr std::array<AreaKind, 3> kKinds = {AreaKind::district, AreaKind::community_safety_partnership,
                                                AreaKind::police_force_area};
    for (std::size_t k = 0; k < 3; ++k) {
      const std::string& code = value[2 * k];
      const std::string& name = value[2 * k + 1];
      if (kind_of_code(code) != kKinds[k])
        return invalid(tr("{0}\"{1}\" in {2} is not the code of a {3}.",
                          {line, to_valid_utf8(code), wanted[2 * k], std::string(name_of(kKinds[k]))}));
      if (name.empty()) return invalid(tr("{0}{1} is empty.", {line, wanted[2 * k + 1]}));
      if (!is_utf8(name)) return invalid(tr("{0}the name of {1} is not UTF-8 text.", {line, code}));
      const auto [known, added] = names.emplace(code, name);
      if (!added && known->second != name)
        return invalid(tr("{0}{1} is called {2} here and {3} above.", {line, code, name, known->second}));
    }
    const auto [force, added] = force_of_partnership.emplace(value[2], value[4]);
    if (!added && force->second != value[4])
      return invalid(tr("{0}partnership {1} lies in two forces.", {line, value[2]}));
    if (!pairs.emplace(value[0], value[2]).second)
      return invalid(tr("{0}district {1} and partnership {2} were given before.", {line, value[0], value[2]}));
    look_up.rows.push_back({value[0], value[1], value[2], value[3], value[4], value[5]});
  }
  if (reader.broken())
    return invalid(tr("A quotation mark is opened in line {0} and never closed.", {std::to_string(reader.line())}));
  if (look_up.rows.empty()) return invalid(tr("The look-up has a heading but no rows."));
  std::sort(look_up.rows.begin(), look_up.rows.end(), [](const LookUpRow& a, const LookUpRow& b) {
    return std::tie(a.district, a.partnership) < std::tie(b.district, b.partnership);
  });
  return look_up;
}

Result<ExactFit> read_exact_fit(std::string_view csv) {
  CsvReader reader(csv);
  const auto columns = heading_of(reader);
  if (!columns) return invalid(tr("The exact fit is empty."));
  const auto year = year_in(*columns, "LAD", "CD");
  if (!year) return invalid(tr("The exact fit has no column of district codes such as LAD22CD."));
  const std::array<std::string, 6> wanted = {
      "LSOA11CD", "LSOA11NM", "LSOA21CD", "LSOA21NM", with_year("LAD", *year, "CD"), "CHGIND"};
  std::array<std::size_t, 6> index{};
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const auto found = columns->find(wanted[i]);
    if (found == columns->end()) return invalid(tr("The exact fit has no column {0}.", {wanted[i]}));
    index[i] = found->second;
  }
  ExactFit fit;
  fit.district_year = 2000 + *year;
  std::vector<std::string> fields;
  while (reader.next(fields)) {
    const std::string line = at_line(reader.line());
    for (const std::size_t i : index)
      if (i >= fields.size()) return invalid(tr("{0}the row has fewer columns than the heading.", {line}));
    for (const std::size_t i : index) fields[i] = visible(fields[i]);
    FitRow row{fields[index[0]], fields[index[1]], fields[index[2]], fields[index[3]], fields[index[4]], 'U'};
    if (kind_of_code(row.lsoa_2011) != AreaKind::lsoa_2011 || kind_of_code(row.lsoa_2021) != AreaKind::lsoa_2011)
      return invalid(tr("{0}not the codes of two LSOAs: \"{1}\", \"{2}\".",
                        {line, to_valid_utf8(row.lsoa_2011), to_valid_utf8(row.lsoa_2021)}));
    if (kind_of_code(row.district) != AreaKind::district)
      return invalid(tr("{0}\"{1}\" is not the code of a district.", {line, to_valid_utf8(row.district)}));
    const std::string& change = fields[index[5]];
    if (change.size() != 1 || std::string_view("USMX").find(change[0]) == std::string_view::npos)
      return invalid(tr("{0}the change indicator is \"{1}\"; it must be U, S, M or X.", {line, to_valid_utf8(change)}));
    row.change = change[0];
    fit.rows.push_back(std::move(row));
  }
  if (reader.broken())
    return invalid(tr("A quotation mark is opened in line {0} and never closed.", {std::to_string(reader.line())}));
  if (fit.rows.empty()) return invalid(tr("The exact fit has a heading but no rows."));
  std::sort(fit.rows.begin(), fit.rows.end(), [](const FitRow& a, const FitRow& b) {
    return std::tie(a.lsoa_2011, a.lsoa_2021) < std::tie(b.lsoa_2011, b.lsoa_2021);
  });
  return fit;
}

Result<std::vector<CodeHistoryRow>> read_code_history(std::string_view csv) {
  CsvReader reader(csv);
  const auto columns = heading_of(reader);
  if (!columns) return invalid(tr("The table of codes is empty."));
  const std::array<std::string, 4> wanted = {"LADCD", "LADNM", "LADCD_ACTIVE", "LADNM_ACTIVE"};
  std::array<std::size_t, 4> index{};
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const auto found = columns->find(wanted[i]);
    if (found == columns->end()) return invalid(tr("The table of codes has no column {0}.", {wanted[i]}));
    index[i] = found->second;
  }
  std::vector<CodeHistoryRow> rows;
  std::vector<std::string> fields;
  while (reader.next(fields)) {
    for (const std::size_t i : index)
      if (i >= fields.size())
        return invalid(tr("{0}the row has fewer columns than the heading.", {at_line(reader.line())}));
    for (const std::size_t i : index) fields[i] = visible(fields[i]);
    CodeHistoryRow row{fields[index[0]], fields[index[1]], fields[index[2]], fields[index[3]]};
    // Scotland's and Northern Ireland's councils are in the table; they have no community safety partnerships of this
    // law.
    if (kind_of_code(row.code) != AreaKind::district || kind_of_code(row.successor) != AreaKind::district) continue;
    rows.push_back(std::move(row));
  }
  if (rows.empty()) return invalid(tr("The table of codes has no row for a district of England or Wales."));
  return rows;
}

Result<std::vector<SuccessionFactRow>> read_succession_facts(std::string_view csv) {
  CsvReader reader(csv);
  const auto columns = heading_of(reader);
  if (!columns) return invalid(tr("The table of successions is empty."));
  const std::array<std::string, 11> wanted = {"KIND",
                                              "PREDECESSOR_CODE",
                                              "PREDECESSOR_NAME",
                                              "PREDECESSOR_DISTRICTS",
                                              "SUCCESSOR_CODE",
                                              "ON",
                                              "NOT_BEFORE",
                                              "NOT_AFTER",
                                              "SOURCE",
                                              "PARAGRAPH",
                                              "EVIDENCE"};
  std::array<std::size_t, 11> index{};
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const auto found = columns->find(wanted[i]);
    if (found == columns->end())
      return invalid(tr("The table of successions has no column {0}.", {lowered(wanted[i])}));
    index[i] = found->second;
  }
  std::vector<SuccessionFactRow> rows;
  std::vector<std::string> fields;
  while (reader.next(fields)) {
    const std::string line = at_line(reader.line());
    for (const std::size_t i : index)
      if (i >= fields.size()) return invalid(tr("{0}the row has fewer columns than the heading.", {line}));
    const auto value = [&](std::size_t column) { return visible(fields[index[column]]); };
    SuccessionFactRow row;
    const auto kind = succession_kind_from(value(0));
    if (!kind)
      return invalid(tr("{0}the kind must be renamed, recoded, merged, split or replaced, not \"{1}\".",
                        {line, to_valid_utf8(value(0))}));
    row.kind = *kind;
    row.predecessor = value(1);
    row.predecessor_name = value(2);
    row.successor = value(4);
    const auto usable = [](const std::string& code) {
      if (is_official_code(code)) return true;
      return code.size() > 2 && code.size() <= 60 && code.compare(0, 2, "X-") == 0 &&
             std::all_of(code.begin() + 2, code.end(),
                         [](char c) { return (c >= 'a' && c <= 'z') || is_digit(c) || c == '-'; });
    };
    if (!usable(row.predecessor) || !usable(row.successor))
      return invalid(
          tr("{0}codes are official ones (E22000368) or, where none is known, local ones (X-bromsgrove-csp).", {line}));
    if (row.predecessor_name.empty() || !is_utf8(row.predecessor_name))
      return invalid(tr("{0}the predecessor needs a name.", {line}));
    for (const std::string& district : split(value(3), ';')) {
      if (trimmed(district).empty()) continue;
      if (kind_of_code(trimmed(district)) != AreaKind::district)
        return invalid(tr("{0}\"{1}\" is not the code of a district.", {line, to_valid_utf8(district)}));
      row.predecessor_districts.emplace_back(trimmed(district));
    }
    const std::array<std::optional<Date>*, 3> dates = {&row.on, &row.not_before, &row.not_after};
    for (std::size_t i = 0; i < dates.size(); ++i) {
      const std::string text = value(5 + i);
      if (text.empty()) continue;
      const auto date = Date::parse(text);
      if (!date)
        return invalid(tr("{0}{1} must be a day such as 2012-04-01, or empty when it is not known.",
                          {line, lowered(wanted[5 + i])}));
      *dates[i] = *date;
    }
    row.source = value(8);
    row.paragraph = value(9);
    row.evidence = value(10);
    if (row.source.empty() || row.evidence.empty())
      return invalid(tr("{0}a succession needs its source and what the source says.", {line}));
    if (!is_utf8(row.source) || !is_utf8(row.paragraph) || !is_utf8(row.evidence))
      return invalid(tr("{0}the text is not UTF-8.", {line}));
    rows.push_back(std::move(row));
  }
  if (rows.empty()) return invalid(tr("The table of successions has a heading but no rows."));
  return rows;
}

}  // namespace tithing::register_
