#include "trust/second_engine.h"

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <optional>

namespace second {
namespace {

namespace json = boost::json;
using Pence = std::map<std::string, Rational>;  // by area

struct Refused {
  std::string why;
};

Whole floor_of(const Rational& value) {
  const Whole n = numerator(value), d = denominator(value);
  Whole quotient = n / d;
  if (n < 0 && quotient * d != n) quotient -= 1;
  return quotient;
}
Whole ceiling_of(const Rational& value) { return -floor_of(-value); }
Whole nearest_of(const Rational& value) { return floor_of(value + Rational(1, 2)); }  // halves up

// "12.5", "1/3", 12
Rational number_of(const json::value& value) {
  if (value.is_int64()) return Rational(value.as_int64());
  const std::string text(value.as_string());
  const auto slash = text.find('/');
  if (slash != std::string::npos) return Rational(Whole(text.substr(0, slash)), Whole(text.substr(slash + 1)));
  const auto point = text.find('.');
  if (point == std::string::npos) return Rational(Whole(text));
  Whole power = 1;
  for (std::size_t i = point + 1; i < text.size(); ++i) power *= 10;
  std::string digits = text.substr(0, point) + text.substr(point + 1);
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));  // or it would be read as octal
  return Rational(Whole(digits), power);
}
Rational pence_of(const json::value& value) { return number_of(value) * 100; }
Rational percent_of(const json::value& value) { return number_of(value) / 100; }

const json::value* member(const json::object& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() ? nullptr : &found->value();
}
std::string text_of(const json::object& object, const char* name, const char* otherwise = "") {
  const json::value* value = member(object, name);
  return value == nullptr ? otherwise : std::string(value->as_string());
}

// Whole parts of a whole that come to it: each cut, and what is left, one by one, to the largest remainders; equal ones
// in the order of their names.
std::vector<Whole> largest_remainders(const Whole& whole, const std::vector<Rational>& shares,
                                      const std::vector<std::string>& names) {
  std::vector<Whole> out;
  Whole left = whole;
  for (const Rational& share : shares) {
    out.push_back(floor_of(share * Rational(whole)));
    left -= out.back();
  }
  std::vector<bool> had(shares.size(), false);
  while (left > 0) {
    std::size_t best = shares.size();
    for (std::size_t i = 0; i < shares.size(); ++i) {
      if (had[i]) continue;
      if (best == shares.size()) {
        best = i;
        continue;
      }
      const Rational mine = shares[i] * Rational(whole) - Rational(floor_of(shares[i] * Rational(whole)));
      const Rational other = shares[best] * Rational(whole) - Rational(floor_of(shares[best] * Rational(whole)));
      if (mine > other || (mine == other && names[i] < names[best])) best = i;
    }
    had[best] = true;
    out[best] += 1;
    left -= 1;
  }
  return out;
}

class Engine {
 public:
  explicit Engine(const json::object& scheme) : scheme_(scheme) {}

  Answer run() {
    read_areas();
    read_rounding();
    read_pot();
    carry_last_year();
    const json::array& steps = scheme_.at("steps").as_array();
    for (std::size_t i = 0; i < steps.size(); ++i) {
      at_ = i;
      step(steps[i].as_object());
    }
    round();
    out_.worked_out = true;
    return out_;
  }

 private:
  void read_areas() {
    for (const json::value& area : scheme_.at("areas").as_array()) {
      out_.areas.emplace_back(area.as_object().at("key").as_string());
      amounts_[out_.areas.back()] = 0;
      const json::value* authorities = member(area.as_object(), "authorities");
      authorities_[out_.areas.back()] = authorities == nullptr ? 0 : authorities->as_array().size();
    }
  }

  void read_rounding() {
    const json::object& rounding = scheme_.at("rounding").as_object();
    unit_ = member(rounding, "unit") == nullptr ? Rational(1) : pence_of(rounding.at("unit"));
    rule_ = text_of(rounding, "rule");
    rest_to_ = text_of(rounding, "rest_to");
    const json::value* more = member(rounding, "may_exceed");
    may_exceed_ = more != nullptr && more->as_bool();
  }

