#include "allocation/write_scheme.h"

#include <algorithm>

#include "base/json.h"

namespace tithing::allocation {
namespace {

// A member is written where there is something to say.
void text(JsonWriter& json, std::string_view name, const std::string& value) {
  if (!value.empty()) json.member(name, value);
}

void texts(JsonWriter& json, std::string_view name, const std::vector<std::string>& values) {
  if (values.empty()) return;
  json.key(name).begin_array();
  for (const std::string& value : values) json.value(value);
  json.end_array();
}

void money(JsonWriter& json, std::string_view name, const std::optional<Money>& value) {
  if (value) json.member(name, value->plain());
}

void percent(JsonWriter& json, std::string_view name, const std::optional<Fraction>& share) {
  if (share) json.member(name, (*share * Fraction(100)).text());
}

void size(JsonWriter& json, const Size& value) {
  money(json, "amount", value.amount);
  percent(json, "percent", value.share);
}

void origin(JsonWriter& json, const Origin& value) {
  const figures::Source& source = value.source;
  const std::pair<const char*, const std::string*> members[] = {
      {"name", &source.name},           {"archive", &source.archive}, {"sha256", &source.sha256},
      {"publisher", &source.publisher}, {"licence", &source.licence}, {"url", &source.url},
      {"filter", &source.filter},       {"note", &value.note}};
  const bool any =
      std::any_of(std::begin(members), std::end(members), [](const auto& member) { return !member.second->empty(); });
  if (any || source.rows) {
    json.key("source").begin_object();
    for (const auto& [name, words] : members) text(json, name, *words);
    if (source.rows) json.member("rows", *source.rows);
    json.end_object();
  }
  text(json, "reference_date", value.reference_date);
}

void pot(JsonWriter& json, const Pot& pot) {
  json.begin_object().key("funds").begin_array();
  for (const Fund& fund : pot.funds) {
    json.begin_object().member("name", fund.name);
    text(json, "partner", fund.partner);
    text(json, "financial_year", fund.financial_year);
    json.member("kind", fund.kind == FundKind::capital ? "capital" : "revenue");
    json.member("status", fund.status == FundStatus::confirmed     ? "confirmed"
                          : fund.status == FundStatus::provisional ? "provisional"
                                                                   : "unknown");
    json.key("amount");
    fund.amount ? json.value(fund.amount->plain()) : json.null();
    if (fund.carried_forward) json.member("carried_forward", true);
    text(json, "note", fund.note);
    json.end_object();
  }
  json.end_array();
  if (!pot.top_slices.empty()) {
    json.key("top_slices").begin_array();
    for (const TopSlice& slice : pot.top_slices) {
      json.begin_object().member("purpose", slice.purpose);
      size(json, slice.size);
      json.end_object();
    }
    json.end_array();
  }
  if (!pot.assumptions.empty()) {
    json.key("assumptions").begin_array();
    for (const Assumption& assumption : pot.assumptions) {
      json.begin_object().member("text", assumption.text);
      text(json, "made_on", assumption.made_on);
      text(json, "made_by", assumption.made_by);
      json.end_object();
    }
    json.end_array();
  }
  json.end_object();
}

void observation(JsonWriter& json, const Observation& one) {
  if (one.address.empty() && !one.base && one.base_address.empty()) {
    json.value(one.value.text());
    return;
  }
  json.begin_object();
  if (one.address.empty()) json.member("value", one.value.text());
  text(json, "figure", one.address);
  if (one.base && one.base_address.empty()) json.member("base", one.base->text());
  text(json, "base_figure", one.base_address);
  json.end_object();
}

void indicator(JsonWriter& json, const Indicator& what) {
  json.begin_object().member("name", what.name).member("weight", what.weight.text());
  json.member("transform", what.transform == Transform::rate    ? "rate"
                           : what.transform == Transform::share ? "share"
                                                                : "count");
  if (what.transform == Transform::rate) json.member("per", what.per);
  if (what.decimals) json.member("decimals", *what.decimals);
  origin(json, what.origin);
  if (!what.from_figures.empty()) {
    json.key("values_from_figures").begin_array();
    for (const FiguresByArea& from : what.from_figures) {
      json.begin_object();
      text(json, "period", from.period);
      json.member("value", from.value);
      text(json, "base", from.base);
      json.end_object();
    }
    json.end_array();
  }
  // What the line above says is not written again for each area.
  const auto said = [&](const std::string& area, const Observation& one) {
    return std::any_of(what.from_figures.begin(), what.from_figures.end(), [&](const FiguresByArea& from) {
      return one.period == from.period && one.address == filled_in(from.value, area) &&
             one.base_address == filled_in(from.base, area);
    });
  };
  json.key("values").begin_object();
  for (const auto& [area, all] : what.values) {
    std::vector<const Observation*> own;
    for (const Observation& one : all)
      if (!said(area, one)) own.push_back(&one);
    if (own.empty()) continue;
    json.key(area);
    if (own.size() == 1 && own.front()->period.empty()) {
      observation(json, *own.front());
      continue;
    }
    json.begin_object();
    for (const Observation* one : own) {
      json.key(one->period);
      observation(json, *one);
    }
    json.end_object();
  }
  json.end_object().end_object();
}

void by_area(JsonWriter& json, std::string_view name, const std::map<std::string, Money>& amounts) {
  if (amounts.empty()) return;
  json.key(name).begin_object();
  for (const auto& [area, amount] : amounts) json.member(area, amount.plain());
  json.end_object();
}

struct StepWriter {
  JsonWriter& json;

