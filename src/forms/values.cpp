#include "forms/values.h"

#include <set>
#include <utility>
#include <vector>

#include "base/text.h"

namespace tithing::forms {
namespace {

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

Values values_of(const web::Fields& fields) {
  Values out;
  for (const auto& [name, text] : fields) {
    std::string clean;
    for (const char c : text)
      if (c != '\r') clean += c;
    const auto [place, fresh] = out.emplace(name, clean);
    if (!fresh) place->second += "\n" + clean;
  }
  return out;
}

// What a form sends of a row although nobody has typed anything into it: the first choice of its lists.
bool is_a_choice(std::string_view field) {
  for (const char* one : {"kind", "status", "carried", "transform", "from"})
    if (field == one) return true;
  return false;
}

// "fund-1-" of "fund-1-kind"; empty for a field that stands in no row.
std::string row_of(const std::string& name) {
  const std::size_t first = name.find('-'), second = first == std::string::npos ? first : name.find('-', first + 1);
  if (second == std::string::npos) return {};
  return is_digits(name.substr(first + 1, second - first - 1)) ? name.substr(0, second + 1) : std::string();
}

// The number of a month that is written out or in its first three letters; 0 for another word.
int month_named(std::string_view word) {
  const std::string wanted = lowered(word);
  for (int month = 1; month <= 12; ++month) {
    const std::string text = lowered(Month::from_ym(2000, month).text());
    const std::string name = text.substr(0, text.find(' '));
    if (wanted == name || wanted == name.substr(0, 3) || (month == 9 && wanted == "sept")) return month;
  }
  return 0;
}

// The words and numbers of a text, whatever stands between them.
std::vector<std::string> parts_of(std::string_view text) {
  std::vector<std::string> parts;
  std::string part;
  for (const char c : std::string(text) + " ") {
    if (c == ' ' || c == '/' || c == '.' || c == ',') {
      if (!part.empty()) parts.push_back(std::exchange(part, {}));
    } else {
      part += c;
    }
  }
  return parts;
}

std::string raw(const Values& values, const std::string& name) {
  const auto found = values.find(name);
  return found == values.end() ? std::string() : found->second;
}

int month_in(const std::string& part) {
  const auto number = whole(part, 12);
  return number ? static_cast<int>(*number) : month_named(part);
}

}  // namespace

std::string at(const Values& values, const std::string& name) { return std::string(trimmed(raw(values, name))); }

std::vector<std::string> lines_of(std::string_view text, char separator) {
  std::vector<std::string> out;
  for (const std::string& part : split(text, separator))
    if (!trimmed(part).empty()) out.emplace_back(trimmed(part));
  return out;
}

Values values_in(const web::Context& context) { return values_of(context.form); }

Values values_asked(const web::Context& context) { return values_of(context.query); }

Values values_in(const drafts::Draft& draft) {
  Values out = values_of(draft.fields);
  for (const char* button : {"do", "add"}) out.erase(button);  // not what was typed
  return out;
}

std::optional<std::int64_t> whole(std::string_view text, std::int64_t most) {
  if (!is_digits(text) || text.size() > 18) return std::nullopt;
  const std::int64_t number = std::stoll(std::string(text));
  return number <= most ? std::optional(number) : std::nullopt;
}

std::int64_t whole_or(std::string_view text, std::int64_t otherwise) { return whole(text).value_or(otherwise); }

std::optional<Date> day_of(std::string_view text) {
  if (const auto iso = Date::parse(trimmed(text))) return *iso;
  const std::vector<std::string> parts = parts_of(text);
  if (parts.size() != 3 || parts[2].size() != 4) return std::nullopt;
  const auto day = whole(parts[0], 31), year = whole(parts[2]);
  const int month = month_in(parts[1]);
  if (!day || !year || month == 0 || !Date::exists(static_cast<int>(*year), month, static_cast<int>(*day)))
    return std::nullopt;
  return Date::from_ymd(static_cast<int>(*year), month, static_cast<int>(*day));
}

std::optional<Month> month_of(std::string_view text) {
  if (const auto iso = Month::parse(trimmed(text))) return *iso;
  const std::vector<std::string> parts = parts_of(text);
  if (parts.size() != 2 || parts[1].size() != 4) return std::nullopt;
  // A month has the years that a day has.
  const auto first = day_of("1 " + parts[0] + " " + parts[1]);
  return first ? std::optional(Month::of(*first)) : std::nullopt;
}

std::optional<std::string> time_of(std::string_view text) {
  std::string plain = lowered(trimmed(text));
  bool afternoon = false, half = false;
  for (const char* end : {"am", "pm"})
    if (plain.size() > 2 && plain.ends_with(end)) {
      half = true;
      afternoon = *end == 'p';
      plain = std::string(trimmed(plain.substr(0, plain.size() - 2)));
    }
  for (char& c : plain)
    if (c == '.') c = ':';
  const std::size_t colon = plain.find(':');
  if (colon == std::string::npos && !half) return std::nullopt;
  const auto hour = whole(plain.substr(0, colon), half ? 12 : 23);
  const std::string minutes = colon == std::string::npos ? "00" : plain.substr(colon + 1);
  if (!hour || (half && *hour == 0) || minutes.size() != 2 || !whole(minutes, 59)) return std::nullopt;
  const std::int64_t of_day = half ? *hour % 12 + (afternoon ? 12 : 0) : *hour;
  return (of_day < 10 ? "0" : "") + std::to_string(of_day) + ":" + minutes;
}

std::optional<Money> money_of(std::string_view text) {
  const auto money = Money::parse(trimmed(text));
  return money && money->pence >= 0 ? std::optional(*money) : std::nullopt;
}

Values without_empty_rows(const Values& values) {
  std::set<std::string> filled;
  for (const auto& [name, text] : values)
    if (const std::string row = row_of(name);
        !row.empty() && !is_a_choice(name.substr(row.size())) && !trimmed(text).empty())
      filled.insert(row);
  Values out;
  for (const auto& [name, text] : values)
    if (const std::string row = row_of(name); row.empty() || filled.count(row) > 0) out.emplace(name, text);
  return out;
}

Values merged(const Values& they_began, const Values& typed, const Values& kept) {
  if (they_began.empty()) return typed;
  // The first choices of an empty row are nobody's change: they would be put onto a row that somebody else has added.
  const Values began = without_empty_rows(they_began), yours = without_empty_rows(typed),
               stored = without_empty_rows(kept);
  Values out = yours;
  for (const Values* side : {&yours, &stored})
    for (const auto& [name, text] : *side)
      if (at(yours, name) == at(began, name)) out[name] = raw(stored, name);
  return out;
}

std::string label_of_row(const std::string& name, const std::string& label) {
  const std::string row = row_of(name);
  const std::size_t first = row.find('-');
  if (row.empty() || row.size() > first + 5) return label;
  return label + " (" + row.substr(0, first) + " " +
         std::to_string(whole_or(row.substr(first + 1, row.size() - first - 2), 0) + 1) + ")";
}

}  // namespace tithing::forms