  void read_pot() {
    const json::object& pot = scheme_.at("pot").as_object();
    for (const json::value& fund : pot.at("funds").as_array()) {
      const json::value* amount = member(fund.as_object(), "amount");
      if (amount == nullptr || amount->is_null() || *amount == "TBC") {
        out_.unknown.emplace_back(fund.as_object().at("name").as_string());
      } else {
        known_ += pence_of(*amount);
      }
    }
    out_.known = floor_of(known_);
    available_ = known_;
    if (const json::value* slices = member(pot, "top_slices"))
      for (const json::value& slice : slices->as_array()) {
        const json::object& one = slice.as_object();
        const Rational taken = member(one, "amount") != nullptr
                                   ? pence_of(one.at("amount"))
                                   : Rational(floor_of(known_ * percent_of(one.at("percent"))));
        if (taken > available_) throw Refused{"top-slice"};
        available_ -= taken;
        out_.held.emplace_back(text_of(one, "purpose"), floor_of(taken));
      }
    remaining_ = available_;
  }

  void carry_last_year() {
    const json::value* last = member(scheme_, "last_year");
    if (last == nullptr) return;
    for (const auto& [key, amount] : last->as_object().at("amounts").as_object())
      last_year_[std::string(key)] = pence_of(amount);
    if (const json::value* all = member(scheme_, "succession"))
      for (const json::value& one : all->as_array()) succeed(one.as_object());
  }

  void succeed(const json::object& succession) {
    Rational sum = 0;
    bool any = false;
    for (const json::value& before : succession.at("before").as_array()) {
      const auto found = last_year_.find(std::string(before.as_string()));
      if (found == last_year_.end()) continue;
      sum += found->second;
      last_year_.erase(found);
      any = true;
    }
    if (!any) return;
    std::vector<std::string> names;
    std::vector<Rational> shares;
    for (const json::value& after : succession.at("after").as_array()) {
      names.emplace_back(after.is_string() ? after.as_string() : after.as_object().at("area").as_string());
      shares.push_back(after.is_string() ? Rational(1) : percent_of(after.as_object().at("percent")));
    }
    const std::vector<Whole> parts = largest_remainders(floor_of(sum), shares, names);
    for (std::size_t i = 0; i < names.size(); ++i) last_year_[names[i]] += Rational(parts[i]);
  }

  Rational last_of(const std::string& area) const {
    const auto found = last_year_.find(area);
    if (found == last_year_.end()) throw Refused{"no money last year"};
    return found->second;
  }

  Rational in_units(const Rational& pence) const {
    const Rational units = pence / unit_;
    return Rational(rule_ == "nearest" ? nearest_of(units) : floor_of(units)) * unit_;
  }
  Rational all_areas() const {
    Rational sum = 0;
    for (const auto& [area, amount] : amounts_) sum += amount;
    return sum;
  }
  bool meant(const json::object& step, const std::string& area) const {
    const json::value* only = member(step, "areas");
    if (only == nullptr || only->as_array().empty()) return true;
    return std::any_of(only->as_array().begin(), only->as_array().end(),
                       [&](const json::value& one) { return one.as_string() == area; });
  }

  void step(const json::object& step) {
    const std::string type = text_of(step, "type");
    const bool limit =
        type == "floor" || type == "cap" || type == "hold_harmless" || type == "gain_limit" || type == "override";
    if (!limit) beside_each_other_ = false;
    if (type == "hold_back")
      hold_back(step);
    else if (type == "fixed_amount")
      fixed_amount(step);
    else if (type == "weighted_indicators")
      share(step, weighted_parts(step));
    else if (type == "direct_shares")
      share(step, direct_parts(step));
    else if (limit)
      limits(step, type);
    else if (type == "phase_in")
      phase_in(step);
    else
      over_programme(step);
  }

  void hold_back(const json::object& step) {
    const std::string of = text_of(step, "of", "pot");
    const Rational there = of == "allocations" ? all_areas() : remaining_;
    const Rational held = member(step, "amount") != nullptr
                              ? pence_of(step.at("amount"))
                              : in_units(percent_of(step.at("percent")) * (of == "pot" ? available_ : there));
    if (held > there) throw Refused{"hold-back"};
    if (of != "allocations")
      remaining_ -= held;
    else if (held > 0)
      for (auto& [area, amount] : amounts_) amount -= amount / there * held;
    out_.held.emplace_back(text_of(step, "purpose"), floor_of(held));
  }

