#include "allocation/scheme_files.h"

#include <map>
#include <optional>
#include <utility>

#include "allocation/delimited.h"
#include "allocation/imported_numbers.h"
#include "allocation/printed_text.h"
#include "base/hash.h"
#include "base/text.h"
#include "base/translation.h"

namespace tithing::allocation {

Result<std::string> NoFiles::read(const std::string& name) const {
  return not_found(tr("There is no table {0} beside it. Write the values in the scheme itself.", {name}));
}

Result<TableValues> read_values(const SchemeFiles& files, const TableColumns& columns) {
  const auto fail = [](const char* field, const std::string& sentence) {
    return invalid(sentence, {{field, sentence}});
  };
  const auto bytes = files.read(columns.file);
  if (!bytes) return fail("file", bytes.error().message);
  // As programs save it: UTF-16, Windows-1252, semicolons.
  const std::string text = decoded(*bytes);
  const char separator = separator_of(text);
  const auto rows = read_delimited(text, separator);
  if (!rows) return fail("file", columns.file + ": " + rows.error().message);
  if (rows->empty()) return fail("file", columns.file + " is empty.");
  std::vector<std::string> names;
  for (const std::string& name : rows->front().fields) names.push_back(visible(name));
  std::optional<Problem> missing;
  const auto column = [&](const std::string& name, const char* member) -> std::size_t {
    for (std::size_t i = 0; i < names.size(); ++i)
      if (names[i] == name) return i;
    // Another size of letters, where only one heading can be meant.
    std::vector<std::size_t> alike;
    for (std::size_t i = 0; i < names.size(); ++i)
      if (lowered(names[i]) == lowered(trimmed(name))) alike.push_back(i);
    if (alike.size() == 1) return alike.front();
    if (!missing)
      missing =
          fail(member, columns.file + " has no column “" + name + "”. It has: " + joined(names, ", ") + ".").value();
    return 0;
  };
  const std::size_t areas = column(columns.area, "area_column"), values = column(columns.value, "value_column");
  const std::size_t bases = columns.base.empty() ? 0 : column(columns.base, "base_column"),
                    periods = columns.period.empty() ? 0 : column(columns.period, "period_column");
  std::vector<std::pair<std::size_t, std::string>> conditions;
  for (const auto& [name, wanted] : columns.where) conditions.emplace_back(column(name, "where"), wanted);
  if (missing) return tl::unexpected(*missing);
  TableValues out;
  std::map<std::pair<std::string, std::string>, std::int64_t> seen;  // area and period: the line
  ImportedNumbers numbers(separator);
  for (std::size_t r = 1; r < rows->size(); ++r)
    for (const std::size_t i : {values, columns.base.empty() ? values : bases})
      if (i < (*rows)[r].fields.size()) numbers.see((*rows)[r].fields[i]);
  for (std::size_t r = 1; r < rows->size(); ++r) {
    const DelimitedRow& row = (*rows)[r];
    const auto cell = [&](std::size_t i) { return i < row.fields.size() ? visible(row.fields[i]) : std::string(); };
    bool meant = true;
    for (const auto& [i, wanted] : conditions) meant = meant && cell(i) == wanted;
    if (!meant) continue;
    Observation one;
    const auto number = [&](std::size_t i) {
      auto read = numbers.read(i < row.fields.size() ? row.fields[i] : std::string());
      if (!read && !missing)
        missing =
            Problem{ProblemKind::invalid,
                    columns.file + ", line " + std::to_string(row.line) + ", " + names[i] + ": " + read.error().message,
                    {}};
      return read ? *read : Fraction(0);
    };
    one.value = number(values);
    if (!columns.base.empty()) one.base = number(bases);
    if (missing) return tl::unexpected(*missing);
    if (!columns.period.empty()) one.period = cell(periods);
    if (const auto [first, fresh] = seen.emplace(std::pair{cell(areas), one.period}, row.line); !fresh)
      return fail("file",
                  columns.file + ", line " + std::to_string(row.line) + ": “" + cell(areas) +
                      "” stands there a second time" + (one.period.empty() ? "" : " for " + one.period) +
                      "; its first row is line " + std::to_string(first->second) + ". Leave one row for each area" +
                      (columns.period.empty() ? ", or name the column of periods in period_column." : " and period."));
    out.values[cell(areas)].push_back(std::move(one));
    ++out.rows;
  }
  out.sha256 = sha256(*bytes);
  return out;
}

}  // namespace tithing::allocation
