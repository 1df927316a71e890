// Allocation -> figures. Nothing is computed here that allocate() has not computed: the trace of the exact run is put
// into words.
#include <algorithm>
#include <cstdlib>

#include "allocation/allocation.h"
#include "allocation/scheme_words.h"
#include "base/text.h"

namespace tithing::allocation {
namespace {

using figures::Figure;
using figures::Input;
using figures::Quantity;
using figures::Unit;
using Exact = ExactArithmetic;

constexpr const char* kHeldExactly = "None here: held as an exact fraction of a penny, shown to the nearest penny.";

std::string money_text(const Fraction& pence) {
  if (pence.whole()) return Money{pence.numerator().to_int64().value_or(0)}.text();
  const Fraction size = pence.negative() ? -pence : pence;
  return (pence.negative() ? "-\xC2\xA3" : "\xC2\xA3") + (size / Fraction(100)).decimal(6);
}

std::string percent_text(const Fraction& share) { return (share * Fraction(100)).text() + "%"; }

// On the way from the scheme to the amount.
Input derived(std::string symbol, std::string label, std::string text) {
  return Input::of(std::move(symbol), std::move(label), std::move(text), figures::WorkedOut{});
}

// Names of areas, a day.
Input named(std::string label, std::string text) {
  return Input::of("", std::move(label), std::move(text), figures::Named{});
}

Input of_figure(std::string symbol, std::string label, Figure figure) {
  return Input::of(std::move(symbol), std::move(label), std::move(figure));
}

// A share has no penny in it: it may be shown through a double.
Quantity share_of(const Fraction& share) {
  return Quantity::real(std::strtod(share.decimal(15).c_str(), nullptr), Unit::share, "of the total", 4);
}

class Explainer {
 public:
  Explainer(const Scheme& scheme, const Allocation& allocation, std::size_t area, const Grounds& grounds)
      : scheme_(scheme), allocation_(allocation), area_(area), amount_(allocation.areas[area]), grounds_(grounds) {}

  Figure root() const {
    Figure out = figure(Quantity::pence(amount_.amount.pence), scheme_.title + ": " + amount_.name);
    out.address.kind = "allocation";
    out.address.parameters.values["area"] = amount_.key;
    out.address.parameters.values["scheme"] = slug(scheme_.title);
    if (!scheme_.financial_year.empty()) out.address.parameters.values["year"] = scheme_.financial_year;
    out.working.in_words = "What each step of the scheme gives " + amount_.name +
                           " or takes from it, added up and rounded once, at the end.";
    Fraction before(0);
    for (std::size_t k = 0; k < allocation_.trace.steps.size(); ++k) {
      const auto& after = allocation_.trace.steps[k];
      const Fraction now = Exact::at(after.amounts, area_);
      const bool about_areas = !touches_no_area(scheme_.steps[after.index]);
      if (about_areas || now != before) {
        const std::string symbol = "s" + std::to_string(after.index + 1);
        out.working.formula += (out.working.formula.empty() ? "a = " : " + ") + symbol;
        out.working.inputs.push_back(of_figure(symbol, place_of(scheme_, after.index), step(k, before, now)));
      }
      before = now;
    }
    out.working.inputs.push_back(derived("", "before rounding", money_text(allocation_.exact(area_))));
    out.working.rounding = in_words(scheme_.rounding);
    for (const NotMet& item : allocation_.not_met)
      if (item.area == amount_.key) out.working.caveats.push_back(item.sentence);
    for (const std::string& note : allocation_.notes) out.working.caveats.push_back(note);
    for (const Assumption& assumption : scheme_.pot.assumptions)
      out.working.caveats.push_back("Assumption: " + assumption.sentence());
    return out;
  }

 private:
  // What the scheme or its pot states itself.
  Input stated(std::string symbol, std::string label, std::string text) const {
    return at(grounds_.scheme, std::move(symbol), std::move(label), std::move(text));
  }

