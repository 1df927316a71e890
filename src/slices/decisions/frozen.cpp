#include "slices/decisions/frozen.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "allocation/balance.h"
#include "allocation/read_scheme.h"
#include "allocation/write_scheme.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/text.h"
#include "base/translation.h"

namespace tithing::decisions {
namespace {

template <class S, class Each>
void each_indicator(S& scheme, Each each) {
  for (auto& step : scheme.steps)
    if (auto* weighted = std::get_if<WeightedIndicators>(&step.what))
      for (auto& indicator : weighted->indicators) each(indicator);
}

std::string source_of(const Origin& origin) {
  std::string text = origin.source.name;
  if (!origin.source.sha256.empty()) text += (text.empty() ? "SHA-256 " : ", SHA-256 ") + origin.source.sha256;
  return text;
}

FrozenInput input_of(const std::string& indicator, const std::string& area, const std::string& period,
                     const Fraction& value, const std::string& address, const figures::Figure* figure,
                     const Origin& origin) {
  if (figure == nullptr) return {indicator, area, period, value.text(), address, {}, {}, source_of(origin)};
  return {indicator,
          area,
          period,
          value.text(),
          address.empty() ? figure->address.path() : address,
          figure->evidence_version,
          figure->as_at,
          {}};
}

// The numbers in the places of the figures that they were.
std::string values_of(Scheme scheme) {
  each_indicator(scheme, [](Indicator& indicator) {
    indicator.from_figures.clear();
    for (auto& [area, observations] : indicator.values)
      for (Observation& one : observations) one = {.period = one.period, .value = one.value, .base = one.base};
  });
  return write_scheme(scheme, true);
}

std::string said(const std::optional<Money>& amount) { return amount ? amount->text() : "not known"; }

std::string changed(const std::string& what, const std::string& then, const std::string& now) {
  return what + ": " + then + " when it was frozen, " + now + " now.";
}

// Each of `then` beside its fellow of `now`, then those of `now` that have none there. Several may be alike (two
// hold-backs of one purpose): the first is set against the first, the second against the second.
template <class Item, class Alike, class Tell>
std::vector<std::string> set_beside(const std::vector<Item>& then, const std::vector<Item>& now, Alike alike,
                                    Tell tell) {
  const auto fellow = [&](const std::vector<Item>& theirs, const std::vector<Item>& mine,
                          const Item& wanted) -> const Item* {
    auto before = std::count_if(mine.data(), &wanted, [&](const Item& one) { return alike(one, wanted); });
    for (const Item& one : theirs)
      if (alike(one, wanted) && before-- == 0) return &one;
    return nullptr;
  };
  std::vector<std::string> out;
  for (const Item& item : then) out.push_back(tell(&item, fellow(now, then, item)));
  for (const Item& item : now)
    if (fellow(then, now, item) == nullptr) out.push_back(tell(nullptr, &item));
  std::erase(out, std::string());
  return out;
}

std::vector<std::string> different_lines(const std::vector<FrozenLine>& then, const std::vector<FrozenLine>& now) {
  return set_beside(
      then, now,
      [](const FrozenLine& one, const FrozenLine& other) {
        return one.kind == other.kind && one.key == other.key && (!one.key.empty() || one.name == other.name);
      },
      [](const FrozenLine* frozen, const FrozenLine* live) -> std::string {
        if (frozen == nullptr)
          return live->name + ": " + said(live->amount) + " now; there was no such line when it was frozen.";
        if (live == nullptr)
          return frozen->name + ": " + said(frozen->amount) + " when it was frozen; there is no such line now.";
        if (live->amount != frozen->amount) return changed(frozen->name, said(frozen->amount), said(live->amount));
        if (live->last_year == frozen->last_year) return {};
        return changed(frozen->name + ", last year", said(frozen->last_year), said(live->last_year));
      });
}

// The frozen lines as a sum.
Result<Balance> balance_of(const Frozen& frozen) {
  const auto scheme = read_scheme(frozen.values, NoFiles());
  if (!scheme) return pass_on(scheme);
  const MeasuredTable sums = in_sums(frozen.lines);
  Balance out{sums.known, sums.over_programmed, {}, {}, sums.unallocated, scheme->rounding};
  for (const auto& [purpose, amount] : sums.held_back) out.held.push_back(amount);
  for (const MeasuredTable::Area& area : sums.areas) out.areas.push_back(area.amount);
  return out;
}

// It must come out; of an older rule with what that rule allowed.
Status comes_out(const Frozen& frozen, bool older_too) {
  auto balance = balance_of(frozen);
  if (!balance) return pass_on(balance);
  if (const std::string older = of_an_older_rule(frozen); !older.empty()) {
    if (!older_too)
      return conflict(
          tr("{0} It is not frozen or published any more: prepare a decision on a scheme that gives out no "
             "more than there is, or that declares it, and let it supersede this one.",
             {older}));
    balance->rounding.may_exceed = true;
  }
  if (const Status fine = check_balance(*balance); !fine) return fine;
  const Money total = in_sums(frozen.lines).total;
  const Money sum = std::accumulate(balance->areas.begin(), balance->areas.end(), Money{},
                                    [](Money so_far, Money area) { return Money{so_far.pence + area.pence}; });
  if (sum == total) return {};
  return unavailable(
      tr("The frozen amounts of the areas come to {0}, and the frozen total is {1}. Look in the audit, "
         "and tell whoever looks after the program.",
         {sum.text(), total.text()}));
}

Status unchanged(const Frozen& frozen, bool older_too) {
  const std::string now = sha256(document_of(frozen));
  if (now == frozen.sha256) return comes_out(frozen, older_too);
  return unavailable(
      tr("What is kept is not what was frozen: its checksum was {0} and is {1} now. Restore it from a "
         "backup, and look in the audit.",
         {frozen.sha256, now}));
}

}  // namespace

const FrozenLine* Frozen::area(const std::string& key) const {
  for (const FrozenLine& line : lines)
    if (line.kind == "area" && line.key == key) return &line;
  return nullptr;
}

std::vector<FrozenLine> lines_of(const Scheme& scheme, const Allocation& allocation) {
  std::vector<FrozenLine> out;
  for (std::size_t i = 0; i < allocation.areas.size(); ++i) {
    const AreaAmount& area = allocation.areas[i];
    out.push_back({"area", area.key, area.name, area.amount, area.last_year, scheme.areas[i].population, {}});
  }
  out.push_back({"total", "", "Total of the areas", allocation.total, {}, {}, {}});
  for (const HeldBack& held : allocation.held_back)
    out.push_back({"held-back", "", held.purpose, held.amount, {}, {}, {}});
  if (allocation.over_programmed.pence != 0)
    out.push_back({"over-programmed", "", "Awarded beyond the pot", allocation.over_programmed, {}, {}, {}});
  if (allocation.unallocated.pence != 0)
    out.push_back({"unallocated", "", "Goes to no area", allocation.unallocated, {}, {}, {}});
  for (const std::string& fund : allocation.pot.unknown) out.push_back({"unknown", "", fund, {}, {}, {}, {}});
  out.push_back({"known", "", "Known funds", allocation.pot.known, {}, {}, {}});
  return out;
}

MeasuredTable in_sums(const std::vector<FrozenLine>& lines) {
  static const std::map<std::string, Money MeasuredTable::*> kSums = {
      {"total", &MeasuredTable::total},
      {"known", &MeasuredTable::known},
      {"over-programmed", &MeasuredTable::over_programmed},
      {"unallocated", &MeasuredTable::unallocated}};
  MeasuredTable out;
  for (const FrozenLine& line : lines) {
    const Money amount = line.amount.value_or(Money{});
    if (line.kind == "area") out.areas.push_back({line.key, line.name, amount, line.last_year, line.population, {}});
    if (line.kind == "held-back") out.held_back.emplace_back(line.name, amount);
    if (const auto sum = kSums.find(line.kind); sum != kSums.end()) out.*(sum->second) = amount;
  }
  return out;
}

std::vector<std::string> not_known(const std::vector<FrozenLine>& lines) {
  std::vector<std::string> out;
  for (const FrozenLine& line : lines)
    if (line.kind == "unknown") out.push_back(line.name);
  return out;
}

std::vector<FrozenInput> inputs_of(const Scheme& ready) {
  std::vector<FrozenInput> out;
  each_indicator(ready, [&](const Indicator& indicator) {
    for (const auto& [area, observations] : indicator.values)
      for (const Observation& one : observations) {
        out.push_back(
            input_of(indicator.name, area, one.period, one.value, one.address, one.figure.get(), indicator.origin));
        if (one.base)
          out.push_back(input_of(indicator.name + ", its base", area, one.period, *one.base, one.base_address,
                                 one.base_figure.get(), indicator.origin));
      }
  });
  return out;
}

Frozen frozen_of(const Scheme& ready, const Allocation& allocation, const Grounds& grounds) {
  Frozen out{.scheme = write_scheme(ready, true),
             .values = values_of(ready),
             .lines = lines_of(ready, allocation),
             .inputs = inputs_of(ready)};
  for (std::size_t i = 0; i < allocation.areas.size(); ++i) {
    figures::Figure working = explain(ready, allocation, i, grounds);
    for (const FrozenInput& input : out.inputs)
      if (!input.evidence_version.empty()) {
        working.evidence_version = input.evidence_version;
        working.as_at = input.as_at;
      }
    out.lines[i].working = figures::to_json(working);
  }
  return out;
}

std::string document_of(const Frozen& frozen) {
  JsonWriter json;
  const auto maybe = [&](const char* name, const auto& value) {
    value ? json.member(name, *value) : json.key(name).null();
  };
  const auto plain = [](const std::optional<Money>& amount) {
    return amount ? std::optional(amount->plain()) : std::nullopt;
  };
  json.begin_object().member("format", "tithing-frozen-allocation-1").member("decision", frozen.decision.value);
  json.member("frozen_at", frozen.at.iso()).member("frozen_by", frozen.by);
  json.key("scheme").raw(frozen.scheme).key("values").raw(frozen.values);
  json.key("lines").begin_array();
  for (const FrozenLine& line : frozen.lines) {
    json.begin_object().member("kind", line.kind).member("key", line.key).member("name", line.name);
    maybe("amount", plain(line.amount));
    maybe("last_year", plain(line.last_year));
    maybe("population", line.population);
    if (!line.working.empty()) json.key("working").raw(line.working);
    json.end_object();
  }
  json.end_array().key("inputs").begin_array();
  for (const FrozenInput& input : frozen.inputs)
    json.begin_object()
        .member("indicator", input.indicator)
        .member("area", input.area)
        .member("period", input.period)
        .member("value", input.value)
        .member("figure", input.address)
        .member("evidence_version", input.evidence_version)
        .member("as_at", input.as_at)
        .member("source", input.source)
        .end_object();
  json.end_array().key("acknowledged").begin_array();
  for (const Acknowledgement& one : frozen.acknowledged)
    json.begin_object().member("finding", one.finding).member("words", one.words).end_object();
  json.end_array().end_object();
  return json.take();
}

Status verify(const Frozen& frozen) { return unchanged(frozen, false); }

Status stands(const Frozen& frozen) { return unchanged(frozen, true); }

std::string of_an_older_rule(const Frozen& frozen) {
  auto balance = balance_of(frozen);
  if (!balance || balance->rounding.may_exceed || check_balance(*balance)) return {};
  balance->rounding.may_exceed = true;
  if (!check_balance(*balance)) return {};
  return "When this was frozen, on " + frozen.at.date().text() +
         ", rounding could give out more than there was without a word: the areas get " +
         in_sums(frozen.lines).total.text() + ", " + "and the known funds are " + balance->known.text() +
         ". It stands as it was frozen. By today's rule a scheme gives out no more than there is, unless it declares "
         "that rounding may; this one does not declare it, and would be refused today.";
}

Result<Scheme> frozen_scheme(const Frozen& frozen) {
  auto scheme = read_scheme(frozen.values, NoFiles());
  if (scheme && !of_an_older_rule(frozen).empty()) scheme->rounding.may_exceed = true;
  return scheme;
}

namespace {

// Which values were figures of the evidence: the frozen numbers do not say it, the scheme as it was kept does.
void name_figures(Scheme& scheme, const Scheme& kept) {
  for (std::size_t s = 0; s < std::min(scheme.steps.size(), kept.steps.size()); ++s) {
    auto* to = std::get_if<WeightedIndicators>(&scheme.steps[s].what);
    const auto* from = std::get_if<WeightedIndicators>(&kept.steps[s].what);
    if (to == nullptr || from == nullptr || to->indicators.size() != from->indicators.size()) continue;
    for (std::size_t i = 0; i < to->indicators.size(); ++i)
      for (auto& [area, values] : to->indicators[i].values) {
        const auto found = from->indicators[i].values.find(area);
        if (found == from->indicators[i].values.end() || found->second.size() != values.size()) continue;
        for (std::size_t v = 0; v < values.size(); ++v) values[v].address = found->second[v].address;
      }
  }
}

Result<Thawed> worked_out(const Frozen& frozen) {
  auto scheme = frozen_scheme(frozen);
  if (!scheme) return pass_on(scheme);
  return allocate(*scheme).map([&](const Allocation& made) { return Thawed{*scheme, made}; });
}

}  // namespace

Result<Thawed> thawed(const Frozen& frozen) {
  if (const Status kept = stands(frozen); !kept) return pass_on(kept);
  auto out = worked_out(frozen);
  if (!out) return out;
  if (const auto found = different_lines(frozen.lines, lines_of(out->scheme, out->allocation)); !found.empty())
    return unavailable(tr("The frozen record does not come to its own table again, so no paper is made from it: {0}",
                          {found.front()}));
  if (const auto kept = read_scheme(frozen.scheme, NoFiles())) name_figures(out->scheme, *kept);
  return out;
}

Result<std::vector<std::string>> recomputed(const Frozen& frozen) {
  return worked_out(frozen).map(
      [&](const Thawed& now) { return different_lines(frozen.lines, lines_of(now.scheme, now.allocation)); });
}

std::vector<std::string> differences(const Frozen& frozen, const Allocation& now) {
  Scheme bare;
  for (const AreaAmount& area : now.areas) bare.areas.push_back({area.key, area.name, {}, {}});
  return different_lines(frozen.lines, lines_of(bare, now));
}

std::string shown_value(const FrozenInput& input) {
  const std::string& value = input.value;
  const bool digits = !value.empty() && value.size() < 16 && value.find_first_not_of("0123456789") == std::string::npos;
  return digits ? grouped(std::stoll(value)) : value;
}

std::vector<std::string> differences(const std::vector<FrozenInput>& then, const std::vector<FrozenInput>& now,
                                     const Frozen* named) {
  const auto what = [&](const FrozenInput& input) {
    const FrozenLine* area = named == nullptr ? nullptr : named->area(input.area);
    return input.indicator + " of " + (area == nullptr ? input.area : area->name) +
           (input.period.empty() ? "" : ", " + input.period);
  };
  return set_beside(
      then, now,
      [](const FrozenInput& one, const FrozenInput& other) {
        return one.indicator == other.indicator && one.area == other.area && one.period == other.period;
      },
      [&](const FrozenInput* frozen, const FrozenInput* live) -> std::string {
        if (frozen == nullptr) return what(*live) + ": " + shown_value(*live) + " now, not used when it was frozen.";
        if (live == nullptr) return what(*frozen) + ": " + shown_value(*frozen) + " when it was frozen, not used now.";
        return live->value == frozen->value ? std::string()
                                            : changed(what(*frozen), shown_value(*frozen), shown_value(*live));
      });
}

}  // namespace tithing::decisions
