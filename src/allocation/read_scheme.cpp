#include "allocation/read_scheme.h"

#include <boost/json.hpp>
#include <set>

#include "allocation/scheme_files.h"
#include "base/memory_budget.h"
#include "base/text.h"
#include "base/translation.h"

namespace tithing::allocation {
namespace {

namespace json = boost::json;

constexpr std::size_t kSchemeMemory = 128 * kMebibyte;

// What is wrong, and where. Never leaves this file.
struct Wrong {
  std::string place, sentence;
};
[[noreturn]] void wrong(std::string place, std::string sentence) { throw Wrong{std::move(place), std::move(sentence)}; }

std::string at(const std::string& place, std::string_view name) {
  return place.empty() ? std::string(name) : place + "." + std::string(name);
}
std::string at(const std::string& place, std::size_t index) { return place + "[" + std::to_string(index) + "]"; }

std::string text_of(const json::value& value, const std::string& place) {
  if (!value.is_string()) wrong(place, "write a text in quotes.");
  return std::string(value.as_string());
}

Fraction number_of(const json::value& value, const std::string& place) {
  if (value.is_int64()) return Fraction(value.as_int64());
  if (value.is_double() || value.is_uint64())
    wrong(place, "write numbers with decimals, and very large ones, in quotes (\"12.5\"), so that they stay exact.");
  if (!value.is_string()) wrong(place, "write a number.");
  std::string_view text = trimmed(value.as_string());
  if (text.ends_with('%')) text.remove_suffix(1);
  const auto number = Fraction::parse(text);
  if (!number) wrong(place, number.error().message);
  return *number;
}

std::int64_t whole_of(const json::value& value, const std::string& place) {
  const Fraction number = number_of(value, place);
  const auto small = number.whole() ? number.numerator().to_int64() : std::nullopt;
  if (!small) wrong(place, "write a whole number.");
  return *small;
}

Money money_of(const json::value& value, const std::string& place) {
  if (!value.is_string()) wrong(place, "write amounts in quotes, in pounds and pence, for example \"150648.00\".");
  const auto money = Money::parse(value.as_string());
  if (!money) wrong(place, money.error().message);
  return *money;
}

// An object whose every member must be asked for.
class Members {
 public:
  Members(const json::value& value, std::string place) : place_(std::move(place)) {
    if (!value.is_object()) wrong(place_.empty() ? "The file" : place_, "it must be an object in braces.");
    object_ = &value.as_object();
  }

  const json::value* find(std::string_view name) {
    asked_.insert(std::string(name));
    const json::value* found = object_->if_contains(name);
    return found == nullptr || found->is_null() ? nullptr : found;
  }
  bool has_null(std::string_view name) const {
    const json::value* found = object_->if_contains(name);
    return found != nullptr && found->is_null();
  }
  const json::value& need(std::string_view name) {
    const json::value* found = find(name);
    if (found == nullptr) wrong(at(place_, name), "it is missing.");
    return *found;
  }
  std::string text(std::string_view name) {
    const json::value* found = find(name);
    return found == nullptr ? std::string() : text_of(*found, at(place_, name));
  }
  bool truth(std::string_view name, bool otherwise = false) {
    const json::value* found = find(name);
    if (found == nullptr) return otherwise;
    if (!found->is_bool()) wrong(at(place_, name), "write true or false.");
    return found->as_bool();
  }
  std::optional<Money> money(std::string_view name) {
    const json::value* found = find(name);
    return found == nullptr ? std::nullopt : std::optional(money_of(*found, at(place_, name)));
  }
  std::optional<Fraction> percent(std::string_view name) {
    const json::value* found = find(name);
    return found == nullptr ? std::nullopt : std::optional(number_of(*found, at(place_, name)) / Fraction(100));
  }
  std::vector<std::string> texts(std::string_view name) {
    std::vector<std::string> out;
    each(name, [&](const json::value& item, const std::string& place) { out.push_back(text_of(item, place)); });
    return out;
  }
  template <class F>
  void each(std::string_view name, F&& take) {
    const json::value* found = find(name);
    if (found == nullptr) return;
    if (!found->is_array()) wrong(at(place_, name), "it must be a list in square brackets.");
    for (std::size_t i = 0; i < found->as_array().size(); ++i) take(found->as_array()[i], at(at(place_, name), i));
  }
  template <class F>
  void each_member(std::string_view name, F&& take) {
    const json::value* found = find(name);
    if (found == nullptr) return;
    if (!found->is_object()) wrong(at(place_, name), "it must be an object in braces.");
    for (const auto& [key, value] : found->as_object()) take(std::string(key), value, at(at(place_, name), key));
  }
  const std::string& place() const { return place_; }
  const json::object& object() const { return *object_; }

