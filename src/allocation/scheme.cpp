#include "allocation/scheme.h"

#include <algorithm>
#include <set>

#include "allocation/total_words.h"
#include "base/date.h"
#include "base/text.h"
#include "base/translation.h"

namespace tithing::allocation {
namespace {

const Fraction kHundred(100);
const Fraction kOne(1);

std::string quoted(const std::string& text) { return "“" + text + "”"; }

// Gathers sentences, so that a form can show all of them at once.
class Complaints {
 public:
  void add(std::string field, std::string sentence) { problems_.push_back({std::move(field), std::move(sentence)}); }
  Status status() && {
    if (problems_.empty()) return {};
    std::string first = problems_.front().message;
    return invalid(std::move(first), std::move(problems_));
  }

 private:
  std::vector<FieldProblem> problems_;
};

class Checker {
 public:
  explicit Checker(const Scheme& scheme) : scheme_(scheme) {}
  Status run();
  Status run_pot();

 private:
  void pot();
  void areas();
  void step(std::size_t index);
  void of(const HoldBack& step);
  void of(const FixedAmount& step);
  void of(const WeightedIndicators& step);
  void of(const DirectShares& step);
  void of(const Limit& step);
  void of(const PhaseIn& step);
  void of(const Override& step);
  void of(const OverProgramming& step);
  void rounding();
  void tranches();
  void indicator(const Indicator& indicator, const std::string& path);
  void size(const Size& size, const std::string& path, const std::string& place, bool needed);
  void amount(Money money, const std::string& path, const std::string& place);
  void known_area(const std::string& key, const std::string& path, const std::string& place);
  void needs_last_year(const std::vector<std::string>& only, const std::string& why);
  std::string name_of_area(const std::string& key) const;

