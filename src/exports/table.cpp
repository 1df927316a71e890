#include "exports/table.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>
#include <stdexcept>

#include "base/money.h"
#include "base/text.h"

namespace tithing::exports {
namespace {

// "-0.0" reads as a mistake; fixed() and percent() never write it, a sign put before them must not either.
std::string with_sign(std::string text) {
  const bool negative = !text.empty() && text.front() == '-';
  const bool zero = text.find_first_of("123456789") == std::string::npos;
  return negative || zero ? text : "+" + text;
}

std::optional<double> sort_number(const Cell& cell) {
  if (cell.state != CellState::known) return std::nullopt;
  if (cell.whole) return static_cast<double>(*cell.whole);
  return cell.real;
}

// -1, 0, 1; exact for whole numbers beyond 2^53.
int compare_values(const Cell& a, const Cell& b) {
  if (a.whole && b.whole) return *a.whole < *b.whole ? -1 : *a.whole > *b.whole ? 1 : 0;
  const auto x = sort_number(a), y = sort_number(b);
  if (x && y) return *x < *y ? -1 : *x > *y ? 1 : 0;
  if (x.has_value() != y.has_value()) return x ? -1 : 1;  // numbers before words
  const std::string p = lowered(a.text), q = lowered(b.text);
  return p < q ? -1 : p > q ? 1 : 0;
}

bool has_value(const Cell& cell) { return cell.state == CellState::known && (cell.numeric() || !cell.text.empty()); }

}  // namespace

Cell Cell::linked(html::Url to, std::string one_line) const {
  Cell cell = *this;
  cell.url = std::move(to);
  cell.explanation = std::move(one_line);
  return cell;
}

Cell Cell::explained(const Numeral& by) const {
  return linked(html::Url::parse(by.of), by.one_line.empty() ? by.text : by.one_line);
}

Cell Cell::as(Numeral::Kind what, std::string of_table) const {
  Cell cell = *this;
  cell.declared = what;
  cell.of = std::move(of_table);
  return cell;
}

Cell Cell::noted(Words sentence) const {
  Cell cell = *this;
  cell.note = std::move(sentence);
  return cell;
}

Cell Cell::of_kind(ColumnKind own) const {
  Cell cell = *this;
  cell.kind = own;
  return cell;
}

Cell text_cell(Words text) {
  Cell cell;
  cell.text = text.text();
  if (text.pieces().size() == 1 && !text.message()) {
    const Numeral& only = text.pieces().front();
    if (only.kind == Numeral::Kind::figure) return cell.explained(only);
    return cell.as(only.kind, only.of);
  }
  cell.words = std::move(text);
  return cell;
}

Cell integer_cell(std::int64_t number) {
  Cell cell = text_cell(grouped(number));
  cell.whole = number;
  return cell;
}

Cell decimal_cell(double number, int decimals) {
  if (!std::isfinite(number)) return unknown_cell(tr("The calculation has no finite result."));
  Cell cell = text_cell(fixed(number, decimals));
  cell.real = number;
  cell.decimals = decimals;
  return cell;
}

Cell per_cent_cell(double share, int decimals) {
  if (!std::isfinite(share)) return unknown_cell(tr("The calculation has no finite result."));
  Cell cell = text_cell(percent(share, decimals));
  cell.real = share;
  cell.decimals = decimals;
  return cell;
}

Cell signed_per_cent_cell(double share, int decimals) {
  Cell cell = per_cent_cell(share, decimals);
  if (cell.state == CellState::known) cell.text = with_sign(cell.text);
  return cell;
}

Cell money_cell(std::int64_t pence) {
  Cell cell = text_cell(Money{pence}.text());
  cell.whole = pence;
  cell.decimals = 2;
  return cell;
}

Cell date_cell(Date date) {
  Cell cell = text_cell(date);
  cell.whole = date.days();
  return cell;
}

Cell unknown_cell(Words why) {
  Cell cell = text_cell("not known");
  cell.state = CellState::unknown;
  cell.note = std::move(why);
  return cell;
}

Cell suppressed_cell(std::string text) {
  Cell cell = text_cell(std::move(text));
  cell.state = CellState::suppressed;
  return cell;
}

Cell picture_cell(html::Markup picture) {
  Cell cell;
  cell.picture = std::move(picture);
  return cell;
}

std::vector<std::string> Table::remarks() const {
  std::vector<std::string> out;
  bool any = false;
  for (const Row& row : rows) {
    // One sentence of several cells is said once, with their headings.
    std::vector<std::pair<std::string, std::string>> said;
    for (std::size_t i = 0; i < row.size() && i < columns.size(); ++i) {
      if (columns[i].on_page_only || row[i].note.empty()) continue;
      const std::string note = row[i].note.text();
      const auto before = std::find_if(said.begin(), said.end(), [&](const auto& one) { return one.second == note; });
      if (before == said.end())
        said.emplace_back(columns[i].heading.english(), note);
      else
        before->first += ", " + columns[i].heading.english();
    }
    std::string& text = out.emplace_back();
    for (const auto& [headings, note] : said)
      text += (text.empty() ? "" : " ") + (headings.empty() ? note : headings + ": " + note);
    any = any || !text.empty();
  }
  if (!any) out.clear();
  return out;
}

void Table::check() const {
  if (id.empty() || id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != std::string::npos) {
    throw std::logic_error("not an id of a table: " + id);
  }
  std::set<std::string_view> keys;
  for (const Column& each : columns) {
    if (!keys.insert(each.key).second)
      throw std::logic_error("table " + id + " has two columns with the key " + each.key);
  }
  for (const Row& row : rows) {
    if (row.size() != columns.size())
      throw std::logic_error("table " + id + " has a row of another length than its columns");
    for (const Cell& cell : row) {
      if (cell.state != CellState::known && cell.numeric())
        throw std::logic_error("table " + id + " has an unknown cell with a number");
      if (cell.real && !std::isfinite(*cell.real))
        throw std::logic_error("table " + id + " has a number that is not finite");
    }
  }
}

const Column* Table::column(std::string_view key) const {
  for (const Column& each : columns) {
    if (each.key == key) return &each;
  }
  return nullptr;
}

View view_of(const Table& table, std::string_view sort, std::string_view order, std::string_view page) {
  View view;
  const Column* column = table.column(sort);
  if (column != nullptr && column->sortable) {
    view.sort = column->key;
    view.descending = order == "desc";
  }
  int number = 0;
  const auto [end, error] = std::from_chars(page.data(), page.data() + page.size(), number);
  if (error == std::errc() && end == page.data() + page.size() && number > 0) view.page = number;
  return view;
}

void sort_rows(Table& table, const View& view) {
  const auto column = std::find_if(table.columns.begin(), table.columns.end(),
                                   [&](const Column& each) { return each.key == view.sort; });
  if (view.sort.empty() || column == table.columns.end()) return;
  const auto index = static_cast<std::size_t>(column - table.columns.begin());
  // By their places, which decide between equals: rows are heavy to move.
  std::vector<std::size_t> places(table.rows.size());
  for (std::size_t i = 0; i < places.size(); ++i) places[i] = i;
  std::sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
    const Cell &x = table.rows[a][index], &y = table.rows[b][index];
    if (has_value(x) != has_value(y)) return has_value(x);
    const int order = has_value(x) ? compare_values(x, y) : 0;
    if (order == 0) return a < b;
    return view.descending ? order > 0 : order < 0;
  });
  std::vector<Row> sorted;
  sorted.reserve(places.size());
  for (const std::size_t place : places) sorted.push_back(std::move(table.rows[place]));
  table.rows = std::move(sorted);
}

