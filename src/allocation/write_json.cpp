#include "allocation/write_json.h"

namespace tithing::allocation {
namespace {

void money(JsonWriter& json, std::string_view name, const std::optional<Money>& value) {
  json.key(name);
  value ? json.value(value->plain()) : json.null();
}

void percent(JsonWriter& json, std::string_view name, const std::optional<Fraction>& share) {
  json.key(name);
  share ? json.value((*share * Fraction(100)).decimal(4)) : json.null();
}

void texts(JsonWriter& json, std::string_view name, const std::vector<std::string>& values) {
  json.key(name).begin_array();
  for (const std::string& value : values) json.value(value);
  json.end_array();
}

std::string pounds(const Fraction& pence) { return (pence / Fraction(100)).text(); }

// To a ten-thousandth of a penny, without looking for the lowest terms of what may have thousands of digits.
std::string before_rounding(const Allocation& allocation, std::size_t area) {
  constexpr std::int64_t kPart = 10'000;
  const auto& amounts = allocation.before_rounding;
  const Integer parts =
      Integer::divide(amounts.n[area] * Integer(2 * kPart) + amounts.d, amounts.d * Integer(2)).quotient;
  return Fraction(parts, Integer(100 * kPart)).decimal(6);
}

std::string_view name_of(Rounding::Rule rule) {
  switch (rule) {
    case Rounding::Rule::nearest:
      return "nearest";
    case Rounding::Rule::truncate:
      return "truncate";
    case Rounding::Rule::largest_remainder:
      break;
  }
  return "largest_remainder";
}

void standing(JsonWriter& json, const Standing& area) {
  json.member("area", area.key).member("name", area.name).member("amount", area.amount.plain());
  percent(json, "share_percent", area.share);
  money(json, "per_head", area.per_head);
  money(json, "last_year", area.last_year);
  money(json, "change", area.change);
  percent(json, "change_percent", area.change_share);
}

void write_pot(JsonWriter& json, const Scheme& scheme, const Allocation& allocation) {
  json.key("pot").begin_object();
  json.key("funds").begin_array();
  for (const Fund& fund : scheme.pot.funds) {
    json.begin_object()
        .member("name", fund.name)
        .member("partner", fund.partner)
        .member("financial_year", fund.financial_year);
    json.member("kind", fund.kind == FundKind::capital ? "capital" : "revenue");
    json.member("status", fund.status == FundStatus::confirmed     ? "confirmed"
                          : fund.status == FundStatus::provisional ? "provisional"
                                                                   : "unknown");
    money(json, "amount", fund.amount);
    json.member("carried_forward", fund.carried_forward).end_object();
  }
  json.end_array();
  json.member("known", allocation.pot.known.plain());
  texts(json, "unknown", allocation.pot.unknown);
  money(json, "total", allocation.complete() ? std::optional(allocation.pot.known) : std::nullopt);
  json.key("assumptions").begin_array();
  for (const Assumption& assumption : scheme.pot.assumptions) json.value(assumption.sentence());
  json.end_array();
  json.end_object();
}

void write_areas(JsonWriter& json, const Scheme& scheme, const Allocation& allocation) {
  const std::vector<Scenario> alone = compare({{&scheme, &allocation}});
  json.key("areas").begin_array();
  for (std::size_t i = 0; i < allocation.areas.size(); ++i) {
    json.begin_object();
    standing(json, alone.front().areas[i]);
    json.member("before_rounding", before_rounding(allocation, i));
    if (!scheme.tranches.empty()) {
      json.key("tranches").begin_array();
      for (std::size_t k = 0; k < scheme.tranches.size(); ++k) {
        const Tranche& tranche = scheme.tranches[k];
        json.begin_object().member("name", tranche.name).member("amount", allocation.areas[i].tranches[k].plain());
        json.member("due", tranche.due).member("condition", tranche.condition).end_object();
      }
      json.end_array();
    }
    json.end_object();
  }
  json.end_array();
}

void write_outcome(JsonWriter& json, const Scheme& scheme, const Allocation& allocation) {
  json.key("held_back").begin_array();
  for (const HeldBack& held : allocation.held_back)
    json.begin_object().member("purpose", held.purpose).member("amount", held.amount.plain()).end_object();
  json.end_array();
  json.member("over_programmed", allocation.over_programmed.plain());
  for (const Step& step : scheme.steps)
    if (const auto* over = std::get_if<OverProgramming>(&step.what)) {
      json.member("underwritten_by", over->underwritten_by);
      break;
    }
  write_areas(json, scheme, allocation);
  json.member("total", allocation.total.plain())
      .member("unallocated", allocation.unallocated.plain())
      .member("reconciles", allocation.reconciles());
  texts(json, "notes", allocation.notes);
  json.key("not_met").begin_array();
  for (const NotMet& item : allocation.not_met)
    json.begin_object()
        .member("area", item.area)
        .member("step", static_cast<std::int64_t>(item.step) + 1)
        .member("sentence", item.sentence)
        .end_object();
  json.end_array();
}

}  // namespace

void write_allocation(JsonWriter& json, const Scheme& scheme, const std::vector<Allocation>& years,
                      bool with_workings) {
  // The year that the scheme names; the others follow under "years".
  std::size_t shown = 0;
  for (const Step& step : scheme.steps)
    if (const auto* phase = std::get_if<PhaseIn>(&step.what)) {
      shown = static_cast<std::size_t>(phase->year) - 1;
      break;
    }
  const Allocation& allocation = years[shown];
  json.member("title", scheme.title).member("financial_year", scheme.financial_year);
  write_pot(json, scheme, allocation);
  write_outcome(json, scheme, allocation);
  if (years.size() > 1) {
    json.key("years").begin_array();
    for (std::size_t k = 0; k < years.size(); ++k) {
      json.begin_object().member("year", static_cast<std::int64_t>(k) + 1);
      write_outcome(json, scheme, years[k]);
      json.end_object();
    }
    json.end_array();
  }
  if (!with_workings) return;
  json.key("workings").begin_object();
  for (std::size_t i = 0; i < allocation.areas.size(); ++i) {
    json.key(allocation.areas[i].key);
    figures::write_json(json, explain(scheme, allocation, i));
  }
  json.end_object();
}

void write_scenarios(JsonWriter& json, const std::vector<Scenario>& scenarios) {
  json.key("scenarios").begin_array();
  for (const Scenario& scenario : scenarios) {
    json.begin_object()
        .member("title", scenario.title)
        .member("winners", scenario.winners)
        .member("losers", scenario.losers)
        .member("unchanged", scenario.unchanged);
    json.key("areas").begin_array();
    for (const Standing& area : scenario.areas) {
      json.begin_object();
      standing(json, area);
      money(json, "against_first", area.against);
      percent(json, "against_first_percent", area.against_share);
      json.end_object();
    }
    json.end_array().end_object();
  }
  json.end_array();
}

void write_sensitivity(JsonWriter& json, const Sensitivity& sensitivity) {
  json.key("sensitivity").begin_object();
  json.key("moves").begin_array();
  for (const WeightMove& move : sensitivity.moves) {
    json.begin_object()
        .member("step", static_cast<std::int64_t>(move.step) + 1)
        .member("indicator", move.indicator_name)
        .member("weight", move.from.text())
        .member("becomes", move.to.text());
    json.key("area");
    move.area.empty() ? json.null() : json.value(move.area);
    json.member("what", move.what).end_object();
  }
  json.end_array();
  texts(json, "no_weight_changes_anything", sensitivity.robust);
  texts(json, "could_not_be_checked", sensitivity.not_looked_at);
  json.member("steps_of_points", sensitivity.grid.text()).member("weightings", sensitivity.weightings);
  const Stability& stability = sensitivity.stability;
  json.key("stability")
      .begin_object()
      .member("seed", static_cast<std::int64_t>(stability.seed))
      .member("draws", stability.draws)
      .member("within_percent", "10");
  json.member("worked_out", stability.worked_out).member("same_top_five", stability.same_top_five);
  json.key("areas").begin_array();
  for (const Stability::Area& area : stability.areas)
    json.begin_object()
        .member("area", area.key)
        .member("lowest", area.lowest.plain())
        .member("highest", area.highest.plain())
        .member("same_sign", area.same_sign)
        .end_object();
  json.end_array().end_object().end_object();
}

namespace {

void verdict(JsonWriter& json, Verdict verdict, const std::string& why) {
  json.member("verdict", code_of(verdict)).member("why", why).member("ties", verdict == Verdict::ties);
}

}  // namespace

std::string to_json(const Reconciliation& found) {
  JsonWriter json;
  json.begin_object();
  verdict(json, found.verdict(), found.why());
  json.key("columns").begin_array();
  for (const ColumnCheck& check : found.columns) {
    json.begin_object()
        .member("section", check.section)
        .member("column", check.column)
        .member("total", check.total)
        .member("unit", name_of(check.unit));
    money(json, "sum_of_known", check.none_known() ? std::nullopt : std::optional(check.sum));
    money(json, "stated", check.stated);
    money(json, "difference", check.difference);
    texts(json, "unknown", check.unknown);
    verdict(json, check.verdict, check.why);
    json.member("sentence", check.sentence).end_object();
  }
  json.end_array().key("shares").begin_array();
  for (const ShareCheck& check : found.shares) {
    json.begin_object().member("section", check.section).member("column", check.column);
    json.member("sum_of_known_percent", check.sum.text())
        .member("stated_percent", check.stated ? check.stated->text() : "100");
    json.member("rounding_explains_percent", check.rounding.text());
    texts(json, "unknown", check.unknown);
    verdict(json, check.verdict, check.why);
    json.member("sentence", check.sentence).end_object();
  }
  json.end_array().key("sections").begin_array();
  for (const SectionCheck& check : found.sections) {
    json.begin_object()
        .member("column", check.column)
        .member("above", check.above)
        .member("below", check.below)
        .member("unit", name_of(check.unit));
    json.member("above_sum_of_known", check.above_sum.plain())
        .member("below_sum_of_known", check.below_sum.plain())
        .member("difference", check.difference.plain());
    json.member("complete", check.complete);
    verdict(json, check.verdict, check.why);
    json.member("sentence", check.sentence).end_object();
  }
  json.end_array().key("rows").begin_array();
  for (const RowCheck& check : found.rows) {
    json.begin_object()
        .member("row", check.row)
        .member("column", check.column)
        .member("unit", name_of(check.unit))
        .member("printed", check.printed)
        .member("expected", check.expected)
        .member("exact", check.exact);
    json.key("difference");
    if (check.verdict == Verdict::could_not_be_checked)
      json.null();
    else
      json.value(check.percent ? check.difference.text() + "%" : pounds(check.difference));
    verdict(json, check.verdict, check.why);
    json.member("sentence", check.sentence).end_object();
  }
  json.end_array().key("reproductions").begin_array();
  for (const Reproduction& made : found.reproductions) {
    json.begin_object().member("column", made.column).member("unit", name_of(made.unit));
    texts(json, "rows", made.rows);
    json.member("split", made.split).member("rounding", name_of(made.rule));
    money(json, "pot", made.first && made.first == made.last ? made.first : std::nullopt);
    money(json, "pot_from", made.first);
    money(json, "pot_to", made.last);
    json.member("admissible_from", (made.low / Fraction(100)).decimal(4))
        .member("admissible_below", (made.high / Fraction(100)).decimal(4));
    json.member("sentence", made.sentence).end_object();
  }
  json.end_array().key("not_reproduced").begin_array();
  for (const NotReproduced& none : found.not_reproduced) {
    json.begin_object().member("column", none.column);
    texts(json, "rows", none.rows);
    texts(json, "tried", none.tried);
    json.member("sentence", none.sentence).end_object();
  }
  json.end_array().key("pro_rata").begin_array();
  for (const ProRata& made : found.pro_rata) {
    json.begin_object()
        .member("column", made.column)
        .member("from", made.from)
        .member("unit", name_of(made.unit))
        .member("held_back", made.held_back.plain())
        .member("factor", made.factor.text());
    json.key("rows").begin_array();
    for (const ProRata::Row& row : made.rows)
      json.begin_object()
          .member("row", row.row)
          .member("before", row.before.plain())
          .member("printed", row.printed.plain())
          .member("expected", row.expected.plain())
          .member("exact", row.exact)
          .member("difference", row.difference.plain())
          .end_object();
    json.end_array();
    texts(json, "off", made.off);
    json.member("sentence", made.sentence).end_object();
  }
  json.end_array().key("corrections").begin_array();
  for (const Correction& made : found.corrections)
    json.begin_object()
        .member("section", made.section)
        .member("column", made.column)
        .member("row", made.row)
        .member("unit", name_of(made.unit))
        .member("printed", made.printed.plain())
        .member("restored", made.restored.plain())
        .member("evidence", made.evidence)
        .member("sentence", made.sentence)
        .end_object();
  json.end_array();
  texts(json, "no_single_cell", found.no_single_cell);
  json.key("unchecked").begin_array();
  for (const Unchecked& one : found.unchecked) {
    json.begin_object().member("what", one.what);
    verdict(json, Verdict::could_not_be_checked, one.why);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.take();
}

}  // namespace tithing::allocation