  static Input at(const figures::Source& source, std::string symbol, std::string label, std::string text) {
    if (source.name.empty()) return Input::of(std::move(symbol), std::move(label), std::move(text), figures::Unkept{});
    return Input::of(std::move(symbol), std::move(label), std::move(text), source);
  }

  static bool touches_no_area(const Step& step) {
    const auto* held = std::get_if<HoldBack>(&step.what);
    return std::holds_alternative<OverProgramming>(step.what) ||
           (held != nullptr && held->of != HoldBack::Of::allocations);
  }

  Figure figure(Quantity quantity, std::string title) const {
    Figure out;
    out.quantity = std::move(quantity);
    out.working.title = std::move(title);
    return out;
  }

  // The money that stood ready when step k began, and how it came to be that.
  Figure money_ready(std::size_t k) const {
    const Fraction remaining =
        k == 0 ? Fraction::of(allocation_.pot.available) : allocation_.trace.steps[k - 1].remaining;
    Figure out = figure(Quantity::pence(remaining.nearest().to_int64().value_or(0)), "What remained before this step");
    out.working.in_words = "The known funds, less what was taken before.";
    for (const Fund& fund : scheme_.pot.funds) {
      const std::string status = fund.status == FundStatus::confirmed     ? "confirmed"
                                 : fund.status == FundStatus::provisional ? "provisional"
                                                                          : "not known";
      out.working.inputs.push_back(at(
          grounds_.pot, "+", fund.name + (fund.financial_year.empty() ? "" : " " + fund.financial_year) + ", " + status,
          fund.amount ? fund.amount->text() : "not known"));
    }
    for (std::size_t i = 0; i < scheme_.pot.top_slices.size(); ++i)
      out.working.inputs.push_back(at(grounds_.pot, "-", "top-slice: " + scheme_.pot.top_slices[i].purpose,
                                      allocation_.pot.top_slices[i].text()));
    for (std::size_t j = 0; j < k; ++j) {
      const auto& step = allocation_.trace.steps[j];
      const Fraction was = j == 0 ? Fraction::of(allocation_.pot.available) : allocation_.trace.steps[j - 1].remaining;
      if (step.remaining != was)
        out.working.inputs.push_back(
            derived(step.remaining < was ? "-" : "+", place_of(scheme_, step.index),
                    money_text(step.remaining < was ? was - step.remaining : step.remaining - was)));
    }
    out.working.rounding = kHeldExactly;
    return out;
  }

  Figure step(std::size_t k, const Fraction& before, const Fraction& now) const {
    const auto& after = allocation_.trace.steps[k];
    const Fraction change = now - before;
    Figure out = figure(Quantity::pence(change.nearest().to_int64().value_or(0)),
                        place_of(scheme_, after.index) + ": " + amount_.name);
    out.working.rounding = kHeldExactly;
    std::visit([&](const auto& what) { tell(what, k, before, now, out.working); }, scheme_.steps[after.index].what);
    out.working.inputs.push_back(derived("", "exactly", money_text(change)));
    if (!scheme_.steps[after.index].note.empty()) out.working.caveats.push_back(scheme_.steps[after.index].note);
    return out;
  }

  void tell(const HoldBack& what, std::size_t k, const Fraction& before, const Fraction&,
            figures::Working& working) const {
    working.in_words = "Held back for “" + what.purpose + "”, from each area's amount so far in proportion.";
    working.formula = "s = -a x H / A";
    working.inputs.push_back(derived("a", "so far", money_text(before)));
    working.inputs.push_back(stated("H", "held back", money_text(allocation_.trace.steps[k].shared)));
    working.inputs.push_back(
        derived("A", "all areas so far",
                money_text(k == 0 ? Fraction(0) : Exact::total(allocation_.trace.steps[k - 1].amounts))));
  }