  void finish() const {
    for (const auto& member : *object_) {
      if (asked_.count(std::string(member.key())) > 0) continue;
      wrong(at(place_, member.key()),
            "there is no such member here. Known are: " + joined({asked_.begin(), asked_.end()}, ", ") + ".");
    }
  }

 private:
  std::string place_;
  const json::object* object_ = nullptr;
  std::set<std::string> asked_;
};

template <class T>
T one_of(Members& members, std::string_view name, std::initializer_list<std::pair<const char*, T>> choices,
         std::optional<T> otherwise) {
  const std::string text = members.text(name);
  if (text.empty() && otherwise) return *otherwise;
  std::vector<std::string> names;
  for (const auto& [word, value] : choices) {
    if (text == word) return value;
    names.emplace_back(word);
  }
  wrong(at(members.place(), name), (text.empty() ? std::string("it is missing") : "“" + text + "” is not known here") +
                                       ". Write one of: " + joined(names, ", ") + ".");
}

Size size_of(Members& members) { return {members.money("amount"), members.percent("percent")}; }

Origin origin_of(Members& members) {
  Origin out;
  if (const json::value* found = members.find("source")) {
    Members source(*found, at(members.place(), "source"));
    out.source.name = source.text("file");
    out.source.archive = source.text("archive");
    out.source.sha256 = source.text("sha256");
    out.source.publisher = source.text("publisher");
    out.source.licence = source.text("licence");
    out.source.url = source.text("url");
    out.source.filter = source.text("filter");
    if (const json::value* rows = source.find("rows")) out.source.rows = whole_of(*rows, at(source.place(), "rows"));
    out.note = source.text("note");
    if (out.source.name.empty()) out.source.name = source.text("name");
    source.finish();
  }
  out.reference_date = members.text("reference_date");
  return out;
}

class Reader {
 public:
  explicit Reader(const SchemeFiles& files) : files_(files) {}

  // With `given` the scheme is of that pot, and a pot of its own is read and left out.
  Scheme scheme(const json::value& value, const Pot* given = nullptr) {
    Members members(value, "");
    Scheme out;
    out.title = members.text("title");
    if (out.title.empty()) wrong("title", "it is missing.");
    out.financial_year = members.text("financial_year");
    if (given == nullptr) members.need("pot");
    if (const json::value* own = members.find("pot")) pot(*own, out.pot);
    if (given != nullptr) out.pot = *given;
    members.each("areas",
                 [&](const json::value& item, const std::string& place) { out.areas.push_back(area(item, place)); });
    for (const Area& one : out.areas) keys_.push_back(one.key);
    for (const Area& one : out.areas) names_.emplace_back(one.key, one.name);
    if (const json::value* found = members.find("last_year")) out.last_year = last_year(*found);
    members.each("succession", [&](const json::value& item, const std::string& place) {
      out.successions.push_back(succession(item, place));
    });
    members.each("steps",
                 [&](const json::value& item, const std::string& place) { out.steps.push_back(step(item, place)); });
    if (const json::value* found = members.find("rounding")) out.rounding = rounding(*found);
    members.each("tranches", [&](const json::value& item, const std::string& place) {
      Members tranche(item, place);
      out.tranches.push_back({tranche.text("name"), tranche.percent("percent").value_or(Fraction(0)) * Fraction(100),
                              tranche.text("due"), tranche.text("condition")});
      tranche.finish();
    });
    members.finish();
    return out;
  }

