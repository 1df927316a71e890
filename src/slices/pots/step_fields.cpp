#include "slices/pots/step_fields.h"

#include <algorithm>

#include "allocation/delimited.h"
#include "allocation/imported_numbers.h"
#include "allocation/printed_text.h"
#include "base/date.h"
#include "base/hash.h"
#include "base/text.h"
#include "base/translation.h"

namespace tithing::pots {
namespace {

using Problems = std::vector<FieldProblem>;

std::string get(const Entered& entered, const std::string& name) {
  const auto found = entered.find(name);
  return found == entered.end() ? std::string() : std::string(trimmed(found->second));
}

std::optional<Money> money(const Entered& entered, const std::string& name, Problems& wrong) {
  const std::string text = get(entered, name);
  if (text.empty()) return std::nullopt;
  const auto amount = Money::parse(text);
  if (!amount) wrong.push_back({name, refused_number(text, amount.error().message)});
  return amount ? std::optional(*amount) : std::nullopt;
}

std::optional<Fraction> number(const Entered& entered, const std::string& name, Problems& wrong) {
  std::string text = get(entered, name);
  if (text.ends_with('%')) text = std::string(trimmed(text.substr(0, text.size() - 1)));
  if (text.empty()) return std::nullopt;
  auto value = Fraction::parse(text);
  if (!value) wrong.push_back({name, refused_number(text, value.error().message)});
  return value ? std::optional(*value) : std::nullopt;
}

std::optional<Fraction> share(const Entered& entered, const std::string& name, Problems& wrong) {
  const auto value = number(entered, name, wrong);
  return value ? std::optional(*value / Fraction(100)) : std::nullopt;
}

std::optional<std::int64_t> whole(const Entered& entered, const std::string& name, Problems& wrong) {
  const auto value = number(entered, name, wrong);
  if (!value) return std::nullopt;
  const auto small = value->whole() ? value->numerator().to_int64() : std::nullopt;
  if (!small) wrong.push_back({name, tr("Write a whole number.")});
  return small;
}

Size size_of(const Entered& entered, Problems& wrong) {
  return {money(entered, "amount", wrong), share(entered, "percent", wrong)};
}

void put(Entered& out, const std::string& name, const std::optional<Money>& amount) {
  if (amount) out[name] = amount->plain();
}
void put_percent(Entered& out, const std::string& name, const std::optional<Fraction>& part) {
  if (part) out[name] = (*part * Fraction(100)).text();
}
void put(Entered& out, const Size& size) {
  put(out, "amount", size.amount);
  put_percent(out, "percent", size.share);
}

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> out;
  for (const std::string& line : split(text, '\n'))
    if (const auto one = trimmed(line); !one.empty()) out.emplace_back(one);
  return out;
}

std::string quoted(const std::string& field) {
  if (field.find_first_of(",\"\n") == std::string::npos) return field;
  std::string out = "\"";
  for (const char c : field) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

const Area* area_named(const std::vector<Area>& areas, const std::string& text) {
  for (const Area& area : areas)
    if (area.key == text) return &area;
  for (const Area& area : areas)
    if (lowered(area.name) == lowered(text)) return &area;
  return nullptr;
}

// --- indicators ------------------------------------------------------------------------------------------------------

std::string prefix(std::size_t i) { return "indicators-" + std::to_string(i) + "-"; }

// With a fourth decimal where three could be thousands, so that what the form is filled with is read as it was.
std::string plainly(const Fraction& value) {
  const std::string text = value.text();
  return two_readings(text.starts_with('-') ? text.substr(1) : text).empty() ? text : text + "0";
}

// What was typed or uploaded, as lines.
std::string table_of(const Indicator& indicator) {
  bool bases = false, periods = false;
  for (const auto& [key, all] : indicator.values)
    for (const Observation& one : all) {
      bases = bases || one.base.has_value();
      periods = periods || !one.period.empty();
    }
  std::string out = std::string("area,value") + (bases ? ",base" : "") + (periods ? ",period" : "") + "\n";
  bool any = false;
  for (const auto& [key, all] : indicator.values)
    for (const Observation& one : all) {
      if (!one.address.empty()) continue;
      any = true;
      out += quoted(key) + "," + plainly(one.value);
      if (bases) out += "," + (one.base ? plainly(*one.base) : "");
      if (periods) out += "," + quoted(one.period);
      out += "\n";
    }
  return any ? out : "";
}

constexpr std::string_view kCrimes = "/figures/crimes?";
constexpr std::string_view kPopulation = "/figures/population?";

// The address's parameters, if it asks for {area} and nothing that the form has no field for.
std::optional<std::map<std::string, std::string>> parameters_of(const std::string& pattern, std::string_view path,
                                                                std::initializer_list<const char*> known) {
  if (!pattern.starts_with(path)) return std::nullopt;
  const auto address = figures::Address::parse(filled_in(pattern, "AREA"));
  if (!address || address->parameters.get("area") != "AREA") return std::nullopt;
  for (const auto& [name, value] : address->parameters.values)
    if (name != "area" &&
        std::none_of(known.begin(), known.end(), [&name = name](const char* one) { return name == one; }))
      return std::nullopt;
  return address->parameters.values;
}

void put_indicator(Entered& out, const Indicator& indicator, std::size_t i) {
  const std::string at = prefix(i);
  out[at + "name"] = indicator.name;
  out[at + "weight"] = indicator.weight.text();
  out[at + "transform"] = indicator.transform == Transform::rate    ? "rate"
                          : indicator.transform == Transform::share ? "share"
                                                                    : "count";
  if (indicator.transform == Transform::rate) out[at + "per"] = std::to_string(indicator.per);
  if (indicator.decimals) out[at + "decimals"] = std::to_string(*indicator.decimals);
  out[at + "values"] = table_of(indicator);
  out[at + "source"] = indicator.origin.source.name;
  out[at + "publisher"] = indicator.origin.source.publisher;
  out[at + "reference-date"] = indicator.origin.reference_date;
  out[at + "note"] = indicator.origin.note;
  out[at + "from"] = "table";
  if (indicator.from_figures.empty()) return;
  if (indicator.from_figures.size() == 1 && indicator.from_figures[0].period.empty()) {
    const FiguresByArea& figures = indicator.from_figures[0];
    const auto base = figures.base.empty() ? std::optional(std::map<std::string, std::string>())
                                           : parameters_of(figures.base, kPopulation, {"as-at", "year"});
    if (const auto asked = parameters_of(figures.value, kCrimes, {"as-at", "from", "to", "type"}); asked && base) {
      out[at + "from"] = "crimes";
      const auto text = [&](const char* name) { return asked->count(name) > 0 ? asked->at(name) : std::string(); };
      out[at + "crimes-from"] = text("from");
      out[at + "crimes-to"] = text("to");
      out[at + "crimes-type"] = text("type");
      out[at + "as-at"] = text("as-at");
      if (base->count("year") > 0) out[at + "base-year"] = base->at("year");
      return;
    }
    if (const auto asked = parameters_of(figures.value, kPopulation, {"as-at", "year"});
        asked && figures.base.empty()) {
      out[at + "from"] = "population";
      if (asked->count("year") > 0) out[at + "year"] = asked->at("year");
      if (asked->count("as-at") > 0) out[at + "people-as-at"] = asked->at("as-at");
      return;
    }
  }
  out[at + "from"] = "address";
  for (const FiguresByArea& one : indicator.from_figures)
    out[at + "addresses"] += one.period + " | " + one.value + (one.base.empty() ? "" : " | " + one.base) + "\n";
}

// Values from lines; a first line whose second field is no number is a heading.
void read_table(const std::string& text, const std::vector<Area>& areas, const std::string& field, Indicator& out,
                Problems& wrong) {
  const char separator = separator_of(text);
  const auto rows = read_delimited(text, separator);
  if (!rows) {
    wrong.push_back({field, rows.error().message});
    return;
  }
  std::size_t base = 0, period = 0, first = 0, value = 1, area = 0;
  // Nothing but figures and what people write beside them is a value, however it is written.
  const auto is_value = [](const std::string& cell) {
    const std::string seen = visible(cell);
    return Fraction::parse(seen) || (seen.find_first_of("0123456789") != std::string::npos &&
                                     seen.find_first_not_of("0123456789,.%' ()-") == std::string::npos);
  };
  if (!rows->empty() && (rows->front().fields.size() < 2 || !is_value(rows->front().fields[1]))) {
    first = 1;
    bool named = false;
    for (std::size_t i = 0; i < rows->front().fields.size(); ++i) {
      const std::string name = lowered(trimmed(rows->front().fields[i]));
      if (name == "area" || name == "key" || name == "code")
        area = i;
      else if (name == "value")
        value = i, named = true;
      else if (name == "base" || name == "population" || name == "people")
        base = i;
      else if (name == "period" || name == "year")
        period = i;
    }
    if (!named && rows->front().fields.size() > 1 && base == 1) value = 2;
  } else if (!rows->empty()) {
    const std::size_t columns = rows->front().fields.size();
    if (columns > 3)
      base = 2, period = 3;
    else if (columns == 3)
      (out.transform == Transform::rate ? base : period) = 2;
  }
  // "north,6,000" is not 6 in the period 000.
  const auto three = [](const std::string& cell) {
    return cell.size() == 3 && cell.find_first_not_of("0123456789") == std::string::npos;
  };
  const bool split_thousands = first == 0 && separator == ',' && !rows->empty() &&
                               std::all_of(rows->begin(), rows->end(), [&](const DelimitedRow& row) {
                                 return row.fields.size() == 3 && row.fields[1].size() <= 3 && three(row.fields[2]);
                               });
  if (split_thousands) {
    const DelimitedRow& row = rows->front();
    wrong.push_back(
        {field, tr("Line {0}: “{1},{2}” can be one number with its thousands set apart, or two numbers. Write it "
                   "without the comma, or put a line of headings above (area, value, base or period).",
                   {std::to_string(row.line), row.fields[1], row.fields[2]})});
    return;
  }
  ImportedNumbers numbers(separator);
  for (std::size_t r = first; r < rows->size(); ++r)
    for (const std::size_t i : {value, base > 0 ? base : value})
      if (i < (*rows)[r].fields.size()) numbers.see((*rows)[r].fields[i]);
  for (std::size_t r = first; r < rows->size(); ++r) {
    const auto cell = [&](std::size_t i) {
      return i < (*rows)[r].fields.size() ? std::string(trimmed((*rows)[r].fields[i])) : std::string();
    };
    const std::string line = "Line " + std::to_string((*rows)[r].line) + ": ";
    const Area* found = area_named(areas, cell(area));
    if (found == nullptr) {
      wrong.push_back(
          {field, line + "there is no area “" + cell(area) + "” in this scheme. Write its key or its name."});
      return;
    }
    const auto read = [&](std::size_t i) -> std::optional<Fraction> {
      auto number = numbers.read(cell(i));
      if (number) return *number;
      wrong.push_back(
          {field, line + (cell(i).empty()
                              ? found->name +
                                    " has no value. A missing value is not nought: give it, or leave the indicator out."
                              : number.error().message)});
      return std::nullopt;
    };
    Observation one;
    const auto number = read(value);
    if (!number) return;
    one.value = *number;
    if (base > 0) {
      const auto of = read(base);
      if (!of) return;
      one.base = *of;
    }
    if (period > 0) one.period = cell(period);
    out.values[found->key].push_back(std::move(one));
  }
}

void add_figures(Indicator& out, const std::vector<Area>& areas, FiguresByArea from) {
  for (const Area& area : areas) {
    Observation one;
    one.period = from.period;
    one.address = filled_in(from.value, area.key);
    if (!from.base.empty()) one.base_address = filled_in(from.base, area.key);
    out.values[area.key].push_back(std::move(one));
  }
  out.from_figures.push_back(std::move(from));
}

// "/figures/crimes?area={area}&..": parameters whose value is empty are left out.
std::string pattern_of(std::string_view path, std::initializer_list<std::pair<const char*, std::string>> parameters) {
  std::string out = std::string(path) + "area={area}";
  for (const auto& [name, value] : parameters)
    if (!value.empty()) out += std::string("&") + name + "=" + url_encoded(value);
  return out;
}

void read_figures(const Entered& entered, const std::string& at, const std::string& from,
                  const std::vector<Area>& areas, Indicator& out, Problems& wrong) {
  const auto field = [&](const char* name) { return get(entered, at + name); };
  const char* const day = from == "population" ? "people-as-at" : "as-at";
  const std::string as_at = field(day);
  if (!as_at.empty() && !Date::parse(as_at))
    wrong.push_back({at + day, tr("Write the day as 2022-12-31, or leave it empty.")});
  const auto year = [&](const char* name, bool needed) {
    const std::string text = field(name);
    const bool fine = text.size() == 4 && text.find_first_not_of("0123456789") == std::string::npos;
    if (!fine && (needed || !text.empty()))
      wrong.push_back({at + name, tr("Write the year of the population in four digits, for example 2022.")});
    return text;
  };
  if (from == "crimes") {
    for (const char* name : {"crimes-from", "crimes-to"})
      if (!Month::parse(field(name))) wrong.push_back({at + name, tr("Write the month as 2022-01.")});
    const bool rate = out.transform == Transform::rate;
    const std::string base_year = year("base-year", rate);
    add_figures(out, areas,
                {"",
                 pattern_of(kCrimes, {{"as-at", as_at},
                                      {"from", field("crimes-from")},
                                      {"to", field("crimes-to")},
                                      {"type", field("crimes-type")}}),
                 rate ? pattern_of(kPopulation, {{"as-at", as_at}, {"year", base_year}}) : ""});
  } else if (from == "population") {
    add_figures(out, areas, {"", pattern_of(kPopulation, {{"as-at", as_at}, {"year", year("year", true)}}), ""});
  } else {
    const auto all = lines(field("addresses"));
    if (all.empty())
      wrong.push_back(
          {at + "addresses", "Write at least one address of a figure, with {area} where the area's key stands."});
    for (const std::string& line : all) {
      std::vector<std::string> parts = split(line, '|');
      for (std::string& part : parts) part = std::string(trimmed(part));
      if (parts.size() == 1) parts.insert(parts.begin(), "");
      const auto usable = [](const std::string& pattern) {
        return pattern.find("{area}") != std::string::npos &&
               figures::Address::parse(filled_in(pattern, "E00000000")).has_value();
      };
      if (parts.size() > 3 || !usable(parts[1]) || (parts.size() == 3 && !usable(parts[2]))) {
        wrong.push_back(
            {at + "addresses", "“" + line +
                                   "”: write an address such as /figures/crimes?area={area}&from=2022-01&to=2022-11, "
                                   "with a period and | before it for a mean of several years."});
        return;
      }
      add_figures(out, areas, {parts[0], parts[1], parts.size() == 3 ? parts[2] : ""});
    }
  }
}

bool same_values(const Indicator& a, const Indicator& b) {
  return std::equal(a.values.begin(), a.values.end(), b.values.begin(), b.values.end(),
                    [](const auto& one, const auto& other) {
                      return one.first == other.first &&
                             std::equal(one.second.begin(), one.second.end(), other.second.begin(), other.second.end(),
                                        [](const Observation& x, const Observation& y) {
                                          return x.period == y.period && x.value == y.value && x.base == y.base;
                                        });
                    });
}

// The source of a table: as it was kept (`kept`) while it says the same, else the file or the lines that came.
void keep(const Entered& entered, const std::string& at, const std::string& text, const Upload* upload,
          const Origin* kept, std::int64_t rows, const std::string& name, Origin& origin,
          std::vector<KeptTable>& tables) {
  origin.source.name = get(entered, at + "source");
  origin.source.publisher = get(entered, at + "publisher");
  origin.reference_date = get(entered, at + "reference-date");
  origin.note = get(entered, at + "note");
  if (upload == nullptr && kept != nullptr) {
    const figures::Source own = origin.source;
    origin.source = kept->source;
    origin.source.name = own.name;
    origin.source.publisher = own.publisher;
    return;
  }
  KeptTable table{upload != nullptr ? upload->name : name + ".csv",
                  upload != nullptr ? upload->bytes : text,
                  origin.source.publisher,
                  {},
                  rows};
  if (origin.source.name.empty()) origin.source.name = table.name;
  origin.source.sha256 = sha256(table.bytes);
  origin.source.rows = rows;
  tables.push_back(std::move(table));
}

Indicator read_indicator(const Entered& entered, std::size_t i, const Scheme& scheme, const WeightedIndicators* former,
                         const std::map<std::string, Upload>& uploads, std::vector<KeptTable>& tables,
                         Problems& wrong) {
  const std::string at = prefix(i);
  Indicator out;
  out.name = get(entered, at + "name");
  if (out.name.empty()) wrong.push_back({at + "name", tr("Give the indicator a name.")});
  if (get(entered, at + "weight").empty())
    wrong.push_back({at + "weight", tr("Give the weight in per cent. The weights of the step come to 100.")});
  out.weight = number(entered, at + "weight", wrong).value_or(Fraction(0));
  const std::string transform = get(entered, at + "transform");
  out.transform = transform == "rate" ? Transform::rate : transform == "share" ? Transform::share : Transform::count;
  if (out.transform == Transform::rate) out.per = whole(entered, at + "per", wrong).value_or(1000);
  if (const auto decimals = whole(entered, at + "decimals", wrong)) {
    if (*decimals < 0 || *decimals > 12)
      wrong.push_back({at + "decimals", tr("Write a number of decimals from 0 to 12, or leave it empty.")});
    else
      out.decimals = static_cast<int>(*decimals);
  }
  const std::string from = get(entered, at + "from");
  if (from == "crimes" || from == "population" || from == "address") {
    read_figures(entered, at, from, scheme.areas, out, wrong);
    out.origin.source.name = get(entered, at + "source");
    out.origin.source.publisher = get(entered, at + "publisher");
    out.origin.reference_date = get(entered, at + "reference-date");
    out.origin.note = get(entered, at + "note");
    return out;
  }
  const auto sent = uploads.find(at + "file");
  const Upload* upload = sent == uploads.end() ? nullptr : &sent->second;
  const std::string text = upload != nullptr ? upload->text : get(entered, at + "values");
  if (text.empty())
    wrong.push_back(
        {at + "values", tr("Paste a value for each area, or choose a file, or take figures of the evidence.")});
  else
    read_table(text, scheme.areas, at + "values", out, wrong);
  const Origin* kept = nullptr;
  if (former != nullptr)
    for (const Indicator& one : former->indicators)
      if (kept == nullptr && one.from_figures.empty() && same_values(one, out)) kept = &one.origin;
  std::int64_t rows = 0;
  for (const auto& [key, all] : out.values) rows += static_cast<std::int64_t>(all.size());
  if (!text.empty()) keep(entered, at, text, upload, kept, rows, slug(out.name), out.origin, tables);
  return out;
}

std::string parts_text(const DirectShares& shares) {
  std::string out;
  for (const auto& [key, value] : shares.values)
    out += quoted(key) + "," +
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

int indicator_count(const Entered& entered) {
  const std::string text = get(entered, "count");
  const int count = text.size() == 1 || text.size() == 2 ? std::atoi(text.c_str()) : 1;
  return std::clamp(count, 1, 30);
}

Entered entered_from(const Step& step) {
  Entered out;
  out["note"] = step.note;
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
    out["count"] = std::to_string(weighted->indicators.size());
    for (std::size_t i = 0; i < weighted->indicators.size(); ++i) put_indicator(out, weighted->indicators[i], i);
  } else if (const auto* shares = std::get_if<DirectShares>(&step.what)) {
    put(out, shares->size);
    out["by"] = shares->by == DirectShares::By::amounts       ? "amounts"
                : shares->by == DirectShares::By::percentages ? "percentages"
                                                              : "last_year";
    out["values"] = parts_text(*shares);
    out["source"] = shares->origin.source.name;
    out["publisher"] = shares->origin.source.publisher;
    out["reference-date"] = shares->origin.reference_date;
  } else if (const auto* limit = std::get_if<Limit>(&step.what)) {
    put(out, "amount", limit->amount);
    put_percent(out, "percent", limit->share);
    for (const auto& [key, amount] : limit->by_area) out["by-area"] += quoted(key) + "," + amount.plain() + "\n";
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

Result<std::map<std::string, Fraction>> read_parts(const std::string& text, const std::vector<Area>& areas,
                                                   bool of_money, const std::string& field) {
  std::map<std::string, Fraction> out;
  const auto rows = read_delimited(text);
  if (!rows) return invalid(rows.error().message, {{field, rows.error().message}});
  for (const DelimitedRow& row : *rows) {
    const auto fail = [&](const std::string& what) {
      const std::string sentence = "Line " + std::to_string(row.line) + ": " + what;
      return invalid(sentence, {{field, sentence}});
    };
    const std::string name = row.fields.empty() ? "" : std::string(trimmed(row.fields[0]));
    // An amount may hold commas of its own: "Ayton,1,234.56". They stay in it, so that "Ayton,100,00" is not 10,000.
    std::string amount;
    for (std::size_t i = 1; i < row.fields.size(); ++i)
      amount += (i == 1 ? "" : ",") + std::string(trimmed(row.fields[i]));
    amount = visible(amount);
    while (amount.ends_with(',')) amount.pop_back();
    if (&row == &rows->front() && (lowered(name) == "area" || lowered(name) == "key")) continue;
    const Area* area = area_named(areas, name);
    std::string key = name;
    if (area != nullptr)
      key = area->key;
    else if (!areas.empty())
      return fail("there is no area “" + name + "” in this scheme. Write its key or its name.");
    if (key.empty()) return fail("it names no area.");
    if (out.count(key) > 0) return fail(name + " is there twice.");
    if (of_money) {
      const auto value = Money::parse(amount);
      if (!value) return fail(refused_number(amount, value.error().message));
      out[key] = Fraction::of(*value);
    } else {
      if (amount.ends_with('%')) amount.pop_back();
      const auto value = Fraction::parse(amount);
      if (!value) return fail(refused_number(amount, value.error().message));
      out[key] = *value;
    }
  }
  return out;
}

Result<EnteredStep> step_from(const std::string& type, const Entered& entered, const Scheme& scheme, const Step* former,
                              const std::map<std::string, Upload>& uploads) {
  Problems wrong;
  EnteredStep out;
  out.step.note = get(entered, "note");
  const auto parts = [&](const char* field, bool of_money) {
    auto read = read_parts(get(entered, field), scheme.areas, of_money, field);
    if (read) return std::move(*read);
    wrong.insert(wrong.end(), read.error().fields.begin(), read.error().fields.end());
    return std::map<std::string, Fraction>();
  };
  const auto needed = [&](const char* field) {
    const auto amount = money(entered, field, wrong);
    if (get(entered, field).empty())
      wrong.push_back({field, tr("Write an amount in pounds and pence, for example 1,500.00.")});
    return amount.value_or(Money{});
  };
  if (type == "hold_back") {
    const std::string of = get(entered, "of");
    out.step.what = HoldBack{get(entered, "purpose"), size_of(entered, wrong),
                             of == "remaining"     ? HoldBack::Of::remaining
                             : of == "allocations" ? HoldBack::Of::allocations
                                                   : HoldBack::Of::pot};
  } else if (type == "fixed_amount") {
    out.step.what = FixedAmount{needed("amount"), get(entered, "per") == "authority", lines(get(entered, "areas"))};
  } else if (type == "weighted_indicators") {
    WeightedIndicators made;
    made.size = size_of(entered, wrong);
    const auto* before = former == nullptr ? nullptr : std::get_if<WeightedIndicators>(&former->what);
    if (before != nullptr && before->indicators.empty()) before = nullptr;
    for (int i = 0; i < indicator_count(entered); ++i)
      made.indicators.push_back(
          read_indicator(entered, static_cast<std::size_t>(i), scheme, before, uploads, out.tables, wrong));
    out.step.what = std::move(made);
  } else if (type == "direct_shares") {
    DirectShares made;
    made.size = size_of(entered, wrong);
    const std::string by = get(entered, "by");
    made.by = by == "amounts"       ? DirectShares::By::amounts
              : by == "percentages" ? DirectShares::By::percentages
                                    : DirectShares::By::last_year;
    if (made.by != DirectShares::By::last_year) {
      made.values = parts("values", made.by == DirectShares::By::amounts);
      const auto* before = former == nullptr ? nullptr : std::get_if<DirectShares>(&former->what);
      keep(entered, "", get(entered, "values"), nullptr,
           before != nullptr && before->values == made.values ? &before->origin : nullptr,
           static_cast<std::int64_t>(made.values.size()), "direct-shares", made.origin, out.tables);
      made.origin.note.clear();
    }
    out.step.what = std::move(made);
  } else if (type == "floor" || type == "cap" || type == "hold_harmless" || type == "gain_limit") {
    Limit made;
    made.kind = type == "floor"           ? Limit::Kind::floor
                : type == "cap"           ? Limit::Kind::cap
                : type == "hold_harmless" ? Limit::Kind::hold_harmless
                                          : Limit::Kind::gain_limit;
    made.amount = money(entered, "amount", wrong);
    made.share = share(entered, "percent", wrong);
    made.areas = lines(get(entered, "areas"));
    for (const auto& [key, value] : parts("by-area", true))
      made.by_area[key] = Money{value.nearest().to_int64().value_or(0)};
    made.in_proportion = get(entered, "when-short") == "in_proportion" && (type == "floor" || type == "hold_harmless");
    out.step.what = std::move(made);
  } else if (type == "phase_in") {
    PhaseIn made;
    for (std::string part : split(get(entered, "path"), ',')) {
      part = std::string(trimmed(part));
      if (part.ends_with('%')) part.pop_back();
      if (part.empty()) continue;
      auto value = Fraction::parse(part);
      if (!value)
        wrong.push_back({"path", refused_number(part, value.error().message)});
      else
        made.path.push_back(*value / Fraction(100));
    }
    if (made.path.size() > 50) wrong.push_back({"path", tr("Phase in over 50 years at most.")});
    const auto year = whole(entered, "year", wrong);
    made.year = year && *year > 0 && *year < 1000 ? static_cast<int>(*year) : get(entered, "year").empty() ? 1 : 0;
    out.step.what = std::move(made);
  } else if (type == "override") {
    out.step.what = Override{get(entered, "area"), needed("value"), get(entered, "reason"), get(entered, "approver")};
  } else if (type == "over_programming") {
    out.step.what = OverProgramming{size_of(entered, wrong), get(entered, "underwritten-by")};
  } else {
    return not_found(tr("There is no such kind of step."));
  }
  if (wrong.empty()) return out;
  std::string first = wrong.front().message;
  return invalid(std::move(first), std::move(wrong));
}

std::string field_of_place(const std::string& type, std::string_view place) {
  if (place.starts_with("indicators[")) {
    const std::size_t end = place.find(']');
    const std::string at = "indicators-" + std::string(place.substr(11, end - 11)) + "-";
    const std::string_view rest = place.size() > end + 1 ? place.substr(end + 2) : std::string_view();
    return at + (rest.starts_with("weight")   ? "weight"
                 : rest.starts_with("per")    ? "per"
                 : rest.starts_with("values") ? "values"
                                              : "name");
  }
  if (place.starts_with("indicators")) return "indicators-0-weight";
  if (place.starts_with("percentages") || place.starts_with("amounts")) return "values";
  if (place.starts_with("by_area")) return "by-area";
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
