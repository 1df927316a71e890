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

}  // namespace tithing::govuk