  static void pot(const json::value& value, Pot& out) {
    Members members(value, "pot");
    members.each("funds", [&](const json::value& item, const std::string& place) {
      Members fund(item, place);
      Fund made;
      made.name = fund.text("name");
      made.partner = fund.text("partner");
      made.financial_year = fund.text("financial_year");
      made.note = fund.text("note");
      made.carried_forward = fund.truth("carried_forward");
      made.kind = one_of<FundKind>(fund, "kind", {{"revenue", FundKind::revenue}, {"capital", FundKind::capital}},
                                   FundKind::revenue);
      const json::value* amount = fund.find("amount");
      const std::string said = amount != nullptr && amount->is_string() ? lowered(trimmed(amount->as_string())) : "";
      const bool unknown = amount == nullptr || said == "tbc" || said == "unknown" || said == "not known";
      if (!unknown) made.amount = money_of(*amount, at(place, "amount"));
      made.status = one_of<FundStatus>(
          fund, "status",
          {{"provisional", FundStatus::provisional},
           {"confirmed", FundStatus::confirmed},
           {"unknown", FundStatus::unknown}},
          unknown && (amount != nullptr || fund.has_null("amount")) ? FundStatus::unknown : FundStatus::provisional);
      fund.finish();
      out.funds.push_back(std::move(made));
    });
    members.each("top_slices", [&](const json::value& item, const std::string& place) {
      Members slice(item, place);
      TopSlice made{slice.text("purpose"), size_of(slice)};
      slice.finish();
      out.top_slices.push_back(std::move(made));
    });
    members.each("assumptions", [&](const json::value& item, const std::string& place) {
      if (item.is_string()) {
        out.assumptions.push_back({std::string(item.as_string()), {}, {}});
        return;
      }
      Members assumption(item, place);
      out.assumptions.push_back({assumption.text("text"), assumption.text("made_on"), assumption.text("made_by")});
      assumption.finish();
    });
    members.finish();
  }

 private:
  static Area area(const json::value& value, const std::string& place) {
    Members members(value, place);
    Area out;
    out.key = members.text("key");
    out.name = members.text("name");
    if (out.name.empty()) out.name = out.key;
    out.authorities = members.texts("authorities");
    if (const json::value* found = members.find("population"))
      out.population = whole_of(*found, at(place, "population"));
    members.finish();
    return out;
  }

  static LastYear last_year(const json::value& value) {
    Members members(value, "last_year");
    LastYear out;
    out.financial_year = members.text("financial_year");
    members.each_member("amounts", [&](const std::string& key, const json::value& item, const std::string& place) {
      out.amounts[key] = money_of(item, place);
    });
    members.each_member("names", [&](const std::string& key, const json::value& item, const std::string& place) {
      out.names[key] = text_of(item, place);
    });
    out.origin = origin_of(members);
    members.finish();
    return out;
  }

  static Succession succession(const json::value& value, const std::string& place) {
    Members members(value, place);
    Succession out;
    out.before = members.texts("before");
    members.each("after", [&](const json::value& item, const std::string& at_item) {
      if (item.is_string()) {
        out.after.push_back({std::string(item.as_string()), {}});
        return;
      }
      Members after(item, at_item);
      Succession::After made{after.text("area"), {}};
      if (const auto share = after.percent("percent")) made.share = *share * Fraction(100);
      after.finish();
      out.after.push_back(std::move(made));
    });
    members.finish();
    return out;
  }

