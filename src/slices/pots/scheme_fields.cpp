#include "slices/pots/scheme_fields.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/pots/pickers.h"

namespace tithing::pots {
namespace {

using forms::Kind;
using forms::Rows;

forms::Field picked(std::string name, html::Content label, const forms::Finder& finder, std::string missing) {
  return {.name = std::move(name),
          .label = std::move(label),
          .kind = Kind::picked,
          .missing = std::move(missing),
          .finder = finder};
}

// Rows are put and read by their names alone.
const Rows& area_rows() {
  static const Rows rows = {.name = "area", .fields = {{.name = "area"}, {.name = "people"}, {.name = "authorities"}}};
  return rows;
}
const Rows& money_rows() {
  static const Rows rows = {.name = "money", .fields = {{.name = "area"}, {.name = "amount"}, {.name = "name"}}};
  return rows;
}
const Rows& became_rows() {
  static const Rows rows = {.name = "became", .fields = {{.name = "from"}, {.name = "to"}, {.name = "share"}}};
  return rows;
}
const Rows& payment_rows() {
  static const Rows rows = {.name = "payment",
                            .fields = {{.name = "name"}, {.name = "share"}, {.name = "due"}, {.name = "condition"}}};
  return rows;
}

}  // namespace

// --- areas -----------------------------------------------------------------------------------------------------------

forms::Questions area_questions(const forms::Finder& finder) {
  forms::Questions out;
  out.rows = {
      {.name = "area",
       .legend = tr("Areas that the money is for"),
       .hint = tr("By their names: figures of the evidence are found for areas of the register. Typed values of "
                  "steps need one for each area: to add an area to a scheme that has such steps, replace the "
                  "scheme by a file."),
       .fields = {picked("area", tr("Area"), finder, "Say which area it is."),
                  {.name = "people",
                   .label = tr("Population"),
                   .kind = Kind::number,
                   .hint = tr("Empty: not known."),
                   .least = 1,
                   .most = 999'999'999'999},
                  {.name = "authorities",
                   .label = tr("Constituent authorities"),
                   .kind = Kind::long_text,
                   .hint = tr("One in a line."),
                   .rows = 3}},
       .title = [](const std::string& number) { return tr("Area {0}", {number}); },
       .add = tr("Add an area"),
       .paste = tr("Lines of areas: name, population, authorities"),
       .none = "Name at least one area, or fill them in from the register.",
       .side_by_side = true}};
  return out;
}

Entered areas_entered(const std::vector<Area>& areas) {
  Entered out;
  std::vector<Entered> rows;
  for (const Area& area : areas)
    rows.push_back({{"area", area.key},
                    {"people", area.population ? std::to_string(*area.population) : ""},
                    {"authorities", joined(area.authorities, "\n")}});
  put_rows(area_rows(), out, rows);
  return out;
}

Entered areas_entered(const Scheme& scheme) { return areas_entered(scheme.areas); }

EnteredAreas areas_from(const Entered& entered, const Scheme& scheme, const forms::Finder& finder) {
  EnteredAreas out;
  for (const auto& [number, row] : rows_in(area_rows(), entered)) {
    const std::string wanted = at(row, "area");
    if (wanted.empty()) continue;
    Area area{key_of(wanted, out.areas), wanted, {}, {}};
    if (const auto match = finder.of(wanted)) area.name = match->name;
    if (std::any_of(out.areas.begin(), out.areas.end(), [&](const Area& one) { return one.key == area.key; })) {
      out.wrong.push_back({in_row(area_rows(), number, "area"), tr("{0} is there twice.", {area.name})});
      continue;
    }
    // "Bromsgrove" of the scheme's file is not renamed because the register calls it otherwise.
    for (const Area& one : scheme.areas)
      if (one.key == area.key) area.name = one.name;
    area.population = forms::whole(at(row, "people"));
    area.authorities = forms::lines_of(at(row, "authorities"));
    out.areas.push_back(std::move(area));
    out.rows.push_back(number);
  }
  return out;
}

Scheme with_areas(Scheme scheme, std::vector<Area> areas) {
  const auto there = [&](const std::string& key) {
    return std::any_of(areas.begin(), areas.end(), [&](const Area& area) { return area.key == key; });
  };
  const auto prune = [&](auto& map) { std::erase_if(map, [&](const auto& entry) { return !there(entry.first); }); };
  const auto prune_keys = [&](std::vector<std::string>& keys) {
    std::erase_if(keys, [&](const std::string& key) { return !there(key); });
  };
  for (Step& step : scheme.steps) {
    if (auto* fixed = std::get_if<FixedAmount>(&step.what)) prune_keys(fixed->areas);
    if (auto* shares = std::get_if<DirectShares>(&step.what)) prune(shares->values);
    if (auto* limit = std::get_if<Limit>(&step.what)) {
      prune(limit->by_area);
      prune_keys(limit->areas);
    }
    auto* weighted = std::get_if<WeightedIndicators>(&step.what);
    if (weighted == nullptr) continue;
    for (Indicator& indicator : weighted->indicators) {
      prune(indicator.values);
      for (const FiguresByArea& from : indicator.from_figures)
        for (const Area& area : areas) {
          auto& all = indicator.values[area.key];
          if (std::any_of(all.begin(), all.end(), [&](const Observation& one) { return one.period == from.period; }))
            continue;
          Observation one;
          one.period = from.period;
          one.address = filled_in(from.value, area.key);
          if (!from.base.empty()) one.base_address = filled_in(from.base, area.key);
          all.push_back(std::move(one));
        }
    }
  }
  scheme.areas = std::move(areas);
  return scheme;
}

// --- last year's money -----------------------------------------------------------------------------------------------

forms::Questions last_year_questions(const forms::Finder& finder) {
  forms::Questions out;
  out.first = {text_field("year", tr("Financial year"), tr("For example 2011/12."), "govuk-input--width-5")};
  forms::Field amount = money_field("amount", tr("Amount"));
  amount.missing = "Write its amount in pounds and pence. What is not known is not nought: leave the area out.";
  Rows money = {.name = "money",
                .legend = tr("Amounts by the areas of last year"),
                .hint = tr("Empty: no money of last year is known."),
                .fields = {picked("area", tr("Area"), finder, "Say whose amount it is."), amount,
                           text_field("name", tr("Its name then"), tr("Only where it was another."))},
                .title = [](const std::string& number) { return tr("Amount {0}", {number}); },
                .add = tr("Add an amount"),
                .paste = tr("Lines of last year's money: area, amount"),
                .side_by_side = true};
  Rows became = {
      .name = "became",
      .legend = tr("What became of areas"),
      .hint = tr("A row for each area before and each that came after it: two rows with one area after are a "
                 "merger, two with one area before a split, which needs the share of each."),
      .fields = {picked("from", tr("Area before"), finder, "Say which area it was."),
                 picked("to", tr("Area after"), finder, "Say which area came after it."),
                 per_cent_field("share", tr("Share in per cent"), tr("Of a split."))},
      .title = [](const std::string& number) { return tr("Succession {0}", {number}); },
      .add = tr("Add a succession"),
      .paste = tr("Lines of successions: area before, area after, share in per cent"),
      .side_by_side = true};
  out.rows = {std::move(money), std::move(became)};
  out.last = {text_field("source", tr("Source")), text_field("publisher", tr("Publisher")),
              text_field("reference-date", tr("Reference date"), {}, "govuk-input--width-20"),
              text_field("note", tr("Note"))};
  return out;
}

void put_last_year(Entered& entered, const LastYear& before) {
  std::vector<Entered> rows;
  for (const auto& [key, amount] : before.amounts) {
    const auto name = before.names.find(key);
    rows.push_back({{"area", key},
                    {"amount", amount.plain()},
                    {"name", name == before.names.end() ? std::string() : name->second}});
  }
  put_rows(money_rows(), entered, rows);
}

void put_successions(Entered& entered, const std::vector<Succession>& all) {
  std::vector<Entered> rows;
  for (const Succession& one : all)
    for (const std::string& before : one.before)
      for (const Succession::After& next : one.after)
        rows.push_back({{"from", before}, {"to", next.area}, {"share", next.share ? next.share->text() : ""}});
  put_rows(became_rows(), entered, rows);
}

Entered last_year_entered(const Scheme& scheme) {
  Entered out;
  if (scheme.last_year) {
    const LastYear& before = *scheme.last_year;
    out = {{"year", before.financial_year},
           {"source", before.origin.source.name},
           {"publisher", before.origin.source.publisher},
           {"reference-date", before.origin.reference_date},
           {"note", before.origin.note},
           {"url", before.origin.source.url}};
    put_last_year(out, before);
  }
  put_successions(out, scheme.successions);
  return out;
}

namespace {

// Rows of one area before with the same areas and shares after it belong together: those of a merger.
std::vector<Succession> successions_from(const Entered& entered) {
  std::vector<Succession> out;
  for (const auto& [number, row] : rows_in(became_rows(), entered)) {
    const std::string before = key_of(at(row, "from"), {}), after = key_of(at(row, "to"), {});
    if (before.empty() || after.empty()) continue;
    auto of = std::find_if(out.begin(), out.end(), [&](const Succession& one) { return one.before.front() == before; });
    if (of == out.end()) of = out.insert(out.end(), Succession{{before}, {}});
    of->after.push_back({after, fraction_in(row, "share")});
  }
  std::vector<Succession> merged;
  for (Succession& one : out) {
    const auto alike = [](const Succession::After& a, const Succession::After& b) {
      return a.area == b.area && a.share == b.share;
    };
    const auto same = std::find_if(merged.begin(), merged.end(), [&](const Succession& other) {
      return std::equal(one.after.begin(), one.after.end(), other.after.begin(), other.after.end(), alike);
    });
    if (same == merged.end())
      merged.push_back(std::move(one));
    else
      same->before.push_back(one.before.front());
  }
  return merged;
}

}  // namespace

EnteredLastYear last_year_from(const Entered& entered, const Scheme& scheme, const forms::Finder& finder) {
  EnteredLastYear out;
  const auto amounts = rows_in(money_rows(), entered);
  const Entered stored = last_year_entered(scheme);
  const auto same = [&](const std::string& start) {
    const auto part = [&](const Entered& all) {
      Entered found;
      for (const auto& [name, text] : all)
        if (name.starts_with(start) && !name.ends_with("-is") && !at(all, name).empty()) found[name] = at(all, name);
      return found;
    };
    return part(entered) == part(stored);
  };
  // Nobody touched it: it stays as a file has it, in its order.
  out.successions = same("became-") ? scheme.successions : successions_from(entered);
  if (amounts.empty()) return out;
  LastYear before;
  before.financial_year = at(entered, "year");
  if (before.financial_year.empty())
    out.wrong.push_back({"year", tr("Say of which financial year the amounts are, for example 2011/12.")});
  const bool kept = same("money-") && scheme.last_year.has_value();
  if (kept) {
    before.amounts = scheme.last_year->amounts;
    before.names = scheme.last_year->names;
  }
  std::string lines;
  if (!kept)
    for (const auto& [number, row] : amounts) {
      const std::string wanted = at(row, "area"), key = key_of(wanted, {});
      const auto match = finder.of(wanted);
      const std::string shown = match ? match->name : wanted;
      if (wanted.empty()) continue;
      const auto amount = money_in(row, "amount");
      if (!before.amounts.emplace(key, amount.value_or(Money{})).second)
        out.wrong.push_back({in_row(money_rows(), number, "area"), tr("{0} is there twice.", {shown})});
      const bool of_this_year =
          std::any_of(scheme.areas.begin(), scheme.areas.end(), [&](const Area& area) { return area.key == key; });
      if (const std::string name = at(row, "name"); !name.empty())
        before.names[key] = name;
      else if (!of_this_year && shown != key)
        before.names[key] = shown;
      lines += key + ", " + amount.value_or(Money{}).plain() + "\n";
    }
  const Origin* origin =
      scheme.last_year && scheme.last_year->amounts == before.amounts ? &scheme.last_year->origin : nullptr;
  if (origin != nullptr) before.origin = *origin;
  before.origin.source.name = at(entered, "source");
  before.origin.source.publisher = at(entered, "publisher");
  before.origin.reference_date = at(entered, "reference-date");
  before.origin.note = at(entered, "note");
  const std::string url = at(entered, "url");
  // Amounts of another scheme lead to that scheme; others are kept as the table that came.
  if (url.starts_with("/funding/schemes/") && origin == nullptr) {
    before.origin.source.url = url;
  } else if (origin == nullptr) {
    KeptTable table{"last-year-" + slug(before.financial_year) + ".csv",
                    lines,
                    before.origin.source.publisher,
                    {},
                    static_cast<std::int64_t>(before.amounts.size())};
    before.origin.source.sha256 = sha256(table.bytes);
    before.origin.source.rows = table.rows;
    if (before.origin.source.name.empty()) before.origin.source.name = table.name;
    out.tables.push_back(std::move(table));
  }
  out.last_year = std::move(before);
  return out;
}

// --- title, rounding, payments ---------------------------------------------------------------------------------------

forms::Questions settings_questions(const Scheme& scheme, const Pot& pot) {
  forms::Choices rest = {{"", tr("Nobody: it is said how much is left")}};
  for (const Area& area : scheme.areas) rest.emplace_back(area.key, area.name);
  for (const TopSlice& slice : pot.top_slices) rest.emplace_back(slice.purpose, slice.purpose);
  for (const Step& step : scheme.steps)
    if (const auto* held = std::get_if<HoldBack>(&step.what)) rest.emplace_back(held->purpose, held->purpose);
  forms::Field title = text_field("title", tr("Title")),
               unit = money_field("unit", tr("Rounded to whole units of"), tr("1.00 for pounds, 0.01 for pence."));
  title.missing = "Give it a title, by which others find it.";
  unit.missing = "Write the unit in pounds and pence, such as 1.00.";
  forms::Field name = text_field("name", tr("Name of the payment")),
               share = per_cent_field("share", tr("Share in per cent"));
  name.missing = "Give the payment a name, such as April.";
  share.missing = "Write its share in per cent. The payments come to 100.";
  forms::Questions out;
  out.first = {title,
               unit,
               {.name = "rule",
                .label = tr("Rule of rounding"),
                .kind = Kind::choice,
                .missing = "Choose a rule of rounding.",
                .choices = {{"largest_remainder", tr("Largest remainder: the rows come to the pot")},
                            {"nearest", tr("To the nearest unit")},
                            {"truncate", tr("Cut to whole units")}}},
               {.name = "rest-to",
                .label = tr("Who bears what rounding leaves"),
                .kind = Kind::choice,
                .choices = forms::with_present(std::move(rest), scheme.rounding.rest_to)},
               {.name = "may-exceed",
                .label = tr("Where amounts to the nearest unit come to more than there is"),
                .kind = Kind::choice,
                .choices = {{"refuse", tr("Refuse the scheme, and say by how much")},
                            {"declared", tr("Let them, as some published tables do, and say so")}}}};
  out.rows = {{.name = "payment",
               .legend = tr("Tranches: what is paid in each part"),
               .hint = tr("They come to 100 per cent. None: the money is paid at once."),
               .fields = {name, share, text_field("due", tr("Due"), tr("Such as 2012-04-30.")),
                          text_field("condition", tr("Condition"), tr("Such as Evaluation received."))},
               .title = [](const std::string& number) { return tr("Payment {0}", {number}); },
               .add = tr("Add a payment"),
               .paste = tr("Lines of payments: name, share in per cent, due, condition"),
               .side_by_side = true}};
  return out;
}

Entered settings_entered(const SchemeRecord& record, const Scheme& scheme) {
  Entered out = {{"title", record.title},
                 {"unit", scheme.rounding.unit.plain()},
                 {"rule", scheme.rounding.rule == Rounding::Rule::nearest    ? "nearest"
                          : scheme.rounding.rule == Rounding::Rule::truncate ? "truncate"
                                                                             : "largest_remainder"},
                 {"rest-to", scheme.rounding.rest_to},
                 {"may-exceed", scheme.rounding.may_exceed ? "declared" : "refuse"}};
  std::vector<Entered> rows;
  for (const Tranche& tranche : scheme.tranches)
    rows.push_back({{"name", tranche.name},
                    {"share", tranche.share.text()},
                    {"due", tranche.due},
                    {"condition", tranche.condition}});
  put_rows(payment_rows(), out, rows);
  return out;
}

EnteredSettings settings_from(const Entered& entered) {
  const std::string rule = at(entered, "rule");
  EnteredSettings out{.title = at(entered, "title"),
                      .rounding = {.unit = money_in(entered, "unit").value_or(Money{1}),
                                   .rule = rule == "nearest"    ? Rounding::Rule::nearest
                                           : rule == "truncate" ? Rounding::Rule::truncate
                                                                : Rounding::Rule::largest_remainder,
                                   .rest_to = at(entered, "rest-to"),
                                   .may_exceed = at(entered, "may-exceed") == "declared"}};
  for (const auto& [number, row] : rows_in(payment_rows(), entered))
    out.tranches.push_back(
        {at(row, "name"), fraction_in(row, "share").value_or(Fraction(0)), at(row, "due"), at(row, "condition")});
  return out;
}

}  // namespace tithing::pots
