// accordion, summary-list, tabs, task-list.
#pragma once

#include "govuk/messages.h"

namespace tithing::govuk {

struct AccordionItem {
  Content heading = {};
  Content summary = {};
  Content content = {};
  bool expanded = false;
  bool omitted = false;  // left out, but counted in the numbering of ids
};

struct AccordionParams {
  std::string id = {};
  int heading_level = 2;
  std::vector<AccordionItem> items = {};
  std::optional<bool> remember_expanded = {};
  std::string hide_all_sections_text = {};
  std::string hide_section_text = {};
  std::string hide_section_aria_label_text = {};
  std::string show_all_sections_text = {};
  std::string show_section_text = {};
  std::string show_section_aria_label_text = {};
  std::string classes = {};
  Attributes attributes = {};
};
void render(Writer& writer, const AccordionParams& params);

struct SummaryListAction {
  Content text = {};
  Content visually_hidden_text = {};  // "Change" of what
  Url href = {};
  std::string classes = {};
  Attributes attributes = {};
};

struct SummaryListActions {
  std::vector<SummaryListAction> items = {};
  std::string classes = {};
};

struct SummaryListText {
  Content text = {};
  std::string classes = {};
};

struct SummaryListRow {
  SummaryListText key = {};
  SummaryListText value = {};
  SummaryListActions actions = {};
  std::string classes = {};
};

struct SummaryCardTitle {
  Content text = {};
  int heading_level = 2;
  std::string classes = {};
};

struct SummaryCardParams {
  SummaryCardTitle title = {};
  SummaryListActions actions = {};
  std::string classes = {};
  Attributes attributes = {};
};

struct SummaryListParams {
  std::vector<SummaryListRow> rows = {};
  std::optional<SummaryCardParams> card = {};
  std::string classes = {};  // govuk-summary-list--no-border
  Attributes attributes = {};
};
void render(Writer& writer, const SummaryListParams& params);

struct TabsPanel {
  Content text = {};
  Attributes attributes = {};
};

struct TabsItem {
  std::string id = {};
  Content label = {};
  Attributes attributes = {};
  TabsPanel panel = {};
  bool omitted = false;  // left out, but counted in the numbering of ids
};

struct TabsParams {
  std::string id = {};
  std::string id_prefix = {};
  Content title = {};  // "Contents" unless given
  std::vector<TabsItem> items = {};
  std::string classes = {};
  Attributes attributes = {};
};
void render(Writer& writer, const TabsParams& params);

struct TaskListTitle {
  Content text = {};
  std::string classes = {};
};

struct TaskListStatus {
  Content text = {};
  std::optional<TagParams> tag = {};
  std::string classes = {};
};

struct TaskListItem {
  TaskListTitle title = {};
  Content hint = {};
  TaskListStatus status = {};
  Url href = {};
  std::string classes = {};
  bool omitted = false;  // left out, but counted in the numbering of ids
};

struct TaskListParams {
  std::vector<TaskListItem> items = {};
  std::string id_prefix = {};  // "task-list" unless given
  std::string classes = {};
  Attributes attributes = {};
};
void render(Writer& writer, const TaskListParams& params);

}  // namespace tithing::govuk