  static Rounding rounding(const json::value& value) {
    Members members(value, "rounding");
    Rounding out;
    if (const auto unit = members.money("unit")) out.unit = *unit;
    out.rest_to = members.text("rest_to");
    out.may_exceed = members.truth("may_exceed");
    enum class Word { nearest, truncate, largest_remainder, rest_to };
    const Word word = one_of<Word>(members, "rule",
                                   {{"nearest", Word::nearest},
                                    {"truncate", Word::truncate},
                                    {"largest_remainder", Word::largest_remainder},
                                    {"rest_to", Word::rest_to}},
                                   {});
    out.rule = word == Word::nearest             ? Rounding::Rule::nearest
               : word == Word::largest_remainder ? Rounding::Rule::largest_remainder
                                                 : Rounding::Rule::truncate;
    if (word == Word::rest_to && out.rest_to.empty())
      wrong("rounding.rest_to", "name who bears the rest: an area's key, or the purpose of a hold-back.");
    members.finish();
    return out;
  }

  static Observation observation(const json::value& value, const std::string& place, const std::string& period) {
    Observation out;
    out.period = period;
    if (!value.is_object()) {
      out.value = number_of(value, place);
      return out;
    }
    Members members(value, place);
    out.address = members.text("figure");
    out.base_address = members.text("base_figure");
    if (out.address.empty()) out.value = number_of(members.need("value"), at(place, "value"));
    if (const json::value* base = members.find("base")) out.base = number_of(*base, at(place, "base"));
    members.finish();
    return out;
  }

  Indicator indicator(const json::value& value, const std::string& place) {
    Members members(value, place);
    Indicator out;
    out.name = members.text("name");
    out.weight = number_of(members.need("weight"), at(place, "weight"));
    out.transform = one_of<Transform>(
        members, "transform", {{"count", Transform::count}, {"rate", Transform::rate}, {"share", Transform::share}},
        Transform::count);
    if (const json::value* per = members.find("per")) out.per = whole_of(*per, at(place, "per"));
    if (const json::value* decimals = members.find("decimals")) {
      const std::int64_t many = whole_of(*decimals, at(place, "decimals"));
      if (many < 0 || many > 12) wrong(at(place, "decimals"), "write a number of decimals from 0 to 12.");
      out.decimals = static_cast<int>(many);
    }
    out.origin = origin_of(members);
    members.each_member("values", [&](const std::string& key, const json::value& item, const std::string& at_item) {
      if (!item.is_object() || item.as_object().contains("value") || item.as_object().contains("figure")) {
        out.values[key].push_back(observation(item, at_item, ""));
        return;
      }
      for (const auto& [period, one] : item.as_object())
        out.values[key].push_back(observation(one, at(at_item, period), std::string(period)));
    });
    if (const json::value* from = members.find("values_from")) table(*from, at(place, "values_from"), out);
    members.each("values_from_figures",
                 [&](const json::value& item, const std::string& at_item) { by_area(item, at_item, out); });
    members.finish();
    return out;
  }

  // Figures of the evidence, one address for all areas.
  void by_area(const json::value& value, const std::string& place, Indicator& out) {
    Members members(value, place);
    FiguresByArea made{members.text("period"), members.text("value"), members.text("base")};
    members.finish();
    const auto usable = [&](const std::string& pattern, const char* member) {
      const auto address = figures::Address::parse(filled_in(pattern, "E00000000"));
      if (!address || pattern.find("{area}") == std::string::npos)
        wrong(at(place, member),
              "write the address of a figure, with {area} where the area's key stands, for example "
              "/figures/crimes?area={area}&from=2022-01&to=2022-11.");
    };
    usable(made.value, "value");
    if (!made.base.empty()) usable(made.base, "base");
    for (const std::string& key : keys_) {
      Observation one;
      one.period = made.period;
      one.address = filled_in(made.value, key);
      if (!made.base.empty()) one.base_address = filled_in(made.base, key);
      out.values[key].push_back(std::move(one));
    }
    out.from_figures.push_back(std::move(made));
  }

  // Tables of others name areas by their names, in any size of letters.
  std::string key_of(const std::string& written) const {
    std::vector<std::string> meant;
    for (const auto& [key, name] : names_) {
      if (key == written) return key;
      if (lowered(key) == lowered(written) || lowered(name) == lowered(written)) meant.push_back(key);
    }
    return meant.size() == 1 ? meant.front() : written;
  }

