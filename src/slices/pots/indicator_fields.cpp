#include "slices/pots/indicator_fields.h"

#include <algorithm>
#include <set>

#include "allocation/delimited.h"
#include "allocation/imported_numbers.h"
#include "allocation/printed_text.h"
#include "base/hash.h"
#include "base/text.h"
#include "slices/pots/pickers.h"

namespace tithing::pots {
namespace {

using forms::Field;
using forms::Kind;
using forms::Rows;

constexpr std::string_view kNoValue = "A missing value is not nought: give it, or leave the indicator out.";

// With a fourth decimal where three could be thousands, so that what the form is filled with is read as it was.
std::string plainly(const Fraction& value) {
  const std::string text = value.text();
  return two_readings(text.starts_with('-') ? text.substr(1) : text).empty() ? text : text + "0";
}

std::string quoted(const std::string& field) {
  if (field.find_first_of(",\"\n") == std::string::npos) return field;
  std::string out = "\"";
  for (const char c : field) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

Field named(Field field, const std::string& before) {
  field.name = before + field.name;
  return field;
}

std::string year_at(int indicator, int year) { return indicator_at(indicator) + "year-" + std::to_string(year) + "-"; }

// The periods of a table in the order in which its areas have them.
std::vector<std::string> periods_of(const Indicator& indicator) {
  std::vector<std::string> out;
  for (const auto& [key, all] : indicator.values)
    for (const Observation& one : all)
      if (one.address.empty() && std::find(out.begin(), out.end(), one.period) == out.end()) out.push_back(one.period);
  return out;
}

// Typed values in the fields of the areas. What is there of other areas and years stays.
void put_values(Entered& out, const Indicator& indicator, int number) {
  const std::vector<std::string> periods = periods_of(indicator);
  for (std::size_t year = 0; year < periods.size(); ++year) {
    const std::string at = year_at(number, static_cast<int>(year));
    out[at + "period"] = periods[year];
    for (const auto& [key, all] : indicator.values)
      for (const Observation& one : all) {
        if (!one.address.empty() || one.period != periods[year]) continue;
        out[of_area(at + "value", key)] = plainly(one.value);
        if (one.base) out[of_area(at + "base", key)] = plainly(*one.base);
      }
  }
}

// --- figures of the evidence -----------------------------------------------------------------------------------------

Rows span_rows(int indicator) {
  const auto month = [](const char* name, html::Content label, html::Content hint) {
    return Field{.name = name, .label = std::move(label), .kind = Kind::month, .hint = std::move(hint)};
  };
  return {.name = indicator_at(indicator) + "span",
          .legend = tr("Over which time"),
          .hint = tr("Months of police data; the year of a population. Of several their mean is taken."),
          .fields = {month("from", tr("First month"), tr("For example January 2022.")),
                     month("to", tr("Last month"), {}),
                     {.name = "year",
                      .label = tr("Population of the year"),
                      .kind = Kind::number,
                      .hint = tr("Of the population, and of what a rate is of."),
                      .least = 1900,
                      .most = 2200,
                      .classes = "govuk-input--width-5"},
                     text_field("period", tr("Called"), tr("Where there are several: 2021/22."))},
          .title = [](const std::string& number) { return tr("Time {0}", {number}); },
          .add = tr("Add a time"),
          .side_by_side = true};
}

// What a pattern asks of the evidence, as the form has fields for it.
struct Asked {
  std::string code, as_at, from, to, year;
  bool operator==(const Asked&) const = default;
};

std::optional<Asked> asked_in(const std::string& pattern) {
  const auto address = figures::Address::parse(filled_in(pattern, "AREA"));
  if (!address || address->parameters.get("area") != "AREA") return std::nullopt;
  Asked out;
  out.code = address->kind;
  std::set<std::string> known = {"area"};
  const auto take = [&](const char* name, std::string& into) {
    into = address->parameters.get(name);
    known.insert(name);
  };
  std::string what;
  if (out.code == "crimes") {
    take("from", out.from);
    take("to", out.to);
    take("type", what);
    take("as-at", out.as_at);
  } else if (out.code == "population") {
    take("year", out.year);
    take("as-at", out.as_at);
  } else if (out.code == "official-crimes") {
    take("offence", what);
  } else {
    return std::nullopt;
  }
  if (!what.empty()) out.code += "/" + what;
  for (const auto& [name, value] : address->parameters.values)
    if (known.count(name) == 0) return std::nullopt;
  return out;
}

// The pattern of the figures: what is empty is left out.
std::string pattern_of(const Asked& asked) {
  const std::size_t slash = asked.code.find('/');
  const std::string kind = asked.code.substr(0, slash),
                    what = slash == std::string::npos ? std::string() : asked.code.substr(slash + 1);
  std::string out = "/figures/" + kind + "?area={area}";
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) out += std::string("&") + name + "=" + url_encoded(value);
  };
  add("as-at", asked.as_at);
  if (kind == "crimes") {
    add("from", asked.from);
    add("to", asked.to);
    add("type", what);
  }
  if (kind == "official-crimes") add("offence", what);
  if (kind == "population") add("year", asked.year);
  return out;
}

// All patterns of an indicator as one question over several times. Nothing where the form cannot ask so.
struct Question {
  std::string code, as_at;
  std::vector<Entered> spans;
};
std::optional<Question> question_of(const Indicator& indicator) {
  Question out;
  for (const FiguresByArea& figures : indicator.from_figures) {
    const auto asked = asked_in(figures.value);
    const auto base = figures.base.empty() ? std::optional(Asked{}) : asked_in(figures.base);
    if (!asked || !base || (!figures.base.empty() && base->code != "population")) return std::nullopt;
    const bool rate = !figures.base.empty();
    if (rate && (asked->as_at != base->as_at || asked->code == "population")) return std::nullopt;
    if (&figures != &indicator.from_figures.front() && (asked->code != out.code || asked->as_at != out.as_at))
      return std::nullopt;
    out.code = asked->code;
    out.as_at = asked->as_at;
    out.spans.push_back({{"from", asked->from},
                         {"to", asked->to},
                         {"year", rate ? base->year : asked->year},
                         {"period", figures.period}});
  }
  const bool typed = std::any_of(indicator.values.begin(), indicator.values.end(), [](const auto& area) {
    return std::any_of(area.second.begin(), area.second.end(),
                       [](const Observation& one) { return one.address.empty(); });
  });
  return typed || out.spans.empty() ? std::nullopt : std::optional(out);
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

void read_figures(Entered& entered, int number, const std::vector<Area>& areas, Indicator& out, Problem& problem) {
  const forms::Questions asks = evidence_questions(number);
  forms::add_problems(problem, settle_all(asks, entered).fields);
  const std::string at_first = indicator_at(number), code = at(entered, at_first + "indicator");
  const bool months = code.starts_with("crimes"), rate = out.transform == Transform::rate;
  const Rows& spans = asks.rows.front();
  auto rows = rows_in(spans, entered);
  if (rows.empty()) rows.push_back({});
  const auto wrong = [&](int row, const char* field, const std::string& sentence) {
    forms::add_problems(problem, {{in_row(spans, row, field), sentence}});
  };
  for (const auto& [row, values] : rows) {
    const Asked asked{code, at(entered, at_first + "as-at"), at(values, "from"), at(values, "to"), at(values, "year")};
    if (months && asked.from.empty()) wrong(row, "from", "Write the first month, for example January 2022.");
    if (months && asked.to.empty()) wrong(row, "to", "Write the last month, for example November 2022.");
    if (!months && !code.empty() && (!asked.from.empty() || !asked.to.empty()))
      wrong(row, "from", "Only police data have months. Leave them empty, or pick what police data count.");
    if ((code == "population" || rate) && asked.year.empty())
      wrong(row, "year", "Write the year of the population in four digits, for example 2022.");
    if (code == "population" && rate)
      forms::add_problems(problem,
                          {{at_first + "transform", tr("A population is no rate: share by the count itself.")}});
    if (rows.size() > 1 && at(values, "period").empty())
      wrong(row, "period", "Give each of several times a name of its own, such as 2021/22.");
    add_figures(out, areas,
                {at(values, "period"), pattern_of(asked),
                 rate ? pattern_of({"population", asked.as_at, {}, {}, asked.year}) : std::string()});
  }
}

// --- tables ----------------------------------------------------------------------------------------------------------

// Values from lines; a first line whose second field is no number is a heading. A sentence where they cannot be read.
std::optional<std::string> read_table(const std::string& text, const std::vector<Area>& areas, Indicator& out) {
  const char separator = separator_of(text);
  const auto rows = read_delimited(text, separator);
  if (!rows) return rows.error().message;
  std::size_t base = 0, period = 0, first = 0, value = 1, area = 0;
  // Nothing but figures and what people write beside them is a value, however it is written.
  const auto is_value = [](const std::string& cell) {
    const std::string seen = visible(cell);
    return Fraction::parse(seen) || (seen.find_first_of("0123456789") != std::string::npos &&
                                     seen.find_first_not_of("0123456789,.%' ()-") == std::string::npos);
  };
  if (!rows->empty() && (rows->front().fields.size() < 2 || !is_value(rows->front().fields[1]))) {
    first = 1;
    bool named_value = false;
    for (std::size_t i = 0; i < rows->front().fields.size(); ++i) {
      const std::string name = lowered(trimmed(rows->front().fields[i]));
      if (name == "area" || name == "key" || name == "code")
        area = i;
      else if (name == "value")
        value = i, named_value = true;
      else if (name == "base" || name == "population" || name == "people")
        base = i;
      else if (name == "period" || name == "year")
        period = i;
    }
    if (!named_value && rows->front().fields.size() > 1 && base == 1) value = 2;
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
    return "Line " + std::to_string(row.line) + ": “" + row.fields[1] + "," + row.fields[2] +
           "” can be one number with its thousands set apart, or two numbers. Write it without the comma, or put a "
           "line of headings above (area, value, base or period).";
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
    if (found == nullptr) return line + "there is no area “" + cell(area) + "” in this scheme. Write its name.";
    Observation one;
    const auto read = [&](std::size_t i, Fraction& into) -> std::optional<std::string> {
      const auto number = numbers.read(cell(i));
      if (number) into = *number;
      if (number) return std::nullopt;
      return line +
             (cell(i).empty() ? found->name + " has no value. " + std::string(kNoValue) : number.error().message);
    };
    if (const auto wrong = read(value, one.value)) return wrong;
    if (base > 0)
      if (const auto wrong = read(base, one.base.emplace())) return wrong;
    if (period > 0) one.period = cell(period);
    out.values[found->key].push_back(std::move(one));
  }
  return std::nullopt;
}

// The values of the fields, all of them shown to the reader of numbers first: one that only one manner explains settles
// the others.
void read_values(const Entered& entered, int number, const std::vector<Area>& areas, Indicator& out, Problem& problem) {
  const int years = count(year_rows(number), entered);
  ImportedNumbers numbers('\t');
  const auto every = [&](const auto& then) {
    for (int year = 0; year < years; ++year)
      for (const Area& area : areas) then(area, year_at(number, year));
  };
  every([&](const Area& area, const std::string& from) {
    for (const char* what : {"value", "base"}) numbers.see(at(entered, of_area(from + what, area.key)));
  });
  bool any = false;
  every([&](const Area& area, const std::string& from) {
    const auto read = [&](const char* what) -> std::optional<Fraction> {
      const std::string field = of_area(from + what, area.key), text = at(entered, field);
      if (text.empty()) return std::nullopt;
      any = true;
      const auto value = numbers.read(text);
      if (!value) forms::add_problems(problem, {{field, area.name + ": " + value.error().message}});
      return value ? std::optional(*value) : Fraction(0);
    };
    const std::string period = at(entered, from + "period");
    if (years > 1 && period.empty())
      forms::add_problems(problem, {{from + "period", tr("Name the year or period of each column of values.")}});
    const auto value = read("value");
    const auto base = read("base");
    if (!value && base)
      forms::add_problems(problem,
                          {{of_area(from + "value", area.key), area.name + " has no value. " + std::string(kNoValue)}});
    if (value) out.values[area.key].push_back({.period = period, .value = *value, .base = base});
  });
  if (!any && !areas.empty())
    forms::add_problems(problem,
                        {{of_area(year_at(number, 0) + "value", areas.front().key),
                          tr("Write a value for each area, paste a table, choose a file, or take figures of the "
                             "evidence.")}});
}

std::string table_of(const Indicator& indicator) {
  std::string out = "area,value,base,period\n";
  for (const auto& [key, all] : indicator.values)
    for (const Observation& one : all)
      if (one.address.empty())
        out += quoted(key) + "," + one.value.text() + "," + (one.base ? one.base->text() : "") + "," +
               quoted(one.period) + "\n";
  return out;
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

// The part of the form that says what the values are, without what says how they are shared by.
Entered values_part(const Entered& entered, int number) {
  Entered out;
  const std::string at_first = indicator_at(number);
  for (const auto& [name, text] : entered) {
    if (!name.starts_with(at_first) || at(entered, name).empty() || name.ends_with("-is")) continue;
    const std::string field = name.substr(at_first.size());
    if (field == "from" || field == "indicator" || field == "as-at" || field.starts_with("span-") ||
        field.starts_with("year-"))
      out[field] = at(entered, name);
  }
  return out;
}

}  // namespace

const Rows& indicator_rows() {
  static const Rows rows = {.name = "indicators",
                            .fields = {{.name = "name"}, {.name = "weight"}},
                            .title = [](const std::string& number) { return tr("Indicator {0}", {number}); },
                            .add = tr("Add an indicator")};
  return rows;
}

std::string indicator_at(int indicator) { return in_row(indicator_rows(), indicator, ""); }

std::vector<Field> indicator_head(int indicator) {
  Field name = text_field("name", tr("Name")),
        weight = per_cent_field(
            "weight", tr("Weight in per cent"),
            indicator == 0 ? html::Content(tr("The weights of the step come to 100.")) : html::Content());
  name.missing = "Give the indicator a name.";
  weight.missing = "Give the weight in per cent. The weights of the step come to 100.";
  std::vector<Field> out = {name,
                            weight,
                            {.name = "transform",
                             .label = tr("What is shared by"),
                             .kind = Kind::choice,
                             .choices = {{"count", tr("The count itself")},
                                         {"rate", tr("A rate: the value over a base")},
                                         {"share", tr("A percentage as published")}}},
                            {.name = "per",
                             .label = tr("Rate per"),
                             .kind = Kind::number,
                             .hint = tr("For example 1000."),
                             .most = 999'999'999'999},
                            {.name = "decimals",
                             .label = tr("Decimals to which each value is rounded first"),
                             .kind = Kind::number,
                             .hint = tr("Empty: it is not rounded."),
                             .most = 12,
                             .classes = "govuk-input--width-2"}};
  for (Field& field : out) field = named(std::move(field), indicator_at(indicator));
  return out;
}

std::vector<Field> indicator_source(int indicator) {
  const std::string at_first = indicator_at(indicator);
  return {text_field(at_first + "source", tr("Source"), tr("The publication or file that the values come from.")),
          text_field(at_first + "publisher", tr("Publisher")),
          text_field(at_first + "reference-date", tr("Reference date"),
                     tr("The day or period that the values speak of."), "govuk-input--width-20"),
          text_field(at_first + "note", tr("Note on the values"))};
}

Rows year_rows(int indicator) {
  return {.name = indicator_at(indicator) + "year",
          .fields = {text_field("period", tr("Year or period"), tr("Where there are several: their mean is taken."),
                                "govuk-input--width-10")},
          .title = [](const std::string& number) { return tr("Values {0}", {number}); },
          .add = tr("Add values of another year")};
}

std::vector<Field> year_fields(int indicator, int year, const std::vector<Area>& areas) {
  std::vector<Field> out;
  const std::string from = year_at(indicator, year);
  const auto values = fields_by_area(areas, {.name = from + "value", .label = tr("Value"), .kind = Kind::share}),
             bases = fields_by_area(areas, {.name = from + "base", .label = tr("Base of a rate"), .kind = Kind::share});
  for (std::size_t i = 0; i < areas.size(); ++i) {
    out.push_back(values[i]);
    out.push_back(bases[i]);
  }
  return out;
}

forms::Questions evidence_questions(int indicator) {
  const std::string at_first = indicator_at(indicator);
  forms::Questions out;
  out.first = {{.name = at_first + "indicator",
                .label = tr("What is counted"),
                .kind = Kind::picked,
                .hint = tr("By its name, such as Recorded crime, Burglary or Population. It is taken for each area of "
                           "the scheme."),
                .missing = "Say what is counted, such as Recorded crime, Burglary or Population.",
                .finder = indicator_finder()}};
  out.rows = {span_rows(indicator)};
  out.last = {{.name = at_first + "as-at",
               .label = tr("Structure of areas as at"),
               .kind = Kind::day,
               .hint = tr("A day such as 31 December 2022. Empty: as the figure does without it.")}};
  return out;
}

void put_indicator(Entered& out, const Indicator& indicator, int number) {
  const std::string at_first = indicator_at(number);
  out[at_first + "was"] = std::to_string(number);
  out[at_first + "name"] = indicator.name;
  out[at_first + "weight"] = indicator.weight.text();
  out[at_first + "transform"] = indicator.transform == Transform::rate    ? "rate"
                                : indicator.transform == Transform::share ? "share"
                                                                          : "count";
  if (indicator.transform == Transform::rate) out[at_first + "per"] = std::to_string(indicator.per);
  if (indicator.decimals) out[at_first + "decimals"] = std::to_string(*indicator.decimals);
  out[at_first + "source"] = indicator.origin.source.name;
  out[at_first + "publisher"] = indicator.origin.source.publisher;
  out[at_first + "reference-date"] = indicator.origin.reference_date;
  out[at_first + "note"] = indicator.origin.note;
  put_values(out, indicator, number);
  bool figures = !indicator.from_figures.empty();
  for (const auto& [key, all] : indicator.values)
    for (const Observation& one : all) figures = figures || !one.address.empty();
  if (!figures) {
    out[at_first + "from"] = "table";
  } else if (const auto question = question_of(indicator)) {
    out[at_first + "from"] = "evidence";
    out[at_first + "indicator"] = question->code;
    out[at_first + "as-at"] = question->as_at;
    put_rows(span_rows(number), out, question->spans);
  } else {
    out[at_first + "from"] = "kept";
  }
}

void keep_source(const Entered& entered, const std::string& at_first, const std::string& text, const Upload* upload,
                 const Origin* kept, std::int64_t rows, const std::string& name, Origin& origin,
                 std::vector<KeptTable>& tables) {
  origin.source.name = at(entered, at_first + "source");
  origin.source.publisher = at(entered, at_first + "publisher");
  origin.reference_date = at(entered, at_first + "reference-date");
  origin.note = at(entered, at_first + "note");
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

Indicator indicator_from(Entered& entered, int number, const Scheme& scheme, const WeightedIndicators* former,
                         const std::map<std::string, Upload>& uploads, std::vector<KeptTable>& tables,
                         Problem& problem) {
  const std::string at_first = indicator_at(number);
  forms::add_problems(problem, forms::settle_all(indicator_head(number), entered).fields);
  Indicator out;
  out.name = at(entered, at_first + "name");
  out.weight = fraction_in(entered, at_first + "weight").value_or(Fraction(0));
  const std::string transform = at(entered, at_first + "transform");
  out.transform = transform == "rate" ? Transform::rate : transform == "share" ? Transform::share : Transform::count;
  if (out.transform == Transform::rate) out.per = forms::whole_or(at(entered, at_first + "per"), 1000);
  if (const auto decimals = forms::whole(at(entered, at_first + "decimals"), 12))
    out.decimals = static_cast<int>(*decimals);

  // As it was kept, where nobody changed what the values are: also what the form has no fields for.
  const auto was = static_cast<std::size_t>(forms::whole_or(at(entered, at_first + "was"), 1'000));
  const Indicator* before = former != nullptr && was < former->indicators.size() ? &former->indicators[was] : nullptr;
  const auto sent = uploads.find(at_first + "file");
  const Upload* upload = sent == uploads.end() ? nullptr : &sent->second;
  const std::string from = at(entered, at_first + "from");
  bool untouched = false;
  if (before != nullptr && upload == nullptr) {
    Entered stored;
    put_indicator(stored, *before, number);
    Entered settled = entered;
    if (from == "evidence") settle_all(evidence_questions(number), settled);
    untouched = values_part(settled, number) == values_part(stored, number) &&
                (from != "evidence" || (out.transform == Transform::rate) == (before->transform == Transform::rate));
  }
  if (untouched) {
    out.values = before->values;
    out.from_figures = before->from_figures;
  } else if (from == "evidence") {
    read_figures(entered, number, scheme.areas, out, problem);
  } else if (from == "kept") {
    forms::add_problems(problem,
                        {{at_first + "from", tr("Choose where the values come from: there are none to be kept.")}});
  } else if (upload != nullptr) {
    if (const auto wrong = read_table(upload->text, scheme.areas, out))
      forms::add_problems(problem, {{at_first + "file", *wrong}});
  } else {
    read_values(entered, number, scheme.areas, out, problem);
  }
  const bool of_figures = !out.from_figures.empty() || from == "evidence" || from == "kept";
  const Origin* kept = untouched ? &before->origin : nullptr;
  if (former != nullptr && kept == nullptr)
    for (const Indicator& one : former->indicators)
      if (kept == nullptr && one.from_figures.empty() && same_values(one, out)) kept = &one.origin;
  if (of_figures && kept == nullptr) {
    const Origin nothing;
    keep_source(entered, at_first, {}, nullptr, &nothing, 0, {}, out.origin, tables);
    return out;
  }
  std::int64_t rows = 0;
  for (const auto& [key, all] : out.values) rows += static_cast<std::int64_t>(all.size());
  keep_source(entered, at_first, table_of(out), upload, kept, rows, slug(out.name), out.origin, tables);
  return out;
}

bool indicators_turned(Entered& entered, const std::vector<Area>& areas, Problem& problem) {
  bool again = turned(indicator_rows(), entered);
  for (int number = 0; number < indicator_count(entered); ++number) {
    again = turned(span_rows(number), entered) || again;
    again = turned(year_rows(number), entered) || again;
    const std::string box = indicator_at(number) + "pasted", text = at(entered, box);
    if (text.empty()) continue;
    again = true;
    Indicator read;
    if (at(entered, indicator_at(number) + "transform") == "rate") read.transform = Transform::rate;
    if (const auto wrong = read_table(text, areas, read)) {
      forms::add_problems(problem, {{box, *wrong}});
    } else {
      put_values(entered, read, number);
      entered[indicator_at(number) + "from"] = "table";
      entered[indicator_at(number) + "read"] =
          plural(static_cast<std::int64_t>(read.values.size()), "area was", "areas were");
      entered.erase(box);
    }
  }
  return again;
}

}  // namespace tithing::pots
