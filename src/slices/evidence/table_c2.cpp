#include "slices/evidence/table_c2.h"

#include <map>

#include "base/csv.h"
#include "base/table_text.h"
#include "base/table_words.h"
#include "base/text.h"
#include "base/translation.h"

namespace tithing::evidence {

namespace {

// "Police Force\nArea code" -> "Police Force Area code"; "Dorset " -> "Dorset"; "Humberside [note 4]" -> "Humberside".
std::string tidied(std::string_view text) {
  std::string out;
  for (const char c : visible(text)) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (space && (out.empty() || out.back() == ' ')) continue;
    out += space ? ' ' : c;
  }
  for (std::size_t at; (at = out.find("[note")) != std::string::npos;) {
    const std::size_t end = out.find(']', at);
    out.erase(at, end == std::string::npos ? std::string::npos : end - at + 1);
  }
  return std::string(trimmed(out));
}

// "170,002 " -> 170002. Empty: "[x]", ":", a blank however it is written. A problem for what is neither.
Result<std::optional<std::int64_t>> number_of(std::string_view text) {
  const std::string cell = visible(text);
  if (is_blank_word(cell) || (cell.front() == '[' && cell.back() == ']') || cell == ":")
    return std::optional<std::int64_t>();
  const std::optional<std::int64_t> number = whole_number_in(cell);
  if (!number || *number > 999'999'999'999'999) return invalid(tr("\"{0}\" is not a number.", {cell}));
  return number;
}

std::string period_of(const std::string& title) {
  const std::size_t at = lowered(title).find("year ending ");
  if (at == std::string::npos) return {};
  std::string period = "Year ending " + tidied(title.substr(at + 12));
  return period;
}

// Parts against the whole: an official total that its own rows do not make is shown, not mended.
void check_totals(TableC2& table) {
  std::map<std::string, std::vector<const TableC2::Row*>> parts;
  std::map<std::string, const TableC2::Row*> totals;
  for (const TableC2::Row& row : table.rows) {
    if (row.level == TableC2::Level::force) {
      totals.emplace(row.force_name, &row);
    } else {
      parts[row.force_name].push_back(&row);
    }
  }
  for (const auto& [force, rows] : parts) {
    const auto total = totals.find(force);
    if (total == totals.end()) {
      table.remarks.push_back(force + " has rows of partnerships but no total of its own.");
      continue;
    }
    for (std::size_t offence = 0; offence < table.offences.size(); ++offence) {
      if (!total->second->numbers[offence]) continue;
      std::int64_t sum = 0;
      bool whole = false;
      for (const TableC2::Row* row : rows) {
        sum += row->numbers[offence].value_or(0);
        whole = whole || row->numbers[offence].has_value();
      }
      const std::int64_t stated = *total->second->numbers[offence];
      if (whole && sum != stated) {
        table.remarks.push_back(force + ", " + table.offences[offence].name + ": its rows add up to " + grouped(sum) +
                                ", its stated total is " + grouped(stated) + " (" + (sum > stated ? "+" : "") +
                                grouped(sum - stated) + ").");
      }
    }
  }
}

// A row that carries the code of another force: kept, and said.
void check_codes(TableC2& table) {
  std::map<std::string, std::string> code_of_force;  // by the name of its total
  for (const TableC2::Row& row : table.rows) {
    if (row.level == TableC2::Level::force) code_of_force.emplace(row.force_name, row.force_code);
  }
  for (TableC2::Row& row : table.rows) {
    const auto own = code_of_force.find(row.force_name);
    if (own != code_of_force.end() && own->second != row.force_code) {
      std::string remark = "Line " + std::to_string(row.line) + ", \"" + row.area_name + "\", carries the code " +
                           row.force_code + ", but " + row.force_name + " has " + own->second + ". It is kept under " +
                           row.force_name + ".";
      if (!row.numbers.empty() && row.numbers[0]) {
        // Whoever adds up by code finds two totals that are off.
        remark += " Added up by their codes, the rows of " + row.force_name + " would miss its total by " +
                  grouped(*row.numbers[0]);
        for (const auto& [name, code] : code_of_force) {
          if (code == row.force_code) remark += " and those of " + name + " pass theirs by as many";
        }
        remark += ".";
      }
      table.remarks.push_back(std::move(remark));
    }
  }
}

}  // namespace

std::string_view name_of(TableC2::Level level) {
  switch (level) {
    case TableC2::Level::force:
      return "force";
    case TableC2::Level::partnership:
      return "partnership";
    case TableC2::Level::unassigned:
      return "unassigned";
  }
  return "";
}

