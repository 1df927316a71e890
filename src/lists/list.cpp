#include "lists/list.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "govuk/components.h"
#include "web/form_parts.h"

namespace tithing::lists {

namespace {

using html::Content;
using html::Url;
using html::Writer;
using web::Context;

constexpr std::size_t kFewest = 8;  // rows: a shorter list is taken in at a glance

bool has_text(const exports::Cell& cell, const std::string& lowered_word) {
  return lowered(cell.text).find(lowered_word) != std::string::npos ||
         (!cell.words.empty() && lowered(cell.words.text()).find(lowered_word) != std::string::npos);
}

std::size_t index_of(const exports::Table& table, std::string_view column) {
  const auto found = std::find_if(table.columns.begin(), table.columns.end(),
                                  [&](const exports::Column& one) { return one.key == column; });
  return static_cast<std::size_t>(found - table.columns.begin());
}

Filter filter_of(const exports::Table& table, const std::string& column) {
  Filter filter{column, table.columns.at(index_of(table, column)).heading, {}};
  for (const std::string& text : texts_of(table, column)) filter.choices.emplace_back(text, text);
  return filter;
}

// What was chosen: "State: Closed".
std::vector<Words> chosen_words(const Context& context, const std::vector<Filter>& filters, const std::string& search) {
  std::vector<Words> words;
  for (const Filter& filter : filters) {
    std::string value = asked(context, filter);
    if (value.empty()) continue;
    for (const auto& [code, text] : filter.choices)
      if (code == value) value = text.plain(context.language);
    words.push_back(Words(filter.label.plain(context.language) + ": ") + as_name(value));
  }
  if (!search.empty()) words.push_back(Words(as_name("“" + search + "”")));
  return words;
}

void put_form(Writer& writer, const Context& context, const std::string& id, const std::vector<Filter>& filters,
              bool search, const Query& kept) {
  writer.open("form", {{"method", "get"},
                       {"action", Url::parse(context.request->path)},
                       {"class", "tithing-list__form"},
                       {"role", "search"},
                       {"aria-label", tr("Choose what is listed").in(context.language).text}});
  for (const auto& [name, value] : kept) web::hidden_field(writer, name, value);
  const auto text_field = [&](const std::string& name, const Content& label, const Content& hint) {
    govuk::InputParams input{.id = id + "-" + name,
                             .name = name,
                             .type = "search",
                             .value = context.query_value(name),
                             .label = {.text = label},
                             .classes = "govuk-input--width-20",
                             .spellcheck = false};
    if (!hint.empty()) input.hint = {.text = hint};
    render(writer, input);
  };
  for (const Filter& filter : filters) {
    if (filter.choices.empty()) {
      text_field(filter.name, filter.label, filter.hint);
      continue;
    }
    govuk::SelectParams select{.id = id + "-" + filter.name, .name = filter.name, .label = {.text = filter.label}};
    select.value = asked(context, filter);
    select.items.push_back({.value = "", .text = filter.all});
    for (const auto& [value, text] : filter.choices) select.items.push_back({.value = value, .text = text});
    render(writer, select);
  }
  if (search) text_field("search", tr("With the words"), {});
  render(writer, govuk::ButtonParams{.text = tr("Show"), .classes = "govuk-button--secondary"});
  writer.close("form");
}

Words counted(const std::string& shown, const std::string& id) { return Words(listed(shown, id)); }

// "50 of 312, page 1 of 7." The rows on all pages are counted; those on this one are the size of a page.
void put_count(Writer& writer, const Context& context, const std::string& id, const exports::Paging& paging,
               const std::vector<Words>& chosen, std::int64_t of_all, const Query& unfiltered) {
  const auto setting = [](std::int64_t number) { return Words(as_setting(grouped(number))); };
  writer.open("p", {{"class", "govuk-body tithing-list__count"}});
  if (paging.pages > 1)
    writer.put(
        tr("{0} of {1}, page {2} of {3}.", {setting(paging.last - paging.first), counted(grouped(paging.total), id),
                                            setting(paging.page), setting(paging.pages)}));
  else if (paging.total > 0)
    writer.put(tr("{0} in all.", {counted(grouped(paging.total), id)}));
  if (!chosen.empty()) {
    const Words words = joined(chosen, "; ", "; ");
    writer.text(" ").put(of_all > 0 ? tr("Chosen from {0} by {1}.", {setting(of_all), words})
                                    : tr("Chosen by {0}.", {words}));
    writer.text(" ").element("a", {{"class", "govuk-link"}, {"href", Url::path(context.request->path, {}, unfiltered)}},
                             tr("Show all"));
  }
  writer.close("p");
}

void put_whole(Writer& writer, const Context& context, const exports::Paging& paging, const std::string& page_name) {
  if (paging.pages <= 1 || paging.total > kMostOnOnePage) return;
  writer.open("p", {{"class", "govuk-body-s tithing-list__whole"}});
  writer.element("a", {{"class", "govuk-link"}, {"href", web::with_query(context, page_name, "all")}},
                 tr("The whole on one page, to print it"));
  writer.close("p");
}

// Leaves the rows of the page of one of several lists, and gives the way to the others.
html::Markup own_pages(const Context& context, const std::string& page_name, exports::Table& table,
                       const exports::Paging& paging) {
  table.rows = {std::make_move_iterator(table.rows.begin() + paging.first),
                std::make_move_iterator(table.rows.begin() + paging.last)};
  if (paging.pages <= 1) return {};
  govuk::PaginationParams params{.landmark_label = tr("Pages of \"{0}\"", {table.title.words()})};
  if (paging.page > 1) params.previous.href = web::with_query(context, page_name, std::to_string(paging.page - 1));
  if (paging.page < paging.pages)
    params.next.href = web::with_query(context, page_name, std::to_string(paging.page + 1));
  return govuk::rendered(params, context.language);
}

// Those without a value in the column by which the rows are sorted come last, which is said where there are any.
void say_unknown_last(exports::Table& table, const exports::View& view) {
  const exports::Column* const column = view.sort.empty() ? nullptr : table.column(view.sort);
  if (column == nullptr) return;
  const std::size_t at = index_of(table, view.sort);
  const bool any = std::any_of(table.rows.begin(), table.rows.end(),
                               [&](const exports::Row& row) { return row[at].state != exports::CellState::known; });
  if (any)
    table.notes.push_back(tr("By {0}, those that are not known or withheld come last.", {column->heading.english()}));
}

}  // namespace

Query query_without(const Context& context, const std::vector<std::string>& names) {
  Query query;
  for (const auto& [name, value] : context.query)
    if (!value.empty() && std::find(names.begin(), names.end(), name) == names.end()) query.emplace_back(name, value);
  return query;
}

std::vector<std::string> texts_of(const exports::Table& table, std::string_view column) {
  const std::size_t at = index_of(table, column);
  std::set<std::string> texts;
  for (const exports::Row& row : table.rows)
    if (!row.at(at).text.empty()) texts.insert(row[at].text);
  return {texts.begin(), texts.end()};
}

void keep_only(exports::Table& table, std::string_view column, const std::string& text) {
  const std::size_t at = index_of(table, column);
  std::erase_if(table.rows, [&](const exports::Row& row) { return row.at(at).text != text; });
}

void keep_found(exports::Table& table, const std::string& search) {
  for (const std::string& word : split(lowered(search), ' ')) {
    if (word.empty()) continue;
    std::erase_if(table.rows, [&](const exports::Row& row) {
      return std::none_of(row.begin(), row.end(), [&](const exports::Cell& cell) { return has_text(cell, word); });
    });
  }
}

std::string asked(const Context& context, const Filter& filter) {
  std::string value(trimmed(context.query_value(filter.name)));
  if (filter.choices.empty()) return value;
  for (const auto& [code, text] : filter.choices)
    if (code == value) return value;
  return {};
}

exports::Paging paging(const Context& context, std::int64_t total, const std::string& page_name) {
  const std::string page = context.query_value(page_name);
  if (!context.query_value("format").empty()) return exports::paging(total, 1, kMostInAFile);
  if (page == "all" && total <= kMostOnOnePage) return exports::paging(total, 1, kMostOnOnePage);
  return exports::paging(total, static_cast<int>(std::min<std::int64_t>(web::whole_number(page), 1'000'000)));
}

html::Markup part(const Context& context, List list) {
  exports::Table& table = list.table;
  const bool complete = !list.paging && list.chosen_before.empty();
  const auto of_all = static_cast<std::int64_t>(table.rows.size());
  std::vector<Filter> filters = std::move(list.chosen_before);
  for (const std::string& column : list.filters) filters.push_back(filter_of(table, column));
  for (std::size_t i = filters.size() - list.filters.size(); i < filters.size(); ++i)
    if (const std::string value = asked(context, filters[i]); !value.empty()) keep_only(table, filters[i].name, value);
  const std::string search(trimmed(context.query_value("search")));
  const bool searches = list.search && !list.paging;
  if (searches) keep_found(table, search);

  exports::TableHtml html{.language = context.language,
                          .path = context.request->path,
                          .csv_path = list.csv_path,
                          .xlsx_path = list.xlsx_path,
                          .empty_text = list.none};
  const bool alone = list.page_name == "page";
  html.query = query_without(context, {"page", list.page_name, "sort", "order", "table", "format"});
  if (alone) html.view = exports::view_of(table, context.query_value("sort"), context.query_value("order"), "");
  if (!list.paging) exports::sort_rows(table, html.view);
  const exports::Paging shown =
      list.paging ? *list.paging : paging(context, static_cast<std::int64_t>(table.rows.size()), list.page_name);
  html.view.page = shown.page;
  const bool whole = shown.last - shown.first == shown.total;
  html.paged = !list.paging && !whole && alone;
  if (!alone) html.path.clear();
  say_unknown_last(table, html.view);
  if (list.paging && !context.query_value("format").empty() && !whole)
    table.notes.push_back(tr("The first {0} of {1}.", {grouped(shown.last), grouped(shown.total)}));

  std::vector<std::string> own = {"page", "sort", "order", "search"};
  for (const Filter& filter : filters) own.push_back(filter.name);
  const std::vector<Words> chosen = chosen_words(context, filters, searches ? search : std::string());
  if (complete && !chosen.empty() && table.rows.empty()) html.empty_text = tr("There is none.");
  Writer writer(context.language);
  const bool offers = !filters.empty() || searches;
  if (offers && (!complete || of_all >= static_cast<std::int64_t>(kFewest) || !chosen.empty()))
    put_form(writer, context, table.id, filters, searches, query_without(context, own));
  if (shown.pages > 1 || !chosen.empty())
    put_count(writer, context, table.id, shown, chosen, complete ? of_all : 0, query_without(context, own));
  const html::Markup pages = alone ? html::Markup() : own_pages(context, list.page_name, table, shown);
  writer.put(exports::to_html(table, html)).put(pages);
  if (list.paging) writer.put(exports::pager(shown, context.request->path, html.query, context.language));
  put_whole(writer, context, shown, list.page_name);
  return writer.take();
}

}  // namespace tithing::lists
