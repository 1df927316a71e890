#include "slices/bodies/pages_view.h"

#include "base/text.h"
#include "drafts/drafts.h"
#include "slices/bodies/delivered.h"

namespace tithing::bodies {

using html::Content;
using html::Markup;
using html::Url;
using html::Writer;

std::string moment(Instant at) { return at.date().text() + ", " + drafts::time_text(at); }

std::int64_t number_of(const std::string& text) {
  if (text.empty() || text.size() > 18 || text.find_first_not_of("0123456789") != std::string::npos) return 0;
  return std::stoll(text);
}

Url body_url(const std::string& code, const web::Context& context) {
  return Url::path("/bodies/{}", {code}, {{"as-at", context.query_value("as-at")}});
}

Markup body_link(const Register& all, const std::string& code, Date as_at, const web::Context& context) {
  Writer writer(context.language);
  writer.element("a", {{"class", "govuk-link"}, {"href", body_url(code, context)}}, all.name_at(code, as_at));
  return writer.take();
}

Markup source_link(const Fact& fact, const web::Context& context) {
  Writer writer(context.language);
  const std::string text = fact.paper + (fact.paragraph.empty() ? "" : ", " + fact.paragraph);
  if (const Paper* paper = find_paper(fact.paper)) {
    writer.element("a", {{"class", "govuk-link"}, {"href", Url::path("/bodies/papers/{}", {paper->code})}}, text);
  } else {
    writer.text(text.empty() ? "none given" : text);
  }
  return writer.take();
}

void paragraph(Writer& writer, const Content& content) { writer.element("p", {{"class", "govuk-body"}}, content); }
void heading(Writer& writer, const Content& content) { writer.element("h2", {{"class", "govuk-heading-m"}}, content); }

void as_at_form(Writer& writer, const web::Context& context, Date as_at, bool with_area) {
  writer.open("form", {{"method", "get"}, {"action", Url::parse(context.request->path)}});
  render(writer, govuk::InputParams{.id = "as-at",
                                    .name = "as-at",
                                    .type = "date",
                                    .value = as_at.iso(),
                                    .label = {.text = tr("Show how things stood on")},
                                    .classes = "govuk-input--width-10"});
  if (with_area)
    render(writer, govuk::InputParams{.id = "area",
                                      .name = "area",
                                      .value = context.query_value("area"),
                                      .label = {.text = tr("Area")},
                                      .hint = {.text = tr("A code such as E23000016. Leave it empty for all.")},
                                      .classes = "govuk-input--width-10"});
  render(writer, govuk::ButtonParams{.text = tr("Show"), .classes = "govuk-button--secondary"});
  writer.close("form");
}

web::PageOptions options_of(const Content& title, bool as_at_control) {
  web::PageOptions options;
  options.title = title;
  options.as_at_control = as_at_control;
  options.breadcrumbs = {{tr("Home"), Url("/"), false}, {tr("Bodies"), Url("/bodies"), false}};
  options.rooms = {{tr("Bodies"), Url("/bodies"), false},     {tr("Duties"), Url("/bodies/duties"), false},
                   {tr("Calendar"), Url("/bodies/calendar"), false}, {tr("Overlap"), Url("/bodies/overlap"), false},
                   {tr("Two days compared"), Url("/bodies/difference"), false}};
  return options;
}

Markup shown(exports::Table& table, const web::Context& context, const std::string& file, const std::string& empty_text) {
  exports::TableHtml html{.language = context.language, .path = context.request->path};
  for (const auto& [name, value] : context.query)
    if (name != "page" && name != "sort" && name != "order" && !value.empty()) html.query.emplace_back(name, value);
  html.view = exports::view_of(table, context.query_value("sort"), context.query_value("order"), context.query_value("page"));
  exports::sort_rows(table, html.view);
  if (!file.empty()) {
    html.csv_path = "/bodies/files/" + file + ".csv";
    html.xlsx_path = "/bodies/files/" + file + ".xlsx";
  }
  html.empty_text = empty_text;
  return exports::to_html(table, html);
}

Content field_error(const Problem& problem, std::string_view field) {
  for (const FieldProblem& p : problem.fields)
    if (p.field == field) return tr(p.message);
  return {};
}

Markup errors(const Problem& problem, const std::string& language) {
  if (problem.message.empty()) return {};
  govuk::ErrorSummaryParams summary;
  summary.title = tr("There is a problem");
  for (const FieldProblem& field : problem.fields) summary.error_list.push_back({.text = tr(field.message), .href = Url::parse("#" + field.field)});
  if (problem.fields.empty()) summary.error_list.push_back({.text = tr(problem.message)});
  return govuk::rendered(summary, language);
}

std::string standing_text(const Register& all, const std::string& code, Date as_at) {
  const Fact* fact = all.existence(code, as_at);
  if (!fact) return "Nothing is known of it.";
  switch (standing(*fact, as_at)) {
    case Standing::in_force: return {};
    case Standing::over: return "It ended on " + fact->to->text() + ", so it was not there on " + as_at.text() + ".";
    case Standing::not_yet: return "It was not there yet on " + as_at.text() + ": it begins on " + fact->from->text() + ".";
    case Standing::proposed: return "It is proposed; no paper says that it came about.";
    case Standing::not_known:
      return "Whether it was there on " + as_at.text() + " is not known. It is known from " + fact->seen->text() + ".";
  }
  return {};
}

}  // namespace tithing::bodies
