#include "allocation/scheme_words.h"

#include "base/text.h"

namespace tithing::allocation {
namespace {

// Exact: where the decimals do not end, the fraction stands beside them.
std::string percent_text(const Fraction& share) {
  const std::string text = (share * Fraction(100)).text();
  if (text.find('/') == std::string::npos) return text + "%";
  return (share * Fraction(100)).decimal(2) + "% (exactly " + share.text() + ")";
}

// "£30,000.00", "20% of the pot", or "All that remains" where nothing is given.
std::string size_text(const Size& size, const std::string& of) {
  if (size.amount) return size.amount->text();
  if (size.share) return percent_text(*size.share) + " of " + of;
  return "All that remains";
}

class Words {
 public:
  explicit Words(const Scheme& scheme) : scheme_(scheme) {}

  std::string operator()(const HoldBack& what) const {
    const std::string of = what.of == HoldBack::Of::pot         ? "the pot"
                           : what.of == HoldBack::Of::remaining ? "what remains"
                                                                : "the areas' amounts so far, from each in proportion,";
    return size_text(what.size, of) + " is held back for: " + what.purpose + ".";
  }
  std::string operator()(const FixedAmount& what) const {
    return what.amount.text() + (what.per_authority ? " for each constituent authority of " : " to ") +
           areas(what.areas) + ".";
  }
  std::string operator()(const WeightedIndicators& what) const {
    std::vector<std::string> names;
    for (const Indicator& indicator : what.indicators)
      names.push_back(indicator.name + " " + indicator.weight.text() + "%");
    return size_text(what.size, "what remains") +
           " is shared by each area's part of weighted indicators: " + joined(names, ", ") + ".";
  }
  std::string operator()(const DirectShares& what) const {
    const char* by = what.by == DirectShares::By::last_year ? "last year's split"
                     : what.by == DirectShares::By::amounts ? "amounts that are given"
                                                            : "percentages that are given";
    return size_text(what.size, "what remains") + " is shared by " + by + ".";
  }
  std::string operator()(const Limit& what) const {
    const bool loss = what.kind == Limit::Kind::hold_harmless, gain = what.kind == Limit::Kind::gain_limit;
    std::string size;
    if (!what.by_area.empty()) {
      std::vector<std::string> each;
      for (const auto& [key, amount] : what.by_area) each.push_back(name_of(key) + " " + amount.text());
      size = joined(each, ", ");
    } else {
      size = what.amount  ? what.amount->text()
             : what.share ? percent_text(*what.share) + " of last year's amount"
                          : "nothing";
    }
    std::string out;
    if (loss) out = "No area loses more than " + size + " against last year";
    if (gain) out = "No area gains more than " + size + " against last year";
    if (what.kind == Limit::Kind::floor) out = "At least " + size;
    if (what.kind == Limit::Kind::cap) out = "At most " + size;
    if (what.by_area.empty())
      out += (loss || gain) && what.areas.empty() ? "" : (loss || gain ? ": " : " for ") + areas(what.areas);
    return out + ". What one area gains or loses by it, the others share again in proportion.";
  }
  std::string operator()(const PhaseIn& what) const {
    const Fraction moved = what.path[static_cast<std::size_t>(what.year) - 1];
    return "Year " + std::to_string(what.year) + " of " + std::to_string(what.path.size()) + ": each area is " +
           percent_text(moved) + " of the way from last year's split of this year's money to the formula's amount.";
  }
  std::string operator()(const Override& what) const {
    return name_of(what.area) + " is set to " + what.value.text() + ". Reason: " + said(what.reason) +
           " Approved by: " + said(what.approver) + " The others share the rest again in proportion.";
  }
  std::string operator()(const OverProgramming& what) const {
    return (what.size.given() ? size_text(what.size, "the known funds") : std::string("Money")) +
           " is awarded beyond what there is, underwritten by " + said(what.underwritten_by);
  }

 private:
  // As a sentence's end.
  static std::string said(const std::string& text) {
    return text.empty() ? "not stated." : text.back() == '.' ? text : text + ".";
  }

  std::string name_of(const std::string& key) const {
    for (const Area& area : scheme_.areas)
      if (area.key == key) return area.name;
    return key;
  }
  std::string areas(const std::vector<std::string>& keys) const {
    if (keys.empty()) return "each area";
    std::vector<std::string> names;
    for (const std::string& key : keys) names.push_back(name_of(key));
    return joined(names, ", ");
  }

  const Scheme& scheme_;
};

}  // namespace

std::string in_words(const Scheme& scheme, std::size_t step) {
  return std::visit(Words(scheme), scheme.steps.at(step).what);
}

std::string in_words(const Rounding& rule) {
  std::string out;
  switch (rule.rule) {
    case Rounding::Rule::nearest:
      out = "To the nearest " + rule.unit.text() + ", halves up.";
      break;
    case Rounding::Rule::truncate:
      out = "Cut to whole units of " + rule.unit.text() + ".";
      break;
    case Rounding::Rule::largest_remainder:
      out = "Cut to whole units of " + rule.unit.text() +
            "; the units left go to the largest remainders, ties in the order of the areas' keys.";
      break;
  }
  if (!rule.rest_to.empty()) out += " What rounding leaves is borne by \xE2\x80\x9C" + rule.rest_to + "\xE2\x80\x9D.";
  if (rule.may_exceed) out += " It is declared that the rounded amounts may come to more than there is.";
  return out;
}

std::string in_words(const Indicator& indicator, std::size_t periods) {
  std::string out;
  switch (indicator.transform) {
    case Transform::count:
      out = "count";
      break;
    case Transform::rate:
      out = "rate per " + grouped(indicator.per);
      break;
    case Transform::share:
      out = "percentage";
      break;
  }
  if (indicator.decimals) out += " to " + plural(*indicator.decimals, "decimal", "decimals");
  if (periods > 1) out += ", mean of " + std::to_string(periods) + " periods";
  return out;
}

std::vector<std::string> successions_in_words(const Scheme& scheme) {
  std::vector<std::string> out;
  for (const Succession& succession : scheme.successions) {
    std::vector<std::string> before;
    for (const std::string& key : succession.before) {
      const bool named = scheme.last_year && scheme.last_year->names.count(key) == 1;
      before.push_back(named ? scheme.last_year->names.at(key) : key);
    }
    for (const Succession::After& after : succession.after) {
      std::string name = after.area;
      for (const Area& area : scheme.areas)
        if (area.key == after.area) name = area.name;
      out.push_back(name + " succeeds " + joined(before, ", ") +
                    (after.share ? " with " + after.share->text() + "% of the money" : "") + ".");
    }
  }
  return out;
}

}  // namespace tithing::allocation
