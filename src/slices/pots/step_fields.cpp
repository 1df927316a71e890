#include "slices/pots/step_fields.h"

#include <algorithm>

#include "allocation/printed_text.h"
#include "base/text.h"
#include "base/translation.h"

namespace tithing::pots {
namespace {

using forms::Field;
using forms::Kind;

Field choice(std::string name, html::Content label, forms::Choices choices, html::Content hint = {}) {
  return {.name = std::move(name),
          .label = std::move(label),
          .kind = Kind::choice,
          .hint = std::move(hint),
          .choices = std::move(choices)};
}

Field needed(Field field) {
  field.missing = "Write an amount in pounds and pence, for example 1,500.00.";
  return field;
}

forms::Choices choices_of(const Scheme& scheme) {
  forms::Choices out;
  for (const Area& area : scheme.areas) out.emplace_back(area.key, area.name);
  return out;
}

Field only_for(const Scheme& scheme) {
  return {.name = "areas",
          .label = tr("Only for"),
          .kind = Kind::ticks,
          .hint = tr("None: for every area."),
          .choices = choices_of(scheme)};
}

std::vector<Field> size(const Message& of, bool all) {
  return {
      money_field("amount", tr("Amount"),
                  all ? html::Content(tr("Leave amount and percentage empty for all that remains.")) : html::Content()),
      per_cent_field("percent", of)};
}

Field short_of(const std::string& type) {
  return choice("when-short", tr("Where there is not enough for all"),
                type == "floor" || type == "hold_harmless"
                    ? forms::Choices{{"refuse", tr("Refuse the scheme")},
                                     {"in_proportion", tr("Meet each in proportion, and say so")}}
                    : forms::Choices{});
}

// How far along the way each year is: "33.3, 66.7, 100".
std::vector<std::string> path_parts(const Entered& entered) { return forms::lines_of(at(entered, "path"), ','); }

std::optional<Fraction> part_of(std::string text) {
  if (text.ends_with('%')) text.pop_back();
  const auto value = Fraction::parse(text);
  return value ? std::optional(*value / Fraction(100)) : std::nullopt;
}

Field path_field() {
  Field path = text_field("path", tr("How far along the way each year is, in per cent"),
                          tr("For example 33.3, 66.7, 100, or 100/3, 200/3, 100 for equal steps over three years."));
  path.check = [](const std::string& text) -> std::optional<std::string> {
    const auto parts = forms::lines_of(text, ',');
    for (const std::string& part : parts)
      if (!part_of(part)) return refused_number(part, Fraction::parse(part).error().message);
    return parts.size() > 50 ? std::optional<std::string>("Phase in over 50 years at most.") : std::nullopt;
  };
  return path;
}

std::map<std::string, Fraction> numbers_by_area(const Entered& entered, const StepQuestions& asks,
                                                const Scheme& scheme) {
  std::map<std::string, Fraction> out;
  for (const Area& area : scheme.areas) {
    const std::string field = of_area(asks.by_area, area.key);
    if (asks.money) {
      if (const auto amount = money_in(entered, field)) out[area.key] = Fraction::of(*amount);
    } else if (const auto part = fraction_in(entered, field)) {
      out[area.key] = *part;
    }
  }
  return out;
}

std::string parts_text(const DirectShares& shares) {
  std::string out;
  for (const auto& [key, value] : shares.values)
    out += key + "," +
           (shares.by == DirectShares::By::amounts ? Money{value.nearest().to_int64().value_or(0)}.plain()
                                                   : value.text()) +
           "\n";
  return out;
}

}  // namespace

const std::vector<StepType>& step_types() {
  static const std::vector<StepType> all = {
      {"hold_back", "Hold-back", "Money that goes to no area, for a named purpose."},
      {"fixed_amount", "Fixed amount", "The same amount for each area, or for each of its constituent authorities."},
      {"weighted_indicators", "Weighted indicators",
       "Shares money by each area's part of one or more indicators, such as population and recorded crime."},
      {"direct_shares", "Direct shares", "Shares money by a split that is given, such as last year's."},
      {"floor", "Floor", "No area gets less; the others share the rest again."},
      {"cap", "Cap", "No area gets more; the others share what is freed."},
      {"hold_harmless", "Hold-harmless", "No area loses more than so much against last year."},
      {"gain_limit", "Gain limit", "No area gains more than so much against last year."},
      {"phase_in", "Phase-in", "Moves from last year's split to the formula's over several years."},
      {"override", "Override", "Sets one area's amount, with a reason and who approved it."},
      {"over_programming", "Over-programming", "Awards more than there is; somebody answers for the difference."},
  };
  return all;
}

const StepType* find_step_type(const std::string& code) {
  for (const StepType& type : step_types())
    if (type.code == code) return &type;
  return nullptr;
}

std::string type_of(const Step& step) {
  std::string name = name_of(step);
  for (char& c : name)
    if (c == ' ' || c == '-') c = '_';
  return name;
}

StepQuestions step_questions(const std::string& type, const Entered& entered, const Scheme& scheme) {
  StepQuestions out;
  if (type == "hold_back") {
    out.first = size(tr("Or per cent"), false);
    out.first.insert(out.first.begin(), text_field("purpose", tr("What the money is held back for")));
    out.first.push_back(choice("of", tr("Of what"),
                               {{"pot", tr("Of the pot")},
                                {"remaining", tr("Of what remains at this step")},
                                {"allocations", tr("Of each area's amount so far, in proportion")}}));
  } else if (type == "fixed_amount") {
    out.first = {needed(money_field("amount", tr("Amount"))),
                 choice("per", tr("For each"), {{"area", tr("Area")}, {"authority", tr("Constituent authority")}}),
                 only_for(scheme)};
  } else if (type == "weighted_indicators") {
    out.first = size(tr("Or per cent of what remains"), true);
  } else if (type == "direct_shares") {
    out.first = size(tr("Or per cent of what remains"), true);
    out.first.push_back(choice("by", tr("By which split"),
                               {{"last_year", tr("Last year's money")},
                                {"amounts", tr("Amounts that are given")},
                                {"percentages", tr("Percentages that are given")}}));
    out.by_area = "split";
    out.money = at(entered, "by") == "amounts";
    out.legend = tr("The split that is given");
    out.hint = tr("An amount or a percentage for each area. Percentages come to 100.");
    out.last = {text_field("source", tr("Source"), tr("The publication or file that the values come from.")),
                text_field("publisher", tr("Publisher")),
                text_field("reference-date", tr("Reference date"), tr("The day or period that the values speak of."),
                           "govuk-input--width-20"),
                text_field("values-note", tr("Note on the values"))};
  } else if (type == "floor" || type == "cap") {
    out.first = {money_field("amount", type == "floor" ? tr("No area gets less than") : tr("No area gets more than"),
                             tr("Give one of the three: an amount, a percentage, or amounts by area.")),
                 per_cent_field("percent", tr("Or per cent of last year's money"))};
    out.by_area = "own";
    out.money = true;
    out.legend = tr("Or an amount for each area");
    out.hint = tr("Empty: the area has none of its own.");
    out.last = {only_for(scheme)};
  } else if (type == "hold_harmless" || type == "gain_limit") {
    out.first = {money_field("amount",
                             type == "hold_harmless" ? tr("Most that an area loses against last year")
                                                     : tr("Most that an area gains against last year"),
                             tr("Give an amount or a percentage.")),
                 per_cent_field("percent", tr("Or per cent of last year's money")), only_for(scheme)};
  } else if (type == "phase_in") {
    out.first = {path_field(),
                 {.name = "year",
                  .label = tr("Which of these years it is"),
                  .kind = Kind::number,
                  .hint = tr("1 for the first."),
                  .least = 1,
                  .most = 50,
                  .classes = "govuk-input--width-2"}};
  } else if (type == "override") {
    out.first = {choice("area", tr("Area"), choices_of(scheme)), needed(money_field("value", tr("Its amount"))),
                 text_field("reason", tr("Reason")),
                 text_field("approver", tr("Approved by"), tr("The post that approved it."))};
  } else if (type == "over_programming") {
    out.first = size(tr("Or per cent of the known funds"), false);
    out.first.push_back(text_field("underwritten-by", tr("Underwritten by"),
                                   tr("Who answers for the difference if all of it is spent.")));
  }
  if (type == "floor" || type == "hold_harmless") out.last.push_back(short_of(type));
  if (!out.by_area.empty())
    out.areas =
        fields_by_area(scheme.areas, out.money ? money_field(out.by_area, {}) : per_cent_field(out.by_area, {}));
  out.last.push_back(text_field("note", tr("Note"), tr("Shown with the step.")));
  return out;
}

Entered entered_from(const Step& step) {
  Entered out = {{"note", step.note}};
  if (const auto* held = std::get_if<HoldBack>(&step.what)) {
    out["purpose"] = held->purpose;
    put(out, held->size);
    out["of"] = held->of == HoldBack::Of::pot         ? "pot"
                : held->of == HoldBack::Of::remaining ? "remaining"
                                                      : "allocations";
  } else if (const auto* fixed = std::get_if<FixedAmount>(&step.what)) {
    out["amount"] = fixed->amount.plain();
    out["per"] = fixed->per_authority ? "authority" : "area";
    out["areas"] = joined(fixed->areas, "\n");
  } else if (const auto* weighted = std::get_if<WeightedIndicators>(&step.what)) {
    put(out, weighted->size);
    for (std::size_t i = 0; i < weighted->indicators.size(); ++i)
      put_indicator(out, weighted->indicators[i], static_cast<int>(i));
  } else if (const auto* shares = std::get_if<DirectShares>(&step.what)) {
    put(out, shares->size);
    out["by"] = shares->by == DirectShares::By::amounts       ? "amounts"
                : shares->by == DirectShares::By::percentages ? "percentages"
                                                              : "last_year";
    for (const auto& [key, value] : shares->values)
      out[of_area("split", key)] = shares->by == DirectShares::By::amounts
                                       ? Money{value.nearest().to_int64().value_or(0)}.plain()
                                       : value.text();
    out["source"] = shares->origin.source.name;
    out["publisher"] = shares->origin.source.publisher;
    out["reference-date"] = shares->origin.reference_date;
    out["values-note"] = shares->origin.note;
  } else if (const auto* limit = std::get_if<Limit>(&step.what)) {
    put(out, "amount", limit->amount);
    put_per_cent(out, "percent", limit->share);
    for (const auto& [key, amount] : limit->by_area) out[of_area("own", key)] = amount.plain();
    out["areas"] = joined(limit->areas, "\n");
    out["when-short"] = limit->in_proportion ? "in_proportion" : "refuse";
  } else if (const auto* phase = std::get_if<PhaseIn>(&step.what)) {
    std::vector<std::string> path;
    for (const Fraction& part : phase->path) path.push_back((part * Fraction(100)).text());
    out["path"] = joined(path, ", ");
    out["year"] = std::to_string(phase->year);
  } else if (const auto* over = std::get_if<Override>(&step.what)) {
    out["area"] = over->area;
    out["value"] = over->value.plain();
    out["reason"] = over->reason;
    out["approver"] = over->approver;
  } else if (const auto* more = std::get_if<OverProgramming>(&step.what)) {
    put(out, more->size);
    out["underwritten-by"] = more->underwritten_by;
  }
  return out;
}

Result<EnteredStep> step_from(const std::string& type, Entered& entered, const Scheme& scheme, const Step* former,
                              const std::map<std::string, Upload>& uploads) {
  const StepQuestions asks = step_questions(type, entered, scheme);
  EnteredStep out;
  for (const auto* fields : {&asks.first, &asks.areas, &asks.last})
    forms::add_problems(out.problem, settle_all(*fields, entered).fields);
  out.step.note = at(entered, "note");
  if (type == "hold_back") {
    const std::string of = at(entered, "of");
    out.step.what = HoldBack{at(entered, "purpose"), size_in(entered),
                             of == "remaining"     ? HoldBack::Of::remaining
                             : of == "allocations" ? HoldBack::Of::allocations
                                                   : HoldBack::Of::pot};
  } else if (type == "fixed_amount") {
    out.step.what = FixedAmount{money_in(entered, "amount").value_or(Money{}), at(entered, "per") == "authority",
                                forms::lines_of(at(entered, "areas"))};
  } else if (type == "weighted_indicators") {
    WeightedIndicators made{size_in(entered), {}};
    const auto* before = former == nullptr ? nullptr : std::get_if<WeightedIndicators>(&former->what);
    for (int i = 0; i < indicator_count(entered); ++i)
      made.indicators.push_back(indicator_from(entered, i, scheme, before, uploads, out.tables, out.problem));
    out.step.what = std::move(made);
  } else if (type == "direct_shares") {
    DirectShares made{.size = size_in(entered)};
    const std::string by = at(entered, "by");
    made.by = by == "amounts"       ? DirectShares::By::amounts
              : by == "percentages" ? DirectShares::By::percentages
                                    : DirectShares::By::last_year;
    if (made.by != DirectShares::By::last_year) {
      made.values = numbers_by_area(entered, asks, scheme);
      const auto* before = former == nullptr ? nullptr : std::get_if<DirectShares>(&former->what);
      keep_source(entered, "", parts_text(made), nullptr,
                  before != nullptr && before->values == made.values ? &before->origin : nullptr,
                  static_cast<std::int64_t>(made.values.size()), "direct-shares", made.origin, out.tables);
      made.origin.note = at(entered, "values-note");
    }
    out.step.what = std::move(made);
  } else if (type == "floor" || type == "cap" || type == "hold_harmless" || type == "gain_limit") {
    Limit made{.kind = type == "floor"           ? Limit::Kind::floor
                       : type == "cap"           ? Limit::Kind::cap
                       : type == "hold_harmless" ? Limit::Kind::hold_harmless
                                                 : Limit::Kind::gain_limit,
               .amount = size_in(entered).amount,
               .share = size_in(entered).share,
               .areas = forms::lines_of(at(entered, "areas"))};
    if (!asks.by_area.empty())
      for (const auto& [key, value] : numbers_by_area(entered, asks, scheme))
        made.by_area[key] = Money{value.nearest().to_int64().value_or(0)};
    made.in_proportion = at(entered, "when-short") == "in_proportion" && (type == "floor" || type == "hold_harmless");
    out.step.what = std::move(made);
  } else if (type == "phase_in") {
    PhaseIn made;
    for (const std::string& part : path_parts(entered))
      if (const auto value = part_of(part)) made.path.push_back(*value);
    made.year = static_cast<int>(forms::whole_or(at(entered, "year"), 1));
    out.step.what = std::move(made);
  } else if (type == "override") {
    out.step.what = Override{at(entered, "area"), money_in(entered, "value").value_or(Money{}), at(entered, "reason"),
                             at(entered, "approver")};
  } else if (type == "over_programming") {
    out.step.what = OverProgramming{size_in(entered), at(entered, "underwritten-by")};
  } else {
    return not_found(tr("There is no such kind of step."));
  }
  return out;
}

bool step_turned(const std::string& type, Entered& entered, const Scheme& scheme, Problem& problem) {
  if (type == "weighted_indicators") return indicators_turned(entered, scheme.areas, problem);
  const StepQuestions asks = step_questions(type, entered, scheme);
  const std::string box = asks.by_area + "-pasted";
  if (asks.by_area.empty() || at(entered, box).empty()) return at(entered, "do") == "read";
  if (const auto wrong = take_pasted(entered, box, asks.by_area, scheme.areas, asks.money))
    forms::add_problems(problem, {{box, *wrong}});
  return true;
}

std::string field_of_place(const std::string& type, std::string_view place, const Scheme& scheme) {
  const auto first_area = [&](const std::string& name) {
    return scheme.areas.empty() ? "by" : of_area(name, scheme.areas.front().key);
  };
  if (place.starts_with("indicators[")) {
    const std::size_t end = place.find(']');
    const std::string at = "indicators-" + std::string(place.substr(11, end - 11)) + "-";
    const std::string_view rest = place.size() > end + 1 ? place.substr(end + 2) : std::string_view();
    if (rest.starts_with("values")) {
      // Of an area, or of none: where its values come from.
      for (const Area& area : scheme.areas)
        if (rest == "values." + area.key) return of_area(at + "year-0-value", area.key);
      return first_area(at + "year-0-value");
    }
    return at + (rest.starts_with("weight") ? "weight" : rest.starts_with("per") ? "per" : "name");
  }
  if (place.starts_with("indicators")) return "indicators-0-weight";
  if (place.starts_with("percentages") || place.starts_with("amounts")) return first_area("split");
  if (place.starts_with("by_area")) return first_area("own");
  if (place.starts_with("areas")) return "areas";
  if (place.starts_with("share")) return "percent";
  if (place.starts_with("path")) return "path";
  if (place.starts_with("underwritten_by")) return "underwritten-by";
  for (const char* name : {"amount", "purpose", "year", "area", "value", "reason", "approver"})
    if (place == name) return name;
  // The step as a whole, or what it needs elsewhere: at its first field.
  if (type == "hold_back") return place.empty() ? "amount" : "purpose";
  if (type == "direct_shares") return "by";
  if (type == "phase_in") return "path";
  if (type == "override") return "value";
  if (type == "weighted_indicators") return "indicators-0-weight";
  return "amount";
}

}  // namespace tithing::pots
