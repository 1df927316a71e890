// A scheme: its steps in their order, what they come to at once, its versions; and what moves steps, copies and
// withdraws.
#include "allocation/findings.h"
#include "allocation/scenarios.h"
#include "allocation/scheme_words.h"
#include "allocation/write_scheme.h"
#include "base/text.h"
#include "exports/table_html.h"
#include "govuk/components.h"
#include "slices/pots/examples.h"
#include "slices/pots/money_areas.h"
#include "slices/pots/pages.h"
#include "slices/pots/pages_cells.h"
#include "slices/pots/pages_compare.h"
#include "slices/pots/pages_form.h"
#include "slices/pots/pages_money_table.h"
#include "slices/pots/pages_saved.h"
#include "slices/pots/step_fields.h"

namespace tithing::pots {
namespace {

using exports::ColumnKind;
using exports::text_cell;
using html::Content;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

std::string id_of(const SchemeRecord& record) { return std::to_string(record.id.value); }

}  // namespace

web::PageOptions saved_options(const Context& context, const Content& title, std::string_view current) {
  web::PageOptions options{.title = title, .rooms = funding_rooms(context, current)};
  options.breadcrumbs = {{tr("Home"), Url("/"), false},
                         {tr("Funding"), Url("/funding"), false},
                         {tr("Pots of money"), Url("/funding/pots"), false}};
  return options;
}

Answer reason_page(const Context& context, const ReasonPage& page, const Problem& problem) {
  Writer writer(context.language);
  writer.element("p", {{"class", "govuk-body"}}, page.lead);
  Entered entered = {{"reason", context.form_value("reason")}};
  Form form(writer, context, entered, problem);
  form.begin(page.action);
  form.hidden("seen", std::to_string(page.seen));
  form.text("reason", tr("Why?"), tr("It stands in the list of versions and in the audit."), 3);
  form.button(page.button, "", "", "govuk-button--warning");
  form.end();
  web::PageOptions options = saved_options(context, page.title, "/funding/pots");
  options.narrow = true;
  finish(options, form, problem);
  return web::page(context, options, writer.take());
}

std::vector<SchemeRecord> with_steps(const PotRecord& pot, const std::vector<SchemeRecord>& schemes, SchemeId first) {
  std::vector<SchemeRecord> out;
  for (const SchemeRecord& record : schemes) {
    const auto scheme = scheme_of(record, pot);
    if (!scheme || scheme->steps.empty()) continue;
    out.insert(record.id == first ? out.begin() : out.end(), record);
  }
  return out;
}

std::optional<Url> compare_url(const std::vector<SchemeRecord>& schemes) {
  if (schemes.size() < 2) return std::nullopt;
  std::vector<std::string> references;
  for (const SchemeRecord& record : schemes)
    if (references.size() < kMostScenarios) references.push_back("scheme-" + id_of(record));
  return Url::path("/funding/compare", {}, {{"schemes", joined(references, ",")}});
}

exports::Table scheme_table(const WorkedScheme& worked) {
  const figures::Address address = address_of(worked.record, worked.pot, "");
  MeasuredTable money = measured(worked.scheme, worked.allocation, address, {});
  money.title = worked.record.title + ", " + worked.pot.financial_year;
  exports::Table table = money_table(money);
  put_notes(table, worked.allocation, address);
  for (const Tranche& tranche : worked.scheme.tranches) {
    Words note = as_name(tranche.name);
    note += ": ";
    note += as_setting(tranche.share.text() + "%");
    if (!tranche.due.empty()) note += Words(", due ") + as_date(tranche.due);
    if (!tranche.condition.empty()) note += Words(", when: ") + as_name(tranche.condition);
    table.notes.push_back(note + ".");
  }
  table.sources = {tr("Scheme {0}, version {1}, on version {2} of its pot",
                      {as_code(id_of(worked.record)), as_code(std::to_string(worked.record.version)),
                       as_code(std::to_string(worked.pot.version))})
                       .words("en")};
  return table;
}

namespace {

exports::Table years_table(FundingService& service, const WorkedScheme& worked, const figures::Viewer& viewer,
                           int years) {
  exports::Table table =
      begun_years_table(worked.record.title, worked.allocation.areas, address_of(worked.record, worked.pot, ""));
  for (int year = 1; year <= years; ++year) {
    const auto one = service.worked(worked.record, worked.pot, viewer, figures::Detail::value, year);
    std::vector<exports::Cell> amounts;
    for (std::size_t i = 0; i < table.rows.size(); ++i)
      amounts.push_back(one ? measured_cell(exports::money_cell(one->allocation.areas[i].amount.pence),
                                            address_of(worked.record, worked.pot, "", year),
                                            one->allocation.areas[i].key, "")
                            : exports::unknown_cell(one.error().message));
    add_year(table, static_cast<std::size_t>(year), std::move(amounts));
  }
  return table;
}

void order_button(Writer& writer, const Context& context, const SchemeRecord& record, std::size_t step,
                  const char* what, Message words, const std::string& name) {
  writer.open("form", {{"method", "post"},
                       {"action", Url::path("/funding/schemes/{}/order", {id_of(record)})},
                       {"class", "tithing-inline-form"}});
  writer.put(web::csrf_field(context));
  for (const auto& [field, value] : {std::pair<const char*, std::string>{"seen", std::to_string(record.version)},
                                     {"step", std::to_string(step + 1)},
                                     {"do", what}})
    writer.void_element("input", {{"type", "hidden"}, {"name", field}, {"value", value}});
  writer.open("button",
              {{"type", "submit"}, {"class", "govuk-button govuk-button--secondary govuk-!-margin-bottom-1"}});
  writer.put(Content(std::move(words)));
  writer.open("span", {{"class", "govuk-visually-hidden"}})
      .text(": " + name)
      .close("span")
      .close("button")
      .close("form");
}

void steps(Writer& writer, const Context& context, const SchemeRecord& record, const Scheme& scheme, bool editable) {
  writer.element("h2", {{"class", "govuk-heading-m"}}, tr("The steps, in the order in which they are worked out"));
  if (scheme.steps.empty()) {
    writer.element("p", {{"class", "govuk-body"}},
                   scheme.areas.empty() ? tr("There are no areas and no steps yet. Begin with the areas.")
                                        : tr("There are no steps yet, so nothing is shared."));
  } else {
    writer.open("ol", {{"class", "govuk-list govuk-list--number govuk-list--spaced"}});
    for (std::size_t i = 0; i < scheme.steps.size(); ++i) {
      const std::string name = place_of(scheme, i);
      writer.open("li", {{"id", "step-" + std::to_string(i + 1)}});
      writer.element("strong", {}, find_step_type(type_of(scheme.steps[i]))->name)
          .text(": ")
          .put(as_setting(in_words(scheme, i)));
      if (!scheme.steps[i].note.empty()) writer.text(" Note: ").put(as_name(scheme.steps[i].note));
      if (editable) {
        writer.open("div", {{"class", "govuk-button-group govuk-!-margin-top-2 govuk-!-margin-bottom-0"}});
        writer.open("a", {{"class", "govuk-link"},
                          {"href", Url::path("/funding/schemes/{}/steps/{}", {id_of(record), std::to_string(i + 1)})}});
        writer.put(Content(tr("Change")))
            .open("span", {{"class", "govuk-visually-hidden"}})
            .text(": " + name)
            .close("span")
            .close("a");
        if (i > 0) order_button(writer, context, record, i, "up", tr("Move up"), name);
        if (i + 1 < scheme.steps.size()) order_button(writer, context, record, i, "down", tr("Move down"), name);
        order_button(writer, context, record, i, "out", tr("Take out"), name);
        writer.close("div");
      }
      writer.close("li");
    }
    writer.close("ol");
  }
  if (!editable || scheme.areas.empty()) return;
  writer.open("form", {{"method", "get"}, {"action", Url::path("/funding/schemes/{}/steps/new", {id_of(record)})}});
  Form::Choices choices;
  for (const StepType& type : step_types()) choices.emplace_back(type.code, type.name);
  const Entered entered = {{"type", scheme.steps.empty() ? "weighted_indicators" : "floor"}};
  const Problem none;
  Form form(writer, context, entered, none);
  form.select("type", tr("Add a step"), choices, tr("The next page asks where it stands among the others."));
  form.button(tr("Continue"), "", "", "govuk-button--secondary");
  form.end();
}

void result(Writer& writer, FundingService& service, const Context& context, const Result<WorkedScheme>& worked,
            const Scheme& scheme) {
  writer.element("h2", {{"class", "govuk-heading-m"}, {"id", "result"}}, tr("What it comes to"));
  if (scheme.steps.empty()) {
    writer.element("p", {{"class", "govuk-body"}}, tr("Nothing yet: the scheme has no steps."));
    return;
  }
  if (!worked) {
    render(writer, govuk::InsetTextParams{.text = worked.error().message});
    writer.element("p", {{"class", "govuk-body"}}, tr("Until this is put right there is no table."));
    return;
  }
  const Allocation& allocation = worked->allocation;
  writer.element(
      "p", {{"class", "govuk-body"}},
      !allocation.complete() ? tr("The known money is shared; what is not known ({0}) is left out, and is not nought.",
                                  {joined(allocation.pot.unknown, ", ")})
      : allocation.unallocated.pence < 0
          ? html::Content(marked_excess(excess_of(allocation.over_programmed, Money{-allocation.unallocated.pence}),
                                        address_of(worked->record, worked->pot, ""), allocation.over_programmed,
                                        Money{-allocation.unallocated.pence}))
      : allocation.reconciles() ? tr("The table comes to the pot, to the penny.")
                                : tr("The table does not come to the pot: {0} goes to no area.",
                                     {measured_number(address_of(worked->record, worked->pot, ""), "", "unallocated",
                                                      allocation.unallocated.text())}));
  if (!allocation.not_met.empty()) {
    writer.element("h3", {{"class", "govuk-heading-s"}}, tr("Not met"));
    writer.open("ul", {{"class", "govuk-list govuk-list--bullet"}});
    for (const NotMet& item : allocation.not_met) writer.element("li", item.sentence);
    writer.close("ul");
  }
  writer.put(exports::to_html(scheme_table(*worked), {.language = context.language, .paged = false}));
  if (const int years = years_of(worked->scheme); years > 1)
    writer.put(exports::to_html(years_table(service, *worked, {context.today, !context.actor.signed_in()}, years),
                                {.language = context.language, .paged = false}));
}

void made_from(Writer& writer, const Context& context, const SchemeRecord& record,
               const std::vector<FromScheme>& made) {
  writer.element("h2", {{"class", "govuk-heading-m"}}, tr("Decisions"));
  if (made.empty()) {
    writer.element("p", {{"class", "govuk-body"}},
                   tr("No decision that you may read was prepared from this scheme yet."));
  } else {
    exports::Table table{.id = "decisions",
                         .title = tr("{0}: decisions", {record.title}),
                         .caption = tr("Decisions prepared from this scheme, newest first")};
    table.columns = {{"reference", tr("Reference")},
                     {"title", tr("Decision")},
                     {"state", tr("State")},
                     {"version", tr("From version")},
                     {"pot", tr("On version of the pot")}};
    for (const FromScheme& one : made)
      table.rows.push_back({text_cell(as_code(one.reference)),
                            text_cell(as_name(one.title)).linked(Url::parse(one.address)), text_cell(one.state),
                            text_cell(as_code(std::to_string(one.scheme_version))),
                            text_cell(as_code(std::to_string(one.pot_version)))});
    writer.put(exports::to_html(table, {.language = context.language, .paged = false}));
  }
}

// Where the way goes on: beside the others of the pot, and to a decision.
void onward(Writer& writer, const Context& context, FundingService& service, const SchemeRecord& record,
            const PotRecord& pot, bool newest) {
  const std::vector<SchemeRecord> ready = with_steps(pot, service.schemes_of(pot.id), record.id);
  const bool works = newest && !ready.empty() && ready.front().id == record.id;
  const auto beside = works ? compare_url(ready) : std::nullopt;
  std::string prepare;
  if (Decisions* const decisions = service.decisions()) {
    if (works) prepare = decisions->prepare_address(context.actor, pot.area, record.id);
    made_from(writer, context, record, decisions->prepared_from(context.actor, record.id, exports::kPageSize));
  }
  if (prepare.empty() && !beside) return;
  writer.open("div", {{"class", "govuk-button-group"}});
  if (!prepare.empty())
    render(writer, govuk::ButtonParams{.text = tr("Prepare a decision from it"), .href = Url::parse(prepare)});
  if (beside)
    writer.element("a", {{"class", "govuk-link"}, {"href", *beside}}, tr("Set it beside the other schemes of the pot"));
  writer.close("div");
}

void links(Writer& writer, const SchemeRecord& record, bool editable) {
  const std::string id = id_of(record);
  writer.open("ul", {{"class", "govuk-list"}});
  const auto link = [&](const Url& to, Message words) {
    writer.open("li").element("a", {{"class", "govuk-link"}, {"href", to}}, std::move(words)).close("li");
  };
  if (editable) {
    link(Url::path("/funding/schemes/{}/settings", {id}), tr("Change the title, the rounding and the tranches"));
    link(Url::path("/funding/schemes/{}/areas", {id}), tr("Change the areas"));
    link(Url::path("/funding/schemes/{}/last-year", {id}), tr("Change last year's money and what became of its areas"));
    link(Url::path("/funding/schemes/{}/copy", {id}), tr("Copy it, as another scenario"));
    link(Url::path("/funding/schemes/{}/import", {id}), tr("Replace it by a file"));
    link(Url::path("/funding/schemes/{}/withdraw", {id}), tr("Withdraw it"));
  }
  link(Url::path("/funding/schemes/{}/scheme.json", {id}, {{"version", std::to_string(record.version)}}),
       tr("The scheme with its pot as a file (JSON)"));
  writer.close("ul");
}

Answer scheme_page(FundingService& service, Context& context, const SchemeRecord& record, const PotRecord& pot,
                   const Problem& problem) {
  auto scheme = scheme_of(record, pot);
  if (!scheme) return web::problem_page(context, scheme.error());
  const std::vector<SchemeRecord> versions = service.scheme_versions(record.id, 50);
  const bool newest = !versions.empty() && versions.front().version == record.version;
  const bool editable = newest && !record.withdrawn && service.may_edit(context.reach(), pot.area);
  const std::string id = id_of(record);
  Writer writer(context.language);
  if (!newest) {
    render(writer, govuk::InsetTextParams{
                       .text = tr("This is version {0}, on version {1} of its pot. The newest is version {2}.",
                                  {as_code(std::to_string(record.version)), as_code(std::to_string(pot.version)),
                                   as_code(std::to_string(versions.empty() ? 0 : versions.front().version))})});
    writer.open("p", {{"class", "govuk-body"}})
        .element("a", {{"class", "govuk-link"}, {"href", Url::path("/funding/schemes/{}", {id})}},
                 tr("The newest version"))
        .close("p");
  }
  if (record.withdrawn)
    render(writer,
           govuk::InsetTextParams{.text = tr("This scheme was withdrawn: {0}", {as_name(record.saved.reason)})});
  writer.open("p", {{"class", "govuk-body"}}).put(Content(tr("On the pot"))).text(" ");
  writer.element("a",
                 {{"class", "govuk-link"},
                  {"href", Url::path("/funding/pots/{}", {std::to_string(pot.id.value)},
                                     {{"version", newest ? "" : std::to_string(pot.version)}})}},
                 as_name(pot.title + ", " + pot.financial_year));
  if (const auto totals = totals_of(pot.pot))
    writer.text(": ").put(
        Content(tr("{0} to be shared", {Numeral{totals->available.text(), Numeral::Kind::figure,
                                                address_of(pot, "available").path(), "Known funds less top-slices"}})));
  writer.text(".").close("p");
  if (record.copied_from) {
    writer.open("p", {{"class", "govuk-body"}})
        .put(Content(tr("Copied from")))
        .text(" ")
        .element("a",
                 {{"class", "govuk-link"},
                  {"href", Url::path("/funding/schemes/{}", {std::to_string(record.copied_from->value)},
                                     {{"version", std::to_string(record.copied_version)}})}},
                 tr("version {0} of scheme {1}", {as_code(std::to_string(record.copied_version)),
                                                  as_code(std::to_string(record.copied_from->value))}))
        .text(".")
        .close("p");
  }
  steps(writer, context, record, *scheme, editable);
  writer.open("p", {{"class", "govuk-body"}}).text("Rounding: ").put(as_setting(in_words(scheme->rounding))).close("p");
  links(writer, record, editable);
  const auto worked = service.worked(record, pot, {context.today, !context.actor.signed_in()}, figures::Detail::value);
  result(writer, service, context, worked, *scheme);
  onward(writer, context, service, record, pot, newest && !record.withdrawn);
  exports::Table history{.id = "versions", .title = tr("{0}: versions", {record.title}), .caption = tr("Versions")};
  history.columns = {{"version", tr("Version")},
                     {"pot", tr("On version of the pot"), ColumnKind::integer},
                     {"saved", tr("Saved")},
                     {"by", tr("By")},
                     {"why", tr("Why")}};
  for (const SchemeRecord& one : versions)
    history.rows.push_back(
        {text_cell(as_code(std::to_string(one.version)))
             .linked(Url::path(
                 "/funding/schemes/{}", {id},
                 {{"pot-version", std::to_string(one.pot_version)}, {"version", std::to_string(one.version)}})),
         exports::integer_cell(one.pot_version).as(Numeral::Kind::code), text_cell(one.saved.at.date()),
         text_cell(one.saved.by_name), text_cell(as_name(why_of(one.saved, one.version)))});
  writer.put(exports::to_html(history, {.language = context.language, .paged = false}));
  web::PageOptions options = saved_options(context, record.title, "/funding/pots");
  options.caption = tr("Scheme, {0}", {as_date(pot.financial_year)});
  options.breadcrumbs.push_back({pot.title, Url::path("/funding/pots/{}", {std::to_string(pot.id.value)}), false});
  if (!problem.message.empty()) {
    options.notice =
        govuk::rendered(govuk::ErrorSummaryParams{.title = tr("Nothing was saved"),
                                                  .error_list = {{.text = problem.message, .href = Url()}}},
                        context.language);
    options.has_error = true;
    options.status = web::status_of(problem.kind);
  }
  return web::page(context, options, writer.take());
}

// Asked for with a version it is shown on the pot as it was then; without, on the pot as it is now.
Answer asked_scheme(FundingService& service, Context& context) {
  const std::int64_t version = number_in(context.query_value("version")),
                     pot_version = number_in(context.query_value("pot-version"));
  const auto record =
      service.scheme(SchemeId{number_in(context.parameter("id"))}, version > 0 ? std::optional(version) : std::nullopt);
  if (!record) return web::problem_page(context, record.error());
  const auto pot = service.pot(record->pot, pot_version > 0 ? std::optional(pot_version)
                                            : version > 0   ? std::optional(record->pot_version)
                                                            : std::nullopt);
  if (!pot) return web::problem_page(context, pot.error());
  return scheme_page(service, context, *record, *pot, {});
}

Answer as_file(FundingService& service, Context& context) {
  const std::int64_t version = number_in(context.query_value("version"));
  const auto record =
      service.scheme(SchemeId{number_in(context.parameter("id"))}, version > 0 ? std::optional(version) : std::nullopt);
  if (!record) return web::problem_page(context, record.error());
  const auto pot = service.pot(record->pot, record->pot_version);
  if (!pot) return web::problem_page(context, pot.error());
  const auto scheme = scheme_of(*record, *pot);
  if (!scheme) return web::problem_page(context, scheme.error());
  return web::download(write_scheme(*scheme, true), "application/json", slug(record->title) + ".json");
}

Answer order(FundingService& service, Context& context) {
  const auto record = service.scheme(SchemeId{number_in(context.parameter("id"))});
  if (!record) return web::problem_page(context, record.error());
  const auto pot = service.pot(record->pot);
  if (!pot) return web::problem_page(context, pot.error());
  if (const Status allowed = context.reach().require(kEditFunding, whose_of(pot->area)); !allowed)
    return web::problem_page(context, allowed.error());
  auto scheme = scheme_of(*record, *pot);
  if (!scheme) return web::problem_page(context, scheme.error());
  const std::int64_t seen = number_in(context.form_value("seen"));
  const auto step = static_cast<std::size_t>(number_in(context.form_value("step")));
  const std::string what = context.form_value("do");
  const Problem stale{ProblemKind::conflict,
                      "Somebody else has changed this scheme meanwhile. Nothing was moved. Look at what is there now.",
                      {}};
  if (seen != record->version) return scheme_page(service, context, *record, *pot, stale);
  const std::size_t count = scheme->steps.size();
  if (step < 1 || step > count || (what == "up" && step < 2) || (what == "down" && step == count))
    return scheme_page(service, context, *record, *pot, {ProblemKind::invalid, "There is no such step to move.", {}});
  const std::string name = place_of(*scheme, step - 1);
  if (what == "up")
    std::swap(scheme->steps[step - 1], scheme->steps[step - 2]);
  else if (what == "down")
    std::swap(scheme->steps[step - 1], scheme->steps[step]);
  else if (what == "out")
    scheme->steps.erase(scheme->steps.begin() + static_cast<std::ptrdiff_t>(step - 1));
  else
    return scheme_page(service, context, *record, *pot,
                       {ProblemKind::invalid, "Choose whether to move the step up or down, or to take it out.", {}});
  const std::string reason = name + (what == "out" ? " taken out" : " moved " + what);
  const auto saved =
      save_scheme(service.doing(context.actor),
                  {.id = record->id, .seen = seen, .document = write_scheme(*scheme, false), .reason = reason});
  if (!saved) return scheme_page(service, context, *record, *pot, saved.error());
  return web::redirect(Url::path("/funding/schemes/{}", {id_of(*record)}));
}

}  // namespace

void register_scheme_pages(Wiring& wiring, FundingService& service) {
  FundingService* const s = &service;
  wiring.router.get("/funding/schemes/:id", web::Access::permission(kReadFunding),
                    [=](Context& context) { return asked_scheme(*s, context); });
  wiring.router.get("/funding/schemes/:id/scheme.json", web::Access::permission(kReadFunding),
                    [=](Context& context) { return as_file(*s, context); });
  wiring.router.post("/funding/schemes/:id/order", web::Access::permission(kEditFunding),
                     [=](Context& context) { return order(*s, context); });
}

}  // namespace tithing::pots
