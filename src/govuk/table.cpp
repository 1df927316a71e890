#include "govuk/table.h"

#include "govuk/parts.h"

namespace tithing::govuk {
namespace {

void add_spans(Writer& writer, int colspan, int rowspan) {
  if (colspan != 0) writer.attribute("colspan", std::to_string(colspan));
  if (rowspan != 0) writer.attribute("rowspan", std::to_string(rowspan));
}

thread_local TableListener* listener_of_thread = nullptr;

}  // namespace

TableListener* table_listener() { return listener_of_thread; }
void set_table_listener(TableListener* listener) { listener_of_thread = listener; }

void render(Writer& writer, const TableParams& params) {
  writer.raw("<table class=\"govuk-table");
  parts::add_classes(writer, params.classes);
  writer.raw("\"").attributes(params.attributes).raw(">");
  if (!params.caption.empty()) {
    writer.raw("<caption class=\"govuk-table__caption");
    parts::add_classes(writer, params.caption_classes);
    writer.raw("\">").put(params.caption).raw("</caption>");
  }
  if (!params.head.empty()) {
    writer.raw("<thead class=\"govuk-table__head\"><tr class=\"govuk-table__row\">");
    for (const TableHead& head : params.head) {
      writer.raw("<th scope=\"col\" class=\"govuk-table__header");
      if (!head.format.empty()) writer.raw(" govuk-table__header--").text(head.format);
      parts::add_classes(writer, head.classes);
      writer.raw("\"");
      add_spans(writer, head.colspan, head.rowspan);
      writer.attributes(head.attributes).raw(">").put(head.text).raw("</th>");
    }
    writer.raw("</tr></thead>");
  }
  writer.raw("<tbody class=\"govuk-table__body\">");
  for (const std::vector<TableCell>& row : params.rows) {
    writer.raw("<tr class=\"govuk-table__row\">");
    for (std::size_t i = 0; i < row.size(); ++i) {
      const TableCell& cell = row[i];
      const bool header = i == 0 && params.first_cell_is_header;
      if (header) {
        writer.raw("<th scope=\"row\" class=\"govuk-table__header");
      } else {
        writer.raw("<td class=\"govuk-table__cell");
        if (!cell.format.empty()) writer.raw(" govuk-table__cell--").text(cell.format);
      }
      parts::add_classes(writer, cell.classes);
      writer.raw("\"");
      add_spans(writer, cell.colspan, cell.rowspan);
      writer.attributes(cell.attributes)
          .raw(">")
          .put(cell.text)
          .raw(header ? html::Literal("</th>") : html::Literal("</td>"));
    }
    writer.raw("</tr>");
  }
  writer.raw("</tbody></table>");
  if (listener_of_thread != nullptr && !params.caption.empty()) listener_of_thread->rendered(params, writer);
}

}  // namespace tithing::govuk
