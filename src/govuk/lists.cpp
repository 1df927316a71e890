#include "govuk/lists.h"

#include <algorithm>

#include "govuk/parts.h"

namespace tithing::govuk {

void render(Writer& writer, const AccordionParams& params) {
  Attributes texts;
  parts::add_translation(texts, "hide-all-sections", params.hide_all_sections_text);
  parts::add_translation(texts, "hide-section", params.hide_section_text);
  parts::add_translation(texts, "hide-section-aria-label", params.hide_section_aria_label_text);
  parts::add_translation(texts, "show-all-sections", params.show_all_sections_text);
  parts::add_translation(texts, "show-section", params.show_section_text);
  parts::add_translation(texts, "show-section-aria-label", params.show_section_aria_label_text);
  writer.raw("<div class=\"govuk-accordion");
  parts::add_classes(writer, params.classes);
  writer.raw("\" data-module=\"govuk-accordion\"").attribute("id", params.id).attributes(texts);
  parts::add_choice(writer, "data-remember-expanded", params.remember_expanded);
  writer.attributes(params.attributes).raw(">");
  for (std::size_t i = 0; i < params.items.size(); ++i) {
    const AccordionItem& item = params.items[i];
    if (item.omitted) continue;
    const std::string index = std::to_string(i + 1);
    writer.raw("<div class=\"govuk-accordion__section");
    if (item.expanded) writer.raw(" govuk-accordion__section--expanded");
    writer.raw("\"><div class=\"govuk-accordion__section-header\">");
    parts::open_heading(writer, params.heading_level, "govuk-accordion__section-heading");
    writer.raw("<span class=\"govuk-accordion__section-button\"").attribute("id", params.id + "-heading-" + index);
    writer.raw(">").put(item.heading).raw("</span>");
    parts::close_heading(writer, params.heading_level);
    if (!item.summary.empty()) {
      writer.raw("<div class=\"govuk-accordion__section-summary govuk-body\"")
          .attribute("id", params.id + "-summary-" + index);
      writer.raw(">").put(item.summary).raw("</div>");
    }
    writer.raw("</div><div")
        .attribute("id", params.id + "-content-" + index)
        .raw(" class=\"govuk-accordion__section-content\">");
    const bool line = !item.content.empty() && item.content.kind() != Content::Kind::markup;
    if (line) writer.raw("<p class=\"govuk-body\">");
    writer.put(item.content);
    if (line) writer.raw("</p>");
    writer.raw("</div></div>");
  }
  writer.raw("</div>");
}

namespace {

void put_action(Writer& writer, const SummaryListAction& action, const Content& card_title) {
  writer.raw("<a class=\"govuk-link");
  parts::add_classes(writer, action.classes);
  writer.raw("\"").attribute("href", action.href).attributes(action.attributes).raw(">").put(action.text);
  if (!action.visually_hidden_text.empty() || !card_title.empty()) {
    writer.raw("<span class=\"govuk-visually-hidden\">");
    if (!action.visually_hidden_text.empty()) writer.raw(" ").put(action.visually_hidden_text);
    if (!card_title.empty()) writer.raw(" (").put(card_title).raw(")");
    writer.raw("</span>");
  }
  writer.raw("</a>");
}

void open_card(Writer& writer, const SummaryCardParams& card) {
  writer.raw("<div class=\"govuk-summary-card");
  parts::add_classes(writer, card.classes);
  writer.raw("\"").attributes(card.attributes).raw("><div class=\"govuk-summary-card__title-wrapper\">");
  if (!card.title.text.empty()) {
    parts::open_heading(writer, card.title.heading_level,
                        parts::with_classes("govuk-summary-card__title", card.title.classes));
    writer.put(card.title.text);
    parts::close_heading(writer, card.title.heading_level);
  }
  const std::vector<SummaryListAction>& actions = card.actions.items;
  if (actions.size() == 1) {
    writer.raw("<div class=\"govuk-summary-card__actions");
    parts::add_classes(writer, card.actions.classes);
    writer.raw("\">");
    put_action(writer, actions.front(), card.title.text);
    writer.raw("</div>");
  } else if (!actions.empty()) {
    writer.raw("<ul class=\"govuk-summary-card__actions");
    parts::add_classes(writer, card.actions.classes);
    writer.raw("\">");
    for (const SummaryListAction& action : actions) {
      writer.raw("<li class=\"govuk-summary-card__action\">");
      put_action(writer, action, card.title.text);
      writer.raw("</li>");
    }
    writer.raw("</ul>");
  }
  writer.raw("</div><div class=\"govuk-summary-card__content\">");
}

void put_row(Writer& writer, const SummaryListRow& row, bool any_actions, const Content& card_title) {
  const std::vector<SummaryListAction>& actions = row.actions.items;
  writer.raw("<div class=\"govuk-summary-list__row");
  if (any_actions && actions.empty()) writer.raw(" govuk-summary-list__row--no-actions");
  parts::add_classes(writer, row.classes);
  writer.raw("\"><dt class=\"govuk-summary-list__key");
  parts::add_classes(writer, row.key.classes);
  writer.raw("\">").put(row.key.text).raw("</dt><dd class=\"govuk-summary-list__value");
  parts::add_classes(writer, row.value.classes);
  writer.raw("\">").put(row.value.text).raw("</dd>");
  if (!actions.empty()) {
    writer.raw("<dd class=\"govuk-summary-list__actions");
    parts::add_classes(writer, row.actions.classes);
    writer.raw("\">");
    if (actions.size() == 1) {
      put_action(writer, actions.front(), card_title);
    } else {
      writer.raw("<ul class=\"govuk-summary-list__actions-list\">");
      for (const SummaryListAction& action : actions) {
        writer.raw("<li class=\"govuk-summary-list__actions-list-item\">");
        put_action(writer, action, card_title);
        writer.raw("</li>");
      }
      writer.raw("</ul>");
    }
    writer.raw("</dd>");
  }
  writer.raw("</div>");
}

}  // namespace

void render(Writer& writer, const SummaryListParams& params) {
  const bool any_actions = std::any_of(params.rows.begin(), params.rows.end(),
                                       [](const SummaryListRow& row) { return !row.actions.items.empty(); });
  const Content card_title = params.card ? params.card->title.text : Content();
  if (params.card) open_card(writer, *params.card);
  writer.raw("<dl class=\"govuk-summary-list");
  parts::add_classes(writer, params.classes);
  writer.raw("\"").attributes(params.attributes).raw(">");
  for (const SummaryListRow& row : params.rows) put_row(writer, row, any_actions, card_title);
  writer.raw("</dl>");
  if (params.card) writer.raw("</div></div>");
}

void render(Writer& writer, const TabsParams& params) {
  const auto panel_id = [&](std::size_t i) {
    return params.items[i].id.empty() ? params.id_prefix + "-" + std::to_string(i + 1) : params.items[i].id;
  };
  writer.raw("<div");
  parts::add_attribute(writer, "id", params.id);
  writer.raw(" class=\"govuk-tabs");
  parts::add_classes(writer, params.classes);
  writer.raw("\"").attributes(params.attributes).raw(" data-module=\"govuk-tabs\"><h2 class=\"govuk-tabs__title\">");
  writer.put(parts::or_else(params.title, tr("Contents"))).raw("</h2>");
  if (!params.items.empty()) {
    writer.raw("<ul class=\"govuk-tabs__list\">");
    for (std::size_t i = 0; i < params.items.size(); ++i) {
      if (params.items[i].omitted) continue;
      writer.raw("<li class=\"govuk-tabs__list-item");
      if (i == 0) writer.raw(" govuk-tabs__list-item--selected");
      writer.raw("\"><a class=\"govuk-tabs__tab\"").attribute("href", Url::parse("#" + panel_id(i)));
      writer.attributes(params.items[i].attributes).raw(">").put(params.items[i].label).raw("</a></li>");
    }
    writer.raw("</ul>");
    for (std::size_t i = 0; i < params.items.size(); ++i) {
      if (params.items[i].omitted) continue;
      const TabsPanel& panel = params.items[i].panel;
      writer.raw("<div class=\"govuk-tabs__panel");
      if (i > 0) writer.raw(" govuk-tabs__panel--hidden");
      writer.raw("\"").attribute("id", panel_id(i)).attributes(panel.attributes).raw(">");
      const bool line = !panel.text.empty() && panel.text.kind() != Content::Kind::markup;
      if (line) writer.raw("<p class=\"govuk-body\">");
      writer.put(panel.text);
      if (line) writer.raw("</p>");
      writer.raw("</div>");
    }
  }
  writer.raw("</div>");
}

namespace {

void put_task(Writer& writer, const TaskListItem& item, const std::string& id) {
  const bool link = !item.href.empty();
  const bool hint = !item.hint.empty();
  const std::string status_id = id + "-status";
  writer.raw("<li class=\"govuk-task-list__item");
  if (link) writer.raw(" govuk-task-list__item--with-link");
  parts::add_classes(writer, item.classes);
  writer.raw("\"><div class=\"govuk-task-list__name-and-hint\">");
  if (link) {
    writer.raw("<a class=\"govuk-link govuk-task-list__link");
    parts::add_classes(writer, item.title.classes);
    writer.raw("\"").attribute("href", item.href);
    writer.attribute("aria-describedby", hint ? id + "-hint " + status_id : status_id);
    writer.raw(">").put(item.title.text).raw("</a>");
  } else {
    writer.raw("<div");
    parts::add_attribute(writer, "class", item.title.classes);
    writer.raw(">").put(item.title.text).raw("</div>");
  }
  if (hint) {
    writer.raw("<div")
        .attribute("id", id + "-hint")
        .raw(" class=\"govuk-task-list__hint\">")
        .put(item.hint)
        .raw("</div>");
  }
  writer.raw("</div><div class=\"govuk-task-list__status");
  parts::add_classes(writer, item.status.classes);
  writer.raw("\"").attribute("id", status_id).raw(">");
  if (item.status.tag) {
    render(writer, *item.status.tag);
  } else {
    writer.put(item.status.text);
  }
  writer.raw("</div></li>");
}

}  // namespace

void render(Writer& writer, const TaskListParams& params) {
  const std::string prefix(parts::or_else(params.id_prefix, "task-list"));
  writer.raw("<ul class=\"govuk-task-list");
  parts::add_classes(writer, params.classes);
  writer.raw("\"").attributes(params.attributes).raw(">");
  for (std::size_t i = 0; i < params.items.size(); ++i) {
    if (!params.items[i].omitted) put_task(writer, params.items[i], prefix + "-" + std::to_string(i + 1));
  }
  writer.raw("</ul>");
}

}  // namespace tithing::govuk
