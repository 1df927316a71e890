// An area beside others: ranks, rates drawn towards the mean, the areas most alike, an imported list of the most
// similar.
#include <algorithm>
#include <numeric>

#include "base/marked.h"
#include "base/text.h"
#include "desks/figures/cells.h"
#include "desks/figures/desk.h"
#include "exports/table_html.h"
#include "figures/combined.h"
#include "figures/numbers.h"
#include "govuk/components.h"
#include "slices/comparison/peers.h"
#include "slices/comparison/service.h"
#include "slices/comparison/service_likeness.h"
#include "slices/evidence/category_marks.h"
#include "slices/evidence/crime_types.h"
#include "slices/wiring.h"
#include "statistics/compare.h"
#include "web/form_parts.h"
#include "web/web.h"

namespace tithing::comparison {
namespace {

using exports::ColumnKind;
using exports::text_cell;
using html::Markup;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

constexpr std::size_t kNearest = 15;

struct View {
  std::shared_ptr<const evidence::Snapshot> snapshot;
  const register_::Area* area = nullptr;
  Date as_at;
  std::string as_at_text;  // empty for today
  Period available, period;
  std::string type, type_name;  // "crime", "all" or a category; "Recorded crime"
  figures::Viewer viewer;
  std::vector<std::string> by;  // characteristics chosen
  std::int64_t list = 0;        // of similar areas
};

Result<View> view_of(ComparisonService& service, const Context& context) {
  View view;
  view.snapshot = service.snapshot();
  view.area = view.snapshot->areas().find(context.parameter("code"));
  if (view.area == nullptr) return not_found(tr("There is no such area."));
  const auto as_at = context.as_at();
  if (!as_at) return pass_on(as_at);
  view.as_at = *as_at;
  if (*as_at != context.today) view.as_at_text = as_at->iso();
  const auto months = view.snapshot->months();
  if (!months) return invalid(tr("No crime has been imported yet, so there is nothing to compare."));
  view.available = *months;
  const std::string from = context.query_value("from"), to = context.query_value("to");
  const Month last = months->to, first = std::max(months->from, last.plus(-11));
  const auto period = Period::parse(from.empty() ? first.iso() : from, to.empty() ? last.iso() : to);
  if (!period) return pass_on(period);
  if (period->months() > 240)
    return invalid(tr("Choose at most 240 months."), {{"to", tr("Choose at most 240 months.")}});
  view.period = *period;
  view.type = context.query_value("type");
  if (view.type.empty()) view.type = evidence::kAllSlug;
  if (!evidence::type_of(*view.snapshot, view.type)) {
    return invalid(tr("There is no such crime type."), {{"type", tr("Choose one of the list.")}});
  }
  view.type_name = evidence::name_of_type(*view.snapshot, view.type);
  view.viewer = figures::Viewer::of(context.reach());
  view.by = context.query_values("by");
  if (view.by.size() > 40) view.by.resize(40);
  view.list = web::whole_number(context.query_value("list"));
  return view;
}

// The same question of another area.
Url comparison_of(const View& view, const std::string& code) {
  return Url::path("/areas/{}/analysis/comparison", {code},
                   {{"from", view.period.from.iso()},
                    {"to", view.period.to.iso()},
                    {"type", view.type},
                    {"as-at", view.as_at_text}});
}

std::string title_of(const View& view) { return view.type_name + ", " + view.period.text(); }

// Names in a row, each as one.
Words named(const std::vector<std::string>& names) {
  std::vector<Words> out;
  for (const std::string& name : names) out.emplace_back(as_name(name));
  return joined(out, ", ", ", ");
}

exports::Table rank_table(ComparisonService& service, const View& view, const Peers& peers) {
  exports::Table table{.id = "ranks", .title = tr("Rates beside each other: {0}", {title_of(view)})};
  table.columns = {{.key = "area", .heading = tr("Area"), .sortable = true, .holds = Numeral::Kind::name},
                   {"crimes", as_name(evidence::heading_of_type(view.type)), ColumnKind::integer, {}, true},
                   {"rate", tr("Rate"), ColumnKind::decimal, tr("per 1,000 residents"), true},
                   {"shrunk", tr("Drawn towards the mean"), ColumnKind::decimal, tr("per 1,000 residents"), true},
                   {"rank", tr("Rank"), ColumnKind::decimal, {}, true},
                   {"lower", tr("Rank from"), ColumnKind::decimal, {}, true},
                   {"upper", tr("Rank to"), ColumnKind::decimal, {}, true}};
  const auto ranks = statistics::ranks(peers.observed, kRankSeed);
  const auto shrunk = statistics::shrink(peers.observed);
  const figures::Registry& registry = service.wiring().figures;
  std::vector<std::size_t> order(peers.areas.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (ranks)
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return (*ranks)[a].rank < (*ranks)[b].rank; });
  for (const std::size_t i : order) {
    const auto asked = asked_of(peers.areas[i]->code, view.period, view.type, view.as_at_text);
    exports::Row row = {text_cell(peers.areas[i]->name).linked(comparison_of(view, peers.areas[i]->code))};
    if (peers.own == i) row[0] = row[0].noted(tr("this area"));
    row.push_back(figures::cell_of(registry.ask({"crimes", asked}, view.viewer, figures::Detail::value)));
    row.push_back(figures::cell_of(registry.ask({"rate", asked}, view.viewer, figures::Detail::value)));
    const figures::Address address = registry.canonical({"shrunk-rate", asked});
    row.push_back(shrunk && peers.areas.size() >= 3 ? exports::decimal_cell(shrunk->areas[i].estimate * 1000, 1)
                                                          .linked(Url::parse(address.path()), "e = w x r + (1 - w) x m")
                                                    : exports::unknown_cell(tr("There are fewer than three areas.")));
    const figures::Address of_rank{"rank", registry.canonical({"rank", asked}).parameters};
    const auto place = [&](double rank, const char* way) {
      if (!ranks || rank <= 0) return exports::unknown_cell("");
      exports::Cell cell = exports::decimal_cell(rank, rank_decimals((*ranks)[i]));
      const std::string shown = cell.text;
      return cell.explained(figures::number_part(of_rank, way, shown, "the place of its rate, the highest first"));
    };
    row.push_back(place(ranks ? (*ranks)[i].rank : 0, ""));
    row.push_back(place(ranks ? (*ranks)[i].lower : 0, "interval.low"));
    row.push_back(place(ranks ? (*ranks)[i].upper : 0, "interval.high"));
    table.rows.push_back(std::move(row));
  }
  Words ranked = "The highest rate comes first. From and to: the ranks that chance alone leaves open in ";
  ranked += as_setting("95 of 100 draws");
  ranked += " (";
  ranked += as_setting("1,000 draws, seed 1");
  ranked += "; ";
  ranked += as_name("Goldstein & Spiegelhalter 1996");
  table.notes = {ranked + "). Where they overlap, the order says nothing."};
  Words drawn = "Drawn towards the mean: empirical Bayes of ";
  drawn += as_name("Marshall (1991)");
  table.notes.push_back(drawn + ".");
  // Over what they were ranked, its numbers where the working of the area's own rank has them: behind the rates.
  const figures::Address of_own{
      "rank",
      registry.canonical({"rank", asked_of(view.area->code, view.period, view.type, view.as_at_text)}).parameters};
  const evidence::ExtentTexts texts = evidence::texts_of(peers.extent);
  const auto extent_part = [&](std::size_t i) -> Words {
    if (!peers.own) return texts[i];
    return figures::number_part(of_own, std::to_string(peers.areas.size() + i + 1), texts[i],
                                evidence::kExtentLabels[i]);
  };
  Words extent = Words("Over ") + extent_part(0) + " of " + extent_part(1) + " " + peers.extent.of + " (" +
                 extent_part(2) + ") and " + extent_part(3) + " of " + extent_part(4) + " " + peers.extent.unit + " (" +
                 extent_part(5) + "), of this kind in the forces that have a file of every month";
  const std::vector<evidence::LeftOut> left_out = evidence::left_out_of(peers);
  table.notes.push_back(
      extent + (left_out.empty() ? "." : "; who is not among them, or of whom there is more to say, is named below."));
  evidence::carry_category(table, view.type, view.period);
  if (view.area->kind == register_::AreaKind::ward)
    table.notes.push_back(
        tr("{0}{1}, not the wards' own outlines.", {Words("Wards by best fit: whole "), as_name("LSOAs of 2021")}));
  for (const evidence::LeftOut& one : left_out)
    table.notes.push_back(marked(one.why, {as_setting("5")}) + named(one.names) + ".");
  Words source = "Recorded crime and anti-social behaviour: data.police.uk street-level files, ";
  source += view.period;
  source += ". ";
  source += as_name("Open Government Licence v3.0");
  table.sources = {source + "."};
  return table;
}

Result<exports::Table> nearest_table(ComparisonService& service, const View& view, const Peers& peers) {
  const auto chosen = chosen_of(service, *view.snapshot, view.by);
  const auto found = nearest(service, view.viewer, peers, chosen, view.period, view.as_at_text, kNearest);
  if (!found) return pass_on(found);
  exports::Table table{.id = "nearest",
                       .title = tr("Areas most like {0}", {view.area->name}),
                       .caption = tr("Areas most like {0} by what was chosen", {view.area->name})};
  table.columns = {{.key = "area", .heading = tr("Area"), .sortable = true, .holds = Numeral::Kind::name},
                   {"distance", tr("Distance"), ColumnKind::decimal, {}, true}};
  for (const std::size_t k : found->used)
    table.columns.push_back({"k" + std::to_string(k), as_name(chosen[k].name), ColumnKind::decimal,
                             tr("standard deviations from its own"), true});
  const auto asked = asked_of(view.area->code, view.period, view.type, view.as_at_text);
  const auto explained = [](double number, const figures::Address& address, const char* one_line) {
    const exports::Cell cell = exports::decimal_cell(number, kDecimalsOfLikeness);
    return cell.explained(figures::number_part(address, "", cell.text, one_line));
  };
  for (const statistics::NearArea& near : found->areas) {
    const auto* area = peers.areas[near.area];
    exports::Row row = {text_cell(area->name).linked(comparison_of(view, area->code)),
                        explained(near.distance, distance_of(asked, area->code, chosen),
                                  "D = square root of (d1 x d1 + d2 x d2 + ..)")};
    for (std::size_t k = 0; k < found->used.size(); ++k)
      row.push_back(explained(near.differences[k], difference_of(asked, area->code, chosen, chosen[found->used[k]]),
                              "d = (x - o) / s"));
    table.rows.push_back(std::move(row));
  }
  table.notes = {
      "Each characteristic is put on one scale (its mean taken off, over its standard deviation); the distance is the "
      "root of the sum of squares. It is not the Home "
      "Office's list of most similar groups, whose method is not published for partnerships."};
  std::vector<std::string> flat;
  for (std::size_t k = 0; k < chosen.size(); ++k)
    if (std::find(found->used.begin(), found->used.end(), k) == found->used.end()) flat.push_back(chosen[k].name);
  for (const Characteristic& one : chosen)
    if (one.key.starts_with("rate:")) evidence::carry_category(table, one.key.substr(5), view.period);
  const auto all = static_cast<std::int64_t>(peers.areas.size());
  if (found->left_out.empty() && peers.areas.size() == peers.extent.of_places)
    table.notes.push_back(tr("{0}{1} {2}: of each all that was chosen is known.",
                             {Words("Over all "), listed(all, "ranks"), peers.extent.of}));
  else
    table.notes.push_back(Words(likened_in_words(peers, *found)));
  if (!flat.empty())
    table.notes.push_back(Words("The same everywhere, so it cannot tell areas apart: ") + named(flat) + ".");
  std::vector<std::string> names;
  for (const std::size_t i : found->left_out) names.push_back(peers.areas[i]->name);
  if (!names.empty())
    table.notes.push_back(Words("Left out because a characteristic is not known: ") + named(names) + ".");
  return table;
}

exports::Table similar_table(ComparisonService& service, const View& view, const AreaList& list) {
  exports::Table table{.id = "similar",
                       .title = tr("Areas most similar to {0}: {1}, {2}", {view.area->name, list.name, list.version})};
  table.columns = {{.key = "area", .heading = tr("Area"), .sortable = true, .holds = Numeral::Kind::name},
                   {"rate", tr("Rate"), ColumnKind::decimal, tr("per 1,000 residents"), true},
                   {"back", tr("Has this area on its own list"), ColumnKind::text, {}, true}};
  const figures::Registry& registry = service.wiring().figures;
  std::vector<std::string> codes = {view.area->code};
  for (const ListRow& row : service.rows(list.id, view.area->code)) codes.push_back(row.other);
  for (const std::string& code : codes) {
    const auto* area = view.snapshot->areas().find(code);
    exports::Row row = {text_cell(area == nullptr ? code : area->name)};
    if (code == view.area->code) row[0] = row[0].noted(tr("this area"));
    row.push_back(figures::cell_of(registry.ask({"rate", asked_of(code, view.period, view.type, view.as_at_text)},
                                                view.viewer, figures::Detail::value)));
    const auto back = service.rows(list.id, code);
    const bool there =
        std::any_of(back.begin(), back.end(), [&](const ListRow& one) { return one.other == view.area->code; });
    row.push_back(text_cell(code == view.area->code ? tr("itself") : there ? tr("yes") : tr("no")));
    table.rows.push_back(std::move(row));
  }
  evidence::carry_category(table, view.type, view.period);
  return table;
}

void form(Writer& writer, const Context& context, const View& view, const std::vector<Characteristic>& all,
          const std::vector<AreaList>& lists) {
  writer.open("form", {{"method", "get"}, {"action", Url::path("/areas/{}/analysis/comparison", {view.area->code})}});
  if (!view.as_at_text.empty())
    writer.void_element("input", {{"type", "hidden"}, {"name", "as-at"}, {"value", view.as_at_text}});
  writer.open("div", {{"class", "tithing-filters"}});
  const auto months = [&](const char* name, const Message& label, Month chosen) {
    govuk::SelectParams select{.id = name, .name = name};
    select.label = {.text = label};
    for (Month month = view.available.to; view.available.from <= month; month = month.plus(-1))
      select.items.push_back({.value = month.iso(), .text = month.text(), .selected = month == chosen});
    render(writer, select);
  };
  months("from", tr("From"), view.period.from);
  months("to", tr("To"), view.period.to);
  govuk::SelectParams type{.id = "type", .name = "type"};
  type.label = {.text = tr("Crime type")};
  for (const auto& one : evidence::type_choices(*view.snapshot))
    type.items.push_back({.value = one.slug, .text = one.name, .selected = one.slug == view.type});
  render(writer, type);
  const bool any = std::any_of(lists.begin(), lists.end(), [](const AreaList& list) { return list.sort == kSimilar; });
  if (any) {
    govuk::SelectParams select{.id = "list", .name = "list"};
    select.label = {.text = tr("List of most similar areas")};
    select.items.push_back({.value = "", .text = tr("None"), .selected = view.list == 0});
    for (const AreaList& list : lists)
      if (list.sort == kSimilar)
        select.items.push_back({.value = std::to_string(list.id),
                                .text = list.name + ", " + list.version,
                                .selected = list.id == view.list});
    render(writer, select);
  }
  writer.close("div");
  govuk::CheckboxesParams by{.name = "by"};
  govuk::FieldsetParams fieldset;
  fieldset.legend = {.text = tr("Find the areas most like it by")};
  by.fieldset = fieldset;
  by.values = view.by;
  by.classes = "govuk-checkboxes--small";
  for (const Characteristic& one : all) by.items.push_back({.text = one.name, .value = one.key});
  render(writer, by);
  render(writer, govuk::ButtonParams{.text = tr("Show"), .classes = "govuk-button--secondary"});
  writer.close("form");
  if (context.actor.can(kImportLists) || !lists.empty()) {
    writer.open("p", {{"class", "govuk-body"}});
    writer.element("a", {{"class", "govuk-link"}, {"href", Url("/comparison/lists")}}, tr("Imported lists"));
    writer.close("p");
  }
}

Markup shown(exports::Table table, const Context& context) {
  exports::TableHtml html{.language = context.language};
  html.paged = false;
  return exports::to_html(table, html);
}

Answer comparison_page(ComparisonService& service, Context& context) {
  const auto view = view_of(service, context);
  if (!view) return web::problem_page(context, view.error());
  // Every address of a page names its type; one from before there was a choice means every row.
  if (context.query_value("type").empty()) return web::redirect(web::with_query(context, "type", evidence::kAllSlug));
  const auto peers = peers_of(service.wiring().figures, view->viewer, *view->snapshot, view->area->code, view->period,
                              view->type, view->as_at);
  if (!peers) return web::problem_page(context, peers.error());
  const auto few = too_few_peers(*peers);
  const auto lists = service.lists().counting();
  const auto all = characteristics(service, *view->snapshot);
  Writer writer(context.language);
  const figures::Registry& registry = service.wiring().figures;
  if (peers->own) {
    const auto rate = registry.ask({"rate", asked_of(view->area->code, view->period, view->type, view->as_at_text)},
                                   view->viewer, figures::Detail::value);
    if (rate) {
      writer.open("p", {{"class", "govuk-body-l"}});
      writer.put(tr("{0}, {1}:", {view->type_name, view->period})).text(" ").put(figures::figure_link(*rate)).text(" ");
      const std::string unit(evidence::unit_of_type(view->type));
      const Numeral months = as_setting(plural(view->period.months(), "month", "months"));
      if (few || peers->areas.size() < 2)
        writer.put(tr("{0} per {1} residents over {2}.", {unit, as_setting("1,000"), months}));
      else
        writer.put(
            tr("{0} per {1} residents over {2}, among {3} areas of its kind.",
               {unit, as_setting("1,000"), months, listed(static_cast<std::int64_t>(peers->areas.size()), "ranks")}));
      writer.close("p");
    }
  } else {
    writer.element("p", {{"class", "govuk-body-l"}},
                   tr("A month of this area is missing or suspect, a count is withheld, or its population is not "
                      "known: it has no rank."));
  }
  writer.element("p", {{"class", "govuk-body"}}, std::string(evidence::kRevisionNote));
  evidence::write_category_notes(writer, view->type, view->period);
  form(writer, context, *view, all, lists);
  if (few)
    render(writer, govuk::WarningTextParams{.text = *few});
  else if (peers->areas.size() >= 2)
    writer.put(shown(rank_table(service, *view, *peers), context));
  else
    writer.element("p", {{"class", "govuk-body"}},
                   tr("There are fewer than two areas of its kind with all months and a population, so there is "
                      "nothing to rank."));
  if (!view->by.empty()) {
    const auto nearest = nearest_table(service, *view, *peers);
    if (nearest)
      writer.put(shown(*nearest, context));
    else
      writer.element("p", {{"class", "govuk-body"}}, nearest.error().message);
  }
  if (view->list != 0) {
    const auto list = service.lists().find(view->list);
    if (list && list->sort == kSimilar) {
      figures::Parameters parameters = asked_of(view->area->code, view->period, view->type, view->as_at_text);
      parameters.values["list"] = std::to_string(list->id);
      if (const auto mean = registry.ask({"similar-mean", parameters}, view->viewer, figures::Detail::value)) {
        const auto own = registry.ask({"rate", asked_of(view->area->code, view->period, view->type, view->as_at_text)},
                                      view->viewer, figures::Detail::value);
        writer.open("p", {{"class", "govuk-body-l"}});
        writer.put(tr("Mean rate of the areas most similar to it: {0}.", {figures::number(*mean)}));
        if (!mean->quantity.known()) {
          writer.text(" " + mean->quantity.reason());
        } else if (own && own->quantity.known()) {
          const auto less =
              registry.ask(figures::combined_address(own->address, mean->address, figures::Combined::difference),
                           view->viewer, figures::Detail::value);
          writer.text(" ").put(
              tr("Its own rate of {0}, less that mean: {1}.", {figures::number(*own), figures::number(less)}));
        }
        writer.text(" ").put(tr("Each area's rate counts once, however large it is, and the area itself is included."));
        writer.close("p");
      }
      writer.put(shown(similar_table(service, *view, *list), context));
    } else {
      writer.element("p", {{"class", "govuk-body"}}, tr("There is no such list of similar areas."));
    }
  }
  web::PageOptions options;
  options.title = tr("Comparison of {0}", {view->area->name});
  options.place = view->area->name;
  options.as_at_control = true;
  options.breadcrumbs = {{tr("Home"), Url("/"), false}};
  const web::SiteMap& site = service.wiring().site;
  if (site.has("area.crime"))
    options.breadcrumbs.push_back({view->area->name, site.at("area.crime", {view->area->code}), false});
  if (site.has("area.analysis"))
    options.breadcrumbs.push_back(
        {tr("Analysis"), site.at("area.analysis", {view->area->code}, {{"type", view->type}}), false});
  return web::page(context, options, writer.take());
}

}  // namespace

void register_pages(Wiring& wiring, ComparisonService& service) {
  ComparisonService* const s = &service;
  wiring.site.address("area.comparison", "/areas/{}/analysis/comparison");
  wiring.router.get("/areas/:code/analysis/comparison", web::Access::anyone(),
                    [s](Context& context) { return comparison_page(*s, context); });
}

}  // namespace tithing::comparison
