#include "slices/pots/scheme_fields.h"

#include <algorithm>

#include "allocation/printed_text.h"
#include "base/hash.h"
#include "base/text.h"
#include "base/translation.h"

namespace tithing::pots {
namespace {

std::string get(const Entered& entered, const std::string& name) {
  const auto found = entered.find(name);
  return found == entered.end() ? std::string() : std::string(trimmed(found->second));
}

// Lines with the number each has in the field; empty ones are left out.
std::vector<std::pair<int, std::string>> numbered(const std::string& text) {
  std::vector<std::pair<int, std::string>> out;
  int number = 0;
  for (const std::string& line : split(text, '\n')) {
    ++number;
    if (const auto one = trimmed(line); !one.empty()) out.emplace_back(number, std::string(one));
  }
  return out;
}

std::vector<std::string> parts(const std::string& line, char separator) {
  std::vector<std::string> out;
  for (const std::string& part : split(line, separator)) out.emplace_back(trimmed(part));
  return out;
}

std::string part(const std::vector<std::string>& all, std::size_t i) { return i < all.size() ? all[i] : std::string(); }

tl::unexpected<Problem> wrong_line(const char* field, int line, const std::string& what) {
  const std::string sentence = "Line " + std::to_string(line) + ": " + what;
  return invalid(sentence, {{field, sentence}});
}

}  // namespace

std::string line_of(const Area& area) {
  return area.key + " | " + area.name + " | " + (area.population ? std::to_string(*area.population) : "") + " | " +
         joined(area.authorities, "; ");
}

Entered areas_entered(const Scheme& scheme) {
  Entered out;
  for (const Area& area : scheme.areas) out["areas"] += line_of(area) + "\n";
  return out;
}

Result<std::vector<Area>> areas_from(const Entered& entered) {
  std::vector<Area> out;
  for (const auto& [number, line] : numbered(get(entered, "areas"))) {
    const auto fields = parts(line, '|');
    Area area{part(fields, 0), part(fields, 1), {}, {}};
    if (area.key.empty())
      return wrong_line("areas", number, "write a key before the first |, such as the area's official code.");
    if (area.name.empty()) area.name = area.key;
    if (std::any_of(out.begin(), out.end(), [&](const Area& one) { return one.key == area.key; }))
      return wrong_line("areas", number, "the key “" + area.key + "” is there twice.");
    if (const std::string people = part(fields, 2); !people.empty()) {
      if (const std::string ways = two_readings(people); !ways.empty())
        return wrong_line("areas", number,
                          "the population “" + people + "” can be read as " + ways +
                              ". Write it as a whole number, for example 1000.");
      const auto many = Fraction::parse(people);
      const auto whole = many && many->whole() ? many->numerator().to_int64() : std::nullopt;
      if (!whole || *whole <= 0)
        return wrong_line(
            "areas", number,
            "the population “" + people + "” is not a whole number above nought. Leave it empty if it is not known.");
      area.population = *whole;
    }
    for (const std::string& authority : parts(part(fields, 3), ';'))
      if (!authority.empty()) area.authorities.push_back(authority);
    out.push_back(std::move(area));
  }
  if (out.empty())
    return invalid(tr("Name at least one area."),
                   {{"areas", tr("Name at least one area, or fill them in from the register.")}});
  return out;
}

Scheme with_areas(Scheme scheme, std::vector<Area> areas) {
  const auto there = [&](const std::string& key) {
    return std::any_of(areas.begin(), areas.end(), [&](const Area& area) { return area.key == key; });
  };
  const auto prune = [&](auto& map) { std::erase_if(map, [&](const auto& entry) { return !there(entry.first); }); };
  const auto prune_keys = [&](std::vector<std::string>& keys) {
    std::erase_if(keys, [&](const std::string& key) { return !there(key); });
  };
  for (Step& step : scheme.steps) {
    if (auto* fixed = std::get_if<FixedAmount>(&step.what)) prune_keys(fixed->areas);
    if (auto* shares = std::get_if<DirectShares>(&step.what)) prune(shares->values);
    if (auto* limit = std::get_if<Limit>(&step.what)) {
      prune(limit->by_area);
      prune_keys(limit->areas);
    }
    auto* weighted = std::get_if<WeightedIndicators>(&step.what);
    if (weighted == nullptr) continue;
    for (Indicator& indicator : weighted->indicators) {
      prune(indicator.values);
      for (const FiguresByArea& from : indicator.from_figures)
        for (const Area& area : areas) {
          auto& all = indicator.values[area.key];
          if (std::any_of(all.begin(), all.end(), [&](const Observation& one) { return one.period == from.period; }))
            continue;
          Observation one;
          one.period = from.period;
          one.address = filled_in(from.value, area.key);
          if (!from.base.empty()) one.base_address = filled_in(from.base, area.key);
          all.push_back(std::move(one));
        }
    }
  }
  scheme.areas = std::move(areas);
  return scheme;
}

Entered last_year_entered(const Scheme& scheme) {
  Entered out;
  if (scheme.last_year) {
    const LastYear& before = *scheme.last_year;
    out["year"] = before.financial_year;
    for (const auto& [key, amount] : before.amounts) out["amounts"] += key + ", " + amount.plain() + "\n";
    for (const auto& [key, name] : before.names) out["names"] += key + ", " + name + "\n";
    out["source"] = before.origin.source.name;
    out["publisher"] = before.origin.source.publisher;
    out["reference-date"] = before.origin.reference_date;
    out["note"] = before.origin.note;
    out["url"] = before.origin.source.url;
  }
  for (const Succession& one : scheme.successions) {
    std::vector<std::string> after;
    for (const Succession::After& next : one.after)
      after.push_back(next.area + (next.share ? " " + next.share->text() : ""));
    out["succession"] += joined(one.before, "; ") + " = " + joined(after, "; ") + "\n";
  }
  return out;
}

Result<EnteredLastYear> last_year_from(const Entered& entered, const Scheme& scheme) {
  EnteredLastYear out;
  const std::string amounts = get(entered, "amounts");
  if (!amounts.empty()) {
    LastYear before;
    before.financial_year = get(entered, "year");
    if (before.financial_year.empty())
      return invalid(tr("Say which year it is."),
                     {{"year", tr("Say of which financial year the amounts are, for example 2011/12.")}});
    auto read = read_parts(amounts, {}, true, "amounts");
    if (!read) return pass_on(read);
    for (const auto& [name, value] : *read) {
      std::string key = name;
      for (const Area& area : scheme.areas)
        if (lowered(area.name) == lowered(name)) key = area.key;
      if (before.amounts.count(key) > 0)
        return invalid(tr("{0} is there twice.", {name}), {{"amounts", tr("{0} is there twice.", {name})}});
      before.amounts[key] = Money{value.nearest().to_int64().value_or(0)};
    }
    for (const auto& [number, line] : numbered(get(entered, "names"))) {
      const std::size_t comma = line.find(',');
      if (comma == std::string::npos) return wrong_line("names", number, "write the key, a comma and the name.");
      before.names[std::string(trimmed(line.substr(0, comma)))] = trimmed(line.substr(comma + 1));
    }
    const Origin* kept =
        scheme.last_year && scheme.last_year->amounts == before.amounts ? &scheme.last_year->origin : nullptr;
    if (kept != nullptr) before.origin = *kept;
    before.origin.source.name = get(entered, "source");
    before.origin.source.publisher = get(entered, "publisher");
    before.origin.reference_date = get(entered, "reference-date");
    before.origin.note = get(entered, "note");
    const std::string url = get(entered, "url");
    // Amounts of another scheme lead to that scheme; others are kept as the table that came.
    if (url.starts_with("/funding/schemes/") && kept == nullptr) {
      before.origin.source.url = url;
    } else if (kept == nullptr) {
      KeptTable table{"last-year-" + slug(before.financial_year) + ".csv",
                      amounts,
                      before.origin.source.publisher,
                      {},
                      static_cast<std::int64_t>(before.amounts.size())};
      before.origin.source.sha256 = sha256(table.bytes);
      before.origin.source.rows = table.rows;
      if (before.origin.source.name.empty()) before.origin.source.name = table.name;
      out.tables.push_back(std::move(table));
    }
    out.last_year = std::move(before);
  }
  for (const auto& [number, line] : numbered(get(entered, "succession"))) {
    const std::size_t equals = line.find('=');
    if (equals == std::string::npos)
      return wrong_line("succession", number,
                        "write the areas before, =, and the areas after, for example bromsgrove; redditch = north.");
    Succession made;
    for (const std::string& key : parts(line.substr(0, equals), ';'))
      if (!key.empty()) made.before.push_back(key);
    for (const std::string& after : parts(line.substr(equals + 1), ';')) {
      if (after.empty()) continue;
      Succession::After one{after, {}};
      if (const std::size_t space = after.rfind(' '); space != std::string::npos) {
        std::string number_text = after.substr(space + 1);
        if (number_text.ends_with('%')) number_text.pop_back();
        const auto share = Fraction::parse(number_text);
        if (!share)
          return wrong_line(
              "succession", number,
              "“" + number_text + "” is not a share. Write it in per cent, for example east 60; west 40.");
        one = {std::string(trimmed(after.substr(0, space))), *share};
      }
      made.after.push_back(std::move(one));
    }
    if (made.before.empty() || made.after.empty())
      return wrong_line("succession", number, "a succession needs at least one area before and one after.");
    out.successions.push_back(std::move(made));
  }
  return out;
}

Entered settings_entered(const SchemeRecord& record, const Scheme& scheme) {
  Entered out;
  out["title"] = record.title;
  out["unit"] = scheme.rounding.unit.plain();
  out["rule"] = scheme.rounding.rule == Rounding::Rule::nearest    ? "nearest"
                : scheme.rounding.rule == Rounding::Rule::truncate ? "truncate"
                                                                   : "largest_remainder";
  out["rest-to"] = scheme.rounding.rest_to;
  out["may-exceed"] = scheme.rounding.may_exceed ? "declared" : "refuse";
  for (const Tranche& tranche : scheme.tranches)
    out["tranches"] +=
        tranche.name + " | " + tranche.share.text() + " | " + tranche.due + " | " + tranche.condition + "\n";
  return out;
}

Result<EnteredSettings> settings_from(const Entered& entered) {
  EnteredSettings out;
  std::vector<FieldProblem> wrong;
  out.title = get(entered, "title");
  if (out.title.empty()) wrong.push_back({"title", tr("Give it a title, by which others find it.")});
  const auto unit = Money::parse(get(entered, "unit"));
  if (!unit)
    wrong.push_back({"unit", refused_number(get(entered, "unit"), unit.error().message)});
  else
    out.rounding.unit = *unit;
  const std::string rule = get(entered, "rule");
  if (rule == "nearest")
    out.rounding.rule = Rounding::Rule::nearest;
  else if (rule == "truncate")
    out.rounding.rule = Rounding::Rule::truncate;
  else if (rule == "largest_remainder")
    out.rounding.rule = Rounding::Rule::largest_remainder;
  else
    wrong.push_back({"rule", tr("“{0}” is no rule of rounding. Choose one of the list.", {rule})});
  out.rounding.rest_to = get(entered, "rest-to");
  out.rounding.may_exceed = get(entered, "may-exceed") == "declared";
  for (const auto& [number, line] : numbered(get(entered, "tranches"))) {
    const auto fields = parts(line, '|');
    std::string share = part(fields, 1);
    if (share.ends_with('%')) share.pop_back();
    const auto value = Fraction::parse(share);
    if (part(fields, 0).empty() || !value) {
      wrong.push_back(
          {"tranches", tr("Line {0}: write a name, |, and its share in per cent, for example April | 80 | 2012-04-30 | "
                          "Evaluation received.",
                          {std::to_string(number)})});
      break;
    }
    out.tranches.push_back({part(fields, 0), *value, part(fields, 2), part(fields, 3)});
  }
  if (wrong.empty()) return out;
  std::string first = wrong.front().message;
  return invalid(std::move(first), std::move(wrong));
}

}  // namespace tithing::pots
