#include "slices/decisions/pages_parts.h"

#include "govuk/components.h"
#include "slices/decisions/pages.h"

namespace tithing::decisions {

using html::Content;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

std::string field_error(const Problem& problem, const std::string& field) {
  for (const FieldProblem& one : problem.fields)
    if (one.field == field) return one.message;
  return {};
}

void hidden(Writer& writer, const std::string& name, const std::string& value) {
  writer.void_element("input", {{"type", "hidden"}, {"name", name}, {"value", value}});
}

void open_form(Writer& writer, const Context& context, const Url& action) {
  writer.open("form", {{"method", "post"}, {"action", action}});
  writer.put(web::csrf_field(context));
}

void line(Writer& writer, const Problem& problem, const std::string& name, Message label, Content hint,
          const std::string& value, const std::string& type) {
  govuk::InputParams field{.id = name, .name = name};
  field.type = type;
  field.value = value;
  field.label = {.text = std::move(label)};
  field.hint = {.text = std::move(hint)};
  field.error_message = {.text = field_error(problem, name)};
  if (type == "date") field.classes = "govuk-input--width-10";
  render(writer, field);
}

void area(Writer& writer, const Problem& problem, const std::string& name, Content label, Content hint,
          const std::string& value, int rows) {
  govuk::TextareaParams field{.id = name, .name = name};
  field.rows = rows;
  field.value = value;
  field.label = {.text = std::move(label)};
  field.hint = {.text = std::move(hint)};
  field.error_message = {.text = field_error(problem, name)};
  render(writer, field);
}

Answer answer(const Context& context, web::PageOptions options, const Problem& problem, Writer& writer,
              const html::Markup& notice) {
  options.narrow = true;
  options.notice = error_summary(problem, context.language);
  options.notice += notice;
  options.has_error = !problem.message.empty();
  options.status = problem.message.empty() ? 200 : web::status_of(problem.kind);
  return web::page(context, options, writer.take());
}

std::int64_t seen_of(const Context& context) {
  const std::string text = context.form_value("version");
  if (text.empty() || text.size() > 15 || text.find_first_not_of("0123456789") != std::string::npos) return -1;
  return std::stoll(text);
}

web::PageOptions titled(const Context& context, const Decision* decision, Content title) {
  web::PageOptions options = decision_options(context, decision);
  if (decision != nullptr) {
    options.breadcrumbs.push_back({decision->title, decision_url(decision->id), false});
    options.caption = tr("{0}, {1}", {as_code(decision->reference()), as_name(decision->title)});
  } else {
    options.breadcrumbs.push_back({tr("Decisions on money"), Url("/funding/decisions"), false});
  }
  options.title = std::move(title);
  return options;
}

Answer no_decision(const Context& context) {
  return web::problem_page(context, {ProblemKind::not_found,
                                     "There is no such decision, or it is not published yet: if you take part in it, "
                                     "sign in first. The list is under Funding, Decisions.",
                                     {}});
}

}  // namespace tithing::decisions
