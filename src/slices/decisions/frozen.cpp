#include "slices/decisions/frozen.h"

#include <algorithm>

#include "allocation/balance.h"
#include "allocation/read_scheme.h"
#include "allocation/write_scheme.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/text.h"
#include "base/translation.h"

namespace tithing::decisions {
namespace {

template <class Each>
void each_observation(const Scheme& scheme, Each each) {
  for (const Step& step : scheme.steps) {
    const auto* weighted = std::get_if<WeightedIndicators>(&step.what);
    if (weighted == nullptr) continue;
    for (const Indicator& indicator : weighted->indicators)
      for (const auto& [area, observations] : indicator.values)
        for (const Observation& one : observations) each(indicator, area, one);
  }
}

std::string source_of(const Origin& origin) {
  std::string text = origin.source.name;
  if (!origin.source.sha256.empty()) text += (text.empty() ? "SHA-256 " : ", SHA-256 ") + origin.source.sha256;
  return text;
}

FrozenInput input_of(const std::string& indicator, const std::string& area, const std::string& period,
                     const Fraction& value, const std::string& address, const figures::Figure* figure,
                     const Origin& origin) {
  FrozenInput out{indicator, area, period, value.text(), address, {}, {}, {}};
  if (figure != nullptr) {
    if (out.address.empty()) out.address = figure->address.path();
    out.evidence_version = figure->evidence_version;
    out.as_at = figure->as_at;
  } else {
    out.source = source_of(origin);
  }
  return out;
}

// The numbers in the places of the figures that they were.
std::string values_of(Scheme scheme) {
  for (Step& step : scheme.steps)
    if (auto* weighted = std::get_if<WeightedIndicators>(&step.what))
      for (Indicator& indicator : weighted->indicators) {
        indicator.from_figures.clear();
        for (auto& [area, observations] : indicator.values)
          for (Observation& one : observations) {
            one.address.clear();
            one.base_address.clear();
            one.figure.reset();
            one.base_figure.reset();
          }
      }
  return write_scheme(scheme, true);
}

std::string said(const std::optional<Money>& amount) { return amount ? amount->text() : "not known"; }

std::vector<std::string> different_lines(const std::vector<FrozenLine>& then, const std::vector<FrozenLine>& now) {
  std::vector<std::string> out;
  // Two hold-backs may have one purpose: the first is set against the first, the second against the second.
  const auto alike = [](const FrozenLine& one, const FrozenLine& other) {
    return one.kind == other.kind && one.key == other.key && (!one.key.empty() || one.name == other.name);
  };
  const auto same = [&](const std::vector<FrozenLine>& lines, const std::vector<FrozenLine>& mine,
                        const FrozenLine& wanted) {
    std::size_t before = 0;
    for (const FrozenLine* line = mine.data(); line != &wanted; ++line) before += alike(*line, wanted);
    return std::find_if(lines.begin(), lines.end(),
                        [&](const FrozenLine& line) { return alike(line, wanted) && before-- == 0; });
  };
  for (const FrozenLine& line : then) {
    const auto other = same(now, then, line);
    if (other == now.end())
      out.push_back(line.name + ": " + said(line.amount) + " when it was frozen; there is no such line now.");
    else if (other->amount != line.amount)
      out.push_back(line.name + ": " + said(line.amount) + " when it was frozen, " + said(other->amount) + " now.");
    else if (other->last_year != line.last_year)
      out.push_back(line.name + ", last year: " + said(line.last_year) + " when it was frozen, " +
                    said(other->last_year) + " now.");
  }
  for (const FrozenLine& line : now)
    if (same(then, now, line) == then.end())
      out.push_back(line.name + ": " + said(line.amount) + " now; there was no such line when it was frozen.");
  return out;
}

struct Sums {
  Balance balance;
  Money total;
};

// The frozen lines as a sum.
Result<Sums> sums_of(const Frozen& frozen) {
  const auto scheme = read_scheme(frozen.values, NoFiles());
  if (!scheme) return pass_on(scheme);
  Sums out;
  out.balance.rounding = scheme->rounding;
  for (const FrozenLine& line : frozen.lines) {
    if (!line.amount) continue;
    if (line.kind == "area") out.balance.areas.push_back(*line.amount);
    if (line.kind == "held-back") out.balance.held.push_back(*line.amount);
    if (line.kind == "known") out.balance.known = *line.amount;
    if (line.kind == "over-programmed") out.balance.over_programmed = *line.amount;
    if (line.kind == "unallocated") out.balance.unallocated = *line.amount;
    if (line.kind == "total") out.total = *line.amount;
  }
  return out;
}

// It must come out; of an older rule with what that rule allowed.
Status comes_out(const Frozen& frozen, bool older_too) {
  auto sums = sums_of(frozen);
  if (!sums) return pass_on(sums);
  if (const std::string older = of_an_older_rule(frozen); !older.empty()) {
    if (!older_too)
      return conflict(
          tr("{0} It is not frozen or published any more: prepare a decision on a scheme that gives out no "
             "more than there is, or that declares it, and let it supersede this one.",
             {older}));
    sums->balance.rounding.may_exceed = true;
  }
  if (const Status fine = check_balance(sums->balance); !fine) return fine;
  std::int64_t sum = 0;
  for (const Money money : sums->balance.areas) sum += money.pence;
  if (sum == sums->total.pence) return {};
  return unavailable(
      tr("The frozen amounts of the areas come to {0}, and the frozen total is {1}. Look in the audit, "
         "and tell whoever looks after the program.",
         {Money{sum}.text(), sums->total.text()}));
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

std::vector<FrozenInput> inputs_of(const Scheme& ready) {
  std::vector<FrozenInput> out;
  each_observation(ready, [&](const Indicator& indicator, const std::string& area, const Observation& one) {
    out.push_back(
        input_of(indicator.name, area, one.period, one.value, one.address, one.figure.get(), indicator.origin));
    if (one.base)
      out.push_back(input_of(indicator.name + ", its base", area, one.period, *one.base, one.base_address,
                             one.base_figure.get(), indicator.origin));
  });
  return out;
}

Frozen frozen_of(const Scheme& ready, const Allocation& allocation, const Grounds& grounds) {
  Frozen out;
  out.scheme = write_scheme(ready, true);
  out.values = values_of(ready);
  out.lines = lines_of(ready, allocation);
  out.inputs = inputs_of(ready);
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
  const auto money = [&](const char* name, const std::optional<Money>& amount) {
    json.key(name);
    if (amount)
      json.value(amount->plain());
    else
      json.null();
  };
  json.begin_object().member("format", "tithing-frozen-allocation-1").member("decision", frozen.decision.value);
  json.member("frozen_at", frozen.at.iso()).member("frozen_by", frozen.by);
  json.key("scheme").raw(frozen.scheme).key("values").raw(frozen.values);
  json.key("lines").begin_array();
  for (const FrozenLine& line : frozen.lines) {
    json.begin_object().member("kind", line.kind).member("key", line.key).member("name", line.name);
    money("amount", line.amount);
    money("last_year", line.last_year);
    json.key("population");
    if (line.population)
      json.value(*line.population);
    else
      json.null();
    if (!line.working.empty()) json.key("working").raw(line.working);
    json.end_object();
  }
  json.end_array().key("inputs").begin_array();
  for (const FrozenInput& input : frozen.inputs) {
    json.begin_object()
        .member("indicator", input.indicator)
        .member("area", input.area)
        .member("period", input.period)
        .member("value", input.value);
    json.member("figure", input.address)
        .member("evidence_version", input.evidence_version)
        .member("as_at", input.as_at)
        .member("source", input.source)
        .end_object();
  }
  json.end_array().key("acknowledged").begin_array();
  for (const Acknowledgement& one : frozen.acknowledged)
    json.begin_object().member("finding", one.finding).member("words", one.words).end_object();
  json.end_array().end_object();
  return json.take();
}

Status verify(const Frozen& frozen) { return unchanged(frozen, false); }

Status stands(const Frozen& frozen) { return unchanged(frozen, true); }

std::string of_an_older_rule(const Frozen& frozen) {
  auto sums = sums_of(frozen);
  if (!sums || sums->balance.rounding.may_exceed || check_balance(sums->balance).has_value()) return {};
  Balance allowed = sums->balance;
  allowed.rounding.may_exceed = true;
  if (!check_balance(allowed)) return {};
  return "When this was frozen, on " + frozen.at.date().text() +
         ", rounding could give out more than there was without a word: the areas get " + sums->total.text() + ", " +
         "and the known funds are " + allowed.known.text() +
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

}  // namespace

Result<Thawed> thawed(const Frozen& frozen) {
  if (const Status kept = stands(frozen); !kept) return pass_on(kept);
  auto scheme = frozen_scheme(frozen);
  if (!scheme) return pass_on(scheme);
  auto allocation = allocate(*scheme);
  if (!allocation) return pass_on(allocation);
  if (const auto found = different_lines(frozen.lines, lines_of(*scheme, *allocation)); !found.empty())
    return unavailable(tr("The frozen record does not come to its own table again, so no paper is made from it: {0}",
                          {found.front()}));
  if (const auto kept = read_scheme(frozen.scheme, NoFiles())) name_figures(*scheme, *kept);
  return Thawed{std::move(*scheme), std::move(*allocation)};
}

Result<std::vector<std::string>> recomputed(const Frozen& frozen) {
  const auto scheme = frozen_scheme(frozen);
  if (!scheme) return pass_on(scheme);
  const auto allocation = allocate(*scheme);
  if (!allocation) return pass_on(allocation);
  return different_lines(frozen.lines, lines_of(*scheme, *allocation));
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
  std::vector<std::string> out;
  const auto same = [](const std::vector<FrozenInput>& inputs, const FrozenInput& wanted) {
    return std::find_if(inputs.begin(), inputs.end(), [&](const FrozenInput& one) {
      return one.indicator == wanted.indicator && one.area == wanted.area && one.period == wanted.period;
    });
  };
  const auto name = [&](const std::string& area) {
    const FrozenLine* line = named == nullptr ? nullptr : named->area(area);
    return line == nullptr ? area : line->name;
  };
  const auto what = [&](const FrozenInput& input) {
    return input.indicator + " of " + name(input.area) + (input.period.empty() ? "" : ", " + input.period);
  };
  for (const FrozenInput& input : then) {
    const auto other = same(now, input);
    if (other == now.end())
      out.push_back(what(input) + ": " + shown_value(input) + " when it was frozen, not used now.");
    else if (other->value != input.value)
      out.push_back(what(input) + ": " + shown_value(input) + " when it was frozen, " + shown_value(*other) + " now.");
  }
  for (const FrozenInput& input : now)
    if (same(then, input) == then.end())
      out.push_back(what(input) + ": " + shown_value(input) + " now, not used when it was frozen.");
  return out;
}

}  // namespace tithing::decisions
