#include "exports/page_tables.h"

#include "base/text.h"

namespace tithing::exports {
namespace {

std::string text_of(const html::Content& content, const std::string& language) {
  return content.kind() == html::Content::Kind::markup ? exports::text_of(html::Markup::trusted(content.text()))
                                                       : content.plain(language);
}

}  // namespace

std::string text_of(const html::Markup& markup) {
  const std::string& html = markup.text();
  std::string out;
  for (std::size_t i = 0; i < html.size(); ++i) {
    if (html.compare(i, 4, "<svg") == 0) {
      const auto end = html.find("</svg>", i);
      if (end == std::string::npos) break;
      i = end + 5;
    } else if (html[i] == '<') {
      const auto end = html.find('>', i);
      if (end == std::string::npos) break;
      if (html.compare(i, 3, "<br") == 0) out += ' ';
      i = end;
    } else if (html[i] == '&') {
      bool read = false;
      for (const auto& [entity, character] : {std::pair{"&amp;", '&'}, std::pair{"&lt;", '<'}, std::pair{"&gt;", '>'},
                                              std::pair{"&quot;", '"'}, std::pair{"&#39;", '\''}}) {
        const std::string_view name = entity;
        if (html.compare(i, name.size(), name) != 0) continue;
        out += character;
        i += name.size() - 1;
        read = true;
        break;
      }
      if (!read) out += '&';
    } else {
      out += html[i] == '\n' ? ' ' : html[i];
    }
  }
  return std::string(trimmed(out));
}

PageTables::PageTables(const std::string& path, const std::string& query) : path_(path) {
  for (const std::string& pair : split(query, '&')) {
    if (pair.starts_with("table=")) {
      id_ = pair.substr(6);
    } else if (pair.starts_with("format=")) {
      format_ = pair.substr(7);
    } else if (!pair.empty()) {
      query_ += (query_.empty() ? "" : "&") + pair;
    }
  }
  if (format_ != "csv" && format_ != "xlsx") format_.clear();
  govuk::set_table_listener(this);
}

PageTables::~PageTables() { govuk::set_table_listener(nullptr); }

PageTables* PageTables::current() { return dynamic_cast<PageTables*>(govuk::table_listener()); }

void PageTables::links(const std::string& id, const std::string& of_what, html::Writer& writer) const {
  const auto link = [&](const char* format, Message text) {
    const html::Url url = html::Url::parse(path_ + "?" + (query_.empty() ? "" : query_ + "&") +
                                           "table=" + url_encoded(id) + "&format=" + format);
    html::Writer hidden(writer.language());
    hidden.put(text).open("span", {{"class", "govuk-visually-hidden"}}).text(": " + of_what).close("span");
    writer.element("a", {{"class", "govuk-link"}, {"href", url}}, hidden.take());
  };
  writer.open("p", {{"class", "tithing-table__downloads"}});
  link("csv", tr("Download as CSV"));
  writer.text(" ");
  link("xlsx", tr("Download for Excel"));
  writer.close("p");
}

void PageTables::shown(const Table& table, html::Writer& writer) {
  links(table.id, (table.caption.empty() ? table.title : table.caption).in(writer.language()), writer);
  if (table.id == id_) wanted_ = in_language(table, writer.language());
}

void PageTables::rendered(const govuk::TableParams& params, html::Writer& writer) {
  const std::string id = "plain-" + std::to_string(++plain_tables_);
  const std::string caption = text_of(params.caption, writer.language());
  links(id, caption, writer);
  if (id != id_) return;
  Table table{.id = id, .title = as_name(caption)};
  for (std::size_t i = 0; i < params.head.size(); ++i)
    table.columns.push_back(
        {"column-" + std::to_string(i + 1), as_name(text_of(params.head[i].text, writer.language()))});
  for (const auto& cells : params.rows) {
    Row row;
    for (const govuk::TableCell& cell : cells) row.push_back(text_cell(text_of(cell.text, writer.language())));
    while (table.columns.size() < row.size())
      table.columns.push_back({"column-" + std::to_string(table.columns.size() + 1), {}});
    table.rows.push_back(std::move(row));
  }
  for (Row& row : table.rows)
    while (row.size() < table.columns.size()) row.push_back(text_cell(""));
  wanted_ = std::move(table);
}

}  // namespace tithing::exports
