#include "slices/pots/pages_compare.h"

#include <algorithm>

#include "base/text.h"
#include "charts/intervals.h"
#include "exports/table_html.h"
#include "figures/combined.h"
#include "forms/values.h"
#include "govuk/components.h"
#include "slices/pots/pages.h"
#include "slices/pots/pages_cells.h"

namespace tithing::pots {
namespace {

using exports::Table;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

using Query = std::vector<std::pair<std::string, std::string>>;

std::string number(std::size_t index) { return std::to_string(index + 1); }

// --- what is asked for -----------------------------------------------------------------------------------------------

struct Asked {
  std::vector<std::string> references;
  std::size_t against = 0;
  std::uint64_t seed = SensitivityOptions{}.seed;
};

// The weights of one scenario: weight-2-1, weight-2-2 .. of the form, or weights-2 of a link.
std::string weights_of(const Context& context, std::size_t index) {
  const std::string name = "weight-" + number(index) + "-";
  if (context.query_value(name + "1").empty()) return context.query_value("weights-" + number(index));
  std::string out;
  for (int i = 1; i <= 100; ++i) {
    const std::string value = context.query_value(name + std::to_string(i));
    if (value.empty()) break;
    out += (out.empty() ? "" : ",") + value;
  }
  return out;
}

Result<std::size_t> whole_of(const std::string& text, std::size_t most, const std::string& field,
                             const std::string& what) {
  const auto value = forms::whole(text, static_cast<std::int64_t>(std::min<std::size_t>(most, 999'999'999)));
  if (!value) return invalid(what, {{field, what}});
  return static_cast<std::size_t>(*value);
}

Result<Asked> asked_for(const Context& context) {
  Asked asked;
  for (const std::string& value : context.query_values("schemes"))
    for (const std::string& reference : split(value, ','))
      if (!trimmed(reference).empty()) asked.references.emplace_back(trimmed(reference));
  if (asked.references.size() > kMostScenarios) {
    const std::string what = "Choose at most " + std::to_string(kMostScenarios) + " schemes to set beside each other.";
    return invalid(what, {{"schemes", what}});
  }
  if (const std::string text = context.query_value("against"); !text.empty() && !asked.references.empty()) {
    const std::string what =
        "Choose one of the scenarios on the page, from 1 to " + std::to_string(asked.references.size()) + ".";
    const auto against = whole_of(text, asked.references.size(), "against", what);
    if (!against) return pass_on(against);
    if (*against == 0) return invalid(what, {{"against", what}});
    asked.against = *against - 1;
  }
  if (const std::string text = context.query_value("seed"); !text.empty()) {
    const auto seed = whole_of(text, 999'999'999, "seed", "Write the seed as a whole number of at most nine digits.");
    if (!seed) return pass_on(seed);
    asked.seed = *seed;
  }
  return asked;
}

// The field of a problem is a parameter of one scheme; on this page it is that of a scenario.
Problem of_scenario(Problem problem, std::size_t index) {
  problem.message = scenario_name(index) + ": " + problem.message;
  for (FieldProblem& field : problem.fields)
    field.field = field.field == "weights" ? "weight-" + number(index) + "-1" : field.field + "-" + number(index);
  return problem;
}

tl::unexpected<Problem> no_scheme(const std::string& reference) {
  return not_found(tr("There is no scheme \"{0}\" to compare. Choose from the list on this page.", {reference}));
}

constexpr std::string_view kSaved = "scheme-";

// A scheme in the store, for who may read those in the making: its newest version on the newest version of its pot.
Result<Worked> saved(FundingService& service, const Context& context, const std::string& reference,
                     const Choice& choice) {
  const auto number = forms::whole(reference.substr(kSaved.size()));
  if (!context.actor.can(kReadFunding) || !number) return no_scheme(reference);
  if (choice.pot)
    return invalid(tr("The pot of a scheme stays as it is kept. Leave the pot out."),
                   {{"pot", tr("Leave the pot out.")}});
  const auto record = service.scheme({*number});
  const auto pot = record ? service.pot(record->pot) : Result<PotRecord>(not_found(std::string()));
  if (!pot || record->withdrawn) return no_scheme(reference);
  auto made = service.worked(*record, *pot, {context.today, !context.actor.signed_in()}, figures::Detail::value,
                             choice.year.value_or(0), choice.weights);
  if (!made) return pass_on(made);
  figures::Address address = address_of(made->record, made->pot, "", choice.year.value_or(0), choice.weights);
  return Worked{reference,
                pot->title + ", " + pot->financial_year + ": " + record->title,
                choice,
                std::move(made->scheme),
                std::move(made->allocation),
                std::move(address)};
}

Result<Worked> work_out(const Wiring& wiring, FundingService& service, const Context& context,
                        const std::string& reference, std::size_t index, bool as_published) {
  const Example* example = find_example(reference);
  const bool kept = reference.starts_with(kSaved);
  if (!kept && (example == nullptr || example->kind == Example::Kind::table)) return no_scheme(reference);
  Choice choice;
  if (!as_published) {
    auto chosen = choice_of(weights_of(context, index), context.query_value("year-" + number(index)),
                            context.query_value("pot-" + number(index)));
    if (!chosen) return pass_on(chosen);
    choice = std::move(*chosen);
  }
  if (kept) return saved(service, context, reference, choice);
  auto scheme =
      scheme_of(*example, choice, wiring.figures, {context.today, !context.actor.signed_in()}, figures::Detail::value);
  if (!scheme) return pass_on(scheme);
  auto allocation = allocate(*scheme);
  if (!allocation) return pass_on(allocation);
  return Worked{reference,          example->title,         choice,
                std::move(*scheme), std::move(*allocation), address_of(*example, choice, "")};
}

// --- the page --------------------------------------------------------------------------------------------------------

// What stays in the address when the page is asked for again: the scenarios as they are.
Query query_of(const Asked& asked, const std::vector<Worked>& worked) {
  Query query = {{"schemes", joined(asked.references, ",")}};
  for (std::size_t k = 0; k < worked.size(); ++k) {
    std::vector<std::string> weights;
    for (const Fraction& weight : worked[k].choice.weights) weights.push_back(weight.text());
    if (!weights.empty()) query.push_back({"weights-" + number(k), joined(weights, ",")});
    if (worked[k].choice.year) query.push_back({"year-" + number(k), std::to_string(*worked[k].choice.year)});
    if (worked[k].choice.pot) query.push_back({"pot-" + number(k), worked[k].choice.pot->plain()});
  }
  if (asked.against != 0) query.push_back({"against", number(asked.against)});
  if (asked.seed != SensitivityOptions{}.seed) query.push_back({"seed", std::to_string(asked.seed)});
  return query;
}

// Weights, years and pots of all scenarios, what is set against what, and the seed: one form that asks for the page
// again.
void form(Writer& writer, const Context& context, const Asked& asked, const std::vector<Worked>& worked,
          const Problem& problem) {
  const auto error = [&](const std::string& field) -> std::string {
    for (const FieldProblem& one : problem.fields)
      if (one.field == field) return problem.message;
    return {};
  };
  writer.element("h2", {{"class", "govuk-heading-m"}}, tr("Change the scenarios"));
  writer.element("p", {{"class", "govuk-body"}},
                 tr("Nothing is stored: what you choose is in the address of the page, which you can keep or send."));
  writer.open("form", {{"method", "get"}, {"data-module", "tithing-follow"}, {"action", Url("/funding/compare")}});
  writer.void_element("input", {{"type", "hidden"}, {"name", "schemes"}, {"value", joined(asked.references, ",")}});
  for (std::size_t k = 0; k < worked.size(); ++k) {
    Writer fields(context.language);
    const auto input = [&](const std::string& name, Message label, const std::string& value, Message hint) {
      govuk::InputParams field{.id = name, .name = name};
      field.inputmode = "decimal";
      field.value = context.query_value(name).empty() ? value : context.query_value(name);
      field.label = {.text = std::move(label)};
      field.hint = {.text = std::move(hint)};
      field.error_message = {.text = error(name)};
      field.classes = "govuk-input--width-10";
      render(fields, field);
    };
    const std::vector<std::string> linked = split(context.query_value("weights-" + number(k)), ',');
    if (const WeightedIndicators* weighted = weighted_of(worked[k].scheme))
      for (std::size_t i = 0; i < weighted->indicators.size(); ++i)
        input("weight-" + number(k) + "-" + number(i), tr("Weight of {0}, in per cent", {weighted->indicators[i].name}),
              i < linked.size() && !linked[i].empty() ? linked[i] : weighted->indicators[i].weight.text(),
              i == 0 ? tr("The weights come to 100 together.") : Message());
    const Example* example = find_example(worked[k].reference);
    if (example != nullptr && example->kind == Example::Kind::need)
      input("pot-" + number(k), tr("Pot in pounds (an assumption of yours)"),
            worked[k].scheme.pot.funds.front().amount->plain(), {});
    if (const int years = years_of(worked[k].scheme); years > 0) {
      int current = 1;
      for (const Step& step : worked[k].scheme.steps)
        if (const auto* phase = std::get_if<PhaseIn>(&step.what)) current = phase->year;
      govuk::SelectParams select{.id = "year-" + number(k), .name = "year-" + number(k)};
      select.label = {.text = tr("Year of the phasing in")};
      select.error_message = {.text = error("year-" + number(k))};
      for (int year = 1; year <= years; ++year)
        select.items.push_back({.value = std::to_string(year),
                                .text = tr("Year {0} of {1}", {std::to_string(year), std::to_string(years)}),
                                .selected = year == current});
      render(fields, select);
    }
    if (fields.html().empty()) continue;
    govuk::FieldsetParams set;
    set.legend = {.text = scenario_name(k) + ": " + worked[k].title, .classes = "govuk-fieldset__legend--s"};
    set.html = fields.take();
    render(writer, set);
  }
  if (worked.size() > 1) {
    govuk::SelectParams select{.id = "against", .name = "against"};
    select.label = {.text = tr("Set the others against")};
    select.error_message = {.text = error("against")};
    for (std::size_t k = 0; k < worked.size(); ++k)
      select.items.push_back(
          {.value = number(k), .text = scenario_name(k) + ": " + worked[k].title, .selected = k == asked.against});
    render(writer, select);
  }
  if (std::any_of(worked.begin(), worked.end(), [](const Worked& one) { return weighted_of(one.scheme) != nullptr; })) {
    govuk::InputParams seed{.id = "seed", .name = "seed"};
    seed.inputmode = "numeric";
    seed.value = context.query_value("seed").empty() ? std::to_string(asked.seed) : context.query_value("seed");
    seed.label = {.text = tr("Seed of the random moves")};
    seed.hint = {.text = tr("A whole number. The same seed gives the same table again.")};
    seed.error_message = {.text = error("seed")};
    seed.classes = "govuk-input--width-10";
    render(writer, seed);
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
}

// Which schemes: everything that can be worked out, as boxes to tick.
void choice(Writer& writer, FundingService& service, const Context& context, const Asked& asked,
            const std::string& error) {
  writer.open("form", {{"method", "get"}, {"action", Url("/funding/compare")}});
  govuk::CheckboxesParams boxes;
  boxes.name = "schemes";
  boxes.id_prefix = "schemes";
  boxes.classes = "govuk-checkboxes--small";
  boxes.fieldset =
      govuk::FieldsetParams{.legend = {.text = tr("Which schemes?"), .classes = "govuk-fieldset__legend--m"}};
  boxes.hint = {.text = tr("Two to six. To set one scheme beside itself with other weights, tick it and follow the "
                           "link below the table.")};
  boxes.error_message = {.text = error};
  const auto ticked = [&](const std::string& reference) {
    return std::find(asked.references.begin(), asked.references.end(), reference) != asked.references.end();
  };
  if (context.actor.can(kReadFunding))
    for (const PotRecord& pot : service.pots({}, 100, 0))
      for (const SchemeRecord& scheme : service.schemes_of(pot.id)) {
        const std::string reference = std::string(kSaved) + std::to_string(scheme.id.value);
        boxes.items.push_back(
            {.text = scheme.title,
             .value = reference,
             .hint = {.text = pot.title + ", " + pot.financial_year + ", version " + std::to_string(scheme.version)},
             .checked = ticked(reference)});
      }
  for (const Example& example : examples())
    if (example.kind != Example::Kind::table)
      boxes.items.push_back({.text = example.title,
                             .value = example.name,
                             .hint = {.text = "Worked example. " + example.shows},
                             .checked = ticked(example.name)});
  render(writer, boxes);
  render(writer, govuk::ButtonParams{.text = tr("Set them side by side")});
  writer.close("form");
}

void outcome_in_words(Writer& writer, const Worked& worked, const Scenario& scenario, std::size_t index) {
  const GainsAndLosses outcome = gains_and_losses(scenario);
  const auto named = [&](const std::vector<std::string>& names, const char* of) -> Words {
    constexpr std::size_t kNamed = 8;
    if (names.empty()) return "nobody";
    std::vector<std::string> first(names.begin(),
                                   names.begin() + static_cast<std::ptrdiff_t>(std::min(kNamed, names.size())));
    Words text = measured_number(worked.address, "", of, std::to_string(names.size()));
    text += " (" + joined(first, ", ");
    if (names.size() > kNamed) text += " and others";
    return text + ")";
  };
  Words text =
      tr("{0}, against {1}: ", {as_name(scenario_name(index)), as_date(last_year_of(worked))}).words(writer.language());
  if (outcome.gain.empty() && outcome.lose.empty() && outcome.stay.empty()) {
    text += "no amount of last year is known, so nobody can be said to gain or to lose.";
  } else {
    text += "gains: " + named(outcome.gain, "gain") + "; loses: " + named(outcome.lose, "lose") +
            "; stays: " + named(outcome.stay, "stay");
    text += outcome.unknown.empty() ? Words(".") : "; not known: " + named(outcome.unknown, "unknown") + ".";
  }
  writer.element("li", text);
}

void sensitivity_of(Writer& writer, const Worked& worked, std::size_t index, std::uint64_t seed,
                    const Context& context) {
  const std::string name = scenario_name(index);
  if (weighted_of(worked.scheme) == nullptr) return;
  writer.element("h3", {{"class", "govuk-heading-s"}}, as_name(name + ": " + worked.title));
  const auto found = sensitivity(worked.scheme, {.seed = seed});
  if (!found) {
    writer.element("p", {{"class", "govuk-body"}}, found.error().message);
    return;
  }
  const figures::Address address = with_seed(worked.address, seed);
  exports::TableHtml html{.language = context.language};
  html.paged = false;
  html.empty_text =
      found->not_looked_at.empty()
          ? tr("No move of one weight from 0 to 100 changes a sign or the order of the five largest.")
          : tr("No move that could be worked out changes a sign or the order of the five largest; some could "
               "not be, as is said below.");
  Table moves = moves_table(name, *found, address);
  moves.id += "-" + number(index);
  moves.caption = tr("{0}: the smallest move of each weight that changes something", {name});
  writer.put(exports::to_html(moves, html));
  Table stability = stability_table(name, *found, address);
  stability.id += "-" + number(index);
  stability.caption = tr("{0}: every weight moved at random by at most a tenth of itself", {name});
  charts::IntervalChart chart;
  chart.unit = "pounds";
  chart.decimals = 0;
  for (std::size_t i = 0; i < found->stability.areas.size(); ++i) {
    const Stability::Area& area = found->stability.areas[i];
    const auto pounds = [](Money money) { return static_cast<double>(money.pence) / 100.0; };
    chart.rows.push_back({.label = area.name,
                          .value = pounds(worked.allocation.areas[i].amount),
                          .low = pounds(area.lowest),
                          .high = pounds(area.highest)});
  }
  writer.put(charts::interval_chart(
      chart, {.id = "spread-" + number(index),
              .title = tr("{0}: amounts while every weight moves by at most a tenth of itself", {name}),
              .language = context.language}));
  writer.put(exports::to_html(stability, html));
}

web::PageOptions options_of(const Context& context) {
  web::PageOptions options{.title = tr("Scenarios side by side")};
  options.rooms = funding_rooms(context, "/funding/compare");
  options.breadcrumbs = {{tr("Home"), Url("/"), false}, {tr("Funding"), Url("/funding"), false}};
  return options;
}

Answer compare_page(const Wiring& wiring, FundingService& service, Context& context) {
  Writer writer(context.language);
  web::PageOptions options = options_of(context);
  const auto refused = [&](const Problem& problem, const Asked& asked, const std::vector<Worked>& published) {
    options.status = web::status_of(problem.kind);
    options.has_error = true;
    std::string target = problem.fields.empty() ? "" : problem.fields.front().field;
    Writer again(context.language);
    if (!published.empty()) form(again, context, asked, published, problem);
    choice(again, service, context, asked,
           target == "schemes" || problem.kind == ProblemKind::not_found ? problem.message : "");
    if (again.html().find(" id=\"" + target + "\"") == std::string::npos) target = "schemes";
    options.notice = govuk::rendered(
        govuk::ErrorSummaryParams{.title = tr("There is a problem"),
                                  .error_list = {{.text = problem.message, .href = Url::parse("#" + target)}}},
        context.language);
    writer.element("p", {{"class", "govuk-body"}}, tr("Nothing was worked out."));
    writer.put(again.take());
    return web::page(context, options, writer.take());
  };
  auto asked = asked_for(context);
  if (!asked) return refused(asked.error(), {}, {});
  if (asked->references.empty()) {
    writer.element("p", {{"class", "govuk-body-l"}},
                   tr("What a formula does is seen beside another one: what each area gets, who gains and who loses, "
                      "and how much hangs on a weight."));
    choice(writer, service, context, *asked, "");
    return web::page(context, options, writer.take());
  }
  std::vector<Worked> worked;
  for (std::size_t k = 0; k < asked->references.size(); ++k) {
    auto one = work_out(wiring, service, context, asked->references[k], k, false);
    if (!one) {
      // The form shows the schemes as they were published with what was typed, so that it can be put right.
      std::vector<Worked> published;
      for (std::size_t i = 0; i < asked->references.size(); ++i) {
        auto again = work_out(wiring, service, context, asked->references[i], i, true);
        if (!again) return refused(of_scenario(one.error(), k), *asked, {});
        published.push_back(std::move(*again));
      }
      return refused(of_scenario(one.error(), k), *asked, published);
    }
    worked.push_back(std::move(*one));
  }

  const std::vector<Scenario> scenarios = compared(worked, asked->against);
  writer.open("ul", {{"class", "govuk-list govuk-list--bullet"}});
  for (std::size_t k = 0; k < worked.size(); ++k) outcome_in_words(writer, worked[k], scenarios[k], k);
  writer.close("ul");
  const Query query = query_of(*asked, worked);
  const auto shown_as = [&](auto make) {
    Table unsorted = make(exports::View());
    const exports::View view =
        exports::view_of(unsorted, context.query_value("sort"), context.query_value("order"), "");
    exports::TableHtml html{.language = context.language, .path = "/funding/compare", .query = query, .view = view};
    html.paged = false;
    writer.put(exports::to_html(view.sort.empty() ? unsorted : make(view), html));
  };
  if (worked.size() > 1)
    shown_as([&](const exports::View& view) { return side_by_side(worked, asked->against, view); });
  for (std::size_t k = 0; k < worked.size(); ++k) {
    writer.element("h2", {{"class", "govuk-heading-m"}}, as_name(scenario_name(k) + ": " + worked[k].title));
    if (!worked[k].allocation.complete())
      writer.element("p", {{"class", "govuk-body"}},
                     tr("Not every fund of its pot is known: what is not known is left out, not taken for nought."));
    shown_as([&](const exports::View& view) { return scenario_table(worked, k, asked->against, view); });
  }
  if (asked->references.size() < kMostScenarios) {
    writer.open("ul", {{"class", "govuk-list"}});
    for (std::size_t k = 0; k < worked.size(); ++k) {
      Query more = query;
      more.front().second += "," + worked[k].reference;
      writer.open("li")
          .element("a", {{"class", "govuk-link"}, {"href", Url::path("/funding/compare", {}, more)}},
                   tr("Add {0} once more, to move its weights or its year", {as_name(worked[k].title)}))
          .close("li");
    }
    writer.close("ul");
  }
  form(writer, context, *asked, worked, {});
  if (std::any_of(worked.begin(), worked.end(), [](const Worked& one) { return weighted_of(one.scheme) != nullptr; })) {
    writer.element("h2", {{"class", "govuk-heading-m"}}, tr("How much hangs on the weights"));
    for (std::size_t k = 0; k < worked.size(); ++k) sensitivity_of(writer, worked[k], k, asked->seed, context);
  }
  writer.element("h2", {{"class", "govuk-heading-m"}}, tr("Other schemes"));
  choice(writer, service, context, *asked, "");
  return web::page(context, options, writer.take());
}

}  // namespace

void register_compare_pages(Wiring& wiring, FundingService& service) {
  Wiring* const w = &wiring;
  FundingService* const kept = &service;
  wiring.router.get("/funding/compare", web::Access::anyone(),
                    [=](Context& context) { return compare_page(*w, *kept, context); });
}

}  // namespace tithing::pots
