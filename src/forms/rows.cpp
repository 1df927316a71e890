#include "forms/rows.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/csv.h"
#include "base/table_text.h"
#include "base/text.h"

namespace tithing::forms {
namespace {

constexpr int kMostRows = 500;

bool is_choice(const Field& field) {
  return field.kind == Kind::choice || field.kind == Kind::radios || field.kind == Kind::ticks;
}

// The number of the row in which a field of this name stands; nothing for a field of no row of these.
std::optional<int> row_in(const Rows& rows, const std::string& name) {
  const std::string start = rows.name + "-";
  if (!name.starts_with(start)) return std::nullopt;
  const std::size_t end = name.find('-', start.size());
  if (end == std::string::npos) return std::nullopt;
  const auto number = whole(std::string_view(name).substr(start.size(), end - start.size()), kMostRows - 1);
  return number ? std::optional(static_cast<int>(*number)) : std::nullopt;
}

Field in_row(const Rows& rows, int row, Field field) {
  field.name = in_row(rows, row, field.name);
  return field;
}

bool is_filled(const Rows& rows, const Values& values, int row) {
  return std::any_of(rows.fields.begin(), rows.fields.end(), [&](const Field& field) {
    return !is_choice(field) && !at(values, in_row(rows, row, field.name)).empty();
  });
}

// What stands in a field by which a pasted line may be told to be of this row: as it is written, and its name.
std::set<std::string> known_as(const Field& field, const std::string& text) {
  std::set<std::string> out = {lowered(text)};
  if (field.finder.of)
    if (const auto match = field.finder.of(text)) out.insert(lowered(match->name));
  return out;
}

void take_out(const Rows& rows, Values& values, int gone) {
  Values out;
  for (auto& [name, text] : values) {
    const auto row = row_in(rows, name);
    if (row == gone) continue;
    const std::string rest = row ? name.substr(name.find('-', rows.name.size() + 1) + 1) : std::string();
    out[row && *row > gone ? in_row(rows, *row - 1, rest) : name] = std::move(text);
  }
  values = std::move(out);
}

// Pasted lines are put where a row of the same is, else behind the rows that are filled.
void put_pasted(const Rows& rows, Values& values, const std::vector<Values>& lines) {
  std::vector<Values> all;
  for (const Row& row : rows_in(rows, values)) all.push_back(row.values);
  const Field& first = rows.fields.front();
  for (const Values& line : lines) {
    const std::set<std::string> names = known_as(first, at(line, first.name));
    const auto same = std::find_if(all.begin(), all.end(), [&](const Values& row) {
      const std::set<std::string> others = known_as(first, at(row, first.name));
      return std::any_of(others.begin(), others.end(),
                         [&](const std::string& name) { return !name.empty() && names.count(name) > 0; });
    });
    if (same == all.end())
      all.push_back(line);
    else
      for (const auto& [name, text] : line)
        if (name != first.name) (*same)[name] = text;
  }
  put_rows(rows, values, all);
}

// A row by what its first field says, and which of several that say the same it is.
using Keyed = std::vector<std::pair<std::string, Values>>;
Keyed keyed(const Rows& rows, const Values& values) {
  Keyed out;
  const std::string first = rows.fields.front().name;
  std::map<std::string, int> seen;
  for (Row& row : rows_in(rows, values)) {
    std::string key = at(row.values, first + "-is");
    if (key.empty()) key = at(row.values, first);
    const int which = seen[key]++;
    std::erase_if(row.values, [](const auto& one) { return one.second.empty() || one.first.ends_with("-is"); });
    out.emplace_back(key + "\n" + std::to_string(which), std::move(row.values));
  }
  return out;
}
const Values* find(const Keyed& all, const std::string& key) {
  for (const auto& [one, values] : all)
    if (one == key) return &values;
  return nullptr;
}

bool has_digit(std::string_view text) { return text.find_first_of("0123456789") != std::string_view::npos; }
bool is_number(const Field& field) {
  return field.kind == Kind::number || field.kind == Kind::money || field.kind == Kind::share;
}

}  // namespace

std::string in_row(const Rows& rows, int row, const std::string& field) {
  return rows.name + "-" + std::to_string(row) + "-" + field;
}

int count(const Rows& rows, const Values& values) {
  int many = 1;
  for (const auto& [name, text] : values)
    if (const auto row = row_in(rows, name)) many = std::max(many, *row + 1);
  return many;
}

std::vector<Row> rows_in(const Rows& rows, const Values& values) {
  std::vector<Row> out;
  for (int row = 0; row < count(rows, values); ++row) {
    if (!is_filled(rows, values, row)) continue;
    Row made{row, {}};
    const std::string start = in_row(rows, row, "");
    for (const auto& [name, text] : values)
      if (name.starts_with(start)) made.values[name.substr(start.size())] = std::string(trimmed(text));
    out.push_back(std::move(made));
  }
  return out;
}

void put_rows(const Rows& rows, Values& values, const std::vector<Values>& all) {
  std::erase_if(values, [&](const auto& one) { return row_in(rows, one.first).has_value(); });
  for (std::size_t row = 0; row < all.size(); ++row)
    for (const auto& [name, text] : all[row]) values[in_row(rows, static_cast<int>(row), name)] = text;
}

bool turned(const Rows& rows, Values& values) {
  const std::string pressed = at(values, "do"), out = "out-" + rows.name + "-";
  const std::string pasted = at(values, rows.name + "-pasted");
  values.erase(rows.name + "-pasted");
  if (!pasted.empty()) {
    const std::vector<Values> lines = read_pasted(rows, pasted);
    put_pasted(rows, values, lines);
    values[rows.name + "-read"] = plural(static_cast<std::int64_t>(lines.size()), "line was", "lines were");
  }
  if (pressed == "add-" + rows.name) {
    const int more = count(rows, values);
    if (more < kMostRows) values[in_row(rows, more, rows.fields.front().name)] = "";
    return true;
  }
  if (pressed.starts_with(out)) {
    take_out(rows, values, static_cast<int>(whole_or(pressed.substr(out.size()), kMostRows)));
    return true;
  }
  return !pasted.empty() || pressed == "read-" + rows.name;
}

std::vector<Values> read_pasted(const Rows& rows, const std::string& text) {
  const std::string plain = decoded(text);
  const char separator = plain.find('|') != std::string::npos ? '|' : separator_of(plain);
  CsvReader reader(plain, separator);
  std::vector<std::string> cells;
  std::vector<const Field*> columns;
  std::vector<Values> out;
  for (const Field& field : rows.fields)
    if (!is_choice(field)) columns.push_back(&field);
  const auto named = [&](const std::string& cell) -> const Field* {
    for (const Field& field : rows.fields)
      if (const std::string heading = lowered(cell);
          heading == lowered(field.name) || heading == lowered(field.label.plain("en")))
        return &field;
    // What people call the first column, whatever the form calls it.
    for (const char* usual : {"name", "area", "code", "key"})
      if (lowered(cell) == usual) return &rows.fields.front();
    return nullptr;
  };
  for (bool first = true; reader.next(cells) && out.size() < kMostRows; first = false) {
    for (std::string& cell : cells) cell = visible(cell);
    if (std::all_of(cells.begin(), cells.end(), [](const std::string& cell) { return cell.empty(); })) continue;
    if (first && std::any_of(cells.begin(), cells.end(), named)) {
      columns.clear();
      for (const std::string& cell : cells) columns.push_back(named(cell));
      continue;
    }
    Values line;
    std::size_t column = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      // Words where a number is due are passed over, while there are cells to spare: a code has its name behind it.
      const bool spare = cells.size() - i > columns.size() - std::min(column, columns.size());
      if (column < columns.size() && columns[column] != nullptr && is_number(*columns[column]) && spare &&
          !cells[i].empty() && !has_digit(cells[i]))
        continue;
      if (column < columns.size()) {
        if (columns[column] != nullptr) line[columns[column]->name] = cells[i];
        ++column;
      } else if (!columns.empty() && columns.back() != nullptr && !cells[i].empty()) {
        line[columns.back()->name] += separator + cells[i];
      }
    }
    out.push_back(std::move(line));
  }
  return out;
}