  const Scheme& scheme_;
  Complaints complaints_;
  std::set<std::string> keys_;
  std::optional<std::map<std::string, Money>> carried_;
  std::string path_, place_;  // of the step being checked
};

std::string Checker::name_of_area(const std::string& key) const {
  for (const Area& area : scheme_.areas)
    if (area.key == key) return area.name;
  return key;
}

void Checker::amount(Money money, const std::string& path, const std::string& place) {
  if (money.pence < 0)
    complaints_.add(path, place + ": " + money.text() + " is a negative amount. Write an amount of nought or more.");
}

void Checker::size(const Size& size, const std::string& path, const std::string& place, bool needed) {
  if (size.amount && size.share) complaints_.add(path, place + ": give an amount or a share, not both.");
  if (needed && !size.given()) complaints_.add(path, place + ": give an amount or a share.");
  if (size.amount) amount(*size.amount, path + ".amount", place);
  if (size.share && (size.share->negative() || *size.share > kOne))
    complaints_.add(path + ".share", place + ": a share lies between 0 and 100 per cent; " +
                                         (*size.share * kHundred).text() + " does not.");
}

void Checker::known_area(const std::string& key, const std::string& path, const std::string& place) {
  if (keys_.count(key) != 0) return;
  // What was meant, where it can be told.
  std::string hint;
  for (const Area& area : scheme_.areas)
    if (lowered(area.name) == lowered(key) || lowered(area.key) == lowered(key))
      hint = " Write its key: " + area.key + ".";
  const TotalWord word = total_word(key);
  if (hint.empty() && (word == TotalWord::total || word == TotalWord::grand || word == TotalWord::subtotal))
    hint = " A row of totals is no area: leave it out.";
  complaints_.add(path, place + ": there is no area " + quoted(key) + " in this scheme." + hint);
}

void Checker::pot() {
  if (scheme_.pot.funds.empty())
    complaints_.add("pot.funds", "The pot has no funds. Name at least one, with its amount.");
  for (std::size_t i = 0; i < scheme_.pot.funds.size(); ++i) {
    const Fund& fund = scheme_.pot.funds[i];
    const std::string path = "pot.funds[" + std::to_string(i) + "]", place = "Fund " + quoted(fund.name);
    if (fund.name.empty()) complaints_.add(path + ".name", "Fund " + std::to_string(i + 1) + " has no name.");
    if (fund.amount) amount(*fund.amount, path + ".amount", place);
    if (!fund.amount && fund.status != FundStatus::unknown)
      complaints_.add(path + ".amount", place + ": give an amount, or say that its status is unknown.");
    if (fund.amount && fund.status == FundStatus::unknown)
      complaints_.add(path + ".status",
                      place + ": its status is unknown and yet it has an amount. Say provisional or confirmed.");
  }
  for (std::size_t i = 0; i < scheme_.pot.top_slices.size(); ++i) {
    const TopSlice& slice = scheme_.pot.top_slices[i];
    const std::string path = "pot.top_slices[" + std::to_string(i) + "]";
    if (slice.purpose.empty())
      complaints_.add(path + ".purpose", "Top-slice " + std::to_string(i + 1) + " has no purpose. Say what it is for.");
    size(slice.size, path, "Top-slice " + quoted(slice.purpose), true);
  }
}

void Checker::areas() {
  if (scheme_.areas.empty()) complaints_.add("areas", "The scheme has no areas. Name those that the money is for.");
  for (std::size_t i = 0; i < scheme_.areas.size(); ++i) {
    const Area& area = scheme_.areas[i];
    const std::string path = "areas[" + std::to_string(i) + "]";
    if (area.key.empty()) complaints_.add(path + ".key", "Area " + std::to_string(i + 1) + " has no key.");
    if (!keys_.insert(area.key).second)
      complaints_.add(path + ".key", "Two areas, " + name_of_area(area.key) + " and " + area.name + ", have the key " +
                                         quoted(area.key) + ". Give each its own.");
    if (area.population && *area.population <= 0)
      complaints_.add(path + ".population",
                      area.name + ": a population is a whole number above nought. Leave it out if it is not known.");
  }
  if (!scheme_.last_year) return;
  for (const auto& [key, money] : scheme_.last_year->amounts)
    amount(money, "last_year.amounts." + key, "Last year's money of " + quoted(key));
  if (auto found = carried(*scheme_.last_year, scheme_.successions, scheme_.areas)) {
    carried_ = std::move(*found);
  } else {
    complaints_.add("succession", found.error().message);
  }
}

void Checker::needs_last_year(const std::vector<std::string>& only, const std::string& why) {
  if (!scheme_.last_year) {
    complaints_.add(path_, place_ + ": " + why + " needs the year before, and the scheme has no last_year.");
    return;
  }
  if (!carried_) return;  // said already
  for (const Area& area : scheme_.areas) {
    if (!only.empty() && std::find(only.begin(), only.end(), area.key) == only.end()) continue;
    if (carried_->count(area.key) == 0)
      complaints_.add("last_year.amounts." + area.key,
                      place_ + ": " + why + " needs the year before, and " + area.name + " has no money in " +
                          scheme_.last_year->financial_year +
                          " and no predecessor. Give the amount, or leave the area out of this step.");
  }
}

void Checker::of(const HoldBack& step) {
  if (step.purpose.empty()) complaints_.add(path_ + ".purpose", place_ + ": say what the money is held back for.");
  size(step.size, path_, place_, true);
}

void Checker::of(const FixedAmount& step) {
  amount(step.amount, path_ + ".amount", place_);
  for (std::size_t i = 0; i < step.areas.size(); ++i)
    known_area(step.areas[i], path_ + ".areas[" + std::to_string(i) + "]", place_);
  if (!step.per_authority) return;
  for (const Area& area : scheme_.areas) {
    const bool meant =
        step.areas.empty() || std::find(step.areas.begin(), step.areas.end(), area.key) != step.areas.end();
    if (meant && area.authorities.empty())
      complaints_.add("areas." + area.key + ".authorities",
                      place_ + ": it pays each constituent authority, and " + area.name + " names none.");
  }
}

void Checker::indicator(const Indicator& indicator, const std::string& path) {
  const std::string place = place_ + ", indicator " + quoted(indicator.name);
  if (indicator.weight.negative())
    complaints_.add(path + ".weight", place + ": the weight " + indicator.weight.text() + " is negative.");
  if (indicator.per <= 0) complaints_.add(path + ".per", place + ": a rate is per a whole number above nought.");
  for (const auto& [key, observations] : indicator.values) known_area(key, path + ".values." + key, place);
  std::vector<std::string> periods;
  bool first = true, asked_for = false;
  Fraction sum(0);
  for (const Area& area : scheme_.areas) {
    const std::string at = path + ".values." + area.key;
    const auto found = indicator.values.find(area.key);
    if (found == indicator.values.end() || found->second.empty()) {
      complaints_.add(at, place + ": there is no value for " + area.name +
                              ". A missing value is not nought: give it, or leave the indicator out.");
      continue;
    }
    std::vector<std::string> here;
    for (const Observation& observation : found->second) {
      here.push_back(observation.period);
      if ((!observation.address.empty() && observation.figure == nullptr) ||
          (!observation.base_address.empty() && observation.base_figure == nullptr)) {
        complaints_.add(at, place + ": the value of " + area.name +
                                " is a figure of the evidence, which a file alone does not have. Work the scheme out "
                                "where the evidence is, or write the value.");
        asked_for = true;
        continue;
      }
      const std::string when = observation.period.empty() ? "" : " in " + observation.period;
      if (observation.value.negative())
        complaints_.add(
            at, place + ": the value of " + area.name + when + " is negative (" + observation.value.text() + ").");
      if (indicator.transform == Transform::share && observation.value > kHundred)
        complaints_.add(at, place + ": the share of " + area.name + when + " is above 100 per cent (" +
                                observation.value.text() + ").");
      if (indicator.transform == Transform::rate && (!observation.base || *observation.base <= Fraction(0)))
        complaints_.add(at, place + ": " + area.name + " has no base" + when +
                                ". A rate needs what it is a rate of, above nought.");
      sum = sum + observation.value;
    }
    std::sort(here.begin(), here.end());
    const bool twice = std::adjacent_find(here.begin(), here.end()) != here.end();
    const auto named = [](const std::vector<std::string>& all) {
      return all.size() == 1 && all.front().empty()
                 ? std::string("no period")
                 : std::string(all.size() == 1 ? "the period " : "the periods ") + joined(all, ", ");
    };
    if (twice) {
      const std::string& period = *std::adjacent_find(here.begin(), here.end());
      complaints_.add(at, place + ": " + area.name + " has two values for the same period" +
                              (period.empty() ? ", which has no name." : ", " + period + ".") +
                              " Give one, or name their periods.");
    } else if (first) {
      periods = here;
      first = false;
    } else if (here != periods) {
      complaints_.add(at, place + ": " + area.name + " has " + named(here) + ", others have " + named(periods) +
                              ". A mean over several years needs the same years for each area.");
    }
  }
  if (!first && !asked_for && sum.zero())
    complaints_.add(path + ".values", place + ": all values are nought, so nothing can be shared by it.");
}

void Checker::of(const WeightedIndicators& step) {
  size(step.size, path_, place_, false);
  if (step.indicators.empty()) complaints_.add(path_ + ".indicators", place_ + ": it has no indicators.");
  Fraction sum(0);
  for (std::size_t i = 0; i < step.indicators.size(); ++i) {
    sum = sum + step.indicators[i].weight;
    indicator(step.indicators[i], path_ + ".indicators[" + std::to_string(i) + "]");
  }
  if (!step.indicators.empty() && sum != kHundred)
    complaints_.add(path_ + ".indicators", place_ + ": the weights come to " + sum.text() +
                                               ", not 100. Change them by " + (kHundred - sum).text() + " in all.");
}

void Checker::of(const DirectShares& step) {
  size(step.size, path_, place_, false);
  if (step.by == DirectShares::By::last_year) {
    needs_last_year({}, "last year's split");
    return;
  }
  const bool percentages = step.by == DirectShares::By::percentages;
  const std::string path = path_ + (percentages ? ".percentages" : ".amounts");
  Fraction sum(0);
  for (const auto& [key, value] : step.values) {
    known_area(key, path + "." + key, place_);
    if (value.negative())
      complaints_.add(path + "." + key, place_ + ": the part of " + name_of_area(key) + " is negative.");
    sum = sum + value;
  }
  for (const Area& area : scheme_.areas)
    if (step.values.count(area.key) == 0)
      complaints_.add(path + "." + area.key,
                      place_ + ": there is no part for " + area.name + ". Write 0 if it is to have none.");
  if (percentages && sum != kHundred)
    complaints_.add(path, place_ + ": the percentages come to " + sum.text() + ", not 100.");
  if (sum.zero()) complaints_.add(path, place_ + ": all parts are nought, so nothing can be shared by them.");
}

void Checker::of(const Limit& step) {
  const bool by_last_year = step.kind == Limit::Kind::hold_harmless || step.kind == Limit::Kind::gain_limit;
  const int given = int(step.amount.has_value()) + int(step.share.has_value()) + int(!step.by_area.empty());
  if (given != 1 || (by_last_year && !step.by_area.empty()))
    complaints_.add(
        path_, place_ + (by_last_year ? ": give an amount or a share of last year's money."
                                      : ": give one of an amount, a share of last year's money, or amounts by area."));
  if (step.amount) amount(*step.amount, path_ + ".amount", place_);
  if (step.share && step.share->negative()) complaints_.add(path_ + ".share", place_ + ": the share is negative.");
  if (step.share && step.kind == Limit::Kind::hold_harmless && *step.share > kOne)
    complaints_.add(path_ + ".share", place_ + ": nobody can lose more than 100 per cent.");
  for (const auto& [key, money] : step.by_area) {
    known_area(key, path_ + ".by_area." + key, place_);
    amount(money, path_ + ".by_area." + key, place_ + ", " + name_of_area(key));
  }
  for (std::size_t i = 0; i < step.areas.size(); ++i)
    known_area(step.areas[i], path_ + ".areas[" + std::to_string(i) + "]", place_);
  if (by_last_year || step.share) needs_last_year(step.areas, name_of(Step{step, {}}));
}

void Checker::of(const PhaseIn& step) {
  if (step.path.empty()) complaints_.add(path_ + ".path", place_ + ": give the number of years or the path.");
  for (std::size_t i = 0; i < step.path.size(); ++i) {
    if (step.path[i].negative() || step.path[i] > kOne)
      complaints_.add(path_ + ".path[" + std::to_string(i) + "]",
                      place_ + ": each year lies between 0 and 100 per cent of the way.");
    if (i > 0 && step.path[i] < step.path[i - 1])
      complaints_.add(path_ + ".path[" + std::to_string(i) + "]",
                      place_ + ": year " + std::to_string(i + 1) + " goes back behind the year before.");
  }
  if (step.year < 1 || step.year > static_cast<int>(step.path.size()))
    complaints_.add(path_ + ".year", place_ + ": year " + std::to_string(step.year) + " is not one of its " +
                                         std::to_string(step.path.size()) + " years.");
  needs_last_year({}, "phasing in");
  if (carried_) {
    Fraction sum(0);
    for (const auto& [key, money] : *carried_) sum = sum + Fraction::of(money);
    if (sum.zero())
      complaints_.add("last_year.amounts",
                      place_ + ": last year's money is nought, so there is no split to start from.");
  }
}

void Checker::of(const Override& step) {
  known_area(step.area, path_ + ".area", place_);
  amount(step.value, path_ + ".value", place_);
  if (trimmed(step.reason).empty()) complaints_.add(path_ + ".reason", place_ + ": an override needs a reason.");
  if (trimmed(step.approver).empty())
    complaints_.add(path_ + ".approver", place_ + ": an override needs the name of the post that approved it.");
  if (scheme_.rounding.unit.pence > 0 && step.value.pence % scheme_.rounding.unit.pence != 0)
    complaints_.add(path_ + ".value", place_ + ": " + step.value.text() +
                                          " is not a whole number of the rounding unit, " +
                                          scheme_.rounding.unit.text() + ".");
}

void Checker::of(const OverProgramming& step) {
  size(step.size, path_, place_, true);
  if (trimmed(step.underwritten_by).empty())
    complaints_.add(path_ + ".underwritten_by", place_ + ": say who answers for the difference if all of it is spent.");
}

void Checker::step(std::size_t index) {
  path_ = "steps[" + std::to_string(index) + "]";
  place_ = place_of(scheme_, index);
  std::visit([this](const auto& what) { of(what); }, scheme_.steps[index].what);
}

void Checker::rounding() {
  const Rounding& rounding = scheme_.rounding;
  if (rounding.unit.pence <= 0)
    complaints_.add("rounding.unit", "Rounding: the unit is an amount above nought, for example 1.00.");
  if (rounding.may_exceed && rounding.rule != Rounding::Rule::nearest)
    complaints_.add("rounding.may_exceed",
                    "Rounding: only amounts that are rounded to the nearest unit can come to more than there is. "
                    "Choose that rule, or leave “may exceed” out.");
  if (rounding.rest_to.empty() || keys_.count(rounding.rest_to) > 0) return;
  for (const TopSlice& slice : scheme_.pot.top_slices)
    if (slice.purpose == rounding.rest_to) return;
  for (const Step& step : scheme_.steps)
    if (const auto* held = std::get_if<HoldBack>(&step.what); held != nullptr && held->purpose == rounding.rest_to)
      return;
  complaints_.add("rounding.rest_to", "Rounding: the rest goes to " + quoted(rounding.rest_to) +
                                          ", which is neither an area nor the purpose of a hold-back.");
}

void Checker::tranches() {
  Fraction sum(0);
  for (std::size_t i = 0; i < scheme_.tranches.size(); ++i) {
    const Tranche& tranche = scheme_.tranches[i];
    if (tranche.share.negative())
      complaints_.add("tranches[" + std::to_string(i) + "].share",
                      "Tranche " + quoted(tranche.name) + " has a negative share.");
    sum = sum + tranche.share;
  }
  if (!scheme_.tranches.empty() && sum != kHundred)
    complaints_.add("tranches", "The tranches come to " + sum.text() + " per cent, not 100.");
}

Status Checker::run_pot() {
  pot();
  if (Status said = std::move(complaints_).status(); !said) return said;
  const auto totals = totals_of(scheme_.pot);
  if (!totals) return pass_on(totals);
  return {};
}

Status Checker::run() {
  pot();
  areas();
  if (scheme_.steps.empty()) complaints_.add("steps", "The scheme has no steps, so nothing would be shared.");
  bool phased = false;
  for (std::size_t i = 0; i < scheme_.steps.size(); ++i) {
    step(i);
    const bool phases = std::holds_alternative<PhaseIn>(scheme_.steps[i].what);
    if (phases && phased) complaints_.add(path_, place_ + ": a scheme is phased in once.");
    phased = phased || phases;
  }
  rounding();
  tranches();
  return std::move(complaints_).status();
}

}  // namespace

std::string Assumption::sentence() const {
  const auto day = Date::parse(made_on);
  const std::string when = day ? day->text() : made_on;
  const std::string log = when + (when.empty() || made_by.empty() ? "" : ", ") + made_by;
  return text + (log.empty() ? "" : " (" + log + ")");
}

std::string filled_in(const std::string& pattern, const std::string& area) {
  constexpr std::string_view kPlace = "{area}";
  const std::string key = url_encoded(area);
  std::string out;
  std::size_t from = 0;
  for (std::size_t at = pattern.find(kPlace); at != std::string::npos; at = pattern.find(kPlace, from)) {
    out += pattern.substr(from, at - from) + key;
    from = at + kPlace.size();
  }
  return out + pattern.substr(from);
}

std::string name_of(const Step& step) {
  struct Name {
    std::string operator()(const HoldBack&) const { return "hold-back"; }
    std::string operator()(const FixedAmount&) const { return "fixed amount"; }
    std::string operator()(const WeightedIndicators&) const { return "weighted indicators"; }
    std::string operator()(const DirectShares&) const { return "direct shares"; }
    std::string operator()(const Limit& limit) const {
      switch (limit.kind) {
        case Limit::Kind::floor:
          return "floor";
        case Limit::Kind::cap:
          return "cap";
        case Limit::Kind::hold_harmless:
          return "hold-harmless";
        case Limit::Kind::gain_limit:
          break;
      }
      return "gain limit";
    }
    std::string operator()(const PhaseIn&) const { return "phase-in"; }
    std::string operator()(const Override&) const { return "override"; }
    std::string operator()(const OverProgramming&) const { return "over-programming"; }
  };
  return std::visit(Name{}, step.what);
}

std::string place_of(const Scheme& scheme, std::size_t index) {
  return "Step " + std::to_string(index + 1) + " (" + name_of(scheme.steps[index]) + ")";
}

Status check(const Scheme& scheme) { return Checker(scheme).run(); }

Status check(const Pot& pot) {
  Scheme around;
  around.pot = pot;
  return Checker(around).run_pot();
}

Result<PotTotals> totals_of(const Pot& pot) {
  PotTotals out;
  for (std::size_t i = 0; i < pot.funds.size(); ++i) {
    const Fund& fund = pot.funds[i];
    if (!fund.amount) {
      out.unknown.push_back(fund.name);
      continue;
    }
    const auto sum = add(out.known, *fund.amount);
    if (!sum || sum->pence > kLargestPot) {
      const std::string sentence =
          "The funds come to more than can be held. Look at the amount of " + quoted(fund.name) + ".";
      return invalid(sentence, {{"pot.funds[" + std::to_string(i) + "].amount", sentence}});
    }
    out.known = *sum;
  }
  out.available = out.known;
  for (const TopSlice& slice : pot.top_slices) {
    // A share of money is cut to whole pence: what is cut off stays in the pot.
    const Money money = slice.size.amount ? *slice.size.amount
                                          : Money{*(Fraction::of(out.known) * *slice.size.share).floor().to_int64()};
    if (money > out.available) {
      const std::string sentence = "Top-slice " + quoted(slice.purpose) + ": " + money.text() + " is more than the " +
                                   out.available.text() + " that the pot still has.";
      return invalid(sentence, {{"pot.top_slices[" + std::to_string(out.top_slices.size()) + "].amount", sentence}});
    }
    out.available.pence -= money.pence;
    out.top_slices.push_back(money);
  }
  return out;
}

Result<std::map<std::string, Money>> carried(const LastYear& last_year, const std::vector<Succession>& successions,
                                             const std::vector<Area>& areas) {
  std::map<std::string, Money> money = last_year.amounts;
  const auto named = [&](const std::string& key) {
    for (const Area& area : areas)
      if (area.key == key) return area.name;
    const auto found = last_year.names.find(key);
    return found == last_year.names.end() ? key : found->second;
  };
  for (const Succession& succession : successions) {
    if (succession.before.empty() || succession.after.empty())
      return invalid(tr("A succession needs at least one area before and one after."));
    Money sum;
    std::vector<std::string> names;
    bool any = false;
    for (const std::string& key : succession.before) {
      names.push_back(named(key));
      const auto found = money.find(key);
      if (found == money.end()) continue;
      const auto added = add(sum, found->second);
      if (!added) return pass_on(added);
      sum = *added;
      money.erase(found);
      any = true;
    }
    if (!any) continue;
    std::vector<Fraction> shares;
    Fraction total(0);
    for (const Succession::After& after : succession.after) {
      if (succession.after.size() > 1 && !after.share)
        return invalid(
            tr("{0} was split, and no share of its money is given for {1}. Say how much of it each successor "
               "takes; the shares come to 100.",
               {joined(names, ", "), named(after.area)}));
      shares.push_back(after.share ? *after.share : kHundred);
      if (shares.back().negative())
        return invalid(
            tr("The share of {0} in the money of {1} is negative.", {named(after.area), joined(names, ", ")}));
      total = total + shares.back();
    }
    if (total != kHundred)
      return invalid(tr("The shares in the money of {0} come to {1}, not 100.", {joined(names, ", "), total.text()}));
    // Largest remainder, ties by key: the parts come to the whole to the penny.
    std::int64_t left = sum.pence;
    std::vector<std::pair<Fraction, std::size_t>> remainders;
    std::vector<std::int64_t> parts;
    for (std::size_t i = 0; i < shares.size(); ++i) {
      const Fraction exact = Fraction::of(sum) * shares[i] / kHundred;
      parts.push_back(*exact.floor().to_int64());
      left -= parts.back();
      remainders.emplace_back(exact - Fraction(exact.floor(), Integer(1)), i);
    }
    std::sort(remainders.begin(), remainders.end(), [&](const auto& a, const auto& b) {
      return a.first != b.first ? a.first > b.first : succession.after[a.second].area < succession.after[b.second].area;
    });
    for (std::int64_t i = 0; i < left; ++i) ++parts[remainders[static_cast<std::size_t>(i)].second];
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const auto added = add(money[succession.after[i].area], Money{parts[i]});
      if (!added) return pass_on(added);
      money[succession.after[i].area] = *added;
    }
  }
  for (const auto& [key, amount] : money) {
    const auto same = [&wanted = key](const Area& area) { return area.key == wanted; };
    if (std::none_of(areas.begin(), areas.end(), same) && amount.pence != 0)
      return invalid(
          tr("{0} had {1} in {2} and is not an area of this scheme. Say in the succession who came after it.",
             {named(key), amount.text(), last_year.financial_year}));
  }
  std::erase_if(money, [&](const auto& entry) {
    return std::none_of(areas.begin(), areas.end(), [&](const Area& area) { return area.key == entry.first; });
  });
  return money;
}

}  // namespace tithing::allocation
