// One table, three forms: what a page shows (table_html.h), the CSV (csv.h) and the workbook (xlsx.h) are made from the
// same value, so that an export is exactly what is shown.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/translation.h"
#include "base/words.h"
#include "html/html.h"

namespace tithing::exports {

enum class ColumnKind {
  text,
  integer,
  decimal,
  per_cent,  // cells hold shares: 0.123 is shown as 12.3%
  money,     // cells hold pence
  date,
};

struct Column {
  std::string key;  // in addresses: "rate"
  Label heading;    // "Rate"
  ColumnKind kind = ColumnKind::text;
  Label unit = {};  // "per 1,000 people": stands in the heading, not in the cells
  bool sortable = false;
  bool on_page_only = false;  // a picture beside the numbers (a sparkline): no column of an export
  Numeral::Kind holds =
      Numeral::Kind::text;  // what its texts are: names, codes, dates; a cell that is a figure is one all the same
};

// What a cell holds. Unknown is not zero and not empty; suppressed is not unknown. A cell that is not known holds no
// number.
enum class CellState { known, unknown, suppressed };

struct Cell {
  std::string text;                   // as shown
  std::optional<std::int64_t> whole;  // integer columns: itself; money: pence; date: days since 1970
  std::optional<double> real;         // decimal and per_cent columns (a share); finite
  int decimals = 0;                   // as shown
  CellState state = CellState::known;
  Words note;                                    // why it is not known, or what has to be said about it: a sentence
  html::Url url;                                 // where the figure is explained
  std::string explanation;                       // formula and source in one line; makes the link a figure
  Numeral::Kind declared = Numeral::Kind::text;  // what the text is, where it is no figure
  std::string of;                       // the table whose rows are counted, where it is a count of what is listed
  Words words;                          // instead of the text on the page, where parts of it are of several kinds
  html::Markup picture;                 // after the text, on the page only
  std::optional<ColumnKind> kind = {};  // of this cell alone, where a column holds several: the values of a working

  ColumnKind kind_in(const Column& column) const { return kind.value_or(column.kind); }

  bool numeric() const { return whole.has_value() || real.has_value(); }
  Cell linked(html::Url to, std::string one_line = {}) const;
  Cell noted(Words sentence) const;
  Cell explained(const Numeral& by) const;  // a figure or a part of one by another way than cell_of: figures/numbers.h
  Cell as(Numeral::Kind what,
          std::string of_table = {}) const;  // a date, a code, a name, a setting, a count of what is listed
  Cell of_kind(ColumnKind own) const;        // CSV and workbook write it as such, whatever its column's kind
};

Cell text_cell(Words text);
Cell integer_cell(std::int64_t number);                 // "61,779"
Cell decimal_cell(double number, int decimals);         // "12.3"; not finite: unknown
Cell per_cent_cell(double share, int decimals);         // 0.123 -> "12.3%"; not finite: unknown
Cell signed_per_cent_cell(double share, int decimals);  // 0.04 -> "+4.0%"
Cell money_cell(std::int64_t pence);                    // "£1,234.56"
Cell date_cell(Date date);                              // "1 April 2012"; 2012-04-01 in a CSV
Cell unknown_cell(Words why);                           // "not known"
Cell suppressed_cell(std::string text = "fewer than 5");
Cell picture_cell(html::Markup picture);

using Row = std::vector<Cell>;

// Sentences, as words or as plain texts.
struct Lines : std::vector<Words> {
  using std::vector<Words>::vector;
  Lines(const std::vector<std::string>& texts)
      : std::vector<Words>(texts.begin(), texts.end()) {}  // NOLINT: meant to convert
};

struct Table {
  std::string id = "table";     // of the HTML element: a-z, 0-9, "-"; unique on the page
  Label title;                  // the export's title and name: "Recorded crime in North Yorkshire"
  Label caption;                // the page's caption; the title when empty
  std::vector<Column> columns;  // the first names the row
  std::vector<Row> rows;        // each as long as `columns`
  Lines notes;                  // sentences under the table
  Lines sources;                // "data.police.uk, January to November 2022, Open Government Licence 3.0"

  // std::logic_error when a row has another length than the columns or two columns have one key: a bug of the caller.
  void check() const;
  const Column* column(std::string_view key) const;
  // What stands beside the cells of each row on the page ("At least: months are missing"), as a file has it in a last
  // column: "Rate: At least: ..". Empty where no exported cell has a note.
  std::vector<std::string> remarks() const;
};
inline constexpr const char* kRemarksHeading = "Notes";

// How a table is looked at: from the address.
struct View {
  std::string sort;  // key of a sortable column; empty: as the rows were given
  bool descending = false;
  int page = 1;
};
constexpr int kPageSize = 50;

// From ?sort=, ?order=asc|desc and ?page=. What the table does not know is left out: an old address still works.
View view_of(const Table& table, std::string_view sort, std::string_view order, std::string_view page);

// Sorts by number, else by text without regard to case; rows without a value come last in both directions. Stable.
void sort_rows(Table& table, const View& view);

struct Paging {
  int page = 1;
  int pages = 1;
  std::int64_t total = 0;
  std::int64_t first = 0;  // counted from 0
  std::int64_t last = 0;   // one past the end
};
// A page beyond the end is the last one. `total` 0 gives one empty page.
Paging paging(std::int64_t total, int page, int page_size = kPageSize);

// "recorded-crime-in-north-yorkshire.csv"
std::string file_name(const Table& table, std::string_view extension);

// "Rate (per 1,000 people)"
std::string full_heading(const Column& column, std::string_view language = "en");

// The same table with everything that it is called in `language`: what a file is made of.
Table in_language(Table table, std::string_view language);

}  // namespace tithing::exports
