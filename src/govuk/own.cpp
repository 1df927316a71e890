#include "govuk/own.h"

#include "govuk/parts.h"

namespace tithing::govuk {

void render(Writer& writer, const FigureLinkParams& params) {
  writer.raw("<a class=\"tithing-figure");
  if (params.unknown) writer.raw(" tithing-unknown");
  if (params.provisional) writer.raw(" tithing-provisional");
  writer.raw("\"").attribute("href", params.href);
  if (!params.hint.empty()) parts::add_label(writer, "title", params.hint);
  writer.raw(">").put(params.text).raw("</a>");
}

void render(Writer& writer, const ScrollRegionParams& params) {
  writer.raw("<div class=\"tithing-scroll\" role=\"region\" tabindex=\"0\"");
  if (!params.labelled_by.empty()) {
    writer.attribute("aria-labelledby", params.labelled_by);
  } else {
    parts::add_label(writer, "aria-label", params.label);
  }
  writer.raw(">").put(params.body).raw("</div>");
}

void render(Writer& writer, const RagParams& params) {
  switch (params.rag) {
    case Rag::red:
      writer.raw("<span class=\"tithing-rag tithing-rag--red\">").put(parts::or_else(params.text, tr("Red")));
      break;
    case Rag::amber:
      writer.raw("<span class=\"tithing-rag tithing-rag--amber\">").put(parts::or_else(params.text, tr("Amber")));
      break;
    case Rag::green:
      writer.raw("<span class=\"tithing-rag tithing-rag--green\">").put(parts::or_else(params.text, tr("Green")));
      break;
    case Rag::none:
      writer.raw("<span class=\"tithing-rag tithing-rag--none\">").put(parts::or_else(params.text, tr("Not rated")));
      break;
  }
  writer.raw("</span>");
}

void render(Writer& writer, const JobProgressParams& params) {
  writer.raw("<div class=\"tithing-progress\" data-module=\"tithing-job\"").attribute("id", params.id);
  if (params.running) writer.raw(" data-running");
  if (!params.url.empty()) writer.attribute("data-url", params.url.text());
  const std::string label_id = params.id + "-state";
  writer.raw("><p class=\"govuk-body tithing-progress__text\" role=\"status\" data-part=\"state\"")
      .attribute("id", label_id);
  writer.raw(">").put(params.state).raw("</p>");
  if (params.running || params.total > 0) {
    writer.raw("<progress class=\"tithing-progress__bar\" data-part=\"bar\"").attribute("aria-labelledby", label_id);
    if (params.total > 0) {
      writer.attribute("max", std::to_string(params.total));
      writer.attribute("value", std::to_string(params.done < params.total ? params.done : params.total));
    }
    writer.raw("></progress>");
  }
  writer.raw("<p class=\"govuk-body-s tithing-progress__text\" data-part=\"detail\">")
      .put(params.detail)
      .raw("</p></div>");
}

namespace {

void put_inputs(Writer& writer, const std::vector<InputTreeItem>& items) {
  if (items.empty()) return;
  writer.raw("<ul class=\"tithing-working__inputs\">");
  for (const InputTreeItem& item : items) {
    writer.raw("<li>").put(item.text);
    if (!item.source.empty()) writer.raw("<div class=\"tithing-working__source\">").put(item.source).raw("</div>");
    put_inputs(writer, item.inputs);
    writer.raw("</li>");
  }
  writer.raw("</ul>");
}

}  // namespace

void render(Writer& writer, const InputTreeParams& params) { put_inputs(writer, params.items); }

}  // namespace tithing::govuk
