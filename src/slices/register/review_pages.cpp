// Successions that wait for a person's word, and the page on which it is given.
#include <algorithm>

#include "base/text.h"
#include "exports/table_html.h"
#include "forms/sheet.h"
#include "govuk/components.h"
#include "lists/list.h"
#include "path/page/path_part.h"
#include "slices/register/describe.h"
#include "slices/register/edges.h"
#include "slices/register/review.h"
#include "slices/wiring.h"
#include "web/as_at.h"
#include "web/page_parts.h"

namespace tithing::register_ {
namespace {

using html::Content;
using html::Markup;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

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

  const std::vector<Succession> shown = in_state(*areas, state, until);
  exports::Table table{.id = "successions", .title = tr("What became of areas")};
  table.caption =
      tr("What became of areas: {0}", {plural(static_cast<std::int64_t>(shown.size()), "succession", "successions")});
  table.columns = {{"what", tr("What happened")},
                   {"kind", tr("Kind of area")},
                   {"state", tr("State")},
                   {"evidence", tr("Evidence")}};
  for (const Succession& s : shown) {
    exports::Cell what = exports::text_cell(succession_text(*areas, s));
    if (context.actor.can(kReviewSuccession)) what.url = review_url(s.id);
    table.rows.push_back({std::move(what), exports::text_cell(std::string(name_of(s.area_kind))),
                          exports::text_cell(review_text(*areas, s)), exports::text_cell(s.evidence)});
  }
  writer.put(lists::part(
      context, {.table = std::move(table), .filters = {"kind"}, .search = true, .none = tr("There are none.")}));
  web::PageOptions options;
  options.title = tr("What became of areas");
  options.as_at_control = true;
  options.breadcrumbs = {{tr("Home"), Url("/"), false}, {tr("Areas"), web::carry(context, Url("/areas")), false}};
  return web::page(context, options, writer.take());
}

std::vector<forms::Field> review_fields(const ProposedSuccession& proposal) {
  std::string window;
  if (proposal.after) window = "After " + proposal.after->text();
  if (proposal.by) window += (window.empty() ? "By " : " and by ") + proposal.by->text();
  if (!window.empty()) window += ". ";
  return {
      {.name = "review",
       .label = tr("Did this happen?"),
       .kind = forms::Kind::radios,
       .choices = {{"accepted", tr("Yes, accept it")}, {"rejected", tr("No, reject it")}}},
      {.name = "on",
       .label = tr("From which day?"),
       .kind = forms::Kind::day,
       .hint = tr("{0}Leave it empty when the day is not known.", {window})},
      {.name = "reason",
       .label = tr("Reason"),
       .kind = forms::Kind::long_text,
       .hint = tr("Where it can be read, such as an order or a minute. Everyone who may read the audit will see it.")}};
}

drafts::Form review_draft(const Context& context, const Snapshot& areas, const Succession& s,
                          const std::string& version) {
  return {"register.review/" + std::to_string(s.id),
          tr("Review: {0}", {succession_text(areas, s)}).in(context.language).text.substr(0, 300),
          review_url(s.id).text(), version};
}

// What was answered so far, with the days that were given.
exports::Table reviews_table(const RegisterService::Reviewed& reviewed, const Context& context) {
  exports::Table table = path::event_table(kReviewPath.outline(), reviewed.events,
                                           [&](const path::Event& event) { return context.person(event.by); });
  table.title = table.caption = tr("Reviews so far");
  table.columns.insert(table.columns.begin() + 3, {"day", tr("Day"), exports::ColumnKind::text});
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const std::optional<Date> on = i < reviewed.reviews.size() ? reviewed.reviews[i].on : std::nullopt;
    table.rows[i].insert(table.rows[i].begin() + 3,
                         exports::text_cell(on ? on->text() : Content(tr("not known")).plain(context.language)));
  }
  return table;
}

// What is looked at: the succession of the address, and what was answered so far.
struct Looked {
  std::shared_ptr<const Snapshot> areas;
  const ProposedSuccession* proposal = nullptr;
  RegisterService::Reviewed reviewed;
  std::string version() const { return std::to_string(reviewed.standing.version); }
  forms::Values stored() const {
    const Succession& s = proposal->succession;
    return {{"review", s.review == Succession::Review::proposed ? "" : std::string(store::code_of(s.review))},
            {"on", s.on ? s.on->iso() : ""},
            {"reason", reviewed.events.empty() ? "" : reviewed.events.back().reason}};
  }
};

Result<Looked> looked_at(RegisterService& service, const Context& context) {
  auto areas = service.snapshot();
  const auto id = forms::whole(context.parameter("id"));
  const ProposedSuccession* proposal = id ? areas->proposal(*id) : nullptr;
  auto reviewed = proposal ? service.reviewed(*id) : std::nullopt;
  if (!reviewed) return not_found(tr("There is no such succession, or the look-ups no longer show it."));
  return Looked{std::move(areas), proposal, std::move(*reviewed)};
}

