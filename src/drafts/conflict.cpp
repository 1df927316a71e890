// Two people changed the same thing: what each did, field by field, and how to go on without losing either.
#include "base/text.h"
#include "drafts/drafts.h"
#include "govuk/components.h"
#include "govuk/own.h"
#include "govuk/table.h"

namespace tithing::drafts {
namespace {

using html::Url;
using html::Writer;

const std::string* value_of(const web::Fields& fields, const std::string& label) {
  for (const auto& [key, value] : fields)
    if (key == label) return &value;
  return nullptr;
}

Message verdict(const std::string* began, const std::string& yours, const std::string& stored) {
  if (yours == stored) return began && *began != yours ? tr("both changed it alike") : tr("the same");
  if (!began) return tr("differs");
  if (*began == yours) return tr("only the other person changed it");
  if (*began == stored) return tr("only you changed it");
  return tr("both changed it, differently");
}

}  // namespace

web::Answer conflict_page(const web::Context& context, const Conflict& conflict) {
  Writer writer(context.language);
  writer.element("p", {{"class", "govuk-body-l"}},
                 tr("Somebody else saved a change since you opened the form. Nothing of yours is entered yet, and "
                    "nothing of it is lost: it is kept as your draft."));
  if (!conflict.change.empty()) writer.element("p", {{"class", "govuk-body"}}, conflict.change);
  govuk::TableParams table;
  table.caption = tr("Your version and the one that is stored");
  table.first_cell_is_header = true;
  table.head = {{.text = tr("What")}};
  if (!conflict.began.empty()) table.head.push_back({.text = tr("When you began")});
  table.head.push_back({.text = tr("Your version, not entered")});
  table.head.push_back({.text = tr("Stored now")});
  table.head.push_back({.text = tr("Who changed it")});
  const auto cell = [](const std::string& value) {
    return govuk::TableCell{.text = value.empty() ? html::Content(tr("empty")) : html::Content(value)};
  };
  bool both = false;
  for (const auto& [label, mine] : conflict.yours) {
    const std::string* began = value_of(conflict.began, label);
    const std::string* now = value_of(conflict.stored, label);
    const std::string stored = now ? *now : std::string();
    if (mine.empty() && stored.empty() && (!began || began->empty())) continue;
    std::vector<govuk::TableCell> row = {{.text = label}};
    if (!conflict.began.empty()) row.push_back(cell(began ? *began : std::string()));
    row.push_back(cell(mine));
    row.push_back(now ? cell(stored) : govuk::TableCell{.text = tr("belongs to your change alone")});
    row.push_back({.text = now ? verdict(began, mine, stored) : tr("only you changed it")});
    both = both || (now && began && mine != stored && *began != mine && *began != stored);
    table.rows.push_back(std::move(row));
  }
  // No files of this table: it is gone with the conflict.
  govuk::TableListener* const listener = govuk::table_listener();
  govuk::set_table_listener(nullptr);
  Writer body(context.language);
  render(body, table);
  govuk::set_table_listener(listener);
  render(writer, govuk::ScrollRegionParams{.label = table.caption, .body = body.take()});
  writer.element("p", {{"class", "govuk-body"}},
                 conflict.began.empty() ? tr("If you carry on, your version stands in the form again. Compare it with "
                                             "what is stored before you send it.")
                 : both ? tr("If you carry on, the form holds what is stored now with your changes put onto it. Where "
                             "both changed the same, yours stands there: decide which is right.")
                        : tr("If you carry on, the form holds what is stored now with your changes put onto it."));
  writer.open("div", {{"class", "govuk-button-group"}});
  const std::string address = conflict.form.address;
  render(writer, govuk::ButtonParams{.text = tr("Carry on with my changes"),
                                     .href = Url::parse(address + (address.find('?') == std::string::npos ? "?" : "&") +
                                                        "draft=merged")});
  writer.close("div");
  writer.open("form", {{"method", "post"}, {"action", Url("/drafts/remove")}});
  writer.put(web::csrf_field(context));
  writer.void_element("input", {{"type", "hidden"}, {"name", "draft-form"}, {"value", conflict.form.key}});
  writer.void_element("input", {{"type", "hidden"}, {"name", "next"}, {"value", address}});
  render(writer, govuk::ButtonParams{.text = tr("Throw my draft away and begin again from what is stored"),
                                     .classes = "govuk-button--secondary",
                                     .prevent_double_click = true});
  writer.close("form");
  web::PageOptions options;
  options.title = tr("Somebody else has changed this");
  options.status = 409;
  return web::page(context, options, writer.take());
}

}  // namespace tithing::drafts
