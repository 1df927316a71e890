#include "slices/pots/pages.h"
#include "allocation/findings.h"

#include "allocation/measures.h"
#include "base/text.h"
#include "exports/csv.h"
#include "exports/table_html.h"
#include "exports/xlsx.h"
#include "forms/values.h"
#include "govuk/components.h"
#include "lists/list.h"
#include "slices/pots/grounds.h"
#include "slices/pots/kinds_printed.h"
#include "slices/pots/pages_saved.h"
#include "web/site_map.h"

namespace tithing::pots {

std::vector<web::NavigationItem> funding_rooms(const web::Context& context, std::string_view current) {
  std::vector<web::NavigationItem> rooms = context.site().lines(web::Home::money, context, {}, {});
  for (web::NavigationItem& room : rooms) room.current = room.url.text() == current;
  return rooms;
}

namespace {

using html::Markup;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

using Query = std::vector<std::pair<std::string, std::string>>;

std::vector<web::NavigationItem> trail(bool inside) {
  std::vector<web::NavigationItem> items = {{tr("Home"), Url("/"), false}};
  if (inside) items.push_back({tr("Funding"), Url("/funding"), false});
  return items;
}

Answer room(FundingService& service, Context& context) {
  Writer writer(context.language);
  writer.element(
      "p", {{"class", "govuk-body-l"}},
      tr("Who gets what, and why: a pot, a formula, and a table that comes out to the penny and explains every cell."));
  if (context.actor.can(kReadFunding)) {
    writer.element("h2", {{"class", "govuk-heading-m"}}, tr("Pots of money"));
    const std::vector<PotRecord> pots = service.pots({}, exports::kPageSize, 0);
    writer.put(
        exports::to_html(pots_table(service, pots),
                         {.language = context.language, .paged = false, .empty_text = tr("No pot is kept here yet.")}));
    writer.open("div", {{"class", "govuk-button-group"}});
    if (context.actor.can(kEditFunding))
      render(writer, govuk::ButtonParams{.text = tr("Set up a pot"), .href = Url("/funding/pots/new")});
    writer.element("a", {{"class", "govuk-link"}, {"href", Url("/funding/pots")}}, tr("All pots, by year and area"));
    writer.close("div");
  } else {
    writer.element("p", {{"class", "govuk-body"}},
                   tr("Pots and schemes in the making are for those who prepare, decide and audit them; what was "
                      "decided is under Decisions."));
  }
  writer.element("h2", {{"class", "govuk-heading-m"}}, tr("Worked examples"));
  writer.element("p", {{"class", "govuk-body"}},
                 tr("These are tables and schemes that others have published, transcribed with their source, and one "
                    "formula on the figures of this program. A scheme in a file can also be worked out with the "
                    "command \"tithing allocate\"."));
  exports::Table table{.id = "examples", .title = tr("Worked examples of funding"), .caption = tr("Worked examples")};
  table.columns = {{"example", tr("Example"), exports::ColumnKind::text, {}, true},
                   {"kind", tr("What it is"), exports::ColumnKind::text, {}, true},
                   {"shows", tr("What it shows")},
                   {"source", tr("Source")}};
  for (const Example& example : examples())
    table.rows.push_back(
        {exports::text_cell(as_name(example.title)).linked(Url::path("/funding/examples/{}", {example.name})),
         exports::text_cell(example.kind == Example::Kind::table    ? tr("printed table")
                            : example.kind == Example::Kind::scheme ? tr("scheme")
                                                                    : tr("scheme on the evidence")),
         exports::text_cell(shows_of(example)), exports::text_cell(as_name(example.source))});
  writer.put(lists::part(context, {.table = std::move(table), .filters = {"kind"}, .search = true}));
  return web::page(context,
                   {.title = tr("Funding"), .rooms = funding_rooms(context, "/funding"), .breadcrumbs = trail(false)},
                   writer.take());
}

// ---------------------------------------------------------------------------------------------------------------------

// The weights as one value: weight-1, weight-2 .. of the form, or weights of a link.
std::string weights_of(const Context& context) {
  if (context.query_value("weight-1").empty()) return context.query_value("weights");
  std::string out;
  for (int i = 1; i <= 100; ++i) {
    const std::string value = context.query_value("weight-" + std::to_string(i));
    if (value.empty()) break;
    out += (out.empty() ? "" : ",") + value;
  }
  return out;
}

Result<std::uint64_t> seed_of(const Context& context) {
  const std::string text = context.query_value("seed");
  if (text.empty()) return SensitivityOptions{}.seed;
  const std::string what = "Write the seed as a whole number of at most nine digits.";
  const auto seed = forms::whole(text, 999'999'999);
  if (!seed) return invalid(what, {{"seed", what}});
  return static_cast<std::uint64_t>(*seed);
}

Markup shown(const exports::Table& table, const std::string& name, const Example& example, const Query& query,
             const Context& context) {
  exports::TableHtml html{.language = context.language, .query = query};
  html.paged = false;
  html.csv_path = "/funding/examples/" + example.name + "/" + name + ".csv";
  html.xlsx_path = "/funding/examples/" + example.name + "/" + name + ".xlsx";
  return exports::to_html(table, html);
}

// What the reader may change, as a form that asks for the page again.
Markup form(const Example& example, const Scheme& scheme, const Context& context, const std::string& wrong_field,
            const std::string& wrong) {
  const WeightedIndicators* weighted = weighted_of(scheme);
  const int years = years_of(scheme);
  if (weighted == nullptr && years == 0) return {};
  Writer writer(context.language);
  writer.element("h2", {{"class", "govuk-heading-m"}}, tr("Change it"));
  writer.element("p", {{"class", "govuk-body"}},
                 tr("Nothing is stored: what you choose is in the address of the page."));
  writer.open("form", {{"method", "get"},
                       {"data-module", "tithing-follow"},
                       {"action", Url::path("/funding/examples/{}", {example.name})}});
  const auto input = [&](const std::string& name, Message label, const std::string& value, bool error, Message hint) {
    govuk::InputParams field{.id = name, .name = name};
    field.inputmode = "decimal";
    field.value = value;
    field.label = {.text = std::move(label)};
    field.hint = {.text = std::move(hint)};
    field.classes = "govuk-input--width-10";
    if (error) field.error_message = {.text = wrong};
    render(writer, field);
  };
  if (weighted != nullptr) {
    const std::vector<std::string> linked = split(weights_of(context), ',');
    for (std::size_t i = 0; i < weighted->indicators.size(); ++i) {
      const std::string name = "weight-" + std::to_string(i + 1);
      std::string value = context.query_value(name);
      if (value.empty())
        value = i < linked.size() && !linked[i].empty() ? linked[i] : weighted->indicators[i].weight.text();
      input(name, tr("Weight of {0}, in per cent", {weighted->indicators[i].name}), value,
            i == 0 && wrong_field == "weights", i == 0 ? tr("The weights come to 100 together.") : Message());
    }
  }
  if (example.kind == Example::Kind::need) {
    const std::string value = context.query_value("pot");
    input("pot", tr("Pot in pounds (an assumption of yours)"),
          value.empty() ? scheme.pot.funds.front().amount->plain() : value, wrong_field == "pot",
          tr("No body has published a pot for these areas."));
  }
  if (years > 0) {
    int current = 1;
    for (const Step& step : scheme.steps)
      if (const auto* phase = std::get_if<PhaseIn>(&step.what)) current = phase->year;
    govuk::SelectParams select{.id = "year", .name = "year"};
    select.label = {.text = tr("Year of the phasing in")};
    if (wrong_field == "year") select.error_message = {.text = wrong};
    for (int year = 1; year <= years; ++year)
      select.items.push_back({.value = std::to_string(year),
                              .text = tr("Year {0} of {1}", {std::to_string(year), std::to_string(years)}),
                              .selected = year == current});
    render(writer, select);
  }
  render(writer, govuk::ButtonParams{.text = tr("Work it out"), .classes = "govuk-button--secondary"});
  writer
      .open("p", {{"class", "govuk-body"},
                  {"role", "status"},
                  {"data-done-text",
                   html::Content(tr("The page now shows what comes of these numbers.")).plain(context.language)},
                  {"data-failed-text",
                   html::Content(tr("It could not be worked out just now. Press the button to try again."))
                       .plain(context.language)}})
      .close("p");
  writer.close("form");
  return writer.take();
}

void scheme_in_words(Writer& writer, const Scheme& scheme, const figures::Address& address) {
  writer.element("h2", {{"class", "govuk-heading-m"}}, tr("The scheme"));
  writer.open("ul", {{"class", "govuk-list govuk-list--bullet"}});
  for (std::size_t i = 0; i < scheme.pot.funds.size(); ++i) {
    const Fund& fund = scheme.pot.funds[i];
    Words line = as_name(fund.name);
    if (!fund.financial_year.empty()) line += Words(", ") + as_date(fund.financial_year);
    line += ": ";
    line += fund.amount ? Words(measured_number(address, "", "fund-" + std::to_string(i + 1), fund.amount->text()))
                        : Words("not known, which is not nought");
    writer.element("li", line);
  }
  for (std::size_t i = 0; i < scheme.steps.size(); ++i) {
    std::string text = place_of(scheme, i);
    if (const auto* weighted = std::get_if<WeightedIndicators>(&scheme.steps[i].what)) {
      std::vector<std::string> names;
      for (const Indicator& indicator : weighted->indicators)
        names.push_back(indicator.name + " " + indicator.weight.text() + "%");
      text += ": " + joined(names, ", ");
    }
    if (const auto* held = std::get_if<HoldBack>(&scheme.steps[i].what)) text += ": " + held->purpose;
    writer.element("li", as_setting(text));
  }
  for (const Assumption& assumption : scheme.pot.assumptions)
    writer.element("li", Words("Assumption: ") + as_name(assumption.sentence()));
  writer.close("ul");
}

}  // namespace

figures::Address with_seed(figures::Address amount, std::uint64_t seed) {
  if (seed != SensitivityOptions{}.seed) amount.parameters.values["seed"] = std::to_string(seed);
  return amount;
}

Query query_of(const Choice& choice, const Example& example, std::uint64_t seed) {
  const figures::Address address = address_of(example, choice, "");
  Query query;
  for (const char* name : {"weights", "year", "pot"})
    if (const std::string value = address.parameters.get(name); !value.empty()) query.push_back({name, value});
  if (seed != SensitivityOptions{}.seed) query.push_back({"seed", std::to_string(seed)});
  return query;
}

Result<WorkedExample> worked_example(const Wiring& wiring, const Example& example, const Context& context) {
  auto choice = choice_of(weights_of(context), context.query_value("year"), context.query_value("pot"));
  if (!choice) return pass_on(choice);
  auto seed = seed_of(context);
  if (!seed) return pass_on(seed);
  const auto viewer = figures::Viewer::of(context.reach());
  auto scheme = scheme_of(example, *choice, wiring.figures, viewer, figures::Detail::value);
  if (!scheme) return pass_on(scheme);
  auto allocation = allocate(*scheme);
  if (!allocation) return pass_on(allocation);
  return WorkedExample{std::move(*choice), *seed, std::move(*scheme), std::move(*allocation)};
}

namespace {

web::PageOptions options_of(const Example& example, const Context& context) {
  web::PageOptions options{
      .title = example.title, .rooms = funding_rooms(context, "/funding"), .breadcrumbs = trail(true)};
  options.caption =
      example.kind == Example::Kind::table ? tr("Worked example: a printed table") : tr("Worked example: a scheme");
  return options;
}

void introduce(Writer& writer, const Example& example) {
  writer.element("p", {{"class", "govuk-body-l"}}, html::Content(shows_of(example)));
  writer.open("p", {{"class", "govuk-body"}}).put(tr("Source: {0}.", {as_name(example.source)})).close("p");
}

// Each number of a printed table leads to its transcription, each of a check to its rows.
exports::Table printed_of(const Example& example, const PrintedTable& printed) {
  exports::Table table = printed_table(example.title, printed);
  const std::size_t before = table.columns.size() - printed.columns.size();  // the row's name, and its part
  for (std::size_t row = 0; row < printed.rows.size(); ++row)
    for (std::size_t column = 0; column < printed.rows[row].cells.size(); ++column) {
      exports::Cell& cell = table.rows[row][before + column];
      if (!figures::Quantity::stated(printed.rows[row].cells[column].text)) continue;
      cell = cell.linked(Url::parse(printed_address(example, row, column).path()), "As it was printed");
    }
  for (Words& note : table.notes) note = as_name(note.text());
  table.sources = {as_name(example.source)};
  return table;
}

exports::Table totals_of_printed(const Example& example, const Reconciliation& found) {
  exports::Table table = totals_table(example.title, found);
  for (std::size_t check = 0; check < found.columns.size() && check < table.rows.size(); ++check)
    for (const auto& [key, of] :
         {std::pair<const char*, const char*>{"sum", "sum"}, {"stated", "stated"}, {"difference", "difference"}})
      for (std::size_t column = 0; column < table.columns.size(); ++column)
        if (table.columns[column].key == key) {
          exports::Cell& cell = table.rows[check][column];
          cell = cell.linked(Url::parse(check_address(example, check, of).path()),
                             "The rows of the column against its stated total");
        }
  return table;
}

Answer printed_page(const Example& example, Context& context) {
  const auto table = table_of(example);
  if (!table) return web::problem_page(context, table.error());
  const Reconciliation found = reconcile(*table);
  Writer writer(context.language);
  introduce(writer, example);
  writer.put(shown(printed_of(example, *table), "printed", example, {}, context));
  writer.element("h2", {{"class", "govuk-heading-m"}}, tr("Does it tie?"));
  writer.put(findings(found, context.language, &example, &*table));
  writer.put(shown(totals_of_printed(example, found), "totals", example, {}, context));
  return web::page(context, options_of(example, context), writer.take());
}

}  // namespace

Answer not_worked(const Wiring& wiring, const Example& example, Context& context, const Problem& problem) {
  if (problem.kind != ProblemKind::invalid && problem.kind != ProblemKind::unavailable)
    return web::problem_page(context, problem);
  Writer writer(context.language);
  introduce(writer, example);
  web::PageOptions options = options_of(example, context);
  if (problem.kind == ProblemKind::unavailable) {
    render(writer, govuk::InsetTextParams{.text = problem.message});
    if (context.site().has("evidence"))
      writer.open("p", {{"class", "govuk-body"}})
          .element("a", {{"class", "govuk-link"}, {"href", context.site().at("evidence")}}, tr("Data sets"))
          .close("p");
    return web::page(context, options, writer.take());
  }
  const std::string field = problem.fields.empty() ? "" : problem.fields.front().field;
  options.status = 400;
  options.has_error = true;
  const auto published =
      scheme_of(example, {}, wiring.figures, {context.today, !context.actor.signed_in()}, figures::Detail::value);
  const Markup again = published ? form(example, *published, context, field, problem.message) : Markup();
  // A link may name what this example has no field for.
  const std::string target = field == "weights" ? "weight-1" : field;
  const bool there = again.text().find(" id=\"" + target + "\"") != std::string::npos;
  options.notice = govuk::rendered(
      govuk::ErrorSummaryParams{
          .title = tr("There is a problem"),
          .error_list = {{.text = problem.message, .href = there ? Url::parse("#" + target) : Url()}}},
      context.language);
  writer.element("p", {{"class", "govuk-body"}}, tr("Nothing was worked out."));
  writer.put(again);
  return web::page(context, options, writer.take());
}

namespace {

Answer scheme_page(const Wiring& wiring, const Example& example, Context& context) {
  const auto made = worked_example(wiring, example, context);
  if (!made) return not_worked(wiring, example, context, made.error());
  const Query query = query_of(made->choice, example, made->seed);
  Writer writer(context.language);
  introduce(writer, example);
  scheme_in_words(writer, made->scheme, address_of(example, made->choice, ""));
  writer.put(form(example, made->scheme, context, "", ""));
  writer.element("h2", {{"class", "govuk-heading-m"}}, tr("The allocation"));
  writer.element("p", {{"class", "govuk-body"}},
                 !made->allocation.complete() ? tr("The known money is shared; what is not known is left out.")
                 : made->allocation.unallocated.pence < 0
                     ? html::Content(marked_excess(
                           excess_of(made->allocation.over_programmed, Money{-made->allocation.unallocated.pence}),
                           address_of(example, made->choice, ""), made->allocation.over_programmed,
                           Money{-made->allocation.unallocated.pence}))
                 : made->allocation.reconciles()
                     ? tr("The table comes to the pot, to the penny.")
                     : tr("The table does not come to the pot: {0} goes to no area.",
                          {measured_number(address_of(example, made->choice, ""), "", "unallocated",
                                           made->allocation.unallocated.text())}));
  writer.put(shown(allocation_table(example, made->choice, made->scheme, made->allocation), "allocation", example,
                   query, context));
  writer.put(paper_links(example, query, context.language));
  if (years_of(made->scheme) > 1)
    if (const auto years = allocate_years(made->scheme))
      writer.put(shown(years_table(example, made->choice, *years), "years", example, query, context));
  if (weighted_of(made->scheme) != nullptr) {
    writer.element("h2", {{"class", "govuk-heading-m"}}, tr("How much hangs on the weights"));
    if (const auto found = sensitivity(made->scheme, {.seed = made->seed})) {
      const figures::Address address = with_seed(address_of(example, made->choice, ""), made->seed);
      writer.put(shown(moves_table(example.title, *found, address), "moves", example, query, context));
      writer.put(shown(stability_table(example.title, *found, address), "stability", example, query, context));
    } else {
      writer.element("p", {{"class", "govuk-body"}}, found.error().message);
    }
  }
  return web::page(context, options_of(example, context), writer.take());
}

Result<exports::Table> table_named(const Wiring& wiring, const Example& example, const Context& context,
                                   const std::string& name) {
  const Problem unknown{
      ProblemKind::not_found, "There is no such table. Go back to the page and use the links under its tables.", {}};
  if (example.kind == Example::Kind::table) {
    const auto table = table_of(example);
    if (!table) return pass_on(table);
    if (name == "printed") return printed_of(example, *table);
    if (name == "totals") return totals_of_printed(example, reconcile(*table));
    return tl::unexpected(unknown);
  }
  const auto made = worked_example(wiring, example, context);
  if (!made) return pass_on(made);
  if (name == "allocation") return allocation_table(example, made->choice, made->scheme, made->allocation);
  if (name == "years" && years_of(made->scheme) > 1) {
    const auto years = allocate_years(made->scheme);
    if (!years) return pass_on(years);
    return years_table(example, made->choice, *years);
  }
  if ((name == "moves" || name == "stability") && weighted_of(made->scheme) != nullptr) {
    const auto found = sensitivity(made->scheme, {.seed = made->seed});
    if (!found) return pass_on(found);
    const figures::Address address = with_seed(address_of(example, made->choice, ""), made->seed);
    return name == "moves" ? moves_table(example.title, *found, address)
                           : stability_table(example.title, *found, address);
  }
  return tl::unexpected(unknown);
}

const Example* asked_for(const Context& context) { return find_example(context.parameter("name")); }

Answer no_such_example(Context& context) {
  return web::problem_page(
      context,
      {ProblemKind::not_found, "There is no worked example of this name. The list is on the page Funding.", {}});
}

Answer example_page(const Wiring& wiring, Context& context) {
  const Example* example = asked_for(context);
  if (example == nullptr) return no_such_example(context);
  return example->kind == Example::Kind::table ? printed_page(*example, context)
                                               : scheme_page(wiring, *example, context);
}

Answer example_table(const Wiring& wiring, Context& context) {
  const Example* example = asked_for(context);
  if (example == nullptr) return no_such_example(context);
  const std::string file = context.parameter("file");
  if (file == kPaperFile || file == kWorkingsFile) return example_paper_file(wiring, *example, context, file);
  if (file == kTranscription) {
    const bool json = example->file.ends_with(".json");
    return web::download(example_text(*example), json ? "application/json" : exports::kCsvType, example->file);
  }
  const auto point = file.rfind('.');
  const std::string form = point == std::string::npos ? "" : file.substr(point + 1);
  if (form != "csv" && form != "xlsx")
    return web::problem_page(context,
                             {ProblemKind::not_found,
                              "There is no such table. Go back to the page and use the links under its tables.",
                              {}});
  const auto table = table_named(wiring, *example, context, file.substr(0, point));
  if (!table) return web::problem_page(context, table.error());
  if (form == "csv")
    return web::download(exports::to_csv(*table), exports::kCsvType, exports::file_name(*table, "csv"));
  exports::About about;
  about.filters = {{"Example", example->title}, {"Source", example->source}};
  for (const char* name : {"weights", "year", "pot", "seed"})
    if (const std::string value = context.query_value(name); !value.empty()) about.filters.push_back({name, value});
  about.address = context.request->target;
  about.retrieved_at = context.now;
  const auto workbook = exports::to_xlsx(*table, about);
  if (!workbook) return web::problem_page(context, workbook.error());
  return web::download(*workbook, exports::kXlsxType, exports::file_name(*table, "xlsx"));
}

}  // namespace

void register_pages(Wiring& wiring, FundingService& service) {
  Wiring* const w = &wiring;
  FundingService* const s = &service;
  wiring.router.get("/funding", web::Access::anyone(), [=](Context& context) { return room(*s, context); });
  wiring.router.get("/funding/examples/:name", web::Access::anyone(),
                    [=](Context& context) { return example_page(*w, context); });
  wiring.router.get("/funding/examples/:name/:file", web::Access::anyone(),
                    [=](Context& context) { return example_table(*w, context); });
}

}  // namespace tithing::pots