  // Values from a table beside the scheme: its checksum goes into the working.
  void table(const json::value& value, const std::string& place, Indicator& out) {
    Members members(value, place);
    const std::string file = members.text("file"), area_column = members.text("area_column"),
                      value_column = members.text("value_column");
    const std::string base_column = members.text("base_column"), period_column = members.text("period_column");
    std::vector<std::pair<std::string, std::string>> where;
    members.each_member("where", [&](const std::string& key, const json::value& item, const std::string& at_item) {
      where.emplace_back(key, text_of(item, at_item));
    });
    members.finish();
    auto read = read_values(files_, {file, area_column, value_column, base_column, period_column, where});
    if (!read)
      wrong(read.error().fields.empty() ? place : at(place, read.error().fields.front().field), read.error().message);
    for (auto& [written, observations] : read->values) {
      const std::string key = key_of(written);
      if (key != written && read->values.count(key) > 0)
        wrong(place,
              file + ": “" + written + "” and “" + key + "” are one area, and both stand there. Leave one of them.");
      for (Observation& one : observations) out.values[key].push_back(std::move(one));
    }
    if (out.origin.source.name.empty()) out.origin.source.name = file;
    out.origin.source.sha256 = read->sha256;
    out.origin.source.rows = read->rows;
  }

  Step step(const json::value& value, const std::string& place) {
    Members members(value, place);
    Step out;
    const std::string type = members.text("type");
    if (type == "hold_back") {
      HoldBack made;
      made.purpose = members.text("purpose");
      made.size = size_of(members);
      made.of = one_of<HoldBack::Of>(members, "of",
                                     {{"pot", HoldBack::Of::pot},
                                      {"remaining", HoldBack::Of::remaining},
                                      {"allocations", HoldBack::Of::allocations}},
                                     HoldBack::Of::pot);
      out.what = std::move(made);
    } else if (type == "fixed_amount") {
      FixedAmount made;
      made.amount = money_of(members.need("amount"), at(place, "amount"));
      enum class Each { area, authority };
      made.per_authority = one_of<Each>(members, "per", {{"area", Each::area}, {"authority", Each::authority}},
                                        Each::area) == Each::authority;
      made.areas = members.texts("areas");
      out.what = std::move(made);
    } else if (type == "weighted_indicators") {
      WeightedIndicators made;
      made.size = size_of(members);
      members.each("indicators", [&](const json::value& item, const std::string& at_item) {
        made.indicators.push_back(indicator(item, at_item));
      });
      out.what = std::move(made);
    } else if (type == "direct_shares") {
      out.what = direct_shares(members);
    } else if (type == "floor" || type == "cap" || type == "hold_harmless" || type == "gain_limit") {
      out.what = limit(members, type);
    } else if (type == "phase_in") {
      out.what = phase_in(members);
    } else if (type == "override") {
      out.what = Override{members.text("area"), money_of(members.need("value"), at(place, "value")),
                          members.text("reason"), members.text("approver")};
    } else if (type == "over_programming") {
      out.what = OverProgramming{size_of(members), members.text("underwritten_by")};
    } else {
      wrong(at(place, "type"),
            (type.empty() ? "it is missing" : "“" + type + "” is not a kind of step") +
                std::string(". Write one of: hold_back, fixed_amount, weighted_indicators, direct_shares, floor, cap, "
                            "hold_harmless, gain_limit, phase_in, override, over_programming."));
    }
    out.note = members.text("note");
    members.finish();
    return out;
  }

  static DirectShares direct_shares(Members& members) {
    DirectShares made;
    made.size = size_of(members);
    made.by = one_of<DirectShares::By>(members, "by",
                                       {{"last_year", DirectShares::By::last_year},
                                        {"amounts", DirectShares::By::amounts},
                                        {"percentages", DirectShares::By::percentages}},
                                       std::nullopt);
    if (made.by == DirectShares::By::amounts)
      members.each_member("amounts", [&](const std::string& key, const json::value& item, const std::string& place) {
        made.values[key] = Fraction::of(money_of(item, place));
      });
    if (made.by == DirectShares::By::percentages)
      members.each_member("percentages", [&](const std::string& key, const json::value& item,
                                             const std::string& place) { made.values[key] = number_of(item, place); });
    made.origin = origin_of(members);
    return made;
  }