  void tell(const FixedAmount& what, std::size_t, const Fraction&, const Fraction&, figures::Working& working) const {
    const Area& area = scheme_.areas[area_];
    working.in_words =
        what.per_authority ? "The same amount for each constituent authority." : "The same amount for each area.";
    working.formula = what.per_authority ? "s = f x n" : "s = f";
    working.inputs.push_back(stated("f", "fixed amount", what.amount.text()));
    if (what.per_authority)
      working.inputs.push_back(stated("n", "constituent authorities: " + joined(area.authorities, ", "),
                                      std::to_string(area.authorities.size())));
  }

  void shared_money(std::size_t k, const Size& size, figures::Working& working) const {
    const auto& after = allocation_.trace.steps[k];
    Figure money =
        figure(Quantity::pence(after.shared.nearest().to_int64().value_or(0)), "The money that this step shares");
    money.working.in_words = size.amount  ? "The amount that the scheme names."
                             : size.share ? percent_text(*size.share) + " of what remained."
                                          : "All that remained.";
    money.working.rounding = kHeldExactly;
    money.working.inputs.push_back(of_figure("", "what remained", money_ready(k)));
    working.inputs.push_back(of_figure("M", "the money that this step shares", std::move(money)));
  }

  void tell(const WeightedIndicators& what, std::size_t k, const Fraction&, const Fraction&,
            figures::Working& working) const {
    working.in_words = "The area's part of each indicator's total, weighted, of the money that this step shares.";
    working.formula = "s = M x (";
    shared_money(k, what.size, working);
    for (std::size_t j = 0; j < what.indicators.size(); ++j) {
      const Indicator& indicator = what.indicators[j];
      const std::string number = std::to_string(j + 1);
      working.formula += (j == 0 ? "w" : " + w") + number + " x p" + number;
      working.inputs.push_back(stated("w" + number, "weight of " + indicator.name, indicator.weight.text() + "%"));
      working.inputs.push_back(of_figure("p" + number, indicator.name + ": the area's part", part(indicator)));
    }
    working.formula += ")";
  }

  Figure part(const Indicator& indicator) const {
    const auto& mine = indicator.values.at(amount_.key);
    const Fraction value = measure_of(indicator, mine);
    Fraction total(0);
    for (const Area& area : scheme_.areas) total = total + measure_of(indicator, indicator.values.at(area.key));
    Figure out = figure(share_of(value / total), indicator.name + ": " + amount_.name);
    out.working.in_words = "The area's " + in_words(indicator, mine.size()) + " over the sum of all areas'.";
    out.working.formula = "p = v / V";
    out.working.inputs.push_back(derived("v", amount_.name, decimal_text(value)));
    out.working.inputs.push_back(derived(
        "V", "all " + plural(static_cast<std::int64_t>(scheme_.areas.size()), "area", "areas"), decimal_text(total)));
    for (const Observation& observation : mine) {
      const std::string period = observation.period.empty() ? indicator.origin.reference_date : observation.period;
      Input input;
      input.label = indicator.name + (period.empty() ? "" : ", " + period);
      input.figure = observation.figure;
      if (input.figure == nullptr) input = at(grounds_.of(indicator.origin), "", input.label, observation.value.text());
      out.working.inputs.push_back(std::move(input));
      if (observation.base && indicator.transform == Transform::rate) {
        Input base = at(grounds_.of(indicator.origin), "", "base" + (period.empty() ? "" : ", " + period),
                        observation.base->text());
        if (observation.base_figure != nullptr) {
          base.figure = observation.base_figure;
          base.given.clear();
          base.source.reset();
        }
        out.working.inputs.push_back(std::move(base));
      }
    }
    const bool of_evidence =
        std::all_of(mine.begin(), mine.end(), [](const Observation& one) { return one.figure != nullptr; });
    add_origin(indicator.origin, out.working, of_evidence);
    out.working.rounding = "Shown to four decimals of a per cent; held exactly.";
    return out;
  }

  static std::string decimal_text(const Fraction& value) {
    const std::string text = value.text();
    return text.find('/') == std::string::npos ? text : value.decimal(6) + " (rounded here only)";
  }

