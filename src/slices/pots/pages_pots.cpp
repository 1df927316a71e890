// Pots of money: the list, a pot with its funds, top-slices, assumptions and schemes, and the form that changes it.
#include <algorithm>

#include "allocation/known_funds.h"
#include "base/text.h"
#include "desks/figures/cells.h"
#include "exports/table_html.h"
#include "figures/numbers.h"
#include "lists/list.h"
#include "slices/pots/money_areas.h"
#include "slices/pots/pages.h"
#include "slices/pots/pages_form.h"
#include "slices/pots/pages_saved.h"
#include "slices/pots/pickers.h"
#include "slices/pots/pot_fields.h"

namespace tithing::pots {
namespace {

using exports::ColumnKind;
using exports::text_cell;
using html::Content;
using html::Markup;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

std::string name_of(FundStatus status) {
  return status == FundStatus::confirmed ? "confirmed" : status == FundStatus::unknown ? "not known" : "provisional";
}

// A fund or a top-slice: a place in the working of their drawn.
Numeral part_of(const PotRecord& pot, const char* of, std::size_t place, std::string shown) {
  return figures::number_part(address_of(pot, of), std::to_string(place), std::move(shown), "As it was entered");
}

// An amount that is only of the funds that are known says so beside itself, in the words of its figure.
exports::Cell with_part(exports::Cell cell, const PotRecord& pot, const std::string& of) {
  const bool partial =
      std::any_of(pot.pot.funds.begin(), pot.pot.funds.end(), [](const Fund& fund) { return !fund.amount; });
  if (!partial || of == "top-slices") return cell;
  figures::Figure figure;
  figure.quantity = figures::Quantity::pence(cell.whole.value_or(0));
  figure.quantity.partial = true;
  return cell.noted(figures::part_words(figure));
}

exports::Cell total_cell(const PotRecord& pot, const std::string& of, Money amount) {
  if (nothing_known(pot.pot) && of != "top-slices")
    return exports::unknown_cell(tr("No fund of the pot has an amount that is known. Not nought."))
        .linked(Url::parse(address_of(pot, of).path()), "The funds that are known");
  return with_part(exports::money_cell(amount.pence), pot, of)
      .linked(Url::parse(address_of(pot, of).path()), "The funds that are known");
}

}  // namespace

exports::Table pots_table(FundingService& service, const std::vector<PotRecord>& pots) {
  exports::Table table{.id = "pots", .title = tr("Pots of money"), .caption = tr("Pots by financial year and area")};
  table.columns = {{.key = "year", .heading = tr("Financial year"), .holds = Numeral::Kind::date},
                   {.key = "pot", .heading = tr("Pot"), .holds = Numeral::Kind::name},
                   {"area", tr("Area")},
                   {"known", tr("Known funds"), ColumnKind::money},
                   {"unknown", tr("Not known")},
                   {"schemes", tr("Schemes"), ColumnKind::integer}};
  for (const PotRecord& pot : pots) {
    const auto totals = totals_of(pot.pot);
    table.rows.push_back(
        {text_cell(pot.financial_year),
         text_cell(pot.title).linked(Url::path("/funding/pots/{}", {std::to_string(pot.id.value)})),
         text_cell(pot.area.empty() ? "Every area" : service.area_name(pot.area)),
         totals ? total_cell(pot, "known", totals->known) : exports::unknown_cell(totals.error().message),
         text_cell(totals ? joined(totals->unknown, ", ") : ""),
         exports::integer_cell(static_cast<std::int64_t>(service.schemes_of(pot.id).size()))
             .linked(Url::parse(address_of(pot, "schemes").path()), "Schemes on this pot that are not withdrawn")});
  }
  return table;
}

namespace {

Form::Choices area_choices(FundingService& service, const std::string& current, const char* none) {
  Form::Choices out = {{"", none}};
  bool there = current.empty();
  if (const auto all = service.areas())
    for (const auto* area : all->of_kind(register_::AreaKind::police_force_area, service.today())) {
      out.emplace_back(area->code, area->name);
      there = there || area->code == current;
    }
  if (!there) out.emplace_back(current, service.area_name(current));
  return out;
}

Answer list(FundingService& service, Context& context) {
  lists::Filter years{.name = "year", .label = tr("Financial year"), .all = tr("Every year")};
  for (const std::string& year : service.financial_years()) years.choices.emplace_back(year, year);
  years.choices = forms::with_present(std::move(years.choices), context.query_value("year"));
  lists::Filter areas{.name = "area",
                      .label = tr("Area"),
                      .choices = area_choices(service, context.query_value("area"), ""),
                      .all = tr("Every area")};
  areas.choices.erase(areas.choices.begin());
  const lists::Filter withdrawn{.name = "withdrawn",
                                .label = tr("Pots that were withdrawn"),
                                .choices = {{"yes", tr("Show them too")}},
                                .all = tr("Leave them out")};
  const store::PotFilter filter{lists::asked(context, years), lists::asked(context, areas),
                                lists::asked(context, withdrawn) == "yes"};
  const exports::Paging paging = lists::paging(context, service.count_pots(filter));
  Writer writer(context.language);
  if (context.actor.can(kEditFunding))
    render(writer, govuk::ButtonParams{.text = tr("Set up a pot"), .href = Url("/funding/pots/new")});
  writer.put(lists::part(
      context, {.table = pots_table(service, service.pots(filter, lists::limit_of(paging), lists::offset_of(paging))),
                .none = tr("No pot is kept here for this choice."),
                .paging = paging,
                .chosen_before = {years, areas, withdrawn}}));
  return web::page(context, saved_options(context, tr("Pots of money"), "/funding/pots"), writer.take());
}

void money_tables(Writer& writer, const Context& context, const PotRecord& pot, const PotTotals& totals) {
  exports::Table funds{
      .id = "funds", .title = tr("{0}, {1}: funds", {pot.title, pot.financial_year}), .caption = tr("Funds")};
  funds.columns = {{"fund", tr("Fund")},
                   {"partner", tr("From")},
                   {.key = "year", .heading = tr("Financial year"), .holds = Numeral::Kind::date},
                   {"kind", tr("Revenue or capital")},
                   {"status", tr("Status")},
                   {"amount", tr("Amount"), ColumnKind::money},
                   {.key = "note", .heading = tr("Note"), .holds = Numeral::Kind::name}};
  std::size_t place = 0;
  for (const Fund& fund : pot.pot.funds) {
    ++place;
    funds.rows.push_back(
        {text_cell(fund.name + (fund.carried_forward ? " (carried forward)" : "")), text_cell(fund.partner),
         text_cell(fund.financial_year), text_cell(fund.kind == FundKind::capital ? tr("capital") : tr("revenue")),
         text_cell(name_of(fund.status)),
         fund.amount
             ? exports::money_cell(fund.amount->pence).explained(part_of(pot, "known", place, fund.amount->text()))
             : exports::unknown_cell(tr("Not nought.")),
         text_cell(fund.note)});
  }
  const auto sum = [&](const char* name, const char* of, Money amount) {
    exports::Row row(funds.columns.size(), text_cell(""));
    row[0] = text_cell(name);
    row[5] = total_cell(pot, of, amount);
    funds.rows.push_back(std::move(row));
  };
  sum("Known funds", "known", totals.known);
  if (!pot.pot.top_slices.empty()) sum("Top-slices", "top-slices", Money{totals.known.pence - totals.available.pence});
  sum("To be shared", "available", totals.available);
  writer.put(exports::to_html(funds, {.language = context.language, .paged = false}));
  if (!totals.unknown.empty())
    render(writer, govuk::InsetTextParams{.text = tr("Not known: {0}. It is left out of the sums, and is not nought.",
                                                     {joined(totals.unknown, ", ")})});
  if (!pot.pot.top_slices.empty()) {
    exports::Table slices{.id = "top-slices",
                          .title = tr("{0}, {1}: top-slices", {pot.title, pot.financial_year}),
                          .caption = tr("Top-slices, taken off before anything is shared")};
    slices.columns = {
        {"purpose", tr("Purpose")}, {"share", tr("Of the known funds")}, {"amount", tr("Amount"), ColumnKind::money}};
    for (std::size_t i = 0; i < pot.pot.top_slices.size(); ++i) {
      const TopSlice& slice = pot.pot.top_slices[i];
      slices.rows.push_back(
          {text_cell(slice.purpose),
           text_cell(as_setting(slice.size.share ? (*slice.size.share * Fraction(100)).text() + "%" : "")),
           exports::money_cell(totals.top_slices[i].pence)
               .explained(part_of(pot, "top-slices", i + 1, totals.top_slices[i].text()))});
    }
    writer.put(exports::to_html(slices, {.language = context.language, .paged = false}));
  }
  exports::Table log{.id = "assumptions",
                     .title = tr("{0}, {1}: assumptions", {pot.title, pot.financial_year}),
                     .caption = tr("Assumptions")};
  log.columns = {{"what", tr("What is assumed")}, {"on", tr("Since")}, {"by", tr("By")}};
  for (const Assumption& one : pot.pot.assumptions) {
    const auto day = Date::parse(one.made_on);
    log.rows.push_back(
        {text_cell(as_name(one.text)), text_cell(day ? as_date(*day) : as_date(one.made_on)), text_cell(one.made_by)});
  }
  writer.put(exports::to_html(
      log, {.language = context.language, .paged = false, .empty_text = tr("No assumption is logged.")}));
}

// What the decisions in force give out of it, whatever version they rest on, and what is left of this one.
void decisions_section(Writer& writer, const Context& context, Decisions& decisions, const PotRecord& pot,
                       const std::optional<PotRecord>& newest) {
  const GivenOfPot drawn = decisions.given_out(context.actor, pot.id);
  writer.element("h2", {{"class", "govuk-heading-m"}, {"id", "decided"}}, tr("What decisions give out of it"));
  exports::Table table{.id = "decisions",
                       .title = tr("{0}, {1}: decisions", {pot.title, pot.financial_year}),
                       .caption = tr("Decisions in force on this pot")};
  table.columns = {{"decision", tr("Decision")},
                   {"state", tr("State")},
                   {"amount", tr("Gives out"), ColumnKind::money},
                   {"place", tr("Takes the place of")}};
  std::size_t place = 0;
  for (const Given& one : drawn.decisions) {
    ++place;
    exports::Cell name = text_cell(as_code(one.reference));
    if (!one.title.empty())
      name = text_cell(Words(as_code(one.reference)) + ", " + as_name(one.title)).linked(Url::parse(one.address));
    table.rows.push_back({std::move(name), text_cell(one.state),
                          one.taken ? exports::money_cell(one.taken->amount.pence)
                                          .explained(part_of(pot, "given", place, one.taken->amount.text()))
                                    : exports::unknown_cell(tr("It cannot be worked out today. Not nought.")),
                          text_cell(one.takes_place_of.empty() ? Words() : Words(as_code(one.takes_place_of)))});
  }
  if (!drawn.decisions.empty()) {
    const auto total = [&](const char* name, const char* of, Money amount, const char* why) {
      const bool known = drawn.not_known.empty() && !(drawn.nothing_known && std::string_view(of) == "left");
      exports::Cell cell = known ? exports::money_cell(amount.pence) : exports::unknown_cell(why);
      if (known && std::string_view(of) == "left" && newest) cell = with_part(std::move(cell), *newest, of);
      table.rows.push_back(
          {text_cell(name), text_cell(""),
           cell.linked(Url::parse(address_of(pot, of).path()), "Decisions that are agreed, frozen or published"),
           text_cell("")});
    };
    total("Given out", "given", drawn.taken, "What a decision gives out cannot be worked out today.");
    total("Left of the newest version", "left", drawn.left, "What is given out, or what the pot holds, is not known.");
    if (drawn.beyond.pence > 0)
      total("Declared to go out beyond the known funds", "beyond", drawn.beyond,
            "What a decision gives out cannot be worked out today.");
    const bool counted = drawn.not_known.empty() && !drawn.nothing_known;
    if (counted && drawn.left.pence < 0 && drawn.left.pence + drawn.beyond.pence >= 0)
      render(writer, govuk::InsetTextParams{.text = tr("More is given out than the known funds, and no more than was "
                                                       "declared: over-programming, or rounding that may exceed.")});
    if (counted && drawn.left.pence + drawn.beyond.pence < 0)
      render(writer,
             govuk::WarningTextParams{
                 .text = drawn.withdraw_agreement && drawn.take_place
                             ? tr("More is given out than the pot holds. Raise the pot, withdraw an agreement, or "
                                  "agree a decision that takes the place of a frozen or published one.")
                         : drawn.withdraw_agreement
                             ? tr("More is given out than the pot holds. Raise the pot, or withdraw an agreement.")
                             : tr("More is given out than the pot holds. Raise the pot, or agree a decision that takes "
                                  "the place of a frozen or published one."),
                 .icon_fallback_text = tr("Warning")});
  }
  writer.put(exports::to_html(
      table, {.language = context.language,
              .paged = false,
              .empty_text = tr("No decision gives anything out of it: none is agreed, frozen or published.")}));
}

// Where the way goes on: the schemes beside each other, and a decision on one of them.
void onward(Writer& writer, const Context& context, Decisions* decisions, const PotRecord& pot,
            const std::vector<SchemeRecord>& schemes) {
  const std::vector<SchemeRecord> ready = pot.withdrawn ? std::vector<SchemeRecord>() : with_steps(pot, schemes);
  const auto beside = compare_url(ready);
  const auto prepare = [&](const SchemeRecord& scheme) {
    return decisions == nullptr ? std::string() : decisions->prepare_address(context.actor, pot.area, scheme.id);
  };
  if (!beside && (ready.empty() || prepare(ready.front()).empty())) return;
  writer.open("ul", {{"class", "govuk-list"}});
  if (beside)
    writer.open("li")
        .element("a", {{"class", "govuk-link"}, {"href", *beside}}, tr("Set the schemes side by side"))
        .close("li");
  for (const SchemeRecord& scheme : ready)
    if (const std::string address = prepare(scheme); !address.empty())
      writer.open("li")
          .element("a", {{"class", "govuk-link"}, {"href", Url::parse(address)}},
                   tr("Prepare a decision from the scheme {0}", {as_name(scheme.title)}))
          .close("li");
  writer.close("ul");
}

Answer one_pot(FundingService& service, Context& context) {
  const std::int64_t version = number_in(context.query_value("version"));
  const auto pot =
      service.pot(PotId{number_in(context.parameter("id"))}, version > 0 ? std::optional(version) : std::nullopt);
  if (!pot) return web::problem_page(context, pot.error());
  const std::string id = std::to_string(pot->id.value);
  Writer writer(context.language);
  const std::vector<PotRecord> versions = service.pot_versions(pot->id, 50);
  if (!versions.empty() && versions.front().version != pot->version)
    render(writer,
           govuk::InsetTextParams{
               .text = tr("This is version {0}. Since then it was changed: the newest is version {1}.",
                          {as_code(std::to_string(pot->version)), as_code(std::to_string(versions.front().version))})});
  if (pot->withdrawn)
    render(writer, govuk::InsetTextParams{.text = tr("This pot was withdrawn: {0}", {as_name(pot->saved.reason)})});
  const auto totals = totals_of(pot->pot);
  if (!totals) return web::problem_page(context, totals.error());
  const bool editable =
      !pot->withdrawn && versions.front().version == pot->version && service.may_edit(context.reach(), pot->area);
  money_tables(writer, context, *pot, *totals);
  if (Decisions* const decisions = service.decisions())
    decisions_section(writer, context, *decisions, *pot,
                      versions.empty() ? std::optional<PotRecord>() : std::optional(versions.front()));
  if (editable) {
    writer.open("div", {{"class", "govuk-button-group"}});
    render(writer,
           govuk::ButtonParams{.text = tr("Change the pot"), .href = Url::path("/funding/pots/{}/change", {id})});
    writer.element("a", {{"class", "govuk-link"}, {"href", Url::path("/funding/pots/{}/withdraw", {id})}},
                   tr("Withdraw the pot"));
    writer.close("div");
  }
  exports::Table schemes{.id = "schemes",
                         .title = tr("{0}, {1}: schemes", {pot->title, pot->financial_year}),
                         .caption = tr("Schemes on this pot, beside each other")};
  schemes.columns = {{"scheme", tr("Scheme")},
                     {"version", tr("Version"), ColumnKind::integer},
                     {"saved", tr("Saved")},
                     {"by", tr("By")}};
  for (exports::Column& column : schemes.columns) column.sortable = true;
  const std::vector<SchemeRecord> all = service.schemes_of(pot->id);
  for (const SchemeRecord& scheme : all)
    schemes.rows.push_back(
        {text_cell(as_name(scheme.title)).linked(Url::path("/funding/schemes/{}", {std::to_string(scheme.id.value)})),
         exports::integer_cell(scheme.version).as(Numeral::Kind::code), text_cell(scheme.saved.at.date()),
         text_cell(scheme.saved.by_name)});
  writer.put(lists::part(
      context, {.table = std::move(schemes), .search = true, .none = tr("There is no scheme on this pot yet.")}));
  if (editable)
    render(writer, govuk::ButtonParams{.text = tr("Set up a scheme"),
                                       .href = Url::path("/funding/schemes/new", {}, {{"pot", id}}),
                                       .classes = "govuk-button--secondary"});
  onward(writer, context, service.decisions(), *pot, all);
  exports::Table history{.id = "versions",
                         .title = tr("{0}, {1}: versions", {pot->title, pot->financial_year}),
                         .caption = tr("Versions")};
  history.columns = {{"version", tr("Version")}, {"saved", tr("Saved")}, {"by", tr("By")}, {"why", tr("Why")}};
  for (const PotRecord& one : versions)
    history.rows.push_back(
        {text_cell(as_code(std::to_string(one.version)))
             .linked(Url::path("/funding/pots/{}", {id}, {{"version", std::to_string(one.version)}})),
         text_cell(one.saved.at.date()), text_cell(one.saved.by_name),
         text_cell(as_name(why_of(one.saved, one.version)))});
  writer.put(exports::to_html(history, {.language = context.language, .paged = false}));
  web::PageOptions options = saved_options(context, pot->title, "/funding/pots");
  options.caption =
      tr("{0}, {1}", {as_date(pot->financial_year), pot->area.empty() ? "every area" : service.area_name(pot->area)});
  return web::page(context, options, writer.take());
}

// ---------------------------------------------------------------------------------------------------------------------

drafts::Form draft_form(const Context& context, const PotRecord* pot) {
  if (pot == nullptr) return {"funding.pot/new", tr("Set up a pot").in(context.language).text, "/funding/pots/new", ""};
  const std::string id = std::to_string(pot->id.value);
  return {"funding.pot/" + id, tr("Change the pot {0}", {pot->title}).in(context.language).text,
          "/funding/pots/" + id + "/change", std::to_string(pot->version)};
}

// With what stands in the form, and in the pot, among the choices.
forms::Questions questions(FundingService& service, const PotRecord* pot, const Entered& entered) {
  Form::Choices areas = area_choices(service, at(entered, "area"), "Every area");
  const auto is_area = [&](const auto& choice) { return choice.first == pot->area; };
  if (pot != nullptr && std::none_of(areas.begin(), areas.end(), is_area))
    areas.emplace_back(pot->area, service.area_name(pot->area));
  return pot_questions(areas, money_finder(service.areas(), service.today()), pot == nullptr);
}

// `back`: what stands in it is the draft, because the form was opened again.
Answer form_page(FundingService& service, const Context& context, const PotRecord* pot, const Entered& entered,
                 const Problem& problem, bool back) {
  const drafts::Form name = draft_form(context, pot);
  Writer writer(context.language);
  Form form(writer, context, entered, problem);
  form.begin(Url::parse(name.address));
  if (pot != nullptr)
    form.hidden("seen", std::to_string(forms::seen_in(entered) == 0 ? pot->version : forms::seen_in(entered)));
  form.enter_presses("do", "save");
  form.put(questions(service, pot, entered));
  const auto kept = drafts::find(service.database(), context.actor, name.key);
  form.save_buttons(name, kept);
  form.end();
  web::PageOptions options = saved_options(
      context, pot == nullptr ? Content(tr("Set up a pot")) : Content(tr("Change the pot {0}", {pot->title})),
      "/funding/pots");
  options.narrow = true;
  finish(options, form, problem);
  if (back && kept) options.notice += drafts::notice(context, *kept);
  return web::page(context, options, writer.take());
}

forms::Editing editing(FundingService& service, const Context& context, const PotRecord* pot) {
  forms::Editing out{.draft = draft_form(context, pot)};
  out.page = [&service, &context, pot](const Entered& entered, const Problem& problem, bool back) {
    return form_page(service, context, pot, entered, problem, back);
  };
  if (pot == nullptr) return out;
  out.version = pot->version;
  out.stored = entered_from(*pot);
  out.began = [&service, pot](std::int64_t seen) {
    const auto before = service.pot(pot->id, seen);
    return before ? entered_from(*before) : Entered();
  };
  out.fields = [&service, pot, stored = out.stored](const Entered& yours) {
    forms::Questions asks = questions(service, pot, yours);
    asks.last.clear();  // the reason is of the change alone
    return fields_of(asks, yours, stored);
  };
  out.rows = questions(service, pot, {}).rows;
  out.change = tr("It was changed on {0} by {1}. Reason: {2}",
                  {pot->saved.at.date().text(), pot->saved.by_name, why_of(pot->saved, pot->version)});
  return out;
}

Answer post(FundingService& service, Context& context, const PotRecord* pot) {
  const forms::Editing form = editing(service, context, pot);
  Entered entered = entered_in(context);
  drafts::keep_posted(service.database(), context, form.draft);
  const forms::Questions asks = questions(service, pot, entered);
  if (turned(asks, entered)) return form.page(entered, {}, false);
  Problem problem = settle_all(asks, entered);
  const EnteredPot read = pot_from(entered);
  forms::add_problems(problem, read.wrong);
  PotChange change{.title = read.title,
                   .financial_year = read.financial_year,
                   .area = read.area,
                   .pot = read.pot,
                   .reason = entered["reason"]};
  if (pot != nullptr) {
    change.id = pot->id;
    change.seen = forms::seen_in(entered);
  }
  const Doing doing = service.doing(context.actor);
  const auto also = [&](Problem said) {
    for (FieldProblem& one : said.fields) one.field = read.field_of(one.field);
    if (said.fields.empty() && problem.message.empty()) problem = said;
    add_lacks(problem, said.fields);
  };
  if (!problem.message.empty()) {
    // What cannot be read, and what else is wrong: all of it at once.
    if (const Status fine = check_pot(doing, change); !fine) also(fine.error());
    return form.page(entered, problem, false);
  }
  const auto saved = save_pot(doing, change);
  if (saved) {
    drafts::end(service.database(), context.actor, form.draft.key);
    return web::redirect(Url::path("/funding/pots/{}", {std::to_string(saved->id.value)}));
  }
  if (saved.error().kind == ProblemKind::conflict && pot != nullptr) {
    const auto now = service.pot(pot->id);
    return now ? overtaken_page(context, editing(service, context, &*now), entered)
               : web::problem_page(context, now.error());
  }
  if (saved.error().kind != ProblemKind::invalid) return web::problem_page(context, saved.error());
  also(saved.error());
  return form.page(entered, problem, false);
}

Answer withdraw_page(Context& context, const PotRecord& pot, const Problem& problem) {
  return reason_page(
      context,
      {.title = tr("Withdraw the pot {0}", {pot.title}),
       .lead = tr("It stays here with all its versions, and counts no longer. Its schemes are withdrawn first."),
       .button = tr("Withdraw the pot"),
       .action = Url::path("/funding/pots/{}/withdraw", {std::to_string(pot.id.value)}),
       .seen = pot.version},
      problem);
}

template <class F>
Answer with_pot(FundingService& service, Context& context, F&& then) {
  const auto pot = service.pot(PotId{number_in(context.parameter("id"))});
  if (!pot) return web::problem_page(context, pot.error());
  if (pot->withdrawn)
    return web::problem_page(context, {ProblemKind::conflict, "The pot “" + pot->title + "” was withdrawn.", {}});
  // No form is opened to who may not save it; what is posted is kept as a draft before the command refuses it.
  if (context.request->method == "GET")
    if (const Status allowed = context.reach().require(kEditFunding, whose_of(pot->area)); !allowed)
      return web::problem_page(context, allowed.error());
  return then(*pot);
}

}  // namespace

void register_pot_pages(Wiring& wiring, FundingService& service) {
  FundingService* const s = &service;
  const auto edit = web::Access::permission(kEditFunding);
  wiring.router.get("/funding/pots", web::Access::permission(kReadFunding),
                    [=](Context& context) { return list(*s, context); });
  wiring.router.get("/funding/pots/new", edit, [=](Context& context) {
    return forms::opened(s->database(), context, editing(*s, context, nullptr));
  });
  wiring.router.post("/funding/pots/new", edit, [=](Context& context) { return post(*s, context, nullptr); });
  wiring.router.get("/funding/pots/:id", web::Access::permission(kReadFunding),
                    [=](Context& context) { return one_pot(*s, context); });
  wiring.router.get("/funding/pots/:id/change", edit, [=](Context& context) {
    return with_pot(*s, context, [&](const PotRecord& pot) {
      return forms::opened(s->database(), context, editing(*s, context, &pot));
    });
  });
  wiring.router.post("/funding/pots/:id/change", edit, [=](Context& context) {
    return with_pot(*s, context, [&](const PotRecord& pot) { return post(*s, context, &pot); });
  });
  wiring.router.get("/funding/pots/:id/withdraw", edit, [=](Context& context) {
    return with_pot(*s, context, [&](const PotRecord& pot) { return withdraw_page(context, pot, {}); });
  });
  wiring.router.post("/funding/pots/:id/withdraw", edit, [=](Context& context) {
    return with_pot(*s, context, [&](const PotRecord& pot) {
      const auto done = withdraw_pot(s->doing(context.actor), pot.id, forms::whole_or(context.form_value("seen"), 0),
                                     context.form_value("reason"));
      if (done) return web::redirect(Url::path("/funding/pots/{}", {std::to_string(pot.id.value)}));
      return done.error().kind == ProblemKind::invalid ? withdraw_page(context, pot, done.error())
                                                       : web::problem_page(context, done.error());
    });
  });
}

}  // namespace tithing::pots
