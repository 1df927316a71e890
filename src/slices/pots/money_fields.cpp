#include "slices/pots/money_fields.h"

#include <algorithm>

#include "allocation/delimited.h"
#include "allocation/printed_text.h"
#include "base/text.h"

namespace tithing::pots {
namespace {

std::string without_per_cent(const std::string& text) {
  return text.ends_with('%') ? std::string(trimmed(text.substr(0, text.size() - 1))) : text;
}

}  // namespace

forms::Field text_field(std::string name, html::Content label, html::Content hint, std::string classes) {
  return {.name = std::move(name), .label = std::move(label), .hint = std::move(hint), .classes = std::move(classes)};
}

forms::Field money_field(std::string name, html::Content label, html::Content hint) {
  return {.name = std::move(name), .label = std::move(label), .kind = forms::Kind::money, .hint = std::move(hint)};
}

forms::Field per_cent_field(std::string name, html::Content label, html::Content hint) {
  return {.name = std::move(name),
          .label = std::move(label),
          .kind = forms::Kind::share,
          .hint = std::move(hint),
          .check = [](const std::string& text) -> std::optional<std::string> {
            const auto value = Fraction::parse(without_per_cent(text));
            return value ? std::nullopt : std::optional(refused_number(text, value.error().message));
          }};
}

std::optional<Money> money_in(const Entered& entered, const std::string& name) {
  return forms::money_of(at(entered, name));
}

std::optional<Fraction> fraction_in(const Entered& entered, const std::string& name) {
  const auto value = Fraction::parse(without_per_cent(at(entered, name)));
  return value ? std::optional(*value) : std::nullopt;
}

Size size_in(const Entered& entered) {
  const auto part = fraction_in(entered, "percent");
  return {money_in(entered, "amount"), part ? std::optional(*part / Fraction(100)) : std::nullopt};
}

void add_lacks(Problem& problem, const std::vector<FieldProblem>& more) {
  constexpr std::string_view kAmount = "amount", kPerCent = "percent";
  const auto said = [&](const std::string& field) {
    return std::any_of(problem.fields.begin(), problem.fields.end(),
                       [&](const FieldProblem& one) { return one.field == field; });
  };
  std::vector<FieldProblem> rest;
  for (const FieldProblem& one : more) {
    const std::string row = one.field.ends_with(kAmount) ? one.field.substr(0, one.field.size() - kAmount.size()) : "";
    if (!one.field.ends_with(kAmount) || !said(row + std::string(kPerCent))) rest.push_back(one);
  }
  forms::add_problems(problem, rest);
}

void put(Entered& out, const std::string& name, const std::optional<Money>& amount) {
  if (amount) out[name] = amount->plain();
}

void put_per_cent(Entered& out, const std::string& name, const std::optional<Fraction>& part) {
  if (part) out[name] = (*part * Fraction(100)).text();
}

void put(Entered& out, const Size& size) {
  put(out, "amount", size.amount);
  put_per_cent(out, "percent", size.share);
}

std::string of_area(const std::string& name, const std::string& key) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out = name + "-of-";
  for (const char c : key) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || c == '-')
      out += c;
    else
      out += {'_', kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return out;
}

std::vector<forms::Field> fields_by_area(const std::vector<Area>& areas, const forms::Field& each) {
  std::vector<forms::Field> out;
  for (const Area& area : areas) {
    forms::Field field = each;
    field.name = of_area(each.name, area.key);
    field.label = each.label.empty() ? html::Content(area.name)
                                     : html::Content(tr("{0}: {1}", {area.name, lowered(each.label.plain("en"))}));
    out.push_back(std::move(field));
  }
  return out;
}

const Area* area_named(const std::vector<Area>& areas, const std::string& text) {
  for (const Area& area : areas)
    if (area.key == text) return &area;
  for (const Area& area : areas)
    if (lowered(area.name) == lowered(text)) return &area;
  return nullptr;
}

std::optional<std::string> take_pasted(Entered& entered, const std::string& box, const std::string& name,
                                       const std::vector<Area>& areas, bool money) {
  const auto rows = read_delimited(at(entered, box));
  if (!rows) return rows.error().message;
  Entered read;
  for (const DelimitedRow& row : *rows) {
    const auto fail = [&](const std::string& what) { return "Line " + std::to_string(row.line) + ": " + what; };
    const std::string area = row.fields.empty() ? "" : std::string(trimmed(row.fields[0]));
    // An amount may hold commas of its own: "Ayton,1,234.56". They stay in it, so that "Ayton,100,00" is not 10,000.
    std::string number;
    for (std::size_t i = 1; i < row.fields.size(); ++i)
      number += (i == 1 ? "" : ",") + std::string(trimmed(row.fields[i]));
    number = visible(number);
    while (number.ends_with(',')) number.pop_back();
    const Area* found = area_named(areas, area);
    const bool heading = &row == &rows->front() && number.find_first_of("0123456789") == std::string::npos;
    if (found == nullptr && heading) continue;
    if (found == nullptr) return fail("there is no area “" + area + "” in this scheme. Write its name.");
    const std::string field = of_area(name, found->key);
    if (read.count(field) > 0) return fail(found->name + " is there twice.");
    if (const auto amount = Money::parse(number); money && !amount)
      return fail(refused_number(number, amount.error().message));
    if (const auto part = Fraction::parse(without_per_cent(number)); !money && !part)
      return fail(refused_number(number, part.error().message));
    read[field] = number;
  }
  for (auto& [field, number] : read) entered[field] = number;
  entered.erase(box);
  return std::nullopt;
}

}  // namespace tithing::pots
