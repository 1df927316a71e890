#include "slices/decisions/pages_parts.h"

namespace tithing::decisions {

void put_table(Writer& writer, const exports::Table& table) {
  writer.put(exports::to_html(table, {.language = writer.language(), .paged = false}));
}

void put_inset(Writer& writer, const Content& text) { render(writer, govuk::InsetTextParams{.text = text}); }

void put_answer(Writer& writer, const Comment& answer) {
  writer.open("p", {{"class", "govuk-body"}}).element("strong", tr("Answer of {0}:", {answer.at.date()})).close("p");
  paragraphs(writer, answer.text);
}

void begin_comment(Writer& writer, const Comment& comment, const std::string& by, const std::optional<Scheme>& scheme) {
  writer.open("div", {{"class", "govuk-inset-text"}, {"id", "comment-" + std::to_string(comment.id)}});
  if (comment.answers != 0) return put_answer(writer, comment);
  writer.open("p", {{"class", "govuk-body"}});
  if (!by.empty()) writer.element("strong", by).text(", ");
  writer.put(as_date(comment.at.date()))
      .put(as_name(comment.about.empty() ? "" : ", on " + about_of(comment, scheme)))
      .text(":")
      .close("p");
  paragraphs(writer, comment.text);
}

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

Answer no_decision(const Context& context) { return web::problem_page(context, no_such_decision().value()); }

}  // namespace tithing::decisions
