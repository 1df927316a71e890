// Successions that wait for a person's word, and the page on which it is given.
#include <algorithm>

#include "base/text.h"
#include "exports/table_html.h"
#include "govuk/components.h"
#include "path/page/path_part.h"
#include "slices/register/describe.h"
#include "slices/register/edges.h"
#include "slices/register/review.h"
#include "slices/wiring.h"
#include "web/as_at.h"
#include "web/form_parts.h"

namespace tithing::register_ {
namespace {

using html::Content;
using html::Markup;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

constexpr std::size_t kPageSize = 50;

Url review_url(std::int64_t id) { return Url::path("/areas/successions/{}", {std::to_string(id)}); }

// With a day: what had taken effect by then, and what may have, because its day is not known.
std::vector<Succession> in_state(const Snapshot& areas, const std::string& state, const std::optional<Date>& until) {
  std::vector<Succession> out;
  for (Succession& s : areas.successions())
    if ((!until || !s.on || *s.on <= *until) && (state == "all" || store::code_of(s.review) == state))
      out.push_back(std::move(s));
  return out;
}

std::string state_of(const Context& context) {
  const std::string state = context.query_value("state");
  return state == "all" || store::review_from(state) ? state : "proposed";
}

Answer list_page(RegisterService& service, Context& context) {
  const auto areas = service.snapshot();
  const auto as_at = context.as_at();
  if (!as_at) return web::problem_page(context, as_at.error());
  const std::optional<Date> until = context.query_value("as-at").empty() ? std::nullopt : std::optional(*as_at);
  const std::string state = state_of(context);
  const std::vector<Succession> shown = in_state(*areas, state, until);
  const std::size_t pages = std::max<std::size_t>(1, (shown.size() + kPageSize - 1) / kPageSize);
  std::size_t page = 1;
  if (const std::string text = context.query_value("page");
      !text.empty() && text.size() < 5 && text.find_first_not_of("0123456789") == std::string::npos)
    page = std::clamp<std::size_t>(std::stoul(text), 1, pages);

  Writer writer(context.language);
  writer.put(web::as_at_control(context, {.as_at = *as_at}));
  if (until)
    writer.element(
        "p", {{"class", "govuk-body"}},
        tr("What had taken effect by {0}, and what may have: where the day is not known, the evidence says between "
           "which look-ups it fell.",
           {until->text()}));
  writer.element(
      "p", {{"class", "govuk-body"}},
      tr("These follow from the differences between look-ups, or are told by a paper. Until somebody accepts one, it "
         "is shown as waiting, and the structure of a day changes with the look-up that first shows the change."));
  writer.open("nav", {{"aria-label", "State"}}).open("ul", {{"class", "govuk-list"}});
  const std::pair<const char*, Message> states[] = {{"proposed", tr("Waiting for review")},
                                                    {"accepted", tr("Accepted")},
                                                    {"rejected", tr("Rejected")},
                                                    {"all", tr("All")}};
  for (const auto& [code, text] : states) {
    writer.open("li");
    html::Attributes attributes{{"class", "govuk-link"},
                                {"href", web::carry(context, Url::path("/areas/successions", {}, {{"state", code}}))}};
    if (state == code) attributes.emplace_back("aria-current", "true");
    writer.element("a", attributes, text);
    writer.text(" (" + grouped(static_cast<std::int64_t>(in_state(*areas, code, until).size())) + ")");
    writer.close("li");
  }
  writer.close("ul").close("nav");

  if (shown.empty()) {
    writer.element("p", {{"class", "govuk-body"}}, tr("There are none."));
  } else {
    govuk::TableParams table;
    table.caption =
        tr("What became of areas: {0}", {plural(static_cast<std::int64_t>(shown.size()), "succession", "successions")});
    table.first_cell_is_header = true;
    table.head = {
        {.text = tr("What happened")}, {.text = tr("Kind of area")}, {.text = tr("State")}, {.text = tr("Evidence")}};
    const bool may = context.actor.can(kReviewSuccession);
    for (std::size_t i = (page - 1) * kPageSize; i < shown.size() && i < page * kPageSize; ++i) {
      const Succession& s = shown[i];
      Writer what(context.language);
      if (may) {
        what.element("a", {{"class", "govuk-link"}, {"href", review_url(s.id)}}, succession_text(*areas, s));
      } else {
        what.text(succession_text(*areas, s));
      }
      table.rows.push_back({{.text = what.take()},
                            {.text = std::string(name_of(s.area_kind))},
                            {.text = review_text(*areas, s)},
                            {.text = s.evidence}});
    }
    Writer body(context.language);
    render(body, table);
    render(writer, govuk::ScrollRegionParams{.label = table.caption, .body = body.take()});
    if (pages > 1) {
      govuk::PaginationParams params;
      if (page > 1) params.previous.href = web::with_query(context, "page", std::to_string(page - 1));
      if (page < pages) params.next.href = web::with_query(context, "page", std::to_string(page + 1));
      render(writer, params);
    }
  }
  web::PageOptions options;
  options.title = tr("What became of areas");
  options.as_at_control = true;
  options.breadcrumbs = {{tr("Home"), Url("/"), false}, {tr("Areas"), web::carry(context, Url("/areas")), false}};
  return web::page(context, options, writer.take());
}

std::optional<std::int64_t> id_of(const Context& context) {
  const std::string text = context.parameter("id");
  if (text.empty() || text.size() > 18 || text.find_first_not_of("0123456789") != std::string::npos)
    return std::nullopt;
  return std::stoll(text);
}

Answer review_page(RegisterService& service, Context& context, const Problem& problem) {
  const auto areas = service.snapshot();
  const auto id = id_of(context);
  const ProposedSuccession* proposal = id ? areas->proposal(*id) : nullptr;
  if (!proposal)
    return web::problem_page(
        context, {ProblemKind::not_found, "There is no such succession, or the look-ups no longer show it.", {}});
  const Succession& s = proposal->succession;
  Writer writer(context.language);
  writer.element("p", {{"class", "govuk-body-l"}}, succession_text(*areas, s));
  writer.element("p", {{"class", "govuk-body"}}, review_text(*areas, s));
  writer.element("p", {{"class", "govuk-body"}}, s.evidence);
  const auto reviewed = service.reviewed(s.id);
  if (!reviewed) return web::problem_page(context, {ProblemKind::not_found, "There is no such succession.", {}});
  const records::Standing& standing = reviewed->standing;
  const path::Outline outline = kReviewPath.outline();
  writer.put(path::path_part(
      context, {.outline = outline,
                .state = standing.state,
                .version = standing.version,
                .events = reviewed->events,
                .offers = kReviewPath.offers(standing.state, {*proposal}, context.reach(), standing.whose),
                .own_form = [&](const path::Step&) { return Url("#review"); }}));
  if (!reviewed->events.empty()) {
    exports::Table table = path::event_table(outline, reviewed->events,
                                             [&](const path::Event& event) { return context.person(event.by); });
    table.title = table.caption = tr("Reviews so far");
    table.columns.insert(table.columns.begin() + 3, {"day", tr("Day"), exports::ColumnKind::text});
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
      const std::optional<Date> on = i < reviewed->reviews.size() ? reviewed->reviews[i].on : std::nullopt;
      table.rows[i].insert(table.rows[i].begin() + 3,
                           exports::text_cell(on ? on->text() : Content(tr("not known")).plain(context.language)));
    }
    writer.put(exports::to_html(table, {.language = context.language, .paged = false}));
  }
  const bool again = !problem.message.empty();
  writer.open("form", {{"method", "post"}, {"action", review_url(s.id)}, {"novalidate", true}});
  writer.put(web::csrf_field(context));
  web::hidden_field(writer, "version", std::to_string(standing.version));
  govuk::RadiosParams radios;
  radios.name = "review";
  radios.id_prefix = "review";
  radios.value = again ? context.form_value("review") : "";
  radios.fieldset =
      govuk::FieldsetParams{.legend = {.text = tr("Did this happen?"), .classes = "govuk-fieldset__legend--m"}};
  radios.items = {{.text = tr("Yes, accept it"), .value = "accepted"},
                  {.text = tr("No, reject it"), .value = "rejected"}};
  radios.error_message = {.text = web::field_error(problem, "review")};
  render(writer, radios);
  std::string window;
  if (proposal->after) window = "After " + proposal->after->text();
  if (proposal->by) window += (window.empty() ? "By " : " and by ") + proposal->by->text();
  if (!window.empty()) window += ". ";
  render(writer, govuk::InputParams{.id = "on",
                                    .name = "on",
                                    .type = "date",
                                    .value = again  ? context.form_value("on")
                                             : s.on ? s.on->iso()
                                                    : std::string(),
                                    .label = {.text = tr("From which day?")},
                                    .hint = {.text = tr("{0}Leave it empty when the day is not known.", {window})},
                                    .error_message = {.text = web::field_error(problem, "on")},
                                    .classes = "govuk-input--width-10"});
  render(
      writer,
      govuk::TextareaParams{
          .id = "reason",
          .name = "reason",
          .rows = 3,
          .value = again ? context.form_value("reason") : std::string(),
          .label = {.text = tr("Reason")},
          .hint =
              {.text = tr(
                   "Where it can be read, such as an order or a minute. Everyone who may read the audit will see it.")},
          .error_message = {.text = web::field_error(problem, "reason")}});
  writer.element("p", {{"class", "govuk-body"}},
                 tr("Every figure that is shown as at a day between these dates follows your answer."));
  render(writer, govuk::ButtonParams{.text = tr("Save"), .prevent_double_click = true});
  writer.close("form");
  web::PageOptions options;
  options.title = tr("Review what became of an area");
  options.breadcrumbs = {{tr("Home"), Url("/"), false},
                         {tr("Areas"), Url("/areas"), false},
                         {tr("What became of areas"), Url("/areas/successions"), false}};
  options.notice = web::error_summary(problem, context.language);
  options.has_error = again;
  options.status = again ? web::status_of(problem.kind) : 200;
  options.narrow = true;
  return web::page(context, options, writer.take());
}

Answer review_post(RegisterService& service, Context& context) {
  const auto id = id_of(context);
  if (!id) return web::problem_page(context, {ProblemKind::not_found, "There is no such succession.", {}});
  std::optional<Date> on;
  if (const std::string text = context.form_value("on"); !text.empty()) {
    const auto date = Date::parse(text);
    if (!date)
      return review_page(service, context,
                         {ProblemKind::invalid,
                          "The day is malformed.",
                          {{"on", "Enter a day such as 2021-04-01, or leave it empty"}}});
    on = *date;
  }
  const auto review = store::review_from(context.form_value("review")).value_or(Succession::Review::proposed);
  if (const Status done = service.review_succession(context.actor, *id, review, on, context.form_value("reason"),
                                                    web::whole_number(context.form_value("version")));
      !done)
    return review_page(service, context, done.error());
  return web::redirect(Url::path("/areas/successions", {}, {{"state", std::string(store::code_of(review))}}));
}

}  // namespace

void register_review_pages(Wiring& wiring, RegisterService& service) {
  RegisterService* s = &service;
  wiring.router.get("/areas/successions", web::Access::anyone(),
                    [s](Context& context) { return list_page(*s, context); });
  wiring.router.get("/areas/successions/:id", web::Access::permission(kReviewSuccession),
                    [s](Context& context) { return review_page(*s, context, {}); });
  wiring.router.post("/areas/successions/:id", web::Access::permission(kReviewSuccession),
                     [s](Context& context) { return review_post(*s, context); });
}

}  // namespace tithing::register_