Paging paging(std::int64_t total, int page, int page_size) {
  if (page_size < 1) throw std::logic_error("a page has at least one row");
  Paging out;
  out.total = std::max<std::int64_t>(total, 0);
  out.pages = static_cast<int>(std::max<std::int64_t>(1, (out.total + page_size - 1) / page_size));
  out.page = std::clamp(page, 1, out.pages);
  out.first = std::int64_t{out.page - 1} * page_size;
  out.last = std::min(out.total, out.first + page_size);
  return out;
}

std::string file_name(const Table& table, std::string_view extension) {
  std::string name = slug(table.title.empty() ? table.id : table.title.english());
  if (name.empty()) name = "table";
  if (name.size() > 100) name.resize(100);
  return name + "." + std::string(extension);
}

std::string full_heading(const Column& column, std::string_view language) {
  const std::string heading = column.heading.in(language);
  return column.unit.empty() ? heading : heading + " (" + column.unit.in(language) + ")";
}

Table in_language(Table table, std::string_view language) {
  const auto say = [&](Label& label) { label = as_name(label.in(language)); };
  for (Row& row : table.rows) {
    for (Cell& cell : row) {
      cell.note = cell.note.in(language);
      if (cell.words.message()) cell.text = (cell.words = cell.words.in(language)).text();
    }
  }
  for (Words& note : table.notes) note = note.in(language);
  for (Words& source : table.sources) source = source.in(language);
  say(table.title);
  say(table.caption);
  for (Column& column : table.columns) {
    say(column.heading);
    say(column.unit);
  }
  return table;
}

}  // namespace tithing::exports
