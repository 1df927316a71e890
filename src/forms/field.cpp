#include "forms/field.h"

#include <algorithm>

#include "base/text.h"

namespace tithing::forms {
namespace {

constexpr int kMostRows = 40;

std::string range(const Field& field) {
  return "Enter a whole number from " + grouped(field.least) + " to " + grouped(field.most) + ".";
}

// One of what is picked, from its own line of the form.
std::optional<std::string> settle_one(const Field& field, Values& values, const std::string& name) {
  const Looked looked = look_up(field.finder, at(values, name), at(values, name + "-is"));
  if (!looked.sentence.empty()) return looked.sentence;
  values[name] = looked.found ? looked.found->code : std::string();
  values.erase(name + "-is");
  return std::nullopt;
}

std::optional<std::string> settle_several(const Field& field, Values& values) {
  std::optional<std::string> wrong;
  std::vector<std::string> kept, shares;
  for (int row = 1; row <= kMostRows; ++row) {
    const std::string name = field.name + "-" + std::to_string(row);
    if (at(values, name).empty()) continue;
    if (auto one = settle_one(field, values, name); one && !wrong) wrong = std::move(one);
    const std::string share = at(values, name + "-share");
    shares.push_back(share);
    kept.push_back(at(values, name) + (share.empty() ? "" : "=" + share));
  }
  if (!wrong && std::any_of(shares.begin(), shares.end(), [](const std::string& one) { return !one.empty(); }))
    wrong = wrong_shares(shares);
  if (wrong) return wrong;
  // Lines that were sent say it all; without any, codes that stand together, as a file or an older form has them.
  if (!kept.empty()) values[field.name] = joined(kept, ";");
  return std::nullopt;
}

}  // namespace

std::optional<std::string> settle(const Field& field, Values& values) {
  // Sent twice, the first counts.
  if (field.kind != Kind::long_text && field.kind != Kind::ticks)
    if (const auto sent = values.find(field.name); sent != values.end())
      sent->second = sent->second.substr(0, sent->second.find('\n'));
  if (field.kind == Kind::picked && field.finder.of)
    if (auto wrong = field.several ? settle_several(field, values) : settle_one(field, values, field.name))
      return wrong;
  const std::string text = at(values, field.name);
  if (text.empty()) return field.missing.empty() ? std::nullopt : std::optional(field.missing);
  const auto keep = [&](const std::optional<std::string>& read, const char* sentence) -> std::optional<std::string> {
    if (!read) return sentence;
    values[field.name] = *read;
    return std::nullopt;
  };
  switch (field.kind) {
    case Kind::number:
      if (const auto number = whole(text, field.most); number && *number >= field.least) return std::nullopt;
      return range(field);
    case Kind::money:
      return money_of(text) ? std::nullopt : std::optional<std::string>("Enter an amount in pounds, such as 1,234.50.");
    case Kind::day: {
      const auto day = day_of(text);
      return keep(day ? std::optional(day->iso()) : std::nullopt, "Enter a day such as 2012-04-01 or 1 April 2012.");
    }
    case Kind::month: {
      const auto month = month_of(text);
      return keep(month ? std::optional(month->iso()) : std::nullopt, "Enter a month such as January 2022 or 2022-01.");
    }
    case Kind::time:
      return keep(time_of(text), "Enter a time such as 18:30 or 6.30 pm.");
    case Kind::choice:
    case Kind::radios:
      if (std::none_of(field.choices.begin(), field.choices.end(), [&](const auto& one) { return one.first == text; }))
        return "Choose one of the list.";
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

Problem settle_all(const std::vector<Field>& fields, Values& values) {
  Problem problem;
  for (const Field& field : fields)
    if (auto wrong = settle(field, values)) problem.fields.push_back({field.name, std::move(*wrong)});
  if (!problem.fields.empty()) problem.message = problem.fields.front().message;
  return problem;
}

std::optional<std::string> wrong_shares(const std::vector<std::string>& shares) {
  std::int64_t sum = 0;
  for (const std::string& share : shares) {
    const auto number = whole(share, 100);
    if (!share.empty() && !number) return "The share \"" + share + "\" is none. Enter a whole number of per cent.";
    if (share.empty() || *number == 0) return "Give each of them its share, a whole number of per cent from 1 to 99.";
    sum += *number;
  }
  if (sum == 100) return std::nullopt;
  return "The shares must be 100 per cent together, and they are " + std::to_string(sum) + ". Change them.";
}

std::string in_words(const Field& field, const Values& values, const std::string& language) {
  const std::string text = at(values, field.name);
  if (text.empty()) return text;
  const auto name = [&](const std::string& code) {
    const auto match = field.finder.of ? field.finder.of(code) : std::nullopt;
    return match ? name_alone(field.finder, *match) : code;
  };
  const auto choice = [&](const std::string& value) {
    for (const auto& [one, words] : field.choices)
      if (one == value) return words.plain(language);
    return value;
  };
  std::vector<std::string> parts;
  switch (field.kind) {
    case Kind::picked:
      for (const std::string& part : split(text, ';')) {
        const std::size_t equals = part.find('=');
        parts.push_back(name(std::string(trimmed(part.substr(0, equals)))) +
                        (equals == std::string::npos ? "" : " (" + part.substr(equals + 1) + "%)"));
      }
      return joined(parts, "; ");
    case Kind::ticks:
      for (const std::string& part : split(text, '\n')) parts.push_back(choice(part));
      return joined(parts, "; ");
    case Kind::choice:
    case Kind::radios:
      return choice(text);
    case Kind::day:
      if (const auto day = day_of(text)) return day->text();
      return text;
    case Kind::month:
      if (const auto month = month_of(text)) return month->text();
      return text;
    default:
      return text;
  }
}

Choices with_present(Choices choices, const std::string& present) {
  if (!present.empty() &&
      std::none_of(choices.begin(), choices.end(), [&](const auto& one) { return one.first == present; }))
    choices.emplace_back(present, present);
  return choices;
}

}  // namespace tithing::forms
