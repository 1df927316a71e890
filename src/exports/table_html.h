// A Table as a page shows it: caption, headings with scope, numbers to the right, headings that sort, pages of 50.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "exports/table.h"
#include "html/html.h"

namespace tithing::exports {

struct TableHtml {
  std::string language = "en";
  std::string path;  // of the page, percent-encoded: for headings that sort and the pager. Empty: neither
  std::vector<std::pair<std::string, std::string>> query;  // what stays in the address: filters, as-at
  View view;                                               // sort the rows with sort_rows() before
  bool paged = true;     // shows view.page of the rows, with a pager when there is more than one
  std::string csv_path;  // links under the table; the filters and the sort order are added
  std::string xlsx_path;
  bool exportable =
      true;  // false: no links of the page's own (page_tables.h), because markup is kept or another page has them
  Label empty_text;  // instead of the table when there are no rows; "There is nothing to show."
};

html::Markup to_html(const Table& table, const TableHtml& options = {});

// For lists that the database pages itself: "Page 2 of 7", previous, next, numbers around the present one; nothing for
// one page. `query` without "page".
html::Markup pager(const Paging& paging, const std::string& path,
                   const std::vector<std::pair<std::string, std::string>>& query, const std::string& language = "en");

}  // namespace tithing::exports
