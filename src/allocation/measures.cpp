#include "allocation/measures.h"

#include <algorithm>
#include <cstdlib>

#include "allocation/known_funds.h"
#include "allocation/read_scheme.h"
#include "base/marked.h"
#include "base/text.h"
#include "base/translation.h"

namespace tithing::allocation {
namespace {

using figures::Address;
using figures::Figure;
using figures::Input;
using figures::Quantity;
using figures::Source;
using figures::Unit;
using Area = MeasuredTable::Area;

// A share has no penny in it: it may be shown through a double.
double shown(const Fraction& share) { return std::strtod(share.decimal(15).c_str(), nullptr); }

std::optional<Fraction> ratio(Money part, Money whole) {
  if (whole.pence == 0) return std::nullopt;
  return Fraction(Integer(part.pence), Integer(whole.pence));
}

// "tranche-2" -> 2.
std::optional<std::size_t> number_after(const std::string& text, const std::string& before) {
  if (!text.starts_with(before) || text.size() == before.size() || text.size() > before.size() + 4) return std::nullopt;
  const std::string digits = text.substr(before.size());
  if (digits.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  const auto value = static_cast<std::size_t>(std::stoul(digits));
  return value == 0 ? std::nullopt : std::optional(value);
}

constexpr const char* kOfMeasure = "fixed for every scheme alike (the guide to allocation, how sure a split is)";

class Measurer {
 public:
  explicit Measurer(const MeasuredTable& table) : table_(table) {}

  Result<Figure> of_area(const Area& area, const std::string& of) const {
    const auto titled = [&](Quantity quantity, const char* what) {
      return begun(std::move(quantity), area.name + ", " + what, area.key, of);
    };
    if (of == "share") {
      const auto share = ratio(area.amount, table_.total);
      Figure out = titled(share ? Quantity::real(shown(*share), Unit::share, "of what the areas get", 2)
                                : Quantity::unknown(Unit::share, "of what the areas get", "The areas get nothing."),
                          "share of what the areas get");
      out.working.formula = "s = a / t";
      out.working.rounding = "Shown to two decimals of a per cent; worked out exactly.";
      add(out, "a", "amount", table_.amount(area.key));
      add(out, "t", "all areas", pointer(table_.total, "", "total", "total of the areas"));
      return out;
    }
    if (of == "population") {
      Figure out = titled(area.population ? Quantity::count(*area.population, "people")
                                          : Quantity::unknown(Unit::count, "people", "The scheme gives no population."),
                          "people");
      out.working.in_words = "As the scheme gives it.";
      out.working.rounding = "None: a count.";
      if (area.population)
        out.working.inputs.push_back(Input::of("", "people", grouped(*area.population), table_.grounds.scheme));
      return out;
    }
    if (of == "per-head") {
      const bool known = area.population && *area.population > 0;
      Figure out = titled(
          known ? Quantity::pence(
                      Fraction(Integer(area.amount.pence), Integer(*area.population)).nearest().to_int64().value_or(0))
                : Quantity::unknown(Unit::pence, "pence", "The scheme gives no population."),
          "amount per head");
      out.working.formula = "h = a / p";
      out.working.rounding = "To the nearest penny.";
      add(out, "a", "amount", table_.amount(area.key));
      if (known) add(out, "p", "people", *of_area(area, "population"));
      return out;
    }
    if (of == "last-year") {
      Figure out = titled(area.last_year ? Quantity::pence(area.last_year->pence)
                                         : not_known_money("No source here has last year's amount."),
                          "last year's money");
      out.working.in_words =
          "As its source states it; where areas merged or were split, carried to the areas of this year.";
      out.working.rounding = "None: whole pence.";
      if (area.last_year)
        out.working.inputs.push_back(
            Input::of("", "last year's amount", area.last_year->text(),
                      table_.grounds_last_year.name.empty() ? table_.grounds.scheme : table_.grounds_last_year));
      return out;
    }
    if (of == "change") {
      Figure out = titled(area.last_year ? Quantity::pence(area.amount.pence - area.last_year->pence)
                                         : not_known_money("Last year's amount is not known."),
                          "change against last year");
      out.working.formula = "c = a - b";
      out.working.rounding = "None: whole pence.";
      add(out, "a", "amount", table_.amount(area.key));
      add(out, "b", "last year's money", *of_area(area, "last-year"));
      return out;
    }
    if (of == "change-share") {
      const auto share =
          area.last_year ? ratio(Money{area.amount.pence - area.last_year->pence}, *area.last_year) : std::nullopt;
      Figure out = titled(change(share, no_change_share(area.last_year)), "change against last year, in per cent");
      out.working.formula = "r = c / b";
      out.working.rounding = "Shown to two decimals of a per cent; worked out exactly.";
      add(out, "c", "change", *of_area(area, "change"));
      add(out, "b", "last year's money", *of_area(area, "last-year"));
      return out;
    }
    if (const auto n = number_after(of, "tranche-"); n && *n <= area.tranches.size() && *n <= table_.tranches.size()) {
      const Tranche& tranche = table_.tranches[*n - 1];
      Figure out = titled(Quantity::pence(area.tranches[*n - 1].pence), tranche.name.c_str());
      out.working.formula = "t = a x p";
      out.working.rounding = "To the penny, so that the parts come to the amount.";
      add(out, "a", "amount", table_.amount(area.key));
      out.working.inputs.push_back(Input::of("p", tranche.name, tranche.share.text() + "%", table_.grounds.scheme));
      return out;
    }
    if (of == "lowest" || of == "highest" || of == "same-sign") return stability(area, of);
    return none(of);
  }

  Result<Figure> of_table(const std::string& of) const {
    if (of == "total")
      return sum(
          of, "total of the areas", [](const Area& area) { return std::optional(area.amount); }, "");
    if (of == "total-last-year")
      return sum(
          of, "last year's total", [](const Area& area) { return area.last_year; }, "last-year");
    if (of == "total-change" || of == "total-change-share") {
      std::optional<Money> before = Money{};
      for (const Area& area : table_.areas)
        before = before && area.last_year ? std::optional(Money{before->pence + area.last_year->pence}) : std::nullopt;
      const std::string why = "Last year's amount of an area is not known.";
      const bool share = of == "total-change-share";
      Figure out =
          begun(share ? change(before ? ratio(Money{table_.total.pence - before->pence}, *before) : std::nullopt,
                               no_change_share(before, "Last year's total"))
                : before ? Quantity::pence(table_.total.pence - before->pence)
                         : not_known_money(why),
                share ? "change of the total, in per cent" : "change of the total", "", of);
      out.working.formula = share ? "r = (t - b) / b" : "c = t - b";
      out.working.rounding = share ? "Shown to two decimals of a per cent; worked out exactly." : "None: whole pence.";
      add(out, "t", "total of the areas", *of_table("total"));
      add(out, "b", "last year's total", *of_table("total-last-year"));
      return out;
    }
    if (of == "known") {
      const bool none_known = nothing_known(table_.funds);
      Figure out = begun(none_known ? not_known_money("No fund of the pot has an amount that is known.")
                                    : Quantity::pence(table_.known.pence),
                         "known funds", "", of);
      const bool floor = !none_known && std::any_of(table_.funds.begin(), table_.funds.end(),
                                                    [](const Fund& fund) { return !fund.amount; });
      out.quantity.partial = floor;
      out.working.in_words = "The sum of the funds of the pot whose amount is known.";
      out.working.rounding = "None: whole pence.";
      out.working.inputs.push_back(Input::of("", "known funds", table_.known.text(), table_.grounds.pot));
      return out;
    }
    if (const auto n = number_after(of, "held-back-"); n && *n <= table_.held_back.size()) {
      const auto& [purpose, amount] = table_.held_back[*n - 1];
      Figure out = begun(Quantity::pence(amount.pence), "held back: " + purpose, "", of);
      out.working.in_words = "Goes to no area: kept for this purpose, by the pot or by a step of the scheme.";
      out.working.rounding = "To the penny.";
      out.working.inputs.push_back(Input::of("", purpose, amount.text(), table_.grounds.scheme));
      return out;
    }
    if (of == "retained") {
      Money sum;
      for (const auto& held : table_.held_back) sum.pence += held.second.pence;
      Figure out = begun(Quantity::pence(sum.pence), "what goes to no area, for a purpose", "", of);
      out.working.in_words = "The sum of what is held back.";
      out.working.rounding = "None: whole pence.";
      for (std::size_t i = 0; i < table_.held_back.size(); ++i)
        add(out, "", table_.held_back[i].first, *of_table("held-back-" + std::to_string(i + 1)));
      if (table_.held_back.empty())
        out.working.inputs.push_back(Input::of("", "held back", "nothing", table_.grounds.scheme));
      return out;
    }
    if (const auto n = number_after(of, "fund-"); n && *n <= table_.funds.size()) {
      const Fund& fund = table_.funds[*n - 1];
      Figure out = begun(
          fund.amount ? Quantity::pence(fund.amount->pence) : not_known_money("It is not known, which is not nought."),
          fund.name, "", of);
      out.working.in_words = "As the pot states it.";
      out.working.rounding = "None: whole pence.";
      if (fund.amount) out.working.inputs.push_back(Input::of("", fund.name, fund.amount->text(), table_.grounds.pot));
      return out;
    }
    if (of == "funds") {
      Figure out = begun(
          Quantity::count(static_cast<std::int64_t>(table_.funds.size()), table_.funds.size() == 1 ? "fund" : "funds"),
          "funds of the pot", "", of);
      out.working.in_words = "The funds of the pot, known or not.";
      out.working.rounding = "None: a count.";
      for (const Fund& fund : table_.funds)
        out.working.inputs.push_back(Input::of("", "fund", fund.name, table_.grounds.pot));
      return out;
    }
    if (of == "over-programmed") {
      Figure out = begun(Quantity::pence(table_.over_programmed.pence), "awarded beyond the pot", "", of);
      out.working.in_words = "Declared in the scheme as more than there is.";
      out.working.rounding = "None: whole pence.";
      out.working.inputs.push_back(
          Input::of("", "awarded beyond the pot", table_.over_programmed.text(), table_.grounds.scheme));
      return out;
    }
    if (of == "excess") {
      Figure out =
          begun(Quantity::pence(table_.over_programmed.pence + std::max<std::int64_t>(0, -table_.unallocated.pence)),
                "awarded beyond the known funds", "", of);
      out.working.formula = "e = o + b";
      out.working.rounding = "None: whole pence.";
      add(out, "o", "declared as over-programming", *of_table("over-programmed"));
      add(out, "b", "what rounding awards beyond that", *of_table("beyond"));
      return out;
    }
    if (of == "beyond") {
      Figure out =
          begun(Quantity::pence(-table_.unallocated.pence), "what rounding awards beyond what there is", "", of);
      out.working.formula = "b = -u";
      out.working.rounding = "None: whole pence.";
      add(out, "u", "what goes to no area", *of_table("unallocated"));
      return out;
    }
    if (of == "unallocated") {
      Figure out = begun(Quantity::pence(table_.unallocated.pence), "what goes to no area", "", of);
      out.working.formula = "u = k + o - h - t";
      out.working.rounding = "None: whole pence.";
      add(out, "k", "known funds", *of_table("known"));
      if (table_.over_programmed.pence != 0) add(out, "o", "awarded beyond the pot", *of_table("over-programmed"));
      for (std::size_t i = 0; i < table_.held_back.size(); ++i)
        add(out, "h", table_.held_back[i].first, *of_table("held-back-" + std::to_string(i + 1)));
      add(out, "t", "total of the areas", *of_table("total"));
      return out;
    }
    if (of == "areas" || of == "gain" || of == "lose" || of == "stay" || of == "unknown") return count(of);
    if (of.starts_with("draws-") || of.starts_with("move-")) return of_weights(of);
    return none(of);
  }

 private:
  Figure begun(Quantity quantity, const std::string& what, const std::string& area, const std::string& of) const {
    Figure out;
    out.address = measure_address(table_.address, area, of);
    out.quantity = std::move(quantity);
    out.working.title = table_.title + ": " + what;
    return out;
  }

  static Quantity not_known_money(const char* why) { return not_known_money(std::string(why)); }
  static Quantity not_known_money(std::string why) { return Quantity::unknown(Unit::pence, "pence", std::move(why)); }

  static Quantity change(const std::optional<Fraction>& share, const std::string& why) {
    return share ? Quantity::real(shown(*share), Unit::change, "", 2) : Quantity::unknown(Unit::change, "", why);
  }

  static void add(Figure& out, std::string symbol, std::string label, Figure input) {
    out.working.inputs.push_back(Input::of(std::move(symbol), std::move(label), std::move(input)));
  }

  // A figure that its own address explains: named with its value, without its tree.
  Figure pointer(Money amount, const std::string& area, const std::string& of, const std::string& what) const {
    return begun(Quantity::pence(amount.pence), what, area, of);
  }

  template <class Value>
  Figure sum(const std::string& of, const std::string& what, Value value, const std::string& measure) const {
    std::optional<Money> total = Money{};
    Figure out = begun(Quantity::pence(0), what, "", of);
    out.working.in_words = "The sum of the areas.";
    out.working.rounding = "None: whole pence.";
    for (const Area& area : table_.areas) {
      const std::optional<Money> one = value(area);
      if (!one) {
        total.reset();
        out.working.caveats.push_back(area.name + ": last year's amount is not known, so there is no total.");
        continue;
      }
      if (total) total->pence += one->pence;
      add(out, "", area.name, pointer(*one, area.key, measure, area.name));
    }
    out.quantity =
        total ? Quantity::pence(total->pence) : not_known_money("Last year's amount of an area is not known.");
    return out;
  }

  Figure count(const std::string& of) const {
    Figure out = begun(Quantity::count(0, "areas"),
                       of == "areas"     ? "areas"
                       : of == "unknown" ? "areas whose last year is not known"
                                         : "areas that " + of,
                       "", of);
    out.working.in_words = of == "areas"  ? "The areas of the scheme."
                           : of == "gain" ? "Areas that get more than last year."
                           : of == "lose" ? "Areas that get less than last year."
                           : of == "stay" ? "Areas that get as much as last year."
                                          : "Areas of which last year's amount is not known.";
    out.working.rounding = "None: a count.";
    std::int64_t number = 0;
    for (const Area& area : table_.areas) {
      const std::int64_t moved = area.last_year ? area.amount.pence - area.last_year->pence : 0;
      const bool counts = of == "areas" || (of == "unknown" ? !area.last_year
                                                            : area.last_year && (of == "gain"   ? moved > 0
                                                                                 : of == "lose" ? moved < 0
                                                                                                : moved == 0));
      if (!counts) continue;
      ++number;
      if (area.last_year) {
        add(out, "", area.name, pointer(Money{moved}, area.key, "change", area.name));
      } else {
        add(out, "", area.name, pointer(area.amount, area.key, "", area.name));
      }
    }
    if (number == 0)
      out.working.inputs.push_back(Input::of(
          "", "areas looked at", grouped(static_cast<std::int64_t>(table_.areas.size())), table_.grounds.scheme));
    out.quantity = Quantity::count(number, number == 1 ? "area" : "areas");
    return out;
  }

  void of_draws(Figure& out, const Sensitivity& found) const {
    out.working.in_words =
        "Every weight is moved at random by at most a tenth of itself, the others keeping their proportions, and the "
        "scheme worked out again.";
    out.working.rounding = "To the nearest penny.";
    out.working.inputs.push_back(
        Input::of("n", "random moves", grouped(found.stability.draws), figures::Constant{kOfMeasure}));
    out.working.inputs.push_back(Input::of("", "seed", std::to_string(found.stability.seed), figures::Chosen{"seed"}));
    out.working.inputs.push_back(Input::of("", "at most, of a weight", "10%", figures::Constant{kOfMeasure}));
  }

  Result<Figure> stability(const Area& area, const std::string& of) const {
    if (!table_.sensitivity) return none(of);
    const auto found = table_.sensitivity();
    if (!found) return pass_on(found);
    for (const Stability::Area& one : found->stability.areas) {
      if (one.key != area.key) continue;
      Figure out = begun(of == "same-sign" ? Quantity::count(one.same_sign, "moves")
                                           : Quantity::pence(of == "lowest" ? one.lowest.pence : one.highest.pence),
                         area.name + (of == "lowest"    ? ", the lowest amount while every weight moves"
                                      : of == "highest" ? ", the highest amount while every weight moves"
                                                        : ", moves after which it gains or loses as now"),
                         area.key, of);
      of_draws(out, *found);
      add(out, "a", "amount as it is", table_.amount(area.key));
      return out;
    }
    return none(of);
  }

  Result<Figure> of_weights(const std::string& of) const {
    if (!table_.sensitivity) return none(of);
    const auto found = table_.sensitivity();
    if (!found) return pass_on(found);
    if (of == "draws-in-order" || of == "draws-worked-out") {
      const bool in_order = of == "draws-in-order";
      Figure out =
          begun(Quantity::count(in_order ? found->stability.same_top_five : found->stability.worked_out, "moves"),
                in_order ? "moves after which the five largest keep their order"
                         : "moves under which the scheme can be worked out",
                "", of);
      of_draws(out, *found);
      return out;
    }
    const bool to = of.ends_with("-to");
    const std::size_t end = of.rfind('-');
    const auto n = (to || of.ends_with("-from")) ? number_after(of.substr(0, end), "move-") : std::nullopt;
    if (!n || *n > found->moves.size()) return none(of);
    const WeightMove& move = found->moves[*n - 1];
    const std::string text = (to ? move.to : move.from).text();
    Quantity quantity = Quantity::stated(text).value_or(Quantity::unknown(Unit::share, "per cent", "It is no number."));
    Figure out =
        begun(std::move(quantity), "weight of " + move.indicator_name + (to ? ", moved to" : ", as it is"), "", of);
    out.working.in_words =
        to ? "The smallest move of this weight, the others keeping their proportions, after which: " + move.what + "."
           : "The weight that the scheme gives.";
    if (to) {
      out.working.inputs.push_back(
          Input::of("", "weight as it is, in per cent", move.from.text(), table_.grounds.scheme));
      out.working.inputs.push_back(
          Input::of("", "moved in steps of points", found->grid.text(), figures::Constant{kOfMeasure}));
    } else {
      out.working.inputs.push_back(Input::of("", "weight, in per cent", text, table_.grounds.scheme));
    }
    return out;
  }

  static Result<Figure> none(const std::string& of) {
    return not_found(
        tr("This table has no {0}. With an area there are share, per-head, population, last-year, change, "
           "change-share and its parts; without one total, known and the like.",
           {of}));
  }

  const MeasuredTable& table_;
};

// What stands beside the number while it is pointed at.
std::string one_line_of(const std::string& of) {
  if (of.empty()) return "Every step of the scheme, added up and rounded once";
  if (of == "share") return "The amount over what all areas get";
  if (of == "per-head") return "The amount over the people of the area";
  if (of == "last-year") return "As its source states it, carried to the areas of this year";
  if (of == "change") return "The amount less last year's";
  if (of == "change-share") return "The change over last year's amount";
  if (of == "total" || of == "total-last-year") return "The sum of the areas";
  if (of == "known") return "The funds that are known";
  if (of == "excess") return "Over-programming and what rounding awards beyond it";
  if (of == "unallocated") return "Known funds less what is held back and what the areas get";
  if (of.starts_with("tranche-")) return "The amount in the scheme's parts";
  if (of.starts_with("held-back-")) return "Goes to no area";
  return "Opens its working";
}

}  // namespace

MeasuredTable measured(const Scheme& scheme, const Allocation& allocation, Address address, Grounds grounds) {
  MeasuredTable out;
  out.title = scheme.title;
  out.address = std::move(address);
  out.tranches = scheme.tranches;
  out.funds = scheme.pot.funds;
  for (std::size_t i = 0; i < allocation.areas.size(); ++i)
    out.areas.push_back({allocation.areas[i].key, allocation.areas[i].name, allocation.areas[i].amount,
                         allocation.areas[i].last_year, scheme.areas[i].population, allocation.areas[i].tranches});
  for (const HeldBack& held : allocation.held_back) out.held_back.emplace_back(held.purpose, held.amount);
  out.total = allocation.total;
  out.known = allocation.pot.known;
  out.over_programmed = allocation.over_programmed;
  out.unallocated = allocation.unallocated;
  out.grounds = std::move(grounds);
  return out;
}

Result<Figure> measure(const MeasuredTable& table, const std::string& area, const std::string& of) {
  const Measurer measurer(table);
  if (area.empty()) return measurer.of_table(of);
  for (const MeasuredTable::Area& one : table.areas)
    if (one.key == area) return measurer.of_area(one, of);
  return not_found(tr("The table has no area {0}.", {area}));
}

Address measure_address(Address amount, const std::string& area, const std::string& of) {
  amount.parameters.values.erase("area");
  amount.parameters.values.erase("of");
  if (!area.empty()) amount.parameters.values["area"] = area;
  if (!of.empty()) amount.parameters.values["of"] = of;
  return amount;
}

Words marked_excess(const std::string& sentence, const std::optional<Address>& amount, Money over_programmed,
                    Money by_rounding) {
  if (!amount) return sentence;
  const auto part = [&](const char* of, Money money) { return measured_number(*amount, "", of, money.text()); };
  if (over_programmed.pence == 0) return marked(sentence, {part("beyond", by_rounding)});
  return marked(sentence, {part("excess", {over_programmed.pence + by_rounding.pence}),
                           part("over-programmed", over_programmed), part("beyond", by_rounding)});
}

Words marked_note(const std::string& note, const Address& amount, const Allocation& allocation) {
  const Money left = allocation.unallocated;
  const auto part = [&](const char* of, Money money) { return measured_number(amount, "", of, money.text()); };
  if (left.pence < 0 && note.starts_with("The rounded amounts come to "))
    return marked(note, {part("beyond", Money{-left.pence}), part("over-programmed", allocation.over_programmed)});
  if (left.pence > 0 && note == left.text() + " goes to no area.") return marked(note, {part("unallocated", left)});
  return note;
}

Numeral measured_number(const Address& amount, const std::string& area, const std::string& of, std::string shown_text) {
  return {std::move(shown_text), Numeral::Kind::figure, measure_address(amount, area, of).path(), one_line_of(of)};
}

}  // namespace tithing::allocation
