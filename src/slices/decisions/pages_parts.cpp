#include "slices/decisions/pages_parts.h"

#include "base/text.h"
#include "slices/decisions/pages.h"

namespace tithing::decisions {

using html::Content;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

void paragraph(Writer& writer, const html::Content& content) {
  writer.element("p", {{"class", "govuk-body"}}, content);
}

void paragraphs(Writer& writer, const std::string& text) {
  for (const std::string& line : split(text, '\n'))
    if (!trimmed(line).empty()) paragraph(writer, as_name(std::string(trimmed(line))));
}

void heading(Writer& writer, Message text) { writer.element("h2", {{"class", "govuk-heading-m"}}, std::move(text)); }

Answer answer(const Context& context, web::PageOptions options, const forms::Form& form, const Problem& problem,
              Writer& writer, const html::Markup& notice) {
  options.narrow = true;
  forms::finish(options, form, problem);
  options.notice += notice;
  return web::page(context, options, writer.take());
}

std::int64_t seen_of(const Context& context) { return forms::whole_or(context.form_value("version"), 0); }

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
                                     "There is no such decision, or it is not published yet. The list is under "
                                     "Funding, Decisions.",
                                     {}});
}

}  // namespace tithing::decisions
