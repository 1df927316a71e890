#include "slices/priorities/harm.h"

#include <algorithm>
#include <map>

#include "base/csv.h"
#include "base/table_text.h"
#include "base/table_words.h"
#include "base/text.h"

namespace tithing::priorities {
Result<ReadWeights> read_weights(const std::string& csv, const std::vector<std::string>& types) {
  const auto plain = plain_table(csv);
  if (!plain) return invalid("The list cannot be read. " + plain.error().message);
  CsvReader reader(plain->text);
  std::vector<std::string> fields;
  if (!reader.next(fields))
    return invalid(
        "The list is empty. It needs a first line with the columns offence, weight, crime_type and maybe share.");
  std::map<std::string, std::size_t> columns;
  for (std::size_t i = 0; i < fields.size(); ++i) columns[slug(visible(fields[i]))] = i;
  for (const char* name : {"offence", "weight", "crime-type"})
    if (columns.count(name) == 0)
      return invalid("The first line has no column \"" + std::string(name) +
                     "\". Name the columns offence, weight, crime_type and maybe share.");
  ReadWeights read;
  read.read_as = plain->read_as;
  while (reader.next(fields)) {
    const auto field = [&](const char* name) {
      const auto column = columns.find(name);
      return column == columns.end() || column->second >= fields.size() ? std::string()
                                                                        : visible(fields[column->second]);
    };
    const auto refuse = [&](std::string why) {
      read.refused.push_back({reader.line(), std::move(why), joined(fields, ",")});
    };
    HarmWeight weight{field("offence"), 0, slug(field("crime-type")), std::nullopt};
    const auto number = number_in(field("weight"), plain->decimal_comma);
    if (is_blank_word(weight.offence)) {
      refuse("It names no offence.");
    } else if (is_total_word(weight.offence)) {
      refuse("It is a line of totals, not an offence: it adds up other rows.");
    } else if (!number || *number < 0) {
      refuse("The weight \"" + field("weight") + "\" is not a number of 0 or more.");
    } else if (std::find(types.begin(), types.end(), weight.crime_type) == types.end()) {
      refuse("\"" + field("crime-type") +
             "\" is no crime type of the data sets here. Use one of: " + joined(types, ", ") + ".");
    } else {
      weight.weight = *number;
      if (const std::string share = field("share"); !is_blank_word(share)) {
        const auto part = number_in(share, plain->decimal_comma);
        if (!part || *part < 0 || *part > 1) {
          refuse("The share \"" + share + "\" is not a number from 0 to 1.");
          continue;
        }
        weight.share = *part;
      }
      read.weights.push_back(std::move(weight));
    }
    if (reader.broken())
      return invalid("A quotation mark that opens in line " + std::to_string(reader.line()) + " is never closed.");
  }
  if (read.weights.empty() && read.refused.empty()) return invalid("The list has no line below its first one.");
  return read;
}

Result<statistics::Harm> harm_of(const std::vector<HarmWeight>& weights, const std::string& crime_type,
                                 std::int64_t count) {
  std::vector<statistics::OffenceWeight> offences;
  std::vector<double> mix;
  bool whole_mix = true;
  for (const HarmWeight& weight : weights) {
    if (weight.crime_type != crime_type) continue;
    offences.push_back({weight.offence, weight.weight});
    mix.push_back(weight.share.value_or(0));
    whole_mix = whole_mix && weight.share.has_value();
  }
  if (offences.empty()) return not_found("This list of weights has no offence of that crime type.");
  if (!whole_mix) mix.clear();
  return statistics::category_harm(count, offences, mix);
}

std::string key_of(const HarmList& list) { return list.name + ", " + list.version; }

sources::Holding holding_of(const std::vector<HarmWeight>& weights) {
  sources::Holding holding;
  holding.rows = static_cast<std::int64_t>(weights.size());
  for (const HarmWeight& weight : weights) holding.parts["crime type"][weight.crime_type] += sources::kMissed;
  return holding;
}

std::pair<std::int64_t, std::int64_t> differing(const std::vector<HarmWeight>& former,
                                                const std::vector<HarmWeight>& later) {
  std::map<std::string, double> given;
  for (const HarmWeight& weight : later) given[weight.offence] = weight.weight;
  std::int64_t far = 0, shared = 0;
  for (const HarmWeight& weight : former) {
    const auto found = given.find(weight.offence);
    if (found == given.end()) continue;
    ++shared;
    far += std::abs(found->second - weight.weight) > std::abs(weight.weight) / 10;
  }
  return {far, shared};
}

}  // namespace tithing::priorities