  void fixed_amount(const json::object& step) {
    Rational sum = 0;
    for (auto& [area, amount] : amounts_) {
      if (!meant(step, area)) continue;
      const Rational each = pence_of(step.at("amount")) *
                            (text_of(step, "per", "area") == "authority" ? Rational(authorities_[area]) : Rational(1));
      amount += each;
      sum += each;
    }
    if (sum > remaining_) throw Refused{"fixed amount"};
    remaining_ -= sum;
  }

  // Parts come to one.
  static Pence parts_of(Pence values) {
    Rational sum = 0;
    for (const auto& [area, value] : values) sum += value;
    if (sum == 0) throw Refused{"all nought"};
    for (auto& [area, value] : values) value /= sum;
    return values;
  }

  Pence weighted_parts(const json::object& step) const {
    Pence out;
    for (const json::value& one : step.at("indicators").as_array()) {
      const json::object& indicator = one.as_object();
      Pence values;
      for (const std::string& area : out_.areas)
        values[area] = mean_of(indicator, indicator.at("values").as_object().at(area));
      for (const auto& [area, part] : parts_of(values)) out[area] += part * percent_of(indicator.at("weight"));
    }
    return out;
  }

  static Rational mean_of(const json::object& indicator, const json::value& written) {
    if (written.is_object() && member(written.as_object(), "value") == nullptr) {
      Rational sum = 0;
      for (const auto& [period, value] : written.as_object()) sum += value_of(indicator, value);
      return sum / Rational(static_cast<long>(written.as_object().size()));
    }
    return value_of(indicator, written);
  }

  static Rational value_of(const json::object& indicator, const json::value& written) {
    Rational value = number_of(written.is_object() ? written.as_object().at("value") : written);
    if (text_of(indicator, "transform", "count") == "rate") {
      const json::value* per = member(indicator, "per");
      value = value * (per == nullptr ? Rational(1000) : number_of(*per)) / number_of(written.as_object().at("base"));
    }
    if (const json::value* decimals = member(indicator, "decimals")) {
      Rational power = 1;
      for (std::int64_t i = 0; i < decimals->as_int64(); ++i) power *= 10;
      value = Rational(nearest_of(value * power)) / power;
    }
    return value;
  }

  Pence direct_parts(const json::object& step) const {
    const std::string by = text_of(step, "by");
    Pence values;
    for (const std::string& area : out_.areas)
      values[area] = by == "last_year" ? last_of(area) : number_of(step.at(by).as_object().at(area));
    return parts_of(values);
  }

  void share(const json::object& step, const Pence& parts) {
    const json::value* amount = member(step, "amount");
    const json::value* percent = member(step, "percent");
    const Rational money = amount != nullptr    ? pence_of(*amount)
                           : percent != nullptr ? remaining_ * percent_of(*percent)
                                                : remaining_;
    if (money > remaining_) throw Refused{"shares more than remains"};
    for (auto& [area, have] : amounts_) have += money * parts.at(area);
    remaining_ -= money;
  }

  void phase_in(const json::object& step) {
    const std::int64_t year = member(step, "year") == nullptr ? 1 : step.at("year").as_int64();
    const Rational way = member(step, "path") != nullptr
                             ? percent_of(step.at("path").as_array().at(static_cast<std::size_t>(year - 1)))
                             : Rational(year) / number_of(step.at("years"));
    Pence last;
    for (const std::string& area : out_.areas) last[area] = last_of(area);
    const Pence before = parts_of(last);
    const Rational whole = all_areas();
    for (auto& [area, amount] : amounts_) {
      const Rational from = whole * before.at(area);
      amount = from + (amount - from) * way;
    }
  }

  void over_programme(const json::object& step) {
    const Rational more = member(step, "amount") != nullptr ? pence_of(step.at("amount"))
                                                            : in_units(known_ * percent_of(step.at("percent")));
    remaining_ += more;
    out_.over_programmed += floor_of(more);
  }

  // --- limits
  // ---------------------------------------------------------------------------------------------------------

  struct Bound {
    Rational low = 0;
    std::optional<Rational> cap;
    bool pinned = false;
    Rational high() const { return cap && *cap > low ? *cap : low; }  // a floor beats a cap
    Rational within(const Rational& amount) const {
      if (pinned || amount < low) return low;
      return cap && amount > high() ? high() : amount;
    }
  };

