// Pages: a handler's body put into the frame that every page has in common.
#include "govuk/page.h"
#include "base/text.h"
#include "govuk/button.h"
#include "govuk/field.h"
#include "govuk/table.h"
#include "web/web.h"

namespace tithing::web {
namespace {

using html::Content;
using html::Markup;
using html::Url;
using html::Writer;

std::vector<govuk::PageLink> links_of(const std::vector<NavigationItem>& items) {
  std::vector<govuk::PageLink> links;
  for (const NavigationItem& item : items)
    links.push_back({.text = item.text, .url = item.url, .current = item.current});
  return links;
}

bool was_get(const Context& context) {
  return context.request != nullptr && (context.request->method == "GET" || context.request->method == "HEAD");
}

// The page itself where it was asked for by GET; the start page where a form was sent.
Url here(const Context& context, std::string_view name, std::string_view value) {
  if (was_get(context)) return with_query(context, name, value);
  return Url::path("/", {}, {{std::string(name), std::string(value)}});
}

Url sign_in_url(const Context& context) {
  if (!was_get(context) || context.request->path == "/sign-in" || context.request->path == "/") return Url("/sign-in");
  return Url::path("/sign-in", {}, {{"next", context.request->target}});
}

Message heading_of(ProblemKind kind) {
  switch (kind) {
    case ProblemKind::invalid:
      return tr("There is a problem with what you sent");
    case ProblemKind::not_found:
      return tr("Page not found");
    case ProblemKind::forbidden:
      return tr("You cannot do this");
    case ProblemKind::conflict:
      return tr("Somebody else has changed this");
    case ProblemKind::unavailable:
      return tr("Not available now");
  }
  return tr("There is a problem");
}

}  // namespace

Answer page(const Context& context, const PageOptions& options, const Markup& body) {
  govuk::PageParams params;
  params.language = context.language;
  params.title = options.title;
  params.where = options.place;
  params.rooms = links_of(options.rooms);
  params.breadcrumbs = links_of(options.breadcrumbs);
  if (context.actor.signed_in()) {
    params.signed_in_name = context.actor.name();
    params.account_url = Url("/account");
  } else {
    params.account_url = sign_in_url(context);
  }
  if (options.as_at_control) {
    if (const Result<Date> as_at = context.as_at(); as_at && *as_at != context.today) {
      params.as_at = tr("You are looking at {0}", {as_at->text()});
      params.as_at_leave_url = here(context, "as-at", "");
    }
  }
  params.english_url = here(context, "lang", "en");
  params.welsh_url = here(context, "lang", "cy");
  params.notice = options.notice;
  params.has_error = options.has_error;
  params.narrow = options.narrow;
  params.caption = options.caption;
  params.heading_in_body = options.heading_in_body;
  params.scripts = options.scripts;
  params.search_query =
      was_get(context) && context.request->path == "/search" ? context.query_value("q") : std::string();
  params.body = body;

  Answer answer = text_answer(govuk::page(params).text(), "text/html; charset=utf-8", options.status);
  answer.set("Content-Language", context.language);
  if (options.refresh_seconds > 0) answer.set("Refresh", std::to_string(options.refresh_seconds));
  return answer;
}

Answer problem_page(const Context& context, const Problem& problem) {
  Writer writer(context.language);
  if (!problem.fields.empty()) {
    govuk::ErrorSummaryParams summary;
    summary.title = tr("There is a problem");
    for (const FieldProblem& field : problem.fields) summary.error_list.push_back({.text = tr(field.message)});
    render(writer, summary);
  }
  // Problems are sentences in English; looked up as a message, one without a translation is marked as English.
  writer.element("p", {{"class", "govuk-body-l"}}, tr(problem.message));
  if (problem.kind == ProblemKind::not_found)
    writer.element(
        "p", {{"class", "govuk-body"}},
        tr("If you typed the address, check it. Otherwise search for what you need, or start from the first page."));
  // Nobody who is signed in is told to sign in; whether there is something, an address does not tell to others.
  if (problem.kind == ProblemKind::not_found && !context.actor.signed_in())
    writer.element("p", {{"class", "govuk-body"}},
                   tr("What is not published is shown to people who are signed in and take part in it."));
  if ((problem.kind == ProblemKind::forbidden || problem.kind == ProblemKind::not_found) &&
      !context.actor.signed_in()) {
    writer.open("p", {{"class", "govuk-body"}});
    writer.element("a", {{"class", "govuk-link"}, {"href", sign_in_url(context)}}, tr("Sign in"));
    writer.close("p");
  }
  PageOptions options;
  options.title = heading_of(problem.kind);
  options.status = status_of(problem.kind);
  options.narrow = true;
  Answer answer = page(context, options, writer.take());
  if (problem.kind == ProblemKind::unavailable) answer.set("Retry-After", "5");
  return answer;
}

Answer conflict_page(const Context& context, const Fields& yours, const Fields& theirs, const Url& again) {
  const auto value_of = [](const Fields& fields, const std::string& label) {
    for (const auto& [key, value] : fields)
      if (key == label) return value;
    return std::string();
  };
  govuk::TableParams table;
  table.caption = tr("Your version and the one that is stored");
  table.first_cell_is_header = true;
  table.head = {{.text = tr("What")},
                {.text = tr("Your version, not saved")},
                {.text = tr("Stored now")},
                {.text = tr("Differs")}};
  const auto add = [&](const std::string& label) {
    const std::string mine = value_of(yours, label);
    const std::string stored = value_of(theirs, label);
    table.rows.push_back(
        {{.text = label}, {.text = mine}, {.text = stored}, {.text = mine == stored ? tr("no") : tr("yes")}});
  };
  for (const auto& field : yours) add(field.first);
  for (const auto& [label, value] : theirs) {
    bool shown = false;
    for (const auto& field : yours) shown = shown || field.first == label;
    if (!shown) add(label);
  }

  Writer writer(context.language);
  writer.element("p", {{"class", "govuk-body-l"}},
                 tr("Somebody else saved a change while you were editing. Nothing of yours has been saved. Compare the "
                    "two, then begin again from what is stored now and enter again what should change."));
  render(writer, table);
  render(writer, govuk::ButtonParams{.text = tr("Edit what is stored now"), .href = again});
  PageOptions options;
  options.title = heading_of(ProblemKind::conflict);
  options.status = 409;
  return page(context, options, writer.take());
}

Markup csrf_field(const Context& context) {
  context.form_token_used = true;
  Writer writer(context.language);
  writer.void_element("input", {{"type", "hidden"}, {"name", "csrf-token"}, {"value", context.csrf_token}});
  return writer.take();
}

Url with_query(const Context& context, std::string_view name, std::string_view value) {
  std::string text = context.request == nullptr ? std::string("/") : context.request->path;
  char separator = '?';
  const auto add = [&](std::string_view key, std::string_view v) {
    text += separator;
    text += url_encoded(key) + "=" + url_encoded(v);
    separator = '&';
  };
  bool placed = value.empty();
  for (const auto& [key, old] : context.query) {
    if (key != name) {
      add(key, old);
    } else if (!placed) {
      add(name, value);
      placed = true;
    }
  }
  if (!placed) add(name, value);
  return Url::parse(text);
}

}  // namespace tithing::web