Result<TableC2> read_table_c2(const std::string& text, const std::string& name) {
  if (text.empty()) return invalid(tr("{0} is empty.", {name}));
  const Result<PlainTable> plain = plain_table(text);
  if (!plain) return invalid(tr("{0} cannot be read. {1}", {name, plain.error().message}));
  const std::vector<CsvRecord> records = csv_records(plain->text);
  TableC2 table;
  table.read_as = plain->read_as;
  if (!records.empty() && !records.front().fields.empty())
    table.title = std::string(trimmed(records.front().fields.front()));
  std::size_t heading = records.size();
  for (std::size_t i = 0; i < records.size() && i < 40 && heading == records.size(); ++i) {
    const std::vector<std::string>& fields = records[i].fields;
    if (fields.size() >= 8 && lowered(tidied(fields[0])) == "police force area code") heading = i;
  }
  if (heading == records.size()) {
    return invalid(
        tr("{0} has no heading that begins with \"Police Force Area code\". Give the worksheet \"Table "
           "C2\" of the ONS tables as CSV.",
           {name}));
  }
  const std::vector<std::string>& names = records[heading].fields;
  constexpr const char* kExpected[] = {"police force area code",
                                       "police force area name",
                                       "community safety partnership code",
                                       "community safety partnership name",
                                       "local authority code",
                                       "local authority name"};
  for (std::size_t i = 0; i < 6; ++i) {
    if (lowered(tidied(names[i])) != kExpected[i]) {
      return invalid(tr("{0} has \"{1}\" as its {2}. column where Table C2 has \"{3}\".",
                        {name, tidied(names[i]), std::to_string(i + 1), kExpected[i]}));
    }
  }
  for (std::size_t i = 6; i < names.size(); ++i) {
    const std::string offence = tidied(names[i]);
    if (offence.empty())
      return invalid(tr("{0} has a column of numbers without a heading (column {1}).", {name, std::to_string(i + 1)}));
    table.offences.push_back({slug(offence), offence});
  }
  table.period = period_of(table.title);
  if (table.period.empty())
    return invalid(tr("{0} does not say in its first line which year it is for (\"year ending ...\").", {name}));

  for (std::size_t i = heading + 1; i < records.size(); ++i) {
    const CsvRecord& record = records[i];
    // A note under the table, by itself on its line. Any other line of the wrong length is a damaged row.
    if (record.fields.size() == 1 && i > heading + 1 &&
        record.fields[0].find_first_of("0123456789") == std::string::npos)
      continue;
    if (record.fields.size() != names.size()) {
      return invalid(tr("{0}, line {1}: {2} where the heading has {3}.",
                        {name, std::to_string(record.line),
                         plural(static_cast<std::int64_t>(record.fields.size()), "column", "columns"),
                         std::to_string(names.size())}));
    }
    TableC2::Row row;
    row.line = record.line;
    row.force_code = tidied(record.fields[0]);
    row.force_name = tidied(record.fields[1]);
    row.area_code = tidied(record.fields[2]);
    row.area_name = tidied(record.fields[3]);
    if (row.force_name.empty() && row.area_name.empty()) continue;
    if (!row.area_code.empty()) {
      row.level = TableC2::Level::partnership;
    } else if (!row.area_name.empty()) {
      row.level = TableC2::Level::unassigned;
    } else {
      row.level = TableC2::Level::force;
      row.area_code = row.force_code;
      row.area_name = row.force_name;
    }
    bool given = false;
    for (std::size_t column = 6; column < names.size(); ++column) {
      const Result<std::optional<std::int64_t>> number = number_of(record.fields[column]);
      if (!number) {
        return invalid(tr("{0}, line {1}, {2}: {3}", {name, std::to_string(record.line),
                                                      table.offences[column - 6].name, number.error().message}));
      }
      given = given || number->has_value();
      row.numbers.push_back(*number);
    }
    if (!given)
      table.remarks.push_back("Line " + std::to_string(row.line) + ", \"" + row.area_name +
                              "\", has no number at all: not known, not nought.");
    table.rows.push_back(std::move(row));
  }
  if (table.rows.empty()) return invalid(tr("{0} has a heading and no rows.", {name}));
  check_codes(table);
  check_totals(table);
  return table;
}

std::string official_key(const std::string& area_code, const std::string& area_name, std::string_view level,
                         const std::string& force_name) {
  return area_code.empty() ? area_name + " of " + force_name : area_code + " " + std::string(level);
}

std::optional<Month> last_month_of(const std::string& period) {
  for (int month = 1; month <= 12; ++month) {
    const std::string name = Month::from_ym(2000, month).text();  // "January 2000"
    const std::size_t at = period.find(name.substr(0, name.size() - 4));
    if (at == std::string::npos) continue;
    const Result<Month> found =
        Month::parse(period.substr(at + name.size() - 4, 4) + (month < 10 ? "-0" : "-") + std::to_string(month));
    if (found) return *found;
  }
  return std::nullopt;
}

}  // namespace tithing::evidence