  // Figures of the evidence lead to their files themselves.
  void add_origin(const Origin& origin, figures::Working& working, bool of_evidence = false) const {
    if (!origin.source.name.empty()) {
      Input input;
      input.label = "source";
      input.source = grounds_.of(origin);
      working.inputs.push_back(std::move(input));
    } else if (!of_evidence) {
      working.caveats.push_back("No source is given for these values.");
    }
    if (!origin.reference_date.empty()) working.inputs.push_back(named("reference date", origin.reference_date));
    if (!origin.note.empty()) working.caveats.push_back(origin.note);
  }

  void tell(const DirectShares& what, std::size_t k, const Fraction&, const Fraction&,
            figures::Working& working) const {
    const bool last = what.by == DirectShares::By::last_year;
    working.in_words = last ? "Last year's split of the money that this step shares."
                            : "A split that is given, of the money that this step shares.";
    working.formula = "s = M x v / V";
    shared_money(k, what.size, working);
    Fraction total(0);
    for (const Area& area : scheme_.areas)
      total = total + (last ? Fraction::of(allocation_.prepared.last_year.at(area.key)) : what.values.at(area.key));
    const Fraction mine = last ? Fraction::of(*amount_.last_year) : what.values.at(amount_.key);
    const auto shown = [&](const Fraction& value) {
      return what.by == DirectShares::By::percentages ? value.text() + "%" : money_text(value);
    };
    const Origin& origin = last && scheme_.last_year ? scheme_.last_year->origin : what.origin;
    working.inputs.push_back(at(grounds_.of(origin), "v", amount_.name, shown(mine)));
    working.inputs.push_back(at(grounds_.of(origin), "V", "all areas", shown(total)));
    if (last) {
      last_year(working);
    } else {
      add_origin(what.origin, working);
    }
  }

  std::string names_before(const Succession& succession) const {
    std::vector<std::string> out;
    for (const std::string& key : succession.before) {
      const auto found = scheme_.last_year->names.find(key);
      out.push_back(found == scheme_.last_year->names.end() ? key : found->second);
    }
    return joined(out, ", ");
  }

  void last_year(figures::Working& working) const {
    for (const Succession& succession : scheme_.successions)
      for (const Succession::After& after : succession.after)
        if (after.area == amount_.key)
          working.caveats.push_back(amount_.name + " succeeds " + names_before(succession) +
                                    (after.share ? " with " + after.share->text() + "% of the money" : "") + ".");
    add_origin(scheme_.last_year->origin, working);
  }

  void tell(const Limit& what, std::size_t k, const Fraction& before, const Fraction&,
            figures::Working& working) const {
    const auto& step = allocation_.prepared.plan.steps[k];
    const auto& rounds = allocation_.trace.steps[k].rounds;
    working.in_words =
        "Each area's amount is brought within its bounds; what that gives or takes, the areas that are at no bound "
        "share again in proportion, until all bounds hold.";
    working.inputs.push_back(derived("", "before this step", money_text(before)));
    if (step.low[area_] != kNoBound)
      working.inputs.push_back(derived("", "at least, in whole rounding units", Money{step.low[area_]}.text()));
    if (step.high[area_] != kNoBound)
      working.inputs.push_back(derived("", "at most, in whole rounding units", Money{step.high[area_]}.text()));
    if ((what.kind == Limit::Kind::hold_harmless || what.kind == Limit::Kind::gain_limit || what.share) &&
        amount_.last_year) {
      working.inputs.push_back(at(scheme_.last_year ? grounds_.of(scheme_.last_year->origin) : grounds_.scheme, "",
                                  "last year", amount_.last_year->text()));
      const bool loss = what.kind == Limit::Kind::hold_harmless, gain = what.kind == Limit::Kind::gain_limit;
      if (what.share)
        working.inputs.push_back(stated("",
                                        loss   ? "most lost, of last year"
                                        : gain ? "most gained, of last year"
                                               : "of last year",
                                        percent_text(*what.share)));
      last_year(working);
    }
    tell_rounds(rounds, working);
  }