  // What this step asks of an area, in whole units.
  struct Wanted {
    std::optional<Rational> least, most;
  };
  Wanted wanted(const json::object& step, const std::string& type, const std::string& area) const {
    Wanted out;
    if (type == "override") {
      if (text_of(step, "area") == area) out.least = out.most = pence_of(step.at("value"));
      return out;
    }
    if (!meant(step, area)) return out;
    Rational size;
    if (const json::value* own = member(step, "by_area")) {
      const json::value* mine = member(own->as_object(), area.c_str());
      if (mine == nullptr) return out;
      size = pence_of(*mine);
    } else if (type == "floor" || type == "cap") {
      size = member(step, "amount") != nullptr ? pence_of(step.at("amount"))
                                               : percent_of(step.at("percent_of_last_year")) * last_of(area);
    } else if (type == "hold_harmless") {
      size = last_of(area) - (member(step, "most_lost") != nullptr
                                  ? pence_of(step.at("most_lost"))
                                  : percent_of(step.at("most_lost_percent")) * last_of(area));
    } else {
      size = last_of(area) + (member(step, "most_gained") != nullptr
                                  ? pence_of(step.at("most_gained"))
                                  : percent_of(step.at("most_gained_percent")) * last_of(area));
    }
    if (type == "floor" || type == "hold_harmless")
      out.least = size <= 0 ? Rational(0) : Rational(ceiling_of(size / unit_)) * unit_;
    else
      out.most = Rational(floor_of(size / unit_)) * unit_;
    return out;
  }

  void limits(const json::object& step, const std::string& type) {
    if (!beside_each_other_) {
      before_limits_ = amounts_;
      remaining_before_limits_ = remaining_;
    }
    beside_each_other_ = true;
    for (const std::string& area : out_.areas) {
      const Wanted asked = wanted(step, type, area);
      asked_.push_back({at_, area, asked});
      Bound& bound = bounds_[area];
      if (type == "override") {
        if (!asked.least) continue;
        bound = {*asked.least, *asked.least, true};
      } else if (!bound.pinned) {
        if (asked.least && *asked.least > bound.low) bound.low = *asked.least;
        if (asked.most && (!bound.cap || *asked.most < *bound.cap)) bound.cap = *asked.most;
      }
    }
    if (type == "floor" || type == "hold_harmless")
      refuses_ = refuses_ || text_of(step, "when_short", type == "floor" ? "refuse" : "in_proportion") == "refuse";
    amounts_ = before_limits_;
    remaining_ = remaining_before_limits_;
    bring_within_bounds();
  }

  // One factor for all: each area gets its amount times the factor, brought within its bounds, so that the sum stays.
  void bring_within_bounds() {
    const Rational whole = all_areas();
    Rational overrides = 0, floors = 0;
    for (const std::string& area : out_.areas) (bounds_[area].pinned ? overrides : floors) += bounds_[area].low;
    if (overrides > whole) throw Refused{"overrides"};
    if (overrides + floors > whole) {
      if (refuses_) throw Refused{"floors"};
      for (auto& [area, amount] : amounts_) {
        const Bound& bound = bounds_[area];
        amount = bound.pinned ? bound.low : bound.low * (whole - overrides) / floors;
      }
      return;
    }
    const Pence start = amounts_;
    const auto at = [&](const Rational& factor) {
      Pence out;
      for (const auto& [area, amount] : start) out[area] = bounds_.at(area).within(amount * factor);
      return out;
    };
    const auto sum_at = [&](const Rational& factor) {
      Rational sum = 0;
      for (const auto& [area, amount] : at(factor)) sum += amount;
      return sum;
    };
    // Between two factors at which an area meets one of its bounds the sum grows in a straight line.
    std::set<Rational> bends = {0};
    Rational slope = 0;  // behind the last bend
    for (const auto& [area, amount] : start) {
      const Bound& bound = bounds_.at(area);
      if (amount == 0 || bound.pinned) continue;
      bends.insert(bound.low / amount);
      if (bound.cap)
        bends.insert(bound.high() / amount);
      else
        slope += amount;
    }
    Rational from = 0;
    for (const Rational& bend : bends) {
      if (sum_at(bend) < whole) {
        from = bend;
        continue;
      }
      const Rational rise = sum_at(bend) - sum_at(from);
      amounts_ = at(rise == 0 ? bend : from + (whole - sum_at(from)) * (bend - from) / rise);
      return;
    }
    amounts_ = at(slope == 0 ? from : from + (whole - sum_at(from)) / slope);
    remaining_ += whole - all_areas();  // everybody is at a cap, or has nothing to be multiplied
  }

