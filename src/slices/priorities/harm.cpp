#include "slices/priorities/harm.h"

#include <algorithm>

#include "base/table_words.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/priorities/priorities.h"

namespace tithing::priorities {

std::vector<HarmWeight> weights_of(const std::vector<sources::ListRow>& rows) {
  std::vector<HarmWeight> weights;
  for (const sources::ListRow& row : rows)
    weights.push_back({row[0].text(), row[1].real(), row[2].text(), sources::number_of(row[3])});
  return weights;
}

Result<sources::ReadRows<HarmWeight>> read_weights(const std::string& csv, const std::vector<std::string>& types) {
  static const sources::AskedColumns asked{{"offence", "weight", "crime-type"},
                                           "offence, weight, crime_type and maybe share"};
  return sources::read_rows<HarmWeight>(
      csv, asked, [&](const sources::Line& line, std::vector<HarmWeight>& weights) -> std::string {
        HarmWeight weight{line.text("offence"), 0, slug(line.text("crime-type")), std::nullopt};
        const auto number = line.number(line.text("weight"));
        if (is_blank_word(weight.offence)) return "It names no offence.";
        if (is_total_word(weight.offence)) return "It is a line of totals, not an offence: it adds up other rows.";
        if (!number || *number < 0) return "The weight \"" + line.text("weight") + "\" is not a number of 0 or more.";
        if (std::find(types.begin(), types.end(), weight.crime_type) == types.end())
          return "\"" + line.text("crime-type") +
                 "\" is no crime type of the data sets here. Use one of: " + joined(types, ", ") + ".";
        weight.weight = *number;
        if (const std::string share = line.text("share"); !is_blank_word(share)) {
          weight.share = line.number(share);
          if (!weight.share || *weight.share < 0 || *weight.share > 1)
            return "The share \"" + share + "\" is not a number from 0 to 1.";
        }
        weights.push_back(std::move(weight));
        return {};
      });
}

sources::ImportedKind harm_kind(std::function<std::vector<std::string>()> types) {
  return {.code = "harm-weights",
          .name = "list of harm weights",
          .permission = kManage,
          .address = "/priorities/harm",
          .action = "priorities.harm_",
          .one = "harm weight",
          .many = "harm weights",
          .list_table = "priorities_harm_list",
          .row_table = "priorities_harm_weight",
          .columns = {{"offence"}, {"weight", true}, {"crime_type"}, {"share", true}},
          .part = 2,
          .part_word = "crime type",
          .read = [types = std::move(types)](const std::string&,
                                             const std::string& csv) -> Result<sources::ReadRows<sources::ListRow>> {
            const auto read = read_weights(csv, types());
            if (!read) return pass_on(read);
            sources::ReadRows<sources::ListRow> out{*read, {}};
            for (const HarmWeight& one : read->rows)
              out.rows.push_back({one.offence, one.weight, one.crime_type, one.share});
            return out;
          }};
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
  if (offences.empty()) return not_found(tr("This list of weights has no offence of that crime type."));
  if (!whole_mix) mix.clear();
  return statistics::category_harm(count, offences, mix);
}

}  // namespace tithing::priorities