bool turned(const Questions& questions, Values& values) {
  bool again = !at(values, "add").empty();  // a line more of a field that takes several
  for (const Rows& rows : questions.rows) again = turned(rows, values) || again;
  return again;
}

Problem settle_all(const Questions& questions, Values& values) {
  Problem problem = settle_all(questions.first, values);
  for (const Rows& rows : questions.rows) {
    const std::vector<Row> filled = rows_in(rows, values);
    if (filled.empty() && !rows.none.empty())
      add_problems(problem, {{in_row(rows, 0, rows.fields.front().name), rows.none}});
    for (const Row& row : filled)
      for (const Field& field : rows.fields)
        if (const auto wrong = settle(in_row(rows, row.number, field), values))
          add_problems(problem, {{in_row(rows, row.number, field.name),
                                  rows.title(std::to_string(row.number + 1)).plain("en") + ": " + *wrong}});
  }
  add_problems(problem, settle_all(questions.last, values).fields);
  return problem;
}

std::vector<Field> fields_of(const Questions& questions, const Values& one, const Values& other) {
  std::vector<Field> out = questions.first;
  for (const Rows& rows : questions.rows)
    for (int row = 0; row < std::max(count(rows, one), count(rows, other)); ++row)
      for (const Field& field : rows.fields) out.push_back(in_row(rows, row, field));
  out.insert(out.end(), questions.last.begin(), questions.last.end());
  return out;
}

Values merged(const std::vector<Rows>& rows, const Values& began, const Values& yours, const Values& stored) {
  if (began.empty()) return yours;
  const auto without = [&](Values values) {
    for (const Rows& one : rows) put_rows(one, values, {});
    return values;
  };
  Values out = merged(without(began), without(yours), without(stored));
  for (const Rows& one : rows) {
    const Keyed before = keyed(one, began), mine = keyed(one, yours), theirs = keyed(one, stored);
    std::vector<Values> all;
    for (const auto& [key, row] : mine) {
      const Values *was = find(before, key), *now = find(theirs, key);
      if (was != nullptr && now != nullptr)
        all.push_back(merged(*was, row, *now));
      else if (was == nullptr || *was != row)
        all.push_back(row);  // mine alone; of a row that they took out, what I changed in it stays to be seen
    }
    for (const auto& [key, row] : theirs)
      if (find(before, key) == nullptr && find(mine, key) == nullptr) all.push_back(row);
    put_rows(one, out, all);
  }
  return out;
}

void add_problems(Problem& problem, const std::vector<FieldProblem>& more) {
  for (const FieldProblem& one : more)
    if (std::none_of(problem.fields.begin(), problem.fields.end(),
                     [&](const FieldProblem& said) { return said.field == one.field; }))
      problem.fields.push_back(one);
  if (problem.message.empty() && !problem.fields.empty()) {
    problem.kind = ProblemKind::invalid;
    problem.message = problem.fields.front().message;
  }
}

}  // namespace tithing::forms