  // --- the end
  // --------------------------------------------------------------------------------------------------------

  void round() {
    std::vector<Rational> exact;
    Rational sum = 0;
    for (const std::string& area : out_.areas) {
      exact.push_back(amounts_[area]);
      sum += exact.back();
    }
    out_.before_rounding = exact;
    std::vector<Whole> units;
    if (rule_ == "largest_remainder") {
      const Whole whole = floor_of(sum / unit_);
      Whole cut = 0;
      for (const Rational& amount : exact) {
        units.push_back(floor_of(amount / unit_));
        cut += units.back();
      }
      // As many more units as the amounts come to, to the largest remainders.
      std::vector<std::size_t> order(exact.size());
      for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
      std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const Rational mine = exact[a] / unit_ - Rational(units[a]), other = exact[b] / unit_ - Rational(units[b]);
        return mine != other ? mine > other : out_.areas[a] < out_.areas[b];
      });
      std::vector<std::size_t> more;
      for (const std::size_t i : order)
        if (Whole(more.size()) < whole - cut) more.push_back(i);
      for (const std::size_t i : more) units[i] += 1;
    } else {
      for (const Rational& amount : exact)
        units.push_back(rule_ == "nearest" ? nearest_of(amount / unit_) : floor_of(amount / unit_));
    }
    Whole given = 0;
    for (const Whole& unit : units) {
      out_.amounts.push_back(unit * floor_of(unit_));
      given += out_.amounts.back();
    }
    bear_the_rest(floor_of(sum) - given);
    out_.unallocated = out_.known + out_.over_programmed;
    for (const auto& [purpose, pence] : out_.held) out_.unallocated -= pence;
    for (const Whole& amount : out_.amounts) out_.unallocated -= amount;
    if (out_.unallocated < 0 && !may_exceed_) throw Refused{"rounding gives out more than there is"};
    list_not_met();
    if (const json::value* tranches = member(scheme_, "tranches")) {
      std::vector<Rational> shares;
      std::vector<std::string> names;
      for (const json::value& one : tranches->as_array()) {
        shares.push_back(percent_of(one.as_object().at("percent")));
        names.push_back(text_of(one.as_object(), "name"));
      }
      for (const Whole& amount : out_.amounts) out_.tranches.push_back(largest_remainders(amount, shares, names));
    }
  }

  void bear_the_rest(const Whole& rest) {
    if (rest_to_.empty()) return;
    const auto bear = [&](Whole& amount) {
      amount += rest;
      if (amount < 0) throw Refused{"nothing to bear the rest with"};
    };
    for (std::size_t i = 0; i < out_.areas.size(); ++i)
      if (out_.areas[i] == rest_to_) return bear(out_.amounts[i]);
    for (auto& [purpose, pence] : out_.held)
      if (purpose == rest_to_) return bear(pence);
  }

  void list_not_met() {
    for (const Asked& one : asked_)
      for (std::size_t i = 0; i < out_.areas.size(); ++i) {
        if (out_.areas[i] != one.area) continue;
        const Rational amount(out_.amounts[i]);
        if ((one.wanted.least && amount < *one.wanted.least) || (one.wanted.most && amount > *one.wanted.most))
          out_.not_met.emplace(one.step, one.area);
      }
  }

  struct Asked {
    std::size_t step;
    std::string area;
    Wanted wanted;
  };

  const json::object& scheme_;
  Answer out_;
  std::size_t at_ = 0;
  Rational known_ = 0, available_ = 0, remaining_ = 0, unit_ = 1;
  std::string rule_, rest_to_;
  bool may_exceed_ = false;
  Pence amounts_, last_year_;
  std::map<std::string, std::size_t> authorities_;
  std::map<std::string, Bound> bounds_;
  std::vector<Asked> asked_;
  bool refuses_ = false, beside_each_other_ = false;
  Pence before_limits_;
  Rational remaining_before_limits_ = 0;
};

}  // namespace

Answer work_out(std::string_view text) {
  const json::value scheme = json::parse(text);
  try {
    return Engine(scheme.as_object()).run();
  } catch (const Refused& refused) {
    Answer out;
    out.refused = refused.why;
    return out;
  }
}

}  // namespace second
