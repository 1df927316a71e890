// Every table of a page as CSV and XLSX, at the page's own address with ?table=..&format=csv: while a page is made,
// each table on it gets its links, and the one that was asked for is kept. So what is exported is what was shown, by
// the same guards and the same code; no page has to do anything for it.
#pragma once

#include <optional>
#include <string>

#include "exports/table.h"
#include "govuk/table.h"

namespace tithing::exports {

// Lives on the stack of the thread that answers one request. Only one at a time on a thread.
class PageTables : public govuk::TableListener {
 public:
  // `path` and `query` as they stand in the request, still percent-encoded.
  PageTables(const std::string& path, const std::string& query);
  ~PageTables() override;
  PageTables(const PageTables&) = delete;
  PageTables& operator=(const PageTables&) = delete;

  static PageTables* current();  // of this thread, or null

  // A table that is made from a Table: with its numbers.
  void shown(const Table& table, html::Writer& writer);
  // A table of components only: as text.
  void rendered(const govuk::TableParams& params, html::Writer& writer) override;

  const std::string& format() const { return format_; }           // "csv", "xlsx", or empty: the page itself is wanted
  const std::optional<Table>& wanted() const { return wanted_; }  // once the page has been made

 private:
  void links(const std::string& id, const std::string& of_what, html::Writer& writer) const;
  std::string path_;
  std::string query_;  // without table and format
  std::string id_;
  std::string format_;
  int plain_tables_ = 0;
  std::optional<Table> wanted_;
};

// The text of markup: without tags and with the five entities read. Pictures have none.
std::string text_of(const html::Markup& markup);

}  // namespace tithing::exports
