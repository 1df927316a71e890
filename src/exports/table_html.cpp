#include "exports/table_html.h"

#include "exports/page_tables.h"

#include <algorithm>

#include "base/text.h"
#include "govuk/navigation.h"
#include "govuk/table.h"

namespace tithing::exports {
namespace {

using Query = std::vector<std::pair<std::string, std::string>>;
using html::Content;
using html::Url;
using html::Writer;

bool is_numeric(ColumnKind kind) { return kind != ColumnKind::text && kind != ColumnKind::date; }

// Numbers and codes need no more room than they have: beside them the other columns fit on a phone.
bool is_short(const Column& column) { return is_numeric(column.kind) || column.holds == Numeral::Kind::code; }

Query with(Query query, const std::string& name, const std::string& value) {
  query.erase(std::remove_if(query.begin(), query.end(), [&](const auto& pair) { return pair.first == name; }),
              query.end());
  if (!value.empty()) query.emplace_back(name, value);
  return query;
}

Query with_sort(const Query& query, const View& view) {
  return with(with(with(query, "page", ""), "sort", view.sort), "order",
              view.sort.empty() ? ""
              : view.descending ? "desc"
                                : "asc");
}

// Words are read from A, numbers and dates are wanted largest first.
View next_view(const Column& column, const View& view) {
  View next;
  next.sort = column.key;
  next.descending = view.sort == column.key ? !view.descending : column.kind != ColumnKind::text;
  return next;
}

html::Markup heading(const Column& column, const TableHtml& options) {
  Writer writer(options.language);
  const bool current = options.view.sort == column.key;
  if (column.sortable && !options.path.empty()) {
    const Query query = with_sort(options.query, next_view(column, options.view));
    writer.open("a", {{"class", "govuk-link tithing-table__sort"}, {"href", Url::path(options.path, {}, query)}});
    writer.text(column.heading);
    if (current) {
      writer.open("span", {{"aria-hidden", "true"}})
          .text(options.view.descending ? " \xE2\x96\xBC" : " \xE2\x96\xB2")
          .close("span");
    }
    writer.close("a");
  } else {
    writer.text(column.heading);
  }
  if (!column.unit.empty()) {
    writer.text(" ").open("span", {{"class", "tithing-table__unit"}}).text(column.unit).close("span");
  }
  return writer.take();
}

// The words that stand for a missing number are the program's own, so they are translated.
Content words(const Cell& cell) {
  if (cell.state == CellState::unknown && cell.text == "not known") return tr("not known");
  if (cell.state == CellState::suppressed && cell.text == "fewer than 5") return tr("fewer than 5");
  if (cell.state == CellState::suppressed && cell.text == "withheld") return tr("withheld");
  return cell.text;
}

// `likewise`: the same note stands beside a number of this row already, and is not read out again.
html::Markup content(const Cell& cell, Numeral::Kind column_holds, bool likewise, const TableHtml& options) {
  Writer writer(options.language);
  const Numeral::Kind kind = cell.declared == Numeral::Kind::text ? column_holds : cell.declared;
  const bool declared = kind != Numeral::Kind::text && cell.state == CellState::known && cell.words.empty();
  if (!cell.url.empty()) {
    html::Attributes attributes = {{"class", cell.explanation.empty() ? "govuk-link" : "tithing-figure"},
                                   {"href", cell.url}};
    if (!cell.explanation.empty()) attributes.push_back({"title", cell.explanation});
    if (cell.explanation.empty() && declared) {
      writer.element("a", attributes, Numeral{cell.text, kind, cell.of});
    } else {
      writer.element("a", attributes, words(cell));
    }
  } else if (!cell.words.empty()) {
    writer.put(cell.words);
  } else if (declared && !cell.text.empty()) {
    writer.put(Numeral{cell.text, kind, cell.of});
  } else {
    writer.put(words(cell));
  }
  writer.put(cell.picture);
  if (!cell.note.empty()) {
    // Read by everyone: a title attribute alone is not reachable by touch or keyboard.
    writer.text(" ").open("span", {{"class", "tithing-table__note"}});
    if (likewise)
      writer.put(tr("likewise"));
    else
      writer.put(cell.note);
    writer.close("span");
  }
  return writer.take();
}

void put_lines(Writer& writer, const Lines& lines, const Message* before) {
  for (const Words& line : lines) {
    writer.open("p", {{"class", "govuk-body-s tithing-table__line"}});
    if (before != nullptr) writer.put(*before).text(": ");
    writer.put(line).close("p");
  }
}

void put_downloads(Writer& writer, const Table& table, const TableHtml& options) {
  if (options.csv_path.empty() && options.xlsx_path.empty()) return;
  const Query query = with_sort(options.query, options.view);
  const std::string& what = table.caption.empty() ? table.title : table.caption;
  const auto link = [&](const std::string& path, const Message& text) {
    writer.open("a", {{"class", "govuk-link"}, {"href", Url::path(path, {}, query)}}).put(text);
    writer.open("span", {{"class", "govuk-visually-hidden"}}).text(": ").text(what).close("span").close("a");
  };
  writer.open("p", {{"class", "govuk-body-s tithing-table__downloads"}});
  if (!options.csv_path.empty()) link(options.csv_path, tr("Download as CSV"));
  if (!options.csv_path.empty() && !options.xlsx_path.empty()) writer.text(" ");
  if (!options.xlsx_path.empty()) link(options.xlsx_path, tr("Download for Excel"));
  writer.close("p");
}

}  // namespace

html::Markup to_html(const Table& table, const TableHtml& options) {
  table.check();
  Writer writer(options.language);
  const bool is_paged = options.paged && !options.path.empty();
  const auto total = static_cast<std::int64_t>(table.rows.size());
  const Paging part =
      is_paged ? paging(total, options.view.page) : paging(total, 1, std::max(1, static_cast<int>(total)));
  const std::string& caption = table.caption.empty() ? table.title : table.caption;
  if (table.rows.empty()) {
    writer.open("p", {{"class", "govuk-body"}}).element("strong", caption).text(" ");
    if (options.empty_text.empty()) {
      writer.put(tr("There is nothing to show."));
    } else {
      writer.text(options.empty_text);
    }
    writer.close("p");
    put_lines(writer, table.notes, nullptr);
    return writer.take();
  }

  const std::string caption_id = table.id + "-caption";
  govuk::TableParams params;
  params.classes = "tithing-table";
  params.attributes = {{"id", table.id}};
  params.first_cell_is_header = true;
  Writer caption_writer(options.language);
  caption_writer.open("span", {{"id", caption_id}}).text(caption).close("span");
  if (part.pages > 1) {
    caption_writer.text(" ").open("span", {{"class", "tithing-table__count"}});
    caption_writer.put(tr("{0} to {1} of {2}", {grouped(part.first + 1), grouped(part.last), grouped(part.total)}))
        .close("span");
  }
  params.caption = caption_writer.take();
  params.caption_classes = "govuk-table__caption--m";
  for (const Column& column : table.columns) {
    govuk::TableHead head;
    head.text = heading(column, options);
    if (is_numeric(column.kind)) head.format = "numeric";
    if (params.head.empty() && is_short(column)) head.classes = "tithing-table__short";
    if (options.view.sort == column.key)
      head.attributes = {{"aria-sort", options.view.descending ? "descending" : "ascending"}};
    params.head.push_back(std::move(head));
  }
  for (std::int64_t i = part.first; i < part.last; ++i) {
    std::vector<govuk::TableCell> cells;
    const Row& row = table.rows[static_cast<std::size_t>(i)];
    for (std::size_t k = 0; k < row.size(); ++k) {
      govuk::TableCell cell;
      const auto same = [&](const Cell& before) { return before.note == row[k].note; };
      const bool likewise =
          !row[k].note.empty() && std::any_of(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(k), same);
      cell.text = content(row[k], table.columns[k].holds, likewise, options);
      if (is_numeric(table.columns[k].kind)) cell.format = "numeric";
      if (k == 0 && is_short(table.columns[k])) cell.classes = "tithing-table__short";
      if (row[k].state == CellState::unknown) cell.classes = "tithing-table__unknown";
      if (row[k].state == CellState::suppressed) cell.classes = "tithing-table__suppressed";
      cells.push_back(std::move(cell));
    }
    params.rows.push_back(std::move(cells));
  }

  writer.open("div",
              {{"class", "tithing-scroll"}, {"role", "region"}, {"aria-labelledby", caption_id}, {"tabindex", "0"}});
  PageTables* const page = PageTables::current();
  govuk::set_table_listener(nullptr);  // the rich table itself is told of below, with its numbers
  render(writer, params);
  govuk::set_table_listener(page);
  writer.close("div");
  if (page != nullptr && options.exportable && options.csv_path.empty()) page->shown(table, writer);
  put_lines(writer, table.notes, nullptr);
  const Message source = tr("Source");
  put_lines(writer, table.sources, &source);
  put_downloads(writer, table, options);
  if (is_paged) writer.put(pager(part, options.path, with_sort(options.query, options.view), options.language));
  return writer.take();
}

html::Markup pager(const Paging& paging, const std::string& path, const Query& query, const std::string& language) {
  if (paging.pages <= 1) return {};
  const auto address = [&](int page) {
    return Url::path(path, {}, with(query, "page", page == 1 ? "" : std::to_string(page)));
  };
  govuk::PaginationParams params;
  if (paging.page > 1) params.previous.href = address(paging.page - 1);
  if (paging.page < paging.pages) params.next.href = address(paging.page + 1);
  int last = 0;
  for (int page = 1; page <= paging.pages; ++page) {
    if (page != 1 && page != paging.pages && std::abs(page - paging.page) > 1) continue;
    if (last + 1 < page) params.items.push_back({.ellipsis = true});
    params.items.push_back({.number = std::to_string(page), .href = address(page), .current = page == paging.page});
    last = page;
  }
  Writer writer(language);
  render(writer, params);
  return writer.take();
}

}  // namespace tithing::exports