  void operator()(const HoldBack& what) const {
    json.member("type", "hold_back").member("purpose", what.purpose);
    size(json, what.size);
    json.member("of", what.of == HoldBack::Of::pot         ? "pot"
                      : what.of == HoldBack::Of::remaining ? "remaining"
                                                           : "allocations");
  }
  void operator()(const FixedAmount& what) const {
    json.member("type", "fixed_amount")
        .member("amount", what.amount.plain())
        .member("per", what.per_authority ? "authority" : "area");
    texts(json, "areas", what.areas);
  }
  void operator()(const WeightedIndicators& what) const {
    json.member("type", "weighted_indicators");
    size(json, what.size);
    json.key("indicators").begin_array();
    for (const Indicator& one : what.indicators) indicator(json, one);
    json.end_array();
  }
  void operator()(const DirectShares& what) const {
    const bool amounts = what.by == DirectShares::By::amounts, percentages = what.by == DirectShares::By::percentages;
    json.member("type", "direct_shares").member("by", amounts ? "amounts" : percentages ? "percentages" : "last_year");
    size(json, what.size);
    if (amounts || percentages) {
      json.key(amounts ? "amounts" : "percentages").begin_object();
      for (const auto& [area, value] : what.values)
        json.member(area, amounts ? Money{value.nearest().to_int64().value_or(0)}.plain() : value.text());
      json.end_object();
    }
    origin(json, what.origin);
  }
  void operator()(const Limit& what) const {
    const bool loss = what.kind == Limit::Kind::hold_harmless, gain = what.kind == Limit::Kind::gain_limit;
    const bool floor = what.kind == Limit::Kind::floor;
    json.member("type", loss ? "hold_harmless" : gain ? "gain_limit" : floor ? "floor" : "cap");
    money(json, loss ? "most_lost" : gain ? "most_gained" : "amount", what.amount);
    percent(json, loss ? "most_lost_percent" : gain ? "most_gained_percent" : "percent_of_last_year", what.share);
    if (!loss && !gain) by_area(json, "by_area", what.by_area);
    texts(json, "areas", what.areas);
    if (loss || floor) json.member("when_short", what.in_proportion ? "in_proportion" : "refuse");
  }
  void operator()(const PhaseIn& what) const {
    json.member("type", "phase_in").key("path").begin_array();
    for (const Fraction& part : what.path) json.value((part * Fraction(100)).text());
    json.end_array().member("year", what.year);
  }
  void operator()(const Override& what) const {
    json.member("type", "override").member("area", what.area).member("value", what.value.plain());
    json.member("reason", what.reason).member("approver", what.approver);
  }
  void operator()(const OverProgramming& what) const {
    json.member("type", "over_programming");
    size(json, what.size);
    json.member("underwritten_by", what.underwritten_by);
  }
};

std::string_view word_of(const Rounding& rounding) {
  switch (rounding.rule) {
    case Rounding::Rule::nearest:
      return "nearest";
    case Rounding::Rule::truncate:
      return "truncate";
    case Rounding::Rule::largest_remainder:
      break;
  }
  return "largest_remainder";
}

}  // namespace

std::string write_pot(const Pot& what) {
  JsonWriter json;
  pot(json, what);
  return json.take();
}

std::string write_scheme(const Scheme& scheme, bool with_pot) {
  JsonWriter json;
  json.begin_object().member("title", scheme.title);
  text(json, "financial_year", scheme.financial_year);
  if (with_pot) {
    json.key("pot");
    pot(json, scheme.pot);
  }
  json.key("areas").begin_array();
  for (const Area& area : scheme.areas) {
    json.begin_object().member("key", area.key).member("name", area.name);
    texts(json, "authorities", area.authorities);
    if (area.population) json.member("population", *area.population);
    json.end_object();
  }
  json.end_array();
  if (scheme.last_year) {
    json.key("last_year").begin_object();
    text(json, "financial_year", scheme.last_year->financial_year);
    json.key("amounts").begin_object();
    for (const auto& [area, amount] : scheme.last_year->amounts) json.member(area, amount.plain());
    json.end_object();
    if (!scheme.last_year->names.empty()) {
      json.key("names").begin_object();
      for (const auto& [area, name] : scheme.last_year->names) json.member(area, name);
      json.end_object();
    }
    origin(json, scheme.last_year->origin);
    json.end_object();
  }
  if (!scheme.successions.empty()) {
    json.key("succession").begin_array();
    for (const Succession& succession : scheme.successions) {
      json.begin_object();
      texts(json, "before", succession.before);
      json.key("after").begin_array();
      for (const Succession::After& after : succession.after) {
        json.begin_object().member("area", after.area);
        if (after.share) json.member("percent", after.share->text());
        json.end_object();
      }
      json.end_array().end_object();
    }
    json.end_array();
  }
  json.key("steps").begin_array();
  for (const Step& step : scheme.steps) {
    json.begin_object();
    std::visit(StepWriter{json}, step.what);
    text(json, "note", step.note);
    json.end_object();
  }
  json.end_array();
  json.key("rounding")
      .begin_object()
      .member("unit", scheme.rounding.unit.plain())
      .member("rule", word_of(scheme.rounding));
  text(json, "rest_to", scheme.rounding.rest_to);
  if (scheme.rounding.may_exceed) json.member("may_exceed", true);
  json.end_object();
  if (!scheme.tranches.empty()) {
    json.key("tranches").begin_array();
    for (const Tranche& tranche : scheme.tranches) {
      json.begin_object().member("name", tranche.name).member("percent", tranche.share.text());
      text(json, "due", tranche.due);
      text(json, "condition", tranche.condition);
      json.end_object();
    }
    json.end_array();
  }
  json.end_object();
  return json.take();
}

}  // namespace tithing::allocation