Answer review_page(Wiring& wiring, Context& context, const Looked& at, forms::Values values,
                   const Problem& problem = {}) {
  const Succession& s = at.proposal->succession;
  const records::Standing& standing = at.reviewed.standing;
  const path::Outline outline = kReviewPath.outline();
  Writer writer(context.language);
  writer.element("p", {{"class", "govuk-body-l"}}, succession_text(*at.areas, s));
  web::paragraph(writer, review_text(*at.areas, s));
  web::paragraph(writer, s.evidence);
  writer.put(path::path_part(
      context, {.outline = outline,
                .state = standing.state,
                .version = standing.version,
                .events = at.reviewed.events,
                .offers = kReviewPath.offers(standing.state, {*at.proposal}, context.reach(), standing.whose),
                .answers = true,
                .own_form = [&](const path::Step&) { return Url("#review"); }}));
  if (!at.reviewed.events.empty())
    writer.put(exports::to_html(reviews_table(at.reviewed, context), {.language = context.language, .paged = false}));
  forms::Sheet sheet{.action = review_url(s.id),
                     .draft = review_draft(context, *at.areas, s, at.version()),
                     .fields = review_fields(*at.proposal),
                     .before = writer.take()};
  Writer after(context.language);
  web::paragraph(after, tr("Every figure that is shown as at a day between these dates follows your answer."));
  sheet.after = after.take();
  sheet.options.title = tr("Review what became of an area");
  sheet.options.breadcrumbs = {{tr("Home"), Url("/"), false},
                               {tr("Areas"), Url("/areas"), false},
                               {tr("What became of areas"), Url("/areas/successions"), false}};
  sheet.options.narrow = true;
  values["version"] = at.version();
  return forms::sheet_page(*wiring.database, context, std::move(sheet), values, problem);
}

Answer review_overtaken(const Context& context, const Looked& at, const forms::Values& typed, const std::string& seen) {
  return forms::overtaken_page(context,
                               forms::overtaken(review_draft(context, *at.areas, at.proposal->succession, seen),
                                                review_fields(*at.proposal), {}, typed, at.stored(), context.language));
}

Answer review_get(RegisterService& service, Wiring& wiring, Context& context) {
  const auto at = looked_at(service, context);
  if (!at) return web::problem_page(context, at.error());
  const drafts::Form form = review_draft(context, *at->areas, at->proposal->succession, at->version());
  const auto kept = drafts::find(*wiring.database, context.actor, form.key);
  if (!kept) return review_page(wiring, context, *at, {{"on", forms::at(at->stored(), "on")}});
  if (kept->form.version != form.version && context.query_value("draft") != "merged")
    return review_overtaken(context, *at, forms::values_in(*kept), kept->form.version);
  return review_page(wiring, context, *at, forms::values_in(*kept));
}

Answer review_post(RegisterService& service, Wiring& wiring, Context& context) {
  const auto at = looked_at(service, context);
  if (!at) return web::problem_page(context, at.error());
  const std::int64_t id = at->proposal->succession.id;
  forms::Values values = forms::values_in(context);
  const drafts::Form form = review_draft(context, *at->areas, at->proposal->succession, forms::at(values, "version"));
  drafts::keep_posted(*wiring.database, context, form);
  if (const Problem wrong = forms::settle_all(review_fields(*at->proposal), values); !wrong.message.empty())
    return review_page(wiring, context, *at, values, wrong);
  const auto review = store::review_from(forms::at(values, "review")).value_or(Succession::Review::proposed);
  const Status done =
      service.review_succession(context.actor, id, review, forms::day_of(forms::at(values, "on")),
                                forms::at(values, "reason"), forms::whole_or(forms::at(values, "version"), 0));
  if (!done && done.error().kind == ProblemKind::conflict) return review_overtaken(context, *at, values, form.version);
  if (!done) return review_page(wiring, context, *at, values, done.error());
  drafts::end(*wiring.database, context.actor, form.key);
  return web::redirect(Url::path("/areas/successions", {}, {{"state", std::string(store::code_of(review))}}));
}

}  // namespace

void register_review_pages(Wiring& wiring, RegisterService& service) {
  RegisterService* s = &service;
  Wiring* w = &wiring;
  wiring.router.get("/areas/successions", web::Access::anyone(),
                    [s](Context& context) { return list_page(*s, context); });
  wiring.router.get("/areas/successions/:id", web::Access::permission(kReviewSuccession),
                    [s, w](Context& context) { return review_get(*s, *w, context); });
  wiring.router.post("/areas/successions/:id", web::Access::permission(kReviewSuccession),
                     [s, w](Context& context) { return review_post(*s, *w, context); });
}

}  // namespace tithing::register_