  void tell_rounds(const std::vector<LimitRound>& rounds, figures::Working& working) const {
    for (std::size_t r = 0; r < rounds.size(); ++r) {
      const auto names = [&](const std::vector<std::size_t>& areas) {
        std::vector<std::string> out;
        for (const std::size_t i : areas) out.push_back(allocation_.areas[i].name);
        return joined(out, ", ");
      };
      std::string text;
      if (!rounds[r].at_floor.empty()) text += "at the floor: " + names(rounds[r].at_floor);
      if (!rounds[r].at_cap.empty()) text += (text.empty() ? "" : "; ") + ("at the cap: " + names(rounds[r].at_cap));
      working.inputs.push_back(named("round " + std::to_string(r + 1), text));
    }
  }

  void tell(const PhaseIn& what, std::size_t k, const Fraction& before, const Fraction& now,
            figures::Working& working) const {
    const Fraction moved = what.path[static_cast<std::size_t>(what.year) - 1];
    const Fraction whole = Exact::total(allocation_.trace.steps[k].amounts);
    working.in_words = "From last year's split of this year's money, " + percent_text(moved) +
                       " of the way to the formula's amount (year " + std::to_string(what.year) + " of " +
                       std::to_string(what.path.size()) + ").";
    working.formula = "s = (b + t x (f - b)) - f";
    working.inputs.push_back(stated("t", "the way gone in this year", percent_text(moved)));
    working.inputs.push_back(derived("f", "the formula's amount", money_text(before)));
    if (moved != Fraction(1))
      working.inputs.push_back(derived("b", "last year's split of " + money_text(whole),
                                       money_text((now - before * moved) / (Fraction(1) - moved))));
    last_year(working);
  }

  void tell(const Override& what, std::size_t k, const Fraction& before, const Fraction&,
            figures::Working& working) const {
    const bool mine = what.area == amount_.key;
    working.in_words = mine ? "Set by decision."
                            : "Another area's amount was set by decision; the rest is shared again in proportion.";
    working.inputs.push_back(derived("", "before this step", money_text(before)));
    working.inputs.push_back(stated("", mine ? "set to" : "set for " + what.area, what.value.text()));
    working.inputs.push_back(stated("", "reason", what.reason));
    working.inputs.push_back(stated("", "approved by", what.approver));
    tell_rounds(allocation_.trace.steps[k].rounds, working);
  }

  void tell(const OverProgramming& what, std::size_t k, const Fraction&, const Fraction&,
            figures::Working& working) const {
    working.in_words = "More is awarded than there is; " + what.underwritten_by + " answers for the difference.";
    working.inputs.push_back(stated("", "added", money_text(allocation_.trace.steps[k].shared)));
  }

  const Scheme& scheme_;
  const Allocation& allocation_;
  const std::size_t area_;
  const AreaAmount& amount_;
  const Grounds& grounds_;
};

}  // namespace

figures::Source Grounds::of(const Origin& origin) const {
  if (origin.source.name.empty()) return scheme;
  figures::Source out = origin.source;
  if (out.ends() || scheme.name.empty()) return out;
  if (scheme.kind == figures::Source::Kind::file) {
    out.sha256 = scheme.sha256;
    out.filter = scheme.filter;
    out.url = scheme.url;
    return out;
  }
  // It has no file here: whoever saved the scheme has stated it, and where it was taken from.
  out = scheme;
  out.name = origin.source.name + (origin.source.publisher.empty() ? "" : ", " + origin.source.publisher);
  return out;
}

figures::Figure explain(const Scheme& scheme, const Allocation& allocation, std::size_t area, const Grounds& grounds) {
  return Explainer(scheme, allocation, area, grounds).root();
}

}  // namespace tithing::allocation
