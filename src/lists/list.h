// Lists: rows with columns that somebody looks through. A room writes its columns and its rows; filtering, search,
// order, pages of 50, the sentence that says what is shown, and the whole on one page to print are done here. What is
// chosen stands in the address, so that a list can be kept, sent and exported as it is seen; it works without script.
//
//   writer.put(lists::part(context, {.table = exercises, .filters = {"stage"}, .none = "Nothing is scored yet."}));
//
// A list whose rows the store keeps by the hundred thousand is paged there:
//
//   const auto paging = lists::paging(context, service.count(kind));
//   writer.put(lists::part(context, {.table = table_of(service.rows(lists::rows_of(paging))), .paging = paging}));
//
// Parameters of the address: sort, order, page ("all": the whole on one page), search, and one by the name of each
// column that is a filter. What the address says beside them stays in it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "exports/table.h"
#include "exports/table_html.h"
#include "html/html.h"
#include "web/web.h"

namespace tithing::lists {

using Query = std::vector<std::pair<std::string, std::string>>;

// A filter that the room applies itself, because its rows are not all at hand.
struct Filter {
  std::string name;                                                 // of the parameter
  html::Content label;                                              // "State"
  std::vector<std::pair<std::string, html::Content>> choices = {};  // none: any text
  html::Content all = tr("All");                                    // the choice of none
  html::Content hint = {};                                          // of a text
};

struct List {
  exports::Table table;                   // every row that the reader may know of; with `paging` those of the page only
  std::vector<std::string> filters = {};  // keys of columns by whose texts rows can be chosen
  bool search = false;                    // whether rows can be looked for by a text that stands in them
  std::string none = {};                  // when there is no row at all
  std::optional<exports::Paging> paging = {};
  std::vector<Filter> chosen_before = {};     // what the room has applied already
  std::string csv_path = {}, xlsx_path = {};  // of files that the room writes; without them the page's own
  // Of several lists on a page: the parameter with the number of this one's page, such as "meetings-page". It is shown
  // in the order given.
  std::string page_name = "page";
};

// The choices, the sentence, the table and its pages.
html::Markup part(const web::Context& context, List list);

// The page that the address asks for. "all" is the whole, up to kMostOnOnePage rows; a file has up to kMostInAFile.
inline constexpr int kMostOnOnePage = 2'000;
inline constexpr int kMostInAFile = 100'000;
exports::Paging paging(const web::Context& context, std::int64_t total, const std::string& page_name = "page");
// How many rows of the store are on it: limit and offset.
inline int limit_of(const exports::Paging& paging) { return static_cast<int>(paging.last - paging.first); }
inline int offset_of(const exports::Paging& paging) { return static_cast<int>(paging.first); }
// The value of a filter that the address asks for; empty for what is no choice.
std::string asked(const web::Context& context, const Filter& filter);

// ---- what `part` is made of, pure.

// What the address carries beside the names given.
Query query_without(const web::Context& context, const std::vector<std::string>& names);
// The texts of a column, each once, in the order of the alphabet.
std::vector<std::string> texts_of(const exports::Table& table, std::string_view column);
// Leaves the rows whose cell in that column has this text.
void keep_only(exports::Table& table, std::string_view column, const std::string& text);
// Leaves the rows in one of whose texts each word of the search stands, whatever its capitals.
void keep_found(exports::Table& table, const std::string& search);

}  // namespace tithing::lists
