#include "forms/sheet.h"

#include <algorithm>

#include "base/text.h"
#include "web/page_parts.h"

namespace tithing::forms {
namespace {

using html::Url;
using html::Writer;

bool is_get(const web::Context& context) { return context.request->method != "POST"; }

// A field of its own, or a line of one in which something is picked.
bool stands_in(const std::vector<Field>& fields, const std::string& name) {
  return std::any_of(fields.begin(), fields.end(), [&](const Field& field) {
    return name == field.name || (field.kind == Kind::picked && name.rfind(field.name + "-", 0) == 0);
  });
}

// What goes along although no field has it, without the buttons that were pressed.
Values going_along(const Values& values, const std::vector<Field>& fields) {
  Values out;
  for (const auto& [name, text] : values)
    if (!text.empty() && name != "add" && name != "do" && !drafts::is_machinery(name) && !stands_in(fields, name))
      out.emplace(name, text);
  return out;
}

void put_form(Form& form, const Sheet& sheet, const Values& values, const std::optional<drafts::Draft>& kept) {
  form.begin(sheet.action, sheet.upload, sheet.id);
  for (const Field& field : sheet.fields) {
    if (sheet.ahead_of) sheet.ahead_of(form, field);
    form.put(field);
  }
  if (sheet.draft.key.empty())
    form.button(sheet.save, "", "", sheet.classes);
  else
    form.save_buttons(sheet.draft, kept, sheet.save, "", "");
  if (sheet.last) sheet.last(form);
  for (const auto& [name, text] : going_along(values, sheet.fields))
    if (!form.asks(name)) form.hidden_lines(name, text);
  form.end();
}

}  // namespace

web::Answer sheet_page(db::Database& database, const web::Context& context, Sheet sheet, const Values& values,
                       const Problem& problem) {
  const auto kept = sheet.draft.key.empty() ? std::nullopt : drafts::find(database, context.actor, sheet.draft.key);
  Writer writer(context.language);
  writer.put(sheet.before);
  Form form(writer, context, values, problem);
  if (sheet.instead.empty()) {
    put_form(form, sheet, values, kept);
  } else {
    web::heading(writer, tr("It cannot be done yet"));
    web::bullets(writer, sheet.instead);
  }
  writer.put(sheet.after);
  finish(sheet.options, form, problem);
  if (kept && is_get(context)) sheet.options.notice += drafts::notice(context, *kept);
  return web::page(context, sheet.options, writer.take());
}

web::Answer check_page(const web::Context& context, const Sheet& sheet, const Values& values,
                       const html::Markup& comes_to) {
  Writer writer(context.language);
  writer.put(sheet.before);
  put_answers(writer, sheet.fields, values);
  writer.put(comes_to);
  put_checked(writer, context, sheet.action, going_along(values, {}), sheet.draft, sheet.save);
  return web::page(context, sheet.options, writer.take());
}

Values values_kept(const web::Context& context, const drafts::Draft& draft) {
  Values values = values_in(draft);
  if (const std::string line = context.query_value("add"); !line.empty()) values["add"] = line;
  return values;
}

web::Answer at_address(db::Database& database, const web::Context& context, web::Answer answer,
                       const drafts::Form& draft, const std::string& name, const std::string& value) {
  if (is_get(context) || answer.status != 200) return answer;
  const auto kept = drafts::find(database, context.actor, draft.key);
  if (!kept || kept->saved_at != context.now) return answer;
  const std::string& address = kept->form.address;
  return web::redirect(
      Url::parse(address + (address.find('?') == std::string::npos ? "?" : "&") + name + "=" + url_encoded(value)));
}

}  // namespace tithing::forms
