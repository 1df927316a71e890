// table.
#pragma once

#include "govuk/common.h"

namespace tithing::govuk {

struct TableHead {
  Content text = {};
  std::string format = {};  // "numeric": set to the right, with figures of one width
  std::string classes = {};
  int colspan = 0;
  int rowspan = 0;
  Attributes attributes = {};
};

struct TableCell {
  Content text = {};
  std::string format = {};  // "numeric"
  std::string classes = {};
  int colspan = 0;
  int rowspan = 0;
  Attributes attributes = {};
};

struct TableParams {
  Content caption = {};
  std::string caption_classes = {};  // govuk-table__caption--m
  bool first_cell_is_header = false;
  std::vector<TableHead> head = {};
  std::vector<std::vector<TableCell>> rows = {};
  std::string classes = {};  // govuk-table--small-text-until-tablet
  Attributes attributes = {};
};
void render(Writer& writer, const TableParams& params);

// Told of every table with a caption that is rendered on its thread while it is set; may write links after it. Whoever
// makes a page sets it for the length of the page (exports/page_tables.h); otherwise there is none.
class TableListener {
 public:
  virtual ~TableListener() = default;
  virtual void rendered(const TableParams& params, Writer& writer) = 0;
};
TableListener* table_listener();
void set_table_listener(TableListener* listener);  // null: none

}  // namespace tithing::govuk