  static Limit limit(Members& members, const std::string& type) {
    Limit made;
    made.areas = members.texts("areas");
    if (type == "floor" || type == "cap") {
      made.kind = type == "floor" ? Limit::Kind::floor : Limit::Kind::cap;
      made.amount = members.money("amount");
      made.share = members.percent("percent_of_last_year");
      members.each_member("by_area", [&](const std::string& key, const json::value& item, const std::string& place) {
        made.by_area[key] = money_of(item, place);
      });
    } else {
      const bool loss = type == "hold_harmless";
      made.kind = loss ? Limit::Kind::hold_harmless : Limit::Kind::gain_limit;
      made.amount = members.money(loss ? "most_lost" : "most_gained");
      made.share = members.percent(loss ? "most_lost_percent" : "most_gained_percent");
    }
    if (type == "floor" || type == "hold_harmless") {
      enum class Short { refuse, in_proportion };
      made.in_proportion =
          one_of<Short>(members, "when_short", {{"refuse", Short::refuse}, {"in_proportion", Short::in_proportion}},
                        type == "floor" ? Short::refuse : Short::in_proportion) == Short::in_proportion;
    }
    return made;
  }

  static PhaseIn phase_in(Members& members) {
    PhaseIn made;
    members.each("path", [&](const json::value& item, const std::string& place) {
      made.path.push_back(number_of(item, place) / Fraction(100));
    });
    if (const json::value* years = members.find("years")) {
      const std::int64_t many = whole_of(*years, at(members.place(), "years"));
      if (many < 1 || many > 50) wrong(at(members.place(), "years"), "write a number of years from 1 to 50.");
      if (!made.path.empty())
        wrong(at(members.place(), "years"), "give the number of years (equal parts) or the path, not both.");
      for (std::int64_t k = 1; k <= many; ++k) made.path.push_back(Fraction(Integer(k), Integer(many)));
    }
    if (const json::value* year = members.find("year")) {
      const std::int64_t which = whole_of(*year, at(members.place(), "year"));
      made.year = which < 0 || which > 1000 ? 0 : static_cast<int>(which);
    }
    return made;
  }

  const SchemeFiles& files_;
  std::vector<std::string> keys_;                           // of the areas, in their order
  std::vector<std::pair<std::string, std::string>> names_;  // key and name of each area
};

// What stands in a text of JSON, or where it is wrong.
template <class T, class F>
Result<T> read(std::string_view text, F&& take) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const Status fits = fits_in_memory(json_memory(text), kSchemeMemory, "The file",
                                     "A scheme or a pot is a small file: this is something else.");
  if (!fits) return pass_on(fits);
  boost::system::error_code error;
  const json::value value = json::parse(json::string_view(text.data(), text.size()), error);
  if (error)
    return invalid(tr("The file is not JSON: {0}.", {error.message()}),
                   {{"file", tr("The file is not JSON: {0}.", {error.message()})}});
  try {
    return take(value);
  } catch (const Wrong& found) {
    return invalid(found.place + ": " + found.sentence, {{found.place, found.sentence}});
  }
}

}  // namespace

Result<Scheme> read_scheme(std::string_view text, const SchemeFiles& files) {
  return read<Scheme>(text, [&](const json::value& value) { return Reader(files).scheme(value); });
}

Result<Scheme> read_scheme_on(const Pot& pot, std::string_view text, const SchemeFiles& files) {
  return read<Scheme>(text, [&](const json::value& value) { return Reader(files).scheme(value, &pot); });
}

Result<Pot> read_pot(std::string_view text) {
  return read<Pot>(text, [&](const json::value& value) {
    Pot out;
    Reader::pot(value, out);
    return out;
  });
}

}  // namespace tithing::allocation
